"""Appointments: scheduled, shown, and cancelled by three kinds of id.

https://help.webexconnect.io/docs/create-appointments
https://help.webexconnect.io/docs/cancel-appointment
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, cast

from attrs import evolve

from apptsdk.sandbox.http import Answer, say
from apptsdk.sandbox.imiassist import inputs, refusals, rendering
from apptsdk.sandbox.imiassist.ask import Ask, Route
from apptsdk.sandbox.imiassist.inputs import Check
from apptsdk.sandbox.imiassist.records import CANCELLED, OPEN, Appointment, Company, Host, Team

INPUTS: Final[Mapping[str, Check]] = {
    "customer_id": inputs.text,
    "customer_phone": inputs.phone,
    "customer_email": inputs.email,
    "customer_first_name": inputs.text,
    "customer_last_name": inputs.text,
    "custom_attributes": inputs.attributes,
    "team_id": inputs.text,
    "appointment_type": inputs.appointment_type,
    "start_time": inputs.time,
    "assignee_email": inputs.email,
    "description": inputs.text,
    "reference_case_id": inputs.text,
    "priority": inputs.priority,
    "external_reference_id": inputs.text,
    "title": inputs.text,
    "duration": inputs.minutes,
}
_GUEST: Final = {
    "customer_id": "customer_id",
    "customer_phone": "phone",
    "customer_email": "email",
    "customer_first_name": "first_name",
    "customer_last_name": "last_name",
    "custom_attributes": "custom_attributes",
}


def _schedule(ask: Ask) -> Answer:
    company, world = ask.company, ask.world
    needed = {"customer_phone": company.require_phone, "customer_email": company.require_email}
    required = ("start_time", *(name for name, needs in needed.items() if needs))
    said = inputs.read(ask, INPUTS, required)
    team, host = _team(company, said), find_host(company, said.get("assignee_email"))
    case = said.get("reference_case_id", world.next_case(company))
    if "reference_case_id" in said and case not in company.cases:
        raise refusals.missing("case")
    duration = _duration(team, said)
    _fresh(company, said.get("external_reference_id"))
    contact = world.meet(company, {own: said[name] for name, own in _GUEST.items() if name in said})
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    made = Appointment(
        id=world.id(),
        uid=f"{case}-{company.cases.get(case, 0) + 1}",
        case_id=case,
        contact_id=contact.id,
        team=team,
        appointment_type=said.get("appointment_type"),
        title=said.get("title", f"Video appointment with {name or 'guest'}"),
        description=said.get("description"),
        start=inputs.moment(said["start_time"]),
        duration=duration,
        priority=said.get("priority", "LOW"),
        status=OPEN,
        external_reference_id=said.get("external_reference_id"),
        participants=tuple(world.participant(company, one) for one in (host, contact) if one is not None),
    )
    world.place(company, made)
    record = rendering.appointment(made)
    world.write("create", "appointments", made.id, record)
    return say(HTTPStatus.CREATED, record)


def _team(company: Company, said: Mapping[str, Any]) -> Team:
    if "team_id" not in said:
        return company.types[said["appointment_type"]].team if "appointment_type" in said else company.default_team
    team = company.teams.get(said["team_id"])
    if team is None:
        raise refusals.missing("team")
    return team


def find_host(company: Company, email: str | None) -> Host | None:
    """Find a host.

    Args:
        company: whose.
        email: the host's; None for nobody.

    Raises:
        Refusal: 404.
    """
    found = company.hosts.get((email or "").lower())
    if email is not None and found is None:
        raise refusals.missing("assignee")
    return found


def _duration(team: Team, said: Mapping[str, Any]) -> int:
    department = team.department
    duration = cast("int", said.get("duration", department.default_duration))
    if duration > department.max_duration:
        most = f"The department's maximum is {department.max_duration} minutes."
        wrong = [("duration", f"must be at most {department.max_duration}")]
        raise refusals.refuse(HTTPStatus.BAD_REQUEST, "duration_exceeds_maximum", most, wrong)
    return duration


def _fresh(company: Company, reference: str | None) -> None:
    taken = company.references.get(reference or "")
    if taken is not None and company.appointments[taken].status != CANCELLED:
        raise refusals.conflict("duplicate_external_reference", "Another appointment has this external reference id.")


def _get(ask: Ask) -> Answer:
    return say(HTTPStatus.OK, rendering.appointment(ask.appointment()))


def upcoming(ask: Ask) -> Appointment:
    """Find the appointment that the path names, if it can still be changed.

    Args:
        ask: the call.

    Raises:
        Refusal: 404; 409.
    """
    found = ask.appointment()
    if found.status == CANCELLED:
        raise refusals.conflict("already_cancelled", "The appointment is cancelled already.")
    if found.status != OPEN:
        raise refusals.conflict("not_open", f"The appointment is {found.status}.")
    return found


def _cancel(ask: Ask) -> Answer:
    inputs.read(ask, {})
    cancelled = evolve(upcoming(ask), status=CANCELLED)
    ask.world.place(ask.company, cancelled)
    ask.world.write("cancel", "appointments", cancelled.id, rendering.appointment(cancelled))
    return say(HTTPStatus.OK, {"appointment_id": cancelled.id, "appointment_uid": cancelled.uid})


ROUTES: Final = (
    Route("POST /appointments", _schedule),
    Route("GET /appointments/{appointment_id}", _get),
    Route("POST /appointments/{appointment_id}/cancel", _cancel),
    Route("POST /appointments/uid/{appointment_uid}/cancel", _cancel),
    Route("POST /appointments/external/{external_reference_id}/cancel", _cancel),
)
