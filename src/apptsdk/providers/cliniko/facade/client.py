# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Cliniko's clients."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from apptsdk.providers.cliniko.facade.scheduling import AsyncScheduling as _AsyncScheduling
from apptsdk.providers.cliniko.facade.scheduling import Scheduling as _Scheduling
from apptsdk.providers.cliniko.settings import ClinikoSettings
from apptsdk.subclient import AsyncSubClient, SubClient

if TYPE_CHECKING:
    from typing import Self, Unpack

    from apptsdk.models import BookingAttempt
    from apptsdk.providers.cliniko.facade.appointment_types import AppointmentTypes, AsyncAppointmentTypes
    from apptsdk.providers.cliniko.facade.attendees import AsyncAttendees, Attendees
    from apptsdk.providers.cliniko.facade.availability_blocks import AsyncAvailabilityBlocks, AvailabilityBlocks
    from apptsdk.providers.cliniko.facade.available_times import AsyncAvailableTimes, AvailableTimes
    from apptsdk.providers.cliniko.facade.bookings import AsyncBookings, Bookings
    from apptsdk.providers.cliniko.facade.businesses import AsyncBusinesses, Businesses
    from apptsdk.providers.cliniko.facade.daily_availabilities import AsyncDailyAvailabilities, DailyAvailabilities
    from apptsdk.providers.cliniko.facade.group_appointments import AsyncGroupAppointments, GroupAppointments
    from apptsdk.providers.cliniko.facade.individual_appointments import (
        AsyncIndividualAppointments,
        IndividualAppointments,
    )
    from apptsdk.providers.cliniko.facade.patient_cases import AsyncPatientCases, PatientCases
    from apptsdk.providers.cliniko.facade.patients import AsyncPatients, Patients
    from apptsdk.providers.cliniko.facade.practitioners import AsyncPractitioners, Practitioners
    from apptsdk.providers.cliniko.facade.services import AsyncServices, Services
    from apptsdk.providers.cliniko.facade.settings import AsyncSettings, Settings
    from apptsdk.providers.cliniko.facade.unavailable_block_types import (
        AsyncUnavailableBlockTypes,
        UnavailableBlockTypes,
    )
    from apptsdk.providers.cliniko.facade.unavailable_blocks import AsyncUnavailableBlocks, UnavailableBlocks
    from apptsdk.providers.cliniko.facade.users import AsyncUsers, Users
    from apptsdk.providers.cliniko.models import Created, User
    from apptsdk.subclient import AsyncClientOptions, ClientOptions


