"""The portable verbs at NexHealth.

A slot that is made by hand takes `service` (an appointment type), `host` (the provider, which is needed), `location`
(an office; the client's by default), and a chair where the office books by chair: `NexHealthBooking(operatory_id=...)`.
How slots are found says `openings`, how patients are, `matching`.

An appointment is moved in place in v3, if it is written to the practice's own system, stays with its provider, office
and type, and nothing is given that only a new booking takes. Otherwise, and always in v2, it is booked anew and the old
one cancelled after. Whether the practice's own system takes new times, only it knows: if it does not, that is an
UnsupportedError and nothing has changed, because nobody asked for a ref that changes; `NexHealthBooking(rebook=True)`
asks for it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import (
    BadRequestError,
    NotFoundError,
    UnsupportedError,
    ValidationError,
)
from apptsdk.models import UNSET, Id
from apptsdk.operation import Flow, Listing, Page
from apptsdk.providers.nexhealth.matching import attributes_of, search
from apptsdk.providers.nexhealth.models import Appointment as Native
from apptsdk.providers.nexhealth.models import (
    AppointmentCreate,
    AvailableSlot,
    Dependent,
)
from apptsdk.providers.nexhealth.moving import (
    INSTEAD,
    can_stay,
    check_time,
    end_of,
    in_place,
    note_of,
    unsupported,
    whose,
)
from apptsdk.providers.nexhealth.openings import offices, openings
from apptsdk.providers.nexhealth.operations import appointments
from apptsdk.providers.nexhealth.operations.client import resolve
from apptsdk.providers.nexhealth.portable import NAME, appointment_of, customer_of
from apptsdk.providers.nexhealth.queries import AppointmentGet
from apptsdk.providers.nexhealth.queries import AppointmentQuery as NativeQuery
from apptsdk.providers.nexhealth.references import AppointmentKey, Place, SlotKey, at_practice, place_of
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import identifier
from apptsdk.reading import shown_rows
from apptsdk.rebooking import Undo, rebooked
from apptsdk.scheduling import Capability
from apptsdk.shared import Appointment, AppointmentRef, Cancellation, Customer, Host, Location, Service, Slot, SlotRef
from apptsdk.verbs import Booking, Scheduling, ref_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Script, Work
    from apptsdk.providers.nexhealth.models import Patient
    from apptsdk.shared import CancelReason
    from apptsdk.verbs import AppointmentQuery, SlotQuery

_LIST: Final = "nexhealth.list_appointments"
_ANY: Final = 1
_MOVES: Final = "appointments.start_time"
_ANYWHERE: Final = Place(
    subdomain=None,
    location_id=_ANY,
    provider_id=_ANY,
    operatory_id=None,
    appointment_type_id=None,
    start=datetime(2000, 1, 1, tzinfo=UTC),
    end=None,
)
"""Where a booking is held against what is wrong with it wherever it is."""
_SECOND: Final = timedelta(seconds=1)
_WITH: Final = AppointmentGet(include=("patient", "appointment_type"))


@attrs.frozen(kw_only=True)
class NexHealthBooking:
    """What only NexHealth takes with a booking; see `appointments.create`.

    A move in place takes `operatory_id` alone. With anything else the appointment is booked anew.

    Args:
        operatory_id: The chair or room; the slot's by default. An office that books by chair needs one.
        descriptor_ids: What the practice's own system is to call it.
        referrer: Where it was booked, a URL.
        is_new_clients_patient: Whether the patient is new at the practice.
        appointments_per_timeslot: How many appointments may share the time, 1 to 5; some systems only.
        dependent: For whom a guardian books: the customer is then the guardian.
        rebook: Whether `reschedule` books anew, and cancels the old one after, where it could move in place: for
            practices whose own system takes no new times.
    """

    operatory_id: Id | None = None
    descriptor_ids: Sequence[Id] | None = None
    referrer: str | None = None
    is_new_clients_patient: bool | None = None
    appointments_per_timeslot: int | None = None
    dependent: Dependent | None = None
    rebook: bool = False


class NexHealthScheduling(Scheduling[Scope, AvailableSlot, Native, NexHealthBooking]):
    """How the portable verbs map."""

    provider = NAME
    books = f"{NAME}.appointments.create"
    slot_native = AvailableSlot
    native = Native
    options = NexHealthBooking

    def capabilities(self, scope: Scope) -> frozenset[Capability]:
        """Say what can be done in a version."""
        able = {
            Capability.FIND_SLOTS,
            Capability.GET,
            Capability.LIST,
            Capability.LIST_CANCELLED,
            Capability.REBOOK,
            Capability.NOTES,
            Capability.NOTIFY,
        }
        return frozenset(able if _MOVES in scope.version.lacks else able | {Capability.MOVE_IN_PLACE})

    def slot_of(self, scope: Scope, ref: SlotRef) -> Slot[None]:
        """Make a slot of what names it; its times are UTC."""
        del scope
        key = SlotKey.parse(ref.key)
        number, kind = key.provider_id, key.appointment_type_id
        return Slot(
            provider=NAME,
            ref=ref,
            start=key.start,
            end=key.end,
            service=None if kind is None else Service(provider=NAME, id=str(kind)),
            host=None if number is None else Host(provider=NAME, id=str(number)),
            location=Location(provider=NAME, id=str(key.location_id)),
        )

    def check_ref(self, scope: Scope, ref: AppointmentRef) -> None:
        """Check that a ref holds a practice and an id."""
        del scope
        AppointmentKey.parse(ref.key)

    def check_details(self, scope: Scope, booking: Booking[NexHealthBooking], services: tuple[Service, ...]) -> None:
        """Check whose appointment it is to be, the notes and the options: wherever and whenever it is."""
        del services
        customer, anywhere = booking.customer, at_practice(scope, scope.subdomain or NAME)
        attributes_of(customer)  # for its checks
        if customer.id is None:
            search(anywhere, customer, _ANY, _ANY)
        known = None if customer.id is None else identifier(customer.id, "customer.id")
        appointments.create(anywhere, _written(_ANYWHERE, booking, known))

    def slots(self, scope: Scope, query: SlotQuery) -> Listing[Slot[AvailableSlot]]:
        """List slots, 14 days a page."""
        return openings(scope, query)

    def booked(self, scope: Scope, slot: Slot[object], booking: Booking[NexHealthBooking]) -> Work[Appointment[Native]]:
        """Find or make the patient, then book."""
        return self._booked(scope, slot, booking, None)

    def _booked(
        self, scope: Scope, slot: Slot[object], booking: Booking[NexHealthBooking], old: Native | None
    ) -> Flow[Appointment[Native]]:
        """Book, maybe in an old one's place."""
        place = place_of(slot)
        at = scope if place.subdomain is None else at_practice(scope, place.subdomain)
        if place.provider_id is None:
            raise ValueError("slot needs a host at NexHealth: a provider.")
        if place.end is None and place.appointment_type_id is None:
            raise ValueError("slot needs an end, or a service, which says how long it takes.")
        customer = booking.customer
        known = None if customer.id is None else identifier(customer.id, "customer.id")
        body = _written(place, booking, known)
        appointments.create(at, body)  # for its checks: nothing is asked yet
        who = None if known is not None else search(at, customer, body.location_id, place.provider_id)

        def script() -> Script[Appointment[Native]]:
            yield from appointments.look(at, body)  # before a patient is made for nothing
            patient: Patient | None = None if who is None else (yield from who.patient())
            meant = body if patient is None else attrs.evolve(body, patient_id=patient.id)
            try:
                found = yield from appointments.booking_of(
                    attrs.evolve(at, check_location=False), meant, None if old is None else old.id
                )
            except (BadRequestError, ValidationError) as error:
                yield from check_time(error, place.start)
                raise
            return _shared(at, found, customer if patient is None else customer_of(patient))

        return Flow("nexhealth.book", script)

    def look(self, scope: Scope, attempt: BookingAttempt) -> Work[object]:
        """Look for what an attempt made."""
        return resolve(scope, attempt)

    def key_of(self, scope: Scope, made: object) -> str:
        """Name an appointment by its practice and its id."""
        assert isinstance(made, Native)  # noqa: S101 - what `books` makes
        return str(AppointmentKey(_subdomain(scope), made.id))

    def read(self, scope: Scope, ref: AppointmentRef) -> Work[Appointment[Native]]:
        """Read an appointment with its patient and its type."""
        key = AppointmentKey.parse(ref.key)
        at = at_practice(scope, key.subdomain)
        work = appointments.get(at, key.id, _WITH)

        def script() -> Script[Appointment[Native]]:
            return _shared(at, (yield from work))

        return Flow("nexhealth.get_appointment", script)

    def listed(self, scope: Scope, query: AppointmentQuery) -> Listing[Appointment[Native]]:
        """List appointments: one office after another, each in the vendor's order. Blocks are left out."""
        scope.practice()
        own = () if scope.location_id is None else (str(scope.location_id),)
        named = tuple(dict.fromkeys(str(identifier(one.id, "location")) for one in query.locations)) or own
        for one in query.hosts:
            identifier(one.id, "host")
        _native_query(scope, query, _ANY)  # for its checks

        def page(at: str | None) -> Flow[Page[Appointment[Native]]]:
            def script() -> Script[Page[Appointment[Native]]]:
                where = named or tuple(str(one.id) for one in (yield from offices(scope, ())))
                if not where:
                    return Page(())
                office, _, link = (at or where[0]).partition(" ")
                if office not in where:
                    raise ValueError("cursor is not the .cursor of a page of this list.")
                asked = attrs.evolve(_native_query(scope, query, office), cursor=link or None)
                listing = appointments.list(scope, asked)
                found = yield from listing.page(listing.cursor)
                after = where[where.index(office) + 1 :]
                following = after[0] if after else None
                if found.cursor is not None:
                    following = f"{office} {found.cursor}"
                rows = [one for one in found.items if _listed(one, query)]
                return Page(tuple(shown_rows(_LIST, rows, lambda one: _shared(scope, one))), following)

            return Flow(_LIST, script)

        return Listing(_LIST, page)

    def cancelled(
        self,
        scope: Scope,
        ref: AppointmentRef,
        reason: CancelReason | None,
        note: str | None,
    ) -> Work[Cancellation]:
        """Cancel an appointment, written or not."""
        del reason, note
        key = AppointmentKey.parse(ref.key)
        at = at_practice(scope, key.subdomain)
        work = appointments.cancel(at, key.id)

        def script() -> Script[Cancellation]:
            found = _shared(at, (yield from work))
            return Cancellation(ref=ref, cancelled_at=found.cancelled_at, appointment=found)

        return Flow("nexhealth.cancel", script)

    def moved(
        self,
        scope: Scope,
        appointment: Appointment[object] | AppointmentRef,
        slot: Slot[object],
        notify: bool | None,
        options: NexHealthBooking | None,
    ) -> Work[Appointment[Native]]:
        """Move an appointment in place where that can be, else book anew and cancel it after."""
        ref, place, options = ref_of(appointment), place_of(slot), options or NexHealthBooking()
        key = AppointmentKey.parse(ref.key)
        if place.subdomain not in {None, key.subdomain}:
            raise ValueError(
                "slot is another practice's than the appointment, where its patient is somebody else: book there, and "
                "cancel here."
            )
        at = at_practice(scope, key.subdomain)
        stays = Capability.MOVE_IN_PLACE in self.capabilities(scope) and not options.rebook
        if stays and notify is not None:
            raise UnsupportedError(
                "NexHealth is told whether to write to the patient with a new booking only: leave out notify. "
                f"{INSTEAD}, and takes it.",
                provider=NAME,
                operation="nexhealth.reschedule",
            )
        if options.operatory_id is not None:
            place = attrs.evolve(place, operatory_id=identifier(options.operatory_id, "operatory_id"))
        stays = stays and attrs.evolve(options, operatory_id=None) == NexHealthBooking()
        look = appointments.get(at, key.id, _WITH)

        def script() -> Script[Appointment[Native]]:
            old = yield from look
            if old.cancelled or old.deleted:
                raise unsupported("The appointment is cancelled, and there is no way back: book anew.")
            if stays and can_stay(old, place):
                found = yield from in_place(at, old, place)
                return _shared(at, found, None if old.patient_id is None else whose(old), old)
            return (
                yield from self._anew(
                    at, old, slot, place, Booking(customer=whose(old), notify=notify, options=options)
                )
            )

        return Flow("nexhealth.reschedule", script)

    def _anew(
        self, at: Scope, old: Native, slot: Slot[object], place: Place, booking: Booking[NexHealthBooking]
    ) -> Work[Appointment[Native]]:
        """Book anew with what the appointment holds, then cancel it."""
        options = booking.options or NexHealthBooking()
        if old.is_guardian and options.dependent is None:
            raise unsupported(
                "A guardian booked the appointment, and nothing says for whom: give NexHealthBooking(dependent=...)."
            )
        provider = place.provider_id or old.provider_id
        location = place.location_id or old.location_id
        kind = place.appointment_type_id or old.appointment_type_id or None
        chair = place.operatory_id
        if chair is None and (provider, location) == (old.provider_id, old.location_id):
            chair = old.operatory_id
        end = end_of(old, place)
        ref = AppointmentRef(NAME, str(AppointmentKey(_subdomain(at), old.id)))
        where = attrs.evolve(
            slot,
            end=end,
            service=None if kind is None else Service(id=str(kind)),
            host=None if provider is None else Host(id=str(provider)),
            location=None if location is None else Location(id=str(location)),
        )
        same = old.provider_id == provider or (chair is not None and old.operatory_id == chair)
        return rebooked(
            "nexhealth.reschedule",
            self._booked(
                at,
                where,
                attrs.evolve(booking, notes=note_of(old), options=attrs.evolve(options, operatory_id=chair)),
                old,
            ),
            appointments.cancel(at, old.id),
            old=ref,
            named=lambda new: str(new.ref),
            in_the_way=same and old.start_time < end and place.start < old.end_time,
            undo=Undo(
                lambda _: _is_gone(at, old),
                lambda new: appointments.cancel(at, AppointmentKey.parse(new.ref.key).id),
            ),
        )


