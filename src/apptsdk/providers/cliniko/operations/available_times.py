"""Times that can be booked online.

https://docs.api.cliniko.com/openapi/available-time
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from apptsdk import urls
from apptsdk.errors import NotFoundError
from apptsdk.models import Id
from apptsdk.operation import Effect, Flow, Listing, Operation, Page, checked_prefetch
from apptsdk.providers.cliniko.models import AvailableTime
from apptsdk.providers.cliniko.queries import MAX_PER_PAGE, page_size
from apptsdk.providers.cliniko.wire import WIRE, identifier, object_in, page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from apptsdk.http import Response
    from apptsdk.operation import Script

WINDOW: Final = timedelta(days=6)
"""From the first to the last day of one request. The vendor says 7 at most, and a maintainer said 6 or less:
https://github.com/redguava/cliniko-api/issues/173"""


def list(  # noqa: A001 - the verb's name
    business_id: Id,
    practitioner_id: Id,
    appointment_type_id: Id,
    *,
    from_: date,
    to: date,
    per_page: int = MAX_PER_PAGE,
    cursor: str | None = None,
    prefetch: int = 0,
) -> Listing[AvailableTime]:
    """List the times at which an appointment can be booked online, in order.

    The vendor answers for a week at most: longer windows are asked for piece by piece, as they are read.
    Only starts are given; the appointment type has the duration.

    Args:
        business_id: The business.
        practitioner_id: The practitioner.
        appointment_type_id: The appointment type.
        from_: The first day, in the account's time zone; not before today there.
        to: The last day, in the account's time zone.
        per_page: How many a page holds, 1 to 100.
        cursor: Where to resume: the `.cursor` of an earlier page of the same list.
        prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked for up
            to so many in vain.

    Returns:
        A lazy list.

    Raises:
        TypeError: A day is no date, or is a datetime.
        ValueError: An id or the cursor is malformed, or the last day comes before the first.
        NotFoundError: The business, practitioner or type cannot be booked online.
        BadRequestError: The first day is past, in the account's time zone.
    """
    path = _path(business_id, practitioner_id, appointment_type_id, "available_times")
    _day(from_, "from_")
    _day(to, "to")
    if to < from_:
        raise ValueError("to comes before from_.")
    size = str(page_size(per_page))

    def page(at: str | None) -> Operation[Page[AvailableTime]]:
        first, link = (from_, None) if at is None else _parsed(at)
        last = first + min(WINDOW, to - first)
        query = () if link else (("from", first.isoformat()), ("to", last.isoformat()), ("per_page", size))
        return Operation(
            "cliniko.available_times.list", "GET", path, _window(first, last, to), Effect.SAFE, link=link, query=query
        )

    if cursor is not None:
        _parsed(cursor)
    return Listing("cliniko.available_times.list", page, cursor, checked_prefetch(prefetch))


def next(  # noqa: A001 - the verb's name
    business_id: Id,
    practitioner_id: Id,
    appointment_type_id: Id,
    *,
    from_: date | None = None,
    to: date | None = None,
) -> Flow[AvailableTime | None]:
    """Find the next time at which an appointment can be booked online.

    Args:
        business_id: The business.
        practitioner_id: The practitioner.
        appointment_type_id: The appointment type.
        from_: The first day to look at. Whether the vendor heeds it is not documented well.
        to: The last day to look at.

    Returns:
        The time; None where there is none. The vendor does not say how it answers then: a missing time, a null and
        404 all read as None, so this is also what an id that cannot be booked online gives.

    Raises:
        TypeError: A day is no date, or is a datetime.
        ValueError: An id is malformed.
    """
    path = _path(business_id, practitioner_id, appointment_type_id, "next_available_time")
    query = tuple(
        (name, _day(day, argument).isoformat())
        for name, argument, day in (
            ("from", "from_", from_),
            ("to", "to", to),
        )
        if day is not None
    )
    operation = Operation("cliniko.available_times.next", "GET", path, _next, Effect.SAFE, query=query)

    def script() -> Script[AvailableTime | None]:
        try:
            return (yield from operation)
        except NotFoundError:
            return None

    return Flow("cliniko.available_times.next", script)


def _path(business_id: Id, practitioner_id: Id, appointment_type_id: Id, last: str) -> str:
    return urls.path(
        "businesses",
        identifier(business_id, "business_id"),
        "practitioners",
        identifier(practitioner_id, "practitioner_id"),
        "appointment_types",
        identifier(appointment_type_id, "appointment_type_id"),
        last,
    )


def _day(value: object, argument: str) -> date:
    if isinstance(value, datetime):
        raise TypeError(f"{argument} must be a date, not a datetime: the vendor takes whole days ({argument}.date()).")
    if not isinstance(value, date):
        raise TypeError(f"{argument} must be a date, not {type(value).__name__}.")
    return value


def _window(first: date, last: date, to: date) -> Callable[[Response], Page[AvailableTime]]:
    """Read a page of one window, and lead on: to the window's next page, or to the next window."""
    read = page_of(AvailableTime, "available_times")

    def window(response: Response) -> Page[AvailableTime]:
        page = read(response)
        if page.cursor is not None:
            return Page(page.items, f"{first.isoformat()} {page.cursor}")
        return Page(page.items, (last + timedelta(days=1)).isoformat() if last < to else None)

    return window


def _parsed(cursor: str) -> tuple[date, str | None]:
    """Take a cursor apart: the window's first day, and the link to a page of it."""
    day, _, link = str(cursor).partition(" ")
    try:
        return date.fromisoformat(day), link or None
    except ValueError:
        raise ValueError("cursor is not the .cursor of a page of available times.") from None


def _next(response: Response) -> AvailableTime | None:
    body = object_in(response)
    return None if body.get("appointment_start") is None else WIRE.structure(body, AvailableTime)


VERBS: Final = (list, next)
