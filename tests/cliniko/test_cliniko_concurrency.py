"""Many calls at once: the retry budget, the pace, and what a cancelled call leaves behind."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import anyio
import anyio.lowlevel
import pytest
from harness import ENGINE, WORLDS, SyncTeller, Watch, World, at_once
from props import NOW, props

from apptsdk import AsyncCliniko, Cliniko, Quota, RequestNotSentError, ServerError, Timeout, attempt_of
from apptsdk.sandbox import Sandbox

ADA = {"first_name": "Adaline", "last_name": "Parkinson", "date_of_birth": date(1990, 5, 17)}
LOOPS = ("asyncio", "trio")


def together(clinic, client, count, one):
    """Tell a story many times at once to one client; give how each ended."""

    async def told(c):
        try:
            return await one(c)
        except Exception as error:  # noqa: BLE001 - it is the outcome
            return error

    outcomes = []
    if clinic.world.is_sync:
        with client, ThreadPoolExecutor(32) as pool:
            return list(pool.map(lambda _: at_once(told(SyncTeller(client))), range(count)))

    async def story(c):
        async def keep():
            outcomes.append(await told(c))

        async with anyio.create_task_group() as group:
            for _ in range(count):
                group.start_soon(keep)

    clinic.world.tell(story, client)
    return outcomes


def test_a_hundred_failing_calls_share_one_retry_budget(clinic):
    clinic.sandbox.fault("status", times=None)
    client = clinic.client(random=lambda: 0.0, pace=())
    outcomes = together(clinic, client, 100, lambda c: c.call("user"))
    assert Counter(type(outcome) for outcome in outcomes) == {ServerError: 100}
    assert 100 < len(clinic.seen()) <= 100 + 20


def test_views_share_the_pace_of_their_client(clinic):
    async def story(c):
        for _ in range(3):
            await c.call("user")
            await c.view(timeout=20).call("user")

    clinic.tell(story, pace=[Quota(4, per=10)])
    assert sum(clinic.watch.slept) == pytest.approx(10)
    assert len(clinic.seen()) == 6


@pytest.mark.parametrize("count", [450])
def test_the_pace_keeps_every_window_under_two_hundred_a_minute(count, world):
    with Sandbox(now=NOW, rate_limit=200) as sandbox:
        sandbox.clock.freeze()
        watch = Watch(sandbox)
        moments = []

        async def story(c):
            for _ in range(count):
                assert (await c.call("user")).id
                moments.append(watch.now().monotonic)
                watch.pass_by(0.01)

        client = world.client((Cliniko, AsyncCliniko), sandbox.cliniko, clock=watch, timeout=Timeout(30, 200))
        world.tell(story, client)
    assert len(sandbox.requests) == count
    most = max(sum(at <= other < at + 60 for other in moments) for at in moments)
    assert 180 < most <= 190


def test_a_wait_for_the_pace_that_is_longer_than_the_timeout_is_refused_at_once(clinic):
    async def story(c):
        await c.call("user")
        with pytest.raises(RequestNotSentError, match="rate limit"):
            await c.call("user")

    clinic.tell(story, pace=[Quota(1, per=3600)])
    assert clinic.watch.slept == []
    assert len(clinic.seen()) == 1


def test_calls_of_one_account_wait_together_after_a_429(clinic):
    clinic.sandbox.fault("status", status=429, headers={"retry-after": "8"})

    async def story(c):
        view = c.view(timeout=20)
        await c.call("user")
        began = clinic.watch.now().monotonic
        await view.call("user")
        return clinic.watch.now().monotonic - began

    assert clinic.tell(story) == 0
    assert clinic.watch.slept == [8]


# --- what is cut short -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("loop", LOOPS)
def test_a_task_cancelled_in_a_pause_sends_nothing_more(loop, sandbox):
    sandbox.fault("status", times=None)
    waiting = anyio.Event()

    class Stuck(Watch):
        async def asleep(self, seconds):
            waiting.set()
            await anyio.sleep_forever()

    async def story(c):
        async with anyio.create_task_group() as group:
            group.start_soon(c.call, "user")
            await waiting.wait()
            group.cancel_scope.cancel()

    World(loop).tell(story, World(loop).client((Cliniko, AsyncCliniko), sandbox.cliniko, clock=Stuck(sandbox)))
    assert len(sandbox.requests) == 1


@pytest.mark.parametrize("loop", LOOPS)
def test_a_cancelled_wait_for_the_pace_gives_its_place_back(loop, sandbox):
    watch = Watch(sandbox)
    turns = []

    class Held(Watch):
        async def asleep(self, seconds):
            turns.append(seconds)
            if len(turns) == 1:
                await anyio.sleep_forever()
            await super().asleep(seconds)

    watch = Held(sandbox)

    async def story(c):
        await c.call("user")
        async with anyio.create_task_group() as group:
            group.start_soon(c.call, "user")
            while not turns:
                await anyio.lowlevel.checkpoint()
            group.cancel_scope.cancel()
        await c.call("user")
        return watch.now().monotonic

    client = World(loop).client((Cliniko, AsyncCliniko), sandbox.cliniko, clock=watch, pace=[Quota(1, per=5)])
    World(loop).tell(story, client)
    assert len(sandbox.requests) == 2
    assert sum(watch.slept) == pytest.approx(5)


def test_an_interrupt_in_a_pause_is_not_swallowed(sandbox):
    sandbox.fault("status", times=None)
    watch = Watch(sandbox)

    def interrupt(seconds):
        raise KeyboardInterrupt

    watch.meanwhile = interrupt
    with Cliniko(sandbox.cliniko, clock=watch, engine=ENGINE) as client, pytest.raises(KeyboardInterrupt):
        client.user()
    assert len(sandbox.requests) == 1


def test_an_interrupt_in_a_booking_carries_its_attempt_and_a_note(sandbox):
    class Interrupted:
        def send(self, request, timeout):
            raise KeyboardInterrupt

        def close(self):
            raise AssertionError("an engine that was handed in is not ours to close")

    with Cliniko(sandbox.cliniko, engine=Interrupted()) as client, pytest.raises(KeyboardInterrupt) as caught:
        client.patients.create(**ADA)
    attempt = attempt_of(caught.value)
    assert attempt.operation == "cliniko.patients.create"
    assert "may have taken effect" in caught.value.__notes__[0]
    assert "Parkinson" not in caught.value.__notes__[0]


@pytest.mark.parametrize("name", WORLDS)
def test_two_clients_racing_for_a_time_are_both_served_because_the_vendor_double_books(name, sandbox):
    ids = {name: id_ for name, id_ in props().ids.items() if name != "patient_id"}
    patients = props().patients[:2]
    world, barrier, made = World(name), threading.Barrier(2, timeout=5), []

    def race(patient):
        async def story(c):
            barrier.wait()
            verb, starts_at = "individual_appointments.create", NOW + timedelta(days=14)
            appointment = await c.call(verb, **ids, patient_id=patient, starts_at=starts_at)
            barrier.wait()
            made.append((appointment.id, await c.call("individual_appointments.conflicts", appointment.id)))

        world.tell(story, world.client((Cliniko, AsyncCliniko), sandbox.cliniko))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(race, patients))
    assert sorted(id_ for id_, _ in made) == sorted(sandbox.ledger.live("individual_appointments"))
    assert [conflict for _, conflict in made] == [True, True]
