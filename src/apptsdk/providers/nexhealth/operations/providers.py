"""Providers: the people with whom appointments are made.

https://docs.nexhealth.com/reference/getproviders
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.nexhealth.models import Provider
from apptsdk.providers.nexhealth.queries import ProviderGet, ProviderQuery
from apptsdk.providers.nexhealth.resource import Nothing, Resource

resource: Final = Resource(
    "providers",
    "a provider",
    Provider,
    Nothing,
    Nothing,
    ProviderQuery,
    ProviderGet,
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

VERBS: Final = (list, get)
