"""An account's settings, as far as the API shows them: to every user, and to those whose role may view them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from apptsdk.models import Model, OpenStr
from apptsdk.providers.cliniko.models.patient import ReminderType


class NameFormat(OpenStr):
    """How much of a patient's name is shown."""

    FIRST_NAME = "first_name"
    FULL_NAME = "full_name"
    INITIALS = "initials"
    ANONYMOUS = "anonymous"
    SEMI_ANONYMOUS = "semi_anonymous"


class PatientTerm(OpenStr):
    """What patients are called."""

    PATIENT = "patient"
    CLIENT = "client"


@attrs.frozen(kw_only=True, repr=False)
class _Section(Model):
    """A part of the settings."""

    shown: ClassVar[tuple[str, ...]] = ()


@attrs.frozen(kw_only=True, repr=False)
class PublicAccountDetails(_Section):
    """The account.

    Attributes:
        country_code: The country, by ISO 3166-1.
        subdomain: The account's name in its URLs.
        time_zone_support: Whether businesses may have time zones of their own.
    """

    country: str | None = None
    country_code: str | None = None
    currency_symbol: str | None = None
    has_time_travelers: bool | None = None
    id: str | None = None
    name: str | None = None
    subdomain: str | None = None
    time_zone_support: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class ComplianceSettings(_Section):
    """Whether the settings agree with what HIPAA asks for.

    Attributes:
        hipaa_compliance_conflict_messages: Where they do not. The vendor spells the field
            `hipaa_compliance-conflict_messages`.
    """

    sent_as: ClassVar[Mapping[str, str]] = {"hipaa_compliance_conflict_messages": "hipaa_compliance-conflict_messages"}

    has_hipaa_compliance_conflicts: bool | None = None
    hipaa_compliance_conflict_messages: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True, repr=False)
class AccountDetails(PublicAccountDetails):
    """The account, and who owns it."""

    compliance: ComplianceSettings | None = None
    email_from: str | None = None
    first_name: str | None = None
    last_name: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class CalendarSettings(_Section):
    """The calendar.

    Attributes:
        start_hour: The first hour that is shown.
        end_hour: The last hour that is shown.
        timeslot_size_in_minutes: Minutes a row.
    """

    end_hour: int | None = None
    multiple_appointments_gap: bool | None = None
    show_current_time_indicator: bool | None = None
    start_hour: int | None = None
    timeslot_height_in_pixels: int | None = None
    timeslot_size_in_minutes: int | None = None


@attrs.frozen(kw_only=True, repr=False)
class DocumentSettings(_Section):
    """Documents and printing."""

    logo_height: int | None = None
    logo_url: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class IntegrationSettings(_Section):
    """Whether an integration is on."""

    enabled: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class PublicIntegrationsSettings(_Section):
    """The integrations."""

    mail_chimp: IntegrationSettings | None = None
    xero: IntegrationSettings | None = None


@attrs.frozen(kw_only=True, repr=False)
class IntegrationsSettings(PublicIntegrationsSettings):
    """All integrations."""

    medipass: IntegrationSettings | None = None


