"""Bookings: whatever stands in a practitioner's calendar."""

from __future__ import annotations

from typing import Final, TypeAlias

from apptsdk.providers.cliniko.filters import DateTimeField, Filters, FlagField, IdField, IdsField, NumberField
from apptsdk.providers.cliniko.models.group_appointment import GroupAppointment
from apptsdk.providers.cliniko.models.individual_appointment import IndividualAppointment
from apptsdk.providers.cliniko.models.unavailable_block import UnavailableBlock

Booking: TypeAlias = GroupAppointment | IndividualAppointment | UnavailableBlock
"""One entry of a calendar. Tell the kinds apart with `isinstance` or `match`."""


class BookingFilters(Filters):
    """What lists of bookings can be filtered by."""

    __slots__ = ()

    appointment_type_id: Final = IdField()
    archived_at: Final = DateTimeField()
    business_id: Final = IdField()
    cancelled_at: Final = DateTimeField()
    created_at: Final = DateTimeField()
    deleted_at: Final = DateTimeField()
    did_not_arrive: Final = FlagField()
    email_reminder_sent: Final = FlagField()
    ends_at: Final = DateTimeField()
    id: Final = IdField()
    invoice_status: Final = NumberField()
    patient_ids: Final = IdsField()
    practitioner_id: Final = IdField()
    repeated_from_id: Final = IdField()
    sms_reminder_sent: Final = FlagField()
    starts_at: Final = DateTimeField()
    treatment_note_status: Final = NumberField()
    updated_at: Final = DateTimeField()
