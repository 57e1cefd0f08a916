"""Many at once for one slot: exactly one live booking, wherever the provider has a calendar to look at."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import anyio
import pytest
from harness import AsyncTeller, SyncTeller, at_once
from portable_stage import ASYNCIO, SYNC, TRIO, everywhere

from apptsdk import SlotUnavailableError

MANY = 20


def ends(stage, outcomes):
    """See that one has it, and that all others were told so."""
    made = [one for one in outcomes if not isinstance(one, Exception)]
    refused = [one for one in outcomes if isinstance(one, Exception)]
    wanted = 1 if stage.place.holds else MANY
    assert {type(one) for one in refused} <= {SlotUnavailableError}
    assert (len(made), len(refused)) == (wanted, MANY - wanted)
    assert sorted(stage.live) == sorted(one.id for one in made)


async def attempt(stage, tell, slot):
    try:
        return await stage.book(tell, slot)
    except Exception as error:  # noqa: BLE001 - looked at by ends()
        return error


@pytest.mark.parametrize(("place", "facade"), [pair for pair in everywhere() if pair[1].world.is_sync], ids=str)
def test_of_twenty_threads_one_has_the_slot(stage):
    with stage.client() as client:
        (slot,) = stage.slots(1)
        barrier = Barrier(MANY)

        def race(_):
            barrier.wait()
            return at_once(attempt(stage, SyncTeller(client), slot))

        with ThreadPoolExecutor(MANY) as pool:
            outcomes = list(pool.map(race, range(MANY)))
    ends(stage, outcomes)


@pytest.mark.parametrize(
    ("place", "facade"),
    [pair for pair in everywhere(trio=True) if not pair[1].world.is_sync],
    ids=str,
)
def test_of_twenty_tasks_one_has_the_slot(stage):
    outcomes = []

    async def race():
        async with stage.client() as client:
            tell = AsyncTeller(client)
            (slot,) = stage.slots(1)

            async def one():
                outcomes.append(await attempt(stage, tell, slot))

            async with anyio.create_task_group() as tasks:
                for _ in range(MANY):
                    tasks.start_soon(one)

    stage.facade.world.run(race)
    ends(stage, outcomes)


def test_each_way_to_race_is_played():
    worlds = {facade for _, facade in everywhere(trio=True)}
    assert {SYNC, ASYNCIO, TRIO} <= worlds
