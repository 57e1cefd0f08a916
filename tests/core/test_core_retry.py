"""When to ask again: stops and waits, what the provider asks for, deadlines, and the budget all calls share."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import tenacity
from core_support import WALL, FakeClock, account, answer, ask, create_visit, get_visit
from hypothesis import given
from hypothesis import strategies as st

from apptsdk.errors import NoAnswerError, RateLimitError, RequestNotSentError, ServerError
from apptsdk.http import NoAnswer, NotSent
from apptsdk.operation import Send
from apptsdk.options import Timeout
from apptsdk.retry import NO_RETRY, RetryBudget, RetryPolicy, server_time, wait_asked

AHEAD = "Mon, 02 Mar 2026 22:00:07 GMT"  # seven seconds after WALL
PAST = "Mon, 02 Mar 2026 21:00:00 GMT"


def test_a_read_that_fails_twice_makes_three_requests():
    done = ask(get_visit(), [answer(503, {}), answer(503, {}), answer()])

    assert done.get().id == "7"
    assert len(done.sent) == 3


@pytest.mark.parametrize("failure", [answer(503, {}), answer(429, {}), NoAnswer("cut"), NotSent("refused")])
def test_with_retries_off_one_request_is_made(failure):
    done = ask(get_visit(), [failure, answer()], retry=NO_RETRY)

    assert done.error is not None
    assert len(done.sent) == 1
    assert done.pauses == []
    assert not hasattr(done.error, "__notes__")


@pytest.mark.parametrize(
    ("stop", "takes", "requests"),
    [
        (tenacity.stop_after_attempt(1), 0.0, 1),
        (tenacity.stop_after_attempt(7), 0.0, 7),
        (tenacity.stop_after_delay(10), 4.0, 3),
        (tenacity.stop_after_delay(10) | tenacity.stop_after_attempt(2), 4.0, 2),
        (tenacity.stop_never, 8.0, 12),
    ],
)
def test_the_stop_is_one_of_tenacitys(stop, takes, requests):
    policy = RetryPolicy(stop=stop, wait=tenacity.wait_fixed(0))
    done = ask(get_visit(), [answer(503, {})] * 20, retry=policy, takes=takes)

    assert type(done.error) is ServerError
    assert len(done.sent) == requests


@pytest.mark.parametrize(
    ("wait", "ceilings"),
    [
        (tenacity.wait_exponential(multiplier=0.5, max=8), [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]),
        (tenacity.wait_fixed(3), [3.0] * 6),
        (tenacity.wait_incrementing(1, 2), [1.0, 3.0, 5.0, 7.0, 9.0, 11.0]),
        (tenacity.wait_none(), [0.0] * 6),
        (tenacity.wait_incrementing(-5, 2), [0.0, 0.0, 0.0, 1.0, 3.0, 5.0]),
    ],
)
@pytest.mark.parametrize("drawn", [0.0, 0.25, 0.999])
def test_the_wait_is_drawn_evenly_below_tenacitys(wait, ceilings, drawn):
    policy = RetryPolicy(stop=tenacity.stop_after_attempt(7), wait=wait)
    done = ask(get_visit(), [answer(503, {})] * 7, retry=policy, random=lambda: drawn)

    assert done.pauses == pytest.approx([drawn * ceiling for ceiling in ceilings])


def test_the_policys_own_waits_grow_and_end_after_four_attempts():
    done = ask(get_visit(), [answer(503, {})] * 9)

    assert done.pauses == [0.25, 0.5, 1.0]
    assert len(done.sent) == 4


# --- what the provider asks for --------------------------------------------------------------------------------------

ASKED = {
    "seconds": ({"retry_after": "7"}, 7.0),
    "a fraction": ({"retry_after": "0.5"}, 0.5),
    "spaces": ({"retry_after": " 7 "}, 7.0),
    "a date ahead": ({"retry_after": AHEAD}, 7.0),
    "a date in words without a zone": ({"retry_after": "Mon Mar  2 22:00:07 2026"}, 7.0),
    "a date with a zone that says nothing": ({"retry_after": "Mon, 02 Mar 2026 22:00:07 -0000"}, 7.0),
    "a date past": ({"retry_after": PAST}, 0.0),
    "zero": ({"retry_after": "0"}, 0.0),
    "negative": ({"retry_after": "-3"}, None),
    "nan": ({"retry_after": "nan"}, None),
    "inf": ({"retry_after": "inf"}, None),
    "huge": ({"retry_after": "1e400"}, None),
    "words": ({"retry_after": "soon"}, None),
    "empty": ({"retry_after": ""}, None),
    "a date that is none": ({"retry_after": "Mon, 99 Foo 2026 99:99:99 GMT"}, None),
    "a year that is none": ({"retry_after": "Mon, 02 Mar 99999999 22:00:07 GMT"}, None),
    "reset ahead": ({"x_ratelimit_reset": str(int(WALL) + 9)}, 9.0),
    "reset past": ({"x_ratelimit_reset": "1000000000"}, 0.0),
    "reset in words": ({"x_ratelimit_reset": "later"}, None),
    "both": ({"retry_after": "3", "x_ratelimit_reset": str(int(WALL) + 9)}, 3.0),
    "both, the first unusable": ({"retry_after": "nan", "x_ratelimit_reset": str(int(WALL) + 9)}, 9.0),
    "neither": ({}, None),
}


@pytest.mark.parametrize(("headers", "seconds"), ASKED.values(), ids=ASKED)
def test_what_the_provider_asks_for_is_read(headers, seconds):
    assert wait_asked(answer(429, **headers), WALL) == seconds


@pytest.mark.parametrize(("headers", "seconds"), ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("status", [429, 503])
def test_what_the_provider_asks_for_is_waited_exactly(status, headers, seconds):
    if status != 429 and headers.get("retry_after") in {None, "nan"}:
        seconds = None  # a reset tells when the quota is renewed, and says nothing about a server that is down
    done = ask(get_visit(), [answer(status, {}, **headers), answer()])

    assert done.error is None
    waited = sum(done.pauses)
    assert waited == pytest.approx(seconds or 0.25)


def test_of_a_field_sent_twice_the_first_counts():
    twice = answer(429, {}, retry_after="2", Retry_After="50")
    assert wait_asked(twice, WALL) == 2.0


@given(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40))
def test_no_retry_after_is_ever_negative_or_endless(text):
    asked = wait_asked(answer(429, {}, retry_after=text, x_ratelimit_reset=text), WALL)
    assert asked is None or 0 <= asked < float("inf")


@pytest.mark.parametrize("skew", [-7200.0, 0.0, 7200.0])
def test_a_reset_is_read_by_the_providers_clock(skew):
    clock = FakeClock(WALL + skew)
    refused = answer(429, {}, date="Mon, 02 Mar 2026 22:00:00 GMT", x_ratelimit_reset=str(int(WALL) + 5))
    done = ask(get_visit(), [refused, answer()], clock=clock)

    assert done.error is None
    assert sum(done.pauses) == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Mon, 02 Mar 2026 22:00:00 GMT", WALL),
        ("Mon Mar  2 22:00:00 2026", WALL),
        ("Mon, 02 Mar 2026 22:00:00 -0000", WALL),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_providers_clock_is_read(text, seconds):
    assert server_time(answer(date=text)) == seconds


def test_an_answer_without_a_date_has_no_clock():
    assert server_time(answer()) is None


@pytest.fixture
def far_east(monkeypatch):
    """A machine whose own zone is far from UTC."""
    monkeypatch.setenv("TZ", "XYZ-9")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_east")
def test_a_date_without_a_zone_is_utc_wherever_the_machine_stands():
    text = "Mon Mar  2 22:00:07 2026"
    assert wait_asked(answer(429, retry_after=text), WALL) == 7.0
    assert server_time(answer(date=text)) == WALL + 7


@pytest.mark.parametrize("status", [429, 503])
def test_more_than_the_cap_is_raised_at_once(status):
    done = ask(get_visit(), [answer(status, {}, retry_after="61"), answer()])

    assert done.error.status == status
    assert done.error.retry_after == 61.0
    assert done.pauses == []


def test_the_cap_is_the_policys():
    done = ask(
        get_visit(),
        [answer(429, {}, retry_after="61"), answer()],
        retry=RetryPolicy(cap=100),
        timeout=Timeout(total=90),
    )
    assert done.get().id == "7"

    done = ask(get_visit(), [answer(429, {}, retry_after="3"), answer()], retry=RetryPolicy(cap=2))
    assert done.error.retry_after == 3.0


def test_a_rate_limit_tells_when_to_come_back_even_where_nobody_waits():
    error = ask(get_visit(), [answer(429, {}, retry_after="3")], retry=NO_RETRY).error

    assert type(error) is RateLimitError
    assert error.retry_after == 3.0


# --- the deadline ----------------------------------------------------------------------------------------------------


def test_the_last_attempts_timeout_shrinks_to_fit():
    policy = RetryPolicy(wait=tenacity.wait_fixed(0))
    done = ask(get_visit(), [NoAnswer("cut")] * 4, retry=policy, timeout=Timeout(attempt=30, total=50), takes=20)

    assert done.timeouts == [30, 30, 10]
    assert type(done.error) is NoAnswerError


@pytest.mark.parametrize("takes", [0.0, 1.7, 9.0, 29.9])
@pytest.mark.parametrize("failure", [answer(503, {}), answer(429, {}, retry_after="8"), NoAnswer("cut"), NotSent("no")])
def test_the_total_is_never_passed(takes, failure):
    clock = FakeClock()
    policy = RetryPolicy(stop=tenacity.stop_never, wait=tenacity.wait_fixed(4))
    began = clock.monotonic
    steps = ask(
        get_visit(), [failure] * 99, retry=policy, timeout=Timeout(attempt=30, total=40), takes=takes, clock=clock
    )

    assert steps.error is not None
    assert clock.monotonic - began <= 40
    assert all(0 < timeout <= 30 for timeout in steps.timeouts)


def test_a_wait_that_would_pass_the_total_is_not_begun():
    done = ask(get_visit(), [answer(429, {}, retry_after="30"), answer()], timeout=Timeout(total=20))

    assert type(done.error) is RateLimitError
    assert done.pauses == []


def test_a_call_whose_time_is_up_is_not_sent():
    clock = FakeClock()

    def slow(attempt):
        clock.advance(99)

    done = ask(create_visit(), [answer()], on_attempt=slow, clock=clock)

    assert type(done.error) is RequestNotSentError
    assert "time was up" in str(done.error)
    assert done.sent == []


# --- the budget ------------------------------------------------------------------------------------------------------


def test_a_hundred_failing_calls_share_one_budget_of_retries():
    shared, clock = account(), FakeClock()
    policy = RetryPolicy(wait=tenacity.wait_none())
    requests = sum(
        len(ask(get_visit(), [answer(503, {})] * 4, at=shared, retry=policy, clock=clock).sent) for _ in range(100)
    )

    assert requests == 100 + 20


def test_a_hundred_failing_calls_at_once_share_one_budget_of_retries():
    shared, clock = account(), FakeClock()
    policy = RetryPolicy(wait=tenacity.wait_none())
    barrier = threading.Barrier(20)

    def call(_):
        barrier.wait()
        return len(ask(get_visit(), [answer(503, {})] * 4, at=shared, retry=policy, clock=clock).sent)

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(call, range(100))) == 100 + 20


def test_other_accounts_have_their_own_budget():
    ours, theirs, clock = account(), account(), FakeClock()
    while ours.budget.take(clock.monotonic):
        pass

    assert len(ask(get_visit(), [answer(503, {}), answer()], at=ours, clock=clock).sent) == 1
    assert len(ask(get_visit(), [answer(503, {}), answer()], at=theirs, clock=clock).sent) == 2


def test_waiting_where_the_provider_said_so_costs_no_budget():
    shared, clock = account(), FakeClock()
    while shared.budget.take(clock.monotonic):
        pass

    done = ask(get_visit(), [answer(429, {}, retry_after="1"), answer()], at=shared, clock=clock)
    assert done.get().id == "7"
    refused = ask(get_visit(), [answer(429, {}), answer()], at=shared, clock=FakeClock())
    assert type(refused.error) is RateLimitError


def test_the_budget_refills_with_time_and_never_beyond_its_size():
    budget = RetryBudget(size=2, refill=0.5)

    assert [budget.take(0), budget.take(0), budget.take(0)] == [True, True, False]
    assert [budget.take(1.9), budget.take(2.1), budget.take(2.2)] == [False, True, False]
    assert [budget.take(999), budget.take(999), budget.take(999)] == [True, True, False]


@given(st.lists(st.floats(0, 50), max_size=60))
def test_over_any_time_no_more_retries_than_size_and_refill(moments):
    budget = RetryBudget(size=5, refill=0.5)
    moments = sorted(moments)
    taken = [moment for moment in moments if budget.take(moment)]

    for index, begin in enumerate(taken):
        for count, end in enumerate(taken[index:], 1):
            assert count <= 5 + (end - begin) * 0.5 + 1e-6


def test_a_clock_that_goes_back_gives_no_retries_back():
    budget = RetryBudget(size=1, refill=1)

    assert [budget.take(10), budget.take(5), budget.take(10), budget.take(11)] == [True, False, False, True]


def test_a_lost_booking_is_never_sent_again_whatever_the_policy():
    policy = RetryPolicy(stop=tenacity.stop_never, wait=tenacity.wait_none())
    done = ask(create_visit(), [answer(503, {}, retry_after="0"), answer()], retry=policy)

    assert sum(isinstance(step, Send) for step in done.steps) == 1
