"""Cliniko's contract: how its operations map to calls, and how its answers are read."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, get_args, get_type_hints

from contract_base import Contract
from contract_calls import Call
from contract_cliniko_giver import ClinikoGiver, modules
from contract_cliniko_terms import OURS, TABLE, TERMS
from contract_code import inner, is_model
from contract_rows import Claim, Key

from apptsdk.models import Link
from apptsdk.providers.cliniko import AsyncCliniko, Cliniko, filters, models
from apptsdk.providers.cliniko.resource import Nothing
from apptsdk.sandbox.cliniko import Cliniko as Emulation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contract_arguments import Giver
    from contract_drive import Exchange, Take
    from harness import SyncTeller

    from apptsdk.models import Model
    from apptsdk.sandbox import Sandbox

FORMATS: Mapping[type[filters.Field], str] = {
    filters.DateField: "date",
    filters.DateTimeField: "date-time",
    filters.FlagField: "boolean",
    filters.IdField: "int64",
    filters.IdsField: "array",
    filters.NumberField: "integer",
    filters.TextField: "string",
}
# https://docs.api.cliniko.com/guides/filtering-results
OPERATORS = {
    "array": {"~"},
    "boolean": {"=", "!="},
    "date": {"=", ">=", ">", "<=", "<", "?", "!?"},
    "date-time": {">=", ">", "<=", "<", "?", "!?", "*"},
    "int64": {"=", "!=", ">=", ">", "<=", "<", "?", "!?"},
    "integer": {"=", "!=", ">=", ">", "<=", "<", "?", "!?"},
    "string": {"=", "!=", "~", "~~", "?", "!?"},
}
_CONDITION = re.compile(r"(\w+):(!\?|!=|>=|<=|~~|~|=|>|<|\?|\*)(.*)")
# Where the verb's name does not follow from the path.
NAMED = {
    "GET /user": "user",
    "GET /businesses/{business_id}/practitioners/{practitioner_id}/appointment_types/{appointment_type_id}"
    "/next_available_time": "available_times.next",
}
USUAL = {"GET": "get", "POST": "create", "PATCH": "update"}


def vendors(name: str) -> str:
    """Give the vendor's name of one of our classes."""
    return {ours: theirs for theirs, ours in OURS.items()}.get(name, name)


