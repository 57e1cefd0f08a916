"""How Cliniko writes: ids, times, pages and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk.operation import Page
from apptsdk.shapes import is_object
from apptsdk.urls import numeric_id
from apptsdk.wire import Encoding, Undecodable, Wire, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apptsdk.http import Response

T = TypeVar("T")


def identifier(value: object, argument: str) -> str:
    """Check an id: a signed 64-bit integer, in a string.

    Args:
        value: The id, as a string or an int.
        argument: The argument's name, for the message.

    Returns:
        The id as Cliniko writes it.

    Raises:
        TypeError: It is neither a string nor an int.
        ValueError: It is no such number.
    """
    return numeric_id(value, argument, "Cliniko id, which is a whole number such as 1402337715590046001")


WIRE: Final = Wire()
ENCODING: Final = Encoding(identifier=identifier)


def next_page(body: Mapping[str, object], asked: str = "") -> str | None:
    """Find the link to the next page. It is absent on the last.

    https://docs.api.cliniko.com/guides/pagination

    Args:
        body: The decoded answer.
        asked: The URL that was asked; the link does not depend on it.

    Returns:
        The link, or None.

    Raises:
        Undecodable: There is one, and it is no link.
    """
    del asked
    links = body.get("links")
    link = links.get("next") if is_object(links) else None
    if link is not None and not isinstance(link, str):
        raise Undecodable("links.next: not a string")
    return link or None


def one_of(kind: type[T]) -> Callable[[Response], T]:
    """Read an answer that is one object, which its id names.

    Args:
        kind: What it is.

    Returns:
        A reader for an operation.
    """
    read = WIRE.one(kind)

    def named(response: Response) -> T:
        found = read(response)
        try:
            identifier(getattr(found, "id", None), "id")
        except (TypeError, ValueError):
            raise Undecodable("id: not an id") from None
        return found

    return named


def page_of(kind: type[T], key: str) -> Callable[[Response], Page[T]]:
    """Read a page of a list.

    Args:
        kind: What it holds.
        key: The name under which it holds them: the resource's plural.

    Returns:
        A reader for an operation.
    """
    return page_by(lambda items, where: WIRE.all_of(kind, items, where), key)


def page_by(structure: Callable[[object, str], tuple[T, ...]], key: str) -> Callable[[Response], Page[T]]:
    """Read a page of a list whose items need a reader of their own.

    Args:
        structure: Reads the items, given their path for errors.
        key: The name under which it holds them: the resource's plural.

    Returns:
        A reader for an operation.
    """

    def read(response: Response) -> Page[T]:
        body = object_in(response)
        items = structure(body.get(key), key)
        total = body.get("total_entries")
        return Page(items, next_page(body), total if isinstance(total, int) else None)

    return read


def object_in(response: Response) -> Mapping[str, object]:
    """Read an answer that is one object.

    Args:
        response: The answer.

    Returns:
        The decoded object.

    Raises:
        Undecodable: It is something else.
    """
    body = loads(response.content)
    if not is_object(body):
        raise Undecodable("$: not an object")
    return body


def nothing(response: Response) -> None:
    """Read an answer that has no body: 204."""
    del response
