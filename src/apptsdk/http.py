"""Requests and responses as plain values, and the ways in which one does not lead to the other."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MAX_BODY: Final = 24 * 1024 * 1024
"""The largest answer, in bytes after inflating, that is read into memory."""


class NotSent(Exception):  # noqa: N818 - an outcome, not an error of the program
    """No byte of the request left: nothing happened at the other side.

    Attributes:
        again: Whether the same request can succeed later (a refused connection can, an illegal header cannot).
    """

    def __init__(self, why: str, *, again: bool = True) -> None:
        super().__init__(why)
        self.again = again


class NoAnswer(Exception):  # noqa: N818 - an outcome, not an error of the program
    """The request may have arrived, and no whole answer came back."""


class Unreadable(Exception):  # noqa: N818 - an outcome, not an error of the program
    """An answer came, and its body cannot be taken in: too large, or encoded in an unknown or broken way."""


class Headers:
    """Header fields, looked up without regard to case; a field sent twice reads as its first value."""

    __slots__ = ("_first", "_pairs")

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._pairs = tuple(pairs)
        first: dict[str, str] = {}
        for name, value in self._pairs:
            first.setdefault(name.lower(), value)
        self._first = first

    def get(self, name: str) -> str | None:
        """Give the first value of a field.

        Args:
            name: The field's name, in any case.

        Returns:
            The value, or None where the field was not sent.
        """
        return self._first.get(name.lower())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._first

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._pairs == other._pairs

    def __hash__(self) -> int:
        return hash(self._pairs)

    def __repr__(self) -> str:
        # Values may be secrets (Authorization, Set-Cookie).
        return f"<Headers {', '.join(sorted(self._first))}>"


def merged(*fields: Mapping[str, str]) -> dict[str, str]:
    """Put header fields together, without regard to case.

    Args:
        fields: Names and values; later ones replace earlier ones.

    Returns:
        One mapping, in which no field stands twice.
    """
    found: dict[str, tuple[str, str]] = {}
    for some in fields:
        found.update({name.lower(): (name, value) for name, value in some.items()})
    return dict(found.values())


@attrs.frozen
class Request:
    """One HTTP request, ready to be sent: every attempt sends these bytes.

    Args:
        method: The method, in capitals.
        url: The absolute URL, query included.
        headers: Field names and values. They may hold secrets, so the repr leaves them out.
        content: The body's bytes.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes = b""

    def with_headers(self, headers: Mapping[str, str]) -> Request:
        """Give the same request with further header fields.

        Args:
            headers: The fields to add or replace.

        Returns:
            A new request.
        """
        return Request(self.method, self.url, {**self.headers, **headers}, self.content)

    def __repr__(self) -> str:
        # The query may hold a person's name; the path holds ids.
        return f"<Request {self.method} {urlsplit(self.url).path}>"


@attrs.frozen
class Response:
    """One HTTP response.

    Args:
        status: The status code.
        headers: The header fields.
        content: The body: as sent by the server in what an engine returns, inflated in what a caller sees.
    """

    status: int
    headers: Headers
    content: bytes

    @property
    def text(self) -> str:
        """The body as text; bytes that are not UTF-8 read as the replacement character."""
        return self.content.decode("utf-8", "replace")

    @property
    def request_id(self) -> str | None:
        """The provider's own number for this exchange: quote it when you write to their support."""
        return self.headers.get("x-request-id")

    def json(self) -> object:
        """Read the body as JSON.

        Returns:
            Plain dicts, lists, strings, numbers, booleans and None.

        Raises:
            ValueError: The body is not JSON.
        """
        import orjson  # noqa: PLC0415 - only callers of request() come here

        if not self.content:
            raise ValueError("The body is empty, not JSON.")
        try:
            value: object = orjson.loads(self.content)
        except orjson.JSONDecodeError as error:
            # The library's error carries the whole document, which is about a patient.
            why = f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        else:
            return value
        raise ValueError(why)

    def __repr__(self) -> str:
        return f"<Response {self.status}, {len(self.content)} bytes>"


ACCEPT_ENCODING: Final = "gzip, deflate"
_MOST_ENCODINGS: Final = 3


def inflate(response: Response) -> Response:
    """Undo the content encodings of a response, in bounded memory.

    Args:
        response: What the engine returned.

    Returns:
        The response with its plain body.

    Raises:
        Unreadable: The encoding is unknown or broken, or the body would pass `MAX_BODY` bytes.
    """
    field = response.headers.get("content-encoding")
    if not field:
        return response
    encodings = [name for part in field.split(",") if (name := part.strip().lower()) not in {"", "identity"}]
    if len(encodings) > _MOST_ENCODINGS:
        raise Unreadable("the body is encoded too many times over")
    content = response.content
    for encoding in reversed(encodings):
        if encoding not in _WINDOW:
            raise Unreadable("the body has a content encoding that was not asked for")
        content = _inflated(content, encoding) if content else content
    return Response(response.status, response.headers, content)


_STEP: Final = 256 * 1024
_PIECE: Final = 16 * 1024
_DEFLATED: Final = 8  # the method in a zlib header: RFC 1950
_WINDOW: Final = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


def _inflated(content: bytes, encoding: str) -> bytes:
    window = _WINDOW[encoding]
    if encoding == "deflate" and (content[0] & 0x0F != _DEFLATED or int.from_bytes(content[:2], "big") % 31):
        window = -zlib.MAX_WBITS  # raw deflate, which some servers send under that name
    machine = zlib.decompressobj(window)
    parts: list[bytes] = []
    room = MAX_BODY
    why = "the body's content encoding is broken"
    try:
        for start in range(0, len(content), _PIECE):  # because what is left over is copied at every turn
            piece = content[start : start + _PIECE]
            while piece and room >= 0:
                if machine.eof:  # gzip may have several members
                    machine = zlib.decompressobj(window)
                parts.append(machine.decompress(piece, _STEP))
                room -= len(parts[-1])
                piece = machine.unused_data if machine.eof else machine.unconsumed_tail
            if room < 0:
                break
        while room >= 0 and not machine.eof and (part := machine.decompress(b"", _STEP)):
            parts.append(part)
            room -= len(part)
        if room >= 0 and machine.eof:
            return b"".join(parts)
        why = f"the body is larger than {MAX_BODY} bytes" if room < 0 else "the body's encoding breaks off"
    except zlib.error:
        pass
    parts.clear()
    raise Unreadable(why)
