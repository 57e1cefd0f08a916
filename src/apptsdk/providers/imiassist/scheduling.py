"""The portable verbs at IMIassist: it schedules and cancels, and lists nothing.

A slot is made by hand: `service` is the appointment type, `host` the assignee's email address, `location` the team.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import UnsupportedError
from apptsdk.messages import remark
from apptsdk.moments import between, later, zone_named
from apptsdk.operation import Flow
from apptsdk.providers.imiassist.booking import own_reference, values_of
from apptsdk.providers.imiassist.models import Appointment as Native
from apptsdk.providers.imiassist.models import AppointmentSchedule, AppointmentStatus, Priority
from apptsdk.providers.imiassist.operations import appointments
from apptsdk.providers.imiassist.operations.client import resolve
from apptsdk.providers.imiassist.scope import Scope
from apptsdk.providers.imiassist.wire import is_id
from apptsdk.rebooking import Undo, rebooked
from apptsdk.scheduling import Capability
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    Cancellation,
    Channel,
    Customer,
    Host,
    Slot,
)
from apptsdk.shared import AppointmentStatus as Status
from apptsdk.showing import end_after, in_zone, in_zone_or_none, later_than, length_of, shown_id
from apptsdk.urls import plain_id
from apptsdk.verbs import Booking, Scheduling, is_appointment, minutes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.errors import APIStatusError
    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Operation, Script, Work
    from apptsdk.providers.imiassist.models import CancelledAppointment
    from apptsdk.shared import CancelReason, Service, SlotRef

_UID: Final = "uid/"
_REFERENCE: Final = "reference/"
_FORM: Final = "imiassist:<id>, imiassist:uid/<uid> or imiassist:reference/<external reference>"
_ANY: Final = Slot(provider="imiassist", start=datetime(2000, 1, 1, tzinfo=UTC))
"""Where a booking is held against what is wrong with it wherever it is."""
_CALLED: Final[Mapping[str, str]] = {
    "start_time": "slot.start",
    "customer_id": "customer.id",
    "customer_phone": "customer.phone",
    "customer_email": "customer.email",
    "customer_first_name": "customer.first_name",
    "customer_last_name": "customer.last_name",
    "custom_attributes": "customer.attributes",
    "team_id": "slot.location",
    "appointment_type": "slot.service",
    "assignee_email": "slot.host",
    "description": "notes",
    "external_reference_id": "reference",
}
"""What the verbs call what `appointments.schedule` has another name for."""
_STATUSES: Final[Mapping[AppointmentStatus | None, Status]] = {
    None: Status.BOOKED,
    AppointmentStatus.OPEN: Status.BOOKED,
    AppointmentStatus.CLOSED: Status.COMPLETED,
    AppointmentStatus.ESCALATED: Status.IN_PROGRESS,
    AppointmentStatus.PATIENT_DNA: Status.NO_SHOW,
    AppointmentStatus.CANCELLED: Status.CANCELLED,
}


@attrs.frozen(kw_only=True)
class IMIassistBooking:
    """What only IMIassist takes with a booking; see `appointments.schedule`.

    Args:
        title: The title: the old one's in a move, else the vendor makes one by default.
        priority: How urgent it is: the old one's priority in a move, else LOW by default.
        reference_case_id: The case that it belongs to; a new one by default.
        duration: How long it is, for a slot without an end; the department's own by default.
    """

    title: str | None = None
    priority: Priority | str | None = None
    reference_case_id: str | None = None
    duration: timedelta | int | None = None


class IMIassistScheduling(Scheduling[Scope, None, Native, IMIassistBooking]):
    """How the portable verbs map."""

    provider = "imiassist"
    books = "imiassist.appointments.schedule"
    only_channel = Channel.VIDEO
    slot_native = type(None)
    native = Native
    options = IMIassistBooking

    def capabilities(self, scope: Scope) -> frozenset[Capability]:
        """Say what can be done."""
        able = {Capability.REBOOK, Capability.REFERENCE, Capability.NOTES}
        return frozenset(able | {Capability.GET}) if "get" in scope.endpoints else frozenset(able)

    def slot_of(self, scope: Scope, ref: SlotRef) -> Slot[None]:
        """Refuse: no slot was found, so none is named."""
        del scope, ref
        raise ValueError('slot: IMIassist lists no slots: make a Slot by hand, Slot(provider="imiassist", start=...).')

    def check_ref(self, scope: Scope, ref: AppointmentRef) -> None:
        """Check that a ref holds an id, a uid or an external reference."""
        del scope
        try:
            plain_id(ref.key.removeprefix(_UID).removeprefix(_REFERENCE), "appointment")
        except ValueError:
            raise ValueError(f"appointment is no ref of the form {_FORM}.") from None

    def check_details(self, scope: Scope, booking: Booking[IMIassistBooking], services: tuple[Service, ...]) -> None:
        """Check the customer, the notes, the reference and the options. Which attributes it has, the company knows."""
        del services
        _values(scope, _ANY, booking)

    def booked(self, scope: Scope, slot: Slot[object], booking: Booking[IMIassistBooking]) -> Work[Appointment[Native]]:
        """Schedule an appointment."""
        work = appointments.scheduling_of(scope, _values(scope, slot, booking))

        def script() -> Script[Appointment[Native]]:
            return _shared((yield from work), slot, booking)

        return Flow("imiassist.book", script)

    def look(self, scope: Scope, attempt: BookingAttempt) -> Work[object]:
        """Say that nothing can be looked up, and what to do."""
        del scope
        return resolve(attempt)

    def key_of(self, scope: Scope, made: object) -> str:
        """Never asked: nothing is found."""
        del scope, made
        raise NotImplementedError

    def read(self, scope: Scope, ref: AppointmentRef) -> Work[Appointment[Native]]:
        """Read an appointment, where that is switched on."""
        if ref.key.startswith((_UID, _REFERENCE)):
            raise UnsupportedError(
                "An appointment is read by its id only, not by a uid or a reference.",
                provider="imiassist",
                operation="imiassist.get_appointment",
            )
        work = appointments.get(scope, ref.key)

        def script() -> Script[Appointment[Native]]:
            found = yield from work
            if found.start_time is None:
                raise UnsupportedError(
                    "The answer does not say when the appointment begins.",
                    provider="imiassist",
                    operation="imiassist.get_appointment",
                )
            start = in_zone(found.start_time, UTC)
            return _shared(found, Slot(provider="imiassist", start=start, end=later_than(start, found.end_time)), None)

        return Flow("imiassist.get_appointment", script)

    def cancelled(
        self,
        scope: Scope,
        ref: AppointmentRef,
        reason: CancelReason | None,
        note: str | None,
    ) -> Work[Cancellation]:
        """Cancel an appointment by its id, its uid or its external reference."""
        del reason, note
        work = _cancelling(scope, ref)

        def script() -> Script[Cancellation]:
            yield from work
            return Cancellation(ref=ref)

        return Flow("imiassist.cancel", script)

    def moved(
        self,
        scope: Scope,
        appointment: Appointment[object] | AppointmentRef,
        slot: Slot[object],
        notify: bool | None,
        options: IMIassistBooking | None,
    ) -> Work[Appointment[Native]]:
        """Schedule anew with what the appointment holds, then cancel it."""
        del notify
        if not is_appointment(appointment) or appointment.customer is None:
            raise UnsupportedError(
                "IMIassist reads no appointment, so a ref does not say whose it is: pass the Appointment that book "
                "returned, or book anew and cancel.",
                provider="imiassist",
                operation="imiassist.reschedule",
            )
        end, length = slot.end, None if options is None else options.duration
        if end is None and length is None and appointment.end is not None:
            end = later(slot.start, between(appointment.start, appointment.end))
        where = attrs.evolve(
            slot,
            end=end,
            service=slot.service or appointment.service,
            host=slot.host or appointment.host,
            location=slot.location or appointment.location,
        )
        # The reference is the old one's until that is cancelled: no two live appointments can have it.
        if appointment.reference is not None:
            remark("imiassist.reschedule: the new appointment does not have the old one's reference, which is unique.")
        given, old = options or IMIassistBooking(), _priority(appointment.native)
        reads = "get" in scope.endpoints
        if lost := _lost(appointment, appointment.customer, where, given.priority or old, reads=reads):
            remark(
                f"imiassist.reschedule: nothing here says the old appointment's {' and '.join(lost)}: the new one has "
                "the default, or none. Pass the Appointment that book returned, or book anew and cancel."
            )
        kept = attrs.evolve(given, title=given.title or appointment.title, priority=given.priority or old)
        booking = Booking(customer=appointment.customer, notes=appointment.notes, options=kept)
        return rebooked(
            "imiassist.reschedule",
            self.booked(scope, where, booking),
            _cancelling(scope, appointment.ref),
            old=appointment.ref,
            named=lambda new: str(new.ref),
            in_the_way=False,
            undo=Undo(_is_gone, lambda new: _cancelling(scope, new.ref)),
        )


def _cancelling(scope: Scope, ref: AppointmentRef) -> Operation[CancelledAppointment]:
    if ref.key.startswith(_UID):
        return appointments.cancel(scope, appointment_uid=ref.key.removeprefix(_UID))
    if ref.key.startswith(_REFERENCE):
        return appointments.cancel(scope, external_reference_id=ref.key.removeprefix(_REFERENCE))
    return appointments.cancel(scope, appointment_id=ref.key)


def _is_gone(error: APIStatusError) -> Script[bool]:
    """Read from a refusal that the appointment is cancelled already: it cannot be looked up."""
    yield from ()
    return appointments.is_cancelled_already(error)


def _values(scope: Scope, slot: Slot[object], booking: Booking[IMIassistBooking]) -> dict[str, object]:
    """Write an appointment's inputs. What is wrong with them is told by the names that the verbs have for them."""
    customer, options = booking.customer, booking.options or IMIassistBooking()
    length = None if slot.end is None else between(slot.start, slot.end)
    if length is not None and options.duration is not None and minutes(options.duration, "duration") != length:
        raise ValueError("duration is for a slot without an end, and slot.end says otherwise: give one of them.")
    given = AppointmentSchedule(
        start_time=slot.start,
        duration=options.duration if length is None else length,
        customer_id=customer.id,
        customer_phone=customer.phone,
        customer_email=customer.email,
        customer_first_name=customer.first_name,
        customer_last_name=customer.last_name,
        custom_attributes=_attributes(customer),
        team_id=None if slot.location is None else slot.location.id,
        appointment_type=None if slot.service is None else slot.service.id,
        assignee_email=None if slot.host is None else slot.host.email or slot.host.id,
        description=booking.notes,
        reference_case_id=options.reference_case_id,
        priority=Priority.LOW if options.priority is None else options.priority,
        external_reference_id=booking.reference,
        title=options.title,
    )
    return values_of(scope, given, _CALLED if length is None else {**_CALLED, "duration": "The length of slot"})


