"""Things as the API shows them, and the shapes in which its answers can come."""

from datetime import datetime
from typing import Any, cast

import orjson

from apptsdk.sandbox.http import Answer, say
from apptsdk.sandbox.imiassist.knobs import Knobs
from apptsdk.sandbox.imiassist.records import Appointment, Contact, Participant


def moment(at: datetime) -> str:
    """Write a time: UTC, to the millisecond.

    Args:
        at: in UTC.
    """
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def participant(one: Participant) -> dict[str, Any]:
    """Show a participant.

    Args:
        one: the participant.
    """
    return {
        "participant_id": one.id,
        "role": one.role,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "email": one.email,
        "phone": one.phone,
        "meeting_link": one.meeting_link,
    }


def appointment(one: Appointment) -> dict[str, Any]:
    """Show an appointment.

    Args:
        one: the appointment.
    """
    return {
        "appointment_id": one.id,
        "appointment_uid": one.uid,
        "participants": [participant(each) for each in one.participants],
        "title": one.title,
        "start_time": moment(one.start),
        "end_time": moment(one.end),
        "duration": one.duration,
        "priority": one.priority,
        "status": one.status,
        "case_id": one.case_id,
        "external_reference_id": one.external_reference_id,
    }


def contact(one: Contact) -> dict[str, Any]:
    """Show a contact, as the ledger has it; the API shows its id alone.

    Args:
        one: the contact.
    """
    return {
        "contact_id": one.id,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "customer_id": one.customer_id,
        "phone": one.phone,
        "email": one.email,
        "custom_attributes": dict(one.custom_attributes),
    }


def shaped(answer: Answer, knobs: Knobs) -> Answer:
    """Give an answer about an appointment the shape that the knobs ask for.

    Args:
        answer: as the handlers make it.
        knobs: the knobs.
    """
    if not answer.body or (knobs.participants_as, knobs.wrapped_in) == ("list", None):
        return answer
    said = cast("dict[str, Any]", orjson.loads(answer.body))
    if "appointment_uid" not in said:
        return answer
    if "participants" in said and knobs.participants_as != "list":
        said["participants"] = _people(said["participants"], as_text=knobs.participants_as == "text")
    return say(answer.status, said if knobs.wrapped_in is None else {knobs.wrapped_in: said})


def _people(people: list[dict[str, Any]], *, as_text: bool) -> object:
    if as_text:
        return orjson.dumps(people).decode()
    roles = [one["role"] for one in people]
    return {f"{one['role']}{roles[: at + 1].count(one['role'])}": one for at, one in enumerate(people)}
