"""The API key and the token: how they are sent, how they are had, how often, and what happens without them."""

from __future__ import annotations

import base64
import json
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import anyio
import anyio.lowlevel
import attrs
import pytest
from harness import SyncTeller, at_once, said
from imiassist_support import (
    API,
    CLIENTS,
    CUT,
    HOST,
    ID,
    KEY,
    MADE,
    NAMED,
    NOW,
    START,
    TOKEN,
    FakeClock,
    answer,
    error,
    passed_on,
    raw,
    settings,
)
from leaks import everything_said

from apptsdk import (
    APIStatusError,
    ApptError,
    AuthenticationError,
    ConfigurationError,
    IMIassistSettings,
    NotFoundError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitError,
    RequestNotSentError,
    UnsupportedError,
)
from apptsdk.http import NotSent, Request
from apptsdk.operation import Now, Operation
from apptsdk.providers.imiassist import Endpoint
from apptsdk.providers.imiassist.auth import InBody, IntegrationUser
from apptsdk.tokens import FileTokenStore, MemoryTokenStore, Token

EMAIL, PASSWORD = "integration@northside.example", "made-up password-91c"
USER = {"api_key": None, "token": None, "user_email": EMAIL, "user_password": PASSWORD}
BOTH = {"user_email": EMAIL, "user_password": PASSWORD}
LOGIN, EXISTING, NEW, CALL = (
    "POST /auth/login",
    "GET /auth/token",
    "POST /auth/token",
    f"POST /appointments/{ID}/cancel",
)
DONE = answer(NAMED)
BOOKED = {name: value for name, value in MADE.items() if name != "external_reference_id"}
REFUSED = answer(error("invalid_token"), 401)
NO_TOKEN = answer(error("token_not_found"), 404)
LIFE = 900


def jwt(**claims):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'typ': 'JWT', 'alg': 'HS256'})}.{part({'type': 'access', **claims})}.c2lnbmF0dXJl"


ACCESS = jwt(exp=int(NOW.timestamp()) + LIFE, jti="5f1d")


def login(access=ACCESS, **more):
    return answer({"refresh": "made-up-refresh", "access": access, **more})


def pair(number=1, status=200, **more):
    return answer({"api_key": f"made-up-key-{number}", "token": f"made-up-token-{number}", **more}, status)


async def cancel(c):
    return await c.call("appointments.cancel", appointment_id=ID)


def lines(vendor):
    """Give what was asked, a line each."""
    return [f"{one.method} {one.path}" for one in vendor.seen]


def tokens(vendor):
    """Give the tokens of the calls, those for tokens apart."""
    return [one.headers["authorization"] for one in vendor.seen if not one.path.startswith("/auth")]


# --- the three ways, in their order ----------------------------------------------------------------------------------


def test_email_and_password_lead_to_access_that_to_the_existing_token_and_that_to_the_call(vendor):
    vendor.answers(login(), pair(), DONE)
    made = vendor.tell(cancel, settings(**USER))

    assert made.appointment_id == ID
    assert lines(vendor) == [LOGIN, EXISTING, CALL]
    signing_in, existing, call = vendor.seen
    assert signing_in.body == {"email": EMAIL, "password": PASSWORD}
    assert existing.body is None
    assert call.body == {}
    assert existing.headers["authorization"] == f"Bearer {ACCESS}"
    assert (call.headers["x-api-key"], call.headers["authorization"]) == ("made-up-key-1", "Token made-up-token-1")
    assert not {"authorization", "x-api-key"} & {*signing_in.headers}
    assert "x-api-key" not in existing.headers
    assert "content-type" not in existing.headers
    assert all(one.headers["accept"] == "application/json" for one in vendor.seen)
    assert signing_in.url == f"{HOST}{API}/auth/login"


def test_where_there_is_no_existing_token_a_new_one_is_made(vendor):
    vendor.answers(login(), NO_TOKEN, pair(2, 201), DONE)
    vendor.tell(cancel, settings(**USER))

    assert lines(vendor) == [LOGIN, EXISTING, NEW, CALL]
    assert vendor.seen[2].body == {}
    assert vendor.seen[2].headers["authorization"] == f"Bearer {ACCESS}"
    assert tokens(vendor) == ["Token made-up-token-2"]


def test_a_given_pair_is_used_first_and_nothing_is_asked_for_it(vendor):
    vendor.answers(DONE)
    vendor.tell(cancel, settings(**BOTH))

    assert lines(vendor) == [CALL]
    assert (vendor.seen[0].headers["x-api-key"], *tokens(vendor)) == (KEY, f"Token {TOKEN}")


