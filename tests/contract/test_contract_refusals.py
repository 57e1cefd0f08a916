"""The vendors' tables against what is refused: the errors that are raised, and what the sandbox's errors hold."""

from __future__ import annotations

import attrs
import pytest
from contract_refusals import held, refused, refusing
from contract_rows import Key
from contracts import CONTRACTS

FACADES = ("sync", "asyncio")
REFUSING = [contract for contract in CONTRACTS if contract.table.named("error")]
NAMES = [contract.name for contract in REFUSING]
SOMETIMES = {"cubu": {Key("field", "Error", "errors")}}
"""What only some errors hold."""


@pytest.fixture(params=REFUSING, ids=NAMES)
def contract(request):
    return request.param


@pytest.mark.parametrize("facade", FACADES)
def test_what_is_refused_is_raised_and_says_what_the_vendor_says(contract, facade):
    assert refusing(contract, refused(contract, facade)).disagreements(contract.table.facts) == []


@pytest.mark.parametrize("facade", FACADES)
def test_errors_hold_every_field_of_theirs(contract, facade):
    assert held(contract, refused(contract, facade)).rare() == SOMETIMES.get(contract.name, set())


def test_an_error_that_nobody_saw_turns_it_red(contract):
    found = refused(contract, "sync")
    for row in contract.table.named("error"):
        others = [one for one in found if (one.where, one.code) != (row.where, row.name)]
        assert f"{' '.join(row.key)}: we have none" in refusing(contract, others).disagreements(contract.table.facts)


def test_an_error_of_another_class_turns_it_red(contract):
    found = [attrs.evolve(one, error="ApptError") for one in refused(contract, "sync")]
    assert len(refusing(contract, found).disagreements(contract.table.facts)) == len(contract.table.named("error"))
