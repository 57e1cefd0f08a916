"""The rows of the emulated account. Moments are seconds since 1970."""

from collections.abc import Callable
from datetime import date, time
from operator import attrgetter
from typing import Any, ClassVar, Literal

from attrs import Attribute, define, field, frozen

ID_STEP = 1 << 22
"""From one id to the next: a multiple of 256, so that no id survives the way through a double."""
_SOLE = 1 << 21  # from the id of an individual appointment to that of its attendee


@define(eq=False, slots=True)
class Row:
    """What every record has."""

    id: int
    created_at: int
    updated_at: int
    archived_at: int | None = field(default=None, kw_only=True)


@define(eq=False, slots=True)
class Record(Row):
    """A record whose fields are few and read as they are written."""

    values: dict[str, Any]  # JSON values by the vendor's own names


@frozen
class RepeatRule:
    """How often something comes again."""

    repeat_type: Literal["Daily", "Weekly", "Monthly"]
    number_of_repeats: int
    """How many come after the first."""
    repeating_interval: int


@define(eq=False, slots=True, kw_only=True)
class Span(Row):
    """What has its time with a practitioner at a business; compact, because there may be a hundred thousand."""

    resource: ClassVar[str]
    """Its plural, as in a path."""

    starts_at: int
    ends_at: int
    business: int
    practitioner: int
    repeated_from: int | None = None
    repeat_rule: RepeatRule | None = None

    @property
    def live(self) -> bool:
        """Whether it takes its time."""
        return self.archived_at is None


@define(eq=False, slots=True, kw_only=True)
class Appointment(Span):
    """An individual appointment, and all that its attendee is."""

    resource: ClassVar[str] = "individual_appointments"

    appointment_type: int
    patient: int
    notes: str | None = None
    cancelled_at: int | None = None
    cancellation_reason: int | None = None
    cancellation_note: str | None = None
    did_not_arrive: bool | None = False
    patient_arrived: bool | None = False
    patient_case: int | None = None

    @property
    def live(self) -> bool:
        """Whether it takes its time: neither cancelled nor archived."""
        return self.cancelled_at is None and self.archived_at is None

    @property
    def patient_ids(self) -> list[str]:
        """The patient, as a booking tells it."""
        return [str(self.patient)]

    @property
    def arrived(self) -> bool | None:
        """Whether the patient did; None if nobody has said."""
        return True if self.patient_arrived else False if self.did_not_arrive else None

    @arrived.setter
    def arrived(self, arrived: bool | None) -> None:
        # https://github.com/redguava/cliniko-api/issues/153: a mark that is taken back leaves two nulls.
        if arrived is not None:
            self.patient_arrived, self.did_not_arrive = arrived, not arrived
        elif self.arrived is not None:
            self.patient_arrived = self.did_not_arrive = None


@define(eq=False, slots=True, kw_only=True)
class Attendee(Row):
    """A patient's place in a group appointment."""

    booking: int
    patient: int
    arrived: bool | None = None
    notes: str | None = None
    cancelled_at: int | None = None
    cancellation_reason: int | None = None
    cancellation_note: str | None = None
    patient_case: int | None = None

    @property
    def live(self) -> bool:
        """Whether it takes a place."""
        return self.cancelled_at is None and self.archived_at is None


@define(eq=False, slots=True)
class SoleAttendee:
    """The one attendee of an individual appointment, who is that appointment seen from another side."""

    appointment: Appointment

    @property
    def id(self) -> int:
        """An id of its own, made from the appointment's."""
        return self.appointment.id + _SOLE

    @property
    def booking(self) -> int:
        """The appointment's id."""
        return self.appointment.id

    # What every list looks at has a way of its own, because there may be a hundred thousand.
    archived_at = property(attrgetter("appointment.archived_at"))
    cancelled_at = property(attrgetter("appointment.cancelled_at"))
    created_at = property(attrgetter("appointment.created_at"))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.appointment, name)


def booking_of(attendee: int) -> int:
    """Find the id of the individual appointment whose attendee has an id.

    Args:
        attendee: the id.
    """
    return attendee - _SOLE


@define(eq=False, slots=True, kw_only=True)
class GroupAppointment(Span):
    """A group appointment."""

    resource: ClassVar[str] = "group_appointments"

    appointment_type: int
    max_attendees: int
    notes: str | None = None
    attendees: list[Attendee] = field(factory=list[Attendee], init=False)  # so that an occurrence begins with none

    @property
    def taken(self) -> int:
        """How many places are."""
        return sum(one.live for one in self.attendees)

    @property
    def patient_ids(self) -> list[str]:
        """The patients who have a place."""
        return [str(one.patient) for one in self.attendees if one.live]


@define(eq=False, slots=True, kw_only=True)
class UnavailableBlock(Span):
    """Time in which a practitioner cannot be booked."""

    resource: ClassVar[str] = "unavailable_blocks"

    unavailable_block_type: int | None = None
    notes: str | None = None


@define(eq=False, slots=True, kw_only=True)
class AvailabilityBlock(Span):
    """Time in which a practitioner can be booked besides the weekly hours."""

    resource: ClassVar[str] = "availability_blocks"


@frozen
class Hours:
    """One stretch of a practitioner's week."""

    business: int
    weekday: int
    """As Python counts: Monday is 0."""
    opens: time
    closes: time


def _option(*options: int | None) -> Callable[[object, "Attribute[Any]", object], None]:
    """Make a check for what can be chosen in the vendor's own screens."""

    def check(_: object, attribute: "Attribute[Any]", value: object) -> None:
        if isinstance(value, (bool, float)) or value not in options:
            raise ValueError(f"{attribute.name} must be one of {', '.join(map(str, options))}, not {value!r}")

    return check


@define
class OnlineBookings:
    """The account's settings for online bookings (Settings > Online bookings); `/settings` shows them.

    Setting what the vendor's screens do not offer is a `ValueError`.
    """

    enabled: bool = True
    """Whether there are any; without, nothing is available."""
    lead_time_hours: int = field(default=0, validator=_option(0, 1, 2, 4, 24, 48))
    """The minimum advance time, where the type has none of its own: 0, 1, 2, 4, 24 (tomorrow) or 48 (2 days)."""
    days_ahead: int = field(default=365, validator=_option(28, 84, 182, 365))
    """How far ahead times are offered: 28, 84, 182 or 365."""
    max_per_day_segment: int | None = field(default=None, validator=_option(1, 2, 3, 4, 5, None))
    """How many times are shown each morning, afternoon and evening: 1 to 5, None for all."""


def weekday(day: date) -> int:
    """Count the day of the week as `day_of_week` does: Sunday is 0."""
    return day.isoweekday() % 7
