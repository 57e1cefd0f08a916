"""NexHealth as a list of answers and as a sandbox, before the clients of one world; and what its answers look like."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import attrs
from feeds import FedVendor, StillClock
from harness import Watch

from apptsdk import AsyncNexHealth, NexHealth, NexHealthSettings
from apptsdk.http import Headers, Request, Response
from apptsdk.sandbox.nexhealth import NexHealth as Emulation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from harness import World

    from apptsdk.sandbox import Sandbox, Seen

CLIENTS = (NexHealth, AsyncNexHealth)
KEY = "made-up-key-5f1d"
GIVEN = {"api_key": KEY, "subdomain": "riverbend-dental", "location_id": 41}
HOST = "https://nexhealth.info"
V2_TYPE = "application/vnd.Nexhealth+json;version=2"
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
BOTH = ("v3.0.0", "v2")


def settings(**other: Any) -> NexHealthSettings:
    return NexHealthSettings(**{**GIVEN, **other})


# --- answers ---------------------------------------------------------------------------------------------------------


def answer(data: Any = None, status: int = 200, *, headers: Any = (), **more: Any) -> Response:
    """Make an answer in the vendor's envelope; `more` replaces or adds members of it."""
    body = {"code": True, "description": None, "error": [], "data": data, **more}
    return raw(json.dumps(body).encode(), status, headers)


def raw(content: bytes, status: int = 200, headers: Any = ()) -> Response:
    return Response(status, Headers(headers), content)


def refusal(*errors: Any, status: int = 400) -> Response:
    return answer(None, status, code=False, error=list(errors))


def rows(*items: Any, follow: str | None = None, **more: Any) -> Response:
    """Make a page by cursor."""
    info = {"has_previous_page": False, "has_next_page": follow is not None, "start_cursor": "a", "end_cursor": follow}
    return answer(list(items), page_info=info, **more)


def jwt(expires: float, issued: float, number: int = 1) -> str:
    parts = ({"alg": "HS256"}, {"sub": "9", "scp": "api_user", "iat": issued, "exp": expires, "jti": f"token-{number}"})
    said = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*said, "c2lnbmVk"])


APPOINTMENT: dict[str, Any] = {
    "id": 1_600_000_123,
    "patient_id": 9001,
    "provider_id": 71,
    "provider_name": "Dr. Priya Raman",
    "start_time": "2031-04-15T14:00:00.000Z",
    "end_time": "2031-04-15T14:30:00.000Z",
    "location_id": 41,
    "operatory_id": 305,
    "appointment_type_id": 12,
    "cancelled": False,
    "created_at": "2026-03-02T22:00:00.000Z",
    "updated_at": "2026-03-02T22:00:00.000Z",
    "foreign_id": None,
    "foreign_id_type": "nex",
    "last_sync_time": None,
    "timezone": "America/Chicago",
}
WRITTEN = {"foreign_id": "771", "foreign_id_type": "msg-dentrix-DataSource-100"}
OFFICE: dict[str, Any] = {"id": 41, "name": "Downtown", "map_by_operatory": False, "insert_appt_client": True}
PATIENT: dict[str, Any] = {"id": 9001, "first_name": "Adaline", "last_name": "Parkinson"}


# --- the engine ------------------------------------------------------------------------------------------------------


class FakeClock(StillClock):
    begins = NOW


@attrs.frozen
class Asked:
    """A request, taken apart."""

    method: str
    path: str
    query: list[tuple[str, str]]
    body: Any
    headers: dict[str, str]


def asked(request: Request) -> Asked:
    parts = urlsplit(request.url)
    return Asked(
        request.method,
        parts.path,
        parse_qsl(parts.query, keep_blank_values=True),
        json.loads(request.content) if request.content else None,
        {name.lower(): value for name, value in request.headers.items()},
    )


@attrs.define
class Vendor(FedVendor):
    """NexHealth as a list of answers, before the clients of one world."""

    clients = CLIENTS
    tokens_at = f"{HOST}/authenticates"

    clock: FakeClock = attrs.field(factory=FakeClock)

    def mint(self, number: int) -> Response:
        wall = self.clock.now().wall
        return answer({"token": jwt(wall + 3600, wall, number)}, 201)

    def usual(self) -> NexHealthSettings:
        return settings()

    @property
    def seen(self) -> list[Asked]:
        """What was asked for, tokens apart."""
        return [asked(request) for request in self.feed.requests]


# --- the sandbox -----------------------------------------------------------------------------------------------------


@attrs.frozen(slots=False)
class Practice:
    """The emulated practices, as a client of one world sees them."""

    sandbox: Sandbox
    world: World

    @cached_property
    def watch(self) -> Watch:
        return Watch(self.sandbox)

    @property
    def emulation(self) -> Emulation:
        return self.sandbox.emulator(Emulation)

    def id_of(self, kind: str, **values: Any) -> int:
        """Find the id of a row by what it holds."""
        rows = self.emulation.world.records(kind)
        return next(row.id for row in rows if all(row.values.get(name) == value for name, value in values.items()))

    @property
    def patient(self) -> int:
        return self.id_of("patients", first_name="Ada")

    @property
    def provider(self) -> int:
        return self.id_of("providers", last_name="Raman")

    @property
    def chair(self) -> int:
        return self.id_of("operatories", name="OP-1")

    def client(self, given: Any = None, **options: Any) -> Any:
        options = {"clock": self.watch, "random": lambda: 1.0, **options}
        return self.world.client(CLIENTS, given or self.sandbox.nexhealth, **options)

    def tell(self, story: Callable[[Any], Awaitable[Any]], given: Any = None, **options: Any) -> Any:
        """Tell a story to a new client."""
        return self.world.tell(story, self.client(given, **options))

    def seen(self, method: str | None = None) -> list[Seen]:
        """Give the requests that arrived, those for tokens apart."""
        return [
            one
            for one in self.sandbox.requests
            if method in {None, one.method} and not one.path.endswith("/authenticates")
        ]
