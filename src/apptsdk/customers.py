"""What every provider's verbs check of a customer before anything is sent, and in which words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from apptsdk.inputs import email, line, scalar
from apptsdk.shapes import is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apptsdk.shared import Customer


def check(customer: Customer) -> None:
    """Check a customer's fields, as far as they are the same everywhere.

    Of one with an id the attributes only: what else there is of somebody who was read is as the provider has it.

    Args:
        customer: The customer.

    Raises:
        TypeError: A field is of the wrong type.
        ValueError: A field is malformed; the message names it, and never its value.
    """
    attributes: object = customer.attributes
    if not is_mapping(attributes):
        raise TypeError(f"customer.attributes must be a mapping of names to values, not {type(attributes).__name__}.")
    for name, value in attributes.items():
        scalar(value, named(line(name, "A name in customer.attributes")))
    if customer.id is not None:
        return
    for field, given in (("first_name", customer.first_name), ("last_name", customer.last_name)):
        if given is not None:
            line(given, f"customer.{field}")
    if customer.email is not None:
        email(customer.email, "customer.email")
    if customer.phone is not None:
        line(customer.phone, "customer.phone")
    born: object = customer.date_of_birth
    if born is not None and (not isinstance(born, date) or isinstance(born, datetime)):
        raise TypeError(f"customer.date_of_birth must be a date, not {type(born).__name__}.")


def plain(text: object) -> str:
    """Give a name or an address as it is compared: whatever its case and its spaces are; empty for none."""
    return " ".join(text.split()).casefold() if isinstance(text, str) else ""


def not_there(missing: Iterable[str]) -> str:
    """Say that a customer is not found, and what is missing to make one.

    Args:
        missing: The customer's fields.

    Returns:
        The message.
    """
    return f"customer is not there yet, and a new one needs {', '.join(missing)}. Nothing was made or booked."


def named(attribute: str) -> str:
    """Name an attribute, for a message."""
    return f"customer.attributes[{attribute!r}]"


def refuse_unknown(unknown: Iterable[str], provider: str, known: str) -> None:
    """Refuse attributes that a provider does not have: they are its own, and no other would say so.

    Args:
        unknown: Their names.
        provider: The provider, as people call it.
        known: What it takes, for the message.

    Raises:
        ValueError: There is one.
    """
    names = ", ".join(sorted(unknown))
    if names:
        raise ValueError(f"customer.attributes: {provider} takes no {names}; it takes {known}.")
