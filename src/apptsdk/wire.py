"""Bytes in, objects out, and arguments in, JSON out: the cattrs converter that every provider starts from."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import partial
from types import GenericAlias
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    TypeGuard,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
import orjson
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn, override

from apptsdk.models import ID, UNSET, Link, Model, OpenInt, OpenStr, Unset
from apptsdk.moments import aware
from apptsdk.shapes import is_mapping, is_sequence
from apptsdk.urls import plain_id

if TYPE_CHECKING:
    from apptsdk.http import Response

T = TypeVar("T")
M = TypeVar("M", bound=Model)

_MOST_PATHS: Final = 20
_MOST_CONTAINERS: Final = 250_000  # each takes some hundred bytes of memory, and two bytes of a hostile answer


class Undecodable(Exception):  # noqa: N818 - an outcome, which the exchange turns into an error
    """An answer does not decode.

    Args:
        paths: Where, and what is expected there; never what is there.
    """

    def __init__(self, *paths: str) -> None:
        super().__init__(*paths)
        self.paths = paths


def loads(content: bytes) -> object:
    """Read JSON.

    Args:
        content: The bytes.

    Returns:
        Plain values.

    Raises:
        Undecodable: They are not JSON.
    """
    if not content:
        raise Undecodable("the body is empty")
    if content.count(b"[") + content.count(b"{") > _MOST_CONTAINERS:
        raise Undecodable("there are more arrays and objects in it than any page holds")
    try:
        value: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        # Raised anew outside this block: the library's error holds the whole document.
        why = f"line {error.lineno}, column {error.colno}: not JSON"
    else:
        return value
    raise Undecodable(why)


def dumps(value: object) -> bytes:
    """Write JSON.

    Args:
        value: Plain values.

    Returns:
        The bytes.
    """
    # Passed through, that is refused: only an Encoding knows how a provider writes a datetime.
    return orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS)


# --- in --------------------------------------------------------------------------------------------------------------


class _Expected(Exception):  # noqa: N818 - becomes a line of Undecodable
    """What was expected at a place. The value itself is about a person, so no message takes it up."""


def _id(value: Any, _: object) -> str:
    if value.__class__ is str:
        return value
    if value.__class__ is int:
        return str(value)
    raise _Expected("not a string")


def _int(value: Any, _: object) -> int:
    if value.__class__ is int:
        return value
    raise _Expected("not an integer")


def _bool(value: Any, _: object) -> bool:
    if value.__class__ is bool:
        return value
    raise _Expected("not a boolean")


def _float(value: Any, _: object) -> float:
    if value.__class__ is float or value.__class__ is int:
        return float(value)
    raise _Expected("not a number")


def _decimal(value: Any, _: object) -> Decimal:
    if value.__class__ is str or value.__class__ is int:
        try:
            number = Decimal(value)
        except ArithmeticError:
            pass
        else:
            if number.is_finite():
                return number
    elif value.__class__ is float:
        return Decimal(repr(value))
    raise _Expected("not a decimal")


_iso: Final = datetime.fromisoformat


def _datetime(value: Any, _: object) -> datetime:
    if value.__class__ is not str:
        raise _Expected("not an ISO 8601 date-time")
    try:
        moment = _iso(value)
    except ValueError:
        moment = _parsed(value)
    if moment.tzinfo is None:
        raise _Expected("a date-time without its offset from UTC")
    return moment


def _parsed(value: str) -> datetime:
    from dateutil.parser import isoparse  # noqa: PLC0415 - only where the fast way fails

    try:
        return isoparse(value)
    except (ValueError, OverflowError):
        pass
    raise _Expected("not an ISO 8601 date-time")


def _date(value: Any, _: object) -> date:
    if value.__class__ is str:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _Expected("not an ISO 8601 date")


_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?|24:00(?::00)?")


def _time(value: Any, _: object) -> time:
    """Read a local time of day; 24:00 is midnight too."""
    found = _TIME.fullmatch(value) if value.__class__ is str else None
    if found is None:
        raise _Expected("not a time of day")
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second)


def _link(value: Any, _: object) -> Link:
    """Read `{"links": {"self": url}}`, or the `{"self": url}` in it."""
    try:
        url = value["links"]["self"] if "links" in value else value["self"]
    except (TypeError, KeyError):
        url = None
    if url.__class__ is str:
        return Link(url)
    raise _Expected("not a link object")


def _mapping(value: Any, _: object) -> Mapping[str, object]:
    if value.__class__ is dict:
        return value
    raise _Expected("not an object")


def _open_str(value: Any, kind: type[OpenStr]) -> OpenStr:
    if value.__class__ is str:
        return kind(value)
    raise _Expected("not a string")


def _open_int(value: Any, kind: type[OpenInt]) -> OpenInt:
    if value.__class__ is int:
        return kind(value)
    raise _Expected("not an integer")


_HOOKS: Final[Mapping[Any, Callable[[Any, Any], object]]] = {
    str: _id,
    int: _int,
    bool: _bool,
    float: _float,
    Decimal: _decimal,
    datetime: _datetime,
    date: _date,
    time: _time,
    Link: _link,
    OpenStr: _open_str,  # by class, as str is: cattrs looks there first, and would take str's hook for them
    OpenInt: _open_int,
}
_OBJECT: Final = Mapping[str, object]


def _optional(kind: Any) -> Any | None:
    """The X of `X | None`."""
    if get_origin(kind) not in {Union, types.UnionType}:
        return None
    rest = [part for part in get_args(kind) if part is not type(None)]
    return rest[0] if len(rest) == 1 and len(get_args(kind)) > 1 else None


def _str_or_none(value: Any, _: object) -> str | None:
    if value is None or value.__class__ is str:
        return value
    return _id(value, _)


def _bool_or_none(value: Any, _: object) -> bool | None:
    if value is None or value is True or value is False:
        return value
    raise _Expected("not a boolean")


def _int_or_none(value: Any, _: object) -> int | None:
    if value is None or value.__class__ is int:
        return value
    raise _Expected("not an integer")


def _datetime_or_none(value: Any, _: object) -> datetime | None:
    if value is None:
        return None
    if value.__class__ is str:
        try:
            moment = _iso(value)
        except ValueError:
            pass
        else:
            if moment.tzinfo is not None:
                return moment
    return _datetime(value, _)


def _link_or_none(value: Any, _: object) -> Link | None:
    if value is None:
        return None
    try:
        url = value["links"]["self"]
    except (TypeError, KeyError):
        pass
    else:
        if url.__class__ is str:
            return Link(url)
    return _link(value, _)


# One call a field instead of two: most fields are optional, and a page has thousands.
_OR_NONE: Final[Mapping[Any, Callable[[Any, Any], object]]] = {
    str: _str_or_none,
    bool: _bool_or_none,
    int: _int_or_none,
    datetime: _datetime_or_none,
    Link: _link_or_none,
}


def _make_optional(converter: Converter, kind: Any) -> Callable[[Any, Any], object]:
    inner_kind = _optional(kind)
    if inner_kind in _OR_NONE:
        return _OR_NONE[inner_kind]
    inner = converter.get_structure_hook(inner_kind)

    def structure(value: Any, _: object) -> object:
        return None if value is None else inner(value, inner_kind)

    return structure


def _make_tuple(converter: Converter, kind: Any) -> Callable[[Any, Any], object]:
    item_kind: Any = get_args(kind)[0]
    inner = converter.get_structure_hook(item_kind)
    if not converter.detailed_validation:

        def structure(value: Any, _: object) -> object:
            if value.__class__ is not list:
                raise _Expected("not an array")
            return tuple([inner(item, item_kind) for item in value])

        return structure
    plain = converter.get_structure_hook(list[item_kind])

    def structure_with_paths(value: Any, _: object) -> object:
        if value.__class__ is not list:
            raise _Expected("not an array")
        return tuple(plain(value, list[item_kind]))

    return structure_with_paths


_set = object.__setattr__


def _make_model(converter: Converter, kind: Any) -> Callable[[Any, Any], object]:
    attrs.resolve_types(kind)
    fields = [field for field in attrs.fields(kind) if field.init]
    if not converter.detailed_validation and all(field.default in {None, attrs.NOTHING} for field in fields):
        return _compiled(converter, kind, fields)
    renamed: dict[str, Any] = {field: override(rename=name) for field, name in kind.sent_as.items()}
    inner = make_dict_structure_fn(
        kind,
        converter,
        _cattrs_detailed_validation=converter.detailed_validation,
        _cattrs_use_linecache=False,
        **renamed,
    )

    def structure(value: Any, cls: Any) -> object:
        if value.__class__ is not dict:
            raise _Expected("not an object")
        model = inner(value, cls)
        _set(model, "_sent", value)
        return model

    return structure


_INLINE: Final[Mapping[Any, str]] = {str: "str", int: "int", bool: "bool"}


_MOMENT: Final = """if {needed}:
        try: moment = iso({v})
        except (TypeError, ValueError): {v} = {read}
        else: {v} = moment if moment.tzinfo is not None else {read}"""


def _compiled(converter: Converter, kind: Any, fields: Sequence[attrs.Attribute[Any]]) -> Callable[[Any, Any], object]:
    """Make the function that reads a model fast: a line a field, and no call where the type tells all."""
    known: dict[str, Any] = {"kind": kind, "remember": _set, "Expected": _Expected, "iso": _iso}
    lines = ['if o.__class__ is not dict: raise Expected("not an object")', "get = o.get"]
    given: list[str] = []
    for place, field in enumerate(fields):
        name, inner = repr(kind.sent_as.get(field.name, field.name)), _optional(field.type) or field.type
        # Whether it is there is looked at here: what is in it need not look again.
        known[f"t{place}"] = inner if _is_model(inner) or _is_open(inner) else field.type
        known[f"h{place}"] = _late(converter, known, f"h{place}")
        v, read = f"v{place}", f"h{place}(v{place}, t{place})"
        if _is_open(inner):
            known[f"e{place}"] = {member.value: member for member in inner}
            read = f"e{place}.get(v{place}) or {read}"
        required = field.default is attrs.NOTHING
        # A hook of the provider's own decides about every value itself.
        ours = inner in _OR_NONE and converter.get_structure_hook(field.type) in {_OR_NONE[inner], _HOOKS[inner]}
        lines.append(f"{v} = o[{name}]" if required else f"{v} = get({name})")
        needed = "True" if required else f"{v} is not None"
        if ours and inner is datetime:
            lines.append(_MOMENT.format(needed=needed, v=v, read=read))
        else:
            needed += f" and {v}.__class__ is not {_INLINE[inner]}" if ours and inner in _INLINE else ""
            lines.append(f"if {needed}: {v} = {read}")
        given.append(f"{field.alias}={v}")
    lines += [f"model = kind({', '.join(given)})", 'remember(model, "_sent", o)', "return model"]
    body = "\n    ".join(lines)
    exec(f"def structure(o, cls):\n    {body}\n", known)  # noqa: S102 - of field names that are ours
    made: Callable[[Any, Any], object] = known["structure"]
    return made


def _late(converter: Converter, known: dict[str, Any], name: str) -> Callable[[Any, Any], object]:
    """Find a field's hook when it is first needed: models may hold each other."""

    def structure(value: Any, kind: Any) -> object:
        known[name] = hook = converter.get_structure_hook(kind)
        return hook(value, kind)

    return structure


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _is_open(kind: Any) -> TypeGuard[type[OpenStr]]:
    return isinstance(kind, type) and issubclass(kind, OpenStr)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def converter(*, detailed: bool = False) -> Converter:
    """Make the converter that providers start from.

    Args:
        detailed: Whether errors say where; slower, so it is the second try.

    Returns:
        A cattrs converter. Hooks are made on first use.
    """
    made = Converter(detailed_validation=detailed)
    for kind, hook in _HOOKS.items():
        made.register_structure_hook(kind, hook)
    made.register_structure_hook_func(lambda kind: kind == _OBJECT, _mapping)
    made.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
    made.register_structure_hook_factory(_is_tuple, partial(_make_tuple, made))
    made.register_structure_hook_factory(_is_model, partial(_make_model, made))
    made.register_structure_hook_factory(lambda kind: _optional(kind) is not None, partial(_make_optional, made))
    return made


