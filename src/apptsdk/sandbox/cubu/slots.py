"""When a calendar is free."""

from datetime import datetime, timedelta

from apptsdk.sandbox.cubu.records import Calendar
from apptsdk.sandbox.cubu.times import moment, there
from apptsdk.sandbox.cubu.world import World


def worked(calendar: Calendar, start: int, duration: int) -> bool:
    """Tell whether an appointment lies in the working hours.

    Args:
        calendar: the calendar.
        start: minutes since midnight; a minute that the day does not have is never worked.
        duration: minutes.
    """
    inside = any(begin <= start and start + duration <= end for begin, end in calendar.hours)
    return inside and there(calendar.service.zone, calendar.date, start, start + 1)


def vacant(world: World, calendar: Calendar, duration: int, since: datetime | None = None) -> list[int]:
    """List the free times of a calendar.

    Args:
        world: where it is.
        calendar: the calendar.
        duration: minutes.
        since: what begins before it is not free; None for no matter when.

    Returns:
        Minutes since midnight: on the steps from the beginning of each stretch of working hours.
    """
    zone, day = calendar.service.zone, calendar.date
    taken = [(due.begins, due.ends) for case in world.booked(calendar) if (due := case.appointment) is not None]
    found: list[int] = []
    for begin, end in calendar.hours:
        for start in range(begin, end - duration + 1, duration):
            begins = moment(zone, day, start)
            ends = begins + timedelta(minutes=duration)
            late = since is not None and begins < since
            if late or not there(zone, day, start, start + duration):
                continue
            if all(ends <= other or until <= begins for other, until in taken):
                found.append(start)
    return found
