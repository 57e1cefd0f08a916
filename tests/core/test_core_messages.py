"""What error messages hold: the provider's words, short, without secrets and without what we sent."""

import copy
import pickle
import traceback
from datetime import UTC, datetime

import pytest
from core_support import KEY, WALL, account, answer, ask, create_visit, get_visit

from apptsdk import errors
from apptsdk.auth import ApiKeyToken, Basic, Bearer, Fixed
from apptsdk.errors import MAX_MESSAGE, ApptError, BadRequestError, NoResultError, OutcomeUnknownError
from apptsdk.http import NoAnswer, NotSent, Unreadable
from apptsdk.models import BookingAttempt
from apptsdk.operation import Effect, Operation

MARK = "…"


def refused(text, work, at=None, status=400):
    return ask(work, [answer(status, {"message": text})] * 4, at=at).error


SENT = {
    "a body's value": {"body": {"name": "Featherstone"}},
    "a nested value": {"body": {"people": [{"names": ("Featherstone",)}]}},
    "a form's value": {"body": None, "form": {"name": "Featherstone"}},
    "a query's value": {"query": (("q", "Featherstone"),)},
    "a filter's value": {"query": (("q[]", "last_name:=Featherstone"),)},
    "a clue": {"clues": {"name": "Featherstone"}},
}


@pytest.mark.parametrize("parts", SENT.values(), ids=SENT)
@pytest.mark.parametrize("said", ["Featherstone", "FEATHERSTONE", "featherstone"])
def test_what_we_sent_is_taken_out_of_what_the_provider_says(parts, said):
    error = refused(f"{said} is no patient", create_visit(**{"body": None, "clues": {}, **parts}))

    assert str(error) == f"acme.visits.create: 400 {MARK} is no patient"


def test_notes_of_several_lines_are_taken_out_too():
    notes = "first line\n  of the   canary\tnotes\r\nlast line"
    error = refused(f"refused: {notes} (too long)", create_visit(body={"notes": notes}, clues={}))

    assert str(error) == f"acme.visits.create: 400 refused: {MARK} (too long)"


def test_what_we_sent_is_taken_out_of_the_fields_too():
    body = {"message": "Invalid", "errors": {"email": "canary@example.com is taken"}}
    error = ask(create_visit(body={"email": "canary@example.com"}, clues={}), [answer(422, body)]).error

    assert error.fields == {"email": f"{MARK} is taken"}
    assert "canary" not in str(error)


def test_a_text_that_ends_in_the_middle_of_what_we_sent_shows_no_part_of_it():
    name = "canary" * 60
    error = refused(" ".join([name] * 40), create_visit(body={"name": name}, clues={}))

    assert "canary" not in str(error)


def test_short_words_stay_because_they_are_everywhere():
    error = refused("no such id", create_visit(body={"name": "no"}, clues={}))
    assert str(error) == "acme.visits.create: 400 no such id"


def test_a_longer_value_goes_before_a_shorter_one_in_it():
    error = refused("Annabel Lee", create_visit(body={"a": "Annabel", "b": "Annabel Lee"}, clues={}))
    assert str(error) == f"acme.visits.create: 400 {MARK}"


def test_what_means_something_in_a_pattern_is_only_text():
    error = refused("value a.*(b[ was refused", create_visit(body={"a": "a.*(b["}, clues={}))
    assert str(error) == f"acme.visits.create: 400 value {MARK} was refused"


SIGNERS = {
    "basic": Basic("canary-user", "canary-password"),
    "bearer": Bearer(Fixed("canary-token")),
    "key and token": ApiKeyToken("canary-key", Bearer(Fixed("canary-token"))),
}


@pytest.mark.parametrize("auth", SIGNERS.values(), ids=SIGNERS)
@pytest.mark.parametrize("status", [400, 401, 403, 500])
def test_no_secret_shows_in_any_text_of_an_error(auth, status):
    at = account(auth)
    echo = " ".join(auth.secrets(at))
    assert "canary" in echo
    error = refused(f"you sent {echo}", create_visit(effect=Effect.SAFE), at=at, status=status)
    shown = "".join(
        [str(error), repr(error), repr(error.response), repr(auth), repr(at), *traceback.format_exception(error)]
    )

    assert error.status == status
    assert "canary" not in shown


@pytest.mark.parametrize(
    "failure", [NotSent("refused", again=False), NoAnswer("cut"), Unreadable("broken"), answer(500, {})]
)
def test_no_secret_and_no_body_is_kept_by_an_error(failure):
    error = ask(create_visit(), [failure]).error
    kept = pickle.dumps([error, error.__cause__])

    assert KEY.encode() not in kept
    assert b"canary" not in kept


