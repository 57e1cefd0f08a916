"""What is sent to schedule an appointment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from apptsdk.models import Id
from apptsdk.providers.imiassist.models.appointment import Priority


@attrs.frozen(kw_only=True)
class AppointmentSchedule:
    """The inputs of "Schedule an Appointment"; only the start is required.

    Args:
        start_time: When it begins, an aware datetime; sent in UTC, to the millisecond.
        duration: How long it is: a timedelta of whole minutes, or minutes. The department's own by default, and its
            maximum is the server's to check; see `max_duration_minutes` in the settings.
        customer_id: The primary guest's id in your system, such as `NHSID_77`.
        customer_phone: The primary guest's phone number in E.164: a plus, the country code, digits only.
        customer_email: The primary guest's email address. The company's settings may require it, or the phone number.
        customer_first_name: The primary guest's first name.
        customer_last_name: The primary guest's last name.
        custom_attributes: Further data about the primary guest: a flat mapping of names to texts, numbers and bools.
            The company must have configured each of them.
        team_id: The team whose appointment it is; the appointment type's, or the default team, where none is given.
        appointment_type: The type, by its name in the department's settings.
        assignee_email: The host's email address. Without it, the appointment goes unassigned to the team's queue.
        description: A description.
        reference_case_id: The case that it belongs to, such as `fn-6352`; a new one by default.
        priority: How urgent it is.
        external_reference_id: The id in your own system, by which the appointment can be cancelled too. One is made
            where none is given, because nothing else can lead to an appointment whose answer was lost.
        title: The title; the vendor makes one by default.
    """

    placed: ClassVar[Mapping[str, str]] = {}

    start_time: datetime
    duration: timedelta | int | None = None
    customer_id: Id | None = attrs.field(default=None, repr=False)
    customer_phone: str | None = attrs.field(default=None, repr=False)
    customer_email: str | None = attrs.field(default=None, repr=False)
    customer_first_name: str | None = attrs.field(default=None, repr=False)
    customer_last_name: str | None = attrs.field(default=None, repr=False)
    custom_attributes: Mapping[str, str | int | float | bool] | None = attrs.field(default=None, repr=False)
    team_id: Id | None = None
    appointment_type: str | None = None
    assignee_email: str | None = attrs.field(default=None, repr=False)
    description: str | None = attrs.field(default=None, repr=False)
    reference_case_id: Id | None = None
    priority: Priority | str = "LOW"
    external_reference_id: Id | None = attrs.field(default=None, repr=False)
    title: str | None = attrs.field(default=None, repr=False)
