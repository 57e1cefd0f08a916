"""Businesses, what makes them and what changes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, Unset
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, FlagField, IdField, IdsField


@attrs.frozen(kw_only=True, repr=False)
class Business(Model):
    """A place where appointments are held.

    https://docs.api.cliniko.com/openapi/business

    Attributes:
        time_zone: The time zone by its Rails name, "Adelaide".
        time_zone_identifier: The time zone by its IANA name, "Australia/Adelaide".
        show_in_online_bookings: Whether available times are given for it.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "business_name")

    id: str
    additional_information: str | None = None
    additional_invoice_information: str | None = None
    address_1: str | None = None
    address_2: str | None = None
    appointment_reminders_enabled: bool | None = None
    appointment_type_ids: tuple[str, ...] | None = None
    appointments: Link | None = None
    archived_at: datetime | None = None
    business_name: str | None = None
    business_registration_name: str | None = None
    business_registration_value: str | None = None
    city: str | None = None
    contact_information: str | None = None
    country: str | None = None
    country_code: str | None = None
    created_at: datetime | None = None
    deleted_at: datetime | None = None
    display_name: str | None = None
    email_reply_to: str | None = None
    label: str | None = None
    links: Link | None = None
    post_code: str | None = None
    practitioners: Link | None = None
    show_in_online_bookings: bool | None = None
    state: str | None = None
    time_zone: str | None = None
    time_zone_identifier: str | None = None
    updated_at: datetime | None = None
    website_address: str | None = None


@attrs.frozen(kw_only=True)
class BusinessUpdate:
    """What changes a business.

    Args:
        additional_information: Further information, up to 5000 characters.
        additional_invoice_information: Further information on invoices, up to 5000 characters.
        address_1: First line of the address.
        address_2: Second line of the address.
        appointment_reminders_enabled: Whether reminders are sent.
        appointment_type_ids: Appointment types offered there.
        business_name: Name.
        business_registration_name: What the registration number is called.
        business_registration_value: The registration number.
        city: City.
        contact_information: How to reach it.
        country_code: Country, ISO 3166-1 alpha-2.
        display_name: The name that patients see.
        email_reply_to: Where replies to its mails go.
        logo: The logo, base64.
        logo_height: The logo's height.
        post_code: Post code.
        remove_logo: True removes the logo.
        show_in_online_bookings: Whether it can be booked online.
        state: State.
        time_zone: Time zone by its Rails name; it wins over `time_zone_identifier`.
        time_zone_identifier: Time zone by its IANA name.
        website_address: Website.
    """

    additional_information: str | Unset | None = UNSET
    additional_invoice_information: str | Unset | None = UNSET
    address_1: str | Unset | None = UNSET
    address_2: str | Unset | None = UNSET
    appointment_reminders_enabled: bool | Unset | None = UNSET
    appointment_type_ids: Sequence[Id] | Unset | None = UNSET
    business_name: str | Unset | None = UNSET
    business_registration_name: str | Unset | None = UNSET
    business_registration_value: str | Unset | None = UNSET
    city: str | Unset | None = UNSET
    contact_information: str | Unset | None = UNSET
    country_code: str | Unset | None = UNSET
    display_name: str | Unset | None = UNSET
    email_reply_to: str | Unset | None = UNSET
    logo: str | Unset = UNSET
    logo_height: int | Unset = UNSET
    post_code: str | Unset | None = UNSET
    remove_logo: bool | Unset = UNSET
    show_in_online_bookings: bool | Unset | None = UNSET
    state: str | Unset | None = UNSET
    time_zone: str | Unset | None = UNSET
    time_zone_identifier: str | Unset | None = UNSET
    website_address: str | Unset | None = UNSET


@attrs.frozen(kw_only=True)
class BusinessCreate(BusinessUpdate):
    """What makes a business."""


class BusinessFilters(Filters):
    """What lists of businesses can be filtered by."""

    __slots__ = ()

    appointment_type_ids: Final = IdsField()
    archived_at: Final = DateTimeField()
    created_at: Final = DateTimeField()
    deleted_at: Final = DateTimeField()
    id: Final = IdField()
    show_in_online_bookings: Final = FlagField()
    updated_at: Final = DateTimeField()
