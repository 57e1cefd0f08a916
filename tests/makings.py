"""What makes one of each thing that can be made at Cliniko, and what would make another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from props import NOW, props

from apptsdk.sandbox.cliniko.times import iso, seconds

STARTS = NOW + timedelta(days=14)
ENDS = STARTS + timedelta(minutes=45)
TIMES = {"starts_at": STARTS, "ends_at": ENDS}
ADA = {"first_name": "Adaline", "last_name": "Parkinson", "date_of_birth": date(1990, 5, 17), "email": "a@p.example"}

RESOURCES = (
    "appointment_types",
    "attendees",
    "availability_blocks",
    "businesses",
    "group_appointments",
    "individual_appointments",
    "patient_cases",
    "patients",
    "unavailable_block_types",
    "unavailable_blocks",
)
"""Whatever can be made."""


def making(resource: str) -> dict[str, Any]:
    """Give what `create` of a resource takes, so that every field by which it is found again is there."""
    made = props()
    makings: dict[str, dict[str, Any]] = {
        "appointment_types": {"name": "Review", "duration_in_minutes": 20},
        "attendees": {"booking_id": made.group_appointments[2], "patient_id": made.patients[0]},
        "availability_blocks": {**made.place, **TIMES},
        "businesses": {"business_name": "Lakeside", "address_1": "9 Example Street"},
        "group_appointments": {"appointment_type_id": made.group_type, **made.place, **TIMES, "max_attendees": 5},
        "individual_appointments": {**made.ids, **TIMES},
        "patient_cases": {"name": "Knee", "patient_id": made.patients[0]},
        "patients": ADA,
        "unavailable_block_types": {"name": "Training", "duration_in_minutes": 90},
        "unavailable_blocks": {**made.place, **TIMES, "unavailable_block_type_id": made.unavailable_block_types[1]},
    }
    return makings[resource]


def other_making(resource: str) -> dict[str, Any]:
    """Give what makes nearly the same: one field differs."""
    made = props()
    others: dict[str, dict[str, Any]] = {
        "appointment_types": {"duration_in_minutes": 25},
        "attendees": {"patient_id": made.patients[1]},
        "availability_blocks": {"ends_at": ENDS + timedelta(minutes=1)},
        "businesses": {"address_1": "10 Example Street"},
        "group_appointments": {"starts_at": STARTS + timedelta(seconds=1)},
        "individual_appointments": {"patient_id": made.patients[1]},
        "patient_cases": {"name": "KNEE"},
        "patients": {"date_of_birth": date(1990, 5, 18)},
        "unavailable_block_types": {"name": "training"},
        "unavailable_blocks": {"unavailable_block_type_id": made.unavailable_block_types[0]},
    }
    return {**making(resource), **others[resource]}


def as_json(fields: dict[str, Any]) -> dict[str, Any]:
    """Write fields as another client would."""
    return {name: _written(value) for name, value in fields.items()}


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return iso(seconds(value))
    return value.isoformat() if isinstance(value, date) else value
