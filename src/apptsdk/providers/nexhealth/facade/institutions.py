# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Institutions: the practices that the API key reaches.

https://docs.nexhealth.com/reference/getinstitutions"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.providers.nexhealth.operations import institutions as _verbs
from apptsdk.providers.nexhealth.queries import KeysOwn as _KeysOwn
from apptsdk.providers.nexhealth.queries import NoPractice as _NoPractice

if TYPE_CHECKING:
    from apptsdk.models import Id
    from apptsdk.providers.nexhealth.models import Institution
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Institutions:
    """Institutions: the practices that the API key reaches.

    https://docs.nexhealth.com/reference/getinstitutions"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self) -> Pager[Institution]:
        """List institutions, page by page as they are read where the vendor pages them.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(_verbs.list(self._scope, _NoPractice()))

    def get(self, id: Id) -> Institution:
        """Get an institution.

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


class AsyncInstitutions:
    """Institutions: the practices that the API key reaches.

    https://docs.nexhealth.com/reference/getinstitutions"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self) -> AsyncPager[Institution]:
        """List institutions, page by page as they are read where the vendor pages them.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(_verbs.list(self._scope, _NoPractice()))

    async def get(self, id: Id) -> Institution:
        """Get an institution.

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
