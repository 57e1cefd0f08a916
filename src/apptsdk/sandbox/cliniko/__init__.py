"""Cliniko, emulated from its documentation; `GUESSES` says where that is silent.

Emulated: everything about appointments, from available times to group appointments and settings, with filters, order,
pages, errors and the rate limit. Not: invoices, products, notes, forms, attachments and messages.
"""

from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from apptsdk.sandbox.cliniko import refusals
from apptsdk.sandbox.cliniko.account import Account, minute
from apptsdk.sandbox.cliniko.ask import Ask
from apptsdk.sandbox.cliniko.guesses import GUESSES
from apptsdk.sandbox.cliniko.inputs import read_id
from apptsdk.sandbox.cliniko.records import OnlineBookings
from apptsdk.sandbox.cliniko.resources import NAMES
from apptsdk.sandbox.cliniko.routes import ROUTES
from apptsdk.sandbox.cliniko.seed import seed_world
from apptsdk.sandbox.cliniko.settings import ROLES
from apptsdk.sandbox.cliniko.times import seconds
from apptsdk.sandbox.http import Answer, Call, Refusal
from apptsdk.sandbox.routing import split, words
from apptsdk.sandbox.vendors import Setup

if TYPE_CHECKING:
    from apptsdk.providers.cliniko import ClinikoSettings

__all__ = ["GUESSES", "Cliniko", "OnlineBookings"]

# Reads `1-1-sandbox-key-no-secret`, as keys do: `1-<id>-<secret>`.
_KEY = "MS0xLXNhbmRib3gta2V5LW5vLXNlY3JldA"
_API_KEY = f"{_KEY}-au1"
_APP_NAME, _CONTACT = "apptsdk sandbox", "sandbox@example.com"


class Cliniko:
    """The emulation of Cliniko.

    Args:
        setup: what it shares with the sandbox.
    """

    name = "cliniko"
    base = "/cliniko/v1"

    def __init__(self, setup: Setup) -> None:
        now = seconds(setup.clock.now())
        world = seed_world(now=now, seed=setup.seed, appointments=setup.appointments)
        self._account = Account(world, setup.clock, setup.ledger)
        setup.ledger.know(NAMES)
        self._chance = Random(setup.seed)  # noqa: S311 - request ids that repeat themselves
        self._rate_limit = setup.rate_limit
        self._minute, self._calls = -1, 0

    @property
    def online_bookings(self) -> OnlineBookings:
        """The account's settings for online bookings; change them and available times follow."""
        return self._account.world.online_bookings

    @property
    def role(self) -> str:
        """The role of the user to whom the key belongs, which decides who sees all settings; can be changed."""
        role: str = self._account.world.user.values["role"]
        return role

    @role.setter
    def role(self, role: str) -> None:
        if role not in ROLES:
            raise ValueError(f"role must be one of {', '.join(ROLES)}")
        self._account.world.user.values["role"] = role

    def settings(self, url: str) -> "ClinikoSettings":
        """Give a client's settings.

        Args:
            url: the sandbox's address.
        """
        from apptsdk.providers.cliniko import ClinikoSettings  # noqa: PLC0415 - the sandbox works without the client

        return ClinikoSettings(
            api_key=_API_KEY, app_name=_APP_NAME, contact_email=_CONTACT, base_url=f"{url}{self.base}"
        )

    def environment(self, url: str) -> dict[str, str]:
        """Give a client's environment variables.

        Args:
            url: the sandbox's address.
        """
        return {
            "CLINIKO_API_KEY": _API_KEY,
            "CLINIKO_APP_NAME": _APP_NAME,
            "CLINIKO_CONTACT_EMAIL": _CONTACT,
            "CLINIKO_BASE_URL": f"{url}{self.base}",
        }

    def stamp(self) -> tuple[tuple[str, str], ...]:
        """Give the headers of every answer."""
        return (("x-request-id", str(UUID(int=self._chance.getrandbits(128), version=4))),)

    def answer(self, call: Call) -> Answer:
        """Handle a call.

        Args:
            call: the call.
        """
        pattern, parts = split(call.path, _WORDS)
        ids = [read_id(part) for part in parts]
        handler = ROUTES.get(f"{call.method} {pattern}")
        if handler is None:
            return refusals.no_route()
        if not call.headers.get("user-agent", "").strip():
            return refusals.no_agent()
        if not _known(call.headers):
            return refusals.no_key()
        if (reset := self._count()) is not None:
            return refusals.too_many(reset)
        try:
            if None in ids:
                raise refusals.missing()
            return handler(Ask(self._account, call, tuple(id_ for id_ in ids if id_ is not None)))
        except Refusal as refusal:
            return refusal.answer

    def _count(self) -> int | None:
        """Count a call; tell when the next minute begins if it is one too many."""
        which, reset = minute(self._account.now())
        if which != self._minute:
            self._minute, self._calls = which, 0
        self._calls += 1
        return reset if self._rate_limit is not None and self._calls > self._rate_limit else None


_WORDS = words(ROUTES)


def _known(headers: Mapping[str, str]) -> bool:
    scheme, _, encoded = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        name = b64decode(encoded, validate=True).decode().partition(":")[0]
    except (Error, ValueError):
        return False
    return name in {_KEY, _API_KEY}
