"""The life of a client, beside what is the same for all: handed over, watched, given hooks and wrong options."""

from __future__ import annotations

import pickle

import attrs
import pytest

from apptsdk import (
    AsyncCliniko,
    Cliniko,
    ConfigurationError,
    Timeout,
)
from apptsdk.events import AttemptEnded, CallEnded, CallStarted, Paused
from apptsdk.providers.cliniko import CancellationReason

CLIENTS = (Cliniko, AsyncCliniko)


async def close(c):
    if hasattr(c.client, "aclose"):
        await c.client.aclose()
    else:
        c.client.close()


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


def test_enum_values_nobody_has_seen_yet_pickle_and_compare_by_value():
    reason = CancellationReason(99)
    twin = pickle.loads(pickle.dumps(reason))
    assert twin == reason == 99
    assert not twin.is_known
    assert hash(twin) == hash(99)


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


def test_timeouts_are_read_as_numbers_or_pairs():
    assert Timeout.of(5) == Timeout(5, 90)
    assert Timeout.of(90) == Timeout(90, 180)
    assert attrs.astuple(Timeout.of(Timeout(1, 2))) == (1, 2)


def test_clients_with_the_same_settings_share_their_account_and_a_pace_of_ones_own_does_not(sandbox):
    settings = sandbox.cliniko
    with Cliniko(settings) as one, Cliniko(attrs.evolve(settings)) as other, Cliniko(settings, pace=()) as fast:
        assert one._transport.account is other._transport.account
        assert fast._transport.account is not one._transport.account
    with Cliniko(attrs.evolve(settings, app_name="other")) as another:
        assert another._transport.account is not one._transport.account
