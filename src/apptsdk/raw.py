"""Calls that no resource covers: any path of the provider's, with signing, pace, retries and errors like the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote

from apptsdk.operation import Effect, Listing, Operation, Page
from apptsdk.options import checked_headers
from apptsdk.shapes import is_array, is_object
from apptsdk.urls import query_string
from apptsdk.wire import Undecodable, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from apptsdk.account import Service
    from apptsdk.http import Response

_PATH: Final = re.compile(r"/(?!/)[!$&-;=@A-Z_a-z~%]*")
_METHODS: Final[Mapping[str, Effect]] = {
    "GET": Effect.SAFE,
    "HEAD": Effect.SAFE,
    "OPTIONS": Effect.SAFE,
    "PUT": Effect.IDEMPOTENT,
    "DELETE": Effect.IDEMPOTENT,
    "PATCH": Effect.NEITHER,
    "POST": Effect.NEITHER,
}
Query: TypeAlias = Mapping[str, str] | Sequence[tuple[str, str]]


def request(
    service: Service,
    method: str,
    path: str,
    *,
    query: Query = (),
    json: object = None,
    headers: Mapping[str, str] | None = None,
    repeatable: bool | None = None,
) -> Operation[Response]:
    """Ask the provider for anything.

    Args:
        service: The provider.
        method: The HTTP method.
        path: The path below the base URL, with a leading slash and without a query.
        query: Names and values; give pairs where a name comes twice.
        json: The JSON body, as plain values.
        headers: Further header fields.
        repeatable: Whether asking twice is harmless. By default GET, HEAD, PUT and DELETE are, POST and PATCH are not.

    Returns:
        The operation; its answer is the response.

    Raises:
        ValueError: The method or path is not allowed; absolute URLs are not.
    """
    verb = str(method).upper()
    if verb not in _METHODS:
        raise ValueError(f"method must be one of {', '.join(_METHODS)}.")
    _check(path)
    effect = _METHODS[verb]
    if repeatable is False:
        effect = Effect.NEITHER
    elif repeatable and effect is Effect.NEITHER:
        effect = Effect.IDEMPOTENT
    try:
        dumps(json)
    except TypeError as error:
        raise TypeError(f"json must hold plain values only: {error}.") from None
    return Operation(
        f"{service.name}.request",
        verb,
        path,
        _itself,
        effect,
        query=_pairs(query),
        body=json,
        headers=checked_headers(headers or {}),
    )


def request_pages(
    service: Service, path: str, key: str, *, query: Query = (), cursor: str | None = None
) -> Listing[Mapping[str, object]]:
    """Read any list of the provider's, page by page.

    Args:
        service: The provider.
        path: The path below the base URL, with a leading slash and without a query.
        key: The name under which the answer holds the items, with dots where it holds them deeper.
        query: Names and values; give pairs where a name comes twice.
        cursor: Where to resume: the `.cursor` of an earlier page, which brings its own query.

    Returns:
        The list; its items are plain dicts.

    Raises:
        ValueError: The path is not allowed.
    """
    _check(path)
    pairs = _pairs(query)
    name = f"{service.name}.request_pages"
    first = f"{service.base_url}{path}{'?' * bool(pairs)}{query_string(pairs)}"

    def page(cursor: str | None) -> Operation[Page[Mapping[str, object]]]:
        return Operation(
            name,
            "GET",
            path,
            lambda response: plain_page(
                loads(response.content), key, lambda body: service.next_page(body, cursor or first)
            ),
            Effect.SAFE,
            link=cursor,
            query=() if cursor else pairs,
        )

    return Listing(name, page, cursor)


def plain_page(
    body: object, key: str, next_page: Callable[[Mapping[str, object]], str | None]
) -> Page[Mapping[str, object]]:
    """Read a page of plain objects.

    Args:
        body: The decoded answer.
        key: The name under which it holds the items.
        next_page: Finds the link to the next page.

    Returns:
        The page.

    Raises:
        Undecodable: The answer is no such page.
    """
    if not is_object(body):
        raise Undecodable("$: not an object")
    items: object = body
    for part in key.split("."):
        items = items.get(part) if is_object(items) else None
    if not is_array(items):
        raise Undecodable(f"{key}: not an array")
    found: list[Mapping[str, object]] = []
    for index, item in enumerate(items):
        if not is_object(item):
            raise Undecodable(f"{key}[{index}]: not an object")
        found.append(item)
    return Page(tuple(found), next_page(body))


def _pairs(query: Query) -> tuple[tuple[str, str], ...]:
    pairs = query.items() if isinstance(query, Mapping) else query
    return tuple((str(name), str(value)) for name, value in pairs)


def _check(path: str) -> None:
    if not _PATH.fullmatch(str(path)) or {".", ".."} & set(unquote(path).split("/")):
        raise ValueError(
            'path must be a path below the base URL, such as "/patients": no host, no query (pass query=), no "..".'
        )


def _itself(response: Response) -> Response:
    return response
