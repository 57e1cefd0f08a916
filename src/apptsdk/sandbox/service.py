"""The sandbox: the vendors' systems over real HTTP on this machine."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, cast

from apptsdk.sandbox.agenda import Agenda
from apptsdk.sandbox.app import App
from apptsdk.sandbox.faults import Fault, Faults, Kind
from apptsdk.sandbox.server import Server
from apptsdk.sandbox.state import Clock, Ledger, Requests
from apptsdk.sandbox.vendors import Setup, Vendor, build

if TYPE_CHECKING:
    from apptsdk.providers.cliniko import ClinikoSettings
    from apptsdk.providers.cubu import CubuSettings
    from apptsdk.providers.imiassist import IMIassistSettings
    from apptsdk.providers.nexhealth import NexHealthSettings

# Who listens everywhere is reached here.
_REACHED = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - a name, nothing is bound
V = TypeVar("V", bound=Vendor)


def _place(vendor: Vendor) -> str:
    """Say where an emulation's class is imported from."""
    return f"{type(vendor).__module__}.{type(vendor).__qualname__}"


class Sandbox:
    """The vendors' systems over real HTTP on this machine; a context manager.

        with Sandbox() as sandbox, Cliniko(sandbox.cliniko) as cliniko:
            ...

    Args:
        host: the address to listen on; loopback unless told otherwise, because nothing here is protected.
        port: 0 for any that is free.
        now: where the clock starts; default the real time.
        appointments: how many appointments each world begins with.
        rate_limit: requests a minute where a vendor limits them; None for no limit.
        seed: worlds made from the same seed, clock and size are the same.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        now: datetime | None = None,
        appointments: int = 12,
        rate_limit: int | None = 200,
        seed: int = 0,
    ) -> None:
        self._host = host
        self._port = port
        self._server: Server | None = None
        self._faults = Faults()
        self.clock = Clock(now)
        """The time in every world: `now()`, `set()`, `advance()`, `freeze()`, `resume()`."""
        self.ledger = Ledger()
        """What was committed through the API."""
        self.requests = Requests()
        """The requests that arrived, the last 10,000."""
        self._agenda = Agenda(self.clock)
        self._vendors = build(
            Setup(
                clock=self.clock,
                agenda=self._agenda,
                ledger=self.ledger,
                seed=seed,
                appointments=appointments,
                rate_limit=rate_limit,
            )
        )

    def start(self) -> Self:
        """Begin to answer; entering the context does it too.

        Returns:
            Itself.

        Raises:
            OSError: the port is taken.
        """
        if self._server is None:
            app = App(self._vendors, self._agenda, self.ledger, self._faults, self.requests)
            self._server = Server(app, self._host, self._port)
        return self

    def close(self) -> None:
        """Cut every connection and stop; twice does no harm, and the worlds stay as they are."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Sandbox {self.url}>" if self._server else "<Sandbox, not started>"

    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError("the sandbox is not running: use it in a with statement, or call start()")
        return self._server

    @property
    def url(self) -> str:
        """Where it answers: `http://127.0.0.1:PORT`."""
        server = self._running()
        host = _REACHED.get(server.host, server.host)
        return f"http://[{host}]:{server.port}" if ":" in host else f"http://{host}:{server.port}"

    @property
    def cliniko(self) -> "ClinikoSettings":
        """The settings of a client for the emulated Cliniko."""
        return cast("ClinikoSettings", self._vendors["cliniko"].settings(self.url))

    @property
    def cubu(self) -> "CubuSettings":
        """The settings of a client for the emulated Cubu, with a catalogue of all that it has."""
        return cast("CubuSettings", self._vendors["cubu"].settings(self.url))

    @property
    def imiassist(self) -> "IMIassistSettings":
        """The settings of a client for the emulated IMIassist: the company northside, by API key and token."""
        return cast("IMIassistSettings", self._vendors["imiassist"].settings(self.url))

    @property
    def imiassist_flow(self) -> "IMIassistSettings":
        """The settings of a client for the same company behind the webhook of a flow, which has another shape."""
        from apptsdk.sandbox.imiassist import IMIassist  # noqa: PLC0415 - only who asks for it needs it

        return self.emulator(IMIassist).flow_settings(self.url)

    @property
    def nexhealth(self) -> "NexHealthSettings":
        """The settings of a client for the emulated NexHealth."""
        return cast("NexHealthSettings", self._vendors["nexhealth"].settings(self.url))

    def environment(self) -> dict[str, str]:
        """Give the environment variables with which every client's `from_env()` finds the sandbox."""
        return {
            name: value for vendor in self._vendors.values() for name, value in vendor.environment(self.url).items()
        }

    def emulator(self, kind: type[V]) -> V:
        """Reach into one vendor's emulation, for example to change its settings.

        Args:
            kind: its class, such as `apptsdk.sandbox.cliniko.Cliniko`.

        Returns:
            The emulation in this sandbox.

        Raises:
            LookupError: there is none; the message names those that there are.
        """
        for vendor in self._vendors.values():
            if isinstance(vendor, kind):
                return vendor
        given = kind.__name__
        for vendor in self._vendors.values():
            if given.removeprefix("Async") == type(vendor).__name__:
                raise LookupError(f"this {given} is the client; give the emulation's class, {_place(vendor)}")
        raise LookupError(f"the sandbox has no {given}, but {', '.join(map(_place, self._vendors.values()))}")

    def settle(self, timeout: float = 10.0) -> None:
        """Wait until everything has happened that is due by the clock: background writes, webhooks.

        A call sees what is due in any case; this is for what no call looks at, such as a webhook's receiver.

        Args:
            timeout: real seconds.

        Raises:
            TimeoutError: it takes longer, for example because a receiver does not answer.
        """
        self._running().settle(timeout)

    def disconnect(self) -> None:
        """Close the idle keep-alive connections, as a server does after a while."""
        self._running().disconnect()

    def fault(
        self,
        kind: Kind,
        *,
        method: str | None = None,
        path: str | None = None,
        provider: str | None = None,
        times: int | None = 1,
        skip: int = 0,
        status: int = 503,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        body: object = None,
        seconds: float = 0.0,
        commit: bool | None = None,
        size: int = 200_000_000,
        reset: bool = False,
    ) -> Fault:
        """Make something go wrong: the first fault asked for that matches a request and is not exhausted hits it.

        ============= ====================================================================== ===========
        kind          what the peer gets                                                     handled
        ============= ====================================================================== ===========
        drop_before   a closed connection                                                    no
        drop_after    a closed connection                                                    yes
        truncate      the status, the full Content-Length, half of the body, then the end    yes
        garble        a complete answer whose JSON is cut short                              yes
        status        `status`, `headers`, `body`                                            if `commit`
        hang          nothing, until it goes away or the sandbox closes                      if `commit`
        delay         its answer after `seconds`; with `commit=False` handled only then      yes
        bomb          `status` and a gzip body that inflates to `size` bytes                 if `commit`
        empty         200 without a body                                                     if `commit`
        reply         the bytes of `body` as they are, then the end of the connection        if `commit`
        ============= ====================================================================== ===========

        Args:
            kind: see above.
            method: only requests of this method.
            path: only requests whose path below the vendor's base matches this pattern (fnmatch, so that `*` spans
                slashes): `/patients/*`. It begins with a slash or a wildcard. The whole path, as `requests` shows it,
                will do too: `/nexhealth/patients/*`.
            provider: only requests to this vendor.
            times: how many requests it hits; None for all from now on.
            skip: how many matching requests it lets through first.
            status: of the answers that it makes up.
            headers: of the answers that it makes up; pairs where one comes twice.
            body: bytes, text, or what JSON can say.
            seconds: how long a delay is.
            commit: whether the request is handled all the same, where there is a choice.
            size: the bytes that a bomb inflates to.
            reset: close with RST and not with FIN.

        Returns:
            The fault, which counts its `hits` and can be taken back with `remove()`.

        Raises:
            ValueError: there is no such kind or vendor, it leaves no choice about `commit`, or nothing can match
                `path`.
        """
        if provider is not None and provider not in self._vendors:
            raise ValueError(
                f"provider must be one of {', '.join(self._vendors)}, not {provider!r}: it would hit nothing."
            )
        return self._faults.add(
            kind,
            method=method,
            path=path,
            provider=provider,
            times=times,
            skip=skip,
            status=status,
            headers=headers,
            body=body,
            seconds=seconds,
            commit=commit,
            size=size,
            reset=reset,
        )
