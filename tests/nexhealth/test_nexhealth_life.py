"""What many do at once with one client, what an observer is told, and the story of the README."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import anyio
import pytest
from harness import SyncTeller, at_once
from nexhealth_support import answer, rows

from apptsdk import (
    NotFoundError,
)
from apptsdk.events import AttemptEnded, CallEnded, CallStarted, Paused
from apptsdk.http import NoAnswer

SLOTS = {"start_date": date(2026, 3, 10), "days": 2}
MANY = 32


def together(practice, client, count, one):
    """Tell a story to one client many times at once; give what each gave."""
    if practice.world.is_sync:
        with client, ThreadPoolExecutor(MANY) as pool:
            return list(pool.map(lambda index: at_once(one(SyncTeller(client), index)), range(count)))
    given = {}

    async def story(c):
        async def keep(index):
            given[index] = await one(c, index)

        async with anyio.create_task_group() as group:
            for index in range(count):
                group.start_soon(keep, index)

    practice.world.tell(story, client)
    return [given[index] for index in range(count)]


def test_many_who_book_at_once_read_the_office_and_each_takes_a_slot_of_their_own(practice):
    async def find(c):
        return await c.collect(c.list("available_slots.list", **SLOTS, provider_ids=[practice.provider]))

    slots = practice.tell(find)[:8]

    async def one(c, index):
        slot = slots[index]
        return await c.call(
            "appointments.create",
            patient_id=practice.patient,
            provider_id=practice.provider,
            operatory_id=slot.operatory_id,
            start_time=slot.time,
            end_time=slot.time + timedelta(minutes=15),
        )

    made = together(practice, practice.client(pace=()), len(slots), one)
    assert [one.start_time for one in made] == [slot.time for slot in slots]
    assert len(practice.sandbox.ledger.live("appointments")) == len(slots)


def test_an_observer_is_told_of_a_booking_and_of_the_look_at_its_office(vendor):
    events = []
    row = {"id": 5, "start_time": "2031-04-15T14:00:00Z", "end_time": "2031-04-15T15:00:00Z", "patient_id": 1}
    row |= {"provider_id": 2, "location_id": 41, "created_at": "2026-03-02T22:00:00Z", "operatory_id": 3}
    vendor.answers(answer({"id": 41}), NoAnswer("cut"), rows(), rows(row))

    async def story(c):
        start = datetime.fromisoformat("2031-04-15T14:00:00Z")
        return await c.call("appointments.create", patient_id=1, provider_id=2, operatory_id=3, start_time=start)

    assert vendor.tell(story, observer=events.append).recovered
    assert (events[0].operation, type(events[0])) == ("nexhealth.appointments.create", CallStarted)
    attempts = [(event.operation, event.status) for event in events if isinstance(event, AttemptEnded)]
    assert attempts == [
        ("nexhealth.authenticates", 201),
        ("nexhealth.locations.get", 200),
        ("nexhealth.appointments.create", None),
        ("nexhealth.appointments.list", 200),
        ("nexhealth.appointments.list", 200),
    ]
    assert {event.why for event in events if isinstance(event, Paused)} == {"recover"}
    assert isinstance(events[-1], CallEnded)
    assert events[-1].error is None


def test_the_story_of_the_readme_works_in_every_world(practice):
    async def story(c):
        provider = await c.first(c.list("providers.list", requestable=True))
        patient = await c.first(c.list("patients.list", inactive=False, non_patient=False))
        slots = c.list("available_slots.list", **{**SLOTS, "days": 30}, provider_ids=[provider.id])
        slot = await c.first(slots)
        made = await c.call(
            "appointments.create",
            patient_id=patient.id,
            provider_id=provider.id,
            operatory_id=slot.operatory_id,
            start_time=slot.time,
            end_time=slot.end_time,
            notify_patient=False,
        )
        assert not made.recovered
        written = await c.call("appointments.wait_until_written", made.id, timeout=timedelta(minutes=30))
        assert (written.id, written.start_time) == (made.id, slot.time)
        other = c.view(subdomain="lakeside", location_id=7)
        theirs = await other.collect(other.list("patients.list"))
        assert patient.id not in [one.id for one in theirs]
        with pytest.raises(NotFoundError):
            await other.call("appointments.get", made.id)
        gone = await c.call("appointments.cancel", made.id)
        assert gone.cancelled
        return made

    made = practice.tell(story)
    assert practice.sandbox.ledger.created("appointments") == [str(made.id)]
