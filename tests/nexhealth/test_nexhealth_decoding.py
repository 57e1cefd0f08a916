"""From the vendor's JSON to objects: the answer of the vendor's page, variations of it, and what does not decode."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nexhealth_support import APPOINTMENT, BOTH, answer, raw, rows, settings

from apptsdk import ResponseUnreadableError
from apptsdk.models import Model, OpenStr
from apptsdk.providers.nexhealth import (
    Appointment,
    AvailableSlot,
    BookingDetails,
    CampaignMedium,
    CampaignType,
    Location,
    Patient,
    Price,
    Procedure,
    ProcedureStatus,
    Provider,
    WorkingHour,
    WriteState,
    models,
)
from apptsdk.providers.nexhealth.wire import WIRE
from apptsdk.wire import Undecodable

EXAMPLE = (Path(__file__).parent / "example_appointment.json").read_bytes()
APPT = json.loads(EXAMPLE)["data"]["appt"]


def is_model(kind):
    return isinstance(kind, type) and issubclass(kind, Model)


MODELS = tuple(kind for kind in (getattr(models, name) for name in models.__all__) if is_model(kind))
every = pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)


def utc(*args):
    return datetime(*args, tzinfo=UTC)


def read(kind, value):
    return WIRE.structure(value, kind)


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_answer_of_the_vendors_page_reads_field_by_field_in_v2(vendor):
    vendor.answers(raw(EXAMPLE, 201))
    made = vendor.tell(
        lambda c: c.call(
            "appointments.create",
            patient_id=412009001,
            provider_id=248113071,
            start_time=utc(2031, 4, 15, 15),
            appointment_type_id=870012,
            notify_patient=False,
        ),
        settings(api_version="v2", check_location=False),
    )
    (post,) = vendor.seen
    assert sorted(post.query) == [
        ("location_id", "41"),
        ("notify_patient", "false"),
        ("subdomain", "riverbend-dental"),
    ]
    plain = {
        "id": 1600000123,
        "patient_id": 412009001,
        "provider_id": 248113071,
        "provider_name": "Dr. Priya Raman",
        "start_time": utc(2031, 4, 15, 15),
        "end_time": utc(2031, 4, 15, 15, 30),
        "confirmed": False,
        "patient_missed": False,
        "created_at": utc(2031, 4, 1, 9, 30, 0, 125_000),
        "updated_at": utc(2031, 4, 1, 9, 30, 0, 125_000),
        "note": "prefers mornings",
        "unavailable": False,
        "cancelled": False,
        "timezone": "America/Chicago",
        "institution_id": 10501,
        "appointment_type_id": 870012,
        "location_id": 41,
        "foreign_id_type": "nex",
        "misc": {"is_booked_on_nexhealth": True},
        "patient_confirmed": False,
        "created_by_user_id": 390199001,
        "is_guardian": False,
        "is_new_clients_patient": False,
        "sooner_if_possible": False,
        "operatory_id": 4100000305,
        "deleted": False,
        "checked_out": False,
        "is_past_patient": True,
        "timezone_offset": "-5:00",
    }
    objects = {"patient", "procedures", "descriptors", "booking_details"}
    for field in attrs.fields(Appointment):
        if field.name.startswith("_") or field.name in objects:
            continue
        value = getattr(made, field.name)
        assert value == plain.get(field.name), field.name
        assert type(value) is type(plain.get(field.name)), field.name
    assert {*plain, *objects} | {name for name, value in APPT.items() if value is None} == {*APPT}
    assert (made.patient.id, made.patient.name, made.patient.email) == (412009001, "Ada Park", "ada.park@example.com")
    assert (made.patient.date_of_birth, made.patient.phone_number) == (date(1984, 3, 2), "3125550111")
    assert (made.patient.guarantor_id, made.patient.unsubscribe_sms) == (412009001, False)
    assert made.patient.write_state is WriteState.WRITTEN
    (procedure,), (descriptor,) = made.procedures, made.descriptors
    assert procedure.status is ProcedureStatus.PLANNED
    assert procedure.fee == Price(amount=Decimal("62.00"), currency="USD")
    assert (procedure.start_date, procedure.end_date) == (date(2031, 4, 15), None)
    assert (procedure.body_site.tooth, procedure.body_site.surface) == (("14",), "")
    assert (descriptor.code, descriptor.active, descriptor.data) == ("D1110", True, {})
    assert made.booking_details == BookingDetails(
        booked_via_nexhealth_generated_link=True,
        booked_via_one_click=False,
        campaign_id="c-17",
        campaign_medium=CampaignMedium.SMS,
        campaign_type=CampaignType.RECALL,
    )
    assert made.write_state is WriteState.PENDING
    assert made.unknown == {}
    assert made.as_sent() == APPT


def test_the_answer_of_the_vendors_page_goes_to_another_process_and_back():
    made = read(Appointment, APPT)
    for twin in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert twin == made
        assert hash(twin) == hash(made)
        assert twin.as_sent() == APPT
        assert twin.patient.bio == made.patient.bio


def test_a_repr_names_nobody():
    made = read(Appointment, APPT)
    assert repr(made) == (
        "<Appointment id=1600000123 start_time=2031-04-15T15:00:00+00:00 end_time=2031-04-15T15:30:00+00:00>"
    )
    shown = repr(made.patient) + repr(made.procedures) + repr(made.booking_details) + repr(made.descriptors)
    for personal in ("Park", "Ada", "example.com", "3125550111", "1984"):
        assert personal not in shown


@every
def test_no_repr_shows_what_is_a_persons(kind):
    personal = {"name", "first_name", "last_name", "middle_name", "email", "bio", "note", "phone_number", "secret_key"}
    nameable = {
        "AppointmentType",
        "Descriptor",
        "Emr",
        "Institution",
        "InstitutionLocations",
        "Location",
        "LocationBasic",
        "Operatory",
        "PatientRecallType",
        "RecallType",
        "Specialty",
        "WorkingHourLabel",
    }
    hidden = personal - ({"name"} if kind.__name__ in nameable else set())
    assert not hidden & set(kind.shown)
    names = {field.name for field in attrs.fields(kind)}
    assert set(kind.shown) <= names


# --- every field of every object -------------------------------------------------------------------------------------

VALUES = {
    str: ("text", "text"),
    int: (2**53 + 1, 2**53 + 1),
    bool: (True, True),
    float: (-87.5, -87.5),
    Decimal: ("62.10", Decimal("62.10")),
    datetime: ("2031-04-15T09:00:00.000-05:00", datetime.fromisoformat("2031-04-15T09:00:00-05:00")),
    date: ("2031-04-15", date(2031, 4, 15)),
    time: ("09:30", time(9, 30)),
}
WRONG = {
    str: (True, 1.5, [], {}),
    int: ("5", 5.0, 1.2e18, True, [], {}),
    bool: ("true", 1, 0, [], {}),
    float: ("1.5", True, [], {}),
    Decimal: ("x", True, "NaN", "Infinity", [], {}),
    datetime: ("later", 5, "2031-04-15T09:00:00", [], {}),
    date: ("04/15/2031", 5, "2031-04-15T09:00:00Z", [], {}),
    time: ("25:00", 5, "9h", [], {}),
}


def inner(kind):
    """The X of `X | None`."""
    parts = [part for part in get_args(kind) if part is not type(None)]
    return parts[0] if len(parts) == 1 and type(None) in get_args(kind) else kind


def sample(kind):
    """Give something to send for a field of a kind, and what is read then; None for what is no plain value."""
    if get_origin(kind) is tuple:
        sent, _ = sample(get_args(kind)[0])
        return [sent, sent], None
    if is_model(kind):
        return minimal(kind), None
    if isinstance(kind, type) and issubclass(kind, OpenStr):
        return "never seen", kind("never seen")
    if get_origin(kind) in {Mapping, dict} or kind is Mapping:
        return {"a": [1, None]}, {"a": [1, None]}
    return VALUES[kind]


def minimal(kind):
    """Give the least that decodes."""
    hints = get_type_hints(kind)
    return {
        kind.sent_as.get(field.name, field.name): sample(hints[field.name])[0]
        for field in attrs.fields(kind)
        if field.init and field.default is attrs.NOTHING
    }


def fields_of(kind):
    """Give the fields that may be left out: their names here and there, and what they are."""
    hints = get_type_hints(kind)
    return [
        (field.name, kind.sent_as.get(field.name, field.name), inner(hints[field.name]))
        for field in attrs.fields(kind)
        if field.init and field.default is not attrs.NOTHING
    ]


@every
def test_a_field_reads_as_sent_as_null_and_as_left_out(kind):
    least = minimal(kind)
    absent = read(kind, least)
    for name, key, field in fields_of(kind):
        sent, expected = sample(field)
        made = read(kind, {**least, key: sent})
        assert made.was_sent(name), name
        assert expected is None or getattr(made, name) == expected, name
        assert getattr(made, name) is not None, name
        assert made.as_sent()[key] == sent
        null = read(kind, {**least, key: None})
        assert getattr(null, name) is getattr(absent, name) is None, name
        assert (null.was_sent(name), absent.was_sent(name)) == (True, False), name
        assert null == absent


@every
def test_a_blank_reads_as_none_where_it_is_no_text(kind):
    least = minimal(kind)
    for name, key, field in fields_of(kind):
        if field in VALUES:
            made = read(kind, {**least, key: ""})
            assert getattr(made, name) == ("" if field is str else None), name
            assert made.was_sent(name), name


@every
def test_a_wrong_value_is_refused_and_its_path_is_told_and_the_value_is_not(kind):
    least = minimal(kind)
    for name, key, field in fields_of(kind):
        is_enum = isinstance(field, type) and issubclass(field, Enum)
        for value in WRONG.get(field, (5, [], {}) if is_enum else ("text", 5, True)):
            with pytest.raises(Undecodable) as caught:
                read(kind, {**least, key: value})
            (path,) = caught.value.paths
            assert path.startswith((f"{name}: ", f"{key}: ")), path
            assert "text" not in path


@every
def test_what_must_be_there_is_told_to_be_missing(kind):
    least = minimal(kind)
    for name in least:
        rest = {key: value for key, value in least.items() if key != name}
        with pytest.raises(Undecodable, match="missing"):
            read(kind, rest)
        with pytest.raises(Undecodable):
            read(kind, {**rest, name: None})


@every
def test_unknown_members_are_kept_and_never_an_error(kind):
    more = {"colour": {"a": [1, None]}, "ehr_id": None, "self": 1}
    made = read(kind, {**minimal(kind), **more})
    assert made.unknown == more
    assert made == read(kind, minimal(kind))
    assert pickle.loads(pickle.dumps(made)).unknown == more


@every
@pytest.mark.parametrize("value", [None, [], "x", 5, True])
def test_what_is_no_object_is_refused(kind, value):
    with pytest.raises(Undecodable, match="not an object"):
        read(kind, value)


@every
def test_whatever_is_read_can_be_copied_pickled_hashed_and_compared(kind):
    hints = get_type_hints(kind)
    full = {
        kind.sent_as.get(field.name, field.name): sample(inner(hints[field.name]))[0]
        for field in attrs.fields(kind)
        if field.init
    }
    made = read(kind, full)
    for twin in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert twin == made
        assert hash(twin) == hash(made)
        assert twin.as_sent() == full
    assert not made.recovered


# --- oddities --------------------------------------------------------------------------------------------------------


def test_another_spelling_of_cancelled_is_read_as_the_documented_one(vendor):
    other = {name: value for name, value in APPOINTMENT.items() if name != "cancelled"} | {"canceled": True}
    both = {**APPOINTMENT, "cancelled": False, "canceled": True}
    vendor.answers(answer(other), rows(other, both, APPOINTMENT), answer({"appt": other}))

    async def story(c):
        one = await c.call("appointments.get", 1)
        window = {"start": utc(2031, 1, 1), "end": utc(2032, 1, 1)}
        many = await c.collect(c.list("appointments.list", **window))
        return [one.cancelled, *(row.cancelled for row in many), (await c.call("appointments.cancel", 1)).cancelled]

    assert vendor.tell(story) == [True, True, False, False, True]


ENUMS = {
    "a medium to come": ("booking_details", {"campaign_medium": "pigeon"}, "campaign_medium", "pigeon"),
    "a type to come": ("booking_details", {"campaign_type": ""}, "campaign_type", ""),
}


@pytest.mark.parametrize("name", ENUMS)
def test_a_value_nobody_has_seen_yet_is_kept(name):
    key, sent, field, text = ENUMS[name]
    value = getattr(getattr(read(Appointment, {**APPT, key: sent}), key), field)
    twin = pickle.loads(pickle.dumps(value))
    assert value == twin == text
    assert not value.is_known


TIMES = {
    "2031-04-15T15:00:00Z": utc(2031, 4, 15, 15),
    "2031-04-15T15:00:00.000Z": utc(2031, 4, 15, 15),
    "2031-04-15T15:00:00.123456789Z": utc(2031, 4, 15, 15, 0, 0, 123_456),
    "2031-04-15T10:00:00.000-05:00": utc(2031, 4, 15, 15),
    "2031-04-15T12:30:00-0230": utc(2031, 4, 15, 15),
    "2031-04-15T15:00:00+00:00": utc(2031, 4, 15, 15),
    "2031-04-15 15:00:00Z": utc(2031, 4, 15, 15),
}


@pytest.mark.parametrize("text", TIMES)
def test_a_time_reads_in_any_of_its_forms(text):
    moment = read(AvailableSlot, {"time": text}).time
    assert moment == TIMES[text]
    assert moment.utcoffset() is not None


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_the_offset_of_a_slot_is_kept(moment, minutes):
    from datetime import timezone  # noqa: PLC0415 - one test's

    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    made = read(AvailableSlot, {"time": aware.isoformat()})
    assert made.time == aware
    assert made.time.utcoffset() == timedelta(minutes=minutes)


@pytest.mark.parametrize(("text", "expected"), [("00:00", time(0)), ("24:00", time(0)), ("9:05", time(9, 5))])
def test_a_time_of_day_reads(text, expected):
    assert read(WorkingHour, {"id": 1, "begin_time": text, "end_time": "12:00"}).begin_time == expected


def test_no_type_is_zero_or_none():
    assert read(Appointment, {**APPOINTMENT, "appointment_type_id": 0}).appointment_type_id == 0
    assert read(Appointment, {**APPOINTMENT, "appointment_type_id": None}).appointment_type_id is None


def test_a_block_is_nobodys():
    block = read(Appointment, {**APPOINTMENT, "unavailable": True, "patient_id": None})
    assert (block.is_block, block.patient_id) == (True, None)
    assert not read(Appointment, APPOINTMENT).is_block


def test_a_place_may_lie_anywhere():
    made = read(Location, {"id": 1, "latitude": -41.5, "longitude": 0})
    assert (made.latitude, made.longitude) == (-41.5, 0.0)
    assert isinstance(made.longitude, float)


def test_an_appointment_within_a_patient_reads_like_any_other():
    made = read(Patient, {"id": 1, "upcoming_appts": [APPOINTMENT], "last_visited_appointment": APPT})
    assert made.upcoming_appts[0].start_time == utc(2031, 4, 15, 14)
    assert made.last_visited_appointment.patient.id == 412009001


def test_hours_within_a_provider_keep_their_name():
    hours = {"id": 5, "begin_time": "09:00", "end_time": "12:00", "days": ["Monday"]}
    made = read(Provider, {"id": 71, "availabilities": [hours], "provider_requestables": [{"location_id": 41}]})
    assert made.availabilities[0].begin_time == time(9)
    assert made.provider_requestables[0].location_id == 41


def test_a_path_leads_into_the_object(vendor):
    wrong = {**APPT, "procedures": [{**APPT["procedures"][0], "fee": {"amount": "Ada"}}]}
    vendor.answers(answer({"appt": wrong}))
    with pytest.raises(ResponseUnreadableError) as caught:
        vendor.tell(lambda c: c.call("appointments.get", 1))
    assert caught.value.paths == ("data.appt.procedures[0].fee.amount: not a decimal",)
    assert "Ada" not in str(caught.value)
    assert json.loads(caught.value.response.content)["data"]["appt"]["id"] == APPT["id"]


def test_every_model_is_public():
    assert {kind.__name__ for kind in MODELS} >= {"Appointment", "Patient", "Procedure", "SlotGroup", "SyncStatus"}
    assert len(MODELS) > 25
    assert Procedure in MODELS


# --- at the sandbox --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
def test_nothing_that_the_sandbox_sends_is_unknown(name, practice):
    given_ = attrs.evolve(practice.sandbox.nexhealth, api_version=name)
    lists = {
        "appointment_types.list": {"include": ["descriptors"]},
        "appointments.list": {"start": utc(2025, 1, 1), "end": utc(2027, 1, 1)},
        "available_slots.groups": {"start_date": date(2026, 3, 9), "days": 9, "provider_ids": [practice.provider]},
        "institutions.list": {},
        "locations.list": {},
        "operatories.list": {"include": ["appointment_types"]},
        "patient_recalls.list": {},
        "patients.list": {},
        "providers.list": {"include": ["locations", "availabilities", "appointment_types"]},
        "recall_types.list": {},
        "sync_status.list": {},
        "working_hours.list": {"include": ["appointment_types"]},
    }

    async def story(c):
        for verb, asked in lists.items():
            found = await c.collect(c.list(verb, **asked))
            assert found, verb
            for one in found:
                assert strange(one) == set(), verb

    practice.tell(story, given_)


def strange(value):
    """Give the members, here and below, that no model knows."""
    if isinstance(value, tuple | list):
        return {name for one in value for name in strange(one)}
    if not isinstance(value, Model):
        return set()
    below = {name for field in attrs.fields(type(value)) for name in strange(getattr(value, field.name))}
    return {f"{type(value).__name__}.{name}" for name in value.unknown} | below
