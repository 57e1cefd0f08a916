"""Working hours: listed, made, changed and deleted; v2 calls them availabilities.

https://docs.nexhealth.com/reference/availabilities-1
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any, cast

from apptsdk.sandbox.nexhealth import inputs, refusals
from apptsdk.sandbox.nexhealth.ask import NOTHING, Ask, one, route
from apptsdk.sandbox.nexhealth.hours import UNITS, WEEKDAYS, falls_on
from apptsdk.sandbox.nexhealth.inputs import Field
from apptsdk.sandbox.nexhealth.paging import page
from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.rendering import appointment_type, availability, working_hour, working_hour_label
from apptsdk.sandbox.nexhealth.versions import Version
from apptsdk.sandbox.nexhealth.world import World

_KEYS: dict[Version, str] = {"v2": "availability", "v3": "working_hour"}
_SHOWS = {"v2": availability, "v3": working_hour}
_WHEN = ("days", "specific_date", "custom_recurrence")
_EMPTY: dict[str, Any] = {"days": [], "specific_date": None, "custom_recurrence": None}
_COMPARED = timedelta(days=731)


def _days(value: Any) -> list[str]:
    if value is None:
        return []
    said = cast("list[object]", value) if isinstance(value, list) else [None]
    if not all(name in WEEKDAYS for name in said):
        raise inputs.WrongError("does not have a valid value")
    return [name for name in WEEKDAYS if name in said]


def _step(value: Any) -> int:
    found = inputs.whole(value)
    if found is None or found < 1:
        raise inputs.WrongError("is invalid")
    return found


_FIELDS = {
    "provider_id": Field(inputs.whole, needed=True),
    "begin_time": Field(inputs.clock, needed=True),
    "end_time": Field(inputs.clock, needed=True),
    "operatory_id": Field(inputs.whole),
    "appointment_type_ids": Field(inputs.wholes),
    "days": Field(_days),
    "specific_date": Field(inputs.day),
    "custom_recurrence": Field(
        inputs.things(
            {
                "num": Field(_step, needed=True),
                "unit": Field(inputs.one_of(*UNITS), needed=True),
                "ref": Field(inputs.day, needed=True),
            }
        )
    ),
    "active": Field(inputs.truth),
}


def with_types(world: World, row: Record, version: Version) -> dict[str, Any]:
    """Show working hours with their types.

    Args:
        world: the world.
        row: they.
        version: whose shape.
    """
    kinds = [world.find("appointment_types", id_) for id_ in row.values["appointment_type_ids"]]
    return {**_SHOWS[version](world, row), "appointment_types": [appointment_type(world, kind) for kind in kinds]}


def _shown(ask: Ask, row: Record, *, types: bool) -> dict[str, Any]:
    return with_types(ask.world, row, ask.version) if types else _SHOWS[ask.version](ask.world, row)


def list_(ask: Ask) -> Reply:
    """List the working hours of a location.

    Args:
        ask: the call.
    """
    query = ask.query
    today = ask.now.astimezone(ask.world.zone_of(ask.at.id)).date().isoformat()
    wanted = {
        "location_id": ask.at.id,
        "provider_id": query["provider_id"],
        "operatory_id": query["operatory_id"],
        "label_id": query["label_id"],
        "source": query["source"],
        "active": query["active"],
    }
    found = [
        row
        for row in ask.world.records("working_hours", ask.institution)
        if all(value is None or row.values[name] == value for name, value in wanted.items())
        and not (query["ignore_past_dates"] and (row.values["specific_date"] or today) < today)
    ]
    types = "appointment_types" in query["include[]"]
    return page(ask, found, partial(_shown, ask, types=types))


def get(ask: Ask) -> Reply:
    """Give working hours.

    Args:
        ask: the call.
    """
    return one(_shown(ask, ask.one("working_hours"), types="appointment_types" in ask.query["include[]"]))


def create(ask: Ask) -> Reply:
    """Make working hours.

    Args:
        ask: the call.

    Raises:
        Refusal: 400 or 404.
    """
    read = inputs.read(ask.wrapped(_KEYS[ask.version]), _FIELDS)
    if _said(read) != 1:
        raise refusals.bad("Exactly one of days, specific_date, custom_recurrence must be provided")
    values: dict[str, Any] = {
        "operatory_id": None,
        "appointment_type_ids": [],
        **_EMPTY,
        "label_id": None,
        "source": "manual",
        **read,
        "location_id": ask.at.id,
    }
    values["active"] = True if values.get("active") is None else values["active"]
    _check(ask, values, None)
    now = ask.now
    row = Record(
        id=ask.world.next_id("working_hours"),
        institution=ask.institution,
        created_at=now,
        updated_at=now,
        values=values,
    )
    ask.world.changed("working_hours", row, "create")
    return one(_shown(ask, row, types=False), HTTPStatus.CREATED)


def update(ask: Ask) -> Reply:
    """Change working hours.

    Args:
        ask: the call.

    Raises:
        Refusal: 400 or 404.
    """
    row: Record = _own(ask)
    read = inputs.read(ask.wrapped(_KEYS[ask.version]), _FIELDS, partly=True)
    if _said(read) > 1:
        raise refusals.bad("At most one of days, specific_date, custom_recurrence can be provided")
    when = {name: read.pop(name) for name in _WHEN if name in read}
    values = {**row.values, **read, **({**_EMPTY, **when} if _said(when) else {})}
    values["active"] = row.values["active"] if values["active"] is None else values["active"]
    _check(ask, values, row)
    before = ask.shown("working_hours", row)
    row.values, row.updated_at = values, ask.now
    ask.world.changed("working_hours", row, "update", before)
    return one(_shown(ask, row, types="appointment_type_ids" in read))


def delete(ask: Ask) -> Reply:
    """Delete working hours.

    Args:
        ask: the call.
    """
    ask.world.changed("working_hours", _own(ask), "delete")
    return NOTHING


def _own(ask: Ask) -> Record:
    row: Record = ask.one("working_hours")
    if row.values["source"] == "synced":
        raise refusals.bad("Synced working hours can only be changed in the EHR")
    return row


def _said(read: Mapping[str, Any]) -> int:
    return sum(bool(read.get(name)) for name in _WHEN)


def _check(ask: Ask, values: Mapping[str, Any], old: Record | None) -> None:
    world, place = ask.world, values["location_id"]
    provider: Record | None = world.find("providers", values["provider_id"], ask.institution)
    if provider is None:
        raise refusals.missing()
    chair: Record | None = world.find("operatories", values["operatory_id"], ask.institution)
    if values["operatory_id"] is not None and (chair is None or chair.values["location_id"] != place):
        raise refusals.missing()
    if any(world.find("appointment_types", id_, ask.institution) is None for id_ in values["appointment_type_ids"]):
        raise refusals.missing()
    if chair is None and world.find("locations", place).values["map_by_operatory"]:
        raise refusals.lacking(["operatory_id"])
    if place not in provider.values["location_ids"]:
        raise refusals.bad("The provider does not belong to the location")
    if values["begin_time"] >= values["end_time"]:
        raise refusals.bad("end_time must be after begin_time")
    if values["active"] and any(_overlap(values, row) for row in world.records("working_hours") if row is not old):
        raise refusals.bad("The provider has an overlapping schedule")


def _overlap(values: Mapping[str, Any], other: Record) -> bool:
    same = ("provider_id", "location_id", "operatory_id")
    theirs = other.values
    if not theirs["active"] or any(values[name] != theirs[name] for name in same):
        return False
    if values["begin_time"] >= theirs["end_time"] or values["end_time"] <= theirs["begin_time"]:
        return False
    return any(falls_on(dict(values), day) and falls_on(theirs, day) for day in _compared(values, theirs))


def _compared(*both: Mapping[str, Any]) -> list[date]:
    """Choose the days on which two of them are compared: their dates, else two years from when both have begun."""
    dates = [one["specific_date"] for one in both if one["specific_date"]]
    if dates:
        return [date.fromisoformat(day) for day in dates]
    begun = [date.fromisoformat(one["custom_recurrence"]["ref"]) for one in both if one["custom_recurrence"]]
    first = max(begun, default=date(2000, 1, 3))
    return [first + timedelta(days=far) for far in range(_COMPARED.days)]


def labels(ask: Ask) -> Reply:
    """List the labels of working hours.

    Args:
        ask: the call.
    """
    name, active = (ask.query["search_name"] or "").lower(), ask.query["active"]
    found = [
        row
        for row in ask.world.records("working_hour_labels", ask.institution)
        if (ask.location is None or row.values["location_id"] in {None, ask.location.id})
        and name in row.values["name"].lower()
        and active in {None, row.values["active"]}
    ]
    return page(ask, found, partial(working_hour_label, ask.world))


_LIST = (
    "subdomain! location_id!:int provider_id:int operatory_id:int active:bool=true ignore_past_dates:bool=false"
    " include[]:appointment_types"
)
ROUTES = (
    route(
        "GET /working_hours",
        list_,
        f"{_LIST} label_id:int source:manual|synced",
        versions=("v3",),
        paged=True,
    ),
    route("POST /working_hours", create, "subdomain! location_id!:int", versions=("v3",)),
    route("GET /working_hours/#", get, "subdomain! include[]:appointment_types", versions=("v3",)),
    route("PATCH /working_hours/#", update, "subdomain!", versions=("v3",)),
    route("DELETE /working_hours/#", delete, "subdomain!", versions=("v3",)),
    route("GET /availabilities", list_, _LIST, versions=("v2",), paged=True),
    route("POST /availabilities", create, "subdomain! location_id!:int", versions=("v2",)),
    route("GET /availabilities/#", get, "subdomain! include[]:appointment_types", versions=("v2",)),
    route("PATCH /availabilities/#", update, "subdomain!", versions=("v2",)),
    route("DELETE /availabilities/#", delete, "subdomain!", versions=("v2",)),
    route(
        "GET /working_hour_labels",
        labels,
        "subdomain! location_id:int search_name active:bool",
        versions=("v3",),
        paged=True,
    ),
)
