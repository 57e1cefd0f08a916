"""Moves that fail: what was there stays, and where two stand, both are named."""

from __future__ import annotations

import pytest
from harness import World
from portable_stage import at_both_times, everywhere, instants

import apptsdk
from apptsdk import (
    Capability,
    ConflictError,
    NotCancelledError,
    OutcomeUnknownError,
    ProviderWarning,
    SlotUnavailableError,
    UnsupportedError,
)

EVERYWHERE = pytest.mark.parametrize(("place", "facade"), everywhere(further=True), ids=str)
AT_BOTH_TIMES = pytest.mark.parametrize(("place", "facade", "settled"), at_both_times())


@AT_BOTH_TIMES
def test_a_move_to_a_taken_time_changes_nothing(stage, settled):
    async def story(stage, tell):
        first, second = stage.slots(2)
        made = await stage.book(tell, first)
        if settled:
            await stage.settled()
        async with stage.another() as rival:
            taken = await stage.book(rival, second)
        before = stage.effects
        if not stage.place.holds:
            await tell.call("reschedule", made, second)
            assert len(stage.live) == 2
            return
        refused = SlotUnavailableError if not (settled and stage.place.unmoved) else UnsupportedError
        with pytest.raises(refused):
            await tell.call("reschedule", made, second)
        assert sorted(stage.live) == sorted([made.id, taken.id])
        standing = await tell.call("get_appointment", made)
        assert instants([standing]) == instants([first])
        if stage.effects != before:  # moved, and moved back
            assert stage.effects == [*before, *stage.did("update", "update")]

    stage.tell(story)


@AT_BOTH_TIMES
def test_a_move_that_is_not_done_leaves_the_old_one(stage, settled):
    place = stage.place
    in_place = place.settles is not None and (settled or not place.settles)

    async def story(stage, tell):
        first, second = stage.slots(2)
        made = await stage.book(tell, first)
        if settled:
            await stage.settled()
        where = place.moves if in_place else place.books
        stage.fault("status", where, status=500, times=None)
        with pytest.raises((OutcomeUnknownError, apptsdk.ServerError)) as caught:
            await tell.call("reschedule", made, second)
        assert caught.value.provider == place.provider
        assert stage.effects == stage.did("create")
        assert stage.live == [made.id]
        assert in_place or stage.sent(where) == 2

    stage.tell(story)


@EVERYWHERE
def test_a_move_whose_answer_is_lost_is_done_once(stage):
    place = stage.place

    async def story(stage, tell):
        first, second = stage.slots(2)
        made = await stage.book(tell, first)
        in_place = place.settles is not None and not place.settles
        stage.fault("drop_after", place.moves if in_place else place.books)
        if not in_place and not place.finds_lost:
            with pytest.raises(OutcomeUnknownError):
                await tell.call("reschedule", made, second)
            assert len(stage.live) == 2
            assert made.id in stage.live  # the old one stands until it is known that the new one does
            return
        moved = await tell.call("reschedule", made, second)
        assert instants([moved]) == instants([second])
        assert stage.live == [moved.id]
        assert moved.recovered is (not in_place)

    stage.tell(story)


@EVERYWHERE
def test_a_move_whose_cancelling_fails_names_both(stage):
    place = stage.place

    async def story(stage, tell):
        first, second = stage.slots(2)
        made = await stage.book(tell, first)
        if not place.settles and place.settles is not None:  # moved in place, and nothing is cancelled
            stage.fault("status", place.cancels, status=500, times=None)
            assert (await tell.call("reschedule", made, second)).ref == made.ref
            assert stage.live == [made.id]
            return
        stage.fault("status", place.cancels, status=500, times=None)
        with pytest.raises(NotCancelledError) as caught:
            await tell.call("reschedule", made, second)
        error = caught.value
        assert stage.effects == stage.did("create", "create")
        assert len(stage.live) == 2
        assert str(error.old) == str(made.ref)
        assert {error.new.id, made.id} == set(stage.live)
        assert str(made.ref) in str(error)
        assert str(error.new.ref) in str(error)
        assert error.__cause__ is not None

    stage.tell(story)


