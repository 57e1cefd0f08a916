"""How calls to IMIassist are signed: the core's key and token, in headers or in the body, and how they are had.

https://help.webexconnect.io/docs/authentication
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import attrs

from apptsdk.auth import Minted
from apptsdk.errors import AuthenticationError, ConfigurationError, NotFoundError, UnsupportedError
from apptsdk.operation import NOW, Effect, Flow, Instant, Operation
from apptsdk.providers.imiassist.endpoints import BODILESS
from apptsdk.providers.imiassist.outputs import Answer
from apptsdk.shapes import is_object
from apptsdk.tokens import checked_secret, token_from
from apptsdk.wire import Undecodable, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.account import Account
    from apptsdk.auth import ApiKeyToken
    from apptsdk.http import Request
    from apptsdk.operation import Script
    from apptsdk.providers.imiassist.scope import Scope
    from apptsdk.tokens import Token

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_MARGIN: Final = 60.0
"""Seconds before its end at which an access token counts as spent, and for which a new token counts as new."""


class Read(Protocol[T_co]):
    """Reads what is had by an answer, at an epoch second."""

    def __call__(self, answer: Answer, wall: float) -> T_co:
        """Read it. Raises `Undecodable`."""
        ...


@attrs.frozen
class InBody:
    """The credentials as members of the JSON body, for a flow that gives them to its nodes.

    Args:
        strategy: Where the key and the token come from.
        members: What goes with them: the subdomain and the domain, by the names that they have there.
        key_name: What the key is called there.
        token_name: What the token is called there.
    """

    strategy: ApiKeyToken
    members: Mapping[str, str]
    key_name: str
    token_name: str

    def sign(self, request: Request, account: Account) -> Script[Request]:
        """Add the members."""
        body = loads(request.content or b"{}")
        if request.method in BODILESS or not is_object(body):
            raise UnsupportedError(
                f"With credentials_in_body, the key and the token are members of a JSON object: a {request.method} "
                "without one cannot carry them.",
                provider=account.service.name,
            )
        if taken := sorted(set(body) & {*self.members, self.key_name, self.token_name}):
            raise UnsupportedError(
                f"With credentials_in_body, {taken[0]} is the SDK's to set: leave it out of the body.",
                provider=account.service.name,
            )
        key, token = yield from self.strategy.pair(account)
        signed = {**body, **self.members, self.key_name: key, self.token_name: token.value}
        return attrs.evolve(
            request, content=dumps(signed), headers={**request.headers, "Content-Type": "application/json"}
        )

    def renew(self, refused: Request, account: Account) -> Script[bool]:
        """Get another token than the one that was refused."""
        body = loads(refused.content)
        token = body.get(self.token_name) if is_object(body) else None
        return (yield from self.strategy.bearer.source.renewed(account, str(token))) is not None

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give the key and the token."""
        return self.strategy.secrets(account)


