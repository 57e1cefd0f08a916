"""A canary key, token and person through every verb and every failure: who could hear of them afterwards."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, date, datetime, time, timedelta

import attrs
import pytest
from harness import said
from leaks import FAULTS, WITHOUT_BODY, everything_said, hear, in_turn, patience
from nexhealth_support import BOTH, Practice

from apptsdk import ApptError, OutcomeUnknownError
from apptsdk.providers.nexhealth import Dependent, Gender
from apptsdk.providers.nexhealth.models import AppointmentCreate, PatientCreate

NAME = "Zebulonia"
DIGITS = "4155550177"
SECRET = "canary-key-9931-canary"
START = datetime(2026, 4, 14, 14, tzinfo=UTC)
PERSON = {
    "provider_id": 71,
    "first_name": NAME,
    "last_name": f"{NAME}-Smythe",
    "email": f"{NAME}@person.example",
    "date_of_birth": date(1990, 5, 17),
    "phone_number": f"+1{DIGITS}",
    "street_address": f"{NAME} Street",
    "ssn": f"{NAME}-00-0000",
    "gender": Gender.OTHER,
}
CHILD = Dependent(first_name=NAME, last_name=f"{NAME}-Smythe", date_of_birth=date(2016, 6, 30))
BOOKING = {"patient_id": 412009001, "provider_id": 71, "operatory_id": 305, "start_time": START}
WINDOW = {"start": START, "end": START + timedelta(days=1)}

NO_TOKENS = ("/[!a]*", "/appo*")
"""Every path but that of tokens."""
SENT = f"{NAME}-Smythe and {NAME}@person.example are no good with"
# Where no person was named in the request, the SDK cannot know what in the answer is one.
NAMED = (
    ("POST", "/patients"),
    ("GET", "/patients"),
    ("POST", "/appointments"),
    ("POST", "/patients/*/alerts"),
)


def body_of(name, secret):
    """Give what a fault answers with: a text that repeats what it was sent, or an object that does not decode."""
    if name == "nothing readable":
        return {"code": True, "data": {"id": [NAME], "patients": [{"id": {"name": NAME}}]}}
    return {"code": False, "description": NAME, "data": None, "error": [f"{SENT} {secret}", [f"Bad {secret}"]]}


async def everything(c, heard):
    """Call every kind of verb with personal data in each; keep what it said."""
    verbs = (
        lambda: c.call("patients.create", **PERSON),
        lambda: c.call("patients.create", **PERSON, return_existing_if_match=True),
        lambda: c.collect(c.list("patients.list", name=NAME, email=f"{NAME}@person.example", phone_number=DIGITS)),
        lambda: c.call("appointments.create", **BOOKING, note=NAME, referrer=f"https://{NAME}.example/"),
        lambda: c.call("appointments.create", **BOOKING, is_guardian=True, patient=CHILD),
        lambda: c.call("appointments.update", 5, note=NAME),
        lambda: c.call("appointments.cancel", 5),
        lambda: c.call("appointments.get", 5, include=["patient"]),
        lambda: c.collect(c.list("appointments.list", **WINDOW, foreign_id=NAME)),
        lambda: c.call("appointments.wait_until_written", 5, timeout=timedelta(seconds=1)),
        lambda: c.call("patient_alerts.create", 412009001, note=NAME),
        lambda: c.collect(c.list("patient_alerts.list", 412009001)),
        lambda: c.call("patients.get", 412009001, include=["address"]),
        lambda: c.collect(c.list("providers.list", foreign_id=NAME)),
        lambda: c.collect(c.list("operatories.list", search_name=NAME)),
        lambda: c.call("webhook_endpoints.create", target_url=f"http://127.0.0.1:9/{NAME}"),
        lambda: c.collect(c.list("webhook_endpoints.list")),
        lambda: c.call("appointment_types.create", name="Review", minutes=5),
        lambda: c.call("working_hours.delete", 5),
        lambda: c.call("request", "POST", "/patients", json={"patient": {"first_name": NAME}}),
        lambda: c.collect(c.list("request_pages", "/patients", "data", query={"name": NAME})),
        # Refused before anything is sent.
        lambda: c.call("patients.get", f"{NAME}/x"),
        lambda: c.call("patients.create", **{**PERSON, "first_name": [NAME]}),
        lambda: c.call("patients.create", **{**PERSON, "email": NAME}),
        lambda: c.call("patients.create", **{**PERSON, "phone_number": f"{NAME}{DIGITS}"}),
        lambda: c.call("appointments.create", **{**BOOKING, "start_time": NAME}),
        lambda: c.call("appointments.create", **BOOKING, note=NAME * 100),
        lambda: c.call("working_hours.create", provider_id=NAME, begin_time=time(9), end_time=time(10), days=[NAME]),
        lambda: c.collect(c.list("patients.list", cursor=f"https://elsewhere.example/{NAME}")),
        lambda: c.collect(c.list("patients.list", sort=[NAME], date_of_birth=NAME)),
    )
    await hear(verbs, heard)


@pytest.mark.parametrize(("name", "world"), in_turn(1), ids=lambda one: getattr(one, "name", one))
def test_no_secret_and_no_person_is_heard_of(name, world, sandbox, caplog):
    practice = Practice(sandbox, world)
    given = practice.sandbox.nexhealth
    with_body = name not in WITHOUT_BODY
    for fault in FAULTS[name]:
        if name == "no HTTP":
            practice.sandbox.fault(**fault, body=f"220 {NAME} {given.api_key}\r\n\r\n", method="GET")
            practice.sandbox.fault(**fault, body=f"220 {NAME} {given.api_key}\r\n\r\n", path="/patients*")
        elif with_body:
            for method, path in NAMED:
                body = body_of(name, given.api_key)
                practice.sandbox.fault(**fault, method=method, path=path, body=body)
            rest = {"code": False, "error": [f"Bad key {given.api_key}"]}
            for path in NO_TOKENS:
                practice.sandbox.fault(**fault, path=path, body=rest)
        else:
            for path in NO_TOKENS:
                practice.sandbox.fault(**fault, path=path)
    heard, events = [], []
    with everything_said(caplog, heard):
        client = practice.client(
            given, observer=events.append, on_response=events.append, timeout=patience(name), pace=()
        )
        heard += [repr(client), repr(given), repr(client._transport.account), repr(vars(client))]
        practice.world.tell(lambda c: everything(c, heard), client)
        token = client._transport.account.auth.secrets(client._transport.account)
    heard += map(repr, events)
    assert len(heard) > 60
    assert len(practice.seen()) >= 15
    text = "\n".join(heard)
    assert len(token) >= 2
    for secret in token:
        assert secret not in text
    for personal in (NAME.lower(), DIGITS, "1990-05-17", "lindqvist"):
        assert personal not in text.lower()


def test_a_wrong_key_is_in_no_message(practice, caplog):
    caplog.set_level(logging.DEBUG)
    heard = []
    practice.sandbox.fault("status", status=401, path="/authenticates", body=f"Bad key {SECRET}", times=2)

    async def story(c):
        for _ in range(2):
            with pytest.raises(ApptError) as caught:
                await c.collect(c.list("institutions.list"))
            heard.extend(said(caught.value))
            heard.extend(traceback.format_exception(caught.value))

    practice.tell(story, attrs.evolve(practice.sandbox.nexhealth, api_key=SECRET))
    heard += [record.getMessage() for record in caplog.records]
    assert len(heard) > 5
    assert SECRET not in "\n".join(heard)


def test_the_secret_of_an_endpoint_is_shown_to_who_asks_only(practice):
    async def story(c):
        return await c.call("webhook_endpoints.create", target_url=f"http://127.0.0.1:9/{NAME}")

    made = practice.tell(story)
    assert len(made.secret_key) > 8
    assert made.secret_key not in repr(made)
    assert NAME not in repr(made)


@pytest.mark.parametrize("name", BOTH)
def test_the_log_has_one_line_a_call(name, practice, caplog):
    caplog.set_level(logging.DEBUG)

    async def story(c):
        await c.call("locations.get", 41)
        await c.first(c.list("patients.list", name="Lindqvist"), default=None)
        with pytest.raises(ApptError):
            await c.call("patients.get", 1)

    practice.tell(story, attrs.evolve(practice.sandbox.nexhealth, api_version=name))
    lines = [record for record in caplog.records if record.name.startswith(("apptsdk", "httpx", "httpcore"))]
    assert [record.levelname for record in lines] == ["INFO"] * 3
    assert [record.name for record in lines] == ["apptsdk"] * 3
    first, second, third = [record.getMessage() for record in lines]
    assert first.startswith("nexhealth.locations.get 200 ")
    assert second.startswith("nexhealth.patients.list 200 ")
    assert third.startswith("nexhealth.patients.get NotFoundError ")
    assert "Lindqvist" not in first + second + third


def test_an_attempts_json_holds_ids_and_no_person(practice):
    practice.sandbox.fault("drop_before", method="POST", path="/patients")
    practice.sandbox.fault("drop_before", method="POST", path="/appointments")

    async def story(c):
        with pytest.raises(OutcomeUnknownError) as first:
            await c.call("patients.create", **PERSON)
        with pytest.raises(OutcomeUnknownError) as second:
            await c.call("appointments.create", **BOOKING, note=NAME, is_guardian=True, patient=CHILD)
        return first.value.attempt, second.value.attempt

    for attempt in practice.tell(story):
        for shown in (repr(attempt), attempt.to_json()):
            for personal in (NAME, DIGITS, "1990-05-17", "2016-06-30", PERSON["ssn"]):
                assert personal not in shown


@pytest.mark.parametrize("kind", [repr, str])
def test_inputs_name_nobody_in_their_repr(kind):
    made = kind(PatientCreate(**PERSON)) + kind(AppointmentCreate(**BOOKING, note=NAME, patient=CHILD)) + kind(CHILD)
    assert NAME not in made
    assert DIGITS not in made
    assert "1990" not in made
    assert "412009001" in made
