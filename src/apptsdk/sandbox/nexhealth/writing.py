"""What happens behind the API: records reach the practice's own system, or do not, and webhooks tell of it.

https://docs.nexhealth.com/docs/how-a-write-reaches-the-ehr
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, get_args

from apptsdk.sandbox.agenda import Agenda
from apptsdk.sandbox.nexhealth.deliveries import Data, Deliveries
from apptsdk.sandbox.nexhealth.practices import statuses
from apptsdk.sandbox.nexhealth.records import Appointment, Record, Row
from apptsdk.sandbox.nexhealth.rendering import Shown, appointment, patient, patient_basic
from apptsdk.sandbox.nexhealth.times import iso
from apptsdk.sandbox.nexhealth.versions import Version
from apptsdk.sandbox.nexhealth.world import Change, World

Outcome = Literal["complete", "failed", "incomplete", "timed_out"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Light = Literal["green", "red"]
LIGHTS: tuple[Light, ...] = get_args(Light)
_KEPT = 1_000_000


class Writing:
    """The way of a world's records into the practices' own systems.

    Args:
        world: whose records.
        agenda: what carries it out.
        deliveries: where it is told.
    """

    def __init__(self, world: World, agenda: Agenda, deliveries: Deliveries) -> None:
        self._world = world
        self._agenda = agenda
        self._deliveries = deliveries
        self.after = timedelta(seconds=1)
        """How long a write takes, by the sandbox's clock."""
        self.outcomes: deque[Outcome] = deque()
        """How the next writes end; those after them are complete."""
        self._open: dict[int, Appointment] = {}
        self._held: list[tuple[int, partial[None]]] = []
        world.listeners.append(self._heard)

    def _heard(self, change: Change) -> None:
        if change.event not in {"create", "update", "cancel"}:
            return
        if change.kind == "appointments" and self._reaches(change.row):
            if change.event == "create":
                self._open[change.row.id] = change.row
                self._agenda.at(change.at + self.after, partial(self._insert, change.row))
                self._agenda.at(max(change.at, change.row.starts_at), partial(self._expire, change.row))
            else:
                self._agenda.at(change.at + self.after, partial(self._update, change.row, change.before))
        elif change.kind == "patients" and change.event == "update" and change.row.written:
            self._agenda.at(change.at + self.after, partial(self._updated_patient, change.row))

    def _reaches(self, appointment: Appointment) -> bool:
        place: Record = self._world.tables["locations"][appointment.location]
        return bool(place.values["insert_appt_client"])

    def _practice(self, row: Row) -> Record:
        practice: Record = self._world.tables["institutions"][row.institution]
        return practice

    def _waits(self, row: Row, act: partial[None]) -> bool:
        """Hold back what would be written while the system cannot be written to."""
        if self._practice(row).values["write_status"] == "green":
            return False
        self._held.append((row.institution, act))
        return True

    def _outcome(self) -> Outcome:
        return self.outcomes.popleft() if self.outcomes else "complete"

    def _insert(self, row: Appointment, due: datetime) -> None:
        if row.id not in self._open or self._waits(row, partial(self._insert, row)):
            return
        del self._open[row.id]
        if row.cancelled:
            return
        outcome = self._outcome() if due < row.starts_at else "timed_out"
        made = self._write(row, due) if outcome == "complete" else []
        if made:
            self._tell("Patient", "patient_created", row, due, self._patients(made))
        if outcome != "complete":
            self._world.changed("appointments", row, "failed")
        self._tell("Appointment", f"appointment_insertion.{outcome}", row, due, self._appointment(row))
        if outcome == "complete":
            self._tell("Appointment", "appointment_created", row, due, self._appointments([row]))

    def _write(self, row: Appointment, due: datetime) -> list[Record]:
        """Write an appointment, and whom it is for: no system takes a patient alone.

        Returns:
            The patients who were not there before.
        """
        source: str = self._world.tables["locations"][row.location].foreign_id_type
        people = [self._world.find("patients", id_) for id_ in (row.patient, row.dependent)]
        new: list[Record] = [one for one in people if one is not None and not one.written]
        for one in new:
            one.values["bio"] = {**one.values["bio"], "new_patient": False}
        rows: list[tuple[str, Row]] = [*(("patients", one) for one in new), ("appointments", row)]
        for kind, written in rows:
            written.foreign_id, written.foreign_id_type = str(written.id % _KEPT), source
            written.last_sync_time = written.updated_at = due
            self._world.changed(kind, written, "written")
        return new

    def _expire(self, row: Appointment, due: datetime) -> None:
        """Give up what was not written before its start."""
        if row.id not in self._open:
            return
        if row.starts_at > due:  # it was moved
            self._agenda.at(row.starts_at, partial(self._expire, row))
            return
        del self._open[row.id]
        if not row.cancelled:
            self._world.changed("appointments", row, "failed")
            self._tell("Appointment", "appointment_insertion.timed_out", row, due, self._appointment(row))

    def _update(self, row: Appointment, before: Mapping[str, object], due: datetime) -> None:
        if self._waits(row, partial(self._update, row, before)):
            return
        outcome = self._outcome()
        if outcome != "complete":
            self._world.changed("appointments", row, "failed")
        elif row.written:
            row.last_sync_time = row.updated_at = due
            self._world.changed("appointments", row, "written")
        name = "appointment_updated" if outcome == "complete" else f"appointment_updated.{outcome}"
        self._tell("Appointment", name, row, due, self._appointment(row, previous_attributes=before))

    def _updated_patient(self, row: Record, due: datetime) -> None:
        if self._waits(row, partial(self._updated_patient, row)):
            return
        row.last_sync_time = row.updated_at = due
        self._world.changed("patients", row, "written")
        self._tell("Patient", "patient_updated", row, due, self._patients([row]))

    def _tell(self, resource: str, event_name: str, row: Row, at: datetime, data: Data) -> None:
        self._deliveries.announce(resource, event_name, self._practice(row), data, at)

    # One or several, by the event: https://docs.nexhealth.com/docs/webhooks
    def _appointment(self, row: Appointment, **more: object) -> Data:
        return lambda version: {"appointment": _shown(self._world, row, version), **more}

    def _appointments(self, rows: Iterable[Appointment]) -> Data:
        return lambda version: {"appointments": [_shown(self._world, row, version) for row in rows]}

    def _patients(self, rows: Iterable[Record]) -> Data:
        shows: Mapping[Version, Callable[[Record], Shown]] = {
            "v2": partial(patient_basic, self._world),
            "v3": patient,
        }
        return lambda version: {"patients": [shows[version](row) for row in rows]}

    def light(self, practice: Record, lights: Mapping[str, Light]) -> None:
        """Tell whether a system can be read and written to; what was held back is written when it can.

        Args:
            practice: whose system.
            lights: `read_status` and `write_status`.
        """
        now = self._world.now()
        back: list[str] = []
        for name, light in lights.items():
            was, practice.values[name] = practice.values[name], light
            if (was, light) == ("green", "red"):
                practice.values[f"{name}_at"] = iso(now)
            elif (was, light) == ("red", "green"):
                del practice.values[f"{name}_at"]
                back.append(f"sync_status_{name.removesuffix('_status')}_change")
        for event in back:
            for status in statuses(self._world, practice):
                self._deliveries.announce("SyncStatus", event, practice, always(status), now)
        if practice.values["write_status"] == "green":
            held = [act for id_, act in self._held if id_ == practice.id]
            self._held = [one for one in self._held if one[0] != practice.id]
            for act in held:
                self._agenda.at(now, act)


def always(said: Mapping[str, object]) -> Data:
    """Make an event's data that is the same in every version.

    Args:
        said: the data.
    """
    return lambda _: said


def _shown(world: World, row: Appointment, version: Version) -> Shown:
    shown = appointment(world, row)
    return {**shown, "deleted": False} if version == "v2" else shown
