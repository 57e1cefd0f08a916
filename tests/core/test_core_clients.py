"""Clients, views, settings and options: construction, closing, and calls that no resource covers."""

import copy
import pickle
import subprocess
import sys
from datetime import UTC, datetime

import anyio
import attrs
import httpx
import pytest
from core_support import (
    BASE,
    KEY,
    SETTINGS,
    Acme,
    AcmeSettings,
    AsyncAcme,
    AsyncScriptEngine,
    FakeClock,
    ScriptEngine,
    account,
    answer,
    ask,
    page,
    service,
)

import apptsdk
from apptsdk import raw
from apptsdk.account import Account
from apptsdk.errors import ConfigurationError, NotFoundError, OutcomeUnknownError, ResponseUnreadableError
from apptsdk.http import NoAnswer
from apptsdk.models import UNSET
from apptsdk.operation import Effect
from apptsdk.options import Options, Timeout, checked_headers
from apptsdk.pacing import Quota
from apptsdk.retry import NO_RETRY
from apptsdk.settings import Settings
from apptsdk.subclient import AsyncSubClient, SubClient
from apptsdk.transport import ClosedError


def client(world, answers=(), **options):
    kind, engine = (Acme, ScriptEngine) if world.is_sync else (AsyncAcme, AsyncScriptEngine)
    world.engine = engine(answers, world.clock)
    return kind(SETTINGS, engine=world.engine, clock=world.clock, random=lambda: 0.5, **options)


def close(world, acme):
    world.call(acme.close if world.is_sync else acme.aclose)


# --- calls that no resource covers -----------------------------------------------------------------------------------


def test_a_request_goes_out_with_everything_that_others_have(world):
    acme = client(world, [answer(503, {}), answer(200, {"a": 1})], headers={"X-Mine": "1"})
    response = world.call(acme.request, "get", "/rooms", query={"floor": "1", "q[]": "a:=b c"}, headers={"X-Call": "2"})
    sent = world.engine.requests[1]

    assert response.json() == {"a": 1}
    assert sent.method == "GET"
    assert sent.url == f"{BASE}/rooms?floor=1&q%5B%5D=a%3A%3Db%20c"
    assert sent.headers["Authorization"].startswith("Basic ")
    assert (sent.headers["X-Mine"], sent.headers["X-Call"]) == ("1", "2")
    assert sent.headers["User-Agent"] == "tests (tests@example.com)"
    assert sent.headers["Accept-Encoding"] == "gzip, deflate"
    assert world.engine.requests[0] == sent


def test_an_error_of_a_request_is_like_any_other(world):
    acme = client(world, [answer(404, {"message": "No such room"})])
    with pytest.raises(NotFoundError, match=r"^acme\.request: 404 No such room$"):
        world.call(acme.request, "GET", "/rooms/1")


REPEATED = {
    ("GET", None): True,
    ("HEAD", None): True,
    ("OPTIONS", False): False,
    ("GET", False): False,
    ("GET", True): True,
    ("PUT", None): True,
    ("DELETE", None): True,
    ("DELETE", False): False,
    ("PUT", False): False,
    ("POST", None): False,
    ("PATCH", None): False,
    ("POST", True): True,
    ("PATCH", True): True,
}


@pytest.mark.parametrize(("asked", "repeated"), REPEATED.items())
def test_only_what_is_harmless_is_repeated(asked, repeated):
    method, repeatable = asked
    work = raw.request(service(), method, "/rooms", json={"a": 1}, repeatable=repeatable)
    done = ask(work, [NoAnswer("cut"), answer()])

    assert len(done.sent) == (2 if repeated else 1)
    assert (done.error is None) is repeated
    if not repeated:
        assert type(done.error) is OutcomeUnknownError


@pytest.mark.parametrize("method", ["CONNECT", "TRACE", "", "GET ", "G\r\nET", None, 5])
def test_another_method_is_refused(method):
    with pytest.raises(ValueError, match=r"^method must be one of GET"):
        raw.request(service(), method, "/rooms")


