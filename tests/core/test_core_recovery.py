"""What happens after a lost answer: the booking is looked for, and what is not known is not claimed."""

import pickle
from datetime import UTC, datetime, timedelta

import attrs
import pytest
import tenacity
from core_support import (
    WALL,
    FakeClock,
    account,
    answer,
    ask,
    cancel_visit,
    create_visit,
    find_visits,
    flow,
    get_visit,
    list_visits,
    page,
)

from apptsdk.auth import Bearer, Minted
from apptsdk.errors import (
    AuthenticationError,
    ConflictError,
    NoAnswerError,
    NotFoundError,
    OutcomeUnknownError,
    RequestNotSentError,
    ResponseUnreadableError,
    ServerError,
    UnsupportedError,
)
from apptsdk.http import Headers, NoAnswer, NotSent, Response, Unreadable
from apptsdk.models import BookingAttempt, Model, attempt_of
from apptsdk.operation import OFFSET, Effect, Flow, Operation, Pause, Send
from apptsdk.options import Timeout
from apptsdk.pacing import Quota
from apptsdk.recovery import made_since, resolved
from apptsdk.retry import NO_RETRY, RetryPolicy
from apptsdk.tokens import Token

BOOKING = create_visit(recover=find_visits)
LOST = {
    "never answered": NoAnswer("the time was up"),
    "cut": NoAnswer("RemoteProtocolError"),
    "half a body": Unreadable("the body's encoding breaks off"),
    "truncated JSON": answer(200, b'{"id": "7"'),
    "HTML": answer(200, b"<html>"),
    "empty": answer(201, b""),
    "408": answer(408, {}),
    "425": answer(425, {}),
    "500": answer(500, {}),
    "502": answer(502, b"<html>"),
    "503": answer(503, {}, retry_after="1"),
    "504": answer(504, {}),
}


def methods(done):
    return [request.method for request in done.sent]


@attrs.frozen(kw_only=True, repr=False)
class Kept(Model):
    """What says whether it is cancelled, in one of two ways, or neither."""

    id: str
    cancelled: bool | None = None
    cancelled_at: datetime | None = None


@pytest.mark.parametrize(
    ("told", "lives"),
    [
        ({}, True),
        ({"cancelled": False}, True),
        ({"cancelled": False, "cancelled_at": datetime(2026, 3, 2, tzinfo=UTC)}, True),
        ({"cancelled": True}, False),
        ({"cancelled_at": datetime(2026, 3, 2, tzinfo=UTC)}, False),
    ],
    ids=str,
)
def test_what_is_found_cancelled_is_not_taken_for_a_booking_that_went_through(told, lives):
    found = Kept(id="7", **told)
    booking = create_visit(recover=lambda _: flow(lambda: iter_of((found,))))
    done = ask(booking, [NoAnswer("cut")])
    if lives:
        assert done.get() is found
        return
    assert isinstance(done.error, OutcomeUnknownError)
    assert done.error.candidates == (found,)
    assert "What was found is cancelled" in str(done.error)


def iter_of(value):
    """Make a script that needs nothing."""
    return value
    yield


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
def test_a_booking_whose_answer_was_lost_is_found_and_sent_once(lost):
    done = ask(BOOKING, [lost, page("7")])

    assert done.get().id == "7"
    assert done.get().recovered
    assert methods(done) == ["POST", "GET"]
    assert done.sent[1].url.endswith("/visits?patient_id=31")
    assert done.pauses == []


def test_what_cannot_be_looked_up_may_say_what_to_do_instead():
    advised = ask(create_visit(advice="Ask Ada."), [NoAnswer("cut")]).error
    assert str(advised) == "acme.visits.create may have taken effect: the answer was lost. Ask Ada."

    plain = ask(create_visit(), [NoAnswer("cut")]).error
    assert str(plain).endswith("look at the provider before you repeat it.")
    assert "Ask Ada." not in str(
        ask(create_visit(advice="Ask Ada.", recover=find_visits), [NoAnswer("cut"), *[page()] * 6]).error
    )


def test_an_answered_booking_is_not_marked_as_recovered():
    assert not ask(BOOKING, [answer(201)]).get().recovered


