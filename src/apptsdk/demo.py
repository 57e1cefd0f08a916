"""The story that `apptsdk demo` plays, in a sandbox. Needs the extras `[cli,sandbox]`."""

from __future__ import annotations

import asyncio
import logging
import textwrap
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from queue import Empty, Queue
from socketserver import TCPServer
from threading import Thread
from typing import TYPE_CHECKING, Final, Self
from zoneinfo import ZoneInfo

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from apptsdk import (
    UNSET,
    AppointmentStatus,
    AsyncCliniko,
    Capability,
    Client,
    Cliniko,
    ConflictError,
    Cubu,
    Customer,
    IMIassist,
    NexHealth,
    NoResultError,
    OutcomeUnknownError,
    SignatureError,
    Slot,
    UnsupportedError,
    __version__,
)
from apptsdk.events import AttemptEnded
from apptsdk.providers.cliniko import CancellationReason
from apptsdk.providers.cubu import CaseEvent, Channel, WebhookAction
from apptsdk.providers.imiassist import Priority
from apptsdk.providers.nexhealth import WebhookEventName, WebhookOutcome, WebhookResource, WriteState
from apptsdk.providers.nexhealth.events import AppointmentEvent
from apptsdk.registry import PROVIDERS
from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cubu import Cubu as EmulatedCubu

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apptsdk import Pager
    from apptsdk.events import Event
    from apptsdk.providers import cubu as public
    from apptsdk.providers import nexhealth as dental
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
_PATIENCE: Final = 10.0
"""Seconds to wait for what takes one."""


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

    def chapter(self, title: str) -> None:
        """Begin a chapter."""
        self.console.print()
        self.console.rule(Text(title, style="bold"))

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
        DemoError: The booking whose answer was lost is not the one and only in the ledger, a webhook is not about the
            appointment that was booked, others take part than were asked for, times are not in order, or what was
            cancelled still stands.
        ApptError: A call failed that should not.
    """
    if console is None:
        console = Console(highlight=False)
    stage = Stage(console)
    console.rule(Text(f"apptsdk {__version__}: the demo", style="bold"))
    stage.say(
        "Cliniko, NexHealth, Cubu and IMIassist are emulated on this machine: made-up",
        "people, and nothing leaves it.",
    )
    with Sandbox() as sandbox:
        stage.chapter("Cliniko")
        with Cliniko(sandbox.cliniko) as cliniko:
            clinic = find(stage, cliniko)
            visit = book(stage, cliniko, clinic)
            change(stage, cliniko, clinic, visit)
            lose_an_answer(stage, sandbox, cliniko, clinic)
        asyncio.run(ask_at_once(stage, sandbox, clinic))
        stage.chapter("NexHealth")
        with NexHealth(sandbox.nexhealth) as nexhealth, Receiver() as receiver:
            office = visit_office(stage, nexhealth)
            endpoint = subscribe(stage, nexhealth, receiver)
            booked = book_and_wait(stage, nexhealth, office)
            hear_of_it(stage, nexhealth, receiver, endpoint, booked)
        stage.chapter("Cubu")
        with Cubu(sandbox.cubu) as cubu, Receiver() as receiver:
            organize(sandbox, receiver)
            calendar, vacancies = look_at_calendars(stage, cubu)
            case = book_by_video(stage, cubu, calendar, vacancies)
            hear_of_the_case(stage, cubu, receiver, case)
            move_it(stage, cubu, calendar, vacancies, case)
        stage.chapter("IMIassist")
        start = datetime.now(UTC) + timedelta(days=1)
        with IMIassist(sandbox.imiassist) as imiassist:
            schedule(stage, imiassist, start)
            lose_a_schedule(stage, sandbox, imiassist, start)
        go_through_a_flow(stage, sandbox, start)
        stage.chapter("All four")
        with Client(sandbox.cliniko, sandbox.nexhealth, sandbox.cubu, sandbox.imiassist) as client:
            compare(stage, client)
            first = find_everywhere(stage, client, start)
            book_anywhere(stage, client, first)
            book_where_nothing_is_listed(stage, client, start)
    stage.step("Where to go next")
    stage.say(
        "apptsdk sandbox        serves all four, for your own code to play with",
        "docs/                  the guides; as a site: nox -s docs",
        "Client.from_env()      is a client of all whose variables are set, of these:",
        "Cliniko.from_env()     is a client of your own clinic, once CLINIKO_API_KEY,",
        "                       CLINIKO_APP_NAME and CLINIKO_CONTACT_EMAIL are set",
        "NexHealth.from_env()   the same, with NEXHEALTH_API_KEY, NEXHEALTH_SUBDOMAIN",
        "                       and NEXHEALTH_LOCATION_ID",
        "Cubu.from_env()        the same, with CUBU_TENANT_ID, CUBU_CLIENT_ID and more:",
        "                       see docs/cubu.md",
        "IMIassist.from_env()   the same, once something real can answer it: see",
        "                       docs/imiassist.md",
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


# --- webhooks --------------------------------------------------------------------------------------------------------


@attrs.frozen
class Posted:
    """What was posted to the receiver."""

    path: str
    body: bytes
    headers: Mapping[str, str]


class Receiver:
    """A web server of the standard library, on this machine, that keeps what is posted to it; a context manager."""

    def __init__(self) -> None:
        posted: Queue[Posted] = Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                posted.put(Posted(self.path, body, dict(self.headers)))
                self.send_response(204)  # answer first, work afterwards
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
                """Say nothing."""

        self._posted = posted
        self._server = TCPServer(("127.0.0.1", 0), Handler)  # HTTPServer would ask DNS for its own name
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def take(self) -> Posted:
        """Wait for a request.

        Returns:
            What was posted.

        Raises:
            DemoError: None comes.
        """
        try:
            return self._posted.get(timeout=_PATIENCE)
        except Empty:
            raise DemoError(f"no webhook came within {_PATIENCE:g} seconds.") from None


# --- NexHealth -------------------------------------------------------------------------------------------------------


@attrs.frozen
class Office:
    """Where and with whom the second chapter is."""

    location: dental.Location
    provider: dental.Provider
    kind: dental.AppointmentType
    patient: dental.Patient

    def local(self, moment: datetime) -> str:
        """Write a moment as the office's clock shows it."""
        return f"{moment.astimezone(ZoneInfo(self.location.tz or 'UTC')):%a %d %b %H:%M}"


