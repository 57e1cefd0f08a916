"""The query of a call: what each route hears, how it is read, and what is ignored."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from apptsdk.sandbox.nexhealth import refusals
from apptsdk.sandbox.nexhealth.times import read_date, read_moment

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def _whole(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None


def _truth(text: str) -> bool | None:
    return _TRUTH.get(text.lower())


def _text(text: str) -> str:
    return text


# A moment stays text until the zone in which it is meant is known.
_READERS: dict[str, Callable[[str], Any]] = {
    "text": _text,
    "int": _whole,
    "bool": _truth,
    "date": read_date,
    "moment": lambda text: None if read_moment(text) is None else text,
}


@frozen
class Param:
    """One parameter of a route; the name of an array ends with `[]`."""

    name: str
    kind: str = "text"
    """text, int, bool, date, moment, or the words allowed, with `|` between them."""
    required: bool = False
    usual: Any = None

    @property
    def many(self) -> bool:
        """Whether it may come more than once."""
        return self.name.endswith("[]")

    def read(self, text: str) -> Any:
        """Read one value.

        Args:
            text: as it came.

        Returns:
            The value, None if it is none.
        """
        reader = _READERS.get(self.kind)
        if reader is None:
            return text if text in self.kind.split("|") else None
        return reader(text)


def params(text: str) -> tuple[Param, ...]:
    """Write parameters briefly.

    Args:
        text: words such as `subdomain!`, `days!:int`, `active:bool=true`, `lids[]!:int`; `!` is for required.
    """
    return tuple(_param(word) for word in text.split())


def _param(word: str) -> Param:
    head, _, usual = word.partition("=")
    name, _, kind = head.partition(":")
    param = Param(name.removesuffix("!"), kind or "text", name.endswith("!"))
    return Param(param.name, param.kind, param.required, param.read(usual)) if usual else param


PAGING = {
    "v2": params("page:int per_page:int"),
    "v3": params("start_cursor end_cursor per_page:int"),
}


@frozen
class Query:
    """The parameters that were heard."""

    values: Mapping[str, Any] = field(factory=dict[str, Any])
    ignored: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Any:
        """Give a parameter; None, or nothing at all, if it was not sent and has no default."""
        return self.values.get(name, () if name.endswith("[]") else None)

    def number(self, name: str) -> int | None:
        """Give a whole number.

        Args:
            name: the parameter.
        """
        found: int | None = self[name]
        return found

    def day(self, name: str) -> date | None:
        """Give a date.

        Args:
            name: the parameter.
        """
        found: date | None = self[name]
        return found

    def moment(self, name: str, zone: Any) -> datetime | None:
        """Give a moment.

        Args:
            name: the parameter.
            zone: where it is meant, if it has no offset.
        """
        return None if self[name] is None else read_moment(self[name], zone)

    @property
    def note(self) -> str | None:
        """What `description` says about what was ignored."""
        return f"Note that following parameters are ignored: {', '.join(self.ignored)}." if self.ignored else None


def read(pairs: Iterable[tuple[str, str]], known: Iterable[Param]) -> Query:
    """Read a query.

    Args:
        pairs: as they came; of a parameter that is no array the last is heard, an empty one counts as not sent.
        known: the parameters of the route.

    Returns:
        What was said.

    Raises:
        Refusal: 400, something required is missing, or a value cannot be read.
    """
    by_name = {param.name: param for param in known}
    values: dict[str, Any] = {param.name: param.usual for param in by_name.values() if param.usual is not None}
    ignored: dict[str, None] = {}
    wrong: dict[str, None] = {}
    for name, text in pairs:
        param = by_name.get(name)
        if param is None:
            ignored[name] = None
            continue
        if not text:
            continue
        read_ = [param.read(one) for one in (text.split(",") if param.many else [text])]
        if None in read_:
            wrong[name] = None
        elif param.many:
            values[name] = (*values.get(name, ()), *read_)
        else:
            values[name] = read_[0]
    lacking = [param.name for param in by_name.values() if param.required and param.name not in values]
    absent = [name for name in lacking if name not in wrong]
    if absent:
        raise refusals.lacking(name.removesuffix("[]") for name in absent)
    if wrong:
        raise refusals.bad(*(f"{name.removesuffix('[]')} is invalid" for name in wrong))
    return Query(values, tuple(ignored))
