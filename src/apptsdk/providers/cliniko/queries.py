"""What lists and single reads of Cliniko take: filters, order, page size, and the rows that are hidden by default.

https://docs.api.cliniko.com/guides/filtering-results, .../guides/ordering, .../guides/pagination
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

import attrs

from apptsdk import urls
from apptsdk.models import UNSET, Id, Unset
from apptsdk.operation import checked_prefetch, whole_number
from apptsdk.providers.cliniko.filters import Filter, fields_of
from apptsdk.providers.cliniko.wire import identifier
from apptsdk.shapes import is_sequence
from apptsdk.wire import checked_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from apptsdk.providers.cliniko.filters import Filters

MAX_PER_PAGE: Final = 100


@attrs.frozen(kw_only=True, slots=False)
class Query:
    """A query that asks for nothing in particular."""

    parents: ClassVar[Mapping[str, str]] = {}
    """The arguments that lead the path through another resource, and that resource's path."""

    def filters(self) -> Iterator[str]:
        """Give the filters, as the vendor writes them."""
        yield from ()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give the query's names and values."""
        return tuple(("q[]", text) for text in self.filters())

    def path(self, name: str) -> str:
        """Give the path to ask: of the first parent that is given, or of all."""
        for argument, parent in self.parents.items():
            value: object = getattr(self, argument)
            if not isinstance(value, Unset):
                return urls.path(parent, identifier(value, argument), name)
        return urls.path(name)

    def start(self) -> str | None:
        """Give the cursor to begin at."""
        return None

    def ahead(self) -> int:
        """Give the number of pages to fetch ahead."""
        return 0

    def check(self, name: str, filters: Filters) -> None:
        """Refuse what the resource of that name does not have."""


@attrs.frozen(kw_only=True, slots=False)
class WithArchived(Query):
    """A query over rows that can be archived.

    Args:
        include_archived: Whether archived ones are looked among too; they are hidden otherwise.
    """

    include_archived: bool = False

    def filters(self) -> Iterator[str]:
        """Give the filters, as the vendor writes them."""
        yield from super().filters()
        if flag(self.include_archived, "include_archived"):
            yield "archived_at:*"


@attrs.frozen(kw_only=True, slots=False)
class WithCancelled(WithArchived):
    """A query over rows that can be cancelled or archived.

    Args:
        include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
    """

    include_cancelled: bool = False

    def filters(self) -> Iterator[str]:
        """Give the filters, as the vendor writes them."""
        yield from super().filters()
        if flag(self.include_cancelled, "include_cancelled"):
            yield "cancelled_at:*"


@attrs.frozen(kw_only=True, slots=False)
class PagedQuery(Query):
    """A list that comes in pages.

    Args:
        sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added as the
            last one, because rows that are equal in all others could change places from page to page. By default
            in the order in which they were made.
        per_page: How many a page holds, 1 to 100.
        cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
        prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked for up
            to so many in vain.
    """

    sort: Sequence[str] = ()
    per_page: int = MAX_PER_PAGE
    cursor: str | None = attrs.field(default=None, repr=False)  # it holds the filters
    prefetch: int = 0

    tie: ClassVar[str | None] = "created_at"

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give the query's names and values."""
        order = texts(self.sort, "sort")
        if order and self.tie is not None and self.tie not in {field.partition(":")[0] for field in order}:
            order = (*order, self.tie)
        ordered = (("sort", ",".join(order)),) if order else ()
        return (*super().pairs(), *ordered, ("per_page", str(page_size(self.per_page))))

    def start(self) -> str | None:
        """Give the cursor to begin at."""
        if self.cursor is not None and not isinstance(self.cursor, str):
            raise TypeError(f"cursor must be the .cursor of a page, a str, not {type(self.cursor).__name__}.")
        if self.cursor is not None and "/" not in self.cursor:
            raise ValueError("cursor is not the .cursor of a page.")
        return self.cursor

    def _led_by(self, cursor: str) -> str:
        try:
            return urlsplit(cursor).path
        except ValueError:
            raise ValueError("cursor is not the .cursor of a page.") from None

    def ahead(self) -> int:
        """Give the number of pages to fetch ahead."""
        return checked_prefetch(self.prefetch)

    def check(self, name: str, filters: Filters) -> None:
        """Refuse the cursor of another list, and what would be ignored beside a cursor."""
        super().check(name, filters)
        cursor = self.start()
        if cursor is None:
            return
        if self.sort or any(self.filters()):
            raise ValueError("cursor brings its own filters and order: give no q, sort or include_... beside it.")
        found, own = self._led_by(cursor), self.path(name)
        if not found.endswith(own) and (own != urls.path(name) or name not in found.split("/")):
            raise ValueError(f"cursor is not that of a page of {name}.")


@attrs.frozen(kw_only=True, slots=False)
class ListQuery(PagedQuery):
    """A list that can be filtered.

    Args:
        q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes them,
            `["created_at:>=2026-01-01T00:00:00Z"]`.
    """

    q: Sequence[str | Filter] = attrs.field(default=(), repr=False)

    def filters(self) -> Iterator[str]:
        """Give the filters, as the vendor writes them."""
        for condition in conditions(self.q):
            yield condition.text if isinstance(condition, Filter) else condition
        yield from super().filters()

    def check(self, name: str, filters: Filters) -> None:
        """Refuse the conditions of another resource."""
        super().check(name, filters)
        known = fields_of(filters)
        for condition in conditions(self.q):
            if isinstance(condition, Filter) and type(known.get(condition.field.name)) is not type(condition.field):
                have = ", ".join(known)
                raise ValueError(f"{name} cannot be filtered by {condition.field.name}, but by: {have}.")


