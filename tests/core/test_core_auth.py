"""Signing: what each strategy adds, how tokens are minted, renewed and shared, and how that fails."""

import base64
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import anyio
import anyio.lowlevel
import pytest
from core_support import (
    BASE,
    WALL,
    WIRE,
    FakeClock,
    FreeLock,
    Room,
    account,
    answer,
    ask,
    cancel_visit,
    create_visit,
    get_visit,
    list_visits,
    page,
)

from apptsdk.auth import (
    ApiKeyToken,
    Basic,
    Bearer,
    Called,
    Fixed,
    Minted,
)
from apptsdk.errors import (
    AuthenticationError,
    ConfigurationError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RequestNotSentError,
)
from apptsdk.exchange import perform
from apptsdk.http import NoAnswer, NotSent
from apptsdk.operation import NOW, Acquire, Call, Effect, Flow, Now, Operation, Remembered
from apptsdk.options import Options, Timeout
from apptsdk.tokens import MemoryTokenStore, Token, checked_secret, token_from
from apptsdk.transport import AsyncTransport, Transport
from apptsdk.wire import Undecodable, loads

LIFE = 3600


def read_token(response):
    body = loads(response.content)
    if not isinstance(body, dict):
        raise Undecodable("$: not an object")
    try:
        return token_from(body.get("access_token"), expires_in=body.get("expires_in"), wall=WALL)
    except ValueError:
        raise Undecodable("access_token: missing") from None


def mint():
    form = {"grant_type": "client_credentials", "client_secret": "canary secret/+&="}
    return Operation("acme.token", "POST", "/token", read_token, Effect.IDEMPOTENT, form=form)


def minted(**changes):
    return Minted(lambda _: mint(), "acme", **changes)


def token(value="t1", expires_in=LIFE):
    return answer(body={"access_token": value, "expires_in": expires_in})


def paths(done):
    return [request.url.removeprefix(BASE) for request in done.sent]


def signed(done):
    return [request.headers.get("Authorization") for request in done.sent]


# --- what is added ---------------------------------------------------------------------------------------------------

PAIR = base64.b64encode(b"user:pass").decode()
ADDED = {
    "basic": (Basic("user", "pass"), {"Authorization": f"Basic {PAIR}"}),
    "basic without a password": (Basic("key"), {"Authorization": "Basic " + base64.b64encode(b"key:").decode()}),
    "bearer": (Bearer(Fixed("t")), {"Authorization": "Bearer t"}),
    "another scheme": (Bearer(Fixed("t"), scheme="Token"), {"Authorization": "Token t"}),
    "another header": (Bearer(Fixed("t"), header="X-Auth", scheme=""), {"X-Auth": "t"}),
    "called": (Bearer(Called(lambda: "c")), {"Authorization": "Bearer c"}),
    "key and token": (ApiKeyToken("k", Bearer(Fixed("t"))), {"X-Api-Key": "k", "Authorization": "Bearer t"}),
    "key with a scheme": (
        ApiKeyToken("k", Bearer(Fixed("t"), header="X-Token", scheme=""), "Authorization", "Key"),
        {"Authorization": "Key k", "X-Token": "t"},
    ),
}


@pytest.mark.parametrize(("auth", "headers"), ADDED.values(), ids=ADDED)
def test_each_strategy_adds_its_fields(auth, headers):
    done = ask(get_visit(), [answer()], at=account(auth))

    assert done.error is None
    assert headers.items() <= done.sent[0].headers.items()


@pytest.mark.parametrize(("auth", "_"), ADDED.values(), ids=ADDED)
def test_what_cannot_be_renewed_fails_at_the_first_401(auth, _):
    done = ask(get_visit(), [answer(401, {"message": "no"}), answer()], at=account(auth))

    assert type(done.error) is AuthenticationError
    assert len(done.sent) == 1


