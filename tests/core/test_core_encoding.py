"""Arguments into JSON: checked by their declared types, with errors that name the argument."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

import attrs
import pytest
from core_support import ENCODING, Contact, VisitInput, VisitStatus
from hypothesis import given
from hypothesis import strategies as st

from apptsdk.models import UNSET, Id, Unset
from apptsdk.moments import aware
from apptsdk.urls import plain_id
from apptsdk.wire import Encoding, utc_seconds

MOMENT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)


def encode(**fields):
    return ENCODING.encode(VisitInput(**fields))


WRITTEN = {
    "an id as text": ("patient_id", "31", "31"),
    "an id as a number": ("patient_id", 31, "31"),
    "a large id": ("patient_id", 2**63, str(2**63)),
    "UTC": ("starts_at", MOMENT, "2026-03-02T22:00:00Z"),
    "another zone": ("starts_at", MOMENT.astimezone(ZoneInfo("Australia/Adelaide")), "2026-03-02T22:00:00Z"),
    "fractions": ("starts_at", MOMENT + timedelta(microseconds=999_999), "2026-03-02T22:00:00Z"),
    "text": ("notes", "first visit", "first visit"),
    "empty text": ("notes", "", ""),
    "null": ("notes", None, None),
    "a date": ("born", date(1990, 5, 17), "1990-05-17"),
    "no date": ("born", None, None),
    "a number": ("seats", 0, 0),
    "a boolean": ("online", False, False),
    "an enum": ("status", VisitStatus.BOOKED, "Booked"),
    "an enum's value": ("status", "Booked", "Booked"),
    "an enum's value that nobody has seen": ("status", "Teleported", "Teleported"),
    "a decimal": ("price", Decimal("10.10"), "10.10"),
    "a whole decimal": ("price", 10, "10"),
    "a list": ("tags", ["a", "b"], ["a", "b"]),
    "a tuple": ("tags", ("a",), ["a"]),
    "an object": ("contact", Contact(name="Ada"), {"name": "Ada"}),
    "an object with null": ("contact", Contact(name="Ada", phone=None), {"name": "Ada", "phone": None}),
    "objects": ("contacts", [Contact(name="Ada")], [{"name": "Ada"}]),
    "no objects": ("contacts", None, None),
    "a mapping": ("extra", {"a": 1}, {"a": 1}),
}
REFUSED = {
    "a float id": ("patient_id", 1.2e18, TypeError, "patient_id must be a str or an int"),
    "a boolean id": ("patient_id", True, TypeError, "patient_id must be"),
    "no id": ("patient_id", None, TypeError, "patient_id must be"),
    "an id with a slash": ("patient_id", "a/b", ValueError, "patient_id is not an id"),
    "a naive time": ("starts_at", datetime(2026, 3, 2), ValueError, "starts_at is naive"),  # noqa: DTZ001 - the point
    "a date as a time": ("starts_at", date(2026, 3, 2), TypeError, "starts_at must be a datetime, not date"),
    "a text as a time": ("starts_at", "2026-03-02T22:00:00Z", TypeError, "starts_at must be a datetime, not str"),
    "a null that none takes": ("starts_at", None, TypeError, "starts_at must be a datetime, not NoneType"),
    "a time as a date": ("born", MOMENT, TypeError, "born must be a date, not datetime"),
    "a text as a date": ("born", "1990-05-17", TypeError, "born must be a date, not str"),
    "a number as text": ("notes", 5, TypeError, "notes must be str, not int"),
    "a boolean as a number": ("seats", True, TypeError, "seats must be int, not bool"),
    "a float as a number": ("seats", 1.0, TypeError, "seats must be int, not float"),
    "a number as a boolean": ("online", 1, TypeError, "online must be bool, not int"),
    "a number as an enum": ("status", 5, ValueError, "status must be a VisitStatus: one of 'Booked', 'Cancelled'"),
    "a float as a decimal": ("price", 10.1, TypeError, "price must be a Decimal, not float: a float would round it"),
    "a boolean as a decimal": ("price", True, TypeError, "price must be a Decimal"),
    "a text as a list": ("tags", "canary", TypeError, "tags must be a list or a tuple, not str"),
    "bytes as a list": ("tags", b"canary", TypeError, "tags must be a list or a tuple, not bytes"),
    "a set as a list": ("tags", {"a"}, TypeError, "tags must be a list or a tuple, not set"),
    "a wrong item": ("tags", ["a", 5], TypeError, r"tags\[1\] must be str, not int"),
    "a dict as an object": ("contact", {"name": "x"}, TypeError, "contact must be a Contact, not dict"),
    "a wrong field of an object": ("contact", Contact(name=5), TypeError, r"contact\.name must be str, not int"),
    "a wrong object of a list": ("contacts", [Contact(name="a"), 5], TypeError, r"contacts\[1\] must be a Contact"),
    "a wrong field in a list": ("contacts", [Contact(name=5)], TypeError, r"contacts\[0\]\.name must be str"),
    "a list as a mapping": ("extra", [("a", 1)], TypeError, "extra must be a mapping, not list"),
}


@pytest.mark.parametrize(("field", "value", "written"), WRITTEN.values(), ids=WRITTEN)
def test_each_type_is_written(field, value, written):
    assert encode(**{field: value}) == {field: written}


@pytest.mark.parametrize(("field", "value", "kind", "why"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_by_the_arguments_name(field, value, kind, why):
    with pytest.raises(kind, match=f"^{why}") as caught:
        encode(**{field: value})

    assert "canary" not in str(caught.value)


def test_what_was_not_given_is_left_out_and_null_is_written():
    assert encode() == {}
    assert encode(notes=None, born=None) == {"notes": None, "born": None}


def test_names_can_be_said_to_belong_to_an_argument():
    with pytest.raises(TypeError, match=r"^patients\[3\]\.notes must be str"):
        ENCODING.encode(VisitInput(notes=5), "patients[3]")


def test_a_provider_writes_times_and_ids_its_own_way():
    encoding = Encoding(
        moment=lambda value: value.timestamp(), identifier=lambda value, argument: f"{argument}:{value}"
    )

    assert encoding.encode(VisitInput(starts_at=MOMENT, patient_id=5)) == {
        "starts_at": MOMENT.timestamp(),
        "patient_id": "patient_id:5",
    }


@attrs.frozen(kw_only=True)
class HoursInput:
    begin_time: time | Unset = UNSET
    unit: Literal["day", "week"] | Unset = UNSET
    room_ids: Sequence[Id] | Unset = UNSET


@pytest.mark.parametrize(
    ("value", "text"),
    [(time(9), "09:00"), (time(0), "00:00"), (time(23, 59), "23:59"), (time(1, 30, fold=1), "01:30")],
)
def test_a_time_of_the_day_is_an_hour_and_a_minute(value, text):
    assert ENCODING.encode(HoursInput(begin_time=value)) == {"begin_time": text}


@pytest.mark.parametrize(
    ("value", "kind", "why"),
    [
        (time(9, 0, 1), ValueError, "begin_time must be an hour and a minute of the local clock"),
        (time(9, 0, 0, 1), ValueError, "begin_time must be an hour and a minute"),
        (time(9, tzinfo=UTC), ValueError, "begin_time must be an hour and a minute of the local clock, without a time"),
        (MOMENT, TypeError, "begin_time must be a time, not datetime"),
        ("09:00", TypeError, "begin_time must be a time, not str"),
        (None, TypeError, "begin_time must be a time, not NoneType"),
        (9, TypeError, "begin_time must be a time, not int"),
    ],
)
def test_what_is_no_time_of_the_day_is_refused(value, kind, why):
    with pytest.raises(kind, match=f"^{why}"):
        ENCODING.encode(HoursInput(begin_time=value))


@given(st.times().map(lambda value: value.replace(second=0, microsecond=0)))
def test_every_time_of_the_day_is_read_back_as_it_was(value):
    assert time.fromisoformat(ENCODING.encode(HoursInput(begin_time=value))["begin_time"]) == value


@pytest.mark.parametrize("value", ["day", "week"])
def test_one_of_a_few_words_is_written(value):
    assert ENCODING.encode(HoursInput(unit=value)) == {"unit": value}


@pytest.mark.parametrize("value", ["year", "Day", "", None, 5, ["day"]])
def test_any_other_word_is_refused_with_those_that_are_known(value):
    with pytest.raises(ValueError, match=r"^unit must be one of 'day', 'week'\.$"):
        ENCODING.encode(HoursInput(unit=value))


@pytest.mark.parametrize("given_ids", [[31, "32"], ("31", 32)])
def test_a_provider_may_write_ids_as_numbers(given_ids):
    encoding = Encoding(identifier=lambda value, argument: int(plain_id(value, argument)))

    assert encoding.encode(HoursInput(room_ids=given_ids)) == {"room_ids": [31, 32]}
    assert all(type(one) is int for one in encoding.encode(HoursInput(room_ids=given_ids))["room_ids"])
    with pytest.raises(TypeError, match=r"^room_ids\[1\] must be a str or an int, not float"):
        encoding.encode(HoursInput(room_ids=[1, 2.0]))


@pytest.mark.parametrize("kind", [float | None, Sequence[bytes], complex | None, dict[str, int], list[str]])
def test_a_type_that_has_no_encoder_is_found_out_at_once(kind):
    made = attrs.make_class("Odd", {"value": attrs.field(type=kind)}, kw_only=True, frozen=True)
    with pytest.raises((TypeError, attrs.exceptions.NotAnAttrsClassError)):
        ENCODING.encode(made(value=1.5))


def test_a_naive_time_is_refused_with_the_fix():
    with pytest.raises(ValueError, match="naive") as caught:
        aware(datetime(2026, 3, 2), "start")  # noqa: DTZ001 - the point

    assert 'start.replace(tzinfo=zoneinfo.ZoneInfo("Australia/Sydney"))' in str(caught.value)
    assert aware(MOMENT, "start") is MOMENT


@pytest.mark.parametrize(
    "moment",
    [
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=1))),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_a_moment_that_has_no_equal_in_utc_is_refused(moment):
    with pytest.raises(ValueError, match=r"^starts_at is at the very end of the calendar"):
        encode(starts_at=moment)


def test_half_a_surrogate_pair_is_refused_and_not_shown():
    with pytest.raises(ValueError, match=r"^notes is not valid Unicode") as caught:
        encode(notes="canary \ud83d")

    assert "canary" not in str(caught.value)
    assert encode(notes="\U0001f600 é") == {"notes": "\U0001f600 é"}


@given(
    st.datetimes(
        datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(9999, 12, 30),  # noqa: DTZ001 - hypothesis adds the zone
        timezones=st.sampled_from(["UTC", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns"]).map(ZoneInfo)
        | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_every_moment_is_written_in_utc_to_the_second(moment):
    text = utc_seconds(moment)

    assert len(text) == 20
    written = datetime.fromisoformat(text)
    assert timedelta() <= moment - written < timedelta(seconds=1)


def test_unset_is_false_and_knows_its_name():
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert Unset("UNSET") is UNSET
