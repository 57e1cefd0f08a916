"""The records as Cliniko shows them: every field of the vendor's document, links and all."""

from collections.abc import Callable, Mapping
from typing import Any

from apptsdk.sandbox.cliniko.records import Record
from apptsdk.sandbox.cliniko.times import iso
from apptsdk.sandbox.cliniko.world import World

Shown = dict[str, object]
Render = Callable[[Any, str, World], Shown]


def moment(at: int | None) -> str | None:
    """Show a moment, if there is one.

    Args:
        at: seconds since 1970.
    """
    return None if at is None else iso(at)


def link(url: str) -> Shown:
    """Show a relation.

    Args:
        url: where it leads.
    """
    return {"links": {"self": url}}


def _links(url: str, row: Record, wanted: Mapping[str, str]) -> Shown:
    return {name: link(url + path.format(id=row.id)) for name, path in wanted.items()}


def _optional(url: str, row: Record, wanted: Mapping[str, str]) -> Shown:
    # Unset links are left out, not null.
    given = {name: row.values.get(f"{name}_id") for name in wanted}
    return {name: link(f"{url}/{wanted[name]}/{id_}") for name, id_ in given.items() if id_ is not None}


def _record(row: Record, url: str, resource: str, *, hidden: tuple[str, ...] = ()) -> tuple[Shown, Shown]:
    head: Shown = {"id": str(row.id), "created_at": iso(row.created_at), "updated_at": iso(row.updated_at)}
    head |= {name: value for name, value in sorted(row.values.items()) if name not in hidden}
    return head, {"links": {"self": f"{url}/{resource}/{row.id}"}}


def appointment_type(row: Record, url: str, _: World) -> Shown:
    """Show an appointment type."""
    hidden = ("practitioner_ids", *(f"{name}_id" for name in _TYPE_OPTIONAL))
    head, tail = _record(row, url, "appointment_types", hidden=hidden)
    many = _links(url, row, _TYPE_LINKS)
    return {**head, "archived_at": moment(row.archived_at), **many, **_optional(url, row, _TYPE_OPTIONAL), **tail}


_TYPE_LINKS = {
    "appointment_type_billable_items": "/appointment_type_billable_items?q%5B%5D=appointment_type_id%3A%3D{id}",
    "appointment_type_products": "/appointment_type_products?q%5B%5D=appointment_type_id%3A%3D{id}",
    "practitioners": "/appointment_types/{id}/practitioners",
}
_TYPE_OPTIONAL = {
    "billable_item": "billable_items",
    "product": "products",
    "treatment_note_template": "treatment_note_templates",
}


def business(row: Record, url: str, _: World) -> Shown:
    """Show a business."""
    head, tail = _record(row, url, "businesses")
    archived = moment(row.archived_at)
    head["label"] = head["display_name"] or head["business_name"]
    return {**head, "archived_at": archived, "deleted_at": archived, **_links(url, row, _BUSINESS_LINKS), **tail}


_BUSINESS_LINKS = {
    "appointments": "/businesses/{id}/appointments",
    "practitioners": "/businesses/{id}/practitioners",
}


def practitioner(row: Record, url: str, _: World) -> Shown:
    """Show a practitioner."""
    hidden = tuple(f"{name}_id" for name in _PRACTITIONER_OPTIONAL)
    head, tail = _record(row, url, "practitioners", hidden=hidden)
    many = _links(url, row, _PRACTITIONER_LINKS)
    return {**head, **many, **_optional(url, row, _PRACTITIONER_OPTIONAL), **tail}


_PRACTITIONER_LINKS = {
    "appointment_types": "/practitioners/{id}/appointment_types",
    "appointments": "/practitioners/{id}/appointments",
    "invoices": "/practitioners/{id}/invoices",
    "practitioner_reference_numbers": "/practitioners/{id}/practitioner_reference_numbers",
}
_PRACTITIONER_OPTIONAL = {"default_appointment_type": "appointment_types", "user": "users"}


def patient(row: Record, url: str, _: World) -> Shown:
    """Show a patient."""
    hidden = tuple(f"{name}_id" for name in _PATIENT_OPTIONAL)
    head, tail = _record(row, url, "patients", hidden=hidden)
    archived = moment(row.archived_at)
    head |= {"label": f"{head['first_name']} {head['last_name']}", "archived_at": archived, "deleted_at": archived}
    return {**head, **_links(url, row, _PATIENT_LINKS), **_optional(url, row, _PATIENT_OPTIONAL), **tail}


_PATIENT_LINKS = {
    "appointments": "/patients/{id}/appointments",
    "attendees": "/attendees?q%5B%5D=patient_id%3A%3D{id}",
    "invoices": "/patients/{id}/invoices",
    "medical_alerts": "/patients/{id}/medical_alerts",
    "patient_attachments": "/patients/{id}/patient_attachments",
    "relationships": "/relationships?q%5B%5D=patient_id%3A%3D{id}",
}
_PATIENT_OPTIONAL = {
    "concession_type": "concession_types",
    "latest_booking": "bookings",
    "merged_with_patient": "patients",
    "referring_doctor": "contacts",
}


def daily_availability(row: Record, url: str, world: World) -> Shown:
    """Show a practitioner's hours on one day of the week."""
    head, tail = _record(row, url, "daily_availabilities", hidden=("business_id", "practitioner_id"))
    values = world.businesses[row.values["business_id"]].values
    zones = {name: values[name] for name in ("time_zone", "time_zone_identifier")}
    one = _optional(url, row, {"business": "businesses", "practitioner": "practitioners"})
    return {**head, **zones, **one, **tail}


def user(row: Record, url: str, _: World) -> Shown:
    """Show a user."""
    head, tail = _record(row, url, "users")
    return {**head, **tail}


def patient_case(row: Record, url: str, world: World) -> Shown:
    """Show a patient's case."""
    head, tail = _record(row, url, "patient_cases", hidden=("contact_id", "patient_id"))
    closed_at = row.values["closed_at"]
    own: Shown = {
        "archived_at": moment(row.archived_at),
        "attendee_ids": [str(one.id) for one in world.attendees_of(row.id) if one.live],
        "closed": closed_at is not None,
        "closed_at": moment(closed_at),
    }
    one = _optional(url, row, {"contact": "contacts", "patient": "patients"})
    return {**head, **own, **_links(url, row, _CASE_LINKS), **one, **tail}


_CASE_LINKS = {
    name: f"/patient_cases/{{id}}/{name}" for name in ("attendees", "bookings", "invoices", "patient_attachments")
}


def unavailable_block_type(row: Record, url: str, _: World) -> Shown:
    """Show a type of unavailable blocks."""
    head, tail = _record(row, url, "unavailable_block_types")
    return {**head, "archived_at": moment(row.archived_at), **tail}
