"""The portable verbs at IMIassist: it schedules and cancels, and lists nothing.

A slot is made by hand: `service` is the appointment type, `host` the assignee's email address, `location` the team.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import attrs

from apptsdk.errors import UnsupportedError
from apptsdk.messages import remark
from apptsdk.moments import between, later
from apptsdk.operation import Flow
from apptsdk.providers.imiassist.booking import own_reference
from apptsdk.providers.imiassist.models import Appointment as Native
from apptsdk.providers.imiassist.models import AppointmentSchedule, AppointmentStatus, Priority
from apptsdk.providers.imiassist.operations import appointments
from apptsdk.providers.imiassist.scope import Scope
from apptsdk.rebooking import rebooked
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
from apptsdk.urls import plain_id
from apptsdk.verbs import Booking, Scheduling, is_appointment, ref_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.operation import Script, Work
    from apptsdk.shared import CancelReason, SlotRef

_UID: Final = "uid/"
_REFERENCE: Final = "reference/"
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
        title: The title; the vendor makes one by default.
        priority: How urgent it is.
        reference_case_id: The case that it belongs to; a new one by default.
        duration: How long it is, for a slot without an end; the department's own by default.
    """

    title: str | None = None
    priority: Priority | str = "LOW"
    reference_case_id: str | None = None
    duration: timedelta | int | None = None


class IMIassistScheduling(Scheduling[Scope, None, Native, IMIassistBooking]):
    """How the portable verbs map."""

    provider = "imiassist"
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
        plain_id(ref.key.removeprefix(_UID).removeprefix(_REFERENCE), "appointment")

    def booked(self, scope: Scope, slot: Slot[object], booking: Booking[IMIassistBooking]) -> Work[Appointment[Native]]:
        """Schedule an appointment."""
        customer, options = booking.customer, booking.options or IMIassistBooking()
        work = appointments.schedule(
            scope,
            AppointmentSchedule(
                start_time=slot.start,
                duration=options.duration if slot.end is None else between(slot.start, slot.end),
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
                priority=options.priority,
                external_reference_id=booking.reference,
                title=options.title,
            ),
        )

        def script() -> Script[Appointment[Native]]:
            return _shared((yield from work), slot, booking)

        return Flow("imiassist.book", script)

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
            return _shared(found, Slot(provider="imiassist", start=found.start_time, end=found.end_time), None)

        return Flow("imiassist.get_appointment", script)

    def cancelled(
        self,
        scope: Scope,
        appointment: Appointment[object] | AppointmentRef,
        reason: CancelReason | None,
        note: str | None,
    ) -> Work[Cancellation]:
        """Cancel an appointment by its id, its uid or its external reference."""
        del reason, note
        ref = ref_of(appointment)
        if ref.key.startswith(_UID):
            work = appointments.cancel(scope, appointment_uid=ref.key.removeprefix(_UID))
        elif ref.key.startswith(_REFERENCE):
            work = appointments.cancel(scope, external_reference_id=ref.key.removeprefix(_REFERENCE))
        else:
            work = appointments.cancel(scope, appointment_id=ref.key)

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
        end = slot.end
        if end is None and appointment.end is not None:
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
        kept = IMIassistBooking(title=appointment.title, priority=_priority(appointment.native))
        booking = Booking(customer=appointment.customer, notes=appointment.notes, options=options or kept)
        return rebooked(
            "imiassist.reschedule",
            self.booked(scope, where, booking),
            self.cancelled(scope, appointment, None, None),
            old=appointment.ref,
            named=lambda new: str(new.ref),
            in_the_way=False,
        )


def _priority(native: object) -> Priority | str:
    found = native.priority if isinstance(native, Native) else None
    return Priority.LOW if found is None or not found.is_known else found


def _attributes(customer: Customer) -> dict[str, str | int | float | bool] | None:
    given = {name: value for name, value in customer.attributes.items() if value is not None}
    return given or None


def _shared(found: Native, slot: Slot[object], booking: Booking[IMIassistBooking] | None) -> Appointment[Native]:
    """Give an appointment as all providers do: what was asked, where the answer does not say otherwise."""
    zone = None if slot.location is None or slot.location.time_zone is None else ZoneInfo(slot.location.time_zone)
    start = (found.start_time or slot.start).astimezone(zone or UTC)
    end = found.end_time or slot.end
    if end is None and found.duration is not None:
        end = later(start, timedelta(minutes=found.duration))
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
    if found.host is not None and found.host.email is not None:
        name = " ".join(filter(None, (found.host.first_name, found.host.last_name))) or None
        host = Host(provider="imiassist", id=found.host.email, name=name, email=found.host.email)
    return Appointment(
        provider="imiassist",
        ref=AppointmentRef("imiassist", found.appointment_id or f"{_UID}{found.appointment_uid}"),
        id=found.id,
        start=start,
        end=None if end is None else end.astimezone(zone or UTC),
        status=_STATUSES.get(found.status, Status.UNKNOWN),
        customer=customer,
        host=host,
        service=None if slot.service is None else attrs.evolve(slot.service, provider="imiassist"),
        location=None if slot.location is None else attrs.evolve(slot.location, provider="imiassist"),
        channel=Channel.VIDEO,
        title=found.title,
        notes=None if booking is None else booking.notes,
        join_url=found.join_url,
        reference=own_reference(found.external_reference_id),
        time_zone=None if zone is None else zone.key,
        recovered=found.recovered,
        native=found,
    )


scheduling: Final = IMIassistScheduling()
