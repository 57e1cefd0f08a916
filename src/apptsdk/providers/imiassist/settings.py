"""IMIassist's credentials, and the settings that reshape a wire which the vendor does not publish.

https://help.webexconnect.io/docs/authentication
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from apptsdk import urls
from apptsdk.account import Account, Service
from apptsdk.auth import ApiKeyToken, Bearer, Fixed
from apptsdk.errors import ConfigurationError
from apptsdk.inputs import email as address
from apptsdk.inputs import line
from apptsdk.providers.imiassist import names
from apptsdk.providers.imiassist.endpoints import (
    BODILESS,
    DEFAULTS,
    PLACES,
    Endpoint,
    read_endpoints,
    read_object,
)
from apptsdk.providers.imiassist.scope import Scope
from apptsdk.settings import Settings, flag
from apptsdk.tokens import MemoryTokenStore, checked_secret, checked_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apptsdk.account import Auth, Fault
    from apptsdk.http import Response
    from apptsdk.pacing import Quota
    from apptsdk.providers.imiassist.auth import UserTokens
    from apptsdk.tokens import TokenStore

_HINTS: Final = {
    401: "are api_key and token, or user_email and user_password, the company's of this subdomain and domain? Does "
    "what base_url leads to want a secret of its own, in headers=?",
    403: "may the company's integration user do this?",
    404: "no such object, or no such path: are base_url, api_prefix and endpoints those of what you call? The vendor "
    "publishes none.",
    405: "no such method here: are the endpoints those of what you call? The vendor publishes none.",
}
_UNSIGNED: Final = (
    "does what base_url leads to keep the key and the token itself, and does it want a secret of its own, in headers=?"
)
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SUBDOMAIN: Final = re.compile(_LABEL, re.IGNORECASE | re.ASCII)
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]", re.IGNORECASE | re.ASCII)
_PREFIX: Final = re.compile(r"(?:/[\w.~-]+)*", re.ASCII)
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # the grammar of a header field's name
_HEADERS: Final = {
    "api_key_header": "X-Api-Key",
    "token_header": "Authorization",
    "token_scheme": "Token",
    "access_header": "Authorization",
    "access_scheme": "Bearer",
}
_MOST_MINUTES: Final = 2**31 - 1
_MOST_DIGITS: Final = 10
_CREDENTIALS: Final = ("api_key", "token", "user_email", "user_password", "credentials_in_body", "token_store")
_TAKEN: Final = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "content-type", "host", "transfer-encoding"}
)
_TOKENS: Final = ("authenticate", "get_existing_token", "get_new_token")


def _wrong(message: str) -> ConfigurationError:
    return ConfigurationError(message, provider="imiassist")


def _no_next_page(body: Mapping[str, object], asked: str) -> str | None:
    """Find the next page: there is none, because no list of the vendor's is known."""
    del body, asked
    return None


def _names(value: Mapping[str, str] | str) -> dict[str, str]:
    setting = "field_names (IMIASSIST_FIELD_NAMES)"
    given = read_object(value, setting, '{"start_time": "StartTime"}')
    try:
        found = {name: line(text, setting) for name, text in given.items()}
    except (TypeError, ValueError):
        found = {}
    if any(text != text.strip() for text in found.values()) or len(found) != len(given):
        raise _wrong(f"{setting} must give texts for our names, such as {{'start_time': 'StartTime'}}.")
    names.check(found, setting)
    return found


def _minutes(value: int | str | None) -> int | None:
    if value is None:
        return None
    if isinstance(value, str):
        number = int(value) if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS else 0
    else:
        number = value if value.__class__ is int else 0
    if not 1 <= number <= _MOST_MINUTES:
        raise _wrong("max_duration_minutes (IMIASSIST_MAX_DURATION_MINUTES) must be an int of 1 or more.")
    return number


def _in_body(value: bool | str) -> bool:
    return flag(value, "credentials_in_body", "imiassist")


def _without(value: bool | str) -> bool:
    return flag(value, "without_credentials", "imiassist")


