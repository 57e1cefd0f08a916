"""What calls of Cliniko's are given: values by the vendor's type, and rows of the sandbox."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, get_type_hints

from contract_arguments import Giver
from contract_cliniko_values import CONDITIONS, ID, SPECIAL, TYPICAL
from contract_code import inner

from apptsdk.providers.cliniko import filters, operations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contract_calls import Call, Way
    from contract_rows import Row

KEPT_AS = {"booking_id": "group_appointments", "business_id": "businesses", "business_ids": "businesses"}
"""The resources to which ids lead; the others are called after theirs."""
FIRSTS = {"appointment_types", "businesses", "practitioners"}
"""The resources of which the first row serves everybody; of the others each call gets rows of its own."""


@cache
def modules() -> dict[str, Any]:
    """Give the modules of operations, by the resource's name."""
    return {
        info.name: import_module(f"{operations.__name__}.{info.name}") for info in iter_modules(operations.__path__)
    }


class ClinikoGiver(Giver):
    """Gives calls their arguments."""

    async def value(self, call: Call, name: str, way: Way) -> Any:
        """Give an argument a value."""
        aliases = self.contract.aliases
        rows = {aliases.get(row.name, row.name): row for row in self.contract.table.named("body", call.where)}
        row = rows.get(name)
        if name == "q":
            fields = filters.fields_of(getattr(self.teller.client, call.resource).F).values()
            asked = [field for field in fields if field.name not in call.ids]  # what the path says is no filter
            return [condition(field) for field in asked for condition in CONDITIONS[type(field)]]
        return SPECIAL[name] if row is None else await self._field(call, row, _hints(call).get(name), way.chosen)

    async def _field(self, call: Call, row: Row, hint: Any, chosen: Mapping[str, str]) -> Any:
        field, kind, lists = f"{row.where}.{row.name}", inner(hint), self.contract.table.lists
        if field in lists:
            text = chosen.get(field, lists[field][0])
            value = int(text) if row.type == "integer" else text
            return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value
        if row.name in SPECIAL:
            return SPECIAL[row.name]
        if row.type in {"object", "array of object"}:
            hints, parts = get_type_hints(kind), self.contract.table.named("body", field)
            given = {part.name: await self._field(call, part, hints[part.name], chosen) for part in parts}
            return [kind(**given)] if row.type.startswith("array") else kind(**given)
        if row.type in {"id", "array of id"}:
            related = await self.related(call, row.name)
            return [related] if row.type.startswith("array") else related
        return TYPICAL[row.type]

    async def own(self, call: Call, row: int) -> str:
        """Find or make the row that a call is about."""
        if not hasattr(getattr(self.teller.client, call.resource), "create"):
            return await self.nth(row, call.resource)
        made: str = await self.new(call.resource)
        if call.name == "unarchive":
            await self.teller.call(f"{call.resource}.archive", made)
        return made

    async def related(self, call: Call, name: str) -> str:
        """Find or make what a body or a path speaks of."""
        if name == "appointment_type_id" and call.resource == "group_appointments":
            return await self.first("appointment_types", lambda row: row.max_attendees > 1)
        if name == "attendee_ids":
            booking = await self.new("individual_appointments")
            return await self.first("attendees", lambda row: row.booking.id == booking)
        resource = KEPT_AS.get(name, re.sub(r"_ids?$", "s", name))
        if resource in FIRSTS:
            return await self.first(resource)
        return await self.new(resource) if hasattr(self.teller.client, resource) else ID


def _hints(call: Call) -> dict[str, Any]:
    resource = getattr(modules().get(call.resource), "resource", None)
    given = {"create": "create_input", "update": "update_input"}.get(call.name)
    return get_type_hints(getattr(resource, given)) if given else {}