def visit_office(stage: Stage, nexhealth: NexHealth) -> Office:
    """Look around, and register a patient."""
    stage.step("Another vendor, the same way")
    stage.call("location = nexhealth.locations.list().first()")
    location = nexhealth.locations.list().first()
    stage.show(f"{location.name}, {location.tz}")
    stage.call("provider = nexhealth.providers.list(requestable=True).first()")
    provider = nexhealth.providers.list(requestable=True).first()
    stage.show(f"{provider.display_name}")
    stage.call("kind = nexhealth.appointment_types.list().first()")
    kind = nexhealth.appointment_types.list().first()
    stage.show(f"{kind.name}, {kind.minutes} minutes")
    stage.call(
        "patient = nexhealth.patients.create(\n"
        '    provider_id=provider.id, first_name="Ada", last_name="Park",\n'
        '    email="ada.park@example.com", date_of_birth=date(1990, 5, 17),\n'
        '    phone_number="+1 (312) 555-0190")'
    )
    patient = nexhealth.patients.create(
        provider_id=provider.id,
        first_name="Ada",
        last_name="Park",
        email="ada.park@example.com",
        date_of_birth=date(1990, 5, 17),
        phone_number="+1 (312) 555-0190",
    )
    stage.show(f"patient {patient.id}")
    return Office(location, provider, kind, patient)


