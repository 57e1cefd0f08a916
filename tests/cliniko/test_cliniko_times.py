"""Times: what is sent for zones and folds, days of 23 and 25 hours, and naive datetimes refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from props import props

from apptsdk import AsyncCliniko, Cliniko
from apptsdk.http import Headers, Response
from apptsdk.providers.cliniko.models import IndividualAppointmentCreate
from apptsdk.providers.cliniko.operations import available_times, individual_appointments
from apptsdk.sandbox import Sandbox

SYDNEY, LORD_HOWE = ZoneInfo("Australia/Sydney"), ZoneInfo("Australia/Lord_Howe")
IDS = {"appointment_type_id": 1, "business_id": 2, "patient_id": 3, "practitioner_id": 4}
_HADDAD = 3
MOMENTS = {
    "in UTC": (datetime(2026, 3, 16, 0, 0, tzinfo=UTC), "2026-03-16T00:00:00Z"),
    "in a zone": (datetime(2026, 3, 16, 11, 0, tzinfo=SYDNEY), "2026-03-16T00:00:00Z"),
    "in a zone of half an hour": (
        datetime(2026, 3, 16, 9, 30, tzinfo=ZoneInfo("Australia/Darwin")),
        "2026-03-16T00:00:00Z",
    ),
    "in a zone of a quarter": (datetime(2026, 3, 16, 5, 45, tzinfo=ZoneInfo("Asia/Kathmandu")), "2026-03-16T00:00:00Z"),
    "before the clocks go back": (datetime(2026, 4, 5, 2, 30, tzinfo=SYDNEY), "2026-04-04T15:30:00Z"),
    "after the clocks went back": (datetime(2026, 4, 5, 2, 30, fold=1, tzinfo=SYDNEY), "2026-04-04T16:30:00Z"),
    "in the hour that is left out": (datetime(2026, 10, 4, 2, 30, tzinfo=SYDNEY), "2026-10-03T16:30:00Z"),
    "Lord Howe, before it goes back half an hour": (
        datetime(2026, 4, 5, 1, 45, tzinfo=LORD_HOWE),
        "2026-04-04T14:45:00Z",
    ),
    "Lord Howe, after it": (datetime(2026, 4, 5, 1, 45, fold=1, tzinfo=LORD_HOWE), "2026-04-04T15:15:00Z"),
    "with a fixed offset": (datetime(2026, 3, 15, 19, tzinfo=timezone(timedelta(hours=-5))), "2026-03-16T00:00:00Z"),
    "with fractions": (datetime(2026, 3, 16, 0, 0, 0, 999999, tzinfo=UTC), "2026-03-16T00:00:00Z"),
    "long ago": (datetime(987, 3, 16, tzinfo=UTC), "0987-03-16T00:00:00Z"),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_a_moment_is_sent_as_utc_in_whole_seconds(name):
    moment, text = MOMENTS[name]
    operation = individual_appointments.create(IndividualAppointmentCreate(**IDS, starts_at=moment))
    assert operation.body["starts_at"] == text
    assert operation.clues["starts_at"] == text


@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9998, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_any_aware_moment_is_sent_as_itself(moment):
    operation = individual_appointments.create(IndividualAppointmentCreate(**IDS, starts_at=moment))
    sent = datetime.fromisoformat(operation.body["starts_at"])
    assert timedelta(0) <= moment.astimezone(UTC) - sent < timedelta(seconds=1)
    assert json.dumps(operation.body["starts_at"]).endswith('Z"')


@given(st.datetimes())
def test_a_naive_moment_is_refused_and_the_fix_is_in_the_message(moment):
    with pytest.raises(ValueError, match=r"starts_at is naive.*starts_at\.replace\(tzinfo=zoneinfo\.ZoneInfo"):
        individual_appointments.create(IndividualAppointmentCreate(**IDS, starts_at=moment))


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 4, 5), SYDNEY, 25),
        (date(2026, 10, 4), SYDNEY, 23),
        (date(2026, 4, 6), SYDNEY, 24),
    ],
)
def test_a_window_of_days_covers_the_clinics_days_whatever_their_length(day, zone, hours, world):
    # Noor Haddad works on Sundays from midnight to six at the business in Sydney.
    begins = datetime(day.year, day.month, day.day, tzinfo=zone)
    following = day + timedelta(days=1)
    ends = datetime(following.year, following.month, following.day, tzinfo=zone)
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=hours)
    with Sandbox(now=begins - timedelta(days=3), rate_limit=None, appointments=0) as sandbox:
        sandbox.clock.freeze()
        business, _, kind = props().triple
        practitioner = props().practitioners[_HADDAD]

        async def story(c):
            before = await c.collect(
                c.list("available_times.list", business, practitioner, kind, from_=begins.date(), to=day)
            )
            around = {"from_": day - timedelta(days=1), "to": following}
            wider = await c.collect(c.list("available_times.list", business, practitioner, kind, **around))
            return before, wider

        client = world.client((Cliniko, AsyncCliniko), sandbox.cliniko)
        only, wider = world.tell(story, client)
    starts = [time.appointment_start for time in only]
    assert starts == [time.appointment_start for time in wider if begins <= time.appointment_start < ends]
    assert len(starts) == {25: 14, 23: 10, 24: 0}[hours]


def test_a_window_past_the_last_daylight_change_is_split_into_whole_days(clinic):
    window = {"from_": date(2026, 3, 28), "to": date(2026, 4, 12)}
    clinic.tell(lambda c: c.collect(c.list("available_times.list", *clinic.triple, **window)))
    asked = [(dict(seen.query)["from"], dict(seen.query)["to"]) for seen in clinic.seen()]
    assert list(dict.fromkeys(asked)) == [
        ("2026-03-28", "2026-04-03"),
        ("2026-04-04", "2026-04-10"),
        ("2026-04-11", "2026-04-12"),
    ]


def test_the_last_days_of_the_calendar_are_one_window():
    listing = available_times.list("1", "1", "1", from_=date(9999, 12, 30), to=date.max)
    operation = listing.page(None)
    assert dict(operation.query) == {"from": "9999-12-30", "to": "9999-12-31", "per_page": "100"}
    page = operation.read(Response(200, Headers(), b'{"available_times": []}'))
    assert page.cursor is None
