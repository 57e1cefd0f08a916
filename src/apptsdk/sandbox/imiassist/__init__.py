"""IMIassist, emulated by a contract of our own, because no wire format of this vendor is public; see `GUESSES`.

Emulated: authentication, appointments, hosts, contacts, usage reports; and the webhook of a flow in front of them, of
another shape. Not: what happens in a video call, messages to guests.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from attrs import evolve

from apptsdk.sandbox.http import Answer, Call, Refusal
from apptsdk.sandbox.imiassist import appointments, contacts, flow, participants, refusals, rendering, reports, seed
from apptsdk.sandbox.imiassist.ask import Ask, Needs
from apptsdk.sandbox.imiassist.guesses import GUESSES
from apptsdk.sandbox.imiassist.knobs import Knobs
from apptsdk.sandbox.imiassist.records import AppointmentType, Company, Department, Host, Team
from apptsdk.sandbox.imiassist.tokens import Tokens
from apptsdk.sandbox.imiassist.world import RESOURCES, World
from apptsdk.sandbox.vendors import Setup

if TYPE_CHECKING:
    from apptsdk.providers.imiassist.settings import IMIassistSettings

__all__ = ["GUESSES", "Company", "IMIassist"]

_PREFIX: Final = "/api/v1"
_DOMAINS: Final = ("eclinic.org.uk", "imiassist.ai")
_ROUTES: Final = (*appointments.ROUTES, *participants.ROUTES, *contacts.ROUTES, *reports.ROUTES)
_NODES: Final = {
    "authenticate": "authenticate",
    "get_new_token": "new_token",
    "get_existing_token": "existing_token",
    "schedule": "schedule",
    "cancel_by_id": "cancel_id",
    "cancel_by_uid": "cancel_uid",
    "cancel_by_external_reference": "cancel_reference",
}
"""What a client does, and the flow's node for it."""


