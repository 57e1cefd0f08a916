"""Calls of ours that are operations of a vendor's, and how they can be made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    import inspect
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from contract_base import Contract


@attrs.frozen(eq=False)
class Call:
    """A call of ours that is an operation of the vendor's.

    Args:
        where: The operation, as the table names it.
        verb: The verb, as in `patients.create`.
        ids: The arguments that go into the path.
        flags: The arguments by which one verb has several paths.
        takes: What the facade's method takes.
        returns: What it says that it gives.
    """

    where: str
    verb: str
    ids: tuple[str, ...]
    flags: Mapping[str, bool]
    takes: Mapping[str, inspect.Parameter]
    returns: str

    @property
    def resource(self) -> str:
        return self.verb.rpartition(".")[0]

    @property
    def name(self) -> str:
        return self.verb.rpartition(".")[2]

    @property
    def gives(self) -> str:
        """The class of what it gives, or of the items of what it gives."""
        return re.sub(r"^(?:Async)?Pager\[(.*)\]$", r"\1", self.returns).removesuffix(" | None")

    @property
    def is_list(self) -> bool:
        return "Pager[" in self.returns


@attrs.frozen
class Way:
    """A way to make a call.

    Args:
        given: The arguments that are given a value.
        empty: The arguments that are given None.
        chosen: The values of the vendor's lists to take, by the field.
        special: Arguments that are given these values.
        row: Which of several rows the call is about.
    """

    given: frozenset[str]
    empty: frozenset[str] = frozenset()
    chosen: Mapping[str, str] = attrs.field(factory=dict)
    special: Mapping[str, Any] = attrs.field(factory=dict)
    row: int = 0


def ways(contract: Contract, call: Call, calls: Sequence[Call]) -> Iterator[Way]:
    """Give the ways to make a call: with what it needs, with all it takes, with None, with each value of a list.

    Args:
        contract: Whose call it is.
        call: The call.
        calls: All calls: some arguments of a verb lead to the path of another one.
    """
    elsewhere = {name for other in calls if other.verb == call.verb for name in (*other.ids, *other.flags)}
    free = {
        name: one
        for name, one in call.takes.items()
        if name not in {*contract.unsent, *elsewhere, *contract.lacking(call)}
    }
    kept = contract.kept(call) & free.keys()
    needed = frozenset(name for name, one in free.items() if one.default is one.empty)
    if call.name == "update" and not needed:
        needed = frozenset([next(iter(free))])  # the vendor needs none, and we one: any
    elif call.name != "update":
        needed |= kept
    either = contract.either.get(call.verb, ())
    if either and call.name == "create":
        needed |= either[0]
    yield Way(needed)
    for one in either or [frozenset[str]()]:
        every = frozenset(free) - frozenset[str]().union(*either) | one
        if every != needed:
            yield Way(every)
    if empty := frozenset(name for name, one in free.items() if "Unset | None" in str(one.annotation)) - kept:
        friends = frozenset[str]().union(*(contract.companions.get((call.verb, name), frozenset()) for name in empty))
        yield Way((needed | friends) - empty, empty)
    if "per_page" in free:
        yield Way(needed, special={"per_page": 1})
    if hidden := frozenset(name for name in free if name.startswith("include_")):
        yield Way(needed | hidden)
    yield from _values(contract, call, needed)
    yield from contract.more_ways(call, needed)


def _values(contract: Contract, call: Call, needed: frozenset[str]) -> Iterator[Way]:
    """Give a way for each value of each list."""
    lists, either = contract.table.lists, contract.either.get(call.verb, ())
    for place in [place for place in lists if place.startswith(f"{call.where}.")]:
        argument = contract.argument(call, place.removeprefix(f"{call.where}."))
        if argument is not None:
            others = frozenset[str]().union(*(one for one in either if argument not in one))
            given = needed - others if any(argument in one for one in either) else needed
            given |= {argument} | contract.companions.get((call.verb, argument), frozenset())
            yield from (Way(given, chosen={place: value}) for value in lists[place])


def union_of(contract: Contract, call: Call, given: Iterable[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Give what it is to give a call all at once: everything, with one of what excludes each other."""
    every, either = frozenset[str]().union(*given), contract.either.get(call.verb, ())
    for one in either or [frozenset[str]()]:
        yield every - frozenset[str]().union(*either) | one
