"""Appointment types, what makes them and what changes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, OpenStr, Unset
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, FlagField, IdField, IdsField, TextField


class OnlinePaymentsMode(OpenStr):
    """What is paid when an appointment is booked online."""

    DEPOSIT_REQUIRED = "deposit_required"
    OPTIONAL = "optional"
    REQUIRED = "required"


@attrs.frozen(kw_only=True, repr=False)
class AppointmentType(Model):
    """A kind of appointment: what can be booked, and how long it takes.

    https://docs.api.cliniko.com/openapi/appointment-type

    Attributes:
        duration_in_minutes: Minutes, 1 to 1439.
        max_attendees: How many patients at once; above 1 it is a group type, booked as a group appointment.
        deposit_price: The deposit for an online booking.
        online_bookings_lead_time_hours: Hours between booking and appointment at least; None for the account's default.
        show_in_online_bookings: Whether available times are given for it.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    id: str
    name: str
    duration_in_minutes: int
    add_deposit_to_account_credit: bool | None = None
    appointment_confirmation_template_ids: tuple[str, ...] | None = None
    appointment_follow_up_template_ids: tuple[str, ...] | None = None
    appointment_reminder_template_ids: tuple[str, ...] | None = None
    appointment_type_billable_items: Link | None = None
    appointment_type_products: Link | None = None
    archived_at: datetime | None = None
    category: str | None = None
    color: str | None = None
    created_at: datetime | None = None
    deposit_price: Decimal | None = None
    description: str | None = None
    links: Link | None = None
    max_attendees: int | None = None
    online_bookings_lead_time_hours: int | None = None
    online_payments_enabled: bool | None = None
    online_payments_mode: OnlinePaymentsMode | None = None
    practitioners: Link | None = None
    show_in_online_bookings: bool | None = None
    telehealth_enabled: bool | None = None
    treatment_note_template: Link | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class AppointmentTypeFields:
    """What may be given when an appointment type is made or changed.

    Args:
        add_deposit_to_account_credit: Whether a deposit becomes credit of the patient's account.
        appointment_confirmation_template_ids: Templates of confirmations.
        appointment_follow_up_template_ids: Templates of follow-ups.
        appointment_reminder_template_ids: Templates of reminders.
        business_ids: Businesses where it is offered.
        category: Category.
        color: Color, "#RGB" or "#RRGGBB".
        deposit_price: The deposit for an online booking.
        description: Description.
        max_attendees: How many patients at once, 1 to 99.
        online_bookings_lead_time_hours: Hours between booking and appointment at least: 0, 1, 2, 4, 12, 18,
            24, 48, 72, 168, 336, 504 or 672.
        online_payments_mode: What is paid when booking online.
        practitioner_ids: Practitioners who offer it.
        show_in_online_bookings: Whether it can be booked online.
        telehealth_enabled: Whether it can be held by video.
        treatment_note_template_id: The template of its treatment notes.
    """

    add_deposit_to_account_credit: bool | Unset | None = UNSET
    appointment_confirmation_template_ids: Sequence[Id] | Unset | None = UNSET
    appointment_follow_up_template_ids: Sequence[Id] | Unset | None = UNSET
    appointment_reminder_template_ids: Sequence[Id] | Unset | None = UNSET
    business_ids: Sequence[Id] | Unset = UNSET
    category: str | Unset | None = UNSET
    color: str | Unset = UNSET
    deposit_price: Decimal | Unset | None = UNSET
    description: str | Unset | None = UNSET
    max_attendees: int | Unset = UNSET
    online_bookings_lead_time_hours: int | Unset | None = UNSET
    online_payments_mode: OnlinePaymentsMode | Unset | None = UNSET
    practitioner_ids: Sequence[Id] | Unset = UNSET
    show_in_online_bookings: bool | Unset | None = UNSET
    telehealth_enabled: bool | Unset | None = UNSET
    treatment_note_template_id: Id | Unset = UNSET


@attrs.frozen(kw_only=True)
class AppointmentTypeCreate(AppointmentTypeFields):
    """What makes an appointment type.

    Args:
        name: Name, up to 255 characters.
        duration_in_minutes: Minutes, 1 to 1439.
    """

    name: str
    duration_in_minutes: int


@attrs.frozen(kw_only=True)
class AppointmentTypeUpdate(AppointmentTypeFields):
    """What changes an appointment type.

    Args:
        name: Name, up to 255 characters.
        duration_in_minutes: Minutes, 1 to 1439.
    """

    name: str | Unset = UNSET
    duration_in_minutes: int | Unset = UNSET


class AppointmentTypeFilters(Filters):
    """What lists of appointment types can be filtered by."""

    __slots__ = ()

    appointment_confirmation_template_ids: Final = IdsField()
    appointment_follow_up_template_ids: Final = IdsField()
    appointment_reminder_template_ids: Final = IdsField()
    archived_at: Final = DateTimeField()
    category: Final = TextField()
    created_at: Final = DateTimeField()
    id: Final = IdField()
    online_payments_mode: Final = TextField()
    show_in_online_bookings: Final = FlagField()
    updated_at: Final = DateTimeField()
