"""What the clients of all providers share: construction, views, closing, and calls that no resource covers."""

from __future__ import annotations

from random import random as draw
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypedDict, TypeVar, Unpack
from weakref import WeakValueDictionary

from apptsdk import raw
from apptsdk.engines.httpx import AsyncHttpClient, AsyncHttpxEngine, HttpClient, HttpxEngine, Library
from apptsdk.errors import ConfigurationError
from apptsdk.models import UNSET, Unset
from apptsdk.options import Observer, OnAttempt, OnResponse, Options, Timeout
from apptsdk.settings import Settings
from apptsdk.transport import CLOCK, AsyncEngine, AsyncPager, AsyncTransport, Clock, Engine, Pager, Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType

    from apptsdk.account import Account
    from apptsdk.http import Response
    from apptsdk.pacing import Quota
    from apptsdk.retry import RetryPolicy

S = TypeVar("S", bound=Settings)
X = TypeVar("X", Transport, AsyncTransport)


class _Shared(TypedDict, total=False):
    timeout: float | Timeout
    retry: RetryPolicy
    pace: Iterable[Quota]
    headers: Mapping[str, str]
    observer: Observer
    on_response: OnResponse
    on_attempt: OnAttempt
    trust_env: bool
    clock: Clock
    random: Callable[[], float]


class ClientOptions(_Shared, total=False):
    """What a sync client takes beside its settings; the class `SubClient` says what each means."""

    engine: Library | Engine
    http_client: HttpClient


class AsyncClientOptions(_Shared, total=False):
    """What an async client takes beside its settings; the class `SubClient` says what each means."""

    engine: Library | AsyncEngine
    http_client: AsyncHttpClient


_accounts: WeakValueDictionary[tuple[object, Clock], Account] = WeakValueDictionary()
_accounts_lock = Lock()


def _account(settings: Settings, given: _Shared) -> Account:
    """The account of a credential: one for all clients that are open with the same settings, whoever made them."""
    pace = given.get("pace")
    if pace is not None:
        return settings.account(pace)
    key = (settings.credential, given.get("clock", CLOCK))
    with _accounts_lock:
        account = _accounts.get(key)
        if account is None:
            account = _accounts[key] = settings.account()
        return account


def _options(settings: Settings, given: _Shared) -> Options:
    return Options(headers=settings.headers).changed(
        timeout=given.get("timeout", UNSET),
        retry=given.get("retry", UNSET),
        headers=given.get("headers", UNSET),
        observer=given.get("observer", UNSET),
        on_response=given.get("on_response", UNSET),
        on_attempt=given.get("on_attempt", UNSET),
    )


_KNOWN = frozenset(ClientOptions.__optional_keys__)


def refuse_unknown(given: Mapping[str, object], client: str) -> None:
    """Refuse options that there are not, and those that do not go together.

    Args:
        given: The options.
        client: The client's name, for the message.

    Raises:
        TypeError: There is no such option.
        ConfigurationError: Two of them contradict one another.
    """
    unknown = sorted(set(given) - _KNOWN)
    if unknown:
        raise TypeError(f"{client} takes no {', '.join(unknown)}=. It takes settings and {', '.join(sorted(_KNOWN))}=.")
    if "engine" in given and "http_client" in given:
        raise ConfigurationError("Give engine= or http_client=, not both.")
    if "trust_env" in given and ("http_client" in given or not isinstance(given.get("engine", ""), str)):
        raise ConfigurationError("trust_env= is for clients that are opened here: set up your own as you want it.")


def _check_settings(settings: object, kind: type[Settings], client: str) -> None:
    if not isinstance(settings, kind):
        raise TypeError(
            f"{client} takes a {kind.__name__}, not {type(settings).__name__}: "
            f"{client}({kind.__name__}(...)) or {client}.from_env()."
        )


class ViewOptions(TypedDict, total=False):
    """What `with_options` takes for every provider."""

    timeout: float | Timeout | Unset
    retry: RetryPolicy | Unset
    headers: Mapping[str, str] | Unset
    on_response: OnResponse | Unset | None
    on_attempt: OnAttempt | Unset | None
    observer: Observer | Unset | None


