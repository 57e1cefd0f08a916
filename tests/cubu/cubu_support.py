"""Cubu as a list of answers and as a sandbox, before the clients of one world; and what its answers look like."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import attrs
from feeds import FedVendor, StillClock
from harness import Watch

from apptsdk import AsyncCubu, Cubu, CubuSettings
from apptsdk.http import Headers, Request, Response
from apptsdk.providers.cubu import CalendarRef
from apptsdk.sandbox.cubu import Cubu as Emulation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from harness import World

    from apptsdk.sandbox import Sandbox, Seen

CLIENTS = (Cubu, AsyncCubu)
TENANT = "2d8c4b1e-93a7-4f02-b6d5-0e1f2a3b4c5d"
CLIENT = "0d6f5c1e-7a10-4f3a-8a21-5b1c2f709c1d"
SECRET = "made-up-secret-5f1d"
APPLICATION = "3f6a1d20-8b7e-4c5d-9e21-7c40b1a2d3e4"
GIVEN = {"tenant_id": TENANT, "client_id": CLIENT, "client_secret": SECRET, "application_id": APPLICATION}
HOST = "https://s2s.api.app.cubu.com"
TOKENS = f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
ZONE = "Asia/Jerusalem"

SERVICE = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"
RENEWAL = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a901"
CASE_ID = "7b0e1f2a-3c4d-4e5f-8a6b-7c8d9e0f1a2b"
CUSTOMER_ID = "c9a8b7d6-2b41-4f0c-8d37-5e6f7a8b9c0d"
FIELD = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3300"
TAG = "e7b3c6d1-52f4-4f0b-8f7d-1a2b3c4d5e6f"
DAY = date(2026, 3, 3)
CALENDAR = CalendarRef(service_id=SERVICE, date=DAY, cu_index=0)


def settings(**other: Any) -> CubuSettings:
    return CubuSettings(**{**GIVEN, **other})


# --- answers ---------------------------------------------------------------------------------------------------------


def answer(body: Any, status: int = 200, *, headers: Any = ()) -> Response:
    """Make an answer: the body as JSON, without an envelope."""
    return raw(json.dumps(body).encode(), status, headers)


def raw(content: bytes = b"", status: int = 200, headers: Any = ()) -> Response:
    return Response(status, Headers(headers), content)


def token(number: int = 1, expires_in: Any = 3599, **more: Any) -> Response:
    """Make an answer of the token endpoint; `expires_in=None` leaves it out."""
    life = {} if expires_in is None else {"expires_in": expires_in, "ext_expires_in": expires_in}
    return answer({"token_type": "Bearer", **life, "access_token": f"made-up-token-{number}", **more})


def refusal(status: int, code: int | None = None, message: str | None = None, **more: Any) -> Response:
    said = {"errorCode": code, "message": message}
    return answer({**{name: value for name, value in said.items() if value is not None}, **more}, status)


TICKET = {"prefix": "B", "suffix": None, "number": 12}
APPOINTMENT: dict[str, Any] = {
    "serviceId": SERVICE,
    "date": "2026-03-03T00:00:00",
    "cuIndex": 0,
    "start": 540,
    "timeLocal": "2026-03-03T09:00:00",
    "timeUtc": "2026-03-03T07:00:00Z",
    "timeZoneId": "Israel Standard Time",
    "duration": 10,
    "noShowProbability": 0.2,
    "reservationToken": None,
    "reservationExpiryDate": None,
}
OPENED: dict[str, Any] = {  # the 201 of Queue Up; Book's is not published and is expected to be alike
    "caseId": CASE_ID,
    "status": "Planned",
    "referenceDate": "2026-03-03T07:00:00Z",
    "inboxId": "9c1d3e58-0b7f-4a96-b5d2-7e8f9a0b1c01",
    "inboxName": "Front desk",
    "channel": "FaceToFace",
    "language": "en-US",
    "ticket": TICKET,
    "queueTimestamp": None,
    "position": None,
    "calendarTimestamp": "2026-03-02T07:00:00.897736Z",
    "ticketUrl": "https://tickets.example.com/t/12",
}
LISTED: dict[str, Any] = {  # a case with its appointment, as a calendar lists it
    "caseId": CASE_ID,
    "appointment": APPOINTMENT,
    "ticket": TICKET,
    "serviceTypeId": RENEWAL,
    "serviceTypeName": "Passport renewal",
    "status": "Planned",
    "statusDate": "2026-03-02T07:00:00.1234567Z",
    "referenceDate": "2026-03-03T07:00:00Z",
    "dateOpened": "2026-03-02T07:00:00.1234567Z",
    "dateClosed": None,
    "assignedTo": None,
    "lockedBy": None,
    "customer": None,
    "onlineMeeting": None,
    "channel": "FaceToFace",
    "language": "en-US",
    "contactPhoneNumber": "+12025550123",
    "contactEmail": "ana@example.org",
    "fields": None,
    "tags": None,
}
DESK: dict[str, Any] = {  # a calendar
    "serviceId": SERVICE,
    "date": "2026-03-03T00:00:00",
    "cuIndex": 0,
    "calendarTimestamp": "2026-03-02T07:00:00Z",
    "serviceName": "Front desk",
    "isCustomerRequired": False,
    "isPhoneNumberRequired": False,
    "isEmailRequired": False,
    "workingHours": [{"start": 480, "end": 960}],
    "user": None,
    "isPastDate": False,
    "issues": [],
}
VACANT: dict[str, Any] = {
    "serviceTypeId": RENEWAL,
    "serviceTypeName": "Passport renewal",
    "duration": 10,
    "slots": [540, 550, 560],
}
RECORD: dict[str, Any] = {  # a customer
    "recordId": CUSTOMER_ID,
    "displayName": "Adaline Parkinson",
    "dateCreated": "2026-03-02T07:00:00Z",
    "dateUpdated": "2026-03-02T07:00:00Z",
    "fields": [
        {
            "fieldTypeId": FIELD,
            "dataType": "Text",
            "fieldName": "First name",
            "slug": "customer-first-name",
            "isKey": False,
            "isRequired": True,
            "data": {"displayText": "Adaline", "text": "Adaline"},
            "value": "Adaline",
            "hash": "a1b2",
            "colorCode": None,
            "position": 1,
        }
    ],
}


# --- the engine ------------------------------------------------------------------------------------------------------


class FakeClock(StillClock):
    begins = NOW


@attrs.frozen
class Asked:
    """A request, taken apart."""

    method: str
    url: str
    """Without the query."""
    query: list[tuple[str, str]]
    body: Any
    headers: dict[str, str]

    @property
    def path(self) -> str:
        """Below the application."""
        return self.url.removeprefix(f"{HOST}/{APPLICATION}")


def asked(request: Request) -> Asked:
    parts = urlsplit(request.url)
    return Asked(
        request.method,
        f"{parts.scheme}://{parts.netloc}{parts.path}",
        parse_qsl(parts.query, keep_blank_values=True),
        json.loads(request.content) if request.content else None,
        {name.lower(): value for name, value in request.headers.items()},
    )


@attrs.define
class Vendor(FedVendor):
    """Cubu as a list of answers, before the clients of one world."""

    clients = CLIENTS
    tokens_at = TOKENS

    clock: FakeClock = attrs.field(factory=FakeClock)

    def mint(self, number: int) -> Response:
        return token(number)

    def usual(self) -> CubuSettings:
        return settings()

    @property
    def seen(self) -> list[Asked]:
        """What was asked for, tokens apart."""
        return [asked(request) for request in self.feed.requests]


# --- the sandbox -----------------------------------------------------------------------------------------------------


@attrs.frozen(slots=False)
class Office:
    """The emulated organization, as a client of one world sees it."""

    sandbox: Sandbox
    world: World

    @cached_property
    def watch(self) -> Watch:
        return Watch(self.sandbox)

    @property
    def emulation(self) -> Emulation:
        return self.sandbox.emulator(Emulation)

    @property
    def customer(self) -> str:
        """A customer's GUID."""
        return next(iter(self.emulation.world.customers))

    def settings(self, **other: Any) -> CubuSettings:
        """Give the settings that fit the sandbox, but for some."""
        return attrs.evolve(self.sandbox.cubu, **other)

    def client(self, given: Any = None, **options: Any) -> Any:
        options = {"clock": self.watch, "random": lambda: 1.0, **options}
        return self.world.client(CLIENTS, given or self.sandbox.cubu, **options)

    def tell(self, story: Callable[[Any], Awaitable[Any]], given: Any = None, **options: Any) -> Any:
        """Tell a story to a new client."""
        return self.world.tell(story, self.client(given, **options))

    def seen(self, method: str | None = None) -> list[Seen]:
        """Give the requests that arrived, those for tokens apart."""
        return [
            one
            for one in self.sandbox.requests
            if method in {None, one.method} and not one.path.endswith("/oauth2/v2.0/token")
        ]

    def live(self) -> list[str]:
        """Give the appointments that were booked here and still stand, from the ledger."""
        entries = [one for one in self.sandbox.ledger if one.provider == "cubu" and one.resource == "appointments"]
        gone = {one.id for one in entries if one.action == "cancel"}
        return [one.id for one in entries if one.action == "create" and one.id not in gone]
