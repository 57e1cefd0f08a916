"""A made-up provider, a clock that only moves when told, and engines that take their answers from a list."""

import gzip
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import attrs
import orjson

from apptsdk.account import Account, Fault, Service
from apptsdk.auth import Basic
from apptsdk.errors import SlotUnavailableError
from apptsdk.exchange import perform
from apptsdk.http import Headers, Request, Response
from apptsdk.models import UNSET, Id, Link, Model, OpenInt, OpenStr, Unset, mark_recovered
from apptsdk.operation import (
    Acquire,
    AllOf,
    Call,
    Effect,
    Flow,
    Instant,
    Listing,
    Now,
    Operation,
    Outcome,
    Page,
    Pause,
    Send,
    Step,
    Together,
)
from apptsdk.options import Options
from apptsdk.settings import Settings
from apptsdk.subclient import AsyncSubClient, SubClient
from apptsdk.transport import AsyncTransport, Clock, Transport
from apptsdk.wire import Encoding, Undecodable, Wire, loads

if TYPE_CHECKING:
    from apptsdk.operation import Steps

BASE = "https://api.acme.example/v1"
WALL = 1_772_488_800.0  # 2026-03-02T22:00:00Z
KEY = "canary-key-5f1d-au1"

# --- the provider ----------------------------------------------------------------------------------------------------


class VisitStatus(OpenStr):
    BOOKED = "Booked"
    CANCELLED = "Cancelled"


class Floor(OpenInt):
    GROUND = 0
    FIRST = 1


@attrs.frozen(kw_only=True, repr=False)
class Room(Model):
    id: str
    floor: Floor | None = None


@attrs.frozen(kw_only=True, repr=False)
class Visit(Model):
    shown = ("id", "starts_at")

    id: str
    starts_at: datetime
    status: VisitStatus | None = None
    notes: str | None = None
    ends_at: datetime | None = None
    born: date | None = None
    price: Decimal | None = None
    score: float | None = None
    seats: int | None = None
    online: bool | None = None
    patient: Link | None = None
    room: Room | None = None
    rooms: tuple[Room, ...] | None = None
    tags: tuple[str, ...] | None = None
    attributes: Mapping[str, object] | None = attrs.field(default=None, hash=False)


@attrs.frozen(kw_only=True)
class Contact:
    name: str
    phone: str | Unset | None = UNSET


@attrs.frozen(kw_only=True)
class VisitInput:
    patient_id: Id | Unset = UNSET
    starts_at: datetime | Unset = UNSET
    notes: str | Unset | None = UNSET
    born: date | Unset | None = UNSET
    seats: int | Unset = UNSET
    online: bool | Unset = UNSET
    status: VisitStatus | Unset = UNSET
    price: Decimal | Unset = UNSET
    tags: Sequence[str] | Unset = UNSET
    contact: Contact | Unset = UNSET
    contacts: Sequence[Contact] | Unset | None = UNSET
    extra: Mapping[str, object] | Unset = UNSET


WIRE = Wire()
ENCODING = Encoding()
TAKEN = "taken"


def fault(response: Response) -> Fault:
    """Read `{"message": ..., "code": ..., "errors": {field: text}}`."""
    body = response.json()
    if not isinstance(body, dict):
        return Fault()
    kind = SlotUnavailableError if body.get("code") == TAKEN else None
    message, fields = body.get("message"), body.get("errors") or {}
    texts = {name: text if isinstance(text, str) else "is invalid" for name, text in fields.items()}
    return Fault(message if isinstance(message, str) else None, body.get("code"), texts, kind)


def next_page(body: Mapping[str, object], asked: str = "") -> str | None:
    link = body.get("next")
    if link is not None and not isinstance(link, str):
        raise Undecodable("next: not a string")
    return link


def is_fault(response: Response) -> bool:
    """Tell `{"ok": false}` inside a 200."""
    return b'"ok":false' in response.content


def service(**changes: Any) -> Service:
    plain = {
        "name": "acme",
        "base_url": BASE,
        "headers": {"Accept": "application/json", "User-Agent": "tests (tests@example.com)"},
        "quotas": (),
        "fault": fault,
        "next_page": next_page,
    }
    return Service(**{**plain, **changes})


def account(auth: Any = None, **changes: Any) -> Account:
    return Account(service(**changes), auth or Basic(KEY))


def visit_page(response: Response) -> Page[Visit]:
    body = loads(response.content)
    if not isinstance(body, dict):
        raise Undecodable("$: not an object")
    return Page(WIRE.all_of(Visit, body.get("visits"), "visits"), next_page(body))


def get_visit(number: str = "7", **changes: Any) -> Operation[Visit]:
    plain = {"effect": Effect.SAFE, "query": ()}
    return Operation("acme.visits.get", "GET", f"/visits/{number}", WIRE.one(Visit), **{**plain, **changes})


