"""What the typed filters mean: read back by the sandbox's own parser, and beside a plain filter over all rows."""

from __future__ import annotations

import operator
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from props import NOW, props

from apptsdk import urls
from apptsdk.providers.cliniko import ReferralType
from apptsdk.providers.cliniko.models import BookingFilters, PatientFilters
from apptsdk.sandbox.cliniko.filters import Field, read_filters

B, P = BookingFilters(), PatientFilters()
SYDNEY = ZoneInfo("Australia/Sydney")
ORDERS = (operator.lt, operator.le, operator.gt, operator.ge)
EQUALS = (operator.eq, operator.ne)
COMPARE = (*ORDERS, *EQUALS)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ODD = st.text(alphabet="~=!<>?*%:,&#+;[] \\'\"Aaé\n", min_size=1, max_size=8)
TEXTS = (st.text(min_size=1) | ODD).filter(lambda text: text.strip())
IDS = st.integers(min_value=0, max_value=2**63 - 1)
ZONES = st.timezones() | st.just(timezone(timedelta(hours=-11, minutes=-30)))
MOMENTS = st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9998, 1, 1), timezones=ZONES)  # noqa: DTZ001
DAYS = st.dates(max_value=date(2999, 12, 31))


def reads(made, kind):
    """Give the test that the sandbox makes of a filter, once it has gone through a URL."""
    ((name, text),) = parse_qsl(urls.query_string((("q[]", made.text),)), keep_blank_values=True, strict_parsing=True)
    assert name == "q[]"
    (read,) = read_filters([text], {made.field.name: Field(kind, lambda row: row)}, UTC)
    assert read.field == made.field.name
    return read.passes


def second(moment):
    return (moment.astimezone(UTC) - EPOCH) // timedelta(seconds=1)


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_is_read_back_as_it_is(text, before, after):
    for holds in EQUALS:
        passes = reads(holds(P.last_name, text), "string")
        for other in (text, before, after, before + text, text[1:]):
            assert passes(other) is holds(other.casefold(), text.casefold())
        assert not passes(None)
    if "%" not in text:
        part = reads(P.last_name.contains(text), "string")
        assert all(part(other) for other in (text, before + text, text + after, before + text + after))
        assert not part("")
        assert not part(None)
    like = reads(P.last_name.like(f"{text}%{after}"), "string")
    assert like(text + before + after)
    assert like(text + after)
    assert not like(None)


@given(TEXTS, TEXTS)
def test_a_part_is_found_only_where_it_is(text, other):
    if "%" not in text and text.isascii() and other.isascii():
        assert reads(P.last_name.contains(text), "string")(other) is (text.lower() in other.lower())


@given(MOMENTS, MOMENTS)
def test_the_same_rows_fit_any_moment_as_in_python(moment, other):
    for holds in ORDERS:
        passes = reads(holds(B.starts_at, moment), "date-time")
        for row in (second(moment) - 1, second(moment), second(moment) + 1, second(other)):
            assert passes(row) is holds(EPOCH + timedelta(seconds=row), moment)
        assert not passes(None)


@given(DAYS, DAYS)
def test_any_day_is_read_back_as_the_same_day(day, other):
    for holds in (*ORDERS, operator.eq):
        passes = reads(holds(P.date_of_birth, day), "date")
        assert passes(other.isoformat()) is holds(other, day)
        assert passes(day.isoformat()) is holds(day, day)


@given(DAYS, DAYS, st.sets(st.sampled_from([0, 1, 2, 3, 5, 6, 8, 9]), min_size=1))
def test_any_pattern_of_days_is_read_back_as_the_same_pattern(day, other, stars):
    pattern = "".join("*" if place in stars else digit for place, digit in enumerate(day.isoformat()))
    passes = reads(P.date_of_birth.like(pattern), "date")
    fits = all(place in stars or digit == day.isoformat()[place] for place, digit in enumerate(other.isoformat()))
    assert passes(day.isoformat())
    assert passes(other.isoformat()) is fits


