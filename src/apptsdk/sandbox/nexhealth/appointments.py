"""Appointments as they are read: lists, and one with what it includes.

https://docs.nexhealth.com/reference/getappointments
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any

from apptsdk.sandbox.nexhealth import refusals, rendering
from apptsdk.sandbox.nexhealth.ask import Ask, one, route
from apptsdk.sandbox.nexhealth.kinds import descriptors
from apptsdk.sandbox.nexhealth.paging import BY_CHANGE, order, page, remembered
from apptsdk.sandbox.nexhealth.records import Appointment, Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.world import World

_MOST_PATIENTS = 25
INCLUDES = "patient|guarantor|descriptors|booking_details|procedures|operatory|appointment_type"
_SUB = ("patient", "procedures", "descriptors", "booking_details")
"""What v2 puts into the answer to a write."""


def _patient(world: World, row: Appointment, *, guarantor: bool) -> dict[str, Any] | None:
    found: Record | None = world.find("patients", row.patient)
    if found is None:
        return None
    shown = rendering.patient_basic(world, found)
    if guarantor:
        payer: Record | None = world.find("patients", found.values["guarantor_id"])
        shown["guarantor"] = rendering.user(payer) if payer else None
    return shown


def included(ask: Ask, row: Appointment, wanted: Collection[str]) -> dict[str, Any]:
    """Show an appointment with what it is to include.

    Args:
        ask: the call.
        row: the appointment.
        wanted: the names.
    """
    world = ask.world
    shown = rendering.appointment(world, row)
    if ask.version == "v2":
        shown["deleted"] = False
    if "patient" in wanted or "guarantor" in wanted:
        shown["patient"] = _patient(world, row, guarantor="guarantor" in wanted)
    if "descriptors" in wanted:
        shown["descriptors"] = descriptors(ask, row.descriptors)
    if "booking_details" in wanted:
        shown["booking_details"] = row.booking_details
    if "procedures" in wanted:
        of_it = [one for one in world.records("procedures") if one.values["appointment_id"] == row.id]
        shown["procedures"] = [rendering.procedure(world, one) for one in of_it]
    if "operatory" in wanted:
        chair = world.find("operatories", row.operatory)
        shown["operatory"] = rendering.operatory(world, chair) if chair else None
    if "appointment_type" in wanted:
        kind = world.find("appointment_types", row.appointment_type)
        shown["appointment_type"] = rendering.appointment_type(world, kind) if kind else None
    return shown


def written(ask: Ask, row: Appointment) -> dict[str, Any]:
    """Show an appointment as the answer to a write does.

    Args:
        ask: the call.
        row: the appointment.
    """
    if ask.version == "v2":
        return {"appt": included(ask, row, _SUB)}
    return {"appt": rendering.appointment(ask.world, row), "stripe_client_secret": None}


def _moment(ask: Ask, name: str) -> datetime:
    found = ask.query.moment(name, ask.zone)
    if found is None:
        raise refusals.lacking([name])
    return found


def list_(ask: Ask) -> Reply:
    """List the appointments that begin in a stretch of time.

    Args:
        ask: the call.

    Raises:
        Refusal: 400.
    """
    query, world = ask.query, ask.world
    if ask.location is None and query["foreign_id"] is None:
        raise refusals.bad("At least one of location_id or foreign_id must be provided")
    patients = frozenset(query["patient_ids[]"] or (() if query["patient_id"] is None else [query["patient_id"]]))
    if len(patients) > _MOST_PATIENTS:
        raise refusals.bad(f"patient_ids may have at most {_MOST_PATIENTS} ids")
    start, end, since = _moment(ask, "start"), _moment(ask, "end"), query.moment("updated_since", ask.zone)
    providers, chairs = frozenset(query["provider_ids[]"]), frozenset(query["operatory_ids[]"])
    wanted = {
        "location": ask.location.id if ask.location else None,
        "cancelled": query["cancelled"],
        "unavailable": query["unavailable"],
        "through_api": query["nex_only"] or None,
        "appointment_type": query["appointment_type_id"],
        "foreign_id": query["foreign_id"],
        "created_by": query["created_by"],
    }
    tests = [(name, value) for name, value in wanted.items() if value is not None]
    zone: str | None = query["timezone"]

    def passes(row: Appointment) -> bool:
        return (
            start <= row.starts_at <= end
            and all(getattr(row, name) == value for name, value in tests)
            and (not patients or row.patient in patients)
            and (not providers or row.provider in providers)
            and (not chairs or row.operatory in chairs)
            and (since is None or row.updated_at >= since)
            and zone in {None, _zone(world, row)}
        )

    def build() -> list[Any]:
        found = [row for row in world.records("appointments", ask.institution) if passes(row)]
        return order(found, query["sort"], BY_CHANGE, attrgetter("starts_at", "id"))

    return page(ask, remembered(ask, build), partial(included, ask, wanted=query["include[]"]))


def _zone(world: World, row: Appointment) -> str:
    return world.zone_of(row.location).key


def get(ask: Ask) -> Reply:
    """Give an appointment.

    Args:
        ask: the call.
    """
    return one(included(ask, ask.one("appointments"), ask.query["include[]"] or ("patient",)))


_LIST = (
    "subdomain! location_id:int start!:moment end!:moment timezone cancelled:bool unavailable:bool nex_only:bool"
    " updated_since:moment appointment_type_id:int foreign_id created_by:int provider_ids[]:int operatory_ids[]:int"
)
ROUTES = (
    route("GET /appointments", list_, f"{_LIST} sort patient_ids[]:int", versions=("v3",), paged=True),
    route("GET /appointments", list_, f"{_LIST} patient_id:int include[]:{INCLUDES}", versions=("v2",), paged=True),
    route("GET /appointments/#", get, f"subdomain! include[]:{INCLUDES}", shared=True),
)
