"""What `contract.py` takes out of each vendor's document: which operations, and which fields our models require."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMED: Final = "nothing can be named again without it"
_TIMES: Final = "an entry of a calendar without its times cannot be shown, moved or found again"
_CHOSEN: Final = "it is what people choose by"
_NUMBER: Final = "a phone number without a number is none"
_HOURS: Final = "hours without a beginning and an end are none"
_SPAN: Final = "an appointment without its times cannot be shown, moved or found again"
_WHICH: Final = "all calls name the practice by it"
_FREE: Final = "it is what can be booked"
_WHERE: Final = "slots of nowhere cannot be booked"
_OFFER: Final = "a service is which type is offered where, and has no id"


@dataclass(frozen=True)
class Surface:
    """What of a vendor's document is ours.

    Args:
        tags: The tags of the operations.
        required: Why our models require fields, by the object and the name. The vendors promise none.
        closed: Fields that are objects whose inside is not ours: each account defines it, or `request()` reads it.
        prefix: What stands before the names of objects, as a regular expression.
        most_values: Enums of more values than these are left out.
    """

    tags: frozenset[str]
    required: Mapping[tuple[str, str], str]
    closed: frozenset[str]
    prefix: str = ""
    most_values: int = 20


CLINIKO: Final = Surface(
    tags=frozenset(
        {
            "Appointment Type",
            "Attendee",
            "Availability Block",
            "Available Time",
            "Booking",
            "Business",
            "Daily Availability",
            "Group Appointment",
            "Individual Appointment",
            "Patient",
            "Patient Case",
            "Practitioner",
            "Public Settings",
            "Service",
            "Settings",
            "Unavailable Block",
            "Unavailable Block Type",
            "User",
        }
    ),
    closed=frozenset({"custom_fields", "patient_custom_fields_definition"}),
    required={
        ("AppointmentType", "duration_in_minutes"): "available times are starts only: without it none has an end",
        ("AppointmentType", "id"): _NAMED,
        ("AppointmentType", "name"): _CHOSEN,
        ("Attendee", "id"): _NAMED,
        ("AvailabilityBlock", "ends_at"): _TIMES,
        ("AvailabilityBlock", "id"): _NAMED,
        ("AvailabilityBlock", "starts_at"): _TIMES,
        ("AvailableTime", "appointment_start"): "it is all there is",
        ("Business", "id"): _NAMED,
        ("DailyAvailability", "id"): _NAMED,
        ("DailyAvailability.availabilities", "ends_at"): _HOURS,
        ("DailyAvailability.availabilities", "starts_at"): _HOURS,
        ("GroupAppointment", "ends_at"): _TIMES,
        ("GroupAppointment", "id"): _NAMED,
        ("GroupAppointment", "starts_at"): _TIMES,
        ("IndividualAppointment", "ends_at"): _TIMES,
        ("IndividualAppointment", "id"): _NAMED,
        ("IndividualAppointment", "starts_at"): _TIMES,
        ("Patient", "id"): _NAMED,
        ("Patient.patient_phone_numbers", "number"): _NUMBER,
        ("PatientCase", "id"): _NAMED,
        ("Practitioner", "id"): _NAMED,
        ("Service", "appointment_type"): _OFFER,
        ("Service", "business"): _OFFER,
        ("UnavailableBlock", "ends_at"): _TIMES,
        ("UnavailableBlock", "id"): _NAMED,
        ("UnavailableBlock", "starts_at"): _TIMES,
        ("UnavailableBlockType", "id"): _NAMED,
        ("UnavailableBlockType", "name"): _CHOSEN,
        ("User", "id"): _NAMED,
        ("User.phone_numbers", "number"): _NUMBER,
    },
)
"""The scheduling surface. Finance, clinical notes, stock and messages are left to `request()`."""

NEXHEALTH: Final = Surface(
    tags=frozenset(
        {
            "Appointment Types",
            "Appointments",
            "Authenticates",
            "Available Slots",
            "Institutions",
            "Locations",
            "Operatories",
            "Patient Alerts",
            "Patient Recalls",
            "Patients",
            "Providers",
            "Recall Types",
            "Sync Status",
            "Webhook Endpoints",
            "Webhook Subscriptions",
            "Working Hours",
        }
    ),
    closed=frozenset({"adjustments", "charges", "insurance_coverages", "payments"}),
    prefix=r"API_(V\d+_)?Entities_",
    most_values=50,
    required={
        (owner, name): why
        for why, owners, names in (
            (_NAMED, "Appointment AppointmentBasic AppointmentWithoutIncludes", "id"),
            (_SPAN, "Appointment AppointmentBasic AppointmentWithoutIncludes", "start_time end_time"),
            (_NAMED, "AppointmentTypeBasic AppointmentTypeWithResources", "id"),
            (_CHOSEN, "AppointmentTypeBasic AppointmentTypeWithResources", "name"),
            (_FREE, "AvailableSlot", "time"),
            (_WHERE, "AvailableSlotResponse", "lid"),
            (_FREE, "AvailableSlotResponse", "slots"),
            (_NAMED, "EmrApptDescriptor", "id"),
            (_NAMED, "Institution", "id"),
            (_CHOSEN, "Institution", "name"),
            (_WHICH, "Institution", "subdomain"),
            (_NAMED, "InstitutionBasicWithLocations Location LocationBasic", "id"),
            (_NAMED, "OperatoryBasic OperatoryWithResources", "id"),
            (_NAMED, "PatientAlert", "id"),
            (_NAMED, "PatientBasic PatientDetailed PatientWithGuarantor PatientWithPrivacyAuthorization", "id"),
            (_NAMED, "PatientRecall PatientRecallType", "id"),
            (_NAMED, "Procedure", "id"),
            (_NAMED, "ProviderWithResources", "id"),
            (_NAMED, "RecallType", "id"),
            (_NAMED, "User", "id"),
            (_NAMED, "WebhookEndpoint WebhookSubscription", "id"),
            (_NAMED, "WorkingHour WorkingHourBasic WorkingHourLabel WorkingHourWithAppointmentTypes", "id"),
            (_HOURS, "WorkingHour WorkingHourBasic WorkingHourWithAppointmentTypes", "begin_time end_time"),
        )
        for owner in owners.split()
        for name in names.split()
    },
)
"""Scheduling, patients and webhooks. Ledger, insurance, clinical notes, documents, forms and messages are left to
`request()`."""

SURFACES: Final = {"cliniko": CLINIKO, "nexhealth": NEXHEALTH}
"""By the table's name."""
