"""The `q[]` filters: what can be filtered by what, and how a filter is read."""

import re
from collections.abc import Callable, Iterable, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Literal
from zoneinfo import ZoneInfo

from attrs import frozen

from apptsdk.sandbox.cliniko.refusals import bad
from apptsdk.sandbox.cliniko.times import read_date, read_moment

Kind = Literal["date", "date-time", "int64", "string", "boolean", "array"]
Test = Callable[[Any], bool]
Get = Callable[[Any], Any]


@frozen
class Filter:
    """A filter ready for use."""

    field: str
    passes: Test
    """Takes a row."""


# Longest first, so that `!=` is not read as `!` and `>=` not as `>`.
_OPERATOR = re.compile(r"!\?|!=|>=|<=|~~|~|=|>|<|\?|\*")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {">=": ge, ">": gt, "<=": le, "<": lt}
_INT64 = re.compile(r"-?[0-9]{1,19}")
_WILD_DATE = re.compile(r"[0-9*]{4}-[0-9*]{2}-[0-9*]{2}")


def _given(_: str) -> Test:
    return lambda value: value is not None


def _null(_: str) -> Test:
    return lambda value: value is None


def _any(_: str) -> Test:
    return lambda _: True


_NULLS: dict[str, Callable[[str], Test]] = {"?": _given, "!?": _null}


def _number(text: str) -> int:
    if not _INT64.fullmatch(text):
        raise ValueError("a number")
    return int(text)


def _among(text: str) -> Test:
    wanted = frozenset(_number(part) for part in text.split(","))
    return wanted.__contains__


def _not_number(text: str) -> Test:
    unwanted = _number(text)
    return lambda value: value is not None and value != unwanted


def _compare(operator: str, read: Callable[[str], Any]) -> Callable[[str], Test]:
    holds = _COMPARE[operator]

    def make(text: str) -> Test:
        bound = read(text)
        return lambda value: value is not None and holds(value, bound)

    return make


def _comparisons(read: Callable[[str], Any]) -> dict[str, Callable[[str], Test]]:
    return {operator: _compare(operator, read) for operator in _COMPARE}


def _date(text: str) -> str:
    if read_date(text) is None:
        raise ValueError("a date")
    return text


def _wild_date(text: str) -> Test:
    if "*" not in text:
        day = _date(text)
        return lambda value: value == day
    if not _WILD_DATE.fullmatch(text):
        raise ValueError("a date")
    wanted = re.compile(text.replace("*", "[0-9]"))
    return lambda value: value is not None and wanted.fullmatch(value) is not None


def _truth(holds: Callable[[Any, Any], bool]) -> Callable[[str], Test]:
    def make(text: str) -> Test:
        if text not in {"true", "false"}:
            raise ValueError("true or false")
        wanted = text == "true"
        return lambda value: value is not None and holds(value, wanted)

    return make


def _same(holds: Callable[[Any, Any], bool]) -> Callable[[str], Test]:
    def make(text: str) -> Test:
        wanted = text.casefold()
        return lambda value: value is not None and holds(value.casefold(), wanted)

    return make


def _like(text: str) -> Test:
    pattern = ".*".join(re.escape(part) for part in text.split("%"))
    wanted = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda value: value is not None and wanted.fullmatch(value) is not None


def _contains(text: str) -> Test:
    return _like(f"%{text}%")


def _member(text: str) -> Test:
    return lambda values: values is not None and text in values


def _kinds(zone: ZoneInfo) -> Mapping[Kind, Mapping[str, Callable[[str], Test]]]:
    def moment(text: str) -> int:
        read = read_moment(text, zone)
        if read is None:
            raise ValueError("a date-time")
        return read

    # https://docs.api.cliniko.com/#filtering-results
    return {
        "date": {**_comparisons(_date), **_NULLS, "=": _wild_date},
        "date-time": {**_comparisons(moment), **_NULLS, "*": _any},
        "int64": {**_comparisons(_number), **_NULLS, "=": _among, "!=": _not_number},
        "string": {**_NULLS, "=": _same(eq), "!=": _same(ne), "~": _contains, "~~": _like},
        "boolean": {"=": _truth(eq), "!=": _truth(ne)},
        "array": {"~": _member},
    }


@frozen
class Field:
    """Something that can be filtered and sorted by."""

    kind: Kind
    get: Get
    """Takes a row, gives the value inside."""


def read_filters(texts: Iterable[str], fields: Mapping[str, Field], zone: ZoneInfo) -> list[Filter]:
    """Read filters.

    Args:
        texts: such as `practitioner_id:=1,2`.
        fields: what may be filtered.
        zone: for date-times without an offset.

    Returns:
        The filters, all of which a row must pass.

    Raises:
        Refusal: 400, one of them cannot be read.
    """
    kinds = _kinds(zone)
    return [_read(text, fields, kinds) for text in texts]


def _read(text: str, fields: Mapping[str, Field], kinds: Mapping[Kind, Mapping[str, Callable[[str], Test]]]) -> Filter:
    name, _, rest = text.partition(":")
    if name not in fields:
        raise bad(f"{name} is not filterable")
    kind, get = fields[name].kind, fields[name].get
    found = _OPERATOR.match(rest)
    operator = found.group() if found else ""
    make = kinds[kind].get(operator)
    if make is None:
        raise bad(f"Filter operator {operator or 'missing'} cannot be used for {name}")
    try:
        test = make(rest[len(operator) :])
    except ValueError as error:
        raise bad(f"Filter value for {name} must be {error}") from None
    return Filter(name, lambda row: test(get(row)))
