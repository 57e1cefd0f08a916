"""Cliniko's appointments and businesses as all providers give them."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from apptsdk.moments import zone_named
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    Customer,
    Host,
    Location,
    Service,
)

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from apptsdk.models import Link
    from apptsdk.providers.cliniko.models import Business, IndividualAppointment


def location(business: Business) -> Location:
    """Give a business as all providers do."""
    zone = zone_named(business.time_zone_identifier)
    return Location(
        provider="cliniko",
        id=business.id,
        name=business.display_name or business.business_name,
        time_zone=None if zone is None else zone.key,
    )


def id_of(link: Link | None) -> str | None:
    """Give the id that a link leads to; None where there is no link."""
    return None if link is None else link.id


def _in_zone(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def _status(found: IndividualAppointment) -> AppointmentStatus:
    if found.cancelled_at is not None:
        return AppointmentStatus.CANCELLED
    if found.did_not_arrive:
        return AppointmentStatus.NO_SHOW
    return AppointmentStatus.ARRIVED if found.patient_arrived else AppointmentStatus.BOOKED


def appointment(found: IndividualAppointment, place: Business | None) -> Appointment[IndividualAppointment]:
    """Give an appointment as all providers do."""
    zone = None if place is None else zone_named(place.time_zone_identifier)
    shown = UTC if zone is None else zone
    patient, host, kind, where = map(id_of, (found.patient, found.practitioner, found.appointment_type, found.business))
    return Appointment(
        provider="cliniko",
        ref=AppointmentRef("cliniko", found.id),
        id=found.id,
        start=found.starts_at.astimezone(shown),
        end=found.ends_at.astimezone(shown),
        status=_status(found),
        customer=None if patient is None else Customer(provider="cliniko", id=patient),
        host=None if host is None else Host(provider="cliniko", id=host),
        service=None if kind is None else Service(provider="cliniko", id=kind),
        location=(None if where is None else Location(provider="cliniko", id=where))
        if place is None
        else location(place),
        notes=found.notes or None,
        time_zone=None if zone is None else zone.key,
        created_at=_in_zone(found.created_at, shown),
        updated_at=_in_zone(found.updated_at, shown),
        cancelled_at=_in_zone(found.cancelled_at, shown),
        recovered=found.recovered,
        native=found,
    )
