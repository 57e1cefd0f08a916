"""Cliniko's credentials, and what the core needs to know about it: host, headers, quota, error bodies.

https://docs.api.cliniko.com/guides/authentication, .../guides/errors, .../guides/rate-limiting
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from apptsdk import urls
from apptsdk.account import Account, Fault, Service
from apptsdk.auth import Basic
from apptsdk.errors import ConfigurationError
from apptsdk.pacing import Quota
from apptsdk.providers.cliniko.wire import next_page
from apptsdk.settings import Settings
from apptsdk.shapes import is_object
from apptsdk.tokens import checked_secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apptsdk.http import Response

QUOTA: Final = Quota(200, per=60.0)
"""200 requests a minute and user: https://docs.api.cliniko.com/guides/rate-limiting"""
_HINTS: Final = {
    401: "is the API key right, and its shard?",
    404: "no such object, or it is hidden: archived, cancelled, or not bookable online",
}
_SHARD: Final = re.compile(r"[a-z]{2}[0-9]{1,2}")
_OLDEST_SHARD: Final = "au1"
_EMAIL: Final = re.compile(r"[!-'*-?A-~]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+")
_NAME: Final = re.compile(r"[ -'*-~]+")


@attrs.frozen(kw_only=True)
class ClinikoSettings(Settings):
    """Whom to sign in to Cliniko as.

    The key belongs to a user and may do what that user's role may: https://docs.api.cliniko.com/guides/authentication

    Args:
        api_key: The API key ("My Info", "Manage API keys"), with its shard behind the last hyphen: `...-au2`.
            (`CLINIKO_API_KEY`)
        app_name: Your application's name, which Cliniko demands in the User-Agent. (`CLINIKO_APP_NAME`)
        contact_email: An address of yours that Cliniko can write to, demanded likewise. (`CLINIKO_CONTACT_EMAIL`)
        shard: The shard, where the key does not end with it: `"au1"`. (`CLINIKO_SHARD`)
        base_url: Another base URL than the shard's, a sandbox's for instance. (`CLINIKO_BASE_URL`)

    Raises:
        ConfigurationError: One of them is missing or malformed; the message never holds the key.
    """

    provider: ClassVar[str] = "cliniko"

    api_key: str = attrs.field(repr=False)
    app_name: str
    contact_email: str
    shard: str | None = None
    base_url: str | None = None

    def __attrs_post_init__(self) -> None:
        checked_secret(self.api_key, "api_key (CLINIKO_API_KEY)")
        if not _NAME.fullmatch(str(self.app_name)) or not self.app_name.strip():
            raise ConfigurationError(
                "app_name (CLINIKO_APP_NAME) must be your application's name, in ASCII and without parentheses: "
                "Cliniko blocks requests that do not say who sends them.",
                provider=self.provider,
            )
        if not _EMAIL.fullmatch(str(self.contact_email)):
            raise ConfigurationError(
                "contact_email (CLINIKO_CONTACT_EMAIL) must be an e-mail address: "
                "Cliniko blocks requests that do not say whom to write to.",
                provider=self.provider,
            )
        _ = self.url

    @property
    def url(self) -> str:
        """The base URL that is used."""
        if self.base_url is not None:
            return urls.base_url(self.base_url, "base_url (CLINIKO_BASE_URL)")
        return f"https://api.{self._shard()}.cliniko.com/v1"

    def _shard(self) -> str:
        # The shard becomes part of the host, so it must be a shard and nothing else.
        given = self.shard
        if given is None:
            given = self.api_key.rpartition("-")[2] if "-" in self.api_key else _OLDEST_SHARD
        shard = given.lower()
        if not _SHARD.fullmatch(shard):
            raise ConfigurationError(
                "The shard is two letters and one or two digits, such as au1: it stands behind the last hyphen of "
                "api_key (CLINIKO_API_KEY), or in shard (CLINIKO_SHARD).",
                provider=self.provider,
            )
        return shard

    def account(self, pace: Iterable[Quota] | None = None) -> Account:
        """Make the account that these settings describe.

        Args:
            pace: Quotas instead of Cliniko's own; an empty tuple for no limit.

        Returns:
            A new account.
        """
        service = Service(
            name=self.provider,
            base_url=self.url,
            headers={"Accept": "application/json", "User-Agent": f"{self.app_name} ({self.contact_email})"},
            quotas=(QUOTA,),
            fault=fault,
            next_page=next_page,
            hints=_HINTS,
        )
        return Account(service, _ApiKey(self.api_key), pace)


@attrs.frozen
class _ApiKey(Basic):
    """The key as a user name. The vendor takes it without its shard, too, so that part alone is a secret."""

    def secrets(self, account: Account) -> tuple[str, ...]:
        """Give what must be in no message."""
        return (*Basic.secrets(self, account), *filter(None, (self.username.rpartition("-")[0],)))


def fault(response: Response) -> Fault:
    """Read Cliniko's error bodies: JSON of several shapes, plain text for 401, HTML for an unknown route.

    Args:
        response: The error answer.

    Returns:
        What it says.
    """
    kind = (response.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return Fault(response.text.strip() or None)
    try:
        body = response.json()
    except ValueError:
        return Fault()
    if isinstance(body, str):
        return Fault(body)
    if not is_object(body):
        return Fault()
    message = body.get("message") or body.get("error")
    return Fault(message if isinstance(message, str) else None, fields=_fields(body.get("errors")))


def _fields(errors: object) -> Mapping[str, str]:
    # Texts are strings, and may be null: https://github.com/redguava/cliniko-api/issues/349
    if not is_object(errors):
        return {}
    return {name: text if isinstance(text, str) else "is invalid" for name, text in errors.items()}
