"""Patient cases: what patients are treated for.

https://docs.api.cliniko.com/openapi/patient-case
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import PatientCase, PatientCaseCreate, PatientCaseFilters, PatientCaseUpdate
from apptsdk.providers.cliniko.queries import PatientCaseQuery, WithArchived
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "patient_cases",
    "a patient case",
    PatientCase,
    PatientCaseCreate,
    PatientCaseUpdate,
    PatientCaseQuery,
    WithArchived,
    filters=PatientCaseFilters(),
    clues=("name", "patient_id"),
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive

VERBS: Final = (list, get, create, update, archive)
