"""What Cubu's page says in tables is what the provider's code says; and every guess is on it."""

import inspect
import re
from pathlib import Path

import attrs
import pytest
from documents import ROOT, rows, the_catalogue

from apptsdk import Cubu, CubuSettings, errors
from apptsdk.providers.cubu import Booking, Case, CaseEvent, Catalogue, WebhookAction
from apptsdk.providers.cubu.facade.appointments import Appointments
from apptsdk.providers.cubu.facade.customers import Customers
from apptsdk.providers.cubu.wire import CODES
from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cubu.knobs import ROLES
from apptsdk.subclient import ClientOptions

PAGE = (ROOT / "docs" / "cubu.md").read_text("utf-8")
WEBHOOKS = (ROOT / "docs" / "webhooks.md").read_text("utf-8").partition("\n## Cubu\n")[2]
FIELDS = attrs.fields(CubuSettings)
PUBLISHED = {"tenant_id", "client_id", "client_secret", "token_store"}
"""Settings that stand for nothing that the vendor keeps to itself. Every other one must be among the guesses."""
SOME = {"tenant_id": "t", "client_id": "c", "client_secret": "s", "application_id": "a"}
GIVEN = re.compile(r"`(\w+)` \(`(CUBU_\w+)`\)")
"""How the table of guesses writes a setting."""


def section(title: str) -> str:
    found = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert found, title
    return found


# --- guesses ---------------------------------------------------------------------------------------------------------


def test_every_setting_that_stands_for_a_guess_is_in_the_table_of_guesses() -> None:
    named = {setting for row in rows(section("Guesses")) for setting, _ in GIVEN.findall(row[2])}
    assert {field.name for field in FIELDS} - PUBLISHED == named


@pytest.mark.parametrize("row", rows(section("Guesses")), ids=lambda row: row[0][:40])
def test_every_guess_says_how_to_override_it_by_something_that_there_is(row: list[str]) -> None:
    _, _, way = row
    settings = GIVEN.findall(way)
    for setting, variable in settings:
        assert setting in {field.name for field in FIELDS}
        assert variable == CubuSettings.variable(setting)
    arguments = re.findall(r"`(?:find\()?(\w+)=(?:\.\.\.\)?)?`|`find\((\w+)=\.\.\.\)`", way)
    named = {one or other for one, other in arguments}
    assert named <= ARGUMENTS
    members = set(re.findall(r"`\w+\.(\w+)`", way))
    assert members <= MEMBERS
    last = re.findall(r"`(?:request|as_sent)\(\)`|`except APIStatusError`", way)
    assert settings or named or members or last


def parameters(verb: object) -> set[str]:
    return {*inspect.signature(verb).parameters}  # type: ignore[arg-type]


ARGUMENTS = {
    *parameters(Appointments.book),
    *parameters(Customers.find),
    *parameters(Cubu.request),
    *ClientOptions.__optional_keys__,
}
"""What a row may name beside settings."""
MEMBERS = {
    *dir(Booking),
    *(field.name for field in attrs.fields(Case)),
    *(one.name for one in attrs.fields(CaseEvent)),
    "candidates",
    "response",
}


def test_the_table_of_cancelling_has_the_default_first_and_forms_that_the_settings_take() -> None:
    forms = re.findall(r"^\| `([A-Z]+)` \| `(/\S+)` \|$", section("Cancel and move"), re.MULTILINE)
    defaults = CubuSettings(**SOME)
    assert forms[0] == (defaults.cancel_method, defaults.cancel_path)
    assert len({*forms}) == 3
    for method, path in forms:
        assert CubuSettings(**SOME, cancel_method=method, cancel_path=path).cancel_path == path


# --- settings, roles, verbs ------------------------------------------------------------------------------------------


