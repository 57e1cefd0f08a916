"""Individual appointments, what makes them and what changes them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, Unset
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, FlagField, IdField
from apptsdk.providers.cliniko.models.shared import (
    CancellationReason,
    InvoiceStatus,
    RepeatRule,
    RepeatRuleInput,
    TreatmentNoteStatus,
)


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


class IndividualAppointmentFilters(Filters):
    """What lists of individual appointments can be filtered by."""

    __slots__ = ()

    appointment_type_id: Final = IdField()
    archived_at: Final = DateTimeField()
    business_id: Final = IdField()
    cancelled_at: Final = DateTimeField()
    created_at: Final = DateTimeField()
    deleted_at: Final = DateTimeField()
    did_not_arrive: Final = FlagField()
    ends_at: Final = DateTimeField()
    id: Final = IdField()
    patient_id: Final = IdField()
    practitioner_id: Final = IdField()
    repeated_from_id: Final = IdField()
    starts_at: Final = DateTimeField()
    updated_at: Final = DateTimeField()