class Cliniko(SubClient[ClinikoSettings], _Scheduling):
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
    def attendees(self) -> Attendees:
        """Attendees: patients in bookings, exactly one in each individual appointment, any number in a group.

        https://docs.api.cliniko.com/openapi/attendee"""
        from apptsdk.providers.cliniko.facade.attendees import Attendees

        return Attendees(self._transport)

    @cached_property
    def availability_blocks(self) -> AvailabilityBlocks:
        """Availability blocks: extra times at which a practitioner can be booked.

        https://docs.api.cliniko.com/openapi/availability-block"""
        from apptsdk.providers.cliniko.facade.availability_blocks import AvailabilityBlocks

        return AvailabilityBlocks(self._transport)

    @cached_property
    def available_times(self) -> AvailableTimes:
        """Times that can be booked online.

        https://docs.api.cliniko.com/openapi/available-time"""
        from apptsdk.providers.cliniko.facade.available_times import AvailableTimes

        return AvailableTimes(self._transport)

    @cached_property
    def bookings(self) -> Bookings:
        """Bookings: whatever stands in the calendars, be it an individual or group appointment or an unavailable block.

        https://docs.api.cliniko.com/openapi/booking"""
        from apptsdk.providers.cliniko.facade.bookings import Bookings

        return Bookings(self._transport)

    @cached_property
    def businesses(self) -> Businesses:
        """Businesses: the places where appointments are held.

        https://docs.api.cliniko.com/openapi/business"""
        from apptsdk.providers.cliniko.facade.businesses import Businesses

        return Businesses(self._transport)

    @cached_property
    def daily_availabilities(self) -> DailyAvailabilities:
        """Daily availabilities: the weekly hours of practitioners.

        https://docs.api.cliniko.com/openapi/daily-availability"""
        from apptsdk.providers.cliniko.facade.daily_availabilities import DailyAvailabilities

        return DailyAvailabilities(self._transport)

    @cached_property
    def group_appointments(self) -> GroupAppointments:
        """Group appointments: one practitioner, several patients. Patients join as attendees.

        There is no `cancel`: cancel the attendees, or archive the appointment.

        https://docs.api.cliniko.com/openapi/group-appointment"""
        from apptsdk.providers.cliniko.facade.group_appointments import GroupAppointments

        return GroupAppointments(self._transport)

    @cached_property
    def individual_appointments(self) -> IndividualAppointments:
        """Individual appointments: one practitioner, one patient.

        https://docs.api.cliniko.com/openapi/individual-appointment"""
        from apptsdk.providers.cliniko.facade.individual_appointments import IndividualAppointments

        return IndividualAppointments(self._transport)

    @cached_property
    def patient_cases(self) -> PatientCases:
        """Patient cases: what patients are treated for.

        https://docs.api.cliniko.com/openapi/patient-case"""
        from apptsdk.providers.cliniko.facade.patient_cases import PatientCases

        return PatientCases(self._transport)

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

    @cached_property
    def services(self) -> Services:
        """Services: which appointment type is offered at which business, and by whom.

        https://docs.api.cliniko.com/openapi/service"""
        from apptsdk.providers.cliniko.facade.services import Services

        return Services(self._transport)

    @cached_property
    def settings(self) -> Settings:
        """Settings: what the account has set, as far as the API shows it.

        https://docs.api.cliniko.com/openapi/settings"""
        from apptsdk.providers.cliniko.facade.settings import Settings

        return Settings(self._transport)

    @cached_property
    def unavailable_block_types(self) -> UnavailableBlockTypes:
        """Types of unavailable blocks.

        https://docs.api.cliniko.com/openapi/unavailable-block-type"""
        from apptsdk.providers.cliniko.facade.unavailable_block_types import UnavailableBlockTypes

        return UnavailableBlockTypes(self._transport)

    @cached_property
    def unavailable_blocks(self) -> UnavailableBlocks:
        """Unavailable blocks: times at which a practitioner cannot be booked.

        https://docs.api.cliniko.com/openapi/unavailable-block"""
        from apptsdk.providers.cliniko.facade.unavailable_blocks import UnavailableBlocks

        return UnavailableBlocks(self._transport)

    @cached_property
    def users(self) -> Users:
        """Users: those who sign in.

        https://docs.api.cliniko.com/openapi/user"""
        from apptsdk.providers.cliniko.facade.users import Users

        return Users(self._transport)

    def user(self) -> User:
        """Tell who the API key belongs to: the cheapest way to check a key.

        Returns:
            The key's user.

        Raises:
            AuthenticationError: The key is wrong, or is not the shard's.
        """
        from apptsdk.providers.cliniko.operations import client as _verbs

        return self._transport.run(_verbs.user())

    def resolve(self, attempt: BookingAttempt) -> Created | None:
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


