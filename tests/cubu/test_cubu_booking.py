"""Bookings: what is refused before anything is sent, what the organization made of them, and how they are moved."""

from __future__ import annotations

import pickle
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import attrs
import pytest
from cubu_shapes import CASE, JERUSALEM, LEAST, NAMED, NIGHT, QUESTION
from cubu_support import (
    APPOINTMENT,
    CALENDAR,
    CASE_ID,
    CLIENTS,
    CUSTOMER_ID,
    DESK,
    FIELD,
    HOST,
    LISTED,
    OPENED,
    RENEWAL,
    SERVICE,
    TAG,
    answer,
    raw,
    refusal,
    settings,
)
from harness import WORLDS, World, said

from apptsdk import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    PermissionDeniedError,
    ServerError,
    SlotUnavailableError,
    Timeout,
    ValidationError,
)
from apptsdk.http import NoAnswer
from apptsdk.providers.cubu import Booking, Calendar, CalendarRef, CaseRef, CaseStatus, Channel, Difference
from apptsdk.providers.cubu.catalogue import Catalogue, CatalogueServiceType
from apptsdk.providers.cubu.models import AppointmentBook
from apptsdk.providers.cubu.operations import appointments
from apptsdk.providers.cubu.wire import WIRE
from apptsdk.sandbox.cubu import seed

CUT = NoAnswer("the connection was cut")
BOOKED = answer(OPENED, 201)
HERE = answer([LISTED])
PLACED = {**LEAST, "channel": "FaceToFace", "contact_email": "ana@example.org"}
"""A booking of which `OPENED` and `LISTED` are the answers."""


def usual(**other):
    return settings(**{"catalogue": NAMED, "time_zone": "Asia/Jerusalem", **other})


def unchecked(**other):
    return usual(check_bookings=False, **other)


async def book(c, calendar=CALENDAR, **other):
    return await c.call("appointments.book", calendar, **{**LEAST, **other})


SCOPE = usual().scope_of_calls


def methods(vendor):
    return [one.method for one in vendor.seen]


# --- what is refused before anything is sent -------------------------------------------------------------------------

