"""`apptsdk demo`: what it shows is true, reads well anywhere, and fails when it should."""

import ast
import asyncio
import inspect
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from time import monotonic, sleep
from typing import Any, Self

import pytest
from rich.console import Console
from typer.testing import CliRunner

from apptsdk import (
    AsyncCliniko,
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
    cli,
    demo,
)
from apptsdk.providers.cliniko import CancellationReason
from apptsdk.providers.cubu import Channel
from apptsdk.providers.cubu import sign as sign_as_cubu
from apptsdk.providers.cubu.facade.appointments import Appointments
from apptsdk.providers.cubu.facade.webhooks import Webhooks as CubuWebhooks
from apptsdk.providers.imiassist import Priority
from apptsdk.providers.nexhealth import WebhookEventName, WebhookResource
from apptsdk.providers.nexhealth.facade.webhooks import Webhooks
from apptsdk.providers.nexhealth.operations.webhooks import sign
from apptsdk.sandbox import Ledger, Sandbox
from apptsdk.sandbox.nexhealth import NexHealth as NexHealthEmulation
from apptsdk.transport import Clock

ID = r"\d{19}"
LIMIT = 15.0
"""Seconds that all of it may take."""


def shown(width: int = 80) -> str:
    """Play the demo where there is no terminal."""
    text = io.StringIO()
    demo.play(Console(file=text, width=width))
    return text.getvalue()


@pytest.fixture(scope="module", autouse=True)
def haste() -> Iterator[None]:
    """Nobody and nothing takes long, but in a process of its own, where it is played as it is."""
    make = NexHealthEmulation.__init__

    def quick(self: NexHealthEmulation, setup: Any) -> None:
        make(self, setup)
        self.write_after = timedelta(seconds=0.2)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Clock, "sleep", lambda self, seconds: sleep(min(seconds, 0.05)))
        patched.setattr(NexHealthEmulation, "__init__", quick)
        yield


@pytest.fixture(scope="module")
def text() -> str:
    return shown()


def test_the_call_whose_answer_was_lost_returned_the_one_booking_in_the_ledger(text: str) -> None:
    returned = re.search(rf">>> booked\.id, booked\.recovered\n +\('({ID})', True\)", text)
    ledger = re.search(rf'>>> sandbox\.ledger\.created\("individual_appointments"\)\n +\[\'({ID})\'\]\n', text)
    assert returned is not None
    assert ledger is not None
    assert returned[1] == ledger[1]


def test_the_lost_request_was_sent_once(text: str) -> None:
    (wire,) = re.findall(r"What went over the wire:\n((?:    \S.*\n)+)", text)
    assert [line.split()[0] for line in wire.splitlines()] == [
        "cliniko.individual_appointments.create",
        "cliniko.individual_appointments.list",
    ]


def test_the_appointments_stand_in_a_table_at_the_clinics_own_time(text: str) -> None:
    (first,) = re.findall(r"^ +(\w{3} \d\d \w{3} \d\d:\d\d) at the clinic$", text, re.MULTILINE)
    (number,) = re.findall(rf"^ +appointment ({ID})$", text, re.MULTILINE)
    assert re.search(rf"^ +{first} +Ada Park +Dr Priya Raman +{number} *$", text, re.MULTILINE)
    assert "09:00" <= first[-5:] < "17:00"  # the hours of the clinic in Sydney; in UTC it is night then


def test_the_webhook_tells_of_the_appointment_that_was_booked(text: str) -> None:
    (booked,) = re.findall(r">>> booked\.id, booked\.write_state\n +\((\d+), WriteState\.PENDING\)", text)
    assert re.search(r">>> written\.write_state, written\.foreign_id\n +\(WriteState\.WRITTEN, '\d+'\)", text)
    (told,) = re.findall(r"\('appointment_insertion\.complete', (\d+)\)", text)
    assert told == booked


def test_what_was_changed_on_its_way_is_shown_to_be_refused(text: str) -> None:
    assert re.search(r'verify\(posted\.body \+ b" ", .*\n(?:  \.\.\. .*\n)+      The signature is wrong', text)
    assert re.search(r"verify\(altered, .*\n(?:  \.\.\. .*\n)+      The signature is wrong", text)


