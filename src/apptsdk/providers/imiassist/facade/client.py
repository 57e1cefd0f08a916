# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""IMIassist's clients."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from apptsdk.providers.imiassist.facade.scheduling import AsyncScheduling as _AsyncScheduling
from apptsdk.providers.imiassist.facade.scheduling import Scheduling as _Scheduling
from apptsdk.providers.imiassist.settings import IMIassistSettings
from apptsdk.subclient import AsyncSubClient, SubClient

if TYPE_CHECKING:
    from typing import Self, Unpack

    from apptsdk.models import BookingAttempt
    from apptsdk.providers.imiassist.facade.appointments import Appointments, AsyncAppointments
    from apptsdk.providers.imiassist.models import Appointment
    from apptsdk.subclient import AsyncClientOptions, ClientOptions


class IMIassist(SubClient[IMIassistSettings], _Scheduling):
    """IMIassist: video appointments of the eClinic product, scheduled through Webex Connect's nodes.

    https://help.webexconnect.io/docs/create-appointments

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = IMIassistSettings

    @classmethod
    def from_env(cls, **options: Unpack[ClientOptions]) -> Self:
        """Make a client from environment variables; see `IMIassistSettings`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls(IMIassistSettings.from_env(), **options)

    @cached_property
    def appointments(self) -> Appointments:
        """Video appointments: schedule and cancel.

        https://help.webexconnect.io/docs/create-appointments"""
        from apptsdk.providers.imiassist.facade.appointments import Appointments

        return Appointments(self._transport, self._settings.scope_of_calls)

    def resolve(self, attempt: BookingAttempt) -> Appointment | None:
        """Say what can be done about an attempt whose outcome is unknown: it cannot be looked up.

        Args:
            attempt: The attempt that an `OutcomeUnknownError` carries.

        Returns:
            Nothing: this always raises. The other providers' clients can look it up.

        Raises:
            ValueError: The attempt belongs to another provider.
            UnsupportedError: Always. It names the external reference, with which the appointment can be cancelled.
        """
        from apptsdk.providers.imiassist.operations import client as _verbs

        return self._transport.run(_verbs.resolve(attempt))


class AsyncIMIassist(AsyncSubClient[IMIassistSettings], _AsyncScheduling):
    """IMIassist: video appointments of the eClinic product, scheduled through Webex Connect's nodes.

    https://help.webexconnect.io/docs/create-appointments

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = IMIassistSettings

    @classmethod
    def from_env(cls, **options: Unpack[AsyncClientOptions]) -> Self:
        """Make a client from environment variables; see `IMIassistSettings`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls(IMIassistSettings.from_env(), **options)

    @cached_property
    def appointments(self) -> AsyncAppointments:
        """Video appointments: schedule and cancel.

        https://help.webexconnect.io/docs/create-appointments"""
        from apptsdk.providers.imiassist.facade.appointments import AsyncAppointments

        return AsyncAppointments(self._transport, self._settings.scope_of_calls)

    async def resolve(self, attempt: BookingAttempt) -> Appointment | None:
        """Say what can be done about an attempt whose outcome is unknown: it cannot be looked up.

        Args:
            attempt: The attempt that an `OutcomeUnknownError` carries.

        Returns:
            Nothing: this always raises. The other providers' clients can look it up.

        Raises:
            ValueError: The attempt belongs to another provider.
            UnsupportedError: Always. It names the external reference, with which the appointment can be cancelled.
        """
        from apptsdk.providers.imiassist.operations import client as _verbs

        return await self._transport.run(_verbs.resolve(attempt))
