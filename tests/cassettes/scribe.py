"""Writes down what a client made of the answers, and compares it with what was written down before."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from enum import Enum
from http import HTTPStatus
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from apptsdk import (
    APIStatusError,
    ApptError,
    NotCancelledError,
    NotWrittenError,
    ProviderWarning,
    ResponseUnreadableError,
)
from apptsdk.http import Response
from apptsdk.models import Link, Model
from apptsdk.operation import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from system import System


NOTHING = "(nothing)"
ECHOES = frozenset({"response_body"})
"""What is the answer itself, and says nothing more, unless it was sent."""


def plain(value: Any, found_out: Sequence[str] = ()) -> Any:
    """Write a decoded value as JSON, so that every field, its type and whether it was sent can be read from it.

    Args:
        value: The value.
        found_out: What of an object is written beside its fields.

    Returns:
        What JSON can hold.
    """
    match value:
        case Model():
            written = _model(value, found_out)
        case Page():
            written = {"items": plain(value.items, found_out), "total": value.total, "cursor": value.cursor}
        case Mapping():
            written = {name: plain(one, found_out) for name, one in value.items()}
        case tuple() | list():
            written = [plain(one, found_out) for one in value]
        case Response():
            written = body(value)
        case Enum():
            written = f"{type(value).__name__}.{value.name}"
        case date() | time() | Decimal() | Link():
            written = f"{type(value).__name__} {value!s}"
        case None | bool() | int() | float() | str():
            written = value
        case _ if attrs.has(type(value)):
            written = attrs.asdict(value)
        case _:
            raise TypeError(f"nobody said how to write a {type(value).__name__}")
    return written


def _model(model: Model, found_out: Sequence[str]) -> dict[str, Any]:
    fields = [field for field in attrs.fields(type(model)) if not field.name.startswith("_")]
    values = {field.name: getattr(model, field.name) for field in fields}
    # What was not sent is as it is by default, unless the SDK found it out.
    unsent = {field.name for field in fields if not model.was_sent(field.name) and values[field.name] == field.default}
    unsent |= {name for name in ECHOES & values.keys() if not model.was_sent(name)}
    sent = {name: plain(value, found_out) for name, value in values.items() if name not in unsent}
    kind = type(model)
    found = {name: getattr(model, name) for name in found_out if isinstance(getattr(kind, name, None), property)}
    more = {name: plain(value) for name, value in found.items() if value}
    said = model.as_sent()
    unread = [kind.sent_as.get(name, name) for name in sent if values[name] is None]
    lost = {name: said[name] for name in unread if said.get(name) is not None}
    beside = {"unknown": model.unknown, "unread": lost}
    return {"is": kind.__name__, **sent, **more, **{name: value for name, value in beside.items() if value}}


def body(answer: Response) -> Any:
    """Write an answer's body."""
    try:
        return answer.json()
    except ValueError:
        return answer.text


_SAID = ("status", "code", "message", "fields", "retry_after")


def wrong(error: ApptError, found_out: Sequence[str] = ()) -> dict[str, Any]:
    """Write an error, and the answer that it stands for."""
    said = {name: getattr(error, name) for name in _SAID if hasattr(error, name)}
    about = {}
    if isinstance(error, NotWrittenError):
        about = {"appointment": plain(error.appointment)}
    if isinstance(error, NotCancelledError):
        about = {"new": plain(error.new, found_out), "old": str(error.old)}
    if isinstance(error.__cause__, ResponseUnreadableError):  # nobody knows, because of what was answered
        about = {"unreadable": body(error.__cause__.response)}
    response = getattr(error, "response", None)
    answered = {} if response is None else {"body": body(response)}
    return {"raised": type(error).__name__, **said, **about, **answered}


