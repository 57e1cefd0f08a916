# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Customer records.

https://docs.cubu.com/guides/s2s-api-guide/customer-management-api"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.providers.cubu.operations import customers as _verbs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.cubu.models import CustomerRecord
    from apptsdk.providers.cubu.scope import Scope
    from apptsdk.transport import AsyncTransport, Transport


class Customers:
    """Customer records.

    https://docs.cubu.com/guides/s2s-api-guide/customer-management-api"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def create(self, *, fields: Mapping[str, str | int | float | bool | None]) -> CustomerRecord:
        """Make a customer's record.

        If the answer is lost, the record is looked up by the customer's key, where the catalogue names the key's field
        (`customer_key`) and `fields` holds it. A record of that key that holds something else is not taken for it.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/create-a-customer-record

        Args:
            fields: The values, by the field type's GUID or its name in the catalogue.

        Returns:
            The record, of which only `record_id` is known: `get` reads the rest.

        Raises:
            TypeError: A value is neither a text, a number, a bool nor None.
            ValueError: A field is not known, or there is none; nothing was sent.
            ValidationError: The vendor refuses a field.
            PermissionDeniedError: The application lacks the role Customers Manager.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(_verbs.create(self._scope, fields=fields))

    def get(self, record_id: str) -> CustomerRecord:
        """Read a customer's record.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/get-customer-record

        Args:
            record_id: The record's GUID.

        Returns:
            The record.

        Raises:
            ValueError: It is no GUID; nothing was sent.
            PermissionDeniedError: The application lacks the role Customers Manager.
            NotFoundError: There is none.
            NoResultError: There is none, and the vendor says so with an empty answer.
        """
        return self._transport.run(_verbs.get(self._scope, record_id))

    def update(self, record_id: str, *, fields: Mapping[str, str | int | float | bool | None]) -> None:
        """Change a customer's record. Fields that are not given stay as they are.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/update-a-customer-record

        Args:
            record_id: The record's GUID.
            fields: The values, by the field type's GUID or its name in the catalogue.

        Raises:
            TypeError: A value is neither a text, a number, a bool nor None.
            ValueError: A field is not known, or there is none; nothing was sent.
            ValidationError: The vendor refuses a field.
            PermissionDeniedError: The application lacks the role Customers Manager.
            NotFoundError: There is none.
            OutcomeUnknownError: It may have been changed; repeating it is harmless.
        """
        self._transport.run(_verbs.update(self._scope, record_id, fields=fields))

    def find(
        self, *, key_value: str | None = None, key_slug: str | None = None, record_id: str | None = None
    ) -> CustomerRecord | None:
        """Find a customer by the key, or by the record's GUID.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/find-a-customer-record

        Args:
            key_value: The customer's key.
            key_slug: The slug of the field that is the key; the catalogue's `customer_key` by default.
            record_id: The record's GUID, instead of the two.

        Returns:
            The record, or None where there is none.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: Neither or both are given, or nobody says which field is the key; nothing was sent.
            PermissionDeniedError: The application lacks the role Customers Manager.
        """
        return self._transport.run(
            _verbs.find(self._scope, key_value=key_value, key_slug=key_slug, record_id=record_id)
        )


class AsyncCustomers:
    """Customer records.

    https://docs.cubu.com/guides/s2s-api-guide/customer-management-api"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    async def create(self, *, fields: Mapping[str, str | int | float | bool | None]) -> CustomerRecord:
        """Make a customer's record.

        If the answer is lost, the record is looked up by the customer's key, where the catalogue names the key's field
        (`customer_key`) and `fields` holds it. A record of that key that holds something else is not taken for it.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/create-a-customer-record

        Args:
            fields: The values, by the field type's GUID or its name in the catalogue.

        Returns:
            The record, of which only `record_id` is known: `get` reads the rest.

        Raises:
            TypeError: A value is neither a text, a number, a bool nor None.
            ValueError: A field is not known, or there is none; nothing was sent.
            ValidationError: The vendor refuses a field.
            PermissionDeniedError: The application lacks the role Customers Manager.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(_verbs.create(self._scope, fields=fields))

    async def get(self, record_id: str) -> CustomerRecord:
        """Read a customer's record.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/get-customer-record

        Args:
            record_id: The record's GUID.

        Returns:
            The record.

        Raises:
            ValueError: It is no GUID; nothing was sent.
            PermissionDeniedError: The application lacks the role Customers Manager.
            NotFoundError: There is none.
            NoResultError: There is none, and the vendor says so with an empty answer.
        """
        return await self._transport.run(_verbs.get(self._scope, record_id))

    async def update(self, record_id: str, *, fields: Mapping[str, str | int | float | bool | None]) -> None:
        """Change a customer's record. Fields that are not given stay as they are.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/update-a-customer-record

        Args:
            record_id: The record's GUID.
            fields: The values, by the field type's GUID or its name in the catalogue.

        Raises:
            TypeError: A value is neither a text, a number, a bool nor None.
            ValueError: A field is not known, or there is none; nothing was sent.
            ValidationError: The vendor refuses a field.
            PermissionDeniedError: The application lacks the role Customers Manager.
            NotFoundError: There is none.
            OutcomeUnknownError: It may have been changed; repeating it is harmless.
        """
        await self._transport.run(_verbs.update(self._scope, record_id, fields=fields))

    async def find(
        self, *, key_value: str | None = None, key_slug: str | None = None, record_id: str | None = None
    ) -> CustomerRecord | None:
        """Find a customer by the key, or by the record's GUID.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/find-a-customer-record

        Args:
            key_value: The customer's key.
            key_slug: The slug of the field that is the key; the catalogue's `customer_key` by default.
            record_id: The record's GUID, instead of the two.

        Returns:
            The record, or None where there is none.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: Neither or both are given, or nobody says which field is the key; nothing was sent.
            PermissionDeniedError: The application lacks the role Customers Manager.
        """
        return await self._transport.run(
            _verbs.find(self._scope, key_value=key_value, key_slug=key_slug, record_id=record_id)
        )
