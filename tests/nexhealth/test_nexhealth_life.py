"""The life of a client and of its objects: opened, shared by many, closed, left open, copied, pickled."""

from __future__ import annotations

import asyncio
import copy
import gc
import pickle
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import anyio
import pytest
from harness import ENGINE, ENGINES, SyncTeller, Watch, World, at_once
from nexhealth_support import CLIENTS, KEY, answer, rows, settings

from apptsdk import (
    NO_RETRY,
    AsyncNexHealth,
    ClinikoSettings,
    ClosedError,
    NexHealth,
    NotFoundError,
    OutcomeUnknownError,
    attempt_of,
)
from apptsdk.events import AttemptEnded, CallEnded, CallStarted, Paused
from apptsdk.http import NoAnswer
from apptsdk.sandbox import Sandbox

LOOPS = ("asyncio", "trio")


async def close(c):
    if hasattr(c.client, "aclose"):
        await c.client.aclose()
    else:
        c.client.close()


async def offices(c):
    return await c.collect(c.list("locations.list"))


def test_closing_twice_is_fine_and_using_it_afterwards_is_a_clear_error(practice):
    async def story(c):
        await offices(c)
        view, pager = c.view(subdomain="lakeside", location_id=7), c.list("patients.list")
        await close(view)
        await offices(c)
        await close(c)
        await close(c)
        for late in (offices(c), offices(view), c.collect(pager), c.call("locations.get", 41)):
            with pytest.raises(ClosedError, match="closed"):
                await late

    practice.tell(story)
    assert len(practice.seen()) == 2


def test_a_client_that_is_closed_before_its_token_is_minted_asks_for_none(practice):
    async def story(c):
        await close(c)
        with pytest.raises(ClosedError):
            await offices(c)

    practice.tell(story)
    assert practice.sandbox.requests == []


