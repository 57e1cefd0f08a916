"""Working hours: within what providers can be booked. In v2 they are called availabilities.

https://docs.nexhealth.com/reference/getworkinghours
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET, Id
from apptsdk.operation import Operation
from apptsdk.providers.nexhealth.models import WorkingHour, WorkingHourCreate, WorkingHourUpdate
from apptsdk.providers.nexhealth.queries import WorkingHourGet, WorkingHourQuery
from apptsdk.providers.nexhealth.resource import Resource
from apptsdk.providers.nexhealth.scope import Scope

if TYPE_CHECKING:
    from apptsdk.providers.nexhealth.models.working_hour import WorkingHourFields

resource: Final = Resource(
    "working_hours",
    "working hours",
    WorkingHour,
    WorkingHourCreate,
    WorkingHourUpdate,
    WorkingHourQuery,
    WorkingHourGet,
    advice="It cannot be looked up for sure: list the working hours before you repeat it.",
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get
delete = resource.delete

_WHEN: Final = ("days", "specific_date", "custom_recurrence")


def create(scope: Scope, body: WorkingHourCreate) -> Operation[WorkingHour]:
    """Create working hours: on weekdays, on one day, or by a rule. The practice's own system never gets them.

    Args:
        scope: Within what.
        body: The fields.

    Returns:
        The new working hours.

    Raises:
        ValueError: An argument is malformed, or not exactly one of days, specific_date and custom_recurrence is
            given; nothing was sent.
        ConfigurationError: The practice or the office is not known.
        ValidationError: The vendor refuses a field.
        OutcomeUnknownError: They may have been made; nobody could say.
    """
    if len(_given(body)) != 1:
        raise ValueError("Give exactly one of days, specific_date and custom_recurrence.")
    operation = resource.create(scope, body)
    if body.end_time <= body.begin_time:
        raise ValueError("end_time must be after begin_time.")
    return operation


def update(scope: Scope, id: Id, body: WorkingHourUpdate) -> Operation[WorkingHour]:  # noqa: A002 - the field's name
    """Change working hours that were made by hand; synced ones change in the practice's own system.

    What is not given stays as it is. `appointment_type_ids=[]` takes all types away.

    Args:
        scope: Within what.
        id: Their id.
        body: The fields to change.

    Returns:
        The changed working hours.

    Raises:
        ValueError: An argument is malformed, more than one of days, specific_date and custom_recurrence is given, or
            nothing is to be changed; nothing was sent.
        ConfigurationError: The practice is not known.
        ValidationError: The vendor refuses a field.
        NotFoundError: There are none.
    """
    if len(_given(body)) > 1:
        raise ValueError("Give at most one of days, specific_date and custom_recurrence.")
    operation = resource.update(scope, id, body)
    if isinstance(body.begin_time, time) and isinstance(body.end_time, time) and body.end_time <= body.begin_time:
        raise ValueError("end_time must be after begin_time.")
    return operation


def _given(body: WorkingHourFields) -> set[str]:
    return {name for name in _WHEN if getattr(body, name) is not UNSET and getattr(body, name) != []}


VERBS: Final = (list, get, create, update, delete)
