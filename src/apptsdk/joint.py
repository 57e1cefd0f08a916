"""What the clients over several providers share: construction, one engine for all, views, closing."""

from __future__ import annotations

from importlib import import_module
from operator import methodcaller
from random import random as draw
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, Unpack

from apptsdk.account import Account, Fault, Service
from apptsdk.auth import Basic
from apptsdk.engines.httpx import AsyncHttpxEngine, HttpxEngine
from apptsdk.errors import ConfigurationError
from apptsdk.options import Options
from apptsdk.registry import PROVIDERS
from apptsdk.settings import Settings
from apptsdk.subclient import AsyncSubClient, SubClient, driver_of, refuse_unknown
from apptsdk.transport import CLOCK, AsyncTransport, Transport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from apptsdk.models import BookingAttempt
    from apptsdk.routing import Members
    from apptsdk.scheduling import Capability
    from apptsdk.subclient import AsyncClientOptions, ClientOptions, ViewOptions

C = TypeVar("C", SubClient[Any], AsyncSubClient[Any])  # whatever the settings are
X = TypeVar("X", Transport, AsyncTransport)


def settings_of(provider: str) -> type[Settings]:
    """Find a provider's settings class.

    Args:
        provider: The provider's name.

    Returns:
        The class.
    """
    found: type[Settings] = getattr(
        import_module(f"apptsdk.providers.{provider}.settings"), f"{PROVIDERS[provider]}Settings"
    )
    return found


def _of(settings: object) -> str:
    if not isinstance(settings, Settings) or getattr(settings, "provider", None) not in PROVIDERS:
        kinds = ", ".join(f"{name}Settings" for name in PROVIDERS.values())
        raise TypeError(f"Client takes settings ({kinds}), not {type(settings).__name__}; or Client.from_env().")
    return settings.provider


def configured(environment: Mapping[str, str] | None = None) -> tuple[Settings, ...]:
    """Read the settings of every provider of which a variable is set, whichever it is.

    Args:
        environment: The variables; the process's own by default.

    Returns:
        The settings.

    Raises:
        ConfigurationError: No provider has a variable, or one lacks some; the message names them.
    """
    kinds = [settings_of(name) for name in PROVIDERS]
    meant = [kind for kind in kinds if kind.is_in(environment)]
    if not meant:
        needed = "; ".join(f"{kind.provider}: {kind.missing({})}" for kind in kinds)
        raise ConfigurationError(f"No provider is configured. Set the variables of one: {needed}.")
    for kind in meant:
        missing = kind.missing(environment)
        if missing:
            raise ConfigurationError(
                f"{kind.provider} is configured in part. Set: {', '.join(kind.given(environment))}. "
                f"Missing: {missing}. Set these too, or none of its variables.",
                provider=kind.provider,
            )
    return tuple(kind.from_env(environment) for kind in meant)


def _home() -> Account:
    """The account of a client that has others: it asks nothing itself."""
    service = Service("client", "https://client.invalid", {}, (), lambda _: Fault(), lambda _, __: None, silent=True)
    return Account(service, Basic(""))


class _Joint(Generic[C, X]):
    """What is the same in both worlds."""

    prefix: ClassVar[str]
    """The beginning of its providers' classes' names."""

    _settings: Mapping[str, Settings]
    _clients: Mapping[str, C]
    _home: X
    _scope: Members

    @property
    def capabilities(self) -> Mapping[str, frozenset[Capability]]:
        """What the portable verbs can do, by provider; see `apptsdk.scheduling.Capability`."""
        members = self._members().by_name
        return {name: member.scheduling.capabilities(member.scope) for name, member in members.items()}

    def _client(self, provider: str) -> C:
        found = self._clients.get(provider)
        if found is None:
            settings = settings_of(provider)
            raise ConfigurationError(
                f"{provider} is not configured here: pass a {settings.__name__}, or, for from_env(), set "
                f"{settings.missing({})}.",
                provider=provider,
            )
        return found

    def _members(self) -> Members:
        """The providers, as the portable verbs need them: loaded with the first call."""
        found: Members | None = self.__dict__.get("_scope")
        if found is None:
            from apptsdk.routing import Member, Members  # noqa: PLC0415 - with the first call

            found = self._scope = Members(
                {
                    name: Member(
                        name=name,
                        scheduling=import_module(f"apptsdk.providers.{name}.scheduling").scheduling,
                        scope=getattr(self._settings[name], "scope_of_calls", None),
                        account=driver_of(client).account,
                        options=driver_of(client).options,
                    )
                    for name, client in self._clients.items()
                }
            )
        return found

    def with_options(self, **options: Unpack[ViewOptions]) -> Self:
        """Give a view of this client with other options: the same accounts and connections.

        Args:
            **options: What every client's views take: timeout, retry, headers, on_response, on_attempt, observer.

        Returns:
            A new object. Closing it does nothing; closing this client closes it too.

        Raises:
            ValueError: A header is not allowed, or a timeout is not positive.
        """
        view = object.__new__(type(self))
        view._settings = self._settings
        view._clients = {name: client.with_options(**options) for name, client in self._clients.items()}
        view._home = self._home.view(self._home.options)
        return view

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {', '.join(self._clients)}>"

    def __reduce__(self) -> str:
        raise TypeError("A client holds connections and credentials and is not pickled. Make one in each process.")


