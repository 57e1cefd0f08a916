"""From the vendor's JSON to objects: the example of the vendor's page, variations of it, and what does not decode."""

from __future__ import annotations

import copy
import json
import pickle
import re
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apptsdk import OutcomeUnknownError, ResponseUnreadableError
from apptsdk.http import Headers, Response
from apptsdk.models import Link, Model
from apptsdk.providers.cliniko import (
    AccountSettings,
    AppointmentType,
    Attendee,
    AvailableTime,
    CancellationReason,
    DailyAvailability,
    IndividualAppointment,
    OnlinePaymentsMode,
    Patient,
    PhoneNumber,
    PhoneType,
    Pronouns,
    PublicAccountSettings,
    RepeatRule,
    RepeatType,
    Service,
    User,
    UserRole,
    models,
)
from apptsdk.providers.cliniko.wire import WIRE
from apptsdk.wire import Undecodable

EXAMPLE = (Path(__file__).parent / "example_appointment.json").read_bytes()


def is_model(kind):
    return isinstance(kind, type) and issubclass(kind, Model)


MODELS = tuple(kind for kind in map(models.__dict__.get, models.__all__) if is_model(kind))
# Everything that a repr may show; parts of the settings show nothing.
SHOWN = {
    "AppointmentType": ("id", "name"),
    "Attendee": ("id",),
    "AvailabilityBlock": ("id", "starts_at", "ends_at"),
    "AvailableTime": ("appointment_start",),
    "Business": ("id", "business_name"),
    "DailyAvailability": ("id", "day_of_week"),
    "DailyHours": ("starts_at", "ends_at"),
    "GroupAppointment": ("id", "starts_at", "ends_at"),
    "IndividualAppointment": ("id", "starts_at", "ends_at"),
    "Patient": ("id",),
    "PatientCase": ("id",),
    "PhoneNumber": ("phone_type",),
    "Practitioner": ("id",),
    "Pronouns": (),
    "RepeatRule": ("repeat_type", "number_of_repeats", "repeating_interval"),
    "Service": ("appointment_type", "business"),
    "UnavailableBlock": ("id", "starts_at", "ends_at"),
    "UnavailableBlockType": ("id", "name"),
    "User": ("id",),
}


def read(kind, value):
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return WIRE.one(kind)(Response(200, Headers(), content))


def appointment(**other):
    return read(IndividualAppointment, {**json.loads(EXAMPLE), **other})


def utc(*args):
    return datetime(*args, tzinfo=UTC)


def test_the_vendors_example_reads_field_by_field():
    a = read(IndividualAppointment, EXAMPLE)
    expected = {
        "id": "1402337715590046001",
        "created_at": utc(2026, 2, 3, 1, 20, 5),
        "updated_at": utc(2026, 2, 3, 1, 20, 5),
        "cancellation_reason_description": "",
        "conflicts": "https://api.au2.cliniko.com/v1/individual_appointments/1402337715590046001/conflicts",
        "did_not_arrive": False,
        "email_reminder_sent": False,
        "patient_arrived": False,
        "has_patient_appointment_notes": False,
        "patient_name": "Ada Park",
        "sms_reminder_sent": False,
        "telehealth_url": "https://riverbend.au2.cliniko.com/appointments/1402337715590046001/connect",
        "ends_at": utc(2026, 2, 10, 0, 45),
        "starts_at": utc(2026, 2, 10),
        "appointment_type": "https://api.au2.cliniko.com/v1/appointment_types/1402337715590046100",
        "business": "https://api.au2.cliniko.com/v1/businesses/1402337715590046200",
        "practitioner": "https://api.au2.cliniko.com/v1/practitioners/1402337715590046300",
        "patient": "https://api.au2.cliniko.com/v1/patients/1402337715590046400",
        "attendees": "https://api.au2.cliniko.com/v1/individual_appointments/1402337715590046001/attendees",
        "links": "https://api.au2.cliniko.com/v1/individual_appointments/1402337715590046001",
        "repeat_rule": RepeatRule(),
    }
    for field in attrs.fields(IndividualAppointment):
        if not field.name.startswith("_"):
            assert getattr(a, field.name) == expected.get(field.name), field.name
    assert (a.patient.id, a.business.id, a.links.id) == ("1402337715590046400", "1402337715590046200", a.id)
    assert a.unknown == {}
    assert a.as_sent() == json.loads(EXAMPLE)
    assert not a.recovered


