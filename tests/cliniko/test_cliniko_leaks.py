"""A canary secret and canary personal data through every verb and every failure: who could hear them afterwards."""

from __future__ import annotations

import base64
import logging
from datetime import date, timedelta

import attrs
import pytest
from leaks import FAULTS, everything_said, hear, in_turn, patience
from props import NOW

from apptsdk import ApptError, OutcomeUnknownError
from apptsdk.providers.cliniko import PhoneNumberInput, PhoneType

SECRET = "MS0xLWNhbmFyeS1zZWNyZXQtOTkzMQ"
NAME = "Zebulonia"
PERSON = {
    "first_name": NAME,
    "last_name": f"{NAME}-Smythe",
    "email": f"{NAME}@person.example",
    "notes": f"{NAME} hurts",
}
PHONE = {"patient_phone_numbers": [PhoneNumberInput(number=f"0491 {NAME}", phone_type=PhoneType.HOME)]}
LOGIN = base64.b64encode(f"{SECRET}-au1:".encode()).decode()
SECRETS = (SECRET, LOGIN)

# Where no person was named in the request, the SDK cannot know what in the answer is one.
NAMELESS = (
    ("GET", "/user"),
    ("GET", "/patients/*"),
    ("POST", "/patients/*"),
    ("GET", "/bookings"),
    ("GET", "/attendees"),
    ("GET", "/settings"),
)
BODY = {
    "message": f"{NAME}-Smythe is no good with {SECRET}",
    "errors": {"email": f"{NAME}@person.example is taken", "base": f"Bad key {SECRET}-au1"},
    "id": [NAME],
    **{key: [{"id": {"name": NAME}}] for key in ("attendees", "bookings", "patient_cases", "patients")},
    "links": {"next": f"https://elsewhere.example/?q[]=last_name:={NAME}"},
}


async def everything(c, heard):
    """Call every kind of verb with personal data in each; keep what it said."""
    ids = {"appointment_type_id": 1, "business_id": 2, "patient_id": 3, "practitioner_id": 4}
    group = {name: ids[name] for name in ids if name != "patient_id"}
    people, cases = c.client.patients, c.client.patient_cases
    verbs = (
        lambda: c.call("user"),
        lambda: c.call("patients.create", **PERSON, **PHONE, date_of_birth=date(1990, 5, 17)),
        lambda: c.call("patients.update", 5, **PERSON),
        lambda: c.call("patients.get", 5),
        lambda: c.first(c.list("patients.list", q=[f"last_name:={NAME}"]), default=None),
        lambda: c.call("patients.archive", 5),
        lambda: c.call("individual_appointments.create", **ids, starts_at=NOW, notes=NAME),
        lambda: c.call("individual_appointments.cancel", 6, reason=30, note=NAME),
        lambda: c.call("request", "POST", "/patients", json=PERSON, headers={"X-Patient": NAME}),
        lambda: c.collect(c.list("request_pages", "/patients", "patients", query={"q[]": f"last_name:={NAME}"})),
        lambda: c.call("group_appointments.create", **group, starts_at=NOW, notes=NAME),
        lambda: c.call("attendees.create", booking_id=1, patient_id=3, notes=NAME),
        lambda: c.call("attendees.cancel", 6, reason=40, note=NAME),
        lambda: c.call("unavailable_blocks.update", 5, notes=NAME),
        lambda: c.call("patient_cases.create", name=NAME, patient_id=3, notes=NAME),
        lambda: c.collect(c.list("patient_cases.list", q=[cases.F.name.contains(NAME)])),
        lambda: c.collect(c.list("patients.list", q=[people.F.last_name == NAME, people.F.email.like(f"%{NAME}%")])),
        lambda: c.collect(c.list("bookings.list")),
        lambda: c.collect(c.list("attendees.list")),
        lambda: c.call("settings.get"),
        lambda: c.collect(c.list("patients.list", q=people.F.last_name == NAME)),
        lambda: c.collect(c.list("bookings.list", q=[people.F.last_name != NAME])),
        lambda: c.collect(c.list("patient_cases.list", q=[cases.F.patient_id.is_in(NAME)])),
        lambda: c.collect(c.list("patients.list", q=[people.F.date_of_birth.like(NAME)])),
        lambda: c.call("patients.get", f"{NAME}/x"),
        lambda: c.call("patients.create", first_name=NAME, last_name=[NAME]),
        lambda: c.call("individual_appointments.create", **ids, starts_at=NAME),
        lambda: c.call("patients.update", 5, custom_fields=[NAME]),
    )
    await hear(verbs, heard)


