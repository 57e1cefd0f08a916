"""Minutes since midnight on a service's clock, also on days of 23 and 25 hours."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = 1440
"""The minutes since midnight at which a day ends, however long it was."""


def local(day: date, minute: int) -> datetime:
    """Give what the clock shows, without a zone.

    Args:
        day: the date.
        minute: minutes since midnight, up to that of the next day.
    """
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def moment(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """Give the moment at which the clock shows a minute; the first, if it does so twice.

    Args:
        zone: the zone.
        day: the date.
        minute: minutes since midnight, up to that of the next day.

    Returns:
        UTC. Where the clock springs over that minute, what it would be without that.
    """
    return local(day, minute).replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=1024)
def sprung(zone: ZoneInfo, day: date) -> frozenset[int]:
    """List the minutes that a day does not have, because the clock springs over them.

    Args:
        zone: the zone.
        day: the date.
    """
    if moment(zone, day, DAY) - moment(zone, day, 0) >= timedelta(minutes=DAY):
        return frozenset()
    shown = (moment(zone, day, minute).astimezone(zone).replace(tzinfo=None) for minute in range(DAY))
    return frozenset(minute for minute, clock in enumerate(shown) if clock != local(day, minute))


def there(zone: ZoneInfo, day: date, start: int, end: int) -> bool:
    """Tell whether the day has all minutes of a stretch.

    Args:
        zone: the zone.
        day: the date.
        start: the first of them.
        end: the one after the last.
    """
    return sprung(zone, day).isdisjoint(range(start, end))
