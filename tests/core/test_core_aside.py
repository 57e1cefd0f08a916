"""Reads that only help a flow, and what a flow has written when something interrupts it."""

import logging

import pytest
from core_support import (
    WALL,
    WIRE,
    FakeClock,
    Room,
    account,
    answer,
    ask,
    both,
    cancel_visit,
    create_visit,
    find_visits,
    flow,
    get_visit,
    page,
)

from apptsdk.auth import Bearer, Minted
from apptsdk.errors import (
    ApptError,
    NoAnswerError,
    NotFoundError,
    OutcomeUnknownError,
    RequestNotSentError,
    ResponseUnreadableError,
)
from apptsdk.events import CallEnded
from apptsdk.http import NoAnswer
from apptsdk.models import attempt_of
from apptsdk.operation import NOW, Aside, Effect, Flow, Operation, Pause
from apptsdk.options import Timeout
from apptsdk.retry import NO_RETRY
from apptsdk.tokens import Token

MINUTE = Timeout(attempt=30, total=60)


def room(number="4", **changes):
    return Operation("acme.rooms.get", "GET", f"/rooms/{number}", WIRE.one(Room), Effect.SAFE, **changes)


def a_room(number="4"):
    return answer(body={"id": number, "floor": 1})


def helped(work=None, *, patience=5.0, before=0.0, then=get_visit):
    """Look at a room, whether or not that succeeds, and then at a visit."""

    def script():
        yield Pause(before)
        try:
            found = yield from Aside(work or room(), patience)
        except ApptError as error:
            found = error
        return found, (yield from then())

    return flow(script)


def urls(done):
    return [request.url.rpartition("/v1")[2] for request in done.sent]


# --- it only helps ---------------------------------------------------------------------------------------------------


def test_it_is_read_and_given_to_the_flow(world):
    found, visit = world.run(helped(), [a_room(), answer()])

    assert (type(found), found.id, visit.id) == (Room, "4", "7")


def test_it_is_read_each_time():
    at = account()
    numbers = [ask(helped(), [a_room(number), answer()], at=at).get()[0].id for number in "45"]

    assert numbers == ["4", "5"]
    assert at.facts == {}


def test_a_flow_helps_as_well():
    def script():
        yield from room("1")
        return (yield from room("2"))

    done = ask(helped(flow(script)), [a_room("1"), a_room("2"), answer()])

    assert done.get()[0].id == "2"
    assert urls(done) == ["/rooms/1", "/rooms/2", "/visits/7"]


@pytest.mark.parametrize(
    ("patience", "total", "before", "given"),
    [(5, 60, 0, 5), (3, 60, 0, 3), (5, 40, 0, 4), (5, 60, 57, 3), (9, 600, 0, 9)],
)
def test_it_has_its_patience_a_tenth_of_the_total_and_no_more_than_is_left(patience, total, before, given):
    timeout = Timeout(attempt=30, total=total)
    done = ask(helped(patience=patience, before=before), [a_room(), answer()], timeout=timeout)

    assert done.timeouts[0] == pytest.approx(given)


def test_five_seconds_is_its_patience_unless_told_otherwise():
    assert Aside(room()).patience == 5.0


def test_at_the_deadline_it_is_not_sent_at_all():
    done = ask(helped(before=60), [], timeout=MINUTE)

    assert type(done.error) is RequestNotSentError
    assert done.sent == []


def test_its_own_pauses_come_out_of_its_patience():
    done = ask(helped(), [answer(503, {}, retry_after="6"), answer()], timeout=MINUTE)

    assert type(done.get()[0]).__name__ == "ServerError"
    assert done.pauses == [0.0]
    assert urls(done) == ["/rooms/4", "/visits/7"]


def test_without_an_answer_it_leaves_the_call_its_time():
    done = ask(helped(), [NoAnswer("cut"), NoAnswer("cut"), answer()], takes=3, timeout=MINUTE)
    found, visit = done.get()

    assert (type(found), visit.id) == (NoAnswerError, "7")
    assert done.timeouts == pytest.approx([5, 1.75, 30])


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(404, {}), NotFoundError),
        (answer(200, b"<html>"), ResponseUnreadableError),
        (NoAnswer("cut"), NoAnswerError),
    ],
)
def test_its_errors_reach_the_flow(given, kind):
    found, visit = ask(helped(), [given, answer()], retry=NO_RETRY).get()

    assert (type(found), found.operation, visit.id) == (kind, "acme.rooms.get", "7")


