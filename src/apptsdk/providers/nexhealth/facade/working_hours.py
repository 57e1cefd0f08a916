# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Working hours: within what providers can be booked. In v2 they are called availabilities.

https://docs.nexhealth.com/reference/getworkinghours"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.models import WorkingHourCreate as _WorkingHourCreate
from apptsdk.providers.nexhealth.models import WorkingHourUpdate as _WorkingHourUpdate
from apptsdk.providers.nexhealth.operations import working_hours as _verbs
from apptsdk.providers.nexhealth.queries import WorkingHourGet as _WorkingHourGet
from apptsdk.providers.nexhealth.queries import WorkingHourQuery as _WorkingHourQuery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import (
        RecurrenceInput,
        Weekday,
        WorkingHour,
        WorkingHourInclude,
        WorkingHourSource,
    )
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class WorkingHours:
    """Working hours: within what providers can be booked. In v2 they are called availabilities.

    https://docs.nexhealth.com/reference/getworkinghours"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        provider_id: Id | Unset = UNSET,
        operatory_id: Id | Unset = UNSET,
        label_id: Id | Unset = UNSET,
        source: WorkingHourSource | Unset = UNSET,
        active: bool | Unset = UNSET,
        ignore_past_dates: bool | Unset = UNSET,
        include: Sequence[WorkingHourInclude] = (),
        location_id: Id | Unset = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[WorkingHour]:
        """List working hours, page by page as they are read where the vendor pages them.

        Args:
            provider_id: Only those of this provider.
            operatory_id: Only those in this operatory.
            label_id: Only those with this label; not in v2.
            source: Only those from this source; not in v2.
            active: The active ones (the default), or the inactive ones.
            ignore_past_dates: Whether hours on days that are past are left out.
            include: What to send along.
            location_id: The office; by default the client's.
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
                _WorkingHourQuery(
                    provider_id=provider_id,
                    operatory_id=operatory_id,
                    label_id=label_id,
                    source=source,
                    active=active,
                    ignore_past_dates=ignore_past_dates,
                    include=include,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    def get(self, id: Id, *, include: Sequence[WorkingHourInclude] = ()) -> WorkingHour:
        """Get working hours.

        Args:
            id: Its id.
            include: What to send along.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.get(self._scope, id, _WorkingHourGet(include=include)))

    def create(
        self,
        *,
        provider_id: Id,
        begin_time: time,
        end_time: time,
        location_id: Id | Unset = UNSET,
        active: bool | Unset = UNSET,
        appointment_type_ids: Sequence[Id] | Unset = UNSET,
        custom_recurrence: RecurrenceInput | Unset = UNSET,
        days: Sequence[Weekday] | Unset = UNSET,
        operatory_id: Id | Unset = UNSET,
        specific_date: date | Unset = UNSET,
    ) -> WorkingHour:
        """Create working hours: on weekdays, on one day, or by a rule. The practice's own system never gets them.

        Args:
            provider_id: The provider.
            begin_time: When they begin, in the location's time zone: hours and minutes.
            end_time: When they end, in the location's time zone: hours and minutes.
            location_id: The location; by default the client's.
            active: Whether they are in use.
            appointment_type_ids: What can be booked in them: the whole list; an empty one clears it.
            custom_recurrence: The rule by which they repeat.
            days: The days of the week.
            operatory_id: The chair or room; needed where the location maps bookings to operatories.
            specific_date: The one day.

        Returns:
            The new working hours.

        Raises:
            ValueError: An argument is malformed, or not exactly one of days, specific_date and custom_recurrence is
                given; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            ValidationError: The vendor refuses a field.
            OutcomeUnknownError: They may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                self._scope,
                _WorkingHourCreate(
                    provider_id=provider_id,
                    begin_time=begin_time,
                    end_time=end_time,
                    location_id=location_id,
                    active=active,
                    appointment_type_ids=appointment_type_ids,
                    custom_recurrence=custom_recurrence,
                    days=days,
                    operatory_id=operatory_id,
                    specific_date=specific_date,
                ),
            )
        )

    def update(
        self,
        id: Id,
        *,
        provider_id: Id | Unset = UNSET,
        begin_time: time | Unset = UNSET,
        end_time: time | Unset = UNSET,
        active: bool | Unset = UNSET,
        appointment_type_ids: Sequence[Id] | Unset = UNSET,
        custom_recurrence: RecurrenceInput | Unset = UNSET,
        days: Sequence[Weekday] | Unset = UNSET,
        operatory_id: Id | Unset = UNSET,
        specific_date: date | Unset = UNSET,
    ) -> WorkingHour:
        """Change working hours that were made by hand; synced ones change in the practice's own system.

        What is not given stays as it is. `appointment_type_ids=[]` takes all types away.

        Args:
            id: Their id.
            provider_id: The provider.
            begin_time: When they begin: hours and minutes. The vendor's page says UTC here, and everywhere else
                the location's time zone, which is what we go by.
            end_time: When they end: hours and minutes, as above.
            active: Whether they are in use.
            appointment_type_ids: What can be booked in them: the whole list; an empty one clears it.
            custom_recurrence: The rule by which they repeat.
            days: The days of the week.
            operatory_id: The chair or room; needed where the location maps bookings to operatories.
            specific_date: The one day.

        Returns:
            The changed working hours.

        Raises:
            ValueError: An argument is malformed, more than one of days, specific_date and custom_recurrence is given, or
                nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            ValidationError: The vendor refuses a field.
            NotFoundError: There are none.
        """
        return self._transport.run(
            _verbs.update(
                self._scope,
                id,
                _WorkingHourUpdate(
                    provider_id=provider_id,
                    begin_time=begin_time,
                    end_time=end_time,
                    active=active,
                    appointment_type_ids=appointment_type_ids,
                    custom_recurrence=custom_recurrence,
                    days=days,
                    operatory_id=operatory_id,
                    specific_date=specific_date,
                ),
            )
        )

    def delete(self, id: Id) -> None:
        """Delete working hours.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        self._transport.run(_verbs.delete(self._scope, id))


class AsyncWorkingHours:
    """Working hours: within what providers can be booked. In v2 they are called availabilities.

    https://docs.nexhealth.com/reference/getworkinghours"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        provider_id: Id | Unset = UNSET,
        operatory_id: Id | Unset = UNSET,
        label_id: Id | Unset = UNSET,
        source: WorkingHourSource | Unset = UNSET,
        active: bool | Unset = UNSET,
        ignore_past_dates: bool | Unset = UNSET,
        include: Sequence[WorkingHourInclude] = (),
        location_id: Id | Unset = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[WorkingHour]:
        """List working hours, page by page as they are read where the vendor pages them.

        Args:
            provider_id: Only those of this provider.
            operatory_id: Only those in this operatory.
            label_id: Only those with this label; not in v2.
            source: Only those from this source; not in v2.
            active: The active ones (the default), or the inactive ones.
            ignore_past_dates: Whether hours on days that are past are left out.
            include: What to send along.
            location_id: The office; by default the client's.
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
                _WorkingHourQuery(
                    provider_id=provider_id,
                    operatory_id=operatory_id,
                    label_id=label_id,
                    source=source,
                    active=active,
                    ignore_past_dates=ignore_past_dates,
                    include=include,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    async def get(self, id: Id, *, include: Sequence[WorkingHourInclude] = ()) -> WorkingHour:
        """Get working hours.

        Args:
            id: Its id.
            include: What to send along.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.get(self._scope, id, _WorkingHourGet(include=include)))

    async def create(
        self,
        *,
        provider_id: Id,
        begin_time: time,
        end_time: time,
        location_id: Id | Unset = UNSET,
        active: bool | Unset = UNSET,
        appointment_type_ids: Sequence[Id] | Unset = UNSET,
        custom_recurrence: RecurrenceInput | Unset = UNSET,
        days: Sequence[Weekday] | Unset = UNSET,
        operatory_id: Id | Unset = UNSET,
        specific_date: date | Unset = UNSET,
    ) -> WorkingHour:
        """Create working hours: on weekdays, on one day, or by a rule. The practice's own system never gets them.

        Args:
            provider_id: The provider.
            begin_time: When they begin, in the location's time zone: hours and minutes.
            end_time: When they end, in the location's time zone: hours and minutes.
            location_id: The location; by default the client's.
            active: Whether they are in use.
            appointment_type_ids: What can be booked in them: the whole list; an empty one clears it.
            custom_recurrence: The rule by which they repeat.
            days: The days of the week.
            operatory_id: The chair or room; needed where the location maps bookings to operatories.
            specific_date: The one day.

        Returns:
            The new working hours.

        Raises:
            ValueError: An argument is malformed, or not exactly one of days, specific_date and custom_recurrence is
                given; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            ValidationError: The vendor refuses a field.
            OutcomeUnknownError: They may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                self._scope,
                _WorkingHourCreate(
                    provider_id=provider_id,
                    begin_time=begin_time,
                    end_time=end_time,
                    location_id=location_id,
                    active=active,
                    appointment_type_ids=appointment_type_ids,
                    custom_recurrence=custom_recurrence,
                    days=days,
                    operatory_id=operatory_id,
                    specific_date=specific_date,
                ),
            )
        )

    async def update(
        self,
        id: Id,
        *,
        provider_id: Id | Unset = UNSET,
        begin_time: time | Unset = UNSET,
        end_time: time | Unset = UNSET,
        active: bool | Unset = UNSET,
        appointment_type_ids: Sequence[Id] | Unset = UNSET,
        custom_recurrence: RecurrenceInput | Unset = UNSET,
        days: Sequence[Weekday] | Unset = UNSET,
        operatory_id: Id | Unset = UNSET,
        specific_date: date | Unset = UNSET,
    ) -> WorkingHour:
        """Change working hours that were made by hand; synced ones change in the practice's own system.

        What is not given stays as it is. `appointment_type_ids=[]` takes all types away.

        Args:
            id: Their id.
            provider_id: The provider.
            begin_time: When they begin: hours and minutes. The vendor's page says UTC here, and everywhere else
                the location's time zone, which is what we go by.
            end_time: When they end: hours and minutes, as above.
            active: Whether they are in use.
            appointment_type_ids: What can be booked in them: the whole list; an empty one clears it.
            custom_recurrence: The rule by which they repeat.
            days: The days of the week.
            operatory_id: The chair or room; needed where the location maps bookings to operatories.
            specific_date: The one day.

        Returns:
            The changed working hours.

        Raises:
            ValueError: An argument is malformed, more than one of days, specific_date and custom_recurrence is given, or
                nothing is to be changed; nothing was sent.
            ConfigurationError: The practice is not known.
            ValidationError: The vendor refuses a field.
            NotFoundError: There are none.
        """
        return await self._transport.run(
            _verbs.update(
                self._scope,
                id,
                _WorkingHourUpdate(
                    provider_id=provider_id,
                    begin_time=begin_time,
                    end_time=end_time,
                    active=active,
                    appointment_type_ids=appointment_type_ids,
                    custom_recurrence=custom_recurrence,
                    days=days,
                    operatory_id=operatory_id,
                    specific_date=specific_date,
                ),
            )
        )

    async def delete(self, id: Id) -> None:
        """Delete working hours.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        await self._transport.run(_verbs.delete(self._scope, id))
