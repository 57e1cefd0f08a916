"""The API key is traded for a token: when, how often, for how long it is used, and what happens where there is none."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import anyio.lowlevel
import pytest
from harness import SyncTeller, World, at_once
from nexhealth_support import (
    APPOINTMENT,
    KEY,
    V2_TYPE,
    FakeClock,
    Vendor,
    answer,
    asked,
    jwt,
    raw,
    refusal,
    rows,
    settings,
)

from apptsdk import (
    NO_RETRY,
    ApptError,
    AuthenticationError,
    NexHealth,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitError,
    RequestNotSentError,
)
from apptsdk.sandbox import Sandbox
from apptsdk.tokens import FileTokenStore, MemoryTokenStore

REFUSED = refusal("Invalid Credentials", status=401)


async def read(c):
    return await c.call("appointments.get", 1)


def bearers(vendor):
    return [one.headers["authorization"] for one in vendor.seen]


def test_the_key_goes_bare_to_the_token_request_and_the_token_to_all_others(vendor):
    vendor.answers(always=answer(APPOINTMENT))

    async def story(c):
        await read(c)
        await read(c)

    vendor.tell(story)
    (login,) = map(asked, vendor.feed.logins)
    assert (login.method, login.path, login.query, login.body) == ("POST", "/authenticates", [], None)
    assert login.headers["authorization"] == KEY
    assert login.headers["accept"] == V2_TYPE
    assert login.headers["nex-api-version"] == "v3.0.0"
    wall = vendor.clock.now().wall
    assert bearers(vendor) == [f"Bearer {jwt(wall + 3600, wall)}"] * 2
    assert not any(KEY in str(one) for one in vendor.seen)


LIVES = {"an hour": 3600, "a day": 86_400, "ten minutes": 600}


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("apart", [0, -36_000, 36_000])
def test_a_token_is_used_as_long_as_its_exp_says_but_a_minute_whatever_the_clocks_say(life, apart, vendor):
    seconds = LIVES[life]

    def login(_):
        there = vendor.clock.now().wall + apart
        return answer({"token": jwt(there + seconds, there, len(vendor.feed.logins))}, 201)

    vendor.answers(always=answer(APPOINTMENT)).login = login

    async def story(c):
        await read(c)
        vendor.clock.advance(seconds - 61)
        await read(c)
        assert len(vendor.feed.logins) == 1
        vendor.clock.advance(2)
        await read(c)
        await read(c)

    vendor.tell(story)
    assert len(vendor.feed.logins) == 2
    first, second, third, fourth = bearers(vendor)
    assert first == second != third == fourth


def test_a_token_that_does_not_say_how_long_it_lives_is_used_until_it_is_refused(vendor):
    vendor.answers(answer(APPOINTMENT), answer(APPOINTMENT), REFUSED, answer(APPOINTMENT)).login = lambda _: answer(
        {"token": f"opaque-{len(vendor.feed.logins)}"}, 201
    )

    async def story(c):
        await read(c)
        vendor.clock.advance(10_000_000)
        await read(c)
        await read(c)

    vendor.tell(story)
    assert bearers(vendor) == ["Bearer opaque-1", "Bearer opaque-1", "Bearer opaque-1", "Bearer opaque-2"]


def test_a_401_in_the_middle_of_paging_renews_once_and_asks_for_the_same_page_again(vendor):
    pages = (
        rows({"id": 1}, {"id": 2}, follow="QUFB"),
        REFUSED,
        rows({"id": 3}, follow="QkJC"),
        rows({"id": 4}),
    )
    vendor.answers(*pages)
    found = vendor.tell(lambda c: c.collect(c.list("patients.list")))
    assert [one.id for one in found] == [1, 2, 3, 4]
    first, second, again, last = vendor.feed.requests
    assert second.url == again.url
    assert "end_cursor=QUFB" in again.url
    assert "end_cursor=QkJC" in last.url
    old, refused, new, kept = bearers(vendor)
    assert old == refused != new == kept
    assert len(vendor.feed.logins) == 2
    assert first.content == again.content == b""


def test_a_booking_that_meets_a_401_is_sent_again_to_the_byte(vendor):
    vendor.answers(REFUSED, answer({"appt": APPOINTMENT}, 201))
    given = {"patient_id": 9001, "provider_id": 71, "start_time": APPOINTMENT["start_time"]}
    vendor.tell(lambda c: c.call("request", "POST", "/appointments", json={"appt": given}))
    first, again = vendor.feed.requests
    assert (first.method, first.url, first.content) == (again.method, again.url, again.content)
    assert bearers(vendor)[0] != bearers(vendor)[1]


def test_a_second_401_in_a_row_surfaces_and_there_is_no_loop(vendor):
    vendor.answers(always=REFUSED)
    with pytest.raises(AuthenticationError, match=r"401 Invalid Credentials \(is the API key right\?\)"):
        vendor.tell(read)
    assert len(vendor.feed.requests) == 2
    assert len(vendor.feed.logins) == 2


def test_where_the_renewal_fails_the_401_surfaces_with_its_cause(vendor):
    feed = vendor.answers(always=REFUSED)
    feed.login = lambda request: REFUSED if len(feed.logins) > 1 else feed.minted(request)
    with pytest.raises(AuthenticationError) as caught:
        vendor.tell(read)
    assert caught.value.operation == "nexhealth.appointments.get"
    assert isinstance(caught.value.__cause__, AuthenticationError)
    assert caught.value.__cause__.operation == "nexhealth.authenticates"
    assert len(feed.requests) == 1
    assert len(feed.logins) == 2


NO_TOKENS = {
    "HTML": raw(b"<html><body>Please sign in</body></html>", 200, [("content-type", "text/html")]),
    "a list": raw(b'[{"token": "x"}]', 201),
    "null": raw(b"null", 201),
    "a text": raw(b'"token"', 201),
    "nothing": raw(b"", 201),
    "half": raw(b'{"code": true, "data": {"tok', 201),
    "bad UTF-8": raw(b'{"data": {"token": "\xff"}}', 201),
    "no data": raw(b'{"code": true}', 201),
    "null data": answer(None, 201),
    "data in a list": answer([{"token": "x"}], 201),
    "a token for data": answer("token", 201),
    "no token": answer({"jwt": "x"}, 201),
    "a null token": answer({"token": None}, 201),
    "a number for a token": answer({"token": 5}, 201),
    "an empty token": answer({"token": ""}, 201),
    "a token with a line break": answer({"token": "a\r\nX: y"}, 201),
    "a token with a space": answer({"token": "a b"}, 201),
    "a token that is no ASCII": answer({"token": "é"}, 201),
    "a refusal in a 201": answer({"token": "x"}, 201, code=False, error=["Invalid Credentials"]),
    "a 400": refusal("Bad Request", status=400),
    "a 401": REFUSED,
    "a 404": refusal("Resource not found", status=404),
    "a redirect": raw(b"", 302, [("location", "https://elsewhere.example/")]),
}


@pytest.mark.parametrize("name", NO_TOKENS)
def test_a_token_request_without_a_token_is_an_authentication_error_and_nothing_else_is_sent(name, vendor):
    vendor.answers().login = lambda _: NO_TOKENS[name]
    with pytest.raises(AuthenticationError) as caught:
        vendor.tell(read)
    assert caught.value.operation == "nexhealth.authenticates"
    assert KEY not in str(caught.value)
    assert vendor.feed.requests == []
    assert len(vendor.feed.logins) == 1


def test_a_key_that_may_not_use_the_version_is_told_so(vendor):
    vendor.answers().login = lambda _: refusal("API version 'v2' is below the minimum allowed", status=403)
    with pytest.raises(PermissionDeniedError, match="below the minimum allowed") as caught:
        vendor.tell(read, settings(api_version="v2"))
    assert caught.value.operation == "nexhealth.authenticates"
    assert vendor.feed.requests == []


def test_a_token_request_that_fails_is_asked_again_because_a_second_token_does_no_harm(vendor):
    feed = vendor.answers(answer(APPOINTMENT))
    feed.login = lambda request: feed.minted(request) if len(feed.logins) > 2 else raw(b"", 503)
    assert vendor.tell(read).id == APPOINTMENT["id"]
    assert len(feed.logins) == 3
    assert len(feed.requests) == 1


def test_a_write_without_a_token_was_not_sent_and_is_not_in_doubt(vendor):
    vendor.answers().login = lambda _: raw(b"", 503)
    with pytest.raises(RequestNotSentError, match="no token could be had") as caught:
        vendor.tell(lambda c: c.call("patient_alerts.create", 1, note="careful"), retry=NO_RETRY)
    assert not isinstance(caught.value, OutcomeUnknownError)
    assert vendor.feed.requests == []


def test_a_rate_limit_on_tokens_is_told_as_one(vendor):
    vendor.answers().login = lambda _: raw(b"", 429, [("retry-after", "90")])
    with pytest.raises(RateLimitError) as caught:
        vendor.tell(read)
    assert caught.value.retry_after == 90
    assert len(vendor.feed.logins) == 1


# --- many at once ----------------------------------------------------------------------------------------------------

CALLERS = 50


def together(vendor, one):
    """Tell a story to one client many times at once; give how each ended."""
    client, outcomes = vendor.client(pace=()), []

    async def told(c):
        try:
            outcomes.append(await one(c))
        except ApptError as error:
            outcomes.append(error)

    if vendor.world.is_sync:
        with client, ThreadPoolExecutor(CALLERS) as pool:
            list(pool.map(lambda _: at_once(told(SyncTeller(client))), range(CALLERS)))
        return outcomes

    async def story(c):
        async with anyio.create_task_group() as group:
            for _ in range(CALLERS):
                group.start_soon(told, c)

    vendor.world.tell(story, client)
    return outcomes


def test_fifty_callers_without_a_token_make_one_token_request(vendor):
    feed = vendor.answers(always=answer(APPOINTMENT))
    here, all_here = [], threading.Event()

    def login(request):
        if vendor.world.is_sync:
            assert all_here.wait(10)
        return feed.minted(request)

    async def one(c):
        here.append(1)
        if len(here) == CALLERS:
            all_here.set()
        return await read(c)

    feed.login = login
    outcomes = together(vendor, one)
    assert [one.id for one in outcomes] == [APPOINTMENT["id"]] * CALLERS
    assert len(feed.logins) == 1
    assert len(set(bearers(vendor))) == 1


def refused_together(vendor):
    """Let everybody ask with the first token before anybody hears that it is refused."""
    feed = vendor.answers()
    barrier = threading.Barrier(CALLERS)
    first = []

    def one(request):
        bearer = request.headers["Authorization"]
        first[:] = first or [bearer]
        if bearer != first[0]:
            return answer(APPOINTMENT)
        if vendor.world.is_sync:
            barrier.wait(10)
        return REFUSED

    feed.always = one
    if not vendor.world.is_sync:
        send = feed.send
        waiting = []

        async def together(*given):
            found = await send(*given)
            if found is REFUSED:
                waiting.append(1)
                while len(waiting) < CALLERS:
                    await anyio.lowlevel.checkpoint()
            return found

        feed.send = together
    return feed


def test_fifty_callers_with_a_refused_token_make_one_token_request(vendor):
    feed = refused_together(vendor)
    outcomes = together(vendor, read)
    assert [one.id for one in outcomes] == [APPOINTMENT["id"]] * CALLERS
    assert len(feed.logins) == 2
    assert len(feed.requests) == 2 * CALLERS


def test_fifty_callers_with_a_refused_token_make_one_token_request_also_if_it_fails(vendor):
    feed = refused_together(vendor)
    feed.login = lambda request: REFUSED if len(feed.logins) > 1 else feed.minted(request)
    outcomes = together(vendor, read)
    assert [type(one) for one in outcomes] == [AuthenticationError] * CALLERS
    assert len(feed.logins) == 2
    assert len(feed.requests) == CALLERS


# --- where tokens are kept -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_token_store_is_shared_by_clients_that_share_nothing_else(kind, vendor, tmp_path):
    path = tmp_path / "tokens.json"
    store = MemoryTokenStore()
    for index in range(2):
        other = Vendor(vendor.world, FakeClock())  # another clock, as in another process, is another account
        other.answers(always=answer(APPOINTMENT))
        other.tell(read, settings(token_store=store if kind == "memory" else FileTokenStore(path)))
        assert len(other.feed.logins) == (index == 0)
        assert len(other.feed.requests) == 1
    if kind == "file":
        assert KEY not in path.read_text()
        assert path.stat().st_mode & 0o077 == 0


def test_both_versions_use_the_same_token_from_a_store_and_another_key_does_not(vendor):
    store = MemoryTokenStore()
    vendor.answers(always=answer(APPOINTMENT))
    for other in ({}, {"api_version": "v2"}, {"subdomain": "lakeside"}, {"api_key": "another-key"}):
        vendor.tell(read, settings(token_store=store, **other))
    assert len(vendor.feed.logins) == 2
    assert [login.headers["Authorization"] for login in vendor.feed.logins] == [KEY, "another-key"]


def test_a_refused_token_is_replaced_in_the_store_too(vendor):
    store = MemoryTokenStore()
    vendor.answers(REFUSED, answer(APPOINTMENT), answer(APPOINTMENT))
    vendor.tell(read, settings(token_store=store))
    vendor.clock = FakeClock()
    vendor.tell(read, settings(token_store=store))
    assert len(vendor.feed.logins) == 2
    assert bearers(vendor)[1] == bearers(vendor)[2]


@pytest.mark.parametrize("loop", ["asyncio", "trio"])
def test_an_async_token_store_is_awaited(loop):
    vendor, kept = Vendor(World(loop)), {}

    class Store:
        async def get(self, key):
            await anyio.lowlevel.checkpoint()
            return kept.get(key)

        async def set(self, key, token):
            await anyio.lowlevel.checkpoint()
            kept[key] = token

    vendor.answers(always=answer(APPOINTMENT))
    store = Store()
    vendor.tell(read, settings(token_store=store))
    vendor.clock = FakeClock()
    vendor.tell(read, settings(token_store=store))
    assert len(vendor.feed.logins) == len(kept) == 1


def test_a_store_that_cannot_keep_the_token_does_not_stop_the_call(vendor, caplog):
    class Full(MemoryTokenStore):
        def set(self, key, token):
            raise OSError(f"no space left for {token.value}")

    vendor.answers(always=answer(APPOINTMENT))

    async def story(c):
        await read(c)
        await read(c)

    vendor.tell(story, settings(token_store=Full()))
    assert len(vendor.feed.logins) == 1
    assert "the token store raised OSError" in caplog.text
    assert bearers(vendor)[0].removeprefix("Bearer ") not in caplog.text


OTHER_PROCESS = """
import sys
from apptsdk import NexHealth, NexHealthSettings
from apptsdk.tokens import FileTokenStore
url, key, path = sys.argv[1:]
settings = NexHealthSettings(api_key=key, subdomain="riverbend-dental", base_url=url, token_store=FileTokenStore(path))
with NexHealth(settings) as nexhealth:
    print(len(list(nexhealth.providers.list())))
