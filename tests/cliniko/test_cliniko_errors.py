"""The vendor's error bodies, and what a caller hears of them."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest

from apptsdk import APIStatusError, ApptError, AuthenticationError, BadRequestError, NotFoundError, ValidationError

LONG = "x" * 5_000_000
HTML = "<!DOCTYPE html><html><body><h1>Page not found</h1></body></html>"
BODIES = {
    "text": (b"HTTP Basic: Access denied.\n", "text/plain", "HTTP Basic: Access denied."),
    "text in a charset": (b"Access denied.", "text/plain; charset=utf-8", "Access denied."),
    "a message": ({"message": "recall_at is not filterable"}, None, "recall_at is not filterable"),
    "an error": ({"status": "404", "error": "Not Found"}, None, "Not Found"),
    "a JSON text": (b'"Nope"', None, "Nope"),
    "a list": (["Nope"], None, ""),
    "a number": (b"5", None, ""),
    "a message that is none": ({"message": {"a": 1}, "error": 5}, None, ""),
    "HTML": (HTML, "text/html", ""),
    "HTML that says it is JSON": (HTML, "application/json", ""),
    "nothing": (b"", None, ""),
    "bad UTF-8": (b"\xff\xfe\xfd", "text/plain", "\ufffd"),
    "five megabytes": (LONG.encode(), "text/plain", "xxx"),
    "five megabytes of JSON": ({"message": LONG}, None, "xxx"),
    "several lines": (b"One\r\n\ttwo\n\nthree", "text/plain", "One two three"),
}


@pytest.mark.parametrize("number", [400, 401, 403, 404, 409, 422, 500])
@pytest.mark.parametrize("name", BODIES)
def test_any_error_body_becomes_a_short_message(name, number, clinic):
    body, kind, text = BODIES[name]
    headers = {"content-type": kind} if kind else {}
    clinic.sandbox.fault("status", status=number, headers=headers, body=body, times=None)
    with pytest.raises(APIStatusError) as caught:
        clinic.tell(lambda c: c.call("user"), pace=())
    error = caught.value
    message = str(error)
    assert len(message) <= 500
    assert message == message.strip()
    assert "\n" not in message
    assert message.startswith(f"cliniko.user: {number} ")
    assert text in message
    if not text:
        assert HTTPStatus(number).phrase in message
    assert error.status == number
    assert re.fullmatch(r"[0-9a-f-]{36}", error.request_id)
    assert error.response.status == number
    assert error.retry_after is None


INVALID = {
    "a field": ({"patient": "can’t be blank"}, {"patient": "can’t be blank"}),  # noqa: RUF001 - the vendor's U+2019
    "a null": ({"patient": None}, {"patient": "is invalid"}),
    "a list": ({"patient": ["one", "two"]}, {"patient": "is invalid"}),
    "several": ({"base": "Case has been archived.", "email": "is invalid"}, None),
    "none": ({}, {}),
    "a text": ("broken", {}),
    "a list of all": (["broken"], {}),
}


@pytest.mark.parametrize("number", [400, 422])
@pytest.mark.parametrize("name", INVALID)
def test_what_is_wrong_with_which_field_is_told(name, number, clinic):
    errors, fields = INVALID[name]
    fields = errors if fields is None else fields
    clinic.sandbox.fault("status", status=number, body={"message": "Validation Failed", "errors": errors})
    with pytest.raises(APIStatusError) as caught:
        clinic.tell(lambda c: c.call("patients.update", 1, city="Y"))
    assert caught.value.fields == fields
    assert type(caught.value) is (ValidationError if fields or number == 422 else BadRequestError)
    for field, text in fields.items():
        assert f"{field}: {text}" in str(caught.value)
    assert "Validation Failed" in str(caught.value)


def test_a_refusal_does_not_repeat_what_was_sent(clinic):
    texts = {"email": "ada@park.example is taken", "medicare": "ADALINE PARKINSON has 2953 already"}
    body = {"message": "Adaline Parkinson, born 1990-05-17, exists", "errors": texts}
    clinic.sandbox.fault("status", status=422, body=body)
    with pytest.raises(ValidationError) as caught:
        clinic.tell(
            lambda c: c.call("patients.create", first_name="Adaline", last_name="Parkinson", email="ada@park.example")
        )
    said = str(caught.value) + repr(caught.value.fields)
    for personal in ("Adaline", "ADALINE", "Parkinson", "PARKINSON", "ada@park.example"):
        assert personal not in said
    assert "is taken" in said


def test_a_refused_query_does_not_repeat_what_was_searched_for(clinic):
    clinic.sandbox.fault("status", status=400, body={"message": "Filter value Parkinson for last_name is odd"})
    with pytest.raises(BadRequestError) as caught:
        clinic.tell(lambda c: c.first(c.list("patients.list", q=["last_name:=Parkinson"])))
    assert "Parkinson" not in str(caught.value)
    assert "is odd" in str(caught.value)


def test_the_sandboxs_own_refusals_read_as_the_vendors_do(clinic):
    async def story(c):
        with pytest.raises(
            NotFoundError, match=r"^cliniko.patients.get: 404 Not Found \(no such object, or it is hidden.*\)$"
        ):
            await c.call("patients.get", 1)
        with pytest.raises(BadRequestError, match="shoe_size is not filterable"):
            await c.first(c.list("patients.list", q=["shoe_size:=43"]))
        with pytest.raises(ValidationError) as caught:
            await c.call("patients.create", first_name="", last_name="")
        assert set(caught.value.fields) == {"first_name", "last_name"}
        with pytest.raises(NotFoundError):
            await c.call("request", "GET", "/no_such_thing")
        await c.call("individual_appointments.archive", clinic.standing)
        with pytest.raises(NotFoundError):
            await c.call("individual_appointments.archive", clinic.standing)

    clinic.tell(story)


def test_a_wrong_key_is_an_authentication_error_and_asked_once(clinic):
    import attrs  # noqa: PLC0415 - one test's

    settings = attrs.evolve(clinic.sandbox.cliniko, api_key="MS0xLXdyb25n-au1")
    with pytest.raises(AuthenticationError, match="Access denied") as caught:
        clinic.tell(lambda c: c.call("user"), settings)
    assert len(clinic.seen()) == 1
    assert isinstance(caught.value, ApptError)