@contextmanager
def recorded():
    """Record the messages of the resource warnings, those of the sockets below included."""
    messages = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield messages
        gc.collect()
    messages += [str(one.message) for one in caught if issubclass(one.category, ResourceWarning)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_client_left_open_warns_when_it_is_collected(engine, sandbox):
    with recorded() as messages:
        NexHealth(sandbox.nexhealth, engine=engine).locations.get(41)
    assert any("An HTTP client of apptsdk was not closed" in message for message in messages)


@pytest.mark.parametrize("loop", LOOPS)
def test_an_async_client_left_open_warns_when_it_is_collected(loop, sandbox):
    async def leave():
        client = AsyncNexHealth(sandbox.nexhealth, engine=ENGINE)
        await client.locations.get(41)
        inner = client._owned._client()
        with recorded() as messages:
            del client
        await inner.aclose()
        return messages

    messages = World(loop).run(leave)
    assert any("An async HTTP client of apptsdk was not closed" in message for message in messages)


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_client_that_was_never_used_or_was_closed_does_not_warn(kind, sandbox):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kind(sandbox.nexhealth)
        with NexHealth(sandbox.nexhealth, engine=ENGINE) as client:
            client.with_options(subdomain="lakeside").institutions.list().first()
        del client
        gc.collect()


@pytest.mark.parametrize("make", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("thing", ["client", "async client", "settings", "account"])
def test_what_holds_the_key_refuses_to_be_pickled_and_says_why(thing, make):
    made = {
        "client": lambda: NexHealth(settings()),
        "async client": lambda: AsyncNexHealth(settings()),
        "settings": settings,
        "account": lambda: settings().account(),
    }[thing]()
    with pytest.raises(TypeError, match="credentials") as caught:
        make(made)
    assert KEY not in str(caught.value)


def test_models_and_errors_and_attempts_go_to_another_process_and_back(practice):
    practice.sandbox.fault("drop_before", method="POST", path="/patients/*/alerts")

    async def story(c):
        found = [
            await c.first(c.list("appointments.list", start=at(-90), end=at(90))),
            await c.first(c.list("patients.list")),
            await c.first(c.list("providers.list")),
            *await offices(c),
            *await c.collect(c.list("working_hours.list")),
            *await c.collect(c.list("available_slots.groups", **SLOTS, provider_ids=[practice.provider])),
        ]
        with pytest.raises(OutcomeUnknownError) as lost:
            await c.call("patient_alerts.create", practice.patient, note="careful")
        with pytest.raises(NotFoundError) as missing:
            await c.call("patients.get", 1)
        return found, lost.value, missing.value

    def at(days):
        return practice.sandbox.clock.now() + timedelta(days=days)

    found, lost, missing = practice.tell(story)
    assert len(found) > 8
    for one in found:
        for twin in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
            assert twin == one
            assert hash(twin) == hash(one)
            assert twin.as_sent() == one.as_sent()
    twin = pickle.loads(pickle.dumps(lost))
    assert (str(twin), twin.attempt, twin.operation) == (str(lost), lost.attempt, lost.operation)
    twin = pickle.loads(pickle.dumps(missing))
    assert (str(twin), twin.status, twin.request_id) == (str(missing), 404, missing.request_id)
    assert type(lost.attempt).from_json(lost.attempt.to_json()) == lost.attempt


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


def test_one_client_serves_thirty_two_threads_or_tasks(practice):
    async def one(c, index):
        made = await c.call("patient_alerts.create", practice.patient, note=f"number {index}")
        view = c.view(subdomain="riverbend-dental")
        again = await view.call("patient_alerts.get", practice.patient, made.id)
        assert again.note == f"number {index}"
        return made

    outcomes = together(practice, practice.client(pace=()), 2 * MANY, one)
    assert sorted(str(made.id) for made in outcomes) == sorted(practice.sandbox.ledger.created("patient_alerts"))
    assert len({made.id for made in outcomes}) == 2 * MANY
    logins = [seen for seen in practice.sandbox.requests if seen.path.endswith("/authenticates")]
    assert len(logins) == 1


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


@pytest.mark.parametrize("loop", LOOPS)
def test_a_task_cancelled_in_a_booking_sends_nothing_more_and_carries_its_attempt(loop, sandbox):
    sandbox.fault("hang", method="POST", path="/patients/*/alerts", commit=True)
    attempts = []

    async def story(c):
        patient = (await c.first(c.list("patients.list"))).id

        async def write():
            try:
                await c.call("patient_alerts.create", patient, note="careful")
            except BaseException as error:
                attempts.append(attempt_of(error))
                raise

        async with anyio.create_task_group() as group:
            group.start_soon(write)
            while not len(sandbox.ledger):  # noqa: ASYNC110 - the sandbox lives in another thread
                await anyio.sleep(0.005)
            group.cancel_scope.cancel()
        posts = [seen for seen in sandbox.requests if seen.path.endswith("/alerts") and seen.method == "POST"]
        assert len(posts) == 1
        return await c.resolve(attempts[0])

    client = World(loop).client(CLIENTS, sandbox.nexhealth, clock=Watch(sandbox))
    found = World(loop).tell(story, client)
    assert sandbox.ledger.created("patient_alerts") == [str(found.id)]
    assert found.recovered


def test_a_view_has_other_options_and_the_same_connections(practice):
    seen, events = [], []

    async def story(c):
        view = c.view(headers={"X-Trace": "1"}, on_response=seen.append, observer=events.append, retry=NO_RETRY)
        await view.call("locations.get", 41)
        await view.view(subdomain="lakeside", headers={"X-Second": "2"}, observer=None).call("locations.get", 7)
        await c.call("locations.get", 41)
        assert view.client._transport.engine is c.client._transport.engine
        assert view.client._transport.account is c.client._transport.account

    practice.tell(story)
    assert [(one.headers.get("x-trace"), one.headers.get("x-second")) for one in practice.seen()] == [
        ("1", None),
        ("1", "2"),
        (None, None),
    ]
    assert [response.status for response in seen][-2:] == [200, 200]
    assert [type(event) for event in events][-2:] == [AttemptEnded, CallEnded]
    assert isinstance(events[0], CallStarted)


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


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_client_takes_its_own_settings_and_says_so(kind):
    with pytest.raises(TypeError, match=r"NexHealthSettings\(\.\.\.\)"):
        kind(KEY)
    cliniko = ClinikoSettings(api_key="key-au2", app_name="Riverbend", contact_email="dev@riverbend.example")
    with pytest.raises(TypeError, match=r"NexHealthSettings\(\.\.\.\)"):
        kind(cliniko)


def test_an_async_client_lives_through_several_event_loops():
    """`asyncio.run` twice, as in a notebook or a script: connections of the first loop are of no use in the second."""
    with Sandbox() as sandbox:
        client = AsyncNexHealth(sandbox.nexhealth, engine=ENGINE)

        async def ask(client):
            return [one.id async for one in client.locations.list()]

        found = [asyncio.run(ask(client)) for _ in range(3)]
        asyncio.run(client.aclose())
        with warnings.catch_warnings():
            # The connections of a loop that has ended cannot be closed any more: they go with it.
            warnings.simplefilter("ignore", ResourceWarning)
            del client
            gc.collect()
    assert found == [[41, 42]] * 3
    assert [seen.method for seen in sandbox.requests] == ["POST", "GET", "GET", "GET"]


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
