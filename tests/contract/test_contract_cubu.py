"""What only Cubu's table has: guesses beside facts, and one thing under two names."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest
from contract_cubu import CubuContract
from contract_cubu_calls import BOOK, CANCEL, CANCEL_OTHERWISE, CHANGE, QUERY, QUEUE_UP, TOKEN
from contract_cubu_refusals import PUBLISHED
from contract_drive import driven
from contract_rows import Key
from contract_wire import wire
from contracts import CONTRACTS

from apptsdk import NO_RETRY
from apptsdk.errors import AuthenticationError
from apptsdk.providers.cubu import Cubu, CubuSettings
from apptsdk.providers.cubu.wire import CODES
from apptsdk.sandbox.cubu.seed import FRONT_DESK

(CUBU,) = (contract for contract in CONTRACTS if isinstance(contract, CubuContract))
TABLE = CUBU.table
LINES = [line.split("\t") for line in (Path(__file__).parent / "cubu.tsv").read_text().splitlines()[1:]]
MARKS = {"[design]", "[doc]", "[inferred]", "[ms]", "[page]"}
CREATE = "POST /{applicationId}/customers"
LIST = BOOK.replace("POST", "GET")


def source(key):
    (found,) = (line[-1] for line in LINES if line[:3] == [*key])
    return found


def test_every_row_says_where_it_comes_from():
    assert {line[-1].partition(" ")[0] for line in LINES} == MARKS
    assert {line[-1] for line in LINES if {*re.findall(r"\[\w+\]", line[-1])} - MARKS} == set()


@pytest.mark.parametrize("where", [CANCEL, *CANCEL_OTHERWISE])
def test_how_an_appointment_is_cancelled_is_a_guess_in_each_of_three_forms(where):
    assert source(("verb", where, "204")).startswith("[design] a guess")


SETTINGS = {
    "cancel_method and cancel_path": (("verb", CANCEL, "204"), "{cancel_method} {cancel_path}"),
    "customer_path": (("verb", "GET /{applicationId}/customers/{customerRecordId}", "200"), "GET {customer_path}"),
    "customer_record_key": (("body", BOOK, "cusotmerRecordId"), "{customer_record_key}"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_what_the_settings_guess_by_default_is_what_the_table_has(name):
    key, written = SETTINGS[name]
    defaults = {field.name: field.default for field in attrs.fields(CubuSettings)}
    assert Key(*key) in TABLE.by_key
    assert written.format(**defaults) in key


TWINS = {
    "a booking has startTime, and lists have start": [
        (("body", BOOK, "startTime"), "start"),
        (("field", "Case.appointment", "start"), "startTime"),
        (("field", "Booking.appointment", "start"), "startTime"),
        (("field", "AfterBookAppointment.appointment", "start"), "startTime"),
    ],
    "bodies have cusotmerRecordId, and all else has customerRecordId": [
        (("body", BOOK, "cusotmerRecordId"), "customerRecordId"),
        (("body", QUEUE_UP, "cusotmerRecordId"), "customerRecordId"),
        (("query", LIST, "customerRecordId"), "cusotmerRecordId"),
        (("path", CHANGE, "customerRecordId"), "cusotmerRecordId"),
        (("field", "AfterBookAppointment", "customerRecordId"), "cusotmerRecordId"),
    ],
    "Queue Up has locale, and a booking has language": [
        (("body", QUEUE_UP, "locale"), "language"),
        (("body", BOOK, "language"), "locale"),
        (("field", "QueuedCase", "language"), "locale"),
    ],
}


@pytest.mark.parametrize(("key", "twin"), [row for rows in TWINS.values() for row in rows])
def test_a_thing_of_two_names_has_one_of_them_at_each_place(key, twin):
    assert Key(*key) in TABLE.by_key
    assert Key(*key)._replace(name=twin) not in TABLE.by_key


@pytest.mark.parametrize("where", [BOOK, QUEUE_UP, CREATE, CHANGE])
def test_fields_are_an_array_where_a_customer_is_changed_and_a_dictionary_elsewhere(where):
    assert TABLE.by_key[Key("body", where, "fields")].type == ("array of object" if where == CHANGE else "object")


class Otherwise(CubuContract):
    """The same with another key for the customer.

    Args:
        key: The setting.
    """

    def __init__(self, key):
        self._key = key

    def settings(self, sandbox):
        return attrs.evolve(sandbox.cubu, customer_record_key=self._key)

    def turned(self, sandbox):
        del sandbox
        return iter(())

    def calls(self, client):
        return [call for call in super().calls(client) if call.where in {BOOK, QUEUE_UP}]


NONE = {f"body {where} cusotmerRecordId: we have none" for where in (BOOK, QUEUE_UP)}
OTHER = {f"body {where} customerRecordId: the vendor has none" for where in (BOOK, QUEUE_UP)}


@pytest.mark.parametrize(
    ("setting", "told"), [("cusotmerRecordId", set()), ("customerRecordId", NONE | OTHER), ("both", OTHER)]
)
def test_another_key_for_the_customer_is_seen_in_both_bodies_and_nowhere_else(setting, told):
    contract = Otherwise(setting)
    recording = driven(contract, "sync")
    assert recording.failures == []
    rows = [row for row in TABLE.facts if row.about == "body" and row.where in {BOOK, QUEUE_UP}]
    found = wire(contract, recording.takes).disagreements(rows)
    assert {one for one in found if one.startswith((f"body {BOOK} ", f"body {QUEUE_UP} "))} == told


@pytest.mark.parametrize("kind", ["KeyField", "RecordId"])
def test_a_customer_is_searched_with_what_the_way_to_search_needs(kind):
    bodies = [
        exchange.body
        for take in driven(CUBU, "sync").takes
        for exchange in take.exchanges
        if CUBU.where(take, exchange) == QUERY
    ]
    needed = {name for _, where, name, *_, why in LINES if where == QUERY and why.endswith(f"queryType is {kind}")}
    assert needed
    assert {frozenset(body) for body in bodies if body["queryType"] == kind} == {frozenset({"queryType", *needed})}


def test_the_codes_that_the_pages_name_are_those_that_the_client_explains():
    named = {row.name for row in TABLE.named("error") if source(row.key).startswith("[doc]")} - {"*"}
    assert named == CODES.keys() == {*map(str, PUBLISHED)}


@pytest.mark.parametrize("name", [row.name for row in TABLE.named("field", "TokenResponse")])
def test_of_a_token_only_what_the_table_requires_is_required(sandbox, name):
    answer = {"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": "made-up"}
    del answer[name]
    place = TOKEN.replace("{tenantId}", "*").partition(" ")[2]
    sandbox.fault("status", status=200, body=answer, path=place)
    sandbox.fault("status", status=200, body=[], path="*/calendars/*")
    with Cubu(sandbox.cubu, pace=(), retry=NO_RETRY) as cubu:
        calendars = cubu.calendars.list(FRONT_DESK, sandbox.clock.now().date())
        if TABLE.by_key[Key("field", "TokenResponse", name)].why:
            with pytest.raises(AuthenticationError, match=name):
                list(calendars)
        else:
            assert list(calendars) == []