PATHS = ["/", "/rooms", "/rooms/7/beds", "/rooms/a%20b", "/rooms/;x", "/~a/@b:c=d,e", "/a..b", "/.hidden", "/a//b"]
NO_PATHS = [
    "",
    "rooms",
    "//evil.example",
    "https://evil.example/",
    "/rooms?x=1",
    "/rooms#x",
    "/../rooms",
    "/rooms/..",
    "/rooms/./x",
    "/rooms/%2e%2e/x",
    "/rooms/%2E./x",
    "/rooms/..%2fx",
    "/rooms\\..\\x",
    "/rooms\r\nX: y",
    "/rooms\n",
    "/ro oms",
    "/rooms/é",
    "/rooms\x00",
    None,
    5,
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_below_the_base_url_is_asked_for(path):
    assert ask(raw.request(service(), "GET", path), [answer()]).sent[0].url == BASE + path


@pytest.mark.parametrize("path", NO_PATHS)
def test_what_is_no_path_below_the_base_url_is_refused(path):
    for make in (lambda: raw.request(service(), "GET", path), lambda: raw.request_pages(service(), path, "rooms")):
        with pytest.raises(ValueError, match=r"^path must be a path below the base URL"):
            make()


@pytest.mark.parametrize("name", ["Authorization", "HOST", "content-length", "Transfer-Encoding", "connection"])
def test_a_header_that_is_ours_is_refused(name):
    with pytest.raises(ValueError, match="is set by the SDK"):
        checked_headers({name: "canary"})


@pytest.mark.parametrize(
    ("name", "value"), [("a b", "x"), ("", "x"), ("a:", "x"), ("a", "x\r\ny"), ("a", "é"), ("a", "\x00")]
)
def test_a_header_that_http_does_not_allow_is_refused(name, value):
    with pytest.raises(ValueError, match="does not allow"):
        checked_headers({name: value})
    with pytest.raises(ValueError, match="does not allow"):
        raw.request(service(), "GET", "/rooms", headers={name: value})


def test_headers_are_copied():
    given = {"X-A": "1"}
    checked = checked_headers(given)
    given["X-A"] = "2"

    assert checked == {"X-A": "1"}


@pytest.mark.parametrize(
    "body", [object(), {1: 2}, {"a": float}, {"a": "\ud800"}, {"at": datetime(2026, 1, 1, tzinfo=UTC)}]
)
def test_a_body_that_is_no_json_is_refused_before_anything_is_sent(body):
    with pytest.raises(TypeError, match=r"^json must hold plain values only"):
        raw.request(service(), "POST", "/rooms", json=body)


def test_any_list_is_read_page_by_page(world):
    acme = client(world, [page("1", follow="/v1/visits?page=2"), page("2")])
    visits = world.read(acme.request_pages("/visits", "visits", query=[("q", "a"), ("q", "b")]))

    assert [visit["id"] for visit in visits] == ["1", "2"]
    assert [request.url for request in world.engine.requests] == [f"{BASE}/visits?q=a&q=b", f"{BASE}/visits?page=2"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ([], "$: not an object"),
        ({}, "visits: not an array"),
        ({"visits": {}}, "visits: not an array"),
        ({"visits": [{}, 5]}, "visits[1]: not an object"),
        ({"visits": [], "next": 5}, "next: not a string"),
    ],
)
def test_a_list_that_is_none_is_unreadable(world, body, why):
    acme = client(world, [answer(200, body)])
    with pytest.raises(ResponseUnreadableError) as caught:
        world.read(acme.request_pages("/visits", "visits"))

    assert caught.value.paths == (why,)


DEEP = {"data": {"visits": [{"id": "1"}], "more": {"visits": [{"id": "2"}]}}}


@pytest.mark.parametrize(("key", "number"), [("data.visits", "1"), ("data.more.visits", "2")])
def test_items_that_lie_deeper_are_found_by_a_key_with_dots(world, key, number):
    acme = client(world, [answer(200, DEEP)])

    assert world.read(acme.request_pages("/visits", key)) == [{"id": number}]


@pytest.mark.parametrize("key", ["visits", "data.rooms", "data.visits.0", "data", "data.visits.id"])
def test_a_key_that_leads_to_no_array_is_named(world, key):
    acme = client(world, [answer(200, DEEP)])
    with pytest.raises(ResponseUnreadableError) as caught:
        world.read(acme.request_pages("/visits", key))

    assert caught.value.paths == (f"{key}: not an array",)


