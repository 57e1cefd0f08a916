"""The vendor's table against what goes over the wire, through both facades, and against what the sandbox answers."""

from __future__ import annotations

from collections import defaultdict

import contract_terms as terms
import pytest
from contract_calls import UNSENT
from contract_drive import driven
from contract_rows import FACTS, LISTS, Key, named
from contract_wire import seen, sightings, where, wire

FACADES = ("sync", "asyncio")
TABLE = {row.key: row for row in FACTS}
OPERATIONS = {row.where for row in named("verb")}


@pytest.fixture(params=FACADES)
def recording(request):
    return driven(request.param)


def test_the_wire_says_what_the_vendor_says(recording):
    assert wire(recording.takes).disagreements(FACTS) == []


def test_every_operation_was_called_and_no_other(recording):
    assert {take.call.where for take in recording.takes} == OPERATIONS
    assert {where(take, one) for take in recording.takes for one in take.exchanges} == OPERATIONS


def test_every_verb_of_the_client_was_called(recording):
    assert {take.call.verb for take in recording.takes} == recording.verbs


def test_every_argument_was_given(recording):
    given = defaultdict(set)
    for take in recording.takes:
        given[take.call.verb] |= {*take.ids, *take.given}
    assert {take.call.verb: {*take.call.takes} - UNSENT for take in recording.takes} == given


def test_every_operation_was_called_with_all_at_once_and_with_what_it_needs_alone(recording):
    ways = defaultdict(list)
    for take in recording.takes:
        ways[take.call].append(take.given)
    for call, given in ways.items():
        needed = {name for name, one in call.takes.items() if one.default is one.empty} - {*call.ids} | {*call.flags}
        needed |= {key.name for key in terms.NEEDED if key.where == call.where and call.name == "create"}
        assert frozenset.union(*given) in given, call.where
        assert needed in given or (call.name == "update" and 1 in map(len, given)), call.where


def test_pages_are_led_to_by_next_links(recording):
    paged = [take for take in recording.takes if ("per_page", "1") in take.exchanges[0].query]
    assert {take.call.where for take in paged} == {row.where for row in named("query") if row.name == "page"}
    for take in paged:
        first, second, *_ = take.exchanges
        assert "page" not in dict(first.query)
        assert dict(second.query)["page"] == "2"
        assert {name for name, _ in second.query} == {"page", *(name for name, _ in first.query)}


def test_answers_hold_nothing_that_our_models_do_not_know(recording):
    named_ones = [take for take in recording.takes if take.call.where not in terms.INLINE]
    assert {name for take in named_ones for name in take.unknown} == {".".join(one) for one in terms.DEPRECATED}


def test_answers_hold_every_field_of_their_objects(recording):
    assert sightings(recording.takes).rare() == terms.RARE


def test_answers_hold_values_of_the_vendors_lists_alone(recording):
    values = {f"{key.where}.{key.name}": values for key, values in sightings(recording.takes).values.items()}
    listed = LISTS.keys() & values.keys()
    assert {place for place in listed if {str(value) for value in values[place]} - {"None", "", *LISTS[place]}} == set()
    assert len(listed) > 40


def test_the_terms_about_the_wire_still_hold(recording):
    assert terms.NOT_OFFERED.keys() | terms.UNSEEN.keys() | terms.NEVER_NULL | terms.RARE <= TABLE.keys()
    assert not (terms.NOT_OFFERED.keys() | terms.UNSEEN.keys()) & seen(recording.takes).keys()
    values = sightings(recording.takes).values
    assert {key for key in terms.NEVER_NULL if None in values[key] or not TABLE[key].null} == set()
    assert {name for name in terms.DEPRECATED if Key("field", *name) in TABLE} == set()
    inline = {
        take.call.where: set(take.exchanges[0].answer) for take in recording.takes if take.call.where in terms.INLINE
    }
    assert inline.keys() == terms.INLINE.keys()
    assert {where for where, names in terms.INLINE.items() if inline[where] & {*names}} == set()


def test_both_facades_say_the_same():
    one, other = (driven(facade) for facade in FACADES)
    assert [take.call.where for take in one.takes] == [take.call.where for take in other.takes]
    assert wire(one.takes).said == wire(other.takes).said
