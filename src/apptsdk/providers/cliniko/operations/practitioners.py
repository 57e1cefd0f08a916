"""Practitioners: with whom appointments are made.

https://docs.api.cliniko.com/openapi/practitioner
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import Practitioner, PractitionerFilters
from apptsdk.providers.cliniko.queries import PractitionerQuery, Query
from apptsdk.providers.cliniko.resource import Nothing, Resource

resource: Final = Resource(
    "practitioners",
    "a practitioner",
    Practitioner,
    Nothing,
    Nothing,
    PractitionerQuery,
    Query,
    filters=PractitionerFilters(),
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

VERBS: Final = (list, get)