def test_a_booking_that_arrives_late_is_found_at_the_third_look():
    done = ask(BOOKING, [NoAnswer("cut"), page(), page(), page("7")])

    assert done.get().recovered
    assert done.pauses == [1.0, 2.0]
    assert methods(done) == ["POST", "GET", "GET", "GET"]


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
def test_a_booking_that_is_not_found_has_an_unknown_outcome(lost):
    done = ask(BOOKING, [lost, *[page()] * 6])

    assert type(done.error) is OutcomeUnknownError
    assert "It was not found at the provider (yet)." in str(done.error)
    assert done.error.candidates == ()
    assert isinstance(done.error.__cause__, NoAnswerError | ServerError | ResponseUnreadableError | Exception)
    assert done.pauses == [1.0, 2.0, 4.0, 8.0, 12.0]
    assert methods(done) == ["POST", *["GET"] * 6]


def test_what_nobody_could_look_for_is_not_called_unfound():
    refused = answer(403, {"message": "no lists for you"})
    blind = ask(BOOKING, [NoAnswer("cut"), *[refused] * 6]).error
    assert type(blind) is OutcomeUnknownError
    assert "It could not be looked for: acme.visits.list: 403 no lists for you. Do not repeat it blindly" in str(blind)

    # Once seen that it is not there is known, whatever comes after.
    seen = ask(BOOKING, [NoAnswer("cut"), page(), *[refused] * 5]).error
    assert "It was not found at the provider (yet)." in str(seen)


def test_two_finds_are_candidates_and_none_is_chosen():
    done = ask(BOOKING, [NoAnswer("cut"), page("7", "8")])

    assert type(done.error) is OutcomeUnknownError
    assert [visit.id for visit in done.error.candidates] == ["7", "8"]
    assert "2 objects could be the one." in str(done.error)
    assert methods(done) == ["POST", "GET"]


def test_without_a_way_to_look_it_up_the_outcome_is_unknown_at_once():
    done = ask(create_visit(), [NoAnswer("cut")])

    assert type(done.error) is OutcomeUnknownError
    assert "It cannot be looked up by the SDK" in str(done.error)
    assert methods(done) == ["POST"]


def test_a_look_that_fails_is_followed_by_another():
    failing = [answer(403, {}), NotSent("no", again=False), answer(200, b"<html>")]
    done = ask(BOOKING, [NoAnswer("cut"), *failing, page("7")])

    assert done.get().recovered
    assert methods(done) == ["POST", "GET", "GET", "GET", "GET"]


def test_looks_that_all_fail_leave_the_first_cause_and_one_line_in_the_log(caplog):
    caplog.set_level("INFO", logger="apptsdk")
    done = ask(BOOKING, [answer(503, {}), *[answer(403, {})] * 6])

    assert type(done.error) is OutcomeUnknownError
    assert type(done.error.__cause__) is ServerError
    assert done.error.__cause__.status == 503
    assert len(caplog.records) == 1


def test_looks_are_repeated_like_any_read():
    done = ask(BOOKING, [NoAnswer("cut"), answer(503, {}), page("7")])

    assert done.get().recovered
    assert done.pauses == [0.25]


def test_with_retries_off_a_lost_booking_is_still_looked_for():
    assert ask(BOOKING, [NoAnswer("cut"), page("7")], retry=NO_RETRY).get().recovered


def test_a_defect_in_the_recovery_leaves_the_outcome_unknown():
    def broken(attempt):
        raise KeyError("patient_id")

    done = ask(create_visit(recover=broken), [NoAnswer("cut")])

    assert type(done.error) is OutcomeUnknownError
    assert attempt_of(done.error).operation == "acme.visits.create"


@pytest.mark.parametrize(("within", "looks"), [(0, 0), (0.5, 1), (1.5, 2), (3.5, 3), (7.5, 4), (30, 6), (120, 8)])
def test_the_search_keeps_to_its_own_budget(within, looks):
    clock = FakeClock()
    began = clock.monotonic
    done = ask(BOOKING, [NoAnswer("cut"), *[page()] * 9], retry=RetryPolicy(recover_within=within), clock=clock)

    assert type(done.error) is OutcomeUnknownError
    assert methods(done) == ["POST", *["GET"] * looks]
    assert clock.monotonic - began <= within


def test_the_search_goes_on_when_the_calls_own_time_is_up():
    done = ask(BOOKING, [NoAnswer("cut"), page("7")], takes=5, timeout=Timeout(attempt=5, total=5))

    assert done.get().recovered
    assert done.timeouts == [5, 5]


