"""Webhook subscriptions: which events of which practice an endpoint gets.

https://docs.nexhealth.com/reference/getwebhookendpointsidwebhooksubscriptions
"""

from __future__ import annotations

from typing import Final

import attrs

from apptsdk.models import Id, Unset
from apptsdk.operation import Effect, Listing, Operation
from apptsdk.providers.nexhealth.models import (
    WebhookResource,
    WebhookSubscription,
    WebhookSubscriptionCreate,
    WebhookSubscriptionUpdate,
)
from apptsdk.providers.nexhealth.queries import Query, SubscriptionQuery, url_of
from apptsdk.providers.nexhealth.recovery import WEBHOOK_SUBSCRIPTIONS, absent
from apptsdk.providers.nexhealth.resource import Resource, listed
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import identifier, page_of

resource: Final = Resource(
    "webhook_subscriptions",
    "a subscription",
    WebhookSubscription,
    WebhookSubscriptionCreate,
    WebhookSubscriptionUpdate,
    SubscriptionQuery,
    Query,
    finder=WEBHOOK_SUBSCRIPTIONS,
)
_ADVICE: Final = "List the subscriptions of both endpoints to see where it is."
_OF_NO_PRACTICE: Final = frozenset({WebhookResource.ONBOARDING})


def list(scope: Scope, endpoint_id: Id, query: SubscriptionQuery) -> Listing[WebhookSubscription]:  # noqa: A001
    """List the subscriptions of an endpoint: those to the client's practice, or all if it names none.

    Args:
        scope: Within what.
        endpoint_id: The endpoint.
        query: The filters.

    Returns:
        A lazy list.

    Raises:
        ValueError: An argument is malformed.
        NotFoundError: There is no such endpoint; raised when the list is fetched.
    """
    return listed(scope, "webhook_subscriptions", _path(scope, endpoint_id), WebhookSubscription, query)


def create(scope: Scope, endpoint_id: Id, body: WebhookSubscriptionCreate) -> Operation[WebhookSubscription]:
    """Subscribe an endpoint to an event of the client's practice.

    The events have the shapes of the client's version of the API for as long as the subscription lives.

    Args:
        scope: Within what.
        endpoint_id: The endpoint.
        body: The fields.

    Returns:
        The new subscription.

    Raises:
        ValueError: An argument is malformed; nothing was sent.
        ConfigurationError: The practice is not known.
        NotFoundError: There is no such endpoint.
        OutcomeUnknownError: It may have been made; nobody could say.
    """
    # Onboardings belong to no practice yet, and naming one is refused.
    practice = body.resource_type not in _OF_NO_PRACTICE
    within = scope if practice else attrs.evolve(scope, subdomain=None)
    number = identifier(endpoint_id, "endpoint_id")
    return resource.made(within, body, _path(scope, endpoint_id), practice=practice, webhook_endpoint_id=number)


def update(
    scope: Scope,
    endpoint_id: Id,
    id: Id,  # noqa: A002 - the field's name
    body: WebhookSubscriptionUpdate,
) -> Operation[WebhookSubscription]:
    """Switch a subscription on or off, or give it to another endpoint.

    Args:
        scope: Within what.
        endpoint_id: The endpoint.
        id: The subscription's id.
        body: The fields to change.

    Returns:
        The changed subscription.

    Raises:
        ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
        ConfigurationError: The practice is not known.
        NotFoundError: There is none.
    """
    operation = resource.changed(scope, body, _path(scope, endpoint_id, id))
    if isinstance(body.new_endpoint_id, Unset):
        return operation
    # Once moved, it is no longer where a second request would look for it.
    return attrs.evolve(operation, effect=Effect.NEITHER, advice=_ADVICE)


def delete(scope: Scope, endpoint_id: Id, id: Id) -> Operation[None]:  # noqa: A002 - the field's name
    """Delete a subscription.

    Args:
        scope: Within what.
        endpoint_id: The endpoint.
        id: The subscription's id.

    Raises:
        ValueError: An id is malformed.
        NotFoundError: There is none.
    """
    path = _path(scope, endpoint_id)
    read = page_of(WebhookSubscription, url_of(scope, path, ()))
    look = Operation("nexhealth.webhook_subscriptions.list", "GET", path, read, Effect.SAFE)
    return resource.deleted(_path(scope, endpoint_id, id), (), absent(look, identifier(id, "id")))


def _path(scope: Scope, endpoint_id: Id, *ids: Id) -> str:
    rest = (str(identifier(one, "id")) for one in ids)
    return scope.path("webhook_endpoints", str(identifier(endpoint_id, "endpoint_id")), "webhook_subscriptions", *rest)


VERBS: Final = (list, create, update, delete)
