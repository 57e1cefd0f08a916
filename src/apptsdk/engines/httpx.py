"""The engine over httpx, and over httpx2, which has the same API."""

from __future__ import annotations

import importlib
import logging
import math
import threading
import time
import warnings
import weakref
from asyncio import AbstractEventLoop
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias

import anyio
from anyio.lowlevel import current_token

from apptsdk.engines.deadline import bound, ends_at
from apptsdk.errors import ConfigurationError
from apptsdk.http import MAX_BODY, Headers, NoAnswer, NotSent, Response, Unreadable

if TYPE_CHECKING:
    import ssl
    from types import ModuleType

    from apptsdk.http import Request

Library: TypeAlias = Literal["httpx", "httpx2"]

_LOOPBACK: Final = ("all://127.0.0.1", "all://localhost", "all://[::1]")
_GRACE: Final = 0.1
_CONNECTIONS: Final = 100
"""How many are open at most, and kept."""


class HttpClient(Protocol):
    """What the engine uses of `httpx.Client` and `httpx2.Client`.

    Any: the two libraries' request and response classes share their shape and no base class.
    """

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        ...

    def send(self, request: Any, *, stream: bool = ..., auth: Any = ..., follow_redirects: Any = ...) -> Any:
        """Send a request of the client's own library."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class AsyncHttpClient(Protocol):
    """What the engine uses of `httpx.AsyncClient` and `httpx2.AsyncClient`. Any: see `HttpClient`."""

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        ...

    async def send(self, request: Any, *, stream: bool = ..., auth: Any = ..., follow_redirects: Any = ...) -> Any:
        """Send a request of the client's own library."""
        ...

    async def aclose(self) -> None:
        """Close it."""
        ...


# --- what both share -------------------------------------------------------------------------------------------------

_quiet: Final[ContextVar[bool]] = ContextVar("apptsdk_quiet", default=False)


def _not_ours(record: logging.LogRecord) -> bool:
    # httpx prints whole URLs with their query at INFO, and httpcore prints header fields at DEBUG.
    del record
    return not _quiet.get()


@cache
def _library(name: str) -> Any:
    """Import a library and keep its loggers quiet about our calls. Any: a module."""
    if name not in {"httpx", "httpx2"}:
        raise ConfigurationError('engine= must be "httpx" or "httpx2", or an engine of your own.')
    try:
        library: ModuleType = importlib.import_module(name)
    except ImportError:
        raise ConfigurationError(f'{name} is not installed: pip install "apptsdk[{name}]".') from None
    core = name.replace("httpx", "httpcore")
    for part in (name, *(f"{core}.{part}" for part in ("connection", "http11", "http2", "proxy", "socks"))):
        logging.getLogger(part).addFilter(_not_ours)
    return library


def _library_of(client: object, kind: str) -> Any:
    for ancestor in type(client).__mro__:
        name = ancestor.__module__.partition(".")[0]
        if name in {"httpx", "httpx2"} and ancestor.__name__ == kind:
            return _library(name)
    raise ConfigurationError(f"http_client= must be an httpx.{kind} or httpx2.{kind}, not {type(client).__name__}.")


@cache
def _tls(name: str) -> ssl.SSLContext:
    """One TLS context for all clients: making one takes longer than everything else about a client."""
    context: ssl.SSLContext = _library(name).create_ssl_context()
    return context


def _settings(library: Any, *, trust_env: bool) -> dict[str, Any]:
    return {
        "verify": _tls(library.__name__),
        "trust_env": trust_env,
        "follow_redirects": False,
        # Of idle connections none is closed to keep few: the pool would also close one that it has just given to a
        # request, whose answer then never comes (encode/httpcore#1110).
        "limits": library.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS),
        # A proxy of the environment is no way to this machine.
        "mounts": dict.fromkeys(_LOOPBACK),
    }


class _Remaining(dict[str, float]):
    """The library's timeouts, each read when its phase begins: whatever the phase, the same moment is the end."""

    __slots__ = ("ends",)

    def __init__(self, ends: float) -> None:
        super().__init__()
        self.ends = ends

    def get(self, key: str, default: Any = None) -> Any:
        del key, default
        return max(0.001, self.ends - time.monotonic())


