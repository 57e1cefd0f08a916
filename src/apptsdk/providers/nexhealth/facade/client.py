# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""NexHealth's clients."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.facade.scheduling import AsyncScheduling as _AsyncScheduling
from apptsdk.providers.nexhealth.facade.scheduling import Scheduling as _Scheduling
from apptsdk.providers.nexhealth.settings import NexHealthSettings
from apptsdk.subclient import AsyncSubClient, SubClient

if TYPE_CHECKING:
    from typing import Self, Unpack

    from apptsdk.models import BookingAttempt, Unset
    from apptsdk.providers.nexhealth.facade.appointment_types import AppointmentTypes, AsyncAppointmentTypes
    from apptsdk.providers.nexhealth.facade.appointments import Appointments, AsyncAppointments
    from apptsdk.providers.nexhealth.facade.available_slots import AsyncAvailableSlots, AvailableSlots
    from apptsdk.providers.nexhealth.facade.institutions import AsyncInstitutions, Institutions
    from apptsdk.providers.nexhealth.facade.locations import AsyncLocations, Locations
    from apptsdk.providers.nexhealth.facade.operatories import AsyncOperatories, Operatories
    from apptsdk.providers.nexhealth.facade.patient_alerts import AsyncPatientAlerts, PatientAlerts
    from apptsdk.providers.nexhealth.facade.patient_recalls import AsyncPatientRecalls, PatientRecalls
    from apptsdk.providers.nexhealth.facade.patients import AsyncPatients, Patients
    from apptsdk.providers.nexhealth.facade.providers import AsyncProviders, Providers
    from apptsdk.providers.nexhealth.facade.recall_types import AsyncRecallTypes, RecallTypes
    from apptsdk.providers.nexhealth.facade.sync_status import AsyncSyncStatusResource, SyncStatusResource
    from apptsdk.providers.nexhealth.facade.webhook_endpoints import AsyncWebhookEndpoints, WebhookEndpoints
    from apptsdk.providers.nexhealth.facade.webhook_subscriptions import AsyncWebhookSubscriptions, WebhookSubscriptions
    from apptsdk.providers.nexhealth.facade.webhooks import AsyncWebhooks, Webhooks
    from apptsdk.providers.nexhealth.facade.working_hour_labels import AsyncWorkingHourLabels, WorkingHourLabels
    from apptsdk.providers.nexhealth.facade.working_hours import AsyncWorkingHours, WorkingHours
    from apptsdk.providers.nexhealth.models import Created
    from apptsdk.subclient import AsyncClientOptions, ClientOptions, ViewOptions


