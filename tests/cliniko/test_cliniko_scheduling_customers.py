"""Which patient a customer is: by the strongest fields, never by a name alone, ambiguous ones told, else made."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from harness import Watch
from props import props

from apptsdk import Client, Cliniko
from apptsdk.errors import NoAnswerError, OutcomeUnknownError, ProviderWarning
from apptsdk.operation import Acquire, Page
from apptsdk.providers.cliniko import Patient, matching
from apptsdk.scheduling import AmbiguousCustomerError
from apptsdk.shared import Customer, Host, Location, Service, Slot

HOUR = timedelta(hours=1)
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
    "by her email address, and names with spaces": of("email", first_name="Ada ", last_name=" park"),
    "by her birthday, and names in capitals with spaces": of("date_of_birth", first_name=" ADA", last_name="PARK "),
    "by her phone number, and names with spaces": of("phone", first_name="Ada ", last_name=" Park"),
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
    assert isinstance(next(script), Acquire)
    asked = [script.send(Held()).name]
    asked += [script.send(Page((merged,))).name for _ in range(3)]
    assert asked == [*["cliniko.patients.list"] * 3, "cliniko.patients.create"]


class Held:
    """A lock that is held, until it is released."""

    def __init__(self):
        self.released = 0

    def release(self):
        self.released += 1


def turn_of(customer):
    """Say for which lock a customer's bookings wait; what waits for none asks for something else first."""
    asked = next(matching.patient_of(customer))
    return asked.name if isinstance(asked, Acquire) else None


def test_one_customer_waits_for_one_lock_however_it_is_written_and_its_name_says_nothing():
    spelt = [ADA, of(email="ADA.PARK@example.com"), of("email", first_name="Somebody", last_name="Else")]
    assert len({turn_of(one) for one in spelt}) == 1
    assert {turn_of(of("date_of_birth", first_name=name, last_name="Park")) for name in ("Ada", " ADA")} == {
        turn_of(of("date_of_birth", "first_name", "last_name"))
    }
    many = {turn_of(but(email=f"ada{number}@example.com")) for number in range(500)}
    assert 100 < len(many) <= 256
    assert all(name.removeprefix("customer ").isdecimal() for name in many)


def test_who_is_never_found_waits_for_nobody():
    assert turn_of(of("first_name", "last_name")) is None


ENDS = {
    "found": [Page((Patient(id="1", email=ADA.email),))],
    "ambiguous": [Page((Patient(id="1", email=ADA.email), Patient(id="2", email=ADA.email)))],
    "failed": [NoAnswerError("no")],
    "made": [Page(()), Page(()), Page(()), Patient(id="3"), Page((Patient(id="3", email=ADA.email),))],
    "interrupted": [Page(()), KeyboardInterrupt()],
}


@pytest.mark.parametrize("answers", ENDS.values(), ids=ENDS)
def test_the_lock_is_released_however_it_ends(answers):
    held = Held()
    script = matching.patient_of(ADA)
    next(script)
    script.send(held)

    def told():
        for one in answers:
            assert held.released == 0
            script.throw(one) if isinstance(one, BaseException) else script.send(one)

    with pytest.raises((StopIteration, AmbiguousCustomerError, NoAnswerError, KeyboardInterrupt)):
        told()
    assert held.released == 1


def test_an_address_is_looked_for_as_it_is_given_and_in_small_letters():
    script = matching.patient_of(of(email="Ada.Park@Example.com"))
    next(script)
    asked = [script.send(Held()), script.send(Page(()))]
    assert [dict(one.query)["q[]"] for one in asked] == ["email:=Ada.Park@Example.com", "email:=ada.park@example.com"]


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
    assert [text for name, text in asked.query if name == "q[]"] == ["email:=ada.park@example.com"]


# --- several at once -------------------------------------------------------------------------------------------------

NIA = Customer(first_name="Nia", last_name="Moss", email="nia@example.org")
THREADS = 4


def test_a_new_customer_who_is_booked_by_several_threads_at_once_is_made_once(sandbox):
    waiting = threading.Barrier(THREADS)

    def before_it_is_made(attempt):
        # Without turns all of them come here before one is made.
        if attempt.operation == "cliniko.patients.create":
            with suppress(threading.BrokenBarrierError):
                waiting.wait(0.3)

    with Cliniko(sandbox.cliniko, pace=(), on_attempt=before_it_is_made) as cliniko:
        slots = [attrs.evolve(SLOT, start=SLOT.start + number * HOUR) for number in range(THREADS)]
        with ThreadPoolExecutor(THREADS) as pool:
            made = list(pool.map(lambda slot: cliniko.book(slot, NIA, check_conflicts=False), slots))
    (patient,) = sandbox.ledger.created("patients")
    assert {one.customer.id for one in made} == {patient}