def _native(library: Any, request: Request, ends: float) -> Any:
    return library.Request(
        request.method,
        request.url,
        headers=request.headers,
        content=request.content or None,
        extensions={"timeout": _Remaining(ends)},
    )


def _outcome(library: Any, error: Exception) -> Exception:
    """Translate. The library's own error holds the request with its credentials, so it is not chained."""
    if isinstance(error, NoAnswer | Unreadable):
        return error
    name = type(error).__name__
    if isinstance(error, library.ConnectTimeout | library.PoolTimeout):
        return NotSent(f"{name}: the time was up before a connection was had")
    if isinstance(error, library.ConnectError | library.ProxyError):
        return NotSent(f"{name}: {error}")
    if isinstance(error, library.UnsupportedProtocol | library.InvalidURL):
        return NotSent(name, again=False)
    if isinstance(error, library.TimeoutException | TimeoutError):
        return NoAnswer(f"{name}: the time was up")
    return NoAnswer(name)  # its text may quote what was sent or received


def _answer(native: Any, chunks: list[bytes]) -> Response:
    pairs = [(name.decode("ascii"), value.decode("latin-1")) for name, value in native.headers.raw]
    return Response(native.status_code, Headers(pairs), b"".join(chunks))


def _read_already(native: Any) -> Response | None:
    """Take over an answer that an event hook or a mocked transport has read, and thereby decoded."""
    if not native.is_stream_consumed:
        return None
    _check(len(native.content), math.inf)
    response = _answer(native, [native.content])
    pairs = [pair for pair in response.headers if pair[0].lower() != "content-encoding"]
    return Response(response.status, Headers(pairs), response.content)


def _closed() -> NotSent:
    return NotSent("the http_client that was handed in is closed", again=False)


def _warn(kind: str, block: str) -> None:
    warnings.warn(f"An {kind} client of apptsdk was not closed: use it in {block} block.", ResourceWarning, 2)


# --- threads ---------------------------------------------------------------------------------------------------------


class HttpxEngine:
    """Sends requests from threads.

    Args:
        library: Which library to use.
        client: A client to use instead of opening one; it is never closed here.
        trust_env: Whether proxies are taken from the environment.
    """

    def __init__(self, library: Library = "httpx", *, client: HttpClient | None = None, trust_env: bool = True) -> None:
        self._library = _library(library) if client is None else _library_of(client, "Client")
        self._handed_in = client
        self._opened: HttpClient | None = None
        self._trust_env = trust_env
        self._lock = threading.Lock()
        self._finalizer: weakref.finalize[..., Any] | None = None

    def _client(self) -> HttpClient:
        client = self._handed_in or self._opened
        if client is not None:
            return client
        with self._lock:
            if self._opened is None:
                opened: HttpClient = self._library.Client(**_settings(self._library, trust_env=self._trust_env))
                bound(opened, self._library.__name__)
                self._finalizer = weakref.finalize(self, _warn, "HTTP", "a `with`")
                self._finalizer.atexit = False
                self._opened = opened
            return self._opened

    def send(self, request: Request, timeout: float) -> Response:
        """Send a request and read its whole answer.

        Args:
            request: The request.
            timeout: Seconds for all of it.

        Returns:
            The response, its body as the server encoded it.

        Raises:
            NotSent: No byte left.
            NoAnswer: No whole answer came.
            Unreadable: The answer is larger than `MAX_BODY`.
        """
        client = self._client()
        if client.is_closed:
            raise _closed()
        ends = time.monotonic() + timeout
        quiet, deadline = _quiet.set(True), ends_at.set(ends)
        try:
            native = _native(self._library, request, ends)
            response = client.send(native, stream=True, auth=None, follow_redirects=False)
            try:
                if (read := _read_already(response)) is not None:
                    return read
                chunks: list[bytes] = []
                size = 0
                for chunk in response.iter_raw():
                    size += len(chunk)
                    _check(size, ends)
                    chunks.append(chunk)
                return _answer(response, chunks)
            finally:
                response.close()
        except Exception as error:  # noqa: BLE001 - translated below, outside this block
            failure = _outcome(self._library, error)
        finally:
            _quiet.reset(quiet)
            ends_at.reset(deadline)
        raise failure

    def close(self) -> None:
        """Close the client that was opened here."""
        if self._opened is not None:
            quiet = _quiet.set(True)
            try:
                self._opened.close()
            finally:
                _quiet.reset(quiet)
        if self._finalizer is not None:
            self._finalizer.detach()


