"""`apptsdk demo`: what it shows is true, reads well anywhere, and fails when it should."""

import ast
import asyncio
import inspect
import io
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Self

import pytest
from rich.console import Console
from typer.testing import CliRunner

from apptsdk import AsyncCliniko, Cliniko, cli, demo
from apptsdk.providers.cliniko import CancellationReason
from apptsdk.sandbox import Ledger, Sandbox

ID = r"\d{19}"


def shown(width: int = 80) -> str:
    """Play the demo where there is no terminal."""
    text = io.StringIO()
    demo.play(Console(file=text, width=width))
    return text.getvalue()


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


def test_eighty_columns_hold_it(text: str) -> None:
    assert max(map(len, text.splitlines())) <= 80


def test_without_a_terminal_there_are_no_colours(text: str) -> None:
    assert "\x1b" not in text


def test_every_call_that_it_shows_is_one_that_works(text: str) -> None:
    calls = re.findall(r"^  >>> .*\n(?:  \.\.\. .*\n)*", text, re.MULTILINE)
    assert len(calls) > 12
    code = "".join(re.sub(r"^  (>>>|\.\.\.) ", "", call, flags=re.MULTILINE) for call in calls)
    names = {
        "AsyncCliniko": AsyncCliniko,
        "CancellationReason": CancellationReason,
        "asyncio": asyncio,
        "date": date,
        "now": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "timedelta": timedelta,
        "tomorrow": datetime.now(UTC).date() + timedelta(days=1),
    }
    with Sandbox() as sandbox, Cliniko(sandbox.cliniko) as cliniko:
        names |= {"sandbox": sandbox, "cliniko": cliniko}
        body = eval(compile(code, "demo", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
        asyncio.run(body)
        booked = names["booked"]
        # Two: the shown calls do not clear the ledger in between.
        assert sandbox.ledger.created("individual_appointments") == [names["visit"].id, booked.id]
    assert booked.recovered
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
    done = run("demo", COLUMNS="80")
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

    fails: tuple[str, str, int] = ("GET", "/user", 401)

    def __enter__(self) -> Self:
        method, path, status = self.fails
        self.fault("status", method=method, path=path, status=status, times=None)
        return super().__enter__()


@pytest.mark.parametrize(
    ("fails", "says"),
    [
        (("GET", "/user", 401), "The demo failed: cliniko.user: 401"),
        (("PATCH", "*/cancel", 204), "The demo failed: the appointment was cancelled and is not."),
    ],
)
def test_a_step_that_fails_is_a_failure_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, fails: tuple[str, str, int], says: str
) -> None:
    monkeypatch.setattr(Faulty, "fails", fails)
    monkeypatch.setattr(demo, "Sandbox", Faulty)
    outcome = CliRunner().invoke(cli.commands(), ["demo"])
    assert outcome.exit_code == 1
    assert says in outcome.output
    assert "Traceback" not in outcome.output
