"""NexHealth's credentials, and what the core needs to know about it: host, versions, quotas, token.

https://docs.nexhealth.com/docs/authentication, .../docs/rate-limits
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar, Final, Self

import attrs

from apptsdk import urls
from apptsdk.account import Account, Service
from apptsdk.auth import Bearer, Minted
from apptsdk.errors import ConfigurationError
from apptsdk.operation import NOW, Effect, Flow, Instant, Operation
from apptsdk.pacing import Quota
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.versions import MEDIA_TYPE, version
from apptsdk.providers.nexhealth.wire import body_of, fault, identifier, is_fault, next_page, notes
from apptsdk.settings import Settings, flag
from apptsdk.shapes import is_object
from apptsdk.tokens import MemoryTokenStore, checked_secret, checked_store, token_from
from apptsdk.wire import Undecodable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apptsdk.http import Response
    from apptsdk.operation import Script
    from apptsdk.providers.nexhealth.versions import Version
    from apptsdk.tokens import Token, TokenStore

HOST: Final = "https://nexhealth.info"
"""One host for sandbox and production: the key decides which it is."""
SEARCHES: Final = "searches"
PEOPLE: Final = "patients and appointments"
OTHERS: Final = "elsewhere"
QUOTAS: Final = (
    Quota(100, per=1.0),
    Quota(10, per=1.0, tag=SEARCHES),
    Quota(1000, per=60.0, tag=PEOPLE),
    Quota(2000, per=60.0, tag=OTHERS),
)
"""By API key: https://docs.nexhealth.com/docs/rate-limits"""
_SEARCHED: Final = frozenset({"/appointments", "/appointment_slots", "/available_slots"})
_PEOPLE: Final = frozenset({"appointments", "patients"})
_HINTS: Final = {
    401: "is the API key right?",
    403: "may this key use this subdomain, this location and this api_version? A sandbox key reaches no live practice",
    404: "no such object at this practice, or no such path in this api_version",
}
SUBDOMAIN: Final = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z_-]{0,100}[0-9A-Za-z])?")


def tags(method: str, path: str) -> frozenset[str]:
    """Name the quotas that a request counts against, beside that for all.

    Args:
        method: Its method.
        path: Its path.

    Returns:
        Their tags.
    """
    found = PEOPLE if path.split("/")[1] in _PEOPLE else OTHERS
    return frozenset({found, SEARCHES} if method == "GET" and path in _SEARCHED else {found})


def _number(value: int | str | None) -> int | None:
    try:
        return None if value is None else identifier(value, "location_id (NEXHEALTH_LOCATION_ID)")
    except (TypeError, ValueError) as error:
        raise ConfigurationError(str(error), provider="nexhealth") from None


def _flag(value: bool | str) -> bool:
    return flag(value, "check_location", "nexhealth")


