"""Calendars: one for each agent or counter of a service and day.

https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-calendars-of-a-service
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from apptsdk import urls
from apptsdk.operation import Effect, Listing, Operation, Page
from apptsdk.providers.cubu.booking import reference_of
from apptsdk.providers.cubu.models import Calendar, CalendarRef, Vacancies
from apptsdk.providers.cubu.models.calendar import placed
from apptsdk.providers.cubu.models.shared import checked_day
from apptsdk.providers.cubu.scope import Scope, calendar_path
from apptsdk.providers.cubu.wire import WIRE, array_of
from apptsdk.wire import loads

if TYPE_CHECKING:
    from apptsdk.http import Response


def list(scope: Scope, service_id: str, date: date) -> Listing[Calendar]:  # noqa: A001 - the verb's name
    """List a service's calendars of one day.

    Each says what a booking in it requires, when it is worked and how full it is.

    Args:
        scope: Within what.
        service_id: The service, by its GUID or its name in the catalogue.
        date: The day, in the service's zone.

    Returns:
        A lazy list; all of it comes at once.

    Raises:
        TypeError: An argument is of the wrong type: a datetime is no date.
        ValueError: The service is neither a GUID nor in the catalogue.
        PermissionDeniedError: The application lacks the role Appointments Manager. Raised when the list is fetched.
        NotFoundError: There is no such service; raised when the list is fetched.
    """
    path = urls.path(
        "calendars", scope.catalogue.service_id(service_id, "service_id"), checked_day(date, "date").isoformat()
    )
    read = array_of(Calendar)
    name = "cubu.calendars.list"
    operation = Operation(name, "GET", path, lambda response: Page(read(response)), Effect.SAFE)
    return Listing(name, lambda _: operation)


def vacancies(scope: Scope, calendar: Calendar | CalendarRef | str, *, service_type_id: str) -> Operation[Vacancies]:
    """Ask when a calendar is free for a service type.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-vacancies-in-a-calendar

    Args:
        scope: Within what.
        calendar: The calendar, what names it, or that as text.
        service_type_id: The service type, by its GUID or its name in the catalogue.

    Returns:
        The free times: `slots`, aware, in the service's zone, if that is known; `minutes` in any case.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed; nothing was sent.
        PermissionDeniedError: The application lacks the role Appointments Manager.
        NotFoundError: There is no such calendar.
    """
    reference = reference_of(calendar)
    zone = scope.zone_of_answer(reference.service_id, None)
    query = (("serviceTypeId", scope.catalogue.service_type_id(service_type_id, "service_type_id")),)

    def read(response: Response) -> Vacancies:
        found = WIRE.structure(loads(response.content), Vacancies)
        return found if zone is None else placed(found, reference.date, zone)

    path = calendar_path(reference, "vacancies")
    return Operation("cubu.calendars.vacancies", "GET", path, read, Effect.SAFE, query=query)


VERBS: Final = (list, vacancies)
