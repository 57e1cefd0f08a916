"""Participants of an appointment: hosts are added, and whoever is not the guest is removed."""

from http import HTTPStatus
from typing import Final, cast

from attrs import evolve

from apptsdk.sandbox.http import Answer, say
from apptsdk.sandbox.imiassist import inputs, refusals, rendering
from apptsdk.sandbox.imiassist.appointments import find_host, upcoming
from apptsdk.sandbox.imiassist.ask import Ask, Route
from apptsdk.sandbox.imiassist.records import Company, Host


def _role(value: object, _: Company) -> str | None:
    return None if value == "host" else "must be host"


_INPUTS: Final = {"role": _role, "email": inputs.email}


def _add(ask: Ask) -> Answer:
    said = inputs.read(ask, _INPUTS, required=tuple(_INPUTS))
    appointment = upcoming(ask)
    host = cast("Host", find_host(ask.company, said["email"]))
    if host.email in {one.email for one in appointment.participants if one.role == "host"}:
        raise refusals.conflict("already_participant", "The host is in this appointment already.")
    made = ask.world.participant(ask.company, host)
    ask.world.place(ask.company, evolve(appointment, participants=(made, *appointment.participants)))
    record = {"appointment_id": appointment.id, **rendering.participant(made)}
    ask.world.write("create", "participants", made.id, record)
    return say(HTTPStatus.CREATED, record)


def _remove(ask: Ask) -> Answer:
    appointment = upcoming(ask)
    found = next((one for one in appointment.participants if one.id == ask.params["participant_id"]), None)
    if found is None:
        raise refusals.missing("participant")
    if found.role == "guest":
        raise refusals.refuse(HTTPStatus.FORBIDDEN, "not_allowed", "The primary guest cannot be removed.")
    left = tuple(one for one in appointment.participants if one != found)
    ask.world.place(ask.company, evolve(appointment, participants=left))
    record = {"appointment_id": appointment.id, **rendering.participant(found)}
    ask.world.write("delete", "participants", found.id, record)
    return Answer(HTTPStatus.NO_CONTENT)


_BY_ID: Final = "/appointments/{appointment_id}/participants"
_BY_REFERENCE: Final = "/appointments/external/{external_reference_id}/participants"
ROUTES: Final = (
    Route(f"POST {_BY_ID}", _add),
    Route(f"POST {_BY_REFERENCE}", _add),
    Route(f"DELETE {_BY_ID}/{{participant_id}}", _remove),
    Route(f"DELETE {_BY_REFERENCE}/{{participant_id}}", _remove),
)
