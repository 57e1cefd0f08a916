"""Whose appointment it is: the patient who is meant by a customer, found or made.

A customer with an id is that patient. Without one the patient is looked for by the email address, then by the phone
number, then by the date of birth together with both names: whatever of these is given, one after another, until one of
them finds somebody. Nobody is looked for by name alone. Each look has one such filter, because the vendor says in more
than one way what several mean together, and what it finds is compared here once more:

* the address, the number or the day is the patient's, and no name or date of birth contradicts what was given, in
  whatever case: children have the number of their parents,
* inactive patients, and people who are no patients, are left out,
* somebody who is there twice, because the practice's own system has them by now, is the one whom that system has.

Several that are left are an AmbiguousCustomerError, and so is a list that is too long to be looked through. Where
nobody is, a patient is made, once; in v3 the vendor gives the one who has the same names, date of birth and number. No
list shows new patients until they have an appointment: in v2 the vendor refuses to make them twice and says who it is,
and if that one fits, it is taken.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import attrs

from apptsdk import customers
from apptsdk.customers import plain
from apptsdk.errors import BadRequestError, NotFoundError, OutcomeUnknownError, ValidationError
from apptsdk.inputs import line
from apptsdk.operation import whole_number
from apptsdk.providers.nexhealth.models import Gender, PatientCreate, WriteState
from apptsdk.providers.nexhealth.operations import patients
from apptsdk.providers.nexhealth.portable import customer_of
from apptsdk.providers.nexhealth.queries import PatientGet, PatientQuery, phone
from apptsdk.reading import turned
from apptsdk.scheduling import AmbiguousCustomerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apptsdk.models import Id, Unset
    from apptsdk.operation import Listing, Operation, Script
    from apptsdk.providers.nexhealth.models import Patient
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.shared import Customer

_NAME: Final = "nexhealth.book"
_NEEDED: Final = ("first_name", "last_name", "email", "phone", "date_of_birth")
"""What the vendor demands of a new patient, beside the provider."""
_OURS: Final = frozenset({"provider_id", "location_id", "phone_number", "return_existing_if_match", *_NEEDED})
ATTRIBUTES: Final = tuple(field.name for field in attrs.fields(PatientCreate) if field.name not in _OURS)
"""What a customer's attributes may say of a new patient, by the fields of `patients.create`."""
_NUMBERS: Final = frozenset({"height", "weight"})
_PHONES: Final = (
    "phone_number",
    "cell_phone_number",
    "home_phone_number",
    "work_phone_number",
    "custom_contact_number",
)
_DIGITS: Final = 10
_MOST: Final = 1000
_PAGES: Final = 25
"""How many pages of patients are looked at. One is enough where the filter works."""
_MATCHING: Final = "patients.return_existing_if_match"
_EXISTING: Final = re.compile(r"exist.*?\bid\b\D{0,5}([1-9][0-9]{0,17})", re.IGNORECASE)
_LOST: Final = (
    "Nothing was booked: it is the making of the patient whose outcome is unknown. Booking again finds who was made."
)


@attrs.frozen
class Search:
    """How the patient is found who is meant by a customer without an id.

    Args:
        scope: Within what.
        customer: The customer.
        looks: Lists of patients, by the customer's field that they are looked for by.
        creation: Makes the patient, where all is given that it takes.
        missing: What is not given of it.
    """

    scope: Scope
    customer: Customer
    looks: Mapping[str, Listing[Patient]]
    creation: Operation[Patient] | None
    missing: tuple[str, ...]

    def patient(self) -> Script[Patient]:
        """Find the patient, or make one.

        Returns:
            A script that gives the patient.

        Raises:
            ValueError: When it runs: there is none, and something is missing to make one.
            AmbiguousCustomerError: When it runs: several could be meant, or more are listed than are looked at.
            OutcomeUnknownError: When it runs: one may have been made; nothing was booked.
        """
        for by, look in self.looks.items():
            found = _one_each((yield from self._listed(look, by)))
            if len(found) > 1:
                raise _ambiguous(
                    f"{len(found)} patients could be the customer: pass one of the candidates, which have ids.", found
                )
            if found:
                return found[0]
        if self.creation is None:
            raise ValueError(customers.not_there(self.missing))
        return (yield from self._made(self.creation))

    def _listed(self, look: Listing[Patient], by: str) -> Script[Sequence[Patient]]:
        """Read who is listed and fits: all pages, because a filter may be ignored, and then everybody is listed."""
        found: list[Patient] = []
        pages = count(1)

        def keep(items: Sequence[Patient]) -> None:
            if next(pages) > _PAGES:
                raise _ambiguous(
                    f"More patients are listed for the customer's {by} than can be looked at: pass a customer with an "
                    "id.",
                    found,
                )
            found.extend(one for one in items if self._is(one, by))

        yield from turned(look, keep)
        return found

    def _made(self, creation: Operation[Patient]) -> Script[Patient]:
        try:
            return (yield from creation)
        except OutcomeUnknownError as error:
            error.add_note(_LOST)
            raise
        except (BadRequestError, ValidationError) as error:
            known = _EXISTING.search(error.message)
            if known is None:
                raise
            there = yield from self._there(known[1])
            if there is None:
                raise
        return there

    def _there(self, number: str) -> Script[Patient | None]:
        """Read whom the vendor would not make twice, if it is who is meant."""
        try:
            there = yield from patients.get(self.scope, number, PatientGet())
        except NotFoundError:
            return None
        return there if self._is(there, "date_of_birth") and self._is(there, "phone") else None

    def _is(self, patient: Patient, by: str) -> bool:
        if patient.inactive is True or (patient.bio or {}).get("non_patient") is True:
            return False
        meant = self.customer
        names = ((meant.first_name, patient.first_name), (meant.last_name, patient.last_name))
        born = patient.date_of_birth
        if by == "date_of_birth":  # many are born on a day: the names must be there, and the same
            return born == meant.date_of_birth and all(plain(asked) == plain(found) for asked, found in names)
        if any(asked and found and plain(asked) != plain(found) for asked, found in names):
            return False
        if meant.date_of_birth is not None and born is not None and born != meant.date_of_birth:
            return False
        if by == "email":
            return plain(patient.email) == plain(meant.email)
        return _digits(meant.phone) in {_digits((patient.bio or {}).get(name)) for name in _PHONES}


