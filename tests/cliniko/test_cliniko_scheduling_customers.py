"""Which patient a customer is: by the strongest fields, never by a name alone, ambiguous ones told, else made."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from props import props

from apptsdk.errors import OutcomeUnknownError
from apptsdk.operation import Page
from apptsdk.providers.cliniko import Patient, matching
from apptsdk.scheduling import AmbiguousCustomerError
from apptsdk.shared import Customer, Host, Location, Service, Slot

BUSINESS, PRACTITIONER, KIND = props().triple
SLOT = Slot(
    provider="cliniko",
    start=datetime(2026, 3, 10, 2, 0, tzinfo=UTC),
    service=Service(id=KIND),
    host=Host(id=PRACTITIONER),
    location=Location(id=BUSINESS),
)
ADA = Customer(
    first_name="Ada",
    last_name="Park",
    email="ada.park@example.com",
    phone="+61491570006",
    date_of_birth=date(1950, 1, 3),
)


def but(**fields):
    given = {name: getattr(ADA, name) for name in ("first_name", "last_name", "email", "phone", "date_of_birth")}
    return Customer(**{**given, **fields})


def of(*names, **fields):
    return Customer(**{name: getattr(ADA, name) for name in names}, **fields)


def book(clinic, customer):
    return clinic.tell(lambda c: c.call("book", SLOT, customer))


SHE = {
    "by all": ADA,
    "by her email address alone": of("email"),
    "by her email address in capitals": of(email="ADA.PARK@EXAMPLE.COM"),
    "by her email address and her names in capitals": of("email", first_name="ADA", last_name="PARK"),
    "by her names and her birthday": of("first_name", "last_name", "date_of_birth"),
    "by her names and her birthday, with a new email address": but(email="ada@example.org", phone=None),
    "by her names and her phone number": of("first_name", "last_name", "phone"),
    "by her names and her phone number as she says it": of("first_name", "last_name", phone="0491 570 006"),
    "by her names and her phone number, with a new email address": but(email="ada@example.org", date_of_birth=None),
}


@pytest.mark.parametrize("customer", SHE.values(), ids=SHE)
def test_a_patient_is_found(customer, clinic):
    made = book(clinic, customer)
    assert made.customer.id == props().patients[0]
    assert clinic.sandbox.ledger.created("patients") == []


SOMEBODY_ELSE = {
    "names alone": of("first_name", "last_name"),
    "another first name at the same email address": of("email", "last_name", first_name="Ben"),
    "another last name at the same email address": of("email", "first_name", last_name="Osei"),
    "another birthday at the same email address": but(date_of_birth=date(1980, 1, 3), phone=None),
    "another birthday with the same phone number": but(date_of_birth=date(1980, 1, 3), email=None),
    "another phone number": of("first_name", "last_name", phone="+61491570007"),
    "too little of a phone number": of("first_name", "last_name", phone="006"),
    "an archived patient's email address": Customer(first_name="Kofi", last_name="Archer", email="kofi.l@example.com"),
}


@pytest.mark.parametrize("customer", SOMEBODY_ELSE.values(), ids=SOMEBODY_ELSE)
def test_a_patient_is_made_where_nobody_fits(customer, clinic):
    made = book(clinic, customer)
    assert clinic.sandbox.ledger.created("patients") == [made.customer.id]


def test_an_archived_patient_is_not_found(clinic):
    async def story(c):
        await c.call("patients.archive", props().patients[0])
        return await c.call("book", SLOT, ADA)

    assert clinic.sandbox.ledger.created("patients") == []
    made = clinic.tell(story)
    assert clinic.sandbox.ledger.created("patients") == [made.customer.id]


def test_a_patient_who_was_merged_into_another_is_not_found():
    merged = Patient(id="1", email=ADA.email, first_name="Ada", last_name="Park", merged_at=SLOT.start)
    script = matching.patient_of(ADA)
    asked = [next(script).name]
    asked += [script.send(Page((merged,))).name for _ in range(3)]
    assert asked == [*["cliniko.patients.list"] * 3, "cliniko.patients.create"]


def test_a_patient_is_made_of_all_that_is_given(clinic):
    customer = Customer(
        first_name="Nia",
        last_name="Moss",
        email="nia@example.org",
        phone="+61491570310",
        date_of_birth=date(1990, 5, 17),
        attributes={"city": "Sydney", "accepted_privacy_policy": True, "reminder_type": "SMS", "state": None},
    )

    async def story(c):
        first = await c.call("book", SLOT, customer)
        await c.call("cancel", first)
        again = await c.call("book", SLOT, customer)
        return first, again, await c.call("patients.get", first.customer.id)

    first, again, patient = clinic.tell(story)
    assert (patient.first_name, patient.last_name, patient.email) == ("Nia", "Moss", "nia@example.org")
    assert (patient.date_of_birth, patient.city, patient.reminder_type) == (date(1990, 5, 17), "Sydney", "SMS")
    assert patient.accepted_privacy_policy is True
    (phone,) = patient.patient_phone_numbers
    assert (phone.number, phone.phone_type) == ("+61491570310", "Mobile")
    assert again.customer == first.customer
    assert clinic.sandbox.ledger.created("patients") == [patient.id]


def test_several_who_fit_are_told_and_nothing_is_written(clinic):
    async def story(c):
        twin = await c.call("patients.create", first_name="Ada", last_name="Park", email=ADA.email)
        written = len(clinic.seen("POST"))
        with pytest.raises(AmbiguousCustomerError, match="2 patients could be the customer") as caught:
            await c.call("book", SLOT, of("email", "first_name", "last_name"))
        assert len(clinic.seen("POST")) == written
        return twin, caught.value, await c.call("book", SLOT, caught.value.candidates[1])

    twin, error, made = clinic.tell(story)
    assert [one.id for one in error.candidates] == [props().patients[0], twin.id]
    assert error.candidates[0] == Customer(
        provider="cliniko",
        id=props().patients[0],
        first_name="Ada",
        last_name="Park",
        email=ADA.email,
        phone="0491 570 006",
        date_of_birth=ADA.date_of_birth,
    )
    assert made.customer.id == twin.id
    assert "Park" not in f"{error}{error!r}"


def test_the_strongest_that_finds_somebody_is_asked_and_no_more(clinic):
    book(clinic, ADA)
    (asked,) = [one for one in clinic.seen("GET") if one.path.endswith("/patients")]
    assert sorted(text for name, text in asked.query if name == "q[]") == [
        "email:=ada.park@example.com",
        "last_name:=Park",
    ]


NEITHER = {
    "nothing": Customer(),
    "a last name": of("last_name"),
    "a phone number": of("phone"),
    "a birthday and half a name": of("date_of_birth", "last_name"),
}


@pytest.mark.parametrize("customer", NEITHER.values(), ids=NEITHER)
def test_who_can_neither_be_found_nor_made_is_refused_before_anything_is_sent(customer, clinic):
    with pytest.raises(ValueError, match="an id, an email address, or a first and a last name"):
        book(clinic, customer)
    assert clinic.seen() == []


def test_who_is_not_found_and_cannot_be_made_is_refused_before_anything_is_written(clinic):
    with pytest.raises(ValueError, match="needs a first and a last name"):
        book(clinic, Customer(email="nobody@example.org"))
    assert clinic.seen("POST") == []


@pytest.mark.parametrize("name", ["shoe_size", "email", "patient_phone_numbers"])
def test_an_attribute_that_patients_do_not_have_is_refused_before_anything_is_sent(name, clinic):
    with pytest.raises(ValueError, match=f"are not given {name}"):
        book(clinic, Customer(first_name="Nia", last_name="Moss", attributes={name: "43"}))
    assert clinic.seen() == []


def test_a_patient_whose_making_was_not_answered_is_made_once(clinic):
    clinic.sandbox.fault("drop_after", method="POST", path="/patients")
    made = book(clinic, Customer(first_name="Nia", last_name="Moss", email="nia@example.org"))
    assert clinic.sandbox.ledger.created("patients") == [made.customer.id]


def test_where_nobody_knows_whether_a_patient_was_made_nothing_is_booked(clinic):
    clinic.sandbox.fault("drop_before", method="POST", path="/patients")
    with pytest.raises(OutcomeUnknownError) as caught:
        book(clinic, Customer(first_name="Nia", last_name="Moss", email="nia@example.org"))
    assert caught.value.attempt.operation == "cliniko.patients.create"
    assert clinic.sandbox.ledger.created("individual_appointments") == []
