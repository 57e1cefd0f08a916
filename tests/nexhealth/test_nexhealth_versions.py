"""Both versions of the API: their headers, their shapes, and what one of them does not have."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import attrs
import pytest
from nexhealth_support import APPOINTMENT, BOTH, NOW, OFFICE, PATIENT, V2_TYPE, answer, asked, rows, settings

from apptsdk import AuthenticationError, PermissionDeniedError, UnsupportedError
from apptsdk.providers.nexhealth import Weekday, WorkingHourSource

START = datetime(2031, 4, 15, 14, tzinfo=UTC)
SLOTS = {"start_date": date(2031, 4, 15), "days": 1}
TIMES = {"start_time": START, "end_time": START + timedelta(minutes=30)}
PERSON = {
    "provider_id": 71,
    "first_name": "Adaline",
    "last_name": "Parkinson",
    "email": "ada@park.example",
    "date_of_birth": date(1990, 5, 17),
    "phone_number": "4155550132",
}
HOURS = {"provider_id": 71, "begin_time": time(9), "end_time": time(12), "days": [Weekday.MONDAY]}


async def ask(c, verb, *args, **kwargs):
    if verb.rpartition(".")[2] in {"list", "groups"}:
        return await c.collect(c.list(verb, *args, **kwargs))
    return await c.call(verb, *args, **kwargs)


HEADERS = {
    "v2": {"accept": V2_TYPE},
    "v2.2.2": {"accept": V2_TYPE},
    "v3.0.0": {"accept": V2_TYPE, "nex-api-version": "v3.0.0"},
    "v20240412": {"accept": V2_TYPE, "nex-api-version": "v20240412"},
    "v3.1.0": {"accept": V2_TYPE, "nex-api-version": "v3.1.0"},
}


@pytest.mark.parametrize("name", HEADERS)
def test_every_request_selects_the_version(name, vendor):
    vendor.answers(answer(OFFICE), answer({"appt": APPOINTMENT}, 201), rows(), answer(None, 204))

    async def story(c):
        await c.call("appointments.create", patient_id=1, provider_id=2, operatory_id=3, **TIMES)
        await c.collect(c.list("providers.list"))
        await c.call("working_hours.delete", 5)

    vendor.tell(story, settings(api_version=name))
    assert [one.method for one in vendor.seen] == ["GET", "POST", "GET", "DELETE"]
    for one in (*vendor.seen, *map(asked, vendor.feed.logins)):
        headers = one.headers
        assert {key: headers[key] for key in ("accept", "nex-api-version") if key in headers} == HEADERS[name]
        assert headers["accept-encoding"] == "gzip, deflate"
        assert "cookie" not in headers


PATHS = {
    "available_slots.list": ({**SLOTS, "provider_ids": [71]}, "/available_slots", "/appointment_slots"),
    "available_slots.groups": ({**SLOTS, "provider_ids": [71]}, "/available_slots", "/appointment_slots"),
    "working_hours.list": ({}, "/working_hours", "/availabilities"),
    "appointments.list": ({"start": NOW, "end": START}, "/appointments", "/appointments"),
    "patients.list": ({}, "/patients", "/patients"),
    "providers.list": ({}, "/providers", "/providers"),
    "operatories.list": ({}, "/operatories", "/operatories"),
}


@pytest.mark.parametrize("verb", PATHS)
@pytest.mark.parametrize("name", [*BOTH, "v3.1.0"])
def test_a_list_is_where_its_version_has_it_and_pages_as_its_version_does(name, verb, vendor):
    given, third, second = PATHS[verb]
    vendor.answers(rows() if name != "v2" else answer([], count=0))
    assert vendor.tell(lambda c: ask(c, verb, **given), settings(api_version=name)) == []
    (one,) = vendor.seen
    assert one.path == (second if name == "v2" else third)
    pages = {key: value for key, value in one.query if key in {"page", "per_page"}}
    if verb.startswith("available"):
        assert pages == {}
    else:
        assert pages == ({"page": "1", "per_page": "100"} if name == "v2" else {"per_page": "200"})


@pytest.mark.parametrize("name", BOTH)
def test_working_hours_are_wrapped_as_their_version_calls_them(name, vendor):
    row = {"id": 5, "begin_time": "09:00", "end_time": "12:00"}
    vendor.answers(always=answer(row))

    async def story(c):
        await c.call("working_hours.create", **HOURS)
        await c.call("working_hours.update", 5, active=False)
        await c.call("working_hours.get", 5)
        await c.call("working_hours.delete", 5)

    vendor.tell(story, settings(api_version=name))
    place, key = ("/availabilities", "availability") if name == "v2" else ("/working_hours", "working_hour")
    assert [(one.method, one.path) for one in vendor.seen] == [
        ("POST", place),
        ("PATCH", f"{place}/5"),
        ("GET", f"{place}/5"),
        ("DELETE", f"{place}/5"),
    ]
    assert [[*one.body] if one.body else None for one in vendor.seen] == [[key], [key], None, None]


SECOND_LACKS = {
    "end_time for appointments": ("appointments.update", (1,), TIMES),
    "operatory_id for appointments": ("appointments.update", (1,), {"operatory_id": 305}),
    "note for appointments": ("appointments.update", (1,), {"note": "late", "cancelled": True}),
    "patient_ids for appointments": ("appointments.list", (), {"start": NOW, "end": START, "patient_ids": [1]}),
    "appointments_per_timeslot for available_slots": (
        "available_slots.list",
        (),
        {**SLOTS, "provider_ids": [71], "appointments_per_timeslot": 2},
    ),
    "working_hour_label_id for available_slots": (
        "available_slots.list",
        (),
        {**SLOTS, "provider_ids": [71], "working_hour_label_id": 2},
    ),
    "working_hour_source for available_slots": (
        "available_slots.groups",
        (),
        {**SLOTS, "provider_ids": [71], "working_hour_source": WorkingHourSource.MANUAL},
    ),
    "return_existing_if_match for patients": ("patients.create", (), {**PERSON, "return_existing_if_match": True}),
    "working_hour_labels": ("working_hour_labels.list", (), {}),
    "label_id for working_hours": ("working_hours.list", (), {"label_id": 5}),
    "source for working_hours": ("working_hours.list", (), {"source": WorkingHourSource.SYNCED}),
}
THIRD_LACKS = {
    "include for appointments": ("appointments.list", (), {"start": NOW, "end": START, "include": ["patient"]}),
    "patient_id for appointments": ("appointments.list", (), {"start": NOW, "end": START, "patient_id": 1}),
    "include for patients": ("patients.list", (), {"include": ["address"]}),
}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        *(("v2", what) for what in SECOND_LACKS),
        *(("v2.2.2", what) for what in SECOND_LACKS),
        *(("v3.0.0", what) for what in THIRD_LACKS),
    ],
)
def test_what_a_version_does_not_have_is_refused_before_anything_is_sent(name, what, vendor):
    verb, args, kwargs = (SECOND_LACKS if name.startswith("v2") else THIRD_LACKS)[what]
    with pytest.raises(
        UnsupportedError, match=rf"^Version {name} of NexHealth's API has no {what}(: \w.*)?\. api_version"
    ) as caught:
        vendor.tell(lambda c: ask(c, verb, *args, **kwargs), settings(api_version=name))
    assert caught.value.operation.startswith(f"nexhealth.{verb.partition('.')[0]}.")
    assert caught.value.provider == "nexhealth"
    assert vendor.feed.requests == vendor.feed.logins == []


@pytest.mark.parametrize(
    ("name", "what"), [*(("v3.0.0", what) for what in SECOND_LACKS), *(("v2", what) for what in THIRD_LACKS)]
)
def test_what_the_other_version_lacks_is_sent_in_this_one(name, what, vendor):
    verb, args, kwargs = (SECOND_LACKS if name != "v2" else THIRD_LACKS)[what]
    one = {**APPOINTMENT, **PATIENT}
    listed = verb.endswith(("list", "groups"))
    vendor.answers(answer([] if listed else {"user": one} if verb == "patients.create" else {"appt": one}))
    vendor.tell(lambda c: ask(c, verb, *args, **kwargs), settings(api_version=name))
    (seen,) = vendor.seen
    told = {*dict(seen.query), *((seen.body or {}).get("appt") or seen.body or {})}
    parameter = what.partition(" for ")[0]
    assert told & {parameter, f"{parameter}[]"} or what == "working_hour_labels"


@pytest.mark.parametrize("kwargs", [{}, {"appointment_type_id": 12}], ids=str)
def test_v2_finds_slots_by_provider_only(kwargs, vendor):
    with pytest.raises(
        UnsupportedError, match="v2 of NexHealth's API finds slots by provider: give provider_ids"
    ) as one:
        vendor.tell(lambda c: ask(c, "available_slots.list", **SLOTS, **kwargs), settings(api_version="v2"))
    assert one.value.operation == "nexhealth.available_slots.list"
    assert vendor.feed.requests == []


def test_v3_finds_slots_by_provider_or_by_type(vendor):
    vendor.answers(answer([]), answer([]))

    async def story(c):
        with pytest.raises(ValueError, match="provider_ids or appointment_type_id"):
            c.list("available_slots.list", **SLOTS)
        await ask(c, "available_slots.list", **SLOTS, appointment_type_id=12)
        await ask(c, "available_slots.list", **SLOTS, provider_ids=["71", 72])

    vendor.tell(story)
    common = [("subdomain", "riverbend-dental"), ("lids[]", "41"), ("start_date", "2031-04-15"), ("days", "1")]
    assert [sorted(one.query) for one in vendor.seen] == [
        sorted([*common, ("appointment_type_id", "12")]),
        sorted([*common, ("pids[]", "71"), ("pids[]", "72")]),
    ]


# --- the shapes of answers -------------------------------------------------------------------------------------------

SHAPES = {
    "an array": lambda *found: list(found),
    "an object with the resource's name": lambda *found: {"patients": list(found)},
}


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("shape", SHAPES)
def test_patients_are_read_from_either_shape_of_a_list(shape, name, vendor):
    data = SHAPES[shape](PATIENT, {"id": 9002})
    pages = {"count": 2} if name == "v2" else {"page_info": {"has_next_page": False, "end_cursor": None}}
    vendor.answers(answer(data, **pages))
    found = vendor.tell(lambda c: ask(c, "patients.list"), settings(api_version=name))
    assert [one.id for one in found] == [9001, 9002]


ONES = {
    "bare": lambda row: row,
    "appt": lambda row: {"appt": row},
    "appt beside others": lambda row: {"stripe_client_secret": None, "appt": row},
    "appointment": lambda row: {"appointment": row},
    "one in an array": lambda row: [row],
    "one in an array below": lambda row: {"appt": row, "rest": []},
}


@pytest.mark.parametrize("shape", ONES)
def test_an_appointment_is_read_from_either_shape_of_a_write(shape, vendor):
    vendor.answers(answer(ONES[shape](APPOINTMENT)))
    made = vendor.tell(lambda c: c.call("appointments.update", 1, confirmed=True))
    assert made.id == APPOINTMENT["id"]
    assert made.as_sent() == APPOINTMENT


@pytest.mark.parametrize("shape", [lambda row: row, lambda row: {"user": row}, lambda row: {"patient": row}])
def test_a_patient_is_read_from_either_shape(shape, vendor):
    vendor.answers(answer(shape(PATIENT)))
    assert vendor.tell(lambda c: c.call("patients.get", 9001)).first_name == "Adaline"


# --- against the sandbox ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*BOTH, "v20240412"])
def test_both_versions_book_and_cancel_at_the_sandbox(name, practice):
    given = attrs.evolve(practice.sandbox.nexhealth, api_version=name)

    async def story(c):
        window = {"start_date": date(2026, 3, 10), "days": 2, "provider_ids": [practice.provider]}
        slot = await c.first(c.list("available_slots.list", **window))
        made = await c.call(
            "appointments.create",
            patient_id=practice.patient,
            provider_id=slot.provider_id or practice.provider,
            operatory_id=slot.operatory_id,
            start_time=slot.time,
            end_time=slot.time + timedelta(minutes=30),
            note="first visit",
        )
        assert (made.start_time, made.note) == (slot.time, "first visit")
        again = await c.call("appointments.get", made.id, include=["patient", "booking_details"])
        assert (again.id, again.patient.id) == (made.id, practice.patient)
        rows = await c.collect(c.list("appointments.list", start=slot.time, end=slot.time, cancelled=False, per_page=1))
        assert made.id in [row.id for row in rows]
        gone = await c.call("appointments.cancel", made.id)
        assert gone.cancelled is True
        hours = await c.collect(c.list("working_hours.list"))
        assert hours
        assert all((row.synced is not None) is (name == "v2") for row in hours)
        return made

    made = practice.tell(story, given)
    assert practice.sandbox.ledger.created("appointments") == [str(made.id)]
    assert practice.sandbox.ledger.live("appointments") == []


TOO_NEW = "below the minimum allowed"
UNKNOWN = r"404 Resource not found .*api_version"


@pytest.mark.parametrize(
    ("name", "kind", "why"), [("v2", PermissionDeniedError, TOO_NEW), ("v9.9.9", AuthenticationError, UNKNOWN)]
)
def test_a_version_that_the_key_must_not_use_is_told_before_anything_else_is_asked(name, kind, why, practice):
    practice.emulation.new_account = True
    given = attrs.evolve(practice.sandbox.nexhealth, api_version=name)
    with pytest.raises(kind, match=why) as caught:
        practice.tell(lambda c: ask(c, "institutions.list"), given)
    assert caught.value.operation == "nexhealth.authenticates"
    assert practice.seen() == []
