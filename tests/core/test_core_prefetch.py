"""Pages that are fetched before they are read: in order, one at a time, no more than asked for, and none is lost."""

import asyncio
import gc
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain

import anyio
import anyio.lowlevel
import pytest
from core_support import (
    WORLDS,
    FakeClock,
    ScriptEngine,
    World,
    account,
    answer,
    flow,
    list_visits,
    page,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prefetch_support import BEHIND, LONG, AsyncReading, Reading, link, tell, visits

from apptsdk import ahead, transport
from apptsdk.errors import ApptError, ClosedError, NoResultError, ResponseUnreadableError, ServerError
from apptsdk.events import CallStarted
from apptsdk.operation import Listing, Page, checked_prefetch
from apptsdk.options import Options
from apptsdk.pacing import Pace, Quota
from apptsdk.retry import NO_RETRY
from apptsdk.transport import Transport

ours = pytest.fixture(params=["asyncio", "trio"])(lambda request: request.param)


# --- how many, in which order ----------------------------------------------------------------------------------------


def test_the_next_page_is_fetched_while_the_caller_works_on_this_one(world):
    async def story(r):
        assert await r.page() == 1
        await r.until(2)  # and nobody has asked the reader for it
        assert r.server.released == [1]
        r.server.let(2)
        assert await r.page() == 2

    tell(world, story, 1, shut=[2])


def test_without_it_nothing_is_fetched_ahead_and_nobody_else_is_at_work(world):
    async def story(r):
        assert await r.page() == 1
        assert r.trail.fetcher is None
        assert await r.rest() == [2, 3]
        return r.server.asked

    asked = tell(world, story, 0, last=3)
    assert [one.page for one in asked] == [1, 2, 3]
    assert len({one.by for one in asked}) == 1
    assert BEHIND not in {one.by for one in asked}
    assert list_visits().prefetch == 0


@pytest.mark.parametrize("prefetch", [1, 2, 3, 20])
def test_so_many_pages_wait_and_no_more(world, prefetch):
    async def story(r):
        for number in range(1, 4):
            assert await r.page() == number
            await r.quiet()
            assert r.server.pages == list(range(1, number + prefetch + 1))
        assert r.server.most == 1
        assert [one.by == BEHIND for one in r.server.asked] == [False] + [True] * (prefetch + 2)

    tell(world, story, prefetch)


def test_a_list_of_one_page_needs_nobody_else(world):
    async def story(r):
        assert await r.rest() == [1]
        return r.server.asked

    (asked,) = tell(world, story, 5, last=1)
    assert asked.by != BEHIND


def test_all_items_come_in_order(world):
    async def story(r):
        return await r.items(), r.server

    items, server = tell(world, story, 3, last=30)
    assert items == list(range(1, 31)) == server.pages
    assert server.most == 1


def test_one_list_is_never_asked_for_two_pages_at_once(world):
    async def story(r):
        assert await r.page() == 1
        await r.until(2)
        return r.server.most, r.server.pages, r.server.let(2)

    assert tell(world, story, 20, shut=[2]) == (1, [1, 2], None)


def test_every_loop_begins_afresh_with_its_own_pages(world):
    async def story(r):
        assert [await r.page(), await r.page()] == [1, 2]
        await r.quiet()
        old = r.pages
        r.again()
        assert await r.page() == 1
        await r.quiet()
        r.pages = old
        assert await r.page() == 3
        return r.server.pages[:5]  # the fourth page may be on its way by now

    assert tell(world, story, 1) == [1, 2, 3, 1, 2]


def test_the_first_item_takes_only_the_pages_it_must(world):
    async def story(r):
        assert (await r.first()).id == "3"
        assert {one.by for one in r.server.asked}.isdisjoint({BEHIND})
        return r.server.pages

    empty = {number: [page(follow=link(number + 1))] for number in (1, 2)}
    assert tell(world, story, 5, instead=empty) == [1, 2, 3]


def test_without_a_first_item_it_is_as_ever(world):
    async def story(r):
        assert await r.first(default=None) is None
        with pytest.raises(NoResultError):
            await r.first()

    tell(world, story, 5, instead={1: [page(), page()]})


def test_a_saved_cursor_is_that_of_the_page_and_not_of_what_was_fetched(world):
    async def pages(r):
        found = []
        if world.is_sync:
            found.extend(r.pages)
        else:
            found.extend([one async for one in r.pages])
        return [one.cursor for one in found]

    assert tell(world, pages, 3, last=4) == [link(2), link(3), link(4), None]

    async def resumed(r):
        return await r.rest(), r.server.pages

    assert tell(world, resumed, 3, last=4, cursor=link(3)) == ([3, 4], [3, 4])


# --- errors ----------------------------------------------------------------------------------------------------------


def test_an_error_comes_in_its_turn_and_the_same_page_is_asked_for_again(world):
    async def story(r):
        assert await r.page() == 1
        await r.quiet()
        assert r.server.pages == [1, 2, 3]
        assert await r.page() == 2
        await r.quiet()
        assert r.server.pages == [1, 2, 3]
        with pytest.raises(ServerError):
            await r.page()
        assert r.server.pages == [1, 2, 3]
        assert await r.page() == 3
        assert await r.rest() == [4, 5]
        return r.server.pages

    bad = {3: [answer(500, {})]}
    assert tell(world, story, 3, instead=bad, last=5, retry=NO_RETRY) == [1, 2, 3, 3, 4, 5]


def test_an_error_that_stays_is_raised_every_time(world):
    async def story(r):
        assert await r.page() == 1
        await r.quiet()
        for _ in range(3):
            with pytest.raises(ServerError):
                await r.page()
        assert await r.rest() == [2]

    tell(world, story, 2, instead={2: [answer(500, {})] * 3}, last=2, retry=NO_RETRY)


def test_an_error_for_which_the_reader_waits_is_raised_there(world):
    async def story(r):
        assert await r.page() == 1
        await r.until(2)
        r.server.let(2)
        with pytest.raises(ServerError):
            await r.page()

    tell(world, story, 2, instead={2: [answer(500, {})]}, shut=[2], retry=NO_RETRY)


def test_pages_that_go_in_a_circle_end_with_an_error_in_its_turn(world):
    async def story(r):
        assert await r.page() == 1
        await r.quiet()
        assert [await r.page(), await r.page()] == [2, 3]
        for _ in range(2):
            with pytest.raises(ResponseUnreadableError, match="in a circle"):
                await r.page()
        return r.server.pages

    assert tell(world, story, 5, instead={3: [page("3", follow=link(2))]}) == [1, 2, 3]


answers = st.lists(
    st.one_of(
        st.builds(lambda count: ("page", count), st.integers(0, 3)),
        st.sampled_from([("status", 500), ("status", 404)]),
    ),
    max_size=12,
)


def scripted(given_answers):
    """Turn a drawn list into the answers of a list whose last page comes at the end."""
    made, number = [], 1
    for kind, value in given_answers:
        if kind == "status":
            made.append(answer(value, {}))
        else:
            number += 1
            made.append(page(*map(str, range(value)), follow=link(number)))
    return [*made, page("last")]


def outcomes_of(world, prefetch, given_answers):
    """Read a list to its end, over all errors: what every turn gave, and what was asked for."""
    driver = world.transport(scripted(given_answers), retry=NO_RETRY)
    pages = driver.pager(visits(prefetch)).pages()
    turns = []

    async def read():
        while True:
            try:
                one = pages.__next__() if world.is_sync else await pages.__anext__()
            except (StopIteration, StopAsyncIteration):
                return
            except ApptError as error:
                turns.append(type(error))
            else:
                turns.append(one)

    if world.is_sync:
        with pytest.raises(StopIteration):
            read().send(None)
    else:
        anyio.run(read, backend=world.name)
    return turns, [request.url for request in world.engine.requests]


@given(answers, st.integers(1, 6), st.sampled_from(WORLDS))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_read_and_what_is_asked_for_is_the_same_with_and_without(given_answers, prefetch, name):
    world = World(name)
    assert outcomes_of(world, prefetch, given_answers) == outcomes_of(world, 0, given_answers)


# --- leaving ---------------------------------------------------------------------------------------------------------


def test_after_a_break_the_page_in_flight_is_the_last(world):
    async def story(r):
        assert await r.page() == 1
        await r.until(2)
        r.leave()
        r.server.let(2)
        await r.quiet()
        return r.server.pages

    assert tell(world, story, 5, shut=[2]) == [1, 2]


def test_leaving_a_loop_over_items_is_the_same(world):
    async def story(r):
        if world.is_sync:
            for item in r.pager:
                assert item.id == "1"
                await r.until(2)
                break
        else:
            async for item in r.pager:
                assert item.id == "1"
                await r.until(2)
                break
            del item
        r.server.let(2)
        await nobody_else()
        return r.server.pages

    async def nobody_else():
        for thread in threading.enumerate():
            if thread.name == BEHIND:
                thread.join(LONG)
        if not world.is_sync:
            await anyio.wait_all_tasks_blocked()

    assert tell(world, story, 5, shut=[2]) == [1, 2]


def test_an_error_that_nobody_reads_any_more_is_silent(world, caplog):
    caplog.set_level(logging.WARNING)

    async def story(r):
        assert await r.page() == 1
        await r.until(2)
        r.leave()
        r.server.let(2)
        await r.quiet()
        return r.server.pages

    assert tell(world, story, 5, shut=[2], instead={2: [OSError("unexpected")]}) == [1, 2]
    gc.collect()
    assert caplog.records == []


@pytest.mark.parametrize("prefetch", [1, 3])
def test_so_many_pages_and_the_readers_own_are_held(world, prefetch):
    alive, most = [], []

    class Item:
        def __init__(self):
            alive.append(1)

        def __del__(self):
            alive.pop()

    def fetch(cursor):
        def script():
            number = int(cursor or 1)
            most.append(len(alive))
            return Page(tuple(Item() for _ in range(10)), str(number + 1) if number < 300 else None)
            yield

        return flow(script)

    pager = world.transport([]).pager(Listing("acme.items", fetch, prefetch=prefetch))
    if world.is_sync:
        assert sum(1 for _ in pager) == 3000
    else:

        async def count():
            found = 0
            async for _ in pager:
                found += 1
                await anyio.lowlevel.checkpoint()
            return found

        assert world.call(count) == 3000
    assert len(most) == 300
    assert max(most) <= 10 * prefetch + 1  # before a page is made; the one more is the loop's variable


# --- closing ---------------------------------------------------------------------------------------------------------


def test_a_client_that_is_closed_gives_what_was_fetched_and_then_says_so(world):
    async def story(r):
        assert await r.page() == 1
        await r.quiet()
        await r.close()
        assert [await r.page(), await r.page()] == [2, 3]
        for _ in range(2):
            with pytest.raises(ClosedError, match="closed"):
                await r.page()
        return r.server.pages

    assert tell(world, story, 2) == [1, 2, 3]


def test_closing_waits_for_the_page_that_a_thread_fetches():
    r = Reading(3, shut=[2])
    assert next(r.pages).items[0].id == "1"
    assert r.server.arrival(2).wait(LONG)
    closing = threading.Thread(target=r.transport.close)
    closing.start()
    life = r.transport.life
    with life._changed:
        assert life._changed.wait_for(lambda: life.closed, LONG)
    assert closing.is_alive()
    r.server.let(2)
    closing.join(LONG)
    assert not closing.is_alive()

    assert next(r.pages).items[0].id == "2"
    with pytest.raises(ClosedError):
        next(r.pages)
    assert r.server.pages == [1, 2]


def test_closing_waits_no_longer_than_it_must(monkeypatch):
    monkeypatch.setattr(transport, "PATIENCE", 0.01)
    r = Reading(3, shut=[2], instead={2: [OSError("the connection was closed beneath it")]})
    assert next(r.pages).items[0].id == "1"
    assert r.server.arrival(2).wait(LONG)
    r.transport.close()
    assert r.server.released == [1]
    r.server.let(2)
    with pytest.raises(ClosedError):  # and not the error that closing made
        next(r.pages)


def test_closing_cancels_the_page_that_a_task_fetches(ours):
    async def story(r):
        assert await r.page() == 1
        await r.until(2)
        await r.close()
        assert r.server.released == [1, 2]
        assert r.trail.fetcher is None
        with pytest.raises(ClosedError):
            await r.page()
        return r.server.pages

    assert tell(World(ours), story, 3, shut=[2]) == [1, 2]


def test_closing_one_client_leaves_what_another_fetches(ours):
    async def story(r):
        other = AsyncReading(1, shut=[2])
        assert (await r.page(), await other.page()) == (1, 1)
        await other.until(2)
        await r.until(2)
        await r.close()
        other.server.let(2)
        assert await other.page() == 2

    tell(World(ours), story, 1, shut=[2])


def test_a_reader_that_waits_while_its_client_is_closed_is_told(ours):
    async def story(r):
        assert await r.page() == 1
        await r.until(2)
        told = []

        async def read():
            with pytest.raises(ClosedError):
                await r.page()
            told.append(True)

        async with anyio.create_task_group() as group:
            group.start_soon(read)
            await anyio.wait_all_tasks_blocked()
            await r.close()
        return told

    assert tell(World(ours), story, 3, shut=[2]) == [True]


def test_nothing_is_sent_for_a_client_that_was_closed_in_a_pause():
    class Closing(FakeClock):
        def sleep(self, seconds):
            super().sleep(seconds)
            driver.close()

    engine = ScriptEngine([page("1", follow=link(2)), answer(503, {}), page("2")], Closing())
    driver = Transport(engine, account(), Options(), clock=engine.clock, random=lambda: 0.5)
    pages = driver.pager(visits(2)).pages()

    assert next(pages).items[0].id == "1"
    with pytest.raises(ClosedError):
        next(pages)
    assert len(engine.requests) == 2
    assert engine.clock.slept == [0.25]


# --- interrupted, cancelled ------------------------------------------------------------------------------------------


def test_an_interrupt_while_a_thread_waits_for_a_page_is_not_swallowed_and_loses_nothing():
    class Interrupted(threading.Condition):
        interrupts = 0

        def wait(self, timeout=None):
            if threading.current_thread() is threading.main_thread() and not self.interrupts:
                self.interrupts += 1
                raise KeyboardInterrupt
            return super().wait(timeout)

    r = Reading(2, shut=[2], last=3)
    r.pages._changed = Interrupted()
    assert next(r.pages).items[0].id == "1"
    assert r.server.arrival(2).wait(LONG)
    with pytest.raises(KeyboardInterrupt):
        next(r.pages)
    r.server.let(2)
    assert [one.items[0].id for one in r.pages] == ["2", "3"]
    assert r.server.pages == [1, 2, 3]


def test_an_interrupt_while_a_thread_is_started_loses_no_page(monkeypatch):
    class Interrupted(threading.Thread):
        times = 0

        def start(self):
            type(self).times += 1
            if self.times == 1:
                raise KeyboardInterrupt
            super().start()
            if self.times == 2:
                raise KeyboardInterrupt

    monkeypatch.setattr(ahead.threading, "Thread", Interrupted)
    r = Reading(2, last=3)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            next(r.pages)
    assert [one.items[0].id for one in r.pages] == ["1", "2", "3"]
    assert r.server.pages == [1, 2, 3]


def test_an_interrupt_of_a_thread_that_fetches_is_its_readers():
    r = Reading(2, instead={2: [KeyboardInterrupt()]}, last=2)
    assert next(r.pages).items[0].id == "1"
    with pytest.raises(KeyboardInterrupt):
        next(r.pages)
    assert next(r.pages).items[0].id == "2"


def test_a_reader_that_is_cancelled_while_it_waits_loses_no_page(ours):
    async def story(r):
        assert await r.page() == 1
        await r.until(2)
        async with anyio.create_task_group() as group:
            group.start_soon(r.page)
            await anyio.wait_all_tasks_blocked()
            group.cancel_scope.cancel()
        r.server.let(2)
        assert await r.rest() == [2, 3]
        return r.server.pages

    assert tell(World(ours), story, 2, shut=[2], last=3) == [1, 2, 3]


def test_a_reader_that_is_cancelled_while_it_fetches_asks_again(ours):
    async def story(r):
        async with anyio.create_task_group() as group:
            group.start_soon(r.page)
            await r.until(1)
            group.cancel_scope.cancel()
        r.server.let(1)
        assert await r.rest() == [1, 2]
        return r.server.pages

    assert tell(World(ours), story, 2, shut=[1], last=2) == [1, 1, 2]


def test_a_page_whose_fetching_somebody_cancelled_is_fetched_by_its_reader():
    async def story(r):
        assert await r.page() == 1
        await r.until(2)
        found = []

        async def read():
            found.append(await r.page())

        async with anyio.create_task_group() as group:
            group.start_soon(read)
            await anyio.wait_all_tasks_blocked()
            (behind,) = [task for task in asyncio.all_tasks() if task.get_name() == BEHIND]
            behind.cancel()
            r.server.let(2)
        return found, r.server.asked

    found, asked = tell(World("asyncio"), story, 1, shut=[2])
    assert found == [2]
    assert [(one.page, one.by == BEHIND) for one in asked[:3]] == [(1, False), (2, True), (2, False)]


def cancel_all_others():
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    return {task.get_name() for task in others}


def test_closing_does_not_wait_for_a_task_that_was_cancelled_before_its_first_step(monkeypatch):
    monkeypatch.setattr(ahead, "PATIENCE", LONG)

    async def story(r):
        assert await r.page() == 1
        assert cancel_all_others() == {BEHIND}
        begun = asyncio.get_running_loop().time()
        await r.close()
        assert asyncio.get_running_loop().time() - begun < LONG / 2
        assert r.trail.fetcher is None
        return r.server.pages, ahead._running()

    assert tell(World("asyncio"), story, 2) == ([1], {})


def test_a_reader_goes_on_after_a_task_that_was_cancelled_before_its_first_step():
    async def story(r):
        assert await r.page() == 1
        assert cancel_all_others() == {BEHIND}
        assert await r.page() == 2
        assert await r.rest() == [3, 4]
        return r.server.pages

    assert tell(World("asyncio"), story, 2, last=4) == [1, 2, 3, 4]


def test_a_loop_that_ends_before_anything_is_fetched_ahead_leaves_the_list_to_another(ours):
    kept = []

    async def begin():
        r = AsyncReading(2, last=3)
        kept.append(r)
        assert await r.page() == 1

    anyio.run(begin, backend=ours)
    (r,) = kept
    assert r.trail.fetcher is None

    async def go_on():
        with anyio.fail_after(LONG):
            return await r.rest()

    assert anyio.run(go_on, backend=ours) == [2, 3]


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, ServerError])
def test_whatever_a_task_that_fetches_raises_is_its_readers(ours, error):
    async def story(r):
        assert await r.page() == 1
        await r.quiet()
        assert await r.page() == 2
        with pytest.raises(error):
            await r.page()
        assert await r.rest() == [3, 4]
        return r.server.pages

    bad = {3: [answer(500, {}) if error is ServerError else error()]}
    assert tell(World(ours), story, 2, instead=bad, last=4, retry=NO_RETRY) == [1, 2, 3, 3, 4]


