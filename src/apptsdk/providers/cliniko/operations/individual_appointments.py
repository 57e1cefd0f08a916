"""Individual appointments: one practitioner, one patient.

https://docs.api.cliniko.com/openapi/individual-appointment
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import (
    IndividualAppointment,
    IndividualAppointmentCreate,
    IndividualAppointmentFilters,
    IndividualAppointmentUpdate,
)
from apptsdk.providers.cliniko.queries import AppointmentQuery, WithCancelled
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "individual_appointments",
    "an individual appointment",
    IndividualAppointment,
    IndividualAppointmentCreate,
    IndividualAppointmentUpdate,
    AppointmentQuery,
    WithCancelled,
    filters=IndividualAppointmentFilters(),
    clues=("appointment_type_id", "business_id", "patient_id", "practitioner_id", "starts_at", "ends_at"),
    slot="practitioner {practitioner_id} at business {business_id}, {starts_at}",
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive
cancel = resource.cancel
conflicts = resource.conflicts

VERBS: Final = (list, get, create, update, archive, cancel, conflicts)
