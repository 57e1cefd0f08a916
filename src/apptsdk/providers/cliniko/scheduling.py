"""The portable verbs at Cliniko: individual appointments, booked with a business, a practitioner and a type.

How slots are found, `finding` says; how a time is kept to one booking, `conflicts`; which patient a customer is,
`matching`. Group appointments are beyond the portable verbs: see the client's `group_appointments` and `attendees`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import ApptError, NotCancelledError, NotFoundError, UnsupportedError
from apptsdk.models import UNSET, Id
from apptsdk.operation import Flow, Listing, Page
from apptsdk.providers.cliniko import matching
from apptsdk.providers.cliniko.conflicts import AGAIN, Time, in_the_way_of, older_than, refuse_taken, unavailable
from apptsdk.providers.cliniko.finding import free_times, refuse_group
from apptsdk.providers.cliniko.lookups import kind_of, place_if_known
from apptsdk.providers.cliniko.models import (
    AvailableTime,
    CancellationReason,
    IndividualAppointment,
    IndividualAppointmentCreate,
    IndividualAppointmentFilters,
    IndividualAppointmentUpdate,
)
from apptsdk.providers.cliniko.operations import individual_appointments
from apptsdk.providers.cliniko.queries import AppointmentQuery as NativeQuery
from apptsdk.providers.cliniko.queries import WithCancelled
from apptsdk.providers.cliniko.shown import appointment as shared
from apptsdk.providers.cliniko.shown import id_of
from apptsdk.providers.cliniko.wire import identifier
from apptsdk.scheduling import Capability
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    Cancellation,
    CancelReason,
    Host,
    Location,
    Service,
    Slot,
)
from apptsdk.verbs import Booking, Scheduling, ref_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.operation import Script, Work
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import Booking as Taken
    from apptsdk.shared import SlotRef
    from apptsdk.verbs import AppointmentQuery, SlotQuery

F: Final = IndividualAppointmentFilters()
GIVES_WAY: Final = "Cancelled by the booking software: another booking has this time."
"""The note on a booking that gives way."""
_BOOK: Final = "cliniko.book"
_MOVE: Final = "cliniko.reschedule"
_ABLE: Final = frozenset(
    {
        Capability.FIND_SLOTS,
        Capability.GET,
        Capability.LIST,
        Capability.LIST_CANCELLED,
        Capability.MOVE_IN_PLACE,
        Capability.NOTES,
        Capability.CANCEL_REASON,
    }
)
_REASONS: Final[Mapping[CancelReason | None, CancellationReason]] = {
    None: CancellationReason.OTHER,  # the vendor demands one
    CancelReason.SICK: CancellationReason.SICK,
    CancelReason.BETTER: CancellationReason.FEELING_BETTER,
    CancelReason.WORSE: CancellationReason.CONDITION_WORSE,
    CancelReason.AWAY: CancellationReason.AWAY,
    CancelReason.WORK: CancellationReason.WORK,
    CancelReason.OTHER: CancellationReason.OTHER,
}
_KEY: Final = re.compile(r"([0-9]+)/([0-9]+)/([0-9]+)/([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)")
_FORM: Final = "cliniko:business/practitioner/type/2026-03-02T09:00:00Z"


@attrs.frozen(kw_only=True)
class ClinikoBooking:
    """What only Cliniko takes with a booking; see `individual_appointments.create`.

    Args:
        patient_case_id: The patient's case that it belongs to.
    """

    patient_case_id: Id | None = None


class ClinikoScheduling(Scheduling[None, AvailableTime, IndividualAppointment, ClinikoBooking]):
    """How the portable verbs map."""

    provider = "cliniko"
    slot_native = AvailableTime
    native = IndividualAppointment
    options = ClinikoBooking

    def capabilities(self, scope: None) -> frozenset[Capability]:
        """Say what can be done."""
        del scope
        return _ABLE

    def slot_of(self, scope: None, ref: SlotRef) -> Slot[None]:
        """Read the ids and the start out of a ref; the end follows from the type."""
        del scope
        found = _KEY.fullmatch(ref.key)
        try:
            if found is None:
                raise ValueError  # noqa: TRY301 - said below, as what the parts are refused for
            business, practitioner, kind = (identifier(found[part], "slot") for part in (1, 2, 3))
            start = datetime.fromisoformat(found[4])
        except ValueError:
            raise ValueError(f"slot is no ref of the form {_FORM}.") from None
        return Slot(
            provider="cliniko",
            ref=ref,
            start=start,
            service=Service(provider="cliniko", id=kind),
            host=Host(provider="cliniko", id=practitioner),
            location=Location(provider="cliniko", id=business),
        )

    def check_ref(self, scope: None, ref: AppointmentRef) -> None:
        """Check that a ref holds an id."""
        del scope
        identifier(ref.key, "appointment")

    def slots(self, scope: None, query: SlotQuery) -> Listing[Slot[AvailableTime]]:
        """List the times that can be booked online."""
        del scope
        return free_times(query)

    # --- booking -----------------------------------------------------------------------------------------------------

    def booked(
        self, scope: None, slot: Slot[object], booking: Booking[ClinikoBooking]
    ) -> Work[Appointment[IndividualAppointment]]:
        """Book a slot: see first whether it is free, then who the patient is, and after it who else has it."""
        del scope
        wanted, customer, options = _Wanted.of(slot), booking.customer, booking.options or ClinikoBooking()
        if slot.service is None or slot.host is None or slot.location is None:
            raise ValueError(
                "slot needs a service, a host and a location at Cliniko: a type, a practitioner, a business."
            )
        kind_id, host_id, place_id = slot.service.id, slot.host.id, slot.location.id
        if customer.id is None:
            matching.check(customer)
        else:
            identifier(customer.id, "customer")
        case = UNSET if options.patient_case_id is None else identifier(options.patient_case_id, "patient_case_id")

        def script() -> Script[Appointment[IndividualAppointment]]:
            kind = yield from kind_of(kind_id)
            refuse_group(kind, _BOOK)
            place = yield from place_if_known(place_id)
            time = Time(host_id, wanted.start, wanted.end or wanted.start + timedelta(minutes=kind.duration_in_minutes))
            if booking.check_conflicts:
                yield from refuse_taken(time, _BOOK)
            made = yield from individual_appointments.create(
                IndividualAppointmentCreate(
                    appointment_type_id=kind_id,
                    business_id=place_id,
                    patient_id=customer.id or (yield from matching.patient_of(customer)),
                    practitioner_id=host_id,
                    starts_at=wanted.start,
                    ends_at=wanted.end or UNSET,
                    notes=booking.notes if booking.notes is not None else UNSET,
                    patient_case_id=case,
                )
            )
            found = shared(made, place)
            if booking.check_conflicts:
                time = Time(host_id, made.starts_at, made.ends_at)
                other = yield from older_than(made, time)
                if other is not None:
                    yield from _given_way(found, other)
                    raise unavailable(_BOOK, time, "was taken at the same moment: this booking was cancelled again")
            return found

        return Flow(_BOOK, script, AGAIN)

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self, scope: None, ref: AppointmentRef) -> Work[Appointment[IndividualAppointment]]:
        """Read an appointment, also one that is cancelled."""
        del scope
        work = individual_appointments.get(ref.key, WithCancelled(include_cancelled=True))

        def script() -> Script[Appointment[IndividualAppointment]]:
            found = yield from work
            return shared(found, (yield from place_if_known(id_of(found.business))))

        return Flow("cliniko.get_appointment", script)

    def listed(self, scope: None, query: AppointmentQuery) -> Listing[Appointment[IndividualAppointment]]:
        """List individual appointments, in the order of their start."""
        del scope
        q: list[Filter] = [F.starts_at >= query.start, F.starts_at < query.end]
        if query.customer is not None and query.customer.id is not None:
            q.append(F.patient_id == identifier(query.customer.id, "customer"))
        if query.hosts:
            q.append(F.practitioner_id.is_in([identifier(one.id, "host") for one in query.hosts]))
        if query.locations:
            q.append(F.business_id.is_in([identifier(one.id, "location") for one in query.locations]))
        found = individual_appointments.list(
            NativeQuery(q=q, sort=["starts_at"], include_cancelled=query.include_cancelled)
        )

        def page(cursor: str | None) -> Flow[Page[Appointment[IndividualAppointment]]]:
            def script() -> Script[Page[Appointment[IndividualAppointment]]]:
                natives = yield from found.page(cursor)
                items: list[Appointment[IndividualAppointment]] = []
                for one in natives.items:
                    items.append(shared(one, (yield from place_if_known(id_of(one.business)))))  # noqa: PERF401 - asks
                return Page(tuple(items), natives.cursor, natives.total)

            return Flow("cliniko.list_appointments", script)

        return Listing("cliniko.list_appointments", page)

    # --- changing ----------------------------------------------------------------------------------------------------

    def cancelled(
        self,
        scope: None,
        appointment: Appointment[object] | AppointmentRef,
        reason: CancelReason | None,
        note: str | None,
    ) -> Work[Cancellation]:
        """Cancel an appointment, and no later occurrence of it."""
        del scope
        ref = ref_of(appointment)
        work = individual_appointments.cancel(ref.key, reason=_REASONS[reason], note=note)

        def script() -> Script[Cancellation]:
            yield from work
            return Cancellation(ref=ref)

        return Flow("cliniko.cancel", script)

    def moved(
        self,
        scope: None,
        appointment: Appointment[object] | AppointmentRef,
        slot: Slot[object],
        notify: bool | None,
        options: ClinikoBooking | None,
    ) -> Work[Appointment[IndividualAppointment]]:
        """Move an appointment in place. What the slot does not say stays; without an end, so does the length."""
        del scope, notify
        ref, wanted = ref_of(appointment), _Wanted.of(slot)
        given = None if options is None else options.patient_case_id
        case = UNSET if given is None else identifier(given, "patient_case_id")

        def script() -> Script[Appointment[IndividualAppointment]]:
            before = yield from individual_appointments.get(ref.key, WithCancelled())
            end, kind_id = wanted.end or wanted.start + (before.ends_at - before.starts_at), wanted.kind
            if kind_id is not None and kind_id != id_of(before.appointment_type):
                kind = yield from kind_of(kind_id)
                refuse_group(kind, _MOVE)
                end = wanted.end or wanted.start + timedelta(minutes=kind.duration_in_minutes)
            host = wanted.host or id_of(before.practitioner)
            if host is None:
                raise UnsupportedError(
                    "Cliniko does not say whose appointment it is: give the slot a host.",
                    provider="cliniko",
                    operation=_MOVE,
                )
            place = yield from place_if_known(wanted.place or id_of(before.business))
            time = Time(host, wanted.start, end)
            yield from refuse_taken(time, _MOVE, own=ref.key)
            after = yield from individual_appointments.update(
                ref.key,
                IndividualAppointmentUpdate(
                    appointment_type_id=kind_id or UNSET,
                    business_id=wanted.place or UNSET,
                    practitioner_id=wanted.host or UNSET,
                    starts_at=wanted.start,
                    ends_at=end,
                    patient_case_id=case,
                ),
            )
            other = yield from in_the_way_of(after, time)
            if other is not None:
                yield from _put_back(ref, before, time)
                raise unavailable(_MOVE, time, "was taken at the same moment: the appointment was moved back")
            return shared(after, place)

        return Flow(_MOVE, script, AGAIN)


@attrs.frozen
class _Wanted:
    """What a slot says, checked."""

    start: datetime
    end: datetime | None
    kind: str | None
    host: str | None
    place: str | None

    @classmethod
    def of(cls, slot: Slot[object]) -> _Wanted:
        # The vendor's moments are whole seconds.
        start = slot.start.astimezone(UTC).replace(microsecond=0)
        end = None if slot.end is None else slot.end.astimezone(UTC).replace(microsecond=0)
        if end is not None and end <= start:
            raise ValueError("slot ends before it begins.")
        return cls(
            start,
            end,
            None if slot.service is None else identifier(slot.service.id, "slot.service"),
            None if slot.host is None else identifier(slot.host.id, "slot.host"),
            None if slot.location is None else identifier(slot.location.id, "slot.location"),
        )


def _given_way(made: Appointment[IndividualAppointment], other: Taken) -> Script[None]:
    """Cancel a booking of ours that overlaps with an older one."""
    try:
        yield from individual_appointments.cancel(made.id, reason=CancellationReason.OTHER, note=GIVES_WAY)
    except NotFoundError:
        return  # somebody else was faster
    except ApptError as error:
        raise NotCancelledError(
            f"The new appointment, {made.ref}, overlaps with {other.id}, which is older, and could not be cancelled: "
            "both may stand. Cancel the new one.",
            new=made,
            old=other.id,
            provider="cliniko",
            operation=_BOOK,
        ) from error
    except BaseException as error:
        error.add_note(f"The new appointment, {made.ref}, overlaps with {other.id}, and may still stand: cancel it.")
        raise


def _put_back(ref: AppointmentRef, before: IndividualAppointment, time: Time) -> Script[None]:
    """Move an appointment back to where it was."""
    try:
        yield from individual_appointments.update(
            ref.key,
            IndividualAppointmentUpdate(
                appointment_type_id=id_of(before.appointment_type) or UNSET,
                business_id=id_of(before.business) or UNSET,
                practitioner_id=id_of(before.practitioner) or UNSET,
                starts_at=before.starts_at,
                ends_at=before.ends_at,
            ),
        )
    except BaseException as error:
        error.add_note(
            f"The appointment {ref} was moved to {time.start.isoformat()}, overlaps with another there, and could not "
            f"be moved back to {before.starts_at.isoformat()}: look at it, and move it."
        )
        raise


scheduling: Final = ClinikoScheduling()
