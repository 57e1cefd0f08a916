"""How NexHealth writes: ids, times, its envelope, its pages and its remarks.

https://docs.nexhealth.com/docs/response-format, .../docs/pagination
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import parse_qsl, urlsplit

from apptsdk.account import Fault
from apptsdk.errors import SlotUnavailableError, ValidationError
from apptsdk.operation import Page
from apptsdk.providers.nexhealth.models.blank import blank_reads_as_none
from apptsdk.shapes import is_array, is_object
from apptsdk.urls import numeric_id, query_string
from apptsdk.wire import Encoding, Undecodable, Wire, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from apptsdk.errors import ApptError
    from apptsdk.http import Response

T = TypeVar("T")

_MINUTE: Final = timedelta(minutes=1)


class _BlankTolerant(Wire):
    """Reads blank texts where no text is expected as None, in a second try: few answers hold one."""

    def __init__(self) -> None:
        super().__init__()
        self._tolerant = Wire(blank_reads_as_none)

    def structure(self, value: object, kind: type[T], where: str = "") -> T:
        """Turn plain values into an object."""
        try:
            return super().structure(value, kind, where)
        except Undecodable:
            return self._tolerant.structure(value, kind, where)


def identifier(value: object, argument: str) -> int:
    """Check an id: a whole number.

    Args:
        value: The id, as a string or an int.
        argument: The argument's name, for the message.

    Returns:
        The id as NexHealth writes it.

    Raises:
        TypeError: It is neither a string nor an int.
        ValueError: It is no such number.
    """
    return int(numeric_id(value, argument, "NexHealth id, which is a whole number such as 1600000123"))


def moment(value: datetime) -> str:
    """Write a moment as slots do, `2031-04-15T09:00:00.000-05:00`: what was read there is handed back unchanged."""
    offset = value.utcoffset()
    if offset is None or offset % _MINUTE:  # a local mean time of long ago
        value, offset = value.astimezone(UTC), timedelta(0)
    text = value.isoformat(timespec="milliseconds")
    return text if offset else f"{text[:-6]}Z"


def asked_moment(value: datetime) -> str:
    """Write a moment as queries have it: `2031-04-15T14:00:00+0000`."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S%z")


WIRE: Final = _BlankTolerant()
ENCODING: Final = Encoding(moment, identifier)
QUERIES: Final = Encoding(asked_moment, identifier)


# --- the envelope ----------------------------------------------------------------------------------------------------


def body_of(response: Response) -> Mapping[str, object]:
    """Read an envelope.

    Args:
        response: The answer.

    Returns:
        The decoded envelope, with whatever is in its `data`.

    Raises:
        Undecodable: It is none.
    """
    body = loads(response.content)
    if not is_object(body):
        raise Undecodable("$: not an object")
    if body.get("code") is False:
        raise Undecodable("code: false")
    return body


def one_of(kind: type[T], *keys: str) -> Callable[[Response], T]:
    """Read an answer that is one object.

    Args:
        kind: What it is.
        keys: The names under which `data` may hold it, one of which it does, or none.

    Returns:
        A reader for an operation.
    """

    def read(response: Response) -> T:
        data, where = body_of(response).get("data"), "data"
        for key in keys:
            if is_object(data) and is_object(data.get(key)):
                data, where = data[key], f"{where}.{key}"
                break
        if is_array(data) and len(data) == 1:  # some answers to a POST wrap their object so
            data, where = data[0], f"{where}[0]"
        found = WIRE.structure(spelt(data), kind, where)
        number: object = getattr(found, "id", None)
        if isinstance(number, int) and number < 1:
            raise Undecodable(f"{where}.id: not an id")
        return found

    return read


def page_of(kind: type[T], asked: str, key: str = "") -> Callable[[Response], Page[T]]:
    """Read a page of a list.

    Args:
        kind: What it holds.
        asked: The URL that was asked.
        key: The name under which `data` holds them in some versions.

    Returns:
        A reader for an operation.
    """
    return page_by(lambda items, where: WIRE.all_of(kind, items, where), asked, key)


def page_by(
    structure: Callable[[object, str], tuple[T, ...]], asked: str, key: str = ""
) -> Callable[[Response], Page[T]]:
    """Read a page of a list whose items need a reader of their own.

    Args:
        structure: Reads the items, given their path for errors.
        asked: The URL that was asked.
        key: The name under which `data` holds them in some versions.

    Returns:
        A reader for an operation.
    """

    def read(response: Response) -> Page[T]:
        body = body_of(response)
        data, where = body.get("data"), "data"
        if is_object(data) and key in data:
            data, where = data[key], f"data.{key}"
        if is_array(data):
            data = [spelt(item) for item in data]
        count = body.get("count")
        return Page(structure(data, where), next_page(body, asked), count if type(count) is int else None)

    return read


def spelt(value: object) -> object:
    """Read `canceled`, as some payloads spell it, as the documented `cancelled`."""
    if is_object(value) and "canceled" in value and "cancelled" not in value:
        return {**value, "cancelled": value["canceled"]}
    return value


def nothing(response: Response) -> None:
    """Read an answer whose body says nothing that the caller does not know."""
    del response


