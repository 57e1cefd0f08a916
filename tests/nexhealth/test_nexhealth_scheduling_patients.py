"""Whose appointment a portable booking is: which patient is found, which is made, and what must be given for that."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from nexhealth_support import APPOINTMENT, BOTH, answer, raw, refusal, rows, settings
from nexhealth_verbs import ADA, CHICAGO, asked_for, customer, query_of, usual

from apptsdk import (
    AmbiguousCustomerError,
    BadRequestError,
    OutcomeUnknownError,
    SlotUnavailableError,
    ValidationError,
)
from apptsdk.providers.nexhealth.matching import ATTRIBUTES
from apptsdk.shared import Customer, Host, Service, Slot

SLOT = "nexhealth:riverbend-dental/41/71/305/12/2031-04-15T14:00:00Z/2031-04-15T14:30:00Z"
BOOKED = answer({"appt": {**APPOINTMENT, "patient_id": 9001}}, 201)
BIO = ADA["bio"]
FILTERS = ("email", "phone_number", "date_of_birth")


def person(number, *, bio=None, **other):
    return {**ADA, "id": number, **other, "bio": {**BIO, **(bio or {})}}


def holds(row, name, value):
    return value in {str(row.get(name)), str(row["bio"].get(name)), str(row["bio"].get(f"cell_{name}"))}


def filtering(*people, name="v3.0.0"):
    """List people as the vendor does, by the filter that is given."""

    def listed(request):
        query = query_of(request)
        found = [row for row in people if all(holds(row, key, query[key][0]) for key in FILTERS if key in query)]
        return answer({"patients": found}, count=len(found)) if name == "v2" else rows(*found)

    return listed


def book(who, **other):
    return lambda c: c.call("book", SLOT, who, **other)


def booked_for(vendor):
    """Give the id of the patient whom the one booking was for."""
    (body,) = [one.body for one in vendor.seen if (one.method, one.path) == ("POST", "/appointments")]
    return body["appt"]["patient_id"]


def looks(vendor):
    return [next(key for key in FILTERS if key in query) for query in asked_for(vendor, "/patients")]


# --- found -----------------------------------------------------------------------------------------------------------

BILL = person(9002, first_name="Bill", bio={"date_of_birth": "2015-01-01"})
FOUND = {
    # What is given; who is there; who it is; by what it was looked for.
    "by the address": ({}, [ADA], 9001, ["email"]),
    "by the address, in another case": ({"first_name": "adaline ", "last_name": "PARKINSON"}, [ADA], 9001, ["email"]),
    "by the address alone": (
        {"first_name": None, "last_name": None, "phone": None, "date_of_birth": None},
        [ADA],
        9001,
        ["email"],
    ),
    "by the number": ({"email": None}, [ADA], 9001, ["phone_number"]),
    "by the number alone": (
        {"first_name": None, "last_name": None, "email": None, "date_of_birth": None},
        [ADA],
        9001,
        ["phone_number"],
    ),
    "by another of the numbers": (
        {"email": None},
        [person(9001, bio={"phone_number": "", "cell_phone_number": "4155550132"})],
        9001,
        ["phone_number"],
    ),
    "by the number, where the address is new": ({"email": "ada@new.example"}, [ADA], 9001, ["email", "phone_number"]),
    "by the day and the names": ({"email": None, "phone": None}, [ADA], 9001, ["date_of_birth"]),
    "by the day, where address and number are new": (
        {"email": "ada@new.example", "phone": "415 555 0199"},
        [ADA],
        9001,
        ["email", "phone_number", "date_of_birth"],
    ),
    "the mother and not the child": ({}, [BILL, ADA], 9001, ["email"]),
    "the child and not the mother": (
        {"first_name": "Bill", "date_of_birth": date(2015, 1, 1)},
        [ADA, BILL],
        9002,
        ["email"],
    ),
    "the younger of the same name": (
        {"date_of_birth": date(2015, 1, 1)},
        [ADA, person(9003, bio={"date_of_birth": "2015-01-01"})],
        9003,
        ["email"],
    ),
    "one whose day of birth nobody wrote down": ({}, [person(9001, bio={"date_of_birth": ""})], 9001, ["email"]),
    "one without names": ({}, [person(9001, first_name=None, last_name="")], 9001, ["email"]),
    "the active one": ({}, [person(9004, inactive=True), ADA], 9001, ["email"]),
    "the patient": ({}, [person(9004, bio={"non_patient": True}), ADA], 9001, ["email"]),
    "the one that is written, of the same twice": (
        {},
        [person(9004, foreign_id=None, foreign_id_type="nex"), ADA],
        9001,
        ["email"],
    ),
}


@pytest.mark.parametrize("why", FOUND)
@pytest.mark.parametrize("sloppy", [False, True])
def test_a_patient_is_found(sloppy, why, vendor):
    given, people, number, by = FOUND[why]
    # A vendor that ignores the filter lists everybody: what it lists is compared here.
    vendor.answers(always=usual(GET_patients=rows(*people) if sloppy else filtering(*people), POST_appointments=BOOKED))
    made = vendor.tell(book(customer(**given)))
    assert booked_for(vendor) == number
    assert looks(vendor) == by
    assert {(one["inactive"][0], one["non_patient"][0]) for one in asked_for(vendor, "/patients")} == {
        ("false", "false")
    }
    assert {one["location_id"][0] for one in asked_for(vendor, "/patients")} == {"41"}
    assert not [one for one in vendor.seen if one.path == "/patients" and one.method == "POST"]
    assert made.customer.id == "9001"  # as the answer to the booking says


def test_who_was_found_is_told_in_full(vendor):
    vendor.answers(always=usual(GET_patients=filtering(ADA), POST_appointments=BOOKED))
    made = vendor.tell(book(customer(phone=None, date_of_birth=None)))
    assert made.customer == Customer(
        provider="nexhealth",
        id="9001",
        first_name="Adaline",
        last_name="Parkinson",
        email="ada@park.example",
        phone="4155550132",
        date_of_birth=date(1990, 5, 17),
    )


TWINS = [ADA, person(9002, first_name="Byron")]
AMBIGUOUS = {
    "two with one address": ({"first_name": None}, TWINS),
    "two of one name": ({}, [ADA, person(9002)]),
    "two with one number": ({"email": None, "first_name": None, "last_name": None, "date_of_birth": None}, TWINS),
    "two who were born on one day": ({"email": None, "phone": None}, [ADA, person(9002)]),
    "two who are not written": (
        {},
        [person(one, foreign_id=None, foreign_id_type="nex") for one in (9001, 9002)],
    ),
}


@pytest.mark.parametrize("why", AMBIGUOUS)
@pytest.mark.parametrize("name", BOTH)
def test_several_who_could_be_meant_are_told_and_nothing_is_booked(name, why, vendor):
    given, people = AMBIGUOUS[why]
    vendor.answers(always=usual(GET_patients=filtering(*people, name=name)))
    with pytest.raises(AmbiguousCustomerError, match=r"^2 patients could be the customer: pass one of") as caught:
        vendor.tell(book(customer(**given)), settings(api_version=name))
    assert [one.id for one in caught.value.candidates] == ["9001", "9002"]
    assert (caught.value.provider, caught.value.operation) == ("nexhealth", "nexhealth.book")
    assert not {"Adaline", "Parkinson", "ada@park.example"} & set(str(caught.value).split())
    assert {one.method for one in vendor.seen} == {"GET"}


def test_a_customer_with_an_id_is_taken_as_it_is(vendor):
    vendor.answers(always=usual(POST_appointments=BOOKED))
    made = vendor.tell(book(Customer(id="9001", first_name="Somebody", email="no address", phone="12")))
    assert booked_for(vendor) == 9001
    assert made.customer == Customer(provider="nexhealth", id="9001")
    assert asked_for(vendor, "/patients") == []


def test_a_customer_that_was_read_keeps_what_was_read(vendor):
    vendor.answers(always=usual(POST_appointments=BOOKED))
    read = Customer(provider="nexhealth", id="9001", first_name="Adaline")
    assert vendor.tell(book(read)).customer == read


NOBODY = {
    "a name alone": ({"email": None, "phone": None, "date_of_birth": None}, ValueError, "^customer needs an id"),
    "a day alone": ({"email": None, "phone": None, "first_name": None}, ValueError, "^customer needs an id"),
    "nothing": (dict.fromkeys(["first_name", "last_name", "email", "phone", "date_of_birth"]), ValueError, "alone"),
    "no address": ({"email": "nobody"}, ValueError, r"^customer\.email is no email address"),
    "an address of another type": ({"email": 5}, TypeError, r"^customer\.email must be a str"),
    "a number from elsewhere": ({"phone": "+61491570006"}, ValueError, r"^customer\.phone must be a North American"),
    "a blank name": ({"first_name": " "}, ValueError, r"^customer\.first_name is blank"),
    "a name of another type": ({"last_name": 5}, TypeError, r"^customer\.last_name must be a str"),
    "a day in words": ({"date_of_birth": "1990-05-17"}, TypeError, r"^customer\.date_of_birth must be a date, not str"),
    "a day with a time": ({"date_of_birth": datetime(1990, 5, 17, tzinfo=UTC)}, TypeError, "a date, not datetime"),
    "an id that is none": ({"id": "x"}, ValueError, r"^customer\.id is not a NexHealth id"),
    "an attribute that is none": (
        {"attributes": {"shoe": 42}},
        ValueError,
        r"^customer\.attributes.* takes no shoe; it",
    ),
    "a field as an attribute": (
        {"attributes": {"email": "a@b.example"}},
        ValueError,
        "takes no email; it takes address",
    ),
    "an attribute of another type": (
        {"attributes": {"city": 5}},
        TypeError,
        r"^customer\.attributes\['city'\] must be",
    ),
    "a weight in words": ({"attributes": {"weight": "70"}}, TypeError, r"^customer\.attributes\['weight'\] must be an"),
    "a weight of nothing": (
        {"attributes": {"weight": 0}},
        ValueError,
        r"^customer\.attributes\['weight'\] must be from",
    ),
}


@pytest.mark.parametrize("why", NOBODY)
def test_what_nobody_can_be_found_by_is_refused_before_anything_is_sent(why, vendor):
    wrong, kind, named = NOBODY[why]
    with pytest.raises(kind, match=named) as caught:
        vendor.tell(book(customer(**wrong)))
    assert "Parkinson" not in str(caught.value)
    assert vendor.feed.requests == vendor.feed.logins == []


# --- on a later page -------------------------------------------------------------------------------------------------


def everybody(*pages, name):
    """List everybody page by page, whatever the filter: the last page again and again."""

    def listed(request):
        query = query_of(request)
        number = int(query["page"][0]) - 1 if name == "v2" else int(query.get("end_cursor", ["0"])[0])
        found = pages[min(number, len(pages) - 1)]
        if name == "v2":
            return answer({"patients": found}, count=sum(map(len, pages)))
        return rows(*found, follow=str(number + 1) if number + 1 < len(pages) else None)

    return listed


@pytest.mark.parametrize("name", BOTH)
def test_a_patient_is_found_on_a_later_page_of_a_list_whose_filter_is_ignored(name, vendor):
    pages = [[BILL] * 100, [BILL] * 100, [ADA]]
    vendor.answers(always=usual(GET_patients=everybody(*pages, name=name), POST_appointments=BOOKED))
    vendor.tell(book(customer()), settings(api_version=name))
    assert booked_for(vendor) == 9001
    assert {one.method for one in vendor.seen if one.path == "/patients"} == {"GET"}


def test_a_list_that_does_not_end_is_left_and_nobody_is_made(vendor):
    pages = [[ADA]] + [[BILL]] * 60
    vendor.answers(always=usual(GET_patients=everybody(*pages, name="v3.0.0")))
    with pytest.raises(AmbiguousCustomerError, match="More patients are listed for the customer's email") as caught:
        vendor.tell(book(customer()))
    assert [one.id for one in caught.value.candidates] == ["9001"]
    assert {one.method for one in vendor.seen} == {"GET"}
    assert len(asked_for(vendor, "/patients")) == 26


# --- made ------------------------------------------------------------------------------------------------------------

MADE = answer({"user": {**ADA, "id": 9009}}, 201)
NEEDED = ("first_name", "last_name", "email", "phone", "date_of_birth")


@pytest.mark.parametrize("name", BOTH)
def test_whoever_is_not_there_is_made_once_with_all_that_is_given(name, vendor):
    vendor.answers(always=usual(GET_patients=filtering(BILL, name=name), POST_patients=MADE, POST_appointments=BOOKED))
    attributes = {"gender": "Other", "city": "Chicago", "height": 170, "state": None}
    vendor.tell(book(customer(attributes=attributes)), settings(api_version=name))
    assert [(one.method, one.path) for one in vendor.seen] == [
        ("GET", "/locations/41"),
        *[("GET", "/patients")] * 3,
        ("POST", "/patients"),
        ("POST", "/appointments"),
    ]
    sent = vendor.seen[4]
    assert dict(sent.query) == {"subdomain": "riverbend-dental", "location_id": "41"}
    told = sent.body.pop("return_existing_if_match")
    assert told is (name != "v2")
    assert sent.body == {
        "provider": {"provider_id": 71},
        "patient": {
            "first_name": "Adaline",
            "last_name": "Parkinson",
            "email": "ada@park.example",
            "bio": {
                "date_of_birth": "1990-05-17",
                "phone_number": "4155550132",
                "gender": "Other",
                "city": "Chicago",
                "height": 170,
            },
        },
    }
    assert booked_for(vendor) == 9009


@pytest.mark.parametrize("field", NEEDED)
def test_what_is_missing_to_make_a_patient_is_named_after_the_look_and_nothing_is_written(field, vendor):
    vendor.answers(always=usual(GET_patients=filtering(BILL)))
    with pytest.raises(ValueError, match=rf"^customer is not there yet, and a new one needs {field}\. Nothing was"):
        vendor.tell(book(customer(**{field: None})))
    assert {one.method for one in vendor.seen} == {"GET"}
    assert looks(vendor)


def test_all_that_is_missing_is_named(vendor):
    vendor.answers(always=usual())
    with pytest.raises(ValueError, match=r"needs first_name, last_name, phone, date_of_birth\. "):
        vendor.tell(book(Customer(email="ada@park.example")))


def test_an_attribute_says_what_patients_create_takes():
    assert {"gender", "city", "zip_code", "ssn", "weight", "cell_phone_number"} <= set(ATTRIBUTES)
    assert not {"provider_id", "phone_number", "email", "location_id", "return_existing_if_match"} & set(ATTRIBUTES)


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_is_sent(attribute, vendor):
    value = 70 if attribute in {"weight", "height"} else "4155550144" if "phone" in attribute else "Other"
    vendor.answers(always=usual(POST_patients=MADE, POST_appointments=BOOKED))
    vendor.tell(book(customer(attributes={attribute: value})))
    (body,) = [one.body for one in vendor.seen if (one.method, one.path) == ("POST", "/patients")]
    assert body["patient"]["bio"][attribute] == value


def test_a_chair_that_is_missing_is_told_before_a_patient_is_made(vendor):
    vendor.answers(always=usual(locations_41=answer({**CHICAGO, "map_by_operatory": True})))
    start = datetime(2031, 4, 15, 14, tzinfo=UTC)
    slot = Slot(provider="nexhealth", start=start, service=Service(id="12"), host=Host(id="71"))
    with pytest.raises(ValueError, match="Location 41 books by operatory"):
        vendor.tell(lambda c: c.call("book", slot, customer()))
    assert {one.path for one in vendor.seen} == {"/locations/41"}


LOST = {"no answer": raw(b"", 502), "half of one": raw(b'{"code": tr', 201)}


@pytest.mark.parametrize("why", LOST)
@pytest.mark.parametrize("name", BOTH)
def test_a_lost_answer_to_the_making_ends_before_anything_is_booked(name, why, vendor):
    vendor.answers(always=usual(GET_patients=filtering(name=name), POST_patients=LOST[why]))
    with pytest.raises(OutcomeUnknownError) as caught:
        vendor.tell(book(customer()), settings(api_version=name))
    assert caught.value.attempt.operation == "nexhealth.patients.create"
    assert "Nothing was booked" in " ".join(caught.value.__notes__)
    assert [one.path for one in vendor.seen if one.method == "POST"] == ["/patients"]


def test_booking_again_after_that_finds_in_v3_who_was_made(vendor):
    answers = [raw(b"", 502), answer({"user": {**ADA, "id": 9009}}, 200)]
    vendor.answers(always=usual(POST_patients=answers, POST_appointments=BOOKED))

    async def story(c):
        with pytest.raises(OutcomeUnknownError):
            await c.call("book", SLOT, customer())
        await c.call("book", SLOT, customer())

    vendor.tell(story)
    assert booked_for(vendor) == 9009


THERE = "Patient already exists with id 9009"


def test_whom_v2_refuses_to_make_twice_is_taken_if_it_is_the_one(vendor):
    there = answer({**ADA, "id": 9009})
    vendor.answers(
        always=usual(
            GET_patients=filtering(name="v2"),
            patients_9009=there,
            POST_patients=refusal(THERE),
            POST_appointments=BOOKED,
        )
    )
    vendor.tell(book(customer()), settings(api_version="v2"))
    assert booked_for(vendor) == 9009


NOT_THE_ONE = {
    "somebody else": (refusal(THERE), answer({**ADA, "id": 9009, "first_name": "Byron"})),
    "with another number": (refusal(THERE), answer(person(9009, bio={"phone_number": "4155550199"}))),
    "an inactive one": (refusal(THERE), answer({**ADA, "id": 9009, "inactive": True})),
    "nobody": (refusal(THERE), None),
    "nobody who is named": (refusal("Patient already exists"), None),
    "something else": (refusal("User email is invalid"), None),
}


@pytest.mark.parametrize("why", NOT_THE_ONE)
def test_if_not_the_refusal_is_told(why, vendor):
    refused, there = NOT_THE_ONE[why]
    routes = {"GET_patients": filtering(name="v2"), "POST_patients": refused, "patients_9009": there}
    vendor.answers(always=usual(**{name: value for name, value in routes.items() if value is not None}))
    with pytest.raises((BadRequestError, ValidationError)) as caught:
        vendor.tell(book(customer()), settings(api_version="v2"))
    assert json.loads(refused.content)["error"][0][:16] in str(caught.value)
    assert [one.path for one in vendor.seen if one.method == "POST"] == ["/patients"]


# --- at the sandbox --------------------------------------------------------------------------------------------------

NEW = {
    "first_name": "Zadie",
    "last_name": "Quill",
    "email": "zadie@quill.example",
    "phone": "+1 312 555 0177",
    "date_of_birth": date(1991, 2, 3),
}


@pytest.mark.parametrize("name", BOTH)
def test_a_new_patient_is_made_once_and_found_the_next_time(name, practice):
    kind = str(practice.id_of("appointment_types", name="Cleaning"))
    start = practice.sandbox.clock.now() + timedelta(days=1)
    given = practice.sandbox.nexhealth.changed(api_version=name)

    async def story(c):
        slots = await c.take(c.list("find_slots", start=start, end=start + timedelta(days=9), service=kind), 4)
        first = await c.call("book", slots[0], Customer(**NEW))
        with pytest.raises(SlotUnavailableError):
            await c.call("book", slots[0].ref, Customer(**NEW))
        practice.watch.pass_by(60)
        second = await c.call("book", slots[2], Customer(email=NEW["email"]))
        await c.call("cancel", first)
        await c.call("cancel", second)
        # No list shows somebody new whose appointments are cancelled before they are written.
        third = await c.call("book", slots[3], Customer(**NEW))
        return first, second, third

    made = practice.tell(story, given)
    assert len({one.customer.id for one in made}) == 1
    assert practice.sandbox.ledger.created("patients") == [made[0].customer.id]
    assert len(practice.sandbox.ledger.live("appointments")) == 1


@pytest.mark.parametrize("name", BOTH)
def test_a_patient_who_was_made_for_a_slot_that_is_gone_is_taken_for_the_next_one(name, practice):
    kind = str(practice.id_of("appointment_types", name="Cleaning"))
    start = practice.sandbox.clock.now() + timedelta(days=1)
    window = {"start": start, "end": start + timedelta(days=9), "service": kind}
    given = practice.sandbox.nexhealth.changed(api_version=name)

    async def racing(c):
        pager = c.list("find_slots", **window)
        slots = await c.take(pager, 3)
        for slot in slots[:2]:
            await c.call("book", slot, Customer(id=str(practice.patient)))
        # A slot that is gone, as one who searched earlier sees it.
        for slot in slots[:2]:
            with pytest.raises(SlotUnavailableError):
                await c.call("book", slot, Customer(**NEW))
        return await c.call("book", slots[2], Customer(**NEW))

    made = practice.tell(racing, given)
    assert practice.sandbox.ledger.created("patients") == [made.customer.id]


def test_families_are_told_apart_at_the_sandbox(practice):
    kind = str(practice.id_of("appointment_types", name="Cleaning"))
    start = practice.sandbox.clock.now() + timedelta(days=1)

    async def story(c):
        slots = await c.take(c.list("find_slots", start=start, end=start + timedelta(days=9), service=kind), 3)
        with pytest.raises(AmbiguousCustomerError) as caught:
            await c.call("book", slots[0], Customer(phone="3125550111"))
        assert [one.first_name for one in caught.value.candidates] == ["Ada", "Clara"]
        made = await c.call("book", slots[0], caught.value.candidates[1])
        assert made.customer.first_name == "Clara"
        ada = await c.call("book", slots[2], Customer(phone="3125550111", first_name="Ada"))
        assert ada.customer.id == str(practice.patient)

    practice.tell(story)
    assert practice.sandbox.ledger.created("patients") == []
