"""Lists in pages: cursors in v3, numbers and a total in v2.

https://docs.nexhealth.com/v20240412/reference/pagination
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from operator import attrgetter
from typing import Any

import orjson

from apptsdk.sandbox.nexhealth import refusals
from apptsdk.sandbox.nexhealth.ask import Ask
from apptsdk.sandbox.nexhealth.params import PAGING
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.versions import Version

_USUAL = 5
_REMEMBERED = 16
LONGEST: dict[Version, int] = {"v2": 300, "v3": 1000}
Key = Callable[[Any], Any]
BY_CHANGE: Mapping[str, Key] = {"updated_at": attrgetter("updated_at")}


def order(rows: list[Any], sort: str | None, keys: Mapping[str, Key], usual: Key) -> list[Any]:
    """Sort rows.

    Args:
        rows: in the order of making, which decides between equals.
        sort: names with commas between them, `-` in front of one for descending; None for the usual order.
        keys: what may be sorted by.
        usual: the key otherwise.

    Returns:
        The rows in order.

    Raises:
        Refusal: 400, it cannot be sorted by that.
    """
    found = sorted(rows, key=usual)
    for name in reversed((sort or "").split(",")):
        column = name.strip().removeprefix("-")
        if not column:
            continue
        if column not in keys:
            raise refusals.bad(f"sort does not have a valid value: {column}")
        # Sorting is stable, also when it is reversed.
        found.sort(key=keys[column], reverse=name.strip().startswith("-"))
    return found


def remembered(ask: Ask, build: Callable[[], list[Any]]) -> list[Any]:
    """Build a list once for all its pages, until something changes; only for lists that do not depend on the time.

    Args:
        ask: the call.
        build: makes the whole list.
    """
    paging = {param.name for param in PAGING[ask.version]}
    key = (ask.version, ask.call.path, tuple(pair for pair in ask.call.query if pair[0] not in paging))
    kept = ask.world.remembered
    if key not in kept:
        if len(kept) >= _REMEMBERED:
            kept.clear()
        kept[key] = build()
    found: list[Any] = kept[key]
    return found


def page(ask: Ask, rows: Sequence[Any], show: Callable[[Any], Any], wrap: Callable[[list[Any]], Any] = list) -> Reply:
    """Answer with one page.

    Args:
        ask: the call.
        rows: the whole list, in order.
        show: makes an entry from a row.
        wrap: makes `data` from the entries.

    Raises:
        Refusal: 400, the page cannot be read.
    """
    said = ask.query.number("per_page")
    size = _USUAL if said is None else min(said, LONGEST[ask.version])
    if size < 1:
        raise refusals.bad("per_page must be greater than 0")
    if ask.version == "v2":
        return _numbered(ask, rows, size, lambda found: wrap([show(row) for row in found]))
    return _cursored(ask, rows, size, lambda found: wrap([show(row) for row in found]))


def _numbered(ask: Ask, rows: Sequence[Any], size: int, data: Callable[[Sequence[Any]], Any]) -> Reply:
    said = ask.query.number("page")
    number = 1 if said is None else said
    if number < 1:
        raise refusals.bad("page must be greater than 0")
    return Reply(HTTPStatus.OK, data(rows[(number - 1) * size : number * size]), count=len(rows))


def _cursored(ask: Ask, rows: Sequence[Any], size: int, data: Callable[[Sequence[Any]], Any]) -> Reply:
    after, before = ask.query["end_cursor"], ask.query["start_cursor"]
    if after is not None and before is not None:
        raise refusals.bad("Only one of start_cursor and end_cursor may be given")
    if before is not None:
        stop = _find(before, rows)[0]
        start = max(stop - size, 0)
    else:
        start = 0 if after is None else _find(after, rows)[1]
        stop = min(start + size, len(rows))
    found = rows[start:stop]
    info: dict[str, object] = {
        "has_previous_page": start > 0,
        "has_next_page": stop < len(rows),
        "start_cursor": _write(found[0], start) if found else None,
        "end_cursor": _write(found[-1], stop - 1) if found else None,
    }
    return Reply(HTTPStatus.OK, data(found), page_info=info)


def _write(row: Any, place: int) -> str:
    return urlsafe_b64encode(orjson.dumps([row.id, place])).rstrip(b"=").decode()


def _find(cursor: str, rows: Sequence[Any]) -> tuple[int, int]:
    """Find where a cursor's row is and where the next one is; if it is gone, where it would be."""
    try:
        id_, place = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (Error, ValueError, TypeError):
        raise refusals.bad("Invalid cursor") from None
    if not isinstance(id_, int) or not isinstance(place, int):
        raise refusals.bad("Invalid cursor")
    if 0 <= place < len(rows) and rows[place].id == id_:
        return place, place + 1
    for here, row in enumerate(rows):
        if row.id == id_:
            return here, here + 1
    ids = [row.id for row in rows]
    gone = bisect(ids, id_) if ids == sorted(ids) else min(max(place, 0), len(rows))
    return gone, gone