def flag(value: object, argument: str) -> bool:
    """Check a flag: "false" is true to Python, and would cancel a whole series.

    Args:
        value: What the caller gave.
        argument: The argument's name, for the message.

    Returns:
        The flag.

    Raises:
        TypeError: It is no bool.
    """
    if not isinstance(value, bool):
        raise TypeError(f"{argument} must be True or False, not {type(value).__name__}.")
    return value


def page_size(value: object) -> int:
    """Check a page size.

    Args:
        value: What the caller gave.

    Returns:
        The size.

    Raises:
        TypeError: It is no int.
        ValueError: It is not from 1 to 100.
    """
    return whole_number(value, "per_page", 1, MAX_PER_PAGE)


def texts(value: object, argument: str) -> tuple[str, ...]:
    """Check a list of texts.

    Args:
        value: What the caller gave.
        argument: The argument's name, for the message.

    Returns:
        The texts.

    Raises:
        TypeError: It is no list of strings; a single string is none.
        ValueError: One of them is empty.
    """
    if not is_sequence(value):
        raise TypeError(f'{argument} must be a list of strings: put it in brackets, {argument}=["..."].')
    found: list[str] = []
    for item in value:
        if not isinstance(item, str):
            raise TypeError(f"{argument} must be a list of strings, and holds a {type(item).__name__}.")
        if not item.strip():
            raise ValueError(f"{argument} holds an empty text.")
        found.append(checked_text(item, argument))
    return tuple(found)


def conditions(value: object) -> tuple[str | Filter, ...]:
    """Check a list of conditions.

    Args:
        value: What the caller gave.

    Returns:
        The conditions.

    Raises:
        TypeError: It is no list of filters and strings; a single one is none.
        ValueError: A string is empty.
    """
    if not is_sequence(value):
        raise TypeError("q must be a list of conditions: put it in brackets, q=[...].")
    return tuple(item if isinstance(item, Filter) else _condition(item) for item in value)


_CONDITION: Final = re.compile(r"[A-Za-z_][\w.]*:\S")


def _condition(item: object) -> str:
    if not isinstance(item, str):
        raise TypeError(f"q must be a list of filters and texts, and holds a {type(item).__name__}.")
    (text,) = texts([item], "q")
    if not _CONDITION.match(text):
        raise ValueError(
            'q holds a text that is no condition. One is written without a space, such as "last_name:=Park": a field, '
            "a colon, an operator and a value."
        )
    return text


@attrs.frozen(kw_only=True, slots=False)
class ArchivableQuery(ListQuery, WithArchived):
    """A list whose rows can be archived."""


@attrs.frozen(kw_only=True, slots=False)
class AppointmentQuery(ListQuery, WithCancelled):
    """A list whose rows can be cancelled or archived."""


@attrs.frozen(kw_only=True, slots=False)
class AppointmentTypeQuery(ArchivableQuery):
    """A list of appointment types.

    Args:
        practitioner_id: Only those that this practitioner offers.
    """

    practitioner_id: Id | Unset = UNSET

    parents: ClassVar[Mapping[str, str]] = {"practitioner_id": "practitioners"}


@attrs.frozen(kw_only=True, slots=False)
class PractitionerQuery(ListQuery):
    """A list of practitioners, the active ones by default.

    Args:
        business_id: Only those who work at this business.
        appointment_type_id: Only those who offer this appointment type.
        inactive: List the inactive ones instead.
    """

    business_id: Id | Unset = UNSET
    appointment_type_id: Id | Unset = UNSET
    inactive: bool = False

    parents: ClassVar[Mapping[str, str]] = {"business_id": "businesses", "appointment_type_id": "appointment_types"}

    def path(self, name: str) -> str:
        """Give the path to ask."""
        if UNSET not in (self.business_id, self.appointment_type_id):
            raise ValueError("Give business_id or appointment_type_id, not both: the vendor filters by one.")
        path = super().path(name)
        return f"{path}/inactive" if flag(self.inactive, "inactive") else path


@attrs.frozen(kw_only=True, slots=False)
class DailyAvailabilityQuery(ListQuery):
    """A list of daily availabilities.

    Args:
        business_id: Only those at this business.
        practitioner_id: Only those of this practitioner.
    """

    business_id: Id | Unset = UNSET
    practitioner_id: Id | Unset = UNSET

    parents: ClassVar[Mapping[str, str]] = {"business_id": "businesses", "practitioner_id": "practitioners"}

    def filters(self) -> Iterator[str]:
        """Give the filters, as the vendor writes them."""
        yield from super().filters()
        if not isinstance(self.business_id, Unset) and not isinstance(self.practitioner_id, Unset):
            yield f"practitioner_id:={identifier(self.practitioner_id, 'practitioner_id')}"


@attrs.frozen(kw_only=True, slots=False)
class ServiceQuery(PagedQuery):
    """A list of services.

    Args:
        business_id: Only those of this business.
    """

    business_id: Id | Unset = UNSET

    parents: ClassVar[Mapping[str, str]] = {"business_id": "businesses"}
    tie: ClassVar[str | None] = None  # services have no created_at


@attrs.frozen(kw_only=True, slots=False)
class PatientCaseQuery(ArchivableQuery):
    """A list of patient cases.

    Args:
        active: List the active ones alone.
    """

    active: bool = False

    def path(self, name: str) -> str:
        """Give the path to ask."""
        path = super().path(name)
        return f"{path}/active" if flag(self.active, "active") else path
