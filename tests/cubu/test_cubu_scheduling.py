"""The portable verbs at Cubu, before the sandbox and through both clients: slots, bookings, moves and cancellations."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from cubu_support import Office
from harness import World

from apptsdk import (
    NoResultError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    ProviderWarning,
    RetryPolicy,
    SlotUnavailableError,
    UnsupportedError,
    ValidationError,
)
from apptsdk.providers.cubu import Booking, Case, Catalogue, CubuBooking
from apptsdk.providers.cubu.models import Calendar
from apptsdk.sandbox.cubu import seed
from apptsdk.scheduling import Capability
from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    CancelReason,
    Channel,
    Customer,
    Host,
    Location,
    Service,
    Slot,
    SlotRef,
)

START = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
"""Nine o'clock at the front desk."""
SPAN = {"start": START, "end": START + timedelta(hours=1)}
ADA = Customer(email="ada@example.org", phone="+1 (202) 555-0199")
ASKED = {"service": "General question", "location": "Front desk", **SPAN}
QUICK = RetryPolicy(recover_within=2)


@pytest.fixture
def one(sandbox):
    """Give the sandbox to one world: what is tried here is the same in all."""
    return Office(sandbox, World("sync"))


async def slots_of(c, **other):
    return await c.collect(c.list("find_slots", **{**ASKED, **other}))


async def book(c, slot=None, customer=ADA, channel=Channel.VIDEO, **other):
    return await c.call("book", slot or (await slots_of(c))[0], customer, channel=channel, **other)


def posts(office):
    return [seen for seen in office.seen("POST") if seen.path.endswith("/appointments")]


# --- a whole visit ---------------------------------------------------------------------------------------------------


def test_a_slot_is_found_booked_read_listed_moved_and_cancelled(office):
    async def story(c):
        slots = await slots_of(c)
        made = await book(c, slots[0], options=CubuBooking(language="he-IL"))
        assert (made.start, made.end, made.host, made.location) == (
            slots[0].start,
            slots[0].end,
            slots[0].host,
            slots[0].location,
        )
        assert made.customer == Customer(provider="cubu", email="ada@example.org", phone="+12025550199")
        assert (made.status, made.channel, made.time_zone) == (
            AppointmentStatus.BOOKED,
            Channel.VIDEO,
            "Asia/Jerusalem",
        )
        assert made.join_url == made.native.online_meeting.participants_url
        assert made.created_at == made.native.date_opened
        assert made.created_at.utcoffset() == timedelta(hours=2)
        assert await c.call("get_appointment", made) == made
        assert await c.call("get_appointment", str(made.ref)) == made
        mine = [one for one in await c.collect(c.list("list_appointments", **SPAN)) if one.id == made.id]
        assert mine == [made]
        assert slots[0].ref not in [slot.ref for slot in await slots_of(c)]
        moved = await c.call("reschedule", made.ref, slots[-1])
        assert (moved.start, moved.customer, moved.channel) == (slots[-1].start, made.customer, made.channel)
        assert moved.native.language == "he-IL"
        assert moved.ref != made.ref
        with pytest.raises(NoResultError):
            await c.call("get_appointment", made)
        gone = await c.call("cancel", moved)
        assert (gone.ref, gone.cancelled_at, gone.appointment) == (moved.ref, None, None)
        with pytest.raises(NotFoundError):
            await c.call("cancel", str(moved.ref))
        return made, moved

    made, moved = office.tell(story)
    assert [(entry.action, entry.id) for entry in office.sandbox.ledger] == [
        ("create", made.id),
        ("create", moved.id),
        ("cancel", made.id),
        ("cancel", moved.id),
    ]


def test_a_slot_says_all_that_is_known_of_it(one):
    slot, *_ = one.tell(slots_of)
    assert slot.ref == SlotRef("cubu", f"{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/540")
    assert slot.start.isoformat() == "2026-03-03T09:00:00+02:00"
    assert slot.end - slot.start == timedelta(minutes=15)
    assert slot.service == Service(
        provider="cubu", id=seed.QUESTION, name="General question", duration=timedelta(minutes=15)
    )
    assert slot.location == Location(provider="cubu", id=seed.FRONT_DESK, name="Front desk", time_zone="Asia/Jerusalem")
    assert slot.host == Host(provider="cubu", id="6e9f1b04-3a52-4c8d-8b70-c4d2e1f0a901", name="Agent 1")
    assert slot.channels == (Channel.IN_PERSON, Channel.VIDEO, Channel.PHONE)
    assert isinstance(slot.native, Calendar)
    assert slot.native.cu_index == 0


