"""How requests are signed: strategies as generators over requests and answers. No strategy does I/O."""

from __future__ import annotations

import base64
import logging
from math import inf
from typing import TYPE_CHECKING, Final, Protocol

import attrs

from apptsdk.errors import (
    ApptError,
    AuthenticationError,
    ConfigurationError,
    PermissionDeniedError,
    RateLimitError,
    RequestNotSentError,
)
from apptsdk.operation import NOW, Acquire, Call, Instant
from apptsdk.tokens import Keeper, MemoryTokenStore, Token, TokenStore, checked_secret

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from apptsdk.account import Account
    from apptsdk.http import Request
    from apptsdk.operation import Lock, Script, Work

logger: Final = logging.getLogger("apptsdk")

_MARGIN: Final = 60.0
_COOL_DOWN: Final = 1.0
_LOCK_WAIT: Final = 60.0


@attrs.frozen
class Basic:
    """HTTP basic authentication.

    Args:
        username: The user name, or the API key where the provider wants it there.
        password: The password; often empty.
    """

    username: str = attrs.field(repr=False)
    password: str = attrs.field(default="", repr=False)
    _header: str = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        pair = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        object.__setattr__(self, "_header", f"Basic {pair}")

    def sign(self, request: Request, account: Account) -> Script[Request]:
        """Add the `Authorization` field."""
        del account
        return request.with_headers({"Authorization": self._header})
        yield  # a generator that needs nothing

    def renew(self, refused: Request, account: Account) -> Script[bool]:
        """Give up: a password does not change by asking."""
        del refused, account
        return False
        yield

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give the user name, the password and the pair of them."""
        del account
        return tuple(filter(None, (self.username, self.password, self._header.partition(" ")[2])))


class TokenSource(Protocol):
    """Where a token comes from."""

    def current(self, account: Account) -> Script[Token]:
        """Give the token to use now."""
        ...

    def renewed(self, account: Account, refused: str) -> Script[Token | None]:
        """Give another token than the refused one, or None."""
        ...

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give what must never appear in a message."""
        ...


@attrs.frozen
class Fixed:
    """A token that the caller has.

    Args:
        token: The token.
    """

    token: str = attrs.field(repr=False)

    def current(self, account: Account) -> Script[Token]:
        """Give the token."""
        del account
        return Token(self.token)
        yield

    def renewed(self, account: Account, refused: str) -> Script[Token | None]:
        """Give up: there is no other."""
        del account, refused
        return None
        yield

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give the token."""
        del account
        return (self.token,)


@attrs.frozen
class Called:
    """A token that a function gives, each time anew; it may be a coroutine function for an async client.

    Args:
        function: The function.
    """

    function: Callable[[], str] | Callable[[], Awaitable[str]] = attrs.field(repr=False)

    def current(self, account: Account) -> Script[Token]:
        """Call the function."""
        token = yield Call(self.function)
        token = checked_secret(token if isinstance(token, str) else "", "What the token function returned")
        with account.guard:
            keeper = account.keepers.setdefault("called", Keeper())
        keeper.token = Token(token)
        return keeper.token

    def renewed(self, account: Account, refused: str) -> Script[Token | None]:
        """Call the function again."""
        token = yield from self.current(account)
        return token if token.value != refused else None

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give the token last seen."""
        keeper = account.keepers.get("called")
        return keeper.token.secrets if keeper and keeper.token else ()


