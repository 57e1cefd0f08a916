"""Lists: by cursor and by number, how many rows a page holds, where a list resumes, and which cursors are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import attrs
import pytest
from nexhealth_support import BOTH, HOST, NOW, answer, asked, rows, settings

from apptsdk import NexHealth, NoResultError, ResponseUnreadableError
from apptsdk.sandbox import Sandbox

WINDOW = {"start": NOW, "end": datetime(2031, 4, 15, 14, tzinfo=UTC)}
SECOND = settings(api_version="v2")


def numbered(*items, count):
    return answer(list(items), count=count)


def pages_of(vendor, *names):
    return [tuple(dict(one.query).get(name) for name in names) for one in vendor.seen]


# --- how many rows ---------------------------------------------------------------------------------------------------

PAGED = {
    "appointments.list": WINDOW,
    "operatories.list": {},
    "patient_recalls.list": {},
    "patients.list": {},
    "providers.list": {},
    "working_hours.list": {},
}


@pytest.mark.parametrize("verb", [*PAGED, "working_hour_labels.list"])
@pytest.mark.parametrize("size", [None, 1, 1000])
def test_every_page_says_how_many_rows_it_wants(size, verb, vendor):
    vendor.answers(rows({"id": 1}, follow="QUFB") if not verb.startswith(("app", "working")) else rows(), rows())
    given = {} if size is None else {"per_page": size}
    vendor.tell(lambda c: c.collect(c.list(verb, **PAGED.get(verb, {}), **given)))
    assert {size for (size,) in pages_of(vendor, "per_page")} == {str(size or 200)}


@pytest.mark.parametrize("verb", PAGED)
@pytest.mark.parametrize("size", [None, 1, 300])
def test_every_page_of_v2_says_so_too(size, verb, vendor):
    vendor.answers(numbered(count=0))
    given = {} if size is None else {"per_page": size}
    vendor.tell(lambda c: c.collect(c.list(verb, **PAGED[verb], **given)), SECOND)
    assert pages_of(vendor, "page", "per_page") == [("1", str(size or 100))]


@pytest.mark.parametrize(
    ("name", "bad"), [*(("v3.0.0", bad) for bad in (0, -1, 1001)), *(("v2", bad) for bad in (0, 301, 1000))]
)
def test_a_page_of_too_few_or_too_many_is_refused_with_its_bounds(name, bad, vendor):
    most = 300 if name == "v2" else 1000

    async def story(c):
        with pytest.raises(ValueError, match=rf"^per_page must be from 1 to {most}, not {bad}\.$"):
            c.list("patients.list", per_page=bad)

    vendor.tell(story, settings(api_version=name))
    assert vendor.feed.requests == []


@pytest.mark.parametrize("bad", ["5", 5.0, True, None.__class__])
def test_a_page_size_that_is_no_number_is_refused(bad, vendor):
    async def story(c):
        with pytest.raises(TypeError, match=r"^per_page must be an int"):
            c.list("patients.list", per_page=bad)

    vendor.tell(story)


WHOLE = {
    "institutions.list": (),
    "locations.list": (),
    "locations.descriptors": (41,),
    "appointment_types.list": (),
    "appointment_types.descriptors": (12,),
    "appointments.descriptors": (5,),
    "recall_types.list": (),
    "sync_status.list": (),
    "patient_alerts.list": (9001,),
    "webhook_endpoints.list": (),
    "webhook_subscriptions.list": (3,),
}


@pytest.mark.parametrize("verb", WHOLE)
@pytest.mark.parametrize("name", BOTH)
def test_a_list_that_comes_whole_is_asked_for_no_page(name, verb, vendor):
    vendor.answers(answer([], count=500))
    vendor.tell(lambda c: c.collect(c.list(verb, *WHOLE[verb])), settings(api_version=name))
    assert pages_of(vendor, "page", "per_page", "end_cursor") == [(None, None, None)]


# --- from page to page -----------------------------------------------------------------------------------------------


def test_a_cursor_leads_from_page_to_page_while_it_is_read(vendor):
    vendor.answers(rows({"id": 1}, {"id": 2}, follow="QUFB"), rows({"id": 3}, follow="Qk+J/C="), rows({"id": 4}))

    async def story(c):
        pager = c.list("patients.list", name="Park", inactive=False, sort=["-updated_at", "id"], per_page=2)
        assert vendor.feed.requests == []
        two = await c.take(pager, 2)
        assert len(vendor.feed.requests) == 1
        return two

    assert [one.id for one in vendor.tell(story)] == [1, 2]
    vendor.answers(rows({"id": 1}, {"id": 2}, follow="QUFB"), rows({"id": 3}, follow="Qk+J/C="), rows({"id": 4}))
    found = vendor.tell(
        lambda c: c.collect(
            c.list("patients.list", name="Park", inactive=False, sort=["-updated_at", "id"], per_page=2)
        )
    )
    assert [one.id for one in found] == [1, 2, 3, 4]
    first, second, third = [one.query for one in vendor.seen]
    assert sorted(first) == [
        ("inactive", "false"),
        ("location_id", "41"),
        ("name", "Park"),
        ("per_page", "2"),
        ("sort", "-updated_at,id"),
        ("subdomain", "riverbend-dental"),
    ]
    assert sorted(second) == sorted([*first, ("end_cursor", "QUFB")])
    assert sorted(third) == sorted([*first, ("end_cursor", "Qk+J/C=")])
    assert not any("start_cursor" in dict(one.query) for one in vendor.seen)


def test_a_number_leads_from_page_to_page_up_to_the_count(vendor):
    vendor.answers(
        numbered({"id": 1}, {"id": 2}, count=5),
        numbered({"id": 3}, {"id": 4}, count=5),
        numbered({"id": 5}, count=5),
    )
    pages = vendor.tell(lambda c: c.pages(c.list("patients.list", name="Park", per_page=2)), SECOND)
    assert [[one.id for one in page.items] for page in pages] == [[1, 2], [3, 4], [5]]
    assert {page.total for page in pages} == {5}
    assert pages_of(vendor, "page", "per_page", "name") == [(str(n), "2", "Park") for n in (1, 2, 3)]


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2)])
def test_the_count_says_where_a_list_ends(count, pages, vendor):
    vendor.answers(*(numbered({"id": 1}, {"id": 2}, count=count) for _ in range(pages)))
    vendor.tell(lambda c: c.collect(c.list("patients.list", per_page=2)), SECOND)
    assert len(vendor.feed.requests) == pages


UNCOUNTED = {
    "an array": lambda *found: list(found),
    "an object": lambda *found: {"patients": list(found)},
}


@pytest.mark.parametrize("shape", UNCOUNTED)
def test_where_nobody_counts_a_full_page_goes_on_and_a_short_one_ends(shape, vendor):
    pages = [[{"id": 1}, {"id": 2}], [{"id": 3}, {"id": 4}], [{"id": 5}]]
    vendor.answers(*(answer(UNCOUNTED[shape](*page)) for page in pages))
    found = vendor.tell(lambda c: c.collect(c.list("patients.list", per_page=2)), SECOND)
    assert [one.id for one in found] == [1, 2, 3, 4, 5]
    vendor.answers(*(answer(UNCOUNTED[shape](*page)) for page in [*pages[:2], []]))
    found = vendor.tell(lambda c: c.collect(c.list("patients.list", per_page=2)), SECOND)
    assert [one.id for one in found] == [1, 2, 3, 4]


def test_an_empty_page_with_a_next_cursor_goes_on(vendor):
    vendor.answers(rows(follow="QUFB"), rows(follow="QkJC"), rows({"id": 1}))
    assert [one.id for one in vendor.tell(lambda c: c.collect(c.list("patients.list")))] == [1]
    vendor.answers(rows(follow="QUFB"), rows({"id": 1}))
    assert vendor.tell(lambda c: c.first(c.list("patients.list"))).id == 1


def test_an_empty_page_of_v2_below_the_count_goes_on(vendor):
    vendor.answers(numbered(count=3), numbered({"id": 3}, {"id": 4}, count=3))
    found = vendor.tell(lambda c: c.collect(c.list("patients.list", per_page=2)), SECOND)
    assert [one.id for one in found] == [3, 4]


def test_where_the_vendor_has_a_limit_of_its_own_pages_are_as_long_as_the_first(vendor):
    vendor.answers(
        numbered({"id": 1}, {"id": 2}, count=5), numbered({"id": 3}, {"id": 4}, count=5), numbered({"id": 5}, count=5)
    )
    found = vendor.tell(lambda c: c.collect(c.list("patients.list", per_page=300)), SECOND)
    assert [one.id for one in found] == [1, 2, 3, 4, 5]
    assert pages_of(vendor, "page", "per_page") == [("1", "300"), ("2", "2"), ("3", "2")]


def test_a_page_of_v2_that_is_not_full_before_the_last_is_an_error_and_no_lost_row(vendor):
    vendor.answers(numbered({"id": 1}, {"id": 2}, count=9), numbered({"id": 3}, count=9))
    with pytest.raises(ResponseUnreadableError, match="count: 9 rows, and page 2 is not full"):
        vendor.tell(lambda c: c.collect(c.list("patients.list", per_page=2)), SECOND)


NO_CURSOR = {"missing": {}, "null": {"end_cursor": None}, "empty": {"end_cursor": ""}, "a number": {"end_cursor": 5}}


@pytest.mark.parametrize("name", NO_CURSOR)
def test_a_next_page_that_nobody_says_how_to_reach_is_an_error_and_no_end(name, vendor):
    vendor.answers(answer([{"id": 1}], page_info={"has_next_page": True, "start_cursor": "a", **NO_CURSOR[name]}))
    with pytest.raises(ResponseUnreadableError, match=r"page_info\.end_cursor: not a string"):
        vendor.tell(lambda c: c.collect(c.list("patients.list")))
    assert len(vendor.feed.requests) == 1


@pytest.mark.parametrize("info", [{"has_next_page": False, "end_cursor": "QUFB"}, {"end_cursor": "QUFB"}], ids=str)
def test_a_cursor_without_a_next_page_is_the_end(info, vendor):
    vendor.answers(answer([{"id": 1}], page_info=info))
    (page,) = vendor.tell(lambda c: c.pages(c.list("patients.list")))
    assert page.cursor is None


@pytest.mark.parametrize("cycle", [("A", "A"), ("A", "B", "A"), ("A", "B", "C", "B")], ids="-".join)
def test_a_cycle_of_cursors_ends_with_an_error(cycle, vendor):
    vendor.answers(*(rows({"id": index}, follow=one) for index, one in enumerate(cycle)), always=rows(follow="A"))
    with pytest.raises(ResponseUnreadableError, match="circle"):
        vendor.tell(lambda c: c.collect(c.list("patients.list")))
    assert len(vendor.feed.requests) <= len(cycle)


ITEMS = {
    "no data": answer(None),
    "an object without them": answer({"providers": []}),
    "null in it": answer({"patients": None}),
    "a number in the array": answer([1]),
    "null in the array": answer([None]),
    "an object in an object": answer({"patients": {}}),
}


@pytest.mark.parametrize("name", ITEMS)
def test_a_page_without_its_rows_is_an_error(name, vendor):
    vendor.answers(ITEMS[name])
    with pytest.raises(ResponseUnreadableError) as caught:
        vendor.tell(lambda c: c.collect(c.list("patients.list")))
    assert len(caught.value.paths) == 1
    assert caught.value.paths[0].startswith("data")


def test_a_page_with_unreadable_rows_says_which_and_names_nobody(vendor):
    vendor.answers(rows({"id": 1}, {"id": "x", "first_name": "Ada"}, {"first_name": "Ada"}))
    with pytest.raises(ResponseUnreadableError) as caught:
        vendor.tell(lambda c: c.collect(c.list("patients.list")))
    assert sorted(caught.value.paths) == ["data[1].id: not an integer", "data[2].id: missing"]
    assert "Ada" not in str(caught.value)


def test_the_first_of_nothing_is_an_error_or_the_default(vendor):
    vendor.answers(always=rows())

    async def story(c):
        none = c.list("patients.list")
        assert await c.first(none, default=None) is None
        with pytest.raises(NoResultError):
            await c.first(none)

    vendor.tell(story)


# --- saved cursors ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
def test_a_saved_cursor_resumes_with_its_filters_in_another_client(name, vendor):
    begin = numbered({"id": 1}, count=3) if name == "v2" else rows({"id": 1}, follow="QUFB")
    rest = numbered({"id": 3}, count=2) if name == "v2" else rows({"id": 3})
    vendor.answers(begin)
    given = settings(api_version=name)
    (page,) = vendor.tell(lambda c: c.pages(c.list("patients.list", name="Park", per_page=1), most=1), given)
    assert isinstance(page.cursor, str)
    vendor.answers(rest)
    found = vendor.tell(lambda c: c.collect(c.list("patients.list", cursor=page.cursor)), given)
    assert [one.id for one in found] == [3]
    (one,) = vendor.seen
    moved = ("page", "2") if name == "v2" else ("end_cursor", "QUFB")
    assert set(one.query) == {
        ("subdomain", "riverbend-dental"),
        ("location_id", "41"),
        ("name", "Park"),
        ("per_page", "1"),
        moved,
    }


@pytest.mark.parametrize("name", BOTH)
def test_a_cursor_resumes_at_the_sandbox_in_every_version(name, practice):
    given = attrs.evolve(practice.sandbox.nexhealth, api_version=name)

    async def begin(c):
        pager = c.list("patients.list", inactive=False, per_page=2)
        return await c.collect(pager), await c.pages(pager)

    everyone, pages = practice.tell(begin, given)
    assert len(everyone) > 4
    read = 0
    for page in pages[:-1]:
        read += len(page.items)
        rest = practice.tell(lambda c, at=page.cursor: c.collect(c.list("patients.list", cursor=at)), given)
        assert rest == everyone[read:]
    assert pages[-1].cursor is None


def cursor(path="/patients", **query):
    query = {"subdomain": "riverbend-dental", "per_page": "2", "end_cursor": "QUFB", **query}
    return f"{HOST}{path}?" + "&".join(f"{name}={value}" for name, value in query.items())


BESIDE = (
    {"name": "Park"},
    {"inactive": False},
    {"sort": ["id"]},
    {"date_of_birth": NOW.date()},
    {"updated_since": NOW},
    {"phone_number": "4155550132"},
    {"location_id": 42},
)


@pytest.mark.parametrize("more", BESIDE, ids=str)
def test_what_a_cursor_brings_itself_is_not_given_beside_it(more, vendor):
    async def story(c):
        with pytest.raises(
            ValueError, match=r"^cursor brings its own filters and order: give none beside it, or the same\.$"
        ):
            c.list("patients.list", cursor=cursor(), **more)

    vendor.tell(story)
    assert vendor.feed.requests == []


def test_the_same_filters_may_be_given_beside_a_cursor(vendor):
    vendor.answers(rows({"id": 1}, follow="QUFB"), rows({"id": 3}), rows())
    given = {"name": "Park", "inactive": False, "sort": ["id", "-updated_at"], "location_id": "41"}

    async def story(c):
        (page,) = await c.pages(c.list("patients.list", **given), most=1)
        with pytest.raises(ValueError, match="give none beside it, or the same"):
            c.list("patients.list", cursor=page.cursor, **{**given, "inactive": True})
        return await c.collect(c.list("patients.list", cursor=page.cursor, **given))

    assert [one.id for one in vendor.tell(story)] == [3]


def test_a_list_with_a_window_resumes_in_the_same_window_only(vendor):
    one = {"id": 1, "start_time": "2026-03-03T00:00:00Z", "end_time": "2026-03-03T01:00:00Z"}
    vendor.answers(rows(one, follow="QUFB"), rows({**one, "id": 2}))

    async def story(c):
        (page,) = await c.pages(c.list("appointments.list", **WINDOW), most=1)
        with pytest.raises(ValueError, match="give none beside it, or the same"):
            c.list("appointments.list", start=NOW, end=NOW, cursor=page.cursor)
        same = {"start": NOW.astimezone(ZoneInfo("America/Chicago")), "end": WINDOW["end"]}
        return await c.collect(c.list("appointments.list", **same, cursor=page.cursor))

    assert [one.id for one in vendor.tell(story)] == [2]
    assert len(vendor.feed.requests) == 2


def test_how_to_read_may_be_given_beside_a_cursor(vendor):
    vendor.answers(rows({"id": 3}))
    found = vendor.tell(lambda c: c.collect(c.list("patients.list", cursor=cursor(), prefetch=2, per_page=2)))
    assert [one.id for one in found] == [3]


OTHERS = {
    "of another resource": (cursor("/providers"), r"^cursor is not that of a page of /patients\.$"),
    "of the other version": (cursor("/appointment_slots"), r"^cursor is not that of a page of /patients\.$"),
    "of one patient's": (cursor("/patients/5/alerts"), r"^cursor is not that of a page of /patients\.$"),
    "with the path in its query": (cursor("/x", end_cursor="/patients"), r"^cursor is not that"),
    "of another practice": (cursor(subdomain="lakeside"), r"^cursor is that of a page of another practice\.$"),
    "of nothing": ("", r"^cursor is not that"),
    "a bare one": ("QUFB", r"^cursor is not that"),
    "no URL": ("http://[::1/patients", r"^cursor is not that"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_cursor_is_refused_at_once(name, vendor):
    text, why = OTHERS[name]

    async def story(c):
        with pytest.raises(ValueError, match=why):
            c.list("patients.list", cursor=text)

    vendor.tell(story)
    assert vendor.feed.requests == []


def test_a_practices_cursor_is_one_of_its_own_view(vendor):
    vendor.answers(rows({"id": 3}))

    async def story(c):
        other = c.view(subdomain="lakeside", location_id=7)
        return await other.collect(other.list("patients.list", cursor=cursor(subdomain="lakeside")))

    assert [one.id for one in vendor.tell(story)] == [3]


@pytest.mark.parametrize("bad", [2, b"x", ["x"]], ids=repr)
def test_a_cursor_that_is_no_text_is_refused(bad, vendor):
    async def story(c):
        with pytest.raises(TypeError, match=r"^cursor must be the \.cursor of a page, a str"):
            c.list("patients.list", cursor=bad)

    vendor.tell(story)


FOREIGN = (
    "https://elsewhere.example/patients",
    "http://nexhealth.info/patients",
    "//elsewhere.example/patients",
    "https://nexhealth.info@elsewhere.example/patients",
    "https://nexhealth.info.evil.example/patients",
    "https://nexhealth.info:8443/patients",
    "https://nexhealth.info./patients",
    "https://elsewhere.example\\@nexhealth.info/patients",
)


@pytest.mark.parametrize("url", FOREIGN)
def test_a_cursor_of_another_origin_is_refused_and_nothing_is_sent_there(url, vendor):
    with pytest.raises((ValueError, ResponseUnreadableError), match="cursor"):
        vendor.tell(lambda c: c.collect(c.list("patients.list", cursor=url)))
    assert vendor.feed.requests == []


def test_a_cursor_of_the_vendor_stays_a_value_and_no_url(vendor):
    """What the vendor sends goes into the query, whatever it looks like."""
    odd = "https://elsewhere.example/patients?x=1&subdomain=lakeside#"
    vendor.answers(rows({"id": 1}, follow=odd), rows())
    vendor.tell(lambda c: c.collect(c.list("patients.list")))
    (first, second) = vendor.feed.requests
    assert second.url.startswith(f"{HOST}/patients?")
    query = asked(second).query
    assert ("end_cursor", odd) in query
    assert [value for name, value in query if name == "subdomain"] == ["riverbend-dental"]
    assert len(query) == len(asked(first).query) + 1


# --- any list --------------------------------------------------------------------------------------------------------

RAW = {"subdomain": "riverbend-dental", "location_id": "41", "per_page": "3"}


def test_any_list_can_be_read_by_cursor(practice):
    found = practice.tell(lambda c: c.collect(c.list("request_pages", "/patients", "data", query=RAW)))
    mine = practice.tell(lambda c: c.collect(c.list("patients.list")))
    assert [row["id"] for row in found] == [one.id for one in mine]
    assert len(practice.seen()) == -(-len(found) // 3) + 1


def test_any_list_of_v2_can_be_read_by_number_and_from_below_data(practice):
    given = attrs.evolve(practice.sandbox.nexhealth, api_version="v2")

    async def story(c):
        pages = await c.pages(c.list("request_pages", "/patients", "data.patients", query={**RAW, "page": "1"}))
        again = c.list("request_pages", "/patients", "data.patients", cursor=pages[0].cursor)
        return pages, await c.collect(again), await c.collect(c.list("patients.list"))

    pages, rest, mine = practice.tell(story, given)
    assert [row["id"] for page in pages for row in page.items] == [one.id for one in mine]
    assert [row["id"] for row in rest] == [one.id for one in mine][3:]
    assert len(pages) == -(-len(mine) // 3)


def test_any_list_ends_without_a_word_about_pages(vendor):
    vendor.answers(answer({"charges": [{"id": 1}]}))
    found = vendor.tell(lambda c: c.collect(c.list("request_pages", "/charges", "data.charges")))
    assert found == [{"id": 1}]


@pytest.mark.parametrize(
    ("key", "path"),
    [("data", r"data: not an array"), ("data.x", r"data\.x: not an array"), ("rows", "rows: not an array")],
)
def test_any_list_without_its_rows_is_an_error(key, path, vendor):
    vendor.answers(answer({"patients": []}))
    with pytest.raises(ResponseUnreadableError, match=path):
        vendor.tell(lambda c: c.collect(c.list("request_pages", "/patients", key)))


# --- at the sandbox --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("size", [1, 3, 5, 100])
def test_no_row_is_lost_or_doubled_whatever_a_page_holds(size, name):
    with Sandbox(now=NOW, rate_limit=None) as sandbox:
        given = attrs.evolve(sandbox.nexhealth, api_version=name)
        with NexHealth(given, pace=()) as client:
            window = {"start": datetime(2025, 1, 1, tzinfo=UTC), "end": datetime(2027, 1, 1, tzinfo=UTC)}
            some = [row.id for row in client.appointments.list(**window, per_page=size)]
            every = [row.id for row in client.appointments.list(**window, per_page=300)]
            ahead = [row.id for row in client.appointments.list(**window, per_page=size, prefetch=3)]
    assert some == every == ahead
    assert len(set(some)) == len(some) > 5
