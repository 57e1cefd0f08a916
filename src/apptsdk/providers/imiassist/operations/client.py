"""What the client itself can do, beside its resources."""

from __future__ import annotations

from typing import Final

from apptsdk.errors import UnsupportedError
from apptsdk.models import BookingAttempt
from apptsdk.operation import Flow
from apptsdk.providers.imiassist.models import Appointment
from apptsdk.providers.imiassist.operations.appointments import advice


def resolve(attempt: BookingAttempt) -> Flow[Appointment | None]:
    """Say what can be done about an attempt whose outcome is unknown: it cannot be looked up.

    Args:
        attempt: The attempt that an `OutcomeUnknownError` carries.

    Returns:
        Nothing: this always raises. The other providers' clients can look it up.

    Raises:
        ValueError: The attempt belongs to another provider.
        UnsupportedError: Always. It names the external reference, with which the appointment can be cancelled.
    """
    if not isinstance(attempt, BookingAttempt):
        raise TypeError(f"attempt must be a BookingAttempt, not {type(attempt).__name__}.")
    if attempt.provider != "imiassist":
        raise ValueError(f"The attempt belongs to {attempt.provider}, not to imiassist.")
    again = "It cannot be looked up. Repeating a cancellation is harmless."
    what = again if attempt.reference is None else advice(attempt.reference)
    raise UnsupportedError(f"{attempt.operation}: {what}", provider="imiassist", operation=attempt.operation)


VERBS: Final = (resolve,)
