"""A Cliniko resource as data: its path, its model, its inputs. The usual verbs follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

import attrs

from apptsdk import urls
from apptsdk.models import Id, Model
from apptsdk.operation import Effect, Flow, Listing, Operation, Page
from apptsdk.providers.cliniko.filters import Filters, NoFilters, fields_of
from apptsdk.providers.cliniko.models import CancellationReason
from apptsdk.providers.cliniko.queries import Query, flag
from apptsdk.providers.cliniko.recovery import changed, made, stamped
from apptsdk.providers.cliniko.wire import ENCODING, identifier, nothing, object_in, one_of, page_of
from apptsdk.shapes import is_object, is_sequence
from apptsdk.wire import Undecodable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apptsdk.http import Response
    from apptsdk.models import BookingAttempt


FILLED_IN: Final = frozenset({"duration_in_minutes", "ends_at", "max_attendees"})
"""What the vendor fills in where it is left out: then nothing is known of it. Other fields are empty."""


@attrs.frozen
class Nothing:
    """The input of a verb that the resource does not have."""


M = TypeVar("M", bound=Model)
T = TypeVar("T")
C = TypeVar("C")
U = TypeVar("U")
L = TypeVar("L", bound=Query)
G = TypeVar("G", bound=Query)


@attrs.frozen
class Resource(Generic[M, C, U, L, G]):
    """A resource with the vendor's usual verbs.

    Args:
        name: The path, which is also the key in its lists.
        one: One of what it holds, with its article, for docstrings, in which `{one}` and `{many}` are filled in.
        model: What it holds.
        create_input: What `create` takes; `Nothing` where there is no `create`.
        update_input: What `update` takes; `Nothing` where there is no `update`.
        list_query: What `list` takes.
        get_query: What `get` takes.
        filters: The fields by which its lists can be filtered.
        clues: The fields of a `create` by which its object is found again where the answer was lost, those too that
            were left out; none where it cannot be found.
        slot: What a `create` takes up, for people, with the body's fields in braces.
    """

    name: str
    one: str
    model: type[M]
    create_input: type[C]
    update_input: type[U]
    list_query: type[L]
    get_query: type[G]
    filters: Filters = attrs.field(factory=NoFilters, kw_only=True)
    clues: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    slot: str | None = attrs.field(default=None, kw_only=True)

    @property
    def many(self) -> str:
        """What it holds, in the plural."""
        return self.name.replace("_", " ")

    def list(self, query: L) -> Listing[M]:
        """List {many}, page by page as they are read; by default in the order in which they were made.

        Args:
            query: The filters.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return listed(self.name, page_of(self.model, self.name), query, self.filters)

    def get(self, id: Id, query: G) -> Operation[M]:  # noqa: A002 - the field's name
        """Get {one}.

        Args:
            id: Its id.
            query: What else to look among.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return Operation(self._verb("get"), "GET", self._one(id), one_of(self.model), Effect.SAFE, query=query.pairs())

    def create(self, body: C) -> Operation[M]:
        """Create {one}.

        Args:
            body: Its fields.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        encoded = ENCODING.encode(body)
        clues = {name: _clue(encoded.get(name)) for name in self.clues if name in encoded or name not in FILLED_IN}
        return Operation(
            self._verb("create"),
            "POST",
            urls.path(self.name),
            one_of(self.model),
            Effect.NEITHER,
            body=encoded,
            clues=clues,
            slot=self.slot.format_map(encoded) if self.slot else None,
            recover=self.made_by if any(clues.values()) else None,
        )

    def update(self, id: Id, body: U) -> Operation[M]:  # noqa: A002 - the field's name
        """Change {one}. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            body: The fields to change.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        encoded = ENCODING.encode(body)
        if not encoded:
            raise ValueError("There is nothing to update: give at least one field.")
        # What a changed rule does to occurrences that exist is not documented: it may make them, twice if asked twice.
        effect = Effect.NEITHER if "repeat_rule" in encoded else Effect.IDEMPOTENT
        look = Operation(self._verb("get"), "GET", self._one(id), one_of(self.model), Effect.SAFE)
        # A list or an object that was written is not read as it was: then nothing can be compared.
        plain = effect is Effect.IDEMPOTENT and not any(is_sequence(one) or is_object(one) for one in encoded.values())
        return Operation(
            self._verb("update"),
            "PATCH",
            self._one(id),
            one_of(self.model),
            effect,
            body=encoded,
            recover=(lambda _: changed(look, encoded)) if plain else None,
        )

    def archive(self, id: Id) -> Operation[None]:  # noqa: A002 - the field's name
        """Archive {one}: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        return self.settled(id, "archive", "POST", "archived_at")

    def unarchive(self, id: Id) -> Operation[M]:  # noqa: A002 - the field's name
        """Bring {one} back out of the archive.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none.
        """
        path = self._one(id, "unarchive")
        return Operation(self._verb("unarchive"), "POST", path, one_of(self.model), Effect.IDEMPOTENT)

    def cancel(
        self,
        id: Id,  # noqa: A002 - the field's name
        *,
        reason: CancellationReason,
        note: str | None = None,
        apply_to_repeats: bool = False,
    ) -> Operation[None]:
        """Cancel {one}. There is no way to undo it, and it is hidden from then on.

        Args:
            id: Its id.
            reason: Why; the vendor demands one.
            note: A note on it, for staff.
            apply_to_repeats: Whether its later occurrences are cancelled too.

        Raises:
            ValueError: The id is malformed, or the reason is one that the vendor no longer takes.
            NotFoundError: There is none, or it is cancelled already.
        """
        if not isinstance(reason, int):
            raise TypeError("reason must be a CancellationReason, such as CancellationReason.SICK.")
        reason = CancellationReason(reason)
        if not reason.is_known or reason is CancellationReason.COVID_19:
            raise ValueError("reason must be one that the vendor takes: 10, 20, 30, 40, 50 or 60.")
        if note is not None and not isinstance(note, str):
            raise TypeError(f"note must be str, not {type(note).__name__}.")
        body = {
            "cancellation_reason": reason.value,
            "cancellation_note": note,
            "apply_to_repeats": flag(apply_to_repeats, "apply_to_repeats"),
        }
        return self.settled(id, "cancel", "PATCH", "cancelled_at", body)

    def conflicts(self, id: Id) -> Operation[bool]:  # noqa: A002 - the field's name
        """Tell whether a booking or an unavailable block overlaps with {one}. The vendor allows double bookings.

        Args:
            id: Its id.

        Returns:
            Whether there is a conflict; the vendor does not say with what.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return Operation(self._verb("conflicts"), "GET", self._one(id, "conflicts"), _exist, Effect.SAFE)

    def made_by(self, attempt: BookingAttempt) -> Flow[Sequence[M]]:
        """Find what a `create` made whose answer was lost.

        Args:
            attempt: The attempt.

        Returns:
            A flow that gives all objects that could be the one.
        """
        return made(self.name, self.model, fields_of(self.filters), attempt)

    def settled(self, id: Id, verb: str, method: str, stamp: str, body: object = None) -> Operation[None]:  # noqa: A002
        """Make an operation that hides an object. If its answer is lost, the object's time stamp tells.

        Args:
            id: The object's id.
            verb: The verb, which is also the last segment of the path.
            method: The HTTP method.
            stamp: The field that is set once it is done.
            body: The JSON body.

        Returns:
            The operation.
        """
        return Operation(
            self._verb(verb),
            method,
            self._one(id, verb),
            nothing,
            Effect.IDEMPOTENT,
            body=body,
            recover=lambda _: stamped(self.name, self._one(id), stamp),
        )

    def _verb(self, verb: str) -> str:
        return f"cliniko.{self.name}.{verb}"

    def _one(self, id: Id, *rest: str) -> str:  # noqa: A002 - the field's name
        return urls.path(self.name, identifier(id, "id"), *rest)


def listed(resource: str, read: Callable[[Response], Page[T]], query: Query, filters: Filters) -> Listing[T]:
    """Make a list.

    Args:
        resource: The resource's name.
        read: Reads a page.
        query: What is asked for.
        filters: The fields by which it can be filtered.

    Returns:
        The list.
    """
    query.check(resource, filters)
    name, path, pairs = f"cliniko.{resource}.list", query.path(resource), query.pairs()

    def page(cursor: str | None) -> Operation[Page[T]]:
        if cursor is None:
            return Operation(name, "GET", path, read, Effect.SAFE, query=pairs)
        return Operation(name, "GET", path, read, Effect.SAFE, link=cursor)

    return Listing(name, page, query.start(), query.ahead())


def _clue(value: object) -> str:
    return "" if value is None else str(value)


def _exist(response: Response) -> bool:
    conflicts = object_in(response).get("conflicts")
    exist = conflicts.get("exist") if is_object(conflicts) else None
    if not isinstance(exist, bool):
        raise Undecodable("conflicts.exist: not a boolean")
    return exist
