"""Appointments, what makes them and what changes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar, Literal, TypeAlias

import attrs

from apptsdk.models import UNSET, Id, Model, OpenStr, Unset
from apptsdk.providers.nexhealth.models import patient as patient_module  # each holds the other
from apptsdk.providers.nexhealth.models.appointment_type import AppointmentType
from apptsdk.providers.nexhealth.models.descriptor import Descriptor
from apptsdk.providers.nexhealth.models.operatory import Operatory
from apptsdk.providers.nexhealth.models.person import Gender, Person
from apptsdk.providers.nexhealth.models.procedure import Procedure
from apptsdk.providers.nexhealth.models.shared import Input, WriteState, write_state_of

AppointmentInclude: TypeAlias = Literal[
    "patient",
    "guarantor",
    "descriptors",
    "booking_details",
    "procedures",
    "operatory",
    "appointment_type",
]
"""What an appointment can be asked for with. Without a word about it the vendor sends the patient."""


class CampaignType(OpenStr):
    """What brought a patient to book online."""

    CANCELLED_RECALL = "cancelled_recall"
    CONTINUING_CARE_RECALL = "continuing_care_recall"
    MANUAL = "manual"
    MISSED_RECALL = "missed_recall"
    RECALL = "recall"
    GOOGLE_BOOKING = "google_booking"


class CampaignMedium(OpenStr):
    """In what kind of message the link stood that a patient booked by."""

    EMAIL = "email"
    SMS = "sms"


@attrs.frozen(kw_only=True, repr=False)
class BookingDetails(Model):
    """How an appointment was booked online.

    https://docs.nexhealth.com/reference/getappointmentsid

    Attributes:
        booked_via_nexhealth_generated_link: Whether it was booked by a link that the vendor made.
        booked_via_one_click: Whether it was booked by a link that books at once.
        campaign_id: The campaign or template that held the link.
        campaign_medium: In what kind of message the link stood.
        campaign_type: What brought the patient to book.
    """

    shown: ClassVar[tuple[str, ...]] = ("campaign_type", "campaign_medium")

    booked_via_nexhealth_generated_link: bool | None = None
    booked_via_one_click: bool | None = None
    campaign_id: str | None = None
    campaign_medium: CampaignMedium | None = None
    campaign_type: CampaignType | None = None


@attrs.frozen(kw_only=True, repr=False)
class Appointment(Model):
    """An appointment, or a block of the schedule.

    https://docs.nexhealth.com/reference/getappointmentsid

    Lists, and the answers to writes in v3, carry none of the fields that have to be asked for. Within a patient only
    the ids, times, `provider_name` and `confirmed` are sent.

    Attributes:
        id: The id.
        start_time: When it begins, UTC.
        end_time: When it ends, UTC.
        appointment_type: Its type. Only where it was asked for.
        appointment_type_id: The id of its type; 0 or None where it has none.
        booking_details: How it was booked online; None where it was not. Only where it was asked for.
        cancelled: Whether it is cancelled.
        cancelled_at: When it was cancelled, UTC. It stays when the appointment is taken up again.
        checked_out: Whether the patient was checked out; some EHRs only.
        checked_out_at: When the patient was checked out, UTC.
        checkin_at: When the patient was checked in, UTC; some EHRs only.
        confirmed: Whether the office confirmed it.
        confirmed_at: When the office confirmed it, UTC.
        created_at: When it was made, UTC.
        created_by_user_id: The id of the user who made it.
        deleted: Whether it was deleted. v2 only.
        descriptors: What the EHR calls it. Only where it was asked for.
        foreign_id: Its id in the EHR; None until it is written there.
        foreign_id_type: Which EHR that is; `nex` until it is written there.
        guarantor: Who answers for the patient. Only where it was asked for.
        institution_id: The institution.
        is_guardian: Whether a guardian booked it.
        is_new_clients_patient: Whether the patient is new at the practice.
        is_past_patient: Whether the patient was there before.
        last_sync_time: When it was last in step with the EHR, UTC; None until it is written there.
        location_id: The location.
        misc: What else is known; `is_booked_on_nexhealth` tells whether it was booked through the vendor.
        note: The note, which the EHR gets.
        operatory: The chair or room. Only where it was asked for.
        operatory_id: The id of the chair or room.
        patient: The patient. In v3 only for a single appointment.
        patient_confirmed: Whether the patient confirmed it.
        patient_confirmed_at: When the patient confirmed it, UTC.
        patient_id: The id of the patient; None for a block.
        patient_missed: Whether the patient did not come; some EHRs only.
        procedures: What is to be done. Only where it was asked for.
        provider_id: The id of the provider.
        provider_name: The name of the provider.
        referrer: Where it was booked, a URL.
        sooner_if_possible: Whether the patient would come earlier.
        timezone: The location's time zone, IANA.
        timezone_offset: The location's offset from UTC, such as "-4:00".
        unavailable: Whether it is a block of the schedule instead of a visit.
        updated_at: When it last changed, UTC.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "start_time", "end_time")

    id: int
    start_time: datetime
    end_time: datetime
    appointment_type: AppointmentType | None = None
    appointment_type_id: int | None = None
    booking_details: BookingDetails | None = None
    cancelled: bool | None = None
    cancelled_at: datetime | None = None
    checked_out: bool | None = None
    checked_out_at: datetime | None = None
    checkin_at: datetime | None = None
    confirmed: bool | None = None
    confirmed_at: datetime | None = None
    created_at: datetime | None = None
    created_by_user_id: int | None = None
    deleted: bool | None = None
    descriptors: tuple[Descriptor, ...] | None = None
    foreign_id: str | None = None
    foreign_id_type: str | None = None
    guarantor: Person | None = None
    institution_id: int | None = None
    is_guardian: bool | None = None
    is_new_clients_patient: bool | None = None
    is_past_patient: bool | None = None
    last_sync_time: datetime | None = None
    location_id: int | None = None
    misc: Mapping[str, object] | None = attrs.field(default=None, hash=False)
    note: str | None = None
    operatory: Operatory | None = None
    operatory_id: int | None = None
    patient: patient_module.Patient | None = None
    patient_confirmed: bool | None = None
    patient_confirmed_at: datetime | None = None
    patient_id: int | None = None
    patient_missed: bool | None = None
    procedures: tuple[Procedure, ...] | None = None
    provider_id: int | None = None
    provider_name: str | None = None
    referrer: str | None = None
    sooner_if_possible: bool | None = None
    timezone: str | None = None
    timezone_offset: str | None = None
    unavailable: bool | None = None
    updated_at: datetime | None = None

    @property
    def write_state(self) -> WriteState:
        """How far it is on its way into the EHR: accepted is not yet written."""
        told = self.was_sent("foreign_id") or self.was_sent("foreign_id_type")
        return write_state_of(self.foreign_id, self.foreign_id_type, self.last_sync_time, told=told)

    @property
    def is_block(self) -> bool:
        """Whether it is a block of the schedule instead of a visit."""
        return self.unavailable is True


