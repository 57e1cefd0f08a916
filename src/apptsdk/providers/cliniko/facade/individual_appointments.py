# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Individual appointments: one practitioner, one patient.

https://docs.api.cliniko.com/openapi/individual-appointment"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import IndividualAppointmentCreate as _IndividualAppointmentCreate
from apptsdk.providers.cliniko.models import IndividualAppointmentFilters as _IndividualAppointmentFilters
from apptsdk.providers.cliniko.models import IndividualAppointmentUpdate as _IndividualAppointmentUpdate
from apptsdk.providers.cliniko.operations import individual_appointments as _verbs
from apptsdk.providers.cliniko.queries import AppointmentQuery as _AppointmentQuery
from apptsdk.providers.cliniko.queries import WithCancelled as _WithCancelled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import CancellationReason, IndividualAppointment, RepeatRuleInput
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class IndividualAppointments:
    """Individual appointments: one practitioner, one patient.

    https://docs.api.cliniko.com/openapi/individual-appointment"""

    F: Final = _IndividualAppointmentFilters()
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
    ) -> Pager[IndividualAppointment]:
        """List individual appointments, page by page as they are read; by default in the order in which they were made.

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

    def get(self, id: Id, *, include_cancelled: bool = False, include_archived: bool = False) -> IndividualAppointment:
        """Get an individual appointment.

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
        appointment_type_id: Id,
        business_id: Id,
        patient_id: Id,
        practitioner_id: Id,
        starts_at: datetime,
        ends_at: datetime | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        patient_case_id: Id | Unset = UNSET,
        repeat_rule: RepeatRuleInput | Unset | None = UNSET,
    ) -> IndividualAppointment:
        """Create an individual appointment.

        Args:
            appointment_type_id: The appointment type. A group type (more than one attendee) is refused by the
                vendor here.
            business_id: The business where it is held.
            patient_id: The patient.
            practitioner_id: The practitioner.
            starts_at: When it begins: aware; sent as UTC, whole seconds.
            ends_at: When it ends: aware. Left out, it follows from the type's duration.
            notes: Notes, for staff.
            patient_case_id: The patient's case that it belongs to.
            repeat_rule: How it repeats: the further occurrences are made at once.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                _IndividualAppointmentCreate(
                    appointment_type_id=appointment_type_id,
                    business_id=business_id,
                    patient_id=patient_id,
                    practitioner_id=practitioner_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    notes=notes,
                    patient_case_id=patient_case_id,
                    repeat_rule=repeat_rule,
                )
            )
        )

    def update(
        self,
        id: Id,
        *,
        appointment_type_id: Id | Unset = UNSET,
        business_id: Id | Unset = UNSET,
        patient_id: Id | Unset = UNSET,
        practitioner_id: Id | Unset = UNSET,
        starts_at: datetime | Unset = UNSET,
        ends_at: datetime | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_case_id: Id | Unset = UNSET,
        repeat_rule: RepeatRuleInput | Unset | None = UNSET,
    ) -> IndividualAppointment:
        """Change an individual appointment. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            appointment_type_id: The appointment type.
            business_id: The business where it is held.
            patient_id: The patient.
            practitioner_id: The practitioner.
            starts_at: When it begins: aware; sent as UTC, whole seconds.
            ends_at: When it ends: aware. Left out on create, or None on update, it follows from the type's
                duration. Give both times when you move an appointment: whether the end moves along is not
                documented.
            notes: Notes, for staff.
            patient_case_id: The patient's case that it belongs to.
            repeat_rule: How it repeats. What changing it does to occurrences that exist is not documented.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(
            _verbs.update(
                id,
                _IndividualAppointmentUpdate(
                    appointment_type_id=appointment_type_id,
                    business_id=business_id,
                    patient_id=patient_id,
                    practitioner_id=practitioner_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    notes=notes,
                    patient_case_id=patient_case_id,
                    repeat_rule=repeat_rule,
                ),
            )
        )

    def archive(self, id: Id) -> None:
        """Archive an individual appointment: lists and `get` hide it from then on.

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
        """Cancel an individual appointment. There is no way to undo it, and it is hidden from then on.

        Args:
            id: Its id.
            reason: Why; the vendor demands one.
            note: A note on it, for staff.
            apply_to_repeats: Whether its later occurrences are cancelled too.

        Raises:
            ValueError: The id is malformed, or the reason is one that the vendor no longer takes.
            NotFoundError: There is none, or it is cancelled already.
        """
        self._transport.run(_verbs.cancel(id, reason=reason, note=note, apply_to_repeats=apply_to_repeats))

    def conflicts(self, id: Id) -> bool:
        """Tell whether a booking or an unavailable block overlaps with an individual appointment. The vendor allows double bookings.

        Args:
            id: Its id.

        Returns:
            Whether there is a conflict; the vendor does not say with what.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(_verbs.conflicts(id))