class IMIassist(Knobs):
    """The emulation of IMIassist; its attributes are what a test can turn.

    Args:
        setup: what it shares with the sandbox.
    """

    name = "imiassist"
    base = "/imiassist"

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self.world = World(setup.clock, setup.ledger, setup.seed)
        """Its companies."""
        seed.fill(self.world, setup.appointments)
        setup.ledger.know(RESOURCES)
        self._tokens = Tokens(self.world, self)
        self._routes = {route.path: route for route in (*self._tokens.routes, *_ROUTES)}
        for company in self.world.companies.values():
            self._tokens.issue(company)

    def register(
        self,
        subdomain: str,
        *,
        domain: str = _DOMAINS[0],
        prefix: str = "",
        require_phone: bool = False,
        require_email: bool = False,
        attributes: Iterable[str] = (),
    ) -> Company:
        """Register another company, with a department, a team, an appointment type and a host.

        Args:
            subdomain: its own.
            domain: `eclinic.org.uk` or `imiassist.ai`.
            prefix: of its cases; by default the first letters of the subdomain.
            require_phone: whether a contact needs a phone number.
            require_email: whether a contact needs a mail address.
            attributes: the custom attributes that are configured.

        Returns:
            The company, with its API key and its integration user.

        Raises:
            ValueError: there is no such domain, or the company is there already.
        """
        if domain not in _DOMAINS:
            raise ValueError(f"domain must be one of {', '.join(_DOMAINS)}, not {domain!r}")
        if subdomain in self.world.companies:
            raise ValueError(f"there is a company {subdomain!r} already")
        department = Department(id=self.world.id(), name="General")
        team = Team(id=self.world.id(), name="General", department=department)
        company = seed.company(
            self.world,
            subdomain,
            domain=domain,
            prefix=prefix or subdomain[:2].upper(),
            types=(AppointmentType(name="General", team=team),),
            hosts=(Host(email=f"host@{subdomain}.example", first_name="Hana", last_name="Host"),),
            require_phone=require_phone,
            require_email=require_email,
            attributes=frozenset(attributes),
        )
        self._tokens.issue(company)
        return company

    def token(self, subdomain: str = seed.NORTHSIDE) -> str:
        """Give a company's latest token, good or not.

        Args:
            subdomain: the company's.
        """
        return self._tokens.current(self.world.companies[subdomain])

    def renew(self, subdomain: str = seed.NORTHSIDE) -> str:
        """Give a company a new token, as another program of its might do; the former one is good no more.

        Args:
            subdomain: the company's.
        """
        return self._tokens.issue(self.world.companies[subdomain])

    def revoke(self, subdomain: str = seed.NORTHSIDE) -> None:
        """Make a company's token good for nothing, without giving it another one.

        Args:
            subdomain: the company's.
        """
        self._tokens.revoke(self.world.companies[subdomain])

    def _credentials(self) -> dict[str, str]:
        company = self.world.companies[seed.NORTHSIDE]
        return {
            "subdomain": company.subdomain,
            "domain": company.domain,
            "api_key": company.api_key,
            "token": self._tokens.current(company),
        }

    def settings(self, url: str) -> "IMIassistSettings":
        """Give a client's settings: the company northside, by API key and token.

        Args:
            url: the sandbox's address.
        """
        from apptsdk.providers.imiassist.settings import IMIassistSettings  # noqa: PLC0415 - works without it

        said = self._credentials()
        return IMIassistSettings(
            subdomain=said["subdomain"],
            domain=said["domain"],
            api_key=said["api_key"],
            token=said["token"],
            base_url=f"{url}{self.base}",
        )

    def flow_settings(self, url: str) -> "IMIassistSettings":
        """Give the settings of a client for the same company behind the webhook of a flow.

        Args:
            url: the sandbox's address.
        """
        return evolve(
            self.settings(url),
            api_prefix=flow.PREFIX,
            endpoints={
                operation: {"method": "POST", "path": flow.BOOKINGS, "body": {flow.NODE: node}}
                for operation, node in _NODES.items()
            },
            field_names=flow.NAMES,
            credentials_in_body=True,
        )

    def environment(self, url: str) -> dict[str, str]:
        """Give a client's environment variables.

        Args:
            url: the sandbox's address.
        """
        said = {**self._credentials(), "base_url": f"{url}{self.base}"}
        return {f"IMIASSIST_{name.upper()}": value for name, value in said.items()}

    def stamp(self) -> tuple[tuple[str, str], ...]:
        """Give the headers of every answer: none are known."""
        return ()

    def answer(self, call: Call) -> Answer:
        """Handle a call, which is for the API or for the flow.

        Args:
            call: the call.
        """
        if not call.path.startswith("/flows/"):
            return rendering.shaped(self._api(call), self)
        try:
            node, said = flow.read(call, self)
        except flow.Unfit as unfit:
            return unfit.answer
        if self.flow_keeps_credentials:
            said |= self._credentials()
        return flow.outputs(self._api(flow.behind(call, _PREFIX, node, said, self), said), self)

    def _api(self, call: Call, told: dict[str, object] | None = None) -> Answer:
        try:
            return self._answer(call, None if told is None else self._told(told))
        except Refusal as refusal:
            return refusal.answer

    def _told(self, said: dict[str, object]) -> Company:
        """Find the company that a flow names, as a host's name does in the real world."""
        for company in self.world.companies.values():
            if (said.get("subdomain"), said.get("domain")) == (company.subdomain, company.domain):
                return company
        raise refusals.missing("company")

    def _answer(self, call: Call, told: Company | None) -> Answer:
        path = call.path.removeprefix(_PREFIX) if call.path.startswith(f"{_PREFIX}/") else ""
        matches = [(route, params) for route in self._routes.values() if (params := route.match(path)) is not None]
        if not matches:
            raise refusals.missing("path")
        for route, params in matches:
            if route.path.startswith(f"{call.method} "):
                company = self._caller(call, route.needs, told)
                return route.handler(Ask(world=self.world, knobs=self, call=call, params=params, known=company))
        raise refusals.refuse(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", "There is no such method here.")

    def _caller(self, call: Call, needs: Needs, told: Company | None) -> Company | None:
        if needs == "nothing":
            return told
        company = self._tokens.user(call.headers) if needs == "access" else self._tokens.caller(call.headers)
        if told not in {None, company}:
            raise refusals.unauthorized()
        return company
