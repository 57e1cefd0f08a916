"""NexHealth's contract, in v3 and in v2: how calls are made, and how its answers are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from contract_base import Contract
from contract_calls import Way
from contract_code import placed
from contract_nexhealth_calls import INPUTS, INPUTS_IN_V2, PLACES, PLACES_IN_V2, V2, V3, calls_in
from contract_nexhealth_giver import ROWS, TWICE, NexHealthGiver
from contract_nexhealth_terms import TABLE, TERMS
from contract_nexhealth_v2_terms import TABLE as TABLE_OF_V2
from contract_nexhealth_v2_terms import TERMS as TERMS_OF_V2

from apptsdk.providers.nexhealth import AsyncNexHealth, NexHealth
from apptsdk.sandbox.nexhealth import NexHealth as Emulation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract_arguments import Giver
    from contract_calls import Call
    from contract_drive import Exchange, Take
    from harness import SyncTeller

    from apptsdk.models import Model
    from apptsdk.sandbox import Sandbox

KEPT = {
    "available_slots.groups": frozenset({"provider_ids"}),
    "available_slots.list": frozenset({"provider_ids"}),
    "appointments.create": frozenset({"operatory_id", "patient_id"}),
    "working_hours.create": frozenset({"operatory_id"}),
}
SLOTS_OF_V3 = frozenset({"appointments_per_timeslot", "working_hour_label_id", "working_hour_source"})
_TOLD = {"code", "description", "error", "data"}


class NexHealthContract(Contract):
    """What is NexHealth's own, in v3."""

    name = "nexhealth"
    table = TABLE
    terms = TERMS
    clients = (NexHealth, AsyncNexHealth)
    base = "/nexhealth"
    opening = "institutions.list"
    itself = frozenset({"POST /authenticates"})
    paged_by = "end_cursor"
    elsewhere: ClassVar[Mapping[str, AbstractSet[str]]] = {
        "Appointment": {"deleted", "guarantor"},
        "AvailableSlot": {"lid"},
        "Patient": {"unsubscribe_sms"},
        "Provider": {"appointment_types"},
        "WorkingHour": {"synced"},
    }
    own = Contract.own | {"webhooks.verify"}
    api_version: ClassVar[str] = "v3.0.0"
    lines: ClassVar[list[list[str]]] = V3
    places: ClassVar[Mapping[str, type[Model]]] = PLACES
    given: ClassVar[Mapping[str, type[Any]]] = INPUTS

    formats: ClassVar[Mapping[type, frozenset[str]]] = {
        str: frozenset({"string"}),
        int: frozenset({"integer"}),
        bool: frozenset({"boolean"}),
        float: frozenset({"number"}),
        datetime: frozenset({"date-time"}),
        date: frozenset({"date"}),
        time: frozenset({"string"}),
        Decimal: frozenset({"string"}),
        Mapping: frozenset({"object"}),
    }
    ids = frozenset({"integer"})
    closed = frozenset(
        {"adjustments", "bio", "charges", "custom_recurrence", "data", "insurance_coverages", "misc", "payments"}
    )
    looks: ClassVar[Mapping[str, str]] = {
        "date": r"\d{4}-\d\d-\d\d",
        "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)",
    }
    exact = False
    most_lists = 8
    either: ClassVar[Mapping[str, Sequence[frozenset[str]]]] = {
        "working_hours.create": tuple(map(frozenset, ({"days"}, {"specific_date"}, {"custom_recurrence"}))),
        "working_hours.update": tuple(map(frozenset, ({"days"}, {"specific_date"}, {"custom_recurrence"}))),
    }

    companions: ClassVar[Mapping[tuple[str, str], frozenset[str]]] = {
        ("appointment_types.create", "parent_type"): frozenset({"parent_id"}),
        ("appointment_types.update", "parent_type"): frozenset({"parent_id"}),
        ("appointments.create", "patient"): frozenset({"is_guardian"}),
        ("appointments.list", "location_id"): frozenset({"foreign_id"}),
    }

    # --- the code ---

    def objects(self) -> Mapping[str, type[Model]]:
        """Give our models."""
        return self.places

    def inputs(self) -> Mapping[str, type[Any]]:
        """Give our inputs."""
        return self.given

    # --- the calls ---

    @cached_property
    def resources(self) -> frozenset[str]:
        """The names of the resources."""
        return frozenset(verb.partition(".")[0] for line in self.lines for verb in line[2].split()) | {"webhooks"}

    def calls(self, client: Any) -> list[Call]:
        """Find our calls: the table's operations are written down by hand. What is listed is made before."""
        return sorted(calls_in(client, self.lines), key=lambda call: (call.where.startswith("GET"), call.where))

    def argument(self, call: Call, path: str) -> str | None:
        """Tell by which argument a call sends something."""
        given = self.given.get(call.where)
        if given is not None and call.name in {"create", "update"}:
            fields = {placed(self, given, field.name): field.name for field in attrs.fields(given)}
            return next((name for place, name in fields.items() if f"{path}.".startswith(f"{place}.")), None)
        name = path.removesuffix("[]")
        return name if name in call.takes else None

    lacks: ClassVar[Mapping[str, frozenset[str]]] = {
        "appointments.list": frozenset({"include", "patient_id"}),
        "patients.list": frozenset({"include"}),
    }
    """What v2 alone takes."""

    def lacking(self, call: Call) -> frozenset[str]:
        """Name the arguments that the other version takes."""
        return self.lacks.get(call.verb, frozenset())

    def kept(self, call: Call) -> frozenset[str]:
        """Name what a location that books by operatory demands, and an appointment that is no block."""
        return KEPT.get(call.verb, frozenset())

    def more_ways(self, call: Call, needed: frozenset[str]) -> Iterator[Way]:
        """Give more ways to make a call."""
        if call.verb == "patients.create":
            for _ in range(2):
                yield Way(needed, special={"return_existing_if_match": True, **TWICE})
        elif call.verb == "appointments.create":
            yield Way(needed - {"patient_id"}, special={"unavailable": True})
        elif call.name == "get" and call.ids == ("id",):
            every = frozenset(call.takes) - {"id"}
            yield from (Way(every, row=row) for row in range(ROWS))
        elif call.verb == "available_slots.list":
            yield Way(needed - {"provider_ids"} | {"appointment_type_id"})
            yield Way(needed | {"appointment_type_id"}, row=1)
            yield Way(needed, special={"start_date": date(2026, 3, 8), "days": 1})  # a Sunday

    # --- the drive ---

    def settings(self, sandbox: Sandbox) -> Any:
        """Give the settings of a client."""
        return attrs.evolve(sandbox.nexhealth, api_version=self.api_version)

    def prepare(self, sandbox: Sandbox) -> None:
        """Let everything be written at once."""
        sandbox.emulator(Emulation).write_after = timedelta(0)

    def giver(self, teller: SyncTeller, calls: Sequence[Call]) -> Giver:
        """Make what gives calls their arguments."""
        return NexHealthGiver(self, teller, calls)

    # --- the wire ---

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        paths = {line[0].split()[1] for line in self.lines}
        return {path: re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>\\d+)", path)) for path in paths}

    def _match(self, exchange: Exchange) -> tuple[str, re.Match[str]] | None:
        found = ((path, pattern.fullmatch(exchange.path)) for path, pattern in self._patterns.items())
        return next(((path, match) for path, match in found if match), None)

    def where(self, take: Take, exchange: Exchange) -> str:
        """Name the operation that a request asked for."""
        del take
        found = self._match(exchange)
        return f"{exchange.method} {exchange.path if found is None else found[0]}"

    def path(self, take: Take, exchange: Exchange) -> Iterator[tuple[str, Any]]:
        """Give what is in the path: ids, which are numbers."""
        del take
        found = self._match(exchange)
        if found is not None:
            yield from ((name, int(text)) for name, text in found[1].groupdict().items())

    def answered(self, take: Take) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Give the objects in the answers."""
        for exchange in take.exchanges:
            kind = self._kind(take, exchange)
            if kind and exchange.answer is not None:
                data = exchange.answer["data"]
                yield from ((kind, thing) for thing in (data if isinstance(data, list) else [data]))

    def _kind(self, take: Take, exchange: Exchange) -> str:
        where = self.where(take, exchange)
        return next((kind for operation, kind, *_ in self.lines if operation == where), "")

    def shape(self, take: Take, exchange: Exchange) -> str:
        """Name what an answer holds."""
        if exchange.answer is None:
            return "nothing"
        many = isinstance(exchange.answer["data"], list)
        data = f"data: {'array of ' if many else ''}{self._kind(take, exchange)}"
        return "; ".join([data, *sorted(exchange.answer.keys() - _TOLD)])

    def parameter(self, name: str, texts: set[str]) -> frozenset[str]:
        """Tell what a parameter can be."""
        array = "array of " if name.endswith("[]") else ""
        looks = {"integer": r"\d+", "boolean": "true|false", **self.looks}
        if name == "phone_number":
            del looks["integer"]
        kinds = [kind for kind, look in looks.items() if all(re.fullmatch(look, text) for text in texts)]
        return frozenset({f"{array}{kinds[0] if kinds else 'string'}"})

    def check_pages(self, first: Exchange, second: Exchange) -> None:
        """Check that the second page was asked for by the first one's cursor."""
        super().check_pages(first, second)
        assert dict(second.query)["end_cursor"] == first.answer["page_info"]["end_cursor"]


