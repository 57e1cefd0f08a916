"""Pages that are fetched before they are read: one after another, while the reader works on an earlier one.

A list that is made of others is fetched so from its beginning: all of these at the same time.

Who fetches runs only while there is room. It ends with the last page, with an error, when enough pages wait, when the
reader is gone, and when the client is closed; the reader who takes a page starts it again. So nothing waits for ever,
and a list needs no closing.
"""

from __future__ import annotations

import threading
from asyncio import AbstractEventLoop
from collections import deque
from contextvars import copy_context
from typing import TYPE_CHECKING, Final, Generic, TypeVar
from weakref import ref

import anyio
import attrs
from anyio.lowlevel import RunVar, current_token

from apptsdk.errors import ResponseUnreadableError
from apptsdk.operation import Page

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Callable, Coroutine

    from apptsdk.http import Request, Response
    from apptsdk.operation import Listing, Work
    from apptsdk.transport import AsyncTransport, Engine, Life, Transport

T = TypeVar("T")

PATIENCE: Final = 5.0
"""Seconds that closing a client waits for a page in flight. Then its connection is closed beneath it."""

CIRCLE: Final = "The pages go in a circle: a page names one as its next that was read before."
"""What a list that does not end leads to."""
_ON: Final = "goes on"
"""The cursor of a page after which more come: there is no resuming at what arrives in any order."""


class Trail(Generic[T]):
    """How far a list was fetched, the pages that wait to be read, and who fetches the next one. It does no I/O.

    A next page is known from the one before only, so there is one to fetch at a time, and one who does.

    Args:
        listing: The list.
        room: How many pages may wait.
    """

    __slots__ = (
        "_cursor",
        "_ended",
        "_failure",
        "_listing",
        "_pages",
        "_room",
        "_seen",
        "fetcher",
        "forgiven",
    )

    def __init__(self, listing: Listing[T], room: int) -> None:
        self._listing = listing
        self._room = room
        self._cursor = listing.cursor
        self._ended = False
        self._seen: set[str | None] = set()
        self._pages: deque[Page[T]] = deque()
        self._failure: BaseException | None = None
        self.forgiven: BaseException | None = None
        """The error that ended it."""
        self.fetcher: object | None = None

    @property
    def has_news(self) -> bool:
        """Whether a page waits to be taken, or the error of the page after the last one taken."""
        return bool(self._pages) or self._failure is not None

    @property
    def answered(self) -> bool:
        """Whether a page of it was ever fetched."""
        return bool(self._seen)

    @property
    def is_over(self) -> bool:
        """Whether nothing waits, and nothing will."""
        return self._ended and not self._pages

    @property
    def goes_ahead(self) -> bool:
        """Whether somebody may fetch ahead, once a page is taken."""
        return self._room > 0 and not self._ended and self._failure is None and self.fetcher is None

    def wants(self, fetcher: object) -> bool:
        """Tell a fetcher whether to fetch another page ahead."""
        return self.fetcher is fetcher and not self._ended and len(self._pages) < self._room

    def work(self) -> Work[Page[T]]:
        """What fetches the next page."""
        if self._cursor in self._seen:
            name = self._listing.name
            raise ResponseUnreadableError(f"{name}: {CIRCLE}", provider=name.partition(".")[0], operation=name)
        return self._listing.page(self._cursor)

    def put(self, page: Page[T]) -> None:
        """Let a page wait that was fetched."""
        self._seen.add(self._cursor)
        self._cursor = page.cursor
        self._ended = page.cursor is None
        self._pages.append(page)

    def fail(self, error: BaseException) -> None:
        """Let the error of a page wait, behind the pages before it."""
        self._failure = error

    def take(self) -> Page[T]:
        """Give what waits. After an error the same page is fetched again, unless the error is forgiven."""
        if self._pages:
            return self._pages.popleft()
        error, self._failure = self._failure, None
        assert error is not None  # noqa: S101 - asked for only where there are news
        if self._listing.forgive is None:
            raise error
        self._listing.forgive(error)
        self._ended, self.forgiven = True, error
        return Page(())

    def give_back(self, page: Page[T]) -> None:
        """Let a page wait again that was taken last."""
        self._pages.appendleft(page)

    def release(self, fetcher: object) -> None:
        """Note that a fetcher has ended, if it has not been followed by another."""
        if self.fetcher is fetcher:
            self.fetcher = None


