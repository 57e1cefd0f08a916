"""What all providers share: values that tell absent from null, open enums, links, and the base of every model."""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003 - attrs and the converter resolve it at run time
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, ClassVar, Final, Literal, Protocol, Self, TypeAlias, TypeVar
from urllib.parse import urlsplit

import attrs

from apptsdk.shapes import is_object

R_co = TypeVar("R_co", covariant=True)


class Unset(Enum):
    """The type of `UNSET`: an argument that was not given, which is something else than None (null)."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""What an argument is that was not given: in an update, the field stays as it is."""

ID: Final = "id"
Id: TypeAlias = Annotated[str | int, ID]
"""An id as callers may give it: the string that the provider sent, or an int. A float would round it."""


class OpenStr(str, Enum):  # noqa: UP042 - StrEnum refuses what its members do not list
    """A string enum of a provider, which accepts values nobody has seen yet."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether this version of the SDK knows the value."""
        return self._name_ in type(self).__members__

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        return str.__hash__(self)

    def __str__(self) -> str:
        return str.__str__(self)


class OpenInt(int, Enum):
    """A number enum of a provider, which accepts values nobody has seen yet."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_, member._value_ = str(value), value
        return member

    @property
    def is_known(self) -> bool:
        """Whether this version of the SDK knows the value."""
        return self._name_ in type(self).__members__

    def __eq__(self, other: object) -> bool:
        return int.__eq__(self, other) if isinstance(other, int) else NotImplemented

    def __hash__(self) -> int:
        return int.__hash__(self)


class Link(str):
    """A link to another object: the URL, to the letter as the provider sent it."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The id of the object that the link points to: the last segment of its path."""
        return urlsplit(self).path.rsplit("/", 1)[-1]

    def __repr__(self) -> str:
        return f"Link({str(self)!r})"


@attrs.frozen(kw_only=True, repr=False)
class Model:
    """The base of every object that a provider sends.

    A field that the provider did not send reads as None; `was_sent` tells the two apart.
    Members that this version does not know are kept: see `unknown`.
    """

    shown: ClassVar[tuple[str, ...]] = ("id",)
    """The fields that the repr shows: enough to recognise the object, and nothing about a person."""
    sent_as: ClassVar[Mapping[str, str]] = {}
    """The provider's names of fields whose names are none in Python."""

    _sent: Mapping[str, object] | None = attrs.field(default=None, init=False, eq=False)
    _recovered: bool = attrs.field(default=False, init=False, eq=False)

    @property
    def recovered(self) -> bool:
        """Whether the answer to the call that made this was lost, and this was found at the provider afterwards."""
        return self._recovered

    def was_sent(self, field: str) -> bool:
        """Tell a null from a field that was left out.

        Args:
            field: The field's name.

        Returns:
            Whether the provider sent the field, be it as null.

        Raises:
            AttributeError: There is no such field.
        """
        getattr(self, field)
        return self._sent is not None and self.sent_as.get(field, field) in self._sent

    @property
    def unknown(self) -> dict[str, object]:
        """The members that the provider sent and this version of the SDK does not know."""
        known = {self.sent_as.get(name, name) for name in attrs.fields_dict(type(self))}
        return {name: value for name, value in (self._sent or {}).items() if name not in known}

    def as_sent(self) -> dict[str, object]:
        """Give the object exactly as the provider sent it.

        Returns:
            Plain JSON values, unknown members included; empty for an object that was made by hand.
        """
        return dict(self._sent or {})

    def __repr__(self) -> str:
        shown = " ".join(f"{name}={_readable(getattr(self, name))}" for name in self.shown)
        return f"<{type(self).__name__} {shown}>" if shown else f"<{type(self).__name__}>"


M = TypeVar("M", bound=Model)


def mark_recovered(model: M) -> M:
    """Give the same object, marked as found after its answer was lost.

    Args:
        model: What a recovery found.

    Returns:
        A copy whose `recovered` is true.
    """
    import copy  # noqa: PLC0415 - only after a lost answer

    twin = copy.copy(model)
    object.__setattr__(twin, "_recovered", True)
    return twin


def is_cancelled(model: object) -> bool:
    """Tell whether an object is cancelled, as far as it says so.

    Args:
        model: What a provider sent.

    Returns:
        Whether it is: what has no word about it is not.
    """
    told: object = getattr(model, "cancelled", None)
    return told if isinstance(told, bool) else getattr(model, "cancelled_at", None) is not None


def _readable(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)  # a datetime is one


