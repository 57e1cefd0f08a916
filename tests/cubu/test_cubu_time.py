"""Wall-clock minutes and moments: on days of 23, 24 and 25 hours, in the service's zone, there and back."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import attrs
import pytest
from cubu_shapes import LEAST, NAMED, NIGHT
from cubu_support import APPOINTMENT, CALENDAR, CASE_ID, LISTED, OPENED, RENEWAL, VACANT, answer, settings
from dateutil.tz import gettz
from hypothesis import assume, example, given
from hypothesis import strategies as st

from apptsdk import ConfigurationError, SlotUnavailableError
from apptsdk.providers.cubu import Calendar, CalendarRef, Case, Vacancies
from apptsdk.providers.cubu.models.calendar import placed
from apptsdk.providers.cubu.times import DAY, moment_of, wall_clock
from apptsdk.providers.cubu.wire import WIRE
from apptsdk.sandbox.cubu import seed

LONDON = ZoneInfo("Europe/London")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
JERUSALEM = ZoneInfo("Asia/Jerusalem")
NEW_YORK = ZoneInfo("America/New_York")

# --- there and back --------------------------------------------------------------------------------------------------

DATES = st.dates(date(1973, 1, 1), date(2150, 12, 31))  # before, some offsets had seconds
MINUTES = st.integers(0, DAY - 1)


def clock_of(moment):
    return moment.date(), 60 * moment.hour + moment.minute


@given(DATES, MINUTES, st.timezones())
@example(date(2026, 3, 29), 60, LONDON)
@example(date(2026, 3, 29), 119, LONDON)
@example(date(2026, 10, 25), 60, LONDON)
@example(date(2026, 10, 4), 149, LORD_HOWE)
@example(date(2026, 4, 5), 90, LORD_HOWE)
@example(date(2011, 12, 30), 720, ZoneInfo("Pacific/Apia"))
def test_what_a_wall_clock_shows_means_a_moment_and_that_moment_is_shown_so(day, minutes, zone):
    moment = moment_of(day, minutes, zone)
    naive = datetime.combine(day, time(*divmod(minutes, 60)))
    shown_at = {naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    really = sorted(at for at in shown_at if at.astimezone(zone).replace(tzinfo=None) == naive)
    if moment is None:
        assert really == []
    else:
        assert moment.astimezone(UTC) == really[0]
        assert (moment.tzinfo, moment.fold) == (zone, 0)
        assert wall_clock(moment, zone, "start") == (day, minutes)
        assert wall_clock(moment.astimezone(UTC), zone, "start") == (day, minutes)


@given(st.datetimes(datetime(1973, 1, 2), datetime(2150, 1, 1)), st.timezones(), st.timezones())  # noqa: DTZ001
@example(datetime(2026, 10, 25, 1, 30), LONDON, UTC)  # noqa: DTZ001
@example(datetime(2026, 4, 4, 15, 15), LORD_HOWE, UTC)  # noqa: DTZ001
def test_any_moment_has_a_place_on_the_wall_clock_but_for_second_times(naive, zone, elsewhere):
    moment = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    local = moment.astimezone(zone)
    assume(not local.second)  # some zone's offset had seconds for longer than others
    if local.fold:
        with pytest.raises(ValueError, match="for the second time then, and Cubu's minutes mean the first"):
            wall_clock(moment, zone, "start")
    else:
        day, minutes = wall_clock(moment.astimezone(elsewhere), zone, "start")
        assert (day, minutes) == clock_of(local)
        assert moment_of(day, minutes, zone) == moment


@pytest.mark.parametrize("minutes", [-1, DAY, DAY + 60, -60])
def test_no_other_minutes_are_on_the_clock(minutes):
    assert moment_of(date(2026, 3, 3), minutes, LONDON) is None


# --- over a day of each kind -----------------------------------------------------------------------------------------


@attrs.frozen
class Clocks:
    """A service, and days on which its clock goes straight, leaps forward and goes back.

    Args:
        service: The service.
        zone: Its zone.
        days: The days, by how many hours each has.
        turn: The minute of the clock after which it is changed; None where nobody works then.
    """

    service: str
    zone: ZoneInfo
    days: dict[float, date]
    turn: int | None = None


CLOCKS = {
    "Asia/Jerusalem": Clocks(
        seed.FRONT_DESK,
        JERUSALEM,
        {23: date(2026, 3, 27), 24: date(2026, 3, 26), 25: date(2026, 10, 25)},
    ),
    "America/New_York": Clocks(
        seed.PASSPORT_OFFICE,
        NEW_YORK,
        {23: date(2026, 3, 8), 24: date(2026, 3, 9), 25: date(2026, 11, 1)},
    ),
    "Australia/Lord_Howe": Clocks(
        seed.ISLAND_LINE,
        LORD_HOWE,
        {23.5: date(2026, 10, 4), 24: date(2026, 10, 5), 24.5: date(2026, 4, 5)},
        120,
    ),
    "Europe/London": Clocks(
        seed.NIGHT_LINE,
        LONDON,
        {23: date(2026, 3, 29), 24: date(2026, 3, 30), 25: date(2026, 10, 25)},
        60,
    ),
}
by_zone = pytest.mark.parametrize("name", CLOCKS)
GIVEN = {
    "service_type_id": seed.QUESTION,
    "channel": "FaceToFace",
    "contact_phone_number": "2025550123",
    "contact_email": "ana@example.org",
}


def before(office, day):
    """Put the clock to some days before a day; bookings are for later."""
    office.sandbox.clock.set(datetime.combine(day, time(12), UTC) - timedelta(days=20))


def test_the_days_have_so_many_hours():
    for clocks in CLOCKS.values():
        for hours, day in clocks.days.items():
            midnight = datetime.combine(day, time(), clocks.zone).astimezone(UTC)
            next_one = datetime.combine(day + timedelta(days=1), time(), clocks.zone).astimezone(UTC)
            assert next_one - midnight == timedelta(hours=hours)


def picked(slots, turn):
    """Give the first and the last time, and those around the change of the clock."""
    around = [slot for slot in slots if turn is not None and abs(clock_of(slot)[1] - turn) <= 45]
    return list(dict.fromkeys((slots[0], *around, slots[-1])))


@by_zone
def test_a_day_of_each_kind_is_booked_listed_moved_and_cancelled(name, office):
    clocks = CLOCKS[name]

    async def live_through(c, day, hours):
        before(office, day)
        calendars = await c.collect(c.list("calendars.list", clocks.service, day))
        # On a Sunday nobody is at the passport office's second desk.
        calendar = next(one for one in calendars if one.working_hours)
        assert calendar.date == day
        vacancies = await c.call("calendars.vacancies", calendar, service_type_id=seed.QUESTION)
        slots = vacancies.slots
        # Each is what the clock shows, in the service's zone; they are in order, and none comes twice.
        assert [clock_of(slot) for slot in slots] == [(day, minutes) for minutes in vacancies.minutes]
        assert all(slot.tzinfo is clocks.zone for slot in slots)
        moments = [slot.astimezone(UTC) for slot in slots]
        assert all(later - earlier >= vacancies.duration for earlier, later in pairwise(moments))
        if clocks.turn is not None:
            whole = timedelta(hours=hours) / vacancies.duration
            assert len(slots) == min(whole, 96) == len(vacancies.minutes)
        case = None
        given_ = {**GIVEN, "customer_record_id": office.customer}
        for slot in picked(slots, clocks.turn):
            if case is None:
                case = await c.call("appointments.book", calendar, start=slot, **given_)
            else:
                case = await c.call("appointments.rebook", case, calendar, start=slot.astimezone(UTC), **given_)
            assert (case.appointment.starts_at, case.differences, case.checked) == (slot, (), True)
            assert case.appointment.starts_at.tzinfo is clocks.zone
            assert case.appointment.time_zone == name
            assert case.appointment.ends_at.astimezone(UTC) == slot.astimezone(UTC) + vacancies.duration
            (listed,) = await c.collect(c.list("appointments.list", calendar))
            assert listed == await c.call("appointments.get", str(case.reference))
            assert (listed.case_id, listed.appointment.starts_at) == (case.case_id, slot)
            assert (listed.appointment.date, listed.appointment.start) == clock_of(slot)
        await c.call("appointments.cancel", case)
        assert (await c.call("calendars.vacancies", calendar, service_type_id=seed.QUESTION)).slots == slots

    async def story(c):
        for hours, day in clocks.days.items():
            office.emulation.world.cases.clear()
            office.emulation.world._booked.clear()
            await live_through(c, day, hours)

    office.tell(story)
    assert office.live() == []
    assert len(office.sandbox.ledger.created("appointments")) >= 6


NO_CLOCK = {
    "an hour": ("Night line", date(2026, 3, 29), (60, 119), LONDON, "Europe/London"),
    "half an hour": ("Island line", date(2026, 10, 4), (120, 149), LORD_HOWE, "Australia/Lord_Howe"),
    "an hour in spring": ("Front desk", date(2026, 3, 27), (120, 179), JERUSALEM, "Asia/Jerusalem"),
    "an hour in March": ("Passport office", date(2026, 3, 8), (120, 179), NEW_YORK, "America/New_York"),
}


@pytest.mark.parametrize("what", NO_CLOCK)
def test_a_time_that_the_clock_leaps_over_is_refused_and_nothing_is_sent(what, office):
    service, day, gap, zone, name = NO_CLOCK[what]
    before(office, day)

    async def story(c):
        ref = CalendarRef(service_id=office.sandbox.cubu.catalogue.service_id(service, "s"), date=day, cu_index=0)
        given_ = {**GIVEN, "customer_record_id": office.customer}
        for minutes in gap:
            start = datetime.combine(day, time(*divmod(minutes, 60)), zone)
            with pytest.raises(
                ValueError, match=rf"^start does not come back from UTC.*the clock of {name} leaps over it on that"
            ):
                await c.call("appointments.book", ref, start=start, **given_)
        assert office.seen() == []
        for minutes in gap:  # minutes are sent as they are
            with pytest.raises(SlotUnavailableError):
                await c.call("appointments.book", ref, start=minutes, **given_)

    office.tell(story)
    assert len(office.seen("POST")) == 2


AGAIN = {
    "an hour": (seed.NIGHT_LINE, date(2026, 10, 25), 60, LONDON, timedelta(hours=1)),
    "half an hour": (seed.ISLAND_LINE, date(2026, 4, 5), 90, LORD_HOWE, timedelta(minutes=30)),
}


@pytest.mark.parametrize("what", AGAIN)
def test_a_time_that_comes_twice_means_the_first_and_the_second_is_refused(what, office):
    service, day, minutes, zone, later = AGAIN[what]
    before(office, day)
    first = datetime.combine(day, time(*divmod(minutes, 60)), zone)
    second = first.replace(fold=1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == later

    async def story(c):
        ref = CalendarRef(service_id=service, date=day, cu_index=0)
        shown = f"{first:%H:%M}"
        for start in (second, second.astimezone(UTC), second.astimezone(NEW_YORK)):
            told = rf"^start cannot be named: the clock of {zone.key} shows {shown} for the second time then.*as an int"
            with pytest.raises(ValueError, match=told):
                await c.call("appointments.book", ref, start=start, **GIVEN)
        assert office.seen() == []
        made = await c.call("appointments.book", ref, start=first, **GIVEN)
        assert made.appointment.starts_at.astimezone(UTC) == first.astimezone(UTC)
        await c.call("appointments.cancel", made)
        return await c.call("appointments.book", ref, start=minutes, **GIVEN)

    made = office.tell(story)
    assert made.appointment.starts_at.astimezone(UTC) == first.astimezone(UTC)
    assert made.differences == ()


def test_a_time_that_the_callers_own_clock_leaps_over_is_one_that_the_services_clock_shows(office):
    """Where the caller's zone is another: it is the same moment, and only the service's clock counts."""
    day = date(2026, 3, 29)
    before(office, day)

    async def story(c):
        ref = CalendarRef(service_id=seed.FRONT_DESK, date=day, cu_index=0)
        start = datetime(2026, 3, 29, 8, 30, tzinfo=LONDON)
        return await c.call("appointments.book", ref, start=start, **GIVEN)

    assert office.tell(story).appointment.start == 10 * 60 + 30


GAPS = {
    "the service's zone under another name": ZoneInfo("GB"),
    "the service's zone, read anew": ZoneInfo.no_cache("Europe/London"),
    "another zone with that gap": ZoneInfo("Europe/Lisbon"),
    "another library's zone": gettz("Europe/London"),
}


@pytest.mark.parametrize("whose", GAPS)
def test_a_time_that_is_none_in_its_own_zone_is_refused(whose):
    with pytest.raises(
        ValueError, match=r"^start does not come back from UTC as it was: either the clock of .* leaps over"
    ):
        wall_clock(datetime(2026, 3, 29, 1, 30, tzinfo=GAPS[whose]), LONDON, "start")


class Sparse(tzinfo):
    """What Python asks of a zone at least: it says how far it is from UTC."""

    def utcoffset(self, when):
        del when
        return timedelta(hours=2)


class NoSummer(Sparse):
    """One that does not know of summer."""

    def dst(self, when):
        del when


class Summer(Sparse):
    """One that knows that it has none."""

    def dst(self, when):
        del when
        return timedelta(0)


@pytest.mark.parametrize("kind", [Sparse, NoSummer, Summer])
def test_a_zone_that_knows_little_of_itself_will_do(kind):
    start = datetime(2026, 3, 3, 9, tzinfo=kind())
    assert wall_clock(start, JERUSALEM, "start") == (date(2026, 3, 3), 540)
    assert wall_clock(start, LONDON, "start") == (date(2026, 3, 3), 420)


class Attached(tzinfo):
    """A zone that says of a moment of its own what it does not say of one from UTC, as pytz's does when attached."""

    def utcoffset(self, when):
        return timedelta(minutes=141 if when.second else 120)

    def dst(self, when):
        del when
        return timedelta(0)

    def fromutc(self, when):
        return when + timedelta(minutes=141)