def test_the_search_waits_for_the_pace():
    at = account(quotas=(Quota(1, per=10),))
    done = ask(BOOKING, [NoAnswer("cut"), page("7")], at=at)

    assert done.get().recovered
    assert sum(done.pauses) == 10


def test_a_search_that_the_pace_shuts_out_ends():
    at = account(quotas=(Quota(1, per=100),))
    done = ask(BOOKING, [NoAnswer("cut")], at=at)

    assert type(done.error) is OutcomeUnknownError
    assert methods(done) == ["POST"]


# --- what may be repeated --------------------------------------------------------------------------------------------


def recovered_none(attempt):
    def script():
        found = yield from list_visits().page(None)
        return (None,) * len(found.items)

    return Flow("acme.visits.recover", script)


@pytest.mark.parametrize("lost", [NoAnswer("cut"), answer(500, {}), answer(504, {})])
def test_a_cancellation_whose_repeat_finds_nothing_was_done_by_the_first_attempt(lost):
    done = ask(cancel_visit(recover=recovered_none), [lost, answer(404, {}), page("7")])

    assert done.error is None
    assert methods(done) == ["PATCH", "PATCH", "GET"]


def test_a_cancellation_whose_repeat_finds_nothing_and_that_was_not_done_says_so():
    done = ask(cancel_visit(recover=recovered_none), [NoAnswer("cut"), answer(404, {}), *[page()] * 5])

    assert type(done.error) is NotFoundError


def test_a_cancellation_that_was_never_in_doubt_is_simply_not_found():
    for before in ([], [NotSent("refused")], [answer(429, {})]):
        done = ask(cancel_visit(recover=recovered_none), [*before, answer(404, {}), page("7")])
        assert type(done.error) is NotFoundError
        assert "GET" not in methods(done)


def test_a_cancellation_that_is_never_answered_is_looked_up():
    policy = RetryPolicy(stop=tenacity.stop_after_attempt(2))
    silent = [NoAnswer("cut")] * 2

    assert ask(cancel_visit(recover=recovered_none), [*silent, page("7")], retry=policy).error is None
    unknown = ask(cancel_visit(recover=recovered_none), [*silent, *[page()] * 5], retry=policy)
    assert type(unknown.error) is OutcomeUnknownError
    assert type(unknown.error.__cause__) is NoAnswerError


@pytest.mark.parametrize("last", [NotSent("refused"), NotSent("refused", again=False)])
def test_a_cancellation_that_may_have_arrived_never_claims_that_nothing_happened(last):
    policy = RetryPolicy(stop=tenacity.stop_after_attempt(2))
    done = ask(cancel_visit(), [NoAnswer("cut"), last], retry=policy)

    assert type(done.error) is OutcomeUnknownError
    assert type(done.error.__cause__) is RequestNotSentError


def test_a_cancellation_that_the_pace_shuts_out_after_a_lost_answer_claims_nothing():
    at = account(quotas=(Quota(1, per=100),))
    done = ask(cancel_visit(), [NoAnswer("cut")], at=at)

    assert type(done.error) is OutcomeUnknownError
    assert type(done.error.__cause__) is RequestNotSentError


def test_an_update_that_fails_for_good_says_how():
    done = ask(cancel_visit(), [answer(503, {})] * 4)

    assert type(done.error) is ServerError


# --- a repetition whose refusal says that it was done ----------------------------------------------------------------


def done_already(error):
    return "done" if getattr(error, "code", None) == "gone_already" else None


ENDED = cancel_visit(done=done_already)
GONE = answer(409, {"message": "It is gone.", "code": "gone_already"})


@pytest.mark.parametrize("lost", [NoAnswer("cut"), answer(500, {}), answer(503, {}), answer(408, {})])
def test_a_refusal_that_says_so_after_a_lost_answer_is_a_success(lost):
    done = ask(ENDED, [lost, GONE])

    assert done.get() == "done"
    assert methods(done) == ["PATCH", "PATCH"]


def test_it_counts_after_several_lost_answers_too():
    assert ask(ENDED, [NoAnswer("cut"), answer(503, {}), GONE]).get() == "done"