@pytest.mark.parametrize(("auth", "_"), ADDED.values(), ids=ADDED)
def test_no_strategy_shows_its_secrets(auth, _):
    at = account(auth)
    ask(get_visit(), [answer()], at=at)

    assert all(secret in {"user", "pass", PAIR, "key", "k", "t", "c"} or secret for secret in auth.secrets(at))
    assert auth.secrets(at)
    assert not any(f"'{secret}'" in repr(auth) for secret in auth.secrets(at))


@pytest.mark.parametrize("value", ["", " ", "a b", "a\n", "a\r\nb", "clé", "a\x00", "a\x7f", " lead", "tab\t"])
def test_a_credential_that_cannot_be_one_is_refused_and_not_shown(value):
    with pytest.raises(ConfigurationError) as caught:
        checked_secret(value, "api_key (ACME_API_KEY)")

    assert "api_key (ACME_API_KEY)" in str(caught.value)
    assert "clé" not in str(caught.value)


def test_a_credential_that_can_be_one_is_given_back():
    assert checked_secret("!~aZ09-_=", "api_key") == "!~aZ09-_="


# --- a token that a function gives -----------------------------------------------------------------------------------


def test_a_token_function_is_called_for_each_call_and_again_after_a_401():
    tokens = iter(["t1", "t2", "t3"])
    at = account(Bearer(Called(lambda: next(tokens))))
    assert signed(ask(get_visit(), [answer()], at=at)) == ["Bearer t1"]

    # A refusal takes one more from the function, and signing again another.
    done = ask(get_visit(), [answer(401, {}), answer()], at=account(Bearer(Called(iter("abcd").__next__))))
    assert signed(done) == ["Bearer a", "Bearer c"]


def test_a_token_function_that_gives_the_same_again_is_not_asked_in_a_circle():
    done = ask(get_visit(), [answer(401, {})], at=account(Bearer(Called(lambda: "same"))))

    assert type(done.error) is AuthenticationError
    assert len(done.sent) == 1


@pytest.mark.parametrize("bad", ["", None, 5, "a b", b"bytes", "a\r\nX: y"])
def test_a_token_function_that_gives_no_token_is_refused(bad):
    done = ask(get_visit(), [answer()], at=account(Bearer(Called(lambda: bad))))

    assert type(done.error) is ConfigurationError
    assert "What the token function returned" in str(done.error)
    assert done.sent == []


def test_a_token_function_that_fails_says_so_itself():
    def fails():
        raise OSError("vault")

    done = ask(get_visit(), [answer()], at=account(Bearer(Called(fails))))
    assert type(done.error) is OSError
    assert done.sent == []


def test_before_the_first_call_there_is_no_secret_to_hide():
    assert Called(lambda: "t").secrets(account()) == ()
    assert minted().secrets(account()) == ()


# --- a token that a request mints ------------------------------------------------------------------------------------


def test_a_token_is_minted_once_and_used_until_it_nears_its_end():
    at, clock = account(Bearer(minted())), FakeClock()
    first = ask(get_visit(), [token("t1"), answer()], at=at, clock=clock)
    assert paths(first) == ["/token", "/visits/7"]
    assert signed(first) == [None, "Bearer t1"]

    clock.advance(LIFE - 61)
    assert paths(ask(get_visit(), [answer()], at=at, clock=clock)) == ["/visits/7"]

    clock.advance(2)
    assert signed(ask(get_visit(), [token("t2"), answer()], at=at, clock=clock)) == [None, "Bearer t2"]
    assert at.auth.secrets(at) == ("t2",)


def test_a_token_request_is_form_encoded_and_the_same_to_the_byte_when_repeated():
    done = ask(get_visit(), [answer(503, {}), NoAnswer("cut"), token(), answer()], at=account(Bearer(minted())))

    first, second, third, _ = done.sent
    assert first == second == third
    assert first.content == b"grant_type=client_credentials&client_secret=canary%20secret%2F%2B%26%3D"
    assert first.headers["Content-Type"] == "application/x-www-form-urlencoded"