class NexHealthV2Contract(NexHealthContract):
    """What is otherwise in v2."""

    name = "nexhealth_v2"
    table = TABLE_OF_V2
    terms = TERMS_OF_V2
    paged_by = "page"
    elsewhere: ClassVar[Mapping[str, AbstractSet[str]]] = {
        "Appointment": {"guarantor"},
        "AvailableSlot": {"lid", "working_hour_label_id"},
        "Patient": {"hipaa"},
        "Procedure": {"treatment_plan_ids"},
        "Provider": {"appointment_types"},
        "WorkingHour": {"label", "source"},
    }
    api_version = "v2"
    lines: ClassVar[list[list[str]]] = V2
    places: ClassVar[Mapping[str, type[Model]]] = PLACES_IN_V2
    given: ClassVar[Mapping[str, type[Any]]] = INPUTS_IN_V2
    wrapped: ClassVar[Mapping[str, str]] = {"working_hour": "availability"}
    lacks: ClassVar[Mapping[str, frozenset[str]]] = {
        "appointments.list": frozenset({"patient_ids", "sort"}),
        "appointments.update": frozenset({"end_time", "note", "operatory_id", "start_time"}),
        "available_slots.groups": SLOTS_OF_V3,
        "available_slots.list": SLOTS_OF_V3,
        "patients.create": frozenset({"return_existing_if_match"}),
        "working_hours.list": frozenset({"label_id", "source"}),
    }
    """What v3 alone takes."""

    def verbs(self, client: Any) -> frozenset[str]:
        """List all verbs: v2 has no labels."""
        return super().verbs(client) - {"working_hour_labels", "working_hour_labels.list"}

    def more_ways(self, call: Call, needed: frozenset[str]) -> Iterator[Way]:
        """Give more ways to make a call: v2 finds slots by provider, and nobody twice."""
        for way in super().more_ways(call, needed):
            if needed <= way.given | way.special.keys() and not way.special.keys() & TWICE.keys():
                yield way

    def check_pages(self, first: Exchange, second: Exchange) -> None:
        """Check that the pages are numbered."""
        assert (dict(first.query)["page"], dict(second.query)["page"]) == ("1", "2")
        assert {name for name, _ in second.query} == {name for name, _ in first.query}
