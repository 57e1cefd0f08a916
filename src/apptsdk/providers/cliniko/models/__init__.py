"""Cliniko's own objects, every field, what makes and changes them, and what they are filtered by.

A class is loaded when it is first used: an application needs few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk._lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.cliniko.models.appointment_type import (
        AppointmentType,
        AppointmentTypeCreate,
        AppointmentTypeFilters,
        AppointmentTypeUpdate,
        OnlinePaymentsMode,
    )
    from apptsdk.providers.cliniko.models.attendee import (
        Attendee,
        AttendeeCreate,
        AttendeeFilters,
        AttendeeUpdate,
    )
    from apptsdk.providers.cliniko.models.availability import (
        AvailabilityBlock,
        AvailabilityBlockCreate,
        AvailabilityBlockFilters,
        DailyAvailability,
        DailyAvailabilityFilters,
        DailyHours,
    )
    from apptsdk.providers.cliniko.models.available_time import (
        AvailableTime,
    )
    from apptsdk.providers.cliniko.models.booking import (
        Booking,
        BookingFilters,
    )
    from apptsdk.providers.cliniko.models.business import (
        Business,
        BusinessCreate,
        BusinessFilters,
        BusinessUpdate,
    )
    from apptsdk.providers.cliniko.models.created import (
        Created,
    )
    from apptsdk.providers.cliniko.models.group_appointment import (
        GroupAppointment,
        GroupAppointmentCreate,
        GroupAppointmentFilters,
        GroupAppointmentUpdate,
    )
    from apptsdk.providers.cliniko.models.individual_appointment import (
        IndividualAppointment,
        IndividualAppointmentCreate,
        IndividualAppointmentFilters,
        IndividualAppointmentUpdate,
    )
    from apptsdk.providers.cliniko.models.patient import (
        Patient,
        PatientCreate,
        PatientFilters,
        PatientUpdate,
        PhoneNumber,
        PhoneNumberInput,
        PhoneType,
        Pronouns,
        PronounsInput,
        ReminderType,
    )
    from apptsdk.providers.cliniko.models.patient_case import (
        PatientCase,
        PatientCaseCreate,
        PatientCaseFilters,
        PatientCaseUpdate,
        ReferralType,
    )
    from apptsdk.providers.cliniko.models.practitioner import (
        Practitioner,
        PractitionerFilters,
    )
    from apptsdk.providers.cliniko.models.service import (
        Service,
    )
    from apptsdk.providers.cliniko.models.settings import (
        AccountDetails,
        AccountSettings,
        AdrollSettings,
        CalendarSettings,
        ComplianceSettings,
        DocumentSettings,
        GoogleAnalyticsSettings,
        GoogleTagManagerSettings,
        IntegrationSettings,
        IntegrationsSettings,
        NameFormat,
        OnlineBookingsSettings,
        OnlinePaymentsSettings,
        PatientPrivacySettings,
        PatientTerm,
        PublicAccountDetails,
        PublicAccountSettings,
        PublicIntegrationsSettings,
        PublicOnlineBookingsSettings,
        PublicPatientPrivacySettings,
        ReminderSettings,
        SmsSettings,
        TerminologySettings,
        WaitListSettings,
    )
    from apptsdk.providers.cliniko.models.shared import (
        CancellationReason,
        InvoiceStatus,
        RepeatRule,
        RepeatRuleInput,
        RepeatType,
        TreatmentNoteStatus,
    )
    from apptsdk.providers.cliniko.models.unavailable_block import (
        UnavailableBlock,
        UnavailableBlockCreate,
        UnavailableBlockFilters,
        UnavailableBlockType,
        UnavailableBlockTypeCreate,
        UnavailableBlockTypeFilters,
        UnavailableBlockTypeUpdate,
        UnavailableBlockUpdate,
    )
    from apptsdk.providers.cliniko.models.user import (
        User,
        UserFilters,
        UserRole,
    )

__all__ = [
    "AccountDetails",
    "AccountSettings",
    "AdrollSettings",
    "AppointmentType",
    "AppointmentTypeCreate",
    "AppointmentTypeFilters",
    "AppointmentTypeUpdate",
    "Attendee",
    "AttendeeCreate",
    "AttendeeFilters",
    "AttendeeUpdate",
    "AvailabilityBlock",
    "AvailabilityBlockCreate",
    "AvailabilityBlockFilters",
    "AvailableTime",
    "Booking",
    "BookingFilters",
    "Business",
    "BusinessCreate",
    "BusinessFilters",
    "BusinessUpdate",
    "CalendarSettings",
    "CancellationReason",
    "ComplianceSettings",
    "Created",
    "DailyAvailability",
    "DailyAvailabilityFilters",
    "DailyHours",
    "DocumentSettings",
    "GoogleAnalyticsSettings",
    "GoogleTagManagerSettings",
    "GroupAppointment",
    "GroupAppointmentCreate",
    "GroupAppointmentFilters",
    "GroupAppointmentUpdate",
    "IndividualAppointment",
    "IndividualAppointmentCreate",
    "IndividualAppointmentFilters",
    "IndividualAppointmentUpdate",
    "IntegrationSettings",
    "IntegrationsSettings",
    "InvoiceStatus",
    "NameFormat",
    "OnlineBookingsSettings",
    "OnlinePaymentsMode",
    "OnlinePaymentsSettings",
    "Patient",
    "PatientCase",
    "PatientCaseCreate",
    "PatientCaseFilters",
    "PatientCaseUpdate",
    "PatientCreate",
    "PatientFilters",
    "PatientPrivacySettings",
    "PatientTerm",
    "PatientUpdate",
    "PhoneNumber",
    "PhoneNumberInput",
    "PhoneType",
    "Practitioner",
    "PractitionerFilters",
    "Pronouns",
    "PronounsInput",
    "PublicAccountDetails",
    "PublicAccountSettings",
    "PublicIntegrationsSettings",
    "PublicOnlineBookingsSettings",
    "PublicPatientPrivacySettings",
    "ReferralType",
    "ReminderSettings",
    "ReminderType",
    "RepeatRule",
    "RepeatRuleInput",
    "RepeatType",
    "Service",
    "SmsSettings",
    "TerminologySettings",
    "TreatmentNoteStatus",
    "UnavailableBlock",
    "UnavailableBlockCreate",
    "UnavailableBlockFilters",
    "UnavailableBlockType",
    "UnavailableBlockTypeCreate",
    "UnavailableBlockTypeFilters",
    "UnavailableBlockTypeUpdate",
    "UnavailableBlockUpdate",
    "User",
    "UserFilters",
    "UserRole",
    "WaitListSettings",
]

_BY_MODULE: Final[Mapping[str, tuple[str, ...]]] = {
    "appointment_type": (
        "AppointmentType",
        "AppointmentTypeCreate",
        "AppointmentTypeFilters",
        "AppointmentTypeUpdate",
        "OnlinePaymentsMode",
    ),
    "attendee": (
        "Attendee",
        "AttendeeCreate",
        "AttendeeFilters",
        "AttendeeUpdate",
    ),
    "availability": (
        "AvailabilityBlock",
        "AvailabilityBlockCreate",
        "AvailabilityBlockFilters",
        "DailyAvailability",
        "DailyAvailabilityFilters",
        "DailyHours",
    ),
    "available_time": ("AvailableTime",),
    "booking": (
        "Booking",
        "BookingFilters",
    ),
    "business": (
        "Business",
        "BusinessCreate",
        "BusinessFilters",
        "BusinessUpdate",
    ),
    "created": ("Created",),
    "group_appointment": (
        "GroupAppointment",
        "GroupAppointmentCreate",
        "GroupAppointmentFilters",
        "GroupAppointmentUpdate",
    ),
    "individual_appointment": (
        "IndividualAppointment",
        "IndividualAppointmentCreate",
        "IndividualAppointmentFilters",
        "IndividualAppointmentUpdate",
    ),
    "patient": (
        "Patient",
        "PatientCreate",
        "PatientFilters",
        "PatientUpdate",
        "PhoneNumber",
        "PhoneNumberInput",
        "PhoneType",
        "Pronouns",
        "PronounsInput",
        "ReminderType",
    ),
    "patient_case": (
        "PatientCase",
        "PatientCaseCreate",
        "PatientCaseFilters",
        "PatientCaseUpdate",
        "ReferralType",
    ),
    "practitioner": (
        "Practitioner",
        "PractitionerFilters",
    ),
    "service": ("Service",),
    "settings": (
        "AccountDetails",
        "AccountSettings",
        "AdrollSettings",
        "CalendarSettings",
        "ComplianceSettings",
        "DocumentSettings",
        "GoogleAnalyticsSettings",
        "GoogleTagManagerSettings",
        "IntegrationSettings",
        "IntegrationsSettings",
        "NameFormat",
        "OnlineBookingsSettings",
        "OnlinePaymentsSettings",
        "PatientPrivacySettings",
        "PatientTerm",
        "PublicAccountDetails",
        "PublicAccountSettings",
        "PublicIntegrationsSettings",
        "PublicOnlineBookingsSettings",
        "PublicPatientPrivacySettings",
        "ReminderSettings",
        "SmsSettings",
        "TerminologySettings",
        "WaitListSettings",
    ),
    "shared": (
        "CancellationReason",
        "InvoiceStatus",
        "RepeatRule",
        "RepeatRuleInput",
        "RepeatType",
        "TreatmentNoteStatus",
    ),
    "unavailable_block": (
        "UnavailableBlock",
        "UnavailableBlockCreate",
        "UnavailableBlockFilters",
        "UnavailableBlockType",
        "UnavailableBlockTypeCreate",
        "UnavailableBlockTypeFilters",
        "UnavailableBlockTypeUpdate",
        "UnavailableBlockUpdate",
    ),
    "user": (
        "User",
        "UserFilters",
        "UserRole",
    ),
}
__getattr__, __dir__ = lazy(
    __name__, {name: f"{__name__}.{module}" for module, names in _BY_MODULE.items() for name in names}
)