TEXTS = {
    "long": "x" * 5_000_000,
    "many words": "word " * 1_000_000,
    "control characters": "a\r\nb\x00c",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_message_is_short_and_one_line(text):
    error = refused(text, get_visit())

    assert len(str(error)) <= MAX_MESSAGE
    assert "\n" not in str(error)


def test_many_fields_make_a_short_message_too():
    body = {"message": "Invalid", "errors": {f"field_{number}": "is wrong" * 99 for number in range(999)}}
    error = ask(get_visit(), [answer(422, body)]).error

    assert len(str(error)) <= MAX_MESSAGE
    assert all(len(text) <= MAX_MESSAGE for text in error.fields.values())


BODIES = {
    "a string": b'"No."',
    "a list": b'["No."]',
    "a number": b"5",
    "null": b"null",
    "empty": b"",
    "HTML": b"<html>" + b"x" * 100_000,
    "not UTF-8": b"\xff\xfe",
    "five megabytes": b"x" * 5_000_000,
    "deep": b"[" * 100_000,
    "a message that is no text": b'{"message": {"a": 1}}',
    "fields that are no texts": b'{"errors": {"a": null}}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_any_error_body_gives_an_error_with_its_status(body):
    error = ask(get_visit(), [answer(400, body, x_request_id="r-9")]).error

    assert isinstance(error, BadRequestError | errors.ValidationError)
    assert error.request_id == "r-9"
    assert len(str(error)) <= MAX_MESSAGE


# --- errors as objects -----------------------------------------------------------------------------------------------

ATTEMPT = BookingAttempt(provider="acme", operation="x", started_at=datetime.fromtimestamp(WALL, UTC))
EXAMPLES = [
    ApptError("m", provider="acme", operation="x"),
    NoResultError("m"),
    errors.ResponseUnreadableError("m", paths=["a: missing"], response=answer(x_request_id="r")),
    errors.SlotUnavailableError("m", response=answer(409)),
    errors.RateLimitError("m", response=answer(429), code="c", fields={"a": "b"}, retry_after=3.0),
    OutcomeUnknownError("m", attempt=ATTEMPT, candidates=["a"]),
    errors.SignatureError("m", provider="acme"),
    errors.NotCancelledError("m", new=("a", "b"), old="c", provider="acme", operation="acme.visits.move"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("twin", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_errors_cross_process_boundaries_whole(error, twin):
    error.add_note("noted")
    other = twin(error)

    assert type(other) is type(error)
    assert (str(other), other.args) == (str(error), error.args)
    assert other.__dict__ == error.__dict__


def test_an_unread_answer_without_a_response_has_no_request_id():
    assert errors.ResponseUnreadableError("m").request_id is None
    assert EXAMPLES[2].request_id == "r"


def test_a_move_that_ended_half_way_names_both_appointments_and_neither_in_its_text():
    error = errors.NotCancelledError("half way", new={"id": "canary"}, old="canary", provider="acme", operation="x")

    assert (error.new, error.old) == ({"id": "canary"}, "canary")
    assert (error.provider, error.operation) == ("acme", "x")
    assert "canary" not in str(error) + repr(error)


def test_a_remark_of_a_provider_is_a_warning_of_its_own_and_crosses_process_boundaries():
    warning = pickle.loads(pickle.dumps(errors.ProviderWarning("acme.x: ignored")))

    assert type(warning) is errors.ProviderWarning
    assert isinstance(warning, UserWarning)
    assert not isinstance(warning, ApptError)
    assert str(warning) == "acme.x: ignored"


def test_every_error_is_of_one_tree():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]

    assert len(kinds) >= 18
    assert all(issubclass(kind, ApptError | Warning) for kind in kinds)
    assert issubclass(NoResultError, LookupError)


@pytest.mark.parametrize(
    "value",
    [
        get_visit("canary", body={"a": "canary"}),
        answer(body={"a": "canary"}, x_canary_header="canary-value"),
        Operation("acme.x", "GET", "/canary", lambda _: None, Effect.SAFE, query=(("q", "canary"),)),
    ],
)
def test_no_repr_shows_what_a_value_is_about(value):
    assert "canary" not in repr(value)


def test_a_request_shows_its_path_and_nothing_else():
    done = ask(get_visit(query=(("name", "canary"),)), [answer()])

    assert repr(done.sent[0]) == "<Request GET /v1/visits/7>"
