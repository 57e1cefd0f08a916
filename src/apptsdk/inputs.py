"""Arguments that are the same for several providers: a phone number, an email address, a line of text, plain values."""

from __future__ import annotations

import math
import re
from typing import Final

from apptsdk.wire import checked_text

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_LONGEST: Final = 254


def text(value: object, argument: str) -> str:
    """Check a text of any length and any number of lines.

    Args:
        value: What the caller gave.
        argument: The argument's name, for the message.

    Returns:
        The text.

    Raises:
        TypeError: It is no str.
        ValueError: It is blank, or no Unicode.
    """
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.")
    if not checked_text(value, argument).strip():
        raise ValueError(f"{argument} is blank.")
    return value


def line(value: object, argument: str) -> str:
    """Check a line of text.

    Args:
        value: What the caller gave.
        argument: The argument's name, for the message.

    Returns:
        The text.

    Raises:
        TypeError: It is no str.
        ValueError: It is blank, longer than 254 characters, or holds a control character.
    """
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.")
    found = checked_text(value, argument)
    if not found.strip() or not found.isprintable() or len(found) > _LONGEST:
        raise ValueError(f"{argument} is blank, too long, or holds a control character.")
    return found


def email(value: object, argument: str) -> str:
    """Check an email address, no further than that it looks like one.

    Args:
        value: What the caller gave.
        argument: The argument's name, for the message.

    Returns:
        The address.

    Raises:
        TypeError: It is no str.
        ValueError: It is no address.
    """
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.")
    if not _EMAIL.fullmatch(value):
        raise ValueError(f"{argument} is no email address.")
    return line(value, argument)


def is_e164(value: str) -> bool:
    """Tell whether a text is a phone number in E.164: a plus, the country code, digits only.

    Args:
        value: The text.

    Returns:
        Whether it is.
    """
    return _E164.fullmatch(value) is not None


def scalar(value: object, argument: str) -> str | int | float | bool | None:
    """Check a value of a field whose type the caller knows.

    Args:
        value: What the caller gave.
        argument: The argument's name, for the message.

    Returns:
        The value as JSON's library takes it: no subclass, such as another library's float.

    Raises:
        TypeError: It is neither a str, a number, a bool nor None.
        ValueError: It is a number that JSON cannot hold, or no Unicode.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return checked_text(value, argument)
    if not isinstance(value, int | float):
        hint = " Write a date as text." if hasattr(value, "isoformat") else ""
        raise TypeError(f"{argument} must be a str, a number, a bool or None.{hint}")
    # For NaN the library would write null.
    if not (math.isfinite(value) if isinstance(value, float) else -(2**63) <= value < 2**64):
        raise ValueError(f"{argument} must be a finite number of at most 64 bits.")
    return int(value) if isinstance(value, int) else float(value)
