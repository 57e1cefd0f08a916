"""The portable verbs at work: what they check for every provider, and what each provider maps.

A provider's `scheduling` module is a class of this kind: the verbs here check the arguments, refuse what the provider
cannot do before anything is sent, and hand plain questions to the mapping below them. The facades are written from the
verbs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeGuard, TypeVar

import attrs

from apptsdk import customers
from apptsdk.errors import NoResultError, SlotUnavailableError, UnsupportedError
from apptsdk.inputs import text
from apptsdk.messages import remark
from apptsdk.models import BookingAttempt
from apptsdk.moments import aware, instant
from apptsdk.operation import Flow, Listing, whole_number
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
from apptsdk.urls import plain_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from apptsdk.operation import Script, Work

SN = TypeVar("SN")
"""The provider's own slots."""
AN = TypeVar("AN")
"""The provider's own appointments."""
B = TypeVar("B")
"""The provider's own options of a booking."""
S = TypeVar("S")
"""What a client's settings say about every call; None where they say nothing."""
E = TypeVar("E", Service, Host, Location)
R = TypeVar("R")
N = TypeVar("N")
K = TypeVar("K", SlotRef, AppointmentRef)

MOST_ATTEMPTS: Final = 100
_MINUTE: Final = timedelta(minutes=1)
_LONGEST: Final = 24 * 60
_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(9999, 1, 1, tzinfo=UTC)


@attrs.frozen(kw_only=True)
class SlotQuery:
    """Which slots are looked for; all of it checked.

    Args:
        start: From when on they begin.
        end: Before when they begin.
        services: For what; empty for anything.
        hosts: With whom; empty for anybody.
        locations: Where; empty for anywhere.
        duration: How long; None for the service's own.
    """

    start: datetime
    end: datetime
    services: tuple[Service, ...] = ()
    hosts: tuple[Host, ...] = ()
    locations: tuple[Location, ...] = ()
    duration: timedelta | None = None


@attrs.frozen(kw_only=True)
class AppointmentQuery:
    """Which appointments are listed; all of it checked.

    Args:
        start: From when on they begin.
        end: Before when they begin.
        customer: Whose; None for anybody's.
        hosts: With whom; empty for anybody.
        locations: Where; empty for anywhere.
        include_cancelled: Whether cancelled ones are listed, too.
    """

    start: datetime
    end: datetime
    customer: Customer | None = None
    hosts: tuple[Host, ...] = ()
    locations: tuple[Location, ...] = ()
    include_cancelled: bool = False


@attrs.frozen(kw_only=True)
class Booking(Generic[B]):
    """What is booked, beside the slot; all of it checked, and nothing in it that the provider lacks.

    Args:
        customer: Whose appointment it is.
        notes: Notes.
        channel: How the customer is met.
        reference: The caller's own reference.
        notify: Whether the customer is written to; None for the provider's own way.
        check_conflicts: Whether a provider that lets two have the same time is looked at for others.
        options: The provider's own options.
    """

    customer: Customer
    notes: str | None = None
    channel: Channel | None = None
    reference: str | None = None
    notify: bool | None = None
    check_conflicts: bool = True
    options: B | None = None


