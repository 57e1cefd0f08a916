"""API keys, tokens and ACCESS: who calls, and how a token is got.

https://help.webexconnect.io/docs/authentication
"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final
from uuid import UUID

from attrs import evolve, field, frozen

from apptsdk.sandbox.http import Answer, say
from apptsdk.sandbox.imiassist import refusals
from apptsdk.sandbox.imiassist.ask import Ask, Route
from apptsdk.sandbox.imiassist.inputs import read, text
from apptsdk.sandbox.imiassist.knobs import Knobs
from apptsdk.sandbox.imiassist.records import Company
from apptsdk.sandbox.imiassist.world import World
from apptsdk.sandbox.jwt import Signer

_ACCESS: Final = "access"
_REFRESH: Final = "refresh"
_HEAD: Final = {"typ": "JWT", "alg": "HS256"}
_LOGIN: Final = {"email": text, "password": text}


@frozen(kw_only=True)
class _Token:
    value: str = field(repr=False)
    until: datetime | None
    revoked: bool = False

    def good(self, now: datetime) -> bool:
        return not self.revoked and (self.until is None or now < self.until)


class Tokens:
    """Makes tokens, and knows whose they are.

    Args:
        world: the companies.
        knobs: how long tokens are good, and where they are in a call.
    """

    def __init__(self, world: World, knobs: Knobs) -> None:
        self._world = world
        self._knobs = knobs
        self._signer = Signer(b"sandbox-imiassist-signing-secret", _HEAD)
        self._tokens: dict[str, _Token] = {}
        self._users: dict[str, Company] = {}
        """Who logged in, by the `jti` of ACCESS."""
        self.routes = (
            Route("POST /auth/login", self._login, "nothing"),
            Route("POST /auth/token", self._new, "access"),
            Route("GET /auth/token", self._existing, "access"),
        )

    def issue(self, company: Company) -> str:
        """Make a token, which replaces the one that there was.

        Args:
            company: whose.

        Returns:
            64 hexadecimal digits.
        """
        life = self._knobs.token_life
        value = f"{self._world.chance.getrandbits(256):064x}"
        self._tokens[company.subdomain] = _Token(value=value, until=None if life is None else self._world.now() + life)
        return value

    def current(self, company: Company) -> str:
        """Give a company's latest token, good or not.

        Args:
            company: whose.
        """
        return self._tokens[company.subdomain].value

    def revoke(self, company: Company) -> None:
        """Make a company's token good for nothing.

        Args:
            company: whose.
        """
        self._tokens[company.subdomain] = evolve(self._tokens[company.subdomain], revoked=True)

    def caller(self, headers: Mapping[str, str]) -> Company:
        """Find out who calls by API key and token.

        Args:
            headers: of the call.

        Raises:
            Refusal: 401.
        """
        key = headers.get(self._knobs.api_key_header.lower())
        given = _credential(headers, self._knobs.token_header, self._knobs.token_scheme)
        for company in self._world.companies.values():
            token = self._tokens[company.subdomain]
            if company.api_key == key and token.value == given and token.good(self._world.now()):
                return company
        raise refusals.unauthorized()

    def user(self, headers: Mapping[str, str]) -> Company:
        """Find out whose integration user calls, by ACCESS.

        Args:
            headers: of the call.

        Raises:
            Refusal: 401.
        """
        given = _credential(headers, self._knobs.access_header, self._knobs.access_scheme)
        claims = self._signer.claims(given, self._world.now())
        if claims is None or claims["type"] != _ACCESS:
            raise refusals.unauthorized()
        return self._users[claims["jti"]]

    def _login(self, ask: Ask) -> Answer:
        said = read(ask, _LOGIN, required=tuple(_LOGIN))
        given = (said["email"].lower(), said["password"])
        for company in self._world.companies.values():
            if given == (company.user_email, company.user_password) and ask.known in {None, company}:
                return say(HTTPStatus.OK, {kind: self._sign(company, kind) for kind in (_REFRESH, _ACCESS)})
        raise refusals.unauthorized("invalid_credentials")

    def _sign(self, company: Company, kind: str) -> str:
        jti = UUID(int=self._world.chance.getrandbits(128)).hex
        self._users[jti] = company
        until = self._world.now() + self._knobs.access_life
        return self._signer.sign({"type": kind, "exp": int(until.timestamp()), "jti": jti})

    def _new(self, ask: Ask) -> Answer:
        read(ask, {})
        return say(HTTPStatus.CREATED, {"api_key": ask.company.api_key, "token": self.issue(ask.company)})

    def _existing(self, ask: Ask) -> Answer:
        token = self._tokens[ask.company.subdomain]
        if not self._knobs.existing_gives_spent and not token.good(self._world.now()):
            raise refusals.missing("token")
        return say(HTTPStatus.OK, {"api_key": ask.company.api_key, "token": token.value})


def _credential(headers: Mapping[str, str], name: str, scheme: str) -> str:
    """Read a header; it is nothing where the scheme is another."""
    said = headers.get(name.lower(), "")
    if not scheme:
        return said
    before, _, after = said.partition(" ")
    return after.strip() if before.lower() == scheme.lower() else ""
