# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Types of unavailable blocks.

https://docs.api.cliniko.com/openapi/unavailable-block-type"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import UnavailableBlockTypeCreate as _UnavailableBlockTypeCreate
from apptsdk.providers.cliniko.models import UnavailableBlockTypeFilters as _UnavailableBlockTypeFilters
from apptsdk.providers.cliniko.models import UnavailableBlockTypeUpdate as _UnavailableBlockTypeUpdate
from apptsdk.providers.cliniko.operations import unavailable_block_types as _verbs
from apptsdk.providers.cliniko.queries import ArchivableQuery as _ArchivableQuery
from apptsdk.providers.cliniko.queries import WithArchived as _WithArchived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import UnavailableBlockType
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class UnavailableBlockTypes:
    """Types of unavailable blocks.

    https://docs.api.cliniko.com/openapi/unavailable-block-type"""

    F: Final = _UnavailableBlockTypeFilters()
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
    ) -> Pager[UnavailableBlockType]:
        """List unavailable block types, page by page as they are read; by default in the order in which they were made.

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

    def get(self, id: Id, *, include_archived: bool = False) -> UnavailableBlockType:
        """Get a type of unavailable blocks.

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
        self, *, name: str, color: str | Unset = UNSET, duration_in_minutes: int | Unset = UNSET
    ) -> UnavailableBlockType:
        """Create a type of unavailable blocks.

        Args:
            name: Name, up to 255 characters.
            color: Color, "#RGB" or "#RRGGBB".
            duration_in_minutes: Minutes, 1 to 1439.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(_UnavailableBlockTypeCreate(name=name, color=color, duration_in_minutes=duration_in_minutes))
        )

    def update(
        self, id: Id, *, name: str | Unset = UNSET, color: str | Unset = UNSET, duration_in_minutes: int | Unset = UNSET
    ) -> UnavailableBlockType:
        """Change a type of unavailable blocks. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            name: Name, up to 255 characters.
            color: Color, "#RGB" or "#RRGGBB".
            duration_in_minutes: Minutes, 1 to 1439.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(
            _verbs.update(
                id, _UnavailableBlockTypeUpdate(name=name, color=color, duration_in_minutes=duration_in_minutes)
            )
        )

    def archive(self, id: Id) -> None:
        """Archive a type of unavailable blocks: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        self._transport.run(_verbs.archive(id))


class AsyncUnavailableBlockTypes:
    """Types of unavailable blocks.

    https://docs.api.cliniko.com/openapi/unavailable-block-type"""

    F: Final = _UnavailableBlockTypeFilters()
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
    ) -> AsyncPager[UnavailableBlockType]:
        """List unavailable block types, page by page as they are read; by default in the order in which they were made.

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

    async def get(self, id: Id, *, include_archived: bool = False) -> UnavailableBlockType:
        """Get a type of unavailable blocks.

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
        self, *, name: str, color: str | Unset = UNSET, duration_in_minutes: int | Unset = UNSET
    ) -> UnavailableBlockType:
        """Create a type of unavailable blocks.

        Args:
            name: Name, up to 255 characters.
            color: Color, "#RGB" or "#RRGGBB".
            duration_in_minutes: Minutes, 1 to 1439.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(_UnavailableBlockTypeCreate(name=name, color=color, duration_in_minutes=duration_in_minutes))
        )

    async def update(
        self, id: Id, *, name: str | Unset = UNSET, color: str | Unset = UNSET, duration_in_minutes: int | Unset = UNSET
    ) -> UnavailableBlockType:
        """Change a type of unavailable blocks. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            name: Name, up to 255 characters.
            color: Color, "#RGB" or "#RRGGBB".
            duration_in_minutes: Minutes, 1 to 1439.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(
            _verbs.update(
                id, _UnavailableBlockTypeUpdate(name=name, color=color, duration_in_minutes=duration_in_minutes)
            )
        )

    async def archive(self, id: Id) -> None:
        """Archive a type of unavailable blocks: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        await self._transport.run(_verbs.archive(id))
