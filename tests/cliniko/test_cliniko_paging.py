"""Lists: what they ask for while they are read, where they stop, and which links they follow."""

from __future__ import annotations

import pytest

from apptsdk import NoResultError, RateLimitError, ResponseUnreadableError
from apptsdk.sandbox import Sandbox

PATIENTS = 11  # of twelve, one is archived


def pages_of(clinic):
    return [dict(seen.query).get("page", "1") for seen in clinic.seen("GET")]


def test_a_list_fetches_its_pages_while_it_is_read(clinic):
    async def story(c):
        pager = c.list("patients.list", per_page=5)
        assert clinic.seen() == []
        two = await c.take(pager, 2)
        assert len(clinic.seen()) == 1
        six = await c.take(pager, 6)
        assert pages_of(clinic) == ["1", "1", "2"]
        return two, six, await c.collect(pager)

    two, six, everyone = clinic.tell(story)
    assert pages_of(clinic) == ["1", "1", "2", "1", "2", "3"]
    assert [p.id for p in everyone[:6]] == [p.id for p in six]
    assert six[:2] == two
    assert len({p.id for p in everyone}) == len(everyone) == PATIENTS


def test_a_page_tells_its_items_its_total_and_where_the_next_begins(clinic):
    pages = clinic.tell(lambda c: c.pages(c.list("patients.list", per_page=5)))
    assert [len(page.items) for page in pages] == [5, 5, 1]
    assert {page.total for page in pages} == {PATIENTS}
    assert [page.cursor is None for page in pages] == [False, False, True]


def test_a_saved_cursor_resumes_with_its_filters_in_another_client(clinic):
    async def begin(c):
        pager = c.list("patients.list", q=["last_name:~a"], sort=["last_name:desc"], per_page=2)
        return await c.collect(pager), await c.pages(pager, most=1)

    everyone, (page,) = clinic.tell(begin)
    rest = clinic.tell(lambda c: c.collect(c.list("patients.list", cursor=page.cursor)))
    assert len(everyone) > 4
    assert rest == everyone[2:]


def test_a_cursor_of_available_times_resumes_in_the_middle_of_a_window(clinic):
    today = clinic.sandbox.clock.now().date()
    window = {"from_": today.replace(day=4), "to": today.replace(day=20)}

    async def begin(c):
        pager = c.list("available_times.list", *clinic.triple, **window, per_page=7)
        return await c.collect(pager), await c.pages(pager)

    everything, pages = clinic.tell(begin)
    assert len(everything) > 50
    read = 0
    for page in pages[:-1]:
        read += len(page.items)
        resumed = clinic.tell(
            lambda c, at=page.cursor: c.collect(
                c.list("available_times.list", *clinic.triple, **window, per_page=7, cursor=at)
            )
        )
        assert resumed == everything[read:]


def test_long_windows_of_available_times_are_split_and_first_stops_early(clinic):
    today = clinic.sandbox.clock.now().date()
    window = {"from_": today.replace(day=4), "to": today.replace(day=30)}

    async def story(c):
        first = await c.first(c.list("available_times.list", *clinic.triple, **window))
        asked = len(clinic.seen())
        return first, asked, await c.collect(c.list("available_times.list", *clinic.triple, **window))

    first, asked, everything = clinic.tell(story)
    assert asked == 1
    starts = [time.appointment_start for time in everything]
    assert starts == sorted(set(starts))
    assert starts[0] == first.appointment_start
    days = [(dict(seen.query)["from"], dict(seen.query)["to"]) for seen in clinic.seen()[1:]]
    assert list(dict.fromkeys(days)) == [
        ("2026-03-04", "2026-03-10"),
        ("2026-03-11", "2026-03-17"),
        ("2026-03-18", "2026-03-24"),
        ("2026-03-25", "2026-03-30"),
    ]


def test_an_empty_window_is_no_end(clinic):
    clinic.sandbox.fault("status", path="*available_times", status=200, body={"available_times": [], "links": {}})
    today = clinic.sandbox.clock.now().date()

    async def story(c):
        pager = c.list("available_times.list", *clinic.triple, from_=today.replace(day=4), to=today.replace(day=12))
        return await c.first(pager)

    assert clinic.tell(story).appointment_start.day >= 10
    assert len(clinic.seen()) == 2


def test_an_empty_page_with_a_next_link_goes_on(clinic):
    following = f"{clinic.sandbox.cliniko.url}/patients?page=1&per_page=5"
    empty = {"patients": [], "total_entries": PATIENTS, "links": {"next": following}}
    clinic.sandbox.fault("status", method="GET", path="/patients", status=200, body=empty)
    assert len(clinic.tell(lambda c: c.collect(c.list("patients.list", per_page=5)))) == PATIENTS
    assert len(clinic.seen()) == 4


def test_the_first_of_nothing_is_an_error_or_the_default(clinic):
    async def story(c):
        none = c.list("patients.list", q=["last_name:=Nobody"])
        assert await c.first(none, default=None) is None
        with pytest.raises(NoResultError, match="first result") as caught:
            await c.first(none)
        assert isinstance(caught.value, LookupError)
        assert caught.value.operation == "cliniko.patients.list"

    clinic.tell(story)


def test_after_an_error_the_same_page_is_asked_for_again(clinic):
    clinic.sandbox.fault("status", method="GET", path="/patients", status=429, headers={"retry-after": "90"}, skip=1)

    async def story(c):
        pages = c.list("patients.list", per_page=5).pages()
        turn = pages.__next__ if clinic.world.is_sync else pages.__anext__

        async def step():
            return turn() if clinic.world.is_sync else await turn()

        first = await step()
        with pytest.raises(RateLimitError):
            await step()
        clinic.watch.pass_by(90)
        return first, await step()

    first, second = clinic.tell(story)
    assert pages_of(clinic) == ["1", "2", "2"]
    assert not {p.id for p in first.items} & {p.id for p in second.items}


@pytest.mark.parametrize("cycle", [("2", "2"), ("2", "1"), ("2", "3", "2")], ids="-".join)
def test_a_cycle_of_pages_ends_with_an_error(cycle, clinic):
    url = f"{clinic.sandbox.cliniko.url}/patients?per_page=1&page="
    for page in cycle:
        body = {"patients": [{"id": page}], "links": {"next": url + page}}
        clinic.sandbox.fault("status", path="/patients", status=200, body=body)
    again = {"patients": [], "links": {"next": url + "2"}}
    clinic.sandbox.fault("status", path="/patients", status=200, body=again, times=None)
    with pytest.raises(ResponseUnreadableError, match="circle"):
        clinic.tell(lambda c: c.collect(c.list("patients.list", per_page=1)))
    assert len(clinic.seen()) <= len(cycle) + 1


FOREIGN = (
    "http://{theirs}{path}",
    "https://{ours}{path}",
    "http://{host}{path}",
    "http://{ours}@{theirs}{path}",
    "http://user@{ours}{path}",
    "http://user:word@{ours}{path}",
    "//{theirs}{path}",
    "//{ours}{path}",
    "http://{theirs}/?next=http://{ours}{path}",
    "http://{theirs}/http://{ours}{path}",
    "http://{theirs}#@{ours}{path}",
    "http://{theirs}\\@{ours}{path}",
    "http:\\\\{theirs}{path}",
    "http:{theirs}{path}",
    "http:///{ours}{path}",
    "\thttp://{ours}{path}",
    "http://{ours} {path}",
    "http://{host}.:{port}{path}",
    "http://{host}.evil.example:{port}{path}",
    "http://{ours}.evil.example{path}",
    "http://{host}:{port}0{path}",
    "http://{host}:0{port}x{path}",
    "ftp://{ours}{path}",
    "file://{path}",
    "javascript:alert(1)",
    "/\\{theirs}{path}",
    "?page=2",
    "patients?page=2",
    "..",
    "http://[::1{path}",
    "http://{ours}\r\nhost: {theirs}{path}",
    "http://127.1:{port}{path}",
    "http://localhost:{port}{path}",
    "http://１２７.0.0.1:{port}{path}",  # noqa: RUF001 - digits that are not ASCII
)
SAME = ("http://{ours}{path}", "HTTP://{ours}{path}", "{path}", "http://{host}:0{port}{path}")


def linked(clinic, template, theirs):
    ours = clinic.sandbox.url.partition("://")[2]
    host, _, port = ours.partition(":")
    link = template.format(
        ours=ours,
        host=host,
        port=port,
        theirs=theirs.url.partition("://")[2],
        path="/cliniko/v1/patients?page=2&per_page=5",
    )
    body = {"patients": [{"id": "1"}], "links": {"next": link}}
    clinic.sandbox.fault("status", method="GET", path="/patients", status=200, body=body)
    return link


