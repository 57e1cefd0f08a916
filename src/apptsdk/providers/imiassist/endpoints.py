"""Where each operation is asked: a table of ours, because the vendor publishes no wire, and each line can be replaced.

https://help.webexconnect.io/docs/create-appointments
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from apptsdk import urls
from apptsdk.errors import ConfigurationError
from apptsdk.inputs import line, scalar
from apptsdk.shapes import is_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    Plain: TypeAlias = str | int | float | bool | None
    Given: TypeAlias = "Mapping[str, Endpoint | Mapping[str, object]] | str"

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
BODILESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""The methods that have no body."""
_MAY_BE_BODILESS: Final = "DELETE"
_MEMBERS: Final = ("method", "path", "body")


def _wrong(message: str) -> ConfigurationError:
    return ConfigurationError(message, provider="imiassist")


@attrs.frozen
class Endpoint:
    """Where an operation is asked.

    Args:
        method: The HTTP method: GET, POST, PUT, PATCH or DELETE.
        path: The path below the base URL and the prefix, with places such as `{appointment_id}`. What has no place in
            it goes into the JSON body.
        body: Members that are added to the JSON body as they are: by them, a flow with one path can tell its nodes
            apart.
    """

    method: str
    path: str
    body: Mapping[str, Plain] = attrs.field(factory=dict[str, "Plain"], repr=False, hash=False)

    def asked(self, values: Mapping[str, object], names: Mapping[str, str]) -> tuple[str, dict[str, object] | None]:
        """Say what is sent.

        Args:
            values: What there is to send, by our names.
            names: The names that the other side has for them, where they differ.

        Returns:
            The path, and the JSON body; None for a method that has none.

        Raises:
            ValueError: What goes into the path is no id.
        """
        path = urls.filled(self.path, values)
        if self.method in BODILESS:
            return path, None
        placed = urls.places_of(self.path)
        rest = {names.get(name, name): value for name, value in values.items() if name not in placed}
        body = {**self.body, **rest}
        return path, body if body or self.method != _MAY_BE_BODILESS else None


PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "authenticate": (),
    "get_new_token": (),
    "get_existing_token": (),
    "schedule": (),
    "cancel_by_id": ("appointment_id",),
    "cancel_by_uid": ("appointment_uid",),
    "cancel_by_external_reference": ("external_reference_id",),
    "get": ("appointment_id",),
}
"""The operations, and what can have a place in their paths."""
SENDS: Final = frozenset({"authenticate", "schedule"})
"""The operations that cannot do without a body."""
DEFAULTS: Final[Mapping[str, Endpoint]] = {
    "authenticate": Endpoint("POST", "/auth/login"),
    "get_new_token": Endpoint("POST", "/auth/token"),
    "get_existing_token": Endpoint("GET", "/auth/token"),
    "schedule": Endpoint("POST", "/appointments"),
    "cancel_by_id": Endpoint("POST", "/appointments/{appointment_id}/cancel"),
    "cancel_by_uid": Endpoint("POST", "/appointments/uid/{appointment_uid}/cancel"),
    "cancel_by_external_reference": Endpoint("POST", "/appointments/external/{external_reference_id}/cancel"),
}
"""Our proposal. `get` is not among them: no node of the vendor's reads an appointment."""


def read_object(value: object, setting: str, example: str) -> Mapping[str, object]:
    """Read a setting that is an object: a mapping, or JSON from an environment variable.

    Args:
        value: What the caller gave.
        setting: The setting's name and its environment variable, for the message.
        example: How one looks, for the message.

    Returns:
        The members.

    Raises:
        ConfigurationError: It is none.
    """
    found = value
    if isinstance(value, str):
        try:
            found = json.loads(value)
        except (ValueError, RecursionError):
            found = None
    if not is_mapping(found) or not all(isinstance(name, str) for name in found):
        raise _wrong(f"{setting} must be a mapping, or a JSON object, such as {example}.")
    return found


def read_endpoints(value: Given) -> dict[str, Endpoint]:
    """Read the table that a caller gave: what of it is otherwise than ours.

    Args:
        value: Operations and their endpoints, each an `Endpoint` or a mapping of `method`, `path` and `body`; or JSON.

    Returns:
        The endpoints.

    Raises:
        ConfigurationError: An operation is not known, or its endpoint is malformed.
    """
    setting = "endpoints (IMIASSIST_ENDPOINTS)"
    given = read_object(value, setting, '{"schedule": {"method": "POST", "path": "/bookings"}}')
    if unknown := sorted(set(given) - set(PLACES)):
        raise _wrong(f"{setting} has no {unknown[0]!r}; its operations are {', '.join(PLACES)}.")
    return {name: _endpoint(name, one, f"endpoints[{name!r}] (IMIASSIST_ENDPOINTS)") for name, one in given.items()}


def _endpoint(operation: str, value: object, setting: str) -> Endpoint:
    if isinstance(value, Endpoint):
        given: Mapping[str, object] = {"method": value.method, "path": value.path, "body": value.body}
    elif is_mapping(value):
        given = {str(name): item for name, item in value.items()}
    else:
        raise _wrong(f"{setting} must be an Endpoint, or a mapping of method and path.")
    if unknown := sorted(set(given) - set(_MEMBERS)):
        raise _wrong(f"{setting} has no member {unknown[0]!r}; its members are {', '.join(_MEMBERS)}.")
    method, path, body = given.get("method"), given.get("path"), given.get("body", {})
    if not isinstance(method, str) or method not in METHODS:
        raise _wrong(f"{setting}: method must be one of {', '.join(METHODS)}.")
    if method in BODILESS and (body or operation in SENDS):
        raise _wrong(f"{setting}: a GET has no body, and this operation sends one.")
    places = dict.fromkeys(list[str](PLACES[operation]), method in BODILESS)
    urls.template(path, f"{setting}: path", places, "/appointments", "imiassist")
    return Endpoint(method, str(path), _constants(body, setting))


def _constants(value: object, setting: str) -> dict[str, Plain]:
    if not is_mapping(value):
        raise _wrong(f"{setting}: body must be a mapping of names to plain values.")
    try:
        return {
            line(name, f"{setting}: a name of body"): scalar(item, f"{setting}: body[{name!r}]")
            for name, item in value.items()
        }
    except (TypeError, ValueError) as error:
        raise _wrong(str(error)) from None
