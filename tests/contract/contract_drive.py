"""Every operation of a table through a client against the sandbox, given all that it takes; and what was seen."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
from contract_calls import Way, ways
from harness import World
from props import NOW

from apptsdk.errors import ApptError
from apptsdk.models import Model
from apptsdk.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contract_base import Contract
    from contract_calls import Call
    from harness import SyncTeller

    from apptsdk.http import Response

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
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])


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
    ids: Mapping[str, Any]
    given: frozenset[str]
    exchanges: Sequence[Exchange]
    gave: Sequence[str]
    unknown: frozenset[str]


@attrs.frozen
class Recording:
    """What was seen in one drive.

    Args:
        takes: The calls, in order.
        failures: What calls raised.
        verbs: All verbs that the client has.
    """

    takes: Sequence[Take]
    failures: Sequence[str]
    verbs: frozenset[str]


class Drive:
    """Makes the calls, one after the other.

    Args:
        contract: Whose calls they are.
        teller: Speaks with the client.
        sandbox: The other side.
    """

    def __init__(self, contract: Contract, teller: SyncTeller, sandbox: Sandbox) -> None:
        self._answers: list[Response] = []
        self._contract = contract
        self._teller = teller.view(on_response=self._answers.append)
        self._sandbox = sandbox
        self._calls = contract.calls(self._teller.client)
        self._giver = contract.giver(self._teller, self._calls)

    async def record(self) -> Recording:
        """Make every call in every way."""
        opening = [(call, Way(frozenset())) for call in self._calls if call.verb == self._contract.opening]
        every = [(call, way) for call in self._calls for way in ways(self._contract, call, self._calls)]
        takes, failures = [], []
        for call, way in [*opening, *every]:
            try:
                takes.append(await self._take(call, way))
            except (ApptError, TypeError, ValueError) as error:
                failures.append(f"{call.verb} {sorted(way.given)} {dict(way.chosen)}: {error!r}")
        return Recording(takes, failures, self._contract.verbs(self._teller.client))

    async def _take(self, call: Call, way: Way) -> Take:
        self._giver.forget()
        ids, arguments = await self._giver.ids(call, way.row), await self._giver.arguments(call, way)
        self._answers.clear()
        self._sandbox.requests.clear()
        if call.verb in self._contract.plain:
            came = [self._teller.list(call.verb, **arguments)]
        elif call.is_list:
            pager = self._teller.list(call.verb, **ids, **call.flags, **arguments)
            pages = await self._teller.pages(pager, PAGES if way.special else None)
            came = [item for page in pages for item in page.items]
        else:
            came = [await self._teller.call(call.verb, **ids, **call.flags, **arguments)]
        exchanges = [
            self._contract.translated(
                Exchange(
                    seen.method,
                    seen.path.removeprefix(self._contract.base),
                    tuple(seen.query),
                    self._contract.body(seen.body),
                    answer.status,
                    json.loads(answer.content) if answer.content else None,
                    seen.headers,
                )
            )
            for seen, answer in zip(self._sandbox.requests, self._answers, strict=True)
        ]
        delivered = self._contract.delivered(call, arguments)
        exchanges += [] if delivered is None else [delivered]
        gave = [type(one).__name__ for one in came if isinstance(one, Model)]
        unknown = frozenset(name for one in came for name in _unknown(one))
        return Take(call, ids, frozenset({*call.flags, *arguments}), exchanges, gave, unknown)


def _unknown(value: Any) -> Iterator[str]:
    if isinstance(value, Model):
        yield from (f"{type(value).__name__}.{name}" for name in value.unknown)
        for field in attrs.fields(type(value)):
            yield from _unknown(getattr(value, field.name)) if not field.name.startswith("_") else ()
    elif isinstance(value, tuple):
        for one in value:
            yield from _unknown(one)


@cache
def driven(contract: Contract, world: str) -> Recording:
    """Make every call once, through one of the facades."""

    async def story(teller: Any) -> Recording:
        return await Drive(contract, teller, sandbox).record()

    with Sandbox(now=NOW, appointments=40, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        contract.prepare(sandbox)
        one = World(world)
        found: list[Recording] = [
            one.tell(story, one.client(contract.clients, settings, pace=()))
            for settings in contract.all_settings(sandbox)
        ]
        takes = [take for recording in found for take in recording.takes]
        return Recording(takes, [failure for recording in found for failure in recording.failures], found[0].verbs)
