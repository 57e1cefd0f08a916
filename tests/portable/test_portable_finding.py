"""Finding slots: in the order of time, from the start on and before the end, none twice, by the location's clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from portable_places import DAY, HOUR, MINUTE
from portable_stage import SOON, everywhere, instants
from props import NOW

import apptsdk
from apptsdk import Capability, UnsupportedError

EVERYWHERE = [(place, facade) for place, facade in everywhere() if Capability.FIND_SLOTS in place.able]
pytestmark = pytest.mark.parametrize(("place", "facade"), EVERYWHERE, ids=str)


async def found(stage, tell, **asked):
    return await tell.collect(tell.list("find_slots", **stage.search(**{"end": NOW + SOON + DAY, **asked})))


def see_order(slots, start, end):
    moments = instants(slots)
    assert moments == sorted(moments)
    assert all(start.astimezone(UTC) <= moment < end.astimezone(UTC) for moment in moments)
    assert len({slot.ref for slot in slots}) == len(slots)
    assert all(slot.end.astimezone(UTC) > slot.start.astimezone(UTC) for slot in slots)


def test_slots_come_in_the_order_of_time_and_none_comes_twice(stage):
    async def story(stage, tell):
        start, end = NOW + SOON, NOW + SOON + stage.place.page * DAY
        slots = await found(stage, tell, start=start, end=end)
        assert len(slots) > 40
        see_order(slots, start, end)
        cut = slots[len(slots) // 2].start
        before, after = await found(stage, tell, end=cut), await found(stage, tell, start=cut, end=end)
        assert instants(after)[0] == cut.astimezone(UTC)
        assert [slot.ref for slot in before + after] == [slot.ref for slot in slots]

    stage.tell(story)


def test_a_page_is_read_on_from_its_cursor_in_another_process(stage):
    async def story(stage, tell):
        asked = stage.search(end=NOW + SOON + stage.place.page * DAY)
        slots = await tell.collect(tell.list("find_slots", **asked))
        pages = await tell.pages(tell.list("find_slots", **asked))
        assert [slot.ref for page in pages for slot in page.items] == [slot.ref for slot in slots]
        assert len(pages) > 1
        stage.sandbox.requests.clear()
        await tell.pages(tell.list("find_slots", **asked), most=1)
        few = len(stage.sandbox.requests)
        stage.sandbox.requests.clear()
        await tell.collect(tell.list("find_slots", **asked))
        assert few < len(stage.sandbox.requests)

    stage.tell(story)


def test_a_day_on_which_clocks_are_changed_is_searched_whole(stage):
    wanted, name = stage.place.night
    zone = ZoneInfo(name)

    async def story(stage, tell):
        for night in stage.place.nights:
            start, end = (datetime.combine(day, time(), zone) for day in (night.day, night.day + DAY))
            assert end.astimezone(UTC) - start.astimezone(UTC) == night.hours * HOUR
            slots = await found(stage, tell, start=start, end=end, **wanted())
            see_order(slots, start, end)
            assert len(slots) == night.slots
            assert {str(slot.start.tzinfo) for slot in slots} == {name}
            assert {slot.end.astimezone(UTC) - slot.start.astimezone(UTC) for slot in slots} == {
                slots[0].service.duration or 30 * MINUTE
            }
            # The hour that is left out, or that comes twice, is cut in the middle.
            for cut in sorted(set(instants(slots)))[2:10:3]:
                there = cut.astimezone(zone)
                before = await found(stage, tell, start=start, end=there, **wanted())
                after = await found(stage, tell, start=there, end=end, **wanted())
                assert {slot.ref for slot in before}.isdisjoint(slot.ref for slot in after)
                assert [slot.ref for slot in before + after] == [slot.ref for slot in slots]

    stage.tell(story)


def test_a_search_that_is_past_or_meets_nothing_is_empty(stage):
    async def story(stage, tell):
        assert await found(stage, tell, start=NOW - 3 * DAY, end=NOW - DAY) == []
        dead = stage.midnight(3) + stage.place.closed * HOUR
        assert await found(stage, tell, start=dead, end=dead + MINUTE) == []
        first = await tell.first(tell.list("find_slots", **stage.search(start=NOW - DAY)))
        assert first.start >= NOW

    stage.tell(story)


def test_a_search_is_refused_that_makes_no_sense(stage):
    async def story(stage, tell):
        stage.sandbox.requests.clear()
        for wrong in (
            {"start": NOW.replace(tzinfo=None)},
            {"end": NOW.replace(tzinfo=None)},
            {"start": NOW + DAY, "end": NOW + DAY},
            {"start": NOW + DAY, "end": NOW},
            {"service": []},
            {"duration": 0},
            {"duration": timedelta(seconds=90)},
        ):
            with pytest.raises(ValueError, match=r"must|empty|naive"):
                await found(stage, tell, **{**stage.place.wanted(), **wrong})
        assert stage.sandbox.requests == []

    stage.tell(story)


def test_objects_ids_and_several_of_them_mean_the_same(stage):
    async def story(stage, tell):
        wanted = stage.place.wanted()
        slots = await found(stage, tell, end=NOW + SOON + DAY)
        one = slots[0]
        refs = [slot.ref for slot in slots]
        for service, location in (
            (one.service, one.location),
            ([wanted["service"]], [one.location]),
            (f"{stage.place.provider}:{wanted['service']}", f"{stage.place.provider}:{wanted['location']}"),
            ([one.service, wanted["service"]], wanted["location"]),
        ):
            again = await found(stage, tell, end=NOW + SOON + DAY, service=service, location=location)
            assert [slot.ref for slot in again] == refs
        theirs = await found(stage, tell, end=NOW + SOON + DAY, **wanted, host=one.host)
        assert theirs
        assert {slot.host.id for slot in theirs} == {one.host.id}

    stage.tell(story)


def test_what_is_named_twice_is_meant_once(stage):
    async def story(stage, tell):
        wanted = stage.place.wanted()
        twice = {name: [value] * 2 for name, value in wanted.items() if name in {"service", "host", "location"}}
        once = [slot.ref for slot in await found(stage, tell)]
        assert once
        assert [slot.ref for slot in await found(stage, tell, **twice)] == once
        made = await stage.book(tell, stage.slots(1)[0])
        asked = {"start": NOW, "end": NOW + SOON + DAY}
        listed = tell.list("list_appointments", **asked, location=[made.location] * 2)
        assert [one.id for one in await tell.collect(listed)].count(made.id) == 1

    stage.tell(story)


def test_another_duration_than_the_services_is_refused_before_any_slot_is_asked_for(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        length, wanted = slot.end - slot.start, stage.place.wanted()
        same = await found(stage, tell, **wanted, duration=length)
        assert [one.ref for one in same] == [one.ref for one in await found(stage, tell)]
        told = rf"the service says how long it takes, here {length // MINUTE} minutes\. Leave duration out"
        stage.sandbox.requests.clear()
        for known in (False, True):  # what a service is told to take is known without a look at it
            service = attrs.evolve(slot.service, duration=length) if known else wanted["service"]
            asked = {**stage.search(**wanted), "service": [service], "duration": length + 7 * MINUTE}
            for look in (
                lambda asked=asked: tell.collect(tell.list("find_slots", **asked)),
                lambda asked=asked: tell.call("book_first_available", stage.known, **asked, **stage.place.booking),
            ):
                with pytest.raises(UnsupportedError, match=told) as caught:
                    await look()
                assert caught.value.provider == stage.place.provider
        looked_at = [seen.path for seen in stage.sandbox.requests]
        assert [path for path in looked_at if path.endswith(("_times", "_slots", "vacancies", "calendars"))] == []
        stage.sandbox.requests.clear()
        with pytest.raises(UnsupportedError, match=told):
            await tell.collect(tell.list("find_slots", **asked))
        assert stage.sandbox.requests == []

    stage.tell(story)


def test_a_duration_chooses_among_all_services_where_none_is_named(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        asked = {"location": stage.place.wanted()["location"], "duration": slot.end - slot.start}
        some = await tell.take(tell.list("find_slots", **stage.search(**asked)), 40)
        assert {one.end.astimezone(UTC) - one.start.astimezone(UTC) for one in some} == {slot.end - slot.start}
        nothing = await tell.take(tell.list("find_slots", **stage.search(**{**asked, "duration": 1439})), 1)
        assert nothing == []

    stage.tell(story)


def test_a_service_that_is_not_there_is_refused(stage):
    async def story(stage, tell):
        wanted = stage.place.wanted()
        service = wanted["service"][:-3] + ("111" if wanted["service"][-3:] != "111" else "222")
        with pytest.raises(getattr(apptsdk, stage.place.no_service)):
            await found(stage, tell, **{**wanted, "service": service})

    stage.tell(story)
