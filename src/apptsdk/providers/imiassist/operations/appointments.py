"""Video appointments: schedule and cancel.

https://help.webexconnect.io/docs/create-appointments
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from apptsdk.errors import ConflictError
from apptsdk.models import Id, mark_recovered
from apptsdk.operation import Effect, Operation
from apptsdk.providers.imiassist import booking
from apptsdk.providers.imiassist.models import Appointment, AppointmentSchedule, CancelledAppointment
from apptsdk.providers.imiassist.scope import Scope
from apptsdk.providers.imiassist.wire import cancelled, said, scheduled
from apptsdk.urls import plain_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.errors import ApptError

SCHEDULE: Final = "imiassist.appointments.schedule"
_REFERENCE: Final = "external_reference_id"
_CANCELLED_ALREADY: Final = "already_cancelled"
_BY: Final = {
    "appointment_id": "cancel_by_id",
    "appointment_uid": "cancel_by_uid",
    "external_reference_id": "cancel_by_external_reference",
}
"""By what an appointment can be cancelled, and the operation for it."""


def schedule(scope: Scope, body: AppointmentSchedule) -> Operation[Appointment]:
    """Schedule a video appointment, assigned to a host or unassigned ("Schedule an Appointment").

    It is sent once. If its answer is lost, nobody can be asked what became of it: the vendor has no way to look an
    appointment up. The error names its external reference, with which it can be cancelled.

    https://help.webexconnect.io/docs/create-appointments

    Args:
        scope: Within what.
        body: The fields.

    Returns:
        The appointment.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed; nothing was sent.
        ValidationError: The server refuses an input.
        BadRequestError: Likewise, where it does not say which.
        AuthenticationError: The API key and token are refused, and no others are to be had.
        NotFoundError: There is no such team, host or case; or no such path.
        ConflictError: An appointment with this external reference is there already.
        OutcomeUnknownError: It may have been made: the answer was lost, or names no appointment, as that of a webhook
            that only acknowledges.
    """
    return scheduling_of(scope, booking.values_of(scope, body))


def scheduling_of(scope: Scope, values: Mapping[str, object]) -> Operation[Appointment]:
    """Make what schedules an appointment.

    Args:
        scope: Within what.
        values: The inputs, checked; see `booking.values_of`.

    Returns:
        The operation.
    """
    reference = str(values["external_reference_id"])
    endpoint = scope.endpoint("schedule")
    path, written = endpoint.asked(values, scope.names)
    return Operation(
        SCHEDULE,
        endpoint.method,
        path,
        scheduled(scope.names, {"external_reference_id": reference}),
        Effect.NEITHER,
        body=written,
        slot=f"{values['start_time']}, {values.get('duration', 'the default')} minutes",
        reference=reference,
        advice=advice(reference),
    )


def advice(reference: str) -> str:
    """Say what to do about an appointment whose answer was lost.

    Args:
        reference: Its external reference.

    Returns:
        A sentence or two.
    """
    return (
        f"It cannot be looked up through the SDK. Its external reference is {reference}: look for that at the company, "
        f"or undo it with appointments.cancel(external_reference_id={reference!r}), before you repeat it. A 404 there "
        "says that it was not made only if what you call can cancel so."
    )


def cancel(
    scope: Scope,
    appointment: Appointment | None = None,
    *,
    appointment_id: Id | None = None,
    appointment_uid: Id | None = None,
    external_reference_id: Id | None = None,
) -> Operation[CancelledAppointment]:
    """Cancel an appointment, by any one of its names. Repeating it is harmless.

    https://help.webexconnect.io/docs/cancel-appointment

    Args:
        scope: Within what.
        appointment: The appointment, as `schedule` returned it.
        appointment_id: Its id.
        appointment_uid: Its friendly id, such as `DD-45-1`.
        external_reference_id: Its id in your own system. The vendor's page shows this way for participants; for
            cancelling, it is a guess.

    Returns:
        What the answer says. Where the answer to a first attempt was lost and the next one is told that the
        appointment is cancelled already, that counts, and the result is marked as recovered.

    Raises:
        TypeError: None of them is given, or several are, or one is of the wrong type.
        ValueError: An id is malformed; nothing was sent.
        NotFoundError: There is no such appointment.
        ConflictError: It is cancelled already.
        ResponseUnreadableError: The answer names no appointment, as that of a webhook that only acknowledges.
        OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
    """
    given: dict[str, object] = {
        "appointment_id": appointment_id,
        "appointment_uid": appointment_uid,
        "external_reference_id": external_reference_id,
    }
    names = [name for name, value in given.items() if value is not None]
    if len(names) + (appointment is not None) != 1:
        said = [*(["appointment"] if appointment is not None else []), *names]
        raise TypeError(
            f"Give one of appointment, {', '.join(given)}, and no other: "
            + (f"{' and '.join(said)} are given." if said else "none is given, or it is None.")
        )
    if appointment is not None:
        if not isinstance(appointment, Appointment):
            raise TypeError(
                f"appointment must be an Appointment, not {type(appointment).__name__}. Give an id by its name: "
                "cancel(appointment_id=...)."
            )
        names = ["appointment_id" if appointment.appointment_id else "appointment_uid"]
        given[names[0]] = appointment.id
    by = names[0]
    value = booking.checked_reference(scope, given[by]) if by == _REFERENCE else plain_id(given[by], by)
    endpoint = scope.endpoint(_BY[by])
    path, written = endpoint.asked({by: value}, scope.names)
    return Operation(
        "imiassist.appointments.cancel",
        endpoint.method,
        path,
        cancelled(scope.names, {by: value}),
        Effect.IDEMPOTENT,
        body=written,
        done=lambda error: _done(scope, error, by, value),
    )


def is_cancelled_already(error: ApptError) -> TypeGuard[ConflictError]:
    """Tell whether a cancellation was refused because the appointment is cancelled. The code is our proposal's."""
    return isinstance(error, ConflictError) and error.code == _CANCELLED_ALREADY


def _done(scope: Scope, error: ApptError, name: str, value: str) -> CancelledAppointment | None:
    """Read from the refusal of a repeated cancellation that the first one did it.

    Where the other side has no such code, or another, the refusal is raised: nothing is confirmed that was not said.
    """
    if not is_cancelled_already(error):
        return None
    found = CancelledAppointment(
        response_body=said(error.response, scope.names),
        response_status_code=error.status,
        appointment_id=value if name == "appointment_id" else None,
        appointment_uid=value if name == "appointment_uid" else None,
    )
    return mark_recovered(found)


def get(scope: Scope, appointment_id: Id) -> Operation[Appointment]:
    """Read an appointment, where what `base_url` leads to can do that: no node of the vendor's does.

    Switch it on in the settings: `endpoints={"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}`.

    Args:
        scope: Within what.
        appointment_id: Its id.

    Returns:
        The appointment.

    Raises:
        TypeError: The id is of the wrong type.
        ValueError: The id is malformed; nothing was sent.
        UnsupportedError: It is not switched on.
        NotFoundError: There is no such appointment.
    """
    endpoint = scope.endpoint("get")
    asked = {"appointment_id": plain_id(appointment_id, "appointment_id")}
    path, written = endpoint.asked(asked, scope.names)
    return Operation(
        "imiassist.appointments.get", endpoint.method, path, scheduled(scope.names, asked), Effect.SAFE, body=written
    )


VERBS: Final = (schedule, cancel, get)
