"""What lists and reads of patients take, their alerts and recalls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

import attrs

from apptsdk.models import UNSET, Id, Unset
from apptsdk.providers.nexhealth.models import (
    PatientInclude,
)
from apptsdk.providers.nexhealth.queries.base import (
    InOffice,
    Listed,
    Paged,
    Query,
)
from apptsdk.providers.nexhealth.scope import Scope

_NANP: Final = 10


@attrs.frozen(kw_only=True, slots=False)
class PatientQuery(InOffice, Paged):
    """A list of patients. What several filters mean together the vendor says in more than one way.

    Args:
        name: Only those whose name is like this.
        email: Only those with this address.
        phone_number: Only those with this number, which is looked for as it is stored: ten digits.
        date_of_birth: Only those who were born on this day.
        inactive: Only inactive ones, or only active ones.
        foreign_id: Only that with this id in the practice's own system.
        updated_since: Only those that changed since then.
        new_patient: Only new ones with an appointment ahead, or only others.
        non_patient: Only people who are no patients, or only patients.
        forms_syncable: Only those whose file takes forms, or only others.
        location_strict: Whether patients of other offices on the same system are left out.
        include: What to send along; in v2 only: elsewhere `get` one.
        sort: Fields to order by, with a leading dash for descending: `["-updated_at"]`; by default `id`.
    """

    name: str | Unset = attrs.field(default=UNSET, repr=False)
    email: str | Unset = attrs.field(default=UNSET, repr=False)
    phone_number: str | Unset = attrs.field(default=UNSET, repr=False)
    date_of_birth: date | Unset = attrs.field(default=UNSET, repr=False)
    inactive: bool | Unset = UNSET
    foreign_id: str | Unset = UNSET
    updated_since: datetime | Unset = UNSET
    new_patient: bool | Unset = UNSET
    non_patient: bool | Unset = UNSET
    forms_syncable: bool | Unset = UNSET
    location_strict: bool | Unset = UNSET
    include: Sequence[PatientInclude] = ()
    sort: Sequence[str] = ()

    def asked(self, scope: Scope, resource: str) -> Iterator[tuple[str, str]]:
        """Give what the caller asks for, as the vendor writes it."""
        for name, value in super().asked(scope, resource):
            yield name, phone(value, name) if name == "phone_number" else value


@attrs.frozen(kw_only=True, slots=False)
class PatientGet(Query):
    """What a read of a patient takes.

    Args:
        include: What to send along.
    """

    include: Sequence[PatientInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class AlertQuery(Listed):
    """A list of a patient's alerts.

    Args:
        include_disabled: Whether disabled ones are listed too.
    """

    include_disabled: bool | Unset = UNSET


@attrs.frozen(kw_only=True, slots=False)
class PatientRecallQuery(InOffice, Paged):
    """A list of recalls of patients.

    Args:
        recall_id: Only those of this recall type.
        patient_id: Only those of this patient.
        foreign_id: Only that with this id in the practice's own system.
        updated_since: Only those that changed since then.
        due_after: Only those that are due after then.
        sort: Fields to order by, with a leading dash for descending: `["date_due"]`.
    """

    recall_id: Id | Unset = UNSET
    patient_id: Id | Unset = UNSET
    foreign_id: str | Unset = UNSET
    updated_since: datetime | Unset = UNSET
    due_after: datetime | Unset = UNSET
    sort: Sequence[str] = ()


@attrs.frozen(kw_only=True, slots=False)
class RecallTypeQuery(InOffice, Listed):
    """A list of recall types.

    Args:
        foreign_id: Only that with this id in the practice's own system.
        updated_since: Only those that changed since then.
    """

    foreign_id: str | Unset = UNSET
    updated_since: datetime | Unset = UNSET


def phone(value: str, argument: str) -> str:
    """Write a telephone number as the vendor stores it: ten digits of the North American numbering plan.

    It cuts longer ones off after ten characters and then finds nobody, so that +1 and punctuation must go.

    Args:
        value: The number, in whatever form.
        argument: The argument's name, for the message.

    Returns:
        The ten digits.

    Raises:
        TypeError: It is no str.
        ValueError: It is no such number.
    """
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.")
    digits = "".join(filter(str.isdecimal, value))
    if len(digits) == _NANP + 1 and digits.startswith("1"):
        digits = digits[1:]
    strange = set(value) - set("0123456789 .-()+/") or ("+" in value and not value.strip().startswith("+1"))
    if strange or len(digits) != _NANP or digits[0] in "01" or not digits.isascii():
        raise ValueError(
            f"{argument} must be a North American telephone number: ten digits, of which the first is 2 to 9, "
            'with or without +1 and punctuation, such as "+1 (415) 555-0132".'
        )
    return digits
