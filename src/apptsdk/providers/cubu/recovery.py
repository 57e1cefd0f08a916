"""Finding out what became of a write whose answer was lost. Cubu has no idempotency keys."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from apptsdk.errors import NotFoundError
from apptsdk.operation import Effect, Flow, Operation
from apptsdk.providers.cubu.booking import differences
from apptsdk.providers.cubu.models import Booking, CalendarRef, CustomerRecord
from apptsdk.providers.cubu.scope import calendar_path
from apptsdk.providers.cubu.wire import NO_CONTENT, WIRE
from apptsdk.recovery import made_since
from apptsdk.shapes import is_object, is_sequence
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
FIELD: Final = "field "
"""With which the clues begin that hold the digest of a field's value."""
_LEAST_DIGITS: Final = 7
_NOT_A_STRANGERS: Final = frozenset({"service_type_id", "channel", "customer_record_id", "language"})
"""What may be otherwise in an appointment only if the contact or the customer shows whose it is."""


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


def bookings_of(
    scope: Scope, calendar: CalendarRef, clues: Mapping[str, str], *, whole: bool = False
) -> Operation[tuple[Booking, ...]]:
    """Read a calendar's appointments, to find one's own in it.

    Args:
        scope: Within what.
        calendar: The calendar.
        clues: What was asked for.
        whole: Whether all must be named: what is not there shall be missing.

    Returns:
        The operation.
    """

    def settle(response: Response) -> tuple[Booking, ...]:
        # One's own is found, whatever is the matter with others.
        rows = () if response.status == NO_CONTENT else loads(response.content)
        if not is_sequence(rows):
            raise Undecodable("$: not an array")
        named = [row for row in rows if is_object(row) and isinstance(row.get("caseId"), str)]
        if whole and len(named) != len(rows):
            raise Undecodable("$: not an array of cases")
        return tuple(settled(scope, WIRE.whole(row, Booking), calendar, clues) for row in named)

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
    if due is None or str(due.start) != clues["start"] or booking.case_id.lower() == clues.get("not_case_id"):
        return False
    if _is_cancelled(booking):
        return False
    asked = _small(clues.get("customer_record_id"))
    has = None if booking.customer is None else _small(booking.customer.record_id)
    if asked and has and asked != has:
        return False
    same = bool(asked and has)
    for name, reading in _CONTACT.items():
        if not booking.was_sent(name):
            continue
        given, found = reading(clues.get(name)), reading(getattr(booking, name))
        # Another contact than was given, or one although neither it nor a customer was: a stranger's.
        if (given or not asked) and not _agree(given, found):
            return False
        same = same or bool(given)
    changed = {difference.field for difference in booking.differences} & _NOT_A_STRANGERS
    return same or not changed


def _small(text: str | None) -> str | None:
    return (text or "").lower() or None


def _digits(number: str | None) -> str | None:
    """Reduce a phone number to what all ways to write it have in common."""
    return "".join(filter(str.isdecimal, number or "")).lstrip("0") or None


_CONTACT: Final[Mapping[str, Callable[[str | None], str | None]]] = {
    "contact_phone_number": _digits,
    "contact_email": _small,
}


def _agree(given: str | None, found: str | None) -> bool:
    """Tell whether two contacts are one; a phone number may be kept with its country's code."""
    if given == found or given is None or found is None or not (given.isdecimal() and found.isdecimal()):
        return given == found
    short, long = sorted((given, found), key=len)
    return len(short) >= _LEAST_DIGITS and long.endswith(short)


def _is_cancelled(case: Case) -> bool:
    """Tell whether a case that is still listed is cancelled. What the status is called then is not published."""
    return "cancel" in (case.status or "").lower()


def cancelled(scope: Scope, reference: CaseRef) -> Flow[Sequence[None]]:
    """Find out whether an appointment was cancelled.

    Args:
        scope: Within what.
        reference: The appointment.

    Returns:
        A flow that gives one None where it was: it is no longer listed, or its status, whose name is not published,
        says so. Nothing where it still stands.
    """
    look = bookings_of(scope, reference.calendar, {}, whole=True)

    def script() -> Script[Sequence[None]]:
        found = yield from look
        standing = [case for case in found if case.case_id.lower() == reference.case_id and not _is_cancelled(case)]
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
        return (yield from made_since(attempt, () if found is None or _is_others(clues, found) else (found,)))

    return Flow("cubu.customers.recover", script)


def _is_others(clues: Mapping[str, str], record: CustomerRecord) -> bool:
    """Tell whether a record of the same key holds something else than was to be saved."""
    read = {f"{FIELD}{(field.field_type_id or '').lower()}": field.value for field in record.fields or ()}
    return any(value is not None and name in clues and clues[name] != digest(value) for name, value in read.items())


def digest(value: object) -> str:
    """Write a customer's value as a clue: it is only compared, so that the attempt need not hold it."""
    return sha256(str(value).encode()).hexdigest()


def found_or_none(look: Operation[CustomerRecord | None]) -> Script[CustomerRecord | None]:
    """Look for a customer, and take a 404 for an answer."""
    try:
        return (yield from look)
    except NotFoundError:
        return None
