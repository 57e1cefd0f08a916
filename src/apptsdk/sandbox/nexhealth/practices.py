"""Institutions, locations, and how their systems are reached."""

from typing import Any

from apptsdk.sandbox.nexhealth import refusals
from apptsdk.sandbox.nexhealth.ask import Ask, one, route, whole
from apptsdk.sandbox.nexhealth.emrs import EMRS
from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.rendering import location_basic
from apptsdk.sandbox.nexhealth.times import iso
from apptsdk.sandbox.nexhealth.world import World

# Of the features of a subscription nothing is emulated: every location has all of them.
_FEATURES = (
    "messaging|campaigns|reviews|recalls|reminders|online_booking|waitlist|forms|payments|ledger_sync|enterprise"
    "|insurance_verification"
)


def institutions(ask: Ask) -> Reply:
    """List the institutions of the key.

    Args:
        ask: the call.
    """
    return whole([ask.shown("institutions", row) for row in ask.world.records("institutions")])


def institution(ask: Ask) -> Reply:
    """Give an institution.

    Args:
        ask: the call.
    """
    return one(ask.shown("institutions", ask.one("institutions")))


def locations(ask: Ask) -> Reply:
    """List the institutions with their locations.

    Args:
        ask: the call.
    """
    wanted = {name: ask.query[name] for name in ("inactive", "foreign_id") if ask.query[name] is not None}

    def passes(row: Record) -> bool:
        has = {"inactive": row.values["inactive"], "foreign_id": row.foreign_id}
        return all(has[name] == value for name, value in wanted.items())

    found: list[dict[str, Any]] = []
    for practice in [ask.practice] if ask.practice else ask.world.records("institutions"):
        places = [row for row in ask.world.records("locations", practice.id) if passes(row)]
        if places or not wanted:
            nested = [ask.shown("locations", row) for row in places]
            names = {name: practice.values[name] for name in ("name", "subdomain")}
            found.append({"id": practice.id, **names, "locations": nested})
    return whole(found)


def location(ask: Ask) -> Reply:
    """Give a location.

    Args:
        ask: the call.
    """
    return one(ask.shown("locations", ask.one("locations")))


def sync_status(ask: Ask) -> Reply:
    """Tell how each system is reached.

    Args:
        ask: the call.
    """
    found: list[dict[str, Any]] = []
    for practice in [ask.practice] if ask.practice else ask.world.records("institutions"):
        found += statuses(ask.world, practice)
    ids = frozenset(ask.query["location_ids[]"])
    known = {row.id for row in ask.world.records("locations")}
    if not ids <= known:
        raise refusals.forbidden()
    return whole(
        [
            status
            for status in found
            if (not ids or ids & {place["id"] for place in status["locations"]})
            and all(ask.query[name] in {None, status[name]} for name in ("read_status", "write_status"))
        ]
    )


def statuses(world: World, practice: Record) -> list[dict[str, Any]]:
    """Tell how the systems of a practice are reached.

    Args:
        world: the world.
        practice: the institution.
    """
    served: dict[str, list[Record]] = {}
    for row in world.records("locations", practice.id):
        served.setdefault(row.foreign_id_type, []).append(row)
    return [_status(world, practice, source, places) for source, places in served.items()]


def _status(world: World, practice: Record, source: str, places: list[Record]) -> dict[str, Any]:
    now = iso(world.now())
    return {
        "institution_id": practice.id,
        "sync_source_type": "DataSource",
        "sync_source_name": practice.values["name"],
        "emr": EMRS[source].shown(),
        "read_status": practice.values["read_status"],
        "read_status_at": practice.values.get("read_status_at", now),
        "write_status": practice.values["write_status"],
        "write_status_at": practice.values.get("write_status_at", now),
        "locations": [location_basic(row) for row in places],
    }


ROUTES = (
    route("GET /institutions", institutions, shared=True),
    route("GET /institutions/#", institution, shared=True),
    route(
        "GET /locations",
        locations,
        f"subdomain inactive:bool foreign_id filter_by_subscription_feature:{_FEATURES}",
        shared=True,
    ),
    route("GET /locations/#", location, shared=True),
    route(
        "GET /sync_status",
        sync_status,
        "subdomain read_status:green|red write_status:green|red location_ids[]:int",
        shared=True,
    ),
)
