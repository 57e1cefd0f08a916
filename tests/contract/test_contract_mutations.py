"""A table that says something else turns the comparison red, whichever row and whichever column it is."""

from __future__ import annotations

from collections import Counter, defaultdict

import attrs
import pytest
from contract_code import code
from contract_drive import driven
from contract_refusals import refused, refusing
from contract_rows import Claims
from contract_wire import wire
from contracts import CONTRACTS, NAMES
from hypothesis import given, settings
from hypothesis import strategies as st


def types_in(contract):
    """Give the types that rows have, by what the rows are about."""
    found = defaultdict(set)
    for row in contract.table.facts:
        found[row.about].add(row.type)
    return found


def comparison(contract):
    """Compare a part of the table, all rows about one place: comparisons look at one row at a time."""
    parts = defaultdict(list)
    every = (
        code(contract).claims,
        wire(contract, driven(contract, "sync").takes),
        refusing(contract, refused(contract, "sync")),
    )
    for claims in every:
        said = defaultdict(dict)
        for key, claim in claims.said.items():
            said[key.where][key] = claim
        for place in {row.where for row in contract.table.facts} | said.keys():
            parts[place].append(Claims(said[place], claims.covers, claims.whole))
    return lambda place, facts: [difference for part in parts[place] for difference in part.disagreements(facts)]


def mutants(row, types):
    """Give what could stand in a row's place."""
    yield "is gone", []
    yield "has a twin", [row, row._replace(name=f"{row.name}x")]
    yield "has another name", [row._replace(name=f"{row.name}x")]
    yield "is somewhere else", [row._replace(where=f"{row.where}x")]
    yield "is about something else", [row._replace(about="field" if row.about == "body" else "body")]
    yield "is otherwise null", [row._replace(null="" if row.null else "null")]
    yield "is otherwise required", [row._replace(why="" if row.why else "because")]
    for kind in sorted(types - {row.type}):
        yield f"is of the type {kind}", [row._replace(type=kind)]


@pytest.mark.parametrize("contract", CONTRACTS, ids=NAMES)
def test_every_mutation_of_every_row_turns_it_red(contract):
    red, types, places = comparison(contract), types_in(contract), defaultdict(list)
    for row in contract.table.facts:
        places[row.where].append(row)
    assert {place: found for place, rows in places.items() if (found := red(place, rows))} == {}
    tried, missed = Counter(), []
    for place, rows in places.items():
        for at, row in enumerate(rows):
            for how, instead in mutants(row, types[row.about]):
                tried[row.about] += 1
                if not red(place, [*rows[:at], *instead, *rows[at + 1 :]]):
                    missed.append(f"{' '.join(row.key)} {how}")
    assert missed == []
    assert tried.keys() == types.keys()
    assert tried.total() > 10 * len(contract.table.facts)


OPERATIONS = [(contract, where) for contract in CONTRACTS for where in sorted(contract.table.operations)]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(OPERATIONS))
def test_an_operation_that_nobody_saw_turns_it_red(operation):
    contract, where = operation
    takes = [
        attrs.evolve(take, exchanges=[one for one in take.exchanges if contract.where(take, one) != where])
        for take in driven(contract, "sync").takes
        if take.call.where != where
    ]
    assert any(where in difference for difference in wire(contract, takes).disagreements(contract.table.facts))


SENT = [
    (contract, row)
    for contract in CONTRACTS
    for row in contract.table.facts
    if row.about in {"query", "body"} and row.key not in contract.terms.not_offered
]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SENT))
def test_a_parameter_or_a_field_that_nobody_saw_turns_it_red(sent):
    contract, row = sent
    takes = [
        attrs.evolve(take, exchanges=[_without(row, one) for one in take.exchanges])
        for take in driven(contract, "sync").takes
    ]
    assert f"{' '.join(row.key)}: we have none" in wire(contract, takes).disagreements(contract.table.facts)


def _without(row, exchange):
    """Take a parameter or a field out of a request, wherever it is."""
    query = [pair for pair in exchange.query if pair[0] != row.name]
    return attrs.evolve(exchange, query=query, body=_stripped(exchange.body, row.name))


def _stripped(value, name):
    if isinstance(value, dict):
        return {key: _stripped(one, name) for key, one in value.items() if key != name}
    return [_stripped(one, name) for one in value] if isinstance(value, list) else value
