"""What happens below HTTP: no connection, a closed one, too many, and an answer that never comes."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from datetime import date, timedelta

import attrs
import pytest
from harness import Watch
from props import NOW

from apptsdk import (
    NO_RETRY,
    AsyncCliniko,
    Cliniko,
    NoAnswerError,
    OutcomeUnknownError,
    RequestNotSentError,
    ServerError,
    Timeout,
)
from apptsdk.sandbox import Sandbox

CLIENTS = (Cliniko, AsyncCliniko)
ADA = {"first_name": "Adaline", "last_name": "Parkinson", "date_of_birth": date(1990, 5, 17)}


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def dripping():
    """Start a server that sends a byte now and then, so that no single read takes long; give its URL."""
    server = socket.create_server(("127.0.0.1", 0))

    def drip(peer):
        with peer, suppress(OSError):
            peer.recv(65_536)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(40):
                peer.sendall(b" ")
                time.sleep(0.02)  # a real server over a real socket

    def serve():
        with server:
            for _ in range(2):
                threading.Thread(target=drip, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/v1"


def settings_at(url, clinic):
    return attrs.evolve(clinic.sandbox.cliniko, base_url=url)


async def register(c):
    return await c.call("patients.create", **ADA)


def test_a_refused_connection_is_tried_again_until_somebody_listens(clinic):
    port = closed_port()
    settings = settings_at(f"http://127.0.0.1:{port}/cliniko/v1", clinic)
    late = Sandbox(port=port, now=NOW, rate_limit=None)
    try:
        clinic.watch.meanwhile = lambda seconds: late.start()
        made = clinic.tell(register, settings)
    finally:
        late.close()
    assert not made.recovered
    assert [seen.method for seen in late.requests] == ["POST"]
    assert late.ledger.created("patients") == [made.id]
    assert clinic.watch.slept == [0.5]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{closed}/v1", "https://name.invalid/v1", "https://127.0.0.1:{plain}/v1"],
    ids=["refused", "no such name", "no TLS"],
)
def test_what_never_left_is_tried_again_and_then_said_not_to_have_left(url, clinic):
    plain = clinic.sandbox.url.rpartition(":")[2]
    settings = settings_at(url.format(closed=closed_port(), plain=plain), clinic)
    with pytest.raises(RequestNotSentError, match="was not sent") as caught:
        clinic.tell(register, settings, trust_env=False)
    assert clinic.watch.slept == [0.5, 1, 2]
    assert caught.value.__notes__ == ["4 attempts were made."]
    assert list(clinic.sandbox.ledger) == []
    assert clinic.seen() == []


def test_a_keep_alive_connection_that_the_server_closed_is_replaced_unseen(clinic):
    async def story(c):
        for _ in range(3):
            await c.call("user")
            clinic.sandbox.disconnect()
            await register(c)
            clinic.sandbox.disconnect()

    clinic.tell(story)
    assert len(clinic.sandbox.ledger.created("patients")) == 3
    assert [seen.method for seen in clinic.seen()] == ["GET", "POST"] * 3
    assert clinic.watch.slept == []


def test_failed_attempts_give_their_connections_back(clinic):
    clinic.sandbox.fault("drop_after", path="/user", times=150)
    clinic.sandbox.fault("truncate", path="/user", times=150)

    async def story(c):
        for _ in range(75):
            with pytest.raises(NoAnswerError):
                await c.call("user")
            clinic.watch.pass_by(60)
        began = time.monotonic()
        await c.call("user")
        return time.monotonic() - began

    assert clinic.tell(story) < 5
    assert len(clinic.seen()) == 75 * 4 + 1


def test_a_pool_that_is_full_counts_as_not_sent(world, sandbox):
    library = pytest.importorskip(world.engine)
    kind = library.Client if world.is_sync else library.AsyncClient
    http_client = kind(limits=library.Limits(max_connections=0), trust_env=False)
    watch = Watch(sandbox)
    client = world.client(CLIENTS, sandbox.cliniko, http_client=http_client, clock=watch, timeout=0.05)

    async def story(c):
        with pytest.raises(RequestNotSentError, match="PoolTimeout"):
            await register(c)
        if world.is_sync:
            http_client.close()
        else:
            await http_client.aclose()

    world.tell(story, client)
    assert len(watch.slept) == 3
    assert sandbox.requests == []


@pytest.mark.parametrize("kind", ["hangs", "drips"])
def test_a_server_that_hangs_or_drips_costs_the_timeout_and_little_more(kind, world, sandbox):
    sandbox.fault("hang", path="/user", times=None)
    settings = attrs.evolve(sandbox.cliniko, base_url=dripping()) if kind == "drips" else sandbox.cliniko
    client = world.client(CLIENTS, settings, timeout=0.2, retry=NO_RETRY, clock=Watch(sandbox))

    async def story(c):
        began = time.monotonic()
        with pytest.raises(NoAnswerError):
            await c.call("user")
        return time.monotonic() - began

    assert 0.15 < world.tell(story, client) < 10  # without an end, were each byte another 0.2 seconds


def test_the_total_deadline_bounds_the_last_attempt(clinic):
    clinic.sandbox.fault("status", path="/user", headers={"retry-after": "9.8"})
    clinic.sandbox.fault("hang", path="/user")

    async def story(c):
        began = time.monotonic()
        with pytest.raises(NoAnswerError):
            await c.call("user")
        return time.monotonic() - began

    assert clinic.tell(story, timeout=Timeout(attempt=30, total=10)) < 10
    assert clinic.watch.slept == [9.8]
    assert len(clinic.seen()) == 2


def test_a_write_that_is_still_on_its_way_is_found_when_it_arrives(clinic):
    clinic.sandbox.fault("delay", method="POST", path="/patients", seconds=0.5, commit=False)

    def arrives(seconds):
        del seconds
        for _ in range(200):
            if len(clinic.sandbox.ledger):
                return
            time.sleep(0.01)  # the sandbox's own delay is real

    clinic.watch.meanwhile = arrives
    made = clinic.tell(register, timeout=0.2)
    assert made.recovered
    assert clinic.sandbox.ledger.created("patients") == [made.id]
    assert [seen.method for seen in clinic.seen()] == ["POST", "GET", "GET"]


def test_recovery_has_a_budget_of_its_own_and_keeps_to_it(clinic):
    clinic.sandbox.fault("drop_before", method="POST", path="/patients")
    clinic.watch.pass_by(0)
    with pytest.raises(OutcomeUnknownError):
        clinic.tell(register, timeout=Timeout(attempt=1, total=1))
    assert sum(clinic.watch.slept) == 27
    assert len(clinic.seen("GET")) == 6


def test_an_error_that_carries_no_answer_names_the_operation(clinic):
    clinic.sandbox.fault("status", status=500, path="/user", times=None)
    with pytest.raises(ServerError, match=r"^cliniko\.user: 500 Internal Server Error") as caught:
        clinic.tell(lambda c: c.call("user"))
    assert (caught.value.operation, caught.value.provider, caught.value.status) == ("cliniko.user", "cliniko", 500)


def test_netrc_is_never_read(clinic, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login nobody password nothing\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    assert clinic.tell(lambda c: c.call("user")).first_name == "Robin"


def test_a_proxy_of_the_environment_is_no_way_to_this_machine(clinic, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    assert clinic.tell(lambda c: c.call("user")).first_name == "Robin"


def test_a_redirect_is_an_error_and_nothing_goes_to_its_target(clinic):
    with Sandbox() as theirs:
        for method in ("GET", "POST"):
            headers = {"location": f"{theirs.url}/cliniko/v1/patients"}
            clinic.sandbox.fault("status", method=method, path="/patients", status=307, headers=headers, times=None)

        async def story(c):
            for verb in (register(c), c.first(c.list("patients.list"))):
                with pytest.raises(Exception, match="redirects are not followed"):
                    await verb

        clinic.tell(story)
        assert theirs.requests == []


def test_the_clock_of_the_provider_may_differ_from_ours(world, sandbox):
    for ahead in (-7200.0, 7200.0):
        sandbox.fault("drop_after", method="POST", path="/patients")
        watch = Watch(sandbox, ahead)
        made = world.tell(register, world.client(CLIENTS, sandbox.cliniko, clock=watch))
        assert made.recovered
        assert made.created_at == sandbox.clock.now()
        assert watch.slept == []
        sandbox.clock.advance(timedelta(minutes=5))
        world.tell(lambda c, made=made: c.call("patients.archive", made.id), world.client(CLIENTS, sandbox.cliniko))
