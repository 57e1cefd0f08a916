"""The site is whole: every page is in its menu, every public name in its reference. Built without its tools."""

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest
from documents import DOCUMENTS, ROOT, all_blocks

import apptsdk
from apptsdk import Cliniko, Cubu, IMIassist, NexHealth
from apptsdk.providers import cliniko, cubu, imiassist, nexhealth
from apptsdk.providers.cliniko import filters

sys.path.insert(0, str(ROOT / "tools"))

import reference

INDEX = (ROOT / "docs" / "index.md").read_text("utf-8")
FILTERS = (ROOT / "docs" / "filters.md").read_text("utf-8")
WIDTH = 92
"""Characters that a line of code has room for, beside the menu."""

# --- guides ----------------------------------------------------------------------------------------------------------


def test_every_page_is_in_the_menu_and_among_the_next_steps() -> None:
    menu = re.search(r":caption: Guide\n:hidden:\n\n(.*?)```", INDEX, re.DOTALL)
    assert menu is not None
    listed = menu[1].split()[3:]  # behind "Quick start <self>"
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    assert set(listed) == pages
    assert re.findall(r"^\| \[[^]]+\]\((\w[\w-]*)\.md\) \|", INDEX, re.MULTILINE) == listed


def test_code_fits_the_page() -> None:
    blocks = [block for block in all_blocks() if block.document.startswith("docs/")]
    assert blocks
    for block in blocks:
        for number, line in enumerate(block.code.splitlines(), block.line):
            assert len(line) <= WIDTH, f"{block.document}:{number}"


# --- filters ---------------------------------------------------------------------------------------------------------


class Fields(filters.Filters):
    id: Final = filters.IdField()
    practitioner_id: Final = filters.IdField()
    starts_at: Final = filters.DateTimeField()
    cancelled_at: Final = filters.DateTimeField()
    date_of_birth: Final = filters.DateField()
    last_name: Final = filters.TextField()
    notes: Final = filters.TextField()
    did_not_arrive: Final = filters.FlagField()
    patient_ids: Final = filters.IdsField()


VALUES = {"F": Fields(), "moment": datetime(2026, 3, 4, 20, tzinfo=UTC), "day": date(1990, 5, 17)}
OPERATOR = re.compile(r"[=!<>]+")
NULLS = {"is_null()", "is_not_null()"}


def rows() -> list[tuple[str, list[str], list[str]]]:
    """The table of operators: the type, the code with F, the code as a text."""
    section = FILTERS.partition("\n## Operators by type")[2].partition("\n## ")[0]
    found, kind = [], ""
    for one, two, three in re.findall(r"^\| ([^|]*) ?\| ([^|]*) \| ([^|]*) \|$", section, re.MULTILINE):
        kind = one.strip() or kind
        found.append((kind, re.findall(r"`([^`]+)`", two), re.findall(r"`([^`]+)`", three)))
    return [row for row in found if row[1] and row[2]]


def test_the_table_of_operators_has_both_ways_to_write_each() -> None:
    compared = 0
    for _, typed, texts in rows():
        conditions = [code for code in typed if code.startswith("F.")]
        written = [code for code in texts if not OPERATOR.fullmatch(code)]
        for index, code in enumerate(conditions):
            text = eval(code, dict(VALUES)).text
            assert text in written
            assert code == "F.did_not_arrive.is_(True)" or text == written[index]
            compared += 1
    assert compared >= len(rows())


def test_the_table_of_operators_is_the_codes_own() -> None:
    named: dict[str, set[str]] = {}
    kinds: dict[str, type] = {}
    for kind, typed, _ in rows():
        for code in typed:
            field = re.match(r"F\.(\w+)(?:\.(\w+)\(| ([=<>!]+))?", code)
            if field is not None:
                kinds.setdefault(kind, type(getattr(VALUES["F"], field[1])))
            named.setdefault(kind, set()).add(code if field is None else f"{field[2]}()" if field[2] else field[3])
    assert named.pop("all but the last two") == NULLS
    last_two = list(named)[-2:]
    for kind, conditions in named.items():
        assert conditions | (set() if kind in last_two else NULLS) == set(reference.conditions(kinds[kind])), kind
    final = {one for one in vars(filters).values() if isinstance(one, type) and getattr(one, "__final__", False)}
    assert {one for one in final if issubclass(one, filters.Field)} - {filters.NumberField} == set(kinds.values())
    assert reference.conditions(filters.NumberField) == reference.conditions(filters.IdField)


# --- reference -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return reference.pages()


def entries(pages: dict[str, str]) -> list[str]:
    return re.findall(r"^\.\. auto\w+:: ([\w.]+)$", "\n".join(pages.values()), re.MULTILINE)


def test_the_reference_has_every_public_name_once(pages: dict[str, str]) -> None:
    verbs = {f"{name}.{verb}" for name, facade in reference.facades() for verb in reference.verbs(facade)}
    wanted = {path for name, path in reference.public_names().items() if name not in verbs}
    own = {
        f"{name}.{one}"
        for name, package in (("cliniko", cliniko), ("cubu", cubu), ("imiassist", imiassist), ("nexhealth", nexhealth))
        for one in reference.own_names(package)
    }
    assert {"imiassist.Appointment", "nexhealth.Appointment"} <= own  # though apptsdk has one
    assert {*apptsdk.__all__, *own} <= set(reference.public_names())
    assert sorted(path for path in entries(pages) if path in wanted) == sorted(wanted)


