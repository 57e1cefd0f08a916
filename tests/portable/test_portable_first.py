"""The first slot that is free: the next one where it is taken meanwhile, and never two."""

from __future__ import annotations

import pytest
from harness import SyncTeller, World, at_once
from portable_places import DAY
from portable_stage import everywhere
from props import NOW

from apptsdk import Capability, NoResultError, OutcomeUnknownError, SlotUnavailableError

EVERYWHERE = [(place, facade) for place, facade in everywhere() if Capability.FIND_SLOTS in place.able]
pytestmark = pytest.mark.parametrize(("place", "facade"), EVERYWHERE, ids=str)


class Rival:
    """Takes the first free slot before each of the first bookings of another."""

    def __init__(self, stage, most):
        self.stage = stage
        self.left = most
        self.made = []

    def __call__(self, attempt):
        assert attempt.provider == self.stage.place.provider
        if self.left:
            self.left -= 1
            with self.stage.client(world=World("sync")) as client:
                customer = self.stage.known
                self.made.append(at_once(first(self.stage, SyncTeller(client), customer)))


async def first(stage, tell, customer=None, **more):
    asked = {**stage.search(), **stage.place.booking, **more}
    return await tell.call("book_first_available", customer or stage.known, **asked)


def test_the_first_slot_is_booked(stage):
    async def story(stage, tell):
        wanted = await tell.first(tell.list("find_slots", **stage.search()))
        made = await first(stage, tell, stage.place.new)
        assert made.start == wanted.start
        assert stage.effects == stage.did("register", "create")
        after = await first(stage, tell, stage.place.new)
        assert after.start >= made.start
        assert stage.live == [made.id, after.id]

    stage.tell(story)


def test_the_next_one_is_booked_where_it_is_taken_meanwhile(stage):
    rival = Rival(stage, 2)

    async def story(stage, tell):
        made = await first(stage, tell)
        assert len(rival.made) == 2
        theirs = [one.id for one in rival.made]
        assert sorted(stage.live) == sorted([*theirs, made.id])
        spans = {(one.host and one.host.id, one.start) for one in (*rival.made, made)}
        assert len(spans) == 3

    stage.tell(story, on_attempt=rival)


def test_no_more_are_tried_than_are_allowed(stage):
    rival = Rival(stage, 9)

    async def story(stage, tell):
        with pytest.raises(SlotUnavailableError):
            await first(stage, tell, stage.known, attempts=2)
        assert len(rival.made) == 2
        assert sorted(stage.live) == sorted(one.id for one in rival.made)

    stage.tell(story, on_attempt=rival)


def test_none_is_tried_after_one_whose_outcome_is_unknown(stage):
    async def story(stage, tell):
        stage.fault("drop_before", stage.place.books)
        with pytest.raises(OutcomeUnknownError):
            await first(stage, tell)
        assert stage.sent(stage.place.books) == 1
        assert stage.live == []

    stage.tell(story)


def test_there_may_be_none(stage):
    async def story(stage, tell):
        with pytest.raises(NoResultError):
            await first(stage, tell, stage.place.new, start=NOW - 3 * DAY, end=NOW - 2 * DAY, **stage.place.wanted())
        assert stage.effects == []
        for wrong in (0, 101):
            with pytest.raises(ValueError, match="attempts"):
                await first(stage, tell, stage.place.new, attempts=wrong, **stage.place.wanted())

    stage.tell(story)
