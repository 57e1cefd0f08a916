"""A stage: one place's sandbox, a clock that nobody waits for, and clients of one facade and one world."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from harness import AsyncTeller, SyncTeller, Watch, World
from portable_places import DAY, FURTHER, PLACES, video_slot
from props import NOW, sandbox_of

from apptsdk import AsyncClient, Capability, Client, Customer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

    from portable_places import Place

    from apptsdk import Slot
    from apptsdk.sandbox import Sandbox

FEW = 4
SOON = 2 * DAY
"""From when on slots are looked for: not at once, so that clocks may pass."""
LONG = 9 * DAY


@attrs.frozen
class Facade:
    """Through what a story is told.

    Args:
        world: From plain code, on asyncio or on trio.
        joint: Whether the client is a `Client` that holds the provider's.
    """

    world: World
    joint: bool = False

    def __str__(self) -> str:
        return f"{'client-' if self.joint else ''}{self.world.name}"


SYNC, ASYNCIO, TRIO = (Facade(World(name)) for name in ("sync", "asyncio", "trio"))
JOINT = (Facade(World("sync"), joint=True), Facade(World("asyncio"), joint=True))


class Stage:
    """Where a story is told.

    Args:
        place: The provider, as data.
        sandbox: Its system.
        facade: Through what.
    """

    def __init__(self, place: Place, sandbox: Sandbox, facade: Facade) -> None:
        self.place = place
        self.sandbox = sandbox
        self.facade = facade
        self.watch = Watch(sandbox)
        self.settings = place.settings_in(sandbox)

    # --- clients -----------------------------------------------------------------------------------------------------

    def client(self, *, world: World | None = None, **options: Any) -> Any:
        kinds = (Client, AsyncClient) if self.facade.joint else self.place.clients
        world = self.facade.world if world is None else world
        return world.client(kinds, self.settings, clock=self.watch, random=lambda: 1.0, **options)

    def tell(self, story: Callable[[Stage, SyncTeller], Awaitable[Any]], **options: Any) -> Any:
        """Tell a story to a new client."""
        return self.facade.world.tell(lambda teller: story(self, teller), self.client(**options))

    @asynccontextmanager
    async def another(self, **options: Any) -> AsyncIterator[SyncTeller]:
        """Give a client of another process: nothing is shared but what the provider knows."""
        client = self.client(**options)
        if self.facade.world.is_sync:
            with client:
                yield SyncTeller(client)
        else:
            async with client:
                yield AsyncTeller(client)

    @property
    def own(self) -> str:
        """What stands before the name of one of the provider's own verbs."""
        return f"{self.place.provider}." if self.facade.joint else ""

    # --- what is asked -----------------------------------------------------------------------------------------------

    def can(self, capability: Capability) -> bool:
        return capability in self.place.able

    def search(self, start: datetime | None = None, end: datetime | None = None, **more: Any) -> dict[str, Any]:
        """Say what slots are looked for."""
        given = {"start": NOW + SOON if start is None else start, "end": NOW + LONG if end is None else end}
        return {**given, **(more or self.place.wanted())}

    def slots(self, count: int) -> list[Slot]:
        """Give free slots; see `find`. They are the same in every sandbox of the same time and seed."""
        return free_slots(self.place)[:count]

    async def find(self, tell: SyncTeller, count: int) -> list[Slot]:
        """Find free slots of one host that do not overlap, each a while after the one before it."""
        if not self.can(Capability.FIND_SLOTS):
            return [video_slot(number) for number in range(count)]
        chosen: list[Slot] = []
        for slot in await tell.take(tell.list("find_slots", **self.search()), 60 * count):
            if not chosen or (slot.start >= chosen[-1].end + timedelta(minutes=20) and slot.host == chosen[0].host):
                chosen.append(slot)
            if len(chosen) == count:
                return chosen
        raise AssertionError(f"there are {len(chosen)} slots only")

    async def book(self, tell: SyncTeller, slot: Any, customer: Any = None, **more: Any) -> Any:
        """Book with what the provider needs to know beside; for a customer whom it has, unless another is given."""
        return await tell.call("book", slot, customer or self.known, **{**self.place.booking, **more})

    @property
    def known(self) -> Customer:
        """A customer whom the provider has, by the id."""
        return Customer(id=self.place.known_id())

    async def settled(self) -> None:
        """Let time pass until an appointment can be moved in place."""
        if self.place.settles:
            self.sandbox.clock.advance(self.place.settles)

    def midnight(self, days: int) -> datetime:
        """Give the beginning of a day at the location."""
        day = NOW.astimezone(self.place.tz).date() + timedelta(days=days)
        return datetime.combine(day, time(), self.place.tz)

    # --- what is seen ------------------------------------------------------------------------------------------------

    @property
    def live(self) -> list[str]:
        """The appointments that were made and stand."""
        return self.sandbox.ledger.live(self.place.appointments)

    @property
    def made(self) -> list[str]:
        """The appointments that were made."""
        return self.sandbox.ledger.created(self.place.appointments)

    @property
    def effects(self) -> list[tuple[str, str]]:
        """Everything that was committed: what was done, to what."""
        return [(entry.action, entry.resource) for entry in self.sandbox.ledger]

    def did(self, *actions: str) -> list[tuple[str, str]]:
        """Write the effects that are expected: of appointments, or `"register"`."""
        found: list[tuple[str, str]] = []
        for action in actions:
            if action == "register":
                found += [("create", self.place.customers)] if self.place.customers else []
            else:
                found.append((action, self.place.appointments))
        return found

    def sent(self, where: tuple[str, str]) -> int:
        """Count the requests of one kind."""
        method, path = where
        return sum(
            seen.method == method and fnmatchcase(self._below(seen.path), path) for seen in self.sandbox.requests
        )

    def _below(self, path: str) -> str:
        base = {"cliniko": "/cliniko/v1"}.get(self.place.provider, f"/{self.place.provider}")
        return path.removeprefix(base)

    def fault(self, kind: str, where: tuple[str, str], **more: Any) -> Any:
        return self.sandbox.fault(kind, provider=self.place.provider, method=where[0], path=where[1], **more)


@cache
def free_slots(place: Place) -> list[Slot]:
    """Find as many slots as any story needs."""
    with sandbox_of(place.provider, now=NOW, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        stage = Stage(place, sandbox, SYNC)
        found: list[Slot] = stage.tell(lambda stage, tell: stage.find(tell, FEW))
        return found


def instants(items: Iterable[Any]) -> list[datetime]:
    """Give the starts as moments: two times of one zone compare by what the clock shows."""
    return [one.start.astimezone(UTC) for one in items]


def everywhere(*, trio: bool = False, further: bool = False) -> list[tuple[Place, Facade]]:
    """Every place by both facades, and by a `Client` over it, which takes turns."""
    found: list[tuple[Place, Facade]] = []
    for turn, place in enumerate(PLACES):
        found += [(place, facade) for facade in (SYNC, ASYNCIO, *([TRIO] if trio else []), JOINT[turn % 2])]
    return found + [(place, SYNC) for place in FURTHER if further]


def at_both_times(*, trio: bool = False) -> list[Any]:
    """Everywhere at once, and again later where that makes a difference to a move."""
    pairs = everywhere(trio=trio, further=True)
    later = [pair for pair in everywhere(further=True) if pair[0].settles]
    return [
        pytest.param(*pair, settled, id=f"{pair[0]}-{pair[1]}{'-later' if settled else ''}")
        for some, settled in ((pairs, False), (later, True))
        for pair in some
    ]
