"""Working hours and their labels, what makes them and what changes them. In v2 they are called availabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import ClassVar, Literal, TypeAlias

import attrs

from apptsdk.models import UNSET, Id, Model, OpenStr, Unset
from apptsdk.providers.nexhealth.models.appointment_type import AppointmentType
from apptsdk.providers.nexhealth.models.shared import Input

WorkingHourInclude: TypeAlias = Literal["appointment_types"]
"""What working hours can be asked for with."""


class Weekday(OpenStr):
    """A day of the week."""

    SUNDAY = "Sunday"
    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"


class WorkingHourSource(OpenStr):
    """Where working hours come from."""

    MANUAL = "manual"
    SYNCED = "synced"


class RecurrenceUnit(OpenStr):
    """In what the steps are counted by which something repeats."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@attrs.frozen(kw_only=True, repr=False)
class Recurrence(Model):
    """The rule by which working hours repeat.

    https://docs.nexhealth.com/reference/getworkinghoursid

    Attributes:
        num: Every how many days, weeks or months.
        ref: The day from which steps are counted.
        unit: Days, weeks or months.
    """

    shown: ClassVar[tuple[str, ...]] = ("num", "unit", "ref")

    num: int | None = None
    ref: date | None = None
    unit: RecurrenceUnit | None = None


@attrs.frozen(kw_only=True)
class RecurrenceInput(Input):
    """A rule by which working hours are to repeat.

    https://docs.nexhealth.com/reference/postworkinghours

    Args:
        num: Every how many days, weeks or months.
        ref: The day from which steps are counted.
        unit: Days, weeks or months.
    """

    num: int
    ref: date
    unit: RecurrenceUnit


@attrs.frozen(kw_only=True, repr=False)
class WorkingHourLabel(Model):
    """A name for some of a location's working hours.

    https://docs.nexhealth.com/reference/getworkinghourlabels

    Attributes:
        id: The id.
        location_id: The location.
        name: The name.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    id: int
    location_id: int | None = None
    name: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class WorkingHour(Model):
    """A span of time within which a provider can be booked. It repeats by `days` or by a rule, or is on one day.

    https://docs.nexhealth.com/reference/getworkinghoursid

    Attributes:
        id: The id.
        begin_time: When it begins, in the location's time zone.
        end_time: When it ends, in the location's time zone. Midnight reads as 00:00.
        active: Whether it is in use.
        appointment_types: What can be booked in it; by default nothing is. Only where it was asked for.
        custom_recurrence: The rule by which it repeats.
        days: The days of the week; empty where a rule says when.
        label: Its label; None for the provider's usual hours. v3 only.
        location_id: The location.
        operatory_id: The chair or room.
        provider_id: The provider.
        source: Whether it was read from the EHR, where alone it can be changed, or made by hand. v3 only.
        specific_date: The one day.
        synced: Whether it was read from the EHR. v2 only.
        tz_offset: The location's offset from UTC, such as "-0700".
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "provider_id", "begin_time", "end_time")

    id: int
    begin_time: time
    end_time: time
    active: bool | None = None
    appointment_types: tuple[AppointmentType, ...] | None = None
    custom_recurrence: Recurrence | None = None
    days: tuple[Weekday, ...] | None = None
    label: WorkingHourLabel | None = None
    location_id: int | None = None
    operatory_id: int | None = None
    provider_id: int | None = None
    source: WorkingHourSource | None = None
    specific_date: date | None = None
    synced: bool | None = None
    tz_offset: str | None = None


@attrs.frozen(kw_only=True)
class WorkingHourFields(Input):
    """What may be given when working hours are made or changed. Of days, date and rule only one.

    Args:
        active: Whether they are in use.
        appointment_type_ids: What can be booked in them: the whole list; an empty one clears it.
        custom_recurrence: The rule by which they repeat.
        days: The days of the week.
        operatory_id: The chair or room; needed where the location maps bookings to operatories.
        specific_date: The one day.
    """

    within: ClassVar[str] = "working_hour"

    active: bool | Unset = UNSET
    appointment_type_ids: Sequence[Id] | Unset = UNSET
    custom_recurrence: RecurrenceInput | Unset = UNSET
    days: Sequence[Weekday] | Unset = UNSET
    operatory_id: Id | Unset = UNSET
    specific_date: date | Unset = UNSET


@attrs.frozen(kw_only=True)
class WorkingHourCreate(WorkingHourFields):
    """What makes working hours. The EHR never gets them.

    https://docs.nexhealth.com/reference/postworkinghours

    Args:
        provider_id: The provider.
        begin_time: When they begin, in the location's time zone: hours and minutes.
        end_time: When they end, in the location's time zone: hours and minutes.
        location_id: The location; by default the client's.
    """

    placed: ClassVar[Mapping[str, str]] = {"location_id": "?location_id"}

    provider_id: Id
    begin_time: time
    end_time: time
    location_id: Id | Unset = UNSET


@attrs.frozen(kw_only=True)
class WorkingHourUpdate(WorkingHourFields):
    """What changes working hours that were made by hand.

    https://docs.nexhealth.com/reference/patchworkinghoursid

    Args:
        provider_id: The provider.
        begin_time: When they begin: hours and minutes. The vendor's page says UTC here, and everywhere else the
            location's time zone, which is what we go by.
        end_time: When they end: hours and minutes, as above.
    """

    provider_id: Id | Unset = UNSET
    begin_time: time | Unset = UNSET
    end_time: time | Unset = UNSET