def cancel_visit(number: str = "7", **changes: Any) -> Operation[None]:
    plain = {"effect": Effect.IDEMPOTENT}
    return Operation("acme.visits.cancel", "PATCH", f"/visits/{number}", lambda _: None, **{**plain, **changes})


def create_visit(**changes: Any) -> Operation[Visit]:
    plain = {
        "effect": Effect.NEITHER,
        "body": {"patient_id": "31", "notes": "a canary in the coal mine"},
        "clues": {"patient_id": "31"},
        "slot": "room 4 at ten",
        "reference": "my-reference",
    }
    return Operation("acme.visits.create", "POST", "/visits", WIRE.one(Visit), **{**plain, **changes})


def find_visits(attempt: Any) -> Flow[tuple[Visit, ...]]:
    """Recover a lost create: all visits of its patient."""

    def script() -> Any:
        found = yield from list_visits(query=(("patient_id", attempt.clues["patient_id"]),)).page(None)
        return tuple(map(mark_recovered, found.items))

    return Flow("acme.visits.recover", script)


def list_visits(cursor: str | None = None, query: tuple[tuple[str, str], ...] = ()) -> Listing[Visit]:
    def page(at: str | None) -> Operation[Page[Visit]]:
        asked = query if at is None else ()
        return Operation("acme.visits.list", "GET", "/visits", visit_page, Effect.SAFE, link=at, query=asked)

    return Listing("acme.visits.list", page, cursor)


EFFECTS = {Effect.SAFE: get_visit, Effect.IDEMPOTENT: cancel_visit, Effect.NEITHER: create_visit}


@attrs.frozen(kw_only=True)
class AcmeSettings(Settings):
    provider = "acme"

    api_key: str = attrs.field(repr=False)
    tenant: str
    base_url: str = BASE
    hidden: str = attrs.field(default="h", metadata={"env": False})

    def account(self, pace: Any = None) -> Account:
        return Account(service(base_url=self.base_url), Basic(self.api_key), pace)


SETTINGS = AcmeSettings(api_key=KEY, tenant="riverbend")


class Acme(SubClient[AcmeSettings]):
    settings_class = AcmeSettings


class AsyncAcme(AsyncSubClient[AcmeSettings]):
    settings_class = AcmeSettings


# --- answers ---------------------------------------------------------------------------------------------------------

VISIT = {"id": "7", "starts_at": "2026-03-02T22:00:00Z"}


def answer(status: int = 200, body: object = None, **headers: str) -> Response:
    """Make an answer; `retry_after="3"` is the field Retry-After."""
    content = body if isinstance(body, bytes) else orjson.dumps(VISIT if body is None else body)
    return Response(status, Headers([(name.replace("_", "-"), value) for name, value in headers.items()]), content)


def page(*numbers: str, follow: str | None = None) -> Response:
    return answer(body={"visits": [{**VISIT, "id": number} for number in numbers], "next": follow})


def zipped(body: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        body = gzip.compress(body, 9)
    return body


# --- the clock and the engines ---------------------------------------------------------------------------------------


class FakeClock(Clock):
    """Time passes when somebody waits, and at no other time."""

    def __init__(self, wall: float = WALL) -> None:
        self.monotonic = 1000.0
        self.apart = wall - self.monotonic
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> Instant:
        return Instant(self.monotonic, self.monotonic + self.apart)

    def advance(self, seconds: float) -> None:
        with self._lock:
            self.monotonic += seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds)

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
        await anyio.lowlevel.checkpoint()


class Script:
    """Answers in order; an exception among them is raised, a function is called with the request."""

    def __init__(self, answers: Iterable[Any], clock: FakeClock | None = None, takes: float = 0.0) -> None:
        self.answers = deque(answers)
        self.clock = clock or FakeClock()
        self.takes = takes
        self.requests: list[Request] = []
        self.timeouts: list[float] = []
        self.closed = 0

    def take(self, request: Request, timeout: float) -> Response:
        self.requests.append(request)
        self.timeouts.append(timeout)
        self.clock.advance(min(self.takes, timeout))
        given = self.answers.popleft()
        if callable(given) and not isinstance(given, type):
            given = given(request)
        if isinstance(given, BaseException):
            raise given
        assert isinstance(given, Response)
        return given


class ScriptEngine(Script):
    def send(self, request: Request, timeout: float) -> Response:
        return self.take(request, timeout)

    def close(self) -> None:
        self.closed += 1


class AsyncScriptEngine(Script):
    async def send(self, request: Request, timeout: float) -> Response:  # noqa: ASYNC109 - as the protocol says
        await anyio.lowlevel.checkpoint()
        return self.take(request, timeout)

    async def aclose(self) -> None:
        self.closed += 1


# --- exchanges fed by hand -------------------------------------------------------------------------------------------


class FreeLock:
    def __init__(self) -> None:
        self.released = 0

    def release(self) -> None:
        self.released += 1


