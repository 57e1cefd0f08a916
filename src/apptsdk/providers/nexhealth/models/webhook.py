"""Webhook endpoints and their subscriptions, what makes them and what changes them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.models import UNSET, Id, Model, Unset
from apptsdk.providers.nexhealth.models.shared import Input
from apptsdk.providers.nexhealth.models.webhook_names import WebhookEventName, WebhookResource


@attrs.frozen(kw_only=True, repr=False)
class WebhookEndpoint(Model):
    """A URL to which the vendor sends what happens.

    https://docs.nexhealth.com/reference/getwebhookendpoints

    Attributes:
        id: The id.
        active: Whether it is sent to. After 48 hours of failures the vendor switches it off.
        created_at: When it was made, UTC.
        secret_key: The secret that deliveries are signed with.
        target_url: The URL.
        updated_at: When it last changed, UTC.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "active")

    id: int
    active: bool | None = None
    created_at: datetime | None = None
    secret_key: str | None = None
    target_url: str | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class WebhookEndpointCreate(Input):
    """What makes a webhook endpoint.

    https://docs.nexhealth.com/reference/postwebhookendpoints

    Args:
        target_url: The URL; in production it must be https.
        active: Whether it is sent to.
    """

    target_url: str = attrs.field(repr=False)
    active: bool | Unset = UNSET


@attrs.frozen(kw_only=True)
class WebhookEndpointUpdate(Input):
    """What changes a webhook endpoint.

    https://docs.nexhealth.com/reference/patchwebhookendpointsid

    Args:
        target_url: The URL; in production it must be https.
        active: Whether it is sent to.
    """

    target_url: str | Unset = attrs.field(default=UNSET, repr=False)
    active: bool | Unset = UNSET


@attrs.frozen(kw_only=True, repr=False)
class WebhookSubscription(Model):
    """What one practice tells to an endpoint.

    https://docs.nexhealth.com/reference/getwebhookendpointsidwebhooksubscriptions

    Attributes:
        id: The id.
        active: Whether it is delivered.
        created_at: When it was made, UTC.
        event: What has to happen.
        institution_id: The institution; None for what belongs to none, such as onboardings.
        resource_type: To what it has to happen.
        updated_at: When it last changed, UTC.
        webhook_endpoint_id: The endpoint.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "event", "active")

    id: int
    active: bool | None = None
    created_at: datetime | None = None
    event: WebhookEventName | None = None
    institution_id: int | None = None
    resource_type: WebhookResource | None = None
    updated_at: datetime | None = None
    webhook_endpoint_id: int | None = None


@attrs.frozen(kw_only=True)
class WebhookSubscriptionCreate(Input):
    """What makes a subscription.

    https://docs.nexhealth.com/reference/postwebhookendpointsidwebhooksubscriptions

    Args:
        resource_type: To what it has to happen.
        event: What has to happen.
        active: Whether it is delivered; the vendor takes yes.
    """

    resource_type: WebhookResource
    event: WebhookEventName
    active: bool | Unset = UNSET


@attrs.frozen(kw_only=True)
class WebhookSubscriptionUpdate(Input):
    """What changes a subscription.

    https://docs.nexhealth.com/reference/patchwebhookendpointsidwebhooksubscriptionssubscriptionid

    Args:
        active: Whether it is delivered.
        new_endpoint_id: Another endpoint of the same key, to which it moves.
    """

    active: bool | Unset = UNSET
    new_endpoint_id: Id | Unset = UNSET
