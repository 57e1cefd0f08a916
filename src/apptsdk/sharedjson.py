"""The shared classes as JSON and back: their fields without `native`, with a version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from apptsdk.shapes import is_object

T = TypeVar("T")
_VERSION: Final = 1


def write(value: object) -> str:
    """Write a shared object.

    Args:
        value: The object.

    Returns:
        A JSON object.
    """
    return json.dumps({"version": _VERSION, "type": type(value).__name__, **_converter().unstructure(value)})


def read(kind: type[T], text: str) -> T:
    """Read a shared object.

    Args:
        kind: What it is.
        text: What `write` wrote.

    Returns:
        The object.

    Raises:
        ValueError: It is something else.
    """
    try:
        data: object = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        data = None
    if is_object(data) and data.get("version") == _VERSION and data.get("type") == kind.__name__:
        try:
            made: T = _converter().structure(data, kind)
        except Exception:  # noqa: BLE001, S110 - another library's message may quote a person's data
            pass
        else:
            return _in_zones(made)
    raise ValueError(f"This is not a {kind.__name__} of version {_VERSION}.")


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
            object.__setattr__(value, name, moment.astimezone(zone))
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
    made.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_unstructure_hook(timedelta, timedelta.total_seconds)
    made.register_structure_hook(timedelta, lambda value, _: timedelta(seconds=value))
    made.register_unstructure_hook_func(_is_ref, str)
    made.register_structure_hook_func(_is_ref, lambda value, kind: kind.parse(value))
    made.register_unstructure_hook_func(_is_mapping, dict)
    made.register_structure_hook_func(_is_mapping, lambda value, _: dict(value))
    made.register_unstructure_hook_factory(_has_native, partial(_leaving_native_out, made, make_dict_unstructure_fn))
    made.register_structure_hook_factory(_has_native, partial(_leaving_native_out, made, make_dict_structure_fn))
    return made


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise TypeError("It is no text.")
    return value


def _is_ref(kind: object) -> bool:
    return hasattr(kind, "parse")


def _is_mapping(kind: object) -> bool:
    origin: object = getattr(kind, "__origin__", None) or kind
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _has_native(kind: object) -> bool:
    origin: object = getattr(kind, "__origin__", None) or kind  # Appointment[object] too
    return isinstance(origin, type) and attrs.has(origin) and "native" in attrs.fields_dict(origin)


def _leaving_native_out(converter: Converter, make: Any, kind: Any) -> Any:  # what cattrs makes of a class
    origin = getattr(kind, "__origin__", None) or kind
    attrs.resolve_types(origin)
    return make(origin, converter, native=override(omit=True))