LONG_AGO = datetime(2026, 3, 3, 9)  # noqa: DTZ001 - that is the point
ALOUD = r"^start must be an int, not bool"
A_START = "^start must be an aware datetime, or an int: minutes since midnight by the service's clock; not "
REFUSED = {
    "a minute before midnight": ({"start": -1}, ValueError, "^start must be from 0 to 1439 minutes since midnight"),
    "a minute too many": (
        {"start": 1440},
        ValueError,
        "^start must be from 0 to 1439 minutes since midnight, not 1440",
    ),
    "a truth for a start": ({"start": True}, TypeError, ALOUD),
    "a float for a start": ({"start": 540.0}, TypeError, f"{A_START}float"),
    "a text for a start": ({"start": "540"}, TypeError, f"{A_START}str"),
    "a date for a start": ({"start": date(2026, 3, 3)}, TypeError, f"{A_START}date"),
    "no start": ({"start": None}, TypeError, f"{A_START}NoneType"),
    "a naive start": ({"start": LONG_AGO}, ValueError, r"^start is naive.*start\.replace\(tzinfo=zoneinfo\.ZoneInfo"),
    "seconds": (
        {"start": datetime(2026, 3, 3, 9, 0, 1, tzinfo=JERUSALEM)},
        ValueError,
        r"^start must be a whole minute\.",
    ),
    "a microsecond": (
        {"start": datetime(2026, 3, 3, 9, 0, 0, 1, tzinfo=JERUSALEM)},
        ValueError,
        r"^start must be a whole minute\.",
    ),
    "another day": (
        {"start": datetime(2026, 3, 4, 9, tzinfo=JERUSALEM)},
        ValueError,
        r"^start is on 2026-03-04 by the service's clock \(Asia/Jerusalem\), and the calendar is of 2026-03-03\.",
    ),
    "another day in the service's zone alone": (
        {"start": datetime.fromisoformat("2026-03-03T22:00:00+00:00")},
        ValueError,
        "^start is on 2026-03-04 by the service's clock",
    ),
    "a channel nobody knows": ({"channel": "Chat"}, ValueError, "^channel must be a Channel: one of 'FaceToFace', 'V"),
    "a channel of another server": ({"channel": Channel("Chat")}, ValueError, "^channel must be a Channel: one of"),
    "a channel in small letters": ({"channel": "video"}, ValueError, "^channel must be a Channel: one of"),
    "no channel": ({"channel": None}, TypeError, r"^channel must be a Channel, not NoneType\.$"),
    "a list of channels": ({"channel": ["Video"]}, TypeError, r"^channel must be a Channel, not list\.$"),
    "a number for a channel": ({"channel": 1}, TypeError, r"^channel must be a Channel, not int\.$"),
    "a channel that the type does not offer": (
        {"channel": Channel.PHONE},
        ValueError,
        r"^channel is not one that Passport renewal offers by the catalogue: FaceToFace, Video\.",
    ),
    "a type nobody knows": (
        {"service_type_id": "Wedding"},
        ValueError,
        r"^service_type_id.*(Passport renewal.*General question|General question.*Passport renewal)",
    ),
    "a type of another type": ({"service_type_id": 5}, TypeError, "^service_type_id must be a str, not int"),
    "a GUID as an object": ({"service_type_id": UUID(RENEWAL)}, TypeError, r"^service_type_id must be.*its str\(\)"),
    "a customer's name": ({"customer_record_id": "Ana"}, ValueError, "^customer_record_id is not a GUID"),
    "a GUID in braces": ({"customer_record_id": f"{{{CUSTOMER_ID}}}"}, ValueError, "^customer_record_id is not a GUID"),
    "a GUID without hyphens": ({"customer_record_id": CUSTOMER_ID.replace("-", "")}, ValueError, "is not a GUID"),
    "a GUID and a line break": ({"customer_record_id": f"{CUSTOMER_ID}\n"}, ValueError, "is not a GUID"),
    "a customer's GUID as an object": ({"customer_record_id": UUID(CUSTOMER_ID)}, TypeError, r"its str\(\)"),
    "nine digits": ({"contact_phone_number": "617555012"}, ValueError, "^contact_phone_number must have ten digits"),
    "eleven digits": ({"contact_phone_number": "16175550123"}, ValueError, 'such as "2025550123".*CUBU_PHONE_FORMAT'),
    "an E.164 number": ({"contact_phone_number": "+16175550123"}, ValueError, "set phone_format in CubuSettings"),
    "an extension": ({"contact_phone_number": "6175550123x7"}, ValueError, "must have ten digits"),
    "digits of another script": ({"contact_phone_number": "٢٠٢٥٥٥٠١٢٣"}, ValueError, "must have ten digits"),
    "an empty number": ({"contact_phone_number": ""}, ValueError, "must have ten digits"),
    "a number that is one": ({"contact_phone_number": 6175550123}, TypeError, "^contact_phone_number must be a str"),
    "an email without a place": ({"contact_email": "ana"}, ValueError, "^contact_email is no email address"),
    "an email with a blank": ({"contact_email": "ana @example.org"}, ValueError, "^contact_email is no email"),
    "two emails": ({"contact_email": "a@example.org,b@example.org"}, ValueError, "^contact_email is no email"),
    "an empty email": ({"contact_email": ""}, ValueError, "^contact_email is no email address"),
    "an email that is none": ({"contact_email": 5}, TypeError, "^contact_email must be a str, not int"),
    "half a character in an email": ({"contact_email": "\ud800@example.org"}, ValueError, "half a surrogate pair"),
    "an empty language": ({"language": ""}, ValueError, "^language is blank, too long, or holds a control character"),
    "a blank language": ({"language": " "}, ValueError, "^language is blank"),
    "a language with a line break": ({"language": "en-US\n"}, ValueError, "^language is blank, too long, or holds"),
    "a language that is an essay": ({"language": "e" * 255}, ValueError, "^language is blank, too long, or holds"),
    "an email with a control character": (
        {"contact_email": "ana\x00@example.org"},
        ValueError,
        "^contact_email is blank, too long, or holds a control character",
    ),
    "an email that is too long": (
        {"contact_email": f"{'a' * 243}@example.org"},
        ValueError,
        "^contact_email is blank, too long, or holds",
    ),
    "a language that is none": ({"language": 5}, TypeError, "^language must be a str such as 'en-US', not int"),
    "a text for a bypass": (
        {"bypass_timeslot_check": "yes"},
        TypeError,
        "^bypass_timeslot_check must be bool, not str",
    ),
    "a number for a bypass": ({"bypass_timeslot_check": 1}, TypeError, "^bypass_timeslot_check must be bool, not int"),
    "a number for the kiosk": ({"prevent_self_check_in": 0}, TypeError, "^prevent_self_check_in must be bool, not int"),
    "a list of fields": (
        {"fields": [FIELD]},
        TypeError,
        "^fields must be a mapping of field types to values, not list",
    ),
    "a text for fields": ({"fields": FIELD}, TypeError, "^fields must be a mapping"),
    "a field nobody knows": (
        {"fields": {"Shoe size": "44"}},
        ValueError,
        r"^fields\['Shoe size'\].*(First name.*National id|National id.*First name)",
    ),
    "a field that is no text": ({"fields": {5: "44"}}, TypeError, r"^The keys of fields must be str, not int\.$"),
    "a field that is nothing": (
        {"fields": {None: "44"}},
        TypeError,
        r"^The keys of fields must be str, not NoneType\.$",
    ),
    "a field that is bytes": ({"fields": {b"a": "44"}}, TypeError, r"^The keys of fields must be str, not bytes\.$"),
    "a field twice": (
        {"fields": {"First name": "Ana", FIELD.upper(): "Bo"}},
        ValueError,
        f"^fields names {FIELD} twice",
    ),
    "a field by its name and its slug": (
        {"fields": {"first name": "Ana", "Customer-First-Name": "Ana"}},
        ValueError,
        "^fields names .* twice",
    ),
    "a date in a field": (
        {"fields": {"First name": date(2026, 3, 3)}},
        TypeError,
        r"^fields\['First name'\] must be a str, a number, a bool or None\. Write a date as text\.",
    ),
    "a datetime in a field": ({"fields": {FIELD: LONG_AGO}}, TypeError, "Write a date as text"),
    "a list in a field": ({"fields": {FIELD: ["a"]}}, TypeError, r"must be a str, a number, a bool or None\.$"),
    "a Decimal in a field": ({"fields": {FIELD: Decimal("1.5")}}, TypeError, "must be a str, a number"),
    "half a character in a field": ({"fields": {FIELD: "\udfff"}}, ValueError, r"^fields\[.*half a surrogate pair"),
    "no number in a field": (
        {"fields": {FIELD: float("nan")}},
        ValueError,
        r"^fields\['.*'\] must be a finite number of",
    ),
    "infinity in a field": (
        {"fields": {FIELD: -float("inf")}},
        ValueError,
        r"^fields\['.*'\] must be a finite number of",
    ),
    "a number beyond JSON": (
        {"fields": {FIELD: 2**64}},
        ValueError,
        r"^fields\['.*'\] must be a finite number of at most 64 bits",
    ),
    "a text for tags": ({"tag_ids": TAG}, TypeError, "^tag_ids must be a list or a tuple, not str"),
    "a set of tags": ({"tag_ids": {TAG}}, TypeError, "^tag_ids must be a list or a tuple, not set"),
    "a tag nobody knows": ({"tag_ids": [TAG, "Vegan"]}, ValueError, r"^tag_ids\[1\].*VIP"),
    "a tag that is no text": ({"tag_ids": [None]}, TypeError, r"^tag_ids\[0\] must be a str, not NoneType"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_bad_booking_is_refused_and_its_argument_is_named(why):
    wrong, kind, named = REFUSED[why]
    with pytest.raises(kind, match=named) as caught:
        appointments.book(SCOPE, CALENDAR, AppointmentBook(**{**LEAST, **wrong}))
    assert not any(secret in text for text in said(caught.value) for secret in ("@example", "617555"))


def test_a_bad_booking_and_a_bad_move_are_refused_before_anything_is_sent(vendor):
    async def story(c):
        for wrong, kind, named in REFUSED.values():
            with pytest.raises(kind, match=named):
                await book(c, **wrong)
            with pytest.raises(kind, match=named):
                await c.call("appointments.rebook", CASE, CALENDAR, **{**LEAST, **wrong})

    vendor.tell(story, usual())
    assert vendor.feed.requests == vendor.feed.logins == []


NOT_ANY = {"nothing": "", "a blank": " ", "a line break": "+1\n2", "a zero byte": "1\0", "an essay": "1" * 255}


@pytest.mark.parametrize("why", NOT_ANY)
def test_a_number_of_any_kind_is_one_line_with_something_in_it(why):
    scope = usual(phone_format="any").scope_of_calls
    with pytest.raises(ValueError, match=r"^contact_phone_number is blank, too long, or holds a control"):
        appointments.book(scope, CALENDAR, AppointmentBook(**LEAST, contact_phone_number=NOT_ANY[why]))


@pytest.mark.parametrize("number", ["+972 (0)52-123 4567", "*2700", "1" * 254, "ext. 5"])
def test_a_number_of_any_kind_goes_as_it_is(number, vendor):
    vendor.answers(BOOKED)
    vendor.tell(book_into(CALENDAR, contact_phone_number=number), unchecked(phone_format="any"))
    assert vendor.seen[0].body["contactPhoneNumber"] == number


E164 = {
    "ten digits": "2025550123",
    "a plus alone": "+",
    "a leading zero": "+0125550123",
    "sixteen digits": "+1234567890123456",
    "six digits": "+123456",
}


@pytest.mark.parametrize("why", E164)
def test_a_number_that_is_not_international_is_refused_where_those_are_asked_for(why, vendor):
    with pytest.raises(ValueError, match=r'^contact_phone_number must be an E\.164 number, such as "\+12025550123"'):
        vendor.tell(lambda c: book(c, contact_phone_number=E164[why]), usual(phone_format="e164"))
    assert vendor.feed.requests == []


def test_a_language_that_the_catalogue_does_not_list_is_refused(vendor):
    spoken = attrs.evolve(NAMED, languages=("en-US", "he-IL"))

    async def story(c):
        with pytest.raises(ValueError, match=r"^language must be one of en-US, he-IL\.$"):
            await book(c, language="fr-FR")
        for spelling in ("he-IL", "he-il", "HE-IL"):
            vendor.feed.answers.append(BOOKED)
            await book(c, language=spelling)

    vendor.tell(story, unchecked(catalogue=spoken))
    assert [one.body["language"] for one in vendor.seen] == ["he-IL"] * 3  # as the catalogue spells it


def test_a_name_without_a_catalogue_is_refused_and_the_message_says_how_to_give_one(vendor):
    with pytest.raises(ValueError, match=r"^service_type_id.*catalogue"):
        vendor.tell(lambda c: book(c, service_type_id="Passport renewal"), settings())
    assert vendor.feed.requests == []


def test_a_datetime_needs_a_zone_in_the_settings_and_minutes_do_not(vendor):
    vendor.answers(BOOKED)

    async def story(c):
        with pytest.raises(ConfigurationError, match=r"give time_zone in CubuSettings \(CUBU_TIME_ZONE\).*catalogue"):
            await book(c, start=datetime(2026, 3, 3, 9, tzinfo=JERUSALEM))
        await book(c, start=540)

    vendor.tell(story, settings(check_bookings=False))
    assert [one.body["startTime"] for one in vendor.seen] == [540]


def test_a_services_own_zone_in_the_catalogue_goes_before_that_of_the_settings(vendor):
    vendor.answers(BOOKED, BOOKED)
    start = datetime(2026, 3, 3, 7, tzinfo=JERUSALEM)

    async def story(c):
        await book(c, attrs.evolve(CALENDAR, service_id=NIGHT), start=start)
        await book(c, attrs.evolve(CALENDAR, service_id=QUESTION), start=start)

    vendor.tell(story, unchecked(time_zone="America/New_York"))
    assert [one.body["startTime"] for one in vendor.seen] == [5 * 60, 0]


# --- what a calendar says of itself ----------------------------------------------------------------------------------

MANDATORY = {
    "customer_record_id": ("isCustomerRequired", CUSTOMER_ID),
    "contact_phone_number": ("isPhoneNumberRequired", "2025550123"),
    "contact_email": ("isEmailRequired", "ana@example.org"),
}


def whole(**other):
    return WIRE.structure({**DESK, **other}, Calendar)


@pytest.mark.parametrize("name", MANDATORY)
def test_what_a_calendar_calls_mandatory_is_refused_where_it_is_missing(name, vendor):
    key, value = MANDATORY[name]
    others = {other: given for other, (_, given) in MANDATORY.items() if other != name}
    vendor.answers(BOOKED, BOOKED)

    async def story(c):
        with pytest.raises(ValueError, match=rf"^The service requires {name} for a booking\. Nothing was sent\.$"):
            await book(c, whole(**{key: True}), **others)
        assert vendor.feed.requests == vendor.feed.logins == []
        await book(c, whole(**{key: True}), **{name: value})
        # What only names the calendar does not say what it requires.
        await book(c, whole(**{key: True}).reference)

    vendor.tell(story, unchecked())
    assert methods(vendor) == ["POST", "POST"]


def test_all_that_is_missing_is_named_at_once(vendor):
    every = {key: True for key, _ in MANDATORY.values()}
    with pytest.raises(ValueError, match="customer_record_id and contact_phone_number and contact_email for a booking"):
        vendor.tell(book_into(whole(**every)), usual())
    assert vendor.feed.requests == []


@pytest.mark.parametrize("left_out", [None, False])
def test_what_a_calendar_does_not_call_mandatory_may_be_left_out(left_out, vendor):
    vendor.answers(BOOKED)
    vendor.tell(book_into(whole(**{key: left_out for key, _ in MANDATORY.values()})), unchecked())
    assert methods(vendor) == ["POST"]


def book_into(calendar, **other):
    return lambda c: book(c, calendar, **other)


LUNCH = [{"start": 480, "end": 720}, {"start": 780, "end": 960}]
BARE = attrs.evolve(NAMED, service_types=())
LONG = Catalogue(service_types=(CatalogueServiceType(id=RENEWAL, name="Long", duration=timedelta(minutes=180)),))
HOURS = {
    "at the beginning": (NAMED, 480, True),
    "a minute before": (NAMED, 479, False),
    "the last that fits": (NAMED, 710, True),
    "one that does not fit": (NAMED, 711, False),
    "in the gap": (NAMED, 720, False),
    "into the gap": (NAMED, 715, False),
    "after the gap": (NAMED, 780, True),
    "the last of the day": (NAMED, 950, True),
    "at the end": (NAMED, 960, False),
    "of unknown length, the last minute": (BARE, 719, True),
    "of unknown length, in the gap": (BARE, 720, False),
    "of unknown length, before": (BARE, 479, False),
    "as long as the afternoon": (LONG, 780, True),
    "longer than what is left": (LONG, 781, False),
    "across the gap": (LONG, 600, False),
}


@pytest.mark.parametrize("when", HOURS)
def test_a_bypass_does_not_bypass_the_working_hours(when, vendor):
    catalogue, start, fits = HOURS[when]
    vendor.answers(BOOKED)
    calendar = whole(workingHours=LUNCH)
    told = book_into(calendar, start=start, bypass_timeslot_check=True)
    if fits:
        vendor.tell(told, unchecked(catalogue=catalogue))
    else:
        with pytest.raises(
            ValueError, match=r"^start is outside the working hours \(08:00-12:00, 13:00-16:00\), which"
        ):
            vendor.tell(told, unchecked(catalogue=catalogue))
    assert methods(vendor) == ["POST"] * fits


def test_a_calendar_without_hours_takes_nothing_under_a_bypass(vendor):
    with pytest.raises(ValueError, match=r"outside the working hours \(none\), which bypass_timeslot_check does not"):
        vendor.tell(book_into(whole(workingHours=[]), bypass_timeslot_check=True), usual())
    assert vendor.feed.requests == []


FREELY = {
    "without a bypass the vendor decides": (whole(workingHours=[]), {}),
    "a calendar that does not tell its hours": (whole(workingHours=None), {"bypass_timeslot_check": True}),
    "a reference tells no hours": (CALENDAR, {"bypass_timeslot_check": True}),
}


@pytest.mark.parametrize("why", FREELY)
def test_the_hours_are_the_vendors_business_where(why, vendor):
    calendar, given = FREELY[why]
    vendor.answers(BOOKED)
    vendor.tell(book_into(calendar, start=0, **given), unchecked())
    assert methods(vendor) == ["POST"]


# --- what came of it -------------------------------------------------------------------------------------------------


def test_a_booking_is_completed_from_its_calendar(vendor):
    vendor.answers(BOOKED, HERE)
    made = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, **PLACED), usual())
    post, look = vendor.seen
    assert (look.method, look.url, look.query) == ("GET", post.url, [])
    assert made.checked
    assert not made.recovered
    assert made.differences == ()
    assert isinstance(made, Booking)
    # From the answer, and from the calendar.
    assert (made.case_id, made.ticket.label, made.ticket_url) == (CASE_ID, "B12", OPENED["ticketUrl"])
    assert (made.service_type_id, made.contact_phone_number) == (RENEWAL, "+12025550123")
    assert made.appointment.starts_at == datetime(2026, 3, 3, 9, tzinfo=JERUSALEM)
    assert made.reference == CASE
    says = {name: value for name, value in LISTED.items() if value is not None}
    assert made.as_sent() == {**LISTED, **OPENED, **says}
    assert made.was_sent("date_closed")  # as null, by the calendar


