"""Days by calendars: how slots and appointments are listed at Cubu, which is asked for one calendar of a day at a time.

A page is a day by the clock of the first service. Of services in other zones it holds what begins within that day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from apptsdk.errors import (
    BadRequestError,
    NotFoundError,
    PermissionDeniedError,
    ResponseUnreadableError,
    SlotUnavailableError,
    ValidationError,
)
from apptsdk.lengths import lasting, other_length, suits
from apptsdk.messages import remark
from apptsdk.moments import between, instant
from apptsdk.operation import AllOf, Flow, Listing, Page
from apptsdk.providers.cubu.ids import guid, is_guid
from apptsdk.providers.cubu.models import Calendar, CalendarRef
from apptsdk.providers.cubu.models.shared import MAX_INDEX, case_in
from apptsdk.providers.cubu.operations import appointments, calendars
from apptsdk.providers.cubu.portable import Place, appointment_of, slot_at
from apptsdk.providers.cubu.times import moment_of
from apptsdk.reading import shown_rows
from apptsdk.shared import AppointmentStatus
from apptsdk.verbs import SlotQuery

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from apptsdk.operation import Script
    from apptsdk.providers.cubu.catalogue import CatalogueService, CatalogueServiceType
    from apptsdk.providers.cubu.models import Case
    from apptsdk.providers.cubu.scope import Scope
    from apptsdk.shared import Appointment, Host, Location, Service, Slot
    from apptsdk.verbs import AppointmentQuery

T = TypeVar("T")

AT_ONCE: Final = 16
"""How many questions are asked at the same time."""
_DAY: Final = timedelta(days=1)
_REFUSED: Final = (BadRequestError, ValidationError, PermissionDeniedError, NotFoundError)


@attrs.frozen(kw_only=True)
class Window:
    """One page's time.

    Args:
        since: From when on, UTC.
        until: Before when.
        cursor: The day after it, where that is asked for, too.
    """

    since: datetime
    until: datetime
    cursor: str | None

    @classmethod
    def of(cls, start: datetime, end: datetime, zone: ZoneInfo, cursor: str | None, *, whole: bool = False) -> Window:
        """Make the window of a page: a day of a zone, as far as it is asked for, or the whole of it."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        day = start.astimezone(zone).date() if cursor is None else _day(cursor)
        begins, ends = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + _DAY))
        following = (day + _DAY).isoformat() if ends < end else None
        if not whole:
            begins, ends = max(start, begins), min(end, ends)
        return cls(since=begins, until=ends, cursor=following)

    def days(self, zone: ZoneInfo) -> Iterator[date]:
        """Give the days that it touches by another zone's clock."""
        day, last = (one.astimezone(zone).date() for one in (self.since, self.until - timedelta(microseconds=1)))
        while day <= last:
            yield day
            day += _DAY

    def holds(self, moment: datetime) -> bool:
        """Tell whether something begins in it."""
        return self.since <= moment.astimezone(UTC) < self.until


def _day(cursor: str) -> date:
    try:
        return date.fromisoformat(cursor)
    except ValueError:
        raise ValueError("cursor is not the .cursor of a page of this list.") from None


# --- what is asked for -----------------------------------------------------------------------------------------------


def zones_of(scope: Scope, locations: Sequence[Location]) -> dict[str, ZoneInfo]:
    """Find the services that are meant, each with its zone.

    Args:
        scope: Within what.
        locations: The services, by GUID or by name; none for all of the catalogue.

    Returns:
        The zones by the services' GUIDs.

    Raises:
        ValueError: One is neither a GUID nor in the catalogue; or none is given, and the catalogue has none.
        ConfigurationError: Nobody says in which zone one is.
    """
    ids = [scope.catalogue.service_id(one.id, "location") for one in locations]
    return {one: scope.zone(one) for one in ids or _all(scope.catalogue.services, "location", "services")}


def types_of(scope: Scope, services: Sequence[Service]) -> tuple[str, ...]:
    """Find the service types that are meant: the GUIDs; see `zones_of`."""
    ids = [scope.catalogue.service_type_id(one.id, "service") for one in services]
    return tuple(dict.fromkeys(ids or _all(scope.catalogue.service_types, "service", "service types")))


def _all(entries: Sequence[CatalogueService | CatalogueServiceType], argument: str, what: str) -> list[str]:
    found = [one.id for one in entries]
    if not found:
        raise ValueError(
            f"{argument} is missing: Cubu lists no {what}, and the catalogue has none. Give {argument} as the GUID of "
            f"its admin tools, or the {what} in the catalogue (catalogue in CubuSettings, CUBU_CATALOGUE)."
        )
    return found