REFUSALS = {
    "another one exists": ([login(), pair(3)], [LOGIN, EXISTING], 3),
    "the one that was refused is the existing one": (
        [login(), pair(token=TOKEN), pair(4, 201)],
        [LOGIN, EXISTING, NEW],
        4,
    ),
    "none exists": ([login(), NO_TOKEN, pair(5)], [LOGIN, EXISTING, NEW], 5),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_given_token_that_is_refused_is_replaced(case, vendor):
    between, asked_for, number = REFUSALS[case]
    vendor.answers(REFUSED, *between, DONE)
    vendor.tell(cancel, settings(**BOTH))

    assert lines(vendor) == [CALL, *asked_for, CALL]
    assert tokens(vendor) == [f"Token {TOKEN}", f"Token made-up-token-{number}"]
    assert vendor.seen[-1].headers["x-api-key"] == f"made-up-key-{number}"


def test_a_booking_that_meets_a_401_is_sent_again_once_to_the_byte(vendor):
    vendor.answers(REFUSED, login(), pair(), answer(BOOKED, 201))
    vendor.tell(lambda c: c.call("appointments.schedule", start_time=START), settings(**BOTH))

    first, *_, again = vendor.feed.requests
    assert (first.method, first.url, first.content) == (again.method, again.url, again.content)
    assert len(vendor.feed.requests) == 4


def test_a_token_that_is_refused_right_after_it_was_had_surfaces_and_there_is_no_loop(one):
    one.answers(REFUSED, login(), pair(), REFUSED)
    with pytest.raises(AuthenticationError, match=r"401 Nope\. \(are api_key and token, or user_email") as caught:
        one.tell(cancel, settings(**BOTH))

    assert caught.value.operation == "imiassist.appointments.cancel"
    assert caught.value.code == "invalid_token"
    assert lines(one) == [CALL, LOGIN, EXISTING, CALL]


@pytest.mark.parametrize(("after", "asked_for"), [(59, [EXISTING]), (61, [EXISTING, NEW])])
def test_a_new_token_that_is_refused_is_not_replaced_within_a_minute(after, asked_for, one):
    """Each ends the one before: whoever refuses what is new refuses all, and others would lose theirs."""
    one.answers(REFUSED, login(), NO_TOKEN, pair(1), DONE)
    told = []

    async def story(c):
        await cancel(c)
        one.clock.advance(after)
        one.feed.answers.extend([REFUSED, pair(1), *([pair(2)] if NEW in asked_for else []), REFUSED])
        before = len(one.seen)
        with pytest.raises(AuthenticationError):
            await cancel(c)
        told.extend(lines(one)[before:])

    one.tell(story, settings(**BOTH))
    assert told == [CALL, *asked_for, CALL]


def test_without_email_and_password_a_refused_token_is_refused(vendor):
    vendor.answers(REFUSED)
    with pytest.raises(AuthenticationError):
        vendor.tell(cancel)
    assert lines(vendor) == [CALL]


# --- the API key -----------------------------------------------------------------------------------------------------


def test_an_api_key_that_comes_with_a_token_replaces_that_of_the_settings(one):
    one.answers(REFUSED, login(), pair(2), DONE)
    one.tell(cancel, settings(**BOTH))
    assert [one.headers.get("x-api-key") for one in one.seen] == [KEY, None, None, "made-up-key-2"]


def test_a_token_that_comes_alone_goes_with_the_key_of_the_settings(one):
    one.answers(login(), answer({"token": "made-up-token-2"}), DONE)
    one.tell(cancel, settings(**{**USER, "api_key": KEY}))
    assert (one.seen[-1].headers["x-api-key"], *tokens(one)) == (KEY, "Token made-up-token-2")


@pytest.mark.parametrize("key", [{}, {"api_key": None}, {"api_key": ""}], ids=repr)
def test_a_token_without_any_key_is_no_use_and_the_message_says_so(key, one):
    one.answers(login(), answer({"token": "made-up-token-2", **key}))
    with pytest.raises(ConfigurationError) as caught:
        one.tell(cancel, settings(**USER))
    assert str(caught.value) == "No API key came with the token, and the settings have none: set api_key."
    assert lines(one) == [LOGIN, EXISTING]


def test_a_new_key_goes_with_the_new_token_and_not_with_the_old_one(one):
    one.answers(login(), pair(1), DONE, REFUSED, pair(2), DONE)

    async def story(c):
        await cancel(c)
        await cancel(c)

    one.tell(story, settings(**USER))
    calls = [one for one in one.seen if not one.path.startswith("/auth")]
    assert [(one.headers["x-api-key"], one.headers["authorization"]) for one in calls] == [
        *[("made-up-key-1", "Token made-up-token-1")] * 2,
        ("made-up-key-2", "Token made-up-token-2"),
    ]


# --- ACCESS ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "again"), [(0, False), (LIFE - 61, False), (LIFE - 59, True), (LIFE + 1, True)])
def test_access_is_kept_until_a_minute_before_its_end(after, again, one):
    fresh = jwt(exp=int(NOW.timestamp()) + 5 * LIFE)
    one.answers(login(), pair(1), DONE, REFUSED, *([login(fresh)] if again else []), pair(2), DONE)

    async def story(c):
        await cancel(c)
        one.clock.advance(after)
        await cancel(c)

    one.tell(story, settings(**USER))
    assert lines(one) == [LOGIN, EXISTING, CALL, CALL, *([LOGIN] if again else []), EXISTING, CALL]
    assert one.seen[-2].headers["authorization"] == f"Bearer {fresh if again else ACCESS}"


def test_access_of_a_minute_is_used_for_half_of_it(one):
    short = jwt(exp=int(NOW.timestamp()) + 60)
    one.answers(login(short), pair(1), DONE, REFUSED, pair(2), DONE, REFUSED, login(), pair(3), DONE)

    async def story(c):
        await cancel(c)
        one.clock.advance(29)
        await cancel(c)
        one.clock.advance(2)
        await cancel(c)

    one.tell(story, settings(**USER))
    assert lines(one).count(LOGIN) == 2
    assert tokens(one)[-1] == "Token made-up-token-3"


@pytest.mark.parametrize(
    "access", ["made-up-opaque", "a.b.c", jwt(jti="5f1d"), jwt(exp="soon"), jwt(exp=0)], ids=range(5)
)
def test_access_that_does_not_say_when_it_ends_is_kept_until_it_is_refused(access, one):
    one.answers(login(access), pair(1), DONE, REFUSED, pair(2), DONE, REFUSED, REFUSED, login(access), pair(3), DONE)

    async def story(c):
        for _ in range(3):
            await cancel(c)
            one.clock.advance(10_000_000)

    one.tell(story, settings(**USER))
    assert lines(one) == [LOGIN, EXISTING, CALL, CALL, EXISTING, CALL, CALL, EXISTING, LOGIN, EXISTING, CALL]


def test_access_that_is_over_by_our_clock_is_used_at_once_and_not_kept(one):
    one.clock = FakeClock(ahead=86_400.0)
    one.answers(login(), pair(1), DONE, REFUSED, login(), pair(2), DONE)

    async def story(c):
        await cancel(c)
        await cancel(c)

    one.tell(story, settings(**USER))
    assert lines(one) == [LOGIN, EXISTING, CALL, CALL, LOGIN, EXISTING, CALL]


def test_access_that_is_refused_before_its_time_costs_one_more_login(vendor):
    other = jwt(exp=int(NOW.timestamp()) + LIFE, jti="another")
    vendor.answers(login(), pair(1), DONE, REFUSED, REFUSED, login(other), pair(2), DONE)

    async def story(c):
        await cancel(c)
        await cancel(c)

    vendor.tell(story, settings(**USER))
    assert lines(vendor) == [LOGIN, EXISTING, CALL, CALL, EXISTING, LOGIN, EXISTING, CALL]
    assert vendor.seen[-2].headers["authorization"] == f"Bearer {other}"


def test_access_that_is_refused_right_after_the_login_is_an_authentication_error(one):
    one.answers(login(), REFUSED)
    with pytest.raises(AuthenticationError, match="401") as caught:
        one.tell(cancel, settings(**USER))
    assert (caught.value.operation, caught.value.code) == ("imiassist.get_existing_token", "invalid_token")
    assert lines(one) == [LOGIN, EXISTING]


def test_access_that_is_refused_twice_is_an_authentication_error_and_there_is_no_loop(one):
    one.answers(login(), pair(1), DONE, REFUSED, REFUSED, login(), REFUSED)

    async def story(c):
        await cancel(c)
        with pytest.raises(AuthenticationError) as caught:
            await cancel(c)
        return caught.value

    failed = one.tell(story, settings(**USER))
    assert failed.operation == "imiassist.appointments.cancel"
    assert failed.__cause__.operation == "imiassist.get_existing_token"
    assert lines(one) == [LOGIN, EXISTING, CALL, CALL, EXISTING, LOGIN, EXISTING]


SPELT = {
    "as the page has it": {"REFRESH": "r", "ACCESS": ACCESS},
    "in mixed case": {"Access": ACCESS},
    "below data": {"data": {"ACCESS": ACCESS}},
    "below result": {"Result": {"access": ACCESS}},
    "in a body that is passed on": {"response_body": json.dumps({"access": ACCESS}), "response_status_code": "200"},
}


@pytest.mark.parametrize("way", SPELT)
def test_outputs_of_a_login_are_found_however_they_are_spelt(way, one):
    one.answers(answer(SPELT[way]), answer({"data": {"API_KEY": "made-up-key-1", "Token": "made-up-token-1"}}), DONE)
    one.tell(cancel, settings(**USER))
    assert one.seen[1].headers["authorization"] == f"Bearer {ACCESS}"
    assert (one.seen[2].headers["x-api-key"], *tokens(one)) == ("made-up-key-1", "Token made-up-token-1")


# --- how long a token is used ----------------------------------------------------------------------------------------


def test_a_token_is_used_until_it_is_refused(one):
    one.answers(login(), pair(), *[DONE] * 2)

    async def story(c):
        await cancel(c)
        one.clock.advance(10_000_000)
        await cancel(c)

    one.tell(story, settings(**USER))
    assert lines(one) == [LOGIN, EXISTING, CALL, CALL]


def test_a_token_that_is_a_jwt_is_renewed_before_its_end(one):
    first, second = (jwt(exp=int(NOW.timestamp()) + seconds) for seconds in (3600, 7200))
    one.answers(login(), pair(token=first), DONE, DONE, login(), pair(token=second), DONE)

    async def story(c):
        await cancel(c)
        one.clock.advance(3539)
        await cancel(c)
        one.clock.advance(2)
        await cancel(c)

    one.tell(story, settings(**USER))
    assert tokens(one) == [f"Token {token}" for token in (first, first, second)]
    assert lines(one) == [LOGIN, EXISTING, CALL, CALL, LOGIN, EXISTING, CALL]


def test_a_given_token_that_was_replaced_is_not_used_again(one):
    first = jwt(exp=int(NOW.timestamp()) + 3600)
    one.answers(REFUSED, login(), pair(token=first), DONE, login(), pair(2), DONE)

    async def story(c):
        await cancel(c)
        one.clock.advance(3541)
        await cancel(c)

    one.tell(story, settings(**BOTH))
    assert lines(one) == [CALL, LOGIN, EXISTING, CALL, LOGIN, EXISTING, CALL]
    assert tokens(one) == [f"Token {TOKEN}", f"Token {first}", "Token made-up-token-2"]


# --- no token --------------------------------------------------------------------------------------------------------

NO_TOKENS = {
    "HTML": raw(b"<html><body>Please sign in</body></html>", 200, [("content-type", "text/html")]),
    "a list": answer([{"access": "x", "token": "x"}]),
    "null": raw(b"null"),
    "a text": raw(b'"token"'),
    "nothing": raw(),
    "no content": raw(status=204),
    "half": raw(b'{"access": "x", "tok'),
    "a number": answer({"access": 5, "token": 5}),
    "an object": answer({"access": {"value": "x"}, "token": {"value": "x"}}),
    "a line break": answer({"access": "a\r\nX: y", "token": "a\r\nX: y"}),
    "a space": answer({"access": "a b", "token": "a b"}),
    "no ASCII": answer({"access": "é", "token": "é"}),
    "a key that is none": answer({"access": "x", "token": "x", "api_key": "a\r\nX: y"}),
    "a key that is a list": answer({"access": "x", "token": "x", "api_key": ["k", "k"]}),
    "a 400": answer(error("invalid_request"), 400),
    "a 401": answer(error("invalid_credentials"), 401),
    "a 401 that is passed on": passed_on("401", error("invalid_credentials")),
    "a 405": raw(status=405),
    "a 409 in HTML": raw(b"<html>Conflict</html>", 409),
    "a redirect": raw(b"", 307, [("location", "https://elsewhere.example/")]),
}
NOTHING = {
    "an empty object": answer({}),
    "another member": answer({"passport": "x"}),
    "a null": answer({"access": None, "token": None}),
    "an empty text": answer({"access": "", "token": ""}),
    "no text below data": answer({"data": {"token": ""}}),
}
STAGES = {
    "authenticate": ([], [LOGIN]),
    "get_existing_token": ([login()], [LOGIN, EXISTING]),
    "get_new_token": ([login(), NO_TOKEN], [LOGIN, EXISTING, NEW]),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", NO_TOKENS)
def test_a_call_for_a_token_that_gives_none_is_an_authentication_error_and_nothing_else_is_sent(stage, name, one):
    before, asked_for = STAGES[stage]
    one.answers(*before, NO_TOKENS[name])
    with pytest.raises(AuthenticationError) as caught:
        one.tell(cancel, settings(**USER))

    assert (caught.value.provider, caught.value.operation) == ("imiassist", f"imiassist.{stage}")
    assert caught.value.__cause__ is not None
    assert lines(one) == asked_for
    assert not any(secret in told for told in said(caught.value) for secret in (PASSWORD, ACCESS))


@pytest.mark.parametrize("stage", ["authenticate", "get_new_token"])
@pytest.mark.parametrize("name", NOTHING)
def test_an_answer_without_the_output_is_no_token(stage, name, one):
    before, asked_for = STAGES[stage]
    one.answers(*before, NOTHING[name])
    with pytest.raises(AuthenticationError) as caught:
        one.tell(cancel, settings(**USER))
    assert caught.value.operation == f"imiassist.{stage}"
    assert lines(one) == asked_for


@pytest.mark.parametrize("name", NOTHING)
def test_where_the_call_for_the_existing_token_answers_none_a_new_one_is_made(name, one):
    one.answers(login(), NOTHING[name], pair(2), DONE)
    one.tell(cancel, settings(**USER))
    assert lines(one) == [LOGIN, EXISTING, NEW, CALL]
    assert tokens(one) == ["Token made-up-token-2"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_403_is_told_as_one(stage, one):
    before, asked_for = STAGES[stage]
    one.answers(*before, answer(error("not_allowed"), 403))
    with pytest.raises(PermissionDeniedError, match="may the company's integration user do this"):
        one.tell(cancel, settings(**USER))
    assert lines(one) == asked_for


def test_a_path_that_is_not_there_is_no_lack_of_a_token_for_ever(one):
    one.answers(login(), NO_TOKEN, NO_TOKEN)
    with pytest.raises(AuthenticationError, match="No token could be had") as caught:
        one.tell(cancel, settings(**USER))
    assert isinstance(caught.value.__cause__, NotFoundError)
    assert lines(one) == [LOGIN, EXISTING, NEW]


FAILURES = {"a 503": raw(status=503), "a 500": raw(status=500), "a cut": CUT, "nothing sent": NotSent("refused")}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", FAILURES)
def test_a_call_for_a_token_that_fails_is_asked_again(stage, name, one):
    before, asked_for = STAGES[stage]
    after = [login(), pair()] if stage == "authenticate" else [pair()]
    one.answers(*before, FAILURES[name], *after, DONE)
    one.tell(cancel, settings(**USER))
    assert lines(one)[: len(asked_for)] == asked_for
    assert lines(one).count(asked_for[-1]) == 2
    assert lines(one)[-1] == CALL


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", FAILURES)
def test_a_booking_without_a_token_was_not_sent_and_is_not_in_doubt(stage, name, one):
    before, asked_for = STAGES[stage]
    one.answers(*before, *[FAILURES[name]] * 9)
    with pytest.raises(RequestNotSentError, match="no token could be had") as caught:
        one.tell(lambda c: c.call("appointments.schedule", start_time=START), settings(**USER))
    assert not isinstance(caught.value, OutcomeUnknownError)
    assert {*lines(one)} == {*asked_for}


def test_a_rate_limit_on_tokens_is_told_as_one(one):
    one.answers(raw(status=429, headers=[("retry-after", "90")]))
    with pytest.raises(RateLimitError) as caught:
        one.tell(cancel, settings(**USER))
    assert caught.value.retry_after == 90
    assert lines(one) == [LOGIN]


def test_where_the_renewal_fails_the_401_surfaces_with_its_cause(vendor):
    vendor.answers(REFUSED, answer(error("invalid_credentials", "Wrong."), 401))
    with pytest.raises(AuthenticationError) as caught:
        vendor.tell(cancel, settings(**BOTH))
    assert (caught.value.operation, caught.value.code) == ("imiassist.appointments.cancel", "invalid_token")
    cause = caught.value.__cause__
    assert isinstance(cause, AuthenticationError)
    assert (cause.operation, cause.code) == ("imiassist.authenticate", "invalid_credentials")
    assert lines(vendor) == [CALL, LOGIN]


def test_after_a_refused_login_the_next_second_of_calls_does_not_ask_again(one):
    one.answers(answer(error("invalid_credentials"), 401), login(), pair(), DONE)

    async def story(c):
        for _ in range(3):
            with pytest.raises(AuthenticationError):
                await cancel(c)
        assert lines(one) == [LOGIN]
        one.clock.advance(1.5)
        await cancel(c)

    one.tell(story, settings(**USER))
    assert lines(one) == [LOGIN, LOGIN, EXISTING, CALL]


# --- many at once ----------------------------------------------------------------------------------------------------

CALLERS = 50


def together(vendor, given):
    """Cancel with one client many times at once; give how each ended."""
    outcomes = []

    async def told(c):
        try:
            outcomes.append((await cancel(c)).appointment_id)
        except ApptError as failure:
            outcomes.append(failure)

    client = vendor.client(given)
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


def all_refused(vendor, by_line):
    """Refuse every call that has not the first new token, and tell nobody of it before everybody has asked."""
    barrier, waiting = threading.Barrier(CALLERS), []

    def here(request):
        line = f"{request.method} {request.url.removeprefix(HOST + API)}"
        if line in by_line:
            return by_line[line]
        if request.headers["Authorization"] == "Token made-up-token-1":
            return DONE
        if vendor.world.is_sync:
            barrier.wait(10)
        return REFUSED

    feed = vendor.answers(always=here)
    if vendor.world.is_sync:
        return
    send = feed.send

    async def all_together(*given):
        found = await send(*given)
        if found is REFUSED:
            waiting.append(1)
            while len(waiting) < CALLERS:
                await anyio.lowlevel.checkpoint()
        return found

    feed.send = all_together


GIVEN_FIRST = {"no token": (USER, pair(1), 0), "a token that is refused": (BOTH, pair(token=TOKEN), 1)}


@pytest.mark.parametrize("first", GIVEN_FIRST)
def test_fifty_who_wait_for_a_token_are_one_login(first, vendor):
    given, existing, new = GIVEN_FIRST[first]
    all_refused(vendor, {LOGIN: login(), EXISTING: existing, NEW: pair(1)})

    assert together(vendor, settings(**given)) == [ID] * CALLERS
    asked_for = lines(vendor)
    assert [asked_for.count(line) for line in (LOGIN, EXISTING, NEW)] == [1, 1, new]
    assert tokens(vendor).count("Token made-up-token-1") == CALLERS


@pytest.mark.parametrize("first", GIVEN_FIRST)
def test_a_login_that_is_refused_is_refused_once_for_fifty_who_wait(first, vendor):
    given, _, refused = GIVEN_FIRST[first]
    all_refused(vendor, {LOGIN: answer(error("invalid_credentials"), 401)})

    outcomes = together(vendor, settings(**given))
    assert {type(one) for one in outcomes} == {AuthenticationError}
    assert len({id(one) for one in outcomes}) == len(outcomes) == CALLERS
    asked_for = lines(vendor)
    assert [asked_for.count(line) for line in (LOGIN, EXISTING, NEW, CALL)] == [1, 0, 0, refused * CALLERS]


# --- header fields ---------------------------------------------------------------------------------------------------

HEADERS = {
    "the proposal": ({}, {"x-api-key": KEY, "authorization": f"Token {TOKEN}"}),
    "no scheme": ({"token_scheme": ""}, {"x-api-key": KEY, "authorization": TOKEN}),
    "another scheme": ({"token_scheme": "Bearer"}, {"x-api-key": KEY, "authorization": f"Bearer {TOKEN}"}),
    "other fields": (
        {"api_key_header": "Api_Key.1", "token_header": "X-Token"},
        {"api_key.1": KEY, "x-token": f"Token {TOKEN}"},
    ),
}


@pytest.mark.parametrize("way", HEADERS)
def test_key_and_token_are_in_the_fields_of_the_settings(way, one):
    given, sent = HEADERS[way]
    one.answers(DONE)
    one.tell(cancel, settings(**given))
    (call,) = one.seen
    assert {name: value for name, value in call.headers.items() if KEY in value or TOKEN in value} == sent


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({}, "authorization", f"Bearer {ACCESS}"),
        ({"access_scheme": ""}, "authorization", ACCESS),
        ({"access_scheme": "JWT", "access_header": "X-Access"}, "x-access", f"JWT {ACCESS}"),
    ],
    ids=["the proposal", "no scheme", "another field"],
)
def test_access_is_in_the_field_of_the_settings(given, field, value, one):
    one.answers(login(), NO_TOKEN, pair(), DONE)
    one.tell(cancel, settings(**USER, **given))
    for call in one.seen[1:3]:
        assert {name: text for name, text in call.headers.items() if ACCESS in text} == {field: value}
    assert not any(ACCESS in text for text in one.seen[3].headers.values())


@pytest.mark.parametrize("scheme", ["", "Token", "Key"])
def test_a_refused_token_is_known_whatever_its_scheme(scheme, one):
    given = settings(**BOTH, token_scheme=scheme, token_header="X-Token")
    one.answers(REFUSED, login(), pair(token=TOKEN), pair(2), DONE)
    one.tell(cancel, given)
    assert lines(one) == [CALL, LOGIN, EXISTING, NEW, CALL]
    assert one.seen[-1].headers["x-token"] == f"{scheme} made-up-token-2".strip()


# --- credentials in the body -----------------------------------------------------------------------------------------

COMPANY = {"subdomain": "northside", "domain": "eclinic.org.uk"}
POSTED = {"get_existing_token": Endpoint("POST", "/auth/existing", {"node": "existing"})}
EXISTING_BY_POST = "POST /auth/existing"


def in_body(**other):
    return settings(credentials_in_body=True, **other)


def test_credentials_in_the_body_are_members_of_every_request_and_in_no_header(vendor):
    vendor.answers(answer(BOOKED, 201), DONE, *[answer({})] * 4)

    async def story(c):
        await c.call("appointments.schedule", start_time=START, external_reference_id="r-1")
        await cancel(c)
        await c.call("request", "POST", "/contacts", json={"first_name": "Ana"})
        await c.call("request", "DELETE", "/contacts/7")
        await c.call("request", "PUT", "/contacts/7", json={})
        await c.call("request", "PATCH", "/contacts/7", json={"phone": None})

    vendor.tell(story, in_body())
    whole = {**COMPANY, "api_key": KEY, "token": TOKEN}
    bodies = [
        {"start_time": "2026-03-02T09:00:00.000Z", "priority": "LOW", "external_reference_id": "r-1"},
        {},
        {"first_name": "Ana"},
        {},
        {},
        {"phone": None},
    ]
    assert [one.body for one in vendor.seen] == [{**body, **whole} for body in bodies]
    for one in vendor.seen:
        assert not {"authorization", "x-api-key"} & {*one.headers}
        assert one.headers["content-type"] == "application/json"
        assert not any(secret in value for value in one.headers.values() for secret in (KEY, TOKEN))


def test_calls_for_tokens_have_the_company_and_access_in_the_body(vendor):
    vendor.answers(login(), NO_TOKEN, pair(), DONE)
    vendor.tell(cancel, in_body(**USER, endpoints=POSTED))

    assert lines(vendor) == [LOGIN, EXISTING_BY_POST, NEW, CALL]
    assert [one.body for one in vendor.seen] == [
        {"email": EMAIL, "password": PASSWORD, **COMPANY},
        {"node": "existing", "authorization": ACCESS, **COMPANY},
        {"authorization": ACCESS, **COMPANY},
        {**COMPANY, "api_key": "made-up-key-1", "token": "made-up-token-1"},
    ]
    assert not any("authorization" in one.headers for one in vendor.seen)


def test_their_names_can_be_others(one):
    theirs = {
        "subdomain": "company",
        "domain": "Domain name",
        "api_key": "key",
        "token": "secret",
        "authorization": "passport",
        "user_email": "mailbox",
        "user_password": "passphrase",
        "access": "entry",
    }
    one.answers(answer({"ENTRY": ACCESS}), answer({"Key": "made-up-key-1", "SECRET": "made-up-token-1"}), DONE)
    one.tell(cancel, in_body(**USER, endpoints=POSTED, field_names=theirs))

    company = {"company": "northside", "Domain name": "eclinic.org.uk"}
    assert [one.body for one in one.seen] == [
        {"mailbox": EMAIL, "passphrase": PASSWORD, **company},
        {"node": "existing", "passport": ACCESS, **company},
        {**company, "key": "made-up-key-1", "secret": "made-up-token-1"},
    ]


def test_a_token_in_the_body_that_is_refused_is_replaced(vendor):
    given = in_body(**BOTH, endpoints=POSTED, field_names={"token": "Secret", "api_key": "Key"})
    old, new = {"Key": "made-up-key-1", "Secret": TOKEN}, {"Key": "made-up-key-2", "Secret": "made-up-token-2"}
    vendor.answers(REFUSED, login(), answer(old), answer(new), DONE)
    vendor.tell(cancel, given)

    assert lines(vendor) == [CALL, LOGIN, EXISTING_BY_POST, NEW, CALL]
    calls = [one.body for one in vendor.seen if one.path.startswith("/appointments")]
    assert [(body["Key"], body["Secret"]) for body in calls] == [(KEY, TOKEN), ("made-up-key-2", "made-up-token-2")]


def test_a_refusal_that_a_flow_passes_on_leads_to_another_token(one):
    one.answers(passed_on("401", error("invalid_token")), login(), pair(2), DONE)
    one.tell(cancel, in_body(**BOTH, endpoints=POSTED))
    assert lines(one) == [CALL, LOGIN, EXISTING_BY_POST, CALL]


@pytest.mark.parametrize("status", [403, 404, 409])
def test_a_refusal_that_a_flow_passes_on_to_any_other_call_is_one(status, one):
    one.answers(passed_on(str(status), error("no")))
    with pytest.raises(APIStatusError) as caught:
        one.tell(lambda c: c.call("request", "POST", "/bookings", json={"node": "add_host"}), in_body())
    assert caught.value.status == status


def test_any_other_call_that_a_flow_refuses_with_a_401_leads_to_another_token(one):
    one.answers(passed_on("401", error("invalid_token")), login(), pair(2), answer({"participant_id": "7"}))
    found = one.tell(lambda c: c.call("request", "POST", "/x", json={}), in_body(**BOTH, endpoints=POSTED))
    assert found.json() == {"participant_id": "7"}
    assert one.seen[-1].body["token"] == "made-up-token-2"


def test_a_404_that_a_flow_passes_on_means_that_there_is_no_token(one):
    one.answers(login(), passed_on(404, error("token_not_found")), pair(2), DONE)
    one.tell(cancel, in_body(**USER, endpoints=POSTED))
    assert lines(one) == [LOGIN, EXISTING_BY_POST, NEW, CALL]


@pytest.mark.parametrize("name", ["token", "api_key", "subdomain", "domain"])
def test_a_member_of_the_body_that_is_called_like_a_credential_is_refused_and_nothing_is_sent(name, one):
    one.answers(always=answer({}))
    given = in_body(**USER, endpoints=POSTED)
    with pytest.raises(UnsupportedError) as caught:
        one.tell(lambda c: c.call("request", "POST", "/x", json={name: "mine", "node": "x"}), given)
    assert str(caught.value) == f"With credentials_in_body, {name} is the SDK's to set: leave it out of the body."
    assert one.seen == []


CARRY_NONE = {
    "a GET": ("GET", None),
    "a HEAD": ("HEAD", None),
    "an OPTIONS": ("OPTIONS", None),
    "a GET with a body": ("GET", {"a": 1}),
    "a list": ("POST", [1]),
    "a text": ("POST", "x"),
    "a number": ("PUT", 5),
}


@pytest.mark.parametrize("case", CARRY_NONE)
def test_what_cannot_carry_credentials_is_refused_and_nothing_is_sent(case, vendor):
    method, body = CARRY_NONE[case]
    vendor.answers(always=answer({}))
    with pytest.raises(UnsupportedError) as caught:
        vendor.tell(lambda c: c.call("request", method, "/x", json=body), in_body(**USER, endpoints=POSTED))

    assert str(caught.value) == (
        f"With credentials_in_body, the key and the token are members of a JSON object: a {method} without one cannot "
        "carry them."
    )
    assert caught.value.provider == "imiassist"
    assert vendor.seen == []


def test_a_list_that_is_asked_for_by_get_is_refused_too(vendor):
    vendor.answers(always=answer({"items": []}))
    with pytest.raises(UnsupportedError, match="credentials_in_body"):
        vendor.tell(lambda c: c.collect(c.list("request_pages", "/contacts", "items")), in_body())
    assert vendor.seen == []


def test_every_attempt_has_the_same_body(one):
    one.answers(NotSent("refused"), raw(status=429), answer(BOOKED, 201))
    one.tell(lambda c: c.call("appointments.schedule", start_time=START), in_body())
    assert len({request.content for request in one.feed.requests}) == 1
    assert len(one.feed.requests) == 3


# --- no credentials --------------------------------------------------------------------------------------------------


def test_a_flow_that_keeps_the_credentials_is_sent_none(vendor):
    given = IMIassistSettings(subdomain="northside", base_url=HOST, without_credentials=True)
    vendor.answers(answer(BOOKED, 201), answer({}))

    async def story(c):
        await c.call("appointments.schedule", start_time=START, external_reference_id="r-1")
        await c.call("request", "GET", "/contacts")

    vendor.tell(story, given)
    booked, read = vendor.seen
    assert {*booked.body} == {"start_time", "priority", "external_reference_id"}
    assert read.body is None
    for one in vendor.seen:
        assert not {"authorization", "x-api-key"} & {*one.headers}


def test_a_flow_that_keeps_wrong_credentials_says_so_once(vendor):
    vendor.answers(REFUSED)
    with pytest.raises(AuthenticationError):
        vendor.tell(cancel, IMIassistSettings(subdomain="northside", base_url=HOST, without_credentials=True))
    assert lines(vendor) == [CALL]


# --- where tokens are kept -------------------------------------------------------------------------------------------


def test_a_second_process_uses_the_kept_token_and_its_key(vendor, tmp_path):
    file = tmp_path / "tokens.json"
    vendor.answers(login(), pair(), DONE)
    vendor.tell(cancel, settings(**USER, token_store=FileTokenStore(file)))
    vendor.answers(DONE)
    vendor.tell(cancel, settings(**USER, token_store=FileTokenStore(file)))

    (call,) = vendor.seen
    assert (call.headers["x-api-key"], call.headers["authorization"]) == ("made-up-key-1", "Token made-up-token-1")
    assert not any(one in file.read_text() for one in (EMAIL, PASSWORD, ACCESS))


def test_a_kept_token_that_is_refused_is_replaced_for_all(one, tmp_path):
    file = tmp_path / "tokens.json"
    for answers in ([login(), pair(1), DONE], [REFUSED, login(), pair(2), DONE], [DONE]):
        one.answers(*answers)
        one.tell(cancel, settings(**USER, token_store=FileTokenStore(file)))
    assert tokens(one) == ["Token made-up-token-2"]


def test_a_token_that_another_process_got_meanwhile_saves_the_login(one):
    store = MemoryTokenStore()
    one.answers(login(), pair(1), DONE, REFUSED, DONE)

    async def story(c):
        await cancel(c)
        (key,) = store._tokens
        store.set(key, Token("made-up-token-9", key="made-up-key-9"))
        await cancel(c)

    one.tell(story, settings(**USER, token_store=store))
    assert lines(one) == [LOGIN, EXISTING, CALL, CALL, CALL]
    assert (one.seen[-1].headers["x-api-key"], tokens(one)[-1]) == ("made-up-key-9", "Token made-up-token-9")


def test_a_kept_token_goes_before_the_given_one_that_it_replaced(one):
    """Whoever reads the given one from a file would have it refused again in every process."""
    store = MemoryTokenStore()
    one.answers(REFUSED, login(), pair(1), DONE)
    given = settings(**BOTH, token_store=store)
    one.tell(cancel, given)
    assert tokens(one) == [f"Token {TOKEN}", "Token made-up-token-1"]

    one.clock = FakeClock()  # another process
    one.answers(DONE)
    one.tell(cancel, given)
    assert tokens(one) == ["Token made-up-token-1"]


def test_a_kept_token_without_a_key_is_no_use_where_the_settings_have_none(one):
    store = MemoryTokenStore()
    keyed = settings(**{**USER, "api_key": KEY, "token_store": store})
    one.answers(login(), answer({"token": "made-up-token-1"}), DONE)
    one.tell(cancel, keyed)

    one.answers(login(), pair(2), DONE)
    one.tell(cancel, attrs.evolve(keyed, api_key=None))
    assert lines(one) == [LOGIN, EXISTING, CALL]
    assert tokens(one) == ["Token made-up-token-2"]


def kept_under(one, **other):
    store = MemoryTokenStore()
    one.answers(login(), pair(1), DONE)
    one.tell(cancel, settings(**{**USER, "base_url": "https://flows.example", "token_store": store, **other}))
    (key,) = store._tokens
    return key


@pytest.mark.parametrize(
    "other",
    [
        {"user_email": "other@northside.example"},
        {"user_password": "another"},
        {"base_url": "https://flows.example/x"},
        {"subdomain": "southside"},
        {"domain": "imiassist.ai"},
    ],
    ids=str,
)
def test_what_has_another_token_keeps_it_under_another_name(other, one):
    """One store may serve several companies, whose flow has one address."""
    usual, changed = kept_under(one), kept_under(one, **other)
    assert usual != changed
    assert usual == kept_under(one, field_names={"title": "Heading"})
    assert not any(secret in usual for secret in (EMAIL, PASSWORD))


def test_a_store_of_coroutines_serves_the_async_client(vendor):
    class Store(MemoryTokenStore):
        async def get(self, key):
            await anyio.lowlevel.checkpoint()
            return MemoryTokenStore.get(self, key)

        async def set(self, key, token):
            await anyio.lowlevel.checkpoint()
            MemoryTokenStore.set(self, key, token)

    if vendor.world.is_sync:
        pytest.skip("coroutines are for the async client")
    store = Store()
    vendor.answers(login(), pair(), DONE)
    vendor.tell(cancel, settings(**USER, token_store=store))
    assert [token.key for token in store._tokens.values()] == ["made-up-key-1"]


# --- fed by hand -----------------------------------------------------------------------------------------------------


def fed(script, answers):
    """Feed a generator: the clock's time for each look at it, and the next answer for each work."""
    clock, asked_for, given = FakeClock(), [], iter(answers)
    result, failure = None, None
    try:
        while True:
            step = script.send(result) if failure is None else script.throw(failure)
            result = failure = None
            if isinstance(step, Now):
                result = clock.now()
                continue
            assert isinstance(step, Operation)
            asked_for.append(step)
            response = next(given)
            if isinstance(response, Exception):
                failure = response
            else:
                result = step.read(response)
    except StopIteration as stop:
        return asked_for, stop.value


def user(**other):
    at = settings(**USER, **other).account()
    found = at.auth.bearer.source.user
    assert isinstance(found, IntegrationUser)
    return found


def test_the_flow_that_gets_a_token_asks_for_nothing_but_the_time_and_its_operations():
    script = user().token(None).script()
    asked_for, token = fed(script, [login(), pair()])

    assert token == Token("made-up-token-1", key="made-up-key-1")
    assert [(one.name, one.method, one.path) for one in asked_for] == [
        ("imiassist.authenticate", "POST", "/auth/login"),
        ("imiassist.get_existing_token", "GET", "/auth/token"),
    ]
    assert not any(secret in f"{one!r}" for one in asked_for for secret in (PASSWORD, ACCESS))


def test_the_flow_goes_on_from_what_it_has():
    mine = user()
    fed(mine.token(None).script(), [login(), pair()])
    asked_for, token = fed(mine.token("made-up-token-1").script(), [pair(), pair(2)])

    assert [one.name for one in asked_for] == ["imiassist.get_existing_token", "imiassist.get_new_token"]
    assert (token.value, token.key) == ("made-up-token-2", "made-up-key-2")
    assert {*mine.secrets()} == {EMAIL, PASSWORD, ACCESS}


@pytest.mark.parametrize("secret", [PASSWORD, ACCESS, EMAIL])
def test_the_user_shows_nothing_of_what_it_knows(secret):
    mine = user()
    fed(mine.token(None).script(), [login(), pair()])
    assert secret not in f"{mine!r} {mine}"


def test_a_body_is_signed_without_a_look_at_anything():
    at = in_body().account()
    assert isinstance(at.auth, InBody)
    request = Request("POST", f"{HOST}/x", {"content-type": "text/plain"}, b'{"a": 1}')
    asked_for, signed = fed(at.auth.sign(request, at), [])

    assert asked_for == []
    assert json.loads(signed.content) == {"a": 1, **COMPANY, "api_key": KEY, "token": TOKEN}
    assert (
        signed.headers == {"Content-Type": "application/json"} or signed.headers["Content-Type"] == "application/json"
    )
    assert {*at.auth.secrets(at)} == {KEY, TOKEN}


# --- end to end, in both shapes --------------------------------------------------------------------------------------

SHAPES = ("api", "flow")
NODES = {"authenticate": LOGIN, "existing_token": EXISTING, "new_token": NEW}


def signed_in(company, shape, **other):
    """Give the settings of the company's integration user."""
    record = company.record
    user = {"user_email": record.user_email, "user_password": record.user_password}
    return company.settings(shape, **{"api_key": None, "token": None, **user, **other})


def asked_of(company):
    """Give the calls for tokens that arrived, and how many others."""
    found = []
    for one in company.seen():
        node = json.loads(one.body).get("node") if one.path.endswith("/bookings") else None
        line = f"{one.method} {one.path.removeprefix('/imiassist/api/v1')}"
        found.append(NODES.get(node, "call") if node else line if line in NODES.values() else "call")
    company.sandbox.requests.clear()
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_a_token_is_had_kept_and_renewed_in_both_shapes(shape, company):
    emulation, told = company.emulation, []

    async def story(c):
        made = await c.call("appointments.schedule", start_time=START)
        told.append(asked_of(company))
        await c.call("appointments.cancel", made)
        told.append(asked_of(company))

        other = emulation.renew()  # another program of the company's asked for a new one
        again = await c.call("appointments.schedule", start_time=START)
        told.append(asked_of(company))
        assert emulation.token() == other

        emulation.revoke()  # now there is none
        await c.call("appointments.cancel", again)
        told.append(asked_of(company))
        assert emulation.token() != other

        emulation.revoke()
        emulation.existing_gives_spent = True  # the existing one is the one that was refused
        company.watch.pass_by(841)
        await c.call("appointments.schedule", start_time=START)
        told.append(asked_of(company))

    company.tell(story, signed_in(company, shape))
    assert told == [
        [LOGIN, EXISTING, "call"],
        ["call"],
        ["call", EXISTING, "call"],
        ["call", EXISTING, NEW, "call"],
        ["call", LOGIN, EXISTING, NEW, "call"],
    ]
    assert len(company.live()) == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_a_given_token_is_used_and_replaced_in_both_shapes(shape, company):
    given = signed_in(company, shape, api_key=company.record.api_key, token=company.emulation.token())

    async def story(c):
        await c.call("appointments.schedule", start_time=START)
        assert asked_of(company) == ["call"]
        company.emulation.revoke()
        await c.call("appointments.schedule", start_time=START)
        assert asked_of(company) == ["call", LOGIN, EXISTING, NEW, "call"]

    company.tell(story, given)
    assert len(company.live()) == 2


@pytest.mark.parametrize("shape", SHAPES)
def test_a_wrong_password_is_refused_in_both_shapes(shape, company):
    with pytest.raises(AuthenticationError, match="The credentials are not good") as caught:
        company.tell(cancel, signed_in(company, shape, user_password="canary-password"))
    assert (caught.value.operation, caught.value.code) == ("imiassist.authenticate", "invalid_credentials")
    assert "canary" not in "".join(said(caught.value))
    assert asked_of(company) == [LOGIN]


def test_header_fields_and_schemes_can_be_others_on_both_sides(company):
    theirs = {
        "api_key_header": "X-Company",
        "token_header": "X-Pass",
        "token_scheme": "",
        "access_header": "X-Entry",
        "access_scheme": "JWT",
    }

    async def story(c):
        await c.call("appointments.schedule", start_time=START)

    given = signed_in(company, "api")
    for name, value in theirs.items():
        setattr(company.emulation, name, value)
    with pytest.raises(AuthenticationError):
        company.tell(story, given)
    company.sandbox.requests.clear()
    company.tell(story, attrs.evolve(given, **theirs))
    assert asked_of(company) == [LOGIN, EXISTING, "call"]
    assert len(company.live()) == 1


def test_tokens_and_access_that_end_by_the_clock_are_renewed_ahead_or_when_they_are_refused(company):
    company.emulation.token_life = timedelta(minutes=30)
    company.emulation.renew()
    told = []

    async def story(c):
        for minutes in (0, 10, 25, 31):
            company.sandbox.clock.advance(timedelta(minutes=minutes))
            await c.call("appointments.schedule", start_time=START)
            told.append(asked_of(company))

    company.tell(story, signed_in(company, "api"))
    renewed = ["call", LOGIN, EXISTING, NEW, "call"]
    assert told == [[LOGIN, EXISTING, "call"], ["call"], renewed, renewed]


# --- nobody hears of them --------------------------------------------------------------------------------------------

SECRETS = (KEY, TOKEN, PASSWORD, ACCESS, "made-up-key-1", "made-up-token-1", "made-up-key-2", "made-up-token-2")
ECHOES = {
    "a 400": 400,
    "a 401": 401,
    "a 403": 403,
    "a 409": 409,
    "a 422": 422,
    "a 429": 429,
    "a 500": 500,
    "a 503": 503,
    "a 302": 302,
    "a 200 that is unreadable": 200,
    "a 401 in a 200": "401",
    "a 500 in a 200": "500",
}
AT = ("/auth/login", "/auth/token", "/auth/existing", f"/appointments/{ID}/cancel")


def echo(request, status):
    """Answer with all that was sent."""
    sent = " ".join([request.content.decode(), *request.headers.values()])
    body = {"error": {"code": "no", "message": sent, "details": [{"field": "token", "message": sent}]}, "detail": sent}
    if isinstance(status, str):
        return passed_on(status, body)
    return answer([sent] if status == 200 else body, status)


@pytest.mark.parametrize("way", ["headers", "body"])
@pytest.mark.parametrize("name", ECHOES)
def test_what_repeats_a_secret_is_heard_of_without_it(name, way, one, caplog):
    status, heard, events, reached = ECHOES[name], [], [], []
    usual = {"/auth/login": login(), "/auth/token": pair(1), "/auth/existing": pair(2), AT[3]: DONE}
    with everything_said(caplog, heard):
        for given in (USER, BOTH):
            made = settings(**given, credentials_in_body=way == "body", endpoints=POSTED)
            for wrong in AT:

                def here(request, wrong=wrong):
                    path = request.url.removeprefix(HOST + API)
                    if path == wrong:
                        reached.append(wrong)
                        return echo(request, status)
                    if path == AT[3] and TOKEN in f"{request.content} {request.headers}":
                        return echo(request, 401)
                    return NO_TOKEN if (path, wrong) == ("/auth/existing", "/auth/token") else usual[path]

                one.clock = FakeClock()  # another account
                one.answers(always=here)
                client = one.client(made, observer=events.append, on_response=events.append)
                account = client._transport.account
                try:
                    one.world.tell(cancel, client)
                except ApptError as failure:
                    heard += said(failure)
                    heard += traceback.format_exception(failure)
                heard += [repr(client), repr(vars(client)), repr(account), repr(account.auth), repr(made)]
                heard += map(repr, account.keepers.values())
    heard += map(repr, events)
    text = "\n".join(heard)
    assert {*reached} == {*AT}
    for secret in SECRETS:
        assert secret not in text


@pytest.mark.parametrize("shape", SHAPES)
def test_no_secret_of_the_sandbox_is_heard_of(shape, company, caplog):
    heard, events, record = [], [], company.record
    given = signed_in(company, shape)

    async def story(c):
        made = await c.call("appointments.schedule", start_time=START)
        for _ in range(2):
            company.emulation.revoke()
            try:
                heard.append(repr(await c.call("appointments.cancel", made)))
            except ApptError as failure:
                heard.extend([*said(failure), *traceback.format_exception(failure)])
        company.sandbox.fault("status", status=401, provider="imiassist", body={"message": record.api_key}, times=None)
        with pytest.raises(AuthenticationError) as caught:
            await cancel(c)
        heard.extend([*said(caught.value), *traceback.format_exception(caught.value)])

    with everything_said(caplog, heard):
        company.tell(story, given, observer=events.append, on_response=events.append)
    heard += [repr(given), *map(repr, events)]
    secrets = {record.api_key, record.user_password, company.emulation.token()}
    for one in company.seen():
        for name in ("authorization", "x-api-key"):
            secrets.update(one.headers.get(name, "").split()[-1:])
        body = json.loads(one.body) if one.body else {}
        secrets.update(body[name] for name in ("secret", "key", "passport", "passphrase") if name in body)
    assert len(secrets) >= 6
    assert len(heard) > 20
    text = "\n".join(heard)
    for secret in secrets:
        assert secret not in text


def test_the_log_has_one_line_a_call_and_none_for_its_tokens(one, caplog):
    caplog.set_level("DEBUG")
    one.answers(login(), pair(), DONE)
    one.tell(cancel, settings(**USER))
    records = [record for record in caplog.records if record.name.startswith(("apptsdk", "httpx", "httpcore"))]
    assert [record.name for record in records] == ["apptsdk"]
    assert records[0].getMessage().startswith("imiassist.appointments.cancel 200 ")


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_client_shows_where_it_calls_and_no_more(kind):
    assert repr(kind(settings(**BOTH))) == f"<{kind.__name__} {HOST}{API}>"
