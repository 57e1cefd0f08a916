# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Cubu's clients."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from apptsdk.providers.cubu.facade.scheduling import AsyncScheduling as _AsyncScheduling
from apptsdk.providers.cubu.facade.scheduling import Scheduling as _Scheduling
from apptsdk.providers.cubu.settings import CubuSettings
from apptsdk.subclient import AsyncSubClient, SubClient

if TYPE_CHECKING:
    from typing import Self, Unpack

    from apptsdk.models import BookingAttempt
    from apptsdk.providers.cubu.facade.appointments import Appointments, AsyncAppointments
    from apptsdk.providers.cubu.facade.calendars import AsyncCalendars, Calendars
    from apptsdk.providers.cubu.facade.customers import AsyncCustomers, Customers
    from apptsdk.providers.cubu.facade.queue import AsyncQueue, Queue
    from apptsdk.providers.cubu.facade.webhooks import AsyncWebhooks, Webhooks
    from apptsdk.providers.cubu.models import Booking, CustomerRecord
    from apptsdk.subclient import AsyncClientOptions, ClientOptions


class Cubu(SubClient[CubuSettings], _Scheduling):
    """Cubu: the calendars, bookings and queues of public offices and service counters.

    https://docs.cubu.com

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = CubuSettings

    @classmethod
    def from_env(cls, **options: Unpack[ClientOptions]) -> Self:
        """Make a client from environment variables; see `CubuSettings`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls(CubuSettings.from_env(), **options)

    @cached_property
    def appointments(self) -> Appointments:
        """Appointments: booked into a calendar, listed, cancelled, and moved by booking anew.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api"""
        from apptsdk.providers.cubu.facade.appointments import Appointments

        return Appointments(self._transport, self._settings.scope_of_calls)

    @cached_property
    def calendars(self) -> Calendars:
        """Calendars: one for each agent or counter of a service and day.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-calendars-of-a-service"""
        from apptsdk.providers.cubu.facade.calendars import Calendars

        return Calendars(self._transport, self._settings.scope_of_calls)

    @cached_property
    def customers(self) -> Customers:
        """Customer records.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api"""
        from apptsdk.providers.cubu.facade.customers import Customers

        return Customers(self._transport, self._settings.scope_of_calls)

    @cached_property
    def queue(self) -> Queue:
        """The queue of a service, for customers who are here now.

        https://docs.cubu.com/guides/s2s-api-guide/case-management-api/queue-up"""
        from apptsdk.providers.cubu.facade.queue import Queue

        return Queue(self._transport, self._settings.scope_of_calls)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Webhooks: whether a request comes from Cubu, and what it tells. No I/O: your web framework has done it."""
        from apptsdk.providers.cubu.facade.webhooks import Webhooks

        return Webhooks(self._transport, self._settings.scope_of_calls)

    def resolve(self, attempt: BookingAttempt) -> Booking | CustomerRecord | None:
        """Find out what became of an attempt whose outcome is unknown, in this process or another.

        Args:
            attempt: The attempt that an `OutcomeUnknownError` carries.

        Returns:
            What the attempt made, marked as recovered; None where nothing is to be found (yet).

        Raises:
            ValueError: The attempt belongs to another provider.
            UnsupportedError: What it tried cannot be looked up.
            OutcomeUnknownError: Several objects could be the one; see its `candidates`.
        """
        from apptsdk.providers.cubu.operations import client as _verbs

        return self._transport.run(_verbs.resolve(self._settings.scope_of_calls, attempt))


class AsyncCubu(AsyncSubClient[CubuSettings], _AsyncScheduling):
    """Cubu: the calendars, bookings and queues of public offices and service counters.

    https://docs.cubu.com

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = CubuSettings

    @classmethod
    def from_env(cls, **options: Unpack[AsyncClientOptions]) -> Self:
        """Make a client from environment variables; see `CubuSettings`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls(CubuSettings.from_env(), **options)

    @cached_property
    def appointments(self) -> AsyncAppointments:
        """Appointments: booked into a calendar, listed, cancelled, and moved by booking anew.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api"""
        from apptsdk.providers.cubu.facade.appointments import AsyncAppointments

        return AsyncAppointments(self._transport, self._settings.scope_of_calls)

    @cached_property
    def calendars(self) -> AsyncCalendars:
        """Calendars: one for each agent or counter of a service and day.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-calendars-of-a-service"""
        from apptsdk.providers.cubu.facade.calendars import AsyncCalendars

        return AsyncCalendars(self._transport, self._settings.scope_of_calls)

    @cached_property
    def customers(self) -> AsyncCustomers:
        """Customer records.

        https://docs.cubu.com/guides/s2s-api-guide/customer-management-api"""
        from apptsdk.providers.cubu.facade.customers import AsyncCustomers

        return AsyncCustomers(self._transport, self._settings.scope_of_calls)

    @cached_property
    def queue(self) -> AsyncQueue:
        """The queue of a service, for customers who are here now.

        https://docs.cubu.com/guides/s2s-api-guide/case-management-api/queue-up"""
        from apptsdk.providers.cubu.facade.queue import AsyncQueue

        return AsyncQueue(self._transport, self._settings.scope_of_calls)

    @cached_property
    def webhooks(self) -> AsyncWebhooks:
        """Webhooks: whether a request comes from Cubu, and what it tells. No I/O: your web framework has done it."""
        from apptsdk.providers.cubu.facade.webhooks import AsyncWebhooks

        return AsyncWebhooks(self._transport, self._settings.scope_of_calls)

    async def resolve(self, attempt: BookingAttempt) -> Booking | CustomerRecord | None:
        """Find out what became of an attempt whose outcome is unknown, in this process or another.

        Args:
            attempt: The attempt that an `OutcomeUnknownError` carries.

        Returns:
            What the attempt made, marked as recovered; None where nothing is to be found (yet).

        Raises:
            ValueError: The attempt belongs to another provider.
            UnsupportedError: What it tried cannot be looked up.
            OutcomeUnknownError: Several objects could be the one; see its `candidates`.
        """
        from apptsdk.providers.cubu.operations import client as _verbs

        return await self._transport.run(_verbs.resolve(self._settings.scope_of_calls, attempt))
