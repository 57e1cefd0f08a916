"""The appointments that the sandbox begins with: inside the working hours, and never two at one time."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from apptsdk.sandbox.nexhealth.hours import window
from apptsdk.sandbox.nexhealth.records import Appointment, Record
from apptsdk.sandbox.nexhealth.world import World

_FULL = 0.35  # the share of the hours that is taken
_PAST = 0.6  # the share of the appointments that are past
_LUNCH = timedelta(hours=1)
_NEAREST, _FARTHEST = 1, 20_000
_PROCEDURES = 6
_ONLINE = {
    "booked_via_nexhealth_generated_link": True,
    "campaign_type": "recall",
    "campaign_id": "8101",
    "campaign_medium": "sms",
    "booked_via_one_click": False,
}


def book(world: World, *, now: datetime, chance: Random, many: int) -> None:
    """Book appointments behind and ahead, and one block on the schedule of each location.

    Args:
        world: with everything but them.
        now: the time at which the world begins.
        chance: decides which times are taken.
        many: how many appointments.
    """
    today = now.date()
    past = int(many * _PAST)
    ahead = _starts(world, today, chance, 1)
    behind = _starts(world, today, chance, -1)
    for number in range(many):
        _add(world, *next(behind if number < past else ahead), now=now, chance=chance)
    for place in world.records("locations"):
        _block(world, place, now)


def _starts(world: World, today: date, chance: Random, way: int) -> Iterator[tuple[datetime, Record, Record]]:
    rows = [
        row for row in world.records("working_hours") if row.values["active"] and row.values["appointment_type_ids"]
    ]
    for far in count(_NEAREST):
        day = today + timedelta(days=far * way)
        for row in rows:
            found = window(world, row, day)
            if found is None:
                continue
            begin, end = found
            while begin < end:
                kind = world.find("appointment_types", chance.choice(row.values["appointment_type_ids"]))
                until = begin + timedelta(minutes=kind.values["minutes"])
                if until <= end and chance.random() < _FULL and _free(world, row, begin, until):
                    yield begin, row, kind
                begin = until


def _free(world: World, row: Record, begin: datetime, end: datetime) -> bool:
    taken = world.busy("provider", row.values["provider_id"], begin, end)
    chair = row.values["operatory_id"]
    return not taken and not (chair and world.busy("operatory", chair, begin, end))


def _add(world: World, starts_at: datetime, hours: Record, kind: Record, *, now: datetime, chance: Random) -> None:
    place: Record = world.find("locations", hours.values["location_id"])
    patients = [
        row
        for row in world.records("patients", hours.institution)
        if place.id in row.values["location_ids"] and not row.values["inactive"]
    ]
    id_ = world.next_id("appointments")
    past = starts_at < now
    cancelled = chance.random() < 1 / 10
    made = min(starts_at, now) - timedelta(days=chance.randrange(2, 60))
    world.add(
        "appointments",
        Appointment(
            id=id_,
            institution=hours.institution,
            created_at=made,
            updated_at=made + timedelta(hours=1),
            foreign_id=str(id_ % 1_000_000),
            foreign_id_type=place.foreign_id_type,
            last_sync_time=made + timedelta(hours=1),
            location=place.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=kind.values["minutes"]),
            patient=chance.choice(patients).id,
            provider=hours.values["provider_id"],
            operatory=hours.values["operatory_id"],
            appointment_type=kind.id,
            cancelled=cancelled,
            cancelled_at=made + timedelta(hours=1) if cancelled else None,
            confirmed_at=made if past and not cancelled else None,
            checkin_at=starts_at if past and not cancelled else None,
            checked_out_at=starts_at + timedelta(minutes=kind.values["minutes"]) if past and not cancelled else None,
            is_past_patient=True,
            booking_details=_ONLINE if id_ % 3 == 0 else None,
        ),
    )
    if past and not cancelled and len(world.tables["procedures"]) < _PROCEDURES:
        _procedure(world, world.find("appointments", id_))


def _procedure(world: World, row: Appointment) -> None:
    values = {
        "location_id": row.location,
        "patient_id": row.patient,
        "provider_id": row.provider,
        "appointment_id": row.id,
        "code": "D2391",
        "name": "Filling, one surface",
        "status": "completed",
        "body_site": {"tooth": ["14"], "surface": "O"},
        "fee": {"amount": "180.00", "currency": "USD"},
        "start_date": row.starts_at.date().isoformat(),
        "end_date": row.starts_at.date().isoformat(),
    }
    made = Record(
        id=world.next_id("procedures"),
        institution=row.institution,
        created_at=row.starts_at,
        updated_at=row.ends_at,
        values=values,
    )
    world.add("procedures", made)


def _block(world: World, place: Record, now: datetime) -> None:
    """Keep an hour of the first free window at a location for the practice itself."""
    rows = [row for row in world.records("working_hours") if row.values["location_id"] == place.id]
    for far in range(7, _FARTHEST):
        for row in rows:
            found = window(world, row, now.date() + timedelta(days=far))
            if found is None or not _free(world, row, found[1] - _LUNCH, found[1]):
                continue
            made = now - timedelta(days=30)
            id_ = world.next_id("appointments")
            world.add(
                "appointments",
                Appointment(
                    id=id_,
                    institution=place.institution,
                    created_at=made,
                    updated_at=made,
                    foreign_id=str(id_ % 1_000_000),
                    foreign_id_type=place.foreign_id_type,
                    last_sync_time=made,
                    location=place.id,
                    starts_at=found[1] - _LUNCH,
                    ends_at=found[1],
                    provider=row.values["provider_id"],
                    operatory=row.values["operatory_id"],
                    unavailable=True,
                    note="Staff meeting",
                ),
            )
            return
