"""Requests to another place than the provider's own, such as a token endpoint: what goes there, and what is learnt."""

import pytest
from core_support import (
    BASE,
    KEY,
    WALL,
    WIRE,
    FakeClock,
    Room,
    account,
    answer,
    ask,
    flow,
    get_visit,
)

from apptsdk.auth import Bearer, Minted
from apptsdk.errors import AuthenticationError, NotFoundError, RequestNotSentError, ResponseUnreadableError
from apptsdk.http import NoAnswer
from apptsdk.operation import Effect, Operation
from apptsdk.tokens import token_from
from apptsdk.wire import loads

PLACE = "https://login.example/tenant/token"
MINE = {"X-Mine": "canary", "User-Agent": "me"}
LATER = "Mon, 02 Mar 2026 23:00:00 GMT"
"""An hour after the clock's time."""


def room(**changes):
    plain = {"effect": Effect.SAFE, "base": PLACE}
    return Operation("acme.rooms.get", "GET", "", WIRE.one(Room), **{**plain, **changes})


def a_room(**headers):
    return answer(body={"id": "4"}, **headers)


def minted():
    """Mint a token elsewhere."""
    form = {"grant_type": "client_credentials", "client_secret": "s3"}

    def read(response):
        return token_from(loads(response.content)["access_token"], expires_in=3600, wall=WALL)

    return Operation("acme.token", "POST", "", read, Effect.SAFE, base=PLACE, form=form)


def signing():
    return account(Bearer(Minted(lambda _: minted(), "acme")))


def token(**headers):
    return answer(body={"access_token": "t1"}, **headers)


# --- where -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({}, PLACE),
        ({"query": (("a", "b c"), ("d", "é"))}, f"{PLACE}?a=b%20c&d=%C3%A9"),
        ({"base": "http://127.0.0.1:8000/x"}, "http://127.0.0.1:8000/x"),
        ({"base": None}, BASE),
    ],
)
def test_a_request_goes_to_its_own_base(changes, url):
    done = ask(room(**changes), [a_room()])

    assert done.get().id == "4"
    assert [request.url for request in done.sent] == [url]


def test_a_path_stands_below_the_base():
    work = Operation("acme.rooms.get", "GET", "/rooms/4", WIRE.one(Room), Effect.SAFE, base=PLACE)

    assert ask(work, [a_room()]).sent[0].url == f"{PLACE}/rooms/4"


@pytest.mark.parametrize("link", [f"{PLACE}/2", "https://login.example/", "//login.example/tenant/token"])
def test_a_link_stays_on_the_providers_origin_whatever_the_base(link):
    done = ask(room(link=link), [a_room()])

    assert type(done.error) is ResponseUnreadableError
    assert done.sent == []


def test_a_link_of_the_providers_own_is_followed_whatever_the_base():
    done = ask(room(link=f"{BASE}/rooms?page=2"), [a_room()])

    assert [request.url for request in done.sent] == [f"{BASE}/rooms?page=2"]


# --- what goes there -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("base", "sent"), [(PLACE, False), (None, True)])
def test_a_callers_headers_are_for_the_provider_and_for_nobody_else(base, sent):
    done = ask(room(base=base), [a_room()], headers=MINE)
    shown = done.sent[0].headers

    assert ("canary" in shown.values()) is sent
    assert shown["User-Agent"] == ("me" if sent else "tests (tests@example.com)")


def test_the_operations_own_headers_go_there():
    done = ask(room(headers={"X-Ours": "1"}), [a_room()], headers=MINE)

    assert done.sent[0].headers["X-Ours"] == "1"
    assert done.sent[0].headers["Accept"] == "application/json"


def test_a_token_is_had_elsewhere_with_nothing_of_the_call(world):
    visit = world.run(get_visit(), [token(), answer()], signing(), headers=MINE)
    first, second = world.engine.requests

    assert visit.id == "7"
    assert (first.url, second.url) == (PLACE, f"{BASE}/visits/7")
    assert first.content == b"grant_type=client_credentials&client_secret=s3"
    assert {"authorization", "x-mine"}.isdisjoint(name.lower() for name in first.headers)
    assert (second.headers["Authorization"], second.headers["X-Mine"]) == ("Bearer t1", "canary")


def test_it_is_the_same_to_the_byte_when_it_is_repeated():
    done = ask(get_visit(), [answer(503, {}), NoAnswer("cut"), token(), answer()], at=signing(), headers=MINE)
    tokens = done.sent[:3]

    assert done.get().id == "7"
    assert len({(request.method, request.url, request.content, str(dict(request.headers))) for request in tokens}) == 1


# --- what is learnt --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("base", "learnt"), [(PLACE, False), (None, True)])
def test_the_clock_of_another_place_is_not_the_providers(base, learnt):
    at = account()
    ask(room(base=base), [a_room(date=LATER)], at=at)

    assert at.offset == (3600 if learnt else 0)


def test_the_providers_clock_is_kept_whatever_another_place_says():
    at, clock = account(), FakeClock()
    ask(get_visit(), [answer(date=LATER)], at=at, clock=clock)
    ask(room(), [a_room(date="Mon, 02 Mar 2026 08:00:00 GMT")], at=at, clock=clock)

    assert at.offset == 3600


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([answer(404, {})], NotFoundError),
        ([answer(200, b"<html>")], ResponseUnreadableError),
    ],
)
def test_its_errors_are_the_providers(answers, kind):
    error = ask(room(), answers).error

    assert type(error) is kind
    assert (error.provider, error.operation) == ("acme", "acme.rooms.get")


@pytest.mark.parametrize(("status", "kind"), [(401, AuthenticationError), (503, RequestNotSentError)])
def test_without_a_token_from_there_nothing_goes_to_the_provider(status, kind):
    done = ask(get_visit(), [answer(status, {"message": f"The key {KEY} is wrong"})] * 4, at=signing())

    assert type(done.error) is kind
    assert {request.url for request in done.sent} == {PLACE}


def test_a_flow_may_ask_both():
    def script():
        found = yield from room()
        return found, (yield from get_visit())

    done = ask(flow(script), [a_room(), answer()], headers=MINE)

    assert [request.url for request in done.sent] == [PLACE, f"{BASE}/visits/7"]
    assert ["X-Mine" in request.headers for request in done.sent] == [False, True]
