"""The life of an appointment: found, booked, read, listed, moved, cancelled, with a look at the ledger after each."""

from __future__ import annotations

import warnings

import attrs
import pytest
from portable_places import DAY, MINUTE, NEXHEALTH
from portable_stage import JOINT, SOON, at_both_times, everywhere, instants
from props import NOW

import apptsdk
from apptsdk import AppointmentStatus, Capability, UnsupportedError

EVERYWHERE = pytest.mark.parametrize(("place", "facade"), everywhere(), ids=str)


def moved_effects(place, *, settled):
    """Say what a move leaves in the ledger."""
    in_place = place.settles is not None and (settled or not place.settles)
    return ("update",) if in_place else ("create", "cancel")


@pytest.mark.parametrize(("place", "facade", "settled"), at_both_times(trio=True))
def test_an_appointment_lives_and_the_ledger_holds_exactly_that(stage, settled):
    place = stage.place

    async def story(stage, tell):
        first, second = await stage.find(tell, 2)
        stage.sandbox.ledger.clear()
        made = await stage.book(tell, first, place.new)
        assert stage.effects == stage.did("register", "create")
        assert stage.live == [made.id]
        assert made.status is place.fresh

        if stage.can(Capability.GET):
            assert await tell.call("get_appointment", made) == await tell.call("get_appointment", str(made.ref))
        if stage.can(Capability.LIST):
            window = {"start": made.start, "end": made.start + MINUTE, "host": made.host}
            assert [one.ref for one in await tell.collect(tell.list("list_appointments", **window))] == [made.ref]
        assert stage.effects == stage.did("register", "create")

        if settled:
            await stage.settled()
            if place.unmoved:
                with pytest.raises(getattr(apptsdk, place.unmoved)):
                    await tell.call("reschedule", made, second)
                assert stage.effects == stage.did("register", "create")
                return
        moved = await tell.call("reschedule", made, second)
        change = moved_effects(place, settled=settled)
        assert stage.effects == stage.did("register", "create", *change)
        assert (moved.ref == made.ref) is (change == ("update",))
        assert instants([moved]) == instants([second])
        assert moved.customer.id == made.customer.id
        assert stage.live == [moved.id]

        gone = await tell.call("cancel", moved.ref)
        assert gone.ref == moved.ref
        assert stage.effects == stage.did("register", "create", *change, "cancel")
        assert stage.live == []

    stage.tell(story)


@EVERYWHERE
def test_a_cancelled_appointment_is_cancelled_once_and_says_so_the_second_time(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        made = await stage.book(tell, slot)
        await tell.call("cancel", made)
        with pytest.raises(getattr(apptsdk, stage.place.again)) as caught:
            await tell.call("cancel", made)
        assert type(caught.value).__name__ == stage.place.again
        assert stage.effects == stage.did("create", "cancel")

        if stage.can(Capability.GET):
            try:
                assert (await tell.call("get_appointment", made)).status is AppointmentStatus.CANCELLED
            except (apptsdk.NoResultError, apptsdk.NotFoundError):
                assert not stage.can(Capability.LIST_CANCELLED)
        window = {"start": made.start, "end": made.start + MINUTE, "host": made.host}
        if stage.can(Capability.LIST):
            assert await tell.collect(tell.list("list_appointments", **window)) == []
        if stage.can(Capability.LIST_CANCELLED):
            (listed,) = await tell.collect(tell.list("list_appointments", **window, include_cancelled=True))
            assert (listed.ref, listed.status) == (made.ref, AppointmentStatus.CANCELLED)
            assert listed.cancelled_at is not None

    stage.tell(story)


@EVERYWHERE
def test_appointments_are_listed_from_the_start_on_and_before_the_end(stage):
    async def listed(tell, made, **more):
        asked = {"host": made.host, "start": made.start, "end": made.start + MINUTE, **more}
        found = await tell.collect(tell.list("list_appointments", **asked))
        return [one.ref for one in found]

    async def story(stage, tell):
        (slot,) = stage.slots(1)
        made = await stage.book(tell, slot)
        if not stage.can(Capability.LIST):
            with pytest.raises(UnsupportedError, match="keep what book returned"):
                await listed(tell, made)
            return
        assert await listed(tell, made) == [made.ref]
        assert await listed(tell, made, start=made.start - MINUTE, end=made.start) == []
        assert await listed(tell, made, start=made.start + MINUTE / 60, end=made.start + 2 * MINUTE) == []
        assert await listed(tell, made, customer=made.customer, location=made.location) == [made.ref]
        assert await listed(tell, made, host=[made.host.id]) == [made.ref]
        nobody = attrs.evolve(made.customer, id=stage.place.nobody)
        assert await listed(tell, made, customer=nobody) == []

    stage.tell(story)


@pytest.mark.parametrize(("place", "facade"), [(NEXHEALTH, facade) for facade in JOINT], ids=str)
def test_a_client_lists_several_locations_each_in_the_order_of_time(stage):
    async def story(stage, tell):
        offices = [f"{stage.place.provider}:{one}" for one in stage.place.offices]
        service = stage.place.wanted()["service"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one of them takes no bookings from outside
            for one in (*offices, *offices):
                asked = stage.search(service=service, location=one)
                await stage.book(tell, await tell.first(tell.list("find_slots", **asked)))
        found = await tell.collect(tell.list("list_appointments", start=NOW, end=NOW + 9 * DAY, location=offices))
        assert len({one.location.id for one in found}) == len(offices)
        for office in {one.location.id for one in found}:  # one office after another is the vendor's own order
            there = [one for one in found if one.location.id == office]
            assert instants(there) == sorted(instants(there))

    stage.tell(story)


@EVERYWHERE
def test_appointments_are_listed_in_the_order_of_time(stage):
    async def story(stage, tell):
        if stage.can(Capability.LIST):
            for slot in stage.slots(3):
                await stage.book(tell, slot)
            near = {"start": NOW + SOON - DAY, "end": NOW + SOON + DAY, "location": stage.slots(1)[0].location}
            found = await tell.collect(tell.list("list_appointments", **near))
            assert len(found) >= 3
            assert instants(found) == sorted(instants(found))
            assert len({one.ref for one in found}) == len(found)

    stage.tell(story)
