# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Appointment types: what can be booked, and how long it takes.

https://docs.nexhealth.com/reference/getappointmenttypes"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.models import AppointmentTypeCreate as _AppointmentTypeCreate
from apptsdk.providers.nexhealth.models import AppointmentTypeUpdate as _AppointmentTypeUpdate
from apptsdk.providers.nexhealth.operations import appointment_types as _verbs
from apptsdk.providers.nexhealth.queries import AppointmentTypeDelete as _AppointmentTypeDelete
from apptsdk.providers.nexhealth.queries import AppointmentTypeGet as _AppointmentTypeGet
from apptsdk.providers.nexhealth.queries import AppointmentTypeQuery as _AppointmentTypeQuery
from apptsdk.providers.nexhealth.queries import TypeDescriptorQuery as _TypeDescriptorQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import AppointmentType, AppointmentTypeInclude, Descriptor, ParentType
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class AppointmentTypes:
    """Appointment types: what can be booked, and how long it takes.

    https://docs.nexhealth.com/reference/getappointmenttypes"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self, *, include: Sequence[AppointmentTypeInclude] = (), location_id: Id | Unset | None = UNSET
    ) -> Pager[AppointmentType]:
        """List appointment types, page by page as they are read where the vendor pages them.

        Args:
            include: What to send along.
            location_id: The office; by default the client's, if it has one. None for all of the practice.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(self._scope, _AppointmentTypeQuery(include=include, location_id=location_id))
        )

    def get(
        self, id: Id, *, include: Sequence[AppointmentTypeInclude] = (), location_id: Id | Unset | None = UNSET
    ) -> AppointmentType:
        """Get an appointment type.

        Args:
            id: Its id.
            include: What to send along.
            location_id: The office; by default the client's, if it has one. None for all of the practice.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return self._transport.run(
            _verbs.get(self._scope, id, _AppointmentTypeGet(include=include, location_id=location_id))
        )

    def create(
        self,
        *,
        name: str,
        minutes: int,
        bookable_online: bool | Unset = UNSET,
        emr_appt_descriptor_ids: Sequence[Id] | Unset = UNSET,
        location_id: Id | Unset = UNSET,
        parent_id: Id | Unset = UNSET,
        parent_type: ParentType | Unset = UNSET,
    ) -> AppointmentType:
        """Create an appointment type.

        Args:
            name: The name, which no other type has.
            minutes: How long an appointment takes, in minutes; the vendor advises steps of five.
            bookable_online: Whether the vendor's own booking page offers it.
            emr_appt_descriptor_ids: The descriptors to write into the EHR with its appointments: the whole list.
            location_id: A location; needed where the practice's appointment types belong to locations. No default
                is taken from the settings.
            parent_id: The institution or location that it belongs to; needed with a location.
            parent_type: Which of the two it belongs to; by default the institution.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            ValidationError: The vendor refuses a field.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                self._scope,
                _AppointmentTypeCreate(
                    name=name,
                    minutes=minutes,
                    bookable_online=bookable_online,
                    emr_appt_descriptor_ids=emr_appt_descriptor_ids,
                    location_id=location_id,
                    parent_id=parent_id,
                    parent_type=parent_type,
                ),
            )
        )

    def update(
        self,
        id: Id,
        *,
        name: str | Unset = UNSET,
        minutes: int | Unset = UNSET,
        bookable_online: bool | Unset = UNSET,
        emr_appt_descriptor_ids: Sequence[Id] | Unset = UNSET,
        location_id: Id | Unset = UNSET,
        parent_id: Id | Unset = UNSET,
        parent_type: ParentType | Unset = UNSET,
    ) -> AppointmentType:
        """Change an appointment type. What is not given stays as it is.

        Args:
            id: Its id.
            name: The name, which no other type has.
            minutes: How long an appointment takes, in minutes; the vendor advises steps of five.
            bookable_online: Whether the vendor's own booking page offers it.
            emr_appt_descriptor_ids: The descriptors to write into the EHR with its appointments: the whole list.
            location_id: A location; needed where the practice's appointment types belong to locations. No default
                is taken from the settings.
            parent_id: The institution or location that it belongs to; needed with a location.
            parent_type: Which of the two it belongs to; by default the institution.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            ValidationError: The vendor refuses a field.
            NotFoundError: There is none.
        """
        return self._transport.run(
            _verbs.update(
                self._scope,
                id,
                _AppointmentTypeUpdate(
                    name=name,
                    minutes=minutes,
                    bookable_online=bookable_online,
                    emr_appt_descriptor_ids=emr_appt_descriptor_ids,
                    location_id=location_id,
                    parent_id=parent_id,
                    parent_type=parent_type,
                ),
            )
        )

    def delete(self, id: Id, *, location_id: Id | Unset | None = UNSET) -> None:
        """Delete an appointment type.

        Args:
            id: Its id.
            location_id: The office; by default the client's, if it has one. None for all of the practice.

        Raises:
            ValueError: An id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        self._transport.run(_verbs.delete(self._scope, id, _AppointmentTypeDelete(location_id=location_id)))

    def descriptors(
        self, id: Id, *, location_id: Id | Unset | None = UNSET, descriptor_type: str | Unset = UNSET
    ) -> Pager[Descriptor]:
        """List the descriptors of an appointment type, which are written to the practice's own system with a booking.

        Args:
            id: The type's id.
            location_id: The office; by default the client's, if it has one. None for all of the practice.
            descriptor_type: Only those of this type, such as `"Procedure Code"`.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such type; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.descriptors(
                self._scope, id, _TypeDescriptorQuery(location_id=location_id, descriptor_type=descriptor_type)
            )
        )