def search(scope: Scope, customer: Customer, location_id: Id | Unset, provider_id: Id) -> Search:
    """Say how a customer without an id is found, or made.

    Args:
        scope: Within what.
        customer: The customer.
        location_id: The office at which it is looked for, and made.
        provider_id: The provider who takes it in.

    Returns:
        The search; nothing is asked yet.

    Raises:
        TypeError: A field is of the wrong type.
        ValueError: A field is malformed, or there is nothing to look for.
        ConfigurationError: The office is not known.
    """
    looks = {
        name: patients.list(scope, query)
        for name, query in _queries(
            customer, PatientQuery(location_id=location_id, inactive=False, non_patient=False)
        ).items()
    }
    missing = tuple(name for name in _NEEDED if getattr(customer, name) is None)
    creation = _creation(scope, customer, location_id, provider_id)
    return Search(scope, customer, looks, creation, missing)


def attributes_of(customer: Customer) -> dict[str, Any]:  # Any: by the fields of PatientCreate
    """Write what else a patient is given, by the fields of `patients.create`.

    Args:
        customer: The customer, with an id or without.

    Returns:
        The values that are given.

    Raises:
        TypeError: A value is of the wrong type.
        ValueError: NexHealth's patients have no such field, or a value is malformed.
    """
    customers.refuse_unknown(customer.attributes.keys() - {*ATTRIBUTES}, "NexHealth", ", ".join(ATTRIBUTES))
    found: dict[str, Any] = {}
    for name, value in customer.attributes.items():
        if value is not None:
            where = customers.named(name)
            found[name] = whole_number(value, where, 1, _MOST) if name in _NUMBERS else line(value, where)
    return found | ({"gender": Gender(found["gender"])} if "gender" in found else {})


def _queries(customer: Customer, query: PatientQuery) -> Mapping[str, PatientQuery]:
    """Give the queries by which a customer can be found, by field, the strongest first."""
    born = customer.date_of_birth
    found: dict[str, PatientQuery] = {}
    if customer.email is not None:
        found["email"] = attrs.evolve(query, email=customer.email)
    if customer.phone is not None:
        found["phone"] = attrs.evolve(query, phone_number=phone(customer.phone, "customer.phone"))
    if born is not None and customer.first_name is not None and customer.last_name is not None:
        found["date_of_birth"] = attrs.evolve(query, date_of_birth=born)
    if not found:
        raise ValueError(
            "customer needs an id, an email, a phone, or both names and date_of_birth: nobody is looked for by name "
            "alone, or by the date of birth alone."
        )
    return found


def _creation(scope: Scope, customer: Customer, location_id: Id | Unset, provider_id: Id) -> Operation[Patient] | None:
    """Make the operation that makes a patient; None where something is missing."""
    first_name, last_name, address = customer.first_name, customer.last_name, customer.email
    number, born = customer.phone, customer.date_of_birth
    if first_name is None or last_name is None or address is None or number is None or born is None:
        return None
    body = PatientCreate(
        provider_id=provider_id,
        first_name=first_name,
        last_name=last_name,
        email=address,
        date_of_birth=born,
        phone_number=number,
        location_id=location_id,
        return_existing_if_match=_MATCHING not in scope.version.lacks,
        **attributes_of(customer),
    )
    return patients.create(scope, body)


def _ambiguous(message: str, found: Sequence[Patient]) -> AmbiguousCustomerError:
    candidates = [customer_of(one) for one in found]
    return AmbiguousCustomerError(message, candidates=candidates, provider="nexhealth", operation=_NAME)


def _one_each(found: Sequence[Patient]) -> Sequence[Patient]:
    """Leave out who is there once more until the practice's own system has them, under another id."""
    told = {(plain(one.first_name), plain(one.last_name), one.date_of_birth) for one in found}
    if len(told) > 1:
        return found
    return [one for one in found if one.write_state is not WriteState.PENDING] or found


def _digits(number: object) -> str:
    return "".join(filter(str.isdecimal, number))[-_DIGITS:] if isinstance(number, str) else ""