class Wire:
    """One provider's way to read and write: the converters, made on first use.

    Args:
        adapt: Adds the provider's own hooks to a converter.
    """

    def __init__(self, adapt: Callable[[Converter], None] | None = None) -> None:
        self._adapt = adapt
        self._fast: Converter | None = None
        self._detailed: Converter | None = None

    def _made(self, *, detailed: bool) -> Converter:
        made = converter(detailed=detailed)
        if self._adapt is not None:
            self._adapt(made)
        return made

    def structure(self, value: object, kind: type[T], where: str = "") -> T:
        """Turn plain values into an object.

        Args:
            value: The plain values.
            kind: What to make.
            where: The path of the value within the answer, for errors.

        Returns:
            The object.

        Raises:
            Undecodable: The values do not fit.
        """
        if self._fast is None:
            self._fast = self._made(detailed=False)
        try:
            return self._fast.structure(value, kind)
        except Exception:  # noqa: BLE001, S110 - whatever went wrong, the second try says where
            pass
        raise Undecodable(*self._paths(value, kind, where))

    def whole(self, body: object, kind: type[M]) -> M:
        """Turn plain values of a shape that is not published into an object: all of it that can be read.

        Args:
            body: The plain values.
            kind: What to make. Its required fields must be there.

        Returns:
            The object. What does not fit reads as None; see `as_sent()`.

        Raises:
            Undecodable: A required field is missing, or it is no object.
        """
        try:
            return self.structure(body, kind)
        except Undecodable:
            if not is_mapping(body):
                raise
        fields = (field.name for field in attrs.fields(kind) if field.init and field.default is attrs.NOTHING)
        needed = {kind.sent_as.get(name, name) for name in fields}
        kept = {name: body[name] for name in needed if name in body}
        fitting = {name: value for name, value in body.items() if self._fits({**kept, name: value}, kind)}
        found = self.structure({**kept, **fitting}, kind)
        _set(found, "_sent", body)
        return found

    def _fits(self, value: object, kind: type[object]) -> bool:
        try:
            self.structure(value, kind)
        except Undecodable:
            return False
        return True

    def all_of(self, kind: type[T], value: object, where: str = "") -> tuple[T, ...]:
        """Turn an array of plain values into objects.

        Args:
            kind: What to make of each.
            value: The array.
            where: Its path within the answer, for errors.

        Returns:
            The objects.

        Raises:
            Undecodable: The values do not fit.
        """
        tuple_of: type[tuple[T, ...]] = GenericAlias(tuple, (kind, ...))  # type: ignore[assignment]  # made at run time
        return self.structure(value, tuple_of, where)

    def _paths(self, value: object, kind: type[T], where: str) -> list[str]:
        if self._detailed is None:
            self._detailed = self._made(detailed=True)
        try:
            self._detailed.structure(value, kind)
        except BaseValidationError as error:
            lines = transform_error(error, path=where or "$", format_exception=_line)
            return [_tidy(line) for line in lines[:_MOST_PATHS]]
        except (_Expected, Undecodable) as error:
            return [f"{where or '$'}: {_line(error, None)}"]
        except Exception as error:  # noqa: BLE001 - another library's message may quote the value
            return [f"{where or '$'}: {type(error).__name__}"]
        return [f"{where or '$'}: unreadable"]

    def one(self, kind: type[T]) -> Callable[[Response], T]:
        """Read an answer that is one object.

        Args:
            kind: What it is.

        Returns:
            A reader for an operation.
        """
        return lambda response: self.structure(loads(response.content), kind)