def numbered(answers, **more):
    """Read a raw list at a provider whose next page follows from what was asked."""
    asked = []

    def following(body, url):
        asked.append(url)
        return body.get("then")

    listing = raw.request_pages(service(next_page=following), "/visits", "visits", **more)
    at, cursor = account(next_page=following), listing.cursor
    for given in answers:
        cursor = ask(listing.page(cursor), [given], at=at).get().cursor
    return asked


@pytest.mark.parametrize(
    ("query", "first"),
    [((), "/visits"), ({"q": "a b"}, "/visits?q=a%20b"), ([("q", "1"), ("q", "2")], "/visits?q=1&q=2")],
)
def test_the_next_page_is_found_from_what_was_asked_too(query, first):
    second = f"{BASE}/visits?page=2"
    answers = [answer(body={"visits": [], "then": second}), answer(body={"visits": []})]

    assert numbered(answers, query=query) == [BASE + first, second]


def test_a_resumed_list_was_asked_for_by_its_cursor():
    third = f"{BASE}/visits?page=3"

    assert numbered([answer(body={"visits": []})], cursor=third) == [third]


# --- life ------------------------------------------------------------------------------------------------------------


def test_a_client_is_closed_once_or_twice_and_then_says_so(world):
    acme = client(world, [answer()])
    close(world, acme)
    close(world, acme)

    with pytest.raises(ClosedError, match="closed"):
        world.call(acme.request, "GET", "/rooms")
    with pytest.raises(ClosedError):
        world.read(acme.request_pages("/visits", "visits"))
    assert world.engine.requests == []
    assert world.engine.closed == 0  # an engine that was handed in is its owner's


def test_a_client_is_closed_by_its_block(world):
    acme = client(world, [answer()])
    if world.is_sync:
        with acme as entered:
            assert entered is acme
    else:

        async def block():
            async with acme as entered:
                assert entered is acme

        world.call(block)
    with pytest.raises(ClosedError):
        world.call(acme.request, "GET", "/rooms")


def test_closing_a_view_does_nothing_and_closing_its_client_closes_it(world):
    acme = client(world, [answer()])
    view = acme.with_options(timeout=5)
    close(world, view)
    assert world.call(acme.request, "GET", "/rooms").status == 200

    close(world, acme)
    with pytest.raises(ClosedError):
        world.call(view.request, "GET", "/rooms")


def test_a_view_has_its_own_options_and_the_same_account(world):
    seen, told = [], []
    acme = client(world, [answer(503, {}), answer(503, {}), answer()], headers={"X-A": "1"})
    view = acme.with_options(
        timeout=Timeout(attempt=3, total=9),
        retry=NO_RETRY,
        headers={"X-B": "2"},
        on_response=seen.append,
        observer=told.append,
    )
    with pytest.raises(apptsdk.ServerError):
        world.call(view.request, "GET", "/rooms")

    assert type(view) is type(acme)
    assert view is not acme
    assert world.engine.timeouts == [3]
    assert {"X-A": "1", "X-B": "2"}.items() <= world.engine.requests[0].headers.items()
    assert [response.status for response in seen] == [503]
    assert told
    assert view._transport.account is acme._transport.account
    quiet = view.with_options(observer=None, on_response=None)
    told.clear()
    with pytest.raises(apptsdk.ServerError):
        world.call(quiet.request, "GET", "/rooms")
    assert (told, len(seen)) == ([], 1)
    assert world.call(acme.request, "GET", "/rooms").status == 200
    assert "X-B" not in world.engine.requests[-1].headers


def test_the_hook_before_a_booking_can_be_set_for_a_view(world):
    shown = []
    acme = client(world, [answer()])
    world.call(acme.with_options(on_attempt=shown.append).request, "POST", "/rooms", json={})

    assert [attempt.operation for attempt in shown] == ["acme.request"]