def test_what_was_done_so_ended_well_for_whoever_listens(caplog):
    caplog.set_level("INFO", logger="apptsdk")
    events = []
    ask(ENDED, [NoAnswer("cut"), GONE], observer=events.append)

    assert (events[-1].status, events[-1].error, events[-1].attempts) == (None, None, 2)
    assert caplog.records[-1].getMessage().startswith("acme.visits.cancel recovered ")


@pytest.mark.parametrize("before", [[], [NotSent("refused")], [answer(429, {})], [NotSent("refused"), answer(429, {})]])
def test_the_same_refusal_without_a_doubt_is_an_error(before):
    done = ask(ENDED, [*before, GONE])

    assert type(done.error) is ConflictError
    assert len(done.sent) == len(before) + 1


@pytest.mark.parametrize("refusal", [answer(409, {"code": "busy"}), answer(404, {}), answer(409, b"<html>")])
def test_another_refusal_after_a_lost_answer_is_raised(refusal):
    done = ask(ENDED, [NoAnswer("cut"), refusal])

    assert done.error.status == refusal.status
    assert len(done.sent) == 2


@pytest.mark.parametrize("end", [NoAnswer("cut"), NotSent("refused", again=False)])
def test_what_is_no_refusal_claims_nothing(end):
    policy = RetryPolicy(stop=tenacity.stop_after_attempt(2))
    done = ask(ENDED, [NoAnswer("cut"), end], retry=policy)

    assert type(done.error) is OutcomeUnknownError
    assert len(done.sent) == 2


def test_a_refusal_that_decides_it_is_not_followed_by_a_look():
    work = cancel_visit(done=done_already, recover=recovered_none)

    assert methods(ask(work, [NoAnswer("cut"), GONE])) == ["PATCH", "PATCH"]
    looked = ask(work, [NoAnswer("cut"), answer(404, {}), page("7")])
    assert (looked.error, methods(looked)) == (None, ["PATCH", "PATCH", "GET"])


# --- the attempt -----------------------------------------------------------------------------------------------------


def test_the_error_carries_the_attempt():
    attempt = ask(create_visit(), [NoAnswer("cut")]).error.attempt

    assert attempt == BookingAttempt(
        provider="acme",
        operation="acme.visits.create",
        reference="my-reference",
        slot="room 4 at ten",
        started_at=datetime.fromtimestamp(WALL, UTC),
        clues={"patient_id": "31"},
    )
    assert attempt_of(ask(create_visit(), [NoAnswer("cut")]).error) == attempt


def test_an_attempt_goes_to_json_and_back():
    attempt = ask(create_visit(), [NoAnswer("cut")]).error.attempt

    assert BookingAttempt.from_json(attempt.to_json()) == attempt
    assert '"version": 1' in attempt.to_json()
    assert pickle.loads(pickle.dumps(attempt)) == attempt
    assert hash(attempt) == hash(BookingAttempt.from_json(attempt.to_json()))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"version": 2, "provider": "acme", "operation": "x", "started_at": "2026-03-02T22:00:00+00:00"}',
        '{"version": 1, "provider": "acme"}',
        '{"version": 1, "provider": "acme", "operation": "x", "started_at": 5}',
        '{"version": 1, "provider": "acme", "operation": "x", "started_at": "soon"}',
        '{"version": 1, "provider": "a", "operation": "x", "started_at": "2026-03-02T22:00:00+00:00", "more": 1}',
    ],
)
def test_what_is_no_attempt_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        BookingAttempt.from_json(text)


def test_the_attempts_repr_leaves_the_clues_out():
    attempt = BookingAttempt(
        provider="acme", operation="x", started_at=datetime(2026, 1, 1, tzinfo=UTC), clues={"first_name": "Canary"}
    )
    assert "Canary" not in repr(attempt)


def test_resolving_asks_the_client():
    class Client:
        def resolve(self, attempt):
            return attempt.operation

    attempt = BookingAttempt(provider="acme", operation="x", started_at=datetime.now(UTC))
    assert attempt.resolve(Client()) == "x"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), SystemExit(1), RuntimeError("an engine's defect")])
def test_an_interruption_while_the_booking_is_out_carries_the_attempt(interruption):
    done = ask(BOOKING, [interruption])

    assert done.error is interruption
    assert attempt_of(interruption).clues == {"patient_id": "31"}
    assert "may have taken effect" in interruption.__notes__[0]
    assert len(done.sent) == 1


