"""The objects as Cliniko shows them: every field of the vendor's document, links and all."""

from collections.abc import Callable, Mapping
from typing import Any

from apptsdk.sandbox.cliniko.records import Appointment, Record, World
from apptsdk.sandbox.cliniko.times import iso

Shown = dict[str, object]
Render = Callable[[Any, str, World], Shown]

# https://docs.api.cliniko.com/openapi/individual-appointment: the response's words, not the request's.
REASONS = {
    10: "Feeling Better",
    20: "Condition Worse",
    30: "Sick",
    31: "COVID-19 related",
    40: "Away",
    50: "Other",
    60: "Work",
}


def _moment(moment: int | None) -> str | None:
    return None if moment is None else iso(moment)


def _link(url: str) -> Shown:
    return {"links": {"self": url}}


def _links(url: str, row: Record, wanted: Mapping[str, str]) -> Shown:
    return {name: _link(url + path.format(id=row.id)) for name, path in wanted.items()}


def _optional(url: str, row: Record, wanted: Mapping[str, str]) -> Shown:
    # Unset links are left out, not null.
    given = {name: row.values.get(f"{name}_id") for name in wanted}
    return {name: _link(f"{url}/{wanted[name]}/{id_}") for name, id_ in given.items() if id_ is not None}


def appointment(row: Appointment, url: str, world: World) -> Shown:
    """Show an individual appointment.

    Args:
        row: the appointment.
        url: the base of every link.
        world: where its patient is.
    """
    me = f"{url}/individual_appointments/{row.id}"
    rule = row.repeat_rule
    patient = world.patients[row.patient].values
    archived = _moment(row.archived_at)
    shown: Shown = {
        "id": str(row.id),
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "booking_ip_address": None,
        "cancellation_note": row.cancellation_note,
        "cancellation_reason": row.cancellation_reason,
        "cancellation_reason_description": REASONS.get(row.cancellation_reason or 0, ""),
        "conflicts": {"links": {"self": f"{me}/conflicts"}},
        "did_not_arrive": row.did_not_arrive,
        "email_reminder_sent": False,
        "notes": row.notes,
        "online_booking_policy_accepted": None,
        "patient_arrived": row.patient_arrived,
        "has_patient_appointment_notes": bool(patient["appointment_notes"]),
        "patient_name": f"{patient['first_name']} {patient['last_name']}",
        "repeat_rule": {}
        if rule is None
        else {
            "number_of_repeats": rule.number_of_repeats,
            "repeat_type": rule.repeat_type,
            "repeating_interval": rule.repeating_interval,
        },
        "repeats": None
        if rule is None
        else {"links": {"self": f"{url}/individual_appointments?q[]=repeated_from_id:={row.id}"}},
        "sms_reminder_sent": False,
        "telehealth_url": f"https://riverbend.au1.cliniko.example/appointments/{row.id}/connect",
        "treatment_note_status": None,
        "archived_at": archived,
        "cancelled_at": _moment(row.cancelled_at),
        "deleted_at": archived,
        "ends_at": iso(row.ends_at),
        "starts_at": iso(row.starts_at),
        "invoice_status": None,
        "appointment_type": {"links": {"self": f"{url}/appointment_types/{row.appointment_type}"}},
        "business": {"links": {"self": f"{url}/businesses/{row.business}"}},
        "practitioner": {"links": {"self": f"{url}/practitioners/{row.practitioner}"}},
        "patient": {"links": {"self": f"{url}/patients/{row.patient}"}},
        "attendees": {"links": {"self": f"{me}/attendees"}},
        "links": {"self": me},
    }
    if row.patient_case is not None:
        shown["patient_case"] = _link(f"{url}/patient_cases/{row.patient_case}")
    if row.repeated_from is not None:
        shown["repeated_from"] = _link(f"{url}/individual_appointments/{row.repeated_from}")
    return shown


def _record(row: Record, url: str, resource: str, *, hidden: tuple[str, ...] = ()) -> tuple[Shown, Shown]:
    head: Shown = {"id": str(row.id), "created_at": iso(row.created_at), "updated_at": iso(row.updated_at)}
    head |= {name: value for name, value in sorted(row.values.items()) if name not in hidden}
    return head, {"links": {"self": f"{url}/{resource}/{row.id}"}}


def appointment_type(row: Record, url: str, _: World) -> Shown:
    """Show an appointment type."""
    hidden = ("practitioner_ids", *(f"{name}_id" for name in _TYPE_OPTIONAL))
    head, tail = _record(row, url, "appointment_types", hidden=hidden)
    links = _links(url, row, _TYPE_LINKS)
    return {**head, "archived_at": _moment(row.archived_at), **links, **_optional(url, row, _TYPE_OPTIONAL), **tail}


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
    archived = _moment(row.archived_at)
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
    links = _links(url, row, _PRACTITIONER_LINKS)
    return {**head, **links, **_optional(url, row, _PRACTITIONER_OPTIONAL), **tail}


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
    archived = _moment(row.archived_at)
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
    links = _optional(url, row, {"business": "businesses", "practitioner": "practitioners"})
    return {**head, **zones, **links, **tail}


def user(row: Record, url: str, _: World) -> Shown:
    """Show a user."""
    head, tail = _record(row, url, "users")
    return {**head, **tail}
