"""Appointment types: what can be booked, and how long it takes.

https://docs.nexhealth.com/reference/getappointmenttypes
"""

from __future__ import annotations

from typing import Final

from apptsdk.models import Id
from apptsdk.operation import Listing, Operation
from apptsdk.providers.nexhealth.models import (
    AppointmentType,
    AppointmentTypeCreate,
    AppointmentTypeUpdate,
    Descriptor,
)
from apptsdk.providers.nexhealth.queries import (
    AppointmentTypeDelete,
    AppointmentTypeGet,
    AppointmentTypeQuery,
    TypeDescriptorQuery,
)
from apptsdk.providers.nexhealth.recovery import gone
from apptsdk.providers.nexhealth.resource import Resource, listed
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import identifier

resource: Final = Resource(
    "appointment_types",
    "an appointment type",
    AppointmentType,
    AppointmentTypeCreate,
    AppointmentTypeUpdate,
    AppointmentTypeQuery,
    AppointmentTypeGet,
    advice="It cannot be looked up for sure: list the types, whose names are unique, before you repeat it.",
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
create = resource.create
update = resource.update


def delete(scope: Scope, id: Id, query: AppointmentTypeDelete) -> Operation[None]:  # noqa: A002 - the field's name
    """Delete an appointment type.

    Args:
        scope: Within what.
        id: Its id.
        query: In which office.

    Raises:
        ValueError: An id is malformed.
        ConfigurationError: The practice is not known.
        NotFoundError: There is none.
    """
    path = scope.path("appointment_types", str(identifier(id, "id")))
    pairs = query.pairs(scope, resource.name)
    return resource.deleted(path, pairs, gone(path, "nexhealth.appointment_types.get", pairs))


def descriptors(scope: Scope, id: Id, query: TypeDescriptorQuery) -> Listing[Descriptor]:  # noqa: A002
    """List the descriptors of an appointment type, which are written to the practice's own system with a booking.

    Args:
        scope: Within what.
        id: The type's id.
        query: The filters.

    Returns:
        A lazy list.

    Raises:
        ValueError: An argument is malformed.
        NotFoundError: There is no such type; raised when the list is fetched.
    """
    path = scope.path("appointment_types", str(identifier(id, "id")), "appointment_descriptors")
    return listed(scope, "descriptors", path, Descriptor, query)


VERBS: Final = (list, get, create, update, delete, descriptors)
