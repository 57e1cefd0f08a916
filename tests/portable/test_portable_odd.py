"""Odd answers: whatever one member of an answer says, a verb shows the rest, or says that the answer cannot be read.

A story is told once to the sandbox and written down. Then it is told again over what was written, and each time another
member of one answer says something odd.
"""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs
import pytest
from harness import Watch
from portable_places import PLACES, READING, SECOND
from portable_stage import SYNC, Stage
from props import NOW, sandbox_of
from tenacity import stop_after_attempt

from apptsdk import Appointment, ApptError, Capability, ResponseUnreadableError, RetryPolicy
from apptsdk.engines.httpx import HttpxEngine
from apptsdk.http import Response
from apptsdk.operation import Instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portable_places import Place

    from apptsdk.http import Request

STORIES = {
    "find_slots": Capability.FIND_SLOTS,
    "book": None,
    "get_appointment": Capability.GET,
    "list_appointments": Capability.LIST,
    "reschedule": None,
}
FIRST, LAST = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"
TIMES = (FIRST, LAST, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
LINKS = ("", "http://[", "http://acme.example/", "http://acme.example/x%2Fy")
TEXTS = ("", "x/y", "a\nb")
NUMBERS = (0, -1, 10**17)


_TIME = re.compile(r"\d{4}-\d\d-\d\dT")
_ID = re.compile(r"\d[0-9a-f-]*")


@attrs.define
class Tape:
    """An engine: what the sandbox answers is written down, and then given again.

    Args:
        engine: Asks the sandbox; None from then on.
        answers: What was answered, by what was asked.
    """

    engine: HttpxEngine | None = None
    answers: dict[tuple[str, str], list[Response]] = attrs.field(factory=dict)
    order: list[tuple[tuple[str, str], int]] = attrs.field(factory=list)
    turns: dict[tuple[str, str], int] = attrs.field(factory=dict)
    odd: tuple[tuple[str, str], int, bytes] | None = None

    def send(self, request: Request, timeout: float) -> Response:
        parts = urlsplit(request.url)
        asked = request.method, f"{parts.path}?{parts.query}"
        if self.engine is not None:
            found = self.engine.send(request, timeout)
            self.answers.setdefault(asked, []).append(found)
            self.order.append((asked, len(self.answers[asked]) - 1))
            return found
        if asked not in self.answers:  # what led on from something odd
            return Response(404, self.any.headers, b"{}")
        turn = self.turns.get(asked, 0)
        self.turns[asked] = turn + 1
        turn = min(turn, len(self.answers[asked]) - 1)
        found = self.answers[asked][turn]
        if self.odd is not None and self.odd[:2] == (asked, turn):
            return attrs.evolve(found, content=self.odd[2])
        return found

    def kinds(self) -> list[tuple[tuple[str, str], int]]:
        """Give what was asked, each kind once before and once after each write."""
        found: dict[tuple[str, int], tuple[tuple[str, str], int]] = {}
        writes = 0
        for asked, turn in self.order:
            method, url = asked
            writes += method != "GET"
            found.setdefault((f"{method} {_ID.sub('#', url.partition('?')[0])}", writes), (asked, turn))
        return [*found.values()]

    @property
    def any(self) -> Response:
        return next(iter(self.answers.values()))[0]

    def close(self) -> None:
        raise AssertionError("an engine that was handed in is not ours to close")

    def rewound(self, odd: tuple[tuple[str, str], int, bytes] | None) -> None:
        self.turns, self.odd = {}, odd


def members(value: object, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], object]]:
    """Give the members of an answer, each by its way; of a list, the first item only."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from members(inner, (*at, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value[:1]):
            yield from members(inner, (*at, index))
    else:
        yield at, value


def changed(value: Any, at: tuple[Any, ...], odd: object) -> bytes:
    found = copy.deepcopy(value)
    inner = found
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = odd
    return json.dumps(found).encode()


def odd_ones(value: object) -> tuple[object, ...]:
    """Say what may stand in the place of a value, of a kind that can be read there."""
    if isinstance(value, bool):
        return (None, not value)
    if isinstance(value, int):
        return (None, *NUMBERS)
    if not isinstance(value, str):
        return ("x/y", 10**17, LAST)
    return (None, *(TIMES if _TIME.match(value) else LINKS if value.startswith("http") else TEXTS))


@attrs.frozen
class Story:
    """A verb's story, written down."""

    place: Place
    verb: str
    settings: Any
    asked: tuple[Any, ...]
    more: dict[str, Any]
    begins: float
    tape: Tape
    rows: int

    def tell(self) -> list[Any]:
        """Tell it again."""
        client = self.place.clients[0]
        options: dict[str, Any] = {"clock": Still(self.begins), "random": lambda: 1.0, "pace": ()}
        retry = RetryPolicy(stop=stop_after_attempt(1), recover_within=0.0)
        with client(self.settings, engine=self.tape, retry=retry, **options) as one:
            found = getattr(one, self.verb)(*self.asked, **self.more)
            return list(found) if self.verb in {"find_slots", "list_appointments"} else [found]


