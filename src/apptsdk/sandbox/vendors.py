"""The vendors that the sandbox knows, one line each, and what it asks of them."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol, cast

from attrs import frozen

from apptsdk.sandbox.agenda import Agenda
from apptsdk.sandbox.http import Answer, Call
from apptsdk.sandbox.state import Clock, Ledger


@frozen(kw_only=True)
class Setup:
    """What every vendor's emulation is made from."""

    clock: Clock
    agenda: Agenda
    """For what the vendor does by itself when its time has come."""
    ledger: Ledger
    seed: int
    appointments: int
    """How many appointments the world begins with."""
    rate_limit: int | None
    """Requests a minute where the vendor limits them; None for no limit."""


class Vendor(Protocol):
    """An emulated vendor: it turns calls into answers, and knows nothing of sockets."""

    @property
    def name(self) -> str:
        """The provider's name, as in a ref."""
        ...

    @property
    def base(self) -> str:
        """The path under which it answers, without a slash at the end."""
        ...

    def answer(self, call: Call) -> Answer:
        """Handle a call, wholly or not at all. Called by one thread at a time."""
        ...

    def stamp(self) -> tuple[tuple[str, str], ...]:
        """Give the headers that every one of its answers carries, a fault's too."""
        ...

    def environment(self, url: str) -> dict[str, str]:
        """Give the environment variables with which a client finds it at the sandbox's address."""
        ...

    def settings(self, url: str) -> object:
        """Give the provider's settings with which a client finds it at the sandbox's address."""
        ...


VENDORS = {
    "cliniko": "apptsdk.sandbox.cliniko:Cliniko",
    "cubu": "apptsdk.sandbox.cubu:Cubu",
    "imiassist": "apptsdk.sandbox.imiassist:IMIassist",
    "nexhealth": "apptsdk.sandbox.nexhealth:NexHealth",
}


def build(setup: Setup) -> dict[str, Vendor]:
    """Make every vendor's world.

    Args:
        setup: what they share.

    Returns:
        The vendors by name.
    """
    return {name: _load(place)(setup) for name, place in VENDORS.items()}


def _load(place: str) -> Callable[[Setup], Vendor]:
    module, _, name = place.partition(":")
    return cast("Callable[[Setup], Vendor]", getattr(import_module(module), name))


def guesses() -> dict[str, Mapping[str, str]]:
    """List what the vendors do not document and the sandbox had to decide.

    Returns:
        By vendor, what is decided and how.
    """
    return {
        name: cast("Mapping[str, str]", import_module(place.partition(":")[0]).GUESSES)
        for name, place in VENDORS.items()
    }
