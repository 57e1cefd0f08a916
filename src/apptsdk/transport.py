"""The two drivers: they carry out the steps of an exchange, and are the same but for async and await."""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import closing, contextmanager
from inspect import isawaitable, iscoroutine, iscoroutinefunction
from random import random as draw
from typing import TYPE_CHECKING, Final, Generic, Protocol, Self, TypeVar, overload
from weakref import WeakKeyDictionary

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar

from apptsdk.account import Account
from apptsdk.ahead import PATIENCE, Bell, Course, end_tasks, fetch_in_task, fetch_in_thread
from apptsdk.errors import ApptError, ClosedError, NoResultError
from apptsdk.exchange import perform
from apptsdk.models import UNSET, Unset
from apptsdk.operation import Acquire, Call, Instant, Now, Outcome, Pause, Send, Together

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterator

    from apptsdk.ahead import Trail
    from apptsdk.http import Request, Response
    from apptsdk.operation import Listing, Lock, Page, Step, Steps, Work
    from apptsdk.options import Options

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
D = TypeVar("D")


class Engine(Protocol):
    """Sends one request. Raises `NotSent`, `NoAnswer` or `Unreadable`, and no library's own errors."""

    def send(self, request: Request, timeout: float) -> Response:
        """Send it and read the whole answer, its body as encoded by the server, within `timeout` seconds."""
        ...

    def close(self) -> None:
        """Close what the engine opened."""
        ...


class AsyncEngine(Protocol):
    """Sends one request. Raises `NotSent`, `NoAnswer` or `Unreadable`, and no library's own errors."""

    async def send(self, request: Request, timeout: float) -> Response:  # noqa: ASYNC109 - the engine's own business
        """Send it and read the whole answer, its body as encoded by the server, within `timeout` seconds."""
        ...

    async def aclose(self) -> None:
        """Close what the engine opened."""
        ...


class Clock:
    """The machine's clocks. Tests put another in its place."""

    def now(self) -> Instant:
        """Read both clocks."""
        return Instant(time.monotonic(), time.time())

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)


CLOCK: Final = Clock()


class Life:
    """Whether a client is open, and busy in threads of its own: one for it and all its views."""

    __slots__ = ("_changed", "_requests", "closed")

    def __init__(self) -> None:
        self.closed = False
        self._requests = 0
        self._changed = threading.Condition()

    def check(self) -> None:
        """Raise `ClosedError` where it is closed."""
        if self.closed:
            raise ClosedError("This client is closed. Make the calls inside its `with` block, or make a new client.")

    @contextmanager
    def busy(self) -> Generator[None]:
        """Hold up the closing for a request. Raises `ClosedError` where it is closed."""
        with self._changed:
            self.check()
            self._requests += 1
        try:
            yield
        finally:
            with self._changed:
                self._requests -= 1
                self._changed.notify_all()

    def end(self, patience: float) -> None:
        """Close it, and wait for the requests that hold that up, for so many seconds at most."""
        with self._changed:
            self.closed = True
            self._changed.wait_for(lambda: not self._requests, patience)


E = TypeVar("E", Engine, AsyncEngine)


class Driver(Generic[E]):
    """What both drivers hold.

    Args:
        engine: Sends requests.
        account: At whose account.
        options: The caller's options.
        clock: Tells the time and waits.
        random: Gives a number from 0 up to 1, for the jitter.
        life: Whether the client that this belongs to is open; given for a view of a client.
    """

    def __init__(
        self,
        engine: E,
        account: Account,
        options: Options,
        *,
        clock: Clock = CLOCK,
        random: Callable[[], float] = draw,
        life: Life | None = None,
    ) -> None:
        self.engine: E = engine
        self.account = account
        self.options = options
        self.clock = clock
        self.random = random
        self.of_a_view = life is not None
        self.life = life or Life()

    def view(self, options: Options) -> Self:
        """Give the same driver with other options."""
        return type(self)(self.engine, self.account, options, clock=self.clock, random=self.random, life=self.life)

    def over(self, engine: E) -> Self:
        """Give the same driver over another engine."""
        return type(self)(engine, self.account, self.options, clock=self.clock, random=self.random, life=self.life)


