"""Patient cases: what their bodies do, which of them are active, and who refers to them."""

from collections.abc import Callable, Mapping
from typing import Any

from apptsdk.sandbox.cliniko.inputs import BLANK, INVALID, UNKNOWN, read_id
from apptsdk.sandbox.cliniko.records import Appointment, Attendee, Record, SoleAttendee
from apptsdk.sandbox.cliniko.times import wall
from apptsdk.sandbox.cliniko.world import World

_ARCHIVED = "Case has been archived."  # https://github.com/redguava/cliniko-api/issues/379


def refer(world: World, body: Mapping[str, Any], patient: int | None, errors: dict[str, str]) -> dict[str, int | None]:
    """Read the case that a booking or an attendee is to belong to.

    Args:
        world: the account.
        body: what was sent.
        patient: whose case it must be, None if that is not known.
        errors: where the vendor's texts go.

    Returns:
        What changes.
    """
    if "patient_case_id" not in body:
        return {}
    said = body["patient_case_id"]
    if said is None:
        return {"patient_case": None}
    row = world.patient_cases.get(read_id(said) or 0)
    if row is None:
        errors["patient_case"] = UNKNOWN
        return {}
    if row.archived_at is not None:
        errors["base"] = _ARCHIVED
    elif patient is not None and row.values["patient_id"] != patient:
        errors["patient_case"] = INVALID
    return {"patient_case": row.id}


def settle(world: World, values: Mapping[str, Any], read: dict[str, Any], now: int) -> dict[str, str]:
    """Make a body's changes fit for a case: whose it is, when it was closed, who belongs to it.

    Args:
        world: the account.
        values: what the case says so far.
        read: what the body says.
        now: the time.

    Returns:
        What is wrong, by field.
    """
    patient_id = read.get("patient_id", values["patient_id"])
    patient = world.patients.get(patient_id or 0)
    if patient is None or ("patient_id" in read and patient.archived_at is not None):
        return {"patient": BLANK}
    if "closed" in read:
        read["closed_at"] = (values["closed_at"] or now) if read.pop("closed") else None
    read.pop("patient_attachment_ids", None)
    for one in read.get("attendee_ids", ()):
        attendee = world.attendees.get(int(one))
        if attendee is None or attendee.patient != patient_id:
            return {"attendees": INVALID}
    return {}


def keep(world: World, id_: int, read: dict[str, Any], now: int) -> None:
    """Let the attendees of a body belong to a case, and no others.

    Args:
        world: the account.
        id_: the case's.
        read: what the body says, of which the attendees are taken away.
        now: the time.
    """
    wanted: list[str] | None = read.pop("attendee_ids", None)
    if wanted is None:
        return
    before = {one.id: one for one in world.attendees_of(id_)}
    after = {one.id: one for one in map(world.attendees.get, map(int, wanted)) if one is not None}
    for changed in before.keys() ^ after.keys():
        attendee = after.get(changed) or before[changed]
        row = whole(attendee)
        row.patient_case, row.updated_at = id_ if changed in after else None, now
        world.note_case(id_, attendee)


def whole(attendee: Attendee | SoleAttendee) -> Attendee | Appointment:
    """Find what has to be changed when an attendee does.

    Args:
        attendee: the attendee.

    Returns:
        It, or the individual appointment that it is.
    """
    return attendee.appointment if isinstance(attendee, SoleAttendee) else attendee


def active(world: World, now: int) -> Callable[[Record], bool]:
    """Make a test for cases that somebody still works on.

    Args:
        world: the account.
        now: the time.

    Returns:
        The test: neither archived nor closed nor expired.
    """
    today = wall(now, world.zone).date().isoformat()

    def test(row: Record) -> bool:
        expires = row.values["expiry_date"]
        return row.archived_at is None and row.values["closed_at"] is None and (expires is None or expires >= today)

    return test