def test_a_client_shows_no_secret_and_is_not_pickled(world):
    acme = client(world)

    assert repr(acme) in {f"<Acme {BASE}>", f"<AsyncAcme {BASE}>"}
    for value in (acme, acme.with_options(timeout=3), SETTINGS, acme._transport.account):
        assert KEY not in repr(value)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError, match="not pickled"):
                pickle.dumps(value, protocol)
        with pytest.raises(TypeError, match="not pickled"):
            copy.deepcopy(value)


@pytest.mark.parametrize("kind", [Acme, AsyncAcme])
def test_wrong_arguments_are_refused_with_what_is_right(kind):
    with pytest.raises(TypeError, match=r"takes a AcmeSettings, not str.*from_env"):
        kind("key")
    with pytest.raises(TypeError, match=r"takes no nonsense=.*timeout"):
        kind(SETTINGS, nonsense=1)
    with pytest.raises(ConfigurationError, match="not both"):
        kind(SETTINGS, engine="httpx", http_client=httpx.Client())
    with pytest.raises(ConfigurationError, match="must be an httpx"):
        kind(SETTINGS, http_client=object())
    with pytest.raises(ConfigurationError, match='must be "httpx" or "httpx2"'):
        kind(SETTINGS, engine="requests")


@pytest.mark.parametrize("kind", [Acme, AsyncAcme])
def test_settings_that_are_missing_are_asked_for_by_name(kind):
    with pytest.raises(TypeError, match=rf"^{kind.__name__} takes its settings first: .*AcmeSettings\(\.\.\.\)"):
        kind()


@pytest.mark.parametrize("kind", [Acme, AsyncAcme])
@pytest.mark.parametrize("options", [{"engine": object()}, {"http_client": httpx.Client()}])
def test_the_environment_is_asked_about_for_clients_of_our_own_only(kind, options):
    with pytest.raises(ConfigurationError, match="trust_env= is for clients that are opened here"):
        kind(SETTINGS, trust_env=False, **options)


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), Options])
def test_a_timeout_is_positive(world, timeout):
    with pytest.raises((ValueError, TypeError)):
        client(world, timeout=timeout)


@pytest.mark.parametrize("retry", [None, 3, False])
def test_a_retry_policy_is_one(world, retry):
    with pytest.raises(TypeError, match="retry must be a RetryPolicy, or NO_RETRY"):
        client(world, retry=retry)


@pytest.mark.parametrize(
    "parts", [{"attempt": 0}, {"total": 0}, {"attempt": -1}, {"total": float("nan")}, {"total": float("inf")}]
)
def test_both_parts_of_a_timeout_are_positive(parts):
    with pytest.raises(ValueError, match="above 0, and finite"):
        Timeout(**parts)


@pytest.mark.parametrize(("given", "attempt", "total"), [(5, 5.0, 90.0), (60, 60.0, 120.0), (0.2, 0.2, 90.0)])
def test_a_number_is_the_timeout_of_each_attempt(given, attempt, total):
    assert Timeout.of(given) == Timeout(attempt=attempt, total=total)


def test_the_pace_can_be_chosen(world):
    assert client(world, pace=[Quota(3, per=1)])._transport.account.pace.quotas == (Quota(3, per=1),)
    assert client(world, pace=())._transport.account.pace.quotas == ()


@pytest.mark.parametrize("kind", [Acme, AsyncAcme])
def test_an_engine_of_our_own_is_opened_late_and_closed(kind, recwarn):
    acme = kind(SETTINGS)
    assert acme._owned is not None
    if kind is Acme:
        acme.close()
    else:
        anyio.run(acme.aclose)
    assert list(recwarn) == []


# --- settings --------------------------------------------------------------------------------------------------------


def test_settings_are_read_from_variables_of_the_providers_name():
    made = AcmeSettings.from_env({"ACME_API_KEY": "k", "ACME_TENANT": "t", "ACME_BASE_URL": "", "ACME_HIDDEN": "no"})

    assert made == AcmeSettings(api_key="k", tenant="t")
    assert made.hidden == "h"


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({}, "variables ACME_API_KEY, ACME_TENANT,"),
        ({"ACME_API_KEY": "canary"}, "variable ACME_TENANT,"),
        ({"ACME_API_KEY": "", "ACME_TENANT": "t"}, "variable ACME_API_KEY,"),
    ],
)
def test_all_variables_that_are_missing_are_named(environment, names):
    with pytest.raises(ConfigurationError, match=f"Set the environment {names} or pass a AcmeSettings") as caught:
        AcmeSettings.from_env(environment)

    assert caught.value.provider == "acme"
    assert "canary" not in str(caught.value)