def traded(seen=None):
    """Mint with a flow, which may look at the clock before it asks."""

    def script():
        now = yield NOW
        found = yield from mint()
        if seen is not None:
            seen.append(now.wall)
        return Token(found.value, now.wall + LIFE, LIFE)

    return Minted(lambda _: Flow("acme.trade", script), "acme")


def test_a_token_may_be_minted_by_a_flow():
    clock, seen = FakeClock(), []
    at = account(Bearer(traded(seen)))
    done = ask(create_visit(), [token("t1"), answer()], at=at, clock=clock)

    assert done.error is None
    assert signed(done) == [None, "Bearer t1"]
    assert seen == [WALL]
    clock.advance(LIFE - 61)
    assert signed(ask(get_visit(), [answer()], at=at, clock=clock)) == ["Bearer t1"]
    clock.advance(2)
    assert signed(ask(get_visit(), [token("t2"), answer()], at=at, clock=clock)) == [None, "Bearer t2"]


def test_a_flow_that_mints_is_repeated_and_renews_like_a_request():
    at = account(Bearer(traded()))
    done = ask(get_visit(), [answer(503, {}), token("t1"), answer(401, {}), token("t2"), answer()], at=at)

    assert done.error is None
    assert signed(done) == [None, None, "Bearer t1", None, "Bearer t2"]


@pytest.mark.parametrize(("status", "kind"), [(400, AuthenticationError), (403, PermissionDeniedError)])
def test_a_flow_that_mints_nothing_fails_like_a_request(status, kind):
    done = ask(get_visit(), [answer(status, {"message": "no"})], at=account(Bearer(traded())))

    assert type(done.error) is kind
    assert paths(done) == ["/token"]


def test_a_refused_token_is_renewed_and_the_same_request_repeated():
    done = ask(create_visit(), [token("t1"), answer(401, {}), token("t2"), answer()], at=account(Bearer(minted())))

    assert done.error is None
    assert signed(done) == [None, "Bearer t1", None, "Bearer t2"]
    assert done.sent[1].content == done.sent[3].content


def test_a_token_that_is_refused_twice_is_not_renewed_in_a_circle():
    answers = [token("t1"), answer(401, {}), token("t2"), answer(401, {})]
    done = ask(get_visit(), answers, at=account(Bearer(minted())))

    assert type(done.error) is AuthenticationError
    assert len(done.sent) == 4


@pytest.mark.parametrize("kept", ["the same token", "a token of another process"])
def test_a_refused_token_is_first_sought_in_the_store(kept):
    store = MemoryTokenStore()
    at = account(Bearer(minted(store=store)))
    ask(get_visit(), [token("t1"), answer()], at=at)
    if kept == "the same token":
        done = ask(get_visit(), [answer(401, {}), token("t2"), answer()], at=at)
        assert paths(done) == ["/visits/7", "/token", "/visits/7"]
        assert store.get("acme").value == "t2"
    else:
        store.set("acme", Token("t9", WALL + LIFE, LIFE))
        done = ask(get_visit(), [answer(401, {}), answer()], at=at)
        assert signed(done) == ["Bearer t1", "Bearer t9"]


def test_a_refused_token_that_somebody_renewed_meanwhile_is_not_minted_again():
    at = account(Bearer(minted()))

    def renewed_elsewhere(request):
        at.keepers["acme"].token = Token("t5")
        return answer(401, {})

    done = ask(get_visit(), [token("t1"), renewed_elsewhere, answer()], at=at)
    assert signed(done) == [None, "Bearer t1", "Bearer t5"]


def test_waiting_in_vain_for_another_calls_token_mints_one():
    at = account(Bearer(minted()))
    work = perform(get_visit(), at, Options(), lambda: 0.5)
    clock, step = FakeClock(), next(work)
    while not isinstance(step, Acquire):
        step = work.send(clock.now())
    at.keepers["acme"].rounds += 1  # a round that was cut short: neither a token nor a failure

    lock = FreeLock()
    assert isinstance(work.send(lock), Now)
    assert isinstance(work.send(clock.now()), Call)
    work.close()
    assert lock.released == 1


