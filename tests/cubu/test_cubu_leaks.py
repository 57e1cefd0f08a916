"""A canary secret, token and person through every verb and every failure: who could hear of them afterwards."""

from __future__ import annotations

import logging
from datetime import date, timedelta

import attrs
import pytest
from cubu_support import Office
from harness import said
from leaks import FAULTS, WITHOUT_BODY, everything_said, hear, in_turn, patience

from apptsdk import ApptError, AuthenticationError, OutcomeUnknownError
from apptsdk.providers.cubu import CalendarRef, CaseRef, Catalogue
from apptsdk.providers.cubu.models import AppointmentBook, QueueJoin
from apptsdk.sandbox.cubu.seed import EMAIL as EMAIL_FIELD
from apptsdk.sandbox.cubu.seed import FRONT_DESK, LAST_NAME, QUESTION, REASON

NAME = "Zebulonia"
DIGITS = "4155550177"
NATIONAL = "987650017"
EMAIL = f"{NAME}@person.example"
SECRET = "canary-secret-9931-canary"
FREE = date(2026, 5, 5)
NOBODY = "00000000-0000-4000-8000-000000000000"
DESK = CalendarRef(service_id=FRONT_DESK, date=FREE, cu_index=0)
CASE = CaseRef(service_id=FRONT_DESK, date=FREE, cu_index=0, case_id=NOBODY)
MATTER = {
    "service_type_id": QUESTION,
    "channel": "Video",
    "contact_phone_number": DIGITS,
    "contact_email": EMAIL,
    "fields": {REASON: f"{NAME}-Smythe"},
}
PERSON = {"First name": NAME, "Last name": f"{NAME}-Smythe", "National id": NATIONAL, "Email": EMAIL, "Phone": DIGITS}
SENT = f"{NAME}-Smythe and {EMAIL} are no good with"
# Where no person was named in the request, the SDK cannot know what in the answer is one.
NAMED = (("POST", "*/appointments"), ("POST", "*/customers"), ("PATCH", "*/customers/*"), ("POST", "*/cases"))
API = ("/*/calendars/*", "/*/customers*", "/*/services/*")
"""Every path but that of tokens."""


def body_of(name, secret):
    """Give what a fault answers with: a text that repeats what it was sent, or an object that does not decode."""
    if name == "nothing readable":
        return {"caseId": [NAME], "recordId": {"name": NAME}, "fields": [{"value": NAME}]}
    texts = {"errors": {"contactEmail": [EMAIL], "fields": f"{NAME}-Smythe"}}
    return {"errorCode": 5, "message": f"{SENT} {secret}", "detail": EMAIL, "traceId": NAME, **texts}


