"""Cubu's contract: how calls are made, in all forms that are guessed, and how its answers are read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import attrs
from contract_base import Contract
from contract_calls import Way
from contract_cubu_calls import (
    CANCEL,
    CANCEL_OTHERWISE,
    CHANGE,
    HELD,
    INPUTS,
    PATTERNS,
    PLACES,
    TOKEN,
    calls_in,
)
from contract_cubu_giver import KEY, URL, CubuGiver
from contract_cubu_refusals import refusals
from contract_cubu_terms import TABLE, TERMS
from contract_drive import Exchange
from contract_rows import Claim, Key

from apptsdk.providers.cubu import AsyncCubu, Cubu, CubuSettings, WebhookAction
from apptsdk.providers.cubu.models.shared import camel
from apptsdk.sandbox.cubu import Cubu as Emulation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from contract_arguments import Giver
    from contract_calls import Call
    from contract_drive import Take
    from contract_refusals import Refused
    from harness import SyncTeller, World

    from apptsdk.models import Model
    from apptsdk.sandbox import Sandbox

_KEY = attrs.fields(CubuSettings).customer_record_key.default


ROWS = {"appointments.list": 3, "calendars.list": 4, "webhooks.verify": 2}
"""How many rows a call is about: each shows fields that others leave empty."""


class CubuContract(Contract):
    """What is Cubu's own."""

    name = "cubu"
    table = TABLE
    terms = TERMS
    clients = (Cubu, AsyncCubu)
    base = "/cubu"
    paged_by = ""
    most_lists = 17
    opening = "calendars.list"
    itself = frozenset({TOKEN})
    plain = frozenset({"webhooks.verify"})
    none_is_sent = False

    formats: ClassVar[Mapping[type, frozenset[str]]] = {
        str: frozenset({"string", "guid", "local date-time"}),
        int: frozenset({"integer"}),
        bool: frozenset({"boolean"}),
        float: frozenset({"number"}),
        datetime: frozenset({"date-time"}),
        date: frozenset({"local date-time"}),
        object: frozenset({"any"}),
        Mapping: frozenset({"object"}),
    }
    ids = frozenset({"guid"})
    looks: ClassVar[Mapping[str, str]] = {
        "date": r"\d{4}-\d\d-\d\d",
        "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z",
        "guid": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "local date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    }
    exact = True
    closed = frozenset({"errors", "fields"})
    closed_in_bodies = frozenset({"fields"})
    refusing = frozenset({"Error", "TokenError"})
    either: ClassVar[Mapping[str, Sequence[frozenset[str]]]] = {
        "customers.find": (frozenset({"key_value", "key_slug"}), frozenset({"record_id"})),
    }
    companions: ClassVar[Mapping[tuple[str, str], frozenset[str]]] = {}
    elsewhere: ClassVar[Mapping[str, AbstractSet[str]]] = {
        "Booking": {row.name for row in TABLE.named("field", "Case")}
        - {row.name for row in TABLE.named("field", "Booking")}
    }

    _focus: str = ""
    """The verb that matters, where the sandbox was turned."""

    # --- the code ---

    def objects(self) -> Mapping[str, type[Model]]:
        """Give our models."""
        return PLACES

    def inputs(self) -> Mapping[str, type[Any]]:
        """Give our inputs."""
        return INPUTS

    def more(self) -> Iterator[tuple[Key, Claim]]:
        """Give the names of the webhooks."""
        for action in WebhookAction:
            yield Key("enum", "WebhookEvent.action", action.value), Claim(frozenset({"string"}))

    def spelt(self, given: type[Any], name: str) -> str:
        """Spell a field as the vendor does; the customer's as the settings say when they say nothing."""
        del given
        return _KEY if name == "customer_record_id" else camel(name)

    def is_closed(self, key: Key) -> bool:
        """Tell whether the inside of an object is not described: dictionaries, by the ids of fields."""
        return super().is_closed(key) and key.where not in {"CustomerRecord", CHANGE}

    # --- the calls ---

    @property
    def resources(self) -> frozenset[str]:
        """The names of the resources."""
        return frozenset({"appointments", "calendars", "customers", "queue", "webhooks"})

    def calls(self, client: Any) -> list[Call]:
        """Find our calls: the table's operations are written down by hand."""
        cancelling = f"{client._settings.cancel_method} {client._settings.cancel_path}"
        others = {CANCEL, *CANCEL_OTHERWISE} - {cancelling}
        return [call for call in calls_in(client) if call.where not in others and self._focus in {"", call.verb}]

    def kept(self, call: Call) -> frozenset[str]:
        """Name what a search cannot do without."""
        return frozenset({"key_value"}) if call.verb == "customers.find" else frozenset()

    def more_ways(self, call: Call, needed: frozenset[str]) -> Iterator[Way]:
        """Give more ways to make a call."""
        free = call.takes.keys() - {*call.ids}
        if call.verb in {"appointments.book", "queue.join"}:
            # None is left out.
            empty = frozenset(name for name in free if call.takes[name].default is None)
            yield Way(needed, empty)
        elif call.verb == "customers.find":
            yield Way(frozenset(), special={"key_value": "nobody"})
        elif call.verb in ROWS:
            yield from (Way(needed, row=row) for row in range(1, ROWS[call.verb]))

    def argument(self, call: Call, path: str) -> str | None:
        """Tell by which argument a call sends something."""
        return path if path in call.takes else None

    # --- the drive ---

    def settings(self, sandbox: Sandbox) -> Any:
        """Give the settings of a client."""
        return sandbox.cubu

    def turned(self, sandbox: Sandbox) -> Iterator[Any]:
        """Turn what is a guess about answers and about cancelling."""
        emulation = sandbox.emulator(Emulation)
        emulation.answer_has_appointment = True
        self._focus = "appointments.book"
        yield sandbox.cubu
        emulation.missing_status = 204
        self._focus = "customers.find"
        yield sandbox.cubu
        self._focus = "appointments.cancel"
        for form in CANCEL_OTHERWISE:
            method, path = form.split(" ")
            yield attrs.evolve(sandbox.cubu, cancel_method=method, cancel_path=path)
        self._focus = ""

    def prepare(self, sandbox: Sandbox) -> None:
        """Have the webhooks written down; nobody is there to take them."""
        self._emulation = sandbox.emulator(Emulation)
        self._emulation.webhook(URL, key=KEY)

    def giver(self, teller: SyncTeller, calls: Sequence[Call]) -> Giver:
        """Make what gives calls their arguments."""
        return CubuGiver(self, teller, calls, self._emulation)

    def body(self, sent: bytes) -> Any:
        """Read the body of a request: JSON, or the form for a token."""
        return (
            dict(parse_qsl(sent.decode(), strict_parsing=True)) if sent[:1] not in {b"", b"{"} else super().body(sent)
        )

    def delivered(self, call: Call, given: Mapping[str, Any]) -> Exchange | None:
        """Give the request of a webhook: what it says is what the vendor answers elsewhere."""
        if call.verb not in self.plain:
            return None
        method, path = call.where.split(" ")
        assert urlsplit(given.get("path", f"{URL}{path}")).path == f"{urlsplit(URL).path}{path}"
        return Exchange(method, path, (), None, 200, json.loads(given["body"]))

    # --- the refusals ---

    def refusals(self, world: World, sandbox: Sandbox) -> Iterator[Refused]:
        """Have everything refused."""
        return refusals(world, sandbox)

    # --- the wire ---

    def where(self, take: Take, exchange: Exchange) -> str:
        """Name the operation that a request asked for."""
        del take
        asked = f"{exchange.method} {exchange.path}"
        return next((where for where, pattern in PATTERNS.items() if pattern.fullmatch(asked)), asked)

    def path(self, take: Take, exchange: Exchange) -> Iterator[tuple[str, Any]]:
        """Give what is in the path."""
        pattern = PATTERNS.get(self.where(take, exchange))
        found = pattern and pattern.fullmatch(f"{exchange.method} {exchange.path}")
        for name, text in found.groupdict().items() if found else ():
            yield name, int(text) if name == "cuIndex" else text

    def answered(self, take: Take) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Give the objects in the answers."""
        for exchange in take.exchanges:
            kind = HELD.get(self.where(take, exchange), "nothing").removeprefix("array of ")
            if exchange.answer is not None and exchange.status < 400 and kind != "nothing":
                things = exchange.answer if isinstance(exchange.answer, list) else [exchange.answer]
                yield from ((kind, thing) for thing in things)

    def shape(self, take: Take, exchange: Exchange) -> str:
        """Name what an answer holds."""
        if exchange.answer is None:
            return "nothing"
        if exchange.status >= 400:
            return "Error"
        kind = HELD.get(self.where(take, exchange), "nothing").removeprefix("array of ")
        return f"array of {kind}" if isinstance(exchange.answer, list) else kind

    def parameter(self, name: str, texts: set[str]) -> frozenset[str]:
        """Tell what a parameter can be."""
        del name
        return frozenset.intersection(*(self._kinds(text) for text in texts))

    def _kinds(self, text: str) -> frozenset[str]:
        found = {kind for kind, look in self.looks.items() if re.fullmatch(look, text)}
        return frozenset(found or {"string"})