class Transport(Driver[Engine]):
    """The driver for threads."""

    def run(self, work: Work[T]) -> T:
        """Carry out a work.

        Args:
            work: An operation or a flow.

        Returns:
            Its answer.

        Raises:
            ApptError: See `apptsdk.errors`.
        """
        self.life.check()
        return self._drive(perform(work, self.account, self.options, self.random))

    def pager(self, listing: Listing[T]) -> Pager[T]:
        """Give a lazy list."""
        return Pager(self, listing)

    def close(self) -> None:
        """Let no call begin any more. A page that is being fetched ahead is waited for, a few seconds at most."""
        self.life.end(PATIENCE)

    def _drive(self, steps: Steps[T]) -> T:
        with closing(steps):
            answer: object = None
            error: BaseException | None = None
            while True:
                try:
                    step = steps.send(answer) if error is None else steps.throw(error)
                except StopIteration as stop:
                    done: T = stop.value
                    return done
                answer = error = None
                try:
                    answer = self._perform(step)
                except BaseException as raised:  # noqa: BLE001 - the exchange lets pass what is not its own
                    error = raised

    def _perform(self, step: Step) -> object:
        match step:
            case Now():
                return self.clock.now()
            case Send(request, timeout):
                return self.engine.send(request, timeout)
            case Pause(seconds):
                self.clock.sleep(seconds)
                return None
            case Acquire(name, timeout, owner):
                return self._acquire(name, timeout, owner if isinstance(owner, Account) else self.account)
            case Call(function, arguments):
                result = function(*arguments)
                if isawaitable(result):
                    if iscoroutine(result):
                        result.close()
                    raise TypeError("A coroutine function was given to a sync client. Use the async client.")
                return result
            case Together(exchanges, timeout):
                return self._together(exchanges, timeout)

    def _acquire(self, name: str, timeout: float, account: Account) -> Lock:
        with account.guard:
            lock = account.locks.setdefault(name, threading.Lock())
        if not lock.acquire(timeout=timeout):
            raise TimeoutError(f"Waited {timeout} s for {name}.")
        return lock

    def _together(self, exchanges: tuple[Steps[object], ...], timeout: float) -> tuple[Outcome[object] | None, ...]:
        outcomes: list[Outcome[object] | None] = [None] * len(exchanges)

        def run(index: int, steps: Steps[object]) -> None:
            try:
                outcomes[index] = Outcome(self._drive(steps))
            except Exception as error:  # noqa: BLE001 - it is the outcome
                outcomes[index] = Outcome(error=error)

        threads = [
            threading.Thread(target=run, args=pair, daemon=True, name="apptsdk") for pair in enumerate(exchanges)
        ]
        ends = time.monotonic() + timeout
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0.0, ends - time.monotonic()))
        return tuple(outcomes)


class AsyncTransport(Driver[AsyncEngine]):
    """The driver for tasks, on asyncio and trio."""

    async def run(self, work: Work[T]) -> T:
        """Carry out a work.

        Args:
            work: An operation or a flow.

        Returns:
            Its answer.

        Raises:
            ApptError: See `apptsdk.errors`.
        """
        self.life.check()
        return await self._drive(perform(work, self.account, self.options, self.random))

    def pager(self, listing: Listing[T]) -> AsyncPager[T]:
        """Give a lazy list."""
        return AsyncPager(self, listing)

    async def aclose(self) -> None:
        """Let no call begin any more. What is fetched ahead in this event loop is cancelled."""
        self.life.closed = True
        await end_tasks(self.life)

    async def _drive(self, steps: Steps[T]) -> T:
        with closing(steps):
            answer: object = None
            error: BaseException | None = None
            while True:
                try:
                    step = steps.send(answer) if error is None else steps.throw(error)
                except StopIteration as stop:
                    done: T = stop.value
                    return done
                answer = error = None
                try:
                    answer = await self._perform(step)
                except BaseException as raised:  # noqa: BLE001 - the exchange lets pass what is not its own
                    error = raised

    async def _perform(self, step: Step) -> object:
        match step:
            case Now():
                return self.clock.now()
            case Send(request, timeout):
                return await self.engine.send(request, timeout)
            case Pause(seconds):
                await self.clock.asleep(seconds)
                return None
            case Acquire(name, timeout, owner):
                return await self._acquire(name, timeout, owner if isinstance(owner, Account) else self.account)
            case Call(function, arguments):
                return await _called(function, arguments)
            case Together(exchanges, timeout):
                return await self._together(exchanges, timeout)

    async def _acquire(self, name: str, timeout: float, account: Account) -> Lock:  # noqa: ASYNC109 - TimeoutError
        lock = _locks(account).setdefault(name, anyio.Lock())
        with anyio.fail_after(timeout):
            await lock.acquire()
        return lock

    async def _together(
        self,
        exchanges: tuple[Steps[object], ...],
        timeout: float,  # noqa: ASYNC109 - late ones are an outcome
    ) -> tuple[Outcome[object] | None, ...]:
        outcomes: list[Outcome[object] | None] = [None] * len(exchanges)

        async def run(index: int, steps: Steps[object]) -> None:
            try:
                outcomes[index] = Outcome(await self._drive(steps))
            except Exception as error:  # noqa: BLE001 - it is the outcome
                outcomes[index] = Outcome(error=error)

        with anyio.move_on_after(timeout):
            async with anyio.create_task_group() as group:
                for index, steps in enumerate(exchanges):
                    group.start_soon(run, index, steps)
        return tuple(outcomes)


