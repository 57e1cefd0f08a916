"""Whatever is changed in a cassette, be it a header, a key or a path, is noticed."""

from __future__ import annotations

from functools import cache

import pytest
from changes import asked, changes, common
from harness import World
from shelf import CASSETTES
from tape import opened

SYNC = World("sync")


@cache
def places() -> dict[str, set[tuple[int, str]]]:
    """Divide the changes among the cassettes: what some have in common is changed once, where it is soonest told."""
    soonest = {}
    for name, cassette in CASSETTES.items():
        with opened(cassette.system, cassette.text) as tape:
            for index, exchange in enumerate(tape.cassette.data):
                for what, _ in changes(exchange):
                    key = common(cassette.system, exchange, what)
                    soonest[key] = min(soonest.get(key, (index, name, what)), (index, name, what))
    found = {name: set() for name in CASSETTES}
    for index, name, what in soonest.values():
        found[name].add((index, what))
    return found


@pytest.mark.parametrize("name", CASSETTES)
def test_every_change_is_noticed(name):
    cassette, missed = CASSETTES[name], []
    told = cassette.told
    with opened(cassette.system, cassette.text) as tape:
        kept = list(tape.cassette.data)
        for index, exchange in enumerate(kept):
            for what, change in changes(exchange):
                if (index, what) not in places()[name]:
                    continue
                tape.cassette.data[index] = change()
                try:
                    tape.play(cassette.story, SYNC, told)
                except AssertionError:
                    pass
                else:
                    missed.append(f"{asked(exchange)}: {what}")
            tape.cassette.data[index] = exchange
        tape.play(cassette.story, SYNC, told)
    assert missed == []
