"""The account's settings, all of them and those for everybody; what the emulation honours comes from the account."""

from collections.abc import Mapping
from typing import Any

from apptsdk.sandbox.cliniko.world import World

_TITLES = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr")
_FIELD = {"archived": False}
_CUSTOM_FIELDS = {
    "sections": [
        {
            "name": "Sports",
            "token": "5f3c8a52-7a0e-4f6b-9b7e-1b0a7f2f6c01",
            "archived": False,
            "fields": [
                {**_FIELD, "name": "Club", "type": "text", "token": "5f3c8a52-7a0e-4f6b-9b7e-1b0a7f2f6c02"},
                {
                    **_FIELD,
                    "name": "Seasons",
                    "type": "checkboxes",
                    "token": "5f3c8a52-7a0e-4f6b-9b7e-1b0a7f2f6c03",
                    "options": [
                        {**_FIELD, "name": "Summer", "token": "5f3c8a52-7a0e-4f6b-9b7e-1b0a7f2f6c04"},
                        {**_FIELD, "name": "Winter", "token": "5f3c8a52-7a0e-4f6b-9b7e-1b0a7f2f6c05"},
                    ],
                    "other": {"enabled": False, "archived": False},
                },
            ],
        }
    ]
}
_SETTINGS: dict[str, dict[str, Any]] = {
    "account": {
        "compliance": {"has_hipaa_compliance_conflicts": False, "hipaa_compliance-conflict_messages": []},
        "country": "Australia",
        "country_code": "AU",
        "currency_symbol": "$",
        "email_from": "reception@example.com",
        "has_time_travelers": False,
        "name": "Riverbend",
        "subdomain": "riverbend",
        "time_zone_support": True,
    },
    "calendar": {
        "end_hour": 20,
        "multiple_appointments_gap": True,
        "show_current_time_indicator": True,
        "start_hour": 7,
        "timeslot_height_in_pixels": 20,
        "timeslot_size_in_minutes": 30,
    },
    "documents_and_printing": {"logo_height": 60, "logo_url": None},
    "integrations": {"mail_chimp": {"enabled": False}, "medipass": {"enabled": False}, "xero": {"enabled": False}},
    "online_bookings": {
        "adroll": {"advertiser_id": None, "pixel_id": None},
        "allow_online_bookings_time_zone_choice": False,
        "booking_reservation_minutes": 10,
        "calendar_info": None,
        "daily_bookings_limit": 0,
        "disabled_text": None,
        "disabled_title": None,
        "google_analytics": {"tracking_id": None},
        "google_tag_manager": {"container_id": None},
        "logo_url": None,
        "min_hours_notice_for_patient_cancellation": 24,
        "notice_enabled": False,
        "notice_text": None,
        "notice_title": None,
        "notify_practitioner_by_email": True,
        "notify_practitioner_by_sms": False,
        "policy": "Please give us a day's notice.",
        "privacy_policy_url": None,
        "require_patient_address": False,
        "show_appointment_duration": True,
        "show_prices": False,
    },
    "online_payments": {"activated": False},
    "patient_custom_fields_definition": _CUSTOM_FIELDS,
    "patient_privacy": {
        "anonymise_appointments_on_deletion": False,
        "anonymise_booking_notifications": False,
        "anonymise_invoices_and_payments_on_deletion": False,
        "baa_requested": False,
        "browser_title_name_format": "full_name",
        "ical_patient_name_option": "initials",
        "prevent_sending_financial_data_by_email": False,
        "requires_hipaa_compliance": False,
    },
    "reminders": {"default_reminder_type": "SMS & Email"},
    "sms": {
        "alphanumeric_source_number_required": False,
        "default_alphanumeric_source_number": "Riverbend",
        "max_message_length": None,
        "number_of_usable_characters_per_message": 160,
        "replies_supported": True,
    },
    "terminology": {"patient": "patient", "titles": list(_TITLES)},
    "wait_list": {"default_wait_list_expiry_period": 30},
}
# What of it is not for everybody: the two objects of the vendor's document differ in this.
_PRIVATE: Mapping[str, frozenset[str]] = {
    "account": frozenset({"compliance", "email_from", "first_name", "last_name"}),
    "integrations": frozenset({"medipass"}),
    "online_bookings": frozenset({"adroll", "google_analytics", "google_tag_manager"}),
    "patient_privacy": frozenset(
        {
            "anonymise_appointments_on_deletion",
            "anonymise_booking_notifications",
            "anonymise_invoices_and_payments_on_deletion",
            "baa_requested",
        }
    ),
}
ROLES = ("administrator", "bookkeeper", "power receptionist", "practitioner", "receptionist", "scheduler")
VIEWERS = frozenset({"administrator"})
"""The roles that may see all settings."""


def settings(world: World) -> dict[str, dict[str, Any]]:
    """Show all settings.

    Args:
        world: the account.
    """
    owner, online = world.user.values, world.online_bookings
    own: dict[str, dict[str, Any]] = {
        "account": {"first_name": owner["first_name"], "id": str(world.id), "last_name": owner["last_name"]},
        "online_bookings": {
            "allow_bookings_days_in_advance": online.days_ahead,
            "enabled": online.enabled,
            "max_appointments_per_day_segment": online.max_per_day_segment or 0,
            "min_hours_advance_required_to_book": online.lead_time_hours,
            "practitioner_order": [
                str(row.id)
                for row in world.practitioners.values()
                if row.values["active"] and row.values["show_in_online_bookings"]
            ],
        },
    }
    return {name: {**section, **own.get(name, {})} for name, section in _SETTINGS.items()}


def public_settings(world: World) -> dict[str, dict[str, Any]]:
    """Show the settings that are for everybody.

    Args:
        world: the account.
    """
    return {
        section: {name: value for name, value in said.items() if name not in _PRIVATE.get(section, ())}
        for section, said in settings(world).items()
    }
