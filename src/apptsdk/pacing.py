"""How fast a provider may be asked: quotas over sliding windows, first come, first served."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

SPARE: Final = 0.05
"""The share of every quota that is left unused, for clocks and networks that are not exact."""
LONGEST_LOOK: Final = 1.0
"""Seconds after which a waiting call looks again, because a place may have become free."""


@attrs.frozen
class Quota:
    """So many requests in so many seconds.

    Args:
        limit: Requests.
        per: Seconds.
        tag: Count only operations with this tag; None counts all.
    """

    limit: int = attrs.field(validator=attrs.validators.gt(0))
    per: float = attrs.field(validator=attrs.validators.gt(0))
    tag: str | None = None

    @property
    def usable(self) -> int:
        """The requests that are really sent: the limit less the spare."""
        return max(1, int(self.limit * (1 - SPARE)))


@attrs.frozen(eq=False)
class Ticket:
    """A place in the queue of a pace."""

    tags: frozenset[str]
    number: int


class _Window:
    """One quota's sends of the last `per` seconds."""

    __slots__ = ("quota", "sent")

    def __init__(self, quota: Quota) -> None:
        self.quota = quota
        self.sent: deque[float] = deque()

    def counts(self, tags: frozenset[str]) -> bool:
        return self.quota.tag is None or self.quota.tag in tags

    def free(self, now: float) -> int:
        """How many may go at once."""
        while self.sent and self.sent[0] <= now - self.quota.per:
            self.sent.popleft()
        return self.quota.usable - len(self.sent)

    def wait(self, now: float, ahead: int) -> float:
        """Seconds until a call with so many others ahead of it may go."""
        behind = ahead - self.free(now)
        if behind < 0:
            return 0.0
        if behind < len(self.sent):
            return self.sent[behind] + self.quota.per - now
        return self.quota.per


class Pace:
    """The state of an account's quotas. Its lock is held for arithmetic only.

    Args:
        quotas: The quotas; none means as fast as the caller likes.
    """

    def __init__(self, quotas: Iterable[Quota] = ()) -> None:
        self.quotas = tuple(quotas)
        self._windows = [_Window(quota) for quota in self.quotas]
        self._queues: dict[frozenset[str], list[int]] = {}  # the waiting tickets' numbers, by their tags
        self._numbers = count()
        self._held_until = 0.0
        self._lock = Lock()

    def join(self, tags: frozenset[str]) -> Ticket:
        """Take a place at the end of the queue.

        Args:
            tags: The operation's tags.

        Returns:
            The place: `enter` with it until it is let in, or `leave`.
        """
        with self._lock:
            ticket = Ticket(tags, next(self._numbers))
            self._queues.setdefault(tags, []).append(ticket.number)
        return ticket

    def enter(self, ticket: Ticket, now: float) -> float:
        """Ask to send now.

        Args:
            ticket: The place.
            now: Monotonic seconds.

        Returns:
            0 when let in: the send is counted and the place given up. Else seconds to wait and ask again.
        """
        with self._lock:
            wait = max(0.0, self._held_until - now)
            for window in self._windows:
                if window.counts(ticket.tags):
                    wait = max(wait, window.wait(now, self._ahead(ticket, window, now)))
            if wait > 0:
                return wait
            self._remove(ticket)
            for window in self._windows:
                if window.counts(ticket.tags):
                    window.sent.append(now)
            return 0.0

    def leave(self, ticket: Ticket) -> None:
        """Give the place back, if it is still held.

        Args:
            ticket: The place.
        """
        with self._lock:
            self._remove(ticket)

    def hold(self, until: float) -> None:
        """Send nothing before a moment: the provider said so.

        Args:
            until: Monotonic seconds.
        """
        with self._lock:
            self._held_until = max(self._held_until, until)

    def _ahead(self, ticket: Ticket, window: _Window, now: float) -> int:
        """How many of those who came earlier may go before the ticket, as far as this window is concerned."""
        ahead = 0
        for tags, numbers in self._queues.items():
            if window.counts(tags):
                earlier = bisect_left(numbers, ticket.number)
                # Those whom a quota of their own holds back do not hold back others.
                for other in self._windows:
                    if other.counts(tags) and not other.counts(ticket.tags):
                        earlier = min(earlier, max(0, other.free(now)))
                ahead += earlier
        return ahead

    def _remove(self, ticket: Ticket) -> None:
        numbers = self._queues.get(ticket.tags, [])
        place = bisect_left(numbers, ticket.number)
        if place < len(numbers) and numbers[place] == ticket.number:
            del numbers[place]
            if not numbers:
                del self._queues[ticket.tags]