def agents_of(hosts: Sequence[Host]) -> frozenset[str]:
    """Find the agents that are meant: the GUIDs of users; none for anybody's calendars."""
    return frozenset(guid(one.id, "host") for one in hosts)


def _fitting(scope: Scope, query: SlotQuery) -> tuple[str, ...]:
    """Find the service types that take as long as is asked for, as far as that is known: it is theirs at Cubu."""
    kinds, told = types_of(scope, query.services), {one.id: one.duration for one in query.services}

    def length(kind: str) -> timedelta | None:
        known = scope.catalogue.find_service_type(kind)
        return told.get(kind) if known is None else known.duration or told.get(kind)

    if query.services:
        return tuple(lasting(kinds, length, query.duration, "cubu.find_slots"))
    return tuple(one for one in kinds if suits(length(one), query.duration))


# --- asking ----------------------------------------------------------------------------------------------------------


def calendars_of(
    scope: Scope, days: Sequence[tuple[str, date]], *, named: bool = True
) -> Script[list[tuple[CalendarRef, Calendar]]]:
    """List the calendars of services' days.

    Args:
        scope: Within what.
        days: Pairs of a service's GUID and a day.
        named: Whether the caller named the services; of others, those that are refused are passed over.

    Returns:
        A script that gives them, each after what names it.
    """
    listed = yield from AllOf(
        tuple(calendars.list(scope, service_id, day).page(None) for service_id, day in days), at_once=AT_ONCE
    )
    refused = [isinstance(one.error, _REFUSED) for one in listed]
    skipped = not named and not all(refused)
    found: list[tuple[CalendarRef, Calendar]] = []
    for (service_id, day), outcome, no in zip(days, listed, refused, strict=True):
        for calendar in () if skipped and no else outcome.get().items:
            if 0 <= calendar.cu_index <= MAX_INDEX:
                found.append((CalendarRef(service_id=service_id, date=day, cu_index=calendar.cu_index), calendar))
            else:
                remark(f"cubu: a calendar of {day} was left out: its cuIndex is none.")
    return found


def _is_theirs(calendar: Calendar, agents: frozenset[str]) -> bool:
    return not agents or (calendar.user is not None and (calendar.user.user_id or "").lower() in agents)


# --- slots -----------------------------------------------------------------------------------------------------------


def vacant(
    scope: Scope, window: Window, zones: Mapping[str, ZoneInfo], kinds: Sequence[str], query: SlotQuery
) -> Script[list[Slot[Calendar]]]:
    """Find what is free in a window.

    Args:
        scope: Within what.
        window: The window.
        zones: The services, with their zones.
        kinds: The service types.
        query: What else is asked for.

    Returns:
        A script that gives the slots, in the order of their start.
    """
    agents = agents_of(query.hosts)
    days = [(service_id, day) for service_id, zone in zones.items() for day in window.days(zone)]
    listed = yield from calendars_of(scope, days, named=bool(query.locations))
    asked = [
        (reference, calendar, kind)
        for reference, calendar in listed
        if not calendar.is_past_date and _is_theirs(calendar, agents)
        for kind in kinds
    ]
    works = [calendars.vacancies(scope, reference, service_type_id=kind) for reference, _, kind in asked]
    outcomes = yield from AllOf(tuple(works), at_once=AT_ONCE)
    one_only = len(zones) * len(kinds) == 1
    found: list[Slot[Calendar]] = []
    for (reference, calendar, kind), outcome in zip(asked, outcomes, strict=True):
        # Nothing says which service offers which service type: where several are asked for, not every pair need fit.
        if isinstance(outcome.error, _REFUSED) and not one_only:
            continue
        vacancies = outcome.get()
        if query.duration not in {None, vacancies.duration}:
            continue
        for minutes in vacancies.minutes:
            moment = moment_of(reference.date, minutes, zones[reference.service_id])
            if moment is not None and window.holds(moment):
                found.append(slot_at(scope, Place(reference, kind, minutes), calendar, vacancies))
    return sorted(found, key=lambda slot: slot.start.astimezone(UTC))