def test_each_vendor_has_a_chapter_and_the_steps_are_counted_through(text: str) -> None:
    chapters = re.findall(r"^─+ (\w+|All four) ─+$", text, re.MULTILINE)
    assert chapters == ["Cliniko", "NexHealth", "Cubu", "IMIassist", "All four"]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_booking_by_video_says_what_the_organization_made_of_it(text: str) -> None:
    assert re.search(r"participants_url\n +https://meetings\.example\.com/join/", text)
    assert re.search(r"^ +service_type_id\n +asked  [0-9a-f-]{36}\n +got    [0-9a-f-]{36}\n", text, re.MULTILINE)
    assert re.search(r">>> case\.service_type_name\n +'Advice call'\n", text)
    assert "the booking is otherwise than it was asked for: service_type_id" in " ".join(text.split())


def test_cubus_webhook_tells_of_the_case_that_was_booked(text: str) -> None:
    assert re.search(r">>> posted\.path\n +'/service/actions/afterBookAppointment'\n", text)
    assert re.search(r"told\.case_id == case\.case_id\n +\(afterBookAppointment, True\)\n", text)


def test_the_case_is_moved_to_a_later_time_and_both_are_gone_in_the_end(text: str) -> None:
    shown = re.search(r"rebook\(case.*\n(?:  \.\.\. .*\n)+ +(\w+ \d+ \w+) ([\d:]+) -> (\w+ \d+ \w+) ([\d:]+)\n", text)
    assert shown is not None
    assert shown[1] == shown[3]
    assert shown[2] < shown[4]
    assert text.count("The calendar does not hold this appointment (any more).") == 2


def test_the_video_appointment_has_a_host_and_a_guest_and_the_one_without_a_host_waits(text: str) -> None:
    assert re.search(r">>> assigned\.appointment_uid, .*\n +\('NS-\d+-1', 201\)\n", text)
    assert re.search(r"print\(one\.role, .*\n +host True\n +guest True\n", text)
    assert re.search(r">>> waiting\.host, len\(waiting\.guests\)\n +\(None, 1\)\n", text)


def test_the_video_appointment_whose_answer_was_lost_is_undone_by_its_reference(text: str) -> None:
    told = " ".join(text.partition("Lose an answer that cannot be looked up")[2].split())
    assert "Its external reference is PAS-1002:" in told
    assert "undo it with appointments.cancel(external_reference_id='PAS-1002')" in told
    assert re.search(r'>>> lost\.appointment_id in sandbox\.ledger\.live\("appointments"\)\n +False\n', text)


def test_the_flow_answers_200_and_its_node_what_it_got(text: str) -> None:
    assert re.search(
        r"print\(error\)\n +imiassist\.appointments\.cancel: 409 The appointment is cancelled already", text
    )
    assert re.search(r">>> made\.response_status_code, .*\n +\(201, '/imiassist/flows/northside/bookings'\)", text)


@pytest.mark.parametrize(("chapter", "lines"), [("IMIassist", 8), ("All four", 20)])
def test_nobodys_name_link_or_address_comes_back(text: str, chapter: str, lines: int) -> None:
    shown = text.partition(f"─ {chapter} ─")[2].partition("\n───")[0]
    came = re.findall(r"^ {6}.*$", shown, re.MULTILINE)
    assert len(came) > lines
    for line in came:
        assert not re.search(r"https?:|@|Ada|Park|Lee|\+44|\+1|1990", line)


def test_all_that_a_provider_can_do_stands_in_a_column_of_its_own(text: str) -> None:
    with Sandbox() as sandbox, Cliniko(sandbox.cliniko) as cliniko, IMIassist(sandbox.imiassist) as imiassist:
        able = {"Cliniko": cliniko.capabilities, "IMIassist": imiassist.capabilities}
    shown = re.search(r">>> able = client\.capabilities\n(.*\n) +─+ *\n((?: {6}\S.*\n)+)", text)
    assert shown is not None
    for name, wanted in able.items():
        column = shown[1].index(name)
        marked = {line.split()[0] for line in shown[2].splitlines() if line[column : column + 3] == "yes"}
        assert marked == {one.name for one in wanted}


