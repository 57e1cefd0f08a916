"""Locations: the offices of a practice."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

import attrs

from apptsdk.models import Model

LocationFeature: TypeAlias = Literal[
    "messaging",
    "campaigns",
    "reviews",
    "recalls",
    "reminders",
    "online_booking",
    "waitlist",
    "forms",
    "payments",
    "ledger_sync",
    "enterprise",
    "insurance_verification",
]
"""What a location may have booked with the vendor."""


@attrs.frozen(kw_only=True, repr=False)
class Specialty(Model):
    """What a location is specialised in.

    https://docs.nexhealth.com/reference/getlocationsid

    Attributes:
        id: The id.
        name: The name.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    id: int | None = None
    name: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class LocationBasic(Model):
    """An office of a practice, in short.

    https://docs.nexhealth.com/reference/getinstitutionsid

    Attributes:
        id: The id.
        city: City.
        email: E-mail address.
        inactive: Whether it is no longer in use.
        name: The name.
        phone_number: Phone number.
        state: State, in two letters.
        street_address: First line of the address.
        street_address_2: Second line of the address.
        zip_code: Zip code.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    id: int
    city: str | None = None
    email: str | None = None
    inactive: bool | None = None
    name: str | None = None
    phone_number: str | None = None
    state: str | None = None
    street_address: str | None = None
    street_address_2: str | None = None
    zip_code: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Location(LocationBasic):
    """An office of a practice.

    https://docs.nexhealth.com/reference/getlocationsid

    The vendor promises no form for its three times, so they are given as they were sent.

    Attributes:
        country_code: Country.
        created_at: When it was made, UTC.
        foreign_id: Its id in the EHR.
        foreign_id_type: Which EHR that is.
        insert_appt_client: Whether appointments made here are written to the EHR; else they never leave NexHealth.
        institution_id: The institution that it belongs to.
        last_sync_time: When it was last read from the EHR.
        latitude: Latitude of the address, in degrees.
        longitude: Longitude of the address, in degrees.
        map_by_operatory: Whether an appointment needs an operatory.
        set_availability_by_operatory: Whether appointment types go with operatories instead of providers.
        specialty: What it is specialised in.
        tz: Time zone, IANA.
        updated_at: When it last changed, UTC.
    """

    country_code: str | None = None
    created_at: str | None = None
    foreign_id: str | None = None
    foreign_id_type: str | None = None
    insert_appt_client: bool | None = None
    institution_id: int | None = None
    last_sync_time: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    map_by_operatory: bool | None = None
    set_availability_by_operatory: bool | None = None
    specialty: Specialty | None = None
    tz: str | None = None
    updated_at: str | None = None
