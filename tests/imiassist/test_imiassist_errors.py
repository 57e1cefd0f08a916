"""What refuses an appointment: a status of HTTP's or one that a flow passes on, and what the body says in any shape."""

from __future__ import annotations

import base64
import json

import pytest
from harness import said
from imiassist_support import (
    ASKED,
    CUT,
    ID,
    KEY,
    MADE,
    NAMED,
    NOW,
    REFERENCE,
    TOKEN,
    UID,
    answer,
    error,
    passed_on,
    raw,
    settings,
)

from apptsdk import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    ValidationError,
)

ENDED = answer(MADE, 201)
PHONE = error("invalid_request", "The request is not valid.", ("customer_phone", "must be E.164"))
HINTS = {
    401: " (are api_key and token, or user_email and user_password, the company's of this subdomain and domain? "
    "Does what base_url leads to want a secret of its own, in headers=?)",
    403: " (may the company's integration user do this?)",
    404: " (no such object, or no such path: are base_url, api_prefix and endpoints those of what you call? The vendor "
    "publishes none.)",
    405: " (no such method here: are the endpoints those of what you call? The vendor publishes none.)",
}
USER = {
    "user_email": "integration@northside.example",
    "user_password": "made-up-password-1",
    "token": TOKEN,
}


def as_http(status, body, **headers):
    return answer(body, status, headers=[(name.replace("_", "-"), value) for name, value in headers.items()])


def as_flow(status, body, **headers):
    said = {"Response_Status_Code": str(status), "RESPONSE_BODY": json.dumps(body)}
    return answer(said, headers=[(name.replace("_", "-"), value) for name, value in headers.items()])


def as_data(status, body, **headers):
    said = {"data": {"response_status_code": status, "response_body": json.dumps(body)}}
    return answer(said, headers=[(name.replace("_", "-"), value) for name, value in headers.items()])


WAYS = {"by HTTP": as_http, "by a flow": as_flow, "in a flow's data": as_data}


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


def refused(vendor, *answers, given=None):
    """Schedule, and give the error."""
    vendor.answers(*answers)
    with pytest.raises(APIStatusError) as caught:
        vendor.schedule(given, **{name: value for name, value in ASKED.items() if name != "start_time"})
    return caught.value


# --- statuses --------------------------------------------------------------------------------------------------------

FINAL = {
    400: (BadRequestError, "invalid_request"),
    401: (AuthenticationError, "invalid_token"),
    403: (PermissionDeniedError, "not_allowed"),
    404: (NotFoundError, "team_not_found"),
    405: (APIStatusError, "method_not_allowed"),
    409: (ConflictError, "duplicate_external_reference"),
    415: (APIStatusError, "unsupported"),
    422: (ValidationError, "invalid_request"),
}


@pytest.mark.parametrize("status", FINAL)
def test_a_refusal_is_final_whoever_passes_it_on(status, way, one):
    kind, code = FINAL[status]
    caught = refused(one, way(status, error(code, "It may not be.")))
    assert type(caught) is kind
    assert (caught.status, caught.code, caught.fields) == (status, code, {})
    expected = f"imiassist.appointments.schedule: {status} It may not be."
    assert str(caught) == expected + HINTS.get(status, "")
    assert (caught.provider, caught.operation) == ("imiassist", "imiassist.appointments.schedule")
    assert len(one.seen) == 1


@pytest.mark.parametrize("status", [400, 422])
def test_what_is_wrong_is_said_by_field(status, way, one):
    caught = refused(one, way(status, PHONE))
    assert type(caught) is ValidationError
    assert caught.fields == {"customer_phone": "must be E.164"}
    assert str(caught) == (
        f"imiassist.appointments.schedule: {status} The request is not valid.; customer_phone: must be E.164"
    )


@pytest.mark.parametrize("status", ["409", 409])
def test_both_facades_hear_of_it(status, vendor):
    vendor.answers(passed_on(status, error("duplicate_external_reference", "Another has it.")))
    with pytest.raises(ConflictError, match="409 Another has it"):
        vendor.schedule()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 425])
