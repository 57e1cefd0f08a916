"""How blank text reads where no text is expected: as None."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import Converter

_KINDS: Final = (bool, int, float, Decimal, date, datetime, time)


def blank_reads_as_none(converter: Converter) -> None:
    """Teach a converter that the vendor writes "" where an optional number, date or flag is not known.

    Args:
        converter: The converter, before its first use.
    """
    hooks: dict[Any, Callable[[Any, Any], object]] = {  # Any: an annotation is no type
        kind | None: _or_none(converter.get_structure_hook(kind | None)) for kind in _KINDS
    }

    def hook_of(kind: Any) -> Callable[[Any, Any], object]:
        return hooks[kind]

    converter.register_structure_hook_factory(lambda kind: kind in hooks, hook_of)


def _or_none(inner: Callable[[Any, Any], object]) -> Callable[[Any, Any], object]:
    def structure(value: Any, kind: Any) -> object:
        return None if value == "" else inner(value, kind)

    return structure