def test_what_is_kept_of_an_answer_is_what_only_it_holds_where_the_calendar_says_null(vendor):
    """The two are laid over each other: the answer's own values stay, its nulls do not hide the calendar's."""
    vendor.answers(
        answer({**OPENED, "inboxName": None, "extra": 1}, 201), answer([{**LISTED, "inboxName": "Hall", "more": 2}])
    )
    made = vendor.tell(book_into(CALENDAR, **PLACED), usual())
    assert made.inbox_name == "Hall"
    assert made.unknown == {"extra": 1, "more": 2}


def test_what_the_calendar_says_goes_before_what_the_answer_echoes(vendor):
    """The answer says what was asked for, whatever the organization's hook made of it."""
    vendor.answers(
        answer({**OPENED, "channel": "FaceToFace", "serviceTypeId": RENEWAL, "language": "en-US", "rank": 1.5}, 201),
        answer([{**LISTED, "channel": "Phone", "serviceTypeId": QUESTION, "language": "es-US", "rank": 2.5}]),
    )
    made = vendor.tell(book_into(CALENDAR, **{**PLACED, "language": "en-US"}), usual())
    assert made.checked
    assert (made.channel, made.service_type_id, made.language, made.rank) == (Channel.PHONE, QUESTION, "es-US", 2.5)
    assert {(one.field, one.asked, one.got) for one in made.differences} == {
        ("channel", "FaceToFace", "Phone"),
        ("service_type_id", RENEWAL, QUESTION),
        ("language", "en-US", "es-US"),
    }


