# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""One client over several providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.joint import AsyncJointClient, JointClient, configured

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self, Unpack

    from apptsdk.models import BookingAttempt
    from apptsdk.providers.cliniko.facade.client import AsyncCliniko, Cliniko
    from apptsdk.providers.cubu.facade.client import AsyncCubu, Cubu
    from apptsdk.providers.imiassist.facade.client import AsyncIMIassist, IMIassist
    from apptsdk.providers.nexhealth.facade.client import AsyncNexHealth, NexHealth
    from apptsdk.routing import OnError, Order
    from apptsdk.scheduling import AnyAppointment, AnySlot, Minutes
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
    from apptsdk.subclient import AsyncClientOptions, ClientOptions
    from apptsdk.transport import AsyncPager, Pager


class Client(JointClient):
    """One sync client over several providers: the same verbs for all, and every provider's own client.

    `Client(ClinikoSettings(...), CubuSettings(...))`, or `Client.from_env()`. What it takes beside the
    settings, `apptsdk.subclient.SubClient` lists, but for `pace`; all providers share one engine.
    """

    @classmethod
    def from_env(cls, **options: Unpack[ClientOptions]) -> Self:
        """Make a client of every provider of which the environment has variables.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: No provider is configured, or one lacks variables; the message names them.
        """
        return cls(*configured(), **options)

    @property
    def cliniko(self) -> Cliniko:
        """The client of Cliniko. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.cliniko.facade.client import Cliniko

        found = self._client("cliniko")
        assert isinstance(found, Cliniko)  # noqa: S101 - what was made of its settings
        return found

    @property
    def nexhealth(self) -> NexHealth:
        """The client of NexHealth. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.nexhealth.facade.client import NexHealth

        found = self._client("nexhealth")
        assert isinstance(found, NexHealth)  # noqa: S101 - what was made of its settings
        return found

    @property
    def cubu(self) -> Cubu:
        """The client of Cubu. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.cubu.facade.client import Cubu

        found = self._client("cubu")
        assert isinstance(found, Cubu)  # noqa: S101 - what was made of its settings
        return found

    @property
    def imiassist(self) -> IMIassist:
        """The client of IMIassist. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.imiassist.facade.client import IMIassist

        found = self._client("imiassist")
        assert isinstance(found, IMIassist)  # noqa: S101 - what was made of its settings
        return found

    def find_slots(
        self,
        *,
        start: datetime,
        end: datetime,
        service: Services | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
        order: Order = "start",
        patience: float = 5.0,
        on_error: OnError = "raise",
    ) -> Pager[Slot[object]]:
        """Find times that can be booked, at all providers that are meant, in the order of their start.

        The providers are asked at the same time. Who stops reading asks for no more; with `order="arrival"` up to a page
        of each provider has been asked for in vain.

        Args:
            start: From when on the slots begin, an aware datetime.
            end: Before when they begin.
            service: For what: services that were read, or their ids as `provider:id`. It says which providers are
                asked.
            host: With whom, likewise.
            location: Where, likewise.
            duration: How long: a timedelta of whole minutes, or minutes; the service's own by default.
            order: `"start"`, or `"arrival"`: pages are given as they come, a fast provider's before a slow one's.
            patience: Seconds that are waited for each page of a provider; a later one counts as failed. Nobody is
                waited for where the order is that of arrival.
            on_error: What a provider leads to that fails: `"raise"` its error, or `"warn"` and go on without it.

        Returns:
            A lazy list.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or names no provider.
            ConfigurationError: A provider that is named is not configured.
            UnsupportedError: A provider that is named lists no slots, or none of those configured does.
        """
        from apptsdk import routing as _verbs

        return self._home.pager(
            _verbs.find_slots(
                self._members(),
                start=start,
                end=end,
                service=service,
                host=host,
                location=location,
                duration=duration,
                order=order,
                patience=patience,
                on_error=on_error,
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
        options: object = None,
    ) -> Appointment[object]:
        """Book a slot for a customer, once, at the provider whose slot it is.

        The request is never repeated once a byte of it has left. If its answer is lost, the booking is looked for at the
        provider, and returned as `recovered`, or `OutcomeUnknownError` says how to find out.

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
        from apptsdk import routing as _verbs

        return self._home.run(
            _verbs.book(
                self._members(),
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

    def get_appointment(self, appointment: AnyAppointment) -> Appointment[object]:
        """Read an appointment again.

        Args:
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
        from apptsdk import routing as _verbs

        return self._home.run(_verbs.get_appointment(self._members(), appointment))

    def resolve_booking(self, attempt: BookingAttempt) -> Appointment[object] | None:
        """Ask what became of a booking whose answer was lost, in this process or another.

        Args:
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
        from apptsdk import routing as _verbs

        return self._home.run(_verbs.resolve_booking(self._members(), attempt))

    def list_appointments(
        self,
        *,
        start: datetime,
        end: datetime,
        customer: Customer | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        include_cancelled: bool = False,
        order: Order = "start",
        patience: float = 5.0,
        on_error: OnError = "raise",
    ) -> Pager[Appointment[object]]:
        """List the appointments that begin within a time, at all providers that are meant.

        The providers are asked at the same time. Each one's come in its own order, which not every vendor makes that of
        their start.

        Args:
            start: From when on they begin, an aware datetime.
            end: Before when they begin.
            customer: Whose; a customer that was read. Only its provider is asked.
            host: With whom: hosts that were read, or their ids as `provider:id`. It says which providers are
                asked.
            location: Where, likewise.
            include_cancelled: Whether cancelled ones are listed, too, by the providers that can.
            order: `"start"`, or `"arrival"`: pages are given as they come, a fast provider's before a slow one's.
            patience: Seconds that are waited for each page of a provider; a later one counts as failed. Nobody is
                waited for where the order is that of arrival.
            on_error: What a provider leads to that fails: `"raise"` its error, or `"warn"` and go on without it.

        Returns:
            A lazy list.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or names no provider.
            ConfigurationError: A provider that is named is not configured.
            UnsupportedError: A provider that is named lists none, or none of those configured does.
        """
        from apptsdk import routing as _verbs

        return self._home.pager(
            _verbs.list_appointments(
                self._members(),
                start=start,
                end=end,
                customer=customer,
                host=host,
                location=location,
                include_cancelled=include_cancelled,
                order=order,
                patience=patience,
                on_error=on_error,
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
            ValueError: The ref is malformed.
            ConfigurationError: Its provider is not configured.
            NotFoundError: There is none (any more).
            APIStatusError: The provider refuses it: it is cancelled already, or its status does not allow it.
            OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
        """
        from apptsdk import routing as _verbs

        return self._home.run(_verbs.cancel(self._members(), appointment, reason=reason, note=note))

    def reschedule(
        self, appointment: AnyAppointment, slot: AnySlot, *, notify: bool | None = None, options: object = None
    ) -> Appointment[object]:
        """Move an appointment to another slot of its provider's. Its ref may change.

        Where the provider moves in place, so it is. Where not, the new one is booked first, and the old one cancelled
        afterwards: a failure in between names both, and never loses the old one.

        Args:
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
        from apptsdk import routing as _verbs

        return self._home.run(_verbs.reschedule(self._members(), appointment, slot, notify=notify, options=options))

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
        options: object = None,
        patience: float = 5.0,
        on_error: OnError = "raise",
    ) -> Appointment[object]:
        """Book the first slot that is free at any provider that is meant; the next one where it is taken. Never two.

        Args:
            customer: Whose appointment it is; one made by hand, unless only its own provider is meant.
            start: From when on, an aware datetime.
            end: Before when.
            service: For what: services that were read, or their ids as `provider:id`. It says which providers are
                asked.
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
            on_error: What a provider leads to that fails while slots are looked for: `"raise"` its error, or
                `"warn"`.

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
        from apptsdk import routing as _verbs

        return self._home.run(
            _verbs.book_first_available(
                self._members(),
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
                patience=patience,
                on_error=on_error,
            )
        )


class AsyncClient(AsyncJointClient):
    """One async client over several providers: the same verbs for all, and every provider's own client.

    `AsyncClient(ClinikoSettings(...), CubuSettings(...))`, or `AsyncClient.from_env()`. What it takes beside the
    settings, `apptsdk.subclient.SubClient` lists, but for `pace`; all providers share one engine.
    """

    @classmethod
    def from_env(cls, **options: Unpack[AsyncClientOptions]) -> Self:
        """Make a client of every provider of which the environment has variables.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: No provider is configured, or one lacks variables; the message names them.
        """
        return cls(*configured(), **options)

    @property
    def cliniko(self) -> AsyncCliniko:
        """The client of Cliniko. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.cliniko.facade.client import AsyncCliniko

        found = self._client("cliniko")
        assert isinstance(found, AsyncCliniko)  # noqa: S101 - what was made of its settings
        return found

    @property
    def nexhealth(self) -> AsyncNexHealth:
        """The client of NexHealth. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.nexhealth.facade.client import AsyncNexHealth

        found = self._client("nexhealth")
        assert isinstance(found, AsyncNexHealth)  # noqa: S101 - what was made of its settings
        return found

    @property
    def cubu(self) -> AsyncCubu:
        """The client of Cubu. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.cubu.facade.client import AsyncCubu

        found = self._client("cubu")
        assert isinstance(found, AsyncCubu)  # noqa: S101 - what was made of its settings
        return found

    @property
    def imiassist(self) -> AsyncIMIassist:
        """The client of IMIassist. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.imiassist.facade.client import AsyncIMIassist

        found = self._client("imiassist")
        assert isinstance(found, AsyncIMIassist)  # noqa: S101 - what was made of its settings
        return found

    def find_slots(
        self,
        *,
        start: datetime,
        end: datetime,
        service: Services | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
        order: Order = "start",
        patience: float = 5.0,
        on_error: OnError = "raise",
    ) -> AsyncPager[Slot[object]]:
        """Find times that can be booked, at all providers that are meant, in the order of their start.

        The providers are asked at the same time. Who stops reading asks for no more; with `order="arrival"` up to a page
        of each provider has been asked for in vain.

        Args:
            start: From when on the slots begin, an aware datetime.
            end: Before when they begin.
            service: For what: services that were read, or their ids as `provider:id`. It says which providers are
                asked.
            host: With whom, likewise.
            location: Where, likewise.
            duration: How long: a timedelta of whole minutes, or minutes; the service's own by default.
            order: `"start"`, or `"arrival"`: pages are given as they come, a fast provider's before a slow one's.
            patience: Seconds that are waited for each page of a provider; a later one counts as failed. Nobody is
                waited for where the order is that of arrival.
            on_error: What a provider leads to that fails: `"raise"` its error, or `"warn"` and go on without it.

        Returns:
            A lazy list.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or names no provider.
            ConfigurationError: A provider that is named is not configured.
            UnsupportedError: A provider that is named lists no slots, or none of those configured does.
        """
        from apptsdk import routing as _verbs

        return self._home.pager(
            _verbs.find_slots(
                self._members(),
                start=start,
                end=end,
                service=service,
                host=host,
                location=location,
                duration=duration,
                order=order,
                patience=patience,
                on_error=on_error,
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
        options: object = None,
    ) -> Appointment[object]:
        """Book a slot for a customer, once, at the provider whose slot it is.

        The request is never repeated once a byte of it has left. If its answer is lost, the booking is looked for at the
        provider, and returned as `recovered`, or `OutcomeUnknownError` says how to find out.

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
        from apptsdk import routing as _verbs

        return await self._home.run(
            _verbs.book(
                self._members(),
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

    async def get_appointment(self, appointment: AnyAppointment) -> Appointment[object]:
        """Read an appointment again.

        Args:
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
        from apptsdk import routing as _verbs

        return await self._home.run(_verbs.get_appointment(self._members(), appointment))

    async def resolve_booking(self, attempt: BookingAttempt) -> Appointment[object] | None:
        """Ask what became of a booking whose answer was lost, in this process or another.

        Args:
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
        from apptsdk import routing as _verbs

        return await self._home.run(_verbs.resolve_booking(self._members(), attempt))

    def list_appointments(
        self,
        *,
        start: datetime,
        end: datetime,
        customer: Customer | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        include_cancelled: bool = False,
        order: Order = "start",
        patience: float = 5.0,
        on_error: OnError = "raise",
    ) -> AsyncPager[Appointment[object]]:
        """List the appointments that begin within a time, at all providers that are meant.

        The providers are asked at the same time. Each one's come in its own order, which not every vendor makes that of
        their start.

        Args:
            start: From when on they begin, an aware datetime.
            end: Before when they begin.
            customer: Whose; a customer that was read. Only its provider is asked.
            host: With whom: hosts that were read, or their ids as `provider:id`. It says which providers are
                asked.
            location: Where, likewise.
            include_cancelled: Whether cancelled ones are listed, too, by the providers that can.
            order: `"start"`, or `"arrival"`: pages are given as they come, a fast provider's before a slow one's.
            patience: Seconds that are waited for each page of a provider; a later one counts as failed. Nobody is
                waited for where the order is that of arrival.
            on_error: What a provider leads to that fails: `"raise"` its error, or `"warn"` and go on without it.

        Returns:
            A lazy list.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or names no provider.
            ConfigurationError: A provider that is named is not configured.
            UnsupportedError: A provider that is named lists none, or none of those configured does.
        """
        from apptsdk import routing as _verbs

        return self._home.pager(
            _verbs.list_appointments(
                self._members(),
                start=start,
                end=end,
                customer=customer,
                host=host,
                location=location,
                include_cancelled=include_cancelled,
                order=order,
                patience=patience,
                on_error=on_error,
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
            ValueError: The ref is malformed.
            ConfigurationError: Its provider is not configured.
            NotFoundError: There is none (any more).
            APIStatusError: The provider refuses it: it is cancelled already, or its status does not allow it.
            OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
        """
        from apptsdk import routing as _verbs

        return await self._home.run(_verbs.cancel(self._members(), appointment, reason=reason, note=note))

    async def reschedule(
        self, appointment: AnyAppointment, slot: AnySlot, *, notify: bool | None = None, options: object = None
    ) -> Appointment[object]:
        """Move an appointment to another slot of its provider's. Its ref may change.

        Where the provider moves in place, so it is. Where not, the new one is booked first, and the old one cancelled
        afterwards: a failure in between names both, and never loses the old one.

        Args:
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
        from apptsdk import routing as _verbs

        return await self._home.run(
            _verbs.reschedule(self._members(), appointment, slot, notify=notify, options=options)
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
        options: object = None,
        patience: float = 5.0,
        on_error: OnError = "raise",
    ) -> Appointment[object]:
        """Book the first slot that is free at any provider that is meant; the next one where it is taken. Never two.

        Args:
            customer: Whose appointment it is; one made by hand, unless only its own provider is meant.
            start: From when on, an aware datetime.
            end: Before when.
            service: For what: services that were read, or their ids as `provider:id`. It says which providers are
                asked.
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
            on_error: What a provider leads to that fails while slots are looked for: `"raise"` its error, or
                `"warn"`.

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
        from apptsdk import routing as _verbs

        return await self._home.run(
            _verbs.book_first_available(
                self._members(),
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
                patience=patience,
                on_error=on_error,
            )
        )
