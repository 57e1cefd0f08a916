"""The sandbox's own routes, below `/_sandbox`, for other languages and other processes."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, cast

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from apptsdk.sandbox.faults import Fault, Faults
from apptsdk.sandbox.http import JSON
from apptsdk.sandbox.state import Clock, Ledger, Requests

# JSON from outside: a dict of anything, which the called functions check.
Said = Mapping[str, Any]
_PAIR = 2
Act = Callable[[Said], object]


def control(clock: Clock, ledger: Ledger, faults: Faults, requests: Requests, providers: Sequence[str]) -> list[Route]:
    """Make the routes.

    Args:
        clock: the time.
        ledger: what was committed.
        faults: what is to go wrong.
        requests: what arrived.
        providers: the names of the vendors.

    Returns:
        Starlette's routes; a mistake in a request is a 400 that says which.
    """

    def add_fault(said: Said) -> object:
        return _show(faults.add(**_read_fault(said)))

    def set_clock(said: Said) -> object:
        for key, value in said.items():
            _CLOCK[key](clock, value)
        return show_clock({})

    def show_clock(_: Said) -> object:
        return {"now": clock.now(), "frozen": clock.frozen}

    def show_ledger(_: Said) -> object:
        names = ("at", "provider", "action", "resource", "id", "record")
        return {"entries": [{name: getattr(entry, name) for name in names} for entry in ledger]}

    def show_requests(_: Said) -> object:
        return {"requests": [{"method": s.method, "path": s.path, "query": s.query} for s in requests.copy()]}

    acts: dict[tuple[str, str], tuple[int, Act]] = {
        ("GET", "/health"): (200, lambda _: {"status": "ok", "providers": list(providers)}),
        ("GET", "/faults"): (200, lambda _: {"faults": [_show(fault) for fault in faults]}),
        ("POST", "/faults"): (201, add_fault),
        ("DELETE", "/faults"): (204, lambda _: faults.clear()),
        ("GET", "/ledger"): (200, show_ledger),
        ("DELETE", "/ledger"): (204, lambda _: ledger.clear()),
        ("GET", "/clock"): (200, show_clock),
        ("PUT", "/clock"): (200, set_clock),
        ("GET", "/requests"): (200, show_requests),
        ("DELETE", "/requests"): (204, lambda _: requests.clear()),
    }
    return [_route(method, path, status, act) for (method, path), (status, act) in acts.items()]


_CLOCK: dict[str, Callable[[Clock, Any], None]] = {
    "now": lambda clock, value: clock.set(datetime.fromisoformat(value)),
    "advance_seconds": lambda clock, value: clock.advance(timedelta(seconds=value)),
    "frozen": lambda clock, value: clock.freeze() if value else clock.resume(),
}


_SHAPES: dict[str, Any] = {  # what isinstance takes
    "body": object,
    "body_base64": str,
    "commit": bool | None,
    "headers": (dict, list),
    "kind": str,
    "method": str | None,
    "path": str | None,
    "provider": str | None,
    "reset": bool,
    "seconds": int | float,
    "size": int,
    "skip": int,
    "status": int,
    "times": int | None,
}


def _read_fault(said: Said) -> dict[str, Any]:
    for key, value in said.items():
        if not isinstance(value, _SHAPES[key]):
            raise TypeError(f"{key} must not be {value!r}")
    read = {"kind": "", **said}
    if "body_base64" in read:
        read["body"] = b64decode(read.pop("body_base64"), validate=True)
    headers: Any = read.get("headers", {})
    pairs: list[Any] = list(headers.items() if hasattr(headers, "items") else headers)
    if any(len(pair) != _PAIR or not all(isinstance(part, str) for part in pair) for pair in pairs):
        raise TypeError("headers must be text by name, or pairs of text")
    return {**read, "headers": pairs}


def _show(fault: Fault) -> object:
    names = ("kind", "method", "path", "provider", "times", "skip", "status", "seconds", "commit", "hits")
    return {name: getattr(fault, name) for name in names}


def _route(method: str, path: str, status: int, act: Act) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            said = orjson.loads(await request.body() or b"{}")
            if not isinstance(said, dict):
                raise TypeError("the body must be a JSON object")  # noqa: TRY301 - one place answers mistakes
            shown = act(cast("Said", said))
        except (KeyError, OverflowError, TypeError, ValueError) as error:
            text = f"unknown key {error}" if isinstance(error, KeyError) else str(error)
            return Response(orjson.dumps({"error": text}), HTTPStatus.BAD_REQUEST, media_type=JSON)
        body = b"" if status == HTTPStatus.NO_CONTENT else orjson.dumps(shown)
        return Response(body, status, media_type=JSON if body else None)

    return Route(path, endpoint, methods=[method])
