"""The facades' tool notices whatever differs from what it would write."""

from __future__ import annotations

import importlib
import inspect
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from apptsdk import AsyncNexHealth, Cliniko, NexHealth
from apptsdk.providers.nexhealth import models
from apptsdk.providers.nexhealth.operations import appointments, client, locations, sync_status, webhooks

ROOT = Path(__file__).resolve().parents[2]
CLINIKO = Path("src/apptsdk/providers/cliniko")
NEXHEALTH = Path("src/apptsdk/providers/nexhealth")
FACADE = CLINIKO / "facade"
BASE = "apptsdk.providers.nexhealth"
RESOURCES = sorted(path.stem for path in (ROOT / NEXHEALTH / "operations").glob("[!_]*.py") if path.stem != "client")

sys.path.insert(0, str(ROOT / "tools"))
tool = importlib.import_module("facades")


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


def take_a_setting_out_of_the_views(folder):
    path = folder / NEXHEALTH / "settings.py"
    path.write_text(
        path.read_text().replace(
            'subdomain: str | None = attrs.field(default=None, metadata={"view": True})', "subdomain: str | None = None"
        )
    )


def test_the_committed_facades_are_as_written():
    answer = facades(ROOT, "--check")
    assert (answer.returncode, answer.stderr) == (0, "")


def test_what_differs_is_named_and_fails_the_check_and_writing_mends_it(checkout):
    for change in (hand_edit, change_a_verb, take_a_setting_out_of_the_views):
        change(checkout)
    answer = facades(checkout, "--check")
    assert answer.returncode == 1
    for complaint in ("patients.py", "attendees.py", "client.py"):
        assert f"{complaint}: stale or edited" in answer.stderr
    assert facades(checkout).returncode == 0
    assert facades(checkout, "--check").returncode == 0


@pytest.fixture(scope="module")
def written():
    """What the tool writes for Cliniko."""
    return tool.formatted(dict(tool.files("cliniko", "Cliniko")))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (hand_edit, "patients.py: stale or edited"),
        (delete, "patients.py: missing"),
        (add_an_orphan, "invoices.py: an orphan, no verb leads to it"),
        (remove_the_header, "patients.py: without its header"),
    ],
)
def test_each_difference_of_a_folder_is_found_and_mended(tmp_path, written, change, complaint):
    folder = tmp_path / FACADE
    shutil.copytree(ROOT / FACADE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    wanted = {folder / name: text for name, text in written.items()}
    assert tool.differences(folder, wanted) == []
    change(tmp_path)
    (found,) = tool.differences(folder, wanted)
    assert found.endswith(complaint)
    tool.write(folder, wanted)
    assert tool.differences(folder, wanted) == []


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


# --- what verbs may depend on ----------------------------------------------------------------------------------------


def read(module, name):
    """Read a verb as the tool does."""
    return tool.method(module, name, getattr(module, name))


def facade(resource):
    return importlib.import_module(f"{BASE}.facade.{resource}")


def classes(resource):
    name = tool.class_name(BASE, resource)
    return getattr(facade(resource), name), getattr(facade(resource), f"Async{name}")


@pytest.mark.parametrize(("module", "name"), [(locations, "list"), (locations, "get"), (appointments, "create")])
def test_the_scope_is_the_settings_and_not_the_callers(module, name):
    method = read(module, name)

    assert "scope" not in {parameter.name for parameter in method.parameters}
    assert "Within what" not in method.doc
    for is_async in (False, True):
        text = tool.rendered(method, is_async=is_async)
        assert f"_verbs.{name}(self._scope, " in text
        assert "scope:" not in text


def test_the_clients_own_verbs_take_it_from_the_settings():
    text = tool.rendered(read(client, "resolve"), is_async=True, scope="self._settings.scope_of_calls")

    assert "await self._transport.run(_verbs.resolve(self._settings.scope_of_calls, attempt))" in text


@pytest.mark.parametrize("resource", RESOURCES)
def test_no_method_of_a_resource_asks_for_the_scope(resource):
    for kind in classes(resource):
        methods = [value for name, value in vars(kind).items() if inspect.isfunction(value) and name != "__init__"]
        assert methods
        assert not [method for method in methods if "scope" in inspect.signature(method).parameters]
        assert [*inspect.signature(kind).parameters] == ["transport", "scope"]


def test_where_settings_say_nothing_there_is_no_scope():
    assert not tool.has_scope("apptsdk.providers.cliniko")
    patients = importlib.import_module("apptsdk.providers.cliniko.facade.patients").Patients
    assert [*inspect.signature(patients).parameters] == ["transport"]


def test_a_verb_without_io_is_plain_in_both_worlds():
    method = read(webhooks, "verify")
    assert method.work == tool.PLAIN
    for is_async in (False, True):
        text = tool.rendered(method, is_async=is_async)
        assert text.startswith("def verify(")
        assert "    return _verbs.verify(body, headers, " in text
        assert "transport" not in text
    assert not any(inspect.iscoroutinefunction(kind.verify) for kind in classes("webhooks"))


def test_what_returns_no_work_must_be_said_to_be_plain(monkeypatch):
    monkeypatch.setattr(webhooks, "PLAIN", ())
    with pytest.raises(
        SystemExit, match=r"webhooks\.verify returns WebhookEvent, which is no work, and is not in PLAIN"
    ):
        read(webhooks, "verify")


# --- views -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [NexHealth, AsyncNexHealth])
def test_what_a_view_can_have_otherwise_is_a_parameter(kind):
    own = vars(kind)["with_options"]

    assert [*inspect.signature(own).parameters] == ["self", "subdomain", "location_id", "options"]
    assert inspect.signature(own).parameters["options"].annotation == "Unpack[ViewOptions]"
    arguments = inspect.getdoc(own).partition("Args:")[2].partition("Returns:")[0]
    assert "subdomain: The practice" in arguments
    assert "location_id: The office" in arguments
    assert "NEXHEALTH_" not in arguments


def test_where_nothing_can_differ_the_views_are_everybodys():
    settings = importlib.import_module("apptsdk.providers.cliniko.settings")

    assert tool.view_fields(settings, "ClinikoSettings") == []
    assert tool.with_options_text([]) == ""
    assert "with_options" not in vars(Cliniko)


# --- defaults and names ----------------------------------------------------------------------------------------------


def test_a_span_of_time_can_be_a_default():
    text = tool.rendered(read(appointments, "wait_until_written"), is_async=False)

    assert tool.written(timedelta(minutes=2)) == "timedelta(seconds=120)"
    assert "timeout: timedelta = timedelta(seconds=120)" in text
    for kind in classes("appointments"):
        assert inspect.signature(kind.wait_until_written).parameters["timeout"].default == timedelta(minutes=2)
    assert facade("appointments").timedelta is timedelta
    assert not hasattr(facade("locations"), "timedelta")


def test_a_resource_whose_name_is_that_of_its_model_is_told_from_it():
    assert tool.class_name(BASE, "sync_status") == "SyncStatusResource"
    assert tool.class_name(BASE, "working_hours") == "WorkingHours"
    assert f"-> Pager[{models.SyncStatus.__name__}]" in tool.rendered(read(sync_status, "list"), is_async=False)


@pytest.mark.parametrize("resource", RESOURCES)
def test_no_class_of_a_resource_has_the_name_of_a_model(resource):
    assert not {kind.__name__ for kind in classes(resource)} & set(models.__all__)
