"""The arguments of a call: values by type and name, and rows of the sandbox, found or made, where ids are asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import attrs
from contract_calls import ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract_base import Contract
    from contract_calls import Call, Way
    from harness import SyncTeller


@attrs.define
class Giver(ABC):
    """Gives calls their arguments.

    Args:
        contract: Whose calls they are.
        teller: Speaks with the client.
        calls: All calls.
    """

    contract: Contract
    teller: SyncTeller
    calls: Sequence[Call]
    _made: dict[str, Any] = attrs.field(factory=dict, init=False)

    def forget(self) -> None:
        """Make new rows from now on."""
        self._made.clear()

    async def ids(self, call: Call, row: int = 0) -> dict[str, Any]:
        """Give the ids that go into the path."""
        return {name: await (self.own(call, row) if name == "id" else self.related(call, name)) for name in call.ids}

    async def arguments(self, call: Call, way: Way) -> dict[str, Any]:
        """Give the other arguments."""
        filled: dict[str, Any] = {**dict.fromkeys(way.empty), **way.special}
        for name in sorted(way.given - filled.keys()):
            filled[name] = await self.value(call, name, way)
        return filled

    async def new(self, resource: str, **more: Any) -> Any:
        """Make a row that nobody else uses; one of a kind for each call."""
        if resource not in self._made:
            (call,) = [one for one in self.calls if one.verb == f"{resource}.create"]
            way = next(ways(self.contract, call, self.calls))
            given = {**await self.ids(call), **await self.arguments(call, way), **more}
            made = await self.teller.call(call.verb, **given)
            self._made[resource] = made.id
        return self._made[resource]

    async def first(self, resource: str, fits: Any = lambda row: True, **given: Any) -> Any:
        """Find a row."""
        return await self.nth(0, resource, fits, **given)

    async def nth(self, place: int, resource: str, fits: Any = lambda row: True, **given: Any) -> Any:
        """Find one of several rows; after the last, the first again."""
        rows = [row for row in await self.teller.collect(self.teller.list(f"{resource}.list", **given)) if fits(row)]
        return rows[place % len(rows)].id

    @abstractmethod
    async def own(self, call: Call, row: int) -> Any:
        """Find or make the row that a call is about."""

    @abstractmethod
    async def related(self, call: Call, name: str) -> Any:
        """Find or make what a path, a query or a body speaks of."""

    @abstractmethod
    async def value(self, call: Call, name: str, way: Way) -> Any:
        """Give an argument a value."""
