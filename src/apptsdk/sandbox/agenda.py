"""What the sandbox does by itself: things due at a moment of its clock, and messages to somebody's server."""

import threading
from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from http import HTTPStatus
from itertools import count

from attrs import field, frozen

from apptsdk.sandbox.state import Clock


@frozen(kw_only=True)
class Posted:
    """What became of a message."""

    status: int | None = None
    """Of the answer; None if there was none."""
    error: str = ""
    """Why there was none."""

    @property
    def taken(self) -> bool:
        """Whether the receiver took it: any 2xx."""
        return self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


@frozen(kw_only=True)
class Message:
    """A POST to somebody's server."""

    url: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    line: object
    """Messages of the same line are posted one after another, in order; others at the same time."""
    done: Callable[[Posted], object] = field(repr=False)
    """Told what became of it, with the world's lock held."""


class Agenda:
    """Things to be done when their moment has come, in the order of their moments, and messages to be posted.

    Args:
        clock: the sandbox's.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        """The world's: held around every call, and while something of the agenda is done; never while posting."""
        self._guard = threading.Lock()
        self._things: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        self._messages: list[Message] = []
        self._turns = count()
        self._wake: Callable[[], object] | None = None
        clock.listen(self._stir)

    def wakes(self, wake: Callable[[], object] | None) -> None:
        """Say who is to look at the agenda whenever it or the clock changes.

        Args:
            wake: called in any thread; None for nobody.
        """
        self._wake = wake

    def _stir(self) -> None:
        if (wake := self._wake) is not None:
            wake()

    def at(self, due: datetime, act: Callable[[datetime], object]) -> None:
        """Have something done.

        Args:
            due: when, by the sandbox's clock, aware.
            act: does it; called with that moment, which may be long past if the clock was put forward.
        """
        with self._guard:
            heappush(self._things, (due, next(self._turns), act))
        self._stir()

    def post(self, message: Message) -> None:
        """Have a message posted.

        Args:
            message: the message.
        """
        with self._guard:
            self._messages.append(message)
        self._stir()

    def run(self) -> None:
        """Do what is due, and what becomes due by that. The caller holds the world's lock."""
        while (taken := self._take()) is not None:
            due, act = taken
            act(due)

    def _take(self) -> tuple[datetime, Callable[[datetime], object]] | None:
        with self._guard:
            if not self._things or self._things[0][0] > self.clock.now():
                return None
            due, _, act = heappop(self._things)
            return due, act

    def messages(self) -> list[Message]:
        """Take the messages that wait to be posted.

        Returns:
            They, oldest first.
        """
        with self._guard:
            taken, self._messages = self._messages, []
            return taken

    def idle(self) -> float | None:
        """Tell how long there is nothing to do if nobody touches the clock or the agenda.

        Returns:
            Real seconds; None for ever.
        """
        with self._guard:
            if self._messages:
                return 0.0
            return self.clock.until(self._things[0][0]) if self._things else None
