"""Cases: one customer's matter each. An appointment is a case, and so is a walk-in."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

from apptsdk.models import OpenStr
from apptsdk.providers.cubu.models.shared import (
    CalendarRef,
    CaseRef,
    Channel,
    CubuModel,
    User,
    case_in,
    reference_or_none,
)
from apptsdk.providers.cubu.times import moment_of
from apptsdk.showing import end_after, in_zone, length_of


class CaseStatus(OpenStr):
    """How far a case is. What a cancelled appointment's status is called is not published."""

    PLANNED = "Planned"
    """It is booked, and the customer is not here yet."""
    WAITING = "Waiting"
    PENDING = "Pending"
    ACTIVE = "Active"
    RESOLVED = "Resolved"


class EntryMode(OpenStr):
    """How a case came in; few of the names are published."""

    WALK_IN = "WalkIn"


class MeetingProvider(OpenStr):
    """Whose video meetings are used."""

    TEAMS = "Teams"
    ZOOM = "Zoom"
    GOOGLE_MEET = "GoogleMeet"


@attrs.frozen(kw_only=True, repr=False)
class Ticket(CubuModel):
    """The number that is printed for a customer.

    Attributes:
        prefix: What stands before the number.
        suffix: What stands after it.
        number: The number: an int, also where the vendor sends one as text.
    """

    shown: ClassVar[tuple[str, ...]] = ("label",)

    prefix: str | None = None
    suffix: str | None = None
    number: int | str | None = None

    @property
    def label(self) -> str:
        """The ticket as it is printed."""
        return f"{self.prefix or ''}{'' if self.number is None else self.number}{self.suffix or ''}"


@attrs.frozen(kw_only=True, repr=False)
class CaseCustomer(CubuModel):
    """Whose case it is.

    Attributes:
        data_table_id: The GUID of the customers' table.
        record_id: The GUID of the customer's record.
        display_name: The customer's name.
    """

    shown: ClassVar[tuple[str, ...]] = ("record_id",)

    data_table_id: str | None = None
    record_id: str | None = None
    display_name: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class OnlineMeeting(CubuModel):
    """The meeting of a video appointment.

    Attributes:
        provider: Whose meeting it is.
        meeting_id: Its id there.
        host_url: The agent's link. It is not for the customer.
        participants_url: The customer's link.
        date_created: When it was made.
        error: Why there is none.
    """

    shown: ClassVar[tuple[str, ...]] = ("provider",)

    provider: MeetingProvider | None = None
    meeting_id: str | None = None
    host_url: str | None = None
    participants_url: str | None = None
    date_created: dt.datetime | None = None
    error: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Appointment(CubuModel):
    """When and where a case is due.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-appointments-in-calendar

    Attributes:
        service_id: The service's GUID.
        date: The day, in the service's zone.
        cu_index: The calendar's index.
        start: When it begins, in minutes since midnight by the service's clock. (A booking calls this `startTime`.)
        time_local: When it begins by the service's clock, as it was sent: without an offset.
        time_utc: When it begins. This is what counts; nothing says that `start` always agrees with it.
        time_zone_id: The service's zone by its Windows name.
        duration: How long it is, in minutes.
        no_show_probability: How probable it is that the customer does not come, from 0 to 1.
        reservation_token: What a reservation is held by.
        reservation_expiry_date: When the reservation ends.
    """

    shown: ClassVar[tuple[str, ...]] = ("service_id", "cu_index", "starts_at")

    service_id: str | None = None
    date: dt.date | None = None
    cu_index: int | None = None
    start: int | None = None
    time_local: str | None = None
    time_utc: dt.datetime | None = None
    time_zone_id: str | None = None
    duration: int | None = None
    no_show_probability: float | None = None
    reservation_token: str | None = None
    reservation_expiry_date: dt.datetime | None = None

    _zone: ZoneInfo | None = attrs.field(default=None, init=False, eq=False)

    @property
    def starts_at(self) -> dt.datetime | None:
        """When it begins, aware: `time_utc` where it was sent, else `date` and `start`. In the service's zone."""
        if self.time_utc is not None:
            return in_zone(self.time_utc, self._zone)
        if self.date is None or self.start is None or self._zone is None:
            return None
        return moment_of(self.date, self.start, self._zone)

    @property
    def ends_at(self) -> dt.datetime | None:
        """When it ends, aware, in the service's zone."""
        return None if self.starts_at is None else end_after(self.starts_at, length_of(self.duration))

    @property
    def time_zone(self) -> str | None:
        """The service's zone by its IANA name, where it is known."""
        return None if self._zone is None else self._zone.key


