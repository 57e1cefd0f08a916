"""Whatever can be made at Cliniko, and be found again where the answer to the call that made it was lost."""

from __future__ import annotations

from typing import TypeAlias

from apptsdk.providers.cliniko.models.appointment_type import AppointmentType
from apptsdk.providers.cliniko.models.attendee import Attendee
from apptsdk.providers.cliniko.models.availability import AvailabilityBlock
from apptsdk.providers.cliniko.models.business import Business
from apptsdk.providers.cliniko.models.group_appointment import GroupAppointment
from apptsdk.providers.cliniko.models.individual_appointment import IndividualAppointment
from apptsdk.providers.cliniko.models.patient import Patient
from apptsdk.providers.cliniko.models.patient_case import PatientCase
from apptsdk.providers.cliniko.models.unavailable_block import UnavailableBlock, UnavailableBlockType

Created: TypeAlias = (
    AppointmentType
    | Attendee
    | AvailabilityBlock
    | Business
    | GroupAppointment
    | IndividualAppointment
    | Patient
    | PatientCase
    | UnavailableBlock
    | UnavailableBlockType
)
"""What can be made at Cliniko, and so be found again: what `cliniko.resolve(attempt)` gives."""
