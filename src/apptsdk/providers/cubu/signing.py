"""Cubu's webhooks without a client: whether a request comes from Cubu, and how one is signed. No I/O."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from typing import TYPE_CHECKING, Final, Literal

from apptsdk.providers.cubu.events import action_of, read_event
from apptsdk.signatures import Delivery, checked_algorithm, secret_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from apptsdk.providers.cubu.events import WebhookEvent

_OPERATION: Final = "cubu.webhooks.verify"
_SCHEME: Final = "HMAC"
_ENCODINGS: Final[Mapping[str, Callable[[bytes], str]]] = {
    "base64": lambda digest: b64encode(digest).decode("ascii"),
    "hex": bytes.hex,
}


def verify(
    body: bytes,
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    key: str | Sequence[str],
    path: str | None = None,
    algorithm: str = "sha256",
) -> WebhookEvent:
    """Check that a request comes from Cubu, and read the event in it. Nothing is sent.

    The header is `Authorization: HMAC <mac>`. The MAC is taken to be HMAC-SHA256 of the raw body, in base64, and the
    key the text that Cubu shows, in UTF-8: so does the vendor's sample of a receiver. No page says it in words, so
    take it as a guess: `algorithm` sets another hash, and hexadecimal digits are accepted too.

    Cubu sends no time, so an old request that is sent again, by whom ever, cannot be told from a new one by its
    signature: remember the `key` of the events that you have dealt with. Nor is the path signed: who has seen one
    request can send its body to another path.

    https://docs.cubu.com/guides/technical-guide/webhooks/developing-webhooks/hmac-validation-asp.net-core

    Args:
        body: The raw bytes of the request's body, as they came: `await request.body()` in FastAPI, `request.get_data()`
            in Flask. A body that was parsed and written again is another one.
        headers: The request's headers. The case of their names does not matter.
        key: The key that Cubu generated, from Admin tools > Settings > Webhooks. During a rotation, several: each is
            tried.
        path: The request's path, or its URL: its end tells what happened. Without it the event's `action` is None.
        algorithm: The hash that the MAC is made with: one of `apptsdk.signatures.ALGORITHMS`.

    Returns:
        The event: a `CaseEvent` where the body is about a case, else a `WebhookEvent`. What this version of the SDK
        does not know, or cannot read, is kept and not refused.

    Raises:
        SignatureError: The header `Authorization` is missing, is there more than once or is of another scheme, or the
            signature is wrong.
        TypeError: An argument is of the wrong type: a body that is no longer raw, for instance.
        ValueError: `key` is empty, or `algorithm` is none that is known.
    """
    delivery = Delivery(body, headers, _OPERATION)
    keys = secret_keys(key, "key")
    name = checked_algorithm(algorithm)
    action = action_of(path)
    given = _mac(delivery)
    in_hex = len(given) == 2 * hashlib.new(name).digest_size  # no digest is as long in base64
    encoding = "hex" if in_hex else "base64"
    expected = [_signature(one, body, name, encoding) for one in keys]
    if len(given) != len(expected[0]):
        raise delivery.refuse(f"The MAC is not as long as HMAC-{name} in base64 or hex: is it of another algorithm?")
    delivery.check_signature(given.lower() if in_hex else given, expected)
    return read_event(body, action)


def sign(
    body: bytes, *, key: str, algorithm: str = "sha256", encoding: Literal["base64", "hex"] = "base64"
) -> dict[str, str]:
    """Sign a request as Cubu does, as far as is known (see `verify`): for the tests of your own webhook.

    Args:
        body: The raw bytes of the request's body.
        key: The key that your webhook knows.
        algorithm: The hash that the MAC is made with.
        encoding: How the MAC is written.

    Returns:
        The headers to send.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: `key` is empty, or `algorithm` or `encoding` is none that is known.
    """
    (one,) = secret_keys((key,), "key")
    name = checked_algorithm(algorithm)
    if encoding not in _ENCODINGS:
        raise ValueError(f"encoding must be one of {', '.join(map(repr, _ENCODINGS))}.")
    mac = _signature(one, Delivery(body, (), _OPERATION).body, name, encoding)
    return {"content-type": "application/json", "authorization": f"{_SCHEME} {mac}"}


def _mac(delivery: Delivery) -> str:
    """Find the MAC in the header. What else may stand there is a secret of somebody's, and is not quoted."""
    scheme, _, mac = delivery.header("authorization").partition(" ")
    if scheme.upper() != _SCHEME:
        raise delivery.refuse("The header 'authorization' is not of the form `HMAC <mac>`.")
    return mac.lstrip(" ")


def _signature(key: bytes, body: bytes, name: str, encoding: str) -> str:
    return _ENCODINGS[encoding](hmac.new(key, body, name).digest())
