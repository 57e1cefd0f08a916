"""Practitioners."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import attrs

from apptsdk.models import Link, Model
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, FlagField, IdField


@attrs.frozen(kw_only=True, repr=False)
class Practitioner(Model):
    """Somebody with whom appointments are made.

    https://docs.api.cliniko.com/openapi/practitioner

    Attributes:
        user: The user behind the practitioner; appointments are made with practitioners, never with users.
        show_in_online_bookings: Whether available times are given for them.
    """

    id: str
    active: bool | None = None
    appointment_types: Link | None = None
    appointments: Link | None = None
    created_at: datetime | None = None
    default_appointment_type: Link | None = None
    description: str | None = None
    designation: str | None = None
    display_name: str | None = None
    first_name: str | None = None
    invoices: Link | None = None
    label: str | None = None
    last_name: str | None = None
    links: Link | None = None
    practitioner_reference_numbers: Link | None = None
    show_in_online_bookings: bool | None = None
    title: str | None = None
    updated_at: datetime | None = None
    user: Link | None = None


class PractitionerFilters(Filters):
    """What lists of practitioners can be filtered by."""

    __slots__ = ()

    active: Final = FlagField()
    created_at: Final = DateTimeField()
    id: Final = IdField()
    show_in_online_bookings: Final = FlagField()
    updated_at: Final = DateTimeField()
    user_id: Final = IdField()
