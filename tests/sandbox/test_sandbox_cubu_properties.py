"""Cubu: what holds for vacancies and bookings, whatever is booked on whichever day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox_hall import FRONT_DESK, ISLAND_LINE, NIGHT_LINE, PASSPORT_OFFICE, Hall, place, utc
from sandbox_lobby import NOW

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cubu import Cubu
from apptsdk.sandbox.cubu.times import DAY, local, moment, sprung

SERVICES = st.sampled_from((FRONT_DESK, PASSPORT_OFFICE, ISLAND_LINE, NIGHT_LINE))
# Ordinary days, and days on which one of the four clocks is changed.
DAYS = st.one_of(
    st.dates(date(2026, 3, 1), date(2027, 12, 31)),
    st.sampled_from(
        [
            date.fromisoformat(day)
            for day in (
                "2026-03-08",
                "2026-03-27",
                "2026-03-29",
                "2026-04-05",
                "2026-10-04",
                "2026-10-25",
                "2026-11-01",
                "2027-03-28",
            )
        ]
    ),
)
SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@pytest.fixture(scope="module")
def town() -> Iterator[Hall]:
    """An organization in which every example books more."""
    with Sandbox(now=NOW, appointments=60) as sandbox:
        sandbox.clock.freeze()
        with Hall(sandbox) as hall:
            yield hall


def when(case):
    due = case["appointment"]
    begins = utc(due["timeUtc"])
    return begins, begins + timedelta(minutes=due["duration"])


@settings(max_examples=40, **SHARED)
@given(service=SERVICES, day=DAYS, index=st.integers(0, 1), picks=st.tuples(st.integers(0, 2), st.integers(0, 999)))
def test_a_vacancy_lies_in_the_hours_over_no_booking_and_can_be_booked(town, service, day, index, picks):
    where, row = place(service, day.isoformat(), index), town.world.services[service]
    kind = town.world.service_types[row.type_ids[picks[0]]]
    calendar = town.calendars(service, day.isoformat())[index]
    slots = town.slots(where, kind.id)
    assert slots == sorted(set(slots))
    taken = [when(case) for case in town.listed(where)]
    for start in slots:
        assert any(one["start"] <= start and start + kind.duration <= one["end"] for one in calendar["workingHours"])
        begins = local(day, start).replace(tzinfo=row.zone).astimezone(UTC)
        assert begins >= town.sandbox.clock.now()
        assert begins.astimezone(row.zone).replace(tzinfo=None) == local(day, start)
        assert all(begins + timedelta(minutes=kind.duration) <= other or until <= begins for other, until in taken)
    if slots:
        start, customer = slots[picks[1] % len(slots)], town.someone
        made = town.take(where, start, serviceTypeId=kind.id, channel=kind.channels[0], cusotmerRecordId=customer)
        (case,) = [one for one in town.listed(where) if one["caseId"] == made["caseId"]]
        assert when(case)[0] == local(day, start).replace(tzinfo=row.zone).astimezone(UTC)
        left = town.slots(where, kind.id)
        assert set(left) < set(slots)
        assert start not in left
        stats = town.calendars(service, day.isoformat())[index]["stats"]
        assert stats["minutesBooked"] == calendar["stats"]["minutesBooked"] + kind.duration
        assert stats["appointmentCount"] == len(taken) + 1


@settings(max_examples=40, **SHARED)
@given(service=SERVICES, day=DAYS, start=st.integers(0, 1439), bypass=st.booleans())
def test_a_time_is_taken_or_refused_as_hours_and_vacancies_say(town, service, day, start, bypass):
    where, row = place(service, day.isoformat()), town.world.services[service]
    kind = town.world.service_types[row.type_ids[0]]
    (hours,) = town.calendars(service, day.isoformat())[0]["workingHours"]
    worked = hours["start"] <= start <= hours["end"] - kind.duration and start not in sprung(row.zone, day)
    free = start in town.slots(where)
    assert worked or not free
    said = {"serviceTypeId": kind.id, "startTime": start, "channel": "FaceToFace", "bypassTimeslotCheck": bypass}
    said |= {"cusotmerRecordId": town.someone, "contactEmail": "a@example.org", "contactPhoneNumber": "2025550123"}
    answer = town.ask("POST", f"{where}/appointments", said)
    if not worked:
        assert (answer.status_code, answer.json()["errorCode"]) == (409, 99002)
    elif not free and not bypass:
        assert (answer.status_code, answer.json()["errorCode"]) == (409, 99001)
    else:
        assert answer.status_code == 201
        path = f"{where}/appointments/{answer.json()['caseId']}"
        assert town.ask("DELETE", path).status_code == 204
        assert (start in town.slots(where)) == free


@settings(max_examples=50, **SHARED)
@given(service=SERVICES, day=st.dates(date(1970, 1, 1), date(2099, 12, 31)), minute=st.integers(0, 1439))
def test_a_minute_is_on_the_clock_unless_the_clock_springs_over_it(town, service, day, minute):
    zone = town.world.services[service].zone
    shown = moment(zone, day, minute).astimezone(zone)
    lost = sprung(zone, day)
    assert (shown.replace(tzinfo=None) == local(day, minute)) == (minute not in lost)
    assert minute in lost or shown.fold == 0
    length = moment(zone, day, DAY) - moment(zone, day, 0)
    assert (length < timedelta(days=1)) == bool(lost)


@settings(max_examples=40, **SHARED)
@given(moments=st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2199, 1, 1)), min_size=1))  # noqa: DTZ001
def test_a_stamp_is_the_moment_in_as_many_digits_as_it_needs(town, moments):
    for one in moments:
        aware = one.replace(tzinfo=UTC)
        said = town.sandbox.emulator(Cubu).world.stamp(aware)
        assert utc(said) == aware
        assert not said.partition(".")[2].endswith("0Z")