# --- pages -----------------------------------------------------------------------------------------------------------


def next_page(body: Mapping[str, object], asked: str) -> str | None:
    """Find the URL of the next page: by cursor, or by number.

    Args:
        body: The decoded answer.
        asked: The URL that was asked.

    Returns:
        The URL, or None after the last page.

    Raises:
        Undecodable: There is a next page, and nothing says where.
    """
    query = dict_of(asked)
    info = body.get("page_info")
    if is_object(info):
        if info.get("has_next_page") is not True:
            return None
        cursor = info.get("end_cursor")
        if not isinstance(cursor, str) or not cursor:
            raise Undecodable("page_info.end_cursor: not a string")
        return leading_on(asked, "end_cursor", cursor)
    page, size, rows = _number(query.get("page", "1")), _number(query.get("per_page", "")), _rows(body.get("data"))
    count = body.get("count")
    if page is None or (size is None and not rows):
        return None
    if size is None or (page == 1 and 0 < rows < size):
        size = rows  # the size that came counts, not the one that was asked: the vendor has limits of its own
    if type(count) is not int:  # nobody counted: there may be more after a full page
        more = "page" in query and rows == _number(query.get("per_page", ""))
    else:
        more = size * page < count
        if more and 0 < rows < size:
            raise Undecodable(f"count: {count} rows, and page {page} is not full")
    if not more:
        return None
    return leading_on(leading_on(asked, "per_page", str(size)), "page", str(page + 1))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and int(text) else None


def _rows(data: object) -> int:
    """Count the rows in `data`, which some lists hold under a name of their own."""
    if is_object(data) and len(data) == 1:
        (data,) = data.values()
    return len(data) if is_array(data) else 0


def dict_of(url: str) -> dict[str, str]:
    """Read the query of a URL; of what comes twice, the last."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def leading_on(url: str, name: str, value: str) -> str:
    """Give a URL with one parameter of its query set anew."""
    parts = urlsplit(url)
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
    return parts._replace(query=query_string((*pairs, (name, value)))).geturl()


# --- what is wrong, and what is only said ----------------------------------------------------------------------------

_EDGE: Final = 4096
_FALSE: Final = re.compile(rb'"code"\s*:\s*false')
_IGNORED: Final = re.compile(r"parameters? (?:are|is|was|were) ignored", re.IGNORECASE)
_MISSING: Final = re.compile(r"missing parameter:? '?([\w\[\].]+)'?", re.IGNORECASE)
_KINDS: Final[tuple[tuple[re.Pattern[str], type[ApptError]], ...]] = (
    (re.compile("time is no longer available", re.IGNORECASE), SlotUnavailableError),
    (re.compile("not configured for the requested slot", re.IGNORECASE), ValidationError),
    (re.compile("phone number is invalid", re.IGNORECASE), ValidationError),
)
"""What the vendor's texts mean beyond their status, which is 400 for all, and perhaps 422."""
_REFUSED: Final = frozenset({200, 201, 400, 422})
_UNSYNCED: Final = re.compile("not synced", re.IGNORECASE)
_MAYBE: Final = "it may not be written yet, see wait_until_written, or be cancelled already"


def _edges(content: bytes) -> bytes:
    """Give what may stand around `data`: a large page is not searched through for what the envelope says."""
    return content if len(content) <= 2 * _EDGE else content[:_EDGE] + content[-_EDGE:]


def is_fault(response: Response) -> bool:
    """Tell an error that comes with a status of success: `code` is false."""
    if not _FALSE.search(_edges(response.content)):
        return False
    body = loads(response.content)
    return is_object(body) and body.get("code") is False


def fault(response: Response) -> Fault:
    """Read NexHealth's error answers: the envelope with texts in `error`.

    https://docs.nexhealth.com/docs/errors

    Args:
        response: The error answer.

    Returns:
        What it says.
    """
    try:
        body = response.json()
    except ValueError:
        return Fault()
    if not is_object(body):
        return Fault(body if isinstance(body, str) else None)
    said = list(texts(body.get("error"))) or list(texts(body.get("description")))
    fields = {found[1]: "is missing" for text in said if (found := _MISSING.search(text))}
    rest = [text for text in said if not _MISSING.search(text)]
    kinds = _KINDS if response.status in _REFUSED else ()
    kind = next((kind for pattern, kind in kinds if any(map(pattern.search, rest))), None)
    rest += [_MAYBE] if any(map(_UNSYNCED.search, rest)) else []
    return Fault("; ".join(rest) or None, fields=fields, kind=kind)


def notes(response: Response) -> Iterator[str]:
    """Find the remark that parameters were ignored, which means a misspelt filter. It comes with a success.

    Args:
        response: The answer.

    Yields:
        The remarks.
    """
    if b"ignored" not in _edges(response.content):
        return
    body = loads(response.content)
    if is_object(body):
        for text in (*texts(body.get("description")), *texts(body.get("error"))):
            if _IGNORED.search(text):
                yield text


def texts(value: object) -> Iterator[str]:
    """Read a text, or texts in an array or in arrays within it."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif is_array(value):
        for item in value:
            yield from texts(item)
