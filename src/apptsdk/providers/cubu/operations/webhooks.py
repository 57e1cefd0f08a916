"""Webhooks: whether a request comes from Cubu, and what it tells. No I/O: your web framework has done it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from apptsdk.providers.cubu import signing
from apptsdk.providers.cubu.events import WebhookEvent
from apptsdk.providers.cubu.scope import Scope


def verify(
    scope: Scope,
    body: bytes,
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    key: str | Sequence[str],
    path: str | None = None,
) -> WebhookEvent:
    """Check that a request comes from Cubu, and read the event in it. Nothing is sent.

    The header is `Authorization: HMAC <mac>`. The MAC is taken to be HMAC-SHA256 of the raw body, in base64, and the
    key the text that Cubu shows, in UTF-8: so does the vendor's sample of a receiver. No page says it in words, so
    take it as a guess: the setting `webhook_algorithm` sets another hash, and hexadecimal digits are accepted too.

    Cubu sends no time, so an old request that is sent again, by whom ever, cannot be told from a new one by its
    signature: remember the `key` of the events that you have dealt with. Nor is the path signed: who has seen one
    request can send its body to another path.

    `apptsdk.providers.cubu.verify` does the same without a client.

    https://docs.cubu.com/guides/technical-guide/webhooks/developing-webhooks/hmac-validation-asp.net-core

    Args:
        scope: What the settings say.
        body: The raw bytes of the request's body, as they came: `await request.body()` in FastAPI, `request.get_data()`
            in Flask. A body that was parsed and written again is another one.
        headers: The request's headers. The case of their names does not matter.
        key: The key that Cubu generated, from Admin tools > Settings > Webhooks. During a rotation, several: each is
            tried.
        path: The request's path, or its URL: its end tells what happened. Without it the event's `action` is None.

    Returns:
        The event: a `CaseEvent` where the body is about a case, else a `WebhookEvent`. What this version of the SDK
        does not know, or cannot read, is kept and not refused.

    Raises:
        SignatureError: The header `Authorization` is missing, is there more than once or is of another scheme, or the
            signature is wrong.
        TypeError: An argument is of the wrong type: a body that is no longer raw, for instance.
        ValueError: `key` is empty.
    """
    return signing.verify(body, headers, key=key, path=path, algorithm=scope.webhook_algorithm)


VERBS: Final = (verify,)
PLAIN: Final = (verify,)
