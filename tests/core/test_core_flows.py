"""What flows may ask for: answers that an account remembers, and more time where waiting is what they are for."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from core_support import (
    WIRE,
    FakeClock,
    FreeLock,
    Room,
    ScriptEngine,
    account,
    answer,
    ask,
    cancel_visit,
    flow,
    get_visit,
)

from apptsdk.errors import ApptError, NoAnswerError, NotFoundError, RequestNotSentError, ServerError
from apptsdk.events import CallEnded
from apptsdk.exchange import perform
from apptsdk.http import NoAnswer
from apptsdk.operation import (
    NOW,
    Acquire,
    Effect,
    Flow,
    Now,
    Operation,
    Pause,
    Remembered,
    Send,
    checked_prefetch,
    whole_number,
)
from apptsdk.options import Options, Timeout
from apptsdk.retry import NO_RETRY
from apptsdk.transport import Transport

# --- remembered ------------------------------------------------------------------------------------------------------


def room(number="4", **changes):
    read = changes.pop("read", WIRE.one(Room))
    return Operation("acme.rooms.get", "GET", f"/rooms/{number}", read, Effect.SAFE, **changes)


def remembering(number="4", seconds=60.0, work=None):
    def script():
        return (yield from Remembered(f"room {number}", work or room(number), seconds))

    return flow(script)


def a_room(number="4"):
    return answer(body={"id": number, "floor": 1})


def test_what_is_remembered_is_asked_once(world):
    at = account()
    first = world.run(remembering(), [a_room()], at)
    assert world.run(remembering(), [], at) is first
    assert first.id == "4"


def test_it_is_asked_once_within_one_flow_too():
    def script():
        first = yield from Remembered("room 4", room())
        return first, (yield from Remembered("room 4", room()))

    done = ask(flow(script), [a_room()])

    assert len(done.sent) == 1
    assert done.value[0] is done.value[1]


@pytest.mark.parametrize(("seconds", "later", "sent"), [(60.0, 59.9, 0), (60.0, 60.0, 1), (5.0, 5.0, 1), (5.0, 4.9, 0)])
def test_it_is_kept_for_its_seconds_from_its_answer(seconds, later, sent):
    at, clock = account(), FakeClock()
    ask(remembering(seconds=seconds), [a_room()], at=at, clock=clock, takes=10)
    clock.advance(later)
    done = ask(remembering(seconds=seconds), [a_room("5")], at=at, clock=clock)

    assert len(done.sent) == sent
    assert done.get().id == ("5" if sent else "4")


def test_an_hour_is_what_is_kept_unless_told_otherwise():
    assert Remembered("room 4", room()).seconds == 3600


def test_what_was_asked_again_is_kept_anew():
    at, clock = account(), FakeClock()
    for number in "456":
        assert ask(remembering(), [a_room(number)], at=at, clock=clock).get().id == number
        clock.advance(60)


def test_nothing_is_an_answer_that_is_kept():
    at = account()
    work = room(read=lambda _: None)
    assert ask(remembering(work=work), [answer()], at=at).get() is None
    done = ask(remembering(work=work), [], at=at)

    assert (done.error, done.sent) == (None, [])


def test_an_error_after_the_answer_is_stale_is_not_papered_over():
    at, clock = account(), FakeClock()
    ask(remembering(), [a_room()], at=at, clock=clock)
    clock.advance(60)

    assert type(ask(remembering(), [answer(404, {})], at=at, clock=clock).error) is NotFoundError


@pytest.mark.parametrize(
    ("seconds", "later", "sent"), [(3600.0, 59.9, 0), (3600.0, 60.0, 1), (5.0, 4.9, 0), (5.0, 5.0, 1)]
)
def test_an_error_is_kept_for_a_minute_at_most(seconds, later, sent):
    at, clock = account(), FakeClock()
    first = ask(remembering(seconds=seconds), [answer(404, {"message": "No such room"})], at=at, clock=clock)
    clock.advance(later)
    done = ask(remembering(seconds=seconds), [a_room()], at=at, clock=clock)

    assert type(first.error) is NotFoundError
    assert len(done.sent) == sent
    assert (done.error is None) is bool(sent)
    if not sent:
        assert type(done.error) is NotFoundError
        assert str(done.error) == "acme.rooms.get: 404 No such room"


def test_what_goes_wrong_in_the_sdk_itself_is_not_kept():
    at = account()
    assert type(ask(remembering(), [LookupError("a defect")], at=at).error) is LookupError
    assert ask(remembering(), [a_room()], at=at).get().id == "4"


def anew():
    def script():
        return (yield from Remembered("room 4", room(), fresh=True))

    return flow(script)


@pytest.mark.parametrize("kept", [a_room("4"), answer(404, {})])
def test_what_is_kept_is_read_anew_on_demand_and_kept_then(kept):
    at = account()
    ask(remembering(), [kept], at=at)

    assert ask(anew(), [a_room("5")], at=at).get().id == "5"
    done = ask(remembering(), [], at=at)
    assert (done.get().id, done.sent) == ("5", [])


def test_it_is_an_old_answer_unless_told_otherwise():
    assert Remembered("room 4", room()).fresh is False


# --- remembered: it is not what the caller wants ---------------------------------------------------------------------


def looking(patience=5.0, before=0.0):
    """Look at a room, whether or not that succeeds, and then at a visit."""

    def script():
        yield Pause(before)
        try:
            yield from Remembered("room 4", room(), patience=patience)
        except ApptError as error:
            failed = error
        else:
            failed = None
        return failed, (yield from get_visit())

    return flow(script)


@pytest.mark.parametrize(
    ("patience", "total", "before", "given"), [(5, 60, 0, 5), (3, 60, 0, 3), (5, 40, 0, 4), (5, 60, 57, 3)]
)
def test_the_read_has_its_patience_a_tenth_of_the_total_and_no_more_than_is_left(patience, total, before, given):
    done = ask(looking(patience, before), [a_room(), answer()], timeout=Timeout(attempt=30, total=total))

    assert done.timeouts[0] == pytest.approx(given)


def test_a_read_without_an_answer_leaves_the_call_its_time():
    done = ask(looking(), [NoAnswer("cut"), NoAnswer("cut"), answer()], takes=3, timeout=Timeout(attempt=30, total=60))
    failed, visit = done.get()

    assert type(failed) is NoAnswerError
    assert visit.id == "7"
    assert done.timeouts == pytest.approx([5, 1.75, 30])


def test_a_read_that_failed_is_told_at_once_to_the_next():
    at, clock = account(), FakeClock()
    ask(looking(), [answer(500, {})] * 9 + [answer()], at=at, clock=clock, timeout=SHORT, retry=NO_RETRY)
    done = ask(looking(), [answer()], at=at, clock=clock, timeout=SHORT)

    assert type(done.get()[0]) is ServerError
    assert [request.url[-9:] for request in done.sent] == ["/visits/7"]
    assert done.pauses == [0.0]


def test_what_a_callers_own_short_time_brought_about_is_nobody_elses_failure():
    at, clock = account(), FakeClock()
    hurried = ask(looking(), [NoAnswer("cut")] * 9, takes=1, at=at, clock=clock, timeout=Timeout(attempt=1, total=10))
    done = ask(looking(), [a_room(), answer()], at=at, clock=clock)

    assert hurried.error is not None
    assert done.get()[0] is None
    assert [request.url.rpartition("/v1")[2] for request in done.sent] == ["/rooms/4", "/visits/7"]


def test_a_failure_does_not_replace_what_is_known():
    at, clock = account(), FakeClock()
    ask(remembering(), [a_room()], at=at, clock=clock)
    failed = ask(anew(), [answer(404, {})], at=at, clock=clock)
    done = ask(remembering(), [], at=at, clock=clock)

    assert type(failed.error) is NotFoundError
    assert done.get().id == "4"


def test_a_failure_that_is_kept_is_raised_afresh_each_time():
    at, clock = account(), FakeClock()
    errors = [ask(remembering(), [answer(404, {})][: 1 - n], at=at, clock=clock).error for n in (0, 1, 1)]

    assert {str(error) for error in errors} == {"acme.rooms.get: 404 Not Found"}
    assert len({id(error) for error in errors}) == 3
    assert all(error.status == 404 for error in errors)


def test_its_attempts_count_like_any_others_too():
    assert ended(looking(), [answer(503, {}), a_room(), answer()]).attempts == 3
    assert ended(looking(), [answer(404, {}), answer()]).attempts == 2


def test_a_second_that_wants_it_waits_for_the_first():
    at, clock = account(), FakeClock()
    first = perform(remembering(), at, Options(), lambda: 0.5)
    step, _ = until(first, Send, clock)
    second = perform(remembering(), at, Options(), lambda: 0.5)
    waits, _ = until(second, Acquire, clock)
    held = FreeLock()
    _, value = until(first, None, clock, a_room())
    _, same = until(second, None, clock, held)

    assert step.request.url.endswith("/rooms/4")
    assert waits == Acquire("fact room 4", 5.0)
    assert same is value
    assert held.released == 1


def until(steps, kind, clock, given=None):
    """Feed an exchange until it yields a step of that kind, or to its end; returns the step and the value."""
    try:
        step = steps.send(given)
        while kind is None or not isinstance(step, kind):
            step = steps.send(clock.now() if isinstance(step, Now) else FreeLock())
    except StopIteration as stop:
        return None, stop.value
    return step, None


def test_threads_that_want_it_share_one_read():
    at, together, told = account(), threading.Barrier(8), []

    class Slow(ScriptEngine):
        def send(self, request, timeout):
            told.append(request)
            return super().send(request, timeout)

    transport = Transport(Slow([a_room()] * 8), at, Options(), clock=FakeClock())

    def wanted():
        together.wait()
        return transport.run(remembering())

    with ThreadPoolExecutor(8) as pool:
        rooms = [task.result() for task in [pool.submit(wanted) for _ in range(8)]]

    assert len(told) == 1
    assert all(room is rooms[0] for room in rooms)


@pytest.mark.parametrize("given", [a_room(), answer(404, {}), KeyboardInterrupt(), LookupError("a defect")])
def test_the_lock_is_let_go_however_the_read_ends(given):
    assert [lock.released for lock in ask(remembering(), [given]).locks] == [1]


def test_who_waits_in_vain_is_told_so_and_nothing_is_kept():
    at, clock = account(), FakeClock()
    steps = perform(remembering(), at, Options(), lambda: 0.5)
    until(steps, Acquire, clock)
    with pytest.raises(RequestNotSentError, match="another call held 'fact room 4'"):
        finished(steps, clock, TimeoutError())

    assert at.facts == {}


def finished(steps, clock, error):
    step = steps.throw(error)
    while True:
        assert isinstance(step, Now)
        step = steps.send(clock.now())


def test_another_key_has_a_lock_of_its_own():
    done = ask(remembering("5"), [a_room("5")])

    assert [step.name for step in done.steps if isinstance(step, Acquire)] == ["fact room 5"]


def test_keys_and_accounts_are_told_apart():
    at, other = account(), account()
    ask(remembering("4"), [a_room("4")], at=at)

    assert ask(remembering("5"), [a_room("5")], at=at).get().id == "5"
    assert ask(remembering("4"), [a_room("6")], at=other).get().id == "6"
    assert ask(remembering("4"), [], at=at).get().id == "4"


# --- within ----------------------------------------------------------------------------------------------------------

SHORT = Timeout(attempt=30, total=60)


def patient(seconds, *, pauses=1, within=300.0, work=None):
    """Wait, and then ask, as often as told."""

    def script():
        for _ in range(pauses):
            yield Pause(seconds)
            found = yield from work or get_visit()
        return found

    return Flow("acme.visits.wait", script, within=within)


def test_a_flow_that_waits_by_its_nature_outlasts_the_total(world):
    visit = world.run(patient(100, pauses=3), [answer()] * 3, timeout=SHORT)

    assert visit.id == "7"
    assert world.clock.slept == [100, 100, 100]


def test_any_other_flow_does_not():
    done = ask(patient(100, within=0.0), [answer()], timeout=SHORT)

    assert type(done.error) is RequestNotSentError
    assert done.sent == []


@pytest.mark.parametrize(("pause", "given"), [(329, 30), (331, 29), (350, 10), (359, 1)])
def test_the_last_attempts_shrink_to_what_is_left_of_both(pause, given):
    assert ask(patient(pause), [answer()], timeout=SHORT).timeouts == [pytest.approx(given)]


def test_beyond_both_nothing_is_sent():
    done = ask(patient(361), [answer()], timeout=SHORT)

    assert type(done.error) is RequestNotSentError
    assert done.sent == []


def test_it_is_asked_again_within_the_longer_time():
    done = ask(patient(100), [answer(503, {}), answer(503, {}), answer()], timeout=SHORT)

    assert done.get().id == "7"
    assert done.pauses == [100, 0.25, 0.5]


def outer(within=300.0, wait=100.0, work=None):
    def script():
        yield from patient(wait, within=within, work=work)
        return (yield from get_visit("8"))

    return flow(script)


def test_the_deadline_of_what_comes_after_it_is_unchanged():
    done = ask(outer(), [answer(), answer()], timeout=SHORT)

    assert type(done.error) is RequestNotSentError
    assert [request.url[-2:] for request in done.sent] == ["/7"]


def test_what_comes_after_it_has_what_is_left():
    assert ask(outer(wait=50), [answer(), answer()], timeout=SHORT).timeouts == [30, 10]


def test_a_flow_in_a_longer_one_has_its_time():
    def script():
        return (yield from patient(100, within=0.0))

    assert ask(Flow("acme.outer", script, within=300.0), [answer()], timeout=SHORT).get().id == "7"


def ended(work, answers, **options):
    told = []
    ask(work, answers, observer=told.append, timeout=SHORT, **options)
    (end,) = (event for event in told if isinstance(event, CallEnded))
    return end


def test_its_attempts_count_like_any_others():
    answers = [answer(503, {}), answer(), answer(500, {}), answer()]

    assert ended(patient(100, pauses=2), answers) == CallEnded("acme.visits.wait", 200, pytest.approx(200.5), 4)


def test_they_count_after_an_error_too():
    end = ended(patient(100, pauses=2), [answer(), answer(404, {})])

    assert end == CallEnded("acme.visits.wait", 404, 200, 2, "NotFoundError")


def test_attempts_before_and_after_it_are_added():
    def script():
        yield from get_visit()
        yield from patient(10)
        return (yield from get_visit())

    assert ended(flow(script), [answer()] * 3).attempts == 3


def test_time_that_passed_in_it_is_known_after_it():
    def script():
        began = yield NOW
        yield from patient(100, within=300.0)
        return (yield NOW).monotonic - began.monotonic

    assert ask(flow(script), [answer()], timeout=SHORT).get() == 100


def test_a_write_in_it_is_one_still():
    done = ask(patient(100, work=cancel_visit()), [answer(500, {})], timeout=SHORT, retry=NO_RETRY)

    assert done.error is not None
    assert [request.method for request in done.sent] == ["PATCH"]


# --- counts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1, 2, 5])
def test_a_count_within_its_bounds_is_taken(value):
    assert whole_number(value, "days", 1, 5) == value


@pytest.mark.parametrize("value", [True, False, None, 1.0, "1", b"1"])
def test_what_is_no_int_is_refused(value):
    with pytest.raises(TypeError, match=f"^days must be an int, not {type(value).__name__}\\.$"):
        whole_number(value, "days", 0, 5)


@pytest.mark.parametrize("value", [0, 6, -1, 10**30])
def test_a_count_out_of_bounds_is_refused_with_the_bounds(value):
    with pytest.raises(ValueError, match=f"^days must be from 1 to 5, not {value}\\.$"):
        whole_number(value, "days", 1, 5)


def test_what_is_counted_can_be_said():
    with pytest.raises(ValueError, match=r"^prefetch must be from 0 to 20 pages, not 21\.$"):
        checked_prefetch(21)
