"""An account as a whole: its tables, its settings, who is busy when, and the one place where time is taken."""

from collections.abc import Iterable, Iterator
from itertools import chain, count
from operator import attrgetter
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from apptsdk.sandbox.cliniko.records import (
    ID_STEP,
    Appointment,
    Attendee,
    AvailabilityBlock,
    GroupAppointment,
    Hours,
    OnlineBookings,
    Record,
    SoleAttendee,
    Span,
    UnavailableBlock,
    booking_of,
)

_DAY = 86_400
_LONG = 7 * _DAY
_FIRST_ID = 1_402_337_715_590_046_001
_by_id = attrgetter("id")


class Table(Protocol):
    """Rows by id, in the order of making; what is read of a dict."""

    def get(self, key: int, /) -> Any:
        """Find a row, None if there is none."""
        ...

    def values(self) -> Iterable[Any]:
        """Give all of them."""
        ...


class Attendees:
    """The attendees of all bookings; those of individual appointments are not kept, but made when they are looked at.

    Args:
        appointments: the individual appointments.
    """

    def __init__(self, appointments: dict[int, Appointment]) -> None:
        self._appointments = appointments
        self._own: dict[int, Attendee] = {}

    def get(self, key: int, /) -> Attendee | SoleAttendee | None:
        """Find an attendee.

        Args:
            key: the id.
        """
        appointment = self._appointments.get(booking_of(key))
        return SoleAttendee(appointment) if appointment else self._own.get(key)

    def values(self) -> list[Attendee | SoleAttendee]:
        """Give all of them in the order of making."""
        # Two runs that are in order already: merging them takes one pass.
        return sorted(chain(map(SoleAttendee, self._appointments.values()), self._own.values()), key=_by_id)

    def add(self, attendee: Attendee) -> None:
        """Add one of a group.

        Args:
            attendee: it.
        """
        self._own[attendee.id] = attendee


class World:
    """An account: its rows, its settings, and who is busy when."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.id = _FIRST_ID - ID_STEP
        self.zone = zone
        """The account's own zone."""
        self.online_bookings = OnlineBookings()
        self.appointment_types: dict[int, Record] = {}
        self.availability_blocks: dict[int, AvailabilityBlock] = {}
        self.bookings: dict[int, Appointment | GroupAppointment | UnavailableBlock] = {}
        """The appointments and unavailable blocks of the next three tables, under one namespace of ids."""
        self.individual_appointments: dict[int, Appointment] = {}
        self.group_appointments: dict[int, GroupAppointment] = {}
        self.unavailable_blocks: dict[int, UnavailableBlock] = {}
        self.attendees = Attendees(self.individual_appointments)
        self.businesses: dict[int, Record] = {}
        self.daily_availabilities: dict[int, Record] = {}
        self.patient_cases: dict[int, Record] = {}
        self.patients: dict[int, Record] = {}
        self.practitioners: dict[int, Record] = {}
        self.unavailable_block_types: dict[int, Record] = {}
        self.users: dict[int, Record] = {}
        self.hours: dict[int, list[Hours]] = {}
        """By practitioner."""
        self.version = 0
        """Grows with every write; what was found before is stale then."""
        self._ids = count(_FIRST_ID, ID_STEP)
        self._days: dict[tuple[int, int], set[int]] = {}
        self._long: dict[int, set[int]] = {}
        self._cased: dict[int, set[int]] = {}

    def next_id(self) -> int:
        """Give an id that no record of any kind has."""
        return next(self._ids)

    @property
    def user(self) -> Record:
        """The user to whom the key belongs."""
        return next(iter(self.users.values()))

    def table(self, resource: str) -> Table:
        """Find the rows of a resource.

        Args:
            resource: its plural name, as in a path.
        """
        found: Table = getattr(self, resource)
        return found

    def records(self, resource: str) -> dict[int, Record]:
        """Find the rows of a resource that is kept as the body says it.

        Args:
            resource: its plural name.
        """
        found: dict[int, Record] = getattr(self, resource)
        return found

    def book(self, spans: Iterable[Span]) -> None:
        """Add what has a time, or note that it has moved.

        Args:
            spans: new or moved, of one resource or of several.
        """
        for span in spans:
            getattr(self, span.resource)[span.id] = span
            if isinstance(span, Appointment | GroupAppointment | UnavailableBlock):
                self.bookings[span.id] = span
                for place in self._places(span):
                    place.add(span.id)
            if isinstance(span, Appointment) and span.patient_case is not None:
                self.note_case(span.patient_case, SoleAttendee(span))
        self.version += 1

    def attend(self, attendee: Attendee) -> None:
        """Give a patient a place in a group appointment.

        Args:
            attendee: who, and where.
        """
        self.attendees.add(attendee)
        self.group_appointments[attendee.booking].attendees.append(attendee)
        if attendee.patient_case is not None:
            self.note_case(attendee.patient_case, attendee)
        self.version += 1

    def note_case(self, case: int, attendee: Attendee | SoleAttendee) -> None:
        """Remember that an attendee belongs to a case.

        Args:
            case: its id.
            attendee: the attendee.
        """
        self._cased.setdefault(case, set()).add(attendee.id)

    def attendees_of(self, case: int) -> list[Attendee | SoleAttendee]:
        """Find the attendees that belong to a case.

        Args:
            case: its id.
        """
        # Who has left the case is weeded out here.
        found = [self.attendees.get(id_) for id_ in sorted(self._cased.get(case, ()))]
        return [one for one in found if one is not None and one.patient_case == case]

    def _places(self, span: Span) -> Iterator[set[int]]:
        if span.ends_at - span.starts_at > _LONG:
            yield self._long.setdefault(span.practitioner, set())
            return
        for day in range(span.starts_at // _DAY, span.ends_at // _DAY + 1):
            yield self._days.setdefault((span.practitioner, day), set())

    def busy(self, practitioner: int, begin: int, end: int) -> list[Span]:
        """Find a practitioner's live appointments and unavailable blocks, at whichever business.

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
        spans = [self.bookings[id_] for id_ in ids]
        return [
            span
            for span in spans
            if span.live and span.practitioner == practitioner and span.starts_at < end and span.ends_at > begin
        ]

    def zone_of(self, business: int) -> ZoneInfo:
        """Find where a business keeps its time.

        Args:
            business: its id.
        """
        name = self.businesses[business].values["time_zone_identifier"]
        return ZoneInfo(name) if name else self.zone
