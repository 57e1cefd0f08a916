"""What IMIassist's page says in tables is what the provider's code says; all that is ours is on it, and kept apart."""

import inspect
import json
import re
import shlex

import attrs
import pytest
from documents import ROOT, Block, blocks, rows, run

from apptsdk import IMIassist, IMIassistSettings, errors
from apptsdk.providers.imiassist import Appointment, Endpoint
from apptsdk.providers.imiassist.endpoints import DEFAULTS
from apptsdk.providers.imiassist.facade.appointments import Appointments
from apptsdk.providers.imiassist.names import INPUTS
from apptsdk.sandbox import Sandbox
from apptsdk.subclient import ClientOptions

PAGE = (ROOT / "docs" / "imiassist.md").read_text("utf-8")
FIELDS = attrs.fields(IMIassistSettings)
PUBLISHED = {"subdomain", "domain", "api_key", "token", "user_email", "user_password", "max_duration_minutes"}
"""Settings that are the vendor's own inputs and rules. Every other one stands for something of ours."""
GIVEN = re.compile(r"`(\w+)` \(`(IMIASSIST_\w+)`\)")
"""How the table of what is ours writes a setting."""


def section(title: str) -> str:
    found = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert found, title
    return found


def part(name: str) -> str:
    """What stands between two remarks."""
    found, end, _ = PAGE.partition(f"\n<!-- {name}: ")[2].partition(f"\n<!-- end of {name} -->")
    assert end, name
    return found


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# --- whose is what ---------------------------------------------------------------------------------------------------


def test_every_setting_that_stands_for_something_of_ours_is_in_its_table() -> None:
    named = {setting for row in rows(part("ours")) for setting, _ in GIVEN.findall(row[2])}
    assert {field.name for field in FIELDS} - PUBLISHED - {"token_store"} == named


def parameters(verb: object) -> set[str]:
    return {*inspect.signature(verb).parameters}  # type: ignore[arg-type]


ARGUMENTS = {
    *parameters(Appointments.schedule),
    *(field.name for field in FIELDS),
    *ClientOptions.__optional_keys__,
}
"""What a row may name beside settings."""
MEMBERS = {field.name for field in attrs.fields(Appointment)} | {"response"}


@pytest.mark.parametrize("row", rows(part("ours")), ids=lambda row: row[0][:40])
def test_everything_of_ours_says_how_to_override_it_by_something_that_there_is(row: list[str]) -> None:
    _, _, way = row
    settings = GIVEN.findall(way)
    for setting, variable in settings:
        assert setting in {field.name for field in FIELDS}
        assert variable == IMIassistSettings.variable(setting)
    named = {*re.findall(r"`(\w+)=`", way)}
    assert named <= ARGUMENTS
    members = {*re.findall(r"`\w+\.(\w+)`", way)}
    assert members <= MEMBERS
    assert settings or named or members or re.search(r"`(request\(\)|as_sent\(\)|except \w+Error)`", way)


def test_what_is_the_vendors_and_what_is_ours_are_two_lists() -> None:
    vendors, ours = section("The vendor's"), section("Ours")
    assert len(re.findall(r"^\* ", vendors, re.MULTILINE)) >= 8
    assert "|" not in vendors
    assert not re.search(r"^\* ", ours, re.MULTILINE)
    assert "IMIASSIST_" not in vendors


def test_the_default_endpoints_are_the_codes() -> None:
    found = [(*code(name), method, *code(path)) for name, method, path in rows(part("endpoints"))]
    assert found == [(name, one.method, one.path) for name, one in DEFAULTS.items()]


def test_what_the_table_of_ours_calls_a_default_is_one() -> None:
    defaults = IMIassistSettings(subdomain="northside", api_key="key", token="token")
    text = part("ours")
    for setting in ("api_prefix", "api_key_header", "token_header", "token_scheme", "access_header", "access_scheme"):
        (row,) = [row for row in rows(text) if (setting, IMIassistSettings.variable(setting)) in GIVEN.findall(row[2])]
        assert getattr(defaults, setting) in code(row[1]), setting


# --- settings, verbs, inputs, outputs --------------------------------------------------------------------------------


def test_the_page_names_every_setting_and_its_variable() -> None:
    found = re.findall(r"^\| `(\w+)` \| (?:`(\w+)`|in code only) \|", section("Settings"), re.MULTILINE)
    variables = {field.name: IMIassistSettings.variable(field.name) for field in FIELDS}
    assert found == [(one.name, variables[one.name] if one.metadata.get("env", True) else "") for one in FIELDS]


def test_the_page_names_every_resource_with_its_verbs() -> None:
    found = dict(re.findall(r"^\| `(\w+)` \| ([a-z_, ]+) \|$", section("Schedule and cancel"), re.MULTILINE))
    resources = {}
    client = IMIassist(IMIassistSettings(subdomain="northside", api_key="key", token="token"))
    for name in dir(IMIassist):
        if not name.startswith("_") and type(inspect.getattr_static(IMIassist, name)).__name__ == "cached_property":
            facade = vars(type(getattr(client, name)))
            resources[name] = [verb for verb, value in facade.items() if inspect.isfunction(value) and verb[0] != "_"]
    assert {name: row.split(", ") for name, row in found.items()} == resources