class Scheduling(ABC, Generic[S, SN, AN, B]):
    """One provider's mapping of the portable verbs, which has no state."""

    provider: ClassVar[str]
    books: ClassVar[str]
    """The operation that makes an appointment."""
    only_channel: ClassVar[Channel | None] = None
    """How every customer is met, where there is one way only: asking for it is no news to the provider."""
    slot_native: type[SN]
    """What `Slot.native` is. The facades name it."""
    native: type[AN]
    """What `Appointment.native` is."""
    options: type[B]
    """What `options=` takes."""

    # --- what a provider maps ----------------------------------------------------------------------------------------

    @abstractmethod
    def capabilities(self, scope: S) -> frozenset[Capability]:
        """Say what can be done."""

    @abstractmethod
    def slot_of(self, scope: S, ref: SlotRef) -> Slot[None]:
        """Make a slot of what names it. Raises ValueError where it names none."""

    @abstractmethod
    def check_ref(self, scope: S, ref: AppointmentRef) -> None:
        """Raise ValueError where a ref names no appointment of this provider's."""

    @abstractmethod
    def check_details(self, scope: S, booking: Booking[B], services: tuple[Service, ...]) -> None:
        """Raise what only this provider finds wrong with a booking, whatever its slot is.

        Before anything is sent: who the customer is and what attributes there are, the notes, the options. `services`
        are those that slots are looked for; empty where the slot is known, and `booked` looks at it.
        """

    @abstractmethod
    def look(self, scope: S, attempt: BookingAttempt) -> Work[object]:
        """Look for what an attempt made: the provider's own `resolve`."""

    @abstractmethod
    def key_of(self, scope: S, made: object) -> str:
        """Give the key of the ref of an appointment that was found so."""

    def is_same(self, scope: S, argument: str, one: str, other: str) -> bool:
        """Tell whether two ids of a service, a host or a location are the same one's."""
        del scope, argument
        return one == other

    @abstractmethod
    def booked(self, scope: S, slot: Slot[object], booking: Booking[B]) -> Work[Appointment[AN]]:
        """Book a slot. What is wrong with the arguments is told at once."""

    @abstractmethod
    def cancelled(
        self, scope: S, ref: AppointmentRef, reason: CancelReason | None, note: str | None
    ) -> Work[Cancellation]:
        """Cancel an appointment."""

    @abstractmethod
    def moved(
        self,
        scope: S,
        appointment: Appointment[object] | AppointmentRef,
        slot: Slot[object],
        notify: bool | None,
        options: B | None,
    ) -> Work[Appointment[AN]]:
        """Move an appointment to another slot."""

    def slots(self, scope: S, query: SlotQuery) -> Listing[Slot[SN]]:
        """List slots, in the order of their start. Providers without the capability leave this out."""
        raise NotImplementedError

    def read(self, scope: S, ref: AppointmentRef) -> Work[Appointment[AN]]:
        """Read an appointment. Providers without the capability leave this out."""
        raise NotImplementedError

    def listed(self, scope: S, query: AppointmentQuery) -> Listing[Appointment[AN]]:
        """List appointments. Providers without the capability leave this out."""
        raise NotImplementedError

    # --- the verbs ---------------------------------------------------------------------------------------------------

    def find_slots(
        self,
        scope: S,
        *,
        start: datetime,
        end: datetime,
        service: Services | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
    ) -> Listing[Slot[SN]]:
        """Find times that can be booked, in the order of their start.

        Nothing is held by asking. What each provider needs to know, and how it is asked, the docs say.

        Args:
            scope: Within what.
            start: From when on the slots begin, an aware datetime.
            end: Before when they begin.
            service: For what: a service, its id, or several.
            host: With whom: a host, its id, or several.
            location: Where: a location, its id, or several.
            duration: How long: a timedelta of whole minutes, or minutes; the service's own by default. Where a service
                says how long it takes, this chooses among those that are named, or among all.

        Returns:
            A lazy list.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
            UnsupportedError: The provider lists no slots; or none of the services that are named takes as long as
                `duration`, which is told before any slot is asked for: at once, where it is known.
            NotFoundError: What was named is not there; raised when the list is fetched.
        """
        self._need(scope, Capability.FIND_SLOTS, "find_slots", "book a Slot made by hand")
        return self.slots(
            scope, self._slot_query(start, end, service=service, host=host, location=location, duration=duration)
        )

    def book(
        self,
        scope: S,
        slot: AnySlot,
        customer: Customer,
        *,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: B | None = None,
    ) -> Flow[Appointment[AN]]:
        """Book a slot for a customer, once.

        The request is never repeated once a byte of it has left. If its answer is lost, the booking is looked for at
        the provider, and returned as `recovered`, or `OutcomeUnknownError` says how to find out.

        Args:
            scope: Within what.
            slot: The slot: one that was found, one made by hand, what names it (`slot.ref`), or that as text.
            customer: Whose appointment it is. With an id, that customer of the provider's; else one is found or made.
            notes: Notes; dropped with a warning where the provider keeps none.
            channel: How the customer is met.
            reference: Your own reference; dropped with a warning where the provider keeps none.
            notify: Whether the provider writes to the customer; the provider's own way by default.
            check_conflicts: Whether a provider that lets two have the same time is looked at for others, before and
                after.
            options: The provider's own options.

        Returns:
            The appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
            UnsupportedError: The provider is told no channel, or cannot be told whom to write to; nothing was sent.
            SlotUnavailableError: The time is taken, or outside what the provider accepts.
            AmbiguousCustomerError: Several customers could be meant; see its `candidates`.
            OutcomeUnknownError: It may have been booked; nobody could say.
        """
        where = self._slot(scope, slot)
        booking = self._booking(
            scope,
            customer,
            services=(),
            notes=notes,
            channel=channel,
            reference=reference,
            notify=notify,
            check_conflicts=check_conflicts,
            options=options,
        )
        if channel is not None and where.channels and channel not in where.channels:
            offered = ", ".join(one.name for one in where.channels)
            raise ValueError(f"channel is none that this slot offers: {offered}.")
        return self._flow("book", self.booked(scope, where, booking))

    def get_appointment(self, scope: S, appointment: AnyAppointment) -> Flow[Appointment[AN]]:
        """Read an appointment again.

        Args:
            scope: Within what.
            appointment: The appointment, what names it (`appointment.ref`), or that as text.

        Returns:
            The appointment as it is now.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The ref is malformed, or another provider's.
            UnsupportedError: The provider reads none.
            NotFoundError: There is none.
            NoResultError: It is not in its calendar (any more).
        """
        self._need(scope, Capability.GET, "get_appointment", "keep what book returned")
        work = self.read(scope, self._ref(scope, appointment))
        return self._flow("get_appointment", work)

    def resolve_booking(self, scope: S, attempt: BookingAttempt) -> Flow[Appointment[AN] | None]:
        """Ask what became of a booking whose answer was lost, in this process or another.

        Args:
            scope: Within what.
            attempt: The attempt that an `OutcomeUnknownError` carries, of `book`, `book_first_available`, or of a
                `reschedule` that books anew.

        Returns:
            The appointment as it is now, marked as recovered; None where nothing is to be found (yet).

        Raises:
            TypeError: It is no attempt.
            ValueError: The attempt belongs to another provider.
            UnsupportedError: The provider looks nothing up.
            NoResultError: The attempt was to make something else, such as the customer, and nothing was booked:
                `attempt.resolve(client)` gives that.
            OutcomeUnknownError: Several appointments could be the one; see its `candidates`.
        """
        if checked_attempt(attempt).provider == self.provider and attempt.operation != self.books:
            raise NoResultError(
                f"{attempt.operation} makes no appointment: nothing was booked by this attempt. "
                "attempt.resolve(client) gives what it made; then book again.",
                provider=self.provider,
                operation=f"{self.provider}.resolve_booking",
            )
        look = self.look(scope, attempt)

        def script() -> Script[Appointment[AN] | None]:
            made = yield from look
            if made is None:
                return None
            read = yield from self.read(scope, AppointmentRef(self.provider, self.key_of(scope, made)))
            return attrs.evolve(read, recovered=True)

        return Flow(f"{self.provider}.resolve_booking", script)

    def list_appointments(
        self,
        scope: S,
        *,
        start: datetime,
        end: datetime,
        customer: Customer | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        include_cancelled: bool = False,
    ) -> Listing[Appointment[AN]]:
        """List the appointments that begin within a time.

        Args:
            scope: Within what.
            start: From when on they begin, an aware datetime.
            end: Before when they begin.
            customer: Whose; a customer with an id.
            host: With whom: a host, its id, or several.
            location: Where: a location, its id, or several.
            include_cancelled: Whether cancelled ones are listed, too.

        Returns:
            A lazy list.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or belongs to another provider.
            UnsupportedError: The provider lists none, or no cancelled ones.
        """
        self._need(scope, Capability.LIST, "list_appointments", "keep what book returned")
        if _flag(include_cancelled, "include_cancelled"):
            self._need(scope, Capability.LIST_CANCELLED, "include_cancelled=True", "list the live ones")
        if customer is not None and self._own_customer(customer).id is None:
            raise ValueError("customer needs an id here: appointments are listed by it.")
        start, end = _span(start, end)
        query = AppointmentQuery(
            start=start,
            end=end,
            customer=customer,
            hosts=self._several(Host, host, "host"),
            locations=self._several(Location, location, "location"),
            include_cancelled=include_cancelled,
        )
        return self.listed(scope, query)

    def cancel(
        self, scope: S, appointment: AnyAppointment, *, reason: CancelReason | None = None, note: str | None = None
    ) -> Flow[Cancellation]:
        """Cancel an appointment. Repeating it is harmless.

        Args:
            scope: Within what.
            appointment: The appointment, what names it (`appointment.ref`), or that as text.
            reason: Why; dropped with a warning where the provider keeps none.
            note: A note on it; dropped likewise.

        Returns:
            What it led to.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The ref is malformed, or another provider's.
            NotFoundError: There is none (any more).
            APIStatusError: The provider refuses it: it is cancelled already, or its status does not allow it.
            OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
        """
        ref = self._ref(scope, appointment)
        if reason is not None and not isinstance(reason, CancelReason):
            raise TypeError(f"reason must be a CancelReason, not {type(reason).__name__}.")
        keeps = Capability.CANCEL_REASON in self.capabilities(scope)
        if not keeps and (reason is not None or note is not None):
            remark(f"{self.provider}.cancel: {self.provider} keeps no reason of a cancellation; it was dropped.")
            reason = note = None
        return self._flow("cancel", self.cancelled(scope, ref, reason, None if note is None else text(note, "note")))

    def reschedule(
        self,
        scope: S,
        appointment: AnyAppointment,
        slot: AnySlot,
        *,
        notify: bool | None = None,
        options: B | None = None,
    ) -> Flow[Appointment[AN]]:
        """Move an appointment to another slot. Its ref may change.

        Where the provider moves in place, so it is. Where not, the new one is booked first, and the old one cancelled
        afterwards: a failure in between names both, and never loses the old one.

        Args:
            scope: Within what.
            appointment: The appointment, what names it, or that as text.
            slot: The new slot, what names it, or that as text.
            notify: Whether the provider writes to the customer; the provider's own way by default.
            options: The provider's own options.

        Returns:
            The appointment as it is now; another one, where the provider does not move in place.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
            UnsupportedError: The provider cannot do it with what was given; nothing was sent.
            SlotUnavailableError: The time is taken; nothing changed. The old appointment may be what is in the way.
            ConflictError: Another call cancelled or moved it meanwhile. Nothing of this move stands.
            NotCancelledError: The new one is booked, and the old one could not be cancelled; or it was moved onto the
                time of another, and could not be moved back. Both are named.
            OutcomeUnknownError: It may have been moved, or the new one booked; the old one stands until then.
        """
        ref = self._ref(scope, appointment)
        where = self._slot(scope, slot)
        self._check_notify(scope, notify)
        self._check_options(options)
        what = appointment if is_appointment(appointment) else ref
        return self._flow("reschedule", self.moved(scope, what, where, notify, options))

    def book_first_available(
        self,
        scope: S,
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
        options: B | None = None,
    ) -> Flow[Appointment[AN]]:
        """Book the first slot that is free; the next one where it is taken meanwhile. Never two.

        Args:
            scope: Within what.
            customer: Whose appointment it is.
            start: From when on, an aware datetime.
            end: Before when.
            service: For what: a service, its id, or several.
            host: With whom: a host, its id, or several.
            location: Where: a location, its id, or several.
            duration: How long: a timedelta of whole minutes, or minutes; the service's own by default. Where a service
                says how long it takes, this chooses among those that are named, or among all.
            attempts: How many slots are tried at most: from 1 to 100.
            notes: Notes; dropped with a warning where the provider keeps none.
            channel: How the customer is met. Slots that do not offer it are passed over.
            reference: Your own reference; dropped with a warning where the provider keeps none.
            notify: Whether the provider writes to the customer; the provider's own way by default.
            check_conflicts: As in `book`.
            options: The provider's own options.

        Returns:
            The appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
            UnsupportedError: The provider lists no slots, or is told no channel, or cannot be told whom to write to; or
                none of the services takes as long as `duration`.
            NoResultError: There is no slot.
            SlotUnavailableError: All that were tried were taken meanwhile.
            AmbiguousCustomerError: Several customers could be meant; see its `candidates`.
            OutcomeUnknownError: One may have been booked; nobody could say. No other is tried then.
        """
        self._need(scope, Capability.FIND_SLOTS, "book_first_available", "book a Slot made by hand")
        whole_number(attempts, "attempts", 1, MOST_ATTEMPTS)
        found = self.slots(
            scope, self._slot_query(start, end, service=service, host=host, location=location, duration=duration)
        )
        booking = self._booking(
            scope,
            customer,
            services=self._several(Service, service, "service"),
            notes=notes,
            channel=channel,
            reference=reference,
            notify=notify,
            check_conflicts=check_conflicts,
            options=options,
        )
        return first_available(
            f"{self.provider}.book_first_available",
            found,
            lambda slot, known: self.booked(scope, slot, attrs.evolve(booking, customer=known or customer)),
            attempts,
            channel,
        )

    def check_booking(
        self,
        scope: S,
        customer: Customer,
        *,
        service: Services | None = None,
        notes: str | None,
        channel: Channel | None,
        reference: str | None,
        notify: bool | None,
        options: B | None,
    ) -> None:
        """Raise what is wrong with a booking, without one."""
        self._booking(
            scope,
            customer,
            services=self._several(Service, service, "service"),
            notes=notes,
            channel=channel,
            reference=reference,
            notify=notify,
            check_conflicts=True,
            options=options,
        )

    # --- what the verbs check ----------------------------------------------------------------------------------------

    def _booking(
        self,
        scope: S,
        customer: Customer,
        *,
        services: tuple[Service, ...],
        notes: str | None,
        channel: Channel | None,
        reference: str | None,
        notify: bool | None,
        check_conflicts: bool,
        options: B | None,
    ) -> Booking[B]:
        customers.check(self._own_customer(customer))
        able = self.capabilities(scope)
        if channel is not None:
            if not isinstance(channel, Channel):
                raise TypeError(f"channel must be a Channel, not {type(channel).__name__}.")
            if channel is Channel.UNKNOWN:
                raise ValueError("channel must be a Channel that is known, not UNKNOWN.")
            if channel is not self.only_channel:
                self._need(scope, Capability.CHANNEL, f"channel={channel.name}", "leave it out")
        self._check_notify(scope, notify)
        self._check_options(options)
        kept: dict[str, str | None] = {}
        for name, value, needed in (("notes", notes, Capability.NOTES), ("reference", reference, Capability.REFERENCE)):
            kept[name] = None if value is None else text(value, name)
            if value is not None and needed not in able:
                remark(f"{self.provider}.book: {self.provider} keeps no {name}; it was dropped.")
                kept[name] = None
        booking = Booking(
            customer=customer,
            notes=kept["notes"],
            channel=channel,
            reference=kept["reference"],
            notify=notify,
            check_conflicts=_flag(check_conflicts, "check_conflicts"),
            options=options,
        )
        self.check_details(scope, booking, services)
        return booking

    def _slot_query(
        self,
        start: datetime,
        end: datetime,
        *,
        service: Services | None,
        host: Hosts | None,
        location: Locations | None,
        duration: Minutes | None,
    ) -> SlotQuery:
        start, end = _span(start, end)
        return SlotQuery(
            start=start,
            end=end,
            services=self._several(Service, service, "service"),
            hosts=self._several(Host, host, "host"),
            locations=self._several(Location, location, "location"),
            duration=None if duration is None else minutes(duration, "duration"),
        )

    def _need(self, scope: S, capability: Capability, what: str, instead: str) -> None:
        able = self.capabilities(scope)
        if capability not in able:
            names = ", ".join(sorted(one.name for one in able))
            raise UnsupportedError(
                f"{self.provider} has no {what}: {instead}. It can: {names}.",
                provider=self.provider,
                operation=f"{self.provider}.{what.partition('=')[0]}",
            )

    def _check_notify(self, scope: S, notify: bool | None) -> None:
        if notify is not None:
            _flag(notify, "notify")
            self._need(scope, Capability.NOTIFY, "notify", "leave it out, the provider does as it is set up")

    def _check_options(self, options: object) -> None:
        if options is not None and not isinstance(options, self.options):
            raise TypeError(f"options must be a {self.options.__name__}, not {type(options).__name__}.")

    def _own(self, value: object, argument: str) -> None:
        provider: object = getattr(value, "provider", None)
        if provider is not None and provider != self.provider:
            raise ValueError(f"{argument} is {provider}'s, and this is a client of {self.provider}'s.")

    def _own_customer(self, customer: Customer) -> Customer:
        if not isinstance(customer, Customer):
            raise TypeError(f"customer must be a Customer, not {type(customer).__name__}.")
        self._own(customer, "customer")
        return customer

    def _several(self, kind: type[E], value: object, argument: str) -> tuple[E, ...]:
        if value is None:
            return ()
        if not is_sequence(value):
            return (self._one(kind, value, argument),)
        found: dict[str, E] = {}
        for index, item in enumerate(value):
            one = self._one(kind, item, f"{argument}[{index}]")
            found.setdefault(one.id, one)  # what is named twice is meant once
        if not found:
            raise ValueError(f"{argument} is empty: leave it out for any.")
        return tuple(found.values())

    def _one(self, kind: type[E], value: object, argument: str) -> E:
        if isinstance(value, kind):
            self._own(value, argument)
            return value
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise TypeError(f"{argument} must be a {kind.__name__}, or its id, not {type(value).__name__}.")
        whose, colon, own = str(value).partition(":")
        if colon and whose != self.provider and whose in PROVIDERS:  # a name may hold a colon, too
            raise ValueError(f"{argument} is {whose}'s, and this is a client of {self.provider}'s.")
        return kind(id=plain_id(own if colon and whose == self.provider else value, argument))

    def _slot(self, scope: S, value: object) -> Slot[object]:
        found = ref_from(SlotRef, value, "slot") if isinstance(value, str) else value
        if not isinstance(found, SlotRef) and not is_slot(found):
            raise TypeError(f"slot must be a Slot, its ref, or the text of that, not {_kind(value)}.")
        self._own(found, "slot")
        if isinstance(found, SlotRef):
            return self.slot_of(scope, found)
        self._own(found.ref, "slot.ref")
        named = None if found.ref is None else self.slot_of(scope, found.ref)
        if named is not None and instant(named.start) != instant(found.start):
            raise ValueError("slot.start is not the time that slot.ref names: for another time, leave ref out.")
        for name in ("service", "host", "location"):
            given: Service | Host | Location | None = getattr(found, name)
            meant: Service | Host | Location | None = getattr(named, name, None)
            self._own(given, f"slot.{name}")
            if given is not None and meant is not None and not self.is_same(scope, name, given.id, meant.id):
                raise ValueError(f"slot.{name} is not the one that slot.ref names: for another, leave ref out.")
        return found

    def _ref(self, scope: S, value: object) -> AppointmentRef:
        found = ref_from(AppointmentRef, value, "appointment") if isinstance(value, str) else value
        found = found.ref if is_appointment(found) else found
        if not isinstance(found, AppointmentRef):
            raise TypeError(
                f"appointment must be what book returned, its ref, or the text of that, not {_kind(value)}."
            )
        self._own(found, "appointment")
        self.check_ref(scope, found)
        return found

    def _flow(self, verb: str, work: Work[R]) -> Flow[R]:
        def script() -> Script[R]:
            return (yield from work)

        return Flow(f"{self.provider}.{verb}", script)


