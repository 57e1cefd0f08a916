"""What is handed over as text: refs that book, read and cancel in another process, and objects as JSON."""

from __future__ import annotations

import warnings

import attrs
import pytest
from portable_stage import everywhere

from apptsdk import (
    Appointment,
    Cancellation,
    Capability,
    ConfigurationError,
    Customer,
    NoResultError,
    NotFoundError,
    Slot,
    SlotRef,
    UnsupportedError,
)

pytestmark = pytest.mark.parametrize(("place", "facade"), everywhere(further=True), ids=str)


def test_a_slot_and_an_appointment_are_handed_over_as_text(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        if slot.ref is None:  # made by hand, and nothing but itself names it
            with pytest.raises(ValueError, match="make a Slot by hand"):
                await stage.book(tell, f"{stage.place.provider}:1/2")
            text, wanted = slot, slot
        else:
            text, wanted = str(slot.ref), slot
            assert SlotRef.parse(text) == slot.ref
            assert "example" not in text

        async with stage.another() as second:
            made = await stage.book(second, text, stage.place.new)
            assert made.start == wanted.start
            assert made.end == wanted.end
            assert made.start.tzinfo == wanted.start.tzinfo
            for one in ("service", "host", "location"):
                assert getattr(made, one).id == getattr(wanted, one).id
        named = str(made.ref)
        assert "arkinson" not in named

        async with stage.another() as third:
            if stage.can(Capability.GET):
                again = await third.call("get_appointment", named)
                assert (again.ref, again.start, again.end) == (made.ref, made.start, made.end)
            gone = await third.call("cancel", named)
        assert (str(gone.ref), stage.live) == (named, [])
        assert stage.effects == stage.did("register", "create", "cancel")

    stage.tell(story)


def test_an_appointment_is_moved_by_text_alone_where_the_provider_can(stage):
    async def story(stage, tell):
        first, second = stage.slots(2)
        made = await stage.book(tell, first)
        where = second if second.ref is None else str(second.ref)
        async with stage.another() as other:
            if not stage.can(Capability.FIND_SLOTS):
                stage.sandbox.requests.clear()
                with pytest.raises(UnsupportedError, match="pass the Appointment that book returned"):
                    await other.call("reschedule", str(made.ref), where)
                assert stage.sandbox.requests == []
                return
            moved = await other.call("reschedule", str(made.ref), where)
        assert (moved.start, moved.end, moved.customer.id) == (second.start, second.end, made.customer.id)
        assert stage.live == [moved.id]

    stage.tell(story)


def test_what_was_returned_goes_to_json_and_back(stage):
    async def story(stage, tell):
        first, second = stage.slots(2)
        again = Slot.from_json(first.to_json())
        assert (again, again.native) == (first, None)
        assert again.start.tzinfo == first.start.tzinfo

        made = await stage.book(tell, again, Customer.from_json(stage.place.new.to_json()))
        back = Appointment.from_json(made.to_json())
        assert (back, back.native, made.native is None) == (made, None, False)
        assert (back.start.tzinfo, back.end.tzinfo) == (made.start.tzinfo, made.end.tzinfo)
        assert back.customer == made.customer

        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "imiassist.reschedule: nothing here says the old appointment's priority")
            moved = await tell.call("reschedule", back, Slot.from_json(second.to_json()))
        gone = await tell.call("cancel", Appointment.from_json(moved.to_json()))
        assert Cancellation.from_json(gone.to_json()) == gone
        assert stage.live == []

    stage.tell(story)


REFS = ("", "cliniko", ":1", "{}:", "{}:..", "{}:a/../b", "{}:a b/c", "{}:1\r\n2", "{}@two:1")


def test_what_is_no_ref_is_refused_before_anything_is_sent(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        stage.sandbox.requests.clear()
        for form in REFS:
            text = form.format(stage.place.provider)
            with pytest.raises((ValueError, ConfigurationError)):
                await stage.book(tell, text)
            with pytest.raises((ValueError, ConfigurationError)):
                await tell.call("cancel", text)
            with pytest.raises((ValueError, ConfigurationError)):
                await tell.call("reschedule", text, slot)
            if stage.can(Capability.GET):
                with pytest.raises((ValueError, ConfigurationError)):
                    await tell.call("get_appointment", text)
        for wrong in (5, None, b"cliniko:1", object()):
            with pytest.raises(TypeError):
                await stage.book(tell, wrong)
            with pytest.raises(TypeError):
                await tell.call("cancel", wrong)
        assert stage.sandbox.requests == []

    stage.tell(story)


def test_what_is_anothers_is_refused_before_anything_is_sent(stage):
    other = "cubu" if stage.place.provider == "cliniko" else "cliniko"
    kinds = (ConfigurationError,) if stage.facade.joint else (ValueError,)

    async def story(stage, tell):
        (slot,) = stage.slots(1)
        stage.sandbox.requests.clear()
        with pytest.raises(kinds):
            await stage.book(tell, attrs.evolve(slot, provider=other, ref=None))
        with pytest.raises(kinds):
            await tell.call("cancel", f"{other}:1")
        with pytest.raises(ValueError, match=other):
            await stage.book(tell, slot, attrs.evolve(stage.place.new, provider=other))
        with pytest.raises(TypeError, match="options"):
            await stage.book(tell, slot, options=object())
        assert stage.sandbox.requests == []

    stage.tell(story)


def test_an_appointment_that_is_not_there_is_not_found(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        made = await stage.book(tell, slot)
        key = made.ref.key
        missing = f"{stage.place.provider}:{key[:-3]}{'111' if key[-3:] != '111' else '222'}"
        stage.sandbox.ledger.clear()
        with pytest.raises((NotFoundError, NoResultError)):
            await tell.call("cancel", missing)
        if stage.can(Capability.GET):
            with pytest.raises((NotFoundError, NoResultError)):
                await tell.call("get_appointment", missing)
        assert stage.effects == []

    stage.tell(story)
