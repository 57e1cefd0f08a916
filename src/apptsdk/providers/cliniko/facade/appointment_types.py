# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Appointment types: what can be booked.

https://docs.api.cliniko.com/openapi/appointment-type"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import AppointmentTypeCreate as _AppointmentTypeCreate
from apptsdk.providers.cliniko.models import AppointmentTypeFilters as _AppointmentTypeFilters
from apptsdk.providers.cliniko.models import AppointmentTypeUpdate as _AppointmentTypeUpdate
from apptsdk.providers.cliniko.operations import appointment_types as _verbs
from apptsdk.providers.cliniko.queries import AppointmentTypeQuery as _AppointmentTypeQuery
from apptsdk.providers.cliniko.queries import WithArchived as _WithArchived

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import AppointmentType, OnlinePaymentsMode
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class AppointmentTypes:
    """Appointment types: what can be booked.

    https://docs.api.cliniko.com/openapi/appointment-type"""

    F: Final = _AppointmentTypeFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        practitioner_id: Id | Unset = UNSET,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_archived: bool = False,
    ) -> Pager[AppointmentType]:
        """List appointment types, page by page as they are read; by default in the order in which they were made.

        Args:
            practitioner_id: Only those that this practitioner offers.
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
                _AppointmentTypeQuery(
                    practitioner_id=practitioner_id,
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_archived=include_archived,
                )
            )
        )

    def get(self, id: Id, *, include_archived: bool = False) -> AppointmentType:
        """Get an appointment type.

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
        duration_in_minutes: int,
        add_deposit_to_account_credit: bool | Unset | None = UNSET,
        appointment_confirmation_template_ids: Sequence[Id] | Unset | None = UNSET,
        appointment_follow_up_template_ids: Sequence[Id] | Unset | None = UNSET,
        appointment_reminder_template_ids: Sequence[Id] | Unset | None = UNSET,
        business_ids: Sequence[Id] | Unset = UNSET,
        category: str | Unset | None = UNSET,
        color: str | Unset = UNSET,
        deposit_price: Decimal | Unset | None = UNSET,
        description: str | Unset | None = UNSET,
        max_attendees: int | Unset = UNSET,
        online_bookings_lead_time_hours: int | Unset | None = UNSET,
        online_payments_mode: OnlinePaymentsMode | Unset | None = UNSET,
        practitioner_ids: Sequence[Id] | Unset = UNSET,
        show_in_online_bookings: bool | Unset | None = UNSET,
        telehealth_enabled: bool | Unset | None = UNSET,
        treatment_note_template_id: Id | Unset = UNSET,
    ) -> AppointmentType:
        """Create an appointment type.

        Args:
            name: Name, up to 255 characters.
            duration_in_minutes: Minutes, 1 to 1439.
            add_deposit_to_account_credit: Whether a deposit becomes credit of the patient's account.
            appointment_confirmation_template_ids: Templates of confirmations.
            appointment_follow_up_template_ids: Templates of follow-ups.
            appointment_reminder_template_ids: Templates of reminders.
            business_ids: Businesses where it is offered.
            category: Category.
            color: Color, "#RGB" or "#RRGGBB".
            deposit_price: The deposit for an online booking.
            description: Description.
            max_attendees: How many patients at once, 1 to 99.
            online_bookings_lead_time_hours: Hours between booking and appointment at least: 0, 1, 2, 4, 12, 18,
                24, 48, 72, 168, 336, 504 or 672.
            online_payments_mode: What is paid when booking online.
            practitioner_ids: Practitioners who offer it.
            show_in_online_bookings: Whether it can be booked online.
            telehealth_enabled: Whether it can be held by video.
            treatment_note_template_id: The template of its treatment notes.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                _AppointmentTypeCreate(
                    name=name,
                    duration_in_minutes=duration_in_minutes,
                    add_deposit_to_account_credit=add_deposit_to_account_credit,
                    appointment_confirmation_template_ids=appointment_confirmation_template_ids,
                    appointment_follow_up_template_ids=appointment_follow_up_template_ids,
                    appointment_reminder_template_ids=appointment_reminder_template_ids,
                    business_ids=business_ids,
                    category=category,
                    color=color,
                    deposit_price=deposit_price,
                    description=description,
                    max_attendees=max_attendees,
                    online_bookings_lead_time_hours=online_bookings_lead_time_hours,
                    online_payments_mode=online_payments_mode,
                    practitioner_ids=practitioner_ids,
                    show_in_online_bookings=show_in_online_bookings,
                    telehealth_enabled=telehealth_enabled,
                    treatment_note_template_id=treatment_note_template_id,
                )
            )
        )

    def update(
        self,
        id: Id,
        *,
        name: str | Unset = UNSET,
        duration_in_minutes: int | Unset = UNSET,
        add_deposit_to_account_credit: bool | Unset | None = UNSET,
        appointment_confirmation_template_ids: Sequence[Id] | Unset | None = UNSET,
        appointment_follow_up_template_ids: Sequence[Id] | Unset | None = UNSET,
        appointment_reminder_template_ids: Sequence[Id] | Unset | None = UNSET,
        business_ids: Sequence[Id] | Unset = UNSET,
        category: str | Unset | None = UNSET,
        color: str | Unset = UNSET,
        deposit_price: Decimal | Unset | None = UNSET,
        description: str | Unset | None = UNSET,
        max_attendees: int | Unset = UNSET,
        online_bookings_lead_time_hours: int | Unset | None = UNSET,
        online_payments_mode: OnlinePaymentsMode | Unset | None = UNSET,
        practitioner_ids: Sequence[Id] | Unset = UNSET,
        show_in_online_bookings: bool | Unset | None = UNSET,
        telehealth_enabled: bool | Unset | None = UNSET,
        treatment_note_template_id: Id | Unset = UNSET,
    ) -> AppointmentType:
        """Change an appointment type. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            name: Name, up to 255 characters.
            duration_in_minutes: Minutes, 1 to 1439.
            add_deposit_to_account_credit: Whether a deposit becomes credit of the patient's account.
            appointment_confirmation_template_ids: Templates of confirmations.
            appointment_follow_up_template_ids: Templates of follow-ups.
            appointment_reminder_template_ids: Templates of reminders.
            business_ids: Businesses where it is offered.
            category: Category.
            color: Color, "#RGB" or "#RRGGBB".
            deposit_price: The deposit for an online booking.
            description: Description.
            max_attendees: How many patients at once, 1 to 99.
            online_bookings_lead_time_hours: Hours between booking and appointment at least: 0, 1, 2, 4, 12, 18,
                24, 48, 72, 168, 336, 504 or 672.
            online_payments_mode: What is paid when booking online.
            practitioner_ids: Practitioners who offer it.
            show_in_online_bookings: Whether it can be booked online.
            telehealth_enabled: Whether it can be held by video.
            treatment_note_template_id: The template of its treatment notes.

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
                _AppointmentTypeUpdate(
                    name=name,
                    duration_in_minutes=duration_in_minutes,
                    add_deposit_to_account_credit=add_deposit_to_account_credit,
                    appointment_confirmation_template_ids=appointment_confirmation_template_ids,
                    appointment_follow_up_template_ids=appointment_follow_up_template_ids,
                    appointment_reminder_template_ids=appointment_reminder_template_ids,
                    business_ids=business_ids,
                    category=category,
                    color=color,
                    deposit_price=deposit_price,
                    description=description,
                    max_attendees=max_attendees,
                    online_bookings_lead_time_hours=online_bookings_lead_time_hours,
                    online_payments_mode=online_payments_mode,
                    practitioner_ids=practitioner_ids,
                    show_in_online_bookings=show_in_online_bookings,
                    telehealth_enabled=telehealth_enabled,
                    treatment_note_template_id=treatment_note_template_id,
                ),
            )
        )

    def archive(self, id: Id) -> None:
        """Archive an appointment type: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        self._transport.run(_verbs.archive(id))


class AsyncAppointmentTypes:
    """Appointment types: what can be booked.

    https://docs.api.cliniko.com/openapi/appointment-type"""

    F: Final = _AppointmentTypeFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        practitioner_id: Id | Unset = UNSET,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_archived: bool = False,
    ) -> AsyncPager[AppointmentType]:
        """List appointment types, page by page as they are read; by default in the order in which they were made.

        Args:
            practitioner_id: Only those that this practitioner offers.
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
                _AppointmentTypeQuery(
                    practitioner_id=practitioner_id,
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_archived=include_archived,
                )
            )
        )

    async def get(self, id: Id, *, include_archived: bool = False) -> AppointmentType:
        """Get an appointment type.

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
        duration_in_minutes: int,
        add_deposit_to_account_credit: bool | Unset | None = UNSET,
        appointment_confirmation_template_ids: Sequence[Id] | Unset | None = UNSET,
        appointment_follow_up_template_ids: Sequence[Id] | Unset | None = UNSET,
        appointment_reminder_template_ids: Sequence[Id] | Unset | None = UNSET,
        business_ids: Sequence[Id] | Unset = UNSET,
        category: str | Unset | None = UNSET,
        color: str | Unset = UNSET,
        deposit_price: Decimal | Unset | None = UNSET,
        description: str | Unset | None = UNSET,
        max_attendees: int | Unset = UNSET,
        online_bookings_lead_time_hours: int | Unset | None = UNSET,
        online_payments_mode: OnlinePaymentsMode | Unset | None = UNSET,
        practitioner_ids: Sequence[Id] | Unset = UNSET,
        show_in_online_bookings: bool | Unset | None = UNSET,
        telehealth_enabled: bool | Unset | None = UNSET,
        treatment_note_template_id: Id | Unset = UNSET,
    ) -> AppointmentType:
        """Create an appointment type.

        Args:
            name: Name, up to 255 characters.
            duration_in_minutes: Minutes, 1 to 1439.
            add_deposit_to_account_credit: Whether a deposit becomes credit of the patient's account.
            appointment_confirmation_template_ids: Templates of confirmations.
            appointment_follow_up_template_ids: Templates of follow-ups.
            appointment_reminder_template_ids: Templates of reminders.
            business_ids: Businesses where it is offered.
            category: Category.
            color: Color, "#RGB" or "#RRGGBB".
            deposit_price: The deposit for an online booking.
            description: Description.
            max_attendees: How many patients at once, 1 to 99.
            online_bookings_lead_time_hours: Hours between booking and appointment at least: 0, 1, 2, 4, 12, 18,
                24, 48, 72, 168, 336, 504 or 672.
            online_payments_mode: What is paid when booking online.
            practitioner_ids: Practitioners who offer it.
            show_in_online_bookings: Whether it can be booked online.
            telehealth_enabled: Whether it can be held by video.
            treatment_note_template_id: The template of its treatment notes.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                _AppointmentTypeCreate(
                    name=name,
                    duration_in_minutes=duration_in_minutes,
                    add_deposit_to_account_credit=add_deposit_to_account_credit,
                    appointment_confirmation_template_ids=appointment_confirmation_template_ids,
                    appointment_follow_up_template_ids=appointment_follow_up_template_ids,
                    appointment_reminder_template_ids=appointment_reminder_template_ids,
                    business_ids=business_ids,
                    category=category,
                    color=color,
                    deposit_price=deposit_price,
                    description=description,
                    max_attendees=max_attendees,
                    online_bookings_lead_time_hours=online_bookings_lead_time_hours,
                    online_payments_mode=online_payments_mode,
                    practitioner_ids=practitioner_ids,
                    show_in_online_bookings=show_in_online_bookings,
                    telehealth_enabled=telehealth_enabled,
                    treatment_note_template_id=treatment_note_template_id,
                )
            )
        )

    async def update(
        self,
        id: Id,
        *,
        name: str | Unset = UNSET,
        duration_in_minutes: int | Unset = UNSET,
        add_deposit_to_account_credit: bool | Unset | None = UNSET,
        appointment_confirmation_template_ids: Sequence[Id] | Unset | None = UNSET,
        appointment_follow_up_template_ids: Sequence[Id] | Unset | None = UNSET,
        appointment_reminder_template_ids: Sequence[Id] | Unset | None = UNSET,
        business_ids: Sequence[Id] | Unset = UNSET,
        category: str | Unset | None = UNSET,
        color: str | Unset = UNSET,
        deposit_price: Decimal | Unset | None = UNSET,
        description: str | Unset | None = UNSET,
        max_attendees: int | Unset = UNSET,
        online_bookings_lead_time_hours: int | Unset | None = UNSET,
        online_payments_mode: OnlinePaymentsMode | Unset | None = UNSET,
        practitioner_ids: Sequence[Id] | Unset = UNSET,
        show_in_online_bookings: bool | Unset | None = UNSET,
        telehealth_enabled: bool | Unset | None = UNSET,
        treatment_note_template_id: Id | Unset = UNSET,
    ) -> AppointmentType:
        """Change an appointment type. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            name: Name, up to 255 characters.
            duration_in_minutes: Minutes, 1 to 1439.
            add_deposit_to_account_credit: Whether a deposit becomes credit of the patient's account.
            appointment_confirmation_template_ids: Templates of confirmations.
            appointment_follow_up_template_ids: Templates of follow-ups.
            appointment_reminder_template_ids: Templates of reminders.
            business_ids: Businesses where it is offered.
            category: Category.
            color: Color, "#RGB" or "#RRGGBB".
            deposit_price: The deposit for an online booking.
            description: Description.
            max_attendees: How many patients at once, 1 to 99.
            online_bookings_lead_time_hours: Hours between booking and appointment at least: 0, 1, 2, 4, 12, 18,
                24, 48, 72, 168, 336, 504 or 672.
            online_payments_mode: What is paid when booking online.
            practitioner_ids: Practitioners who offer it.
            show_in_online_bookings: Whether it can be booked online.
            telehealth_enabled: Whether it can be held by video.
            treatment_note_template_id: The template of its treatment notes.

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
                _AppointmentTypeUpdate(
                    name=name,
                    duration_in_minutes=duration_in_minutes,
                    add_deposit_to_account_credit=add_deposit_to_account_credit,
                    appointment_confirmation_template_ids=appointment_confirmation_template_ids,
                    appointment_follow_up_template_ids=appointment_follow_up_template_ids,
                    appointment_reminder_template_ids=appointment_reminder_template_ids,
                    business_ids=business_ids,
                    category=category,
                    color=color,
                    deposit_price=deposit_price,
                    description=description,
                    max_attendees=max_attendees,
                    online_bookings_lead_time_hours=online_bookings_lead_time_hours,
                    online_payments_mode=online_payments_mode,
                    practitioner_ids=practitioner_ids,
                    show_in_online_bookings=show_in_online_bookings,
                    telehealth_enabled=telehealth_enabled,
                    treatment_note_template_id=treatment_note_template_id,
                ),
            )
        )

    async def archive(self, id: Id) -> None:
        """Archive an appointment type: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        await self._transport.run(_verbs.archive(id))