@pytest.mark.parametrize("start", [540, 550])
def test_an_appointment_that_the_answer_tells_in_part_is_the_calendars(start, vendor):
    due = {**APPOINTMENT, "start": start, "timeUtc": f"2026-03-03T07:{start - 540:02}:00Z"}
    vendor.answers(answer({**OPENED, "appointment": {"start": 540}}, 201), answer([{**LISTED, "appointment": due}]))
    made = vendor.tell(book_into(CALENDAR, **PLACED), usual())
    assert (made.appointment.start, made.appointment.duration) == (start, 10)
    assert made.starts_at == datetime(2026, 3, 3, 9, start - 540, tzinfo=JERUSALEM)
    assert made.reference == CASE
    assert [one.field for one in made.differences] == ["start"] * (start != 540)


NULLS = {
    "channel": ("channel", "FaceToFace", {}),
    "language": ("language", "en-US", {"language": "en-US"}),
    "serviceTypeId": ("service_type_id", RENEWAL, {}),
    "customer": ("customer_record_id", {"recordId": CUSTOMER_ID}, {"customer_record_id": CUSTOMER_ID}),
}


@pytest.mark.parametrize("key", NULLS)
def test_what_the_calendar_has_none_of_is_missing_though_the_answer_echoes_it(key, vendor):
    name, echoed, asked = NULLS[key]
    vendor.answers(answer({**OPENED, key: echoed}, 201), answer([{**LISTED, key: None}]))
    made = vendor.tell(book_into(CALENDAR, **{**PLACED, **asked}), usual())
    assert made.checked
    assert [(one.field, one.got) for one in made.differences] == [(name, None)]


ASKED = {
    **LEAST,
    "channel": Channel.VIDEO,
    "language": "he-IL",
    "customer_record_id": CUSTOMER_ID,
    "start": datetime(2026, 3, 3, 9, tzinfo=JERUSALEM),
}
AS_ASKED = {
    **LISTED,
    "channel": "Video",
    "language": "he-IL",
    "customer": {"dataTableId": FIELD, "recordId": CUSTOMER_ID, "displayName": "Ana Quill"},
}
OTHERWISE = {
    "service_type_id": ({"serviceTypeId": QUESTION}, RENEWAL, QUESTION),
    "no service_type_id": ({"serviceTypeId": None}, RENEWAL, None),
    "channel": ({"channel": "Phone"}, "Video", "Phone"),
    "channel nobody knows": ({"channel": "Carrier"}, "Video", "Carrier"),
    "language": ({"language": "en-US"}, "he-IL", "en-US"),
    "customer_record_id": ({"customer": {"recordId": SERVICE}}, CUSTOMER_ID, SERVICE),
    "no customer_record_id": ({"customer": None}, CUSTOMER_ID, None),
    "start": ({"appointment": {**APPOINTMENT, "start": 550}}, "540", "550"),
    "starts_at": (
        {"appointment": {**APPOINTMENT, "timeUtc": "2026-03-03T07:15:00Z"}},
        "2026-03-03T07:00:00+00:00",
        "2026-03-03T07:15:00+00:00",
    ),
    "starts_at of the case": (
        {"appointment": {**APPOINTMENT, "timeUtc": None}, "referenceDate": "2026-03-03T06:00:00Z"},
        "2026-03-03T07:00:00+00:00",
        "2026-03-03T06:00:00+00:00",
    ),
}
BARELY = {"caseId": CASE_ID}


@pytest.mark.parametrize("what", OTHERWISE)
def test_a_booking_that_is_otherwise_than_asked_says_where(what, vendor, caplog):
    other, wanted, got = OTHERWISE[what]
    vendor.answers(answer(BARELY, 201), answer([{**AS_ASKED, **other}]))
    made = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, **ASKED), usual())
    field = next(name for name in what.split() if "_" in name or name in {"channel", "language", "start"})
    assert made.differences == (Difference(field=field, asked=wanted, got=got),)
    (line,) = [one for one in caplog.messages if "otherwise" in one]
    hint = " (is time_zone, or the zone in the catalogue, the service's?)" if field == "starts_at" else ""
    assert line == f"cubu.appointments.book: the booking is otherwise than it was asked for: {field}{hint}"


SAME = {
    "as asked": {},
    "a case in capitals": {"caseId": CASE_ID.upper()},
    "GUIDs in capitals": {"serviceTypeId": RENEWAL.upper(), "customer": {"recordId": CUSTOMER_ID.upper()}},
    "a language in capitals": {"language": "HE-IL"},
    "minutes that do not fit the moment": {"appointment": {**APPOINTMENT, "timeUtc": "2026-03-03T07:11:00Z"}},
    "a moment elsewhere": {"appointment": {**APPOINTMENT, "timeUtc": "2026-03-03T02:00:00-05:00"}},
}


