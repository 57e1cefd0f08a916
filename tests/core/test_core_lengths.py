"""How long a slot is where a service says so: which services fit, and what is told where none does."""

from datetime import timedelta

import pytest

from apptsdk.errors import UnsupportedError
from apptsdk.lengths import lasting, other_length, suits

MINUTE = timedelta(minutes=1)
LENGTHS = {"short": 15 * MINUTE, "long": 45 * MINUTE, "unknown": None}
# which are named, how long is asked for, which are left
FIT = [
    (("short", "long"), None, ["short", "long"]),
    (("short", "long"), 45, ["long"]),
    (("short", "unknown", "long"), 45, ["unknown", "long"]),
    (("unknown",), 7, ["unknown"]),
    ((), 7, []),
]


@pytest.mark.parametrize(("named", "asked", "left"), FIT)
def test_those_that_take_as_long_are_kept_and_those_of_which_nobody_knows(named, asked, left):
    length = None if asked is None else asked * MINUTE

    assert lasting(named, LENGTHS.get, length, "cubu.find_slots") == left
    assert [one for one in named if suits(LENGTHS[one], length)] == left


def test_where_none_of_those_that_are_named_does_the_error_says_how_long_they_take():
    with pytest.raises(UnsupportedError) as caught:
        lasting(("long", "short", "long"), LENGTHS.get, 7 * MINUTE, "cubu.find_slots")

    said = "At Cubu the service says how long it takes, here 15 or 45 minutes."
    assert str(caught.value) == f"{said} Leave duration out, or name another service."
    assert (caught.value.provider, caught.value.operation) == ("cubu", "cubu.find_slots")


def test_half_a_minute_is_told_and_a_provider_of_somebody_elses_by_its_own_name():
    error = other_length([MINUTE / 2, None], "acme.book", "Go.")

    assert str(error) == "At acme the service says how long it takes, here 0.5 minutes. Go."