def test_what_can_be_done_is_said(one):
    given = one.client()
    with given:
        assert given.capabilities == {
            Capability.FIND_SLOTS,
            Capability.GET,
            Capability.LIST,
            Capability.REBOOK,
            Capability.CHANNEL,
        }


def test_what_cannot_be_done_is_refused_before_anything_is_sent(one):
    async def story(c):
        slot = f"cubu:{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/540"
        with pytest.raises(UnsupportedError, match="notify"):
            await book(c, slot, notify=True)
        with pytest.raises(UnsupportedError, match="include_cancelled"):
            await c.collect(c.list("list_appointments", **SPAN, include_cancelled=True))

    one.tell(story)
    assert one.sandbox.requests == []


def test_what_only_annotates_is_dropped_with_a_warning(one):
    async def story(c):
        with pytest.warns(ProviderWarning, match="keeps no notes"):
            made = await book(c, notes="By the door")
        with pytest.warns(ProviderWarning, match="keeps no reason"):
            await c.call("cancel", made, reason=CancelReason.SICK)
        return made

    assert one.tell(story).notes is None
    assert one.live() == []


# --- which slot ------------------------------------------------------------------------------------------------------


def test_a_slot_is_booked_by_its_ref_its_text_or_its_json_in_another_process(office):
    found = office.tell(slots_of)

    async def story(c):
        forms = (found[0].ref, str(found[1].ref), Slot.from_json(found[2].to_json()))
        return [await book(c, form) for form in forms]

    made = office.tell(story)
    assert [one.start for one in made] == [slot.start for slot in found[:3]]
    assert [one.host for one in made] == [slot.host for slot in found[:3]]
    assert [one.service for one in made] == [slot.service for slot in found[:3]]
    assert len(office.live()) == 3


MALFORMED = {
    "too short": f"{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}",
    "too long": f"{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/540/0",
    "no GUID": f"desk/2026-03-03/0/{seed.QUESTION}/540",
    "no GUID of a type": f"{seed.FRONT_DESK}/2026-03-03/0/question/540",
    "no date": f"{seed.FRONT_DESK}/2026-02-30/0/{seed.QUESTION}/540",
    "another date's form": f"{seed.FRONT_DESK}/20260303/0/{seed.QUESTION}/540",
    "no index": f"{seed.FRONT_DESK}/2026-03-03/-1/{seed.QUESTION}/540",
    "a padded index": f"{seed.FRONT_DESK}/2026-03-03/00/{seed.QUESTION}/540",
    "no minutes": f"{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/9:00",
    "minutes of the next day": f"{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/1440",
    "padded minutes": f"{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/0540",
    "other digits": f"{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/٥٤٠",
}


@pytest.mark.parametrize("what", MALFORMED)
def test_a_slots_ref_has_one_form(what, one):
    with pytest.raises(ValueError, match="no ref of the form cubu:service/2026-03-02/cu/servicetype/540"):
        one.tell(lambda c: book(c, f"cubu:{MALFORMED[what]}"))
    assert one.sandbox.requests == []


@pytest.mark.parametrize("key", ["x", f"{seed.FRONT_DESK}/2026-03-03/0", f"{seed.FRONT_DESK}/2026-03-03/0/7"])
def test_an_appointments_ref_has_one_form(key, one):
    async def story(c):
        for verb in ("get_appointment", "cancel"):
            with pytest.raises(ValueError, match="no ref of the form cubu:service/2026-03-02/cu/case"):
                await c.call(verb, AppointmentRef("cubu", key))

    one.tell(story)
    assert one.sandbox.requests == []


CONTRADICTED = {
    "start": {"start": START + timedelta(minutes=15), "end": None},
    "location": {"location": Location(id="Night line")},
    "service": {"service": Service(id=seed.RENEWAL)},
    "host": {"host": Host(id=seed.NIGHT_LINE)},
}


