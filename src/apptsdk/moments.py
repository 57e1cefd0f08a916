"""Moments that callers give: none without its time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def aware(value: object, argument: str) -> datetime:
    """Refuse a naive datetime.

    Args:
        value: The datetime.
        argument: The argument's name, for the message.

    Returns:
        The value.

    Raises:
        TypeError: It is no datetime.
        ValueError: It has no time zone; the message says how to give it one. Or it is none in UTC.
    """
    if not isinstance(value, datetime):
        raise TypeError(f"{argument} must be a datetime, not {type(value).__name__}.")
    if value.utcoffset() is None:
        raise ValueError(
            f"{argument} is naive: nobody knows which moment it means. Give it its zone, for instance "
            f'{argument}.replace(tzinfo=zoneinfo.ZoneInfo("Australia/Sydney")), or datetime.now(UTC).'
        )
    try:
        value.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{argument} is at the very end of the calendar: it has no equal in UTC.") from None
    return value


def is_shown(value: datetime) -> bool:
    """Tell whether a clock on the wall ever shows a moment as it is given.

    Args:
        value: An aware datetime.

    Returns:
        False for a time that the clock leaps over: it is another one by the way through UTC.
    """
    try:
        back = value.astimezone(UTC).astimezone(value.tzinfo)
    except OverflowError:
        return False  # at the very ends of the calendar
    except (NotImplementedError, ValueError):
        return True  # a zone that cannot do this has no such times that it knows of
    return back.replace(tzinfo=None) == value.replace(tzinfo=None)


def instant(value: datetime) -> datetime:
    """Give a moment in UTC, to compare it, and to reckon with it: two times of one zone would do so by the wall clock.

    Args:
        value: An aware datetime.

    Returns:
        The same moment.
    """
    return value.astimezone(UTC)


def between(start: datetime, end: datetime) -> timedelta:
    """Tell how long it is from one moment to another.

    Args:
        start: An aware datetime.
        end: Another one.

    Returns:
        The time that passes, whatever the clocks on the wall do.
    """
    return instant(end) - instant(start)


def later(start: datetime, by: timedelta) -> datetime:
    """Give the moment that is so much later, in the same zone.

    Args:
        start: An aware datetime.
        by: How much later.

    Returns:
        The moment.
    """
    return (instant(start) + by).astimezone(start.tzinfo)


def zone_named(name: str | None) -> ZoneInfo | None:
    """Find a zone by its IANA name.

    Args:
        name: The name, as a provider sent it.

    Returns:
        The zone; None where this machine does not know it.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - not every client needs a zone

    try:
        return ZoneInfo(name) if name else None
    except (LookupError, ValueError, OSError):
        return None