class AsyncCliniko(AsyncSubClient[ClinikoSettings], _AsyncScheduling):
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
    def attendees(self) -> AsyncAttendees:
        """Attendees: patients in bookings, exactly one in each individual appointment, any number in a group.

        https://docs.api.cliniko.com/openapi/attendee"""
        from apptsdk.providers.cliniko.facade.attendees import AsyncAttendees

        return AsyncAttendees(self._transport)

    @cached_property
    def availability_blocks(self) -> AsyncAvailabilityBlocks:
        """Availability blocks: extra times at which a practitioner can be booked.

        https://docs.api.cliniko.com/openapi/availability-block"""
        from apptsdk.providers.cliniko.facade.availability_blocks import AsyncAvailabilityBlocks

        return AsyncAvailabilityBlocks(self._transport)

    @cached_property
    def available_times(self) -> AsyncAvailableTimes:
        """Times that can be booked online.

        https://docs.api.cliniko.com/openapi/available-time"""
        from apptsdk.providers.cliniko.facade.available_times import AsyncAvailableTimes

        return AsyncAvailableTimes(self._transport)

    @cached_property
    def bookings(self) -> AsyncBookings:
        """Bookings: whatever stands in the calendars, be it an individual or group appointment or an unavailable block.

        https://docs.api.cliniko.com/openapi/booking"""
        from apptsdk.providers.cliniko.facade.bookings import AsyncBookings

        return AsyncBookings(self._transport)

    @cached_property
    def businesses(self) -> AsyncBusinesses:
        """Businesses: the places where appointments are held.

        https://docs.api.cliniko.com/openapi/business"""
        from apptsdk.providers.cliniko.facade.businesses import AsyncBusinesses

        return AsyncBusinesses(self._transport)

    @cached_property
    def daily_availabilities(self) -> AsyncDailyAvailabilities:
        """Daily availabilities: the weekly hours of practitioners.

        https://docs.api.cliniko.com/openapi/daily-availability"""
        from apptsdk.providers.cliniko.facade.daily_availabilities import AsyncDailyAvailabilities

        return AsyncDailyAvailabilities(self._transport)

    @cached_property
    def group_appointments(self) -> AsyncGroupAppointments:
        """Group appointments: one practitioner, several patients. Patients join as attendees.

        There is no `cancel`: cancel the attendees, or archive the appointment.

        https://docs.api.cliniko.com/openapi/group-appointment"""
        from apptsdk.providers.cliniko.facade.group_appointments import AsyncGroupAppointments

        return AsyncGroupAppointments(self._transport)

    @cached_property
    def individual_appointments(self) -> AsyncIndividualAppointments:
        """Individual appointments: one practitioner, one patient.

        https://docs.api.cliniko.com/openapi/individual-appointment"""
        from apptsdk.providers.cliniko.facade.individual_appointments import AsyncIndividualAppointments

        return AsyncIndividualAppointments(self._transport)

    @cached_property
    def patient_cases(self) -> AsyncPatientCases:
        """Patient cases: what patients are treated for.

        https://docs.api.cliniko.com/openapi/patient-case"""
        from apptsdk.providers.cliniko.facade.patient_cases import AsyncPatientCases

        return AsyncPatientCases(self._transport)

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

    @cached_property
    def services(self) -> AsyncServices:
        """Services: which appointment type is offered at which business, and by whom.

        https://docs.api.cliniko.com/openapi/service"""
        from apptsdk.providers.cliniko.facade.services import AsyncServices

        return AsyncServices(self._transport)

    @cached_property
    def settings(self) -> AsyncSettings:
        """Settings: what the account has set, as far as the API shows it.

        https://docs.api.cliniko.com/openapi/settings"""
        from apptsdk.providers.cliniko.facade.settings import AsyncSettings

        return AsyncSettings(self._transport)

    @cached_property
    def unavailable_block_types(self) -> AsyncUnavailableBlockTypes:
        """Types of unavailable blocks.

        https://docs.api.cliniko.com/openapi/unavailable-block-type"""
        from apptsdk.providers.cliniko.facade.unavailable_block_types import AsyncUnavailableBlockTypes

        return AsyncUnavailableBlockTypes(self._transport)

    @cached_property
    def unavailable_blocks(self) -> AsyncUnavailableBlocks:
        """Unavailable blocks: times at which a practitioner cannot be booked.

        https://docs.api.cliniko.com/openapi/unavailable-block"""
        from apptsdk.providers.cliniko.facade.unavailable_blocks import AsyncUnavailableBlocks

        return AsyncUnavailableBlocks(self._transport)

    @cached_property
    def users(self) -> AsyncUsers:
        """Users: those who sign in.

        https://docs.api.cliniko.com/openapi/user"""
        from apptsdk.providers.cliniko.facade.users import AsyncUsers

        return AsyncUsers(self._transport)

    async def user(self) -> User:
        """Tell who the API key belongs to: the cheapest way to check a key.

        Returns:
            The key's user.

        Raises:
            AuthenticationError: The key is wrong, or is not the shard's.
        """
        from apptsdk.providers.cliniko.operations import client as _verbs

        return await self._transport.run(_verbs.user())

    async def resolve(self, attempt: BookingAttempt) -> Created | None:
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
