"""When practitioners work: their weekly hours, and extra times."""

from __future__ import annotations

from datetime import datetime, time
from typing import ClassVar, Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, Unset
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, IdField
from apptsdk.providers.cliniko.models.shared import RepeatRule, RepeatRuleInput


@attrs.frozen(kw_only=True, repr=False)
class AvailabilityBlock(Model):
    """An extra time at which a practitioner can be booked, beside the weekly hours. It cannot be changed or removed.

    https://docs.api.cliniko.com/openapi/availability-block

    Attributes:
        starts_at: When it begins, UTC.
        ends_at: When it ends, UTC.
        repeat_rule: The rule by which it repeats; one without fields where it does not.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "starts_at", "ends_at")

    id: str
    starts_at: datetime
    ends_at: datetime
    business: Link | None = None
    created_at: datetime | None = None
    links: Link | None = None
    practitioner: Link | None = None
    repeat_rule: RepeatRule | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class AvailabilityBlockCreate:
    """What makes an availability block.

    Args:
        business_id: The business where the practitioner is available.
        practitioner_id: The practitioner.
        starts_at: When it begins: aware; sent as UTC, whole seconds.
        ends_at: When it ends: aware.
        repeat_rule: How it repeats.
    """

    business_id: Id
    practitioner_id: Id
    starts_at: datetime
    ends_at: datetime
    repeat_rule: RepeatRuleInput | Unset | None = UNSET


@attrs.frozen(kw_only=True, repr=False)
class DailyHours(Model):
    """One stretch of a day's working hours, in the business's local time.

    Attributes:
        starts_at: When it begins.
        ends_at: When it ends; 00:00 is midnight at the end of the day.
    """

    shown: ClassVar[tuple[str, ...]] = ("starts_at", "ends_at")

    starts_at: time
    ends_at: time


@attrs.frozen(kw_only=True, repr=False)
class DailyAvailability(Model):
    """A practitioner's working hours at a business on one day of the week.

    https://docs.api.cliniko.com/openapi/daily-availability

    Attributes:
        day_of_week: The day, 0 to 7. The vendor's documents contradict each other on which number is which day (its
            OpenAPI document lists 0 to 6, its older pages count from 1 for Monday to 7 for Sunday): look at an account
            whose hours you know before you rely on one.
        availabilities: The day's hours, in order; None or empty where there are none.
        time_zone: The business's time zone, by the vendor's own label, such as "Sydney".
        time_zone_identifier: The same by its IANA name, such as "Australia/Sydney".
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "day_of_week")

    id: str
    availabilities: tuple[DailyHours, ...] | None = None
    business: Link | None = None
    created_at: datetime | None = None
    day_of_week: int | None = None
    links: Link | None = None
    practitioner: Link | None = None
    time_zone: str | None = None
    time_zone_identifier: str | None = None
    updated_at: datetime | None = None


class AvailabilityBlockFilters(Filters):
    """What lists of availability blocks can be filtered by."""

    __slots__ = ()

    business_id: Final = IdField()
    created_at: Final = DateTimeField()
    id: Final = IdField()
    practitioner_id: Final = IdField()
    starts_at: Final = DateTimeField()
    updated_at: Final = DateTimeField()


class DailyAvailabilityFilters(Filters):
    """What lists of daily availabilities can be filtered by."""

    __slots__ = ()

    business_id: Final = IdField()
    created_at: Final = DateTimeField()
    id: Final = IdField()
    practitioner_id: Final = IdField()
    updated_at: Final = DateTimeField()
