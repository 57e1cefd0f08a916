"""The vendors' tables against our models, inputs and filters."""

from __future__ import annotations

from collections import defaultdict

import pytest
from contract_code import code
from contract_rows import Key
from contracts import CONTRACTS, NAMES


@pytest.fixture(params=CONTRACTS, ids=NAMES)
def contract(request):
    return request.param


def test_the_code_says_what_the_vendor_says(contract):
    assert code(contract).claims.disagreements(contract.table.facts) == []


def test_what_is_not_offered_is_still_in_the_table_and_not_in_the_code(contract):
    not_offered = contract.terms.not_offered.keys()
    assert not_offered <= contract.table.by_key.keys()
    assert not not_offered & code(contract).said.keys()


def test_the_terms_about_null_still_hold(contract):
    table = contract.table.by_key
    assert {key for key in contract.terms.null_too if table[key].null} == set()
    assert {key for key in contract.terms.not_null if not table[key].null} == set()


def test_the_terms_about_other_versions_still_hold(contract):
    said, table = code(contract).said.keys(), contract.table.by_key.keys()
    assert contract.terms.of_others <= said
    assert not contract.terms.of_others & table
    beyond = contract.terms.beyond.keys()
    assert not beyond & {value for values in contract.table.lists.values() for value in values}
    assert beyond == code(contract).beyond


def test_the_terms_about_what_must_be_given_still_hold(contract):
    table = contract.table.by_key
    assert {key for key in contract.terms.always if table[key].why} == set()
    assert {key for key in contract.terms.left_out if not table[key].why} == set()


def test_the_terms_about_values_still_hold(contract):
    listed, terms, ours = contract.table.lists.keys(), contract.terms, code(contract).listed
    assert terms.unnamed.keys() <= listed
    assert not terms.unnamed.keys() & ours
    asked = {f"{row.where}.{row.name}" for row in contract.table.named("query")}
    assert listed == terms.unnamed.keys() | ours | (listed & asked)


def test_fields_that_we_list_values_of_are_listed_by_no_vendor(contract):
    places, fields = defaultdict(set), contract.terms.listed_by_us.keys()
    for owner, where, name in owners(contract):
        places[f"{owner}.{name}"].add(f"{where}.{name}")
    assert fields <= places.keys()
    assert {field for field in fields if places[field] & contract.table.lists.keys()} == set()


def test_partial_places_show_some_fields_only_and_all_places_together_show_every_one(contract):
    whole, shown, missing = defaultdict(set), defaultdict(set), defaultdict(set)
    for owner, where, name in owners(contract):
        whole[owner].add(name)
        (shown[owner] if Key("field", where, name) in contract.table.by_key else missing[where]).add(name)
    assert missing.keys() == contract.terms.partial
    assert {owner: gone for owner in whole if (gone := whole[owner] - shown[owner])} == contract.elsewhere


def owners(contract):
    """Give the fields of our models, each with the model's name and the vendor's place."""
    for key in code(contract).said:
        if key.about == "field":
            yield code(contract).owners[key.where], key.where, key.name
