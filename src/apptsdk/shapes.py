"""What a decoded JSON value, or an argument, is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Tell whether a decoded value is a JSON object."""
    return value.__class__ is dict


def is_array(value: object) -> TypeGuard[list[object]]:
    """Tell whether a decoded value is a JSON array."""
    return value.__class__ is list


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    """Tell whether an argument maps names to things."""
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    """Tell whether an argument is a list of things; a string is one thing."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def is_iterable(value: object) -> TypeGuard[Iterable[object]]:
    """Tell whether an argument can be gone through."""
    return isinstance(value, Iterable)
