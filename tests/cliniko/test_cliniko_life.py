"""The life of a client and of its objects: opened, handed over, closed, left open, copied, pickled."""

from __future__ import annotations

import asyncio
import copy
import gc
import pickle
import warnings
from contextlib import contextmanager

import attrs
import pytest
from harness import ENGINE, ENGINES, World

from apptsdk import (
    NO_RETRY,
    AsyncCliniko,
    Cliniko,
    ClinikoSettings,
    ClosedError,
    ConfigurationError,
    NotFoundError,
    OutcomeUnknownError,
    Timeout,
)
from apptsdk.events import AttemptEnded, CallEnded, CallStarted, Paused
from apptsdk.providers.cliniko import CancellationReason
from apptsdk.sandbox import Sandbox

CLIENTS = (Cliniko, AsyncCliniko)


async def close(c):
    if hasattr(c.client, "aclose"):
        await c.client.aclose()
    else:
        c.client.close()


def test_closing_twice_is_fine_and_using_it_afterwards_is_a_clear_error(clinic):
    async def story(c):
        await c.call("user")
        view, pager = c.view(timeout=5), c.list("patients.list")
        await close(view)
        await c.call("user")
        await close(c)
        await close(c)
        for late in (c.call("user"), view.call("user"), c.collect(pager)):
            with pytest.raises(ClosedError, match="closed"):
                await late

    clinic.tell(story)
    assert len(clinic.seen()) == 2


