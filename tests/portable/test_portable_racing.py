"""Two hundred at once for one slot: exactly one live booking, wherever the provider has a calendar to look at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import attrs
import portable_race
import pytest
from portable_places import PLACES
from portable_race import PART, End, Race
from portable_stage import ASYNCIO, JOINT, SYNC, TRIO, instants
from props import NOW

from apptsdk.sandbox.cliniko import Cliniko
from apptsdk.sandbox.cubu import Cubu
from apptsdk.sandbox.nexhealth import NexHealth

MANY, FEW = 200, 20
TESTS = Path(__file__).parent.parent


def racing(*facades):
    """Give every place by these facades: with many racers by its own client, where a time is one's only.

    On trio they are many where the SDK itself sees to that, for the steps are those of asyncio.
    """
    return [
        pytest.param(place, facade, count, id=f"{place}-{facade}-{count}")
        for place in PLACES
        for facade in facades
        for few in [facade.joint or not place.holds or (facade is TRIO and not place.lets_two)]
        for count in [FEW if few else MANY]
    ]


def customers_of(stage):
    """Give the rows of a provider's customers, and what gives the next id."""
    match stage.place.provider:
        case "cliniko":
            world = stage.sandbox.emulator(Cliniko)._account.world
            return world.patients, world.next_id
        case "nexhealth":
            world = stage.sandbox.emulator(NexHealth).world
            return world.tables["patients"], lambda: world.next_id("patients")
        case _:
            world = stage.sandbox.emulator(Cubu).world
            return world.customers, world.guid


def crowd(stage, count):
    """Give the ids of so many customers, each another, whom the provider has by then."""
    if stage.place.customers is None:
        return [f"racer-{number}" for number in range(count)]
    rows, next_id = customers_of(stage)
    (known,) = (row for id_, row in rows.items() if str(id_) == stage.place.known_id())
    made = [attrs.evolve(known, id=next_id()) for _ in range(count)]
    rows.update((row.id, row) for row in made)
    return [str(row.id) for row in made]


class Track:
    """Where a race is run: somebody has the time after its slot already.

    Args:
        stage: At which place.
        count: How many race.
    """

    def __init__(self, stage, count):
        self.stage = stage
        self.slot, after = stage.slots(2)
        self.standing = stage.tell(lambda stage, tell: stage.book(tell, after))
        self.customers = crowd(stage, count)
        stage.sandbox.requests.clear()

    def client(self, **options):
        pace = {} if self.stage.facade.joint else {"pace": ()}  # `Client` leaves each provider its own
        return self.stage.client(**pace, **options)

    def see(self, ends):
        """See that one has it, that all others were told so, and that no other booking was touched."""
        stage, place, count = self.stage, self.stage.place, len(self.customers)
        assert len(set(self.customers)) == count
        assert sorted(end.customer for end in ends) == sorted(self.customers)
        assert {end.error for end in ends} == ({None, "SlotUnavailableError"} if place.holds else {None})
        won = [end for end in ends if end.error is None]
        made, live = (set(ids) - {self.standing.id} for ids in (stage.made, stage.live))
        assert len(won) == len(live) == (1 if place.holds else count)
        assert self.standing.id in stage.live
        assert stage.sent(place.books) >= count // PART
        assert len(made) >= count // PART if place.lets_two or not place.holds else len(made) == 1
        gone = [entry.id for entry in stage.sandbox.ledger if entry.action == "cancel"]
        assert sorted(gone) == sorted(made - live)
        assert stage.sent(place.cancels) == len(gone)
        if place.holds:
            given = stage.tell(lambda stage, tell: tell.call("get_appointment", won[0].ref))
            assert live == {given.id}
            assert given.customer.id == won[0].whose == won[0].customer
            assert instants([given]) == instants([self.slot])


@pytest.mark.parametrize(("place", "facade", "count"), racing(SYNC, JOINT[0]))
def test_of_many_threads_one_has_the_slot(stage, count):
    track = Track(stage, count)
    race = Race(track.slot, track.customers, stage.place.booking)
    track.see(race.run(stage.facade.world, track.client))


@pytest.mark.parametrize(("place", "facade", "count"), racing(ASYNCIO, TRIO, JOINT[1]))
def test_of_many_tasks_one_has_the_slot(stage, count):
    track = Track(stage, count)
    race = Race(track.slot, track.customers, stage.place.booking)
    track.see(race.run(stage.facade.world, track.client))


@pytest.mark.parametrize(("place", "facade"), [(place, SYNC) for place in PLACES if place.holds], ids=str)
def test_of_many_in_two_processes_one_has_the_slot(stage):
    track, place = Track(stage, MANY), stage.place
    where = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, **stage.sandbox.environment(), "PYTHONPATH": where}
    channel = place.booking["channel"].name if place.booking else None
    with ExitStack() as running:
        processes = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, portable_race.__file__],
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(2)
        ]
        told = {"classes": place.classes, "slot": str(track.slot.ref), "channel": channel, "now": NOW.isoformat()}
        for number, (process, world) in enumerate(zip(processes, ("sync", "asyncio"), strict=True)):
            more = {"world": world, "customers": track.customers[number::2]}
            print(json.dumps({**told, **more}), file=process.stdin, flush=True)
        for process in processes:
            assert process.stdout.readline() == "\n"  # enough of its racers have seen the slot free
        for process in processes:
            print(file=process.stdin, flush=True)
        said = [process.communicate()[0] for process in processes]
    track.see([End(*end) for text in said for end in json.loads(text)])
