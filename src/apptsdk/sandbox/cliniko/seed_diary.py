"""What the seeded diary holds besides individual appointments; none of it takes a time that would be available."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any, TypeVar

from apptsdk.sandbox.cliniko.records import (
    Attendee,
    AvailabilityBlock,
    GroupAppointment,
    RepeatRule,
    Span,
    UnavailableBlock,
)
from apptsdk.sandbox.cliniko.repeats import occurrences
from apptsdk.sandbox.cliniko.times import local, wall
from apptsdk.sandbox.cliniko.world import World

_MINUTE, _DAY = 60, 86_400
_AGO = 30 * _DAY  # when all of it was made
_MONDAY, _TUESDAY, _WEDNESDAY, _SATURDAY = 0, 1, 2, 5
S = TypeVar("S", bound=Span)


def fill(world: World, now: int) -> None:
    """Add group appointments with attendees, unavailable blocks and an availability block.

    Args:
        world: the account, with people, places, types and cases.
        now: the time, in seconds since 1970.
    """
    diary = _Diary(world, now)
    diary.groups()
    diary.blocks()


class _Diary:
    def __init__(self, world: World, now: int) -> None:
        self.world = world
        self.now = now
        self.made = now - _AGO
        self.today = wall(now, world.zone).date()
        self.practitioners = {row.values["last_name"]: id_ for id_, row in world.practitioners.items()}
        self.businesses = {row.values["city"]: id_ for id_, row in world.businesses.items()}
        self.block_types = {row.values["name"]: id_ for id_, row in world.unavailable_block_types.items()}

    def _span(self, make: type[S], who: str, where: str, day: date, hours: tuple[time, int], **other: Any) -> list[S]:
        begins, minutes = hours
        self.made += _MINUTE
        starts_at = local(day, begins, self.world.zone_of(self.businesses[where]))
        row = make(
            self.world.next_id(),
            self.made,
            self.made,
            starts_at=starts_at,
            ends_at=starts_at + minutes * _MINUTE,
            business=self.businesses[where],
            practitioner=self.practitioners[who],
            **other,
        )
        rows = [row, *occurrences(self.world, row)]
        self.world.book(rows)
        return rows

    def _next(self, weekday: int) -> date:
        return self.today + timedelta(days=(weekday - self.today.weekday() - 1) % 7 + 1)

    def groups(self) -> None:
        """Make the groups: evenings, when nobody is booked; full, half full, empty, past, and archived."""
        kinds = self.world.appointment_types
        kind = next(id_ for id_, row in kinds.items() if row.values["max_attendees"] > 1)
        places: int = kinds[kind].values["max_attendees"]
        said: dict[str, Any] = {"appointment_type": kind, "max_attendees": places}
        evening = (time(17, 30), 60)
        weekly = RepeatRule("Weekly", 2, 1)
        classes = self._span(
            GroupAppointment, "Bergqvist", "Sydney", self._next(_TUESDAY), evening, repeat_rule=weekly, **said
        )
        past = self._next(_WEDNESDAY) - timedelta(weeks=2)
        (done,) = self._span(GroupAppointment, "Bergqvist", "Sydney", past, evening, notes="Bring a mat", **said)
        (gone,) = self._span(
            GroupAppointment, "Bergqvist", "Adelaide", self._next(_SATURDAY), evening, **{**said, "max_attendees": 2}
        )
        gone.archived_at = gone.updated_at = self.made + _DAY
        patients = list(self.world.patients)
        self._attend(classes[0], patients[:places])
        second = self._attend(classes[1], patients[:4])
        second[3].cancelled_at = second[3].updated_at = self.made + 2 * _DAY
        second[3].cancellation_reason, second[3].cancellation_note = 30, "A cold"
        for index, one in enumerate(self._attend(done, patients[5:9])):
            one.arrived = index != 1
        case = next(iter(self.world.patient_cases))
        for one in (classes[0].attendees[0], second[0]):
            one.patient_case = case
            self.world.note_case(case, one)

    def _attend(self, group: GroupAppointment, patients: Sequence[int]) -> list[Attendee]:
        rows = [
            Attendee(self.world.next_id(), self.made, self.made, booking=group.id, patient=patient)
            for patient in patients
        ]
        for row in rows:
            self.world.attend(row)
            self.world.patients[row.patient].values["latest_booking_id"] = group.id
        return rows

    def blocks(self) -> None:
        """Make the blocks: a break between two stretches of hours, a meeting in the evening, a Saturday more."""
        lunch = {"unavailable_block_type": self.block_types["Lunch"], "repeat_rule": RepeatRule("Weekly", 2, 1)}
        self._span(UnavailableBlock, "Okafor", "Sydney", self._next(_MONDAY), (time(12, 15), 60), **lunch)
        meeting = {"unavailable_block_type": self.block_types["Meeting"], "notes": "Team meeting"}
        self._span(UnavailableBlock, "Raman", "Sydney", self._next(_WEDNESDAY), (time(18), 45), **meeting)
        (gone,) = self._span(UnavailableBlock, "Raman", "Sydney", self._next(_MONDAY), (time(18), 30))
        gone.archived_at = gone.updated_at = self.made + _DAY
        self._span(AvailabilityBlock, "Okafor", "Adelaide", self._next(_SATURDAY), (time(9), 180))
