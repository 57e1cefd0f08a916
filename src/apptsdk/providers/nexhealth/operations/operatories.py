"""Operatories: the chairs and rooms of an office.

https://docs.nexhealth.com/reference/getoperatories
"""

from __future__ import annotations

from typing import Final

from apptsdk.providers.nexhealth.models import Operatory
from apptsdk.providers.nexhealth.queries import OperatoryGet, OperatoryQuery
from apptsdk.providers.nexhealth.resource import Nothing, Resource

resource: Final = Resource(
    "operatories",
    "an operatory",
    Operatory,
    Nothing,
    Nothing,
    OperatoryQuery,
    OperatoryGet,
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

VERBS: Final = (list, get)
