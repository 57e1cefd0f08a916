"""One client over several providers: what it takes, what it shares, what it shows, and how it ends."""

import copy
import pickle

import httpx
import pytest
from client_support import CLASSES, NAMES, SETTINGS, close, kind_of, kinds, nowhere
from harness import Watch

import apptsdk
from apptsdk import AsyncClient, Capability, Client
from apptsdk.engines import httpx as engines
from apptsdk.errors import ClosedError, ConfigurationError
from apptsdk.pacing import Quota
from apptsdk.retry import NO_RETRY
from apptsdk.settings import Settings
from apptsdk.subclient import driver_of

# --- what it takes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [NAMES, NAMES[::-1], ("cubu",), ("imiassist", "cliniko")], ids=" ".join)
def test_it_has_a_client_of_each_provider_that_it_has_settings_of(world, names):
    client = nowhere(world, *names)

    for name in names:
        own = getattr(client, name)
        assert type(own) is kind_of(world, name)
        assert own is getattr(client, name)
    assert repr(client) == f"<{kinds(world).__name__} {', '.join(names)}>"
    close(world, client)


REQUIRED = {
    "cliniko": "CLINIKO_API_KEY, CLINIKO_APP_NAME, CLINIKO_CONTACT_EMAIL",
    "nexhealth": "NEXHEALTH_API_KEY",
    "cubu": "CUBU_TENANT_ID, CUBU_CLIENT_ID, CUBU_CLIENT_SECRET, CUBU_APPLICATION_ID",
    "imiassist": "IMIASSIST_SUBDOMAIN, and either IMIASSIST_API_KEY with IMIASSIST_TOKEN, "
    "or IMIASSIST_USER_EMAIL with IMIASSIST_USER_PASSWORD, "
    "or IMIASSIST_WITHOUT_CREDENTIALS with IMIASSIST_BASE_URL",
}


@pytest.mark.parametrize("name", NAMES)
def test_one_that_is_not_configured_says_what_it_needs(world, name):
    client = nowhere(world, *(other for other in NAMES if other != name))
    with pytest.raises(ConfigurationError) as caught:
        getattr(client, name)
    close(world, client)

    assert str(caught.value) == (
        f"{name} is not configured here: pass a {CLASSES[name]}Settings, or, for from_env(), set {REQUIRED[name]}."
    )
    assert caught.value.provider == name


def test_one_provider_is_given_once(world):
    with pytest.raises(ConfigurationError, match=r"^cubu is given twice: make a client of its own for each account\.$"):
        nowhere(world, "cubu", "cliniko", "cubu")


@pytest.mark.parametrize("given", [None, "canary-key", Settings(), Client])
def test_what_is_no_settings_is_refused(world, given):
    with pytest.raises(TypeError) as caught:
        kinds(world)(given)

    assert str(caught.value) == (
        "Client takes settings (ClinikoSettings, NexHealthSettings, CubuSettings, IMIassistSettings), "
        f"not {type(given).__name__}; or Client.from_env()."
    )


def test_no_settings_at_all_are_refused(world):
    with pytest.raises(TypeError, match=r"^Client takes the settings of one or more providers: "):
        kinds(world)()


@pytest.mark.parametrize("pace", [(), [Quota(1, per=1)], None])
def test_a_pace_is_refused_because_each_provider_has_its_own(world, pace):
    with pytest.raises(TypeError, match=r"^Client takes no pace=: each provider has its own\."):
        nowhere(world, pace=pace)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"colour": "red"}, TypeError, "^Client takes no colour="),
        ({"timeout": 0}, ValueError, "timeout|seconds"),
        ({"headers": {"Authorization": "canary"}}, ValueError, "Authorization"),
        ({"engine": "curl"}, ConfigurationError, "^engine= must be"),
        ({"http_client": object()}, ConfigurationError, "^http_client= must be an httpx"),
        ({"http_client": None, "engine": object()}, ConfigurationError, "not both"),
        ({"engine": object(), "trust_env": False}, ConfigurationError, "^trust_env= is for clients that are opened"),
    ],
)
def test_a_wrong_option_is_refused(world, options, error, said):
    with pytest.raises(error, match=said):
        nowhere(world, **options)