@given(IDS, IDS, st.lists(IDS, min_size=1), st.booleans())
def test_any_id_is_read_back_as_the_same_number(number, other, several, as_text):
    given_ = str(number) if as_text else number
    for holds in COMPARE:
        passes = reads(holds(B.practitioner_id, given_), "int64")
        for row in (number, other, number + 1):
            assert passes(row) is holds(row, number)
    among = reads(B.practitioner_id.is_in([given_, *several]), "int64")
    assert all(among(row) for row in (number, *several))
    assert among(other) is (other in {number, *several})
    member = reads(B.patient_ids.contains(given_), "array")
    assert member([str(other), str(number)])
    assert member([str(other)]) is (other == number)
    assert not member(None)


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_any_number_is_read_back_as_the_same_number(number, other):
    for holds in COMPARE:
        assert reads(holds(B.invoice_status, number), "int64")(other) is holds(other, number)
    assert reads(B.invoice_status.is_in([number, other]), "int64")(other)


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("row", [True, False, None])
def test_a_truth_is_read_back_as_the_same_truth(value, row):
    assert reads(B.did_not_arrive.is_(value), "boolean")(row) is (row is value)
    assert reads(B.did_not_arrive == value, "boolean")(row) is (row is value)
    assert reads(B.did_not_arrive != value, "boolean")(row) is (row is not None and row is not value)


@pytest.mark.parametrize("row", [0, None])
def test_nulls_are_told_from_values(row):
    assert reads(B.cancelled_at.is_null(), "date-time")(row) is (row is None)
    assert reads(B.cancelled_at.is_not_null(), "date-time")(row) is (row is not None)
    assert reads(B.cancelled_at.any(), "date-time")(row)
    assert reads(B.repeated_from_id.is_null(), "int64")(row) is (row is None)
    assert reads(P.last_name.is_not_null(), "string")(None) is False


# --- end to end ------------------------------------------------------------------------------------------------------


def known(holds):
    """A condition on a value that may be null; null fits none but `is_null`."""
    return lambda value: value is not None and holds(value)


def identity(value):
    return value


def one_id(link):
    return None if link is None else int(link.id)


def group():
    return int(props().group_appointments[0])


def practitioners():
    return [int(number) for number in props().practitioners]


