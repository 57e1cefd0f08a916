"""Booking the first slot that is free: the next one only where it is certain that this one was not booked."""

from datetime import datetime, timedelta

import pytest
from core_support import answer, ask
from scheduling_support import ADA, ALL, END, SPAN, acme, asked_of, at, made, sent_of, slots, taken

from apptsdk.errors import (
    BadRequestError,
    NoAnswerError,
    NoResultError,
    OutcomeUnknownError,
    RequestNotSentError,
    ServerError,
    SlotUnavailableError,
)
from apptsdk.http import NoAnswer, NotSent
from apptsdk.operation import Flow, Listing, Page
from apptsdk.retry import NO_RETRY
from apptsdk.shared import Channel, Customer, Slot
from apptsdk.verbs import first_available


def first(answers, *, scope=ALL, retry=NO_RETRY, **changes):
    work = acme.book_first_available(scope, ADA, **{**SPAN, "service": "3", **changes})
    return ask(work, answers, retry=retry)


def tried(done):
    """Say which times were booked, or tried to, in minutes after the start."""
    starts = [sent_of(request)["starts_at"] for request in done.sent if request.method == "POST"]
    return [(datetime.fromisoformat(start) - at(0)) // timedelta(minutes=1) for start in starts]


# label: answers, the times that are tried, what it ends in: a ref or an error
STORIES = {
    "the first is free": ([slots(0, 30), made("7")], [0], "acme:7"),
    "the first is taken": ([slots(0, 30), taken(), made("8")], [0, 30], "acme:8"),
    "two are taken": ([slots(0, 30, 60), taken(), taken(), made("9")], [0, 30, 60], "acme:9"),
    "the next one is on the next page": ([slots(0, follow="b"), taken(), slots(30), made("8")], [0, 30], "acme:8"),
    "a page is empty": ([slots(follow="b"), slots(follow="c"), slots(30), made("8")], [30], "acme:8"),
    "there is no slot": ([slots()], [], NoResultError),
    "there is none on any page": ([slots(follow="b"), slots()], [], NoResultError),
    "all are taken": ([slots(0, 30), taken(), taken()], [0, 30], SlotUnavailableError),
    "all are taken, and the last page is empty": ([slots(0, follow="b"), taken(), slots()], [0], SlotUnavailableError),
    "five are tried": (
        [slots(*range(0, 300, 30), follow="b"), *(taken() for _ in range(5))],
        [0, 30, 60, 90, 120],
        SlotUnavailableError,
    ),
    "the booking is refused": ([slots(0, 30), answer(400, {"message": "no"})], [0], BadRequestError),
    "the answer is lost": ([slots(0, 30), NoAnswer("cut")], [0], OutcomeUnknownError),
    "the provider fails": ([slots(0, 30), answer(500, {})], [0], OutcomeUnknownError),
    "the answer is unreadable": ([slots(0, 30), answer(201, b"{")], [0], OutcomeUnknownError),
    "the second answer is lost": ([slots(0, 30, 60), taken(), NoAnswer("cut")], [0, 30], OutcomeUnknownError),
    "it was not sent": ([slots(0, 30), NotSent("no")], [0], RequestNotSentError),
    "the slots cannot be read": ([answer(503, {})], [], ServerError),
    "the next slots cannot be read": ([slots(0, follow="b"), taken(), NoAnswer("cut")], [0], NoAnswerError),
}


@pytest.mark.parametrize(("answers", "times", "ends"), STORIES.values(), ids=STORIES)
def test_only_a_slot_that_is_certainly_not_booked_leads_to_the_next_one(answers, times, ends):
    done = first(answers)

    assert tried(done) == times
    assert done.left == 0
    if isinstance(ends, str):
        assert (str(done.value.ref), done.error) == (ends, None)
    else:
        assert type(done.error) is ends


@pytest.mark.parametrize("attempts", [1, 2, 3])
def test_no_more_are_tried_than_was_said(attempts):
    done = first([slots(0, 30, 60, 90), *(taken() for _ in range(4))], attempts=attempts)

    assert len(tried(done)) == attempts
    assert type(done.error) is SlotUnavailableError
    assert done.left == 4 - attempts


def test_the_last_that_may_be_tried_may_be_the_one():
    done = first([slots(0, 30, 60), taken(), made("8")], attempts=2)

    assert str(done.value.ref) == "acme:8"


def test_no_page_is_read_that_is_not_needed():
    done = first([slots(0, 30, follow="b"), made("7")])

    assert [request.method for request in done.sent] == ["GET", "POST"]


def test_no_page_is_read_once_all_attempts_are_used():
    done = first([slots(0, follow="b"), taken()], attempts=1)

    assert [request.method for request in done.sent] == ["GET", "POST"]


def test_that_there_is_none_says_so():
    error = first([slots()]).error

    assert str(error) == "There is no free slot."
    assert (error.provider, error.operation) == ("acme", "acme.book_first_available")


def test_the_error_of_the_last_that_was_tried_is_the_providers_own():
    error = first([slots(0), taken()]).error

    assert str(error) == "acme.visits.create: 409 It is taken."
    assert error.response.status == 409


def test_one_whose_outcome_is_unknown_names_the_slot_that_may_be_booked():
    error = first([slots(0, 30), taken(), NoAnswer("cut")]).error

    assert error.attempt.operation == "acme.visits.create"
    assert error.operation == "acme.visits.create"


# --- channels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offered", "times"),
    [(["video"], []), (["phone"], [0]), (["video", "phone"], [0]), ([], [0]), (None, [0])],
)
def test_a_slot_that_does_not_offer_the_channel_is_passed_over(offered, times):
    done = first([slots(0, channels=offered), made()], channel=Channel.PHONE)

    assert tried(done) == times
    assert (type(done.error) is NoResultError) == (not times)


