"""The two drivers carry out the same steps, in threads and in tasks, and leave nothing behind."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import anyio
import anyio.lowlevel
import pytest
from core_support import (
    EFFECTS,
    AsyncScriptEngine,
    FakeClock,
    ScriptEngine,
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

from apptsdk.errors import NoAnswerError, NotFoundError, OutcomeUnknownError, RequestNotSentError, ServerError
from apptsdk.exchange import perform
from apptsdk.http import NoAnswer, NotSent
from apptsdk.models import attempt_of
from apptsdk.operation import Acquire, AllOf, Aside, Call, Effect, Flow, Instant, Outcome, Pause, Together
from apptsdk.options import Options, Timeout
from apptsdk.transport import AsyncTransport, Clock, ClosedError, Transport

# --- the same in all worlds ------------------------------------------------------------------------------------------

# work, answers, the ids or the error, how many requests, the pauses
STORIES = {
    "a read": (get_visit(), [answer()], "7", 1, []),
    "a read that fails twice": (get_visit(), [answer(503, {}), answer(503, {}), answer()], "7", 3, [0.25, 0.5]),
    "a read that fails for good": (get_visit(), [answer(503, {})] * 4, ServerError, 4, [0.25, 0.5, 1.0]),
    "a read of nothing": (get_visit(), [answer(404, {})], NotFoundError, 1, []),
    "a booking": (create_visit(), [answer(201)], "7", 1, []),
    "a booking that never left": (create_visit(), [NotSent("no")] * 4, RequestNotSentError, 4, [0.25, 0.5, 1.0]),
    "a lost booking": (create_visit(), [NoAnswer("cut")], OutcomeUnknownError, 1, []),
    "a booking that is found": (
        create_visit(recover=find_visits),
        [NoAnswer("cut"), page(), page("7")],
        "7",
        3,
        [1.0],
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_story_is_the_same_in_every_world(world, story):
    work, answers, ends, requests, pauses = story
    if isinstance(ends, str):
        assert world.run(work, answers).id == ends
    else:
        with pytest.raises(ends):
            world.run(work, answers)

    assert len(world.engine.requests) == requests
    assert world.clock.slept == pauses


def test_a_flow_may_use_every_step_itself(world):
    def script():
        lock = yield Acquire("mine", 5)
        try:
            first = yield from get_visit()
            yield Pause(3)
            double = yield Call(lambda number: number * 2, (21,))
        finally:
            lock.release()
        inner = yield from flow(lambda: iter_get("8"))
        return first.id, double, inner.id

    def iter_get(number):
        return (yield from get_visit(number))

    assert world.run(flow(script), [answer(), answer(body={"id": "8", "starts_at": "2026-03-02T22:00:00Z"})]) == (
        "7",
        42,
        "8",
    )
    assert world.clock.slept == [3]


def test_a_flow_may_handle_an_error_and_go_on(world):
    def script():
        try:
            yield from get_visit()
        except NotFoundError:
            return (yield from get_visit("8")).id

    assert world.run(flow(script), [answer(404, {}), answer()]) == "7"


def test_a_flow_that_raises_ends_the_call(world):
    def script():
        yield from get_visit()
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        world.run(flow(script), [answer()])


def test_the_hook_is_called_in_every_world(world):
    shown = []
    world.run(create_visit(), [answer()], on_attempt=shown.append)

    assert [attempt.slot for attempt in shown] == ["room 4 at ten"]


def test_a_hook_that_stops_a_booking_does_so_in_every_world(world):
    def full(attempt):
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        world.run(create_visit(), [answer()], on_attempt=full)
    assert world.engine.requests == []


def test_a_coroutine_function_is_refused_by_a_sync_client_before_anything_is_sent():
    async def hook(attempt):
        """Never awaited."""

    engine = ScriptEngine([answer()])
    transport = Transport(engine, account(), Options(on_attempt=hook), clock=FakeClock())
    with pytest.raises(TypeError, match="Use the async client"):
        transport.run(create_visit())
    assert engine.requests == []


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["coroutine function", "callable object", "function in a thread"])
async def test_an_async_client_takes_every_kind_of_hook(kind):
    shown = []

    async def hook(attempt):
        await anyio.lowlevel.checkpoint()
        shown.append(attempt)

    class Hook:
        async def __call__(self, attempt):
            shown.append(attempt)

    def plain(attempt):
        assert threading.current_thread() is not threading.main_thread()
        shown.append(attempt)

    chosen = {"coroutine function": hook, "callable object": Hook(), "function in a thread": plain}[kind]
    transport = AsyncTransport(AsyncScriptEngine([answer()]), account(), Options(on_attempt=chosen), clock=FakeClock())

    assert (await transport.run(create_visit())).id == "7"
    assert len(shown) == 1


# --- closing ---------------------------------------------------------------------------------------------------------


def test_a_closed_client_sends_nothing(world):
    transport = world.transport([answer()])
    view = transport.view(Options())
    transport.life.closed = True

    for driver in (transport, view):
        with pytest.raises(ClosedError, match="closed"):
            world.on(driver, get_visit())
    assert world.engine.requests == []


def test_a_view_shares_everything_but_its_options(world):
    transport = world.transport([answer(), answer()])
    view = transport.view(Options().changed(headers={"X-View": "1"}))

    assert view.of_a_view
    assert not transport.of_a_view
    assert (view.account, view.engine, view.clock) == (transport.account, transport.engine, transport.clock)
    world.on(view, get_visit())
    world.on(transport, get_visit())
    assert [request.headers.get("X-View") for request in world.engine.requests] == ["1", None]


# --- cancelling ------------------------------------------------------------------------------------------------------


class Waiting(AsyncScriptEngine):
    """Never answers the request of that number, and knows when it is let go."""

    def __init__(self, answers=(), at=1):
        super().__init__(answers)
        self.at = at
        self.reached = anyio.Event()
        self.released = False

    async def send(self, request, timeout):  # noqa: ASYNC109 - as the protocol says
        if len(self.requests) + 1 == self.at:
            self.requests.append(request)
            self.reached.set()
            try:
                await anyio.sleep_forever()
            finally:
                self.released = True
        return await super().send(request, timeout)


class Pausing(FakeClock):
    """Sleeps for ever."""

    def __init__(self):
        super().__init__()
        self.reached = anyio.Event()

    async def asleep(self, seconds):
        self.reached.set()
        await anyio.sleep_forever()


async def cancelled(transport, work, reached):
    """Cancel a call as soon as it is there, and give what went through it."""
    seen = []

    async def call():
        try:
            await transport.run(work)
        except BaseException as error:
            seen.append(error)
            raise

    async with anyio.create_task_group() as group:
        group.start_soon(call)
        await reached.wait()
        group.cancel_scope.cancel()
    (error,) = seen
    assert isinstance(error, anyio.get_cancelled_exc_class())
    return error


@pytest.mark.anyio
@pytest.mark.parametrize("effect", list(Effect))
async def test_a_call_that_is_cancelled_in_a_request_sends_nothing_more(effect):
    engine = Waiting()
    transport = AsyncTransport(engine, account(), Options(), clock=FakeClock())
    error = await cancelled(transport, EFFECTS[effect](), engine.reached)

    assert len(engine.requests) == 1
    assert engine.released
    assert (attempt_of(error) is not None) is (effect is Effect.NEITHER)


@pytest.mark.anyio
async def test_a_call_that_is_cancelled_in_a_pause_sends_nothing_more():
    engine, clock = AsyncScriptEngine([answer(503, {}), answer()]), Pausing()
    await cancelled(AsyncTransport(engine, account(), Options(), clock=clock), get_visit(), clock.reached)

    assert len(engine.requests) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("where", ["pause", "request"])
async def test_a_booking_that_is_cancelled_while_it_is_looked_for_carries_its_attempt(where):
    if where == "pause":
        engine, clock = AsyncScriptEngine([NoAnswer("cut"), page()]), Pausing()
        reached = clock.reached
    else:
        engine, clock = Waiting([NoAnswer("cut")], at=2), FakeClock()
        reached = engine.reached
    work = create_visit(recover=find_visits)
    error = await cancelled(AsyncTransport(engine, account(), Options(), clock=clock), work, reached)

    assert attempt_of(error).reference == "my-reference"
    assert [request.method for request in engine.requests] == ["POST", "GET"]


@pytest.mark.anyio
@pytest.mark.parametrize("look", [get_visit(), Aside(get_visit())], ids=["a read", "a read that only helps"])
async def test_a_flow_that_is_cancelled_after_its_booking_carries_its_attempt(look):
    engine = Waiting([answer(201)], at=2)

    def script():
        yield from create_visit()
        return (yield from look)

    error = await cancelled(
        AsyncTransport(engine, account(), Options(), clock=FakeClock()), flow(script), engine.reached
    )

    assert attempt_of(error).reference == "my-reference"
    assert [request.method for request in engine.requests] == ["POST", "GET"]


@pytest.mark.anyio
async def test_a_lock_is_let_go_by_a_cancelled_call():
    at, engine = account(), Waiting()

    def script():
        lock = yield Acquire("mine", 5)
        try:
            return (yield from get_visit())
        finally:
            lock.release()

    transport = AsyncTransport(engine, at, Options(), clock=FakeClock())
    await cancelled(transport, flow(script), engine.reached)
    engine.answers.append(answer())
    engine.at = 0

    assert (await transport.run(flow(script))).id == "7"


def test_an_interrupt_in_a_pause_of_a_thread_is_not_swallowed():
    class Interrupted(FakeClock):
        def sleep(self, seconds):
            raise KeyboardInterrupt

    engine = ScriptEngine([answer(503, {}), answer()])
    with pytest.raises(KeyboardInterrupt):
        Transport(engine, account(), Options(), clock=Interrupted()).run(get_visit())
    assert len(engine.requests) == 1


# --- locks -----------------------------------------------------------------------------------------------------------


def test_a_lock_that_is_held_is_waited_for_in_vain():
    at = account()
    transport = Transport(ScriptEngine([answer()]), at, Options(), clock=FakeClock())

    def script():
        yield Acquire("mine", 0.05)

    at.locks["mine"] = threading.Lock()
    at.locks["mine"].acquire()
    with pytest.raises(RequestNotSentError, match="held 'mine' for longer"):
        transport.run(flow(script))


@pytest.mark.anyio
async def test_a_lock_that_a_task_holds_is_waited_for_in_vain():
    at, engine = account(), Waiting()
    transport = AsyncTransport(engine, at, Options(), clock=FakeClock())

    def holding():
        lock = yield Acquire("mine", 5)
        try:
            yield from get_visit()
        finally:
            lock.release()

    def waiting():
        yield Acquire("mine", 0.05)

    async with anyio.create_task_group() as group:
        group.start_soon(transport.run, flow(holding))
        await engine.reached.wait()
        with pytest.raises(RequestNotSentError, match="held 'mine' for longer"):
            await transport.run(flow(waiting))
        group.cancel_scope.cancel()


def test_a_client_lives_through_several_event_loops(world):
    transport = world.transport([answer()] * 3)

    def script():
        lock = yield Acquire("mine", 5)
        try:
            return (yield from get_visit()).id
        finally:
            lock.release()

    assert [world.on(transport, flow(script)) for _ in range(3)] == ["7", "7", "7"]


# --- several at once -------------------------------------------------------------------------------------------------


class Slow(ScriptEngine):
    """Answers with the last part of the path, after as many hundredths of a second."""

    def __init__(self, answers):
        super().__init__(answers)
        self.at_once = []

    def send(self, request, timeout):
        number = request.url.rpartition("/")[2]
        self.requests.append(request)
        self.at_once.append(1)
        time.sleep(int(number) / 100)
        self.at_once.append(-1)
        if number == "0":
            raise NoAnswer("cut")
        return answer(body={"id": number, "starts_at": "2026-03-02T22:00:00Z"})


class AsyncSlow(AsyncScriptEngine):
    def __init__(self, answers):
        super().__init__(answers)
        self.at_once = []

    async def send(self, request, timeout):  # noqa: ASYNC109 - as the protocol says
        number = request.url.rpartition("/")[2]
        self.requests.append(request)
        self.at_once.append(1)
        await anyio.sleep(int(number) / 100)
        self.at_once.append(-1)
        if number == "0":
            raise NoAnswer("cut")
        return answer(body={"id": number, "starts_at": "2026-03-02T22:00:00Z"})


def slow(world, **options):
    engine, driver = (Slow, Transport) if world.is_sync else (AsyncSlow, AsyncTransport)
    world.engine = engine([])
    return driver(world.engine, account(), Options().changed(**options), clock=Clock(), random=lambda: 0.0)


def test_several_reads_run_at_once_and_answer_in_order(world):
    outcomes = world.on(slow(world), both([get_visit("15"), get_visit("5"), get_visit("0"), get_visit("1")]))

    assert world.engine.at_once[:2] == [1, 1]  # before the first answers, the second is asked
    assert [outcome.value and outcome.value.id for outcome in outcomes] == ["15", "5", None, "1"]
    with pytest.raises(Exception, match="got no answer"):
        outcomes[2].get()
    assert outcomes[0].get().id == "15"


def test_several_reads_are_bounded_by_the_timeout(world):
    began = time.monotonic()
    outcomes = world.on(slow(world, timeout=Timeout(attempt=0.2, total=0.2)), both([get_visit("1"), get_visit("300")]))

    assert time.monotonic() - began < 2
    assert outcomes[0].get().id == "1"
    with pytest.raises(
        NoAnswerError,
        match=r"^acme\.visits\.get did not answer within the timeout, waits for the rate limit included\.$",
    ):
        outcomes[1].get()


def test_writes_are_refused_beside_others(world):
    nested = Flow("acme.nested", lambda: iter(create_visit()))
    works = [get_visit("1"), create_visit(), cancel_visit(), nested, both([create_visit()])]
    outcomes = world.on(slow(world), both(works))

    assert outcomes[0].get().id == "1"
    for outcome in outcomes[1:4]:
        with pytest.raises(TypeError, match="it cannot run beside other calls"):
            outcome.get()
    (inner,) = outcomes[4].get()
    assert type(inner.error) is TypeError
    assert [request.method for request in world.engine.requests] == ["GET"]


def test_nothing_at_once_is_nothing(world):
    assert world.on(slow(world), both([])) == ()


def test_reads_at_once_count_as_attempts_of_their_call():
    told = []
    ask(both([get_visit(), get_visit()]), [answer(), answer(503, {}), answer()], observer=told.append)

    assert told[-1].attempts == 3


def test_reads_at_once_share_the_calls_deadline():
    done = ask(both([get_visit()]), [answer()], timeout=Timeout(attempt=5, total=9))

    (together,) = [step for step in done.steps if isinstance(step, Together)]
    assert together.timeout == 9
    assert done.timeouts == [5]


def test_an_outcome_gives_its_value_or_raises_its_error():
    assert Outcome(5).get() == 5
    with pytest.raises(KeyError):
        Outcome(error=KeyError()).get()


def test_one_client_serves_thirty_two_threads():
    engine = Slow([])
    transport = Transport(engine, account(), Options())
    with ThreadPoolExecutor(32) as pool:
        ids = list(pool.map(lambda number: transport.run(get_visit(str(number % 3 + 1))).id, range(320)))

    assert ids == [str(number % 3 + 1) for number in range(320)]
    assert len(engine.requests) == 320


# --- small things ----------------------------------------------------------------------------------------------------


def test_the_machines_clock_tells_both_times_and_waits():
    clock = Clock()
    first = clock.now()
    clock.sleep(0.01)
    anyio.run(clock.asleep, 0.01)
    second = clock.now()

    assert isinstance(first, Instant)
    assert second.monotonic - first.monotonic >= 0.02
    assert abs(second.wall - time.time()) < 5


def test_work_shows_its_name_and_nothing_else():
    shown = [repr(create_visit()), repr(flow(list)), repr(AllOf((create_visit(),)))]

    assert shown == [
        "<Operation acme.visits.create>",
        "<Flow acme.flow>",
        "AllOf(works=(<Operation acme.visits.create>,), patience=None, at_once=8)",
    ]


def test_a_generator_that_is_closed_early_ends_quietly():
    steps = perform(get_visit(), account(), Options(), lambda: 0.5)
    next(steps)
    steps.close()

    with pytest.raises(StopIteration):
        next(steps)
