# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Webhook subscriptions: which events of which practice an endpoint gets.

https://docs.nexhealth.com/reference/getwebhookendpointsidwebhooksubscriptions"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.models import WebhookSubscriptionCreate as _WebhookSubscriptionCreate
from apptsdk.providers.nexhealth.models import WebhookSubscriptionUpdate as _WebhookSubscriptionUpdate
from apptsdk.providers.nexhealth.operations import webhook_subscriptions as _verbs
from apptsdk.providers.nexhealth.queries import SubscriptionQuery as _SubscriptionQuery

if TYPE_CHECKING:
    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import WebhookEventName, WebhookResource, WebhookSubscription
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class WebhookSubscriptions:
    """Webhook subscriptions: which events of which practice an endpoint gets.

    https://docs.nexhealth.com/reference/getwebhookendpointsidwebhooksubscriptions"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        endpoint_id: Id,
        *,
        resource_type: WebhookResource | Unset = UNSET,
        event: WebhookEventName | Unset = UNSET,
    ) -> Pager[WebhookSubscription]:
        """List the subscriptions of an endpoint: those to the client's practice, or all if it names none.

        Args:
            endpoint_id: The endpoint.
            resource_type: Only those to this resource.
            event: Only those to this event.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such endpoint; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.list(self._scope, endpoint_id, _SubscriptionQuery(resource_type=resource_type, event=event))
        )

    def create(
        self, endpoint_id: Id, *, resource_type: WebhookResource, event: WebhookEventName, active: bool | Unset = UNSET
    ) -> WebhookSubscription:
        """Subscribe an endpoint to an event of the client's practice.

        The events have the shapes of the client's version of the API for as long as the subscription lives.

        Args:
            endpoint_id: The endpoint.
            resource_type: To what it has to happen.
            event: What has to happen.
            active: Whether it is delivered; the vendor takes yes.

        Returns:
            The new subscription.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice is not known.
            NotFoundError: There is no such endpoint.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                self._scope,
                endpoint_id,
                _WebhookSubscriptionCreate(resource_type=resource_type, event=event, active=active),
            )
        )

    def update(
        self, endpoint_id: Id, id: Id, *, active: bool | Unset = UNSET, new_endpoint_id: Id | Unset = UNSET
    ) -> WebhookSubscription:
        """Switch a subscription on or off, or give it to another endpoint.

        Args:
            endpoint_id: The endpoint.
            id: The subscription's id.
            active: Whether it is delivered.
            new_endpoint_id: Another endpoint of the same key, to which it moves.

        Returns:
            The changed subscription.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return self._transport.run(
            _verbs.update(
                self._scope, endpoint_id, id, _WebhookSubscriptionUpdate(active=active, new_endpoint_id=new_endpoint_id)
            )
        )

    def delete(self, endpoint_id: Id, id: Id) -> None:
        """Delete a subscription.

        Args:
            endpoint_id: The endpoint.
            id: The subscription's id.

        Raises:
            ValueError: An id is malformed.
            NotFoundError: There is none.
        """
        self._transport.run(_verbs.delete(self._scope, endpoint_id, id))


class AsyncWebhookSubscriptions:
    """Webhook subscriptions: which events of which practice an endpoint gets.

    https://docs.nexhealth.com/reference/getwebhookendpointsidwebhooksubscriptions"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        endpoint_id: Id,
        *,
        resource_type: WebhookResource | Unset = UNSET,
        event: WebhookEventName | Unset = UNSET,
    ) -> AsyncPager[WebhookSubscription]:
        """List the subscriptions of an endpoint: those to the client's practice, or all if it names none.

        Args:
            endpoint_id: The endpoint.
            resource_type: Only those to this resource.
            event: Only those to this event.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such endpoint; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.list(self._scope, endpoint_id, _SubscriptionQuery(resource_type=resource_type, event=event))
        )

    async def create(
        self, endpoint_id: Id, *, resource_type: WebhookResource, event: WebhookEventName, active: bool | Unset = UNSET
    ) -> WebhookSubscription:
        """Subscribe an endpoint to an event of the client's practice.

        The events have the shapes of the client's version of the API for as long as the subscription lives.

        Args:
            endpoint_id: The endpoint.
            resource_type: To what it has to happen.
            event: What has to happen.
            active: Whether it is delivered; the vendor takes yes.

        Returns:
            The new subscription.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice is not known.
            NotFoundError: There is no such endpoint.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                self._scope,
                endpoint_id,
                _WebhookSubscriptionCreate(resource_type=resource_type, event=event, active=active),
            )
        )

    async def update(
        self, endpoint_id: Id, id: Id, *, active: bool | Unset = UNSET, new_endpoint_id: Id | Unset = UNSET
    ) -> WebhookSubscription:
        """Switch a subscription on or off, or give it to another endpoint.

        Args:
            endpoint_id: The endpoint.
            id: The subscription's id.
            active: Whether it is delivered.
            new_endpoint_id: Another endpoint of the same key, to which it moves.

        Returns:
            The changed subscription.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return await self._transport.run(
            _verbs.update(
                self._scope, endpoint_id, id, _WebhookSubscriptionUpdate(active=active, new_endpoint_id=new_endpoint_id)
            )
        )

    async def delete(self, endpoint_id: Id, id: Id) -> None:
        """Delete a subscription.

        Args:
            endpoint_id: The endpoint.
            id: The subscription's id.

        Raises:
            ValueError: An id is malformed.
            NotFoundError: There is none.
        """
        await self._transport.run(_verbs.delete(self._scope, endpoint_id, id))