def test_a_zone_that_was_attached_wrongly_is_told_to_be():
    with pytest.raises(ValueError, match=r"^start does not come back from UTC.*pytz has localize for that"):
        wall_clock(datetime(2026, 3, 3, 9, tzinfo=Attached()), JERUSALEM, "start")


ENDS = {
    "the last evening": (date.max, 1439, NEW_YORK),
    "the first morning": (date.min, 0, JERUSALEM),
}


@pytest.mark.parametrize("when", ENDS)
def test_at_the_ends_of_the_calendar_there_is_no_such_moment(when):
    day, minutes, zone = ENDS[when]
    assert moment_of(day, minutes, zone) is None
    start = datetime.combine(day, time(*divmod(minutes, 60)), zone)
    with pytest.raises(ValueError, match=r"^start is at the very end of the calendar: it has no equal in UTC\.$"):
        wall_clock(start, zone, "start")
    assert moment_of(day, minutes, LONDON if day == date.max else ZoneInfo("UTC")) is not None


def test_vacancies_of_the_last_day_are_minutes_where_there_is_no_moment():
    found = placed(Vacancies(duration_minutes=15, minutes=(0, 1439)), date.max, NEW_YORK)
    assert [clock_of(slot) for slot in found.slots] == [(date.max, 0)]


