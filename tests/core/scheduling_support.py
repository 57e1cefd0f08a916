"""The portable verbs at made-up providers: their requests show what they were given; and a board of answers."""

import threading
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
import anyio.lowlevel
import attrs
import orjson
from core_support import WIRE, FakeClock, account, answer, fault, find_visits, service

from apptsdk.account import Account
from apptsdk.auth import Basic
from apptsdk.http import Request, Response
from apptsdk.models import Model
from apptsdk.operation import Effect, Flow, Listing, Operation, Page
from apptsdk.options import Options
from apptsdk.rebooking import rebooked
from apptsdk.recovery import resolved
from apptsdk.routing import Member, Members
from apptsdk.scheduling import Capability
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    Cancellation,
    Channel,
    Customer,
    Slot,
    SlotRef,
)
from apptsdk.transport import AsyncTransport, Transport
from apptsdk.verbs import Booking, Scheduling, is_appointment
from apptsdk.wire import loads

START = datetime(2026, 3, 3, 9, tzinfo=UTC)
END = START + timedelta(days=1)
SPAN = {"start": START, "end": END}
ADA = Customer(first_name="Ada", last_name="Canary", email="ada@canary.example")
ALL = frozenset(Capability)
NONE: frozenset[Capability] = frozenset()


@attrs.frozen(kw_only=True, repr=False)
class Opening(Model):
    """A slot as the made-up providers send it."""

    starts_at: datetime
    channels: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True, repr=False)
class Visit(Model):
    """An appointment as the made-up providers send it."""

    id: str
    starts_at: datetime
    notes: str | None = None


@attrs.frozen(kw_only=True)
class AcmeBooking:
    """What only the made-up providers take."""

    room: str | None = None


def _page(response: Response, kind: type[Any], key: str) -> Page[Any]:
    body: Any = loads(response.content)
    return Page(WIRE.all_of(kind, body.get(key), key), body.get("next"))


class AcmeScheduling(Scheduling[frozenset[Capability], Opening, Visit, AcmeBooking]):
    """How the verbs map: the scope is what the provider can do, and whatever it is asked is in the request."""

    provider = "acme"
    books = "acme.visits.create"
    slot_native = Opening
    native = Visit
    options = AcmeBooking

    def capabilities(self, scope):
        return scope

    def slot_of(self, scope, ref):
        try:
            return Slot(provider=self.provider, ref=ref, start=datetime.fromisoformat(ref.key))
        except ValueError:
            raise ValueError("slot is no ref of the form acme:<time>.") from None

    def check_ref(self, scope, ref):
        if not ref.key.isdigit():
            raise ValueError("appointment is no ref of the form acme:<number>.")

    def shared(self, found):
        return Appointment(
            provider=self.provider,
            ref=AppointmentRef(self.provider, found.id),
            id=found.id,
            start=found.starts_at,
            status=AppointmentStatus.BOOKED,
            notes=found.notes,
            native=found,
        )

    def check_details(self, scope, booking, services):
        if booking.customer.attributes:
            raise ValueError(f"acme takes no attributes for {', '.join(one.id for one in services)}.")

    def booked(self, scope, slot, booking):
        plain = {
            "starts_at": slot.start.isoformat(),
            "first_name": booking.customer.first_name,
            "customer": booking.customer.id,
            "notes": booking.notes,
            "channel": booking.channel and booking.channel.value,
            "reference": booking.reference,
            "notify": booking.notify,
            "check_conflicts": booking.check_conflicts,
            "room": booking.options and booking.options.room,
        }
        body = {name: value for name, value in plain.items() if value is not None}
        name = f"{self.provider}.visits.create"
        operation = Operation(name, "POST", "/visits", WIRE.one(Visit), Effect.NEITHER, body=body)

        def script():
            return self.shared((yield from operation))

        return Flow(name, script)

    def cancelling(self, ref, reason=None, note=None):
        body = {"reason": reason and reason.value, "note": note}
        path = f"/visits/{ref.key}/cancel"
        name = f"{self.provider}.visits.cancel"
        return Operation(name, "PATCH", path, lambda _: None, Effect.IDEMPOTENT, body=body)

    def cancelled(self, scope, ref, reason, note):
        operation = self.cancelling(ref, reason, note)
        name = operation.name

        def script():
            yield from operation
            return Cancellation(ref=ref)

        return Flow(name, script)

    def moved(self, scope, appointment, slot, notify, options):
        ref = appointment.ref if is_appointment(appointment) else appointment
        return rebooked(
            f"{self.provider}.reschedule",
            self.booked(scope, slot, Booking(customer=ADA, notify=notify, options=options)),
            self.cancelling(ref),
            old=ref,
            named=lambda new: str(new.ref),
            in_the_way=True,
        )

    def slots(self, scope, query):
        name = f"{self.provider}.slots.list"
        asked = _asked(query)

        def page(cursor):
            at = (("cursor", cursor),) if cursor else asked
            work = Operation(name, "GET", "/slots", lambda raw: _page(raw, Opening, "slots"), Effect.SAFE, query=at)

            def script():
                found = yield from work
                return Page(tuple(map(self.slot, found.items)), found.cursor)

            return Flow(name, script)

        return Listing(name, page)

    def slot(self, found):
        return Slot(
            provider=self.provider,
            ref=SlotRef(self.provider, found.starts_at.isoformat()),
            start=found.starts_at,
            channels=tuple(map(Channel, found.channels or ())),
            native=found,
        )

    def look(self, scope, attempt):
        return resolved(self.provider, attempt, {self.books: find_visits})

    def key_of(self, scope, made):
        return made.id

    def read(self, scope, ref):
        name = f"{self.provider}.visits.get"
        operation = Operation(name, "GET", f"/visits/{ref.key}", WIRE.one(Visit), Effect.SAFE)

        def script():
            return self.shared((yield from operation))

        return Flow(name, script)

    def listed(self, scope, query):
        name = f"{self.provider}.visits.list"
        asked = _asked(query)

        def page(cursor):
            at = (("cursor", cursor),) if cursor else asked
            work = Operation(name, "GET", "/visits", lambda raw: _page(raw, Visit, "visits"), Effect.SAFE, query=at)

            def script():
                found = yield from work
                return Page(tuple(map(self.shared, found.items)), found.cursor)

            return Flow(name, script)

        return Listing(name, page)


