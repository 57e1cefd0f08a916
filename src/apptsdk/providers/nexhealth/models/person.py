"""People: what patients, guarantors, children and providers have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

import attrs

from apptsdk.models import Model, OpenStr

_DAY: Final = len("1964-05-03")


class Gender(OpenStr):
    """A person's gender, as the vendor tells it. What is left out of a new patient becomes Female."""

    MALE = "Male"
    FEMALE = "Female"
    OTHER = "Other"


@attrs.frozen(kw_only=True, repr=False)
class Person(Model):
    """Somebody whom the vendor knows: a guarantor, a child, a patient's provider. The vendor calls them users.

    https://docs.nexhealth.com/reference/getpatientsid

    Attributes:
        id: The id.
        bio: What else is known: any of `date_of_birth`, `phone_number`, `gender`, `street_address`, `city`, `state`,
            `zip_code`, `new_patient`, `non_patient` and others. No key is certain, and values may be blank.
        created_at: When NexHealth first had them, UTC.
        email: E-mail address.
        first_name: First name.
        foreign_id: Their id in the EHR; None while only NexHealth knows them.
        foreign_id_type: Which EHR that is; `nex` while only NexHealth knows them.
        inactive: Whether they are no longer active.
        institution_id: The institution that they belong to.
        last_name: Last name.
        last_sync_time: When something about them last changed in the EHR, UTC.
        middle_name: Middle name.
        name: The full name.
        updated_at: When they last changed, UTC.
    """

    id: int
    bio: Mapping[str, object] | None = attrs.field(default=None, hash=False)
    created_at: datetime | None = None
    email: str | None = None
    first_name: str | None = None
    foreign_id: str | None = None
    foreign_id_type: str | None = None
    inactive: bool | None = None
    institution_id: int | None = None
    last_name: str | None = None
    last_sync_time: datetime | None = None
    middle_name: str | None = None
    name: str | None = None
    updated_at: datetime | None = None

    @property
    def phone_number(self) -> str | None:
        """The phone number in `bio`, as it stands there; None where there is none or it is blank."""
        value = (self.bio or {}).get("phone_number")
        return value if isinstance(value, str) and value.strip() else None

    @property
    def date_of_birth(self) -> date | None:
        """The date of birth in `bio`; None where there is none, or none that can be read as year, month and day."""
        value = (self.bio or {}).get("date_of_birth")
        if not isinstance(value, str):
            return None
        try:
            return date.fromisoformat(value.strip()[:_DAY])
        except ValueError:
            return None