def test_an_appointment_ends_by_real_time(vendor):
    due = {**APPOINTMENT, "serviceId": NIGHT, "date": "2026-10-25T00:00:00", "duration": 20, "timeZoneId": None}
    due |= {"start": 110, "timeLocal": "2026-10-25T01:50:00", "timeUtc": "2026-10-25T00:50:00Z"}
    vendor.answers(answer([{**LISTED, "appointment": due}]))
    (case,) = vendor.tell(lambda c: c.collect(c.list("appointments.list", CALENDAR)), settings(catalogue=NAMED))
    start, end = case.appointment.starts_at, case.appointment.ends_at
    assert (clock_of(start), start.fold) == ((date(2026, 10, 25), 110), 0)
    assert (clock_of(end), end.fold) == ((date(2026, 10, 25), 70), 1)


# --- vacancies -------------------------------------------------------------------------------------------------------


def test_vacancies_that_the_clock_leaps_over_are_minutes_only(vendor):
    vendor.answers(answer({**VACANT, "slots": [30, 60, 90, 119, 120, 1439]}))
    ref = CalendarRef(service_id=NIGHT, date=date(2026, 3, 29), cu_index=0)

    async def story(c):
        return await c.call("calendars.vacancies", ref, service_type_id=RENEWAL)

    found = vendor.tell(story, settings(catalogue=NAMED))
    assert found.minutes == (30, 60, 90, 119, 120, 1439)
    assert [clock_of(slot)[1] for slot in found.slots] == [30, 120, 1439]
    assert [f"{slot:%H:%M%z}" for slot in found.slots] == ["00:30+0000", "02:00+0100", "23:59+0100"]