async def everything(c, heard):
    """Call every kind of verb with personal data in each; keep what it said."""

    async def verified(body, headers):
        return c.client.webhooks.verify(body, headers, key=SECRET, path=f"/{NAME}/service/actions/afterBookAppointment")

    person = {LAST_NAME: f"{NAME}-Smythe", EMAIL_FIELD: EMAIL}
    verbs = (
        lambda: c.call("appointments.book", DESK, start=540, **MATTER),
        lambda: c.call("appointments.book", DESK, start=300, **MATTER, bypass_timeslot_check=True),
        lambda: c.call("appointments.rebook", CASE, DESK, start=600, **MATTER),
        lambda: c.collect(c.list("appointments.list", DESK)),
        lambda: c.call("appointments.get", CASE),
        lambda: c.call("appointments.cancel", CASE),
        lambda: c.collect(c.list("calendars.list", FRONT_DESK, FREE)),
        lambda: c.call("calendars.vacancies", DESK, service_type_id=QUESTION),
        lambda: c.call("customers.create", fields=PERSON),
        lambda: c.call("customers.create", fields=person),
        lambda: c.call("customers.update", NOBODY, fields=PERSON),
        lambda: c.call("customers.find", key_value=NATIONAL),
        lambda: c.call("customers.find", key_value="310000017"),
        lambda: c.call("customers.get", NOBODY),
        lambda: c.call("queue.join", FRONT_DESK, **MATTER),
        lambda: c.call("request", "POST", "/customers", json={"fields": person}, headers={"X-Patient": NAME}),
        # Refused before anything is sent.
        lambda: c.call("appointments.book", DESK, start=540, **{**MATTER, "contact_email": NAME}),
        lambda: c.call("appointments.book", DESK, start=540, **{**MATTER, "contact_phone_number": f"{NAME}{DIGITS}"}),
        lambda: c.call("appointments.book", DESK, start=NAME, **MATTER),
        lambda: c.call("appointments.book", DESK, start=540, **{**MATTER, "fields": {REASON: [NAME]}}),
        lambda: c.call("appointments.book", f"{NAME}/2026-05-05/0", start=540, **MATTER),
        lambda: c.call("appointments.get", f"{NAME}/x"),
        lambda: c.call("customers.get", NAME),
        lambda: c.call("customers.create", fields=NAME),
        lambda: c.call("customers.find", key_value=f"{NAME}\ud800"),
        lambda: c.call("queue.join", FRONT_DESK, **{**MATTER, "customer_record_id": NAME}),
        lambda: verified(f'{{"caseId": "{NAME}"}}'.encode(), {"authorization": f"HMAC {NAME}"}),
        lambda: verified(NAME, {"authorization": f"HMAC {NAME}"}),
    )
    await hear(verbs, heard)


def spoil(office, name, secret):
    """Let everything but tokens go wrong."""
    for given in FAULTS[name]:
        fault = {**given, "times": 1} if name in {"silence", "a bomb"} else given  # they take their time
        if name in WITHOUT_BODY or name == "no HTTP":
            text = {"body": f"220 {NAME} {secret}\r\n\r\n"} if name == "no HTTP" else {}
            for path in API:
                office.sandbox.fault(**fault, **text, path=path)
            continue
        for method, path in NAMED:
            office.sandbox.fault(**fault, method=method, path=path, body=body_of(name, secret))
        for path in API:
            office.sandbox.fault(**fault, path=path, body={"errorCode": 5, "message": f"Bad key {secret}"})


@pytest.mark.parametrize(("name", "world"), in_turn(0), ids=lambda one: getattr(one, "name", one))
def test_no_secret_and_no_person_is_heard_of(name, world, sandbox, caplog):
    office = Office(sandbox, world)
    given, heard, events = sandbox.cubu, [], []
    spoil(office, name, given.client_secret)
    with everything_said(caplog, heard):
        client = office.client(given, observer=events.append, on_response=events.append, timeout=patience(name))
        heard += [repr(client), repr(given), repr(client._transport.account), repr(vars(client))]
        office.world.tell(lambda c: everything(c, heard), client)
        secrets = client._transport.account.auth.secrets(client._transport.account)
    heard += map(repr, events)
    assert len(heard) > 60
    assert len(office.seen()) >= 15
    text = "\n".join(heard)
    assert len(secrets) >= 2
    assert given.client_secret in secrets
    for secret in (*secrets, SECRET):
        assert secret not in text
    for personal in (NAME, DIGITS, NATIONAL, EMAIL, "quill", "310000017"):
        assert personal.lower() not in text.lower()


ENTRA = {"error": "invalid_client", "error_description": f"AADSTS7000215: {SECRET} is wrong", "error_codes": [7000215]}
REPEATS = {
    "Entra's error": (401, ENTRA),
    "a text": (400, f"Bad secret {SECRET}"),
    "JSON": (403, {"message": SECRET}),
    "a failure": (503, {"error": SECRET}),
    "no token": (200, {"access_token": f"{SECRET} x"}),
    "no HTTP": (0, f"220 {SECRET}\r\n\r\n"),
}


