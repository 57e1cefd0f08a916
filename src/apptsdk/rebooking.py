"""Moving by booking anew: the new one first, the old one cancelled after, so that a failure never loses it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import attrs

from apptsdk.errors import (
    APIStatusError,
    ApptError,
    ConflictError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    SlotUnavailableError,
)
from apptsdk.models import BookingAttempt
from apptsdk.operation import NOW, Flow, Instant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apptsdk.operation import Operation, Script, Work

T = TypeVar("T")
IN_THE_WAY: Final = "The old appointment may be what is in the way. Nothing changed."
_REFUSED: Final = range(400, 500)
"""Statuses that say that nothing was done. After any other, it may be our own cancelling that shows."""


@attrs.frozen
class Undo(Generic[T]):
    """What becomes of the new one where another call cancelled the old one meanwhile: then it must not stand.

    Args:
        gone: Tells of a refusal to cancel the old one whether that is cancelled already.
        cancelling: Cancels the new one.
    """

    gone: Callable[[APIStatusError], Script[bool]]
    cancelling: Callable[[T], Work[object]]


def rebooked(
    name: str,
    booking: Work[T],
    cancelling: Operation[object],
    *,
    old: object,
    named: Callable[[T], str],
    in_the_way: bool,
    undo: Undo[T] | None = None,
) -> Flow[T]:
    """Book anew, then cancel the old one.

    Args:
        name: The stable name.
        booking: Books the new one.
        cancelling: Cancels the old one.
        old: What names the old one.
        named: Names the new one, in the same form.
        in_the_way: Whether the old one may be what takes the new one's time.
        undo: What becomes of the new one where another call cancelled the old one meanwhile; without it, it stands.

    Returns:
        A flow that gives the new one. It raises what the booking raises, and the old one stands; OutcomeUnknownError,
        if what was booked is the old one, which stands; ConflictError, if another call cancelled the old one, and the
        new one does not stand either; or NotCancelledError, which names both.
    """
    provider = name.partition(".")[0]

    def script() -> Script[T]:
        try:
            new = yield from booking
        except SlotUnavailableError as error:
            if in_the_way:
                error.add_note(IN_THE_WAY)
            raise
        if named(new).casefold() == str(old).casefold():
            raise (yield from _same(name, new, old))
        refusal: APIStatusError | None = None
        try:
            refusal = yield from _cancelled(cancelling, undo)
            if refusal is not None and undo is not None:
                yield from undo.cancelling(new)
        except ApptError as error:
            what = f"The new appointment, {named(new)}, is booked. The old one, {old}, {_fate(error)}."
            if refusal is not None:
                why = "may be cancelled or not" if isinstance(error, OutcomeUnknownError) else "could not be cancelled"
                what = (
                    f"The old appointment, {old}, was cancelled or moved by another call. The new one, {named(new)}, "
                    f"was booked all the same, and {why}: cancel it, if nobody wants it."
                )
            raise NotCancelledError(what, new=new, old=old, provider=provider, operation=name) from error
        except BaseException as error:
            error.add_note(f"The new appointment, {named(new)}, is booked; the old one, {old}, may still stand.")
            raise
        if refusal is not None:
            raise ConflictError(
                f"The appointment, {old}, was cancelled or moved by another call. Nothing of this move stands: the new "
                f"one, {named(new)}, is cancelled again.",
                response=refusal.response,
                code=refusal.code,
                provider=provider,
                operation=name,
            ) from refusal
        return new

    return Flow(name, script)


def _cancelled(cancelling: Operation[object], undo: Undo[T] | None) -> Script[APIStatusError | None]:
    """Cancel the old one. Gives the refusal where another call cancelled it, and not an earlier attempt of this one."""
    doubts: list[BookingAttempt] = []

    def recover(attempt: BookingAttempt) -> Flow[Sequence[object]]:
        doubts.append(attempt)  # it is asked only after an attempt that may have done it
        return Flow(cancelling.name, _nothing) if cancelling.recover is None else cancelling.recover(attempt)

    try:
        yield from attrs.evolve(cancelling, recover=recover)
    except APIStatusError as error:
        if undo is None or doubts or error.status not in _REFUSED:
            raise
        try:
            gone = yield from undo.gone(error)
        except ApptError:
            gone = False
        if not gone:
            raise
        return error
    return None


def _nothing() -> Script[Sequence[object]]:
    yield from ()
    return ()


def _same(name: str, new: object, old: object) -> Script[OutcomeUnknownError]:
    """Make the error of a booking that gave the old appointment: whether it made another, nobody knows."""
    now = yield NOW
    assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
    provider = name.partition(".")[0]
    attempt = BookingAttempt(provider=provider, operation=name, started_at=datetime.fromtimestamp(now.wall, UTC))
    return OutcomeUnknownError(
        f"{name} may have taken effect: what was booked is named as the old appointment, {old}, itself. That was not "
        "cancelled. List the appointments before you repeat it.",
        attempt=attempt,
        candidates=(new,),
        provider=provider,
        operation=name,
    )


def _fate(error: ApptError) -> str:
    """Say what is known of an appointment that could not be cancelled."""
    if isinstance(error, OutcomeUnknownError):
        return "may be cancelled or not: cancelling it again is harmless"
    if isinstance(error, NotFoundError):
        return "is not there: it was cancelled before, or its reference is wrong"
    return "could not be cancelled: both may stand, see .new and .old"