def test_vacancies_that_come_twice_are_the_first(vendor):
    vendor.answers(answer({**VACANT, "slots": [59, 60, 119, 120]}))
    ref = CalendarRef(service_id=NIGHT, date=date(2026, 10, 25), cu_index=0)

    async def story(c):
        return await c.call("calendars.vacancies", ref, service_type_id=RENEWAL)

    slots = vendor.tell(story, settings(catalogue=NAMED)).slots
    assert [f"{slot:%H:%M%z}" for slot in slots] == ["00:59+0100", "01:00+0100", "01:59+0100", "02:00+0000"]


def test_minutes_beyond_the_day_are_minutes_only(vendor):
    vendor.answers(answer({**VACANT, "slots": [-1, 0, 1439, 1440, 99999]}))

    async def story(c):
        return await c.call("calendars.vacancies", CALENDAR, service_type_id=RENEWAL)

    found = vendor.tell(story, settings(catalogue=NAMED))
    assert [clock_of(slot)[1] for slot in found.slots] == [0, 1439]
    assert len(found.minutes) == 5


def without_slots(found):
    """Tell whether vacancies say that they need a zone for their slots."""
    with pytest.raises(ConfigurationError, match=r"by the service's own clock.*CUBU_TIME_ZONE.*catalogue") as caught:
        _ = found.slots
    return caught.value.provider == "cubu"


