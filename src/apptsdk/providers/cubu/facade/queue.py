# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""The queue of a service, for customers who are here now.

https://docs.cubu.com/guides/s2s-api-guide/case-management-api/queue-up"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.providers.cubu.models import QueueJoin as _QueueJoin
from apptsdk.providers.cubu.operations import queue as _verbs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apptsdk.providers.cubu.models import Case, Channel
    from apptsdk.providers.cubu.scope import Scope
    from apptsdk.transport import AsyncTransport, Transport


class Queue:
    """The queue of a service, for customers who are here now.

    https://docs.cubu.com/guides/s2s-api-guide/case-management-api/queue-up"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def join(
        self,
        service_id: str,
        *,
        service_type_id: str,
        channel: Channel | str,
        use_customer_contact_info: bool | None = None,
        language: str | None = None,
        customer_record_id: str | None = None,
        contact_phone_number: str | None = None,
        contact_email: str | None = None,
        fields: Mapping[str, str | int | float | bool | None] | None = None,
        tag_ids: Sequence[str] | None = None,
    ) -> Case:
        """Put a customer into the queue ("Queue Up").

        Args:
            service_id: The service, by its GUID or its name in the catalogue.
            service_type_id: The service type, by its GUID or its name in the catalogue.
            channel: How the customer is served; the service type must offer it.
            use_customer_contact_info: Whether the customer is reached as the customer's record says. Left to the
                vendor by default.
            language: The customer's language, such as `en-US`; the organization's own by default.
            customer_record_id: The customer's record. Some services require it.
            contact_phone_number: The customer's phone number: ten digits, unless the settings' `phone_format` says
                otherwise. Some services require it.
            contact_email: The customer's email address. Some services require it.
            fields: Values of the organization's own fields, by the field type's GUID or its name in the catalogue.
                Texts are the safest.
            tag_ids: Tags, by their GUIDs or their names in the catalogue.

        Returns:
            The case, with its ticket and its place in the queue.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field.
            PermissionDeniedError: The application lacks the role Case Manager.
            NotFoundError: There is no such service.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.join(
                self._scope,
                service_id,
                _QueueJoin(
                    service_type_id=service_type_id,
                    channel=channel,
                    use_customer_contact_info=use_customer_contact_info,
                    language=language,
                    customer_record_id=customer_record_id,
                    contact_phone_number=contact_phone_number,
                    contact_email=contact_email,
                    fields=fields,
                    tag_ids=tag_ids,
                ),
            )
        )


class AsyncQueue:
    """The queue of a service, for customers who are here now.

    https://docs.cubu.com/guides/s2s-api-guide/case-management-api/queue-up"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    async def join(
        self,
        service_id: str,
        *,
        service_type_id: str,
        channel: Channel | str,
        use_customer_contact_info: bool | None = None,
        language: str | None = None,
        customer_record_id: str | None = None,
        contact_phone_number: str | None = None,
        contact_email: str | None = None,
        fields: Mapping[str, str | int | float | bool | None] | None = None,
        tag_ids: Sequence[str] | None = None,
    ) -> Case:
        """Put a customer into the queue ("Queue Up").

        Args:
            service_id: The service, by its GUID or its name in the catalogue.
            service_type_id: The service type, by its GUID or its name in the catalogue.
            channel: How the customer is served; the service type must offer it.
            use_customer_contact_info: Whether the customer is reached as the customer's record says. Left to the
                vendor by default.
            language: The customer's language, such as `en-US`; the organization's own by default.
            customer_record_id: The customer's record. Some services require it.
            contact_phone_number: The customer's phone number: ten digits, unless the settings' `phone_format` says
                otherwise. Some services require it.
            contact_email: The customer's email address. Some services require it.
            fields: Values of the organization's own fields, by the field type's GUID or its name in the catalogue.
                Texts are the safest.
            tag_ids: Tags, by their GUIDs or their names in the catalogue.

        Returns:
            The case, with its ticket and its place in the queue.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field.
            PermissionDeniedError: The application lacks the role Case Manager.
            NotFoundError: There is no such service.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.join(
                self._scope,
                service_id,
                _QueueJoin(
                    service_type_id=service_type_id,
                    channel=channel,
                    use_customer_contact_info=use_customer_contact_info,
                    language=language,
                    customer_record_id=customer_record_id,
                    contact_phone_number=contact_phone_number,
                    contact_email=contact_email,
                    fields=fields,
                    tag_ids=tag_ids,
                ),
            )
        )
