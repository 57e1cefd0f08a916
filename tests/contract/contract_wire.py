"""What went over the wire: the same rows as in the vendor's table, read from requests and answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import attrs
from contract_code import code
from contract_rows import Claim, Claims, Key, pinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from contract_base import Contract
    from contract_drive import Take

_NUMBERS = {bool: "boolean", int: "integer", float: "number"}


@attrs.define
class Sightings:
    """What was seen of every field.

    Args:
        contract: Whose fields they are.
    """

    contract: Contract
    values: dict[Key, list[Any]] = attrs.field(factory=lambda: defaultdict(list))
    objects: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    """How many there were of each kind of object."""
    others: set[Key] = attrs.field(factory=set)
    """What the vendor's document does not have."""

    def look(self, about: str, where: str, thing: Mapping[str, Any]) -> None:
        """Look at an object, and at those in it."""
        self.objects[about, where] += 1
        for name, value in thing.items():
            key = Key(about, where, name)
            if (where, name) in self.contract.terms.deprecated or key in self.contract.terms.undeclared:
                self.others.add(key)
                continue
            self.values[key].append(value)
            if self.contract.is_closed(key):
                continue
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and not self.contract.is_link(one):
                    self.look(about, f"{where}.{name}", one)

    def rare(self) -> set[Key]:
        """Name what is missing in some of its objects."""
        return {key for key in self.values if key.about == "field" and not self.always(key)}

    def always(self, key: Key) -> bool:
        """Tell whether something is in all of its objects."""
        return len(self.values[key]) == self.objects[key.about, key.where]


def sightings(contract: Contract, takes: Iterable[Take]) -> Sightings:
    """Look at all bodies and answers."""
    found = Sightings(contract)
    for take in takes:
        for exchange in take.exchanges:
            if isinstance(exchange.body, dict):
                found.look("body", contract.where(take, exchange), exchange.body)
        for kind, thing in contract.answered(take):
            found.look("field", kind, thing)
    return found


@attrs.frozen
class Watcher:
    """Says what was seen.

    Args:
        contract: What to compare it with.
    """

    contract: Contract

    def types_of(self, value: Any) -> frozenset[str]:
        """Tell what a JSON value can be, in the vendor's words."""
        match value:
            case bool() | int() | float():
                return frozenset({_NUMBERS[type(value)]})
            case str():
                looks = self.contract.looks.items()
                return frozenset({"string", *(name for name, look in looks if re.fullmatch(look, value))})
            case list():
                return frozenset(f"array of {name}" for name in self.types_of_all(value))
            case dict():
                return frozenset({"link" if self.contract.is_link(value) else "object"})
            case _:
                return frozenset()

    def types_of_all(self, values: Sequence[Any], *, exact: bool = True) -> frozenset[str]:
        """Tell what all of these can be; a text only where they can be nothing more exact."""
        kinds = [self.types_of(value) for value in values if value is not None and value != []]
        common = frozenset.intersection(*kinds) if kinds else frozenset()
        return (common - {"string", "array of string"} or common) if exact else common

    def fields(self, sighted: Sightings) -> Iterator[tuple[Key, Claim]]:
        """Say what was seen in bodies and answers."""
        terms, ours = self.contract.terms, code(self.contract)
        for key, values in sighted.values.items():
            if key.about == "body":
                null = (None in values and key not in terms.null_too) or key in terms.not_null or key in terms.needed
                # Of inputs the code says what must be given.
                told = key in ours.said and ours.said[key].required is not None
                required = None if told else sighted.always(key) and key not in terms.always
                yield key, Claim(self._types(key, values), null, required)
            elif types := self._types(key, values):
                null = (None in values and key not in terms.null_seen) or key in terms.never_null
                # Why we require it, the code says, if it reads it at all.
                yield key, Claim(types, null, None if key.where in ours.owners else key in terms.modelless)
            place = f"{key.where}.{key.name}"
            if place in terms.unnamed or (key.about == "body" and place in ours.listed):
                for one in values:
                    for value in one if isinstance(one, list) else [one]:
                        if value not in {None, ""}:
                            yield Key("enum", place, str(value)), Claim(self._listed(one))

    def _types(self, key: Key, values: Sequence[Any]) -> frozenset[str]:
        """Tell what was seen of a field: anything, where the vendor says no more and something was there."""
        exact = key.about == "body" or self.contract.exact
        types = self.types_of_all(values, exact=exact)
        return frozenset({"any"}) if key in self.contract.terms.vague and values.count(None) < len(values) else types

    def _listed(self, value: Any) -> frozenset[str]:
        return self.types_of(value) & {"integer", "string", "array of string"}

    def calls(self, takes: Iterable[Take]) -> Iterator[tuple[Key, Claim]]:
        """Say what was asked."""
        queries: dict[Key, list[str]] = defaultdict(list)
        headers: dict[Key, list[str]] = defaultdict(list)
        asked: Counter[str] = Counter()
        within: Counter[Key] = Counter()
        for take in takes:
            for exchange in take.exchanges:
                place = self.contract.where(take, exchange)
                asked[place] += 1
                shape = self.contract.shape(take, exchange)
                yield Key("verb", place, str(exchange.status)), Claim(frozenset({shape}))
                for name, text in self.contract.path(take, exchange):
                    yield Key("path", place, name), Claim(self.types_of(text) - {"string"})
                for name, text in self.contract.signed(exchange):
                    headers[Key("header", place, name)].append(text)
                for name, text in exchange.query:
                    queries[Key("query", place, name)].append(text)
                for name in {name for name, _ in exchange.query}:
                    within[Key("query", place, name)] += 1
            yield from self.contract.unions(take)
        for key, texts in headers.items():
            yield key, Claim(self.types_of_all(texts), required=len(texts) == asked[key.where])
        for key, texts in queries.items():
            required = within[key] == asked[key.where] and key not in self.contract.terms.always
            required = required or key in self.contract.terms.left_out
            types = self.contract.parameter(key.name, {*texts})
            yield key, Claim(types, required=required)
            yield from self.contract.asked(key.where, key.name, {*texts})
            place = f"{key.where}.{key.name}"
            if place in self.contract.table.lists:
                yield from ((Key("enum", place, text), Claim(types)) for text in {*texts})


def seen(contract: Contract, takes: Sequence[Take]) -> dict[Key, Claim]:
    """Say what was seen. What was seen as this and as that, is neither."""
    said: dict[Key, Claim] = {}
    watcher = Watcher(contract)
    for key, claim in (*watcher.fields(sightings(contract, takes)), *watcher.calls(takes)):
        before = said.setdefault(key, claim)
        if before != claim:
            said[key] = attrs.evolve(claim, types=before.types & claim.types)
    return said


def wire(contract: Contract, takes: Sequence[Take]) -> Claims:
    """Say what the wire says, with what it cannot say."""

    def covers(key: Key) -> bool:
        """Tell whether a row can be seen. Of what an answer may hold, only some is: the code lists the rest."""
        if key.about == "error" or key.where in contract.refusing:
            return False  # of these the refusals tell
        return key.about != "enum" or key.where in contract.terms.unnamed or " " in key.where

    unseen, owners = contract.terms.unseen, code(contract).owners
    fields = {key: said for key, said in unseen.items() if key.about == "field" and key.where in owners}
    others = {key: said for key, said in unseen.items() if key not in fields}
    # Why we require a field that nobody has seen, the code says, if it reads it at all.
    pins = pinned(fields, required=None) | pinned({**others, **contract.terms.not_offered})
    return Claims({**pins, **seen(contract, takes)}, covers)
