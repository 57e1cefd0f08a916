"""What a body may say: a check for every field that can be written."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any, cast

from attrs import frozen

from apptsdk.sandbox.nexhealth import refusals
from apptsdk.sandbox.nexhealth.times import read_date, read_moment

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00")
_INT64_MAX = (1 << 63) - 1


class WrongError(ValueError):
    """A value that is refused; the text says why."""


Check = Callable[[Any], Any]


@frozen
class Field:
    """A field of a body."""

    check: Check
    needed: bool = False


def text(longest: int | None = None) -> Check:
    """Make a check for text; numbers become text.

    Args:
        longest: the most characters.
    """

    def check(value: Any) -> str | None:
        if value is None:
            return None
        if isinstance(value, dict | list | bool):
            raise WrongError("is invalid")
        if longest is not None and len(str(value)) > longest:
            raise WrongError(f"is too long (maximum is {longest} characters)")
        return str(value)

    return check


def whole(value: Any) -> int | None:
    """Check a whole number; digits are read as one.

    Args:
        value: as it came.
    """
    if value is None:
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _INT64_MAX:
        raise WrongError("is invalid")
    return value


def truth(value: Any) -> bool | None:
    """Check a boolean; `true` and `false` as text are read as one.

    Args:
        value: as it came.
    """
    said = {"true": True, "false": False}.get(value) if isinstance(value, str) else value
    if (said is None and value is not None) or not isinstance(said, bool | None):
        raise WrongError("is invalid")
    return said


def one_of(*allowed: str) -> Check:
    """Make a check for a word.

    Args:
        allowed: the words.
    """

    def check(value: Any) -> str | None:
        if value is not None and value not in allowed:
            raise WrongError("does not have a valid value")
        return cast("str | None", value)

    return check


def wholes(value: Any) -> list[int]:
    """Check a list of whole numbers.

    Args:
        value: as it came.
    """
    if not isinstance(value, list):
        raise WrongError("is invalid")
    found = [whole(one) for one in cast("list[object]", value)]
    if None in found:
        raise WrongError("is invalid")
    return list(dict.fromkeys(cast("list[int]", found)))


def moment(zone: tzinfo) -> Check:
    """Make a check for a date-time.

    Args:
        zone: where one without an offset is meant.
    """

    def check(value: Any) -> datetime | None:
        if value is None:
            return None
        found = read_moment(value, zone) if isinstance(value, str) else None
        if found is None:
            raise WrongError("is invalid")
        return found.replace(microsecond=found.microsecond // 1000 * 1000)

    return check


def day(value: Any) -> str | None:
    """Check a date.

    Args:
        value: as it came.

    Returns:
        It as `YYYY-MM-DD`.
    """
    if value is None:
        return None
    found = read_date(value) if isinstance(value, str) else None
    if found is None:
        raise WrongError("is invalid")
    return found.isoformat()


def clock(value: Any) -> str:
    """Check a time of day.

    Args:
        value: as it came.

    Returns:
        It as `HH:MM`.
    """
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise WrongError("is invalid")
    return value.zfill(len("00:00"))


def things(fields: Mapping[str, Field]) -> Check:
    """Make a check for an object.

    Args:
        fields: what it may have; more is dropped.
    """

    def check(value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise WrongError("is invalid")
        return read(cast("dict[str, Any]", value), fields)

    return check


def read(said: Mapping[str, Any], fields: Mapping[str, Field], *, partly: bool = False) -> dict[str, Any]:
    """Read the fields of an object.

    Args:
        said: what was sent; what is not a field is dropped.
        fields: the fields.
        partly: whether those that are needed may be missing.

    Returns:
        What was said, of the fields that were there.

    Raises:
        Refusal: 400, one text for each field that is missing or wrong.
    """
    errors = [
        f"Missing parameter {name}"
        for name, field in fields.items()
        if field.needed
        and (said.get(name) in {None, ""} if _plain(said.get(name)) else False)
        and not (partly and name not in said)
    ]
    found: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in said or f"Missing parameter {name}" in errors:
            continue
        try:
            found[name] = field.check(said[name])
        except WrongError as error:
            errors.append(f"{name} {error}")
    if errors:
        raise refusals.bad(*errors)
    return found


def _plain(value: Any) -> bool:
    return not isinstance(value, dict | list)
