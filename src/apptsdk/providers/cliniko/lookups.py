"""What the portable verbs look up in an account: places, people, types and zones once an hour, and whole lists."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk.errors import ApptError, NotFoundError, ProviderWarning
from apptsdk.messages import remark
from apptsdk.moments import zone_named
from apptsdk.operation import AllOf, Outcome, Remembered
from apptsdk.providers.cliniko.operations import appointment_types, businesses, practitioners
from apptsdk.providers.cliniko.operations.client import user
from apptsdk.providers.cliniko.queries import Query, WithArchived
from apptsdk.reading import remembered, turned, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from apptsdk.operation import Listing, Script, Work
    from apptsdk.providers.cliniko.models import AppointmentType, Business, Practitioner

T = TypeVar("T")
logger: Final = logging.getLogger("apptsdk")


def _known(work: Work[T], number: str) -> Script[T]:
    """Read one thing, unless it is remembered."""
    return remembered(work, f"{work.name} {number}")


def kind_of(number: str) -> Script[AppointmentType]:
    """Read an appointment type. Raises NotFoundError where it is archived."""
    return _known(appointment_types.get(number, WithArchived()), number)


def host_of(number: str) -> Script[Practitioner]:
    """Read a practitioner, active or not."""
    return _known(practitioners.get(number, Query()), number)


def place_of(number: str) -> Script[Business]:
    """Read a business, also one that is archived by now."""
    return _known(businesses.get(number, WithArchived(include_archived=True)), number)


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


def kept(listing: Listing[T]) -> Script[tuple[T, ...]]:
    """Read all of a list that seldom changes, unless it is remembered."""
    return whole(listing, "")


def tell(text: str) -> None:
    """Warn of something beside a write that was done: it is not lost for that where warnings are errors."""
    try:
        remark(text)
    except ProviderWarning:
        logger.warning("%s", text)


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

    yield from turned(listing, keep)
    return found[0] if found else None


def all_of(works: Sequence[Work[T]]) -> Script[list[T | NotFoundError]]:
    """Read several things, a few at a time.

    Args:
        works: The reads.

    Returns:
        A script that gives their answers in order, and the error of what is not there in its place.
    """
    outcomes = (yield from AllOf(tuple(works))) if len(works) != 1 else ((yield from _outcome(works[0])),)
    return [one.error if isinstance(one.error, NotFoundError) else one.get() for one in outcomes]


def _outcome(work: Work[T]) -> Script[Outcome[T]]:
    try:
        return Outcome((yield from work))
    except NotFoundError as error:
        return Outcome(error=error)
