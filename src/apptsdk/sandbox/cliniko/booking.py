"""Individual appointments: what a body may say, how they repeat, and what cancelling does."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, cast

from attrs import define, evolve, field
from dateutil import rrule

from apptsdk.sandbox.cliniko import inputs
from apptsdk.sandbox.cliniko.inputs import BLANK, INVALID, NO_NUMBER, NOT_LISTED
from apptsdk.sandbox.cliniko.records import Appointment, Record, RepeatRule, World
from apptsdk.sandbox.cliniko.refusals import invalid, no_object
from apptsdk.sandbox.cliniko.times import read_moment, seconds, wall

_FREQUENCIES: dict[str, Literal[1, 2, 3]] = {"Daily": rrule.DAILY, "Weekly": rrule.WEEKLY, "Monthly": rrule.MONTHLY}
_REASONS = (10, 20, 30, 40, 50, 60)  # the request's, without the 31 that only old answers have
_LATEST = 32_503_680_000  # the year 3000, so that no repeat passes the year 9999


def create(world: World, body: Mapping[str, Any], now: int) -> list[Appointment]:
    """Make an appointment and its repeats, without adding them yet.

    Args:
        world: the account.
        body: what was sent.
        now: the time.

    Returns:
        The appointment, then its repeats.

    Raises:
        Refusal: 422.
    """
    blank = Appointment(0, now, now, 0, 0, 0, 0, 0, 0)
    first = _Form(world, blank, {**dict.fromkeys(_NEEDED), **body}).filled()
    first.id = world.next_id()
    return [first, *_repeats(world, first)]


def update(world: World, row: Appointment, body: Mapping[str, Any], now: int) -> Appointment:
    """Change an appointment, without keeping it yet.

    Args:
        world: the account.
        row: the appointment.
        body: what was sent.
        now: the time.

    Returns:
        The appointment as it will be.

    Raises:
        Refusal: 422.
    """
    changed = _Form(world, row, body).filled()
    changed.updated_at = now
    return changed


_TABLES: dict[str, str] = {
    "appointment_type": "appointment_types",
    "business": "businesses",
    "patient": "patients",
    "practitioner": "practitioners",
}
# The vendor's document lists nothing as required; without these there is no appointment, but `ends_at` is computed.
_NEEDED = (*(f"{name}_id" for name in _TABLES), "starts_at", "ends_at")


@define
class _Form:
    """A body on its way to being an appointment."""

    world: World
    row: Appointment
    body: Mapping[str, Any]
    changes: dict[str, Any] = field(factory=dict[str, Any])
    errors: dict[str, str] = field(factory=dict[str, str])

    def filled(self) -> Appointment:
        self._places()
        self._times()
        self._words()
        if self.errors:
            raise invalid(self.errors)
        return evolve(self.row, **self.changes)

    def _usable(self, name: str, value: object) -> Record | None:
        id_ = inputs.read_id(value)
        row = None if id_ is None else cast("Record | None", self.world.table(_TABLES[name]).get(id_))
        return row if row is not None and row.archived_at is None and row.values.get("active", True) else None

    def _places(self) -> None:
        for name in _TABLES:
            value = self.body.get(f"{name}_id")
            if f"{name}_id" not in self.body:
                continue
            found = self._usable(name, value)
            if found is not None:
                self.changes[name] = found.id
            # https://github.com/redguava/cliniko-api/issues/379: an unknown type is only missed where it is needed.
            elif name == "appointment_type" and value is not None:
                self.errors["max_attendees"] = NO_NUMBER
            else:
                self.errors[name] = BLANK
            if found is not None and found.values.get("max_attendees", 1) > 1:
                self.errors["max_attendees"] = "must be equal to 1"

    def _moment(self, name: str) -> int | None:
        value = self.body.get(name)
        moment = read_moment(value, self.world.zone) if isinstance(value, str) else None
        return moment if moment is not None and 0 <= moment <= _LATEST else None

    def _times(self) -> None:
        starts_at, ends_at = self.row.starts_at, self.row.ends_at
        kind = self.world.appointment_types.get(self.changes.get("appointment_type", self.row.appointment_type))
        if "starts_at" in self.body:
            moment = self._moment("starts_at")
            if moment is None:
                self.errors["starts_at"] = BLANK
                return
            starts_at = moment
        if "ends_at" in self.body:
            minutes = 1 if kind is None else int(kind.values["duration_in_minutes"])
            moment = self._moment("ends_at")
            ends_at = starts_at + 60 * minutes if moment is None else moment
        if ends_at <= starts_at:
            self.errors["ends_at"] = "must be after starts_at"
        self.changes |= {"starts_at": starts_at, "ends_at": ends_at}

    def _words(self) -> None:
        self.changes |= inputs.read(self.body, {"notes": inputs.text()}, self.errors)
        if "patient_case_id" in self.body:
            self.changes["patient_case"] = inputs.read_id(self.body["patient_case_id"])
        if "repeat_rule" in self.body:
            self.changes["repeat_rule"] = _rule(self.body["repeat_rule"], self.errors)


def _rule(value: object, errors: dict[str, str]) -> RepeatRule | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise no_object()
    said = cast("dict[str, Any]", value)
    if said.get("repeat_type") is None:
        return None
    checks = {
        "repeat_type": inputs.one_of(tuple(_FREQUENCIES)),
        "number_of_repeats": inputs.number(0, 52),
        "repeating_interval": inputs.number(0, 101),
    }
    wrong: dict[str, str] = {}
    read = inputs.read(said, checks, wrong)
    if "number_of_repeats" not in wrong and read.get("number_of_repeats") is None:
        wrong["number_of_repeats"] = BLANK
    errors |= wrong
    if wrong:
        return None
    return RepeatRule(read["repeat_type"], read["number_of_repeats"], read.get("repeating_interval") or 1)


def _repeats(world: World, first: Appointment) -> Iterator[Appointment]:
    rule = first.repeat_rule
    if rule is None:
        return
    zone = world.zone_of(first.business)
    # The rule runs on the wall clock, without a zone, so that nine o'clock stays nine o'clock.
    begin = wall(first.starts_at, zone).replace(tzinfo=None)
    length = first.ends_at - first.starts_at
    dates = rrule.rrule(
        _FREQUENCIES[rule.repeat_type],
        dtstart=begin,
        interval=rule.repeating_interval,
        count=rule.number_of_repeats + 1,
    )
    for moment in list(dates)[1:]:
        starts_at = seconds(moment.replace(tzinfo=zone))
        yield evolve(
            first,
            id=world.next_id(),
            starts_at=starts_at,
            ends_at=starts_at + length,
            repeated_from=first.id,
            repeat_rule=None,
        )


def cancel(world: World, row: Appointment, body: Mapping[str, Any], now: int) -> list[Appointment]:
    """Cancel an appointment, and the rest of its series if the body says so.

    Args:
        world: the account.
        row: the appointment.
        body: what was sent.
        now: the time.

    Returns:
        What was cancelled.

    Raises:
        Refusal: 422.
    """
    errors: dict[str, str] = {}
    reason, repeats = body.get("cancellation_reason"), body.get("apply_to_repeats")
    if reason is None:
        errors["cancellation_reason"] = BLANK
    elif isinstance(reason, bool) or reason not in _REASONS:
        errors["cancellation_reason"] = NOT_LISTED
    if repeats is not None and not isinstance(repeats, bool):
        errors["apply_to_repeats"] = INVALID
    note = inputs.read(body, {"cancellation_note": inputs.text()}, errors).get("cancellation_note")
    if errors:
        raise invalid(errors)
    rows = [row, *(_rest(world, row) if repeats else ())]
    for one in rows:
        one.cancelled_at = one.updated_at = now
        one.cancellation_reason, one.cancellation_note = reason, note
    return rows


def _rest(world: World, row: Appointment) -> Iterator[Appointment]:
    first = row.repeated_from or row.id
    for other in world.appointments.values():
        if first in {other.id, other.repeated_from} and other.live and other.starts_at > row.starts_at:
            yield other


def conflicts(world: World, row: Appointment) -> bool:
    """Tell whether the practitioner has another live appointment at that time.

    Args:
        world: the account.
        row: the appointment.
    """
    return any(other is not row for other in world.busy(row.practitioner, row.starts_at, row.ends_at))
