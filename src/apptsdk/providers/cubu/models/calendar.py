"""Calendars of a service on a day, and their vacancies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

from apptsdk.errors import ConfigurationError
from apptsdk.providers.cubu.models.shared import CalendarRef, CubuModel, User
from apptsdk.providers.cubu.times import NO_ZONE, moment_of
from apptsdk.showing import length_of


@attrs.frozen(kw_only=True, repr=False)
class WorkingHours(CubuModel):
    """A span of a day.

    Attributes:
        start: Where it begins, in minutes since midnight by the service's clock.
        end: Where it ends; this minute is no longer in it.
    """

    shown: ClassVar[tuple[str, ...]] = ("start", "end")

    start: int
    end: int


@attrs.frozen(kw_only=True, repr=False)
class CalendarStats(CubuModel):
    """How full a calendar is.

    Attributes:
        appointment_count: How many appointments are in it.
        capacity_minutes: How many minutes are worked.
        minutes_booked: How many of them are booked.
        booking_rate: The part that is booked.
        comp_minutes_booked: The booked minutes, less those of customers who will probably not come.
        comp_booking_rate: The part that this is.
        is_fully_booked: Whether it is full.
    """

    shown: ClassVar[tuple[str, ...]] = ("appointment_count", "is_fully_booked")

    appointment_count: int | None = None
    capacity_minutes: int | None = None
    minutes_booked: int | None = None
    booking_rate: float | None = None
    comp_minutes_booked: float | None = None
    comp_booking_rate: float | None = None
    is_fully_booked: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class Calendar(CubuModel):
    """One agent's or counter's calendar of a service on one day.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-calendars-of-a-service

    Attributes:
        service_id: The service's GUID.
        date: The day, in the service's zone.
        cu_index: The capacity unit index: with service and day it names the calendar.
        calendar_timestamp: A stamp that changes with the calendar.
        service_name: The service's name.
        service_category_id: The category's GUID.
        service_category_name: The category's name.
        is_customer_required: Whether a booking needs `customer_record_id`.
        is_phone_number_required: Whether a booking needs `contact_phone_number`.
        is_email_required: Whether a booking needs `contact_email`.
        customers_data_table_id: The GUID of the customers' table.
        phone_number_field_type_id: The GUID of the field that holds the phone number.
        email_field_type_id: The GUID of the field that holds the email address.
        working_hours: When it is worked.
        user: The agent; None where it is anybody's ("anonymous").
        allow_anonymous_agent_booking: Whether agents may book into it while it is anybody's.
        inbox_id: The GUID of the inbox (queue).
        inbox_name: The inbox's name.
        is_in_agents_booking_window: Whether agents may book this day.
        agents_booking_active: Whether agents may book at all.
        is_in_self_booking_window: Whether customers may book this day.
        self_booking_active: Whether customers may book at all.
        stats: How full it is.
        is_past_date: Whether the day is over.
        issues: What is wrong with it; what is in it is not documented.
    """

    shown: ClassVar[tuple[str, ...]] = ("service_id", "date", "cu_index")

    service_id: str
    date: dt.date
    cu_index: int
    calendar_timestamp: dt.datetime | None = None
    service_name: str | None = None
    service_category_id: str | None = None
    service_category_name: str | None = None
    is_customer_required: bool | None = None
    is_phone_number_required: bool | None = None
    is_email_required: bool | None = None
    customers_data_table_id: str | None = None
    phone_number_field_type_id: str | None = None
    email_field_type_id: str | None = None
    working_hours: tuple[WorkingHours, ...] | None = None
    user: User | None = None
    allow_anonymous_agent_booking: bool | None = None
    inbox_id: str | None = None
    inbox_name: str | None = None
    is_in_agents_booking_window: bool | None = None
    agents_booking_active: bool | None = None
    is_in_self_booking_window: bool | None = None
    self_booking_active: bool | None = None
    stats: CalendarStats | None = None
    is_past_date: bool | None = None
    issues: tuple[object, ...] | None = attrs.field(default=None, hash=False)

    @property
    def reference(self) -> CalendarRef:
        """What names it again, in another process too."""
        return CalendarRef(service_id=self.service_id, date=self.date, cu_index=self.cu_index)


@attrs.frozen(kw_only=True, repr=False)
class Vacancies(CubuModel):
    """When a calendar is free for a service type.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-vacancies-in-a-calendar

    Attributes:
        service_type_id: The service type's GUID.
        service_type_name: Its name.
        duration_minutes: How long an appointment is, in minutes.
        minutes: The free times as the vendor sends them: minutes since midnight by the service's clock.
    """

    shown: ClassVar[tuple[str, ...]] = ("service_type_id", "duration_minutes", "minutes")
    spelt: ClassVar[Mapping[str, str]] = {"duration_minutes": "duration", "minutes": "slots"}

    service_type_id: str | None = None
    service_type_name: str | None = None
    duration_minutes: int
    minutes: tuple[int, ...]

    _slots: tuple[dt.datetime, ...] | None = attrs.field(default=None, init=False, eq=False)

    @property
    def duration(self) -> dt.timedelta:
        """How long an appointment is; nothing where `duration_minutes` is no length."""
        return length_of(self.duration_minutes) or dt.timedelta(0)

    @property
    def slots(self) -> tuple[dt.datetime, ...]:
        """The free times, aware, in the service's zone.

        A time that the clock leaps over on this day is in `minutes` only. One that comes twice means the first.

        Raises:
            ConfigurationError: Nobody says in which zone the service is, or the object was made by hand.
        """
        if self._slots is None:
            raise ConfigurationError(NO_ZONE, provider="cubu")
        return self._slots


def placed(vacancies: Vacancies, date: dt.date, zone: ZoneInfo) -> Vacancies:
    """Say of which day vacancies are, and by which clock: their own answer does not.

    Args:
        vacancies: What was read just now.
        date: The day.
        zone: The zone.

    Returns:
        The same object.
    """
    found = (moment_of(date, minutes, zone) for minutes in vacancies.minutes)
    object.__setattr__(vacancies, "_slots", tuple(moment for moment in found if moment is not None))
    return vacancies
