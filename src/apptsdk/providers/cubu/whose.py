"""Whose appointment it is: a customer's record, found by its key or made, and the contact that a booking holds."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk import customers, inputs
from apptsdk.errors import ConflictError
from apptsdk.providers.cubu.booking import phone_of
from apptsdk.providers.cubu.catalogue_checks import find, known
from apptsdk.providers.cubu.ids import guid, is_guid
from apptsdk.providers.cubu.operations import customers as records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.operation import Script
    from apptsdk.providers.cubu.models import Calendar, Case, CustomerRecord
    from apptsdk.providers.cubu.scope import Scope
    from apptsdk.shared import Customer

Value = str | int | float | bool | None

SLUGS: Final[Mapping[str, str]] = {
    "first_name": "customer-first-name",
    "last_name": "customer-last-name",
    "email": "customer-email",
    "phone": "customer-phone",
    "date_of_birth": "customer-date-of-birth",
}
"""The slugs of the field types, where the catalogue has them, into which a new record's shared fields go."""
_TELLING: Final = ("first_name", "last_name", "date_of_birth")
"""What somebody is told from another by, beside the key: a phone number or an address may be a family's."""
_DATE: Final = len("2026-03-02")
_SEPARATORS: Final = re.compile(r"[\s().-]+")
_NORTH_AMERICAN: Final = re.compile(r"\+1([2-9][0-9]{9})")


@attrs.frozen(kw_only=True)
class Who:
    """Whose appointment it is, as far as that is known before anything is asked.

    Args:
        record_id: The record.
        key: The customer's key, by which a record is found or made.
        fields: What a new record holds, by the field types' GUIDs.
        told: The names and the date of birth, by the fields of `Customer`: a record that is found has no others.
        phone: The phone number, as a booking takes it.
        email: The email address.
    """

    record_id: str | None = None
    key: str | None = attrs.field(default=None, repr=False)
    fields: Mapping[str, Value] = attrs.field(factory=dict[str, Value], repr=False)
    told: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    phone: str | None = attrs.field(default=None, repr=False)
    email: str | None = attrs.field(default=None, repr=False)


def whose(scope: Scope, customer: Customer) -> Who:
    """Read a customer that a caller gave.

    Args:
        scope: Within what.
        customer: The customer.

    Returns:
        What is known of the customer.

    Raises:
        TypeError: A value is of the wrong type.
        ValueError: A value is malformed, or cannot be kept.
    """
    phone, email = contact_of(scope, customer.phone, customer.email, "customer.")
    given = _attributes(scope, customer)
    if customer.id is not None:
        return Who(record_id=guid(customer.id, "customer.id"), phone=phone, email=email)
    field = scope.catalogue.key_field
    key = None if field is None else given.get(field.id)
    if field is None or key is None:
        if given:
            by = "customer_key in the catalogue" if field is None else f"{field.name!r} among them"
            raise ValueError(
                f"customer.attributes are a record's, and records are found and made by their key: give {by}. "
                "A booking's own fields go into CubuBooking(fields=...)."
            )
        return Who(told=_told(customer), phone=phone, email=email)
    if not isinstance(key, str) or not key.strip():
        raise ValueError(f"{customers.named(field.name)} must be a text: it is the customer's key.")
    slugs = {(one.slug or "").lower(): one.id for one in scope.catalogue.field_types}
    fields: dict[str, Value] = {}
    for name, slug in SLUGS.items():
        told: object = getattr(customer, name)
        if told is not None and slug in slugs:
            fields[slugs[slug]] = str(told)
    return Who(key=key, fields={**fields, **given}, told=_told(customer), phone=phone, email=email)


def _told(customer: Customer) -> dict[str, str]:
    told: dict[str, object] = {name: getattr(customer, name) for name in _TELLING}
    return {name: str(value) for name, value in told.items() if value is not None}


