"""What an attempt means: every effect against every way in which an attempt can end."""

import attrs
import pytest
from core_support import EFFECTS, VISIT, account, answer, ask, cancel_visit, create_visit, get_visit, is_fault, service

from apptsdk.account import Account
from apptsdk.errors import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NoAnswerError,
    NotFoundError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitError,
    RequestNotSentError,
    ResponseUnreadableError,
    ServerError,
    SlotUnavailableError,
    ValidationError,
    status_error,
)
from apptsdk.http import NoAnswer, NotSent, Unreadable
from apptsdk.operation import Effect
from apptsdk.raw import request
from apptsdk.retry import Verdict, judge_silence, judge_status

SAFE, IDEMPOTENT, NEITHER = Effect.SAFE, Effect.IDEMPOTENT, Effect.NEITHER
AGAIN, FINAL, UNKNOWN = Verdict.AGAIN, Verdict.FINAL, Verdict.UNKNOWN

# status: the verdict on a read, on a write that may be repeated, on a write that may not
STATUSES = {
    300: (FINAL, FINAL, FINAL),
    302: (FINAL, FINAL, FINAL),
    304: (FINAL, FINAL, FINAL),
    307: (FINAL, FINAL, FINAL),
    400: (FINAL, FINAL, FINAL),
    401: (FINAL, FINAL, FINAL),
    403: (FINAL, FINAL, FINAL),
    404: (FINAL, FINAL, FINAL),
    408: (AGAIN, AGAIN, UNKNOWN),
    409: (FINAL, FINAL, FINAL),
    422: (FINAL, FINAL, FINAL),
    425: (AGAIN, AGAIN, UNKNOWN),
    429: (AGAIN, AGAIN, AGAIN),
    500: (AGAIN, AGAIN, UNKNOWN),
    501: (FINAL, FINAL, UNKNOWN),
    502: (AGAIN, AGAIN, UNKNOWN),
    503: (AGAIN, AGAIN, UNKNOWN),
    504: (AGAIN, AGAIN, UNKNOWN),
    507: (FINAL, FINAL, UNKNOWN),
    599: (FINAL, FINAL, UNKNOWN),
}
TABLE = [
    pytest.param(effect, status, verdict, id=f"{effect.value}-{status}")
    for status, verdicts in STATUSES.items()
    for effect, verdict in zip((SAFE, IDEMPOTENT, NEITHER), verdicts, strict=True)
]


@pytest.mark.parametrize(("effect", "status", "verdict"), TABLE)
def test_a_status_is_judged_by_what_repeating_would_do(effect, status, verdict):
    assert judge_status(effect, status) is verdict


@pytest.mark.parametrize(("effect", "status", "verdict"), TABLE)
def test_the_exchange_acts_on_the_verdict_on_a_status(effect, status, verdict):
    answers = [answer(status, {}), answer()]
    done = ask(EFFECTS[effect](), answers)

    if verdict is AGAIN:
        assert done.error is None
        assert len(done.sent) == 2
    else:
        assert len(done.sent) == 1
        kind = OutcomeUnknownError if verdict is UNKNOWN else status_error(status)
        assert type(done.error) is kind
        cause = done.error.__cause__ if verdict is UNKNOWN else done.error
        assert cause.status == status


@pytest.mark.parametrize(("effect", "verdict"), [(SAFE, AGAIN), (IDEMPOTENT, AGAIN), (NEITHER, UNKNOWN)])
def test_silence_is_judged_by_what_repeating_would_do(effect, verdict):
    assert judge_silence(effect) is verdict
    done = ask(EFFECTS[effect](), [NoAnswer("cut"), answer()])

    if verdict is AGAIN:
        assert done.error is None
        assert len(done.sent) == 2
    else:
        assert type(done.error) is OutcomeUnknownError
        assert type(done.error.__cause__) is NoAnswerError
        assert len(done.sent) == 1


@pytest.mark.parametrize("effect", list(Effect))
def test_what_never_left_is_sent_again_whatever_it_does(effect):
    done = ask(EFFECTS[effect](), [NotSent("refused"), NotSent("refused"), answer()])

    assert done.error is None
    assert len(done.sent) == 3


@pytest.mark.parametrize("effect", list(Effect))
def test_what_can_never_leave_is_tried_once(effect):
    done = ask(EFFECTS[effect](), [NotSent("an illegal header", again=False), answer()])

    assert type(done.error) is RequestNotSentError
    assert len(done.sent) == 1
    assert done.pauses == []


UNREADABLE = {
    "too large": Unreadable("the body is larger than that"),
    "not JSON": answer(200, b"<html>"),
    "truncated": answer(200, b'{"id": "7", "starts'),
    "empty": answer(200, b""),
    "no content": answer(204, b""),
    "null": answer(200, b"null"),
    "a list": answer(200, b"[]"),
    "a field is missing": answer(200, {"id": "7"}),
    "broken gzip": answer(200, b"no gzip", content_encoding="gzip"),
    "encoding that nobody asked for": answer(200, b"x", content_encoding="br"),
}


