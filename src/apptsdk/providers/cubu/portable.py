"""Cubu's slots and appointments as the classes that all providers share, and the refs that name them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from apptsdk.errors import ConfigurationError, ResponseUnreadableError
from apptsdk.providers.cubu.ids import guid
from apptsdk.providers.cubu.models import AppointmentBook, Calendar, CalendarRef, Case, CaseRef, CaseStatus
from apptsdk.providers.cubu.models import Channel as NativeChannel
from apptsdk.providers.cubu.times import DAY, NO_ZONE, moment_of
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    Channel,
    Customer,
    Host,
    Location,
    Service,
    Slot,
    SlotRef,
)
from apptsdk.showing import end_after, in_zone, in_zone_or_none, length_of, shown_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from apptsdk.providers.cubu.models import User, Vacancies
    from apptsdk.providers.cubu.scope import Scope

N = TypeVar("N", Calendar, None)

CHANNELS: Final[Mapping[str, Channel]] = {
    NativeChannel.FACE_TO_FACE.value: Channel.IN_PERSON,
    NativeChannel.VIDEO.value: Channel.VIDEO,
    NativeChannel.PHONE.value: Channel.PHONE,
}
STATUSES: Final[Mapping[str, AppointmentStatus]] = {
    CaseStatus.PLANNED.value: AppointmentStatus.BOOKED,
    CaseStatus.WAITING.value: AppointmentStatus.ARRIVED,
    CaseStatus.PENDING.value: AppointmentStatus.ARRIVED,  # Cubu's Pending comes after the check-in
    CaseStatus.ACTIVE.value: AppointmentStatus.IN_PROGRESS,
    CaseStatus.RESOLVED.value: AppointmentStatus.COMPLETED,
}
_MINUTES: Final = re.compile(r"[0-9]{1,4}")
_PARTS: Final = 5


@attrs.frozen
class Place:
    """What a slot's ref holds: `str()` of it is `service/2026-03-02/cu/servicetype/540`.

    Args:
        calendar: The calendar.
        service_type_id: The service type's GUID.
        minutes: When it begins, in minutes since midnight by the service's clock.
    """

    calendar: CalendarRef
    service_type_id: str
    minutes: int

    def __str__(self) -> str:
        return f"{self.calendar}/{self.service_type_id}/{self.minutes}"

    @classmethod
    def of(cls, ref: SlotRef) -> Place:
        """Read a slot's ref.

        Args:
            ref: The ref.

        Returns:
            What it holds.

        Raises:
            ValueError: It is malformed.
        """
        parts = ref.key.split("/")
        if len(parts) == _PARTS and _MINUTES.fullmatch(parts[-1]) and int(parts[-1]) < DAY:
            try:
                found = cls(CalendarRef.parse("/".join(parts[:3])), guid(parts[3], "slot"), int(parts[-1]))
            except ValueError:
                found = None
            if found is not None and str(found) == ref.key.lower():
                return found
        raise ValueError(
            "slot is no ref of the form cubu:service/2026-03-02/cu/servicetype/540: two GUIDs, the day by the "
            "service's clock, the calendar's index, and minutes since midnight from 0 to 1439."
        )


def status_of(status: str | None, without: AppointmentStatus = AppointmentStatus.UNKNOWN) -> AppointmentStatus:
    """Say what has become of an appointment.

    Args:
        status: What Cubu says. What a cancelled one's status is called is not published: it has "cancel" in it.
        without: What it means that Cubu says nothing.

    Returns:
        The status.
    """
    if status is None:
        return without
    gone = "cancel" in status.lower()
    return AppointmentStatus.CANCELLED if gone else STATUSES.get(status, AppointmentStatus.UNKNOWN)


def channels_of(scope: Scope, service_type_id: str) -> tuple[Channel, ...]:
    """Say how a customer can be met for a service type, by the catalogue; nothing where it does not say."""
    known = scope.catalogue.find_service_type(service_type_id)
    return () if known is None else tuple(CHANNELS[one.value] for one in known.channels if one.value in CHANNELS)


def slot_at(scope: Scope, place: Place, native: N, vacancies: Vacancies | None = None) -> Slot[N]:
    """Give a slot as all providers do.

    Args:
        scope: Within what.
        place: What names it.
        native: Its calendar, where that was read.
        vacancies: The answer that it was found in; else the catalogue tells how long it is.

    Returns:
        The slot.

    Raises:
        ValueError: The clock leaps over its time on that day.
        ConfigurationError: Nobody says in which zone the service is.
    """
    zone = scope.zone(place.calendar.service_id)
    start = moment_of(place.calendar.date, place.minutes, zone)
    if start is None:
        raise ValueError(f"slot names a time that the clock of {zone.key} leaps over on {place.calendar.date}.")
    kind = service_of(scope, place.service_type_id, None if vacancies is None else vacancies.service_type_name)
    duration = kind.duration if vacancies is None else vacancies.duration or None
    return Slot(
        provider="cubu",
        ref=SlotRef("cubu", str(place)),
        start=start,
        end=end_after(start, duration),
        service=attrs.evolve(kind, duration=duration),
        host=None if native is None else host_of(native.user),
        location=location_of(scope, place.calendar.service_id, native, zone),
        channels=channels_of(scope, place.service_type_id),
        native=native,
    )


def service_of(scope: Scope, service_type_id: str, name: str | None = None) -> Service:
    """Give a service type as all providers do: by Cubu's name, else the catalogue's; its duration is the catalogue's.

    Args:
        scope: Within what.
        service_type_id: Its GUID.
        name: Its name, where Cubu sent it.

    Returns:
        The service.
    """
    known = scope.catalogue.find_service_type(service_type_id)
    return Service(
        provider="cubu",
        id=service_type_id.lower(),
        name=name or (None if known is None else known.name),
        duration=None if known is None else known.duration,
    )


def location_of(scope: Scope, service_id: str, calendar: Calendar | None, zone: ZoneInfo | None) -> Location:
    """Give a service of Cubu's as all providers give a location: by Cubu's name, else the catalogue's."""
    known = scope.catalogue.find_service(service_id)
    name = (calendar and calendar.service_name) or (None if known is None else known.name)
    return Location(provider="cubu", id=service_id.lower(), name=name, time_zone=None if zone is None else zone.key)