@attrs.frozen(kw_only=True)
class NexHealthSettings(Settings):
    """Whom to sign in to NexHealth as, and whose calendar is meant.

    The API key is traded for a token that lives for an hour or so: https://docs.nexhealth.com/docs/authentication

    Args:
        api_key: The API key of your organisation, a sandbox one or a production one. (`NEXHEALTH_API_KEY`)
        subdomain: The practice ("institution"), as its `subdomain` says. Without it only `institutions` and little
            else can be asked. (`NEXHEALTH_SUBDOMAIN`)
        location_id: The office that calls mean unless they name another. (`NEXHEALTH_LOCATION_ID`)
        api_version: The version of the API: `"v3.0.0"`; `"v2"` for accounts that still use it; another is sent as it
            is. (`NEXHEALTH_API_VERSION`)
        check_location: Whether the office's own settings are read, once an hour, before a booking: some take no
            bookings from outside, and some need a chair. (`NEXHEALTH_CHECK_LOCATION`)
        base_url: Another base URL than the vendor's, a sandbox's for instance. (`NEXHEALTH_BASE_URL`)
        token_store: Where tokens are kept between clients or processes; in memory by default. Every token that is
            minted may cost money.

    Raises:
        ConfigurationError: One of them is missing or malformed; the message never holds the key.
    """

    provider: ClassVar[str] = "nexhealth"

    api_key: str = attrs.field(repr=False)
    subdomain: str | None = attrs.field(default=None, metadata={"view": True})
    location_id: int | None = attrs.field(default=None, converter=_number, metadata={"view": True})
    api_version: str = "v3.0.0"
    check_location: bool = attrs.field(default=True, converter=_flag)
    base_url: str | None = None
    token_store: TokenStore | None = attrs.field(default=None, repr=False, metadata={"env": False})

    def __attrs_post_init__(self) -> None:
        checked_secret(self.api_key, "api_key (NEXHEALTH_API_KEY)")
        if self.subdomain is not None and not (isinstance(self.subdomain, str) and SUBDOMAIN.fullmatch(self.subdomain)):
            raise ConfigurationError(
                "subdomain (NEXHEALTH_SUBDOMAIN) must be a practice's subdomain alone, such as riverbend-dental.",
                provider=self.provider,
            )
        checked_store(self.token_store, self.provider)
        _ = self.version, self.url

    @property
    def url(self) -> str:
        """The base URL that is used."""
        return HOST if self.base_url is None else urls.base_url(self.base_url, "base_url (NEXHEALTH_BASE_URL)")

    @property
    def version(self) -> Version:
        """The version of the API."""
        return version(self.api_version)

    @property
    def scope_of_calls(self) -> Scope:
        """What these settings say about every call."""
        return Scope(
            version=self.version,
            base_url=self.url,
            subdomain=self.subdomain,
            location_id=self.location_id,
            check_location=self.check_location,
        )

    @property
    def credential(self) -> object:
        """The key and its host: one account for all practices that a key reaches, whatever the version."""
        # A store is itself and no other; it need not be hashable, and the account keeps it alive.
        return self.provider, self.api_key, self.url, id(self.token_store)

    @property
    def headers(self) -> Mapping[str, str]:
        """What selects the version."""
        return self.version.headers

    def changed(self, **given: object) -> Self:
        """Give these settings with some replaced. Another practice has other offices, so `location_id` goes with it.

        Args:
            **given: The new values, by field.

        Returns:
            New settings.

        Raises:
            ConfigurationError: A value is malformed.
        """
        if given.get("subdomain", self.subdomain) != self.subdomain:
            given.setdefault("location_id", None)
        return super().changed(**given)

    def account(self, pace: Iterable[Quota] | None = None) -> Account:
        """Make the account that these settings describe.

        Args:
            pace: Quotas instead of NexHealth's own; an empty tuple for no limit.

        Returns:
            A new account.
        """
        service = Service(
            name=self.provider,
            base_url=self.url,
            headers={"Accept": MEDIA_TYPE},
            quotas=QUOTAS,
            fault=fault,
            next_page=next_page,
            is_fault=is_fault,
            notes=notes,
            tags=tags,
            hints=_HINTS,
        )
        return Account(service, Bearer(self._minted(), traded=self.api_key), pace)

    def _minted(self) -> Minted:
        kept = sha256(f"{self.url} {self.api_key}".encode()).hexdigest()[:32]
        return Minted(
            lambda _: trade(self.api_key),
            key=f"nexhealth {kept}",
            store=MemoryTokenStore() if self.token_store is None else self.token_store,
        )


def trade(api_key: str) -> Flow[Token]:
    """Trade the API key for a token.

    https://docs.nexhealth.com/reference/authenticates

    Args:
        api_key: The key. It stands in the header as it is, without a scheme.

    Returns:
        A flow that gives the token, whose life is what its `exp` says.
    """
    operation = Operation(
        "nexhealth.authenticates",
        "POST",
        urls.path("authenticates"),
        _token,
        Effect.SAFE,  # a second token does no harm
        headers={"Authorization": api_key},
    )

    def script() -> Script[Token]:
        now = yield NOW
        assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
        return token_from((yield from operation), wall=now.wall)

    return Flow("nexhealth.authenticates", script)


def _token(response: Response) -> str:
    data = body_of(response).get("data")
    value = data.get("token") if is_object(data) else None
    try:
        return token_from(value, wall=0.0).value
    except ValueError:
        pass
    raise Undecodable("data.token: not a token")
