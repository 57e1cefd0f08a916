"""A race for one slot, from threads or from tasks, each for another customer; run as a script, one process of a race.

The script reads what to do from its standard input, as JSON, and writes how each ended to its standard output.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Event, Lock
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import attrs
from harness import AsyncTeller, SyncTeller, World, at_once

import apptsdk
from apptsdk import Channel, Customer
from apptsdk.operation import Instant
from apptsdk.transport import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PART = 10
"""One of so many racers at least has seen the slot free before anybody books it."""
PATIENCE = 30.0
"""How long they are waited for, in seconds."""


class Hurried(Clock):
    """The clock of a process that has no sandbox: no pause takes any time.

    Args:
        wall: What the wall clock shows, always.
    """

    def __init__(self, wall: datetime) -> None:
        self._wall = wall.timestamp()

    def now(self) -> Instant:
        return Instant(time.monotonic(), self._wall)

    def sleep(self, seconds: float) -> None:
        time.sleep(0)

    async def asleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()


@attrs.frozen
class End:
    """How it ended for one racer.

    Args:
        customer: For whom the slot was to be booked, an id.
        ref: The appointment that was given, if one was.
        whose: Its customer's id.
        error: The name of the error's class, if there was one.
    """

    customer: str
    ref: str | None = None
    whose: str | None = None
    error: str | None = None


class Race:
    """Who races for what.

    Args:
        slot: The slot, or its ref.
        customers: For whom it is to be booked, ids; each is a racer.
        booking: What else `book` is told.
        ready: Is called when enough are about to write, and before anybody does.
    """

    def __init__(
        self,
        slot: Any,
        customers: Sequence[str],
        booking: Mapping[str, Any],
        ready: Callable[[], object] = lambda: None,
    ) -> None:
        self.slot = slot
        self.customers = customers
        self.booking = booking
        self._ready = ready
        self._awaited = len(customers) // PART
        self._lock = Lock()
        self._open = Event()

    def run(self, world: World, make: Callable[..., Any]) -> list[End]:
        """Run the race with a new client, which is closed after it.

        Args:
            world: Threads, or the tasks of which event loop.
            make: Makes the client, with more options.
        """
        if world.is_sync:
            with make(on_attempt=self._hold) as client:
                return self._in_threads(client)

        async def raced() -> list[End]:
            opened = anyio.Event()
            async with make(on_attempt=lambda attempt: self._hold_task(opened)) as client:
                return await self._in_tasks(client)

        ends: list[End] = world.run(raced)
        return ends

    def _in_threads(self, client: Any) -> list[End]:
        start = Barrier(len(self.customers))

        def one(customer: str) -> End:
            start.wait()
            end: End = at_once(self._book(SyncTeller(client), customer))
            return end

        with ThreadPoolExecutor(len(self.customers)) as pool:
            return list(pool.map(one, self.customers))

    async def _in_tasks(self, client: Any) -> list[End]:
        ends: list[End] = []

        async def one(customer: str) -> None:
            ends.append(await self._book(AsyncTeller(client), customer))

        async with anyio.create_task_group() as group:
            for customer in self.customers:
                group.start_soon(one, customer)
        return ends

    async def _book(self, tell: SyncTeller, customer: str) -> End:
        try:
            made = await tell.call("book", self.slot, Customer(id=customer), **self.booking)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return End(customer, error=type(error).__name__)
        return End(customer, str(made.ref), made.customer.id)

    def _hold(self, attempt: object) -> None:
        if self._is_last():
            self._open.set()
        if not self._open.wait(PATIENCE):
            raise TimeoutError

    async def _hold_task(self, opened: anyio.Event) -> None:
        if self._is_last():
            opened.set()
        with anyio.fail_after(PATIENCE):
            await opened.wait()

    def _is_last(self) -> bool:
        with self._lock:
            self._awaited -= 1
            last = self._awaited == 0
        if last:
            self._ready()
        return last


def wait() -> None:
    print(flush=True)  # noqa: T201 - to who started this process
    sys.stdin.readline()


if __name__ == "__main__":
    told = json.loads(sys.stdin.readline())
    here = World(told["world"])
    kinds = getattr(apptsdk, told["classes"]), getattr(apptsdk, f"Async{told['classes']}")
    given = {"engine": here.engine, "pace": (), "clock": Hurried(datetime.fromisoformat(told["now"]))}
    with_channel = {"channel": Channel[told["channel"]]} if told["channel"] else {}
    found = Race(told["slot"], told["customers"], with_channel, wait).run(
        here, lambda **more: kinds[not here.is_sync].from_env(**given, **more)
    )
    print(json.dumps([attrs.astuple(end) for end in found]))  # noqa: T201 - to who started this process