@attrs.frozen(kw_only=True, repr=False)
class PublicOnlineBookingsSettings(_Section):
    """What patients can book online, and what they are told. Available times follow these settings.

    Attributes:
        allow_bookings_days_in_advance: How many days ahead can be booked: 28, 84, 182 or 365.
        booking_reservation_minutes: Minutes for which a time is kept while a patient books it.
        enabled: Whether there are online bookings at all.
        max_appointments_per_day_segment: How many times are shown in each morning, afternoon and evening.
        min_hours_advance_required_to_book: Hours between booking and appointment at least; a type may have its own.
        min_hours_notice_for_patient_cancellation: Hours before the appointment until which patients may cancel.
        practitioner_order: The practitioners, in the order in which they are shown.
    """

    allow_bookings_days_in_advance: int | None = None
    allow_online_bookings_time_zone_choice: bool | None = None
    booking_reservation_minutes: int | None = None
    calendar_info: str | None = None
    daily_bookings_limit: int | None = None
    disabled_text: str | None = None
    disabled_title: str | None = None
    enabled: bool | None = None
    logo_url: str | None = None
    max_appointments_per_day_segment: int | None = None
    min_hours_advance_required_to_book: int | None = None
    min_hours_notice_for_patient_cancellation: int | None = None
    notice_enabled: bool | None = None
    notice_text: str | None = None
    notice_title: str | None = None
    notify_practitioner_by_email: bool | None = None
    notify_practitioner_by_sms: bool | None = None
    policy: str | None = None
    practitioner_order: tuple[str, ...] | None = None
    privacy_policy_url: str | None = None
    require_patient_address: bool | None = None
    show_appointment_duration: bool | None = None
    show_prices: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class AdrollSettings(_Section):
    """AdRoll."""

    advertiser_id: str | None = None
    pixel_id: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class GoogleAnalyticsSettings(_Section):
    """Google Analytics."""

    tracking_id: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class GoogleTagManagerSettings(_Section):
    """Google Tag Manager."""

    container_id: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class OnlineBookingsSettings(PublicOnlineBookingsSettings):
    """What patients can book online, and by whom their visits are counted."""

    adroll: AdrollSettings | None = None
    google_analytics: GoogleAnalyticsSettings | None = None
    google_tag_manager: GoogleTagManagerSettings | None = None


@attrs.frozen(kw_only=True, repr=False)
class OnlinePaymentsSettings(_Section):
    """Online payments."""

    activated: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class PublicPatientPrivacySettings(_Section):
    """How patients' data is kept from view."""

    browser_title_name_format: NameFormat | None = None
    ical_patient_name_option: NameFormat | None = None
    prevent_sending_financial_data_by_email: bool | None = None
    requires_hipaa_compliance: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class PatientPrivacySettings(PublicPatientPrivacySettings):
    """How patients' data is kept from view, and what becomes of it."""

    anonymise_appointments_on_deletion: bool | None = None
    anonymise_booking_notifications: bool | None = None
    anonymise_invoices_and_payments_on_deletion: bool | None = None
    baa_requested: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class ReminderSettings(_Section):
    """Reminders."""

    default_reminder_type: ReminderType | None = None


@attrs.frozen(kw_only=True, repr=False)
class SmsSettings(_Section):
    """Text messages."""

    alphanumeric_source_number_required: bool | None = None
    default_alphanumeric_source_number: str | None = None
    max_message_length: int | None = None
    number_of_usable_characters_per_message: int | None = None
    replies_supported: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class TerminologySettings(_Section):
    """What people are called.

    Attributes:
        patient: What patients are called.
        titles: The titles to choose from.
    """

    patient: PatientTerm | None = None
    titles: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True, repr=False)
class WaitListSettings(_Section):
    """The wait list."""

    default_wait_list_expiry_period: int | None = None


@attrs.frozen(kw_only=True, repr=False)
class PublicAccountSettings(_Section):
    """The account's settings that every user may see.

    https://docs.api.cliniko.com/openapi/public-settings

    Attributes:
        patient_custom_fields_definition: The custom fields that patients have, `{"sections": [...]}`, as the vendor
            sends them: accounts define them themselves.
    """

    account: PublicAccountDetails | None = None
    calendar: CalendarSettings | None = None
    documents_and_printing: DocumentSettings | None = None
    integrations: PublicIntegrationsSettings | None = None
    online_bookings: PublicOnlineBookingsSettings | None = None
    online_payments: OnlinePaymentsSettings | None = None
    patient_custom_fields_definition: Mapping[str, object] | None = attrs.field(default=None, hash=False)
    patient_privacy: PublicPatientPrivacySettings | None = None
    reminders: ReminderSettings | None = None
    sms: SmsSettings | None = None
    terminology: TerminologySettings | None = None
    wait_list: WaitListSettings | None = None


@attrs.frozen(kw_only=True, repr=False)
class AccountSettings(PublicAccountSettings):
    """The account's settings.

    https://docs.api.cliniko.com/openapi/settings
    """

    account: AccountDetails | None = None
    integrations: IntegrationsSettings | None = None
    online_bookings: OnlineBookingsSettings | None = None
    patient_privacy: PatientPrivacySettings | None = None