def elsewhere(clinic, made):
    """Give what makes the customer a patient in another process, right before this one does."""

    def hook(attempt):
        if attempt.operation == "cliniko.patients.create":
            with Cliniko(clinic.sandbox.cliniko) as other:
                made.append(other.patients.create(first_name="Nia", last_name="Moss", email="NIA@example.org").id)

    return hook


def test_a_customer_whom_another_process_made_at_the_same_moment_is_one_patient_in_the_end(clinic):
    theirs = []
    made = clinic.tell(lambda c: c.call("book", SLOT, NIA), on_attempt=elsewhere(clinic, theirs))
    assert [made.customer.id] == theirs
    assert len(clinic.sandbox.ledger.created("patients")) == 2
    assert clinic.sandbox.ledger.live("patients") == theirs
    again = clinic.tell(lambda c: c.call("book", attrs.evolve(SLOT, start=SLOT.start + HOUR), NIA))
    assert [again.customer.id] == theirs


def test_a_patient_who_was_made_twice_and_cannot_be_archived_is_told(clinic):
    theirs = []
    clinic.sandbox.fault("status", method="POST", path="/patients/*/archive", status=403)
    with pytest.warns(ProviderWarning, match="although the customer is patient .* could not be archived: Permission"):
        made = clinic.tell(lambda c: c.call("book", SLOT, NIA), on_attempt=elsewhere(clinic, theirs))
    assert [made.customer.id] == theirs


def test_a_patient_after_whose_making_nobody_could_look_is_taken_and_it_is_told(clinic):
    clinic.sandbox.fault("status", method="GET", path="/patients", status=403, skip=1)
    with pytest.warns(ProviderWarning, match="nobody could look whether the customer is another, too: Permission"):
        made = clinic.tell(lambda c: c.call("book", SLOT, NIA))
    assert clinic.sandbox.ledger.created("patients") == [made.customer.id]


@pytest.mark.parametrize("kind", [Cliniko, Client])
def test_the_first_slot_that_is_free_is_looked_for_for_one_patient(kind, sandbox):
    left = [2]

    def rival(attempt):
        if attempt.operation == "cliniko.individual_appointments.create" and left[0]:
            left[0] -= 1
            with Cliniko(sandbox.cliniko, pace=()) as desk:
                first(desk, Customer(id=props().patients[0]), check_conflicts=False)

    with kind(sandbox.cliniko, on_attempt=rival, clock=Watch(sandbox)) as client:
        made = first(client, Customer(first_name="Wes", last_name="Walkin"))
    assert left == [0]
    assert sandbox.ledger.created("patients") == [made.customer.id]


def first(client, customer, **more):
    span = {"start": SLOT.start, "end": SLOT.start + 48 * HOUR}
    where = {"service": f"cliniko:{KIND}", "host": f"cliniko:{PRACTITIONER}", "location": f"cliniko:{BUSINESS}"}
    return client.book_first_available(customer, **span, **where, **more)


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
    with pytest.raises(ValueError, match=r"^customer is not there yet, and .* first_name, last_name\. Nothing was"):
        book(clinic, Customer(email="nobody@example.org"))
    assert clinic.seen("POST") == []


@pytest.mark.parametrize("name", ["shoe_size", "email", "patient_phone_numbers"])
def test_an_attribute_that_patients_do_not_have_is_refused_before_anything_is_sent(name, clinic):
    with pytest.raises(ValueError, match=f"^customer.attributes: Cliniko takes no {name}; it takes accepted_email"):
        book(clinic, Customer(first_name="Nia", last_name="Moss", attributes={name: "43"}))
    assert clinic.seen() == []


TYPES = {
    "city": (5, TypeError, r"^customer\.attributes\['city'\] must be str, not int\.$"),
    "accepted_privacy_policy": ("yes", TypeError, r"\['accepted_privacy_policy'\] must be bool, not str\.$"),
    "referring_doctor_id": ("abc", ValueError, r"\['referring_doctor_id'\] is not a Cliniko id"),
}


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("who", [{"id": "7"}, {"email": "nia@example.org"}, {"first_name": "Nia", "last_name": "Moss"}])
def test_an_attribute_of_the_wrong_type_is_refused_whoever_it_is_of(who, name, clinic):
    value, kind, said = TYPES[name]
    with pytest.raises(kind, match=said):
        book(clinic, Customer(**who, attributes={name: value}))
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
