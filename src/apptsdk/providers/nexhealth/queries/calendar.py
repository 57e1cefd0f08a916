"""What lists and reads of the calendar take: appointments, their types, slots and working hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

import attrs

from apptsdk.errors import UnsupportedError
from apptsdk.models import UNSET, Id, Unset
from apptsdk.operation import checked_prefetch, whole_number
from apptsdk.providers.nexhealth.models import (
    AppointmentInclude,
    AppointmentTypeInclude,
    WorkingHourInclude,
    WorkingHourSource,
)
from apptsdk.providers.nexhealth.queries.base import (
    InOffice,
    Listed,
    MaybeInOffice,
    Paged,
    Query,
    written,
)
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import QUERIES
from apptsdk.urls import Pairs

MAX_PATIENTS: Final = 25
MAX_PER_SLOT: Final = 5
_FAR: Final = 3650
_DAYS: Final = 14
"""Days that one request for slots covers: "for best performance" not more, says the vendor."""


@attrs.frozen(kw_only=True, slots=False)
class AppointmentTypeQuery(MaybeInOffice, Listed):
    """A list of appointment types.

    Args:
        include: What to send along.
    """

    include: Sequence[AppointmentTypeInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class AppointmentTypeGet(MaybeInOffice):
    """What a read of an appointment type takes.

    Args:
        include: What to send along.
    """

    include: Sequence[AppointmentTypeInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class AppointmentTypeDelete(MaybeInOffice):
    """What deleting an appointment type takes. Practices whose types belong to offices need the office."""


@attrs.frozen(kw_only=True, slots=False)
class DescriptorQuery(Listed):
    """A list of descriptors.

    Args:
        descriptor_type: Only those of this type, such as `"Procedure Code"`.
    """

    descriptor_type: str | Unset = UNSET


@attrs.frozen(kw_only=True, slots=False)
class TypeDescriptorQuery(MaybeInOffice, DescriptorQuery):
    """A list of an appointment type's descriptors."""


@attrs.frozen(kw_only=True, slots=False)
class OfficeDescriptorQuery(DescriptorQuery):
    """A list of an office's descriptors."""

    practice: ClassVar[bool | None] = False


@attrs.frozen(kw_only=True, slots=False)
class AppointmentQuery(MaybeInOffice, Paged):
    """A list of appointments: those that start within a window, cancelled ones and blocks too unless told otherwise.

    Args:
        start: The window's beginning.
        end: The window's end.
        location_id: The office; by default the client's. None where `foreign_id` is given.
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
    """

    start: datetime
    end: datetime
    timezone: str | Unset = UNSET
    cancelled: bool | Unset = UNSET
    unavailable: bool | Unset = UNSET
    nex_only: bool | Unset = UNSET
    updated_since: datetime | Unset = UNSET
    appointment_type_id: Id | Unset = UNSET
    foreign_id: str | Unset = UNSET
    created_by: Id | Unset = UNSET
    patient_ids: Sequence[Id] | Unset = UNSET
    patient_id: Id | Unset = UNSET
    provider_ids: Sequence[Id] | Unset = UNSET
    operatory_ids: Sequence[Id] | Unset = UNSET
    include: Sequence[AppointmentInclude] = ()
    sort: Sequence[str] = ()

    def pairs(self, scope: Scope, resource: str) -> Pairs:
        """Give the query's names and values."""
        found = super().pairs(scope, resource)
        if self.end < self.start:
            raise ValueError("end comes before start.")
        if not isinstance(self.patient_ids, Unset) and len(self.patient_ids) > MAX_PATIENTS:
            raise ValueError(f"patient_ids holds {len(self.patient_ids)} ids; the vendor takes {MAX_PATIENTS}.")
        return found

    def located(self, scope: Scope) -> Pairs:
        """Give the part that names the office: the vendor demands it, or an id of the practice's own system."""
        return scope.office(self.location_id) if self.foreign_id is UNSET else super().located(scope)


