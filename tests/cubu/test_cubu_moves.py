"""Moves that break off half way: neither appointment is taken for the other, and whoever stops one hears of both."""

from __future__ import annotations

import json
from datetime import date

import anyio
import attrs
import pytest
from cubu_shapes import CASE, LEAST, NAMED
from cubu_support import CALENDAR, CASE_ID, CLIENTS, LISTED, OPENED, Office, Vendor, answer, refusal, settings
from harness import Watch, World

from apptsdk import BookingAttempt, NotCancelledError, OutcomeUnknownError, RetryPolicy, attempt_of
from apptsdk.http import NoAnswer
from apptsdk.sandbox.cubu import seed

QUICK = RetryPolicy(recover_within=2)
CUT = NoAnswer("the connection was cut")
NEW_ID = "11111111-2222-4333-8444-555555555555"
MINE = {
    "service_type_id": "Passport renewal",
    "channel": "FaceToFace",
    "contact_phone_number": "2025550123",
    "contact_email": "ana@example.org",
    "start": 540,
    "bypass_timeslot_check": True,
}
REF = f"{seed.FRONT_DESK}/{date(2026, 3, 3)}/0"


@pytest.fixture
def one():
    """Give answers to one world: what is tried here is the same in all."""
    return Vendor(World("sync"))


def unlooked(**other):
    return settings(**{"catalogue": NAMED, "time_zone": "Asia/Jerusalem", "check_bookings": False, **other})


async def book(c, **other):
    return await c.call("appointments.book", REF, **{**MINE, **other})


async def rebook(c, old, **other):
    return await c.call("appointments.rebook", old, REF, **{**MINE, **other})


# --- the old one is not the new one ----------------------------------------------------------------------------------


def test_a_move_whose_booking_was_lost_and_not_made_does_not_take_the_old_one_for_the_new(office):
    """The old one is seconds old, at the same time, of the same contact, and this client has not booked it."""
    old = office.tell(book)
    office.sandbox.fault("drop_before", method="POST", path="*/appointments")

    async def story(c):
        with pytest.raises(OutcomeUnknownError, match="not found at the provider") as caught:
            await rebook(c, old.reference)
        attempt = caught.value.attempt
        assert await c.resolve(attempt) is None
        return caught.value

    error = office.tell(story, retry=QUICK)
    assert error.candidates == ()
    assert error.attempt.clues["not_case_id"] == old.case_id
    text = error.attempt.to_json()
    assert office.tell(lambda c: c.resolve(BookingAttempt.from_json(text))) is None
    assert office.live() == [old.case_id]
    assert office.seen("DELETE") == []


def test_a_move_whose_booking_was_lost_and_made_is_found_beside_the_old_one(office):
    old = office.tell(book)
    office.sandbox.fault("drop_after", method="POST", path="*/appointments")
    new = office.tell(lambda c: rebook(c, old))
    assert new.recovered
    assert office.live() == [new.case_id]
    assert new.case_id != old.case_id


def test_a_move_that_was_lost_is_resolved_later_to_the_new_one_alone(office):
    old = office.tell(book)
    office.sandbox.fault("drop_after", method="POST", path="*/appointments")
    dark = office.sandbox.fault("status", method="GET", path="*/appointments", status=503, times=None)
    with pytest.raises(OutcomeUnknownError) as caught:
        office.tell(lambda c: rebook(c, old), retry=QUICK)
    dark.remove()
    text = caught.value.attempt.to_json()
    new = office.tell(lambda c: c.resolve(BookingAttempt.from_json(text)))
    assert new.recovered
    assert office.live() == [old.case_id, new.case_id]


def test_the_old_one_is_not_taken_for_the_new_in_whichever_letters_it_is_listed(one):
    row = {**LISTED, "caseId": CASE_ID.upper(), "dateOpened": "2026-03-02T07:00:00.5Z"}
    one.answers(CUT, always=answer([row]))
    given = {**LEAST, **{name: MINE[name] for name in ("channel", "contact_phone_number", "contact_email")}}
    with pytest.raises(OutcomeUnknownError) as caught:
        one.tell(lambda c: c.call("appointments.rebook", CASE, CALENDAR, **given), unlooked(), retry=QUICK)
    assert caught.value.candidates == ()
    assert json.loads(caught.value.attempt.to_json())["clues"]["not_case_id"] == CASE_ID
    assert "DELETE" not in [asked.method for asked in one.seen]
    # And the very same answers are what a booking is found by.
    one.answers(CUT, always=answer([row]))
    found = one.tell(lambda c: c.call("appointments.book", CALENDAR, **given), unlooked(), retry=QUICK)
    assert found.recovered


def test_a_booking_has_no_old_one(one):
    attempts = []
    one.answers(answer(OPENED, 201))
    one.tell(lambda c: c.call("appointments.book", CALENDAR, **LEAST), unlooked(), on_attempt=attempts.append)
    assert [name for attempt in attempts for name in attempt.clues if name.startswith("not_")] == []


