"""What queries share: who is asked about, pages, cursors, and how parameters are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

import attrs

from apptsdk.models import UNSET, Id, Unset
from apptsdk.operation import checked_prefetch, whole_number
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import QUERIES
from apptsdk.shapes import is_array
from apptsdk.urls import Pairs, query_string


@attrs.frozen(kw_only=True, slots=False)
class Query:
    """A query that asks for nothing in particular."""

    sent_as: ClassVar[Mapping[str, str]] = {}
    """The vendor's names of parameters that are called otherwise here, without the brackets of arrays."""
    unsent: ClassVar[frozenset[str]] = frozenset({"location_id"})
    """What is no parameter as it stands."""
    wished: ClassVar[frozenset[str]] = frozenset({"include", "sort"})
    """Lists that may be empty: they filter nothing."""
    practice: ClassVar[bool | None] = True
    """Whether the practice is named: it must be; None: it is where it is known; False: it is not."""

    def pairs(self, scope: Scope, resource: str) -> Pairs:
        """Give the query's names and values."""
        named = () if self.practice is False else scope.practice(required=self.practice is True)
        return (*named, *self.located(scope), *self.asked(scope, resource))

    def located(self, scope: Scope) -> Pairs:
        """Give the part that names the office."""
        del scope
        return ()

    def check(self, scope: Scope, resource: str, parameter: str) -> None:
        """Refuse what the version does not have."""

    def asked(self, scope: Scope, resource: str) -> Iterator[tuple[str, str]]:
        """Give what the caller asks for, as the vendor writes it."""
        for name, value in QUERIES.encode(self).items():
            if name in self.unsent:
                continue
            if value == []:
                if name in self.wished:
                    continue
                raise ValueError(f"{name} is empty: leave it out for no filter.")
            self.check(scope, resource, name)
            if name == "sort" and is_array(value):
                value = ",".join(map(str, value))  # noqa: PLW2901 - the order is one parameter
            yield from written(self.sent_as.get(name, name), value)


def written(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Write a parameter: flags as words, arrays as the same name again and again."""
    if is_array(value):
        for item in value:
            yield f"{name}[]", str(item)
    elif isinstance(value, bool):
        yield name, "true" if value else "false"
    else:
        yield name, str(value)


@attrs.frozen(kw_only=True, slots=False)
class InOffice(Query):
    """A list within an office.

    Args:
        location_id: The office; by default the client's.
    """

    location_id: Id | Unset = UNSET

    def located(self, scope: Scope) -> Pairs:
        """Give the part that names the office."""
        return scope.office(self.location_id)


@attrs.frozen(kw_only=True, slots=False)
class MaybeInOffice(Query):
    """A list that can be narrowed to an office.

    Args:
        location_id: The office; by default the client's, if it has one. None for all of the practice.
    """

    location_id: Id | Unset | None = UNSET

    def located(self, scope: Scope) -> Pairs:
        """Give the part that names the office."""
        found = scope.location(self.location_id)
        return () if found is None else (("location_id", str(found)),)


@attrs.frozen(kw_only=True, slots=False)
class Listed(Query):
    """A list that comes whole."""

    def check(self, scope: Scope, resource: str, parameter: str) -> None:
        """Refuse what the version does not have."""
        scope.version.check(f"{resource}.{parameter}", f"nexhealth.{resource}.list")

    def begin(self, scope: Scope, resource: str, path: str) -> str | None:
        """Give the cursor to begin at."""
        del scope, resource, path
        return None

    def ahead(self) -> int:
        """Give the number of pages to fetch ahead."""
        return 0


@attrs.frozen(kw_only=True, slots=False)
class Paged(Listed):
    """A list that comes in pages.

    Args:
        per_page: How many a page holds, 1 to 1000 (300 in v2); by default 200 (100 in v2).
        cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
        prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked for up
            to so many in vain, and has paid for them.
    """

    per_page: int | None = None
    cursor: str | None = attrs.field(default=None, repr=False)  # it holds the filters
    prefetch: int = 0

    unsent: ClassVar[frozenset[str]] = Query.unsent | {"per_page", "cursor", "prefetch"}

    def pairs(self, scope: Scope, resource: str) -> Pairs:
        """Give the query's names and values."""
        version = scope.version
        size = version.per_page if self.per_page is None else self.per_page
        number = (("page", "1"),) if version.numbered else ()
        pages = (*number, ("per_page", str(whole_number(size, "per_page", 1, version.most))))
        return (*super().pairs(scope, resource), *pages)

    def begin(self, scope: Scope, resource: str, path: str) -> str | None:
        """Give the cursor to begin at, after a look at whose it is and what would be ignored beside it."""
        cursor = self.cursor
        if cursor is None:
            return None
        if not isinstance(cursor, str):
            raise TypeError(f"cursor must be the .cursor of a page, a str, not {type(cursor).__name__}.")
        try:
            own = urlsplit(cursor)
        except ValueError:
            own = urlsplit("")
        brought = parse_qsl(own.query, keep_blank_values=True)
        if own.path != urlsplit(scope.base_url).path + path:
            raise ValueError(f"cursor is not that of a page of {path}.")
        if ("page" in dict(brought)) != scope.version.numbered:
            raise ValueError("cursor is that of another version of the API.")
        if not {pair for pair in brought if pair[0] == "subdomain"} <= {*scope.practice(required=False)}:
            raise ValueError("cursor is that of a page of another practice.")
        place = () if getattr(self, "location_id", UNSET) is UNSET else self.located(scope)
        if not {*place, *self.asked(scope, resource)} <= {*brought}:
            raise ValueError("cursor brings its own filters and order: give none beside it, or the same.")
        return cursor

    def ahead(self) -> int:
        """Give the number of pages to fetch ahead."""
        return checked_prefetch(self.prefetch)


@attrs.frozen(kw_only=True, slots=False)
class KeysOwn(Query):
    """A read of what belongs to the API key and not to a practice."""

    practice: ClassVar[bool | None] = False


@attrs.frozen(kw_only=True, slots=False)
class NoPractice(Listed):
    """A list that belongs to the API key and not to a practice."""

    practice: ClassVar[bool | None] = False


def url_of(scope: Scope, path: str, pairs: Pairs) -> str:
    """Give the URL that a query asks."""
    return f"{scope.base_url}{path}?{query_string(pairs)}"
