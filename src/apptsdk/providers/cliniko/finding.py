"""Finding times to book: which business, practitioner and appointment type go together, and when they are free.

Cliniko answers for one business, one practitioner and one type, a week at a time, in days of the account's zone. What
was not named is taken from the list of services. A week of all of them is read at once and put in order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from apptsdk.errors import BadRequestError, NotFoundError, UnsupportedError
from apptsdk.lengths import lasting, suits
from apptsdk.moments import instant, zone_named
from apptsdk.operation import NOW, OFFSET, Flow, Instant, Listing, Page
from apptsdk.providers.cliniko.lookups import account_zone, all_of, host_of, kept, kind_of, place_of
from apptsdk.providers.cliniko.operations import (
    appointment_types,
    available_times,
    businesses,
    practitioners,
    services,
)
from apptsdk.providers.cliniko.queries import AppointmentTypeQuery, ArchivableQuery, PractitionerQuery, ServiceQuery
from apptsdk.providers.cliniko.shown import id_of, location, service_of
from apptsdk.providers.cliniko.wire import identifier
from apptsdk.reading import whole
from apptsdk.shared import Host, Slot, SlotRef
from apptsdk.showing import end_after, in_zone, length_of, shown_id
from apptsdk.wire import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    from apptsdk.operation import Script
    from apptsdk.providers.cliniko.models import AppointmentType, AvailableTime, Business, Practitioner
    from apptsdk.verbs import SlotQuery

T = TypeVar("T")
E = TypeVar("E", "AppointmentType", "Practitioner", "Business")

NAME: Final = "cliniko.find_slots"
_DAY: Final = timedelta(days=1)
_EASTERNMOST: Final = timedelta(hours=14)
"""How far ahead of UTC a zone can be."""
_FARTHEST: Final = timedelta(days=366)
"""How far ahead online bookings are taken at most: an account has the choice of 28, 84, 182 and 365 days."""


@attrs.frozen
class Offer:
    """What somebody may book: one type with one practitioner at one business."""

    business: Business
    practitioner: Practitioner
    kind: AppointmentType

    @property
    def ids(self) -> tuple[str, str, str]:
        """What available times are asked for."""
        return self.business.id, self.practitioner.id, self.kind.id

    def slot(self, found: AvailableTime) -> Slot[AvailableTime]:
        """Give a time as all providers do."""
        zone = zone_named(self.business.time_zone_identifier)
        start = in_zone(found.appointment_start, zone)
        return Slot(
            provider="cliniko",
            ref=SlotRef("cliniko", f"{'/'.join(self.ids)}/{utc_seconds(start)}"),
            start=start,
            end=end_after(start, _length(self.kind)),
            service=service_of(self.kind),
            host=Host(provider="cliniko", id=self.practitioner.id, name=_name_of(self.practitioner)),
            location=location(self.business),
            native=found,
        )


def _name_of(one: Practitioner) -> str | None:
    return one.display_name or one.label or " ".join(filter(None, (one.first_name, one.last_name))) or None


@attrs.frozen
class _Wanted:
    """What a search names, by ids; empty for any."""

    kinds: tuple[str, ...]
    hosts: tuple[str, ...]
    places: tuple[str, ...]
    duration: timedelta | None

    @property
    def names_all(self) -> bool:
        """Whether a business, a practitioner and a type are named."""
        return bool(self.kinds and self.hosts and self.places)


def free_times(query: SlotQuery) -> Listing[Slot[AvailableTime]]:
    """List the times that can be booked, in the order of their start: a page holds a week.

    Args:
        query: What is looked for.

    Returns:
        The list. Its cursors are days.

    Raises:
        ValueError: An id is malformed.
        UnsupportedError: No service that says how long it takes takes as long as is asked for.
    """
    lasting(query.services, lambda one: one.duration, query.duration, NAME)
    wanted = _Wanted(
        tuple(identifier(one.id, "service") for one in query.services),
        tuple(identifier(one.id, "host") for one in query.hosts),
        tuple(identifier(one.id, "location") for one in query.locations),
        query.duration,
    )

    def page(cursor: str | None) -> Flow[Page[Slot[AvailableTime]]]:
        since = None if cursor is None else _day(cursor)

        def script() -> Script[Page[Slot[AvailableTime]]]:
            offers = yield from _offers(wanted)
            return (yield from _week(query, offers, since, strict=wanted.names_all))

        return Flow(NAME, script)

    return Listing(NAME, page)


def _day(cursor: str) -> date:
    try:
        return date.fromisoformat(cursor)
    except ValueError:
        raise ValueError("cursor is not the .cursor of a page of this list.") from None


# --- which go together -----------------------------------------------------------------------------------------------


def _offers(wanted: _Wanted) -> Script[list[Offer]]:
    """Find what can be asked about: what is named, else what the services and the switches for online booking allow."""
    if wanted.kinds:
        named = yield from _named(kind_of, wanted.kinds)
        for one in named:
            refuse_group(one, NAME)
        kinds = lasting(named, _length, wanted.duration, NAME)
    else:
        types = yield from kept(appointment_types.list(AppointmentTypeQuery()))
        fitting = [one for one in types if suits(_length(one), wanted.duration)]
        kinds = [one for one in fitting if _is_offered(one) and not is_group(one)]
    if wanted.hosts:
        hosts = yield from _named(host_of, wanted.hosts)
    else:
        hosts = [one for one in (yield from kept(practitioners.list(PractitionerQuery()))) if _is_offered(one)]
    if wanted.places:
        places = yield from _named(place_of, wanted.places)
    else:
        places = [one for one in (yield from kept(businesses.list(ArchivableQuery()))) if _is_offered(one)]
    if wanted.names_all:
        return [Offer(*three) for three in product(places, hosts, kinds)]
    by_kind, by_host, by_place = _by_id(kinds), _by_id(hosts), _by_id(places)
    return [
        Offer(place, host, kind)
        for service in (yield from kept(services.list(ServiceQuery())))
        if (kind := by_kind.get(id_of(service.appointment_type))) and (place := by_place.get(id_of(service.business)))
        for one in service.practitioners or ()
        if (host := by_host.get(id_of(one)))
    ]


def _by_id(some: Sequence[E]) -> dict[str | None, E]:
    return {one.id: one for one in some if shown_id(one.id) is not None}


def _is_offered(one: AppointmentType | Practitioner | Business) -> bool:
    """Tell whether it can be booked online, as far as it says so: the vendor answers 404 for what cannot."""
    return one.show_in_online_bookings is not False


def is_group(kind: AppointmentType) -> bool:
    """Tell whether a type is for several patients at once."""
    return (kind.max_attendees or 1) > 1


def refuse_group(kind: AppointmentType, operation: str) -> None:
    """Raise UnsupportedError for a type that is for several patients at once."""
    if is_group(kind):
        raise UnsupportedError(
            f"{kind.name} is for up to {kind.max_attendees} at once, and a slot is for one: see group_appointments and "
            "attendees.",
            provider="cliniko",
            operation=operation,
        )


def _length(kind: AppointmentType) -> timedelta | None:
    return length_of(kind.duration_in_minutes)


def _named(read: Callable[[str], Script[T]], numbers: Sequence[str]) -> Script[list[T]]:
    """Read what a search names, once each. Raises NotFoundError for what is not there."""
    found = yield from all_of([Flow(NAME, partial(read, number)) for number in dict.fromkeys(numbers)])
    for one in found:
        if isinstance(one, NotFoundError):
            raise one
    return [one for one in found if not isinstance(one, NotFoundError)]


# --- when they are free ----------------------------------------------------------------------------------------------


def _week(
    query: SlotQuery, offers: Sequence[Offer], since: date | None, *, strict: bool
) -> Script[Page[Slot[AvailableTime]]]:
    """Read the times of up to seven days, from `since` on or from the first day."""
    zone = (yield from account_zone()) or UTC
    now = yield NOW
    assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
    there = datetime.fromtimestamp(now.wall + (yield from OFFSET), UTC)
    # A day more on both sides: the account's own zone is not told, the user's may be another.
    begin, end = max(query.start, there - _DAY), min(query.end, there + _FARTHEST)
    first = max(begin.astimezone(zone).date() - _DAY if since is None else since, _today(there, zone, offers))
    last = end.astimezone(zone).date() + _DAY
    if first > last or not offers:
        return Page(())
    until = first + min(available_times.WINDOW, last - first)
    latest = (there + _EASTERNMOST).date()
    found = yield from all_of([Flow(NAME, partial(_times, offer, first, until, latest)) for offer in offers])
    slots = [
        slot
        for offer, times in zip(offers, found, strict=True)
        if not isinstance(times, NotFoundError)
        for slot in map(offer.slot, times)
        if instant(query.start) <= instant(slot.start) < instant(query.end)
    ]
    missing = [times for times in found if isinstance(times, NotFoundError)]
    if strict and len(missing) == len(offers):
        raise missing[0]
    slots.sort(key=lambda slot: instant(slot.start))
    return Page(tuple(slots), (until + _DAY).isoformat() if until < last else None)


def _today(now: datetime, zone: tzinfo, offers: Sequence[Offer]) -> date:
    """Find the earliest day that may be today in the account: a later one would leave its last hours out."""
    zones = {zone, *(zone_named(offer.business.time_zone_identifier) or zone for offer in offers)}
    return min(now.astimezone(one).date() for one in zones)


def _times(offer: Offer, first: date, until: date, latest: date) -> Script[tuple[AvailableTime, ...]]:
    """Read the times of one offer. A first day that is past already in the account's zone is left out."""
    while first <= until:
        try:
            return (yield from whole(available_times.list(*offer.ids, from_=first, to=until)))
        except BadRequestError:
            if first >= latest:
                raise
            first += _DAY
    return ()
