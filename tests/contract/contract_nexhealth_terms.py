"""Where we or the sandbox say something else than NexHealth's document, and why."""

from __future__ import annotations

from pathlib import Path

from contract_rows import Key, Table, keys
from contract_terms import Terms

TABLE = Table.read(Path(__file__).parent / "nexhealth.tsv")

# --- the code ---

_BACK = "pages are read forwards"
_SECRET = "only for payments at the booking, which are left to request()"
# What the vendor takes or gives and we do not offer, with its type and whether it may be null.
_NOT_OFFERED = {
    **{row.key: ("string", False) for row in TABLE.named("query") if row.name == "start_cursor"},
    Key("field", "AppointmentResponse", "stripe_client_secret"): ("string", False),
}
_SPARE = "what a slot or a type does not tell may be handed on as None, which is left out"
# What we take as None, and the vendor does not declare to be null.
_NULL_TOO = dict.fromkeys(
    keys("body", {"POST /appointments.appt": "appointment_type_id end_time operatory_id"}), _SPARE
)
_TYPE = "an appointment type without a name and a length cannot be booked"
_SIZE = "the vendor's default of five is not ours, and its pages contradict each other on what it is"
_SAID = "the vendor's default, said"
_ALL = "it names the client's practice wherever it may"
# What we always send, though the vendor does not demand it.
_ALWAYS = {
    **{row.key: _SIZE for row in TABLE.named("query") if row.name == "per_page"},
    **dict.fromkeys(keys("body", {"POST /appointment_types.appointment_type": "minutes name"}), _TYPE),
    Key("body", "PATCH /patients/{id}/alerts/{alert_id}.patient_alert", "disabled"): "there is nothing else to change",
    Key("query", "GET /locations", "subdomain"): _ALL,
    Key("query", "GET /sync_status", "subdomain"): _ALL,
    Key("query", "GET /webhook_endpoints/{id}/webhook_subscriptions", "subdomain"): _ALL,
    Key("query", "POST /appointments", "notify_patient"): _SAID,
    Key("body", "POST /patients", "return_existing_if_match"): _SAID,
}
# What the vendor demands, and we can leave out.
_LEFT_OUT = {
    Key("body", "POST /appointments.appt", "patient_id"): "the document itself says that a block has none",
    Key("query", "POST /webhook_endpoints/{id}/webhook_subscriptions", "subdomain"): (
        "the document itself says that it must be left out for onboardings"
    ),
}
_SLOT = "the vendor promises no form, and its example has one: a slot's time is handed back to book it"
# What we read as something more exact than the vendor says, with the vendor's type.
_READ_AS = dict.fromkeys(keys("field", {"AvailableSlotResponse.slots": "end_time time"}), "string")
_LISTED = "the values that the vendor lists for what is sent"
# Fields for whose values we have an enum, where the vendor's document lists none.
_LISTED_BY_US = dict.fromkeys(
    (
        "AppointmentType.parent_type",
        "WebhookSubscription.event",
        "WebhookSubscription.resource_type",
        "WorkingHour.days",
    ),
    _LISTED,
)
_GUIDES = "in the vendor's guides only"
_NEXT = "of v3.1.0"
# Values of our enums that the vendor lists elsewhere.
_BEYOND = {
    **dict.fromkeys(("Conversation", "FormRequest", "form_request_completed"), _GUIDES),
    **dict.fromkeys(
        (
            "LocationDataReadiness",
            "Provider",
            "WorkingHour",
            "medical_history_patient_items_updated",
            "provider_created",
            "provider_updated",
            "working_hour_created",
            "working_hour_updated",
        ),
        _NEXT,
    ),
}
# Places that show some fields only of objects that others show whole.
_PARTIAL = frozenset(
    {
        "Appointment",
        "Appointment.appointment_type",
        "Appointment.operatory",
        "Appointment.patient",
        "Appointment.procedures",
        "AppointmentResponse.appt",
        "AppointmentTypeBasic",
        "AppointmentWithoutIncludes",
        "AvailableSlotResponse.slots",
        "OperatoryWithResources.appointment_types",
        "PatientDetailed",
        "PatientDetailed.appointments",
        "PatientDetailed.last_visited_appointment",
        "PatientDetailed.upcoming_appts",
        "PatientWithPrivacyAuthorization",
        "PatientsResponses_Create.user",
        "ProviderWithResources",
        "ProviderWithResources.availabilities",
        "ProviderWithResources.availabilities.appointment_types",
        "WorkingHour",
        "WorkingHour.appointment_types",
        "WorkingHourBasic",
    }
)
_INCLUDED = "`include[]` takes it, and the document's object does not have it"
# What answers hold and our models know, though the vendor's document does not say so.
_UNDECLARED = {Key("field", "ProviderWithResources", "appointment_types"): _INCLUDED}

# --- the wire ---