def differences(old: Any, new: Any, where: str = "") -> Iterator[str]:
    """Say where what came of a call differs from what came of it before."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            yield from differences(old.get(name, NOTHING), new.get(name, NOTHING), f"{where}.{name}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, pair in enumerate(zip(old, new, strict=True)):
            yield from differences(*pair, f"{where}[{index}]")
    elif (type(old), old) != (type(new), new):
        yield f"{where}: {old!r} before, {new!r} now"


@attrs.define
class Scribe:
    """Tells a story to a client, and writes down call by call what came of it.

    Args:
        system: Whose story it is.
        now: When it is told.
        answers: Where the client puts the answers that arrive.
        expected: What came of it before; nothing is expected where None.
    """

    system: System
    now: datetime
    answers: list[Response] = attrs.field(factory=list)
    expected: Sequence[Any] | None = None
    written: list[Any] = attrs.field(factory=list)
    attempts: list[Any] = attrs.field(factory=list)
    """What was tried to be made."""
    settings: Any = None
    """With which it is told."""
    teller: Any = None

    def _write(self, asked: str, got: Any, remarks: Sequence[warnings.WarningMessage] = ()) -> None:
        heads = [self._head(answer) for answer in self.answers]
        for head, answer in [*zip(heads, self.answers, strict=True)][:-1]:
            if answer.status >= HTTPStatus.BAD_REQUEST:  # it was asked again, and so no error of the caller's holds it
                head["body"] = body(answer)
        entry = {"asked": asked, "got": got, "answers": heads}
        if warned := [str(one.message) for one in remarks if issubclass(one.category, ProviderWarning)]:
            entry["warned"] = warned
        self.answers.clear()
        place = len(self.written)
        self.written.append(entry)
        if self.expected is not None:
            assert place < len(self.expected), f"{asked} is one call too many"
            found = next(differences(self.expected[place], entry), None)
            assert found is None, f"call {place + 1}{found}"

    def _plain(self, value: Any) -> Any:
        return plain(value, self.system.found_out)

    def _head(self, answer: Response) -> dict[str, Any]:
        """Write of an answer what no object of it says: status, header fields, what is beside the objects."""
        kept = [(name.lower(), value) for name, value in answer.headers if name.lower() in self.system.answer_headers]
        head: dict[str, Any] = {"status": answer.status, "headers": dict(kept)}
        if answer.status < HTTPStatus.MULTIPLE_CHOICES:
            head |= self.system.beside(body(answer))
        return head

    def view(self, **options: Any) -> Scribe:
        """Give a scribe of a view of the client, who writes into the same book."""
        return attrs.evolve(self, teller=self.teller.view(**options))

    def F(self, resource: str) -> Any:  # noqa: N802 - the resource's own name for it
        """Give a resource's filters."""
        return getattr(self.teller.client, resource).F

    async def call(self, verb: str, /, *args: Any, **kwargs: Any) -> Any:
        """Call a verb."""
        with _heard() as remarks:
            result = await self.teller.call(verb, *args, **kwargs)
        self._write(verb, self._plain(result), remarks)
        return result

    def said(self, verb: str, /, *args: Any, **kwargs: Any) -> Any:
        """Call a verb that asks nobody."""
        result = attrgetter(verb)(self.teller.client)(*args, **kwargs)
        self._write(verb, self._plain(result))
        return result

    async def list(self, verb: str, /, *args: Any, most: int = 1, **kwargs: Any) -> list[Any]:
        """Read a list, at most so many pages of it."""
        with _heard() as remarks:
            pages = await self.teller.pages(self.teller.list(verb, *args, **kwargs), most)
        self._write(verb, self._plain(pages), remarks)
        return [item for page in pages for item in page.items]

    async def refused(self, verb: str, /, *args: Any, **kwargs: Any) -> None:
        """Call a verb, or read a list, from which an error comes."""
        assert await self._failed(ApptError, verb, *args, **kwargs), f"{verb} was not refused"

    async def tried(self, verb: str, /, *args: Any, **kwargs: Any) -> None:
        """Call a verb, or read a list, that some accounts refuse."""
        await self._failed(APIStatusError, verb, *args, **kwargs)

    async def _failed(self, kind: type[ApptError], verb: str, /, *args: Any, **kwargs: Any) -> bool:
        ask = self.list if verb.endswith(".list") else self.call
        try:
            await ask(verb, *args, **kwargs)
        except kind as error:
            self._write(verb, wrong(error, self.system.found_out))
            return True
        return False


@contextmanager
def _heard() -> Iterator[list[warnings.WarningMessage]]:
    """Hear what the provider remarks, where warnings are errors, too."""
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always", ProviderWarning)
        yield remarks