@pytest.mark.parametrize(
    ("options", "said"),
    [({"engine": "httpx"}, "^Give engine= or http_client=, not both"), ({"trust_env": False}, "^trust_env= is for cl")],
)
def test_what_goes_not_together_is_refused_as_by_every_client(options, said):
    with httpx.Client() as library, pytest.raises(ConfigurationError, match=said):
        Client(SETTINGS["cliniko"], http_client=library, **options)


def test_its_options_are_those_of_all_its_clients(world):
    seen = []
    client = nowhere(world, timeout=7, retry=NO_RETRY, headers={"X-Mine": "1"}, observer=seen.append)

    for name in NAMES:
        options = driver_of(getattr(client, name)).options
        assert (options.timeout.attempt, options.retry, options.observer) == (7, NO_RETRY, seen.append)
        assert options.headers["X-Mine"] == "1"
    close(world, client)


def test_a_clock_is_that_of_all(world):
    clock = Watch(None)
    client = nowhere(world, clock=clock)

    assert {driver_of(getattr(client, name)).clock for name in NAMES} == {clock}
    close(world, client)


# --- what they share -------------------------------------------------------------------------------------------------


def test_there_is_one_engine_for_all(world):
    client = nowhere(world)
    drivers = [driver_of(getattr(client, name)) for name in NAMES]

    assert len({id(driver.engine) for driver in drivers}) == 1
    assert len({driver.account for driver in drivers}) == len(NAMES)
    assert [driver.account.service.name for driver in drivers] == list(NAMES)
    close(world, client)


def test_two_clients_have_an_engine_each_and_the_accounts_in_common(world):
    one, two = nowhere(world), nowhere(world)

    for name in NAMES:
        mine, theirs = driver_of(getattr(one, name)), driver_of(getattr(two, name))
        assert mine.engine is not theirs.engine
        assert mine.account is theirs.account
    close(world, one)
    close(world, two)


def test_one_tls_context_serves_all_clients(sandbox, monkeypatch):
    made = []

    def create(*arguments, real=httpx.create_ssl_context, **options):
        made.append(1)
        return real(*arguments, **options)

    engines._tls.cache_clear()
    monkeypatch.setattr(httpx, "create_ssl_context", create)
    for _ in range(2):
        with Client(*(getattr(sandbox, name) for name in NAMES)) as client:
            for name in NAMES:
                with pytest.raises(apptsdk.ApptError):
                    getattr(client, name).request("GET", "/nothing-there")
    engines._tls.cache_clear()

    assert len(made) == 1
    assert {seen.path.split("/")[1] for seen in sandbox.requests} == set(NAMES)


class Counting:
    """An engine of the caller's own."""

    def __init__(self):
        self.closed = 0

    def close(self):
        self.closed += 1

    async def aclose(self):
        self.closed += 1


def test_an_engine_that_was_handed_in_is_not_closed(world):
    counting = Counting()
    client = nowhere(world, engine=counting)
    close(world, client)

    assert counting.closed == 0
    assert {id(driver_of(getattr(client, name)).engine) for name in NAMES} == {id(counting)}


def test_an_engine_of_its_own_is_closed_once(world, monkeypatch):
    client = nowhere(world)
    closed = []
    engine = driver_of(client.cliniko).engine
    kind, verb = type(engine), "close" if world.is_sync else "aclose"
    real = getattr(kind, verb)

    def counted(self):
        closed.append(self)
        return real(self)

    monkeypatch.setattr(kind, verb, counted)
    close(world, client.cliniko)  # whoever closes one of its clients closes no connection
    first = list(closed)
    close(world, client)

    assert (first, closed) == ([], [engine])


def test_an_http_client_that_was_handed_in_stays_open(world):
    library = httpx.Client() if world.is_sync else httpx.AsyncClient()
    client = nowhere(world, http_client=library)
    close(world, client)

    assert library.is_closed is False
    close(world, library)


# --- how it ends -----------------------------------------------------------------------------------------------------

CALLS = {
    "a verb": lambda client: client.get_appointment("cliniko:7"),
    "one provider's verb": lambda client: client.nexhealth.get_appointment("nexhealth:riverbend-dental/7"),
    "one provider's own": lambda client: client.cliniko.patients.get("7"),
    "any request": lambda client: client.imiassist.request("GET", "/x"),
}


