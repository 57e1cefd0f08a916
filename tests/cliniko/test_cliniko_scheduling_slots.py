"""Finding times to book: what is asked for, over which days, in which order, and what is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import pytest
from props import NOW, props

from apptsdk import (
    BadRequestError,
    NotFoundError,
    PermissionDeniedError,
    ResponseUnreadableError,
    UnsupportedError,
)
from apptsdk.operation import Flow, Outcome
from apptsdk.providers.cliniko import AvailableTime
from apptsdk.providers.cliniko.lookups import all_of, zone_named
from apptsdk.providers.cliniko.scheduling import scheduling
from apptsdk.sandbox.cliniko import Cliniko as Emulation
from apptsdk.shared import Host, Location, Service

BUSINESS, PRACTITIONER, KIND = props().triple
NAMED = {"service": KIND, "host": PRACTITIONER, "location": BUSINESS}
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def days(request):
    given = dict(request.query)
    return date.fromisoformat(given["from"]), date.fromisoformat(given["to"])


def asked(clinic):
    """Give the searches that arrived."""
    return [one for one in clinic.seen() if one.path.endswith("/available_times")]


def triple(request):
    words = request.path.split("/")
    return words[-6], words[-4], words[-2]


def find(clinic, start=NOW, end=NOW + 4 * DAY, **named):
    return clinic.tell(lambda c: c.collect(c.list("find_slots", start=start, end=end, **named)))


def test_a_slot_says_what_the_vendor_says_of_it_and_when_it_ends(clinic):
    slot = find(clinic, **NAMED)[0]
    sydney = ZoneInfo("Australia/Sydney")
    assert (slot.start, slot.start.tzinfo) == (datetime(2026, 3, 3, 9, tzinfo=sydney), sydney)
    assert (slot.end - slot.start, slot.end.tzinfo) == (HOUR / 2, sydney)
    assert slot.service == Service(provider="cliniko", id=KIND, name="Standard consultation", duration=HOUR / 2)
    assert slot.host == Host(provider="cliniko", id=PRACTITIONER, name="Dr Priya Raman")
    assert slot.location == Location(
        provider="cliniko", id=BUSINESS, name="Riverbend Clinic", time_zone="Australia/Sydney"
    )
    assert isinstance(slot.native, AvailableTime)
    assert slot.channels == ()


def test_what_a_ref_names_is_the_slot_that_it_came_from(clinic):
    for slot in find(clinic, **NAMED):
        named = scheduling.slot_of(None, slot.ref)
        assert (named.start, named.ref) == (slot.start, slot.ref)
        assert (named.service.id, named.host.id, named.location.id) == (KIND, PRACTITIONER, BUSINESS)


def test_a_search_that_names_nothing_finds_all_that_can_be_booked_in_order(clinic):
    async def story(c):
        found = await c.collect(c.list("find_slots", start=NOW, end=NOW + 4 * DAY))
        each = []
        for business, practitioner, kind in product(
            props().businesses, props().practitioners, props().appointment_types
        ):
            try:
                times = await c.collect(
                    c.list(
                        "available_times.list",
                        business,
                        practitioner,
                        kind,
                        from_=date(2026, 3, 3),
                        to=date(2026, 3, 9),
                    )
                )
            except NotFoundError:
                continue
            each += [(one.appointment_start, business, practitioner, kind) for one in times]
        return found, [one for one in each if NOW <= one[0] < NOW + 4 * DAY]

    found, each = clinic.tell(story)
    assert [slot.start for slot in found] == sorted(slot.start for slot in found)
    assert len(found) > 500
    assert sorted((slot.start, slot.location.id, slot.host.id, slot.service.id) for slot in found) == sorted(each)


def test_a_search_asks_only_about_what_goes_together_and_can_be_booked_online(clinic):
    find(clinic, location=BUSINESS)
    pairs = {triple(one) for one in asked(clinic)}
    assert {one for one, _, _ in pairs} == {BUSINESS}
    # Priya, Tom and Noor work there; Jonas is not booked online. Of the types, no group, and nothing offline.
    assert {one for _, one, _ in pairs} == {props().practitioners[index] for index in (0, 1, 3)}
    assert {one for _, _, one in pairs} == set(props().appointment_types[:4])
    assert len(pairs) == len(asked(clinic)) == 12


def test_several_can_be_named(clinic):
    kinds, hosts = props().appointment_types[:2], props().practitioners[:2]
    find(clinic, service=[*kinds, Service(id=kinds[0])], host=[Host(id=one) for one in hosts], location=[BUSINESS])
    assert sorted(map(triple, asked(clinic))) == sorted(product([BUSINESS], hosts, kinds))


def test_what_does_not_change_is_read_once(clinic):
    async def story(c):
        counts = []
        for named in ({}, {}, NAMED, NAMED):
            before = len(clinic.seen())
            await c.collect(c.list("find_slots", start=NOW, end=NOW + DAY, **named))
            counts.append(len(clinic.seen()) - before)
        return counts

    first, second, third, fourth = clinic.tell(story)
    assert first - second == 5  # types, practitioners, businesses, services, user
    assert third - fourth == 3  # the ones that are named
    assert fourth == 1


def test_a_search_is_asked_for_a_week_at_a_time_as_it_is_read(clinic):
    async def story(c):
        pager = c.list("find_slots", start=NOW + DAY, end=NOW + 30 * DAY, **NAMED)
        pages = await c.pages(pager, 2)
        assert len(asked(clinic)) == 2
        return pages, await c.collect(pager)

    pages, all_ = clinic.tell(story)
    spans = [days(one) for one in asked(clinic)[2:]]
    assert all(last - first <= 6 * DAY for first, last in spans)
    assert all(later[0] - earlier[1] == DAY for earlier, later in pairwise(spans))
    # A day more on both sides, because nothing says for certain which zone's days they are.
    assert (spans[0][0], spans[-1][1]) == (date(2026, 3, 3), date(2026, 4, 3))
    assert list(pages[0].items + pages[1].items) == all_[: sum(len(page.items) for page in pages)]
    assert all(NOW + DAY <= slot.start < NOW + 30 * DAY for slot in all_)


def test_who_takes_the_first_time_asks_for_one_week(clinic):
    clinic.tell(lambda c: c.first(c.list("find_slots", start=NOW, end=NOW + 300 * DAY, **NAMED)))
    assert len(asked(clinic)) == 1


def test_a_week_of_several_pages_is_read_whole(clinic):
    found = find(clinic, end=NOW + 6 * DAY + 12 * HOUR, host=props().practitioners[2], service=KIND)
    assert len(found) > 100
    assert [dict(one.query).get("page") for one in asked(clinic)] == [None, "2", None]


def test_a_time_counts_from_its_start_on_and_up_to_its_end(clinic):
    first, second, third = find(clinic, **NAMED)[:3]
    assert find(clinic, start=first.start, end=third.start, **NAMED) == [first, second]
    assert find(clinic, start=first.start + timedelta(seconds=1), end=third.start, **NAMED) == [second]


def test_what_is_past_is_not_asked_for(clinic):
    assert find(clinic, start=NOW - 30 * DAY, end=NOW - 2 * DAY, **NAMED) == []
    assert asked(clinic) == []
    found = find(clinic, start=NOW - 30 * DAY, end=NOW + DAY, **NAMED)
    assert found == find(clinic, start=NOW, end=NOW + DAY, **NAMED)
    assert [days(one)[0] for one in asked(clinic)] == [date(2026, 3, 3)] * 2


def test_a_search_without_an_end_to_speak_of_ends_where_online_bookings_do(clinic):
    found = find(clinic, start=datetime.min.replace(tzinfo=UTC), end=datetime.max.replace(tzinfo=UTC), **NAMED)
    assert found[-1].start > NOW + 364 * DAY
    assert len(asked(clinic)) == 53


def test_a_first_day_that_the_vendor_always_refuses_is_an_error(clinic):
    clinic.sandbox.fault("status", path="*/available_times", status=400, times=None)
    with pytest.raises(BadRequestError, match="available_times"):
        find(clinic, **NAMED)
    assert [days(one)[0] for one in asked(clinic)] == [date(2026, 3, 3)]


def test_a_search_that_is_past_where_the_account_is_finds_nothing(clinic):
    clinic.sandbox.emulator(Emulation)._account.world.zone = ZoneInfo("Pacific/Kiritimati")
    # Thirteen o'clock on the second in Sydney, and the fourth in Kiritimati when it is asked.
    clinic.sandbox.clock.set(datetime(2026, 3, 3, 11, tzinfo=UTC))
    assert find(clinic, start=NOW - DAY, end=datetime(2026, 3, 2, 2, tzinfo=UTC), **NAMED) == []
    assert [days(one) for one in asked(clinic)] == [(date(2026, 3, 3), date(2026, 3, 3))]


def test_the_vendors_clock_says_what_day_it_is(clinic):
    clinic.watch.ahead = 3 * DAY.total_seconds()
    assert find(clinic, **NAMED)[0].start == datetime(2026, 3, 2, 22, tzinfo=UTC)


ACCOUNTS = {
    "the user's zone": "Australia/Sydney",
    "a zone in which it is tomorrow": "Pacific/Kiritimati",
    "a business's zone": "Australia/Adelaide",
}


@pytest.mark.parametrize("name", ACCOUNTS.values(), ids=ACCOUNTS)
@pytest.mark.parametrize("hour", [3, 10, 13, 15])
def test_whatever_the_accounts_zone_is_the_same_times_are_found(name, hour, clinic):
    now = datetime(2026, 3, 3, hour, 15, tzinfo=UTC)
    clinic.sandbox.clock.set(now)
    span = {"start": now, "end": now + 2 * DAY, "service": KIND}
    usual = find(clinic, **span)
    clinic.sandbox.emulator(Emulation)._account.world.zone = ZoneInfo(name)
    begins = datetime.combine(now.astimezone(ZoneInfo(name)).date(), datetime.min.time(), ZoneInfo(name))
    found = find(clinic, **span)
    assert found == [one for one in usual if one.start >= begins]
    assert found


def test_a_day_that_is_not_over_at_a_business_is_asked_for(clinic):
    clinic.sandbox.emulator(Emulation)._account.world.zone = ZoneInfo(ACCOUNTS["a business's zone"])
    # The fourth has begun in Sydney, where the user is, and it is a quarter to midnight in Adelaide.
    now = datetime(2026, 3, 3, 13, 15, tzinfo=UTC)
    clinic.sandbox.clock.set(now)
    find(clinic, start=now, end=now + 2 * DAY, service=KIND)
    assert {days(one)[0] for one in asked(clinic)} == {date(2026, 3, 3)}


def test_an_account_whose_user_cannot_be_read_is_searched_all_the_same(clinic):
    usual = find(clinic, **NAMED)
    clinic.sandbox.fault("status", path="/user", status=403, times=None)
    assert find(clinic, **NAMED) == usual
    # It is Monday still in UTC, which the vendor refuses.
    assert [days(one)[0] for one in asked(clinic)[1:]] == [date(2026, 3, 2), date(2026, 3, 3)]


def test_what_was_named_and_cannot_be_booked_online_is_not_there(clinic):
    offline = props().practitioners[4]
    for named in ({**NAMED, "host": offline}, {**NAMED, "service": props().appointment_types[5]}):
        with pytest.raises(NotFoundError, match="available_times"):
            find(clinic, **named)


def test_what_cannot_be_booked_online_is_left_out_beside_others(clinic):
    both = find(clinic, **{**NAMED, "host": [props().practitioners[4], PRACTITIONER]})
    assert both == find(clinic, **NAMED)
    assert find(clinic, host=props().practitioners[4]) == []


def test_what_was_switched_off_meanwhile_is_left_out_of_a_search(clinic):
    clinic.sandbox.emulator(Emulation).online_bookings.enabled = False
    assert find(clinic, service=KIND) == []
    assert asked(clinic) != []


@pytest.mark.parametrize("name", ["service", "host", "location"])
def test_what_was_named_and_does_not_exist_is_not_there(name, clinic):
    with pytest.raises(NotFoundError):
        find(clinic, **{name: "1"})
    assert asked(clinic) == []


def test_one_of_several_that_does_not_exist_is_not_there(clinic):
    with pytest.raises(NotFoundError, match="practitioners"):
        find(clinic, host=[PRACTITIONER, "1"])


def test_a_zone_that_this_machine_does_not_know_is_utc(clinic):
    world = clinic.sandbox.emulator(Emulation)._account.world
    render = world.businesses[int(BUSINESS)].values
    render["time_zone_identifier"] = None
    slot = find(clinic, **NAMED)[0]
    assert (slot.start.tzinfo, slot.location.time_zone) == (UTC, None)
    assert [zone_named(name) for name in ("Mars/Olympus", "../etc/passwd", "", None)] == [None] * 4


def test_a_read_that_failed_by_chance_is_made_again_for_whoever_needs_it(clinic):
    clinic.sandbox.fault("status", path="/appointment_types/*", status=503, times=6)
    assert find(clinic, **NAMED)
    assert len([one for one in clinic.seen() if one.path.endswith(f"v1/appointment_types/{KIND}")]) == 7


def test_pages_that_lead_in_a_circle_end_in_an_error(clinic):
    link = f"{clinic.sandbox.cliniko.base_url}/services?page=1"
    body = {"services": [], "links": {"next": link}}
    clinic.sandbox.fault("status", path="/services", status=200, body=body, times=None)
    with pytest.raises(ResponseUnreadableError, match="in a circle"):
        find(clinic)


def test_no_more_than_a_few_reads_are_out_at_once():
    works = [Flow(str(number), lambda: None) for number in range(20)]
    script = all_of(works)
    asked = next(script)
    assert (asked.works, asked.at_once) == (tuple(works), 8)
    with pytest.raises(StopIteration) as stop:
        script.send(tuple(Outcome(int(work.name)) for work in works))
    assert stop.value.value == list(range(20))


def test_another_error_is_no_reason_to_leave_times_out(clinic):
    clinic.sandbox.fault("status", path="*/available_times", status=403, skip=5)
    with pytest.raises(PermissionDeniedError):
        find(clinic)


def test_a_group_type_is_refused_where_it_is_named(clinic):
    with pytest.raises(UnsupportedError, match="Exercise group is for up to 6 at once"):
        find(clinic, service=[KIND, props().group_type])
    assert asked(clinic) == []


def test_only_types_of_the_length_that_is_asked_for_are_looked_at(clinic):
    kinds = props().appointment_types
    assert {slot.service.id for slot in find(clinic, location=BUSINESS, duration=60)} == {kinds[1]}
    assert {slot.service.id for slot in find(clinic, service=list(kinds[:3]), duration=45, end=NOW + 8 * DAY)} == {
        kinds[2]
    }
    with pytest.raises(UnsupportedError, match="here 30 or 60 minutes"):
        find(clinic, service=list(kinds[:2]), duration=20)


@pytest.mark.parametrize("name", ["service", "host", "location"])
def test_a_malformed_id_is_refused_before_anything_is_sent(name, clinic):
    with pytest.raises(ValueError, match=f"{name} is not a Cliniko id"):
        find(clinic, **{name: "abc"})
    assert clinic.seen() == []


# Sundays on which the clocks of Lord Howe are put back half an hour, and forward.
NIGHTS = {"twice": (date(2026, 4, 5), 24.5), "never": (date(2026, 10, 4), 23.5)}


@pytest.mark.parametrize(("day", "hours"), NIGHTS.values(), ids=NIGHTS)
def test_a_day_on_which_clocks_change_is_searched_from_midnight_to_midnight(day, hours, clinic):
    zone = ZoneInfo("Australia/Lord_Howe")
    start, end = (datetime.combine(one, datetime.min.time(), zone).astimezone(UTC) for one in (day, day + DAY))
    assert end - start == timedelta(hours=hours)
    clinic.sandbox.clock.set(start - 10 * DAY)
    found = find(clinic, start=start, end=end, host=props().practitioners[2], service=KIND)
    assert found[0].start == start
    assert {slot.end.astimezone(UTC) - slot.start.astimezone(UTC) for slot in found} == {HOUR / 2}
    # From midnight to six by the clock on the wall.
    assert found[-1].end == datetime.combine(day, datetime.min.time(), zone).replace(hour=6)
    assert len(found) == 12 + (1 if hours > 24 else -1)


def test_a_cursor_that_is_none_is_refused():
    from apptsdk.verbs import SlotQuery  # noqa: PLC0415 - here only

    with pytest.raises(ValueError, match="cursor of a page of this list"):
        scheduling.slots(None, SlotQuery(start=NOW, end=NOW + DAY)).page("tomorrow")