def test_the_times_of_three_providers_are_in_one_order(text: str) -> None:
    table = text.partition("The first of each, in that order:")[2].partition("\n\n")[0]
    year = datetime.now(UTC).year
    found = re.findall(r"^ +\w{3} (\d\d \w{3} \d\d:\d\d)   \w{3} \d\d \w{3} \d\d:\d\d   (\w+), ", table, re.MULTILINE)
    moments = [datetime.strptime(f"{year} {moment}", "%Y %d %b %H:%M").replace(tzinfo=UTC) for moment, _ in found]
    # Around New Year the years are not told: January comes after December.
    moments = [one.replace(year=year + 1) if one.month < moments[0].month else one for one in moments]
    assert moments == sorted(moments)
    assert {name for _, name in found} == {"Cliniko", "NexHealth", "Cubu"}


def test_one_client_books_moves_and_cancels_and_says_what_a_provider_lacks(text: str) -> None:
    assert re.search(r">>> str\(exam\.ref\), .*\n +\('nexhealth:riverbend-dental/\d+', '(PENDING|BOOKED)'\)\n", text)
    moved = re.search(r">>> later = (?:.*\n  \.\.\. )+.*\n +(.{16}) -> (.{16})\n", text)
    assert moved is not None
    assert moved[1] != moved[2]
    assert re.search(r">>> client\.get_appointment\(str\(later\.ref\)\).*\n +'CANCELLED'\n", text)
    assert re.search(r">>> video\.status\.name, .*\n +\('BOOKED', 'VIDEO', 'crm-881'\)\n", text)
    assert "imiassist has no get_appointment: keep what book returned." in " ".join(text.split())


def test_eighty_columns_hold_it(text: str) -> None:
    assert max(map(len, text.splitlines())) <= 80


def test_without_a_terminal_there_are_no_colours(text: str) -> None:
    assert "\x1b" not in text


