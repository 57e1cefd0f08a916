"""Services: which appointment type is offered where, and by whom."""

from __future__ import annotations

from typing import ClassVar

import attrs

from apptsdk.models import Link, Model


@attrs.frozen(kw_only=True, repr=False)
class Service(Model):
    """An appointment type that a business offers. It has no id of its own.

    https://docs.api.cliniko.com/openapi/service

    Attributes:
        appointment_type: What is offered.
        business: Where.
        practitioners: By whom.
    """

    shown: ClassVar[tuple[str, ...]] = ("appointment_type", "business")

    appointment_type: Link
    business: Link
    practitioners: tuple[Link, ...] | None = None
