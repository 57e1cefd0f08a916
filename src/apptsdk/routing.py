"""The portable verbs over several providers: whom a call is for, and the merging of what several give."""

from __future__ import annotations

from collections import deque
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

import attrs

from apptsdk.ahead import CIRCLE
from apptsdk.errors import ApptError, ConfigurationError, ResponseUnreadableError, UnsupportedError
from apptsdk.exchange import perform
from apptsdk.messages import remark
from apptsdk.moments import instant
from apptsdk.operation import AllOf, Elsewhere, Flow, Listing, Outcome, Page, whole_number
from apptsdk.registry import PROVIDERS
from apptsdk.scheduling import ATTEMPTS, AnyAppointment, AnySlot, Capability, Minutes
from apptsdk.shapes import is_sequence
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    Cancellation,
    CancelReason,
    Channel,
    Customer,
    Host,
    Hosts,
    Location,
    Locations,
    Service,
    Services,
    Slot,
    SlotRef,
)
from apptsdk.verbs import (
    MOST_ATTEMPTS,
    Scheduling,
    checked_attempt,
    first_available,
    is_appointment,
    is_slot,
    ref_from,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from apptsdk.account import Account
    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Script, Steps, Work
    from apptsdk.options import Options

T = TypeVar("T", Slot[object], Appointment[object])
R = TypeVar("R")
OnError: TypeAlias = Literal["raise", "warn"]
_ON_ERROR: Final = ("raise", "warn")
Order: TypeAlias = Literal["start", "arrival"]
_ORDERS: Final = ("start", "arrival")
PATIENCE: Final = 5.0
_LONGEST: Final = 600.0


@attrs.frozen(kw_only=True)
class Member:
    """One provider's client, as the verbs here need it.

    Args:
        name: The provider's name.
        scheduling: Its mapping. What its scope and its options are, only it knows.
        scope: What its settings say about every call.
        account: Its account.
        options: Its options.
    """

    name: str
    scheduling: Scheduling[Any, Any, Any, Any]
    scope: Any
    account: Account
    options: Options

    def at(self, work: Work[R]) -> Elsewhere[R]:
        """Give a work of this member's, for a flow."""

        def steps(random: Callable[[], float], reads_only: bool) -> Steps[R]:
            return perform(work, self.account, self.options, random, reads_only)

        return Elsewhere(work.name, steps)


@attrs.frozen
class Members:
    """The providers that a client has.

    Args:
        by_name: The members, in the order in which they were configured.
    """

    by_name: Mapping[str, Member]

    def of(self, value: object, argument: str) -> Member:
        """Find whose a slot or an appointment is.

        Args:
            value: The slot, the appointment, a ref, or its text.
            argument: The argument's name, for the message.

        Returns:
            The member.

        Raises:
            TypeError: It is none of these.
            ValueError: It names no provider.
            ConfigurationError: Its provider is not configured.
        """
        if isinstance(value, str):
            if argument == "slot":
                return self.named(ref_from(SlotRef, value, argument).provider)
            return self.named(ref_from(AppointmentRef, value, argument).provider)
        if not isinstance(value, SlotRef | AppointmentRef) and not is_slot(value) and not is_appointment(value):
            raise TypeError(f"{argument} must be one that was found, its ref, or the text of that, not {_kind(value)}.")
        return self.named(value.provider)

    def named(self, provider: str) -> Member:
        """Find a provider.

        Args:
            provider: Its name.

        Returns:
            The member.

        Raises:
            ConfigurationError: It is not configured.
        """
        found = self.by_name.get(provider)
        if found is None:
            raise ConfigurationError(
                f"{provider} is not configured here; these are: {', '.join(self.by_name)}.", provider=provider
            )
        return found

    def asked(self, **given: object) -> dict[str, dict[str, object]]:
        """Share out what names services, hosts and locations, among the providers that can be meant.

        Args:
            **given: The arguments, by their names: an object with a provider, a `provider:id`, or several.

        Returns:
            By provider, its share. A provider for which one of the arguments has nothing is left out.

        Raises:
            TypeError: One of them is of the wrong type.
            ValueError: One is empty, or names no provider where several could be meant, or they are of different ones.
        """
        shares = {name: dict[str, list[object]]() for name in self.by_name}
        for argument, value in given.items():
            if value is None:
                continue
            several = value if is_sequence(value) else (value,)
            if not several:
                raise ValueError(f"{argument} is empty: leave it out for any.")
            for one in several:
                provider, own = self.split(one, argument)
                shares[provider].setdefault(argument, []).append(own)
        wanted = [argument for argument, value in given.items() if value is not None]
        meant: dict[str, dict[str, object]] = {
            name: {
                argument: tuple(found) if is_sequence(given[argument]) else found[0]
                for argument, found in share.items()
            }
            for name, share in shares.items()
            if all(argument in share for argument in wanted)
        }
        if not meant:
            raise ValueError(f"{' and '.join(wanted)} are of different providers: nobody is meant by all of them.")
        return meant

    def split(self, value: object, argument: str) -> tuple[str, object]:
        """Tell whose something is that was read, or that is named as `provider:id`.

        Args:
            value: It.
            argument: The argument's name, for the message.

        Returns:
            The provider's name, and what is the provider's own of it.

        Raises:
            TypeError: It is neither text nor one of the shared classes.
            ValueError: It names no provider, where several could be meant.
            ConfigurationError: Its provider is not configured.
        """
        provider: object = getattr(value, "provider", None)
        if isinstance(value, bool) or not isinstance(value, str | int | Service | Host | Location | Customer):
            raise TypeError(
                f"{argument} must be a {argument.capitalize()}, or its id, not {_kind(value)}. "
                f'Of what is a provider\'s own, pass the id: f"{next(iter(self.by_name))}:{{it.id}}".'
            )
        if isinstance(value, str) and value.partition(":")[0] in PROVIDERS:  # a name may hold a colon, too
            provider, _, value = value.partition(":")
        if provider is None and len(self.by_name) == 1:
            provider = next(iter(self.by_name))
        if provider is None:
            first = next(iter(self.by_name))
            how = f'write it before the id, as in "{first}:1402"'
            if isinstance(value, Customer):
                how = f'pass one that was read, or Customer(provider="{first}", id=...)'
            raise ValueError(f"{argument} names no provider: {how}. Configured are: {', '.join(self.by_name)}.")
        return self.named(str(provider)).name, value


def find_slots(
    members: Members,
    *,
    start: datetime,
    end: datetime,
    service: Services | None = None,
    host: Hosts | None = None,
    location: Locations | None = None,
    duration: Minutes | None = None,
    order: Order = "start",
    patience: float = PATIENCE,
    on_error: OnError = "raise",
) -> Listing[Slot[object]]:
    """Find times that can be booked, at all providers that are meant, in the order of their start.

    The providers are asked at the same time. Who stops reading asks for no more; with `order="arrival"` up to a page
    of each provider has been asked for in vain.

    Args:
        members: The providers.
        start: From when on the slots begin, an aware datetime.
        end: Before when they begin.
        service: For what: services that were read, or their ids as `provider:id`. It says which providers are asked.
        host: With whom, likewise.
        location: Where, likewise.
        duration: How long: a timedelta of whole minutes, or minutes; the service's own by default.
        order: `"start"`, or `"arrival"`: pages are given as they come, a fast provider's before a slow one's.
        patience: Seconds that are waited for each page of a provider; a later one counts as failed. Nobody is waited
            for where the order is that of arrival.
        on_error: What a provider leads to that fails: `"raise"` its error, or `"warn"` and go on without it.

    Returns:
        A lazy list.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, or names no provider.
        ConfigurationError: A provider that is named is not configured.
        UnsupportedError: A provider that is named lists no slots, or none of those configured does.
    """
    _check_merging(patience, on_error, order)
    shares = members.asked(service=service, host=host, location=location)
    named = any(value is not None for value in (service, host, location))
    lists: dict[str, Listing[Slot[object]]] = {}
    for name, share in shares.items():
        member = members.named(name)
        if named or _can(member, Capability.FIND_SLOTS) or len(shares) == 1:
            lists[name] = member.scheduling.find_slots(
                member.scope, start=start, end=end, duration=duration, **_unpacked(share)
            )
    return _merged("client.find_slots", members, lists, patience=patience, on_error=on_error, order=order)


def list_appointments(
    members: Members,
    *,
    start: datetime,
    end: datetime,
    customer: Customer | None = None,
    host: Hosts | None = None,
    location: Locations | None = None,
    include_cancelled: bool = False,
    order: Order = "start",
    patience: float = PATIENCE,
    on_error: OnError = "raise",
) -> Listing[Appointment[object]]:
    """List the appointments that begin within a time, at all providers that are meant.

    The providers are asked at the same time. Each one's come in its own order, which not every vendor makes that of
    their start.

    Args:
        members: The providers.
        start: From when on they begin, an aware datetime.
        end: Before when they begin.
        customer: Whose; a customer that was read. Only its provider is asked.
        host: With whom: hosts that were read, or their ids as `provider:id`. It says which providers are asked.
        location: Where, likewise.
        include_cancelled: Whether cancelled ones are listed, too, by the providers that can.
        order: `"start"`, or `"arrival"`: pages are given as they come, a fast provider's before a slow one's.
        patience: Seconds that are waited for each page of a provider; a later one counts as failed. Nobody is waited
            for where the order is that of arrival.
        on_error: What a provider leads to that fails: `"raise"` its error, or `"warn"` and go on without it.

    Returns:
        A lazy list.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, or names no provider.
        ConfigurationError: A provider that is named is not configured.
        UnsupportedError: A provider that is named lists none, or none of those configured does.
    """
    _check_merging(patience, on_error, order)
    shares = members.asked(host=host, location=location)
    if customer is not None:
        whose, _ = members.split(customer, "customer")
        if whose not in shares:
            raise ValueError(f"customer is {whose}'s, and what else is given is not.")
        shares = {whose: shares[whose]}
    named = any(value is not None for value in (customer, host, location))
    lists: dict[str, Listing[Appointment[object]]] = {}
    for name, share in shares.items():
        member = members.named(name)
        if named or _can(member, Capability.LIST) or len(shares) == 1:
            cancelled = include_cancelled and (named or _can(member, Capability.LIST_CANCELLED))
            lists[name] = member.scheduling.list_appointments(
                member.scope, start=start, end=end, customer=customer, include_cancelled=cancelled, **_unpacked(share)
            )
    return _merged("client.list_appointments", members, lists, patience=patience, on_error=on_error, order=order)


def book(
    members: Members,
    slot: AnySlot,
    customer: Customer,
    *,
    notes: str | None = None,
    channel: Channel | None = None,
    reference: str | None = None,
    notify: bool | None = None,
    check_conflicts: bool = True,
    options: object = None,
) -> Flow[Appointment[object]]:
    """Book a slot for a customer, once, at the provider whose slot it is.

    The request is never repeated once a byte of it has left. If its answer is lost, the booking is looked for at the
    provider, and returned as `recovered`, or `OutcomeUnknownError` says how to find out.

    Args:
        members: The providers.
        slot: The slot: one that was found, one made by hand, what names it (`slot.ref`), or that as text.
        customer: Whose appointment it is. With an id, that customer of the provider's; else one is found or made.
        notes: Notes; dropped with a warning where the provider keeps none.
        channel: How the customer is met.
        reference: Your own reference; dropped with a warning where the provider keeps none.
        notify: Whether the provider writes to the customer; the provider's own way by default.
        check_conflicts: Whether a provider that lets two have the same time is looked at for others, before and after.
        options: The options of the slot's provider, such as a `ClinikoBooking`.

    Returns:
        The appointment.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
        ConfigurationError: The slot's provider is not configured.
        UnsupportedError: The provider is told no channel, or cannot be told whom to write to; nothing was sent.
        SlotUnavailableError: The time is taken, or outside what the provider accepts.
        AmbiguousCustomerError: Several customers could be meant; see its `candidates`.
        OutcomeUnknownError: It may have been booked; nobody could say.
    """
    member = members.of(slot, "slot")
    work = member.scheduling.book(
        member.scope,
        slot,
        customer,
        notes=notes,
        channel=channel,
        reference=reference,
        notify=notify,
        check_conflicts=check_conflicts,
        options=options,
    )
    return _at(member, "client.book", work)


def get_appointment(members: Members, appointment: AnyAppointment) -> Flow[Appointment[object]]:
    """Read an appointment again.

    Args:
        members: The providers.
        appointment: The appointment, what names it (`appointment.ref`), or that as text.

    Returns:
        The appointment as it is now.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: The ref is malformed.
        ConfigurationError: Its provider is not configured.
        UnsupportedError: The provider reads none.
        NotFoundError: There is none.
        NoResultError: It is not in its calendar (any more).
    """
    member = members.of(appointment, "appointment")
    return _at(member, "client.get_appointment", member.scheduling.get_appointment(member.scope, appointment))


def resolve_booking(members: Members, attempt: BookingAttempt) -> Flow[Appointment[object] | None]:
    """Ask what became of a booking whose answer was lost, in this process or another.

    Args:
        members: The providers.
        attempt: The attempt that an `OutcomeUnknownError` carries, of `book`, `book_first_available`, or of a
            `reschedule` that books anew.

    Returns:
        The appointment as it is now, marked as recovered; None where nothing is to be found (yet).

    Raises:
        TypeError: It is no attempt.
        ConfigurationError: Its provider is not configured.
        UnsupportedError: The provider looks nothing up.
        NoResultError: The attempt was to make something else, such as the customer, and nothing was booked:
            `attempt.resolve(client)` gives that.
        OutcomeUnknownError: Several appointments could be the one; see its `candidates`.
    """
    member = members.named(checked_attempt(attempt).provider)
    return _at(member, "client.resolve_booking", member.scheduling.resolve_booking(member.scope, attempt))


def cancel(
    members: Members, appointment: AnyAppointment, *, reason: CancelReason | None = None, note: str | None = None
) -> Flow[Cancellation]:
    """Cancel an appointment. Repeating it is harmless.

    Args:
        members: The providers.
        appointment: The appointment, what names it (`appointment.ref`), or that as text.
        reason: Why; dropped with a warning where the provider keeps none.
        note: A note on it; dropped likewise.

    Returns:
        What it led to.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: The ref is malformed.
        ConfigurationError: Its provider is not configured.
        NotFoundError: There is none (any more).
        APIStatusError: The provider refuses it: it is cancelled already, or its status does not allow it.
        OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
    """
    member = members.of(appointment, "appointment")
    work = member.scheduling.cancel(member.scope, appointment, reason=reason, note=note)
    return _at(member, "client.cancel", work)


def reschedule(
    members: Members,
    appointment: AnyAppointment,
    slot: AnySlot,
    *,
    notify: bool | None = None,
    options: object = None,
) -> Flow[Appointment[object]]:
    """Move an appointment to another slot of its provider's. Its ref may change.

    Where the provider moves in place, so it is. Where not, the new one is booked first, and the old one cancelled
    afterwards: a failure in between names both, and never loses the old one.

    Args:
        members: The providers.
        appointment: The appointment, what names it, or that as text.
        slot: The new slot, what names it, or that as text.
        notify: Whether the provider writes to the customer; the provider's own way by default.
        options: The options of the provider, such as a `ClinikoBooking`.

    Returns:
        The appointment as it is now; another one, where the provider does not move in place.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
        ConfigurationError: The provider is not configured.
        UnsupportedError: The provider cannot do it with what was given; nothing was sent.
        SlotUnavailableError: The time is taken; nothing changed. The old appointment may be what is in the way.
        NotCancelledError: The new one is booked, and the old one could not be cancelled; or it was moved onto the time
            of another, and could not be moved back. Both are named.
        OutcomeUnknownError: It may have been moved, or the new one booked; the old one stands until then.
    """
    member = members.of(appointment, "appointment")
    work = member.scheduling.reschedule(member.scope, appointment, slot, notify=notify, options=options)
    return _at(member, "client.reschedule", work)


def book_first_available(
    members: Members,
    customer: Customer,
    *,
    start: datetime,
    end: datetime,
    service: Services,
    host: Hosts | None = None,
    location: Locations | None = None,
    duration: Minutes | None = None,
    attempts: int = ATTEMPTS,
    notes: str | None = None,
    channel: Channel | None = None,
    reference: str | None = None,
    notify: bool | None = None,
    check_conflicts: bool = True,
    options: object = None,
    patience: float = PATIENCE,
    on_error: OnError = "raise",
) -> Flow[Appointment[object]]:
    """Book the first slot that is free at any provider that is meant; the next one where it is taken. Never two.

    Args:
        members: The providers.
        customer: Whose appointment it is; one made by hand, unless only its own provider is meant.
        start: From when on, an aware datetime.
        end: Before when.
        service: For what: services that were read, or their ids as `provider:id`. It says which providers are asked.
        host: With whom, likewise.
        location: Where, likewise.
        duration: How long: a timedelta of whole minutes, or minutes; the service's own by default.
        attempts: How many slots are tried at most: from 1 to 100.
        notes: Notes; dropped with a warning where the provider keeps none.
        channel: How the customer is met. Slots that do not offer it are passed over.
        reference: Your own reference; dropped with a warning where the provider keeps none.
        notify: Whether the provider writes to the customer; the provider's own way by default.
        check_conflicts: As in `book`.
        options: The options of the provider, where only one is meant.
        patience: Seconds that are waited for each page of a provider; a later one counts as failed.
        on_error: What a provider leads to that fails while slots are looked for: `"raise"` its error, or `"warn"`.

    Returns:
        The appointment.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
        ConfigurationError: A provider that is named is not configured.
        UnsupportedError: A provider lists no slots, or is told no channel, or cannot be told whom to write to.
        NoResultError: There is no slot.
        SlotUnavailableError: All that were tried were taken meanwhile.
        AmbiguousCustomerError: Several customers could be meant; see its `candidates`.
        OutcomeUnknownError: One may have been booked; nobody could say. No other is tried then.
    """
    whole_number(attempts, "attempts", 1, MOST_ATTEMPTS)
    found = find_slots(
        members,
        start=start,
        end=end,
        service=service,
        host=host,
        location=location,
        duration=duration,
        patience=patience,
        on_error=on_error,
    )

    def booked(slot: Slot[object], known: Customer | None) -> Flow[Appointment[object]]:
        member = members.named(slot.provider)  # what was warned of once is not warned of at every try
        return book(
            members,
            slot,
            known or customer,
            notes=notes if _can(member, Capability.NOTES) else None,
            channel=channel,
            reference=reference if _can(member, Capability.REFERENCE) else None,
            notify=notify,
            check_conflicts=check_conflicts,
            options=options,
        )

    meant = members.asked(service=service, host=host, location=location)
    if isinstance(customer, Customer) and customer.id is not None and customer.provider is None and len(meant) > 1:
        raise ValueError(
            f"customer has an id and no provider, and {', '.join(meant)} are meant: an id is somebody else's at each."
        )
    for name, share in meant.items():
        # What is wrong with the arguments is told before anything is sent.
        member = members.named(name)
        member.scheduling.check_booking(
            member.scope,
            customer,
            service=_unpacked(share).get("service"),
            notes=notes,
            channel=channel,
            reference=reference,
            notify=notify,
            options=options,
        )
    return first_available("client.book_first_available", found, booked, attempts, channel)


VERBS: Final = (
    find_slots,
    book,
    get_appointment,
    resolve_booking,
    list_appointments,
    cancel,
    reschedule,
    book_first_available,
)


def _kind(value: object) -> str:
    return type(value).__name__


def _can(member: Member, capability: Capability) -> bool:
    return capability in member.scheduling.capabilities(member.scope)


def _unpacked(share: Mapping[str, object]) -> dict[str, Any]:
    """A provider's share of the arguments. What they hold, its own verb checks."""
    return dict(share)


def _at(member: Member, name: str, work: Work[R]) -> Flow[R]:
    def script() -> Script[R]:
        return (yield from member.at(work))

    return Flow(name, script)


def _check_merging(patience: object, on_error: object, order: object) -> None:
    if isinstance(patience, bool) or not isinstance(patience, int | float):
        raise TypeError(f"patience must be a number of seconds, not {_kind(patience)}.")
    if not 0 < patience <= _LONGEST:
        raise ValueError(f"patience must be above 0 and at most {_LONGEST:g} seconds.")
    if on_error not in _ON_ERROR:
        raise ValueError("on_error must be 'raise' or 'warn'.")
    if order not in _ORDERS:
        raise ValueError("order must be 'start' or 'arrival'.")


# --- merging ---------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Stream(Generic[T]):
    """One provider's list, as far as it was read."""

    member: Member
    listing: Listing[T]
    cursor: str | None = None
    items: tuple[T, ...] = ()
    ended: bool = False
    seen: frozenset[str] = frozenset()
    answered: bool = False
    failed: ApptError | None = None

    @property
    def is_dry(self) -> bool:
        """Whether nothing is known of what comes next."""
        return not self.items and not self.ended


class _Cursor(str):
    """A text that can be referred to weakly."""

    __slots__ = ("__weakref__",)


def _merged(
    name: str,
    members: Members,
    lists: Mapping[str, Listing[T]],
    *,
    patience: float,
    on_error: OnError,
    order: Order,
) -> Listing[T]:
    """Merge lists in the order of their start: a page is what is certain to come next. Or as their pages arrive."""
    if not lists:
        those = f"{name.partition('.')[2]}: {', '.join(members.by_name)}"
        raise UnsupportedError(f"None of the providers that are configured here has {those}.", operation=name)
    first = tuple(_Stream(members.named(one), listing, listing.cursor) for one, listing in lists.items())

    numbers = count(1)
    # For those who stop reading, nothing is kept: it goes with their cursor.
    runs = WeakKeyDictionary[str, tuple[_Stream[T], ...]]()

    def page(cursor: str | None) -> Flow[Page[T]]:
        streams = first if cursor is None else runs.get(cursor) if isinstance(cursor, _Cursor) else None
        if streams is None:
            raise ValueError("cursor is not the .cursor of a page of this list.")

        def script() -> Script[Page[T]]:
            now = list(streams)
            while any(stream.is_dry for stream in now):
                now = yield from _filled(now, patience, on_error)
            items, rest = _certain(now)
            if all(stream.ended and not stream.items for stream in rest):
                return Page(items)
            following = _Cursor(next(numbers))
            runs[following] = rest
            return Page(items, following)

        return Flow(name, script)

    if order == "arrival":
        return Listing(name, page, parts=tuple(_part(members.named(one), lists[one], on_error) for one in lists))
    return Listing(name, page)


def _part(member: Member, listing: Listing[T], on_error: OnError) -> Listing[T]:
    """One provider's list, read for itself."""

    def page(cursor: str | None) -> Flow[Page[T]]:
        return _at(member, listing.name, listing.page(cursor))

    def forgive(error: BaseException) -> None:
        _left_out(member, error, on_error)

    return Listing(listing.name, page, listing.cursor, forgive=forgive)


def _left_out(member: Member, error: BaseException, on_error: OnError) -> ApptError:
    """Say that a provider is left out, or raise what it failed with."""
    if on_error == "raise" or not isinstance(error, ApptError):
        raise error
    remark(f"{member.name} is left out: {error}")
    return error


def _filled(streams: Sequence[_Stream[T]], patience: float, on_error: OnError) -> Script[list[_Stream[T]]]:
    """Read the next page of every stream that is dry, all at the same time."""
    dry = [stream for stream in streams if stream.is_dry]
    works = tuple(stream.member.at(stream.listing.page(stream.cursor)) for stream in dry)
    # Where nobody else waits, one has all the time that its own client has.
    outcomes = (yield from AllOf(works, patience)) if len(streams) > 1 else ((yield from _outcome(works[0])),)
    read: dict[str, _Stream[T]] = {}
    for stream, outcome in zip(dry, outcomes, strict=True):
        read[stream.member.name] = _read_on(stream, outcome, on_error)
    now = [read.get(stream.member.name, stream) for stream in streams]
    for stream in now:
        # An empty list would say that all were asked.
        if stream.failed is not None and not any(one.answered for one in now) and all(one.ended for one in now):
            raise stream.failed
    return now


def _outcome(work: Elsewhere[R]) -> Script[Outcome[R]]:
    try:
        return Outcome((yield from work))
    except ApptError as error:
        return Outcome(error=error)


def _read_on(stream: _Stream[T], outcome: Outcome[Page[T]], on_error: OnError) -> _Stream[T]:
    error = outcome.error
    if error is None:
        page, name = outcome.get(), stream.listing.name
        if page.cursor is None:
            return attrs.evolve(stream, items=page.items, cursor=None, ended=True, answered=True)
        if page.cursor in stream.seen:
            raise ResponseUnreadableError(f"{name}: {CIRCLE}", provider=stream.member.name, operation=name)
        seen = stream.seen | {page.cursor}
        return attrs.evolve(stream, items=page.items, cursor=page.cursor, seen=seen, answered=True)
    return attrs.evolve(stream, ended=True, failed=_left_out(stream.member, error, on_error))


def _certain(streams: Sequence[_Stream[T]]) -> tuple[tuple[T, ...], tuple[_Stream[T], ...]]:
    """Take what comes next, until one stream that goes on has nothing more to compare with."""
    waiting = [deque(stream.items) for stream in streams]
    taken: list[T] = []
    while any(waiting) and all(items or stream.ended for items, stream in zip(waiting, streams, strict=True)):
        best = min((items for items in waiting if items), key=lambda items: instant(items[0].start))
        taken.append(best.popleft())
    rest = tuple(attrs.evolve(stream, items=tuple(items)) for stream, items in zip(streams, waiting, strict=True))
    return tuple(taken), rest
