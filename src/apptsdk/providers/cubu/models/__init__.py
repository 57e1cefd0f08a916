"""Cubu's own objects, every field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk._lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.cubu.models.calendar import (
        Calendar,
        CalendarStats,
        Vacancies,
        WorkingHours,
    )
    from apptsdk.providers.cubu.models.case import (
        Appointment,
        Booking,
        Case,
        CaseCustomer,
        CaseStatus,
        Difference,
        EntryMode,
        MeetingProvider,
        OnlineMeeting,
        Ticket,
    )
    from apptsdk.providers.cubu.models.customer import (
        CustomerField,
        CustomerRecord,
        FieldData,
    )
    from apptsdk.providers.cubu.models.inputs import (
        AppointmentBook,
        QueueJoin,
    )
    from apptsdk.providers.cubu.models.shared import (
        CalendarRef,
        CaseRef,
        Channel,
        User,
    )

__all__ = [
    "Appointment",
    "AppointmentBook",
    "Booking",
    "Calendar",
    "CalendarRef",
    "CalendarStats",
    "Case",
    "CaseCustomer",
    "CaseRef",
    "CaseStatus",
    "Channel",
    "CustomerField",
    "CustomerRecord",
    "Difference",
    "EntryMode",
    "FieldData",
    "MeetingProvider",
    "OnlineMeeting",
    "QueueJoin",
    "Ticket",
    "User",
    "Vacancies",
    "WorkingHours",
]

_BY_MODULE: Final[Mapping[str, tuple[str, ...]]] = {
    "calendar": (
        "Calendar",
        "CalendarStats",
        "Vacancies",
        "WorkingHours",
    ),
    "case": (
        "Appointment",
        "Booking",
        "Case",
        "CaseCustomer",
        "CaseStatus",
        "Difference",
        "EntryMode",
        "MeetingProvider",
        "OnlineMeeting",
        "Ticket",
    ),
    "customer": (
        "CustomerField",
        "CustomerRecord",
        "FieldData",
    ),
    "inputs": (
        "AppointmentBook",
        "QueueJoin",
    ),
    "shared": (
        "CalendarRef",
        "CaseRef",
        "Channel",
        "User",
    ),
}
__getattr__, __dir__ = lazy(
    __name__, {name: f"{__name__}.{module}" for module, names in _BY_MODULE.items() for name in names}
)