SOON, LATER = NOW + timedelta(days=2), NOW + timedelta(days=5, hours=3)
# By resource: the field, what it reads from a row, the filter, and the same in plain Python.
SAME = {
    "patients": (
        ("last_name", identity, lambda f: f == "park", known(lambda v: v.lower() == "park")),
        ("last_name", identity, lambda f: f != "Park", known(lambda v: v.lower() != "park")),
        ("first_name", identity, lambda f: f.contains("an"), known(lambda v: "an" in v.lower())),
        ("first_name", identity, lambda f: f.like("%a"), known(lambda v: v.endswith("a"))),
        ("first_name", identity, lambda f: f.contains("~"), known(lambda v: "~" in v)),
        ("last_name", identity, lambda f: f == "=O'Neill & Sons: 100%, #1?", known(lambda v: v.startswith("="))),
        ("preferred_first_name", identity, lambda f: f.is_null(), lambda v: v is None),
        ("preferred_first_name", identity, lambda f: f.is_not_null(), known(lambda v: True)),
        ("preferred_first_name", identity, lambda f: f != "Zoë", known(lambda v: v != "Zoë")),
        ("date_of_birth", identity, lambda f: f == date(1954, 2, 5), known(lambda v: v == date(1954, 2, 5))),
        ("date_of_birth", identity, lambda f: f >= date(1970, 6, 13), known(lambda v: v >= date(1970, 6, 13))),
        ("date_of_birth", identity, lambda f: f > date(1970, 6, 13), known(lambda v: v > date(1970, 6, 13))),
        ("date_of_birth", identity, lambda f: f <= date(1970, 6, 13), known(lambda v: v <= date(1970, 6, 13))),
        ("date_of_birth", identity, lambda f: f < date(1970, 6, 13), known(lambda v: v < date(1970, 6, 13))),
        ("date_of_birth", identity, lambda f: f.like("****-05-**"), known(lambda v: v.month == 5)),
        ("date_of_birth", identity, lambda f: f.is_null(), lambda v: v is None),
        ("date_of_birth", identity, lambda f: f.is_not_null(), known(lambda v: True)),
        ("accepted_privacy_policy", identity, lambda f: f.is_(True), lambda v: v is True),
        ("accepted_privacy_policy", identity, lambda f: f == False, lambda v: v is False),  # noqa: E712
        ("accepted_privacy_policy", identity, lambda f: f != False, lambda v: v is True),  # noqa: E712
        ("archived_at", identity, lambda f: f.is_not_null(), known(lambda v: True)),
        ("archived_at", identity, lambda f: f.is_null(), lambda v: v is None),
    ),
    "individual_appointments": (
        ("starts_at", identity, lambda f: f >= SOON, lambda v: v >= SOON),
        ("starts_at", identity, lambda f: f > SOON, lambda v: v > SOON),
        ("starts_at", identity, lambda f: f <= LATER.astimezone(SYDNEY), lambda v: v <= LATER),
        ("starts_at", identity, lambda f: f < LATER.astimezone(SYDNEY), lambda v: v < LATER),
        ("cancelled_at", identity, lambda f: f.is_not_null(), known(lambda v: True)),
        ("cancelled_at", identity, lambda f: f.is_null(), lambda v: v is None),
        ("practitioner_id", one_id, lambda f: f == practitioners()[0], lambda v: v == practitioners()[0]),
        ("practitioner_id", one_id, lambda f: f != practitioners()[0], lambda v: v != practitioners()[0]),
        ("practitioner_id", one_id, lambda f: f.is_in(practitioners()[:2]), lambda v: v in practitioners()[:2]),
        ("practitioner_id", one_id, lambda f: f >= practitioners()[1], lambda v: v >= practitioners()[1]),
        ("practitioner_id", one_id, lambda f: f > practitioners()[1], lambda v: v > practitioners()[1]),
        ("practitioner_id", one_id, lambda f: f <= practitioners()[1], lambda v: v <= practitioners()[1]),
        ("practitioner_id", one_id, lambda f: f < practitioners()[1], lambda v: v < practitioners()[1]),
        ("repeated_from_id", one_id, lambda f: f.is_null(), lambda v: v is None),
        ("repeated_from_id", one_id, lambda f: f.is_not_null(), known(lambda v: True)),
        ("did_not_arrive", identity, lambda f: f.is_(True), lambda v: v is True),
        ("did_not_arrive", identity, lambda f: f != True, lambda v: v is False),  # noqa: E712
    ),
    "bookings": (
        ("appointment_type_id", one_id, lambda f: f.is_not_null(), known(lambda v: True)),
        ("practitioner_id", one_id, lambda f: f.is_in(practitioners()[3:]), lambda v: v in practitioners()[3:]),
        ("starts_at", identity, lambda f: f < NOW, lambda v: v < NOW),
        ("archived_at", identity, lambda f: f.is_not_null(), known(lambda v: True)),
    ),
    "group_appointments": (
        (
            "patient_ids",
            identity,
            lambda f: f.contains(props().patients[4]),
            lambda v: props().patients[4] in v,
        ),
        ("ends_at", identity, lambda f: f > NOW, lambda v: v > NOW),
    ),
    "attendees": (
        ("booking_id", one_id, lambda f: f == props().group_appointments[0], lambda v: v == group()),
        ("booking_id", one_id, lambda f: f != props().group_appointments[0], lambda v: v != group()),
        ("patient_case_id", one_id, lambda f: f.is_not_null(), known(lambda v: True)),
        ("cancelled_at", identity, lambda f: f.is_null(), lambda v: v is None),
    ),
    "unavailable_blocks": (
        ("unavailable_block_type_id", one_id, lambda f: f.is_null(), lambda v: v is None),
        ("starts_at", identity, lambda f: f >= LATER, lambda v: v >= LATER),
    ),
    "patient_cases": (
        ("name", identity, lambda f: f.contains(","), known(lambda v: "," in v)),
        ("referral_type", identity, lambda f: f == ReferralType.DVA, lambda v: v == "dva"),
        ("referral_type", identity, lambda f: f.is_null(), lambda v: v is None),
        ("expiry_date", identity, lambda f: f < date(2026, 6, 1), known(lambda v: v < date(2026, 6, 1))),
        ("expiry_date", identity, lambda f: f.like("2026-**-**"), known(lambda v: v.year == 2026)),
        ("closed_at", identity, lambda f: f.is_not_null(), known(lambda v: True)),
    ),
    "users": (("id", int, lambda f: f > props().users[2], lambda v: v > int(props().users[2])),),
    "daily_availabilities": (
        ("business_id", one_id, lambda f: f == props().businesses[2], lambda v: v == int(props().businesses[2])),
        ("practitioner_id", one_id, lambda f: f != practitioners()[0], lambda v: v != practitioners()[0]),
    ),
    "businesses": (
        (
            "appointment_type_ids",
            identity,
            lambda f: f.contains(props().appointment_types[0]),
            lambda v: props().appointment_types[0] in v,
        ),
        ("show_in_online_bookings", identity, lambda f: f == True, lambda v: v is True),  # noqa: E712
    ),
}