@contextmanager
def recorded():
    """Record the messages of the resource warnings, those of the sockets below included."""
    messages = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield messages
        gc.collect()
    messages += [str(one.message) for one in caught if issubclass(one.category, ResourceWarning)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_client_left_open_warns_when_it_is_collected(engine, sandbox):
    with recorded() as messages:
        Cliniko(sandbox.cliniko, engine=engine).user()
    assert any("An HTTP client of apptsdk was not closed" in message for message in messages)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("loop", ["asyncio", "trio"])
def test_an_async_client_left_open_warns_when_it_is_collected(loop, engine, sandbox):
    async def leave():
        client = AsyncCliniko(sandbox.cliniko, engine=engine)
        await client.user()
        inner = client._owned._client()
        with recorded() as messages:
            del client
        await inner.aclose()
        return messages

    messages = World(loop).run(leave)
    assert any("An async HTTP client of apptsdk was not closed" in message for message in messages)


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_client_that_was_never_used_or_was_closed_does_not_warn(kind, sandbox):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kind(sandbox.cliniko)
        with Cliniko(sandbox.cliniko, engine=ENGINE) as client:
            client.user()
        del client
        gc.collect()


def test_a_client_that_is_handed_in_is_used_and_never_closed(clinic):
    library = pytest.importorskip(clinic.world.engine)

    async def story(c):
        await c.call("user")
        await close(c)
        assert not handed.is_closed
        if clinic.world.is_sync:
            handed.close()
        else:
            await handed.aclose()

    handed = (library.Client if clinic.world.is_sync else library.AsyncClient)(headers={"x-mine": "yes"})
    clinic.tell(story, http_client=handed)
    assert clinic.seen()[0].headers["user-agent"].startswith("apptsdk sandbox (")


@pytest.mark.parametrize("make", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("thing", ["client", "async client", "settings"])
def test_clients_and_settings_refuse_to_be_pickled_and_say_why(thing, make, sandbox):
    made = {"client": Cliniko, "async client": AsyncCliniko, "settings": lambda settings: settings}[thing]
    with pytest.raises(TypeError, match="credentials") as caught:
        make(made(sandbox.cliniko))
    assert sandbox.cliniko.api_key not in str(caught.value)


def test_models_and_errors_and_attempts_go_to_another_process_and_back(clinic):
    clinic.sandbox.fault("drop_before", method="POST", path="/patients")

    async def story(c):
        standing = await c.call("individual_appointments.get", clinic.standing)
        with pytest.raises(OutcomeUnknownError) as lost:
            await c.call("patients.create", first_name="Adaline", last_name="Parkinson")
        with pytest.raises(NotFoundError) as missing:
            await c.call("patients.get", 1)
        return standing, lost.value, missing.value

    standing, lost, missing = clinic.tell(story)
    for twin in (pickle.loads(pickle.dumps(standing)), copy.copy(standing), copy.deepcopy(standing)):
        assert twin == standing
        assert hash(twin) == hash(standing)
        assert twin.as_sent() == standing.as_sent()
        assert twin.links.id == standing.id
    twin = pickle.loads(pickle.dumps(lost))
    assert (str(twin), twin.attempt, twin.operation) == (str(lost), lost.attempt, lost.operation)
    twin = pickle.loads(pickle.dumps(missing))
    assert (str(twin), twin.status, twin.request_id) == (str(missing), 404, missing.request_id)
    assert type(lost.attempt).from_json(lost.attempt.to_json()) == lost.attempt


def test_enum_values_nobody_has_seen_yet_pickle_and_compare_by_value():
    reason = CancellationReason(99)
    twin = pickle.loads(pickle.dumps(reason))
    assert twin == reason == 99
    assert not twin.is_known
    assert hash(twin) == hash(99)


def test_a_view_has_other_options_and_the_same_connections(clinic):
    seen, events = [], []

    async def story(c):
        view = c.view(headers={"X-Trace": "1"}, on_response=seen.append, observer=events.append, retry=NO_RETRY)
        await view.call("user")
        await view.view(headers={"X-Second": "2"}, observer=None).call("user")
        await c.call("user")
        assert view.client._transport.engine is c.client._transport.engine
        assert repr(view.client) == repr(c.client)

    clinic.tell(story)
    assert [(one.headers.get("x-trace"), one.headers.get("x-second")) for one in clinic.seen()] == [
        ("1", None),
        ("1", "2"),
        (None, None),
    ]
    assert [response.status for response in seen] == [200, 200]
    assert [type(event) for event in events] == [CallStarted, AttemptEnded, CallEnded]


def test_an_observer_is_told_of_attempts_pauses_and_the_end(clinic):
    events = []
    clinic.sandbox.fault("status", path="/user")
    clinic.sandbox.fault("drop_after", method="POST", path="/patients")
    clinic.sandbox.fault("status", method="GET", path="/patients", times=4)

    async def story(c):
        await c.call("user")
        await c.call("patients.create", first_name="Adaline", last_name="Parkinson")

    clinic.tell(story, observer=events.append)
    user = [event for event in events if getattr(event, "operation", "") == "cliniko.user"]
    assert user[0] == CallStarted("cliniko.user")
    assert [type(event) for event in user] == [CallStarted, AttemptEnded, Paused, AttemptEnded, CallEnded]
    assert [event.status for event in user if isinstance(event, AttemptEnded)] == [503, 200]
    assert user[2] == Paused("cliniko.user", 0.5, "retry")
    assert (user[4].status, user[4].attempts, user[4].error) == (200, 2, None)
    assert {event.why for event in events if isinstance(event, Paused)} == {"retry", "recover"}
    assert isinstance(events[-1], CallEnded)


@pytest.mark.parametrize("hook", ["observer", "on_response"])
def test_a_hook_that_fails_loses_no_booking(hook, clinic, caplog):
    def fail(_):
        raise RuntimeError("Adaline")

    made = clinic.tell(lambda c: c.call("patients.create", first_name="Adaline", last_name="Parkinson"), **{hook: fail})
    assert clinic.sandbox.ledger.created("patients") == [made.id]
    assert f"{hook}= raised RuntimeError" in caplog.text
    assert "Adaline" not in caplog.text


def test_a_hook_that_cannot_store_the_attempt_stops_the_booking(clinic):
    async def refuse(_):
        raise RuntimeError("disk full")

    def refuse_at_once(_):
        raise RuntimeError("disk full")

    for hook in [refuse_at_once] if clinic.world.is_sync else [refuse, refuse_at_once]:
        with pytest.raises(RuntimeError, match="disk full"):
            clinic.tell(lambda c: c.call("patients.create", first_name="A", last_name="P"), on_attempt=hook)
    assert clinic.seen() == []


def test_what_must_be_awaited_is_no_hook_of_a_sync_client(sandbox):
    class Later:
        def __await__(self):
            raise AssertionError("nobody can wait for it here")

    with (
        Cliniko(sandbox.cliniko, on_attempt=lambda attempt: Later()) as client,
        pytest.raises(TypeError, match="async client"),
    ):
        client.patients.create(first_name="A", last_name="P")
    assert sandbox.requests == []


@pytest.mark.parametrize("kind", CLIENTS)
@pytest.mark.parametrize(
    ("options", "error", "what"),
    [
        ({"timeouts": 3}, TypeError, "timeouts="),
        ({"engine": "requests"}, ConfigurationError, "httpx"),
        ({"engine": "httpx", "http_client": "mine"}, ConfigurationError, "not both"),
        ({"http_client": "mine"}, ConfigurationError, "http_client="),
        ({"timeout": 0}, ValueError, "attempt"),
        ({"timeout": -1}, ValueError, "attempt"),
        ({"headers": {"Authorization": "Basic mine"}}, ValueError, "Authorization"),
        ({"headers": {"X": "a\r\nb"}}, ValueError, "headers"),
        ({"headers": {"X y": "a"}}, ValueError, "headers"),
    ],
    ids=str,
)
def test_wrong_options_are_refused_when_the_client_is_made(kind, options, error, what, sandbox):
    with pytest.raises(error, match=what):
        kind(sandbox.cliniko, **options)


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_client_takes_settings_and_says_so(kind):
    with pytest.raises(TypeError, match=r"ClinikoSettings\(\.\.\.\)"):
        kind("MS0xLWtleQ-au1")


def test_timeouts_are_read_as_numbers_or_pairs():
    assert Timeout.of(5) == Timeout(5, 90)
    assert Timeout.of(90) == Timeout(90, 180)
    assert attrs.astuple(Timeout.of(Timeout(1, 2))) == (1, 2)


def test_a_client_made_from_the_environment_signs_in(clinic, monkeypatch):
    for name, value in clinic.sandbox.environment().items():
        monkeypatch.setenv(name, value)
    kind = CLIENTS[not clinic.world.is_sync]
    client = kind.from_env(engine=clinic.world.engine)
    assert clinic.world.tell(lambda c: c.call("user"), client).first_name == "Robin"
    assert repr(client) == f"<{kind.__name__} {clinic.sandbox.cliniko.url}>"
    assert ClinikoSettings.from_env() == clinic.sandbox.cliniko


def test_an_async_client_lives_through_several_event_loops():
    """`asyncio.run` twice, as in a notebook or a script: connections of the first loop are of no use in the second."""
    with Sandbox() as sandbox, warnings.catch_warnings():
        # The connections of a loop that has ended cannot be closed any more: they go with it, whenever Python likes.
        warnings.simplefilter("ignore", ResourceWarning)
        client = AsyncCliniko(sandbox.cliniko, engine=ENGINE)

        async def make(client, name):
            return await client.patients.create(first_name=name, last_name="Park")

        made = [asyncio.run(make(client, name)) for name in ("Ada", "Bea", "Cy")]
        asyncio.run(client.aclose())
        del client
        gc.collect()
    assert [patient.recovered for patient in made] == [False] * 3
    assert [seen.method for seen in sandbox.requests] == ["POST"] * 3


def test_clients_with_the_same_settings_share_their_account_and_a_pace_of_ones_own_does_not(sandbox):
    settings = sandbox.cliniko
    with Cliniko(settings) as one, Cliniko(attrs.evolve(settings)) as other, Cliniko(settings, pace=()) as fast:
        assert one._transport.account is other._transport.account
        assert fast._transport.account is not one._transport.account
    with Cliniko(attrs.evolve(settings, app_name="other")) as another:
        assert another._transport.account is not one._transport.account
