"""Institutions: the practices that the API key reaches.

https://docs.nexhealth.com/reference/getinstitutions
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.nexhealth.models import Institution
from apptsdk.providers.nexhealth.queries import KeysOwn, NoPractice
from apptsdk.providers.nexhealth.resource import Nothing, Resource

resource: Final = Resource(
    "institutions",
    "an institution",
    Institution,
    Nothing,
    Nothing,
    NoPractice,
    KeysOwn,
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

VERBS: Final = (list, get)