def _line(error: BaseException, kind: type | None) -> str:
    del kind
    if isinstance(error, _Expected | Undecodable):
        return "; ".join(map(str, error.args))
    if isinstance(error, KeyError):
        return "missing"
    return type(error).__name__


def _tidy(line: str) -> str:
    what, _, path = line.rpartition(" @ ")
    return f"{path.removeprefix('$.')}: {what}"


# --- out -------------------------------------------------------------------------------------------------------------


def utc_seconds(value: datetime) -> str:
    """Write a moment as `2026-02-10T00:00:00Z`. Fractions of a second are cut off.

    Args:
        value: An aware datetime.

    Returns:
        The text.
    """
    return value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


Encoder = Callable[[Any, str], object]


class Encoding:
    """How a provider's inputs become JSON: checked by their declared types, before anything is sent.

    Args:
        moment: Writes an aware datetime.
        identifier: Checks and writes an id.
    """

    def __init__(
        self,
        moment: Callable[[datetime], object] = utc_seconds,
        identifier: Callable[[object, str], str | int] = plain_id,
    ) -> None:
        self.moment = moment
        self.identifier = identifier
        self._plans: dict[type, tuple[tuple[str, Encoder], ...]] = {}

    def encode(self, value: object, argument: str = "") -> dict[str, object]:
        """Write an input as plain JSON values. What is UNSET is left out, None is null.

        Args:
            value: An attrs object.
            argument: The path of the value among the caller's arguments, for messages.

        Returns:
            A dict for the JSON library.

        Raises:
            TypeError: A value is of the wrong type.
            ValueError: A value is naive, or no id.
        """
        prefix = f"{argument}." if argument else ""
        body: dict[str, object] = {}
        for name, encoder in self._plan(type(value)):
            item = getattr(value, name)
            if item is not UNSET:
                body[name] = encoder(item, prefix + name)
        return body

    def _plan(self, kind: type) -> tuple[tuple[str, Encoder], ...]:
        plan = self._plans.get(kind)
        if plan is None:
            hints = get_type_hints(kind, include_extras=True)
            plan = tuple((field.name, self.encoder(hints[field.name])) for field in attrs.fields(kind))
            self._plans[kind] = plan
        return plan

    def encoder(self, kind: Any) -> Encoder:  # noqa: PLR0911 - a line a kind  # Any: an annotation is no type
        """Find the encoder of a declared type.

        Args:
            kind: The type.

        Returns:
            A function of a value and its argument's name.

        Raises:
            TypeError: There is none.
        """
        if kind is datetime:
            return lambda value, argument: self.moment(aware(value, argument))
        if kind in _PLAIN:
            return _PLAIN[kind]
        if isinstance(kind, type):
            return self._of_class(kind)
        outer, inner = get_origin(kind), get_args(kind)
        if outer is Annotated and ID in inner[1:]:
            return self.identifier
        if outer in {Union, types.UnionType}:
            return self._union([part for part in inner if part is not Unset])
        if outer is Sequence:
            return self._sequence(self.encoder(inner[0]))
        if outer is Literal:
            return partial(_one_of, inner)
        raise TypeError(f"There is no encoder for {kind!r}.")

    def _of_class(self, kind: type[object]) -> Encoder:
        return _enumerated(kind) if issubclass(kind, Enum) else self._nested(kind)

    def _union(self, parts: list[Any]) -> Encoder:
        nullable = type(None) in parts
        (kind,) = (part for part in parts if part is not type(None))
        inner = self.encoder(kind)
        if not nullable:
            return inner
        return lambda value, argument: None if value is None else inner(value, argument)

    def _sequence(self, inner: Encoder) -> Encoder:
        def encode(value: Any, argument: str) -> object:
            if not is_sequence(value):
                raise TypeError(f"{argument} must be a list or a tuple, not {type(value).__name__}.")
            return [inner(item, f"{argument}[{index}]") for index, item in enumerate(value)]

        return encode

    def _nested(self, kind: type) -> Encoder:
        def encode(value: Any, argument: str) -> object:
            if not isinstance(value, kind):
                raise TypeError(f"{argument} must be a {kind.__name__}, not {type(value).__name__}.")
            return self.encode(value, argument)

        return encode


