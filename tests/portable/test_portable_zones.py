"""Clocks: changed by half an hour, and those of a user who is elsewhere."""

from __future__ import annotations

import time
from datetime import date

import attrs
import pytest
from portable_places import CLINIKO, CUBU, DAY, PLACES, Night, cliniko
from portable_stage import SYNC, instants
from test_portable_fields import test_an_appointment_lasts_as_long_as_its_slot_when_clocks_are_changed as booked
from test_portable_finding import test_a_day_on_which_clocks_are_changed_is_searched_whole as searched

from apptsdk import Capability
from apptsdk.sandbox.cubu import seed as cubu

AUTUMN, SPRING = date(2026, 4, 5), date(2026, 10, 4)
LORD_HOWE = "Australia/Lord_Howe"
ISLANDS = (
    attrs.evolve(
        CLINIKO,
        nights=(Night(day=AUTUMN, hours=24.5, slots=13), Night(day=SPRING, hours=23.5, slots=11)),
        night=(lambda: cliniko(0, 2), LORD_HOWE),
    ),
    attrs.evolve(
        CUBU,
        nights=(Night(day=AUTUMN, hours=24.5, slots=192), Night(day=SPRING, hours=23.5, slots=188)),
        night=(lambda: {"service": cubu.QUESTION, "location": cubu.ISLAND_LINE}, LORD_HOWE),
    ),
)


@pytest.mark.parametrize(("place", "facade"), [(place, SYNC) for place in ISLANDS], ids=str)
@pytest.mark.parametrize("told", [searched, booked])
def test_clocks_that_are_changed_by_half_an_hour_are_clocks(stage, told):
    told(stage)


@pytest.fixture
def far_away(monkeypatch):
    """Give what moves the user, whose clock shows a quarter to six when it is midnight in UTC."""

    def move():
        monkeypatch.setenv("TZ", "NPT-5:45")
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("place", "facade"), [(place, SYNC) for place in PLACES], ids=str)
def test_where_the_user_is_makes_no_difference(stage, far_away):
    async def story(stage, tell):
        here, other = stage.slots(2)
        far_away()
        found, _ = await stage.find(tell, 2)
        assert (found, found.start.tzinfo) == (here, here.start.tzinfo)
        made = await stage.book(tell, here if here.ref is None else str(here.ref), stage.place.new)
        moved = await tell.call("reschedule", made, other)
        assert instants([made, moved]) == instants([here, other])
        if stage.can(Capability.LIST):
            midnight = other.start.replace(hour=0, minute=0)
            day = {"start": midnight, "end": midnight + DAY, "host": moved.host}
            assert moved.ref in [one.ref for one in await tell.collect(tell.list("list_appointments", **day))]
        assert (made.time_zone, moved.time_zone) == (stage.place.zone,) * 2

    stage.tell(story)