class _Base(Generic[S, X]):
    """What is the same in both worlds."""

    settings_class: ClassVar[type[Settings]]

    _settings: S
    _transport: X

    if not TYPE_CHECKING:  # for a type checker, __init__ says it all

        def __new__(cls, *settings: object, **options: object) -> Self:
            """Say what is missing in words of the caller's, not of a base class's signature."""
            if not settings and "settings" not in options:
                kind, name = cls.settings_class.__name__, cls.__name__
                raise TypeError(f"{name} takes its settings first: {name}({kind}(...)), or {name}.from_env().")
            return super().__new__(cls)

    def with_options(
        self,
        *,
        timeout: float | Timeout | Unset = UNSET,
        retry: RetryPolicy | Unset = UNSET,
        headers: Mapping[str, str] | Unset = UNSET,
        on_response: OnResponse | Unset | None = UNSET,
        on_attempt: OnAttempt | Unset | None = UNSET,
        observer: Observer | Unset | None = UNSET,
    ) -> Self:
        """Give a view of this client with other options: the same account, pace, token and connections.

        Args:
            timeout: Seconds for each attempt, or a `Timeout`.
            retry: When to ask again.
            headers: Header fields to add.
            on_response: Is shown every response.
            on_attempt: Is shown every booking attempt before its request leaves.
            observer: Is told about calls, attempts and pauses.

        Returns:
            A new object. Closing it does nothing; closing this client closes it too.

        Raises:
            ValueError: A header is not allowed, or a timeout is not positive.
        """
        return self._viewed(
            self._settings,
            self._transport.options.changed(
                timeout=timeout,
                retry=retry,
                headers=headers,
                on_response=on_response,
                on_attempt=on_attempt,
                observer=observer,
            ),
        )

    def _seen_as(self, options: ViewOptions, **settings: object) -> Self:
        """Give a view with other options, and with settings that no account depends on."""
        unknown = sorted(set(options) - ViewOptions.__optional_keys__)
        if unknown:
            known = sorted({*settings, *ViewOptions.__optional_keys__})
            raise TypeError(f"with_options takes no {', '.join(unknown)}=. It takes {', '.join(known)}=.")
        given = {name: value for name, value in settings.items() if value is not UNSET}
        return self._viewed(self._settings.changed(**given), self._transport.options.changed(**options))

    def _viewed(self, settings: S, options: Options) -> Self:
        view = object.__new__(type(self))
        view._settings = settings
        view._transport = self._transport.view(options)
        return view

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._transport.account.service.base_url}>"

    def __reduce__(self) -> str:
        raise TypeError("A client holds connections and credentials and is not pickled. Make one in each process.")


def driver_of(client: SubClient[S] | AsyncSubClient[S]) -> Transport | AsyncTransport:
    """Find what carries out the calls of a client: for a client that is made of others.

    Args:
        client: The client.

    Returns:
        Its driver.
    """
    found: object = vars(client)["_transport"]
    assert isinstance(found, Transport | AsyncTransport)  # noqa: S101 - what every client has
    return found


