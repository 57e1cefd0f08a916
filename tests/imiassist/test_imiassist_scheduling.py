"""The portable verbs at IMIassist: how long an appointment is, and what a move takes over."""

from __future__ import annotations

import warnings
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from imiassist_support import NOW

from apptsdk import Appointment, Customer, Host, Location, ProviderWarning, Service, Slot
from apptsdk.providers.imiassist.scheduling import IMIassistBooking
from apptsdk.sandbox.imiassist.seed import PHYSIOTHERAPY

MORNING = NOW + timedelta(days=9)
ANA = Customer(first_name="Ana", last_name="Roe", phone="+447700900123")
ZONE = "Europe/London"


def london(hour, minute=0):
    """Give a time of the night in which London's clocks leap from one to two."""
    return datetime(2026, 3, 29, hour, minute, tzinfo=ZoneInfo(ZONE))


def slot(start=MORNING, minutes=None, **more):
    end = None if minutes is None else start + timedelta(minutes=minutes)
    return Slot(provider="imiassist", start=start, end=end, **more)


def test_a_slot_is_as_long_as_time_passes_and_not_as_the_clocks_show(company):
    where = Location(id=PHYSIOTHERAPY, time_zone=ZONE)
    night = Slot(provider="imiassist", start=london(0, 30), end=london(2, 30), location=where)
    made = company.tell(lambda c: c.call("book", night, ANA))
    assert made.native.duration == 60
    assert (made.start, made.end) == (london(0, 30), london(2, 30))


@pytest.mark.parametrize(("given", "length"), [(None, 45), (20, 20)], ids=["the old one's", "the slot's"])
def test_a_move_keeps_the_length_unless_the_slot_has_an_end(given, length, company):
    async def story(c):
        made = await c.call("book", slot(minutes=45), ANA)
        return await c.call("reschedule", made, slot(MORNING + timedelta(days=1), given))

    assert company.tell(story).native.duration == length


def test_a_move_over_the_night_in_which_clocks_change_keeps_the_length(company):
    where = Location(id=PHYSIOTHERAPY, time_zone=ZONE)

    async def story(c):
        made = await c.call("book", slot(minutes=45), ANA)
        return await c.call("reschedule", made, Slot(provider="imiassist", start=london(0, 30), location=where))

    moved = company.tell(story)
    assert (moved.native.duration, moved.end) == (45, london(2, 15))


def test_a_length_in_the_options_is_for_a_slot_without_an_end(company):
    half = IMIassistBooking(duration=30)

    async def story(c):
        made = await c.call("book", slot(), ANA, options=half)
        same = await c.call("book", slot(MORNING + timedelta(days=2), 30), ANA, options=half)
        moved = await c.call(
            "reschedule", made, slot(MORNING + timedelta(days=1)), options=IMIassistBooking(duration=20)
        )
        sent = len(company.sandbox.requests)
        for ask in (
            lambda: c.call("book", slot(minutes=45), ANA, options=half),
            lambda: c.call("reschedule", moved, slot(minutes=45), options=half),
        ):
            with pytest.raises(
                ValueError, match=r"^duration is for a slot without an end, and slot\.end says otherwise"
            ):
                await ask()
        assert len(company.sandbox.requests) == sent
        return [one.native.duration for one in (made, same, moved)]

    assert company.tell(story) == [30, 30, 20]


PLAIN = {"provider": "imiassist", "start": MORNING}
# label: the slot, who, what else, what is said
WRONG = {
    "a phone": (slot(), Customer(phone="555"), {}, r"^customer\.phone must be an E\.164 number"),
    "a phone beside an id": (slot(), Customer(id="7", phone="555"), {}, r"^customer\.phone must be an E\.164 number"),
    "an address beside an id": (slot(), Customer(id="7", email="a"), {}, r"^customer\.email is no email address\.$"),
    "a reference": (slot(), ANA, {"reference": "a/b"}, r"^reference is not an id: .* becomes part of a path"),
    "a host": (slot(host=Host(id="Dr Lee")), ANA, {}, r"^slot\.host is no email address\.$"),
    "a length": (
        Slot(**PLAIN, end=MORNING + timedelta(seconds=90)),
        ANA,
        {},
        r"^The length of slot must be of whole m",
    ),
    "a title": (slot(), ANA, {"options": IMIassistBooking(title=" ")}, r"^title is blank"),
    "a length in the options": (slot(), ANA, {"options": IMIassistBooking(duration=0)}, r"^duration must be from 1 to"),
}


