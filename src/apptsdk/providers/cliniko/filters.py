"""Typed filters: a field knows the operators that the vendor has for its type, and refuses the rest.

    cliniko.individual_appointments.list(q=[F.starts_at >= monday, F.practitioner_id.is_in([one, two])])

https://docs.api.cliniko.com/guides/filtering-results
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Generic, NoReturn, TypeVar, final

import attrs

from apptsdk.moments import aware
from apptsdk.providers.cliniko.wire import identifier
from apptsdk.shapes import is_sequence
from apptsdk.wire import checked_text, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

V = TypeVar("V")

_LAST: Final = datetime.max.replace(microsecond=0, tzinfo=UTC)
_DATE_PATTERN: Final = re.compile(r"[0-9*]{4}-[0-9*]{2}-[0-9*]{2}")


@final
@attrs.frozen(repr=False)
class Filter:
    """One condition, for the `q=` of a list. All conditions of a list must hold; the vendor has no "or".

    Args:
        text: The condition as the vendor writes it.
        field: The field that it is about.
    """

    text: str
    field: Field = attrs.field(eq=False)
    _shown: str = attrs.field(eq=False)

    def __repr__(self) -> str:
        return f"<Filter {self._shown}>"

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "A filter is neither true nor false: `a <= F.x <= b`, `and`, `or` and `not` would lose a part of it. "
            "Give two: q=[F.x >= a, F.x <= b]."
        )


class Field:
    """A field by which a list can be filtered."""

    private = False
    """Whether its values may be about a person; then no repr shows them."""

    def __init__(self) -> None:
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    def __eq__(self, value: object) -> bool:
        return self._refuse("==")

    def __ne__(self, value: object) -> bool:
        return self._refuse("!=")

    __hash__ = object.__hash__

    def exactly(self, text: str) -> Iterator[str]:
        """Give the conditions that hold for one value alone, as the vendor writes them; none where it has none.

        Args:
            text: The value as the vendor writes it.
        """
        yield f"{self.name}:={text}"

    def _filter(self, operator: str, value: str = "") -> Filter:
        shown = "..." if self.private and value else value
        return Filter(f"{self.name}:{operator}{value}", self, f"{self.name}:{operator}{shown}")

    def _refuse(self, operator: str) -> NoReturn:
        raise TypeError(f"The vendor cannot filter {self.name} by {operator}.")

    def _kind(self, value: object) -> str:
        hint = f"; F.{self.name}.is_null() looks for none" if value is None and isinstance(self, NullableField) else ""
        return f"{None if value is None else type(value).__name__}{hint}"


class NullableField(Field):
    """A field that may be null."""

    def is_null(self) -> Filter:
        """Keep rows in which it is null."""
        return self._filter("!?")

    def is_not_null(self) -> Filter:
        """Keep rows in which it is not null."""
        return self._filter("?")


class OrderedField(NullableField, Generic[V]):
    """A field whose values have an order."""

    def __ge__(self, value: V) -> Filter:
        return self._filter(">=", self._written(value))

    def __gt__(self, value: V) -> Filter:
        return self._filter(">", self._written(value))

    def __le__(self, value: V) -> Filter:
        return self._filter("<=", self._written(value))

    def __lt__(self, value: V) -> Filter:
        return self._filter("<", self._written(value))

    def _written(self, value: V) -> str:
        raise NotImplementedError


@final
class DateTimeField(OrderedField[datetime]):
    """A moment, to the second. The vendor has no `==` for it: give `>=` and `<=`."""

    # The vendor's moments are whole seconds: a fraction is rounded so that the same rows fit.
    def __ge__(self, value: datetime) -> Filter:
        return super().__ge__(self._rounded_up(value))

    def __lt__(self, value: datetime) -> Filter:
        return super().__lt__(self._rounded_up(value))

    def any(self) -> Filter:
        """Keep all rows, those too that this field hides: `F.cancelled_at.any()` lists cancelled ones as well."""
        return self._filter("*")

    def exactly(self, text: str) -> Iterator[str]:
        """Give the closed interval that holds one moment."""
        yield f"{self.name}:>={text}"
        yield f"{self.name}:<={text}"

    def _written(self, value: datetime) -> str:
        return utc_seconds(aware(value, self.name))

    def _rounded_up(self, value: datetime) -> datetime:
        moment = aware(value, self.name).astimezone(UTC)
        return moment + timedelta(seconds=1) if moment.microsecond and moment < _LAST else moment

    def _refuse(self, operator: str) -> NoReturn:
        raise TypeError(f"The vendor has no {operator} for moments: q=[F.{self.name} >= a, F.{self.name} <= b].")


class ComparedField(Field, Generic[V]):
    """A field that has `==`."""

    def __eq__(self, value: V) -> Filter:  # type: ignore[override]  # a condition, as in other query builders
        return self._filter("=", self._written(value))

    __hash__ = object.__hash__

    def _written(self, value: V) -> str:
        raise NotImplementedError


@final
class DateField(OrderedField[date], ComparedField[date]):
    """A day."""

    private = True

    def like(self, pattern: str) -> Filter:
        """Keep days that fit a pattern.

        Args:
            pattern: A date with `*` in the place of digits: `"****-05-**"` for all days in May.

        Raises:
            ValueError: It is no such pattern.
        """
        if not isinstance(pattern, str) or not _DATE_PATTERN.fullmatch(pattern):
            raise ValueError(f'{self.name}: a pattern of days looks like "****-05-**".')
        return self._filter("=", pattern)

    def _written(self, value: date) -> str:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise TypeError(f"{self.name} must be compared with a date, not {self._kind(value)}.")
        return value.isoformat()


class DistinctField(ComparedField[V]):
    """A field that has `!=` too."""

    def __ne__(self, value: V) -> Filter:  # type: ignore[override]  # a condition, as in other query builders
        return self._filter("!=", self._written(value))


class _Listed(OrderedField[V], DistinctField[V]):
    """A number or an id."""

    def is_in(self, values: Sequence[V]) -> Filter:
        """Keep rows in which it is one of several.

        Args:
            values: At least one.

        Raises:
            TypeError: They are no list, or one of them is of the wrong type.
            ValueError: There are none, or one of them is malformed.
        """
        given: object = values
        if not is_sequence(given):
            raise TypeError(f"{self.name}.is_in takes a list, not {self._kind(given)}.")
        if not values:
            raise ValueError(f"{self.name}.is_in takes at least one value: nothing is in an empty list.")
        return self._filter("=", ",".join(self._written(value) for value in values))


@final
class NumberField(_Listed[int]):
    """A whole number."""

    def _written(self, value: int) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{self.name} must be compared with an int, not {self._kind(value)}.")
        return str(int(value))


@final
class IdField(_Listed[str | int]):
    """An id."""

    def _written(self, value: str | int) -> str:
        if not isinstance(value, str | int):
            raise TypeError(f"{self.name} must be compared with an id, not {self._kind(value)}.")
        return identifier(value, self.name)


@final
class TextField(NullableField, DistinctField[str]):
    """A text. Whether letters are told from capitals is not documented."""

    private = True

    def contains(self, part: str) -> Filter:
        """Keep rows in which it contains a text.

        Args:
            part: The text.

        Raises:
            ValueError: It is empty, or holds a `%`, which stands for any characters: see `like`.
        """
        text = self._written(part)
        if "%" in text:
            raise ValueError(f"{self.name}.contains takes no %, which stands for any characters: use like().")
        # After "~", a text that begins with "~" would read as the operator "~~": that one is given its wildcards.
        return self._filter("~~", f"%{text}%") if text.startswith("~") else self._filter("~", text)

    def like(self, pattern: str) -> Filter:
        """Keep rows in which it fits a pattern.

        Args:
            pattern: A text with `%` for any characters: `"Sm%th"`. How to write a real `%` is not documented.
        """
        return self._filter("~~", self._written(pattern))

    def exactly(self, text: str) -> Iterator[str]:
        """Give the condition for a text, however the vendor treats blanks at its ends."""
        bare = text.strip()
        yield f"{self.name}:={text}" if bare == text else f"{self.name}:~{bare}"

    def _written(self, value: str) -> str:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} must be compared with a str, not {self._kind(value)}.")
        if not value.strip():
            raise ValueError(f"{self.name} is compared with an empty text. F.{self.name}.is_null() looks for none.")
        return checked_text(value, self.name)


@final
class FlagField(DistinctField[bool]):
    """True or false."""

    def is_(self, value: bool) -> Filter:
        """Keep rows in which it is that. `F.x == True` says the same.

        Args:
            value: True or False.
        """
        return self._filter("=", self._written(value))

    def _written(self, value: bool) -> str:
        if not isinstance(value, bool):
            raise TypeError(f"{self.name} must be compared with True or False, not {self._kind(value)}.")
        return "true" if value else "false"


@final
class IdsField(Field):
    """A list of ids."""

    def contains(self, id: str | int) -> Filter:  # noqa: A002 - the field's name
        """Keep rows in which it contains an id.

        Args:
            id: The id.
        """
        return self._filter("~", identifier(id, self.name))

    def _refuse(self, operator: str) -> NoReturn:
        raise TypeError(f"The vendor cannot filter {self.name} by {operator}: F.{self.name}.contains(id) it can.")

    def exactly(self, text: str) -> Iterator[str]:
        """Give nothing: the vendor has no condition for a whole list."""
        del text
        yield from ()


class Filters:
    """The fields by which a resource's lists can be filtered."""

    __slots__ = ()


@final
class NoFilters(Filters):
    """The filters of a resource whose lists cannot be filtered."""

    __slots__ = ()


def fields_of(filters: Filters) -> Mapping[str, Field]:
    """List a resource's filters.

    Args:
        filters: The fields.

    Returns:
        Each field by its name.
    """
    return {name: field for name, field in vars(type(filters)).items() if isinstance(field, Field)}
