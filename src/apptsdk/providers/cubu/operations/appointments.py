"""Appointments: booked into a calendar, listed, cancelled, and moved by booking anew.

https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from apptsdk.errors import (
    APIStatusError,
    ApptError,
    AuthenticationError,
    NoResultError,
    SlotUnavailableError,
)
from apptsdk.operation import Aside, Effect, Flow, Listing, Operation, Page
from apptsdk.providers.cubu.booking import body_of, case_of, check_calendar, clues_of, reference_of, start_of
from apptsdk.providers.cubu.ids import guid
from apptsdk.providers.cubu.models import AppointmentBook, Booking, Calendar, CalendarRef, Case, CaseRef
from apptsdk.providers.cubu.recovery import BOOK, booked, bookings_of, cancelled, in_zone, settled
from apptsdk.providers.cubu.scope import Scope, calendar_path
from apptsdk.providers.cubu.wire import CODES, WIRE, array_of, made, nothing
from apptsdk.rebooking import rebooked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.http import Response
    from apptsdk.operation import Script

logger: Final = logging.getLogger("apptsdk")
_COMPARED: Final = frozenset({"appointment", "channel", "customer", "language", "serviceTypeId"})
"""Of these, that the calendar has none counts too."""


def list(  # noqa: A001 - the verb's name
    scope: Scope, calendar: Calendar | CalendarRef | str, *, customer_record_id: str | None = None
) -> Listing[Case]:
    """List a calendar's appointments.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-appointments-in-calendar

    Args:
        scope: Within what.
        calendar: The calendar, what names it, or that as text.
        customer_record_id: Only this customer's.

    Returns:
        A lazy list; all of it comes at once.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed.
        PermissionDeniedError: The application lacks the role Appointments Manager. Raised when the list is fetched.
        NotFoundError: There is no such calendar; raised when the list is fetched.
    """
    operation = _listed(scope, reference_of(calendar), customer_record_id)
    return Listing(operation.name, lambda _: operation)


def _listed(scope: Scope, calendar: CalendarRef, customer_record_id: str | None = None) -> Operation[Page[Case]]:
    records = () if customer_record_id is None else (guid(customer_record_id, "customer_record_id"),)
    read = array_of(Case)

    def settle(response: Response) -> Page[Case]:
        found = read(response)
        in_zone(scope, found)
        return Page(found)

    return Operation(
        "cubu.appointments.list",
        "GET",
        calendar_path(calendar, "appointments"),
        settle,
        Effect.SAFE,
        query=tuple(("customerRecordId", record) for record in records),
    )


def get(
    scope: Scope, appointment: Calendar | CalendarRef | Case | CaseRef | str, case_id: str | None = None
) -> Flow[Case]:
    """Read an appointment. Cubu has no way to ask for one: its calendar is listed.

    Args:
        scope: Within what.
        appointment: The appointment, what names it, or that as text; or its calendar.
        case_id: The case's GUID, where a calendar is given.

    Returns:
        The appointment.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed; nothing was sent.
        NoResultError: It is not in its calendar (any more).
        NotFoundError: There is no such calendar.
    """
    reference = case_of(appointment, case_id)
    look = _listed(scope, reference.calendar)

    def script() -> Script[Case]:
        page = yield from look
        for case in page.items:
            if case.case_id.lower() == reference.case_id:
                return case
        raise NoResultError(
            "The calendar does not hold this appointment (any more).",
            provider="cubu",
            operation="cubu.appointments.get",
        )

    return Flow("cubu.appointments.get", script)


def book(scope: Scope, calendar: Calendar | CalendarRef | str, body: AppointmentBook) -> Flow[Booking]:
    """Book an appointment.

    A whole `Calendar`, as listed, says what a booking in it requires: what is missing is refused before anything is
    sent. The organization's own hook may change a booking, or refuse it: see `differences` of the result. For that,
    the calendar is listed once after the booking, within five seconds and a tenth of the timeout, unless
    `check_bookings` in the settings is off; if that look fails, the booking stands, and its `checked` is False.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/book-appointment

    Args:
        scope: Within what.
        calendar: The calendar, what names it, or that as text.
        body: The fields.

    Returns:
        The booking.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, or missing where the calendar requires it; nothing was sent.
        ConfigurationError: `start` is a datetime, and nobody says in which zone the service is.
        SlotUnavailableError: The time is not to be had.
        ValidationError: The vendor refuses a field.
        PermissionDeniedError: The application lacks the role Appointments Manager.
        NotFoundError: There is no such calendar.
        OutcomeUnknownError: It may have been made; nobody could say.
    """
    return booking_of(scope, calendar, body)


def booking_of(
    scope: Scope, calendar: Calendar | CalendarRef | str, body: AppointmentBook, old: CaseRef | None = None
) -> Flow[Booking]:
    """Book an appointment, maybe in an old one's place; see `book`.

    Args:
        scope: Within what.
        calendar: The calendar.
        body: The fields.
        old: What it is booked instead of: a lost answer does not lead to that one.

    Returns:
        The booking.
    """
    reference = reference_of(calendar)
    minutes, moment = start_of(scope, reference, body.start)
    written = body_of(scope, body, minutes)
    check_calendar(scope, calendar, body, minutes)
    clues = clues_of(reference, body, written, moment)
    if old is not None:
        clues["not_case_id"] = old.case_id
    operation = Operation(
        BOOK,
        "POST",
        calendar_path(reference, "appointments"),
        lambda response: settled(scope, made(Booking, sought=True)(response), reference, clues),
        Effect.NEITHER,
        body=written,
        clues=clues,
        slot=f"calendar {reference}, {minutes // 60:02}:{minutes % 60:02} by its clock",
        recover=lambda attempt: booked(scope, attempt),
    )

    def script() -> Script[Booking]:
        try:
            booking = yield from operation
        except APIStatusError as error:
            if not _is_taken(scope, error):
                raise
            raise SlotUnavailableError(
                error.message, response=error.response, provider=error.provider, operation=error.operation
            ) from error
        if scope.check_bookings and not booking.checked:
            booking = yield from _checked(scope, booking, reference, clues)
        if changed := [difference.field for difference in booking.differences]:
            why = " (is time_zone, or the zone in the catalogue, the service's?)" if "starts_at" in changed else ""
            logger.warning("%s: the booking is otherwise than it was asked for: %s%s", BOOK, ", ".join(changed), why)
        return booking

    return Flow(BOOK, script)


def _is_taken(scope: Scope, error: APIStatusError) -> bool:
    """Tell whether a refused booking means that the time is not to be had. No code of the vendor's says so."""
    about_else = isinstance(error, AuthenticationError) or error.code in CODES or error.fields
    return error.operation == BOOK and error.status in scope.slot_taken_statuses and not about_else