@pytest.mark.parametrize(("name", "world"), in_turn(2), ids=lambda one: getattr(one, "name", one))
def test_no_secret_and_no_person_is_heard_of(name, clinic, caplog):
    body = {"body": BODY} if name not in {"silence", "garbled", "half"} else {}
    if name == "no HTTP":
        body = {"body": f"220 {NAME} {SECRET}\r\n\r\n"}
    for fault in FAULTS[name]:
        for method, path in NAMELESS if body else ():
            clinic.sandbox.fault(**{**fault, "body": f"Bad key {SECRET}-au1 {LOGIN}"}, method=method, path=path)
        clinic.sandbox.fault(**fault, **body)
    settings = clinic.sandbox.cliniko
    if name != "nothing":
        settings = attrs.evolve(settings, api_key=f"{SECRET}-au1")
    heard, events = [], []
    with everything_said(caplog, heard):
        client = clinic.client(
            settings, observer=events.append, on_response=events.append, timeout=patience(name), pace=()
        )
        heard += [repr(client), repr(settings), repr(client._transport.account), repr(vars(client))]
        clinic.world.tell(lambda c: everything(c, heard), client)
    heard += map(repr, events)
    assert len(heard) > 60
    assert len(clinic.seen()) >= 20
    text = "\n".join(heard)
    for secret in (*SECRETS, clinic.sandbox.cliniko.api_key):
        assert secret not in text
    assert NAME.lower() not in text.lower()


def test_the_log_has_one_line_a_call(clinic, caplog):
    caplog.set_level(logging.DEBUG)
    clinic.sandbox.fault("status", path="/user")

    async def story(c):
        await c.call("user")
        await c.first(c.list("patients.list", q=["last_name:=Park"]))
        with pytest.raises(ApptError):
            await c.call("patients.get", 1)

    clinic.tell(story)
    lines = [record for record in caplog.records if record.name.startswith(("apptsdk", "httpx", "httpcore"))]
    assert [record.levelname for record in lines] == ["INFO"] * 3
    assert [record.name for record in lines] == ["apptsdk"] * 3
    first, second, third = [record.getMessage() for record in lines]
    assert first.startswith("cliniko.user 200 ")
    assert first.endswith(" ms requests 2")
    assert second.startswith("cliniko.patients.list 200 ")
    assert "Park" not in second
    assert third.startswith("cliniko.patients.get NotFoundError ")


def test_the_librarys_own_calls_of_others_are_still_logged(sandbox, caplog):
    import httpx  # noqa: PLC0415 - as a user's other code does

    caplog.set_level(logging.INFO)
    from apptsdk import Cliniko  # noqa: PLC0415 - likewise

    with Cliniko(sandbox.cliniko, engine="httpx") as client:
        client.user()
        with httpx.Client(trust_env=False) as other:
            other.get(f"{sandbox.url}/_sandbox/health")
    assert [record.name for record in caplog.records if record.name == "httpx"] == ["httpx"]


def test_an_attempts_json_may_hold_a_person_and_its_repr_does_not(clinic):
    clinic.sandbox.fault("drop_before", method="POST", path="/patients")
    with pytest.raises(OutcomeUnknownError) as caught:
        clinic.tell(lambda c: c.call("patients.create", **PERSON))
    attempt = caught.value.attempt
    assert NAME not in repr(attempt)
    assert NAME in attempt.to_json()
    assert attempt.started_at - NOW < timedelta(seconds=1)