def test_a_failure_leaves_the_outcome_unknown_and_nothing_is_sent_again(status, way, one):
    one.answers(way(status, error("oops", "Something broke."), Retry_After="1"))
    with pytest.raises(OutcomeUnknownError, match=REFERENCE) as caught:
        one.schedule(external_reference_id=REFERENCE)
    assert isinstance(caught.value.__cause__, ServerError if status >= 500 else APIStatusError)
    assert caught.value.__cause__.status == status
    assert (len(one.seen), one.clock.slept) == (1, [])


def test_too_many_is_asked_again_when_the_time_has_come(way, one):
    one.answers(way(429, {}, Retry_After="3"), way(429, {}), ENDED)
    assert one.schedule().appointment_uid == UID
    assert len(one.seen) == 3
    assert one.clock.slept[0] == 3


def test_too_many_is_raised_at_once_where_it_takes_too_long(way, one):
    caught = refused(one, way(429, {"message": "Later."}, Retry_After="3600"))
    assert (type(caught), caught.retry_after, len(one.seen)) == (RateLimitError, 3600, 1)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_cancellation_is_asked_again_after_a_failure(status, way, one):
    one.answers(way(status, {}), answer(NAMED))
    assert one.cancel(appointment_id=ID).appointment_uid == UID
    assert len(one.seen) == 2


@pytest.mark.parametrize("status", [200, "200", 201, "202", 204, 299, 201.0, " 201 ", "201 Created"])
def test_a_status_of_success_is_the_one_that_counts(status, one):
    made = one.read(answer({**MADE, "response_status_code": status}, 200))
    assert made.response_status_code == int(str(status).strip()[:3])


WRITTEN = ("409", 409, 409.0, "409.0", " 409 ", "409 Conflict", "409\n")


@pytest.mark.parametrize("status", WRITTEN, ids=repr)
def test_a_status_is_read_however_it_is_written(status, one):
    assert refused(one, answer({"response_status_code": status})).status == 409


@pytest.mark.parametrize("status", [400, 401, 404, 409, 429, 500])
def test_a_failure_beside_an_appointment_leaves_the_outcome_unknown(status, vendor):
    """Something was made, and something failed then: it is neither made again nor taken for not made."""
    vendor.answers(answer({"Appointment_ID": ID, "Response_Status_Code": status}))
    with pytest.raises(OutcomeUnknownError, match=REFERENCE) as caught:
        vendor.schedule()
    assert caught.value.__cause__.status == status
    assert len(vendor.seen) == 1


NOT_THERE = {"an empty text": "", "null": None}


@pytest.mark.parametrize("what", NOT_THERE)
def test_a_status_that_is_not_there_is_http_s(what, one):
    assert one.read(answer({**MADE, "Response_Status_Code": NOT_THERE[what]}, 201)).response_status_code == 201


NONSENSE = {
    "no number": "abc",
    "a bool": True,
    "a fraction": 409.5,
    "a list": [409],
    "an object": {"code": 409},
    "too small": 199,
    "nought": "0",
    "negative": "-409",
    "too large": 600,
    "huge": "9" * 5000,
    "in other digits": "４０９",  # noqa: RUF001 - the point
    "hexadecimal": "0x199",
}


@pytest.mark.parametrize("what", NONSENSE)
def test_a_status_that_is_none_says_nothing_of_the_outcome(what, one):
    one.answers(answer({**MADE, "response_status_code": NONSENSE[what]}, 201))
    with pytest.raises(OutcomeUnknownError, match=REFERENCE) as caught:
        one.schedule()
    assert caught.value.__cause__.paths == ("response_status_code: not a status",)
    assert len(one.seen) == 1


def test_http_s_own_refusal_counts_whatever_is_passed_on(one):
    caught = refused(one, answer({"response_status_code": "201", "message": "The flow is off."}, 403))
    assert (type(caught), caught.status) == (PermissionDeniedError, 403)
    assert "403 The flow is off." in str(caught)


def test_a_redirect_is_an_error(way, one):
    caught = refused(one, way(302, {}))
    assert "302 Found (redirects are not followed)" in str(caught)


