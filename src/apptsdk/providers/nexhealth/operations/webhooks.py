"""Webhooks: whether a request comes from NexHealth, and what it tells. No I/O: your web framework has done it."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from apptsdk.errors import MAX_MESSAGE, ResponseUnreadableError
from apptsdk.moments import aware
from apptsdk.providers.nexhealth.events import WebhookEvent, read_event
from apptsdk.signatures import TOLERANCE, Delivery, checked_tolerance, secret_keys
from apptsdk.wire import Undecodable

_OPERATION: Final = "nexhealth.webhooks.verify"


def verify(
    body: bytes,
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    secret_key: str | Sequence[str],
    tolerance: timedelta | None = TOLERANCE,
    now: datetime | None = None,
) -> WebhookEvent:
    """Check that a request comes from NexHealth, and read the event in it. Nothing is sent.

    The signature is looked at first, then the age, and only then the body.

    Whether `timestamp` is that of the delivery or of the event, NexHealth does not document, and it repeats failed
    deliveries for up to 48 hours. If repeated deliveries turn out to be refused as too old, give a longer `tolerance`.
    Within it a request can be replayed by who has seen it: remember the `key` of the events that you have dealt with.

    https://docs.nexhealth.com/docs/webhooks

    Args:
        body: The raw bytes of the request's body, as they came: `await request.body()` in FastAPI, `request.get_data()`
            in Flask. A body that was parsed and written again is another one.
        headers: The request's headers. The case of their names does not matter.
        secret_key: The `secret_key` of your webhook endpoint, as the answer to its creation has it. During a rotation,
            several: each is tried.
        tolerance: How far the request's `timestamp` may be from now, in either direction: 5 minutes by default. None
            switches the check off, and the timestamp is then not even read.
        now: The time to compare with: the real one by default.

    Returns:
        The event: an `AppointmentEvent`, a `PatientEvent`, a `SyncStatusEvent`, or a `ResourceEvent` for all others.
        What this version of the SDK does not know, or cannot read, is kept and not refused.

    Raises:
        SignatureError: The header `timestamp` or `signature` is missing, the signature is wrong, or the request is too
            old or from the future.
        ResponseUnreadableError: The signature is right, and the body is no JSON object; `paths` says where.
        TypeError: An argument is of the wrong type: a body that is no longer raw, for instance.
        ValueError: `secret_key` is empty, `tolerance` is negative, or `now` is naive.
    """
    delivery = Delivery(body, headers, _OPERATION)
    keys = secret_keys(secret_key)
    allowed = checked_tolerance(tolerance)
    moment = datetime.now(UTC) if now is None else aware(now, "now")
    timestamp, given = delivery.header("timestamp"), delivery.header("signature")
    delivery.check_signature(given, [_signature(key, timestamp, body) for key in keys])
    if allowed is not None:
        delivery.check_age(timestamp, moment, allowed)
    try:
        return read_event(body)
    except Undecodable as error:
        paths = error.paths
    raise ResponseUnreadableError(
        f"The webhook's request is signed by NexHealth and does not decode: {'; '.join(paths)[:MAX_MESSAGE]}",
        paths=paths,
        provider="nexhealth",
        operation=_OPERATION,
    )


def sign(body: bytes, *, secret_key: str, now: datetime | None = None) -> dict[str, str]:
    """Sign a request as NexHealth does: for the tests of your own webhook.

    Args:
        body: The raw bytes of the request's body.
        secret_key: The secret key that your webhook knows.
        now: The time of the request: the real one by default.

    Returns:
        The headers to send.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: `secret_key` is empty, or `now` is naive.
    """
    moment = datetime.now(UTC) if now is None else aware(now, "now").astimezone(UTC)
    timestamp = moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    (key,) = secret_keys((secret_key,))
    return {
        "content-type": "application/json",
        "timestamp": timestamp,
        "signature": _signature(key, timestamp, Delivery(body, (), _OPERATION).body),
    }


def _signature(key: bytes, timestamp: str, body: bytes) -> str:
    """Write the signature as NexHealth does: HMAC-SHA256, in hexadecimal digits, of the time and the body in base64."""
    signed = timestamp.encode("utf-8", "surrogatepass") + b"." + b64encode(body)
    return hmac.new(key, signed, "sha256").hexdigest()


VERBS: Final = (verify,)
PLAIN: Final = (verify,)