def call(world, function, client):
    if world.is_sync:
        return function(client)

    async def called():
        return await function(client)

    return world.run(called)


@pytest.mark.parametrize("function", CALLS.values(), ids=CALLS)
def test_after_closing_nothing_can_be_asked(world, function):
    client = nowhere(world)
    view = client.with_options(timeout=3)
    close(world, client)
    close(world, client)  # twice is fine

    for one in (client, view):
        with pytest.raises(ClosedError, match=r"^This client is closed\."):
            call(world, function, one)


def test_a_block_closes_it(world):
    client = nowhere(world)
    if world.is_sync:
        with client as same:
            assert same is client
    else:

        async def block():
            async with client as same:
                assert same is client

        world.run(block)

    with pytest.raises(ClosedError):
        call(world, CALLS["a verb"], client)


def test_an_unclosed_one_that_asked_nothing_is_no_leak(world, recwarn):
    nowhere(world)

    assert list(recwarn) == []


# --- views -----------------------------------------------------------------------------------------------------------


def test_a_view_has_other_options_and_the_same_accounts_and_connections(world):
    client = nowhere(world, timeout=7)
    view = client.with_options(timeout=3, headers={"X-Mine": "1"})

    for name in NAMES:
        mine, seen = driver_of(getattr(client, name)), driver_of(getattr(view, name))
        assert (mine.options.timeout.attempt, seen.options.timeout.attempt) == (7, 3)
        assert ("X-Mine" in mine.options.headers, "X-Mine" in seen.options.headers) == (False, True)
        assert (mine.account, mine.engine) == (seen.account, seen.engine)
    assert type(view) is type(client)
    assert repr(view) == repr(client)
    assert view.capabilities == client.capabilities
    close(world, client)


def test_closing_a_view_does_nothing(world):
    client = nowhere(world)
    view = client.with_options(timeout=3)
    close(world, view)
    close(world, view.with_options(timeout=4))

    assert [driver_of(getattr(client, name)).life.closed for name in NAMES] == [False] * 4
    close(world, client)
    assert [driver_of(getattr(view, name)).life.closed for name in NAMES] == [True] * 4


def test_a_view_takes_what_views_take_and_nothing_else(world):
    client = nowhere(world)
    with pytest.raises(TypeError, match="pace"):
        client.with_options(pace=())
    with pytest.raises(ValueError, match="Authorization"):
        client.with_options(headers={"Authorization": "canary"})
    close(world, client)


def test_a_provider_that_is_not_configured_is_not_in_a_view_either(world):
    client = nowhere(world, "cubu")
    with pytest.raises(ConfigurationError, match=r"^cliniko is not configured here: "):
        _ = client.with_options(timeout=3).cliniko
    close(world, client)


# --- what it shows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("journey", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_makes_no_journeys(world, journey):
    client = nowhere(world)
    with pytest.raises(TypeError, match=r"^A client holds connections and credentials and is not pickled\."):
        journey(client)
    close(world, client)


def test_it_shows_no_secret(world):
    client = nowhere(world)
    told = f"{client!r} {client} {[getattr(client, name) for name in NAMES]}"
    close(world, client)

    assert "canary" not in told


def test_capabilities_are_told_by_provider(world):
    client = nowhere(world, "imiassist", "cubu")
    able = client.capabilities
    close(world, client)

    assert list(able) == ["imiassist", "cubu"]
    assert able["imiassist"] == {Capability.REBOOK, Capability.REFERENCE, Capability.NOTES}
    assert Capability.FIND_SLOTS in able["cubu"]
    assert all(isinstance(one, frozenset) for one in able.values())


@pytest.mark.parametrize("name", NAMES)
def test_capabilities_are_those_of_the_providers_own_client(world, name):
    client = nowhere(world)

    assert client.capabilities[name] == getattr(client, name).capabilities
    close(world, client)


def test_both_are_public():
    assert (apptsdk.Client, apptsdk.AsyncClient) == (Client, AsyncClient)
    assert {"Client", "AsyncClient"} <= set(apptsdk.__all__)
