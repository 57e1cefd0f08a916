"""The arguments of a call: values by type and name, and rows of the sandbox, found or made, where ids are asked for."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any, get_type_hints

import attrs
from contract_calls import ARGUMENTS, ways
from contract_code import inner, modules
from contract_rows import LISTS, named
from contract_values import CONDITIONS, ID, SPECIAL, TYPICAL

from apptsdk.providers.cliniko.filters import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contract_calls import Call, Way
    from contract_rows import Row
    from harness import SyncTeller

KEPT_AS = {"booking_id": "group_appointments", "business_id": "businesses", "business_ids": "businesses"}
"""The resources to which ids lead; the others are called after theirs."""
FIRSTS = {"appointment_types", "businesses", "practitioners"}
"""The resources of which the first row serves everybody; of the others each call gets rows of its own."""
FIELDS = {(row.where, ARGUMENTS.get(row.name, row.name)): row for row in named("body")}


@attrs.define
class Giver:
    """Gives calls their arguments.

    Args:
        teller: Speaks with the client.
        calls: All calls.
    """

    teller: SyncTeller
    calls: Sequence[Call]
    _made: dict[str, str] = attrs.field(factory=dict, init=False)

    def forget(self) -> None:
        """Make new rows from now on."""
        self._made.clear()

    async def ids(self, call: Call) -> dict[str, str]:
        """Give the ids that go into the path."""
        return {name: await (self._own(call) if name == "id" else self._related(call, name)) for name in call.ids}

    async def arguments(self, call: Call, way: Way) -> dict[str, Any]:
        """Give the other arguments."""
        filled: dict[str, Any] = {**dict.fromkeys(way.empty), **way.special}
        hints = _hints(call)
        for name in sorted(way.given - filled.keys()):
            row = FIELDS.get((call.where, name))
            if name == "q":
                fields = fields_of(getattr(self.teller.client, call.resource).F).values()
                asked = [field for field in fields if field.name not in call.ids]  # what the path says is no filter
                filled[name] = [condition(field) for field in asked for condition in CONDITIONS[type(field)]]
            elif row is None:
                filled[name] = SPECIAL[name]
            else:
                filled[name] = await self._value(call, row, hints.get(name), way.chosen)
        return filled

    async def _value(self, call: Call, row: Row, hint: Any, chosen: Mapping[str, str]) -> Any:
        field, kind = f"{row.where}.{row.name}", inner(hint)
        if field in LISTS:
            text = chosen.get(field, LISTS[field][0])
            value = int(text) if row.type == "integer" else text
            return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value
        if row.name in SPECIAL:
            return SPECIAL[row.name]
        if row.type in {"object", "array of object"}:
            hints = get_type_hints(kind)
            parts = {
                part.name: await self._value(call, part, hints[part.name], chosen) for part in named("body", field)
            }
            return [kind(**parts)] if row.type.startswith("array") else kind(**parts)
        if row.type in {"id", "array of id"}:
            related = await self._related(call, row.name)
            return [related] if row.type.startswith("array") else related
        return TYPICAL[row.type]

    async def _own(self, call: Call) -> str:
        """Find or make the row that a call is about."""
        if not hasattr(getattr(self.teller.client, call.resource), "create"):
            return await self._first(call.resource)
        made = await self._new(call.resource)
        if call.name == "unarchive":
            await self.teller.call(f"{call.resource}.archive", made)
        return made

    async def _related(self, call: Call, name: str) -> str:
        """Find or make what a body or a path speaks of."""
        if name == "appointment_type_id" and call.resource == "group_appointments":
            return await self._first("appointment_types", lambda row: row.max_attendees > 1)
        if name == "attendee_ids":
            booking = await self._new("individual_appointments")
            return await self._first("attendees", lambda row: row.booking.id == booking)
        resource = KEPT_AS.get(name, re.sub(r"_ids?$", "s", name))
        if resource in FIRSTS:
            return await self._first(resource)
        return await self._new(resource) if hasattr(self.teller.client, resource) else ID

    async def _new(self, resource: str) -> str:
        """Make a row that nobody else uses; one of a kind for each call."""
        if resource not in self._made:
            (call,) = [one for one in self.calls if one.verb == f"{resource}.create"]
            made = await self.teller.call(call.verb, **await self.arguments(call, next(ways(call, self.calls))))
            self._made[resource] = made.id
        return self._made[resource]

    async def _first(self, resource: str, fits: Any = lambda row: True) -> str:
        rows = await self.teller.collect(self.teller.list(f"{resource}.list"))
        return next(row.id for row in rows if fits(row))


def _hints(call: Call) -> dict[str, Any]:
    resource = getattr(modules().get(call.resource), "resource", None)
    given = {"create": "create_input", "update": "update_input"}.get(call.name)
    return get_type_hints(getattr(resource, given)) if given else {}
