"""Which patient a customer is, where no id says so.

By the strongest fields that Cliniko can filter on, one after the other, until one finds somebody: the email address,
with the last name where it is given; the day of birth with both names; the phone number with both names, which are
what is filtered by, because a phone number cannot be. Never by a name alone. Whoever contradicts what is given is not
taken: another day of birth, another first or last name beside the same email address. Several that fit are ambiguous.
Where nobody fits, a patient is made, which needs both names; the phone number is kept as a mobile's. What is given
beside of a patient who was found changes nothing there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import Patient, PatientCreate, PatientFilters, PhoneNumberInput, PhoneType
from apptsdk.providers.cliniko.operations import patients
from apptsdk.providers.cliniko.queries import ArchivableQuery
from apptsdk.reading import whole
from apptsdk.scheduling import AmbiguousCustomerError
from apptsdk.shapes import is_mapping
from apptsdk.shared import Customer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apptsdk.operation import Operation, Script
    from apptsdk.providers.cliniko.filters import Filter

F: Final = PatientFilters()
_OWN: Final = frozenset({"date_of_birth", "email", "first_name", "last_name", "patient_phone_numbers"})
_LONG_ENOUGH: Final = 6
"""How many digits of a phone number tell anything."""


def check(customer: Customer) -> None:
    """Refuse a customer who can neither be found nor made, and attributes that Cliniko does not have.

    Raises:
        ValueError: It is so.
    """
    if next(_searches(customer), None) is None and not (customer.first_name and customer.last_name):
        raise ValueError(
            "customer needs an id, an email address, or a first and a last name: a patient is not found by a name "
            "alone, and not made without one."
        )
    _creation(customer)


def patient_of(customer: Customer) -> Script[str]:
    """Find the patient, or make one.

    Args:
        customer: Who it is; without an id.

    Returns:
        A script that gives the patient's id.

    Raises:
        AmbiguousCustomerError: When it runs: several patients could be meant.
        ValueError: When it runs: there is none, and one cannot be made without both names.
    """
    for conditions in _searches(customer):
        listed = yield from whole(patients.list(ArchivableQuery(q=conditions)))
        found = [one for one in listed if _is(one, customer)]
        if len(found) > 1:
            raise AmbiguousCustomerError(
                f"{len(found)} patients could be the customer: pass one with its id.",
                candidates=[as_customer(one) for one in found],
                provider="cliniko",
                operation="cliniko.book",
            )
        if found:
            return found[0].id
    creation = _creation(customer)
    if creation is None:
        raise ValueError("customer has no patient yet, and needs a first and a last name to be made one.")
    return (yield from creation).id


def as_customer(patient: Patient) -> Customer:
    """Give a patient as all providers do."""
    phones = patient.patient_phone_numbers or ()
    return Customer(
        provider="cliniko",
        id=patient.id,
        first_name=patient.first_name,
        last_name=patient.last_name,
        email=patient.email or None,
        phone=phones[0].number if phones else None,
        date_of_birth=patient.date_of_birth,
    )


def _searches(customer: Customer) -> Iterator[tuple[Filter, ...]]:
    """Give what to filter by, the strongest first."""
    if customer.email:
        yield (F.email == customer.email, *((F.last_name == customer.last_name,) if customer.last_name else ()))
    if customer.first_name and customer.last_name:
        names = (F.first_name == customer.first_name, F.last_name == customer.last_name)
        if customer.date_of_birth:
            yield (F.date_of_birth == customer.date_of_birth, *names)
        if len(_digits(customer.phone)) >= _LONG_ENOUGH:
            yield names


def _is(patient: Patient, customer: Customer) -> bool:
    """Tell whether a patient that was listed is the customer: all is looked at again, and nothing may contradict."""
    given = ((customer.first_name, patient.first_name), (customer.last_name, patient.last_name))
    if patient.merged_at or any(a and b and not _same(a, b) for a, b in given):
        return False
    born = customer.date_of_birth and patient.date_of_birth
    if born and customer.date_of_birth != patient.date_of_birth:
        return False
    named = all(a and b for a, b in given)
    return _same(customer.email, patient.email) or (named and (bool(born) or _has_phone(patient, customer)))


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other) and (one or "").strip().casefold() == (other or "").strip().casefold()


def _has_phone(patient: Patient, customer: Customer) -> bool:
    wanted = _digits(customer.phone)
    return len(wanted) >= _LONG_ENOUGH and any(
        wanted in {_digits(phone.number), _digits(phone.normalized_number)}
        for phone in patient.patient_phone_numbers or ()
    )


def _digits(phone: str | None) -> str:
    return "".join(filter(str.isdecimal, phone or ""))


def _creation(customer: Customer) -> Operation[Patient] | None:
    """Make what makes the patient; None without both names."""
    attributes = {name: value for name, value in customer.attributes.items() if value is not None}
    unknown = attributes.keys() - (attrs.fields_dict(PatientCreate).keys() - _OWN)
    if unknown:
        raise ValueError(f"customer.attributes: Cliniko's patients are not given {', '.join(sorted(unknown))}.")
    if not customer.first_name or not customer.last_name:
        return None
    phones = (PhoneNumberInput(number=customer.phone, phone_type=PhoneType.MOBILE),) if customer.phone else UNSET
    operation = patients.create(
        PatientCreate(
            first_name=customer.first_name,
            last_name=customer.last_name,
            email=customer.email or UNSET,
            date_of_birth=customer.date_of_birth or UNSET,
            patient_phone_numbers=phones,
        )
    )
    body = operation.body
    assert is_mapping(body)  # noqa: S101 - what create encodes
    return attrs.evolve(operation, body={**body, **attributes})
