"""Every resource as data: what it can be filtered by, what hides it, what a body may say, how it is shown."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from apptsdk.sandbox.cliniko import inputs, rendering, seed
from apptsdk.sandbox.cliniko.filters import Field, Kind
from apptsdk.sandbox.cliniko.inputs import Check
from apptsdk.sandbox.cliniko.rendering import Render


@frozen
class Scope:
    """What a list hides unless a filter names one of its fields."""

    fields: tuple[str, ...]
    hides: Callable[[Any], bool]
    """Takes a row."""


@frozen
class Resource:
    """One of the vendor's resources."""

    name: str
    """Its plural, as in a path."""
    render: Render
    fields: Mapping[str, Field]
    """What its lists can be filtered and sorted by."""
    scopes: tuple[Scope, ...] = ()
    checks: Mapping[str, Check] = {}
    """What a body may say."""
    needed: tuple[str, ...] = ()
    """What a body must say."""
    new: Mapping[str, Any] = {}
    """What a record says where its creator said nothing."""

    @property
    def one(self) -> Mapping[str, Field]:
        """What a single record can be filtered by: what its scopes hide."""
        return {name: self.fields[name] for scope in self.scopes for name in scope.fields if name in self.fields}


def _get(name: str) -> Callable[[Any], Any]:
    return lambda row: row.values[name]


def _attribute(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)


_ROW: dict[str, Field] = {
    "id": Field("int64", _attribute("id")),
    "created_at": Field("date-time", _attribute("created_at")),
    "updated_at": Field("date-time", _attribute("updated_at")),
}
_ARCHIVED_AT = {"archived_at": Field("date-time", _attribute("archived_at"))}
_DELETED_AT = {"deleted_at": Field("date-time", _attribute("archived_at"))}


def _fields(**kinds: Kind) -> dict[str, Field]:
    return {name: Field(kind, _get(name)) for name, kind in kinds.items()}


def _attributes(kind: Kind, **names: str) -> dict[str, Field]:
    return {name: Field(kind, _attribute(attribute)) for name, attribute in names.items()}


def _is_archived(row: Any) -> bool:
    return row.archived_at is not None


_ARCHIVED = Scope(("archived_at", "deleted_at"), _is_archived)
_CANCELLED = Scope(("cancelled_at",), lambda row: row.cancelled_at is not None)

APPOINTMENTS = Resource(
    "individual_appointments",
    rendering.appointment,
    {
        **_ROW,
        **_ARCHIVED_AT,
        **_DELETED_AT,
        **_attributes(
            "int64",
            appointment_type_id="appointment_type",
            business_id="business",
            patient_id="patient",
            practitioner_id="practitioner",
            repeated_from_id="repeated_from",
        ),
        **_attributes("date-time", cancelled_at="cancelled_at", ends_at="ends_at", starts_at="starts_at"),
        **_attributes("boolean", did_not_arrive="did_not_arrive"),
    },
    scopes=(_ARCHIVED, _CANCELLED),
)
TYPES = Resource(
    "appointment_types",
    rendering.appointment_type,
    {
        **_ROW,
        **_ARCHIVED_AT,
        **_fields(
            appointment_confirmation_template_ids="array",
            appointment_follow_up_template_ids="array",
            appointment_reminder_template_ids="array",
            category="string",
            online_payments_mode="string",
            show_in_online_bookings="boolean",
        ),
    },
    scopes=(_ARCHIVED,),
    checks=inputs.TYPE,
    needed=("name", "color", "duration_in_minutes", "max_attendees"),
    new=seed.NEW_TYPE,
)
BUSINESSES = Resource(
    "businesses",
    rendering.business,
    {
        **_ROW,
        **_ARCHIVED_AT,
        **_DELETED_AT,
        **_fields(appointment_type_ids="array", show_in_online_bookings="boolean"),
    },
    scopes=(_ARCHIVED,),
    checks=inputs.BUSINESS,
    needed=("business_name",),
    new=seed.NEW_BUSINESS,
)
PATIENTS = Resource(
    "patients",
    rendering.patient,
    {
        **_ROW,
        **_ARCHIVED_AT,
        **_fields(
            accepted_privacy_policy="boolean",
            date_of_birth="date",
            email="string",
            first_name="string",
            last_name="string",
            old_reference_id="string",
            preferred_first_name="string",
        ),
    },
    scopes=(_ARCHIVED,),
    checks=inputs.PATIENT,
    needed=("first_name", "last_name"),
    new=seed.NEW_PATIENT,
)
PRACTITIONERS = Resource(
    "practitioners",
    rendering.practitioner,
    {**_ROW, **_fields(active="boolean", show_in_online_bookings="boolean", user_id="int64")},
)
USERS = Resource("users", rendering.user, _ROW)
DAILY_AVAILABILITIES = Resource(
    "daily_availabilities",
    rendering.daily_availability,
    {**_ROW, **_fields(business_id="int64", practitioner_id="int64")},
)


def without(resource: Resource, *names: str) -> Resource:
    """Take filters away, where a nested list has fewer.

    Args:
        resource: the resource.
        names: the fields that its nested list cannot be filtered by.
    """
    fields = {name: field for name, field in resource.fields.items() if name not in names}
    return Resource(resource.name, resource.render, fields, resource.scopes)