def test_the_page_names_every_input_once() -> None:
    found = [code(row[0])[0] for row in rows(part("inputs"))]
    assert sorted(found) == sorted(INPUTS)
    assert found == [name for name in parameters_in_order(Appointments.schedule) if name in INPUTS]


def parameters_in_order(verb: object) -> list[str]:
    return list(inspect.signature(verb).parameters)  # type: ignore[arg-type]


def test_the_page_names_every_output_once_and_says_whose_it_is() -> None:
    found = [(code(row[0])[0], row[1]) for row in rows(part("outputs"))]
    fields = {field.name for field in attrs.fields(Appointment) if field.init and not field.name.startswith("_")}
    assert len(found) == len(fields)
    assert {name for name, _ in found} == fields
    vendors = ["appointment_id", "appointment_uid", "participants", "response_body", "response_status_code"]
    assert [name for name, whose in found if whose == "the vendor's"] == vendors
    assert {whose for _, whose in found} == {"the vendor's", "ours"}


@pytest.mark.parametrize("row", rows(section("Errors")), ids=lambda row: row[0])
def test_every_error_in_the_table_is_what_its_status_raises(row: list[str]) -> None:
    status, _, raised = row
    kinds = {getattr(errors, name) for name in re.findall(r"`(\w+Error)`", raised)}
    given = {errors.status_error(int(status.replace("xx", "03")), invalid=invalid) for invalid in (True, False)}
    assert kinds - {errors.OutcomeUnknownError} == given


# --- the worked example ----------------------------------------------------------------------------------------------


def example() -> Block:
    (found,) = [one for one in blocks("docs/imiassist.md", PAGE) if "def node(" in one.code]
    return found


def shown() -> list[dict[str, object]]:
    """The blocks of JSON: what the webhook is posted, and the least that it must answer."""
    return [json.loads(one) for one in re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]


def test_the_webhook_of_the_example_is_posted_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[Sandbox] = []
    leave = Sandbox.__exit__

    def kept(self: Sandbox, *failure: object) -> None:
        posted.append(self)
        leave(self, *failure)  # type: ignore[arg-type]

    monkeypatch.setattr(Sandbox, "__exit__", kept)
    run(example())
    (sandbox,) = posted
    wanted, _ = shown()
    found = json.loads(sandbox.requests[0].body)
    assert found | {"key": "...", "secret": "..."} == wanted
    assert list(found) == list(wanted)
    assert {seen.path for seen in sandbox.requests} == {"/imiassist/flows/northside/bookings"}


def test_the_least_that_a_flow_must_answer_is_enough(apptsdk_sandbox: Sandbox) -> None:
    _, least = shown()
    apptsdk_sandbox.fault("status", provider="imiassist", method="POST", status=200, body=least)
    with IMIassist(apptsdk_sandbox.imiassist) as imiassist:
        made = imiassist.appointments.schedule(start_time=apptsdk_sandbox.clock.now())
    assert (made.appointment_id, made.response_status_code) == (least["appointment_id"], 201)


def test_the_example_renames_only_what_the_sandboxs_own_flow_does() -> None:
    with Sandbox() as sandbox:
        whole = sandbox.imiassist_flow
    pairs = dict(re.findall(r'^ {12}"(\w+)": "(\w+)",', example().code, re.MULTILINE))
    assert len(pairs) >= 10
    assert {**whole.field_names, **pairs} == whole.field_names


def test_the_variables_of_the_example_make_the_settings_that_they_say() -> None:
    lines = [shlex.split(line)[1] for line in re.findall(r"^export .*$", section("Fit it to your flow"), re.MULTILINE)]
    known = {"IMIASSIST_SUBDOMAIN": "northside", "IMIASSIST_API_KEY": "k", "IMIASSIST_TOKEN": "t"}
    settings = IMIassistSettings.from_env(known | dict(line.split("=", 1) for line in lines))
    assert settings.url == "https://flows.northside.example/flows/northside"
    assert settings.endpoints["schedule"] == Endpoint("POST", "/bookings", {"node": "schedule"})
    assert settings.field_names == {"start_time": "startAt", "customer_phone": "guestPhone"}
    assert settings.credentials_in_body


# --- what a user must know before deciding ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "The vendor publishes no HTTP API.",
        "The product is at the end of its sale.",
        "a proposal of ours",
        "by nothing else in the world",
        "The realistic way is a flow of your own.",
        "answers the same request with the node's outputs",
        "A webhook that only acknowledges",
        "Nothing here was tried against IMIassist or Webex Connect.",
        "tried only against the [sandbox](sandbox.md)",
    ],
)
def test_the_page_says_first_what_a_user_must_know_to_decide(words: str) -> None:
    first = PAGE.partition("\n## Before you decide\n")[2].partition("\n## ")[0]
    assert words in " ".join(first.replace("**", "").split())
