"""Every small change that can be made to an exchange in a cassette: each must be noticed when it is played."""

from __future__ import annotations

import copy
import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from scrub import form, legible
from system import PLACE
from vcr.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from system import System

Exchange = tuple[Request, dict[str, Any]]


def changes(exchange: Exchange) -> Iterator[tuple[str, Callable[[], Exchange]]]:
    """Give every change, by what it is done to, and what makes it; of the items of a list, the first stands for all."""
    request, answer = exchange
    for what, change in _requests(request):
        yield f"request {what}", lambda change=change: (change(), answer)
    for what, change in _answers(answer):
        yield f"answer {what}", lambda change=change: (request, change())


def asked(exchange: Exchange) -> str:
    """Say what is asked and how it is answered, not about whom."""
    request, answer = exchange
    return f"{_question(request)} {answer['status']['code']}"


def _question(request: Request) -> str:
    path = "/".join("#" if PLACE.fullmatch(part) else part for part in request.path.split("/"))
    return f"{request.method} {path}"


def common(system: System, exchange: Exchange, what: str) -> str:
    """Say what a change has in common with others, of which one is enough.

    Objects of a resource are the same in its lists as alone, headers are the same everywhere, and a request is
    noticed by itself, however it is answered.
    """
    request, answer = exchange
    if what.startswith(("answer .", "answer [")):
        resource = system.resource(request.path)
        alone = re.sub(f"^answer {system.item.format(resource=resource)}", "answer .", what)
        return f"{system.name} {resource} {alone}"
    if what.startswith("answer "):
        return f"{system.name} {answer['status']['code']} {what}"
    if what.startswith(_EVERYWHERE):
        return f"{system.name} {request.method} {request.headers.get('Authorization')} {what}"
    return f"{system.name} {_question(request)} {what}"


_EVERYWHERE = tuple(
    f"request {what}"
    for what in [
        "scheme",
        "host",
        "port",
        "Accept",
        "Authorization",
        "Content-Type",
        "Nex-Api-Version",
        "Retry-After",
        "User-Agent",
        "X-Api-Key",
    ]
)


_FORM = re.compile("[^=&<>{ ]+=[^=&<>{ ]*(?:&[^=&<>{ ]+=[^=&<>{ ]*)*")


def _requests(request: Request) -> Iterator[tuple[str, Callable[[], Request]]]:
    made = request._to_dict()

    def but(**others: Any) -> Request:
        return Request(**{**made, **others})

    yield "method", partial(but, method="PUT")
    for what, uri in _urls(request.uri):
        yield what, partial(but, uri=uri)
    for what, headers in _headers(made["headers"]):
        yield what, partial(but, headers=headers)
    if request.body is None:
        yield "body added", partial(but, body="{}")
    else:
        yield "body dropped", partial(but, body=None)
        for what, body in _bodies(request.body.decode()):
            yield what, lambda body=body: but(body=body())


def _answers(answer: dict[str, Any]) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    code = answer["status"]["code"]
    for other in (code + 1, 200, 500):
        if other != code:
            yield f"status {other}", partial(dict, answer, status={"code": other, "message": ""})
    for what, headers in _headers(answer["headers"]):
        yield what, partial(dict, answer, headers=headers)
    text = answer["body"]["string"].decode()
    if text:
        yield "body dropped", partial(dict, answer, body={"string": b""})
    for what, body in _bodies(text):
        yield what, lambda body=body: {**answer, "body": {"string": body().encode()}}


def _urls(url: str) -> Iterator[tuple[str, str]]:
    parts = urlsplit(url)
    yield "scheme", urlunsplit(parts._replace(scheme="http"))
    yield "host", urlunsplit(parts._replace(netloc="x" + parts.netloc))
    yield "port", urlunsplit(parts._replace(netloc=parts.netloc + ":444"))
    segments = parts.path.split("/")
    for index in range(1, len(segments)):
        path = "/".join([*segments[:index], segments[index] + "1", *segments[index + 1 :]])
        yield f"segment {index}", urlunsplit(parts._replace(path=path))
    for what, pairs in _pairs(parse_qsl(parts.query, keep_blank_values=True)):
        yield f"query {what}", _asking(url, pairs)


def _pairs(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for index, (name, value) in enumerate(pairs):
        for what, other in (("renamed", [(name + "x", value)]), ("changed", [(name, value + "1")]), ("dropped", [])):
            yield f"{name} {what}", [*pairs[:index], *other, *pairs[index + 1 :]]
    yield "added", [*pairs, ("x", "")]


def _asking(url: str, pairs: list[tuple[str, str]]) -> str:
    return legible(urlunsplit(urlsplit(url)._replace(query="&".join("=".join(pair) for pair in pairs))))


def _headers(headers: dict[str, list[str]]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    for name, values in headers.items():
        rest = {other: values for other, values in headers.items() if other != name}
        yield f"{name} dropped", rest
        yield f"{name} renamed", {**rest, f"{name}-X": values}
        yield f"{name} changed", {**rest, name: [values[0] + "x"]}
    yield "Retry-After added", {**headers, "Retry-After": ["7"]}


def _bodies(text: str) -> Iterator[tuple[str, Callable[[], str]]]:
    try:
        said = json.loads(text)
    except ValueError:
        yield from ([("text changed", lambda: text + "x")] if text else [])
        if _FORM.fullmatch(text):
            yield from ((f"form {what}", partial(form, pairs)) for what, pairs in _pairs(parse_qsl(text)))
        return
    for what, changed in _values("", said):
        yield what, partial(json.dumps, changed, indent=2, ensure_ascii=False)


def _values(where: str, value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case dict():
            for name, one in value.items():
                here = f"{where}.{name}"
                yield f"{here} renamed", {f"{key}_x" if key == name else key: other for key, other in value.items()}
                for what, changed in _values(here, one):
                    yield what, {**value, name: changed}
            if not value.keys() <= {"exist", "links", "self"}:  # read as one value, whatever else stands beside it
                yield f"{where} added to", {**value, "x": 1}
        case [first, *rest]:
            yield f"{where}[0] dropped", copy.copy(rest)
            for what, changed in _values(f"{where}[0]", first):
                yield what, [changed, *rest]
        case []:
            yield f"{where} filled", [1]
        case str() if value.startswith(("[{", '{"')):  # JSON in a text
            for what, changed in _values(f"{where}>", json.loads(value)):
                yield what, json.dumps(changed, ensure_ascii=False, separators=(",", ":"))
        case _:
            yield f"{where} changed", _another(value)


def _another(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1 if value + 1 != value else value / 2
        case str():
            return value + "1"
        case _:
            return "x"
