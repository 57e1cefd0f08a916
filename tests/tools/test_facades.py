"""The facades' tool notices whatever differs from what it would write."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLINIKO = Path("src/apptsdk/providers/cliniko")
FACADE = CLINIKO / "facade"


@pytest.fixture
def checkout(tmp_path):
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def facades(checkout, *arguments):
    command = [sys.executable, "tools/facades.py", *arguments]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def hand_edit(folder):
    path = folder / FACADE / "patients.py"
    path.write_text(path.read_text().replace("def get(", "def fetch(", 1))


def delete(folder):
    (folder / FACADE / "patients.py").unlink()


def add_an_orphan(folder):
    (folder / FACADE / "invoices.py").write_text((folder / FACADE / "patients.py").read_text())


def remove_the_header(folder):
    path = folder / FACADE / "patients.py"
    path.write_text(path.read_text().partition("\n")[2])


def change_a_verb(folder):
    path = folder / CLINIKO / "operations" / "attendees.py"
    path.write_text(
        path.read_text()
        .replace("note: str | None = None", "remark: str | None = None")
        .replace("        note: A note", "        remark: A note")
    )


def test_the_committed_facades_are_as_written():
    answer = facades(ROOT, "--check")
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (hand_edit, "patients.py: stale or edited"),
        (delete, "patients.py: missing"),
        (add_an_orphan, "invoices.py: an orphan"),
        (remove_the_header, "patients.py: without its header"),
        (change_a_verb, "attendees.py: stale or edited"),
    ],
)
def test_whatever_differs_fails_the_check_and_writing_mends_it(checkout, change, complaint):
    change(checkout)
    answer = facades(checkout, "--check")
    assert answer.returncode == 1
    assert complaint in answer.stderr
    assert facades(checkout).returncode == 0
    assert facades(checkout, "--check").returncode == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("operations/attendees.py", "        note: A note on it, for staff.\n", "", "does not document note"),
        ("resource.py", "-> Operation[bool]", "-> bool", "which is no work"),
        ("queries.py", "        active: List the active ones alone.\n", "", "does not document active"),
    ],
)
def test_a_verb_that_breaks_the_rules_is_refused(file, old, new, complaint, checkout):
    path = checkout / CLINIKO / file
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    answer = facades(checkout, "--check")
    assert answer.returncode == 1
    assert complaint in answer.stderr