def test_vacancies_without_a_zone_are_minutes_and_say_what_their_slots_need(vendor):
    vendor.answers(answer(VACANT))
    found = vendor.tell(lambda c: c.call("calendars.vacancies", CALENDAR, service_type_id=RENEWAL), settings())
    assert (found.minutes, found.duration) == ((540, 550, 560), timedelta(minutes=10))
    assert without_slots(found)
    assert without_slots(pickle.loads(pickle.dumps(found)))


def test_vacancies_with_a_zone_keep_their_slots_on_the_way_to_another_process(vendor):
    vendor.answers(answer({**VACANT, "slots": []}), answer(VACANT))

    async def story(c):
        return [await c.call("calendars.vacancies", CALENDAR, service_type_id=RENEWAL) for _ in range(2)]

    none, some = vendor.tell(story, settings(time_zone="Asia/Jerusalem"))
    assert none.slots == ()  # none are free, which is no error
    twin = pickle.loads(pickle.dumps(some))
    assert twin.slots == some.slots
    assert [clock_of(slot) for slot in twin.slots] == [(CALENDAR.date, minutes) for minutes in (540, 550, 560)]


def test_vacancies_by_hand_have_minutes_and_no_slots():
    found = Vacancies(duration_minutes=15, minutes=(540,))
    assert (found.minutes, found.duration) == ((540,), timedelta(minutes=15))
    assert without_slots(found)


# --- what an answer says ---------------------------------------------------------------------------------------------

