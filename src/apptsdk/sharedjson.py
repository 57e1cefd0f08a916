"""The shared classes and refs as JSON and back: their fields without `native`, with a version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args, get_origin
from zoneinfo import ZoneInfo

import attrs
from cattrs import Converter
from cattrs.errors import ClassValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from apptsdk.moments import aware
from apptsdk.shapes import is_array, is_object
from apptsdk.showing import in_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
_VERSION: Final = 1
_REF: Final = "ref"
"""What a ref is called where it is written alone. Within an object, it is text likewise."""


class _FieldError(ValueError):
    """What a field must be, in words of our own: it has nothing of the text's in it."""


def write(value: object) -> str:
    """Write a shared object, or a ref.

    Args:
        value: The object.

    Returns:
        A JSON object.
    """
    plain = _converter().unstructure(value)
    body = {_REF: plain} if _is_ref(type(value)) else plain
    return json.dumps({"version": _VERSION, "type": type(value).__name__, **body})


def read(kind: type[T], text: str) -> T:
    """Read a shared object, or a ref.

    Args:
        kind: What it is.
        text: What `write` wrote.

    Returns:
        The object.

    Raises:
        TypeError: It is no text.
        ValueError: It is something else; the message names the fields that are wrong, and quotes nothing.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}.")
    why = ""
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if is_object(data) and data.get("version") == _VERSION and data.get("type") == kind.__name__:
        try:
            made: T = _converter().structure(data.get(_REF) if _is_ref(kind) else data, kind)
            return _in_zones(made)
        except Exception as error:  # noqa: BLE001 - another library's message may quote a person's data
            why = "; ".join(_wrong(error, _REF if _is_ref(kind) else ""))
    raise ValueError(f"This is not a {kind.__name__} of version {_VERSION}{why and ': '}{why}.")


def _wrong(error: Exception, path: str) -> Iterator[str]:
    """Say which fields are wrong, and what they must be, without a word of the text's."""
    if not isinstance(error, ClassValidationError):
        told = str(error) if isinstance(error, _FieldError) else "is malformed"
        if path:
            yield f"{path} {'is missing' if isinstance(error, KeyError) else told}"
        return
    within, others = error.group_exceptions()
    for one, note in within:
        yield from _wrong(one, f"{path}.{note.name}".lstrip("."))
    for one in others:  # what the class itself refuses: its message begins with the field's name
        name, _, _ = str(one).partition(" ")
        known = name in {field.name for field in attrs.fields(get_origin(error.cl) or error.cl)}
        yield from _wrong(one, f"{path}.{name}".lstrip(".") if known else path)


def _in_zones(value: T) -> T:
    """Put an appointment's or a slot's times back into their zone: JSON holds their offset only."""
    inner: object = getattr(value, "appointment", None)
    if inner is not None:
        object.__setattr__(value, "appointment", _in_zones(inner))
    named: object = getattr(value, "time_zone", None) or getattr(getattr(value, "location", None), "time_zone", None)
    zone = _zone(named)
    for name in ("start", "end"):
        moment: object = getattr(value, name, None)
        if zone is not None and isinstance(moment, datetime):
            object.__setattr__(value, name, in_zone(moment, zone))
    return value


def _zone(name: object) -> ZoneInfo | None:
    """Find a zone; None for one that this machine does not know: then the times keep their offset."""
    try:
        return ZoneInfo(name) if isinstance(name, str) else None
    except (LookupError, ValueError, OSError):
        return None


@cache
def _converter() -> Converter:
    made = Converter(forbid_extra_keys=False)
    made.register_unstructure_hook(datetime, datetime.isoformat)
    made.register_structure_hook(str, _text)
    made.register_structure_hook(bool, _flag)
    made.register_structure_hook(datetime, _moment)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_unstructure_hook(timedelta, timedelta.total_seconds)
    made.register_structure_hook(timedelta, _length)
    made.register_unstructure_hook_factory(_has_native, partial(_leaving_native_out, made, make_dict_unstructure_fn))
    made.register_structure_hook_factory(_is_class, partial(_reading, made))
    made.register_structure_hook_func(_is_tuple, partial(_several, made))
    made.register_unstructure_hook_func(_is_ref, str)
    made.register_structure_hook_func(_is_ref, _ref)
    made.register_unstructure_hook_func(_is_mapping, dict)
    made.register_structure_hook_func(_is_mapping, _scalars)
    return made


# What JSON may hold where the fields say this or that. cattrs itself looks for a class's members in a text or a list as
# well, takes a text for a tuple of its letters, and anything for a bool.


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise _FieldError("must be text")
    return value


def _flag(value: object, _: object) -> bool:
    if not isinstance(value, bool):
        raise _FieldError("must be true or false")
    return value


def _moment(value: object, _: object) -> datetime:
    try:
        return aware(datetime.fromisoformat(_text(value, str)), "time")
    except ValueError:
        raise _FieldError("must be a time with its offset from UTC") from None


def _ref(value: object, kind: Any) -> object:  # Any: what is_ref found
    try:
        return kind.parse(_text(value, str))
    except ValueError:
        raise _FieldError(f"must be a ref of the form {kind.form}") from None


def _length(value: object, _: object) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _FieldError("must be a number of seconds")
    return timedelta(seconds=value)


def _scalars(value: object, _: object) -> dict[str, object]:
    if not is_object(value) or not all(isinstance(one, str | int | float | None) for one in value.values()):
        raise _FieldError("must be an object of texts, numbers, true, false and null")
    return value


def _several(converter: Converter, value: object, kind: Any) -> tuple[object, ...]:  # Any: an annotation is no type
    if not is_array(value):
        raise _FieldError("must be a list")
    return tuple(converter.structure(one, get_args(kind)[0]) for one in value)


def _reading(converter: Converter, kind: Any) -> Any:  # what cattrs makes of a class
    make = _leaving_native_out if _has_native(kind) else _whole
    read_members = make(converter, make_dict_structure_fn, kind)

    def read_object(value: object, kind: object) -> object:
        if not is_object(value):
            raise _FieldError("must be an object")
        return read_members(value, kind)

    return read_object


def _is_ref(kind: object) -> bool:
    return hasattr(kind, "parse")


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _is_mapping(kind: object) -> bool:
    origin: object = get_origin(kind) or kind
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_class(kind: object) -> bool:
    origin: object = get_origin(kind) or kind  # Appointment[object] too
    return isinstance(origin, type) and attrs.has(origin)


def _has_native(kind: object) -> bool:
    origin: object = get_origin(kind) or kind
    return isinstance(origin, type) and attrs.has(origin) and "native" in attrs.fields_dict(origin)


def _leaving_native_out(converter: Converter, make: Any, kind: Any) -> Any:
    origin = get_origin(kind) or kind
    attrs.resolve_types(origin)
    return make(origin, converter, native=override(omit=True))


def _whole(converter: Converter, make: Any, kind: Any) -> Any:
    attrs.resolve_types(kind)
    return make(kind, converter)