@pytest.mark.parametrize("what", CONTRADICTED)
def test_a_slot_that_was_changed_by_hand_is_not_booked_as_it_was_found(what, one):
    async def story(c):
        slot = attrs.evolve((await slots_of(c))[0], **CONTRADICTED[what])
        with pytest.raises(ValueError, match=rf"slot\.{what} is not"):
            await book(c, slot)

    one.tell(story)
    assert posts(one) == []


def test_a_slot_whose_calendar_is_somebody_elses_by_now_is_not_to_be_had(one):
    async def story(c):
        slot = next(found for found in await slots_of(c) if found.host is not None)
        kept = Slot.from_json(slot.to_json())
        assert (await book(c, kept)).host == slot.host
        with pytest.raises(SlotUnavailableError, match="somebody else's by now"):
            await book(c, attrs.evolve(kept, host=Host(id=seed.NIGHT_LINE)))

    one.tell(story)
    assert len(posts(one)) == 1


def test_a_slot_is_as_long_as_the_service_type_and_another_end_is_refused(one):
    by_hand = Slot(provider="cubu", start=START, location=Location(id="Front desk"), service=Service(id=seed.QUESTION))
    told = r"^At Cubu the service says how long it takes, here 15 minutes\. Leave slot\.end out\.$"

    async def story(c):
        found = (await slots_of(c))[0]
        made = await book(c, found)
        one.sandbox.requests.clear()
        for slot in (by_hand, attrs.evolve(by_hand, service=found.service), found):
            longer = attrs.evolve(slot, end=slot.start + timedelta(minutes=22))
            for ask in (lambda it=longer: book(c, it), lambda it=longer: c.call("reschedule", made, it)):
                with pytest.raises(UnsupportedError, match=told):
                    await ask()
        assert one.sandbox.requests == []

    one.tell(story)

    async def without(c):  # only the vacancies say it
        with pytest.raises(UnsupportedError, match=told):
            await book(
                c, attrs.evolve(by_hand, location=Location(id=seed.FRONT_DESK), end=START + timedelta(minutes=22))
            )

    one.tell(without, one.settings(catalogue=Catalogue()))
    assert len(one.live()) == 1


def test_a_slot_made_by_hand_takes_the_first_calendar_that_is_free_and_fails_when_none_is(office):
    slot = Slot(provider="cubu", start=START, location=Location(id="front desk"), service=Service(id=seed.QUESTION))

    async def story(c):
        free = [found.ref for found in await slots_of(c) if found.start == START]
        made = [await book(c, slot) for _ in free]
        with pytest.raises(SlotUnavailableError, match="No calendar has this time free"):
            await book(c, slot)
        return free, made

    free, made = office.tell(story)
    assert len(free) > 1
    taken = [str(ref.key).split("/")[:3] for ref in free]
    assert [str(one.ref.key).split("/")[:3] for one in made] == taken
    assert len(posts(office)) == len(free)


def test_a_slot_made_by_hand_may_name_its_agent_and_its_end(one):
    slot = Slot(provider="cubu", start=START, location=Location(id="Front desk"), service=Service(id=seed.QUESTION))

    async def story(c):
        hosts = [found.host for found in await slots_of(c) if found.start == START and found.host is not None]
        made = await book(c, attrs.evolve(slot, host=hosts[-1]))
        assert made.host == hosts[-1]
        made = await book(c, attrs.evolve(slot, end=START + timedelta(minutes=15)))
        assert made.end - made.start == timedelta(minutes=15)

    one.tell(story)
    assert len(one.live()) == 2


@pytest.mark.parametrize("lacking", ["location", "service"])
def test_a_slot_made_by_hand_needs_location_and_service(lacking, one):
    slot = Slot(provider="cubu", start=START, location=Location(id="Front desk"), service=Service(id=seed.QUESTION))
    with pytest.raises(ValueError, match="slot needs a service and a location at Cubu"):
        one.tell(lambda c: book(c, attrs.evolve(slot, **{lacking: None})))
    assert one.sandbox.requests == []


