"""What calls are given: a value for every argument, from the table's types where they say enough, else from here."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from props import NOW

from apptsdk.providers.cliniko.filters import (
    DateField,
    DateTimeField,
    Field,
    FlagField,
    IdField,
    IdsField,
    NumberField,
    TextField,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apptsdk.providers.cliniko.filters import Filter


def _ordered(value: Any) -> tuple[Callable[[Any], Filter], ...]:
    return (lambda f: f >= value, lambda f: f > value, lambda f: f <= value, lambda f: f < value)


ID = "1402337715590046001"
"""The id of something that the sandbox does not have and does not look for."""
TODAY = NOW.date() + timedelta(days=1)  # in Sydney
STARTS_AT = NOW + timedelta(days=1, hours=4)
TYPICAL: Mapping[str, Any] = {
    "boolean": True,
    "date": TODAY,
    "decimal": Decimal("50.00"),
    "integer": 5,
    "phone": "0491 570 006",
    "string": "Made up",
}
"""By the vendor's type."""
SPECIAL: Mapping[str, Any] = {
    "apply_to_repeats": False,
    "color": "#1E7FBF",
    "country_code": "AU",
    "custom_fields": {"sections": []},
    "dva_card_number": "NX901234",
    "email": "ada@example.com",
    "ends_at": STARTS_AT + timedelta(minutes=45),
    "from_": TODAY,
    "include_archived": True,
    "include_cancelled": True,
    "invoice_email": "invoices@example.com",
    "note": "Made up",
    "number_of_repeats": 1,
    "per_page": 50,
    "reason": 30,
    "repeating_interval": 1,
    "sort": ["created_at:desc"],
    "starts_at": STARTS_AT,
    "time_zone": "Sydney",
    "time_zone_identifier": "Australia/Sydney",
    "to": TODAY + timedelta(days=1),
}
"""By the argument's name, where the type does not say enough."""


_NULLS = (lambda f: f.is_null(), lambda f: f.is_not_null())
CONDITIONS: Mapping[type[Field], tuple[Callable[[Any], Filter], ...]] = {
    DateField: (lambda f: f == TODAY, lambda f: f.like("****-05-**"), *_ordered(TODAY), *_NULLS),
    DateTimeField: (lambda f: f.any(), *_ordered(NOW), *_NULLS),
    FlagField: (lambda f: f.is_(True), lambda f: f != True),  # noqa: E712 - a condition
    IdField: (lambda f: f == ID, lambda f: f != ID, lambda f: f.is_in([ID, ID]), *_ordered(ID), *_NULLS),
    IdsField: (lambda f: f.contains(ID),),
    NumberField: (lambda f: f == 5, lambda f: f != 5, lambda f: f.is_in([5, 6]), *_ordered(5), *_NULLS),
    TextField: (lambda f: f == "x", lambda f: f != "x", lambda f: f.contains("x"), lambda f: f.like("%x"), *_NULLS),
}
"""Every condition that a field of a kind has."""