@pytest.mark.parametrize("step", [Send, Pause])
def test_an_interruption_while_the_booking_is_looked_for_carries_the_attempt(step):
    clock = FakeClock()
    interruption = KeyboardInterrupt()

    def interrupted(*_):
        raise interruption

    if step is Pause:
        clock.sleep = interrupted
    done = ask(BOOKING, [NoAnswer("cut"), interruption if step is Send else page()], clock=clock)

    assert done.error is interruption
    assert attempt_of(interruption).operation == "acme.visits.create"


@pytest.mark.parametrize("work", [cancel_visit(), list_visits().page(None)])
def test_an_interruption_of_anything_else_carries_none(work):
    interruption = KeyboardInterrupt()

    assert ask(work, [interruption]).error is interruption
    assert attempt_of(interruption) is None


def test_an_interruption_in_a_pause_is_not_swallowed():
    clock = FakeClock()
    interruption = KeyboardInterrupt()

    def interrupted(seconds):
        raise interruption

    clock.sleep = interrupted
    done = ask(list_visits().page(None), [answer(503, {}), page()], clock=clock)

    assert done.error is interruption
    assert len(done.sent) == 1


def test_a_flow_hears_the_providers_clock():
    def script():
        yield from list_visits().page(None)
        return (yield from OFFSET)

    def date(seconds):
        return format(datetime.fromtimestamp(WALL, UTC) + timedelta(seconds=seconds), "%a, %d %b %Y %H:%M:%S GMT")

    for ahead in (-90, 0, 90):
        first = page()
        first.headers._first["date"] = date(ahead)
        assert ahead <= ask(flow(script), [first]).get() <= ahead + 1


def dated(response, wall):
    response.headers._first["date"] = format(datetime.fromtimestamp(wall, UTC), "%a, %d %b %Y %H:%M:%S GMT")
    return response


def test_a_slow_answer_does_not_move_the_providers_clock():
    """It was stamped before its body took 25 s: to read it as the time now would make old objects look new."""
    at, clock = account(), FakeClock()
    ask(get_visit(), [dated(answer(), WALL + 100)], at=at, clock=clock)
    before = at.offset
    ask(get_visit(), [dated(answer(), WALL + 100)], at=at, clock=clock, takes=25)

    assert at.offset == before
    assert 100 <= before <= 101


def test_a_provider_whose_clock_was_set_is_believed():
    at = account()
    for ahead in (0, 3600, -3600):
        ask(get_visit(), [dated(answer(), WALL + ahead)], at=at, clock=FakeClock())
        assert ahead - 1 <= at.offset <= ahead + 1


def test_what_an_earlier_call_made_is_not_taken_for_what_a_lost_answer_made():
    at = account()
    assert ask(BOOKING, [answer(201)], at=at).get().id == "7"
    again = ask(BOOKING, [NoAnswer("cut"), *[page("7")] * 6], at=at)
    assert type(again.error) is OutcomeUnknownError
    found = ask(BOOKING, [NoAnswer("cut"), page("7", "8")], at=at)
    assert (found.get().id, found.get().recovered) == ("8", True)


def test_an_attempt_is_found_on_what_was_raised_because_of_it():
    lost = ask(create_visit(), [NoAnswer("cut")]).error
    wrapped = TimeoutError()
    wrapped.__cause__ = lost

    assert attempt_of(wrapped) is lost.attempt
    assert attempt_of(ExceptionGroup("tasks", [ValueError(), wrapped])) is lost.attempt
    assert attempt_of(ExceptionGroup("tasks", [ValueError()])) is None


def test_a_harmless_write_in_doubt_is_looked_up_when_no_token_can_be_had():
    minted = [Response(200, Headers(), b"t1"), Response(401, Headers(), b"{}")]
    at = account(Bearer(Minted(lambda _: mint, "key", margin=0.0)))
    mint = Operation("acme.token", "POST", "/token", lambda r: Token(r.text, 0.0), Effect.IDEMPOTENT)
    done = ask(cancel_visit(), [minted[0], NoAnswer("cut"), minted[1], minted[1]], at=at)

    assert type(done.error) is AuthenticationError
    looked = ask(
        cancel_visit(recover=lambda _: Flow("acme.look", iter_none)),
        [minted[0], NoAnswer("cut"), minted[1], minted[1]],
        at=account(Bearer(Minted(lambda _: mint, "key", margin=0.0))),
    )
    assert looked.error is None


