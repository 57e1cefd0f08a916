"""The portable verbs at IMIassist: how long an appointment is, and what a move takes over."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from imiassist_support import NOW

from apptsdk import Customer, Location, ProviderWarning, Slot
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


def test_a_reference_that_a_move_cannot_keep_is_told(company):
    async def story(c):
        made = await c.call("book", slot(minutes=30), ANA, reference="crm-881", options=IMIassistBooking(title="First"))
        assert made.reference == "crm-881"
        with pytest.warns(ProviderWarning, match="does not have the old one's reference"):
            return await c.call("reschedule", made, slot(MORNING + timedelta(days=1)))

    assert company.tell(story).reference is None


def test_a_move_keeps_title_and_priority_unless_options_are_given(company):
    async def story(c):
        made = await c.call("book", slot(minutes=30), ANA, options=IMIassistBooking(title="First", priority="HIGH"))
        moved = await c.call("reschedule", made, slot(MORNING + timedelta(days=1)))
        other = IMIassistBooking(title="Second")
        return moved, await c.call("reschedule", moved, slot(MORNING + timedelta(days=2)), options=other)

    kept, changed = company.tell(story)
    assert (kept.title, kept.native.priority) == ("First", "HIGH")
    assert (changed.title, changed.native.priority) == ("Second", "LOW")
