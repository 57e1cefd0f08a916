"""What the client itself can do, beside its resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk import urls
from apptsdk.models import BookingAttempt
from apptsdk.operation import Effect, Flow, Operation
from apptsdk.providers.cliniko.models import User
from apptsdk.providers.cliniko.wire import WIRE
from apptsdk.recovery import resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from apptsdk.providers.cliniko.models import Created


def user() -> Operation[User]:
    """Tell who the API key belongs to: the cheapest way to check a key.

    Returns:
        The key's user.

    Raises:
        AuthenticationError: The key is wrong, or is not the shard's.
    """
    return Operation("cliniko.user", "GET", urls.path("user"), WIRE.one(User), Effect.SAFE)


def resolve(attempt: BookingAttempt) -> Flow[Created | None]:
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
    return resolved("cliniko", attempt, _finders())


def _finders() -> Mapping[str, Callable[[BookingAttempt], Flow[Sequence[Created]]]]:
    from apptsdk.providers.cliniko.operations import (  # noqa: PLC0415 - only after a lost answer
        appointment_types,
        attendees,
        availability_blocks,
        businesses,
        group_appointments,
        individual_appointments,
        patient_cases,
        patients,
        unavailable_block_types,
        unavailable_blocks,
    )

    resources = (
        individual_appointments.resource,
        group_appointments.resource,
        attendees.resource,
        unavailable_blocks.resource,
        availability_blocks.resource,
        patients.resource,
        patient_cases.resource,
        appointment_types.resource,
        unavailable_block_types.resource,
        businesses.resource,
    )
    return {f"cliniko.{resource.name}.create": resource.made_by for resource in resources}


VERBS: Final = (user, resolve)
