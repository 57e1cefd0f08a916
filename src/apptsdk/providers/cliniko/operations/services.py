"""Services: which appointment type is offered at which business, and by whom.

https://docs.api.cliniko.com/openapi/service
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import Service
from apptsdk.providers.cliniko.queries import Query, ServiceQuery
from apptsdk.providers.cliniko.resource import Nothing, Resource

resource: Final = Resource(
    "services",
    "a service",
    Service,
    Nothing,
    Nothing,
    ServiceQuery,
    Query,
)
list = resource.list  # noqa: A001 - the verb's name

VERBS: Final = (list,)
