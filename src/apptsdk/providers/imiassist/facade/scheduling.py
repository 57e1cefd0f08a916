# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""The portable verbs at IMIassist."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from apptsdk.models import BookingAttempt
    from apptsdk.providers.imiassist.models import Appointment as NativeAppointment
    from apptsdk.providers.imiassist.scheduling import IMIassistBooking
    from apptsdk.providers.imiassist.settings import IMIassistSettings
    from apptsdk.scheduling import AnyAppointment, AnySlot, Capability, Minutes
    from apptsdk.shared import (
        Appointment,
        Cancellation,
        CancelReason,
        Channel,
        Customer,
        Hosts,
        Locations,
        Services,
        Slot,
    )
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Scheduling:
    """The portable verbs; see `apptsdk.scheduling.Scheduler`."""

    _settings: IMIassistSettings
    _transport: Transport

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the portable verbs can do here, by these settings; see `apptsdk.scheduling.Capability`."""
        from apptsdk.providers.imiassist.scheduling import scheduling

        return scheduling.capabilities(self._settings.scope_of_calls)

    def find_slots(
        self,
        *,
        start: datetime,
        end: datetime,
        service: Services | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
    ) -> Pager[Slot[None]]:
        """Find times that can be booked, in the order of their start.

        Nothing is held by asking. What each provider needs to know, and how it is asked, the docs say.

        Args:
            start: From when on the slots begin, an aware datetime.
            end: Before when they begin.
            service: For what: a service, its id, or several.
            host: With whom: a host, its id, or several.
            location: Where: a location, its id, or several.
            duration: How long: a timedelta of whole minutes, or minutes; the service's own by default. Where a
                service says how long it takes, this chooses among those that are named, or among all.

        Returns:
            A lazy list.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
            UnsupportedError: The provider lists no slots; or none of the services that are named takes as long as
                `duration`, which is told before any slot is asked for: at once, where it is known.
            NotFoundError: What was named is not there; raised when the list is fetched.
        """
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.pager(
            _scheduling.find_slots(
                self._settings.scope_of_calls,
                start=start,
                end=end,
                service=service,
                host=host,
                location=location,
                duration=duration,
            )
        )

    def book(
        self,
        slot: AnySlot,
        customer: Customer,
        *,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: IMIassistBooking | None = None,
    ) -> Appointment[NativeAppointment]:
        """Book a slot for a customer, once.

        The request is never repeated once a byte of it has left. If its answer is lost, the booking is looked for at
        the provider, and returned as `recovered`, or `OutcomeUnknownError` says how to find out.

        Args:
            slot: The slot: one that was found, one made by hand, what names it (`slot.ref`), or that as text.
            customer: Whose appointment it is. With an id, that customer of the provider's; else one is found or
                made.
            notes: Notes; dropped with a warning where the provider keeps none.
            channel: How the customer is met.
            reference: Your own reference; dropped with a warning where the provider keeps none.
            notify: Whether the provider writes to the customer; the provider's own way by default.
            check_conflicts: Whether a provider that lets two have the same time is looked at for others, before
                and after.
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.run(
            _scheduling.book(
                self._settings.scope_of_calls,
                slot,
                customer,
                notes=notes,
                channel=channel,
                reference=reference,
                notify=notify,
                check_conflicts=check_conflicts,
                options=options,
            )
        )

    def get_appointment(self, appointment: AnyAppointment) -> Appointment[NativeAppointment]:
        """Read an appointment again.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.run(_scheduling.get_appointment(self._settings.scope_of_calls, appointment))

    def resolve_booking(self, attempt: BookingAttempt) -> Appointment[NativeAppointment] | None:
        """Ask what became of a booking whose answer was lost, in this process or another.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.run(_scheduling.resolve_booking(self._settings.scope_of_calls, attempt))

    def list_appointments(
        self,
        *,
        start: datetime,
        end: datetime,
        customer: Customer | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        include_cancelled: bool = False,
    ) -> Pager[Appointment[NativeAppointment]]:
        """List the appointments that begin within a time.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.pager(
            _scheduling.list_appointments(
                self._settings.scope_of_calls,
                start=start,
                end=end,
                customer=customer,
                host=host,
                location=location,
                include_cancelled=include_cancelled,
            )
        )

    def cancel(
        self, appointment: AnyAppointment, *, reason: CancelReason | None = None, note: str | None = None
    ) -> Cancellation:
        """Cancel an appointment. Repeating it is harmless.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.run(
            _scheduling.cancel(self._settings.scope_of_calls, appointment, reason=reason, note=note)
        )

    def reschedule(
        self,
        appointment: AnyAppointment,
        slot: AnySlot,
        *,
        notify: bool | None = None,
        options: IMIassistBooking | None = None,
    ) -> Appointment[NativeAppointment]:
        """Move an appointment to another slot. Its ref may change.

        Where the provider moves in place, so it is. Where not, the new one is booked first, and the old one cancelled
        afterwards: a failure in between names both, and never loses the old one.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.run(
            _scheduling.reschedule(self._settings.scope_of_calls, appointment, slot, notify=notify, options=options)
        )

    def book_first_available(
        self,
        customer: Customer,
        *,
        start: datetime,
        end: datetime,
        service: Services,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
        attempts: int = 5,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: IMIassistBooking | None = None,
    ) -> Appointment[NativeAppointment]:
        """Book the first slot that is free; the next one where it is taken meanwhile. Never two.

        Args:
            customer: Whose appointment it is.
            start: From when on, an aware datetime.
            end: Before when.
            service: For what: a service, its id, or several.
            host: With whom: a host, its id, or several.
            location: Where: a location, its id, or several.
            duration: How long: a timedelta of whole minutes, or minutes; the service's own by default. Where a
                service says how long it takes, this chooses among those that are named, or among all.
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.run(
            _scheduling.book_first_available(
                self._settings.scope_of_calls,
                customer,
                start=start,
                end=end,
                service=service,
                host=host,
                location=location,
                duration=duration,
                attempts=attempts,
                notes=notes,
                channel=channel,
                reference=reference,
                notify=notify,
                check_conflicts=check_conflicts,
                options=options,
            )
        )