@attrs.frozen(kw_only=True, repr=False)
class Case(CubuModel):
    """One customer's matter: an appointment, or a walk-in. What an answer does not hold reads as None.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-appointments-in-calendar

    Attributes:
        case_id: The GUID.
        appointment: When and where it is due; None for a walk-in, and in answers that leave it out.
        ticket: The printed number.
        service_category_id: The category's GUID.
        service_category_name: The category's name.
        service_type_id: The service type's GUID.
        service_type_name: The service type's name.
        service_type_color_code: A colour, as CSS has it.
        status: How far it is.
        status_date: Since when.
        reference_date: The appointment's time, UTC.
        date_opened: When the case was opened.
        date_closed: When it was closed.
        assigned_to: The agent whose case it is.
        locked_by: The agent who works on it now.
        customer: Whose case it is.
        online_meeting: The meeting of a video appointment.
        channel: How the customer is served.
        language: The customer's language, such as `en-US`.
        rank: Its place in the queue: a very large number.
        unit_id: The unit's GUID.
        unit_name: The unit's name.
        inbox_id: The GUID of the inbox (queue).
        inbox_name: The inbox's name.
        inbox_color_code: A colour, as CSS has it.
        case_timestamp: A stamp that changes with the case.
        workstation_id: The workstation's GUID.
        workstation_name: The workstation's name.
        printed_ticket: Whether a ticket was printed.
        contact_phone_number: The customer's phone number.
        contact_email: The customer's email address.
        entry_mode: How it came in.
        fields: Values of the organization's own fields; their shape here is not documented.
        tags: Tags; their shape here is not documented.
        queue_timestamp: When the customer joined the queue; None for an appointment.
        position: The place in the queue; None for an appointment.
        calendar_timestamp: The calendar's stamp after a booking; None for a walk-in.
        ticket_url: Where the customer sees the ticket.
    """

    shown: ClassVar[tuple[str, ...]] = ("case_id", "status", "starts_at")

    case_id: str
    appointment: Appointment | None = None
    ticket: Ticket | None = None
    service_category_id: str | None = None
    service_category_name: str | None = None
    service_type_id: str | None = None
    service_type_name: str | None = None
    service_type_color_code: str | None = None
    status: CaseStatus | None = None
    status_date: dt.datetime | None = None
    reference_date: dt.datetime | None = None
    date_opened: dt.datetime | None = None
    date_closed: dt.datetime | None = None
    assigned_to: User | None = None
    locked_by: User | None = None
    customer: CaseCustomer | None = None
    online_meeting: OnlineMeeting | None = None
    channel: Channel | None = None
    language: str | None = None
    rank: float | None = None
    unit_id: str | None = None
    unit_name: str | None = None
    inbox_id: str | None = None
    inbox_name: str | None = None
    inbox_color_code: str | None = None
    case_timestamp: dt.datetime | None = None
    workstation_id: str | None = None
    workstation_name: str | None = None
    printed_ticket: bool | None = None
    contact_phone_number: str | None = None
    contact_email: str | None = None
    entry_mode: EntryMode | None = None
    fields: object = attrs.field(default=None, hash=False)
    tags: object = attrs.field(default=None, hash=False)
    queue_timestamp: dt.datetime | None = None
    position: int | None = None
    calendar_timestamp: dt.datetime | None = None
    ticket_url: str | None = None

    @property
    def id(self) -> str:
        """The GUID, as `case_id`."""
        return self.case_id

    @property
    def created_at(self) -> dt.datetime | None:
        """When the case was opened, as `date_opened`."""
        return self.date_opened

    @property
    def starts_at(self) -> dt.datetime | None:
        """When the appointment begins, aware, in the service's zone where it is known; None for a walk-in."""
        return None if self.appointment is None else self.appointment.starts_at

    @property
    def reference(self) -> CaseRef | None:
        """What names the appointment again, in another process too; None where the answer does not say."""
        due = self.appointment
        return None if due is None else reference_or_none(due.service_id, due.date, due.cu_index, self.case_id)


@attrs.frozen(kw_only=True)
class Difference:
    """Where a booking is otherwise than it was asked for.

    Attributes:
        field: The argument's name.
        asked: What was asked for, as text.
        got: What the vendor has, as text; None where it has nothing.
    """

    field: str
    asked: str
    got: str | None


@attrs.frozen(kw_only=True, repr=False)
class Booking(Case):
    """An appointment that was just booked.

    What the answer to a booking holds is not published, so it is looked up in the calendar, which is what counts: see
    `checked`. `as_sent()` is then both answers in one.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/book-appointment
    """

    _calendar: CalendarRef | None = attrs.field(default=None, init=False, eq=False)
    _differences: tuple[Difference, ...] = attrs.field(default=(), init=False, eq=False)
    _checked: bool = attrs.field(default=False, init=False, eq=False)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where it is otherwise than it was asked for: the organization's own hook may change a booking.

        Compared are the service type, the start, the channel, the language and the customer, as far as the vendor says.
        """
        return self._differences

    @property
    def checked(self) -> bool:
        """Whether it was found in the calendar after it was booked, so that all of it could be compared."""
        return self._checked

    @property
    def reference(self) -> CaseRef:
        """What names the appointment again, in another process too."""
        found = super().reference
        if found is not None:
            return found
        if self._calendar is None:
            raise ValueError("This booking was made by hand: nothing says in which calendar it is.")
        return case_in(self._calendar, self.case_id)