def checked_text(value: str, argument: str) -> str:
    """Refuse a text that no encoding can carry.

    Args:
        value: The text.
        argument: The argument's name, for the message.

    Returns:
        The text.

    Raises:
        ValueError: It holds half a surrogate pair.
    """
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            pass
        else:
            return value
        # Outside the block above: that error holds the whole text.
        raise ValueError(f"{argument} is not valid Unicode: it holds half a surrogate pair.")
    return value


def _as_date(value: Any, argument: str) -> object:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{argument} must be a date, not {type(value).__name__}.")
    return value.isoformat()


def _as_time(value: Any, argument: str) -> object:
    if not isinstance(value, time):
        raise TypeError(f"{argument} must be a time, not {type(value).__name__}.")
    if value.tzinfo is not None or value.second or value.microsecond:
        raise ValueError(f"{argument} must be an hour and a minute of the local clock, without a time zone.")
    return value.isoformat("minutes")


def _as_decimal(value: Any, argument: str) -> object:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"{argument} must be a Decimal, not {type(value).__name__}: a float would round it.")
    return str(value)


def _as_mapping(value: Any, argument: str) -> object:
    if not is_mapping(value):
        raise TypeError(f"{argument} must be a mapping, not {type(value).__name__}.")
    return dict(value)


def _exactly(kind: type) -> Encoder:
    def encode(value: Any, argument: str) -> object:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise TypeError(f"{argument} must be {kind.__name__}, not {type(value).__name__}.")
        return checked_text(value, argument) if isinstance(value, str) else value

    return encode


def _one_of(known: tuple[object, ...], value: Any, argument: str) -> object:
    if value in known:
        return value
    raise ValueError(f"{argument} must be one of {', '.join(map(repr, known))}.")


def _enumerated(kind: type[Enum]) -> Encoder:
    def encode(value: Any, argument: str) -> object:
        try:
            return kind(value).value
        except ValueError:
            known = ", ".join(repr(member.value) for member in kind)
        raise ValueError(f"{argument} must be a {kind.__name__}: one of {known}.")

    return encode


_PLAIN: Final[Mapping[object, Encoder]] = {
    date: _as_date,
    time: _as_time,
    Decimal: _as_decimal,
    **{kind: _exactly(kind) for kind in (str, int, bool)},
    _OBJECT: _as_mapping,
}
