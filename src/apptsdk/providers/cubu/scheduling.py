"""The portable verbs at Cubu: a location is Cubu's service, a service the service type, a host a calendar's agent.

Services and service types are given by their GUIDs or by their names in the catalogue; without them all of the
catalogue are meant. A host is given by the GUID of the agent, as `Slot.host` has it: Cubu lists no agents. A service's
calendars are asked one by one, day by day, so name what you can.

A customer with an id is that record. Without an id, the record is found by its key: the field that the catalogue calls
`customer_key`, where `Customer.attributes` holds it. Cubu searches by nothing else, and a key is one customer's, so
none is ambiguous; but a record whose names or date of birth are others than those that are given is somebody else's,
and that is an error before anything is booked. Where there is none of that key, one is made, with the attributes, and
with the names, the email address, the phone number and the date of birth where the catalogue has field types with the
slugs of `whose.SLUGS`. Without the key no record is made, and names and a date of birth are dropped with a warning; a
calendar that requires a record is refused. Nobody is found by name. A record that was found is not changed. The phone
number and the email address are the booking's contact, with a record or without.

The channel must be known: the one that is given, else the only one that the service type offers by the catalogue.

A slot that is made by hand needs `start`, `location` and `service`, and may have a `host`: the first calendar that is
free then is taken. A slot without `native`, one named by its ref for instance, costs a look at its calendar, which says
what a booking requires.

Cubu moves nothing: the new appointment is booked first, the old one cancelled afterwards. The old one is read anew, and
its customer, contact, channel, language, fields and tags are the new one's; whether it could be checked in at the
kiosk, Cubu does not say. The organization's own hook may change a booking: the shared fields say what Cubu has, and
`native`, a `Booking`, its `differences` from what was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003 - attrs resolves them at run time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import NoResultError, SlotUnavailableError
from apptsdk.inputs import scalar
from apptsdk.lengths import other_length
from apptsdk.messages import remark
from apptsdk.moments import between
from apptsdk.operation import AllOf, Flow
from apptsdk.providers.cubu import days
from apptsdk.providers.cubu.booking import body_of
from apptsdk.providers.cubu.ids import guid, is_guid
from apptsdk.providers.cubu.models import AppointmentBook, Calendar, CalendarRef, Case, CaseRef
from apptsdk.providers.cubu.models import Booking as NativeBooking
from apptsdk.providers.cubu.models import Channel as NativeChannel
from apptsdk.providers.cubu.operations import appointments, calendars
from apptsdk.providers.cubu.operations.client import resolve
from apptsdk.providers.cubu.portable import (
    CHANNELS,
    Place,
    appointment_of,
    channels_of,
    host_of,
    service_of,
    slot_at,
)
from apptsdk.providers.cubu.recovery import BOOK, cancelled
from apptsdk.providers.cubu.scope import Scope
from apptsdk.providers.cubu.times import wall_clock
from apptsdk.providers.cubu.whose import Who, check_required, record_of, who_had, whose
from apptsdk.rebooking import Undo, rebooked
from apptsdk.scheduling import Capability
from apptsdk.shapes import is_mapping, is_sequence
from apptsdk.shared import Appointment, AppointmentRef, AppointmentStatus, Cancellation, Channel, Service, Slot, SlotRef
from apptsdk.verbs import Booking, Scheduling, ref_of

if TYPE_CHECKING:
    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Listing, Script, Work
    from apptsdk.shared import CancelReason
    from apptsdk.verbs import AppointmentQuery, SlotQuery

_MOVE: Final = "cubu.reschedule"
_NATIVE: Final = {shared: native for native, shared in CHANNELS.items()}
_ANY: Final = Slot(
    provider="cubu", start=datetime(2000, 1, 1, tzinfo=UTC), service=Service(id="00000000-0000-0000-0000-000000000000")
)
"""Where a booking is held against what is wrong with it wherever it is."""


@attrs.frozen(kw_only=True)
class CubuBooking:
    """What only Cubu takes with a booking; see `appointments.book`.

    Args:
        language: The customer's language, such as `en-US`; the organization's own by default.
        fields: Values of the organization's own fields, by the field type's GUID or its name in the catalogue.
        tag_ids: Tags, by their GUIDs or their names in the catalogue.
        bypass_timeslot_check: Whether any time will do, vacant or not. Working hours and other restrictions still hold.
        prevent_self_check_in: Whether the customer cannot check in at the kiosk.
    """

    language: str | None = None
    fields: Mapping[str, str | int | float | bool | None] | None = attrs.field(default=None, repr=False)
    tag_ids: Sequence[str] | None = None
    bypass_timeslot_check: bool = False
    prevent_self_check_in: bool = False


class CubuScheduling(Scheduling[Scope, Calendar, Case, CubuBooking]):
    """How the portable verbs map."""

    provider = "cubu"
    books = BOOK
    slot_native = Calendar
    native = Case
    options = CubuBooking

    def capabilities(self, scope: Scope) -> frozenset[Capability]:
        """Say what can be done. Whether cancelled ones are listed, the vendor does not say."""
        del scope
        able = (Capability.FIND_SLOTS, Capability.GET, Capability.LIST, Capability.REBOOK, Capability.CHANNEL)
        return frozenset(able)

    def slot_of(self, scope: Scope, ref: SlotRef) -> Slot[None]:
        """Make a slot of what names it."""
        return slot_at(scope, Place.of(ref), None)

    def check_ref(self, scope: Scope, ref: AppointmentRef) -> None:
        """Check that a ref names a calendar and a case."""
        del scope
        _case_ref(ref)

    def is_same(self, scope: Scope, argument: str, one: str, other: str) -> bool:
        """Tell whether two ids are the same one's: services and service types have names, too."""
        read = {"location": scope.catalogue.service_id, "service": scope.catalogue.service_type_id}.get(argument, guid)
        return read(one, f"slot.{argument}") == read(other, f"slot.{argument}")

    def check_details(self, scope: Scope, booking: Booking[CubuBooking], services: tuple[Service, ...]) -> None:
        """Check whose appointment it is to be, its options, and that there is a channel to meet the customer by."""
        who, options = whose(scope, booking.customer), booking.options or CubuBooking()
        if who.record_id is None and who.key is None and who.told:
            remark(f"cubu.book: without the customer's key, Cubu keeps no {' or '.join(who.told)}; dropped.")
        _body(scope, _ANY, who, booking.channel or Channel.IN_PERSON, options)
        if booking.channel is None:
            for one in services:
                _only(channels_of(scope, scope.catalogue.service_type_id(one.id, "service")))

    def slots(self, scope: Scope, query: SlotQuery) -> Listing[Slot[Calendar]]:
        """List slots: of each day the calendars, of each of these the vacancies for each service type."""
        return days.slots(scope, query)

    def listed(self, scope: Scope, query: AppointmentQuery) -> Listing[Appointment[Case]]:
        """List appointments: of each day the calendars, of each of these the appointments."""
        return days.listed(scope, query)

    def look(self, scope: Scope, attempt: BookingAttempt) -> Work[object]:
        """Look for what an attempt made."""
        return resolve(scope, attempt)

    def key_of(self, scope: Scope, made: object) -> str:
        """Name an appointment by its calendar and its case."""
        del scope
        assert isinstance(made, NativeBooking)  # noqa: S101 - what `books` makes
        return str(made.reference)

    def read(self, scope: Scope, ref: AppointmentRef) -> Work[Appointment[Case]]:
        """Read an appointment, and beside it its calendar, for the agent and the name."""
        old = _case_ref(ref)

        def script() -> Script[Appointment[Case]]:
            works: tuple[Work[Case | Calendar | None], ...] = (
                appointments.get(scope, old),
                Flow("cubu.calendars.list", lambda: _calendar_of(scope, old.calendar)),
            )
            case, calendar = yield from AllOf(works)
            found, beside = case.get(), calendar.value
            assert isinstance(found, Case)  # noqa: S101 - what `get` gives
            return appointment_of(scope, found, old, beside if isinstance(beside, Calendar) else None)

        return Flow("cubu.get_appointment", script)

    def booked(self, scope: Scope, slot: Slot[object], booking: Booking[CubuBooking]) -> Work[Appointment[Case]]:
        """Book a slot."""
        who, options = whose(scope, booking.customer), booking.options or CubuBooking()
        _check_slot(scope, slot, "cubu.book")
        _body(scope, slot, who, _channel(scope, slot, booking.channel), options)
        if isinstance(slot.native, Calendar):
            check_required(scope, slot.native, who)

        def script() -> Script[Appointment[Case]]:
            where = yield from _whole(scope, slot, "cubu.book")
            check_required(scope, where.native, who)
            record_id = yield from record_of(scope, who)
            known = attrs.evolve(who, record_id=record_id)
            body = _body(scope, where, known, _channel(scope, where, booking.channel), options)
            return (yield from _book(scope, where, body))

        return Flow("cubu.book", script)

    def cancelled(
        self,
        scope: Scope,
        ref: AppointmentRef,
        reason: CancelReason | None,
        note: str | None,
    ) -> Work[Cancellation]:
        """Cancel an appointment. Cubu keeps neither a reason nor a note, and answers nothing."""
        del reason, note
        work = appointments.cancel(scope, _case_ref(ref))

        def script() -> Script[Cancellation]:
            yield from work
            return Cancellation(ref=ref)

        return Flow("cubu.cancel", script)

    def moved(
        self,
        scope: Scope,
        appointment: Appointment[object] | AppointmentRef,
        slot: Slot[object],
        notify: bool | None,
        options: CubuBooking | None,
    ) -> Work[Appointment[Case]]:
        """Book anew with what the old appointment holds, then cancel it. The old one is read in any case."""
        del notify
        ref = ref_of(appointment)
        old = _case_ref(ref)
        _check_parts(scope, slot, _MOVE)
        _body(scope, _ANY, Who(), Channel.IN_PERSON, options or CubuBooking())

        def script() -> Script[Appointment[Case]]:
            case = yield from appointments.get(scope, old)
            held = appointment_of(scope, case, old, None)
            if held.status is AppointmentStatus.CANCELLED:
                raise NoResultError("The appointment is cancelled.", provider="cubu", operation=_MOVE)
            new = attrs.evolve(slot, location=slot.location or held.location, service=slot.service or held.service)
            _check_slot(scope, new, _MOVE)
            where = yield from _whole(scope, new, _MOVE)
            who, wishes = who_had(scope, case), _kept(case, options)
            check_required(scope, where.native, who)
            channel = _channel(scope, where, None if held.channel is Channel.UNKNOWN else held.channel)
            body = _body(scope, where, who, channel, wishes)
            return (
                yield from rebooked(
                    _MOVE,
                    Flow("cubu.book", lambda: _book(scope, where, body, old)),
                    appointments.cancel(scope, old),
                    old=ref,
                    named=lambda one: str(one.ref),
                    in_the_way=_place(where).calendar == old.calendar,
                    undo=Undo(
                        lambda _: _is_gone(scope, old), lambda one: appointments.cancel(scope, _case_ref(one.ref))
                    ),
                )
            )

        return Flow(_MOVE, script)


