"""Group appointments: one practitioner, several patients. Patients join as attendees.

There is no `cancel`: cancel the attendees, or archive the appointment.

https://docs.api.cliniko.com/openapi/group-appointment
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import (
    GroupAppointment,
    GroupAppointmentCreate,
    GroupAppointmentFilters,
    GroupAppointmentUpdate,
)
from apptsdk.providers.cliniko.queries import ArchivableQuery, WithArchived
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "group_appointments",
    "a group appointment",
    GroupAppointment,
    GroupAppointmentCreate,
    GroupAppointmentUpdate,
    ArchivableQuery,
    WithArchived,
    filters=GroupAppointmentFilters(),
    clues=("appointment_type_id", "business_id", "practitioner_id", "starts_at", "ends_at", "max_attendees"),
    slot="practitioner {practitioner_id} at business {business_id}, {starts_at}",
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive
conflicts = resource.conflicts

VERBS: Final = (list, get, create, update, archive, conflicts)
