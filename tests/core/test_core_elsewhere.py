"""Work at another account, inside a flow: its own lock, token, time and options, and none of the caller's."""

import logging
import threading
import time

import pytest
from core_support import (
    WALL,
    FakeClock,
    account,
    answer,
    ask,
    both,
    cancel_visit,
    create_visit,
    flow,
    get_visit,
    page,
)
from scheduling_support import account_of, home, joint, provider_of

from apptsdk.auth import Bearer, Minted
from apptsdk.errors import NoAnswerError, NotFoundError, OutcomeUnknownError, ServerError
from apptsdk.events import AttemptEnded, CallEnded, CallStarted, Paused
from apptsdk.exchange import perform
from apptsdk.http import NoAnswer
from apptsdk.models import attempt_of
from apptsdk.operation import Acquire, AllOf, Call, Effect, Elsewhere, Operation, Outcome
from apptsdk.options import Options, Timeout
from apptsdk.pacing import Quota
from apptsdk.retry import NO_RETRY
from apptsdk.tokens import token_from
from apptsdk.transport import AsyncTransport, Transport

NAMES = ("acme", "beta")


def elsewhere(work, at, **options):
    return Elsewhere(work.name, lambda *how: perform(work, at, Options().changed(**options), *how))


def there(work, at, **options):
    """Do one work at another account."""

    def script():
        return (yield from elsewhere(work, at, **options))

    return flow(script, "client.flow")


def together(*works, patience=None):
    def script():
        return (yield from AllOf(works, patience))

    return flow(script, "client.flow")


# --- one work --------------------------------------------------------------------------------------------------------


def test_it_is_asked_where_the_other_account_says_and_signed_as_it_does(world):
    transport = joint(world, beta=[answer()])
    done = world.on(transport, there(get_visit(), account_of("beta")))

    assert done.id == "7"
    (sent,) = world.engine.requests
    assert sent.url == "https://api.beta.example/v1/visits/7"
    assert (
        sent.headers["Authorization"]
        == ask(get_visit(), [answer()], at=account_of("beta")).sent[0].headers["Authorization"]
    )


def test_its_error_is_the_other_providers():
    done = ask(there(get_visit(), account_of("beta")), [answer(404, {})], at=home())

    assert type(done.error) is NotFoundError
    assert done.error.provider == "beta"


def test_its_options_are_its_own():
    seen = []
    work = there(get_visit(), account_of("beta"), headers={"X-Mine": "1"}, retry=NO_RETRY, on_response=seen.append)
    done = ask(work, [answer(503, {})], at=home(), headers={"X-Home": "1"})

    assert type(done.error) is ServerError
    assert (done.sent[0].headers["X-Mine"], "X-Home" in done.sent[0].headers) == ("1", False)
    assert len(seen) == 1


def test_it_has_the_time_that_its_options_give_it():
    work = there(get_visit(), account_of("beta"), timeout=Timeout(attempt=20, total=50))
    done = ask(work, [answer()], at=home(), timeout=Timeout(attempt=1, total=2))

    assert done.timeouts == [20]


def test_a_flow_that_waits_for_it_goes_on_at_the_time_that_it_is_then():
    clock = FakeClock()

    def script():
        yield from elsewhere(get_visit(), account_of("beta"))
        return (yield from get_visit())

    done = ask(
        flow(script), [answer(), answer()], clock=clock, takes=15, timeout=Timeout(attempt=30, total=40), at=account()
    )

    assert done.timeouts == [30, 25]


def test_its_pace_is_that_of_the_other_account():
    at = account_of("beta", quotas=(Quota(1, per=60),))
    works = [there(get_visit(), at) for _ in range(2)]
    clock = FakeClock()
    done = [ask(work, [answer()], at=home(), clock=clock) for work in works]

    assert [bool(one.pauses) for one in done] == [False, True]


def test_a_write_is_never_sent_twice_there_either():
    done = ask(there(create_visit(), account_of("beta")), [NoAnswer("cut")], at=home())

    assert type(done.error) is OutcomeUnknownError
    assert done.error.attempt.provider == "beta"
    assert len(done.sent) == 1


def test_an_interrupted_booking_carries_its_attempt_through_the_flow_around_it():
    done = ask(there(create_visit(), account_of("beta")), [KeyboardInterrupt()], at=home())

    assert type(done.error) is KeyboardInterrupt
    assert attempt_of(done.error).provider == "beta"


