# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Recall types: for what, and how often, patients are to come again.

https://docs.nexhealth.com/reference/getrecalltypes"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.operations import recall_types as _verbs
from apptsdk.providers.nexhealth.queries import Query as _Query
from apptsdk.providers.nexhealth.queries import RecallTypeQuery as _RecallTypeQuery

if TYPE_CHECKING:
    from datetime import datetime

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import RecallType
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class RecallTypes:
    """Recall types: for what, and how often, patients are to come again.

    https://docs.nexhealth.com/reference/getrecalltypes"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        foreign_id: str | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        location_id: Id | Unset = UNSET,
    ) -> Pager[RecallType]:
        """List recall types, page by page as they are read where the vendor pages them.

        Args:
            foreign_id: Only that with this id in the practice's own system.
            updated_since: Only those that changed since then.
            location_id: The office; by default the client's.

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
                _RecallTypeQuery(foreign_id=foreign_id, updated_since=updated_since, location_id=location_id),
            )
        )

    def get(self, id: Id) -> RecallType:
        """Get a recall type.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.get(self._scope, id, _Query()))


class AsyncRecallTypes:
    """Recall types: for what, and how often, patients are to come again.

    https://docs.nexhealth.com/reference/getrecalltypes"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        foreign_id: str | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        location_id: Id | Unset = UNSET,
    ) -> AsyncPager[RecallType]:
        """List recall types, page by page as they are read where the vendor pages them.

        Args:
            foreign_id: Only that with this id in the practice's own system.
            updated_since: Only those that changed since then.
            location_id: The office; by default the client's.

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
                _RecallTypeQuery(foreign_id=foreign_id, updated_since=updated_since, location_id=location_id),
            )
        )

    async def get(self, id: Id) -> RecallType:
        """Get a recall type.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.get(self._scope, id, _Query()))
