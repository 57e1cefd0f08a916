"""Unavailable blocks: times at which a practitioner cannot be booked.

https://docs.api.cliniko.com/openapi/unavailable-block
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import (
    UnavailableBlock,
    UnavailableBlockCreate,
    UnavailableBlockFilters,
    UnavailableBlockUpdate,
)
from apptsdk.providers.cliniko.queries import ArchivableQuery, WithArchived
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "unavailable_blocks",
    "an unavailable block",
    UnavailableBlock,
    UnavailableBlockCreate,
    UnavailableBlockUpdate,
    ArchivableQuery,
    WithArchived,
    filters=UnavailableBlockFilters(),
    clues=("business_id", "practitioner_id", "starts_at", "ends_at", "unavailable_block_type_id"),
    slot="practitioner {practitioner_id} at business {business_id}, {starts_at}",
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive
conflicts = resource.conflicts

VERBS: Final = (list, get, create, update, archive, conflicts)
