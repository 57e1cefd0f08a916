"""What a provider sent is shown as far as it can be, and nothing that it sends raises."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from apptsdk import ProviderWarning, ResponseUnreadableError
from apptsdk.reading import shown_rows
from apptsdk.showing import end_after, in_zone, in_zone_or_none, later_than, length_of, shown_id

EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-14))
SYDNEY, NEW_YORK = ZoneInfo("Australia/Sydney"), ZoneInfo("America/New_York")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        (NOON, SYDNEY, datetime(2026, 3, 2, 23, tzinfo=SYDNEY)),
        (NOON.astimezone(SYDNEY), None, NOON),
        (FIRST, NEW_YORK, FIRST),
        (LAST, SYDNEY, LAST),
        (datetime(1, 1, 1, tzinfo=EAST), SYDNEY, FIRST),
        (datetime(9999, 12, 31, 23, tzinfo=WEST), None, LAST),
    ],
    ids=str,
)
def test_a_moment_is_shown_in_the_zone_else_in_utc_else_at_the_end_of_the_calendar(moment, zone, shown):
    for found in (in_zone(moment, zone), in_zone_or_none(moment, zone)):
        assert (found, found.tzinfo) == (shown, shown.tzinfo)


def test_where_there_is_nothing_nothing_is_shown():
    assert in_zone_or_none(None, SYDNEY) is None
    assert end_after(NOON, None) is None
    assert [length_of(minutes) for minutes in (None, 0, -1, 10**17, 30)] == [None] * 4 + [timedelta(minutes=30)]
    assert [shown_id(one) for one in ("", " ", "a/b", "a\nb", "..", None, 1.5, True)] == [None] * 8
    assert [shown_id(one) for one in ("a b", 7)] == ["a b", "7"]


def test_an_end_is_so_much_later_by_the_instant_and_none_beyond_the_calendar():
    night = datetime(2026, 4, 5, 2, 30, tzinfo=SYDNEY)  # the clock goes back from three to two
    assert end_after(night, timedelta(hours=1)).astimezone(UTC) - night.astimezone(UTC) == timedelta(hours=1)
    assert end_after(night, timedelta(hours=1)).tzinfo is SYDNEY
    assert end_after(LAST, timedelta(minutes=1)) is None


def test_a_slot_has_no_end_that_is_not_after_its_start():
    assert later_than(NOON, NOON.astimezone(SYDNEY) + timedelta(minutes=1)) == NOON + timedelta(minutes=1)
    assert [later_than(NOON, one) for one in (NOON, NOON - timedelta(minutes=1), None)] == [None] * 3


def test_a_row_that_says_too_little_is_left_out_with_a_warning():
    def show(row: int) -> int:
        if row == 2:
            raise ResponseUnreadableError("It has no id that names it.")
        return row * 10

    with pytest.warns(ProviderWarning, match=r"^acme\.list: an appointment was left out\. It has no id that names it"):
        assert shown_rows("acme.list", [1, 2, 3], show) == [10, 30]