@attrs.frozen(kw_only=True, slots=False)
class AppointmentGet(Query):
    """What a read of an appointment takes.

    Args:
        include: What to send along; the vendor sends `patient` by default.
    """

    include: Sequence[AppointmentInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class SlotQuery(Listed):
    """What is asked of the calendar for free slots.

    Args:
        start_date: The first day, in the office's zone.
        days: How many days, counting the first. More than 14 are asked for in pieces of 14, as they are read.
        location_ids: The offices; by default the client's.
        provider_ids: The providers. Without them an appointment type is needed, and in v2 they are always.
        operatory_ids: Only in these operatories.
        appointment_type_id: Only within working hours for this type, and as long as it takes. Working hours have no
            types until they are given some, so this finds nothing where nobody did.
        slot_length: Minutes; 15 unless the type says otherwise.
        slot_interval: Minutes from one start to the next; as long as a slot by default.
        overlapping_operatory_slots: Whether a time comes once for each free operatory, and not once.
        working_hour_label_id: Only within working hours with this label; not in v2.
        working_hour_source: Only within working hours from this source; not in v2.
        appointments_per_timeslot: How many appointments one slot takes, 1 to 5; not in v2. eClinicalWorks and NextGen
            only.
        cursor: Where to resume: the `.cursor` of an earlier page of the same list.
        prefetch: How many pieces may be fetched ahead, 0 to 20.
    """

    start_date: date
    days: int
    location_ids: Sequence[Id] | Unset = UNSET
    provider_ids: Sequence[Id] | Unset = UNSET
    operatory_ids: Sequence[Id] | Unset = UNSET
    appointment_type_id: Id | Unset = UNSET
    slot_length: int | Unset = UNSET
    slot_interval: int | Unset = UNSET
    overlapping_operatory_slots: bool | Unset = UNSET
    working_hour_label_id: Id | Unset = UNSET
    working_hour_source: WorkingHourSource | Unset = UNSET
    appointments_per_timeslot: int | Unset = UNSET
    cursor: str | None = None
    prefetch: int = 0

    sent_as: ClassVar[Mapping[str, str]] = {"location_ids": "lids", "provider_ids": "pids"}
    unsent: ClassVar[frozenset[str]] = frozenset({"cursor", "prefetch", "location_ids"})

    def located(self, scope: Scope) -> Pairs:
        """Give the part that names the offices."""
        given = QUERIES.encode(self).get("location_ids")
        if given == []:
            raise ValueError("location_ids is empty: leave it out for the client's office.")
        return tuple(written("lids", given or [value for _, value in scope.office()]))

    def pairs(self, scope: Scope, resource: str) -> Pairs:
        """Give the query's names and values."""
        if not isinstance(self.start_date, date) or isinstance(self.start_date, datetime):
            raise TypeError(f"start_date must be a date, not {type(self.start_date).__name__}.")
        whole_number(self.days, "days", 1, min(_FAR, (date.max - self.start_date).days))
        if isinstance(self.provider_ids, Unset):
            if f"{resource}.provider_ids" in scope.version.needs:
                raise UnsupportedError(
                    f"Version {scope.version.name} of NexHealth's API finds slots by provider: give provider_ids.",
                    provider="nexhealth",
                    operation=f"nexhealth.{resource}.list",
                )
            if self.appointment_type_id is UNSET:
                raise ValueError("Give provider_ids or appointment_type_id, or both: the vendor demands one of them.")
        if not isinstance(self.appointments_per_timeslot, Unset):
            whole_number(self.appointments_per_timeslot, "appointments_per_timeslot", 1, MAX_PER_SLOT)
        for name in ("slot_length", "slot_interval"):
            if not isinstance(value := getattr(self, name), Unset):
                whole_number(value, name, 1, 1440, "minutes")
        return super().pairs(scope, resource)

    def pieces(self) -> Mapping[str, SlotQuery]:
        """Give the same query in pieces, by their first days."""
        made = (
            attrs.evolve(self, start_date=self.start_date + timedelta(days=first), days=min(_DAYS, self.days - first))
            for first in range(0, self.days, _DAYS)
        )
        return {piece.start_date.isoformat(): piece for piece in made}

    def ahead(self) -> int:
        """Give the number of pages to fetch ahead."""
        return checked_prefetch(self.prefetch)


@attrs.frozen(kw_only=True, slots=False)
class WorkingHourQuery(InOffice, Paged):
    """A list of working hours.

    Args:
        provider_id: Only those of this provider.
        operatory_id: Only those in this operatory.
        label_id: Only those with this label; not in v2.
        source: Only those from this source; not in v2.
        active: The active ones (the default), or the inactive ones.
        ignore_past_dates: Whether hours on days that are past are left out.
        include: What to send along.
    """

    provider_id: Id | Unset = UNSET
    operatory_id: Id | Unset = UNSET
    label_id: Id | Unset = UNSET
    source: WorkingHourSource | Unset = UNSET
    active: bool | Unset = UNSET
    ignore_past_dates: bool | Unset = UNSET
    include: Sequence[WorkingHourInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class WorkingHourGet(Query):
    """What a read of working hours takes.

    Args:
        include: What to send along.
    """

    include: Sequence[WorkingHourInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class WorkingHourLabelQuery(MaybeInOffice, Paged):
    """A list of labels of working hours.

    Args:
        search_name: Only those with this in their name.
        active: Only the active ones, or only the inactive ones.
    """

    search_name: str | Unset = UNSET
    active: bool | Unset = UNSET
