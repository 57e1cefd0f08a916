"""What a provider sent, as far as the shared classes can show it.

A provider's object is shown after the write that made it, so showing it never raises: what cannot be shown is None, or
stays in UTC, and `native` holds it as it came.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from apptsdk.urls import plain_id

if TYPE_CHECKING:
    from datetime import tzinfo

_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)


def shown_id(value: object) -> str | None:
    """Give an id, as a shared class takes it.

    Args:
        value: What the provider sent.

    Returns:
        The id; None for what is none.
    """
    try:
        return plain_id(value, "id")
    except (TypeError, ValueError):
        return None


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    """Give a moment by a zone's clock.

    Args:
        moment: An aware datetime.
        zone: The zone; None where it is not known.

    Returns:
        The moment in the zone; in UTC where the zone is not known, or where the calendar ends before its clock shows
        that; the calendar's end where it is none in UTC either.
    """
    for one in (zone or UTC, UTC):
        try:
            return moment.astimezone(one)
        except OverflowError:
            pass
    return _EARLIEST if moment.year == 1 else _LATEST


def in_zone_or_none(moment: datetime | None, zone: tzinfo | None) -> datetime | None:
    """Give a moment by a zone's clock, where there is one; see `in_zone`."""
    return None if moment is None else in_zone(moment, zone)


def length_of(minutes: int | None) -> timedelta | None:
    """Give a length.

    Args:
        minutes: What the provider sent.

    Returns:
        The length; None for what is none.
    """
    try:
        return timedelta(minutes=minutes) if minutes is not None and minutes > 0 else None
    except OverflowError:
        return None


def end_after(start: datetime, length: timedelta | None) -> datetime | None:
    """Give the moment at which something ends, in the zone in which it starts.

    Args:
        start: When it starts, an aware datetime that has its equal in UTC.
        length: How long it is.

    Returns:
        The moment; None where nobody knows it, or the calendar ends before.
    """
    try:
        return None if length is None else in_zone(start.astimezone(UTC) + length, start.tzinfo)
    except OverflowError:
        return None


def later_than(start: datetime, end: datetime | None) -> datetime | None:
    """Give the end of a slot, in UTC; None for one that is not after its start: no slot can have it."""
    told = in_zone_or_none(end, UTC)
    return told if told is not None and told > in_zone(start, UTC) else None
