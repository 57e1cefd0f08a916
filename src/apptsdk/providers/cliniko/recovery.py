"""Finding out what became of a write whose answer was lost. Cliniko has no idempotency keys."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from apptsdk import urls
from apptsdk.models import Link, Model
from apptsdk.operation import Effect, Flow, Operation, Page
from apptsdk.providers.cliniko.wire import object_in, page_of
from apptsdk.recovery import kept, made_since
from apptsdk.wire import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apptsdk.http import Response
    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Script
    from apptsdk.providers.cliniko.filters import Field

M = TypeVar("M", bound=Model)


def made(resource: str, model: type[M], filters: Mapping[str, Field], attempt: BookingAttempt) -> Flow[Sequence[M]]:
    """Find what a lost `create` made.

    Args:
        resource: The resource's name.
        model: What it holds.
        filters: The fields by which its lists can be filtered.
        attempt: The attempt, with fields of its body as clues.

    Returns:
        A flow that gives all objects that could be the one.
    """
    conditions = [
        text for name, clue in attempt.clues.items() if clue and name in filters for text in filters[name].exactly(clue)
    ]
    # What was made and hidden since was made all the same.
    conditions += [f"{name}:*" for name in ("archived_at", "cancelled_at") if name in filters]
    query = (*(("q[]", text) for text in conditions), ("sort", "created_at:desc"), ("per_page", "100"))

    def script() -> Script[Sequence[M]]:
        found: Page[M] = yield from Operation(
            f"cliniko.{resource}.list", "GET", urls.path(resource), page_of(model, resource), Effect.SAFE, query=query
        )
        # All clues are looked at again: the vendor has no filter for some fields, and ignores what it does not know.
        return (yield from made_since(attempt, (item for item in found.items if _fits(item, attempt.clues))))

    return Flow(f"cliniko.{resource}.recover", script)


def changed(look: Operation[M], sent: Mapping[str, object]) -> Flow[Sequence[M]]:
    """Find out whether an `update` was done.

    Args:
        look: Reads the object.
        sent: The fields that were sent.

    Returns:
        A flow that gives the object, where it says all that was sent, and nothing where it does not.
    """
    return kept(look, {name: _written(value).strip() for name, value in sent.items()}, _said)


def _said(item: Model, name: str) -> str:
    """Give a field as it is written: a relation that is written by its id is read as a link."""
    return _written(getattr(item, name, getattr(item, name.removesuffix("_id"), None))).strip()


def stamped(resource: str, path: str, stamp: str) -> Flow[Sequence[None]]:
    """Find out whether an object was hidden: cancelled or archived.

    Args:
        resource: The resource's name.
        path: The object's path.
        stamp: The field that tells: `cancelled_at` or `archived_at`.

    Returns:
        A flow that gives one None where it was, and nothing where it was not.
    """

    def read(response: Response) -> bool:
        return object_in(response).get(stamp) is not None

    def script() -> Script[Sequence[None]]:
        done = yield from Operation(
            f"cliniko.{resource}.get", "GET", path, read, Effect.SAFE, query=(("q[]", f"{stamp}:*"),)
        )
        return (None,) if done else ()

    return Flow(f"cliniko.{resource}.recover", script)


def _fits(item: Model, clues: Mapping[str, str]) -> bool:
    """Tell whether an object says what was sent: a relation that is written by its id is read as a link.

    What was left out, or is an empty text, is read as one or as null, by the field, and no list can be filtered by it.
    """
    return all(
        _written(getattr(item, name.removesuffix("_id"), None)).strip() == clue.strip() for name, clue in clues.items()
    )


def _written(value: object) -> str:
    match value:
        case Link():
            return value.id
        case datetime():
            return utc_seconds(value)
        case date():
            return value.isoformat()
        case None:
            return ""
        case _:
            return str(value)
