"""Every operation of the table through a client against the sandbox, given all that it takes; and what was seen."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
from contract_arguments import Giver
from contract_calls import calls_of, verbs_of, ways
from contract_rows import named
from harness import World
from props import NOW

from apptsdk.models import Model
from apptsdk.providers.cliniko import AsyncCliniko, Cliniko
from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cliniko import Cliniko as Emulation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contract_calls import Call, Way
    from harness import SyncTeller

    from apptsdk.http import Response

BASE = "/cliniko/v1"
PAGES = 3  # of lists whose pages are small


@attrs.frozen
class Exchange:
    """A request as the sandbox saw it, and its answer as the client got it."""

    method: str
    path: str
    query: Sequence[tuple[str, str]]
    body: Any
    status: int
    answer: Any


@attrs.frozen
class Take:
    """A call that was made.

    Args:
        call: The call.
        ids: The ids that went into the path, by argument.
        given: The other arguments that were given, None included.
        exchanges: What went over the wire.
        gave: The classes of the objects that came out, in order.
        unknown: The members of them that our models do not know, as `Class.member`.
    """

    call: Call
    ids: Mapping[str, str]
    given: frozenset[str]
    exchanges: Sequence[Exchange]
    gave: Sequence[str]
    unknown: frozenset[str]


@attrs.frozen
class Recording:
    """What was seen in one drive.

    Args:
        takes: The calls, in order.
        verbs: All verbs that the client has.
    """

    takes: Sequence[Take]
    verbs: frozenset[str]


class Drive:
    """Makes the calls, one after the other.

    Args:
        teller: Speaks with the client.
        sandbox: The other side.
    """

    def __init__(self, teller: SyncTeller, sandbox: Sandbox) -> None:
        self._answers: list[Response] = []
        self._teller = teller.view(on_response=self._answers.append)
        self._sandbox = sandbox
        # What is listed is made before.
        operations = sorted((row.where for row in named("verb")), key=lambda where: (where.startswith("GET"), where))
        self._calls = calls_of(self._teller.client, operations)
        self._giver = Giver(self._teller, self._calls)

    async def takes(self) -> list[Take]:
        """Make every call in every way."""
        return [await self._take(call, way) for call in self._calls for way in ways(call, self._calls)]

    async def _take(self, call: Call, way: Way) -> Take:
        self._giver.forget()
        ids, arguments = await self._giver.ids(call), await self._giver.arguments(call, way)
        self._answers.clear()
        self._sandbox.requests.clear()
        if call.name == "list":
            pager = self._teller.list(call.verb, **ids, **call.flags, **arguments)
            pages = await self._teller.pages(pager, PAGES if way.special else None)
            came = [item for page in pages for item in page.items]
        else:
            came = [await self._teller.call(call.verb, **ids, **call.flags, **arguments)]
        exchanges = [
            Exchange(
                seen.method,
                seen.path.removeprefix(BASE),
                tuple(seen.query),
                _json(seen.body),
                answer.status,
                _json(answer.content),
            )
            for seen, answer in zip(self._sandbox.requests, self._answers, strict=True)
        ]
        gave = [type(one).__name__ for one in came if isinstance(one, Model)]
        unknown = frozenset(name for one in came for name in _unknown(one))
        return Take(call, ids, frozenset({*call.flags, *arguments}), exchanges, gave, unknown)


def _json(content: bytes) -> Any:
    return json.loads(content) if content else None


def _unknown(value: Any) -> Iterator[str]:
    if isinstance(value, Model):
        yield from (f"{type(value).__name__}.{name}" for name in value.unknown)
        for field in attrs.fields(type(value)):
            yield from _unknown(getattr(value, field.name)) if not field.name.startswith("_") else ()
    elif isinstance(value, tuple):
        for one in value:
            yield from _unknown(one)


def _retire(sandbox: Sandbox) -> None:
    """Make a second practitioner of the first business inactive: lists of the inactive ones have two pages then."""
    world = sandbox.emulator(Emulation)._account.world
    *_, active, inactive = world.practitioners.values()
    assert (active.values["active"], inactive.values["active"]) == (True, False)
    active.values["active"] = False


@cache
def driven(world: str) -> Recording:
    """Make every call once, through one of the facades."""

    async def story(teller: Any) -> Recording:
        takes = await Drive(teller, sandbox).takes()
        return Recording(takes, frozenset(verbs_of(teller.client)))

    with Sandbox(now=NOW, appointments=40, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        _retire(sandbox)
        one = World(world)
        found: Recording = one.tell(story, one.client((Cliniko, AsyncCliniko), sandbox.cliniko, pace=()))
        return found
