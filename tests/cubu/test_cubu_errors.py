"""Cubu's errors: the published codes, the bodies that nobody has published, and what a caller hears of them."""

from __future__ import annotations

import json
import re
from http import HTTPStatus

import pytest
from cubu_support import (
    CALENDAR,
    CASE_ID,
    CUSTOMER_ID,
    FIELD,
    RENEWAL,
    SERVICE,
    answer,
    raw,
    refusal,
    settings,
)

import apptsdk
from apptsdk import (
    NO_RETRY,
    APIStatusError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    SlotUnavailableError,
    ValidationError,
)
from apptsdk.providers.cubu import CaseRef
from apptsdk.providers.cubu.wire import CODES
from apptsdk.sandbox.cubu.seed import ADVICE, FRONT_DESK, ISLAND_LINE, NIGHT_LINE, PASSPORT_OFFICE, QUESTION

NOBODY = "00000000-0000-4000-8000-000000000000"
REF = CaseRef(service_id=SERVICE, date=CALENDAR.date, cu_index=0, case_id=CASE_ID)
MATTER = {"service_type_id": RENEWAL, "channel": "FaceToFace"}
VERBS = {
    "calendars.list": lambda c: c.collect(c.list("calendars.list", SERVICE, CALENDAR.date)),
    "appointments.list": lambda c: c.collect(c.list("appointments.list", CALENDAR)),
    "appointments.book": lambda c: c.call("appointments.book", CALENDAR, start=540, **MATTER),
    "appointments.cancel": lambda c: c.call("appointments.cancel", REF),
    "customers.create": lambda c: c.call("customers.create", fields={FIELD: "x"}),
    "customers.update": lambda c: c.call("customers.update", CUSTOMER_ID, fields={FIELD: "x"}),
    "customers.get": lambda c: c.call("customers.get", CUSTOMER_ID),
    "queue.join": lambda c: c.call("queue.join", SERVICE, **MATTER),
    "request": lambda c: c.call("request", "POST", "/agents/x/actions/clock-in"),
}


def heard(vendor, verb, *answers, given=None):
    """Give the error that a verb ends with."""
    vendor.answers(always=answers[0])
    with pytest.raises(apptsdk.ApptError) as caught:
        vendor.tell(VERBS[verb], given, retry=NO_RETRY)
    return caught.value


# --- the codes -------------------------------------------------------------------------------------------------------

PUBLISHED = {
    1001: "the case's status does not allow it",
    1002: "another user has locked the case",
    1004: "the case is assigned to another user",
    1010: "the case is not active",
    1011: "there is no current workspace",
    3301: 'the user\'s status is not "Away"',
}
"""What the vendor's pages name, all of them with 409, by hand."""


def test_the_published_codes_are_those_of_the_facts():
    assert {str(code): text for code, text in PUBLISHED.items()} == dict(CODES)


@pytest.mark.parametrize("verb", VERBS)
def test_a_published_code_is_a_conflict_with_its_meaning_also_for_a_booking(verb, vendor):
    async def story(c):
        for code, meaning in PUBLISHED.items():
            with pytest.raises(ConflictError) as caught:
                await VERBS[verb](c)
            error = caught.value
            assert type(error) is ConflictError
            assert (error.status, error.code, error.fields) == (409, str(code), {})
            assert str(error) == f"cubu.{verb}: 409 {meaning} (errorCode {code})"

    vendor.answers(*(refusal(409, code) for code in PUBLISHED))
    vendor.tell(story)
    assert len(vendor.feed.requests) == len(PUBLISHED)


@pytest.mark.parametrize("code", PUBLISHED)
def test_the_vendors_own_words_come_before_ours(code, vendor):
    error = heard(vendor, "request", refusal(409, code, "In the vendor's words."))
    assert str(error) == f"cubu.request: 409 In the vendor's words. (errorCode {code})"


STATUSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    405: "APIStatusError",
    409: "ConflictError",
    415: "APIStatusError",
    418: "APIStatusError",
    422: "ValidationError",
    429: "RateLimitError",
    500: "ServerError",
    503: "ServerError",
}
HINTS = {
    401: "are tenant_id, client_id and client_secret those of the registered application, and is application_id its?",
    403: "Appointments Manager, Customers Manager or Case Manager",
    404: "are the ids, application_id and, in the settings, cancel_path and customer_path right?",
    405: "are cancel_method and cancel_path",
}


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_without_a_body_says_what_it_means_and_what_to_look_at(status, vendor):
    error = heard(vendor, "appointments.list", raw(status=status))
    assert type(error) is getattr(apptsdk, STATUSES[status])
    assert (error.status, error.code, error.provider) == (status, None, "cubu")
    assert str(error).startswith(f"cubu.appointments.list: {status} {HTTPStatus(status).phrase}")
    for number, hint in HINTS.items():
        assert (hint in str(error)) is (number == status)


# --- the bodies ------------------------------------------------------------------------------------------------------

JSON_TYPE = [("content-type", "application/json")]
PROBLEM = {
    "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
    "title": "One or more validation errors occurred.",
    "status": 400,
    "detail": "See errors.",
    "traceId": "00-4bf9-01",
    "errors": {"contactEmail": ["required", "too short"], "channel": "odd"},
}
FIELDS = {"contactEmail": "required; too short", "channel": "odd"}
LONG = "x" * 3_000_000
# What comes, and then: the text, the code and the fields that are read from it.
BODIES = {
    "errorCode and message": ({"errorCode": 77, "message": "No."}, "No. (errorCode 77)", "77", {}),
    "code and error": ({"code": "E77", "error": "No."}, "No. (errorCode E77)", "E77", {}),
    "errorCode before code": ({"code": 1, "errorCode": 77}, "(errorCode 77)", "77", {}),
    "a code alone": ({"errorCode": 77}, "(errorCode 77)", "77", {}),
    "a code in a text": ({"errorCode": "1001"}, f"{PUBLISHED[1001]} (errorCode 1001)", "1001", {}),
    "a title and a detail": ({"title": "No.", "detail": "Not today."}, "No.; Not today.", None, {}),
    "the same twice": ({"error": "No.", "message": "No."}, "No.", None, {}),
    "messages in an array": ({"message": ["One.", ["Two."], 3, ""]}, "One.; Two.", None, {}),
    "ProblemDetails": (PROBLEM, f"{PROBLEM['title']}; See errors.", None, FIELDS),
    "fields and no text": ({"errors": {"channel": ["odd"]}}, "", None, {"channel": "odd"}),
    "fields that are none": ({"errors": ["odd"], "message": "No."}, "No.", None, {}),
    "a field without a text": ({"errors": {"channel": None}, "message": "No."}, "No.", None, {"channel": "is invalid"}),
    "an error in an object": ({"error": {"message": "No."}}, "", None, {}),
    "a code that is none": ({"errorCode": True, "code": {"a": 1}, "message": "No."}, "No.", None, {}),
    "a text as JSON": (b'"No."', "No.", None, {}),
    "an array": (b'["No."]', "", None, {}),
    "a number": (b"5", "", None, {}),
    "null": (b"null", "", None, {}),
    "an empty object": (b"{}", "", None, {}),
    "plain text": (b"No.\n", "No.", None, {}),
    "several lines": (b"One\r\n\ttwo\n\nthree", "One two three", None, {}),
    "HTML": (b"<!DOCTYPE html><html><body><h1>No.</h1></body></html>", "", None, {}),
    "HTML after a space": (b"\n <html>No.</html>", "", None, {}),
    "nothing": (b"", "", None, {}),
    "bad UTF-8": (b"\xff\xfe\xfd", "\ufffd", None, {}),
    "half of JSON": (b'{"message": "No', "", None, {}),
    "three megabytes": (LONG.encode(), "xxx", None, {}),
    "three megabytes of JSON": ({"message": LONG}, "xxx", None, {}),
    "JSON a hundred thousand levels deep": (b'{"message":' + b"[" * 100_000, "", None, {}),
}


IN_TURN = {"sync": 400, "asyncio": 409, "trio": 500}
"""Bodies are read alike in every world and under every status: each world tries another one."""


