"""Who is to be told of what: webhook endpoints and their subscriptions.

https://docs.nexhealth.com/reference/webhook-endpoints
https://docs.nexhealth.com/reference/webhook-subscriptions
"""

from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from attrs import define

from apptsdk.sandbox.background import leads_somewhere, on_this_machine
from apptsdk.sandbox.nexhealth import refusals
from apptsdk.sandbox.nexhealth.ask import NOTHING, Ask, one, route, whole
from apptsdk.sandbox.nexhealth.inputs import Field, WrongError, read, truth
from apptsdk.sandbox.nexhealth.inputs import whole as number
from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.refusals import Reply
from apptsdk.sandbox.nexhealth.versions import Version

ENDPOINTS, SUBSCRIPTIONS = "webhook_endpoints", "webhook_subscriptions"
NOBODYS = 0
"""The institution of what belongs to the account."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    resource: tuple(f"{prefix}_{what}" for what in events.split())
    for resource, prefix, events in (
        ("Adjustment", "adjustment", "created updated deleted insertion"),
        ("AdjustmentType", "adjustment_type", "created updated"),
        ("Appointment", "appointment", "insertion created updated requested"),
        ("Charge", "charge", "created updated deleted"),
        ("Claim", "claim", "created updated deleted"),
        ("Document", "document", "insertion"),
        ("FeeSchedule", "fee_schedule", "created updated"),
        ("FormResponse", "form_response", "insertion"),
        ("Message", "message", "created updated"),
        ("Onboarding", "onboarding", "created updated availability_ready"),
        ("Patient", "patient", "created updated"),
        ("PatientInsuranceCoverage", "patient_insurance", "created updated"),
        ("Payment", "payment", "created updated deleted insertion"),
        ("PaymentType", "payment_type", "created updated"),
        ("Procedure", "procedure", "created updated"),
        ("ProcedureCode", "procedure_code", "created updated deleted"),
        ("SyncStatus", "sync_status", "read_change write_change"),
        ("TreatmentPlan", "treatment_plan", "created updated deleted"),
    )
}
"""Which events each resource has."""
_OF_NOBODY = frozenset({"Onboarding"})
_RESOURCES = {resource.lower(): resource for resource in EVENTS}


@define(eq=False, slots=True, kw_only=True)
class Subscription(Record):
    """What one endpoint wants to be told about one practice."""

    version: Version
    """The version that made it, in whose shapes it is told."""


def _target(value: Any) -> str:
    if not isinstance(value, str) or not leads_somewhere(value):
        raise WrongError("is invalid")
    if not value.lower().startswith("https:") and not on_this_machine(value):
        raise WrongError("must use HTTPS")
    return value


def _resource(value: Any) -> str:
    if not isinstance(value, str) or value.lower() not in _RESOURCES:
        raise WrongError("does not have a valid value")
    return _RESOURCES[value.lower()]


def _event(value: Any) -> str:
    if not any(value in events for events in EVENTS.values()):
        raise WrongError("does not have a valid value")
    return str(value)


_ENDPOINT = {"target_url": Field(_target, needed=True), "active": Field(truth)}
_SUBSCRIPTION = {
    "resource_type": Field(_resource, needed=True),
    "event": Field(_event, needed=True),
    "active": Field(truth),
}
_CHANGES = {"new_endpoint_id": Field(number), "active": Field(truth)}


def _said(read_: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in read_.items() if value is not None}


def _endpoint(ask: Ask, id_: int | None = None) -> Record:
    row: Record | None = ask.world.find(ENDPOINTS, ask.ids[0] if id_ is None else id_)
    if row is None:
        raise refusals.missing()
    return row


def _subscription(ask: Ask) -> Subscription:
    endpoint = _endpoint(ask)
    row: Subscription | None = ask.world.find(SUBSCRIPTIONS, ask.ids[1])
    if row is None or row.values["webhook_endpoint_id"] != endpoint.id:
        raise refusals.missing()
    if ask.practice is not None and row.institution not in {ask.practice.id, NOBODYS}:
        raise refusals.missing()
    return row


def endpoints(ask: Ask) -> Reply:
    """List the endpoints.

    Args:
        ask: the call.
    """
    rows = [row for row in ask.world.records(ENDPOINTS) if ask.query["active"] in {None, row.values["active"]}]
    return whole([ask.shown(ENDPOINTS, row) for row in rows])


def create_endpoint(ask: Ask) -> Reply:
    """Make an endpoint.

    Args:
        ask: the call.
    """
    said = _said(read(ask.body, _ENDPOINT))
    id_ = ask.world.next_id(ENDPOINTS)
    values = {
        "target_url": said["target_url"],
        "secret_key": sha256(f"sandbox webhook endpoint {id_}".encode()).hexdigest()[:32],
        "active": said.get("active", True),
    }
    row = Record(id=id_, institution=NOBODYS, created_at=ask.now, updated_at=ask.now, values=values)
    ask.world.changed(ENDPOINTS, row, "create")
    return one(ask.shown(ENDPOINTS, row), HTTPStatus.CREATED)


def update_endpoint(ask: Ask) -> Reply:
    """Change an endpoint.

    Args:
        ask: the call.
    """
    row = _endpoint(ask)
    return _update(ask, ENDPOINTS, row, _said(read(ask.body, _ENDPOINT, partly=True)))


def _update(ask: Ask, kind: str, row: Record, said: dict[str, Any]) -> Reply:
    if said:
        row.values |= said
        row.updated_at = ask.now
        ask.world.changed(kind, row, "update")
    return one(ask.shown(kind, row))


def delete_endpoint(ask: Ask) -> Reply:
    """Delete an endpoint, and its subscriptions with it.

    Args:
        ask: the call.
    """
    endpoint = _endpoint(ask)
    for row in tuple(ask.world.records(SUBSCRIPTIONS)):
        if row.values["webhook_endpoint_id"] == endpoint.id:
            ask.world.changed(SUBSCRIPTIONS, row, "delete")
    ask.world.changed(ENDPOINTS, endpoint, "delete")
    return NOTHING


def subscriptions(ask: Ask) -> Reply:
    """List the subscriptions of an endpoint.

    Args:
        ask: the call.
    """
    wanted = {name: ask.query[name] for name in ("resource_type", "event") if ask.query[name] is not None}
    wanted["webhook_endpoint_id"] = _endpoint(ask).id
    found = [
        row
        for row in ask.world.records(SUBSCRIPTIONS, ask.practice.id if ask.practice else None)
        if wanted.items() <= row.values.items()
    ]
    return whole([ask.shown(SUBSCRIPTIONS, row) for row in found])


def create_subscription(ask: Ask) -> Reply:
    """Make a subscription.

    Args:
        ask: the call.
    """
    endpoint = _endpoint(ask)
    if ask.practice is None and "subdomain" in ask.body:
        raise refusals.forbidden()
    said = _said(read(ask.body, _SUBSCRIPTION))
    resource, event = said["resource_type"], said["event"]
    if event not in EVENTS[resource]:
        raise refusals.bad(f"event {event} is not valid for {resource}")
    if resource in _OF_NOBODY:
        if ask.practice is not None:
            raise refusals.bad(f"subdomain must be omitted for {resource}")
    elif ask.practice is None:
        raise refusals.lacking(["subdomain"])
    row = Subscription(
        id=ask.world.next_id(SUBSCRIPTIONS),
        institution=ask.practice.id if ask.practice else NOBODYS,
        created_at=ask.now,
        updated_at=ask.now,
        version=ask.version,
        values={
            "webhook_endpoint_id": endpoint.id,
            "institution_id": ask.practice.id if ask.practice else None,
            "resource_type": resource,
            "event": event,
            "active": said.get("active", True),
        },
    )
    ask.world.changed(SUBSCRIPTIONS, row, "create")
    return one(ask.shown(SUBSCRIPTIONS, row), HTTPStatus.CREATED)


def update_subscription(ask: Ask) -> Reply:
    """Change a subscription, or move it to another endpoint; to activate it activates its endpoint, too.

    Args:
        ask: the call.
    """
    row = _subscription(ask)
    said = _said(read(ask.body, _CHANGES))
    if "new_endpoint_id" in said:
        said["webhook_endpoint_id"] = _endpoint(ask, said.pop("new_endpoint_id")).id
    endpoint = _endpoint(ask, said.get("webhook_endpoint_id"))
    if said.get("active") and not endpoint.values["active"]:
        _update(ask, ENDPOINTS, endpoint, {"active": True})
    return _update(ask, SUBSCRIPTIONS, row, said)


def delete_subscription(ask: Ask) -> Reply:
    """Delete a subscription.

    Args:
        ask: the call.
    """
    ask.world.changed(SUBSCRIPTIONS, _subscription(ask), "delete")
    return NOTHING


_NAMES = "|".join(name for events in EVENTS.values() for name in events)
_FILTERS = f"subdomain resource_type:{'|'.join(EVENTS)} event:{_NAMES}"
_ALL, _ONE = "/webhook_endpoints/#/webhook_subscriptions", "/webhook_endpoints/#/webhook_subscriptions/#"

ROUTES = (
    route("GET /webhook_endpoints", endpoints, "active:bool", shared=True),
    route("POST /webhook_endpoints", create_endpoint, shared=True),
    route("PATCH /webhook_endpoints/#", update_endpoint, shared=True),
    route("DELETE /webhook_endpoints/#", delete_endpoint, shared=True),
    route(f"GET {_ALL}", subscriptions, _FILTERS),
    # Whether it needs a subdomain hangs on the resource.
    route(f"POST {_ALL}", create_subscription, "subdomain"),
    route(f"PATCH {_ONE}", update_subscription, "subdomain!"),
    route(f"DELETE {_ONE}", delete_subscription),
)
