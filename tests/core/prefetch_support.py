"""A list whose pages come when the test lets them, and a reader of it: one story for threads and for tasks."""

import threading
from collections.abc import Iterable
from typing import Any

import anyio
import anyio.lowlevel
import attrs
from core_support import BASE, AsyncScriptEngine, FakeClock, ScriptEngine, account, list_visits, page

from apptsdk.operation import Listing
from apptsdk.options import Options
from apptsdk.transport import AsyncTransport, Transport

LONG = 10.0
"""Seconds after which a test that waits for something has failed."""
BEHIND = "apptsdk-prefetch"
"""What fetches ahead."""


def link(number: int) -> str:
    return f"{BASE}/visits?page={number}"


def visits(prefetch: int, cursor: str | None = None) -> Listing[Any]:
    return attrs.evolve(list_visits(cursor), prefetch=prefetch)


@attrs.define
class Asked:
    """A request: for which page, by whom, when."""

    page: int
    by: str
    at: float


class _Server:
    """Answers page after page of one visit each, or more; a page among `shut` waits until it is let go.

    Args:
        last: The last page; None for no end.
        instead: What to answer in place of a page, in turn.
        shut: The pages that wait.
        per_page: How many visits a page has. They are numbered from 1 on.
    """

    event: type[Any]

    def __init__(
        self,
        last: int | None = None,
        instead: dict[int, list[Any]] | None = None,
        shut: Iterable[int] = (),
        per_page: int = 1,
    ) -> None:
        self.per_page = per_page
        self.last = last
        self.instead = instead or {}
        self.doors = {number: self.event() for number in shut}
        self.arrivals: dict[int, Any] = {}
        self.asked: list[Asked] = []
        self.inside = self.most = 0
        self.released: list[int] = []
        self.clock = FakeClock()

    @property
    def pages(self) -> list[int]:
        """The pages that were asked for."""
        return [one.page for one in self.asked]

    def arrival(self, number: int) -> Any:
        return self.arrivals.setdefault(number, self.event())

    def let(self, number: int) -> None:
        """Let a page go."""
        self.doors.pop(number).set()

    def enter(self, request: Any, by: str) -> int:
        number = int(request.url.partition("page=")[2] or 1)
        self.asked.append(Asked(number, by, self.clock.monotonic))
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.arrival(number).set()
        return number

    def leave(self, number: int) -> Any:
        self.inside -= 1
        self.released.append(number)
        if self.instead.get(number):
            given = self.instead[number].pop(0)
            if isinstance(given, BaseException):
                raise given
            return given
        visits = range((number - 1) * self.per_page + 1, number * self.per_page + 1)
        return page(*map(str, visits), follow=None if number == self.last else link(number + 1))


class Server(_Server, ScriptEngine):
    event = threading.Event

    def send(self, request, timeout):
        number = self.enter(request, threading.current_thread().name)
        if number in self.doors:
            assert self.doors[number].wait(LONG)
        return self.leave(number)


class AsyncServer(_Server, AsyncScriptEngine):
    event = anyio.Event

    async def send(self, request, timeout):  # noqa: ASYNC109 - as the protocol says
        number = self.enter(request, anyio.get_current_task().name)
        try:
            await anyio.lowlevel.checkpoint()
            if number in self.doors:
                await self.doors[number].wait()
        except BaseException:
            self.inside -= 1
            self.released.append(number)
            raise
        return self.leave(number)


class Reading:
    """Reads a list in threads. Its methods are coroutines that never wait, so that stories are written once."""

    server_class: type[Any] = Server
    driver: type[Any] = Transport

    def __init__(self, prefetch: int, at: Any = None, cursor: str | None = None, **options: Any) -> None:
        names = ("last", "instead", "shut", "per_page")
        self.server = self.server_class(**{name: options.pop(name) for name in names if name in options})
        self.transport = self.driver(
            self.server, at or account(), Options().changed(**options), clock=self.server.clock, random=lambda: 0.5
        )
        self.pager = self.transport.pager(visits(prefetch, cursor))
        self.again()

    def again(self) -> None:
        """Read anew, from the beginning."""
        self.pages = self.pager.pages()
        self.trail = self.pages._course._trails[0]
        self.signal = getattr(self.pages, "_changed", None)

    def leave(self) -> None:
        """Stop reading."""
        self.pages = None

    async def page(self) -> int:
        """Read a page, and give its number."""
        return int(self.pages.__next__().items[0].id)

    async def rest(self) -> list[int]:
        return [int(one.items[0].id) for one in self.pages]

    async def first(self, **named: Any) -> Any:
        return self.pager.first(**named)

    async def items(self) -> list[int]:
        return [int(item.id) for item in self.pager]

    async def until(self, number: int) -> None:
        """Wait until a page is being fetched."""
        assert self.server.arrival(number).wait(LONG)

    async def quiet(self) -> None:
        """Wait until nobody fetches."""
        with self.signal:
            assert self.signal.wait_for(lambda: self.trail.fetcher is None, LONG)

    async def close(self) -> None:
        self.transport.close()


class AsyncReading(Reading):
    """Reads a list in tasks."""

    server_class = AsyncServer
    driver = AsyncTransport

    async def page(self) -> int:
        with anyio.fail_after(LONG):
            return int((await self.pages.__anext__()).items[0].id)

    async def rest(self) -> list[int]:
        return [int(one.items[0].id) async for one in self.pages]

    async def first(self, **named: Any) -> Any:
        return await self.pager.first(**named)

    async def items(self) -> list[int]:
        return [int(item.id) async for item in self.pager]

    async def until(self, number: int) -> None:
        with anyio.fail_after(LONG):
            await self.server.arrival(number).wait()

    async def quiet(self) -> None:
        with anyio.fail_after(LONG):
            while self.trail.fetcher is not None:
                await anyio.lowlevel.checkpoint()

    async def close(self) -> None:
        await self.transport.aclose()


def tell(world: Any, story: Any, prefetch: int, **options: Any) -> Any:
    """Tell a story to a reader in a world: `async def story(r)`."""
    if not world.is_sync:

        async def told() -> Any:
            return await story(AsyncReading(prefetch, **options))

        return anyio.run(told, backend=world.name)
    coroutine = story(Reading(prefetch, **options))
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("A sync story waits for nothing.")