class Course(Generic[T]):
    """How far a list was fetched: along its own trail, or along those of the lists that make it up. It does no I/O.

    Args:
        listing: The list.
        prefetch: How many pages may wait. Of each of several lists one may at least.
    """

    __slots__ = ("_trails", "is_race")

    def __init__(self, listing: Listing[T], prefetch: int) -> None:
        self.is_race = bool(listing.parts)
        room = max(1, prefetch) if self.is_race else prefetch
        self._trails = deque(Trail(part, room) for part in listing.parts or (listing,))

    @property
    def is_fetched(self) -> bool:
        """Whether somebody fetches a page at this moment."""
        return any(trail.fetcher is not None for trail in self._trails)

    @property
    def is_over(self) -> bool:
        """Whether nothing waits, and nothing will."""
        return all(trail.is_over for trail in self._trails)

    def to_start(self) -> list[Trail[T]]:
        """Say what is fetched before anything of it is read."""
        return [trail for trail in self._trails if trail.goes_ahead] if self.is_race else []

    def news(self) -> Trail[T] | None:
        """Find a page, or an error, that waits; each trail has its turn."""
        for _ in range(len(self._trails)):
            self._trails.rotate(-1)
            if self._trails[-1].has_news:
                return self._trails[-1]
        return None

    def take(self, trail: Trail[T]) -> Page[T]:
        """Give what waits there."""
        page = trail.take()
        if trail.forgiven is not None and all(one.forgiven and not one.answered for one in self._trails):
            raise trail.forgiven  # an empty list would say that all were asked
        # Where one list ends, the others may go on.
        return Page(page.items, None if self.is_over else _ON) if self.is_race else page

    def next(self) -> Trail[T]:
        """Say which page the reader fetches, where nobody else does."""
        return next(trail for trail in self._trails if not trail.is_over)


# --- threads ---------------------------------------------------------------------------------------------------------


class _Watched:
    """An engine whose requests are waited for when the client is closed, and refused afterwards."""

    def __init__(self, engine: Engine, life: Life) -> None:
        self._engine = engine
        self._life = life

    def send(self, request: Request, timeout: float) -> Response:
        with self._life.busy():
            return self._engine.send(request, timeout)

    def close(self) -> None:
        """Nothing was opened here."""


def fetch_in_thread(reader: object, transport: Transport, trail: Trail[T], changed: threading.Condition) -> None:
    """Start a thread that fetches ahead while there is room.

    Args:
        reader: For whom; without it, nothing more is fetched.
        transport: Fetches the pages.
        trail: Where they wait.
        changed: Guards the trail, is held, and is told of every page.
    """
    arguments = (ref(reader), transport.over(_Watched(transport.engine, transport.life)), trail, changed)
    thread = threading.Thread(
        target=copy_context().run, args=(_fetch_in_thread, *arguments), daemon=True, name="apptsdk-prefetch"
    )
    trail.fetcher = thread
    try:
        thread.start()
    except BaseException as error:
        trail.fetcher = None
        if not isinstance(error, RuntimeError):
            raise
        # No thread is to be had here and now: the reader fetches its pages itself.


def _fetch_in_thread(reader: ref[object], transport: Transport, trail: Trail[T], changed: threading.Condition) -> None:
    me = threading.current_thread()
    try:
        while True:
            with changed:
                if reader() is None or transport.life.closed or not trail.wants(me):
                    trail.release(me)
                    changed.notify_all()
                    return
                work = trail.work()
            page = transport.run(work)
            with changed:
                trail.put(page)
                changed.notify_all()
            del page
    except BaseException as error:  # noqa: BLE001 - it is the reader's
        with changed:
            # Of a client that was closed meanwhile, the reader is told when it asks.
            if not transport.life.closed:
                trail.fail(error)
            trail.release(me)
            changed.notify_all()


