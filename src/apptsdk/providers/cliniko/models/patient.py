"""Patients, what makes them and what changes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar, Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, OpenStr, Unset
from apptsdk.providers.cliniko.filters import DateField, DateTimeField, Filters, FlagField, IdField, TextField


class PhoneType(OpenStr):
    """What kind of phone a number reaches."""

    MOBILE = "Mobile"
    HOME = "Home"
    WORK = "Work"
    FAX = "Fax"
    OTHER = "Other"


class ReminderType(OpenStr):
    """How a patient is reminded of appointments."""

    NONE = "None"
    SMS = "SMS"
    EMAIL = "Email"
    SMS_AND_EMAIL = "SMS & Email"


@attrs.frozen(kw_only=True, repr=False)
class Pronouns(Model):
    """A patient's pronouns, in five forms: they, them, their, theirs, themselves."""

    shown: ClassVar[tuple[str, ...]] = ()

    nominative: str | None = None
    accusative: str | None = None
    pronominal_possessive: str | None = None
    predicative_possessive: str | None = None
    reflexive: str | None = None


@attrs.frozen(kw_only=True)
class PronounsInput:
    """A patient's pronouns. The vendor demands all five forms.

    Args:
        nominative: They.
        accusative: Them.
        pronominal_possessive: Their.
        predicative_possessive: Theirs.
        reflexive: Themselves.
    """

    nominative: str = attrs.field(repr=False)
    accusative: str = attrs.field(repr=False)
    pronominal_possessive: str = attrs.field(repr=False)
    predicative_possessive: str = attrs.field(repr=False)
    reflexive: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class PhoneNumberInput:
    """A phone number to store.

    Args:
        number: The number.
        phone_type: What kind of phone it reaches.
    """

    number: str = attrs.field(repr=False)
    phone_type: PhoneType


@attrs.frozen(kw_only=True, repr=False)
class PhoneNumber(Model):
    """A phone number.

    Attributes:
        number: As it was typed.
        normalized_number: With digits only and the country's code.
    """

    shown: ClassVar[tuple[str, ...]] = ("phone_type",)

    number: str
    normalized_number: str | None = None
    phone_type: PhoneType | None = None


@attrs.frozen(kw_only=True, repr=False)
class Patient(Model):
    """A patient.

    https://docs.api.cliniko.com/openapi/patient

    Attributes:
        label: The full name.
        accepted_privacy_policy: None for no answer yet.
        custom_fields: The practice's own fields, as plain JSON.
        latest_booking: The latest booking; absent where there is none.
        merged_with_patient: The patient that this one was merged into; absent where it was not.
        old_reference_id: The number in the system that the practice used before.
        reminder_type: How the patient is reminded.
        time_zone: The patient's own time zone, IANA.
    """

    id: str
    accepted_email_marketing: bool | None = None
    accepted_privacy_policy: bool | None = None
    accepted_sms_marketing: bool | None = None
    address_1: str | None = None
    address_2: str | None = None
    address_3: str | None = None
    appointment_notes: str | None = None
    appointments: Link | None = None
    archived_at: datetime | None = None
    attendees: Link | None = None
    city: str | None = None
    concession_type: Link | None = None
    country_code: str | None = None
    created_at: datetime | None = None
    custom_fields: Mapping[str, object] | None = attrs.field(default=None, hash=False)
    date_of_birth: date | None = None
    deleted_at: datetime | None = None
    dva_card_number: str | None = None
    email: str | None = None
    emergency_contact: str | None = None
    first_name: str | None = None
    gender_identity: str | None = None
    invoice_default_to: str | None = None
    invoice_email: str | None = None
    invoice_extra_information: str | None = None
    invoices: Link | None = None
    label: str | None = None
    last_name: str | None = None
    latest_booking: Link | None = None
    links: Link | None = None
    medical_alerts: Link | None = None
    medicare: str | None = None
    medicare_reference_number: str | None = None
    merged_at: datetime | None = None
    merged_with_patient: Link | None = None
    notes: str | None = None
    occupation: str | None = None
    old_reference_id: str | None = None
    patient_attachments: Link | None = None
    patient_phone_numbers: tuple[PhoneNumber, ...] | None = None
    post_code: str | None = None
    preferred_first_name: str | None = None
    pronouns: Pronouns | None = None
    receives_cancellation_emails: bool | None = None
    receives_confirmation_emails: bool | None = None
    referral_source: str | None = None
    referring_doctor: Link | None = None
    relationships: Link | None = None
    reminder_type: ReminderType | None = None
    sex: str | None = None
    state: str | None = None
    time_zone: str | None = None
    title: str | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True, repr=False)
