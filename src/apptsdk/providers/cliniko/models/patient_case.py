"""Patient cases, what makes them and what changes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, OpenStr, Unset
from apptsdk.providers.cliniko.filters import DateField, DateTimeField, Filters, IdField, TextField


class ReferralType(OpenStr):
    """Who pays for a referred case, in Australia."""

    DVA = "dva"
    MEDICARE = "medicare"


@attrs.frozen(kw_only=True, repr=False)
class PatientCase(Model):
    """What a patient is treated for: bookings, invoices and attachments that belong together.

    https://docs.api.cliniko.com/openapi/patient-case

    Attributes:
        attendee_ids: The attendees, that is the patient's bookings, of this case.
        closed_at: When it was closed; None while it is open.
        include_cancelled_attendees: Whether cancelled bookings count as sessions.
        include_dna_attendees: Whether bookings to which the patient did not come count as sessions.
        max_invoiceable_amount: How much may be invoiced for it.
        max_sessions: How many sessions it has, 1 to 200.
        referral: Whether it is a referral.
    """

    id: str
    archived_at: datetime | None = None
    attendee_ids: tuple[str, ...] | None = None
    attendees: Link | None = None
    bookings: Link | None = None
    closed_at: datetime | None = None
    contact: Link | None = None
    created_at: datetime | None = None
    expiry_date: date | None = None
    include_cancelled_attendees: bool | None = None
    include_dna_attendees: bool | None = None
    invoices: Link | None = None
    issue_date: date | None = None
    links: Link | None = None
    max_invoiceable_amount: Decimal | None = None
    max_sessions: int | None = None
    name: str | None = None
    notes: str | None = None
    patient: Link | None = None
    patient_attachments: Link | None = None
    referral: bool | None = None
    referral_type: ReferralType | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class PatientCaseFields:
    """What may be given when a patient case is made or changed.

    Args:
        attendee_ids: The attendees, that is the patient's bookings, of this case.
        closed: Whether it is closed.
        contact_id: The contact who referred the patient.
        expiry_date: The last day on which it is valid.
        include_cancelled_attendees: Whether cancelled bookings count as sessions.
        include_dna_attendees: Whether bookings to which the patient did not come count as sessions.
        issue_date: The day on which it was issued.
        max_invoiceable_amount: How much may be invoiced for it; above 0.
        max_sessions: How many sessions it has, 1 to 200.
        notes: Notes, for staff.
        patient_attachment_ids: The patient's attachments that belong to it.
        referral: Whether it is a referral.
        referral_type: Who pays for it.
    """

    attendee_ids: Sequence[Id] | Unset | None = UNSET
    closed: bool | Unset | None = UNSET
    contact_id: Id | Unset = UNSET
    expiry_date: date | Unset | None = UNSET
    include_cancelled_attendees: bool | Unset | None = UNSET
    include_dna_attendees: bool | Unset | None = UNSET
    issue_date: date | Unset | None = UNSET
    max_invoiceable_amount: Decimal | Unset | None = UNSET
    max_sessions: int | Unset | None = UNSET
    notes: str | Unset | None = attrs.field(default=UNSET, repr=False)
    patient_attachment_ids: Sequence[Id] | Unset = UNSET
    referral: bool | Unset | None = UNSET
    referral_type: ReferralType | Unset | None = UNSET


@attrs.frozen(kw_only=True)
class PatientCaseCreate(PatientCaseFields):
    """What makes a patient case.

    Args:
        name: What it is called.
        patient_id: The patient.
    """

    name: str = attrs.field(repr=False)
    patient_id: Id


@attrs.frozen(kw_only=True)
class PatientCaseUpdate(PatientCaseFields):
    """What changes a patient case.

    Args:
        name: What it is called.
        patient_id: The patient.
    """

    name: str | Unset = attrs.field(default=UNSET, repr=False)
    patient_id: Id | Unset = UNSET


class PatientCaseFilters(Filters):
    """What lists of patient cases can be filtered by."""

    __slots__ = ()

    archived_at: Final = DateTimeField()
    closed_at: Final = DateTimeField()
    created_at: Final = DateTimeField()
    expiry_date: Final = DateField()
    id: Final = IdField()
    issue_date: Final = DateField()
    name: Final = TextField()
    patient_id: Final = IdField()
    referral_type: Final = TextField()
    updated_at: Final = DateTimeField()
