"""Types of unavailable blocks.

https://docs.api.cliniko.com/openapi/unavailable-block-type
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import (
    UnavailableBlockType,
    UnavailableBlockTypeCreate,
    UnavailableBlockTypeFilters,
    UnavailableBlockTypeUpdate,
)
from apptsdk.providers.cliniko.queries import ArchivableQuery, WithArchived
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "unavailable_block_types",
    "a type of unavailable blocks",
    UnavailableBlockType,
    UnavailableBlockTypeCreate,
    UnavailableBlockTypeUpdate,
    ArchivableQuery,
    WithArchived,
    filters=UnavailableBlockTypeFilters(),
    clues=("name", "duration_in_minutes"),
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive

VERBS: Final = (list, get, create, update, archive)
