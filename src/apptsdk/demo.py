"""The story that `apptsdk demo` plays, in a sandbox. Needs the extras `[cli,sandbox]`."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from apptsdk import AsyncCliniko, Cliniko, __version__
from apptsdk.events import AttemptEnded
from apptsdk.providers.cliniko import CancellationReason
from apptsdk.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apptsdk import Pager
    from apptsdk.events import Event
    from apptsdk.providers.cliniko import (
        AppointmentType,
        AvailableTime,
        Business,
        IndividualAppointment,
        Patient,
        Practitioner,
    )

_INDENT: Final = 2
_DEEPER: Final = 6


class DemoError(Exception):
    """The demo saw something that must not happen."""


class Stage:
    """Where the story is shown: numbered steps, calls as one would type them, and what came back.

    Args:
        console: The terminal, or what stands in for one.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self._steps = 0

    def step(self, title: str) -> None:
        """Begin a step."""
        self._steps += 1
        self.console.print()
        self.console.print(Text(f"{self._steps}. {title}", style="bold"))

    def say(self, *lines: str) -> None:
        """Say something."""
        self._print(lines, _INDENT)

    def call(self, code: str) -> None:
        """Show a call as one would type it."""
        first, *rest = code.splitlines()
        self._print((f">>> {first}", *(f"... {line}" for line in rest)), _INDENT, "cyan")

    def show(self, *lines: str) -> None:
        """Show what came back."""
        self._print(lines, _DEEPER)

    def _print(self, lines: Iterable[str], indent: int, style: str = "") -> None:
        for line in lines:
            self.console.print(Text(" " * indent + line, style=style), soft_wrap=True)

    def table(self, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        """Show what came back as a table."""
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(Text(column), no_wrap=True)
        for row in rows:
            table.add_row(*map(Text, row))
        self.console.print(Padding(table, (0, 0, 0, _DEEPER)))


@attrs.frozen
class Clinic:
    """Who and where the story is about."""

    business: Business
    practitioner: Practitioner
    kind: AppointmentType
    patient: Patient

    def free(self, cliniko: Cliniko) -> Pager[AvailableTime]:
        """List the free times of the next fortnight."""
        tomorrow = datetime.now(UTC).date() + timedelta(days=1)
        return cliniko.available_times.list(
            self.business.id, self.practitioner.id, self.kind.id, from_=tomorrow, to=tomorrow + timedelta(days=13)
        )

    def local(self, moment: datetime) -> str:
        """Write a moment as the clinic's clock shows it."""
        return f"{moment.astimezone(ZoneInfo(self.business.time_zone_identifier or 'UTC')):%a %d %b %H:%M}"


def play(console: Console | None = None) -> None:
    """Play the story.

    Args:
        console: Where to show it; standard output by default.

    Raises:
        DemoError: The booking whose answer was lost is not the one and only in the ledger.
        ApptError: A call failed that should not.
    """
    if console is None:
        console = Console(highlight=False)
    stage = Stage(console)
    console.rule(Text(f"apptsdk {__version__}: the demo", style="bold"))
    stage.say("Cliniko is emulated on this machine: made-up people, and nothing leaves it.")
    with Sandbox() as sandbox:
        with Cliniko(sandbox.cliniko) as cliniko:
            clinic = find(stage, cliniko)
            visit = book(stage, cliniko, clinic)
            change(stage, cliniko, clinic, visit)
            lose_an_answer(stage, sandbox, cliniko, clinic)
        asyncio.run(ask_at_once(stage, sandbox, clinic))
    stage.step("Where to go next")
    stage.say(
        "apptsdk sandbox      serves this clinic, for your own code to play with",
        "docs/                errors, filters, large reads; as a site: nox -s docs",
        "Cliniko.from_env()   is a client of your own clinic, once CLINIKO_API_KEY,",
        "                     CLINIKO_APP_NAME and CLINIKO_CONTACT_EMAIL are set",
    )


def find(stage: Stage, cliniko: Cliniko) -> Clinic:
    """Look around, and register a patient."""
    stage.step("Look around")
    stage.call("cliniko.user()")
    user = cliniko.user()
    stage.show(f"{user.first_name} {user.last_name}, {user.role}")
    stage.call("business = cliniko.businesses.list().first()")
    business = cliniko.businesses.list().first()
    stage.show(f"{business.business_name}, {business.time_zone_identifier}")
    stage.call("practitioner = cliniko.practitioners.list().first()")
    practitioner = cliniko.practitioners.list().first()
    stage.show(f"{practitioner.display_name}")
    stage.call("kind = cliniko.appointment_types.list().first()")
    kind = cliniko.appointment_types.list().first()
    stage.show(f"{kind.name}, {kind.duration_in_minutes} minutes")
    stage.call(
        'patient = cliniko.patients.create(\n    first_name="Ada", last_name="Park", date_of_birth=date(1990, 5, 17))'
    )
    patient = cliniko.patients.create(first_name="Ada", last_name="Park", date_of_birth=date(1990, 5, 17))
    stage.show(f"patient {patient.id}")
    return Clinic(business, practitioner, kind, patient)


def book(stage: Stage, cliniko: Cliniko, clinic: Clinic) -> IndividualAppointment:
    """Find a free time, book it, and list what is to come."""
    business, practitioner, kind, patient = clinic.business, clinic.practitioner, clinic.kind, clinic.patient
    stage.step("Book the first free time")
    stage.call(
        "free = cliniko.available_times.list(business.id, practitioner.id, kind.id,\n"
        "    from_=tomorrow, to=tomorrow + timedelta(days=13))"
    )
    free = clinic.free(cliniko)
    stage.call("time = free.first()")
    time = free.first()
    stage.show(f"{clinic.local(time.appointment_start)} at the clinic")
    stage.call(
        "visit = cliniko.individual_appointments.create(\n"
        "    business_id=business.id, practitioner_id=practitioner.id,\n"
        "    appointment_type_id=kind.id, patient_id=patient.id,\n"
        "    starts_at=time.appointment_start)"
    )
    visit = cliniko.individual_appointments.create(
        business_id=business.id,
        practitioner_id=practitioner.id,
        patient_id=patient.id,
        appointment_type_id=kind.id,
        starts_at=time.appointment_start,
    )
    stage.show(f"appointment {visit.id}")
    stage.call(
        "coming = cliniko.individual_appointments.list(\n"
        '    q=[f"business_id:={business.id}", f"starts_at:>={now}"],\n'
        '    sort=["starts_at"])'
    )
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    coming = cliniko.individual_appointments.list(
        q=[f"business_id:={business.id}", f"starts_at:>={now}"], sort=["starts_at"]
    )
    staff = {person.id: person.display_name or "" for person in cliniko.practitioners.list()}
    stage.table(
        ("At the clinic", "Patient", "With", "Id"),
        (
            (
                clinic.local(one.starts_at),
                one.patient_name or "",
                staff.get(one.practitioner.id, "") if one.practitioner else "",
                one.id,
            )
            for one in coming
        ),
    )
    return visit


def change(stage: Stage, cliniko: Cliniko, clinic: Clinic, visit: IndividualAppointment) -> None:
    """Move the appointment, then cancel it."""
    stage.step("Move it, then cancel it")
    stage.call("cliniko.individual_appointments.conflicts(visit.id)")
    stage.show(f"{cliniko.individual_appointments.conflicts(visit.id)}")
    stage.call(
        "moved = cliniko.individual_appointments.update(visit.id,\n"
        "    starts_at=visit.starts_at + timedelta(days=7),\n"
        "    ends_at=visit.ends_at + timedelta(days=7))"
    )
    moved = cliniko.individual_appointments.update(
        visit.id, starts_at=visit.starts_at + timedelta(days=7), ends_at=visit.ends_at + timedelta(days=7)
    )
    stage.show(f"{clinic.local(visit.starts_at)} -> {clinic.local(moved.starts_at)}")
    stage.call('cliniko.individual_appointments.cancel(visit.id,\n    reason=CancellationReason.SICK, note="flu")')
    cliniko.individual_appointments.cancel(visit.id, reason=CancellationReason.SICK, note="flu")
    stage.call("gone = cliniko.individual_appointments.get(\n    visit.id, include_cancelled=True)")
    gone = cliniko.individual_appointments.get(visit.id, include_cancelled=True)
    if gone.cancelled_at is None:
        raise DemoError("the appointment was cancelled and is not.")
    stage.show(f"cancelled {clinic.local(gone.cancelled_at)}: {gone.cancellation_reason_description}")


def lose_an_answer(stage: Stage, sandbox: Sandbox, cliniko: Cliniko, clinic: Clinic) -> None:
    """Book, with the connection cut after the booking was made and before the answer came."""
    business, practitioner, kind, patient = clinic.business, clinic.practitioner, clinic.kind, clinic.patient
    stage.step("Lose the answer to a booking, on purpose")
    stage.say(
        "The sandbox will book, and cut the connection before it answers. A client that",
        "repeats would book twice. One that gives up would deny a booking that exists.",
    )
    time = clinic.free(cliniko).first()
    told: list[Event] = []
    sandbox.ledger.clear()
    stage.call('sandbox.fault(\n    "drop_after", method="POST", path="/individual_appointments")')
    sandbox.fault("drop_after", method="POST", path="/individual_appointments")
    stage.call(
        "booked = cliniko.individual_appointments.create(\n"
        "    business_id=business.id, practitioner_id=practitioner.id,\n"
        "    appointment_type_id=kind.id, patient_id=patient.id,\n"
        "    starts_at=free.first().appointment_start)"
    )
    booked = cliniko.with_options(observer=told.append).individual_appointments.create(
        business_id=business.id,
        practitioner_id=practitioner.id,
        patient_id=patient.id,
        appointment_type_id=kind.id,
        starts_at=time.appointment_start,
    )
    stage.say("What went over the wire:")
    for event in told:
        if isinstance(event, AttemptEnded):
            stage.say(f"  {event.operation:<40} {event.status or 'sent once; the answer was lost'}")
    stage.call("booked.id, booked.recovered")
    stage.show(f"{(booked.id, booked.recovered)}")
    stage.call('sandbox.ledger.created("individual_appointments")')
    made = sandbox.ledger.created("individual_appointments")
    stage.show(f"{made}")
    if made != [booked.id] or not booked.recovered:
        raise DemoError(f"the call returned {booked.id}, and the ledger holds {made}.")
    stage.say("The call returned the booking: its id is the one and only id in the ledger.")


async def ask_at_once(stage: Stage, sandbox: Sandbox, clinic: Clinic) -> None:
    """Ask several things at once with the async client."""
    business, kind = clinic.business, clinic.kind
    stage.step("The same, async")
    stage.call(
        "async with AsyncCliniko(sandbox.cliniko) as cliniko:\n"
        "    staff = [one async for one in cliniko.practitioners.list()]\n"
        "    times = await asyncio.gather(*(\n"
        "        cliniko.available_times.next(business.id, one.id, kind.id)\n"
        "        for one in staff))"
    )
    async with AsyncCliniko(sandbox.cliniko) as cliniko:
        staff = [one async for one in cliniko.practitioners.list()]
        times = await asyncio.gather(*(cliniko.available_times.next(business.id, one.id, kind.id) for one in staff))
    stage.table(
        ("Practitioner", f"Next free time at {business.business_name}"),
        (
            (one.display_name or "", clinic.local(time.appointment_start) if time else "none")
            for one, time in zip(staff, times, strict=True)
        ),
    )
