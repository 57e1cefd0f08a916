"""What our models, inputs and filters say: the same rows as in the vendor's table, read from the code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs
from contract_rows import Claim, Claims, Key, pinned
from contract_terms import LISTED_BY_US, NOT_NULL, NOT_OFFERED, NULL_TOO, OURS

from apptsdk.models import ID, Link, Model, Unset
from apptsdk.providers.cliniko import filters, models, operations
from apptsdk.providers.cliniko.resource import Nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the vendor's types are in ours. Texts hold several; which one it is, the wire tells.
TYPES: dict[type, frozenset[str]] = {
    str: frozenset({"string", "id", "uri", "ipv4", "phone"}),
    int: frozenset({"integer"}),
    bool: frozenset({"boolean"}),
    datetime: frozenset({"date-time"}),
    date: frozenset({"date"}),
    time: frozenset({"time"}),
    Decimal: frozenset({"decimal"}),
    Link: frozenset({"link"}),
    Mapping: frozenset({"object"}),
}
FORMATS: dict[type[filters.Field], str] = {
    filters.DateField: "date",
    filters.DateTimeField: "date-time",
    filters.FlagField: "boolean",
    filters.IdField: "int64",
    filters.IdsField: "array",
    filters.NumberField: "integer",
    filters.TextField: "string",
}


def modules() -> dict[str, Any]:
    """Give the modules of operations, by the resource's name."""
    return {
        info.name: import_module(f"{operations.__name__}.{info.name}") for info in iter_modules(operations.__path__)
    }


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


def _types(kind: Any) -> frozenset[str]:
    """Tell which of the vendor's types ours can hold."""
    if _is_id(kind):
        return frozenset({"id"})
    kind = bare(kind)
    if get_origin(kind) in {tuple, Sequence}:
        return frozenset(f"array of {one}" for one in _types(get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return frozenset({"integer" if issubclass(kind, int) else "string"})
    return frozenset({"object"}) if attrs.has(kind) else TYPES[kind]


def _is_id(kind: Any) -> bool:
    return any(get_origin(part) is Annotated and ID in get_args(part) for part in (kind, *_parts(kind)))


def _parts(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else ()


def _values(where: str, kind: Any) -> Iterator[tuple[Key, Claim]]:
    kind = inner(kind)
    if isinstance(kind, type) and issubclass(kind, Enum) and where not in LISTED_BY_US:
        said = frozenset({"integer" if issubclass(kind, int) else "string"})
        yield from ((Key("enum", where, str(member.value)), Claim(said)) for member in kind)


def _fields(where: str, model: type[Model]) -> Iterator[tuple[Key, Claim]]:
    hints = get_type_hints(model, include_extras=True)
    for field in attrs.fields(model):
        if field.name.startswith("_"):
            continue
        name, kind = model.sent_as.get(field.name, field.name), hints[field.name]
        required = field.default is attrs.NOTHING
        # Whatever is not required reads as None where it was not sent, be it declared as null or not.
        yield Key("field", where, name), Claim(_types(kind), False if required else None, required)
        yield from _values(f"{where}.{name}", kind)
        if is_model(inner(kind)):
            yield from _fields(f"{where}.{name}", inner(kind))


def _body(where: str, given: type[Any]) -> Iterator[tuple[Key, Claim]]:
    for name, kind in get_type_hints(given, include_extras=True).items():
        key = Key("body", where, name)
        yield key, Claim(_types(kind), (takes_none(kind) and key not in NULL_TOO) or key in NOT_NULL)
        yield from _values(f"{where}.{name}", kind)
        if attrs.has(inner(kind)):
            yield from _body(f"{where}.{name}", inner(kind))


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def objects() -> dict[str, type[Model]]:
    """Give our models that are no part of another one, by the vendor's name."""
    known = [kind for name in models.__all__ if is_model(kind := getattr(models, name))]
    parts = {inner(kind) for model in known for kind in get_type_hints(model).values()}
    vendors = {ours: name for name, ours in OURS.items()}
    return {vendors.get(kind.__name__, kind.__name__): kind for kind in known if kind not in parts}


def _said() -> Iterator[tuple[Key, Claim]]:
    for name, model in objects().items():
        yield from _fields(name, model)
    for kind in get_args(models.Booking):
        yield Key("union", "Booking", kind.__name__), Claim(frozenset({"object"}))
    for name, module in modules().items():
        resource = getattr(module, "resource", None)
        if resource is not None and resource.create_input is not Nothing:
            yield from _body(f"POST /{name}", resource.create_input)
        if resource is not None and resource.update_input is not Nothing:
            yield from _body(f"PATCH /{name}/{{id}}", resource.update_input)
        for field in filters.fields_of(getattr(resource or module, "filters", filters.NoFilters())).values():
            yield Key("filter", f"GET /{name}", field.name), Claim(frozenset({FORMATS[type(field)]}))


SAID = dict(_said())
LISTED = {key.where for key in SAID if key.about == "enum"}
"""The places for whose values we have an enum."""
_FILTERED = {f"GET /{name}" for name in modules()}


def _covers(key: Key) -> bool:
    match key.about:
        case "field" | "union":
            return True
        case "body":
            return not key.where.endswith("/cancel")  # it is made of arguments: the wire tells
        case "filter":
            return key.where in _FILTERED
        case "enum":
            return key.where in LISTED
        case _:
            return False


CODE = Claims({**pinned(NOT_OFFERED), **SAID}, _covers)
"""What the code says."""
