"""What our models and inputs say: the same rows as in the vendor's table, read from the code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs
from contract_rows import Claim, Claims, Key, pinned

from apptsdk.models import ID, Model, Unset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract_base import Contract


def bare(kind: Any) -> Any:
    """Take Unset, None and annotations off a type."""
    if get_origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        parts = [part for part in get_args(kind) if part not in {Unset, type(None)}]
        return str if set(parts) == {str, int} else bare(parts[0])
    return get_origin(kind) if get_origin(kind) is Mapping else kind


def inner(kind: Any) -> Any:
    """Give the class of an object in a field, or of the objects in a list."""
    kind = bare(kind)
    return bare(get_args(kind)[0]) if get_origin(kind) in {tuple, Sequence} else kind


def takes_none(kind: Any) -> bool:
    return type(None) in get_args(kind)


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def placed(contract: Contract, given: type[Any], name: str) -> str:
    """Tell where a field of an input goes: a dotted path in the body; or `?` and a parameter's name."""
    within = getattr(given, "within", "")
    within = contract.wrapped.get(within, within)
    spelt = contract.spelt(given, name)
    path: str = getattr(given, "placed", {}).get(name, f"{within}.{spelt}" if within else spelt)
    return path


def _is_id(kind: Any) -> bool:
    return any(get_origin(part) is Annotated and ID in get_args(part) for part in (kind, *_parts(kind)))


def _parts(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else ()


def _containers(where: str, way: str) -> Iterator[tuple[Key, Claim]]:
    """Give the objects around a field. Whether they are always there, the wire tells."""
    parts = way.split(".") if way else []
    for at, name in enumerate(parts):
        yield Key("body", ".".join([where, *parts[:at]]), name), Claim(frozenset({"object"}), required=None)


@attrs.frozen
class Reader:
    """Reads the code.

    Args:
        contract: What to compare it with.
    """

    contract: Contract
    owners: dict[str, str] = attrs.field(factory=dict)
    """The models that stand at the vendor's places."""
    beyond: set[str] = attrs.field(factory=set)
    """The values of our enums that the vendor lists elsewhere."""

    def said(self) -> Iterator[tuple[Key, Claim]]:
        """Give all that the code says."""
        for place, model in self.contract.objects().items():
            yield from self._fields(place, model)
        for where, given in self.contract.inputs().items():
            yield from self._body(where, given)
        yield from self.contract.more()

    def _types(self, kind: Any) -> frozenset[str]:
        """Tell which of the vendor's types ours can hold."""
        if _is_id(kind):
            return self.contract.ids
        kind = bare(kind)
        if get_origin(kind) in {tuple, Sequence}:
            return frozenset(f"array of {one}" for one in self._types(get_args(kind)[0]))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return frozenset({"integer" if issubclass(kind, int) else "string"})
        return frozenset({"object"}) if attrs.has(kind) else self.contract.formats[kind]

    def _values(self, where: str, owner: type[Any], name: str, kind: Any) -> Iterator[tuple[Key, Claim]]:
        values = inner(kind)
        if not (isinstance(values, type) and issubclass(values, Enum)):
            return
        if f"{owner.__name__}.{name}" not in self.contract.terms.listed_by_us:
            said = self._types(kind)
            members = [str(member.value) for member in values]
            known = [value for value in members if value not in self.contract.terms.beyond]
            self.beyond.update({*members} - {*known})
            yield from ((Key("enum", f"{where}.{name}", value), Claim(said)) for value in known)

    def _fields(self, where: str, model: type[Model]) -> Iterator[tuple[Key, Claim]]:
        hints = get_type_hints(model, include_extras=True)
        self.owners[where] = model.__name__
        for field in attrs.fields(model):
            name, kind = model.sent_as.get(field.name, field.name), hints[field.name]
            if field.name.startswith("_") or not name:  # our own, not the vendor's
                continue
            key, required = Key("field", where, name), field.default is attrs.NOTHING
            read_as = self.contract.terms.read_as.get(key)
            types = self._types(kind) if read_as is None else frozenset({read_as})
            # Whatever is not required reads as None where it was not sent, be it declared as null or not.
            yield key, Claim(types, False if required else None, required)
            place = f"{where}.{name}"
            if key in self.contract.table.by_key:
                yield from self._values(where, model, name, kind)
            if is_model(inner(kind)) and place in self.contract.table.places:
                yield from self._fields(place, inner(kind))

    def _body(self, where: str, given: type[Any]) -> Iterator[tuple[Key, Claim]]:
        terms, hints = self.contract.terms, get_type_hints(given, include_extras=True)
        for field in attrs.fields(given):
            way, _, name = placed(self.contract, given, field.name).rpartition(".")
            if name.startswith("?"):
                continue
            kind, place = hints[field.name], f"{where}.{way}" if way else where
            key, required = Key("body", place, name), field.default is attrs.NOTHING
            null = takes_none(kind) and self.contract.none_is_sent and key not in terms.null_too
            null = null or key in terms.not_null
            types = frozenset({terms.read_as[key]}) if key in terms.read_as else self._types(kind)
            yield key, Claim(types, null, (required and key not in terms.always) or key in terms.left_out)
            yield from self._values(place, given, name, kind)
            yield from _containers(where, way)
            if attrs.has(inner(kind)):
                yield from self._body(f"{place}.{name}", inner(kind))


@attrs.frozen
class Code:
    """What the code says.

    Args:
        said: By what it is about.
        claims: The same, with what is not offered.
        owners: The models that stand at the vendor's places.
        beyond: The values of our enums that the vendor lists elsewhere.
    """

    said: Mapping[Key, Claim]
    claims: Claims
    owners: Mapping[str, str]
    beyond: AbstractSet[str]

    @property
    def listed(self) -> frozenset[str]:
        """The places for whose values we have an enum."""
        return frozenset(key.where for key in self.said if key.about == "enum")


@cache
def code(contract: Contract) -> Code:
    """Read the code."""
    terms, reader = contract.terms, Reader(contract)
    said = dict(reader.said())
    listed = {key.where for key in said if key.about == "enum"}
    bodies = {key.where for key in said if key.about == "body"}
    places = {key.where for key in said if key.about == "field"}

    def covers(key: Key) -> bool:
        match key.about:
            case "field":
                return key.where in places or key in terms.not_offered
            case "body":
                return key.where in bodies or key in terms.not_offered
            case "enum":
                return key.where in listed
            case _:
                return contract.covers(key)

    def whole(key: Key) -> bool:
        if key.about != "field":
            return key not in terms.of_others
        return key.where not in terms.partial and key not in terms.undeclared

    return Code(said, Claims({**pinned(terms.not_offered), **said}, covers, whole), reader.owners, reader.beyond)