def test_every_call_that_it_shows_is_one_that_works(text: str) -> None:
    calls = re.findall(r"^  >>> .*\n(?:  \.\.\. .*\n)*", text, re.MULTILINE)
    assert len(calls) > 56
    code = "".join(re.sub(r"^  (>>>|\.\.\.) ", "", call, flags=re.MULTILINE) for call in calls)
    names = {
        "AsyncCliniko": AsyncCliniko,
        "CancellationReason": CancellationReason,
        "Channel": Channel,
        "ConflictError": ConflictError,
        "Customer": Customer,
        "IMIassist": IMIassist,
        "NoResultError": NoResultError,
        "OutcomeUnknownError": OutcomeUnknownError,
        "Priority": Priority,
        "SignatureError": SignatureError,
        "Slot": Slot,
        "UnsupportedError": UnsupportedError,
        "WebhookEventName": WebhookEventName,
        "WebhookResource": WebhookResource,
        "asyncio": asyncio,
        "date": date,
        "now": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "start": datetime.now(UTC) + timedelta(days=1),
        "timedelta": timedelta,
        "tomorrow": datetime.now(UTC).date() + timedelta(days=1),
    }
    with (
        Sandbox() as sandbox,
        Cliniko(sandbox.cliniko) as cliniko,
        NexHealth(sandbox.nexhealth) as nexhealth,
        Cubu(sandbox.cubu) as cubu,
        IMIassist(sandbox.imiassist) as imiassist,
        Client(sandbox.cliniko, sandbox.nexhealth, sandbox.cubu, sandbox.imiassist) as client,
        demo.Receiver() as receiver,
        demo.Listener() as logged,
    ):
        demo.organize(sandbox, receiver)
        names |= {"sandbox": sandbox, "cliniko": cliniko, "nexhealth": nexhealth, "cubu": cubu, "receiver": receiver}
        names |= {"imiassist": imiassist, "client": client}
        body = eval(compile(code, "demo", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
        asyncio.run(body)
        # Two: the shown calls do not clear the ledger in between.
        assert len(made := sandbox.ledger.created("individual_appointments")) == 2
        assert made[0] == names["visit"].id
        assert names["event"].appointments[0].id == names["booked"].id == names["written"].id
        assert nexhealth.appointments.get(names["booked"].id).cancelled
        assert names["told"].reference == names["case"].reference
        cases = [names["case"].case_id, names["moved"].case_id]
        videos = [names[name].appointment_id for name in ("assigned", "waiting", "lost", "made")]
        last = sandbox.ledger.created("appointments")[-1]
        assert [one for one in sandbox.ledger.created("appointments") if one in {*cases, *videos}] == [*cases, *videos]
        assert [one in sandbox.ledger.live("appointments") for one in [*cases, *videos]] == [
            *(False, False),
            *(True, True, False, False),
        ]
        assert last == names["video"].id
        assert {last, names["exam"].id, names["later"].id} <= {*map(str, sandbox.ledger.created("appointments"))}
        assert not {last, names["exam"].id, names["later"].id} & {*map(str, sandbox.ledger.live("appointments"))}
        assert len(logged.lines) == 1
    assert len(names["times"]) == 5
    assert inspect.iscoroutine(body)


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "apptsdk.cli", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=60,
    )


def test_it_plays_in_a_process_of_its_own_and_says_nothing_else() -> None:
    began = monotonic()
    done = run("demo", COLUMNS="80")
    assert monotonic() - began < LIMIT
    assert (done.returncode, done.stderr) == (0, "")
    assert "one and only id in the ledger" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_terminal_without_unicode_shows_it_all_the_same() -> None:
    done = run("demo", COLUMNS="80", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()


def test_no_color_is_respected_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = io.StringIO()
    demo.play(Console(file=text, width=80, force_terminal=True))
    assert "\x1b[36m" not in text.getvalue()
    monkeypatch.delenv("NO_COLOR")
    demo.play(Console(file=text, width=80, force_terminal=True, color_system="standard"))
    assert "\x1b[36m" in text.getvalue()


def test_two_bookings_in_the_ledger_are_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "created", lambda self, resource: ["1", "2"])
    outcome = CliRunner().invoke(cli.commands(), ["demo"])
    assert outcome.exit_code == 1
    assert re.search(rf"The demo failed: the call returned {ID}, and the ledger holds \['1', '2'\]", outcome.output)


class Faulty(Sandbox):
    """A sandbox in which one kind of request always fails."""

    fails: tuple[str, str, int, object] = ("GET", "/user", 401, None)

    def __enter__(self) -> Self:
        method, path, status, body = self.fails
        self.fault("status", method=method, path=path, status=status, body=body, times=None)
        return super().__enter__()


def envelope(**members: object) -> object:
    """Write NexHealth's answer to a booking or a change, with an appointment at odds with what was asked."""
    begin, end = "2031-04-15T15:00:00.000Z", "2031-04-15T16:00:00.000Z"
    appointment = {"id": 1612400016, "start_time": begin, "end_time": end, "foreign_id": None, "foreign_id_type": "nex"}
    return {"code": True, "description": None, "error": [], "data": {"appt": {**appointment, **members}}}


@pytest.mark.parametrize(
    ("fails", "says"),
    [
        (("GET", "/user", 401, None), "cliniko.user: 401"),
        (("PATCH", "*/cancel", 204, None), "the appointment was cancelled and is not."),
        (("POST", "/webhook_endpoints", 400, {"error": ["no"]}), "nexhealth.webhook_endpoints.create: 400 no"),
        (
            ("POST", "/appointments", 201, envelope(foreign_id="7", foreign_id_type="msg-x")),
            "a new appointment is WriteState.WRITTEN.",
        ),
        (("PATCH", "/appointments/*", 200, envelope(cancelled=False)), "the appointment was cancelled and is not."),
        (("POST", "/api/v1/appointments", 201, {"appointment_id": "7"}), "others take part than were asked for."),
        (("POST", "/flows/*", 200, {"appointment_uid": "NS-7-1"}), "the appointment was cancelled and is not."),
    ],
)
def test_a_step_that_fails_is_a_failure_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, fails: tuple[str, str, int, object], says: str
) -> None:
    monkeypatch.setattr(Faulty, "fails", fails)
    monkeypatch.setattr(demo, "Sandbox", Faulty)
    assert_failed(says)


def assert_failed(says: str) -> None:
    outcome = CliRunner().invoke(cli.commands(), ["demo"])
    assert outcome.exit_code == 1
    assert f"The demo failed: {says}" in outcome.output
    assert "Traceback" not in outcome.output


