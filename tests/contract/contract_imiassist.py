"""IMIassist's contract: our proposal of a wire, and the webhook of a flow, whose nodes are the vendor's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from contract_base import Contract
from contract_calls import Way
from contract_imiassist_calls import BODILESS, ENDPOINTS, GET, HELD, INPUTS, NODES, PATTERNS, PLACES, SCHEDULE, calls_in
from contract_imiassist_giver import BODIES, IMIassistGiver
from contract_imiassist_refusals import refusals
from contract_imiassist_terms import FLOW_TABLE, FLOW_TERMS, TABLE, TERMS
from contract_rows import Claim, Key

from apptsdk.providers.imiassist import AsyncIMIassist, IMIassist
from apptsdk.providers.imiassist.names import CREDENTIALS, OUTPUTS
from apptsdk.sandbox.imiassist import IMIassist as Emulation
from apptsdk.sandbox.imiassist.flow import NAMES
from apptsdk.sandbox.imiassist.seed import NORTHSIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from contract_arguments import Giver
    from contract_calls import Call
    from contract_drive import Exchange, Take
    from contract_refusals import Refused
    from harness import SyncTeller, World

    from apptsdk.models import Model
    from apptsdk.sandbox import Sandbox

_JWT = r"eyJ[\w-]+\.[\w-]+\.[\w-]+"
_TOKEN = "[0-9a-f]{64}"
_FAILED = 400
_TEXTS = frozenset({"case", "email", "id", "link", "phone", "reference", "string", "uid"})


class IMIassistContract(Contract):
    """What is IMIassist's own: of the nodes the vendor's, of the wire ours."""

    name = "imiassist"
    table = TABLE
    terms = TERMS
    clients = (IMIassist, AsyncIMIassist)
    base = "/imiassist"
    paged_by = ""
    most_lists = 3
    itself = frozenset([*ENDPOINTS.values()][:3])
    none_is_sent = False

    formats: ClassVar[Mapping[type, frozenset[str]]] = {
        str: _TEXTS,
        int: frozenset({"integer"}),
        datetime: frozenset({"date-time"}),
        timedelta: frozenset({"integer"}),
        Mapping: frozenset({"object"}),
    }
    ids = _TEXTS
    looks: ClassVar[Mapping[str, str]] = {
        "Bearer and ACCESS": rf"Bearer {_JWT}",
        "Token and token": f"Token {_TOKEN}",
        "case": r"[A-Z]{2}-\d+",
        "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
        "email": r"[\w.]+@[\w.]+",
        "id": "[0-9a-f]{24}",
        "jwt": _JWT,
        "key": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "link": r"https://northside\.eclinic\.org\.uk/j/\w+",
        "phone": r"\+[1-9]\d{6,14}",
        "reference": r"PAS-\d+|apptsdk-[0-9a-f]{32}",
        "status": r"\d{3}",
        "token": _TOKEN,
        "transaction": r"\d{5}[0-9a-z]{12}",
        "uid": r"[A-Z]{2}-\d+-\d+",
    }
    exact = True
    closed = frozenset({"output_log"})
    closed_in_bodies = frozenset({"custom_attributes"})
    refusing = frozenset({"Error", "Error.error", "Error.error.details"})
    elsewhere: ClassVar[Mapping[str, AbstractSet[str]]] = {
        "Appointment": {"response_body", "response_status_code"},
        "CancelledAppointment": {"response_body", "response_status_code"},
        "Participant": {"key"},
    }
    own = (Contract.own - {"request"}) | {"request_pages"}
    unsent = Contract.unsent | {"headers", "query", "repeatable"}
    flow: ClassVar[bool] = False

    _focus: str = ""
    """The verb that matters, where the sandbox was turned."""

    def __init__(self) -> None:
        self._references = count(9001)

    # --- the code ---

    def objects(self) -> Mapping[str, type[Model]]:
        """Give our models."""
        return PLACES

    def inputs(self) -> Mapping[str, type[Any]]:
        """Give our inputs."""
        return INPUTS

    # --- the calls ---

    @property
    def resources(self) -> frozenset[str]:
        """The names of the resources."""
        return frozenset({"appointments"})

    def calls(self, client: Any) -> list[Call]:
        """Find our calls: the table's operations are written down by hand."""
        there = self.table.operations
        return [call for call in calls_in(client) if call.where in there and self._focus in {"", call.verb}]

    def kept(self, call: Call) -> frozenset[str]:
        """Name what a call through `request` cannot do without: its body."""
        return frozenset({"json"}) if call.verb == "request" else frozenset()

    def lacking(self, call: Call) -> frozenset[str]:
        """Name what has no meaning: the body of what has none."""
        return frozenset({"json"}) if call.verb == "request" and call.where.startswith(BODILESS) else frozenset()

    def more_ways(self, call: Call, needed: frozenset[str]) -> Iterator[Way]:
        """Give more ways to make a call."""
        if call.verb == "appointments.schedule":
            # None is left out.
            yield Way(needed, frozenset(name for name, one in call.takes.items() if one.default is None))
        elif call.where in BODIES:
            yield from (Way(needed, row=row) for row in range(1, len(BODIES[call.where])))

    def argument(self, call: Call, path: str) -> str | None:
        """Tell by which argument a call sends something."""
        return path if path in call.takes else None

    # --- the drive ---

    def settings(self, sandbox: Sandbox) -> Any:
        """Give the settings of a client, which gets its key and its token by itself."""
        endpoint = dict(zip(("method", "path"), GET.replace("/api/v1", "").split(" "), strict=True))
        settings = attrs.evolve(sandbox.imiassist, endpoints={"get": endpoint})
        return self._signing_in(sandbox, settings)

    def _signing_in(self, sandbox: Sandbox, settings: Any) -> Any:
        company = sandbox.emulator(Emulation).world.companies[NORTHSIDE]
        user = {"user_email": company.user_email, "user_password": company.user_password}
        return attrs.evolve(settings, api_key=None, token=None, **user)

    def turned(self, sandbox: Sandbox) -> Iterator[Any]:
        """Have no token that is good: another one is got."""
        sandbox.emulator(Emulation).revoke()
        self._focus = "appointments.schedule"
        yield self.settings(sandbox)
        self._focus = ""

    def prepare(self, sandbox: Sandbox) -> None:
        """Leave the sandbox as it is."""

    def giver(self, teller: SyncTeller, calls: Sequence[Call]) -> Giver:
        """Make what gives calls their arguments."""
        return IMIassistGiver(self, teller, calls, self._references)

    # --- the refusals ---

    def refusals(self, world: World, sandbox: Sandbox) -> Iterator[Refused]:
        """Have everything refused."""
        settings = sandbox.imiassist_flow if self.flow else sandbox.imiassist
        return refusals(world, sandbox, settings, flow=self.flow)

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
        yield from found.groupdict().items() if found else ()

    def signed(self, exchange: Exchange) -> Iterator[tuple[str, str]]:
        """Give the header fields that say who asks."""
        given = {name: exchange.headers.get(name.lower()) for name in ("X-Api-Key", "Authorization")}
        yield from ((name, value) for name, value in given.items() if value is not None)

    def unions(self, take: Take) -> Iterator[tuple[Key, Claim]]:
        """Give the outcome of a node, and what came of it."""
        if take.exchanges[-1].status < _FAILED and take.call.where != GET:
            came = take.gave or ["Response"]
            yield Key("outcome", take.call.where, "Success"), Claim(frozenset(came))

    def answered(self, take: Take) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Give the objects in the answers."""
        for exchange in take.exchanges:
            if exchange.answer is not None and exchange.status < _FAILED:
                yield HELD[self.where(take, exchange)], exchange.answer

    def shape(self, take: Take, exchange: Exchange) -> str:
        """Name what an answer holds."""
        if exchange.answer is None:
            return "nothing"
        return "Error" if exchange.status >= _FAILED else HELD.get(self.where(take, exchange), "nothing")

    def parameter(self, name: str, texts: set[str]) -> frozenset[str]:
        """Tell what a parameter can be: there are none."""
        raise AssertionError(f"nothing has a query, and {name} was {texts}")


FLOW = "POST /flows/northside/bookings"
LINK = "video_url"
_OURS = {theirs.casefold(): ours for ours, theirs in NAMES.items()}
_STATUS = "response_status_code"


def _renamed(thing: Mapping[str, Any]) -> dict[str, Any]:
    """Give what came out of the flow our names; those of outputs are of any case."""
    return {_OURS.get(name.casefold(), name.casefold()): value for name, value in thing.items()}


class IMIassistFlowContract(IMIassistContract):
    """The same behind a flow's webhook: one path, other names, and the inputs and outputs of the vendor's nodes."""

    name = "imiassist_flow"
    table = FLOW_TABLE
    terms = FLOW_TERMS
    most_lists = 1
    elsewhere: ClassVar[Mapping[str, AbstractSet[str]]] = {
        "Appointment": {*OUTPUTS[5:]},
        "Participant": {"key"},
    }
    flow = True

    def more(self) -> Iterator[tuple[Key, Claim]]:
        """Give what is in a body beside the inputs."""
        for name in ("node", *CREDENTIALS):
            yield Key("body", SCHEDULE, name), Claim(frozenset({"key", "string", "token"}), required=True)

    def settings(self, sandbox: Sandbox) -> Any:
        """Give the settings of a client, which gets its key and its token by itself."""
        return self._signing_in(sandbox, sandbox.imiassist_flow)

    def verbs(self, client: Any) -> frozenset[str]:
        """List all verbs: this flow has no node that reads an appointment, and no further ones."""
        return super().verbs(client) - {"appointments.get", "request"}

    def body(self, sent: bytes) -> Any:
        """Read the body of a request, and give what is in it our names; there is nothing that has them already."""
        said, theirs = json.loads(sent), {theirs: ours for ours, theirs in NAMES.items()}
        return {theirs.get(name, name if name == "node" else f"{name} as it is"): one for name, one in said.items()}

    def translated(self, exchange: Exchange) -> Exchange:
        """Give an exchange with a node as one with the operation that it stands for."""
        asked = (f"{exchange.method} {exchange.path}", exchange.query, exchange.status)
        assert asked == (FLOW, (), 200)
        assert not {*self.signed(exchange)}
        method, path = NODES[exchange.body["node"]].split(" ")
        answer = _renamed(exchange.answer)
        return attrs.evolve(exchange, method=method, path=path, status=int(answer[_STATUS]), answer=answer)

    def path(self, take: Take, exchange: Exchange) -> Iterator[tuple[str, Any]]:
        """Give nothing: the one path has no places."""
        del take, exchange
        yield from ()

    def answered(self, take: Take) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Give the objects in the answers, and those in the texts in them."""
        for kind, thing in super().answered(take):
            yield kind, thing
            for person in json.loads(thing.get("participants", "[]")):
                person["meeting_link"] = person.pop(LINK)
                yield f"{kind}.participants", _renamed(person)
