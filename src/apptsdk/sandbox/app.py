"""The ASGI application: who a request is for, which fault meets it, and the answer on its way back."""

import asyncio
import socket
import struct
import traceback
from collections.abc import Mapping
from contextlib import suppress
from email.utils import format_datetime
from http import HTTPStatus
from typing import cast
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.routing import Mount, Router
from starlette.types import Receive, Scope, Send

from apptsdk.sandbox.agenda import Agenda
from apptsdk.sandbox.background import Background
from apptsdk.sandbox.control import control
from apptsdk.sandbox.faults import PLAY, Faults
from apptsdk.sandbox.http import Answer, Call
from apptsdk.sandbox.state import Ledger, Requests, Seen
from apptsdk.sandbox.vendors import Vendor


class App:
    """The sandbox as an ASGI application.

    Args:
        vendors: by name.
        agenda: what is done between calls, by its clock.
        ledger: what was committed.
        faults: what is to go wrong.
        requests: where arriving requests are recorded.
    """

    def __init__(
        self, vendors: Mapping[str, Vendor], agenda: Agenda, ledger: Ledger, faults: Faults, requests: Requests
    ) -> None:
        self._vendors = vendors
        self._agenda = agenda
        self._faults = faults
        self._requests = requests
        self.background = Background(agenda)
        """To be run beside the server, on its loop."""
        self.closing: asyncio.Event
        """Set when the server stops; belongs to its loop."""
        routes = control(agenda.clock, ledger, faults, requests, tuple(vendors))
        self._router = Router(routes=[Mount("/_sandbox", routes=routes)], default=self._meet, redirect_slashes=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self._router(scope, receive, send)

    async def _meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:
            return
        raw_path = cast("bytes", scope["raw_path"]).decode("ascii")
        vendor = next((v for v in self._vendors.values() if raw_path.startswith(v.base + "/")), None)
        seen = _see(request, raw_path, body, vendor)
        self._requests.add(seen)
        line = RequestLine(self, scope, receive, send, vendor)
        if vendor is None:
            names = ", ".join(f"{v.base}/" for v in self._vendors.values())
            await line.reply(Answer(HTTPStatus.NOT_FOUND, f"The sandbox answers below {names}\n".encode()))
            return
        address = seen.headers.get("host") or ":".join(map(str, scope["server"]))
        call = Call(
            method=seen.method,
            path=raw_path.removeprefix(vendor.base),
            query=tuple(seen.query),
            headers=seen.headers,
            body=body,
            base_url=f"http://{address}{vendor.base}",
        )
        fault = self._faults.take(vendor.name, seen.method, vendor.base, seen.path.removeprefix(vendor.base))
        if fault is None:
            await line.reply(self._handle(vendor, call))
        else:
            await PLAY[fault.kind](line, fault, lambda: self._handle(vendor, call))

    def _handle(self, vendor: Vendor, call: Call) -> Answer:
        # One lock around every call: a write happens wholly or not at all, whoever else looks.
        with self._agenda.lock:
            try:
                # What is due by now has happened, whether or not the background has come to it.
                self._agenda.run()
                return vendor.answer(call)
            except Exception:  # noqa: BLE001 - a fault of the sandbox itself must be seen by who runs into it
                return Answer(
                    HTTPStatus.INTERNAL_SERVER_ERROR,
                    traceback.format_exc().encode(),
                    (("content-type", "text/plain; charset=utf-8"),),
                )

    def date(self) -> str:
        """Tell the time as the `Date` header does."""
        return format_datetime(self._agenda.clock.now(), usegmt=True)


def _see(request: Request, raw_path: str, body: bytes, vendor: Vendor | None) -> Seen:
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    query = cast("bytes", request.scope["query_string"]).decode("latin-1")
    return Seen(
        method=request.method,
        path=request.scope["path"],
        query=parse_qsl(query, keep_blank_values=True),
        headers=headers,
        body=body,
        raw_path=raw_path,
        provider=vendor.name if vendor else "",
    )


class RequestLine:
    """The connection of one request, down to its socket: what faults play on."""

    def __init__(self, app: App, scope: Scope, receive: Receive, send: Send, vendor: Vendor | None) -> None:
        self._app = app
        self._receive = receive
        self._send = send
        self._stamp = vendor.stamp() if vendor else ()
        self._transport = cast("asyncio.Transport", scope["state"]["transport"])

    def _finish(self, answer: Answer) -> Answer:
        length = () if answer.status == HTTPStatus.NO_CONTENT else (("content-length", str(len(answer.body))),)
        return answer.but_first((("date", self._app.date()), *self._stamp, *length))

    async def reply(self, answer: Answer) -> None:
        """Answer properly.

        Args:
            answer: the vendor's or a fault's.
        """
        answer = self._finish(answer)
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
        await self._send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await self._send({"type": "http.response.body", "body": answer.body})

    def draw(self, answer: Answer) -> tuple[bytes, bytes]:
        """Give the head and the body that an answer would be on the wire.

        Args:
            answer: the answer.
        """
        answer = self._finish(answer)
        lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in answer.headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1"), answer.body

    async def cut(self, last: bytes = b"", *, reset: bool = False) -> None:
        """Write some last bytes, then close the connection under the request.

        Args:
            last: what the peer still gets.
            reset: say goodbye with RST and not with FIN.
        """
        self._transport.write(last)
        if reset:
            peer = cast("socket.socket", self._transport.get_extra_info("socket"))
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()
        else:
            self._transport.close()
        await self.gone()

    async def wait(self, seconds: float) -> None:
        """Wait that long, or until the sandbox closes.

        Args:
            seconds: how long.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(self._app.closing.wait(), seconds)

    async def gone(self) -> None:
        """Wait until the connection is closed, by whomever."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
