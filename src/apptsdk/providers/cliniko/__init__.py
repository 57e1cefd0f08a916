"""Cliniko: practice management for allied health.

https://docs.api.cliniko.com
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk._lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.cliniko.facade.client import AsyncCliniko, Cliniko
    from apptsdk.providers.cliniko.models import (
        AppointmentType,
        AvailableTime,
        Business,
        CancellationReason,
        IndividualAppointment,
        InvoiceStatus,
        OnlinePaymentsMode,
        Patient,
        PhoneNumber,
        PhoneNumberInput,
        PhoneType,
        Practitioner,
        Pronouns,
        PronounsInput,
        ReminderType,
        RepeatRule,
        RepeatRuleInput,
        RepeatType,
        TreatmentNoteStatus,
        User,
        UserRole,
    )
    from apptsdk.providers.cliniko.settings import ClinikoSettings

__all__ = [
    "AppointmentType",
    "AsyncCliniko",
    "AvailableTime",
    "Business",
    "CancellationReason",
    "Cliniko",
    "ClinikoSettings",
    "IndividualAppointment",
    "InvoiceStatus",
    "OnlinePaymentsMode",
    "Patient",
    "PhoneNumber",
    "PhoneNumberInput",
    "PhoneType",
    "Practitioner",
    "Pronouns",
    "PronounsInput",
    "ReminderType",
    "RepeatRule",
    "RepeatRuleInput",
    "RepeatType",
    "TreatmentNoteStatus",
    "User",
    "UserRole",
]

_ELSEWHERE: Final[Mapping[str, str]] = {
    "AsyncCliniko": "facade.client",
    "Cliniko": "facade.client",
    "ClinikoSettings": "settings",
}
__getattr__, __dir__ = lazy(__name__, {name: f"{__name__}.{_ELSEWHERE.get(name, 'models')}" for name in __all__})
