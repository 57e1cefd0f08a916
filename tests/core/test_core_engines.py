"""The engine over httpx and httpx2: raw servers on loopback, and what each ending of a request becomes."""

import contextlib
import gc
import importlib
import logging
import socket
import ssl
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from core_support import zipped

from apptsdk.engines import deadline
from apptsdk.engines import httpx as engines
from apptsdk.engines.httpx import AsyncHttpxEngine, HttpxEngine
from apptsdk.errors import ConfigurationError
from apptsdk.http import MAX_BODY, Headers, NoAnswer, NotSent, Request, Response, Unreadable

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


@pytest.fixture(params=["httpx", "httpx2"])
def library(request):
    pytest.importorskip(request.param)
    return request.param


class Server:
    """Answers each connection with a function of the socket, in a thread of its own."""

    def __init__(self, serve):
        self.serve = serve
        self.received = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._accept, daemon=True)]
        self.threads[0].start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self.threads.append(thread)
                thread.start()

    def _serve(self, connection):
        with connection, contextlib.suppress(OSError):
            self.serve(self, connection)

    def read(self, connection):
        """Read one request; gives whether there was one."""
        got = b""
        while b"\r\n\r\n" not in got:
            piece = connection.recv(65536)
            if not piece:
                return False
            got += piece
        head, _, body = got.partition(b"\r\n\r\n")
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                while len(body) < int(line.partition(b":")[2]):
                    body += connection.recv(65536)
        self.received.append(head + b"\r\n\r\n" + body)
        return True

    def close(self):
        self.stop.set()
        # Closing alone does not wake a thread that is in accept().
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        for thread in self.threads:
            thread.join(2)


@pytest.fixture
def serving():
    servers = []

    def start(serve):
        servers.append(Server(serve))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def replies(*pieces, pause=0.0, keep=False):
    """Read a request, send pieces, and close; or go on with the next request."""

    def serve(server, connection):
        while server.read(connection):
            for piece in pieces:
                connection.sendall(piece)
                server.stop.wait(pause)
            if not keep:
                break

    return serve


def hangs(server, connection):
    server.read(connection)
    server.stop.wait(5)


def request(url, method="GET", content=b"", **headers):
    return Request(method, url, {"Host": "sandbox", **headers}, content)


class Using:
    """An engine in one world, opened and closed in one event loop."""

    def __init__(self, world, **options):
        self.world = world
        self.options = options

    def run(self, work):
        """Carry out a coroutine function of `send`, in either world."""
        if self.world.is_sync:
            engine = HttpxEngine(**self.options)

            async def send(made, timeout=5.0):  # noqa: ASYNC109 - as the engine says
                return engine.send(made, timeout)

            steps = work(send, engine)
            try:
                steps.send(None)
            except StopIteration as stop:
                return stop.value
            finally:
                engine.close()
            raise AssertionError("A sync engine waited.")

        async def scenario():
            engine = AsyncHttpxEngine(**self.options)

            async def send(made, timeout=5.0):  # noqa: ASYNC109 - as the engine says
                return await engine.send(made, timeout)

            try:
                return await work(send, engine)
            finally:
                await engine.aclose()

        return anyio.run(scenario, backend=self.world.name)

    def send(self, made, timeout=5.0):
        async def once(send, _):
            return await send(made, timeout)

        return self.run(once)


# --- what is sent and what comes back --------------------------------------------------------------------------------