def _written(place: Place, booking: Booking[NexHealthBooking], known: int | None) -> AppointmentCreate:
    """Write a booking's fields. What is wrong with the notes is told here, by their name."""
    options, notes = booking.options or NexHealthBooking(), booking.notes
    if notes is not None and len(notes) > appointments.MAX_NOTE:
        raise ValueError(f"notes has {len(notes)} characters; {appointments.MAX_NOTE} at most are written.")
    return AppointmentCreate(
        provider_id=_ANY if place.provider_id is None else place.provider_id,
        start_time=place.start,
        end_time=place.end,
        patient_id=_ANY if known is None else known,
        appointment_type_id=place.appointment_type_id,
        operatory_id=place.operatory_id if options.operatory_id is None else options.operatory_id,
        location_id=UNSET if place.location_id is None else place.location_id,
        note=UNSET if notes is None else notes,
        notify_patient=booking.notify is True,
        descriptor_ids=UNSET if options.descriptor_ids is None else options.descriptor_ids,
        referrer=UNSET if options.referrer is None else options.referrer,
        is_new_clients_patient=UNSET if options.is_new_clients_patient is None else options.is_new_clients_patient,
        appointments_per_timeslot=(
            UNSET if options.appointments_per_timeslot is None else options.appointments_per_timeslot
        ),
        is_guardian=UNSET if options.dependent is None else True,
        patient=UNSET if options.dependent is None else options.dependent,
    )


