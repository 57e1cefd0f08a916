"""The verbs of one client before a sandbox of all: each call at its provider, and their lists as one."""

import threading
import time
from datetime import UTC

import attrs
import pytest
from client_support import (
    ADA,
    AROUND,
    DAY,
    FINDING,
    LONG,
    NAMES,
    SPAN,
    asked,
    booking,
    by_hand,
    close,
    instants,
    joint,
    wanted,
)
from harness import World
from props import NOW

from apptsdk import (
    Appointment,
    AppointmentStatus,
    Channel,
    Customer,
    Service,
    Slot,
    SlotRef,
)
from apptsdk.engines.httpx import HttpxEngine
from apptsdk.errors import (
    ConfigurationError,
    NoAnswerError,
    NotFoundError,
    ProviderWarning,
    ServerError,
    SlotUnavailableError,
    UnsupportedError,
)
from apptsdk.events import CallStarted
from apptsdk.providers.cliniko import ClinikoBooking
from apptsdk.retry import NO_RETRY

ONE = World("sync")


@pytest.fixture(params=["sync", "asyncio"])
def world(request):
    """Two of the worlds: the third drives the same steps, as the core's own tests see."""
    return World(request.param)


def first_of(slots):
    """Give the first slot of each provider."""
    found = {}
    for slot in slots:
        found.setdefault(slot.provider, slot)
    return found


# --- lists -----------------------------------------------------------------------------------------------------------


def test_slots_of_all_come_in_the_order_of_time_and_are_those_of_each(world, sandbox):
    async def story(tell):
        given = wanted()
        merged = await tell.collect(tell.list("find_slots", **SPAN, **given))
        own = {
            name: await tell.collect(
                tell.list(
                    f"{name}.find_slots",
                    **SPAN,
                    service=given["service"][index].partition(":")[2],
                    location=given["location"][index].partition(":")[2],
                )
            )
            for index, name in enumerate(FINDING)
        }

        assert instants(merged) == sorted(instants(merged))
        assert {slot.provider for slot in merged} == set(FINDING)
        for name in FINDING:
            assert [slot.ref for slot in merged if slot.provider == name] == [slot.ref for slot in own[name]]

    world.tell(story, joint(world, sandbox))


def test_appointments_of_all_are_those_of_each_in_its_own_order(world, sandbox):
    async def story(tell):
        merged = await tell.collect(tell.list("list_appointments", **AROUND))

        for name in FINDING:
            own = await tell.collect(tell.list(f"{name}.list_appointments", **AROUND))
            assert [one.ref for one in merged if one.provider == name] == [one.ref for one in own]
            assert own
        assert {one.provider for one in merged} == set(FINDING)

    world.tell(story, joint(world, sandbox))


def test_who_stops_reading_asks_for_no_more(world, sandbox):
    async def story(tell):
        listing = tell.list("find_slots", **LONG, **wanted("nexhealth", "cliniko"))
        await tell.collect(listing)  # what does not change is known from now on
        sandbox.requests.clear()
        await tell.collect(listing)
        whole = asked(sandbox)
        sandbox.requests.clear()
        await tell.take(listing, 1)
        few = asked(sandbox)

        assert few == {"cliniko": 3, "nexhealth": 1}  # each practitioner's first week; the office's first two
        assert all(whole[name] > few[name] for name in few)

    world.tell(story, joint(world, sandbox))


def test_a_list_asks_nobody_until_it_is_read(world, sandbox):
    async def story(tell):
        tell.list("find_slots", **SPAN, **wanted())
        tell.list("list_appointments", **SPAN)
        assert len(sandbox.requests) == 0

    world.tell(story, joint(world, sandbox))


class Meeting(HttpxEngine):
    """An engine that answers nobody before so many have asked."""

    barrier = threading.Barrier(3)
    left = 3

    def send(self, request, timeout):
        self.left -= 1
        if self.left >= 0:
            self.barrier.wait(5)
        return super().send(request, timeout)


def test_all_are_asked_at_the_same_time(sandbox):
    engine = Meeting()
    with joint(ONE, sandbox, engine=engine) as client:
        assert client.list_appointments(**AROUND).first() is not None
    engine.close()

    assert engine.barrier.broken is False


def test_only_who_is_meant_is_asked(world, sandbox):
    async def story(tell):
        found = await tell.collect(tell.list("find_slots", **SPAN, **wanted("cubu")))
        assert {slot.provider for slot in found} == {"cubu"}
        assert set(asked(sandbox)) == {"cubu"}

    world.tell(story, joint(world, sandbox))


