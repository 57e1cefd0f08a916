"""What a client's settings say about every call: the clock, the catalogue, and how Cubu is taken to spell things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from apptsdk import urls
from apptsdk.errors import ConfigurationError
from apptsdk.providers.cubu.times import NO_ZONE
from apptsdk.providers.cubu.zones import windows, zone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from apptsdk.providers.cubu.catalogue import Catalogue
    from apptsdk.providers.cubu.models import CalendarRef, CaseRef

APPLICATION: Final = "/{applicationId}"


@attrs.frozen(kw_only=True)
class Scope:
    """Within what a call is made.

    Args:
        catalogue: What the vendor lists nowhere.
        time_zone: The zone of services that the catalogue does not know.
        application_id: The application.
        customer_keys: The key, or keys, under which a customer's record is named in a booking.
        cancel_method: How an appointment is cancelled.
        cancel_path: Where.
        customer_path: Where a customer's record is read.
        phone_format: How phone numbers have to look.
        slot_taken_statuses: The statuses with which a refused booking means that the time is not to be had.
        check_bookings: Whether a booking is looked at in its calendar afterwards.
        webhook_algorithm: The digest by which webhooks are signed.
    """

    catalogue: Catalogue
    time_zone: str | None
    application_id: str
    customer_keys: tuple[str, ...]
    cancel_method: str
    cancel_path: str
    customer_path: str
    phone_format: str
    slot_taken_statuses: frozenset[int]
    check_bookings: bool
    webhook_algorithm: str

    def zone(self, service_id: str) -> ZoneInfo:
        """Find a service's zone.

        Args:
            service_id: The service's GUID.

        Returns:
            The zone.

        Raises:
            ConfigurationError: Nobody says.
        """
        found = self._of_service(service_id) or self._of_settings()
        if found is None:
            raise ConfigurationError(NO_ZONE, provider="cubu")
        return found

    def zone_of_answer(self, service_id: str | None, time_zone_id: str | None) -> ZoneInfo | None:
        """Find the zone of an appointment that was read.

        Args:
            service_id: The service's GUID, as it was sent.
            time_zone_id: The zone's Windows name, as it was sent.

        Returns:
            The zone, or None where nobody says: its moment is known all the same.
        """
        return self._of_service(service_id) or windows(time_zone_id) or self._of_settings()

    def _of_service(self, service_id: str | None) -> ZoneInfo | None:
        service = self.catalogue.find_service(service_id) if service_id else None
        return None if service is None or service.time_zone is None else zone(service.time_zone)

    def _of_settings(self) -> ZoneInfo | None:
        return None if self.time_zone is None else zone(self.time_zone)

    def cancelled_at(self, reference: CaseRef) -> str:
        """Give the path by which an appointment is cancelled.

        Args:
            reference: The appointment.

        Returns:
            The path, below the application.
        """
        return self._filled(
            self.cancel_path,
            serviceId=reference.service_id,
            date=reference.date.isoformat(),
            cuIndex=str(reference.cu_index),
            caseId=reference.case_id,
        )

    def customer_at(self, record_id: str) -> str:
        """Give the path at which a customer's record is read.

        Args:
            record_id: The record's GUID.

        Returns:
            The path, below the application.
        """
        return self._filled(self.customer_path, customerRecordId=record_id)

    def _filled(self, template: str, **values: str) -> str:
        known = {"applicationId": self.application_id, **values}
        return urls.filled(template.removeprefix(APPLICATION), known)


def checked_template(value: object, setting: str, places: Mapping[str, bool]) -> str:
    """Check the template of a path, below the application.

    Args:
        value: The template, with places such as `{caseId}`.
        setting: The setting's name and its environment variable, for the message.
        places: The places that there are, and whether each must occur.

    Returns:
        The template.

    Raises:
        ConfigurationError: It is none.
    """
    if isinstance(value, str) and "{applicationId}" in value and not value.startswith(f"{APPLICATION}/"):
        raise ConfigurationError(
            f"{setting} must begin with {APPLICATION}/, or have no {{applicationId}}: it is below the application.",
            provider="cubu",
        )
    return urls.template(value, setting, places, f"{APPLICATION}/...", "cubu")


def calendar_path(reference: CalendarRef, *rest: str) -> str:
    """Give the path of a calendar, or of what is below it.

    Args:
        reference: The calendar.
        *rest: Further segments.

    Returns:
        The path, below the application.
    """
    return urls.path("calendars", reference.service_id, reference.date.isoformat(), str(reference.cu_index), *rest)
