"""The portable verbs at Cubu: a location is Cubu's service, a service the service type, a host a calendar's agent.

Services and service types are given by their GUIDs or by their names in the catalogue; without them all of the
catalogue are meant. A host is given by the GUID of the agent, as `Slot.host` has it: Cubu lists no agents. A service's
calendars are asked one by one, day by day, so name what you can.

A customer with an id is that record. Without an id, the record is found by its key: the field that the catalogue calls
`customer_key`, where `Customer.attributes` holds it. Cubu searches by nothing else, and a key is one customer's, so
none is ambiguous. Where there is none of that key, one is made, with the attributes, and with the names, the email
address, the phone number and the date of birth where the catalogue has field types with the slugs of `whose.SLUGS`.
Without the key no record is made; a calendar that requires one is refused. Nobody is found by name. A record that was
found is not changed. The phone number and the email address are the booking's contact, with a record or without.

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
from datetime import UTC
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import NoResultError, SlotUnavailableError
from apptsdk.inputs import scalar
from apptsdk.messages import remark
from apptsdk.operation import AllOf, Flow
from apptsdk.providers.cubu import days
from apptsdk.providers.cubu.booking import body_of
from apptsdk.providers.cubu.ids import guid, is_guid
from apptsdk.providers.cubu.models import AppointmentBook, Calendar, CalendarRef, Case, CaseRef
from apptsdk.providers.cubu.models import Channel as NativeChannel
from apptsdk.providers.cubu.operations import appointments, calendars
from apptsdk.providers.cubu.portable import CHANNELS, Place, appointment_of, channels_of, slot_at
from apptsdk.providers.cubu.scope import Scope
from apptsdk.providers.cubu.times import wall_clock
from apptsdk.providers.cubu.whose import Who, check_required, record_of, who_had, whose
from apptsdk.rebooking import rebooked
from apptsdk.scheduling import Capability
from apptsdk.shapes import is_mapping, is_sequence
from apptsdk.shared import Appointment, AppointmentRef, AppointmentStatus, Cancellation, Channel, Slot, SlotRef
from apptsdk.verbs import Booking, Scheduling, ref_of

if TYPE_CHECKING:
    from apptsdk.operation import Listing, Script, Work
    from apptsdk.shared import CancelReason
    from apptsdk.verbs import AppointmentQuery, SlotQuery

_NATIVE: Final = {shared: native for native, shared in CHANNELS.items()}


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

    def slots(self, scope: Scope, query: SlotQuery) -> Listing[Slot[Calendar]]:
        """List slots: of each day the calendars, of each of these the vacancies for each service type."""
        return days.slots(scope, query)

    def listed(self, scope: Scope, query: AppointmentQuery) -> Listing[Appointment[Case]]:
        """List appointments: of each day the calendars, of each of these the appointments."""
        return days.listed(scope, query)

    def read(self, scope: Scope, ref: AppointmentRef) -> Work[Appointment[Case]]:
        """Read an appointment, and beside it its calendar, for the agent and the name."""
        old = _case_ref(ref)

        def script() -> Script[Appointment[Case]]:
            works: tuple[Work[Case | Calendar | None], ...] = (
                appointments.get(scope, old),
                Flow("cubu.calendars.list", lambda: _calendar_of(scope, old.calendar)),
            )
            case, calendar = yield from AllOf(works)
            found, beside = days.value_of(case), calendar.value
            assert isinstance(found, Case)  # noqa: S101 - what `get` gives
            return appointment_of(scope, found, old, beside if isinstance(beside, Calendar) else None)

        return Flow("cubu.get_appointment", script)

    def booked(self, scope: Scope, slot: Slot[object], booking: Booking[CubuBooking]) -> Work[Appointment[Case]]:
        """Book a slot."""
        who, options = whose(scope, booking.customer), booking.options or CubuBooking()
        _check_slot(scope, slot)
        _body(scope, slot, who, _channel(scope, slot, booking.channel), options)
        if isinstance(slot.native, Calendar):
            check_required(scope, slot.native, who)

        def script() -> Script[Appointment[Case]]:
            where = yield from _whole(scope, slot)
            check_required(scope, where.native, who)
            record_id = yield from record_of(scope, who)
            known = attrs.evolve(who, record_id=record_id)
            body = _body(scope, where, known, _channel(scope, where, booking.channel), options)
            return (yield from _book(scope, where, body))

        return Flow("cubu.book", script)

    def cancelled(
        self,
        scope: Scope,
        appointment: Appointment[object] | AppointmentRef,
        reason: CancelReason | None,
        note: str | None,
    ) -> Work[Cancellation]:
        """Cancel an appointment. Cubu keeps neither a reason nor a note, and answers nothing."""
        del reason, note
        ref = ref_of(appointment)
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
        if slot.ref is not None or (slot.location is not None and slot.service is not None):
            _check_slot(scope, slot)
            offered = slot.channels or channels_of(scope, _type_of(scope, slot))
            _body(scope, slot, Who(), next(iter(offered), Channel.IN_PERSON), options or CubuBooking())

        def script() -> Script[Appointment[Case]]:
            case = yield from appointments.get(scope, old)
            held = appointment_of(scope, case, old, None)
            if held.status is AppointmentStatus.CANCELLED:
                raise NoResultError("The appointment is cancelled.", provider="cubu", operation="cubu.reschedule")
            new = attrs.evolve(slot, location=slot.location or held.location, service=slot.service or held.service)
            _check_slot(scope, new)
            where = yield from _whole(scope, new)
            who, wishes = who_had(scope, case), _kept(case, options)
            check_required(scope, where.native, who)
            channel = _channel(scope, where, None if held.channel is Channel.UNKNOWN else held.channel)
            body = _body(scope, where, who, channel, wishes)
            return (
                yield from rebooked(
                    "cubu.reschedule",
                    Flow("cubu.book", lambda: _book(scope, where, body, old)),
                    appointments.cancel(scope, old),
                    old=ref,
                    named=lambda one: str(one.ref),
                    in_the_way=_place(where).calendar == old.calendar,
                )
            )

        return Flow("cubu.reschedule", script)


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


def _check_slot(scope: Scope, slot: Slot[object]) -> None:
    """Refuse a slot that names no place, or two."""
    if slot.ref is None:
        if slot.location is None or slot.service is None:
            raise ValueError(
                "slot needs location, the service, and service, the service type; or the ref of one found."
            )
        service_id = scope.catalogue.service_id(slot.location.id, "slot.location")
        scope.catalogue.service_type_id(slot.service.id, "slot.service")
        wall_clock(slot.start, scope.zone(service_id), "slot.start")
        if slot.host is not None:
            guid(slot.host.id, "slot.host")
        return
    named = slot_at(scope, Place.of(slot.ref), None)
    if named.start.astimezone(UTC) != slot.start.astimezone(UTC):
        raise ValueError("slot.start is not the time that slot.ref names: leave the ref out for another time.")
    for name, one, other, read in (
        ("location", slot.location, named.location, scope.catalogue.service_id),
        ("service", slot.service, named.service, scope.catalogue.service_type_id),
    ):
        if one is not None and other is not None and read(one.id, f"slot.{name}") != other.id:
            raise ValueError(f"slot.{name} is not the one that slot.ref names: leave the ref out for another.")


def _calendar_of(scope: Scope, reference: CalendarRef) -> Script[Calendar | None]:
    page = yield from calendars.list(scope, reference.service_id, reference.date).page(None)
    return next((one for one in page.items if one.cu_index == reference.cu_index), None)


def _whole(scope: Scope, slot: Slot[object]) -> Script[Slot[Calendar]]:
    """Give a slot with its calendar, which says what a booking requires: the one it came with, or read now."""
    if slot.ref is None:
        return (yield from days.slot_made_by_hand(scope, slot))
    place = Place.of(slot.ref)
    calendar = slot.native if isinstance(slot.native, Calendar) else (yield from _calendar_of(scope, place.calendar))
    if calendar is None:
        raise SlotUnavailableError("There is no such calendar on that day.", provider="cubu", operation="cubu.book")
    found = slot_at(scope, place, calendar)
    return attrs.evolve(found, end=slot.end or found.end)


def _type_of(scope: Scope, slot: Slot[object]) -> str:
    if slot.ref is not None:
        return Place.of(slot.ref).service_type_id
    assert slot.service is not None  # noqa: S101 - as was checked
    return scope.catalogue.service_type_id(slot.service.id, "slot.service")


# --- bookings --------------------------------------------------------------------------------------------------------


def _channel(scope: Scope, slot: Slot[object], channel: Channel | None) -> Channel:
    if channel is not None:
        return channel
    offered = slot.channels or channels_of(scope, _type_of(scope, slot))
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