def test_a_hook_that_ends_the_program_ends_it_where_the_list_is_read(ours):
    seen = []

    def hook(response):
        seen.append(response.status)
        if len(seen) == 2:
            raise SystemExit(3)

    async def story(r):
        assert await r.page() == 1
        await r.quiet()
        with pytest.raises(SystemExit) as caught:
            await r.page()
        assert caught.value.code == 3
        return await r.rest()

    assert tell(World(ours), story, 2, last=3, on_response=hook) == [2, 3]


def test_a_loop_that_ends_ends_what_is_fetched_in_it_and_another_goes_on(ours):
    kept = []

    async def begin():
        r = AsyncReading(3, shut=[2], last=3)
        kept.append(r)
        assert await r.page() == 1
        await r.until(2)

    async def go_on():
        r.server.doors.clear()
        return await r.rest()

    anyio.run(begin, backend=ours)
    (r,) = kept
    assert r.server.released == [1, 2]
    assert r.trail.fetcher is None
    assert anyio.run(go_on, backend=ours) == [2, 3]


# --- what it runs in -------------------------------------------------------------------------------------------------


def test_where_no_thread_is_to_be_had_the_reader_fetches_its_pages(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    r = Reading(2, last=3)
    assert [one.items[0].id for one in r.pages] == ["1", "2", "3"]
    assert {one.by for one in r.server.asked} == {threading.current_thread().name}


def test_where_the_loop_takes_no_more_tasks_the_reader_fetches_its_pages(monkeypatch):
    trio = pytest.importorskip("trio")

    def refuse(*_, **__):
        raise RuntimeError("Nursery is closed to new arrivals")

    async def story(r):
        return await r.rest(), {one.by for one in r.server.asked}

    monkeypatch.setattr(trio.lowlevel, "spawn_system_task", refuse)
    found, by = tell(World("trio"), story, 2, last=3)
    assert found == [1, 2, 3]
    assert BEHIND not in by


@contextmanager
def loop_that_raises(monkeypatch, name, error, times):
    """Let the next few tasks that fetch ahead not be started in an event loop."""
    left = [error] * times
    where, attribute = (asyncio.BaseEventLoop, "create_task")
    if name == "trio":
        where, attribute = (pytest.importorskip("trio").lowlevel, "spawn_system_task")
    start = getattr(where, attribute)

    def refuse(*arguments, **named):
        if named.get("name") == BEHIND and left:
            raise left.pop()
        return start(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(where, attribute, refuse)
        yield left


def test_a_task_that_cannot_be_started_loses_no_page(ours, monkeypatch):
    async def story(r):
        with loop_that_raises(monkeypatch, ours, MemoryError, 2) as left:
            for _ in range(2):
                with pytest.raises(MemoryError):
                    await r.page()
                assert r.trail.fetcher is None
                assert ahead._running() == {}
            assert left == []
            assert await r.rest() == [1, 2, 3]
        return r.server.pages

    assert tell(World(ours), story, 2, last=3) == [1, 2, 3]


def test_a_loop_that_takes_no_task_now_leaves_the_page_to_its_reader(ours, monkeypatch):
    async def story(r):
        with loop_that_raises(monkeypatch, ours, RuntimeError, 1) as left:
            assert await r.page() == 1
            assert left == []
            assert r.trail.fetcher is None
            assert await r.rest() == [2, 3, 4]
        return [one.by == BEHIND for one in r.server.asked], ahead._running()

    assert tell(World(ours), story, 2, last=4) == ([False, False, True, True], {})


def test_what_is_fetched_ahead_knows_the_callers_context(world):
    trace, seen = ContextVar("trace", default="none"), []

    async def story(r):
        trace.set("mine")
        await r.rest()

    tell(world, story, 2, last=3, observer=lambda event: seen.append((type(event), trace.get())))
    assert [who for kind, who in seen if kind is CallStarted] == ["mine"] * 3
    assert {who for _, who in seen} == {"mine"}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="loops are eager since 3.12")
def test_a_task_that_ends_before_it_is_awaited_is_forgotten_all_the_same():
    def fetch(cursor):
        def script():
            number = int(cursor or 1)
            return Page((number,), str(number + 1) if number < 9 else None)
            yield

        return flow(script)

    async def read():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        pager = World("asyncio").transport([]).pager(Listing("acme.items", fetch, prefetch=2))
        return [item async for item in pager], ahead._running()

    assert asyncio.run(read()) == (list(range(1, 10)), {})


def test_nothing_is_remembered_of_tasks_that_ended(ours):
    async def story(r):
        await r.rest()
        await r.quiet()
        return ahead._running()

    assert tell(World(ours), story, 3, last=9) == {}


@pytest.mark.parametrize("prefetch", [0, 2])
def test_one_iterator_may_be_read_by_several_threads(prefetch):
    r = Reading(prefetch, last=100)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: [int(one.items[0].id) for one in r.pages], range(8)))

    assert sorted(chain.from_iterable(found)) == list(range(1, 101))
    assert r.server.pages == list(range(1, 101))


