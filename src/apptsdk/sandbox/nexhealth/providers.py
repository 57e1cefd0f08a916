"""Providers and chairs: who can be booked, and where."""

from datetime import UTC
from functools import partial
from typing import Any

from apptsdk.sandbox.nexhealth import rendering, working_hours
from apptsdk.sandbox.nexhealth.ask import Ask, one, route
from apptsdk.sandbox.nexhealth.paging import BY_CHANGE, order, page
from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.refusals import Reply

_INCLUDES = "locations|availabilities|appointment_types"


def _types(ask: Ask, name: str, id_: int) -> list[dict[str, Any]]:
    """Show the types of all working hours of a provider or in a chair."""
    rows = [row for row in ask.world.records("working_hours") if row.values[name] == id_]
    ids = sorted({kind for row in rows for kind in row.values["appointment_type_ids"]})
    return [rendering.appointment_type(ask.world, ask.world.find("appointment_types", id_)) for id_ in ids]


def _provider(ask: Ask, row: Record) -> dict[str, Any]:
    wanted = ask.query["include[]"] or ("locations",)
    shown = rendering.provider(ask.world, row)
    if "locations" in wanted:
        places = [ask.world.find("locations", id_) for id_ in row.values["location_ids"]]
        shown["locations"] = [rendering.location(ask.world, place) for place in places]
    if "availabilities" in wanted:
        hours = [one for one in ask.world.records("working_hours") if one.values["provider_id"] == row.id]
        shown["availabilities"] = [working_hours.with_types(ask.world, one, ask.version) for one in hours]
    if "appointment_types" in wanted:
        shown["appointment_types"] = _types(ask, "provider_id", row.id)
    return shown


def providers(ask: Ask) -> Reply:
    """List providers.

    Args:
        ask: the call.
    """
    query, place = ask.query, ask.location.id if ask.location else None
    ids, since = frozenset(query["ids[]"]), query.moment("updated_since", UTC)

    def bookable(row: Record) -> bool:
        return place in row.values["requestable"] if place else bool(row.values["requestable"])

    found = [
        row
        for row in ask.world.records("providers", ask.institution)
        if row.values["inactive"] is query["inactive"]
        and (place is None or place in row.values["location_ids"])
        and query["foreign_id"] in {None, row.foreign_id}
        and query["requestable"] in {None, bookable(row)}
        and (since is None or row.updated_at >= since)
        and (not ids or row.id in ids)
    ]
    return page(ask, order(found, query["sort"], BY_CHANGE, lambda row: row.id), partial(_provider, ask))


def provider(ask: Ask) -> Reply:
    """Give a provider.

    Args:
        ask: the call.
    """
    return one(_provider(ask, ask.one("providers")))


def _operatory(ask: Ask, row: Record) -> dict[str, Any]:
    shown = rendering.operatory(ask.world, row)
    if "appointment_types" in ask.query["include[]"]:
        shown["appointment_types"] = _types(ask, "operatory_id", row.id)
    return shown


def operatories(ask: Ask) -> Reply:
    """List the chairs of a location.

    Args:
        ask: the call.
    """
    query, since = ask.query, ask.query.moment("updated_since", ask.zone)
    name = (query["search_name"] or "").lower()
    found = [
        row
        for row in ask.world.records("operatories", ask.institution)
        if row.values["location_id"] == ask.at.id
        and name in f"{row.values['name']} {row.values['display_name']}".lower()
        and query["foreign_id"] in {None, row.foreign_id}
        and (since is None or row.updated_at >= since)
    ]
    return page(ask, found, partial(_operatory, ask))


def operatory(ask: Ask) -> Reply:
    """Give a chair.

    Args:
        ask: the call.
    """
    return one(_operatory(ask, ask.one("operatories")))


_SUBS = "include[]:appointment_types|appt_categories"
ROUTES = (
    route(
        "GET /providers",
        providers,
        "subdomain! sort location_id:int foreign_id requestable:bool inactive:bool=false updated_since:moment"
        f" include[]:{_INCLUDES} ids[]:int",
        paged=True,
    ),
    route("GET /providers/#", provider, f"subdomain! include[]:{_INCLUDES}"),
    route(
        "GET /operatories",
        operatories,
        f"subdomain! location_id!:int search_name foreign_id updated_since:moment {_SUBS}",
        paged=True,
    ),
    route("GET /operatories/#", operatory, f"subdomain! {_SUBS}", shared=True),
)
