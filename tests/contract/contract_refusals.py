"""What the client raises, and what errors hold: the same rows as in the vendor's table, read from what is refused."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
from contract_rows import Claim, Claims, Key
from contract_wire import Sightings, Watcher
from harness import World
from props import NOW

from apptsdk.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract_base import Contract


@attrs.frozen
class Refused:
    """What became of a call that was refused.

    Args:
        where: The status, as the table names it.
        code: The vendor's code, or a star.
        error: The name of the class that was raised.
        kind: The vendor's name of what the answer held; empty where somebody else made it up.
        answer: What it held.
    """

    where: str
    code: str
    error: str
    kind: str = ""
    answer: Any = None


@cache
def refused(contract: Contract, world: str) -> Sequence[Refused]:
    """Have everything refused, through one of the facades."""
    with Sandbox(now=NOW, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        contract.prepare(sandbox)
        return tuple(contract.refusals(World(world), sandbox))


def held(contract: Contract, found: Sequence[Refused]) -> Sightings:
    """Look at what errors held."""
    sighted = Sightings(contract)
    for one in found:
        if one.kind and one.answer is not None:
            sighted.look("field", one.kind, one.answer)
    return sighted


def refusing(contract: Contract, found: Sequence[Refused]) -> Claims:
    """Say what was refused."""
    said: dict[Key, Claim] = {}
    for one in found:
        key, claim = Key("error", one.where, one.code), Claim(frozenset({one.error}))
        before = said.setdefault(key, claim)
        said[key] = attrs.evolve(claim, types=before.types & claim.types)
    said |= dict(Watcher(contract).fields(held(contract, found)))
    return Claims(said, lambda key: key.about == "error" or key.where in contract.refusing)
