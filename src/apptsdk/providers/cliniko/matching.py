"""Which patient a customer is, where no id says so.

By the strongest fields that Cliniko can filter on, one after the other, until one finds somebody: the email address;
the day of birth with both names; the phone number with both names, which are what is filtered by, because a phone
number cannot be. Never by a name alone. The vendor is asked for the strongest field alone, because nobody says whether
its `=` minds case and spaces; names are compared here, where they do not matter. Whoever contradicts what is given is
not taken: another day of birth, another first or last name beside the same email address. Several that fit are
ambiguous. Where nobody fits, a patient is made, which needs both names; the phone number is kept as a mobile's. What is
given beside of a patient who was found changes nothing there.

One customer becomes one patient, however many bookings are made at once: the calls of one client wait for each other.
Those of other processes do not, so whoever made a patient looks again: where the same customer was made a patient
earlier, that one is taken, and the one just made is archived. Who has names only is never found, and is always made.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, get_type_hints

import attrs

from apptsdk import customers
from apptsdk.errors import ApptError
from apptsdk.models import UNSET
from apptsdk.operation import Acquire
from apptsdk.providers.cliniko.lookups import tell
from apptsdk.providers.cliniko.models import Patient, PatientCreate, PatientFilters, PhoneNumberInput, PhoneType
from apptsdk.providers.cliniko.operations import patients
from apptsdk.providers.cliniko.queries import ArchivableQuery
from apptsdk.providers.cliniko.wire import ENCODING, identifier
from apptsdk.reading import whole
from apptsdk.scheduling import AmbiguousCustomerError
from apptsdk.shapes import is_mapping
from apptsdk.shared import Customer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from apptsdk.operation import Lock, Operation, Script
    from apptsdk.providers.cliniko.filters import Filter

F: Final = PatientFilters()
_OWN: Final = frozenset({"custom_fields", "date_of_birth", "email", "first_name", "last_name", "patient_phone_numbers"})
ATTRIBUTES: Final = tuple(field.name for field in attrs.fields(PatientCreate) if field.name not in _OWN)
"""What a customer's attributes may say of a new patient, by the fields of `patients.create`."""
_LONG_ENOUGH: Final = 6
"""How many digits of a phone number tell anything."""
_TURNS: Final = 256
"""How many locks the customers share: an account keeps every lock that it was asked for."""
_EVER: Final = datetime.min.replace(tzinfo=UTC)


def check(customer: Customer) -> None:
    """Refuse a customer who can neither be found nor made, and attributes that Cliniko's patients do not have.

    Raises:
        TypeError: An attribute is of the wrong type.
        ValueError: It is so.
    """
    _attributes(customer)
    if customer.id is not None:
        identifier(customer.id, "customer.id")
        return
    if next(_searches(customer), None) is None and not (customer.first_name and customer.last_name):
        raise ValueError(
            "customer needs an id, an email address, or a first and a last name: a patient is not found by a name "
            "alone, and not made without one."
        )
    _creation(customer)  # for its checks


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
    searches = tuple(_searches(customer))
    creation = _creation(customer)
    if not searches and creation is not None:
        return (yield from creation).id
    # Never for longer than the call may take.
    lock: Lock = yield Acquire(_turn(customer), math.inf)  # type: ignore[assignment]  # as Acquire says
    try:
        found = yield from _found(searches, customer)
        if len(found) > 1:
            raise AmbiguousCustomerError(
                f"{len(found)} patients could be the customer: pass one of the candidates, which have ids.",
                candidates=[as_customer(one) for one in found],
                provider="cliniko",
                operation="cliniko.book",
            )
        if found:
            return found[0].id
        if creation is None:
            raise ValueError(
                customers.not_there(name for name in ("first_name", "last_name") if not getattr(customer, name))
            )
        return (yield from _only((yield from creation), searches, customer))
    finally:
        lock.release()


def _turn(customer: Customer) -> str:
    """Name the lock of a customer: one of a few, of which none says whose it is."""
    names = customers.plain(customer.first_name), customers.plain(customer.last_name)
    strongest = customers.plain(customer.email) or (*names, customer.date_of_birth or _digits(customer.phone))
    return f"customer {hash(strongest) % _TURNS}"


def _found(searches: Iterable[tuple[Filter, ...]], customer: Customer) -> Script[list[Patient]]:
    """Find the patients who could be the customer, by the strongest that finds somebody."""
    for conditions in searches:
        listed = yield from whole(patients.list(ArchivableQuery(q=conditions)))
        found = [one for one in listed if _is(one, customer)]
        if found:
            return found
    return []


def _only(made: Patient, searches: Iterable[tuple[Filter, ...]], customer: Customer) -> Script[str]:
    """See whether another process made the customer a patient earlier, and take that one then."""
    try:
        first = min((*(yield from _found(searches, customer)), made), key=_age)
    except ApptError as error:
        tell(
            f"cliniko: patient {made.id} was made, and nobody could look whether the customer is another, too: "
            f"{type(error).__name__}"
        )
        return made.id
    if first.id != made.id:
        try:
            yield from patients.archive(made.id)
        except ApptError as error:
            tell(
                f"cliniko: patient {made.id} was made although the customer is patient {first.id}, and could not be "
                f"archived: {type(error).__name__}"
            )
    return first.id


def _age(patient: Patient) -> tuple[datetime, int, str]:
    """Sort by when patients were made, and by their ids as numbers."""
    return patient.created_at or _EVER, len(patient.id), patient.id


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
        for address in dict.fromkeys((customer.email, customer.email.lower())):
            yield (F.email == address,)
    if customer.first_name and customer.last_name:
        if customer.date_of_birth:
            yield (F.date_of_birth == customer.date_of_birth,)
        if len(_digits(customer.phone)) >= _LONG_ENOUGH:
            yield (F.first_name == customer.first_name.strip(), F.last_name == customer.last_name.strip())


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
    return bool(one and other) and customers.plain(one) == customers.plain(other)


def _has_phone(patient: Patient, customer: Customer) -> bool:
    wanted = _digits(customer.phone)
    return len(wanted) >= _LONG_ENOUGH and any(
        wanted in {_digits(phone.number), _digits(phone.normalized_number)}
        for phone in patient.patient_phone_numbers or ()
    )


def _digits(phone: str | None) -> str:
    return "".join(filter(str.isdecimal, phone or ""))


def _attributes(customer: Customer) -> dict[str, object]:
    """Write what else a patient is given, by the fields of `patients.create`."""
    given = customer.attributes
    customers.refuse_unknown(given.keys() - {*ATTRIBUTES}, "Cliniko", ", ".join(ATTRIBUTES))
    hints = get_type_hints(PatientCreate, include_extras=True) if given else {}
    return {
        name: ENCODING.encoder(hints[name])(value, customers.named(name))
        for name, value in given.items()
        if value is not None
    }


def _creation(customer: Customer) -> Operation[Patient] | None:
    """Make what makes the patient; None without both names."""
    if not customer.first_name or not customer.last_name:
        return None
    phones = (PhoneNumberInput(number=customer.phone, phone_type=PhoneType.MOBILE),) if customer.phone else UNSET
    operation = patients.create(
        PatientCreate(
            first_name=customer.first_name.strip(),
            last_name=customer.last_name.strip(),
            email=customer.email or UNSET,
            date_of_birth=customer.date_of_birth or UNSET,
            patient_phone_numbers=phones,
        )
    )
    body = operation.body
    assert is_mapping(body)  # noqa: S101 - what create encodes
    return attrs.evolve(operation, body={**body, **_attributes(customer)})
