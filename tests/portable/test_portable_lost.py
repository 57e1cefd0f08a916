"""Lost answers: to a booking, to a new customer, to a cancellation. One effect in the ledger, or none, never two."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from portable_stage import everywhere, instants

import apptsdk
from apptsdk import BookingAttempt, OutcomeUnknownError, UnsupportedError


@attrs.frozen(eq=False)
class Loss:
    """How an answer is lost.

    Args:
        kind: The fault.
        commits: Whether the request takes effect.
        more: What else the fault is told.
        options: What the client is told.
    """

    kind: str
    commits: bool
    more: dict[str, Any] = attrs.field(factory=dict)
    options: dict[str, Any] = attrs.field(factory=dict)

    def __str__(self) -> str:
        return " ".join(map(str, (self.kind, *self.more.values())))


def status(number, *, commit):
    return Loss("status", commit, {"status": number, "commit": commit})


LOSSES = (
    Loss("drop_after", commits=True),
    Loss("drop_before", commits=False),
    Loss("truncate", commits=True),
    status(500, commit=True),
    status(500, commit=False),
    status(503, commit=True),
    Loss("status", commits=False, more={"status": 503, "commit": False, "headers": {"Retry-After": "1"}}),
)
MORE = (
    Loss("hang", commits=True, more={"commit": True}, options={"timeout": 0.3}),
    Loss("garble", commits=True),
    Loss("empty", commits=True, more={"commit": True}),
    status(408, commit=False),
    status(425, commit=True),
    status(502, commit=True),
    status(504, commit=False),
    Loss("status", commits=True, more={"status": 503, "commit": True, "headers": {"Retry-After": "1"}}),
)
"""Played with bookings alone."""


def turns(most, losses=LOSSES):
    """Every loss at every place; the facades take turns, of which the first loss of all is played by all."""
    stages = everywhere(trio=True)
    for turn, loss in enumerate(losses):
        for place in dict.fromkeys(place for place, _ in stages):
            facades = [facade for one, facade in stages if one is place]
            few = [facades[(turn + shift) % len(facades)] for shift in range(most)]
            for facade in facades if loss is LOSSES[0] else few:
                yield pytest.param(place, facade, loss, id=f"{loss}-{place}-{facade}")


@pytest.mark.parametrize(("place", "facade", "loss"), [*turns(2), *turns(1, MORE)])
def test_a_booking_whose_answer_is_lost_is_there_once_or_not_at_all(stage, loss):
    place = stage.place

    async def story(stage, tell):
        slot, other = stage.slots(2)
        customer = stage.known
        stage.fault(loss.kind, place.books, **loss.more)
        if loss.commits and place.finds_lost:
            made = await stage.book(tell, slot, customer)
            assert made.recovered is True
            assert instants([made]) == instants([slot])
            assert stage.live == [made.id]
        else:
            with pytest.raises(OutcomeUnknownError) as caught:
                await stage.book(tell, slot, customer)
            assert caught.value.provider == place.provider
            assert caught.value.attempt.provider == place.provider
            assert len(stage.live) == loss.commits
        assert stage.sent(place.books) == 1
        assert stage.effects == (stage.did("create") if loss.commits else [])
        # The next one is another's, and is not taken for the lost one.
        after = await stage.book(tell, other, customer)
        assert after.recovered is False
        assert len(stage.live) == 1 + loss.commits

    stage.tell(story, **loss.options)


@pytest.mark.parametrize(("place", "facade"), everywhere(trio=True))
def test_what_became_of_a_lost_booking_is_told_as_an_appointment(stage):
    place, kept = stage.place, []

    async def story(stage, tell):
        (slot,) = stage.slots(1)
        await stage.book(tell, slot, stage.known)
        attempt = BookingAttempt.from_json(kept[-1].to_json())
        async with stage.another() as other:  # which knows of the attempt alone
            if not place.finds_lost:
                with pytest.raises(UnsupportedError):
                    await other.call("resolve_booking", attempt)
                return
            found = await other.call("resolve_booking", attempt)
            assert stage.live == [found.id]
            assert (found.recovered, instants([found])) == (True, instants([slot]))
            assert found == await other.call("get_appointment", str(found.ref))
            await other.call("cancel", found)
            assert stage.live == []

    stage.tell(story, on_attempt=kept.append)


@pytest.mark.parametrize(("place", "facade"), [pair for pair in everywhere() if pair[0].finds_lost])
def test_what_was_booked_in_the_place_of_a_lost_booking_is_not_taken_for_it(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        stage.fault("drop_before", stage.place.books)
        with pytest.raises(OutcomeUnknownError) as caught:
            await stage.book(tell, slot)
        made = await stage.book(tell, slot)
        assert stage.live == [made.id]
        assert await tell.call("resolve", caught.value.attempt) is None

    stage.tell(story)


@pytest.mark.parametrize(("place", "facade", "loss"), list(turns(1)))
def test_a_cancellation_whose_answer_is_lost_is_done_once(stage, loss):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        made = await stage.book(tell, slot)
        stage.fault(loss.kind, stage.place.cancels, **loss.more)
        gone = await tell.call("cancel", made)
        assert gone.ref == made.ref
        assert stage.effects == stage.did("create", "cancel")
        assert stage.live == []

    stage.tell(story)


@pytest.mark.parametrize(("place", "facade"), everywhere(), ids=str)
def test_a_cancellation_that_never_gets_through_leaves_the_appointment(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        made = await stage.book(tell, slot)
        stage.fault("status", stage.place.cancels, status=500, times=None)
        with pytest.raises((OutcomeUnknownError, apptsdk.ServerError)):
            await tell.call("cancel", made)
        assert stage.live == [made.id]

    stage.tell(story)


@pytest.mark.parametrize(("place", "facade"), [pair for pair in everywhere() if pair[0].registers is not None], ids=str)
@pytest.mark.parametrize("loss", [LOSSES[0], LOSSES[1]], ids=str)
def test_a_new_customer_whose_answer_is_lost_is_made_once_and_nothing_is_booked_unsure(stage, loss):
    place = stage.place

    async def story(stage, tell):
        (slot,) = stage.slots(1)
        stage.fault(loss.kind, place.registers, **loss.more)
        if loss.commits and place.loses_customers is None:
            made = await stage.book(tell, slot, place.new)
            assert stage.effects == stage.did("register", "create")
            assert stage.live == [made.id]
        else:
            with pytest.raises(OutcomeUnknownError):
                await stage.book(tell, slot, place.new)
            assert stage.effects == (stage.did("register") if loss.commits else [])
        assert stage.sent(place.registers) == 1
        # Whoever was made is found: nobody is made twice.
        if not stage.live:
            await stage.book(tell, slot, place.new)
            assert stage.effects == stage.did("register", "create")

    stage.tell(story)
