"""What went over the wire: the same rows as in the vendor's table, read from requests and answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import attrs
from contract_code import LISTED
from contract_rows import Claim, Claims, Key, pinned
from contract_terms import (
    DEPRECATED,
    INLINE,
    NEEDED,
    NEVER_NULL,
    NOT_NULL,
    NOT_OFFERED,
    NULL_TOO,
    OURS,
    UNNAMED,
    UNSEEN,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from contract_drive import Exchange, Take

# https://docs.api.cliniko.com/guides/filtering-results
OPERATORS = {
    "array": {"~"},
    "boolean": {"=", "!="},
    "date": {"=", ">=", ">", "<=", "<", "?", "!?"},
    "date-time": {">=", ">", "<=", "<", "?", "!?", "*"},
    "int64": {"=", "!=", ">=", ">", "<=", "<", "?", "!?"},
    "integer": {"=", "!=", ">=", ">", "<=", "<", "?", "!?"},
    "string": {"=", "!=", "~", "~~", "?", "!?"},
}
_CONDITION = re.compile(r"(\w+):(!\?|!=|>=|<=|~~|~|=|>|<|\?|\*)(.*)")
# What a text can be, beside a text. Ids are long here, so that none is taken for a phone number or a post code.
LOOKS = {
    "date": r"\d{4}-\d\d-\d\d",
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "decimal": r"\d+\.\d+",
    "id": r"\d{15,19}",
    "ipv4": r"\d+\.\d+\.\d+\.\d+",
    "phone": r"[0-9()][0-9 ()]{6,13}",
    "time": r"\d\d:\d\d",
    "uri": r"https?://\S+",
}
_CUSTOM = {"custom_fields", "patient_custom_fields_definition"}  # accounts define what is in them


@attrs.define
class Sightings:
    """What was seen of every field."""

    values: dict[Key, list[Any]] = attrs.field(factory=lambda: defaultdict(list))
    objects: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    """How many there were of each kind of object."""

    def look(self, about: str, where: str, thing: dict[str, Any]) -> None:
        """Look at an object, and at those in it."""
        self.objects[about, where] += 1
        for name, value in thing.items():
            if (where, name) in DEPRECATED:
                continue
            self.values[Key(about, where, name)].append(value)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and name not in _CUSTOM and not _is_link(one):
                    self.look(about, f"{where}.{name}", one)

    def rare(self) -> set[Key]:
        """Name what is missing in some of its objects."""
        return {
            key
            for key, values in self.values.items()
            if key.about == "field" and len(values) < self.objects[key.about, key.where]
        }


def sightings(takes: Iterable[Take]) -> Sightings:
    """Look at all bodies and answers."""
    found = Sightings()
    for take in takes:
        for exchange in take.exchanges:
            if isinstance(exchange.body, dict):
                found.look("body", where(take, exchange), exchange.body)
        if take.call.where not in INLINE:
            for kind, thing in zip(take.gave, _answers(take), strict=True):
                found.look("field", vendors(kind), thing)
    return found


def vendors(name: str) -> str:
    """Give the vendor's name of one of our classes."""
    return {ours: theirs for theirs, ours in OURS.items()}.get(name, name)


def where(take: Take, exchange: Exchange) -> str:
    """Name the operation that a request asked for: what was an argument is one."""
    names = {text: f"{{{name}}}" for name, text in take.ids.items()}
    return f"{exchange.method} " + "/".join(names.get(part, part) for part in exchange.path.split("/"))


def _answers(take: Take) -> Iterator[dict[str, Any]]:
    """Give the objects in the answers, in order."""
    if take.call.name == "list":
        for exchange in take.exchanges:
            yield from exchange.answer[_key(exchange.answer)]
    elif take.gave:
        yield from (exchange.answer for exchange in take.exchanges)


def _key(answer: dict[str, Any]) -> str:
    (key,) = (name for name, value in answer.items() if isinstance(value, list))
    return key


def _is_link(value: dict[str, Any]) -> bool:
    inside = value.get("links", value)
    return value.keys() <= {"links", "self"} and isinstance(inside, dict) and set(inside) == {"self"}


