"""Patients.

https://docs.api.cliniko.com/openapi/patient
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import Patient, PatientCreate, PatientFilters, PatientUpdate
from apptsdk.providers.cliniko.queries import ArchivableQuery, WithArchived
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "patients",
    "a patient",
    Patient,
    PatientCreate,
    PatientUpdate,
    ArchivableQuery,
    WithArchived,
    filters=PatientFilters(),
    clues=("first_name", "last_name", "date_of_birth", "email"),
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive
unarchive = resource.unarchive

VERBS: Final = (list, get, create, update, archive, unarchive)
