"""A call that was let in, what every handler does with it, and the route that led it there."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from http import HTTPStatus
from typing import Any, cast

import orjson
from attrs import frozen

from apptsdk.sandbox.http import Call
from apptsdk.sandbox.nexhealth import refusals
from apptsdk.sandbox.nexhealth.params import Param, Query, params
from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.versions import VERSIONS, Version
from apptsdk.sandbox.nexhealth.world import World


@frozen(kw_only=True)
class Ask:
    """A call that was let in, on its way to its handler."""

    world: World
    call: Call
    version: Version
    ids: tuple[int, ...]
    """From the path, in order."""
    query: Query
    practice: Record | None
    """The institution that `subdomain` names."""
    location: Record | None
    """The location that `location_id` in the query names."""

    @property
    def institution(self) -> int:
        """The id of the institution, on a route that needs its subdomain."""
        return cast("Record", self.practice).id

    @property
    def at(self) -> Record:
        """The location, on a route that needs one."""
        return cast("Record", self.location)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.world.now()

    @property
    def zone(self) -> tzinfo:
        """Where times without an offset are meant: at the location, else in UTC."""
        return self.world.zone_of(self.location.id) if self.location else UTC

    @property
    def body(self) -> Mapping[str, Any]:
        """What was sent; nothing, if it was no object.

        Raises:
            Refusal: 400, it is no JSON.
        """
        if not self.call.body:
            return {}
        try:
            said = orjson.loads(self.call.body)
        except orjson.JSONDecodeError:
            raise refusals.bad("The request body is not valid JSON") from None
        return cast("dict[str, Any]", said) if isinstance(said, dict) else {}

    def wrapped(self, name: str) -> Mapping[str, Any]:
        """Find what the body wraps under a name.

        Args:
            name: the key.

        Raises:
            Refusal: 400, it is not there.
        """
        said = self.body.get(name)
        if not isinstance(said, dict):
            raise refusals.lacking([name])
        return cast("dict[str, Any]", said)

    def one(self, kind: str, *, place: int = 0) -> Any:
        """Find the row that the path names, if it belongs to the practice.

        Args:
            kind: its table.
            place: which of the ids in the path.

        Raises:
            Refusal: 404.
        """
        row = self.world.find(kind, self.ids[place], self.practice.id if self.practice else None)
        if row is None:
            raise refusals.missing()
        return row

    def shown(self, kind: str, row: Any) -> Mapping[str, Any]:
        """Show a row as the newest version does.

        Args:
            kind: its table.
            row: the row.
        """
        return self.world.show(self.world, kind, row)


Handler = Callable[[Ask], Reply]


@frozen(kw_only=True)
class Route:
    """A method and a path, what it hears, and who answers."""

    path: str
    """Such as `GET /appointments/#`, where `#` is an id."""
    handler: Handler
    query: tuple[Param, ...] = ()
    versions: tuple[Version, ...] = VERSIONS
    paged: bool = False
    """Whether it is a list in pages."""
    shared: bool = False
    """Whether both versions say the same there, in the media type of v2."""


def route(
    path: str,
    handler: Handler,
    query: str = "",
    *,
    versions: tuple[Version, ...] = VERSIONS,
    paged: bool = False,
    shared: bool = False,
) -> Route:
    """Make a route.

    Args:
        path: method and path.
        handler: who answers.
        query: the parameters, as `params` reads them, without those of pages.
        versions: in which versions it is there.
        paged: whether it is a list in pages.
        shared: whether both versions say the same.
    """
    return Route(path=path, handler=handler, query=params(query), versions=versions, paged=paged, shared=shared)


def one(data: object, status: int = HTTPStatus.OK) -> Reply:
    """Answer with one thing.

    Args:
        data: what the vendor shows.
        status: 200, or 201 for what was made.
    """
    return Reply(status, data)


def whole(data: list[Any]) -> Reply:
    """Answer with a list that has no pages.

    Args:
        data: all of it.
    """
    return Reply(HTTPStatus.OK, data, count=len(data))


NOTHING = Reply(HTTPStatus.NO_CONTENT, None)