NO_NAME = {"timeZoneId": None}
NO_UTC = {"timeUtc": None}
ANSWERS = {
    "the moment, in the settings' zone": ({}, {"time_zone": "Asia/Jerusalem"}, "2026-03-03T09:00:00+02:00", JERUSALEM),
    "the moment, by the Windows name of the answer": ({}, {}, "2026-03-03T09:00:00+02:00", JERUSALEM),
    "the moment, by the Windows name of the settings": (
        NO_NAME,
        {"time_zone": "Israel Standard Time"},
        "2026-03-03T09:00:00+02:00",
        JERUSALEM,
    ),
    "the moment, where nobody says the zone": (NO_NAME, {}, "2026-03-03T07:00:00+00:00", UTC),
    "the moment, where the name is unknown": (
        {"timeZoneId": "Atlantis Standard Time"},
        {},
        "2026-03-03T07:00:00+00:00",
        UTC,
    ),
    "the moment, whatever the minutes say": (
        {"start": 700, "timeLocal": "2026-03-03T11:51:00", "timeUtc": "2026-03-03T09:51:00Z"},
        {},
        "2026-03-03T11:51:00+02:00",
        JERUSALEM,
    ),
    "the answer's zone before the settings'": (
        {},
        {"time_zone": "America/New_York"},
        "2026-03-03T09:00:00+02:00",
        JERUSALEM,
    ),
    "the settings' zone, where the answer's name is unknown": (
        {"timeZoneId": "Atlantis Standard Time"},
        {"time_zone": "America/New_York"},
        "2026-03-03T02:00:00-05:00",
        NEW_YORK,
    ),
    "the catalogue's zone before the answer's": (
        {"timeZoneId": "Eastern Standard Time"},
        {"catalogue": NAMED},
        "2026-03-03T09:00:00+02:00",
        JERUSALEM,
    ),
    "the catalogue's zone before the settings'": (
        {},
        {"catalogue": NAMED, "time_zone": "America/New_York"},
        "2026-03-03T09:00:00+02:00",
        JERUSALEM,
    ),
    "the minutes in the zone, where the moment is null": (NO_UTC, {}, "2026-03-03T09:00:00+02:00", JERUSALEM),
    "the minutes on a day of 23 hours": (
        {**NO_UTC, "date": "2026-03-27T00:00:00"},
        {},
        "2026-03-27T09:00:00+03:00",
        JERUSALEM,
    ),
    "a moment with seven digits": (
        {"timeUtc": "2026-03-03T07:00:00.1234567Z"},
        {},
        "2026-03-03T09:00:00.123456+02:00",
        JERUSALEM,
    ),
    "a moment with an offset": ({"timeUtc": "2026-03-03T10:00:00+03:00"}, {}, "2026-03-03T09:00:00+02:00", JERUSALEM),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_an_appointment_begins_at(what, vendor):
    other, given_, expected, zone = ANSWERS[what]
    vendor.answers(answer([{**LISTED, "appointment": {**APPOINTMENT, **other}}]))
    (case,) = vendor.tell(lambda c: c.collect(c.list("appointments.list", CALENDAR)), settings(**given_))
    due = case.appointment
    assert due.starts_at.isoformat() == expected
    assert due.starts_at.tzinfo is zone
    assert due.ends_at - due.starts_at == timedelta(minutes=10)
    assert due.time_zone == (None if zone is UTC else zone.key)
    assert due.time_local == other.get("timeLocal", APPOINTMENT["timeLocal"])


UNSAID = {
    "no zone": ({**NO_UTC, **NO_NAME}, {}),
    "no minutes": ({**NO_UTC, "start": None}, {"time_zone": "Asia/Jerusalem"}),
    "no day": ({**NO_UTC, "date": None}, {"time_zone": "Asia/Jerusalem"}),
    "minutes that the clock leaps over": (
        {**NO_UTC, "date": "2026-03-27T00:00:00", "start": 150},
        {"time_zone": "Asia/Jerusalem"},
    ),
}


@pytest.mark.parametrize("what", UNSAID)
def test_nobody_can_say_when_an_appointment_begins_that_has(what, vendor):
    other, given_ = UNSAID[what]
    vendor.answers(answer([{**LISTED, "appointment": {**APPOINTMENT, **other}}]))
    (case,) = vendor.tell(lambda c: c.collect(c.list("appointments.list", CALENDAR)), settings(**given_))
    assert (case.appointment.starts_at, case.appointment.ends_at) == (None, None)
    # Its moment is on the case all the same.
    assert case.reference_date == datetime(2026, 3, 3, 7, tzinfo=UTC)


def test_an_appointment_without_a_length_has_no_end(vendor):
    vendor.answers(answer([{**LISTED, "appointment": {**APPOINTMENT, "duration": None}}]))
    (case,) = vendor.tell(lambda c: c.collect(c.list("appointments.list", CALENDAR)), settings())
    assert case.appointment.starts_at == datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert case.appointment.ends_at is None


MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001


@given(MOMENTS, st.integers(0, 9))
def test_a_time_is_read_with_any_digits_of_its_seconds_and_cut_to_microseconds(naive, digits):
    fraction = f"{naive.microsecond:06}789"[:digits]
    text = f"{naive.replace(microsecond=0).isoformat()}{'.' if digits else ''}{fraction}Z"
    read = WIRE.structure({"caseId": CASE_ID, "statusDate": text}, Case).status_date
    expected = naive.replace(microsecond=int(fraction[:6].ljust(6, "0") or 0), tzinfo=UTC)
    assert read == expected
    assert read.utcoffset() == timedelta(0)


@given(st.dates(), st.sampled_from(["", "T00:00:00", "T00:00:00.0", "T00:00:00.0000000"]))
def test_a_local_midnight_is_a_day(day, tail):
    read = WIRE.structure({"serviceId": NIGHT, "date": f"{day.isoformat()}{tail}", "cuIndex": 0}, Calendar)
    assert read.date == day
    assert type(read.date) is date


def test_a_booking_by_minutes_needs_no_zone_and_is_compared_by_its_minutes(vendor):
    vendor.answers(
        answer({**OPENED, "channel": "Video"}, 201),
        answer([{**LISTED, "appointment": {**APPOINTMENT, "timeUtc": "2026-03-03T23:00:00Z"}}]),
    )

    async def story(c):
        return await c.call("appointments.book", CALENDAR, **LEAST)

    made = vendor.tell(story, settings())
    assert [difference.field for difference in made.differences] == ["channel"]