@pytest.mark.parametrize("client", [Cliniko, Cubu, IMIassist, NexHealth])
def test_the_reference_has_a_page_for_every_resource(pages: dict[str, str], client: type) -> None:
    resources = {name for name, value in vars(client).items() if type(value).__name__ == "cached_property"}
    assert resources
    folder = client.__name__.lower()
    assert {f"{folder}/{name}.rst" for name in resources} <= set(pages)
    for name in resources:
        assert re.search(rf"^   {name}$", pages[f"{folder}/index.rst"], re.MULTILINE)


def test_every_page_of_the_reference_is_in_a_menu(pages: dict[str, str]) -> None:
    listed = {"index", "changelog"}
    for page, text in pages.items():
        folder = page.rpartition("/")[0]
        for menu in re.findall(r"^\.\. toctree::\n(?:   :.*\n)+\n((?:   .*\n)+)", text, re.MULTILINE):
            listed |= {f"{folder}/{name}".removeprefix("/") for name in menu.split()}
    assert {page.rpartition(".")[0] for page in pages} == listed


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("cliniko/individual_appointments", "IndividualAppointment"),
        ("cliniko/patients", "PhoneNumberInput"),
        ("cliniko/patients", "cliniko.Patient"),
        ("cliniko/bookings", "cliniko.models.booking.Booking"),
        ("cliniko/availability_blocks", "AvailabilityBlock"),
        ("cliniko/daily_availabilities", "DailyAvailability"),
        ("cliniko/users", "cliniko.User"),
        ("cliniko/settings", "AccountSettings"),
        ("cliniko/objects", "CancellationReason"),
        ("cliniko/objects", "RepeatRuleInput"),
        ("cubu/appointments", "cubu.Booking"),
        ("cubu/appointments", "cubu.Case"),
        ("cubu/catalogue", "Catalogue"),
        ("cubu/catalogue", "CatalogueTag"),
        ("cubu/objects", "CaseRef"),
        ("cubu/objects", "cubu.Channel"),
        ("cubu/calendars", "cubu.Calendar"),
        ("cubu/calendars", "Vacancies"),
        ("cubu/customers", "CustomerRecord"),
        ("cubu/webhooks", "CaseEvent"),
        ("cubu/webhooks", "cubu.verify"),
        ("cubu/webhooks", "cubu.sign"),
        ("imiassist/appointments", "imiassist.Appointment"),
        ("imiassist/appointments", "CancelledAppointment"),
        ("imiassist/appointments", "Participant"),
        ("imiassist/appointments", "Priority"),
        ("imiassist/objects", "Endpoint"),
        ("nexhealth/appointments", "nexhealth.Appointment"),
        ("nexhealth/appointments", "Dependent"),
        ("nexhealth/available_slots", "AvailableSlot"),
        ("nexhealth/patients", "nexhealth.Patient"),
        ("nexhealth/objects", "WriteState"),
        ("nexhealth/webhooks", "AppointmentEvent"),
        ("nexhealth/webhooks", "nexhealth.verify"),
        ("nexhealth/webhooks", "nexhealth.sign"),
        ("nexhealth/working_hours", "RecurrenceInput"),
    ],
)
def test_an_object_stands_with_the_resource_that_gives_it(pages: dict[str, str], page: str, name: str) -> None:
    found = rf"^\.\. auto\w+:: [\w.]+\.{name}$"
    assert [one for one, text in pages.items() if re.search(found, text, re.MULTILINE)] == [f"{page}.rst"]


def test_a_name_that_two_providers_have_is_found_by_its_provider_only() -> None:
    names = reference.public_names()
    assert "Patient" not in names
    assert names["cliniko.Patient"] == "apptsdk.providers.cliniko.Patient"
    assert names["nexhealth.Patient"] == "apptsdk.providers.nexhealth.Patient"
    assert names["AvailableSlot"] == names["nexhealth.AvailableSlot"]
    assert names["Appointment"] == "apptsdk.Appointment"
    assert names["nexhealth.Appointment"] == "apptsdk.providers.nexhealth.Appointment"


@pytest.mark.parametrize("name", ["Entry", "Fault", "Seen"])
def test_what_the_sandbox_records_shows_all_its_fields(pages: dict[str, str], name: str) -> None:
    entry = pages["sandbox.rst"].partition(f"apptsdk.sandbox.{name}\n")[2].partition("\n\n")[0]
    assert ":undoc-members:" in entry


def test_a_public_name_without_a_page_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apptsdk, "path", __import__("apptsdk.urls", fromlist=["path"]).path, raising=False)
    monkeypatch.setattr(apptsdk, "__all__", [*apptsdk.__all__, "path"])
    with pytest.raises(LookupError, match="No page of the reference is for path:"):
        reference.pages()


def test_a_page_that_is_no_longer_wanted_is_removed(tmp_path: Path) -> None:
    (tmp_path / "cliniko").mkdir()
    for old in ("cliniko/recalls.rst", "old.md"):
        (tmp_path / old).write_text("gone")
    reference.write(tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert written == set(reference.pages())


def test_the_documents_have_all_guides() -> None:
    assert {path.name for path in DOCUMENTS} >= {"README.md", "errors.md", "filters.md", "large-reads.md"}