@pytest.mark.parametrize("what", SAME)
def test_a_booking_that_only_looks_otherwise_is_as_asked(what, vendor, caplog):
    vendor.answers(answer(BARELY, 201), answer([{**AS_ASKED, **SAME[what]}]))
    made = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, **ASKED), usual())
    assert made.checked
    assert made.differences == ()
    assert "otherwise" not in caplog.text


def test_what_the_vendor_does_not_say_is_no_difference(vendor):
    vendor.answers(answer(BARELY, 201), answer([{name: AS_ASKED[name] for name in ("caseId", "status")}]))
    made = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, **ASKED), usual())
    assert made.checked
    assert made.differences == ()
    assert made.appointment is None
    assert made.reference == CASE


def test_what_was_not_asked_for_is_no_difference(vendor):
    vendor.answers(answer(BARELY, 201), answer([{**AS_ASKED, "language": "es-US"}]))
    made = vendor.tell(book_into(CALENDAR), usual())
    assert made.differences == ()
    assert made.customer.record_id == CUSTOMER_ID


def test_what_the_answer_itself_says_is_compared_without_a_look(vendor):
    vendor.answers(answer({**OPENED, "channel": "Phone"}, 201))
    made = vendor.tell(book_into(CALENDAR), unchecked())
    assert not made.checked
    assert [difference.field for difference in made.differences] == ["channel"]
    assert methods(vendor) == ["POST"]


FAILURES = {
    "cut": CUT,
    "a 400": refusal(400),
    "a 403": refusal(403),
    "a 404": refusal(404),
    "a 429": raw(b"", 429),
    "a 429 that asks for long": raw(b"", 429, [("Retry-After", "50")]),
    "a 500": raw(b"", 500),
    "a 503 that asks for long": raw(b"", 503, [("Retry-After", "50")]),
    "HTML": raw(b"<html>"),
    "nothing": raw(b""),
    "an object": answer({}),
    "a list of another shape": answer([{"id": CASE_ID}, 5, None]),
    "an empty list": answer([]),
    "others": answer([{**LISTED, "caseId": SERVICE}]),
}


@pytest.mark.parametrize("how", FAILURES)
def test_whatever_becomes_of_the_look_the_booking_stands(how, vendor):
    vendor.answers(BOOKED, always=FAILURES[how])
    made = vendor.tell(book_into(CALENDAR, **PLACED), usual())
    assert (made.case_id, made.checked, made.differences) == (CASE_ID, False, ())
    assert made.reference == CASE
    assert methods(vendor)[:2] == ["POST", "GET"]
    assert methods(vendor).count("POST") == 1
    assert sum(vendor.clock.slept) <= 5


def test_a_401_at_the_look_renews_the_token_and_the_look_goes_on(vendor):
    vendor.answers(BOOKED, raw(b"", 401), HERE)
    made = vendor.tell(book_into(CALENDAR, **PLACED), usual())
    assert made.checked
    assert len(vendor.feed.logins) == 2


def test_a_token_that_cannot_be_renewed_at_the_look_costs_the_look_alone(vendor):
    feed = vendor.answers(BOOKED, raw(b"", 401))
    minted = feed.login

    def login(request):
        feed.login = answer({"error": "invalid_client", "error_description": "AADSTS7000215: no"}, 401)
        return minted(request)

    feed.login = login
    made = vendor.tell(book_into(CALENDAR, **PLACED), usual())
    assert (made.case_id, made.checked) == (CASE_ID, False)


PATIENCE = {
    "five seconds at most": (Timeout(attempt=60, total=300), 5.0),
    "a tenth of the call": (Timeout(attempt=20, total=20), 2.0),
}


@pytest.mark.parametrize("why", PATIENCE)
def test_the_look_takes_little_time(why, vendor):
    timeout, patience = PATIENCE[why]
    given = []

    class Slow:
        """Answers the booking, and lets the look wait for as long as it may."""

        def __init__(self):
            self.answers = deque([BOOKED])

        def take(self, request, timeout):
            if request.url.startswith(HOST) and request.method == "GET":
                given.append(timeout)
                vendor.clock.advance(timeout)
                raise CUT
            return vendor.feed.take(request)

    class SyncSlow(Slow):
        def send(self, request, timeout):
            return self.take(request, timeout)

    class AsyncSlow(Slow):
        async def send(self, request, timeout):  # noqa: ASYNC109 - as the protocol says
            return self.take(request, timeout)

    vendor.answers(BOOKED)
    engine = SyncSlow() if vendor.world.is_sync else AsyncSlow()
    began = vendor.clock.monotonic
    made = vendor.tell(book_into(CALENDAR, **PLACED), usual(), timeout=timeout, engine=engine)
    assert not made.checked
    assert given == [pytest.approx(patience)]
    assert vendor.clock.monotonic - began == pytest.approx(patience)


def test_the_look_can_be_switched_off(vendor):
    vendor.answers(BOOKED)
    made = vendor.tell(book_into(CALENDAR, **PLACED), unchecked())
    assert (made.case_id, made.checked, made.reference) == (CASE_ID, False, CASE)
    assert methods(vendor) == ["POST"]


def test_a_booking_is_read_whatever_success_is_called(vendor):
    for status in (200, 201, 202):
        vendor.answers(answer(OPENED, status))
        assert vendor.tell(book_into(CALENDAR, **PLACED), unchecked()).case_id == CASE_ID


SURPRISES = {
    "a ticket as text": ({"ticket": "B12"}, "ticket"),
    "a ticket's number as a float": ({"ticket": {"prefix": "B", "number": 12.0}}, "ticket"),
    "a status as a number": ({"status": 1}, "status"),
    "a status as an object": ({"status": {"name": "Planned"}}, "status"),
    "a channel as a number": ({"channel": 0}, "channel"),
    "a moment without an offset": ({"referenceDate": "2026-03-03T07:00:00"}, "reference_date"),
    "a moment in words": ({"calendarTimestamp": "now"}, "calendar_timestamp"),
    "a stamp that is none": ({"calendarTimestamp": "AAAAAAAAB9E="}, "calendar_timestamp"),
    "a position as text": ({"position": "3"}, "position"),
    "an inbox as an object": ({"inboxName": {"en": "x"}}, "inbox_name"),
    "an appointment of another shape": ({"appointment": {"start": "09:00"}}, "appointment"),
    "an appointment as a list": ({"appointment": []}, "appointment"),
    "a customer as text": ({"customer": "Ana"}, "customer"),
    "a language as a list": ({"language": ["en-US"]}, "language"),
}


@pytest.mark.parametrize("what", SURPRISES)
def test_an_answer_of_another_shape_is_still_a_booking(what, vendor):
    surprise, field = SURPRISES[what]
    body = {**OPENED, **surprise}
    vendor.answers(answer(body, 201))
    made = vendor.tell(book_into(CALENDAR, **PLACED), unchecked())
    assert (made.case_id, made.ticket_url, made.recovered) == (CASE_ID, OPENED["ticketUrl"], False)
    assert getattr(made, field) is None
    assert made.as_sent() == body
    assert methods(vendor) == ["POST"]


