"""Finding out what became of a write whose answer was lost. Cubu has no idempotency keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.errors import NotFoundError
from apptsdk.operation import Effect, Flow, Operation
from apptsdk.providers.cubu.booking import differences
from apptsdk.providers.cubu.models import Booking, CalendarRef, CustomerRecord
from apptsdk.providers.cubu.scope import calendar_path
from apptsdk.providers.cubu.wire import NO_CONTENT, WIRE, array_of
from apptsdk.recovery import made_since
from apptsdk.wire import Undecodable, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from apptsdk.http import Response
    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Script
    from apptsdk.providers.cubu.models import Case, CaseRef
    from apptsdk.providers.cubu.scope import Scope

BOOK: Final = "cubu.appointments.book"
CREATE: Final = "cubu.customers.create"
_LAST_DIGITS: Final = 10
_OF_THE_HOOK: Final = frozenset({"service_type_id", "channel", "customer_record_id"})
"""What an organization's own hook may change in a booking, and a stranger's appointment has otherwise."""


def settled(scope: Scope, booking: Booking, calendar: CalendarRef, clues: Mapping[str, str]) -> Booking:
    """Say of a booking that was read in which calendar it is, by which clock, and what is otherwise than asked.

    Args:
        scope: Within what.
        booking: What was read just now.
        calendar: The calendar.
        clues: What was asked for.

    Returns:
        The same object.
    """
    in_zone(scope, (booking,))
    object.__setattr__(booking, "_calendar", calendar)
    object.__setattr__(booking, "_differences", differences(clues, booking))
    return booking


def in_zone(scope: Scope, cases: Iterable[Case]) -> None:
    """Say by which clock the cases that were read just now are due."""
    found: dict[tuple[str | None, str | None], ZoneInfo | None] = {}
    for case in cases:
        due = case.appointment
        if due is not None:
            names = (due.service_id, due.time_zone_id)
            if names not in found:
                found[names] = scope.zone_of_answer(*names)
            object.__setattr__(due, "_zone", found[names])


def bookings_of(scope: Scope, calendar: CalendarRef, clues: Mapping[str, str]) -> Operation[tuple[Booking, ...]]:
    """Read a calendar's appointments, to find one's own in it.

    Args:
        scope: Within what.
        calendar: The calendar.
        clues: What was asked for.

    Returns:
        The operation.
    """
    read = array_of(Booking)

    def settle(response: Response) -> tuple[Booking, ...]:
        return tuple(settled(scope, found, calendar, clues) for found in read(response))

    return Operation("cubu.appointments.list", "GET", calendar_path(calendar, "appointments"), settle, Effect.SAFE)


def booked(scope: Scope, attempt: BookingAttempt) -> Flow[Sequence[Booking]]:
    """Find what a lost booking made.

    Args:
        scope: Within what.
        attempt: The attempt, which names its calendar.

    Returns:
        A flow that gives all appointments that could be the one.

    Raises:
        ValueError: The attempt does not say where to look.
    """
    clues = attempt.clues
    if missing := [name for name in ("service_id", "date", "cu_index", "start") if name not in clues]:
        raise ValueError(f"The attempt cannot be looked up: it does not say {', '.join(missing)}.")
    calendar = CalendarRef.parse(f"{clues['service_id']}/{clues['date']}/{clues['cu_index']}")

    def script() -> Script[Sequence[Booking]]:
        found = yield from bookings_of(scope, calendar, clues)
        fitting = yield from made_since(attempt, [booking for booking in found if _is_the_one(clues, booking)])
        for booking in fitting:
            object.__setattr__(booking, "_checked", True)
        return fitting

    return Flow("cubu.appointments.recover", script)


def _is_the_one(clues: Mapping[str, str], booking: Booking) -> bool:
    """Tell whether an appointment can be what was asked for, although the organization's hook may have changed it."""
    due = booking.appointment
    if due is None or str(due.start) != clues["start"]:
        return False
    read: Mapping[str, Callable[[str | None], str | None]] = {"contact_phone_number": _digits, "contact_email": _small}
    contact = {
        name: (reading(clues.get(name)), reading(getattr(booking, name)))
        for name, reading in read.items()
        if booking.was_sent(name)
    }
    asked = _small(clues.get("customer_record_id"))
    has = None if booking.customer is None else _small(booking.customer.record_id)
    if asked and has and asked != has:
        return False
    # Whose contact is another one than was given, or is known although neither it nor a customer was: a stranger's.
    if any(given != found for given, found in contact.values() if given or not asked):
        return False
    same = bool(has and asked) or any(given for given, _ in contact.values())
    changed = {difference.field for difference in booking.differences} & _OF_THE_HOOK
    return same or not changed