MORE = {
    "patients": (
        {"first_name": "Zoë~%", "last_name": "=O'Neill & Sons: 100%, #1?", "preferred_first_name": "Zoë"},
        {"first_name": "Dan", "last_name": "PARK", "accepted_privacy_policy": True, "date_of_birth": date(2001, 5, 2)},
        {"first_name": "Ann", "last_name": "Park", "accepted_privacy_policy": False, "preferred_first_name": "Annie"},
    ),
    "businesses": ({"business_name": "Elsewhere", "show_in_online_bookings": False},),
}


NEVER_HIDDEN = ("users", "daily_availabilities")
CANCELLABLE = ("individual_appointments", "bookings", "attendees")


@pytest.mark.parametrize("resource", SAME)
def test_a_filtered_list_holds_exactly_the_rows_that_fit(resource, clinic):
    hidden = {} if resource in NEVER_HIDDEN else {"include_archived": True}
    if resource in CANCELLABLE:
        hidden["include_cancelled"] = True

    async def story(c):
        for fields in MORE.get(resource, ()):
            await c.call(f"{resource}.create", **fields)
        rows = await c.collect(c.list(f"{resource}.list", **hidden))
        fields = getattr(c.client, resource).F
        for name, read, condition, fits in SAME[resource]:
            made = condition(getattr(fields, name))
            attribute = name.removesuffix("_id") if read is one_id else name
            expected = [row.id for row in rows if fits(read(getattr(row, attribute, None)))]
            assert 0 < len(expected) < len(rows), made.text
            found = await c.collect(c.list(f"{resource}.list", q=[made], per_page=7, **hidden))
            assert [row.id for row in found] == expected, made.text

    clinic.tell(story)


def test_bookings_are_found_by_their_patients_whatever_their_kind(clinic):
    patient = props().patients[0]

    async def story(c):
        rows = await c.collect(c.list("bookings.list"))
        expected = [
            row.id
            for row in rows
            if patient in (getattr(row, "patient_ids", None) or ())
            or (patient == row.patient.id if hasattr(row, "patient") else False)
        ]
        found = await c.collect(c.list("bookings.list", q=[c.client.bookings.F.patient_ids.contains(patient)]))
        assert [row.id for row in found] == expected
        assert len({type(row) for row in found}) == 2

    clinic.tell(story)


def test_a_condition_on_what_hides_rows_brings_them_to_light(clinic):
    async def story(c):
        appointments, fields = "individual_appointments.list", c.client.individual_appointments.F
        usual = await c.collect(c.list(appointments))
        both = await c.collect(c.list(appointments, q=[fields.cancelled_at.any(), fields.archived_at.any()]))
        assert both == await c.collect(c.list(appointments, include_archived=True, include_cancelled=True))
        cancelled = await c.collect(c.list(appointments, q=[fields.cancelled_at.is_not_null()]))
        assert cancelled
        assert all(row.cancelled_at for row in cancelled)
        assert {row.id for row in usual} < {row.id for row in both}
        assert not {row.id for row in usual} & {row.id for row in cancelled}

    clinic.tell(story)
