"""How the portable verb moves an appointment: in place where NexHealth can, else anew, and the old one never lost."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from nexhealth_support import APPOINTMENT, BOTH, WRITTEN, answer, raw, refusal, rows, settings
from nexhealth_verbs import ADA, CHICAGO, CLEANING, usual

from apptsdk import (
    BadRequestError,
    ConflictError,
    NotFoundError,
    OutcomeUnknownError,
    RetryPolicy,
    ServerError,
    SlotUnavailableError,
    UnsupportedError,
)
from apptsdk.errors import NotCancelledError, ProviderWarning
from apptsdk.http import NoAnswer
from apptsdk.providers.nexhealth import Dependent, NexHealthBooking
from apptsdk.shared import AppointmentStatus, Customer, Host, Location, Service, Slot

REF = "nexhealth:riverbend-dental/1600000123"
QUICK = RetryPolicy(recover_within=2)
SLOT = "nexhealth:riverbend-dental/41/71/306/12/2031-04-16T14:00:00Z/2031-04-16T14:45:00Z"
START = datetime(2031, 4, 16, 14, tzinfo=UTC)
OLD = {**APPOINTMENT, **WRITTEN, "patient": ADA, "appointment_type": CLEANING, "note": "prefers mornings"}
FLAT = {**APPOINTMENT, **WRITTEN, "start_time": "2031-04-16T14:00:00.000Z", "end_time": "2031-04-16T14:45:00.000Z"}
NEW = answer({"appt": {**FLAT, "id": 1_600_000_124, "foreign_id": None, "foreign_id_type": "nex"}}, 201)


def changed(request):
    """Answer a PATCH: cancelled, or moved."""
    if b'"cancelled":true' in request.content:
        return answer({"appt": {**OLD, "cancelled": True}})
    return answer({"appt": FLAT})


def moving(old=None, **other):
    return usual(
        **{
            "GET_appointments_1600000123": answer({**OLD, **(old or {})}),
            "PATCH_appointments_1600000123": changed,
            "POST_appointments": NEW,
            **other,
        }
    )


def move(slot=SLOT, **given):
    return lambda c: c.call("reschedule", REF, slot, **given)


def writes(vendor):
    return [(one.method, one.path.rpartition("/")[2], one.body["appt"]) for one in vendor.seen if one.method != "GET"]


def by_hand(**other):
    return Slot(provider="nexhealth", start=START, **other)


# --- in place --------------------------------------------------------------------------------------------------------

TIMES = {"start_time": "2031-04-16T14:00:00.000Z", "end_time": "2031-04-16T14:45:00.000Z"}
SAME = {"start_time": "2031-04-16T14:00:00.000Z", "end_time": "2031-04-16T14:30:00.000Z"}
IN_PLACE = {
    "a slot that was found": (SLOT, {}, {}, {**TIMES, "operatory_id": 306}),
    "a slot in the same chair": (SLOT.replace("/306/", "/305/"), {}, {}, TIMES),
    "a slot without a chair": (SLOT.replace("/306/", "/-/"), {}, {}, TIMES),
    "a slot for no type": (SLOT.replace("/306/12/", "/305/-/"), {}, {}, TIMES),
    "a slot of nobody's": (SLOT.replace("/71/306/", "/-/305/"), {}, {}, TIMES),
    "a time alone, as long as before": (by_hand(), {}, {}, SAME),
    "a time and an end": (by_hand(end=START + timedelta(minutes=45)), {}, {}, TIMES),
    "the same provider, office and type": (
        by_hand(host=Host(id="71"), location=Location(id="41"), service=Service(id="12")),
        {},
        {},
        SAME,
    ),
    "a chair of the caller's": (
        by_hand(),
        {"options": NexHealthBooking(operatory_id=307)},
        {},
        {**SAME, "operatory_id": 307},
    ),
    "nobody knows whether it is written": (
        by_hand(),
        {},
        {"foreign_id_type": None, "last_sync_time": "2031-01-01T00:00:00Z"},
        SAME,
    ),
    "a block": (by_hand(), {}, {"patient_id": None, "patient": None, "unavailable": True}, SAME),
    "one that a guardian booked": (by_hand(), {}, {"is_guardian": True}, SAME),
}


@pytest.mark.parametrize("why", IN_PLACE)
def test_what_stays_where_and_with_whom_it_is_is_moved_in_place(why, vendor):
    slot, given, old, body = IN_PLACE[why]
    vendor.answers(always=moving(old))
    moved = vendor.tell(move(slot, **given))
    assert writes(vendor) == [("PATCH", "1600000123", body)]
    assert (str(moved.ref), moved.start) == (REF, START)
    assert [one.path for one in vendor.seen] == ["/appointments/1600000123"] * 2


def test_an_appointment_that_is_moved_in_place_keeps_what_was_known_of_it(vendor):
    vendor.answers(always=moving())
    moved = vendor.tell(move())
    assert (moved.customer.first_name, moved.service.name, moved.time_zone) == (
        "Adaline",
        "Cleaning",
        "America/Chicago",
    )
    assert (moved.end, moved.native.end_time) == (START + timedelta(minutes=45),) * 2


def test_a_length_is_kept_over_the_hour_that_is_left_out(vendor):
    # From 1:45 on; half an hour later clocks show 3:15.
    start = datetime(2031, 3, 9, 7, 45, tzinfo=UTC)
    vendor.answers(always=moving())
    slot = Slot(provider="nexhealth", start=start.astimezone(ZoneInfo("America/Chicago")))
    vendor.tell(move(slot))
    assert writes(vendor)[0][2]["end_time"] == "2031-03-09T08:15:00.000Z"


NO_MOVES = {
    "as one client quotes it": refusal("EMR does not support appointment update"),
    "otherwise": refusal("Rescheduling is not supported by this EHR", status=422),
}


@pytest.mark.parametrize("why", NO_MOVES)
def test_a_system_that_takes_no_new_times_is_told_as_that_and_nothing_is_booked_instead(why, vendor):
    vendor.answers(always=moving(PATCH_appointments_1600000123=NO_MOVES[why]))
    with pytest.raises(UnsupportedError, match=r"takes no new times .*; nothing changed\. .*rebook=True") as caught:
        vendor.tell(move())
    assert caught.value.operation == "nexhealth.reschedule"
    assert [one[0] for one in writes(vendor)] == ["PATCH"]


REFUSED = {
    "taken": (refusal("this time is no longer available"), SlotUnavailableError, "no longer available"),
    "not for this type": (refusal("not configured for the requested slot"), SlotUnavailableError, "not configured"),
    "not written after all": (refusal("… it is not synced with the PMS"), BadRequestError, "wait_until_written"),
    "gone": (refusal("Resource not found", status=404), NotFoundError, "Resource not found"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_any_other_refusal_is_told_and_nothing_is_booked_instead(why, vendor):
    refused, kind, named = REFUSED[why]
    vendor.answers(always=moving(PATCH_appointments_1600000123=refused))
    with pytest.raises(kind, match=named):
        vendor.tell(move())
    assert [one[0] for one in writes(vendor)] == ["PATCH"]


# --- in place, and the answer is lost --------------------------------------------------------------------------------

GONE = NoAnswer("cut")
AGAIN = {
    "too many requests": [GONE, raw(b"", 429)],
    "it fails every time": [raw(b"", 500)],
    "it is refused": [raw(b"", 503), refusal("nope")],
    "it takes no new times, it says": [GONE, refusal("EMR does not support appointment update")],
    "the time is taken, by itself": [GONE, refusal("this time is no longer available")],
    "half of an answer": [raw(b'{"code": tr')],
}


def in_turn(*answers):
    left = list(answers)

    def answered(request):
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    return answered


@pytest.mark.parametrize("why", AGAIN)
def test_a_move_in_place_that_was_done_is_done_whatever_its_repetition_is_told(why, vendor):
    read = [answer(OLD), answer({**OLD, **FLAT, "operatory_id": 306})]
    vendor.answers(
        always=moving(PATCH_appointments_1600000123=in_turn(*AGAIN[why]), GET_appointments_1600000123=in_turn(*read))
    )
    moved = vendor.tell(move())
    assert (moved.start, moved.end) == (START, START + timedelta(minutes=45))
    assert moved.recovered
    assert {one[0] for one in writes(vendor)} == {"PATCH"}


NOT_DONE = {
    "it stands where it was": {},
    "the start alone is what was asked for": {"start_time": FLAT["start_time"]},
    "it is in the old chair": {**FLAT, "operatory_id": 305},
    "it is cancelled": {**FLAT, "operatory_id": 306, "cancelled": True},
}


@pytest.mark.parametrize("why", NOT_DONE)
def test_a_move_in_place_that_was_not_done_is_refused(why, vendor):
    read = [answer(OLD), answer({**OLD, **NOT_DONE[why]})]
    vendor.answers(
        always=moving(
            PATCH_appointments_1600000123=in_turn(GONE, refusal("this time is no longer available")),
            GET_appointments_1600000123=in_turn(*read),
        )
    )
    with pytest.raises(SlotUnavailableError):
        vendor.tell(move())


def test_a_move_in_place_that_was_not_done_since_there_is_no_appointment_is_refused(vendor):
    nothing = refusal("Resource not found", status=404)
    vendor.answers(
        always=moving(
            PATCH_appointments_1600000123=in_turn(GONE, nothing),
            GET_appointments_1600000123=in_turn(answer(OLD), nothing),
        )
    )
    with pytest.raises(NotFoundError):
        vendor.tell(move())


BLIND = {
    "it cannot be read": (refusal("this time is no longer available"), raw(b"", 403)),
    "nothing is to be asked for five minutes": (raw(b"", 429, [("Retry-After", "300")]), answer(OLD)),
}


@pytest.mark.parametrize("why", BLIND)
def test_if_nobody_can_say_whether_it_was_moved_in_place_that_is_told(why, vendor):
    refused, read = BLIND[why]
    vendor.answers(
        always=moving(
            PATCH_appointments_1600000123=in_turn(GONE, refused),
            GET_appointments_1600000123=in_turn(answer(OLD), read),
        )
    )
    with pytest.raises(OutcomeUnknownError) as caught:
        vendor.tell(move())
    assert caught.value.attempt.operation == "nexhealth.appointments.update"


# --- anew ------------------------------------------------------------------------------------------------------------

HELD = {
    "patient_id": 9001,
    "provider_id": 71,
    "operatory_id": 306,
    "appointment_type_id": 12,
    "note": "prefers mornings",
    **TIMES,
}
UNWRITTEN = {"foreign_id": None, "foreign_id_type": "nex"}
ANEW = {
    # The slot; what else is given; what the old one says; what the new booking differs in from `HELD`.
    "not written yet": (SLOT, {}, UNWRITTEN, {}),
    "asked for": (SLOT, {"options": NexHealthBooking(rebook=True)}, {}, {}),
    "another provider": (SLOT.replace("/71/", "/72/"), {}, {}, {"provider_id": 72}),
    "another type": (SLOT.replace("/12/", "/13/"), {}, {}, {"appointment_type_id": 13}),
    "another provider, by hand, in no chair": (
        by_hand(host=Host(id="72")),
        {},
        {},
        {"provider_id": 72, "operatory_id": None, **SAME},
    ),
    "a time alone, in the chair that it has": (by_hand(), {}, UNWRITTEN, {"operatory_id": 305, **SAME}),
    "a chair of the caller's": (
        SLOT,
        {"options": NexHealthBooking(rebook=True, operatory_id=307)},
        {},
        {"operatory_id": 307},
    ),
    "something that only a new booking takes": (
        SLOT,
        {"options": NexHealthBooking(referrer="https://book.example")},
        {},
        {"referrer": "https://book.example"},
    ),
    "no type": (
        SLOT.replace("/306/12/", "/306/-/"),
        {},
        {**UNWRITTEN, "appointment_type_id": 0},
        {"appointment_type_id": None},
    ),
    "no note": (SLOT, {}, {**UNWRITTEN, "note": " "}, {"note": None}),
    "for a dependent": (
        SLOT,
        {"options": NexHealthBooking(dependent=Dependent(first_name="C", last_name="L", date_of_birth=START.date()))},
        {"is_guardian": True},
        {
            "is_guardian": True,
            "patient": {"first_name": "C", "last_name": "L", "bio": {"date_of_birth": "2031-04-16"}},
        },
    ),
}


@pytest.mark.parametrize("why", ANEW)
def test_what_cannot_stay_is_booked_anew_and_the_old_one_is_cancelled_after(why, vendor):
    slot, given, old, other = ANEW[why]
    vendor.answers(always=moving(old))
    moved = vendor.tell(move(slot, **given))
    body = {name: value for name, value in {**HELD, **other}.items() if value is not None}
    assert writes(vendor) == [("POST", "appointments", body), ("PATCH", "1600000123", {"cancelled": True})]
    assert str(moved.ref) == "nexhealth:riverbend-dental/1600000124"
    assert moved.customer.first_name == "Adaline"


@pytest.mark.parametrize("slot", [SLOT, SLOT.replace("/71/", "/72/")])
def test_in_v2_every_move_is_a_new_booking(slot, vendor):
    vendor.answers(always=moving())
    vendor.tell(move(slot, notify=True), settings(api_version="v2"))
    assert [one[:2] for one in writes(vendor)] == [("POST", "appointments"), ("PATCH", "1600000123")]
    (post,) = [one for one in vendor.seen if one.method == "POST"]
    assert dict(post.query)["notify_patient"] == "true"


def test_another_office_is_another_booking_there(vendor):
    vendor.answers(always=moving(locations_42=answer({**CHICAGO, "id": 42})))
    vendor.tell(move(SLOT.replace("/41/", "/42/")))
    (post,) = [one for one in vendor.seen if one.method == "POST"]
    assert dict(post.query)["location_id"] == "42"


def test_an_appointment_stays_at_its_office_where_the_client_has_another(vendor):
    vendor.answers(always=moving(UNWRITTEN))
    vendor.tell(move(by_hand()), settings(location_id=42, check_location=False))
    (post,) = [one for one in vendor.seen if one.method == "POST"]
    assert dict(post.query)["location_id"] == "41"


def test_a_note_that_is_too_long_to_be_written_again_is_cut_with_a_warning(vendor):
    vendor.answers(always=moving({**UNWRITTEN, "note": "x" * 130}))

    async def story(c):
        with pytest.warns(ProviderWarning, match="the first 128 characters"):
            await c.call("reschedule", REF, SLOT)

    vendor.tell(story)
    assert writes(vendor)[0][2]["note"] == "x" * 128


NEVER = {
    "a cancelled one": ({"cancelled": True}, "is cancelled, and there is no way back"),
    "a deleted one": ({"deleted": True}, "is cancelled, and there is no way back"),
    "a block": ({**UNWRITTEN, "patient_id": None, "patient": None, "unavailable": True}, "a block on the schedule"),
    "one for nobody knows whom": ({**UNWRITTEN, "is_guardian": True}, r"nothing says for whom: .*dependent="),
}


@pytest.mark.parametrize("why", NEVER)
def test_what_cannot_be_booked_anew_stays_as_it_is(why, vendor):
    old, named = NEVER[why]
    vendor.answers(always=moving(old))
    with pytest.raises(UnsupportedError, match=named):
        vendor.tell(move())
    assert writes(vendor) == []


@pytest.mark.parametrize("notify", [True, False])
def test_in_place_nobody_can_be_told_whom_to_write_to_and_nothing_is_sent(notify, vendor):
    vendor.answers(always=moving())
    with pytest.raises(UnsupportedError, match=r"leave out notify\. .*rebook=True"):
        vendor.tell(move(notify=notify))
    assert vendor.feed.requests == []
    vendor.tell(move(notify=notify, options=NexHealthBooking(rebook=True)))
    (post,) = [one for one in vendor.seen if one.method == "POST"]
    assert dict(post.query)["notify_patient"] == str(notify).lower()


WAY = {
    # The slot, and whether the old one, at 14:00 on the 15th with 71 in 305, may be what takes its time.
    "the next half": ("/71/305/12/2031-04-15T14:15:00Z/2031-04-15T14:45:00Z", True),
    "with another, in its chair": ("/72/305/12/2031-04-15T14:15:00Z/2031-04-15T14:45:00Z", True),
    "with another, in another chair": ("/72/306/12/2031-04-15T14:15:00Z/2031-04-15T14:45:00Z", False),
    "just after it": ("/71/305/12/2031-04-15T14:30:00Z/2031-04-15T15:00:00Z", False),
    "just before it": ("/71/305/12/2031-04-15T13:30:00Z/2031-04-15T14:00:00Z", False),
}


@pytest.mark.parametrize("why", WAY)
def test_where_the_time_is_taken_the_old_one_stands_and_may_be_what_is_in_the_way(why, vendor):
    key, in_the_way = WAY[why]
    vendor.answers(always=moving(UNWRITTEN, POST_appointments=refusal("this time is no longer available")))
    with pytest.raises(SlotUnavailableError) as caught:
        vendor.tell(move(f"nexhealth:riverbend-dental/41{key}"))
    assert any("may be what is in the way" in note for note in getattr(caught.value, "__notes__", ())) is in_the_way
    assert [one[0] for one in writes(vendor)] == ["POST"]


LEFT = {
    "refused": (refusal("nope"), "could not be cancelled: both may stand", BadRequestError),
    "not there": (refusal("Resource not found", status=404), "is not there", NotFoundError),
}


@pytest.mark.parametrize("why", LEFT)
def test_if_the_old_one_cannot_be_cancelled_both_are_named(why, vendor):
    failing, fate, cause = LEFT[why]
    vendor.answers(always=moving(UNWRITTEN, PATCH_appointments_1600000123=failing))
    with pytest.raises(NotCancelledError, match=fate) as caught:
        vendor.tell(move())
    assert str(caught.value.new.ref) == "nexhealth:riverbend-dental/1600000124"
    assert str(caught.value.old) == REF
    assert {"nexhealth:riverbend-dental/1600000124", REF} <= {*str(caught.value).replace(",", " ").split()}
    assert isinstance(caught.value.__cause__, cause)


@pytest.mark.parametrize("read", [answer({**OLD, "cancelled": True}), refusal("Resource not found", status=404)])
def test_if_another_call_cancelled_the_old_one_meanwhile_the_new_one_is_cancelled_too(read, vendor):
    vendor.answers(
        always=moving(
            GET_appointments_1600000123=in_turn(answer({**OLD, **UNWRITTEN}), read),
            PATCH_appointments_1600000123=refusal("Cannot update appointment because it is not synced with the PMS"),
            PATCH_appointments_1600000124=answer({"appt": {**FLAT, "id": 1_600_000_124, "cancelled": True}}),
        )
    )
    with pytest.raises(ConflictError, match="was cancelled or moved by another call") as caught:
        vendor.tell(move())
    assert [one[:2] for one in writes(vendor)] == [
        ("POST", "appointments"),
        ("PATCH", "1600000123"),
        ("PATCH", "1600000124"),
    ]
    assert (caught.value.status, REF in str(caught.value)) == (400, True)


@pytest.mark.parametrize("name", BOTH)
def test_a_lost_answer_does_not_lead_to_the_old_one(name, vendor):
    old = {**OLD, **UNWRITTEN, **FLAT, "operatory_id": 306, "foreign_id": None, "foreign_id_type": "nex"}
    listed = answer({"appointments": [old]}, count=1) if name == "v2" else rows(old)
    vendor.answers(always=moving(old, POST_appointments=raw(b"", 502), GET_appointments=listed))
    with pytest.raises(OutcomeUnknownError) as caught:
        vendor.tell(move(options=NexHealthBooking(rebook=True)), settings(api_version=name), retry=QUICK)
    assert [one[0] for one in writes(vendor)] == ["POST"]
    assert caught.value.attempt.clues["not_id"] == "1600000123"
    assert [one for one in vendor.seen if one.path == "/appointments" and one.method == "GET"]


def test_if_nobody_knows_whether_the_new_one_is_booked_the_old_one_stands(vendor):
    vendor.answers(always=moving(UNWRITTEN, POST_appointments=raw(b"", 502), GET_appointments=answer([])))
    with pytest.raises(OutcomeUnknownError):
        vendor.tell(move())
    assert [one[0] for one in writes(vendor)] == ["POST"]


def test_if_the_old_one_cannot_be_read_nothing_changes(vendor):
    vendor.answers(always=moving(GET_appointments_1600000123=raw(b"", 500)))
    with pytest.raises(ServerError):
        vendor.tell(move())
    assert writes(vendor) == []


# --- at the sandbox --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("name", BOTH)
def test_a_move_leaves_one_live_appointment_at_the_new_time(name, written, practice):
    given = practice.sandbox.nexhealth.changed(api_version=name)
    start = practice.sandbox.clock.now() + timedelta(days=1)
    kind = str(practice.id_of("appointment_types", name="Cleaning"))

    async def story(c):
        slots = await c.take(c.list("find_slots", start=start, end=start + timedelta(days=9), service=kind), 3)
        made = await c.call("book", slots[0], Customer(id=str(practice.patient)), notes="prefers mornings")
        if written:
            practice.watch.pass_by(60)
        moved = await c.call("reschedule", made, slots[2])
        assert (moved.start, moved.end, moved.notes) == (slots[2].start, slots[2].end, "prefers mornings")
        assert (moved.customer.first_name, moved.service.id) == ("Ada", kind)
        assert (moved.ref == made.ref) is (written and name != "v2")
        if moved.ref != made.ref:
            old = await c.call("get_appointment", made)
            assert old.status is AppointmentStatus.CANCELLED
        with pytest.raises(SlotUnavailableError):
            await c.call("book", slots[2], Customer(id=str(practice.patient)))
        return moved

    moved = practice.tell(story, given)
    assert practice.sandbox.ledger.live("appointments") == [moved.id]


def test_a_cancelled_appointment_is_not_moved_and_nothing_is_booked(practice):
    start = practice.sandbox.clock.now() + timedelta(days=1)
    kind = str(practice.id_of("appointment_types", name="Cleaning"))

    async def story(c):
        slots = await c.take(c.list("find_slots", start=start, end=start + timedelta(days=9), service=kind), 2)
        made = await c.call("book", slots[0], Customer(id=str(practice.patient)))
        await c.call("cancel", made)
        with pytest.raises(UnsupportedError, match="book anew"):
            await c.call("reschedule", made, slots[1])

    practice.tell(story)
    assert practice.sandbox.ledger.live("appointments") == []


def test_an_office_that_never_writes_is_moved_anew(practice):
    start = practice.sandbox.clock.now() + timedelta(days=1)
    kind = str(practice.id_of("appointment_types", name="Cleaning"))
    given = practice.sandbox.nexhealth.changed(location_id=42)

    async def story(c):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ProviderWarning)
            slots = await c.take(c.list("find_slots", start=start, end=start + timedelta(days=9), service=kind), 2)
            made = await c.call("book", slots[0], Customer(id=str(practice.patient)))
            practice.watch.pass_by(3600)
            return await c.call("reschedule", made, slots[1])

    moved = practice.tell(story, given)
    assert practice.sandbox.ledger.live("appointments") == [moved.id]
    assert moved.status is AppointmentStatus.PENDING