def _attributes(scope: Scope, customer: Customer) -> dict[str, Value]:
    """Read what a record is to hold, by the field types' GUIDs."""
    names, entries = customer.attributes, scope.catalogue.field_types
    unknown = [name for name in names if not is_guid(name) and find(entries, name) is None]
    customers.refuse_unknown(unknown, "Cubu", f"the GUIDs of field types, and names: {known(entries, 'field types')}")
    given: dict[str, Value] = {}
    for name, value in names.items():
        field_type_id = scope.catalogue.field_type_id(name, customers.named(name))
        if field_type_id in given:
            raise ValueError(f"customer.attributes names {field_type_id} twice.")
        given[field_type_id] = inputs.scalar(value, customers.named(name))
    return given


def who_had(scope: Scope, case: Case) -> Who:
    """Read whose an old appointment is."""
    phone, email = contact_of(scope, case.contact_phone_number, case.contact_email, "The old appointment's ")
    return Who(record_id=None if case.customer is None else case.customer.record_id, phone=phone, email=email)


def contact_of(scope: Scope, phone: str | None, email: str | None, where: str) -> tuple[str | None, str | None]:
    """Write a contact as a booking takes it.

    Args:
        scope: Within what; its `phone_format` says how numbers look.
        phone: The phone number; E.164, or as the format has it.
        email: The email address.
        where: Whose they are, for the message.

    Returns:
        Both.

    Raises:
        TypeError: One is no str.
        ValueError: The email address is none; or the number cannot be written so.
    """
    email = None if email is None else inputs.email(email, f"{where}email")
    if phone is None:
        return None, email
    digits = _SEPARATORS.sub("", inputs.line(phone, f"{where}phone"))
    if scope.phone_format != "ten_digits" or not digits.startswith("+"):
        return phone_of(scope, phone, f"{where}phone"), email
    found = _NORTH_AMERICAN.fullmatch(digits)
    if found is None:
        raise ValueError(
            f"{where}phone cannot be written with the ten digits that the vendor's page asks for: only of +1 it is "
            "certain which they are. If your Cubu takes international numbers, set phone_format in CubuSettings "
            "(CUBU_PHONE_FORMAT); else leave the number out."
        )
    return found[1], email


def check_required(scope: Scope, calendar: Calendar, who: Who) -> None:
    """Hold a customer against what a calendar requires.

    Args:
        scope: Within what.
        calendar: The calendar.
        who: The customer.

    Raises:
        ValueError: Something is missing.
    """
    lacking: list[str] = []
    if calendar.is_customer_required and who.record_id is None and who.key is None:
        field = scope.catalogue.key_field
        by = "customer.attributes with the key (customer_key in the catalogue names it)"
        lacking.append(f"customer.id, or {by if field is None else f'customer.attributes with {field.name!r}'}")
    if calendar.is_phone_number_required and who.phone is None:
        lacking.append("customer.phone")
    if calendar.is_email_required and who.email is None:
        lacking.append("customer.email")
    if lacking:
        raise ValueError(f"The calendar requires {'; and '.join(lacking)}. Nothing was booked.")


def record_of(scope: Scope, who: Who) -> Script[str | None]:
    """Find a customer's record, or make it.

    Args:
        scope: Within what.
        who: The customer.

    Returns:
        A script that gives the record's GUID; None for a booking without one.

    Raises:
        ValueError: When it runs: the record that has the key is somebody else's, by what is given beside.
    """
    if who.key is None:
        return who.record_id
    look = records.find(scope, key_value=who.key)
    found = yield from look
    if found is None:
        try:
            found = yield from records.create(scope, fields=who.fields)
        except ConflictError:
            found = yield from look  # another was quicker
            if found is None:
                raise
        else:
            return found.record_id
    if others := [f"customer.{name}" for name, value in who.told.items() if _differs(name, value, found)]:
        raise ValueError(
            f"{' and '.join(others)}: the record that has this key says otherwise. Look at the key; or pass the "
            "record's id, if it is the one who is meant. Nothing was booked."
        )
    return found.record_id


def _differs(name: str, value: str, record: CustomerRecord) -> bool:
    """Tell whether a record contradicts what is given. One that does not say does not."""
    field = record.field(SLUGS[name])
    held: object = None if field is None else field.value
    if not isinstance(held, str) or not held.strip():
        return False
    if name == "date_of_birth":  # how Cubu writes one is not published
        try:
            return date.fromisoformat(held[:_DATE]).isoformat() != value
        except ValueError:
            return False
    return customers.plain(held) != customers.plain(value)
