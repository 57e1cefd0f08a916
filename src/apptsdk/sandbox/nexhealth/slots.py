"""The times that can be booked, computed from working hours and what is booked already.

https://docs.nexhealth.com/docs/level-2d-scheduling-configuration-slots
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from http import HTTPStatus
from itertools import pairwise
from typing import Any

from attrs import frozen

from apptsdk.sandbox.nexhealth import refusals
from apptsdk.sandbox.nexhealth.ask import Ask, route
from apptsdk.sandbox.nexhealth.emrs import EMRS
from apptsdk.sandbox.nexhealth.hours import window
from apptsdk.sandbox.nexhealth.records import Appointment, Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.times import local_iso
from apptsdk.sandbox.nexhealth.world import World

USUAL_LENGTH = 15
"""Minutes, where nothing says how long."""
MOST_SHARED = 5
_LOOK_AHEAD = 180
_LONGEST, _MOST_DAYS = 1440, 366


@frozen(kw_only=True)
class _Slot:
    begin: datetime
    end: datetime
    hours: Record


@frozen(kw_only=True)
class _Search:
    """What is looked for."""

    world: World
    length: timedelta
    step: timedelta
    kind: int | None
    label: int | None
    source: str | None
    chairs: frozenset[int]
    shared: int
    each_chair: bool
    now: datetime

    def hours(self, provider: int, location: int) -> list[Record]:
        """Find the working hours that count."""
        return [
            row
            for row in self.world.records("working_hours")
            if row.values["active"]
            and (row.values["provider_id"], row.values["location_id"]) == (provider, location)
            and (self.kind is None or self.kind in row.values["appointment_type_ids"])
            and self.label in {None, row.values["label_id"]}
            and self.source in {None, row.values["source"]}
            and (not self.chairs or row.values["operatory_id"] in self.chairs)
        ]

    def slots(self, rows: Iterable[Record], first: date, days: int) -> list[_Slot]:
        """Cut the free times of some days into slots, by time."""
        found: list[_Slot] = []
        for far in range(days):
            for row in rows:
                opening = window(self.world, row, first + timedelta(days=far))
                if opening is not None:
                    found += self._cut(row, *opening)
        found.sort(key=lambda slot: (slot.begin, slot.hours.values["operatory_id"] or 0, slot.hours.id))
        return list(self._distinct(found))

    def _distinct(self, found: Iterable[_Slot]) -> Iterator[_Slot]:
        seen: set[tuple[datetime, int | None]] = set()
        for slot in found:
            key = (slot.begin, slot.hours.values["operatory_id"] if self.each_chair else None)
            if key not in seen:
                seen.add(key)
                yield slot

    def _cut(self, row: Record, begin: datetime, end: datetime) -> Iterator[_Slot]:
        openings = list(self._free(row, begin, end))
        start = begin
        while start + self.length <= end:
            until = start + self.length
            if start > self.now and any(free <= start and until <= last for free, last in openings):
                yield _Slot(begin=start, end=until, hours=row)
            start += self.step

    def _free(self, row: Record, begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Find what appointments and blocks leave of an opening."""
        taken = [
            (one.starts_at, one.ends_at)
            for one in busy(self.world, row.values["provider_id"], row.values["operatory_id"], begin, end)
        ]
        if self.shared > 1:
            taken = list(full(self.world, row, begin, end, self.shared))
        start = begin
        for busy_from, busy_until in sorted(taken):
            if busy_from > start:
                yield start, busy_from
            start = max(start, busy_until)
        if start < end:
            yield start, end


def busy(
    world: World, provider: int | None, operatory: int | None, begin: datetime, end: datetime
) -> list[Appointment]:
    """Find what takes a stretch of time of a provider or a chair.

    Args:
        world: the world.
        provider: whose, if any.
        operatory: the chair, if any.
        begin: the start of the stretch.
        end: its end.
    """
    found = {} if provider is None else {one.id: one for one in world.busy("provider", provider, begin, end)}
    if operatory is not None:
        found |= {one.id: one for one in world.busy("operatory", operatory, begin, end)}
    return list(found.values())


def full(world: World, row: Record, begin: datetime, end: datetime, shared: int) -> Iterator[tuple[datetime, datetime]]:
    """Find the stretches of an opening that hold no further appointment.

    Args:
        world: the world.
        row: the working hours.
        begin: the start of the opening.
        end: its end.
        shared: how many appointments may have one time.
    """
    rows = busy(world, row.values["provider_id"], row.values["operatory_id"], begin, end)
    edges = sorted({edge for one in rows for edge in (one.starts_at, one.ends_at)})
    for start, until in pairwise(edges):
        there = [one for one in rows if one.starts_at <= start and one.ends_at >= until]
        if len(there) >= shared or any(one.unavailable for one in there):
            yield start, until