@pytest.mark.parametrize("prefetch", [0, 2])
def test_one_iterator_may_be_read_by_several_tasks(ours, prefetch):
    async def story(r):
        found = []

        async def read():
            async for one in r.pages:
                found.append(int(one.items[0].id))
                await anyio.lowlevel.checkpoint()

        async with anyio.create_task_group() as group:
            for _ in range(8):
                group.start_soon(read)
        return sorted(found), r.server.pages

    assert tell(World(ours), story, prefetch, last=50) == (list(range(1, 51)), list(range(1, 51)))


@pytest.mark.parametrize("prefetch", [0, 2])
@pytest.mark.parametrize("bad", [{}, {4: [500]}], ids=["all well", "an error"])
def test_threads_that_share_the_items_get_each_once(prefetch, bad):
    instead = {number: [answer(status, {}) for status in given] for number, given in bad.items()}
    r = Reading(prefetch, last=40, per_page=4, shut=[1], instead=instead, retry=NO_RETRY)
    items, errors = iter(r.pager), []

    def work(_):
        found = []
        while True:
            try:
                for item in items:
                    found.append(int(item.id))  # noqa: PERF401 - kept when an error comes between
            except ServerError as error:
                errors.append(error)
            else:
                return found

    with ThreadPoolExecutor(8) as pool:
        working = [pool.submit(work, number) for number in range(8)]
        assert r.server.arrival(1).wait(LONG)
        r.server.let(1)
        found = [one.result(LONG) for one in working]

    assert sorted(chain.from_iterable(found)) == list(range(1, 161))
    assert len(errors) == len(instead)
    assert sorted(set(r.server.pages)) == list(range(1, 41))
    assert len(r.server.pages) == 40 + len(instead)