# --- interrupted -----------------------------------------------------------------------------------------------------

STOPS = {"an interrupt": KeyboardInterrupt, "an exit": SystemExit, "a defect": RuntimeError}
OLD = attrs.evolve(CASE, case_id=NEW_ID)


@pytest.mark.parametrize("how", STOPS)
def test_who_stops_a_move_before_its_cancellation_hears_of_both(how, vendor):
    stop = STOPS[how]("stop")
    vendor.answers(answer(OPENED, 201), stop)
    with pytest.raises(STOPS[how]) as caught:
        vendor.tell(lambda c: c.call("appointments.rebook", OLD, CALENDAR, **LEAST), unlooked())
    assert caught.value is stop
    first, second = stop.__notes__
    assert first == f"The new appointment, {CASE}, is booked; the old one, {OLD}, may still stand."
    assert second.startswith("This came after a booking that was made: ")
    assert attempt_of(stop).clues["not_case_id"] == NEW_ID


def test_who_stops_a_move_in_its_booking_does_not_hear_that_it_was_made(vendor):
    stop = KeyboardInterrupt()
    vendor.answers(stop)
    with pytest.raises(KeyboardInterrupt):
        vendor.tell(lambda c: c.call("appointments.rebook", OLD, CALENDAR, **LEAST), unlooked())
    (note,) = stop.__notes__
    assert note.startswith("This interrupted a booking that may have taken effect: ")


@pytest.mark.parametrize("loop", ["asyncio", "trio"])
def test_a_task_that_is_cancelled_in_a_move_hears_of_both(loop, sandbox):
    world = World(loop)
    old = world.tell(book, world.client(CLIENTS, sandbox.cubu))
    sandbox.fault("hang", method="DELETE")
    stops = []

    async def story(c):
        async def call():
            try:
                await rebook(c, old, start=600)
            except BaseException as error:
                stops.append(error)
                raise

        async with anyio.create_task_group() as group:
            group.start_soon(call)
            while not any(one.method == "DELETE" for one in sandbox.requests):  # noqa: ASYNC110 - in another thread
                await anyio.sleep(0.002)
            group.cancel_scope.cancel()

    world.tell(story, world.client(CLIENTS, sandbox.cubu, clock=Watch(sandbox)))
    (stop,) = stops
    _, new = sandbox.ledger.live("appointments")
    told = f"The new appointment, {REF}/{new}, is booked; the old one, {old.reference}, may still stand."
    assert told in stop.__notes__


def test_an_interruption_after_a_booking_carries_that_and_not_the_one_that_it_was_made_for(vendor):
    """One is lost; while that is dealt with another is made, and its look is interrupted."""
    stop = KeyboardInterrupt()
    lost_ones = []

    async def story(c):
        try:
            await c.call("appointments.book", CALENDAR, **LEAST)
        except OutcomeUnknownError as lost:
            lost_ones.append(attempt_of(lost).clues["start"])
            vendor.feed.answers.extend([answer(OPENED, 201), stop])
            vendor.feed.always = None
            await c.call("appointments.book", CALENDAR, **{**LEAST, "start": 600})

    vendor.answers(CUT, always=answer([]))
    with pytest.raises(KeyboardInterrupt) as caught:
        vendor.tell(story, settings(catalogue=NAMED), retry=QUICK)
    assert caught.value is stop
    assert lost_ones == ["540"]
    assert attempt_of(stop).clues["start"] == "600"


# --- what is known of the old one ------------------------------------------------------------------------------------

FATES = {
    "refused": ([refusal(409, 1001)], r"could not be cancelled: both may stand, see \.new and \.old\.$"),
    "gone": ([refusal(404)], r"is not there: it was cancelled before, or its reference is wrong\.$"),
    "unknown": ([CUT] * 4, r"may be cancelled or not: cancelling it again is harmless\.$"),
}


@pytest.mark.parametrize("how", FATES)
def test_a_move_that_ends_half_way_says_what_is_known_of_the_old_one(how, one):
    answers, fate = FATES[how]
    one.answers(answer({**OPENED, "caseId": NEW_ID}, 201), *answers, always=answer([LISTED]))
    with pytest.raises(NotCancelledError, match=f"The old one, {CASE}, {fate}") as caught:
        one.tell(lambda c: c.call("appointments.rebook", CASE, CALENDAR, **LEAST), unlooked())
    assert (caught.value.new.case_id, caught.value.old) == (NEW_ID, CASE)


def test_the_sandbox_tells_a_move_of_what_is_gone_from_one_that_fails(sandbox):
    office = Office(sandbox, World("sync"))

    async def story(c):
        old = await book(c)
        await c.call("appointments.cancel", old)
        with pytest.raises(NotCancelledError, match="is not there") as caught:
            await rebook(c, old, start=600)
        return caught.value

    error = office.tell(story)
    assert office.live() == [error.new.case_id]
