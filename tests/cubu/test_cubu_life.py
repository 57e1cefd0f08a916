"""What many book at once with one client, what is left of a booking that is interrupted, and a whole visit."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import anyio
import pytest
from cubu_support import CALENDAR, CASE_ID, CLIENTS, LISTED, OPENED, RENEWAL, Office, answer, raw, refusal, settings
from harness import SyncTeller, Watch, World, at_once

from apptsdk import NotCancelledError, SlotUnavailableError, attempt_of
from apptsdk.events import AttemptEnded, CallEnded, CallStarted, Paused
from apptsdk.http import NoAnswer
from apptsdk.providers.cubu import CalendarRef, CaseRef, CaseStatus, Channel
from apptsdk.sandbox.cubu.seed import FRONT_DESK, NIGHT_LINE, QUESTION

FREE = date(2026, 5, 5)
DESK = CalendarRef(service_id=FRONT_DESK, date=FREE, cu_index=0)
NIGHT = CalendarRef(service_id=NIGHT_LINE, date=FREE, cu_index=0)
TALK = {"service_type_id": QUESTION, "channel": "Phone", "contact_email": "ana@example.org"}
MATTER = {
    "service_type_id": RENEWAL,
    "channel": "FaceToFace",
    "contact_phone_number": "2025550123",
    "contact_email": "ana@example.org",
}
OLD = CaseRef(service_id=CALENDAR.service_id, date=CALENDAR.date, cu_index=1, case_id=CASE_ID)
MANY = 32


def together(office, count, one):
    """Tell a story to one client many times at once; give what each gave."""
    client, given = office.client(), {}
    if office.world.is_sync:
        with client, ThreadPoolExecutor(MANY) as pool:
            return list(pool.map(lambda index: at_once(one(SyncTeller(client), index)), range(count)))

    async def story(c):
        async def keep(index):
            given[index] = await one(c, index)

        async with anyio.create_task_group() as group:
            for index in range(count):
                group.start_soon(keep, index)

    office.world.tell(story, client)
    return [given[index] for index in range(count)]


def test_many_who_book_at_once_each_get_their_own_time(office):
    async def one(c, index):
        return await c.call("appointments.book", NIGHT, start=15 * index, **TALK)

    made = together(office, MANY, one)
    assert [booking.appointment.start for booking in made] == [15 * index for index in range(MANY)]
    assert all(booking.checked and not booking.recovered and booking.differences == () for booking in made)
    assert sorted(booking.case_id for booking in made) == sorted(office.live())
    assert len(office.seen("POST")) == MANY
    assert len(office.sandbox.requests) - len(office.seen()) == 1


def test_of_many_who_want_one_time_one_gets_it(office):
    async def one(c, _):
        try:
            return await c.call("appointments.book", DESK, start=540, **TALK)
        except SlotUnavailableError as error:
            return error

    outcomes = together(office, 8, one)
    (booking,) = [outcome for outcome in outcomes if not isinstance(outcome, SlotUnavailableError)]
    assert office.live() == [booking.case_id]
    assert len(office.seen("POST")) == 8


@pytest.mark.parametrize("loop", ["asyncio", "trio"])
def test_a_task_cancelled_in_the_look_after_a_booking_carries_its_attempt(loop, sandbox):
    hang = sandbox.fault("hang", method="GET", path="*/appointments")
    attempts = []
    office = Office(sandbox, World(loop))

    async def story(c):
        async def book():
            try:
                await c.call("appointments.book", DESK, start=540, **TALK)
            except BaseException as error:
                attempts.append(attempt_of(error))
                raise

        async with anyio.create_task_group() as group:
            group.start_soon(book)
            while not hang.hits:  # noqa: ASYNC110 - the sandbox lives in another thread
                await anyio.sleep(0.005)
            group.cancel_scope.cancel()
        return await c.resolve(attempts[0])

    client = World(loop).client(CLIENTS, sandbox.cubu, clock=Watch(sandbox))
    found = World(loop).tell(story, client)
    assert office.live() == [found.case_id]
    assert found.recovered
    assert [one.method for one in office.seen()] == ["POST", "GET", "GET"]


def test_an_observer_is_told_of_a_booking_its_token_and_the_look_at_its_calendar(vendor):
    events = []
    vendor.answers(answer(OPENED, 201), answer([LISTED]))
    booking = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, start=540, **MATTER), observer=events.append)
    assert booking.checked
    assert events[0] == CallStarted("cubu.appointments.book")
    assert [(event.operation, event.status) for event in events if isinstance(event, AttemptEnded)] == [
        ("cubu.token", 200),
        ("cubu.appointments.book", 201),
        ("cubu.appointments.list", 200),
    ]
    assert isinstance(events[-1], CallEnded)
    assert events[-1].error is None


def test_an_observer_is_told_of_the_looks_for_a_lost_booking(vendor):
    events = []
    vendor.answers(NoAnswer("cut"), answer([]), answer([LISTED]))
    booking = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, start=540, **MATTER), observer=events.append)
    assert booking.recovered
    attempts = [(event.operation, event.status) for event in events if isinstance(event, AttemptEnded)]
    assert attempts == [
        ("cubu.token", 200),
        ("cubu.appointments.book", None),
        ("cubu.appointments.list", 200),
        ("cubu.appointments.list", 200),
    ]
    assert {event.why for event in events if isinstance(event, Paused)} == {"recover"}


def test_the_errors_of_a_booking_and_of_a_move_go_to_another_process_and_back(vendor):
    vendor.answers(
        refusal(409, 99001, "Not vacant."),
        *(answer(OPENED, 201), answer([LISTED]), refusal(409, 1001)),
    )

    async def story(c):
        with pytest.raises(SlotUnavailableError) as taken:
            await c.call("appointments.book", CALENDAR, start=540, **MATTER)
        with pytest.raises(NotCancelledError) as stuck:
            await c.call("appointments.rebook", OLD, CALENDAR, start=540, **MATTER)
        return taken.value, stuck.value

    taken, stuck = vendor.tell(story)
    twin = pickle.loads(pickle.dumps(taken))
    assert (str(twin), twin.response.status, twin.operation) == (str(taken), 409, "cubu.appointments.book")
    twin = pickle.loads(pickle.dumps(stuck))
    assert (str(twin), twin.new, twin.old, twin.operation) == (str(stuck), stuck.new, OLD, "cubu.appointments.rebook")
    assert twin.new.reference == stuck.new.reference
    assert twin.new.appointment.starts_at == stuck.new.appointment.starts_at
    assert twin.new.case_id == CASE_ID


def test_a_booking_remembers_its_zone_and_its_calendar_in_another_process(office):
    async def story(c):
        return await c.call("appointments.book", DESK, start=545, **TALK, bypass_timeslot_check=True)

    office.emulation.before_book = lambda _: {"channel": "Video"}
    booking = office.tell(story)
    twin = pickle.loads(pickle.dumps(booking))
    assert twin == booking
    assert (twin.reference, twin.checked) == (booking.reference, True)
    assert [one.field for one in twin.differences] == [one.field for one in booking.differences] == ["channel"]
    assert twin.appointment.time_zone == booking.appointment.time_zone == "Asia/Jerusalem"
    assert twin.appointment.starts_at == booking.appointment.starts_at
    assert twin.online_meeting.participants_url == booking.online_meeting.participants_url


def test_a_client_that_looks_for_nothing_waits_for_nothing(vendor):
    vendor.answers(answer(OPENED, 201), raw(status=204))

    async def story(c):
        booking = await c.call("appointments.book", CALENDAR, start=540, **MATTER)
        await c.call("appointments.cancel", booking)

    vendor.tell(story, settings(check_bookings=False))
    assert [one.method for one in vendor.seen] == ["POST", "DELETE"]
    assert vendor.clock.slept == []


def test_a_visit_from_the_calendar_to_the_cancellation(office):
    async def story(c):
        calendar = await c.first(c.list("calendars.list", "Front desk", FREE))
        vacancies = await c.call("calendars.vacancies", calendar, service_type_id="General question")
        assert vacancies.duration == timedelta(minutes=15)
        matter = {"service_type_id": "General question", "channel": Channel.VIDEO, "contact_email": "ana@example.org"}
        booking = await c.call("appointments.book", calendar, start=vacancies.slots[0], **matter, tag_ids=["VIP"])
        assert booking.appointment.starts_at == vacancies.slots[0]
        assert (booking.status, booking.differences) == (CaseStatus.PLANNED, ())
        again = await c.call("calendars.vacancies", calendar, service_type_id="General question")
        assert vacancies.slots[0] not in again.slots
        assert [one.case_id for one in await c.collect(c.list("appointments.list", calendar))] == [booking.case_id]
        moved = await c.call("appointments.rebook", booking, calendar, start=vacancies.slots[3], **matter)
        assert moved.case_id != booking.case_id
        (found,) = await c.collect(c.list("appointments.list", calendar))
        assert found == await c.call("appointments.get", str(moved.reference))
        await c.call("appointments.cancel", moved)
        assert await c.collect(c.list("appointments.list", calendar)) == []
        return booking, moved

    booking, moved = office.tell(story)
    assert office.sandbox.ledger.created("appointments") == [booking.case_id, moved.case_id]
    assert office.live() == []
