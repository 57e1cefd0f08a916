"""Cliniko's own objects, every field, and what makes and changes them."""

from __future__ import annotations

from apptsdk.providers.cliniko.models.appointment_type import (
    AppointmentType,
    AppointmentTypeCreate,
    AppointmentTypeUpdate,
    OnlinePaymentsMode,
)
from apptsdk.providers.cliniko.models.available_time import AvailableTime
from apptsdk.providers.cliniko.models.business import Business, BusinessCreate, BusinessUpdate
from apptsdk.providers.cliniko.models.individual_appointment import (
    CancellationReason,
    IndividualAppointment,
    IndividualAppointmentCreate,
    IndividualAppointmentUpdate,
    InvoiceStatus,
    RepeatRule,
    RepeatRuleInput,
    RepeatType,
    TreatmentNoteStatus,
)
from apptsdk.providers.cliniko.models.patient import (
    Patient,
    PatientCreate,
    PatientUpdate,
    PhoneNumber,
    PhoneNumberInput,
    PhoneType,
    Pronouns,
    PronounsInput,
    ReminderType,
)
from apptsdk.providers.cliniko.models.practitioner import Practitioner
from apptsdk.providers.cliniko.models.user import User, UserRole

__all__ = [
    "AppointmentType",
    "AppointmentTypeCreate",
    "AppointmentTypeUpdate",
    "AvailableTime",
    "Business",
    "BusinessCreate",
    "BusinessUpdate",
    "CancellationReason",
    "IndividualAppointment",
    "IndividualAppointmentCreate",
    "IndividualAppointmentUpdate",
    "InvoiceStatus",
    "OnlinePaymentsMode",
    "Patient",
    "PatientCreate",
    "PatientUpdate",
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
