"""Settings: what the account has set, as far as the API shows it.

https://docs.api.cliniko.com/openapi/settings
"""

from __future__ import annotations

from typing import Final

from apptsdk import urls
from apptsdk.operation import Effect, Operation
from apptsdk.providers.cliniko.models import AccountSettings, PublicAccountSettings
from apptsdk.providers.cliniko.wire import WIRE


def get() -> Operation[AccountSettings]:
    """Get all settings, which takes a key of a user whose role may view them.

    Returns:
        The settings.

    Raises:
        PermissionDeniedError: The user's role may not: `public` gives what every user may see.
    """
    return Operation("cliniko.settings.get", "GET", urls.path("settings"), WIRE.one(AccountSettings), Effect.SAFE)


def public() -> Operation[PublicAccountSettings]:
    """Get the settings that every user may see.

    https://docs.api.cliniko.com/openapi/public-settings

    Returns:
        The settings.
    """
    path = urls.path("settings", "public")
    return Operation("cliniko.settings.public", "GET", path, WIRE.one(PublicAccountSettings), Effect.SAFE)


VERBS: Final = (get, public)
