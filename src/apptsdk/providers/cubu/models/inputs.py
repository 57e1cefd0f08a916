"""What is sent to book an appointment, or to join a queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.providers.cubu.models.shared import Channel, Input


@attrs.frozen(kw_only=True)
class _Matter(Input):
    """What every case is made from.

    Args:
        service_type_id: The service type, by its GUID or its name in the catalogue.
        channel: How the customer is served; the service type must offer it.
        language: The customer's language, such as `en-US`; the organization's own by default.
        customer_record_id: The customer's record. Some services require it.
        contact_phone_number: The customer's phone number: ten digits, unless the settings' `phone_format` says
            otherwise. Some services require it.
        contact_email: The customer's email address. Some services require it.
        fields: Values of the organization's own fields, by the field type's GUID or its name in the catalogue. Texts
            are the safest.
        tag_ids: Tags, by their GUIDs or their names in the catalogue.
    """

    service_type_id: str
    channel: Channel | str
    language: str | None = None
    customer_record_id: str | None = None
    contact_phone_number: str | None = attrs.field(default=None, repr=False)
    contact_email: str | None = attrs.field(default=None, repr=False)
    fields: Mapping[str, str | int | float | bool | None] | None = attrs.field(default=None, repr=False)
    tag_ids: Sequence[str] | None = None


@attrs.frozen(kw_only=True)
class AppointmentBook(_Matter):
    """The fields of a booking.

    Args:
        start: When it begins: one of the vacancies' `slots`, or any aware datetime that is on the calendar's day in the
            service's zone; or minutes since midnight by the service's clock, from 0 to 1439.
        bypass_timeslot_check: Whether any time will do, vacant or not. Working hours and other restrictions still hold.
        prevent_self_check_in: Whether the customer cannot check in at the kiosk.
    """

    placed: ClassVar[Mapping[str, str]] = {"start": "startTime"}

    start: datetime | int
    bypass_timeslot_check: bool = False
    prevent_self_check_in: bool = False


@attrs.frozen(kw_only=True)
class QueueJoin(_Matter):
    """The fields of a walk-in case.

    Args:
        use_customer_contact_info: Whether the customer is reached as the customer's record says. Left to the vendor by
            default.
    """

    placed: ClassVar[Mapping[str, str]] = {"language": "locale"}

    use_customer_contact_info: bool | None = None
