"""What calls may say: a check for each member, and everything that is wrong at once."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

from apptsdk.sandbox.imiassist import refusals
from apptsdk.sandbox.imiassist.ask import Ask
from apptsdk.sandbox.imiassist.records import PRIORITIES, Company

Check = Callable[[Any, Company], str | None]
"""Is given a value, and says what is wrong with it."""
_PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def read(ask: Ask, checks: Mapping[str, Check], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """Read a body.

    Args:
        ask: the call.
        checks: by member.
        required: the members that must be there.

    Returns:
        The members that are known.

    Raises:
        Refusal: 400, with everything that is wrong; 415.
    """
    body = ask.body
    wrong = [(name, "is required") for name in required if name not in body]
    for name, value in body.items():
        if name in checks:
            why = checks[name](value, ask.company)
            wrong += [(name, why)] if why else []
        elif ask.knobs.unknown_members == "refuse":
            wrong.append((name, "is unknown"))
    if wrong:
        raise refusals.invalid(wrong)
    return {name: value for name, value in body.items() if name in checks}


def text(value: object, _: Company) -> str | None:
    """Check a text."""
    return None if isinstance(value, str) and value.strip() else "must be a text that is not empty"


def phone(value: object, _: Company) -> str | None:
    """Check a phone number."""
    good = isinstance(value, str) and _PHONE.fullmatch(value)
    return None if good else "must be a phone number in E.164 format"


def email(value: object, _: Company) -> str | None:
    """Check a mail address."""
    return None if isinstance(value, str) and _EMAIL.fullmatch(value) else "must be a mail address"


def moment(said: str) -> datetime:
    """Read a time.

    Args:
        said: in ISO 8601, with an offset.

    Returns:
        It in UTC.

    Raises:
        ValueError: it is none.
    """
    read_ = datetime.fromisoformat(said)
    if read_.utcoffset() is None:
        raise ValueError("it has no offset")
    return read_.astimezone(UTC)


def time(value: object, _: Company) -> str | None:
    """Check a time."""
    try:
        moment(cast("str", value))
    except (TypeError, ValueError, OverflowError):
        return "must be a time in ISO 8601, with Z or an offset"
    return None


def minutes(value: object, _: Company) -> str | None:
    """Check a duration."""
    good = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return None if good else "must be a whole number of minutes, from 1 on"


def priority(value: object, _: Company) -> str | None:
    """Check a priority."""
    return None if value in PRIORITIES else f"must be one of {', '.join(PRIORITIES)}"


def appointment_type(value: object, company: Company) -> str | None:
    """Check the name of an appointment type."""
    return None if isinstance(value, str) and value in company.types else "is no appointment type of the company"


def attributes(value: object, company: Company) -> str | None:
    """Check custom attributes."""
    if not isinstance(value, dict):
        return "must be an object"
    said = cast("dict[str, object]", value)
    if any(isinstance(one, dict | list) for one in said.values()):
        return "must be flat"
    return None if said.keys() <= company.attributes else "has an attribute that is not configured for the company"


def ids(value: object, _: Company) -> str | None:
    """Check one text or several."""
    many = cast("list[object]", value if isinstance(value, list) else [value])
    return None if all(isinstance(one, str) for one in many) else "must be a text or an array of texts"
