"""Which call of ours is which operation of our proposal for IMIassist, and which node of a flow; and what it holds."""

from __future__ import annotations

import inspect
import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from contract_calls import Call

from apptsdk.providers.imiassist import models

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apptsdk.models import Model

_AUTH, APPOINTMENTS, CONTACTS = "/api/v1/auth", "/api/v1/appointments", "/api/v1/contacts"
_ONE, _REFERRED = f"{APPOINTMENTS}/{{appointment_id}}", f"{APPOINTMENTS}/external/{{external_reference_id}}"
LOGIN, NEW_TOKEN, EXISTING_TOKEN = f"POST {_AUTH}/login", f"POST {_AUTH}/token", f"GET {_AUTH}/token"
SCHEDULE, GET = f"POST {APPOINTMENTS}", f"GET {_ONE}"
CANCEL_BY_ID = f"POST {_ONE}/cancel"
CANCEL_BY_UID = f"POST {APPOINTMENTS}/uid/{{appointment_uid}}/cancel"
CANCEL_BY_REFERENCE = f"POST {_REFERRED}/cancel"
CREATE, CHANGE = f"POST {CONTACTS}", f"PATCH {CONTACTS}/{{contact_id}}"
REPORT, TRANSACTION = "POST /api/v1/reports/usage", "GET /api/v1/transactions/{transaction_id}"

# The operation, what its answer holds, our verb for it, and its arguments that lead into the path.
LINES = [
    [part.strip() for part in line.split("|")]
    for line in f"""
{LOGIN} | Access | |
{NEW_TOKEN} | Credentials | |
{EXISTING_TOKEN} | Credentials | |
{SCHEDULE} | Appointment | appointments.schedule |
{CANCEL_BY_ID} | CancelledAppointment | appointments.cancel | appointment
{CANCEL_BY_ID} | CancelledAppointment | appointments.cancel | appointment_id
{CANCEL_BY_UID} | CancelledAppointment | appointments.cancel | appointment_uid
{CANCEL_BY_REFERENCE} | CancelledAppointment | appointments.cancel | external_reference_id
{GET} | Appointment | appointments.get | appointment_id
POST {_ONE}/participants | AddedParticipant | request | method path
POST {_REFERRED}/participants | AddedParticipant | request | method path
DELETE {_ONE}/participants/{{participant_id}} | nothing | request | method path
DELETE {_REFERRED}/participants/{{participant_id}} | nothing | request | method path
{CREATE} | ContactId | request | method path
{CHANGE} | ContactId | request | method path
DELETE {CONTACTS}/{{contact_id}} | nothing | request | method path
{TRANSACTION} | Transaction | request | method path
{REPORT} | TransactionId | request | method path
""".strip().splitlines()
]

HELD = {where: kind for where, kind, *_ in LINES}
"""What answers hold, by the operation."""
BODILESS = ("DELETE ", "GET ")
ENDPOINTS = {
    "authenticate": LOGIN,
    "get_new_token": NEW_TOKEN,
    "get_existing_token": EXISTING_TOKEN,
    "schedule": SCHEDULE,
    "cancel_by_id": CANCEL_BY_ID,
    "cancel_by_uid": CANCEL_BY_UID,
    "cancel_by_external_reference": CANCEL_BY_REFERENCE,
    "get": GET,
}
"""The operations, by their names in the settings."""
NODES = {
    "authenticate": LOGIN,
    "new_token": NEW_TOKEN,
    "existing_token": EXISTING_TOKEN,
    "schedule": SCHEDULE,
    "cancel_id": CANCEL_BY_ID,
    "cancel_uid": CANCEL_BY_UID,
    "cancel_reference": CANCEL_BY_REFERENCE,
}
"""The operations, by the nodes of the flow."""
PLACES: Mapping[str, type[Model]] = {
    "Appointment": models.Appointment,
    "CancelledAppointment": models.CancelledAppointment,
}
"""Our models, by what answers hold."""
INPUTS: Mapping[str, type[Any]] = {SCHEDULE: models.AppointmentSchedule}
"""Our inputs, by the operation."""
PATTERNS = {where: re.compile(re.sub(r"\{(\w+)\}", "(?P<\\1>[^/]+)", where)) for where in HELD}
"""What requests look like, by the operation."""


def calls_in(client: Any) -> Iterator[Call]:
    """Find our calls, in the order of the lines."""
    for where, _, verb, ids in LINES:
        if verb:
            signature = inspect.signature(attrgetter(verb)(client))
            yield Call(
                where, verb, tuple(ids.split()), {}, dict(signature.parameters), str(signature.return_annotation)
            )
