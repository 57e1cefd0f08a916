"""The practices of one key: their rows, who is busy when, and the one place through which every change passes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Literal
from zoneinfo import ZoneInfo

from attrs import field, frozen

from apptsdk.sandbox.nexhealth.records import Appointment, Record, Row
from apptsdk.sandbox.state import Action, Clock, Entry, Ledger

_DAY = timedelta(days=1)
_LONG = 7 * _DAY

# Where the ids of each kind begin: as long as real ones are, and an appointment's near 1.6 * 10^9.
FIRST_IDS = {
    "institutions": 10_501,
    "locations": 51_001,
    "providers": 248_113_071,
    "patients": 412_009_001,
    "operatories": 4_100_000_305,
    "appointment_types": 870_012,
    "appointments": 1_612_400_001,
    "descriptors": 6_300_401,
    "working_hours": 15_220_001,
    "working_hour_labels": 640_001,
    "patient_alerts": 7_750_001,
    "patient_recalls": 9_150_001,
    "recall_types": 330_021,
    "procedures": 2_900_000_101,
    "webhook_endpoints": 120_301,
    "webhook_subscriptions": 450_601,
}
KINDS = frozenset(FIRST_IDS)
"""The names of the tables, and of the resources in the ledger."""

Event = Literal["create", "update", "cancel", "delete", "written", "failed"]
"""What happens to a row; the last two in the background, so that the ledger has nothing of them."""
_ACTIONS: dict[Event, Action] = {"create": "create", "update": "update", "cancel": "cancel", "delete": "delete"}


@frozen(kw_only=True)
class Change:
    """What has just happened to a row."""

    kind: str
    row: Any
    """A `Row` of that kind."""
    event: Event
    at: datetime
    before: Mapping[str, Any] = field(factory=dict[str, Any])
    """Of an update, the changed fields as they were, as the vendor shows them."""


Show = Callable[["World", str, Any], Mapping[str, Any]]


class World:
    """All that one key reaches.

    Args:
        clock: the sandbox's.
        ledger: the sandbox's.
        show: shows a row of a kind as the newest version does, without anything included.
    """

    def __init__(self, clock: Clock, ledger: Ledger, show: Show) -> None:
        self.clock = clock
        self.listeners: list[Callable[[Change], None]] = []
        """Are told of every change, in the call or the background work that made it."""
        self.tables: dict[str, dict[int, Any]] = {kind: {} for kind in FIRST_IDS}
        self.show = show
        self.remembered: dict[object, Any] = {}
        """What was computed for a call, until the next change."""
        self.version = 0
        """Grows with every change; what was found before is stale then."""
        self._ledger = ledger
        self._ids = {kind: count(first) for kind, first in FIRST_IDS.items()}
        self._days: dict[tuple[str, int, int], set[int]] = {}
        self._long: dict[tuple[str, int], set[int]] = {}

    def now(self) -> datetime:
        """Tell the time in UTC, in whole milliseconds, as records keep it."""
        now = self.clock.now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def next_id(self, kind: str) -> int:
        """Give an id that no row of this kind has.

        Args:
            kind: the table's name.
        """
        return next(self._ids[kind])

    def add(self, kind: str, row: Row) -> None:
        """Keep a row without telling anybody, as the seed does.

        Args:
            kind: the table's name.
            row: the row.
        """
        self.tables[kind][row.id] = row
        if isinstance(row, Appointment):
            self.place(row)
        self.version += 1
        self.remembered.clear()

    def changed(self, kind: str, row: Row, event: Event, before: Mapping[str, Any] | None = None) -> None:
        """Keep a change, write it down, and tell who listens; every change after the seed's comes through here.

        Args:
            kind: the table's name.
            row: the row as it is now.
            event: what happened to it.
            before: how the vendor showed the row before.
        """
        if event == "delete":
            del self.tables[kind][row.id]
        else:
            self.tables[kind][row.id] = row
        if isinstance(row, Appointment):
            self.place(row)
        self.version += 1
        self.remembered.clear()
        shown, at = self.show(self, kind, row), self.clock.now()
        if event in _ACTIONS:
            entry = Entry(
                at=at, provider="nexhealth", action=_ACTIONS[event], resource=kind, id=str(row.id), record=shown
            )
            self._ledger.add([entry])
        differs = {name: value for name, value in (before or {}).items() if shown.get(name) != value}
        change = Change(kind=kind, row=row, event=event, at=at, before=differs)
        for listener in self.listeners:
            listener(change)

    def records(self, kind: str, institution: int | None = None) -> Iterator[Any]:
        """Give the rows of a kind in the order of making.

        Args:
            kind: the table's name.
            institution: only of this one.
        """
        rows = self.tables[kind].values()
        return iter(rows) if institution is None else (row for row in rows if row.institution == institution)

    def find(self, kind: str, id_: int | None, institution: int | None = None) -> Any:
        """Find a row.

        Args:
            kind: the table's name.
            id_: its id.
            institution: the one that it must belong to.

        Returns:
            The row, None if there is none.
        """
        row = self.tables[kind].get(id_) if id_ is not None else None
        return row if row is not None and institution in {None, row.institution} else None

    def institution(self, subdomain: str) -> Record | None:
        """Find an institution.

        Args:
            subdomain: its name in the API.
        """
        return next((row for row in self.records("institutions") if row.values["subdomain"] == subdomain), None)

    def zone_of(self, location: int) -> ZoneInfo:
        """Find where a location keeps its time.

        Args:
            location: its id.
        """
        return ZoneInfo(self.tables["locations"][location].values["tz"])

    def place(self, appointment: Appointment) -> None:
        """Remember where in time an appointment is; also when it has moved.

        Args:
            appointment: it.
        """
        for what, id_ in (("provider", appointment.provider), ("operatory", appointment.operatory)):
            if id_ is None:
                continue
            if appointment.ends_at - appointment.starts_at > _LONG:
                self._long.setdefault((what, id_), set()).add(appointment.id)
                continue
            for day in range(appointment.starts_at.toordinal(), appointment.ends_at.toordinal() + 1):
                self._days.setdefault((what, id_, day), set()).add(appointment.id)

    def busy(
        self, what: Literal["provider", "operatory"], id_: int, begin: datetime, end: datetime
    ) -> list[Appointment]:
        """Find the live appointments and blocks of a provider or a chair.

        Args:
            what: which of the two.
            id_: its id.
            begin: the start of the stretch.
            end: its end.

        Returns:
            Those that overlap it, by time.
        """
        # What has moved away or was cancelled still stands in its old places: it is weeded out here.
        ids = set(self._long.get((what, id_), ()))
        for day in range(begin.toordinal(), end.toordinal() + 1):
            ids |= self._days.get((what, id_, day), set())
        rows: list[Appointment] = [self.tables["appointments"][one] for one in ids]
        found = [
            row
            for row in rows
            if row.live and getattr(row, what) == id_ and row.starts_at < end and row.ends_at > begin
        ]
        return sorted(found, key=lambda row: (row.starts_at, row.id))
