"""The times that can be booked at NexHealth, found for the portable verbs.

One request asks for one appointment type (or for none), for as many providers and offices as are named. Without a
location it is the client's own, or all active offices of the practice; in v2, and where neither a service nor a host is
named, the practice's providers are read first. Offices, types and providers are remembered for an hour.

A time at which several chairs are free is one slot: the vendor says which chair, and names another one the next time.
A page is 14 days of the first office, from midnight to midnight by its clock, so that pages are in the order of time
wherever the other offices are.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from apptsdk.lengths import lasting
from apptsdk.messages import remark
from apptsdk.models import UNSET
from apptsdk.moments import zone_named
from apptsdk.operation import AllOf, Flow, Listing, Page
from apptsdk.providers.nexhealth.operations import appointment_types, available_slots, locations, providers
from apptsdk.providers.nexhealth.portable import NAME, service_of
from apptsdk.providers.nexhealth.queries import AppointmentTypeGet, KeysOwn, LocationQuery, ProviderQuery, SlotQuery
from apptsdk.providers.nexhealth.references import SlotKey
from apptsdk.providers.nexhealth.wire import identifier
from apptsdk.reading import remembered, whole
from apptsdk.shared import Host, Location, Service, Slot, SlotRef
from apptsdk.showing import end_after, in_zone, in_zone_or_none, later_than

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from apptsdk.operation import Script, Work
    from apptsdk.providers.nexhealth.models import AppointmentType, AvailableSlot
    from apptsdk.providers.nexhealth.models import Location as Office
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.verbs import SlotQuery as Wanted

T = TypeVar("T")

_NAME: Final = "nexhealth.find_slots"
_DAYS: Final = 14
_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(microseconds=1)
_USUAL: Final = timedelta(minutes=15)
"""How long a slot is, where nobody says."""


def openings(scope: Scope, wanted: Wanted) -> Listing[Slot[AvailableSlot]]:
    """List the times that can be booked, in their order.

    Args:
        scope: Within what.
        wanted: What is looked for.

    Returns:
        A lazy list; each of its pages is 14 days.

    Raises:
        ValueError: An id is malformed.
        ConfigurationError: The practice is not known.
        UnsupportedError: No service that says how long it takes takes as long as is asked for.
    """
    scope.practice()
    lasting(wanted.services, lambda one: one.duration, wanted.duration, _NAME)
    for name in ("services", "hosts", "locations"):
        for one in getattr(wanted, name):
            identifier(one.id, name.removesuffix("s"))

    def page(at: str | None) -> Flow[Page[Slot[AvailableSlot]]]:
        return Flow(_NAME, partial(_page, scope, wanted, at))

    return Listing(_NAME, page)


@attrs.frozen(kw_only=True)
class _Window:
    """A page's time: from when on, and before when."""

    begin: datetime
    end: datetime
    following: str | None

    def days(self, zones: Sequence[ZoneInfo | None]) -> tuple[date, int]:
        """Give the first day and the number of days that hold it, whatever the offices' zones are."""
        last = self.end - _INSTANT
        firsts = [self.begin.astimezone(zone).date() if zone else self.begin.date() - _DAY for zone in zones]
        lasts = [last.astimezone(zone).date() if zone else last.date() + _DAY for zone in zones]
        return min(firsts), (max(lasts) - min(firsts)).days + 1

    def within(self, natives: Sequence[AvailableSlot]) -> Iterator[AvailableSlot]:
        """Give the slots that begin in it; one of which nobody can say where it is, is left out with a warning."""
        for native in natives:
            if not self.begin <= native.time < self.end:
                continue
            if native.location_id is not None and native.location_id < 1:
                remark(f"{_NAME}: a slot was left out, because nothing says at which office it is.")
                continue
            yield native


def _window(wanted: Wanted, zones: Sequence[ZoneInfo | None], at: str | None) -> _Window:
    home = zones[0] or UTC
    # A second zone's days begin at other times, and the vendor advises no more than 14 of anybody's.
    length = _DAYS if len(set(zones)) == 1 else _DAYS - 1
    try:
        first = wanted.start.astimezone(home).date() if at is None else date.fromisoformat(at)
    except ValueError:
        raise ValueError("cursor is not the .cursor of a page of this list.") from None
    following = first + timedelta(days=length)
    begin, end = (datetime.combine(day, time(), home).astimezone(UTC) for day in (first, following))
    if not begin < wanted.end or not wanted.start < end:
        raise ValueError("cursor is not the .cursor of a page of this list.")
    return _Window(
        begin=max(begin, wanted.start.astimezone(UTC)),
        end=min(end, wanted.end.astimezone(UTC)),
        following=following.isoformat() if end < wanted.end else None,
    )


def _page(scope: Scope, wanted: Wanted, at: str | None) -> Script[Page[Slot[AvailableSlot]]]:
    places = {one.id: one for one in (yield from offices(scope, [one.id for one in wanted.locations]))}
    zones = {number: zone_named(one.tz) for number, one in places.items()}
    if not places:
        return Page(())
    window = _window(wanted, [*zones.values()], at)
    hosts: Sequence[int | str] = [one.id for one in wanted.hosts]
    if not hosts and (not wanted.services or "available_slots.provider_ids" in scope.version.needs):
        hosts = yield from _everybody(scope, [*places])
        if not hosts:
            return Page((), window.following)
    kinds: dict[str, AppointmentType] = {}
    named = [*{one.id: one for one in wanted.services}.values()]
    if wanted.duration is not None:
        for one in named:
            kinds[one.id] = yield from _kind(scope, one.id)
        named = lasting(named, lambda one: service_of(kinds[one.id]).duration, wanted.duration, _NAME)
    services: Sequence[Service | None] = named or [None]
    works = [_asked(scope, wanted, window, service, hosts, zones) for service in services]
    found: list[tuple[datetime, Slot[AvailableSlot]]] = []
    for service, natives in zip(services, (yield from _together(works)), strict=True):
        for native in window.within(natives):
            if service is not None and native.end_time is None and service.id not in kinds:
                kinds[service.id] = yield from _kind(scope, service.id)
            kind = None if service is None else kinds.get(service.id)
            slot = _slot(scope, wanted, native, service, kind, places.get(native.location_id or 0))
            found.append((native.time, slot))
    found.sort(key=itemgetter(0))
    return Page(tuple(slot for _, slot in found), window.following)


