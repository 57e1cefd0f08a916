"""Keeping a time to one booking where Cliniko lets two have it: looks at the practitioner's calendar, before and after.

Of bookings that overlap, the one with the lowest id stays. In the sandbox ids are in the order in which bookings are
made. At the vendor they need not be, so there it is best effort; and the patient of a booking that gives way may get
a confirmation and then a cancellation, where the account sends them.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import ApptError, ProviderWarning, SlotUnavailableError
from apptsdk.messages import remark
from apptsdk.operation import Pause
from apptsdk.providers.cliniko.lookups import first_that
from apptsdk.providers.cliniko.models import BookingFilters
from apptsdk.providers.cliniko.operations import bookings
from apptsdk.providers.cliniko.queries import AppointmentQuery
from apptsdk.wire import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from apptsdk.operation import Script
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import Booking, IndividualAppointment

logger: Final = logging.getLogger("apptsdk")
F: Final = BookingFilters()
AGAIN: Final = 1.0
"""Seconds before the second look after a write: another's may have been on its way."""
_FEW: Final = 10
"""How many bookings a look asks for at once: one is enough."""


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
        same = one.practitioner is None or one.practitioner.id == self.practitioner
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


def unavailable(operation: str, time: Time, what: str) -> SlotUnavailableError:
    """Make the error that says that a time is not to be had."""
    return SlotUnavailableError(
        f"{operation}: practitioner {time.practitioner} has another booking or an unavailable block at "
        f"{utc_seconds(time.start)}; the time {what}.",
        provider="cliniko",
        operation=operation,
    )


def older_than(made: IndividualAppointment, time: Time) -> Script[Booking | None]:
    """Look whether a new appointment has to give way: at once, and again after a pause.

    Args:
        made: The appointment.
        time: Its time.

    Returns:
        A script that gives an older booking that overlaps; None where there is none, or where nobody could say.
    """

    def older(one: Booking) -> bool:
        return int(one.id) < int(made.id)

    return _looked_twice(
        made, lambda: time.taken_by(older, F.id < made.id), lambda: time.taken_by(older, F.id < made.id)
    )


def in_the_way_of(moved: IndividualAppointment, time: Time) -> Script[Booking | None]:
    """Look whether an appointment that was moved has to go back.

    It gives way to an older booking at once. A younger one may give way to it: where it still stands after the pause,
    it was there before the move, and the move goes back.

    Args:
        moved: The appointment.
        time: Its new time.

    Returns:
        A script that gives a booking that overlaps; None where there is none, or where nobody could say.
    """
    return _looked_twice(
        moved,
        lambda: time.taken_by(lambda one: int(one.id) < int(moved.id), F.id < moved.id),
        lambda: time.taken_by(lambda one: one.id != moved.id),
    )


def _looked_twice(
    written: IndividualAppointment,
    now: Callable[[], Script[Booking | None]],
    later: Callable[[], Script[Booking | None]],
) -> Script[Booking | None]:
    try:
        other = yield from now()
        if other is None:
            yield Pause(AGAIN)
            other = yield from later()
    except ApptError as error:
        text = f"cliniko: appointment {written.id} stands, and nobody could look whether another has its time"
        try:
            remark(f"{text}: {type(error).__name__}")
        except ProviderWarning:  # where warnings are errors: what was written is not lost for a remark on it
            logger.warning("%s: %s", text, type(error).__name__)
        return None
    return other
