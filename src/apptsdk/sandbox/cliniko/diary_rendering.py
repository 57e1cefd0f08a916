"""What has a time, and who attends it, as Cliniko shows them."""

from hashlib import sha256

from apptsdk.sandbox.cliniko.records import (
    Appointment,
    Attendee,
    AvailabilityBlock,
    GroupAppointment,
    RepeatRule,
    SoleAttendee,
    Span,
    UnavailableBlock,
)
from apptsdk.sandbox.cliniko.rendering import Render, Shown, link, moment
from apptsdk.sandbox.cliniko.times import iso
from apptsdk.sandbox.cliniko.world import World

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
_HOST = "cliniko.example"


def _rule(rule: RepeatRule | None) -> Shown:
    if rule is None:
        return {}
    return {
        "number_of_repeats": rule.number_of_repeats,
        "repeat_type": rule.repeat_type,
        "repeating_interval": rule.repeating_interval,
    }


def _span(row: Span, url: str) -> Shown:
    """Show what everything has that has a time."""
    return {
        "id": str(row.id),
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "repeat_rule": _rule(row.repeat_rule),
        "ends_at": iso(row.ends_at),
        "starts_at": iso(row.starts_at),
        "business": {"links": {"self": f"{url}/businesses/{row.business}"}},
        "practitioner": {"links": {"self": f"{url}/practitioners/{row.practitioner}"}},
        "links": {"self": f"{url}/{row.resource}/{row.id}"},
    }


def _booking(row: Span, url: str) -> Shown:
    """Show what everything has that is a booking, too."""
    archived = moment(row.archived_at)
    repeats = None if row.repeat_rule is None else link(f"{url}/{row.resource}?q[]=repeated_from_id:={row.id}")
    shown = {
        **_span(row, url),
        "archived_at": archived,
        "conflicts": {"links": {"self": f"{url}/{row.resource}/{row.id}/conflicts"}},
        "deleted_at": archived,
        "repeats": repeats,
    }
    if row.repeated_from is not None:
        shown["repeated_from"] = link(f"{url}/{row.resource}/{row.repeated_from}")
    return shown


def _cancelled(row: Appointment | Attendee | SoleAttendee) -> Shown:
    return {
        "cancellation_note": row.cancellation_note,
        "cancellation_reason": row.cancellation_reason,
        "cancellation_reason_description": REASONS.get(row.cancellation_reason or 0, ""),
        "cancelled_at": moment(row.cancelled_at),
    }


def _appointment(row: Appointment | GroupAppointment, url: str) -> Shown:
    return {
        **_booking(row, url),
        "appointment_type": {"links": {"self": f"{url}/appointment_types/{row.appointment_type}"}},
        "attendees": {"links": {"self": f"{url}/{row.resource}/{row.id}/attendees"}},
        "notes": row.notes,
        "telehealth_url": f"https://riverbend.au1.{_HOST}/appointments/{row.id}/connect",
    }


def individual_appointment(row: Appointment, url: str, world: World) -> Shown:
    """Show an individual appointment.

    Args:
        row: the appointment.
        url: the base of every link.
        world: where its patient is.
    """
    patient = world.patients[row.patient].values
    shown = {
        **_appointment(row, url),
        **_cancelled(row),
        "booking_ip_address": None,
        "did_not_arrive": row.did_not_arrive,
        "email_reminder_sent": False,
        "has_patient_appointment_notes": bool(patient["appointment_notes"]),
        "invoice_status": None,
        "online_booking_policy_accepted": None,
        "patient": {"links": {"self": f"{url}/patients/{row.patient}"}},
        "patient_arrived": row.patient_arrived,
        "patient_name": f"{patient['first_name']} {patient['last_name']}",
        "sms_reminder_sent": False,
        "treatment_note_status": None,
    }
    if row.patient_case is not None:
        shown["patient_case"] = link(f"{url}/patient_cases/{row.patient_case}")
    return shown


def group_appointment(row: GroupAppointment, url: str, _: World) -> Shown:
    """Show a group appointment."""
    return {**_appointment(row, url), "max_attendees": row.max_attendees, "patient_ids": row.patient_ids}


def unavailable_block(row: UnavailableBlock, url: str, _: World) -> Shown:
    """Show an unavailable block."""
    shown = {**_booking(row, url), "notes": row.notes}
    if row.unavailable_block_type is not None:
        shown["unavailable_block_type"] = link(f"{url}/unavailable_block_types/{row.unavailable_block_type}")
    return shown


def availability_block(row: AvailabilityBlock, url: str, _: World) -> Shown:
    """Show an availability block."""
    return _span(row, url)


_BOOKINGS: dict[type[Span], Render] = {
    Appointment: individual_appointment,
    GroupAppointment: group_appointment,
    UnavailableBlock: unavailable_block,
}


def booking(row: Span, url: str, world: World) -> Shown:
    """Show any of the three as a booking: the same, but for the link to itself."""
    return {**_BOOKINGS[type(row)](row, url, world), "links": {"self": f"{url}/bookings/{row.id}"}}


def attendee(row: Attendee | SoleAttendee, url: str, _: World) -> Shown:
    """Show an attendee."""
    me = f"{url}/attendees/{row.id}"
    token = sha256(str(row.id).encode()).hexdigest()[:24]  # links that nobody can guess, and the same each time
    archived = moment(row.archived_at)
    shown: Shown = {
        "id": str(row.id),
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        **_cancelled(row),
        "arrived": row.arrived,
        "booking_ip_address": None,
        "cancellation_url": f"https://riverbend.{_HOST}/cancel/{token}" if row.live else None,
        "email_reminder_sent": False,
        "invoice_status": None,
        "notes": row.notes,
        "online_booking_policy_accepted": None,
        "sent_email_follow_ups_count": 0,
        "sent_email_reminders_count": 0,
        "sent_sms_follow_ups_count": 0,
        "sent_sms_reminders_count": 0,
        "sms_reminder_sent": False,
        "telehealth_url": f"https://riverbend.{_HOST}/c/{token}",
        "treatment_note_status": None,
        "archived_at": archived,
        "deleted_at": archived,
        "booking": link(f"{url}/bookings/{row.booking}"),
        "invoices": link(f"{me}/invoices"),
        "patient": link(f"{url}/patients/{row.patient}"),
        "patient_forms": link(f"{me}/patient_forms"),
        "links": {"self": me},
    }
    if row.patient_case is not None:
        shown["patient_case"] = link(f"{url}/patient_cases/{row.patient_case}")
    return shown
