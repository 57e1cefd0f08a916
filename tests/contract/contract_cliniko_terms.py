"""Where we or the sandbox say something else than Cliniko's document, and why."""

from __future__ import annotations

from pathlib import Path

from contract_rows import Key, Table, keys
from contract_terms import Terms

TABLE = Table.read(Path(__file__).parent / "cliniko.tsv")

# Our names for the vendor's objects, where another part of the SDK has the vendor's.
OURS = {"Settings": "AccountSettings", "PublicSettings": "PublicAccountSettings"}

# --- the code ---

# What the vendor takes and we do not offer, with its type and whether it may be null: the country, because
# country_code says it and it is deprecated in the object; and the older twin of archived_at, which lists and gets offer
# as include_archived.
_NOT_OFFERED = {
    Key("body", "POST /patients", "country"): ("string", True),
    Key("body", "PATCH /patients/{id}", "country"): ("string", True),
    **{
        Key("filter", f"GET /{name}/{{id}}", "deleted_at"): ("date-time", False)
        for name in (
            "attendees",
            "bookings",
            "businesses",
            "group_appointments",
            "individual_appointments",
            "unavailable_blocks",
        )
    },
}
_ANEW = "the vendor's text says that null on update computes it anew"
_NO_RULE = "a rule without its parts says nothing: null in the place of the rule says that there is none"
# What we take as None, and the vendor does not declare to be null.
_NULL_TOO = {
    Key("body", "PATCH /group_appointments/{id}", "ends_at"): _ANEW,
    Key("body", "PATCH /individual_appointments/{id}", "ends_at"): _ANEW,
}
# What we do not take as None, and the vendor declares that it may be null.
_NOT_NULL = {
    Key("body", f"{where}.repeat_rule", name): _NO_RULE
    for where in (
        "PATCH /group_appointments/{id}",
        "PATCH /individual_appointments/{id}",
        "PATCH /unavailable_blocks/{id}",
        "POST /availability_blocks",
        "POST /group_appointments",
        "POST /individual_appointments",
        "POST /unavailable_blocks",
    )
    for name in ("number_of_repeats", "repeat_type", "repeating_interval")
}
_STATUS = "the values that the vendor lists for attendees"
_REASONS = "the reasons of the cancel body, and one that only old records have"
# Fields for whose values we have an enum, where the vendor's document lists none.
_LISTED_BY_US = {
    "Attendee.cancellation_reason": _REASONS,
    "IndividualAppointment.cancellation_reason": _REASONS,
    "IndividualAppointment.invoice_status": _STATUS,
    "IndividualAppointment.treatment_note_status": _STATUS,
}
_ARGUMENT = "an argument, not a field of an input"
_HOURS = "hours, 0 to 672: numbers to calculate with"
_WORDS = "cancellation_reason says it"
# Fields for whose values the vendor has a list and we no enum: of these the wire must show every one.
_UNNAMED = {
    "AppointmentType.online_bookings_lead_time_hours": _HOURS,
    "Attendee.cancellation_reason_description": _WORDS,
    "DailyAvailability.day_of_week": "the vendor's documents contradict each other on which number is which day",
    "IndividualAppointment.cancellation_reason_description": _WORDS,
    "PATCH /appointment_types/{id}.online_bookings_lead_time_hours": _HOURS,
    "PATCH /attendees/{id}/cancel.cancellation_reason": _ARGUMENT,
    "PATCH /individual_appointments/{id}/cancel.cancellation_reason": _ARGUMENT,
    "POST /appointment_types.online_bookings_lead_time_hours": _HOURS,
}

