"""NexHealth's own objects as the shared ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.errors import ResponseUnreadableError
from apptsdk.moments import zone_named
from apptsdk.providers.nexhealth.models import WriteState
from apptsdk.providers.nexhealth.references import AppointmentKey
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    Customer,
    Host,
    Location,
    Service,
)
from apptsdk.showing import in_zone, in_zone_or_none, length_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from apptsdk.providers.nexhealth.models import Appointment as Native
    from apptsdk.providers.nexhealth.models import AppointmentType, Person

NAME: Final = "nexhealth"
STATUSES: Final[tuple[tuple[AppointmentStatus, Callable[[Native], object]], ...]] = (
    (AppointmentStatus.CANCELLED, lambda one: one.cancelled or one.deleted),
    (AppointmentStatus.NO_SHOW, lambda one: one.patient_missed),
    (AppointmentStatus.COMPLETED, lambda one: one.checked_out or one.checked_out_at),
    (AppointmentStatus.ARRIVED, lambda one: one.checkin_at),
    (AppointmentStatus.CONFIRMED, lambda one: one.confirmed or one.patient_confirmed),
    (AppointmentStatus.PENDING, lambda one: one.write_state is WriteState.PENDING),
)
"""The vendor has no status: what it says of an appointment, the first that is so. Otherwise it is booked."""


def status_of(native: Native) -> AppointmentStatus:
    """Tell what has become of an appointment.

    Args:
        native: The appointment.

    Returns:
        Its status: PENDING until the practice's own system has it.
    """
    return next((status for status, holds in STATUSES if holds(native)), AppointmentStatus.BOOKED)


def customer_of(person: Person) -> Customer:
    """Give a patient as all providers give their customers.

    Args:
        person: The patient.

    Returns:
        The customer.
    """
    return Customer(
        provider=NAME,
        id=str(person.id),
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email or None,
        phone=person.phone_number,
        date_of_birth=person.date_of_birth,
    )


def appointment_of(
    native: Native, subdomain: str, *, customer: Customer | None = None, kind: AppointmentType | None = None
) -> Appointment[Native]:
    """Give an appointment as all providers do.

    Args:
        native: The appointment.
        subdomain: Its practice.
        customer: What is known of its patient, where the answer does not say.
        kind: Its type, where the answer does not say.

    Returns:
        The appointment, in the time of its office.
    """
    zone = zone_named(native.timezone)

    status, key = status_of(native), AppointmentKey(subdomain, native.id)
    if native.id < 1:  # of what was just written, that was told when its answer was read
        raise ResponseUnreadableError("It has no id that names it.", provider=NAME)
    return Appointment(
        provider=NAME,
        ref=AppointmentRef(NAME, str(key)),
        id=str(native.id),
        start=in_zone(native.start_time, zone),
        end=in_zone(native.end_time, zone),
        status=status,
        customer=_customer(native, customer),
        host=None if native.provider_id is None else _host(native.provider_id, native.provider_name),
        service=_service(native, kind),
        location=_location(native, zone),
        notes=native.note or None,
        time_zone=None if zone is None else zone.key,
        created_at=in_zone_or_none(native.created_at, zone),
        updated_at=in_zone_or_none(native.updated_at, zone),
        cancelled_at=in_zone_or_none(native.cancelled_at, zone) if status is AppointmentStatus.CANCELLED else None,
        recovered=native.recovered,
        native=native,
    )


def _customer(native: Native, known: Customer | None) -> Customer | None:
    if native.patient is not None:
        return customer_of(native.patient)
    if native.patient_id is None:
        return None
    if known is not None and (known.provider, known.id) == (NAME, str(native.patient_id)):
        return known  # as it was read; of one made by hand the id alone is looked at
    return Customer(provider=NAME, id=str(native.patient_id))


def _host(number: int, name: str | None) -> Host:
    return Host(provider=NAME, id=str(number), name=name or None)


def _service(native: Native, kind: AppointmentType | None) -> Service | None:
    number, told = native.appointment_type_id, native.appointment_type or kind
    if not number:  # 0 where it has none
        return None
    if told is None or told.id != number:
        return Service(provider=NAME, id=str(number))
    return service_of(told)


def service_of(kind: AppointmentType) -> Service:
    """Give an appointment type as all providers give their services.

    Args:
        kind: The type.

    Returns:
        The service.
    """
    return Service(provider=NAME, id=str(kind.id), name=kind.name, duration=length_of(kind.minutes))


def _location(native: Native, zone: ZoneInfo | None) -> Location | None:
    if native.location_id is None:
        return None
    return Location(provider=NAME, id=str(native.location_id), time_zone=None if zone is None else zone.key)