def test_an_id_that_names_nobody_is_refused_with_several_and_taken_with_one(sandbox):
    (service,), (location,) = wanted("nexhealth").values()
    given = {"service": service.partition(":")[2], "location": location.partition(":")[2]}
    with joint(ONE, sandbox) as client, pytest.raises(ValueError, match=r"^service names no provider: .*nexhealth"):
        client.find_slots(**SPAN, **given)
    with joint(ONE, sandbox, "nexhealth") as client:
        assert client.find_slots(**SPAN, **given).first().provider == "nexhealth"


def test_who_is_named_and_lists_no_slots_is_told(sandbox):
    with joint(ONE, sandbox) as client, pytest.raises(UnsupportedError, match=r"^imiassist has no find_slots: "):
        client.find_slots(**SPAN, service=Service(provider="imiassist", id="Follow-up"))


def test_who_is_named_and_not_configured_is_told(sandbox):
    with joint(ONE, sandbox, "cubu") as client, pytest.raises(ConfigurationError, match=r"^cliniko is not configured"):
        client.find_slots(**SPAN, **wanted())


@pytest.mark.parametrize("on_error", ["raise", "warn"])
def test_one_that_fails_is_raised_or_left_out(world, sandbox, on_error):
    sandbox.fault("status", provider="nexhealth", path="/appointments", times=None, status=503)

    async def story(tell):
        listing = tell.list("list_appointments", **AROUND, on_error=on_error)
        if on_error == "raise":
            with pytest.raises(ServerError) as caught:
                await tell.collect(listing)
            assert caught.value.provider == "nexhealth"
            return
        with pytest.warns(ProviderWarning, match=r"^nexhealth is left out: ") as caught:
            found = await tell.collect(listing)
        assert {one.provider for one in found} == {"cliniko", "cubu"}
        assert len(caught) == 1

    world.tell(story, joint(world, sandbox, retry=NO_RETRY))


def test_a_late_one_is_not_waited_for(world, sandbox):
    sandbox.fault("hang", provider="cubu", times=None)

    async def story(tell):
        listing = tell.list("list_appointments", **AROUND, patience=0.4)
        began = time.monotonic()
        with pytest.raises(NoAnswerError, match=r"^cubu\..* did not answer within 0\.4 s \(patience\), .*$"):
            await tell.first(listing)
        assert time.monotonic() - began < 5

    world.tell(story, joint(world, sandbox, timeout=20))


def test_in_the_order_of_arrival_a_slow_one_keeps_nobody_waiting(world, sandbox):
    sandbox.fault("hang", provider="cubu", times=None)

    async def story(tell):
        listing = tell.list("find_slots", **SPAN, **wanted(), order="arrival", on_error="warn")
        with pytest.warns(ProviderWarning, match=r"^cubu is left out: .* got no answer"):
            found = await tell.collect(listing)
        assert {one.provider for one in found} == {"cliniko", "nexhealth"}
        for name in ("cliniko", "nexhealth"):
            own = instants(one for one in found if one.provider == name)
            assert own == sorted(own)

    world.tell(story, joint(world, sandbox, timeout=0.5, retry=NO_RETRY))


# --- an appointment's life at each -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FINDING)
def test_a_slot_is_booked_read_moved_and_cancelled_at_its_provider(sandbox, name):
    with joint(ONE, sandbox) as client:
        slot, *_, other = client.find_slots(**SPAN, **wanted(name))
        sandbox.requests.clear()
        made = client.book(Slot.from_json(slot.to_json()), **booking(name))
        sandbox.clock.advance(DAY / 96)
        read = client.get_appointment(str(made.ref))
        moved = client.reschedule(Appointment.from_json(read.to_json()), str(other.ref))
        gone = client.cancel(moved.ref)

        assert (made.provider, read.ref, gone.ref) == (name, made.ref, moved.ref)
        assert instants([made, read, moved]) == instants([slot, slot, other])
        assert set(asked(sandbox)) == {name}
    assert {entry.provider for entry in sandbox.ledger} == {name}


def test_a_client_and_its_clients_see_the_same(world, sandbox):
    async def story(tell):
        slots = first_of(await tell.collect(tell.list("find_slots", **SPAN, **wanted())))
        for name in FINDING:
            made = await tell.call("book", slots[name], **booking(name))
            own = await tell.call(f"{name}.get_appointment", made.ref)
            assert own == await tell.call("get_appointment", made.ref)
            assert own.ref == made.ref
            assert own.native is not None

    world.tell(story, joint(world, sandbox))