@pytest.mark.parametrize("prefetch", [0, 2])
def test_threads_that_wait_for_an_item_are_served_from_the_same_pages(prefetch):
    r = Reading(prefetch, last=4, per_page=4, shut=[1])
    items, ready = iter(r.pager), threading.Barrier(7)

    def take(_):
        ready.wait(LONG)
        return int(next(items).id)

    with ThreadPoolExecutor(6) as pool:
        taking = [pool.submit(take, number) for number in range(6)]
        ready.wait(LONG)
        assert r.server.arrival(1).wait(LONG)
        r.server.let(1)
        found = sorted(one.result(LONG) for one in taking)

    assert found == [1, 2, 3, 4, 5, 6]
    if not prefetch:
        assert r.server.pages == [1, 2]
    assert [int(item.id) for item in items] == list(range(7, 17))
    assert r.server.pages == [1, 2, 3, 4]


@pytest.mark.parametrize("prefetch", [0, 2])
@pytest.mark.parametrize("bad", [{}, {4: [500]}], ids=["all well", "an error"])
def test_tasks_that_share_the_items_get_each_once(ours, prefetch, bad):
    instead = {number: [answer(status, {}) for status in given] for number, given in bad.items()}

    async def story(r):
        items, found, errors = aiter(r.pager), [], []

        async def work():
            while True:
                try:
                    async for item in items:
                        found.append(int(item.id))
                        await anyio.lowlevel.checkpoint()
                except ServerError as error:
                    errors.append(error)
                else:
                    return

        with anyio.fail_after(LONG):
            async with anyio.create_task_group() as group:
                for _ in range(3):
                    group.start_soon(work)
        assert found == list(range(1, 81))
        assert len(errors) == len(instead)
        return r.server.pages

    pages = tell(World(ours), story, prefetch, last=20, per_page=4, instead=instead, retry=NO_RETRY)
    assert pages == sorted([*range(1, 21), *bad])