_SIZE = "the vendor's default is not ours"
_REST = "without it there is nothing to make"
_PARTS = "of no use without it"
_CANCEL = "the vendor has its own defaults for what is left out"
_RULES = ("group_appointments", "individual_appointments", "unavailable_blocks")
# What we always send, though the vendor's document does not demand it.
_ALWAYS = {
    **{row.key: _SIZE for row in TABLE.named("query") if row.name == "per_page"},
    **dict.fromkeys(
        keys(
            "body",
            {
                "POST /appointment_types": "duration_in_minutes name",
                "POST /attendees": "booking_id patient_id",
                "POST /availability_blocks": "business_id ends_at practitioner_id starts_at",
                "POST /group_appointments": "appointment_type_id business_id practitioner_id starts_at",
                "POST /individual_appointments": "appointment_type_id business_id patient_id practitioner_id starts_at",
                "POST /patient_cases": "name patient_id",
                "POST /patients": "first_name last_name",
                "POST /unavailable_block_types": "name",
                "POST /unavailable_blocks": "business_id practitioner_id starts_at",
            },
        ),
        _REST,
    ),
    **dict.fromkeys(
        keys(
            "body",
            {
                **{f"POST /{name}.repeat_rule": "number_of_repeats repeat_type" for name in _RULES},
                **{f"PATCH /{name}/{{id}}.repeat_rule": "number_of_repeats repeat_type" for name in _RULES},
                "POST /availability_blocks.repeat_rule": "number_of_repeats repeat_type",
                "PATCH /patients/{id}.patient_phone_numbers": "number phone_type",
                "POST /patients.patient_phone_numbers": "number phone_type",
            },
        ),
        _PARTS,
    ),
    **dict.fromkeys(
        keys(
            "body",
            {
                f"PATCH /{name}/{{id}}/cancel": "apply_to_repeats cancellation_note cancellation_reason"
                for name in ("attendees", "individual_appointments")
            },
        ),
        _CANCEL,
    ),
}
_NEXT = "the vendor's document says required, and it is not known to be so; see available_times.next"
_LEFT_OUT = {
    row.key: _NEXT
    for row in TABLE.named("query")
    if row.where.endswith("/next_available_time") and row.name in {"from", "to"}
}

# --- the wire ---

# Answers that have no name in the vendor's document, with what it lists in them and nobody has seen there.
_INLINE = {
    "GET /businesses/{business_id}/practitioners/{practitioner_id}/appointment_types/{appointment_type_id}"
    "/next_available_time": ("total_entries",),
    "GET /group_appointments/{id}/conflicts": (),
    "GET /individual_appointments/{id}/conflicts": (),
    "GET /unavailable_blocks/{id}/conflicts": (),
}
_NAME = "the sandbox refuses a business without a name, as the vendor's pages do for patients"
# What must be given, though the vendor's document demands nothing, and cannot be made null, though it may be.
_NEEDED = {
    Key("body", "POST /businesses", "business_name"): _NAME,
    Key("body", "PATCH /businesses/{id}", "business_name"): _NAME,
}
# What the vendor's document declares deprecated, and its real answers carry.
_DEPRECATED = {
    ("Attendee", "email_reminder_sent"),
    ("Attendee", "sms_reminder_sent"),
    ("Patient", "country"),
    ("Patient", "gender"),
    ("PatientCase", "closed"),
}
_RULE = "number_of_repeats repeat_type repeating_interval"


