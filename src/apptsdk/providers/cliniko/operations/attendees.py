"""Attendees: patients in bookings, exactly one in each individual appointment, any number in a group.

https://docs.api.cliniko.com/openapi/attendee
"""

from __future__ import annotations

from typing import Final

from apptsdk.models import Id
from apptsdk.operation import Operation
from apptsdk.providers.cliniko.models import (
    Attendee,
    AttendeeCreate,
    AttendeeFilters,
    AttendeeUpdate,
    CancellationReason,
)
from apptsdk.providers.cliniko.queries import AppointmentQuery, WithCancelled
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "attendees",
    "an attendee",
    Attendee,
    AttendeeCreate,
    AttendeeUpdate,
    AppointmentQuery,
    WithCancelled,
    filters=AttendeeFilters(),
    clues=("booking_id", "patient_id"),
    slot="booking {booking_id}",
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive


def cancel(
    id: Id,  # noqa: A002 - the field's name
    *,
    reason: CancellationReason,
    note: str | None = None,
    apply_to_repeats: bool = False,
) -> Operation[None]:
    """Cancel an attendee of a group appointment. There is no way to undo it, and it is hidden from then on.

    The attendee of an individual appointment is refused by the vendor: cancel the appointment.

    Args:
        id: Its id.
        reason: Why; the vendor demands one.
        note: A note on it, for staff.
        apply_to_repeats: Whether the patient's places in later occurrences are cancelled too.

    Raises:
        ValueError: The id is malformed, or the reason is one that the vendor no longer takes.
        NotFoundError: There is none, or it is cancelled already.
    """
    return resource.cancel(id, reason=reason, note=note, apply_to_repeats=apply_to_repeats)


VERBS: Final = (list, get, create, update, archive, cancel)
