"""Webhook endpoints: the URLs to which NexHealth sends what happens. They belong to the API key, not to a practice.

https://docs.nexhealth.com/reference/getwebhookendpoints
"""

from __future__ import annotations

from typing import Final

from apptsdk.models import Id
from apptsdk.operation import Effect, Operation
from apptsdk.providers.nexhealth.models import WebhookEndpoint, WebhookEndpointCreate, WebhookEndpointUpdate
from apptsdk.providers.nexhealth.queries import EndpointQuery, KeysOwn, url_of
from apptsdk.providers.nexhealth.recovery import WEBHOOK_ENDPOINTS, absent
from apptsdk.providers.nexhealth.resource import Resource
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import identifier, page_of

resource: Final = Resource(
    "webhook_endpoints",
    "a webhook endpoint",
    WebhookEndpoint,
    WebhookEndpointCreate,
    WebhookEndpointUpdate,
    EndpointQuery,
    KeysOwn,
    finder=WEBHOOK_ENDPOINTS,
)
list = resource.list  # noqa: A001 - the verb's name
create = resource.create
update = resource.update


def delete(scope: Scope, id: Id) -> Operation[None]:  # noqa: A002 - the field's name
    """Delete a webhook endpoint.

    Args:
        scope: Within what.
        id: Its id.

    Raises:
        ValueError: The id is malformed.
        NotFoundError: There is none.
    """
    number = identifier(id, "id")
    path = scope.path("webhook_endpoints")
    read = page_of(WebhookEndpoint, url_of(scope, path, ()))
    look = Operation("nexhealth.webhook_endpoints.list", "GET", path, read, Effect.SAFE)
    return resource.deleted(f"{path}/{number}", (), absent(look, number))


VERBS: Final = (list, create, update, delete)
