"""Customer records.

https://docs.cubu.com/guides/s2s-api-guide/customer-management-api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from apptsdk import urls
from apptsdk.errors import NoResultError
from apptsdk.operation import Effect, Flow, Operation
from apptsdk.providers.cubu.booking import fields_of
from apptsdk.providers.cubu.ids import guid
from apptsdk.providers.cubu.models import CustomerRecord
from apptsdk.providers.cubu.recovery import (
    CREATE,
    FIELD,
    created,
    customer_by_key,
    customer_read,
    digest,
    found_or_none,
    queried,
)
from apptsdk.providers.cubu.scope import Scope
from apptsdk.providers.cubu.wire import made, nothing
from apptsdk.wire import checked_text

if TYPE_CHECKING:
    from apptsdk.operation import Script

_ADVICE: Final = (
    "It cannot be looked up, because the customer's key was not given or the catalogue does not name it "
    "(customer_key): look at the provider before you repeat it."
)


def create(scope: Scope, *, fields: Mapping[str, str | int | float | bool | None]) -> Operation[CustomerRecord]:
    """Make a customer's record.

    If the answer is lost, the record is looked up by the customer's key, where the catalogue names the key's field
    (`customer_key`) and `fields` holds it. A record of that key that holds something else is not taken for it.

    https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/create-a-customer-record

    Args:
        scope: Within what.
        fields: The values, by the field type's GUID or its name in the catalogue.

    Returns:
        The record, of which only `record_id` is known: `get` reads the rest.

    Raises:
        TypeError: A value is neither a text, a number, a bool nor None.
        ValueError: A field is not known, or there is none; nothing was sent.
        ValidationError: The vendor refuses a field.
        PermissionDeniedError: The application lacks the role Customers Manager.
        OutcomeUnknownError: It may have been made; nobody could say.
    """
    written = _fields(scope, fields)
    key = scope.catalogue.key_field
    value = None if key is None else written.get(key.id)
    known = key is not None and value is not None
    return Operation(
        CREATE,
        "POST",
        "/customers",
        made(CustomerRecord, sought=known),
        Effect.NEITHER,
        body={"fields": written},
        clues={
            "key_slug": str(key.slug),
            "key_value": str(value),
            **{f"{FIELD}{field}": digest(one) for field, one in written.items() if one is not None},
        }
        if key is not None and known
        else {},
        recover=created if known else None,
        advice=_ADVICE,
    )


def get(scope: Scope, record_id: str) -> Flow[CustomerRecord]:
    """Read a customer's record.

    https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/get-customer-record

    Args:
        scope: Within what.
        record_id: The record's GUID.

    Returns:
        The record.

    Raises:
        ValueError: It is no GUID; nothing was sent.
        PermissionDeniedError: The application lacks the role Customers Manager.
        NotFoundError: There is none.
        NoResultError: There is none, and the vendor says so with an empty answer.
    """
    name = "cubu.customers.get"
    path = scope.customer_at(guid(record_id, "record_id"))
    look = Operation(name, "GET", path, customer_read, Effect.SAFE)

    def script() -> Script[CustomerRecord]:
        found = yield from look
        if found is None:
            raise NoResultError("There is no such customer.", provider="cubu", operation=name)
        return found

    return Flow(name, script)


def update(scope: Scope, record_id: str, *, fields: Mapping[str, str | int | float | bool | None]) -> Operation[None]:
    """Change a customer's record. Fields that are not given stay as they are.

    https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/update-a-customer-record

    Args:
        scope: Within what.
        record_id: The record's GUID.
        fields: The values, by the field type's GUID or its name in the catalogue.

    Raises:
        TypeError: A value is neither a text, a number, a bool nor None.
        ValueError: A field is not known, or there is none; nothing was sent.
        ValidationError: The vendor refuses a field.
        PermissionDeniedError: The application lacks the role Customers Manager.
        NotFoundError: There is none.
        OutcomeUnknownError: It may have been changed; repeating it is harmless.
    """
    path = urls.path("customers", guid(record_id, "record_id"))
    # An array here, and an object in `create`: so it is documented.
    written = [{"fieldTypeId": field, "value": value} for field, value in _fields(scope, fields).items()]
    return Operation("cubu.customers.update", "PATCH", path, nothing, Effect.IDEMPOTENT, body={"fields": written})


def find(
    scope: Scope, *, key_value: str | None = None, key_slug: str | None = None, record_id: str | None = None
) -> Flow[CustomerRecord | None]:
    """Find a customer by the key, or by the record's GUID.

    https://docs.cubu.com/guides/s2s-api-guide/customer-management-api/find-a-customer-record

    Args:
        scope: Within what.
        key_value: The customer's key.
        key_slug: The slug of the field that is the key; the catalogue's `customer_key` by default.
        record_id: The record's GUID, instead of the two.

    Returns:
        The record, or None where there is none.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: Neither or both are given, or nobody says which field is the key; nothing was sent.
        PermissionDeniedError: The application lacks the role Customers Manager.
    """
    if (key_value is None) == (record_id is None):
        raise ValueError("Give key_value (with key_slug), or record_id.")
    if record_id is not None:
        if key_slug is not None:
            raise ValueError("key_slug goes with key_value, not with record_id.")
        look = queried({"queryType": "RecordId", "recordId": guid(record_id, "record_id")})
    else:
        key = scope.catalogue.key_field
        slug = key_slug if key_slug is not None or key is None else key.slug
        if slug is None:
            raise ValueError("key_slug is missing: give it, or customer_key in the catalogue.")
        look = customer_by_key(_text(slug, "key_slug"), _text(key_value, "key_value"))
    return Flow("cubu.customers.find", lambda: found_or_none(look))


def _text(value: object, argument: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.")
    if not value.strip():
        raise ValueError(f"{argument} is empty.")
    return checked_text(value, argument)


def _fields(scope: Scope, fields: object) -> dict[str, object]:
    written = fields_of(scope, fields)
    if not written:
        raise ValueError("fields is empty: give at least one.")
    return written


VERBS: Final = (create, get, update, find)
