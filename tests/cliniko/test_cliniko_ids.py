"""What may go into a URL or a body as an id: refused before anything is sent, or one segment."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apptsdk.providers.cliniko.models import IndividualAppointmentCreate, PatientUpdate
from apptsdk.providers.cliniko.operations import (
    appointment_types,
    available_times,
    businesses,
    individual_appointments,
    patients,
    practitioners,
)
from apptsdk.providers.cliniko.queries import AppointmentTypeQuery, PractitionerQuery, Query, WithArchived

STARTS = datetime(2026, 3, 16, tzinfo=UTC)
BAD = (
    "",
    ".",
    "..",
    "a/b",
    "../../x",
    "%2e%2e",
    "%2F",
    "a?x#y",
    ";",
    "1;2",
    "\0",
    "1\0",
    "1\r\nHost: elsewhere.example",
    "1\n",
    "1" * 10_240,
    "9" * 19,
    str(2**63),
    "１２３",  # noqa: RUF001 - digits that are not ASCII
    "é",
    "\ud800",
    " 1",
    "1 ",
    "+1",
    "-1",
    "1.0",
    "0x1",
    "1e3",
    "1_000",
    True,
    False,
    None,
    1.2e18,
    1.0,
    -1,
    2**63,
    b"1",
    ["1"],
)
TODAY = date(2026, 3, 4)
PLACES = {
    "get": lambda id_: patients.get(id_, WithArchived()),
    "update": lambda id_: patients.update(id_, PatientUpdate(first_name="Ada")),
    "archive": patients.archive,
    "unarchive": businesses.unarchive,
    "cancel": lambda id_: individual_appointments.cancel(id_, reason=30),
    "conflicts": individual_appointments.conflicts,
    "practitioner": lambda id_: practitioners.get(id_, Query()),
    "type": lambda id_: appointment_types.get(id_, WithArchived()),
    "list by business": lambda id_: practitioners.list(PractitionerQuery(business_id=id_)).page(None),
    "list by type": lambda id_: practitioners.list(PractitionerQuery(appointment_type_id=id_)).page(None),
    "list by practitioner": lambda id_: appointment_types.list(AppointmentTypeQuery(practitioner_id=id_)).page(None),
    "times, first": lambda id_: available_times.list(id_, "2", "3", from_=TODAY, to=TODAY).page(None),
    "times, second": lambda id_: available_times.list("1", id_, "3", from_=TODAY, to=TODAY).page(None),
    "times, third": lambda id_: available_times.next("1", "2", id_),
}
SEGMENTS = {
    "get": 2,
    "archive": 3,
    "unarchive": 3,
    "cancel": 3,
    "conflicts": 3,
    "practitioner": 2,
    "type": 2,
    "list by business": 3,
    "list by type": 3,
    "list by practitioner": 3,
    "times, first": 7,
    "times, second": 7,
}
ANY_ID = st.one_of(
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.binary(),
    st.text(alphabet="0123456789./%\\?#;: \r\n\0", max_size=25),
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", BAD, ids=lambda value: repr(value)[:20])
def test_what_is_no_id_is_refused_and_the_argument_is_named(value, place):
    with pytest.raises((TypeError, ValueError), match=r"\bid\b|_id\b"):
        PLACES[place](value)


@pytest.mark.parametrize("value", ["1402337715590046001", 1402337715590046001, "7", 7, 0, str(2**63 - 1)], ids=repr)
def test_what_is_an_id_is_sent_as_text(value):
    assert patients.get(value, WithArchived()).path == f"/patients/{value}"


def test_a_float_is_told_that_it_rounds():
    with pytest.raises(TypeError, match="A float rounds long ids"):
        patients.archive(1402337715590046001.0)


@given(ANY_ID)
def test_whatever_the_id_a_path_has_its_number_of_segments(value):
    for place, count in SEGMENTS.items():
        try:
            made = PLACES[place](value)
        except (TypeError, ValueError):
            continue
        path = made.path
        assert path.count("/") == count
        assert path.isascii()
        assert path.isprintable()
        assert not set(path) & set(" %?#;\\")
        assert str(value) in path.split("/")


@pytest.mark.parametrize("value", BAD, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("name", ["appointment_type_id", "business_id", "patient_id", "practitioner_id"])
def test_a_bad_id_in_a_booking_is_refused_before_there_is_a_request(name, value):
    ids = {"appointment_type_id": 1, "business_id": 2, "patient_id": 3, "practitioner_id": 4}
    with pytest.raises((TypeError, ValueError), match=name):
        individual_appointments.create(IndividualAppointmentCreate(**{**ids, name: value}, starts_at=STARTS))


REFUSED = {
    "a naive start": ("individual_appointments.create", {"starts_at": datetime(2026, 3, 16)}, "starts_at is naive"),  # noqa: DTZ001
    "a date for a start": ("individual_appointments.create", {"starts_at": TODAY}, "starts_at must be a datetime"),
    "a text for a start": ("individual_appointments.create", {"starts_at": "2026-03-16"}, "starts_at"),
    "notes that are no text": ("individual_appointments.create", {"starts_at": STARTS, "notes": 5}, "notes"),
    "a rule that is a dict": (
        "individual_appointments.create",
        {"starts_at": STARTS, "repeat_rule": {}},
        "repeat_rule",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_bad_booking_is_refused_before_anything_is_sent(why, clinic):
    verb, wrong, named = REFUSED[why]
    with pytest.raises((TypeError, ValueError), match=named):
        clinic.tell(lambda c: c.call(verb, **clinic.ids, **wrong))
    assert clinic.seen() == []


BAD_CALLS = {
    "nothing to update": ("patients.update", ("1",), {}, "nothing to update"),
    "a datetime for a birth date": ("patients.update", ("1",), {"date_of_birth": STARTS}, "date_of_birth"),
    "a text for a list": ("patients.update", ("1",), {"patient_phone_numbers": "0491"}, "patient_phone_numbers"),
    "a dict for a number": ("patients.update", ("1",), {"patient_phone_numbers": [{}]}, r"patient_phone_numbers\[0\]"),
    "a list of fields": ("patients.update", ("1",), {"custom_fields": []}, "custom_fields"),
    "a text for a truth": ("patients.update", ("1",), {"accepted_privacy_policy": "yes"}, "accepted_privacy_policy"),
    "a number for a text": ("patients.update", ("1",), {"first_name": 5}, "first_name"),
    "an unheard reminder": ("patients.update", ("1",), {"reminder_type": 5}, "reminder_type"),
    "a float price": ("appointment_types.update", ("1",), {"deposit_price": 1.5}, "deposit_price"),
    "a truth for a number": ("appointment_types.update", ("1",), {"max_attendees": True}, "max_attendees"),
    "a text for a number": ("appointment_types.update", ("1",), {"duration_in_minutes": "30"}, "duration_in_minutes"),
    "ids in a text": ("appointment_types.update", ("1",), {"practitioner_ids": "12"}, "practitioner_ids"),
    "a bad id in a list": (
        "appointment_types.update",
        ("1",),
        {"practitioner_ids": [1, 2.0]},
        r"practitioner_ids\[1\]",
    ),
    "no reason": ("individual_appointments.cancel", ("1",), {"reason": None}, "reason|valid"),
    "a reason of old": ("individual_appointments.cancel", ("1",), {"reason": 31}, "reason"),
    "a reason unheard of": ("individual_appointments.cancel", ("1",), {"reason": 11}, "reason"),
    "a note that is no text": ("individual_appointments.cancel", ("1",), {"reason": 30, "note": 5}, "note"),
    "a filter in a text": ("patients.list", (), {"q": "id:=1"}, "q must be a list"),
    "a filter that is no text": ("patients.list", (), {"q": [1]}, "q must be a list"),
    "an empty filter": ("patients.list", (), {"q": [" "]}, "q holds an empty"),
    "an order in a text": ("patients.list", (), {"sort": "id"}, "sort must be a list"),
    "a page of none": ("patients.list", (), {"per_page": 0}, "per_page"),
    "a page of too many": ("patients.list", (), {"per_page": 101}, "per_page"),
    "a page size in a text": ("patients.list", (), {"per_page": "5"}, "per_page"),
    "a truth for a page size": ("patients.list", (), {"per_page": True}, "per_page"),
    "a page for a cursor": ("patients.list", (), {"cursor": 2}, "cursor"),
    "two parents": ("practitioners.list", (), {"business_id": 1, "appointment_type_id": 2}, "not both"),
    "a datetime for a day": ("available_times.list", ("1", "2", "3"), {"from_": STARTS, "to": TODAY}, "from_"),
    "a text for a day": ("available_times.list", ("1", "2", "3"), {"from_": TODAY, "to": "2026-03-05"}, "to must"),
    "days the wrong way": (
        "available_times.list",
        ("1", "2", "3"),
        {"from_": TODAY, "to": TODAY.replace(day=3)},
        "to comes before from_",
    ),
    "a foreign cursor": (
        "available_times.list",
        ("1", "2", "3"),
        {"from_": TODAY, "to": TODAY, "cursor": "/patients?page=2"},
        "cursor",
    ),
    "a datetime for the next": ("available_times.next", ("1", "2", "3"), {"from_": STARTS}, "from_"),
    "an absolute URL": ("request", ("GET", "https://elsewhere.example/v1/user"), {}, "path"),
    "another host": ("request", ("GET", "//elsewhere.example/v1/user"), {}, "path"),
    "a way up": ("request", ("GET", "/patients/../user"), {}, "path"),
    "a way up in disguise": ("request", ("GET", "/patients/%2e%2e/user"), {}, "path"),
    "a query in a path": ("request", ("GET", "/patients?page=2"), {}, "path"),
    "no method": ("request", ("FETCH", "/user"), {}, "method"),
    "a header of ours": ("request", ("GET", "/user"), {"headers": {"authorization": "Basic x"}}, "authorization"),
}


@pytest.mark.parametrize("why", BAD_CALLS)
def test_a_bad_argument_is_refused_before_anything_is_sent(why, clinic):
    verb, args, kwargs, named = BAD_CALLS[why]

    async def story(c):
        with pytest.raises((TypeError, ValueError), match=named):
            c.list(verb, *args, **kwargs) if verb.endswith(".list") else await c.call(verb, *args, **kwargs)

    clinic.tell(story)
    assert clinic.seen() == []