def _priority(native: object) -> Priority | None:
    found = native.priority if isinstance(native, Native) else None
    return None if found is None or not found.is_known else found


def _lost(
    old: Appointment[object], customer: Customer, where: Slot[object], priority: Priority | str | None, *, reads: bool
) -> list[str]:
    """Name what a move cannot take over because nobody here knows it: of what was read, or comes from JSON."""
    lost = {"priority": priority is None}
    # JSON does not say whether it was booked or read; where nothing can be read, it was booked.
    if not getattr(old.native, "_asked", not reads):
        lost["notes"] = old.notes is None
        lost["customer's id"] = customer.id is None
        lost["type"] = where.service is None
        lost["team"] = where.location is None
    return [name for name, so in lost.items() if so]


def _attributes(customer: Customer) -> dict[str, str | int | float | bool] | None:
    given = {name: value for name, value in customer.attributes.items() if value is not None}
    return given or None


def _ref(found: Native) -> AppointmentRef:
    if is_id(found.appointment_id):
        return AppointmentRef("imiassist", found.appointment_id)
    if is_id(found.appointment_uid):
        return AppointmentRef("imiassist", f"{_UID}{found.appointment_uid}")
    return AppointmentRef("imiassist", found.id)  # as it was asked for


def _shared(found: Native, slot: Slot[object], booking: Booking[IMIassistBooking] | None) -> Appointment[Native]:
    """Give an appointment as all providers do: what was asked, where the answer does not say otherwise."""
    zone = None if slot.location is None else zone_named(slot.location.time_zone)
    start = in_zone(found.start_time or slot.start, zone)
    end = found.end_time or slot.end or end_after(start, length_of(found.duration))
    options = (None if booking is None else booking.options) or IMIassistBooking()
    guest = next(iter(found.guests), None)
    customer = None if booking is None else attrs.evolve(booking.customer, provider="imiassist")
    if customer is None and guest is not None:
        customer = Customer(
            provider="imiassist",
            first_name=guest.first_name,
            last_name=guest.last_name,
            email=guest.email,
            phone=guest.phone,
        )
    host = None if slot.host is None else attrs.evolve(slot.host, provider="imiassist")
    address = None if found.host is None else shown_id(found.host.email)
    if found.host is not None and address is not None:
        name = " ".join(filter(None, (found.host.first_name, found.host.last_name))) or None
        host = Host(provider="imiassist", id=address, name=name, email=address)
    if booking is not None:
        object.__setattr__(found, "_asked", True)
    return Appointment(
        provider="imiassist",
        ref=_ref(found),
        id=found.id,
        start=start,
        end=in_zone_or_none(end, zone),
        status=_STATUSES.get(found.status, Status.UNKNOWN),
        customer=customer,
        host=host,
        service=None if slot.service is None else attrs.evolve(slot.service, provider="imiassist"),
        location=None if slot.location is None else attrs.evolve(slot.location, provider="imiassist"),
        channel=Channel.VIDEO,
        title=found.title or options.title,
        notes=None if booking is None else booking.notes,
        join_url=found.join_url,
        reference=own_reference(found.external_reference_id),
        time_zone=None if zone is None else zone.key,
        recovered=found.recovered,
        native=found,
    )


scheduling: Final = IMIassistScheduling()