def test_settings_are_read_from_the_process_by_default(monkeypatch):
    monkeypatch.setenv("ACME_API_KEY", "k")
    monkeypatch.setenv("ACME_TENANT", "t")

    assert AcmeSettings.from_env().tenant == "t"


def test_settings_can_be_changed_into_others_and_show_no_secret():
    changed = attrs.evolve(SETTINGS, tenant="elsewhere")

    assert changed.tenant == "elsewhere"
    assert KEY not in repr(changed)


def test_the_base_of_all_settings_makes_no_account():
    with pytest.raises(NotImplementedError):
        Settings().account()


def test_an_account_shows_whose_it_is_and_nothing_else():
    assert repr(account()) == "<Account at acme>"
    assert isinstance(account(), Account)


@attrs.frozen(kw_only=True)
class SharedSettings(AcmeSettings):
    """Settings of which the key alone tells accounts apart."""

    @property
    def credential(self):
        return self.provider, self.api_key

    def changed(self, **given):
        if given.get("tenant") == "bad":
            raise ConfigurationError("tenant is malformed")
        return super().changed(**given)


class SharedAcme(SubClient[SharedSettings]):
    settings_class = SharedSettings


class AsyncSharedAcme(AsyncSubClient[SharedSettings]):
    settings_class = SharedSettings


SHARED = SharedSettings(api_key=KEY, tenant="riverbend")


def shared(world, settings=SHARED, answers=(), **options):
    kind, engine = (SharedAcme, ScriptEngine) if world.is_sync else (AsyncSharedAcme, AsyncScriptEngine)
    world.engine = engine(answers, world.clock)
    return kind(settings, engine=world.engine, **{"clock": world.clock, **options})


def account_of(acme):
    return acme._transport.account


def test_clients_share_the_account_of_what_their_settings_call_the_credential(world):
    one, other = shared(world), shared(world, attrs.evolve(SHARED, tenant="lakeside"))

    assert account_of(one) is account_of(other)
    assert account_of(shared(world, attrs.evolve(SHARED, api_key="another"))) is not account_of(one)
    assert account_of(shared(world, clock=FakeClock())) is not account_of(one)
    assert account_of(shared(world, pace=())) is not account_of(one)


def test_settings_tell_accounts_apart_as_a_whole_unless_they_say_otherwise(world):
    kind = Acme if world.is_sync else AsyncAcme
    made = [kind(attrs.evolve(SETTINGS, tenant=name), engine=object(), clock=world.clock) for name in ("a", "a", "b")]

    assert SETTINGS.credential is SETTINGS
    assert account_of(made[0]) is account_of(made[1])
    assert account_of(made[0]) is not account_of(made[2])


def test_settings_are_given_with_some_replaced():
    assert SETTINGS.changed(tenant="lakeside") == AcmeSettings(api_key=KEY, tenant="lakeside")
    assert SETTINGS.changed() == SETTINGS
    assert SETTINGS.tenant == "riverbend"


def test_a_view_can_have_other_settings_over_the_same_account(world):
    acme = shared(world, answers=[answer(503, {}), answer(503, {}), answer()])
    view = acme._seen_as({"retry": NO_RETRY, "headers": {"X-B": "2"}}, tenant="lakeside")
    with pytest.raises(apptsdk.ServerError):
        world.call(view.request, "GET", "/rooms")

    assert type(view) is type(acme)
    assert (view._settings.tenant, acme._settings.tenant) == ("lakeside", "riverbend")
    assert account_of(view) is account_of(acme)
    assert world.engine.requests[0].headers["X-B"] == "2"
    close(world, view)
    assert world.call(acme.request, "GET", "/rooms").status == 200
    assert "X-B" not in world.engine.requests[-1].headers


