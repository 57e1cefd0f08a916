"""Every input of an appointment: what of it is sent, and what is refused before anything is."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from imiassist_support import ASKED, ID, MADE, REFERENCE, START, answer, settings

from apptsdk.providers.imiassist import Priority
from apptsdk.providers.imiassist.booking import utc_milliseconds, values_of
from apptsdk.providers.imiassist.models import AppointmentSchedule
from apptsdk.providers.imiassist.names import INPUTS

HUSH = "Zebulonia"
"""Who must not be heard of in a message."""
NOT_E164 = (
    'customer_phone must be an E.164 number: "+", the country code and digits, without spaces, such as "+447700900123".'
)
NO_ID = "{} is not an id: it is empty, too long, or holds dots only, a slash or a control."
NO_LINE = "{} is blank, too long, or holds a control character."
NAIVE = (
    "start_time is naive: nobody knows which moment it means. Give it its zone, for instance "
    'start_time.replace(tzinfo=zoneinfo.ZoneInfo("Australia/Sydney")), or datetime.now(UTC).'
)
NOT_FLAT = (
    "custom_attributes['age'] must be a str, a number or a bool: the attributes are flat, and one that has no value is "
    "left out."
)
NO_NUMBER = "custom_attributes['age'] must be a finite number of at most 64 bits."
NO_TEXT = "{} is not valid Unicode: it holds half a surrogate pair."
FLOAT = " A float rounds long ids: pass the string that the provider sent."
NO_PRIORITY = "priority must be a Priority: one of 'LOW', 'MEDIUM', 'HIGH'."
PLACED = {"external_reference_id": " It becomes part of a path where the appointment is cancelled by it."}
IDS = ("customer_id", "team_id", "reference_case_id", "external_reference_id")
LINES = ("customer_first_name", "customer_last_name", "appointment_type", "title")
EMAILS = ("customer_email", "assignee_email")

SENT = {
    "start_time": {
        "in UTC": (START, "2026-03-02T09:00:00.000Z"),
        "milliseconds": (START.replace(microsecond=7_000), "2026-03-02T09:00:00.007Z"),
        "microseconds": (START.replace(microsecond=999_999), "2026-03-02T09:00:00.999Z"),
        "another zone": (datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=9))), "2026-03-01T15:30:00.000Z"),
        "long ago": (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00.000Z"),
    },
    "customer_id": {"a text": ("NHSID_77", "NHSID_77"), "a number": (77, "77"), "not ASCII": ("Zoë 7", "Zoë 7")},
    "customer_phone": {
        "British": ("+447700900123", "+447700900123"),
        "the page's own": ("+44123456789", "+44123456789"),
        "the shortest": ("+1234567", "+1234567"),
        "the longest": ("+123456789012345", "+123456789012345"),
    },
    "customer_email": {"an address": ("a.roe+1@example.org", "a.roe+1@example.org")},
    "customer_first_name": {"a name": ("Åsa-Maria", "Åsa-Maria")},
    "customer_last_name": {"a name": ("O'Neill", "O'Neill"), "the longest": ("x" * 254, "x" * 254)},
    "custom_attributes": {
        "of every kind": (
            {"age": 41, "weight": 70.5, "interpreter": True, "gender": "f", "note": ""},
            {"age": 41, "weight": 70.5, "interpreter": True, "gender": "f", "note": ""},
        ),
        "none": ({}, {}),
        "large": ({"age": 2**64 - 1}, {"age": 2**64 - 1}),
    },
    "team_id": {"a text": ("5d1f0c6be1a9c40f3b7d2a01", "5d1f0c6be1a9c40f3b7d2a01")},
    "appointment_type": {"a name": ("Follow-up", "Follow-up")},
    "assignee_email": {"an address": ("dr.lee@example.org", "dr.lee@example.org")},
    "description": {"several lines": ("a\nb\t" + "x" * 2000, "a\nb\t" + "x" * 2000)},
    "reference_case_id": {"a text": ("fn-6352", "fn-6352")},
    "priority": {
        "a member": (Priority.HIGH, "HIGH"),
        "a text": ("MEDIUM", "MEDIUM"),
        "the default": ("LOW", "LOW"),
    },
    "external_reference_id": {"a text": ("PAS-1001", "PAS-1001"), "a number": (1001, "1001")},
    "title": {"a text": ("Review of 2 March", "Review of 2 March")},
    "duration": {
        "minutes": (45, 45),
        "a timedelta": (timedelta(hours=1), 60),
        "a minute": (timedelta(minutes=1), 1),
        "the most": (2**31 - 1, 2**31 - 1),
    },
}
"""By input: what is given, and what is sent."""


def wrong(value, message):
    return value, TypeError, message


def bad(value, message):
    return value, ValueError, message


REFUSED = {
    "start_time": {
        "a text": wrong("2026-03-02T09:00:00Z", "start_time must be a datetime, not str."),
        "a date": wrong(date(2026, 3, 2), "start_time must be a datetime, not date."),
        "nothing": wrong(None, "start_time must be a datetime, not NoneType."),
        "a naive one": bad(datetime(2026, 3, 2, 9), NAIVE),  # noqa: DTZ001 - the point
        "the end of the calendar": bad(
            datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
            "start_time is at the very end of the calendar: it has no equal in UTC.",
        ),
    },
    "customer_phone": {
        "a number": wrong(447700900123, "customer_phone must be a str, not int."),
        **{
            repr(text): bad(text, NOT_E164)
            for text in (
                *("", "07700900123", "447700900123", "00447700900123", "+0447700900123", "+44 7700 900123", "+"),
                *("+44-7700-900123", "+44(0)7700900123", "+123456", "+1234567890123456", "+447700900123\n"),
                *("+４４７７００９００１２３", f"+{HUSH}", " +447700900123"),  # noqa: RUF001 - digits, but not ASCII
            )
        },
    },
    "custom_attributes": {
        "a list": wrong([HUSH], "custom_attributes must be a mapping of names to plain values, not list."),
        "a text": wrong(
            f'{{"age": "{HUSH}"}}', "custom_attributes must be a mapping of names to plain values, not str."
        ),
        "a name that is a number": wrong({41: HUSH}, "The names of custom_attributes must be str, not int."),
        "an empty name": bad({"": HUSH}, NO_LINE.format("A name of custom_attributes")),
        "a name of two lines": bad({"a\nb": HUSH}, NO_LINE.format("A name of custom_attributes")),
        "null": wrong({"age": None}, NOT_FLAT),
        "a list in it": wrong({"age": [HUSH]}, NOT_FLAT),
        "a tuple in it": wrong({"age": (HUSH,)}, NOT_FLAT),
        "an object in it": wrong({"age": {"years": HUSH}}, NOT_FLAT),
        "a date in it": wrong({"age": date(1985, 1, 1)}, NOT_FLAT),
        "a decimal in it": wrong({"age": Decimal(41)}, NOT_FLAT),
        "bytes in it": wrong({"age": HUSH.encode()}, NOT_FLAT),
        "what is no number": bad({"age": float("nan")}, NO_NUMBER),
        "no end": bad({"age": float("-inf")}, NO_NUMBER),
        "a huge number": bad({"age": 2**64}, NO_NUMBER),
        "half a character": bad({"age": f"{HUSH}\ud800"}, NO_TEXT.format("custom_attributes['age']")),
    },
    "description": {
        "a number": wrong(5, "description must be a str, not int."),
        "nothing in it": bad("", "description is blank."),
        "blanks": bad(" \n\t", "description is blank."),
        "half a character": bad(f"{HUSH}\ud800", NO_TEXT.format("description")),
    },
    "priority": {
        "nothing": wrong(None, "priority must be a Priority, not NoneType."),
        "a number": wrong(1, "priority must be a Priority, not int."),
        "in small letters": bad("low", NO_PRIORITY),
        "another word": bad(HUSH, NO_PRIORITY),
        "a member that we do not know": bad(Priority(HUSH), NO_PRIORITY),
        "an empty text": bad("", NO_PRIORITY),
    },
    "duration": {
        "a bool": wrong(True, "duration must be an int, not bool."),
        "a float": wrong(30.0, "duration must be an int, not float."),
        "a text": wrong("30", "duration must be an int, not str."),
        "none": bad(0, "duration must be from 1 to 2147483647 minutes, not 0."),
        "less": bad(-30, "duration must be from 1 to 2147483647 minutes, not -30."),
        "too much": bad(2**31, "duration must be from 1 to 2147483647 minutes, not 2147483648."),
        "half a minute": bad(timedelta(seconds=30), "duration must be of whole minutes."),
        "a microsecond more": bad(timedelta(minutes=30, microseconds=1), "duration must be of whole minutes."),
        "no time": bad(timedelta(0), "duration must be from 1 to 2147483647 minutes, not 0."),
        "time that goes back": bad(timedelta(minutes=-30), "duration must be from 1 to 2147483647 minutes, not -30."),
        "four thousand years": bad(
            timedelta(minutes=2**31), "duration must be from 1 to 2147483647 minutes, not 2147483648."
        ),
    },
    **{
        name: {
            "a bool": wrong(True, f"{name} must be a str or an int, not bool."),
            "a float": wrong(1.2e18, f"{name} must be a str or an int, not float.{FLOAT}"),
            "a list": wrong([HUSH], f"{name} must be a str or an int, not list."),
            **{
                repr(text)[:20]: bad(text, NO_ID.format(name) + PLACED.get(name, ""))
                for text in ("", "..", f"{HUSH}/1", f"{HUSH}\\b", f"{HUSH}\n", "x" * 201, f"{HUSH}\ud800")
            },
        }
        for name in IDS
    },
    **{
        name: {
            "a number": wrong(5, f"{name} must be a str, not int."),
            **{
                repr(text)[:20]: bad(text, NO_LINE.format(name))
                for text in ("", "  ", f"{HUSH}\n", "a\0b", f"a\r\n{HUSH}", "x" * 255)
            },
        }
        for name in LINES
    },
    **{
        name: {
            "a number": wrong(5, f"{name} must be a str, not int."),
            **{
                repr(text)[:20]: bad(text, f"{name} is no email address.")
                for text in ("", HUSH, f"{HUSH}@", f"@{HUSH}", f"{HUSH} @b.org", f"{HUSH}@b.org\n", "a@b@c.org")
            },
            "a long one": bad(f"{HUSH}@{'b' * 250}.org", NO_LINE.format(name)),
        }
        for name in EMAILS
    },
}
"""By input: what is given, and what the error says."""


def rows(table):
    return [pytest.param(name, way, id=f"{name}, {way}") for name, ways in table.items() for way in ways]


def test_the_tables_have_every_input_of_the_page():
    assert set(SENT) == set(REFUSED) == set(INPUTS) == set(attrs.fields_dict(AppointmentSchedule))
    assert len(INPUTS) == 16


@pytest.mark.parametrize(("name", "way"), rows(SENT))
def test_an_input_is_sent_as_the_page_has_it(name, way, one):
    given, sent = SENT[name][way]
    one.answers(answer({"appointment_id": ID}, 201))
    one.schedule(**{name: given})
    (seen,) = one.seen
    least = {"start_time": "2026-03-02T09:00:00.000Z", "priority": "LOW", "external_reference_id": REFERENCE}
    # As text, because True == 1 and 45 == 45.0 in Python, and not in JSON.
    assert json.dumps(seen.body, sort_keys=True) == json.dumps({**least, name: sent}, sort_keys=True)


@pytest.mark.parametrize(("name", "way"), rows(REFUSED))
def test_a_malformed_input_is_refused_before_anything_is_sent(name, way, one):
    value, kind, message = REFUSED[name][way]
    with pytest.raises((TypeError, ValueError)) as caught:
        one.schedule(**{name: value})
    assert (type(caught.value), str(caught.value)) == (kind, message)
    assert HUSH not in message
    assert one.feed.requests == []


@pytest.mark.parametrize("name", ["start_time", "customer_phone", "priority", "duration", "team_id"])
def test_both_facades_refuse_a_malformed_input(name, vendor):
    value, kind, message = next(iter(REFUSED[name].values()))
    with pytest.raises(kind, match=re.escape(message)):
        vendor.schedule(**{name: value})
    assert vendor.feed.requests == []


@pytest.mark.parametrize("name", sorted(set(INPUTS) - {"start_time", "priority"}))
def test_none_leaves_an_input_out(name, one):
    one.answers(answer({"appointment_id": ID}, 201))
    one.schedule(**{name: None})
    left = set(one.seen[0].body) - {"external_reference_id"}
    assert left == {"start_time", "priority"}
    assert None not in one.seen[0].body.values()


@pytest.mark.parametrize(
    "given",
    [{}, {"start_time": START, "starts_at": START}, {"start_time": START, "subdomain": "northside"}],
    ids=["no start", "a name of another provider's", "a credential"],
)
def test_an_input_that_is_missing_or_unknown_is_a_type_error(given, one):
    with pytest.raises(TypeError, match=r"start_time|starts_at|subdomain"):
        one.tell(lambda c: c.call("appointments.schedule", **given))
    assert one.feed.requests == []


def test_no_input_is_taken_by_its_place(one):
    with pytest.raises(TypeError, match="positional"):
        one.tell(lambda c: c.call("appointments.schedule", START))


@pytest.mark.parametrize("duration", [31, timedelta(minutes=31), timedelta(days=1)])
def test_a_maximum_in_the_settings_is_checked_here(duration, one):
    given = settings(max_duration_minutes=30)
    minutes = duration if isinstance(duration, int) else duration // timedelta(minutes=1)
    with pytest.raises(ValueError, match="max_duration_minutes") as caught:
        one.schedule(given, duration=duration)
    assert str(caught.value) == (
        f"duration is {minutes} minutes, and max_duration_minutes in the settings (IMIASSIST_MAX_DURATION_MINUTES) "
        "is 30."
    )
    assert one.feed.requests == []


@pytest.mark.parametrize("duration", [30, timedelta(minutes=30), 1, None])
def test_what_is_not_above_the_maximum_is_the_servers_to_check(duration, one):
    one.answers(answer(MADE, 201))
    assert one.schedule(settings(max_duration_minutes=30), duration=duration).appointment_uid == "NS-45-1"


def test_inputs_are_read_once_and_what_the_caller_changes_later_is_not_sent(one):
    given = {"age": 41}
    one.answers(answer(MADE, 201))

    async def story(c):
        return await c.call("appointments.schedule", **ASKED, custom_attributes=given)

    one.tell(story, on_attempt=lambda _: given.update(age=99))
    assert one.seen[0].body["custom_attributes"] == {"age": 41}


FLOW = {"cancel_by_external_reference": {"method": "POST", "path": "/run", "body": {"node": "cancel"}}}


@pytest.mark.parametrize("reference", ["PAS/1001", "a\\b", "..", "x" * 254, 1001])
def test_a_reference_may_be_any_line_where_it_is_in_no_path(reference, one):
    one.answers(answer({"appointment_id": ID}), answer({"appointment_id": ID}))
    given = settings(endpoints=FLOW)
    one.schedule(given, external_reference_id=reference)
    assert one.seen[0].body["external_reference_id"] == str(reference)
    one.cancel(given=given, external_reference_id=reference)
    assert one.seen[1].body == {"node": "cancel", "external_reference_id": str(reference)}


@pytest.mark.parametrize("reference", ["", " ", f"{HUSH}\n", "x" * 255])
def test_a_reference_is_a_line_at_least(reference, one):
    for call in (one.schedule, lambda given, **named: one.cancel(given=given, **named)):
        with pytest.raises(ValueError, match=re.escape(NO_LINE.format("external_reference_id"))):
            call(settings(endpoints=FLOW), external_reference_id=reference)
    assert one.feed.requests == []


def test_the_inputs_show_nobody_in_their_repr():
    given = {name: HUSH for name in INPUTS if name not in {"start_time", "duration", "priority"}}
    personal = ("customer_phone", "customer_email", "customer_first_name", "customer_last_name", "custom_attributes")
    shown = repr(AppointmentSchedule(**{"start_time": START, **given}))
    for name in (*personal, "assignee_email", "title"):
        assert f"{name}=" not in shown
    assert "2026" in shown


# --- the moment ------------------------------------------------------------------------------------------------------

OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=OFFSETS)  # noqa: DTZ001 - as they must be


@drawn(MOMENTS)
def test_a_moment_is_written_in_utc_to_the_millisecond(moment):
    written = utc_milliseconds(moment, "start_time")
    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", written)
    read = datetime.fromisoformat(written)
    assert read.utcoffset() == timedelta(0)
    assert timedelta(0) <= moment - read < timedelta(milliseconds=1)


@drawn(MOMENTS, OFFSETS)
def test_one_moment_is_written_in_one_way_whatever_its_zone(moment, zone):
    assert utc_milliseconds(moment, "x") == utc_milliseconds(moment.astimezone(zone), "x")


@drawn(st.integers(1, 2**31 - 1))
def test_minutes_and_a_timedelta_say_the_same(minutes):
    scope = settings().scope_of_calls
    sent = [
        values_of(scope, AppointmentSchedule(start_time=START, duration=duration))
        for duration in (minutes, timedelta(minutes=minutes))
    ]
    assert sent[0] == {**sent[1], "external_reference_id": sent[0]["external_reference_id"]}
    assert sent[0]["duration"] == minutes


@drawn(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.binary(), st.lists(st.text())))
def test_whatever_is_given_for_a_phone_is_sent_as_it_is_or_refused(value):
    given = AppointmentSchedule(start_time=START, customer_phone=value)
    try:
        sent = values_of(settings().scope_of_calls, given).get("customer_phone")
    except (TypeError, ValueError) as refusal:
        assert "customer_phone" in str(refusal)  # noqa: PT017 - what is refused is half of what is drawn
    else:
        assert sent == value
        assert value is None or re.fullmatch(r"\+[1-9][0-9]{6,14}", value)
