"""Cliniko's appointments and businesses as all providers give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.errors import ResponseUnreadableError
from apptsdk.moments import zone_named
from apptsdk.providers.cliniko.wire import identifier
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    Customer,
    Host,
    Location,
    Service,
)
from apptsdk.showing import in_zone, in_zone_or_none, length_of, shown_id

if TYPE_CHECKING:
    from apptsdk.models import Link
    from apptsdk.providers.cliniko.models import AppointmentType, Business, IndividualAppointment


def location(business: Business) -> Location:
    """Give a business as all providers do."""
    zone = zone_named(business.time_zone_identifier)
    return Location(
        provider="cliniko",
        id=business.id,
        name=business.display_name or business.business_name,
        time_zone=None if zone is None else zone.key,
    )


def service_of(kind: AppointmentType) -> Service:
    """Give an appointment type as all providers give their services."""
    return Service(provider="cliniko", id=kind.id, name=kind.name, duration=length_of(kind.duration_in_minutes))


def _service(number: str | None, kind: AppointmentType | None) -> Service | None:
    if kind is not None and kind.id == number:
        return service_of(kind)
    return None if number is None else Service(provider="cliniko", id=number)


def id_of(link: Link | None) -> str | None:
    """Give the id that a link leads to; None where there is no link, or where it leads to none."""
    try:
        return None if link is None else identifier(link.id, "id")
    except ValueError:
        return None


def _ref(found: IndividualAppointment) -> AppointmentRef:
    if shown_id(found.id) is None:  # of what was just written, that was told when its answer was read
        raise ResponseUnreadableError("It has no id that names it.", provider="cliniko")
    return AppointmentRef("cliniko", found.id)


def _status(found: IndividualAppointment) -> AppointmentStatus:
    if found.cancelled_at is not None:
        return AppointmentStatus.CANCELLED
    if found.did_not_arrive:
        return AppointmentStatus.NO_SHOW
    return AppointmentStatus.ARRIVED if found.patient_arrived else AppointmentStatus.BOOKED


def appointment(
    found: IndividualAppointment, place: Business | None, kind: AppointmentType | None = None
) -> Appointment[IndividualAppointment]:
    """Give an appointment as all providers do; of its type the id alone, unless that was read for another reason."""
    zone = None if place is None else zone_named(place.time_zone_identifier)
    patient, host, where = map(id_of, (found.patient, found.practitioner, found.business))
    return Appointment(
        provider="cliniko",
        ref=_ref(found),
        id=found.id,
        start=in_zone(found.starts_at, zone),
        end=in_zone(found.ends_at, zone),
        status=_status(found),
        customer=None if patient is None else Customer(provider="cliniko", id=patient),
        host=None if host is None else Host(provider="cliniko", id=host),
        service=_service(id_of(found.appointment_type), kind),
        location=(None if where is None else Location(provider="cliniko", id=where))
        if place is None
        else location(place),
        notes=found.notes or None,
        time_zone=None if zone is None else zone.key,
        created_at=in_zone_or_none(found.created_at, zone),
        updated_at=in_zone_or_none(found.updated_at, zone),
        cancelled_at=in_zone_or_none(found.cancelled_at, zone),
        recovered=found.recovered,
        native=found,
    )