class Resolver(Protocol[R_co]):
    """A client that can look up what became of an attempt: every sub-client, sync or async."""

    def resolve(self, attempt: BookingAttempt) -> R_co:
        """Look it up."""
        ...


@attrs.frozen(kw_only=True)
class BookingAttempt:
    """One attempt to make something, known before the request leaves.

    Store it (`to_json`) where a crash must not lose it: the hook `on_attempt=` hands it over in time.

    Args:
        provider: The provider's name.
        operation: The operation's name.
        reference: The caller's own reference, where the operation takes one.
        slot: What was to be taken, as text, for people: ids and a time.
        started_at: When it began, UTC, by the local clock.
        ahead: Seconds by which the provider's clock was ahead of the local one then, as far as its answers had told;
            None where they had not.
        clues: By what the object can be found again at the provider. They may name a person (a new patient's
            name and birth date), so the repr leaves them out, and the JSON belongs where patients' data may lie.
    """

    provider: str
    operation: str
    reference: str | None = None
    slot: str | None = None
    started_at: datetime
    ahead: float | None = attrs.field(default=None, repr=False, eq=False)
    clues: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False, hash=False)

    def resolve(self, client: Resolver[R_co]) -> R_co:
        """Ask the provider what became of this attempt.

        Args:
            client: A client of the attempt's provider. With an async client, await what this returns.

        Returns:
            The object that the attempt made, marked as recovered, or None where none is to be found (yet).

        Raises:
            OutcomeUnknownError: Several objects could be the one; see its `candidates`.
            UnsupportedError: The provider cannot look this up.
            ValueError: The attempt belongs to another provider.
        """
        return client.resolve(self)

    def to_json(self) -> str:
        """Write the attempt as JSON.

        Returns:
            A JSON object with a version, for `from_json`.
        """
        return json.dumps(
            {
                "version": 1,
                "provider": self.provider,
                "operation": self.operation,
                "reference": self.reference,
                "slot": self.slot,
                "started_at": self.started_at.astimezone(UTC).isoformat(),
                "ahead": self.ahead,
                "clues": dict(self.clues),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Args:
            text: The JSON.

        Returns:
            The attempt.

        Raises:
            ValueError: The text is something else, or of a later version.
        """
        data: object = json.loads(text)
        if is_object(data) and data.get("version") == 1:
            texts = {name: data.get(name) for name in ("provider", "operation", "started_at", "reference", "slot")}
            clues, ahead = data.get("clues"), data.get("ahead")
            match texts:
                case {
                    "provider": str(provider),
                    "operation": str(operation),
                    "started_at": str(started_at),
                    "reference": str() | None as reference,
                    "slot": str() | None as slot,
                } if is_object(clues) and (ahead is None or isinstance(ahead, int | float)):
                    return cls(
                        provider=provider,
                        operation=operation,
                        reference=reference,
                        slot=slot,
                        started_at=datetime.fromisoformat(started_at),
                        ahead=ahead,
                        clues={name: str(clue) for name, clue in clues.items()},
                    )
                case _:
                    pass
        raise ValueError("This is not a BookingAttempt of version 1.")


_MARK: Final = "apptsdk_attempt"


def remember_attempt(
    error: BaseException, attempt: BookingAttempt, what: str = "This interrupted a booking that may have taken effect"
) -> None:
    """Put an attempt onto an exception that passes through a booking: a cancellation, an interrupt.

    Args:
        error: The exception.
        attempt: The attempt.
        what: What the exception has to do with it, for its note.
    """
    setattr(error, _MARK, attempt)
    error.add_note(f"{what}: {attempt!r}. See apptsdk.attempt_of().")


def carries_attempt(error: BaseException) -> bool:
    """Tell whether an attempt was put onto this very exception."""
    return hasattr(error, _MARK)


def attempt_of(error: BaseException) -> BookingAttempt | None:
    """Find the booking attempt that an exception interrupted or left open.

    Args:
        error: An `OutcomeUnknownError`, the exception of a cancelled task, or one that was raised because of either:
            a `TimeoutError` of `asyncio.timeout`, an exception group. anyio's `fail_after` may keep none of them;
            where it must not be lost, use `on_attempt=`.

    Returns:
        The attempt, or None where the exception has nothing to do with a booking.
    """
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        attempt = getattr(one, _MARK, None) or getattr(one, "attempt", None)
        if isinstance(attempt, BookingAttempt):
            return attempt
        waiting += [one.__cause__, one.__context__]
        waiting += getattr(one, "exceptions", ())
    return None
