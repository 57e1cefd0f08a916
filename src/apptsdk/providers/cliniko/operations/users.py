"""Users: those who sign in.

https://docs.api.cliniko.com/openapi/user
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.cliniko.models import User, UserFilters
from apptsdk.providers.cliniko.queries import ListQuery, Query
from apptsdk.providers.cliniko.resource import Nothing, Resource

resource: Final = Resource("users", "a user", User, Nothing, Nothing, ListQuery, Query, filters=UserFilters())
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

VERBS: Final = (list, get)
