"""The portable verbs at NexHealth: what they book, read, list and cancel, in both versions."""

from __future__ import annotations

import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from harness import WORLDS, World
from nexhealth_support import APPOINTMENT, BOTH, CLIENTS, WRITTEN, answer, raw, refusal, rows, settings
from nexhealth_verbs import ADA, CHICAGO, CLEANING, asked_for, resumed, usual

from apptsdk import (
    APIStatusError,
    BadRequestError,
    ConfigurationError,
    NotFoundError,
    OutcomeUnknownError,
    SlotUnavailableError,
    UnsupportedError,
)
from apptsdk.errors import ProviderWarning
from apptsdk.providers.nexhealth import Dependent, NexHealthBooking
from apptsdk.scheduling import Capability
from apptsdk.shared import (
    Appointment,
    AppointmentStatus,
    CancelReason,
    Channel,
    Customer,
    Host,
    Location,
    Service,
    Slot,
)

START = datetime(2031, 4, 15, 14, tzinfo=UTC)
SLOT = "nexhealth:riverbend-dental/41/71/305/12/2031-04-15T14:00:00Z/2031-04-15T14:30:00Z"
REF = "nexhealth:riverbend-dental/1600000123"
MADE = answer({"appt": APPOINTMENT}, 201)
PATIENT = Customer(id="9001")
ABLE = {
    Capability.FIND_SLOTS,
    Capability.GET,
    Capability.LIST,
    Capability.LIST_CANCELLED,
    Capability.REBOOK,
    Capability.NOTES,
    Capability.NOTIFY,
}
MORE = {"v3.0.0": {Capability.MOVE_IN_PLACE}, "v3.1.0": {Capability.MOVE_IN_PLACE}, "v2": set()}


@pytest.mark.parametrize("name", MORE)
def test_what_can_be_done_depends_on_the_version(name, vendor):
    async def story(c):
        return c.client.capabilities

    assert vendor.tell(story, settings(api_version=name)) == ABLE | MORE[name]
    assert vendor.feed.requests == []


def by_hand(**other):
    given = {"start": START, "end": START + timedelta(minutes=30), "host": Host(id="71"), **other}
    return Slot(provider="nexhealth", **given)


def sent(vendor):
    """Give the one booking that was sent."""
    (found,) = [one for one in vendor.seen if (one.method, one.path) == ("POST", "/appointments")]
    return found


# --- what is booked --------------------------------------------------------------------------------------------------

WHOLE = {
    "patient_id": 9001,
    "provider_id": 71,
    "operatory_id": 305,
    "appointment_type_id": 12,
    "start_time": "2031-04-15T14:00:00.000Z",
    "end_time": "2031-04-15T14:30:00.000Z",
}
PLAIN = {name: WHOLE[name] for name in ("patient_id", "provider_id", "start_time", "end_time")}
SENT = {
    # The slot; what else is given; the body, the query beside practice and office.
    "a ref": (SLOT, {}, WHOLE, {}),
    "a ref without chair, type and end": (
        SLOT.replace("/305/12/", "/-/12/").replace("/2031-04-15T14:30:00Z", "/-"),
        {},
        {name: WHOLE[name] for name in ("patient_id", "provider_id", "appointment_type_id", "start_time")},
        {},
    ),
    "a slot by hand": (by_hand(), {}, PLAIN, {}),
    "a slot by hand for a service, which says how long": (
        by_hand(end=None, service=Service(id="12")),
        {},
        {name: WHOLE[name] for name in ("patient_id", "provider_id", "appointment_type_id", "start_time")},
        {},
    ),
    "a chair": (by_hand(), {"options": NexHealthBooking(operatory_id="306")}, {**PLAIN, "operatory_id": 306}, {}),
    "another chair": (SLOT, {"options": NexHealthBooking(operatory_id=306)}, {**WHOLE, "operatory_id": 306}, {}),
    "a note": (SLOT, {"notes": "x" * 128}, {**WHOLE, "note": "x" * 128}, {}),
    "whom to write to": (SLOT, {"notify": True}, WHOLE, {"notify_patient": "true"}),
    "whom not to write to": (SLOT, {"notify": False}, WHOLE, {}),
    "all options": (
        SLOT,
        {
            "options": NexHealthBooking(
                descriptor_ids=[4, "5"],
                referrer="https://book.example",
                is_new_clients_patient=True,
                dependent=Dependent(first_name="Clara", last_name="L", date_of_birth=START.date()),
            )
        },
        {
            **WHOLE,
            "descriptor_ids": [4, 5],
            "referrer": "https://book.example",
            "is_new_clients_patient": True,
            "is_guardian": True,
            "patient": {"first_name": "Clara", "last_name": "L", "bio": {"date_of_birth": "2031-04-15"}},
        },
        {},
    ),
}


