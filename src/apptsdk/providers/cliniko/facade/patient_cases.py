# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Patient cases: what patients are treated for.

https://docs.api.cliniko.com/openapi/patient-case"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import PatientCaseCreate as _PatientCaseCreate
from apptsdk.providers.cliniko.models import PatientCaseFilters as _PatientCaseFilters
from apptsdk.providers.cliniko.models import PatientCaseUpdate as _PatientCaseUpdate
from apptsdk.providers.cliniko.operations import patient_cases as _verbs
from apptsdk.providers.cliniko.queries import PatientCaseQuery as _PatientCaseQuery
from apptsdk.providers.cliniko.queries import WithArchived as _WithArchived

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import PatientCase, ReferralType
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class PatientCases:
    """Patient cases: what patients are treated for.

    https://docs.api.cliniko.com/openapi/patient-case"""

    F: Final = _PatientCaseFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        active: bool = False,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_archived: bool = False,
    ) -> Pager[PatientCase]:
        """List patient cases, page by page as they are read; by default in the order in which they were made.

        Args:
            active: List the active ones alone.
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _PatientCaseQuery(
                    active=active,
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_archived=include_archived,
                )
            )
        )

    def get(self, id: Id, *, include_archived: bool = False) -> PatientCase:
        """Get a patient case.

        Args:
            id: Its id.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(_verbs.get(id, _WithArchived(include_archived=include_archived)))

    def create(
        self,
        *,
        name: str,
        patient_id: Id,
        attendee_ids: Sequence[Id] | Unset | None = UNSET,
        closed: bool | Unset | None = UNSET,
        contact_id: Id | Unset = UNSET,
        expiry_date: date | Unset | None = UNSET,
        include_cancelled_attendees: bool | Unset | None = UNSET,
        include_dna_attendees: bool | Unset | None = UNSET,
        issue_date: date | Unset | None = UNSET,
        max_invoiceable_amount: Decimal | Unset | None = UNSET,
        max_sessions: int | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_attachment_ids: Sequence[Id] | Unset = UNSET,
        referral: bool | Unset | None = UNSET,
        referral_type: ReferralType | Unset | None = UNSET,
    ) -> PatientCase:
        """Create a patient case.

        Args:
            name: What it is called.
            patient_id: The patient.
            attendee_ids: The attendees, that is the patient's bookings, of this case.
            closed: Whether it is closed.
            contact_id: The contact who referred the patient.
            expiry_date: The last day on which it is valid.
            include_cancelled_attendees: Whether cancelled bookings count as sessions.
            include_dna_attendees: Whether bookings to which the patient did not come count as sessions.
            issue_date: The day on which it was issued.
            max_invoiceable_amount: How much may be invoiced for it; above 0.
            max_sessions: How many sessions it has, 1 to 200.
            notes: Notes, for staff.
            patient_attachment_ids: The patient's attachments that belong to it.
            referral: Whether it is a referral.
            referral_type: Who pays for it.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                _PatientCaseCreate(
                    name=name,
                    patient_id=patient_id,
                    attendee_ids=attendee_ids,
                    closed=closed,
                    contact_id=contact_id,
                    expiry_date=expiry_date,
                    include_cancelled_attendees=include_cancelled_attendees,
                    include_dna_attendees=include_dna_attendees,
                    issue_date=issue_date,
                    max_invoiceable_amount=max_invoiceable_amount,
                    max_sessions=max_sessions,
                    notes=notes,
                    patient_attachment_ids=patient_attachment_ids,
                    referral=referral,
                    referral_type=referral_type,
                )
            )
        )

    def update(
        self,
        id: Id,
        *,
        name: str | Unset = UNSET,
        patient_id: Id | Unset = UNSET,
        attendee_ids: Sequence[Id] | Unset | None = UNSET,
        closed: bool | Unset | None = UNSET,
        contact_id: Id | Unset = UNSET,
        expiry_date: date | Unset | None = UNSET,
        include_cancelled_attendees: bool | Unset | None = UNSET,
        include_dna_attendees: bool | Unset | None = UNSET,
        issue_date: date | Unset | None = UNSET,
        max_invoiceable_amount: Decimal | Unset | None = UNSET,
        max_sessions: int | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_attachment_ids: Sequence[Id] | Unset = UNSET,
        referral: bool | Unset | None = UNSET,
        referral_type: ReferralType | Unset | None = UNSET,
    ) -> PatientCase:
        """Change a patient case. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            name: What it is called.
            patient_id: The patient.
            attendee_ids: The attendees, that is the patient's bookings, of this case.
            closed: Whether it is closed.
            contact_id: The contact who referred the patient.
            expiry_date: The last day on which it is valid.
            include_cancelled_attendees: Whether cancelled bookings count as sessions.
            include_dna_attendees: Whether bookings to which the patient did not come count as sessions.
            issue_date: The day on which it was issued.
            max_invoiceable_amount: How much may be invoiced for it; above 0.
            max_sessions: How many sessions it has, 1 to 200.
            notes: Notes, for staff.
            patient_attachment_ids: The patient's attachments that belong to it.
            referral: Whether it is a referral.
            referral_type: Who pays for it.

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
                _PatientCaseUpdate(
                    name=name,
                    patient_id=patient_id,
                    attendee_ids=attendee_ids,
                    closed=closed,
                    contact_id=contact_id,
                    expiry_date=expiry_date,
                    include_cancelled_attendees=include_cancelled_attendees,
                    include_dna_attendees=include_dna_attendees,
                    issue_date=issue_date,
                    max_invoiceable_amount=max_invoiceable_amount,
                    max_sessions=max_sessions,
                    notes=notes,
                    patient_attachment_ids=patient_attachment_ids,
                    referral=referral,
                    referral_type=referral_type,
                ),
            )
        )

    def archive(self, id: Id) -> None:
        """Archive a patient case: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        self._transport.run(_verbs.archive(id))


class AsyncPatientCases:
    """Patient cases: what patients are treated for.

    https://docs.api.cliniko.com/openapi/patient-case"""

    F: Final = _PatientCaseFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        active: bool = False,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_archived: bool = False,
    ) -> AsyncPager[PatientCase]:
        """List patient cases, page by page as they are read; by default in the order in which they were made.

        Args:
            active: List the active ones alone.
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _PatientCaseQuery(
                    active=active,
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_archived=include_archived,
                )
            )
        )

    async def get(self, id: Id, *, include_archived: bool = False) -> PatientCase:
        """Get a patient case.

        Args:
            id: Its id.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(_verbs.get(id, _WithArchived(include_archived=include_archived)))

    async def create(
        self,
        *,
        name: str,
        patient_id: Id,
        attendee_ids: Sequence[Id] | Unset | None = UNSET,
        closed: bool | Unset | None = UNSET,
        contact_id: Id | Unset = UNSET,
        expiry_date: date | Unset | None = UNSET,
        include_cancelled_attendees: bool | Unset | None = UNSET,
        include_dna_attendees: bool | Unset | None = UNSET,
        issue_date: date | Unset | None = UNSET,
        max_invoiceable_amount: Decimal | Unset | None = UNSET,
        max_sessions: int | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_attachment_ids: Sequence[Id] | Unset = UNSET,
        referral: bool | Unset | None = UNSET,
        referral_type: ReferralType | Unset | None = UNSET,
    ) -> PatientCase:
        """Create a patient case.

        Args:
            name: What it is called.
            patient_id: The patient.
            attendee_ids: The attendees, that is the patient's bookings, of this case.
            closed: Whether it is closed.
            contact_id: The contact who referred the patient.
            expiry_date: The last day on which it is valid.
            include_cancelled_attendees: Whether cancelled bookings count as sessions.
            include_dna_attendees: Whether bookings to which the patient did not come count as sessions.
            issue_date: The day on which it was issued.
            max_invoiceable_amount: How much may be invoiced for it; above 0.
            max_sessions: How many sessions it has, 1 to 200.
            notes: Notes, for staff.
            patient_attachment_ids: The patient's attachments that belong to it.
            referral: Whether it is a referral.
            referral_type: Who pays for it.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                _PatientCaseCreate(
                    name=name,
                    patient_id=patient_id,
                    attendee_ids=attendee_ids,
                    closed=closed,
                    contact_id=contact_id,
                    expiry_date=expiry_date,
                    include_cancelled_attendees=include_cancelled_attendees,
                    include_dna_attendees=include_dna_attendees,
                    issue_date=issue_date,
                    max_invoiceable_amount=max_invoiceable_amount,
                    max_sessions=max_sessions,
                    notes=notes,
                    patient_attachment_ids=patient_attachment_ids,
                    referral=referral,
                    referral_type=referral_type,
                )
            )
        )

    async def update(
        self,
        id: Id,
        *,
        name: str | Unset = UNSET,
        patient_id: Id | Unset = UNSET,
        attendee_ids: Sequence[Id] | Unset | None = UNSET,
        closed: bool | Unset | None = UNSET,
        contact_id: Id | Unset = UNSET,
        expiry_date: date | Unset | None = UNSET,
        include_cancelled_attendees: bool | Unset | None = UNSET,
        include_dna_attendees: bool | Unset | None = UNSET,
        issue_date: date | Unset | None = UNSET,
        max_invoiceable_amount: Decimal | Unset | None = UNSET,
        max_sessions: int | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        patient_attachment_ids: Sequence[Id] | Unset = UNSET,
        referral: bool | Unset | None = UNSET,
        referral_type: ReferralType | Unset | None = UNSET,
    ) -> PatientCase:
        """Change a patient case. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            name: What it is called.
            patient_id: The patient.
            attendee_ids: The attendees, that is the patient's bookings, of this case.
            closed: Whether it is closed.
            contact_id: The contact who referred the patient.
            expiry_date: The last day on which it is valid.
            include_cancelled_attendees: Whether cancelled bookings count as sessions.
            include_dna_attendees: Whether bookings to which the patient did not come count as sessions.
            issue_date: The day on which it was issued.
            max_invoiceable_amount: How much may be invoiced for it; above 0.
            max_sessions: How many sessions it has, 1 to 200.
            notes: Notes, for staff.
            patient_attachment_ids: The patient's attachments that belong to it.
            referral: Whether it is a referral.
            referral_type: Who pays for it.

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
                _PatientCaseUpdate(
                    name=name,
                    patient_id=patient_id,
                    attendee_ids=attendee_ids,
                    closed=closed,
                    contact_id=contact_id,
                    expiry_date=expiry_date,
                    include_cancelled_attendees=include_cancelled_attendees,
                    include_dna_attendees=include_dna_attendees,
                    issue_date=issue_date,
                    max_invoiceable_amount=max_invoiceable_amount,
                    max_sessions=max_sessions,
                    notes=notes,
                    patient_attachment_ids=patient_attachment_ids,
                    referral=referral,
                    referral_type=referral_type,
                ),
            )
        )

    async def archive(self, id: Id) -> None:
        """Archive a patient case: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        await self._transport.run(_verbs.archive(id))
