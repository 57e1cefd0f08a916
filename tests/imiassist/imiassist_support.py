"""IMIassist as a list of answers and as a sandbox, before the clients of one world; and what its answers look like."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs
from feeds import FedVendor, StillClock
from harness import Watch

from apptsdk import AsyncIMIassist, IMIassist, IMIassistSettings
from apptsdk.http import Headers, NoAnswer, Request, Response
from apptsdk.sandbox.imiassist import IMIassist as Emulation
from apptsdk.sandbox.imiassist import seed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from harness import World

    from apptsdk.sandbox import Sandbox, Seen
    from apptsdk.sandbox.imiassist.records import Company as Record

CLIENTS = (IMIassist, AsyncIMIassist)
KEY = "made-up-key-77d1"
TOKEN = "made-up-token-5f1d"
GIVEN = {"subdomain": "northside", "domain": "eclinic.org.uk", "api_key": KEY, "token": TOKEN}
HOST = "https://northside.eclinic.org.uk"
API = "/api/v1"
NOW = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CUT = NoAnswer("the connection was cut")

ID = "65e2f0c4a1b2c3d4e5f60718"
UID = "NS-45-1"
REFERENCE = "PAS-1001"
LINK = "https://northside.eclinic.org.uk/j/g2Zp"
HOST_LINK = "https://northside.eclinic.org.uk/j/h7Qk"

ASKED: dict[str, Any] = {  # the example of our contract
    "start_time": START,
    "customer_id": "NHSID_77",
    "customer_phone": "+447700900123",
    "customer_first_name": "Ana",
    "customer_last_name": "Roe",
    "assignee_email": "dr.lee@example.org",
    "priority": "LOW",
    "external_reference_id": REFERENCE,
    "duration": timedelta(minutes=30),
}
LEE: dict[str, Any] = {
    "participant_id": "65e2f0c4a1b2c3d4e5f60719",
    "role": "host",
    "first_name": "Li",
    "last_name": "Lee",
    "email": "dr.lee@example.org",
    "phone": None,
    "meeting_link": HOST_LINK,
}
ANA: dict[str, Any] = {
    "participant_id": "65e2f0c4a1b2c3d4e5f6071a",
    "role": "guest",
    "first_name": "Ana",
    "last_name": "Roe",
    "email": None,
    "phone": "+447700900123",
    "meeting_link": LINK,
}
MADE: dict[str, Any] = {  # its answer
    "appointment_id": ID,
    "appointment_uid": UID,
    "participants": [LEE, ANA],
    "title": "Video appointment with Ana Roe",
    "start_time": "2026-03-02T09:00:00.000Z",
    "end_time": "2026-03-02T09:30:00.000Z",
    "duration": 30,
    "priority": "LOW",
    "status": "OPEN",
    "case_id": "NS-45",
    "external_reference_id": REFERENCE,
}
NAMED = {"appointment_id": ID, "appointment_uid": UID}
"""What a cancellation answers."""


def settings(**other: Any) -> IMIassistSettings:
    """Make settings; those of a flow have the company's own host for its address, so that all requests look alike."""
    of_a_flow = other.get("credentials_in_body") or other.get("without_credentials")
    return IMIassistSettings(**{**GIVEN, **({"base_url": HOST} if of_a_flow else {}), **other})


# --- answers ---------------------------------------------------------------------------------------------------------


def answer(body: Any, status: int = 200, *, headers: Any = ()) -> Response:
    """Make an answer: the body as JSON."""
    return raw(json.dumps(body).encode(), status, headers)


def raw(content: bytes = b"", status: int = 200, headers: Any = ()) -> Response:
    return Response(status, Headers(headers), content)


def error(code: str, message: str = "Nope.", *details: tuple[str, str]) -> dict[str, Any]:
    """Make the error body of our contract."""
    wrong = [{"field": field, "message": why} for field, why in details]
    return {"error": {"code": code, "message": message, "details": wrong}}


