"""Finding out what became of a write whose answer was lost. NexHealth has no idempotency keys."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import attrs

from apptsdk.errors import NotFoundError
from apptsdk.models import UNSET, Model
from apptsdk.operation import Effect, Flow, Operation, Page
from apptsdk.providers.nexhealth.models import (
    Appointment,
    PatientAlert,
    WebhookEndpoint,
    WebhookSubscription,
)
from apptsdk.providers.nexhealth.queries import url_of
from apptsdk.providers.nexhealth.wire import asked_moment, nothing, page_of
from apptsdk.recovery import made_since
from apptsdk.shapes import is_sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Script
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.urls import Pairs

M = TypeVar("M", bound=Model)

NOT_ID: Final = "not_id"
"""The clue that names what something is made instead of: a lost answer does not lead to that one."""
_MOMENT: Final = timedelta(minutes=1)


@attrs.frozen
class Finder(Generic[M]):
    """How what a `create` made is found again.

    Args:
        resource: The resource's name.
        model: What it holds.
        clues: The fields of a `create` that an object made by it has too. What was left out says nothing.
        asked: The list's query beside the practice, from the clues.
        beside: Clues that say where to look, and are no fields of the object.
        needed: Clues without which nothing can be looked up.
        path: The list's path, from the clues, where it is not the resource's own.
        paged: Whether the list comes in pages.
        practice: Whether the list is a practice's.
    """

    resource: str
    model: type[M]
    clues: tuple[str, ...]
    asked: Callable[[Mapping[str, str]], Pairs] = lambda _: ()
    beside: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    path: Callable[[Mapping[str, str]], tuple[str, ...]] | None = None
    paged: bool = True
    practice: bool = True

    @property
    def operation(self) -> str:
        """The name of the operation that it looks after."""
        return f"nexhealth.{self.resource}.create"

    def clues_of(self, scope: Scope, **fields: object) -> Mapping[str, str]:
        """Keep of a `create` what is needed to find its object again, here or in another process.

        Args:
            scope: Within what it is made.
            **fields: Its fields, and what else is needed to look.

        Returns:
            The clues.
        """
        kept = {
            name: text(fields[name]) for name in (*self.clues, *self.beside) if fields.get(name, UNSET) is not UNSET
        }
        return kept if scope.subdomain is None or not self.practice else {"subdomain": scope.subdomain, **kept}

    def found(self, scope: Scope, attempt: BookingAttempt) -> Flow[Sequence[M]]:
        """Find what a lost `create` made.

        Args:
            scope: Within what the client asks; the attempt names its practice.
            attempt: The attempt.

        Returns:
            A flow that gives all objects that could be the one.
        """
        clues = attempt.clues
        if missing := [name for name in self.needed if name not in clues]:
            raise ValueError(f"The attempt cannot be looked up: it does not say {', '.join(missing)}.")
        path = scope.path(*(self.path(clues) if self.path else (self.resource,)))
        pages = (("page", "1"),) if scope.version.numbered else ()
        other = clues.get(NOT_ID)
        query = (
            *((("subdomain", clues["subdomain"]),) if "subdomain" in clues else ()),
            *self.asked(clues),
            *((*pages, ("per_page", str(scope.version.most))) if self.paged else ()),
        )
        read = page_of(self.model, url_of(scope, path, query), self.resource)

        def script() -> Script[Sequence[M]]:
            found: Page[M] = yield from Operation(
                f"nexhealth.{self.resource}.list", "GET", path, read, Effect.SAFE, query=query
            )
            # All clues are looked at again: a filter may be ignored, and then everything is listed.
            fitting = (
                item
                for item in found.items
                if all(_same(getattr(item, name), clues[name]) for name in self.clues if name in clues)
                and text(getattr(item, "id", None)) != other
            )
            return (yield from made_since(attempt, fitting))

        return Flow(f"nexhealth.{self.resource}.recover", script)


def gone(path: str, name: str, query: Pairs) -> Flow[Sequence[None]]:
    """Find out whether an object was deleted.

    Args:
        path: Its path, at which there is nothing then.
        name: The name of the read.
        query: The read's query.

    Returns:
        A flow that gives one None where it was, and nothing where it was not.
    """

    def script() -> Script[Sequence[None]]:
        try:
            yield from Operation(name, "GET", path, nothing, Effect.SAFE, query=query)
        except NotFoundError:
            return (None,)
        return ()

    return Flow(f"{name.rpartition('.')[0]}.recover", script)


def absent(look: Operation[Page[M]], id: int) -> Flow[Sequence[None]]:  # noqa: A002 - the field's name
    """Find out whether an object was deleted of which no single read exists.

    Args:
        look: The read that lists all.
        id: Its id.

    Returns:
        A flow that gives one None where it was, and nothing where it was not.
    """

    def script() -> Script[Sequence[None]]:
        found = yield from look
        return () if any(getattr(item, "id", None) == id for item in found.items) else (None,)

    return Flow(f"{look.name.rpartition('.')[0]}.recover", script)


def _same(found: object, clue: str) -> bool:
    return text(found) == clue or (found is None and clue == "false")  # null, where the vendor keeps no falsehoods


def text(value: object) -> str:  # noqa: PLR0911 - a line a kind
    """Write a field of a `create`, or of what it made, so that the two can be compared."""
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case Enum():
            return str(value.value)
        case bool():
            return str(value).lower()
        case _:
            return ",".join(sorted(map(text, value))) if is_sequence(value) else str(value)


def _slot(clues: Mapping[str, str]) -> Pairs:
    start = datetime.fromisoformat(clues["start_time"])
    return (
        ("location_id", clues["location_id"]),
        ("start", asked_moment(start)),
        ("end", asked_moment(start + _MOMENT)),
        ("provider_ids[]", clues["provider_id"]),
    )


APPOINTMENTS: Final = Finder(
    "appointments",
    Appointment,
    (
        "appointment_type_id",
        "end_time",
        "is_guardian",
        "location_id",
        "operatory_id",
        "patient_id",
        "provider_id",
        "start_time",
        "unavailable",
    ),
    _slot,
    needed=("location_id", "provider_id", "start_time"),
)
PATIENT_ALERTS: Final = Finder(
    "patient_alerts",
    PatientAlert,
    ("note",),
    lambda _: (("include_disabled", "true"),),
    beside=("patient_id",),
    needed=("patient_id",),
    path=lambda clues: ("patients", clues["patient_id"], "alerts"),
    paged=False,
)
WEBHOOK_ENDPOINTS: Final = Finder("webhook_endpoints", WebhookEndpoint, ("target_url",), paged=False, practice=False)
WEBHOOK_SUBSCRIPTIONS: Final = Finder(
    "webhook_subscriptions",
    WebhookSubscription,
    ("webhook_endpoint_id", "resource_type", "event"),
    needed=("webhook_endpoint_id",),
    path=lambda clues: ("webhook_endpoints", clues["webhook_endpoint_id"], "webhook_subscriptions"),
    paged=False,
)
