"""What the shared objects say: every field that can be known is filled, and right."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, time
from importlib import import_module
from zoneinfo import ZoneInfo

import attrs
import pytest
from portable_places import DAY, HOUR, MINUTE
from portable_stage import everywhere, instants
from props import NOW

from apptsdk import Capability, Channel, UnsupportedError

pytestmark = pytest.mark.parametrize(("place", "facade"), everywhere(further=True), ids=str)
PARTS = ("customer", "host", "service", "location")


def values(one):
    return {field.name: getattr(one, field.name) for field in attrs.fields(type(one))}


def known(part):
    return {
        name
        for name, value in values(part).items()
        if name not in {"provider", "id", "attributes"} and value is not None
    }


def see_parts(stage, one, parts, told):
    """See that all nested objects are the provider's, have ids, and say what is known of them."""
    for name in parts:
        part = getattr(one, name)
        assert part is not None, name
        assert (name, part.provider) == (name, stage.place.provider)
        assert part.id is None or isinstance(part.id, str)
        assert (name, known(part)) == (name, set(told[name]))


def see_times(one, zone):
    """See that every time is aware, and shown by the location's clock."""
    for name, value in values(one).items():
        if isinstance(value, datetime):
            assert value.utcoffset() is not None
            assert (name, str(value.tzinfo)) == (name, zone)


def test_a_slot_says_all_that_is_known(stage):
    async def story(stage, tell):
        (slot,) = await stage.find(tell, 1)
        if not stage.can(Capability.FIND_SLOTS):
            assert slot.ref is None
            return
        see_parts(stage, slot, PARTS[1:], stage.place.slot_known_of)
        see_times(slot, stage.place.zone)
        assert (slot.provider, slot.ref.provider) == (stage.place.provider, stage.place.provider)
        assert slot.location.time_zone == stage.place.zone
        assert slot.end > slot.start
        wanted = stage.place.wanted()
        assert (slot.service.id, slot.location.id) == (wanted["service"], wanted["location"])
        scheduling = import_module(f"apptsdk.providers.{stage.place.provider}.scheduling").scheduling
        assert type(slot.native) is scheduling.slot_native
        assert "example" not in repr(slot)

    stage.tell(story)


def test_an_appointment_lasts_as_long_as_its_slot_when_clocks_are_changed(stage):
    wanted, name = stage.place.night

    async def story(stage, tell):
        for night in stage.place.nights:
            start, end = (datetime.combine(day, time(), ZoneInfo(name)) for day in (night.day, night.day + DAY))
            if stage.can(Capability.FIND_SLOTS):
                found = await tell.collect(tell.list("find_slots", start=start, end=end, **wanted()))
                slots = [
                    slot for slot in found if slot.start.hour == 1 or slot.end.utcoffset() != slot.start.utcoffset()
                ]
            else:
                slots = [attrs.evolve(stage.slots(1)[0], start=start + 30 * MINUTE, end=start + 2 * HOUR + 30 * MINUTE)]
            for slot in slots[-2:]:
                made = await stage.book(tell, slot if slot.ref is None else str(slot.ref), stage.place.new)
                assert instants([made]) == instants([slot])
                assert made.end.astimezone(UTC) == slot.end.astimezone(UTC)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one of the places takes no bookings from outside
        stage.tell(story)


async def ask(tell, verb, ref):
    if verb == "get_appointment":
        return await tell.call(verb, ref)
    return await tell.collect(tell.list(verb, start=NOW, end=NOW + DAY))


@pytest.mark.parametrize("verb", ["book", "get_appointment", "list_appointments", "reschedule"])
def test_an_appointment_says_all_that_is_known(stage, verb):
    needed = {"get_appointment": Capability.GET, "list_appointments": Capability.LIST}.get(verb)

    async def story(stage, tell):
        place = stage.place
        if needed is not None and not stage.can(needed):
            with pytest.raises(UnsupportedError, match=f"has no {verb}"):
                await ask(tell, verb, f"{place.provider}:1")
            return
        slot, other = stage.slots(2)
        notes = {"notes": "knee"} if stage.can(Capability.NOTES) else {}
        one = made = await stage.book(tell, slot, place.new, **notes)
        if verb == "get_appointment":
            one = await tell.call(verb, made)
        elif verb == "list_appointments":
            window = {"start": made.start, "end": made.start + MINUTE, "host": made.host}
            (one,) = await tell.collect(tell.list(verb, **window))
        elif verb == "reschedule":
            one, slot = await tell.call(verb, made, other), other

        assert (one.provider, one.ref.provider) == (place.provider, place.provider)
        assert isinstance(one.id, str)
        assert str(one.ref).startswith(f"{place.provider}:")
        assert one.ref.key.endswith(one.id)
        assert instants([one]) == instants([slot])
        assert one.end - one.start == slot.end - slot.start
        told = {name for name, value in values(one).items() if value is None or value is Channel.UNKNOWN}
        unsaid = place.unsaid | place.unsaid_later.get(verb, frozenset())
        assert told == unsaid
        assert one.time_zone == (place.zone if "time_zone" not in unsaid else None)
        see_times(one, one.time_zone or "UTC")
        assert one.notes == ("knee" if "notes" not in unsaid else None)
        assert one.reference is None
        assert one.channel is (Channel.UNKNOWN if "channel" in unsaid else Channel.VIDEO)
        parts = [part for part in PARTS if part not in unsaid]
        see_parts(stage, one, parts, {**place.known_of, **place.known_later.get(verb, {})})
        assert {part: getattr(one, part).id for part in parts[1:]} == {
            part: getattr(slot, part).id for part in parts[1:]
        }
        assert (one.customer.id is None) is (place.customers is None)
        assert one.recovered is False
        scheduling = import_module(f"apptsdk.providers.{place.provider}.scheduling").scheduling
        assert isinstance(one.native, scheduling.native)
        assert "arkinson" not in repr(one) + repr(one.customer)

    stage.tell(story)
