"""Attendees, what makes them and what changes them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, Unset
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, IdField
from apptsdk.providers.cliniko.models.shared import CancellationReason, InvoiceStatus, TreatmentNoteStatus


@attrs.frozen(kw_only=True, repr=False)
class Attendee(Model):
    """A patient in a booking: exactly one in an individual appointment, any number in a group appointment.

    https://docs.api.cliniko.com/openapi/attendee

    Attributes:
        arrived: True when the patient came, False for a no-show, None while nobody has said.
        booking: The booking: an individual or a group appointment.
        cancellation_reason: Why it was cancelled; None while it stands.
        cancellation_reason_description: The reason in words; an empty string while it stands.
        cancellation_url: Where the patient can cancel. Whoever has it can: keep it from logs.
        telehealth_url: The patient's own link to a video call, good without signing in: keep it from logs.
        sent_email_follow_ups_count: How many follow-ups were sent by email.
        sent_email_reminders_count: How many reminders were sent by email.
        sent_sms_follow_ups_count: How many follow-ups were sent by SMS.
        sent_sms_reminders_count: How many reminders were sent by SMS.
    """

    id: str
    archived_at: datetime | None = None
    arrived: bool | None = None
    booking: Link | None = None
    booking_ip_address: str | None = None
    cancellation_note: str | None = None
    cancellation_reason: CancellationReason | None = None
    cancellation_reason_description: str | None = None
    cancellation_url: str | None = None
    cancelled_at: datetime | None = None
    created_at: datetime | None = None
    deleted_at: datetime | None = None
    invoice_status: InvoiceStatus | None = None
    invoices: Link | None = None
    links: Link | None = None
    notes: str | None = None
    online_booking_policy_accepted: bool | None = None
    patient: Link | None = None
    patient_case: Link | None = None
    patient_forms: Link | None = None
    sent_email_follow_ups_count: int | None = None
    sent_email_reminders_count: int | None = None
    sent_sms_follow_ups_count: int | None = None
    sent_sms_reminders_count: int | None = None
    telehealth_url: str | None = None
    treatment_note_status: TreatmentNoteStatus | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class AttendeeUpdate:
    """What changes an attendee.

    Args:
        arrived: True when the patient came, False for a no-show, None to take either mark back.
        notes: Notes, for staff.
        patient_case_id: The patient's case that the booking belongs to.
    """

    arrived: bool | Unset | None = UNSET
    notes: str | Unset | None = attrs.field(default=UNSET, repr=False)
    patient_case_id: Id | Unset = UNSET


@attrs.frozen(kw_only=True)
class AttendeeCreate(AttendeeUpdate):
    """What makes an attendee.

    Args:
        booking_id: The group appointment to attend.
        patient_id: The patient.
    """

    booking_id: Id
    patient_id: Id


class AttendeeFilters(Filters):
    """What lists of attendees can be filtered by."""

    __slots__ = ()

    appointment_id: Final = IdField()
    archived_at: Final = DateTimeField()
    booking_id: Final = IdField()
    cancelled_at: Final = DateTimeField()
    created_at: Final = DateTimeField()
    deleted_at: Final = DateTimeField()
    id: Final = IdField()
    patient_case_id: Final = IdField()
    patient_id: Final = IdField()
    updated_at: Final = DateTimeField()