def test_a_slot_of_a_calendar_that_is_not_there_is_not_to_be_had(one):
    with pytest.raises(SlotUnavailableError, match="no such calendar"):
        one.tell(lambda c: book(c, f"cubu:{seed.FRONT_DESK}/2026-03-03/77/{seed.QUESTION}/540"))
    assert posts(one) == []


def test_a_slot_that_was_taken_meanwhile_is_not_to_be_had(office):
    async def story(c):
        slot, *_ = await slots_of(c)
        await book(c, slot)
        with pytest.raises(SlotUnavailableError, match="not vacant"):
            await book(c, slot)

    office.tell(story)
    assert len(office.live()) == 1


def test_the_next_slot_is_booked_where_the_first_is_taken_meanwhile(office):
    taken = office.sandbox.fault("status", method="POST", path="*/appointments", status=409, times=1)

    async def story(c):
        first, second, *_ = await slots_of(c, location="Front desk")
        made = await c.call("book_first_available", ADA, **ASKED, channel=Channel.PHONE)
        assert first.ref != second.ref
        assert AppointmentRef("cubu", "/".join([*second.ref.key.split("/")[:3], made.id])) == made.ref
        assert made.start == second.start

    office.tell(story)
    assert taken.hits == 1
    assert len(office.live()) == 1


# --- how the customer is met -----------------------------------------------------------------------------------------


def test_the_channel_must_be_given_where_several_are_offered(one):
    async def story(c):
        slot, *_ = await slots_of(c)
        with pytest.raises(ValueError, match=r"channel is missing: .* offers IN_PERSON, VIDEO, PHONE\."):
            await c.call("book", slot, ADA)
        made = await c.call("book", attrs.evolve(slot, channels=(Channel.PHONE,)), ADA)
        assert made.channel is Channel.PHONE
        one.sandbox.requests.clear()
        for service in ("General question", ["Visa interview", "General question"]):
            with pytest.raises(ValueError, match=r"channel is missing: .* offers IN_PERSON, VIDEO, PHONE\."):
                await c.call("book_first_available", ADA, **{**ASKED, "service": service})
        assert one.sandbox.requests == []

    one.tell(story)


def test_the_only_channel_is_taken_without_asking(one):
    asked = {"service": "Visa interview", "location": "Passport office", "start": START, "end": START + timedelta(1)}

    async def story(c):
        slot = await c.first(c.list("find_slots", **asked))
        assert slot.channels == (Channel.IN_PERSON,)
        mine = Customer(id=one.customer)
        return await c.call("book", slot, mine), await c.call("book_first_available", mine, **asked)

    assert {made.channel for made in one.tell(story)} == {Channel.IN_PERSON}


def test_the_channel_must_be_given_where_nobody_says_what_is_offered(one):
    slot = f"cubu:{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/540"
    bare = one.settings(catalogue=None)
    with pytest.raises(ValueError, match="The catalogue does not say what this service type offers"):
        one.tell(lambda c: c.call("book", slot, ADA), bare)
    assert one.tell(lambda c: book(c, slot), bare).channel is Channel.VIDEO


def test_a_channel_that_is_not_offered_is_refused_before_anything_is_sent(one):
    slot = f"cubu:{seed.FRONT_DESK}/2026-03-03/0/{seed.RENEWAL}/540"
    with pytest.raises(ValueError, match="channel is none that this slot offers: IN_PERSON, VIDEO"):
        one.tell(lambda c: book(c, slot, channel=Channel.PHONE))
    assert one.sandbox.requests == []


# --- Cubu's own ------------------------------------------------------------------------------------------------------


