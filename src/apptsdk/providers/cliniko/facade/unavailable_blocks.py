# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Unavailable blocks: times at which a practitioner cannot be booked.

https://docs.api.cliniko.com/openapi/unavailable-block"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import UnavailableBlockCreate as _UnavailableBlockCreate
from apptsdk.providers.cliniko.models import UnavailableBlockFilters as _UnavailableBlockFilters
from apptsdk.providers.cliniko.models import UnavailableBlockUpdate as _UnavailableBlockUpdate
from apptsdk.providers.cliniko.operations import unavailable_blocks as _verbs
from apptsdk.providers.cliniko.queries import ArchivableQuery as _ArchivableQuery
from apptsdk.providers.cliniko.queries import WithArchived as _WithArchived

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import RepeatRuleInput, UnavailableBlock
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class UnavailableBlocks:
    """Unavailable blocks: times at which a practitioner cannot be booked.

    https://docs.api.cliniko.com/openapi/unavailable-block"""

    F: Final = _UnavailableBlockFilters()
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
        include_archived: bool = False,
    ) -> Pager[UnavailableBlock]:
        """List unavailable blocks, page by page as they are read; by default in the order in which they were made.

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
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _ArchivableQuery(
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_archived=include_archived,
                )
            )
        )

    def get(self, id: Id, *, include_archived: bool = False) -> UnavailableBlock:
        """Get an unavailable block.

        Args:
            id: Its id.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(_verbs.get(id, _WithArchived(include_archived=include_archived)))

    def create(
        self,
        *,
        business_id: Id,
        practitioner_id: Id,
        starts_at: datetime,
        ends_at: datetime | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        repeat_rule: RepeatRuleInput | Unset | None = UNSET,
        unavailable_block_type_id: Id | Unset = UNSET,
    ) -> UnavailableBlock:
        """Create an unavailable block.

        Args:
            business_id: The business where the practitioner is unavailable.
            practitioner_id: The practitioner.
            starts_at: When it begins: aware; sent as UTC, whole seconds.
            ends_at: When it ends: aware. What leaving it out means on create is not documented well: half an hour
                in the vendor's old example.
            notes: Notes, for staff.
            repeat_rule: How it repeats: the further occurrences are made at once. What changing it does to
                occurrences that exist is not documented.
            unavailable_block_type_id: Its type.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                _UnavailableBlockCreate(
                    business_id=business_id,
                    practitioner_id=practitioner_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    notes=notes,
                    repeat_rule=repeat_rule,
                    unavailable_block_type_id=unavailable_block_type_id,
                )
            )
        )

    def update(
        self,
        id: Id,
        *,
        business_id: Id | Unset = UNSET,
        practitioner_id: Id | Unset = UNSET,
        starts_at: datetime | Unset = UNSET,
        ends_at: datetime | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        repeat_rule: RepeatRuleInput | Unset | None = UNSET,
        unavailable_block_type_id: Id | Unset = UNSET,
    ) -> UnavailableBlock:
        """Change an unavailable block. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            business_id: The business where the practitioner is unavailable.
            practitioner_id: The practitioner.
            starts_at: When it begins: aware; sent as UTC, whole seconds.
            ends_at: When it ends: aware. What leaving it out means on create is not documented well: half an hour
                in the vendor's old example.
            notes: Notes, for staff.
            repeat_rule: How it repeats: the further occurrences are made at once. What changing it does to
                occurrences that exist is not documented.
            unavailable_block_type_id: Its type.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(
            _verbs.update(
                id,
                _UnavailableBlockUpdate(
                    business_id=business_id,
                    practitioner_id=practitioner_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    notes=notes,
                    repeat_rule=repeat_rule,
                    unavailable_block_type_id=unavailable_block_type_id,
                ),
            )
        )

    def archive(self, id: Id) -> None:
        """Archive an unavailable block: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        self._transport.run(_verbs.archive(id))

    def conflicts(self, id: Id) -> bool:
        """Tell whether a booking or an unavailable block overlaps with an unavailable block. The vendor allows double bookings.

        Args:
            id: Its id.

        Returns:
            Whether there is a conflict; the vendor does not say with what.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(_verbs.conflicts(id))


class AsyncUnavailableBlocks:
    """Unavailable blocks: times at which a practitioner cannot be booked.

    https://docs.api.cliniko.com/openapi/unavailable-block"""

    F: Final = _UnavailableBlockFilters()
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
        include_archived: bool = False,
    ) -> AsyncPager[UnavailableBlock]:
        """List unavailable blocks, page by page as they are read; by default in the order in which they were made.

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
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _ArchivableQuery(
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_archived=include_archived,
                )
            )
        )

    async def get(self, id: Id, *, include_archived: bool = False) -> UnavailableBlock:
        """Get an unavailable block.

        Args:
            id: Its id.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(_verbs.get(id, _WithArchived(include_archived=include_archived)))

    async def create(
        self,
        *,
        business_id: Id,
        practitioner_id: Id,
        starts_at: datetime,
        ends_at: datetime | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        repeat_rule: RepeatRuleInput | Unset | None = UNSET,
        unavailable_block_type_id: Id | Unset = UNSET,
    ) -> UnavailableBlock:
        """Create an unavailable block.

        Args:
            business_id: The business where the practitioner is unavailable.
            practitioner_id: The practitioner.
            starts_at: When it begins: aware; sent as UTC, whole seconds.
            ends_at: When it ends: aware. What leaving it out means on create is not documented well: half an hour
                in the vendor's old example.
            notes: Notes, for staff.
            repeat_rule: How it repeats: the further occurrences are made at once. What changing it does to
                occurrences that exist is not documented.
            unavailable_block_type_id: Its type.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                _UnavailableBlockCreate(
                    business_id=business_id,
                    practitioner_id=practitioner_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    notes=notes,
                    repeat_rule=repeat_rule,
                    unavailable_block_type_id=unavailable_block_type_id,
                )
            )
        )

    async def update(
        self,
        id: Id,
        *,
        business_id: Id | Unset = UNSET,
        practitioner_id: Id | Unset = UNSET,
        starts_at: datetime | Unset = UNSET,
        ends_at: datetime | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        repeat_rule: RepeatRuleInput | Unset | None = UNSET,
        unavailable_block_type_id: Id | Unset = UNSET,
    ) -> UnavailableBlock:
        """Change an unavailable block. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            business_id: The business where the practitioner is unavailable.
            practitioner_id: The practitioner.
            starts_at: When it begins: aware; sent as UTC, whole seconds.
            ends_at: When it ends: aware. What leaving it out means on create is not documented well: half an hour
                in the vendor's old example.
            notes: Notes, for staff.
            repeat_rule: How it repeats: the further occurrences are made at once. What changing it does to
                occurrences that exist is not documented.
            unavailable_block_type_id: Its type.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(
            _verbs.update(
                id,
                _UnavailableBlockUpdate(
                    business_id=business_id,
                    practitioner_id=practitioner_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    notes=notes,
                    repeat_rule=repeat_rule,
                    unavailable_block_type_id=unavailable_block_type_id,
                ),
            )
        )

    async def archive(self, id: Id) -> None:
        """Archive an unavailable block: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        await self._transport.run(_verbs.archive(id))

    async def conflicts(self, id: Id) -> bool:
        """Tell whether a booking or an unavailable block overlaps with an unavailable block. The vendor allows double bookings.

        Args:
            id: Its id.

        Returns:
            Whether there is a conflict; the vendor does not say with what.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(_verbs.conflicts(id))
