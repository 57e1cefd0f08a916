"""Reads that a verb cannot do without: remembered where they can be, whole where they have pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk.errors import (
    ApptError,
    AuthenticationError,
    NotFoundError,
    PermissionDeniedError,
    ResponseUnreadableError,
)
from apptsdk.messages import remark
from apptsdk.operation import Operation, Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from apptsdk.operation import Listing, Script, Work

T = TypeVar("T")
R = TypeVar("R")

_FINAL: Final = (NotFoundError, AuthenticationError, PermissionDeniedError)


def remembered(work: Work[T], key: str) -> Script[T]:
    """Read what a verb cannot do without, unless it is remembered.

    Args:
        work: The read.
        key: Under which the account remembers it.

    Returns:
        A script that gives the answer. A read that failed for want of time, or by chance, is made again in full.
    """
    assert isinstance(work, Operation)  # noqa: S101 - reads of one object and of one page are
    try:
        return (yield from Remembered(key, work))
    except _FINAL:
        raise
    except ApptError:
        return (yield from work)


def whole(listing: Listing[T], key: str | None = None) -> Script[tuple[T, ...]]:
    """Read all pages of a list.

    Args:
        listing: The list.
        key: Under which its pages are remembered, after its name; None where they are not.

    Returns:
        A script that gives its items.
    """
    found: list[T] = []

    def keep(items: Sequence[T]) -> None:
        found.extend(items)

    yield from turned(listing, keep, key)
    return tuple(found)


def turned(listing: Listing[T], each: Callable[[Sequence[T]], bool | None], key: str | None = None) -> Script[None]:
    """Turn the pages of a list, until one is enough.

    Args:
        listing: The list.
        each: Is given the items of each page, and tells whether they are enough.
        key: As `whole` takes it.

    Returns:
        A script.
    """
    cursor, seen = listing.cursor, set[str | None]()
    while cursor not in seen:
        seen.add(cursor)
        work = listing.page(cursor)
        page = yield from work if key is None else remembered(work, f"{listing.name} {key} {cursor}")
        if each(page.items) or page.cursor is None:
            return
        cursor = page.cursor
    raise ResponseUnreadableError(
        f"{listing.name}: the links from page to page lead in a circle.",
        provider=listing.name.partition(".")[0],
        operation=listing.name,
    )


def shown_rows(operation: str, rows: Iterable[T], show: Callable[[T], R]) -> list[R]:
    """Show the rows of a list; what says too little of itself to be shown is left out with a warning.

    Args:
        operation: The verb's stable name.
        rows: What the provider sent.
        show: Shows one; raises ResponseUnreadableError for what cannot be named, or says no time.

    Returns:
        What can be shown.
    """
    found: list[R] = []
    for row in rows:
        try:
            found.append(show(row))
        except ResponseUnreadableError as error:
            remark(f"{operation}: an appointment was left out. {error.message}")
    return found