@pytest.mark.parametrize("what", SURPRISES)
def test_an_answer_of_another_shape_is_still_completed_from_the_calendar(what, vendor):
    surprise, _ = SURPRISES[what]
    vendor.answers(answer({**OPENED, **surprise}, 201), HERE)
    made = vendor.tell(book_into(CALENDAR, **PLACED), usual())
    assert made.case_id == CASE_ID
    assert made.service_type_id == RENEWAL
    assert made.checked


def test_everything_at_once_that_surprises_is_still_a_booking(vendor):
    body = {name: [[]] for name in OPENED} | {"caseId": CASE_ID}
    vendor.answers(answer(body, 201))
    made = vendor.tell(book_into(CALENDAR, **PLACED), unchecked())
    assert made == attrs.evolve(made, **dict.fromkeys(("status", "ticket", "channel")))
    assert made.case_id == CASE_ID
    assert made.as_sent() == body


def test_a_booking_goes_to_another_process_and_back(vendor):
    vendor.answers(answer(BARELY, 201), answer([{**AS_ASKED, "channel": "Phone"}]))
    made = vendor.tell(lambda c: c.call("appointments.book", CALENDAR, **ASKED), usual())
    twin = pickle.loads(pickle.dumps(made))
    assert twin == made
    assert (twin.differences, twin.checked, twin.reference) == (made.differences, True, made.reference)
    assert twin.appointment.starts_at == made.appointment.starts_at
    assert twin.appointment.time_zone == "Asia/Jerusalem"


def test_a_booking_by_hand_does_not_know_its_calendar():
    with pytest.raises(ValueError, match=r"^This booking was made by hand"):
        _ = Booking(case_id=CASE_ID).reference
    assert not Booking(case_id=CASE_ID).checked


# --- refusals --------------------------------------------------------------------------------------------------------


def test_a_409_means_that_the_time_is_taken(vendor):
    vendor.answers(refusal(409, 99001, "The time slot is not vacant."))
    with pytest.raises(SlotUnavailableError, match="The time slot is not vacant") as caught:
        vendor.tell(book_into(CALENDAR), usual())
    assert isinstance(caught.value.__cause__, ConflictError)
    assert caught.value.__cause__.code == "99001"
    assert caught.value.response.status == 409
    assert (caught.value.provider, caught.value.operation) == ("cubu", "cubu.appointments.book")
    assert methods(vendor) == ["POST"]


TAKEN = {
    "a 422 that is said to": ((422,), 422, SlotUnavailableError),
    "a 400 that is said to": ((409, 400), 400, SlotUnavailableError),
    "a 409 that is not": ((422,), 409, ConflictError),
    "none": ((), 409, ConflictError),
    "a 422 by default": ((409,), 422, ValidationError),
    "a 400 by default": ((409,), 400, BadRequestError),
    "a 404": ((409,), 404, NotFoundError),
    "a 403": ((409,), 403, PermissionDeniedError),
}


@pytest.mark.parametrize("which", TAKEN)
def test_which_status_means_that_the_time_is_taken_is_a_setting(which, vendor):
    statuses, status, kind = TAKEN[which]
    vendor.answers(refusal(status, 99001, "Not to be had."))
    with pytest.raises(kind, match="Not to be had"):
        vendor.tell(book_into(CALENDAR), usual(slot_taken_statuses=statuses))
    assert methods(vendor) == ["POST"]


ABOUT_ELSE = {
    "its fields": ({"errors": {"contactEmail": ["required"]}}, ValidationError),
    "a published code": ({"errorCode": 1002}, BadRequestError),
    "a published code with blanks": ({"errorCode": " 1002 "}, BadRequestError),
    "the time": ({"message": "Not vacant."}, SlotUnavailableError),
}


@pytest.mark.parametrize("what", ABOUT_ELSE)
def test_a_400_that_may_mean_a_taken_time_is_what_it_says_that_it_is(what, vendor):
    body, kind = ABOUT_ELSE[what]
    vendor.answers(answer(body, 400))
    with pytest.raises(kind) as caught:
        vendor.tell(book_into(CALENDAR), usual(slot_taken_statuses=(400, 409)))
    assert type(caught.value) is kind


def test_a_token_that_is_refused_with_such_a_status_is_no_taken_time(vendor):
    told = {"error": "invalid_request", "error_description": "AADSTS900023: no such tenant.", "error_codes": [900023]}
    vendor.answers().login = answer(told, 400)
    with pytest.raises(AuthenticationError, match=r"400 .*no such tenant") as caught:
        vendor.tell(book_into(CALENDAR), usual(slot_taken_statuses=(400, 409)))
    assert type(caught.value) is AuthenticationError
    assert vendor.feed.requests == []


# --- moving ----------------------------------------------------------------------------------------------------------

LATER = {**PLACED, "start": 550}
NEW_ID = "11111111-2222-4333-8444-555555555555"
NEW = {**OPENED, "caseId": NEW_ID}
NEW_REF = CaseRef(service_id=SERVICE, date=CALENDAR.date, cu_index=0, case_id=NEW_ID)
GONE = raw(b"", 204)


async def rebook(c, old=CASE, calendar=CALENDAR, **other):
    return await c.call("appointments.rebook", old, calendar, **{**LATER, **other})


def test_a_move_books_anew_and_then_cancels_the_old(vendor):
    vendor.answers(answer(NEW, 201), answer([LISTED, {**LISTED, "caseId": NEW_ID}]), GONE)
    new = vendor.tell(rebook, usual())
    assert (new.case_id, new.checked) == (NEW_ID, True)
    assert [(one.method, one.path.rpartition("/")[2]) for one in vendor.seen] == [
        ("POST", "appointments"),
        ("GET", "appointments"),
        ("DELETE", CASE_ID),
    ]


@pytest.mark.parametrize("old", [CASE, str(CASE), WIRE.structure({**LISTED, "caseId": CASE_ID}, Booking)], ids=type)
def test_the_old_one_can_be_named_in_any_form(old, vendor):
    vendor.answers(answer(NEW, 201), GONE)
    vendor.tell(lambda c: rebook(c, old), unchecked())
    assert vendor.seen[1].path == f"/calendars/{SERVICE}/2026-03-03/0/appointments/{CASE_ID}"


@pytest.mark.parametrize("old", [CALENDAR, "x", None, 5], ids=["a calendar", "no reference", "None", "a number"])
def test_what_names_no_old_one_is_refused_before_anything_is_booked(old, vendor):
    with pytest.raises((TypeError, ValueError)):
        vendor.tell(lambda c: rebook(c, old), usual())
    assert vendor.feed.requests == vendor.feed.logins == []


STANDS = {
    "taken": (refusal(409, 99001, "Taken."), SlotUnavailableError),
    "refused": (refusal(400, 99400, "No."), BadRequestError),
    "no role": (refusal(403), PermissionDeniedError),
    "no calendar": (refusal(404), NotFoundError),
    "lost": (CUT, OutcomeUnknownError),
}


@pytest.mark.parametrize("how", STANDS)
def test_where_the_new_one_fails_the_old_one_stands(how, vendor):
    failure, kind = STANDS[how]
    vendor.answers(failure, always=answer([LISTED]))
    with pytest.raises(kind):
        vendor.tell(rebook, usual())
    assert "DELETE" not in methods(vendor)
    assert methods(vendor).count("POST") == 1


