"""Moving by booking anew: whatever fails, the old one stands or both are named."""

import pickle

import pytest
from core_support import answer, ask, create_visit, flow
from scheduling_support import ALL, Visit, acme, at, made, sent_of, slot, taken

from apptsdk.errors import (
    BadRequestError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    RequestNotSentError,
    ServerError,
    SlotUnavailableError,
)
from apptsdk.http import NoAnswer, NotSent
from apptsdk.models import attempt_of
from apptsdk.rebooking import IN_THE_WAY, rebooked
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
    assert type(error.new.native) is Visit
    assert (error.provider, error.operation) == ("acme", "acme.reschedule")
    assert type(error.__cause__) is cause


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interruption_between_the_two_names_both(interruption):
    error = moved([made("8", 30), interruption()]).error

    assert type(error) is interruption
    assert error.__notes__[0] == "The new appointment, acme:8, is booked; the old one, acme:7, may still stand."
    assert attempt_of(error).operation == "acme.visits.create"


def test_a_defect_while_cancelling_names_both_too():
    def defect():
        raise ZeroDivisionError
        yield

    error = ask(rebooking(cancelling=flow(defect)), [made("8")]).error

    assert type(error) is ZeroDivisionError
    assert error.__notes__[0] == "The new appointment, visit 8, is booked; the old one, acme:7, may still stand."


def rebooking(cancelling=None, *, in_the_way=True):
    return rebooked(
        "acme.visits.move",
        create_visit(),
        cancelling or flow(lambda: iter(())),
        old=OLD,
        named=lambda new: f"visit {new.id}",
        in_the_way=in_the_way,
    )


def test_a_driver_that_is_closed_between_the_two_ends_at_once():
    cancelling = flow(lambda: iter(()))
    script = rebooking(cancelling).script()
    asked = [next(script), script.send(Visit(id="8", starts_at=at(30)))]
    script.close()

    assert asked[1] is cancelling
    with pytest.raises(StopIteration):
        next(script)


def test_it_can_be_run_again():
    work = acme.reschedule(ALL, OLD, slot(30))

    for _ in range(2):
        assert str(ask(work, [made("8", 30), answer(200, {})]).value.ref) == "acme:8"


def test_an_error_that_names_both_survives_a_journey():
    error = moved([made("8", 30), answer(404, {})]).error
    again = pickle.loads(pickle.dumps(error))

    assert (str(again), again.new, again.old) == (str(error), error.new, error.old)
