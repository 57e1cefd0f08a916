"""One new customer is made once, however many bookings ask for one: at the same time, or one after another."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from harness import SyncTeller, at_once
from portable_places import PLACES
from portable_stage import JOINT, SYNC

from apptsdk import Capability

MANY = 3
KEPT = [place for place in PLACES if place.customers]


def is_customers(stage, attempt):
    """Tell whether it is a customer whom an attempt makes."""
    return attempt.operation.partition(".")[2] == f"{stage.place.customers}.create"


@pytest.mark.parametrize(("place", "facade"), [(place, SYNC) for place in KEPT], ids=str)
def test_a_new_customer_whom_several_threads_book_at_once_is_made_once(stage):
    together = threading.Barrier(MANY)

    def hold(attempt):
        # Where nobody waits for another, all come here before one is made.
        if is_customers(stage, attempt):
            with suppress(threading.BrokenBarrierError):
                together.wait(0.3)

    with stage.client(pace=(), on_attempt=hold) as client, ThreadPoolExecutor(MANY) as pool:

        def book(slot):
            return at_once(stage.book(SyncTeller(client), slot, stage.place.new))

        made = list(pool.map(book, stage.slots(MANY)))
    (customer,) = stage.sandbox.ledger.created(stage.place.customers)
    assert {one.customer.id for one in made} == {customer}
    assert sorted(stage.live) == sorted(one.id for one in made)


@pytest.mark.parametrize(
    ("place", "facade"),
    [(place, facade) for place in KEPT if Capability.FIND_SLOTS in place.able for facade in (SYNC, JOINT[0])],
    ids=str,
)
def test_a_new_customer_is_made_once_for_the_first_slot_that_is_free(stage):
    rivals = []

    def rival(attempt):
        if not is_customers(stage, attempt) and len(rivals) < MANY - 1:
            rivals.append(stage.tell(first))

    async def first(stage, tell):
        return await tell.call("book_first_available", stage.known, **stage.search(), **stage.place.booking)

    async def story(stage, tell):
        return await tell.call("book_first_available", stage.place.new, **stage.search(), **stage.place.booking)

    made = stage.tell(story, on_attempt=rival)
    assert len(rivals) == MANY - 1
    assert sorted(stage.live) == sorted([made.id, *(one.id for one in rivals)])
    assert stage.sandbox.ledger.created(stage.place.customers) == [made.customer.id]
