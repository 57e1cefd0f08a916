"""Finding out what became of a write whose answer was lost. Cliniko has no idempotency keys."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk import urls
from apptsdk.errors import OutcomeUnknownError, UnsupportedError
from apptsdk.models import mark_recovered
from apptsdk.operation import OFFSET, Effect, Flow, Operation, Page
from apptsdk.providers.cliniko.models import IndividualAppointment, Patient
from apptsdk.providers.cliniko.wire import page_of
from apptsdk.shapes import is_object
from apptsdk.wire import Undecodable, loads, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from apptsdk.http import Response
    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Script

M = TypeVar("M", IndividualAppointment, Patient)

MARGIN: Final = timedelta(seconds=10)
"""How much older than the attempt a find may look, because two clocks never agree exactly."""
LATEST: Final = timedelta(minutes=15)
"""How much younger than the attempt a find may be: a request does not travel for longer."""


def appointment(attempt: BookingAttempt) -> Flow[Sequence[IndividualAppointment]]:
    """Find the appointment that a lost `individual_appointments.create` made.

    Args:
        attempt: The attempt, with the ids and times of its request as clues.

    Returns:
        A flow that gives all appointments that could be the one.
    """
    return _search("individual_appointments", IndividualAppointment, attempt, _appointment_filters, _same_appointment)


def patient(attempt: BookingAttempt) -> Flow[Sequence[Patient]]:
    """Find the patient that a lost `patients.create` made.

    Args:
        attempt: The attempt, with name, birth date and email as clues.

    Returns:
        A flow that gives all patients that could be the one.
    """
    return _search("patients", Patient, attempt, _patient_filters, _same_patient)


def stamped(resource: str, path: str, stamp: str) -> Flow[Sequence[None]]:
    """Find out whether an object was hidden: cancelled or archived.

    Args:
        resource: The resource's name.
        path: The object's path.
        stamp: The field that tells: `cancelled_at` or `archived_at`.

    Returns:
        A flow that gives one None where it was, and nothing where it was not.
    """

    def read(response: Response) -> bool:
        body = loads(response.content)
        if not is_object(body):
            raise Undecodable("$: not an object")
        return body.get(stamp) is not None

    def script() -> Script[Sequence[None]]:
        done = yield from Operation(
            f"cliniko.{resource}.get", "GET", path, read, Effect.SAFE, query=(("q[]", f"{stamp}:*"),)
        )
        return (None,) if done else ()

    return Flow(f"cliniko.{resource}.recover", script)


def _search(
    resource: str,
    model: type[M],
    attempt: BookingAttempt,
    filters: Callable[[BookingAttempt], Iterator[str]],
    same: Callable[[M, BookingAttempt], bool],
) -> Flow[Sequence[M]]:
    query = (*(("q[]", text) for text in filters(attempt)), ("sort", "created_at:desc"), ("per_page", "100"))

    def script() -> Script[Sequence[M]]:
        found: Page[M] = yield from Operation(
            f"cliniko.{resource}.list", "GET", urls.path(resource), page_of(model, resource), Effect.SAFE, query=query
        )
        # The vendor's clock stamped created_at. Ours said when the attempt began.
        offset = yield from OFFSET
        began = attempt.started_at + timedelta(seconds=offset)
        # The filters are checked again: the vendor ignores a filter that it does not understand.
        earliest, latest = began - MARGIN, began + LATEST
        return tuple(
            mark_recovered(item)
            for item in found.items
            if item.created_at is not None and earliest <= item.created_at <= latest and same(item, attempt)
        )

    return Flow(f"cliniko.{resource}.recover", script)


_APPOINTMENT_IDS: Final = ("appointment_type_id", "business_id", "patient_id", "practitioner_id")
_APPOINTMENT_TIMES: Final = ("starts_at", "ends_at")
APPOINTMENT_CLUES: Final = (*_APPOINTMENT_IDS, *_APPOINTMENT_TIMES)
PATIENT_CLUES: Final = ("first_name", "last_name", "date_of_birth", "email")


def _appointment_filters(attempt: BookingAttempt) -> Iterator[str]:
    for name in _APPOINTMENT_IDS:
        if name in attempt.clues:
            yield f"{name}:={attempt.clues[name]}"
    for name in _APPOINTMENT_TIMES:
        if name in attempt.clues:  # a date-time has no "=": the interval is closed from both sides
            yield f"{name}:>={attempt.clues[name]}"
            yield f"{name}:<={attempt.clues[name]}"


def _same_appointment(item: IndividualAppointment, attempt: BookingAttempt) -> bool:
    have = {
        "appointment_type_id": item.appointment_type and item.appointment_type.id,
        "business_id": item.business and item.business.id,
        "patient_id": item.patient and item.patient.id,
        "practitioner_id": item.practitioner and item.practitioner.id,
        "starts_at": utc_seconds(item.starts_at),
        "ends_at": utc_seconds(item.ends_at),
    }
    return all(have[name] == clue for name, clue in attempt.clues.items())


def _patient_filters(attempt: BookingAttempt) -> Iterator[str]:
    for name in PATIENT_CLUES:
        if name in attempt.clues:
            yield f"{name}:={attempt.clues[name]}"


def _same_patient(item: Patient, attempt: BookingAttempt) -> bool:
    birth = item.date_of_birth and item.date_of_birth.isoformat()
    have = {"first_name": item.first_name, "last_name": item.last_name, "date_of_birth": birth, "email": item.email}
    return all(have[name] == clue for name, clue in attempt.clues.items())


_FINDERS: Final[Mapping[str, Callable[[BookingAttempt], Flow[Sequence[IndividualAppointment | Patient]]]]] = {
    "cliniko.individual_appointments.create": appointment,
    "cliniko.patients.create": patient,
}


def resolve(attempt: BookingAttempt) -> Flow[IndividualAppointment | Patient | None]:
    """Find out what became of an attempt whose outcome is unknown, in this process or another.

    Args:
        attempt: The attempt that an `OutcomeUnknownError` carries.

    Returns:
        What the attempt made, marked as recovered; None where nothing is to be found (yet).

    Raises:
        ValueError: The attempt belongs to another provider.
        UnsupportedError: What it tried cannot be looked up.
        OutcomeUnknownError: Several objects could be the one; see its `candidates`.
    """
    if attempt.provider != "cliniko":
        raise ValueError(f"The attempt belongs to {attempt.provider}, not to cliniko.")
    if attempt.operation not in _FINDERS:
        raise UnsupportedError(
            f"{attempt.operation} cannot be looked up; these can: {', '.join(_FINDERS)}.",
            provider="cliniko",
            operation=attempt.operation,
        )

    def script() -> Script[IndividualAppointment | Patient | None]:
        found = yield from _finder(attempt)
        if len(found) > 1:
            raise OutcomeUnknownError(
                f"{len(found)} objects could be what {attempt.operation} made.",
                attempt=attempt,
                candidates=found,
                provider="cliniko",
                operation=attempt.operation,
            )
        return found[0] if found else None

    return Flow("cliniko.resolve", script)


def _finder(attempt: BookingAttempt) -> Flow[Sequence[IndividualAppointment | Patient]]:
    return _FINDERS[attempt.operation](attempt)