@attrs.frozen(kw_only=True)
class Dependent(Input):
    """The patient for whom a guardian books.

    https://docs.nexhealth.com/reference/postappointments

    Args:
        first_name: First name.
        last_name: Last name.
        date_of_birth: Date of birth.
        gender: Gender; the vendor takes Female where it is left out.
    """

    placed: ClassVar[Mapping[str, str]] = {"date_of_birth": "bio.date_of_birth", "gender": "bio.gender"}

    first_name: str = attrs.field(repr=False)
    last_name: str = attrs.field(repr=False)
    date_of_birth: date = attrs.field(repr=False)
    gender: Gender | Unset = attrs.field(default=UNSET, repr=False)


@attrs.frozen(kw_only=True)
class AppointmentCreate(Input):
    """What makes an appointment, or a block of the schedule.

    https://docs.nexhealth.com/reference/postappointments

    Args:
        provider_id: The provider.
        start_time: When it begins: aware, and in the future. A slot's time can be handed back as it is.
        patient_id: The patient; the guardian where one books for a dependent. Left out for a block only.
        appointment_type_id: Its type. The vendor refuses one that does not go with the working hours or the operatory.
        appointments_per_timeslot: How many appointments may share the time, 1 to 5; the vendor takes 1. For
            eClinicalWorks and NextGen only.
        descriptor_ids: What the EHR is to call it.
        end_time: When it ends: aware. It may be left out with a type, which tells how long it takes.
        is_guardian: Whether a guardian books it for a dependent.
        is_new_clients_patient: Whether the patient is new at the practice.
        location_id: The location; by default the client's.
        note: A note, which the EHR gets: up to 128 characters.
        notify_patient: Whether the vendor tells the patient.
        operatory_id: The chair or room; needed where the location maps bookings to operatories. A slot tells it.
        patient: The dependent; needed where a guardian books.
        referrer: Where it was booked, a URL.
        unavailable: Whether it is a block of the schedule instead of a visit.
    """

    within: ClassVar[str] = "appt"
    placed: ClassVar[Mapping[str, str]] = {
        "appointments_per_timeslot": "appointments_per_timeslot",
        "location_id": "?location_id",
        "notify_patient": "?notify_patient",
    }

    provider_id: Id
    start_time: datetime
    patient_id: Id | Unset = UNSET
    appointment_type_id: Id | Unset | None = UNSET
    appointments_per_timeslot: int | Unset = UNSET
    descriptor_ids: Sequence[Id] | Unset = UNSET
    end_time: datetime | Unset | None = UNSET
    is_guardian: bool | Unset = UNSET
    is_new_clients_patient: bool | Unset = UNSET
    location_id: Id | Unset = UNSET
    note: str | Unset = attrs.field(default=UNSET, repr=False)
    notify_patient: bool = False
    operatory_id: Id | Unset | None = UNSET
    patient: Dependent | Unset = attrs.field(default=UNSET, repr=False)
    referrer: str | Unset = attrs.field(default=UNSET, repr=False)
    unavailable: bool | Unset = UNSET


@attrs.frozen(kw_only=True)
class AppointmentUpdate(Input):
    """What changes an appointment. Times, operatory and note: v3, with some EHRs only.

    https://docs.nexhealth.com/reference/patchappointmentsid

    Args:
        cancelled: True cancels it; the vendor knows no way back that is certain.
        checkin_at: When the patient was checked in: aware. It can be set once.
        confirmed: True says that the office confirmed it; there is no way back. It is refused until the appointment
            is written to the EHR.
        end_time: When it ends: aware. Only together with its start.
        note: A note, which the EHR gets.
        operatory_id: The chair or room.
        start_time: When it begins: aware. Only together with its end.
    """

    within: ClassVar[str] = "appt"

    cancelled: bool | Unset = UNSET
    checkin_at: datetime | Unset = UNSET
    confirmed: bool | Unset = UNSET
    end_time: datetime | Unset = UNSET
    note: str | Unset = attrs.field(default=UNSET, repr=False)
    operatory_id: Id | Unset = UNSET
    start_time: datetime | Unset = UNSET
