"""Slots found by the portable verb: whom and what is asked, whose days, in what order, and what a slot says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from nexhealth_support import BOTH, OFFICE, answer, raw, refusal, rows, settings
from nexhealth_verbs import CHICAGO, CLEANING, START, asked_for, find, open_at, query_of, resumed, usual

from apptsdk import ConfigurationError, NotFoundError, ResponseUnreadableError, ServerError, UnsupportedError
from apptsdk.shared import Host, Location, Service, Slot

HONOLULU = {**OFFICE, "id": 43, "name": "Beach", "tz": "Pacific/Honolulu"}
TOKYO = {**OFFICE, "id": 44, "name": "Ginza", "tz": "Asia/Tokyo"}
ZONES = {41: "America/Chicago", 43: "Pacific/Honolulu", 44: "Asia/Tokyo"}
EVERYWHERE = answer([{"id": 1, "subdomain": "riverbend-dental", "locations": [CHICAGO, HONOLULU, TOKYO]}])
PEOPLE = rows({"id": 71, "last_name": "Raman"}, {"id": 72, "last_name": "Okafor"})
BY_VERSION = {"v3.0.0": "/available_slots", "v2": "/appointment_slots"}


def test_a_slot_says_when_where_with_whom_and_for_what(vendor):
    vendor.answers(
        always=usual(available_slots=answer([open_at("2031-04-15T09:00:00.000-05:00", pid=71, operatory_id=305)]))
    )
    (slot,) = vendor.tell(find)
    assert (slot.start, slot.end) == (datetime(2031, 4, 15, 14, tzinfo=UTC), datetime(2031, 4, 15, 14, 30, tzinfo=UTC))
    assert slot.start.tzinfo == slot.end.tzinfo == ZoneInfo("America/Chicago")
    assert slot.location == Location(provider="nexhealth", id="41", name="Downtown", time_zone="America/Chicago")
    assert slot.host == Host(provider="nexhealth", id="71")
    assert slot.service == Service(provider="nexhealth", id="12")
    assert (slot.channels, slot.native.operatory_id) == ((), 305)
    assert str(slot.ref) == "nexhealth:riverbend-dental/41/71/305/12/2031-04-15T14:00:00Z/2031-04-15T14:30:00Z"
    assert Slot.from_json(slot.to_json()) == slot


def test_hosts_and_services_that_are_given_as_objects_keep_their_names(vendor):
    vendor.answers(always=usual(available_slots=answer([open_at("2031-04-15T09:00:00-05:00")])))
    named = {"service": Service(id="12", name="Prophy"), "host": [Host(id="71", name="Dr. Raman"), "72"]}
    (slot,) = vendor.tell(lambda c: find(c, **named))
    assert slot.service == Service(provider="nexhealth", id="12", name="Prophy")
    assert slot.host == Host(provider="nexhealth", id="71", name="Dr. Raman")
    (query,) = asked_for(vendor, "/available_slots")
    assert (query["pids[]"], query["appointment_type_id"]) == (["71", "72"], ["12"])


def test_slots_begin_at_the_start_or_later_and_before_the_end(vendor):
    times = [f"2031-04-15T{time}:00-05:00" for time in ("08:59", "09:00", "09:59", "10:00")]
    vendor.answers(always=usual(available_slots=answer([open_at(*times)])))
    found = vendor.tell(
        lambda c: find(c, start=datetime(2031, 4, 15, 14, tzinfo=UTC), end=datetime(2031, 4, 15, 15, tzinfo=UTC))
    )
    assert [one.start.strftime("%H:%M") for one in found] == ["09:00", "09:59"]


DAYS = {
    # Chicago is five hours behind in April; its clocks go forward on 9 March 2031, and back on 2 November.
    "an evening that is a day later in UTC": ("2031-04-15T01:00:00+00:00", "2031-04-15T04:00:00+00:00", [("04-14", 1)]),
    "midnight to midnight": ("2031-04-15T00:00:00-05:00", "2031-04-16T00:00:00-05:00", [("04-15", 1)]),
    "a moment more": ("2031-04-15T00:00:00-05:00", "2031-04-16T00:00:00.000001-05:00", [("04-15", 2)]),
    "the day of 23 hours": ("2031-03-09T00:00:00-06:00", "2031-03-10T00:00:00-05:00", [("03-09", 1)]),
    "the day of 25 hours": ("2031-11-02T00:00:00-05:00", "2031-11-03T00:00:00-06:00", [("11-02", 1)]),
    "a fortnight over the gap": ("2031-03-03T00:00:00-06:00", "2031-03-17T00:00:00-05:00", [("03-03", 14)]),
    "a fortnight over the fold": ("2031-10-27T00:00:00-05:00", "2031-11-10T00:00:00-06:00", [("10-27", 14)]),
    "fifteen days": ("2031-04-15T12:00:00-05:00", "2031-04-29T12:00:00-05:00", [("04-15", 14), ("04-29", 1)]),
}


@pytest.mark.parametrize("why", DAYS)
def test_days_are_those_of_the_offices_clock(why, vendor):
    start, end, asked = DAYS[why]
    vendor.answers(always=usual())
    vendor.tell(lambda c: find(c, start=datetime.fromisoformat(start), end=datetime.fromisoformat(end)))
    seen = [(one["start_date"][0], int(one["days"][0])) for one in asked_for(vendor, "/available_slots")]
    assert seen == [(f"2031-{day}", days) for day, days in asked]


def hourly(request):
    """Every hour of the days that are asked for, in each of the offices, by its own clock."""

    query = query_of(request)
    first, days = date.fromisoformat(query["start_date"][0]), int(query["days"][0])
    groups = []
    for lid in map(int, query["lids[]"]):
        begin = datetime.combine(first, datetime.min.time(), ZoneInfo(ZONES[lid])).astimezone(UTC)
        end = datetime.combine(first + timedelta(days=days), datetime.min.time(), ZoneInfo(ZONES[lid])).astimezone(UTC)
        hours = range(int((end - begin) / timedelta(hours=1)))
        times = [(begin + timedelta(hours=n)).astimezone(ZoneInfo(ZONES[lid])).isoformat() for n in hours]
        groups.append(open_at(*times, lid=lid))
    return answer(groups)


@pytest.mark.parametrize("month", [3, 4, 11])
def test_pages_are_in_the_order_of_time_wherever_the_offices_are_and_nothing_is_lost_or_doubled(month, vendor):
    vendor.answers(always=usual(locations=EVERYWHERE, available_slots=hourly))
    start = datetime(2031, month, 1, 7, tzinfo=UTC)
    end = start + timedelta(days=33)

    async def story(c):
        pages = await c.pages(c.list("find_slots", start=start, end=end, service="12"))
        again = await c.pages(resumed(c, "find_slots", pages[0].cursor, start=start, end=end, service="12"))
        assert [one.items for one in again] == [one.items for one in pages[1:]]
        return pages

    pages = vendor.tell(story, settings(location_id=None))
    assert len(pages) == 3
    found = [slot for page in pages for slot in page.items]
    # By moments: within one zone Python compares what the clock shows, which comes twice when it is put back.
    moments = [one.start.astimezone(UTC) for one in found]
    assert moments == sorted(moments)
    hours = [start + timedelta(hours=n) for n in range(33 * 24)]
    for lid in ZONES:
        there = [moment for moment, one in zip(moments, found, strict=True) if one.location.id == str(lid)]
        assert there == hours
    assert {int(one["days"][0]) for one in asked_for(vendor, "/available_slots")} <= set(range(1, 16))


def test_the_first_slot_asks_for_one_page(vendor):
    vendor.answers(always=usual(available_slots=answer([open_at("2031-04-15T09:00:00-05:00")])))

    async def story(c):
        return await c.first(c.list("find_slots", start=START, end=START + timedelta(days=300), service="12"))

    assert vendor.tell(story).host.id == "71"
    assert [one.path for one in vendor.seen] == ["/locations/41", "/available_slots"]


def test_several_services_are_asked_for_each_and_come_in_one_order(vendor):
    def slots(request):
        time = "09:00" if "appointment_type_id=12" in request.url else "08:30"
        return answer([open_at(f"2031-04-15T{time}:00-05:00")])

    vendor.answers(always=usual(available_slots=slots))
    found = vendor.tell(lambda c: find(c, service=["12", Service(id="13", name="Exam"), "12"]))
    assert [(one.start.strftime("%H:%M"), one.service.id) for one in found] == [("08:30", "13"), ("09:00", "12")]
    assert sorted(one["appointment_type_id"][0] for one in asked_for(vendor, "/available_slots")) == ["12", "13"]


def test_a_service_that_is_not_there_is_told_among_others(vendor):
    def slots(request):
        missing = "appointment_type_id=13" in request.url
        return refusal("Resource not found", status=404) if missing else answer([])

    vendor.answers(always=usual(available_slots=slots))
    for service in ("13", ["12", "13"]):
        with pytest.raises(NotFoundError):
            vendor.tell(lambda c, service=service: find(c, service=service))


# --- where -----------------------------------------------------------------------------------------------------------


def test_without_a_location_all_active_offices_are_asked_and_read_once_a_practice(vendor):
    closed = {**OFFICE, "id": 45, "inactive": True}
    practices = [{"id": 1, "subdomain": "riverbend-dental", "locations": [CHICAGO, closed]}]
    vendor.answers(always=usual(locations=answer(practices)))

    async def story(c):
        await find(c)
        await find(c.view(timeout=20))
        await find(c.view(subdomain="lakeside"))
        vendor.clock.advance(3601)
        await find(c)

    vendor.tell(story, settings(location_id=None))
    reads = [one["subdomain"][0] for one in asked_for(vendor, "/locations")]
    assert reads == ["riverbend-dental", "lakeside", "riverbend-dental"]
    assert [one["inactive"] for one in asked_for(vendor, "/locations")] == [["false"]] * 3
    assert [one["lids[]"] for one in asked_for(vendor, "/available_slots")] == [["41"]] * 4


def test_where_no_office_is_active_there_is_nothing(vendor):
    vendor.answers(always=usual(locations=answer([])))
    assert vendor.tell(find, settings(location_id=None)) == []
    assert [one.path for one in vendor.seen] == ["/locations"]


def test_locations_that_are_named_are_asked_instead_of_the_clients(vendor):
    vendor.answers(always=usual(locations_43=answer(HONOLULU), locations_44=answer(TOKYO)))
    vendor.tell(lambda c: find(c, location=["43", Location(id="44"), "nexhealth:43"]))
    assert [one["lids[]"] for one in asked_for(vendor, "/available_slots")] == [["43", "44"]]


def test_a_location_that_is_not_there_is_told(vendor):
    vendor.answers(always=usual())
    with pytest.raises(NotFoundError):
        vendor.tell(lambda c: find(c, location="46"))
    assert asked_for(vendor, "/available_slots") == []


def test_an_office_that_could_not_be_read_by_chance_is_read_again(vendor):
    tries = [raw(b"<html>"), answer(CHICAGO)]
    vendor.answers(always=usual(locations_41=tries))
    assert vendor.tell(find) == []
    assert len(asked_for(vendor, "/locations/41")) == 2


def test_an_office_that_cannot_be_read_at_all_is_told(vendor):
    vendor.answers(always=usual(locations_41=raw(b"", 500)))
    with pytest.raises(ServerError):
        vendor.tell(find)


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus"])
def test_in_a_zone_that_nobody_knows_days_are_widened_and_times_are_utc(zone, vendor):
    found = answer([open_at("2031-04-14T23:59:00Z", "2031-04-15T00:00:00Z", "2031-04-16T12:00:00+12:00")])
    vendor.answers(always=usual(locations_41=answer({**OFFICE, "tz": zone}), available_slots=found))
    first, second = vendor.tell(find)
    assert [one.start.isoformat() for one in (first, second)] == [
        "2031-04-15T00:00:00+00:00",
        "2031-04-16T00:00:00+00:00",
    ]
    assert first.location.time_zone is None
    (query,) = asked_for(vendor, "/available_slots")
    assert (query["start_date"], query["days"]) == (["2031-04-14"], ["4"])


def test_the_practice_must_be_known(vendor):
    with pytest.raises(ConfigurationError, match="NEXHEALTH_SUBDOMAIN"):
        vendor.tell(find, settings(subdomain=None))
    assert vendor.feed.requests == []


# --- with whom -------------------------------------------------------------------------------------------------------

ANYBODY = {"v3.0.0": {"service": None}, "v2": {}}


@pytest.mark.parametrize("name", BOTH)
def test_the_practices_providers_are_read_where_the_vendor_wants_them_named(name, vendor):
    page = rows({"id": 71}, {"id": 74, "inactive": True}, follow="more")
    last = rows({"id": 72})
    if name == "v2":
        page, last = answer([{"id": 71}, {"id": 74, "inactive": True}], count=3), answer([{"id": 72}], count=3)
    vendor.answers(always=usual(providers=[page, last]))

    async def story(c):
        await find(c, **ANYBODY[name])
        await find(c, **ANYBODY[name])

    vendor.tell(story, settings(api_version=name))
    assert [one["pids[]"] for one in asked_for(vendor, BY_VERSION[name])] == [["71", "72"]] * 2
    assert [one["location_id"] for one in asked_for(vendor, "/providers")] == [["41"]] * 2  # two pages, once


def test_those_of_all_offices_are_read_at_once(vendor):
    vendor.answers(always=usual(locations=EVERYWHERE, providers=PEOPLE))
    vendor.tell(lambda c: find(c, service=None), settings(location_id=None))
    (query,) = asked_for(vendor, "/providers")
    assert "location_id" not in query


def test_where_nobody_works_nobody_is_asked_for(vendor):
    vendor.answers(always=usual(providers=rows()))
    assert vendor.tell(lambda c: find(c, service=None)) == []
    assert asked_for(vendor, "/available_slots") == []


def test_providers_whose_pages_lead_in_a_circle_are_told(vendor):
    vendor.answers(always=usual(providers=rows({"id": 71}, follow="more")))
    with pytest.raises(ResponseUnreadableError, match="lead in a circle"):
        vendor.tell(lambda c: find(c, service=None))
    assert len(asked_for(vendor, "/providers")) == 2


def test_in_v3_a_service_alone_says_enough(vendor):
    vendor.answers(always=usual())
    vendor.tell(find)
    assert [one.path for one in vendor.seen] == ["/locations/41", "/available_slots"]
    (query,) = asked_for(vendor, "/available_slots")
    assert "pids[]" not in query
    assert "overlapping_operatory_slots" not in query


ALONE = {
    "one that was named": ({"host": "72"}, "72"),
    "nobody": ({}, None),
    "one of two": ({"host": ["71", "72"]}, None),
}


@pytest.mark.parametrize("why", ALONE)
def test_a_slot_that_is_tied_to_nobody_is_that_of_the_one_who_was_asked_for(why, vendor):
    asked, host = ALONE[why]
    group = {"lid": 41, "slots": [{"time": "2031-04-15T09:00:00-05:00", "end_time": "2031-04-15T09:30:00-05:00"}]}
    vendor.answers(always=usual(available_slots=answer([group])))
    (slot,) = vendor.tell(lambda c: find(c, **asked))
    assert (slot.host and slot.host.id) == host
    assert f"/41/{host or '-'}/-/12/" in str(slot.ref)


# --- how long --------------------------------------------------------------------------------------------------------


def bare(*times):
    """Slots that do not say when they end."""
    return answer([{"lid": 41, "pid": 71, "slots": [{"time": time} for time in times]}])


LENGTHS = {
    "the type's minutes": ({}, 30),
    "what was asked for": ({"service": None, "host": "71", "duration": 45}, 45),
    "what is usual": ({"service": None, "host": "71"}, 15),
}


@pytest.mark.parametrize("why", LENGTHS)
@pytest.mark.parametrize("name", BOTH)
def test_an_end_that_the_vendor_does_not_say_is(name, why, vendor):
    asked, minutes = LENGTHS[why]
    slots = bare("2031-04-15T09:00:00-05:00", "2031-04-15T10:00:00-05:00")
    vendor.answers(always=usual(available_slots=slots, appointment_slots=slots, providers=PEOPLE))
    found = vendor.tell(lambda c: find(c, **asked), settings(api_version=name))
    assert [one.end - one.start for one in found] == [timedelta(minutes=minutes)] * 2
    reads = asked_for(vendor, "/appointment_types/12")
    assert len(reads) == (why == "the type's minutes")
    if reads:
        assert found[0].service == Service(
            provider="nexhealth", id="12", name="Cleaning", duration=timedelta(minutes=30)
        )


def test_where_not_even_the_type_says_how_long_a_slot_has_no_end(vendor):
    kind = answer({**CLEANING, "minutes": None})
    vendor.answers(always=usual(available_slots=bare("2031-04-15T09:00:00-05:00"), appointment_types_12=kind))
    (slot,) = vendor.tell(find)
    assert slot.end is None
    assert str(slot.ref).endswith("/12/2031-04-15T14:00:00Z/-")


def test_a_duration_is_asked_for_where_no_service_says_it(vendor):
    vendor.answers(always=usual())
    vendor.tell(lambda c: find(c, service=None, host="71", duration=timedelta(hours=1)))
    (query,) = asked_for(vendor, "/available_slots")
    assert query["slot_length"] == ["60"]


def test_a_duration_beside_services_chooses_among_them(vendor):
    longer = answer({**CLEANING, "id": 13, "minutes": 60})
    vendor.answers(always=usual(appointment_types_13=longer))

    async def story(c):
        await find(c, service=["12", "13"], duration=30)
        with pytest.raises(
            UnsupportedError, match=r"^At NexHealth the service says how long it takes, here 30 or 60 m"
        ):
            await find(c, service=["12", "13"], duration=45)

    vendor.tell(story)
    (query,) = asked_for(vendor, "/available_slots")
    assert "slot_length" not in query
    assert query["appointment_type_id"] == ["12"]


BAD = {
    "a service that is none": {"service": "x"},
    "a host that is none": {"host": Host(id="Raman")},
    "a location that is none": {"location": ["41", "x"]},
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_id_is_refused_before_anything_is_sent(why, vendor):
    with pytest.raises(ValueError, match="is not a NexHealth id"):
        vendor.tell(lambda c: find(c, **BAD[why]))
    assert vendor.feed.requests == []


# --- at the sandbox --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
def test_a_practices_slots_are_those_that_its_offices_list(name, practice):
    given = attrs.evolve(practice.sandbox.nexhealth, api_version=name, location_id=None)
    kind = practice.id_of("appointment_types", name="Cleaning")
    hosts = [row.id for row in practice.emulation.world.records("providers") if not row.values["inactive"]][:3]
    start = practice.sandbox.clock.now() + timedelta(days=1)

    async def story(c):
        found = await find(c, start=start, end=start + timedelta(days=20), service=str(kind))
        asked = {"start_date": date(2026, 3, 2), "days": 28, "provider_ids": hosts, "appointment_type_id": kind}
        listed = await c.collect(c.list("available_slots.list", location_ids=[41, 42], **asked))
        return found, [one for one in listed if start <= one.time < start + timedelta(days=20)]

    found, listed = practice.tell(story, given)
    assert [one.start for one in found] == [one.time for one in listed]
    assert {one.location.time_zone for one in found} == {"America/Chicago", "America/Denver"}
    assert len(found) > 100


def test_a_time_at_which_several_chairs_are_free_is_one_slot(practice):
    kind = practice.id_of("appointment_types", name="Cleaning")
    # Dr. Raman has two chairs on Tuesday afternoon.
    window = {"start": datetime(2026, 4, 14, 18, tzinfo=UTC), "end": datetime(2026, 4, 14, 22, tzinfo=UTC)}
    asked = {
        "start_date": date(2026, 4, 14),
        "days": 1,
        "provider_ids": [practice.provider],
        "appointment_type_id": kind,
    }

    async def story(c):
        found = await find(c, **window, service=str(kind), host=str(practice.provider))
        every = await c.collect(c.list("available_slots.list", **asked, overlapping_operatory_slots=True))
        return found, [one for one in every if window["start"] <= one.time < window["end"]]

    found, every = practice.tell(story)
    assert len(every) > len(found)
    assert len({one.start for one in found}) == len(found)
