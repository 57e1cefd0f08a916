"""Appointments as they are written: booked, confirmed, moved, checked in and cancelled.

https://docs.nexhealth.com/reference/postappointments and .../patchappointmentsid
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from apptsdk.sandbox.nexhealth import inputs, refusals
from apptsdk.sandbox.nexhealth.appointments import written
from apptsdk.sandbox.nexhealth.ask import Ask, one, route
from apptsdk.sandbox.nexhealth.emrs import EMRS
from apptsdk.sandbox.nexhealth.hours import covering
from apptsdk.sandbox.nexhealth.inputs import Field
from apptsdk.sandbox.nexhealth.patients import GENDERS, born, keep_patient
from apptsdk.sandbox.nexhealth.records import Appointment, Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.slots import MOST_SHARED, USUAL_LENGTH, busy
from apptsdk.sandbox.nexhealth.tokens import USER

_LONGEST_NOTE = 128
_MOVES = ("start_time", "end_time", "operatory_id", "note")

_DEPENDENT = inputs.things(
    {
        "first_name": Field(inputs.text(), needed=True),
        "last_name": Field(inputs.text(), needed=True),
        "bio": Field(
            inputs.things(
                {
                    "date_of_birth": Field(inputs.day, needed=True),
                    "gender": Field(inputs.one_of(*GENDERS)),
                }
            ),
            needed=True,
        ),
    }
)


def _fields(ask: Ask) -> dict[str, Field]:
    moment = inputs.moment(ask.zone)
    return {
        "patient_id": Field(inputs.whole),
        "provider_id": Field(inputs.whole, needed=True),
        "start_time": Field(moment, needed=True),
        "end_time": Field(moment),
        "operatory_id": Field(inputs.whole),
        "appointment_type_id": Field(inputs.whole),
        "note": Field(inputs.text(_LONGEST_NOTE)),
        "unavailable": Field(inputs.truth),
        "is_guardian": Field(inputs.truth),
        "is_new_clients_patient": Field(inputs.truth),
        "referrer": Field(inputs.text()),
        "patient": Field(_DEPENDENT),
        "descriptor_ids": Field(inputs.wholes),
    }


def create(ask: Ask) -> Reply:
    """Book an appointment, or block the schedule.

    Args:
        ask: the call.

    Raises:
        Refusal: 400 or 404.
    """
    said = inputs.read(ask.wrapped("appt"), _fields(ask))
    shared = _shared(ask)
    lacking = [] if said.get("patient_id") or said.get("unavailable") else ["patient_id"]
    lacking += ["patient"] if said.get("is_guardian") and not said.get("patient") else []
    lacking += ["operatory_id"] if ask.at.values["map_by_operatory"] and not said.get("operatory_id") else []
    if lacking:
        raise refusals.lacking(lacking)
    _known(ask, said)
    starts_at, ends_at = _span(ask, said)
    if not said.get("unavailable"):
        _check_type(ask, said, starts_at, ends_at)
        _check_free(ask, said["provider_id"], said.get("operatory_id"), starts_at, ends_at, shared=shared)
    dependent = _dependent(ask, said)
    now = ask.now
    row = Appointment(
        id=ask.world.next_id("appointments"),
        institution=ask.institution,
        created_at=now,
        updated_at=now,
        location=ask.at.id,
        starts_at=starts_at,
        ends_at=ends_at,
        patient=None if said.get("unavailable") else said["patient_id"],
        provider=said["provider_id"],
        operatory=said.get("operatory_id"),
        appointment_type=said.get("appointment_type_id"),
        note=said.get("note"),
        unavailable=bool(said.get("unavailable")),
        created_by=USER,
        through_api=True,
        is_guardian=bool(said.get("is_guardian")),
        is_new_clients_patient=bool(said.get("is_new_clients_patient")),
        is_past_patient=_been_here(ask, said.get("patient_id"), now),
        referrer=said.get("referrer"),
        dependent=dependent,
        descriptors=tuple(said.get("descriptor_ids") or ()),
        shared=shared,
    )
    ask.world.changed("appointments", row, "create")
    return one(written(ask, row), HTTPStatus.CREATED)


def _shared(ask: Ask) -> int:
    said = inputs.read(ask.body, {"appointments_per_timeslot": Field(inputs.whole)})
    number = said.get("appointments_per_timeslot")
    if number is not None and not 1 <= number <= MOST_SHARED:
        raise refusals.bad("appointments_per_timeslot does not have a valid value")
    return number if number is not None and EMRS[ask.at.foreign_id_type].shares else 1


def _known(ask: Ask, said: Mapping[str, Any]) -> None:
    """See to it that everything that is named belongs to the practice."""
    named = {
        "patients": [] if said.get("unavailable") else [said["patient_id"]],
        "providers": [said["provider_id"]],
        "operatories": [said["operatory_id"]] if said.get("operatory_id") else [],
        "appointment_types": [said["appointment_type_id"]] if said.get("appointment_type_id") else [],
        "descriptors": said.get("descriptor_ids") or [],
    }
    for kind, ids in named.items():
        if any(ask.world.find(kind, id_, ask.institution) is None for id_ in ids):
            raise refusals.missing()
    if said.get("operatory_id"):
        _check_chair(ask, said["operatory_id"], ask.at.id)
    provider: Record = ask.world.find("providers", said["provider_id"])
    if provider.values["inactive"] or ask.at.id not in provider.values["location_ids"]:
        raise refusals.bad("The provider cannot be booked at the location")


def _check_chair(ask: Ask, operatory: int, location: int) -> None:
    chair: Record | None = ask.world.find("operatories", operatory, ask.institution)
    if chair is None or chair.values["location_id"] != location:
        raise refusals.missing()
    if not chair.values["active"]:
        raise refusals.bad("The operatory cannot be booked")


def _span(ask: Ask, said: Mapping[str, Any]) -> tuple[datetime, datetime]:
    starts_at: datetime = said["start_time"]
    ends_at: datetime | None = said.get("end_time")
    if ends_at is None:
        kind: Record | None = ask.world.find("appointment_types", said.get("appointment_type_id"))
        ends_at = starts_at + timedelta(minutes=kind.values["minutes"] if kind else USUAL_LENGTH)
    _check_span(ask, starts_at, ends_at)
    return starts_at, ends_at


def _check_span(ask: Ask, starts_at: datetime, ends_at: datetime) -> None:
    if starts_at <= ask.now:
        raise refusals.bad("start_time must be in the future")
    if ends_at <= starts_at:
        raise refusals.bad("end_time must be after start_time")


def _check_type(ask: Ask, said: Mapping[str, Any], starts_at: datetime, ends_at: datetime) -> None:
    kind = said.get("appointment_type_id")
    if not kind:
        return
    rows = covering(ask.world, provider=said["provider_id"], location=ask.at.id, begin=starts_at, end=ends_at)
    chair = said.get("operatory_id")
    if not any(
        kind in row.values["appointment_type_ids"] and row.values["operatory_id"] in {None, chair} for row in rows
    ):
        raise refusals.bad(refusals.NOT_CONFIGURED)


def _check_free(
    ask: Ask,
    provider: int | None,
    operatory: int | None,
    starts_at: datetime,
    ends_at: datetime,
    *,
    shared: int,
    but: Appointment | None = None,
) -> None:
    others = [one for one in busy(ask.world, provider, operatory, starts_at, ends_at) if one is not but]
    edges = [starts_at, *(one.starts_at for one in others if one.starts_at > starts_at)]
    most = max(sum(one.starts_at <= edge < one.ends_at for one in others) for edge in edges)
    if most >= shared or any(one.unavailable for one in others):
        raise refusals.bad(refusals.TAKEN)


def _dependent(ask: Ask, said: Mapping[str, Any]) -> int | None:
    if not said.get("is_guardian") or said.get("unavailable"):
        return None
    whom = said["patient"]
    bio = {**whom["bio"], "gender": whom["bio"].get("gender") or GENDERS[0]}
    errors = born(ask, bio["date_of_birth"])
    if errors:
        raise refusals.bad(*errors)
    names = {"first_name": whom["first_name"], "last_name": whom["last_name"], "email": None}
    made = keep_patient(ask, {**names, "bio": bio}, said["provider_id"], guarantor=said["patient_id"])
    return made.id


def _been_here(ask: Ask, patient: int | None, now: datetime) -> bool:
    rows = ask.world.records("appointments", ask.institution)
    return patient is not None and any(row.patient == patient and row.live and row.starts_at < now for row in rows)


def update(ask: Ask) -> Reply:
    """Confirm, check in, move or cancel an appointment.

    Args:
        ask: the call.

    Raises:
        Refusal: 400 or 404.
    """
    row: Appointment = ask.one("appointments")
    moment = inputs.moment(ask.world.zone_of(row.location))
    said = inputs.read(
        ask.wrapped("appt"),
        {
            "confirmed": Field(inputs.truth),
            "cancelled": Field(inputs.truth),
            "checkin_at": Field(moment),
            "start_time": Field(moment),
            "end_time": Field(moment),
            "operatory_id": Field(inputs.whole),
            "note": Field(inputs.text(_LONGEST_NOTE)),
        },
    )
    cancels = _cancels(row, said)
    _check_marks(row, said)
    moved = _moved(ask, row, said)
    if not cancels and not moved and not any(said.get(name) for name in ("confirmed", "checkin_at")):
        return one(written(ask, row))
    before, now = ask.shown("appointments", row), ask.now
    for name, value in moved.items():
        setattr(row, name, value)
    if said.get("confirmed") and row.confirmed_at is None:
        row.confirmed_at = now
    row.checkin_at = said.get("checkin_at") or row.checkin_at
    if cancels:
        row.cancelled, row.cancelled_at = True, now
    row.updated_at = now
    ask.world.changed("appointments", row, "cancel" if cancels else "update", before)
    return one(written(ask, row))


def _cancels(row: Appointment, said: Mapping[str, Any]) -> bool:
    if said.get("cancelled") is None:
        return False
    if row.cancelled:
        # There is no way back, and no second time.
        raise refusals.bad(refusals.NOT_SYNCED)
    return bool(said["cancelled"])


def _check_marks(row: Appointment, said: Mapping[str, Any]) -> None:
    marks = said.get("confirmed") is not None or said.get("checkin_at") is not None
    if marks and not row.written:
        raise refusals.bad(refusals.NOT_SYNCED)
    if said.get("confirmed") is False and row.confirmed_at is not None:
        raise refusals.bad("confirmed can only be changed from false to true")
    if said.get("checkin_at") is not None and row.checkin_at is not None:
        raise refusals.bad("checkin_at can only be set once")


def _moved(ask: Ask, row: Appointment, said: Mapping[str, Any]) -> dict[str, Any]:
    """Find what is to be changed about the appointment itself."""
    fields = {name: said[name] for name in _MOVES if said.get(name) is not None}
    if not fields:
        return {}
    place: Record = ask.world.find("locations", row.location)
    if ask.version == "v2" or not EMRS[place.foreign_id_type].moves:
        raise refusals.bad(refusals.NO_MOVES)
    if ("start_time" in fields) != ("end_time" in fields):
        raise refusals.bad("start_time and end_time must be provided together")
    if not row.written or row.cancelled:
        raise refusals.bad(refusals.NOT_SYNCED)
    starts_at, ends_at = fields.get("start_time", row.starts_at), fields.get("end_time", row.ends_at)
    operatory = fields.get("operatory_id", row.operatory)
    if "start_time" in fields:
        _check_span(ask, starts_at, ends_at)
    if "operatory_id" in fields:
        _check_chair(ask, fields["operatory_id"], row.location)
    if fields.keys() - {"note"}:
        _check_free(ask, row.provider, operatory, starts_at, ends_at, shared=row.shared, but=row)
    changed = {"starts_at": starts_at, "ends_at": ends_at, "operatory": operatory, "note": fields.get("note", row.note)}
    return {name: value for name, value in changed.items() if value != getattr(row, name)}


ROUTES = (
    route("POST /appointments", create, "subdomain! location_id!:int notify_patient:bool=false"),
    route("PATCH /appointments/#", update, "subdomain!"),
)