class AsyncAppointmentTypes:
    """Appointment types: what can be booked, and how long it takes.

    https://docs.nexhealth.com/reference/getappointmenttypes"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self, *, include: Sequence[AppointmentTypeInclude] = (), location_id: Id | Unset | None = UNSET
    ) -> AsyncPager[AppointmentType]:
        """List appointment types, page by page as they are read where the vendor pages them.

        Args:
            include: What to send along.
            location_id: The office; by default the client's, if it has one. None for all of the practice.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(self._scope, _AppointmentTypeQuery(include=include, location_id=location_id))
        )

    async def get(
        self, id: Id, *, include: Sequence[AppointmentTypeInclude] = (), location_id: Id | Unset | None = UNSET
    ) -> AppointmentType:
        """Get an appointment type.

        Args:
            id: Its id.
            include: What to send along.
            location_id: The office; by default the client's, if it has one. None for all of the practice.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return await self._transport.run(
            _verbs.get(self._scope, id, _AppointmentTypeGet(include=include, location_id=location_id))
        )

    async def create(
        self,
        *,
        name: str,
        minutes: int,
        bookable_online: bool | Unset = UNSET,
        emr_appt_descriptor_ids: Sequence[Id] | Unset = UNSET,
        location_id: Id | Unset = UNSET,
        parent_id: Id | Unset = UNSET,
        parent_type: ParentType | Unset = UNSET,
    ) -> AppointmentType:
        """Create an appointment type.

        Args:
            name: The name, which no other type has.
            minutes: How long an appointment takes, in minutes; the vendor advises steps of five.
            bookable_online: Whether the vendor's own booking page offers it.
            emr_appt_descriptor_ids: The descriptors to write into the EHR with its appointments: the whole list.
            location_id: A location; needed where the practice's appointment types belong to locations. No default
                is taken from the settings.
            parent_id: The institution or location that it belongs to; needed with a location.
            parent_type: Which of the two it belongs to; by default the institution.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            ValidationError: The vendor refuses a field.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                self._scope,
                _AppointmentTypeCreate(
                    name=name,
                    minutes=minutes,
                    bookable_online=bookable_online,
                    emr_appt_descriptor_ids=emr_appt_descriptor_ids,
                    location_id=location_id,
                    parent_id=parent_id,
                    parent_type=parent_type,
                ),
            )
        )

    async def update(
        self,
        id: Id,
        *,
        name: str | Unset = UNSET,
        minutes: int | Unset = UNSET,
        bookable_online: bool | Unset = UNSET,
        emr_appt_descriptor_ids: Sequence[Id] | Unset = UNSET,
        location_id: Id | Unset = UNSET,
        parent_id: Id | Unset = UNSET,
        parent_type: ParentType | Unset = UNSET,
    ) -> AppointmentType:
        """Change an appointment type. What is not given stays as it is.

        Args:
            id: Its id.
            name: The name, which no other type has.
            minutes: How long an appointment takes, in minutes; the vendor advises steps of five.
            bookable_online: Whether the vendor's own booking page offers it.
            emr_appt_descriptor_ids: The descriptors to write into the EHR with its appointments: the whole list.
            location_id: A location; needed where the practice's appointment types belong to locations. No default
                is taken from the settings.
            parent_id: The institution or location that it belongs to; needed with a location.
            parent_type: Which of the two it belongs to; by default the institution.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            ValidationError: The vendor refuses a field.
            NotFoundError: There is none.
        """
        return await self._transport.run(
            _verbs.update(
                self._scope,
                id,
                _AppointmentTypeUpdate(
                    name=name,
                    minutes=minutes,
                    bookable_online=bookable_online,
                    emr_appt_descriptor_ids=emr_appt_descriptor_ids,
                    location_id=location_id,
                    parent_id=parent_id,
                    parent_type=parent_type,
                ),
            )
        )

    async def delete(self, id: Id, *, location_id: Id | Unset | None = UNSET) -> None:
        """Delete an appointment type.

        Args:
            id: Its id.
            location_id: The office; by default the client's, if it has one. None for all of the practice.

        Raises:
            ValueError: An id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        await self._transport.run(_verbs.delete(self._scope, id, _AppointmentTypeDelete(location_id=location_id)))

    def descriptors(
        self, id: Id, *, location_id: Id | Unset | None = UNSET, descriptor_type: str | Unset = UNSET
    ) -> AsyncPager[Descriptor]:
        """List the descriptors of an appointment type, which are written to the practice's own system with a booking.

        Args:
            id: The type's id.
            location_id: The office; by default the client's, if it has one. None for all of the practice.
            descriptor_type: Only those of this type, such as `"Procedure Code"`.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such type; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.descriptors(
                self._scope, id, _TypeDescriptorQuery(location_id=location_id, descriptor_type=descriptor_type)
            )
        )
