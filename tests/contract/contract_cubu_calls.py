"""Which call of ours is which operation of Cubu's, and what its answer holds."""

from __future__ import annotations

import inspect
import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from contract_calls import Call

from apptsdk.providers.cubu import CaseEvent, models

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apptsdk.models import Model

TOKEN = "POST /{tenantId}/oauth2/v2.0/token"
_CALENDARS = "/{applicationId}/calendars/{serviceId}/{date}"
_CALENDAR = f"{_CALENDARS}/{{cuIndex}}"
_APPOINTMENTS = f"{_CALENDAR}/appointments"
BOOK = f"POST {_APPOINTMENTS}"
QUEUE_UP = "POST /{applicationId}/services/{serviceId}/cases"
CHANGE = "PATCH /{applicationId}/customers/{customerRecordId}"
QUERY = "POST /{applicationId}/customers/query"
CANCEL = f"DELETE {_APPOINTMENTS}/{{caseId}}"
CANCEL_OTHERWISE = (
    f"POST {_APPOINTMENTS}/{{caseId}}/actions/cancel",
    "POST /{applicationId}/cases/{caseId}/actions/cancel",
)
"""The forms of a cancellation that the settings can name instead."""
HOOKS = ("afterBookAppointment", "afterQueueUp", "beforeBookAppointment")

# The operation, what its answer holds, our verbs for it, and their arguments that lead into the path.
LINES = [
    [part.strip() for part in line.split("|")]
    for line in f"""
GET {_CALENDARS} | array of Calendar | calendars.list | service_id date
GET {_CALENDAR}/vacancies | Vacancies | calendars.vacancies | calendar
GET {_APPOINTMENTS} | array of Case | appointments.list | calendar
GET {_APPOINTMENTS} | array of Case | appointments.get | appointment
{BOOK} | Booking | appointments.book | calendar
{BOOK} | Booking | appointments.rebook | appointment calendar
{CANCEL} | nothing | appointments.cancel | appointment
{CANCEL_OTHERWISE[0]} | nothing | appointments.cancel | appointment
{CANCEL_OTHERWISE[1]} | nothing | appointments.cancel | appointment
POST /{{applicationId}}/customers | NewCustomer | customers.create |
GET /{{applicationId}}/customers/{{customerRecordId}} | CustomerRecord | customers.get | record_id
{CHANGE} | nothing | customers.update | record_id
{QUERY} | CustomerRecord | customers.find |
{QUEUE_UP} | QueuedCase | queue.join | service_id
{TOKEN} | TokenResponse | |
POST /service/actions/{HOOKS[0]} | AfterBookAppointment | webhooks.verify |
POST /service/actions/{HOOKS[1]} | AfterQueueUp | webhooks.verify |
POST /service/actions/{HOOKS[2]} | BeforeBookAppointment | webhooks.verify |
""".strip().splitlines()
]

HELD = {where: kind for where, kind, *_ in LINES}
"""What answers hold, by the operation."""
PLACES: Mapping[str, type[Model]] = {
    "AfterBookAppointment": CaseEvent,
    "AfterQueueUp": CaseEvent,
    "BeforeBookAppointment": CaseEvent,
    "Booking": models.Booking,
    "Calendar": models.Calendar,
    "Case": models.Case,
    "CustomerRecord": models.CustomerRecord,
    "NewCustomer": models.CustomerRecord,
    "QueuedCase": models.Case,
    "Vacancies": models.Vacancies,
}
"""Our models, by the vendor's places."""
INPUTS: Mapping[str, type[Any]] = {BOOK: models.AppointmentBook, QUEUE_UP: models.QueueJoin}
"""Our inputs, by the operation."""
LOOKS = {"applicationId": "[^/]+", "cuIndex": r"\d+", "date": r"\d{4}-\d\d-\d\d", "tenantId": "[^/]+"}
_GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PATTERNS = {
    where: re.compile(re.sub(r"\{(\w+)\}", lambda found: f"(?P<{found[1]}>{LOOKS.get(found[1], _GUID)})", where))
    for where in HELD
}
"""What requests look like, by the operation."""


def calls_in(client: Any) -> Iterator[Call]:
    """Find our calls, in the order of the lines."""
    for where, _, verb, ids in LINES:
        if verb:
            signature = inspect.signature(attrgetter(verb)(client))
            yield Call(
                where, verb, tuple(ids.split()), {}, dict(signature.parameters), str(signature.return_annotation)
            )