def _asked(  # noqa: PLR0917 - what one request is made of
    scope: Scope,
    wanted: Wanted,
    window: _Window,
    service: Service | None,
    hosts: Sequence[int | str],
    zones: Mapping[int, ZoneInfo | None],
) -> Work[tuple[AvailableSlot, ...]]:
    """Ask for the slots of one type, or of none."""
    first, days = window.days([*zones.values()])
    length = wanted.duration
    query = SlotQuery(
        start_date=first,
        days=days,
        location_ids=[*zones],
        provider_ids=hosts or UNSET,
        appointment_type_id=UNSET if service is None else service.id,
        slot_length=UNSET if length is None or service is not None else length // timedelta(minutes=1),
    )
    return Flow(_NAME, partial(whole, available_slots.list(scope, query)))


def _together(works: Sequence[Work[T]]) -> Script[Sequence[T]]:
    """Read at once what several services are asked for."""
    if len(works) == 1:
        return [(yield from works[0])]
    return [outcome.get() for outcome in (yield from AllOf(tuple(works)))]


def _slot(  # noqa: PLR0917 - what a slot is made of
    scope: Scope,
    wanted: Wanted,
    native: AvailableSlot,
    service: Service | None,
    kind: AppointmentType | None,
    office: Office | None,
) -> Slot[AvailableSlot]:
    assert native.location_id is not None  # noqa: S101 - its group says where it is
    assert scope.subdomain is not None  # noqa: S101 - as was asked for
    provider = native.provider_id
    if provider is None and len(wanted.hosts) == 1:
        provider = identifier(wanted.hosts[0].id, "host")
    end = native.end_time
    if end is None:
        length: timedelta | None = wanted.duration or _USUAL
        if service is not None:
            length = None if kind is None else service_of(kind).duration
        end = end_after(in_zone(native.time, UTC), length)
    end = later_than(native.time, end)
    key = SlotKey(
        subdomain=scope.subdomain,
        location_id=native.location_id,
        provider_id=provider,
        operatory_id=native.operatory_id,
        appointment_type_id=None if service is None else identifier(service.id, "service"),
        start=native.time,
        end=end,
    )
    zone = None if office is None else zone_named(office.tz)
    return Slot(
        provider=NAME,
        ref=SlotRef(NAME, str(key)),
        start=in_zone(native.time, zone),
        end=in_zone_or_none(end, zone),
        service=_service(service, kind),
        host=None if provider is None else _host(wanted, provider),
        location=Location(
            provider=NAME,
            id=str(native.location_id),
            name=None if office is None else office.name,
            time_zone=None if zone is None else zone.key,
        ),
        native=native,
    )


def _service(given: Service | None, kind: AppointmentType | None) -> Service | None:
    if kind is not None:
        return service_of(kind)
    return None if given is None else attrs.evolve(given, provider=NAME)


def _host(wanted: Wanted, number: int) -> Host:
    named = (one for one in wanted.hosts if identifier(one.id, "host") == number)
    return attrs.evolve(next(named, Host(id=str(number))), provider=NAME)


# --- what is read once an hour ---------------------------------------------------------------------------------------


def offices(scope: Scope, named: Sequence[str]) -> Script[tuple[Office, ...]]:
    """Say which offices are meant: those that are named, else the client's own, else all active ones of the practice.

    Args:
        scope: Within what.
        named: The ids of those that are named.

    Returns:
        A script that gives them.

    Raises:
        NotFoundError: When it runs: one of them is not there.
    """
    own = () if scope.location_id is None else (scope.location_id,)
    numbers = [identifier(one, "location") for one in named or own]
    if numbers:
        # The key is that under which a booking looks for the office's settings.
        reads = {f"nexhealth.locations {one}": locations.get(scope, one, KeysOwn()) for one in numbers}
        found: list[Office] = []
        for key, read in reads.items():
            found += [(yield from remembered(read, key))]
        return tuple(found)
    listing = locations.list(scope, LocationQuery(inactive=False))
    page = yield from remembered(listing.page(None), f"{listing.name} {scope.subdomain}")
    return tuple(one for one in page.items if one.inactive is not True)


def _everybody(scope: Scope, places: Sequence[int]) -> Script[Sequence[int]]:
    """Find the providers of the offices."""
    office = places[0] if len(places) == 1 else None
    listing = providers.list(scope, ProviderQuery(location_id=office))
    found = yield from whole(listing, f"{scope.version.name} {scope.subdomain} {office}")
    return [one.id for one in found if one.inactive is not True]


def _kind(scope: Scope, number: str) -> Script[AppointmentType]:
    work = appointment_types.get(scope, number, AppointmentTypeGet())
    return (yield from remembered(work, f"{work.name} {scope.subdomain} {number}"))
