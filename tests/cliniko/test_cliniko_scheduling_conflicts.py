"""Never a second booking: the looks at the calendar before and after a write, in their order, and races."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from props import props

from apptsdk import Cliniko, NotFoundError, Timeout
from apptsdk.errors import (
    NotCancelledError,
    OutcomeUnknownError,
    PermissionDeniedError,
    SlotUnavailableError,
    UnsupportedError,
    ValidationError,
)
from apptsdk.events import AttemptEnded
from apptsdk.http import Headers, Response
from apptsdk.models import BookingAttempt, Link
from apptsdk.operation import Instant, Now, Operation, Page, Pause, Remembered
from apptsdk.providers.cliniko import (
    AppointmentType,
    ClinikoBooking,
    IndividualAppointment,
    UnavailableBlock,
    conflicts,
)
from apptsdk.providers.cliniko.conflicts import AGAIN
from apptsdk.providers.cliniko.scheduling import GIVES_WAY, scheduling
from apptsdk.shared import AppointmentRef, Customer, Host, Location, Service, Slot
from apptsdk.transport import Clock
from apptsdk.verbs import Booking

START = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BUSINESS, PRACTITIONER, KIND = props().triple
PATIENT = Customer(id=props().patients[0])
PLACE = {"service": Service(id=KIND), "host": Host(id=PRACTITIONER), "location": Location(id=BUSINESS)}
DESK = {**props().ids, "patient_id": props().patients[1]}


def slot(start=START, **fields):
    return Slot(provider="cliniko", start=start, **{**PLACE, **fields})


def live(sandbox):
    """Give the ids of what was made and stands."""
    return sandbox.ledger.live("individual_appointments")


# --- what is in the way before ---------------------------------------------------------------------------------------


async def an_appointment(c):
    await c.call("individual_appointments.create", **DESK, starts_at=START)


async def a_group(c):
    there = {**props().place, "appointment_type_id": props().group_type}
    await c.call("group_appointments.create", **there, starts_at=START - HOUR / 2)


async def a_block(c):
    await c.call("unavailable_blocks.create", **props().place, starts_at=START - 5 * HOUR, ends_at=START + HOUR / 60)


async def at_another_business(c):
    await c.call("individual_appointments.create", **{**DESK, "business_id": props().businesses[1]}, starts_at=START)


async def nothing(c):
    """Leave the calendar as it is."""


async def a_neighbour(c):
    for start in (START - HOUR / 2, START + HOUR / 2):
        await c.call("individual_appointments.create", **DESK, starts_at=start)


async def a_cancelled_one(c):
    made = await c.call("individual_appointments.create", **DESK, starts_at=START)
    await c.call("individual_appointments.cancel", made.id, reason=50)


async def an_archived_block(c):
    made = await c.call("unavailable_blocks.create", **props().place, starts_at=START, ends_at=START + HOUR)
    await c.call("unavailable_blocks.archive", made.id)


async def another_practitioner(c):
    await c.call(
        "individual_appointments.create", **{**DESK, "practitioner_id": props().practitioners[1]}, starts_at=START
    )


@pytest.mark.parametrize("before", [an_appointment, a_group, a_block, at_another_business])
def test_a_time_that_is_taken_is_refused_before_anything_is_written(before, clinic):
    async def story(c):
        await before(c)
        made = len(clinic.seen("POST"))
        with pytest.raises(SlotUnavailableError, match="nothing was booked or moved") as caught:
            await c.call("book", slot(), Customer(first_name="Nia", last_name="Moss", email="nia@example.org"))
        assert len(clinic.seen("POST")) == made
        return caught.value

    error = clinic.tell(story)
    assert (error.provider, error.operation, error.response) == ("cliniko", "cliniko.book", None)
    assert clinic.sandbox.ledger.created("patients") == []


@pytest.mark.parametrize("before", [nothing, a_neighbour, a_cancelled_one, an_archived_block, another_practitioner])
def test_what_does_not_take_the_time_is_in_nobodys_way(before, clinic):
    async def story(c):
        await before(c)
        return await c.call("book", slot(), PATIENT)

    assert clinic.tell(story).start == START
    assert clinic.watch.slept == [AGAIN]


def test_without_the_check_the_vendor_is_asked_nothing_and_lets_two_have_the_time(clinic):
    async def story(c):
        await an_appointment(c)
        return await c.call("book", slot(), PATIENT, check_conflicts=False)

    assert clinic.tell(story).id in live(clinic.sandbox)
    assert len(live(clinic.sandbox)) == 2
    assert [one for one in clinic.seen() if one.path.endswith("/bookings")] == []
    assert clinic.watch.slept == []


# --- what comes at the same moment, by feeding -----------------------------------------------------------------------


def link(number):
    return Link(f"https://api.au1.cliniko.com/v1/x/{number}")


def native(number, start=START, **fields):
    given = {"starts_at": start, "ends_at": start + HOUR / 2, "practitioner": link(PRACTITIONER), **fields}
    return IndividualAppointment(
        **{"id": str(number), "business": link(BUSINESS), "appointment_type": link(KIND), **given}
    )


BLOCK = UnavailableBlock(id="3", starts_at=START, ends_at=START + HOUR, practitioner=link(PRACTITIONER))
TYPE = AppointmentType(id=KIND, name="Standard consultation", duration_in_minutes=30, max_attendees=1)


def failure(kind=PermissionDeniedError, status=403):
    return kind("no", response=Response(status, Headers(()), b""))


class Fed:
    """Answers by operation, and what was asked for, in order."""

    def __init__(self, answers):
        self.answers = {name: iter(given) for name, given in answers.items()}
        self.asked = []

    def answer(self, step):
        match step:
            case Pause(seconds):
                self.asked.append(f"pause {seconds:g}")
                return None
            case Now():
                return Instant(0.0, 0.0)
            case Remembered(work=Operation(name="cliniko.appointment_types.get")):
                return TYPE
            case Remembered():
                raise failure()
            case Operation():
                return self.told(*step.name.split(".")[1:])
            case _:
                return self.run(step.script())

    def told(self, resource, verb):
        self.asked.append(f"{resource}.{verb}")
        given = next(self.answers[resource if verb == "list" else verb])
        if isinstance(given, BaseException):
            raise given
        return Page(given) if verb == "list" else given

    def run(self, script):
        given, error = None, None
        while True:
            try:
                step = script.send(given) if error is None else script.throw(error)
            except StopIteration as stop:
                return stop.value
            given = error = None
            try:
                given = self.answer(step)
            except BaseException as raised:  # noqa: BLE001 - the script decides
                error = raised


def feed(work, answers):
    """Run a verb; give what it asked for, and how it ended."""
    fed = Fed(answers)
    try:
        end = fed.run(work.script())
    except Exception as raised:  # noqa: BLE001 - it is what the test is about
        end = raised
    return fed.asked, end


def book(**answers):
    return feed(scheduling.booked(None, slot(), Booking(customer=PATIENT)), answers)


def move(**answers):
    return feed(scheduling.moved(None, AppointmentRef("cliniko", "7"), slot(START), None, None), answers)


LOOK, MADE, GONE, HELD = "bookings.list", "individual_appointments.create", "individual_appointments.cancel", "pause 1"
READ, MOVED = "individual_appointments.get", "individual_appointments.update"


def test_a_booking_that_nobody_disputes_is_looked_at_twice():
    asked, made = book(bookings=[(), (native(7),), (native(7),)], create=[native(7)])
    assert made.id == "7"
    assert asked == [LOOK, MADE, LOOK, HELD, LOOK]


DISPUTED = {
    "an older appointment": native(6),
    "an older one, which a text would sort behind": native(8),
    "an older one that overlaps by a minute": native(6, START + timedelta(minutes=29)),
    "an older block": BLOCK,
}


@pytest.mark.parametrize("other", DISPUTED.values(), ids=DISPUTED)
def test_a_booking_gives_way_to_an_older_one_at_once(other):
    asked, error = book(bookings=[(), (native(70), other)], create=[native(70)], cancel=[None])
    assert isinstance(error, SlotUnavailableError)
    assert "this booking was cancelled again" in str(error)
    assert asked == [LOOK, MADE, LOOK, GONE]


def test_a_booking_gives_way_to_an_older_one_that_was_on_its_way():
    asked, error = book(bookings=[(), (), (native(6),)], create=[native(7)], cancel=[None])
    assert isinstance(error, SlotUnavailableError)
    assert asked == [LOOK, MADE, LOOK, HELD, LOOK, GONE]


BEFORE = native(7, START - 24 * HOUR)
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECOND, LONG_AGO = timedelta(seconds=1), AT - 24 * HOUR
BOOKED = native(70, created_at=AT, updated_at=AT)
ARRIVED = native(70, created_at=LONG_AGO, updated_at=AT)
A_BLOCK = {"starts_at": START, "ends_at": START + HOUR, "practitioner": link(PRACTITIONER)}


def stamped(number, created, updated=None):
    return native(number, created_at=created, updated_at=updated or created)


# label: the other one, whether a booking gives way to it, whether a move does
ORDER = {
    "made a second before, and with a higher id": (stamped(99, AT - SECOND), True, True),
    "made in the same second, and with a lower id": (stamped(9, AT), True, True),
    "made in the same second, and with a higher id": (stamped(99, AT), False, True),
    "made a second later, and with a lower id": (stamped(9, AT + SECOND), False, False),
    "made in the same second, and changed since": (stamped(9, AT, AT + HOUR), True, True),
    "moved here before": (stamped(9, LONG_AGO, AT - SECOND), True, True),
    "moved here in the same second, with a lower id": (stamped(9, LONG_AGO, AT), False, True),
    "moved here in the same second, with a higher id": (stamped(99, LONG_AGO, AT), False, False),
    "moved here later": (stamped(9, LONG_AGO, AT + SECOND), False, False),
    "a block before": (UnavailableBlock(id="99", **A_BLOCK, created_at=AT - SECOND), True, True),
    "a block later": (UnavailableBlock(id="9", **A_BLOCK, created_at=AT + SECOND), False, False),
    "a block without stamps": (UnavailableBlock(id="9", **A_BLOCK), True, True),
}


@pytest.mark.parametrize(("other", "first", "_"), ORDER.values(), ids=ORDER)
def test_a_booking_gives_way_to_whoever_was_there_first(other, first, _):
    _, end = book(bookings=[(), (BOOKED, other), (BOOKED, other)], create=[BOOKED], cancel=[None])
    assert isinstance(end, SlotUnavailableError) == first
    assert first or end.id == "70"


@pytest.mark.parametrize(("other", "_", "first"), ORDER.values(), ids=ORDER)
def test_a_move_gives_way_to_whoever_was_there_first(other, _, first):
    looks = [(), (ARRIVED, other), (ARRIVED, other)]
    _, end = move(get=[BEFORE], bookings=looks, update=[ARRIVED, BEFORE])
    assert isinstance(end, SlotUnavailableError) == first
    assert first or end.id == "70"


@pytest.mark.parametrize("year", [1, 9999])
def test_stamps_that_cannot_be_reckoned_with_leave_it_to_the_ids(year):
    odd = datetime(year, 1, 1, tzinfo=UTC)
    made = native(7, created_at=odd, updated_at=odd)
    assert book(bookings=[(), (native(8, created_at=odd),)] * 2, create=[made])[1].id == "7"
    _, error = book(bookings=[(), (native(6, created_at=odd),)], create=[made], cancel=[None])
    assert isinstance(error, SlotUnavailableError)


STANDS = {
    "a younger one": native(8),
    "one whose id is longer": native(10),
    "one that ends when it begins": native(6, START - HOUR / 2),
    "one that begins when it ends": native(6, START + HOUR / 2),
    "a cancelled one": native(6, cancelled_at=START),
    "an archived one": native(6, archived_at=START),
    "one with another practitioner": native(6, practitioner=link(1)),
}


@pytest.mark.parametrize("other", STANDS.values(), ids=STANDS)
def test_a_booking_stands_beside_what_is_younger_or_elsewhere_whatever_the_vendor_lists(other):
    asked, made = book(bookings=[(), (other,), (other,)], create=[native(7)])
    assert made.id == "7"
    assert asked == [LOOK, MADE, LOOK, HELD, LOOK]


@pytest.mark.parametrize("looks", [[(), failure()], [(), (), failure()]])
def test_a_look_that_fails_after_the_write_loses_no_booking_and_is_logged(looks, caplog):
    with caplog.at_level(logging.WARNING, "apptsdk"):
        _, made = book(bookings=looks, create=[native(7)])
    assert made.id == "7"
    assert [one.getMessage() for one in caplog.records] == [
        "cliniko: appointment 7 stands, and nobody could look whether another has its time: PermissionDeniedError"
    ]


def test_a_look_that_fails_before_the_write_books_nothing():
    asked, error = book(bookings=[failure()])
    assert isinstance(error, PermissionDeniedError)
    assert asked == [LOOK]


def test_a_booking_that_should_give_way_and_cannot_is_named_with_the_other():
    _, error = book(bookings=[(), (native(6),)], create=[native(7)], cancel=[failure()])
    assert isinstance(error, NotCancelledError)
    assert (str(error.new.ref), str(error.old)) == ("cliniko:7", "6")
    assert isinstance(error.__cause__, PermissionDeniedError)


def test_a_booking_that_somebody_else_cancelled_meanwhile_has_given_way():
    _, error = book(bookings=[(), (native(6),)], create=[native(7)], cancel=[failure(NotFoundError, 404)])
    assert isinstance(error, SlotUnavailableError)


def test_a_move_that_nobody_disputes_is_looked_at_twice():
    asked, moved = move(get=[BEFORE], bookings=[(), (), (native(7),)], update=[native(7)])
    assert moved.start == START
    assert asked == [READ, LOOK, MOVED, LOOK, HELD, LOOK]


WAYS_BACK = {
    "to one who was first, at once": ([(), (native(6),), ()], [READ, LOOK, MOVED, LOOK, MOVED, LOOK]),
    "to one who was first and seen late": (
        [(), (), (native(6),), ()],
        [READ, LOOK, MOVED, LOOK, HELD, LOOK, MOVED, LOOK],
    ),
}


@pytest.mark.parametrize(("looks", "steps"), WAYS_BACK.values(), ids=WAYS_BACK)
def test_a_move_goes_back(looks, steps):
    asked, error = move(get=[BEFORE], bookings=looks, update=[native(7), BEFORE])
    assert isinstance(error, SlotUnavailableError)
    assert "was moved back" in str(error)
    assert asked == steps


NOT_BACK = {
    "refused": (failure(), "could not be moved back: both have that time"),
    "gone": (failure(NotFoundError, 404), "is not there any more: somebody cancelled it meanwhile"),
    "unknown": (
        OutcomeUnknownError(
            "lost", attempt=BookingAttempt(provider="cliniko", operation="cliniko.x.update", started_at=START)
        ),
        "may be back or not: both may have that time",
    ),
}


@pytest.mark.parametrize(("why", "said"), NOT_BACK.values(), ids=NOT_BACK)
def test_a_move_that_cannot_go_back_names_both_and_says_where_it_was(why, said):
    _, error = move(get=[BEFORE], bookings=[(), (native(6),)], update=[native(7), why])
    assert isinstance(error, NotCancelledError)
    assert str(error) == (
        "The appointment, cliniko:7, was moved to 2026-03-10T02:00:00+00:00, where 6 was first, and "
        f"{said}. It was at 2026-03-09T02:00:00+00:00: move it."
    )
    assert (str(error.new.ref), error.new.start, error.old) == ("cliniko:7", START, "6")
    assert (error.__cause__, error.operation) == (why, "cliniko.reschedule")


def test_an_interruption_while_a_move_goes_back_says_that_it_may_not_be():
    work = scheduling.moved(None, AppointmentRef("cliniko", "7"), slot(), None, None)
    fed = Fed({"get": [BEFORE], "bookings": [(), (native(6),)], "update": [native(7), KeyboardInterrupt()]})
    with pytest.raises(KeyboardInterrupt) as caught:
        fed.run(work.script())
    assert "where 6 was first, and may not be back at 2026-03-09T02:00:00+00:00" in caught.value.__notes__[0]


MEANWHILE = BEFORE.starts_at


@pytest.mark.parametrize(
    ("other", "taken"),
    [
        (native(9, MEANWHILE, created_at=AT, updated_at=AT), True),
        (native(3, MEANWHILE, created_at=AT - HOUR, updated_at=AT), True),
        (native(3, MEANWHILE, created_at=AT - HOUR, updated_at=AT - HOUR / 60), False),
    ],
    ids=["booked", "moved there", "there all the time"],
)
def test_a_move_that_goes_back_says_who_took_its_time_meanwhile(other, taken):
    looks = [(), (native(6, created_at=AT - HOUR, updated_at=AT - HOUR),), (BEFORE, other)]
    after = native(7, created_at=AT - HOUR, updated_at=AT)
    _, error = move(get=[BEFORE], bookings=looks, update=[after, BEFORE])
    assert isinstance(error, NotCancelledError if taken else SlotUnavailableError)
    if taken:
        assert (str(error.new.ref), error.new.start, error.old) == ("cliniko:7", MEANWHILE, other.id)
        assert f"moved back to 2026-03-09T02:00:00+00:00, which {other.id} took meanwhile" in str(error)


def test_a_move_that_is_back_says_that_nobody_could_look_whether_its_time_was_its_own():
    _, error = move(get=[BEFORE], bookings=[(), (native(6),), failure()], update=[native(7), BEFORE])
    assert isinstance(error, SlotUnavailableError)
    assert "moved back; nobody could look whether its time is still its own." in str(error)


def test_a_move_of_what_says_no_practitioner_needs_one_in_the_slot():
    bare = native(7, practitioner=None, business=None)
    work = scheduling.moved(None, AppointmentRef("cliniko", "7"), Slot(provider="cliniko", start=START), None, None)
    asked, error = feed(work, {"get": [bare]})
    assert isinstance(error, UnsupportedError)
    assert asked == [READ]


def test_a_move_of_what_says_no_business_needs_none():
    bare = native(7, START - 24 * HOUR, business=None)
    _, moved = feed(
        scheduling.moved(None, AppointmentRef("cliniko", "7"), Slot(provider="cliniko", start=START), None, None),
        {"get": [bare], "bookings": [(), (), ()], "update": [native(7)]},
    )
    assert moved.start == START


def test_an_interruption_while_a_booking_gives_way_says_that_it_may_stand():
    work = scheduling.booked(None, slot(), Booking(customer=PATIENT))
    fed = Fed({"bookings": [(), (native(6),)], "create": [native(7)], "cancel": [KeyboardInterrupt()]})
    with pytest.raises(KeyboardInterrupt) as caught:
        fed.run(work.script())
    assert "cliniko:7, overlaps with 6, and may still stand" in caught.value.__notes__[0]


# --- end to end ------------------------------------------------------------------------------------------------------


class Rival:
    """Somebody at the desk, who takes the time right after it was seen to be free.

    Args:
        clinic: Where.
        looks: After so many looks at the calendar.
    """

    def __init__(self, clinic, looks=1):
        self.clinic = clinic
        self.left = looks
        self.made = None

    def __call__(self, event):
        if isinstance(event, AttemptEnded) and event.operation == "cliniko.bookings.list":
            self.left -= 1
            if not self.left:
                self.left = -1  # what the desk's own looks are told, too
                with Cliniko(self.clinic.sandbox.cliniko) as desk:
                    self.made = desk.individual_appointments.create(**DESK, starts_at=START)


def case_of(appointment):
    return appointment.native.patient_case and appointment.native.patient_case.id


def moved_and_back(had_one=False, wanted=False, refused=SlotUnavailableError):
    """Tell of a move whose time is taken right after the look at it, the fourth: a booking looks three times.

    Args:
        had_one: Whether the appointment belongs to a case of its patient's.
        wanted: Whether it is moved to another case.
        refused: What the move ends in.
    """

    async def story(c):
        async def case(given):
            made = await c.call("patient_cases.create", name="Knee", patient_id=PATIENT.id) if given else None
            return {"options": made and ClinikoBooking(patient_case_id=made.id)}

        there = slot(START + 24 * HOUR, end=START + 25 * HOUR)
        made = await c.call("book", there, PATIENT, notes="Stays", **await case(had_one))
        with pytest.raises(refused) as caught:
            await c.call("reschedule", made, slot(), **await case(wanted))
        return made, caught.value, await c.call("get_appointment", made)

    return story


def test_a_booking_that_gives_way_is_cancelled_at_the_vendor_with_a_note(clinic):
    rival = Rival(clinic)

    async def story(c):
        with pytest.raises(SlotUnavailableError, match="cancelled again"):
            await c.call("book", slot(), PATIENT)

    clinic.tell(story, observer=rival)
    assert live(clinic.sandbox) == [rival.made.id]
    (gone,) = [one for one in clinic.sandbox.ledger if one.action == "cancel"]
    assert (gone.record["cancellation_reason"], gone.record["cancellation_note"]) == (50, GIVES_WAY)


def test_a_move_that_gives_way_is_back_where_it_was(clinic):
    made, error, after = clinic.tell(moved_and_back(), observer=Rival(clinic, looks=4))
    assert str(error).endswith("at the same moment: the appointment was moved back.")
    assert (after.start, after.end, after.notes, after.host) == (made.start, made.end, made.notes, made.host)


@pytest.mark.parametrize("had_one", [False, True])
def test_a_move_that_gives_way_is_with_the_case_with_which_it_was(had_one, clinic):
    made, _, after = clinic.tell(moved_and_back(had_one, wanted=True), observer=Rival(clinic, looks=4))
    assert case_of(after) == case_of(made)
    assert (case_of(made) is not None) == had_one


def test_a_case_that_cannot_be_taken_off_again_keeps_no_move_from_going_back(clinic):
    clinic.sandbox.fault(
        "status", method="PATCH", path="/individual_appointments/*", skip=1, status=422, body={"errors": {"x": "no"}}
    )
    made, error, after = clinic.tell(moved_and_back(wanted=True), observer=Rival(clinic, looks=4))
    assert str(error).endswith("the appointment was moved back, and keeps the patient's case that was given.")
    assert (after.start, case_of(made)) == (made.start, None)
    assert case_of(after) is not None


def test_a_move_that_cannot_go_back_leaves_nobody_in_the_dark(clinic):
    refusal = {"status": 422, "body": {"errors": {"starts_at": "no"}}, "times": None}
    clinic.sandbox.fault("status", method="PATCH", path="/individual_appointments/*", skip=1, **refusal)
    rival = Rival(clinic, looks=4)
    made, error, after = clinic.tell(moved_and_back(refused=NotCancelledError), observer=rival)
    assert (error.new.id, error.old, after.start) == (made.id, rival.made.id, START)


def test_the_pause_between_the_looks_is_no_part_of_the_callers_time(clinic):
    made = clinic.tell(lambda c: c.call("book", slot(), PATIENT), timeout=Timeout(attempt=AGAIN, total=AGAIN))
    assert made.start == START
    assert len([one for one in clinic.seen() if one.path.endswith("/bookings")]) == 3


def test_a_booking_that_was_found_again_after_all_the_time_is_looked_at_all_the_same(clinic):
    clinic.sandbox.fault("drop_after", method="POST", path="/individual_appointments", skip=1)
    clinic.sandbox.fault("status", method="GET", path="/individual_appointments", status=403, times=3)
    rival = Rival(clinic)

    async def story(c):
        with pytest.raises(SlotUnavailableError, match="cancelled again"):
            await c.call("book", slot(), PATIENT)

    clinic.tell(story, observer=rival, timeout=Timeout(attempt=1.0, total=1.0))
    assert live(clinic.sandbox) == [rival.made.id]
    assert len(clinic.sandbox.ledger.created("individual_appointments")) == 2
    assert clinic.watch.slept == [1.0, 2.0, 4.0]  # until it was found


# label: what becomes of the requests that move it, of which the first is done; what the client is told
MOVED_ALL_THE_SAME = {
    "lost, then refused": [("drop_after", {}), ("status", {"status": 422, "body": {"errors": {"base": "no"}}})],
    "answered 503, then refused": [("status", {"status": 503, "commit": True}), ("status", {"status": 400})],
    "answered 500 each time": [("status", {"status": 500, "commit": True, "times": None})],
    "lost, then not to be reached": [("drop_after", {}), ("drop_before", {"times": None})],
}


@pytest.mark.parametrize("faults", MOVED_ALL_THE_SAME.values(), ids=MOVED_ALL_THE_SAME)
def test_a_move_that_was_done_and_answered_otherwise_is_read_back(faults, clinic):
    async def story(c):
        made = await c.call("book", slot(START + 24 * HOUR), PATIENT)
        for kind, given in faults:
            clinic.sandbox.fault(kind, method="PATCH", path="/individual_appointments/*", **given)
        return made, await c.call("reschedule", made, slot())

    made, moved = clinic.tell(story)
    assert (moved.id, moved.start, moved.recovered) == (made.id, START, True)


def test_a_move_that_was_not_done_and_is_refused_in_the_end_is_refused(clinic):
    async def story(c):
        made = await c.call("book", slot(START + 24 * HOUR), PATIENT)
        clinic.sandbox.fault("status", method="PATCH", path="/individual_appointments/*", status=503)
        clinic.sandbox.fault("status", method="PATCH", path="/individual_appointments/*", status=422)
        with pytest.raises(ValidationError):
            await c.call("reschedule", made, slot())
        return made, await c.call("get_appointment", made)

    made, after = clinic.tell(story)
    assert after.start == made.start


def test_an_outcome_that_is_unknown_is_told_and_nothing_else_is_written(clinic):
    clinic.sandbox.fault("drop_before", method="POST", path="/individual_appointments")

    async def story(c):
        with pytest.raises(OutcomeUnknownError) as caught:
            await c.call("book", slot(), PATIENT)
        return await c.resolve(caught.value.attempt)

    assert clinic.tell(story) is None
    assert live(clinic.sandbox) == []


class Hurried(Clock):
    """Nobody waits."""

    def sleep(self, seconds):
        time.sleep(0)


RACERS = 20


def seen_by_nobody(time, operation, own=None):
    """Look before anybody else has written."""
    yield from ()


@pytest.mark.parametrize("look", [conflicts.refuse_taken, seen_by_nobody])
def test_of_many_who_book_one_time_at_once_exactly_one_has_it(look, sandbox, monkeypatch):
    monkeypatch.setattr("apptsdk.providers.cliniko.scheduling.refuse_taken", look)
    ends: list[object] = []
    gate = threading.Barrier(RACERS)

    def race(cliniko, number):
        customer = Customer(id=props().patients[number % 10])
        gate.wait()
        try:
            ends.append(cliniko.book(slot(), customer))
        except SlotUnavailableError as error:
            ends.append(error)

    with Cliniko(sandbox.cliniko, pace=(), clock=Hurried()) as cliniko:
        threads = [threading.Thread(target=race, args=(cliniko, number)) for number in range(RACERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(ends) == RACERS
    (won,) = [one for one in ends if not isinstance(one, SlotUnavailableError)]
    assert live(sandbox) == [won.id]
    if look is seen_by_nobody:
        assert len(sandbox.ledger.created("individual_appointments")) == RACERS
        assert won.id == min(sandbox.ledger.created("individual_appointments"), key=int)
