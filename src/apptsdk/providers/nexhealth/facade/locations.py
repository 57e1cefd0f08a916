# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Locations: the offices of practices.

https://docs.nexhealth.com/reference/getlocations"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.operations import locations as _verbs
from apptsdk.providers.nexhealth.queries import KeysOwn as _KeysOwn
from apptsdk.providers.nexhealth.queries import LocationQuery as _LocationQuery
from apptsdk.providers.nexhealth.queries import OfficeDescriptorQuery as _OfficeDescriptorQuery

if TYPE_CHECKING:
    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import Descriptor, Location, LocationFeature
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Locations:
    """Locations: the offices of practices.

    https://docs.nexhealth.com/reference/getlocations"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        inactive: bool | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        filter_by_subscription_feature: LocationFeature | Unset = UNSET,
    ) -> Pager[Location]:
        """List offices: those of the client's practice, or of all practices that the key reaches if it names none.

        The vendor sends them within their practices; here they come one after another.

        Args:
            inactive: Only the inactive ones, or only the active ones.
            foreign_id: Only that with this id in the practice's own system.
            filter_by_subscription_feature: Only those that have this feature of NexHealth's.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _LocationQuery(
                    inactive=inactive,
                    foreign_id=foreign_id,
                    filter_by_subscription_feature=filter_by_subscription_feature,
                ),
            )
        )

    def get(self, id: Id) -> Location:
        """Get an office.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.get(self._scope, id, _KeysOwn()))

    def descriptors(self, id: Id, *, descriptor_type: str | Unset = UNSET) -> Pager[Descriptor]:
        """List the descriptors of an office: codes of its own system that appointments and their types can carry.

        Args:
            id: The office's id.
            descriptor_type: Only those of this type, such as `"Procedure Code"`.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such office; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.descriptors(self._scope, id, _OfficeDescriptorQuery(descriptor_type=descriptor_type))
        )


class AsyncLocations:
    """Locations: the offices of practices.

    https://docs.nexhealth.com/reference/getlocations"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        inactive: bool | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        filter_by_subscription_feature: LocationFeature | Unset = UNSET,
    ) -> AsyncPager[Location]:
        """List offices: those of the client's practice, or of all practices that the key reaches if it names none.

        The vendor sends them within their practices; here they come one after another.

        Args:
            inactive: Only the inactive ones, or only the active ones.
            foreign_id: Only that with this id in the practice's own system.
            filter_by_subscription_feature: Only those that have this feature of NexHealth's.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _LocationQuery(
                    inactive=inactive,
                    foreign_id=foreign_id,
                    filter_by_subscription_feature=filter_by_subscription_feature,
                ),
            )
        )

    async def get(self, id: Id) -> Location:
        """Get an office.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.get(self._scope, id, _KeysOwn()))

    def descriptors(self, id: Id, *, descriptor_type: str | Unset = UNSET) -> AsyncPager[Descriptor]:
        """List the descriptors of an office: codes of its own system that appointments and their types can carry.

        Args:
            id: The office's id.
            descriptor_type: Only those of this type, such as `"Procedure Code"`.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such office; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.descriptors(self._scope, id, _OfficeDescriptorQuery(descriptor_type=descriptor_type))
        )
