"""Bookings: what is refused before anything is sent, what the office says to it, and how appointments are changed."""

from __future__ import annotations

import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from harness import WORLDS, World
from nexhealth_support import APPOINTMENT, BOTH, CLIENTS, OFFICE, answer, raw, refusal, settings
from test_nexhealth_envelope import remarks

from apptsdk import AuthenticationError, BadRequestError, NotFoundError, ProviderWarning, SlotUnavailableError
from apptsdk.models import UNSET
from apptsdk.providers.nexhealth import Dependent

START = datetime(2031, 4, 15, 14, tzinfo=UTC)
END = START + timedelta(minutes=30)
BOOKING = {"patient_id": 9001, "provider_id": 71, "operatory_id": 305, "start_time": START, "end_time": END}
BOOKED = answer({"appt": APPOINTMENT}, 201)
CLARA = Dependent(first_name="Clara", last_name="Park", date_of_birth=date(2016, 6, 30))
NAIVE = datetime(2031, 4, 15, 9)  # noqa: DTZ001 - that is the point


async def book(c, **other):
    given = {name: value for name, value in {**BOOKING, **other}.items() if value is not LEFT_OUT}
    return await c.call("appointments.create", **given)


LEFT_OUT = object()
REFUSED = {
    "nobody": ({"patient_id": LEFT_OUT}, ValueError, r"^patient_id is missing: only a block.*unavailable=True"),
    "a block of somebody's": ({"unavailable": True}, ValueError, r"A block.*nobody's: give no patient_id"),
    "no block of nobody's": ({"patient_id": LEFT_OUT, "unavailable": False}, ValueError, "^patient_id is missing"),
    "a guardian of nobody": ({"is_guardian": True}, ValueError, r"is_guardian=True and patient=Dependent\(\.\.\.\) go"),
    "a dependent without a guardian": ({"patient": CLARA}, ValueError, "is_guardian=True and patient=Dependent"),
    "a dependent of no guardian": ({"patient": CLARA, "is_guardian": False}, ValueError, "go together"),
    "a dict for a dependent": ({"patient": {"first_name": "C"}, "is_guardian": True}, TypeError, "^patient must be"),
    "a naive start": ({"start_time": NAIVE}, ValueError, r"^start_time is naive.*start_time\.replace\(tzinfo="),
    "a naive end": ({"end_time": NAIVE}, ValueError, "^end_time is naive"),
    "a text for a start": (
        {"start_time": "2031-04-15T14:00:00Z"},
        TypeError,
        "^start_time must be a datetime, not str",
    ),
    "a date for a start": ({"start_time": START.date()}, TypeError, "^start_time must be a datetime, not date"),
    "a text for an end": ({"end_time": "2031-04-15T14:30:00Z"}, TypeError, "^end_time must be a datetime"),
    "an end at the start": ({"end_time": START}, ValueError, r"^end_time must be after start_time\.$"),
    "an end before the start": ({"end_time": START - timedelta(minutes=1)}, ValueError, "^end_time must be after"),
    "an end before the start in another zone": (
        {"end_time": datetime.fromisoformat("2031-04-15T15:30:00+02:00")},
        ValueError,
        "^end_time must be after start_time",
    ),
    "a long note": ({"note": "x" * 129}, ValueError, r"^note has 129 characters; 128 at most are written\.$"),
    "a note that is no text": ({"note": 5}, TypeError, "^note must be"),
    "no appointment in a slot": (
        {"appointments_per_timeslot": 0},
        ValueError,
        "per_timeslot must be from 1 to 5, not 0",
    ),
    "six appointments in a slot": ({"appointments_per_timeslot": 6}, ValueError, "must be from 1 to 5, not 6"),
    "a text for a number": ({"appointments_per_timeslot": "2"}, TypeError, "per_timeslot must be an int, not str"),
    "a truth for a number": ({"appointments_per_timeslot": True}, TypeError, "must be an int, not bool"),
    "a text for a flag": ({"notify_patient": "no"}, TypeError, "^notify_patient must be"),
    "None for a patient": ({"patient_id": None}, TypeError, "^patient_id"),
    "a text for a list": ({"descriptor_ids": "45"}, TypeError, "^descriptor_ids must be"),
    "a bad id in a list": ({"descriptor_ids": [4, "x"]}, ValueError, r"^descriptor_ids\[1\]"),
    "an office that is none": ({"location_id": "x"}, ValueError, "^location_id is not a NexHealth id"),
    "no office": ({"location_id": None}, TypeError, "^location_id must be"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_bad_booking_is_refused_before_anything_is_sent(why, vendor):
    wrong, kind, named = REFUSED[why]
    with pytest.raises(kind, match=named) as caught:
        vendor.tell(lambda c: book(c, **wrong))
    assert "Clara" not in str(caught.value)
    assert vendor.feed.requests == vendor.feed.logins == []


FINE = {
    "the longest note": {"note": "x" * 128},
    "an empty note": {"note": ""},
    "no end": {"end_time": LEFT_OUT, "appointment_type_id": 12},
    "a block": {"patient_id": LEFT_OUT, "unavailable": True},
    "a guardian": {"is_guardian": True, "patient": CLARA},
    "no guardian": {"is_guardian": False},
    "no block": {"unavailable": False},
    "five in a slot": {"appointments_per_timeslot": 5},
    "a patient in words": {"patient_id": "9001"},
}


@pytest.mark.parametrize("why", FINE)
def test_a_good_booking_is_sent_once(why, vendor):
    vendor.answers(BOOKED)
    made = vendor.tell(lambda c: book(c, **FINE[why]), settings(check_location=False))
    assert made.id == APPOINTMENT["id"]
    assert [one.method for one in vendor.seen] == ["POST"]


def test_what_a_slot_has_none_of_may_be_handed_on_as_none(vendor):
    vendor.answers(BOOKED, BOOKED)
    nothing = {"operatory_id": None, "end_time": None, "appointment_type_id": None}

    async def story(c):
        await book(c, **nothing)
        await book(c, **dict.fromkeys(nothing, LEFT_OUT))

    vendor.tell(story, settings(check_location=False))
    first, second = vendor.seen
    assert first.body == second.body == {"appt": {key: first.body["appt"][key] for key in NEEDED}}


NEEDED = ("patient_id", "provider_id", "start_time")

# --- the office's settings -------------------------------------------------------------------------------------------

CHAIRS = answer({**OFFICE, "map_by_operatory": True})
HELD = answer({**OFFICE, "insert_appt_client": False})


def test_the_offices_settings_are_read_once_an_hour(vendor):
    vendor.answers(answer(OFFICE), BOOKED, BOOKED, BOOKED, answer(OFFICE), BOOKED)

    async def story(c):
        await book(c)
        await book(c)
        vendor.clock.advance(3590)
        await book(c.view(timeout=20))
        vendor.clock.advance(20)
        await book(c)

    vendor.tell(story)
    assert [one.method for one in vendor.seen] == ["GET", "POST", "POST", "POST", "GET", "POST"]
    assert [(one.path, one.query) for one in vendor.seen if one.method == "GET"] == [("/locations/41", [])] * 2


def test_each_office_is_read_for_itself(vendor):
    vendor.answers(answer(OFFICE), BOOKED, answer({**OFFICE, "id": 42}), BOOKED, BOOKED)

    async def story(c):
        await book(c)
        await book(c, location_id=42)
        await book(c.view(location_id="42"))

    vendor.tell(story)
    assert [f"{one.method} {one.path}" for one in vendor.seen] == [
        "GET /locations/41",
        "POST /appointments",
        "GET /locations/42",
        "POST /appointments",
        "POST /appointments",
    ]


def test_an_office_that_books_by_operatory_needs_one_and_nothing_is_posted_without(vendor):
    async def story(c):
        for _ in range(2):
            with pytest.raises(
                ValueError, match=r"^Location 41 books by operatory: give operatory_id.*Nothing was sent"
            ):
                await book(c, operatory_id=LEFT_OUT)
        return await book(c)

    vendor.answers(CHAIRS, CHAIRS, CHAIRS, BOOKED)
    vendor.tell(story)
    # What is refused is refused by what the office says today.
    assert [one.method for one in vendor.seen] == ["GET", "GET", "GET", "POST"]


def test_an_office_that_books_by_operatory_no_longer_is_booked_without_one(vendor):
    vendor.answers(CHAIRS, BOOKED, answer(OFFICE), BOOKED)

    async def story(c):
        await book(c)
        await book(c, operatory_id=LEFT_OUT)

    vendor.tell(story)
    assert [one.method for one in vendor.seen] == ["GET", "POST", "GET", "POST"]


def test_an_office_that_takes_no_bookings_is_warned_about_before_anything_is_posted(vendor):
    vendor.answers(HELD, BOOKED, BOOKED)

    async def story(c):
        with remarks() as caught:
            await book(c)
            await book(c)
        return caught

    first, *_ = vendor.tell(story)
    assert first.startswith("Location 41 takes no bookings from outside (insert_appt_client is false)")
    assert [one.method for one in vendor.seen] == ["GET", "POST", "POST"]


def test_where_warnings_are_errors_such_an_office_is_not_booked(vendor):
    vendor.answers(HELD, BOOKED)

    async def story(c):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(ProviderWarning, match="insert_appt_client"):
                await book(c)

    vendor.tell(story)
    assert [one.method for one in vendor.seen] == ["GET"]


SILENT = {
    "unset": {},
    "null": {"map_by_operatory": None, "insert_appt_client": None},
    "the other way": {"map_by_operatory": False, "insert_appt_client": True},
}


@pytest.mark.parametrize("name", SILENT)
def test_an_office_that_says_nothing_of_it_is_booked_without_a_word(name, vendor):
    vendor.answers(answer({"id": 41, **SILENT[name]}), BOOKED)

    async def story(c):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return await book(c, operatory_id=LEFT_OUT)

    assert vendor.tell(story).id == APPOINTMENT["id"]


UNTOLD = {
    "a 403": refusal("You don't have access to perform this action.", status=403),
    "a 404": refusal("Resource not found", status=404),
    "a 500": raw(b"", 500),
    "HTML": raw(b"<html>"),
    "an office of another shape": answer({"id": "x"}),
}


@pytest.mark.parametrize("name", UNTOLD)
def test_where_the_settings_cannot_be_read_the_booking_has_the_last_word(name, vendor):
    failing = UNTOLD[name]
    vendor.answers().always = lambda request: BOOKED if request.method == "POST" else failing

    async def story(c):
        made = [await book(c, operatory_id=LEFT_OUT), await book(c)]
        once = [one.method for one in vendor.seen]
        vendor.clock.advance(61)
        return once, [*made, await book(c)]

    once, made = vendor.tell(story)
    assert [one.id for one in made] == [APPOINTMENT["id"]] * 3
    reads = once.count("GET")
    assert once == [*["GET"] * reads, "POST", "POST"]  # a failure is kept for a minute
    assert [one.method for one in vendor.seen] == [*once, *["GET"] * reads, "POST"]
    assert reads == 1 or name == "a 500"


def test_a_key_that_is_refused_at_the_office_is_refused(vendor):
    vendor.answers(always=refusal("Invalid Credentials", status=401))
    with pytest.raises(AuthenticationError):
        vendor.tell(book)
    assert {one.method for one in vendor.seen} == {"GET"}


def test_the_look_can_be_switched_off(vendor):
    vendor.answers(BOOKED)
    vendor.tell(lambda c: book(c, operatory_id=LEFT_OUT), settings(check_location=False))
    assert [one.method for one in vendor.seen] == ["POST"]


def test_both_practices_and_views_share_what_is_known_of_an_office(vendor):
    vendor.answers(answer(OFFICE), BOOKED, BOOKED)
    first = vendor.client()
    second = vendor.client(settings())
    vendor.world.tell(book, first)
    vendor.world.tell(book, second)
    assert [one.method for one in vendor.seen] == ["GET", "POST", "POST"]


# --- at the sandbox --------------------------------------------------------------------------------------------------


async def slot_of(c, practice, **other):
    window = {"start_date": date(2026, 3, 10), "days": 3, "provider_ids": [practice.provider], **other}
    return await c.first(c.list("available_slots.list", **window))


def taking(practice, slot, **other):
    return {
        "patient_id": practice.patient,
        "provider_id": slot.provider_id or practice.provider,
        "operatory_id": slot.operatory_id,
        "start_time": slot.time,
        "end_time": slot.time + timedelta(minutes=15),
        **other,
    }


def test_a_slot_is_booked_refused_to_the_next_and_free_again_after_its_cancellation(practice):
    async def story(c):
        slot = await slot_of(c, practice)
        made = await c.call("appointments.create", **taking(practice, slot))
        assert made.start_time == slot.time
        other = practice.id_of("patients", first_name="Bruno")
        with pytest.raises(SlotUnavailableError, match="no longer available"):
            await c.call("appointments.create", **taking(practice, slot, patient_id=other))
        assert (await slot_of(c, practice)).time != slot.time
        await c.call("appointments.cancel", made.id)
        assert (await slot_of(c, practice)).time == slot.time
        with pytest.raises(BadRequestError):
            await c.call("appointments.cancel", made.id)

    practice.tell(story)
    assert len(practice.sandbox.ledger.created("appointments")) == 1


def test_a_guardian_books_for_a_dependent(practice):
    async def story(c):
        slot = await slot_of(c, practice)
        made = await c.call("appointments.create", **taking(practice, slot, is_guardian=True, patient=CLARA))
        assert made.is_guardian is True

    practice.tell(story)
    assert len(practice.sandbox.ledger.created("appointments")) == 1


def test_a_block_takes_the_time_and_is_nobodys(practice):
    async def story(c):
        slot = await slot_of(c, practice)
        given = taking(practice, slot, unavailable=True)
        del given["patient_id"]
        made = await c.call("appointments.create", **given)
        assert (made.is_block, made.patient_id) == (True, None)
        assert (await slot_of(c, practice)).time != slot.time

    practice.tell(story)


def test_the_sandboxs_offices_say_what_they_need(practice):
    west = practice.id_of("providers", last_name="Castellanos")

    async def story(c):
        slot = await slot_of(c, practice)
        with pytest.raises(ValueError, match="Location 41 books by operatory"):
            await c.call("appointments.create", **{**taking(practice, slot), "operatory_id": UNSET})
        there = await slot_of(c, practice, provider_ids=[west], location_ids=[42])
        given = taking(practice, there, provider_id=west, location_id=42)
        given["operatory_id"] = UNSET
        with pytest.warns(ProviderWarning, match="Location 42 takes no bookings"):
            return await c.call("appointments.create", **given)

    made = practice.tell(story)
    assert practice.sandbox.ledger.created("appointments") == [str(made.id)]


@pytest.mark.parametrize("name", WORLDS)
def test_of_two_racers_for_one_slot_one_books_and_the_other_is_told(name, sandbox):
    world, barrier, ends = World(name), threading.Barrier(2, timeout=10), []
    found = {}

    async def find(c):
        found["provider"] = (await c.first(c.list("providers.list", requestable=True))).id
        found["patients"] = [one.id for one in await c.collect(c.list("patients.list", inactive=False))]
        window = {"start_date": date(2026, 3, 10), "days": 3, "provider_ids": [found["provider"]]}
        found["slot"] = await c.first(c.list("available_slots.list", **window))

    world.tell(find, world.client(CLIENTS, sandbox.nexhealth))

    def race(patient):
        async def story(c):
            await c.call("locations.get", 41)  # the connection is open
            barrier.wait()
            slot = found["slot"]
            try:
                made = await c.call(
                    "appointments.create",
                    patient_id=patient,
                    provider_id=found["provider"],
                    operatory_id=slot.operatory_id,
                    start_time=slot.time,
                    end_time=slot.time + timedelta(minutes=15),
                )
            except SlotUnavailableError as error:
                made = error
            ends.append(made)

        world.tell(story, world.client(CLIENTS, sandbox.nexhealth, pace=()))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(race, found["patients"][:2]))
    assert len(sandbox.ledger.live("appointments")) == 1
    assert sorted(type(one).__name__ for one in ends) == ["Appointment", "SlotUnavailableError"]


# --- changes ---------------------------------------------------------------------------------------------------------

BAD_CHANGES = {
    "a start alone": ({"start_time": START}, ValueError, r"^start_time and end_time are changed together: give both"),
    "an end alone": ({"end_time": END}, ValueError, "changed together"),
    "an end before the start": ({"start_time": END, "end_time": START}, ValueError, "^end_time must be after"),
    "a naive start": ({"start_time": NAIVE, "end_time": END}, ValueError, "^start_time is naive"),
    "a naive end": ({"start_time": START, "end_time": NAIVE}, ValueError, "^end_time is naive"),
    "a naive check-in": ({"checkin_at": NAIVE}, ValueError, "^checkin_at is naive"),
    "a confirmation taken back": ({"confirmed": False}, ValueError, r"^confirmed cannot be taken back"),
    "a text for a flag": ({"confirmed": "yes"}, TypeError, "^confirmed must be"),
    "a long note": ({"note": "x" * 129}, ValueError, "^note has 129 characters"),
    "nothing": ({}, ValueError, r"^There is nothing to update: give at least one field\.$"),
    "a bad operatory": ({"operatory_id": "x"}, ValueError, "^operatory_id is not"),
    "no operatory": ({"operatory_id": None}, TypeError, "^operatory_id"),
}


@pytest.mark.parametrize("why", BAD_CHANGES)
def test_a_bad_change_is_refused_before_anything_is_sent(why, vendor):
    wrong, kind, named = BAD_CHANGES[why]
    with pytest.raises(kind, match=named):
        vendor.tell(lambda c: c.call("appointments.update", 5, **wrong))
    assert vendor.feed.requests == []


def test_an_appointment_is_confirmed_moved_and_checked_in_once_it_is_written(practice):
    async def story(c):
        slot = await slot_of(c, practice)
        made = await c.call("appointments.create", **taking(practice, slot))
        with pytest.raises(BadRequestError, match="not synced"):
            await c.call("appointments.update", made.id, confirmed=True)
        practice.watch.pass_by(3600)
        sure = await c.call("appointments.update", made.id, confirmed=True)
        assert sure.confirmed is True
        times = {"start_time": slot.time + timedelta(hours=1), "end_time": slot.time + timedelta(hours=1, minutes=15)}
        moved = await c.call("appointments.update", made.id, **times, note="later")
        assert (moved.start_time, moved.note) == (times["start_time"], "later")
        there = await c.call("appointments.update", made.id, checkin_at=practice.sandbox.clock.now())
        assert there.checkin_at is not None
        with pytest.raises(NotFoundError):
            await c.call("appointments.cancel", 1)

    practice.tell(story)


@pytest.mark.parametrize("name", BOTH)
def test_descriptors_and_includes_are_read_in_both_versions(name, practice):
    given = attrs.evolve(practice.sandbox.nexhealth, api_version=name)

    async def story(c):
        descriptors = await c.collect(c.list("locations.descriptors", 41))
        slot = await slot_of(c, practice)
        booking = taking(practice, slot, descriptor_ids=[descriptors[0].id])
        made = await c.call("appointments.create", **booking)
        mine = await c.collect(c.list("appointments.descriptors", made.id))
        assert [one.id for one in mine] == [descriptors[0].id]
        full = await c.call("appointments.get", made.id, include=["descriptors", "operatory", "patient"])
        assert [one.id for one in full.descriptors] == [descriptors[0].id]
        assert full.operatory.id == slot.operatory_id
        assert full.patient.id == practice.patient

    practice.tell(story, given)
