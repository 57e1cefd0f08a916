"""IMIassist: video appointments of the eClinic product, scheduled through Webex Connect's nodes.

https://help.webexconnect.io/docs/create-appointments
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk._lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.imiassist.endpoints import Endpoint
    from apptsdk.providers.imiassist.facade.client import AsyncIMIassist, IMIassist
    from apptsdk.providers.imiassist.models import (
        Appointment,
        AppointmentStatus,
        CancelledAppointment,
        Participant,
        ParticipantRole,
        Priority,
    )
    from apptsdk.providers.imiassist.scheduling import IMIassistBooking
    from apptsdk.providers.imiassist.settings import IMIassistSettings

__all__ = [
    "Appointment",
    "AppointmentStatus",
    "AsyncIMIassist",
    "CancelledAppointment",
    "Endpoint",
    "IMIassist",
    "IMIassistBooking",
    "IMIassistSettings",
    "Participant",
    "ParticipantRole",
    "Priority",
]

_ELSEWHERE: Final[Mapping[str, str]] = {
    "AsyncIMIassist": "facade.client",
    "Endpoint": "endpoints",
    "IMIassist": "facade.client",
    "IMIassistBooking": "scheduling",
    "IMIassistSettings": "settings",
}
__getattr__, __dir__ = lazy(__name__, {name: f"{__name__}.{_ELSEWHERE.get(name, 'models')}" for name in __all__})
