"""The rows of the emulated practices. Moments are aware datetimes in UTC."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define, field

UNSYNCED = "nex"
"""The `foreign_id_type` of what exists in NexHealth alone."""


@define(eq=False, slots=True, kw_only=True)
class Row:
    """What every record has; the middle three are null while it is not in the practice's own system."""

    id: int
    institution: int
    created_at: datetime
    updated_at: datetime
    foreign_id: str | None = None
    foreign_id_type: str = UNSYNCED
    last_sync_time: datetime | None = None

    @property
    def written(self) -> bool:
        """Whether the practice's own system has it."""
        return self.foreign_id is not None


@define(eq=False, slots=True, kw_only=True)
class Record(Row):
    """A record whose fields are few and read as they are written."""

    values: dict[str, Any] = field(factory=dict[str, Any])  # JSON values by the vendor's own names


@define(eq=False, slots=True, kw_only=True)
class Appointment(Row):
    """An appointment or a block on the schedule; compact, because there may be a hundred thousand."""

    location: int
    starts_at: datetime
    ends_at: datetime
    patient: int | None = None
    provider: int | None = None
    operatory: int | None = None
    appointment_type: int | None = None
    note: str | None = None
    unavailable: bool = False
    cancelled: bool = False
    cancelled_at: datetime | None = None
    confirmed_at: datetime | None = None
    """By the office."""
    patient_confirmed_at: datetime | None = None
    checkin_at: datetime | None = None
    checked_out_at: datetime | None = None
    patient_missed: bool = False
    created_by: int | None = None
    through_api: bool = False
    is_guardian: bool = False
    is_new_clients_patient: bool = False
    is_past_patient: bool = False
    referrer: str | None = None
    dependent: int | None = None
    """The patient for whom a guardian booked."""
    descriptors: tuple[int, ...] = ()
    shared: int = 1
    """How many appointments its time may hold."""
    booking_details: Mapping[str, Any] | None = None

    @property
    def live(self) -> bool:
        """Whether it takes its time."""
        return not self.cancelled
