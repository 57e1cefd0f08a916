"""IMIassist's verbs for the cases: by the integration user, and once more behind a flow of another shape."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
from props import NOW, sandbox_of
from verbs import Verb

from apptsdk import AsyncIMIassist, IMIassist
from apptsdk.sandbox.imiassist import IMIassist as Emulation
from apptsdk.sandbox.imiassist.seed import DR_LEE, FOLLOW_UP, NORTHSIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness import SyncTeller

    from apptsdk.sandbox import Sandbox

STARTS = NOW + timedelta(days=14)
INPUTS: Mapping[str, Any] = {
    "start_time": STARTS,
    "duration": timedelta(minutes=30),
    "customer_phone": "+447700900171",
    "customer_first_name": "Adaline",
    "appointment_type": FOLLOW_UP,
    "assignee_email": DR_LEE,
    "description": "hush",
}
FLOW = "/flows/northside/bookings"
READ = {"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}
UNREADABLE = {"another 200 than is due": "ResponseUnreadableError"}
"""A cancellation says which appointment it was, and is not done before it does."""
UNFOUND = {"retries are off, and the answer is lost": "OutcomeUnknownError"}
"""Nobody can be asked what became of it, but by asking again."""
BY = {
    "hide": "appointment_id",
    "cancel": "appointment_uid",
    "appointments.cancel by its reference": "external_reference_id",
}


@cache
def standing() -> Mapping[str, str]:
    """Name an appointment that is ahead, in three ways: the same in every sandbox of the same time and seed."""
    with sandbox_of("imiassist", now=NOW, rate_limit=None) as sandbox:
        northside = sandbox.emulator(Emulation).world.companies[NORTHSIDE]
        found = next(one for one in northside.appointments.values() if one.status == "OPEN")
        assert found.external_reference_id is not None
        return {
            "appointment_id": found.id,
            "appointment_uid": found.uid,
            "external_reference_id": found.external_reference_id,
        }


def cancelling(path: str) -> Verb:
    """Make the request of one of the three ways to cancel."""
    return Verb("POST", path, "appointments", "cancel", gives=True, ends={**UNREADABLE, **UNFOUND})


@attrs.frozen
class IMIassistStage:
    """IMIassist's verbs, with a key and a token that its integration user gets."""

    sandbox: Sandbox
    name = "imiassist"
    base = "/imiassist"
    clients = (IMIassist, AsyncIMIassist)
    token = Verb("POST", "/api/v1/auth/login")
    verbs = {  # noqa: RUF012 - nobody changes it
        "book": Verb("POST", "/api/v1/appointments", "appointments", "create", listed=False, named=True),
        "read": Verb("GET", "/api/v1/appointments/*"),
        "hide": cancelling("/api/v1/appointments/*/cancel"),
        "cancel": cancelling("/api/v1/appointments/uid/*/cancel"),
        "appointments.cancel by its reference": cancelling("/api/v1/appointments/external/*/cancel"),
        "appointments.schedule with a reference": Verb(
            "POST", "/api/v1/appointments", "appointments", "create", listed=False, named=True
        ),
    }
    alike = {  # noqa: RUF012 - nobody changes it
        "read": "read",  # no node of the vendor's does it
        "cancel": "hide",
        "appointments.cancel by its reference": "hide",
        "appointments.schedule with a reference": "book",
    }

    @property
    def settings(self) -> Any:
        northside = self.sandbox.emulator(Emulation).world.companies[NORTHSIDE]
        return attrs.evolve(
            self.sandbox.imiassist,
            api_key=None,
            token=None,
            user_email=northside.user_email,
            user_password=northside.user_password,
            endpoints=READ,
        )

    @property
    def secret(self) -> str:
        return str(self.settings.user_password)

    def prepare(self, verb: str) -> None:
        """Make what a verb needs: here nothing, the sandbox begins with all of it."""

    async def play(self, verb: str, teller: SyncTeller) -> Any:
        """Call a verb."""
        if verb == "read":
            return await teller.call("appointments.get", standing()["appointment_id"])
        if verb in BY:
            return await teller.call("appointments.cancel", **{BY[verb]: standing()[BY[verb]]})
        reference = {"external_reference_id": "PAS-9001"} if verb.endswith("with a reference") else {}
        return await teller.call("appointments.schedule", **INPUTS, **reference)


@attrs.frozen
class FlowStage(IMIassistStage):
    """The same behind the webhook of a flow, by settings alone: one path, other names, the credentials in the body."""

    token = None
    verbs = {  # noqa: RUF012 - nobody changes it
        name: attrs.evolve(verb, path=FLOW) for name, verb in IMIassistStage.verbs.items() if name != "read"
    }
    alike = {  # noqa: RUF012 - nobody changes it
        "appointments.schedule with a reference": "book",
        "cancel": "hide",
        "appointments.cancel by its reference": "hide",
    }

    @property
    def settings(self) -> Any:
        return self.sandbox.imiassist_flow
