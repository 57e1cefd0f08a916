"""Slots: the times that can be booked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

import attrs

from apptsdk.models import Model


@attrs.frozen(kw_only=True, repr=False)
class AvailableSlot(Model):
    """A time that can be booked.

    https://docs.nexhealth.com/reference/getavailableslots

    Attributes:
        time: When it begins, in the location's offset from UTC.
        end_time: When it ends, in the location's offset from UTC; v2 may not tell.
        location_id: The location.
        operatory_id: The chair or room; None where the slot is tied to none.
        provider_id: The provider; None where the slot is tied to none.
        working_hour_label_id: The label of the working hours that it is part of. v3 only.
    """

    shown: ClassVar[tuple[str, ...]] = ("time", "end_time", "location_id", "provider_id", "operatory_id")
    sent_as: ClassVar[Mapping[str, str]] = {"location_id": "lid"}

    time: datetime
    end_time: datetime | None = None
    location_id: int | None = None
    operatory_id: int | None = None
    provider_id: int | None = None
    working_hour_label_id: int | None = None


@attrs.frozen(kw_only=True, repr=False)
class SlotGroup(Model):
    """The slots of one location and provider, and of one operatory where they are grouped so.

    https://docs.nexhealth.com/reference/getavailableslots

    Attributes:
        location_id: The location.
        slots: The slots, as they were sent: a slot that is grouped need not repeat what its group says.
        next_available_date: Where there is no slot, the next day with one; None where there is none within 180 days,
            which mostly means that the practice is not set up.
        operatory_id: The chair or room; None where slots are not grouped by it.
        provider_id: The provider; None where slots are not grouped by them.
    """

    shown: ClassVar[tuple[str, ...]] = ("location_id", "provider_id", "operatory_id", "next_available_date")
    sent_as: ClassVar[Mapping[str, str]] = {"location_id": "lid", "provider_id": "pid"}

    location_id: int
    slots: tuple[AvailableSlot, ...]
    next_available_date: date | None = None
    operatory_id: int | None = None
    provider_id: int | None = None