def test_a_view_of_a_view_keeps_what_is_not_replaced(world):
    view = shared(world)._seen_as({"timeout": 7}, tenant="lakeside")
    again = view._seen_as({}, tenant=UNSET)
    plain = view.with_options(headers={"X-A": "1"})

    for one in (again, plain):
        assert one._settings.tenant == "lakeside"
        assert one._transport.options.timeout.attempt == 7


def test_a_setting_or_an_option_that_is_wrong_makes_no_view(world):
    acme = shared(world)
    with pytest.raises(ConfigurationError, match="tenant is malformed"):
        acme._seen_as({}, tenant="bad")
    with pytest.raises(TypeError, match="nonsense"):
        acme._seen_as({"nonsense": 1}, tenant="lakeside")
    with pytest.raises(ValueError, match="is set by the SDK"):
        acme._seen_as({"headers": {"Host": "x"}})


def test_an_unknown_option_of_a_view_is_refused_with_all_that_there_are(world):
    with pytest.raises(TypeError) as caught:
        shared(world)._seen_as({"timeouts": 1, "nonsense": 2}, tenant="lakeside")

    assert str(caught.value) == (
        "with_options takes no nonsense, timeouts=. "
        "It takes headers, observer, on_attempt, on_response, retry, tenant, timeout=."
    )


@attrs.frozen(kw_only=True)
class VersionedSettings(SharedSettings):
    """Settings that say in a header what no account depends on."""

    version: str = "1"

    @property
    def headers(self):
        return {"X-Version": self.version}


class VersionedAcme(SharedAcme):
    settings_class = VersionedSettings


class AsyncVersionedAcme(AsyncSharedAcme):
    settings_class = VersionedSettings


def versioned(world, version, **options):
    kind, engine = (VersionedAcme, ScriptEngine) if world.is_sync else (AsyncVersionedAcme, AsyncScriptEngine)
    settings = VersionedSettings(api_key=KEY, tenant="riverbend", version=version)
    return kind(settings, engine=engine([answer()] * 9, world.clock), clock=world.clock, **options)


def sent_by(world, acme, **fields):
    world.call(acme.request, "GET", "/rooms", **fields)
    return acme._transport.engine.requests[-1].headers


def test_a_header_of_the_settings_is_every_requests_and_not_the_accounts(world):
    one, other = versioned(world, "1"), versioned(world, "2", headers={"X-A": "a"})

    assert account_of(one) is account_of(other)
    assert sent_by(world, one)["X-Version"] == "1"
    assert (sent_by(world, other)["X-Version"], sent_by(world, other)["X-A"]) == ("2", "a")
    assert sent_by(world, one)["X-Version"] == "1"
    assert "X-Version" not in account_of(one).service.headers


def test_a_view_keeps_the_settings_header_and_a_header_that_is_given_goes_before_it(world):
    acme = versioned(world, "1")

    assert sent_by(world, acme.with_options(timeout=5))["X-Version"] == "1"
    assert sent_by(world, acme._seen_as({"headers": {"X-A": "a"}}, tenant="lakeside"))["X-Version"] == "1"
    assert sent_by(world, acme.with_options(headers={"x-version": "3"}))["x-version"] == "3"
    assert sent_by(world, acme, headers={"X-Version": "4"})["X-Version"] == "4"
    assert sent_by(world, versioned(world, "1", headers={"X-Version": "5"}))["X-Version"] == "5"


def test_settings_say_nothing_in_headers_unless_they_do():
    assert SETTINGS.headers == {}


# --- the package -----------------------------------------------------------------------------------------------------


def test_importing_the_package_loads_nothing_else():
    program = (
        "import sys; before = set(sys.modules); import apptsdk; "
        "print(sorted(n for n in set(sys.modules) - before if n.partition('.')[0] not in sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['apptsdk', 'apptsdk._lazy']"


def test_the_public_names_are_loaded_when_they_are_used():
    core = {
        name for module, names in apptsdk._BY_MODULE.items() if not module.startswith("providers") for name in names
    }

    assert core <= set(apptsdk.__all__) <= set(dir(apptsdk))
    for name in core:
        assert getattr(apptsdk, name) is not None
    assert apptsdk.Effect is Effect if "Effect" in core else not hasattr(apptsdk, "Effect")
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = apptsdk.nonsense
