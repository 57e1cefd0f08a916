# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Calendars: one for each agent or counter of a service and day.

https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-calendars-of-a-service"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.providers.cubu.operations import calendars as _verbs

if TYPE_CHECKING:
    from datetime import date

    from apptsdk.providers.cubu.models import Calendar, CalendarRef, Vacancies
    from apptsdk.providers.cubu.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Calendars:
    """Calendars: one for each agent or counter of a service and day.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-calendars-of-a-service"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self, service_id: str, date: date) -> Pager[Calendar]:
        """List a service's calendars of one day.

        Each says what a booking in it requires, when it is worked and how full it is.

        Args:
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
        return self._transport.pager(_verbs.list(self._scope, service_id, date))

    def vacancies(self, calendar: Calendar | CalendarRef | str, *, service_type_id: str) -> Vacancies:
        """Ask when a calendar is free for a service type.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-vacancies-in-a-calendar

        Args:
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
        return self._transport.run(_verbs.vacancies(self._scope, calendar, service_type_id=service_type_id))


class AsyncCalendars:
    """Calendars: one for each agent or counter of a service and day.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-calendars-of-a-service"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self, service_id: str, date: date) -> AsyncPager[Calendar]:
        """List a service's calendars of one day.

        Each says what a booking in it requires, when it is worked and how full it is.

        Args:
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
        return self._transport.pager(_verbs.list(self._scope, service_id, date))

    async def vacancies(self, calendar: Calendar | CalendarRef | str, *, service_type_id: str) -> Vacancies:
        """Ask when a calendar is free for a service type.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-vacancies-in-a-calendar

        Args:
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
        return await self._transport.run(_verbs.vacancies(self._scope, calendar, service_type_id=service_type_id))