def test_a_slot_that_is_passed_over_is_no_attempt():
    def mixed(request):
        body = slots(0, 30, 60, 90).json()["slots"]
        offered = [["video"], ["video"], ["phone"], ["phone"]]
        return answer(body={"slots": [{**one, "channels": two} for one, two in zip(body, offered, strict=True)]})

    done = first([mixed, taken(), made()], channel=Channel.PHONE, attempts=2)

    assert tried(done) == [60, 90]
    assert sent_of(done.sent[-1])["channel"] == "phone"


def test_without_a_channel_none_is_passed_over():
    done = first([slots(0, channels=["video"]), made()])

    assert "channel" not in sent_of(done.sent[-1])


# --- what is asked, and how it is booked -----------------------------------------------------------------------------


def test_what_is_looked_for_and_what_is_booked_is_what_was_given():
    done = first(
        [slots(0, 30), taken(), made()],
        host="5",
        location="9",
        duration=45,
        notes="some notes",
        reference="crm-881",
        notify=True,
        check_conflicts=False,
    )
    asked, *booked = done.sent

    assert asked_of(asked) == {
        "start": [at(0).isoformat()],
        "end": [END.isoformat()],
        "services": ["3"],
        "hosts": ["5"],
        "locations": ["9"],
        "minutes": ["45"],
    }
    wanted = {
        "first_name": "Ada",
        "notes": "some notes",
        "reference": "crm-881",
        "notify": True,
        "check_conflicts": False,
    }
    assert [sent_of(one) for one in booked] == [{"starts_at": at(one).isoformat(), **wanted} for one in (0, 30)]


def test_it_begins_afresh_whenever_it_is_run():
    flow = acme.book_first_available(ALL, ADA, **SPAN, service="3", attempts=1)

    for _ in range(2):
        assert str(ask(flow, [slots(0), made("7")]).value.ref) == "acme:7"


def test_the_customer_whom_a_try_found_or_made_is_taken_for_the_next_slot_of_its_provider():
    known = Customer(provider="acme", id="c1")
    given = []
    ends = iter([SlotUnavailableError("taken", customer=known), SlotUnavailableError("taken"), None])

    def book(slot, customer):
        def script():
            given.append(customer)
            yield from ()
            if (end := next(ends)) is not None:
                raise end
            return slot

        return Flow("acme.book", script)

    found = Listing("acme.find_slots", lambda cursor: Flow("acme.page", lambda: page(cursor)))

    def page(cursor):
        del cursor
        yield from ()
        return Page(tuple(Slot(provider=name, start=at(0)) for name in ("acme", "acme", "else", "acme")))

    assert ask(first_available("acme.book_first_available", found, book, 5, None), []).value.provider == "else"
    assert given == [None, known, None]


def test_who_is_interrupted_in_the_middle_books_no_other():
    done = first([slots(0, 30), KeyboardInterrupt(), made()])

    assert type(done.error) is KeyboardInterrupt
    assert tried(done) == [0]
    assert done.left == 1
