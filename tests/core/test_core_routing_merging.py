"""Lists of several providers as one: in the order of their start, asked at the same time, and no more than is read."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

import anyio
import attrs
import pytest
from core_support import World, answer
from scheduling_support import (
    KNOWN,
    SPAN,
    START,
    AcmeScheduling,
    asked_of,
    at,
    joint,
    member,
    members,
    provider_of,
    slots,
    visits,
)

from apptsdk import routing
from apptsdk.errors import (
    ClosedError,
    NoAnswerError,
    NotFoundError,
    ProviderWarning,
    ResponseUnreadableError,
    ServerError,
)
from apptsdk.http import NoAnswer
from apptsdk.operation import Page
from apptsdk.options import Options
from apptsdk.retry import NO_RETRY
from apptsdk.routing import Members

NAMES = ("acme", "beta", "gamma")
NotFound = answer(404, {})


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    """Have the made-up providers among those that there are."""
    monkeypatch.setattr(routing, "PROVIDERS", KNOWN)


def found_at(some, **options):
    return routing.find_slots(some, **SPAN, **options)


def pager(world, *names, some=None, patience=5.0, on_error="raise", **answers):
    transport = joint(world, **answers)
    return transport.pager(found_at(some or members(*names), patience=patience, on_error=on_error))


def racing(world, *names, some=None, on_error="raise", **answers):
    listing = found_at(some or members(*names), order="arrival", on_error=on_error)
    return joint(world, **answers).pager(listing)


def impatient(*names):
    """Make members that ask once."""
    return Members({name: member(name, options=Options(retry=NO_RETRY)) for name in names})


def told(items):
    """Say what was found: whose, and how many minutes after the start."""
    return [(one.provider, (one.start - START).total_seconds() / 60) for one in items]


def pages(world, pager, most=99):
    """Read so many pages."""
    if world.is_sync:
        return list(islice(pager.pages(), most))

    async def some():
        found = []
        async for page in pager.pages():
            found.append(page)
            if len(found) == most:
                break
        return found

    return anyio.run(some, backend=world.name)


def refuse(thread):
    raise RuntimeError("can't start new thread")


def on(world, story):
    """Play a story, which awaits nothing where the world is sync."""
    if not world.is_sync:
        anyio.run(story, backend=world.name)
        return
    coroutine = story()
    with pytest.raises(StopIteration):
        coroutine.send(None)


def take(world, pager, count):
    """Read so many items, and stop."""
    if world.is_sync:
        return list(islice(pager, count))

    async def some():
        found = []
        async for item in pager:
            found.append(item)
            if len(found) == count:
                break
        return found

    return anyio.run(some, backend=world.name)


# --- order -----------------------------------------------------------------------------------------------------------

A, B, C = NAMES
# label: the pages of each, what is found
MERGED = {
    "one provider": ({A: [[0, 30], [60]]}, [(A, 0), (A, 30), (A, 60)]),
    "two by turns": ({A: [[0, 30]], B: [[15, 45]]}, [(A, 0), (B, 15), (A, 30), (B, 45)]),
    "one after the other": ({A: [[60, 90]], B: [[0, 30]]}, [(B, 0), (B, 30), (A, 60), (A, 90)]),
    "pages of other sizes": (
        {A: [[0], [10], [20], [30]], B: [[5, 15, 25, 35]]},
        [(A, 0), (B, 5), (A, 10), (B, 15), (A, 20), (B, 25), (A, 30), (B, 35)],
    ),
    "empty pages in between": (
        {A: [[], [], [10], [], [30]], B: [[0], [], [20]]},
        [(B, 0), (A, 10), (B, 20), (A, 30)],
    ),
    "empty pages at the end": ({A: [[0], [], []], B: [[], [5], []]}, [(A, 0), (B, 5)]),
    "one has nothing": ({A: [[]], B: [[0], [30]]}, [(B, 0), (B, 30)]),
    "one ends early": ({A: [[0]], B: [[10], [20], [30]]}, [(A, 0), (B, 10), (B, 20), (B, 30)]),
    "nobody has anything": ({A: [[]], B: [[], []]}, []),
    "the same time": ({A: [[0, 30]], B: [[0, 30]]}, [(A, 0), (B, 0), (A, 30), (B, 30)]),
    "three": (
        {A: [[0, 60], [120]], B: [[30], [90, 150]], C: [[], [15, 75, 135]]},
        [(A, 0), (C, 15), (B, 30), (A, 60), (C, 75), (B, 90), (A, 120), (C, 135), (B, 150)],
    ),
}


def answers_of(lists, page=slots):
    """Make the answers of each, and let each page lead to the next."""
    return {
        name: [page(*one, follow=str(index + 1) if index + 1 < len(many) else None) for index, one in enumerate(many)]
        for name, many in lists.items()
    }


def test_pages_that_go_in_a_circle_are_an_error_and_no_endless_loop(world):
    circle = [slots(follow="1"), slots(0, follow="2"), slots(follow="1"), *[slots(follow="2")] * 9]
    with pytest.raises(ResponseUnreadableError, match=r"acme\.slots\.list: The pages go in a circle"):
        world.read(pager(world, A, B, **{A: circle, B: [slots(30)]}))


@pytest.mark.parametrize(("lists", "expected"), MERGED.values(), ids=MERGED)
def test_all_of_them_come_in_the_order_of_their_start(world, lists, expected):
    found = world.read(pager(world, *lists, **answers_of(lists)))

    assert told(found) == expected
    assert world.engine.asked() == {name: len(many) for name, many in lists.items()}  # each page once


@pytest.mark.parametrize(("lists", "expected"), MERGED.values(), ids=MERGED)
def test_so_do_appointments(lists, expected):
    world = World("threads")
    listing = routing.list_appointments(members(*lists), **SPAN)
    found = world.read(joint(world, **answers_of(lists, visits)).pager(listing))

    assert told(found) == expected


@pytest.mark.parametrize("seed", range(30))
def test_whatever_the_pages_are_like_nothing_is_lost_doubled_or_out_of_order(seed):
    draw = Random(seed)
    lists = {}
    for name in NAMES[: draw.randint(1, 3)]:
        times = sorted(draw.sample(range(1000), draw.randint(0, 20)))
        cuts = sorted(draw.choices(range(len(times) + 1), k=draw.randint(0, 6)))
        lists[name] = [times[one:two] for one, two in zip([0, *cuts], [*cuts, len(times)], strict=True)]
    world = World("threads")
    found = told(world.read(pager(world, *lists, **answers_of(lists))))

    assert [minutes for _, minutes in found] == sorted(minutes for _, minutes in found)
    assert sorted(found) == sorted((name, one) for name, many in lists.items() for page in many for one in page)


def test_a_page_is_what_is_certain_to_come_next(world):
    some = pages(world, pager(world, A, B, **answers_of({A: [[0, 30], [60]], B: [[10, 20], [40, 50]]})))

    assert [told(page.items) for page in some] == [
        [(A, 0), (B, 10), (B, 20)],
        [(A, 30)],
        [(B, 40), (B, 50), (A, 60)],
    ]
    assert some[-1].cursor is None
    assert all(isinstance(page, Page) for page in some)


def test_a_time_is_compared_as_a_moment_whatever_its_zone_is(world):
    def abroad(request):
        return answer(body={"slots": [{"starts_at": "2026-03-03T20:10:00+11:00"}], "next": None})

    found = world.read(pager(world, A, B, acme=[slots(0, 30)], beta=[abroad]))

    assert told(found) == [(A, 0), (B, 10), (A, 30)]


def test_an_hour_that_comes_twice_is_no_disorder(monkeypatch):
    """Two times of one zone compare by what the clock shows: in that hour, this is not their order."""
    sydney, plain = ZoneInfo("Australia/Sydney"), AcmeScheduling.slot
    monkeypatch.setattr(
        AcmeScheduling,
        "slot",
        lambda self, found: attrs.evolve(plain(self, found), start=found.starts_at.astimezone(sydney)),
    )

    def at_night(*times):
        return answer(body={"slots": [{"starts_at": f"2026-04-04T{one}:00Z"} for one in times], "next": None})

    found = list(pager(World("threads"), A, B, acme=[at_night("15:30", "16:30")], beta=[at_night("15:45", "16:15")]))

    assert [f"{one.start:%H:%M}" for one in found] == ["02:30", "02:45", "02:15", "02:30"]
    assert [one.provider for one in found] == [A, B, B, A]


# --- what is asked, and when -----------------------------------------------------------------------------------------


def test_the_first_pages_are_asked_for_at_the_same_time(world):
    some = pager(world, *NAMES, acme=[slots(0)], beta=[slots(10)], gamma=[slots(20)])
    world.engine.meet = 3  # none is answered before all three have asked

    assert told(world.read(some)) == [(A, 0), (B, 10), (C, 20)]
    assert world.engine.together == 3


def test_only_who_has_nothing_left_to_compare_is_asked_again(world):
    answers = {"acme": [slots(0, 10, 20, 100)], "beta": [slots(5, follow="b"), slots(15, follow="c"), slots(25)]}
    found = world.read(pager(world, A, B, **answers))

    assert told(found) == [(A, 0), (B, 5), (A, 10), (B, 15), (A, 20), (B, 25), (A, 100)]
    assert [provider_of(one) for one in world.engine.requests][2:] == [B, B]
    assert [asked_of(one).get("cursor") for one in world.engine.of(B)] == [None, ["b"], ["c"]]


@pytest.mark.parametrize(("count", "asked"), [(1, 2), (3, 2), (4, 3)])
def test_who_stops_reading_asks_for_no_more(world, count, asked):
    answers = answers_of({A: [[0, 30], [60]], B: [[10, 20], [40, 50]]})
    found = take(world, pager(world, A, B, **answers), count)

    assert len(found) == count
    assert len(world.engine.requests) == asked


def test_the_first_one_takes_no_more_than_the_first_pages(world):
    some = pager(world, A, B, **answers_of({A: [[10], [60]], B: [[0], [40]]}))
    first = world.call(some.first)

    assert told([first]) == [(B, 0)]
    assert world.engine.asked() == {A: 1, B: 1}


def test_there_may_be_no_first_one(world):
    assert world.call(pager(world, A, B, acme=[slots()], beta=[slots()]).first, default=None) is None


def test_making_a_list_asks_nobody(world):
    pager(world, A, B)

    assert world.engine.requests == []


# --- read more than once ---------------------------------------------------------------------------------------------


def test_it_can_be_read_twice(world):
    some = pager(world, A, B, acme=[slots(0), slots(0)], beta=[slots(10), slots(10)])

    assert told(world.read(some)) == told(world.read(some)) == [(A, 0), (B, 10)]


def test_two_readers_at_once_do_not_disturb_one_another():
    """Every reader is given its own pages: those of one world are enough, where nothing happens by chance."""
    world = World("threads")
    lists = {A: [[0, 30], [60, 90]], B: [[10, 20], [40, 50], [70]]}
    doubled = {name: [one for one in many for _ in range(2)] for name, many in answers_of(lists).items()}
    some = pager(world, A, B, **doubled)
    one, two = iter(some), iter(some)
    found = [(next(one), next(two)) for _ in range(9)]

    assert [told(pair) for pair in found] == [
        [single, single] for single in [(A, 0), (B, 10), (B, 20), (A, 30), (B, 40), (B, 50), (A, 60), (B, 70), (A, 90)]
    ]
    assert list(one) == list(two) == []


def test_eight_threads_that_share_a_reader_get_each_item_once():
    world = World("threads")
    lists = {A: [list(range(i, i + 100, 10)) for i in range(0, 500, 100)], B: [[i] for i in range(5, 500, 10)]}
    items = iter(pager(world, A, B, **answers_of(lists)))

    def drain():
        return list(items)

    with ThreadPoolExecutor(8) as pool:
        found = [one for many in pool.map(lambda _: drain(), range(8)) for one in many]

    assert sorted(told(found)) == sorted((name, one) for name, many in lists.items() for page in many for one in page)


def test_eight_threads_with_a_reader_each_get_all():
    lists = {A: [[0, 30], [60]], B: [[10], [40, 70]]}

    class Fresh:
        """Answers by what is asked, as often as it is asked."""

        def send(self, request, timeout):
            number = int(asked_of(request).get("cursor", ["0"])[0])
            return answers_of(lists)[provider_of(request)][number]

        def close(self):
            """Nothing was opened."""

    transport = joint(World("threads")).over(Fresh())
    some = transport.pager(found_at(members(A, B)))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: told(list(some)), range(16)))

    assert found == [[(A, 0), (B, 10), (A, 30), (B, 40), (A, 60), (B, 70)]] * 16


def test_a_cursor_of_another_list_is_refused():
    listing = found_at(members(A, B))
    for cursor in ("1", "0", "canary"):
        with pytest.raises(ValueError, match=r"^cursor is not the \.cursor of a page of this list\.$"):
            listing.page(cursor)


# --- errors ----------------------------------------------------------------------------------------------------------


def test_an_error_is_raised_as_it_is(world):
    with pytest.raises(NotFoundError) as caught:
        world.read(pager(world, A, B, acme=[slots(0)], beta=[answer(404, {})]))

    assert (caught.value.provider, caught.value.operation) == (B, "beta.slots.list")


def test_after_an_error_the_same_page_is_asked_for_again(world):
    some = pager(
        world,
        some=impatient(A, B),
        acme=[slots(0, follow="b"), slots(30), slots(30)],
        beta=[slots(5, follow="b"), answer(503, {}), slots(40)],
    )
    reader = iter(some) if world.is_sync else aiter(some)

    async def story():
        found, errors = [], 0
        while True:
            try:
                found.append(next(reader) if world.is_sync else await anext(reader))
            except ServerError:
                errors += 1
            except (StopIteration, StopAsyncIteration):
                return found, errors

    if world.is_sync:
        coroutine = story()
        with pytest.raises(StopIteration) as ended:
            coroutine.send(None)
        found, errors = ended.value.value
    else:
        found, errors = anyio.run(story, backend=world.name)

    assert (told(found), errors) == ([(A, 0), (B, 5), (A, 30), (B, 40)], 1)
    assert world.engine.asked()[B] == 3


def test_a_failed_one_is_left_out_with_a_warning_where_that_is_said(world):
    some = pager(world, some=impatient(A, B), on_error="warn", acme=[slots(0, 30)], beta=[answer(500, {})])
    with pytest.warns(ProviderWarning) as caught:
        found = world.read(some)

    assert told(found) == [(A, 0), (A, 30)]
    assert [str(one.message) for one in caught] == ["beta is left out: beta.slots.list: 500 Internal Server Error"]


def test_one_that_fails_later_is_left_out_from_there_on(world):
    some = pager(
        world,
        some=impatient(A, B),
        on_error="warn",
        acme=[slots(0, follow="b"), slots(20)],
        beta=[slots(10, follow="b"), NoAnswer("cut")],
    )
    with pytest.warns(ProviderWarning, match=r"^beta is left out: beta\.slots\.list got no answer: cut\.$") as caught:
        found = world.read(some)

    assert told(found) == [(A, 0), (B, 10), (A, 20)]
    assert len(caught) == 1


@pytest.mark.parametrize("read", [pager, racing], ids=["in order", "as it arrives"])
def test_where_all_are_left_out_that_is_an_error_and_no_empty_list(world, read):
    some = read(world, some=impatient(A, B), on_error="warn", acme=[answer(500, {})], beta=[answer(500, {})])
    with pytest.warns(ProviderWarning) as caught, pytest.raises(ServerError):
        world.read(some)

    assert len(caught) == 2


@pytest.mark.parametrize("read", [pager, racing], ids=["in order", "as it arrives"])
def test_who_gave_a_page_was_asked_even_if_it_is_empty(world, read):
    some = read(world, some=impatient(A, B), on_error="warn", acme=[slots()], beta=[answer(500, {})])
    with pytest.warns(ProviderWarning):
        assert world.read(some) == []


def test_one_provider_alone_has_all_the_time_of_its_client(world):
    some = pager(world, A, patience=0.05, acme=[slots(0)])
    world.engine.held = {A}
    threading.Timer(0.2, world.engine.let_go).start()

    assert told(world.read(some)) == [(A, 0)]


def test_nothing_is_kept_for_who_stops_reading(world):
    listing = found_at(members(A, B))
    answers = answers_of({A: [[0, 30], [60]], B: [[10, 20], [40, 50]]})
    some = joint(world, **{name: many * 5 for name, many in answers.items()}).pager(listing)
    (first,) = pages(world, some, most=1)
    gone = weakref.ref(first.cursor)
    del first
    gc.collect()

    assert gone() is None


def test_a_page_can_be_asked_for_again(world):
    listing = found_at(members(A, B))
    transport = joint(world, **{A: [slots(0, follow="b"), slots(60), slots(60)], B: [slots(90)]})
    (first,) = pages(world, transport.pager(listing), most=1)

    for _ in range(2):
        assert told(world.on(transport, listing.page(first.cursor)).items) == [(A, 60), (B, 90)]


def test_the_warning_is_at_the_readers_line():
    world = World("threads")
    some = pager(world, some=impatient(A, B), on_error="warn", acme=[slots(0)], beta=[answer(500, {})])
    with pytest.warns(ProviderWarning) as caught:
        list(some)

    assert [one.filename for one in caught] == [__file__]


def test_a_defect_is_never_only_a_warning(world):
    with pytest.raises(ZeroDivisionError):
        world.read(pager(world, A, B, on_error="warn", acme=[slots(0)], beta=[ZeroDivisionError()]))


# --- patience --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("late", [A, B])
def test_a_late_one_is_an_error(world, late):
    some = pager(world, A, B, patience=0.1, acme=[slots(0)], beta=[slots(10)])
    world.engine.held = {late}
    with pytest.raises(NoAnswerError) as caught:
        world.read(some)
    world.engine.let_go()

    assert (
        str(caught.value)
        == f"{late}.slots.list did not answer within 0.1 s (patience), waits for the rate limit included."
    )
    assert (caught.value.provider, caught.value.operation) == (late, f"{late}.slots.list")


def test_a_late_one_is_left_out_with_a_warning_where_that_is_said(world):
    some = pager(world, A, B, patience=0.1, on_error="warn", acme=[slots(0, 30)], beta=[slots(10)])
    world.engine.held = {B}
    with pytest.warns(ProviderWarning, match=r"^beta is left out: beta\.slots\.list did not answer within 0\.1 s"):
        found = world.read(some)
    world.engine.let_go()

    assert told(found) == [(A, 0), (A, 30)]


def test_who_answers_in_time_is_not_waited_for_longer(world):
    some = pager(world, A, B, patience=600, acme=[slots(0)], beta=[slots(10)])

    assert told(world.read(some)) == [(A, 0), (B, 10)]


# --- memory ----------------------------------------------------------------------------------------------------------


def test_what_was_read_is_not_kept():
    world = World("threads")
    number = 60
    lists = {A: [[i * 10, i * 10 + 1] for i in range(number)], B: [[i * 10 + 5] for i in range(number)]}
    some = pager(world, A, B, **answers_of(lists))
    alive = weakref.WeakSet()
    for item in some:
        alive.add(item.native)
    del item
    gc.collect()

    assert len(alive) < 20


def test_the_order_is_by_start_and_the_span_is_told_to_each(world):
    world.read(pager(world, A, B, acme=[slots()], beta=[slots()]))

    assert {provider_of(one): asked_of(one)["start"] for one in world.engine.requests} == {
        name: [at(0).isoformat()] for name in (A, B)
    }


# --- in the order of arrival -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lists", "expected"), MERGED.values(), ids=MERGED)
def test_what_arrives_in_any_order_is_all_there_and_each_page_is_asked_for_once(world, lists, expected):
    found = told(world.read(racing(world, *lists, **answers_of(lists))))

    assert sorted(found) == sorted(expected)
    for name in lists:
        assert [one for one in found if one[0] == name] == [one for one in expected if one[0] == name]
    assert world.engine.asked() == {name: len(many) for name, many in lists.items()}


def test_so_do_appointments_that_arrive(world):
    listing = routing.list_appointments(members(A, B), **SPAN, order="arrival")
    found = world.read(joint(world, **answers_of({A: [[0], [60]], B: [[30]]}, visits)).pager(listing))

    assert sorted(told(found)) == [(A, 0), (A, 60), (B, 30)]


def test_a_slow_one_keeps_nobody_waiting(world):
    some = racing(world, A, B, **answers_of({A: [[100]], B: [[10], [20], [30]]}))
    world.engine.held = {A}
    reader = iter(some) if world.is_sync else aiter(some)

    async def story():
        found = [next(reader) if world.is_sync else await anext(reader) for _ in range(3)]
        assert told(found) == [(B, 10), (B, 20), (B, 30)]  # all of it, before the other has answered
        world.engine.let_go()
        rest = list(reader) if world.is_sync else [one async for one in reader]
        assert told(rest) == [(A, 100)]

    on(world, story)


def test_all_that_race_are_asked_at_the_same_time(world):
    some = racing(world, *NAMES, acme=[slots(0)], beta=[slots(10)], gamma=[slots(20)])
    world.engine.meet = 3  # none is answered before all three have asked

    assert len(world.read(some)) == 3
    assert world.engine.together == 3


def test_the_first_to_arrive_is_enough_for_who_wants_one(world):
    some = racing(world, A, B, acme=[slots(0)], beta=[slots(10)])
    world.engine.held = {A}

    async def story():
        first = some.first() if world.is_sync else await some.first()
        world.engine.let_go()
        assert told([first]) == [(B, 10)]

    on(world, story)


def test_who_stops_reading_what_arrives_has_asked_for_a_page_of_each_too_many():
    world = World("threads")
    lists = {A: [[0], [1], [2], [3], [4]], B: [[5], [6], [7], [8], [9]]}
    items = iter(racing(world, A, B, **answers_of(lists)))
    next(items)
    gone = weakref.ref(items)
    del items
    gc.collect()

    assert gone() is None
    assert all(asked <= 3 for asked in world.engine.asked().values())


def test_the_page_that_arrives_last_says_so(world):
    some = pages(world, racing(world, A, B, **answers_of({A: [[0], [1]], B: [[2], [3]]})))

    assert [page.cursor is None for page in some] == [False, False, False, True]


def test_an_error_of_one_that_races_is_raised_in_its_turn_and_the_others_go_on(world):
    answers = {"acme": [slots(0, follow="b"), NotFound, slots(20)], "beta": [slots(10)]}
    some = racing(world, some=impatient(A, B), **answers)
    reader = iter(some) if world.is_sync else aiter(some)

    async def story():
        found, errors = [], []
        while True:
            try:
                found.append(next(reader) if world.is_sync else await anext(reader))
            except NotFoundError as error:
                errors.append(error.provider)
            except (StopIteration, StopAsyncIteration):
                break
        assert (sorted(told(found)), errors) == ([(A, 0), (A, 20), (B, 10)], [A])

    on(world, story)


def test_one_that_races_and_fails_is_left_out_with_a_warning_at_the_readers_line(world):
    some = racing(world, some=impatient(A, B), on_error="warn", acme=[slots(0, 30)], beta=[answer(500, {})])
    with pytest.warns(ProviderWarning) as caught:
        found = world.read(some)

    assert told(found) == [(A, 0), (A, 30)]
    assert [str(one.message) for one in caught] == ["beta is left out: beta.slots.list: 500 Internal Server Error"]


def test_a_defect_in_one_that_races_is_never_only_a_warning(world):
    with pytest.raises(ZeroDivisionError):
        world.read(racing(world, A, B, on_error="warn", acme=[slots(0)], beta=[ZeroDivisionError()]))


def test_pages_in_a_circle_end_a_race_too(world):
    circle = [slots(follow="1"), slots(0, follow="2"), slots(follow="1"), *[slots(follow="2")] * 9]
    with pytest.raises(ResponseUnreadableError, match=r"acme\.slots\.list: The pages go in a circle"):
        world.read(racing(world, A, B, acme=circle, beta=[slots(30)]))


def test_it_races_without_threads_where_none_are_to_be_had(monkeypatch):
    world, lists = World("threads"), {A: [[0], [1]], B: [[2], [3]]}
    monkeypatch.setattr(threading.Thread, "start", refuse)
    answers = answers_of(lists) | {C: [answer(500, {})]}
    some = racing(world, some=impatient(*NAMES), on_error="warn", **answers)
    with pytest.warns(ProviderWarning, match="gamma is left out"):
        found = told(list(some))

    assert sorted(found) == [(A, 0), (A, 1), (B, 2), (B, 3)]


def test_an_order_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match=r"^order must be 'start' or 'arrival'\.$"):
        found_at(members(A, B), order="end")


def test_a_closed_client_races_no_more(world):
    transport = joint(world, acme=[slots(0)], beta=[slots(1)])
    some = transport.pager(found_at(members(A, B), order="arrival"))
    transport.life.closed = True
    with pytest.raises(ClosedError):
        world.read(some)
    assert world.engine.requests == []