def test_a_driver_that_is_closed_meanwhile_closes_it_too():
    closed = []

    def inner():
        try:
            yield from get_visit()
        finally:
            closed.append(True)

    steps = perform(there(flow(inner), account_of("beta")), home(), Options(), lambda: 0.5)
    clock = FakeClock()
    step = next(steps)
    while type(step).__name__ == "Now":
        step = steps.send(clock.now())
    steps.close()

    assert closed == [True]


# --- several at once -------------------------------------------------------------------------------------------------


def test_several_accounts_are_asked_at_the_same_time(world):
    transport = joint(world, acme=[answer()], beta=[answer()])
    world.engine.meet = 2  # neither is answered before both have asked
    works = [elsewhere(get_visit(), account_of(name)) for name in NAMES]
    done = world.on(transport, together(*works))

    assert [one.get().id for one in done] == ["7", "7"]
    assert world.engine.together == 2


def test_what_fails_at_one_is_an_outcome_and_keeps_the_others_answer(world):
    transport = joint(world, acme=[answer(404, {})], beta=[answer()])
    failed, done = world.on(transport, together(*(elsewhere(get_visit(), account_of(name)) for name in NAMES)))

    assert type(failed.error) is NotFoundError
    assert failed.error.provider == "acme"
    assert done.get().id == "7"


def test_one_at_this_account_may_go_beside_one_at_another(world):
    transport = joint(world, acme=[answer()], beta=[answer()])
    transport.account = account_of("acme")
    done = world.on(transport, together(get_visit(), elsewhere(get_visit(), account_of("beta"))))

    assert [one.get().id for one in done] == ["7", "7"]
    assert world.engine.asked() == {"acme": 1, "beta": 1}


def test_writes_beside_others_are_refused():
    done = ask(both([cancel_visit()]), [page()])

    assert type(done.value[0].error) is TypeError
    assert done.sent == []


def test_so_are_those_at_another_account():
    there = account_of("beta")
    nested = Elsewhere("client.nested", lambda *how: perform(elsewhere_too(there), home(), Options(), *how))
    done = ask(together(elsewhere(create_visit(), there), elsewhere(get_visit(), there), nested), [answer()])

    assert [type(one.error) for one in done.value] == [TypeError, type(None), TypeError]
    assert [request.method for request in done.sent] == ["GET"]


def elsewhere_too(at):
    return there(create_visit(), at)


def test_no_more_than_so_many_are_out_at_once(world):
    works, most, busy = [], [], []

    def meet():
        busy.append(None)
        most.append(len(busy))
        time.sleep(0.01)
        busy.pop()

    def asking():
        yield Call(meet)
        return "done"

    works = [flow(asking, "acme.asking") for _ in range(7)]

    def script():
        return (yield from AllOf(tuple(works), at_once=3))

    done = world.on(joint(world), flow(script, "client.flow"))

    assert [one.get() for one in done] == ["done"] * 7
    assert 1 < max(most) <= 3


def test_who_is_late_gives_no_answer_and_the_others_are_not_waited_for_longer(world):
    transport = joint(world, acme=[answer()], beta=[answer()])
    world.engine.held = {"acme"}
    works = [elsewhere(get_visit(), account_of(name)) for name in NAMES]
    late, done = world.on(transport, together(*works, patience=0.2))
    world.engine.let_go()

    assert type(late.error) is NoAnswerError
    assert (late.error.provider, late.error.operation) == ("acme", "acme.visits.get")
    assert (
        str(late.error) == "acme.visits.get did not answer within 0.2 s (patience), waits for the rate limit included."
    )
    assert done.get().id == "7"


def test_without_patience_the_call_has_what_its_own_time_leaves():
    for patience, given in ((None, 40), (3.5, 3.5)):
        done = ask(together(get_visit(), patience=patience), [answer()], timeout=Timeout(attempt=30, total=40))

        assert [step.timeout for step in done.steps if type(step).__name__ == "Together"] == [given]
        assert done.value == (Outcome(done.value[0].value),)


# --- locks -----------------------------------------------------------------------------------------------------------


def holding(meet):
    """Hold the account's lock of one and the same name, and call a function meanwhile."""

    def script():
        lock = yield Acquire("mine", 5)
        try:
            yield Call(meet)
        finally:
            lock.release()
        return "held"

    return flow(script, "acme.holding")


