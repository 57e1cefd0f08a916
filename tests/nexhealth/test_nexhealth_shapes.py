"""Every verb's request, as it is sent: method, path, query, body and header fields, against the vendor's pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module
from pkgutil import iter_modules
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nexhealth_shapes import ALL
from nexhealth_support import raw, settings

from apptsdk.providers.nexhealth import AvailableSlot, operations
from apptsdk.providers.nexhealth.models import AppointmentCreate
from apptsdk.providers.nexhealth.operations import appointments
from apptsdk.providers.nexhealth.wire import WIRE

UNCHECKED = settings(check_location=False)
LISTS = {"list", "groups", "descriptors"}


def by_name(pairs):
    """Order a query by its names; what comes twice stays in its order."""
    return sorted(pairs, key=lambda pair: pair[0])


@pytest.mark.parametrize("shape", ALL, ids=str)
def test_a_verb_makes_the_vendors_request(shape, vendor):
    vendor.answers(always=raw(b"", 418))

    async def story(c):
        if shape.verb.rpartition(".")[2] in LISTS:
            await c.first(c.list(shape.verb, *shape.args, **shape.kwargs), default=None)
        else:
            await c.call(shape.verb, *shape.args, **shape.kwargs)

    with pytest.raises(Exception, match="418"):
        vendor.tell(story, UNCHECKED)
    (seen,) = vendor.seen
    assert f"{seen.method} {seen.path}" == shape.request
    assert by_name(seen.query) == by_name(shape.query)
    assert seen.body == shape.body
    assert seen.headers["authorization"].startswith("Bearer ey")
    assert seen.headers.get("content-type") == (None if shape.body is None else "application/json")


def test_there_is_a_shape_for_every_verb():
    names = [info.name for info in iter_modules(operations.__path__) if info.name not in {"client", "webhooks"}]
    verbs = {
        f"{name}.{verb.__name__}" for name in names for verb in import_module(f"{operations.__name__}.{name}").VERBS
    }
    assert verbs - {shape.verb for shape in ALL} == {"appointments.wait_until_written"}


def test_a_query_is_percent_encoded(vendor):
    vendor.answers(always=raw(b"", 418))
    with pytest.raises(Exception, match="418"):
        vendor.tell(lambda c: c.first(c.list("patients.list", name="A&b=c#d +é", updated_since=datetime.now(UTC))))
    url = vendor.feed.requests[0].url
    assert "name=A%26b%3Dc%23d%20%2B%C3%A9&" in url
    assert "%2B0000" in url
    assert url.isascii()


# --- times -----------------------------------------------------------------------------------------------------------


def sent(start, end=None):
    given = {} if end is None else {"end_time": end}
    body = AppointmentCreate(patient_id=1, provider_id=2, start_time=start, **given)
    operation = appointments.resource.create(UNCHECKED.scope_of_calls, body)
    return operation.body["appt"]["start_time"]


MOMENTS = {
    "in UTC": (datetime(2031, 4, 15, 14, tzinfo=UTC), "2031-04-15T14:00:00.000Z"),
    "in a zone": (datetime(2031, 4, 15, 9, tzinfo=ZoneInfo("America/Chicago")), "2031-04-15T09:00:00.000-05:00"),
    "in a zone that is UTC": (datetime(2031, 1, 15, 9, tzinfo=ZoneInfo("Europe/London")), "2031-01-15T09:00:00.000Z"),
    "in a zone of half an hour": (
        datetime(2031, 4, 15, 9, tzinfo=ZoneInfo("America/St_Johns")),
        "2031-04-15T09:00:00.000-02:30",
    ),
    "before the clocks go back": (
        datetime(2031, 11, 2, 1, 30, tzinfo=ZoneInfo("America/Chicago")),
        "2031-11-02T01:30:00.000-05:00",
    ),
    "after the clocks went back": (
        datetime(2031, 11, 2, 1, 30, fold=1, tzinfo=ZoneInfo("America/Chicago")),
        "2031-11-02T01:30:00.000-06:00",
    ),
    "with fractions": (datetime(2031, 4, 15, 14, 0, 0, 123_999, tzinfo=UTC), "2031-04-15T14:00:00.123Z"),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_a_moment_is_sent_with_milliseconds_and_its_offset(name):
    moment, text = MOMENTS[name]
    assert sent(moment) == text


@given(st.datetimes(min_value=datetime(1000, 1, 3), max_value=datetime(9998, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_any_aware_moment_is_sent_as_itself_cut_to_milliseconds(moment):
    if moment.utcoffset().total_seconds() % 60:
        return  # offsets of long ago had seconds, which no ISO 8601 has
    text = sent(moment)
    found = datetime.fromisoformat(text)
    assert timedelta(0) <= moment.astimezone(UTC) - found < timedelta(milliseconds=1)
    assert found.utcoffset() == moment.utcoffset()
    assert len(text) in {len("2031-04-15T14:00:00.000Z"), len("2031-04-15T09:00:00.000-05:00")}


MINUTES = st.integers(-14 * 60, 14 * 60)


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(0, 999),
    MINUTES,
)
def test_a_slots_time_is_handed_back_to_the_letter(moment, milliseconds, minutes):
    moment = moment.replace(microsecond=milliseconds * 1000, tzinfo=timezone(timedelta(minutes=minutes)))
    text = moment.isoformat(timespec="milliseconds")
    slot = WIRE.structure({"time": text}, AvailableSlot)
    assert sent(slot.time) == (text if minutes else text.replace("+00:00", "Z"))


@pytest.mark.parametrize(
    "text", ["2031-04-15T09:00:00.000-05:00", "2031-04-15T14:00:00.000Z", "2031-04-15T09:00:00.125+05:45"]
)
def test_a_slots_time_survives_the_way_through_a_client(text, vendor):
    vendor.answers(raw(f'{{"code": true, "data": [{{"lid": 41, "slots": [{{"time": "{text}"}}]}}]}}'.encode()))

    async def find(c):
        return await c.first(c.list("available_slots.list", start_date=date(2031, 4, 15), days=1, provider_ids=[71]))

    slot = vendor.tell(find)
    vendor.answers(raw(b"", 418))
    with pytest.raises(Exception, match="418"):
        vendor.tell(
            lambda c: c.call("appointments.create", patient_id=1, provider_id=2, start_time=slot.time), UNCHECKED
        )
    assert vendor.seen[0].body["appt"]["start_time"] == text


@given(st.datetimes())
def test_a_naive_moment_is_refused_and_the_fix_is_in_the_message(moment):
    with pytest.raises(ValueError, match=r"start_time is naive.*start_time\.replace\(tzinfo=zoneinfo\.ZoneInfo"):
        sent(moment)


@given(st.datetimes(min_value=datetime(1000, 1, 3), max_value=datetime(9998, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_any_moment_in_a_query_is_utc_in_whole_seconds(moment):
    from apptsdk.providers.nexhealth.wire import asked_moment  # noqa: PLC0415 - one test's

    text = asked_moment(moment)
    assert text.endswith("+0000")
    assert timedelta(0) <= moment.astimezone(UTC) - datetime.fromisoformat(text) < timedelta(seconds=1)
    assert len(text) == len("2031-04-15T14:00:00+0000")
