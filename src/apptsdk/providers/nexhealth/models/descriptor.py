"""Descriptors: what the EHR calls appointments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.models import Model


@attrs.frozen(kw_only=True, repr=False)
class Descriptor(Model):
    """Something that the EHR itself tells appointments apart by: a procedure code, or a type of its own.

    https://docs.nexhealth.com/reference/getlocationsidappointmentdescriptors

    Attributes:
        id: The id.
        active: Whether it is in use.
        code: Its code in the EHR.
        created_at: When NexHealth first had it, UTC.
        data: Its settings, whose shape depends on the EHR.
        descriptor_type: What kind of thing it is in the EHR, such as "Procedure Code".
        foreign_id: Its id in the EHR.
        foreign_id_type: Which EHR that is.
        last_sync_time: When it was last read from the EHR, UTC.
        location_id: The location that it belongs to.
        name: The name.
        updated_at: When it last changed, UTC.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "descriptor_type", "name")

    id: int
    active: bool | None = None
    code: str | None = None
    created_at: datetime | None = None
    data: Mapping[str, object] | None = attrs.field(default=None, hash=False)
    descriptor_type: str | None = None
    foreign_id: str | None = None
    foreign_id_type: str | None = None
    last_sync_time: datetime | None = None
    location_id: int | None = None
    name: str | None = None
    updated_at: datetime | None = None
