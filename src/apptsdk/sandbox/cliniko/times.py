"""Times as Cliniko reads and writes them; inside, a moment is whole seconds since 1970."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_YEAR = 3000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# https://docs.api.cliniko.com/guides/time_zone_support: the labels that the seeded world and its neighbours need.
LABELS = {
    "Adelaide": "Australia/Adelaide",
    "Auckland": "Pacific/Auckland",
    "Brisbane": "Australia/Brisbane",
    "Canberra": "Australia/Canberra",
    "Darwin": "Australia/Darwin",
    "Dublin": "Europe/Dublin",
    "Eastern Time (US & Canada)": "America/New_York",
    "Hobart": "Australia/Hobart",
    "London": "Europe/London",
    "Lord Howe": "Australia/Lord_Howe",
    "Melbourne": "Australia/Melbourne",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Perth": "Australia/Perth",
    "Singapore": "Asia/Singapore",
    "Sydney": "Australia/Sydney",
    "UTC": "Etc/UTC",
    "Wellington": "Pacific/Auckland",
}


@lru_cache(maxsize=1 << 16)
def iso(moment: int) -> str:
    """Write a moment the way the vendor does: UTC, whole seconds, `Z`.

    Args:
        moment: seconds since 1970.
    """
    return (_EPOCH + timedelta(seconds=moment)).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(moment: datetime) -> int:
    """Count the whole seconds since 1970.

    Args:
        moment: aware.
    """
    return (moment - _EPOCH) // timedelta(seconds=1)


def local(day: date, clock: time, zone: ZoneInfo) -> int:
    """Find the moment at which a wall clock shows a time.

    Args:
        day: the date there.
        clock: the time there; of two, the first; inside a gap, as if the clock had not been put forward yet.
        zone: the zone of the wall clock.
    """
    return seconds(datetime.combine(day, clock, zone))


def wall(moment: int, zone: ZoneInfo) -> datetime:
    """Show a moment on a wall clock.

    Args:
        moment: seconds since 1970.
        zone: the zone of the wall clock.
    """
    return (_EPOCH + timedelta(seconds=moment)).astimezone(zone)


def read_moment(text: str, zone: ZoneInfo) -> int | None:
    """Read a date-time.

    Args:
        text: ISO 8601.
        zone: where a text without an offset is taken to be.

    Returns:
        Seconds since 1970, None if it cannot be read.
    """
    try:
        moment = datetime.fromisoformat(text)
        return seconds(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def read_date(text: str) -> date | None:
    """Read a date.

    Args:
        text: `YYYY-MM-DD` and nothing else.

    Returns:
        The date, None if it cannot be read.
    """
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and day.year < _LAST_YEAR else None
