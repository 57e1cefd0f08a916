"""Available slots: their order, their pieces of 14 days, their groups, and what they must be asked with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from nexhealth_support import BOTH, NOW, answer, settings

from apptsdk import ConfigurationError, NoResultError, ResponseUnreadableError
from apptsdk.providers.nexhealth import WorkingHourSource

DAY = date(2031, 4, 15)
ASKED = {"start_date": DAY, "days": 1, "provider_ids": [71]}


def slot(time, **other):
    return {"time": f"2031-04-15T{time}:00.000-05:00", **other}


def group(*slots, **other):
    return {"lid": 41, "pid": 71, "slots": list(slots), "next_available_date": None, **other}


async def find(c, **other):
    return await c.collect(c.list("available_slots.list", **{**ASKED, **other}))


def times(found):
    return [one.time.strftime("%H:%M") for one in found]


def test_slots_come_in_the_order_of_time_whoevers_they_are(vendor):
    vendor.answers(
        answer(
            [
                group(slot("09:00"), slot("15:00"), slot("11:00"), operatory_id=305),
                group(slot("10:00"), slot("09:00"), pid=72, lid=42),
                group(pid=73),
            ]
        )
    )
    found = vendor.tell(find)
    assert times(found) == ["09:00", "09:00", "10:00", "11:00", "15:00"]
    assert [(one.location_id, one.provider_id, one.operatory_id) for one in found] == [
        (41, 71, 305),
        (42, 72, None),
        (42, 72, None),
        (41, 71, 305),
        (41, 71, 305),
    ]


def test_the_order_is_that_of_moments_and_not_of_texts(vendor):
    vendor.answers(
        answer(
            [
                group({"time": "2031-04-15T09:00:00.000-06:00"}),
                group({"time": "2031-04-15T09:30:00.000-05:00"}, lid=42),
                group({"time": "2031-04-15T14:15:00.000Z"}, lid=43),
            ]
        )
    )
    assert [one.location_id for one in vendor.tell(find)] == [43, 42, 41]


def test_what_a_slot_says_of_itself_goes_before_what_its_group_says(vendor):
    said = slot("09:00", provider_id=72, operatory_id=306, working_hour_label_id=64, end_time="2031-04-15T14:30:00Z")
    vendor.answers(answer([group(said, operatory_id=305)]))
    (one,) = vendor.tell(find)
    assert (one.provider_id, one.operatory_id, one.location_id, one.working_hour_label_id) == (72, 306, 41, 64)
    assert one.end_time == datetime(2031, 4, 15, 14, 30, tzinfo=UTC)


def test_a_slot_that_is_tied_to_nobody_says_so(vendor):
    vendor.answers(answer([{"lid": 41, "slots": [slot("09:00")]}]))
    (one,) = vendor.tell(find)
    assert (one.provider_id, one.operatory_id, one.end_time) == (None, None, None)
    assert not one.was_sent("provider_id")


def test_groups_come_as_the_vendor_sends_them_and_say_when_there_is_a_slot(vendor):
    vendor.answers(
        answer(
            [
                group(slot("10:00"), slot("09:00"), operatory_id=305),
                group(pid=72, next_available_date="2031-05-02"),
                {"lid": 41, "slots": []},
            ]
        )
    )
    first, second, third = vendor.tell(lambda c: c.collect(c.list("available_slots.groups", **ASKED)))
    assert times(first.slots) == ["10:00", "09:00"]
    assert (first.location_id, first.provider_id, first.operatory_id) == (41, 71, 305)
    assert first.next_available_date is None
    assert second.slots == ()
    assert second.next_available_date == date(2031, 5, 2)
    assert (third.provider_id, third.was_sent("next_available_date")) == (None, False)
    assert first.slots[0].provider_id is None  # as it was sent


# --- pieces ----------------------------------------------------------------------------------------------------------

PIECES = {
    1: [("2031-04-15", "1")],
    14: [("2031-04-15", "14")],
    15: [("2031-04-15", "14"), ("2031-04-29", "1")],
    30: [("2031-04-15", "14"), ("2031-04-29", "14"), ("2031-05-13", "2")],
}


@pytest.mark.parametrize("days", PIECES)
@pytest.mark.parametrize("verb", ["list", "groups"])
def test_many_days_are_asked_for_in_pieces_of_fourteen(verb, days, vendor):
    vendor.answers(always=answer([]))
    vendor.tell(lambda c: c.collect(c.list(f"available_slots.{verb}", **{**ASKED, "days": days})))
    asked = [dict(one.query) for one in vendor.seen]
    assert [(one["start_date"], one["days"]) for one in asked] == PIECES[days]
    assert {one["pids[]"] for one in asked} == {"71"}


def test_no_day_is_lost_or_asked_for_twice(vendor):
    vendor.answers(always=answer([]))
    vendor.tell(lambda c: find(c, days=180))
    days = []
    for one in vendor.seen:
        first = date.fromisoformat(dict(one.query)["start_date"])
        days += [first + timedelta(days=index) for index in range(int(dict(one.query)["days"]))]
    assert days == [DAY + timedelta(days=index) for index in range(180)]


def test_the_first_slot_asks_for_no_more_than_it_needs(vendor):
    vendor.answers(answer([]), answer([group(slot("10:00"))]), always=answer([]))

    async def story(c):
        return await c.first(c.list("available_slots.list", **{**ASKED, "days": 90}))

    assert times([vendor.tell(story)]) == ["10:00"]
    assert len(vendor.feed.requests) == 2


def test_a_cursor_resumes_at_its_piece(vendor):
    vendor.answers(*(answer([group(slot(f"{hour:02}:00"))]) for hour in (9, 10, 11)))

    async def story(c):
        pages = await c.pages(c.list("available_slots.list", **{**ASKED, "days": 40}))
        assert [page.cursor for page in pages] == ["2031-04-29", "2031-05-13", None]
        vendor.feed.answers.extend([answer([]), answer([])])
        await find(c, days=40, cursor=pages[0].cursor)
        with pytest.raises(ValueError, match=r"^cursor is not the \.cursor of a page of this list\.$"):
            await find(c, days=40, cursor="2031-04-30")
        with pytest.raises(ValueError, match=r"^cursor is not the \.cursor"):
            await find(c, days=14, cursor="2031-04-29")

    vendor.tell(story)
    asked = [(dict(one.query)["start_date"], dict(one.query)["days"]) for one in vendor.seen[3:]]
    assert asked == [("2031-04-29", "14"), ("2031-05-13", "12")]


def test_pieces_can_be_fetched_ahead(vendor):
    vendor.answers(*(answer([group(slot(f"{hour:02}:00"))]) for hour in (9, 10, 11)))
    found = vendor.tell(lambda c: find(c, days=40, prefetch=2))
    assert len(found) == 3
    assert len(vendor.feed.requests) == 3


def test_nothing_is_found_as_nothing(vendor):
    vendor.answers(always=answer([group()]))

    async def story(c):
        assert await find(c, days=20) == []
        with pytest.raises(NoResultError):
            await c.first(c.list("available_slots.list", **ASKED))

    vendor.tell(story)


BAD = {
    "no day": ({"days": 0}, ValueError, "^days must be from 1 to 3650, not 0"),
    "too many days": ({"days": 3651}, ValueError, "^days must be from 1"),
    "days in words": ({"days": "7"}, TypeError, "^days must be an int"),
    "a truth for days": ({"days": True}, TypeError, "^days must be an int"),
    "a datetime for a day": ({"start_date": NOW}, TypeError, "^start_date must be a date"),
    "a text for a day": ({"start_date": "2031-04-15"}, TypeError, "^start_date must be a date"),
    "no provider and no type": (
        {"provider_ids": []},
        ValueError,
        r"^provider_ids is empty: leave it out for no filter\.$",
    ),
    "a text for a list": ({"provider_ids": "71"}, TypeError, "^provider_ids must be"),
    "a bad provider": ({"provider_ids": [71, "x"]}, ValueError, r"^provider_ids\[1\]"),
    "a bad office": ({"location_ids": ["x"]}, ValueError, r"^location_ids\[0\]"),
    "a slot of no length": ({"slot_length": 0}, ValueError, "^slot_length must be from 1 to 1440 minutes, not 0"),
    "a slot of a text": ({"slot_length": "30"}, TypeError, "^slot_length must be an int"),
    "an interval of none": ({"slot_interval": 0}, ValueError, "^slot_interval must be from 1 to 1440 minutes"),
    "six in a slot": ({"appointments_per_timeslot": 6}, ValueError, "^appointments_per_timeslot must be from 1 to 5"),
    "a text for a flag": ({"overlapping_operatory_slots": "yes"}, TypeError, "^overlapping_operatory_slots must be"),
    "too many ahead": ({"prefetch": 21}, ValueError, "^prefetch must be from 0 to 20"),
    "a number for a source": (
        {"working_hour_source": 5},
        ValueError,
        "^working_hour_source must be a WorkingHourSource",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_argument_is_refused_before_anything_is_asked(name, vendor):
    wrong, kind, why = BAD[name]

    async def story(c):
        with pytest.raises(kind, match=why):
            c.list("available_slots.list", **{**ASKED, **wrong})

    vendor.tell(story)
    assert vendor.feed.requests == []


def test_slots_need_an_office(vendor):
    async def story(c):
        with pytest.raises(ConfigurationError, match="needs location_id"):
            c.list("available_slots.list", **ASKED)
        await find(c, location_ids=[7])

    vendor.answers(answer([]))
    vendor.tell(story, settings(location_id=None))
    assert ("lids[]", "7") in vendor.seen[0].query


UNREADABLE = {
    "no array": (None, "data: not an array"),
    "an object": ({"slots": []}, "data: not an array"),
    "a group that is none": ([5], r"data\[0\]: not an object"),
    "a group without slots": ([{"lid": 41}], r"data\[0\]\.slots: missing"),
    "null for slots": ([group(slots=None)], r"data\[0\]\.slots: not an array"),
    "a slot that is none": ([group(5)], "not an object"),
    "a slot without a time": ([group({"end_time": None})], "time: missing"),
    "a slot of a naive time": ([group({"time": "2031-04-15T09:00:00"})], "without its offset"),
    "a group of nowhere": ([{"slots": [slot("09:00")]}], r"data\[0\]\.location_id: missing"),
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("verb", ["list", "groups"])
def test_what_does_not_decode_says_where(verb, name, vendor):
    data, why = UNREADABLE[name]
    vendor.answers(answer(data))
    with pytest.raises(ResponseUnreadableError, match=why) as caught:
        vendor.tell(lambda c: c.collect(c.list(f"available_slots.{verb}", **ASKED)))
    assert caught.value.operation == f"nexhealth.available_slots.{verb}"


# --- at the sandbox --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
def test_the_sandboxs_slots_are_in_order_and_in_the_offices_zone(name, practice):
    given = attrs.evolve(practice.sandbox.nexhealth, api_version=name)
    window = {"start_date": date(2026, 3, 3), "days": 20, "provider_ids": [practice.provider]}

    async def story(c):
        flat = await c.collect(c.list("available_slots.list", **window))
        groups = await c.collect(c.list("available_slots.groups", **window))
        return flat, groups

    flat, groups = practice.tell(story, given)
    assert len(flat) > 50
    assert [one.time for one in flat] == sorted(one.time for one in flat)
    assert sorted(one.time for group in groups for one in group.slots) == [one.time for one in flat]
    # The clocks go forward in Chicago on 8 March.
    offsets = {one.time.date() > date(2026, 3, 7): one.time.utcoffset() for one in flat}
    assert offsets == {False: timedelta(hours=-6), True: timedelta(hours=-5)}
    assert {one.location_id for one in flat} == {41}


def test_a_type_makes_slots_longer_and_finds_only_its_hours(practice):
    cleaning = practice.id_of("appointment_types", name="Cleaning")
    nobody = practice.id_of("appointment_types", name="Emergency")

    async def story(c):
        window = {"start_date": date(2026, 3, 10), "days": 1}
        some = await c.collect(c.list("available_slots.list", **window, appointment_type_id=cleaning))
        assert {one.end_time - one.time for one in some} == {timedelta(minutes=30)}
        none = await c.collect(c.list("available_slots.groups", **window, appointment_type_id=nobody))
        assert all(group.slots == () for group in none)
        manual = {"working_hour_source": WorkingHourSource.MANUAL, "provider_ids": [practice.provider]}
        every = await c.collect(c.list("available_slots.list", **window, **manual))
        synced = {**manual, "working_hour_source": WorkingHourSource.SYNCED}
        assert every
        assert await c.collect(c.list("available_slots.list", **window, **synced)) == []

    practice.tell(story)


def test_a_day_without_slots_names_the_next_with_one(practice):
    async def story(c):
        window = {"start_date": date(2026, 3, 7), "days": 1, "provider_ids": [practice.provider]}
        (group,) = await c.collect(c.list("available_slots.groups", **window))
        assert group.slots == ()
        return group.next_available_date

    assert practice.tell(story) == date(2026, 3, 9)
