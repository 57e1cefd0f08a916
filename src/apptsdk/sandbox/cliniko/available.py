"""Available times: the weekly hours and the extra ones, less what is taken, as the settings let them be seen."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from heapq import merge
from itertools import groupby
from typing import Any

from attrs import frozen

from apptsdk.sandbox.cliniko.refusals import bad, missing
from apptsdk.sandbox.cliniko.times import local, read_date, wall
from apptsdk.sandbox.cliniko.world import World

_HOUR = 3600
_MIDNIGHT = time()
_WRONG_FRAME = "Invalid time frame definition. Please check from/to param limitations."
_NOON, _FIVE = 12, 17


@frozen
class Offer:
    """What somebody may book: one type with one practitioner at one business."""

    world: World
    business: int
    practitioner: int
    kind: dict[str, Any]
    """The type's values."""
    now: int
    offered: bool
    """Whether both the business and the practitioner offer the type, and to single patients."""

    def today(self) -> date:
        """Tell the date in the account's zone."""
        return wall(self.now, self.world.zone).date()

    def times(self, first: date, last: date) -> Iterator[int]:
        """Find the available times, in order.

        Args:
            first: the first day, in the account's zone.
            last: the last day.
        """
        if not self.offered:
            return
        settings, zone = self.world.online_bookings, self.world.zone_of(self.business)
        begin = local(first, _MIDNIGHT, self.world.zone)
        end = local(last + timedelta(days=1), _MIDNIGHT, self.world.zone)
        horizon = local(self.today() + timedelta(days=settings.days_ahead + 1), _MIDNIGHT, self.world.zone)
        until = min(end, horizon)
        days = wall(begin, zone).date(), wall(until, zone).date()
        # The first day is looked at from its beginning, because what is shown of a day is counted by its segments.
        frame = max(local(days[0], _MIDNIGHT, zone), self._earliest()), until
        free = merge(self._weekly(days, frame), self._extra(frame))
        yield from (one for one in self._shown(one for one, _ in groupby(free)) if one >= begin)

    def _earliest(self) -> int:
        own = self.kind["online_bookings_lead_time_hours"]
        return self.now + _HOUR * (self.world.online_bookings.lead_time_hours if own is None else own)

    def _weekly(self, days: tuple[date, date], frame: tuple[int, int]) -> Iterator[int]:
        zone = self.world.zone_of(self.business)
        week = [hours for hours in self.world.hours.get(self.practitioner, ()) if hours.business == self.business]
        day, last = days
        while day <= last:
            stretches = [
                (local(day, hours.opens, zone), local(day, hours.closes, zone))
                for hours in week
                if hours.weekday == day.weekday()
            ]
            yield from merge(*(self._free(stretch, frame) for stretch in stretches))
            day += timedelta(days=1)

    def _extra(self, frame: tuple[int, int]) -> Iterator[int]:
        blocks = self.world.availability_blocks.values()
        mine = (one for one in blocks if (one.business, one.practitioner) == (self.business, self.practitioner))
        return merge(*(self._free((block.starts_at, block.ends_at), frame) for block in mine))

    def _free(self, stretch: tuple[int, int], frame: tuple[int, int]) -> Iterator[int]:
        length = 60 * int(self.kind["duration_in_minutes"])
        (opens, closes), (since, until) = stretch, frame
        first = opens + length * max(0, -((opens - since) // length))
        last = min(closes - length, until - 1)
        busy = self.world.busy(self.practitioner, first, last + length) if first <= last else ()
        for starts in range(first, last + 1, length):
            if not any(span.starts_at < starts + length and span.ends_at > starts for span in busy):
                yield starts

    def _shown(self, times: Iterable[int]) -> Iterator[int]:
        most, zone = self.world.online_bookings.max_per_day_segment, self.world.zone_of(self.business)
        seen: Counter[tuple[date, int]] = Counter()
        for free in times:
            there = wall(free, zone)
            segment = there.date(), (there.hour >= _NOON) + (there.hour >= _FIVE)
            seen[segment] += 1
            if most is None or seen[segment] <= most:
                yield free


def offer(world: World, business: int, practitioner: int, kind: int, now: int) -> Offer:
    """Find what is offered.

    Args:
        world: the account.
        business: an id.
        practitioner: an id.
        kind: an appointment type's id.
        now: the time.

    Returns:
        The offer.

    Raises:
        Refusal: 404, one of the three is unknown, archived, inactive, or not in online bookings, or there are none.
    """
    if not world.online_bookings.enabled:
        raise missing()
    rows = (
        world.businesses.get(business),
        world.practitioners.get(practitioner),
        world.appointment_types.get(kind),
    )
    for row in rows:
        if row is None or row.archived_at is not None or not row.values["show_in_online_bookings"]:
            raise missing()
        if not row.values.get("active", True):
            raise missing()
    values = world.appointment_types[kind].values
    offered = (
        str(kind) in world.businesses[business].values["appointment_type_ids"]
        and str(practitioner) in values["practitioner_ids"]
        and values["max_attendees"] == 1
    )
    return Offer(world, business, practitioner, values, now, offered)


def frame(found: Offer, query: dict[str, str], *, longest: int) -> tuple[date, date]:
    """Read `from` and `to`.

    Args:
        found: the offer.
        query: the parameters.
        longest: the most days from one to the other.

    Returns:
        Both, as dates in the account's zone.

    Raises:
        Refusal: 400, they are missing, unreadable, past, reversed, or too far apart.
    """
    first, last = read_date(query.get("from", "")), read_date(query.get("to", ""))
    if first is None or last is None or not found.today() <= first <= last <= first + timedelta(days=longest):
        raise bad(_WRONG_FRAME)
    return first, last


def days(today: date, ahead: int) -> tuple[date, date]:
    """Span the days in which times are offered.

    Args:
        today: the first.
        ahead: how many follow.
    """
    return today, today + timedelta(days=ahead)
