"""The organization: its services, what it knows of customers and cases, and the one place that changes them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from apptsdk.sandbox.cubu.records import Calendar, Case, Customer, FieldType, Named, Service, ServiceType
from apptsdk.sandbox.state import Action, Clock, Entry, Ledger

RESOURCES: Final = frozenset({"appointments", "cases", "customers"})
"""The names in the ledger; a case with an appointment is under `appointments`, a walk-in under `cases`."""


class World:
    """All that one organization has.

    Args:
        clock: the sandbox's.
        ledger: the sandbox's.
        seed: the ids follow from it.
    """

    def __init__(self, clock: Clock, ledger: Ledger, seed: int) -> None:
        self.services: dict[str, Service] = {}
        self.service_types: dict[str, ServiceType] = {}
        self.field_types: dict[str, FieldType] = {}
        self.tags: dict[str, Named] = {}
        self.customers: dict[str, Customer] = {}
        self.cases: dict[str, Case] = {}
        """All, the cancelled ones too, oldest first."""
        self.before_book: Callable[[Case], Case] = lambda case: case
        """Gives the case as the organization's hook wants it; raises a Refusal if it does not want it at all."""
        self.after_book: Callable[[Case], object] = lambda case: case
        self.after_queue_up: Callable[[Case], object] = lambda case: case
        self.chance = Random(seed)  # noqa: S311 - a world that repeats itself
        self._clock = clock
        self._still: datetime | None = clock.now().replace(microsecond=0)
        self._ledger = ledger
        self._changes = 0
        self._begun = self.stamp()
        self._stamps: dict[tuple[str, date, int], str] = {}
        self._booked: dict[tuple[str, date, int], list[str]] = {}
        self._tickets: Counter[str] = Counter()

    def now(self) -> datetime:
        """Tell the time in UTC; until the world begins, it is the second in which it was made."""
        return self._still or self._clock.now()

    def begin(self) -> None:
        """Let the clock run, once the world is filled: how long that took changes nothing in it."""
        self._still = None

    def stamp(self, moment: datetime | None = None) -> str:
        """Write a moment as the vendor does: UTC, with as many digits of 100 ns as it needs.

        Args:
            moment: when, in UTC; None for now, which grows with every change even if the clock stands still.

        Returns:
            Such as `2026-03-02T09:41:07.8255531Z`.
        """
        micros, digit = divmod(self._changes if moment is None else 0, 10)
        at = (moment or self.now()) + timedelta(microseconds=micros)
        return f"{at.isoformat(timespec='microseconds')[:26]}{digit}".rstrip("0").rstrip(".") + "Z"

    def guid(self) -> str:
        """Make an id that nothing has."""
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def ticket(self, service: Service) -> int:
        """Draw the next number of a service.

        Args:
            service: the service.
        """
        self._tickets[service.id] += 1
        return self._tickets[service.id]

    def display_name(self, customer: Customer) -> str:
        """Name a customer.

        Args:
            customer: the record.
        """
        named = sorted((one for one in self.field_types.values() if one.slug.endswith("-name")), key=_position)
        said = (str(customer.values.get(one.id) or "") for one in named)
        return " ".join(part for part in said if part)

    def stamp_of(self, calendar: Calendar) -> str:
        """Give a calendar's timestamp: another after every change in it.

        Args:
            calendar: the calendar.
        """
        return self._stamps.get(calendar.key, self._begun)

    def booked(self, calendar: Calendar) -> list[Case]:
        """Give the cases of a calendar that are not cancelled.

        Args:
            calendar: the calendar.

        Returns:
            They, by time.
        """
        cases = [self.cases[id_] for id_ in self._booked.get(calendar.key, ())]
        return sorted(cases, key=lambda case: (case.appointment.start if case.appointment else 0, case.ticket))

    def keep_case(self, action: Action, case: Case, record: Mapping[str, Any]) -> None:
        """Keep a case and write it down.

        Args:
            action: what happens to it.
            case: as it is now.
            record: as the vendor shows it.
        """
        self.place(case, live=action != "cancel")
        self._write("cases" if case.appointment is None else "appointments", action, case.id, record)

    def place(self, case: Case, *, live: bool = True) -> None:
        """Keep a case without writing it down, as the seed does.

        Args:
            case: the case.
            live: whether it is not cancelled.
        """
        self._changes += 1
        self.cases[case.id] = case
        if case.appointment is None:
            return
        key = case.appointment.calendar.key
        self._stamps[key] = self.stamp()
        others = [id_ for id_ in self._booked.get(key, ()) if id_ != case.id]
        self._booked[key] = [*others, case.id] if live else others

    def keep_customer(self, action: Action, customer: Customer, record: Mapping[str, Any]) -> None:
        """Keep a customer and write it down.

        Args:
            action: what happens to it.
            customer: as it is now.
            record: as the vendor shows it.
        """
        self._changes += 1
        self.customers[customer.id] = customer
        self._write("customers", action, customer.id, record)

    def _write(self, resource: str, action: Action, id_: str, record: Mapping[str, Any]) -> None:
        entry = Entry(at=self.now(), provider="cubu", action=action, resource=resource, id=id_, record=record)
        self._ledger.add([entry])


def _position(one: FieldType) -> int:
    return one.position


def by_id(things: Iterable[Any]) -> dict[str, Any]:
    """Lay things out by their ids.

    Args:
        things: what has an id.
    """
    return {thing.id: thing for thing in things}