@attrs.define
class Driven:
    """What an exchange did: the steps it yielded, and how it ended."""

    clock: FakeClock
    steps: list[Step] = attrs.field(factory=list)
    value: Any = None
    error: BaseException | None = None
    locks: list[FreeLock] = attrs.field(factory=list)
    left: int = 0

    def get(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value

    @property
    def sent(self) -> list[Request]:
        return [step.request for step in self.steps if isinstance(step, Send)]

    @property
    def timeouts(self) -> list[float]:
        return [step.timeout for step in self.steps if isinstance(step, Send)]

    @property
    def pauses(self) -> list[float]:
        return [step.seconds for step in self.steps if isinstance(step, Pause)]


def drive(
    steps: "Steps[Any]", answers: Iterable[Any] = (), *, clock: FakeClock | None = None, takes: float = 0.0
) -> Driven:
    """Feed values into an exchange: each Send gets the next answer, the other steps what they ask for."""
    script = Script(answers, clock, takes)
    driven = Driven(script.clock)
    _feed(steps, script, driven)
    driven.left = len(script.answers)
    return driven


def _feed(steps: "Steps[Any]", script: Script, driven: Driven) -> None:
    result: object = None
    error: BaseException | None = None
    try:
        while True:
            step = steps.send(result) if error is None else steps.throw(error)
            driven.steps.append(step)
            result = error = None
            try:
                result = _carried_out(step, script, driven)
            except IndexError as end:
                raise AssertionError(f"There is no answer left for {step!r}.") from end
            except BaseException as raised:  # noqa: BLE001 - as a driver does
                error = raised
    except StopIteration as stop:
        driven.value = stop.value
    except AssertionError:
        raise
    except BaseException as raised:  # noqa: BLE001 - the outcome
        driven.error = raised


def _carried_out(step: Step, script: Script, driven: Driven) -> object:
    match step:
        case Now():
            return script.clock.now()
        case Send(request, timeout):
            return script.take(request, timeout)
        case Pause(seconds):
            return script.clock.sleep(seconds)
        case Acquire():
            driven.locks.append(FreeLock())
            return driven.locks[-1]
        case Call(function, arguments):
            return function(*arguments)
        case Together(exchanges, _):
            return tuple(_outcome(steps, script, driven) for steps in exchanges)


def _outcome(steps: "Steps[Any]", script: Script, driven: Driven) -> Outcome[Any]:
    part = Driven(script.clock, driven.steps)
    _feed(steps, script, part)
    return Outcome(part.value, part.error)


def ask(
    work: Any,
    answers: Iterable[Any] = (),
    *,
    at: Account | None = None,
    random: Callable[[], float] = lambda: 0.5,
    clock: FakeClock | None = None,
    takes: float = 0.0,
    **options: Any,
) -> Driven:
    """Carry out a work by hand."""
    steps = perform(work, at or account(), Options().changed(**options), random)
    return drive(steps, answers, clock=clock, takes=takes)


def flow(script: Callable[[], Any], name: str = "acme.flow") -> Flow[Any]:
    return Flow(name, script)


def both(works: Iterable[Any]) -> Flow[Any]:
    """Ask for several works at once."""

    def script() -> Any:
        return (yield from AllOf(tuple(works)))

    return flow(script)


# --- the drivers -----------------------------------------------------------------------------------------------------

WORLDS = ("threads", "asyncio", "trio")


@attrs.define
class World:
    """One of the drivers behind one way to call it, so that a table of cases runs in all of them."""

    name: str
    clock: FakeClock = attrs.field(factory=FakeClock)
    engine: Any = None

    @property
    def is_sync(self) -> bool:
        return self.name == "threads"

    def transport(self, answers: Iterable[Any], at: Account | None = None, **options: Any) -> Any:
        made, driver = (ScriptEngine, Transport) if self.is_sync else (AsyncScriptEngine, AsyncTransport)
        self.engine = made(answers, self.clock)
        return driver(self.engine, at or account(), Options().changed(**options), clock=self.clock, random=lambda: 0.5)

    def run(self, work: Any, answers: Iterable[Any], at: Account | None = None, **options: Any) -> Any:
        return self.on(self.transport(answers, at, **options), work)

    def on(self, transport: Any, work: Any) -> Any:
        if self.is_sync:
            return transport.run(work)
        return anyio.run(transport.run, work, backend=self.name)

    def read(self, pages: Any) -> list[Any]:
        """Read an iterator of the world to its end."""
        if self.is_sync:
            return list(pages)

        async def all_of() -> list[Any]:
            return [item async for item in pages]

        return anyio.run(all_of, backend=self.name)

    def call(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Call a method of the world: awaited where it is async."""
        if self.is_sync:
            return function(*arguments, **named)

        async def called() -> Any:
            return await function(*arguments, **named)

        return anyio.run(called, backend=self.name)
