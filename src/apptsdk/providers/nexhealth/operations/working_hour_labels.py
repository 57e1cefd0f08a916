"""Labels of working hours, by which slots can be told apart. v3 only.

https://docs.nexhealth.com/reference/getworkinghourlabels
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.nexhealth.models import WorkingHourLabel
from apptsdk.providers.nexhealth.queries import Query, WorkingHourLabelQuery
from apptsdk.providers.nexhealth.resource import Nothing, Resource

resource: Final = Resource(
    "working_hour_labels",
    "a label of working hours",
    WorkingHourLabel,
    Nothing,
    Nothing,
    WorkingHourLabelQuery,
    Query,
)
list = resource.list  # noqa: A001 - the verb's name

VERBS: Final = (list,)
