"""How fast a provider is asked: never over a window, first come first served, and places come back."""

import pytest
from core_support import FakeClock, account, answer, ask, cancel_visit, drive, get_visit, service
from hypothesis import given, settings
from hypothesis import strategies as st

from apptsdk.account import Account
from apptsdk.auth import Basic
from apptsdk.errors import RequestNotSentError
from apptsdk.exchange import perform
from apptsdk.operation import Instant, Pause, Send
from apptsdk.options import Options, Timeout
from apptsdk.pacing import Pace, Quota


def paced(*quotas):
    return account(quotas=quotas)


def send_all(pace, tickets, now=0.0):
    """Let tickets in, each as soon as it may; returns the moments."""
    waiting, sent = dict(tickets), {}
    while waiting:
        for name, ticket in list(waiting.items()):
            if not pace.enter(ticket, now):
                sent[name] = now
                del waiting[name]
        if waiting:
            now += min(pace.enter(ticket, now) for ticket in waiting.values())
    return sent


@pytest.mark.parametrize(("limit", "usable"), [(1, 1), (2, 1), (20, 19), (100, 95), (200, 190)])
def test_five_in_a_hundred_are_spared(limit, usable):
    assert Quota(limit, per=60).usable == usable


@pytest.mark.parametrize(("limit", "per"), [(0, 60), (-1, 60), (5, 0), (5, -1)])
def test_a_quota_is_positive(limit, per):
    with pytest.raises(ValueError, match="must be > 0"):
        Quota(limit, per=per)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(0, 3000), min_size=1, max_size=60),
    st.integers(1, 12),
    st.integers(1, 600),
)
def test_no_window_ever_holds_more_than_the_quota(arrivals, limit, per):
    pace = Pace([Quota(limit, per=per)])
    queue, sent, now = [], [], 0.0
    for arrival in sorted(arrivals):
        now = max(now, float(arrival))
        queue.append(pace.join(frozenset()))
        while queue and not pace.enter(queue[0], now):
            queue.pop(0)
            sent.append(now)
    while queue:
        wait = pace.enter(queue[0], now)
        if wait:
            now += wait
        else:
            queue.pop(0)
            sent.append(now)

    assert len(sent) == len(arrivals)
    usable = Quota(limit, per=per).usable
    for first, last in zip(sent, sent[usable:], strict=False):
        assert last - first >= per


def test_what_the_exchange_sends_keeps_the_pace():
    at, clock, sent = paced(Quota(200, per=60)), FakeClock(), []
    for _ in range(400):
        done = ask(get_visit(), [answer()], at=at, clock=clock, timeout=Timeout(total=120))
        assert done.error is None
        sent.append(clock.monotonic)

    assert all(last - first >= 60 for first, last in zip(sent, sent[190:], strict=False))
    assert sent[-1] - sent[0] == pytest.approx(120, abs=1)


@pytest.mark.parametrize(("per", "lines"), [(30, 1), (9, 0)])
def test_a_long_wait_for_the_rate_limit_is_one_line_in_the_log(per, lines, caplog):
    at, clock = paced(Quota(1, per=per)), FakeClock()
    for _ in range(2):
        assert ask(get_visit(), [answer()], at=at, clock=clock).error is None
    warned = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert warned == [f"acme.visits.get waits {per} s for the rate limit"] * lines


def test_whoever_came_first_is_let_in_first():
    pace = Pace([Quota(2, per=10)])
    tickets = {name: pace.join(frozenset()) for name in range(5)}

    # The last to come asks first, and does not get what the others wait for.
    assert pace.enter(tickets[4], 0.0) > 0
    moments = send_all(pace, tickets)
    assert list(moments) == [0, 1, 2, 3, 4]
    assert list(moments.values()) == [0, 10, 20, 30, 40]


def test_a_wait_that_is_given_up_gives_its_place_back():
    pace = Pace([Quota(1, per=10)])
    first, second, third = (pace.join(frozenset()) for _ in range(3))

    assert pace.enter(first, 0.0) == 0
    assert pace.enter(third, 10.0) > 0
    pace.leave(second)
    pace.leave(second)
    assert pace.enter(third, 10.0) == 0


def test_a_cancelled_call_gives_its_place_back():
    at, clock = paced(Quota(1, per=10)), FakeClock()
    assert ask(get_visit(), [answer()], at=at, clock=clock).get().id == "7"

    waiting = perform(get_visit(), at, Options(), lambda: 0.5)
    step, reply = next(waiting), None
    while not isinstance(step, Pause):
        reply = clock.now()
        step = waiting.send(reply)
    waiting.close()

    clock.advance(10)
    done = ask(get_visit(), [answer()], at=at, clock=clock)
    assert done.pauses == []
    assert done.get().id == "7"


def test_a_waiting_call_looks_again_every_second():
    at, clock = paced(Quota(1, per=3.5)), FakeClock()
    ask(get_visit(), [answer()], at=at, clock=clock)
    done = ask(get_visit(), [answer()], at=at, clock=clock)

    assert done.pauses == [1.0, 1.0, 1.0, 0.5]