def test_a_slot_that_was_made_by_hand_is_booked_where_it_says(world, sandbox):
    async def story(tell):
        made = await tell.call("book", by_hand(), ADA, notes="some notes", reference="crm-881")
        gone = await tell.call("cancel", made)
        assert (made.provider, made.channel, made.reference) == ("imiassist", Channel.VIDEO, "crm-881")
        assert gone.ref == made.ref
        assert set(asked(sandbox)) == {"imiassist"}

    world.tell(story, joint(world, sandbox))


def test_a_ref_is_enough_in_another_process(sandbox):
    with joint(ONE, sandbox) as client:
        refs = [str(slot.ref) for slot in first_of(client.find_slots(**SPAN, **wanted())).values()]
    with joint(ONE, sandbox) as client:
        made = [client.book(ref, **booking(ref.partition(":")[0])) for ref in refs]

    assert {one.provider for one in made} == set(FINDING)
    assert {entry.provider for entry in sandbox.ledger if entry.action == "create"} == set(FINDING)


def test_options_are_those_of_the_slots_provider(sandbox):
    with joint(ONE, sandbox) as client:
        slots = first_of(client.find_slots(**SPAN, **wanted()))
        with pytest.raises(TypeError, match=r"^options must be a CubuBooking, not ClinikoBooking\.$"):
            client.book(slots["cubu"], ADA, channel=Channel.VIDEO, options=ClinikoBooking())
        made = client.book(slots["cliniko"], ADA, options=ClinikoBooking())

        assert made.status is AppointmentStatus.BOOKED


def test_what_a_provider_cannot_is_refused_before_anything_is_sent(sandbox):
    with joint(ONE, sandbox) as client:
        slot = client.find_slots(**SPAN, **wanted("cliniko")).first()
        sandbox.requests.clear()
        with pytest.raises(UnsupportedError, match=r"^cliniko has no channel=VIDEO: "):
            client.book(slot, ADA, channel=Channel.VIDEO)
        with pytest.raises(UnsupportedError, match=r"^imiassist has no get_appointment: "):
            client.get_appointment("imiassist:7")
        with pytest.raises(ValueError, match=r"^customer is cubu's, and this is a client of cliniko's\.$"):
            client.book(slot, Customer(provider="cubu", id="7"))
        with pytest.raises(ValueError, match=r"^slot is cliniko's, and this is a client of imiassist's\.$"):
            client.reschedule("imiassist:7", slot)

    assert len(sandbox.requests) == 0


def test_notes_and_references_are_dropped_with_a_warning_where_nobody_keeps_them(world, sandbox):
    async def story(tell):
        slots = first_of(await tell.collect(tell.list("find_slots", **SPAN, **wanted())))
        with pytest.warns(ProviderWarning) as caught:
            await tell.call("book", slots["cubu"], notes="a", reference="b", **booking("cubu"))
        assert [str(one.message) for one in caught] == [
            "cubu.book: cubu keeps no notes; it was dropped.",
            "cubu.book: cubu keeps no reference; it was dropped.",
        ]
        assert all("apptsdk" not in one.filename.split("src")[-1] for one in caught)

    world.tell(story, joint(world, sandbox))


def test_what_is_not_there_is_an_error_of_its_provider(world, sandbox):
    async def story(tell):
        with pytest.raises(NotFoundError) as caught:
            await tell.call("get_appointment", "cliniko:4111111111111111")
        assert caught.value.provider == "cliniko"

    world.tell(story, joint(world, sandbox))


def test_a_lost_answer_is_found_there_too(world, sandbox):
    sandbox.fault("drop_after", provider="cliniko", method="POST", path="/individual_appointments")

    async def story(tell):
        slot = await tell.first(tell.list("find_slots", **SPAN, **wanted("cliniko")))
        made = await tell.call("book", slot, ADA)
        assert made.recovered is True
        assert len(sandbox.ledger.live("individual_appointments")) == 1

    world.tell(story, joint(world, sandbox))


# --- the first that is free ------------------------------------------------------------------------------------------


def test_the_first_that_is_free_anywhere_is_booked_and_never_two(world, sandbox):
    async def story(tell):
        given = wanted("cliniko", "nexhealth")
        earliest = await tell.first(tell.list("find_slots", **SPAN, **given))
        made = await tell.call("book_first_available", ADA, **SPAN, **given)

        assert (made.provider, instants([made])) == (earliest.provider, instants([earliest]))
        assert len([entry for entry in sandbox.ledger if entry.resource.endswith("appointments")]) == 1

    world.tell(story, joint(world, sandbox))


