"""Days by calendars: pages in time order over zones, days of 23 and 25 hours, and what an answer can look like."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from cubu_shapes import NAMED, NIGHT, QUESTION
from cubu_support import (
    APPOINTMENT,
    CASE_ID,
    DESK,
    LISTED,
    OPENED,
    RENEWAL,
    SERVICE,
    VACANT,
    Office,
    Vendor,
    answer,
    raw,
    refusal,
)
from cubu_support import settings as given_settings
from harness import World
from hypothesis import given
from hypothesis import strategies as st

from apptsdk import (
    ConfigurationError,
    NoResultError,
    NotFoundError,
    PermissionDeniedError,
    ProviderWarning,
    ResponseUnreadableError,
)
from apptsdk.operation import AllOf, Outcome
from apptsdk.providers.cubu import CalendarRef
from apptsdk.providers.cubu.days import Window, calendars_of
from apptsdk.providers.cubu.portable import Place, status_of
from apptsdk.sandbox.cubu import seed
from apptsdk.shared import AppointmentStatus, Channel, Customer, Location, Service, Slot, SlotRef

LONDON, LORD_HOWE = ZoneInfo("Europe/London"), ZoneInfo("Australia/Lord_Howe")
JERUSALEM = ZoneInfo("Asia/Jerusalem")
QUARTER = timedelta(minutes=15)


@pytest.fixture
def one(sandbox):
    """Give the sandbox to one world: what is tried here is the same in all."""
    return Office(sandbox, World("sync"))


def midnight(day, zone):
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def test_what_is_no_cursor_is_refused_in_words_of_its_own():
    day = midnight(date(2026, 3, 2), UTC)
    assert Window.of(day, day + timedelta(days=9), LONDON, "2026-03-04").cursor == "2026-03-05"
    for cursor in ("x", "2026-02-30", ""):
        with pytest.raises(ValueError, match=r"^cursor is not the \.cursor of a page of this list\.$"):
            Window.of(day, day + timedelta(days=9), LONDON, cursor)


# --- days that are longer or shorter than others ---------------------------------------------------------------------

ODD = {
    "London, 23 hours": ("Night line", LONDON, date(2026, 3, 29), 23.0, 92, ["01:00", "01:15", "01:30", "01:45"]),
    "London, 25 hours": ("Night line", LONDON, date(2026, 10, 25), 25.0, 96, []),
    "Lord Howe, 24 and a half": ("Island line", LORD_HOWE, date(2026, 4, 5), 24.5, 96, []),
    "Lord Howe, 23 and a half": ("Island line", LORD_HOWE, date(2026, 10, 4), 23.5, 94, ["02:00", "02:15"]),
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_day_has_every_time_that_its_clock_shows_and_no_other(what, office):
    location, zone, day, hours, count, absent = ODD[what]
    start, end = midnight(day, zone).astimezone(UTC), midnight(day + timedelta(days=1), zone).astimezone(UTC)
    assert end - start == timedelta(hours=hours)
    asked = {"service": "General question", "location": location, "start": start, "end": end}

    async def story(c):
        (page,) = await c.pages(c.list("find_slots", **asked))
        return [slot for slot in page.items if slot.native.cu_index == 1]

    slots = office.tell(story)
    moments = [slot.start.astimezone(UTC) for slot in slots]
    assert len(set(moments)) == len(moments) == count
    assert moments == sorted(moments)
    assert {slot.end.astimezone(UTC) - slot.start.astimezone(UTC) for slot in slots} == {QUARTER}
    shown = {slot.start.strftime("%H:%M") for slot in slots}
    assert shown == {f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 1440, 15)} - set(absent)
    assert all(start <= moment < end for moment in moments)


@pytest.mark.parametrize("what", ODD)
def test_what_is_booked_on_an_odd_day_begins_and_ends_when_it_was_found_to(what, one):
    location, zone, day, _, _, _ = ODD[what]
    around = midnight(day, zone) + timedelta(hours=3)
    asked = {"service": "General question", "location": location, "start": around.astimezone(UTC) - timedelta(hours=2)}

    async def story(c):
        slots = await c.take(c.list("find_slots", **asked, end=asked["start"] + timedelta(hours=4)), 12)
        made = []
        for slot in slots[::5]:
            customer = Customer(email="ada@example.org", phone="+12025550199")
            one = await c.call("book", str(slot.ref), customer, channel=Channel.PHONE)
            assert (one.start.astimezone(UTC), one.end.astimezone(UTC)) == (
                slot.start.astimezone(UTC),
                slot.end.astimezone(UTC),
            )
            assert one.native.differences == ()
            made.append(one)
        return made

    assert len(one.tell(story)) == 3


def test_a_ref_of_a_time_that_the_clock_leaps_over_names_no_slot(one):
    ref = f"cubu:{seed.NIGHT_LINE}/2026-03-29/0/{seed.QUESTION}/75"
    with pytest.raises(ValueError, match="the clock of Europe/London leaps over on 2026-03-29"):
        one.tell(lambda c: c.call("book", ref, Customer(email="a@example.org"), channel=Channel.PHONE))
    assert one.sandbox.requests == []


def test_a_slot_made_by_hand_at_the_second_of_two_like_times_is_refused(one):
    slot = Slot(
        provider="cubu",
        start=datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1),
        location=Location(id="Night line"),
        service=Service(id="General question"),
    )
    with pytest.raises(ValueError, match=r"slot\.start cannot be named"):
        one.tell(lambda c: c.call("book", slot, Customer(email="a@example.org"), channel=Channel.PHONE))
    assert one.sandbox.requests == []


# --- over several zones ----------------------------------------------------------------------------------------------

START = datetime(2026, 3, 3, 5, 30, tzinfo=UTC)
FAR = {"start": START, "end": START + timedelta(days=2, hours=3)}
PLACES = ["Passport office", "Front desk", "Island line"]


def test_slots_of_several_zones_come_in_time_order_and_each_once(office):
    async def story(c):
        pages = await c.pages(c.list("find_slots", service="General question", location=PLACES, **FAR))
        apart = [
            await c.collect(c.list("find_slots", service="General question", location=place, **FAR)) for place in PLACES
        ]
        return [slot for page in pages for slot in page.items], [slot for part in apart for slot in part]

    merged, apart = office.tell(story)
    assert [slot.start for slot in merged] == sorted(slot.start for slot in merged)
    assert len({slot.ref for slot in merged}) == len(merged) == len(apart)
    assert {slot.ref for slot in merged} == {slot.ref for slot in apart}
    assert {slot.location.name for slot in merged} == set(PLACES)
    assert all(FAR["start"] <= slot.start < FAR["end"] for slot in merged)


def test_appointments_of_several_zones_are_listed_in_time_order_and_each_once(office):
    start = datetime(2026, 2, 27, 5, 30, tzinfo=UTC)
    span = {"start": start, "end": start + timedelta(days=8)}
    pages = office.tell(lambda c: c.pages(c.list("list_appointments", **span)))
    found = [one for page in pages for one in page.items]
    due = {
        case.id: case.appointment.begins
        for case in office.emulation.world.cases.values()
        if case.appointment and start <= case.appointment.begins < span["end"]
    }
    assert len(due) > 10
    assert {one.id: one.start for one in found} == due
    assert len(found) == len(due)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert len({one.time_zone for one in found}) > 2


def test_the_start_is_in_and_the_end_is_out(one):
    at = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    asked = {"service": "General question", "location": "Front desk", "start": at, "end": at + QUARTER}
    assert {slot.start for slot in one.tell(lambda c: c.collect(c.list("find_slots", **asked)))} == {at}
    asked["end"] += timedelta(microseconds=1)
    assert {slot.start for slot in one.tell(lambda c: c.collect(c.list("find_slots", **asked)))} == {at, at + QUARTER}


def test_days_that_are_past_have_no_slots_and_their_appointments_are_listed(one):
    end = datetime(2026, 3, 2, 20, tzinfo=UTC)
    span = {"start": end - timedelta(days=5), "end": end}
    assert one.tell(lambda c: c.collect(c.list("find_slots", location="Front desk", **span))) == []
    assert [seen.path for seen in one.seen() if seen.path.endswith("/vacancies")] == []
    past = one.tell(lambda c: c.collect(c.list("list_appointments", location="Front desk", **span)))
    assert {one.status for one in past} == {AppointmentStatus.COMPLETED}


# --- what is asked, and what is answered -----------------------------------------------------------------------------

AT_DESK = {"start": datetime(2026, 3, 3, tzinfo=JERUSALEM), "end": datetime(2026, 3, 5, tzinfo=JERUSALEM)}
AT_NIGHT = {**DESK, "serviceId": NIGHT, "serviceName": "Night line"}


def routed(world, **answers):
    """Make a vendor that answers by what is asked for, whatever the order."""
    vendor = Vendor(world)

    def route(request):
        path = request.url.partition("?")[0]
        kind = path.rpartition("/")[2]
        service = "night" if NIGHT in path else "desk"
        day = path.split("/calendars/")[1].split("/")[1] if "/calendars/" in path else ""
        for name in (f"{kind}_{day[-2:]}", kind, f"{service}_{day[-2:]}", service):
            if name in answers:
                return answers[name]
        return answer([])

    vendor.answers(always=route)
    return vendor


def named():
    return given_settings(catalogue=NAMED)


@pytest.mark.parametrize("status", [403, 404])
def test_a_service_that_is_refused_is_passed_over_unless_it_was_named(status, world):
    vendor = routed(world, night=refusal(status), desk=answer([DESK]), vacancies=answer(VACANT))

    async def story(c):
        asked = {"service": RENEWAL, **AT_DESK}
        found = await c.collect(c.list("find_slots", **asked))
        assert {slot.location.id for slot in found} == {SERVICE}
        with pytest.raises((PermissionDeniedError, NotFoundError)):
            await c.collect(c.list("find_slots", **asked, location=["Night line", "Front desk"]))
        with pytest.raises((PermissionDeniedError, NotFoundError)):
            await c.collect(c.list("list_appointments", **AT_DESK))

    vendor.tell(story, named())


def test_where_all_services_are_refused_that_is_told(world):
    vendor = routed(world, night=refusal(403), desk=refusal(403))
    with pytest.raises(PermissionDeniedError):
        vendor.tell(lambda c: c.collect(c.list("find_slots", **AT_DESK)), named())


def test_a_calendar_that_fails_is_no_calendar_without_slots(world):
    vendor = routed(world, desk=answer([DESK]), vacancies=raw(b"?"))
    with pytest.raises(ResponseUnreadableError):
        vendor.tell(lambda c: c.collect(c.list("find_slots", **AT_DESK)), named())


def test_a_time_that_the_clock_leaps_over_is_no_slot(world):
    day = {"start": midnight(date(2026, 3, 29), LONDON), "end": midnight(date(2026, 3, 30), LONDON)}
    vendor = routed(world, night=answer([AT_NIGHT]), vacancies=answer({**VACANT, "slots": [45, 60, 90, 120, 1440, -1]}))
    asked = {"service": RENEWAL, "location": NIGHT, **day}
    found = vendor.tell(lambda c: c.collect(c.list("find_slots", **asked)), named())
    assert [slot.start.strftime("%H:%M") for slot in found] == ["00:45", "02:00"]


def test_an_anonymous_calendar_has_no_host_and_is_nobodys_when_one_is_asked_for(world):
    vendor = routed(world, desk=answer([DESK]), vacancies=answer(VACANT))

    async def story(c):
        asked = {"service": RENEWAL, "location": SERVICE, **AT_DESK}
        assert {slot.host for slot in await c.collect(c.list("find_slots", **asked))} == {None}
        assert await c.collect(c.list("find_slots", **asked, host=CASE_ID)) == []

    vendor.tell(story, named())


def test_what_the_catalogue_does_not_know_has_no_channels_and_the_vacancies_duration(world):
    vendor = routed(world, desk=answer([DESK]), vacancies=answer({**VACANT, "serviceTypeName": None}))
    asked = {"service": QUESTION, "location": SERVICE, **AT_DESK}
    slot, *_ = vendor.tell(lambda c: c.collect(c.list("find_slots", **asked)), named())
    assert (slot.channels, slot.service.name) == ((), "General question")
    assert slot.end - slot.start == slot.service.duration == timedelta(minutes=10)


def row(**other):
    due = {**APPOINTMENT, **other.pop("appointment", {})}
    return {**LISTED, "appointment": due, **other}


def test_an_appointment_is_on_the_page_of_its_clocks_day_whatever_its_moment_is(world):
    late = row(appointment={"start": 1435, "timeUtc": "2026-03-03T22:05:00Z"})
    vendor = routed(world, desk=answer([DESK]), appointments_03=answer([late]), appointments=answer([]))
    asked = {"location": SERVICE, **AT_DESK}
    found = vendor.tell(lambda c: c.collect(c.list("list_appointments", **asked)), named())
    assert [one.start.isoformat() for one in found] == ["2026-03-04T00:05:00+02:00"]
    asked["end"] = datetime(2026, 3, 4, tzinfo=JERUSALEM)
    assert vendor.tell(lambda c: c.collect(c.list("list_appointments", **asked)), named()) == []


def test_a_cancelled_appointment_that_is_still_there_is_read_and_not_listed(world):
    gone = row(status="CancelledByCustomer", statusDate="2026-03-02T06:00:00Z")
    vendor = routed(world, desk=answer([DESK]), appointments=answer([gone]))

    async def story(c):
        asked = {"location": SERVICE, **AT_DESK}
        assert await c.collect(c.list("list_appointments", **asked)) == []
        ref = f"cubu:{SERVICE}/2026-03-03/0/{CASE_ID}"
        read = await c.call("get_appointment", ref)
        assert read.status is AppointmentStatus.CANCELLED
        assert read.cancelled_at.isoformat() == "2026-03-02T08:00:00+02:00"
        with pytest.raises(NoResultError, match="is cancelled"):
            await c.call("reschedule", ref, f"cubu:{SERVICE}/2026-03-03/0/{RENEWAL}/600")

    vendor.tell(story, named())
    assert {asked.method for asked in vendor.seen} == {"GET"}


def test_every_shared_field_of_an_appointment_is_what_cubu_says(world):
    listed = row(
        assignedTo={"userId": CASE_ID.upper(), "displayName": "Agent 7"},
        customer={"recordId": QUESTION.upper(), "displayName": "Adaline Parkinson"},
        onlineMeeting={"hostUrl": "https://meet.example.com/h", "participantsUrl": "https://meet.example.com/p"},
        channel="Video",
        status="Active",
        caseTimestamp="2026-03-02T07:30:00Z",
    )
    vendor = routed(world, desk=answer([{**DESK, "serviceName": "Desk of the vendor"}]), appointments=answer([listed]))
    ref = f"cubu:{SERVICE}/2026-03-03/0/{CASE_ID}"
    found = vendor.tell(lambda c: c.call("get_appointment", ref), named())
    shown = {name: value for name, value in attrs.asdict(found, recurse=False).items() if value is not None}
    assert shown.pop("native").case_id == CASE_ID
    assert {name: str(shown.pop(name)) for name in ("start", "end", "created_at", "updated_at", "ref")} == {
        "start": "2026-03-03 09:00:00+02:00",
        "end": "2026-03-03 09:10:00+02:00",
        "created_at": "2026-03-02 09:00:00.123456+02:00",
        "updated_at": "2026-03-02 09:30:00+02:00",
        "ref": ref,
    }
    assert (shown["host"].id, shown["host"].name) == (CASE_ID, "Agent 7")
    assert (shown["service"].id, shown["service"].name) == (RENEWAL, "Passport renewal")
    assert (shown["location"].id, shown["location"].name) == (SERVICE, "Desk of the vendor")
    assert shown["customer"] == Customer(provider="cubu", id=QUESTION, phone="+12025550123", email="ana@example.org")
    for name in ("host", "service", "location", "customer"):
        del shown[name]
    assert shown == {
        "provider": "cubu",
        "id": CASE_ID,
        "status": AppointmentStatus.IN_PROGRESS,
        "channel": Channel.VIDEO,
        "join_url": "https://meet.example.com/p",
        "time_zone": "Asia/Jerusalem",
        "recovered": False,
    }


@pytest.mark.parametrize(("kind", "minutes"), [(RENEWAL, 10), (QUESTION, None), (None, None)])
def test_an_appointment_of_no_duration_is_as_long_as_the_catalogue_says(kind, minutes, world):
    listed = row(appointment={"duration": None}, serviceTypeId=kind, serviceTypeName=None)
    vendor = routed(world, desk=answer([DESK]), appointments=answer([listed]))
    found = vendor.tell(lambda c: c.call("get_appointment", f"cubu:{SERVICE}/2026-03-03/0/{CASE_ID}"), named())
    assert (found.end and found.end - found.start) == (minutes and timedelta(minutes=minutes))
    assert (found.service and found.service.id) == kind


def test_an_appointment_is_read_although_its_calendar_is_not(world):
    vendor = routed(world, desk=refusal(404), appointments=answer([LISTED]))
    found = vendor.tell(lambda c: c.call("get_appointment", f"cubu:{SERVICE}/2026-03-03/0/{CASE_ID}"), named())
    assert (found.location.name, found.host) == ("Front desk", None)


def test_without_a_zone_an_appointment_is_in_utc_and_no_slot_is_looked_for(world):
    bare = {**APPOINTMENT, "timeZoneId": None}
    vendor = routed(world, desk=answer([DESK]), appointments=answer([row(appointment=bare)]))

    async def story(c):
        found = await c.call("get_appointment", f"cubu:{SERVICE}/2026-03-03/0/{CASE_ID}")
        assert (found.start.isoformat(), found.time_zone) == ("2026-03-03T07:00:00+00:00", None)
        asked = {"service": RENEWAL, "location": SERVICE, **AT_DESK}
        with pytest.raises(ConfigurationError, match="CUBU_TIME_ZONE"):
            await c.collect(c.list("find_slots", **asked))

    vendor.tell(story, given_settings())


@pytest.mark.parametrize("zoned", [True, False])
def test_an_answer_that_does_not_say_when_is_unreadable(zoned, world):
    listed = {**LISTED, "appointment": None, "referenceDate": None}
    vendor = routed(world, desk=answer([DESK]), appointments=answer([listed]))
    ref = f"cubu:{SERVICE}/2026-03-03/0/{CASE_ID}"
    with pytest.raises(ResponseUnreadableError if zoned else ConfigurationError):
        vendor.tell(lambda c: c.call("get_appointment", ref), named() if zoned else given_settings())


HELD = {
    "a list of fields": ({"fields": [{"fieldTypeId": CASE_ID, "value": "x"}]}, "fields"),
    "fields by name": ({"fields": {"Reason": "x"}}, "fields"),
    "a field that holds more": ({"fields": {CASE_ID: {"text": "x"}}}, "fields"),
    "tags as objects": ({"tags": [{"id": CASE_ID}]}, "tags"),
    "tags as a text": ({"tags": CASE_ID}, "tags"),
    "both": ({"fields": "x", "tags": ["VIP"]}, "fields and tags"),
}


@pytest.mark.parametrize("what", HELD)
def test_a_move_says_what_of_the_old_one_it_cannot_take_over(what):
    held, lost = HELD[what]
    vendor = Vendor(World("sync"))
    new = {**OPENED, "caseId": QUESTION}
    vendor.answers(
        answer([row(**held)]), answer([DESK]), answer(new, 201), answer([row(caseId=QUESTION)]), raw(status=204)
    )
    ref, slot = f"cubu:{SERVICE}/2026-03-03/0/{CASE_ID}", f"cubu:{SERVICE}/2026-03-03/0/{RENEWAL}/600"
    with pytest.warns(ProviderWarning, match=rf"the old appointment's {lost} cannot be read"):
        moved = vendor.tell(lambda c: c.call("reschedule", ref, slot), named())
    assert moved.id == QUESTION
    (sent,) = [asked.body for asked in vendor.seen if asked.method == "POST"]
    assert {"fields", "tagIds"}.isdisjoint(sent)
    assert (sent["contactPhoneNumber"], sent["contactEmail"]) == ("2025550123", "ana@example.org")


PLACES_OF_SLOTS = st.builds(
    lambda service, day, index, kind, minutes: Place(
        CalendarRef(service_id=str(service), date=day, cu_index=index), str(kind), minutes
    ),
    st.uuids(),
    st.dates(),
    st.integers(0, 2**31 - 1),
    st.uuids(),
    st.integers(0, 1439),
)


@given(PLACES_OF_SLOTS, st.sampled_from([str, str.upper]))
def test_a_slots_ref_comes_back_from_its_text(place, letters):
    ref = SlotRef.parse(str(SlotRef("cubu", letters(str(place)))))
    assert Place.of(ref) == place


STATUSES = [
    ("Planned", AppointmentStatus.BOOKED),
    ("Waiting", AppointmentStatus.ARRIVED),
    ("Pending", AppointmentStatus.ARRIVED),
    ("Active", AppointmentStatus.IN_PROGRESS),
    ("Resolved", AppointmentStatus.COMPLETED),
    ("Cancelled", AppointmentStatus.CANCELLED),
    ("CanceledByAgent", AppointmentStatus.CANCELLED),
    ("Dreaming", AppointmentStatus.UNKNOWN),
    (None, AppointmentStatus.UNKNOWN),
]


@pytest.mark.parametrize(("status", "shared"), STATUSES)
def test_a_status_is_said_in_everybodys_words(status, shared):
    assert status_of(status) is shared


def test_no_more_than_so_many_calendars_are_asked_for_at_once():
    steps = calendars_of(
        named().scope_of_calls, [(SERVICE, date(2026, 3, 3) + timedelta(days=far)) for far in range(40)]
    )
    sizes, found = [], None
    asked = next(steps)
    while found is None:
        assert isinstance(asked, AllOf)
        sizes.append((len(asked.works), asked.at_once))
        try:
            asked = steps.send(tuple(Outcome(work.read(answer([DESK]))) for work in asked.works))
        except StopIteration as stop:
            found = stop.value
    assert sizes == [(40, 16)]
    days = [
        CalendarRef(service_id=SERVICE, date=date(2026, 3, 3) + timedelta(days=far), cu_index=0) for far in range(40)
    ]
    assert [reference for reference, _ in found] == days
