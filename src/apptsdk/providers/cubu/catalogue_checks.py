"""Reading a catalogue's file, and finding all that is wrong with a catalogue, wherever it comes from."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeGuard, TypeVar

import attrs

from apptsdk.errors import ConfigurationError
from apptsdk.providers.cubu.catalogue_entries import KINDS, OTHERS
from apptsdk.providers.cubu.ids import guid, is_guid
from apptsdk.providers.cubu.models.shared import Channel
from apptsdk.providers.cubu.zones import zone
from apptsdk.shapes import is_array, is_object

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from apptsdk.providers.cubu.catalogue_entries import Entry

T = TypeVar("T")

_MINUTE: Final = timedelta(minutes=1)
_DAY_MINUTES: Final = 1440
_MOST: Final = 20
_MOST_NAMES: Final = 10


def label(value: str) -> str:
    """Give the form in which names are compared: without regard to case, or to blanks around them.

    Args:
        value: A name.

    Returns:
        What two names that are the same have in common.
    """
    return value.strip().casefold()


def labels(entry: object) -> list[str]:
    """Give what an entry is called: its name, and its slug where it has one.

    Args:
        entry: An entry of a catalogue.

    Returns:
        The labels, in the form in which they are compared.
    """
    found = [getattr(entry, field, None) for field in ("name", "slug")]
    return [*dict.fromkeys(label(value) for value in found if isinstance(value, str))]


# --- the file --------------------------------------------------------------------------------------------------------


def read(path: str | os.PathLike[str]) -> tuple[dict[str, Any], list[str]]:
    """Read a catalogue's file.

    Args:
        path: The TOML file.

    Returns:
        What it holds, as arguments of a catalogue, not yet checked; and the keys that should not be there.

    Raises:
        ConfigurationError: The file is not there, or is no TOML.
    """
    import tomllib  # noqa: PLC0415 - only who has a file needs it

    try:
        held: dict[str, object] = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise _refusal(f"The catalogue {path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise _refusal(f"The catalogue {path} is no TOML: {error}.") from error
    found = [*_strangers(held, [*OTHERS, *KINDS])]
    # Any: attrs takes whatever a file holds, and `problems` says what is wrong with it.
    given: dict[str, Any] = {}
    for name, value in held.items():
        kind = KINDS.get(name)
        if kind and is_array(value):
            given[name] = tuple(_entry(kind, one) for one in value)
            keys = [field.name for field in attrs.fields(kind)]
            for number, one in enumerate(value, 1):
                if is_object(one):
                    where = _where(name, number, one.get("name"))
                    found += [f"{where}: {text}" for text in _strangers(one, keys)]
        elif kind or name in OTHERS:
            given[name] = tuple(value) if is_array(value) else value
    return given, found


def _strangers(given: Mapping[str, object], keys: Sequence[str]) -> Iterator[str]:
    for name in given:
        if name not in keys:
            yield f'"{name}" is no key: they are {", ".join(keys)}.'


def _entry(kind: type[Entry], given: object) -> object:
    if not is_object(given):
        return given
    fields: dict[str, Any] = dict.fromkeys(("id", "name"))
    fields.update((field.name, given[field.name]) for field in attrs.fields(kind) if field.name in given)
    minutes = fields.get("duration")
    if type(minutes) is int and 0 < minutes <= _DAY_MINUTES:
        fields["duration"] = minutes * _MINUTE
    return kind(**fields)


# --- the checks ------------------------------------------------------------------------------------------------------


def problems(given: Mapping[str, object]) -> Iterator[str]:
    """Find what is wrong with a catalogue.

    Args:
        given: Its parts, as they are or would be.

    Yields:
        A sentence for each problem.
    """
    for table, kind in KINDS.items():
        entries = given.get(table, ())
        if _is_tuple(entries):
            yield from _table(table, kind, entries)
        else:
            yield f"{table} must be a list of {kind.__name__}; in a file, tables that begin with [[{table}]]."
    yield from _languages(given.get("languages", ()))
    key = given.get("customer_key")
    if key is not None:
        yield from _customer_key(key, given.get("field_types", ()))


def _table(table: str, kind: type[Entry], entries: Sequence[object]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        where = _where(table, number, getattr(entry, "name", None))
        if type(entry) is not kind:
            yield f"{where} must be a {kind.__name__}; in a file, a table that begins with [[{table}]]."
            continue
        for field in attrs.fields(kind):
            wrong = _wrong(field, getattr(entry, field.name))
            if wrong:
                yield f"{where}: {field.name} {wrong}."
        for what, mark in (("id", getattr(entry, "id", None)), *(("name or slug", one) for one in labels(entry))):
            if isinstance(mark, str) and seen.setdefault(mark, number) != number:
                yield f"{where}: its {what} is that of entry {seen[mark]}, too."


def _wrong(field: attrs.Attribute[Any], value: object) -> str | None:
    if value is None and field.default in {None, attrs.NOTHING}:
        return "is missing" if field.default is attrs.NOTHING else None
    return _CHECKS[field.name](value)


def _is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def _where(table: str, number: int, name: object) -> str:
    return f'{table}, entry {number} ("{name}")' if isinstance(name, str) else f"{table}, entry {number}"


def _id(value: object) -> str | None:
    try:
        guid(value, "")
    except (TypeError, ValueError) as error:
        return str(error).strip(" .")
    return None


def _name(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "must be a text, and not blank"
    return "must not be a GUID: that would be taken for an id" if is_guid(value.strip()) else None


def _zone(value: object) -> str | None:
    try:
        zone(value, "")  # type: ignore[arg-type] # it refuses what is no str
    except ValueError as error:
        return str(error).strip(" .")
    return None


def _duration(value: object) -> str | None:
    if isinstance(value, timedelta) and 0 < value / _MINUTE <= _DAY_MINUTES and not value % _MINUTE:
        return None
    return f"must be whole minutes, 1 to {_DAY_MINUTES}: a number of them in a file, a timedelta in Python"


def _served(value: object) -> str | None:
    if _is_tuple(value) and all(isinstance(one, Channel) and one.is_known for one in value):
        return None
    return f"must be a list of {', '.join(Channel)}"


_CHECKS: Final[Mapping[str, Callable[[object], str | None]]] = {
    "id": _id,
    "name": _name,
    "slug": _name,
    "time_zone": _zone,
    "duration": _duration,
    "channels": _served,
}


def _languages(given: object) -> Iterator[str]:
    texts = [one for one in given if isinstance(one, str) and one.strip()] if _is_tuple(given) else []
    if not _is_tuple(given) or len(texts) < len(given):
        yield 'languages must be a list of texts such as "en-US".'
    elif len({label(one) for one in texts}) < len(texts):
        yield "languages names one of them twice."


def _customer_key(key: object, field_types: object) -> Iterator[str]:
    entries: Sequence[object] = field_types if _is_tuple(field_types) else ()
    found = find(entries, key) if isinstance(key, str) else None
    if found is None:
        yield f"customer_key must be the id, name or slug of a field type; {known(entries, 'field types')}."
    elif getattr(found, "slug", None) is None:
        yield "customer_key: that field type has no slug, by which Cubu searches for a customer."


# --- what names what -------------------------------------------------------------------------------------------------


def find(entries: Iterable[T], value: str) -> T | None:
    """Find an entry.

    Args:
        entries: A table's entries.
        value: An id, or a name or slug in any case.

    Returns:
        The entry, or None.
    """
    wanted = label(value)
    return next((one for one in entries if wanted == getattr(one, "id", None) or wanted in labels(one)), None)


def known(entries: Sequence[object], what: str) -> str:
    """Say which names there are, the first ten of them.

    Args:
        entries: A table's entries.
        what: What they are.

    Returns:
        Words for a message.
    """
    names = [f'"{one}"' for one in (getattr(entry, "name", None) for entry in entries) if isinstance(one, str)]
    if not names:
        return f"the catalogue has no {what}"
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"the catalogue's {what} are {', '.join(names[:_MOST_NAMES])}{more}"


def refuse(found: Sequence[str], what: str) -> None:
    """Refuse a catalogue in which there is something wrong.

    Args:
        found: What is wrong with it.
        what: How the message calls it.

    Raises:
        ConfigurationError: There is something.
    """
    if not found:
        return
    more = [f"and {len(found) - _MOST} more"] if len(found) > _MOST else []
    raise _refusal("\n- ".join([f"{what} is not right:", *found[:_MOST], *more]))


def _refusal(message: str) -> ConfigurationError:
    return ConfigurationError(message, provider="cubu")
