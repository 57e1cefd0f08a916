"""Available times."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.models import Model


@attrs.frozen(kw_only=True, repr=False)
class AvailableTime(Model):
    """A time at which an appointment can be booked online. Only its start is known: the type has the duration.

    https://docs.api.cliniko.com/openapi/available-time

    Attributes:
        appointment_start: When it begins, UTC.
    """

    shown: ClassVar[tuple[str, ...]] = ("appointment_start",)

    appointment_start: datetime
