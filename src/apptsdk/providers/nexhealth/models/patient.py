"""Patients, and what makes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal, TypeAlias

import attrs

from apptsdk.models import UNSET, Id, Model, Unset
from apptsdk.providers.nexhealth.models import appointment as appointment_module  # each holds the other
from apptsdk.providers.nexhealth.models.patient_alert import PatientAlert
from apptsdk.providers.nexhealth.models.person import Gender, Person
from apptsdk.providers.nexhealth.models.procedure import Procedure
from apptsdk.providers.nexhealth.models.shared import Input, WriteState, write_state_of

PatientInclude: TypeAlias = Literal[
    "upcoming_appts",
    "last_visited_appointment",
    "children",
    "guarantor",
    "procedures",
    "insurance_coverages",
    "adjustments",
    "charges",
    "payments",
    "patient_alerts",
    "address",
    "provider",
]
"""What a patient can be asked for with."""


@attrs.frozen(kw_only=True, repr=False)
class PatientAddress(Model):
    """Where a patient lives.

    https://docs.nexhealth.com/reference/getpatientsid

    Attributes:
        city: City.
        line_1: First line.
        line_2: Second line.
        postal_code: Zip code.
        region: State.
    """

    shown: ClassVar[tuple[str, ...]] = ()

    city: str | None = None
    line_1: str | None = None
    line_2: str | None = None
    postal_code: str | None = None
    region: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class PrivacyAuthorization(Model):
    """What a patient signed under the privacy law HIPAA.

    https://docs.nexhealth.com/reference/getpatients

    Attributes:
        authorization: Whether they gave the authorization.
        authorization_date: The day on which they gave it.
        consent: Whether they gave consent.
        consent_date: The day on which they gave it.
        privacy: Whether they confirmed the privacy notice.
        privacy_date: The day on which they confirmed it.
    """

    shown: ClassVar[tuple[str, ...]] = ()

    authorization: bool | None = None
    authorization_date: date | None = None
    consent: bool | None = None
    consent_date: date | None = None
    privacy: bool | None = None
    privacy_date: date | None = None


@attrs.frozen(kw_only=True, repr=False)
class Patient(Person):
    """A patient. One person at two practices is two patients.

    https://docs.nexhealth.com/reference/getpatientsid

    Attributes:
        address: Where they live. Only where it was asked for.
        adjustments: Adjustments in their ledger, as plain JSON. Only where they were asked for.
        appointments: Appointments in a span of dates.
        billing_type: How the practice bills them; some EHRs only.
        charges: Charges in their ledger, as plain JSON. Only where they were asked for.
        chart_id: The id that staff see; some EHRs only.
        children: Those whom they answer for. Only where they were asked for.
        guarantor: Who answers for them. Only where it was asked for.
        guarantor_id: The id of who answers for them.
        hipaa: What they signed under the privacy law. v3 only.
        insurance_coverages: Their insurance, as plain JSON. Only where it was asked for.
        last_visited_appointment: Their last visit, in short. Only where it was asked for.
        location_ids: The locations that they go to. In v3 only for a single patient.
        patient_alerts: Alerts about them. Only where they were asked for.
        payments: Payments in their ledger, as plain JSON. Only where they were asked for.
        preferred_language: The language that they prefer, ISO 639-1; some EHRs only.
        preferred_locale: The language in which the vendor writes to them. v2 only.
        procedures: What is planned for or was done to them. Only where it was asked for.
        provider: Their provider. Only where it was asked for.
        provider_id: The id of their provider.
        unsubscribe_sms: Whether they want no messages by SMS. v2 only.
        upcoming_appts: Their appointments of the year ahead, in short. Only where they were asked for.
    """

    address: PatientAddress | None = None
    adjustments: tuple[Mapping[str, object], ...] | None = attrs.field(default=None, hash=False)
    appointments: tuple[appointment_module.Appointment, ...] | None = None
    billing_type: str | None = None
    charges: tuple[Mapping[str, object], ...] | None = attrs.field(default=None, hash=False)
    chart_id: str | None = None
    children: tuple[Person, ...] | None = None
    guarantor: Person | None = None
    guarantor_id: int | None = None
    hipaa: PrivacyAuthorization | None = None
    insurance_coverages: tuple[Mapping[str, object], ...] | None = attrs.field(default=None, hash=False)
    last_visited_appointment: appointment_module.Appointment | None = None
    location_ids: tuple[int, ...] | None = None
    patient_alerts: tuple[PatientAlert, ...] | None = None
    payments: tuple[Mapping[str, object], ...] | None = attrs.field(default=None, hash=False)
    preferred_language: str | None = None
    preferred_locale: str | None = None
    procedures: tuple[Procedure, ...] | None = None
    provider: Person | None = None
    provider_id: int | None = None
    unsubscribe_sms: bool | None = None
    upcoming_appts: tuple[appointment_module.Appointment, ...] | None = None

    @property
    def write_state(self) -> WriteState:
        """How far they are on their way into the EHR. No EHR takes a patient before the first appointment is made."""
        told = self.was_sent("foreign_id") or self.was_sent("foreign_id_type")
        return write_state_of(self.foreign_id, self.foreign_id_type, self.last_sync_time, told=told)


@attrs.frozen(kw_only=True)
class PatientCreate(Input):
    """What makes a patient.

    https://docs.nexhealth.com/reference/postpatients

    Args:
        provider_id: The provider who takes them in.
        first_name: First name.
        last_name: Last name.
        email: E-mail address; the vendor refuses what does not look like one.
        date_of_birth: Date of birth: not in the future, and at most 130 years ago.
        phone_number: Phone number, of the United States or Canada.
        address_line_1: First line of the address.
        address_line_2: Second line of the address.
        cell_phone_number: Mobile phone number.
        city: City.
        custom_contact_number: One more phone number.
        gender: Gender; the vendor takes Female where it is left out.
        height: Height, in centimetres.
        home_phone_number: Phone number at home.
        insurance_name: The name of their insurance.
        location_id: The location; by default the client's.
        race: Race.
        return_existing_if_match: Whether a patient with the same date of birth, name and phone number is given back
            instead of an error. v2 ignores it.
        ssn: Social security number.
        state: State.
        street_address: The whole address.
        weight: Weight, in kilograms.
        work_phone_number: Phone number at work.
        zip_code: Zip code.
    """

    within: ClassVar[str] = "patient"
    placed: ClassVar[Mapping[str, str]] = {
        "provider_id": "provider.provider_id",
        "location_id": "?location_id",
        "return_existing_if_match": "return_existing_if_match",
        "address_line_1": "patient.bio.address_line_1",
        "address_line_2": "patient.bio.address_line_2",
        "cell_phone_number": "patient.bio.cell_phone_number",
        "city": "patient.bio.city",
        "custom_contact_number": "patient.bio.custom_contact_number",
        "date_of_birth": "patient.bio.date_of_birth",
        "gender": "patient.bio.gender",
        "height": "patient.bio.height",
        "home_phone_number": "patient.bio.home_phone_number",
        "insurance_name": "patient.bio.insurance_name",
        "phone_number": "patient.bio.phone_number",
        "race": "patient.bio.race",
        "ssn": "patient.bio.ssn",
        "state": "patient.bio.state",
        "street_address": "patient.bio.street_address",
        "weight": "patient.bio.weight",
        "work_phone_number": "patient.bio.work_phone_number",
        "zip_code": "patient.bio.zip_code",
    }

    provider_id: Id
    first_name: str = attrs.field(repr=False)
    last_name: str = attrs.field(repr=False)
    email: str = attrs.field(repr=False)
    date_of_birth: date = attrs.field(repr=False)
    phone_number: str = attrs.field(repr=False)
    address_line_1: str | Unset = attrs.field(default=UNSET, repr=False)
    address_line_2: str | Unset = attrs.field(default=UNSET, repr=False)
    cell_phone_number: str | Unset = attrs.field(default=UNSET, repr=False)
    city: str | Unset = attrs.field(default=UNSET, repr=False)
    custom_contact_number: str | Unset = attrs.field(default=UNSET, repr=False)
    gender: Gender | Unset = attrs.field(default=UNSET, repr=False)
    height: int | Unset = attrs.field(default=UNSET, repr=False)
    home_phone_number: str | Unset = attrs.field(default=UNSET, repr=False)
    insurance_name: str | Unset = attrs.field(default=UNSET, repr=False)
    location_id: Id | Unset = UNSET
    race: str | Unset = attrs.field(default=UNSET, repr=False)
    return_existing_if_match: bool = False
    ssn: str | Unset = attrs.field(default=UNSET, repr=False)
    state: str | Unset = attrs.field(default=UNSET, repr=False)
    street_address: str | Unset = attrs.field(default=UNSET, repr=False)
    weight: int | Unset = attrs.field(default=UNSET, repr=False)
    work_phone_number: str | Unset = attrs.field(default=UNSET, repr=False)
    zip_code: str | Unset = attrs.field(default=UNSET, repr=False)