def _too_large() -> Unreadable:
    return Unreadable(f"the body is larger than {MAX_BODY} bytes")


def _check(size: int, ends: float) -> None:
    if size > MAX_BODY:
        raise _too_large()
    if time.monotonic() > ends:
        raise NoAnswer("the time was up in the middle of the answer")


# --- tasks -----------------------------------------------------------------------------------------------------------


def _this_loop() -> object:
    token = current_token()
    return getattr(token, "native_token", token)


class AsyncHttpxEngine:
    """Sends requests from tasks, on asyncio or trio.

    Args:
        library: Which library to use.
        client: A client to use instead of opening one; it is never closed here.
        trust_env: Whether proxies are taken from the environment.
    """

    def __init__(
        self, library: Library = "httpx", *, client: AsyncHttpClient | None = None, trust_env: bool = True
    ) -> None:
        self._library = _library(library) if client is None else _library_of(client, "AsyncClient")
        self._handed_in = client
        # Connections belong to the event loop that opened them, and a client may live through several loops.
        self._opened: dict[object, AsyncHttpClient] = {}
        self._trust_env = trust_env
        self._finalizer: weakref.finalize[..., Any] | None = None

    def _client(self) -> AsyncHttpClient:
        loop = _this_loop()
        client = self._handed_in or self._opened.get(loop)
        if client is None:
            for other in list(self._opened):
                if isinstance(other, AbstractEventLoop) and other.is_closed():
                    self._opened.pop(other, None)
            client = self._library.AsyncClient(**_settings(self._library, trust_env=self._trust_env))
            self._opened[loop] = client
            if self._finalizer is None:
                self._finalizer = weakref.finalize(self, _warn, "async HTTP", "an `async with`")
                self._finalizer.atexit = False
        return client

    async def send(self, request: Request, timeout: float) -> Response:  # noqa: ASYNC109 - see the protocol
        """Send a request and read its whole answer.

        Args:
            request: The request.
            timeout: Seconds for all of it.

        Returns:
            The response, its body as the server encoded it.

        Raises:
            NotSent: No byte left.
            NoAnswer: No whole answer came.
            Unreadable: The answer is larger than `MAX_BODY`.
        """
        client = self._client()
        if client.is_closed:
            raise _closed()
        ends = time.monotonic() + timeout
        quiet = _quiet.set(True)
        try:
            native = _native(self._library, request, ends)
            with anyio.fail_after(timeout + _GRACE) as scope:
                response = await client.send(native, stream=True, auth=None, follow_redirects=False)
                try:
                    if (read := _read_already(response)) is not None:
                        return read
                    chunks: list[bytes] = []
                    size = 0
                    async for chunk in response.aiter_raw():
                        size += len(chunk)
                        chunks.append(chunk)
                        if size > MAX_BODY:
                            # Not raised here: the library's generators must end from within, or trio warns of them.
                            chunks.clear()
                            scope.cancel()
                    if size <= MAX_BODY:
                        return _answer(response, chunks)
                finally:
                    await response.aclose()
            failure: Exception = _too_large()
        except Exception as error:  # noqa: BLE001 - translated below, outside this block
            failure = _outcome(self._library, error)
        finally:
            _quiet.reset(quiet)
        raise failure

    async def aclose(self) -> None:
        """Close the client that was opened in this event loop; those of loops that ended went with them."""
        opened = self._opened.get(_this_loop())
        if opened is not None:
            quiet = _quiet.set(True)
            try:
                await opened.aclose()
            finally:
                _quiet.reset(quiet)
        if self._finalizer is not None:
            self._finalizer.detach()
