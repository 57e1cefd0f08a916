"""The vendor's table against our models, inputs and filters."""

from __future__ import annotations

import contract_terms as terms
from contract_code import CODE, SAID
from contract_rows import FACTS, LISTS, Key

TABLE = {row.key: row for row in FACTS}


def test_the_code_says_what_the_vendor_says():
    assert CODE.disagreements(FACTS) == []


def test_what_is_not_offered_is_still_in_the_table_and_not_in_the_code():
    assert terms.NOT_OFFERED.keys() <= TABLE.keys()
    assert not terms.NOT_OFFERED.keys() & SAID.keys()


def test_the_terms_about_null_still_hold():
    assert {key for key in terms.NULL_TOO if TABLE[key].null} == set()
    assert {key for key in terms.NOT_NULL if not TABLE[key].null} == set()


def test_the_terms_about_values_still_hold():
    listed = LISTS.keys()
    assert listed & terms.LISTED_BY_US.keys() == set()
    assert terms.LISTED_BY_US.keys() <= {f"{key.where}.{key.name}" for key in SAID}
    assert terms.UNNAMED.keys() <= listed
    assert not terms.UNNAMED.keys() & {key.where for key in SAID if key.about == "enum"}
    assert listed == terms.UNNAMED.keys() | {key.where for key in SAID if key.about == "enum"}
    assert Key("enum", "User.role", "scheduler") in SAID