# --- refs and slots --------------------------------------------------------------------------------------------------


def _case_ref(ref: AppointmentRef) -> CaseRef:
    try:
        return CaseRef.parse(ref.key)
    except ValueError as error:
        why = str(error)
    raise ValueError(f"appointment is no ref of the form cubu:service/2026-03-02/cu/case. {why}")


def _place(slot: Slot[object]) -> Place:
    assert slot.ref is not None  # noqa: S101 - as was looked up, or checked
    return Place.of(slot.ref)


def _check_slot(scope: Scope, slot: Slot[object], verb: str) -> None:
    """Refuse a slot that names no place; see `_check_parts`."""
    if slot.ref is None and (slot.location is None or slot.service is None):
        raise ValueError(
            "slot needs a service and a location at Cubu: a service type, a service. Or the ref of one that was found."
        )
    _check_parts(scope, slot, verb)


def _check_parts(scope: Scope, slot: Slot[object], verb: str) -> None:
    """Refuse what a slot says that is malformed, that its calendar is not, or that no service type takes."""
    location, service, host = slot.location, slot.service, slot.host
    service_id = None if location is None else scope.catalogue.service_id(location.id, "slot.location")
    kind = None if service is None else scope.catalogue.service_type_id(service.id, "slot.service")
    agent = None if host is None else guid(host.id, "slot.host")
    if slot.ref is None and service_id is not None:
        wall_clock(slot.start, scope.zone(service_id), "slot.start")
    if isinstance(slot.native, Calendar) and agent not in {None, _agent_of(slot.native)}:
        raise ValueError("slot.host is not the one that slot.ref names: for another, leave ref out.")
    known = None if kind is None else service_of(scope, kind).duration
    told = None if service is None else service.duration
    own = (told or known) if slot.ref is not None else (known or told)  # of one that was found, Cubu said so
    if own is not None and slot.end is not None and between(slot.start, slot.end) != own:
        raise other_length([own], verb, "Leave slot.end out.")


