"""Lazy lists: pages are fetched while they are read, once each, and can be resumed."""

import pytest
from core_support import BASE, answer, flow, list_visits, page

from apptsdk.errors import NoResultError, ResponseUnreadableError, ServerError
from apptsdk.operation import Listing, Page
from apptsdk.retry import NO_RETRY

SECOND = f"{BASE}/visits?page=2"
THIRD = f"{BASE}/visits?page=3"


def pager(world, answers, listing=None, **options):
    return world.transport(answers, **options).pager(listing or list_visits())


def urls(world):
    return [request.url for request in world.engine.requests]


def ids(visits):
    return [visit.id for visit in visits]


def test_all_items_of_all_pages_come_in_order(world):
    visits = pager(world, [page("1", "2", follow=SECOND), page("3", follow=THIRD), page("4")])

    assert ids(world.read(visits)) == ["1", "2", "3", "4"]
    assert urls(world) == [f"{BASE}/visits", SECOND, THIRD]


def test_nothing_is_fetched_before_it_is_read(world):
    visits = pager(world, [page("1")])

    assert repr(visits).endswith("Pager acme.visits.list>")
    assert urls(world) == []


def test_an_empty_page_with_a_next_link_goes_on(world):
    visits = pager(world, [page(follow=SECOND), page(follow=THIRD), page("1")])

    assert ids(world.read(visits)) == ["1"]


def test_no_items_at_all_are_an_empty_list(world):
    assert world.read(pager(world, [page()])) == []


def test_every_loop_begins_afresh(world):
    visits = pager(world, [page("1"), page("1")])

    assert ids(world.read(visits)) == ids(world.read(visits)) == ["1"]
    assert len(urls(world)) == 2


def test_leaving_a_loop_asks_for_no_further_page(world):
    visits = pager(world, [page("1", "2", follow=SECOND)])
    if world.is_sync:
        for visit in visits:
            assert visit.id == "1"
            break
    else:

        async def leave():
            async for visit in visits:
                assert visit.id == "1"
                break

        world.call(leave)
    assert len(urls(world)) == 1


def test_the_first_item_takes_only_the_pages_it_must(world):
    visits = pager(world, [page(follow=SECOND), page("1", follow=THIRD)])

    assert world.call(visits.first).id == "1"
    assert urls(world) == [f"{BASE}/visits", SECOND]


def test_without_a_first_item_there_is_an_error_or_a_default(world):
    visits = pager(world, [page()] * 4)

    with pytest.raises(NoResultError, match="first\\(default=None\\)") as caught:
        world.call(visits.first)
    assert (caught.value.provider, caught.value.operation) == ("acme", "acme.visits.list")
    assert isinstance(caught.value, LookupError)
    assert world.call(visits.first, default=None) is None
    assert world.call(visits.first, default="none") == "none"


def test_pages_have_their_cursor_and_a_saved_one_resumes(world):
    first, second = world.read(pager(world, [page("1", follow=SECOND), page("2")]).pages())
    assert (ids(first.items), first.cursor) == (["1"], SECOND)
    assert (ids(second.items), second.cursor) == (["2"], None)

    resumed = pager(world, [page("2", follow=THIRD), page("3")], list_visits(cursor=first.cursor))
    assert ids(world.read(resumed)) == ["2", "3"]
    assert urls(world) == [SECOND, THIRD]


@pytest.mark.parametrize(
    ("follows", "good"),
    [
        pytest.param([SECOND, SECOND], ["1", "2"], id="to itself"),
        pytest.param([SECOND, THIRD, SECOND], ["1", "2", "3"], id="in a circle"),
    ],
)
def test_pages_that_go_in_a_circle_end_with_an_error(world, follows, good):
    pages = [page(str(number), follow=link) for number, link in enumerate(follows, 1)]
    visits = iter(pager(world, pages).pages()) if world.is_sync else pager(world, pages).pages()
    step = visits.__next__ if world.is_sync else visits.__anext__

    assert [world.call(step).items[0].id for _ in good] == good
    with pytest.raises(ResponseUnreadableError, match="in a circle"):
        world.call(step)
    assert len(urls(world)) == len(good)


def test_after_an_error_the_same_page_is_asked_for_again(world):
    answers = [page("1", follow=SECOND), answer(500, {}), page("2")]
    pages = pager(world, answers, retry=NO_RETRY).pages()
    step = pages.__next__ if world.is_sync else pages.__anext__

    assert ids(world.call(step).items) == ["1"]
    with pytest.raises(ServerError):
        world.call(step)
    assert ids(world.call(step).items) == ["2"]
    assert urls(world) == [f"{BASE}/visits", SECOND, SECOND]
    assert world.read(pages) == []


def test_a_link_elsewhere_ends_the_list_and_nothing_goes_there(world):
    visits = pager(world, [page("1", follow="https://evil.example/v1/visits")])

    with pytest.raises(ResponseUnreadableError, match="leads away"):
        world.read(visits)
    assert urls(world) == [f"{BASE}/visits"]


def test_one_page_is_held_at_a_time(world):
    alive = []

    class Item:
        def __init__(self):
            alive.append(1)

        def __del__(self):
            alive.pop()

    made = iter(range(1, 101))

    def fetch(cursor):
        def script():
            number = next(made)
            assert len(alive) <= 20
            return Page(tuple(Item() for _ in range(10)), str(number) if number < 100 else None)
            yield

        return flow(script)

    visits = world.transport([]).pager(Listing("acme.items", fetch))
    if world.is_sync:
        assert sum(1 for _ in visits) == 1000
    else:

        async def count():
            return sum([1 async for _ in visits])

        assert world.call(count) == 1000


def test_a_total_is_told_where_the_provider_tells_it():
    assert Page(("a",), total=7).total == 7
    assert Page(()).total is None