def slots(scope: Scope, query: SlotQuery) -> Listing[Slot[Calendar]]:
    """List slots; see `Scheduling.find_slots`."""
    zones, kinds = zones_of(scope, query.locations), _fitting(scope, query)
    agents_of(query.hosts)
    first = next(iter(zones.values()))

    def page(cursor: str | None) -> Flow[Page[Slot[Calendar]]]:
        window = Window.of(query.start, query.end, first, cursor)

        def script() -> Script[Page[Slot[Calendar]]]:
            if not kinds:
                return Page(())
            found = yield from vacant(scope, window, zones, kinds, query)
            return Page(tuple(found), cursor=window.cursor)

        return Flow("cubu.find_slots", script)

    return Listing("cubu.find_slots", page)


def slot_made_by_hand(scope: Scope, slot: Slot[object], verb: str) -> Script[Slot[Calendar]]:
    """Find a calendar in which a slot is free that says only when, where and for what.

    Args:
        scope: Within what.
        slot: The slot.
        verb: The verb's stable name.

    Returns:
        A script that gives it as it is found: the calendar of the lowest index that has it.

    Raises:
        SlotUnavailableError: None has it.
        UnsupportedError: The service type takes another time than the slot says.
    """
    assert slot.location is not None and slot.service is not None  # noqa: S101, PT018 - as was checked
    query = SlotQuery(
        start=slot.start,
        end=slot.start.astimezone(UTC) + timedelta(minutes=1),
        services=(slot.service,),
        locations=(slot.location,),
        hosts=() if slot.host is None else (slot.host,),
    )
    zones = zones_of(scope, query.locations)
    (zone,) = zones.values()
    window = Window.of(query.start, query.end, zone, None)
    found = yield from vacant(scope, window, zones, types_of(scope, query.services), query)
    if not found:
        raise SlotUnavailableError("No calendar has this time free.", provider="cubu", operation=verb)
    fitting = [one for one in found if slot.end is None or one.end is None or instant(one.end) == instant(slot.end)]
    if not fitting:
        lengths = [None if one.end is None else between(one.start, one.end) for one in found]
        raise other_length(lengths, verb, "Leave slot.end out.")
    return fitting[0]


# --- appointments ----------------------------------------------------------------------------------------------------


def listed(scope: Scope, query: AppointmentQuery) -> Listing[Appointment[Case]]:
    """List appointments; see `Scheduling.list_appointments`."""
    zones, agents = zones_of(scope, query.locations), agents_of(query.hosts)
    record_id = None if query.customer is None else guid(query.customer.id, "customer.id")
    first = next(iter(zones.values()))
    since, until = query.start.astimezone(UTC), query.end.astimezone(UTC)

    def page(cursor: str | None) -> Flow[Page[Appointment[Case]]]:
        window = Window.of(query.start, query.end, first, cursor, whole=True)

        def script() -> Script[Page[Appointment[Case]]]:
            found = yield from _due(scope, window, zones, agents, record_id)
            kept = [one for one in found if since <= one.start.astimezone(UTC) < until]
            return Page(tuple(kept), cursor=window.cursor)

        return Flow("cubu.list_appointments", script)

    return Listing("cubu.list_appointments", page)


def _shown(scope: Scope, reference: CalendarRef, calendar: Calendar, case: Case) -> tuple[Case, Appointment[Case]]:
    if not is_guid(case.case_id):
        raise ResponseUnreadableError("It has no GUID that names it.", provider="cubu")
    return case, appointment_of(scope, case, case_in(reference, case.case_id), calendar)


def _due(
    scope: Scope, window: Window, zones: Mapping[str, ZoneInfo], agents: frozenset[str], record_id: str | None
) -> Script[list[Appointment[Case]]]:
    days = [(service_id, day) for service_id, zone in zones.items() for day in window.days(zone)]
    asked = [pair for pair in (yield from calendars_of(scope, days)) if _is_theirs(pair[1], agents)]
    works = [appointments.list(scope, reference, customer_record_id=record_id).page(None) for reference, _ in asked]
    outcomes = yield from AllOf(tuple(works), at_once=AT_ONCE)
    found: list[Appointment[Case]] = []
    for (reference, calendar), outcome in zip(asked, outcomes, strict=True):
        show = partial(_shown, scope, reference, calendar)
        for case, one in shown_rows("cubu.list_appointments", outcome.get().items, show):
            # Its page is that of the time that the clock shows, whatever its moment is: so it is on one page only.
            minutes = None if case.appointment is None else case.appointment.start
            shown = None if minutes is None else moment_of(reference.date, minutes, zones[reference.service_id])
            if window.holds(shown or one.start) and one.status is not AppointmentStatus.CANCELLED:
                found.append(one)
    return sorted(found, key=lambda one: one.start.astimezone(UTC))