def test_a_kept_token_saves_a_request_and_a_spent_one_does_not():
    store = MemoryTokenStore()
    store.set("acme", Token("kept", WALL + LIFE, LIFE))
    assert signed(ask(get_visit(), [answer()], at=account(Bearer(minted(store=store))))) == ["Bearer kept"]

    store.set("acme", Token("spent", WALL + 10, LIFE))
    done = ask(get_visit(), [token("new"), answer()], at=account(Bearer(minted(store=store))))
    assert signed(done) == [None, "Bearer new"]


def test_a_token_that_exists_already_is_used_first():
    at = account(Bearer(minted(first="t0")))

    assert signed(ask(get_visit(), [answer()], at=at)) == ["Bearer t0"]
    assert signed(ask(get_visit(), [answer(401, {}), token("t1"), answer()], at=at)) == ["Bearer t0", None, "Bearer t1"]


def test_a_given_token_that_was_replaced_is_not_used_again_when_its_successor_ends():
    at, clock = account(Bearer(minted(first="t0"))), FakeClock()
    ask(get_visit(), [answer(401, {}), token("t1"), answer()], at=at, clock=clock)
    clock.advance(LIFE)

    assert signed(ask(get_visit(), [token("t2"), answer()], at=at, clock=clock)) == [None, "Bearer t2"]


def test_a_kept_token_goes_before_the_given_one_unless_it_is_the_one_that_was_refused():
    store = MemoryTokenStore()
    store.set("acme", Token("kept"))
    given = minted(store=store, first="t0")
    assert signed(ask(get_visit(), [answer()], at=account(Bearer(given)))) == ["Bearer kept"]

    done = ask(get_visit(), [answer(401, {}), token("t1"), answer()], at=account(Bearer(given)))
    assert signed(done) == ["Bearer kept", None, "Bearer t1"]
    assert store.get("acme").value == "t1"


def test_a_kept_token_that_is_no_good_is_passed_over():
    class Picky(Minted):
        def good(self, kept):
            return kept.key is not None

    store = MemoryTokenStore()
    store.set("acme", Token("kept"))
    assert signed(
        ask(get_visit(), [token("t1"), answer()], at=account(Bearer(Picky(lambda _: mint(), "acme", store))))
    )[-1] == ("Bearer t1")
    store.set("acme", Token("kept", key="k"))
    assert signed(ask(get_visit(), [answer()], at=account(Bearer(Picky(lambda _: mint(), "acme", store))))) == [
        "Bearer kept"
    ]


def test_a_token_that_ends_between_two_pages_loses_and_doubles_no_item():
    at = account(Bearer(minted(first="t0")))
    answers = [page("1", "2", follow="/v1/visits?page=2"), answer(401, {}), token("t1"), page("3")]
    listing = list_visits()
    first = ask(listing.page(None), answers[:1], at=at).get()
    second = ask(listing.page(first.cursor), answers[1:], at=at)

    assert [visit.id for visit in (*first.items, *second.get().items)] == ["1", "2", "3"]
    assert paths(second) == ["/visits?page=2", "/token", "/visits?page=2"]


def test_who_mints_is_told_which_token_was_refused():
    told = []

    def ask_for(refused):
        told.append(refused)
        return mint()

    at, clock = account(Bearer(Minted(ask_for, "acme"))), FakeClock()
    ask(get_visit(), [token("t1"), answer(401, {}), token("t2"), answer()], at=at, clock=clock)
    clock.advance(LIFE)
    ask(get_visit(), [token("t3"), answer()], at=at, clock=clock)

    assert told == [None, "t1", None]  # the last one had come to its end: nobody refused it


def test_a_token_that_the_caller_gave_is_named_when_it_is_refused():
    told = []
    at = account(Bearer(Minted(lambda refused: told.append(refused) or mint(), "acme", first="t0")))
    ask(get_visit(), [answer(401, {}), token("t1"), answer()], at=at)

    assert told == ["t0"]