"""


def test_another_process_uses_the_token_from_the_file(tmp_path):
    path = tmp_path / "tokens.json"
    with Sandbox() as sandbox:
        given = sandbox.nexhealth
        kept = settings(api_key=given.api_key, base_url=given.url, token_store=FileTokenStore(path))
        with NexHealth(kept) as client:
            mine = len(list(client.providers.list()))
        done = subprocess.run(
            [sys.executable, "-c", OTHER_PROCESS, given.url, given.api_key, str(path)],
            check=True,
            capture_output=True,
            text=True,
        )
        logins = [one for one in sandbox.requests if one.path.endswith("/authenticates")]
    assert int(done.stdout) >= mine > 0
    assert len(logins) == 1


def test_the_sandboxs_tokens_expire_and_are_renewed_ahead_of_time(practice):
    async def story(c):
        for _ in range(4):
            await c.collect(c.list("institutions.list"))
            practice.watch.pass_by(1800)

    practice.tell(story)
    logins = [one for one in practice.sandbox.requests if one.path.endswith("/authenticates")]
    assert len(logins) == 2
    assert len(practice.seen()) == 4  # none of them was refused


def test_a_token_that_the_sandbox_refuses_is_renewed_while_it_is_read(practice):
    async def story(c):
        pages = await c.pages(c.list("patients.list", per_page=4), most=1)
        practice.sandbox.fault("status", status=401, path="/patients", skip=1)
        return pages, await c.collect(c.list("patients.list", per_page=4))

    (page,), everyone = practice.tell(story)
    ids = [one.id for one in everyone]
    assert ids[:4] == [one.id for one in page.items]
    assert len(ids) == len(set(ids)) > 8
    logins = [one for one in practice.sandbox.requests if one.path.endswith("/authenticates")]
    assert len(logins) == 2
