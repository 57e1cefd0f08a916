"""What belongs to one credential: how it signs in, how fast it may ask, and what is remembered about it."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import attrs

from apptsdk.pacing import Pace, Quota
from apptsdk.retry import RetryBudget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from apptsdk.errors import ApptError
    from apptsdk.http import Request, Response
    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Outcome, Script
    from apptsdk.tokens import Keeper


T = TypeVar("T")

_REMEMBERED: Final = 1000
"""How many of the objects that were made are remembered: more than anybody makes while an answer is looked for."""


@attrs.frozen
class Fault:
    """What a provider's error body says.

    Args:
        message: Its text.
        code: Its own code, where it has one.
        fields: What is wrong with which field.
        kind: The error class, where it is not the status's own.
    """

    message: str | None = None
    code: str | None = None
    fields: Mapping[str, str] = attrs.field(factory=dict[str, str])
    kind: type[ApptError] | None = None


@attrs.frozen
class Service:
    """What the core needs to know about a provider: data, and one function that reads its error bodies.

    Args:
        name: The provider's name, such as `"cliniko"`.
        base_url: Where its API lives.
        headers: What every request carries.
        quotas: How fast it may be asked.
        fault: Reads an error answer.
        next_page: Finds the link to the next page, from a decoded answer and the URL that was asked; raises
            `wire.Undecodable`.
        is_fault: Tells an error that comes with a status of success.
        status: Finds the status in an answer of success that passes on another's answer; None where it holds none. It
            is the one that counts; hooks and `AttemptEnded` see HTTP's own.
        notes: Finds what the provider remarks beside a success, such as a parameter that it ignored: a warning.
        tags: The quotas that a request counts against, from its method and path, beside its operation's own.
        hints: What to look at first, by status: the end of an error's message.
        silent: Whether calls are neither told nor logged, because they only lead to calls at other accounts.
    """

    name: str
    base_url: str
    headers: Mapping[str, str]
    quotas: tuple[Quota, ...]
    fault: Callable[[Response], Fault]
    next_page: Callable[[Mapping[str, object], str], str | None]
    is_fault: Callable[[Response], bool] | None = None
    status: Callable[[Response], int | None] | None = None
    notes: Callable[[Response], Iterable[str]] | None = None
    tags: Callable[[str, str], frozenset[str]] | None = None
    hints: Mapping[int, str] = attrs.field(factory=dict[int, str])
    silent: bool = False


class Auth(Protocol):
    """Signs requests."""

    def sign(self, request: Request, account: Account) -> Script[Request]:
        """Give the request with its credentials."""
        ...

    def renew(self, refused: Request, account: Account) -> Script[bool]:
        """Answer a 401: tell whether signing again is worth it, because there is a new token now."""
        ...

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give what must never appear in a message."""
        ...


class Account:
    """One credential at one provider. Clients and views that share it share its pace, its token and its memory.

    Args:
        service: The provider.
        auth: How requests are signed.
        pace: How fast to ask: quotas instead of the provider's own; an empty tuple for no limit.
    """

    def __init__(self, service: Service, auth: Auth, pace: Iterable[Quota] | None = None) -> None:
        if isinstance(pace, Quota):
            raise TypeError("pace must be a list of quotas: pace=[Quota(...)].")
        self.service = service
        self.auth = auth
        self.pace = Pace(service.quotas if pace is None else pace)
        self.budget = RetryBudget()
        self.keepers: dict[str, Keeper] = {}
        self.locks: dict[str, threading.Lock] = {}
        self.facts: dict[str, tuple[float, Outcome[object]]] = {}
        """What flows had remembered, and until when, in monotonic seconds."""
        self.noted: set[tuple[str, str]] = set()
        """The operations and the provider's notes on them that were passed on as warnings."""
        self.offset = 0.0
        """Seconds by which the provider's clock is ahead of ours, as far as its answers tell."""
        self.knows_offset = False
        self._made: deque[tuple[str, str, int]] = deque(maxlen=_REMEMBERED)
        self.guard = threading.Lock()
        """Held for the dictionaries above and nothing else."""

    def heard(self, there: float | None, sent: float, received: float) -> None:
        """Learn the provider's time from an answer.

        The answer was stamped, in whole seconds, between its sending and its arrival. A slow one says little, so it
        moves what is known only as far as it must.

        Args:
            there: The provider's time in it, epoch seconds; None where it says nothing.
            sent: Our time when the request left.
            received: Our time when the answer was there.
        """
        if there is None:
            return
        least, most = there - received, there + 1.0 - sent
        if self.knows_offset:
            self.offset = min(max(self.offset, least), most)
        else:
            self.offset = min(max(0.0, least), most)
            self.knows_offset = True

    def remember(self, attempt: BookingAttempt, value: object) -> None:
        """Take note of an object that an attempt made and that its caller knows of.

        Args:
            attempt: The attempt. Nothing of it is kept that names a person.
            value: The object; what has no id is not remembered.
        """
        number = getattr(value, "id", None)
        if number is not None:
            self._made.append((attempt.operation, str(number), hash(attempt)))

    def unclaimed(self, operation: str, found: Iterable[T], attempt: BookingAttempt | None = None) -> tuple[T, ...]:
        """Leave out of what was found what the caller of another attempt knows of.

        Args:
            operation: The operation that made it.
            found: What could be what an attempt made.
            attempt: The attempt, where its caller may know of what it made, too.

        Returns:
            The rest.
        """
        mine = None if attempt is None else hash(attempt)
        theirs = {number for name, number, other in tuple(self._made) if name == operation and other != mine}
        return tuple(item for item in found if str(getattr(item, "id", None)) not in theirs)

    def __repr__(self) -> str:
        return f"<Account at {self.service.name}>"

    def __reduce__(self) -> str:
        raise TypeError("An account holds credentials and is not pickled. Make a client in each process.")