def test_a_time_that_is_taken_in_the_old_ones_calendar_may_be_taken_by_it(vendor):
    async def story(c):
        notes = []
        for calendar in (CALENDAR, str(CALENDAR), attrs.evolve(CALENDAR, cu_index=1)):
            vendor.feed.answers.append(refusal(409, 99001, "Taken."))
            with pytest.raises(SlotUnavailableError) as caught:
                await rebook(c, calendar=calendar)
            notes.append(getattr(caught.value, "__notes__", []))
        return notes

    own, own_text, other = vendor.tell(story, usual())
    assert own == own_text
    assert own == ["The old appointment may be what is in the way. Nothing changed."]
    assert other == []


NOT_DONE = r"could not be cancelled: both may stand, see \.new and \.old"
PERHAPS = "may be cancelled or not: cancelling it again is harmless"
ABSENT = "is not there: it was cancelled before, or its reference is wrong"
NOT_CANCELLED = {
    "a 409": (refusal(409, 1001), ConflictError, NOT_DONE),
    "a 404": (refusal(404), NotFoundError, ABSENT),
    "a 403": (refusal(403), PermissionDeniedError, NOT_DONE),
    "a 405": (raw(b"", 405), APIStatusError, NOT_DONE),
    "cut": (CUT, OutcomeUnknownError, PERHAPS),
    "a 503": (raw(b"", 503), ServerError, NOT_DONE),
}


@pytest.mark.parametrize("how", NOT_CANCELLED)
def test_where_the_old_one_cannot_be_cancelled_both_are_named(how, vendor):
    failure, kind, fate = NOT_CANCELLED[how]
    feed = vendor.answers(answer(NEW, 201))
    feed.always = lambda request: failure if request.method == "DELETE" else answer([LISTED])
    if failure is CUT:
        feed.always = cut_unless_looked_for
    with pytest.raises(NotCancelledError, match=rf" {NEW_REF}, is booked\. .* {CASE}, {fate}\.$") as caught:
        vendor.tell(rebook, unchecked())
    error = caught.value
    assert (error.new.reference, error.old) == (NEW_REF, CASE)
    assert isinstance(error.new, Booking)
    assert isinstance(error.__cause__, kind)
    assert (error.provider, error.operation) == ("cubu", "cubu.appointments.rebook")
    twin = pickle.loads(pickle.dumps(error))
    assert (twin.new, twin.old, str(twin)) == (error.new, error.old, str(error))
    assert methods(vendor).count("POST") == 1


def cut_unless_looked_for(request):
    if request.method == "DELETE":
        raise CUT
    return answer([LISTED])


# --- at the sandbox --------------------------------------------------------------------------------------------------

TUESDAY = date(2026, 3, 3)
CONTACT = {"contact_phone_number": "2025550123", "contact_email": "ana@example.org"}


async def calendar_of(c, service="Front desk", day=TUESDAY, index=0):
    return (await c.collect(c.list("calendars.list", service, day)))[index]


async def slot_of(c, calendar, kind="Passport renewal", index=0):
    return (await c.call("calendars.vacancies", calendar, service_type_id=kind)).slots[index]


async def take(c, calendar, **other):
    start = other.pop("start", None) or await slot_of(c, calendar)
    given = {"service_type_id": "Passport renewal", "channel": "FaceToFace", "start": start, **CONTACT, **other}
    return await c.call("appointments.book", calendar, **given)


def test_a_slot_is_booked_refused_to_the_next_and_free_again_after_its_cancellation(office):
    async def story(c):
        calendar = await calendar_of(c)
        slot = await slot_of(c, calendar)
        made = await take(c, calendar, start=slot)
        assert (made.appointment.starts_at, made.status, made.checked) == (slot, CaseStatus.PLANNED, True)
        assert made.differences == ()
        with pytest.raises(SlotUnavailableError, match="not vacant"):
            await take(c, calendar, start=slot)
        assert slot != await slot_of(c, calendar)
        assert await c.call("appointments.cancel", made) is None
        assert slot == await slot_of(c, calendar)
        with pytest.raises(NotFoundError):
            await c.call("appointments.cancel", made)

    office.tell(story)
    assert len(office.sandbox.ledger.created("appointments")) == 1
    assert office.live() == []


def test_what_is_booked_is_listed_and_found(office):
    async def story(c):
        calendar = await calendar_of(c)
        everything = {
            "customer_record_id": office.customer,
            "language": "he-IL",
            "channel": Channel.VIDEO,
            "fields": {"Reason of the visit": "renewal"},
            "tag_ids": ["VIP"],
            "prevent_self_check_in": True,
        }
        made = await take(c, calendar, **everything)
        assert made.differences == ()
        (mine,) = await c.collect(c.list("appointments.list", calendar, customer_record_id=office.customer))
        assert mine.case_id == made.case_id
        assert (mine.language, mine.channel, mine.fields) == ("he-IL", Channel.VIDEO, {seed.REASON: "renewal"})
        assert mine.online_meeting.participants_url
        assert mine.tags == [seed.VIP]
        found = await c.call("appointments.get", str(made.reference))
        assert found == mine
        assert await c.collect(c.list("appointments.list", calendar, customer_record_id=CASE_ID)) == []

    office.tell(story)


HOOKS = {
    "the service type": ({"serviceTypeId": seed.QUESTION}, ("service_type_id", seed.RENEWAL, seed.QUESTION)),
    "the channel": ({"channel": "Video"}, ("channel", "FaceToFace", "Video")),
    "no customer": ({"customerRecordId": None}, ("customer_record_id", "{customer}", None)),
}


@pytest.mark.parametrize("has_appointment", [False, True])
@pytest.mark.parametrize("what", HOOKS)
def test_what_the_organizations_hook_changed_is_told(what, has_appointment, office):
    changes, (field, wanted, got) = HOOKS[what]
    office.emulation.before_book = lambda body: changes
    office.emulation.answer_has_appointment = has_appointment

    async def story(c):
        calendar = await calendar_of(c)
        return await take(c, calendar, customer_record_id=office.customer)

    made = office.tell(story)
    assert made.differences == (Difference(field=field, asked=wanted.format(customer=office.customer), got=got),)
    assert made.checked
    assert office.live() == [made.case_id]


def test_a_hook_that_adds_fields_and_tags_is_seen_in_the_booking(office):
    office.emulation.before_book = lambda body: {"fields": {seed.REASON: "hooked"}, "tagIds": [seed.WHEELCHAIR]}

    async def story(c):
        return await take(c, await calendar_of(c), fields={"Reason of the visit": "mine"})

    made = office.tell(story)
    assert (made.fields, made.tags, made.differences) == ({seed.REASON: "hooked"}, [seed.WHEELCHAIR], ())


def test_a_hook_that_refuses_leaves_nothing_behind(office):
    office.emulation.before_book = lambda body: {"cancel": "Not on Tuesdays."}

    async def story(c):
        with pytest.raises(BadRequestError, match=r"Not on Tuesdays\.") as caught:
            await take(c, await calendar_of(c))
        return caught.value

    error = office.tell(story)
    assert error.code == "99004"
    assert office.live() == []
    assert len(office.seen("POST")) == 1


