"""Moving by booking anew: the new one first, the old one cancelled after, so that a failure never loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from apptsdk.errors import ApptError, NotCancelledError, NotFoundError, OutcomeUnknownError, SlotUnavailableError
from apptsdk.operation import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from apptsdk.operation import Script, Work

T = TypeVar("T")
IN_THE_WAY = "The old appointment may be what is in the way. Nothing changed."


def rebooked(
    name: str, booking: Work[T], cancelling: Work[object], *, old: object, named: Callable[[T], str], in_the_way: bool
) -> Flow[T]:
    """Book anew, then cancel the old one.

    Args:
        name: The stable name.
        booking: Books the new one.
        cancelling: Cancels the old one.
        old: What names the old one.
        named: Names the new one, for messages.
        in_the_way: Whether the old one may be what takes the new one's time.

    Returns:
        A flow that gives the new one. It raises what the booking raises, and the old one stands; or NotCancelledError,
        which names both.
    """
    provider = name.partition(".")[0]

    def script() -> Script[T]:
        try:
            new = yield from booking
        except SlotUnavailableError as error:
            if in_the_way:
                error.add_note(IN_THE_WAY)
            raise
        try:
            yield from cancelling
        except ApptError as error:
            raise NotCancelledError(
                f"The new appointment, {named(new)}, is booked. The old one, {old}, {_fate(error)}.",
                new=new,
                old=old,
                provider=provider,
                operation=name,
            ) from error
        except BaseException as error:
            error.add_note(f"The new appointment, {named(new)}, is booked; the old one, {old}, may still stand.")
            raise
        return new

    return Flow(name, script)


def _fate(error: ApptError) -> str:
    """Say what is known of an appointment that could not be cancelled."""
    if isinstance(error, OutcomeUnknownError):
        return "may be cancelled or not: cancelling it again is harmless"
    if isinstance(error, NotFoundError):
        return "is not there: it was cancelled before, or its reference is wrong"
    return "could not be cancelled: both may stand, see .new and .old"
