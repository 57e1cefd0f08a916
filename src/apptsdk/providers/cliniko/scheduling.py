"""The portable verbs at Cliniko: individual appointments, booked with a business, a practitioner and a type.

How slots are found, `finding` says; how a time is kept to one booking, `conflicts`; which patient a customer is,
`matching`. Group appointments are beyond the portable verbs: see the client's `group_appointments` and `attendees`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import (
    ApptError,
    BadRequestError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    UnsupportedError,
    ValidationError,
)
from apptsdk.models import UNSET, Id, Unset
from apptsdk.operation import Flow, Listing, Page
from apptsdk.providers.cliniko import matching
from apptsdk.providers.cliniko.conflicts import AGAIN, Time, claimed, clock, earlier_than, refuse_taken, unavailable
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
from apptsdk.providers.cliniko.operations.client import resolve
from apptsdk.providers.cliniko.queries import AppointmentQuery as NativeQuery
from apptsdk.providers.cliniko.queries import WithCancelled
from apptsdk.providers.cliniko.shown import appointment as shared
from apptsdk.providers.cliniko.shown import id_of
from apptsdk.providers.cliniko.wire import identifier
from apptsdk.reading import shown_rows
from apptsdk.scheduling import Capability
from apptsdk.shapes import is_mapping
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
from apptsdk.showing import in_zone
from apptsdk.verbs import Booking, Scheduling, ref_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Script, Work
    from apptsdk.providers.cliniko.conflicts import Claim
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import Booking as Taken
    from apptsdk.providers.cliniko.models import Business
    from apptsdk.shared import SlotRef
    from apptsdk.verbs import AppointmentQuery, SlotQuery

F: Final = IndividualAppointmentFilters()
GIVES_WAY: Final = "Cancelled by the booking software: another booking has this time."
"""The note on a booking that gives way."""
_BOOK: Final = "cliniko.book"
_MOVE: Final = "cliniko.reschedule"
_LIST: Final = "cliniko.list_appointments"
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
    books = "cliniko.individual_appointments.create"
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
        try:
            identifier(ref.key, "appointment")
        except ValueError:
            raise ValueError("appointment is no ref of the form cliniko:1402337715590046001.") from None

    def check_details(self, scope: None, booking: Booking[ClinikoBooking], services: tuple[Service, ...]) -> None:
        """Check whose appointment it is to be, and the patient's case."""
        del scope, services
        matching.check(booking.customer)
        _case_of(booking.options)

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
        wanted, customer, case = _Wanted.of(slot), booking.customer, _case_of(booking.options)
        if slot.service is None or slot.host is None or slot.location is None:
            raise ValueError(
                "slot needs a service, a host and a location at Cliniko: a type, a practitioner, a business."
            )
        kind_id, host_id, place_id = slot.service.id, slot.host.id, slot.location.id

        def script() -> Script[Appointment[IndividualAppointment]]:
            kind = yield from kind_of(kind_id)
            refuse_group(kind, _BOOK)
            place = yield from place_if_known(place_id)
            time = Time(host_id, wanted.start, wanted.end or wanted.start + timedelta(minutes=kind.duration_in_minutes))
            began = yield from clock()
            if booking.check_conflicts:
                yield from refuse_taken(time, _BOOK)
            patient = customer.id or (yield from matching.patient_of(customer))
            made = yield from individual_appointments.create(
                IndividualAppointmentCreate(
                    appointment_type_id=kind_id,
                    business_id=place_id,
                    patient_id=patient,
                    practitioner_id=host_id,
                    starts_at=wanted.start,
                    ends_at=wanted.end or UNSET,
                    notes=booking.notes if booking.notes is not None else UNSET,
                    patient_case_id=case,
                )
            )
            found = shared(made, place, kind)
            if booking.check_conflicts:
                time = Time(host_id, in_zone(made.starts_at, UTC), in_zone(made.ends_at, UTC))
                other = yield from earlier_than((yield from claimed(made, began)), time)
                if other is not None:
                    yield from _given_way(found, other)
                    raise unavailable(
                        _BOOK,
                        time,
                        "was taken at the same moment: this booking was cancelled again",
                        attrs.evolve(customer, provider="cliniko", id=patient),
                    )
            return found

        return Flow(_BOOK, script, AGAIN)

    # --- reading -----------------------------------------------------------------------------------------------------

    def look(self, scope: None, attempt: BookingAttempt) -> Work[object]:
        """Look for what an attempt made."""
        del scope
        return resolve(attempt)

    def key_of(self, scope: None, made: object) -> str:
        """Name an appointment by its id."""
        del scope
        assert isinstance(made, IndividualAppointment)  # noqa: S101 - what `books` makes
        return made.id

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
            q.append(F.patient_id == identifier(query.customer.id, "customer.id"))
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
                places: dict[str | None, Business | None] = {}
                for one in natives.items:
                    if (where := id_of(one.business)) not in places:
                        places[where] = yield from place_if_known(where)
                items = shown_rows(_LIST, natives.items, lambda one: shared(one, places[id_of(one.business)]))
                return Page(tuple(items), natives.cursor, natives.total)

            return Flow(_LIST, script)

        return Listing(_LIST, page)

    # --- changing ----------------------------------------------------------------------------------------------------

    def cancelled(
        self,
        scope: None,
        ref: AppointmentRef,
        reason: CancelReason | None,
        note: str | None,
    ) -> Work[Cancellation]:
        """Cancel an appointment, and no later occurrence of it."""
        del scope
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
        ref, wanted, case = ref_of(appointment), _Wanted.of(slot), _case_of(options)

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
            began = yield from clock()
            yield from refuse_taken(time, _MOVE, own=ref.key)
            change = IndividualAppointmentUpdate(
                appointment_type_id=kind_id or UNSET,
                business_id=wanted.place or UNSET,
                practitioner_id=wanted.host or UNSET,
                starts_at=wanted.start,
                ends_at=end,
                patient_case_id=case,
            )
            after = yield from individual_appointments.update(ref.key, change)
            claim = yield from claimed(after, began, moved=True)
            other = yield from earlier_than(claim, time)
            if other is not None:
                beside = yield from _put_back(shared(after, place), before, change, other)
                beside += yield from _look_back(before, claim)
                raise unavailable(_MOVE, time, f"was taken at the same moment: the appointment was moved back{beside}")
            return shared(after, place)

        return Flow(_MOVE, script, AGAIN)