def _agent_of(calendar: Calendar) -> str | None:
    found = host_of(calendar.user)
    return None if found is None else found.id


def _calendar_of(scope: Scope, reference: CalendarRef) -> Script[Calendar | None]:
    page = yield from calendars.list(scope, reference.service_id, reference.date).page(None)
    return next((one for one in page.items if one.cu_index == reference.cu_index), None)


def _whole(scope: Scope, slot: Slot[object], verb: str) -> Script[Slot[Calendar]]:
    """Give a slot with its calendar, which says what a booking requires: the one it came with, or read now."""
    if slot.ref is None:
        found = yield from days.slot_made_by_hand(scope, slot, verb)
        return attrs.evolve(found, channels=slot.channels or found.channels)
    place = Place.of(slot.ref)
    calendar = slot.native if isinstance(slot.native, Calendar) else (yield from _calendar_of(scope, place.calendar))
    if calendar is None:
        raise SlotUnavailableError("There is no such calendar on that day.", provider="cubu", operation=verb)
    if slot.host is not None and guid(slot.host.id, "slot.host") != _agent_of(calendar):
        raise SlotUnavailableError("The calendar is somebody else's by now.", provider="cubu", operation=verb)
    found = slot_at(scope, place, calendar)
    return attrs.evolve(found, end=slot.end or found.end, channels=slot.channels or found.channels)


