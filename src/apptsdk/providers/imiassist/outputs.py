"""An answer's outputs: by their names in any case, wherever they are, in what a flow passes on too.

https://help.webexconnect.io/docs/create-appointments
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Self

import attrs

from apptsdk.shapes import is_object
from apptsdk.wire import Undecodable, loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apptsdk.http import Response

STATUS: Final = "response_status_code"
BODY: Final = "response_body"
IDS: Final = ("appointment_id", "appointment_uid")
_INSIDE: Final = ("data", "result", "appointment")
"""Where outputs are looked for beside the top, in this order."""
_STATUS: Final = re.compile(r"\s*([2-5][0-9]{2})(?:\.0+)?(?:\s.*)?", re.DOTALL)


def find(body: Mapping[str, object], name: str) -> object:
    """Find a member by its name: as it is written, else without regard to case.

    Args:
        body: The object.
        name: The name.

    Returns:
        The value; None where there is none, or an empty text.
    """
    return Members.of(body).find(name)


def _is_unset(value: object) -> bool:
    """Tell whether a value is none: an unset variable of a flow is an empty text."""
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def unpacked(value: object) -> object:
    """Read a text that holds JSON, as a flow's variables do; anything else is itself."""
    if isinstance(value, str):
        try:
            return loads(value.encode())
        except (Undecodable, UnicodeEncodeError):
            pass
    return value


@attrs.frozen
class Members:
    """An object's members, each of whose names is folded once, however many are looked for.

    Args:
        plain: The object.
        folds: Its names without regard to case, in order.
        set_: The first value that is set, by such names.
    """

    plain: Mapping[str, object]
    folds: tuple[str, ...]
    set_: Mapping[str, object]

    @classmethod
    def of(cls, body: Mapping[str, object]) -> Self:
        """Fold an object's names.

        Args:
            body: The object.

        Returns:
            Its members.
        """
        folds = tuple([name.casefold() for name in body])
        set_: dict[str, object] = {}
        for name, value in zip(folds, body.values(), strict=True):
            if name not in set_ and not _is_unset(value):
                set_[name] = value
        return cls(body, folds, set_)

    def find(self, name: str) -> object:
        """Find a member by its name: as it is written, else without regard to case.

        Args:
            name: The name.

        Returns:
            The value; None where there is none, or an empty text.
        """
        found = self.plain.get(name)
        return self.set_.get(name.casefold()) if _is_unset(found) else found


@attrs.frozen
class Answer:
    """One answer.

    Args:
        body: The object that was sent.
        names: What the other side calls the outputs, by our names, where it differs.
        places: The objects in which outputs are looked for, in order: the top, what is in it, and the answer that a
            flow's node got and the flow passes on.
        taken: The names that it gives, without regard to case, and to which of ours.
    """

    body: dict[str, object]
    names: Mapping[str, str]
    places: tuple[Members, ...]
    taken: Mapping[str, set[str]]

    @classmethod
    def read(cls, response: Response, names: Mapping[str, str]) -> Self:
        """Read an answer.

        Args:
            response: The answer.
            names: What the other side calls the outputs, where it differs.

        Returns:
            What is in it.

        Raises:
            Undecodable: It is no JSON object.
        """
        body = loads(response.content)
        if not is_object(body):
            raise Undecodable("$: not an object")
        taken: dict[str, set[str]] = {}
        for name, theirs in names.items():
            taken.setdefault(theirs.casefold(), set()).add(name)
        alone = cls(body, names, tuple(_places(body)), taken)
        passed = unpacked(alone.get(BODY))
        return alone.within((*alone.places, *_places(passed))) if is_object(passed) else alone

    def within(self, places: tuple[Members, ...]) -> Self:
        """Give the same answer, with other objects to look for outputs in.

        Args:
            places: The objects.

        Returns:
            The answer.
        """
        return self.__class__(self.body, self.names, places, self.taken)

    def own(self) -> Self:
        """Give the same answer, with the objects alone that name the appointment.

        Returns:
            The answer, in which the appointment's own outputs are found.
        """
        ids = [name for one in IDS for name in self.spellings(one)]
        return self.within(tuple([place for place in self.places if any(map(place.find, ids))]))

    def get(self, name: str, *, strictly: bool = False) -> object:
        """Find an output by its name there, else by ours: an input that is renamed may come back as it was.

        Args:
            name: Our name.
            strictly: Whether only its name there will do.

        Returns:
            The value; None where there is none.
        """
        for one in self.spellings(name, strictly=strictly):
            for place in self.places:
                if (found := place.find(one)) is not None:
                    return found
        return None

    @property
    def status(self) -> int | None:
        """The status that a node of a flow got, where the flow passes one on.

        Raises:
            Undecodable: There is one, and it is none: what it means for the appointment, nobody can say.
        """
        found = self.get(STATUS)
        if found is None:
            return None
        number = _STATUS.fullmatch(str(found)) if isinstance(found, str | int | float) else None
        if number is None or isinstance(found, bool):
            raise Undecodable(f"{STATUS}: not a status")
        return int(number[1])

    @property
    def error(self) -> object:
        """What it says of an error: an object or a text of that name, at its top or in what is passed on."""
        found = (place.find("error") for place in self.places)
        return next((one for one in found if one and not (is_object(one) and all(map(_is_unset, one.values())))), None)

    def spellings(self, name: str, *, strictly: bool = False) -> tuple[str, ...]:
        """Give the names that an output may have: theirs, then ours.

        Args:
            name: Our name.
            strictly: Whether only its name there will do.

        Returns:
            The names.
        """
        theirs = self.names.get(name, name)
        if strictly or name == theirs:
            return (theirs,)
        # Ours may be what they call something else.
        taken = self.taken.get(name.casefold(), set()) - {name}
        return (theirs,) if taken else (theirs, name)


def _places(body: object) -> Iterator[Members]:
    if is_object(body):
        top = Members.of(body)
        yield top
        yield from (Members.of(inner) for name in _INSIDE if is_object(inner := top.find(name)))
