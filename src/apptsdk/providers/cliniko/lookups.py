"""What the portable verbs look up in an account: places, people, types and zones once an hour, and whole lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk.errors import (
    ApptError,
    AuthenticationError,
    NoAnswerError,
    NotFoundError,
    PermissionDeniedError,
    ResponseUnreadableError,
)
from apptsdk.operation import AllOf, Operation, Outcome, Remembered
from apptsdk.providers.cliniko.operations import appointment_types, businesses, practitioners
from apptsdk.providers.cliniko.operations.client import user
from apptsdk.providers.cliniko.queries import Query, WithArchived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from apptsdk.operation import Listing, Script, Work
    from apptsdk.providers.cliniko.models import AppointmentType, Business, Practitioner

T = TypeVar("T")

AT_ONCE: Final = 8
"""How many reads are out at the same time."""
_FINAL: Final = (NotFoundError, AuthenticationError, PermissionDeniedError)


def remembered(work: Work[T], key: str) -> Script[T]:
    """Read what a verb cannot do without, unless it is remembered.

    Args:
        work: The read.
        key: Under which the account remembers it, after the read's name.

    Returns:
        A script that gives the answer. A read that failed for want of time, or by chance, is made again in full.
    """
    assert isinstance(work, Operation)  # noqa: S101 - reads of one object and of one page are
    try:
        return (yield from Remembered(f"{work.name} {key}", work))
    except _FINAL:
        raise
    except ApptError:
        return (yield from work)


def kind_of(number: str) -> Script[AppointmentType]:
    """Read an appointment type. Raises NotFoundError where it is archived."""
    return remembered(appointment_types.get(number, WithArchived()), number)


def host_of(number: str) -> Script[Practitioner]:
    """Read a practitioner, active or not."""
    return remembered(practitioners.get(number, Query()), number)


def place_of(number: str) -> Script[Business]:
    """Read a business, also one that is archived by now."""
    return remembered(businesses.get(number, WithArchived(include_archived=True)), number)


def place_if_known(number: str | None) -> Script[Business | None]:
    """Read a business for its name and zone, which a verb can do without."""
    if number is None:
        return None
    work = businesses.get(number, WithArchived(include_archived=True))
    try:
        return (yield from Remembered(f"{work.name} {number}", work))
    except ApptError:
        return None


def account_zone() -> Script[ZoneInfo | None]:
    """Find the zone by whose days available times are asked for. Only the key's user tells: nothing else says it."""
    work = user()
    try:
        found = yield from Remembered(work.name, work)
    except ApptError:
        return None
    return zone_named(found.time_zone_identifier)


def zone_named(name: str | None) -> ZoneInfo | None:
    """Find a zone by its IANA name; None where this machine does not know it."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - not every client needs a zone

    try:
        return ZoneInfo(name) if name else None
    except (LookupError, ValueError, OSError):
        return None


def kept(listing: Listing[T]) -> Script[tuple[T, ...]]:
    """Read all of a list that seldom changes, unless it is remembered."""
    return whole(listing, remember=True)


def whole(listing: Listing[T], *, remember: bool = False) -> Script[tuple[T, ...]]:
    """Read all pages of a list.

    Args:
        listing: The list.
        remember: Whether its pages are remembered.

    Returns:
        A script that gives its items.
    """
    found: list[T] = []

    def keep(items: Sequence[T]) -> None:
        found.extend(items)

    yield from _turned(listing, keep, remember=remember)
    return tuple(found)


def first_that(listing: Listing[T], fits: Callable[[T], bool]) -> Script[T | None]:
    """Read a list up to the first item that fits.

    Args:
        listing: The list.
        fits: Tells whether an item does.

    Returns:
        A script that gives the item; None where none fits.
    """
    found: list[T] = []

    def keep(items: Sequence[T]) -> bool:
        found.extend(item for item in items if fits(item))
        return bool(found)

    yield from _turned(listing, keep)
    return found[0] if found else None


def _turned(listing: Listing[T], each: Callable[[Sequence[T]], bool | None], *, remember: bool = False) -> Script[None]:
    """Turn the pages of a list, until one is enough."""
    cursor, seen = listing.cursor, set[str | None]()
    while cursor not in seen:
        seen.add(cursor)
        work = listing.page(cursor)
        page = yield from remembered(work, cursor or "") if remember else work
        if each(page.items) or page.cursor is None:
            return
        cursor = page.cursor
    raise ResponseUnreadableError(
        f"{listing.name}: the links from page to page lead in a circle.", provider="cliniko", operation=listing.name
    )


def all_of(name: str, works: Sequence[Work[T]]) -> Script[list[T | NotFoundError]]:
    """Read several things, a few at a time.

    Args:
        name: Whose reads they are, for messages.
        works: The reads.

    Returns:
        A script that gives their answers in order, and the error of what is not there in its place.
    """
    found: list[T | NotFoundError] = []
    for some in _bunches(works):
        outcomes = (yield from AllOf(some)) if len(works) > 1 else ((yield from _outcome(works[0])),)
        for outcome in outcomes:
            if isinstance(outcome.error, TimeoutError):
                raise NoAnswerError(f"{name}: a read took too long.", provider="cliniko", operation=name)
            found.append(outcome.error if isinstance(outcome.error, NotFoundError) else outcome.get())
    return found


def _outcome(work: Work[T]) -> Script[Outcome[T]]:
    try:
        return Outcome((yield from work))
    except NotFoundError as error:
        return Outcome(error=error)


def _bunches(works: Sequence[T]) -> Iterator[tuple[T, ...]]:
    for index in range(0, len(works), AT_ONCE):
        yield tuple(works[index : index + AT_ONCE])