# What an object lacks where it was not asked for, or where slots are not grouped by it.
_RARE = keys(
    "field",
    {
        "Appointment": "appointment_type booking_details descriptors operatory patient procedures",
        "Appointment.patient": "guarantor",
        "AppointmentTypeWithResources": "descriptors",
        "AvailableSlotResponse": "operatory_id",
        "OperatoryWithResources": "appointment_types",
        "PatientDetailed": "address adjustments charges children guarantor insurance_coverages "
        "last_visited_appointment patient_alerts payments procedures provider upcoming_appts",
        "ProviderWithResources": "availabilities locations",
        "WorkingHour": "appointment_types",
    },
)
_NONE = "there may be none"
_DAY = "what was not signed has no date"
_ON = "an alert that is on has no time at which it was switched off"
# What is null, though the vendor's document does not say that it may be.
_NULL_SEEN = {
    **dict.fromkeys(
        keys(
            "field",
            {
                "Appointment": "appointment_type booking_details",
                "Appointment.patient": "guarantor",
                "PatientDetailed": "guarantor last_visited_appointment",
                "ProviderWithResources.availabilities": "label",
                "WorkingHour": "label",
            },
        ),
        _NONE,
    ),
    **dict.fromkeys(
        keys(
            "field",
            dict.fromkeys(
                ("PatientDetailed.hipaa", "PatientWithPrivacyAuthorization.hipaa"),
                "authorization_date consent_date privacy_date",
            ),
        ),
        _DAY,
    ),
    Key("field", "PatientAlert", "disabled_at"): _ON,
}
_APPT = (
    "appointment_type_id checked_out confirmed is_guardian is_new_clients_patient is_past_patient location_id misc "
    "operatory_id patient_confirmed patient_missed provider_id provider_name sooner_if_possible unavailable"
)
_OFFICE = "city country_code email last_sync_time phone_number state street_address zip_code"
_PROCEDURE = "appointment_id code end_date location_id name patient_id provider_id start_date status"
# What may be null, and always has a value in the sandbox.
_NEVER_NULL = keys(
    "field",
    {
        "Appointment": f"{_APPT} foreign_id last_sync_time patient_id",
        "Appointment.operatory": "display_name last_sync_time location_id",
        "Appointment.patient": "billing_type email foreign_id last_sync_time",
        "Appointment.patient.guarantor": "email foreign_id last_sync_time",
        "Appointment.procedures": _PROCEDURE,
        "AppointmentResponse.appt": f"{_APPT} created_by_user_id",
        "AppointmentWithoutIncludes": f"{_APPT} foreign_id last_sync_time",
        "AvailableSlotResponse": "operatory_id pid",
        "InstitutionBasicWithLocations.locations": _OFFICE,
        "Location": _OFFICE,
        "OperatoryWithResources": "display_name last_sync_time location_id",
        "PatientDetailed": "foreign_id last_sync_time provider_id",
        "PatientDetailed.children": "foreign_id last_sync_time",
        "PatientDetailed.guarantor": "email foreign_id last_sync_time",
        "PatientDetailed.procedures": _PROCEDURE,
        "PatientDetailed.provider": "email foreign_id last_sync_time",
        "PatientRecall": "date_due patient_id recall_id",
        "PatientWithPrivacyAuthorization": "foreign_id last_sync_time provider_id",
        "PatientsResponses_Create.user": "email",
        "ProviderWithResources": "display_name email foreign_id last_sync_time",
        "ProviderWithResources.availabilities": "days location_id provider_id",
        "ProviderWithResources.availabilities.label": "location_id",
        "ProviderWithResources.locations": _OFFICE,
        "WorkingHour": "days location_id operatory_id provider_id",
        "WorkingHour.label": "location_id",
        "WorkingHourBasic": "days location_id operatory_id provider_id",
    },
)
_BASIC = "PatientDetailed.appointments"
_BY_TYPE: dict[tuple[str, bool], dict[str, str]] = {
    ("array of integer", False): {"PatientDetailed.procedures": "treatment_plan_ids"},
    ("array of object", False): {"PatientDetailed": "adjustments appointments charges insurance_coverages payments"},
    ("boolean", False): {_BASIC: "confirmed"},
    ("date-time", False): {_BASIC: "end_time start_time", "PatientDetailed.patient_alerts": "disabled_at"},
    ("date-time", True): {
        "Appointment": "patient_confirmed_at",
        "AppointmentResponse.appt": "checked_out_at patient_confirmed_at",
        "AppointmentWithoutIncludes": "patient_confirmed_at",
        "PatientsResponses_Create.user": "last_sync_time",
    },
    ("integer", False): {_BASIC: "id location_id provider_id", "WorkingHourBasic.label": "id"},
    ("integer", True): {
        "PatientRecall": "appointment_id",
        "PatientsResponses_Create.user": "guarantor_id",
        "WorkingHourBasic.label": "location_id",
    },
    ("object", False): {"WorkingHourBasic": "label"},
    ("string", False): {_BASIC: "provider_name", "WorkingHourBasic.label": "name"},
    ("string", True): {
        "Appointment.patient.guarantor": "middle_name",
        "PatientDetailed.children": "middle_name",
        "PatientDetailed.guarantor": "middle_name",
        "PatientDetailed.provider": "middle_name",
        "PatientsResponses_Create.user": "billing_type chart_id foreign_id middle_name preferred_language "
        "preferred_locale",
        "ProviderWithResources": "middle_name state_license tin",
    },
}
# What never has a value in the sandbox, with its type and whether it may be null. The sandbox has no ledger, no
# insurance and no treatment plans; nobody confirms as a patient; a new patient is in no practice's own system; and new
# working hours have no label.
_UNSEEN = {key: (kind, null) for (kind, null), names in _BY_TYPE.items() for key in keys("field", names)}

TERMS = Terms(
    not_offered=_NOT_OFFERED,
    null_too=_NULL_TOO,
    listed_by_us=_LISTED_BY_US,
    always=_ALWAYS,
    left_out=_LEFT_OUT,
    read_as=_READ_AS,
    partial=_PARTIAL,
    beyond=_BEYOND,
    undeclared=_UNDECLARED,
    rare=_RARE,
    null_seen=_NULL_SEEN,
    never_null=_NEVER_NULL,
    unseen=_UNSEEN,
)
