"""What an observer is told: the one seam for tracing and metrics. No event holds a query, a body or a person."""

from __future__ import annotations

import attrs


@attrs.frozen
class CallStarted:
    """A call began."""

    operation: str


@attrs.frozen
class AttemptEnded:
    """One request was answered, or was not.

    Args:
        operation: The operation's name.
        attempt: 1 for the first.
        status: The HTTP status, or None without a whole answer.
        seconds: How long it took.
        request_id: The provider's number for the exchange.
    """

    operation: str
    attempt: int
    status: int | None
    seconds: float
    request_id: str | None = None


@attrs.frozen
class Paused:
    """A call waits.

    Args:
        operation: The operation's name.
        seconds: How long.
        why: `"pace"`, `"retry"` or `"recover"`.
    """

    operation: str
    seconds: float
    why: str


@attrs.frozen
class CallEnded:
    """A call ended.

    Args:
        operation: The operation's name.
        status: The last HTTP status; None where there is none: after several reads at once, or without an answer.
        seconds: How long it took, pauses included.
        attempts: How many requests the call sent, without those for a token or for finding a lost booking.
        error: The class name of the error, or None.
        recovered: Whether the answer to a write was lost, and what it did was found at the provider afterwards.
    """

    operation: str
    status: int | None
    seconds: float
    attempts: int
    error: str | None = None
    recovered: bool = False


Event = CallStarted | AttemptEnded | Paused | CallEnded
