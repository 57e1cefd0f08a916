"""A call that was let in, and what every handler does with it."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, cast

import orjson
from attrs import frozen

from apptsdk.sandbox.cliniko.account import Account
from apptsdk.sandbox.cliniko.records import Row, SoleAttendee
from apptsdk.sandbox.cliniko.refusals import missing, unreadable
from apptsdk.sandbox.cliniko.resources import Resource
from apptsdk.sandbox.cliniko.world import World
from apptsdk.sandbox.http import Answer, Call, say
from apptsdk.sandbox.state import Action

NOTHING = Answer(HTTPStatus.NO_CONTENT)
Shown = Row | SoleAttendee


@frozen
class Ask:
    """A call that was let in, on its way to its handler."""

    account: Account
    call: Call
    ids: tuple[int, ...]
    """From the path, in order."""

    @property
    def body(self) -> Mapping[str, Any]:
        """What was sent; nothing, unless it is said to be JSON.

        Raises:
            Refusal: 400, it is said to be and is not.
        """
        if "json" not in self.call.headers.get("content-type", "").lower() or not self.call.body:
            return {}
        try:
            said = orjson.loads(self.call.body)
        except orjson.JSONDecodeError:
            raise unreadable() from None
        return cast("dict[str, Any]", said) if isinstance(said, dict) else {}

    @property
    def now(self) -> int:
        """The time."""
        return self.account.now()

    @property
    def world(self) -> World:
        """The account's rows."""
        return self.account.world

    def one(self, resource: Resource) -> Any:
        """Find the row that the path names, if nothing hides it.

        Args:
            resource: its resource.

        Raises:
            Refusal: 404, or 400 for a filter.
        """
        return self.account.one(resource, self.ids[-1], self.call.query)

    def parent(self, table: str) -> Any:
        """Find the row below which the path leads, if it is live.

        Args:
            table: where it is kept.

        Raises:
            Refusal: 404.
        """
        row = self.world.table(table).get(self.ids[0])
        if row is None or row.archived_at is not None:
            raise missing()
        return row

    def shown(self, resource: Resource, row: Shown) -> Mapping[str, object]:
        """Show a row as its vendor does.

        Args:
            resource: its resource.
            row: the row.
        """
        return resource.render(row, self.call.base_url, self.world)

    def commit(
        self, action: Action, resource: Resource, rows: Iterable[Shown], *, along: Iterable[tuple[Resource, Shown]] = ()
    ) -> None:
        """Record that rows were changed.

        Args:
            action: what was done to them.
            resource: their resource.
            rows: all that one call changed.
            along: rows of other resources to which the same was done by it.
        """
        changed = [*((resource, row) for row in rows), *along]
        self.account.commit(action, [(one.name, str(row.id), self.shown(one, row)) for one, row in changed])

    def created(self, resource: Resource, row: Shown) -> Answer:
        """Answer with what was made.

        Args:
            resource: its resource.
            row: the row.
        """
        # The vendor's Location lacks the version: https://github.com/redguava/cliniko-api (old examples).
        place = f"{self.call.base_url.rpartition('/')[0]}/{resource.name}/{row.id}"
        return say(HTTPStatus.CREATED, self.shown(resource, row), (("location", place),))

    def changed(self, resource: Resource, row: Shown) -> Answer:
        """Answer with what something is now.

        Args:
            resource: its resource.
            row: the row.
        """
        return say(HTTPStatus.OK, self.shown(resource, row))


Handler = Callable[[Ask], Answer]
