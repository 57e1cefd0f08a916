"""Individual appointments, what makes them and what changes them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.models import UNSET, Id, Link, Model, OpenInt, OpenStr, Unset


class CancellationReason(OpenInt):
    """Why an appointment was cancelled."""

    FEELING_BETTER = 10
    CONDITION_WORSE = 20
    SICK = 30
    COVID_19 = 31  # read only: the vendor no longer takes it
    AWAY = 40
    OTHER = 50
    WORK = 60


class InvoiceStatus(OpenInt):
    """How far an appointment's invoice is."""

    OPEN = 10
    PAID = 20
    CLOSED = 30
    OPEN_CREDIT = 40


class TreatmentNoteStatus(OpenInt):
    """How far an appointment's treatment note is."""

    DRAFT = 10
    FINAL = 90


class RepeatType(OpenStr):
    """How often an appointment repeats."""

    DAILY = "Daily"
    WEEKLY = "Weekly"
    MONTHLY = "Monthly"


@attrs.frozen(kw_only=True, repr=False)
class RepeatRule(Model):
    """The rule by which an appointment repeats.

    Attributes:
        repeat_type: Daily, weekly or monthly; None where it does not repeat.
        number_of_repeats: How many further occurrences there are, 1 to 51.
        repeating_interval: Every how many days, weeks or months, 1 to 100.
    """

    shown: ClassVar[tuple[str, ...]] = ("repeat_type", "number_of_repeats", "repeating_interval")

    repeat_type: RepeatType | None = None
    number_of_repeats: int | None = None
    repeating_interval: int | None = None


@attrs.frozen(kw_only=True)
class RepeatRuleInput:
    """A rule by which an appointment is to repeat.

    Args:
        repeat_type: Daily, weekly or monthly.
        number_of_repeats: How many further occurrences to make, 1 to 51.
        repeating_interval: Every how many days, weeks or months, 1 to 100.
    """

    repeat_type: RepeatType
    number_of_repeats: int
    repeating_interval: int = 1


@attrs.frozen(kw_only=True, repr=False)
class IndividualAppointment(Model):
    """An appointment of one patient with one practitioner.

    https://docs.api.cliniko.com/openapi/individual-appointment

    Attributes:
        starts_at: When it begins, UTC.
        ends_at: When it ends, UTC.
        patient_name: The patient's name, so that a calendar needs no second request.
        cancellation_reason: Why it was cancelled; None while it stands.
        cancellation_reason_description: The reason in words; an empty string while it stands.
        did_not_arrive: True for a no-show. It and `patient_arrived` are both False at first, and both None once a mark
            was set and taken back.
        repeat_rule: The rule by which it repeats; one without fields where it does not.
        repeats: The list of its later occurrences; None where there are none.
        repeated_from: The first occurrence; None on the first itself.
        telehealth_url: The practitioner's link, there even where the type has no telehealth. The patient's own link is
            on the attendee.
        patient_case: The case it belongs to; absent where it belongs to none.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "starts_at", "ends_at")

    id: str
    starts_at: datetime
    ends_at: datetime
    appointment_type: Link | None = None
    archived_at: datetime | None = None
    attendees: Link | None = None
    booking_ip_address: str | None = None
    business: Link | None = None
    cancellation_note: str | None = None
    cancellation_reason: CancellationReason | None = None
    cancellation_reason_description: str | None = None
    cancelled_at: datetime | None = None
    conflicts: Link | None = None
    created_at: datetime | None = None
    deleted_at: datetime | None = None
    did_not_arrive: bool | None = None
    email_reminder_sent: bool | None = None
    has_patient_appointment_notes: bool | None = None
    invoice_status: InvoiceStatus | None = None
    links: Link | None = None
    notes: str | None = None
    online_booking_policy_accepted: bool | None = None
    patient: Link | None = None
    patient_arrived: bool | None = None
    patient_case: Link | None = None
    patient_name: str | None = None
    practitioner: Link | None = None
    repeat_rule: RepeatRule | None = None
    repeated_from: Link | None = None
    repeats: Link | None = None
    sms_reminder_sent: bool | None = None
    telehealth_url: str | None = None
    treatment_note_status: TreatmentNoteStatus | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class IndividualAppointmentCreate:
    """What makes an individual appointment.

    Args:
        appointment_type_id: The appointment type. A group type (more than one attendee) is refused by the
            vendor here.
        business_id: The business where it is held.
        patient_id: The patient.
        practitioner_id: The practitioner.
        starts_at: When it begins: aware; sent as UTC, whole seconds.
        ends_at: When it ends: aware. Left out, it follows from the type's duration.
        notes: Notes, for staff.
        patient_case_id: The patient's case that it belongs to.
        repeat_rule: How it repeats: the further occurrences are made at once.
    """

    appointment_type_id: Id
    business_id: Id
    patient_id: Id
    practitioner_id: Id
    starts_at: datetime
    ends_at: datetime | Unset = UNSET
    notes: str | Unset | None = attrs.field(default=UNSET, repr=False)
    patient_case_id: Id | Unset = UNSET
    repeat_rule: RepeatRuleInput | Unset | None = UNSET


@attrs.frozen(kw_only=True)
class IndividualAppointmentUpdate:
    """What changes an individual appointment.

    Args:
        appointment_type_id: The appointment type.
        business_id: The business where it is held.
        patient_id: The patient.
        practitioner_id: The practitioner.
        starts_at: When it begins: aware; sent as UTC, whole seconds.
        ends_at: When it ends: aware. Left out on create, or None on update, it follows from the type's
            duration. Give both times when you move an appointment: whether the end moves along is not
            documented.
        notes: Notes, for staff.
        patient_case_id: The patient's case that it belongs to.
        repeat_rule: How it repeats. What changing it does to occurrences that exist is not documented.
    """

    appointment_type_id: Id | Unset = UNSET
    business_id: Id | Unset = UNSET
    patient_id: Id | Unset = UNSET
    practitioner_id: Id | Unset = UNSET
    starts_at: datetime | Unset = UNSET
    ends_at: datetime | Unset | None = UNSET
    notes: str | Unset | None = attrs.field(default=UNSET, repr=False)
    patient_case_id: Id | Unset = UNSET
    repeat_rule: RepeatRuleInput | Unset | None = UNSET