def _asked(query: Any) -> tuple[tuple[str, str], ...]:
    """Write a whole query down."""
    asked = [("start", query.start.isoformat()), ("end", query.end.isoformat())]
    for name in ("services", "hosts", "locations"):
        asked += [(name, one.id) for one in getattr(query, name, ())]
    duration, customer = getattr(query, "duration", None), getattr(query, "customer", None)
    if duration is not None:
        asked.append(("minutes", str(duration // timedelta(minutes=1))))
    if customer is not None:
        asked.append(("customer", customer.id))
    if getattr(query, "include_cancelled", False):
        asked.append(("include_cancelled", "true"))
    return tuple(asked)


class BetaScheduling(AcmeScheduling):
    provider = "beta"
    books = "beta.visits.create"


class GammaScheduling(AcmeScheduling):
    provider = "gamma"
    books = "gamma.visits.create"


SCHEDULINGS = {kind.provider: kind() for kind in (AcmeScheduling, BetaScheduling, GammaScheduling)}
KNOWN = {name: name.capitalize() for name in SCHEDULINGS}
"""What to put in place of the registry."""
acme = SCHEDULINGS["acme"]

# --- what they are asked about, and what they answer -----------------------------------------------------------------


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def slot(minutes: int = 0, provider: str = "acme", **changes: Any) -> Slot[Any]:
    moment = at(minutes)
    return Slot(**{"provider": provider, "ref": SlotRef(provider, moment.isoformat()), "start": moment, **changes})


def appointment(number: str = "7", provider: str = "acme", **changes: Any) -> Appointment[Any]:
    plain = {"provider": provider, "ref": AppointmentRef(provider, number), "id": number, "start": START}
    return Appointment(**{**plain, **changes})


def visit(number: str = "7", minutes: int = 0) -> dict[str, Any]:
    return {"id": number, "starts_at": at(minutes).isoformat()}


def made(number: str = "7", minutes: int = 0) -> Response:
    return answer(201, visit(number, minutes))


TAKEN = (409, {"message": "It is taken.", "code": "taken"})


def taken() -> Response:
    return answer(*TAKEN)


def slots(*minutes: int, follow: str | None = None, channels: Iterable[str] | None = None) -> Response:
    """Make a page of slots that begin so many minutes after the start."""
    told = {} if channels is None else {"channels": list(channels)}
    return answer(body={"slots": [{"starts_at": at(one).isoformat(), **told} for one in minutes], "next": follow})


def visits(*minutes: int, follow: str | None = None) -> Response:
    return answer(body={"visits": [visit(str(100 + one), one) for one in minutes], "next": follow})


def asked_of(request: Request) -> dict[str, list[str]]:
    """Give the query of a request."""
    return parse_qs(urlsplit(request.url).query)


def sent_of(request: Request) -> Any:
    """Give the body of a request."""
    return orjson.loads(request.content)


# --- several of them -------------------------------------------------------------------------------------------------


def account_of(name: str, **changes: Any) -> Account:
    """Make the account of one of them."""
    plain = {"name": name, "base_url": f"https://api.{name}.example/v1", "fault": fault}
    return Account(service(**{**plain, **changes}), Basic(f"canary-key-of-{name}"))


def member(name: str, scope: frozenset[Capability] = ALL, options: Options | None = None, **changes: Any) -> Member:
    return Member(
        name=name,
        scheduling=SCHEDULINGS[name],
        scope=scope,
        account=account_of(name, **changes),
        options=options or Options(),
    )


def members(*names: str, **scopes: frozenset[Capability]) -> Members:
    return Members({name: member(name, scopes.get(name, ALL)) for name in (*names, *scopes)})


def home() -> Account:
    """Make the account of a client that has others."""
    return account(name="client", base_url="https://client.invalid", silent=True)


class Board:
    """Answers by provider, in order; whoever is in `held` is answered when `let_go` is called.

    Args:
        clock: Tells the time.
        **answers: The answers of each.
    """

    def __init__(self, clock: FakeClock | None = None, **answers: Iterable[Any]) -> None:
        self.clock = clock or FakeClock()
        self.answers = {name: deque(given) for name, given in answers.items()}
        self.requests: list[Request] = []
        self.held: set[str] = set()
        self.meet = 0
        """So many requests are waited for, before the first is answered."""
        self.together = 0
        """How many were under way at once, at most."""
        self._under_way = 0
        self._lock = threading.Lock()

    def asked(self) -> Counter[str]:
        """Count the requests by provider."""
        return Counter(map(provider_of, self.requests))

    def of(self, name: str) -> list[Request]:
        return [request for request in self.requests if provider_of(request) == name]

    @contextmanager
    def counted(self, request: Request) -> Any:
        with self._lock:
            self.requests.append(request)
            self._under_way += 1
            self.together = max(self.together, self._under_way)
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1

    def take(self, request: Request) -> Response:
        with self._lock:
            given = self.answers[provider_of(request)].popleft()
        if callable(given) and not isinstance(given, type):
            given = given(request)
        if isinstance(given, BaseException):
            raise given
        assert isinstance(given, Response)
        return given


def provider_of(request: Request) -> str:
    return str(urlsplit(request.url).hostname).split(".")[1]


class ThreadBoard(Board):
    """The board for threads."""

    def __init__(self, *arguments: Any, **answers: Iterable[Any]) -> None:
        super().__init__(*arguments, **answers)
        self.gate = threading.Event()
        self.met = threading.Condition()

    def send(self, request: Request, timeout: float) -> Response:
        with self.counted(request):
            with self.met:
                self.met.notify_all()
                assert self.met.wait_for(lambda: len(self.requests) >= self.meet, 5)
            if provider_of(request) in self.held:
                assert self.gate.wait(5)
            return self.take(request)

    def let_go(self) -> None:
        self.gate.set()

    def close(self) -> None:
        """Nothing was opened."""


class TaskBoard(Board):
    """The board for tasks."""

    async def send(self, request: Request, timeout: float) -> Response:  # noqa: ASYNC109 - as the protocol says
        with self.counted(request):
            await anyio.lowlevel.checkpoint()
            with anyio.fail_after(5):
                while len(self.requests) < self.meet or provider_of(request) in self.held:  # noqa: ASYNC110 - a test
                    await anyio.sleep(0.001)
            return self.take(request)

    def let_go(self) -> None:
        self.held.clear()

    async def aclose(self) -> None:
        """Nothing was opened."""


def joint(world: Any, **answers: Iterable[Any]) -> Any:
    """Make the driver of a client that has others, before a board; the board is `world.engine`."""
    board, driver = (ThreadBoard, Transport) if world.is_sync else (TaskBoard, AsyncTransport)
    world.engine = board(world.clock, **answers)
    return driver(world.engine, home(), Options(), clock=world.clock, random=lambda: 0.5)


def read(world: Any, listing: Listing[Any], **answers: Iterable[Any]) -> list[Any]:
    """Read a list to its end."""
    return world.read(joint(world, **answers).pager(listing))