class Still(Watch):
    """A clock that begins when the story did."""

    def __init__(self, begins: float) -> None:
        self.wall = begins
        self._monotonic = 1000.0

    def now(self) -> Any:
        return Instant(self._monotonic, self.wall)

    def pass_by(self, seconds: float) -> None:
        self._monotonic += seconds
        self.wall += seconds


@cache
def story(place: Place, verb: str) -> Story:
    """Tell a story to the sandbox."""
    with sandbox_of(place.provider, now=NOW, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        stage = Stage(place, sandbox, SYNC)
        slot, other = stage.slots(2)
        asked: tuple[Any, ...] = ()
        more: dict[str, Any] = {}
        span = {"start": slot.start, "end": other.end}
        with stage.client() as client:
            made = None if verb in {"book", "find_slots"} else client.book(slot, stage.known, **place.booking)
            if verb == "list_appointments":
                client.book(other, stage.known, **place.booking)
        if verb == "find_slots":
            more = stage.search(**span) | dict(place.wanted())
        elif verb == "book":
            asked, more = (slot, stage.known), dict(place.booking)
        elif verb == "list_appointments":
            more = {**span, "location": place.wanted()["location"]}
        else:
            asked = (made, other) if verb == "reschedule" else (made,)
        engine = HttpxEngine()
        tape = Tape(engine)
        found = Story(place, verb, stage.settings, asked, more, sandbox.clock.now().timestamp(), tape, 0)
        try:
            rows = len(found.tell())
        finally:
            engine.close()
        tape.engine = None
        assert rows
        return attrs.evolve(found, rows=rows)


def wrong_with(found: list[Any], settings: Any, mapping: Any) -> str | None:
    """See that what was given can be shown, written, read and named again."""
    scope = getattr(settings, "scope_of_calls", None)
    try:
        for one in found:
            repr(one)
            if type(one).from_json(one.to_json()) != one:
                return "it is another one when it was read from JSON"
            (mapping.check_ref if isinstance(one, Appointment) else mapping.slot_of)(scope, one.ref)
    except Exception as error:  # noqa: BLE001 - whatever it is
        return f"shown, {type(error).__name__}: {error}"
    return None


def trouble(told: Story, mapping: Any) -> str | None:
    """Tell a story again, and say what should not have come of it."""
    try:
        found = told.tell()
    except ResponseUnreadableError as error:
        return None if error.response is not None or told.verb == "get_appointment" else f"{error}"
    except ApptError as error:
        return str(error) if "what came after it raised" in str(error) else None
    except ValueError as error:
        # A move says what of the old appointment cannot be written again, before it writes.
        early = told.verb == "reschedule" and all(method == "GET" or "token" in url for method, url in told.tape.turns)
        return None if early else f"ValueError: {error}"
    except Exception as error:  # noqa: BLE001 - whatever it is
        return f"{type(error).__name__}: {error}"
    assert told.tape.odd is not None
    if told.verb == "list_appointments" and "appointments" in told.tape.odd[0][1] and len(found) < told.rows - 1:
        return f"{len(found)} rows"
    return wrong_with(found[:3], told.settings, mapping)


EVERYWHERE = [
    pytest.param(place, verb, id=f"{place}-{verb}")
    for place in (*PLACES, SECOND, READING)
    for verb, needed in STORIES.items()
    if (needed is None or needed in place.able) and (place in PLACES or verb in {"book", "get_appointment"})
]


@pytest.mark.filterwarnings("ignore::apptsdk.ProviderWarning")
@pytest.mark.parametrize(("place", "verb"), EVERYWHERE)
def test_an_odd_member_of_an_answer_is_no_error_of_ours(place, verb):
    told = story(place, verb)
    mapping = import_module(f"apptsdk.providers.{place.provider}.scheduling").scheduling
    tape, found = told.tape, []
    for asked, turn in tape.kinds():
        try:
            whole = tape.answers[asked][turn].json()
        except ValueError:  # nothing
            continue
        for at, value in members(whole):
            for odd in odd_ones(value):
                tape.rewound((asked, turn, changed(whole, at, odd)))
                said = trouble(told, mapping)
                if said is not None:
                    found.append(f"{' '.join(asked)} {'.'.join(map(str, at))} = {odd!r}: {said}")
    assert not found, "\n".join(found)