def types_of(value: Any) -> frozenset[str]:
    """Tell what a JSON value can be, in the vendor's words."""
    match value:
        case bool():
            return frozenset({"boolean"})
        case int():
            return frozenset({"integer"})
        case str():
            return frozenset({"string", *(name for name, look in LOOKS.items() if re.fullmatch(look, value))})
        case list():
            return frozenset(f"array of {name}" for name in types_of_all(value))
        case dict():
            return frozenset({"link" if _is_link(value) else "object"})
        case _:
            return frozenset()


def types_of_all(values: Sequence[Any]) -> frozenset[str]:
    """Tell what all of these can be; a text only where they can be nothing more exact."""
    kinds = [types_of(value) for value in values if value is not None and value != []]
    common = frozenset.intersection(*kinds) if kinds else frozenset()
    return common - {"string", "array of string"} or common


def _fields(sighted: Sightings) -> Iterator[tuple[Key, Claim]]:
    for key, values in sighted.values.items():
        types, null = types_of_all(values), None in values
        if key.about == "body":
            yield key, Claim(types, (null and key not in NULL_TOO) or key in NOT_NULL or key in NEEDED)
        elif types:
            yield key, Claim(types, null or key in NEVER_NULL, None)  # why we require it, the code says
        place = f"{key.where}.{key.name}"
        if place in UNNAMED or (key.about == "body" and place in LISTED):
            for value in values:
                if value not in {None, ""}:
                    yield Key("enum", place, str(value)), Claim(types_of(value) & {"integer", "string"})


def _calls(takes: Iterable[Take]) -> Iterator[tuple[Key, Claim]]:
    queries: dict[Key, set[str]] = defaultdict(set)
    for take in takes:
        for exchange in take.exchanges:
            place = where(take, exchange)
            yield Key("verb", place, str(exchange.status)), Claim(frozenset({_shape(take, exchange)}))
            for name, text in take.ids.items():
                yield Key("path", place, name), Claim(types_of(text) - {"string"})
            for name, text in exchange.query:
                queries[Key("query", place, name)].add(text)
        for kind in set(take.gave) - {take.call.gives}:
            yield Key("union", vendors(take.call.gives), vendors(kind)), Claim(frozenset({"object"}))
    for key, texts in queries.items():
        yield key, Claim(_parameter(texts))
        if key.name == "q[]":
            yield from _filters(key.where, texts)


def _shape(take: Take, exchange: Exchange) -> str:
    """Name what an answer holds."""
    if exchange.answer is None:
        return "nothing"
    if take.call.name == "list":
        return f"{_key(exchange.answer)}: array of {vendors(take.call.gives)}"
    if take.call.where in INLINE:
        return "; ".join(sorted({*exchange.answer, *INLINE[take.call.where]}))
    return vendors(take.call.gives)


def _parameter(texts: set[str]) -> frozenset[str]:
    for name, look in (("integer", r"\d+"), ("date", LOOKS["date"])):
        if all(re.fullmatch(look, text) for text in texts):
            return frozenset({name})
    return frozenset({"array of string"})


def _filters(place: str, texts: set[str]) -> Iterator[tuple[Key, Claim]]:
    operators: dict[str, set[str]] = defaultdict(set)
    long: set[str] = set()
    for text in texts:
        found = _CONDITION.fullmatch(text)
        assert found is not None, text
        name, operator, value = found.groups()
        operators[name].add(operator)
        if re.fullmatch(LOOKS["id"], value):
            long.add(name)
    for name, used in operators.items():
        # A get takes the conditions alone that show what is hidden.
        types = {kind for kind, known in OPERATORS.items() if used in (known, known & {"*"})}
        yield Key("filter", place, name), Claim(frozenset(types - {"integer" if name in long else "int64"}))


def _covers(key: Key) -> bool:
    """Tell whether a row can be seen. Of what an answer may hold, only some is: the code lists the rest."""
    return key.about != "enum" or key.where in UNNAMED or " " in key.where


def seen(takes: Sequence[Take]) -> dict[Key, Claim]:
    """Say what was seen. What was seen as this and as that, is neither."""
    said: dict[Key, Claim] = {}
    for key, claim in (*_fields(sightings(takes)), *_calls(takes)):
        before = said.setdefault(key, claim)
        if before != claim:
            said[key] = attrs.evolve(claim, types=before.types & claim.types)
    return said


def wire(takes: Sequence[Take]) -> Claims:
    """Say what the wire says, with what it cannot say."""
    return Claims({**pinned({**UNSEEN, **NOT_OFFERED}), **seen(takes)}, _covers)
