"""`apptsdk sandbox`: it serves, says how to reach it, and stops when told."""

import os
import shlex
import signal
import socket
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from apptsdk import Cliniko, Cubu, IMIassist, NexHealth, cli
from apptsdk import sandbox as package
from apptsdk.sandbox.cubu.seed import FRONT_DESK

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = [sys.executable, "-W", "error", "-m", "apptsdk.cli", "sandbox"]


@pytest.fixture
def served() -> "Iterator[subprocess.Popen[str]]":
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def variables(process: "subprocess.Popen[str]") -> dict[str, str]:
    """Read the lines as a shell does."""
    assert process.stdout is not None
    pairs = [shlex.split(process.stdout.readline()) for _ in range(20)]
    assert all(words[0] == "export" for words in pairs)
    return dict(words[1].split("=", 1) for words in pairs)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_its_variables_lead_a_client_to_it_and_a_signal_ends_it(
    served: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    for name, value in variables(served).items():
        monkeypatch.setenv(name, value)
    with Cliniko.from_env() as cliniko:
        assert cliniko.user().first_name == "Robin"
    with NexHealth.from_env() as nexhealth:
        assert nexhealth.locations.get(41).name == "Riverbend Downtown"
    with Cubu.from_env() as cubu:
        assert cubu.calendars.list(FRONT_DESK, date(2031, 4, 15)).first().service_name == "Front desk"
    with IMIassist.from_env() as imiassist:
        made = imiassist.appointments.schedule(start_time=datetime(2031, 4, 15, 9, tzinfo=UTC))
        assert str(made.appointment_uid).startswith("NS-")
    served.send_signal(number)
    out, err = served.communicate(timeout=10)
    assert (served.returncode, out) == (0, "")
    assert err.startswith("The sandbox answers at http://127.0.0.1:")
    assert err.endswith("Stopped.\n")
    assert "Traceback" not in err


def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = CliRunner().invoke(cli.commands(), ["sandbox", "--port", str(port)])
    assert outcome.exit_code == 1
    assert outcome.output.startswith(f"Cannot listen on 127.0.0.1, port {port}: ")
    assert outcome.output.count("\n") == 1


class Recorded:
    """In the sandbox's place: stops at once."""

    def __init__(self, **options: object) -> None:
        self.options = options
        self.url = f"http://{options['host']}:8480"
        self.closed = False
        self.before = signal.getsignal(signal.SIGTERM)

    def start(self) -> None:
        assert signal.getsignal(signal.SIGTERM) is self.before
        assert self.before is not signal.SIG_DFL

    def environment(self) -> dict[str, str]:
        signal.raise_signal(signal.SIGTERM)
        return {}

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Recorded]:
    made: list[Recorded] = []

    def make(**options: object) -> Recorded:
        made.append(Recorded(**options))
        return made[-1]

    monkeypatch.setattr(package, "Sandbox", make, raising=False)
    return made


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"host": "127.0.0.1", "port": 0, "rate_limit": 200, "appointments": 12}),
        (["--rate-limit", "none"], {"host": "127.0.0.1", "port": 0, "rate_limit": None, "appointments": 12}),
        (
            ["--host", "::1", "--port", "8480", "--rate-limit", "7", "--appointments", "1000"],
            {"host": "::1", "port": 8480, "rate_limit": 7, "appointments": 1000},
        ),
    ],
)
def test_its_options_are_the_sandboxs(
    recorded: list[Recorded], arguments: list[str], expected: dict[str, object]
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    outcome = CliRunner().invoke(cli.commands(), ["sandbox", *arguments])
    assert outcome.exit_code == 0
    (sandbox,) = recorded
    assert sandbox.options == expected
    assert sandbox.closed
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--rate-limit", value] for value in ("0", "-1", "many", "1.5", "٣", "")),
        ["--port", "70000"],
        ["--appointments", "-1"],
    ],
)
def test_an_option_that_makes_no_sense_is_refused(recorded: list[Recorded], arguments: list[str]) -> None:
    outcome = CliRunner().invoke(cli.commands(), ["sandbox", *arguments])
    assert outcome.exit_code == 2
    assert arguments[0] in outcome.output
    assert recorded == []


class Everywhere:
    def __init__(self, url: str) -> None:
        self.url = url

    def environment(self) -> dict[str, str]:
        return {"CLINIKO_BASE_URL": f"{self.url}/cliniko/v1", "CLINIKO_APP_NAME": "it's ours"}


@pytest.mark.parametrize(
    ("host", "address", "reached"),
    [
        ("0.0.0.0", "0.0.0.0", "127.0.0.1"),
        ("::", "[::]", "[::1]"),
        ("192.0.2.1", "192.0.2.1", "192.0.2.1"),
    ],
)
def test_who_listens_beyond_this_machine_is_told(
    capsys: pytest.CaptureFixture[str], host: str, address: str, reached: str
) -> None:
    cli.announce(Everywhere(f"http://{address}:8480"), host)
    shown = capsys.readouterr()
    assert f"http://{reached}:8480/cliniko/v1" in shown.out
    assert "Whoever reaches this machine can use it" in shown.err


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_who_listens_on_this_machine_is_not_bothered(capsys: pytest.CaptureFixture[str], host: str) -> None:
    cli.announce(Everywhere("http://localhost:8480"), host)
    assert "Whoever" not in capsys.readouterr().err


def test_the_lines_can_be_pasted_into_a_shell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_WINDOWS", False)
    cli.announce(Everywhere("http://[::]:8480"), "::")
    assert [shlex.split(line) for line in capsys.readouterr().out.splitlines()] == [
        ["export", "CLINIKO_BASE_URL=http://[::1]:8480/cliniko/v1"],
        ["export", "CLINIKO_APP_NAME=it's ours"],
    ]


def test_a_windows_shell_gets_its_own_way_of_writing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_WINDOWS", True)
    cli.announce(Everywhere("http://127.0.0.1:8480"), "127.0.0.1")
    assert "$env:CLINIKO_APP_NAME = 'it''s ours'\n" in capsys.readouterr().out