@pytest.mark.parametrize("result", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_answer_to_a_read_is_final(result):
    done = ask(get_visit(), [result, answer()])

    assert type(done.error) is ResponseUnreadableError
    assert done.error.paths
    assert len(done.sent) == 1


@pytest.mark.parametrize("result", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_answer_to_a_booking_leaves_its_outcome_unknown(result):
    done = ask(create_visit(), [result, answer()])

    assert type(done.error) is OutcomeUnknownError
    assert type(done.error.__cause__) is ResponseUnreadableError
    assert len(done.sent) == 1


def test_an_unreadable_answer_to_a_repeatable_write_says_so_and_is_not_asked_again():
    done = ask(cancel_visit(), [Unreadable("too large"), answer()])

    assert type(done.error) is ResponseUnreadableError
    assert done.error.request_id is None
    assert len(done.sent) == 1


def test_an_unreadable_answer_names_the_request_and_keeps_the_body_out_of_the_message():
    done = ask(get_visit(), [answer(200, {"id": "7", "starts_at": "canary"}, x_request_id="r-1")])

    assert done.error.request_id == "r-1"
    assert done.error.paths == ("starts_at: not an ISO 8601 date-time",)
    assert done.error.response.json() == {"id": "7", "starts_at": "canary"}
    assert "canary" not in str(done.error)


KINDS = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    418: APIStatusError,
    422: ValidationError,
    429: RateLimitError,
    500: ServerError,
    599: ServerError,
}


@pytest.mark.parametrize(("status", "kind"), KINDS.items())
def test_each_status_has_its_error(status, kind):
    answers = [answer(status, {"message": "No.", "code": "c1"}, x_request_id="r-2")] * 4
    error = ask(get_visit(), answers).error

    assert type(error) is kind
    assert (error.status, error.code, error.request_id) == (status, "c1", "r-2")
    assert (error.provider, error.operation) == ("acme", "acme.visits.get")
    assert str(error) == error.message == f"acme.visits.get: {status} No."


@pytest.mark.parametrize("status", [400, 422])
def test_blamed_fields_make_a_validation_error(status):
    error = ask(create_visit(), [answer(status, {"message": "Invalid", "errors": {"notes": "is too long"}})]).error

    assert type(error) is ValidationError
    assert error.fields == {"notes": "is too long"}
    assert str(error) == f"acme.visits.create: {status} Invalid; notes: is too long"


def test_a_provider_names_its_own_kind_of_refusal():
    refusal = answer(422, {"message": "Taken", "code": "taken"})
    error = ask(create_visit(), [refusal]).error

    assert type(error) is SlotUnavailableError
    assert error.response == refusal


@pytest.mark.parametrize(
    ("status", "phrase"),
    [
        (302, "Found (redirects are not followed)"),
        (404, "Not Found"),
        (418, "I'm a Teapot"),
        (499, "unknown status"),
    ],
)
def test_an_error_body_that_nobody_can_read_costs_only_its_text(status, phrase):
    error = ask(get_visit(), [answer(status, b"<html>oh</html>", location="https://evil.example/")]).error

    assert str(error) == f"acme.visits.get: {status} {phrase}"
    assert error.status == status


def test_a_redirect_of_a_booking_is_an_error_and_nothing_follows_it():
    done = ask(create_visit(), [answer(307, b"", location="https://evil.example/"), answer()])

    assert type(done.error) is APIStatusError
    assert len(done.sent) == 1


@pytest.mark.parametrize("effect", list(Effect))
def test_a_fault_inside_a_success_is_an_error_and_final(effect):
    wrong = answer(200, {"ok": False, "message": "No such patient"})
    done = ask(EFFECTS[effect](), [wrong, answer()], at=account(is_fault=is_fault))

    assert type(done.error) is APIStatusError
    assert done.error.status == 200
    assert "No such patient" in str(done.error)
    assert len(done.sent) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_an_error_that_says_it_is_one_in_its_body_too_is_asked_again_as_its_status_says(status):
    done = ask(get_visit(), [answer(status, {"ok": False}), answer()], at=account(is_fault=is_fault))

    assert done.get().id == "7"
    assert len(done.sent) == 2


def test_a_success_of_a_provider_with_hidden_faults_is_read():
    assert ask(get_visit(), [answer()], at=account(is_fault=is_fault)).get().id == "7"


# --- a success that passes on another's answer -----------------------------------------------------------------------


def passed_on(response):
    """Find the status that a gateway got: {"said": 503}."""
    return response.json().get("said")


def gateway(**changes):
    return account(status=passed_on, **changes)


@pytest.mark.parametrize(("effect", "status", "verdict"), TABLE)
def test_a_status_that_is_passed_on_in_a_success_is_judged_as_if_http_had_said_so(effect, status, verdict):
    plain = ask(EFFECTS[effect](), [answer(status, {"message": "No."}), answer()])
    done = ask(EFFECTS[effect](), [answer(200, {"message": "No.", "said": status}), answer()], at=gateway())

    assert (len(done.sent), type(done.error), str(done.error)) == (len(plain.sent), type(plain.error), str(plain.error))
    assert getattr(done.error, "status", None) == getattr(plain.error, "status", None)
    assert (verdict is AGAIN) is (done.error is None)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_a_success_that_is_passed_on_is_one_and_its_status_counts(status):
    seen = []
    visit = get_visit()
    work = attrs.evolve(visit, read=lambda response: seen.append(response.status) or visit.read(response))
    done = ask(work, [answer(207, {**VISIT, "said": status})], at=gateway())

    assert done.get().id == "7"
    assert seen == [status]


def test_a_refused_credential_that_is_passed_on_is_renewed():
    class Other:
        """One other credential."""

        renewed = 0

        def sign(self, request, account):
            return request
            yield

        def renew(self, refused, account):
            self.renewed += 1
            return True
            yield

        def secrets(self, account):
            return ()

    auth = Other()
    at = Account(service(status=passed_on), auth)
    done = ask(create_visit(), [answer(200, {"said": 401}), answer()], at=at)
    assert done.get().id == "7"
    assert (auth.renewed, len(done.sent)) == (1, 2)

    again = ask(create_visit(), [answer(200, {"said": 401})] * 2, at=at)
    assert type(again.error) is AuthenticationError
    assert (auth.renewed, len(again.sent), again.error.status) == (2, 2, 401)


def test_too_many_that_is_passed_on_is_waited_for_as_long_as_the_header_says():
    done = ask(create_visit(), [answer(200, {"said": 429}, retry_after="7"), answer()], at=gateway())

    assert done.get().id == "7"
    assert done.pauses == [7.0]


def test_the_observer_hears_of_the_status_that_counts_and_the_hook_of_the_one_that_came():
    events, answers = [], []
    answered = answer(200, {"said": 404, "message": "No."})
    done = ask(get_visit(), [answered], at=gateway(), observer=events.append, on_response=answers.append)

    assert type(done.error) is NotFoundError
    assert events[-1].status == 404
    assert answers == [answered]
    assert done.error.response == attrs.evolve(answered, status=404)


@pytest.mark.parametrize("status", [401, 404, 409, 429, 500])
def test_an_answer_that_names_what_was_made_is_not_taken_for_a_refusal_whatever_it_passes_on(status):
    done = ask(create_visit(), [answer(200, {**VISIT, "said": status}), answer()], at=gateway())

    assert type(done.error) is OutcomeUnknownError
    assert done.error.__cause__.status == status
    assert len(done.sent) == 1


@pytest.mark.parametrize("effect", [SAFE, IDEMPOTENT])
def test_a_read_or_a_repeatable_write_that_is_refused_so_is_simply_refused(effect):
    done = ask(EFFECTS[effect](), [answer(200, {**VISIT, "said": 409})], at=gateway())

    assert type(done.error) is ConflictError


@pytest.mark.parametrize(("status", "kind"), [(404, NotFoundError), (409, ConflictError), (403, PermissionDeniedError)])
def test_a_call_that_reads_nothing_shows_nothing_of_what_was_made(status, kind):
    at = gateway()
    work = request(at.service, "POST", "/visits", json={"patient_id": "31"})
    refused = ask(work, [answer(200, {"said": status, "message": "No."})], at=at)
    assert type(refused.error) is kind

    again = ask(work, [answer(200, {"said": 429}), answer(201, {})], at=at)
    assert (again.get().status, len(again.sent)) == (201, 2)


@pytest.mark.parametrize("status", [400, 404, 503])
def test_an_answer_that_is_an_error_already_is_not_asked_for_another_status(status):
    done = ask(cancel_visit(), [answer(status, {"said": 200})] * 4, at=gateway())

    assert done.error.status == status


UNTOLD = {
    "none": answer(body=VISIT),
    "no object": answer(body=[]),
    "not JSON": answer(body=b"<html>"),
    "nothing": answer(204, b""),
}


@pytest.mark.parametrize("given", UNTOLD.values(), ids=UNTOLD)
def test_where_the_status_cannot_be_read_the_one_of_http_counts(given):
    plain, done = ask(cancel_visit(), [given]), ask(cancel_visit(), [given], at=gateway())

    assert plain.error is None
    assert done.error is None


def test_every_attempt_of_a_booking_sends_the_same_bytes():
    done = ask(create_visit(), [NotSent("refused"), answer(429, {}), NotSent("refused"), answer()])

    assert done.error is None
    first, *others = done.sent
    assert len(others) == 3
    assert all(other == first for other in others)
    assert first.content == b'{"patient_id":"31","notes":"a canary in the coal mine"}'


def test_the_last_error_says_how_many_attempts_were_made():
    error = ask(get_visit(), [answer(503, {})] * 4).error

    assert type(error) is ServerError
    assert error.__notes__ == ["4 attempts were made."]
