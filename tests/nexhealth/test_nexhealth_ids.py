"""What may go into a URL or a body as an id: refused before anything is sent, or one whole number."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import get_type_hints

import attrs
import pytest
from hostile import ANY_ID, BAD, ELSEWHERE, NOT_NONE, one_path, refuse
from hypothesis import given
from nexhealth_support import settings

from apptsdk.providers.nexhealth.models import (
    Appointment,
    AppointmentCreate,
    AppointmentTypeCreate,
    AppointmentTypeUpdate,
    AppointmentUpdate,
    PatientAlertCreate,
    PatientAlertUpdate,
    PatientCreate,
    WebhookSubscriptionCreate,
    WebhookSubscriptionUpdate,
    Weekday,
    WorkingHourCreate,
    WorkingHourUpdate,
)
from apptsdk.providers.nexhealth.operations import (
    appointment_types,
    appointments,
    institutions,
    locations,
    operatories,
    patient_alerts,
    patient_recalls,
    patients,
    providers,
    recall_types,
    webhook_endpoints,
    webhook_subscriptions,
    working_hours,
)
from apptsdk.providers.nexhealth.wire import WIRE

SCOPE = settings(check_location=False).scope_of_calls
START = datetime(2031, 4, 15, 14, tzinfo=UTC)
WINDOW = {"start": START, "end": START}


def get(module):
    return lambda id_: module.get(SCOPE, id_, module.resource.get_query())


PLACES = {
    "institution": (get(institutions), 2),
    "location": (get(locations), 2),
    "location's descriptors": (
        lambda id_: locations.descriptors(SCOPE, id_, empty(locations.descriptors)).page(None),
        3,
    ),
    "provider": (get(providers), 2),
    "operatory": (get(operatories), 2),
    "type": (get(appointment_types), 2),
    "type changed": (lambda id_: appointment_types.update(SCOPE, id_, AppointmentTypeUpdate(minutes=5)), 2),
    "type deleted": (lambda id_: appointment_types.delete(SCOPE, id_, empty(appointment_types.delete)), 2),
    "type's descriptors": (
        lambda id_: appointment_types.descriptors(SCOPE, id_, empty(appointment_types.descriptors)).page(None),
        3,
    ),
    "appointment": (get(appointments), 2),
    "appointment changed": (lambda id_: appointments.update(SCOPE, id_, AppointmentUpdate(confirmed=True)), 2),
    "appointment cancelled": (lambda id_: appointments.cancel(SCOPE, id_), 2),
    "appointment's descriptors": (
        lambda id_: appointments.descriptors(SCOPE, id_, empty(appointments.descriptors)).page(None),
        3,
    ),
    "hours": (get(working_hours), 2),
    "hours changed": (lambda id_: working_hours.update(SCOPE, id_, WorkingHourUpdate(active=True)), 2),
    "hours deleted": (lambda id_: working_hours.delete(SCOPE, id_), 2),
    "patient": (get(patients), 2),
    "patient's alerts": (lambda id_: patient_alerts.list(SCOPE, id_, empty(patient_alerts.list)).page(None), 3),
    "alert, its patient": (lambda id_: patient_alerts.get(SCOPE, id_, 1), 4),
    "alert": (lambda id_: patient_alerts.get(SCOPE, 1, id_), 4),
    "alert made": (lambda id_: patient_alerts.create(SCOPE, id_, PatientAlertCreate(note="x")), 3),
    "alert changed": (lambda id_: patient_alerts.update(SCOPE, 1, id_, PatientAlertUpdate(disabled=True)), 4),
    "recall": (get(patient_recalls), 2),
    "recall type": (get(recall_types), 2),
    "endpoint changed": (
        lambda id_: webhook_endpoints.update(SCOPE, id_, webhook_endpoints.resource.update_input(active=True)),
        2,
    ),
    "endpoint deleted": (lambda id_: webhook_endpoints.delete(SCOPE, id_), 2),
    "endpoint's subscriptions": (
        lambda id_: webhook_subscriptions.list(SCOPE, id_, empty(webhook_subscriptions.list)).page(None),
        3,
    ),
    "subscription made": (
        lambda id_: webhook_subscriptions.create(
            SCOPE, id_, WebhookSubscriptionCreate(resource_type="Patient", event="patient_created")
        ),
        3,
    ),
    "subscription changed": (
        lambda id_: webhook_subscriptions.update(SCOPE, 1, id_, WebhookSubscriptionUpdate(active=True)),
        4,
    ),
    "subscription deleted, its endpoint": (lambda id_: webhook_subscriptions.delete(SCOPE, id_, 1), 4),
    "subscription deleted": (lambda id_: webhook_subscriptions.delete(SCOPE, 1, id_), 4),
}


def empty(verb):
    """Make the query that a listing verb takes, without filters."""
    return get_type_hints(verb)["query"]()


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_id_is_refused_and_the_argument_is_named(place):
    refuse(PLACES[place][0], NOT_NONE, r"^(id|patient_id|endpoint_id)\b")


def test_a_wait_for_what_has_no_id_is_refused():
    refuse(lambda value: appointments.wait_until_written(SCOPE, value), NOT_NONE, r"^id\b")


@pytest.mark.parametrize("value", ["1600000123", 1600000123, "7", 0, str(2**63 - 1), 2**63 - 1], ids=repr)
def test_what_is_an_id_is_one_segment(value):
    assert PLACES["patient"][0](value).path == f"/patients/{value}"
    assert PLACES["alert"][0](value).path == f"/patients/1/alerts/{value}"


def test_a_float_is_told_that_it_rounds_and_an_object_that_it_has_an_id():
    with pytest.raises(TypeError, match="A float rounds long ids"):
        appointments.cancel(SCOPE, 1600000123.0)
    row = {"id": 5, "start_time": "2031-04-15T14:00:00Z", "end_time": "2031-04-15T15:00:00Z"}
    with pytest.raises(TypeError, match=r"^id must be a str or an int, not Appointment\. Pass its \.id\.$"):
        appointments.cancel(SCOPE, WIRE.structure(row, Appointment))


@given(ANY_ID)
def test_whatever_the_id_a_path_has_its_number_of_segments(value):
    for make, count in PLACES.values():
        try:
            path = make(value).path
        except (TypeError, ValueError):
            continue
        one_path(path, count)
        assert str(int(value)) in path.split("/")


# --- bodies and queries ----------------------------------------------------------------------------------------------

BOOKING = {"patient_id": 1, "provider_id": 2, "start_time": START}
PERSON = {
    "first_name": "Ada",
    "last_name": "Park",
    "email": "a@p.example",
    "date_of_birth": date(1990, 5, 17),
    "phone_number": "4155550132",
}
HOURS = {"begin_time": time(9), "end_time": time(10), "days": [Weekday.MONDAY]}
BODIES = {
    "a booking": (
        lambda **given: appointments.resource.create(SCOPE, AppointmentCreate(**{**BOOKING, **given})).body["appt"],
        ("patient_id", "provider_id", "operatory_id", "appointment_type_id"),
    ),
    "a move": (
        lambda **given: appointments.update(SCOPE, 1, AppointmentUpdate(**given)).body["appt"],
        ("operatory_id",),
    ),
    "a patient": (
        lambda **given: patients.create(SCOPE, PatientCreate(**PERSON, **given)).body["provider"],
        ("provider_id",),
    ),
    "a type": (
        lambda **given: flat(appointment_types.create(SCOPE, AppointmentTypeCreate(name="x", minutes=5, **given)).body),
        ("parent_id", "location_id"),
    ),
    "hours": (
        lambda **given: working_hours.create(SCOPE, WorkingHourCreate(**{"provider_id": 1, **HOURS, **given})).body[
            "working_hour"
        ],
        ("provider_id", "operatory_id"),
    ),
    "hours changed": (
        lambda **given: working_hours.update(SCOPE, 1, WorkingHourUpdate(**given)).body["working_hour"],
        ("provider_id", "operatory_id"),
    ),
    "a subscription": (
        lambda **given: webhook_subscriptions.update(SCOPE, 1, 2, WebhookSubscriptionUpdate(**given)).body,
        ("new_endpoint_id",),
    ),
}


NULLABLE = {("a booking", "operatory_id"), ("a booking", "appointment_type_id")}
"""What a slot may have none of: None is as good as left out."""


def flat(body):
    return {**body, **body["appointment_type"]}


@pytest.mark.parametrize(("body", "name"), [(body, name) for body in BODIES for name in BODIES[body][1]])
def test_a_bad_id_in_a_body_is_refused_and_a_good_one_is_a_number(body, name):
    make, _ = BODIES[body]
    assert make(**{name: "7"})[name] == make(**{name: 7})[name] == 7
    wrong = BAD if (body, name) in NULLABLE else NOT_NONE
    refuse(lambda value: make(**{name: value}), wrong, rf"^{name}\b")


LISTS = {
    "descriptor_ids": lambda found: appointments.resource.create(
        SCOPE, AppointmentCreate(**BOOKING, descriptor_ids=found)
    ).body["appt"]["descriptor_ids"],
    "emr_appt_descriptor_ids": lambda found: appointment_types.update(
        SCOPE, 1, AppointmentTypeUpdate(emr_appt_descriptor_ids=found)
    ).body["appointment_type"]["emr_appt_descriptor_ids"],
    "appointment_type_ids": lambda found: working_hours.update(
        SCOPE, 1, WorkingHourUpdate(appointment_type_ids=found)
    ).body["working_hour"]["appointment_type_ids"],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_bad_id_in_a_list_is_refused_by_its_place(name):
    assert LISTS[name](["1", 2]) == [1, 2]
    refuse(lambda value: LISTS[name]([1, value]), NOT_NONE, rf"^{name}\[1\]")


FILTERS = {
    "appointments": (WINDOW, ("appointment_type_id", "created_by", "location_id"), ("patient_ids", "provider_ids")),
    "patients": ({}, ("location_id",), ()),
    "providers": ({}, ("location_id",), ("ids",)),
    "working_hours": ({}, ("provider_id", "operatory_id", "label_id", "location_id"), ()),
    "patient_recalls": ({}, ("recall_id", "patient_id"), ()),
    "available_slots": (
        {"start_date": START.date(), "days": 1, "provider_ids": [1]},
        ("appointment_type_id", "working_hour_label_id"),
        ("provider_ids", "operatory_ids", "location_ids"),
    ),
    "sync_status": ({}, (), ("location_ids",)),
}


@pytest.mark.parametrize("resource", FILTERS)
def test_a_bad_id_in_a_filter_is_refused_and_named(resource, vendor):
    given_, ones, many = FILTERS[resource]

    async def story(c):
        for name in ones:
            refuse(lambda value, at=name: c.list(f"{resource}.list", **{**given_, at: value}), BAD, rf"^{name}\b")
        for name in many:
            refuse(
                lambda value, at=name: c.list(f"{resource}.list", **{**given_, at: [1, value]}),
                NOT_NONE,
                rf"^{name}\[1\]",
            )

    vendor.tell(story)
    assert vendor.feed.requests == []


BAD_CALLS = {
    "a text for ids": ("providers.list", (), {"ids": "71"}, "^ids must be a list"),
    "too many patients": (
        "appointments.list",
        (),
        {**WINDOW, "patient_ids": list(range(26))},
        r"^patient_ids holds 26 ids; the vendor takes 25\.$",
    ),
    "days the wrong way": (
        "appointments.list",
        (),
        {"start": START, "end": START.replace(day=14)},
        r"^end comes before start\.$",
    ),
    "a naive start": ("appointments.list", (), {**WINDOW, "start": START.replace(tzinfo=None)}, "^start is naive"),
    "a date for a start": ("appointments.list", (), {**WINDOW, "start": START.date()}, "^start must be a datetime"),
    "a text for a flag": ("appointments.list", (), {**WINDOW, "cancelled": "no"}, "^cancelled must be"),
    "a text for includes": ("appointments.get", (1,), {"include": "patient"}, "^include must be a list"),
    "a datetime for a birth date": ("patients.list", (), {"date_of_birth": START}, "^date_of_birth must be a date"),
    "an order in a text": ("patients.list", (), {"sort": "id"}, "^sort must be a list"),
    "a float name": ("patients.list", (), {"name": 1.5}, "^name must be"),
    "pages ahead in a text": ("patients.list", (), {"prefetch": "2"}, "^prefetch must be an int"),
    "too many pages ahead": ("patients.list", (), {"prefetch": 21}, "^prefetch must be from 0 to 20"),
    "an unheard light": ("sync_status.list", (), {"read_status": 5}, "^read_status must be a SyncLight"),
    "nothing to change": ("working_hours.update", (1,), {}, "^There is nothing to update"),
    "no change to a type": ("appointment_types.update", (1,), {}, "^There is nothing to update"),
    "no change to a subscription": ("webhook_subscriptions.update", (1, 2), {}, "^There is nothing to update"),
    "hours never": ("working_hours.create", (), {"provider_id": 1, **HOURS, "days": []}, "^Give exactly one of days"),
    "hours twice": (
        "working_hours.create",
        (),
        {"provider_id": 1, **HOURS, "specific_date": START.date()},
        "^Give exactly one of days, specific_date and custom_recurrence",
    ),
    "hours changed twice": (
        "working_hours.update",
        (1,),
        {"days": [Weekday.MONDAY], "specific_date": START.date()},
        "^Give at most one of days",
    ),
    "hours backwards": (
        "working_hours.create",
        (),
        {"provider_id": 1, **HOURS, "end_time": time(8)},
        r"^end_time must be after begin_time\.$",
    ),
    "hours of a text": ("working_hours.update", (1,), {"begin_time": "09:00"}, "^begin_time must be"),
    "an alert of nothing": ("patient_alerts.create", (1,), {"note": None}, "^note must be"),
    "an alert switched in words": ("patient_alerts.update", (1, 2), {"disabled": "yes"}, "^disabled must be"),
    "a person of a datetime": (
        "patients.create",
        (),
        {**PERSON, "provider_id": 1, "date_of_birth": START},
        "^date_of_birth must be a date",
    ),
    **ELSEWHERE,
}


@pytest.mark.parametrize("why", BAD_CALLS)
def test_a_bad_argument_is_refused_before_anything_is_sent(why, vendor):
    verb, args, kwargs, named = BAD_CALLS[why]

    async def story(c):
        with pytest.raises((TypeError, ValueError), match=named) as caught:
            c.list(verb, *args, **kwargs) if verb.endswith(".list") else await c.call(verb, *args, **kwargs)
        assert "Park" not in str(caught.value)

    vendor.tell(story)
    assert vendor.feed.requests == vendor.feed.logins == []


def test_every_id_that_a_verb_takes_is_tried_here():
    """A new parameter of an id's kind must be added above."""
    tried = {name for _, names in BODIES.values() for name in names} | {*LISTS}
    inputs = (
        AppointmentCreate,
        AppointmentUpdate,
        PatientCreate,
        AppointmentTypeCreate,
        AppointmentTypeUpdate,
        WorkingHourCreate,
        WorkingHourUpdate,
        WebhookSubscriptionUpdate,
    )
    every = {field.name for kind in inputs for field in attrs.fields(kind) if "Id" in str(field.type).split(" ")[0]}
    assert every - tried <= {"location_id"}
    assert tried <= every
