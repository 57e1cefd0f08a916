# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Appointments, and blocks on the schedule.

What NexHealth accepts it writes to the practice's own system later: see `wait_until_written`.

https://docs.nexhealth.com/reference/getappointments"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.models import AppointmentCreate as _AppointmentCreate
from apptsdk.providers.nexhealth.models import AppointmentUpdate as _AppointmentUpdate
from apptsdk.providers.nexhealth.operations import appointments as _verbs
from apptsdk.providers.nexhealth.queries import AppointmentGet as _AppointmentGet
from apptsdk.providers.nexhealth.queries import AppointmentQuery as _AppointmentQuery
from apptsdk.providers.nexhealth.queries import DescriptorQuery as _DescriptorQuery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import Appointment, AppointmentInclude, Dependent, Descriptor
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Appointments:
    """Appointments, and blocks on the schedule.

    What NexHealth accepts it writes to the practice's own system later: see `wait_until_written`.

    https://docs.nexhealth.com/reference/getappointments"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        start: datetime,
        end: datetime,
        timezone: str | Unset = UNSET,
        cancelled: bool | Unset = UNSET,
        unavailable: bool | Unset = UNSET,
        nex_only: bool | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        appointment_type_id: Id | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        created_by: Id | Unset = UNSET,
        patient_ids: Sequence[Id] | Unset = UNSET,
        patient_id: Id | Unset = UNSET,
        provider_ids: Sequence[Id] | Unset = UNSET,
        operatory_ids: Sequence[Id] | Unset = UNSET,
        include: Sequence[AppointmentInclude] = (),
        sort: Sequence[str] = (),
        location_id: Id | Unset | None = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[Appointment]:
        """List appointments, page by page as they are read where the vendor pages them.

        Args:
            start: The window's beginning.
            end: The window's end.
            timezone: The IANA name of the office's zone.
            cancelled: Only cancelled ones, or only those that stand.
            unavailable: Only blocks on the schedule, or only appointments.
            nex_only: Only those that were booked through NexHealth.
            updated_since: Only those that changed since then.
            appointment_type_id: Only those of this type.
            foreign_id: Only that with this id in the practice's own system.
            created_by: Only those that this user made.
            patient_ids: Only those of these patients, 25 at most; not in v2.
            patient_id: Only those of this patient; in v2 only.
            provider_ids: Only those with these providers.
            operatory_ids: Only those in these operatories.
            include: What to send along; in v2 only: elsewhere `get` one.
            sort: Fields to order by, with a leading dash for descending: `["-updated_at"]`; not in v2.
            location_id: The office; by default the client's. None where `foreign_id` is given.
            per_page: How many a page holds, 1 to 1000 (300 in v2); by default 200 (100 in v2).
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain, and has paid for them.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _AppointmentQuery(
                    start=start,
                    end=end,
                    timezone=timezone,
                    cancelled=cancelled,
                    unavailable=unavailable,
                    nex_only=nex_only,
                    updated_since=updated_since,
                    appointment_type_id=appointment_type_id,
                    foreign_id=foreign_id,
                    created_by=created_by,
                    patient_ids=patient_ids,
                    patient_id=patient_id,
                    provider_ids=provider_ids,
                    operatory_ids=operatory_ids,
                    include=include,
                    sort=sort,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    def get(self, id: Id, *, include: Sequence[AppointmentInclude] = ()) -> Appointment:
        """Get an appointment.

        Args:
            id: Its id.
            include: What to send along; the vendor sends `patient` by default.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.get(self._scope, id, _AppointmentGet(include=include)))

    def create(
        self,
        *,
        provider_id: Id,
        start_time: datetime,
        patient_id: Id | Unset = UNSET,
        appointment_type_id: Id | Unset | None = UNSET,
        appointments_per_timeslot: int | Unset = UNSET,
        descriptor_ids: Sequence[Id] | Unset = UNSET,
        end_time: datetime | Unset | None = UNSET,
        is_guardian: bool | Unset = UNSET,
        is_new_clients_patient: bool | Unset = UNSET,
        location_id: Id | Unset = UNSET,
        note: str | Unset = UNSET,
        notify_patient: bool = False,
        operatory_id: Id | Unset | None = UNSET,
        patient: Dependent | Unset = UNSET,
        referrer: str | Unset = UNSET,
        unavailable: bool | Unset = UNSET,
    ) -> Appointment:
        """Book an appointment, or block the schedule.

        NexHealth accepts it at once, and refuses a time that is taken; the practice's own system has it only once
        `write_state` says WRITTEN. Before the booking the office's settings are read (once an hour): an office that takes
        no bookings from outside is warned about, and a missing operatory is refused where it is needed.

        Args:
            provider_id: The provider.
            start_time: When it begins: aware, and in the future. A slot's time can be handed back as it is.
            patient_id: The patient; the guardian where one books for a dependent. Left out for a block only.
            appointment_type_id: Its type. The vendor refuses one that does not go with the working hours or the
                operatory.
            appointments_per_timeslot: How many appointments may share the time, 1 to 5; the vendor takes 1. For
                eClinicalWorks and NextGen only.
            descriptor_ids: What the EHR is to call it.
            end_time: When it ends: aware. It may be left out with a type, which tells how long it takes.
            is_guardian: Whether a guardian books it for a dependent.
            is_new_clients_patient: Whether the patient is new at the practice.
            location_id: The location; by default the client's.
            note: A note, which the EHR gets: up to 128 characters.
            notify_patient: Whether the vendor tells the patient.
            operatory_id: The chair or room; needed where the location maps bookings to operatories. A slot tells
                it.
            patient: The dependent; needed where a guardian books.
            referrer: Where it was booked, a URL.
            unavailable: Whether it is a block of the schedule instead of a visit.

        Returns:
            The new appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed or missing; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            SlotUnavailableError: The time is no longer free.
            ValidationError: The vendor refuses a field, for instance a type that the operatory or the hours do not have.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                self._scope,
                _AppointmentCreate(
                    provider_id=provider_id,
                    start_time=start_time,
                    patient_id=patient_id,
                    appointment_type_id=appointment_type_id,
                    appointments_per_timeslot=appointments_per_timeslot,
                    descriptor_ids=descriptor_ids,
                    end_time=end_time,
                    is_guardian=is_guardian,
                    is_new_clients_patient=is_new_clients_patient,
                    location_id=location_id,
                    note=note,
                    notify_patient=notify_patient,
                    operatory_id=operatory_id,
                    patient=patient,
                    referrer=referrer,
                    unavailable=unavailable,
                ),
            )
        )

    def update(
        self,
        id: Id,
        *,
        cancelled: bool | Unset = UNSET,
        checkin_at: datetime | Unset = UNSET,
        confirmed: bool | Unset = UNSET,
        end_time: datetime | Unset = UNSET,
        note: str | Unset = UNSET,
        operatory_id: Id | Unset = UNSET,
        start_time: datetime | Unset = UNSET,
    ) -> Appointment:
        """Change an appointment. What is not given stays as it is.

        Any practice's own system takes `cancelled`, most take `confirmed`, few take new times, another operatory or a
        note: Dentrix, Dentrix Enterprise, Eaglesoft and Open Dental. Confirming waits until the appointment is written;
        cancelling does not. The change, too, is written later.

        Args:
            id: Its id.
            cancelled: True cancels it; the vendor knows no way back that is certain.
            checkin_at: When the patient was checked in: aware. It can be set once.
            confirmed: True says that the office confirmed it; there is no way back. It is refused until the
                appointment is written to the EHR.
            end_time: When it ends: aware. Only together with its start.
            note: A note, which the EHR gets.
            operatory_id: The chair or room.
            start_time: When it begins: aware. Only together with its end.

        Returns:
            The changed appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, only one of the times is given, or nothing is to be changed; nothing was
                sent.
            ConfigurationError: The practice is not known.
            UnsupportedError: Times, operatory or note in v2.
            BadRequestError: It is not written yet, or the practice's own system does not take the change.
            NotFoundError: There is none.
        """
        return self._transport.run(
            _verbs.update(
                self._scope,
                id,
                _AppointmentUpdate(
                    cancelled=cancelled,
                    checkin_at=checkin_at,
                    confirmed=confirmed,
                    end_time=end_time,
                    note=note,
                    operatory_id=operatory_id,
                    start_time=start_time,
                ),
            )
        )

    def cancel(self, id: Id) -> Appointment:
        """Cancel an appointment, written or not. There is no way to undo it.

        Args:
            id: Its id.

        Returns:
            The cancelled appointment.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            BadRequestError: It is cancelled already; the vendor's text may speak of syncing instead.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.cancel(self._scope, id))

    def descriptors(self, id: Id, *, descriptor_type: str | Unset = UNSET) -> Pager[Descriptor]:
        """List the descriptors of an appointment.

        Args:
            id: Its id.
            descriptor_type: Only those of this type, such as `"Procedure Code"`.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such appointment; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.descriptors(self._scope, id, _DescriptorQuery(descriptor_type=descriptor_type))
        )

    def wait_until_written(self, id: Id, *, timeout: timedelta = timedelta(seconds=120)) -> Appointment:
        """Wait until an appointment is written to the practice's own system, or say that it is not.

        It asks at once, after 1, 2, 4, 8, 16 and then every 30 seconds, within the pace; a look that fails is made again.
        Webhooks cost less: see `webhooks`. That it was written shows in its `foreign_id`; that writing failed shows nowhere
        but in a webhook.

        Args:
            id: The appointment's id.
            timeout: How long to wait, beside the client's own timeout.

        Returns:
            The appointment, written.

        Raises:
            TypeError: The timeout is no timedelta.
            ValueError: The id is malformed, or the timeout is not above zero.
            NotWrittenError: It is not written (yet); see its `appointment`. Unless it is `final`, wait again.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.wait_until_written(self._scope, id, timeout=timeout))


class AsyncAppointments:
    """Appointments, and blocks on the schedule.

    What NexHealth accepts it writes to the practice's own system later: see `wait_until_written`.

    https://docs.nexhealth.com/reference/getappointments"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        start: datetime,
        end: datetime,
        timezone: str | Unset = UNSET,
        cancelled: bool | Unset = UNSET,
        unavailable: bool | Unset = UNSET,
        nex_only: bool | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        appointment_type_id: Id | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        created_by: Id | Unset = UNSET,
        patient_ids: Sequence[Id] | Unset = UNSET,
        patient_id: Id | Unset = UNSET,
        provider_ids: Sequence[Id] | Unset = UNSET,
        operatory_ids: Sequence[Id] | Unset = UNSET,
        include: Sequence[AppointmentInclude] = (),
        sort: Sequence[str] = (),
        location_id: Id | Unset | None = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[Appointment]:
        """List appointments, page by page as they are read where the vendor pages them.

        Args:
            start: The window's beginning.
            end: The window's end.
            timezone: The IANA name of the office's zone.
            cancelled: Only cancelled ones, or only those that stand.
            unavailable: Only blocks on the schedule, or only appointments.
            nex_only: Only those that were booked through NexHealth.
            updated_since: Only those that changed since then.
            appointment_type_id: Only those of this type.
            foreign_id: Only that with this id in the practice's own system.
            created_by: Only those that this user made.
            patient_ids: Only those of these patients, 25 at most; not in v2.
            patient_id: Only those of this patient; in v2 only.
            provider_ids: Only those with these providers.
            operatory_ids: Only those in these operatories.
            include: What to send along; in v2 only: elsewhere `get` one.
            sort: Fields to order by, with a leading dash for descending: `["-updated_at"]`; not in v2.
            location_id: The office; by default the client's. None where `foreign_id` is given.
            per_page: How many a page holds, 1 to 1000 (300 in v2); by default 200 (100 in v2).
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain, and has paid for them.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _AppointmentQuery(
                    start=start,
                    end=end,
                    timezone=timezone,
                    cancelled=cancelled,
                    unavailable=unavailable,
                    nex_only=nex_only,
                    updated_since=updated_since,
                    appointment_type_id=appointment_type_id,
                    foreign_id=foreign_id,
                    created_by=created_by,
                    patient_ids=patient_ids,
                    patient_id=patient_id,
                    provider_ids=provider_ids,
                    operatory_ids=operatory_ids,
                    include=include,
                    sort=sort,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    async def get(self, id: Id, *, include: Sequence[AppointmentInclude] = ()) -> Appointment:
        """Get an appointment.

        Args:
            id: Its id.
            include: What to send along; the vendor sends `patient` by default.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.get(self._scope, id, _AppointmentGet(include=include)))

    async def create(
        self,
        *,
        provider_id: Id,
        start_time: datetime,
        patient_id: Id | Unset = UNSET,
        appointment_type_id: Id | Unset | None = UNSET,
        appointments_per_timeslot: int | Unset = UNSET,
        descriptor_ids: Sequence[Id] | Unset = UNSET,
        end_time: datetime | Unset | None = UNSET,
        is_guardian: bool | Unset = UNSET,
        is_new_clients_patient: bool | Unset = UNSET,
        location_id: Id | Unset = UNSET,
        note: str | Unset = UNSET,
        notify_patient: bool = False,
        operatory_id: Id | Unset | None = UNSET,
        patient: Dependent | Unset = UNSET,
        referrer: str | Unset = UNSET,
        unavailable: bool | Unset = UNSET,
    ) -> Appointment:
        """Book an appointment, or block the schedule.

        NexHealth accepts it at once, and refuses a time that is taken; the practice's own system has it only once
        `write_state` says WRITTEN. Before the booking the office's settings are read (once an hour): an office that takes
        no bookings from outside is warned about, and a missing operatory is refused where it is needed.

        Args:
            provider_id: The provider.
            start_time: When it begins: aware, and in the future. A slot's time can be handed back as it is.
            patient_id: The patient; the guardian where one books for a dependent. Left out for a block only.
            appointment_type_id: Its type. The vendor refuses one that does not go with the working hours or the
                operatory.
            appointments_per_timeslot: How many appointments may share the time, 1 to 5; the vendor takes 1. For
                eClinicalWorks and NextGen only.
            descriptor_ids: What the EHR is to call it.
            end_time: When it ends: aware. It may be left out with a type, which tells how long it takes.
            is_guardian: Whether a guardian books it for a dependent.
            is_new_clients_patient: Whether the patient is new at the practice.
            location_id: The location; by default the client's.
            note: A note, which the EHR gets: up to 128 characters.
            notify_patient: Whether the vendor tells the patient.
            operatory_id: The chair or room; needed where the location maps bookings to operatories. A slot tells
                it.
            patient: The dependent; needed where a guardian books.
            referrer: Where it was booked, a URL.
            unavailable: Whether it is a block of the schedule instead of a visit.

        Returns:
            The new appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed or missing; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            SlotUnavailableError: The time is no longer free.
            ValidationError: The vendor refuses a field, for instance a type that the operatory or the hours do not have.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                self._scope,
                _AppointmentCreate(
                    provider_id=provider_id,
                    start_time=start_time,
                    patient_id=patient_id,
                    appointment_type_id=appointment_type_id,
                    appointments_per_timeslot=appointments_per_timeslot,
                    descriptor_ids=descriptor_ids,
                    end_time=end_time,
                    is_guardian=is_guardian,
                    is_new_clients_patient=is_new_clients_patient,
                    location_id=location_id,
                    note=note,
                    notify_patient=notify_patient,
                    operatory_id=operatory_id,
                    patient=patient,
                    referrer=referrer,
                    unavailable=unavailable,
                ),
            )
        )

    async def update(
        self,
        id: Id,
        *,
        cancelled: bool | Unset = UNSET,
        checkin_at: datetime | Unset = UNSET,
        confirmed: bool | Unset = UNSET,
        end_time: datetime | Unset = UNSET,
        note: str | Unset = UNSET,
        operatory_id: Id | Unset = UNSET,
        start_time: datetime | Unset = UNSET,
    ) -> Appointment:
        """Change an appointment. What is not given stays as it is.

        Any practice's own system takes `cancelled`, most take `confirmed`, few take new times, another operatory or a
        note: Dentrix, Dentrix Enterprise, Eaglesoft and Open Dental. Confirming waits until the appointment is written;
        cancelling does not. The change, too, is written later.

        Args:
            id: Its id.
            cancelled: True cancels it; the vendor knows no way back that is certain.
            checkin_at: When the patient was checked in: aware. It can be set once.
            confirmed: True says that the office confirmed it; there is no way back. It is refused until the
                appointment is written to the EHR.
            end_time: When it ends: aware. Only together with its start.
            note: A note, which the EHR gets.
            operatory_id: The chair or room.
            start_time: When it begins: aware. Only together with its end.

        Returns:
            The changed appointment.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, only one of the times is given, or nothing is to be changed; nothing was
                sent.
            ConfigurationError: The practice is not known.
            UnsupportedError: Times, operatory or note in v2.
            BadRequestError: It is not written yet, or the practice's own system does not take the change.
            NotFoundError: There is none.
        """
        return await self._transport.run(
            _verbs.update(
                self._scope,
                id,
                _AppointmentUpdate(
                    cancelled=cancelled,
                    checkin_at=checkin_at,
                    confirmed=confirmed,
                    end_time=end_time,
                    note=note,
                    operatory_id=operatory_id,
                    start_time=start_time,
                ),
            )
        )

    async def cancel(self, id: Id) -> Appointment:
        """Cancel an appointment, written or not. There is no way to undo it.

        Args:
            id: Its id.

        Returns:
            The cancelled appointment.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            BadRequestError: It is cancelled already; the vendor's text may speak of syncing instead.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.cancel(self._scope, id))

    def descriptors(self, id: Id, *, descriptor_type: str | Unset = UNSET) -> AsyncPager[Descriptor]:
        """List the descriptors of an appointment.

        Args:
            id: Its id.
            descriptor_type: Only those of this type, such as `"Procedure Code"`.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such appointment; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.descriptors(self._scope, id, _DescriptorQuery(descriptor_type=descriptor_type))
        )

    async def wait_until_written(self, id: Id, *, timeout: timedelta = timedelta(seconds=120)) -> Appointment:
        """Wait until an appointment is written to the practice's own system, or say that it is not.

        It asks at once, after 1, 2, 4, 8, 16 and then every 30 seconds, within the pace; a look that fails is made again.
        Webhooks cost less: see `webhooks`. That it was written shows in its `foreign_id`; that writing failed shows nowhere
        but in a webhook.

        Args:
            id: The appointment's id.
            timeout: How long to wait, beside the client's own timeout.

        Returns:
            The appointment, written.

        Raises:
            TypeError: The timeout is no timedelta.
            ValueError: The id is malformed, or the timeout is not above zero.
            NotWrittenError: It is not written (yet); see its `appointment`. Unless it is `final`, wait again.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.wait_until_written(self._scope, id, timeout=timeout))
