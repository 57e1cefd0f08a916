"""Canary credentials and a canary person through every verb and every failure: who could hear of them afterwards."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import attrs
import pytest
from harness import World, said
from imiassist_support import CLIENTS, REFERENCE, START, TOKEN, Company, passed_on
from leaks import FAULTS, WITHOUT_BODY, everything_said, hear, in_turn, patience

from apptsdk import ApptError, OutcomeUnknownError
from apptsdk.providers.imiassist.models import AppointmentSchedule

NAME = "Zebulonia"
PHONE = "+447700977017"
EMAIL = f"{NAME}@person.example"
NUMBER = "NHS-987650017"
SECRET = "canary-secret-9931-canary"
PERSON = {
    "customer_id": NUMBER,
    "customer_phone": PHONE,
    "customer_email": EMAIL,
    "customer_first_name": NAME,
    "customer_last_name": f"{NAME}-Smythe",
    "custom_attributes": {"age": 41, "gender": f"{NAME}-gender"},
    "assignee_email": f"dr.{EMAIL}",
    "description": f"{NAME} is afraid",
    "title": f"Call {NAME}",
}
WHEN = {"start_time": START + timedelta(days=9), "duration": 30}
PERSONAL = (NAME, PHONE, PHONE[1:], NUMBER)
SENT = f"{NAME}-Smythe and {EMAIL} of {NUMBER} are no good with"
API, FLOW = "/api/v1/appointments*", "/flows/*"
SHAPES = ("api", "flow")


def body_of(name, secret):
    """Give what a fault answers with: a text that repeats what it was sent, or an object that does not decode."""
    if name == "nothing readable":
        return {"appointment_id": [NAME], "participants": [{"first_name": {"x": NAME}, "meeting_link": NAME}]}
    detail = {"field": "customer_email", "message": f"{EMAIL} with {secret}"}
    error = {"error": {"code": "invalid_request", "message": f"{SENT} {secret}", "details": [detail]}}
    return json.loads(passed_on("422", error).content) if name == "a 200 that refuses" else error


def with_person(c):
    """Give the verbs whose requests name the person."""
    schedule = "appointments.schedule"
    return (
        lambda: c.call(schedule, **WHEN, **PERSON),
        lambda: c.call(schedule, **WHEN, **{**PERSON, "assignee_email": None, "external_reference_id": "PAS-9001"}),
    )


def without_person(c):
    """Give the other verbs, and what is refused before anything is sent."""
    schedule = "appointments.schedule"
    return (
        lambda: c.call("appointments.cancel", external_reference_id="PAS-9001"),
        lambda: c.call("appointments.cancel", appointment_id="a" * 24),
        lambda: c.call("appointments.cancel", appointment_uid="NS-1-1"),
        lambda: c.call("request", "POST", "/contacts", json={"first_name": NAME}, headers={"X-Patient": NAME}),
        lambda: c.call(schedule, **WHEN, **{**PERSON, "customer_email": NAME}),
        lambda: c.call(schedule, **WHEN, **{**PERSON, "customer_phone": f"{NAME}{PHONE}"}),
        lambda: c.call(schedule, **WHEN, **{**PERSON, "customer_phone": [NAME]}),
        lambda: c.call(schedule, **WHEN, **{**PERSON, "customer_id": f"{NAME}/x"}),
        lambda: c.call(schedule, **WHEN, **{**PERSON, "customer_last_name": f"{NAME}\n"}),
        lambda: c.call(schedule, **WHEN, **{**PERSON, "custom_attributes": {"gender": [NAME]}}),
        lambda: c.call(schedule, **WHEN, **{**PERSON, "custom_attributes": NAME}),
        lambda: c.call(schedule, **WHEN, **PERSON, priority=NAME),
        lambda: c.call(schedule, **{**WHEN, "duration": NAME}, **PERSON),
        lambda: c.call(schedule, **{**WHEN, "start_time": NAME}, **PERSON),
        lambda: c.call("appointments.cancel", appointment_id=f"{NAME}/x"),
        lambda: c.call("appointments.cancel", NAME),
    )


def spoil(sandbox, name, path, body):
    """Let everything but tokens go wrong."""
    for given in FAULTS[name]:
        fault = {**given, "times": 1} if name in {"silence", "a bomb"} else given  # they take their time
        if name == "no HTTP":
            fault = {**fault, "body": f"220 {NAME} {body}\r\n\r\n"}
        elif name not in WITHOUT_BODY:
            fault = {**fault, "body": body}
        yield sandbox.fault(**fault, path=path)


TURNS = [(name, world, shape) for turn, shape in enumerate(SHAPES) for name, world in in_turn(turn)]


@pytest.mark.parametrize(("name", "world", "shape"), TURNS, ids=lambda one: getattr(one, "name", one))
def test_no_secret_and_no_person_is_heard_of(name, world, shape, sandbox, caplog):
    company = Company(sandbox, world)
    given, heard, events = settings_of(company, shape), [], []
    bad = f"Bad key {given.api_key}, bad token {given.token}, bad password {given.user_password}"
    path = API if shape == "api" else FLOW

    async def story(c):
        # Where no person was named in the request, the SDK cannot know what in the answer is one.
        for verbs, body in ((with_person(c), body_of(name, bad)), (without_person(c), {"error": bad})):
            faults = list(spoil(sandbox, name, path, body))
            await hear(verbs, heard)
            for fault in faults:
                fault.remove()

    with everything_said(caplog, heard):
        client = world.client(
            CLIENTS,
            given,
            clock=company.watch,
            observer=events.append,
            on_response=events.append,
            timeout=patience(name),
            random=lambda: 1.0,
        )
        heard += [repr(client), repr(given), repr(client._transport.account), repr(vars(client))]
        world.tell(story, client)
        secrets = {*client._transport.account.auth.secrets(client._transport.account)}
    heard += map(repr, events)
    assert len(heard) > 50
    assert len(company.seen()) >= 6
    text = "\n".join(heard)
    known = {one for one in (given.api_key, given.token, given.user_email, given.user_password) if one is not None}
    assert len(known) == (2 if shape == "flow" else 4)
    # Where the token is refused, ACCESS and a new token are had.
    assert len(secrets - known) == (2 if shape == "api" and name == "a 401" else 0)
    assert secrets >= known
    for secret in secrets:
        assert secret not in text
    for personal in PERSONAL:
        assert personal.lower() not in text.lower()


def settings_of(company, shape):
    """Give credentials of every kind, or a flow that takes only a key and a token."""
    user = {"user_email": company.record.user_email, "user_password": company.record.user_password}
    return company.settings(shape, **(user if shape == "api" else {}))


REPEATS = {
    "a text": (400, f"Bad secret {SECRET}"),
    "our contract's error": (401, {"error": {"code": "invalid_credentials", "message": f"{SECRET} is wrong"}}),
    "JSON": (403, {"message": SECRET}),
    "a failure": (503, {"error": SECRET}),
    "no token": (200, {"access": f"{SECRET} x"}),
    "no HTTP": (0, f"220 {SECRET}\r\n\r\n"),
}


@pytest.mark.parametrize("way", REPEATS)
def test_a_password_that_the_login_repeats_is_in_no_message(way, sandbox, caplog):
    company, heard = Company(sandbox, World("sync")), []
    status, body = REPEATS[way]
    kind = {"kind": "status", "status": status} if status else {"kind": "reply"}
    sandbox.fault(**kind, path="*/auth/login", body=body, times=None)

    async def story(c):
        for _ in range(2):
            with pytest.raises(ApptError) as caught:
                await c.call("appointments.cancel", appointment_uid="NS-1-1")
            heard.extend(said(caught.value))

    with everything_said(caplog, heard):
        user = {"user_email": company.record.user_email, "user_password": SECRET}
        company.tell(story, company.settings(api_key=None, token=None, **user))
    assert len(heard) > 5
    assert SECRET not in "\n".join(heard)
    assert {seen.path for seen in company.seen()} == {"/imiassist/api/v1/auth/login"}


def test_a_token_that_the_api_repeats_is_in_no_message(vendor):
    vendor.answers(passed_on("403", {"error": {"message": f"The token {TOKEN} may not"}}))
    with pytest.raises(ApptError, match="The token … may not") as caught:
        vendor.schedule()
    assert TOKEN not in "\n".join(said(caught.value))


def test_an_api_key_that_came_with_its_token_is_in_no_message(sandbox):
    company = Company(sandbox, World("sync"))
    key = company.record.api_key
    sandbox.fault("status", status=403, path=API, body={"error": {"message": f"The key {key} may not"}})
    user = {"user_email": company.record.user_email, "user_password": company.record.user_password}
    with pytest.raises(ApptError, match="The key … may not") as caught:
        company.tell(
            lambda c: c.call("appointments.cancel", appointment_uid="NS-1-1"),
            company.settings(api_key=None, token=None, **user),
        )
    assert key not in "\n".join(said(caught.value))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_log_has_one_line_a_call(shape, sandbox, caplog):
    caplog.set_level(logging.DEBUG)
    company = Company(sandbox, World("sync"))

    async def story(c):
        made = await c.call("appointments.schedule", **WHEN, **{**PERSON, "assignee_email": None})
        await c.call("appointments.cancel", made)
        with pytest.raises(ApptError):
            await c.call("appointments.cancel", made)

    company.tell(story, company.settings(shape))
    lines = [record for record in caplog.records if record.name.startswith(("apptsdk", "httpx", "httpcore"))]
    assert [(record.name, record.levelname) for record in lines] == [("apptsdk", "INFO")] * 3
    first, second, third = [record.getMessage() for record in lines]
    assert first.startswith("imiassist.appointments.schedule 201 ")
    assert second.startswith("imiassist.appointments.cancel 200 ")
    assert third.startswith("imiassist.appointments.cancel ConflictError ")


def test_an_attempt_holds_the_reference_and_the_time_and_nobodys_name(vendor):
    vendor.answers(passed_on("503", "gone"))
    with pytest.raises(OutcomeUnknownError) as caught:
        vendor.schedule(**PERSON, external_reference_id=REFERENCE)
    attempt = caught.value.attempt
    assert attempt.reference == REFERENCE
    for personal in PERSONAL:
        assert personal not in attempt.to_json() + repr(attempt)


@pytest.mark.parametrize("kind", [repr, str])
def test_inputs_and_results_name_nobody_in_their_repr(kind, sandbox):
    company = Company(sandbox, World("sync"))

    async def story(c):
        made = await c.call("appointments.schedule", **WHEN, **{**PERSON, "assignee_email": None})
        return made, await c.call("appointments.cancel", made)

    made, cancelled = company.tell(story)
    (guest,) = made.guests
    assert (guest.first_name, guest.phone) == (NAME, PHONE)
    assert NAME in made.response_body
    shown = "".join(map(kind, (AppointmentSchedule(**WHEN, **PERSON), made, guest, cancelled)))
    for personal in (NAME, PHONE, EMAIL, guest.meeting_link):
        assert personal not in shown
    assert made.appointment_id in shown
    assert attrs.evolve(made, title=None) != made