# --- what comes after ------------------------------------------------------------------------------------------------


def booked_and_looked():
    """Book, and look afterwards: what makes a booking safe."""
    yield from create_visit(recover=find_visits)
    return (yield from get_visit("7"))


def test_after_a_long_look_for_a_lost_booking_there_is_time_for_what_makes_it_safe():
    answers = [NoAnswer("cut"), page(), page(), page(), page("7"), answer()]
    done = ask(flow(booked_and_looked), answers, timeout=Timeout(attempt=5, total=6))

    assert sum(done.pauses) > 6
    assert done.get().id == "7"


def test_a_look_takes_nothing_from_the_time_of_its_call():
    def script():
        yield from create_visit(recover=find_visits)
        yield from get_visit("6")
        return (yield from get_visit("7"))

    answers = [NoAnswer("cut"), page(), page(), page(), page("7"), answer(), answer()]
    done = ask(flow(script), answers, takes=2, timeout=Timeout(attempt=3, total=10))

    assert done.get().id == "7"
    assert [step.timeout for step in done.steps if isinstance(step, Send)][-2:] == [3, 3]


def test_so_there_is_in_a_flow_that_waits_by_its_nature():
    def outer():
        yield from Flow("acme.inner", lambda: create_visit(recover=find_visits).__iter__(), within=1)
        return (yield from get_visit("7"))

    answers = [NoAnswer("cut"), page(), page(), page(), page("7"), answer()]
    assert ask(flow(outer), answers, timeout=Timeout(attempt=5, total=6)).get().id == "7"


def test_after_a_slow_answer_there_is_time_for_what_makes_a_booking_safe():
    done = ask(flow(booked_and_looked), [answer(201), answer()], takes=4.9, timeout=Timeout(attempt=5, total=5))

    assert done.get().id == "7"
    assert [step.timeout for step in done.steps if isinstance(step, Send)] == [5, 5]


def test_a_read_has_no_time_left_because_another_was_slow():
    def script():
        yield from get_visit("6")
        return (yield from get_visit("7"))

    done = ask(flow(script), [answer(), answer()], takes=4.9, timeout=Timeout(attempt=5, total=5))
    assert [round(step.timeout, 1) for step in done.steps if isinstance(step, Send)] == [5, 0.1]


def test_an_answer_is_not_quoted_with_what_an_earlier_request_of_the_call_sent():
    def script():
        yield from create_visit(body={"name": "Canary Featherstone", "email": "canary@example.org"})
        return (yield from get_visit("7"))

    said = answer(422, {"message": "nothing free for Canary Featherstone (canary@example.org)"})
    error = ask(flow(script), [answer(201), said]).error

    assert "nothing free for" in str(error)
    assert "canary" not in str(error).lower()


# --- which of the finds it can be ------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, repr=False)
class Stamped(Model):
    id: str = "7"
    created_at: datetime | None = None


BEGAN = datetime.fromtimestamp(WALL, UTC)
ATTEMPT = BookingAttempt(provider="acme", operation="acme.visits.create", started_at=BEGAN)


def since(found, ahead=0.0):
    at = account()
    at.offset = ahead
    return ask(flow(lambda: made_since(ATTEMPT, found)), at=at).get()


@pytest.mark.parametrize(
    ("seconds", "kept"),
    [(-10.001, False), (-10, True), (0, True), (15 * 60, True), (15 * 60 + 0.001, False), (-86400, False)],
)
@pytest.mark.parametrize("ahead", [0.0, 3600.0, -3600.0])
def test_what_was_made_about_when_the_attempt_began_can_be_it(seconds, kept, ahead):
    made = Stamped(created_at=BEGAN + timedelta(seconds=seconds + ahead))

    assert since([made], ahead) == ((made,) if kept else ())


def test_what_is_found_is_marked_and_what_it_was_is_left_alone():
    made = Stamped(created_at=BEGAN)
    (found,) = since([made])

    assert (found.recovered, made.recovered) == (True, False)
    assert found == made


