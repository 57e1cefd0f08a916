"""Sync status: whether NexHealth can read from and write to the practices' own systems at this moment.

https://docs.nexhealth.com/reference/getsyncstatus
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.nexhealth.models import SyncStatus
from apptsdk.providers.nexhealth.queries import Query, SyncStatusQuery
from apptsdk.providers.nexhealth.resource import Nothing, Resource

resource: Final = Resource(
    "sync_status",
    "a state of a link",
    SyncStatus,
    Nothing,
    Nothing,
    SyncStatusQuery,
    Query,
)
list = resource.list  # noqa: A001 - the verb's name

VERBS: Final = (list,)
