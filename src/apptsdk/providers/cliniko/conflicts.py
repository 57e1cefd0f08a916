"""Keeping a time to one booking where Cliniko lets two have it: looks at the practitioner's calendar, before and after.

There is one order, in which a new booking and a move give way alike: whoever was written there first stays. A booking
was written when it was made; one that was elsewhere when the time was looked at before, when it was last changed. The
vendor's stamps say so in whole seconds. Of two in one second a booking stays before a move, which has somewhere to go,
and then the lower id. Both sides see the same stamps, and the second look comes a second after the write: by then
whoever wrote in the same second is there to be seen. So one of them stays, and only one.

It is as good as the stamps are. In the sandbox they are exact. At the vendor it is best effort: an appointment that was
moved, and changed again by somebody else in the same moment, looks younger than it is there, and one that was moved
within moments of its making older. The patient of a booking that gives way may get a confirmation and then a
cancellation, where the account sends them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import ApptError, SlotUnavailableError
from apptsdk.operation import NOW, Instant, Pause
from apptsdk.providers.cliniko.lookups import first_that, tell
from apptsdk.providers.cliniko.models import BookingFilters
from apptsdk.providers.cliniko.operations import bookings
from apptsdk.providers.cliniko.queries import AppointmentQuery
from apptsdk.providers.cliniko.shown import id_of
from apptsdk.wire import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from apptsdk.operation import Script
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import Booking, IndividualAppointment
    from apptsdk.shared import Customer

F: Final = BookingFilters()
AGAIN: Final = 1.0
"""Seconds before the second look after a write: another's may have been on its way."""
_FEW: Final = 10
"""How many bookings a look asks for at once: one is enough."""
_WHOLE: Final = timedelta(seconds=1)
"""How exact the vendor's stamps are."""
_YEARS: Final = range(1900, 9999)


@attrs.frozen
class Time:
    """A practitioner's time, at whichever business.

    Args:
        practitioner: Whose, an id.
        start: When it begins.
        end: When it ends.
    """

    practitioner: str
    start: datetime
    end: datetime

    def taken_by(self, fits: Callable[[Booking], bool], *conditions: Filter) -> Script[Booking | None]:
        """Find a live appointment, group appointment or unavailable block that overlaps.

        Args:
            fits: Which ones count.
            conditions: What the vendor is asked for beside.

        Returns:
            A script that gives one of them; None where there is none.
        """
        q = (
            F.practitioner_id == self.practitioner,
            F.starts_at < self.end,
            F.ends_at > self.start,
            *conditions,
        )
        listing = bookings.list(AppointmentQuery(q=q, per_page=_FEW))
        # All is looked at again: what the vendor does not know of a filter, it ignores.
        return first_that(listing, lambda one: self._meets(one) and fits(one))

    def _meets(self, one: Booking) -> bool:
        gone = one.archived_at or one.deleted_at or getattr(one, "cancelled_at", None)
        same = id_of(one.practitioner) in {None, self.practitioner}
        return not gone and same and one.starts_at < self.end and one.ends_at > self.start


def refuse_taken(time: Time, operation: str, *, own: str | None = None) -> Script[None]:
    """Raise SlotUnavailableError where a time is taken, before anything is written.

    Args:
        time: The time.
        operation: The verb's name.
        own: The booking that is to have it, where it stands in the calendar already.
    """
    other = yield from time.taken_by(lambda one: one.id != own)
    if other is not None:
        raise unavailable(operation, time, "was taken before: nothing was booked or moved")


def unavailable(operation: str, time: Time, what: str, customer: Customer | None = None) -> SlotUnavailableError:
    """Make the error that says that a time is not to be had."""
    return SlotUnavailableError(
        f"{operation}: practitioner {time.practitioner} has another booking or an unavailable block at "
        f"{utc_seconds(time.start)}; the time {what}.",
        customer=customer,
        provider="cliniko",
        operation=operation,
    )


def clock() -> Script[Instant]:
    """Read the clock."""
    now = yield NOW
    assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
    return now


@attrs.frozen
class Claim:
    """Since when an appointment of ours has its time.

    Args:
        id: The appointment.
        moved: Whether it was elsewhere before.
        at: When it was written there, by the vendor's stamp; None where the vendor gives none.
        unseen: The latest stamp of what was made before the time was looked at, when nobody had it; None likewise.
    """

    id: str
    moved: bool
    at: datetime | None
    unseen: datetime | None

    def gives_way_to(self, one: Booking) -> bool:
        """Tell whether another was there first."""
        if one.id == self.id:
            return False
        if one.created_at is None or self.at is None or self.unseen is None:
            return _number(one.id) < _number(self.id)
        moved = one.created_at <= self.unseen  # it was elsewhere then
        there = one.updated_at or one.created_at if moved else one.created_at
        return (there, moved, _number(one.id)) < (self.at, self.moved, _number(self.id))

    def narrowed(self) -> Filter:
        """Say of whom the vendor need not tell: who was made later was there later."""
        return F.id < self.id if self.at is None else F.created_at < self.at + _WHOLE

    def is_followed_by(self, one: Booking) -> bool:
        """Tell whether another was written anywhere since then, as far as its stamps tell."""
        last = one.updated_at or one.created_at
        return one.id != self.id and (last is None or self.at is None or last >= self.at)


def claimed(written: IndividualAppointment, began: Instant, *, moved: bool = False) -> Script[Claim]:
    """Say since when an appointment has its time, right after it was written there.

    Args:
        written: The appointment.
        began: The clock before the time was looked at.
        moved: Whether it was elsewhere before.

    Returns:
        A script that gives it.
    """
    passed = timedelta(seconds=(yield from clock()).monotonic - began.monotonic)
    at = written.updated_at if moved else written.created_at
    known = at if at is not None and at.year in _YEARS else None  # others cannot be reckoned with
    return Claim(written.id, moved, known, None if known is None else known - passed - _WHOLE)


def _number(text: str) -> tuple[int, str]:
    """Give what sorts ids as numbers, whatever the vendor sends for one."""
    return len(text), text


def earlier_than(claim: Claim, time: Time) -> Script[Booking | None]:
    """Look whether an appointment that was written has to give way: at once, and again after a pause.

    Args:
        claim: Since when it has its time.
        time: The time.

    Returns:
        A script that gives one that was there first; None where there is none, or where nobody could say.
    """
    try:
        other = yield from time.taken_by(claim.gives_way_to, claim.narrowed())
        if other is None:
            yield Pause(AGAIN)
            other = yield from time.taken_by(claim.gives_way_to, claim.narrowed())
    except ApptError as error:
        text = f"cliniko: appointment {claim.id} stands, and nobody could look whether another has its time"
        tell(f"{text}: {type(error).__name__}")
        return None
    return other