@pytest.mark.parametrize("way", REPEATS)
def test_a_secret_that_the_token_endpoint_repeats_is_in_no_message(way, office, caplog):
    status, body = REPEATS[way]
    kind = {"kind": "status", "status": status} if status else {"kind": "reply"}
    office.sandbox.fault(**kind, path="*/token", body=body, times=None)
    heard = []

    async def story(c):
        for _ in range(2):
            with pytest.raises(ApptError) as caught:
                await c.collect(c.list("calendars.list", FRONT_DESK, FREE))
            heard.extend(said(caught.value))

    with everything_said(caplog, heard):
        office.tell(story, office.settings(client_secret=SECRET))
    assert len(heard) > 5
    assert SECRET not in "\n".join(heard)
    assert office.seen() == []


def test_a_wrong_secret_is_refused_in_entras_words_without_it(office):
    with pytest.raises(AuthenticationError, match="AADSTS7000215") as caught:
        office.tell(lambda c: c.call("customers.get", NOBODY), office.settings(client_secret=SECRET))
    assert SECRET not in "\n".join(said(caught.value))


def test_a_catalogue_is_shown_by_its_size_and_not_by_its_names():
    shown = repr(attrs.evolve(Catalogue(), languages=("en-US",)))
    assert "en-US" not in shown
    assert "languages=1" in shown


def test_the_log_has_one_line_a_call(office, caplog):
    caplog.set_level(logging.DEBUG)

    async def story(c):
        await c.call("customers.find", key_value="310000017")
        await c.call("appointments.book", DESK, start=540, **MATTER)
        with pytest.raises(ApptError):
            await c.call("customers.get", NOBODY)

    office.tell(story)
    lines = [record for record in caplog.records if record.name.startswith(("apptsdk", "httpx", "httpcore"))]
    assert [record.name for record in lines] == ["apptsdk"] * 3
    assert [record.levelname for record in lines] == ["INFO"] * 3
    first, second, third = [record.getMessage() for record in lines]
    assert first.startswith("cubu.customers.find 200 ")
    assert second.startswith("cubu.appointments.book 20")
    assert third.startswith("cubu.customers.get NotFoundError ")
    assert "310000017" not in first + second + third


def test_an_attempts_json_holds_what_a_booking_is_found_by_and_its_repr_does_not(office):
    for path in ("*/appointments", "*/customers", "*/cases"):
        office.sandbox.fault("drop_before", method="POST", path=path)

    async def story(c):
        attempts = []
        for verb in (
            lambda: c.call("appointments.book", DESK, start=540, **MATTER),
            lambda: c.call("customers.create", fields=PERSON),
            lambda: c.call("queue.join", FRONT_DESK, **MATTER),
        ):
            with pytest.raises(OutcomeUnknownError) as caught:
                await verb()
            attempts.append(caught.value.attempt)
        return attempts

    booking, customer, case = office.tell(story)
    for attempt in (booking, customer, case):
        for personal in (NAME, DIGITS, NATIONAL):
            assert personal not in repr(attempt)
    written = booking.to_json()
    assert DIGITS in written
    assert EMAIL in written
    assert f"{NAME}-Smythe" not in written
    # A record is known by its key, and told from another's by digests of its values.
    assert NATIONAL in customer.to_json()
    assert NAME not in customer.to_json()
    assert NAME not in case.to_json()
    assert booking.started_at - office.sandbox.clock.now() < timedelta(seconds=1)


@pytest.mark.parametrize("kind", [repr, str])
def test_inputs_and_results_name_nobody_in_their_repr(kind, office):
    async def story(c):
        booking = await c.call("appointments.book", DESK, start=540, **MATTER)
        made = await c.call("customers.create", fields=PERSON)
        return booking, *await c.collect(c.list("appointments.list", DESK)), await c.call("customers.get", made.id)

    results = office.tell(story)
    assert results[0].contact_email == EMAIL
    assert results[-1].display_name == f"{NAME} {NAME}-Smythe"
    customer = results[-1]
    inputs = (AppointmentBook(**MATTER, start=540), QueueJoin(**MATTER))
    shown = "".join(map(kind, (*inputs, *results, *customer.fields, results[0].differences)))
    for personal in (NAME, DIGITS, NATIONAL):
        assert personal not in shown
    assert QUESTION in shown
    assert customer.record_id in shown
