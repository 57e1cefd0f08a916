"""Zones by IANA's names and by Windows' names, with and without the map of the latter."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tzlocal.windows_tz import win_tz

from apptsdk.providers.cubu.zones import windows, zone

MAP = "tzlocal.windows_tz"
FORM = (
    'time_zone must be the IANA name of a time zone, such as "Asia/Jerusalem", or its Windows name, such as "Israel '
    'Standard Time".'
)
LOST = " If it is one, this machine does not have it: pip install tzdata."


@pytest.fixture(params=["not installed", "of another layout"])
def no_map(request, monkeypatch):
    """Take the map away: the library is missing, or holds its map elsewhere."""
    monkeypatch.setitem(sys.modules, MAP, None if request.param == "not installed" else ModuleType(MAP))


@pytest.mark.parametrize(
    ("windows_name", "iana_name"),
    [
        ("Israel Standard Time", "Asia/Jerusalem"),
        ("Eastern Standard Time", "America/New_York"),
        ("Lord Howe Standard Time", "Australia/Lord_Howe"),
        ("GMT Standard Time", "Europe/London"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Central Standard Time (Mexico)", "America/Mexico_City"),
        ("UTC", "Etc/UTC"),
        ("UTC-02", "Etc/GMT+2"),
    ],
)
def test_a_windows_name_is_the_zone_of_that_iana_name(windows_name, iana_name):
    assert windows(windows_name) is ZoneInfo(iana_name)
    if windows_name != "UTC":  # which is an IANA name, too
        assert zone(windows_name) is ZoneInfo(iana_name)


def test_every_windows_name_of_the_map_is_found():
    assert len(win_tz) > 100
    for windows_name, iana_name in win_tz.items():
        assert windows(windows_name) is ZoneInfo(iana_name), windows_name


def test_every_iana_name_is_found_but_those_of_this_machine():
    names = available_timezones() - {"localtime", "Factory"}
    assert len(names) > 400
    for name in names:
        assert zone(name) is ZoneInfo(name), name


def test_the_same_name_gives_the_same_zone_and_blanks_do_not_count():
    found = zone("Asia/Jerusalem")
    assert found.key == "Asia/Jerusalem"
    assert zone(" Asia/Jerusalem\n") is found
    assert zone("Israel Standard Time ") is found
    assert windows("\tIsrael Standard Time") is found


def test_a_zone_found_by_its_windows_name_knows_the_days_on_which_the_clock_is_moved():
    found = zone("Lord Howe Standard Time")
    turns = [datetime(2026, month, 1, tzinfo=found).utcoffset() for month in (1, 7)]
    assert turns == [timedelta(hours=11), timedelta(hours=10, minutes=30)]
    assert datetime(2026, 7, 1, tzinfo=UTC).astimezone(found).isoformat() == "2026-07-01T10:30:00+10:30"


@pytest.mark.parametrize(
    "name",
    [
        *("", "  ", "-", "x" * 5000, "a b" * 40, "🕰", "a\0b"),
        *(None, 5, b"UTC", ["UTC"], ZoneInfo("UTC")),
        *("../x", "../../etc/passwd", "/etc/localtime", "./UTC", "Europe/../UTC", "tzdata.zi"),
        *("Asia//Jerusalem", "Asia/Jerusalem/", "Asia\\Jerusalem"),
    ],
)
def test_what_is_no_name_at_all_is_refused(name):
    with pytest.raises(ValueError, match="such as") as caught:
        zone(name)
    assert str(caught.value) in {FORM, FORM + LOST}
    assert windows(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *("localtime", "LocalTime", "posixrules", "Factory", "posix/UTC", "right/UTC"),
        *("America", "Asia/Nowhere", "+03", "zone.tab", "leapseconds"),
    ],
)
def test_a_file_that_is_no_named_zone_is_refused(name):
    with pytest.raises(ValueError, match=r"^time_zone must be the IANA name") as caught:
        zone(name)
    # Only what looks like a zone's name may be one that this machine lacks.
    assert str(caught.value) == FORM + (LOST if "/" in name else "")


def test_the_message_names_the_argument():
    with pytest.raises(ValueError, match=r"^time_zone \(CUBU_TIME_ZONE\) must be the IANA name"):
        zone("nowhere", "time_zone (CUBU_TIME_ZONE)")


@pytest.mark.parametrize("name", ["Mars Standard Time", "israel standard time", "ISRAEL STANDARD TIME", "UTC+99"])
def test_a_windows_name_is_matched_to_the_letter(name):
    with pytest.raises(ValueError, match="time_zone") as caught:
        zone(name)
    assert str(caught.value) == (
        f'time_zone is "{name}", which is the Windows name of no known time zone. Give the IANA name, such as '
        '"Asia/Jerusalem".'
    )
    assert windows(name) is None


def test_a_windows_name_without_the_map_says_what_to_install(no_map):
    with pytest.raises(ValueError, match="time_zone") as caught:
        zone("Israel Standard Time")
    assert str(caught.value) == (
        'time_zone is the Windows name "Israel Standard Time", and the map of those is not installed: '
        'pip install "apptsdk[cubu]", or give the IANA name, such as "Asia/Jerusalem".'
    )
    assert windows("Israel Standard Time") is None


def test_an_iana_name_needs_no_map(no_map):
    assert zone("Asia/Jerusalem") is ZoneInfo("Asia/Jerusalem")
    assert zone("UTC") is ZoneInfo("UTC")


def test_a_zone_that_the_map_knows_and_this_machine_does_not_is_unknown(monkeypatch):
    monkeypatch.setitem(win_tz, "Olympus Standard Time", "Mars/Olympus_Mons")
    assert windows("Olympus Standard Time") is None
    with pytest.raises(ValueError, match="is the Windows name of no known time zone"):
        zone("Olympus Standard Time")


@pytest.mark.parametrize("name", [None, "", "Asia/Jerusalem", 5])
def test_what_is_no_windows_name_is_none_to_an_answer(name):
    assert windows(name) is None


@settings(deadline=None)
@given(st.text() | st.sampled_from(["posix/", "right/", "../"]).flatmap(lambda head: st.text().map(head.__add__)))
def test_any_text_is_a_zone_or_a_value_error(name):
    try:
        found = zone(name)
    except ValueError as error:
        assert str(error).startswith("time_zone ")  # noqa: PT017 - either is right
    else:
        assert found.key == name.strip() or win_tz[name.strip()] == found.key


def test_neither_zones_nor_their_map_are_loaded_before_they_are_used():
    code = (
        "import sys; from apptsdk.providers.cubu.zones import zone; "
        "print([name for name in ('zoneinfo', 'tzlocal') if name in sys.modules]); zone('Asia/Jerusalem'); "
        "print([name for name in ('zoneinfo', 'tzlocal') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['zoneinfo']"]
