"""uvicorn's HTTP protocol on a thread of our own: starts at once, stops at once, says nothing."""

import asyncio
import logging
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

if TYPE_CHECKING:
    from apptsdk.sandbox.app import App

# A logger outside the tree: what uvicorn would tell about peers that misbehave is what the sandbox is for.
_SILENT = logging.Logger("apptsdk.sandbox", level=logging.CRITICAL + 1)  # noqa: LOG001
_KEEP_ALIVE = 75
_PATIENCE = 0.2


class _Protocol(H11Protocol):
    """h11 over a connection whose transport every request can reach, to cut it."""

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: ServerState,
        app_state: dict[str, Any],  # what uvicorn declares
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.logger = _SILENT
        self.access_log = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        super().connection_made(transport)
        # asyncio sets this only where the listening socket names its protocol; without it an answer waits for an ACK.
        peer = cast("socket.socket", transport.get_extra_info("socket"))
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # uvicorn copies this into every scope.
        self.app_state = {**self.app_state, "transport": transport}

    @property
    def idle(self) -> bool:
        """Whether no request is being answered."""
        cycle = cast("RequestResponseCycle | None", self.cycle)
        return cycle is None or cycle.response_complete


class Server:
    """A listening socket and the thread that serves it.

    Args:
        app: what answers.
        host: the address to listen on.
        port: 0 for any that is free.
    """

    def __init__(self, app: "App", host: str, port: int) -> None:
        self._app = app
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=2048)
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self._state = ServerState()
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="apptsdk-sandbox", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self._socket.close()
            raise self._failure

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as failure:  # noqa: BLE001 - told to who starts the sandbox, in the other thread
            self._failure = failure
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = self._app.closing = asyncio.Event()
        config = uvicorn.Config(
            self._app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            proxy_headers=False,
            timeout_keep_alive=_KEEP_ALIVE,
        )
        config.load()
        listener = await self._loop.create_server(
            lambda: _Protocol(config, self._state, {}), sock=self._socket, backlog=2048
        )
        background = asyncio.create_task(self._app.background.run())
        self._ready.set()
        await self._stop.wait()
        background.cancel()
        listener.close()
        while self._state.connections:
            # More than once, because one that was being accepted comes late.
            self._abort(busy=True)
            await asyncio.sleep(0)
        if self._state.tasks:
            await asyncio.wait(self._state.tasks, timeout=_PATIENCE)
        with suppress(asyncio.CancelledError):
            await background

    def _abort(self, *, busy: bool) -> None:
        for connection in cast("list[_Protocol]", list(self._state.connections)):
            if busy or connection.idle:
                connection.transport.abort()

    def disconnect(self) -> None:
        """Close the connections on which no request is being answered, as a server does with idle ones."""
        done = threading.Event()

        def act() -> None:
            self._abort(busy=False)
            # An aborted connection is closed in the loop's next turn.
            self._loop.call_soon(done.set)

        self._loop.call_soon_threadsafe(act)
        done.wait()

    def settle(self, timeout: float) -> None:
        """Wait until nothing is due in the background and every message is posted.

        Args:
            timeout: seconds.

        Raises:
            TimeoutError: that takes longer.
        """
        settled = asyncio.run_coroutine_threadsafe(self._app.background.settle(), self._loop)
        try:
            settled.result(timeout)
        except TimeoutError:
            settled.cancel()
            raise

    def close(self) -> None:
        """Stop listening, cut every connection, and end the thread.

        Raises:
            ExceptionGroup: what the sandbox did in the background failed.
        """
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        if self._failure is not None:
            raise self._failure
