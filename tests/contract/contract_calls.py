"""Which call of ours is which operation of the vendor's, and how it can be made: derived from the facades' methods."""

from __future__ import annotations

import inspect
import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs
from contract_code import modules
from contract_rows import LISTS, Key, named
from contract_terms import NEEDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Where the verb's name does not follow from the path.
NAMED = {
    "GET /user": "user",
    "GET /businesses/{business_id}/practitioners/{practitioner_id}/appointment_types/{appointment_type_id}"
    "/next_available_time": "available_times.next",
}
# Where the verb has another name for what the vendor calls a parameter or a field.
ARGUMENTS = {"cancellation_note": "note", "cancellation_reason": "reason", "from": "from_"}
UNSENT = {"cursor", "prefetch"}
"""Arguments that are the client's own business: no parameters of the vendor's."""
USUAL = {"GET": "get", "POST": "create", "PATCH": "update"}


@attrs.frozen(eq=False)
class Call:
    """A call of ours that is an operation of the vendor's.

    Args:
        where: The operation, as the table names it.
        verb: The verb, as in `patients.create`.
        ids: The arguments that go into the path.
        flags: The arguments by which one verb has several paths.
        takes: What the facade's method takes.
        gives: The class of what it gives, or of the items of what it gives.
    """

    where: str
    verb: str
    ids: tuple[str, ...]
    flags: Mapping[str, bool]
    takes: Mapping[str, inspect.Parameter]
    gives: str

    @property
    def resource(self) -> str:
        return self.verb.rpartition(".")[0]

    @property
    def name(self) -> str:
        return self.verb.rpartition(".")[2]


def calls_of(client: Any, operations: Iterable[str]) -> list[Call]:
    """Find our call for each operation of the vendor's.

    Args:
        client: One of the two clients: each has a facade of its own.
        operations: As the table names them.
    """
    return [_call(client, where) for where in operations]


def _call(client: Any, where: str) -> Call:
    method, path = where.split(" ")
    parts = path.strip("/").split("/")
    ids = tuple(part.strip("{}") for part in parts if part.startswith("{"))
    verb, flags = (NAMED[where], {}) if where in NAMED else _verb(client, method, parts)
    signature = inspect.signature(attrgetter(verb)(client))
    gives = re.sub(r"^(?:Async)?Pager\[(.*)\]$", r"\1", str(signature.return_annotation))
    return Call(where, verb, ids, flags, dict(signature.parameters), gives.removesuffix(" | None"))


def _verb(client: Any, method: str, parts: list[str]) -> tuple[str, dict[str, bool]]:
    at = max(place for place, part in enumerate(parts) if part in modules())
    resource, rest = getattr(client, parts[at]), parts[at + 1 :]
    words = [part for part in rest if not part.startswith("{")]
    if words and hasattr(resource, words[0]):
        return f"{parts[at]}.{words[0]}", {}
    usual = "list" if method == "GET" and "{id}" not in rest and hasattr(resource, "list") else USUAL[method]
    return f"{parts[at]}.{usual}", dict.fromkeys(words, True)


# What belongs to the client, and is no operation of the vendor's.
_OWN = {
    "aclose",
    "close",
    "from_env",
    "request",
    "request_pages",
    "resolve",
    "settings_class",
    "with_options",
}


def verbs_of(client: Any) -> set[str]:
    """List all verbs of a client that ask the vendor for something."""
    resources = modules().keys() - {"client"}
    own = {name for name in dir(type(client)) if not name.startswith("_")} - _OWN - resources
    of_resources = {f"{name}.{verb}" for name in resources for verb in vars(type(getattr(client, name)))}
    return own | {verb for verb in of_resources if not verb.rpartition(".")[2].startswith(("_", "F"))}


@attrs.frozen
class Way:
    """A way to make a call.

    Args:
        given: The arguments that are given a value.
        empty: The arguments that are given None.
        chosen: The values of the vendor's lists to take, by the field.
        special: Arguments that are given these values.
    """

    given: frozenset[str]
    empty: frozenset[str] = frozenset()
    chosen: Mapping[str, str] = attrs.field(factory=dict)
    special: Mapping[str, Any] = attrs.field(factory=dict)


def ways(call: Call, calls: Sequence[Call]) -> Iterator[Way]:
    """Give the ways to make a call: with what it needs, with all it takes, with None, with each value of a list.

    Args:
        call: The call.
        calls: All calls: some arguments of a verb lead to the path of another one.
    """
    elsewhere = {name for other in calls if other.verb == call.verb for name in (*other.ids, *other.flags)}
    free = {name: one for name, one in call.takes.items() if name not in {*UNSENT, *elsewhere}}
    kept = {name for name in free if Key("body", call.where, name) in NEEDED}
    needed = frozenset(name for name, one in free.items() if one.default is one.empty)
    if call.name == "update":
        needed = frozenset([next(iter(free))])  # the vendor needs none, and we one: any
    elif call.name == "create":
        needed |= kept
    yield Way(needed)
    if free.keys() != needed:
        yield Way(frozenset(free))
    if empty := frozenset(name for name, one in free.items() if "Unset | None" in str(one.annotation)) - kept:
        yield Way(needed - empty, empty)
    if call.name == "list":
        yield Way(needed, special={"per_page": 1})
        if hidden := frozenset(name for name in free if name.startswith("include_")):
            yield Way(needed | hidden)
    for row in named("body", call.where):
        field, argument = f"{row.where}.{row.name}", ARGUMENTS.get(row.name, row.name)
        for place in [place for place in LISTS if f"{place}.".startswith(f"{field}.")]:
            yield from (Way(needed | {argument}, chosen={place: value}) for value in LISTS[place])