def test_a_webhook_that_does_not_come_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf(demo.Receiver):
        @property
        def url(self) -> str:
            monkeypatch.setattr(demo, "_PATIENCE", 5.0)
            return "http://127.0.0.1:9/"

        def take(self) -> demo.Posted:
            monkeypatch.setattr(demo, "_PATIENCE", 0.01)
            return super().take()

    monkeypatch.setattr(demo, "Receiver", Deaf)
    assert_failed("no webhook came within 0.01 seconds.")


def test_a_webhook_about_something_else_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    verify = Webhooks.verify

    def other(self: Webhooks, body: bytes, headers: Any, **options: Any) -> object:
        del body, headers
        sent = b'{"event_name": "appointment_insertion.failed", "data": {"appointment": {"id": 7}}}'
        return verify(self, sent, sign(sent, secret_key=options["secret_key"]), **options)

    monkeypatch.setattr(Webhooks, "verify", other)
    assert_failed("the webhook tells of appointment_insertion.failed []")


def test_a_changed_webhook_that_is_believed_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    verify = Webhooks.verify
    monkeypatch.setattr(
        Webhooks, "verify", lambda self, body, headers, **options: verify(self, body.rstrip(), headers, **options)
    )
    assert_failed("a body with one byte more was believed.")


def test_a_booking_at_cubu_that_does_not_say_what_was_changed_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "organize", lambda *_: None)
    assert_failed("the organization changed the service type, and the booking does not say so.")


def test_a_webhook_of_cubus_about_something_else_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    verify = CubuWebhooks.verify

    def other(self: CubuWebhooks, body: bytes, headers: Any, **options: Any) -> object:
        del body, headers
        sent = b'{"caseId": "7b0e3f52-1c4d-4e8a-9f60-2a1b3c4d5e6f"}'
        return verify(self, sent, sign_as_cubu(sent, key=options["key"]), **options)

    monkeypatch.setattr(CubuWebhooks, "verify", other)
    assert_failed("the webhook tells of afterBookAppointment 7b0e3f52-1c4d-4e8a-9f60-2a1b3c4d5e6f")


def test_an_altered_webhook_of_cubus_that_is_believed_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    verify = CubuWebhooks.verify

    def gullible(self: CubuWebhooks, body: bytes, headers: Any, **options: Any) -> object:
        return verify(self, body.replace(b"Phone", b"Video"), headers, **options)

    monkeypatch.setattr(CubuWebhooks, "verify", gullible)
    assert_failed("a body that was altered was believed.")


def test_a_case_that_still_stands_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Appointments, "get", lambda self, appointment: appointment)
    assert_failed("the appointment was cancelled and is not.")


def test_a_cut_off_answer_that_counts_as_one_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Sandbox.fault

    def careful(self: Sandbox, kind: Any, **options: Any) -> object:
        return None if options.get("provider") == "imiassist" else fault(self, kind, **options)

    monkeypatch.setattr(Sandbox, "fault", careful)
    assert_failed("an answer was cut off, and the appointment counts as made.")


def test_a_video_appointment_that_still_stands_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "live", Ledger.created)
    assert_failed("the appointment was cancelled and is not.")


def test_times_out_of_order_are_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    find = Client.find_slots

    def backwards(self: Client, **options: Any) -> Any:
        of_one = options | {"service": [one for one in options["service"] if one.startswith("cliniko:")]}
        return [*find(self, **of_one), *find(self, **options)][::-1]

    monkeypatch.setattr(Client, "find_slots", backwards)
    assert_failed("the times are not in order, or somebody's are missing:")


def test_an_appointment_of_all_fours_client_that_still_stands_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "cancel", lambda self, appointment: appointment)
    assert_failed("the appointment was cancelled and is not.")


def test_a_provider_that_reads_what_it_cannot_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    get = Client.get_appointment

    def pretends(self: Client, appointment: Any) -> Any:
        return appointment if str(appointment).startswith("imiassist:") else get(self, appointment)

    monkeypatch.setattr(Client, "get_appointment", pretends)
    assert_failed("an appointment was read where none can be.")
