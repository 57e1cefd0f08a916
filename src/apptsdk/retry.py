"""What may be asked again, and when. Pure decisions: nothing here waits, reads a clock or sends."""

from __future__ import annotations

import math
import threading
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar

import attrs
from tenacity import RetryCallState, stop_after_attempt, wait_exponential

from apptsdk.operation import Effect

if TYPE_CHECKING:
    from tenacity.stop import stop_base
    from tenacity.wait import wait_base

    from apptsdk.http import Response


T = TypeVar("T")


class Verdict(Enum):
    """What to do about an attempt that did not succeed."""

    AGAIN = "again"
    FINAL = "final"
    UNKNOWN = "unknown"


TOO_MANY: Final = 429
_TRANSIENT: Final = frozenset({408, 425, 500, 502, 503, 504})
"""Statuses after which a harmless request may succeed a moment later."""
_UNSETTLED: Final = frozenset({408, 425})
_SERVER_ERRORS: Final = 500


def judge_status(effect: Effect, status: int) -> Verdict:
    """Judge an error status.

    Args:
        effect: Whether asking twice is harmless.
        status: The status, 300 or above.

    Returns:
        Whether to ask again. After 429 nothing was done, so everything may be asked again. After a 5xx, 408 or 425
        nobody knows whether a write took effect, so only what is harmless may.
    """
    if status == TOO_MANY:
        return Verdict.AGAIN
    if effect is Effect.NEITHER:
        return Verdict.UNKNOWN if status >= _SERVER_ERRORS or status in _UNSETTLED else Verdict.FINAL
    return Verdict.AGAIN if status in _TRANSIENT else Verdict.FINAL


def judge_silence(effect: Effect) -> Verdict:
    """Judge a request that left and was not answered.

    Args:
        effect: Whether asking twice is harmless.

    Returns:
        Whether to ask again.
    """
    return Verdict.UNKNOWN if effect is Effect.NEITHER else Verdict.AGAIN


def _check_tenacity(policy: object, field: attrs.Attribute[T], value: T) -> None:
    del policy
    if not callable(value):
        raise TypeError(f"{field.name} must be one of tenacity's, such as stop_after_attempt(4), not {value!r}.")


def _check_seconds(policy: object, field: attrs.Attribute[float], value: float) -> None:
    del policy
    if not 0 <= value < math.inf:
        raise ValueError(f"{field.name} must be a number of seconds, 0 or more, and finite.")


@attrs.frozen
class RetryPolicy:
    """When to give up and how long to wait.

    Args:
        stop: One of tenacity's stops, over attempts and seconds: `stop_after_attempt(4)`.
        wait: One of tenacity's waits, as the ceiling of a wait; the wait itself is drawn evenly below it (full
            jitter).
        cap: The longest wait, in seconds, that a provider may ask for; beyond it the error is raised at once.
        recover_within: Seconds for finding out what became of a booking whose answer was lost.
    """

    stop: stop_base = attrs.field(factory=lambda: stop_after_attempt(4), validator=_check_tenacity)
    wait: wait_base = attrs.field(factory=lambda: wait_exponential(multiplier=0.5, max=8), validator=_check_tenacity)
    cap: float = attrs.field(default=60.0, validator=_check_seconds)
    recover_within: float = attrs.field(default=30.0, validator=_check_seconds)

    def gives_up(self, attempts: int, elapsed: float) -> bool:
        """Tell whether to stop.

        Args:
            attempts: How many were made.
            elapsed: Seconds since the first began.

        Returns:
            Whether no further attempt is to be made.
        """
        return bool(self.stop(_state(attempts, elapsed)))

    def ceiling(self, attempts: int, elapsed: float) -> float:
        """Give the longest wait before the next attempt.

        Args:
            attempts: How many were made.
            elapsed: Seconds since the first began.

        Returns:
            Seconds.
        """
        return max(0.0, float(self.wait(_state(attempts, elapsed))))


NO_RETRY: Final = RetryPolicy(stop=stop_after_attempt(1))
"""Every request is sent once. Lost bookings are still looked for."""


def _state(attempts: int, elapsed: float) -> RetryCallState:
    # tenacity's stops and waits read these figures and nothing else; its own loop and clock stay out of it.
    state = RetryCallState(retry_object=None, fn=None, args=(), kwargs={})  # type: ignore[arg-type]  # unused here
    state.attempt_number = attempts
    state.start_time = 0.0
    state.outcome_timestamp = elapsed
    return state


def wait_asked(response: Response, wall: float) -> float | None:
    """Read how long the provider wants us to stay away.

    Args:
        response: Its answer, with `Retry-After` (seconds or a date) or, after 429, `X-RateLimit-Reset` (epoch seconds).
        wall: The time now by the provider's clock, epoch seconds.

    Returns:
        Seconds, 0 for a moment already past; None where nothing usable was said.
    """
    text = response.headers.get("retry-after")
    if text is not None:
        asked = _number(text)
        if asked is None:
            moment = _epoch(text)
            asked = None if moment is None else max(0.0, moment - wall)
        if asked is not None and asked >= 0:
            return asked
    text = response.headers.get("x-ratelimit-reset")
    if text is not None and response.status == TOO_MANY:  # elsewhere it tells when a quota is renewed
        reset = _number(text)
        if reset is not None:
            return max(0.0, reset - wall)
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def server_time(response: Response) -> float | None:
    """Read the provider's clock.

    Args:
        response: Any answer.

    Returns:
        Its `Date` field as epoch seconds, or None.
    """
    text = response.headers.get("date")
    return None if text is None else _epoch(text)


def _epoch(text: str) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
        # HTTP's older date format has no zone and means UTC, not the machine's own.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


class RetryBudget:
    """A token bucket that all calls of an account share, so that a failing provider is not asked many times over.

    Args:
        size: How many retries it holds when full.
        refill: How many come back a second.
    """

    __slots__ = ("_at", "_left", "_lock", "refill", "size")

    def __init__(self, size: float = 20.0, refill: float = 0.5) -> None:
        self.size = size
        self.refill = refill
        self._left = size
        self._at = -math.inf
        self._lock = threading.Lock()

    def take(self, now: float) -> bool:
        """Take one retry out.

        Args:
            now: Monotonic seconds.

        Returns:
            Whether there was one.
        """
        with self._lock:
            if now > self._at:
                self._left = min(self.size, self._left + (now - self._at) * self.refill)
                self._at = now
            if self._left < 1.0:
                return False
            self._left -= 1.0
            return True
