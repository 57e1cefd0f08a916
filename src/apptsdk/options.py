"""What a caller may set for a client, and for a view of it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from threading import TIMEOUT_MAX
from typing import Final, Self, TypeAlias

import attrs

from apptsdk.events import Event
from apptsdk.http import Response, merged
from apptsdk.models import UNSET, BookingAttempt, Unset
from apptsdk.retry import RetryPolicy

Observer: TypeAlias = Callable[[Event], object]
OnResponse: TypeAlias = Callable[[Response], object]
OnAttempt: TypeAlias = Callable[[BookingAttempt], None] | Callable[[BookingAttempt], Awaitable[None]]


def _check_seconds(timeout: object, field: attrs.Attribute[float], value: float) -> None:
    del timeout
    if not 0 < value <= TIMEOUT_MAX:
        raise ValueError(f"{field.name} must be a number of seconds above 0, and finite.")


@attrs.frozen
class Timeout:
    """How long a call may take.

    Args:
        attempt: Seconds for one request and its whole answer.
        total: Seconds for the whole call: attempts, pauses, and waits for the pace and for locks. Finding out what
            became of a booking whose answer was lost has its own budget beside it: `RetryPolicy.recover_within`.
    """

    attempt: float = attrs.field(default=30.0, validator=_check_seconds)
    total: float = attrs.field(default=90.0, validator=_check_seconds)

    @classmethod
    def of(cls, value: float | Timeout) -> Timeout:
        """Read what a caller gave as `timeout=`.

        Args:
            value: Seconds for each attempt, or a `Timeout`.

        Returns:
            A timeout; for a number, the total is twice as much and at least a minute and a half: room for a whole
            minute's wait for the rate limit.

        Raises:
            TypeError: It is neither.
            ValueError: It is not above 0.
        """
        if isinstance(value, Timeout):
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"timeout must be seconds or a Timeout, not {type(value).__name__}.")
        return cls(attempt=float(value), total=max(90.0, 2.0 * value))


_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VISIBLE: Final = re.compile(r"[\t !-~]*")
_OURS: Final = frozenset(
    {
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
    }
)


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Check header fields that a caller wants sent.

    Args:
        headers: Names and values.

    Returns:
        A copy.

    Raises:
        ValueError: A name or a value is not allowed in HTTP, or the field is the SDK's to set.
    """
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name) or not _VISIBLE.fullmatch(value):
            raise ValueError("headers: a name or a value holds a character that HTTP does not allow.")
        if name.lower() in _OURS:
            raise ValueError(f"headers: {name} is set by the SDK.")
    return dict(headers)


def _check_policy(options: object, field: object, value: object) -> None:
    del options, field
    if not isinstance(value, RetryPolicy):
        raise TypeError(f"retry must be a RetryPolicy, or NO_RETRY for never, not {type(value).__name__}.")


@attrs.frozen
class Options:
    """The options of one client or view.

    Args:
        timeout: How long a call may take.
        retry: When to ask again.
        headers: Further header fields for every request.
        on_response: Is shown every response that arrives, those of failed attempts too.
        on_attempt: Is shown every booking attempt before its request leaves; an error in it stops the booking.
        observer: Is told about calls, attempts and pauses.
    """

    timeout: Timeout = attrs.field(factory=Timeout)
    retry: RetryPolicy = attrs.field(factory=RetryPolicy, validator=_check_policy)
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    on_response: OnResponse | None = None
    on_attempt: OnAttempt | None = None
    observer: Observer | None = None

    def changed(
        self,
        *,
        timeout: float | Timeout | Unset = UNSET,
        retry: RetryPolicy | Unset = UNSET,
        headers: Mapping[str, str] | Unset = UNSET,
        on_response: OnResponse | Unset | None = UNSET,
        on_attempt: OnAttempt | Unset | None = UNSET,
        observer: Observer | Unset | None = UNSET,
    ) -> Self:
        """Give these options with some replaced. Headers are added to those there are.

        Args:
            timeout: Seconds for each attempt, or a `Timeout`.
            retry: When to ask again.
            headers: Header fields to add.
            on_response: See the class.
            on_attempt: See the class.
            observer: See the class.

        Returns:
            New options.

        Raises:
            ValueError: A header is not allowed, or a timeout is not positive.
        """
        return type(self)(
            timeout=self.timeout if isinstance(timeout, Unset) else Timeout.of(timeout),
            retry=self.retry if isinstance(retry, Unset) else retry,
            headers=self.headers if isinstance(headers, Unset) else merged(self.headers, checked_headers(headers)),
            on_response=self.on_response if isinstance(on_response, Unset) else on_response,
            on_attempt=self.on_attempt if isinstance(on_attempt, Unset) else on_attempt,
            observer=self.observer if isinstance(observer, Unset) else observer,
        )
