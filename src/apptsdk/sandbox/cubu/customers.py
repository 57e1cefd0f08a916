"""Customer records: made, changed, read, and found by their key.

https://docs.cubu.com/guides/s2s-api-guide/customer-management-api
"""

from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final, cast

from attrs import evolve

from apptsdk.sandbox.cubu import refusals
from apptsdk.sandbox.cubu.ask import Ask, Route, guid
from apptsdk.sandbox.cubu.knobs import CUSTOMERS, Knobs
from apptsdk.sandbox.cubu.records import Customer, FieldType
from apptsdk.sandbox.cubu.world import World
from apptsdk.sandbox.http import Answer, say

Values = dict[str, str | None]
"""By the id of the field type; None where a field is to be emptied."""
_REQUIRED: Final = ["required"]


def routes(knobs: Knobs) -> tuple[Route, ...]:
    """Give the routes of this resource.

    Args:
        knobs: where a record is read.
    """
    return (
        Route("POST /customers", CUSTOMERS, create),
        Route("POST /customers/query", CUSTOMERS, query),
        Route("PATCH /customers/{customerRecordId}", CUSTOMERS, update),
        Route(f"GET {knobs.customer_path}", CUSTOMERS, get),
    )


def field_types(world: World) -> list[FieldType]:
    """Give the fields that a customer record has, in their order.

    Args:
        world: whose customers.
    """
    found = [one for one in world.field_types.values() if one.table == "customers"]
    return sorted(found, key=lambda one: one.position)


def record(world: World, customer: Customer) -> dict[str, object]:
    """Show a customer record.

    Args:
        world: where it is.
        customer: the record.
    """
    return {
        "recordId": customer.id,
        "displayName": world.display_name(customer),
        "dateCreated": customer.created,
        "dateUpdated": customer.updated,
        "fields": [_field(one, customer.values.get(one.id)) for one in field_types(world)],
    }


def _field(kind: FieldType, value: str | None) -> dict[str, object]:
    return {
        "fieldTypeId": kind.id,
        "dataType": "Text",
        "fieldName": kind.name,
        "slug": kind.slug,
        "isKey": kind.is_key,
        "isRequired": kind.is_required,
        "data": {"displayText": value, "text": value},
        "value": value,
        "hash": sha256((value or "").encode()).hexdigest(),
        "colorCode": None,
        "position": kind.position,
    }


def create(ask: Ask) -> Answer:
    """Make a record.

    Args:
        ask: the call.
    """
    said = ask.body.get("fields")
    if not isinstance(said, dict):
        raise refusals.invalid({"fields": _REQUIRED if said is None else ["must be an object"]})
    read = _Reading(ask.world)
    for name, value in cast("dict[str, Any]", said).items():
        read.add(f"fields.{name}", name, value)
    values = read.done({})
    now = ask.world.stamp()
    customer = Customer(id=ask.world.guid(), values=values, created=now, updated=now)
    ask.world.keep_customer("create", customer, record(ask.world, customer))
    return say(HTTPStatus.CREATED, {"recordId": customer.id})


def update(ask: Ask) -> Answer:
    """Change fields of a record; the others stay as they are.

    Args:
        ask: the call.
    """
    customer = _one(ask)
    said = ask.body.get("fields")
    if not isinstance(said, list):
        raise refusals.invalid({"fields": _REQUIRED if said is None else ["must be an array"]})
    read = _Reading(ask.world)
    for index, entry in enumerate(cast("list[object]", said)):
        read.add_entry(f"fields[{index}]", entry)
    values = read.done(customer.values, customer.id)
    customer = evolve(customer, values=values, updated=ask.world.stamp())
    ask.world.keep_customer("update", customer, record(ask.world, customer))
    return Answer(HTTPStatus.OK)


def get(ask: Ask) -> Answer:
    """Read a record.

    Args:
        ask: the call.
    """
    return say(HTTPStatus.OK, record(ask.world, _one(ask)))


