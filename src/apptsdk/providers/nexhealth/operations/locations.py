"""Locations: the offices of practices.

https://docs.nexhealth.com/reference/getlocations
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import Id
from apptsdk.operation import Listing
from apptsdk.providers.nexhealth.models import Descriptor, InstitutionLocations, Location
from apptsdk.providers.nexhealth.queries import KeysOwn, LocationQuery, OfficeDescriptorQuery
from apptsdk.providers.nexhealth.resource import Nothing, Resource, listed
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import WIRE, identifier, page_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from apptsdk.http import Response
    from apptsdk.operation import Page

resource: Final = Resource("locations", "an office", Location, Nothing, Nothing, LocationQuery, KeysOwn)
get = resource.get


def list(scope: Scope, query: LocationQuery) -> Listing[Location]:  # noqa: A001 - the verb's name
    """List offices: those of the client's practice, or of all practices that the key reaches if it names none.

    The vendor sends them within their practices; here they come one after another.

    Args:
        scope: Within what.
        query: The filters.

    Returns:
        A lazy list.

    Raises:
        ValueError: An argument is malformed.
        ApptError: See `apptsdk.errors`; raised when the list is fetched.
    """
    return listed(scope, "locations", scope.path("locations"), Location, query, _unwrapped)


def _unwrapped(asked: str) -> Callable[[Response], Page[Location]]:
    def offices(items: object, where: str) -> tuple[Location, ...]:
        practices = WIRE.all_of(InstitutionLocations, items, where)
        return tuple(office for practice in practices for office in practice.locations or ())

    return page_by(offices, asked)


def descriptors(scope: Scope, id: Id, query: OfficeDescriptorQuery) -> Listing[Descriptor]:  # noqa: A002
    """List the descriptors of an office: codes of its own system that appointments and their types can carry.

    Args:
        scope: Within what.
        id: The office's id.
        query: The filters.

    Returns:
        A lazy list.

    Raises:
        ValueError: An argument is malformed.
        NotFoundError: There is no such office; raised when the list is fetched.
    """
    path = scope.path("locations", str(identifier(id, "id")), "appointment_descriptors")
    return listed(scope, "descriptors", path, Descriptor, query)


VERBS: Final = (list, get, descriptors)
