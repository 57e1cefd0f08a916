"""A small server that receives what a sandbox sends; not in conftest.py, because there may be several of that name."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from attrs import field, frozen


@frozen
class Arrived:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def said(self) -> Any:
        """Read the body."""
        return json.loads(self.body)


class Receiver:
    """Writes down what arrives, and answers it.

    Args:
        port: where it listens.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.arrived: list[Arrived] = []
        self.statuses: list[int] = []
        """The next answers; 200 when they are used up."""
        self.gate = threading.Event()
        """While it is clear, nothing is answered."""
        self.gate.set()
        self.came = threading.Event()
        """Set when something has arrived."""

    def take(self, arrived: Arrived) -> int:
        """Write down what arrived, and say what to answer."""
        self.arrived.append(arrived)
        self.came.set()
        assert self.gate.wait(20)
        return self.statuses.pop(0) if self.statuses else 200


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = receiver.take(Arrived(self.command, self.path, headers, body))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"thank you")

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(ConnectionError):  # a sandbox that closes does not wait for the answer
                super().handle()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = Receiver(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield receiver
        finally:
            receiver.gate.set()
            server.shutdown()
            thread.join()
