"""One story, three worlds: written once as a coroutine, told to the sync client, on asyncio and on trio."""

from __future__ import annotations

import os
from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import attrs

from apptsdk.operation import Instant
from apptsdk.transport import Clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from apptsdk.operation import Page
    from apptsdk.sandbox import Sandbox

ENGINE = os.environ.get("APPTSDK_TEST_ENGINE", "httpx")
ENGINES = ("httpx", "httpx2")


class Watch(Clock):
    """A clock that nobody waits for: a pause moves it, and the sandbox's clock with it.

    Args:
        sandbox: Whose clock to move and to read; the other one stands still between pauses.
        ahead: Seconds by which the local wall clock is wrong.
    """

    def __init__(self, sandbox: Sandbox, ahead: float = 0.0) -> None:
        self.sandbox = sandbox
        self.ahead = ahead
        self.slept: list[float] = []
        self.meanwhile: Callable[[float], None] = lambda seconds: None
        """Runs in every pause."""
        self._monotonic = 1000.0

    def now(self) -> Instant:
        return Instant(self._monotonic, self.sandbox.clock.now().timestamp() + self.ahead)

    def pass_by(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._monotonic += seconds
        self.sandbox.clock.advance(timedelta(seconds=seconds))
        self.meanwhile(seconds)

    def sleep(self, seconds: float) -> None:
        self.pass_by(seconds)

    async def asleep(self, seconds: float) -> None:
        self.pass_by(seconds)
        await anyio.lowlevel.checkpoint()


class SyncTeller:
    """Tells a story to a sync client: everything it awaits is done already."""

    def __init__(self, client: Any) -> None:
        self.client = client

    async def call(self, verb: str, /, *args: Any, **kwargs: Any) -> Any:
        return attrgetter(verb)(self.client)(*args, **kwargs)

    async def collect(self, pager: Any) -> list[Any]:
        return list(pager)

    async def pages(self, pager: Any, most: int | None = None) -> list[Page[Any]]:
        pages: list[Page[Any]] = []
        for page in pager.pages():
            pages.append(page)
            if len(pages) == most:
                break
        return pages

    async def take(self, pager: Any, count: int) -> list[Any]:
        items: list[Any] = []
        for item in pager:
            items.append(item)
            if len(items) == count:
                break
        return items

    async def first(self, pager: Any, **kwargs: Any) -> Any:
        return pager.first(**kwargs)

    async def resolve(self, attempt: Any) -> Any:
        return attempt.resolve(self.client)

    def list(self, verb: str, /, *args: Any, **kwargs: Any) -> Any:
        return attrgetter(verb)(self.client)(*args, **kwargs)

    def view(self, **options: Any) -> SyncTeller:
        return type(self)(self.client.with_options(**options))


class AsyncTeller(SyncTeller):
    """Tells a story to an async client."""

    async def call(self, verb: str, /, *args: Any, **kwargs: Any) -> Any:
        return await attrgetter(verb)(self.client)(*args, **kwargs)

    async def collect(self, pager: Any) -> list[Any]:
        return [item async for item in pager]

    async def pages(self, pager: Any, most: int | None = None) -> list[Page[Any]]:
        pages: list[Page[Any]] = []
        async for page in pager.pages():
            pages.append(page)
            if len(pages) == most:
                break
        return pages

    async def take(self, pager: Any, count: int) -> list[Any]:
        items: list[Any] = []
        async for item in pager:
            items.append(item)
            if len(items) == count:
                break
        return items

    async def first(self, pager: Any, **kwargs: Any) -> Any:
        return await pager.first(**kwargs)

    async def resolve(self, attempt: Any) -> Any:
        return await attempt.resolve(self.client)


def at_once(story: Awaitable[Any]) -> Any:
    """Run a coroutine that never waits."""
    coroutine: Any = story
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    coroutine.close()
    raise AssertionError("a sync story waited for something")


@attrs.frozen
class World:
    """How a client is used: from plain code, on asyncio or on trio."""

    name: str
    engine: str = ENGINE

    @property
    def is_sync(self) -> bool:
        return self.name == "sync"

    def client(self, kinds: tuple[Any, Any], settings: Any, **options: Any) -> Any:
        """Make a client of this world: the first of the two classes, or the second."""
        if not {"engine", "http_client"} & set(options):
            options["engine"] = self.engine
        return kinds[not self.is_sync](settings, **options)

    def tell(self, story: Callable[[Any], Awaitable[Any]], client: Any) -> Any:
        """Tell a story to a new client, and close it."""
        if self.is_sync:
            with client:
                return at_once(story(SyncTeller(client)))

        async def told() -> Any:
            async with client:
                return await story(AsyncTeller(client))

        return self.run(told)

    def run(self, function: Callable[[], Awaitable[Any]]) -> Any:
        """Run a coroutine function in this world's event loop."""
        return anyio.run(function, backend=self.name)


WORLDS = ("sync", "asyncio", "trio")


def said(error: BaseException) -> Iterable[str]:
    """Give everything that an error says of itself: text, repr, notes, attributes, and those of its causes.

    The provider's answer is left out: it is what a caller asks for to see.
    """
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield from (str(one), repr(one), repr(one.args), *getattr(one, "__notes__", ()))
        yield from (repr(value) for name, value in vars(one).items() if name not in {"response", "candidates"})
        todo += [one.__cause__, one.__context__]