_per_loop: Final = RunVar[WeakKeyDictionary[Account, dict[str, anyio.Lock]]]("apptsdk_locks")


def _locks(account: Account) -> dict[str, anyio.Lock]:
    """The account's locks in this event loop: a client may live through several."""
    try:
        accounts = _per_loop.get()
    except LookupError:
        accounts = WeakKeyDictionary[Account, dict[str, anyio.Lock]]()
        _per_loop.set(accounts)
    locks = accounts.get(account)
    if locks is None:
        locks = accounts[account] = {}
    return locks


async def _called(function: Callable[..., object], arguments: tuple[object, ...]) -> object:
    if iscoroutinefunction(function):
        awaited: object = await function(*arguments)
        return awaited
    # In a tuple, because trio refuses a thread's function that returns a coroutine.
    (result,) = await anyio.to_thread.run_sync(lambda: (function(*arguments),))
    if isawaitable(result):
        result = await result
    return result


# --- lists -----------------------------------------------------------------------------------------------------------


def _no_result(listing: Listing[object]) -> NoResultError:
    return NoResultError(
        f"{listing.name}: there is no first result. first(default=None) gives None instead.",
        provider=listing.name.partition(".")[0],
        operation=listing.name,
    )


class Pages(Generic[T_co]):
    """An iterator over pages. After an error, the next turn asks for the same page again."""

    def __init__(self, transport: Transport, listing: Listing[T_co], prefetch: int) -> None:
        self._transport = transport
        self._course = Course(listing, prefetch)
        self._changed = threading.Condition()

    def __iter__(self) -> Iterator[Page[T_co]]:
        return self

    def __next__(self) -> Page[T_co]:
        course, me = self._course, object()
        while True:
            trail = None
            try:
                with self._changed:
                    for one in course.to_start():
                        self._fetch(one)
                    while (trail := course.news()) is None and course.is_fetched:
                        self._changed.wait()
                    if trail is not None:
                        if trail.goes_ahead:
                            self._fetch(trail)
                        return course.take(trail)
                    if course.is_over:
                        raise StopIteration
                    trail = course.next()
                    trail.fetcher = me
                self._fetch_here(trail)
            finally:
                with self._changed:
                    if trail is not None:
                        trail.release(me)
                    self._changed.notify_all()

    def _fetch(self, trail: Trail[T_co]) -> None:
        if not self._transport.life.closed:
            fetch_in_thread(self, self._transport, trail, self._changed)

    def _fetch_here(self, trail: Trail[T_co]) -> None:
        try:
            page = self._transport.run(trail.work())
        except ApptError as error:
            if not self._course.is_race:
                raise
            with self._changed:
                trail.fail(error)  # it comes in its turn
        else:
            with self._changed:
                trail.put(page)


class Items(Generic[T_co]):
    """An iterator over items, which several threads may share."""

    def __init__(self, pages: Pages[T_co]) -> None:
        self._pages = pages
        self._items: deque[T_co] = deque()
        self._turn = threading.Lock()

    def __iter__(self) -> Iterator[T_co]:
        return self

    def __next__(self) -> T_co:
        # Whoever waits for a turn finds the items that another has fetched.
        with self._turn:
            while not self._items:
                self._items.extend(self._pages.__next__().items)
            return self._items.popleft()


