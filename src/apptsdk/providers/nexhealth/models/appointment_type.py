"""Appointment types, what makes them and what changes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, TypeAlias

import attrs

from apptsdk.models import UNSET, Id, Model, OpenStr, Unset
from apptsdk.providers.nexhealth.models.descriptor import Descriptor
from apptsdk.providers.nexhealth.models.shared import Input

AppointmentTypeInclude: TypeAlias = Literal["descriptors"]
"""What an appointment type can be asked for with."""


class ParentType(OpenStr):
    """To what an appointment type belongs."""

    INSTITUTION = "Institution"
    LOCATION = "Location"


@attrs.frozen(kw_only=True, repr=False)
class AppointmentType(Model):
    """A kind of appointment: NexHealth's own, not the EHR's.

    https://docs.nexhealth.com/reference/getappointmenttypesid

    Attributes:
        id: The id.
        name: The name; no two types share one.
        bookable_online: Whether the vendor's own booking page offers it.
        descriptors: What is written into the EHR with its appointments. Only where it was asked for.
        minutes: How long an appointment takes, in minutes.
        parent_id: The id of the institution or location that it belongs to.
        parent_type: Which of the two it belongs to.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    id: int
    name: str
    bookable_online: bool | None = None
    descriptors: tuple[Descriptor, ...] | None = None
    minutes: int | None = None
    parent_id: int | None = None
    parent_type: ParentType | None = None


@attrs.frozen(kw_only=True)
class AppointmentTypeFields(Input):
    """What may be given when an appointment type is made or changed.

    Args:
        bookable_online: Whether the vendor's own booking page offers it.
        emr_appt_descriptor_ids: The descriptors to write into the EHR with its appointments: the whole list.
        location_id: A location; needed where the practice's appointment types belong to locations. No default is
            taken from the settings.
        parent_id: The institution or location that it belongs to; needed with a location.
        parent_type: Which of the two it belongs to; by default the institution.
    """

    within: ClassVar[str] = "appointment_type"
    placed: ClassVar[Mapping[str, str]] = {"location_id": "location_id"}

    bookable_online: bool | Unset = UNSET
    emr_appt_descriptor_ids: Sequence[Id] | Unset = UNSET
    location_id: Id | Unset = UNSET
    parent_id: Id | Unset = UNSET
    parent_type: ParentType | Unset = UNSET


@attrs.frozen(kw_only=True)
class AppointmentTypeCreate(AppointmentTypeFields):
    """What makes an appointment type.

    https://docs.nexhealth.com/reference/postappointmenttypes

    Args:
        name: The name, which no other type has.
        minutes: How long an appointment takes, in minutes; the vendor advises steps of five.
    """

    name: str
    minutes: int


@attrs.frozen(kw_only=True)
class AppointmentTypeUpdate(AppointmentTypeFields):
    """What changes an appointment type.

    https://docs.nexhealth.com/reference/patchappointmenttypesid

    Args:
        name: The name, which no other type has.
        minutes: How long an appointment takes, in minutes; the vendor advises steps of five.
    """

    name: str | Unset = UNSET
    minutes: int | Unset = UNSET
