"""How long a slot is where a service says so, and no caller: the same rule for every provider."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk.errors import UnsupportedError
from apptsdk.registry import PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")
_MINUTE: Final = timedelta(minutes=1)


def lasting(
    services: Sequence[T], length: Callable[[T], timedelta | None], asked: timedelta | None, operation: str
) -> list[T]:
    """Keep the services that take as long as is asked for, and those of which nobody knows how long they take.

    Args:
        services: The services that are named.
        length: Tells how long one takes; None where that is not known.
        asked: How long is asked for; None for the service's own length.
        operation: The verb's stable name.

    Returns:
        Those services.

    Raises:
        UnsupportedError: Services are named, and none of them takes as long.
    """
    found = [one for one in services if suits(length(one), asked)]
    if services and not found:
        raise other_length(map(length, services), operation, "Leave duration out, or name another service.")
    return found


def suits(length: timedelta | None, asked: timedelta | None) -> bool:
    """Tell whether a service may take as long as is asked for, as far as that is known."""
    return asked is None or length in {None, asked}


def other_length(lengths: Iterable[timedelta | None], operation: str, instead: str) -> UnsupportedError:
    """Make the error that says how long a slot can be.

    Args:
        lengths: How long the services take.
        operation: The verb's stable name.
        instead: What to do about it.

    Returns:
        The error.
    """
    provider = operation.partition(".")[0]
    told = " or ".join(f"{one / _MINUTE:g}" for one in sorted({one for one in lengths if one is not None}))
    name = PROVIDERS.get(provider, provider)
    return UnsupportedError(
        f"At {name} the service says how long it takes, here {told} minutes. {instead}",
        provider=provider,
        operation=operation,
    )
