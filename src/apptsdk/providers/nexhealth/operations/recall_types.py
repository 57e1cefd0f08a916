"""Recall types: for what, and how often, patients are to come again.

https://docs.nexhealth.com/reference/getrecalltypes
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.nexhealth.models import RecallType
from apptsdk.providers.nexhealth.queries import Query, RecallTypeQuery
from apptsdk.providers.nexhealth.resource import Nothing, Resource

resource: Final = Resource(
    "recall_types",
    "a recall type",
    RecallType,
    Nothing,
    Nothing,
    RecallTypeQuery,
    Query,
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

VERBS: Final = (list, get)
