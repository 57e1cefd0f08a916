"""Hooks, events and log lines: what the outside is told about a call, and that telling it does no harm."""

import logging

import pytest
from core_support import (
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
    zipped,
)

from apptsdk.errors import NoAnswerError, ServerError
from apptsdk.events import AttemptEnded, CallEnded, CallStarted, Paused
from apptsdk.http import NoAnswer, NotSent
from apptsdk.operation import AllOf, Call, Flow, Send
from apptsdk.pacing import Quota

# --- on_attempt ------------------------------------------------------------------------------------------------------


def test_the_attempt_is_shown_before_the_request_leaves():
    shown = []
    done = ask(create_visit(), [answer()], on_attempt=shown.append)

    kinds = [type(step) for step in done.steps if isinstance(step, Call | Send)]
    assert kinds == [Call, Send]
    assert [attempt.reference for attempt in shown] == ["my-reference"]


def test_the_attempt_is_shown_once_however_often_it_is_sent():
    shown = []
    assert ask(create_visit(), [NotSent("no"), answer(429, {}), answer()], on_attempt=shown.append).error is None

    assert len(shown) == 1


def test_an_error_in_on_attempt_stops_the_booking():
    def full(attempt):
        raise OSError("the disk is full")

    done = ask(create_visit(), [answer()], on_attempt=full)

    assert type(done.error) is OSError
    assert done.sent == []


@pytest.mark.parametrize("work", [get_visit(), cancel_visit(), list_visits().page(None)])
def test_only_what_makes_something_has_an_attempt(work):
    shown = []
    ask(work, [page()], on_attempt=shown.append)

    assert shown == []


# --- observers -------------------------------------------------------------------------------------------------------


def test_the_observer_is_told_what_happens_in_order():
    told = []
    answers = [answer(503, {}, x_request_id="r-1"), NoAnswer("cut"), answer()]
    ask(get_visit(), answers, observer=told.append, takes=2)

    assert told == [
        CallStarted("acme.visits.get"),
        AttemptEnded("acme.visits.get", 1, 503, 2.0, "r-1"),
        Paused("acme.visits.get", 0.25, "retry"),
        AttemptEnded("acme.visits.get", 2, None, 2.0),
        Paused("acme.visits.get", 0.5, "retry"),
        AttemptEnded("acme.visits.get", 3, 200, 2.0),
        CallEnded("acme.visits.get", 200, 6.75, 3),
    ]


def test_the_observer_is_told_how_a_call_failed():
    told = []
    ask(get_visit(), [NoAnswer("cut")] * 4, observer=told.append)

    assert told[-1] == CallEnded("acme.visits.get", None, 1.75, 4, "NoAnswerError")


def test_the_observer_is_told_why_a_call_waits():
    told = []
    at, clock = account(quotas=(Quota(1, per=0.5),)), FakeClock()
    work = create_visit(recover=find_visits)
    ask(work, [NoAnswer("cut"), page(), page("7")], at=at, clock=clock, observer=told.append)

    assert [event.why for event in told if isinstance(event, Paused)] == ["pace", "recover"]


def test_a_flow_is_one_call_with_its_attempts_together():
    told = []

    def script():
        yield from get_visit()
        return (yield from get_visit("8"))

    ask(flow(script), [answer(), answer(404, {})], observer=told.append)

    assert told[0] == CallStarted("acme.flow")
    assert told[-1] == CallEnded("acme.flow", 404, 0.0, 2, "NotFoundError")


def test_every_response_is_shown_and_inflated():
    shown = []
    packed = answer(200, zipped(answer().content), content_encoding="gzip")
    ask(get_visit(), [answer(503, {"message": "busy"}), packed], on_response=shown.append)

    assert [response.status for response in shown] == [503, 200]
    assert shown[1].json()["id"] == "7"


