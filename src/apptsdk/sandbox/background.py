"""The agenda carried out on the loop of the server: what is due is done, messages are posted."""

import asyncio
import ssl
from contextlib import suppress
from functools import cache
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import h11

from apptsdk.sandbox.agenda import Agenda, Message, Posted

_PATIENCE: Final = 5.0
_BLOCK: Final = 1 << 16
_PORTS: Final = {"http": 80, "https": 443}


class Background:
    """What the sandbox does between calls.

    Args:
        agenda: what is to be done.
    """

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self._posts: asyncio.TaskGroup
        self._open: set[asyncio.Task[None]] = set()
        self._lines: dict[object, asyncio.Lock] = {}

    async def run(self) -> None:
        """Do what falls due, until cancelled. An error in it is one of the sandbox itself, and ends it."""
        loop = asyncio.get_running_loop()
        stirred = asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop has closed meanwhile
                loop.call_soon_threadsafe(stirred.set)

        self._agenda.wakes(wake)
        try:
            async with asyncio.TaskGroup() as self._posts:
                while True:
                    stirred.clear()
                    self._turn()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(stirred.wait(), self._agenda.idle())
        finally:
            self._agenda.wakes(None)

    def _turn(self) -> None:
        with self._agenda.lock:
            self._agenda.run()
        for message in self._agenda.messages():
            task = self._posts.create_task(self._deliver(message))
            self._open.add(task)
            task.add_done_callback(self._open.discard)

    async def settle(self) -> None:
        """Wait until nothing is due and every message is posted."""
        self._turn()
        while self._open:
            await asyncio.wait(self._open)
            self._turn()

    async def _deliver(self, message: Message) -> None:
        async with self._lines.setdefault(message.line, asyncio.Lock()):
            try:
                async with asyncio.timeout(_PATIENCE):
                    posted = Posted(status=await _post(message))
            except (OSError, UnicodeError, h11.ProtocolError) as error:
                posted = Posted(error=f"{type(error).__name__}: {error}".removesuffix(": "))
            with self._agenda.lock:
                message.done(posted)


async def _post(message: Message) -> int:
    """Post a message.

    Returns:
        The status of the answer.

    Raises:
        OSError: there is no connection, or it is silent for too long.
        UnicodeError: the host cannot be written.
        ProtocolError: what comes back is not HTTP.
    """
    url = urlsplit(message.url)
    host, port = url.hostname or "", url.port or _PORTS[url.scheme]
    reader, writer = await asyncio.open_connection(host, port, ssl=_tls() if url.scheme == "https" else None)
    try:
        peer = h11.Connection(h11.CLIENT)
        target = urlunsplit(("", "", url.path or "/", url.query, ""))
        headers = [
            ("host", url.netloc.rpartition("@")[2]),
            ("connection", "close"),
            ("content-length", str(len(message.body))),
            *message.headers,
        ]
        asked = h11.Request(method="POST", target=target, headers=headers)
        for part in (asked, h11.Data(data=message.body), h11.EndOfMessage()):
            writer.write(peer.send(part) or b"")
        status = 0
        while type(event := peer.next_event()) is not h11.EndOfMessage:
            if event is h11.NEED_DATA:
                peer.receive_data(await reader.read(_BLOCK))
            elif isinstance(event, h11.Response):
                status = event.status_code
        return status
    finally:
        writer.transport.abort()


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def leads_somewhere(url: str) -> bool:
    """Tell whether a message can be posted to a URL, as far as the text goes.

    Args:
        url: the URL.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and url.isascii() and url.isprintable() and " " not in url


def on_this_machine(url: str) -> bool:
    """Tell whether a URL leads to this machine; no name is looked up.

    Args:
        url: the URL.
    """
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