@attrs.frozen
class Unsigned:
    """No credentials, for a flow that keeps them itself."""

    def sign(self, request: Request, account: Account) -> Script[Request]:
        """Leave the request as it is."""
        del account
        return request
        yield  # a generator that needs nothing

    def renew(self, refused: Request, account: Account) -> Script[bool]:
        """Give up: there is nothing to renew."""
        del refused, account
        return False
        yield

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give nothing."""
        del account
        return ()


@attrs.define(eq=False)
class IntegrationUser:
    """The company's system account, by which an access token is had, and with that the API key and the token.

    Args:
        email: Its email address.
        password: Its password.
        scope: Where to ask.
        members: What the body of each request carries: the subdomain and the domain, for a flow.
        access_header: The header field of the access token; None where it is in the body.
        access_scheme: The word before it; empty for none.
    """

    email: str = attrs.field(repr=False)
    password: str = attrs.field(repr=False)
    scope: Scope
    members: Mapping[str, str]
    access_header: str | None
    access_scheme: str
    # All that follows is touched by the one who holds the lock of a token's round.
    _access: Token | None = attrs.field(default=None, init=False, repr=False)
    _new: Token | None = attrs.field(default=None, init=False, repr=False)
    _new_at: float = attrs.field(default=-inf, init=False, repr=False)

    def token(self, refused: str | None) -> Flow[Token]:
        """Get the API key and the token: the existing ones, or new ones where these are none or were refused.

        Args:
            refused: The token that was refused; None where none was.

        Returns:
            A flow that gives the token, with its key. Its life is not published: unless it is a JWT, it is used until
            it is refused.
        """

        def script() -> Script[Token]:
            access, fresh = yield from self._current()
            try:
                found = yield from self._existing(access)
            except AuthenticationError:
                if fresh:
                    raise
                access = yield from self._signed_in()  # it was refused before its time
                found = yield from self._existing(access)
            if found is None or (found.value == refused and not (yield from self._is_new(found))):
                found = yield from self._had("get_new_token", access, self._read_token)
                self._new, self._new_at = found, (yield from _now()).monotonic
            return found

        return Flow("imiassist.token", script)

    def secrets(self) -> tuple[str, ...]:
        """Give what must never appear in a message."""
        return (self.email, self.password, *(self._access.secrets if self._access else ()))

    def _is_new(self, found: Token) -> Script[bool]:
        """Tell whether a token that was refused is a minute old: then another would be refused, too."""
        now = yield from _now()
        return self._new is not None and found.value == self._new.value and now.monotonic < self._new_at + _MARGIN

    def _current(self) -> Script[tuple[Token, bool]]:
        now = yield from _now()
        if self._access is not None and self._access.is_fresh(now.wall, _MARGIN):
            return self._access, False
        return (yield from self._signed_in()), True

    def _signed_in(self) -> Script[Token]:
        values = {"user_email": self.email, "user_password": self.password}
        self._access = yield from self._asked("authenticate", values, {}, self._read_access)
        return self._access

    def _existing(self, access: Token) -> Script[Token | None]:
        try:
            return (yield from self._had("get_existing_token", access, self._read_token_if_any))
        except NotFoundError:
            return None

    def _had(self, operation: str, access: Token, read: Read[T]) -> Script[T]:
        if self.access_header is None:
            return self._asked(operation, {"authorization": access.value}, {}, read)
        scheme = f"{self.access_scheme} " if self.access_scheme else ""
        return self._asked(operation, {}, {self.access_header: f"{scheme}{access.value}"}, read)

    def _asked(self, operation: str, values: Mapping[str, str], headers: Mapping[str, str], read: Read[T]) -> Script[T]:
        now = yield from _now()
        endpoint = self.scope.endpoint(operation)
        path, body = endpoint.asked(values, self.scope.names)
        return (
            yield from Operation(
                f"imiassist.{operation}",
                endpoint.method,
                path,
                lambda response: read(Answer.read(response, self.scope.names), now.wall),
                Effect.SAFE,  # a new token may end the one before, and then a further one ends only that
                body=None if body is None and not self.members else {**(body or {}), **self.members},
                headers=headers,
            )
        )

    def _read_access(self, answer: Answer, wall: float) -> Token:
        return _token(answer, "access", wall)

    def _read_token(self, answer: Answer, wall: float) -> Token:
        return _token(answer, "token", wall)

    def _read_token_if_any(self, answer: Answer, wall: float) -> Token | None:
        none = answer.error is None and answer.get("token", strictly=True) is None
        return None if none else self._read_token(answer, wall)


def _token(answer: Answer, output: str, wall: float) -> Token:
    if answer.error is not None:
        raise Undecodable("error: it speaks of one")
    key = answer.get("api_key", strictly=True)
    try:
        token = token_from(answer.get(output, strictly=True), wall=wall)
        return token if key is None else attrs.evolve(token, key=checked_secret(str(key), "api_key"))
    except (ValueError, ConfigurationError):
        pass
    raise Undecodable(f"{output}: not a token")


def _now() -> Script[Instant]:
    now = yield NOW
    assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
    return now


@attrs.frozen
class UserTokens(Minted):
    """The tokens that the integration user has.

    Args:
        user: The user.
        needs_key: Whether a token is of use only with the key that came with it.
    """

    user: IntegrationUser = attrs.field(kw_only=True, repr=False)
    needs_key: bool = attrs.field(kw_only=True)

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give the token in use, and what it is had for."""
        return (*Minted.secrets(self, account), *self.user.secrets())

    def good(self, kept: Token) -> bool:
        """Tell whether a token that was kept can be used: it needs its key, where the settings have none."""
        return kept.key is not None or not self.needs_key