@pytest.mark.parametrize(("where", "who", "more", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_by_the_names_that_the_verbs_have_for_it(where, who, more, said, company):
    with pytest.raises(ValueError, match=said):
        company.tell(lambda c: c.call("book", where, who, **more))
    assert company.sandbox.requests == []


def test_an_appointments_ref_has_three_forms(company):
    with pytest.raises(ValueError, match=r"^appointment is no ref of the form imiassist:<id>, imiassist:uid/<uid> or "):
        company.tell(lambda c: c.call("cancel", "imiassist:uid/a/b"))
    assert company.sandbox.requests == []


def test_a_reference_that_a_move_cannot_keep_is_told(company):
    async def story(c):
        made = await c.call("book", slot(minutes=30), ANA, reference="crm-881", options=IMIassistBooking(title="First"))
        assert made.reference == "crm-881"
        with pytest.warns(ProviderWarning, match="does not have the old one's reference"):
            return await c.call("reschedule", made, slot(MORNING + timedelta(days=1)))

    assert company.tell(story).reference is None


def test_a_move_keeps_title_and_priority_unless_the_options_say_otherwise(company):
    async def story(c):
        made = await c.call("book", slot(minutes=30), ANA, options=IMIassistBooking(title="First", priority="HIGH"))
        moved = await c.call("reschedule", made, slot(MORNING + timedelta(days=1)))
        found = [moved]
        for day, other in enumerate((IMIassistBooking(title="Second"), IMIassistBooking(priority="MEDIUM")), start=2):
            found.append(await c.call("reschedule", found[-1], slot(MORNING + timedelta(days=day)), options=other))
        return [(one.title, one.native.priority) for one in found]

    assert company.tell(story) == [("First", "HIGH"), ("Second", "HIGH"), ("Second", "MEDIUM")]


WHOLE = {
    "host": Host(id="dr.lee@example.org"),
    "service": Service(id="Follow-up"),
    "location": Location(id=PHYSIOTHERAPY, time_zone=ZONE),
}
# what is moved, what else is said, what is told to be lost
LOST = {
    "what was booked": ("booked", {}, None),
    "JSON": ("json", {}, "priority"),
    "JSON, and the priority": ("json", {"options": IMIassistBooking(priority="HIGH")}, None),
    "what was read": ("read", {}, "notes and customer's id and type and team"),
    "what was read, in JSON": ("read json", {}, "priority and notes and customer's id and type and team"),
}


@pytest.mark.parametrize(("what", "more", "lost"), LOST.values(), ids=LOST)
def test_what_a_move_cannot_take_over_is_told(what, more, lost, company):
    reads = attrs.evolve(
        company.sandbox.imiassist, endpoints={"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}
    )
    who = attrs.evolve(ANA, id="NHSID_1")

    async def story(c):
        made = await c.call(
            "book", slot(minutes=30, **WHOLE), who, notes="the scan", options=IMIassistBooking(priority="HIGH")
        )
        old = await c.call("get_appointment", made) if "read" in what else made
        old = Appointment.from_json(old.to_json()) if "json" in what else old
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            moved = await c.call("reschedule", old, slot(MORNING + timedelta(days=1)), **more)
        return moved, [str(one.message) for one in told]

    moved, told = company.tell(story, reads)
    assert told == ([] if lost is None else [told[0]])
    assert [one.partition("the old appointment's ")[2].partition(": the new")[0] for one in told] == (
        [lost] if lost else []
    )
    kept = "read" not in what
    assert (moved.notes, moved.customer.id) == (("the scan", "NHSID_1") if kept else (None, None))
    assert moved.native.priority == ("LOW" if "priority" in str(lost) else "HIGH")


@pytest.mark.parametrize("name", ["Europe/Lundon", "GMT Standard Time", "/etc/localtime", "", "Europe"])
def test_a_zone_that_nobody_knows_loses_no_booking(name, company):
    where = Location(id=PHYSIOTHERAPY, time_zone=name)

    async def story(c):
        made = await c.call("book", slot(minutes=30, location=where), ANA)
        return made, await c.call("reschedule", made, slot(MORNING + timedelta(days=1)))

    made, moved = company.tell(story)
    assert company.sandbox.ledger.live("appointments") == [moved.id]
    assert (made.time_zone, str(made.start.tzinfo), made.start) == (None, "UTC", MORNING)
