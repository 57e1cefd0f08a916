"""Attendees and cancelling: who takes a place, who gives it back, and why."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from apptsdk.sandbox.cliniko import cases, inputs
from apptsdk.sandbox.cliniko.inputs import BLANK, INVALID, NOT_LISTED
from apptsdk.sandbox.cliniko.records import Appointment, Attendee, GroupAppointment, SoleAttendee
from apptsdk.sandbox.cliniko.refusals import invalid
from apptsdk.sandbox.cliniko.repeats import later
from apptsdk.sandbox.cliniko.world import World

_REASONS = (10, 20, 30, 40, 50, 60)  # the request's, without the 31 that only old answers have
_CHECKS = {"arrived": inputs.truth, "notes": inputs.text()}
_FULL = {"base": "This appointment is full."}
_ALONE = {"base": "An individual appointment takes no attendee besides its patient."}


def create(world: World, body: Mapping[str, Any], now: int) -> Attendee:
    """Give a patient a place, without keeping it yet.

    Args:
        world: the account.
        body: what was sent.
        now: the time.

    Returns:
        The attendee.

    Raises:
        Refusal: 422.
    """
    errors: dict[str, str] = {}
    # https://github.com/redguava/cliniko-api/issues/152: the keys are the server's, not the parameters'.
    booking = world.bookings.get(inputs.read_id(body.get("booking_id")) or 0)
    if booking is None or not booking.live or not isinstance(booking, Appointment | GroupAppointment):
        errors["appointment_id"] = BLANK
    patient = world.patients.get(inputs.read_id(body.get("patient_id")) or 0)
    if patient is None or patient.archived_at is not None:
        errors["patient"] = BLANK
    changes = _read(world, body, None if patient is None else patient.id, errors)
    if errors or booking is None or patient is None:
        raise invalid(errors)
    if not isinstance(booking, GroupAppointment):
        raise invalid(_ALONE)
    if booking.taken >= booking.max_attendees:
        raise invalid(_FULL)
    return Attendee(world.next_id(), now, now, booking=booking.id, patient=patient.id, **changes)


def update(world: World, row: Attendee | SoleAttendee, body: Mapping[str, Any], now: int) -> None:
    """Change an attendee, and the individual appointment that it may be.

    Args:
        world: the account.
        row: the attendee.
        body: what was sent.
        now: the time.

    Raises:
        Refusal: 422.
    """
    errors: dict[str, str] = {}
    changes = _read(world, body, row.patient, errors)
    if errors:
        raise invalid(errors)
    whole = cases.whole(row)
    for name, value in changes.items():
        setattr(whole, name, value)
    whole.updated_at = now
    if whole.patient_case is not None:
        world.note_case(whole.patient_case, row)


def _read(world: World, body: Mapping[str, Any], patient: int | None, errors: dict[str, str]) -> dict[str, Any]:
    return {**inputs.read(body, _CHECKS, errors), **cases.refer(world, body, patient, errors)}


def of_group(row: Attendee | SoleAttendee, done: str) -> Attendee:
    """Refuse the attendee of an individual appointment.

    Args:
        row: the attendee.
        done: what is to be done to it.

    Returns:
        The same, if it is one of a group.

    Raises:
        Refusal: 422.
    """
    if isinstance(row, SoleAttendee):
        raise invalid({"base": f"The attendee of an individual appointment cannot be {done} without the appointment."})
    return row


@frozen
class Cancellation:
    """What the body of a cancellation says."""

    reason: int
    note: str | None
    repeats: bool
    """Whether it is for the rest of the series, too."""

    def apply(self, rows: Iterable[Appointment | Attendee], now: int) -> None:
        """Cancel.

        Args:
            rows: what.
            now: the time.
        """
        for row in rows:
            row.cancelled_at = row.updated_at = now
            row.cancellation_reason, row.cancellation_note = self.reason, self.note


def read_cancellation(body: Mapping[str, Any]) -> Cancellation:
    """Read the body of a cancellation.

    Args:
        body: what was sent.

    Raises:
        Refusal: 422.
    """
    errors: dict[str, str] = {}
    reason, repeats = body.get("cancellation_reason"), body.get("apply_to_repeats")
    if reason is None:
        errors["cancellation_reason"] = BLANK
    elif isinstance(reason, bool) or reason not in _REASONS:
        errors["cancellation_reason"] = NOT_LISTED
    if repeats is not None and not isinstance(repeats, bool):
        errors["apply_to_repeats"] = INVALID
    note = inputs.read(body, {"cancellation_note": inputs.text()}, errors).get("cancellation_note")
    if errors or reason is None:
        raise invalid(errors)
    return Cancellation(reason, note, bool(repeats))


def places_later(world: World, row: Attendee) -> Iterator[Attendee]:
    """Find the places that a patient has in the rest of a series.

    Args:
        world: the account.
        row: the patient's place in one of the series.
    """
    for group in later(world.group_appointments.values(), world.group_appointments[row.booking]):
        yield from (one for one in group.attendees if one.live and one.patient == row.patient)
