"""What calls of IMIassist's are given: values by name, and appointments and contacts that are made first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import attrs
from contract_arguments import Giver
from contract_imiassist_calls import CHANGE, CREATE, REPORT
from props import NOW

from apptsdk.providers.imiassist import Priority
from apptsdk.sandbox.imiassist.seed import DR_LEE, FOLLOW_UP, PHYSIOTHERAPY, SAM_OTTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from contract_calls import Call, Way

DEPARTMENT = "5d1f0c6be1a9c40f3b7d1e02"
START = NOW + timedelta(days=7)
SPECIAL: Mapping[str, Any] = {
    "appointment_type": FOLLOW_UP,
    "assignee_email": DR_LEE,
    "custom_attributes": {"age": 41, "gender": "female"},
    "customer_email": "nora.adeyemi@example.org",
    "customer_first_name": "Nora",
    "customer_id": "NHSID_77",
    "customer_last_name": "Adeyemi",
    "customer_phone": "+447700900123",
    "description": "Made up",
    "duration": timedelta(minutes=30),
    "priority": Priority.HIGH,
    "reference_case_id": "NS-1",
    "start_time": START,
    "team_id": PHYSIOTHERAPY,
    "title": "A made-up appointment",
}
"""By the argument's name."""
_PERSON = {
    "first_name": "Nora",
    "last_name": "Adeyemi",
    "customer_id": "NHSID_78",
    "phone": "+447700900124",
    "email": "nora.adeyemi@example.org",
    "custom_attributes": {"age": 41},
}
_SINCE = f"{START:%Y-%m-%d}T00:00:00.000Z"
_REPORT = {
    "department_id": [DEPARTMENT],
    "team_id": [PHYSIOTHERAPY],
    "start_time": _SINCE,
    "end_time": f"{START:%Y-%m-%d}T12:00:00.000Z",
    "emails": [DR_LEE],
}
_NAME = {name: _PERSON[name] for name in ("first_name", "last_name")}
BODIES = {
    CREATE: (_PERSON, _NAME),
    CHANGE: ({**_PERSON, "customer_id": "NHSID_79"}, {"first_name": "Nora"}, {"last_name": "Adeyemi"}),
    REPORT: (_REPORT, {"start_time": _SINCE}),
}
"""What is sent through `request`, by the operation: all, then what is needed."""
_HOST = {"role": "host", "email": SAM_OTTER}


@attrs.define
class IMIassistGiver(Giver):
    """Gives calls their arguments.

    Args:
        references: The numbers of external references: no two appointments may have the same one.
    """

    references: Iterator[int]

    async def ids(self, call: Call, row: int = 0) -> dict[str, Any]:
        """Give what goes into the path."""
        if call.verb != "request":
            return await super().ids(call, row)
        method, path = call.where.split(" ")
        names = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
        filled = path.removeprefix("/api/v1").format(**{name: await self.related(call, name) for name in names})
        return {"method": method, "path": filled}

    async def value(self, call: Call, name: str, way: Way) -> Any:
        """Give an argument a value."""
        if name == "json":
            return BODIES.get(call.where, (_HOST,))[way.row]
        if name == "priority":
            return Priority(next(iter(way.chosen.values()), SPECIAL[name]))
        return SPECIAL[name] if name in SPECIAL else f"PAS-{next(self.references)}"

    async def own(self, call: Call, row: int) -> Any:
        """Make the appointment that a call is about."""
        del row
        return await self.related(call, "appointment")

    async def related(self, call: Call, name: str) -> Any:
        """Make what a path or a cancellation speaks of."""
        del call
        if name == "contact_id":
            return (await self.teller.call("request", "POST", "/contacts", json=_NAME)).json()["contact_id"]
        if name == "transaction_id":
            made = await self.teller.call("request", "POST", "/reports/usage", json={"start_time": _SINCE})
            return made.json()["transaction_id"]
        if "appointment" not in self._made:
            given = {"assignee_email": DR_LEE, "external_reference_id": f"PAS-{next(self.references)}"}
            self._made["appointment"] = await self.teller.call("appointments.schedule", start_time=START, **given)
        made = self._made["appointment"]
        if name == "participant_id":
            return made.host.participant_id
        return made if name == "appointment" else getattr(made, name)
