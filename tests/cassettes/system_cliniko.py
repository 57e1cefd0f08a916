"""Cliniko as a system of cassettes."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from system import COUNT, DAY, System, any_of, columns, known, words

from apptsdk import AsyncCliniko, Cliniko, ClinikoSettings
from apptsdk.providers.cliniko import models

_WORDS = (
    known(models)
    | available_timezones()
    | {"Feeling Better", "Condition Worse", "COVID-19 related", "Sick", "Away", "Work"}
)


def _beside(said: Any) -> dict[str, Any]:
    """Find of a page what is beside its items."""
    if not isinstance(said, dict) or "total_entries" not in said:
        return {}
    return {"page": {name: value for name, value in said.items() if not isinstance(value, list)}}


CLINIKO = System(
    name="cliniko",
    title="Cliniko",
    clients=(Cliniko, AsyncCliniko),
    settings=ClinikoSettings(
        api_key="MS0xLXJlcGxheS1uby1zZWNyZXQ-au1",
        app_name="apptsdk cassettes",
        contact_email="cassettes@example.com",
    ),
    signed={"authorization": {r"Basic [0-9A-Za-z+/]+={0,2}": "Basic (scrubbed)"}},
    request_headers=words("accept authorization content-type user-agent"),
    answer_headers=words(
        "content-type location retry-after www-authenticate x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset"
    ),
    words=words(
        "browser_title_name_format cancellation_reason_description color country_code default_reminder_type "
        "ical_patient_name_option online_payments_mode patient phone_type referral_type reminder_type repeat_type role "
        "time_zone_identifier"
    ),
    vocabulary=any_of("#[0-9A-Fa-f]{3,8}", "[A-Z]{2}", texts=_WORDS),
    segments=words(
        "active appointment_type_billable_items appointment_type_products appointment_types appointments archive "
        "attachments attendees availability_blocks available_times billable_items bookings businesses cancel cases "
        "concession_types conflicts contacts daily_availabilities group_appointments inactive individual_appointments "
        "invoices medical_alerts next_available_time patient_attachments patient_cases patient_forms patients "
        "practitioner_reference_numbers practitioners products public referral_source referral_sources relationships "
        "services settings treatment_note_templates treatment_notes unarchive unavailable_block_types "
        "unavailable_blocks user users v1"
    )
    | {""},
    numbers=words(
        "allow_bookings_days_in_advance booking_reservation_minutes cancellation_reason daily_bookings_limit "
        "day_of_week default_wait_list_expiry_period duration_in_minutes end_hour invoice_status max_attendees "
        "max_appointments_per_day_segment max_invoiceable_amount max_message_length max_sessions "
        "min_hours_advance_required_to_book min_hours_notice_for_patient_cancellation number_of_repeats "
        "online_bookings_lead_time_hours repeating_interval start_hour timeslot_height_in_pixels "
        "timeslot_size_in_minutes total_entries treatment_note_status"
    ),
    parameters={
        "from": DAY,
        "order": re.compile("asc|desc"),
        "page": COUNT,
        "per_page": COUNT,
        "sort": columns(models, "{}(?::(?:asc|desc))?"),
        "to": DAY,
    },
    item=r"\.{resource}\[0\]\.",
    beside=_beside,
    version_path="/v1",
    moments=words("appointment_start"),
    naming=("app_name", "contact_email"),
)
