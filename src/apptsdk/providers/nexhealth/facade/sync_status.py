# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Sync status: whether NexHealth can read from and write to the practices' own systems at this moment.

https://docs.nexhealth.com/reference/getsyncstatus"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.operations import sync_status as _verbs
from apptsdk.providers.nexhealth.queries import SyncStatusQuery as _SyncStatusQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import SyncLight, SyncStatus
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class SyncStatusResource:
    """Sync status: whether NexHealth can read from and write to the practices' own systems at this moment.

    https://docs.nexhealth.com/reference/getsyncstatus"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        read_status: SyncLight | Unset = UNSET,
        write_status: SyncLight | Unset = UNSET,
        location_ids: Sequence[Id] | Unset = UNSET,
    ) -> Pager[SyncStatus]:
        """List sync status, page by page as they are read where the vendor pages them.

        Args:
            read_status: Only those whose reading is in this state.
            write_status: Only those whose writing is in this state.
            location_ids: Only those that serve these offices.

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
                _SyncStatusQuery(read_status=read_status, write_status=write_status, location_ids=location_ids),
            )
        )


class AsyncSyncStatusResource:
    """Sync status: whether NexHealth can read from and write to the practices' own systems at this moment.

    https://docs.nexhealth.com/reference/getsyncstatus"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        read_status: SyncLight | Unset = UNSET,
        write_status: SyncLight | Unset = UNSET,
        location_ids: Sequence[Id] | Unset = UNSET,
    ) -> AsyncPager[SyncStatus]:
        """List sync status, page by page as they are read where the vendor pages them.

        Args:
            read_status: Only those whose reading is in this state.
            write_status: Only those whose writing is in this state.
            location_ids: Only those that serve these offices.

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
                _SyncStatusQuery(read_status=read_status, write_status=write_status, location_ids=location_ids),
            )
        )