def subscribe(stage: Stage, nexhealth: NexHealth, receiver: Receiver) -> dental.WebhookEndpoint:
    """Ask to be told when an appointment is written."""
    stage.step("Ask to be told")
    stage.say("A small web server on this machine, the receiver, stands in for yours.")
    stage.call('endpoint = nexhealth.webhook_endpoints.create(\n    target_url=receiver.url + "/nexhealth")')
    endpoint = nexhealth.webhook_endpoints.create(target_url=receiver.url + "/nexhealth")
    stage.show(f"endpoint {endpoint.id}, with a secret key to verify what comes")
    stage.call(
        "nexhealth.webhook_subscriptions.create(\n"
        "    endpoint.id, resource_type=WebhookResource.APPOINTMENT,\n"
        "    event=WebhookEventName.APPOINTMENT_INSERTION)"
    )
    nexhealth.webhook_subscriptions.create(
        endpoint.id, resource_type=WebhookResource.APPOINTMENT, event=WebhookEventName.APPOINTMENT_INSERTION
    )
    return endpoint


def book_and_wait(stage: Stage, nexhealth: NexHealth, office: Office) -> dental.Appointment:
    """Book the first free slot, and wait until the practice's own system has it."""
    stage.step("Book: accepted is not yet written")
    stage.call(
        "slot = nexhealth.available_slots.list(\n"
        "    start_date=tomorrow, days=14, provider_ids=[provider.id],\n"
        "    appointment_type_id=kind.id).first()"
    )
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    slot = nexhealth.available_slots.list(
        start_date=tomorrow, days=14, provider_ids=[office.provider.id], appointment_type_id=office.kind.id
    ).first()
    stage.show(f"{office.local(slot.time)} at the office")
    stage.call(
        "booked = nexhealth.appointments.create(\n"
        "    patient_id=patient.id, provider_id=provider.id,\n"
        "    appointment_type_id=kind.id, operatory_id=slot.operatory_id,\n"
        "    start_time=slot.time)"
    )
    booked = nexhealth.appointments.create(
        patient_id=office.patient.id,
        provider_id=office.provider.id,
        appointment_type_id=office.kind.id,
        operatory_id=UNSET if slot.operatory_id is None else slot.operatory_id,
        start_time=slot.time,
    )
    stage.call("booked.id, booked.write_state")
    stage.show(f"({booked.id}, {booked.write_state})")
    if booked.write_state is not WriteState.PENDING:
        raise DemoError(f"a new appointment is {booked.write_state}.")
    stage.say("NexHealth has it. The practice's own system gets it in the background.")
    stage.call("written = nexhealth.appointments.wait_until_written(\n    booked.id, timeout=timedelta(seconds=10))")
    written = nexhealth.appointments.wait_until_written(booked.id, timeout=timedelta(seconds=_PATIENCE))
    stage.call("written.write_state, written.foreign_id")
    stage.show(f"({written.write_state}, {written.foreign_id!r})")
    return written