@pytest.mark.parametrize("name", BODIES)
def test_any_error_body_becomes_a_short_message(name, vendor):
    body, text, code, fields = BODIES[name]
    status = IN_TURN[vendor.world.name]
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    error = heard(vendor, "appointments.list", raw(content, status, JSON_TYPE))
    message = str(error)
    assert message.startswith(f"cubu.appointments.list: {status} ")
    assert len(message) <= 560
    assert message == message.strip()
    assert "\n" not in message
    assert text in message
    assert text or fields or HTTPStatus(status).phrase in message or "half" in name or "deep" in name
    assert "<" not in message
    assert (error.code, error.fields) == (code, fields)
    if status == 400:
        assert type(error) is (ValidationError if fields else BadRequestError)
    for field, why in fields.items():
        assert f"{field}: {why}" in message
    assert "00-4bf9-01" not in message


SIGN_IN = {
    "a 403 of the API with a description": (
        {"error": "Forbidden", "error_description": "The role is missing."},
        apptsdk.PermissionDeniedError,
        "Forbidden",
    ),
    "a 403 of the API with an object": ({"error": {"message": "No."}}, apptsdk.PermissionDeniedError, "403"),
    "a 403 of the API with a list": ({"error": ["Really not."]}, apptsdk.PermissionDeniedError, "Really not"),
    "a 403 of the API with a number": ({"error": 5}, apptsdk.PermissionDeniedError, "403"),
    "an OAuth error": (
        {"error": "invalid_client", "error_description": "AADSTS7000215: A wrong secret."},
        apptsdk.AuthenticationError,
        "invalid_client: .*A wrong secret",
    ),
    "an OAuth error without words": ({"error": "invalid_scope"}, apptsdk.AuthenticationError, "invalid_scope"),
    "Entra's numbers": (
        {"error": "consent_required", "error_description": "No.", "error_codes": [65001]},
        apptsdk.AuthenticationError,
        "consent_required",
    ),
}


@pytest.mark.parametrize("what", SIGN_IN)
def test_only_what_is_an_error_of_signing_in_is_taken_for_one(what, vendor):
    body, kind, text = SIGN_IN[what]
    error = heard(vendor, "appointments.list", answer(body, 403))
    assert type(error) is kind
    assert re.search(text, str(error))


@pytest.mark.parametrize("code", [" 1002", "1002\n", "\t1002 "], ids=repr)
def test_a_code_with_blanks_is_the_code(code, vendor):
    for verb in ("appointments.book", "appointments.cancel"):
        error = heard(vendor, verb, answer({"errorCode": code}, 409))
        assert (type(error), error.code) == (ConflictError, "1002")
        assert PUBLISHED[1002] in str(error)


@pytest.mark.parametrize("kind", ["application/problem+json", "text/plain", "text/html", None])
def test_the_content_type_makes_no_difference(kind, vendor):
    headers = [("content-type", kind)] if kind else []
    error = heard(vendor, "customers.update", raw(json.dumps(PROBLEM).encode(), 400, headers))
    assert type(error) is ValidationError
    assert error.fields == FIELDS
    assert "contactEmail: required; too short" in str(error)


def test_a_refusal_does_not_repeat_what_was_sent(vendor):
    vendor.answers(
        answer({"message": "Ana@Example.org has CASES", "errors": {"contactEmail": ["ana@example.org"]}}, 400)
    )
    with pytest.raises(ValidationError, match="… has CASES") as caught:
        vendor.tell(lambda c: c.call("queue.join", SERVICE, **MATTER, contact_email="ana@example.org"))
    assert "example.org" not in str(caught.value) + repr(caught.value.fields)


# --- a slot that is taken --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [None, 99001, 99002, 5, 10010])
def test_a_409_on_a_booking_means_that_the_time_is_not_to_be_had(code, vendor):
    error = heard(vendor, "appointments.book", refusal(409, code, "Not vacant."))
    assert type(error) is SlotUnavailableError
    assert error.response.status == 409
    assert (error.provider, error.operation) == ("cubu", "cubu.appointments.book")
    assert "Not vacant." in str(error)
    assert type(error.__cause__) is ConflictError
    assert error.__cause__.code == (None if code is None else str(code))
    assert len(vendor.feed.requests) == 1


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "appointments.book"])
def test_a_409_on_anything_else_is_a_conflict(verb, vendor):
    error = heard(vendor, verb, refusal(409, 99001, "Not vacant."))
    assert type(error) is ConflictError
    assert error.code == "99001"


