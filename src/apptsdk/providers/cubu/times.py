"""Wall-clock minutes, by which Cubu tells the time, and the moments that they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from apptsdk.wire import aware

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY: Final = 24 * 60
"""The minutes that a wall clock shows on any day, whether it has 23, 24 or 25 hours."""


def moment_of(day: date, minutes: int, zone: ZoneInfo) -> datetime | None:
    """Find the moment at which the wall clock shows so many minutes since midnight.

    Args:
        day: The day.
        minutes: The minutes.
        zone: The clock's zone.

    Returns:
        The moment, aware, in the zone: the first one where the clock shows it twice. None where it never does.
    """
    if not 0 <= minutes < DAY:
        return None
    hour, minute = divmod(minutes, 60)
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    return moment if _normal(moment, zone).replace(tzinfo=None) == moment.replace(tzinfo=None) else None


def wall_clock(value: datetime, zone: ZoneInfo, argument: str) -> tuple[date, int]:
    """Find what the wall clock shows at a moment.

    Args:
        value: The moment, aware, in any zone.
        zone: The clock's zone.
        argument: The argument's name, for messages.

    Returns:
        The day and the minutes since its midnight.

    Raises:
        TypeError: It is no datetime.
        ValueError: It is naive, or no whole minute; or nothing that the clock shows names it: it is the second time
            of two, or the clock leaps over it.
    """
    theirs = aware(value, argument).tzinfo
    if value.astimezone(UTC).astimezone(theirs).replace(tzinfo=None) != value.replace(tzinfo=None):
        raise ValueError(f"{argument} does not exist: the clock of {theirs} leaps over it on that day.")
    local = _normal(value, zone)
    if local.second or local.microsecond:
        raise ValueError(f"{argument} must be a whole minute.")
    if local.fold:
        raise ValueError(
            f"{argument} cannot be named: the clock of {zone.key} shows {local:%H:%M} for the second time then, and "
            "Cubu's minutes mean the first. To send the minutes as they are, give them as an int."
        )
    return local.date(), 60 * local.hour + local.minute


def _normal(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(UTC).astimezone(zone)