def _case_of(options: ClinikoBooking | None) -> str | Unset:
    given = None if options is None else options.patient_case_id
    return UNSET if given is None else identifier(given, "patient_case_id")


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


def _put_back(
    moved: Appointment[IndividualAppointment],
    before: IndividualAppointment,
    changed: IndividualAppointmentUpdate,
    other: Taken,
) -> Script[str]:
    """Move an appointment back to where it was: all that the move changed, and no more.

    Args:
        moved: The appointment as it is now.
        before: The appointment as it was.
        changed: What the move wrote.
        other: Who has the time.

    Returns:
        A script that gives what is to be said beside.

    Raises:
        NotCancelledError: When it runs: it is not back.
    """

    def old(field: str) -> str | Unset:
        return UNSET if getattr(changed, f"{field}_id") is UNSET else id_of(getattr(before, field)) or UNSET

    work = individual_appointments.update(
        moved.id,
        IndividualAppointmentUpdate(
            appointment_type_id=old("appointment_type"),
            business_id=old("business"),
            practitioner_id=old("practitioner"),
            patient_case_id=old("patient_case"),
            starts_at=before.starts_at,
            ends_at=before.ends_at,
        ),
    )
    there, back = moved.start.isoformat(), before.starts_at.isoformat()
    what = f"The appointment, {moved.ref}, was moved to {there}, where {other.id} was first"
    try:
        if changed.patient_case_id is UNSET or before.patient_case is not None:
            yield from work
            return ""
        assert is_mapping(work.body)  # noqa: S101 - what update encodes
        try:
            # That a case is taken off by null is not documented: where it is refused, the time matters more.
            yield from attrs.evolve(work, body={**work.body, "patient_case_id": None})
        except (BadRequestError, ValidationError):
            yield from work
            return ", and keeps the patient's case that was given"
    except ApptError as error:
        raise NotCancelledError(
            f"{what}, and {_fate(error)}. It was at {back}: move it.",
            new=moved,
            old=other.id,
            provider="cliniko",
            operation=_MOVE,
        ) from error
    except BaseException as error:
        error.add_note(f"{what}, and may not be back at {back}: look at it, and move it.")
        raise
    return ""


def _look_back(before: IndividualAppointment, claim: Claim) -> Script[str]:
    """See that nobody took the time to which an appointment was moved back, while it was away.

    Args:
        before: The appointment as it is again.
        claim: Since when it was away.

    Returns:
        A script that gives what is to be said beside.

    Raises:
        NotCancelledError: When it runs: somebody did.
    """
    host = id_of(before.practitioner)
    if host is None:
        return ""
    try:
        other = yield from Time(host, before.starts_at, before.ends_at).taken_by(claim.is_followed_by)
    except ApptError:
        return "; nobody could look whether its time is still its own"
    if other is None:
        return ""
    new = shared(before, None)
    raise NotCancelledError(
        f"The appointment, {new.ref}, could not be moved, and was moved back to {before.starts_at.isoformat()}, which "
        f"{other.id} took meanwhile: both stand. Move one of them.",
        new=new,
        old=other.id,
        provider="cliniko",
        operation=_MOVE,
    )


def _fate(error: ApptError) -> str:
    """Say what is known of an appointment that could not be moved back."""
    if isinstance(error, OutcomeUnknownError):
        return "may be back or not: both may have that time"
    if isinstance(error, NotFoundError):
        return "is not there any more: somebody cancelled it meanwhile"
    return "could not be moved back: both have that time"


scheduling: Final = ClinikoScheduling()
