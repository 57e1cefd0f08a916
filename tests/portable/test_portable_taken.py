"""Times that are taken, and customers: found again, made once, or several who could be meant."""

from __future__ import annotations

from contextlib import nullcontext

import attrs
import pytest
from portable_stage import everywhere, instants

import apptsdk
from apptsdk import AmbiguousCustomerError, Customer, ProviderWarning, SlotUnavailableError

pytestmark = pytest.mark.parametrize(("place", "facade"), everywhere(), ids=str)


def test_a_booked_slot_is_found_no_more_and_not_booked_again(stage):
    async def story(stage, tell):
        slot, other = stage.slots(2)
        made = await stage.book(tell, slot)
        customer = stage.known
        async with stage.another() as second:
            if not stage.place.holds:
                # The vendor has no calendar: it schedules whatever it is told.
                await stage.book(second, slot, customer)
                assert len(stage.live) == 2
                return
            asked = stage.search(end=other.end, host=slot.host, **stage.place.wanted())
            free = await second.collect(second.list("find_slots", **asked))
            assert slot.start not in {one.start for one in free}
            assert other.start in {one.start for one in free}
            for again in (slot, str(slot.ref)):
                with pytest.raises(SlotUnavailableError) as caught:
                    await stage.book(second, again, customer)
                assert caught.value.provider == stage.place.provider
            assert stage.effects == stage.did("create")
            assert stage.live == [made.id]
            await second.call("cancel", made)
            freed = await stage.book(second, slot, customer)
        assert stage.live == [freed.id]

    stage.tell(story)


def test_a_slot_that_is_not_looked_at_before_is_the_vendors_to_refuse(stage):
    async def story(stage, tell):
        slot = stage.slots(1)[0]
        await stage.book(tell, slot, check_conflicts=False)
        if stage.place.lets_two:
            await stage.book(tell, slot, check_conflicts=False)
        elif stage.place.holds:
            with pytest.raises(SlotUnavailableError):
                await stage.book(tell, slot, check_conflicts=False)
        assert len(stage.live) == 1 + stage.place.lets_two
        assert stage.effects == stage.did(*["create"] * len(stage.live))

    stage.tell(story)


def test_a_slot_made_by_hand_is_booked(stage):
    async def story(stage, tell):
        slot, _ = stage.slots(2)
        hand, more = stage.place.by_hand(slot)
        made = await stage.book(tell, hand, **more)
        assert instants([made]) == instants([slot])
        assert made.end == slot.end
        assert (made.service.id, made.host.id, made.location.id) == (slot.service.id, slot.host.id, slot.location.id)
        assert {one.provider for one in (made.service, made.host, made.location)} == {stage.place.provider}
        assert stage.live == [made.id]
        if stage.place.holds:
            with pytest.raises(SlotUnavailableError):
                await stage.book(tell, hand, **more)
            assert stage.live == [made.id]

    stage.tell(story)


def test_a_customer_who_is_found_again_is_not_made_twice(stage):
    async def story(stage, tell):
        place = stage.place
        first, second, third, fourth = stage.slots(4)
        new = await stage.book(tell, first, place.new)
        async with stage.another() as other:
            again = await stage.book(other, second, place.new)
        stage.sandbox.ledger.clear()
        known = await stage.book(tell, third, place.known)
        named = await stage.book(tell, fourth, stage.known)
        assert stage.effects == stage.did("create", "create")
        if place.customers is None:
            return
        assert again.customer.id == new.customer.id != known.customer.id
        assert known.customer.id == named.customer.id == place.known_id()

    stage.tell(story)


def test_a_new_customer_is_made_once(stage):
    async def story(stage, tell):
        first, second = stage.slots(2)
        await stage.book(tell, first, stage.place.new)
        await stage.book(tell, second, stage.place.new)
        assert stage.effects == stage.did("register", "create", "create")

    stage.tell(story)


def test_a_customer_who_could_be_several_is_nobody(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        if stage.place.twins is None:  # the provider finds by what is one customer's only
            await stage.book(tell, slot, stage.place.known)
            assert stage.effects == stage.did("create")
            return
        unclear = await stage.place.twins(tell, stage.own)
        stage.sandbox.ledger.clear()
        with pytest.raises(AmbiguousCustomerError) as caught:
            await stage.book(tell, slot, unclear)
        assert stage.effects == []
        candidates = caught.value.candidates
        assert len({one.id for one in candidates}) == len(candidates) == 2
        assert all(isinstance(one, Customer) and one.provider == stage.place.provider for one in candidates)
        assert not [word for word in ("Twin", "Lindqvist", "example.com") if word in str(caught.value)]
        made = await stage.book(tell, slot, candidates[1])
        assert made.customer.id == candidates[1].id
        assert stage.effects == stage.did("create")

    stage.tell(story)


def test_nobody_is_found_by_name_alone(stage):
    async def story(stage, tell):
        place = stage.place
        (slot,) = stage.slots(1)
        named = Customer(first_name=place.known.first_name or "Ana", last_name=place.known.last_name or "Quill")
        if place.by_name == "refused":
            with pytest.raises(ValueError, match="by name alone"):
                await stage.book(tell, slot, named)
            assert stage.effects == []
            return
        dropped = pytest.warns(
            ProviderWarning, match="without the customer's key, Cubu keeps no first_name or last_name"
        )
        with dropped if place.by_name == "nobody" else nullcontext():
            made = await stage.book(tell, slot, named)
        assert stage.effects == stage.did(*(["register"] if place.by_name == "made" else []), "create")
        assert made.customer is None or made.customer.id != place.known_id()

    stage.tell(story)


def test_a_customer_who_is_not_there_is_refused_and_nobody_is_made(stage):
    async def story(stage, tell):
        place = stage.place
        (slot,) = stage.slots(1)
        missing = attrs.evolve(place.new, id=place.nobody)
        if place.no_customer is None:  # the vendor's ids of customers are the caller's own
            await stage.book(tell, slot, missing)
            return
        with pytest.raises(getattr(apptsdk, place.no_customer)):
            await stage.book(tell, slot, missing)
        assert stage.effects == []

    stage.tell(story)