class ClinikoContract(Contract):
    """What is Cliniko's own."""

    name = "cliniko"
    table = TABLE
    terms = TERMS
    clients = (Cliniko, AsyncCliniko)
    base = "/cliniko/v1"
    paged_by = "page"

    # What the vendor's types are in ours. Texts hold several; which one it is, the wire tells.
    formats: ClassVar[Mapping[type, frozenset[str]]] = {
        str: frozenset({"string", "id", "uri", "ipv4", "phone"}),
        int: frozenset({"integer"}),
        bool: frozenset({"boolean"}),
        datetime: frozenset({"date-time"}),
        date: frozenset({"date"}),
        time: frozenset({"time"}),
        Decimal: frozenset({"decimal"}),
        Link: frozenset({"link"}),
        Mapping: frozenset({"object"}),
    }
    ids = frozenset({"id"})
    closed = frozenset({"custom_fields", "patient_custom_fields_definition"})
    closed_in_bodies = closed
    aliases: ClassVar[Mapping[str, str]] = {
        "cancellation_note": "note",
        "cancellation_reason": "reason",
        "from": "from_",
    }

    # Ids are long here, so that none is taken for a phone number or a post code.
    looks: ClassVar[Mapping[str, str]] = {
        "date": r"\d{4}-\d\d-\d\d",
        "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
        "decimal": r"\d+\.\d+",
        "id": r"\d{15,19}",
        "ipv4": r"\d+\.\d+\.\d+\.\d+",
        "phone": r"[0-9()][0-9 ()]{6,13}",
        "time": r"\d\d:\d\d",
        "uri": r"https?://\S+",
    }
    exact = True
    most_lists = 40

    # --- the code ---

    def objects(self) -> dict[str, type[Model]]:
        """Give our models that are no part of another one."""
        known = [kind for name in models.__all__ if is_model(kind := getattr(models, name))]
        parts = {inner(kind) for model in known for kind in get_type_hints(model).values()}
        return {vendors(kind.__name__): kind for kind in known if kind not in parts}

    def inputs(self) -> dict[str, type[Any]]:
        """Give what `create` and `update` take."""
        found: dict[str, type[Any]] = {}
        for name, module in modules().items():
            resource = getattr(module, "resource", None)
            if resource is not None:
                found |= {f"POST /{name}": resource.create_input, f"PATCH /{name}/{{id}}": resource.update_input}
        return {where: given for where, given in found.items() if given is not Nothing}

    def more(self) -> Iterator[tuple[Key, Claim]]:
        """Give the unions and the filters."""
        for kind in get_args(models.Booking):
            yield Key("union", "Booking", kind.__name__), Claim(frozenset({"object"}))
        for name, module in modules().items():
            known = getattr(getattr(module, "resource", None) or module, "filters", filters.NoFilters())
            for field in filters.fields_of(known).values():
                yield Key("filter", f"GET /{name}", field.name), Claim(frozenset({FORMATS[type(field)]}))

    def covers(self, key: Key) -> bool:
        """Tell whether the code says something of a row: of unions, and of the filters of lists."""
        return key.about == "union" or (key.about == "filter" and key.where.removeprefix("GET /") in modules())

    # --- the calls ---

    @property
    def resources(self) -> set[str]:
        """The names of the resources."""
        return modules().keys() - {"client"}

    def calls(self, client: Any) -> list[Call]:
        """Derive our call for each operation from its path."""
        # What is listed is made before.
        ordered = sorted(self.table.operations, key=lambda where: (where.startswith("GET"), where))
        return [self._call(client, where) for where in ordered]

    def _call(self, client: Any, where: str) -> Call:
        method, path = where.split(" ")
        parts = path.strip("/").split("/")
        ids = tuple(part.strip("{}") for part in parts if part.startswith("{"))
        verb, flags = (NAMED[where], {}) if where in NAMED else self._verb(client, method, parts)
        signature = inspect.signature(attrgetter(verb)(client))
        return Call(where, verb, ids, flags, dict(signature.parameters), str(signature.return_annotation))

    def _verb(self, client: Any, method: str, parts: list[str]) -> tuple[str, dict[str, bool]]:
        at = max(place for place, part in enumerate(parts) if part in modules())
        resource, rest = getattr(client, parts[at]), parts[at + 1 :]
        words = [part for part in rest if not part.startswith("{")]
        if words and hasattr(resource, words[0]):
            return f"{parts[at]}.{words[0]}", {}
        usual = "list" if method == "GET" and "{id}" not in rest and hasattr(resource, "list") else USUAL[method]
        return f"{parts[at]}.{usual}", dict.fromkeys(words, True)

    # --- the drive ---

    def settings(self, sandbox: Sandbox) -> Any:
        """Give the settings of a client."""
        return sandbox.cliniko

    def prepare(self, sandbox: Sandbox) -> None:
        """Make a second practitioner of the first business inactive: lists of those have two pages then."""
        world = sandbox.emulator(Emulation)._account.world
        *_, active, inactive = world.practitioners.values()
        assert (active.values["active"], inactive.values["active"]) == (True, False)
        active.values["active"] = False

    def giver(self, teller: SyncTeller, calls: Sequence[Call]) -> Giver:
        """Make what gives calls their arguments."""
        return ClinikoGiver(self, teller, calls)

    # --- the wire ---

    def where(self, take: Take, exchange: Exchange) -> str:
        """Name the operation that a request asked for: what was an argument is one."""
        names = {text: f"{{{name}}}" for name, text in take.ids.items()}
        return f"{exchange.method} " + "/".join(names.get(part, part) for part in exchange.path.split("/"))

    def answered(self, take: Take) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Give the objects in the answers."""
        if take.call.where in self.terms.inline:
            return
        kinds = map(vendors, take.gave)
        if take.call.is_list:
            things = [thing for exchange in take.exchanges for thing in exchange.answer[_key(exchange.answer)]]
        else:
            things = [exchange.answer for exchange in take.exchanges] if take.gave else []
        yield from zip(kinds, things, strict=True)

    def shape(self, take: Take, exchange: Exchange) -> str:
        """Name what an answer holds."""
        if exchange.answer is None:
            return "nothing"
        if take.call.is_list:
            return f"{_key(exchange.answer)}: array of {vendors(take.call.gives)}"
        if take.call.where in self.terms.inline:
            return "; ".join(sorted({*exchange.answer, *self.terms.inline[take.call.where]}))
        return vendors(take.call.gives)

    def parameter(self, name: str, texts: set[str]) -> frozenset[str]:
        """Tell what a parameter can be."""
        del name
        for kind, look in (("integer", r"\d+"), ("date", self.looks["date"])):
            if all(re.fullmatch(look, text) for text in texts):
                return frozenset({kind})
        return frozenset({"array of string"})

    def check_pages(self, first: Exchange, second: Exchange) -> None:
        """Check that the second page was asked for by the link to it."""
        super().check_pages(first, second)
        assert dict(second.query)["page"] == "2"

    def unions(self, take: Take) -> Iterator[tuple[Key, Claim]]:
        """Give what came out where one of several could."""
        for kind in {*take.gave} - {take.call.gives}:
            yield Key("union", vendors(take.call.gives), vendors(kind)), Claim(frozenset({"object"}))

    def is_link(self, value: Mapping[str, Any]) -> bool:
        """Tell whether an object is a link."""
        inside = value.get("links", value)
        return value.keys() <= {"links", "self"} and isinstance(inside, dict) and set(inside) == {"self"}

    def asked(self, place: str, name: str, texts: set[str]) -> Iterator[tuple[Key, Claim]]:
        """Give the filters."""
        if name != "q[]":
            return
        operators: dict[str, set[str]] = defaultdict(set)
        long: set[str] = set()
        for text in texts:
            found = _CONDITION.fullmatch(text)
            assert found is not None, text
            field, operator, value = found.groups()
            operators[field].add(operator)
            if re.fullmatch(self.looks["id"], value):
                long.add(field)
        for field, used in operators.items():
            # A get takes the conditions alone that show what is hidden.
            types = {kind for kind, known in OPERATORS.items() if used in (known, known & {"*"})}
            yield Key("filter", place, field), Claim(frozenset(types - {"integer" if field in long else "int64"}))


def _key(answer: dict[str, Any]) -> str:
    (key,) = (name for name, value in answer.items() if isinstance(value, list))
    return key
