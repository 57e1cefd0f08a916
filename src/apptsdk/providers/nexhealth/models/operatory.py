"""Operatories."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal, TypeAlias

import attrs

from apptsdk.models import Model
from apptsdk.providers.nexhealth.models.appointment_type import AppointmentType

OperatoryInclude: TypeAlias = Literal["appointment_types", "appt_categories"]
"""What an operatory can be asked for with. Categories are a word of the past: the vendor no longer describes them."""


@attrs.frozen(kw_only=True, repr=False)
class Operatory(Model):
    """A chair or a room at a location.

    https://docs.nexhealth.com/reference/getoperatoriesid

    Attributes:
        id: The id.
        active: Whether it is in use.
        appointment_types: What can be booked in it. Only where it was asked for.
        bookable_online: Whether it takes online bookings.
        created_at: When NexHealth first had it, UTC.
        display_name: The name that the practice shows instead of the EHR's.
        foreign_id: Its id in the EHR.
        foreign_id_type: Which EHR that is.
        last_sync_time: When it was last read from the EHR, UTC.
        location_id: The location where it is.
        name: The name in the EHR.
        updated_at: When it last changed, UTC.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    id: int
    active: bool | None = None
    appointment_types: tuple[AppointmentType, ...] | None = None
    bookable_online: bool | None = None
    created_at: datetime | None = None
    display_name: str | None = None
    foreign_id: str | None = None
    foreign_id_type: str | None = None
    last_sync_time: datetime | None = None
    location_id: int | None = None
    name: str | None = None
    updated_at: datetime | None = None
