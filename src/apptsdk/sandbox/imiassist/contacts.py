"""Contacts: made, changed and deleted by themselves."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from attrs import evolve

from apptsdk.sandbox.http import Answer, say
from apptsdk.sandbox.imiassist import inputs, refusals, rendering
from apptsdk.sandbox.imiassist.ask import Ask, Route
from apptsdk.sandbox.imiassist.records import Contact
from apptsdk.sandbox.state import Action

_INPUTS: Final[Mapping[str, inputs.Check]] = {
    "first_name": inputs.text,
    "last_name": inputs.text,
    "customer_id": inputs.text,
    "phone": inputs.phone,
    "email": inputs.email,
    "custom_attributes": inputs.attributes,
}


def _create(ask: Ask) -> Answer:
    needed = {"phone": ask.company.require_phone, "email": ask.company.require_email}
    required = ("first_name", "last_name", *(name for name, needs in needed.items() if needs))
    said = inputs.read(ask, _INPUTS, required)
    return _keep(ask, "create", Contact(id=ask.world.id(), **said), HTTPStatus.CREATED)


def _contact(ask: Ask) -> Contact:
    found = ask.company.contacts.get(ask.params["contact_id"])
    if found is None:
        raise refusals.missing("contact")
    return found


def _update(ask: Ask) -> Answer:
    said, contact = inputs.read(ask, _INPUTS), _contact(ask)
    merged: dict[str, Any] = {**contact.custom_attributes, **said.get("custom_attributes", {})}
    return _keep(ask, "update", evolve(contact, **{**said, "custom_attributes": merged}), HTTPStatus.OK)


def _keep(ask: Ask, action: Action, contact: Contact, status: int) -> Answer:
    other = ask.company.known.get(("customer_id", contact.customer_id or ""), contact.id)
    if other != contact.id:
        raise refusals.conflict("duplicate_contact", "Another contact has this customer id.")
    ask.world.place_contact(ask.company, contact)
    ask.world.write(action, "contacts", contact.id, rendering.contact(contact))
    return say(status, {"contact_id": contact.id})


def _delete(ask: Ask) -> Answer:
    contact = _contact(ask)
    ask.world.drop_contact(ask.company, contact.id)
    ask.world.write("delete", "contacts", contact.id, rendering.contact(contact))
    return Answer(HTTPStatus.NO_CONTENT)


ROUTES: Final = (
    Route("POST /contacts", _create),
    Route("PATCH /contacts/{contact_id}", _update),
    Route("DELETE /contacts/{contact_id}", _delete),
)
