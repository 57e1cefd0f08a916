# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Attendees: patients in bookings, exactly one in each individual appointment, any number in a group.

https://docs.api.cliniko.com/openapi/attendee"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import AttendeeCreate as _AttendeeCreate
from apptsdk.providers.cliniko.models import AttendeeFilters as _AttendeeFilters
from apptsdk.providers.cliniko.models import AttendeeUpdate as _AttendeeUpdate
from apptsdk.providers.cliniko.operations import attendees as _verbs
from apptsdk.providers.cliniko.queries import AppointmentQuery as _AppointmentQuery
from apptsdk.providers.cliniko.queries import WithCancelled as _WithCancelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import Attendee, CancellationReason
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Attendees:
    """Attendees: patients in bookings, exactly one in each individual appointment, any number in a group.

    https://docs.api.cliniko.com/openapi/attendee"""

    F: Final = _AttendeeFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_cancelled: bool = False,
        include_archived: bool = False,
    ) -> Pager[Attendee]:
        """List attendees, page by page as they are read; by default in the order in which they were made.

        Args:
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.
            include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _AppointmentQuery(
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_cancelled=include_cancelled,
                    include_archived=include_archived,
                )
            )
        )

    def get(self, id: Id, *, include_cancelled: bool = False, include_archived: bool = False) -> Attendee:
        """Get an attendee.

        Args:
            id: Its id.
            include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(
            _verbs.get(id, _WithCancelled(include_cancelled=include_cancelled, include_archived=include_archived))
        )

    def create(
        self,
        *,
        booking_id: Id,
        patient_id: Id,
        arrived: bool | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_case_id: Id | Unset = UNSET,
    ) -> Attendee:
        """Create an attendee.

        Args:
            booking_id: The group appointment to attend.
            patient_id: The patient.
            arrived: True when the patient came, False for a no-show, None to take either mark back.
            notes: Notes, for staff.
            patient_case_id: The patient's case that the booking belongs to.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                _AttendeeCreate(
                    booking_id=booking_id,
                    patient_id=patient_id,
                    arrived=arrived,
                    notes=notes,
                    patient_case_id=patient_case_id,
                )
            )
        )

    def update(
        self,
        id: Id,
        *,
        arrived: bool | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_case_id: Id | Unset = UNSET,
    ) -> Attendee:
        """Change an attendee. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            arrived: True when the patient came, False for a no-show, None to take either mark back.
            notes: Notes, for staff.
            patient_case_id: The patient's case that the booking belongs to.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(
            _verbs.update(id, _AttendeeUpdate(arrived=arrived, notes=notes, patient_case_id=patient_case_id))
        )

    def archive(self, id: Id) -> None:
        """Archive an attendee: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        self._transport.run(_verbs.archive(id))

    def cancel(
        self, id: Id, *, reason: CancellationReason, note: str | None = None, apply_to_repeats: bool = False
    ) -> None:
        """Cancel an attendee of a group appointment. There is no way to undo it, and it is hidden from then on.

        The attendee of an individual appointment is refused by the vendor: cancel the appointment.

        Args:
            id: Its id.
            reason: Why; the vendor demands one.
            note: A note on it, for staff.
            apply_to_repeats: Whether the patient's places in later occurrences are cancelled too.

        Raises:
            ValueError: The id is malformed, or the reason is one that the vendor no longer takes.
            NotFoundError: There is none, or it is cancelled already.
        """
        self._transport.run(_verbs.cancel(id, reason=reason, note=note, apply_to_repeats=apply_to_repeats))


class AsyncAttendees:
    """Attendees: patients in bookings, exactly one in each individual appointment, any number in a group.

    https://docs.api.cliniko.com/openapi/attendee"""

    F: Final = _AttendeeFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_cancelled: bool = False,
        include_archived: bool = False,
    ) -> AsyncPager[Attendee]:
        """List attendees, page by page as they are read; by default in the order in which they were made.

        Args:
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.
            include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _AppointmentQuery(
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_cancelled=include_cancelled,
                    include_archived=include_archived,
                )
            )
        )

    async def get(self, id: Id, *, include_cancelled: bool = False, include_archived: bool = False) -> Attendee:
        """Get an attendee.

        Args:
            id: Its id.
            include_cancelled: Whether cancelled ones are looked among too; they are hidden otherwise.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(
            _verbs.get(id, _WithCancelled(include_cancelled=include_cancelled, include_archived=include_archived))
        )

    async def create(
        self,
        *,
        booking_id: Id,
        patient_id: Id,
        arrived: bool | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_case_id: Id | Unset = UNSET,
    ) -> Attendee:
        """Create an attendee.

        Args:
            booking_id: The group appointment to attend.
            patient_id: The patient.
            arrived: True when the patient came, False for a no-show, None to take either mark back.
            notes: Notes, for staff.
            patient_case_id: The patient's case that the booking belongs to.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                _AttendeeCreate(
                    booking_id=booking_id,
                    patient_id=patient_id,
                    arrived=arrived,
                    notes=notes,
                    patient_case_id=patient_case_id,
                )
            )
        )

    async def update(
        self,
        id: Id,
        *,
        arrived: bool | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_case_id: Id | Unset = UNSET,
    ) -> Attendee:
        """Change an attendee. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            arrived: True when the patient came, False for a no-show, None to take either mark back.
            notes: Notes, for staff.
            patient_case_id: The patient's case that the booking belongs to.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(
            _verbs.update(id, _AttendeeUpdate(arrived=arrived, notes=notes, patient_case_id=patient_case_id))
        )

    async def archive(self, id: Id) -> None:
        """Archive an attendee: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        await self._transport.run(_verbs.archive(id))

    async def cancel(
        self, id: Id, *, reason: CancellationReason, note: str | None = None, apply_to_repeats: bool = False
    ) -> None:
        """Cancel an attendee of a group appointment. There is no way to undo it, and it is hidden from then on.

        The attendee of an individual appointment is refused by the vendor: cancel the appointment.

        Args:
            id: Its id.
            reason: Why; the vendor demands one.
            note: A note on it, for staff.
            apply_to_repeats: Whether the patient's places in later occurrences are cancelled too.

        Raises:
            ValueError: The id is malformed, or the reason is one that the vendor no longer takes.
            NotFoundError: There is none, or it is cancelled already.
        """
        await self._transport.run(_verbs.cancel(id, reason=reason, note=note, apply_to_repeats=apply_to_repeats))
