"""Cubu: the calendars, bookings and queues of public offices and service counters.

https://docs.cubu.com
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk._lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.cubu.catalogue import (
        Catalogue,
        CatalogueFieldType,
        CatalogueService,
        CatalogueServiceType,
        CatalogueTag,
    )
    from apptsdk.providers.cubu.events import (
        CaseEvent,
        EventAppointment,
        WebhookAction,
        WebhookEvent,
    )
    from apptsdk.providers.cubu.facade.client import (
        AsyncCubu,
        Cubu,
    )
    from apptsdk.providers.cubu.models import (
        Appointment,
        Booking,
        Calendar,
        CalendarRef,
        CalendarStats,
        Case,
        CaseCustomer,
        CaseRef,
        CaseStatus,
        Channel,
        CustomerField,
        CustomerRecord,
        Difference,
        EntryMode,
        FieldData,
        MeetingProvider,
        OnlineMeeting,
        Ticket,
        User,
        Vacancies,
        WorkingHours,
    )
    from apptsdk.providers.cubu.scheduling import (
        CubuBooking,
    )
    from apptsdk.providers.cubu.settings import (
        CubuSettings,
    )
    from apptsdk.providers.cubu.signing import (
        sign,
        verify,
    )

__all__ = [
    "Appointment",
    "AsyncCubu",
    "Booking",
    "Calendar",
    "CalendarRef",
    "CalendarStats",
    "Case",
    "CaseCustomer",
    "CaseEvent",
    "CaseRef",
    "CaseStatus",
    "Catalogue",
    "CatalogueFieldType",
    "CatalogueService",
    "CatalogueServiceType",
    "CatalogueTag",
    "Channel",
    "Cubu",
    "CubuBooking",
    "CubuSettings",
    "CustomerField",
    "CustomerRecord",
    "Difference",
    "EntryMode",
    "EventAppointment",
    "FieldData",
    "MeetingProvider",
    "OnlineMeeting",
    "Ticket",
    "User",
    "Vacancies",
    "WebhookAction",
    "WebhookEvent",
    "WorkingHours",
    "sign",
    "verify",
]

_ELSEWHERE: Final[Mapping[str, str]] = {
    "AsyncCubu": "facade.client",
    "CaseEvent": "events",
    "Catalogue": "catalogue",
    "CatalogueFieldType": "catalogue",
    "CatalogueService": "catalogue",
    "CatalogueServiceType": "catalogue",
    "CatalogueTag": "catalogue",
    "Cubu": "facade.client",
    "CubuBooking": "scheduling",
    "CubuSettings": "settings",
    "EventAppointment": "events",
    "WebhookAction": "events",
    "WebhookEvent": "events",
    "sign": "signing",
    "verify": "signing",
}
__getattr__, __dir__ = lazy(__name__, {name: f"{__name__}.{_ELSEWHERE.get(name, 'models')}" for name in __all__})