def is_slot(value: object) -> TypeGuard[Slot[object]]:
    """Tell whether an argument is a slot, whoever's."""
    return isinstance(value, Slot)


def is_appointment(value: object) -> TypeGuard[Appointment[object]]:
    """Tell whether an argument is an appointment, whoever's."""
    return isinstance(value, Appointment)


def ref_of(appointment: Appointment[object] | AppointmentRef) -> AppointmentRef:
    """Give what names an appointment that a mapping was handed."""
    return appointment if isinstance(appointment, AppointmentRef) else appointment.ref


def first_available(
    name: str,
    found: Listing[Slot[SN]],
    book: Callable[[Slot[SN], Customer | None], Work[N]],
    attempts: int,
    channel: Channel | None,
) -> Flow[N]:
    """Book the first slot of a list that is not taken meanwhile.

    Args:
        name: The verb's stable name.
        found: The slots.
        book: Books one, for the customer whom an earlier try found or made at its provider; None for the caller's own.
        attempts: How many are tried at most.
        channel: What a slot must offer, where it says what it offers.

    Returns:
        A flow that gives the appointment. Only a slot that is certainly not booked leads to the next one.
    """
    provider = name.partition(".")[0]

    def script() -> Script[N]:
        left, cursor, taken = attempts, found.cursor, None
        known: dict[str | None, Customer | None] = {}
        while True:
            page = yield from found.page(cursor)
            for slot in page.items:
                if channel is not None and slot.channels and channel not in slot.channels:
                    continue
                try:
                    return (yield from book(slot, known.get(slot.provider)))
                except SlotUnavailableError as error:
                    left, taken = left - 1, error
                    known[slot.provider] = error.customer or known.get(slot.provider)
                if not left:
                    raise taken
            if page.cursor is None:
                break
            cursor = page.cursor
        if taken is not None:
            raise taken
        raise NoResultError("There is no free slot.", provider=provider, operation=name)

    return Flow(name, script)


