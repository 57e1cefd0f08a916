"""Individual appointments: one practitioner, one patient.

https://docs.api.cliniko.com/openapi/individual-appointment
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk import urls
from apptsdk.models import Id
from apptsdk.operation import Effect, Operation
from apptsdk.providers.cliniko.models import (
    CancellationReason,
    IndividualAppointment,
    IndividualAppointmentCreate,
    IndividualAppointmentUpdate,
)
from apptsdk.providers.cliniko.queries import AppointmentQuery, WithCancelled, flag
from apptsdk.providers.cliniko.recovery import APPOINTMENT_CLUES, appointment
from apptsdk.providers.cliniko.resource import Resource
from apptsdk.providers.cliniko.wire import identifier
from apptsdk.shapes import is_object
from apptsdk.wire import Undecodable, loads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.http import Response


def _slot(body: Mapping[str, object]) -> str:
    return "practitioner {practitioner_id} at business {business_id}, {starts_at}".format_map(body)


resource: Final = Resource(
    "individual_appointments",
    "an individual appointment",
    IndividualAppointment,
    IndividualAppointmentCreate,
    IndividualAppointmentUpdate,
    AppointmentQuery,
    WithCancelled,
    recover=appointment,
    clues=APPOINTMENT_CLUES,
    slot=_slot,
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
    """Cancel an individual appointment. There is no way to undo it, and it is hidden from then on.

    Args:
        id: Its id.
        reason: Why; the vendor demands one.
        note: A note on it, for staff.
        apply_to_repeats: Whether its later occurrences are cancelled too.

    Raises:
        ValueError: The id is malformed, or the reason is one that the vendor no longer takes.
        NotFoundError: There is none, or it is cancelled already.
    """
    if not isinstance(reason, int):
        raise TypeError("reason must be a CancellationReason, such as CancellationReason.SICK.")
    reason = CancellationReason(reason)
    if not reason.is_known or reason is CancellationReason.COVID_19:
        raise ValueError("reason must be one that the vendor takes: 10, 20, 30, 40, 50 or 60.")
    if note is not None and not isinstance(note, str):
        raise TypeError(f"note must be str, not {type(note).__name__}.")
    body = {
        "cancellation_reason": reason.value,
        "cancellation_note": note,
        "apply_to_repeats": flag(apply_to_repeats, "apply_to_repeats"),
    }
    return resource.settled(id, "cancel", "PATCH", "cancelled_at", body)


def conflicts(id: Id) -> Operation[bool]:  # noqa: A002 - the field's name
    """Tell whether another booking or an unavailable block overlaps with an individual appointment.

    The vendor allows double bookings.

    Args:
        id: Its id.

    Returns:
        Whether there is a conflict; the vendor does not say with what.

    Raises:
        ValueError: The id is malformed.
        NotFoundError: There is none, or it is hidden.
    """
    path = urls.path("individual_appointments", identifier(id, "id"), "conflicts")
    return Operation("cliniko.individual_appointments.conflicts", "GET", path, _exist, Effect.SAFE)


def _exist(response: Response) -> bool:
    body = loads(response.content)
    conflicts = body.get("conflicts") if is_object(body) else None
    exist = conflicts.get("exist") if is_object(conflicts) else None
    if not isinstance(exist, bool):
        raise Undecodable("conflicts.exist: not a boolean")
    return exist


VERBS: Final = (list, get, create, update, archive, cancel, conflicts)