@EVERYWHERE
def test_a_move_onto_itself_says_that_the_old_one_is_in_the_way_or_does_it(stage):
    place = stage.place

    async def story(stage, tell):
        (slot,) = stage.slots(1)
        made = await stage.book(tell, slot)
        if not place.holds or (place.settles is not None and not place.settles):
            moved = await tell.call("reschedule", made, slot)
            assert instants([moved]) == instants([slot])
            assert len(stage.live) == 1
            return
        with pytest.raises(SlotUnavailableError) as caught:
            await tell.call("reschedule", made, slot)
        assert "in the way" in str(caught.value.__notes__)
        assert stage.live == [made.id]
        assert stage.effects == stage.did("create")

    stage.tell(story)


@EVERYWHERE
def test_a_cancelled_appointment_is_not_moved(stage):
    async def story(stage, tell):
        first, second = stage.slots(2)
        made = await stage.book(tell, first)
        await tell.call("cancel", made)
        with pytest.raises(getattr(apptsdk, stage.place.cancelled_moves)) as caught:
            await tell.call("reschedule", made, second)
        # Where nobody can be asked before, the new one is cancelled again.
        undone = isinstance(caught.value, ConflictError)
        assert stage.live == []
        assert stage.effects == stage.did("create", "cancel", *(["create", "cancel"] if undone else []))

    stage.tell(story)


@EVERYWHERE
def test_of_two_moves_of_one_appointment_at_the_same_time_one_stands(stage):
    first, second, third = stage.slots(3)
    place, winners, made = stage.place, [], []

    def rival(attempt):
        # Before the new one is booked, and after the old one was read: another call moves it.
        if made and not winners:
            winners.append(None)
            with stage.client(world=World("sync")) as client:
                winners[0] = client.reschedule(made[0], third)

    async def story(stage, tell):
        made.append(await stage.book(tell, first))
        if place.settles is not None and not place.settles:  # moved in place: the one who comes last decides
            return
        with pytest.raises(ConflictError, match="moved by another call") as caught:
            await tell.call("reschedule", made[0], second)
        (winner,) = winners
        assert stage.live == [winner.id]
        assert caught.value.operation == f"{place.provider}.reschedule"

    stage.tell(story, on_attempt=rival)


@EVERYWHERE
def test_a_move_whose_cancelling_is_done_and_not_answered_is_done(stage):
    place = stage.place

    async def story(stage, tell):
        first, second = stage.slots(2)
        made = await stage.book(tell, first)
        stage.fault("drop_after", place.cancels)
        moved = await tell.call("reschedule", made, second)
        assert stage.live == [moved.id]

    stage.tell(story)


@EVERYWHERE
def test_a_reference_that_a_move_cannot_keep_is_told(stage):
    async def story(stage, tell):
        first, second = stage.slots(2)
        if stage.can(Capability.REFERENCE):
            made = await stage.book(tell, first, reference="crm-7")
            with pytest.warns(ProviderWarning, match="reference"):
                moved = await tell.call("reschedule", made, second)
        else:  # warnings are errors
            moved = await tell.call("reschedule", await stage.book(tell, first), second)
        assert (moved.reference, stage.live) == (None, [moved.id])

    stage.tell(story)


@EVERYWHERE
def test_what_an_appointment_holds_is_kept_by_a_move(stage):
    async def story(stage, tell):
        first, second = stage.slots(2)
        notes = {"notes": "knee"} if stage.can(Capability.NOTES) else {}
        made = await stage.book(tell, first, **notes)
        moved = await tell.call("reschedule", made, second)
        for name in ("customer", "host", "location", "channel", "notes"):
            old, new = getattr(made, name), getattr(moved, name)
            assert getattr(old, "id", old) == getattr(new, "id", new), name
        assert moved.service.id == made.service.id

    stage.tell(story)
