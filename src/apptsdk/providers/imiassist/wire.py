"""How answers are read: appointments from their outputs, statuses and errors, of a flow's nodes too.

https://help.webexconnect.io/docs/create-appointments
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeGuard, TypeVar

import attrs

from apptsdk.account import Fault
from apptsdk.providers.imiassist.models import Appointment, CancelledAppointment, Participant
from apptsdk.providers.imiassist.names import LINKS
from apptsdk.providers.imiassist.outputs import BODY, IDS, STATUS, Answer, Members, find, unpacked
from apptsdk.shapes import is_array, is_object
from apptsdk.wire import Undecodable, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cattrs import Converter

    from apptsdk.http import Response

M = TypeVar("M", Appointment, CancelledAppointment)

_VENDORS: Final = (*IDS, "participants", BODY, STATUS)
"""The outputs of the vendor's pages: they are looked for everywhere."""
_FIELDS: Final = {
    kind: tuple(field.name for field in attrs.fields(kind) if field.init)
    for kind in (Appointment, CancelledAppointment, Participant)
}
_PARTICIPANT: Final = _FIELDS[Participant]
_KEY: Final = "key"
_TELLING: Final = ("participant_id", "role", *LINKS)
"""By what one participant is told from an object of several."""
_ROLES: Final = {"host": "host", "guest": "guest", "primary_guest": "guest", "primary guest": "guest"}
"""The roles that have a name here, however they are written."""
_DIGITS: Final = 18
_ID: Final = re.compile(r"\w[\w.:-]{0,199}")
_NO_IDS: Final = frozenset({"0", "false", "nil", "none", "null", "true", "undefined"})


def _integer(value: Any, _: object) -> int | None:
    """Read a number, which a flow writes as text."""
    if value is None or value.__class__ is int:
        return value
    if value.__class__ is str and value.isascii() and value.isdigit() and len(value) <= _DIGITS:
        return int(value)
    raise Undecodable("not an integer")


def _adapt(converter: Converter) -> None:
    converter.register_structure_hook_func(lambda kind: kind == int | None, _integer)


WIRE: Final = Wire(_adapt)


def scheduled(names: Mapping[str, str], asked: Mapping[str, str]) -> Callable[[Response], Appointment]:
    """Read an appointment; of all its outputs, only its id or uid is required.

    Args:
        names: What the other side calls the outputs, where it differs.
        asked: The id, or the external reference, that was sent: an answer about another one is none.

    Returns:
        A reader for an operation.
    """
    return lambda response: _made(response, names, Appointment, asked)


def cancelled(names: Mapping[str, str], asked: Mapping[str, str]) -> Callable[[Response], CancelledAppointment]:
    """Read what a cancellation answers: which appointment it was.

    Args:
        names: What the other side calls the outputs, where it differs.
        asked: The id that was sent: an answer about another one is none.

    Returns:
        A reader for an operation.
    """
    return lambda response: _made(response, names, CancelledAppointment, asked)


def _made(response: Response, names: Mapping[str, str], kind: type[M], asked: Mapping[str, str]) -> M:
    answer = Answer.read(response, names)
    own = answer.own()
    fields = _FIELDS[kind]
    found = {name: (answer if name in _VENDORS else own).get(name) for name in fields}
    found = {name: value for name, value in found.items() if value is not None}
    status = answer.status
    if status is None and answer.error is not None:
        raise Undecodable(f"error: it speaks of one, and {names.get(STATUS, STATUS)} says nothing")
    for name, value in asked.items():
        if name in found and str(found[name]).casefold() != value.casefold():
            raise Undecodable(f"{names.get(name, name)}: another one than was asked for")
    known = {one.casefold(): name for name in fields for one in answer.spellings(name)}
    nulls = {known[name]: None for place in answer.places for name in place.folds if name in known}
    top = zip(answer.places[0].folds, answer.body.items(), strict=True)
    sent = {**{name: value for fold, (name, value) in top if fold not in known}, **nulls, **found}
    people = _participants(found.pop("participants", None), names)
    if kind is Appointment and "external_reference_id" in asked:
        found = {**asked, **found}
    made = WIRE.whole({**found, BODY: _said(answer, response), STATUS: response.status}, kind)
    if not any(one in asked.values() or is_id(one) for one in (made.appointment_id, made.appointment_uid)):
        why = " (is a variable of the flow not filled in?)" * any(name in found for name in IDS)
        raise Undecodable(f"$: neither {' nor '.join(names.get(name, name) for name in IDS)}{why}")
    if kind is Appointment:
        object.__setattr__(made, "participants", people)
    object.__setattr__(made, "_sent", sent)
    object.__setattr__(made, "_raw", answer.body)
    return made