@pytest.mark.parametrize("template", FOREIGN)
def test_a_link_to_another_origin_is_refused_and_nothing_is_sent_there(template, clinic):
    with Sandbox() as theirs:
        linked(clinic, template, theirs)
        with pytest.raises(ResponseUnreadableError, match="leads away") as caught:
            clinic.tell(lambda c: c.collect(c.list("patients.list", per_page=5)))
        assert theirs.requests == []
    assert len(clinic.seen()) == 1
    assert caught.value.operation == "cliniko.patients.list"


@pytest.mark.parametrize("template", FOREIGN)
def test_a_cursor_from_elsewhere_is_refused_too(template, clinic):
    with Sandbox() as theirs:
        link = linked(clinic, template, theirs)
        with pytest.raises((ResponseUnreadableError, ValueError), match="cursor"):
            clinic.tell(lambda c: c.first(c.list("patients.list", cursor=link)))
        assert theirs.requests == []
    assert clinic.seen() == []


@pytest.mark.parametrize("template", SAME)
def test_a_link_to_the_same_origin_is_followed(template, clinic):
    linked(clinic, template, clinic.sandbox)
    everyone = clinic.tell(lambda c: c.collect(c.list("patients.list", per_page=5)))
    assert len(everyone) == 1 + PATIENTS - 5
    assert clinic.seen()[1].headers["host"] == clinic.seen()[0].headers["host"]


@pytest.mark.parametrize("link", [5, ["/cliniko/v1/patients"], {"href": "/"}], ids=str)
def test_a_next_link_that_is_no_text_is_an_error(link, clinic):
    body = {"patients": [], "links": {"next": link}}
    clinic.sandbox.fault("status", method="GET", path="/patients", status=200, body=body)
    with pytest.raises(ResponseUnreadableError, match=r"links\.next"):
        clinic.tell(lambda c: c.collect(c.list("patients.list")))


@pytest.mark.parametrize(
    "body",
    [{}, {"patients": None}, {"patients": {}}, {"patients": [1]}, {"practitioners": []}, [], {"patients": [None]}],
    ids=str,
)
def test_a_page_without_its_items_is_an_error(body, clinic):
    clinic.sandbox.fault("status", method="GET", path="/patients", status=200, body=body)
    with pytest.raises(ResponseUnreadableError) as caught:
        clinic.tell(lambda c: c.collect(c.list("patients.list")))
    assert len(caught.value.paths) == 1


def test_a_page_with_one_unreadable_item_says_which(clinic):
    body = {"patients": [{"id": "1"}, {"id": "2", "date_of_birth": "17 May"}, {"first_name": "Ada"}], "links": {}}
    clinic.sandbox.fault("status", method="GET", path="/patients", status=200, body=body)
    with pytest.raises(ResponseUnreadableError) as caught:
        clinic.tell(lambda c: c.collect(c.list("patients.list")))
    assert sorted(caught.value.paths) == [
        "patients[1].date_of_birth: not an ISO 8601 date",
        "patients[2].id: missing",
    ]
    assert "Ada" not in str(caught.value)


def test_any_list_of_the_vendor_can_be_read_raw(clinic):
    rows = clinic.tell(lambda c: c.collect(c.list("request_pages", "/users", "users", query={"per_page": "3"})))
    assert len(rows) == 7
    assert all(isinstance(row["id"], str) for row in rows)
    assert len(clinic.seen()) == 3


BESIDE = ({"q": ["last_name:=Park"]}, {"sort": ["last_name"]}, {"include_archived": True})


@pytest.mark.parametrize("more", BESIDE, ids=str)
def test_what_a_cursor_brings_itself_is_not_given_beside_it(more, clinic):
    async def story(c):
        (page,) = await c.pages(c.list("patients.list", per_page=2), 1)
        with pytest.raises(ValueError, match=r"^cursor brings its own filters and order"):
            c.list("patients.list", cursor=page.cursor, **more)
        return await c.collect(c.list("patients.list", cursor=page.cursor, per_page=2, prefetch=1))

    assert len(clinic.tell(story)) == PATIENTS - 2


def test_the_cursor_of_another_list_is_refused_at_once(clinic):
    async def story(c):
        (page,) = await c.pages(c.list("patients.list", per_page=2), 1)
        for other in ("users.list", "bookings.list", "patient_cases.list"):
            with pytest.raises(ValueError, match=r"^cursor is not that of a page of \w+\.$"):
                c.list(other, cursor=page.cursor)
        with pytest.raises(ValueError, match=r"^cursor is not that"):
            c.list("practitioners.list", cursor=page.cursor, inactive=True)

    clinic.tell(story)
    assert len(clinic.seen()) == 1
