"""The bodies of what has a time: a form for each resource, and one way to fill them all."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar, cast

from attrs import define, field, frozen

from apptsdk.sandbox.cliniko import cases, inputs
from apptsdk.sandbox.cliniko.inputs import BLANK, INVALID, NO_NUMBER, UNKNOWN
from apptsdk.sandbox.cliniko.records import (
    Appointment,
    AvailabilityBlock,
    GroupAppointment,
    Record,
    Span,
    UnavailableBlock,
)
from apptsdk.sandbox.cliniko.refusals import invalid
from apptsdk.sandbox.cliniko.repeats import occurrences, read_rule
from apptsdk.sandbox.cliniko.times import read_moment
from apptsdk.sandbox.cliniko.world import World

_LATEST = 32_503_680_000  # the year 3000, so that no repeat passes the year 9999
_FAR = "must be between 1970 and 3000"
_BLOCK = 30  # minutes, as in https://github.com/redguava/cliniko-api/blob/master/sections/unavailable_blocks.md
S = TypeVar("S", bound=Span)


@define
class Filling(Generic[S]):
    """A body on its way into a row."""

    world: World
    row: S | None
    """What it changes, None if it makes something new."""
    body: Mapping[str, Any]
    changes: dict[str, Any] = field(factory=dict[str, Any])
    errors: dict[str, str] = field(factory=dict[str, str])

    def now(self, name: str) -> Any:
        """Tell what a field of the row will say, None if it cannot be known.

        Args:
            name: of the field.
        """
        return self.changes.get(name, getattr(self.row, name, None))

    def found(self, name: str, table: str) -> Record | None:
        """Find the row that the body names, if it can be used.

        Args:
            name: the field without its `_id`.
            table: where to look.
        """
        id_ = inputs.read_id(self.body[f"{name}_id"])
        row = None if id_ is None else cast("Record | None", self.world.table(table).get(id_))
        return row if row is not None and row.archived_at is None and row.values.get("active", True) else None


@frozen(kw_only=True)
class Form(Generic[S]):
    """What the body of one resource may and must say."""

    make: type[S]
    needed: tuple[str, ...]
    """The references that it must have."""
    optional: tuple[str, ...] = ()
    """Those that it may have."""
    minutes: Callable[[Filling[S]], int | None]
    """How long it is where the body does not say; None if the body must."""
    also: Callable[[Filling[S]], None] = lambda _: None
    """What only this resource knows."""
    words: Mapping[str, inputs.Check] = {"notes": inputs.text()}
    most: int = 51
    """How many repeats it may have."""

    def create(self, world: World, body: Mapping[str, Any], now: int) -> list[S]:
        """Make a row and its repeats, without adding them yet.

        Args:
            world: the account.
            body: what was sent.
            now: the time.

        Returns:
            The row, then its repeats.

        Raises:
            Refusal: 422.
        """
        must = [*(f"{name}_id" for name in self.needed), "starts_at", "ends_at"]
        changes = self._fill(Filling(world, None, {**dict.fromkeys(must), **body}))
        first = self.make(world.next_id(), now, now, **changes)
        return [first, *occurrences(world, first)]

    def update(self, world: World, row: S, body: Mapping[str, Any], now: int) -> None:
        """Change a row.

        Args:
            world: the account.
            row: the row.
            body: what was sent.
            now: the time.

        Raises:
            Refusal: 422.
        """
        for name, value in self._fill(Filling(world, row, body)).items():
            setattr(row, name, value)
        row.updated_at = now

    def _fill(self, filling: Filling[S]) -> dict[str, Any]:
        self._refer(filling)
        self._time(filling)
        filling.changes |= inputs.read(filling.body, self.words, filling.errors)
        if "repeat_rule" in filling.body:
            filling.changes["repeat_rule"] = read_rule(filling.body["repeat_rule"], self.most, filling.errors)
        self.also(filling)
        if filling.errors:
            raise invalid(filling.errors)
        return filling.changes

    def _refer(self, filling: Filling[S]) -> None:
        for name in (*self.needed, *self.optional):
            if f"{name}_id" not in filling.body:
                continue
            value = filling.body[f"{name}_id"]
            if value is None and name in self.optional:
                filling.changes[name] = None
            elif (found := filling.found(name, _TABLES[name])) is not None:
                filling.changes[name] = found.id
            # https://github.com/redguava/cliniko-api/issues/379: an unknown type is only missed where it is needed.
            elif name == "appointment_type" and value is not None:
                filling.errors["max_attendees"] = NO_NUMBER
            else:
                filling.errors[name] = BLANK if name in self.needed else UNKNOWN

    def _time(self, filling: Filling[S]) -> None:
        body, errors = filling.body, filling.errors
        starts_at, ends_at = filling.now("starts_at"), filling.now("ends_at")
        if "starts_at" in body:
            starts_at = _moment(filling, "starts_at")
            if starts_at is None:
                errors.setdefault("starts_at", BLANK)
        if "ends_at" in body:
            ends_at = _moment(filling, "ends_at")
            minutes = self.minutes(filling)
            if ends_at is None and minutes is None:
                errors.setdefault("ends_at", BLANK)
            elif ends_at is None and starts_at is not None and "ends_at" not in errors:
                ends_at = starts_at + 60 * (minutes or 0)
        if starts_at is not None and ends_at is not None and ends_at <= starts_at:
            errors["ends_at"] = "must be after starts_at"
        filling.changes |= {"starts_at": starts_at, "ends_at": ends_at}


def _moment(filling: Filling[Any], name: str) -> int | None:
    """Read a time of the body: None if it says none, or what cannot be taken and is told in the errors."""
    value = filling.body[name]
    if value is None:
        return None
    moment = read_moment(value, filling.world.zone) if isinstance(value, str) else None
    if moment is None:
        filling.errors[name] = INVALID
    elif not 0 <= moment <= _LATEST:
        filling.errors[name] = _FAR
    else:
        return moment
    return None


_TABLES: dict[str, str] = {
    "appointment_type": "appointment_types",
    "business": "businesses",
    "patient": "patients",
    "practitioner": "practitioners",
    "unavailable_block_type": "unavailable_block_types",
}


def _duration(table: str, otherwise: int) -> Callable[[Filling[Any]], int | None]:
    name = {kind: name for name, kind in _TABLES.items()}[table]

    def minutes(filling: Filling[Any]) -> int | None:
        kind = filling.world.records(table).get(filling.now(name))
        return otherwise if kind is None else int(kind.values["duration_in_minutes"])

    return minutes


def _places(filling: Filling[Any]) -> int | None:
    """How many places the type has, if the body names one that can be used."""
    kind = filling.changes.get("appointment_type")
    return None if kind is None else int(filling.world.appointment_types[kind].values["max_attendees"])


def _alone(filling: Filling[Appointment]) -> None:
    if (_places(filling) or 1) > 1:
        filling.errors["max_attendees"] = "must be equal to 1"
    filling.changes |= cases.refer(filling.world, filling.body, filling.now("patient"), filling.errors)


def _together(filling: Filling[GroupAppointment]) -> None:
    body, errors, places = filling.body, filling.errors, _places(filling)
    if places == 1:
        errors["max_attendees"] = "must be greater than 1"
    if "max_attendees" not in body or (body["max_attendees"] is None and filling.row is None):
        filling.changes["max_attendees"] = filling.row.max_attendees if filling.row else places
        return
    taken = filling.row.taken if filling.row else 0
    read = inputs.read(body, {"max_attendees": inputs.number(1, 100)}, errors).get("max_attendees")
    if read is None:
        errors.setdefault("max_attendees", NO_NUMBER)
    elif read < taken:
        errors["max_attendees"] = f"must be greater than or equal to {taken}"
    filling.changes["max_attendees"] = read


# The vendor's document lists nothing as required; without these there is nothing to book, but `ends_at` is computed.
INDIVIDUAL = Form(
    make=Appointment,
    needed=("appointment_type", "business", "patient", "practitioner"),
    minutes=_duration("appointment_types", 1),
    also=_alone,
)
GROUP = Form(
    make=GroupAppointment,
    needed=("appointment_type", "business", "practitioner"),
    minutes=_duration("appointment_types", 1),
    also=_together,
)
UNAVAILABLE = Form(
    make=UnavailableBlock,
    needed=("business", "practitioner"),
    optional=("unavailable_block_type",),
    minutes=_duration("unavailable_block_types", _BLOCK),
)
AVAILABLE = Form(
    make=AvailabilityBlock,
    needed=("business", "practitioner"),
    minutes=lambda _: None,
    words={},
    most=100,
)