# --- 401 -------------------------------------------------------------------------------------------------------------


def jwt(seconds):
    """Make an ACCESS that ends so many seconds from now."""
    parts = ({"typ": "JWT", "alg": "HS256"}, {"type": "access", "exp": int(NOW.timestamp()) + seconds, "jti": "x"})
    return ".".join(
        [*(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts), "c2ln"]
    )


@pytest.mark.parametrize("way_of", WAYS)
def test_a_token_that_is_refused_is_renewed_once_and_the_appointment_is_asked_for_again(way_of, vendor):
    refusal = WAYS[way_of](401, error("invalid_token"))
    login, token = answer({"refresh": "r", "access": jwt(900)}), answer({"api_key": "other-key-1", "token": "t-2"})
    vendor.answers(refusal, login, token, ENDED)
    assert vendor.schedule(settings(**USER)).appointment_uid == UID
    first, signed_in, existing, again = vendor.seen
    assert (signed_in.path, existing.path) == ("/auth/login", "/auth/token")
    assert signed_in.body == {"email": USER["user_email"], "password": USER["user_password"]}
    assert (first.headers["x-api-key"], first.headers["authorization"]) == (KEY, f"Token {TOKEN}")
    assert (again.headers["x-api-key"], again.headers["authorization"]) == ("other-key-1", "Token t-2")
    assert first.body == again.body


def test_a_second_401_is_final(way, one):
    refusal = way(401, error("invalid_token", "No."))
    one.answers(refusal, answer({"access": jwt(900)}), answer({"api_key": KEY, "token": "t-2"}), refusal)
    with pytest.raises(AuthenticationError, match=r"401 No\."):
        one.schedule(settings(**USER))
    assert len(one.seen) == 4


# --- bodies ----------------------------------------------------------------------------------------------------------

BODIES = {
    "our contract's": (error("x_y", "Because."), "Because.", "x_y", {}),
    "in capitals": ({"ERROR": {"Code": "x_y", "MESSAGE": "Because."}}, "Because.", "x_y", {}),
    "with details": (
        error("x_y", "Because.", ("duration", "too long"), ("title", "too odd")),
        "Because.; duration: too long; title: too odd",
        "x_y",
        {"duration": "too long", "title": "too odd"},
    ),
    "details without a text": (
        {"error": {"message": "M.", "details": [{"field": "title"}, {"message": "x"}, 5, None]}},
        "M.; title: is invalid",
        None,
        {"title": "is invalid"},
    ),
    "details that are none": ({"error": {"message": "M.", "details": "x"}}, "M.", None, {}),
    "a text": ({"error": "Because."}, "Because.", None, {}),
    "a text with a code beside it": ({"error": "Because.", "code": "x_y"}, "Because.", "x_y", {}),
    "a flat one": ({"code": "x_y", "message": "Because."}, "Because.", "x_y", {}),
    "a detail": ({"detail": "Because."}, "Because.", None, {}),
    "what may be a person's": ({"title": "Ana", "description": "Ana"}, None, None, {}),
    "the message first": ({"detail": "no", "message": "Because."}, "Because.", None, {}),
    "a code that is a number": ({"error": {"code": 5, "message": "Because."}}, "Because.", None, {}),
    "a message that is none": ({"error": {"message": ["x"]}}, None, None, {}),
    "an empty object": ({}, None, None, {}),
    "an empty error": ({"error": {}}, None, None, {}),
    "an error that is null": ({"error": None, "message": "Because."}, "Because.", None, {}),
    "a list": ([{"message": "x"}], None, None, {}),
    "null": (None, None, None, {}),
    "a number": (5, None, None, {}),
    "a word": ("Because.", "Because.", None, {}),
}


OBJECTS = [what for what, (body, *_) in BODIES.items() if isinstance(body, dict)]


