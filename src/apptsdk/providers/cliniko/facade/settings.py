# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Settings: what the account has set, as far as the API shows it.

https://docs.api.cliniko.com/openapi/settings"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.providers.cliniko.operations import settings as _verbs

if TYPE_CHECKING:
    from apptsdk.providers.cliniko.models import AccountSettings, PublicAccountSettings
    from apptsdk.transport import AsyncTransport, Transport


class Settings:
    """Settings: what the account has set, as far as the API shows it.

    https://docs.api.cliniko.com/openapi/settings"""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> AccountSettings:
        """Get all settings, which takes a key of a user whose role may view them.

        Returns:
            The settings.

        Raises:
            PermissionDeniedError: The user's role may not: `public` gives what every user may see.
        """
        return self._transport.run(_verbs.get())

    def public(self) -> PublicAccountSettings:
        """Get the settings that every user may see.

        https://docs.api.cliniko.com/openapi/public-settings

        Returns:
            The settings.
        """
        return self._transport.run(_verbs.public())


class AsyncSettings:
    """Settings: what the account has set, as far as the API shows it.

    https://docs.api.cliniko.com/openapi/settings"""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> AccountSettings:
        """Get all settings, which takes a key of a user whose role may view them.

        Returns:
            The settings.

        Raises:
            PermissionDeniedError: The user's role may not: `public` gives what every user may see.
        """
        return await self._transport.run(_verbs.get())

    async def public(self) -> PublicAccountSettings:
        """Get the settings that every user may see.

        https://docs.api.cliniko.com/openapi/public-settings

        Returns:
            The settings.
        """
        return await self._transport.run(_verbs.public())