@attrs.frozen(kw_only=True)
class IMIassistSettings(Settings):
    """Whom to sign in to IMIassist as, and in what shape it is asked.

    The vendor publishes the inputs and outputs of its nodes for Webex Connect, and no HTTP API: no path, no header, no
    JSON. The defaults here are a proposal of this SDK, which the sandbox serves. What answers for real is most likely
    a Webex Connect flow of yours that runs the nodes; `base_url`, `endpoints`, `field_names` and the rest fit this
    client to it.

    Give `api_key` and `token`, or `user_email` and `user_password`, or both: then the token is used until it is
    refused, and another is got.

    https://help.webexconnect.io/docs/authentication

    Args:
        subdomain: The company's subdomain. (`IMIASSIST_SUBDOMAIN`)
        domain: The company's domain: `eclinic.org.uk` or `imiassist.ai`. (`IMIASSIST_DOMAIN`)
        api_key: The company's API key. (`IMIASSIST_API_KEY`)
        token: The token that goes with it. (`IMIASSIST_TOKEN`)
        user_email: The email address of the company's integration user. (`IMIASSIST_USER_EMAIL`)
        user_password: Its password. (`IMIASSIST_USER_PASSWORD`)
        base_url: What is called instead of `https://{subdomain}.{domain}`: your flow's webhook, a proxy, or a sandbox.
            (`IMIASSIST_BASE_URL`)
        api_prefix: What comes between the base URL and every path; may be empty. (`IMIASSIST_API_PREFIX`)
        endpoints: Operations that are asked otherwise than by default, each with an `Endpoint` or a mapping of
            `method`, `path` and, for constants in the JSON body, `body`. The operations: `authenticate`,
            `get_new_token`, `get_existing_token`, `schedule`, `cancel_by_id`, `cancel_by_uid`,
            `cancel_by_external_reference`, and `get`, which is off by default. (`IMIASSIST_ENDPOINTS`, as JSON)
        api_key_header: The header field of the API key. (`IMIASSIST_API_KEY_HEADER`)
        token_header: The header field of the token. (`IMIASSIST_TOKEN_HEADER`)
        token_scheme: The word before the token; may be empty. (`IMIASSIST_TOKEN_SCHEME`)
        access_header: The header field of the access token, by which API key and token are got.
            (`IMIASSIST_ACCESS_HEADER`)
        access_scheme: The word before it; may be empty. (`IMIASSIST_ACCESS_SCHEME`)
        credentials_in_body: Whether `subdomain`, `domain`, `api_key` and `token` are members of the JSON body, for a
            flow that gives them to its nodes, and not in headers. (`IMIASSIST_CREDENTIALS_IN_BODY`)
        without_credentials: Whether no credentials are sent, for a flow that keeps them itself.
            (`IMIASSIST_WITHOUT_CREDENTIALS`)
        field_names: What the other side calls inputs, outputs and credentials, by our names, where it differs:
            `{"start_time": "StartTime"}`. (`IMIASSIST_FIELD_NAMES`, as JSON)
        max_duration_minutes: The longest appointment that is asked for, minutes. The department's own maximum is the
            server's to check. (`IMIASSIST_MAX_DURATION_MINUTES`)
        token_store: Where tokens are kept between clients or processes; in memory by default.

    Raises:
        ConfigurationError: One of them is missing or malformed; the message never holds a credential.
    """

    provider: ClassVar[str] = "imiassist"
    alternatives: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("api_key", "token"),
        ("user_email", "user_password"),
        ("without_credentials", "base_url"),
    )

    subdomain: str
    domain: str = "eclinic.org.uk"
    api_key: str | None = attrs.field(default=None, repr=False)
    token: str | None = attrs.field(default=None, repr=False)
    user_email: str | None = attrs.field(default=None, repr=False)
    user_password: str | None = attrs.field(default=None, repr=False)
    base_url: str | None = attrs.field(default=None, repr=False)
    api_prefix: str = attrs.field(default="/api/v1", metadata={"empty": True})
    endpoints: Mapping[str, Endpoint] = attrs.field(factory=dict[str, Endpoint], converter=read_endpoints, hash=False)
    api_key_header: str = "X-Api-Key"
    token_header: str = "Authorization"  # noqa: S105 - a header field
    token_scheme: str = attrs.field(default="Token", metadata={"empty": True})
    access_header: str = "Authorization"
    access_scheme: str = attrs.field(default="Bearer", metadata={"empty": True})
    credentials_in_body: bool = attrs.field(default=False, converter=_in_body)
    without_credentials: bool = attrs.field(default=False, converter=_without)
    field_names: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=_names, hash=False)
    max_duration_minutes: int | None = attrs.field(default=None, converter=_minutes)
    token_store: TokenStore | None = attrs.field(default=None, repr=False, metadata={"env": False})

    def __attrs_post_init__(self) -> None:
        self._check_grammar()
        self._check_secrets()
        if self.without_credentials:
            self._check_none()
        else:
            self._check_credentials()
        if self.credentials_in_body or self.without_credentials:
            self._check_flow()
        if self.credentials_in_body:
            self._check_bodies()
        self._check_constants()
        checked_store(self.token_store, self.provider)
        _ = self.url

    def _check_grammar(self) -> None:
        for name, grammar, example in (
            ("subdomain", _SUBDOMAIN, '"northside"'),
            ("domain", _DOMAIN, '"eclinic.org.uk" or "imiassist.ai"'),
            ("api_prefix", _PREFIX, '"/api/v1", or empty'),
        ):
            value: object = getattr(self, name)
            if (
                not isinstance(value, str)
                or not grammar.fullmatch(value)
                or any(part and not part.strip(".") for part in value.split("/"))
            ):
                raise _wrong(f"{name} ({self.variable(name)}) must be such as {example}.")
        for name in ("api_key_header", "token_header", "access_header"):
            value = getattr(self, name)
            if not isinstance(value, str) or not _TOKEN.fullmatch(value):
                raise _wrong(f"{name} ({self.variable(name)}) must be the name of a header field.")
            if value.lower() in _TAKEN:
                raise _wrong(f"{name} ({self.variable(name)}): {value} is a field that HTTP itself needs.")
        if self.api_key_header.lower() == self.token_header.lower():
            raise _wrong("api_key_header (IMIASSIST_API_KEY_HEADER) and token_header are one and the same field.")
        for name in ("token_scheme", "access_scheme"):
            value = getattr(self, name)
            if not isinstance(value, str) or (value and not _TOKEN.fullmatch(value)):
                raise _wrong(f"{name} ({self.variable(name)}) must be a word such as Bearer, or empty.")

    def _check_secrets(self) -> None:
        for name in ("api_key", "token"):
            value: object = getattr(self, name)
            if value is not None:
                checked_secret(str(value) if isinstance(value, str) else "", f"{name} ({self.variable(name)})")
        email, password = self.user_email, self.user_password
        if email is not None:
            try:
                address(email, "user_email")
            except (TypeError, ValueError):
                raise _wrong("user_email (IMIASSIST_USER_EMAIL) must be an email address.") from None
        if password is not None and (not isinstance(password, str) or not password or not password.isprintable()):
            raise _wrong("user_password (IMIASSIST_USER_PASSWORD) is empty or holds a control character.")

    def _check_none(self) -> None:
        values: dict[str, object] = {name: getattr(self, name) for name in _CREDENTIALS}
        given = [name for name, value in values.items() if value is not None and value is not False]
        if given:
            raise _wrong(
                f"without_credentials (IMIASSIST_WITHOUT_CREDENTIALS) says that none are sent: leave out {given[0]}."
            )

    def _check_credentials(self) -> None:
        email = self.user_email
        if (email is None) != (self.user_password is None):
            raise _wrong("user_email (IMIASSIST_USER_EMAIL) and user_password (IMIASSIST_USER_PASSWORD) go together.")
        if email is None and (self.api_key is None or self.token is None):
            raise _wrong(
                "Give api_key (IMIASSIST_API_KEY) and token (IMIASSIST_TOKEN), or user_email (IMIASSIST_USER_EMAIL) "
                "and user_password (IMIASSIST_USER_PASSWORD), by which they are got."
            )
        if self.token is not None and self.api_key is None:
            raise _wrong("token (IMIASSIST_TOKEN) goes with api_key (IMIASSIST_API_KEY).")

        if self.token_store is not None and email is None:
            raise _wrong("token_store keeps tokens that are got: it goes with user_email and user_password.")

    def _check_flow(self) -> None:
        if self.base_url is None:
            which = "credentials_in_body" if self.credentials_in_body else "without_credentials"
            raise _wrong(
                f"{which} ({self.variable(which)}) is for a flow: give its base_url (IMIASSIST_BASE_URL), because "
                "patients' data are sent there."
            )
        for name, usual in _HEADERS.items():
            if getattr(self, name) != usual:
                raise _wrong(f"{name} ({self.variable(name)}) is for credentials in headers, and none are sent there.")

    def _check_constants(self) -> None:
        sent = {
            "schedule": names.INPUTS,
            "authenticate": ("user_email", "user_password"),
            "get_new_token": ("authorization",),
            "get_existing_token": ("authorization",),
        }
        for operation, endpoint in self._table.items():
            mine = (*sent.get(operation, PLACES[operation]), *(names.CREDENTIALS * self.credentials_in_body))
            taken = {self._theirs.get(name, name).casefold() for name in mine}
            if clash := sorted(name for name in endpoint.body if name.casefold() in taken):
                raise _wrong(
                    f"endpoints[{operation!r}] (IMIASSIST_ENDPOINTS): body: {clash[0]!r} is what an input or a "
                    "credential is sent as."
                )

    def _check_bodies(self) -> None:
        unused = _TOKENS if self.user_email is None else ()
        for name, endpoint in self._table.items():
            if endpoint.method in BODILESS and name not in unused:
                raise _wrong(
                    f"credentials_in_body (IMIASSIST_CREDENTIALS_IN_BODY) needs a body, and {name!r} is a GET: give it "
                    "another method in endpoints (IMIASSIST_ENDPOINTS)."
                )

    @property
    def url(self) -> str:
        """The base URL that is used, with the prefix."""
        host = f"https://{self.subdomain}.{self.domain}" if self.base_url is None else self.base_url
        return urls.base_url(host, "base_url (IMIASSIST_BASE_URL)") + self.api_prefix

    @property
    def _table(self) -> dict[str, Endpoint]:
        return {**DEFAULTS, **self.endpoints}

    @property
    def scope_of_calls(self) -> Scope:
        """What these settings say about every call."""
        return Scope(endpoints=self._table, names=self._theirs, max_duration_minutes=self.max_duration_minutes)

    @property
    def credential(self) -> object:
        """All that an account depends on: everything but the longest duration."""
        plain = {
            field.name: getattr(self, field.name)
            for field in attrs.fields(type(self))
            if field.name not in {"endpoints", "field_names", "max_duration_minutes", "token_store"}
        }
        # A store is itself and no other; it need not be hashable, and the account keeps it alive.
        return self.provider, *plain.items(), repr(self._shape), id(self.token_store)

    @property
    def _shape(self) -> object:
        table = ((name, one.method, one.path, sorted(one.body.items())) for name, one in self._table.items())
        return sorted(table), sorted(self.field_names.items())

    @property
    def _theirs(self) -> dict[str, str]:
        return {**names.PROPOSED, **self.field_names}

    def _name(self, field: str) -> str:
        return self.field_names.get(field, field)

    def account(self, pace: Iterable[Quota] | None = None) -> Account:
        """Make the account that these settings describe. The vendor publishes no limits, so there is no pace.

        Args:
            pace: Quotas, where you know some.

        Returns:
            A new account.
        """
        theirs = self._theirs

        def status(response: Response) -> int | None:
            from apptsdk.providers.imiassist import wire  # noqa: PLC0415 - a client is made without models

            return wire.status(response, theirs)

        def fault(response: Response) -> Fault:
            from apptsdk.providers.imiassist import wire  # noqa: PLC0415 - as above

            return wire.fault(response, theirs)

        service = Service(
            name=self.provider,
            base_url=self.url,
            headers={"Accept": "application/json"},
            quotas=(),
            fault=fault,
            next_page=_no_next_page,
            status=status,
            hints={**_HINTS, 401: _UNSIGNED} if self.without_credentials else _HINTS,
        )
        return Account(service, self._auth(), pace)

    def _auth(self) -> Auth:
        if not (self.without_credentials or self.credentials_in_body):
            return self._strategy()
        from apptsdk.providers.imiassist.auth import InBody, Unsigned  # noqa: PLC0415 - for flows

        if self.without_credentials:
            return Unsigned()
        strategy = self._strategy()
        return InBody(strategy, self._members, self._name("api_key"), self._name("token"))

    @property
    def _members(self) -> dict[str, str]:
        if not self.credentials_in_body:
            return {}
        return {self._name("subdomain"): self.subdomain, self._name("domain"): self.domain}

    def _strategy(self) -> ApiKeyToken:
        source: Fixed | UserTokens
        if self.user_email is None or self.user_password is None:
            source = Fixed(self.token or "")
        else:
            from apptsdk.providers.imiassist.auth import IntegrationUser, UserTokens  # noqa: PLC0415 - for its tokens

            user = IntegrationUser(
                email=self.user_email,
                password=self.user_password,
                scope=self.scope_of_calls,
                members=self._members,
                access_header=None if self.credentials_in_body else self.access_header,
                access_scheme=self.access_scheme,
            )
            whose = (self.url, self.subdomain, self.domain, self.user_email, self.user_password)
            kept = sha256(repr(whose).encode()).hexdigest()[:32]
            source = UserTokens(
                user.token,
                key=f"imiassist {kept}",
                store=MemoryTokenStore() if self.token_store is None else self.token_store,
                first=self.token,
                user=user,
                needs_key=self.api_key is None,
            )
        bearer = Bearer(source, self.token_header, self.token_scheme)
        return ApiKeyToken(self.api_key, bearer, self.api_key_header)