class NexHealth(SubClient[NexHealthSettings], _Scheduling):
    """NexHealth: one API to the practice management systems of dental and medical offices.

    https://docs.nexhealth.com

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = NexHealthSettings

    @classmethod
    def from_env(cls, **options: Unpack[ClientOptions]) -> Self:
        """Make a client from environment variables; see `NexHealthSettings`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls(NexHealthSettings.from_env(), **options)

    def with_options(
        self,
        *,
        subdomain: str | Unset | None = UNSET,
        location_id: int | Unset | None = UNSET,
        **options: Unpack[ViewOptions],
    ) -> Self:
        """Give a view of this client with other options: the same account, pace, token and connections.

        Args:
            subdomain: The practice ("institution"), as its `subdomain` says. Without it only `institutions` and little else can be asked.
            location_id: The office that calls mean unless they name another.
            **options: What every client's views take: timeout, retry, headers, on_response, on_attempt, observer.

        Returns:
            A new object. Closing it does nothing; closing this client closes it too.

        Raises:
            ConfigurationError: A setting is malformed.
            ValueError: A header is not allowed, or a timeout is not positive.
        """
        return self._seen_as(options, subdomain=subdomain, location_id=location_id)

    @cached_property
    def appointment_types(self) -> AppointmentTypes:
        """Appointment types: what can be booked, and how long it takes.

        https://docs.nexhealth.com/reference/getappointmenttypes"""
        from apptsdk.providers.nexhealth.facade.appointment_types import AppointmentTypes

        return AppointmentTypes(self._transport, self._settings.scope_of_calls)

    @cached_property
    def appointments(self) -> Appointments:
        """Appointments, and blocks on the schedule.

        What NexHealth accepts it writes to the practice's own system later: see `wait_until_written`.

        https://docs.nexhealth.com/reference/getappointments"""
        from apptsdk.providers.nexhealth.facade.appointments import Appointments

        return Appointments(self._transport, self._settings.scope_of_calls)

    @cached_property
    def available_slots(self) -> AvailableSlots:
        """Available slots: the times that can be booked.

        https://docs.nexhealth.com/reference/getavailableslots"""
        from apptsdk.providers.nexhealth.facade.available_slots import AvailableSlots

        return AvailableSlots(self._transport, self._settings.scope_of_calls)

    @cached_property
    def institutions(self) -> Institutions:
        """Institutions: the practices that the API key reaches.

        https://docs.nexhealth.com/reference/getinstitutions"""
        from apptsdk.providers.nexhealth.facade.institutions import Institutions

        return Institutions(self._transport, self._settings.scope_of_calls)

    @cached_property
    def locations(self) -> Locations:
        """Locations: the offices of practices.

        https://docs.nexhealth.com/reference/getlocations"""
        from apptsdk.providers.nexhealth.facade.locations import Locations

        return Locations(self._transport, self._settings.scope_of_calls)

    @cached_property
    def operatories(self) -> Operatories:
        """Operatories: the chairs and rooms of an office.

        https://docs.nexhealth.com/reference/getoperatories"""
        from apptsdk.providers.nexhealth.facade.operatories import Operatories

        return Operatories(self._transport, self._settings.scope_of_calls)

    @cached_property
    def patient_alerts(self) -> PatientAlerts:
        """Patient alerts: notes that staff see first. Not every practice's own system has them.

        https://docs.nexhealth.com/reference/getpatientsidalerts"""
        from apptsdk.providers.nexhealth.facade.patient_alerts import PatientAlerts

        return PatientAlerts(self._transport, self._settings.scope_of_calls)

    @cached_property
    def patient_recalls(self) -> PatientRecalls:
        """Patient recalls: when patients are due to come again.

        https://docs.nexhealth.com/reference/getpatientrecalls"""
        from apptsdk.providers.nexhealth.facade.patient_recalls import PatientRecalls

        return PatientRecalls(self._transport, self._settings.scope_of_calls)

    @cached_property
    def patients(self) -> Patients:
        """Patients of a practice.

        https://docs.nexhealth.com/reference/getpatients"""
        from apptsdk.providers.nexhealth.facade.patients import Patients

        return Patients(self._transport, self._settings.scope_of_calls)

    @cached_property
    def providers(self) -> Providers:
        """Providers: the people with whom appointments are made.

        https://docs.nexhealth.com/reference/getproviders"""
        from apptsdk.providers.nexhealth.facade.providers import Providers

        return Providers(self._transport, self._settings.scope_of_calls)

    @cached_property
    def recall_types(self) -> RecallTypes:
        """Recall types: for what, and how often, patients are to come again.

        https://docs.nexhealth.com/reference/getrecalltypes"""
        from apptsdk.providers.nexhealth.facade.recall_types import RecallTypes

        return RecallTypes(self._transport, self._settings.scope_of_calls)

    @cached_property
    def sync_status(self) -> SyncStatusResource:
        """Sync status: whether NexHealth can read from and write to the practices' own systems at this moment.

        https://docs.nexhealth.com/reference/getsyncstatus"""
        from apptsdk.providers.nexhealth.facade.sync_status import SyncStatusResource

        return SyncStatusResource(self._transport, self._settings.scope_of_calls)

    @cached_property
    def webhook_endpoints(self) -> WebhookEndpoints:
        """Webhook endpoints: the URLs to which NexHealth sends what happens. They belong to the API key, not to a practice.

        https://docs.nexhealth.com/reference/getwebhookendpoints"""
        from apptsdk.providers.nexhealth.facade.webhook_endpoints import WebhookEndpoints

        return WebhookEndpoints(self._transport, self._settings.scope_of_calls)

    @cached_property
    def webhook_subscriptions(self) -> WebhookSubscriptions:
        """Webhook subscriptions: which events of which practice an endpoint gets.

        https://docs.nexhealth.com/reference/getwebhookendpointsidwebhooksubscriptions"""
        from apptsdk.providers.nexhealth.facade.webhook_subscriptions import WebhookSubscriptions

        return WebhookSubscriptions(self._transport, self._settings.scope_of_calls)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Webhooks: whether a request comes from NexHealth, and what it tells. No I/O: your web framework has done it."""
        from apptsdk.providers.nexhealth.facade.webhooks import Webhooks

        return Webhooks(self._transport, self._settings.scope_of_calls)

    @cached_property
    def working_hour_labels(self) -> WorkingHourLabels:
        """Labels of working hours, by which slots can be told apart. v3 only.

        https://docs.nexhealth.com/reference/getworkinghourlabels"""
        from apptsdk.providers.nexhealth.facade.working_hour_labels import WorkingHourLabels

        return WorkingHourLabels(self._transport, self._settings.scope_of_calls)

    @cached_property
    def working_hours(self) -> WorkingHours:
        """Working hours: within what providers can be booked. In v2 they are called availabilities.

        https://docs.nexhealth.com/reference/getworkinghours"""
        from apptsdk.providers.nexhealth.facade.working_hours import WorkingHours

        return WorkingHours(self._transport, self._settings.scope_of_calls)

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
        from apptsdk.providers.nexhealth.operations import client as _verbs

        return self._transport.run(_verbs.resolve(self._settings.scope_of_calls, attempt))


