# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Services: which appointment type is offered at which business, and by whom.

https://docs.api.cliniko.com/openapi/service"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.operations import services as _verbs
from apptsdk.providers.cliniko.queries import ServiceQuery as _ServiceQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.models import Service
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Services:
    """Services: which appointment type is offered at which business, and by whom.

    https://docs.api.cliniko.com/openapi/service"""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        business_id: Id | Unset = UNSET,
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[Service]:
        """List services, page by page as they are read; by default in the order in which they were made.

        Args:
            business_id: Only those of this business.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _ServiceQuery(business_id=business_id, sort=sort, per_page=per_page, cursor=cursor, prefetch=prefetch)
            )
        )


class AsyncServices:
    """Services: which appointment type is offered at which business, and by whom.

    https://docs.api.cliniko.com/openapi/service"""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        business_id: Id | Unset = UNSET,
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[Service]:
        """List services, page by page as they are read; by default in the order in which they were made.

        Args:
            business_id: Only those of this business.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _ServiceQuery(business_id=business_id, sort=sort, per_page=per_page, cursor=cursor, prefetch=prefetch)
            )
        )
