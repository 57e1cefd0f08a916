# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Video appointments: schedule and cancel.

https://help.webexconnect.io/docs/create-appointments"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.providers.imiassist.models import AppointmentSchedule as _AppointmentSchedule
from apptsdk.providers.imiassist.operations import appointments as _verbs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from apptsdk.models import Id
    from apptsdk.providers.imiassist.models import Appointment, CancelledAppointment, Priority
    from apptsdk.providers.imiassist.scope import Scope
    from apptsdk.transport import AsyncTransport, Transport


class Appointments:
    """Video appointments: schedule and cancel.

    https://help.webexconnect.io/docs/create-appointments"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def schedule(
        self,
        *,
        start_time: datetime,
        duration: timedelta | int | None = None,
        customer_id: Id | None = None,
        customer_phone: str | None = None,
        customer_email: str | None = None,
        customer_first_name: str | None = None,
        customer_last_name: str | None = None,
        custom_attributes: Mapping[str, str | int | float | bool] | None = None,
        team_id: Id | None = None,
        appointment_type: str | None = None,
        assignee_email: str | None = None,
        description: str | None = None,
        reference_case_id: Id | None = None,
        priority: Priority | str = "LOW",
        external_reference_id: Id | None = None,
        title: str | None = None,
    ) -> Appointment:
        """Schedule a video appointment, assigned to a host or unassigned ("Schedule an Appointment").

        It is sent once. If its answer is lost, nobody can be asked what became of it: the vendor has no way to look an
        appointment up. The error names its external reference, with which it can be cancelled.

        https://help.webexconnect.io/docs/create-appointments

        Args:
            start_time: When it begins, an aware datetime; sent in UTC, to the millisecond.
            duration: How long it is: a timedelta of whole minutes, or minutes. The department's own by default,
                and its maximum is the server's to check; see `max_duration_minutes` in the settings.
            customer_id: The primary guest's id in your system, such as `NHSID_77`.
            customer_phone: The primary guest's phone number in E.164: a plus, the country code, digits only.
            customer_email: The primary guest's email address. The company's settings may require it, or the phone
                number.
            customer_first_name: The primary guest's first name.
            customer_last_name: The primary guest's last name.
            custom_attributes: Further data about the primary guest: a flat mapping of names to texts, numbers and
                bools. The company must have configured each of them.
            team_id: The team whose appointment it is; the appointment type's, or the default team, where none is
                given.
            appointment_type: The type, by its name in the department's settings.
            assignee_email: The host's email address. Without it, the appointment goes unassigned to the team's
                queue.
            description: A description.
            reference_case_id: The case that it belongs to, such as `fn-6352`; a new one by default.
            priority: How urgent it is.
            external_reference_id: The id in your own system, by which the appointment can be cancelled too. One is
                made where none is given, because nothing else can lead to an appointment whose answer was lost.
            title: The title; the vendor makes one by default.

        Returns:
            The appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The server refuses an input.
            BadRequestError: Likewise, where it does not say which.
            AuthenticationError: The API key and token are refused, and no others are to be had.
            NotFoundError: There is no such team, host or case; or no such path.
            ConflictError: An appointment with this external reference is there already.
            OutcomeUnknownError: It may have been made: the answer was lost, or names no appointment, as that of a webhook
                that only acknowledges.
        """
        return self._transport.run(
            _verbs.schedule(
                self._scope,
                _AppointmentSchedule(
                    start_time=start_time,
                    duration=duration,
                    customer_id=customer_id,
                    customer_phone=customer_phone,
                    customer_email=customer_email,
                    customer_first_name=customer_first_name,
                    customer_last_name=customer_last_name,
                    custom_attributes=custom_attributes,
                    team_id=team_id,
                    appointment_type=appointment_type,
                    assignee_email=assignee_email,
                    description=description,
                    reference_case_id=reference_case_id,
                    priority=priority,
                    external_reference_id=external_reference_id,
                    title=title,
                ),
            )
        )

    def cancel(
        self,
        appointment: Appointment | None = None,
        *,
        appointment_id: Id | None = None,
        appointment_uid: Id | None = None,
        external_reference_id: Id | None = None,
    ) -> CancelledAppointment:
        """Cancel an appointment, by any one of its names. Repeating it is harmless.

        https://help.webexconnect.io/docs/cancel-appointment

        Args:
            appointment: The appointment, as `schedule` returned it.
            appointment_id: Its id.
            appointment_uid: Its friendly id, such as `DD-45-1`.
            external_reference_id: Its id in your own system. The vendor's page shows this way for participants;
                for cancelling, it is a guess.

        Returns:
            What the answer says. Where the answer to a first attempt was lost and the next one is told that the
            appointment is cancelled already, that counts, and the result is marked as recovered.

        Raises:
            TypeError: None of them is given, or several are, or one is of the wrong type.
            ValueError: An id is malformed; nothing was sent.
            NotFoundError: There is no such appointment.
            ConflictError: It is cancelled already.
            ResponseUnreadableError: The answer names no appointment, as that of a webhook that only acknowledges.
            OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
        """
        return self._transport.run(
            _verbs.cancel(
                self._scope,
                appointment,
                appointment_id=appointment_id,
                appointment_uid=appointment_uid,
                external_reference_id=external_reference_id,
            )
        )

    def get(self, appointment_id: Id) -> Appointment:
        """Read an appointment, where what `base_url` leads to can do that: no node of the vendor's does.

        Switch it on in the settings: `endpoints={"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}`.

        Args:
            appointment_id: Its id.

        Returns:
            The appointment.

        Raises:
            TypeError: The id is of the wrong type.
            ValueError: The id is malformed; nothing was sent.
            UnsupportedError: It is not switched on.
            NotFoundError: There is no such appointment.
        """
        return self._transport.run(_verbs.get(self._scope, appointment_id))


class AsyncAppointments:
    """Video appointments: schedule and cancel.

    https://help.webexconnect.io/docs/create-appointments"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    async def schedule(
        self,
        *,
        start_time: datetime,
        duration: timedelta | int | None = None,
        customer_id: Id | None = None,
        customer_phone: str | None = None,
        customer_email: str | None = None,
        customer_first_name: str | None = None,
        customer_last_name: str | None = None,
        custom_attributes: Mapping[str, str | int | float | bool] | None = None,
        team_id: Id | None = None,
        appointment_type: str | None = None,
        assignee_email: str | None = None,
        description: str | None = None,
        reference_case_id: Id | None = None,
        priority: Priority | str = "LOW",
        external_reference_id: Id | None = None,
        title: str | None = None,
    ) -> Appointment:
        """Schedule a video appointment, assigned to a host or unassigned ("Schedule an Appointment").

        It is sent once. If its answer is lost, nobody can be asked what became of it: the vendor has no way to look an
        appointment up. The error names its external reference, with which it can be cancelled.

        https://help.webexconnect.io/docs/create-appointments

        Args:
            start_time: When it begins, an aware datetime; sent in UTC, to the millisecond.
            duration: How long it is: a timedelta of whole minutes, or minutes. The department's own by default,
                and its maximum is the server's to check; see `max_duration_minutes` in the settings.
            customer_id: The primary guest's id in your system, such as `NHSID_77`.
            customer_phone: The primary guest's phone number in E.164: a plus, the country code, digits only.
            customer_email: The primary guest's email address. The company's settings may require it, or the phone
                number.
            customer_first_name: The primary guest's first name.
            customer_last_name: The primary guest's last name.
            custom_attributes: Further data about the primary guest: a flat mapping of names to texts, numbers and
                bools. The company must have configured each of them.
            team_id: The team whose appointment it is; the appointment type's, or the default team, where none is
                given.
            appointment_type: The type, by its name in the department's settings.
            assignee_email: The host's email address. Without it, the appointment goes unassigned to the team's
                queue.
            description: A description.
            reference_case_id: The case that it belongs to, such as `fn-6352`; a new one by default.
            priority: How urgent it is.
            external_reference_id: The id in your own system, by which the appointment can be cancelled too. One is
                made where none is given, because nothing else can lead to an appointment whose answer was lost.
            title: The title; the vendor makes one by default.

        Returns:
            The appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The server refuses an input.
            BadRequestError: Likewise, where it does not say which.
            AuthenticationError: The API key and token are refused, and no others are to be had.
            NotFoundError: There is no such team, host or case; or no such path.
            ConflictError: An appointment with this external reference is there already.
            OutcomeUnknownError: It may have been made: the answer was lost, or names no appointment, as that of a webhook
                that only acknowledges.
        """
        return await self._transport.run(
            _verbs.schedule(
                self._scope,
                _AppointmentSchedule(
                    start_time=start_time,
                    duration=duration,
                    customer_id=customer_id,
                    customer_phone=customer_phone,
                    customer_email=customer_email,
                    customer_first_name=customer_first_name,
                    customer_last_name=customer_last_name,
                    custom_attributes=custom_attributes,
                    team_id=team_id,
                    appointment_type=appointment_type,
                    assignee_email=assignee_email,
                    description=description,
                    reference_case_id=reference_case_id,
                    priority=priority,
                    external_reference_id=external_reference_id,
                    title=title,
                ),
            )
        )

    async def cancel(
        self,
        appointment: Appointment | None = None,
        *,
        appointment_id: Id | None = None,
        appointment_uid: Id | None = None,
        external_reference_id: Id | None = None,
    ) -> CancelledAppointment:
        """Cancel an appointment, by any one of its names. Repeating it is harmless.

        https://help.webexconnect.io/docs/cancel-appointment

        Args:
            appointment: The appointment, as `schedule` returned it.
            appointment_id: Its id.
            appointment_uid: Its friendly id, such as `DD-45-1`.
            external_reference_id: Its id in your own system. The vendor's page shows this way for participants;
                for cancelling, it is a guess.

        Returns:
            What the answer says. Where the answer to a first attempt was lost and the next one is told that the
            appointment is cancelled already, that counts, and the result is marked as recovered.

        Raises:
            TypeError: None of them is given, or several are, or one is of the wrong type.
            ValueError: An id is malformed; nothing was sent.
            NotFoundError: There is no such appointment.
            ConflictError: It is cancelled already.
            ResponseUnreadableError: The answer names no appointment, as that of a webhook that only acknowledges.
            OutcomeUnknownError: It may be cancelled or not; repeating it is harmless.
        """
        return await self._transport.run(
            _verbs.cancel(
                self._scope,
                appointment,
                appointment_id=appointment_id,
                appointment_uid=appointment_uid,
                external_reference_id=external_reference_id,
            )
        )

    async def get(self, appointment_id: Id) -> Appointment:
        """Read an appointment, where what `base_url` leads to can do that: no node of the vendor's does.

        Switch it on in the settings: `endpoints={"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}`.

        Args:
            appointment_id: Its id.

        Returns:
            The appointment.

        Raises:
            TypeError: The id is of the wrong type.
            ValueError: The id is malformed; nothing was sent.
            UnsupportedError: It is not switched on.
            NotFoundError: There is no such appointment.
        """
        return await self._transport.run(_verbs.get(self._scope, appointment_id))
