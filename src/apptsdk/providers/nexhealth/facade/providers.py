# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Providers: the people with whom appointments are made.

https://docs.nexhealth.com/reference/getproviders"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.operations import providers as _verbs
from apptsdk.providers.nexhealth.queries import ProviderGet as _ProviderGet
from apptsdk.providers.nexhealth.queries import ProviderQuery as _ProviderQuery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import Provider, ProviderInclude
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Providers:
    """Providers: the people with whom appointments are made.

    https://docs.nexhealth.com/reference/getproviders"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        ids: Sequence[Id] | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        requestable: bool | Unset = UNSET,
        inactive: bool | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        include: Sequence[ProviderInclude] = (),
        sort: Sequence[str] = (),
        location_id: Id | Unset | None = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[Provider]:
        """List providers, page by page as they are read where the vendor pages them.

        Args:
            ids: Only these.
            foreign_id: Only that with this id in the practice's own system.
            requestable: Only those that can be booked online at the office.
            inactive: List the inactive ones instead.
            updated_since: Only those that changed since then.
            include: What to send along; the vendor sends `locations` by default.
            sort: Fields to order by, with a leading dash for descending: `["-updated_at"]`.
            location_id: The office; by default the client's, if it has one. None for all of the practice.
            per_page: How many a page holds, 1 to 1000 (300 in v2); by default 200 (100 in v2).
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain, and has paid for them.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _ProviderQuery(
                    ids=ids,
                    foreign_id=foreign_id,
                    requestable=requestable,
                    inactive=inactive,
                    updated_since=updated_since,
                    include=include,
                    sort=sort,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    def get(self, id: Id, *, include: Sequence[ProviderInclude] = ()) -> Provider:
        """Get a provider.

        Args:
            id: Its id.
            include: What to send along; the vendor sends `locations` by default.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.get(self._scope, id, _ProviderGet(include=include)))


class AsyncProviders:
    """Providers: the people with whom appointments are made.

    https://docs.nexhealth.com/reference/getproviders"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        ids: Sequence[Id] | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        requestable: bool | Unset = UNSET,
        inactive: bool | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        include: Sequence[ProviderInclude] = (),
        sort: Sequence[str] = (),
        location_id: Id | Unset | None = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[Provider]:
        """List providers, page by page as they are read where the vendor pages them.

        Args:
            ids: Only these.
            foreign_id: Only that with this id in the practice's own system.
            requestable: Only those that can be booked online at the office.
            inactive: List the inactive ones instead.
            updated_since: Only those that changed since then.
            include: What to send along; the vendor sends `locations` by default.
            sort: Fields to order by, with a leading dash for descending: `["-updated_at"]`.
            location_id: The office; by default the client's, if it has one. None for all of the practice.
            per_page: How many a page holds, 1 to 1000 (300 in v2); by default 200 (100 in v2).
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain, and has paid for them.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _ProviderQuery(
                    ids=ids,
                    foreign_id=foreign_id,
                    requestable=requestable,
                    inactive=inactive,
                    updated_since=updated_since,
                    include=include,
                    sort=sort,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    async def get(self, id: Id, *, include: Sequence[ProviderInclude] = ()) -> Provider:
        """Get a provider.

        Args:
            id: Its id.
            include: What to send along; the vendor sends `locations` by default.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.get(self._scope, id, _ProviderGet(include=include)))