def hear_of_it(
    stage: Stage,
    nexhealth: NexHealth,
    receiver: Receiver,
    endpoint: dental.WebhookEndpoint,
    booked: dental.Appointment,
) -> None:
    """Receive the webhook, verify it, and cancel."""
    secret_key = endpoint.secret_key or ""
    stage.step("Receive the webhook, and believe it only if it is signed")
    stage.call("posted = receiver.take()")
    posted = receiver.take()
    stage.show(f"{len(posted.body)} bytes")
    stage.call("event = nexhealth.webhooks.verify(\n    posted.body, posted.headers, secret_key=endpoint.secret_key)")
    event = nexhealth.webhooks.verify(posted.body, posted.headers, secret_key=secret_key)
    told = [one.id for one in event.appointments] if isinstance(event, AppointmentEvent) else []
    if told != [booked.id] or event.outcome is not WebhookOutcome.COMPLETE:
        raise DemoError(f"the webhook tells of {event.event_name} {told}, and {booked.id} was booked.")
    stage.call("event.event_name, event.appointments[0].id")
    stage.show(f"{(event.event_name, told[0])}")
    stage.call(
        "try:\n"
        '    nexhealth.webhooks.verify(posted.body + b" ", posted.headers,\n'
        "        secret_key=endpoint.secret_key)\n"
        "except SignatureError as error:\n"
        "    print(error)\n"
    )
    try:
        nexhealth.webhooks.verify(posted.body + b" ", posted.headers, secret_key=secret_key)
    except SignatureError as error:
        stage.show(*textwrap.wrap(str(error), 70))
    else:
        raise DemoError("a body with one byte more was believed.")
    stage.step("Cancel it")
    stage.call("nexhealth.appointments.cancel(booked.id).cancelled")
    cancelled = nexhealth.appointments.cancel(booked.id).cancelled
    if not cancelled:
        raise DemoError("the appointment was cancelled and is not.")
    stage.show(f"{cancelled}")


# --- Cubu ------------------------------------------------------------------------------------------------------------

_SERVICE: Final = "Front desk"
_ASKED: Final = "General question"
_MADE: Final = "Advice call"
_KEY: Final = "demo-key-0001"
"""The key of the webhooks, which at Cubu is generated in the admin tools."""


def organize(sandbox: Sandbox, receiver: Receiver) -> None:
    """Set up what an organization has beside its calendars: a hook that changes bookings, and where webhooks go."""
    emulated = sandbox.emulator(EmulatedCubu)
    advice = sandbox.cubu.scope_of_calls.catalogue.service_type_id(_MADE, "service_type_id")
    emulated.before_book = lambda _: {"serviceTypeId": advice}
    emulated.webhook(receiver.url, key=_KEY)


class Listener(logging.Handler):
    """Keeps the SDK's warnings, which would go to standard error; a context manager."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())

    def __enter__(self) -> Self:
        logging.getLogger("apptsdk").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("apptsdk").removeHandler(self)


def look_at_calendars(stage: Stage, cubu: Cubu) -> tuple[public.Calendar, public.Vacancies]:
    """List the calendars of a service, and when the first is free."""
    stage.step("Calendars instead of appointments")
    stage.say(
        "Cubu lists neither services nor what is offered: a catalogue, which you write",
        "down once, gives names to its ids. The sandbox brings one.",
    )
    stage.call(f'calendars = list(cubu.calendars.list("{_SERVICE}", tomorrow))')
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    calendars = list(cubu.calendars.list(_SERVICE, tomorrow))
    stage.table(
        ("Calendar", "Whose", "Open", "Booked"),
        (
            (
                f"{one.cu_index}",
                (one.user.display_name if one.user else None) or "anybody's",
                ", ".join(f"{_clock(hours.start)}-{_clock(hours.end)}" for hours in one.working_hours or ()),
                f"{one.stats.minutes_booked if one.stats else 0} minutes",
            )
            for one in calendars
        ),
    )
    stage.call(f'vacancies = cubu.calendars.vacancies(\n    calendars[0], service_type_id="{_ASKED}")')
    vacancies = cubu.calendars.vacancies(calendars[0], service_type_id=_ASKED)
    stage.call("vacancies.slots[0], vacancies.duration")
    stage.show(
        f"{_local(vacancies.slots[0])} at the counter, {vacancies.duration_minutes} minutes; "
        f"{len(vacancies.slots)} times are free"
    )
    return calendars[0], vacancies


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _local(moment: datetime | None) -> str:
    """Write a moment as the counter's clock shows it: Cubu's moments are in the service's own zone."""
    return "" if moment is None else f"{moment:%a %d %b %H:%M}"


