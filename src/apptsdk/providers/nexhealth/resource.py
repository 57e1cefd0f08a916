"""A NexHealth resource as data: its path, its model, its inputs. The usual verbs follow from them."""

from __future__ import annotations

from datetime import date, time
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from apptsdk.models import UNSET, Id, Model
from apptsdk.operation import Effect, Flow, Listing, Operation, Page
from apptsdk.providers.nexhealth.models.shared import Input
from apptsdk.providers.nexhealth.queries import Listed, Query, url_of, written
from apptsdk.providers.nexhealth.recovery import gone
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import ENCODING, identifier, nothing, one_of, page_of
from apptsdk.shapes import is_object

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apptsdk.http import Response
    from apptsdk.providers.nexhealth.recovery import Finder
    from apptsdk.urls import Pairs

M = TypeVar("M", bound=Model)
T = TypeVar("T")
C = TypeVar("C", bound=Input)
U = TypeVar("U", bound=Input)
L = TypeVar("L", bound=Listed)
G = TypeVar("G", bound=Query)


@attrs.frozen(kw_only=True)
class Nothing(Input):
    """The input of a verb that the resource does not have."""


@attrs.frozen
class Resource(Generic[M, C, U, L, G]):
    """A resource with the vendor's usual verbs.

    Args:
        name: Its name, which is also its path unless the version has another.
        one: One of what it holds, with its article, for docstrings, in which `{one}` and `{many}` are filled in.
        model: What it holds.
        create_input: What `create` takes; `Nothing` where there is no `create`.
        update_input: What `update` takes; `Nothing` where there is no `update`.
        list_query: What `list` takes.
        get_query: What `get` takes.
        keys: The names under which `data` holds one of them in some answers.
        finder: How what `create` made is found again where the answer was lost.
        advice: What to do where it cannot be found.
    """

    name: str
    one: str
    model: type[M]
    create_input: type[C]
    update_input: type[U]
    list_query: type[L]
    get_query: type[G]
    keys: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    finder: Finder[M] | None = attrs.field(default=None, kw_only=True)
    advice: str | None = attrs.field(default=None, kw_only=True)

    @property
    def many(self) -> str:
        """What it holds, in the plural."""
        return self.name.replace("_", " ")

    def list(self, scope: Scope, query: L) -> Listing[M]:
        """List {many}, page by page as they are read where the vendor pages them.

        Args:
            scope: Within what.
            query: The filters.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return listed(scope, self.name, scope.path(self.name), self.model, query)

    def get(self, scope: Scope, id: Id, query: G) -> Operation[M]:  # noqa: A002 - the field's name
        """Get {one}.

        Args:
            scope: Within what.
            id: Its id.
            query: What else is asked for.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return Operation(
            self._verb("get"),
            "GET",
            self._one(scope, id),
            one_of(self.model, *self.keys),
            Effect.SAFE,
            query=query.pairs(scope, self.name),
        )

    def create(self, scope: Scope, body: C) -> Operation[M]:
        """Create {one}.

        Args:
            scope: Within what.
            body: Its fields.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            ValidationError: The vendor refuses a field.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self.made(scope, body, scope.path(self.name))

    def update(self, scope: Scope, id: Id, body: U) -> Operation[M]:  # noqa: A002 - the field's name
        """Change {one}. What is not given stays as it is.

        Args:
            scope: Within what.
            id: Its id.
            body: The fields to change.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            ValidationError: The vendor refuses a field.
            NotFoundError: There is none.
        """
        return self.changed(scope, body, self._one(scope, id))

    def delete(self, scope: Scope, id: Id) -> Operation[None]:  # noqa: A002 - the field's name
        """Delete {one}.

        Args:
            scope: Within what.
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        path, query = self._one(scope, id), self.practice(scope)
        return self.deleted(path, query, gone(path, self._verb("get"), query))

    def deleted(self, path: str, query: Pairs, recover: Flow[Sequence[None]]) -> Operation[None]:
        """Make the operation that deletes one.

        Args:
            path: Its path.
            query: The query.
            recover: Finds out whether it was deleted, if the answer is lost.

        Returns:
            The operation.
        """
        return Operation(
            self._verb("delete"), "DELETE", path, nothing, Effect.IDEMPOTENT, query=query, recover=lambda _: recover
        )

    def made(self, scope: Scope, body: C, path: str, *, practice: bool = True, **where: object) -> Operation[M]:
        """Make the operation that creates one.

        Args:
            scope: Within what.
            body: Its fields.
            path: The path to post to.
            practice: Whether it is a practice's, where the resource is.
            **where: What else is needed to find it again.

        Returns:
            The operation.
        """
        query, plain = placed(scope, self.name, body)
        query = (*(self.practice(scope) if practice else ()), *query)
        finder = self.finder
        sent = {name: _said(getattr(body, name), value) for name, value in ENCODING.encode(body).items()}
        fields = {**sent, **dict(query), **where}
        return Operation(
            self._verb("create"),
            "POST",
            path,
            one_of(self.model, *self.keys),
            Effect.NEITHER,
            query=query,
            body=plain,
            advice=self.advice,
            clues={} if finder is None else finder.clues_of(scope, **fields),
            recover=None if finder is None else lambda attempt: finder.found(scope, attempt),
        )

    def changed(self, scope: Scope, body: U, path: str) -> Operation[M]:
        """Make the operation that changes one.

        Args:
            scope: Within what.
            body: The fields to change.
            path: Its path.

        Returns:
            The operation.

        Raises:
            ValueError: There is nothing to change.
        """
        query, plain = placed(scope, self.name, body, office=False)
        for name in attrs.asdict(body, recurse=False, filter=lambda _, value: value is not UNSET):
            scope.version.check(f"{self.name}.{name}", self._verb("update"))
        if not plain:
            raise ValueError("There is nothing to update: give at least one field.")
        return Operation(
            self._verb("update"),
            "PATCH",
            path,
            one_of(self.model, *self.keys),
            Effect.IDEMPOTENT,
            query=(*self.practice(scope), *query),
            body=plain,
        )

    def practice(self, scope: Scope) -> Pairs:
        """Give the query's part that names the practice, where the resource is a practice's."""
        return () if self.list_query.practice is False else scope.practice()

    def _verb(self, verb: str) -> str:
        return f"nexhealth.{self.name}.{verb}"

    def _one(self, scope: Scope, id: Id) -> str:  # noqa: A002 - the field's name
        return scope.path(self.name, str(identifier(id, "id")))