def checked_attempt(value: object) -> BookingAttempt:
    """Check what a caller gave for an attempt.

    Args:
        value: It.

    Returns:
        The attempt.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(value, BookingAttempt):
        raise TypeError(f"attempt must be a BookingAttempt, such as error.attempt, not {_kind(value)}.")
    return value


def ref_from(kind: type[K], text: str, argument: str) -> K:
    """Read a ref that a caller gave as text.

    Args:
        kind: Its class.
        text: The text.
        argument: The argument's name, for the message.

    Returns:
        The ref.

    Raises:
        ValueError: It is no ref.
    """
    try:
        return kind.parse(text)
    except ValueError as error:
        hint = "" if "@" in text.partition(":")[0] else f" Pass str({argument}.ref), or {argument}.ref itself."
        raise ValueError(f"{argument}: {error}{hint}") from None


def minutes(value: object, argument: str) -> timedelta:
    """Check a duration.

    Args:
        value: A timedelta of whole minutes, or minutes.
        argument: The argument's name, for the message.

    Returns:
        The duration.

    Raises:
        TypeError: It is neither.
        ValueError: It is not from one minute to a day, or of no whole minutes.
    """
    if isinstance(value, timedelta):
        count, rest = divmod(value, _MINUTE)
        if rest:
            raise ValueError(f"{argument} must be of whole minutes.")
    else:
        count = whole_number(value, argument, 1, _LONGEST, "minutes")
    if not 1 <= count <= _LONGEST:
        raise ValueError(f"{argument} must be from 1 minute to a day.")
    return timedelta(minutes=count)


def _span(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    if instant(aware(end, "end")) <= instant(aware(start, "start")):
        raise ValueError("end must be after start.")
    if instant(start) >= _LATEST or instant(end) <= _EARLIEST:
        raise ValueError("start and end are at the very end of the calendar.")
    # Who gives datetime.min or .max means all there is: there must be room to reckon with days.
    return max(start, _EARLIEST, key=instant), min(end, _LATEST, key=instant)


def _kind(value: object) -> str:
    """Name what was given instead; a provider's own object by its whole name."""
    kind = type(value)
    if not kind.__module__.startswith("apptsdk.providers."):
        return kind.__name__
    _, _, provider, *_ = kind.__module__.split(".")
    return f"{provider}'s own {kind.__name__}, which the provider's own resources take"


def _flag(value: object, argument: str) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{argument} must be bool, not {type(value).__name__}.")
    return value
