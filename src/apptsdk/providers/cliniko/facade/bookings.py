# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Bookings: whatever stands in the calendars, be it an individual or group appointment or an unavailable block.

https://docs.api.cliniko.com/openapi/booking"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.providers.cliniko.models import BookingFilters as _BookingFilters
from apptsdk.providers.cliniko.operations import bookings as _verbs
from apptsdk.providers.cliniko.queries import AppointmentQuery as _AppointmentQuery
from apptsdk.providers.cliniko.queries import WithCancelled as _WithCancelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import Id
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import Booking
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Bookings:
    """Bookings: whatever stands in the calendars, be it an individual or group appointment or an unavailable block.

    https://docs.api.cliniko.com/openapi/booking"""

    F: Final = _BookingFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_cancelled: bool = False,
        include_archived: bool = False,
    ) -> Pager[Booking]:
        """List bookings of all kinds, page by page as they are read; by default in the order in which they were made.

        Tell the kinds apart with `isinstance` or `match`. A booking has the id of the appointment or block that it is.

        Args:
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.
            include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _AppointmentQuery(
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_cancelled=include_cancelled,
                    include_archived=include_archived,
                )
            )
        )

    def get(self, id: Id, *, include_cancelled: bool = False, include_archived: bool = False) -> Booking:
        """Get a booking of whatever kind.

        Args:
            id: Its id.
            include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The individual appointment, group appointment or unavailable block.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(
            _verbs.get(id, _WithCancelled(include_cancelled=include_cancelled, include_archived=include_archived))
        )


class AsyncBookings:
    """Bookings: whatever stands in the calendars, be it an individual or group appointment or an unavailable block.

    https://docs.api.cliniko.com/openapi/booking"""

    F: Final = _BookingFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_cancelled: bool = False,
        include_archived: bool = False,
    ) -> AsyncPager[Booking]:
        """List bookings of all kinds, page by page as they are read; by default in the order in which they were made.

        Tell the kinds apart with `isinstance` or `match`. A booking has the id of the appointment or block that it is.

        Args:
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.
            include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _AppointmentQuery(
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_cancelled=include_cancelled,
                    include_archived=include_archived,
                )
            )
        )

    async def get(self, id: Id, *, include_cancelled: bool = False, include_archived: bool = False) -> Booking:
        """Get a booking of whatever kind.

        Args:
            id: Its id.
            include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The individual appointment, group appointment or unavailable block.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(
            _verbs.get(id, _WithCancelled(include_cancelled=include_cancelled, include_archived=include_archived))
        )