def book_by_video(stage: Stage, cubu: Cubu, calendar: public.Calendar, vacancies: public.Vacancies) -> public.Booking:
    """Book by video; the organization's own hook makes something else of it, and the result says so."""
    stage.step("Book by video, and see what the organization made of it")
    stage.say(
        "An organization may have a hook that looks at each booking. This one makes an",
        f"{_MADE.lower()} of every {_ASKED.lower()}.",
    )
    stage.call(
        "case = cubu.appointments.book(calendars[0],\n"
        f'    service_type_id="{_ASKED}", start=vacancies.slots[0],\n'
        '    channel=Channel.VIDEO, contact_email="ada.park@example.com",\n'
        '    fields={"Reason of the visit": "a lost passport"}, tag_ids=["VIP"])'
    )
    with Listener() as logged:
        case = cubu.appointments.book(
            calendar,
            service_type_id=_ASKED,
            start=vacancies.slots[0],
            channel=Channel.VIDEO,
            contact_email="ada.park@example.com",
            fields={"Reason of the visit": "a lost passport"},
            tag_ids=["VIP"],
        )
    stage.show(f"case {case.case_id}, ticket {case.ticket.label if case.ticket else ''}")
    stage.call("case.online_meeting.participants_url")
    stage.show(f"{case.online_meeting.participants_url if case.online_meeting else None}")
    stage.call("for one in case.differences:\n    print(one.field, one.asked, one.got)\n")
    for one in case.differences:
        stage.show(one.field, f"  asked  {one.asked}", f"  got    {one.got}")
    stage.call("case.service_type_name")
    stage.show(f"{case.service_type_name!r}")
    stage.say("The log has a warning, too:")
    stage.show(*(line for text in logged.lines for line in textwrap.wrap(text, 70)))
    if [one.field for one in case.differences] != ["service_type_id"] or not case.checked:
        raise DemoError("the organization changed the service type, and the booking does not say so.")
    return case


def hear_of_the_case(stage: Stage, cubu: Cubu, receiver: Receiver, case: public.Booking) -> None:
    """Receive the webhook, and verify it."""
    stage.step("Receive its webhook")
    stage.say("Cubu signs it with a key from its admin tools. Its path says what happened.")
    stage.call("posted = receiver.take()")
    posted = receiver.take()
    stage.call("posted.path")
    stage.show(f"{posted.path!r}")
    stage.call(f'key = "{_KEY}"')
    stage.call("told = cubu.webhooks.verify(\n    posted.body, posted.headers, key=key, path=posted.path)")
    told = cubu.webhooks.verify(posted.body, posted.headers, key=_KEY, path=posted.path)
    case_id = told.case_id if isinstance(told, CaseEvent) else None
    if case_id != case.case_id or told.action is not WebhookAction.AFTER_BOOK_APPOINTMENT:
        raise DemoError(f"the webhook tells of {told.action} {case_id}, and {case.case_id} was booked.")
    stage.call("told.action, told.case_id == case.case_id")
    stage.show(f"({told.action}, {case_id == case.case_id})")
    stage.call('altered = posted.body.replace(b"Video", b"Phone")')
    altered = posted.body.replace(b"Video", b"Phone")
    stage.call(
        "try:\n"
        "    cubu.webhooks.verify(altered, posted.headers, key=key)\n"
        "except SignatureError as error:\n"
        "    print(error)\n"
    )
    try:
        cubu.webhooks.verify(altered, posted.headers, key=_KEY)
    except SignatureError as error:
        stage.show(*textwrap.wrap(str(error), 70))
    else:
        raise DemoError("a body that was altered was believed.")


