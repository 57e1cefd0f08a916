"""A table that says something else turns the comparison red, whichever row and whichever column it is."""

from __future__ import annotations

from collections import Counter, defaultdict

import attrs
import pytest
from contract_code import CODE
from contract_drive import driven
from contract_rows import FACTS, Claims, named
from contract_terms import NOT_OFFERED
from contract_wire import wire
from hypothesis import given, settings
from hypothesis import strategies as st

TYPES = {about: {row.type for row in named(about)} for about in {row.about for row in FACTS}}


@pytest.fixture(scope="module")
def red():
    """Compare a part of the table, all rows about one place: comparisons look at one row at a time."""
    parts = defaultdict(list)
    for claims in (CODE, wire(driven("sync").takes)):
        said = defaultdict(dict)
        for key, claim in claims.said.items():
            said[key.where][key] = claim
        for place in {row.where for row in FACTS} | said.keys():
            parts[place].append(Claims(said[place], claims.covers))
    return lambda place, facts: [difference for part in parts[place] for difference in part.disagreements(facts)]


def mutants(row):
    """Give what could stand in a row's place."""
    yield "is gone", []
    yield "has a twin", [row, row._replace(name=f"{row.name}x")]
    yield "has another name", [row._replace(name=f"{row.name}x")]
    yield "is somewhere else", [row._replace(where=f"{row.where}x")]
    yield "is about something else", [row._replace(about="field" if row.about == "body" else "body")]
    yield "is otherwise null", [row._replace(null="" if row.null else "null")]
    yield "is otherwise required", [row._replace(why="" if row.why else "because")]
    for kind in sorted(TYPES[row.about] - {row.type}):
        yield f"is of the type {kind}", [row._replace(type=kind)]


def test_every_mutation_of_every_row_turns_it_red(red):
    places = defaultdict(list)
    for row in FACTS:
        places[row.where].append(row)
    assert {place: found for place, rows in places.items() if (found := red(place, rows))} == {}
    tried, missed = Counter(), []
    for place, rows in places.items():
        for at, row in enumerate(rows):
            for how, instead in mutants(row):
                tried[row.about] += 1
                if not red(place, [*rows[:at], *instead, *rows[at + 1 :]]):
                    missed.append(f"{' '.join(row.key)} {how}")
    assert missed == []
    assert tried.keys() == TYPES.keys()
    assert tried.total() > 10 * len(FACTS)


OPERATIONS = sorted({row.where for row in named("verb")})


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(OPERATIONS))
def test_an_operation_that_nobody_saw_turns_it_red(where):
    takes = [take for take in driven("sync").takes if take.call.where != where]
    assert any(where in difference for difference in wire(takes).disagreements(FACTS))


SENT = [row for row in FACTS if row.about in {"query", "body"} and row.key not in NOT_OFFERED]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SENT))
def test_a_parameter_or_a_field_that_nobody_saw_turns_it_red(row):
    takes = [
        attrs.evolve(take, exchanges=[_without(row, one) for one in take.exchanges]) for take in driven("sync").takes
    ]
    assert f"{' '.join(row.key)}: we have none" in wire(takes).disagreements(FACTS)


def _without(row, exchange):
    """Take a parameter or a field out of a request, wherever it is."""
    query = [pair for pair in exchange.query if pair[0] != row.name]
    return attrs.evolve(exchange, query=query, body=_stripped(exchange.body, row.name))


def _stripped(value, name):
    if isinstance(value, dict):
        return {key: _stripped(one, name) for key, one in value.items() if key != name}
    return [_stripped(one, name) for one in value] if isinstance(value, list) else value