@pytest.mark.parametrize(("how", "what"), [(how, what) for how in WAYS for what in (BODIES, OBJECTS)[how == "by HTTP"]])
def test_an_error_body_is_read_in_any_shape(how, what, one):
    body, message, code, fields = BODIES[what]
    caught = refused(one, WAYS[how](409, body))
    assert str(caught) == f"imiassist.appointments.schedule: 409 {message or 'Conflict'}"
    assert (caught.code, caught.fields, type(caught)) == (code, fields, ConflictError)


@pytest.mark.parametrize("what", [what for what in BODIES if what not in OBJECTS])
def test_nor_is_json_of_another_kind_repeated(what, one):
    body, message, *_ = BODIES[what]
    assert str(refused(one, as_http(409, body))) == f"imiassist.appointments.schedule: 409 {message or 'Conflict'}"


@pytest.mark.parametrize("sent", [raw(b'{"title": "Call Cora Fin', 409), passed_on("409", '[{"title": "Call Cora Fin')])
def test_nor_is_half_of_it(sent, one):
    assert str(refused(one, sent)) == "imiassist.appointments.schedule: 409 Conflict"


TEXTS = {
    "plain": (b"Because.", "Because."),
    "nothing": (b"", "Conflict"),
    "blanks": (b" \n", "Conflict"),
    "HTML": (b"<html><body>Because.</body></html>", "Conflict"),
    "no UTF-8": (b"\xff\xfe", None),
    "five megabytes": (b"x" * 5_000_000, "x" * 100),
    "very deep": (b"[" * 100_000, None),
}


@pytest.mark.parametrize("what", TEXTS)
def test_an_error_body_may_be_no_json(what, one):
    body, message = TEXTS[what]
    caught = refused(one, raw(body, 409))
    assert str(caught).startswith(f"imiassist.appointments.schedule: 409 {message or ''}")
    assert len(str(caught)) <= 500


@pytest.mark.parametrize("what", ["plain", "nothing", "HTML"])
def test_nor_need_what_a_flow_passes_on(what, one):
    body, message = TEXTS[what]
    caught = refused(one, passed_on("409", body.decode()))
    assert str(caught) == f"imiassist.appointments.schedule: 409 {message}"


def test_a_flow_may_pass_on_an_object(one):
    caught = refused(one, answer({"response_status_code": 409, "response_body": error("x_y", "Because.")}))
    assert (caught.code, str(caught)[-8:]) == ("x_y", "Because.")


def test_a_flow_s_own_names_are_known_to_errors_too(one):
    given = settings(field_names={"response_status_code": "code", "response_body": "raw"})
    body = {"Code": "409", "RAW": json.dumps(error("x_y", "Because."))}
    caught = refused(one, answer(body), given=given)
    assert (caught.status, caught.code) == (409, "x_y")


def test_what_http_refuses_may_be_passed_on_too(one):
    caught = refused(one, answer({"response_body": json.dumps(error("x_y", "Because."))}, 409))
    assert (caught.status, caught.code) == (409, "x_y")


# --- leaks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 503])
def test_no_error_repeats_a_person_or_a_secret(status, way, one):
    told = f"Ana Roe, +447700900123, NHSID_77, dr.lee@example.org, {KEY} and {TOKEN} are no good."
    one.answers(always=way(status, error("x_y", told, ("customer_phone", told)), Retry_After="3600"))
    with pytest.raises((APIStatusError, OutcomeUnknownError)) as caught:
        one.tell(lambda c: c.call("appointments.schedule", **ASKED))
    heard = " ".join(said(caught.value))
    for hush in ("Ana", "447700900123", "NHSID", "dr.lee", KEY, TOKEN):
        assert hush not in heard.replace("customer_phone", "")
    assert "are no good" in heard


def test_nothing_is_said_of_them_when_the_answer_is_lost(vendor):
    vendor.answers(CUT)
    with pytest.raises(OutcomeUnknownError) as caught:
        vendor.tell(lambda c: c.call("appointments.schedule", **ASKED))
    heard = " ".join(said(caught.value))
    for hush in ("Ana", "Roe", "447700900123", "NHSID", "dr.lee", KEY, TOKEN):
        assert hush not in heard
    assert REFERENCE in heard