def _small(text: str | None) -> str | None:
    return (text or "").lower() or None


def _digits(number: str | None) -> str | None:
    """Reduce a phone number to what both ways to write it have in common."""
    digits = "".join(filter(str.isdecimal, number or ""))
    return digits[-_LAST_DIGITS:] or None


def cancelled(scope: Scope, reference: CaseRef) -> Flow[Sequence[None]]:
    """Find out whether an appointment was cancelled.

    Args:
        scope: Within what.
        reference: The appointment.

    Returns:
        A flow that gives one None where it was: it is no longer listed, or its status, whose name is not published,
        says so. Nothing where it still stands.
    """
    look = bookings_of(scope, reference.calendar, {})

    def script() -> Script[Sequence[None]]:
        found = yield from look
        standing = [
            case
            for case in found
            if case.case_id.lower() == reference.case_id and "cancel" not in (case.status or "").lower()
        ]
        return () if standing else (None,)

    return Flow("cubu.appointments.recover", script)


def customer_by_key(slug: str, value: str) -> Operation[CustomerRecord | None]:
    """Find a customer by the key field.

    https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/find-a-customer-record

    Args:
        slug: The field's slug.
        value: The key.

    Returns:
        The operation.
    """
    return queried({"queryType": "KeyField", "fieldSlug": slug, "fieldValue": value})


def queried(body: Mapping[str, str]) -> Operation[CustomerRecord | None]:
    """Find a customer. That there is none comes with a status of its own, which is not published: 404, or 204.

    Args:
        body: What is asked for.

    Returns:
        The operation. It raises `NotFoundError` on a 404.
    """
    return Operation("cubu.customers.find", "POST", "/customers/query", customer_read, Effect.SAFE, body=dict(body))


def customer_read(response: Response) -> CustomerRecord | None:
    """Read a customer's record, or that there is none."""
    if response.status == NO_CONTENT:
        return None
    body = loads(response.content)
    if body is None:
        return None
    if not body:
        raise Undecodable("$: not a record")
    return WIRE.structure(body, CustomerRecord)


def created(attempt: BookingAttempt) -> Flow[Sequence[CustomerRecord]]:
    """Find what a lost creation of a customer made: by the customer's key, where it was given.

    Args:
        attempt: The attempt.

    Returns:
        A flow that gives the customer, if it is the one.
    """
    clues = attempt.clues
    if missing := [name for name in ("key_slug", "key_value") if name not in clues]:
        raise ValueError(f"The attempt cannot be looked up: it does not say {', '.join(missing)}.")
    look = customer_by_key(clues["key_slug"], clues["key_value"])

    def script() -> Script[Sequence[CustomerRecord]]:
        found = yield from found_or_none(look)
        return (yield from made_since(attempt, () if found is None else (found,)))

    return Flow("cubu.customers.recover", script)


def found_or_none(look: Operation[CustomerRecord | None]) -> Script[CustomerRecord | None]:
    """Look for a customer, and take a 404 for an answer."""
    try:
        return (yield from look)
    except NotFoundError:
        return None
