"""The rows of the emulated account, and the one place where they change."""

from collections.abc import Iterable, Iterator
from datetime import date, time
from itertools import count
from typing import Any, Literal
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

_DAY = 86_400
_LONG = 7 * _DAY
_FIRST_ID = 1_402_337_715_590_046_001
_ID_STEP = 1 << 22  # a multiple of 256: no id survives the way through a double


@define(eq=False, slots=True)
class Row:
    """What every record has. Moments are seconds since 1970."""

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
    """How often an appointment comes again."""

    repeat_type: Literal["Daily", "Weekly", "Monthly"]
    number_of_repeats: int
    """How many come after the first."""
    repeating_interval: int


@define(eq=False, slots=True)
class Appointment(Row):
    """An individual appointment; compact, because there may be a hundred thousand."""

    starts_at: int
    ends_at: int
    appointment_type: int
    business: int
    practitioner: int
    patient: int
    notes: str | None = None
    cancelled_at: int | None = None
    cancellation_reason: int | None = None
    cancellation_note: str | None = None
    did_not_arrive: bool = False
    patient_arrived: bool = False
    patient_case: int | None = None
    repeated_from: int | None = None
    repeat_rule: RepeatRule | None = None

    @property
    def live(self) -> bool:
        """Whether it takes its time: neither cancelled nor archived."""
        return self.cancelled_at is None and self.archived_at is None


@frozen
class Hours:
    """One stretch of a practitioner's week."""

    business: int
    weekday: int
    """As Python counts: Monday is 0."""
    opens: time
    closes: time


@define
class OnlineBookings:
    """The account's settings for online bookings (Settings > Online bookings)."""

    lead_time_hours: int = 0
    """The minimum advance time, where the type has none of its own."""
    days_ahead: int = 365
    """How far ahead times are offered: 28, 84, 182 or 365."""
    max_per_day_segment: int | None = None
    """How many times are shown each morning, afternoon and evening: 1 to 5, None for all."""


class World:
    """An account: its rows, its settings, and who is busy when."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        """The account's own zone."""
        self.online_bookings = OnlineBookings()
        self.appointments: dict[int, Appointment] = {}
        self.appointment_types: dict[int, Record] = {}
        self.businesses: dict[int, Record] = {}
        self.daily_availabilities: dict[int, Record] = {}
        self.patients: dict[int, Record] = {}
        self.practitioners: dict[int, Record] = {}
        self.users: dict[int, Record] = {}
        self.hours: dict[int, list[Hours]] = {}
        """By practitioner."""
        self.version = 0
        """Grows with every write; what was found before is stale then."""
        self._ids = count(_FIRST_ID, _ID_STEP)
        self._days: dict[tuple[int, int], set[int]] = {}
        self._long: dict[int, set[int]] = {}

    def next_id(self) -> int:
        """Give an id that no record of any kind has."""
        return next(self._ids)

    def table(self, resource: str) -> dict[int, Any]:
        """Find the rows of a resource.

        Args:
            resource: its plural name, as in a path.
        """
        found: dict[int, Any] = getattr(self, "appointments" if resource == "individual_appointments" else resource)
        return found

    def book(self, appointments: Iterable[Appointment]) -> None:
        """Add appointments, or note that they have moved.

        Args:
            appointments: new or moved.
        """
        for appointment in appointments:
            self.appointments[appointment.id] = appointment
            for place in self._places(appointment):
                place.add(appointment.id)
        self.version += 1

    def _places(self, row: Appointment) -> Iterator[set[int]]:
        if row.ends_at - row.starts_at > _LONG:
            yield self._long.setdefault(row.practitioner, set())
            return
        for day in range(row.starts_at // _DAY, row.ends_at // _DAY + 1):
            yield self._days.setdefault((row.practitioner, day), set())

    def busy(self, practitioner: int, begin: int, end: int) -> list[Appointment]:
        """Find a practitioner's live appointments, at whichever business.

        Args:
            practitioner: whose.
            begin: the start of the stretch.
            end: its end.

        Returns:
            Those that overlap it.
        """
        # What has moved away or was cancelled still stands in its old places: it is weeded out here.
        ids = set(self._long.get(practitioner, ()))
        for day in range(begin // _DAY, end // _DAY + 1):
            ids |= self._days.get((practitioner, day), set())
        rows = [self.appointments[id_] for id_ in ids]
        return [
            row
            for row in rows
            if row.live and row.practitioner == practitioner and row.starts_at < end and row.ends_at > begin
        ]

    def zone_of(self, business: int) -> ZoneInfo:
        """Find where a business keeps its time.

        Args:
            business: its id.
        """
        name = self.businesses[business].values["time_zone_identifier"]
        return ZoneInfo(name) if name else self.zone


def weekday(day: date) -> int:
    """Count the day of the week as `day_of_week` does: Sunday is 0."""
    return day.isoweekday() % 7