# --- tasks -----------------------------------------------------------------------------------------------------------


class Bell:
    """Wakes the tasks that wait for it."""

    __slots__ = ("_event",)

    def __init__(self) -> None:
        self._event: anyio.Event | None = None

    def ring(self) -> None:
        """Wake all who wait."""
        if self._event is not None:
            self._event.set()
            self._event = None

    async def wait(self) -> None:
        """Wait until it rings."""
        if self._event is None:
            self._event = anyio.Event()
        await self._event.wait()


@attrs.frozen(eq=False)
class _Errand:
    """A task that fetches ahead, in the loop that runs."""

    life: Life
    scope: anyio.CancelScope = attrs.field(factory=anyio.CancelScope)
    ended: anyio.Event = attrs.field(factory=anyio.Event)


# By loop: what belongs to one that is gone goes with it. Also keeps asyncio from forgetting a task that runs.
_errands: Final = RunVar[dict[_Errand, object]]("apptsdk_errands")


def _running() -> dict[_Errand, object]:
    try:
        return _errands.get()
    except LookupError:
        errands: dict[_Errand, object] = {}
        _errands.set(errands)
        return errands


def fetch_in_task(reader: object, transport: AsyncTransport, trail: Trail[T], bell: Bell) -> None:
    """Start a task that fetches ahead while there is room.

    It belongs to the event loop and to no task group, so that nothing is open between pages.

    Args:
        reader: For whom; without it, nothing more is fetched.
        transport: Fetches the pages.
        trail: Where they wait.
        bell: Rings for every page.
    """
    errand, errands, there = _Errand(transport.life), _running(), ref(reader)

    def end(_: object = None) -> None:
        trail.release(errand)
        bell.ring()
        errands.pop(errand, None)
        errand.ended.set()

    async def fetch() -> None:
        try:
            with errand.scope:
                await _fetch_in_task(errand, there, transport, trail, bell)
        finally:
            end()

    trail.fetcher = errand
    errands[errand] = None
    try:
        task = _start(fetch)
    except BaseException as error:
        end()
        if not isinstance(error, RuntimeError):
            raise
        # The loop takes no more tasks, for it is about to end: the reader fetches its pages itself.
        return
    if task is not None:
        # A task that is cancelled before its first step never gets as far as its own `finally`.
        task.add_done_callback(end)
        if errand in errands:  # an eager loop may have ended it already
            errands[errand] = task


def _start(fetch: Callable[[], Coroutine[object, object, None]]) -> Task[None] | None:
    """Start a task in the loop that runs: asyncio's is given, trio keeps its own and always takes the first step."""
    token = current_token()
    loop = getattr(token, "native_token", token)
    if isinstance(loop, AbstractEventLoop):
        coroutine = fetch()
        try:
            return loop.create_task(coroutine, name="apptsdk-prefetch")
        except BaseException:
            coroutine.close()
            raise
    import trio  # noqa: PLC0415 - it is here, for its loop runs

    trio.lowlevel.spawn_system_task(fetch, name="apptsdk-prefetch", context=copy_context())
    return None


async def _fetch_in_task(
    errand: _Errand, reader: ref[object], transport: AsyncTransport, trail: Trail[T], bell: Bell
) -> None:
    cancelled = anyio.get_cancelled_exc_class()
    while reader() is not None and not errand.life.closed and trail.wants(errand):
        try:
            page = await transport.run(trail.work())
        except (cancelled, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001 - it is the reader's
            # Of a client that was closed meanwhile, the reader is told when it asks.
            if not errand.life.closed:
                trail.fail(error)
            return
        trail.put(page)
        del page
        bell.ring()


async def end_tasks(life: Life) -> None:
    """Cancel what is fetched ahead for a client in this loop, and wait for its end."""
    errands = [errand for errand in _running() if errand.life is life]
    if errands:
        with anyio.move_on_after(PATIENCE, shield=True):
            for errand in errands:
                errand.scope.cancel()
            for errand in errands:
                await errand.ended.wait()
