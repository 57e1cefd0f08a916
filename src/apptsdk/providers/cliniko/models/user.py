"""Users."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import attrs

from apptsdk.models import Link, Model, OpenStr
from apptsdk.providers.cliniko.filters import DateTimeField, Filters, IdField
from apptsdk.providers.cliniko.models.patient import PhoneNumber


class UserRole(OpenStr):
    """What a user may do."""

    ADMINISTRATOR = "administrator"
    BOOKKEEPER = "bookkeeper"
    POWER_RECEPTIONIST = "power receptionist"
    PRACTITIONER = "practitioner"
    RECEPTIONIST = "receptionist"
    SCHEDULER = "scheduler"


@attrs.frozen(kw_only=True, repr=False)
class User(Model):
    """Somebody who signs in to Cliniko.

    https://docs.api.cliniko.com/openapi/user
    """

    id: str
    active: bool | None = None
    created_at: datetime | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    links: Link | None = None
    phone_numbers: tuple[PhoneNumber, ...] | None = None
    role: UserRole | None = None
    time_zone: str | None = None
    time_zone_identifier: str | None = None
    title: str | None = None
    updated_at: datetime | None = None
    user_active: bool | None = None


class UserFilters(Filters):
    """What lists of users can be filtered by."""

    __slots__ = ()

    created_at: Final = DateTimeField()
    id: Final = IdField()
    updated_at: Final = DateTimeField()
