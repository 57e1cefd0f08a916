"""The portable verbs at Cliniko, end to end before the sandbox: book, read, list, move, cancel."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from props import NOW, props

from apptsdk import NotFoundError, UnsupportedError
from apptsdk.errors import ProviderWarning, SlotUnavailableError
from apptsdk.providers.cliniko import ClinikoBooking, IndividualAppointment
from apptsdk.providers.cliniko.conflicts import AGAIN
from apptsdk.providers.cliniko.shown import appointment
from apptsdk.scheduling import Capability
from apptsdk.shared import (
    AppointmentStatus,
    CancelReason,
    Channel,
    Customer,
    Host,
    Location,
    Service,
    Slot,
    SlotRef,
)

START = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
SYDNEY = ZoneInfo("Australia/Sydney")
BUSINESS, PRACTITIONER, KIND = props().triple
PATIENT = Customer(id=props().patients[0])
HOUR = timedelta(hours=1)


def slot(start=START, **fields):
    given = {
        "service": Service(id=KIND),
        "host": Host(id=PRACTITIONER),
        "location": Location(id=BUSINESS),
        **fields,
    }
    return Slot(provider="cliniko", start=start, **given)


def body(request):
    return json.loads(request.body)


def writes(clinic):
    return [one for one in clinic.seen() if one.method != "GET"]


def test_a_booking_says_all_that_the_vendor_says_and_reads_again_the_same(clinic):
    async def story(c):
        made = await c.call("book", slot(), PATIENT, notes="Wants mornings")
        return made, await c.call("get_appointment", made.ref), await c.call("get_appointment", str(made.ref))

    made, read, by_text = clinic.tell(story)
    assert as_read(made) == read == by_text
    assert (made.provider, str(made.ref), made.status) == ("cliniko", f"cliniko:{made.id}", AppointmentStatus.BOOKED)
    assert (made.start, made.end - made.start) == (START, HOUR / 2)
    assert (made.start.tzinfo, made.time_zone) == (SYDNEY, "Australia/Sydney")
    assert made.customer == Customer(provider="cliniko", id=PATIENT.id)
    assert made.host.id == PRACTITIONER
    assert made.service == Service(provider="cliniko", id=KIND, name="Standard consultation", duration=HOUR / 2)
    assert made.location == Location(
        provider="cliniko", id=BUSINESS, name="Riverbend Clinic", time_zone="Australia/Sydney"
    )
    assert (made.notes, made.reference, made.title, made.join_url) == ("Wants mornings", None, None, None)
    assert (made.channel, made.recovered, made.cancelled_at) == (Channel.UNKNOWN, False, None)
    assert made.created_at == made.updated_at == made.native.created_at
    assert isinstance(made.native, IndividualAppointment)


def as_read(made):
    """Say what is read of an appointment later: `book` knows the name of its type, which it has read before."""
    return attrs.evolve(made, service=Service(provider="cliniko", id=made.service.id))


def test_the_name_of_the_type_costs_a_booking_no_request(clinic):
    async def story(c):
        return [await c.call("book", slot(START + hours * HOUR), PATIENT, check_conflicts=False) for hours in (0, 1)]

    first, second = clinic.tell(story)
    assert {one.service.name for one in (first, second)} == {"Standard consultation"}
    assert [one.path.rpartition("/")[2] for one in clinic.seen()[2:]] == ["individual_appointments"] * 2


def test_what_a_slot_says_is_what_is_booked_and_without_an_end_the_type_decides(clinic):
    async def story(c):
        long = await c.call("book", slot(end=START + HOUR), PATIENT)
        plain = await c.call("book", slot(START + HOUR), PATIENT)
        return long, plain

    long, plain = clinic.tell(story)
    assert (long.end - long.start, plain.end - plain.start) == (HOUR, HOUR / 2)
    first, second = (body(one) for one in clinic.seen("POST"))
    assert first["ends_at"] == "2026-03-09T03:00:00Z"
    assert "ends_at" not in second


def test_the_options_reach_the_vendor(clinic):
    case = props().patient_cases[0]

    async def story(c):
        made = await c.call("book", slot(), PATIENT, options=ClinikoBooking(patient_case_id=case))
        moved = await c.call("book", slot(START + HOUR), PATIENT)
        moved = await c.call("reschedule", moved, slot(START + 2 * HOUR), options=ClinikoBooking(patient_case_id=case))
        return made, moved

    made, moved = clinic.tell(story)
    assert made.native.patient_case.id == moved.native.patient_case.id == case


def test_a_slot_that_was_found_books_by_its_ref_in_another_process(clinic):
    async def find(c):
        return await c.first(c.list("find_slots", start=NOW, end=NOW + 5 * 24 * HOUR, service=KIND, host=PRACTITIONER))

    found = clinic.tell(find)
    assert (
        str(found.ref) == f"cliniko:{BUSINESS}/{PRACTITIONER}/{KIND}/{found.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    )

    async def book(c):
        return await c.call("book", str(found.ref), PATIENT)

    made = clinic.tell(book)
    assert (made.start, made.end) == (found.start, found.end)
    with pytest.raises(SlotUnavailableError, match="nothing was booked"):
        clinic.tell(book)
    assert len(clinic.sandbox.ledger.created("individual_appointments")) == 1


NO_REFS = {
    "no time": f"{BUSINESS}/{PRACTITIONER}/{KIND}",
    "another zone": f"{BUSINESS}/{PRACTITIONER}/{KIND}/2026-03-09T02:00:00+11:00",
    "no seconds": f"{BUSINESS}/{PRACTITIONER}/{KIND}/2026-03-09T02:00Z",
    "no such day": f"{BUSINESS}/{PRACTITIONER}/{KIND}/2026-02-30T02:00:00Z",
    "an id of letters": f"{BUSINESS}/{PRACTITIONER}/abc/2026-03-09T02:00:00Z",
    "an id too long": f"{BUSINESS}/{PRACTITIONER}/{'9' * 30}/2026-03-09T02:00:00Z",
    "more": f"{BUSINESS}/{PRACTITIONER}/{KIND}/2026-03-09T02:00:00Z/1",
    "other digits": f"{BUSINESS}/{PRACTITIONER}/\u0661/2026-03-09T02:00:00Z",
}


@pytest.mark.parametrize("key", NO_REFS.values(), ids=NO_REFS)
def test_what_is_no_ref_of_a_slot_is_refused_with_the_form(key, clinic):
    with pytest.raises(ValueError, match="business/practitioner/type/2026-03-02T09:00:00Z"):
        clinic.tell(lambda c: c.call("book", SlotRef("cliniko", key), PATIENT))
    assert clinic.seen() == []


REFUSED = {
    "no service": ((slot(service=None), PATIENT), {}, ValueError, "a service, a host and a location"),
    "no host": ((slot(host=None), PATIENT), {}, ValueError, "a service, a host and a location"),
    "no location": ((slot(location=None), PATIENT), {}, ValueError, "a service, a host and a location"),
    "a service of letters": (
        (slot(service=Service(id="abc")), PATIENT),
        {},
        ValueError,
        "slot.service is not a Cliniko",
    ),
    "a patient of letters": ((slot(), Customer(id="abc")), {}, ValueError, "customer.id is not a Cliniko id"),
    "a case of letters": (
        (slot(), PATIENT),
        {"options": ClinikoBooking(patient_case_id="abc")},
        ValueError,
        "patient_case_id is not",
    ),
    "a channel": ((slot(), PATIENT), {"channel": Channel.VIDEO}, UnsupportedError, "channel=VIDEO"),
    "a notification": ((slot(), PATIENT), {"notify": True}, UnsupportedError, "notify"),
}


@pytest.mark.parametrize(("args", "options", "kind", "match"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_booked_is_refused_before_anything_is_sent(args, options, kind, match, clinic):
    with pytest.raises(kind, match=match):
        clinic.tell(lambda c: c.call("book", *args, **options))
    assert clinic.seen() == []


def test_a_group_type_is_refused_before_anything_is_written(clinic):
    async def story(c):
        with pytest.raises(UnsupportedError, match="up to 6 at once"):
            await c.call("book", slot(service=Service(id=props().group_type)), PATIENT)
        made = await c.call("book", slot(), PATIENT)
        with pytest.raises(UnsupportedError, match="up to 6 at once"):
            await c.call("reschedule", made, slot(START + HOUR, service=Service(id=props().group_type)))

    clinic.tell(story)
    assert [one.method for one in writes(clinic)] == ["POST"]


def test_a_type_that_is_not_there_is_named_before_anything_is_written(clinic):
    with pytest.raises(NotFoundError, match="appointment_types"):
        clinic.tell(lambda c: c.call("book", slot(service=Service(id="1")), PATIENT))
    assert writes(clinic) == []


def test_a_reference_is_dropped_with_a_warning(clinic):
    with pytest.warns(ProviderWarning, match="keeps no reference"):
        made = clinic.tell(lambda c: c.call("book", slot(), PATIENT, reference="crm-881"))
    assert made.reference is None


def test_the_capabilities_say_what_is_mapped(clinic):
    async def story(c):
        return c.client.capabilities

    assert clinic.tell(story) == frozenset(Capability) - {
        Capability.REBOOK,
        Capability.REFERENCE,
        Capability.CHANNEL,
        Capability.NOTIFY,
    }


REASONS = {
    None: 50,
    CancelReason.BETTER: 10,
    CancelReason.WORSE: 20,
    CancelReason.SICK: 30,
    CancelReason.AWAY: 40,
    CancelReason.OTHER: 50,
    CancelReason.WORK: 60,
}


def test_every_reason_of_a_cancellation_has_a_test():
    assert set(REASONS) == {None, *CancelReason}


@pytest.mark.parametrize(("reason", "code"), REASONS.items(), ids=str)
def test_a_cancellation_keeps_its_reason_and_its_note(reason, code, clinic):
    async def story(c):
        made = await c.call("book", slot(), PATIENT)
        done = await c.call("cancel", made, reason=reason, note="Rang up")
        with pytest.raises(NotFoundError):
            await c.call("cancel", made.ref)
        return made, done, await c.call("get_appointment", made)

    made, done, after = clinic.tell(story)
    assert done.ref == made.ref
    assert (after.status, after.cancelled_at) == (AppointmentStatus.CANCELLED, NOW + timedelta(seconds=1))
    assert (after.native.cancellation_reason, after.native.cancellation_note) == (code, "Rang up")


def test_the_marks_of_a_reception_are_statuses(clinic):
    async def story(c):
        made = await c.call("book", slot(), PATIENT)
        (attendee,) = await c.collect(c.list("attendees.list", q=[f"booking_id:={made.id}"]))
        for arrived in (True, False, None):
            await c.call("attendees.update", attendee.id, arrived=arrived)
            said.append((await c.call("get_appointment", made)).status)

    said: list[AppointmentStatus] = []
    clinic.tell(story)
    assert said == [AppointmentStatus.ARRIVED, AppointmentStatus.NO_SHOW, AppointmentStatus.BOOKED]


def test_a_list_holds_what_begins_within_the_time_in_order_and_what_is_cancelled_when_asked(clinic):
    async def story(c):
        starts = [START + hours * HOUR for hours in (3, 0, 2, 1)]
        made = [await c.call("book", slot(start), PATIENT) for start in starts]
        await c.call("cancel", made[2])
        span = {"start": START, "end": START + 3 * HOUR, "host": PRACTITIONER}
        live = await c.collect(c.list("list_appointments", **span))
        return made, live, await c.collect(c.list("list_appointments", **span, include_cancelled=True))

    (last, first, gone, second), live, all_ = clinic.tell(story)
    assert live == [as_read(first), as_read(second)]
    assert [one.ref for one in all_] == [first.ref, second.ref, gone.ref]
    assert all_[2].status is AppointmentStatus.CANCELLED
    assert last.start == START + 3 * HOUR


def test_a_list_is_filtered_by_patient_host_and_location(clinic):
    other = props().patients[1]

    async def story(c):
        mine = await c.call("book", slot(), PATIENT)
        await c.call("book", slot(START + HOUR), Customer(id=other))
        span = {"start": START, "end": START + 24 * HOUR}
        hosts = [PRACTITIONER, props().practitioners[1]]
        return (
            mine,
            await c.collect(c.list("list_appointments", **span, customer=PATIENT, host=hosts, location=[BUSINESS])),
            await c.collect(c.list("list_appointments", **span, host=PRACTITIONER, location=props().businesses[1])),
        )

    mine, found, none = clinic.tell(story)
    assert found == [as_read(mine)]
    assert none == []


def test_a_list_goes_on_over_pages_and_asks_for_a_zone_once(clinic):
    async def story(c):
        span = {"start": NOW - 400 * 24 * HOUR, "end": NOW + 400 * 24 * HOUR, "include_cancelled": True}
        return await c.collect(c.list("list_appointments", **span))

    found = clinic.tell(story)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert {one.time_zone for one in found} >= {"Australia/Sydney"}
    asked = [one.path for one in clinic.seen() if "/businesses/" in one.path]
    assert len(asked) == len(set(asked)) == len({one.location.id for one in found})


def test_a_zone_that_nobody_can_read_is_utc(clinic):
    clinic.sandbox.fault("status", path="/businesses/*", status=403, times=None)
    made = clinic.tell(lambda c: c.call("book", slot(), PATIENT))
    assert (made.start.tzinfo, made.time_zone) == (UTC, None)
    assert made.location == Location(provider="cliniko", id=BUSINESS)


def test_an_appointment_at_a_business_that_is_archived_keeps_its_zone(clinic):
    async def story(c):
        made = await c.call("book", slot(), PATIENT)
        await c.call("businesses.archive", BUSINESS)
        return made

    async def later(c):
        return await c.call("get_appointment", made)

    made = clinic.tell(story)
    assert clinic.tell(later) == as_read(made)
    assert made.time_zone == "Australia/Sydney"


def test_an_appointment_that_names_no_business_is_in_utc():
    bare = IndividualAppointment(id="7", starts_at=START, ends_at=START + HOUR)
    found = appointment(bare, None)
    assert (found.start.tzinfo, found.location, found.customer, found.host, found.service) == (UTC, *[None] * 4)


def test_a_move_stays_the_same_appointment_and_keeps_what_the_slot_does_not_say(clinic):
    async def story(c):
        made = await c.call("book", slot(end=START + 0.75 * HOUR), PATIENT, notes="Stays")
        moved = await c.call("reschedule", made.ref, Slot(provider="cliniko", start=START + HOUR / 4))
        return made, moved, await c.call("get_appointment", made)

    made, moved, read = clinic.tell(story)
    assert moved == read
    assert (moved.ref, moved.notes, moved.host) == (made.ref, "Stays", made.host)
    assert moved.service == as_read(made).service
    assert (moved.start, moved.end - moved.start) == (START + HOUR / 4, 0.75 * HOUR)
    assert [one.method for one in writes(clinic)] == ["POST", "PATCH"]


def test_a_move_takes_over_the_practitioner_the_business_and_the_type_of_the_slot(clinic):
    business, practitioner, kind = props().businesses[1], props().practitioners[1], props().appointment_types[1]
    where = slot(
        START + 24 * HOUR, service=Service(id=kind), host=Host(id=practitioner), location=Location(id=business)
    )

    async def story(c):
        made = await c.call("book", slot(), PATIENT)
        return await c.call("reschedule", made, where)

    moved = clinic.tell(story)
    assert (moved.location.id, moved.host.id, moved.service.id) == (business, practitioner, kind)
    assert (moved.time_zone, moved.end - moved.start) == ("Australia/Adelaide", HOUR)


def test_a_move_onto_a_time_that_is_taken_changes_nothing(clinic):
    async def story(c):
        await c.call("book", slot(), PATIENT)
        made = await c.call("book", slot(START + HOUR), PATIENT)
        with pytest.raises(SlotUnavailableError, match="nothing was booked or moved"):
            await c.call("reschedule", made, slot(START + timedelta(minutes=29)))
        assert await c.call("get_appointment", made) == as_read(made)

    clinic.tell(story)
    assert [one.method for one in writes(clinic)] == ["POST", "POST"]


def test_a_cancelled_appointment_cannot_be_moved(clinic):
    async def story(c):
        made = await c.call("book", slot(), PATIENT)
        await c.call("cancel", made)
        with pytest.raises(NotFoundError):
            await c.call("reschedule", made, slot(START + HOUR))

    clinic.tell(story)


def test_the_first_free_time_is_booked_and_the_next_one_where_it_is_taken_meanwhile(clinic):
    there = {"service": KIND, "host": PRACTITIONER, "location": BUSINESS}
    # What was free when it was looked for.
    times = [{"appointment_start": f"{START + hours * HOUR:%Y-%m-%dT%H:%M:%SZ}"} for hours in (0, 1, 2)]
    clinic.sandbox.fault("status", path="*/available_times", status=200, body={"available_times": times})

    async def story(c):
        await c.call("book", slot(), PATIENT)
        return await c.call("book_first_available", PATIENT, start=START, end=START + 24 * HOUR, **there, notes="Soon")

    made = clinic.tell(story)
    assert (made.start, made.notes) == (START + HOUR, "Soon")
    assert len(clinic.sandbox.ledger.created("individual_appointments")) == 2


def test_a_booking_whose_answer_is_lost_is_found_and_looked_at_like_any_other(clinic):
    clinic.sandbox.fault("drop_after", method="POST", path="/individual_appointments")
    made = clinic.tell(lambda c: c.call("book", slot(), PATIENT))
    assert made.recovered
    assert clinic.sandbox.ledger.created("individual_appointments") == [made.id]
    assert clinic.watch.slept == [AGAIN]
