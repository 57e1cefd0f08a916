"""Appointment types: what can be booked.

https://docs.api.cliniko.com/openapi/appointment-type
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import (
    AppointmentType,
    AppointmentTypeCreate,
    AppointmentTypeFilters,
    AppointmentTypeUpdate,
)
from apptsdk.providers.cliniko.queries import AppointmentTypeQuery, WithArchived
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "appointment_types",
    "an appointment type",
    AppointmentType,
    AppointmentTypeCreate,
    AppointmentTypeUpdate,
    AppointmentTypeQuery,
    WithArchived,
    filters=AppointmentTypeFilters(),
    clues=("name", "duration_in_minutes"),
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive

VERBS: Final = (list, get, create, update, archive)
