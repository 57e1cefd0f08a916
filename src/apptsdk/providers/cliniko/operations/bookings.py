"""Bookings: whatever stands in the calendars, be it an individual or group appointment or an unavailable block.

https://docs.api.cliniko.com/openapi/booking
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk import urls
from apptsdk.models import Id
from apptsdk.operation import Effect, Listing, Operation
from apptsdk.providers.cliniko.models import (
    Booking,
    BookingFilters,
    GroupAppointment,
    IndividualAppointment,
    UnavailableBlock,
)
from apptsdk.providers.cliniko.queries import AppointmentQuery, WithCancelled
from apptsdk.providers.cliniko.resource import listed
from apptsdk.providers.cliniko.wire import WIRE, identifier, page_by
from apptsdk.shapes import is_array, is_object
from apptsdk.wire import Undecodable, loads

if TYPE_CHECKING:
    from apptsdk.http import Response

filters: Final = BookingFilters()


def list(query: AppointmentQuery) -> Listing[Booking]:  # noqa: A001 - the verb's name
    """List bookings of all kinds, page by page as they are read; by default in the order in which they were made.

    Tell the kinds apart with `isinstance` or `match`. A booking has the id of the appointment or block that it is.

    Args:
        query: The filters.

    Returns:
        A lazy list.

    Raises:
        ValueError: An argument is malformed.
        ApptError: See `apptsdk.errors`; raised when a page is fetched.
    """
    return listed("bookings", page_by(_all, "bookings"), query, filters)


def get(id: Id, query: WithCancelled) -> Operation[Booking]:  # noqa: A002 - the field's name
    """Get a booking of whatever kind.

    Args:
        id: Its id.
        query: What else to look among.

    Returns:
        The individual appointment, group appointment or unavailable block.

    Raises:
        ValueError: The id is malformed.
        NotFoundError: There is none, or it is hidden.
    """
    path = urls.path("bookings", identifier(id, "id"))
    return Operation("cliniko.bookings.get", "GET", path, _read, Effect.SAFE, query=query.pairs())


def _read(response: Response) -> Booking:
    return _one(loads(response.content), "$")


def _all(items: object, where: str) -> tuple[Booking, ...]:
    if not is_array(items):
        raise Undecodable(f"{where}: not an array")
    return tuple([_one(item, f"{where}[{index}]") for index, item in enumerate(items)])


def _one(item: object, where: str) -> Booking:
    if not is_object(item):
        raise Undecodable(f"{where}: not an object")
    match _kind(item):
        case "group_appointments":
            return WIRE.structure(item, GroupAppointment, where)
        case "individual_appointments":
            return WIRE.structure(item, IndividualAppointment, where)
        case "unavailable_blocks":
            return WIRE.structure(item, UnavailableBlock, where)
        case _:
            raise Undecodable(f"{where}: neither an appointment nor an unavailable block")


_KINDS: Final = {"group_appointments", "individual_appointments", "unavailable_blocks"}


def _kind(item: dict[str, object]) -> str | None:
    """Tell the kinds apart: the vendor has no discriminator, but every kind has conflicts under its own path."""
    conflicts = item.get("conflicts")
    links = conflicts.get("links") if is_object(conflicts) else None
    link = links.get("self") if is_object(links) else None
    for segment in reversed(link.partition("?")[0].split("/") if isinstance(link, str) else ()):
        if segment in _KINDS:
            return segment
    if item.keys() & {"patient_ids", "max_attendees"}:
        return "group_appointments"
    if item.keys() & {"patient", "patient_name"}:
        return "individual_appointments"
    return None if item.keys() & {"appointment_type", "attendees"} else "unavailable_blocks"


VERBS: Final = (list, get)
