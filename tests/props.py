"""The ids of the rows that the sandbox's Cliniko begins with: the same in every sandbox of the same time and seed."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any
from unittest.mock import patch

import attrs

from apptsdk import Cliniko
from apptsdk.sandbox import Sandbox, vendors

NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
"""Tuesday, nine o'clock in Sydney, and still Monday in UTC."""


def sandbox_of(provider: str | None, **options: Any) -> Sandbox:
    """Make a sandbox with the world of one provider, or of all."""
    made = {name: place for name, place in vendors.VENDORS.items() if provider in {None, name}}
    with patch.object(vendors, "VENDORS", made):
        return Sandbox(**options)


@attrs.frozen
class Props:
    """What stories are told about; the first of each is that of the vendor's default order."""

    patients: tuple[str, ...]
    businesses: tuple[str, ...]
    practitioners: tuple[str, ...]
    appointment_types: tuple[str, ...]
    individual_appointments: tuple[str, ...]
    """Those that stand."""
    group_appointments: tuple[str, ...]
    """A full one, a half full one, an empty one, and a past one."""
    attendees: tuple[str, ...]
    """The first are those of the full group."""
    availability_blocks: tuple[str, ...]
    daily_availabilities: tuple[str, ...]
    patient_cases: tuple[str, ...]
    unavailable_block_types: tuple[str, ...]
    unavailable_blocks: tuple[str, ...]
    users: tuple[str, ...]

    @property
    def ids(self) -> dict[str, str]:
        """What an appointment is made of, but for its time."""
        return {
            "appointment_type_id": self.appointment_types[0],
            "business_id": self.businesses[0],
            "patient_id": self.patients[0],
            "practitioner_id": self.practitioners[0],
        }

    @property
    def place(self) -> dict[str, str]:
        """Where something stands in a calendar."""
        return {"business_id": self.businesses[0], "practitioner_id": self.practitioners[0]}

    @property
    def group_type(self) -> str:
        """The appointment type for several patients."""
        return self.appointment_types[4]

    @property
    def triple(self) -> tuple[str, str, str]:
        """What available times are asked for."""
        return self.businesses[0], self.practitioners[0], self.appointment_types[0]


@cache
def props() -> Props:
    with sandbox_of("cliniko", now=NOW, rate_limit=None) as sandbox, Cliniko(sandbox.cliniko) as cliniko:
        return Props(*(tuple(row.id for row in getattr(cliniko, field.name).list()) for field in attrs.fields(Props)))
