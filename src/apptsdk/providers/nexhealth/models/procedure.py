"""Procedures: what is done to a patient."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import attrs

from apptsdk.models import Model, OpenStr
from apptsdk.providers.nexhealth.models.shared import Price


class ProcedureStatus(OpenStr):
    """How far a procedure is."""

    PLANNED = "planned"
    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    INACTIVE = "inactive"
    REFERRED = "referred"


@attrs.frozen(kw_only=True, repr=False)
class ProcedureBodySite(Model):
    """Where on a patient something is done.

    https://docs.nexhealth.com/reference/getproceduresid

    Attributes:
        surface: The codes of the tooth's surfaces.
        tooth: The teeth, mostly by their numbers.
    """

    shown: ClassVar[tuple[str, ...]] = ()

    surface: str | None = None
    tooth: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True, repr=False)
class Procedure(Model):
    """Something that is planned for, or was done to, a patient.

    https://docs.nexhealth.com/reference/getproceduresid

    Attributes:
        id: The id.
        appointment_id: The appointment that it belongs to; None where it belongs to none.
        body_site: Where it is done.
        code: Its code.
        end_date: The day on which it ends.
        fee: What it costs.
        location_id: The location.
        name: The name.
        patient_id: The patient.
        provider_id: The provider.
        start_date: The day on which it begins.
        status: How far it is.
        treatment_plan_ids: The treatment plans that it belongs to. v3 only.
        updated_at: When it last changed, UTC.
    """

    shown: ClassVar[tuple[str, ...]] = ("id",)

    id: int
    appointment_id: int | None = None
    body_site: ProcedureBodySite | None = None
    code: str | None = None
    end_date: date | None = None
    fee: Price | None = None
    location_id: int | None = None
    name: str | None = None
    patient_id: int | None = None
    provider_id: int | None = None
    start_date: date | None = None
    status: ProcedureStatus | None = None
    treatment_plan_ids: tuple[int, ...] | None = None
    updated_at: datetime | None = None
