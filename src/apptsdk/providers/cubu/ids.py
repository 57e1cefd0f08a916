"""Cubu's ids: GUIDs."""

from __future__ import annotations

import re
from typing import Final

_GUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_guid(value: object) -> bool:
    """Tell whether a value is a GUID as text."""
    return isinstance(value, str) and _GUID.fullmatch(value.lower()) is not None


def guid(value: object, argument: str) -> str:
    """Check a GUID.

    Args:
        value: What the caller gave.
        argument: The argument's name, for the message.

    Returns:
        The GUID in small letters.

    Raises:
        TypeError: It is no str.
        ValueError: It is no GUID.
    """
    if not isinstance(value, str):
        named = next((name for name in (argument, "id") if hasattr(value, name)), None)
        if argument == "record_id":
            named = argument if hasattr(value, argument) else None  # a case's id is none
        hint = " Pass its str()." if type(value).__name__ == "UUID" else f" Pass its .{named}." if named else ""
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.{hint}")
    if not is_guid(value):
        raise ValueError(f"{argument} is not a GUID such as 5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10.")
    return value.lower()