def test_two_accounts_have_a_lock_each(world):
    barrier = threading.Barrier(2)
    works = [elsewhere(holding(lambda: barrier.wait(5)), account_of(name)) for name in NAMES]
    done = world.on(joint(world), together(*works))

    assert [one.get() for one in done] == ["held", "held"]


def test_two_works_at_one_account_share_it(world):
    busy, most, at = [], [], account_of("beta")

    def meet():
        busy.append(1)
        most.append(len(busy))
        busy.pop()

    done = world.on(joint(world), together(*(elsewhere(holding(meet), at) for _ in range(8))))

    assert [one.get() for one in done] == ["held"] * 8
    assert most == [1] * 8


def test_the_lock_of_another_account_is_not_taken_at_this_one(world):
    """A driver at one account carries out the steps of another: the lock that is taken is the other's."""
    at, here = account_of("beta"), home()
    driver = Transport if world.is_sync else AsyncTransport
    transport = driver(joint(world).engine, here, Options(), clock=world.clock)

    def script():
        lock = yield Acquire("mine", 5)
        try:
            return (yield from elsewhere(holding(lambda: None), at))
        finally:
            lock.release()

    assert world.on(transport, flow(script)) == "held"


def test_the_step_says_whose_lock_it_is():
    at = account_of("beta")
    done = ask(there(holding(lambda: None), at), at=home())

    assert [step.owner for step in done.steps if isinstance(step, Acquire)] == [at]


# --- tokens ----------------------------------------------------------------------------------------------------------


def token_of(response):
    return token_from(response.json()["access_token"], expires_in=3600, wall=WALL)


def minted(name):
    operation = Operation("acme.token", "POST", "/token", token_of, Effect.IDEMPOTENT, form={"a": "b"})
    at = account_of(name)
    at.auth = Bearer(Minted(lambda _: operation, "acme"))
    return at


@pytest.mark.parametrize("times", [1, 5])
def test_two_accounts_have_a_token_each_and_each_is_got_once(world, times):
    answers = {name: [answer(body={"access_token": f"t-{name}"}), *(answer() for _ in range(times))] for name in NAMES}
    transport = joint(world, **answers)
    accounts = [minted(name) for name in NAMES]
    works = [elsewhere(get_visit(), at) for at in accounts for _ in range(times)]
    done = world.on(transport, together(*works))
    signed = {
        (provider_of(request), request.headers.get("Authorization"))
        for request in world.engine.requests
        if request.method == "GET"
    }

    assert [one.get().id for one in done] == ["7"] * 2 * times
    assert signed == {("acme", "Bearer t-acme"), ("beta", "Bearer t-beta")}
    assert world.engine.asked() == dict.fromkeys(NAMES, 1 + times)


# --- a silent account ------------------------------------------------------------------------------------------------


def story(observed):
    """Ask another account from a silent one, whose options would tell."""
    seen = []
    return seen, there(get_visit(), account_of("beta"), **({"observer": seen.append} if observed else {}))


def test_a_silent_account_tells_nothing_and_logs_nothing(caplog):
    mine, (others, work) = [], story(observed=True)
    with caplog.at_level(logging.INFO, logger="apptsdk"):
        ask(work, [answer(503, {}), answer()], at=home(), observer=mine.append)

    assert mine == []
    assert [type(event) for event in others] == [CallStarted, AttemptEnded, Paused, AttemptEnded, CallEnded]
    assert [record.getMessage().split()[0] for record in caplog.records] == ["acme.visits.get"]


def test_it_says_nothing_of_what_fails_either(caplog):
    mine, (others, work) = [], story(observed=True)
    with caplog.at_level(logging.INFO, logger="apptsdk"):
        ask(work, [answer(404, {})], at=home(), observer=mine.append)

    assert mine == []
    assert (others[-1].operation, others[-1].error) == ("acme.visits.get", "NotFoundError")
    assert len(caplog.records) == 1


def test_an_account_that_is_not_silent_tells_and_logs(caplog):
    mine, (_, work) = [], story(observed=False)
    with caplog.at_level(logging.INFO, logger="apptsdk"):
        ask(work, [answer()], at=account(), observer=mine.append)

    assert [type(event) for event in mine] == [CallStarted, CallEnded]
    assert [record.getMessage().split()[0] for record in caplog.records] == ["acme.visits.get", "client.flow"]
