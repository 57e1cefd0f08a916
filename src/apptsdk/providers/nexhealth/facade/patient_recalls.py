# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Patient recalls: when patients are due to come again.

https://docs.nexhealth.com/reference/getpatientrecalls"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.operations import patient_recalls as _verbs
from apptsdk.providers.nexhealth.queries import PatientRecallQuery as _PatientRecallQuery
from apptsdk.providers.nexhealth.queries import Query as _Query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import PatientRecall
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class PatientRecalls:
    """Patient recalls: when patients are due to come again.

    https://docs.nexhealth.com/reference/getpatientrecalls"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        recall_id: Id | Unset = UNSET,
        patient_id: Id | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        due_after: datetime | Unset = UNSET,
        sort: Sequence[str] = (),
        location_id: Id | Unset = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[PatientRecall]:
        """List patient recalls, page by page as they are read where the vendor pages them.

        Args:
            recall_id: Only those of this recall type.
            patient_id: Only those of this patient.
            foreign_id: Only that with this id in the practice's own system.
            updated_since: Only those that changed since then.
            due_after: Only those that are due after then.
            sort: Fields to order by, with a leading dash for descending: `["date_due"]`.
            location_id: The office; by default the client's.
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
                _PatientRecallQuery(
                    recall_id=recall_id,
                    patient_id=patient_id,
                    foreign_id=foreign_id,
                    updated_since=updated_since,
                    due_after=due_after,
                    sort=sort,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    def get(self, id: Id) -> PatientRecall:
        """Get a recall of a patient.

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


class AsyncPatientRecalls:
    """Patient recalls: when patients are due to come again.

    https://docs.nexhealth.com/reference/getpatientrecalls"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        recall_id: Id | Unset = UNSET,
        patient_id: Id | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        due_after: datetime | Unset = UNSET,
        sort: Sequence[str] = (),
        location_id: Id | Unset = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[PatientRecall]:
        """List patient recalls, page by page as they are read where the vendor pages them.

        Args:
            recall_id: Only those of this recall type.
            patient_id: Only those of this patient.
            foreign_id: Only that with this id in the practice's own system.
            updated_since: Only those that changed since then.
            due_after: Only those that are due after then.
            sort: Fields to order by, with a leading dash for descending: `["date_due"]`.
            location_id: The office; by default the client's.
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
                _PatientRecallQuery(
                    recall_id=recall_id,
                    patient_id=patient_id,
                    foreign_id=foreign_id,
                    updated_since=updated_since,
                    due_after=due_after,
                    sort=sort,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    async def get(self, id: Id) -> PatientRecall:
        """Get a recall of a patient.

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
