"""Telephone numbers: ten bare digits are sent, whatever form they were given in; what is no such number is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nexhealth_support import PATIENT, answer, rows

from apptsdk.providers.nexhealth.models import PatientCreate
from apptsdk.providers.nexhealth.operations import patients
from apptsdk.providers.nexhealth.queries import phone
from apptsdk.providers.nexhealth.settings import NexHealthSettings

SCOPE = NexHealthSettings(api_key="k", subdomain="riverbend-dental", location_id=41).scope_of_calls
DIGITS = "4155550132"
SAME = (
    "4155550132",
    "415-555-0132",
    "415.555.0132",
    "415 555 0132",
    "(415) 555-0132",
    "(415)555-0132",
    "415/555-0132",
    "14155550132",
    "1-415-555-0132",
    "1 (415) 555-0132",
    "+14155550132",
    "+1 415 555 0132",
    "+1 (415) 555-0132",
    " +1.415.555.0132 ",
)
NONE = (
    "",
    " ",
    "777-0199",
    "415555013",
    "41555501322",
    "24155550132",
    "114155550132",
    "0155550132",
    "1155550132",
    "+1 (115) 555-0132",
    "+1 (015) 555-0132",
    "+44 20 7946 0958",
    "+44 2079460958",
    "+2 415 555 0132",
    "+4155550132",
    "415-555-0132 x5",
    "415-555-0132 ext. 5",
    "415+5550132",
    "1+4155550132",
    "415-555-O132",
    "tel:4155550132",
    "4155550132\n",
    "415\u00a05550132",
    "415\u20115550132",
    "٤١٥٥٥٥٠١٣٢",
    "４１５５５５０１３２",  # noqa: RUF001 - digits that are not ASCII
    "415,5550132",
    "²4155550132",
)
KINDS = ("phone_number", "cell_phone_number", "home_phone_number", "work_phone_number")
PERSON = {
    "provider_id": 71,
    "first_name": "Adaline",
    "last_name": "Parkinson",
    "email": "ada@park.example",
    "date_of_birth": date(1990, 5, 17),
    "phone_number": "2125550199",
}


def bio(**other):
    return patients.create(SCOPE, PatientCreate(**{**PERSON, **other})).body["patient"]["bio"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_is_sent_as_ten_digits_whatever_its_form(kind):
    assert {number: bio(**{kind: number})[kind] for number in SAME} == dict.fromkeys(SAME, DIGITS)


@pytest.mark.parametrize("number", NONE, ids=repr)
def test_what_is_no_north_american_number_is_refused_and_not_repeated(number):
    for kind in KINDS:
        with pytest.raises(ValueError, match=rf"^{kind} must be a North American telephone number: ten") as caught:
            bio(**{kind: number})
        assert not number.strip() or number not in str(caught.value)


@pytest.mark.parametrize("number", [4155550132, None, b"4155550132", ["4155550132"]], ids=repr)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_text_is_refused(number, kind):
    with pytest.raises(TypeError, match=rf"^{kind} must be"):
        bio(**{kind: number})


def test_another_contact_number_is_sent_as_it_is():
    assert bio(custom_contact_number="ask at the desk")["custom_contact_number"] == "ask at the desk"


def test_what_the_caller_gave_stays_as_it_is():
    given_ = PatientCreate(**{**PERSON, "phone_number": "+1 (415) 555-0132"})
    patients.create(SCOPE, given_)
    assert given_.phone_number == "+1 (415) 555-0132"


AREA = st.from_regex(r"[2-9][0-9]{9}", fullmatch=True)
MARKS = st.text(alphabet=" .-()/", max_size=3)


@given(AREA, st.sampled_from(["", "1", "+1", " +1"]), st.lists(MARKS, min_size=10, max_size=10))
def test_whatever_stands_between_the_digits_they_are_sent(digits, prefix, marks):
    written = prefix + "".join(mark + digit for mark, digit in zip(marks, digits, strict=True))
    assert phone(written, "phone_number") == digits


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF), max_size=20) | st.from_regex(r"[0-9+ ().-]{7,16}"))
def test_what_is_sent_is_always_ten_digits_that_were_given(text):
    try:
        sent = phone(text, "phone_number")
    except ValueError:
        return
    assert len(sent) == 10
    assert sent.isascii()
    assert sent.isdecimal()
    assert sent[0] in "23456789"
    digits = "".join(filter(str.isdecimal, text))
    assert digits in {sent, f"1{sent}"}


def test_a_search_is_for_the_ten_digits_that_are_stored(vendor):
    vendor.answers(rows())

    async def story(c):
        for number in ("+44 20 7946 0958", ""):
            with pytest.raises(ValueError, match=r"^phone_number must be a North American"):
                c.list("patients.list", phone_number=number)
        await c.collect(c.list("patients.list", phone_number="+1 (415) 555-0132"))

    vendor.tell(story)
    assert dict(vendor.seen[0].query)["phone_number"] == DIGITS


def test_a_patient_made_with_any_form_is_one_with_ten_digits(practice):
    async def story(c):
        given_ = {**PERSON, "provider_id": practice.provider, "phone_number": "+1 (415) 555-0132"}
        made = await c.call("patients.create", **given_)
        again = await c.call("patients.create", **given_, return_existing_if_match=True)
        return made, again, await c.call("patients.get", made.id)

    made, again, read = practice.tell(story)
    assert made.phone_number == read.phone_number == DIGITS
    assert again.id == made.id
    assert made.date_of_birth == date(1990, 5, 17)
    assert practice.sandbox.ledger.created("patients") == [str(made.id)]


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@park", "ada@@park.example", "ada@park.example ", "a b@c.de", 5, None]
)
def test_what_is_no_email_is_refused_and_not_repeated(email):
    with pytest.raises(ValueError, match=r"^email must be an e-mail address\.$"):
        bio(email=email)


@pytest.mark.parametrize("email", ["ada@park.example", "ada+x@sub.park.example", "A.B@PARK.EXAMPLE", "a@b-c.de"])
def test_what_is_an_email_is_sent_as_it_is(email):
    assert patients.create(SCOPE, PatientCreate(**{**PERSON, "email": email})).body["patient"]["email"] == email


BIOS = {
    "missing": ({}, None, None),
    "null": ({"bio": None}, None, None),
    "empty": ({"bio": {}}, None, None),
    "blank": ({"bio": {"phone_number": " ", "date_of_birth": ""}}, None, None),
    "null in it": ({"bio": {"phone_number": None, "date_of_birth": None}}, None, None),
    "numbers": ({"bio": {"phone_number": 4155550132, "date_of_birth": 19900517}}, None, None),
    "a day with a time": (
        {"bio": {"phone_number": "415-555-0132", "date_of_birth": "1990-05-17T00:00:00Z"}},
        "415-555-0132",
        date(1990, 5, 17),
    ),
    "another order": ({"bio": {"phone_number": DIGITS, "date_of_birth": "05/17/1990"}}, DIGITS, None),
    "no day": ({"bio": {"date_of_birth": "1990-13-45"}}, None, None),
}


@pytest.mark.parametrize("name", BIOS)
def test_the_phone_and_the_birth_date_are_read_from_the_bio_if_they_are_there(name, vendor):
    row, number, born = BIOS[name]
    vendor.answers(answer({**PATIENT, **row}))
    patient = vendor.tell(lambda c: c.call("patients.get", 9001))
    assert (patient.phone_number, patient.date_of_birth) == (number, born)
    assert patient.as_sent() == {**PATIENT, **row}