def move_it(
    stage: Stage, cubu: Cubu, calendar: public.Calendar, vacancies: public.Vacancies, case: public.Booking
) -> None:
    """Move the appointment by booking anew, then cancel it."""
    stage.step("Move it by booking anew, then cancel it")
    stage.say("Cubu cannot move an appointment. So: the new one first, the old one after it.")
    stage.call(
        "moved = cubu.appointments.rebook(case, calendars[0],\n"
        f'    service_type_id="{_MADE}", start=vacancies.slots[4],\n'
        '    channel=Channel.VIDEO, contact_email="ada.park@example.com")'
    )
    moved = cubu.appointments.rebook(
        case,
        calendar,
        service_type_id=_MADE,
        start=vacancies.slots[4],
        channel=Channel.VIDEO,
        contact_email="ada.park@example.com",
    )
    before, after = (_local(one.appointment.starts_at) if one.appointment else "" for one in (case, moved))
    stage.show(f"{before} -> {after}")
    _gone(stage, cubu, "case", case)
    stage.call("cubu.appointments.cancel(moved)")
    cubu.appointments.cancel(moved)
    _gone(stage, cubu, "moved", moved)


def _gone(stage: Stage, cubu: Cubu, name: str, case: public.Booking) -> None:
    """Show that an appointment is no longer in its calendar."""
    stage.call(f"try:\n    cubu.appointments.get({name})\nexcept NoResultError as error:\n    print(error)\n")
    try:
        cubu.appointments.get(case)
    except NoResultError as error:
        stage.show(f"{error}")
    else:
        raise DemoError("the appointment was cancelled and is not.")


# --- IMIassist -------------------------------------------------------------------------------------------------------


def schedule(stage: Stage, imiassist: IMIassist, start: datetime) -> None:
    """Schedule with a host, and without one."""
    stage.step("A video appointment, with a host and without one")
    stage.say(
        "The vendor says what goes in and what comes out, and publishes no HTTP API.",
        "How it travels here is a proposal of ours, of which each part is a setting.",
    )
    stage.call(
        "assigned = imiassist.appointments.schedule(\n"
        "    start_time=start, duration=timedelta(minutes=30),\n"
        '    customer_first_name="Ada", assignee_email="dr.lee@example.org",\n'
        '    priority=Priority.HIGH, external_reference_id="PAS-1001")'
    )
    assigned = imiassist.appointments.schedule(
        start_time=start,
        duration=timedelta(minutes=30),
        customer_first_name="Ada",
        assignee_email="dr.lee@example.org",
        priority=Priority.HIGH,
        external_reference_id="PAS-1001",
    )
    stage.call("assigned.appointment_uid, assigned.response_status_code")
    stage.show(f"{(assigned.appointment_uid, assigned.response_status_code)}")
    stage.call("for one in assigned.participants:\n    print(one.role, one.meeting_link is not None)\n")
    stage.show(*(f"{one.role} {one.meeting_link is not None}" for one in assigned.participants or ()))
    stage.call('waiting = imiassist.appointments.schedule(\n    start_time=start, customer_phone="+447700900123")')
    waiting = imiassist.appointments.schedule(start_time=start, customer_phone="+447700900123")
    stage.call("waiting.host, len(waiting.guests)")
    stage.show(f"{(waiting.host, len(waiting.guests))}")
    if assigned.host is None or waiting.host is not None:
        raise DemoError("others take part than were asked for.")
    stage.say("It waits in its team's queue until somebody takes it.")


def lose_a_schedule(stage: Stage, sandbox: Sandbox, imiassist: IMIassist, start: datetime) -> None:
    """Lose an answer that nobody can look up, and undo what it made."""
    stage.step("Lose an answer that cannot be looked up")
    stage.say(
        "Nothing lists IMIassist's appointments. So the error names what can undo it:",
        "the external reference, which the SDK makes up where you give none.",
    )
    stage.call('sandbox.fault("drop_after", provider="imiassist", method="POST")')
    sandbox.fault("drop_after", provider="imiassist", method="POST")
    stage.call(
        "try:\n"
        "    imiassist.appointments.schedule(\n"
        '        start_time=start, external_reference_id="PAS-1002")\n'
        "except OutcomeUnknownError as error:\n"
        "    print(error)\n"
        "    reference = error.attempt.reference\n"
    )
    try:
        imiassist.appointments.schedule(start_time=start, external_reference_id="PAS-1002")
    except OutcomeUnknownError as error:
        stage.show(*textwrap.wrap(str(error), 70))
        reference = error.attempt.reference
    else:
        raise DemoError("an answer was cut off, and the appointment counts as made.")
    stage.call("lost = imiassist.appointments.cancel(external_reference_id=reference)")
    lost = imiassist.appointments.cancel(external_reference_id=reference)
    stage.call('lost.appointment_id in sandbox.ledger.live("appointments")')
    stands = lost.appointment_id in sandbox.ledger.live("appointments")
    stage.show(f"{stands}")
    if stands:
        raise DemoError("the appointment was cancelled and is not.")