def test_cubus_own_options_are_sent(one):
    options = CubuBooking(
        language="he-IL",
        fields={"Reason of the visit": "a question"},
        tag_ids=["VIP"],
        bypass_timeslot_check=True,
        prevent_self_check_in=True,
    )
    slot = f"cubu:{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/547"
    made = one.tell(lambda c: book(c, slot, options=options))
    assert made.start == START + timedelta(minutes=7)
    assert (made.native.fields, made.native.tags) == ({seed.REASON: "a question"}, [seed.VIP])
    (kept,) = (case for case in one.emulation.world.cases.values() if case.id == made.id)
    assert kept.appointment.prevent_self_check_in


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (CubuBooking(language="tlh"), "language must be one of"),
        (CubuBooking(fields={"Nobody's": "x"}), "is neither a GUID"),
        (CubuBooking(tag_ids=["Nobody's"]), "is neither a GUID"),
    ],
    ids=["language", "fields", "tag_ids"],
)
def test_an_option_that_is_wrong_is_refused_before_anything_is_sent(options, said, one):
    slot = f"cubu:{seed.FRONT_DESK}/2026-03-03/0/{seed.QUESTION}/540"

    async def story(c):
        with pytest.raises(ValueError, match=said):
            await book(c, slot, options=options)
        with pytest.raises(ValueError, match=said):
            await c.call("reschedule", f"cubu:{seed.FRONT_DESK}/2026-03-03/0/{seed.VIP}", slot, options=options)

    one.tell(story)
    assert one.sandbox.requests == []


@pytest.mark.parametrize("check", [True, False])
def test_what_the_organizations_hook_changed_is_not_hidden(check, one):
    one.emulation.answer_has_appointment = True
    one.emulation.before_book = lambda _: {"channel": "Phone", "serviceTypeId": seed.ADVICE}
    made = one.tell(book, one.settings(check_bookings=check))
    assert isinstance(made.native, Booking)
    changed = {difference.field for difference in made.native.differences}
    assert changed == ({"channel", "service_type_id"} if check else {"channel"})
    assert made.channel is Channel.PHONE
    assert made.end - made.start == timedelta(minutes=20)
    assert made.service.id == (seed.ADVICE if check else seed.QUESTION)
    assert made.status is AppointmentStatus.BOOKED


@pytest.mark.parametrize("shown", [True, False])
def test_what_cubu_says_nothing_of_is_what_was_asked_for(shown, one):
    one.emulation.answer_has_appointment = shown

    async def story(c):
        made = await book(c)
        return made, await c.call("get_appointment", made.ref)

    made, read = one.tell(story, one.settings(check_bookings=False))
    for name in ("ref", "start", "end", "status", "service", "host", "location", "channel", "time_zone"):
        assert getattr(made, name) == getattr(read, name), name
    assert (made.customer.email, made.customer.phone) == ("ada@example.org", "2025550199")
    assert isinstance(read.native, Case)


# --- lost answers ----------------------------------------------------------------------------------------------------


def test_a_booking_whose_answer_was_lost_is_found(office):
    office.sandbox.fault("drop_after", method="POST", path="*/appointments")
    made = office.tell(book)
    assert made.recovered
    assert office.live() == [made.id]
    assert made.customer.email == "ada@example.org"


def test_a_booking_that_was_lost_on_its_way_is_not_repeated(office):
    office.sandbox.fault("drop_before", method="POST", path="*/appointments")
    with pytest.raises(OutcomeUnknownError):
        office.tell(book, retry=QUICK)
    assert office.live() == []
    assert len(posts(office)) == 1


# --- moves -----------------------------------------------------------------------------------------------------------

WHOLE = CubuBooking(language="es-US", fields={"Reason of the visit": "lost"}, tag_ids=["VIP", "Wheelchair"])


def test_a_move_keeps_all_that_is_not_given_anew(office):
    async def story(c):
        slots = await slots_of(c)
        old = await book(c, slots[0], attrs.evolve(ADA, id=office.customer), options=WHOLE)
        return old, await c.call("reschedule", Appointment.from_json(old.to_json()), slots[4].ref)

    old, new = office.tell(story)
    assert office.live() == [new.id]
    for name in ("customer", "channel", "service", "location", "status"):
        assert getattr(new, name) == getattr(old, name), name
    for name in ("language", "fields", "tags", "contact_phone_number", "contact_email"):
        assert getattr(new.native, name) == getattr(old.native, name), name
    assert new.customer.id == office.customer


def test_a_move_takes_what_is_given_anew(one):
    async def story(c):
        slots = await slots_of(c)
        old = await book(c, slots[0], options=WHOLE)
        given = CubuBooking(language="en-US", fields={"Reason of the visit": "found"}, tag_ids=[])
        return await c.call("reschedule", old, slots[4], options=given)

    new = one.tell(story)
    assert (new.native.language, new.native.fields, new.native.tags) == ("en-US", {seed.REASON: "found"}, None)


