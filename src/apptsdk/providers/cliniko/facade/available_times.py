# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Times that can be booked online.

https://docs.api.cliniko.com/openapi/available-time"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.providers.cliniko.operations import available_times as _verbs

if TYPE_CHECKING:
    from datetime import date

    from apptsdk.models import Id
    from apptsdk.providers.cliniko.models import AvailableTime
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class AvailableTimes:
    """Times that can be booked online.

    https://docs.api.cliniko.com/openapi/available-time"""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        business_id: Id,
        practitioner_id: Id,
        appointment_type_id: Id,
        *,
        from_: date,
        to: date,
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[AvailableTime]:
        """List the times at which an appointment can be booked online, in order.

        The vendor answers for a week at most: longer windows are asked for piece by piece, as they are read.
        Only starts are given; the appointment type has the duration.

        Args:
            business_id: The business.
            practitioner_id: The practitioner.
            appointment_type_id: The appointment type.
            from_: The first day, in the account's time zone; not before today there.
            to: The last day, in the account's time zone.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page of the same list.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.

        Returns:
            A lazy list.

        Raises:
            TypeError: A day is no date, or is a datetime.
            ValueError: An id or the cursor is malformed, or the last day comes before the first.
            NotFoundError: The business, practitioner or type cannot be booked online.
            BadRequestError: The first day is past, in the account's time zone.
        """
        return self._transport.pager(
            _verbs.list(
                business_id,
                practitioner_id,
                appointment_type_id,
                from_=from_,
                to=to,
                per_page=per_page,
                cursor=cursor,
                prefetch=prefetch,
            )
        )

    def next(
        self,
        business_id: Id,
        practitioner_id: Id,
        appointment_type_id: Id,
        *,
        from_: date | None = None,
        to: date | None = None,
    ) -> AvailableTime | None:
        """Find the next time at which an appointment can be booked online.

        Args:
            business_id: The business.
            practitioner_id: The practitioner.
            appointment_type_id: The appointment type.
            from_: The first day to look at. Whether the vendor heeds it is not documented well.
            to: The last day to look at.

        Returns:
            The time; None where there is none. The vendor does not say how it answers then: a missing time, a null and
            404 all read as None, so this is also what an id that cannot be booked online gives.

        Raises:
            TypeError: A day is no date, or is a datetime.
            ValueError: An id is malformed.
        """
        return self._transport.run(_verbs.next(business_id, practitioner_id, appointment_type_id, from_=from_, to=to))


class AsyncAvailableTimes:
    """Times that can be booked online.

    https://docs.api.cliniko.com/openapi/available-time"""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        business_id: Id,
        practitioner_id: Id,
        appointment_type_id: Id,
        *,
        from_: date,
        to: date,
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[AvailableTime]:
        """List the times at which an appointment can be booked online, in order.

        The vendor answers for a week at most: longer windows are asked for piece by piece, as they are read.
        Only starts are given; the appointment type has the duration.

        Args:
            business_id: The business.
            practitioner_id: The practitioner.
            appointment_type_id: The appointment type.
            from_: The first day, in the account's time zone; not before today there.
            to: The last day, in the account's time zone.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page of the same list.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.

        Returns:
            A lazy list.

        Raises:
            TypeError: A day is no date, or is a datetime.
            ValueError: An id or the cursor is malformed, or the last day comes before the first.
            NotFoundError: The business, practitioner or type cannot be booked online.
            BadRequestError: The first day is past, in the account's time zone.
        """
        return self._transport.pager(
            _verbs.list(
                business_id,
                practitioner_id,
                appointment_type_id,
                from_=from_,
                to=to,
                per_page=per_page,
                cursor=cursor,
                prefetch=prefetch,
            )
        )

    async def next(
        self,
        business_id: Id,
        practitioner_id: Id,
        appointment_type_id: Id,
        *,
        from_: date | None = None,
        to: date | None = None,
    ) -> AvailableTime | None:
        """Find the next time at which an appointment can be booked online.

        Args:
            business_id: The business.
            practitioner_id: The practitioner.
            appointment_type_id: The appointment type.
            from_: The first day to look at. Whether the vendor heeds it is not documented well.
            to: The last day to look at.

        Returns:
            The time; None where there is none. The vendor does not say how it answers then: a missing time, a null and
            404 all read as None, so this is also what an id that cannot be booked online gives.

        Raises:
            TypeError: A day is no date, or is a datetime.
            ValueError: An id is malformed.
        """
        return await self._transport.run(
            _verbs.next(business_id, practitioner_id, appointment_type_id, from_=from_, to=to)
        )