def go_through_a_flow(stage: Stage, sandbox: Sandbox, start: datetime) -> None:
    """Do the same through a webhook of another shape, by settings alone."""
    stage.step("The same client, through a flow of another shape")
    stage.say(
        "What answers for real is a flow of yours, which runs the vendor's nodes. This",
        "one has a single path, names of its own and the credentials in the body, and",
        "always answers 200. Only the settings are others.",
    )
    stage.call(
        "with IMIassist(sandbox.imiassist_flow) as flow:\n"
        "    made = flow.appointments.schedule(\n"
        '        start_time=start, assignee_email="dr.lee@example.org")\n'
        "    flow.appointments.cancel(made)\n"
        "    try:\n"
        "        flow.appointments.cancel(appointment_uid=made.appointment_uid)\n"
        "    except ConflictError as error:\n"
        "        print(error)\n"
    )
    with IMIassist(sandbox.imiassist_flow) as flow:
        made = flow.appointments.schedule(start_time=start, assignee_email="dr.lee@example.org")
        flow.appointments.cancel(made)
        try:
            flow.appointments.cancel(appointment_uid=made.appointment_uid)
        except ConflictError as error:
            stage.show(f"{error}")
        else:
            raise DemoError("the appointment was cancelled and is not.")
    stage.call("made.response_status_code, sandbox.requests[-1].path")
    stage.show(f"{(made.response_status_code, sandbox.requests[-1].path)}")


# --- all four --------------------------------------------------------------------------------------------------------

_SOON: Final = timedelta(days=7)
"""How far ahead times are looked for: no office is closed for so long."""


def compare(stage: Stage, client: Client) -> None:
    """Show what each provider can do."""
    stage.step("One client over all four")
    stage.say(
        "The same seven verbs for all. What a provider lacks is refused before anything",
        "is sent, and one can ask first:",
    )
    stage.call("able = client.capabilities")
    able = client.capabilities
    stage.table(
        ("", *PROVIDERS.values()),
        ((one.name, *("yes" if one in able[name] else "" for name in PROVIDERS)) for one in Capability),
    )


def find_everywhere(stage: Stage, client: Client, start: datetime) -> dict[str, Slot[object]]:
    """Find times at three providers, merged in the order of their start."""
    stage.step("Find times everywhere, in one order")
    stage.say("Three are asked at the same time. Who stops reading asks for no more.")
    stage.call(
        "service = [\n"
        '    f"cliniko:{client.cliniko.appointment_types.list().first().id}",\n'
        '    f"nexhealth:{client.nexhealth.appointment_types.list().first().id}",\n'
        f'    "cubu:{_MADE}"]'
    )
    service = [
        f"cliniko:{client.cliniko.appointment_types.list().first().id}",
        f"nexhealth:{client.nexhealth.appointment_types.list().first().id}",
        f"cubu:{_MADE}",
    ]
    stage.call(
        "first = {}\n"
        "for slot in client.find_slots(\n"
        "        service=service, start=start, end=start + timedelta(days=7)):\n"
        "    first.setdefault(slot.provider, slot)\n"
        "    if len(first) == len(service):\n"
        "        break\n"
    )
    first: dict[str, Slot[object]] = {}
    for slot in client.find_slots(service=service, start=start, end=start + _SOON):
        first.setdefault(slot.provider, slot)
        if len(first) == len(service):
            break
    stage.say("The first of each, in that order:")
    stage.table(
        ("UTC", "There", "Where"),
        (
            (
                f"{one.start.astimezone(UTC):%a %d %b %H:%M}",
                f"{one.start:%a %d %b %H:%M}",
                f"{PROVIDERS[name]}, {one.location.name if one.location else ''}",
            )
            for name, one in first.items()
        ),
    )
    if len(first) < len(service) or list(first) != sorted(first, key=lambda name: first[name].start):
        raise DemoError(f"the times are not in order, or somebody's are missing: {', '.join(first)}.")
    return first