class AsyncIndividualAppointments:
    """Individual appointments: one practitioner, one patient.

    https://docs.api.cliniko.com/openapi/individual-appointment"""

    F: Final = _IndividualAppointmentFilters()
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
    ) -> AsyncPager[IndividualAppointment]:
        """List individual appointments, page by page as they are read; by default in the order in which they were made.

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

    async def get(
        self, id: Id, *, include_cancelled: bool = False, include_archived: bool = False
    ) -> IndividualAppointment:
        """Get an individual appointment.

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
        appointment_type_id: Id,
        business_id: Id,
        patient_id: Id,
        practitioner_id: Id,
        starts_at: datetime,
        ends_at: datetime | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        patient_case_id: Id | Unset = UNSET,
        repeat_rule: RepeatRuleInput | Unset | None = UNSET,
    ) -> IndividualAppointment:
        """Create an individual appointment.

        Args:
            appointment_type_id: The appointment type. A group type (more than one attendee) is refused by the
                vendor here.
            business_id: The business where it is held.
            patient_id: The patient.
            practitioner_id: The practitioner.
            starts_at: When it begins: aware; sent as UTC, whole seconds.
            ends_at: When it ends: aware. Left out, it follows from the type's duration.
            notes: Notes, for staff.
            patient_case_id: The patient's case that it belongs to.
            repeat_rule: How it repeats: the further occurrences are made at once.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                _IndividualAppointmentCreate(
                    appointment_type_id=appointment_type_id,
                    business_id=business_id,
                    patient_id=patient_id,
                    practitioner_id=practitioner_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    notes=notes,
                    patient_case_id=patient_case_id,
                    repeat_rule=repeat_rule,
                )
            )
        )

    async def update(
        self,
        id: Id,
        *,
        appointment_type_id: Id | Unset = UNSET,
        business_id: Id | Unset = UNSET,
        patient_id: Id | Unset = UNSET,
        practitioner_id: Id | Unset = UNSET,
        starts_at: datetime | Unset = UNSET,
        ends_at: datetime | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_case_id: Id | Unset = UNSET,
        repeat_rule: RepeatRuleInput | Unset | None = UNSET,
    ) -> IndividualAppointment:
        """Change an individual appointment. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            appointment_type_id: The appointment type.
            business_id: The business where it is held.
            patient_id: The patient.
            practitioner_id: The practitioner.
            starts_at: When it begins: aware; sent as UTC, whole seconds.
            ends_at: When it ends: aware. Left out on create, or None on update, it follows from the type's
                duration. Give both times when you move an appointment: whether the end moves along is not
                documented.
            notes: Notes, for staff.
            patient_case_id: The patient's case that it belongs to.
            repeat_rule: How it repeats. What changing it does to occurrences that exist is not documented.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(
            _verbs.update(
                id,
                _IndividualAppointmentUpdate(
                    appointment_type_id=appointment_type_id,
                    business_id=business_id,
                    patient_id=patient_id,
                    practitioner_id=practitioner_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    notes=notes,
                    patient_case_id=patient_case_id,
                    repeat_rule=repeat_rule,
                ),
            )
        )

    async def archive(self, id: Id) -> None:
        """Archive an individual appointment: lists and `get` hide it from then on.

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
        """Cancel an individual appointment. There is no way to undo it, and it is hidden from then on.

        Args:
            id: Its id.
            reason: Why; the vendor demands one.
            note: A note on it, for staff.
            apply_to_repeats: Whether its later occurrences are cancelled too.

        Raises:
            ValueError: The id is malformed, or the reason is one that the vendor no longer takes.
            NotFoundError: There is none, or it is cancelled already.
        """
        await self._transport.run(_verbs.cancel(id, reason=reason, note=note, apply_to_repeats=apply_to_repeats))

    async def conflicts(self, id: Id) -> bool:
        """Tell whether a booking or an unavailable block overlaps with an individual appointment. The vendor allows double bookings.

        Args:
            id: Its id.

        Returns:
            Whether there is a conflict; the vendor does not say with what.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(_verbs.conflicts(id))
