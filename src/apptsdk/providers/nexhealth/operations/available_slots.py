"""Available slots: the times that can be booked.

https://docs.nexhealth.com/reference/getavailableslots
"""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk.operation import Effect, Listing, Operation, Page
from apptsdk.providers.nexhealth.models import AvailableSlot, SlotGroup
from apptsdk.providers.nexhealth.queries import SlotQuery
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import WIRE, body_of
from apptsdk.shapes import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Callable


T = TypeVar("T")
_NAME: Final = "available_slots"
_SAID: Final = {"lid": "lid", "provider_id": "pid", "operatory_id": "operatory_id"}
"""What a group says of its slots: their names of it, and its own."""


def list(scope: Scope, query: SlotQuery) -> Listing[AvailableSlot]:  # noqa: A001 - the verb's name
    """List the times that can be booked, in their order, whoever's they are.

    Nothing is held for you by asking: book a slot by handing its `time` and `operatory_id` to `appointments.create`.

    Args:
        scope: Within what.
        query: What is looked for.

    Returns:
        A lazy list; each of its pages is 14 days.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, or neither a provider nor an appointment type is given.
        ConfigurationError: The practice or the office is not known.
        UnsupportedError: This version of the API cannot be asked so.
    """
    return _in_pieces(scope, query, "nexhealth.available_slots.list", _flat)


def groups(scope: Scope, query: SlotQuery) -> Listing[SlotGroup]:
    """List the times that can be booked as the vendor groups them: by office, provider and operatory.

    A group without slots says in `next_available_date` when there are some.

    Args:
        scope: Within what.
        query: What is looked for.

    Returns:
        A lazy list; each of its pages is 14 days.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, or neither a provider nor an appointment type is given.
        ConfigurationError: The practice or the office is not known.
        UnsupportedError: This version of the API cannot be asked so.
    """
    return _in_pieces(scope, query, "nexhealth.available_slots.groups", _grouped)


def _in_pieces(scope: Scope, query: SlotQuery, name: str, read: Callable[[object], tuple[T, ...]]) -> Listing[T]:
    """Ask for each piece of the time when it is read."""
    query.pairs(scope, _NAME)  # for its checks: nothing is asked yet
    path = scope.path(_NAME)
    asked = {day: piece.pairs(scope, _NAME) for day, piece in query.pieces().items()}
    days = [*asked]
    if query.cursor is not None and query.cursor not in asked:
        raise ValueError("cursor is not the .cursor of a page of this list.")

    def page(at: str | None) -> Operation[Page[T]]:
        day = days[0] if at is None else at
        following = dict(pairwise(days)).get(day)
        return Operation(
            name,
            "GET",
            path,
            lambda response: Page(read(body_of(response).get("data")), following),
            Effect.SAFE,
            query=asked[day],
        )

    return Listing(name, page, query.cursor, query.ahead())


def _grouped(data: object) -> tuple[SlotGroup, ...]:
    return WIRE.all_of(SlotGroup, data, "data")


def _flat(data: object) -> tuple[AvailableSlot, ...]:
    """Take the slots out of their groups, which say of all their slots whose they are."""
    groups = _grouped([_filled(group) for group in data] if is_array(data) else data)
    return tuple(sorted((slot for group in groups for slot in group.slots), key=attrgetter("time")))


def _filled(group: object) -> object:
    slots = group.get("slots") if is_object(group) else None
    if not is_object(group) or not is_array(slots):
        return group
    said = {name: group[key] for name, key in _SAID.items() if key in group}
    return {**group, "slots": [{**said, **slot} if is_object(slot) else slot for slot in slots]}


VERBS: Final = (list, groups)
