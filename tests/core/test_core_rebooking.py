"""Moving by booking anew: whatever fails, the old one stands or both are named."""

import pickle

import pytest
from core_support import Visit, VisitStatus, answer, ask, cancel_visit, create_visit, flow, get_visit
from scheduling_support import ALL, acme, at, made, sent_of, slot, taken
from scheduling_support import Visit as Shared

from apptsdk.errors import (
    BadRequestError,
    ConflictError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    RequestNotSentError,
    ServerError,
    SlotUnavailableError,
)
from apptsdk.http import NoAnswer, NotSent
from apptsdk.models import attempt_of
from apptsdk.rebooking import IN_THE_WAY, Undo, rebooked
from apptsdk.retry import NO_RETRY
from apptsdk.shared import AppointmentRef

OLD = AppointmentRef("acme", "7")


def moved(answers, **options):
    work = acme.reschedule(ALL, OLD, slot(30), **options)
    return ask(work, answers, retry=NO_RETRY)


def calls(done):
    return [(request.method, request.url.rpartition("/v1")[2]) for request in done.sent]


BOOKED = ("POST", "/visits")
CANCELLED = ("PATCH", "/visits/7/cancel")


def test_the_new_one_is_booked_first_and_the_old_one_cancelled_after():
    done = moved([made("8", 30), answer(200, {})], notify=True)

    assert calls(done) == [BOOKED, CANCELLED]
    assert sent_of(done.sent[0])["starts_at"] == at(30).isoformat()
    assert sent_of(done.sent[0])["notify"] is True
    assert (str(done.value.ref), done.value.start) == ("acme:8", at(30))


# --- the booking fails -----------------------------------------------------------------------------------------------

FAILURES = {
    "it is taken": (taken(), SlotUnavailableError, [IN_THE_WAY]),
    "it is refused": (answer(400, {"message": "no"}), BadRequestError, []),
    "its answer is lost": (NoAnswer("cut"), OutcomeUnknownError, []),
    "the provider fails": (answer(502, {}), OutcomeUnknownError, []),
    "it was not sent": (NotSent("no"), RequestNotSentError, []),
    "somebody interrupts": (KeyboardInterrupt(), KeyboardInterrupt, None),
}


@pytest.mark.parametrize(("given", "error", "notes"), FAILURES.values(), ids=FAILURES)
def test_when_the_booking_fails_the_old_one_stands(given, error, notes):
    done = moved([given])

    assert calls(done) == [BOOKED]
    assert type(done.error) is error
    if notes is not None:
        assert getattr(done.error, "__notes__", []) == notes


def test_an_interrupted_booking_carries_its_attempt():
    error = moved([KeyboardInterrupt()]).error

    assert attempt_of(error).operation == "acme.visits.create"


def test_the_old_one_is_blamed_only_where_it_can_be_in_the_way():
    done = ask(rebooking(in_the_way=False), [taken()])

    assert type(done.error) is SlotUnavailableError
    assert not hasattr(done.error, "__notes__")


# --- the cancelling fails --------------------------------------------------------------------------------------------

BOTH = "could not be cancelled: both may stand, see .new and .old"
FATES = {
    "it is refused": (answer(400, {"message": "too late"}), BadRequestError, BOTH),
    "the provider fails": (answer(500, {}), ServerError, BOTH),
    "it was not sent": (NotSent("no"), RequestNotSentError, BOTH),
    "its answer is lost": (
        NoAnswer("cut"),
        OutcomeUnknownError,
        "may be cancelled or not: cancelling it again is harmless",
    ),
    "it is not there": (
        answer(404, {}),
        NotFoundError,
        "is not there: it was cancelled before, or its reference is wrong",
    ),
}


@pytest.mark.parametrize(("given", "cause", "fate"), FATES.values(), ids=FATES)
def test_when_the_cancelling_fails_both_are_named(given, cause, fate):
    done = moved([made("8", 30), given])
    error = done.error

    assert calls(done) == [BOOKED, CANCELLED]
    assert type(error) is NotCancelledError
    assert str(error) == f"The new appointment, acme:8, is booked. The old one, acme:7, {fate}."
    assert (str(error.new.ref), error.old) == ("acme:8", OLD)
    assert type(error.new.native) is Shared
    assert (error.provider, error.operation) == ("acme", "acme.reschedule")
    assert type(error.__cause__) is cause


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interruption_between_the_two_names_both(interruption):
    error = moved([made("8", 30), interruption()]).error

    assert type(error) is interruption
    assert error.__notes__[0] == "The new appointment, acme:8, is booked; the old one, acme:7, may still stand."
    assert attempt_of(error).operation == "acme.visits.create"


def test_a_defect_after_the_booking_names_both_too():
    def defect(error):
        yield from ()
        raise ZeroDivisionError

    error = ask(rebooking(gone=defect), [made("8"), answer(404, {})]).error
    while error.__cause__ is not None:
        error = error.__cause__

    assert type(error) is ZeroDivisionError
    assert error.__notes__[0] == "The new appointment, acme:8, is booked; the old one, acme:7, may still stand."