def test_absent_null_and_value_stay_apart():
    a = read(IndividualAppointment, EXAMPLE)
    assert [a.patient_case, a.was_sent("patient_case")] == [None, False]
    assert [a.repeated_from, a.was_sent("repeated_from")] == [None, False]
    assert [a.repeats, a.was_sent("repeats")] == [None, True]
    assert [a.notes, a.was_sent("notes")] == [None, True]
    assert [a.repeat_rule.repeat_type, a.repeat_rule.was_sent("repeat_type")] == [None, False]
    with pytest.raises(AttributeError):
        a.was_sent("note")
    with pytest.raises(AttributeError):
        a.notes = "x"
    assert not IndividualAppointment(id="1", starts_at=utc(2026, 1, 1), ends_at=utc(2026, 1, 2)).was_sent("id")


VARIATIONS = {
    "cancelled": (
        {"cancellation_reason": 30, "cancellation_reason_description": "Sick", "cancelled_at": "2026-02-04T00:00:00Z"},
        lambda a: (a.cancellation_reason, a.cancellation_reason_description, a.cancelled_at),
        (CancellationReason.SICK, "Sick", utc(2026, 2, 4)),
    ),
    "cancelled in old times": (
        {"cancellation_reason": 31},
        lambda a: a.cancellation_reason,
        CancellationReason.COVID_19,
    ),
    "a reason nobody knows": (
        {"cancellation_reason": 77},
        lambda a: (a.cancellation_reason, a.cancellation_reason.is_known, a.as_sent()["cancellation_reason"]),
        (77, False, 77),
    ),
    "a rule": (
        {"repeat_rule": {"repeat_type": "Weekly", "number_of_repeats": 3, "repeating_interval": 2}},
        lambda a: (a.repeat_rule.repeat_type, a.repeat_rule.number_of_repeats, a.repeat_rule.repeating_interval),
        (RepeatType.WEEKLY, 3, 2),
    ),
    "a rule nobody knows": (
        {"repeat_rule": {"repeat_type": "Yearly", "until": "2027-01-01"}},
        lambda a: (a.repeat_rule.repeat_type, a.repeat_rule.unknown),
        ("Yearly", {"until": "2027-01-01"}),
    ),
    "no rule": ({"repeat_rule": None}, lambda a: a.repeat_rule, None),
    "a case": (
        {"patient_case": {"links": {"self": "https://api.au2.cliniko.com/v1/patient_cases/9"}}},
        lambda a: a.patient_case.id,
        "9",
    ),
    "a link that must not be encoded again": (
        {"repeats": {"links": {"self": "https://x.example/v1/individual_appointments?q[]=repeated_from_id:=1&a=%2F"}}},
        lambda a: str(a.repeats),
        "https://x.example/v1/individual_appointments?q[]=repeated_from_id:=1&a=%2F",
    ),
    "marks taken back": (
        {"did_not_arrive": None, "patient_arrived": None},
        lambda a: (a.did_not_arrive, a.patient_arrived, a.was_sent("patient_arrived")),
        (None, None, True),
    ),
    "states": (
        {"invoice_status": 40, "treatment_note_status": 90},
        lambda a: (a.invoice_status.name, a.treatment_note_status.name),
        ("OPEN_CREDIT", "FINAL"),
    ),
    "a number for an id": ({"id": 1402337715590046001}, lambda a: a.id, "1402337715590046001"),
    "an id above 2 to the 53": ({"id": 9007199254740993}, lambda a: a.id, "9007199254740993"),
    "an unknown member": (
        {"colour": {"a": [1, None]}},
        lambda a: (a.unknown, a.as_sent()["colour"]),
        ({"colour": {"a": [1, None]}}, {"a": [1, None]}),
    ),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_a_variation_of_the_example_reads(name):
    other, look, expected = VARIATIONS[name]
    assert look(appointment(**other)) == expected


TIMES = {
    "2026-02-10T00:00:00Z": utc(2026, 2, 10),
    "2026-02-10T00:00:00+00:00": utc(2026, 2, 10),
    "2026-02-10T09:30:00+0930": utc(2026, 2, 10),
    "2026-02-10T09:30:00+09:30": utc(2026, 2, 10),
    "2026-02-09T19:00:00-05": utc(2026, 2, 10),
    "2026-02-10T00:00Z": utc(2026, 2, 10),
    **{f"2026-02-10T00:00:00.{'123456789'[:n]}Z": n for n in range(1, 10)},
}


@pytest.mark.parametrize("text", TIMES)
def test_times_read_in_every_form(text):
    moment = appointment(starts_at=text).starts_at
    expected = TIMES[text]
    if isinstance(expected, int):
        expected = utc(2026, 2, 10, 0, 0, 0, int("123456789"[:expected].ljust(6, "0")[:6]))
    assert moment == expected
    assert moment.tzinfo is not None


@given(st.datetimes(timezones=st.timezones() | st.just(timezone(timedelta(hours=5, minutes=45)))))
def test_any_time_that_is_written_reads_as_the_same_moment(moment):
    try:
        text = moment.isoformat()
        expected = moment.astimezone(UTC)
    except OverflowError:
        return
    if moment.utcoffset().total_seconds() % 60:
        return  # local mean times: no provider writes them
    assert appointment(starts_at=text).starts_at == expected


UNREADABLE = {
    "id: missing": {"id": ...},
    "starts_at: missing": {"starts_at": ...},
    "starts_at: not an ISO 8601 date-time": {"starts_at": "tomorrow"},
    "ends_at: a date-time without its offset from UTC": {"ends_at": "2026-02-10T00:00:00"},
    "starts_at: not an ISO 8601 date-time ": {"starts_at": None},
    "starts_at: not an ISO 8601 date-time  ": {"starts_at": 1770681600},
    "id: not a string": {"id": None},
    "id: not a string ": {"id": 1.5},
    "id: not a string  ": {"id": True},
    "did_not_arrive: not a boolean": {"did_not_arrive": 0},
    "patient: not a link object": {"patient": {"links": {}}},
    "business: not a link object": {"business": "https://api.au2.cliniko.com/v1/businesses/1"},
    "practitioner: not a link object": {"practitioner": {"links": {"self": None}}},
    "links: not a link object": {"links": []},
    "cancellation_reason: not an integer": {"cancellation_reason": "30"},
    "invoice_status: not an integer": {"invoice_status": True},
    "notes: not a string": {"notes": ["secret"]},
    "repeat_rule: not an object": {"repeat_rule": "Weekly"},
    "repeat_rule.number_of_repeats: not an integer": {"repeat_rule": {"number_of_repeats": "3"}},
}


@pytest.mark.parametrize("path", UNREADABLE)
def test_what_does_not_decode_says_where_and_never_what(path):
    value = {name: item for name, item in {**json.loads(EXAMPLE), **UNREADABLE[path]}.items() if item is not ...}
    with pytest.raises(Undecodable) as caught:
        read(IndividualAppointment, value)
    assert caught.value.paths == (path.strip(),)
    assert caught.value.__context__ is None


def test_an_unreadable_answer_is_an_error_with_paths_request_id_and_the_answer_on_request(clinic):
    body = {**json.loads(EXAMPLE), "starts_at": "tomorrow", "notes": {"hush": 1}}
    clinic.sandbox.fault("status", status=200, body=body)
    with pytest.raises(ResponseUnreadableError) as caught:
        clinic.tell(lambda c: c.call("individual_appointments.get", 1))
    error = caught.value
    assert sorted(error.paths) == ["notes: not a string", "starts_at: not an ISO 8601 date-time"]
    assert "tomorrow" not in str(error)
    assert re.fullmatch(r"[0-9a-f-]{36}", error.request_id)
    assert error.response.json()["starts_at"] == "tomorrow"
    assert error.__cause__ is error.__context__ is None


ODD = {
    "conflicts that are none": ("individual_appointments.conflicts", (1,), {}),
    "conflicts in a list": ("individual_appointments.conflicts", (1,), []),
    "conflicts without a word": ("individual_appointments.conflicts", (1,), {"conflicts": {"exist": "no"}}),
    "conflicts that are null": ("individual_appointments.conflicts", (1,), {"conflicts": None}),
    "a group's conflicts that are null": ("group_appointments.conflicts", (1,), {"conflicts": {"exist": None}}),
    "a block's conflicts that are a number": ("unavailable_blocks.conflicts", (1,), {"conflicts": {"exist": 0}}),
    "settings in a list": ("settings.get", (), []),
    "public settings that are null": ("settings.public", (), b"null"),
    "a part of the settings that is a text": ("settings.get", (), {"sms": "on"}),
    "a next time in a list": ("available_times.next", (1, 2, 3), []),
    "a next time that is none": ("available_times.next", (1, 2, 3), {"appointment_start": "soon"}),
    "a user in a list": ("user", (), [{"id": "1"}]),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_answer_to_an_odd_verb_is_unreadable(name, clinic):
    verb, args, body = ODD[name]
    clinic.sandbox.fault("status", status=200, body=body)
    with pytest.raises(ResponseUnreadableError) as caught:
        clinic.tell(lambda c: c.call(verb, *args))
    assert len(caught.value.paths) == 1


def test_an_odd_answer_to_the_look_for_a_lost_cancellation_leaves_it_unknown(clinic):
    clinic.sandbox.fault("drop_after", method="PATCH", times=None)
    clinic.sandbox.fault("status", method="GET", status=200, body=[], times=None)
    with pytest.raises(OutcomeUnknownError):
        clinic.tell(lambda c: c.call("individual_appointments.cancel", clinic.standing, reason=30))


def test_duplicate_keys_read_as_the_last_one():
    assert read(AvailableTime, b'{"appointment_start": "no", "appointment_start": "2026-02-10T00:00:00Z"}') is not None


PATIENT = {
    "id": "1",
    "date_of_birth": "1990-05-17",
    "email": "",
    "patient_phone_numbers": [
        {"number": "0491 570 006", "normalized_number": "61491570006", "phone_type": "Mobile", "note": "home"},
        {"number": "1", "phone_type": "Satellite"},
    ],
    "pronouns": {"nominative": "they"},
    "custom_fields": {"sections": [{"fields": [1, None]}]},
    "referring_doctor": {"links": {"self": "https://api.au2.cliniko.com/v1/contacts/5"}},
}


def test_a_patient_reads_with_its_nested_objects():
    patient = read(Patient, PATIENT)
    first, second = patient.patient_phone_numbers
    assert first == PhoneNumber(number="0491 570 006", normalized_number="61491570006", phone_type=PhoneType.MOBILE)
    assert first.unknown == {"note": "home"}
    assert (second.phone_type, second.phone_type.is_known) == ("Satellite", False)
    assert patient.pronouns == Pronouns(nominative="they")
    assert patient.date_of_birth == date(1990, 5, 17)
    assert patient.custom_fields == {"sections": [{"fields": [1, None]}]}
    assert patient.referring_doctor.id == "5"
    assert patient.email == ""
    with pytest.raises(Undecodable, match=r"patient_phone_numbers\[1\]\.number: missing"):
        read(Patient, {"id": "1", "patient_phone_numbers": [{"number": "1"}, {}]})


def test_an_appointment_type_and_a_user_read_with_their_own_types():
    kind = read(
        AppointmentType,
        {
            "id": 5,
            "name": "Review",
            "duration_in_minutes": 20,
            "deposit_price": "50.0",
            "online_payments_mode": "optional",
            "appointment_reminder_template_ids": ["1", 2],
        },
    )
    assert (kind.deposit_price, kind.online_payments_mode) == (Decimal("50.0"), OnlinePaymentsMode.OPTIONAL)
    assert kind.appointment_reminder_template_ids == ("1", "2")
    user = read(User, {"id": "1", "role": "power receptionist", "phone_numbers": [{"number": "1"}]})
    assert (user.role, user.phone_numbers[0].phone_type) == (UserRole.POWER_RECEPTIONIST, None)
    assert read(User, {"id": "1", "role": "owner"}).role == "owner"


def test_settings_read_with_the_vendors_misspelt_name():
    sent = {"has_hipaa_compliance_conflicts": True, "hipaa_compliance-conflict_messages": ["one"], "x": 1}
    settings = read(AccountSettings, {"account": {"compliance": sent, "name": "Riverbend"}, "recalls": {}})
    compliance = settings.account.compliance
    assert compliance.hipaa_compliance_conflict_messages == ("one",)
    assert compliance.was_sent("hipaa_compliance_conflict_messages")
    assert compliance.unknown == {"x": 1}
    assert compliance.as_sent() == sent
    assert settings.unknown == {"recalls": {}}
    bare = read(AccountSettings, {"account": {"compliance": {"hipaa_compliance_conflict_messages": ["one"]}}})
    assert bare.account.compliance.hipaa_compliance_conflict_messages is None
    assert not bare.account.compliance.was_sent("hipaa_compliance_conflict_messages")
    assert bare.account.compliance.unknown == {"hipaa_compliance_conflict_messages": ["one"]}
    with pytest.raises(Undecodable, match=r"account\.compliance\.hipaa.*: not an array"):
        read(AccountSettings, {"account": {"compliance": {"hipaa_compliance-conflict_messages": "one"}}})
    assert isinstance(settings, PublicAccountSettings)
    assert read(PublicAccountSettings, {}).account is None


HOURS = {
    "09:00": time(9),
    "9:00": time(9),
    "09:00+10:00": None,
    "9": None,
    "09:00:30": time(9, 0, 30),
    "24:00": time(0),
    "24:01": None,
    "25:00": None,
    "noon": None,
    "": None,
    900: None,
    None: None,
}


@pytest.mark.parametrize("text", HOURS)
def test_weekly_hours_read_as_times_of_day(text):
    body = {"id": 1, "day_of_week": 7, "availabilities": [{"starts_at": "08:30", "ends_at": text}]}
    if HOURS[text] is None:
        with pytest.raises(Undecodable) as caught:
            read(DailyAvailability, body)
        assert caught.value.paths == ("availabilities[0].ends_at: not a time of day",)
    else:
        day = read(DailyAvailability, body)
        assert [(hours.starts_at, hours.ends_at) for hours in day.availabilities] == [(time(8, 30), HOURS[text])]
        assert (day.id, day.day_of_week) == ("1", 7)


def test_a_service_and_an_attendee_read_with_their_links():
    base = "https://api.au2.cliniko.com/v1"
    service = read(
        Service,
        {
            "appointment_type": {"links": {"self": f"{base}/appointment_types/1"}},
            "business": {"links": {"self": f"{base}/businesses/2"}},
            "practitioners": [{"links": {"self": f"{base}/practitioners/{n}"}} for n in (3, 4)],
        },
    )
    assert (service.appointment_type.id, service.business.id) == ("1", "2")
    assert [practitioner.id for practitioner in service.practitioners] == ["3", "4"]
    attendee = read(
        Attendee,
        {
            "id": 5,
            "arrived": False,
            "booking": {"links": {"self": f"{base}/bookings/6"}},
            "cancellation_reason_description": "",
            "invoice_status": 40,
            "treatment_note_status": 15,
        },
    )
    assert (attendee.booking.id, attendee.patient_case, attendee.was_sent("patient_case")) == ("6", None, False)
    assert (attendee.arrived, attendee.cancellation_reason_description) == (False, "")
    assert attendee.invoice_status.name == "OPEN_CREDIT"
    assert (attendee.treatment_note_status, attendee.treatment_note_status.is_known) == (15, False)


# --- every field of every model --------------------------------------------------------------------------------------

CANARY = "Zebulon-7731"


def example(kind):
    """Make a value of every field of a model, so that every text holds the canary."""
    hints = get_type_hints(kind)
    return {
        kind.sent_as.get(field.name, field.name): value_of(hints[field.name])
        for field in attrs.fields(kind)
        if not field.name.startswith("_")
    }


PLAIN = {
    str: CANARY,
    bool: True,
    int: 5,
    Decimal: "1.50",
    datetime: "2026-02-10T00:00:00Z",
    date: "1990-05-17",
    time: "09:30",
    Link: {"links": {"self": f"https://x.example/v1/things/{CANARY}"}},
}


def value_of(kind):
    if isinstance(kind, types.UnionType):
        (kind,) = (part for part in get_args(kind) if part is not types.NoneType)
    if get_origin(kind) is tuple:
        return [value_of(get_args(kind)[0])] * 2
    if get_origin(kind) is Mapping:
        return {"sections": [CANARY]}
    if is_model(kind):
        return example(kind)
    return next(iter(kind)).value if issubclass(kind, Enum) else PLAIN[kind]


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_every_field_decodes_and_is_null_where_it_may_be(kind):
    full = example(kind)
    model = read(kind, full)
    for field in attrs.fields(kind):
        if field.name.startswith("_"):
            continue
        assert getattr(model, field.name) is not None, field.name
        assert model.was_sent(field.name)
        required = field.default is attrs.NOTHING
        for value in (None, ...):
            changed = {**full, kind.sent_as.get(field.name, field.name): value}
            other = {name: item for name, item in changed.items() if item is not ...}
            if required:
                with pytest.raises(Undecodable, match=field.name):
                    read(kind, other)
            else:
                assert getattr(read(kind, other), field.name) is None
                assert read(kind, other).was_sent(field.name) is (value is None)
    assert model.unknown == {}
    assert model.as_sent() == full
    assert isinstance(hash(model), int)
    assert model == read(kind, {**full, "new": 1})
    for twin in (pickle.loads(pickle.dumps(model)), copy.copy(model), copy.deepcopy(model)):
        assert (twin, twin.as_sent(), hash(twin)) == (model, full, hash(model))


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_a_repr_shows_what_is_needed_to_recognise_it_and_no_person(kind):
    assert kind.shown == SHOWN.get(kind.__name__, ())
    full = example(kind)
    shown = {name: json.loads(json.dumps(full[name]).replace(CANARY, "shown")) for name in kind.shown}
    model = read(kind, {**full, **shown})
    assert CANARY not in repr(model) + str(model) + f"{model}" + repr([model])
    assert re.fullmatch(rf"<{kind.__name__}( [a-z_]+=.*)?>", repr(model))


def test_links_are_kept_to_the_letter():
    url = "https://api.au2.cliniko.com/v1/things/5?q[]=a:=%E2%82%AC&x=1%20+2#y"
    assert str(Link(url)) == url
    assert Link(url).id == "5"
    assert Link("/cliniko/v1/patients/7").id == "7"
    assert appointment(links={"self": url}).links == url
