"""Unavailable blocks and their types, what makes them and what changes them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

import attrs

from apptsdk.models import UNSET, Id, Link, Model, Unset
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, IdField
from apptsdk.providers.cliniko.models.shared import RepeatRule, RepeatRuleInput


@attrs.frozen(kw_only=True, repr=False)
class UnavailableBlock(Model):
    """A time at which a practitioner cannot be booked: a break, a meeting, leave.

    https://docs.api.cliniko.com/openapi/unavailable-block

    Attributes:
        starts_at: When it begins, UTC.
        ends_at: When it ends, UTC.
        repeat_rule: The rule by which it repeats; one without fields where it does not.
        repeats: The list of its later occurrences; None where there are none.
        repeated_from: The first occurrence; None on the first itself.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "starts_at", "ends_at")

    id: str
    starts_at: datetime
    ends_at: datetime
    archived_at: datetime | None = None
    business: Link | None = None
    conflicts: Link | None = None
    created_at: datetime | None = None
    deleted_at: datetime | None = None
    links: Link | None = None
    notes: str | None = None
    practitioner: Link | None = None
    repeat_rule: RepeatRule | None = None
    repeated_from: Link | None = None
    repeats: Link | None = None
    unavailable_block_type: Link | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class UnavailableBlockFields:
    """What may be given when an unavailable block is made or changed.

    Args:
        ends_at: When it ends: aware. What leaving it out means on create is not documented well: half an hour in the
            vendor's old example.
        notes: Notes, for staff.
        repeat_rule: How it repeats: the further occurrences are made at once. What changing it does to occurrences
            that exist is not documented.
        unavailable_block_type_id: Its type.
    """

    ends_at: datetime | Unset = UNSET
    notes: str | Unset | None = attrs.field(default=UNSET, repr=False)
    repeat_rule: RepeatRuleInput | Unset | None = UNSET
    unavailable_block_type_id: Id | Unset = UNSET


@attrs.frozen(kw_only=True)
class UnavailableBlockCreate(UnavailableBlockFields):
    """What makes an unavailable block.

    Args:
        business_id: The business where the practitioner is unavailable.
        practitioner_id: The practitioner.
        starts_at: When it begins: aware; sent as UTC, whole seconds.
    """

    business_id: Id
    practitioner_id: Id
    starts_at: datetime


@attrs.frozen(kw_only=True)
class UnavailableBlockUpdate(UnavailableBlockFields):
    """What changes an unavailable block.

    Args:
        business_id: The business where the practitioner is unavailable.
        practitioner_id: The practitioner.
        starts_at: When it begins: aware; sent as UTC, whole seconds.
    """

    business_id: Id | Unset = UNSET
    practitioner_id: Id | Unset = UNSET
    starts_at: datetime | Unset = UNSET


@attrs.frozen(kw_only=True, repr=False)
class UnavailableBlockType(Model):
    """A kind of unavailable block.

    https://docs.api.cliniko.com/openapi/unavailable-block-type

    Attributes:
        color: Color, "#RGB" or "#RRGGBB".
        duration_in_minutes: Minutes, 1 to 1439.
        system_controlled: Whether it is the vendor's own and cannot be changed.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    id: str
    name: str
    archived_at: datetime | None = None
    color: str | None = None
    created_at: datetime | None = None
    duration_in_minutes: int | None = None
    links: Link | None = None
    system_controlled: bool | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class UnavailableBlockTypeFields:
    """What may be given when a type of unavailable blocks is made or changed.

    Args:
        color: Color, "#RGB" or "#RRGGBB".
        duration_in_minutes: Minutes, 1 to 1439.
    """

    color: str | Unset = UNSET
    duration_in_minutes: int | Unset = UNSET


@attrs.frozen(kw_only=True)
class UnavailableBlockTypeCreate(UnavailableBlockTypeFields):
    """What makes a type of unavailable blocks.

    Args:
        name: Name, up to 255 characters.
    """

    name: str


@attrs.frozen(kw_only=True)
class UnavailableBlockTypeUpdate(UnavailableBlockTypeFields):
    """What changes a type of unavailable blocks.

    Args:
        name: Name, up to 255 characters.
    """

    name: str | Unset = UNSET


class UnavailableBlockFilters(Filters):
    """What lists of unavailable blocks can be filtered by."""

    __slots__ = ()

    archived_at: Final = DateTimeField()
    business_id: Final = IdField()
    created_at: Final = DateTimeField()
    deleted_at: Final = DateTimeField()
    ends_at: Final = DateTimeField()
    id: Final = IdField()
    practitioner_id: Final = IdField()
    repeated_from_id: Final = IdField()
    starts_at: Final = DateTimeField()
    unavailable_block_type_id: Final = IdField()
    updated_at: Final = DateTimeField()


class UnavailableBlockTypeFilters(Filters):
    """What lists of types of unavailable blocks can be filtered by."""

    __slots__ = ()

    archived_at: Final = DateTimeField()
    created_at: Final = DateTimeField()
    id: Final = IdField()
    updated_at: Final = DateTimeField()
