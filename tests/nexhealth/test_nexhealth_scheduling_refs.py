"""What names NexHealth's appointments and slots again: one grammar, and nothing that it does not hold."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nexhealth_support import settings
from nexhealth_verbs import END, START, resumed, usual

from apptsdk.providers.nexhealth.references import AppointmentKey, SlotKey, at_practice
from apptsdk.providers.nexhealth.scheduling import scheduling
from apptsdk.shared import AppointmentRef, SlotRef

SCOPE = settings().scope_of_calls
KEY = "riverbend-dental/41/71/305/12/2031-04-15T14:00:00Z/2031-04-15T14:30:00Z"
IDS = st.integers(1, 10**18 - 1)
MAYBE = st.none() | IDS
SUBDOMAINS = st.from_regex(r"[0-9A-Za-z](?:[0-9A-Za-z_-]{0,20}[0-9A-Za-z])?", fullmatch=True)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001 - it adds a zone


LENGTHS = st.none() | st.timedeltas(timedelta(seconds=1), timedelta(days=1))
KEYS = st.builds(
    lambda length, start, **other: SlotKey(start=start, end=length and start.astimezone(UTC) + length, **other),
    LENGTHS,
    MOMENTS,
    subdomain=SUBDOMAINS,
    location_id=IDS,
    provider_id=MAYBE,
    operatory_id=MAYBE,
    appointment_type_id=MAYBE,
)


@given(KEYS)
def test_a_slots_key_says_all_that_it_holds(key):
    ref = SlotRef("nexhealth", str(key))
    assert SlotKey.parse(SlotRef.parse(str(ref)).key) == key
    assert pickle.loads(pickle.dumps(ref)) == ref
    slot = scheduling.slot_of(SCOPE, ref)
    assert (slot.start, slot.end) == (key.start, key.end)
    assert slot.start.tzinfo is UTC
    ids = [key.location_id, key.provider_id, key.appointment_type_id]
    assert [one and int(one.id) for one in (slot.location, slot.host, slot.service)] == ids


@given(SUBDOMAINS, IDS)
def test_an_appointments_key_says_practice_and_id(subdomain, number):
    key = AppointmentKey(subdomain, number)
    assert AppointmentKey.parse(AppointmentRef.parse(f"nexhealth:{key}").key) == key


NO_APPOINTMENTS = (
    *("1822", "riverbend-dental", "riverbend-dental/", "/1822", "a.b/1822", "-a/1822", "evil.example/1822", "a@b/5"),
    *("a/0", "a/01", "a/-5", "a/1822/", "a/1822/7", "a/x", "a/1822 ", "a/" + "9" * 19),
)


@pytest.mark.parametrize("key", NO_APPOINTMENTS)
def test_what_names_no_appointment_is_told_the_form(key):
    with pytest.raises(ValueError, match=r"^appointment is no ref of the form nexhealth:<subdomain>/<id>\.$"):
        scheduling.check_ref(SCOPE, AppointmentRef("nexhealth", key))


NO_SLOTS = {
    "nothing": "x",
    "a part less": KEY.partition("/")[2],
    "a part more": KEY + "/1",
    "no office": KEY.replace("/41/", "/-/"),
    "an office of nought": KEY.replace("/41/", "/0/"),
    "a chair in words": KEY.replace("/305/", "/OP-1/"),
    "an empty chair": KEY.replace("/305/", "//"),
    "no start": KEY.replace("/2031-04-15T14:00:00Z", "/-", 1),
    "a start in a zone": KEY.replace("14:00:00Z", "09:00:00-05:00"),
    "a start in none": KEY.replace("14:00:00Z", "14:00:00"),
    "a month that is none": KEY.replace("2031-04-15T14:00", "2031-13-15T14:00"),
    "an hour that is none": KEY.replace("T14:30", "T24:30"),
    "a practice that is none": KEY.replace("riverbend-dental", "riverbend.dental"),
}


@pytest.mark.parametrize("why", NO_SLOTS)
def test_what_names_no_slot_is_told_the_form(why):
    assert SlotKey.parse(KEY).provider_id == 71
    form = r"^slot is no ref of the form nexhealth:<subdomain>/<location>/.*2031-04-15T14:00:00Z\.$"
    with pytest.raises(ValueError, match=form):
        SlotKey.parse(NO_SLOTS[why])


@pytest.mark.parametrize("end", ["2031-04-15T14:00:00Z", "2031-04-15T13:59:59Z"])
def test_a_slot_that_ends_before_it_begins_is_none(end):
    with pytest.raises(ValueError, match="ends before it begins"):
        SlotKey.parse(KEY.replace("2031-04-15T14:30:00Z", end))


def test_another_practice_is_asked_without_the_clients_office():
    assert at_practice(SCOPE, "riverbend-dental") == SCOPE
    there = at_practice(SCOPE, "lakeside")
    assert (there.subdomain, there.location_id, there.version) == ("lakeside", None, SCOPE.version)


REFUSED = {
    "a ref of another's": ("get_appointment", ("cliniko:5",), ValueError, "is cliniko's"),
    "no practice": ("get_appointment", ("nexhealth:1822",), ValueError, "^appointment is no ref of the form"),
    "no practice to cancel at": ("cancel", ("nexhealth:1822",), ValueError, "^appointment is no ref of the form"),
    "no slot": ("reschedule", ("nexhealth:a/5", "nexhealth:a/5"), ValueError, "^slot is no ref of the form"),
    "another practice's slot": (
        "reschedule",
        ("nexhealth:lakeside/5", f"nexhealth:{KEY}"),
        ValueError,
        "^slot is another practice's than the appointment",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_wrong_ref_is_refused_before_anything_is_sent(why, vendor):
    verb, args, kind, named = REFUSED[why]
    with pytest.raises(kind, match=named):
        vendor.tell(lambda c: c.call(verb, *args))
    assert vendor.feed.requests == vendor.feed.logins == []


def test_a_cursor_of_something_else_is_refused(vendor):

    vendor.answers(always=usual())
    given = {"start": START, "end": END}

    async def story(c):
        for cursor in ("x", "2031-05-15", "2031-03-31", "2031-02-30"):
            with pytest.raises(ValueError, match=r"^cursor is not the \.cursor of a page of this list\.$"):
                await c.collect(resumed(c, "find_slots", cursor, service="12", **given))
        for cursor in ("x", "42", "42 https://nexhealth.info/appointments?page=2"):
            with pytest.raises(ValueError, match=r"^cursor is not the \.cursor of a page of this list\.$"):
                await c.collect(resumed(c, "list_appointments", cursor, **given))
        with pytest.raises(ValueError, match=r"^cursor is not that of a page of /appointments"):
            await c.collect(resumed(c, "list_appointments", "41 https://nexhealth.info/patients?end_cursor=x", **given))

    vendor.tell(story)
    assert {one.path for one in vendor.seen} == {"/locations/41"}