def test_a_call_that_the_pace_lets_in_too_late_is_not_sent():
    at, clock = paced(Quota(1, per=100)), FakeClock()
    ask(get_visit(), [answer()], at=at, clock=clock)
    done = ask(get_visit(), [answer()], at=at, clock=clock)

    assert type(done.error) is RequestNotSentError
    assert "rate limit" in str(done.error)
    assert done.sent == []
    assert done.pauses == []


def test_a_quota_with_a_tag_counts_only_what_carries_it():
    at, clock = paced(Quota(1, per=10, tag="reports")), FakeClock()
    tagged = get_visit(tags=frozenset({"reports"}))

    assert ask(tagged, [answer()], at=at, clock=clock).pauses == []
    assert ask(get_visit(), [answer()], at=at, clock=clock).pauses == []
    assert sum(ask(tagged, [answer()], at=at, clock=clock).pauses) == 10


def test_of_several_quotas_the_narrowest_counts():
    pace = Pace([Quota(100, per=60), Quota(2, per=1), Quota(3, per=10, tag="x")])
    moments = send_all(pace, {number: pace.join(frozenset({"x"})) for number in range(4)})

    assert list(moments.values()) == [0, 1, 10, 11]


def test_a_call_does_not_wait_behind_one_of_another_quota():
    pace = Pace([Quota(1, per=10, tag="slow")])
    assert pace.enter(pace.join(frozenset({"slow"})), 0.0) == 0
    blocked, free = pace.join(frozenset({"slow"})), pace.join(frozenset())

    assert pace.enter(blocked, 1.0) == 9
    assert pace.enter(free, 1.0) == 0


def test_without_quotas_nobody_waits():
    pace = Pace()
    assert [pace.enter(pace.join(frozenset()), 0.0) for _ in range(1000)] == [0.0] * 1000


def test_a_refusal_holds_all_calls_of_the_account():
    at, clock = account(), FakeClock()
    refused = ask(get_visit(), [answer(429, {}, retry_after="61")], at=at, clock=clock)
    assert refused.error.retry_after == 61

    other = ask(get_visit(), [answer()], at=at, clock=clock, timeout=Timeout(total=90))
    assert sum(other.pauses) == 61
    assert other.get().id == "7"


def test_a_wait_that_leaves_no_time_for_the_call_is_refused_at_once():
    at, clock = account(), FakeClock()
    ask(get_visit(), [answer(429, {}, retry_after="120")], at=at, clock=clock)
    other = ask(get_visit(), [], at=at, clock=clock)
    assert type(other.error) is RequestNotSentError
    assert other.pauses == []
    nearly = ask(get_visit(), [], at=at, clock=clock, timeout=Timeout(total=121))
    assert type(nearly.error) is RequestNotSentError


def test_a_hold_is_never_shortened():
    pace = Pace()
    pace.hold(10.0)
    pace.hold(5.0)

    assert pace.enter(pace.join(frozenset()), 7.0) == 3


def test_the_accounts_own_pace_can_be_replaced_or_lifted():
    plain = service(quotas=(Quota(3, per=1),))

    assert Account(plain, Basic("k")).pace.quotas == plain.quotas
    assert Account(plain, Basic("k"), ()).pace.quotas == ()
    assert Account(plain, Basic("k"), [Quota(9, per=1)]).pace.quotas == (Quota(9, per=1),)


def test_a_send_is_counted_when_it_leaves_and_not_when_it_ends():
    at, clock = paced(Quota(1, per=10)), FakeClock()
    ask(get_visit(), [answer()], at=at, clock=clock, takes=8)
    done = ask(get_visit(), [answer()], at=at, clock=clock)

    assert sum(done.pauses) == pytest.approx(2)


def test_a_repeated_attempt_counts_again():
    at, clock = paced(Quota(1, per=10)), FakeClock()
    done = ask(cancel_visit(), [answer(503, {}), answer()], at=at, clock=clock)

    kinds = [type(step) for step in done.steps if isinstance(step, Send | Pause)]
    assert kinds[0] is kinds[-1] is Send
    assert sum(done.pauses) == pytest.approx(10)


def test_steps_without_quotas_are_few():
    done = drive(perform(get_visit(), account(), Options(), lambda: 0.5), [answer()])

    names = [type(step).__name__ for step in done.steps]
    assert names == ["Now", "Now", "Send", "Now"]
    assert isinstance(done.clock.now(), Instant)


def test_those_who_wait_for_a_tags_quota_do_not_hold_back_the_others():
    pace = Pace([Quota(200, per=60), Quota(1, per=60, tag="a")])
    tagged = [pace.join(frozenset({"a"})) for _ in range(190)]
    assert pace.enter(tagged[0], 0.0) == 0
    assert pace.enter(tagged[1], 0.0) == 60
    free = [pace.join(frozenset()) for _ in range(189)]
    assert [pace.enter(ticket, 0.0) for ticket in free] == [0.0] * 189
    assert pace.enter(pace.join(frozenset()), 0.0) == 60


def test_a_look_costs_little_however_many_wait():
    pace = Pace([Quota(1, per=60)])
    tickets = [pace.join(frozenset()) for _ in range(20_000)]
    pace.enter(tickets[0], 0.0)
    assert all(pace.enter(ticket, 1.0) > 0 for ticket in tickets[1:])
    for ticket in tickets:
        pace.leave(ticket)
    assert pace._queues == {}