@pytest.mark.parametrize(
    "write",
    [
        cancel_visit(),
        create_visit(),
        Flow("acme.nested", lambda: iter(cancel_visit())),
        Flow("acme.longer", lambda: iter(create_visit()), within=60.0),
        Flow("acme.aside", lambda: iter(Aside(create_visit()))),
    ],
    ids=lambda work: work.name,
)
def test_writes_are_refused(write):
    done = ask(helped(write), [answer(201)])

    assert type(done.error) is TypeError
    assert "it cannot run beside other calls" in str(done.error)
    assert done.sent == []


def test_writes_are_refused_to_reads_at_once_in_it_too():
    (outcome,) = ask(helped(both([create_visit()])), [answer()]).get()[0]

    assert type(outcome.error) is TypeError


def test_a_token_for_it_is_no_write_and_has_the_calls_own_time():
    mint = Operation("acme.token", "POST", "/token", lambda r: Token(r.text, WALL + 9999), Effect.IDEMPOTENT)
    at = account(Bearer(Minted(lambda _: mint, "acme")))
    done = ask(helped(), [answer(200, b"t1"), a_room(), answer()], at=at, timeout=MINUTE)

    assert done.get()[0].id == "4"
    assert urls(done) == ["/token", "/rooms/4", "/visits/7"]
    assert done.timeouts == pytest.approx([30, 5, 30])


def test_writes_are_allowed_after_it():
    done = ask(helped(then=create_visit), [a_room(), answer(201)])

    assert done.get()[1].id == "7"
    assert [request.method for request in done.sent] == ["GET", "POST"]


# --- what it costs ---------------------------------------------------------------------------------------------------


def ended(work, answers, **options):
    told = []
    ask(work, answers, observer=told.append, timeout=MINUTE, **options)
    (end,) = (event for event in told if isinstance(event, CallEnded))
    return end


@pytest.mark.parametrize(
    ("answers", "attempts"),
    [
        ([a_room(), answer()], 2),
        ([answer(503, {}), a_room(), answer()], 3),
        ([answer(404, {}), answer()], 2),
        ([a_room(), answer(503, {}), answer()], 3),
    ],
)
def test_its_attempts_count_like_any_others(answers, attempts):
    assert ended(helped(), answers).attempts == attempts


def test_time_that_passed_in_it_is_known_after_it():
    def script():
        began = yield NOW
        yield from Aside(room())
        now = yield NOW
        return now.monotonic - began.monotonic

    assert ask(flow(script), [a_room()], takes=2).get() == 2
    assert ended(flow(script), [a_room()], takes=2).seconds == 2


def test_how_it_ended_is_not_how_the_call_did():
    def script():
        visit = yield from create_visit()
        with pytest.raises(NotFoundError):
            yield from Aside(room())
        return visit

    assert ended(flow(script), [answer(201), answer(404, {})]) == CallEnded("acme.flow", 201, 0, 2)


def test_a_remark_on_it_is_not_an_error_where_warnings_are(caplog):
    at = account(notes=lambda response: response.json().get("remarks", ()))
    with caplog.at_level(logging.WARNING, "apptsdk"):
        found, _ = ask(helped(), [answer(body={"id": "4", "remarks": ["odd"]}), answer()], at=at).get()

    assert found.id == "4"
    assert "acme.rooms.get: odd" in caplog.text


# --- what was written is not lost ------------------------------------------------------------------------------------


def booked_and(*works, aside=False):
    """Book, and go on."""

    def script():
        visit = yield from create_visit(recover=find_visits)
        for work in works:
            yield from Aside(work) if aside else work
        return visit

    return flow(script)


INTERRUPTIONS = [KeyboardInterrupt, SystemExit, RuntimeError]


@pytest.mark.parametrize("aside", [False, True])
@pytest.mark.parametrize("kind", INTERRUPTIONS)
def test_an_interruption_after_a_booking_carries_its_attempt(kind, aside):
    interruption = kind("stop")
    done = ask(booked_and(room(), aside=aside), [answer(201), interruption])

    assert done.error is interruption
    assert attempt_of(interruption).operation == "acme.visits.create"
    assert attempt_of(interruption).reference == "my-reference"
    assert len(interruption.__notes__) == 1


def test_a_recovered_booking_is_carried_as_well():
    interruption = KeyboardInterrupt()
    done = ask(booked_and(room()), [NoAnswer("cut"), page("7"), interruption])

    assert done.error is interruption
    assert attempt_of(interruption).clues == {"patient_id": "31"}