def test_a_move_goes_to_another_service_and_to_a_slot_made_by_hand(one):
    async def story(c):
        old = await book(c)
        there = Slot(provider="cubu", start=START + timedelta(days=1), location=Location(id="Night line"))
        elsewhere = await c.call("reschedule", old, there)
        assert (elsewhere.location.name, elsewhere.time_zone) == ("Night line", "Europe/London")
        return elsewhere, await c.call("reschedule", elsewhere, Slot(provider="cubu", start=START + timedelta(days=2)))

    elsewhere, new = one.tell(story)
    assert (new.location, new.service, new.channel) == (elsewhere.location, elsewhere.service, elsewhere.channel)
    assert new.start == START + timedelta(days=2)
    assert one.live() == [new.id]


def test_a_move_onto_itself_says_what_is_in_the_way_and_changes_nothing(office):
    async def story(c):
        slots = await slots_of(c)
        old = await book(c, slots[0])
        with pytest.raises(SlotUnavailableError, match="not vacant") as caught:
            await c.call("reschedule", old, slots[0])
        assert caught.value.__notes__ == ["The old appointment may be what is in the way. Nothing changed."]
        other = next(slot for slot in slots if slot.native.cu_index != slots[0].native.cu_index)
        await book(c, other)
        with pytest.raises(SlotUnavailableError) as caught:
            await c.call("reschedule", old, other)
        assert not hasattr(caught.value, "__notes__")
        return old

    old = office.tell(story)
    assert office.live()[0] == old.id
    assert len(office.live()) == 2
    assert office.seen("DELETE") == []


def test_a_move_whose_old_one_cannot_be_cancelled_names_both(office):
    async def story(c):
        slots = await slots_of(c)
        old = await book(c, slots[0])
        office.sandbox.fault("status", method="DELETE", path="*", status=403)
        with pytest.raises(NotCancelledError, match="could not be cancelled") as caught:
            await c.call("reschedule", old, slots[4])
        return old, caught.value

    old, error = office.tell(story)
    assert error.old == old.ref
    assert isinstance(error.new, Appointment)
    assert office.live() == [old.id, error.new.id]
    assert (str(old.ref) in str(error), str(error.new.ref) in str(error)) == (True, True)


def test_a_move_that_is_repeated_books_nothing_more(office):
    async def story(c):
        slots = await slots_of(c)
        old = await book(c, slots[0])
        new = await c.call("reschedule", old, slots[4])
        with pytest.raises(NoResultError):
            await c.call("reschedule", old, slots[8])
        return new

    new = office.tell(story)
    assert office.live() == [new.id]


def test_a_lost_move_is_found_beside_the_old_one(office):
    async def story(c):
        slots = await slots_of(c)
        old = await book(c, slots[0])
        office.sandbox.fault("drop_after", method="POST", path="*/appointments")
        return old, await c.call("reschedule", old, slots[4])

    old, new = office.tell(story)
    assert new.recovered
    assert office.live() == [new.id]
    assert old.id != new.id


def test_a_lost_move_that_was_not_made_does_not_take_the_old_one_for_the_new(one):
    """The old one is seconds old, at the same time, of the same contact, and this client has not booked it."""
    old = one.tell(book)
    one.sandbox.fault("drop_before", method="POST", path="*/appointments")
    place = old.native.reference.calendar
    slot, bypass = f"cubu:{place}/{seed.QUESTION}/540", CubuBooking(bypass_timeslot_check=True)
    with pytest.raises(OutcomeUnknownError) as caught:
        one.tell(lambda c: c.call("reschedule", old, slot, options=bypass), retry=QUICK)
    assert caught.value.candidates == ()
    assert one.live() == [old.id]
    assert one.seen("DELETE") == []


def test_a_move_to_a_service_type_without_the_old_channel_is_refused(one):
    async def story(c):
        slots = await slots_of(c)
        old = await book(c, slots[0], channel=Channel.PHONE)
        renewal, *_ = await slots_of(c, service="Passport renewal")
        with pytest.raises(ValueError, match="channel is not one that Passport renewal offers"):
            await c.call("reschedule", old, renewal)
        return old

    old = one.tell(story)
    assert one.live() == [old.id]