def _shared(ask: Ask, location: Record) -> int:
    said = ask.query.number("appointments_per_timeslot")
    if said is not None and not 1 <= said <= MOST_SHARED:
        raise refusals.bad("appointments_per_timeslot does not have a valid value")
    return said if said is not None and EMRS[location.foreign_id_type].shares else 1


def _positive(ask: Ask, name: str, usual: int) -> int:
    said = ask.query.number(name)
    if said is not None and not 1 <= said <= _LONGEST:
        raise refusals.bad(f"{name} is invalid")
    return usual if said is None else said


def _search(ask: Ask, location: Record) -> _Search:
    kind = None
    length = _positive(ask, "slot_length", USUAL_LENGTH)
    if (id_ := ask.query.number("appointment_type_id")) is not None:
        kind = ask.world.find("appointment_types", id_, ask.institution)
        if kind is None:
            raise refusals.missing()
        length = kind.values["minutes"]
    return _Search(
        world=ask.world,
        length=timedelta(minutes=length),
        step=timedelta(minutes=_positive(ask, "slot_interval", length)),
        kind=kind.id if kind else None,
        label=ask.query.number("working_hour_label_id"),
        source=ask.query["working_hour_source"],
        chairs=frozenset(ask.query["operatory_ids[]"]),
        shared=_shared(ask, location),
        each_chair=bool(ask.query["overlapping_operatory_slots"]),
        now=ask.now,
    )


def _places(ask: Ask) -> list[Record]:
    found = [ask.world.find("locations", id_, ask.institution) for id_ in dict.fromkeys(ask.query["lids[]"])]
    if None in found:
        raise refusals.forbidden()
    return found


def _providers(ask: Ask, location: Record) -> list[int]:
    wanted = frozenset(ask.query["pids[]"])
    return [
        row.id
        for row in ask.world.records("providers", ask.institution)
        if not row.values["inactive"] and location.id in row.values["location_ids"] and (not wanted or row.id in wanted)
    ]


def available(ask: Ask, *, newest: bool) -> Reply:
    """List what can be booked.

    Args:
        ask: the call.
        newest: whether slots are shown as in v3.

    Raises:
        Refusal: 400, 403 or 404.
    """
    if newest and not ask.query["pids[]"] and ask.query["appointment_type_id"] is None:
        raise refusals.bad("At least one of pids[] or appointment_type_id must be provided")
    first, days = ask.query.day("start_date"), ask.query.number("days") or 0
    if first is None or not 1 <= days <= _MOST_DAYS:
        raise refusals.bad("days is invalid")
    found: list[dict[str, Any]] = []
    for place in _places(ask):
        search = _search(ask, place)
        for provider in _providers(ask, place):
            rows = search.hours(provider, place.id)
            slots = search.slots(rows, first, days)
            coming = None if slots else _next(search, rows, place, first + timedelta(days=days))
            found.append(
                {
                    "lid": place.id,
                    "pid": provider,
                    **({"operatory_id": next(iter(search.chairs))} if len(search.chairs) == 1 else {}),
                    "slots": [_shown(ask, place, slot, newest=newest) for slot in slots],
                    "next_available_date": coming,
                }
            )
    return Reply(HTTPStatus.OK, found, count=len(found))


def _shown(ask: Ask, place: Record, slot: _Slot, *, newest: bool) -> dict[str, Any]:
    zone, values = ask.world.zone_of(place.id), slot.hours.values
    shown: dict[str, Any] = {"time": local_iso(slot.begin, zone), "end_time": local_iso(slot.end, zone)}
    if values["operatory_id"] is not None:
        shown["operatory_id"] = values["operatory_id"]
    shown["provider_id"] = values["provider_id"]
    if newest:
        shown["working_hour_label_id"] = values["label_id"]
    return shown


def _next(search: _Search, rows: list[Record], place: Record, begin: date) -> str | None:
    zone = search.world.zone_of(place.id)
    begin = max(begin, search.now.astimezone(zone).date())
    for far in range(_LOOK_AHEAD):
        day = begin + timedelta(days=far)
        if search.slots(rows, day, 1):
            return day.isoformat()
    return None


_COMMON = (
    "subdomain! start_date!:date days!:int lids[]!:int operatory_ids[]:int appointment_type_id:int slot_length:int"
    " slot_interval:int overlapping_operatory_slots:bool=false"
)
ROUTES = (
    route(
        "GET /available_slots",
        partial(available, newest=True),
        f"{_COMMON} pids[]:int working_hour_label_id:int working_hour_source:manual|synced"
        " appointments_per_timeslot:int=1",
        versions=("v3",),
    ),
    route("GET /appointment_slots", partial(available, newest=False), f"{_COMMON} pids[]!:int", versions=("v2",)),
)