def rebooking(*, in_the_way=True, gone=None, recover=None):
    return rebooked(
        "acme.visits.move",
        create_visit(),
        cancel_visit(recover=recover),
        old=OLD,
        named=lambda new: f"acme:{new.id}",
        in_the_way=in_the_way,
        undo=None if gone is None else Undo(gone, lambda new: cancel_visit(new.id)),
    )


def test_a_driver_that_is_closed_between_the_two_ends_at_once():
    script = rebooking().script()
    asked = [next(script), script.send(Visit(id="8", starts_at=at(30)))]
    script.close()

    assert [one.name for one in asked] == ["acme.visits.create", "acme.visits.cancel"]
    with pytest.raises(StopIteration):
        next(script)


# --- what was booked is the old one ----------------------------------------------------------------------------------


def test_if_what_was_booked_is_the_old_one_nothing_is_cancelled():
    done = ask(rebooking(), [made("7", 30)])

    assert type(done.error) is OutcomeUnknownError
    assert calls(done) == [BOOKED]
    assert [one.id for one in done.error.candidates] == ["7"]
    assert "acme:7, itself. That was not cancelled" in str(done.error)
    attempt = done.error.attempt
    assert (attempt.provider, attempt.operation, attempt.slot) == ("acme", "acme.visits.move", None)


# --- another call cancelled the old one ------------------------------------------------------------------------------

LOOKED = ("GET", "/visits/7")
OLD_CANCELLED, NEW_CANCELLED = ("PATCH", "/visits/7"), ("PATCH", "/visits/8")


def is_cancelled(error):
    found = yield from get_visit()
    return found.status is VisitStatus.CANCELLED


def seen(status):
    return answer(200, {"id": "7", "starts_at": at(0).isoformat(), "status": status})


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_if_another_call_cancelled_the_old_one_the_new_one_does_not_stand(status):
    done = ask(rebooking(gone=is_cancelled), [made("8"), answer(status, {}), seen("Cancelled"), answer(200, {})])

    assert calls(done) == [BOOKED, OLD_CANCELLED, LOOKED, NEW_CANCELLED]
    assert type(done.error) is ConflictError
    assert str(done.error) == (
        "The appointment, acme:7, was cancelled or moved by another call. Nothing of this move stands: the new one, "
        "acme:8, is cancelled again."
    )
    assert (done.error.status, done.error.provider, done.error.operation) == (status, "acme", "acme.visits.move")
    assert done.error.__cause__.status == status


STANDS = {
    "it is live": [answer(409, {}), seen("Booked")],
    "it cannot be read": [answer(409, {}), answer(403, {})],
    "the provider failed, and may have done it": [answer(501, {})],
    "an earlier attempt may have done it": [NoAnswer("cut"), answer(409, {})],
    "an earlier attempt failed, and may have done it": [answer(503, {}), answer(404, {})],
}


@pytest.mark.parametrize("answers", STANDS.values(), ids=STANDS)
def test_unless_that_is_certain_the_new_one_stands(answers):
    done = ask(rebooking(gone=is_cancelled), [made("8"), *answers])

    assert type(done.error) is NotCancelledError
    assert NEW_CANCELLED not in calls(done)
    assert str(done.error).startswith("The new appointment, acme:8, is booked. The old one, acme:7, ")


def test_an_old_one_that_an_earlier_attempt_cancelled_is_cancelled():
    def recover(attempt):
        assert attempt.operation == "acme.visits.cancel"
        return flow(lambda: (yield from looked()))

    def looked():
        yield from get_visit()
        return (None,)

    work = rebooking(gone=is_cancelled, recover=recover)
    done = ask(work, [made("8"), NoAnswer("cut"), answer(404, {}), seen("Cancelled")])

    assert done.value.id == "8"
    assert calls(done) == [BOOKED, OLD_CANCELLED, OLD_CANCELLED, LOOKED]


UNDONE = {
    "it is refused": (answer(400, {}), "could not be cancelled"),
    "its answer is lost": (NoAnswer("cut"), "may be cancelled or not"),
}


@pytest.mark.parametrize(("given", "fate"), UNDONE.values(), ids=UNDONE)
def test_a_new_one_that_cannot_be_cancelled_again_is_named(given, fate):
    answers = [made("8"), answer(404, {}), seen("Cancelled"), given]
    done = ask(rebooking(gone=is_cancelled), answers, retry=NO_RETRY)

    assert type(done.error) is NotCancelledError
    assert str(done.error) == (
        "The old appointment, acme:7, was cancelled or moved by another call. The new one, acme:8, was booked all the "
        f"same, and {fate}: cancel it, if nobody wants it."
    )
    assert (done.error.new.id, done.error.old) == ("8", OLD)


def test_it_can_be_run_again():
    work = acme.reschedule(ALL, OLD, slot(30))

    for _ in range(2):
        assert str(ask(work, [made("8", 30), answer(200, {})]).value.ref) == "acme:8"


def test_an_error_that_names_both_survives_a_journey():
    error = moved([made("8", 30), answer(404, {})]).error
    again = pickle.loads(pickle.dumps(error))

    assert (str(again), again.new, again.old) == (str(error), error.new, error.old)
