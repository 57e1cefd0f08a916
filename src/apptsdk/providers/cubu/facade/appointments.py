# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Appointments: booked into a calendar, listed, cancelled, and moved by booking anew.

https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.providers.cubu.models import AppointmentBook as _AppointmentBook
from apptsdk.providers.cubu.operations import appointments as _verbs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from apptsdk.providers.cubu.models import Booking, Calendar, CalendarRef, Case, CaseRef, Channel
    from apptsdk.providers.cubu.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Appointments:
    """Appointments: booked into a calendar, listed, cancelled, and moved by booking anew.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self, calendar: Calendar | CalendarRef | str, *, customer_record_id: str | None = None) -> Pager[Case]:
        """List a calendar's appointments.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-appointments-in-calendar

        Args:
            calendar: The calendar, what names it, or that as text.
            customer_record_id: Only this customer's.

        Returns:
            A lazy list; all of it comes at once.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed.
            PermissionDeniedError: The application lacks the role Appointments Manager. Raised when the list is fetched.
            NotFoundError: There is no such calendar; raised when the list is fetched.
        """
        return self._transport.pager(_verbs.list(self._scope, calendar, customer_record_id=customer_record_id))

    def get(self, appointment: Calendar | CalendarRef | Case | CaseRef | str, case_id: str | None = None) -> Case:
        """Read an appointment. Cubu has no way to ask for one: its calendar is listed.

        Args:
            appointment: The appointment, what names it, or that as text; or its calendar.
            case_id: The case's GUID, where a calendar is given.

        Returns:
            The appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            NoResultError: It is not in its calendar (any more).
            NotFoundError: There is no such calendar.
        """
        return self._transport.run(_verbs.get(self._scope, appointment, case_id))

    def book(
        self,
        calendar: Calendar | CalendarRef | str,
        *,
        start: datetime | int,
        service_type_id: str,
        channel: Channel | str,
        bypass_timeslot_check: bool = False,
        prevent_self_check_in: bool = False,
        language: str | None = None,
        customer_record_id: str | None = None,
        contact_phone_number: str | None = None,
        contact_email: str | None = None,
        fields: Mapping[str, str | int | float | bool | None] | None = None,
        tag_ids: Sequence[str] | None = None,
    ) -> Booking:
        """Book an appointment.

        A whole `Calendar`, as listed, says what a booking in it requires: what is missing is refused before anything is
        sent. The organization's own hook may change a booking, or refuse it: see `differences` of the result. For that,
        the calendar is listed once after the booking, within five seconds and a tenth of the timeout, unless
        `check_bookings` in the settings is off; if that look fails, the booking stands, and its `checked` is False.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/book-appointment

        Args:
            calendar: The calendar, what names it, or that as text.
            start: When it begins: one of the vacancies' `slots`, or any aware datetime that is on the calendar's
                day in the service's zone; or minutes since midnight by the service's clock, from 0 to 1439.
            service_type_id: The service type, by its GUID or its name in the catalogue.
            channel: How the customer is served; the service type must offer it.
            bypass_timeslot_check: Whether any time will do, vacant or not. Working hours and other restrictions
                still hold.
            prevent_self_check_in: Whether the customer cannot check in at the kiosk.
            language: The customer's language, such as `en-US`; the organization's own by default.
            customer_record_id: The customer's record. Some services require it.
            contact_phone_number: The customer's phone number: ten digits, unless the settings' `phone_format` says
                otherwise. Some services require it.
            contact_email: The customer's email address. Some services require it.
            fields: Values of the organization's own fields, by the field type's GUID or its name in the catalogue.
                Texts are the safest.
            tag_ids: Tags, by their GUIDs or their names in the catalogue.

        Returns:
            The booking.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or missing where the calendar requires it; nothing was sent.
            ConfigurationError: `start` is a datetime, and nobody says in which zone the service is.
            SlotUnavailableError: The time is not to be had.
            ValidationError: The vendor refuses a field.
            PermissionDeniedError: The application lacks the role Appointments Manager.
            NotFoundError: There is no such calendar.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.book(
                self._scope,
                calendar,
                _AppointmentBook(
                    start=start,
                    service_type_id=service_type_id,
                    channel=channel,
                    bypass_timeslot_check=bypass_timeslot_check,
                    prevent_self_check_in=prevent_self_check_in,
                    language=language,
                    customer_record_id=customer_record_id,
                    contact_phone_number=contact_phone_number,
                    contact_email=contact_email,
                    fields=fields,
                    tag_ids=tag_ids,
                ),
            )
        )

    def cancel(self, appointment: Calendar | CalendarRef | Case | CaseRef | str, case_id: str | None = None) -> None:
        """Cancel an appointment. There is no way to undo it.

        How this is asked is not published: `cancel_method` and `cancel_path` in the settings say it. If an answer is lost,
        the calendar tells whether the appointment is gone.

        Args:
            appointment: The appointment, what names it, or that as text; or its calendar.
            case_id: The case's GUID, where a calendar is given.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            PermissionDeniedError: The application lacks the role Appointments Manager.
            NotFoundError: There is none (any more).
            ConflictError: Its status does not allow it.
            OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
        """
        self._transport.run(_verbs.cancel(self._scope, appointment, case_id))

    def rebook(
        self,
        appointment: Case | CaseRef | str,
        calendar: Calendar | CalendarRef | str,
        *,
        start: datetime | int,
        service_type_id: str,
        channel: Channel | str,
        bypass_timeslot_check: bool = False,
        prevent_self_check_in: bool = False,
        language: str | None = None,
        customer_record_id: str | None = None,
        contact_phone_number: str | None = None,
        contact_email: str | None = None,
        fields: Mapping[str, str | int | float | bool | None] | None = None,
        tag_ids: Sequence[str] | None = None,
    ) -> Booking:
        """Move an appointment: book anew, then cancel the old one. Cubu has no other way.

        The old one is cancelled only when the new one is booked, so that a failure never loses it. What it holds is not
        taken over: give the fields of the new one.

        Args:
            appointment: The old appointment, what names it, or that as text.
            calendar: The calendar for the new one.
            start: When it begins: one of the vacancies' `slots`, or any aware datetime that is on the calendar's
                day in the service's zone; or minutes since midnight by the service's clock, from 0 to 1439.
            service_type_id: The service type, by its GUID or its name in the catalogue.
            channel: How the customer is served; the service type must offer it.
            bypass_timeslot_check: Whether any time will do, vacant or not. Working hours and other restrictions
                still hold.
            prevent_self_check_in: Whether the customer cannot check in at the kiosk.
            language: The customer's language, such as `en-US`; the organization's own by default.
            customer_record_id: The customer's record. Some services require it.
            contact_phone_number: The customer's phone number: ten digits, unless the settings' `phone_format` says
                otherwise. Some services require it.
            contact_email: The customer's email address. Some services require it.
            fields: Values of the organization's own fields, by the field type's GUID or its name in the catalogue.
                Texts are the safest.
            tag_ids: Tags, by their GUIDs or their names in the catalogue.

        Returns:
            The new booking.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            SlotUnavailableError: The time is not to be had; the old appointment may be what is in the way. Nothing changed.
            NotCancelledError: The new one is booked, and the old one could not be cancelled, or nobody could say whether it
                is; both are named.
            OutcomeUnknownError: The new one may have been made; the old one stands.
        """
        return self._transport.run(
            _verbs.rebook(
                self._scope,
                appointment,
                calendar,
                _AppointmentBook(
                    start=start,
                    service_type_id=service_type_id,
                    channel=channel,
                    bypass_timeslot_check=bypass_timeslot_check,
                    prevent_self_check_in=prevent_self_check_in,
                    language=language,
                    customer_record_id=customer_record_id,
                    contact_phone_number=contact_phone_number,
                    contact_email=contact_email,
                    fields=fields,
                    tag_ids=tag_ids,
                ),
            )
        )


