"""Cubu's credentials, and what the core needs to know about it: host, token, and every guess as a setting.

https://docs.cubu.com/guides/s2s-api-guide
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Literal

import attrs

from apptsdk import urls
from apptsdk.account import Account, Service
from apptsdk.auth import Bearer, Minted
from apptsdk.errors import ConfigurationError
from apptsdk.operation import NOW, Effect, Flow, Instant, Operation
from apptsdk.providers.cubu.catalogue import Catalogue
from apptsdk.providers.cubu.scope import Scope, checked_template
from apptsdk.providers.cubu.wire import fault, next_page
from apptsdk.providers.cubu.zones import zone
from apptsdk.settings import Settings, flag
from apptsdk.shapes import is_object
from apptsdk.signatures import checked_algorithm
from apptsdk.tokens import MemoryTokenStore, checked_secret, checked_store, token_from
from apptsdk.wire import Undecodable, loads

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from apptsdk.http import Response
    from apptsdk.operation import Script
    from apptsdk.pacing import Quota
    from apptsdk.tokens import Token, TokenStore

HOST: Final = "https://s2s.api.app.cubu.com"
TOKEN_URL: Final = "https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/token"  # noqa: S105 - a place
CANCEL_PATH: Final = "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}"
CUSTOMER_PATH: Final = "/{applicationId}/customers/{customerRecordId}"
MISSPELT: Final = "cusotmerRecordId"
SPELT: Final = "customerRecordId"
CUSTOMER_KEYS: Final = {MISSPELT: (MISSPELT,), SPELT: (SPELT,), "both": (MISSPELT, SPELT)}
PHONE_FORMATS: Final = ("ten_digits", "e164", "any")
METHODS: Final = ("DELETE", "POST", "PUT", "PATCH")
_HINTS: Final = {
    401: "are tenant_id, client_id and client_secret those of the registered application, and is application_id its?",
    403: "has the registered application the role that the call needs: Appointments Manager, Customers Manager or "
    "Case Manager? May it use this unit?",
    404: "no such object, or no such path: are the ids, application_id and, in the settings, cancel_path and "
    "customer_path right?",
    405: "no such method here: are cancel_method and cancel_path, or customer_path, in the settings those of your "
    "Cubu?",
}
_PLAIN: Final = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._-]{0,198}[0-9A-Za-z])?")
_STATUSES: Final = range(400, 500)
_OTHERWISE: Final = frozenset({401, 403, 408, 425, 429})


def _wrong(message: str) -> ConfigurationError:
    return ConfigurationError(message, provider="cubu")


def _loaded(value: Catalogue | str | PathLike[str] | None) -> Catalogue | None:
    if value is None or isinstance(value, Catalogue):
        return value
    try:
        path = Path(value)
    except TypeError:
        raise _wrong("catalogue (CUBU_CATALOGUE) must be a Catalogue or the path of a TOML file.") from None
    return Catalogue.load(path)


def _statuses(value: Iterable[int] | str) -> tuple[int, ...]:
    parts: Iterable[object] = value.replace(",", " ").split() if isinstance(value, str) else value
    try:
        found = tuple(int(str(part)) for part in parts)
    except (TypeError, ValueError):
        found = (0,)
    if not all(status in _STATUSES and status not in _OTHERWISE for status in found):
        raise _wrong(
            "slot_taken_statuses (CUBU_SLOT_TAKEN_STATUSES) must be statuses from 400 to 499, such as 409, and none "
            f"that says something else: {', '.join(map(str, sorted(_OTHERWISE)))}."
        )
    return found


def _flag(value: bool | str) -> bool:
    return flag(value, "check_bookings", "cubu")


@attrs.frozen(kw_only=True)
class CubuSettings(Settings):
    """Whom to sign in to Cubu as, by which clock its services go, and what Cubu does not publish.

    The first four are those of a registered application: Admin tools > Settings > Registered applications. What the
    vendor does not publish has the likeliest default here, and can be set:
    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/book-appointment

    Args:
        tenant_id: The tenant of Microsoft Entra that signs the application in: a GUID or a domain. (`CUBU_TENANT_ID`)
        client_id: The application's client id. (`CUBU_CLIENT_ID`)
        client_secret: The application's secret, shown once when it is registered. (`CUBU_CLIENT_SECRET`)
        application_id: The application's own id, on its General tab: the first segment of every path.
            (`CUBU_APPLICATION_ID`)
        time_zone: The zone of services that the catalogue does not know: an IANA name such as `Asia/Jerusalem`, or a
            Windows name (extra `cubu`). (`CUBU_TIME_ZONE`)
        catalogue: The services, service types, field types and tags, which Cubu lists nowhere: a `Catalogue`, or the
            path of a TOML file. (`CUBU_CATALOGUE`)
        base_url: Another base URL than the vendor's, a sandbox's for instance. (`CUBU_BASE_URL`)
        token_url: Another token endpoint than Microsoft Entra's. (`CUBU_TOKEN_URL`)
        scope: What the token is asked for; `<client_id>/.default` unless given. (`CUBU_SCOPE`)
        customer_record_key: How the vendor's server spells the key of the customer's record in a booking:
            `"cusotmerRecordId"` as its page does, `"customerRecordId"`, or `"both"`. (`CUBU_CUSTOMER_RECORD_KEY`)
        cancel_method: The method by which an appointment is cancelled, which is not published. (`CUBU_CANCEL_METHOD`)
        cancel_path: The path for it, with the places `{applicationId}`, `{serviceId}`, `{date}`, `{cuIndex}` and
            `{caseId}`. (`CUBU_CANCEL_PATH`)
        customer_path: The path at which a customer's record is read, with the places `{applicationId}` and
            `{customerRecordId}`. (`CUBU_CUSTOMER_PATH`)
        phone_format: What a contact's phone number must be: `"ten_digits"` as the vendor's page says; `"e164"` for
            `+` and up to 15 digits; `"any"` for no check. (`CUBU_PHONE_FORMAT`)
        slot_taken_statuses: With which statuses a refused booking means that the time is not to be had.
            (`CUBU_SLOT_TAKEN_STATUSES`, with commas)
        check_bookings: Whether a new booking is looked at in its calendar, because the answer to it may not say what
            the organization's own hook changed. (`CUBU_CHECK_BOOKINGS`)
        webhook_algorithm: The digest of the webhooks' HMAC, by its name in `hashlib`. (`CUBU_WEBHOOK_ALGORITHM`)
        token_store: Where tokens are kept between clients or processes; in memory by default.

    Raises:
        ConfigurationError: One of them is missing or malformed; the message never holds the secret.
    """

    provider: ClassVar[str] = "cubu"

    tenant_id: str
    client_id: str
    client_secret: str = attrs.field(repr=False)
    application_id: str
    time_zone: str | None = None
    catalogue: Catalogue | None = attrs.field(default=None, converter=_loaded)
    base_url: str | None = None
    token_url: str | None = None
    scope: str | None = None
    customer_record_key: Literal["cusotmerRecordId", "customerRecordId", "both"] = MISSPELT
    cancel_method: str = "DELETE"
    cancel_path: str = CANCEL_PATH
    customer_path: str = CUSTOMER_PATH
    phone_format: Literal["ten_digits", "e164", "any"] = "ten_digits"
    slot_taken_statuses: tuple[int, ...] = attrs.field(default=(409,), converter=_statuses)
    check_bookings: bool = attrs.field(default=True, converter=_flag)
    webhook_algorithm: str = "sha256"
    token_store: TokenStore | None = attrs.field(default=None, repr=False, metadata={"env": False})

    def __attrs_post_init__(self) -> None:
        for name in ("tenant_id", "client_id", "application_id"):
            value: object = getattr(self, name)
            if not isinstance(value, str) or not _PLAIN.fullmatch(value):
                raise _wrong(f"{name} ({self.variable(name)}) must be an id of letters, digits, dots and hyphens.")
        checked_secret(self.client_secret, "client_secret (CUBU_CLIENT_SECRET)")
        if self.scope is not None:
            checked_secret(self.scope, "scope (CUBU_SCOPE)")
        if self.time_zone is not None:
            try:
                zone(self.time_zone, "time_zone (CUBU_TIME_ZONE)")
            except (TypeError, ValueError) as error:
                raise _wrong(str(error)) from None
        self._check_choices()
        places = {"applicationId": False, "serviceId": False, "date": False, "cuIndex": False, "caseId": True}
        checked_template(self.cancel_path, "cancel_path (CUBU_CANCEL_PATH)", places)
        places = {"applicationId": False, "customerRecordId": True}
        checked_template(self.customer_path, "customer_path (CUBU_CUSTOMER_PATH)", places)
        try:
            checked_algorithm(self.webhook_algorithm, "webhook_algorithm (CUBU_WEBHOOK_ALGORITHM)")
        except (TypeError, ValueError) as error:
            raise _wrong(str(error)) from None
        checked_store(self.token_store, self.provider)
        _ = self.url, self.tokens_url

    def _check_choices(self) -> None:
        choices = {
            "customer_record_key": tuple(CUSTOMER_KEYS),
            "phone_format": PHONE_FORMATS,
            "cancel_method": METHODS,
        }
        for name, known in choices.items():
            if getattr(self, name) not in known:
                raise _wrong(f"{name} ({self.variable(name)}) must be one of {', '.join(known)}.")

    @property
    def url(self) -> str:
        """The base URL that is used: the application's."""
        host = HOST if self.base_url is None else urls.base_url(self.base_url, "base_url (CUBU_BASE_URL)")
        return f"{host}/{self.application_id}"

    @property
    def tokens_url(self) -> str:
        """The token endpoint that is used."""
        if self.token_url is None:
            return TOKEN_URL.format(tenant_id=self.tenant_id)
        return urls.base_url(self.token_url, "token_url (CUBU_TOKEN_URL)")

    @property
    def scope_of_calls(self) -> Scope:
        """What these settings say about every call."""
        return Scope(
            catalogue=self.catalogue or Catalogue(),
            time_zone=self.time_zone,
            application_id=self.application_id,
            customer_keys=CUSTOMER_KEYS[self.customer_record_key],
            cancel_method=self.cancel_method,
            cancel_path=self.cancel_path,
            customer_path=self.customer_path,
            phone_format=self.phone_format,
            slot_taken_statuses=frozenset(self.slot_taken_statuses),
            check_bookings=self.check_bookings,
            webhook_algorithm=self.webhook_algorithm,
        )

    @property
    def credential(self) -> object:
        """The application and how it signs in: one account, whatever the catalogue and the guesses are."""
        # A store is itself and no other; it need not be hashable, and the account keeps it alive.
        return self.provider, self.url, self.tokens_url, self._form, id(self.token_store)

    @property
    def _form(self) -> tuple[tuple[str, str], ...]:
        return (
            ("grant_type", "client_credentials"),
            ("client_id", self.client_id),
            ("client_secret", self.client_secret),
            ("scope", self.scope or f"{self.client_id}/.default"),
        )

    def account(self, pace: Iterable[Quota] | None = None) -> Account:
        """Make the account that these settings describe. The vendor publishes no limits, so there is no pace.

        Args:
            pace: Quotas, where you know some.

        Returns:
            A new account.
        """
        service = Service(
            name=self.provider,
            base_url=self.url,
            headers={"Accept": "application/json"},
            quotas=(),
            fault=fault,
            next_page=next_page,
            hints=_HINTS,
        )
        form, place = dict(self._form), self.tokens_url
        kept = sha256(repr((place, self._form)).encode()).hexdigest()[:32]
        source = Minted(
            lambda _: ask_token(place, form),
            key=f"cubu {kept}",
            store=MemoryTokenStore() if self.token_store is None else self.token_store,
        )
        return Account(service, Bearer(source, traded=self.client_secret), pace)


def ask_token(place: str, form: dict[str, str]) -> Flow[Token]:
    """Sign in by client credentials.

    https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow

    Args:
        place: The token endpoint.
        form: What is asked, form-encoded.

    Returns:
        A flow that gives the token, whose life is what `expires_in` says.
    """
    operation = Operation(
        "cubu.token",
        "POST",
        "",
        _token,
        Effect.SAFE,  # a second token does no harm
        base=place,
        form=form,
    )

    def script() -> Script[Token]:
        now = yield NOW
        assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
        value, expires_in = yield from operation
        return token_from(value, expires_in=expires_in, wall=now.wall)

    return Flow("cubu.token", script)


def _token(response: Response) -> tuple[str, object]:
    body = loads(response.content)
    if is_object(body):
        try:
            return token_from(body.get("access_token"), wall=0.0).value, body.get("expires_in")
        except ValueError:
            pass
    raise Undecodable("access_token: not a token")