def is_id(value: str | None) -> TypeGuard[str]:
    """Tell an id from what a flow answers whose variable nobody filled in."""
    return value is not None and _ID.fullmatch(value) is not None and value.casefold() not in _NO_IDS


def said(response: Response, names: Mapping[str, str]) -> str:
    """Give an answer's body as text: the one that a flow's node got, where the flow passes it on.

    Args:
        response: The answer.
        names: What the other side calls the outputs, where it differs.

    Returns:
        The text.
    """
    try:
        return _said(Answer.read(response, names), response)
    except Undecodable:
        return response.text


def _said(answer: Answer, response: Response) -> str:
    found = answer.get(BODY)
    return response.text if found is None else found if isinstance(found, str) else json.dumps(found)


def _participants(value: object, names: Mapping[str, str]) -> tuple[Participant, ...] | None:
    """Read participants that come as an array, an object, one object, or a text that holds any of these."""
    value = unpacked(value)
    entries: Sequence[object]
    if is_array(value):
        entries = value
    elif not is_object(value):
        return None
    elif any(isinstance(find(value, names.get(name, name)), str) for name in _TELLING):
        entries = (value,)
    else:
        entries = tuple({_KEY: key, **_entry(entry)} for key, entry in value.items())
    theirs = {name: names.get(name, name) for name in (*_PARTICIPANT, *LINKS)}
    folds = {name: one.casefold() for name, one in theirs.items()}
    return tuple([_participant(_entry(entry), theirs, folds) for entry in entries])


def _entry(value: object) -> Mapping[str, object]:
    value = unpacked(value)
    if is_object(value):
        return value
    return {LINKS[0]: value} if isinstance(value, str) else {}


def _participant(entry: Mapping[str, object], theirs: Mapping[str, str], folds: Mapping[str, str]) -> Participant:
    """Read a participant as far as it can be read; what is not known is kept."""
    members = Members.of(entry)
    found = {name: members.find(theirs[name]) for name in _PARTICIPANT}
    links = (members.find(theirs[name]) for name in LINKS)
    found["meeting_link"] = next((link for link in links if link is not None), None)
    role = found["role"] or entry.get(_KEY)
    if isinstance(role, str) and (role.casefold() in _ROLES or found["role"] is not None):
        found["role"] = _ROLES.get(role.casefold(), role)
    known = set(folds.values())
    rest = {name: value for fold, (name, value) in zip(members.folds, entry.items(), strict=True) if fold not in known}
    sent = {name: value for name, value in found.items() if value is not None or folds[name] in members.folds}
    made = WIRE.whole({**rest, **sent}, Participant)
    object.__setattr__(made, "_raw", {name: value for name, value in entry.items() if name != _KEY})
    return made


# --- statuses and errors ---------------------------------------------------------------------------------------------


def status(response: Response, names: Mapping[str, str]) -> int | None:
    """Find the status that a node of a flow got, where the flow passes it on in an answer of success.

    Args:
        response: The flow's answer.
        names: What the other side calls the outputs, where it differs.

    Returns:
        The status; None where there is none.
    """
    return Answer.read(response, names).status


def fault(response: Response, names: Mapping[str, str]) -> Fault:
    """Read an error answer: one of our proposal's shape, another, or one that a flow passes on.

    Args:
        response: The error answer.
        names: What the other side calls the outputs, where it differs.

    Returns:
        What it says. Members that an appointment has, too, such as a title, may be about a person, and are not read.
    """
    try:
        answer = Answer.read(response, names)
    except Undecodable:
        return _plain(response.text)
    passed = unpacked(answer.get(BODY))
    if isinstance(passed, str):
        return _plain(passed)
    error = answer.error
    if isinstance(error, str):
        return Fault(error.strip() or None, code=_text(answer.get("code")))
    inside = error if is_object(error) else passed if is_object(passed) else answer.body
    details = find(inside, "details")
    fields = {
        str(find(detail, "field")): str(find(detail, "message") or "is invalid")
        for detail in (details if is_array(details) else ())
        if is_object(detail) and find(detail, "field") is not None
    }
    message = _text(find(inside, "message")) or _text(find(inside, "detail"))
    return Fault(message, code=_text(find(inside, "code")), fields=fields)


def _plain(text: str) -> Fault:
    value = unpacked(text.strip())
    said = value.strip() if isinstance(value, str) else ""
    # Neither a page nor half a JSON text: it may be about a person.
    return Fault(said if said and said[0] not in "<{[" else None)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
