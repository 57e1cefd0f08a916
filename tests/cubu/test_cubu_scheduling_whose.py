"""Whose an appointment is at Cubu: found by the key, made once, or a contact only; how phones are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from cubu_shapes import NAMED
from cubu_support import CUSTOMER_ID, DESK, LISTED, OPENED, RECORD, RENEWAL, SERVICE, Office, Vendor, answer, refusal
from cubu_support import settings as given_settings
from harness import World

from apptsdk import ConflictError, OutcomeUnknownError, ProviderWarning, RetryPolicy, ValidationError
from apptsdk.providers.cubu import CatalogueFieldType, CubuBooking
from apptsdk.providers.cubu.whose import contact_of, whose
from apptsdk.sandbox.cubu import seed
from apptsdk.sandbox.cubu.records import FieldType
from apptsdk.shared import Channel, Customer

START = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
KEY = "900000001"
ADA = Customer(
    first_name="Ada",
    last_name="Park",
    email="ada@example.org",
    phone="+12025550199",
    date_of_birth=date(1990, 5, 17),
    attributes={"National id": KEY},
)
UNNAMED = attrs.evolve(ADA, first_name=None, last_name=None, date_of_birth=None)
STRANGER = attrs.evolve(UNNAMED, attributes={})
SLOT = f"cubu:{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/540"


@pytest.fixture
def one(sandbox):
    """Give the sandbox to one world: what is tried here is the same in all."""
    return Office(sandbox, World("sync"))


async def book(c, customer=ADA, slot=SLOT, **other):
    return await c.call("book", slot, customer, **{"channel": Channel.VIDEO, **other})


def paths(office, method="POST"):
    return [seen.path.rpartition("/")[2] for seen in office.seen(method)]


# --- records ---------------------------------------------------------------------------------------------------------


def test_a_customer_with_an_id_is_used_as_is(office):
    made = office.tell(lambda c: book(c, Customer(id=office.customer.upper(), attributes={"First name": "Bea"})))
    assert made.customer == Customer(provider="cubu", id=office.customer)
    assert paths(office) == ["appointments"]


def test_a_customer_is_found_by_the_key_and_not_changed(office):
    world = office.emulation.world
    before = world.customers[office.customer]
    made = office.tell(
        lambda c: book(c, attrs.evolve(UNNAMED, attributes={"national ID": before.values[seed.NATIONAL_ID]}))
    )
    assert made.customer == Customer(provider="cubu", id=before.id, email=ADA.email, phone=ADA.phone)
    assert world.customers[before.id] == before
    assert paths(office) == ["query", "appointments"]


@pytest.mark.parametrize("missing", [404, 204])
def test_a_customer_of_no_record_gets_one_which_is_found_the_next_time(missing, office):
    office.emulation.missing_status = missing

    async def story(c):
        first = await book(c)
        return first, await book(c, slot=SLOT.replace("/540", "/555"))

    first, second = office.tell(story)
    assert first.customer == second.customer
    (made,) = office.sandbox.ledger.created("customers")
    assert made == first.customer.id
    assert office.emulation.world.customers[made].values == {
        seed.FIRST_NAME: "Ada",
        seed.LAST_NAME: "Park",
        seed.EMAIL: "ada@example.org",
        seed.PHONE: "+12025550199",
        seed.NATIONAL_ID: KEY,
    }
    assert paths(office) == ["query", "customers", "appointments", "query", "appointments"]


def test_what_stands_in_the_attributes_counts_in_a_new_record(one):
    attributes = {seed.NATIONAL_ID.upper(): KEY, "customer-first-name": "Adaline", "Email": None}
    made = one.tell(lambda c: book(c, attrs.evolve(ADA, attributes=attributes)))
    values = one.emulation.world.customers[made.customer.id].values
    assert (values[seed.FIRST_NAME], values[seed.LAST_NAME]) == ("Adaline", "Park")
    assert seed.EMAIL not in values


def test_a_date_of_birth_is_kept_where_the_catalogue_has_a_field_for_it(one):
    known = one.settings().catalogue
    reason = next(field for field in known.field_types if field.id == seed.REASON)
    other = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e33ff"
    born = CatalogueFieldType(id=other, name="Born", slug="customer-date-of-birth")
    catalogue = attrs.evolve(known, field_types=(*(field for field in known.field_types if field != reason), born))
    with pytest.raises(ValidationError) as caught:  # the sandbox does not have it: so it was sent
        one.tell(book, one.settings(catalogue=catalogue))
    assert set(caught.value.fields) == {f"fields.{other}"}
    assert paths(one) == ["query", "customers"]


def test_a_creation_whose_answer_was_lost_makes_one_customer_and_one_booking(office):
    office.sandbox.fault("drop_after", method="POST", path="*/customers")
    made = office.tell(book)
    assert office.sandbox.ledger.created("customers") == [made.customer.id]
    assert office.live() == [made.id]
    assert not made.recovered


def test_a_creation_of_which_nobody_knows_ends_before_anything_is_booked(office):
    office.sandbox.fault("drop_before", method="POST", path="*/customers")
    with pytest.raises(OutcomeUnknownError) as caught:
        office.tell(book, retry=RetryPolicy(recover_within=2))
    assert caught.value.attempt.operation == "cubu.customers.create"
    assert "appointments" not in paths(office)


RACE = {
    "another made it": ([answer(RECORD)], None),
    "another made it, who is somebody else": ([answer(RECORD)], ValueError),
    "another's field is the matter": ([refusal(404)], ConflictError),
}


@pytest.mark.parametrize("how", RACE)
def test_a_key_that_another_took_meanwhile_is_looked_for_again(how, world):
    found, failure = RACE[how]
    vendor = Vendor(world)
    desk, listed = answer([DESK]), answer([{**LISTED, "customer": {"recordId": CUSTOMER_ID}}])
    vendor.answers(desk, refusal(404), refusal(409, 3000, "Taken."), *found, answer(OPENED, 201), listed)
    given = given_settings(catalogue=NAMED)

    async def story(c):
        return await book(c, ADA if failure else UNNAMED, f"cubu:{SERVICE}/2026-03-03/0/{RENEWAL}/540")

    if failure is None:
        assert vendor.tell(story, given).customer.id == CUSTOMER_ID
    else:
        with pytest.raises(failure):
            vendor.tell(story, given)
    sent = [asked.path for asked in vendor.seen if asked.method == "POST"]
    assert sent[:3] == ["/customers/query", "/customers", "/customers/query"]
    assert len(sent) == (4 if failure is None else 3)


def test_nobody_is_found_or_made_by_name_alone(office):
    lost = "without the customer's key, Cubu keeps no first_name or last_name or date_of_birth; dropped"
    with pytest.warns(ProviderWarning, match=lost):
        made = office.tell(lambda c: book(c, attrs.evolve(ADA, attributes={})))
    assert made.customer == Customer(provider="cubu", email=ADA.email, phone=ADA.phone)
    assert paths(office) == ["appointments"]


def test_a_booking_may_be_of_nobody_who_is_known(one):
    assert one.tell(lambda c: book(c, Customer())).customer is None


# what is given, what the record says of the day of birth, whether that is somebody else
OTHERS = {
    "the same, written otherwise": ({"first_name": " ana", "last_name": "QUILL"}, None, None),
    "another first name": ({"first_name": "Zed"}, None, "customer.first_name"),
    "other names": ({"first_name": "Zed", "last_name": "Quux"}, None, "customer.first_name and customer.last_name"),
    "a day of birth that is not held": ({"date_of_birth": date(1990, 5, 17)}, None, None),
    "the day of birth": ({"date_of_birth": date(1990, 5, 17)}, "1990-05-17T00:00:00Z", None),
    "another day of birth": ({"date_of_birth": date(1990, 5, 17)}, "1990-05-18", "customer.date_of_birth"),
    "a day that is written in another way": ({"date_of_birth": date(1990, 5, 17)}, "18 May 1990", None),
    "another phone number and another address": ({"phone": "+12025550198", "email": "z@quux.example"}, None, None),
}


@pytest.mark.parametrize("what", OTHERS)
def test_nothing_is_booked_for_somebody_whose_record_says_otherwise(what, one):
    given, born, others = OTHERS[what]
    world = one.emulation.world
    record = world.customers[one.customer]
    if born is not None:
        other = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e33ff"
        slug = "customer-date-of-birth"
        world.field_types[other] = FieldType(id=other, name="Born", slug=slug, table="customers", position=9)
        record.values[other] = born
    customer = Customer(attributes={"National id": record.values[seed.NATIONAL_ID]}, **given)
    if others is None:
        assert one.tell(lambda c: book(c, customer)).customer.id == one.customer
        return
    with pytest.raises(ValueError, match=f"^{others}: the record that has this key says otherwise") as caught:
        one.tell(lambda c: book(c, customer))
    assert paths(one) == ["query"]
    assert not [word for word in ("Zed", "Quux", "Ana", "Quill", "1990") if word in str(caught.value)]


WRONG = {
    "no GUID": ({"id": "Ada"}, {}, "customer.id is not a GUID"),
    "no key": ({"attributes": {"First name": "Ada"}}, {}, "give 'National id' among them"),
    "an empty key": ({"attributes": {"National id": None}}, {}, "give 'National id' among them"),
    "a blank key": ({"attributes": {"National id": " "}}, {}, "must be a text"),
    "a key that is a number": ({"attributes": {"National id": 900000001}}, {}, "must be a text"),
    "no field": ({"attributes": {"Shoe size": "44"}}, {}, 'Cubu takes no Shoe size; it takes .* "National id"'),
    "a field twice": ({"attributes": {"First name": "a", "customer-first-name": "b"}}, {}, "names .* twice"),
    "no number": ({"attributes": {"National id": KEY, "First name": float("nan")}}, {}, "must be a finite number"),
    "no email": ({"email": "ada"}, {}, "customer.email is no email address"),
    "no phone": ({"phone": "555"}, {}, "must have ten digits"),
    "a foreign phone": ({"phone": "+972501234567"}, {}, "customer.phone cannot be written"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_customer_that_cannot_be_kept_is_refused_before_anything_is_sent(what, one):
    changes, settings, said = WRONG[what]
    with pytest.raises(ValueError, match=said) as caught:
        one.tell(lambda c: book(c, attrs.evolve(ADA, **changes)), one.settings(**settings))
    assert one.sandbox.requests == []
    assert "+972" not in str(caught.value)


def test_without_a_key_in_the_catalogue_attributes_are_refused(one):
    catalogue = attrs.evolve(one.settings().catalogue, customer_key=None)
    with pytest.raises(ValueError, match="give customer_key in the catalogue"):
        one.tell(book, one.settings(catalogue=catalogue))
    assert one.sandbox.requests == []


# --- what a calendar requires ----------------------------------------------------------------------------------------

REQUIRED = {
    "a record": ("Passport office", STRANGER, r"customer\.id, or customer\.attributes with 'National id'\."),
    "a phone number": ("Island line", Customer(email="ada@example.org"), r"customer\.phone\."),
    "an email address": ("Night line", Customer(phone="+12025550199"), r"customer\.email\."),
}


@pytest.mark.parametrize("what", REQUIRED)
def test_what_a_calendar_requires_is_told_before_anything_is_booked(what, one):
    location, customer, lacking = REQUIRED[what]
    asked = {"service": "General question", "location": location, "start": START, "end": START + timedelta(days=1)}

    async def story(c):
        slot = await c.first(c.list("find_slots", **asked))
        sent = len(one.sandbox.requests)
        with pytest.raises(ValueError, match=rf"^The calendar requires {lacking} Nothing was booked\.$"):
            await book(c, customer, slot)
        assert len(one.sandbox.requests) == sent
        with pytest.raises(ValueError, match="The calendar requires"):
            await book(c, customer, slot.ref)
        assert paths(one) == []
        return await book(c, slot=slot)

    assert one.tell(story).customer.email == ADA.email


def test_without_a_key_in_the_catalogue_a_required_record_is_asked_for_by_id(one):
    catalogue = attrs.evolve(one.settings().catalogue, customer_key=None)
    slot = f"cubu:{seed.PASSPORT_OFFICE}/2026-03-03/0/{seed.QUESTION}/540"
    with pytest.raises(ValueError, match="customer_key in the catalogue names it"):
        one.tell(lambda c: book(c, STRANGER, slot), one.settings(catalogue=catalogue))
    assert paths(one) == []


def test_nobody_is_told_of_by_a_repr():
    who = whose(given_settings(catalogue=NAMED).scope_of_calls, ADA)
    said = repr(who) + repr(CubuBooking(fields={"National id": KEY}))
    assert who.key == KEY
    for told in (KEY, "Ada", "Park", "ada@example.org", "2025550199", "1990"):
        assert told not in said


# --- phone numbers ---------------------------------------------------------------------------------------------------

PHONES = [
    ("ten_digits", "+12025550123", "2025550123"),
    ("ten_digits", "+1 (202) 555-0123", "2025550123"),
    ("ten_digits", "2025550123", "2025550123"),
    ("ten_digits", "+972501234567", None),
    ("ten_digits", "+1202555012", None),
    ("ten_digits", "+11025550123", None),
    ("e164", "+972501234567", "+972501234567"),
    ("e164", "+12025550123", "+12025550123"),
    ("any", "+972501234567", "+972501234567"),
    ("any", "extension 7", "extension 7"),
]


@pytest.mark.parametrize(("form", "phone", "written"), PHONES)
def test_a_number_is_written_with_ten_digits_only_where_they_are_certain(form, phone, written):
    scope = given_settings(phone_format=form).scope_of_calls
    if written is None:
        with pytest.raises(ValueError, match=r"set phone_format in CubuSettings"):
            contact_of(scope, phone, None, "customer.")
    else:
        assert contact_of(scope, phone, None, "customer.") == (written, None)


def test_an_international_number_is_sent_as_it_is_where_cubu_takes_it(office):
    office.emulation.phone_format = "e164"
    abroad = Customer(phone="+972501234567")
    made = office.tell(lambda c: book(c, abroad), office.settings(phone_format="e164"))
    assert made.customer.phone == "+972501234567"
