"""Businesses: the places where appointments are held.

https://docs.api.cliniko.com/openapi/business
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import Business, BusinessCreate, BusinessFilters, BusinessUpdate
from apptsdk.providers.cliniko.queries import ArchivableQuery, WithArchived
from apptsdk.providers.cliniko.resource import Resource

resource: Final = Resource(
    "businesses",
    "a business",
    Business,
    BusinessCreate,
    BusinessUpdate,
    ArchivableQuery,
    WithArchived,
    filters=BusinessFilters(),
    clues=("business_name", "address_1"),
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update
archive = resource.archive
unarchive = resource.unarchive

VERBS: Final = (list, get, create, update, archive, unarchive)