def _ada() -> Customer:
    return Customer(
        first_name="Ada",
        last_name="Park",
        email="ada.park@example.com",
        phone="+14155550123",
        date_of_birth=date(1990, 5, 17),
    )


def book_anywhere(stage: Stage, client: Client, first: Mapping[str, Slot[object]]) -> None:
    """Book at one of them, move the appointment, and cancel it."""
    stage.step("Book at one of them, move it, cancel it")
    stage.say(
        "A slot says whose it is, and so does a ref. The customer is found there, by",
        "what that provider can search by, or made.",
    )
    stage.call(
        'ada = Customer(first_name="Ada", last_name="Park", phone="+14155550123",\n'
        '    email="ada.park@example.com", date_of_birth=date(1990, 5, 17))'
    )
    ada = _ada()
    stage.call('exam = client.book(first["nexhealth"], ada, notes="first visit")')
    exam = client.book(first["nexhealth"], ada, notes="first visit")
    stage.call("str(exam.ref), exam.status.name")
    stage.show(f"{(str(exam.ref), exam.status.name)}")
    stage.call(
        "later = client.reschedule(exam.ref, client.find_slots(\n"
        "    service=exam.service, host=exam.host, location=exam.location,\n"
        "    start=exam.end, end=exam.end + timedelta(days=7)).first())"
    )
    assert exam.end is not None  # noqa: S101 - what NexHealth always says
    slots = client.find_slots(
        service=exam.service, host=exam.host, location=exam.location, start=exam.end, end=exam.end + _SOON
    )
    later = client.reschedule(exam.ref, slots.first())
    stage.show(f"{exam.start:%a %d %b %H:%M} -> {later.start:%a %d %b %H:%M}")
    stage.call("client.cancel(later.ref)")
    client.cancel(later.ref)
    stage.call("client.get_appointment(str(later.ref)).status.name")
    status = client.get_appointment(str(later.ref)).status
    stage.show(f"{status.name!r}")
    if status is not AppointmentStatus.CANCELLED:
        raise DemoError("the appointment was cancelled and is not.")


def book_where_nothing_is_listed(stage: Stage, client: Client, start: datetime) -> None:
    """Book a slot that is made by hand, with a reference, at the provider that lists nothing."""
    stage.step("The same call where no times are listed")
    stage.say("IMIassist lists none and reads nothing: a slot is made by hand.")
    stage.call('video = client.book(\n    Slot(provider="imiassist", start=start), ada, reference="crm-881")')
    video = client.book(Slot(provider="imiassist", start=start), _ada(), reference="crm-881")
    stage.call("video.status.name, video.channel.name, video.reference")
    stage.show(f"{(video.status.name, video.channel.name, video.reference)}")
    stage.call("try:\n    client.get_appointment(video.ref)\nexcept UnsupportedError as error:\n    print(error)\n")
    try:
        client.get_appointment(video.ref)
    except UnsupportedError as error:
        stage.show(*textwrap.wrap(str(error), 70))
    else:
        raise DemoError("an appointment was read where none can be.")
    stage.call("client.cancel(video.ref)")
    client.cancel(video.ref)
