# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Webhook endpoints: the URLs to which NexHealth sends what happens. They belong to the API key, not to a practice.

https://docs.nexhealth.com/reference/getwebhookendpoints"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.models import WebhookEndpointCreate as _WebhookEndpointCreate
from apptsdk.providers.nexhealth.models import WebhookEndpointUpdate as _WebhookEndpointUpdate
from apptsdk.providers.nexhealth.operations import webhook_endpoints as _verbs
from apptsdk.providers.nexhealth.queries import EndpointQuery as _EndpointQuery

if TYPE_CHECKING:
    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import WebhookEndpoint
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class WebhookEndpoints:
    """Webhook endpoints: the URLs to which NexHealth sends what happens. They belong to the API key, not to a practice.

    https://docs.nexhealth.com/reference/getwebhookendpoints"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self, *, active: bool | Unset = UNSET) -> Pager[WebhookEndpoint]:
        """List webhook endpoints, page by page as they are read where the vendor pages them.

        Args:
            active: Only the active ones, or only the inactive ones.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(_verbs.list(self._scope, _EndpointQuery(active=active)))

    def create(self, *, target_url: str, active: bool | Unset = UNSET) -> WebhookEndpoint:
        """Create a webhook endpoint.

        Args:
            target_url: The URL; in production it must be https.
            active: Whether it is sent to.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            ValidationError: The vendor refuses a field.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(self._scope, _WebhookEndpointCreate(target_url=target_url, active=active))
        )

    def update(self, id: Id, *, target_url: str | Unset = UNSET, active: bool | Unset = UNSET) -> WebhookEndpoint:
        """Change a webhook endpoint. What is not given stays as it is.

        Args:
            id: Its id.
            target_url: The URL; in production it must be https.
            active: Whether it is sent to.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            ValidationError: The vendor refuses a field.
            NotFoundError: There is none.
        """
        return self._transport.run(
            _verbs.update(self._scope, id, _WebhookEndpointUpdate(target_url=target_url, active=active))
        )

    def delete(self, id: Id) -> None:
        """Delete a webhook endpoint.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none.
        """
        self._transport.run(_verbs.delete(self._scope, id))


class AsyncWebhookEndpoints:
    """Webhook endpoints: the URLs to which NexHealth sends what happens. They belong to the API key, not to a practice.

    https://docs.nexhealth.com/reference/getwebhookendpoints"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self, *, active: bool | Unset = UNSET) -> AsyncPager[WebhookEndpoint]:
        """List webhook endpoints, page by page as they are read where the vendor pages them.

        Args:
            active: Only the active ones, or only the inactive ones.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(_verbs.list(self._scope, _EndpointQuery(active=active)))

    async def create(self, *, target_url: str, active: bool | Unset = UNSET) -> WebhookEndpoint:
        """Create a webhook endpoint.

        Args:
            target_url: The URL; in production it must be https.
            active: Whether it is sent to.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            ValidationError: The vendor refuses a field.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(self._scope, _WebhookEndpointCreate(target_url=target_url, active=active))
        )

    async def update(self, id: Id, *, target_url: str | Unset = UNSET, active: bool | Unset = UNSET) -> WebhookEndpoint:
        """Change a webhook endpoint. What is not given stays as it is.

        Args:
            id: Its id.
            target_url: The URL; in production it must be https.
            active: Whether it is sent to.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            ValidationError: The vendor refuses a field.
            NotFoundError: There is none.
        """
        return await self._transport.run(
            _verbs.update(self._scope, id, _WebhookEndpointUpdate(target_url=target_url, active=active))
        )

    async def delete(self, id: Id) -> None:
        """Delete a webhook endpoint.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none.
        """
        await self._transport.run(_verbs.delete(self._scope, id))