def test_the_page_names_every_setting_and_its_variable() -> None:
    found = re.findall(r"^\| `(\w+)` \| (?:`(\w+)`|in code only) \|", section("Sign in"), re.MULTILINE)
    variables = {field.name: CubuSettings.variable(field.name) for field in FIELDS}
    assert found == [(one.name, variables[one.name] if one.metadata.get("env", True) else "") for one in FIELDS]


def test_the_page_names_every_role() -> None:
    table = section("Sign in").partition("| Role |")[2]
    assert tuple(re.findall(r"^\| ([A-Z]\w+ [A-Z]\w+) \|", table, re.MULTILINE)) == ROLES


def test_the_page_names_every_resource_with_its_verbs() -> None:
    found = dict(re.findall(r"^\| `(\w+)` \| ([a-z_, ]+) \|$", section("Resources and verbs"), re.MULTILINE))
    resources = {}
    client = Cubu(CubuSettings(**SOME))
    for name in dir(Cubu):
        if not name.startswith("_") and type(inspect.getattr_static(Cubu, name)).__name__ == "cached_property":
            facade = vars(type(getattr(client, name)))
            resources[name] = [verb for verb, value in facade.items() if inspect.isfunction(value) and verb[0] != "_"]
    assert {name: row.split(", ") for name, row in found.items()} == resources


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_the_catalogue_on_the_page_loads_and_is_a_part_of_the_sandboxs(tmp_path: Path) -> None:
    path = tmp_path / "cubu.toml"
    path.write_text(the_catalogue(), "utf-8")
    shown = Catalogue.load(path)
    with Sandbox() as sandbox:
        whole = sandbox.cubu.catalogue
    assert whole is not None
    for table in ("services", "service_types", "tags"):
        assert getattr(shown, table)
        assert {*getattr(shown, table)} <= {*getattr(whole, table)}
    names = {one.id: one.name for one in whole.field_types}
    assert {one.name for one in shown.field_types} == {names[one.id] for one in shown.field_types}
    assert shown.key_field == whole.key_field
    assert shown.languages == whole.languages


# --- errors, webhooks ------------------------------------------------------------------------------------------------


def test_the_page_explains_every_published_code() -> None:
    found = re.findall(r"^\| 409 \| `(\d+)` \| ([^|]+) \| `(\w+)` \|$", section("Errors"), re.MULTILINE)
    assert {code: meaning for code, meaning, _ in found} == CODES
    assert {kind for _, _, kind in found} == {"ConflictError"}


@pytest.mark.parametrize("row", rows(section("Errors")), ids=lambda row: f"{row[0]} {row[1]}")
def test_every_error_in_the_table_is_what_its_status_raises(row: list[str]) -> None:
    statuses, code, _, raised = row
    kinds = [getattr(errors, name) for name in re.findall(r"`(\w+Error)`", raised)]
    assert kinds
    if code.startswith("`AADSTS"):  # for a token, whatever the status
        assert kinds == [errors.AuthenticationError]
        return
    given = [errors.status_error(int(statuses), invalid=invalid) for invalid in (True, False)]
    assert {*kinds} - {errors.NoResultError, errors.SlotUnavailableError} <= {*given}


def test_the_page_of_webhooks_names_every_action() -> None:
    table = WEBHOOKS.partition("| `action` |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"`(\w+)`", table)) == sorted(action.value for action in WebhookAction)


def test_the_page_of_webhooks_says_which_algorithm_is_taken_for_granted() -> None:
    algorithm = CubuSettings(**SOME).webhook_algorithm
    assert f"HMAC-{algorithm.upper()} of the raw body" in WEBHOOKS
    assert f"HMAC-{algorithm.upper()} of the raw body" in section("Guesses")


@pytest.mark.parametrize(
    "words",
    ["Nothing here was tried against Cubu itself.", "tried only against the [sandbox](sandbox.md)"],
)
def test_the_page_says_that_it_was_never_tried_live(words: str) -> None:
    assert words in " ".join(PAGE.partition("\n## ")[0].split())