@pytest.mark.parametrize("hook", ["observer", "on_response"])
def test_a_hook_that_fails_is_ignored_with_a_warning(hook, caplog):
    def fails(seen):
        raise RuntimeError("canary")

    done = ask(create_visit(), [answer()], **{hook: fails})

    assert done.get().id == "7"
    warned = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert warned
    assert all(
        record.getMessage() == f"acme.visits.create: {hook}= raised RuntimeError, which was ignored"
        for record in warned
    )


@pytest.mark.parametrize("hook", ["observer", "on_response"])
def test_an_interruption_in_a_hook_is_not_ignored(hook):
    def interrupted(seen):
        raise KeyboardInterrupt

    assert type(ask(get_visit(), [answer()], **{hook: interrupted}).error) is KeyboardInterrupt


def booked_and_read():
    made = yield from create_visit(recover=find_visits)
    return (yield from get_visit(made.id))


def two_at_once():
    return (yield from AllOf((get_visit("1"), get_visit("2"))))


LOST_AND_READ = [NoAnswer("cut"), page("7"), answer()]


def test_the_end_of_a_call_says_whether_a_lost_answer_was_made_good():
    ends = []
    for work, answers in (
        (flow(booked_and_read), LOST_AND_READ),
        (Flow("acme.flow", booked_and_read, within=5), LOST_AND_READ),
        (flow(two_at_once), [answer(), answer()]),
        (create_visit(recover=find_visits), [NoAnswer("cut"), *[page()] * 9]),
    ):
        told = []
        ask(work, answers, observer=told.append)
        ends.append((told[-1].recovered, told[-1].status, told[-1].error))

    assert ends == [
        (True, 200, None),
        (True, 200, None),
        (False, None, None),
        (False, None, "OutcomeUnknownError"),
    ]


# --- the log ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("work", "answers", "line"),
    [
        (get_visit(), [answer()], "acme.visits.get 200 40 ms requests 1"),
        (get_visit(), [answer(503, {}), answer()], "acme.visits.get 200 330 ms requests 2"),
        (get_visit(), [answer(404, {})], "acme.visits.get NotFoundError 40 ms requests 1"),
        (cancel_visit(), [NotSent("no", again=False)], "acme.visits.cancel RequestNotSentError 40 ms requests 1"),
        (
            create_visit(recover=find_visits),
            [NoAnswer("cut"), page("7")],
            "acme.visits.create recovered 80 ms requests 1",
        ),
        (flow(booked_and_read), LOST_AND_READ, "acme.flow recovered 120 ms requests 2"),
        (flow(two_at_once), [answer(), answer()], "acme.flow ok 80 ms requests 2"),
    ],
)
def test_a_call_is_one_line_in_the_log(work, answers, line, caplog):
    with caplog.at_level(logging.INFO, logger="apptsdk"):
        ask(work, answers, takes=0.04)

    assert [(record.name, record.levelname, record.getMessage()) for record in caplog.records] == [
        ("apptsdk", "INFO", line)
    ]


def test_no_query_body_or_person_is_ever_logged(caplog):
    canary = "Canary Featherstone"
    find = list_visits(query=(("name", canary),)).page(None)
    with caplog.at_level(logging.DEBUG):
        ask(find, [page()])
        ask(find, [answer(400, {"message": f"no filter for {canary}"})])
        ask(create_visit(body={"name": canary}, clues={"name": canary}), [answer(500, {"message": canary})])

    assert len(caplog.records) == 3
    assert "Canary" not in caplog.text


def test_nothing_is_logged_where_nobody_listens(caplog):
    with caplog.at_level(logging.WARNING, logger="apptsdk"):
        ask(get_visit(), [answer()])

    assert caplog.records == []


def test_what_fails_without_an_answer_names_the_operation():
    done = ask(get_visit(), [NoAnswer("ReadTimeout: the time was up")] * 4)

    assert type(done.error) is NoAnswerError
    assert str(done.error) == "acme.visits.get got no answer: ReadTimeout: the time was up."
    assert type(ask(get_visit(), [answer(500, {})] * 4).error) is ServerError
