"""Alerts about patients, what makes them and what changes them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.models import Model
from apptsdk.providers.nexhealth.models.shared import Input


@attrs.frozen(kw_only=True, repr=False)
class PatientAlert(Model):
    """A note that the EHR shows to staff who open a patient's file. Only those made through the API are listed.

    https://docs.nexhealth.com/reference/getpatientsidalertsalertid

    Attributes:
        id: The id.
        created_at: When it was made, UTC.
        disabled_at: When it was switched off, UTC; None while it is on.
        note: The note.
        patient_id: The patient.
        updated_at: When it last changed, UTC.
    """

    id: int
    created_at: datetime | None = None
    disabled_at: datetime | None = None
    note: str | None = None
    patient_id: int | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class PatientAlertCreate(Input):
    """What makes an alert.

    https://docs.nexhealth.com/reference/postpatientsidalerts

    Args:
        note: The note, for staff.
    """

    within: ClassVar[str] = "patient_alert"

    note: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class PatientAlertUpdate(Input):
    """What changes an alert.

    https://docs.nexhealth.com/reference/patchpatientsidalertsalertid

    Args:
        disabled: True switches it off. Whether false switches it on again is not documented.
    """

    within: ClassVar[str] = "patient_alert"

    disabled: bool