def test_the_next_one_is_booked_where_the_first_is_taken_meanwhile(sandbox):
    """Somebody else books each slot in the moment in which it is tried, until three are gone."""
    given = wanted("cliniko", "nexhealth")
    other = attrs.evolve(ADA, first_name="Bea", last_name="Roe", email="bea@roe.example")
    taken = []

    with joint(ONE, sandbox) as client, joint(ONE, sandbox) as rival:
        slots = list(client.find_slots(**SPAN, **given))

        def steal(event):
            if isinstance(event, CallStarted) and event.operation.endswith(".book") and len(taken) < 3:
                slot = slots[len(taken)]
                taken.append(slot)
                rival.book(slot, other)

        made = client.with_options(observer=steal).book_first_available(ADA, **SPAN, **given)

    assert len(taken) == 3
    assert made.start.astimezone(UTC) >= slots[3].start.astimezone(UTC)
    assert len([entry for entry in sandbox.ledger if entry.resource.endswith("appointments")]) == 4


def test_no_more_are_tried_than_was_said(sandbox):
    other = Customer(first_name="Bea", last_name="Roe", email="bea@roe.example")
    taken = []
    with joint(ONE, sandbox) as client, joint(ONE, sandbox) as rival:
        slots = list(client.find_slots(**SPAN, **wanted("cliniko")))

        def steal(event):
            if isinstance(event, CallStarted) and event.operation == "cliniko.book":
                taken.append(rival.book(slots[len(taken)], other))

        with pytest.raises(SlotUnavailableError):
            client.with_options(observer=steal).book_first_available(ADA, **SPAN, **wanted("cliniko"), attempts=1)

    assert len(taken) == 1
    assert sandbox.ledger.live("individual_appointments") == [taken[0].id]


def test_what_one_of_several_does_not_take_is_refused_before_any_is_asked(sandbox):
    hers = attrs.evolve(ADA, attributes={"National id": "310000066"})
    with joint(ONE, sandbox) as client:
        sandbox.requests.clear()
        with pytest.raises(
            ValueError, match=r"^customer\.attributes: Cliniko takes no National id; it takes accepted_"
        ):
            client.book_first_available(hers, **SPAN, **wanted("cubu", "cliniko"))
        with pytest.raises(ValueError, match=r"^notes has 129 characters; 128 at most are written\.$"):
            client.book_first_available(ADA, **SPAN, **wanted("cliniko", "nexhealth"), notes="x" * 129)

    assert len(sandbox.requests) == 0


# --- what is told ----------------------------------------------------------------------------------------------------


def test_calls_are_told_as_those_of_the_providers(world, sandbox, caplog):
    seen = []
    with caplog.at_level("INFO", logger="apptsdk"):

        async def story(tell):
            await tell.call("cancel", await tell.call("book", by_hand(), ADA))
            await tell.collect(tell.list("list_appointments", start=NOW - DAY, end=NOW + DAY))

        world.tell(story, joint(world, sandbox, observer=seen.append))
    started = [event.operation for event in seen if isinstance(event, CallStarted)]
    logged = [record.getMessage().split()[0] for record in caplog.records]

    assert started[:2] == ["imiassist.book", "imiassist.cancel"]
    assert {name.partition(".")[0] for name in started} == set(NAMES)
    assert sorted(logged) == sorted(started)
    assert "Parkinson" not in caplog.text


def test_a_view_sends_its_headers_to_all_and_the_client_itself_does_not(world, sandbox):
    async def story(tell):
        span = {"start": NOW - DAY, "end": NOW + DAY}
        await tell.collect(tell.view(headers={"X-Mine": "1"}).list("list_appointments", **span))
        mine = [seen.headers.get("x-mine") for seen in sandbox.requests if "token" not in seen.path]
        sandbox.requests.clear()
        await tell.collect(tell.list("list_appointments", **span))

        assert set(mine) <= {"1", None}
        assert mine.count("1") >= 3
        assert {seen.headers.get("x-mine") for seen in sandbox.requests} == {None}

    world.tell(story, joint(world, sandbox))


def test_a_ref_with_an_account_is_reserved(sandbox):
    client = joint(ONE, sandbox)
    with pytest.raises(ValueError, match=r"is reserved for later versions\."):
        client.book("cliniko@north:7", ADA)
    assert SlotRef.parse("cliniko:7").provider == "cliniko"
    close(ONE, client)
