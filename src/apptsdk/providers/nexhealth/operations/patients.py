"""Patients of a practice.

https://docs.nexhealth.com/reference/getpatients
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from apptsdk.models import Unset
from apptsdk.operation import Operation
from apptsdk.providers.nexhealth.models import Patient, PatientCreate
from apptsdk.providers.nexhealth.queries import PatientGet, PatientQuery, phone
from apptsdk.providers.nexhealth.resource import Nothing, Resource
from apptsdk.providers.nexhealth.scope import Scope

resource: Final = Resource(
    "patients",
    "a patient",
    Patient,
    PatientCreate,
    Nothing,
    PatientQuery,
    PatientGet,
    keys=("user", "patient"),
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

_MATCHING: Final = "patients.return_existing_if_match"
_ADVICE: Final = (
    "It cannot be looked up: NexHealth lists no patient without an appointment. Calling create again with "
    "return_existing_if_match=True gives the one that was made, or makes it."
)
_EMAIL: Final = re.compile(r"[^@\s]+@(?:[-a-z0-9]+\.)+[a-z]{2,}", re.IGNORECASE)


def create(scope: Scope, body: PatientCreate) -> Operation[Patient]:
    """Create a patient. They exist in NexHealth alone until their first appointment is written.

    Telephone numbers may be given in any form and are sent as the vendor needs them, ten bare digits; what you gave
    stays as it is in your own objects.

    A lost answer cannot be looked up, because lists leave a patient out until they have an appointment. Calling again
    with `return_existing_if_match=True` gives the one that was made, or makes it.

    Args:
        scope: Within what.
        body: The fields.

    Returns:
        The new patient; an existing one where `return_existing_if_match` found them by name, birth date and number.

    Raises:
        ValueError: An argument is malformed; nothing was sent.
        ConfigurationError: The practice or the office is not known.
        UnsupportedError: `return_existing_if_match` in v2, which ignores it.
        ValidationError: The vendor refuses a field.
        BadRequestError: The patient exists already.
        OutcomeUnknownError: The patient may have been made; nobody could say.
    """
    if not isinstance(body.email, str) or not _EMAIL.fullmatch(body.email):
        raise ValueError("email must be an e-mail address.")
    if body.return_existing_if_match:
        scope.version.check(_MATCHING, "nexhealth.patients.create")
    body = attrs.evolve(
        body,
        phone_number=phone(body.phone_number, "phone_number"),
        cell_phone_number=_phone(body.cell_phone_number, "cell_phone_number"),
        home_phone_number=_phone(body.home_phone_number, "home_phone_number"),
        work_phone_number=_phone(body.work_phone_number, "work_phone_number"),
    )
    operation = resource.create(scope, body)
    # Lists leave new patients out until they have an appointment, so there is nothing to look at.
    return attrs.evolve(operation, advice=_ADVICE if _MATCHING not in scope.version.lacks else None)


def _phone(number: str | Unset, argument: str) -> str | Unset:
    return number if isinstance(number, Unset) else phone(number, argument)


VERBS: Final = (list, get, create)