class Pager(Generic[T_co]):
    """A lazy list: pages are fetched while it is read, and every loop over it begins afresh.

    With `prefetch=n` a thread fetches up to n pages ahead, one after another, once the first is read: in order, and at
    the pace of all other calls. That costs the memory of so many pages, and up to n requests in vain for whoever stops
    early. An error comes in its turn, after the pages before it. Observers and hooks are called in that thread.
    """

    def __init__(self, transport: Transport, listing: Listing[T_co]) -> None:
        self._transport = transport
        self._listing = listing

    def __iter__(self) -> Iterator[T_co]:
        return Items(self.pages())

    def pages(self) -> Pages[T_co]:
        """Read page by page.

        Returns:
            An iterator over pages; a page has `.items`, `.total` and `.cursor`, which `list(cursor=...)` resumes at.
        """
        return Pages(self._transport, self._listing, self._listing.prefetch)

    @overload
    def first(self) -> T_co: ...
    @overload
    def first(self, *, default: D) -> T_co | D: ...
    def first(self, *, default: D | Unset = UNSET) -> T_co | D:
        """Give the first item, fetching no more pages than that takes.

        Args:
            default: What to give where there is none.

        Returns:
            The first item.

        Raises:
            NoResultError: There is none, and no default.
        """
        for item in Items(Pages(self._transport, self._listing, prefetch=0)):
            return item
        if isinstance(default, Unset):
            raise _no_result(self._listing)
        return default

    def __repr__(self) -> str:
        return f"<Pager {self._listing.name}>"


class AsyncPages(Generic[T_co]):
    """An async iterator over pages. After an error, the next turn asks for the same page again."""

    def __init__(self, transport: AsyncTransport, listing: Listing[T_co], prefetch: int) -> None:
        self._transport = transport
        self._course = Course(listing, prefetch)
        self._bell = Bell()

    def __aiter__(self) -> AsyncIterator[Page[T_co]]:
        return self

    async def __anext__(self) -> Page[T_co]:
        course, me = self._course, object()
        while True:
            for one in course.to_start():
                self._fetch(one)
            while (trail := course.news()) is None and course.is_fetched:
                await self._bell.wait()
            if trail is not None:
                page = course.take(trail)
                if trail.goes_ahead:
                    try:
                        self._fetch(trail)
                    except BaseException:
                        trail.give_back(page)
                        raise
                return page
            if course.is_over:
                raise StopAsyncIteration
            trail = course.next()
            trail.fetcher = me
            try:
                trail.put(await self._transport.run(trail.work()))
            except ApptError as error:
                if not course.is_race:
                    raise
                trail.fail(error)  # it comes in its turn
            finally:
                trail.release(me)
                self._bell.ring()

    def _fetch(self, trail: Trail[T_co]) -> None:
        if not self._transport.life.closed:
            fetch_in_task(self, self._transport, trail, self._bell)


class AsyncItems(Generic[T_co]):
    """An async iterator over items, which several tasks may share.

    It is a class and no async generator, so that nothing is open between pages.
    """

    def __init__(self, pages: AsyncPages[T_co]) -> None:
        self._pages = pages
        self._items: deque[T_co] = deque()
        self._turn = anyio.Lock()

    def __aiter__(self) -> AsyncIterator[T_co]:
        return self

    async def __anext__(self) -> T_co:
        while not self._items:
            async with self._turn:
                if not self._items:  # whoever waited for a turn finds the items that another has fetched
                    self._items.extend((await self._pages.__anext__()).items)
        return self._items.popleft()


class AsyncPager(Generic[T_co]):
    """A lazy list: pages are fetched while it is read with `async for`, and every loop begins afresh.

    With `prefetch=n` a task fetches up to n pages ahead, one after another, once the first is read: in order, at the
    pace of all other calls, and whenever the reader awaits something. That costs the memory of so many pages, and up to
    n requests in vain for whoever stops early. An error comes in its turn, after the pages before it.
    """

    def __init__(self, transport: AsyncTransport, listing: Listing[T_co]) -> None:
        self._transport = transport
        self._listing = listing

    def __aiter__(self) -> AsyncItems[T_co]:
        return AsyncItems(self.pages())

    def pages(self) -> AsyncPages[T_co]:
        """Read page by page.

        Returns:
            An async iterator over pages; a page has `.items`, `.total` and `.cursor`, which `list(cursor=...)`
            resumes at.
        """
        return AsyncPages(self._transport, self._listing, self._listing.prefetch)

    @overload
    async def first(self) -> T_co: ...
    @overload
    async def first(self, *, default: D) -> T_co | D: ...
    async def first(self, *, default: D | Unset = UNSET) -> T_co | D:
        """Give the first item, fetching no more pages than that takes.

        Args:
            default: What to give where there is none.

        Returns:
            The first item.

        Raises:
            NoResultError: There is none, and no default.
        """
        async for item in AsyncItems(AsyncPages(self._transport, self._listing, prefetch=0)):
            return item
        if isinstance(default, Unset):
            raise _no_result(self._listing)
        return default

    def __repr__(self) -> str:
        return f"<AsyncPager {self._listing.name}>"
