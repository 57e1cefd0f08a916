"""What is checked of a customer for every provider: of one made by hand all, of one with an id the attributes."""

from datetime import UTC, date, datetime

import pytest

from apptsdk.customers import check, named, not_there, plain, refuse_unknown
from apptsdk.shared import Customer

BLANK = "is blank, too long, or holds a control character."
ATTRIBUTE = "customer.attributes['canary']"
# label: what is other, the error, what it says
WRONG: dict = {
    f"{name}: {label}": ({name: value}, error, f"customer.{name} {said}")
    for name in ("first_name", "last_name", "phone")
    for label, value, error, said in [
        ("a number", 61491570171, TypeError, "must be a str, not int."),
        ("empty", "", ValueError, BLANK),
        ("blank", " ", ValueError, BLANK),
        ("two lines", "canary\n", ValueError, BLANK),
        ("too long", "c" * 255, ValueError, BLANK),
    ]
} | {
    "no address": ({"email": "canary"}, ValueError, "customer.email is no email address."),
    "an empty address": ({"email": ""}, ValueError, "customer.email is no email address."),
    "an address with a space": ({"email": " canary@example.org"}, ValueError, "customer.email is no email address."),
    "an address that is a number": ({"email": 5}, TypeError, "customer.email must be a str, not int."),
    "a birthday as text": (
        {"date_of_birth": "1990-05-17"},
        TypeError,
        "customer.date_of_birth must be a date, not str.",
    ),
    "a moment of birth": (
        {"date_of_birth": datetime(1990, 5, 17, tzinfo=UTC)},
        TypeError,
        "customer.date_of_birth must be a date, not datetime.",
    ),
}
OF_ALL = {
    "no mapping": ([("canary", 1)], TypeError, "customer.attributes must be a mapping of names to values, not list."),
    "none": (None, TypeError, "customer.attributes must be a mapping of names to values, not NoneType."),
    "a name that is a number": ({5: 1}, TypeError, "A name in customer.attributes must be a str, not int."),
    "a blank name": ({" ": 1}, ValueError, f"A name in customer.attributes {BLANK}"),
    "a list": ({"canary": ["a"]}, TypeError, f"{ATTRIBUTE} must be a str, a number, a bool or None."),
    "a day": (
        {"canary": date(2026, 3, 2)},
        TypeError,
        f"{ATTRIBUTE} must be a str, a number, a bool or None. Write a date as text.",
    ),
    "no number": ({"canary": float("nan")}, ValueError, f"{ATTRIBUTE} must be a finite number of at most 64 bits."),
}


@pytest.mark.parametrize(("changes", "error", "said"), WRONG.values(), ids=WRONG)
def test_what_is_malformed_is_refused_and_the_message_names_the_field_and_not_the_value(changes, error, said):
    with pytest.raises(error) as caught:
        check(Customer(**changes))

    assert str(caught.value) == said
    assert "canary" not in str(caught.value)
    assert check(Customer(id="31", **changes)) is None  # as the provider has it


@pytest.mark.parametrize(("attributes", "error", "said"), OF_ALL.values(), ids=OF_ALL)
@pytest.mark.parametrize("number", [None, "31"])
def test_attributes_are_looked_at_with_an_id_too(number, attributes, error, said):
    with pytest.raises(error) as caught:
        check(Customer(id=number, attributes=attributes))

    assert str(caught.value) == said


def test_what_is_well_formed_is_nothing_to_talk_about():
    whole = {"first_name": "Ada", "last_name": "Park", "email": "ada@example.org", "phone": "+1 (312) 555-0171"}

    assert (
        check(Customer(**whole, date_of_birth=date(1990, 5, 17), attributes={"a b": None, "c": 1, "d": True})) is None
    )
    assert check(Customer()) is None


def test_what_a_provider_does_not_take_is_told_in_one_way():
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is below
        refuse_unknown({"size", "hat"}, "Acme", "shoe")

    assert str(caught.value) == "customer.attributes: Acme takes no hat, size; it takes shoe."
    assert refuse_unknown((), "Acme", "shoe") is None
    assert named("a b") == "customer.attributes['a b']"


def test_names_are_compared_whatever_their_case_and_their_spaces_are():
    assert plain(" Mary  ANN\t") == plain("mary ann") == "mary ann"
    assert plain(None) == plain(5) == plain(" ") == ""
    said = "customer is not there yet, and a new one needs email, phone. Nothing was made or booked."
    assert not_there(("email", "phone")) == said