def host_of(user: User | None) -> Host | None:
    """Give an agent as all providers do; None where a calendar is anybody's."""
    known = None if user is None or user.user_id is None else shown_id(user.user_id.lower())
    return None if user is None or known is None else Host(provider="cubu", id=known, name=user.display_name)


def appointment_of(
    scope: Scope,
    case: Case,
    ref: CaseRef,
    calendar: Calendar | None,
    asked: tuple[Slot[object], AppointmentBook] | None = None,
) -> Appointment[Case]:
    """Give an appointment as all providers do.

    Args:
        scope: Within what.
        case: What Cubu sent. What it says counts, also where a booking asked for something else.
        ref: What names it.
        calendar: Its calendar, where that was read.
        asked: For a booking: what was asked for, where Cubu says nothing of it.

    Returns:
        The appointment.

    Raises:
        ConfigurationError: Cubu says only what the clock shows, and nobody says in which zone the service is.
        ResponseUnreadableError: Cubu does not say when it begins.
    """
    slot, sent = asked or (None, None)
    due = case.appointment
    zone = scope.zone_of_answer(ref.service_id, None if due is None else due.time_zone_id)
    start = _start_of(case, slot, zone)
    service_type_id = shown_id(case.service_type_id) or (None if sent is None else sent.service_type_id)
    service = None if service_type_id is None else service_of(scope, service_type_id, case.service_type_name)
    length = _length_of(case, service, slot)
    service = service and attrs.evolve(service, duration=length)
    channel = case.channel if case.was_sent("channel") or sent is None else sent.channel
    status = status_of(case.status, AppointmentStatus.UNKNOWN if sent is None else AppointmentStatus.BOOKED)
    agent = case.assigned_to or (None if calendar is None else calendar.user)
    return Appointment(
        provider="cubu",
        ref=AppointmentRef("cubu", str(ref)),
        id=ref.case_id,
        start=start,
        end=end_after(start, length),
        status=status,
        customer=_customer_of(case, sent),
        host=host_of(agent),
        service=service,
        location=location_of(scope, ref.service_id, calendar, zone),
        channel=CHANNELS.get(str(channel), Channel.UNKNOWN),
        join_url=None if case.online_meeting is None else case.online_meeting.participants_url,
        time_zone=None if zone is None else zone.key,
        created_at=in_zone_or_none(case.date_opened, zone),
        updated_at=in_zone_or_none(case.case_timestamp or case.status_date, zone),
        cancelled_at=in_zone_or_none(case.status_date, zone) if status is AppointmentStatus.CANCELLED else None,
        recovered=case.recovered,
        native=case,
    )


def _start_of(case: Case, slot: Slot[object] | None, zone: ZoneInfo | None) -> datetime:
    moment = case.starts_at or case.reference_date or (None if slot is None else slot.start)
    if moment is None and zone is None:
        raise ConfigurationError(NO_ZONE, provider="cubu")
    if moment is None:
        raise ResponseUnreadableError("The answer does not say when the appointment begins.", provider="cubu")
    return in_zone(moment, zone)


def _length_of(case: Case, service: Service | None, slot: Slot[object] | None) -> timedelta | None:
    told = None if case.appointment is None else length_of(case.appointment.duration)
    if told is not None:
        return told
    same = slot is not None and slot.service is not None and service is not None and slot.service.id == service.id
    if same and slot is not None and slot.end is not None:
        return slot.end.astimezone(UTC) - slot.start.astimezone(UTC)
    return None if service is None else service.duration


def _customer_of(case: Case, sent: AppointmentBook | None) -> Customer | None:
    record_id = None if case.customer is None else case.customer.record_id
    phone, email = case.contact_phone_number, case.contact_email
    if sent is not None:
        record_id = record_id if case.was_sent("customer") else sent.customer_record_id
        phone = phone if case.was_sent("contact_phone_number") else sent.contact_phone_number
        email = email if case.was_sent("contact_email") else sent.contact_email
    if record_id is None and phone is None and email is None:
        return None
    return Customer(provider="cubu", id=shown_id(record_id and record_id.lower()), phone=phone, email=email)