class AsyncAppointments:
    """Appointments: booked into a calendar, listed, cancelled, and moved by booking anew.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self, calendar: Calendar | CalendarRef | str, *, customer_record_id: str | None = None
    ) -> AsyncPager[Case]:
        """List a calendar's appointments.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/list-appointments-in-calendar

        Args:
            calendar: The calendar, what names it, or that as text.
            customer_record_id: Only this customer's.

        Returns:
            A lazy list; all of it comes at once.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed.
            PermissionDeniedError: The application lacks the role Appointments Manager. Raised when the list is fetched.
            NotFoundError: There is no such calendar; raised when the list is fetched.
        """
        return self._transport.pager(_verbs.list(self._scope, calendar, customer_record_id=customer_record_id))

    async def get(self, appointment: Calendar | CalendarRef | Case | CaseRef | str, case_id: str | None = None) -> Case:
        """Read an appointment. Cubu has no way to ask for one: its calendar is listed.

        Args:
            appointment: The appointment, what names it, or that as text; or its calendar.
            case_id: The case's GUID, where a calendar is given.

        Returns:
            The appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            NoResultError: It is not in its calendar (any more).
            NotFoundError: There is no such calendar.
        """
        return await self._transport.run(_verbs.get(self._scope, appointment, case_id))

    async def book(
        self,
        calendar: Calendar | CalendarRef | str,
        *,
        start: datetime | int,
        service_type_id: str,
        channel: Channel | str,
        bypass_timeslot_check: bool = False,
        prevent_self_check_in: bool = False,
        language: str | None = None,
        customer_record_id: str | None = None,
        contact_phone_number: str | None = None,
        contact_email: str | None = None,
        fields: Mapping[str, str | int | float | bool | None] | None = None,
        tag_ids: Sequence[str] | None = None,
    ) -> Booking:
        """Book an appointment.

        A whole `Calendar`, as listed, says what a booking in it requires: what is missing is refused before anything is
        sent. The organization's own hook may change a booking, or refuse it: see `differences` of the result. For that,
        the calendar is listed once after the booking, within five seconds and a tenth of the timeout, unless
        `check_bookings` in the settings is off; if that look fails, the booking stands, and its `checked` is False.

        https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/book-appointment

        Args:
            calendar: The calendar, what names it, or that as text.
            start: When it begins: one of the vacancies' `slots`, or any aware datetime that is on the calendar's
                day in the service's zone; or minutes since midnight by the service's clock, from 0 to 1439.
            service_type_id: The service type, by its GUID or its name in the catalogue.
            channel: How the customer is served; the service type must offer it.
            bypass_timeslot_check: Whether any time will do, vacant or not. Working hours and other restrictions
                still hold.
            prevent_self_check_in: Whether the customer cannot check in at the kiosk.
            language: The customer's language, such as `en-US`; the organization's own by default.
            customer_record_id: The customer's record. Some services require it.
            contact_phone_number: The customer's phone number: ten digits, unless the settings' `phone_format` says
                otherwise. Some services require it.
            contact_email: The customer's email address. Some services require it.
            fields: Values of the organization's own fields, by the field type's GUID or its name in the catalogue.
                Texts are the safest.
            tag_ids: Tags, by their GUIDs or their names in the catalogue.

        Returns:
            The booking.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or missing where the calendar requires it; nothing was sent.
            ConfigurationError: `start` is a datetime, and nobody says in which zone the service is.
            SlotUnavailableError: The time is not to be had.
            ValidationError: The vendor refuses a field.
            PermissionDeniedError: The application lacks the role Appointments Manager.
            NotFoundError: There is no such calendar.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.book(
                self._scope,
                calendar,
                _AppointmentBook(
                    start=start,
                    service_type_id=service_type_id,
                    channel=channel,
                    bypass_timeslot_check=bypass_timeslot_check,
                    prevent_self_check_in=prevent_self_check_in,
                    language=language,
                    customer_record_id=customer_record_id,
                    contact_phone_number=contact_phone_number,
                    contact_email=contact_email,
                    fields=fields,
                    tag_ids=tag_ids,
                ),
            )
        )

    async def cancel(
        self, appointment: Calendar | CalendarRef | Case | CaseRef | str, case_id: str | None = None
    ) -> None:
        """Cancel an appointment. There is no way to undo it.

        How this is asked is not published: `cancel_method` and `cancel_path` in the settings say it. If an answer is lost,
        the calendar tells whether the appointment is gone.

        Args:
            appointment: The appointment, what names it, or that as text; or its calendar.
            case_id: The case's GUID, where a calendar is given.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            PermissionDeniedError: The application lacks the role Appointments Manager.
            NotFoundError: There is none (any more).
            ConflictError: Its status does not allow it.
            OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
        """
        await self._transport.run(_verbs.cancel(self._scope, appointment, case_id))

    async def rebook(
        self,
        appointment: Case | CaseRef | str,
        calendar: Calendar | CalendarRef | str,
        *,
        start: datetime | int,
        service_type_id: str,
        channel: Channel | str,
        bypass_timeslot_check: bool = False,
        prevent_self_check_in: bool = False,
        language: str | None = None,
        customer_record_id: str | None = None,
        contact_phone_number: str | None = None,
        contact_email: str | None = None,
        fields: Mapping[str, str | int | float | bool | None] | None = None,
        tag_ids: Sequence[str] | None = None,
    ) -> Booking:
        """Move an appointment: book anew, then cancel the old one. Cubu has no other way.

        The old one is cancelled only when the new one is booked, so that a failure never loses it. What it holds is not
        taken over: give the fields of the new one.

        Args:
            appointment: The old appointment, what names it, or that as text.
            calendar: The calendar for the new one.
            start: When it begins: one of the vacancies' `slots`, or any aware datetime that is on the calendar's
                day in the service's zone; or minutes since midnight by the service's clock, from 0 to 1439.
            service_type_id: The service type, by its GUID or its name in the catalogue.
            channel: How the customer is served; the service type must offer it.
            bypass_timeslot_check: Whether any time will do, vacant or not. Working hours and other restrictions
                still hold.
            prevent_self_check_in: Whether the customer cannot check in at the kiosk.
            language: The customer's language, such as `en-US`; the organization's own by default.
            customer_record_id: The customer's record. Some services require it.
            contact_phone_number: The customer's phone number: ten digits, unless the settings' `phone_format` says
                otherwise. Some services require it.
            contact_email: The customer's email address. Some services require it.
            fields: Values of the organization's own fields, by the field type's GUID or its name in the catalogue.
                Texts are the safest.
            tag_ids: Tags, by their GUIDs or their names in the catalogue.

        Returns:
            The new booking.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            SlotUnavailableError: The time is not to be had; the old appointment may be what is in the way. Nothing changed.
            NotCancelledError: The new one is booked, and the old one could not be cancelled, or nobody could say whether it
                is; both are named.
            OutcomeUnknownError: The new one may have been made; the old one stands.
        """
        return await self._transport.run(
            _verbs.rebook(
                self._scope,
                appointment,
                calendar,
                _AppointmentBook(
                    start=start,
                    service_type_id=service_type_id,
                    channel=channel,
                    bypass_timeslot_check=bypass_timeslot_check,
                    prevent_self_check_in=prevent_self_check_in,
                    language=language,
                    customer_record_id=customer_record_id,
                    contact_phone_number=contact_phone_number,
                    contact_email=contact_email,
                    fields=fields,
                    tag_ids=tag_ids,
                ),
            )
        )