def _type_of(scope: Scope, slot: Slot[object]) -> str:
    if slot.ref is not None:
        return Place.of(slot.ref).service_type_id
    assert slot.service is not None  # noqa: S101 - as was checked
    return scope.catalogue.service_type_id(slot.service.id, "slot.service")


# --- bookings --------------------------------------------------------------------------------------------------------


def _channel(scope: Scope, slot: Slot[object], channel: Channel | None) -> Channel:
    if channel is not None:
        return channel
    return _only(slot.channels or channels_of(scope, _type_of(scope, slot)))


def _only(offered: Sequence[Channel]) -> Channel:
    """Give the only channel there is. Raises ValueError where there is none, or a choice."""
    if len(offered) == 1:
        return offered[0]
    told = ", ".join(one.name for one in offered)
    raise ValueError(
        "channel is missing: Cubu must be told how the customer is met. "
        + (f"This service type offers {told}." if told else "The catalogue does not say what this service type offers.")
    )


def _body(scope: Scope, slot: Slot[object], who: Who, channel: Channel, options: CubuBooking) -> AppointmentBook:
    """Write a booking's fields. What is wrong with them is told at once."""
    body = AppointmentBook(
        service_type_id=_type_of(scope, slot),
        channel=NativeChannel(_NATIVE[channel]),
        language=options.language,
        customer_record_id=who.record_id,
        contact_phone_number=who.phone,
        contact_email=who.email,
        fields=options.fields,
        tag_ids=options.tag_ids,
        start=slot.start,
        bypass_timeslot_check=options.bypass_timeslot_check,
        prevent_self_check_in=options.prevent_self_check_in,
    )
    body_of(scope, body)
    return body


def _book(
    scope: Scope, slot: Slot[Calendar], body: AppointmentBook, old: CaseRef | None = None
) -> Script[Appointment[Case]]:
    made = yield from appointments.booking_of(scope, slot.native, body, old)
    return appointment_of(scope, made, made.reference, slot.native, (slot, body))


def _is_gone(scope: Scope, old: CaseRef) -> Script[bool]:
    """Look whether what was in its calendar a moment ago is there no more, or cancelled."""
    return bool((yield from cancelled(scope, old)))


def _kept(case: Case, options: CubuBooking | None) -> CubuBooking:
    """Take over from an old appointment what the caller does not give anew."""
    given = options or CubuBooking()
    fields, tag_ids = given.fields, given.tag_ids
    lost: list[str] = []
    # Their shape here is not published: what looks as a booking has it is taken over.
    if fields is None and case.fields:
        fields = _fields(case.fields)
        lost += ["fields"] if fields is None else []
    if tag_ids is None and case.tags:
        tag_ids = _guids(case.tags)
        lost += ["tags"] if tag_ids is None else []
    if lost:
        remark(
            f"cubu.reschedule: the old appointment's {' and '.join(lost)} cannot be read, and are not taken over: give "
            "them in CubuBooking."
        )
    return attrs.evolve(given, language=given.language or case.language, fields=fields, tag_ids=tag_ids)


def _guids(held: object) -> list[str] | None:
    found = [one for one in held if isinstance(one, str) and is_guid(one)] if is_sequence(held) else []
    return found if is_sequence(held) and len(found) == len(held) else None


def _fields(held: object) -> dict[str, str | int | float | bool | None] | None:
    found: dict[str, str | int | float | bool | None] = {}
    if not is_mapping(held):
        return None
    for name, value in held.items():
        if not isinstance(name, str) or not is_guid(name):
            return None
        try:
            found[name] = scalar(value, name)
        except (TypeError, ValueError):
            return None
    return found


scheduling: Final = CubuScheduling()