def test_a_request_leaves_to_the_byte_and_nothing_is_added(world, library, serving):
    server = serving(replies(HELLO))
    made = request(server.url + "/a%2Fb?x=%2F&q%5B%5D=1", "POST", b'{"a":1}', **{"Content-Type": "application/json"})
    response = Using(world, library=library).send(made)
    head, _, body = server.received[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")

    assert (response.status, response.content) == (200, b"hi")
    assert lines[0] == b"POST /a%2Fb?x=%2F&q%5B%5D=1 HTTP/1.1"
    assert {line.partition(b":")[0].lower() for line in lines[1:]} == {b"host", b"content-type", b"content-length"}
    assert body == b'{"a":1}'


def test_the_body_comes_as_the_server_encoded_it(world, library, serving):
    packed = zipped(b"hello")
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nX-Name: Zo\xeb\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
    server = serving(replies(head + b"Content-Length: %d\r\n\r\n" % len(packed), packed))
    response = Using(world, library=library).send(request(server.url))

    assert response.content == packed
    assert response.headers.get("x-name") == "Zoë"
    assert [value for name, value in response.headers if name.lower() == "set-cookie"] == ["a=1", "b=2"]


def test_a_redirect_is_not_followed_and_a_cookie_not_kept(world, library, serving):
    moved = b"HTTP/1.1 302 Found\r\nLocation: /x\r\nSet-Cookie: a=1\r\nContent-Length: 0\r\n\r\n"
    server = serving(replies(moved, keep=True))

    async def twice(send, _):
        return [(await send(request(server.url))).status for _ in range(2)]

    assert Using(world, library=library).run(twice) == [302, 302]
    assert len(server.received) == 2
    assert b"cookie" not in server.received[1].lower()


def test_a_connection_is_kept_and_used_again(world, library, serving):
    opened = []

    def serve(server, connection):
        opened.append(1)
        replies(HELLO, keep=True)(server, connection)

    server = serving(serve)

    async def thrice(send, _):
        return [(await send(request(server.url))).content for _ in range(3)]

    assert Using(world, library=library).run(thrice) == [b"hi"] * 3
    assert len(opened) == 1


def test_connections_are_kept_however_many_were_needed_at_once(library, serving):
    many = 30
    here = threading.Barrier(many)

    def serve(server, connection):
        while server.read(connection):
            here.wait(5)
            connection.sendall(HELLO)

    server, engine = serving(serve), HttpxEngine(library)
    with ThreadPoolExecutor(many) as pool:
        for _ in range(2):
            sent = [pool.submit(engine.send, request(server.url), 5.0) for _ in range(many)]
            assert {one.result().content for one in sent} == {b"hi"}
    engine.close()
    assert len(server.received) == 2 * many
    assert len(server.threads) == 1 + many  # one accepts


def test_a_kept_connection_that_the_server_closed_is_replaced_unseen(world, library, serving):
    server = serving(replies(HELLO))

    async def twice(send, _):
        first = await send(request(server.url))
        for thread in server.threads[1:]:
            thread.join(2)  # the server has closed its side
        return first.content, (await send(request(server.url, "POST", b"x"))).content

    assert Using(world, library=library).run(twice) == (b"hi", b"hi")


# --- how a request can end -------------------------------------------------------------------------------------------

ENDINGS = {
    "cut before a byte": [b""],
    "cut in the head": [b"HTTP/1.1 200 OK\r\nContent-"],
    "cut in the body": [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi"],
    "cut in a chunk": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhi"],
    "no HTTP": [b"SSH-2.0-OpenSSH_9.0\r\n\r\n"],
    "an impossible length": [b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhi"],
    "an endless head": [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000],
}


@pytest.mark.parametrize("pieces", ENDINGS.values(), ids=ENDINGS)
def test_an_answer_that_is_not_whole_is_no_answer(world, library, serving, pieces):
    server = serving(replies(*pieces))
    with pytest.raises(NoAnswer) as caught:
        Using(world, library=library).send(request(server.url, "POST", b"canary"))

    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert "canary" not in str(caught.value)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_a_refused_connection_was_not_sent(world, library):
    with pytest.raises(NotSent) as caught:
        Using(world, library=library).send(request(f"http://127.0.0.1:{free_port()}/?canary"))

    assert caught.value.again
    assert "canary" not in str(caught.value)


def test_a_tls_failure_was_not_sent(world, library, serving):
    def no_tls(server, connection):
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    server = serving(no_tls)
    with pytest.raises(NotSent) as caught:
        Using(world, library=library).send(request(server.url.replace("http:", "https:")))

    assert caught.value.again


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://", "//127.0.0.1/"])
def test_an_address_that_is_none_was_not_sent(world, library, url):
    with pytest.raises(NotSent):
        Using(world, library=library).send(request(url))


RAISED = {
    "ConnectError": NotSent,
    "ConnectTimeout": NotSent,
    "PoolTimeout": NotSent,
    "ProxyError": NotSent,
    "UnsupportedProtocol": NotSent,
    "ReadTimeout": NoAnswer,
    "WriteTimeout": NoAnswer,
    "ReadError": NoAnswer,
    "WriteError": NoAnswer,
    "CloseError": NoAnswer,
    "RemoteProtocolError": NoAnswer,
    "DecodingError": NoAnswer,
}


def mocked(world, library, handler):
    """A client of the user's own, with a transport for tests."""
    module = importlib.import_module(library)
    kind = module.Client if world.is_sync else module.AsyncClient
    return kind(transport=module.MockTransport(handler))


def close(world, client):
    world.call(client.close if world.is_sync else client.aclose)


@pytest.mark.parametrize(("name", "kind"), RAISED.items())
def test_each_of_the_librarys_errors_is_translated(world, library, name, kind):
    error = getattr(importlib.import_module(library), name)

    def fails(_):
        raise error("[Errno 1] why")

    client = mocked(world, library, fails)
    with pytest.raises(kind) as caught:
        Using(world, client=client).send(request("https://api.acme.example/?canary"))
    close(world, client)

    assert type(caught.value) is kind
    assert caught.value.__context__ is None
    assert name in str(caught.value)


def test_an_interruption_passes_through(world, library):
    def interrupted(_):
        raise KeyboardInterrupt

    client = mocked(world, library, interrupted)
    with pytest.raises(KeyboardInterrupt):
        Using(world, client=client).send(request("https://api.acme.example/"))
    close(world, client)


# --- time and size ---------------------------------------------------------------------------------------------------

TIMEOUT, GRACE = 0.1, 0.2


def drips_its_body(server, connection):
    server.read(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
    for _ in range(40):
        connection.sendall(b"x")
        server.stop.wait(0.04)


def stops_in_the_body(server, connection):
    server.read(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhi")
    server.stop.wait(5)


def drips_its_head(server, connection):
    server.read(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(40):
        connection.sendall(b"x")
        server.stop.wait(0.04)


@pytest.mark.parametrize("serve", [hangs, stops_in_the_body, drips_its_body, drips_its_head])
def test_a_server_that_hangs_costs_the_timeout_and_little_more(world, library, serving, serve):
    server = serving(serve)

    async def timed(send, _):
        began = time.monotonic()
        with pytest.raises(NoAnswer, match="time was up"):
            await send(request(server.url), TIMEOUT)
        return time.monotonic() - began

    took = Using(world, library=library).run(timed)
    assert TIMEOUT * 0.9 <= took <= TIMEOUT + GRACE


def test_a_body_without_end_is_not_read_to_its_end(world, library, serving):
    def endless(server, connection):
        server.read(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        block = bytes(1024 * 1024)
        while not server.stop.is_set():
            connection.sendall(block)

    server = serving(endless)
    with pytest.raises(Unreadable, match="larger than"):
        Using(world, library=library).send(request(server.url), 20.0)


def test_failed_attempts_leave_no_connection_behind(world, library, serving):
    server = serving(replies(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi"))

    async def many(send, engine):
        for _ in range(100):
            with pytest.raises(NoAnswer):
                await send(request(server.url))
        return engine._client()._transport._pool.connections

    assert Using(world, library=library).run(many) == []


@pytest.mark.anyio
async def test_a_cancelled_request_leaves_no_connection_behind(anyio_backend, library, serving):
    arrived = threading.Event()

    def hang(server, connection):
        server.read(connection)
        arrived.set()
        server.stop.wait(5)

    server, engine = serving(hang), AsyncHttpxEngine(library)
    async with anyio.create_task_group() as group:
        group.start_soon(engine.send, request(server.url), 5.0)
        await anyio.to_thread.run_sync(arrived.wait, 2)
        group.cancel_scope.cancel()

    assert engine._client()._transport._pool.connections == []
    await engine.aclose()


# --- clients that are handed in, and our own -------------------------------------------------------------------------


def test_a_client_that_is_handed_in_is_used_and_never_closed(world, library):
    module = importlib.import_module(library)
    client = mocked(world, library, lambda _: module.Response(201, content=b"hi", headers={"X-A": "b"}))
    response = Using(world, client=client).send(request("https://api.acme.example/"))

    assert (response.status, response.content, response.headers.get("x-a")) == (201, b"hi", "b")
    assert not client.is_closed
    close(world, client)
    with pytest.raises(NotSent, match="handed in is closed") as caught:
        Using(world, client=client).send(request("https://api.acme.example/"))
    assert not caught.value.again


def test_an_answer_that_was_decoded_already_is_not_decoded_twice(world, library):
    module = importlib.import_module(library)
    headers = {"Content-Encoding": "gzip", "X-A": "b"}
    client = mocked(world, library, lambda _: module.Response(200, content=zipped(b"hello"), headers=headers))
    response = Using(world, client=client).send(request("https://api.acme.example/"))
    close(world, client)

    assert response.content == b"hello"
    assert response.headers.get("content-encoding") is None
    assert response.headers.get("x-a") == "b"


def test_an_answer_that_was_read_already_has_the_same_limit(world, library):
    module = importlib.import_module(library)
    client = mocked(world, library, lambda _: module.Response(200, content=bytes(MAX_BODY + 1)))
    with pytest.raises(Unreadable):
        Using(world, client=client).send(request("https://api.acme.example/"))
    close(world, client)


def test_the_users_own_credentials_and_redirects_are_left_out(library):
    module = importlib.import_module(library)
    seen = []

    def handler(made):
        seen.append(made)
        return module.Response(302, headers={"Location": "https://evil.example/"})

    with module.Client(
        transport=module.MockTransport(handler), auth=("user", "pass"), follow_redirects=True, headers={"X-User": "1"}
    ) as client:
        assert HttpxEngine(client=client).send(request("https://api.acme.example/"), 5).status == 302

    assert len(seen) == 1
    assert "authorization" not in seen[0].headers
    assert "x-user" not in seen[0].headers


def test_something_else_is_no_client():
    with pytest.raises(ConfigurationError, match="must be an httpx"):
        HttpxEngine(client=object())
    with pytest.raises(ConfigurationError, match="must be an httpx"):
        AsyncHttpxEngine(client=object())


def test_a_client_of_the_other_world_is_refused(library):
    library = importlib.import_module(library)
    with pytest.raises(ConfigurationError, match="not AsyncClient"):
        HttpxEngine(client=library.AsyncClient())
    with pytest.raises(ConfigurationError, match="not Client"), library.Client() as client:
        AsyncHttpxEngine(client=client)


def test_a_url_that_the_library_refuses_was_not_sent(world, library):
    with pytest.raises(NotSent) as caught:
        Using(world, library=library).send(request("http://127.0.0.1/?" + "x" * 70_000))
    assert not caught.value.again


def test_clients_go_with_their_engines_and_with_their_loops(library):
    async def many():
        seen = []
        for _ in range(5):
            engine = AsyncHttpxEngine(library)
            seen.append(weakref.ref(engine._client()))
            await engine.aclose()
            del engine
        gc.collect()
        return [one for one in seen if one() is not None]

    assert anyio.run(many) == []
    engine = AsyncHttpxEngine(library)

    async def once():
        engine._client()

    for _ in range(5):
        anyio.run(once)
    assert len(engine._opened) == 1
    anyio.run(engine.aclose)


def test_all_addresses_of_a_host_share_one_deadline(library, monkeypatch):
    tried = []

    class Slow:
        def connect_tcp(self, host, port, timeout=None, **options):
            tried.append(host)
            time.sleep(min(timeout, 0.06))
            raise OSError(host)

    found = [(2, 1, 6, "", (f"192.0.2.{last}", 443)) for last in (1, 2, 2)]
    monkeypatch.setattr(deadline.socket, "getaddrinfo", lambda *_, **__: found)
    token = deadline.ends_at.set(time.monotonic() + 0.05)
    try:
        with pytest.raises(OSError, match=r"192\.0\.2\.2"):
            deadline._Backend(Slow(), TimeoutError).connect_tcp("acme.example", 443, timeout=5)
    finally:
        deadline.ends_at.reset(token)
    assert tried == ["192.0.2.1", "192.0.2.2"]


def test_a_library_that_is_not_installed_is_named_with_its_extra(monkeypatch):
    engines._library.cache_clear()
    monkeypatch.setitem(sys.modules, "httpx2", None)
    try:
        with pytest.raises(ConfigurationError, match=r'pip install "apptsdk\[httpx2\]"'):
            HttpxEngine("httpx2")
    finally:
        engines._library.cache_clear()


def life(engine, *, used, closed=True):
    """Let an engine open its client or not, and close it twice or not, in one event loop."""

    async def live():
        if used:
            engine._client()
        if closed and isinstance(engine, AsyncHttpxEngine):
            await engine.aclose()
            await engine.aclose()

    anyio.run(live)
    if closed and isinstance(engine, HttpxEngine):
        engine.close()
        engine.close()


@pytest.mark.parametrize("kind", [HttpxEngine, AsyncHttpxEngine])
def test_an_engine_that_is_left_open_warns(kind, library):
    engine = kind(library)
    life(engine, used=True, closed=False)
    gone = weakref.ref(engine)
    with pytest.warns(ResourceWarning, match="was not closed"):  # noqa: PT031 - the reference must go here
        del engine
        gc.collect()
    assert gone() is None


@pytest.mark.parametrize("kind", [HttpxEngine, AsyncHttpxEngine])
def test_an_engine_that_was_never_used_or_was_closed_does_not_warn(kind, library, recwarn):
    for used in (False, True):
        engine = kind(library)
        life(engine, used=used)
        del engine
        gc.collect()
    assert list(recwarn) == []


def test_all_engines_share_one_tls_context_that_verifies(library):
    context = engines._tls(library)

    assert engines._tls(library) is context
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_an_engine_opens_one_client_for_all_its_threads(library):
    engine = HttpxEngine(library)
    opened, barrier = [], threading.Barrier(8)

    def use():
        barrier.wait()
        opened.append(engine._client())

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.close()

    assert len({id(client) for client in opened}) == 1


# --- the environment -------------------------------------------------------------------------------------------------


@pytest.fixture
def proxy(serving, monkeypatch):
    """A proxy that refuses everything, named by the environment."""
    server = serving(replies(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, server.url)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    return server


def test_a_proxy_of_the_environment_is_used(world, library, proxy):
    with pytest.raises(NotSent, match="ProxyError"):
        Using(world, library=library).send(request("https://127.0.0.2:1/"))

    assert proxy.received[0].startswith(b"CONNECT 127.0.0.2:1 HTTP/1.1\r\n")


def test_a_proxy_of_the_environment_can_be_left_out(world, library, proxy):
    with pytest.raises(NotSent, match="ConnectError"):
        Using(world, library=library, trust_env=False).send(request("https://127.0.0.2:1/"))

    assert proxy.received == []


def test_a_proxy_is_no_way_to_this_machine(world, library, proxy, serving):
    server = serving(replies(HELLO))

    assert Using(world, library=library).send(request(server.url)).content == b"hi"
    assert proxy.received == []


def test_netrc_is_never_read(world, library, serving, monkeypatch, tmp_path):
    for name in (".netrc", "_netrc"):
        (tmp_path / name).write_text("machine 127.0.0.1 login canary password canary\n")
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server = serving(replies(HELLO))
    Using(world, library=library).send(request(server.url))

    assert b"authorization" not in server.received[0].lower()


# --- logs ------------------------------------------------------------------------------------------------------------


def test_the_library_logs_nothing_about_our_calls(world, library, serving, caplog):
    server = serving(replies(HELLO))
    with caplog.at_level(logging.DEBUG):
        Using(world, library=library).send(request(server.url + "/?q=canary", Authorization="Basic canary"))

    assert "canary" not in caplog.text
    assert [record for record in caplog.records if record.name.startswith("http")] == []


def test_the_library_logs_the_users_own_calls(library, serving, caplog):
    module = importlib.import_module(library)
    server = serving(replies(HELLO, keep=True))
    engine = HttpxEngine(library)
    engine.send(request(server.url), 5)
    engine.close()
    with caplog.at_level(logging.INFO, logger=library), module.Client(trust_env=False) as client:
        client.get(server.url + "/?q=mine")

    assert "q=mine" in caplog.text


def test_a_closed_engine_says_that_nothing_was_sent(world, library, serving):
    server = serving(replies(HELLO, keep=True))

    async def late(send, engine):
        response = await send(request(server.url))
        if world.is_sync:
            engine.close()
        else:
            await engine.aclose()
        with pytest.raises(NotSent, match="closed"):
            await send(request(server.url))
        return response

    assert Using(world, library=library).run(late) == Response(200, Headers([("Content-Length", "2")]), b"hi")