# --- an API key that comes with its token ----------------------------------------------------------------------------


class Source:
    """Tokens from a list; the last one stays."""

    def __init__(self, *tokens):
        self.tokens = list(tokens)

    def current(self, account):
        return self.tokens[0]
        yield

    def renewed(self, account, refused):
        assert refused == self.tokens[0].value
        del self.tokens[0]
        return self.tokens[0] if self.tokens else None
        yield

    def secrets(self, account):
        return self.tokens[0].secrets


KEYS = {
    "the settings' alone": ("key-1", None, "key-1"),
    "the token's alone": (None, "key-2", "key-2"),
    "both: that of the token": ("key-1", "key-2", "key-2"),
}


@pytest.mark.parametrize(("own", "came", "used"), KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("scheme", ["", "Key"])
def test_an_api_key_that_came_with_the_token_is_used_with_it(own, came, used, scheme):
    auth = ApiKeyToken(own, Bearer(Source(Token("t1", key=came)), scheme="Token"), "X-Key", scheme)
    at = account(auth)
    (sent,) = ask(get_visit(), [answer()], at=at).sent

    assert sent.headers["X-Key"] == f"{scheme} {used}".strip()
    assert sent.headers["Authorization"] == "Token t1"
    assert {*filter(None, (own, came)), "t1"} == {*auth.secrets(at)}
    assert not any(secret in repr(auth) for secret in ("key-1", "key-2"))


def test_each_token_goes_with_its_own_key():
    tokens = Source(Token("t1", key="key-1"), Token("t2", key="key-2"), Token("t3"))
    at = account(ApiKeyToken("key-0", Bearer(tokens)))
    done = ask(get_visit(), [answer(401, {}), answer()], at=at)
    later = ask(get_visit(), [answer(401, {}), answer()], at=at)

    sent = [(one.headers["X-Api-Key"], one.headers["Authorization"]) for one in (*done.sent, *later.sent)]
    assert sent == [("key-1", "Bearer t1"), *[("key-2", "Bearer t2")] * 2, ("key-0", "Bearer t3")]


def test_a_pair_without_a_key_says_what_to_set_and_sends_nothing():
    done = ask(create_visit(), [], at=account(ApiKeyToken(None, Bearer(Source(Token("t1"))))))

    assert type(done.error) is ConfigurationError
    assert str(done.error) == "No API key came with the token, and the settings have none: set api_key."
    assert (done.error.provider, done.sent) == ("acme", [])


def test_the_pair_can_be_had_without_a_request():
    auth = ApiKeyToken(None, Bearer(Source(Token("t1", key="key-1"))))
    pair = auth.pair(account(auth))

    with pytest.raises(StopIteration) as stop:
        next(pair)
    assert stop.value.value == ("key-1", Token("t1", key="key-1"))


def test_an_api_key_goes_with_a_minted_token_too():
    at = account(ApiKeyToken("key", Bearer(minted())))
    done = ask(get_visit(), [token("t1"), answer(401, {}), token("t2"), answer()], at=at)

    assert signed(done) == [None, "Bearer t1", None, "Bearer t2"]
    assert {*at.auth.secrets(at)} == {"key", "t2", "t1"}  # what was refused may be repeated by an answer on its way


# --- how minting fails -----------------------------------------------------------------------------------------------

REFUSALS = {
    "HTML": answer(200, b"<html>"),
    "a list": answer(200, []),
    "null": answer(200, b"null"),
    "no token": answer(200, {"expires_in": 5}),
    "a token that is no text": answer(200, {"access_token": 5}),
    "a token with a line break": answer(200, {"access_token": "a\r\nX: y"}),
    "empty": answer(200, b""),
    "400": answer(400, {"message": "invalid_client"}),
    "401": answer(401, {"message": "invalid_client"}),
    "404": answer(404, b"<html>"),
    "302": answer(302, b""),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_token_endpoint_that_gives_no_token_is_an_authentication_error(refusal):
    done = ask(create_visit(), [refusal], at=account(Bearer(minted())))

    assert type(done.error) is AuthenticationError
    assert done.error.__cause__ is not None
    assert "canary" not in str(done.error)
    assert len(done.sent) == 1


def test_a_token_that_is_forbidden_is_told_as_such():
    done = ask(create_visit(), [answer(403, b"<html>")], at=account(Bearer(minted())))

    assert type(done.error) is PermissionDeniedError
    assert type(done.error.__cause__) is PermissionDeniedError
    assert (done.error.operation, done.error.status, len(done.sent)) == ("acme.token", 403, 1)


@pytest.mark.parametrize("failure", [answer(503, {}), NoAnswer("cut"), NotSent("refused")])
def test_a_token_endpoint_that_is_away_means_that_the_call_was_not_sent(failure):
    done = ask(create_visit(), [failure] * 4, at=account(Bearer(minted())))

    assert type(done.error) is RequestNotSentError
    assert "no token could be had" in str(done.error)
    assert {*paths(done)} == {"/token"}


def test_a_renewal_that_fails_surfaces_the_401_with_its_cause():
    first = answer(401, {"message": "expired"}, x_request_id="r-401")
    done = ask(get_visit(), [first, answer(400, {"message": "invalid_client"})], at=account(Bearer(minted(first="t0"))))

    assert type(done.error) is AuthenticationError
    assert done.error.request_id == "r-401"
    assert "expired" in str(done.error)
    assert "invalid_client" in str(done.error.__cause__)
    assert len(done.sent) == 2


def test_a_renewal_that_finds_nobody_leaves_nothing_in_doubt():
    at = account(Bearer(minted(first="t0")))
    done = ask(create_visit(), [answer(401, {}), *[NotSent("refused")] * 4], at=at)

    assert type(done.error) is AuthenticationError
    assert type(done.error.__cause__) is RequestNotSentError


def test_after_a_failure_the_next_second_of_calls_does_not_ask_again():
    at, clock = account(Bearer(minted())), FakeClock()
    refusal = answer(400, {"message": "invalid_client"})
    assert len(ask(get_visit(), [refusal], at=at, clock=clock).sent) == 1

    soon = ask(get_visit(), [], at=at, clock=clock)
    assert type(soon.error) is AuthenticationError
    assert soon.sent == []

    clock.advance(1.5)
    assert paths(ask(get_visit(), [token(), answer()], at=at, clock=clock)) == ["/token", "/visits/7"]


def test_an_unanswered_token_request_of_an_update_in_doubt_claims_nothing():
    at = account(Bearer(minted(margin=60)))
    clock = FakeClock()
    answers = [token("t1", expires_in=100), NoAnswer("cut"), *[NotSent("refused")] * 4]
    done = ask(cancel_visit(), answers, at=at, clock=clock, takes=30, timeout=Timeout(attempt=30, total=600))

    assert paths(done)[:3] == ["/token", "/visits/7", "/token"]
    assert type(done.error) is OutcomeUnknownError


def test_a_lock_that_is_not_let_go_in_time_means_that_nothing_was_sent():
    work = perform(get_visit(), account(Bearer(minted())), Options(), lambda: 0.5)
    clock, step = FakeClock(), next(work)
    while not isinstance(step, Acquire):
        step = work.send(clock.now())
    assert step.timeout == 60

    with pytest.raises(RequestNotSentError, match="held 'token acme' for longer"):
        work.throw(TimeoutError())


def test_the_lock_is_let_go_however_the_minting_ends():
    for answers in ([token(), answer()], [answer(400, {})], [KeyboardInterrupt()]):
        done = ask(get_visit(), answers, at=account(Bearer(minted())))
        assert [lock.released for lock in done.locks] == [1]


def test_a_store_that_fails_does_not_lose_the_token(caplog):
    class Broken(MemoryTokenStore):
        def set(self, key, token):
            raise OSError("read-only")

    at = account(Bearer(minted(store=Broken())))
    assert signed(ask(get_visit(), [token("t1"), answer()], at=at))[-1] == "Bearer t1"
    assert signed(ask(get_visit(), [answer()], at=at)) == ["Bearer t1"]
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert warnings == ["the token store raised OSError: the token is kept in memory only"]


# --- one round for all who wait --------------------------------------------------------------------------------------


class TokenServer:
    """An engine that counts token requests and refuses old tokens."""

    def __init__(self, fails=False):
        self.fails = fails
        self.minted = 0
        self.refused = 0
        self.lock = threading.Lock()
        self.crowd = threading.Event()

    def answer(self, request):
        with self.lock:
            if request.url.endswith("/token"):
                self.minted += 1
                return answer(400, {"message": "invalid_client"}) if self.fails else token("fresh")
            if request.headers["Authorization"] == "Bearer fresh":
                return answer()
            self.refused += 1
            return answer(401, {"message": "expired"})

    def send(self, request, timeout):
        return self.answer(request)

    def close(self):
        pass


class AsyncTokenServer(TokenServer):
    async def send(self, request, timeout):  # noqa: ASYNC109 - as the protocol says
        await anyio.lowlevel.checkpoint()
        await anyio.lowlevel.checkpoint()
        return self.answer(request)


WAITERS = 50


@pytest.mark.parametrize("first", [None, "stale"])
@pytest.mark.parametrize("fails", [False, True])
def test_fifty_threads_are_one_token_request(fails, first):
    engine = TokenServer(fails)
    transport = Transport(engine, account(Bearer(minted(first=first))), Options(), clock=FakeClock())
    barrier = threading.Barrier(WAITERS)

    def call(_):
        barrier.wait()
        try:
            return transport.run(get_visit()).id
        except AuthenticationError as error:
            return type(error)

    with ThreadPoolExecutor(WAITERS) as pool:
        outcomes = list(pool.map(call, range(WAITERS)))

    assert set(outcomes) == {AuthenticationError if fails else "7"}
    assert engine.minted == 1


@pytest.mark.anyio
@pytest.mark.parametrize("first", [None, "stale"])
@pytest.mark.parametrize("fails", [False, True])
async def test_fifty_tasks_are_one_token_request(fails, first):
    engine = AsyncTokenServer(fails)
    transport = AsyncTransport(engine, account(Bearer(minted(first=first))), Options(), clock=FakeClock())
    outcomes = []

    async def call():
        try:
            outcomes.append((await transport.run(get_visit())).id)
        except AuthenticationError as error:
            outcomes.append(type(error))

    async with anyio.create_task_group() as group:
        for _ in range(WAITERS):
            group.start_soon(call)

    assert outcomes == [AuthenticationError if fails else "7"] * WAITERS
    assert engine.minted == 1


@pytest.mark.anyio
async def test_a_cancelled_minting_lets_the_next_in():
    at, reached = account(Bearer(minted())), anyio.Event()

    class Stuck(AsyncTokenServer):
        async def send(self, request, timeout):  # noqa: ASYNC109 - as the protocol says
            if not reached.is_set():
                reached.set()
                await anyio.sleep_forever()
            return await super().send(request, timeout)

    transport = AsyncTransport(Stuck(), at, Options(), clock=FakeClock())
    async with anyio.create_task_group() as group:
        with anyio.CancelScope() as scope:

            async def cancel():
                await reached.wait()
                scope.cancel()

            group.start_soon(cancel)
            await transport.run(get_visit())
        assert (await transport.run(get_visit())).id == "7"


# --- how long a token lives ------------------------------------------------------------------------------------------


def jwt(**claims):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'RS256'})}.{part(claims)}.c2lnbmF0dXJl"


