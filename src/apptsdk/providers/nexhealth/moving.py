"""How an appointment at NexHealth is moved: whether in place, and what a new booking takes over from the old one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from apptsdk.errors import BadRequestError, SlotUnavailableError, UnsupportedError, ValidationError
from apptsdk.messages import remark
from apptsdk.models import UNSET
from apptsdk.operation import NOW, OFFSET, Instant
from apptsdk.providers.nexhealth.models import AppointmentUpdate, WriteState
from apptsdk.providers.nexhealth.operations import appointments
from apptsdk.providers.nexhealth.portable import NAME, customer_of
from apptsdk.shared import Customer

if TYPE_CHECKING:
    from apptsdk.errors import APIStatusError
    from apptsdk.operation import Script
    from apptsdk.providers.nexhealth.models import Appointment as Native
    from apptsdk.providers.nexhealth.references import Place
    from apptsdk.providers.nexhealth.scope import Scope

INSTEAD: Final = "options=NexHealthBooking(rebook=True) books anew and cancels the old one"
_NO_MOVES: Final = re.compile("not support", re.IGNORECASE)
_NOT_THERE: Final = re.compile("not configured for the requested slot", re.IGNORECASE)


def can_stay(old: Native, place: Place) -> bool:
    """Tell whether an appointment can be moved in place: it stays with its provider, its office and its type.

    Args:
        old: The appointment.
        place: Where to.

    Returns:
        Whether it can, if the practice's own system takes new times.
    """
    kept = (
        (place.provider_id, old.provider_id),
        (place.location_id, old.location_id),
        (place.appointment_type_id, old.appointment_type_id),
    )
    return old.write_state is not WriteState.PENDING and all(new in {None, was} for new, was in kept)


def in_place(at: Scope, old: Native, place: Place) -> Script[Native]:
    """Move an appointment in place. Its chair stays where none is named, its length where no end is.

    Args:
        at: Within what.
        old: The appointment.
        place: Where to.

    Returns:
        A script that gives the appointment as it is now.

    Raises:
        UnsupportedError: When it runs: the practice's own system takes no new times.
        SlotUnavailableError: When it runs: the time is not to be had.
    """
    chair = place.operatory_id
    body = AppointmentUpdate(
        start_time=place.start,
        end_time=end_of(old, place),
        operatory_id=UNSET if chair is None or chair == old.operatory_id else chair,
    )
    try:
        return (yield from appointments.update(at, old.id, body))
    except (BadRequestError, ValidationError) as error:
        if _NO_MOVES.search(error.message):
            raise unsupported(
                f"The practice's own system takes no new times for an appointment; nothing changed. {INSTEAD}."
            ) from error
        yield from check_time(error, place.start)
        raise


def end_of(old: Native, place: Place) -> datetime:
    """Say when an appointment ends after a move: as long after its start as before, where the slot does not say."""
    return place.end or place.start + (old.end_time - old.start_time)


def whose(old: Native) -> Customer:
    """Say whose an appointment is. Raises UnsupportedError for a block, which is nobody's."""
    if old.patient_id is None or old.patient_id < 1:
        raise unsupported("This is a block on the schedule and nobody's appointment: make another, and cancel it.")
    if old.patient is not None and old.patient.id == old.patient_id:
        return customer_of(old.patient)
    return Customer(provider=NAME, id=str(old.patient_id))


def note_of(old: Native) -> str | None:
    """Take over a note, as long as it may be: the practice's own system may hold a longer one."""
    note = (old.note or "").strip()
    if len(note) > appointments.MAX_NOTE:
        remark(f"nexhealth.reschedule: the new note holds the first {appointments.MAX_NOTE} characters of the old one.")
    return note[: appointments.MAX_NOTE] or None


def check_time(error: APIStatusError, start: datetime) -> Script[None]:
    """Say of a refusal that it is about the time: the hours do not take the type then, or it has begun.

    Args:
        error: The refusal.
        start: When it would begin.

    Returns:
        A script.

    Raises:
        SlotUnavailableError: When it runs: so it is.
    """
    now = yield NOW
    assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
    past = start <= datetime.fromtimestamp(now.wall + (yield from OFFSET), UTC)
    if past or _NOT_THERE.search(error.message):
        raise SlotUnavailableError(
            error.message, response=error.response, provider=error.provider, operation=error.operation
        ) from error


def unsupported(message: str) -> UnsupportedError:
    """Make the error of a move that cannot be."""
    return UnsupportedError(message, provider=NAME, operation="nexhealth.reschedule")
