"""What only IMIassist's tables have: what is the vendor's and what is ours, and one table for two shapes of a wire."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest
from contract_drive import driven
from contract_imiassist import IMIassistContract, IMIassistFlowContract
from contract_imiassist_calls import ENDPOINTS, GET, LOGIN, NODES, SCHEDULE
from contract_imiassist_giver import START
from contract_rows import Key
from contract_wire import wire
from contracts import CONTRACTS

from apptsdk import NO_RETRY
from apptsdk.errors import AuthenticationError, UnsupportedError
from apptsdk.providers.imiassist import IMIassist, IMIassistSettings
from apptsdk.providers.imiassist import names as ours
from apptsdk.providers.imiassist.endpoints import DEFAULTS
from apptsdk.sandbox.imiassist import IMIassist as Emulation
from apptsdk.sandbox.imiassist.seed import NORTHSIDE

FLOW = next(one for one in CONTRACTS if isinstance(one, IMIassistFlowContract))
API = next(one for one in CONTRACTS if isinstance(one, IMIassistContract) and one is not FLOW)
HERE = Path(__file__).parent
LINES = {
    name: [line.split("\t") for line in (HERE / f"{name}.tsv").read_text().splitlines()[1:]]
    for name in ("imiassist", "imiassist_flow")
}
MARKS = {"[design]", "[doc]", "[inferred]", "[page]", "[ui]"}
VENDORS = ("[doc] ", "[page] ")


def rows(mark, about, where, name="imiassist"):
    """Give the names of the rows that come from there, in their order."""
    return [line[2] for line in LINES[name] if line[:2] == [about, where] and line[-1].startswith(mark)]


@pytest.mark.parametrize("name", LINES)
def test_every_row_says_where_it_comes_from(name):
    sources = [line[-1] for line in LINES[name]]
    assert {source.partition("]")[0] + "]" for source in sources} <= MARKS
    assert [source for source in sources if {*re.findall(r"\[\w+\]", source)} - MARKS] == []


@pytest.mark.parametrize("name", LINES)
def test_an_input_or_output_that_is_the_vendors_is_called_as_the_vendor_calls_it(name):
    named = [
        (line[2], re.sub(" +", "_", line[-1].partition("] ")[2].partition(";")[0]).lower())
        for line in LINES[name]
        if line[0] in {"body", "field"} and line[-1].startswith(VENDORS)
    ]
    assert len(named) > 30
    assert [pair for pair in named if pair[0] != pair[1]] == []


@pytest.mark.parametrize("name", LINES)
def test_no_path_no_status_no_header_and_no_code_is_the_vendors(name):
    ours_alone = [line for line in LINES[name] if line[0] in {"error", "header", "path", "verb"}]
    assert ours_alone
    assert [line for line in ours_alone if "[design]" not in line[-1]] == []


def test_the_inputs_of_the_page_are_all_there_in_their_order():
    assert rows("[page]", "body", SCHEDULE) == [*ours.INPUTS]
    assert rows("", "body", SCHEDULE) == [*ours.INPUTS]


def test_a_flow_is_given_the_inputs_of_the_page_and_gives_its_outputs():
    given = {row.name for row in FLOW.table.named("body", SCHEDULE)}
    assert given == {*ours.INPUTS, *ours.CREDENTIALS, "node"}
    assert rows("[page]", "body", SCHEDULE, "imiassist_flow") == [*ours.CREDENTIALS]
    came = [row.name for row in FLOW.table.named("field", "Appointment")]
    assert sorted(came) == sorted(ours.OUTPUTS[:5])


def test_every_output_of_ours_is_in_a_table():
    shown = {row.name for table in (API.table, FLOW.table) for row in table.named("field", "Appointment")}
    assert shown == {*ours.OUTPUTS}


def test_what_the_settings_propose_is_what_the_table_has():
    settings = attrs.fields_dict(IMIassistSettings)
    prefix = settings["api_prefix"].default
    proposed = {name: f"{one.method} {prefix}{one.path}" for name, one in DEFAULTS.items()}
    assert proposed == {name: where for name, where in ENDPOINTS.items() if name != "get"}
    headers = {row.name: row.type for row in API.table.named("header", SCHEDULE)}
    scheme = settings["token_scheme"].default
    assert headers == {
        settings["api_key_header"].default: "key",
        settings["token_header"].default: f"{scheme} and token",
    }
    access = (settings["access_header"].default, f"{settings['access_scheme'].default} and ACCESS")
    assert access in [(row.name, row.type) for row in API.table.named("header", ENDPOINTS["get_new_token"])]
    assert {row.name for row in API.table.named("body", LOGIN)} == {*ours.PROPOSED.values()}


def test_reading_an_appointment_is_off_until_it_is_switched_on():
    settings = IMIassistSettings(subdomain="northside", api_key="made-up", token="made-up")
    with IMIassist(settings) as imiassist, pytest.raises(UnsupportedError, match="'get' is off"):
        imiassist.appointments.get("65e2f0c4a1b2c3d4e5f60718")
    assert GET in API.table.operations
    assert GET not in FLOW.table.operations


def test_the_flow_has_a_node_for_every_operation_of_ours_but_the_one_that_is_off():
    assert {*NODES.values()} == {*ENDPOINTS.values()} - {GET} == FLOW.table.operations


@pytest.mark.parametrize("contract", [API, FLOW], ids=lambda one: one.name)
def test_every_appointment_has_a_priority_and_an_external_reference(contract):
    bodies = [
        exchange.body
        for take in driven(contract, "sync").takes
        for exchange in take.exchanges
        if contract.where(take, exchange) == SCHEDULE
    ]
    assert len(bodies) > 5
    assert [body for body in bodies if not {"priority", "external_reference_id", "start_time"} <= body.keys()] == []
    fewest = min(bodies, key=len).keys()
    assert fewest - {*ours.CREDENTIALS, "node"} == {"priority", "external_reference_id", "start_time"}


class Otherwise(IMIassistContract):
    """The same with one setting that is another, which the sandbox is told of.

    Args:
        setting: The setting.
        value: Its value.
    """

    def __init__(self, setting, value):
        super().__init__()
        self._given = {setting: value}

    def settings(self, sandbox):
        emulation = sandbox.emulator(Emulation)
        for name, value in self._given.items():
            setattr(emulation, name, value)
        return attrs.evolve(super().settings(sandbox), **self._given)

    def turned(self, sandbox):
        del sandbox
        return iter(())

    def calls(self, client):
        return [call for call in super().calls(client) if call.where == SCHEDULE]


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("api_key_header", "X-Api-Key", []),
        ("api_key_header", "Api-Key", [f"header {SCHEDULE} X-Api-Key: we have none"]),
        ("token_header", "X-Token", [f"header {SCHEDULE} Authorization: we have none"]),
        (
            "token_scheme",
            "Key",
            [f"header {SCHEDULE} Authorization: it is string, and the vendor's is Token and token"],
        ),
    ],
)
def test_another_header_or_scheme_is_seen(setting, value, told):
    contract = Otherwise(setting, value)
    recording = driven(contract, "sync")
    assert recording.failures == []
    facts = [row for row in API.table.facts if row.about == "header" and row.where == SCHEDULE]
    found = wire(contract, recording.takes).disagreements(facts)
    assert [one for one in found if one.startswith(f"header {SCHEDULE}")] == told


GRANTS = {
    "Access": ("/api/v1/auth/login", {"refresh": "made-up", "access": "made-up"}),
    "Credentials": ("/api/v1/auth/token", {"api_key": "made-up", "token": "made-up"}),
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, (_, said) in GRANTS.items() for name in said])
def test_of_what_a_token_is_had_by_only_what_the_table_requires_is_required(sandbox, kind, name):
    company = sandbox.emulator(Emulation).world.companies[NORTHSIDE]
    for of, (path, said) in GRANTS.items():
        body = {one: value for one, value in said.items() if (of, one) != (kind, name)}
        sandbox.fault("status", status=200, body=body, path=path)
    made = {"appointment_id": "65e2f0c4a1b2c3d4e5f60718"}
    sandbox.fault("status", status=201, body=made, path="/api/v1/appointments")
    user = {"user_email": company.user_email, "user_password": company.user_password, "token": None}
    with IMIassist(attrs.evolve(sandbox.imiassist, **user), pace=(), retry=NO_RETRY) as imiassist:
        if API.table.by_key[Key("field", kind, name)].why:
            with pytest.raises(AuthenticationError, match=name):
                imiassist.appointments.schedule(start_time=START)
        else:
            assert imiassist.appointments.schedule(start_time=START).appointment_id == made["appointment_id"]
