"""Availability blocks: extra times at which a practitioner can be booked.

https://docs.api.cliniko.com/openapi/availability-block
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import AvailabilityBlock, AvailabilityBlockCreate, AvailabilityBlockFilters
from apptsdk.providers.cliniko.queries import ListQuery, Query
from apptsdk.providers.cliniko.resource import Nothing, Resource

resource: Final = Resource(
    "availability_blocks",
    "an availability block",
    AvailabilityBlock,
    AvailabilityBlockCreate,
    Nothing,
    ListQuery,
    Query,
    filters=AvailabilityBlockFilters(),
    clues=("business_id", "practitioner_id", "starts_at", "ends_at"),
    slot="practitioner {practitioner_id} at business {business_id}, {starts_at}",
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create

VERBS: Final = (list, get, create)