def _checked(settings: Iterable[object], options: Mapping[str, object]) -> dict[str, Settings]:
    found: dict[str, Settings] = {}
    for one in settings:
        name = _of(one)
        assert isinstance(one, Settings)  # noqa: S101 - or _of() would have said so
        if name in found:
            raise ConfigurationError(f"{name} is given twice: make a client of its own for each account.")
        found[name] = one
    if not found:
        raise TypeError("Client takes the settings of one or more providers: Client(ClinikoSettings(...), ...).")
    if "pace" in options:
        raise TypeError("Client takes no pace=: each provider has its own. Give it to a client of that provider's.")
    refuse_unknown(options, "Client")
    return found


class JointClient(_Joint[SubClient[Any], Transport]):
    """The base of the sync client over several providers.

    Args:
        settings: The settings of each provider.
        options: What every client takes, but for `pace`; see `apptsdk.subclient.SubClient`. All providers share one
            engine.

    Raises:
        ConfigurationError: The settings or options are wrong.
    """

    prefix = ""
    _owned: HttpxEngine | None = None

    def __init__(self, *settings: Settings, **options: Unpack[ClientOptions]) -> None:
        found = self._settings = _checked(settings, options)
        engine = options.pop("engine", "httpx")
        if isinstance(engine, str):
            engine = self._owned = HttpxEngine(
                engine, client=options.pop("http_client", None), trust_env=options.pop("trust_env", True)
            )
        self._clients = {name: self._made(name, one, {**options, "engine": engine}) for name, one in found.items()}
        clock = options.get("clock", CLOCK)
        self._home = Transport(engine, _home(), Options(), clock=clock, random=options.get("random", draw))

    def _made(self, name: str, settings: Settings, options: ClientOptions) -> SubClient[Any]:
        made: SubClient[Any] = getattr(import_module(f"apptsdk.providers.{name}"), PROVIDERS[name])(settings, **options)
        return made

    def resolve(self, attempt: BookingAttempt) -> object:
        """Find out what became of an attempt whose outcome is unknown, at its provider.

        Args:
            attempt: The attempt that an `OutcomeUnknownError` carries.

        Returns:
            The provider's own object, marked as recovered; None where nothing is to be found (yet).

        Raises:
            ConfigurationError: Its provider is not configured.
            UnsupportedError: What it tried cannot be looked up.
            OutcomeUnknownError: Several objects could be the one; see its `candidates`.
        """
        found: object = methodcaller("resolve", attempt)(self._client(attempt.provider))
        return found

    def close(self) -> None:
        """Close the connections that this client opened. Twice is fine; a view's `close()` does nothing."""
        if self._home.of_a_view:
            return
        for client in self._clients.values():
            client.close()
        self._home.close()
        if self._owned is not None:
            self._owned.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncJointClient(_Joint[AsyncSubClient[Any], AsyncTransport]):
    """The base of the async client over several providers, for asyncio and trio.

    It takes what `JointClient` takes; `engine=` and `http_client=` are async ones.

    Raises:
        ConfigurationError: The settings or options are wrong.
    """

    prefix = "Async"
    _owned: AsyncHttpxEngine | None = None

    def __init__(self, *settings: Settings, **options: Unpack[AsyncClientOptions]) -> None:
        found = self._settings = _checked(settings, options)
        engine = options.pop("engine", "httpx")
        if isinstance(engine, str):
            engine = self._owned = AsyncHttpxEngine(
                engine, client=options.pop("http_client", None), trust_env=options.pop("trust_env", True)
            )
        self._clients = {name: self._made(name, one, {**options, "engine": engine}) for name, one in found.items()}
        clock = options.get("clock", CLOCK)
        self._home = AsyncTransport(engine, _home(), Options(), clock=clock, random=options.get("random", draw))

    def _made(self, name: str, settings: Settings, options: AsyncClientOptions) -> AsyncSubClient[Any]:
        kind = f"Async{PROVIDERS[name]}"
        made: AsyncSubClient[Any] = getattr(import_module(f"apptsdk.providers.{name}"), kind)(settings, **options)
        return made

    async def resolve(self, attempt: BookingAttempt) -> object:
        """Find out what became of an attempt whose outcome is unknown, at its provider.

        Args:
            attempt: The attempt that an `OutcomeUnknownError` carries.

        Returns:
            The provider's own object, marked as recovered; None where nothing is to be found (yet).

        Raises:
            ConfigurationError: Its provider is not configured.
            UnsupportedError: What it tried cannot be looked up.
            OutcomeUnknownError: Several objects could be the one; see its `candidates`.
        """
        found: object = await methodcaller("resolve", attempt)(self._client(attempt.provider))
        return found

    async def aclose(self) -> None:
        """Close the connections that this client opened. Twice is fine; a view's `aclose()` does nothing."""
        if self._home.of_a_view:
            return
        for client in self._clients.values():
            await client.aclose()
        await self._home.aclose()
        if self._owned is not None:
            await self._owned.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
