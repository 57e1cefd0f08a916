"""The systems that cassettes are of: how each is reached in a replay, and what of it may stand in a file."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import attrs

from apptsdk import AsyncCliniko, Cliniko, ClinikoSettings
from apptsdk.models import Model, OpenStr
from apptsdk.providers.cliniko import models

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen(kw_only=True, slots=False)
class System:
    """One provider's system.

    Args:
        name: The provider's name, which is also the folder's.
        clients: The two client classes.
        settings: With which cassettes are played; their base URL and their words stand in the files.
        signed: What stands in a file for a signature of the form that the provider demands.
        request_headers: The fields of requests that the provider demands or reads. No other is written.
        answer_headers: The fields of answers that the SDK or its callers read. No other is written.
        words: Text members that may hold one of the vendor's own words, which no recording replaces.
        vocabulary: These words.
        segments: The words in its paths.
        numbers: Number members that say nothing about a person.
        parameters: Query parameters that say nothing about a person, and their form.
    """

    name: str
    clients: tuple[Any, Any]
    settings: Any
    signed: Mapping[str, str]
    request_headers: frozenset[str]
    answer_headers: frozenset[str]
    words: frozenset[str]
    vocabulary: re.Pattern[str]
    segments: frozenset[str]
    numbers: frozenset[str]
    parameters: Mapping[str, re.Pattern[str]]

    @cached_property
    def user_agent(self) -> str | None:
        """Who a replay says it is."""
        return user_agent(self.settings)


def user_agent(settings: Any) -> str | None:
    """Tell as whom a client with these settings shows itself; settings of a person name the person."""
    return settings.account().service.headers.get("User-Agent")


def _classes(module: Any, base: type) -> list[Any]:
    found = [getattr(module, name) for name in module.__all__]
    return [one for one in found if isinstance(one, type) and issubclass(one, base)]


def words(text: str) -> frozenset[str]:
    """Read a list of words."""
    return frozenset(text.split())


_CLINIKO = {member.value for kind in _classes(models, OpenStr) for member in kind} | {
    *available_timezones(),
    "Feeling Better",
    "Condition Worse",
    "COVID-19 related",
    "Sick",
    "Away",
    "Work",
}
_MEMBERS = {field.name for kind in _classes(models, Model) for field in attrs.fields(kind)}
_COUNT, _DAY, _ORDER = map(re.compile, ("[0-9]{1,6}", "[0-9]{4}-[0-9]{2}-[0-9]{2}", "asc|desc"))
_COLUMN = rf"(?:{'|'.join(sorted(_MEMBERS))})(?::(?:asc|desc))?"
CLINIKO = System(
    name="cliniko",
    clients=(Cliniko, AsyncCliniko),
    settings=ClinikoSettings(
        api_key="MS0xLXJlcGxheS1uby1zZWNyZXQ-au1",
        app_name="apptsdk cassettes",
        contact_email="cassettes@example.com",
    ),
    signed={"authorization": r"Basic [0-9A-Za-z+/]+={0,2}"},
    request_headers=words("accept authorization content-type user-agent"),
    answer_headers=words(
        "content-type location retry-after www-authenticate x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset"
    ),
    words=words(
        "browser_title_name_format cancellation_reason_description color country_code default_reminder_type "
        "ical_patient_name_option online_payments_mode patient phone_type referral_type reminder_type repeat_type role "
        "time_zone_identifier"
    ),
    vocabulary=re.compile("|".join([r"#[0-9A-Fa-f]{3,8}", "[A-Z]{2}", *map(re.escape, sorted(_CLINIKO))])),
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
        "from": _DAY,
        "order": _ORDER,
        "page": _COUNT,
        "per_page": _COUNT,
        "sort": re.compile(f"{_COLUMN}(,{_COLUMN})*"),
        "to": _DAY,
    },
)
SYSTEMS = {system.name: system for system in (CLINIKO,)}