def listed(  # noqa: PLR0917 - a list in full
    scope: Scope,
    resource: str,
    path: str,
    model: type[T],
    query: Listed,
    read: Callable[[str], Callable[[Response], Page[T]]] | None = None,
) -> Listing[T]:
    """Make a list.

    Args:
        scope: Within what.
        resource: The resource's name, which is also the key of its rows in some versions.
        path: The path to ask.
        model: What it holds.
        query: What is asked for.
        read: Makes the reader of a page from the URL that is asked, where the usual one does not do.

    Returns:
        The list.
    """
    name = f"nexhealth.{resource}.list"
    scope.version.check(resource, name)
    cursor, ahead = query.begin(scope, resource, path), query.ahead()
    pairs = () if cursor else query.pairs(scope, resource)
    first = url_of(scope, path, pairs)

    def page(at: str | None) -> Operation[Page[T]]:
        reader = read(at or first) if read else page_of(model, at or first, resource)
        return Operation(name, "GET", path, reader, Effect.SAFE, link=at, query=() if at else pairs)

    return Listing(name, page, cursor, ahead)


def placed(scope: Scope, resource: str, body: Input, *, office: bool = True) -> tuple[Pairs, dict[str, object]]:
    """Write an input: each field where it goes.

    Args:
        scope: Within what.
        resource: The resource's name.
        body: The input.
        office: Whether the client's office is named where the input names none.

    Returns:
        The query's names and values, and the body.

    Raises:
        TypeError: A value is of the wrong type.
        ValueError: A value is malformed.
    """
    query: dict[str, str] = {}
    plain: dict[str, object] = {}
    for name, value in ENCODING.encode(body).items():
        item = getattr(body, name)
        inner = placed(scope, resource, item, office=False)[1] if isinstance(item, Input) else value
        within = f"{scope.version.wrapper(body.within)}." if body.within else ""
        target = body.placed.get(name, within + name)
        if target.startswith("?"):
            query.update(written(target[1:], value))
            continue
        *outer, last = target.split(".")
        place = plain
        for key in outer:
            place = _within(place, key)
        place[last] = inner
    if office and body.placed.get("location_id") == "?location_id":
        query = dict(scope.office(getattr(body, "location_id", UNSET))) | query
    return tuple(query.items()), plain


def _said(given: object, sent: object) -> object:
    """Give a field as what it makes will have it: ids as they are sent, times as they are meant."""
    return given if isinstance(given, date | time | Enum) else sent


def _within(place: dict[str, object], key: str) -> dict[str, object]:
    found = place.setdefault(key, {})
    assert is_object(found)  # noqa: S101 - an input that puts a field into a plain value is wrong
    return found
