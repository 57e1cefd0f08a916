"""What the documents say in tables and lists is what the code says."""

import inspect
import os
import re
from pathlib import Path

import attrs
import pytest
from documents import DOCUMENTS, ROOT

import apptsdk
from apptsdk import APIStatusError, ApptError, Cliniko, ClinikoSettings, cli, errors
from apptsdk.sandbox import KINDS, Sandbox, guesses
from apptsdk.sandbox.cubu import Cubu as EmulatedCubu
from apptsdk.sandbox.imiassist import IMIassist as EmulatedIMIassist
from apptsdk.sandbox.nexhealth import NexHealth as EmulatedNexHealth
from apptsdk.subclient import ClientOptions

README = (ROOT / "README.md").read_text("utf-8")
CLINIKO = (ROOT / "docs" / "cliniko.md").read_text("utf-8")
ERRORS = (ROOT / "docs" / "errors.md").read_text("utf-8").partition("\n## What is raised")[2].partition("\n## ")[0]
OPTIONS = (ROOT / "docs" / "options.md").read_text("utf-8").partition("\n## ")[0]
SANDBOX = ROOT / "docs" / "sandbox.md"
GUESSES = re.compile(r"(?<=own table -->\n).*(?=<!-- end of guesses -->)", re.DOTALL)


def table() -> str:
    """Write the sandbox's guesses as a table a provider."""
    parts = []
    for provider, decided in guesses().items():
        lines = [f"| {subject} | {decision} |" for subject, decision in decided.items()]
        (client,) = (name for name in apptsdk.__all__ if name.lower() == provider)
        parts += [f"### {client}", "\n".join(["| Not documented | The sandbox |", "|---|---|", *lines])]
    return "\n" + "\n\n".join(parts) + "\n\n"


def test_the_sandboxs_page_prints_its_guesses() -> None:
    """APPTSDK_WRITE_DOCS=1 writes them."""
    text = SANDBOX.read_text("utf-8")
    assert GUESSES.search(text) is not None
    if os.environ.get("APPTSDK_WRITE_DOCS"):
        SANDBOX.write_text(GUESSES.sub(lambda _: table(), text), "utf-8")
        text = SANDBOX.read_text("utf-8")
    assert GUESSES.findall(text) == [table()], "APPTSDK_WRITE_DOCS=1 pytest tests/docs writes it"


def test_the_sandboxs_page_names_every_fault() -> None:
    named = re.findall(
        r"^\| `(\w+)` \|", SANDBOX.read_text("utf-8").partition("## Faults")[2].partition("## ")[0], re.MULTILINE
    )
    assert tuple(named) == KINDS


@pytest.mark.parametrize("kind", [EmulatedNexHealth, EmulatedCubu, EmulatedIMIassist], ids=lambda kind: kind.__name__)
def test_the_sandboxs_page_names_all_that_can_be_changed_about_a_vendor(kind: type) -> None:
    section = SANDBOX.read_text("utf-8").partition(f"## {kind.__name__}")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    emulation = Sandbox().emulator(kind)
    part_of_every_vendor = {"answer", "base", "environment", "name", "settings", "stamp", "world"}
    assert sorted(named) == sorted({name for name in dir(emulation) if name[0] != "_"} - part_of_every_vendor)


def test_the_sandboxs_page_shows_the_variables_that_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    shown = re.findall(r"^export .*$", SANDBOX.read_text("utf-8"), re.MULTILINE)
    with Sandbox() as sandbox:
        cli.announce(sandbox, "127.0.0.1")
        printed = capsys.readouterr().out.replace(sandbox.url, "http://127.0.0.1:8480")
    assert shown == printed.splitlines()


def test_the_sandboxs_page_names_every_argument() -> None:
    text = SANDBOX.read_text("utf-8").partition("## Faults")[0]
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\|([^|]+)\|", text, re.MULTILINE)))
    assert sorted(named) == sorted(set(inspect.signature(Sandbox).parameters))


def subclasses(kind: type[ApptError]) -> set[type[ApptError]]:
    """All public ones, a provider's own too."""
    public = (getattr(apptsdk, name) for name in apptsdk.__all__)
    return {one for one in public if inspect.isclass(one) and issubclass(one, kind)}


def test_every_error_is_public() -> None:
    own = {one for one in vars(errors).values() if inspect.isclass(one) and issubclass(one, ApptError)}
    assert own <= subclasses(ApptError)


