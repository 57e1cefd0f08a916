"""Pages that are fetched ahead, over a real socket: while the caller works, within the rate, and closed cleanly."""

from __future__ import annotations

import gc
import threading
import time
import warnings

import anyio
import pytest
from harness import Watch, World
from props import NOW

from apptsdk import AsyncCliniko, Cliniko, transport
from apptsdk.errors import ClosedError
from apptsdk.sandbox import Sandbox

CLIENTS = (Cliniko, AsyncCliniko)
LONG = 10.0
BEHIND = "apptsdk-prefetch"


def pages_of(clinic):
    return [int(dict(seen.query).get("page", "1")) for seen in clinic.seen("GET")]


class Arrivals:
    """Tells when so many answers have arrived: an `on_response=` hook."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.count = 0
        self.events = {}

    def __call__(self, response):
        self.count += 1
        self.event(self.count).set()

    def event(self, number):
        return self.events.setdefault(number, threading.Event() if self.world.is_sync else anyio.Event())

    async def of(self, number):
        """Wait until so many answers have arrived."""
        if self.world.is_sync:
            assert self.event(number).wait(LONG)
        else:
            with anyio.fail_after(LONG):
                await self.event(number).wait()


def joined():
    """Wait for the threads that fetch ahead, which nobody waits for otherwise."""
    for thread in threading.enumerate():
        if thread.name == BEHIND:
            thread.join(LONG)
            assert not thread.is_alive()


async def one_page(pages):
    return pages.__next__() if hasattr(pages, "__next__") else await pages.__anext__()


def test_the_next_pages_arrive_while_the_caller_works_on_this_one(clinic):
    arrived = Arrivals(clinic.world)

    async def story(c):
        pages = c.list("patients.list", per_page=2, prefetch=2).pages()
        first = await one_page(pages)
        await arrived.of(3)
        assert arrived.count == 3
        found = [first]
        while len(found) < 6:
            found.append(await one_page(pages))
        return found, await c.pages(c.list("patients.list", per_page=2))

    ahead, plain = clinic.tell(story, on_response=arrived)
    assert ahead == plain
    assert [page.cursor for page in ahead] == [page.cursor for page in plain]
    assert pages_of(clinic) == [1, 2, 3, 4, 5, 6] * 2


def test_items_and_first_are_those_of_a_list_without(clinic):
    async def story(c):
        first = await c.first(c.list("patients.list", per_page=2, prefetch=5))
        assert pages_of(clinic) == [1]
        return (
            first,
            await c.collect(c.list("patients.list", per_page=2, prefetch=5)),
            await c.collect(c.list("patients.list")),
        )

    first, ahead, plain = clinic.tell(story)
    assert ahead == plain
    assert first == plain[0]


@pytest.mark.parametrize(
    ("value", "error"), [(-1, ValueError), (21, ValueError), (True, TypeError), ("2", TypeError)], ids=str
)
def test_a_wrong_number_of_pages_is_refused_at_once(clinic, value, error):
    async def story(c):
        with pytest.raises(error, match=r"^prefetch must be"):
            c.list("patients.list", prefetch=value)

    clinic.tell(story)
    assert clinic.seen() == []


async def sent(world, fault):
    """Wait until a fault has hit its request."""
    ends = time.monotonic() + LONG
    while not fault.hits:
        assert time.monotonic() < ends
        if world.is_sync:
            threading.Event().wait(0.001)
        else:
            await anyio.sleep(0.001)


def test_a_client_that_is_closed_after_a_break_leaves_nothing_behind(clinic):
    """The next page is on its way when the block ends: a thread's is waited for, a task's is cancelled."""
    delay = clinic.sandbox.fault("delay", method="GET", path="/patients", skip=1, seconds=0.2, times=None)
    arrived = Arrivals(clinic.world)
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        async def story(c):
            pages = c.list("patients.list", per_page=2, prefetch=3).pages()
            assert len((await one_page(pages)).items) == 2
            await sent(clinic.world, delay)

        clinic.tell(story, on_response=arrived)
        joined()
        gc.collect()
    assert arrived.count == (2 if clinic.world.is_sync else 1)
    assert pages_of(clinic) == [1, 2]


def test_closing_does_not_wait_for_a_server_that_hangs(world, monkeypatch):
    monkeypatch.setattr(transport, "PATIENCE", 0.05)
    kept = []
    with warnings.catch_warnings(), Sandbox(now=NOW, rate_limit=None) as sandbox:
        warnings.simplefilter("error")
        hanging = sandbox.fault("hang", method="GET", path="/patients", skip=1, times=None)

        async def story(c):
            pages = c.list("patients.list", per_page=2, prefetch=3).pages()
            await one_page(pages)
            await sent(world, hanging)
            kept.append(pages)

        client = world.client(CLIENTS, sandbox.cliniko, clock=Watch(sandbox))
        world.tell(story, client)
        assert hanging.hits == 1
    joined()
    gc.collect()
    (pages,) = kept
    with pytest.raises(ClosedError):
        next(pages) if world.is_sync else world.run(pages.__anext__)


def test_what_is_fetched_ahead_stays_within_the_rate_limit(world):
    statuses = []
    with Sandbox(now=NOW, rate_limit=200, appointments=400) as sandbox:
        sandbox.clock.freeze()
        watch = Watch(sandbox)

        async def story(c):
            pager = c.list("individual_appointments.list", per_page=1, include_cancelled=True, prefetch=8)
            return await c.take(pager, 230)

        client = world.client(
            CLIENTS, sandbox.cliniko, clock=watch, on_response=lambda response: statuses.append(response.status)
        )
        assert len({appointment.id for appointment in world.tell(story, client)}) == 230
    assert set(statuses) == {200}
    assert sum(watch.slept) >= 59
