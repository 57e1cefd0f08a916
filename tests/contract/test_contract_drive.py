"""The vendors' tables against what goes over the wire, through both facades, and against what the sandbox answers."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter

import pytest
from contract_calls import union_of
from contract_code import code
from contract_drive import driven
from contract_rows import Key
from contract_wire import seen, sightings, wire
from contracts import CONTRACTS, NAMES

FACADES = ("sync", "asyncio")


@pytest.fixture(params=CONTRACTS, ids=NAMES)
def contract(request):
    return request.param


@pytest.fixture(params=FACADES[:1])
def recording(request, contract):
    """What was seen through one facade: through the other it is the same."""
    return driven(contract, request.param)


@pytest.mark.parametrize("facade", FACADES)
def test_no_call_fails(contract, facade):
    assert driven(contract, facade).failures == []


def test_the_wire_says_what_the_vendor_says(contract, recording):
    assert wire(contract, recording.takes).disagreements(contract.table.facts) == []


def test_every_operation_was_called_and_no_other(contract, recording):
    assert {take.call.where for take in recording.takes} == contract.table.operations - contract.itself
    asked = {contract.where(take, one) for take in recording.takes for one in take.exchanges}
    assert asked == contract.table.operations


def test_every_verb_of_the_client_was_called(recording):
    assert {take.call.verb for take in recording.takes} == recording.verbs


def test_every_argument_was_given(contract, recording):
    given, taken = defaultdict(set), {}
    for take in recording.takes:
        given[take.call.verb] |= {*take.ids, *take.given}
        taken[take.call.verb] = {*take.call.takes} - contract.unsent - contract.lacking(take.call)
    assert given == taken


def test_every_operation_was_called_with_all_at_once_and_with_what_it_needs_alone(contract, recording):
    ways = defaultdict(list)
    for take in recording.takes:
        ways[take.call].append(take.given)
    for call, given in ways.items():
        needed = {name for name, one in call.takes.items() if one.default is one.empty} - {*call.ids} | {*call.flags}
        needed |= set() if call.name == "update" else contract.kept(call) & call.takes.keys()
        assert all(every in given for every in union_of(contract, call, given)), call.where
        fewest = min(given, key=len)
        assert fewest >= needed - contract.kept(call), call.where
        spare = len(fewest - needed)
        assert spare == 0 or (call.name == "update" and spare == 1) or call.verb in contract.either, call.where


def test_pages_are_led_to_by_what_the_vendor_says(contract, recording):
    paged = [take for take in recording.takes if ("per_page", "1") in take.exchanges[0].query]
    assert {take.call.where for take in paged} == {
        row.where for row in contract.table.named("query") if row.name == contract.paged_by
    }
    for take in paged:
        first, second, *_ = take.exchanges
        contract.check_pages(first, second)


def test_answers_hold_nothing_that_our_models_do_not_know(contract, recording):
    named_ones = [take for take in recording.takes if take.call.where not in contract.terms.inline]
    deprecated = {".".join(one) for one in contract.terms.deprecated}
    assert {name for take in named_ones for name in take.unknown} == deprecated


def test_answers_hold_no_field_that_the_vendor_does_not_have(contract, recording):
    assert {key for key in sightings(contract, recording.takes).values if key.about == "field"} <= (
        contract.table.by_key.keys()
    )


def test_answers_hold_every_field_of_their_objects(contract, recording):
    assert sightings(contract, recording.takes).rare() == contract.terms.rare


def test_answers_hold_values_of_the_vendors_lists_alone(contract, recording):
    found, lists = sightings(contract, recording.takes).values.items(), contract.table.lists
    values = {f"{key.where}.{key.name}": values for key, values in found}
    listed = lists.keys() & values.keys()
    assert {place for place in listed if {*flat(values[place])} - {"None", "", *lists[place]}} == set()
    assert len(listed) > contract.most_lists


def flat(values):
    """Give texts, and the texts in lists."""
    for value in values:
        yield from map(str, value) if isinstance(value, list) else [str(value)]


def test_the_terms_about_the_wire_still_hold(contract, recording):
    terms, values = contract.terms, sightings(contract, recording.takes).values
    unseen = terms.not_offered.keys() | terms.unseen.keys()
    assert unseen | terms.never_null | terms.null_seen.keys() | terms.rare <= contract.table.by_key.keys()
    assert not unseen & seen(contract, recording.takes).keys()
    assert {key for key in terms.never_null if None in values[key] or not contract.table.by_key[key].null} == set()
    assert {key for key in terms.null_seen if None not in values[key] or contract.table.by_key[key].null} == set()
    assert {name for name in terms.deprecated if Key("field", *name) in contract.table.by_key} == set()
    assert terms.undeclared.keys() | {Key("field", *name) for name in terms.deprecated} == (
        sightings(contract, recording.takes).others
    )
    assert not terms.undeclared.keys() & contract.table.by_key.keys()
    assert {key for key in terms.vague if contract.table.by_key[key].type != "any"} == set()
    assert {key for key in terms.modelless if not contract.table.by_key[key].why} == set()
    assert {key for key in terms.modelless if key.where in code(contract).owners} == set()
    inline = {
        take.call.where: set(take.exchanges[0].answer) for take in recording.takes if take.call.where in terms.inline
    }
    assert inline.keys() == terms.inline.keys()
    assert {where for where, names in terms.inline.items() if inline[where] & {*names}} == set()


def test_both_facades_say_the_same(contract):
    one, other = (driven(contract, facade) for facade in FACADES)
    called = attrgetter("call.where", "call.verb", "given", "gave", "unknown")
    assert [called(take) for take in one.takes] == [called(take) for take in other.takes]
    assert wire(contract, one.takes).said == wire(contract, other.takes).said
    assert one.verbs == other.verbs
