"""Which of the objects found at a provider a lost write can have made: the part that is the same for all providers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk.errors import NotFoundError, OutcomeUnknownError, UnsupportedError
from apptsdk.models import Model, is_cancelled, mark_recovered
from apptsdk.operation import OFFSET, Flow, Unclaimed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Operation, Script

M = TypeVar("M", bound=Model)
T = TypeVar("T")

MARGIN: Final = timedelta(seconds=10)
"""How much older than the attempt a find may look, because two clocks never agree exactly."""
LATEST: Final = timedelta(minutes=15)
"""How much younger than the attempt a find may be: a request does not travel for longer."""


def made_since(attempt: BookingAttempt, found: Iterable[M]) -> Script[tuple[M, ...]]:
    """Keep what can have been made by an attempt, as far as its `created_at` tells.

    Args:
        attempt: The attempt.
        found: What fits its clues.

    Returns:
        A script that gives the objects, marked as recovered.
    """
    # The provider's clock stamped created_at. Another said when the attempt began: that of the machine that made it,
    # which may not be this one.
    ahead = (yield from OFFSET) if attempt.ahead is None else attempt.ahead
    began = attempt.started_at + timedelta(seconds=ahead)
    return tuple(
        mark_recovered(item)
        for item in found
        if isinstance(moment := getattr(item, "created_at", None), datetime)
        and began - MARGIN <= moment <= began + LATEST
    )


def resolved(
    provider: str, attempt: BookingAttempt, finders: Mapping[str, Callable[[BookingAttempt], Flow[Sequence[T]]]]
) -> Flow[T | None]:
    """Find out what became of an attempt, whenever and wherever it was made.

    Args:
        provider: The provider that is asked.
        attempt: The attempt.
        finders: What finds the object of a lost `create`, by the operation's name.

    Returns:
        A flow that gives the object, marked as recovered, or None where none is to be found (yet).

    Raises:
        ValueError: The attempt belongs to another provider.
        UnsupportedError: What it tried cannot be looked up.
        OutcomeUnknownError: When it runs: several objects could be the one; see its `candidates`.
    """
    if attempt.provider != provider:
        raise ValueError(f"The attempt belongs to {attempt.provider}, not to {provider}.")
    finder = finders.get(attempt.operation)
    if finder is None or not any(attempt.clues.values()):
        hint = f"these can: {', '.join(finders)}" if finder is None else "nothing was given by which to find it"
        raise UnsupportedError(
            f"{attempt.operation} cannot be looked up; {hint}.", provider=provider, operation=attempt.operation
        )

    def script() -> Script[T | None]:
        found = yield from Unclaimed(attempt, tuple((yield from finder(attempt))))
        if len(found) > 1:
            raise OutcomeUnknownError(
                f"{len(found)} objects could be what {attempt.operation} made.",
                attempt=attempt,
                candidates=found,
                provider=provider,
                operation=attempt.operation,
            )
        return found[0] if found else None

    return Flow(f"{provider}.resolve", script)


def kept(look: Operation[M], sent: Mapping[str, str], said: Callable[[M, str], str]) -> Flow[Sequence[M]]:
    """Find out whether a change was made: the object is read back, and says what was sent.

    Args:
        look: Reads the object.
        sent: The fields that were sent, as text.
        said: Gives a field of the object as such text.

    Returns:
        A flow that gives the object, marked as recovered, if all of it is so, and nothing if it is not, if there is no
        such object, or if it is cancelled, which nobody asked for. It raises what the read raises: then nobody knows.
    """

    def script() -> Script[Sequence[M]]:
        try:
            found = yield from look
        except NotFoundError:
            return ()
        so = all(said(found, name) == text for name, text in sent.items())
        return (mark_recovered(found),) if so and ("cancelled" in sent or not is_cancelled(found)) else ()

    return Flow(f"{look.name.rpartition('.')[0]}.recover", script)