# --- what is asked for -----------------------------------------------------------------------------------------------


def test_a_service_type_that_a_service_does_not_offer_is_passed_over_where_several_are_asked_for(office):
    async def story(c):
        everything = await slots_of(c, service=None, location=None, end=START + timedelta(minutes=30))
        front = {slot.service.name for slot in everything if slot.location.name == "Front desk"}
        assert front == {"Passport renewal", "General question", "Advice call"}
        assert {slot.location.name for slot in everything} == {"Front desk", "Night line", "Island line"}
        with pytest.raises(ValidationError):
            await slots_of(c, service="Visa interview")
        assert await slots_of(c, service=["Visa interview"], location=["Front desk", "Night line"]) == []

    office.tell(story)


def test_an_agents_slots_and_appointments_are_those_of_the_agents_calendars(one):
    async def story(c):
        every = await slots_of(c)
        host = next(slot.host for slot in every if slot.native.cu_index == 1)
        assert await slots_of(c, host=host) == [slot for slot in every if slot.host == host] != []
        for index in (0, 1, 2):
            await book(c, next(slot for slot in every if slot.native.cu_index == index))
        asked = {**SPAN, "location": "Front desk"}
        seen = await c.collect(c.list("list_appointments", **asked, host=host.id.upper()))
        rest = await c.collect(c.list("list_appointments", **asked))
        assert {one.host for one in seen} == {host}
        assert seen == [one for one in rest if one.host == host]
        assert {one.host for one in rest} > {host, None}

    one.tell(story)


def test_a_customers_appointments_are_listed_alone(one):
    async def story(c):
        slots = await slots_of(c)
        made = await book(c, slots[0], Customer(id=one.customer))
        await book(c, slots[1])
        asked = {"start": START, "end": START + timedelta(minutes=1), "location": seed.FRONT_DESK}
        seen = await c.collect(c.list("list_appointments", **asked, customer=made.customer))
        assert made in seen
        assert {one.customer.id for one in seen} == {one.customer}

    one.tell(story)


WRONG = {
    "host": ({"host": "Agent 1"}, "host is not a GUID"),
    "location": ({"location": "Nowhere"}, "location is neither a GUID"),
    "service": ({"service": "Nothing"}, "service is neither a GUID"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_known_is_refused_before_anything_is_sent(what, one):
    other, said = WRONG[what]
    with pytest.raises(ValueError, match=said):
        one.tell(lambda c: slots_of(c, **other))
    assert one.sandbox.requests == []


def test_a_duration_chooses_among_service_types(one):
    kinds = ["General question", "Passport renewal"]
    found = one.tell(lambda c: slots_of(c, service=kinds, duration=10))
    assert {slot.service.name for slot in found} == {"Passport renewal"}


@pytest.mark.parametrize("lacking", ["location", "service"])
def test_without_a_catalogue_it_must_be_said_what_is_looked_for(lacking, one):
    asked = {"service": seed.QUESTION, "location": seed.FRONT_DESK}
    given = one.settings(catalogue=Catalogue())
    with pytest.raises(ValueError, match=rf"{lacking} is missing: .* CUBU_CATALOGUE"):
        one.tell(lambda c: slots_of(c, **{**asked, lacking: None}), given)
    assert one.sandbox.requests == []
    assert {slot.service.id for slot in one.tell(lambda c: slots_of(c, **asked), given)} == {seed.QUESTION}


def test_a_day_at_a_time_is_asked_for_and_no_more_than_is_read(office):
    async def story(c):
        asked = {**ASKED, "end": START + timedelta(days=9)}
        first, second = await c.pages(c.list("find_slots", **asked), 2)
        assert {slot.start.date() for slot in first.items} == {date(2026, 3, 3)}
        assert {slot.start.date() for slot in second.items} == {date(2026, 3, 4)}
        assert second.cursor == "2026-03-05"

    office.tell(story)
    days = {seen.path.split("/calendars/")[1].split("/")[1] for seen in office.seen("GET")}
    assert days == {"2026-03-03", "2026-03-04"}