# What an object lacks where there is nothing to show: a link to one that is not there, and a rule that is none, which
# is an empty object.
_RARE = keys(
    "field",
    {
        "AppointmentType": "treatment_note_template",
        "Attendee": "patient_case",
        "AvailabilityBlock.repeat_rule": _RULE,
        "GroupAppointment": "repeated_from",
        "GroupAppointment.repeat_rule": _RULE,
        "IndividualAppointment": "patient_case repeated_from",
        "IndividualAppointment.repeat_rule": _RULE,
        "Patient": "concession_type latest_booking referring_doctor",
        "PatientCase": "contact",
        "UnavailableBlock": "repeated_from unavailable_block_type",
        "UnavailableBlock.repeat_rule": _RULE,
    },
)
# What may be null, and always has a value in the sandbox: everything about its practitioners and users is filled in,
# its settings are all there, nobody takes a mark back in the web application, and a rule that is none is `{}`.
_NEVER_NULL = keys(
    "field",
    {
        "AppointmentType": "appointment_confirmation_template_ids appointment_follow_up_template_ids "
        "appointment_reminder_template_ids online_payments_enabled",
        "Attendee": "cancellation_reason_description sent_email_follow_ups_count sent_email_reminders_count "
        "sent_sms_follow_ups_count sent_sms_reminders_count telehealth_url",
        "AvailabilityBlock": "repeat_rule",
        "AvailabilityBlock.repeat_rule": _RULE,
        "Business": "appointment_type_ids business_name country label",
        "DailyAvailability": "availabilities day_of_week time_zone time_zone_identifier",
        "GroupAppointment": "conflicts patient_ids repeat_rule telehealth_url",
        "GroupAppointment.repeat_rule": _RULE,
        "IndividualAppointment": "cancellation_reason_description conflicts did_not_arrive email_reminder_sent "
        "has_patient_appointment_notes patient_arrived patient_name repeat_rule sms_reminder_sent telehealth_url",
        "IndividualAppointment.repeat_rule": _RULE,
        "Patient": "accepted_sms_marketing label patient_phone_numbers",
        "PatientCase": "attendee_ids",
        "Practitioner": "active designation display_name first_name label last_name show_in_online_bookings title",
        **dict.fromkeys(
            ("PublicSettings", "Settings"),
            "account calendar documents_and_printing integrations online_bookings online_payments "
            "patient_custom_fields_definition patient_privacy reminders sms terminology wait_list",
        ),
        **dict.fromkeys(
            ("PublicSettings.online_bookings", "Settings.online_bookings"),
            "policy practitioner_order",
        ),
        "Service": "practitioners",
        "UnavailableBlock": "conflicts repeat_rule",
        "UnavailableBlock.repeat_rule": _RULE,
        "UnavailableBlockType": "system_controlled",
        "User": "active role time_zone_identifier user_active",
    },
)
_TEXTS = "calendar_info disabled_text disabled_title notice_text notice_title"
_BY_TYPE: dict[tuple[str, bool], dict[str, str]] = {
    ("array of object", True): {"User": "phone_numbers"},
    ("array of string", False): {"Settings.account.compliance": "hipaa_compliance-conflict_messages"},
    ("boolean", True): dict.fromkeys(("Attendee", "IndividualAppointment"), "online_booking_policy_accepted"),
    ("date-time", True): {"Patient": "merged_at"},
    ("integer", True): {
        **dict.fromkeys(("Attendee", "IndividualAppointment"), "invoice_status treatment_note_status"),
        **dict.fromkeys(("PublicSettings.sms", "Settings.sms"), "max_message_length"),
    },
    ("ipv4", True): dict.fromkeys(("Attendee", "IndividualAppointment"), "booking_ip_address"),
    ("link", False): {"Patient": "merged_with_patient"},
    ("phone", False): {"User.phone_numbers": "normalized_number number"},
    ("string", False): {"User.phone_numbers": "phone_type"},
    ("string", True): {
        "Practitioner": "description",
        "PublicSettings.online_bookings": _TEXTS,
        "Settings.online_bookings": _TEXTS,
        "Settings.online_bookings.adroll": "advertiser_id pixel_id",
        "Settings.online_bookings.google_analytics": "tracking_id",
        "Settings.online_bookings.google_tag_manager": "container_id",
        "User": "title",
    },
    ("uri", True): {
        "PublicSettings.documents_and_printing": "logo_url",
        "PublicSettings.online_bookings": "logo_url privacy_policy_url",
        "Settings.documents_and_printing": "logo_url",
        "Settings.online_bookings": "logo_url privacy_policy_url",
    },
}
# What never has a value in the sandbox, with its type and whether it may be null. The sandbox makes no invoices and
# notes, merges nobody, and leaves settings empty that may be; one reason to cancel is found in old records alone.
_UNSEEN = {
    **{key: (kind, null) for (kind, null), names in _BY_TYPE.items() for key in keys("field", names)},
    Key("enum", "Attendee.cancellation_reason_description", "COVID-19 related"): ("string", False),
    Key("enum", "IndividualAppointment.cancellation_reason_description", "COVID-19 related"): ("string", False),
}
TERMS = Terms(
    not_offered=_NOT_OFFERED,
    null_too=_NULL_TOO,
    not_null=_NOT_NULL,
    listed_by_us=_LISTED_BY_US,
    unnamed=_UNNAMED,
    always=_ALWAYS,
    left_out=_LEFT_OUT,
    inline=_INLINE,
    needed=_NEEDED,
    deprecated=_DEPRECATED,
    rare=_RARE,
    never_null=_NEVER_NULL,
    unseen=_UNSEEN,
)
