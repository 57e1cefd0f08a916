"""Lists: order, pages, and the links between them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from operator import itemgetter
from typing import Any, TypeVar
from urllib.parse import urlencode

from apptsdk.sandbox.cliniko.filters import Field
from apptsdk.sandbox.cliniko.refusals import bad
from apptsdk.sandbox.http import Answer, Call, say

T = TypeVar("T")
_LONGEST, _USUAL = 100, 50
_DIRECTIONS = {"asc": False, "desc": True}


def order(rows: Iterable[T], fields: Mapping[str, Field], query: Mapping[str, str]) -> list[T]:
    """Sort rows as the query asks, else by `created_at`.

    Args:
        rows: in the order of making, which decides between equals.
        fields: what may be sorted by.
        query: the parameters, of which `sort` and `order` count.

    Returns:
        The rows in order.

    Raises:
        Refusal: 400, a column or a direction is unknown.
    """
    usual = query.get("order", "asc")
    found = list(rows)
    # The last column first, because sorting is stable.
    for column in reversed((query.get("sort") or "created_at").split(",")):
        name, _, direction = column.partition(":")
        if name not in fields or (direction or usual) not in _DIRECTIONS:
            raise bad(f"{column} is not sortable")
        found.sort(key=_key(fields[name].get), reverse=_DIRECTIONS[direction or usual])
    return found


def _key(get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def key(row: Any) -> tuple[bool, Any]:
        value = get(row)
        return (True, 0) if value is None else (False, value)

    return key


def page(call: Call, plural: str, found: Sequence[T], show: Callable[[T], object]) -> Answer:
    """Answer with one page of a list.

    Args:
        call: what was asked, of which `page` and `per_page` count.
        plural: the resource's plural name, the key of the list.
        found: the whole list.
        show: makes an entry from a row.

    Returns:
        The page, with links to itself and its neighbours.
    """
    query = dict(call.query)
    size = min(max(_whole(query.get("per_page"), _USUAL), 1), _LONGEST)
    number = max(_whole(query.get("page"), 1), 1)
    start = (number - 1) * size
    pages = {"self": number}
    if start + size < len(found):
        pages["next"] = number + 1
    if number > 1:
        pages["previous"] = number - 1
    said = {
        plural: [show(row) for row in found[start : start + size]],
        "total_entries": len(found),
        "links": {name: _url(call, page) for name, page in pages.items()},
    }
    return say(HTTPStatus.OK, said)


def _whole(text: str | None, usual: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < len("1" * 10) else usual


def _url(call: Call, number: int) -> str:
    # Rails sorts the parameters of the links that it writes.
    pairs = [*(pair for pair in call.query if pair[0] != "page"), ("page", str(number))]
    pairs.sort(key=itemgetter(0))
    return f"{call.base_url}{call.path}?{urlencode(pairs)}"
