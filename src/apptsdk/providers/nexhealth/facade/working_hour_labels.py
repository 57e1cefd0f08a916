# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Labels of working hours, by which slots can be told apart. v3 only.

https://docs.nexhealth.com/reference/getworkinghourlabels"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.operations import working_hour_labels as _verbs
from apptsdk.providers.nexhealth.queries import WorkingHourLabelQuery as _WorkingHourLabelQuery

if TYPE_CHECKING:
    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import WorkingHourLabel
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class WorkingHourLabels:
    """Labels of working hours, by which slots can be told apart. v3 only.

    https://docs.nexhealth.com/reference/getworkinghourlabels"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        search_name: str | Unset = UNSET,
        active: bool | Unset = UNSET,
        location_id: Id | Unset | None = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[WorkingHourLabel]:
        """List working hour labels, page by page as they are read where the vendor pages them.

        Args:
            search_name: Only those with this in their name.
            active: Only the active ones, or only the inactive ones.
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
                _WorkingHourLabelQuery(
                    search_name=search_name,
                    active=active,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )


class AsyncWorkingHourLabels:
    """Labels of working hours, by which slots can be told apart. v3 only.

    https://docs.nexhealth.com/reference/getworkinghourlabels"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        search_name: str | Unset = UNSET,
        active: bool | Unset = UNSET,
        location_id: Id | Unset | None = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[WorkingHourLabel]:
        """List working hour labels, page by page as they are read where the vendor pages them.

        Args:
            search_name: Only those with this in their name.
            active: Only the active ones, or only the inactive ones.
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
                _WorkingHourLabelQuery(
                    search_name=search_name,
                    active=active,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )
