"""What the client itself can do, beside its resources."""

from __future__ import annotations

from typing import Final

from apptsdk import urls
from apptsdk.operation import Effect, Operation
from apptsdk.providers.cliniko.models import User
from apptsdk.providers.cliniko.recovery import resolve
from apptsdk.providers.cliniko.wire import WIRE


def user() -> Operation[User]:
    """Tell who the API key belongs to: the cheapest way to check a key.

    Returns:
        The key's user.

    Raises:
        AuthenticationError: The key is wrong, or is not the shard's.
    """
    return Operation("cliniko.user", "GET", urls.path("user"), WIRE.one(User), Effect.SAFE)


__all__ = ["VERBS", "resolve", "user"]

VERBS: Final = (user, resolve)