def test_the_errors_page_says_of_every_error_what_it_means_and_what_to_do() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", ERRORS, re.MULTILINE)
    assert sorted(rows) == sorted(kind.__name__ for kind in subclasses(ApptError) - {ApptError})


def test_the_errors_page_draws_the_tree_of_errors() -> None:
    parents: list[str] = []
    drawn = {}
    for line in re.findall(r"^[│├└─ ]*\w+Error\b", ERRORS, re.MULTILINE):
        name = line.lstrip("│├└─ ")
        depth = (len(line) - len(name)) // 4
        drawn[name] = parents[depth - 1] if depth else None
        parents[depth:] = [name]
    real = {kind.__name__: kind.__bases__[0].__name__ for kind in subclasses(ApptError) - {ApptError}}
    assert drawn == {"ApptError": None} | real


@pytest.mark.parametrize("kind", sorted(subclasses(APIStatusError) - {APIStatusError}, key=lambda kind: kind.__name__))
def test_the_errors_page_gives_each_status_its_error(kind: type[APIStatusError]) -> None:
    (numbers,) = re.findall(rf"^\| `{kind.__name__}` \| ([\dx]+(?: or \d+)?) \|", ERRORS, re.MULTILINE)
    assert re.search(rf" {kind.__name__} +{numbers}$", ERRORS, re.MULTILINE)
    for number in numbers.replace("5xx", "500 or 503").split(" or "):
        assert issubclass(errors.status_error(int(number), invalid=kind is errors.ValidationError), kind)


def test_the_options_page_names_every_option() -> None:
    cells = re.findall(r"^\| (`[^|]+`) \|", OPTIONS, re.MULTILINE)
    named = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(ClientOptions.__optional_keys__)


def test_the_readme_names_every_setting_and_its_variable() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", README, re.MULTILINE)
    assert rows == [(field.name, ClinikoSettings.variable(field.name)) for field in attrs.fields(ClinikoSettings)]


def verbs(kind: type) -> list[str]:
    return [name for name, value in vars(kind).items() if inspect.isfunction(value) and not name.startswith("_")]


def test_clinikos_page_names_every_resource_with_its_verbs(surroundings: Sandbox) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([a-z, ]+) \|$", CLINIKO, re.MULTILINE))
    with Cliniko(surroundings.cliniko) as cliniko:
        resources = {name: verbs(type(getattr(cliniko, name))) for name in dir(Cliniko) if is_resource(name)}
    assert {name: row.split(", ") for name, row in rows.items()} == resources


def is_resource(name: str) -> bool:
    return not name.startswith("_") and type(inspect.getattr_static(Cliniko, name)).__name__ == "cached_property"


def test_the_contributors_page_names_every_folder_of_tests_and_every_session() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    folders = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tests").glob("*/*.py")}
    named = set(re.findall(r"^\| `(tests/\w+)` \|", text, re.MULTILINE))
    assert folders - {"tests/tools"} <= named
    sessions = re.findall(
        r"^@nox\.session(?:\(.*\))?\n(?:@.*\n)*def (\w+)", (ROOT / "noxfile.py").read_text("utf-8"), re.MULTILINE
    )
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(sessions)


def headings(text: str) -> set[str]:
    """The anchors of a document's headings."""
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_documents_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)", path.read_text("utf-8"))
    assert links
    for link, heading in links:
        target = path.parent / link if link else path
        assert target.exists(), link
        assert not heading or heading in headings(target.read_text("utf-8")), heading


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_a_document_names_only_what_there_is_in_the_package(path: Path) -> None:
    named = set(re.findall(r"\bfrom apptsdk import ([\w, ]+)", path.read_text("utf-8")))
    for names in named:
        assert set(names.split(", ")) <= set(apptsdk.__all__)


def test_the_readme_has_one_command_for_the_job_and_one_for_the_checks() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert [command.rpartition("/")[2] for command in commands] == ["apptsdk demo", "nox"]


def test_the_readme_says_that_it_was_never_tried_live() -> None:
    plain = " ".join(README.split())
    assert "never against a live system" in plain
    assert "built from the vendors' documents" in plain


def test_the_changelog_begins_with_what_is_unreleased() -> None:
    headings = re.findall(r"^## .*$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "## [Unreleased]"
