"""What is noted about patients: alerts, and recalls with their types.

https://docs.nexhealth.com/reference/getpatientsidalerts
"""

from functools import partial
from http import HTTPStatus
from operator import attrgetter

from apptsdk.sandbox.nexhealth import inputs, refusals, rendering
from apptsdk.sandbox.nexhealth.ask import Ask, one, route, whole
from apptsdk.sandbox.nexhealth.inputs import Field
from apptsdk.sandbox.nexhealth.paging import order, page
from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.times import iso

_NEVER = "9999-12-31"


def alerts(ask: Ask) -> Reply:
    """List the alerts of a patient.

    Args:
        ask: the call.
    """
    patient: Record = ask.one("patients")
    return whole(
        [
            ask.shown("patient_alerts", row)
            for row in ask.world.records("patient_alerts", ask.institution)
            if row.values["patient_id"] == patient.id
            and (ask.query["include_disabled"] or row.values["disabled_at"] is None)
        ]
    )


def create_alert(ask: Ask) -> Reply:
    """Note an alert.

    Args:
        ask: the call.
    """
    patient: Record = ask.one("patients")
    said = inputs.read(ask.wrapped("patient_alert"), {"note": Field(inputs.text(), needed=True)})
    now = ask.now
    row = Record(
        id=ask.world.next_id("patient_alerts"),
        institution=ask.institution,
        created_at=now,
        updated_at=now,
        values={"patient_id": patient.id, "note": said["note"], "disabled_at": None},
    )
    ask.world.changed("patient_alerts", row, "create")
    return one(ask.shown("patient_alerts", row), HTTPStatus.CREATED)


def _alert(ask: Ask) -> Record:
    patient: Record = ask.one("patients")
    row: Record = ask.one("patient_alerts", place=1)
    if row.values["patient_id"] != patient.id:
        raise refusals.missing()
    return row


def alert(ask: Ask) -> Reply:
    """Give an alert.

    Args:
        ask: the call.
    """
    return one(ask.shown("patient_alerts", _alert(ask)))


def update_alert(ask: Ask) -> Reply:
    """Disable an alert, or enable it again.

    Args:
        ask: the call.
    """
    row = _alert(ask)
    said = inputs.read(ask.wrapped("patient_alert"), {"disabled": Field(inputs.truth)})
    disabled = said.get("disabled")
    if disabled is not None and disabled is (row.values["disabled_at"] is None):
        before = ask.shown("patient_alerts", row)
        row.values = {**row.values, "disabled_at": iso(ask.now) if disabled else None}
        row.updated_at = ask.now
        ask.world.changed("patient_alerts", row, "update", before)
    return one(ask.shown("patient_alerts", row))


def _due(row: Record) -> str:
    return row.values["date_due"] or _NEVER


def recalls(ask: Ask) -> Reply:
    """List the recalls of a location.

    Args:
        ask: the call.
    """
    query, since = ask.query, ask.query.moment("updated_since", ask.zone)
    due = query.moment("due_after", ask.zone)
    after = due.astimezone(ask.zone).date().isoformat() if due else ""
    wanted = {"location_id": ask.at.id, "recall_id": query["recall_id"], "patient_id": query["patient_id"]}
    found = [
        row
        for row in ask.world.records("patient_recalls", ask.institution)
        if all(value is None or row.values[name] == value for name, value in wanted.items())
        and query["foreign_id"] in {None, row.foreign_id}
        and (since is None or row.updated_at >= since)
        and (row.values["date_due"] or "") >= after
    ]
    rows = order(found, query["sort"], {"date_due": _due}, attrgetter("id"))
    return page(ask, rows, partial(rendering.patient_recall, ask.world))


def recall(ask: Ask) -> Reply:
    """Give a recall.

    Args:
        ask: the call.
    """
    return one(ask.shown("patient_recalls", ask.one("patient_recalls")))


def recall_types(ask: Ask) -> Reply:
    """List the types of recalls of a location.

    Args:
        ask: the call.
    """
    since = ask.query.moment("updated_since", ask.zone)
    return whole(
        [
            ask.shown("recall_types", row)
            for row in ask.world.records("recall_types", ask.institution)
            if row.values["location_id"] == ask.at.id
            and ask.query["foreign_id"] in {None, row.foreign_id}
            and (since is None or row.updated_at >= since)
        ]
    )


def recall_type(ask: Ask) -> Reply:
    """Give a type of recalls.

    Args:
        ask: the call.
    """
    return one(ask.shown("recall_types", ask.one("recall_types")))


ROUTES = (
    route("GET /patients/#/alerts", alerts, "subdomain! include_disabled:bool", shared=True),
    route("POST /patients/#/alerts", create_alert, "subdomain!", shared=True),
    route("GET /patients/#/alerts/#", alert, "subdomain!", shared=True),
    route("PATCH /patients/#/alerts/#", update_alert, "subdomain!", shared=True),
    route(
        "GET /patient_recalls",
        recalls,
        "subdomain! location_id!:int recall_id:int patient_id:int foreign_id updated_since:moment due_after:moment"
        " sort",
        paged=True,
    ),
    route("GET /patient_recalls/#", recall, "subdomain!", shared=True),
    route(
        "GET /recall_types", recall_types, "subdomain! location_id!:int foreign_id updated_since:moment", shared=True
    ),
    route("GET /recall_types/#", recall_type, "subdomain!", shared=True),
)
