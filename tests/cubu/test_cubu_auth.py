"""The application's secret is traded for a token: how, how often, how long it is used, and what happens without one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import format_datetime

import anyio
import anyio.lowlevel
import attrs
import pytest
from cubu_support import (
    APPLICATION,
    CALENDAR,
    CLIENT,
    LISTED,
    NOW,
    OPENED,
    RENEWAL,
    SECRET,
    TOKENS,
    FakeClock,
    Vendor,
    answer,
    raw,
    settings,
    token,
)
from harness import SyncTeller, World, at_once

from apptsdk import (
    NO_RETRY,
    ApptError,
    AuthenticationError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitError,
    RequestNotSentError,
)
from apptsdk.http import NoAnswer
from apptsdk.sandbox.cubu.seed import FRONT_DESK
from apptsdk.tokens import FileTokenStore, MemoryTokenStore

REFUSED = raw(status=401, headers=[("WWW-Authenticate", "Bearer")])
MATTER = {"service_type_id": RENEWAL, "channel": "FaceToFace"}


async def read(c):
    return await c.collect(c.list("appointments.list", CALENDAR))


def bearers(vendor):
    return [one.headers["authorization"] for one in vendor.seen]


def entra(status, error, code, text="Something is wrong."):
    """Give an error as Entra writes it."""
    said = f"AADSTS{code}: {text} Trace ID: 3c1 Correlation ID: 9f2 Timestamp: 2026-03-02 07:00:00Z"
    times = {"timestamp": "2026-03-02 07:00:00Z", "trace_id": "3c1", "correlation_id": "9f2"}
    return answer({"error": error, "error_description": said, "error_codes": [code], **times}, status)


WRONG_SECRET = entra(401, "invalid_client", 7000215, "Invalid client secret provided.")

# --- the request -----------------------------------------------------------------------------------------------------


def test_a_token_is_asked_for_by_a_form_that_is_the_same_to_the_byte(vendor):
    vendor.answers(answer([]))
    vendor.tell(read)
    (login,) = vendor.feed.logins
    assert (login.method, login.url) == ("POST", TOKENS)
    assert (
        login.content
        == (
            f"grant_type=client_credentials&client_id={CLIENT}&client_secret={SECRET}&scope={CLIENT}%2F.default"
        ).encode()
    )
    sent = {name.lower(): value for name, value in login.headers.items()}
    assert sent["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"client_secret": "a+b&c=d%e~f"}, b"&client_secret=a%2Bb%26c%3Dd%25e~f&"),
        ({"scope": "api://cubu/.default"}, b"&scope=api%3A%2F%2Fcubu%2F.default"),
    ],
    ids=["secret", "scope"],
)
def test_what_is_in_the_form_is_quoted(given, written, vendor):
    vendor.answers(answer([]))
    vendor.tell(read, settings(**given))
    assert written in vendor.feed.logins[0].content + b"&"


def test_the_token_endpoint_hears_nothing_of_the_api_and_the_api_nothing_of_the_secret(vendor):
    vendor.answers(always=answer([]))

    async def story(c):
        await read(c)
        vendor.clock.advance(4000)
        await read(c)

    vendor.tell(story, headers={"X-Trace": "mine", "X-Patient": "Adaline"})
    assert len(vendor.feed.logins) == 2
    for login in vendor.feed.logins:
        names = {name.lower() for name in login.headers}
        assert not names & {"authorization", "x-trace", "x-patient", "cookie"}
        assert APPLICATION not in login.url
        assert APPLICATION.encode() not in login.content
    for one in vendor.seen:
        assert one.headers["x-trace"] == "mine"
        assert SECRET not in str(one)
        assert CLIENT not in str(one)
    assert bearers(vendor) == ["Bearer made-up-token-1", "Bearer made-up-token-2"]


def test_the_clock_of_the_token_endpoint_says_nothing_about_the_apis(vendor):
    wrong = [("date", format_datetime(NOW + timedelta(hours=10), usegmt=True))]
    vendor.answers(NoAnswer("cut"), answer([LISTED])).login = answer({"access_token": "x"}, headers=wrong)
    contact = {"contact_phone_number": "2025550123", "contact_email": "ana@example.org"}
    # By a clock that is ten hours ahead, what was made just now was made long before it was asked for.
    booking = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, start=540, **MATTER, **contact))
    assert booking.recovered


# --- how long it lives -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("apart", [0, -36_000, 36_000])
@pytest.mark.parametrize(
    ("expires_in", "seconds"), [(3599, 3599), ("3599", 3599), (600, 600), ("600.0", 600), (86_400, 86_400)]
)
def test_a_token_is_used_until_a_minute_before_its_end_whatever_the_clocks_say(expires_in, seconds, apart, world):
    vendor = Vendor(world, FakeClock(apart))
    there = vendor.clock.now().wall - apart
    stamp = f"{there:.0f}"
    vendor.answers(always=answer([])).login = lambda _: token(len(vendor.feed.logins), expires_in, expires_on=stamp)

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


def test_a_token_of_a_minute_is_used_for_half_of_it(vendor):
    vendor.answers(always=answer([])).login = lambda _: token(len(vendor.feed.logins), 60)

    async def story(c):
        await read(c)
        vendor.clock.advance(29)
        await read(c)
        assert len(vendor.feed.logins) == 1
        vendor.clock.advance(2)
        await read(c)

    vendor.tell(story)
    assert len(vendor.feed.logins) == 2


@pytest.mark.parametrize("expires_in", [None, 0, "0", -5, "soon", "", True, [3599], "nan", "inf"], ids=repr)
def test_a_token_that_does_not_say_how_long_it_lives_is_used_until_it_is_refused(expires_in, vendor):
    vendor.answers(answer([]), answer([]), REFUSED, answer([])).login = lambda _: token(
        len(vendor.feed.logins), expires_in
    )

    async def story(c):
        await read(c)
        vendor.clock.advance(10_000_000)
        await read(c)
        await read(c)

    vendor.tell(story)
    assert bearers(vendor) == [f"Bearer made-up-token-{number}" for number in (1, 1, 1, 2)]


# --- a token that is refused -----------------------------------------------------------------------------------------


def test_a_booking_that_meets_a_401_is_sent_again_once_to_the_byte(vendor):
    vendor.answers(REFUSED, answer(OPENED, 201), answer([LISTED]))
    booking = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, start=540, **MATTER))
    assert not booking.recovered
    first, again, look = vendor.feed.requests
    assert (first.method, first.url, first.content) == (again.method, again.url, again.content)
    assert look.method == "GET"
    assert bearers(vendor) == [f"Bearer made-up-token-{number}" for number in (1, 2, 2)]


def test_a_second_401_in_a_row_surfaces_and_there_is_no_loop(vendor):
    vendor.answers(always=REFUSED)
    with pytest.raises(AuthenticationError, match=r"401 .*tenant_id, client_id and client_secret") as caught:
        vendor.tell(read)
    assert caught.value.operation == "cubu.appointments.list"
    assert len(vendor.feed.requests) == len(vendor.feed.logins) == 2


def test_where_the_renewal_fails_the_401_surfaces_with_its_cause(vendor):
    feed = vendor.answers(always=REFUSED)
    feed.login = lambda _: WRONG_SECRET if len(feed.logins) > 1 else token()
    with pytest.raises(AuthenticationError) as caught:
        vendor.tell(read)
    assert caught.value.operation == "cubu.appointments.list"
    cause = caught.value.__cause__
    assert isinstance(cause, AuthenticationError)
    assert (cause.operation, cause.code) == ("cubu.token", "AADSTS7000215")
    assert len(feed.requests) == 1
    assert len(feed.logins) == 2


# --- no token --------------------------------------------------------------------------------------------------------

ENTRA = {
    "a wrong secret": (401, "invalid_client", 7000215),
    "a secret that has expired": (401, "invalid_client", 7000222),
    "no secret": (401, "invalid_client", 7000218),
    "an unknown application": (400, "unauthorized_client", 700016),
    "an unknown tenant": (400, "invalid_request", 90002),
    "a missing field": (400, "invalid_request", 900144),
    "a wrong scope": (400, "invalid_scope", 70011),
    "a forbidden application": (403, "access_denied", 50105),
}


@pytest.mark.parametrize("why", ENTRA)
def test_what_entra_refuses_is_an_authentication_error_with_its_code(why, vendor):
    status, error, code = ENTRA[why]
    vendor.answers().login = entra(status, error, code)
    with pytest.raises(AuthenticationError) as caught:
        vendor.tell(read)
    told = str(caught.value)
    assert (caught.value.status, caught.value.code) == (status, f"AADSTS{code}")
    assert f"{error}: AADSTS{code}: Something is wrong." in told
    assert "Trace ID" not in told
    assert SECRET not in told
    assert (caught.value.provider, caught.value.operation) == ("cubu", "cubu.token")
    assert vendor.feed.requests == []
    assert len(vendor.feed.logins) == 1


def test_an_error_without_a_number_has_its_name_for_a_code(vendor):
    vendor.answers().login = answer({"error": "invalid_client", "error_description": "No."}, 400)
    with pytest.raises(AuthenticationError, match="invalid_client: No") as caught:
        vendor.tell(read)
    assert caught.value.code == "invalid_client"


NO_TOKENS = {
    "HTML": raw(b"<html><body>Please sign in</body></html>", 200, [("content-type", "text/html")]),
    "a list": answer([{"access_token": "x"}]),
    "null": raw(b"null"),
    "a text": raw(b'"token"'),
    "nothing": raw(),
    "no content": raw(status=204),
    "half": raw(b'{"token_type": "Bearer", "access_tok'),
    "bad UTF-8": raw(b'{"access_token": "\xff"}'),
    "an empty object": answer({}),
    "another member": answer({"token": "x", "expires_in": 3599}),
    "a null token": answer({"access_token": None}),
    "a number for a token": answer({"access_token": 5}),
    "a token in an object": answer({"access_token": {"value": "x"}}),
    "an empty token": answer({"access_token": ""}),
    "a token with a line break": answer({"access_token": "a\r\nX: y"}),
    "a token with a space": answer({"access_token": "a b"}),
    "a token that is no ASCII": answer({"access_token": "é"}),
    "a 400 without a body": raw(status=400),
    "a 400 in HTML": raw(b"<html>Bad request</html>", 400),
    "a 401": raw(status=401),
    "a 404": raw(b"Not Found", 404),
    "a 405": raw(status=405),
    "a 422": answer({"message": "no"}, 422),
    "a redirect": raw(b"", 302, [("location", "https://elsewhere.example/")]),
    "a permanent redirect": raw(b"", 308, [("location", "https://elsewhere.example/")]),
}


@pytest.mark.parametrize("name", NO_TOKENS)
def test_a_token_endpoint_without_a_token_is_an_authentication_error_and_nothing_else_is_sent(name, vendor):
    vendor.answers().login = NO_TOKENS[name]
    with pytest.raises(AuthenticationError) as caught:
        vendor.tell(read)
    assert caught.value.operation == "cubu.token"
    assert SECRET not in str(caught.value)
    assert vendor.feed.requests == []
    assert [one.url for one in vendor.feed.logins] == [TOKENS]


def test_a_403_that_is_not_entras_is_told_as_one(vendor):
    vendor.answers().login = raw(b"Blocked by the firewall", 403)
    with pytest.raises(PermissionDeniedError, match="Blocked by the firewall") as caught:
        vendor.tell(read)
    assert caught.value.operation == "cubu.token"
    assert vendor.feed.requests == []


@pytest.mark.parametrize("status", [408, 500, 502, 503])
def test_a_token_request_that_fails_is_asked_again_because_a_second_token_does_no_harm(status, vendor):
    feed = vendor.answers(answer([LISTED]))
    feed.login = lambda _: token() if len(feed.logins) > 2 else raw(b"", status)
    assert len(vendor.tell(read)) == 1
    assert len(feed.logins) == 3
    assert len(feed.requests) == 1
    assert len({(one.content, *sorted(one.headers.items())) for one in feed.logins}) == 1


def test_a_write_without_a_token_was_not_sent_and_is_not_in_doubt(vendor):
    vendor.answers().login = raw(status=503)
    with pytest.raises(RequestNotSentError, match="no token could be had") as caught:
        vendor.tell(lambda c: c.call("appointments.book", CALENDAR, start=540, **MATTER), retry=NO_RETRY)
    assert not isinstance(caught.value, OutcomeUnknownError)
    assert vendor.feed.requests == []


def test_a_rate_limit_on_tokens_is_told_as_one(vendor):
    vendor.answers().login = raw(b"", 429, [("retry-after", "90")])
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


@pytest.mark.parametrize("ends", ["well", "badly"])
def test_fifty_callers_without_a_token_make_one_token_request(ends, vendor):
    feed = vendor.answers(always=answer([LISTED]))
    here, all_here = [], threading.Event()

    def login(_):
        if vendor.world.is_sync:
            assert all_here.wait(10)
        return token() if ends == "well" else WRONG_SECRET

    async def one(c):
        here.append(1)
        if len(here) == CALLERS:
            all_here.set()
        return len(await read(c))

    feed.login = login
    outcomes = together(vendor, one)
    assert len(feed.logins) == 1
    if ends == "well":
        assert outcomes == [1] * CALLERS
        assert bearers(vendor) == ["Bearer made-up-token-1"] * CALLERS
    else:
        assert [(type(one), one.code) for one in outcomes] == [(AuthenticationError, "AADSTS7000215")] * CALLERS
        assert len({id(one) for one in outcomes}) == CALLERS
        assert feed.requests == []


def refused_together(vendor):
    """Let everybody ask with the first token before anybody hears that it is refused."""
    feed = vendor.answers()
    barrier = threading.Barrier(CALLERS)

    def one(request):
        if request.headers["Authorization"] != "Bearer made-up-token-1":
            return answer([LISTED])
        if vendor.world.is_sync:
            barrier.wait(10)
        return REFUSED

    feed.always = one
    if not vendor.world.is_sync:
        send, waiting = feed.send, []

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
    assert [len(one) for one in together(vendor, read)] == [1] * CALLERS
    assert len(feed.logins) == 2
    assert len(feed.requests) == 2 * CALLERS


def test_fifty_callers_with_a_refused_token_make_one_token_request_also_if_it_fails(vendor):
    feed = refused_together(vendor)
    feed.login = lambda _: WRONG_SECRET if len(feed.logins) > 1 else token()
    outcomes = together(vendor, read)
    assert [type(one) for one in outcomes] == [AuthenticationError] * CALLERS
    assert len(feed.logins) == 2
    assert len(feed.requests) == CALLERS


# --- where tokens are kept -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_token_store_is_shared_by_clients_that_share_nothing_else(kind, world, tmp_path):
    path = tmp_path / "tokens.json"
    store = MemoryTokenStore()
    for index in range(2):
        other = Vendor(world, FakeClock())  # another clock, as in another process, is another account
        other.answers(always=answer([]))
        other.tell(read, settings(token_store=store if kind == "memory" else FileTokenStore(path)))
        assert len(other.feed.logins) == (index == 0)
        assert bearers(other) == ["Bearer made-up-token-1"]
    if kind == "file":
        assert SECRET not in path.read_text()
        assert path.stat().st_mode & 0o077 == 0


OTHERS = {
    "the same": ({"application_id": "another", "phone_format": "any", "base_url": "https://x.example"}, False),
    "another secret": ({"client_secret": "another-secret"}, True),
    "another client": ({"client_id": "another-client"}, True),
    "another scope": ({"scope": "api://cubu/.default"}, True),
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_token_in_a_store_is_used_by_whoever_asks_the_same_for_it(other, vendor):
    given, again = OTHERS[other]
    store = MemoryTokenStore()
    vendor.answers(always=answer([]))
    vendor.tell(read, settings(token_store=store))
    vendor.tell(read, settings(token_store=store, **given))
    assert len(vendor.feed.logins) == 1 + again
    assert len(set(bearers(vendor))) == 1 + again


def test_a_refused_token_is_replaced_in_the_store_too(vendor):
    store = MemoryTokenStore()
    vendor.answers(REFUSED, answer([]), answer([]))
    vendor.tell(read, settings(token_store=store))
    vendor.clock = FakeClock()
    vendor.tell(read, settings(token_store=store))
    assert len(vendor.feed.logins) == 2
    assert bearers(vendor) == [f"Bearer made-up-token-{number}" for number in (1, 2, 2)]


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

    vendor.answers(always=answer([]))
    store = Store()
    vendor.tell(read, settings(token_store=store))
    vendor.clock = FakeClock()
    vendor.tell(read, settings(token_store=store))
    assert len(vendor.feed.logins) == len(kept) == 1
    assert SECRET not in repr(kept)


def test_a_store_that_cannot_keep_the_token_does_not_stop_the_call(vendor, caplog):
    class Full(MemoryTokenStore):
        def set(self, key, token):
            raise OSError(f"no space left for {token.value}")

    vendor.answers(always=answer([]))

    async def story(c):
        await read(c)
        await read(c)

    vendor.tell(story, settings(token_store=Full()))
    assert len(vendor.feed.logins) == 1
    assert "the token store raised OSError" in caplog.text
    assert "made-up-token" not in caplog.text


# --- the sandbox -----------------------------------------------------------------------------------------------------


async def days(c):
    return await c.collect(c.list("calendars.list", FRONT_DESK, CALENDAR.date))


def logins(office):
    return [one for one in office.sandbox.requests if one.path.endswith("/oauth2/v2.0/token")]


def test_the_sandboxs_tokens_expire_and_are_renewed_ahead_of_time(office):
    office.emulation.token_life = timedelta(minutes=40)

    async def story(c):
        for _ in range(4):
            await days(c)
            office.watch.pass_by(1200)

    office.tell(story)
    assert len(logins(office)) == 2
    assert len(office.seen()) == 4  # none of them was refused


def test_a_token_that_the_sandbox_no_longer_takes_is_renewed_once(office):
    async def story(c):
        await days(c)
        office.sandbox.clock.advance(timedelta(hours=3))
        office.watch.ahead = -10_800.0  # by the local clock it is fresh
        return await days(c)

    assert len(office.tell(story)) == 3
    assert len(logins(office)) == 2
    assert len(office.seen()) == 3


ROLES = {
    "Appointments Manager": ("calendars.list", (FRONT_DESK, CALENDAR.date), {}),
    "Customers Manager": ("customers.find", (), {"record_id": RENEWAL}),
    "Case Manager": ("queue.join", (FRONT_DESK,), MATTER),
}


@pytest.mark.parametrize("role", ROLES)
def test_an_application_without_the_role_is_told_which_it_needs(role, office):
    verb, args, kwargs = ROLES[role]
    others = attrs.evolve(office.sandbox.cubu, **office.emulation.register(roles={*ROLES} - {role}))
    fewer = attrs.evolve(office.sandbox.cubu, **office.emulation.register(roles=[role]))

    async def story(c):
        if verb.endswith(".list"):
            return await c.collect(c.list(verb, *args, **kwargs))
        return await c.call(verb, *args, **kwargs)

    with pytest.raises(
        PermissionDeniedError, match=f"{role}.*Appointments Manager, Customers Manager or Case"
    ) as caught:
        office.tell(story, others)
    assert caught.value.code == "99403"
    office.tell(story, fewer)