def _checked(scope: Scope, booking: Booking, calendar: CalendarRef, clues: Mapping[str, str]) -> Script[Booking]:
    """Hold a booking against the calendar, which is what counts; whatever comes of it, the booking stands."""
    try:
        found = yield from Aside(bookings_of(scope, calendar, clues))
    except ApptError as error:
        logger.debug("%s: the look at the calendar raised %s", BOOK, type(error).__name__)
        return booking
    listed = next((one for one in found if one.case_id.lower() == booking.case_id.lower()), None)
    if listed is None:
        return booking
    stands = {name: value for name, value in listed.as_sent().items() if value is not None or name in _COMPARED}
    whole = settled(scope, WIRE.whole({**listed.as_sent(), **booking.as_sent(), **stands}, Booking), calendar, clues)
    object.__setattr__(whole, "_checked", True)
    return whole


def cancel(
    scope: Scope, appointment: Calendar | CalendarRef | Case | CaseRef | str, case_id: str | None = None
) -> Operation[None]:
    """Cancel an appointment. There is no way to undo it.

    How this is asked is not published: `cancel_method` and `cancel_path` in the settings say it. If an answer is lost,
    the calendar tells whether the appointment is gone.

    Args:
        scope: Within what.
        appointment: The appointment, what names it, or that as text; or its calendar.
        case_id: The case's GUID, where a calendar is given.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed; nothing was sent.
        PermissionDeniedError: The application lacks the role Appointments Manager.
        NotFoundError: There is none (any more).
        ConflictError: Its status does not allow it.
        OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
    """
    reference = case_of(appointment, case_id)
    return Operation(
        "cubu.appointments.cancel",
        scope.cancel_method,
        scope.cancelled_at(reference),
        nothing,
        Effect.IDEMPOTENT,
        recover=lambda _: cancelled(scope, reference),
    )


def rebook(
    scope: Scope,
    appointment: Case | CaseRef | str,
    calendar: Calendar | CalendarRef | str,
    body: AppointmentBook,
) -> Flow[Booking]:
    """Move an appointment: book anew, then cancel the old one. Cubu has no other way.

    The old one is cancelled only when the new one is booked, so that a failure never loses it. What it holds is not
    taken over: give the fields of the new one.

    Args:
        scope: Within what.
        appointment: The old appointment, what names it, or that as text.
        calendar: The calendar for the new one.
        body: The fields of the new one.

    Returns:
        The new booking.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed; nothing was sent.
        SlotUnavailableError: The time is not to be had; the old appointment may be what is in the way. Nothing changed.
        NotCancelledError: The new one is booked, and the old one could not be cancelled, or nobody could say whether it
            is; both are named.
        OutcomeUnknownError: The new one may have been made; the old one stands.
    """
    old = case_of(appointment, None)
    return rebooked(
        "cubu.appointments.rebook",
        booking_of(scope, calendar, body, old),
        cancel(scope, old),
        old=old,
        named=lambda new: str(new.reference),
        in_the_way=old.calendar == reference_of(calendar),
    )


VERBS: Final = (list, get, book, cancel, rebook)