class AsyncScheduling:
    """The portable verbs; see `apptsdk.scheduling.AsyncScheduler`."""

    _settings: IMIassistSettings
    _transport: AsyncTransport

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the portable verbs can do here, by these settings; see `apptsdk.scheduling.Capability`."""
        from apptsdk.providers.imiassist.scheduling import scheduling

        return scheduling.capabilities(self._settings.scope_of_calls)

    def find_slots(
        self,
        *,
        start: datetime,
        end: datetime,
        service: Services | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
    ) -> AsyncPager[Slot[None]]:
        """Find times that can be booked, in the order of their start.

        Nothing is held by asking. What each provider needs to know, and how it is asked, the docs say.

        Args:
            start: From when on the slots begin, an aware datetime.
            end: Before when they begin.
            service: For what: a service, its id, or several.
            host: With whom: a host, its id, or several.
            location: Where: a location, its id, or several.
            duration: How long: a timedelta of whole minutes, or minutes; the service's own by default. Where a
                service says how long it takes, this chooses among those that are named, or among all.

        Returns:
            A lazy list.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, belongs to another provider, or is missing where it is needed.
            UnsupportedError: The provider lists no slots; or none of the services that are named takes as long as
                `duration`, which is told before any slot is asked for: at once, where it is known.
            NotFoundError: What was named is not there; raised when the list is fetched.
        """
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.pager(
            _scheduling.find_slots(
                self._settings.scope_of_calls,
                start=start,
                end=end,
                service=service,
                host=host,
                location=location,
                duration=duration,
            )
        )

    async def book(
        self,
        slot: AnySlot,
        customer: Customer,
        *,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: IMIassistBooking | None = None,
    ) -> Appointment[NativeAppointment]:
        """Book a slot for a customer, once.

        The request is never repeated once a byte of it has left. If its answer is lost, the booking is looked for at
        the provider, and returned as `recovered`, or `OutcomeUnknownError` says how to find out.

        Args:
            slot: The slot: one that was found, one made by hand, what names it (`slot.ref`), or that as text.
            customer: Whose appointment it is. With an id, that customer of the provider's; else one is found or
                made.
            notes: Notes; dropped with a warning where the provider keeps none.
            channel: How the customer is met.
            reference: Your own reference; dropped with a warning where the provider keeps none.
            notify: Whether the provider writes to the customer; the provider's own way by default.
            check_conflicts: Whether a provider that lets two have the same time is looked at for others, before
                and after.
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return await self._transport.run(
            _scheduling.book(
                self._settings.scope_of_calls,
                slot,
                customer,
                notes=notes,
                channel=channel,
                reference=reference,
                notify=notify,
                check_conflicts=check_conflicts,
                options=options,
            )
        )

    async def get_appointment(self, appointment: AnyAppointment) -> Appointment[NativeAppointment]:
        """Read an appointment again.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return await self._transport.run(_scheduling.get_appointment(self._settings.scope_of_calls, appointment))

    async def resolve_booking(self, attempt: BookingAttempt) -> Appointment[NativeAppointment] | None:
        """Ask what became of a booking whose answer was lost, in this process or another.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return await self._transport.run(_scheduling.resolve_booking(self._settings.scope_of_calls, attempt))

    def list_appointments(
        self,
        *,
        start: datetime,
        end: datetime,
        customer: Customer | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        include_cancelled: bool = False,
    ) -> AsyncPager[Appointment[NativeAppointment]]:
        """List the appointments that begin within a time.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return self._transport.pager(
            _scheduling.list_appointments(
                self._settings.scope_of_calls,
                start=start,
                end=end,
                customer=customer,
                host=host,
                location=location,
                include_cancelled=include_cancelled,
            )
        )

    async def cancel(
        self, appointment: AnyAppointment, *, reason: CancelReason | None = None, note: str | None = None
    ) -> Cancellation:
        """Cancel an appointment. Repeating it is harmless.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return await self._transport.run(
            _scheduling.cancel(self._settings.scope_of_calls, appointment, reason=reason, note=note)
        )

    async def reschedule(
        self,
        appointment: AnyAppointment,
        slot: AnySlot,
        *,
        notify: bool | None = None,
        options: IMIassistBooking | None = None,
    ) -> Appointment[NativeAppointment]:
        """Move an appointment to another slot. Its ref may change.

        Where the provider moves in place, so it is. Where not, the new one is booked first, and the old one cancelled
        afterwards: a failure in between names both, and never loses the old one.

        Args:
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return await self._transport.run(
            _scheduling.reschedule(self._settings.scope_of_calls, appointment, slot, notify=notify, options=options)
        )

    async def book_first_available(
        self,
        customer: Customer,
        *,
        start: datetime,
        end: datetime,
        service: Services,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
        attempts: int = 5,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: IMIassistBooking | None = None,
    ) -> Appointment[NativeAppointment]:
        """Book the first slot that is free; the next one where it is taken meanwhile. Never two.

        Args:
            customer: Whose appointment it is.
            start: From when on, an aware datetime.
            end: Before when.
            service: For what: a service, its id, or several.
            host: With whom: a host, its id, or several.
            location: Where: a location, its id, or several.
            duration: How long: a timedelta of whole minutes, or minutes; the service's own by default. Where a
                service says how long it takes, this chooses among those that are named, or among all.
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
        from apptsdk.providers.imiassist.scheduling import scheduling as _scheduling

        return await self._transport.run(
            _scheduling.book_first_available(
                self._settings.scope_of_calls,
                customer,
                start=start,
                end=end,
                service=service,
                host=host,
                location=location,
                duration=duration,
                attempts=attempts,
                notes=notes,
                channel=channel,
                reference=reference,
                notify=notify,
                check_conflicts=check_conflicts,
                options=options,
            )
        )