class AsyncNexHealth(AsyncSubClient[NexHealthSettings], _AsyncScheduling):
    """NexHealth: one API to the practice management systems of dental and medical offices.

    https://docs.nexhealth.com

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = NexHealthSettings

    @classmethod
    def from_env(cls, **options: Unpack[AsyncClientOptions]) -> Self:
        """Make a client from environment variables; see `NexHealthSettings`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls(NexHealthSettings.from_env(), **options)

    def with_options(
        self,
        *,
        subdomain: str | Unset | None = UNSET,
        location_id: int | Unset | None = UNSET,
        **options: Unpack[ViewOptions],
    ) -> Self:
        """Give a view of this client with other options: the same account, pace, token and connections.

        Args:
            subdomain: The practice ("institution"), as its `subdomain` says. Without it only `institutions` and little else can be asked.
            location_id: The office that calls mean unless they name another.
            **options: What every client's views take: timeout, retry, headers, on_response, on_attempt, observer.

        Returns:
            A new object. Closing it does nothing; closing this client closes it too.

        Raises:
            ConfigurationError: A setting is malformed.
            ValueError: A header is not allowed, or a timeout is not positive.
        """
        return self._seen_as(options, subdomain=subdomain, location_id=location_id)

    @cached_property
    def appointment_types(self) -> AsyncAppointmentTypes:
        """Appointment types: what can be booked, and how long it takes.

        https://docs.nexhealth.com/reference/getappointmenttypes"""
        from apptsdk.providers.nexhealth.facade.appointment_types import AsyncAppointmentTypes

        return AsyncAppointmentTypes(self._transport, self._settings.scope_of_calls)

    @cached_property
    def appointments(self) -> AsyncAppointments:
        """Appointments, and blocks on the schedule.

        What NexHealth accepts it writes to the practice's own system later: see `wait_until_written`.

        https://docs.nexhealth.com/reference/getappointments"""
        from apptsdk.providers.nexhealth.facade.appointments import AsyncAppointments

        return AsyncAppointments(self._transport, self._settings.scope_of_calls)

    @cached_property
    def available_slots(self) -> AsyncAvailableSlots:
        """Available slots: the times that can be booked.

        https://docs.nexhealth.com/reference/getavailableslots"""
        from apptsdk.providers.nexhealth.facade.available_slots import AsyncAvailableSlots

        return AsyncAvailableSlots(self._transport, self._settings.scope_of_calls)

    @cached_property
    def institutions(self) -> AsyncInstitutions:
        """Institutions: the practices that the API key reaches.

        https://docs.nexhealth.com/reference/getinstitutions"""
        from apptsdk.providers.nexhealth.facade.institutions import AsyncInstitutions

        return AsyncInstitutions(self._transport, self._settings.scope_of_calls)

    @cached_property
    def locations(self) -> AsyncLocations:
        """Locations: the offices of practices.

        https://docs.nexhealth.com/reference/getlocations"""
        from apptsdk.providers.nexhealth.facade.locations import AsyncLocations

        return AsyncLocations(self._transport, self._settings.scope_of_calls)

    @cached_property
    def operatories(self) -> AsyncOperatories:
        """Operatories: the chairs and rooms of an office.

        https://docs.nexhealth.com/reference/getoperatories"""
        from apptsdk.providers.nexhealth.facade.operatories import AsyncOperatories

        return AsyncOperatories(self._transport, self._settings.scope_of_calls)

    @cached_property
    def patient_alerts(self) -> AsyncPatientAlerts:
        """Patient alerts: notes that staff see first. Not every practice's own system has them.

        https://docs.nexhealth.com/reference/getpatientsidalerts"""
        from apptsdk.providers.nexhealth.facade.patient_alerts import AsyncPatientAlerts

        return AsyncPatientAlerts(self._transport, self._settings.scope_of_calls)

    @cached_property
    def patient_recalls(self) -> AsyncPatientRecalls:
        """Patient recalls: when patients are due to come again.

        https://docs.nexhealth.com/reference/getpatientrecalls"""
        from apptsdk.providers.nexhealth.facade.patient_recalls import AsyncPatientRecalls

        return AsyncPatientRecalls(self._transport, self._settings.scope_of_calls)

    @cached_property
    def patients(self) -> AsyncPatients:
        """Patients of a practice.

        https://docs.nexhealth.com/reference/getpatients"""
        from apptsdk.providers.nexhealth.facade.patients import AsyncPatients

        return AsyncPatients(self._transport, self._settings.scope_of_calls)

    @cached_property
    def providers(self) -> AsyncProviders:
        """Providers: the people with whom appointments are made.

        https://docs.nexhealth.com/reference/getproviders"""
        from apptsdk.providers.nexhealth.facade.providers import AsyncProviders

        return AsyncProviders(self._transport, self._settings.scope_of_calls)

    @cached_property
    def recall_types(self) -> AsyncRecallTypes:
        """Recall types: for what, and how often, patients are to come again.

        https://docs.nexhealth.com/reference/getrecalltypes"""
        from apptsdk.providers.nexhealth.facade.recall_types import AsyncRecallTypes

        return AsyncRecallTypes(self._transport, self._settings.scope_of_calls)

    @cached_property
    def sync_status(self) -> AsyncSyncStatusResource:
        """Sync status: whether NexHealth can read from and write to the practices' own systems at this moment.

        https://docs.nexhealth.com/reference/getsyncstatus"""
        from apptsdk.providers.nexhealth.facade.sync_status import AsyncSyncStatusResource

        return AsyncSyncStatusResource(self._transport, self._settings.scope_of_calls)

    @cached_property
    def webhook_endpoints(self) -> AsyncWebhookEndpoints:
        """Webhook endpoints: the URLs to which NexHealth sends what happens. They belong to the API key, not to a practice.

        https://docs.nexhealth.com/reference/getwebhookendpoints"""
        from apptsdk.providers.nexhealth.facade.webhook_endpoints import AsyncWebhookEndpoints

        return AsyncWebhookEndpoints(self._transport, self._settings.scope_of_calls)

    @cached_property
    def webhook_subscriptions(self) -> AsyncWebhookSubscriptions:
        """Webhook subscriptions: which events of which practice an endpoint gets.

        https://docs.nexhealth.com/reference/getwebhookendpointsidwebhooksubscriptions"""
        from apptsdk.providers.nexhealth.facade.webhook_subscriptions import AsyncWebhookSubscriptions

        return AsyncWebhookSubscriptions(self._transport, self._settings.scope_of_calls)

    @cached_property
    def webhooks(self) -> AsyncWebhooks:
        """Webhooks: whether a request comes from NexHealth, and what it tells. No I/O: your web framework has done it."""
        from apptsdk.providers.nexhealth.facade.webhooks import AsyncWebhooks

        return AsyncWebhooks(self._transport, self._settings.scope_of_calls)

    @cached_property
    def working_hour_labels(self) -> AsyncWorkingHourLabels:
        """Labels of working hours, by which slots can be told apart. v3 only.

        https://docs.nexhealth.com/reference/getworkinghourlabels"""
        from apptsdk.providers.nexhealth.facade.working_hour_labels import AsyncWorkingHourLabels

        return AsyncWorkingHourLabels(self._transport, self._settings.scope_of_calls)

    @cached_property
    def working_hours(self) -> AsyncWorkingHours:
        """Working hours: within what providers can be booked. In v2 they are called availabilities.

        https://docs.nexhealth.com/reference/getworkinghours"""
        from apptsdk.providers.nexhealth.facade.working_hours import AsyncWorkingHours

        return AsyncWorkingHours(self._transport, self._settings.scope_of_calls)

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
        from apptsdk.providers.nexhealth.operations import client as _verbs

        return await self._transport.run(_verbs.resolve(self._settings.scope_of_calls, attempt))