LIVES = {
    "a number": ("t", 3600, 3600.0),
    "a fraction": ("t", 0.5, 0.5),
    "a string": ("t", "3600", 3600.0),
    "missing": ("t", None, None),
    "zero": ("t", 0, None),
    "negative": ("t", -5, None),
    "words": ("t", "an hour", None),
    "true": ("t", True, None),
    "nan": ("t", float("nan"), None),
    "inf as text": ("t", "inf", None),
    "too large": ("t", 10**400, None),
    "a list": ("t", [3600], None),
    "the JWT's own exp and iat": (jwt(exp=WALL + 900, iat=WALL), None, 900.0),
    "a JWT of a clock that is an hour ahead": (jwt(exp=WALL + 4500, iat=WALL + 3600), None, 900.0),
    "a JWT without iat": (jwt(exp=WALL + 900), None, 900.0),
    "a JWT without exp": (jwt(iat=WALL), None, None),
    "a JWT whose exp is a text": (jwt(exp=str(WALL + 900), iat=WALL), None, 900.0),
    "a JWT whose exp is nonsense": (jwt(exp=["soon"]), None, None),
    "expires_in wins over the JWT": (jwt(exp=WALL + 900, iat=WALL), 60, 60.0),
    "expires_in says nothing, the JWT does": (jwt(exp=WALL + 900, iat=WALL), 0, 900.0),
    "dots that are no JWT": ("a.b.c", None, None),
    "a JWT whose claims are no object": ("a." + base64.urlsafe_b64encode(b"[1]").decode() + ".c", None, None),
    "one dot at the end": ("a.", None, None),
    "a JWT of deep claims": ("a." + base64.urlsafe_b64encode(b"[" * 100_000).decode().rstrip("=") + ".c", None, None),
}


