"""Recalls: when patients are due again."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import attrs

from apptsdk.models import Model


@attrs.frozen(kw_only=True, repr=False)
class PatientRecallType(Model):
    """The kind of a patient's recall, in short.

    https://docs.nexhealth.com/reference/getpatientrecallsid

    Attributes:
        id: The id.
        description: What it is about.
        interval_num: Every how many units patients are due.
        interval_unit: The unit, such as "M".
        name: The name.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    id: int
    description: str | None = None
    interval_num: int | None = None
    interval_unit: str | None = None
    name: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class RecallType(PatientRecallType):
    """A kind of recall.

    https://docs.nexhealth.com/reference/getrecalltypesid

    Attributes:
        created_at: When NexHealth first had it, UTC.
        foreign_id: Its id in the EHR.
        foreign_id_type: Which EHR that is.
        location_id: The location.
        updated_at: When it last changed, UTC.
    """

    created_at: datetime | None = None
    foreign_id: str | None = None
    foreign_id_type: str | None = None
    location_id: int | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True, repr=False)
class PatientRecall(Model):
    """That a patient is due again.

    https://docs.nexhealth.com/reference/getpatientrecallsid

    Attributes:
        id: The id.
        appointment_id: The appointment that was made for it.
        created_at: When NexHealth first had it, UTC.
        date_due: The day on which they are due.
        foreign_id: Its id in the EHR.
        foreign_id_type: Which EHR that is.
        patient_id: The patient.
        recall_id: The id of its kind.
        recall_type: Its kind.
        updated_at: When it last changed, UTC.
    """

    id: int
    appointment_id: int | None = None
    created_at: datetime | None = None
    date_due: date | None = None
    foreign_id: str | None = None
    foreign_id_type: str | None = None
    patient_id: int | None = None
    recall_id: int | None = None
    recall_type: PatientRecallType | None = None
    updated_at: datetime | None = None
