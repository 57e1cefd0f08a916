"""IMIassist's own objects, every field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk._lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.imiassist.models.appointment import (
        Appointment,
        AppointmentStatus,
        CancelledAppointment,
        Participant,
        ParticipantRole,
        Priority,
    )
    from apptsdk.providers.imiassist.models.inputs import AppointmentSchedule

__all__ = [
    "Appointment",
    "AppointmentSchedule",
    "AppointmentStatus",
    "CancelledAppointment",
    "Participant",
    "ParticipantRole",
    "Priority",
]

_BY_MODULE: Final[Mapping[str, tuple[str, ...]]] = {
    "appointment": (
        "Appointment",
        "AppointmentStatus",
        "CancelledAppointment",
        "Participant",
        "ParticipantRole",
        "Priority",
    ),
    "inputs": ("AppointmentSchedule",),
}
__getattr__, __dir__ = lazy(
    __name__, {name: f"{__name__}.{module}" for module, names in _BY_MODULE.items() for name in names}
)
