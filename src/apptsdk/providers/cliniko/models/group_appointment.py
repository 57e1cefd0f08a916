"""Group appointments, what makes them and what changes them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, Unset
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, IdField, IdsField
from apptsdk.providers.cliniko.models.shared import RepeatRule, RepeatRuleInput


@attrs.frozen(kw_only=True, repr=False)
class GroupAppointment(Model):
    """An appointment of several patients with one practitioner: a class. Each patient in it is an attendee.

    https://docs.api.cliniko.com/openapi/group-appointment

    Attributes:
        starts_at: When it begins, UTC.
        ends_at: When it ends, UTC.
        max_attendees: How many patients it holds, 2 to 99.
        patient_ids: The patients who attend.
        repeat_rule: The rule by which it repeats; one without fields where it does not.
        repeats: The list of its later occurrences; None where there are none.
        repeated_from: The first occurrence; None on the first itself.
        telehealth_url: The practitioner's link. The patients' own links are on the attendees.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "starts_at", "ends_at")

    id: str
    starts_at: datetime
    ends_at: datetime
    appointment_type: Link | None = None
    archived_at: datetime | None = None
    attendees: Link | None = None
    business: Link | None = None
    conflicts: Link | None = None
    created_at: datetime | None = None
    deleted_at: datetime | None = None
    links: Link | None = None
    max_attendees: int | None = None
    notes: str | None = None
    patient_ids: tuple[str, ...] | None = None
    practitioner: Link | None = None
    repeat_rule: RepeatRule | None = None
    repeated_from: Link | None = None
    repeats: Link | None = None
    telehealth_url: str | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class GroupAppointmentFields:
    """What may be given when a group appointment is made or changed.

    Args:
        max_attendees: How many patients it holds, 2 to 99. Left out on create, it is the type's.
        notes: Notes, for staff.
        repeat_rule: How it repeats: the further occurrences are made at once. What changing it does to occurrences
            that exist is not documented.
    """

    max_attendees: int | Unset = UNSET
    notes: str | Unset | None = attrs.field(default=UNSET, repr=False)
    repeat_rule: RepeatRuleInput | Unset | None = UNSET


@attrs.frozen(kw_only=True)
class GroupAppointmentCreate(GroupAppointmentFields):
    """What makes a group appointment.

    Args:
        appointment_type_id: The appointment type: one for more than one attendee.
        business_id: The business where it is held.
        practitioner_id: The practitioner.
        starts_at: When it begins: aware; sent as UTC, whole seconds.
        ends_at: When it ends: aware. Left out, it follows from the type's duration.
    """

    appointment_type_id: Id
    business_id: Id
    practitioner_id: Id
    starts_at: datetime
    ends_at: datetime | Unset = UNSET


@attrs.frozen(kw_only=True)
class GroupAppointmentUpdate(GroupAppointmentFields):
    """What changes a group appointment.

    Args:
        appointment_type_id: The appointment type.
        business_id: The business where it is held.
        practitioner_id: The practitioner.
        starts_at: When it begins: aware; sent as UTC, whole seconds.
        ends_at: When it ends: aware. None computes it anew from the type's duration. Give both times when you move an
            appointment: whether the end moves along is not documented.
    """

    appointment_type_id: Id | Unset = UNSET
    business_id: Id | Unset = UNSET
    practitioner_id: Id | Unset = UNSET
    starts_at: datetime | Unset = UNSET
    ends_at: datetime | Unset | None = UNSET


class GroupAppointmentFilters(Filters):
    """What lists of group appointments can be filtered by."""

    __slots__ = ()

    appointment_type_id: Final = IdField()
    archived_at: Final = DateTimeField()
    business_id: Final = IdField()
    created_at: Final = DateTimeField()
    deleted_at: Final = DateTimeField()
    ends_at: Final = DateTimeField()
    id: Final = IdField()
    patient_ids: Final = IdsField()
    practitioner_id: Final = IdField()
    repeated_from_id: Final = IdField()
    starts_at: Final = DateTimeField()
    updated_at: Final = DateTimeField()
