"""Institutions: the practices that a key may look into."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.models import Model
from apptsdk.providers.nexhealth.models.location import Location, LocationBasic


@attrs.frozen(kw_only=True, repr=False)
class Institution(Model):
    """A practice, with one or more locations.

    https://docs.nexhealth.com/reference/getinstitutionsid

    Attributes:
        id: The id.
        name: The name.
        subdomain: The name by which all calls say which practice they mean.
        appointment_types_location_scoped: Whether each location has appointment types of its own.
        country_code: Country, in two or three letters.
        created_at: When it was made, UTC.
        emrs: The EHRs that it uses.
        is_sync_notifications: Whether it is mailed to when the connection to its EHR breaks.
        locations: Its locations, in short.
        notify_insert_fails: Whether it is mailed to when an appointment cannot be written to its EHR.
        phone_number: Phone number.
        updated_at: When it last changed, UTC.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name", "subdomain")

    id: int
    name: str
    subdomain: str
    appointment_types_location_scoped: bool | None = None
    country_code: str | None = None
    created_at: datetime | None = None
    emrs: tuple[str, ...] | None = None
    is_sync_notifications: bool | None = None
    locations: tuple[LocationBasic, ...] | None = None
    notify_insert_fails: bool | None = None
    phone_number: str | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True, repr=False)
class InstitutionLocations(Model):
    """A practice with its locations: what the vendor's list of locations consists of.

    https://docs.nexhealth.com/reference/getlocations

    Attributes:
        id: The id.
        locations: Its locations.
        name: The name.
        subdomain: The name by which all calls say which practice they mean.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name", "subdomain")

    id: int
    locations: tuple[Location, ...] | None = None
    name: str | None = None
    subdomain: str | None = None
