# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Cliniko's clients."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from apptsdk.providers.cliniko.settings import ClinikoSettings
from apptsdk.subclient import AsyncSubClient, SubClient

if TYPE_CHECKING:
    from typing import Self, Unpack

    from apptsdk.models import BookingAttempt
    from apptsdk.providers.cliniko.facade.appointment_types import AppointmentTypes, AsyncAppointmentTypes
    from apptsdk.providers.cliniko.facade.available_times import AsyncAvailableTimes, AvailableTimes
    from apptsdk.providers.cliniko.facade.businesses import AsyncBusinesses, Businesses
    from apptsdk.providers.cliniko.facade.individual_appointments import (
        AsyncIndividualAppointments,
        IndividualAppointments,
    )
    from apptsdk.providers.cliniko.facade.patients import AsyncPatients, Patients
    from apptsdk.providers.cliniko.facade.practitioners import AsyncPractitioners, Practitioners
    from apptsdk.providers.cliniko.models import IndividualAppointment, Patient, User
    from apptsdk.subclient import AsyncClientOptions, ClientOptions


class Cliniko(SubClient[ClinikoSettings]):
    """Cliniko: practice management for allied health.

    https://docs.api.cliniko.com

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = ClinikoSettings

    @classmethod
    def from_env(cls, **options: Unpack[ClientOptions]) -> Self:
        """Make a client from environment variables; see `ClinikoSettings`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls(ClinikoSettings.from_env(), **options)

    @cached_property
    def appointment_types(self) -> AppointmentTypes:
        """Appointment types: what can be booked.

        https://docs.api.cliniko.com/openapi/appointment-type"""
        from apptsdk.providers.cliniko.facade.appointment_types import AppointmentTypes

        return AppointmentTypes(self._transport)

    @cached_property
    def available_times(self) -> AvailableTimes:
        """Times that can be booked online.

        https://docs.api.cliniko.com/openapi/available-time"""
        from apptsdk.providers.cliniko.facade.available_times import AvailableTimes

        return AvailableTimes(self._transport)

    @cached_property
    def businesses(self) -> Businesses:
        """Businesses: the places where appointments are held.

        https://docs.api.cliniko.com/openapi/business"""
        from apptsdk.providers.cliniko.facade.businesses import Businesses

        return Businesses(self._transport)

    @cached_property
    def individual_appointments(self) -> IndividualAppointments:
        """Individual appointments: one practitioner, one patient.

        https://docs.api.cliniko.com/openapi/individual-appointment"""
        from apptsdk.providers.cliniko.facade.individual_appointments import IndividualAppointments

        return IndividualAppointments(self._transport)

    @cached_property
    def patients(self) -> Patients:
        """Patients.

        https://docs.api.cliniko.com/openapi/patient"""
        from apptsdk.providers.cliniko.facade.patients import Patients

        return Patients(self._transport)

    @cached_property
    def practitioners(self) -> Practitioners:
        """Practitioners: with whom appointments are made.

        https://docs.api.cliniko.com/openapi/practitioner"""
        from apptsdk.providers.cliniko.facade.practitioners import Practitioners

        return Practitioners(self._transport)

    def user(self) -> User:
        """Tell who the API key belongs to: the cheapest way to check a key.

        Returns:
            The key's user.

        Raises:
            AuthenticationError: The key is wrong, or is not the shard's.
        """
        from apptsdk.providers.cliniko.operations import client as _verbs

        return self._transport.run(_verbs.user())

    def resolve(self, attempt: BookingAttempt) -> IndividualAppointment | Patient | None:
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
        from apptsdk.providers.cliniko.operations import client as _verbs

        return self._transport.run(_verbs.resolve(attempt))


class AsyncCliniko(AsyncSubClient[ClinikoSettings]):
    """Cliniko: practice management for allied health.

    https://docs.api.cliniko.com

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = ClinikoSettings

    @classmethod
    def from_env(cls, **options: Unpack[AsyncClientOptions]) -> Self:
        """Make a client from environment variables; see `ClinikoSettings`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls(ClinikoSettings.from_env(), **options)

    @cached_property
    def appointment_types(self) -> AsyncAppointmentTypes:
        """Appointment types: what can be booked.

        https://docs.api.cliniko.com/openapi/appointment-type"""
        from apptsdk.providers.cliniko.facade.appointment_types import AsyncAppointmentTypes

        return AsyncAppointmentTypes(self._transport)

    @cached_property
    def available_times(self) -> AsyncAvailableTimes:
        """Times that can be booked online.

        https://docs.api.cliniko.com/openapi/available-time"""
        from apptsdk.providers.cliniko.facade.available_times import AsyncAvailableTimes

        return AsyncAvailableTimes(self._transport)

    @cached_property
    def businesses(self) -> AsyncBusinesses:
        """Businesses: the places where appointments are held.

        https://docs.api.cliniko.com/openapi/business"""
        from apptsdk.providers.cliniko.facade.businesses import AsyncBusinesses

        return AsyncBusinesses(self._transport)

    @cached_property
    def individual_appointments(self) -> AsyncIndividualAppointments:
        """Individual appointments: one practitioner, one patient.

        https://docs.api.cliniko.com/openapi/individual-appointment"""
        from apptsdk.providers.cliniko.facade.individual_appointments import AsyncIndividualAppointments

        return AsyncIndividualAppointments(self._transport)

    @cached_property
    def patients(self) -> AsyncPatients:
        """Patients.

        https://docs.api.cliniko.com/openapi/patient"""
        from apptsdk.providers.cliniko.facade.patients import AsyncPatients

        return AsyncPatients(self._transport)

    @cached_property
    def practitioners(self) -> AsyncPractitioners:
        """Practitioners: with whom appointments are made.

        https://docs.api.cliniko.com/openapi/practitioner"""
        from apptsdk.providers.cliniko.facade.practitioners import AsyncPractitioners

        return AsyncPractitioners(self._transport)

    async def user(self) -> User:
        """Tell who the API key belongs to: the cheapest way to check a key.

        Returns:
            The key's user.

        Raises:
            AuthenticationError: The key is wrong, or is not the shard's.
        """
        from apptsdk.providers.cliniko.operations import client as _verbs

        return await self._transport.run(_verbs.user())

    async def resolve(self, attempt: BookingAttempt) -> IndividualAppointment | Patient | None:
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
        from apptsdk.providers.cliniko.operations import client as _verbs

        return await self._transport.run(_verbs.resolve(attempt))