def test_an_answer_with_an_appointment_reads_like_one_without(office):
    async def story(c):
        calendar = await calendar_of(c)
        made = []
        for has in (False, True):
            office.emulation.answer_has_appointment = has
            made.append(await take(c, calendar))
        return made

    without, with_it = office.tell(story)
    assert with_it.appointment.starts_at - without.appointment.starts_at == timedelta(minutes=10)
    assert (with_it.reference.calendar, with_it.differences) == (without.reference.calendar, ())
    assert with_it.appointment.time_zone == without.appointment.time_zone == "Asia/Jerusalem"


def test_an_answer_with_an_appointment_says_more_without_a_look(office):
    office.emulation.answer_has_appointment = True

    async def story(c):
        return await take(c, CalendarRef(service_id=seed.FRONT_DESK, date=TUESDAY, cu_index=0), start=540)

    made = office.tell(story, office.settings(check_bookings=False))
    assert (made.checked, made.appointment.start, made.differences) == (False, 540, ())
    assert [one.method for one in office.seen()] == ["POST"]


FAULTS = {
    "hang": {"kind": "hang"},
    "a 500": {"kind": "status", "status": 500},
    "a 403": {"kind": "status", "status": 403},
    "garble": {"kind": "garble"},
    "drop_after": {"kind": "drop_after"},
}


@pytest.mark.parametrize("how", FAULTS)
def test_a_look_that_fails_at_the_sandbox_loses_nothing(how, office):
    async def story(c):
        calendar = await calendar_of(c)
        slot = await slot_of(c, calendar)
        office.sandbox.fault(method="GET", path="*/appointments", times=None, **FAULTS[how])
        return await take(c, calendar, start=slot)

    made = office.tell(story, timeout=Timeout(attempt=2, total=2))
    assert not made.checked
    assert office.live() == [made.case_id]
    assert len(office.seen("POST")) == 1


def test_what_a_service_requires_is_refused_by_its_own_calendar(office):
    wants = {
        "Passport office": "customer_record_id",
        "Island line": "contact_phone_number",
        "Night line": "contact_email",
    }

    async def story(c):
        for service, name in wants.items():
            calendar = await calendar_of(c, service)
            slot = await slot_of(c, calendar, "General question")
            given = {"service_type_id": "General question", "start": slot, "channel": "Phone"}
            with pytest.raises(ValueError, match=rf"^The service requires {name} for a booking"):
                await c.call("appointments.book", calendar, **given)
            with pytest.raises(ValidationError) as caught:  # what names the calendar leaves it to the vendor
                await c.call("appointments.book", calendar.reference, **given)
            (wrong,) = caught.value.fields
            assert wrong.lower() in {"cusotmerrecordid", name.replace("_", "")}
            every = {**CONTACT, "customer_record_id": office.customer}
            await c.call("appointments.book", calendar, **given, **{name: every[name]})

    office.tell(story)
    assert len(office.live()) == 3


def test_a_bypass_books_what_is_taken_and_nothing_outside_the_hours(office):
    async def story(c):
        calendar = await calendar_of(c)
        first = await take(c, calendar, start=540)
        second = await take(c, calendar, start=540, bypass_timeslot_check=True)
        with pytest.raises(ValueError, match="outside the working hours"):
            await take(c, calendar, start=955, bypass_timeslot_check=True)
        with pytest.raises(SlotUnavailableError, match="outside the working hours"):
            await take(c, calendar.reference, start=955, bypass_timeslot_check=True)
        return first, second

    first, second = office.tell(story)
    assert office.live() == [first.case_id, second.case_id]


@pytest.mark.parametrize("name", WORLDS)
def test_of_two_racers_for_one_slot_one_books_and_the_other_is_told(name, sandbox):
    world, barrier, ends = World(name), threading.Barrier(2, timeout=10), []

    def race(_):
        async def story(c):
            calendar = await calendar_of(c)  # the connection is open
            barrier.wait()
            try:
                ends.append(await take(c, calendar, start=540))
            except SlotUnavailableError as error:
                ends.append(error)

        world.tell(story, world.client(CLIENTS, sandbox.cubu))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(race, range(2)))
    assert len(sandbox.ledger.live("appointments")) == 1
    assert sorted(type(one).__name__ for one in ends) == ["Booking", "SlotUnavailableError"]


def moved(office, story):
    """Tell a story of an appointment at nine, and give what it returned."""

    async def told(c):
        calendar = await calendar_of(c)
        return await story(c, calendar, await take(c, calendar, start=540))

    return office.tell(told)


def test_an_appointment_is_moved_and_its_time_is_free_again(office):
    async def story(c, calendar, old):
        given = {"service_type_id": "Passport renewal", "channel": "FaceToFace", "start": 600}
        new = await c.call("appointments.rebook", old, calendar, **given)
        assert (await slot_of(c, calendar)).hour == 8
        vacancies = await c.call("calendars.vacancies", calendar, service_type_id="Passport renewal")
        assert 540 in vacancies.minutes
        assert 600 not in vacancies.minutes
        return old, new

    old, new = moved(office, story)
    assert office.live() == [new.case_id]
    assert [(one.action, one.id) for one in office.sandbox.ledger] == [
        ("create", old.case_id),
        ("create", new.case_id),
        ("cancel", old.case_id),
    ]


def test_an_appointment_moved_onto_itself_stands_where_it_is(office):
    async def story(c, calendar, old):
        given = {"service_type_id": "Passport renewal", "channel": "FaceToFace", "start": 540}
        with pytest.raises(SlotUnavailableError, match="not vacant") as caught:
            await c.call("appointments.rebook", old, calendar, **given)
        assert caught.value.__notes__ == ["The old appointment may be what is in the way. Nothing changed."]
        bypassed = await c.call("appointments.rebook", old, calendar, **given, bypass_timeslot_check=True)
        return old, bypassed

    old, bypassed = moved(office, story)
    assert old.case_id != bypassed.case_id
    assert office.live() == [bypassed.case_id]


def test_a_move_into_another_service_leaves_one_appointment(office):
    async def story(c, calendar, old):
        there = await calendar_of(c, "Night line", TUESDAY + timedelta(days=1), 1)
        given = {"service_type_id": "Advice call", "channel": "Phone", "contact_email": "ana@example.org"}
        new = await c.call("appointments.rebook", old, there, start=await slot_of(c, there, "Advice call"), **given)
        assert new.reference.calendar == there.reference
        return new

    new = moved(office, story)
    assert office.live() == [new.case_id]


def test_an_old_one_that_is_gone_already_is_named_beside_the_new(office):
    async def story(c, calendar, old):
        await c.call("appointments.cancel", old)
        given = {"service_type_id": "Passport renewal", "channel": "FaceToFace", "start": 600}
        with pytest.raises(NotCancelledError) as caught:
            await c.call("appointments.rebook", old, calendar, **given)
        return old, caught.value

    old, error = moved(office, story)
    assert error.old == old.reference
    assert office.live() == [error.new.case_id]
    assert isinstance(error.__cause__, NotFoundError)