def _is_gone(at: Scope, old: Native) -> Script[bool]:
    """Look whether what was there a moment ago is cancelled: the refusal to cancel it speaks of syncing."""
    try:
        found = yield from appointments.get(at, old.id, AppointmentGet())
    except NotFoundError:
        return True
    return found.cancelled or found.deleted is True


def _subdomain(at: Scope) -> str:
    return at.practice()[0][1]


def _shared(
    at: Scope, found: Native, customer: Customer | None = None, old: Native | None = None
) -> Appointment[Native]:
    return appointment_of(found, _subdomain(at), customer=customer, kind=None if old is None else old.appointment_type)


def _native_query(scope: Scope, query: AppointmentQuery, office: Id) -> NativeQuery:
    """Ask an office; `cancelled` is left out where all are wanted."""
    end = query.end.astimezone(UTC)
    asked = NativeQuery(
        start=query.start,
        end=end.replace(microsecond=0) + _SECOND if end.microsecond else end,  # whole seconds are asked for
        location_id=office,
        unavailable=False,
        cancelled=UNSET if query.include_cancelled else False,
        provider_ids=[one.id for one in query.hosts] or UNSET,
    )
    if query.customer is not None:
        number = identifier(query.customer.id, "customer.id")
        several = "appointments.patient_ids" not in scope.version.lacks
        asked = attrs.evolve(asked, patient_ids=[number]) if several else attrs.evolve(asked, patient_id=number)
    appointments.list(scope, asked)
    return asked


def _listed(one: Native, query: AppointmentQuery) -> bool:
    """Look at a row once more: a filter may be ignored, and the vendor's window holds its end."""
    live = not (one.cancelled or one.deleted)
    return query.start <= one.start_time < query.end and not one.is_block and (live or query.include_cancelled)


scheduling: Final = NexHealthScheduling()
