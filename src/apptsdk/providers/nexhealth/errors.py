"""What only NexHealth can raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.errors import ApptError

if TYPE_CHECKING:
    from apptsdk.providers.nexhealth.models import Appointment


class NotWrittenError(ApptError):
    """What NexHealth accepted is not (yet) written where it has to be: in the practice's own system.

    Attributes:
        appointment: The appointment as it was last seen.
        final: Whether waiting again leads nowhere: it was cancelled, it has begun, or the vendor does not say.
    """

    def __init__(
        self,
        message: str,
        *,
        appointment: Appointment,
        final: bool = False,
        provider: str | None = None,
        operation: str | None = None,
    ) -> None:
        super().__init__(message, provider=provider, operation=operation)
        self.appointment = appointment
        self.final = final