@pytest.mark.parametrize("skew", [-1200, 20, 1200])
def test_the_clock_of_the_machine_that_made_the_attempt_counts_and_not_that_of_who_resolves_it(skew):
    """The attempt's machine is `skew` seconds fast and knew it; the other one's clock is right."""
    attempt = attrs.evolve(ATTEMPT, started_at=BEGAN + timedelta(seconds=skew), ahead=float(-skew))
    there = BookingAttempt.from_json(attempt.to_json())
    made = Stamped(created_at=BEGAN + timedelta(seconds=1))

    assert ask(flow(lambda: made_since(there, [made]))).get() == (made,)
    assert ask(flow(lambda: made_since(attrs.evolve(there, ahead=None), [made]))).get() == ()


def test_an_attempt_says_by_how_much_the_clocks_differed():
    at, stamped = account(), []
    ask(get_visit(), [dated(answer(), WALL + 100)], at=at)
    ask(create_visit(), [answer(201)], at=at, on_attempt=stamped.append)
    ask(create_visit(), [answer(201)], on_attempt=stamped.append)

    assert [None if one.ahead is None else round(one.ahead) for one in stamped] == [100, None]


def test_what_does_not_say_when_it_was_made_cannot_be_told_and_is_not_taken():
    assert since([Stamped(), get_visit()]) == ()


def test_all_that_it_can_be_are_given_in_their_order():
    found = [Stamped(id=number, created_at=BEGAN) for number in "213"]

    assert [one.id for one in since(iter(found))] == ["2", "1", "3"]


# --- resolving an attempt later --------------------------------------------------------------------------------------

BOOKED = BookingAttempt(
    provider="acme", operation="acme.visits.create", started_at=BEGAN, clues={"patient_id": "31", "name": ""}
)


def resolving(attempt=BOOKED):
    return resolved("acme", attempt, {"acme.visits.create": find_visits, "acme.rooms.create": find_visits})


def test_an_attempt_is_resolved_into_what_it_made_or_into_nothing():
    done = ask(resolving(), [page("7")])

    assert (done.get().id, done.get().recovered) == ("7", True)
    assert [request.url[-14:] for request in done.sent] == ["?patient_id=31"]
    assert ask(resolving(), [page()]).get() is None


def test_of_several_finds_none_is_chosen():
    error = ask(resolving(), [page("7", "8")]).error

    assert type(error) is OutcomeUnknownError
    assert str(error) == "2 objects could be what acme.visits.create made."
    assert [one.id for one in error.candidates] == ["7", "8"]
    assert (error.attempt, error.provider, error.operation) == (BOOKED, "acme", "acme.visits.create")


def test_the_attempt_of_another_provider_is_refused():
    with pytest.raises(ValueError, match=r"^The attempt belongs to zenith, not to acme\.$"):
        resolving(attrs.evolve(BOOKED, provider="zenith"))


def test_what_another_attempt_made_and_was_answered_is_not_what_this_one_made():
    at, other = account(), attrs.evolve(BOOKED, started_at=BEGAN + timedelta(seconds=5))
    at.remember(other, ask(get_visit(), [answer()]).get())

    assert ask(resolving(), [page("7")], at=at).get() is None
    assert ask(resolving(), [page("7", "8")], at=at).get().id == "8"
    assert ask(resolving(other), [page("7")], at=at).get().id == "7"


def test_what_was_answered_after_all_is_found_by_its_own_attempt():
    """An interruption may come after the answer: it names the attempt, and what that made is there."""
    at = account()
    at.remember(BOOKED, ask(get_visit(), [answer()]).get())
    stored = BookingAttempt.from_json(BOOKED.to_json())

    assert ask(resolving(stored), [page("7")], at=at).get().id == "7"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"operation": "acme.visits.cancel"}, "these can: acme.visits.create, acme.rooms.create"),
        ({"clues": {}}, "nothing was given by which to find it"),
        ({"clues": {"name": ""}}, "nothing was given by which to find it"),
    ],
)
def test_an_attempt_that_cannot_be_looked_up_is_refused_with_the_reason(changes, why):
    attempt = attrs.evolve(BOOKED, **changes)
    with pytest.raises(UnsupportedError, match=f"^{attempt.operation} cannot be looked up; {why}\\.$") as caught:
        resolving(attempt)

    assert (caught.value.provider, caught.value.operation) == ("acme", attempt.operation)


def iter_none():
    return (None,)
    yield
