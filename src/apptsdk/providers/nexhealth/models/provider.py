"""Providers: those with whom appointments are made."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

import attrs

from apptsdk.models import Model
from apptsdk.providers.nexhealth.models.appointment_type import AppointmentType
from apptsdk.providers.nexhealth.models.location import Location
from apptsdk.providers.nexhealth.models.person import Person
from apptsdk.providers.nexhealth.models.working_hour import WorkingHour

ProviderInclude: TypeAlias = Literal["locations", "availabilities", "appointment_types"]
"""What a provider can be asked for with. Without a word about it the vendor sends the locations."""


@attrs.frozen(kw_only=True, repr=False)
class ProviderRequestable(Model):
    """Where a provider can be booked.

    https://docs.nexhealth.com/reference/getprovidersid

    Attributes:
        location_id: The location.
    """

    shown: ClassVar[tuple[str, ...]] = ("location_id",)

    location_id: int | None = None


@attrs.frozen(kw_only=True, repr=False)
class Provider(Person):
    """Somebody with whom appointments are made.

    https://docs.nexhealth.com/reference/getprovidersid

    Attributes:
        appointment_types: What can be booked with them. Only where it was asked for.
        availabilities: Their working hours. Only where they were asked for.
        display_name: The name that is shown to patients.
        locations: Their locations.
        npi: Their National Provider Identifier, where the practice entered it.
        provider_requestables: Where they can be booked.
        specialty_code: The code of what they are specialised in.
        state_license: The number of their state licence.
        tin: Their taxpayer number.
    """

    appointment_types: tuple[AppointmentType, ...] | None = None
    availabilities: tuple[WorkingHour, ...] | None = None
    display_name: str | None = None
    locations: tuple[Location, ...] | None = None
    npi: str | None = None
    provider_requestables: tuple[ProviderRequestable, ...] | None = None
    specialty_code: str | None = None
    state_license: str | None = None
    tin: str | None = None
