# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Available slots: the times that can be booked.

https://docs.nexhealth.com/reference/getavailableslots"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.operations import available_slots as _verbs
from apptsdk.providers.nexhealth.queries import SlotQuery as _SlotQuery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import AvailableSlot, SlotGroup, WorkingHourSource
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class AvailableSlots:
    """Available slots: the times that can be booked.

    https://docs.nexhealth.com/reference/getavailableslots"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        start_date: date,
        days: int,
        location_ids: Sequence[Id] | Unset = UNSET,
        provider_ids: Sequence[Id] | Unset = UNSET,
        operatory_ids: Sequence[Id] | Unset = UNSET,
        appointment_type_id: Id | Unset = UNSET,
        slot_length: int | Unset = UNSET,
        slot_interval: int | Unset = UNSET,
        overlapping_operatory_slots: bool | Unset = UNSET,
        working_hour_label_id: Id | Unset = UNSET,
        working_hour_source: WorkingHourSource | Unset = UNSET,
        appointments_per_timeslot: int | Unset = UNSET,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[AvailableSlot]:
        """List the times that can be booked, in their order, whoever's they are.

        Nothing is held for you by asking: book a slot by handing its `time` and `operatory_id` to `appointments.create`.

        Args:
            start_date: The first day, in the office's zone.
            days: How many days, counting the first. More than 14 are asked for in pieces of 14, as they are read.
            location_ids: The offices; by default the client's.
            provider_ids: The providers. Without them an appointment type is needed, and in v2 they are always.
            operatory_ids: Only in these operatories.
            appointment_type_id: Only within working hours for this type, and as long as it takes. Working hours
                have no types until they are given some, so this finds nothing where nobody did.
            slot_length: Minutes; 15 unless the type says otherwise.
            slot_interval: Minutes from one start to the next; as long as a slot by default.
            overlapping_operatory_slots: Whether a time comes once for each free operatory, and not once.
            working_hour_label_id: Only within working hours with this label; not in v2.
            working_hour_source: Only within working hours from this source; not in v2.
            appointments_per_timeslot: How many appointments one slot takes, 1 to 5; not in v2. eClinicalWorks and
                NextGen only.
            cursor: Where to resume: the `.cursor` of an earlier page of the same list.
            prefetch: How many pieces may be fetched ahead, 0 to 20.

        Returns:
            A lazy list; each of its pages is 14 days.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or neither a provider nor an appointment type is given.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API cannot be asked so.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _SlotQuery(
                    start_date=start_date,
                    days=days,
                    location_ids=location_ids,
                    provider_ids=provider_ids,
                    operatory_ids=operatory_ids,
                    appointment_type_id=appointment_type_id,
                    slot_length=slot_length,
                    slot_interval=slot_interval,
                    overlapping_operatory_slots=overlapping_operatory_slots,
                    working_hour_label_id=working_hour_label_id,
                    working_hour_source=working_hour_source,
                    appointments_per_timeslot=appointments_per_timeslot,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    def groups(
        self,
        *,
        start_date: date,
        days: int,
        location_ids: Sequence[Id] | Unset = UNSET,
        provider_ids: Sequence[Id] | Unset = UNSET,
        operatory_ids: Sequence[Id] | Unset = UNSET,
        appointment_type_id: Id | Unset = UNSET,
        slot_length: int | Unset = UNSET,
        slot_interval: int | Unset = UNSET,
        overlapping_operatory_slots: bool | Unset = UNSET,
        working_hour_label_id: Id | Unset = UNSET,
        working_hour_source: WorkingHourSource | Unset = UNSET,
        appointments_per_timeslot: int | Unset = UNSET,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[SlotGroup]:
        """List the times that can be booked as the vendor groups them: by office, provider and operatory.

        A group without slots says in `next_available_date` when there are some.

        Args:
            start_date: The first day, in the office's zone.
            days: How many days, counting the first. More than 14 are asked for in pieces of 14, as they are read.
            location_ids: The offices; by default the client's.
            provider_ids: The providers. Without them an appointment type is needed, and in v2 they are always.
            operatory_ids: Only in these operatories.
            appointment_type_id: Only within working hours for this type, and as long as it takes. Working hours
                have no types until they are given some, so this finds nothing where nobody did.
            slot_length: Minutes; 15 unless the type says otherwise.
            slot_interval: Minutes from one start to the next; as long as a slot by default.
            overlapping_operatory_slots: Whether a time comes once for each free operatory, and not once.
            working_hour_label_id: Only within working hours with this label; not in v2.
            working_hour_source: Only within working hours from this source; not in v2.
            appointments_per_timeslot: How many appointments one slot takes, 1 to 5; not in v2. eClinicalWorks and
                NextGen only.
            cursor: Where to resume: the `.cursor` of an earlier page of the same list.
            prefetch: How many pieces may be fetched ahead, 0 to 20.

        Returns:
            A lazy list; each of its pages is 14 days.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or neither a provider nor an appointment type is given.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API cannot be asked so.
        """
        return self._transport.pager(
            _verbs.groups(
                self._scope,
                _SlotQuery(
                    start_date=start_date,
                    days=days,
                    location_ids=location_ids,
                    provider_ids=provider_ids,
                    operatory_ids=operatory_ids,
                    appointment_type_id=appointment_type_id,
                    slot_length=slot_length,
                    slot_interval=slot_interval,
                    overlapping_operatory_slots=overlapping_operatory_slots,
                    working_hour_label_id=working_hour_label_id,
                    working_hour_source=working_hour_source,
                    appointments_per_timeslot=appointments_per_timeslot,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )


class AsyncAvailableSlots:
    """Available slots: the times that can be booked.

    https://docs.nexhealth.com/reference/getavailableslots"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        start_date: date,
        days: int,
        location_ids: Sequence[Id] | Unset = UNSET,
        provider_ids: Sequence[Id] | Unset = UNSET,
        operatory_ids: Sequence[Id] | Unset = UNSET,
        appointment_type_id: Id | Unset = UNSET,
        slot_length: int | Unset = UNSET,
        slot_interval: int | Unset = UNSET,
        overlapping_operatory_slots: bool | Unset = UNSET,
        working_hour_label_id: Id | Unset = UNSET,
        working_hour_source: WorkingHourSource | Unset = UNSET,
        appointments_per_timeslot: int | Unset = UNSET,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[AvailableSlot]:
        """List the times that can be booked, in their order, whoever's they are.

        Nothing is held for you by asking: book a slot by handing its `time` and `operatory_id` to `appointments.create`.

        Args:
            start_date: The first day, in the office's zone.
            days: How many days, counting the first. More than 14 are asked for in pieces of 14, as they are read.
            location_ids: The offices; by default the client's.
            provider_ids: The providers. Without them an appointment type is needed, and in v2 they are always.
            operatory_ids: Only in these operatories.
            appointment_type_id: Only within working hours for this type, and as long as it takes. Working hours
                have no types until they are given some, so this finds nothing where nobody did.
            slot_length: Minutes; 15 unless the type says otherwise.
            slot_interval: Minutes from one start to the next; as long as a slot by default.
            overlapping_operatory_slots: Whether a time comes once for each free operatory, and not once.
            working_hour_label_id: Only within working hours with this label; not in v2.
            working_hour_source: Only within working hours from this source; not in v2.
            appointments_per_timeslot: How many appointments one slot takes, 1 to 5; not in v2. eClinicalWorks and
                NextGen only.
            cursor: Where to resume: the `.cursor` of an earlier page of the same list.
            prefetch: How many pieces may be fetched ahead, 0 to 20.

        Returns:
            A lazy list; each of its pages is 14 days.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or neither a provider nor an appointment type is given.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API cannot be asked so.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _SlotQuery(
                    start_date=start_date,
                    days=days,
                    location_ids=location_ids,
                    provider_ids=provider_ids,
                    operatory_ids=operatory_ids,
                    appointment_type_id=appointment_type_id,
                    slot_length=slot_length,
                    slot_interval=slot_interval,
                    overlapping_operatory_slots=overlapping_operatory_slots,
                    working_hour_label_id=working_hour_label_id,
                    working_hour_source=working_hour_source,
                    appointments_per_timeslot=appointments_per_timeslot,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    def groups(
        self,
        *,
        start_date: date,
        days: int,
        location_ids: Sequence[Id] | Unset = UNSET,
        provider_ids: Sequence[Id] | Unset = UNSET,
        operatory_ids: Sequence[Id] | Unset = UNSET,
        appointment_type_id: Id | Unset = UNSET,
        slot_length: int | Unset = UNSET,
        slot_interval: int | Unset = UNSET,
        overlapping_operatory_slots: bool | Unset = UNSET,
        working_hour_label_id: Id | Unset = UNSET,
        working_hour_source: WorkingHourSource | Unset = UNSET,
        appointments_per_timeslot: int | Unset = UNSET,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[SlotGroup]:
        """List the times that can be booked as the vendor groups them: by office, provider and operatory.

        A group without slots says in `next_available_date` when there are some.

        Args:
            start_date: The first day, in the office's zone.
            days: How many days, counting the first. More than 14 are asked for in pieces of 14, as they are read.
            location_ids: The offices; by default the client's.
            provider_ids: The providers. Without them an appointment type is needed, and in v2 they are always.
            operatory_ids: Only in these operatories.
            appointment_type_id: Only within working hours for this type, and as long as it takes. Working hours
                have no types until they are given some, so this finds nothing where nobody did.
            slot_length: Minutes; 15 unless the type says otherwise.
            slot_interval: Minutes from one start to the next; as long as a slot by default.
            overlapping_operatory_slots: Whether a time comes once for each free operatory, and not once.
            working_hour_label_id: Only within working hours with this label; not in v2.
            working_hour_source: Only within working hours from this source; not in v2.
            appointments_per_timeslot: How many appointments one slot takes, 1 to 5; not in v2. eClinicalWorks and
                NextGen only.
            cursor: Where to resume: the `.cursor` of an earlier page of the same list.
            prefetch: How many pieces may be fetched ahead, 0 to 20.

        Returns:
            A lazy list; each of its pages is 14 days.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An argument is malformed, or neither a provider nor an appointment type is given.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API cannot be asked so.
        """
        return self._transport.pager(
            _verbs.groups(
                self._scope,
                _SlotQuery(
                    start_date=start_date,
                    days=days,
                    location_ids=location_ids,
                    provider_ids=provider_ids,
                    operatory_ids=operatory_ids,
                    appointment_type_id=appointment_type_id,
                    slot_length=slot_length,
                    slot_interval=slot_interval,
                    overlapping_operatory_slots=overlapping_operatory_slots,
                    working_hour_label_id=working_hour_label_id,
                    working_hour_source=working_hour_source,
                    appointments_per_timeslot=appointments_per_timeslot,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )
