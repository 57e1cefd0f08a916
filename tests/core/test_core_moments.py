"""Moments: reckoned with as they pass, and not as the clocks on the wall show them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apptsdk.moments import aware, between, instant, later

SYDNEY = ZoneInfo("Australia/Sydney")
HOUR = timedelta(hours=1)


def sydney(month, day, hour, fold=0):
    return datetime(2026, month, day, hour, tzinfo=SYDNEY, fold=fold)


# label: from, to, how long it is
SPANS = {
    "a common morning": (sydney(3, 2, 1), sydney(3, 2, 4), 3 * HOUR),
    "over the hour that comes twice": (sydney(4, 5, 1), sydney(4, 5, 4), 4 * HOUR),
    "from the first to the second of it": (sydney(4, 5, 2), sydney(4, 5, 2, fold=1), HOUR),
    "over the hour that is left out": (sydney(10, 4, 1), sydney(10, 4, 4), 2 * HOUR),
    "in two zones": (sydney(4, 5, 1), datetime(2026, 4, 4, 18, tzinfo=UTC), 4 * HOUR),
}


@pytest.mark.parametrize(("start", "end", "length"), SPANS.values(), ids=SPANS)
def test_it_is_as_long_from_one_moment_to_another_as_time_passes(start, end, length):
    assert between(start, end) == length
    assert between(end, start) == -length


@pytest.mark.parametrize(("start", "end", "length"), SPANS.values(), ids=SPANS)
def test_so_much_later_is_when_that_much_time_has_passed_and_in_the_same_zone(start, end, length):
    found = later(start, length)
    assert (instant(found), found.tzinfo) == (instant(end), start.tzinfo)


def test_the_second_of_two_like_hours_is_later_than_the_first():
    assert instant(sydney(4, 5, 2)) < instant(sydney(4, 5, 2, fold=1))


def test_a_moment_that_has_no_equal_in_utc_is_refused():
    with pytest.raises(ValueError, match=r"^start is at the very end of the calendar: it has no equal in UTC\.$"):
        aware(datetime.min.replace(tzinfo=SYDNEY), "start")
