"""What the client itself can do, beside its resources."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from apptsdk.models import BookingAttempt
from apptsdk.operation import Flow
from apptsdk.providers.cubu.models import Booking, CustomerRecord
from apptsdk.providers.cubu.scope import Scope
from apptsdk.recovery import resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def resolve(scope: Scope, attempt: BookingAttempt) -> Flow[Booking | CustomerRecord | None]:
    """Find out what became of an attempt whose outcome is unknown, in this process or another.

    Args:
        scope: Within what the client asks; the attempt names its calendar.
        attempt: The attempt that an `OutcomeUnknownError` carries.

    Returns:
        What the attempt made, marked as recovered; None where nothing is to be found (yet).

    Raises:
        ValueError: The attempt belongs to another provider.
        UnsupportedError: What it tried cannot be looked up.
        OutcomeUnknownError: Several objects could be the one; see its `candidates`.
    """
    return resolved("cubu", attempt, _finders(scope))


def _finders(
    scope: Scope,
) -> Mapping[str, Callable[[BookingAttempt], Flow[Sequence[Booking | CustomerRecord]]]]:
    from apptsdk.providers.cubu import recovery  # noqa: PLC0415 - only after a lost answer

    return {recovery.BOOK: partial(recovery.booked, scope), recovery.CREATE: recovery.created}


VERBS: Final = (resolve,)
