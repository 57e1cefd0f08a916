"""NexHealth, emulated from its documentation; `GUESSES` says where that is silent.

Emulated, in v2 and v3: practices, providers, chairs, types, working hours, slots, appointments, patients with alerts
and recalls, the way of a booking into the practice's own system, webhooks. Not:
ledger, insurance, clinical notes, documents, forms, messages.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from apptsdk.sandbox.http import Answer, Call, Refusal
from apptsdk.sandbox.nexhealth import refusals
from apptsdk.sandbox.nexhealth.ask import Ask, Route
from apptsdk.sandbox.nexhealth.deliveries import Attempt, Deliveries, Delivery, check
from apptsdk.sandbox.nexhealth.guesses import GUESSES
from apptsdk.sandbox.nexhealth.limits import Limits, tags
from apptsdk.sandbox.nexhealth.params import PAGING, Query, read
from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.rendering import show
from apptsdk.sandbox.nexhealth.routes import ROUTES
from apptsdk.sandbox.nexhealth.seed import LOCATION, SUBDOMAIN, fill
from apptsdk.sandbox.nexhealth.tokens import Tokens
from apptsdk.sandbox.nexhealth.versions import BELOW, Version, version
from apptsdk.sandbox.nexhealth.world import KINDS, World
from apptsdk.sandbox.nexhealth.writing import LIGHTS, OUTCOMES, Light, Outcome, Writing, always
from apptsdk.sandbox.routing import split, words
from apptsdk.sandbox.vendors import Setup

if TYPE_CHECKING:
    from apptsdk.providers.nexhealth import NexHealthSettings

__all__ = ["GUESSES", "Attempt", "Delivery", "NexHealth"]

_API_KEY = "sandbox-nexhealth-key-no-secret"
_INT64_MAX = (1 << 63) - 1
_WORDS = words(path for table in ROUTES.values() for path in table)


class NexHealth:
    """The emulation of NexHealth.

    Args:
        setup: what it shares with the sandbox.
    """

    name = "nexhealth"
    base = "/nexhealth"

    def __init__(self, setup: Setup) -> None:
        self.world = World(setup.clock, setup.ledger, show)
        """Its rows, and who is told of changes."""
        fill(self.world, seed=setup.seed, appointments=setup.appointments)
        setup.ledger.know(KINDS)
        self._agenda = setup.agenda
        self._deliveries = Deliveries(self.world, setup.agenda)
        self._writing = Writing(self.world, setup.agenda, self._deliveries)
        self.new_account = False
        """Whether the account is too new for v2."""
        self._tokens = Tokens(setup.seed)
        self._chance = Random(setup.seed)  # noqa: S311 - request ids that repeat themselves
        self._limits = None if setup.rate_limit is None else Limits()

    @property
    def token_life(self) -> timedelta:
        """How long a new token is good, by the sandbox's clock; can be changed."""
        return self._tokens.life

    @token_life.setter
    def token_life(self, life: timedelta) -> None:
        self._tokens.life = life

    @property
    def write_after(self) -> timedelta:
        """How long a write into the practice's own system takes, by the sandbox's clock; can be changed."""
        return self._writing.after

    @write_after.setter
    def write_after(self, after: timedelta) -> None:
        self._writing.after = after

    def next_writes(self, *outcomes: Outcome) -> None:
        """Say how the next writes into a practice's own system end, new appointments and changes alike.

        Args:
            outcomes: `complete`, `failed`, `incomplete` or `timed_out`; those after them are complete.

        Raises:
            ValueError: there is no such outcome.
        """
        if unknown := [one for one in outcomes if one not in OUTCOMES]:
            raise ValueError(f"outcomes must be of {', '.join(OUTCOMES)}, not {unknown[0]!r}")
        self._writing.outcomes.extend(outcomes)

    def sync(
        self, *, read_status: Light | None = None, write_status: Light | None = None, subdomain: str = SUBDOMAIN
    ) -> None:
        """Turn the lights of a practice's own system; while it cannot be written to, writes wait.

        Args:
            read_status: `green` or `red`; None leaves it as it is.
            write_status: the same.
            subdomain: whose system.

        Raises:
            ValueError: there is no such light or practice.
        """
        said: dict[str, Light | None] = {"read_status": read_status, "write_status": write_status}
        lights: dict[str, Light] = {name: light for name, light in said.items() if light is not None}
        for name, light in lights.items():
            if light not in LIGHTS:
                raise ValueError(f"{name} must be green or red, not {light!r}")
        with self._agenda.lock:
            self._writing.light(self._named(subdomain), lights)

    def announce(
        self, resource_type: str, event_name: str, data: Mapping[str, object], *, subdomain: str = SUBDOMAIN
    ) -> None:
        """Send webhooks about something that is not emulated.

        Args:
            resource_type: such as `Document`.
            event_name: such as `document_insertion.complete`.
            data: what they tell.
            subdomain: where it happened.

        Raises:
            ValueError: there is no such event or practice.
        """
        check(resource_type, event_name)
        with self._agenda.lock:
            now = self.world.now()
            self._deliveries.announce(resource_type, event_name, self._named(subdomain), always(data), now)

    def _named(self, subdomain: str) -> Record:
        practice = self.world.institution(subdomain)
        if practice is None:
            raise ValueError(f"the sandbox has no practice {subdomain!r}")
        return practice

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """The webhooks, with their attempts, in the order of their events."""
        return tuple(self._deliveries.log)

    @property
    def deliver_anywhere(self) -> bool:
        """Whether webhooks may leave this machine; can be changed."""
        return self._deliveries.anywhere

    @deliver_anywhere.setter
    def deliver_anywhere(self, anywhere: bool) -> None:
        self._deliveries.anywhere = anywhere

    def settings(self, url: str) -> "NexHealthSettings":
        """Give a client's settings.

        Args:
            url: the sandbox's address.
        """
        from apptsdk.providers.nexhealth import NexHealthSettings  # noqa: PLC0415 - the sandbox works without it

        return NexHealthSettings(
            api_key=_API_KEY, subdomain=SUBDOMAIN, location_id=LOCATION, base_url=f"{url}{self.base}"
        )

    def environment(self, url: str) -> dict[str, str]:
        """Give a client's environment variables.

        Args:
            url: the sandbox's address.
        """
        return {
            "NEXHEALTH_API_KEY": _API_KEY,
            "NEXHEALTH_SUBDOMAIN": SUBDOMAIN,
            "NEXHEALTH_LOCATION_ID": str(LOCATION),
            "NEXHEALTH_BASE_URL": f"{url}{self.base}",
        }

    def stamp(self) -> tuple[tuple[str, str], ...]:
        """Give the headers of every answer."""
        return (("x-request-id", str(UUID(int=self._chance.getrandbits(128), version=4))),)

    def answer(self, call: Call) -> Answer:
        """Handle a call.

        Args:
            call: the call.
        """
        try:
            return self._answer(call)
        except Refusal as refusal:
            return refusal.answer

    def _answer(self, call: Call) -> Answer:
        spoken = version(call.headers)
        if spoken is None:
            raise refusals.missing()
        if (call.method, call.path) == ("POST", "/authenticates"):
            return self._authenticate(call, spoken)
        pattern, parts = split(call.path, _WORDS)
        route = ROUTES[spoken].get(f"{call.method} {pattern}")
        media = call.headers.get("content-type", "").partition(";")[0].strip().lower()
        if route is None or (call.body and media != refusals.PLAIN):
            raise refusals.unheard(media) if call.body and media else refusals.missing()
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self._tokens.good(token.strip(), self.world.clock.now()):
            raise refusals.unauthorized()
        self._admit(spoken, call.method, pattern)
        reply, query = self._handle(route, spoken, parts, call)
        vendors = spoken == "v2" or route.shared
        return refusals.envelope(reply, query.note, refusals.VENDORS if vendors else refusals.PLAIN)

    def _authenticate(self, call: Call, spoken: Version) -> Answer:
        if call.headers.get("authorization", "") != _API_KEY:
            raise refusals.unauthorized()
        self._admit(spoken, call.method, call.path)
        token = self._tokens.mint(self.world.clock.now())
        return refusals.envelope(Reply(201, {"token": token}), "Authenticated", refusals.VENDORS)

    def _admit(self, spoken: Version, method: str, pattern: str) -> None:
        if spoken == "v2" and self.new_account:
            raise refusals.forbidden(BELOW)
        if self._limits is not None and not self._limits.count(tags(method, pattern), self.world.clock.now()):
            raise refusals.too_many()

    def _handle(self, route: Route, spoken: Version, parts: list[str], call: Call) -> tuple[Reply, Query]:
        query = read(call.query, (*route.query, *(PAGING[spoken] if route.paged else ())))
        practice = self._practice(query)
        ids = tuple(int(part) for part in parts if part.isascii() and part.isdigit() and int(part) <= _INT64_MAX)
        if len(ids) != len(parts):
            raise refusals.missing()
        ask = Ask(
            world=self.world,
            call=call,
            version=spoken,
            ids=ids,
            query=query,
            practice=practice,
            location=self._location(query, practice),
        )
        return route.handler(ask), query

    def _practice(self, query: Query) -> Record | None:
        if query["subdomain"] is None:
            return None
        practice = self.world.institution(query["subdomain"])
        if practice is None:
            raise refusals.forbidden()
        return practice

    def _location(self, query: Query, practice: Record | None) -> Record | None:
        if query["location_id"] is None:
            return None
        found: Record | None = self.world.find("locations", query["location_id"], practice.id if practice else None)
        if found is None:
            raise refusals.forbidden()
        return found
