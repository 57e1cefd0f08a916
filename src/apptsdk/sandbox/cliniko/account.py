"""The account behind a key: finding rows, committing changes, remembering the last lists."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from apptsdk.sandbox.cliniko.filters import Filter, read_filters
from apptsdk.sandbox.cliniko.paging import order
from apptsdk.sandbox.cliniko.refusals import missing
from apptsdk.sandbox.cliniko.resources import Resource
from apptsdk.sandbox.cliniko.times import seconds
from apptsdk.sandbox.cliniko.world import World
from apptsdk.sandbox.http import Call
from apptsdk.sandbox.state import Action, Clock, Entry, Ledger

_REMEMBERED = 16
_PAGING = frozenset({"page", "per_page"})


class Account:
    """One account of the vendor.

    Args:
        world: its rows.
        clock: the sandbox's.
        ledger: the sandbox's.
    """

    def __init__(self, world: World, clock: Clock, ledger: Ledger) -> None:
        self.world = world
        self._clock = clock
        self._ledger = ledger
        self._lists: OrderedDict[object, Sequence[Any]] = OrderedDict()
        self._listed_at = 0

    def now(self) -> int:
        """Tell the time in seconds since 1970."""
        return seconds(self._clock.now())

    def one(self, resource: Resource, id_: int, query: Iterable[tuple[str, str]]) -> Any:
        """Find a row that nothing hides.

        Args:
            resource: its resource.
            id_: its id.
            query: the parameters, of which the filters count.

        Returns:
            The row.

        Raises:
            Refusal: 404, or 400 for a filter.
        """
        filters = read_filters(texts(query), resource.one, self.world.zone)
        row = self.world.table(resource.name).get(id_)
        if row is None or not all(test(row) for test in _tests(resource, filters)):
            raise missing()
        return row

    def search(self, resource: Resource, call: Call, among: Callable[[Any], bool] | None) -> Sequence[Any]:
        """List rows; the list is remembered until the next write, so that its pages cost nothing more.

        Args:
            resource: their resource.
            call: what was asked.
            among: what they must be, by the path.

        Returns:
            The whole list, in order.

        Raises:
            Refusal: 400.
        """
        if self._listed_at != self.world.version:
            self._lists.clear()
            self._listed_at = self.world.version
        key = (call.path, tuple(pair for pair in call.query if pair[0] not in _PAGING))
        if key not in self._lists:
            self._lists[key] = self._search(resource, call.query, among)
            while len(self._lists) > _REMEMBERED:
                self._lists.popitem(last=False)
        self._lists.move_to_end(key)
        return self._lists[key]

    def _search(
        self, resource: Resource, query: Sequence[tuple[str, str]], among: Callable[[Any], bool] | None
    ) -> Sequence[Any]:
        tests = _tests(resource, read_filters(texts(query), resource.fields, self.world.zone))
        rows: Iterable[Any] = self.world.table(resource.name).values()
        for test in (*([among] if among else []), *tests):
            rows = filter(test, rows)
        return order(rows, resource.fields, dict(query))

    def commit(self, action: Action, records: Iterable[tuple[str, str, Mapping[str, object]]]) -> None:
        """Record a change.

        Args:
            action: what was done.
            records: the plural names, the ids, and what the vendor shows of them now.
        """
        self.world.version += 1
        at: datetime = self._clock.now()
        self._ledger.add(
            Entry(at=at, provider="cliniko", action=action, resource=resource, id=id_, record=record)
            for resource, id_, record in records
        )


def texts(query: Iterable[tuple[str, str]]) -> list[str]:
    """Find the filters that are heard.

    Args:
        query: the parameters.
    """
    # https://github.com/redguava/cliniko-api/issues/274: of several plain `q` only the last is heard.
    pairs = list(query)
    plain = [value for name, value in pairs if name == "q"][-1:]
    return plain + [value for name, value in pairs if name == "q[]"]


def _tests(resource: Resource, filters: Sequence[Filter]) -> list[Callable[[Any], bool]]:
    named = {one.field for one in filters}
    hidden = [scope.hides for scope in resource.scopes if named.isdisjoint(scope.fields)]
    return [*(_not(hides) for hides in hidden), *(one.passes for one in filters)]


def _not(hides: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda row: not hides(row)


def minute(now: int) -> tuple[int, int]:
    """Find the fixed minute of a moment.

    Args:
        now: seconds since 1970.

    Returns:
        Which minute it is, and when the next begins.
    """
    which = now // int(timedelta(minutes=1).total_seconds())
    return which, (which + 1) * 60
