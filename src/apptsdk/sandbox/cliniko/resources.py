"""Every resource as data: what it can be filtered by, what hides it, what a body may say, how it is shown."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from apptsdk.sandbox.cliniko import cases, diary_rendering, inputs, rendering, seed, settling
from apptsdk.sandbox.cliniko.filters import Field, Kind
from apptsdk.sandbox.cliniko.inputs import Check
from apptsdk.sandbox.cliniko.records import Appointment
from apptsdk.sandbox.cliniko.rendering import Render
from apptsdk.sandbox.cliniko.settling import Keep, Settle


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
    settle: Settle = settling.nothing
    """What follows from what a body says."""
    keep: Keep = settling.keep_nothing
    """What a body says about other records."""
    fixed: Callable[[Any], bool] = lambda _: False
    """Whether a row cannot be changed."""

    @property
    def one(self) -> Mapping[str, Field]:
        """What a single record can be filtered by: what its scopes hide."""
        return {name: self.fields[name] for scope in self.scopes for name in scope.fields if name in self.fields}


def _get(name: str) -> Callable[[Any], Any]:
    return lambda row: row.values[name]


def _attribute(name: str) -> Callable[[Any], Any]:
    # Of the three kinds of bookings not every one has everything.
    return lambda row: getattr(row, name, None)


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
_CANCELLED = Scope(("cancelled_at",), lambda row: getattr(row, "cancelled_at", None) is not None)

# What is filtered alike wherever there is a time.
_SPAN = {
    **_ROW,
    **_attributes("int64", business_id="business", practitioner_id="practitioner"),
    **_attributes("date-time", starts_at="starts_at"),
}
_BOOKED = {
    **_SPAN,
    **_ARCHIVED_AT,
    **_DELETED_AT,
    **_attributes("int64", repeated_from_id="repeated_from"),
    **_attributes("date-time", ends_at="ends_at"),
}
_CANCELLED_AT = _attributes("date-time", cancelled_at="cancelled_at")
_TYPE_ID = _attributes("int64", appointment_type_id="appointment_type")
_PATIENT_IDS = _attributes("array", patient_ids="patient_ids")
_DID_NOT_ARRIVE = _attributes("boolean", did_not_arrive="did_not_arrive")


def _always(kind: Kind, value: Any, *names: str) -> dict[str, Field]:
    # What only individual appointments have, and there always the same.
    def get(row: Any) -> Any:
        return value if isinstance(row, Appointment) else None

    return {name: Field(kind, get) for name in names}


INDIVIDUAL_APPOINTMENTS = Resource(
    "individual_appointments",
    diary_rendering.individual_appointment,
    {**_BOOKED, **_CANCELLED_AT, **_TYPE_ID, **_attributes("int64", patient_id="patient"), **_DID_NOT_ARRIVE},
    scopes=(_ARCHIVED, _CANCELLED),
)
GROUP_APPOINTMENTS = Resource(
    "group_appointments",
    diary_rendering.group_appointment,
    {**_BOOKED, **_TYPE_ID, **_PATIENT_IDS},
    scopes=(_ARCHIVED,),
)
UNAVAILABLE_BLOCKS = Resource(
    "unavailable_blocks",
    diary_rendering.unavailable_block,
    {**_BOOKED, **_attributes("int64", unavailable_block_type_id="unavailable_block_type")},
    scopes=(_ARCHIVED,),
)
BOOKINGS = Resource(
    "bookings",
    diary_rendering.booking,
    {
        **_BOOKED,
        **_CANCELLED_AT,
        **_TYPE_ID,
        **_PATIENT_IDS,
        **_DID_NOT_ARRIVE,
        **_always("boolean", False, "email_reminder_sent", "sms_reminder_sent"),
        **_always("int64", None, "invoice_status", "treatment_note_status"),
    },
    scopes=(_ARCHIVED, _CANCELLED),
)
AVAILABILITY_BLOCKS = Resource("availability_blocks", diary_rendering.availability_block, _SPAN)
ATTENDEES = Resource(
    "attendees",
    diary_rendering.attendee,
    {
        **_ROW,
        **_ARCHIVED_AT,
        **_DELETED_AT,
        **_CANCELLED_AT,
        **_attributes(
            "int64",
            appointment_id="booking",
            booking_id="booking",
            patient_case_id="patient_case",
            patient_id="patient",
        ),
    },
    scopes=(_ARCHIVED, _CANCELLED),
)
BLOCK_TYPES = Resource(
    "unavailable_block_types",
    rendering.unavailable_block_type,
    {**_ROW, **_ARCHIVED_AT},
    scopes=(_ARCHIVED,),
    checks=inputs.BLOCK_TYPE,
    needed=("name", "color", "duration_in_minutes"),
    new=seed.NEW_BLOCK_TYPE,
    fixed=lambda row: row.values["system_controlled"],
)
CASES = Resource(
    "patient_cases",
    rendering.patient_case,
    {
        **_ROW,
        **_ARCHIVED_AT,
        **_fields(
            closed_at="date-time",
            expiry_date="date",
            issue_date="date",
            name="string",
            patient_id="int64",
            referral_type="string",
        ),
    },
    scopes=(_ARCHIVED,),
    checks=inputs.CASE,
    needed=("name",),
    new=seed.NEW_CASE,
    settle=cases.settle,
    keep=cases.keep,
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
    keep=settling.offer,
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
    settle=settling.zone,
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
    settle=settling.marketing,
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
    return evolve(resource, fields={name: one for name, one in resource.fields.items() if name not in names})


NAMES = frozenset(one.name for one in tuple(globals().values()) if isinstance(one, Resource))
"""All of them, by their plurals."""
