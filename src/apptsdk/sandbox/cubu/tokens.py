"""Registered applications, and the token endpoint that Microsoft runs for them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email import message_from_bytes
from http import HTTPStatus
from random import Random
from typing import Final
from urllib.parse import parse_qsl
from uuid import UUID

from attrs import field, frozen

from apptsdk.sandbox.http import Answer, Call, Refusal, say
from apptsdk.sandbox.jwt import Signer

TENANT: Final = "3d0f6c52-7b0e-4a86-9c41-0e5a7f1d2b11"
_MOST: Final = 5
_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"


@frozen(kw_only=True)
class App:
    """A registered application."""

    client_id: str
    secret: str = field(repr=False)
    application_id: str
    roles: frozenset[str]


class Tokens:
    """Knows the applications, makes tokens and knows its own.

    Args:
        seed: the ids follow from it.
    """

    def __init__(self, seed: int) -> None:
        self._apps: dict[str, App] = {}
        self._signer = Signer(b"sandbox-cubu-signing-secret")
        self._chance = Random(f"cubu {seed}")  # noqa: S311 - ids that repeat themselves

    def register(self, roles: frozenset[str]) -> App:
        """Register an application.

        Args:
            roles: what it is allowed.

        Raises:
            ValueError: the organization has five already.
        """
        if len(self._apps) == _MOST:
            raise ValueError(f"an organization has at most {_MOST} registered applications")
        client = self._guid()
        app = App(
            client_id=client,
            secret=f"sandbox-cubu-no-secret-{len(self._apps) + 1}",
            application_id=self._guid(),
            roles=roles,
        )
        self._apps[client] = app
        return app

    def of(self, authorization: str, now: datetime) -> App | None:
        """Find who calls.

        Args:
            authorization: the header.
            now: the time.

        Returns:
            The application; None if there is no good token.
        """
        scheme, _, token = authorization.partition(" ")
        claims = self._signer.claims(token.strip(), now) if scheme.lower() == "bearer" else None
        return None if claims is None else self._apps.get(claims["appid"])

    def grant(self, tenant: str, call: Call, now: datetime, life: timedelta, scope: str) -> Answer:
        """Answer the token endpoint.

        Args:
            tenant: as the path has it.
            call: the call.
            now: the time.
            life: how long the token is to be good.
            scope: what it must be asked for, with `{clientId}` for the application's.

        Raises:
            Refusal: there is none, in the words of Microsoft Entra.
        """
        app = self._client(tenant, _form(call), now, scope)
        issued, seconds = int(now.timestamp()), int(life.total_seconds())
        claims = {
            "aud": app.client_id,
            "iss": f"{call.base_url}/{TENANT}/v2.0",
            "iat": issued,
            "nbf": issued,
            "exp": issued + seconds,
            "appid": app.client_id,
            "tid": TENANT,
            "jti": self._guid(),
        }
        said = {"token_type": "Bearer", "expires_in": max(seconds - 1, 0), "ext_expires_in": max(seconds - 1, 0)}
        return say(HTTPStatus.OK, {**said, "access_token": self._signer.sign(claims)}, (("cache-control", "no-store"),))

    def _client(self, tenant: str, form: Mapping[str, str], now: datetime, scope: str) -> App:
        bad = HTTPStatus.BAD_REQUEST
        if tenant.lower() != TENANT:
            raise self._refuse(bad, "invalid_request", 90002, f"Tenant '{tenant}' not found.", now)
        for name in ("grant_type", "client_id", "scope", "client_secret"):
            if not form.get(name):
                why = f"The request body must contain the following parameter: '{name}'."
                code, error, status = (900144, "invalid_request", bad)
                if name == "client_secret":
                    code, error, status = (7000218, "invalid_client", HTTPStatus.UNAUTHORIZED)
                raise self._refuse(status, error, code, why, now)
        if form["grant_type"] != "client_credentials":
            why = f"The app requested an unsupported grant type '{form['grant_type']}'."
            raise self._refuse(bad, "unsupported_grant_type", 70003, why, now)
        app = self._apps.get(form["client_id"].lower())
        if app is None:
            why = f"Application with identifier '{form['client_id']}' was not found in the directory."
            raise self._refuse(bad, "unauthorized_client", 700016, why, now)
        if form["client_secret"] != app.secret:
            why = "Invalid client secret provided."
            raise self._refuse(HTTPStatus.UNAUTHORIZED, "invalid_client", 7000215, why, now)
        if form["scope"] != scope.replace("{clientId}", form["client_id"]):
            why = f"The provided value for the input parameter 'scope' is not valid: {form['scope']}"
            raise self._refuse(bad, "invalid_scope", 70011, why, now)
        return app

    def _refuse(self, status: int, error: str, code: int, why: str, now: datetime) -> Refusal:
        trace, correlation = self._guid(), self._guid()
        at = now.strftime("%Y-%m-%d %H:%M:%SZ")
        said = {
            "error": error,
            "error_description": f"AADSTS{code}: {why} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}",
            "error_codes": [code],
            "timestamp": at,
            "trace_id": trace,
            "correlation_id": correlation,
        }
        return Refusal(say(status, said))

    def _guid(self) -> str:
        return str(UUID(int=self._chance.getrandbits(128), version=4))


def _form(call: Call) -> dict[str, str]:
    """Read the fields of a form, in either encoding; of another media type there are none."""
    kind = call.headers.get("content-type", "")
    media = kind.partition(";")[0].strip().lower()
    if media == _FORM:
        return dict(parse_qsl(call.body.decode("utf-8", "replace")))
    if media != _MULTIPART:
        return {}
    parts = message_from_bytes(b"content-type: " + kind.encode("latin-1") + b"\r\n\r\n" + call.body).walk()
    found: dict[str, str] = {}
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes):
            found[name] = payload.decode("utf-8", "replace")
    return found
