# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Webhooks: whether a request comes from NexHealth, and what it tells. No I/O: your web framework has done it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from apptsdk.providers.nexhealth.operations import webhooks as _verbs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from apptsdk.providers.nexhealth.events import WebhookEvent
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncTransport, Transport


class Webhooks:
    """Webhooks: whether a request comes from NexHealth, and what it tells. No I/O: your web framework has done it."""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def verify(
        self,
        body: bytes,
        headers: Mapping[str, str] | Iterable[tuple[str, str]],
        *,
        secret_key: str | Sequence[str],
        tolerance: timedelta | None = timedelta(seconds=300),
        now: datetime | None = None,
    ) -> WebhookEvent:
        """Check that a request comes from NexHealth, and read the event in it. Nothing is sent.

        The signature is looked at first, then the age, and only then the body.

        Whether `timestamp` is that of the delivery or of the event, NexHealth does not document, and it repeats failed
        deliveries for up to 48 hours. If repeated deliveries turn out to be refused as too old, give a longer `tolerance`.
        Within it a request can be replayed by who has seen it: remember the `key` of the events that you have dealt with.

        https://docs.nexhealth.com/docs/webhooks

        Args:
            body: The raw bytes of the request's body, as they came: `await request.body()` in FastAPI,
                `request.get_data()` in Flask. A body that was parsed and written again is another one.
            headers: The request's headers. The case of their names does not matter.
            secret_key: The `secret_key` of your webhook endpoint, as the answer to its creation has it. During a
                rotation, several: each is tried.
            tolerance: How far the request's `timestamp` may be from now, in either direction: 5 minutes by
                default. None switches the check off, and the timestamp is then not even read.
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
        return _verbs.verify(body, headers, secret_key=secret_key, tolerance=tolerance, now=now)


class AsyncWebhooks:
    """Webhooks: whether a request comes from NexHealth, and what it tells. No I/O: your web framework has done it."""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def verify(
        self,
        body: bytes,
        headers: Mapping[str, str] | Iterable[tuple[str, str]],
        *,
        secret_key: str | Sequence[str],
        tolerance: timedelta | None = timedelta(seconds=300),
        now: datetime | None = None,
    ) -> WebhookEvent:
        """Check that a request comes from NexHealth, and read the event in it. Nothing is sent.

        The signature is looked at first, then the age, and only then the body.

        Whether `timestamp` is that of the delivery or of the event, NexHealth does not document, and it repeats failed
        deliveries for up to 48 hours. If repeated deliveries turn out to be refused as too old, give a longer `tolerance`.
        Within it a request can be replayed by who has seen it: remember the `key` of the events that you have dealt with.

        https://docs.nexhealth.com/docs/webhooks

        Args:
            body: The raw bytes of the request's body, as they came: `await request.body()` in FastAPI,
                `request.get_data()` in Flask. A body that was parsed and written again is another one.
            headers: The request's headers. The case of their names does not matter.
            secret_key: The `secret_key` of your webhook endpoint, as the answer to its creation has it. During a
                rotation, several: each is tried.
            tolerance: How far the request's `timestamp` may be from now, in either direction: 5 minutes by
                default. None switches the check off, and the timestamp is then not even read.
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
        return _verbs.verify(body, headers, secret_key=secret_key, tolerance=tolerance, now=now)
