"""Arguments that several providers check alike: texts, lines, addresses, numbers of telephones, plain values."""

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apptsdk.inputs import email, is_e164, line, scalar, text
from apptsdk.wire import dumps, loads

HALF = "canary\ud800"
NO_TEXTS = (None, 5, True, b"canary", ["canary"], {"canary": 1})

LINES = ("a", "Ana Roe", " padded ", "\u00e9", "x" * 254, "caf\u00e9 \u2603 \U0001f600")
NO_LINES = ("", " ", "\t", "a\nb", "a\r\nb", "a\0", "a\x7f", "\u2028", "\u202ea", "x" * 255, "x" * 10_000)


@pytest.mark.parametrize("value", LINES)
def test_a_line_is_given_back_as_it_is(value):
    assert line(value, "title") == value


@pytest.mark.parametrize("value", NO_LINES, ids=lambda value: repr(value)[:12])
def test_what_is_no_line_is_refused_and_not_shown(value):
    with pytest.raises(ValueError, match=r"^title is blank, too long, or holds a control character\.$"):
        line(value, "title")


@pytest.mark.parametrize(
    "value", ["a", "a\nb", "\ttabs\r\n", "x" * 100_000, "\u00e9"], ids=lambda value: repr(value)[:12]
)
def test_a_text_has_any_length_and_any_number_of_lines(value):
    assert text(value, "notes") == value


@pytest.mark.parametrize("value", ["", " ", "\n", "\t \r\n"])
def test_a_blank_text_is_refused(value):
    with pytest.raises(ValueError, match=r"^notes is blank\.$"):
        text(value, "notes")


ADDRESSES = ("a@b.c", "ana.roe+tag@example.org", "a@localhost", "\u00e9@example.org", "'@x")
NO_ADDRESSES = ("", "a", "@", "a@", "@b", "a@b@c", "a b@c.d", "a@b c", "a@b.c\n", "\na@b.c", "a@\u2003b", " a@b.c")


@pytest.mark.parametrize("value", ADDRESSES)
def test_an_address_is_taken_when_it_looks_like_one(value):
    assert email(value, "customer_email") == value


@pytest.mark.parametrize("value", NO_ADDRESSES)
def test_what_does_not_look_like_an_address_is_refused(value):
    with pytest.raises(ValueError, match=r"^customer_email is no email address\.$"):
        email(value, "customer_email")


@pytest.mark.parametrize("value", ["a\0@b.c", f"{'a' * 251}@b.c"], ids=["a control", "too long"])
def test_an_address_is_a_line_too(value):
    with pytest.raises(ValueError, match=r"^customer_email is blank, too long, or holds a control character\.$"):
        email(value, "customer_email")


@pytest.mark.parametrize("check", [text, line, email])
@pytest.mark.parametrize("value", NO_TEXTS, ids=repr)
def test_what_is_no_text_is_refused_by_its_type(check, value):
    with pytest.raises(TypeError) as caught:
        check(value, "notes")
    assert str(caught.value) == f"notes must be a str, not {type(value).__name__}."


@pytest.mark.parametrize("check", [text, line, email, scalar])
def test_half_a_surrogate_pair_is_refused_and_not_shown(check):
    with pytest.raises(ValueError, match=r"^notes is not valid Unicode") as caught:
        check(f"{HALF}@x", "notes")
    assert "canary" not in str(caught.value)
    assert caught.value.__context__ is None


NUMBERS = {
    **dict.fromkeys(("+447700900123", "+44123456789", "+1234567", "+123456789012345"), True),
    **dict.fromkeys(("", "+", "447700900123", "+0123456789", "+123456", "+1234567890123456"), False),
    **dict.fromkeys(("+44 7700 900123", "+44-7700", "++447700900123", "+4477009001a3", "+447700900123\n"), False),
    **dict.fromkeys((" +447700900123", "00447700900123", "+44\uff11\uff12\uff13456789", "(+44)7700900123"), False),
}


@pytest.mark.parametrize(("value", "good"), NUMBERS.items())
def test_a_telephone_number_is_a_plus_and_seven_to_fifteen_digits(value, good):
    assert is_e164(value) is good


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_every_number_of_that_form_is_one(value):
    assert is_e164(value)


class Word(StrEnum):
    ONE = "one"


class Count(IntEnum):
    TWO = 2


class Named(str):
    __slots__ = ()


PLAIN = {
    "none": (None, None),
    "true": (True, True),
    "a text": ("x", "x"),
    "an empty text": ("", ""),
    "an int": (41, 41),
    "the least int": (-(2**63), -(2**63)),
    "the greatest int": (2**64 - 1, 2**64 - 1),
    "a float": (0.5, 0.5),
    "a member of a StrEnum": (Word.ONE, "one"),
    "a member of an IntEnum": (Count.TWO, 2),
    "a subclass of str": (Named("x"), "x"),
}


@pytest.mark.parametrize(("value", "written"), PLAIN.values(), ids=PLAIN)
def test_a_plain_value_is_what_json_can_hold(value, written):
    found = scalar(value, "fields['x']")

    assert found == written
    assert loads(dumps({"x": found})) == {"x": written}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 2**64, -(2**63) - 1, 10**5000], ids=range(6))
def test_a_number_that_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match=r"^fields\['x'\] must be a finite number of at most 64 bits\.$"):
        scalar(value, "fields['x']")


NOT_PLAIN = ([], {}, (), b"x", Decimal(1), object, 1j)
DATES = (datetime(2026, 3, 2, tzinfo=UTC), date(2026, 3, 2))


@pytest.mark.parametrize("value", [*NOT_PLAIN, *DATES], ids=repr)
def test_what_is_no_plain_value_is_refused_and_a_date_is_to_be_written_as_text(value):
    with pytest.raises(TypeError) as caught:
        scalar(value, "age")
    hint = " Write a date as text." if value in DATES else ""
    assert str(caught.value) == f"age must be a str, a number, a bool or None.{hint}"


@given(st.none() | st.booleans() | st.text() | st.integers() | st.floats())
def test_a_plain_value_is_written_or_refused(value):
    try:
        found = scalar(value, "x")
    except ValueError:
        return
    assert loads(dumps(found)) == value
    assert type(found) in {type(None), bool, str, int, float}
