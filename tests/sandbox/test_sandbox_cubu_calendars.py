"""The emulated Cubu's calendars and vacancies: what is shown, and what is free on days of any length."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sandbox_hall import (
    ADVICE,
    DAY,
    FRONT_DESK,
    INTERVIEW,
    ISLAND_LINE,
    NIGHT_LINE,
    PASSPORT_OFFICE,
    QUESTION,
    RENEWAL,
    place,
    utc,
)
from sandbox_lobby import NOBODY

from apptsdk.sandbox.cubu.records import Calendar
from apptsdk.sandbox.cubu.slots import vacant

TODAY = "2026-03-02"
FREE = "2027-02-01"  # where nothing is booked yet


def test_a_calendar_shows_everything_that_the_docs_name(hall):
    first, second, third = hall.calendars(day=FREE)
    assert first == {
        "serviceId": FRONT_DESK,
        "date": f"{FREE}T00:00:00",
        "cuIndex": 0,
        "calendarTimestamp": first["calendarTimestamp"],
        "serviceName": "Front desk",
        "serviceCategoryId": hall.service().category.id,
        "serviceCategoryName": "Documents",
        "isCustomerRequired": False,
        "isPhoneNumberRequired": False,
        "isEmailRequired": False,
        "customersDataTableId": first["customersDataTableId"],
        "phoneNumberFieldTypeId": None,
        "emailFieldTypeId": None,
        "workingHours": [{"start": 480, "end": 960}],
        "user": {
            "userId": first["user"]["userId"],
            "displayName": "Agent 1",
            "initials": "A1",
            "picture": first["user"]["picture"],
        },
        "allowAnonymousAgentBooking": False,
        "inboxId": hall.service().inbox.id,
        "inboxName": "Front desk",
        "isInAgentsBookingWindow": False,
        "agentsBookingActive": True,
        "isInSelfBookingWindow": False,
        "selfBookingActive": True,
        "stats": {
            "appointmentCount": 0,
            "capacityMinutes": 480,
            "minutesBooked": 0,
            "bookingRate": 0.0,
            "compMinutesBooked": 0.0,
            "compBookingRate": 0.0,
            "isFullyBooked": False,
        },
        "isPastDate": False,
        "issues": [],
    }
    assert utc(first["calendarTimestamp"])
    assert [one["cuIndex"] for one in (first, second, third)] == [0, 1, 2]
    assert second["workingHours"] == [{"start": 480, "end": 720}, {"start": 780, "end": 960}]
    assert (third["user"], third["allowAnonymousAgentBooking"]) == (None, True)


@pytest.mark.parametrize(
    ("service", "member", "field"),
    [
        (PASSPORT_OFFICE, "isCustomerRequired", None),
        (ISLAND_LINE, "isPhoneNumberRequired", "phoneNumberFieldTypeId"),
        (NIGHT_LINE, "isEmailRequired", "emailFieldTypeId"),
    ],
)
def test_a_calendar_says_what_its_service_insists_on(hall, service, member, field):
    said = hall.calendars(service)[0]
    assert [name for name in said if name.endswith("Required") and said[name]] == [member]
    if field is not None:
        assert said[field] in hall.world.field_types


@pytest.mark.parametrize(
    ("days", "past", "own", "agents"),
    [(-1, True, False, False), (0, False, True, True), (31, False, False, True), (91, False, False, False)],
)
def test_a_calendar_says_where_in_time_it_is(hall, days, past, own, agents):
    (said, *_) = hall.calendars(day=(date(2026, 3, 2) + timedelta(days=days)).isoformat())
    names = ("isPastDate", "isInSelfBookingWindow", "isInAgentsBookingWindow")
    assert [said[name] for name in names] == [past, own, agents]


def test_today_is_the_services_own(hall):
    hall.sandbox.clock.set(datetime(2026, 3, 2, 14, 0, tzinfo=UTC))  # Tuesday already on the island
    hall.enter(hall.settings)
    assert hall.calendars(ISLAND_LINE, TODAY)[0]["isPastDate"]
    assert not hall.calendars(FRONT_DESK, TODAY)[0]["isPastDate"]
    assert hall.slots(place(ISLAND_LINE, TODAY)) == []


def test_the_statistics_are_those_of_the_sample(hall):
    """15 of 480 minutes, and as nobody comes to one in five, 12."""
    hall.take(place(day=FREE), serviceTypeId=QUESTION)
    assert hall.calendars(day=FREE)[0]["stats"] == {
        "appointmentCount": 1,
        "capacityMinutes": 480,
        "minutesBooked": 15,
        "bookingRate": 0.03125,
        "compMinutesBooked": 12.0,
        "compBookingRate": 0.025,
        "isFullyBooked": False,
    }


def test_a_day_without_working_hours_is_full_and_has_no_vacancies(hall):
    sunday = "2026-03-08"
    open_, closed = hall.calendars(PASSPORT_OFFICE, sunday)
    assert open_["workingHours"] == [{"start": 540, "end": 1020}]
    assert (closed["workingHours"], closed["stats"]["isFullyBooked"], closed["stats"]["bookingRate"]) == ([], True, 0.0)
    assert hall.slots(place(PASSPORT_OFFICE, sunday, 1)) == []
    assert hall.slots(place(PASSPORT_OFFICE, "2026-03-09", 1), INTERVIEW)[:2] == [480, 525]


def test_a_calendar_is_full_when_no_minute_is_left(hall):
    where = place(day=FREE, index=1)
    for start in hall.slots(where, QUESTION):
        hall.take(where, start, serviceTypeId=QUESTION)
    (said,) = [one for one in hall.calendars(day=FREE) if one["cuIndex"] == 1]
    assert (said["stats"]["minutesBooked"], said["stats"]["isFullyBooked"]) == (420, True)
    assert hall.slots(where) == []


def test_the_timestamp_changes_on_every_booking_and_cancellation_of_its_calendar_alone(hall):
    def stamps():
        return [one["calendarTimestamp"] for one in hall.calendars(day=FREE)]

    seen = [stamps()]
    first = hall.take(place(day=FREE), 540)
    seen.append(stamps())
    assert seen[-1][0] == first["calendarTimestamp"]
    hall.take(place(day=FREE), 550)
    seen.append(stamps())
    hall.done("DELETE", f"{place(day=FREE)}/appointments/{first['caseId']}", status=204)
    seen.append(stamps())
    assert len({one[0] for one in seen}) == 4
    assert len({tuple(one[1:]) for one in seen}) == 1
    assert any(len(one[0]) == len("2026-03-02T09:41:07.0000001Z") for one in seen)


def test_vacancies_are_one_object_of_minutes(hall):
    said = hall.done("GET", f"{place(day=FREE)}/vacancies", serviceTypeId=RENEWAL.upper())
    assert said == {
        "serviceTypeId": RENEWAL,
        "serviceTypeName": "Passport renewal",
        "duration": 10,
        "slots": list(range(480, 960, 10)),
    }


def test_vacancies_begin_anew_with_every_stretch_of_working_hours(hall):
    assert hall.slots(place(day=FREE, index=1), ADVICE) == [*range(480, 720, 20), *range(780, 960, 20)]
    assert hall.slots(place(PASSPORT_OFFICE, FREE), INTERVIEW) == list(range(540, 1020 - 44, 45))


def test_vacancies_of_today_begin_no_earlier_than_now(hall):
    hall.sandbox.clock.set(datetime(2026, 3, 2, 9, 40, tzinfo=UTC))
    assert hall.slots(place(day=TODAY, index=2))[0] == 700
    hall.sandbox.clock.advance(timedelta(microseconds=1))
    assert hall.slots(place(day=TODAY, index=2))[0] == 710
    assert hall.slots(place(day="2026-03-01", index=2)) == []


@pytest.mark.parametrize(("query", "why"), [({}, "required"), ({"serviceTypeId": ""}, "required")])
def test_vacancies_need_a_service_type(hall, query, why):
    answer = hall.ask("GET", f"{place()}/vacancies", **query)
    assert (answer.status_code, answer.json()["errors"]) == (400, {"serviceTypeId": [why]})


@pytest.mark.parametrize("kind", [NOBODY, "renewal", INTERVIEW])
def test_vacancies_need_a_service_type_of_the_service(hall, kind):
    answer = hall.ask("GET", f"{place()}/vacancies", serviceTypeId=kind)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, 99400)


@pytest.mark.parametrize(
    "path",
    [
        place(NOBODY),
        place("front-desk"),
        place(day="2026-02-30"),
        place(day="20260302"),
        place(day="2026-W10-1"),
        place(day="today"),
        place(index=3),
        place(index=-1),
        place(index="0x0"),
        place(index="\u0660"),
        place(day="1969-12-31"),
        place(day="2100-01-01"),
    ],
)
def test_a_calendar_that_there_is_not_is_a_404(hall, path):
    for what in ("vacancies", "appointments"):
        hall.refused("GET", f"{path}/{what}", status=404, code=99404)


def test_calendars_of_a_day_far_away_are_an_empty_list(hall):
    assert hall.calendars(day="2100-01-01") == []
    assert len(hall.calendars(day="2099-12-31")) == len(hall.calendars(day="1970-01-01")) == 3
    hall.refused("GET", f"/calendars/{NOBODY}/{DAY}", status=404, code=99404)
    hall.refused("GET", f"/calendars/{FRONT_DESK}/2026-13-01", status=404, code=99404)


# The clocks of three zones, put forward and back; the island's by half an hour, Jerusalem's outside its working hours.
CHANGES = [
    (NIGHT_LINE, "2026-03-29", range(60, 120), 23.0),
    (NIGHT_LINE, "2026-10-25", range(0), 25.0),
    (ISLAND_LINE, "2026-10-04", range(120, 150), 23.5),
    (ISLAND_LINE, "2026-04-05", range(0), 24.5),
    (FRONT_DESK, "2026-03-27", range(0), 23.0),
    (FRONT_DESK, "2026-10-25", range(0), 25.0),
    (PASSPORT_OFFICE, "2026-03-08", range(0), 23.0),
    (PASSPORT_OFFICE, "2026-11-01", range(0), 25.0),
]


@pytest.mark.parametrize(("service", "day", "lost", "hours"), CHANGES)
def test_minutes_that_a_day_does_not_have_are_not_vacant(hall, service, day, lost, hours):
    zone = hall.world.services[service].zone
    midnight, next_ = (datetime.fromisoformat(day) + timedelta(days=more) for more in (0, 1))
    length = next_.replace(tzinfo=zone).astimezone(UTC) - midnight.replace(tzinfo=zone).astimezone(UTC)
    assert length == timedelta(hours=hours)
    usual = (datetime.fromisoformat(day) + timedelta(days=7)).date().isoformat()
    for kind, minutes in ((RENEWAL, 10), (QUESTION, 15)):
        every = hall.slots(place(service, usual), kind)
        kept = [start for start in every if not set(range(start, start + minutes)) & set(lost)]
        assert hall.slots(place(service, day), kind) == kept
        assert (len(kept) < len(every)) == bool(lost)


def test_what_would_last_into_minutes_that_do_not_exist_is_not_vacant(hall):
    """No seeded duration is of that kind: 25 minutes from ten to one would end at a quarter past two."""
    day = Calendar(service=hall.world.services[NIGHT_LINE], date=date(2026, 3, 29), cu_index=0)
    assert vacant(hall.world, day, 25)[:4] == [0, 25, 125, 150]


def test_a_booking_that_lasts_over_the_change_takes_the_time_after_it(hall):
    """Twenty minutes from ten to one end at ten past two."""
    where = place(NIGHT_LINE, "2026-03-29")
    assert hall.slots(where, ADVICE)[:5] == [0, 20, 40, 120, 140]
    hall.take(where, 50, serviceTypeId=ADVICE, channel="Phone", bypassTimeslotCheck=True)
    assert hall.slots(where, ADVICE)[:4] == [0, 20, 140, 160]


@pytest.mark.parametrize(
    ("service", "day", "start", "moment"),
    [
        (NIGHT_LINE, "2026-03-29", 40, "2026-03-29T00:40:00Z"),
        (NIGHT_LINE, "2026-03-29", 120, "2026-03-29T01:00:00Z"),
        (NIGHT_LINE, "2026-10-25", 90, "2026-10-25T00:30:00Z"),
        (NIGHT_LINE, "2026-10-25", 120, "2026-10-25T02:00:00Z"),
        (ISLAND_LINE, "2026-10-04", 150, "2026-10-03T15:30:00Z"),
        (ISLAND_LINE, "2026-04-05", 100, "2026-04-04T14:40:00Z"),
        (FRONT_DESK, "2026-03-27", 540, "2026-03-27T06:00:00Z"),
        (FRONT_DESK, "2026-03-26", 540, "2026-03-26T07:00:00Z"),
        (PASSPORT_OFFICE, "2026-11-01", 540, "2026-11-01T14:00:00Z"),
    ],
)
def test_a_booking_is_at_the_moment_at_which_the_services_clock_first_shows_it(hall, service, day, start, moment):
    where = place(service, day)
    assert start in hall.slots(where)
    made = hall.take(where, start, cusotmerRecordId=hall.someone)
    assert made["referenceDate"] == moment
    (case,) = [one for one in hall.listed(where) if one["caseId"] == made["caseId"]]
    due = case["appointment"]
    assert (due["timeUtc"], due["start"]) == (moment, start)
    assert due["timeLocal"] == f"{day}T{start // 60:02}:{start % 60:02}:00"
    assert start not in hall.slots(where)


def test_a_minute_that_comes_twice_is_listed_once(hall):
    slots = hall.slots(place(NIGHT_LINE, "2026-10-25"))
    assert [one for one in slots if 60 <= one < 120] == list(range(60, 120, 10))
    assert len(slots) == len(set(slots)) == 144


@pytest.mark.parametrize("bypass", [False, True])
def test_a_minute_that_does_not_exist_cannot_be_booked_at_all(hall, bypass):
    where = place(NIGHT_LINE, "2026-03-29")
    hall.denied(where, 90, bypassTimeslotCheck=bypass, status=409, code=99002)