def test_those_who_wait_for_an_item_are_served_from_one_page(ours):
    async def story(r):
        items, found = aiter(r.pager), []

        async def take():
            found.append(int((await anext(items)).id))

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(take)
            await anyio.wait_all_tasks_blocked()
            r.server.let(1)
        return sorted(found), r.server.pages

    assert tell(World(ours), story, 0, per_page=4, shut=[1]) == ([1, 2, 3], [1])


def test_a_task_that_is_cancelled_while_it_fetches_for_others_leaves_it_to_them(ours):
    async def story(r):
        items, found = aiter(r.pager), []

        async def take():
            found.append(int((await anext(items)).id))

        async with anyio.create_task_group() as group:
            first = anyio.CancelScope()

            async def cancelled():
                with first:
                    await take()

            group.start_soon(cancelled)
            await r.until(1)
            group.start_soon(take)
            group.start_soon(take)
            await anyio.wait_all_tasks_blocked()
            first.cancel()
            r.server.doors.pop(1)
        return sorted(found), r.server.pages

    assert tell(World(ours), story, 0, per_page=4, shut=[1]) == ([1, 2], [1, 1])


# --- within the pace -------------------------------------------------------------------------------------------------


def test_what_is_fetched_ahead_keeps_the_pace(world):
    quota = Quota(6, per=60.0)
    at = account()
    at.pace = Pace([quota])

    async def story(r):
        assert await r.rest() == list(range(1, 24))
        return [one.at for one in r.server.asked]

    times = tell(world, story, 4, at=at, last=23)
    assert len(times) == 23
    assert max(sum(began <= at < began + quota.per for at in times) for began in times) == quota.usable == 5


# --- the number ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [0, 1, 20])
def test_a_number_of_pages_is_taken(value):
    assert checked_prefetch(value) == value


@pytest.mark.parametrize(
    ("value", "error"),
    [(-1, ValueError), (21, ValueError), (True, TypeError), ("2", TypeError), (2.0, TypeError), (None, TypeError)],
)
def test_anything_else_is_refused_by_name(value, error):
    with pytest.raises(error, match=r"^prefetch must be"):
        checked_prefetch(value)
