"""Writes whose answer was lost: one request leaves, and what it made is found, or its fate is unknown."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import anyio
import attrs
import pytest
from cubu_shapes import CASE, JERUSALEM, KEY_FIELD, LEAST, NAMED, NIGHT, QUESTION
from cubu_support import (
    APPOINTMENT,
    CALENDAR,
    CASE_ID,
    CLIENTS,
    CUSTOMER_ID,
    FIELD,
    LISTED,
    NOW,
    OPENED,
    RECORD,
    RENEWAL,
    SERVICE,
    Vendor,
    answer,
    raw,
    refusal,
    settings,
)
from harness import Watch, World

from apptsdk import (
    BookingAttempt,
    ConflictError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    RetryPolicy,
    Timeout,
    UnsupportedError,
    attempt_of,
)
from apptsdk.http import NoAnswer
from apptsdk.providers.cubu import Booking, CaseStatus, CustomerRecord
from apptsdk.sandbox.cubu import seed

CUT = NoAnswer("the connection was cut")
QUICK = RetryPolicy(recover_within=2)
LOOPS = ("asyncio", "trio")
ADA = {
    "channel": "FaceToFace",
    "contact_phone_number": "2025550123",
    "contact_email": "ana@example.org",
}
ASKED = {**LEAST, **ADA, "start": datetime(2026, 3, 3, 9, tzinfo=JERUSALEM)}
ROW = {**LISTED, "dateOpened": "2026-03-02T07:00:00.5123456Z"}
OTHER_ID = "11111111-2222-4333-8444-555555555555"


def usual(**other):
    return settings(**{"catalogue": NAMED, "time_zone": "Asia/Jerusalem", **other})


async def book(c, **other):
    given = {name: value for name, value in {**ASKED, **other}.items() if value is not LEFT_OUT}
    return await c.call("appointments.book", CALENDAR, **given)


LEFT_OUT = object()


@pytest.fixture
def one():
    """Give answers to one world: what is tried so is the same in all."""
    return Vendor(World("sync"))


def methods(vendor):
    return [one.method for one in vendor.seen]


def found(vendor, *rows, **other):
    """Let the answer to a booking be lost, show these rows, and give what the caller gets."""
    vendor.answers(CUT, always=answer(list(rows)))
    return vendor.tell(lambda c: book(c, **other), usual(), retry=QUICK)


def lost(vendor, *rows, **other):
    """Let the answer to a booking be lost, show these rows, and give the error."""
    with pytest.raises(OutcomeUnknownError) as caught:
        found(vendor, *rows, **other)
    assert methods(vendor).count("POST") == 1
    return caught.value


# --- bookings --------------------------------------------------------------------------------------------------------

LOSSES = {
    "cut": CUT,
    "a 408": raw(b"", 408),
    "a 425": raw(b"", 425),
    "a 500": raw(b"", 500),
    "a 502": raw(b"<html>", 502),
    "a 503": raw(b"", 503),
    "a 503 that says when": raw(b"", 503, [("Retry-After", "1")]),
    "a 504": raw(b"", 504),
    "HTML": raw(b"<html>", 201),
    "half": raw(b'{"caseId": "7b0e', 201),
    "nothing": raw(b"", 201),
    "a 204": raw(b"", 204),
    "null": raw(b"null", 201),
    "a list": answer([OPENED], 201),
    "a number": answer(5, 201),
    "no case": answer({name: value for name, value in OPENED.items() if name != "caseId"}, 201),
    "a case that is null": answer({**OPENED, "caseId": None}, 201),
    "a case that is an object": answer({**OPENED, "caseId": {"id": CASE_ID}}, 201),
    "a case that is no GUID": answer({**OPENED, "caseId": "A-5"}, 201),
    "a case that is empty": answer({**OPENED, "caseId": ""}, 201),
    "a case that is a number": answer({**OPENED, "caseId": 5}, 201),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_booking_is_posted_once_however_its_answer_is_lost_and_is_found(loss, vendor):
    vendor.answers(LOSSES[loss], answer([ROW]))
    made = vendor.tell(book, usual())
    assert isinstance(made, Booking)
    assert (made.recovered, made.checked, made.differences) == (True, True, ())
    assert (made.case_id, made.reference) == (CASE_ID, CASE)
    assert made.appointment.starts_at == ASKED["start"]
    post, look = vendor.seen  # the look is the check, too
    assert (post.method, look.method, look.url, look.query) == ("POST", "GET", post.url, [])


@pytest.mark.parametrize("how", ["a 400", "a 404", "a 409"])
def test_a_refusal_is_final_and_nothing_is_looked_for(how, vendor):
    vendor.answers(refusal(int(how[2:]), 99400, "Nope."), always=answer([ROW]))
    with pytest.raises(Exception, match=r"Nope\.") as caught:
        vendor.tell(book, usual())
    assert not isinstance(caught.value, OutcomeUnknownError)
    assert methods(vendor) == ["POST"]


def test_what_is_not_there_yet_is_looked_for_again(vendor):
    vendor.answers(CUT, answer([]), refusal(404), answer([ROW]))
    assert vendor.tell(book, usual()).recovered
    assert methods(vendor) == ["POST", "GET", "GET", "GET"]
    assert vendor.clock.slept == [1, 2]


def test_what_stays_missing_is_unknown_and_resolves_later_in_another_process(vendor):
    vendor.answers(CUT, always=answer([]))
    with pytest.raises(OutcomeUnknownError, match="not found at the provider") as caught:
        vendor.tell(book, usual())
    assert caught.value.candidates == ()
    assert methods(vendor).count("POST") == 1
    assert sum(vendor.clock.slept) <= 30
    text = caught.value.attempt.to_json()
    vendor.answers(answer([]), answer([ROW]), answer([ROW]))

    async def story(c):
        attempt = BookingAttempt.from_json(text)
        assert attempt == caught.value.attempt
        assert attempt.operation == "cubu.appointments.book"
        assert await c.resolve(attempt) is None
        one, same = await c.resolve(attempt), await c.call("resolve", attempt)
        assert one == same
        return one

    # The attempt names the calendar and the moment: neither a catalogue nor a zone is needed.
    vendor.clock.advance(500)
    made = vendor.tell(story, settings())
    assert (made.recovered, made.checked, made.case_id, made.reference) == (True, True, CASE_ID, CASE)
    assert made.differences == ()
    assert methods(vendor) == ["GET"] * 3
    assert {one.path for one in vendor.seen} == {f"/calendars/{CALENDAR}/appointments"}


def test_an_attempt_says_what_was_to_be_taken_and_names_nobody_in_its_repr(vendor):
    error = lost(vendor, customer_record_id=CUSTOMER_ID.upper(), fields={FIELD: "hush"})
    attempt = error.attempt
    assert attempt.slot == f"calendar {CALENDAR}, 09:00 by its clock"
    assert attempt.started_at == NOW
    assert dict(attempt.clues) == {
        "service_id": SERVICE,
        "date": "2026-03-03",
        "cu_index": "0",
        "start": "540",
        "starts_at": "2026-03-03T07:00:00+00:00",
        "service_type_id": RENEWAL,
        "channel": "FaceToFace",
        "customer_record_id": CUSTOMER_ID,
        "contact_phone_number": "2025550123",
        "contact_email": "ana@example.org",
    }
    for secret in ("hush", "5550123", "ana@", CUSTOMER_ID):
        assert secret not in repr(attempt)
    assert "hush" not in attempt.to_json()


def test_an_attempt_is_handed_over_before_anything_is_posted(vendor):
    vendor.answers(answer(OPENED, 201))
    attempts = []

    def keep(attempt):
        assert vendor.feed.requests == []
        attempts.append(attempt)

    vendor.tell(book, usual(check_bookings=False), on_attempt=keep)
    assert [attempt.clues["start"] for attempt in attempts] == ["540"]


def test_what_was_found_and_the_check_that_is_off_are_two_things(vendor):
    vendor.answers(CUT, answer([ROW]))
    made = vendor.tell(book, usual(check_bookings=False))
    assert (made.recovered, made.checked) == (True, True)


CUSTOMER = {"dataTableId": FIELD, "recordId": CUSTOMER_ID, "displayName": "Ana Quill"}
THE_ONE = {
    "as it was sent": ({}, {}),
    "the phone number with +1": (
        {"contactPhoneNumber": "+12025550123", "contactEmail": None},
        {"contact_email": LEFT_OUT},
    ),
    "the phone number with blanks": (
        {"contactPhoneNumber": "+1 (202) 555-0123", "contactEmail": None},
        {"contact_email": LEFT_OUT},
    ),
    "the phone number without": (
        {"contactPhoneNumber": "2025550123", "contactEmail": None},
        {"contact_email": LEFT_OUT},
    ),
    "the phone number with its country's code": (
        {"contactPhoneNumber": "+972521234567", "contactEmail": None},
        {"contact_phone_number": "052-123-4567", "contact_email": LEFT_OUT},
    ),
    "the phone number as one dials it from abroad": (
        {"contactPhoneNumber": "00972 52 123 4567", "contactEmail": None},
        {"contact_phone_number": "052-123-4567", "contact_email": LEFT_OUT},
    ),
    "an email in capitals": (
        {"contactEmail": "ANA@example.org", "contactPhoneNumber": None},
        {"contact_phone_number": LEFT_OUT},
    ),
    "a customer in capitals": (
        {"customer": {**CUSTOMER, "recordId": CUSTOMER_ID.upper()}},
        {"customer_record_id": CUSTOMER_ID},
    ),
    "a case id in capitals": ({"caseId": CASE_ID.upper()}, {}),
    "a customer whom the hook set": ({"customer": CUSTOMER}, {}),
    "another service type by the hook": ({"serviceTypeId": QUESTION}, {}),
    "another channel by the hook": ({"channel": "Video"}, {}),
    "both by the hook": ({"serviceTypeId": QUESTION, "channel": "Video"}, {}),
    "another type, and only the customer tells": (
        {"serviceTypeId": QUESTION, "customer": CUSTOMER, "contactEmail": None, "contactPhoneNumber": None},
        {"customer_record_id": CUSTOMER_ID, "contact_email": LEFT_OUT, "contact_phone_number": LEFT_OUT},
    ),
    "the customer's own contact": (
        {"customer": CUSTOMER},
        {"customer_record_id": CUSTOMER_ID, "contact_email": LEFT_OUT, "contact_phone_number": LEFT_OUT},
    ),
    "another language": ({"language": "he-IL"}, {"language": "en-US"}),
    "another end": ({"appointment": {**APPOINTMENT, "duration": 45}}, {}),
    "a status to come": ({"status": "Reserved"}, {}),
    "nobody's": (
        {"contactEmail": None, "contactPhoneNumber": None},
        {"contact_email": LEFT_OUT, "contact_phone_number": LEFT_OUT},
    ),
    "a vendor that tells no contacts": ({"contactEmail": LEFT_OUT, "contactPhoneNumber": LEFT_OUT}, {}),
}


@pytest.mark.parametrize("what", THE_ONE)
def test_it_is_found_though_it_is_shown_otherwise(what, vendor):
    other, asked = THE_ONE[what]
    row = {name: value for name, value in {**ROW, **other}.items() if value is not LEFT_OUT}
    made = found(vendor, row, **asked)
    assert (made.recovered, made.case_id.lower()) == (True, CASE_ID)
    changed = {"serviceTypeId": "service_type_id", "channel": "channel", "language": "language"}
    assert {difference.field for difference in made.differences} == {changed[name] for name in other if name in changed}


BARE = {"contact_email": LEFT_OUT, "contact_phone_number": LEFT_OUT}
NOT_IT = {
    "another time": ({"appointment": {**APPOINTMENT, "start": 550}}, {}),
    "no time": ({"appointment": {**APPOINTMENT, "start": None}}, {}),
    "no appointment": ({"appointment": None}, {}),
    "another phone number": ({"contactPhoneNumber": "+12025550124"}, {}),
    "another phone number under the same email": ({"contactPhoneNumber": "+12025550124"}, {}),
    "another email under the same phone number": ({"contactEmail": "bo@example.org"}, {}),
    "another customer": ({"customer": {**CUSTOMER, "recordId": SERVICE}}, {"customer_record_id": CUSTOMER_ID}),
    "another customer under the same email": (
        {"customer": {**CUSTOMER, "recordId": SERVICE}},
        {"customer_record_id": CUSTOMER_ID},
    ),
    "another type, and nobody's": (
        {"serviceTypeId": QUESTION, "contactEmail": None, "contactPhoneNumber": None},
        BARE,
    ),
    "another channel, and nobody's": ({"channel": "Video", "contactEmail": None, "contactPhoneNumber": None}, BARE),
    "another language, and nobody's": (
        {"language": "he-IL", "contactEmail": None, "contactPhoneNumber": None},
        {**BARE, "language": "en-US"},
    ),
    "a phone number with another end": ({"contactPhoneNumber": "+120255501234"}, {}),
    "a contact where none was given": ({}, BARE),
    "a contact and no customer where a customer was given": ({}, {**BARE, "customer_record_id": CUSTOMER_ID}),
    "nobody's where a customer was given, and nothing else tells": (
        {"contactEmail": None, "contactPhoneNumber": None},
        {**BARE, "customer_record_id": CUSTOMER_ID},
    ),
    "one that is cancelled": ({"status": "Cancelled"}, {}),
    "one from before": ({"dateOpened": "2026-03-02T06:59:49Z"}, {}),
    "one from yesterday": ({"dateOpened": "2026-03-01T07:00:00Z"}, {}),
    "one from long after": ({"dateOpened": "2026-03-02T07:16:00Z"}, {}),
    "one that does not say since when": ({"dateOpened": None}, {}),
}


@pytest.mark.parametrize("what", NOT_IT)
def test_another_appointment_is_not_taken_for_it(what, vendor):
    other, asked = NOT_IT[what]
    error = lost(vendor, {**ROW, **other}, **asked)
    assert error.candidates == ()
    # And it is no hindrance where the right one is there, too.
    right = {**ROW, **({} if "contact_email" not in asked else ANYBODYS)}
    right |= {"customer": CUSTOMER} if "customer_record_id" in asked else {}
    made = found(vendor, {**ROW, **other, "caseId": OTHER_ID}, right, **asked)
    assert made.case_id == CASE_ID


ANYBODYS = {"contactEmail": None, "contactPhoneNumber": None}


@pytest.mark.parametrize("what", ["null", "a customer and null"])
def test_a_strangers_appointment_without_the_contact_that_was_given_is_not_taken_for_it(what, vendor):
    customer = None if what == "null" else CUSTOMER
    error = lost(vendor, {**ROW, "contactEmail": None, "contactPhoneNumber": None, "customer": customer})
    assert error.candidates == ()


NUMBERS = {
    "the code of its country before it": ("0521234567", "+972521234567", True),
    "the code of another": ("0521234567", "+44521234567", True),
    "seven digits in a longer one": ("1234567", "+97231234567", True),
    "a short one": ("*2700", "*2700", True),
    "six digits in a longer one": ("123456", "+9723123456", False),
    "all but the last": ("0521234567", "+97252123456", False),
    "the same beginning": ("0521234567", "052123456789", False),
    "nothing": ("0521234567", "", False),
    "no digits": ("0521234567", "+", False),
}


@pytest.mark.parametrize("what", NUMBERS)
def test_phone_numbers_are_the_same_if_the_longer_ends_with_the_shorter(what, one):
    asked, kept, same = NUMBERS[what]
    given = {**ASKED, "contact_phone_number": asked}
    del given["contact_email"]
    row = {**ROW, "contactPhoneNumber": kept, "contactEmail": None}
    one.answers(CUT, always=answer([row]))
    told = usual(phone_format="any")
    if same:
        assert one.tell(lambda c: c.call("appointments.book", CALENDAR, **given), told, retry=QUICK).recovered
    else:
        with pytest.raises(OutcomeUnknownError, match="not found"):
            one.tell(lambda c: c.call("appointments.book", CALENDAR, **given), told, retry=QUICK)


HERS = {**ROW, "caseId": OTHER_ID, "contactEmail": "bo@example.org"}
STRANGERS = {
    "a rank in words": {**HERS, "rank": "high"},
    "a day in words": {**HERS, "appointment": {**APPOINTMENT, "date": "Tuesday"}},
    "an appointment as text": {**HERS, "appointment": "09:00"},
    "a customer as text": {**HERS, "customer": "Bo"},
    "an email as a list": {**HERS, "contactEmail": ["bo@example.org"], "contactPhoneNumber": "+12025550199"},
    "an id that is none": {**HERS, "caseId": "A-5"},
    "no id": {name: value for name, value in HERS.items() if name != "caseId"},
    "an id that is null": {**HERS, "caseId": None},
    "no case": 5,
    "nothing": None,
    "a list": [ROW],
}
"""Entries of a calendar's list, each broken in its own way, none of them one's own."""


@pytest.mark.parametrize("what", STRANGERS)
def test_a_strangers_broken_entry_is_no_hindrance_to_finding_ones_own(what, one):
    made = found(one, STRANGERS[what], {**ROW, "rank": "mine, and broken, too"})
    assert (made.case_id, made.recovered, made.rank) == (CASE_ID, True, None)


@pytest.mark.parametrize("what", STRANGERS)
def test_a_strangers_broken_entry_is_no_hindrance_to_the_check(what, one):
    one.answers(answer(OPENED, 201), answer([STRANGERS[what], ROW]))
    made = one.tell(book, usual())
    assert (made.case_id, made.checked, made.differences) == (CASE_ID, True, ())


@pytest.mark.parametrize("what", [name for name, row in STRANGERS.items() if getattr(row, "get", {}.get)("caseId")])
def test_a_strangers_broken_entry_is_no_hindrance_to_seeing_whether_a_cancellation_was_done(what, one):
    one.answers(CUT, refusal(404), answer([STRANGERS[what]]))
    assert one.tell(cancel) is None
    one.answers(CUT, refusal(404), answer([STRANGERS[what], ROW]))
    with pytest.raises(NotFoundError):
        one.tell(cancel)


@pytest.mark.parametrize("what", [name for name, row in STRANGERS.items() if not getattr(row, "get", {}.get)("caseId")])
def test_a_list_that_names_not_all_of_its_cases_confirms_no_cancellation(what, one):
    one.answers(CUT, refusal(404), always=answer([STRANGERS[what]]))
    with pytest.raises(OutcomeUnknownError, match="It could not be looked for: "):
        one.tell(cancel)


def test_twins_make_it_doubtful(vendor):
    vendor.answers(CUT, always=answer([ROW, {**ROW, "caseId": OTHER_ID}]))

    async def story(c):
        with pytest.raises(OutcomeUnknownError, match="2 objects could be the one") as caught:
            await book(c)
        with pytest.raises(
            OutcomeUnknownError, match=r"2 objects could be what cubu\.appointments\.book made"
        ) as again:
            await c.resolve(caught.value.attempt)
        return caught.value, again.value

    for error in vendor.tell(story, usual(), retry=QUICK):
        assert {one.case_id for one in error.candidates} == {CASE_ID, OTHER_ID}
        assert all(one.reference.calendar == CALENDAR for one in error.candidates)


def test_what_an_earlier_call_made_and_answered_is_not_taken_for_it(vendor):
    vendor.answers(answer(OPENED, 201), answer([ROW]), CUT, always=answer([ROW]))

    async def story(c):
        made = await book(c)
        assert not made.recovered
        with pytest.raises(OutcomeUnknownError, match="not found") as caught:
            await book(c)
        return caught.value

    assert vendor.tell(story, usual(), retry=QUICK).candidates == ()


def test_a_clock_that_is_wrong_does_not_matter_where_the_vendor_tells_the_time(vendor):
    vendor.clock.ahead = 3600
    dated = [("Date", "Mon, 02 Mar 2026 07:00:00 GMT")]
    vendor.answers(raw(b"", 500, dated), answer([ROW], headers=dated))
    assert vendor.tell(book, usual()).case_id == CASE_ID


def test_an_attempt_that_does_not_say_where_to_look_is_refused(vendor):
    attempt = BookingAttempt(
        provider="cubu", operation="cubu.appointments.book", started_at=NOW, clues={"service_id": SERVICE}
    )
    with pytest.raises(ValueError, match=r"cannot be looked up: it does not say date, cu_index, start\."):
        vendor.tell(lambda c: c.resolve(attempt))
    assert vendor.feed.requests == []


def test_an_attempt_at_a_customer_that_does_not_say_which_is_refused(vendor):
    clues = {"key_slug": "customer-national-id"}
    attempt = BookingAttempt(provider="cubu", operation="cubu.customers.create", started_at=NOW, clues=clues)
    with pytest.raises(ValueError, match=r"cannot be looked up: it does not say key_value\."):
        vendor.tell(lambda c: c.resolve(attempt))
    assert vendor.feed.requests == []


WRONG_CLUES = {"service_id": "../x", "date": "tomorrow", "cu_index": "-1"}


@pytest.mark.parametrize("name", WRONG_CLUES)
def test_an_attempt_that_leads_elsewhere_is_refused(name, vendor):
    clues = {"service_id": SERVICE, "date": "2026-03-03", "cu_index": "0", "start": "540", name: WRONG_CLUES[name]}
    attempt = BookingAttempt(provider="cubu", operation="cubu.appointments.book", started_at=NOW, clues=clues)
    with pytest.raises(ValueError, match=r"reference|GUID"):
        vendor.tell(lambda c: c.resolve(attempt))
    assert vendor.feed.requests == []


def test_an_attempt_of_another_provider_is_refused(vendor):
    attempt = BookingAttempt(provider="nexhealth", operation="nexhealth.appointments.create", started_at=NOW)
    with pytest.raises(ValueError, match="belongs to nexhealth, not to cubu"):
        vendor.tell(lambda c: c.resolve(attempt))
    assert vendor.feed.requests == []


@pytest.mark.parametrize("name", ["cubu.queue.join", "cubu.request", "cubu.appointments.cancel"])
def test_an_attempt_at_what_cannot_be_looked_up_says_what_can(name, vendor):
    attempt = BookingAttempt(provider="cubu", operation=name, started_at=NOW, clues={"a": "b"})
    with pytest.raises(
        UnsupportedError, match=r"these can: cubu\.appointments\.book, cubu\.customers\.create"
    ) as caught:
        vendor.tell(lambda c: c.resolve(attempt))
    assert caught.value.operation == name
    assert vendor.feed.requests == []


# --- cancellations ---------------------------------------------------------------------------------------------------

GONE = answer([])
CANCELLED = {
    "not listed": GONE,
    "others are listed": answer([{**ROW, "caseId": OTHER_ID}]),
    "listed as Cancelled": answer([{**ROW, "status": "Cancelled"}]),
    "listed as cancelled by a customer": answer([{**ROW, "status": "CustomerCanceled"}]),
}
STANDING = {
    "planned": answer([ROW]),
    "in capitals": answer([{**ROW, "caseId": CASE_ID.upper()}]),
    "without a status": answer([{**ROW, "status": None}]),
    "waiting": answer([{**ROW, "status": CaseStatus.WAITING}]),
    "resolved": answer([{**ROW, "status": "Resolved", "dateClosed": "2026-03-02T07:00:00Z"}]),
}


async def cancel(c):
    return await c.call("appointments.cancel", CASE)


@pytest.mark.parametrize("how", CANCELLED)
@pytest.mark.parametrize("refused", [refusal(404), refusal(409, 99003, "Cancelled already.")], ids=["404", "409"])
def test_a_lost_cancellation_is_confirmed_by_a_look(refused, how, vendor):
    vendor.answers(CUT, refused, CANCELLED[how])
    assert vendor.tell(cancel) is None
    assert methods(vendor) == ["DELETE", "DELETE", "GET"]
    first, again, look = vendor.feed.requests
    assert (first.url, first.content) == (again.url, again.content)
    assert look.url == first.url.rpartition("/")[0]


@pytest.mark.parametrize("how", STANDING)
def test_a_cancellation_that_was_lost_and_not_done_is_no_success(how, vendor):
    vendor.answers(CUT, refusal(409, 1001), STANDING[how])
    with pytest.raises(ConflictError, match="errorCode 1001"):
        vendor.tell(cancel)
    assert methods(vendor) == ["DELETE", "DELETE", "GET"]


def test_a_cancellation_that_stays_unanswered_and_undone_is_unknown(vendor):
    feed = vendor.answers()
    feed.always = lambda request: CUT_OR(request, STANDING["planned"])
    with pytest.raises(OutcomeUnknownError, match="Repeating it is harmless"):
        vendor.tell(cancel)
    assert methods(vendor) == [*["DELETE"] * 4, "GET"]


def CUT_OR(request, otherwise):  # noqa: N802 - as the constant
    if request.method == "DELETE":
        raise CUT
    return otherwise


def test_a_cancellation_that_stays_unanswered_and_is_done_is_done(vendor):
    feed = vendor.answers()
    feed.always = lambda request: CUT_OR(request, GONE)
    assert vendor.tell(cancel) is None


def test_what_was_not_there_in_the_first_place_is_not_found(vendor):
    vendor.answers(refusal(404))
    with pytest.raises(NotFoundError):
        vendor.tell(cancel)
    assert methods(vendor) == ["DELETE"]


def test_where_nobody_could_look_a_refused_repetition_is_no_answer_to_a_lost_cancellation(vendor):
    vendor.answers(CUT, refusal(404), always=refusal(403))
    with pytest.raises(OutcomeUnknownError, match=r"It could not be looked for: .*403.* Repeating it is harmless\.$"):
        vendor.tell(cancel)


# --- customers and the queue -----------------------------------------------------------------------------------------

FIELDS = {"First name": "Adaline", KEY_FIELD: "310000017"}
QUERY = {"queryType": "KeyField", "fieldSlug": "customer-national-id", "fieldValue": "310000017"}


async def create(c, **other):
    return await c.call("customers.create", **{"fields": FIELDS, **other})


@pytest.mark.parametrize("loss", [name for name in LOSSES if "case" not in name])
def test_a_customer_is_posted_once_however_the_answer_is_lost_and_is_found_by_the_key(loss, vendor):
    vendor.answers(LOSSES[loss], answer(RECORD))
    made = vendor.tell(create, usual())
    assert isinstance(made, CustomerRecord)
    assert (made.recovered, made.record_id, made.display_name) == (True, CUSTOMER_ID, "Adaline Parkinson")
    post, look = vendor.seen
    assert (post.path, look.path, look.body) == ("/customers", "/customers/query", QUERY)


@pytest.mark.parametrize("nobody", [refusal(404, 99404), raw(b"", 204), raw(b"null")], ids=["404", "204", "null"])
def test_a_customer_who_stays_missing_is_unknown_and_resolves_later(nobody, vendor):
    vendor.answers(CUT, always=nobody)
    with pytest.raises(OutcomeUnknownError, match="not found") as caught:
        vendor.tell(create, usual(), retry=QUICK)
    assert "310000017" not in repr(caught.value.attempt)
    assert "Adaline" not in repr(caught.value.attempt)
    text = caught.value.attempt.to_json()
    vendor.answers(nobody, answer(RECORD))

    async def story(c):
        attempt = BookingAttempt.from_json(text)
        assert await c.resolve(attempt) is None
        return await c.resolve(attempt)

    made = vendor.tell(story, settings())
    assert (made.record_id, made.recovered) == (CUSTOMER_ID, True)
    assert [one.body for one in vendor.seen] == [QUERY, QUERY]


@pytest.mark.parametrize("stamp", ["2026-03-02T06:59:00Z", None], ids=["before", "never"])
def test_a_customer_from_before_is_not_taken_for_it(stamp, vendor):
    vendor.answers(CUT, always=answer({**RECORD, "dateCreated": stamp}))
    with pytest.raises(OutcomeUnknownError, match="not found"):
        vendor.tell(create, usual(), retry=QUICK)


IDS = {"no GUID": "17", "a number": 17, "nothing": "", "braces": f"{{{CUSTOMER_ID}}}"}


@pytest.mark.parametrize("what", IDS)
def test_a_customer_who_was_made_under_no_guid_is_looked_up(what, one):
    one.answers(answer({"recordId": IDS[what]}, 201), answer(RECORD))
    made = one.tell(create, usual())
    assert (made.record_id, made.recovered) == (CUSTOMER_ID, True)


def having(value, **other):
    """Give the record of the same key, with another first name."""
    (field,) = RECORD["fields"]
    return {**RECORD, "fields": [{**field, "value": value, **other}]}


OTHERS = {"another name": "Bo", "the name in capitals": "ADALINE", "a number": 5, "a truth": True, "an empty one": ""}


@pytest.mark.parametrize("what", OTHERS)
def test_a_record_of_the_same_key_with_other_values_is_anothers(what, one):
    """Somebody else made it, in the same minute; the vendor refused ours, and the answer was lost."""
    one.answers(CUT, always=answer(having(OTHERS[what])))

    async def story(c):
        with pytest.raises(OutcomeUnknownError, match="not found at the provider") as caught:
            await create(c)
        assert caught.value.candidates == ()
        assert await c.resolve(BookingAttempt.from_json(caught.value.attempt.to_json())) is None

    one.tell(story, usual(), retry=QUICK)
    assert [asked.path for asked in one.seen].count("/customers") == 1


OURS = {
    "what was saved": having("Adaline"),
    "nothing of a value": having(None),
    "a field of large letters": having("Adaline", fieldTypeId=FIELD.upper()),
    "a field that was not saved": having("Bo", fieldTypeId=SERVICE),
    "a field without an id": having("Bo", fieldTypeId=None),
    "no fields": {**RECORD, "fields": []},
    "fields that it does not tell": {**RECORD, "fields": None},
}


@pytest.mark.parametrize("what", OURS)
def test_a_record_of_the_same_key_that_does_not_contradict_is_ours(what, one):
    one.answers(CUT, always=answer(OURS[what]))
    assert one.tell(create, usual(), retry=QUICK).recovered


def test_a_value_that_is_kept_as_text_is_the_same(one):
    one.answers(CUT, always=answer(having("5")))
    assert one.tell(lambda c: create(c, fields={**FIELDS, "First name": 5}), usual(), retry=QUICK).recovered


NO_KEY = {
    "without the key": (usual(), {"First name": "Adaline"}),
    "with a key that is null": (usual(), {"First name": "Adaline", KEY_FIELD: None}),
    "without a catalogue": (settings(), {FIELD: "Adaline", KEY_FIELD: "310000017"}),
    "with a catalogue that names no key": (usual(catalogue=attrs.evolve(NAMED, customer_key=None)), FIELDS),
}


@pytest.mark.parametrize("how", NO_KEY)
def test_a_customer_cannot_be_looked_up(how, vendor):
    given, fields = NO_KEY[how]
    vendor.answers(CUT)

    async def story(c):
        with pytest.raises(
            OutcomeUnknownError, match="cannot be looked up, because the customer's key was not"
        ) as caught:
            await create(c, fields=fields)
        with pytest.raises(UnsupportedError, match="nothing was given by which to find it"):
            await c.resolve(caught.value.attempt)

    vendor.tell(story, given)
    assert methods(vendor) == ["POST"]


def test_a_walk_in_whose_answer_is_lost_is_unknown_and_there_is_advice(vendor):
    vendor.answers(CUT)
    with pytest.raises(OutcomeUnknownError, match=r"Nothing lists the queue.*look at the service's inbox") as caught:
        vendor.tell(lambda c: c.call("queue.join", SERVICE, service_type_id=RENEWAL, **ADA), usual())
    assert methods(vendor) == ["POST"]
    assert "5550123" not in caught.value.attempt.to_json()


def test_a_change_of_a_customer_is_asked_for_again_to_the_byte(vendor):
    vendor.answers(raw(b"", 503), CUT, raw(b"", 200))
    assert vendor.tell(lambda c: c.call("customers.update", CUSTOMER_ID, fields=FIELDS), usual()) is None
    assert methods(vendor) == ["PATCH"] * 3
    assert len({(one.url, one.content) for one in vendor.feed.requests}) == 1


# --- at the sandbox --------------------------------------------------------------------------------------------------

TUESDAY = date(2026, 3, 3)
KINDS = {
    "drop_after": {},
    "a reset": {"kind": "drop_after", "reset": True},
    "truncate": {},
    "garble": {},
    "empty": {"commit": True},
    **{f"a {number}": {"kind": "status", "status": number, "commit": True} for number in (500, 502, 503, 504)},
    "hang": {"commit": True},
}
GIVEN = {**ADA, "service_type_id": "Passport renewal"}


async def calendar_of(c, service="Front desk"):
    return await c.first(c.list("calendars.list", service, TUESDAY))


async def take(c, **other):
    return await c.call("appointments.book", await calendar_of(c), **{**GIVEN, "start": 540, **other})


def posts(office):
    return [one.path.rpartition("/")[2] for one in office.seen("POST")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_booking_whose_answer_is_lost_is_found_once_and_the_ledger_holds_one(kind, office):
    office.sandbox.fault(method="POST", path="*/appointments", **{"kind": kind, **KINDS[kind]})
    timeout = Timeout(attempt=0.2, total=60) if kind == "hang" else 30
    made = office.tell(take, timeout=timeout)
    assert (made.recovered, made.checked, made.differences) == (True, True, ())
    assert made.appointment.starts_at == datetime(2026, 3, 3, 9, tzinfo=JERUSALEM)
    assert made.contact_phone_number == "+12025550123"
    assert office.live() == [made.case_id]
    assert posts(office) == ["appointments"]


NEVER = {
    "drop_before": {},
    "a 500": {"kind": "status", "status": 500},
    "a 503": {"kind": "status", "status": 503},
    "hang": {"commit": False},
}


@pytest.mark.parametrize("kind", NEVER)
def test_a_booking_that_was_not_made_is_unknown_and_resolves_to_nothing(kind, office):
    office.sandbox.fault(method="POST", path="*/appointments", **{"kind": kind, **NEVER[kind]})
    timeout = Timeout(attempt=0.2, total=60) if kind == "hang" else 30

    with pytest.raises(OutcomeUnknownError) as caught:
        office.tell(take, retry=QUICK, timeout=timeout)
    text = caught.value.attempt.to_json()
    assert office.tell(lambda c: c.resolve(BookingAttempt.from_json(text))) is None
    assert office.live() == []
    assert posts(office) == ["appointments"]


def test_a_booking_that_could_not_be_looked_for_is_resolved_later_by_a_new_client(office):
    office.sandbox.fault("drop_after", method="POST", path="*/appointments")
    dark = office.sandbox.fault("status", method="GET", path="*/appointments", status=503, times=None)
    with pytest.raises(OutcomeUnknownError) as caught:
        office.tell(take, retry=QUICK)
    dark.remove()
    text = caught.value.attempt.to_json()
    made = office.tell(lambda c: c.resolve(BookingAttempt.from_json(text)), office.settings(catalogue=None))
    assert made.recovered
    assert office.live() == [made.case_id]


def test_an_older_twin_of_the_same_customer_is_not_taken_for_it(office):
    async def story(c):
        older = await take(c, customer_record_id=office.customer)
        office.watch.pass_by(60)
        office.sandbox.fault("drop_before", method="POST", path="*/appointments")
        with pytest.raises(OutcomeUnknownError) as caught:
            await take(c, customer_record_id=office.customer, bypass_timeslot_check=True)
        office.sandbox.fault("drop_after", method="POST", path="*/appointments")
        newer = await take(c, customer_record_id=office.customer, bypass_timeslot_check=True)
        return older, caught.value, newer

    older, error, newer = office.tell(story, retry=QUICK)
    assert error.candidates == ()
    assert newer.recovered
    assert office.live() == [older.case_id, newer.case_id]


def test_a_strangers_appointment_at_the_same_time_is_not_taken_for_it(office):
    stranger = {"contact_phone_number": "2025550199", "contact_email": "bo@example.org"}

    async def theirs(c):
        return await take(c, **stranger)

    async def story(c):
        office.sandbox.fault("drop_before", method="POST", path="*/appointments")
        with pytest.raises(OutcomeUnknownError) as caught:
            await take(c, bypass_timeslot_check=True)
        office.sandbox.fault("drop_after", method="POST", path="*/appointments")
        return caught.value, await take(c, bypass_timeslot_check=True)

    other = office.tell(theirs)
    error, mine = office.tell(story, retry=QUICK)
    assert error.candidates == ()
    assert (mine.recovered, mine.contact_email) == (True, "ana@example.org")
    assert office.live() == [other.case_id, mine.case_id]


def test_several_that_could_be_the_one_are_named(office):
    async def twin(c):
        return await take(c, bypass_timeslot_check=True)

    async def story(c):
        office.sandbox.fault("drop_after", method="POST", path="*/appointments")
        with pytest.raises(OutcomeUnknownError, match="2 objects could be the one") as caught:
            await twin(c)
        return caught.value

    # Another process books the same for the same customer at the same moment.
    first = office.tell(twin)
    error = office.tell(story)
    assert {one.case_id for one in error.candidates} == {first.case_id, *office.live()}
    assert len(office.live()) == 2


HOOKS = {
    "the service type": ({"serviceTypeId": seed.QUESTION}, "service_type_id"),
    "the channel": ({"channel": "Video"}, "channel"),
    "the customer": ({}, "customer_record_id"),
}


@pytest.mark.parametrize("what", ["the service type", "the channel"])
def test_a_booking_that_the_hook_changed_is_found_and_says_where(what, office):
    changes, field = HOOKS[what]
    office.emulation.before_book = lambda body: changes
    office.sandbox.fault("drop_after", method="POST", path="*/appointments")
    made = office.tell(take)
    assert made.recovered
    assert [difference.field for difference in made.differences] == [field]
    assert office.live() == [made.case_id]


def test_a_customer_whose_key_the_server_ignores_is_no_hindrance(office):
    office.emulation.customer_record_key = "customerRecordId"
    office.sandbox.fault("drop_after", method="POST", path="*/appointments")
    made = office.tell(lambda c: take(c, customer_record_id=office.customer))
    assert made.recovered
    assert [(one.field, one.got) for one in made.differences] == [("customer_record_id", None)]


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "hang", "garble"])
def test_a_lost_cancellation_is_done_once(kind, office):
    async def story(c):
        made = await take(c)
        office.sandbox.fault(kind, method="DELETE", **({"commit": True} if kind == "hang" else {}))
        assert await c.call("appointments.cancel", made) is None
        with pytest.raises(NotFoundError):
            await c.call("appointments.cancel", made)

    timeout = Timeout(attempt=0.2, total=60) if kind == "hang" else 30
    office.tell(story, timeout=timeout)
    assert office.live() == []
    assert [one.action for one in office.sandbox.ledger] == ["create", "cancel"]


@pytest.mark.parametrize("kind", ["drop_after", "a 500", "garble"])
def test_a_lost_move_is_one_appointment_in_the_end(kind, office):
    async def story(c):
        old = await take(c)
        office.sandbox.fault(method="POST", path="*/appointments", **{"kind": kind, **KINDS[kind]})
        office.sandbox.fault("drop_after", method="DELETE")
        return await c.call("appointments.rebook", old, await calendar_of(c), **{**GIVEN, "start": 600})

    made = office.tell(story)
    assert made.recovered
    assert office.live() == [made.case_id]
    assert posts(office) == ["appointments"] * 2


def test_a_move_whose_new_booking_is_lost_leaves_the_old_one(office):
    async def story(c):
        old = await take(c)
        office.sandbox.fault("drop_before", method="POST", path="*/appointments")
        with pytest.raises(OutcomeUnknownError) as caught:
            await c.call("appointments.rebook", old, await calendar_of(c), **{**GIVEN, "start": 600})
        assert caught.value.attempt.clues["start"] == "600"
        return old

    old = office.tell(story, retry=QUICK)
    assert office.live() == [old.case_id]
    assert office.seen("DELETE") == []


def test_a_move_whose_cancellation_never_arrives_names_both(office):
    async def story(c):
        old = await take(c)
        office.sandbox.fault("drop_before", method="DELETE", times=None)
        with pytest.raises(NotCancelledError) as caught:
            await c.call("appointments.rebook", old, await calendar_of(c), **{**GIVEN, "start": 600})
        return old, caught.value

    old, error = office.tell(story)
    assert isinstance(error.__cause__, OutcomeUnknownError)
    assert office.live() == [old.case_id, error.new.case_id]
    assert error.old == old.reference


@pytest.mark.parametrize("kind", ["drop_after", "garble", "a 503"])
def test_a_customer_whose_answer_is_lost_is_found_by_the_key(kind, office):
    office.sandbox.fault(method="POST", path="*/customers", **{"kind": kind, **KINDS[kind]})
    fields = {"First name": "Zoe", "Last name": "Quarry", "National id": "310000999"}
    made = office.tell(lambda c: c.call("customers.create", fields=fields))
    assert made.recovered
    assert made.display_name == "Zoe Quarry"
    assert office.sandbox.ledger.created("customers") == [made.record_id]
    assert posts(office) == ["customers", "query"]


def test_a_customer_that_was_not_made_is_unknown(office):
    office.sandbox.fault("drop_before", method="POST", path="*/customers")
    fields = {"First name": "Zoe", "Last name": "Quarry", "National id": "310000999"}
    with pytest.raises(OutcomeUnknownError):
        office.tell(lambda c: c.call("customers.create", fields=fields), retry=QUICK)
    assert office.sandbox.ledger.created("customers") == []


# --- what is cut short -----------------------------------------------------------------------------------------------


def interrupted(loop, sandbox, verb, *args, until, **kwargs):
    """Cancel a call when something is the case; give the attempt of its exception, and what resolving it gives."""
    attempts = []

    async def story(c):
        async def call():
            try:
                await c.call(verb, *args, **kwargs)
            except BaseException as error:
                attempts.append(attempt_of(error))
                raise

        async with anyio.create_task_group() as group:
            group.start_soon(call)
            while not until():  # noqa: ASYNC110 - the sandbox lives in another thread
                await anyio.sleep(0.002)
            group.cancel_scope.cancel()
        (attempt,) = attempts
        return attempt, None if attempt is None else await c.resolve(attempt)

    return World(loop).tell(story, World(loop).client(CLIENTS, sandbox.cubu, clock=Watch(sandbox)))


REF = f"{seed.FRONT_DESK}/2026-03-03/0"


def arrived(sandbox, method, count=1):
    return lambda: sum(1 for one in sandbox.requests if one.method == method) >= count


@pytest.mark.parametrize("loop", LOOPS)
def test_a_task_cancelled_in_a_booking_sends_nothing_more_and_names_it(loop, sandbox):
    sandbox.fault("hang", method="POST", path="*/appointments", commit=True)
    attempt, made = interrupted(
        loop, sandbox, "appointments.book", REF, **GIVEN, start=540, until=lambda: len(sandbox.ledger)
    )
    assert attempt.operation == "cubu.appointments.book"
    assert sandbox.ledger.live("appointments") == [made.case_id]
    assert made.recovered


@pytest.mark.parametrize("loop", LOOPS)
def test_a_task_cancelled_in_the_look_after_a_booking_names_the_booking(loop, sandbox):
    sandbox.fault("hang", method="GET", path="*/appointments")
    attempt, made = interrupted(
        loop, sandbox, "appointments.book", REF, **GIVEN, start=540, until=arrived(sandbox, "GET")
    )
    assert attempt.operation == "cubu.appointments.book"
    assert attempt.clues["start"] == "540"
    assert sandbox.ledger.live("appointments") == [made.case_id]
    assert len([one for one in sandbox.requests if one.method == "POST" and one.path.endswith("/appointments")]) == 1


@pytest.mark.parametrize("loop", LOOPS)
def test_a_task_cancelled_between_the_two_steps_of_a_move_names_the_new_booking(loop, sandbox):
    world = World(loop)
    old = world.tell(
        lambda c: c.call("appointments.book", REF, **GIVEN, start=540), world.client(CLIENTS, sandbox.cubu)
    )
    sandbox.fault("hang", method="DELETE")
    attempt, new = interrupted(
        loop,
        sandbox,
        "appointments.rebook",
        old.reference,
        REF,
        **GIVEN,
        start=600,
        until=arrived(sandbox, "DELETE"),
    )
    assert attempt.operation == "cubu.appointments.book"
    assert attempt.clues["start"] == "600"
    assert sandbox.ledger.live("appointments") == [old.case_id, new.case_id]


@pytest.mark.parametrize("loop", LOOPS)
def test_a_task_cancelled_before_anything_was_booked_names_nothing(loop, sandbox):
    sandbox.fault("hang", path="*/token")
    attempt, _ = interrupted(
        loop, sandbox, "appointments.book", REF, **GIVEN, start=540, until=arrived(sandbox, "POST")
    )
    assert attempt is None
    assert sandbox.ledger.live("appointments") == []


def test_an_interrupt_in_the_look_after_a_booking_names_the_booking_and_is_not_swallowed(vendor):
    def interrupt(request):
        raise KeyboardInterrupt

    vendor.answers(answer(OPENED, 201), interrupt)
    with pytest.raises(KeyboardInterrupt) as caught:
        vendor.tell(book, usual())
    attempt = attempt_of(caught.value)
    assert attempt.operation == "cubu.appointments.book"
    assert "2025550123" not in "".join(caught.value.__notes__)
    assert methods(vendor) == ["POST", "GET"]


def test_the_night_line_is_another_service():
    assert NIGHT == seed.NIGHT_LINE
    assert timedelta(0) < datetime.fromisoformat(ROW["dateOpened"]) - NOW < timedelta(seconds=1)
