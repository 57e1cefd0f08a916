"""Patient recalls: when patients are due to come again.

https://docs.nexhealth.com/reference/getpatientrecalls
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.nexhealth.models import PatientRecall
from apptsdk.providers.nexhealth.queries import PatientRecallQuery, Query
from apptsdk.providers.nexhealth.resource import Nothing, Resource

resource: Final = Resource(
    "patient_recalls",
    "a recall of a patient",
    PatientRecall,
    Nothing,
    Nothing,
    PatientRecallQuery,
    Query,
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

VERBS: Final = (list, get)