class SubClient(_Base[S, Transport]):
    """The base of the sync clients.

    Args:
        settings: Whom to sign in as, and where.
        timeout: Seconds for each attempt (30), or a `Timeout` that also bounds the whole call (90).
        retry: When to ask again; `NO_RETRY` for never.
        pace: Quotas instead of the provider's own; an empty tuple for no limit. Clients that are open with the same
            settings share the provider's own pace; one that is given belongs to this client.
        headers: Further header fields for every request.
        observer: Is told about calls, attempts and pauses.
        on_response: Is shown every response.
        on_attempt: Is shown every booking attempt before its request leaves.
        engine: `"httpx"` or `"httpx2"`, or an engine of your own, which is never closed here.
        http_client: A client of httpx or httpx2 to use, which is never closed here.
        trust_env: Whether proxies are taken from the environment.
        clock: Tells the time and waits: a test's own, for instance.
        random: Gives a number from 0 up to 1, for the jitter.

    Raises:
        ConfigurationError: The settings or options are wrong.
    """

    _owned: HttpxEngine | None = None

    def __init__(self, settings: S, **options: Unpack[ClientOptions]) -> None:
        name = type(self).__name__
        refuse_unknown(options, name)
        _check_settings(settings, self.settings_class, name)
        self._settings = settings
        engine = options.get("engine", "httpx")
        if isinstance(engine, str):
            engine = self._owned = HttpxEngine(
                engine, client=options.get("http_client"), trust_env=options.get("trust_env", True)
            )
        self._transport = Transport(
            engine,
            _account(settings, options),
            _options(settings, options),
            clock=options.get("clock", CLOCK),
            random=options.get("random", draw),
        )

    def request(
        self,
        method: str,
        path: str,
        *,
        query: raw.Query = (),
        json: object = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
    ) -> Response:
        """Ask the provider for anything that no resource covers.

        Args:
            method: The HTTP method.
            path: The path below the base URL, with a leading slash and without a query.
            query: Names and values; give pairs where a name comes twice.
            json: The JSON body, as plain values.
            headers: Further header fields.
            repeatable: Whether asking twice is harmless. By default GET, HEAD, PUT and DELETE are, POST and PATCH
                are not.

        Returns:
            The response: `.status`, `.headers`, `.content`, `.json()`.

        Raises:
            ValueError: The method or path is not allowed; absolute URLs are not.
            ApptError: See `apptsdk.errors`.
        """
        service = self._transport.account.service
        return self._transport.run(
            raw.request(service, method, path, query=query, json=json, headers=headers, repeatable=repeatable)
        )

    def request_pages(
        self, path: str, key: str, *, query: raw.Query = (), cursor: str | None = None
    ) -> Pager[Mapping[str, object]]:
        """Read any list of the provider's that no resource covers.

        Args:
            path: The path below the base URL, with a leading slash and without a query.
            key: The name under which the answer holds the items, with dots where it holds them deeper.
            query: Names and values; give pairs where a name comes twice.
            cursor: Where to resume: the `.cursor` of an earlier page, which brings its own query.

        Returns:
            A lazy list of plain dicts.

        Raises:
            ValueError: The path is not allowed.
        """
        return self._transport.pager(
            raw.request_pages(self._transport.account.service, path, key, query=query, cursor=cursor)
        )

    def close(self) -> None:
        """Close the connections that this client opened. Twice is fine; a view's `close()` does nothing.

        A page that `prefetch=` is fetching at this moment is waited for, for 5 seconds at most.
        """
        if self._transport.of_a_view:
            return
        try:
            self._transport.close()
        finally:
            if self._owned is not None:
                self._owned.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncSubClient(_Base[S, AsyncTransport]):
    """The base of the async clients, for asyncio and trio.

    It takes what `SubClient` takes; `engine=` and `http_client=` are async ones.

    Raises:
        ConfigurationError: The settings or options are wrong.
    """

    _owned: AsyncHttpxEngine | None = None

    def __init__(self, settings: S, **options: Unpack[AsyncClientOptions]) -> None:
        name = type(self).__name__
        refuse_unknown(options, name)
        _check_settings(settings, self.settings_class, name)
        self._settings = settings
        engine = options.get("engine", "httpx")
        if isinstance(engine, str):
            engine = self._owned = AsyncHttpxEngine(
                engine, client=options.get("http_client"), trust_env=options.get("trust_env", True)
            )
        self._transport = AsyncTransport(
            engine,
            _account(settings, options),
            _options(settings, options),
            clock=options.get("clock", CLOCK),
            random=options.get("random", draw),
        )

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: raw.Query = (),
        json: object = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
    ) -> Response:
        """Ask the provider for anything that no resource covers.

        Args:
            method: The HTTP method.
            path: The path below the base URL, with a leading slash and without a query.
            query: Names and values; give pairs where a name comes twice.
            json: The JSON body, as plain values.
            headers: Further header fields.
            repeatable: Whether asking twice is harmless. By default GET, HEAD, PUT and DELETE are, POST and PATCH
                are not.

        Returns:
            The response: `.status`, `.headers`, `.content`, `.json()`.

        Raises:
            ValueError: The method or path is not allowed; absolute URLs are not.
            ApptError: See `apptsdk.errors`.
        """
        service = self._transport.account.service
        return await self._transport.run(
            raw.request(service, method, path, query=query, json=json, headers=headers, repeatable=repeatable)
        )

    def request_pages(
        self, path: str, key: str, *, query: raw.Query = (), cursor: str | None = None
    ) -> AsyncPager[Mapping[str, object]]:
        """Read any list of the provider's that no resource covers.

        Args:
            path: The path below the base URL, with a leading slash and without a query.
            key: The name under which the answer holds the items, with dots where it holds them deeper.
            query: Names and values; give pairs where a name comes twice.
            cursor: Where to resume: the `.cursor` of an earlier page, which brings its own query.

        Returns:
            A lazy list of plain dicts.

        Raises:
            ValueError: The path is not allowed.
        """
        return self._transport.pager(
            raw.request_pages(self._transport.account.service, path, key, query=query, cursor=cursor)
        )

    async def aclose(self) -> None:
        """Close the connections that this client opened. Twice is fine; a view's `aclose()` does nothing.

        A page that `prefetch=` is fetching at this moment is cancelled.
        """
        if self._transport.of_a_view:
            return
        try:
            await self._transport.aclose()
        finally:
            if self._owned is not None:
                await self._owned.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