@pytest.mark.parametrize(("value", "expires_in", "seconds"), LIVES.values(), ids=LIVES)
def test_how_long_a_token_lives_is_read(value, expires_in, seconds):
    made = token_from(value, expires_in=expires_in, wall=WALL)

    assert made.value == value
    assert made.lifetime == seconds
    assert made.expires_at == (None if seconds is None else WALL + seconds)
    assert f"{value!r}" not in repr(made)


@pytest.mark.parametrize("value", [None, 5, "", "a b", "a\n", "clé", b"t", ["t"], {"t": 1}])
def test_what_is_no_token_is_refused(value):
    with pytest.raises(ValueError, match="no token in the answer"):
        token_from(value, wall=WALL)


@pytest.mark.parametrize(
    ("made", "at", "fresh"),
    [
        (Token("t"), WALL * 9, True),
        (Token("t", WALL + 100, 3600), WALL + 39, True),
        (Token("t", WALL + 100, 3600), WALL + 41, False),
        (Token("t", WALL + 60, 60), WALL + 1, True),
        (Token("t", WALL + 60, 60), WALL + 31, False),
        (Token("t", WALL + 100), WALL + 39, True),
        (Token("t", WALL + 100), WALL + 41, False),
        (Token("t", WALL - 900, -900), WALL, False),
    ],
)
def test_a_token_counts_as_spent_ahead_of_its_end(made, at, fresh):
    assert made.is_fresh(at, 60.0) is fresh


def test_a_token_has_the_calls_own_time_whatever_it_is_for_first():
    """A look that only helps may take a moment; the token that it needs serves the call, too."""
    room = Operation("acme.rooms.get", "GET", "/rooms/4", WIRE.one(Room), Effect.SAFE)

    def script():
        with suppress(RequestNotSentError):
            yield from Remembered("room 4", room, patience=5.0)
        return (yield from get_visit())

    done = ask(
        Flow("acme.flow", script),
        [token(), answer()],
        at=account(Bearer(minted())),
        takes=8,
        timeout=Timeout(attempt=30, total=60),
    )

    assert done.get().id == "7"
    assert paths(done) == ["/token", "/visits/7"]  # too late for the look, in time for what the caller wants
    assert done.timeouts == pytest.approx([30, 30])
