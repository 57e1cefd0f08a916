"""An appointment's inputs: checked by the page's rules, before anything is sent.

https://help.webexconnect.io/docs/create-appointments
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from apptsdk import inputs, urls
from apptsdk.moments import aware
from apptsdk.operation import whole_number
from apptsdk.providers.imiassist.models import Priority
from apptsdk.providers.imiassist.names import INPUTS
from apptsdk.shapes import is_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.imiassist.models import AppointmentSchedule
    from apptsdk.providers.imiassist.scope import Scope

MOST_MINUTES: Final = 2**31 - 1
_MINUTE: Final = timedelta(minutes=1)
_IDS: Final = ("customer_id", "team_id", "reference_case_id")
_LINES: Final = ("customer_first_name", "customer_last_name", "appointment_type", "title")
_EMAILS: Final = ("customer_email", "assignee_email")


_OURS: Final = "apptsdk-"


def own_reference(value: str | None) -> str | None:
    """Tell a caller's own reference from one that was made here.

    Args:
        value: A reference.

    Returns:
        It, or None for one of ours.
    """
    return None if value is None or value.startswith(_OURS) else value


def new_reference() -> str:
    """Make an external reference for an appointment whose caller gave none: its answer may be lost.

    Returns:
        A text that no other appointment has.
    """
    return f"{_OURS}{uuid4().hex}"


def values_of(
    scope: Scope, given: AppointmentSchedule, called: Mapping[str, str] = MappingProxyType({})
) -> dict[str, object]:
    """Write an appointment's inputs by our names. What was not given is left out, and nothing is null.

    Args:
        scope: Within what.
        given: What the caller gave.
        called: How the caller calls an argument that is called otherwise there, for messages.

    Returns:
        Plain JSON values, in the order of the vendor's page.

    Raises:
        TypeError: A value is of the wrong type.
        ValueError: A value is malformed; the message names the argument, and never the value.
    """
    say = {name: called.get(name, name) for name in INPUTS}
    reference, description = given.external_reference_id, given.description
    checked: dict[str, object] = {
        "external_reference_id": (
            new_reference() if reference is None else checked_reference(scope, reference, say["external_reference_id"])
        ),
        "customer_phone": _phone(given.customer_phone, say["customer_phone"]),
        "custom_attributes": _attributes(given.custom_attributes, say["custom_attributes"]),
        "start_time": utc_milliseconds(given.start_time, say["start_time"]),
        "description": None if description is None else inputs.text(description, say["description"]),
        "priority": _priority(given.priority),
        "duration": _minutes(given.duration, scope.max_duration_minutes, say["duration"]),
    }
    for names, check in ((_IDS, urls.plain_id), (_LINES, inputs.line), (_EMAILS, inputs.email)):
        checked |= {name: check(value, say[name]) for name in names if (value := getattr(given, name)) is not None}
    return {name: checked[name] for name in INPUTS if checked.get(name) is not None}


def checked_reference(scope: Scope, value: object, called: str = "external_reference_id") -> str:
    """Check an external reference.

    Args:
        scope: Within what: where it has a place in the path of a cancellation, it must fit there.
        value: What the caller gave.
        called: How the caller calls it, for messages.

    Returns:
        The reference.

    Raises:
        TypeError: It is neither a str nor an int.
        ValueError: It is malformed.
    """
    name = "external_reference_id"
    if name not in urls.places_of(scope.endpoint("cancel_by_external_reference").path):
        return inputs.line(str(value) if isinstance(value, int) and not isinstance(value, bool) else value, called)
    try:
        return urls.plain_id(value, called)
    except ValueError as error:
        why = str(error)
    raise ValueError(f"{why} It becomes part of a path where the appointment is cancelled by it.")


def utc_milliseconds(value: datetime, argument: str) -> str:
    """Write a moment as the page's example does: `2026-03-02T09:00:00.000Z`. What is below a millisecond is cut off.

    Args:
        value: An aware datetime.
        argument: The argument's name, for the message.

    Returns:
        The text.

    Raises:
        TypeError: It is no datetime.
        ValueError: It is naive.
    """
    moment = aware(value, argument).astimezone(UTC).replace(tzinfo=None)
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def _phone(value: object, argument: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.")
    if not inputs.is_e164(value):
        raise ValueError(
            f'{argument} must be an E.164 number: "+", the country code and digits, without spaces, such as '
            '"+447700900123".'
        )
    return value


def _priority(value: object) -> Priority:
    if not isinstance(value, str):
        raise TypeError(f"priority must be a Priority, not {type(value).__name__}.")
    if value not in {member.value for member in Priority}:
        raise ValueError(f"priority must be a Priority: one of {', '.join(repr(member.value) for member in Priority)}.")
    return Priority(value)  # not its value: a message may speak of it


def _minutes(value: object, most: int | None, argument: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, timedelta):
        value, rest = divmod(value, _MINUTE)
        if rest:
            raise ValueError(f"{argument} must be of whole minutes.")
    minutes = whole_number(value, argument, 1, MOST_MINUTES, "minutes")
    if most is not None and minutes > most:
        raise ValueError(
            f"{argument} is {minutes} minutes, and max_duration_minutes in the settings "
            f"(IMIASSIST_MAX_DURATION_MINUTES) is {most}."
        )
    return minutes


def _attributes(value: object, called: str) -> dict[str, object] | None:
    if value is None:
        return None
    if not is_mapping(value):
        raise TypeError(f"{called} must be a mapping of names to plain values, not {type(value).__name__}.")
    written: dict[str, object] = {}
    for name, item in value.items():
        if not isinstance(name, str):
            raise TypeError(f"The names of {called} must be str, not {type(name).__name__}.")
        argument = f"{called}[{inputs.line(name, f'A name of {called}')!r}]"
        if not isinstance(item, str | int | float):
            raise TypeError(
                f"{argument} must be a str, a number or a bool: the attributes are flat, and one that has no value is "
                "left out."
            )
        written[name] = inputs.scalar(item, argument)
    return written