def passed_on(status: object, body: object, **outputs: Any) -> Response:
    """Make the answer of a flow that passes on what its node got."""
    text = body if isinstance(body, str) else json.dumps(body)
    return answer({"Response_Status_Code": status, "Response_Body": text, **outputs})


# --- the engine ------------------------------------------------------------------------------------------------------


class FakeClock(StillClock):
    begins = NOW


@attrs.frozen
class Asked:
    """A request, taken apart."""

    method: str
    url: str
    body: Any
    headers: dict[str, str]

    @property
    def path(self) -> str:
        """Below the prefix."""
        return urlsplit(self.url).path.removeprefix(API)


def asked(request: Request) -> Asked:
    body = json.loads(request.content) if request.content else None
    return Asked(request.method, request.url, body, {name.lower(): one for name, one in request.headers.items()})


@attrs.define
class Vendor(FedVendor):
    """IMIassist as a list of answers, before the clients of one world; calls for tokens are in the list too."""

    clients = CLIENTS
    tokens_at = ""

    clock: FakeClock = attrs.field(factory=FakeClock)

    def mint(self, number: int) -> Response:
        raise AssertionError("no token is given without being asked for")

    def usual(self) -> IMIassistSettings:
        return settings()

    @property
    def seen(self) -> list[Asked]:
        """What was asked for."""
        return [asked(request) for request in self.feed.requests]

    def schedule(self, given: Any = None, **other: Any) -> Any:
        """Schedule an appointment, of which nothing but the start and the reference is said unless it is given."""
        asked = {"start_time": START, "external_reference_id": REFERENCE, **other}
        return self.tell(lambda c: c.call("appointments.schedule", **asked), given)

    def cancel(self, *appointment: Any, given: Any = None, **other: Any) -> Any:
        return self.tell(lambda c: c.call("appointments.cancel", *appointment, **other), given)

    def read(self, body: Any, given: Any = None, **other: Any) -> Any:
        """Schedule an appointment that is answered so."""
        self.answers(body if isinstance(body, Response) else answer(body, 201))
        return self.schedule(given, **other)


# --- the sandbox -----------------------------------------------------------------------------------------------------

SHAPES = ("api", "flow", "flow with credentials of its own")
"""How the emulated company can be asked: each by settings alone."""


@attrs.frozen(slots=False)
class Company:
    """The emulated company northside, as a client of one world sees it."""

    sandbox: Sandbox
    world: World

    @cached_property
    def watch(self) -> Watch:
        return Watch(self.sandbox)

    @property
    def emulation(self) -> Emulation:
        return self.sandbox.emulator(Emulation)

    @property
    def record(self) -> Record:
        return self.emulation.world.companies[seed.NORTHSIDE]

    def settings(self, shape: str = "api", **other: Any) -> IMIassistSettings:
        """Give the settings that fit a shape, but for some."""
        self.emulation.flow_keeps_credentials = shape == SHAPES[2]
        given = self.sandbox.imiassist if shape == "api" else self.sandbox.imiassist_flow
        if self.emulation.flow_keeps_credentials:
            kept = {"api_key": None, "token": None, "credentials_in_body": False, "without_credentials": True}
            given = attrs.evolve(given, **kept)
        return attrs.evolve(given, **other)

    def tell(self, story: Callable[[Any], Awaitable[Any]], given: Any = None, **options: Any) -> Any:
        """Tell a story to a new client."""
        options = {"clock": self.watch, "random": lambda: 1.0, **options}
        return self.world.tell(story, self.world.client(CLIENTS, given or self.settings(), **options))

    def seen(self) -> list[Seen]:
        """Give the requests that arrived."""
        return list(self.sandbox.requests)

    def live(self) -> list[str]:
        """Give the appointments that were made here and still stand, from the ledger."""
        entries = [one for one in self.sandbox.ledger if one.resource == "appointments"]
        gone = {one.id for one in entries if one.action == "cancel"}
        return [one.id for one in entries if one.action == "create" and one.id not in gone]