def query(ask: Ask) -> Answer:
    """Find a record by its id, or by the value of a key field.

    Args:
        ask: the call.
    """
    said = ask.body
    kind = said.get("queryType")
    if kind is None:
        raise refusals.invalid({"queryType": _REQUIRED})
    if kind not in ("RecordId", "KeyField"):
        raise refusals.invalid({"queryType": ["must be RecordId or KeyField"]})
    found = _by_id(ask.world, said) if kind == "RecordId" else _by_key(ask.world, said)
    if found is not None:
        return say(HTTPStatus.OK, record(ask.world, found))
    if ask.knobs.missing_status == HTTPStatus.NO_CONTENT:
        return Answer(HTTPStatus.NO_CONTENT)
    raise refusals.missing("customer")


def _one(ask: Ask) -> Customer:
    found = ask.world.customers.get(ask.guid("customerRecordId"))
    if found is None:
        raise refusals.missing("customer")
    return found


def _by_id(world: World, said: Mapping[str, Any]) -> Customer | None:
    given = said.get("recordId")
    if not guid(given):
        raise refusals.invalid({"recordId": _REQUIRED if given is None else ["must be a GUID"]})
    return world.customers.get(guid(given))


def _by_key(world: World, said: Mapping[str, Any]) -> Customer | None:
    slug, value = said.get("fieldSlug"), said.get("fieldValue")
    errors = {name: _REQUIRED for name, one in (("fieldSlug", slug), ("fieldValue", value)) if one is None}
    if value is not None and not isinstance(value, str):
        errors["fieldValue"] = ["must be text"]
    key = next((one for one in field_types(world) if one.is_key and one.slug == slug), None)
    if key is None:
        errors.setdefault("fieldSlug", ["is not the slug of a key field"])
    if errors or key is None:
        raise refusals.invalid(errors)
    return next((one for one in world.customers.values() if one.values.get(key.id) == value), None)


class _Reading:
    """Reads the fields of one call, and collects what is wrong with them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kinds = {one.id: one for one in field_types(world)}
        self._values: Values = {}
        self._errors: dict[str, list[str]] = {}

    def add(self, place: str, id_: object, value: object) -> None:
        """Read one field.

        Args:
            place: where it stands in the body.
            id_: of its field type, as it was sent.
            value: as it was sent.
        """
        kind = self._kinds.get(guid(id_))
        if kind is None:
            self._errors[place] = ["is not a field of customers"]
        elif value is not None and not isinstance(value, str):
            self._errors[place] = ["must be text"]
        elif not value and kind.is_required:
            self._errors[place] = _REQUIRED
        else:
            self._values[kind.id] = value or None

    def add_entry(self, place: str, entry: object) -> None:
        """Read one field that is written as a record shows it; only its type and its value are looked at.

        Args:
            place: where it stands in the body.
            entry: as it was sent.
        """
        said = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
        lacking = [name for name in ("fieldTypeId", "value") if name not in said]
        if lacking:
            self._errors |= {f"{place}.{name}": _REQUIRED for name in lacking}
        else:
            self.add(place, said["fieldTypeId"], said["value"])

    def done(self, before: Mapping[str, Any], own_id: str = "") -> dict[str, Any]:
        """Lay the fields over those that a record has.

        Args:
            before: its fields until now.
            own_id: its id.

        Returns:
            Its fields, without the empty ones.

        Raises:
            Refusal: 400, a field is wrong or missing; 409, the key is another record's.
        """
        values = {id_: value for id_, value in {**before, **self._values}.items() if value is not None}
        for kind in self._kinds.values():
            if kind.is_required and kind.id not in values:
                self._errors.setdefault(f"fields.{kind.id}", _REQUIRED)
        if self._errors:
            raise refusals.invalid(self._errors)
        for kind in self._kinds.values():
            others = (one for one in self._world.customers.values() if one.id != own_id)
            if kind.is_key and kind.id in values and values[kind.id] in {one.values.get(kind.id) for one in others}:
                raise refusals.conflict(refusals.KEY_TAKEN, f"Another customer has this {kind.name}.")
        return values
