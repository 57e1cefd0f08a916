"""Wall-clock minutes, by which Cubu tells the time, and the moments that they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from apptsdk.moments import aware, is_shown

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

NO_ZONE: Final = (
    "Cubu tells the time by the service's own clock and says nowhere which zone that is: give time_zone in "
    'CubuSettings (CUBU_TIME_ZONE), such as "Asia/Jerusalem", or the service in the catalogue.'
)
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
    return moment if is_shown(moment) else None


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
    if not is_shown(aware(value, argument)):
        raise ValueError(
            f"{argument} does not come back from UTC as it was: either the clock of {value.tzinfo} leaps over it on "
            "that day, or the zone was attached in a way that it does not allow (pytz has localize for that)."
        )
    local = value.astimezone(UTC).astimezone(zone)
    if local.second or local.microsecond:
        raise ValueError(f"{argument} must be a whole minute.")
    if local.fold:
        raise ValueError(
            f"{argument} cannot be named: the clock of {zone.key} shows {local:%H:%M} for the second time then, and "
            "Cubu's minutes mean the first. To send the minutes as they are, give them as an int."
        )
    return local.date(), 60 * local.hour + local.minute
