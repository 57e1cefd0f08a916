"""A deadline over every read of a thread's connection.

The libraries' read timeout begins anew with every byte, so a server that drips the head of its answer would hold a
thread for as long as it likes. Tasks have cancellation for this; threads have this module.
"""

from __future__ import annotations

import importlib
import socket
import time
from contextvars import ContextVar
from typing import Any, Final

# Any, throughout: httpcore's and httpcore2's streams and backends share their shape and no base class.

ends_at: Final[ContextVar[float | None]] = ContextVar("apptsdk_ends_at", default=None)
"""When the exchange of this thread has to end, monotonic seconds."""


_LEAST: Final = 0.001


def bound(client: Any, library: str) -> None:
    """Put the deadline beneath a client's connections, those through proxies too.

    Args:
        client: A sync client that was opened here.
        library: Its library's name.
    """
    timed_out = importlib.import_module(library.replace("httpx", "httpcore")).ReadTimeout
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001 - neither library has a public way
        pool: Any = getattr(transport, "_pool", None)
        backend: Any = getattr(pool, "_network_backend", None)
        if backend is not None:
            pool._network_backend = _Backend(backend, timed_out)  # noqa: SLF001 - see above


class _Backend:
    """A network backend whose streams know the deadline."""

    def __init__(self, backend: Any, timed_out: type[Exception]) -> None:
        self._backend = backend
        self._timed_out = timed_out

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> Any:
        ends = ends_at.get()
        if ends is None:
            return _Stream(self._backend.connect_tcp(host, port, timeout=timeout, **options), self._timed_out)
        failure: Exception | None = None
        for address in _addresses(host, port):  # each of them would be given the whole timeout
            left = max(_LEAST, ends - time.monotonic())
            try:
                return _Stream(self._backend.connect_tcp(address, port, timeout=left, **options), self._timed_out)
            except Exception as error:  # noqa: BLE001 - the library's own, raised below if no address answers
                failure = error
        assert failure is not None  # noqa: S101 - there is at least one address
        raise failure

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


def _addresses(host: str, port: int) -> list[str]:
    """Where a host is; the host itself where nobody knows, for the library to say so."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return [host]
    return list(dict.fromkeys(str(entry[4][0]) for entry in found)) or [host]


class _Stream:
    """A stream that reads until the deadline."""

    def __init__(self, stream: Any, timed_out: type[Exception]) -> None:
        self._stream = stream
        self._timed_out = timed_out

    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        ends = ends_at.get()
        if ends is not None:
            timeout = ends - time.monotonic()
            if timeout <= 0:
                raise self._timed_out
        return self._stream.read(max_bytes, timeout=timeout)

    def start_tls(self, *arguments: Any, **options: Any) -> Any:
        return _Stream(self._stream.start_tls(*arguments, **options), self._timed_out)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