class PatientFields:
    """What may be given when a patient is made or changed.

    Args:
        date_of_birth: Date of birth.
        email: E-mail address; the vendor refuses what does not look like one.
        patient_phone_numbers: Phone numbers: the whole list is replaced.
        accepted_email_marketing: Whether they accept marketing by e-mail.
        accepted_privacy_policy: Whether they accepted the privacy policy; None for no answer.
        address_1: First line of the address.
        address_2: Second line of the address.
        address_3: Third line of the address.
        appointment_notes: Notes shown with their appointments.
        city: City.
        concession_type_id: Their concession type.
        country_code: Country, ISO 3166-1 alpha-2.
        custom_fields: The practice's own fields, as plain JSON with the vendor's tokens.
        dva_card_number: Their DVA card number.
        emergency_contact: Whom to call in an emergency.
        gender_identity: Gender identity.
        invoice_default_to: To whom invoices are made out.
        invoice_email: Where invoices are sent.
        invoice_extra_information: What stands on invoices beside that.
        medicare: Their Medicare number.
        medicare_reference_number: Their reference number on the Medicare card.
        notes: Notes.
        occupation: Occupation.
        old_reference_id: Their number in the system that the practice used before.
        post_code: Post code.
        preferred_first_name: The first name they go by.
        pronouns: Their pronouns.
        receives_cancellation_emails: Whether cancellations are mailed to them.
        receives_confirmation_emails: Whether confirmations are mailed to them.
        referral_source: How they came to the practice.
        referring_doctor_id: The contact who referred them.
        reminder_type: How they are reminded of appointments.
        sex: Sex.
        state: State.
        time_zone: Their time zone, IANA.
        title: Title.
        unsubscribe_sms_marketing: True unsubscribes them from marketing by SMS.
    """

    date_of_birth: date | Unset | None = UNSET
    email: str | Unset | None = UNSET
    patient_phone_numbers: Sequence[PhoneNumberInput] | Unset = UNSET
    accepted_email_marketing: bool | Unset | None = UNSET
    accepted_privacy_policy: bool | Unset | None = UNSET
    address_1: str | Unset | None = UNSET
    address_2: str | Unset | None = UNSET
    address_3: str | Unset | None = UNSET
    appointment_notes: str | Unset | None = UNSET
    city: str | Unset | None = UNSET
    concession_type_id: Id | Unset = UNSET
    country_code: str | Unset | None = UNSET
    custom_fields: Mapping[str, object] | Unset | None = UNSET
    dva_card_number: str | Unset | None = UNSET
    emergency_contact: str | Unset | None = UNSET
    gender_identity: str | Unset | None = UNSET
    invoice_default_to: str | Unset | None = UNSET
    invoice_email: str | Unset | None = UNSET
    invoice_extra_information: str | Unset | None = UNSET
    medicare: str | Unset | None = UNSET
    medicare_reference_number: str | Unset | None = UNSET
    notes: str | Unset | None = UNSET
    occupation: str | Unset | None = UNSET
    old_reference_id: str | Unset | None = UNSET
    post_code: str | Unset | None = UNSET
    preferred_first_name: str | Unset | None = UNSET
    pronouns: PronounsInput | Unset | None = UNSET
    receives_cancellation_emails: bool | Unset | None = UNSET
    receives_confirmation_emails: bool | Unset | None = UNSET
    referral_source: str | Unset | None = UNSET
    referring_doctor_id: Id | Unset = UNSET
    reminder_type: ReminderType | Unset | None = UNSET
    sex: str | Unset | None = UNSET
    state: str | Unset | None = UNSET
    time_zone: str | Unset | None = UNSET
    title: str | Unset | None = UNSET
    unsubscribe_sms_marketing: bool | Unset = UNSET


@attrs.frozen(kw_only=True, repr=False)
class PatientCreate(PatientFields):
    """What makes a patient.

    Args:
        first_name: First name, up to 255 characters.
        last_name: Last name, up to 255 characters.
    """

    first_name: str
    last_name: str


@attrs.frozen(kw_only=True, repr=False)
class PatientUpdate(PatientFields):
    """What changes a patient.

    Args:
        first_name: First name, up to 255 characters.
        last_name: Last name, up to 255 characters.
    """

    first_name: str | Unset = UNSET
    last_name: str | Unset = UNSET


class PatientFilters(Filters):
    """What lists of patients can be filtered by."""

    __slots__ = ()

    accepted_privacy_policy: Final = FlagField()
    archived_at: Final = DateTimeField()
    created_at: Final = DateTimeField()
    date_of_birth: Final = DateField()
    email: Final = TextField()
    first_name: Final = TextField()
    id: Final = IdField()
    last_name: Final = TextField()
    old_reference_id: Final = TextField()
    preferred_first_name: Final = TextField()
    updated_at: Final = DateTimeField()
