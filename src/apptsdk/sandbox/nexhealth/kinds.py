"""Types of appointments, and the descriptors that stand for them in the practice's system."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, cast

from apptsdk.sandbox.nexhealth import inputs, refusals, rendering
from apptsdk.sandbox.nexhealth.ask import Ask, one, route, whole
from apptsdk.sandbox.nexhealth.inputs import Field
from apptsdk.sandbox.nexhealth.records import Appointment, Record
from apptsdk.sandbox.nexhealth.refusals import Reply

_INSTITUTION, _LOCATION = "Institution", "Location"


def _minutes(value: Any) -> int:
    found = inputs.whole(value)
    if found is None or not 0 < found <= 24 * 60:
        raise inputs.WrongError("is invalid")
    return found


_FIELDS = {
    "name": Field(inputs.text(), needed=True),
    "minutes": Field(_minutes, needed=True),
    "parent_type": Field(inputs.one_of(_INSTITUTION, _LOCATION)),
    "parent_id": Field(inputs.whole),
    "bookable_online": Field(inputs.truth),
    "emr_appt_descriptor_ids": Field(inputs.wholes),
}


def descriptors(ask: Ask, ids: Iterable[int], *, location: int | None = None) -> list[dict[str, Any]]:
    """Show descriptors.

    Args:
        ask: the call, whose `descriptor_type` counts.
        ids: which.
        location: only those of this one.
    """
    rows = [ask.world.find("descriptors", id_) for id_ in ids]
    return [
        rendering.descriptor(ask.world, row)
        for row in rows
        if ask.query["descriptor_type"] in {None, row.values["descriptor_type"]}
        and location in {None, row.values["location_id"]}
    ]


def _shown(ask: Ask, row: Record) -> dict[str, Any]:
    shown = rendering.appointment_type(ask.world, row)
    if "descriptors" in ask.query["include[]"]:
        shown["descriptors"] = descriptors(ask, row.values["descriptor_ids"], location=ask.at.id)
    return shown


def _scoped(ask: Ask) -> bool:
    practice = cast("Record", ask.practice)
    return bool(practice.values["appointment_types_location_scoped"])


def _need_location(ask: Ask) -> None:
    if ask.location is None and (_scoped(ask) or ask.query["include[]"]):
        raise refusals.lacking(["location_id"])


def _one(ask: Ask) -> Record:
    row: Record = ask.one("appointment_types")
    if ask.location and row.values["parent_type"] == _LOCATION and row.values["parent_id"] != ask.location.id:
        raise refusals.missing()
    return row


def list_(ask: Ask) -> Reply:
    """List types.

    Args:
        ask: the call.
    """
    _need_location(ask)
    place = ask.location.id if ask.location else None
    return whole(
        [
            _shown(ask, row)
            for row in ask.world.records("appointment_types", ask.institution)
            if row.values["parent_type"] == _INSTITUTION or place in {None, row.values["parent_id"]}
        ]
    )


def get(ask: Ask) -> Reply:
    """Give a type.

    Args:
        ask: the call.
    """
    _need_location(ask)
    return one(_shown(ask, _one(ask)))


def create(ask: Ask) -> Reply:
    """Make a type.

    Args:
        ask: the call.
    """
    read = inputs.read(ask.wrapped("appointment_type"), _FIELDS)
    values: dict[str, Any] = {
        "parent_type": read.get("parent_type") or _INSTITUTION,
        "bookable_online": bool(read.get("bookable_online")),
        "descriptor_ids": [],
    }
    row = Record(
        id=ask.world.next_id("appointment_types"),
        institution=ask.institution,
        created_at=ask.now,
        updated_at=ask.now,
        values=_checked(ask, {**read, **values, "parent_id": read.get("parent_id")}, None),
    )
    ask.world.changed("appointment_types", row, "create")
    return one(ask.shown("appointment_types", row), HTTPStatus.CREATED)


def update(ask: Ask) -> Reply:
    """Change a type.

    Args:
        ask: the call.
    """
    row: Record = ask.one("appointment_types")
    read = inputs.read(ask.wrapped("appointment_type"), _FIELDS, partly=True)
    # Null where nothing can be null leaves the field as it is.
    said = {name: value for name, value in read.items() if value is not None}
    if said.get("parent_type") == _INSTITUTION:
        said.setdefault("parent_id", None)
    values = _checked(ask, {**row.values, **said}, row)
    before = ask.shown("appointment_types", row)
    row.values, row.updated_at = values, ask.now
    ask.world.changed("appointment_types", row, "update", before)
    return one(ask.shown("appointment_types", row))


def delete(ask: Ask) -> Reply:
    """Delete a type; working hours forget it.

    Args:
        ask: the call.
    """
    if ask.location is None and _scoped(ask):
        raise refusals.lacking(["location_id"])
    row = _one(ask)
    shown = ask.shown("appointment_types", row)
    for hours in ask.world.records("working_hours", ask.institution):
        if row.id in hours.values["appointment_type_ids"]:
            kept = [id_ for id_ in hours.values["appointment_type_ids"] if id_ != row.id]
            hours.values = {**hours.values, "appointment_type_ids": kept}
            ask.world.changed("working_hours", hours, "update")
    ask.world.changed("appointment_types", row, "delete")
    return one(shown)


def _checked(ask: Ask, values: dict[str, Any], old: Record | None) -> dict[str, Any]:
    if _scoped(ask):
        place = inputs.read(ask.body, {"location_id": Field(inputs.whole, needed=True)})["location_id"]
        if ask.world.find("locations", place, ask.institution) is None:
            raise refusals.forbidden()
    others = (row for row in ask.world.records("appointment_types", ask.institution) if row is not old)
    if values["name"].strip().lower() in {row.values["name"].lower() for row in others}:
        raise refusals.bad("Name has already been taken")
    if values["parent_type"] == _INSTITUTION:
        if values["parent_id"] not in {None, ask.institution}:
            raise refusals.missing()
        values["parent_id"] = ask.institution
    elif values["parent_id"] is None:
        raise refusals.lacking(["parent_id"])
    elif ask.world.find("locations", values["parent_id"], ask.institution) is None:
        raise refusals.missing()
    if "emr_appt_descriptor_ids" in values:
        values["descriptor_ids"] = values.pop("emr_appt_descriptor_ids")
    if any(ask.world.find("descriptors", id_, ask.institution) is None for id_ in values["descriptor_ids"]):
        raise refusals.missing()
    return values


def of_type(ask: Ask) -> Reply:
    """List the descriptors of a type.

    Args:
        ask: the call.
    """
    if ask.location is None and _scoped(ask):
        raise refusals.lacking(["location_id"])
    place = ask.location.id if ask.location else None
    return whole(descriptors(ask, _one(ask).values["descriptor_ids"], location=place))


def of_location(ask: Ask) -> Reply:
    """List the descriptors of a location.

    Args:
        ask: the call.
    """
    place = ask.one("locations")
    return whole(descriptors(ask, (row.id for row in ask.world.records("descriptors")), location=place.id))


def of_appointment(ask: Ask) -> Reply:
    """List the descriptors of an appointment.

    Args:
        ask: the call.
    """
    row: Appointment = ask.one("appointments")
    return whole(descriptors(ask, row.descriptors))


_TYPE = "subdomain! location_id:int"
ROUTES = (
    route("GET /appointment_types", list_, f"{_TYPE} include[]:descriptors", shared=True),
    route("POST /appointment_types", create, "subdomain!", shared=True),
    route("GET /appointment_types/#", get, f"{_TYPE} include[]:descriptors", shared=True),
    route("PATCH /appointment_types/#", update, "subdomain!", shared=True),
    route("DELETE /appointment_types/#", delete, _TYPE, shared=True),
    route("GET /appointment_types/#/appointment_descriptors", of_type, f"{_TYPE} descriptor_type", shared=True),
    route("GET /locations/#/appointment_descriptors", of_location, "descriptor_type", shared=True),
    route("GET /appointments/#/appointment_descriptors", of_appointment, "subdomain! descriptor_type", shared=True),
)