def test_a_defect_of_the_flow_itself_carries_it_too():
    def script():
        yield from create_visit()
        raise LookupError("a defect")

    done = ask(flow(script), [answer(201)])

    assert type(done.error) is LookupError
    assert attempt_of(done.error).operation == "acme.visits.create"


def test_an_interruption_in_the_wake_of_a_lost_booking_carries_the_one_that_came_after_it():
    """Such as a second booking, made where the first one's error is dealt with: Python remembers that error, too."""
    interruption = KeyboardInterrupt("stop")
    lost = ask(create_visit(reference="the lost one"), [NoAnswer("cut")]).error
    try:
        raise lost
    except OutcomeUnknownError:
        ask(booked_and(room()), [answer(201), interruption])
        assert interruption.__context__ is not None

    assert attempt_of(lost).reference == "the lost one"
    assert attempt_of(interruption).reference == "my-reference"
    assert [note.partition(":")[0] for note in interruption.__notes__] == ["This came after a booking that was made"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), SystemExit(), RuntimeError()], ids=repr)
def test_a_flow_sees_what_interrupts_it_and_can_say_what_that_means(stop):
    seen = []

    def script():
        try:
            yield from room()
        except BaseException as error:
            seen.append(error)
            error.add_note("in the room")
            raise

    done = ask(flow(script), [stop])

    assert done.error is stop
    assert seen == [stop]
    assert stop.__notes__ == ["in the room"]


@pytest.mark.parametrize("within", [0.0, 60.0])
def test_what_a_flow_in_it_wrote_is_carried(within):
    def script():
        yield from Flow("acme.inner", lambda: iter(create_visit()), within=within)
        yield from room()

    interruption = KeyboardInterrupt()
    ask(flow(script), [answer(201), interruption])

    assert attempt_of(interruption).operation == "acme.visits.create"


def second(**changes):
    return create_visit(reference="another", clues={"patient_id": "32"}, **changes)


@pytest.mark.parametrize(
    ("works", "answers", "reference"),
    [
        ([second()], [answer(201), KeyboardInterrupt()], "another"),
        ([second(), room()], [answer(201), answer(201), KeyboardInterrupt()], "another"),
        ([second()], [answer(201), answer(404, {}), KeyboardInterrupt()], None),
    ],
    ids=["during the second", "after the second", "the second is refused"],
)
def test_the_last_of_several_is_carried(works, answers, reference):
    done = ask(booked_and(*works), answers)

    if reference is None:
        assert type(done.error) is NotFoundError
        assert attempt_of(done.error) is None
    else:
        assert attempt_of(done.error).reference == reference
        assert len(done.error.__notes__) == 1


@pytest.mark.parametrize(
    ("given", "kind"),
    [(answer(404, {}), NotFoundError), (NoAnswer("cut"), NoAnswerError), (answer(200, b"<"), ResponseUnreadableError)],
)
def test_an_error_of_ours_is_for_the_flow_to_deal_with_and_carries_none(given, kind):
    error = ask(booked_and(room()), [answer(201), given], retry=NO_RETRY).error

    assert type(error) is kind
    assert attempt_of(error) is None
    assert not getattr(error, "__notes__", [])


def test_an_unknown_outcome_carries_its_own_attempt():
    error = ask(booked_and(second()), [answer(201), NoAnswer("cut")]).error

    assert type(error) is OutcomeUnknownError
    assert attempt_of(error) is error.attempt
    assert error.attempt.reference == "another"


@pytest.mark.parametrize(
    ("work", "answers"),
    [
        (helped(), [a_room(), KeyboardInterrupt()]),
        (flow(lambda: iter(cancel_visit())), [KeyboardInterrupt()]),
        (helped(then=create_visit), [KeyboardInterrupt()]),
    ],
    ids=["reads", "a cancellation", "before the booking"],
)
def test_where_nothing_was_booked_nothing_is_carried(work, answers):
    done = ask(work, answers)

    assert type(done.error) is KeyboardInterrupt
    assert attempt_of(done.error) is None


def test_a_call_of_its_own_does_not_carry_what_an_earlier_one_booked():
    at, clock = account(), FakeClock()
    ask(booked_and(), [answer(201)], at=at, clock=clock)
    done = ask(get_visit(), [KeyboardInterrupt()], at=at, clock=clock)

    assert attempt_of(done.error) is None