def test_a_published_code_under_a_status_of_ones_own_is_no_taken_slot_either(vendor):
    given = settings(slot_taken_statuses=(422,))
    assert type(heard(vendor, "appointments.book", refusal(422, 1002), given=given)) is ValidationError
    assert type(heard(vendor, "appointments.book", refusal(422, 99001), given=given)) is SlotUnavailableError
    assert type(heard(vendor, "appointments.book", refusal(409, 99001), given=given)) is ConflictError


# --- nothing to return -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["calendars.list", "appointments.list"])
def test_nothing_to_return_is_an_empty_list_and_an_empty_200_is_unreadable(verb, vendor):
    vendor.answers(raw(status=204))
    assert vendor.tell(VERBS[verb]) == []
    error = heard(vendor, verb, raw(status=200))
    assert type(error) is apptsdk.ResponseUnreadableError
    assert error.operation == f"cubu.{verb}"


def test_nothing_to_return_is_an_answer_of_the_agents_api(vendor):
    vendor.answers(raw(status=204))
    assert vendor.tell(VERBS["request"]).status == 204


# --- the sandbox's own codes -----------------------------------------------------------------------------------------

TALK = {"service_type_id": QUESTION, "channel": "Phone"}


def desk(service=FRONT_DESK, index=0, day="2026-05-05"):
    return f"{service}/{day}/{index}"


def book(calendar, **more):
    return lambda c: c.call("appointments.book", calendar, **{**TALK, "start": 540, **more})


OWN = {
    "a taken slot": (book(desk(), start=541), SlotUnavailableError, "99001", None),
    "outside the working hours": (book(desk(), start=300), SlotUnavailableError, "99002", None),
    "no such calendar": (book(desk(index=9)), NotFoundError, "99404", None),
    "no such service": (book(desk(NOBODY)), NotFoundError, "99404", None),
    "a service type of others": (book(desk(), service_type_id=NOBODY), ValidationError, "99400", {"serviceTypeId"}),
    "a customer that is none": (
        book(desk(), customer_record_id=NOBODY),
        ValidationError,
        "99400",
        {"cusotmerRecordId"},
    ),
    "no customer": (book(desk(PASSPORT_OFFICE)), ValidationError, "99400", {"cusotmerRecordId"}),
    "no phone": (book(desk(ISLAND_LINE)), ValidationError, "99400", {"contactPhoneNumber"}),
    "no email": (book(desk(NIGHT_LINE)), ValidationError, "99400", {"contactEmail"}),
    "a field that is none": (book(desk(), fields={NOBODY: "x"}), ValidationError, "99400", {"fields"}),
    "a tag that is none": (book(desk(), tag_ids=[NOBODY]), ValidationError, "99400", {"tagIds"}),
    "two things": (
        book(desk(NIGHT_LINE), tag_ids=[NOBODY], service_type_id=ADVICE),
        ValidationError,
        "99400",
        {"tagIds", "contactEmail"},
    ),
    "cancelled already": (lambda c: c.call("appointments.cancel", desk(), NOBODY), NotFoundError, "99404", None),
    "a customer to change": (
        lambda c: c.call("customers.update", NOBODY, fields={"First name": "Ana"}),
        NotFoundError,
        "99404",
        None,
    ),
    "a key that is taken": (
        lambda c: c.call("customers.create", fields={"Last name": "Walter", "National id": "310000017"}),
        ConflictError,
        "99005",
        None,
    ),
    "no such path": (lambda c: c.call("request", "GET", "/nothing"), NotFoundError, "99404", None),
    "no such method": (lambda c: c.call("request", "PUT", "/customers"), APIStatusError, "99405", None),
}


def test_the_sandboxs_own_refusals_are_read_with_their_codes_and_fields(office):
    async def story(c):
        for why, (verb, kind, code, fields) in OWN.items():
            with pytest.raises(kind) as caught:
                await verb(c)
            error = caught.value
            assert type(error) is kind, why
            cause = error.__cause__ if kind is SlotUnavailableError else error
            assert cause.code == code, why
            assert f"errorCode {code}" in str(error), why
            assert {*cause.fields} == (fields or set()), why

    office.tell(story)
    assert office.live() == []


def test_the_organizations_own_hook_can_refuse_a_booking(office):
    office.emulation.before_book = lambda _: {"cancel": "We are closed for a funeral."}
    with pytest.raises(BadRequestError, match="closed for a funeral") as caught:
        office.tell(book(desk()))
    assert caught.value.code == "99004"
    assert office.live() == []