@attrs.frozen
class Minted:
    """A token that a request mints, renewed ahead of its end, once for all who wait.

    Args:
        request: Makes the work that mints a token, from the value of the one that was refused; None where none was.
        key: Under which the token is kept: tells apart what must not share a token.
        store: Where it is kept.
        margin: Seconds before its end at which a token counts as spent.
        first: A token that exists already and is used before one is minted, unless the store has one.
    """

    request: Callable[[str | None], Work[Token]] = attrs.field(repr=False)
    key: str
    store: TokenStore = attrs.field(factory=MemoryTokenStore, repr=False)
    margin: float = _MARGIN
    first: str | None = attrs.field(default=None, repr=False)

    def current(self, account: Account) -> Script[Token]:
        """Give the token, minting one where there is none or the one there is nears its end."""
        keeper = self._keeper(account)
        now = yield NOW
        assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
        if keeper.token is not None and keeper.token.is_fresh(now.wall, self.margin):
            return keeper.token
        return (yield from self._round(keeper, None))

    def renewed(self, account: Account, refused: str) -> Script[Token | None]:
        """Mint another token, unless somebody did since the refused one was used."""
        keeper = self._keeper(account)
        keeper.refused = refused
        if keeper.token is not None and keeper.token.value != refused:
            return keeper.token
        return (yield from self._round(keeper, refused))

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give the token in use, the one that was refused, and the one that the caller gave."""
        keeper = self._keeper(account)
        token = keeper.token
        return (*(token.secrets if token else ()), *filter(None, (self.first, keeper.refused)))

    def good(self, kept: Token) -> bool:
        """Tell whether a token that was kept in the store can be used."""
        del kept
        return True

    def _keeper(self, account: Account) -> Keeper:
        with account.guard:
            keeper = account.keepers.get(self.key)
            if keeper is None:
                keeper = account.keepers[self.key] = Keeper()
        return keeper

    def _round(self, keeper: Keeper, refused: str | None) -> Script[Token]:
        seen = keeper.rounds
        lock: Lock = yield Acquire(f"token {self.key}", _LOCK_WAIT)  # type: ignore[assignment]  # as Acquire says
        try:
            now = yield NOW
            assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
            if keeper.rounds != seen or now.monotonic < keeper.failed_at + _COOL_DOWN:
                if keeper.failure is not None:
                    raise _again(keeper.failure)
                if keeper.token is not None:
                    return keeper.token
            kept = yield from self._kept()
            if not isinstance(kept, Token) or not kept.is_fresh(now.wall, self.margin) or not self.good(kept):
                kept = Token(self.first) if self.first is not None and refused is None and not keeper.rounds else None
            if kept is not None and kept.value != refused:
                keeper.token = kept
                keeper.rounds += 1
                return kept
            try:
                token = yield from self.request(refused)
            except ApptError as error:
                keeper.failure, keeper.failed_at = error, now.monotonic
                keeper.rounds += 1
                raise _again(error) from error
            keeper.token, keeper.failure, keeper.failed_at = token, None, -inf
            keeper.rounds += 1
            try:
                yield Call(self.store.set, (self.key, token))
            except Exception as error:  # noqa: BLE001 - the token is good, wherever it cannot be kept
                logger.warning("the token store raised %s: the token is kept in memory only", type(error).__name__)
            return token
        finally:
            lock.release()

    def _kept(self) -> Script[object]:
        try:
            return (yield Call(self.store.get, (self.key,)))
        except ConfigurationError:
            raise
        except Exception as error:  # noqa: BLE001 - a store that is out of order costs a token and nothing else
            logger.warning("the token store raised %s: a token is minted anew", type(error).__name__)
            return None


def _again(error: ApptError) -> ApptError:
    """Say to each who waited for a token why there is none: the call itself was not sent."""
    if isinstance(error, AuthenticationError | PermissionDeniedError | RateLimitError):
        return type(error)(
            error.message,
            response=error.response,
            code=error.code,
            fields=error.fields,
            retry_after=error.retry_after,
            provider=error.provider,
            operation=error.operation,
        )
    response = getattr(error, "response", None)
    if response is not None and response.status < 500:  # noqa: PLR2004 - HTTP's own number
        return AuthenticationError(
            f"No token could be had: {error.message}",
            response=response,
            provider=error.provider,
            operation=error.operation,
        )
    return RequestNotSentError(
        f"The call was not sent, because no token could be had: {error.message}",
        provider=error.provider,
        operation=error.operation,
    )


@attrs.frozen
class Bearer:
    """`Authorization: Bearer ...`.

    Args:
        source: Where the token comes from.
        header: The header field.
        scheme: The word before the token; empty for none.
        traded: What the token is had for, which is as secret as the token itself.
    """

    source: TokenSource
    header: str = "Authorization"
    scheme: str = "Bearer"
    traded: str | None = attrs.field(default=None, repr=False)

    def sign(self, request: Request, account: Account) -> Script[Request]:
        """Add the token's field."""
        return self.signed(request, (yield from self.source.current(account)))

    def signed(self, request: Request, token: Token) -> Request:
        """Add the field of a token that is there."""
        return request.with_headers({self.header: self._value(token.value)})

    def renew(self, refused: Request, account: Account) -> Script[bool]:
        """Get another token than the one that was refused."""
        token = refused.headers[self.header].removeprefix(self._value(""))
        return (yield from self.source.renewed(account, token)) is not None

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give the token, and what it is had for."""
        return (*filter(None, (self.traded,)), *self.source.secrets(account))

    def _value(self, token: str) -> str:
        return f"{self.scheme} {token}" if self.scheme else token


@attrs.frozen
class ApiKeyToken:
    """An API key in one header field and a token in another.

    Args:
        key: The API key; None where one comes with every token. One that came with a token is used with it.
        bearer: The token's part.
        key_header: The key's header field.
        key_scheme: The word before the key; empty for none.
    """

    key: str | None = attrs.field(repr=False)
    bearer: Bearer
    key_header: str = "X-Api-Key"
    key_scheme: str = ""

    def sign(self, request: Request, account: Account) -> Script[Request]:
        """Add both fields."""
        key, token = yield from self.pair(account)
        key = f"{self.key_scheme} {key}" if self.key_scheme else key
        return self.bearer.signed(request.with_headers({self.key_header: key}), token)

    def pair(self, account: Account) -> Script[tuple[str, Token]]:
        """Give the key and the token to use now."""
        token = yield from self.bearer.source.current(account)
        key = token.key or self.key
        if key is None:
            raise ConfigurationError(
                "No API key came with the token, and the settings have none: set api_key.",
                provider=account.service.name,
            )
        return key, token

    def renew(self, refused: Request, account: Account) -> Script[bool]:
        """Get another token."""
        return (yield from self.bearer.renew(refused, account))

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give the key and the token."""
        return (*filter(None, (self.key,)), *self.bearer.secrets(account))
