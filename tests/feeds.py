"""A vendor as a list of answers, before the clients of one world: what the tests of providers with tokens share."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, ClassVar

import anyio.lowlevel
import attrs

from apptsdk.http import Request, Response
from apptsdk.operation import Instant
from apptsdk.transport import Clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from harness import World


class StillClock(Clock):
    """Time passes when somebody waits, and at no other time.

    Args:
        ahead: Seconds by which the local wall clock is wrong.
    """

    begins: ClassVar[datetime]

    def __init__(self, ahead: float = 0.0) -> None:
        self.monotonic = 1000.0
        self.ahead = ahead
        self.slept: list[float] = []

    def now(self) -> Instant:
        return Instant(self.monotonic, self.begins.timestamp() + self.ahead + self.monotonic - 1000.0)

    def advance(self, seconds: float) -> None:
        self.monotonic += seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds)

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
        await anyio.lowlevel.checkpoint()


class Feed:
    """Answers in order; an exception among them is raised, a function is called with the request.

    Tokens are given without being asked for, unless `login` is set.
    """

    def __init__(self, tokens_at: str, mint: Callable[[int], Response], answers: Any, always: Any = None) -> None:
        self.tokens_at = tokens_at
        self.answers = deque(answers)
        self.always = always
        self.requests: list[Request] = []
        self.logins: list[Request] = []
        self.mint = mint
        self.login: Any = self.minted
        """What a request for a token is answered with: an answer, a failure, or a function of the request."""

    def minted(self, request: Request) -> Response:
        del request
        return self.mint(len(self.logins))

    def take(self, request: Request) -> Response:
        if request.url == self.tokens_at:
            self.logins.append(request)
            given = self.login
        else:
            self.requests.append(request)
            given = self.answers.popleft() if self.answers or self.always is None else self.always
        if callable(given) and not isinstance(given, type):
            given = given(request)
        if isinstance(given, BaseException):
            raise given
        assert isinstance(given, Response)
        return given


class SyncFeed(Feed):
    def send(self, request: Request, timeout: float) -> Response:
        del timeout
        return self.take(request)

    def close(self) -> None:
        raise AssertionError("an engine that was handed in is not ours to close")


class AsyncFeed(Feed):
    async def send(self, request: Request, timeout: float) -> Response:  # noqa: ASYNC109 - as the protocol says
        del timeout
        await anyio.lowlevel.checkpoint()
        return self.take(request)

    async def aclose(self) -> None:
        raise AssertionError("an engine that was handed in is not ours to close")


@attrs.define
class FedVendor:
    """A vendor; each provider's tests say which."""

    clients: ClassVar[tuple[type, type]]
    tokens_at: ClassVar[str]

    world: World
    clock: StillClock
    feed: Feed = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.answers()

    def mint(self, number: int) -> Response:
        """Answer the request for a token of that number."""
        raise NotImplementedError

    def usual(self) -> Any:
        """Give the settings of clients that are given none."""
        raise NotImplementedError

    def answers(self, *answers: Any, always: Any = None) -> Feed:
        """Say what is answered from now on."""
        kind = SyncFeed if self.world.is_sync else AsyncFeed
        self.feed = kind(self.tokens_at, self.mint, answers, always)
        return self.feed

    def client(self, given: Any = None, **options: Any) -> Any:
        options = {"clock": self.clock, "random": lambda: 1.0, "engine": self.feed, **options}
        return self.world.client(self.clients, given or self.usual(), **options)

    def tell(self, story: Callable[[Any], Awaitable[Any]], given: Any = None, **options: Any) -> Any:
        """Tell a story to a new client."""
        return self.world.tell(story, self.client(given, **options))
