# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Daily availabilities: the weekly hours of practitioners.

https://docs.api.cliniko.com/openapi/daily-availability"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import DailyAvailabilityFilters as _DailyAvailabilityFilters
from apptsdk.providers.cliniko.operations import daily_availabilities as _verbs
from apptsdk.providers.cliniko.queries import DailyAvailabilityQuery as _DailyAvailabilityQuery
from apptsdk.providers.cliniko.queries import Query as _Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import DailyAvailability
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class DailyAvailabilities:
    """Daily availabilities: the weekly hours of practitioners.

    https://docs.api.cliniko.com/openapi/daily-availability"""

    F: Final = _DailyAvailabilityFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        business_id: Id | Unset = UNSET,
        practitioner_id: Id | Unset = UNSET,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[DailyAvailability]:
        """List daily availabilities, page by page as they are read; by default in the order in which they were made.

        Args:
            business_id: Only those at this business.
            practitioner_id: Only those of this practitioner.
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
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
                _DailyAvailabilityQuery(
                    business_id=business_id,
                    practitioner_id=practitioner_id,
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                )
            )
        )

    def get(self, id: Id) -> DailyAvailability:
        """Get a daily availability.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(_verbs.get(id, _Query()))


class AsyncDailyAvailabilities:
    """Daily availabilities: the weekly hours of practitioners.

    https://docs.api.cliniko.com/openapi/daily-availability"""

    F: Final = _DailyAvailabilityFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        business_id: Id | Unset = UNSET,
        practitioner_id: Id | Unset = UNSET,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[DailyAvailability]:
        """List daily availabilities, page by page as they are read; by default in the order in which they were made.

        Args:
            business_id: Only those at this business.
            practitioner_id: Only those of this practitioner.
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
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
                _DailyAvailabilityQuery(
                    business_id=business_id,
                    practitioner_id=practitioner_id,
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                )
            )
        )

    async def get(self, id: Id) -> DailyAvailability:
        """Get a daily availability.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(_verbs.get(id, _Query()))
