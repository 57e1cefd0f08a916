"""Daily availabilities: the weekly hours of practitioners.

https://docs.api.cliniko.com/openapi/daily-availability
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import DailyAvailability, DailyAvailabilityFilters
from apptsdk.providers.cliniko.queries import DailyAvailabilityQuery, Query
from apptsdk.providers.cliniko.resource import Nothing, Resource

resource: Final = Resource(
    "daily_availabilities",
    "a daily availability",
    DailyAvailability,
    Nothing,
    Nothing,
    DailyAvailabilityQuery,
    Query,
    filters=DailyAvailabilityFilters(),
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

VERBS: Final = (list, get)