@pytest.mark.parametrize("why", SENT)
def test_a_booking_is_sent_once_as_it_was_given(why, vendor):
    slot, given, body, query = SENT[why]
    vendor.answers(always=usual(POST_appointments=MADE))
    made = vendor.tell(lambda c: c.call("book", slot, PATIENT, **given))
    assert sent(vendor).body == {"appt": body}
    beside = {"subdomain", "location_id"}
    said = {name: value for name, value in sent(vendor).query if name not in beside and value != "false"}
    assert said == query
    assert str(made.ref) == REF


def test_what_is_given_at_the_top_goes_there(vendor):
    vendor.answers(always=usual(POST_appointments=MADE))
    vendor.tell(lambda c: c.call("book", SLOT, PATIENT, options=NexHealthBooking(appointments_per_timeslot=2)))
    assert sent(vendor).body["appointments_per_timeslot"] == 2


BAD = {
    "no host": (by_hand(host=None), {}, ValueError, "^slot needs a host at NexHealth"),
    "a ref without a host": (SLOT.replace("/71/", "/-/"), {}, ValueError, "^slot needs a host at NexHealth"),
    "neither end nor service": (by_hand(end=None), {}, ValueError, "^slot needs an end, or a service"),
    "a long note": (SLOT, {"notes": "x" * 129}, ValueError, "^notes has 129 characters; 128 at most"),
    "a host that is none": (by_hand(host=Host(id="Raman")), {}, ValueError, r"^slot\.host is not a NexHealth id"),
    "an office that is none": (by_hand(location=Location(id="x")), {}, ValueError, r"^slot\.location is not a"),
    "a type that is none": (by_hand(service=Service(id="x")), {}, ValueError, r"^slot\.service is not a"),
    "a chair that is none": (SLOT, {"options": NexHealthBooking(operatory_id="x")}, ValueError, "^operatory_id is not"),
    "options of another kind": (SLOT, {"options": {}}, TypeError, "^options must be a NexHealthBooking"),
    "a channel": (SLOT, {"channel": Channel.VIDEO}, UnsupportedError, "^nexhealth has no channel=VIDEO"),
    "six at one time": (
        SLOT,
        {"options": NexHealthBooking(appointments_per_timeslot=6)},
        ValueError,
        "^appointments_per_timeslot must be from 1 to 5",
    ),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_booking_is_refused_before_anything_is_sent(why, vendor):
    slot, given, kind, named = BAD[why]
    with pytest.raises(kind, match=named):
        vendor.tell(lambda c: c.call("book", slot, PATIENT, **given))
    assert vendor.feed.requests == vendor.feed.logins == []


def test_a_reference_and_a_reason_are_dropped_with_a_warning(vendor):
    vendor.answers(always=usual(POST_appointments=MADE, appointments_any=answer({"appt": APPOINTMENT})))

    async def story(c):
        with pytest.warns(ProviderWarning, match="keeps no reference"):
            made = await c.call("book", SLOT, PATIENT, reference="crm-881")
        assert made.reference is None
        with pytest.warns(ProviderWarning, match="keeps no reason"):
            await c.call("cancel", made, reason=CancelReason.SICK)

    vendor.tell(story)
    assert "crm-881" not in str(sent(vendor))


def test_a_slot_in_the_hour_that_comes_twice_is_booked_for_what_it_is(vendor):
    # Half an hour from 1:45, after which clocks show 1:15 again.
    chicago = ZoneInfo("America/Chicago")
    start = datetime(2031, 11, 2, 6, 45, tzinfo=UTC)
    slot = by_hand(start=start.astimezone(chicago), end=(start + timedelta(minutes=30)).astimezone(chicago))
    vendor.answers(always=usual(POST_appointments=MADE))
    vendor.tell(lambda c: c.call("book", slot, PATIENT))
    body = sent(vendor).body["appt"]
    assert (body["start_time"], body["end_time"]) == ("2031-11-02T06:45:00.000Z", "2031-11-02T07:15:00.000Z")


def test_an_office_that_takes_no_bookings_is_warned_about_once(vendor):
    vendor.answers(always=usual(locations_41=answer({**CHICAGO, "insert_appt_client": False}), POST_appointments=MADE))

    async def story(c):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            await c.call("book", SLOT, PATIENT)
        assert [str(one.message)[:24] for one in told] == ["Location 41 takes no boo"]

    vendor.tell(story)


UNAVAILABLE = {
    "taken": refusal("Sorry, this time is no longer available. Please choose another time."),
    "not for this type": refusal("The appointment type is not configured for the requested slot"),
    "taken, as another says it": refusal("this time is no longer available", status=422),
}


@pytest.mark.parametrize("why", UNAVAILABLE)
def test_a_time_that_is_not_to_be_had_is_told_as_that(why, vendor):
    vendor.answers(always=usual(POST_appointments=UNAVAILABLE[why]))
    with pytest.raises(SlotUnavailableError) as caught:
        vendor.tell(lambda c: c.call("book", SLOT, PATIENT))
    assert caught.value.response.status in {400, 422}
    assert caught.value.provider == "nexhealth"


def test_a_time_that_is_past_by_the_vendors_clock_is_told_as_that(vendor):
    began = by_hand(start=datetime(2026, 3, 2, 21, 59, tzinfo=UTC), end=datetime(2026, 3, 2, 23, tzinfo=UTC))
    vendor.answers(always=usual(POST_appointments=refusal("whatever it says")))
    with pytest.raises(SlotUnavailableError, match="whatever it says"):
        vendor.tell(lambda c: c.call("book", began, PATIENT))
    with pytest.raises(BadRequestError, match="whatever it says"):
        vendor.tell(lambda c: c.call("book", SLOT, PATIENT))


@pytest.mark.parametrize("name", BOTH)
def test_a_booking_whose_answer_is_lost_is_found_again(name, vendor):
    row = {**APPOINTMENT, "created_at": "2026-03-02T22:00:00.500Z"}
    listed = answer([row], count=1) if name == "v2" else rows(row)
    vendor.answers(always=usual(POST_appointments=raw(b"", 502), GET_appointments=listed))
    made = vendor.tell(lambda c: c.call("book", SLOT, PATIENT), settings(api_version=name))
    assert (made.recovered, str(made.ref)) == (True, REF)
    assert len([one for one in vendor.seen if one.method == "POST"]) == 1


def test_one_that_is_not_found_again_is_unknown_and_names_its_practice(vendor):
    vendor.answers(always=usual(POST_appointments=raw(b"", 502), GET_appointments=rows()))
    there = SLOT.replace("riverbend-dental/41", "lakeside/7")
    with pytest.raises(OutcomeUnknownError) as caught:
        vendor.tell(lambda c: c.call("book", there, PATIENT))
    assert caught.value.attempt.clues["subdomain"] == "lakeside"
    assert caught.value.attempt.clues["location_id"] == "7"


# --- another practice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [{}, {"subdomain": None, "location_id": None}])
def test_a_ref_is_asked_at_its_own_practice(given, vendor):
    one = {**APPOINTMENT, **WRITTEN, "location_id": 7}
    vendor.answers(always=usual(POST_appointments=answer({"appt": one}, 201), appointments_any=answer(one)))
    there = SLOT.replace("riverbend-dental/41", "lakeside/7")

    async def story(c):
        made = await c.call("book", there, PATIENT)
        assert str(made.ref) == "nexhealth:lakeside/1600000123"
        assert (await c.call("get_appointment", str(made.ref))).ref == made.ref
        assert (await c.call("cancel", made.ref)).appointment.ref == made.ref
        assert (await c.call("reschedule", made, there)).ref == made.ref

    vendor.tell(story, settings(check_location=False, **given))
    assert {dict(one.query)["subdomain"] for one in vendor.seen} == {"lakeside"}
    assert dict(sent(vendor).query)["location_id"] == "7"


def test_a_slot_by_hand_is_booked_at_the_clients_practice_which_it_must_have(vendor):
    with pytest.raises(ConfigurationError, match="NEXHEALTH_SUBDOMAIN"):
        vendor.tell(lambda c: c.call("book", by_hand(), PATIENT), settings(subdomain=None))
    with pytest.raises(ConfigurationError, match="NEXHEALTH_LOCATION_ID"):
        vendor.tell(lambda c: c.call("book", by_hand(), PATIENT), settings(location_id=None))
    assert vendor.feed.requests == []


# --- what is read ----------------------------------------------------------------------------------------------------

FULL = {
    **APPOINTMENT,
    **WRITTEN,
    "patient": ADA,
    "appointment_type": CLEANING,
    "note": "prefers mornings",
    "updated_at": "2026-03-02T23:00:00.000Z",
}


@pytest.mark.parametrize("name", BOTH)
def test_an_appointment_says_all_that_it_holds(name, vendor):
    vendor.answers(always=usual(appointments_any=answer(FULL)))
    found = vendor.tell(lambda c: c.call("get_appointment", REF), settings(api_version=name))
    (query,) = asked_for(vendor, "/appointments/1600000123")
    assert query == {"subdomain": ["riverbend-dental"], "include[]": ["patient", "appointment_type"]}
    zone = ZoneInfo("America/Chicago")
    assert (found.id, str(found.ref), found.status) == ("1600000123", REF, AppointmentStatus.BOOKED)
    assert (found.start, found.end) == (START, START + timedelta(minutes=30))
    assert {one.tzinfo for one in (found.start, found.end, found.created_at, found.updated_at)} == {zone}
    assert found.created_at == datetime(2026, 3, 2, 22, tzinfo=UTC)
    assert found.customer == Customer(
        provider="nexhealth",
        id="9001",
        first_name="Adaline",
        last_name="Parkinson",
        email="ada@park.example",
        phone="4155550132",
        date_of_birth=datetime(1990, 5, 17, tzinfo=UTC).date(),
    )
    assert found.host == Host(provider="nexhealth", id="71", name="Dr. Priya Raman")
    assert found.service == Service(provider="nexhealth", id="12", name="Cleaning", duration=timedelta(minutes=30))
    assert found.location == Location(provider="nexhealth", id="41", time_zone="America/Chicago")
    assert (found.notes, found.time_zone, found.channel) == ("prefers mornings", "America/Chicago", Channel.UNKNOWN)
    assert (found.title, found.join_url, found.reference, found.cancelled_at) == (None,) * 4
    assert found.native.operatory_id == 305
    assert Appointment.from_json(found.to_json()) == found


BARE = {"id": 5, "start_time": "2031-04-15T14:00:00.000Z", "end_time": "2031-04-15T14:30:00.000Z"}


def test_what_the_vendor_does_not_say_is_none(vendor):
    vendor.answers(always=usual(appointments_any=answer({**BARE, "appointment_type_id": 0, "note": ""})))
    found = vendor.tell(lambda c: c.call("get_appointment", "nexhealth:riverbend-dental/5"))
    assert (found.customer, found.host, found.service, found.location, found.notes) == (None,) * 5
    assert (found.time_zone, found.created_at) == (None, None)
    assert found.start.tzinfo is UTC


STATUSES = {
    "pending": ({"foreign_id": None, "foreign_id_type": "nex"}, AppointmentStatus.PENDING),
    "booked": (WRITTEN, AppointmentStatus.BOOKED),
    "nobody knows whether it is written": ({}, AppointmentStatus.BOOKED),
    "confirmed": ({**WRITTEN, "confirmed": True}, AppointmentStatus.CONFIRMED),
    "confirmed by the patient": (
        {"foreign_id_type": "nex", "foreign_id": None, "patient_confirmed": True},
        AppointmentStatus.CONFIRMED,
    ),
    "there": ({**WRITTEN, "confirmed": True, "checkin_at": "2031-04-15T13:55:00Z"}, AppointmentStatus.ARRIVED),
    "over": (
        {**WRITTEN, "checkin_at": "2031-04-15T13:55:00Z", "checked_out": True},
        AppointmentStatus.COMPLETED,
    ),
    "over, by its time": ({**WRITTEN, "checked_out_at": "2031-04-15T14:55:00Z"}, AppointmentStatus.COMPLETED),
    "missed": ({**WRITTEN, "confirmed": True, "patient_missed": True}, AppointmentStatus.NO_SHOW),
    "cancelled": ({**WRITTEN, "confirmed": True, "cancelled": True}, AppointmentStatus.CANCELLED),
    "cancelled before it is written": (
        {"foreign_id": None, "foreign_id_type": "nex", "cancelled": True},
        AppointmentStatus.CANCELLED,
    ),
    "canceled": ({**WRITTEN, "canceled": True}, AppointmentStatus.CANCELLED),
    "deleted": ({**WRITTEN, "deleted": True}, AppointmentStatus.CANCELLED),
}


@pytest.mark.parametrize("why", STATUSES)
def test_a_status_is_the_first_of_what_is_so(why, vendor):
    said, status = STATUSES[why]
    vendor.answers(always=usual(appointments_any=answer({**BARE, **said})))
    assert vendor.tell(lambda c: c.call("get_appointment", "nexhealth:riverbend-dental/5")).status is status


@pytest.mark.parametrize("cancelled", [True, False])
def test_when_it_was_cancelled_is_told_of_one_that_is(cancelled, vendor):
    row = {**BARE, "cancelled": cancelled, "cancelled_at": "2031-04-14T14:00:00.000Z"}  # it stays when it is taken up
    vendor.answers(always=usual(appointments_any=answer(row)))
    found = vendor.tell(lambda c: c.call("get_appointment", "nexhealth:riverbend-dental/5"))
    assert found.cancelled_at == (START - timedelta(days=1) if cancelled else None)


def test_one_that_is_not_there_is_told(vendor):
    vendor.answers(always=usual())
    with pytest.raises(NotFoundError):
        vendor.tell(lambda c: c.call("get_appointment", REF))


# --- what is listed --------------------------------------------------------------------------------------------------

DAY = {"start": START, "end": START + timedelta(hours=1)}


def row(number, at="14:00:00.000", **other):
    return {
        **APPOINTMENT,
        **WRITTEN,
        "id": number,
        "start_time": f"2031-04-15T{at}Z",
        "end_time": "2031-04-15T16:00:00.000Z",
        **other,
    }


ROWS = [
    row(1),
    row(2, "14:59:59.999"),
    row(3, "15:00:00.000"),
    row(4, "13:59:59.999"),
    row(5, cancelled=True),
    row(6, deleted=True),
    row(7, unavailable=True, patient_id=None),
]


@pytest.mark.parametrize(("include", "ids"), [(False, ["1", "2"]), (True, ["1", "2", "5", "6"])])
@pytest.mark.parametrize("name", BOTH)
def test_appointments_are_those_that_begin_within_the_time_and_stand(name, include, ids, vendor):
    vendor.answers(always=usual(GET_appointments=answer(ROWS, count=7) if name == "v2" else rows(*ROWS)))
    given = {**DAY, "customer": Customer(id="9001"), "host": ["71", "72"], "include_cancelled": include}

    async def story(c):
        return await c.collect(c.list("list_appointments", **given))

    found = vendor.tell(story, settings(api_version=name))
    assert [one.id for one in found] == ids
    (query,) = asked_for(vendor, "/appointments")
    assert query["patient_id" if name == "v2" else "patient_ids[]"] == ["9001"]
    assert (query["location_id"], query["provider_ids[]"], query["unavailable"]) == (["41"], ["71", "72"], ["false"])
    assert query.get("cancelled") == (None if include else ["false"])
    assert (query["start"], query["end"]) == (["2031-04-15T14:00:00+0000"], ["2031-04-15T15:00:00+0000"])


def test_the_fraction_of_the_last_second_is_listed_too(vendor):
    vendor.answers(always=usual(GET_appointments=rows(row(1, "15:00:00.200"), row(2, "15:00:00.700"))))
    end = DAY["end"] + timedelta(milliseconds=500)

    async def story(c):
        return await c.collect(c.list("list_appointments", start=START, end=end))

    assert [one.id for one in vendor.tell(story)] == ["1"]
    (query,) = asked_for(vendor, "/appointments")
    assert query["end"] == ["2031-04-15T15:00:01+0000"]


def of_office(request):
    office = request.url.partition("location_id=")[2].partition("&")[0]
    if "end_cursor" in request.url:
        return rows(row(int(office) + 100, location_id=int(office)))
    return rows(row(int(office), location_id=int(office)), follow="more" if office == "41" else None)


WHERE = {
    "those of the practice": ({}, ["41", "141", "42"]),
    "those that are named": ({"location": ["42", "41"]}, ["42", "41", "141"]),
}


@pytest.mark.parametrize("why", WHERE)
def test_offices_are_listed_one_after_another_and_a_cursor_resumes(why, vendor):
    given, ids = WHERE[why]
    offices = answer([{"id": 1, "subdomain": "x", "locations": [CHICAGO, {**CHICAGO, "id": 42}]}])
    vendor.answers(always=usual(locations=offices, GET_appointments=of_office))

    async def story(c):
        pages = await c.pages(c.list("list_appointments", **DAY, **given))
        assert [[one.id for one in page.items] for page in pages] == [[one] for one in ids]
        for index, page in enumerate(pages[:-1]):
            location = None if not given else tuple(given["location"])
            rest = await c.collect(resumed(c, "list_appointments", page.cursor, **DAY, location=location))
            assert [one.id for one in rest] == ids[index + 1 :]

    vendor.tell(story, settings(location_id=None))


def test_where_no_office_is_active_nothing_is_listed(vendor):
    vendor.answers(always=usual(locations=answer([])))

    async def story(c):
        return await c.collect(c.list("list_appointments", **DAY))

    assert vendor.tell(story, settings(location_id=None)) == []


LISTS = {
    "an office that is none": ({"location": "x"}, "^location is not a NexHealth id"),
    "a host that is none": ({"host": "x"}, r"^host is not a NexHealth id"),
    "a patient that is none": ({"customer": Customer(id="x")}, r"^customer\.id is not"),
    "a patient without an id": ({"customer": Customer(email="a@b.example")}, "^customer needs an id"),
}


@pytest.mark.parametrize("why", LISTS)
def test_a_bad_list_is_refused_before_anything_is_sent(why, vendor):
    given, named = LISTS[why]
    with pytest.raises(ValueError, match=named):
        vendor.tell(lambda c: c.collect(c.list("list_appointments", **DAY, **given)))
    assert vendor.feed.requests == []


# --- at the sandbox --------------------------------------------------------------------------------------------------


def window(practice, days=9):
    start = practice.sandbox.clock.now() + timedelta(days=1)
    kind = str(practice.id_of("appointment_types", name="Cleaning"))
    return {"start": start, "end": start + timedelta(days=days), "service": kind}


@pytest.mark.parametrize("name", BOTH)
def test_a_slot_is_found_booked_read_listed_and_cancelled(name, practice):
    given = practice.sandbox.nexhealth.changed(api_version=name)
    span = {key: value for key, value in window(practice).items() if key != "service"}

    async def story(c):
        slot = await c.first(c.list("find_slots", **window(practice)))
        made = await c.call("book", slot, Customer(id=str(practice.patient)), notes="prefers mornings", notify=True)
        assert (made.start, made.end, made.notes) == (slot.start, slot.end, "prefers mornings")
        assert (made.service.id, made.host.id, made.location.id) == (slot.service.id, slot.host.id, slot.location.id)
        assert (made.status, made.time_zone) == (AppointmentStatus.PENDING, "America/Chicago")
        assert (await c.first(c.list("find_slots", **window(practice)))).start > slot.start
        practice.watch.pass_by(60)
        read = await c.call("get_appointment", str(made.ref))
        assert (read.ref, read.status, read.customer.first_name) == (made.ref, AppointmentStatus.BOOKED, "Ada")
        assert read.service.name == "Cleaning"
        listed = await c.collect(c.list("list_appointments", **span, customer=made.customer))
        assert [one.ref for one in listed] == [made.ref]
        gone = await c.call("cancel", made)
        assert (gone.ref, gone.appointment.status) == (made.ref, AppointmentStatus.CANCELLED)
        assert gone.cancelled_at == practice.sandbox.clock.now()
        assert gone.appointment.customer.id == str(practice.patient)
        assert (await c.first(c.list("find_slots", **window(practice)))).start == slot.start
        assert await c.collect(c.list("list_appointments", **span, customer=made.customer)) == []
        every = c.list("list_appointments", **span, customer=made.customer, include_cancelled=True)
        assert [one.status for one in await c.collect(every)] == [AppointmentStatus.CANCELLED]
        with pytest.raises(APIStatusError, match="cancelled already"):
            await c.call("cancel", made)

    practice.tell(story, given)
    assert len(practice.sandbox.ledger.created("appointments")) == 1


@pytest.mark.parametrize("name", BOTH)
def test_a_slot_is_refused_where_the_office_the_type_or_the_clock_does_not_take_it(name, practice):
    given = practice.sandbox.nexhealth.changed(api_version=name)
    patient = Customer(id=str(practice.patient))
    emergency = str(practice.id_of("appointment_types", name="Emergency"))
    hand = {"provider": "nexhealth", "host": Host(id=str(practice.provider)), "service": Service(id=emergency)}

    async def story(c):
        slot = await c.first(c.list("find_slots", **window(practice)))
        taken = await c.call("book", slot, patient)
        with pytest.raises(SlotUnavailableError, match="no longer available"):
            await c.call("book", slot.ref, Customer(id=str(practice.id_of("patients", first_name="Bruno"))))
        assert taken.start == slot.start
        chair = NexHealthBooking(operatory_id=practice.chair)
        with pytest.raises(ValueError, match="Location 41 books by operatory"):
            await c.call("book", Slot(start=slot.start + timedelta(days=7), **hand), patient)
        with pytest.raises(SlotUnavailableError, match="not configured"):
            await c.call("book", Slot(start=slot.start + timedelta(days=7), **hand), patient, options=chair)
        begun = Slot(start=practice.sandbox.clock.now() - timedelta(minutes=1), **hand)
        with pytest.raises(SlotUnavailableError, match="in the future"):
            await c.call("book", begun, patient, options=chair)

    practice.tell(story, given)
    assert len(practice.sandbox.ledger.created("appointments")) == 1


@pytest.mark.parametrize("name", BOTH)
def test_the_first_slot_that_is_free_is_booked_in_every_office_of_the_practice(name, practice):
    given = practice.sandbox.nexhealth.changed(api_version=name, location_id=None)
    patient = Customer(id=str(practice.patient))

    async def story(c):
        first = await c.first(c.list("find_slots", **window(practice)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ProviderWarning)  # the western office writes nothing
            made = await c.call("book_first_available", patient, **window(practice))
        assert (made.start, made.location.id) == (first.start, first.location.id)
        downtown = await c.call("book_first_available", patient, **window(practice), location="41")
        assert downtown.location.id == "41"

    practice.tell(story, given)
    assert len(practice.sandbox.ledger.live("appointments")) == 2


def test_another_practice_needs_no_client_of_its_own(practice):
    kind = practice.id_of("appointment_types", name="Consultation")
    given = practice.sandbox.nexhealth
    start = practice.sandbox.clock.now() + timedelta(days=1)
    span = {"start": start, "end": start + timedelta(days=9)}

    async def find(c):
        slots = await c.take(c.view(subdomain="lakeside").list("find_slots", **span, service=str(kind)), 2)
        return [str(one.ref) for one in slots]

    refs = practice.tell(find, given)

    async def story(c):
        kira = Customer(id=str(practice.id_of("patients", first_name="Kira")))
        made = await c.call("book", refs[0], kira)
        assert made.time_zone == "America/St_Johns"
        practice.watch.pass_by(60)
        assert (await c.call("get_appointment", str(made.ref))).customer.first_name == "Kira"
        with pytest.raises(UnsupportedError, match=r"takes no new times .* nothing changed.*rebook=True"):
            await c.call("reschedule", str(made.ref), refs[1])
        moved = await c.call("reschedule", str(made.ref), refs[1], options=NexHealthBooking(rebook=True))
        assert (await c.call("get_appointment", str(made.ref))).status is AppointmentStatus.CANCELLED
        await c.call("cancel", str(moved.ref))

    practice.tell(story, given.changed(subdomain=None))
    assert practice.sandbox.ledger.live("appointments") == []


@pytest.mark.parametrize("name", WORLDS)
def test_of_two_racers_for_one_slot_one_books_and_the_other_is_told(name, sandbox, practice):
    world, barrier, ends = World(name), threading.Barrier(2, timeout=10), []

    async def find(c):
        return await c.first(c.list("find_slots", **window(practice)))

    slot = world.tell(find, world.client(CLIENTS, sandbox.nexhealth))
    patients = [practice.id_of("patients", first_name=one) for one in ("Ada", "Bruno")]

    def race(patient):
        async def story(c):
            await c.call("locations.get", 41)  # the connection is open
            barrier.wait()
            try:
                made = await c.call("book", slot.ref, Customer(id=str(patient)))
            except SlotUnavailableError as error:
                made = error
            ends.append(made)

        world.tell(story, world.client(CLIENTS, sandbox.nexhealth, pace=()))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(race, patients))
    assert len(sandbox.ledger.live("appointments")) == 1
    assert sorted(type(one).__name__ for one in ends) == ["Appointment", "SlotUnavailableError"]
