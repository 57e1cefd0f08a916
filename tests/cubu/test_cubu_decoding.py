"""From the vendor's JSON to objects: what its pages show, variations of it, and what does not decode."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import get_args, get_origin, get_type_hints

import attrs
import pytest
from cubu_support import (
    APPOINTMENT,
    CALENDAR,
    CASE_ID,
    CUSTOMER_ID,
    DESK,
    FIELD,
    LISTED,
    OPENED,
    RECORD,
    RENEWAL,
    SERVICE,
    TAG,
    VACANT,
    answer,
    raw,
    settings,
)
from hypothesis import given
from hypothesis import strategies as st

from apptsdk import ResponseUnreadableError
from apptsdk.models import Model, OpenStr
from apptsdk.providers.cubu import (
    Appointment,
    Booking,
    Calendar,
    CalendarStats,
    Case,
    CaseCustomer,
    CaseStatus,
    Channel,
    CustomerField,
    CustomerRecord,
    EntryMode,
    MeetingProvider,
    OnlineMeeting,
    Ticket,
    User,
    Vacancies,
    WorkingHours,
    models,
)
from apptsdk.providers.cubu.booking import case_of
from apptsdk.providers.cubu.wire import WIRE
from apptsdk.wire import Undecodable


def is_model(kind):
    return isinstance(kind, type) and issubclass(kind, Model)


MODELS = tuple(kind for kind in (getattr(models, name) for name in models.__all__) if is_model(kind))
every = pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)


def utc(*args):
    return datetime(*args, tzinfo=UTC)


def read(kind, value):
    return WIRE.structure(value, kind)


async def listed(c):
    return await c.collect(c.list("appointments.list", CALENDAR))


# --- as the pages show it --------------------------------------------------------------------------------------------

AGENT = {
    "userId": "6e9f1b04-3a52-4c8d-8b70-c4d2e1f0a901",
    "displayName": "Agent One",
    "initials": "AO",
    "picture": "https://pictures.example.com/1.png",
}
WHOLE_CALENDAR = {
    "serviceId": SERVICE,
    "date": "2026-03-02T00:00:00",
    "cuIndex": 2,
    "calendarTimestamp": "2026-02-20T10:24:42.8977365Z",
    "serviceName": "Front desk",
    "serviceCategoryId": TAG,
    "serviceCategoryName": "Documents",
    "isCustomerRequired": False,
    "isPhoneNumberRequired": True,
    "isEmailRequired": False,
    "customersDataTableId": FIELD,
    "phoneNumberFieldTypeId": RENEWAL,
    "emailFieldTypeId": None,
    "workingHours": [{"start": 480, "end": 720}, {"start": 780, "end": 960}],
    "user": AGENT,
    "allowAnonymousAgentBooking": True,
    "inboxId": CASE_ID,
    "inboxName": "Front desk",
    "isInAgentsBookingWindow": True,
    "agentsBookingActive": True,
    "isInSelfBookingWindow": False,
    "selfBookingActive": False,
    "stats": {
        "appointmentCount": 1,
        "capacityMinutes": 420,
        "minutesBooked": 15,
        "bookingRate": 0.03571428571428571,
        "compMinutesBooked": 12,
        "compBookingRate": 0.02857142857142857,
        "isFullyBooked": False,
    },
    "isPastDate": False,
    "issues": [],
}
WHOLE_CASE = {
    **OPENED,
    "appointment": {
        "serviceId": SERVICE,
        "date": "2026-03-02T00:00:00",
        "cuIndex": 0,
        "start": 700,
        "timeLocal": "2026-03-02T11:51:00",
        "timeUtc": "2026-03-02T09:51:00Z",
        "timeZoneId": "Israel Standard Time",
        "duration": 15,
        "noShowProbability": 0.2,
        "reservationToken": "hold-1",
        "reservationExpiryDate": "2026-02-20T10:34:42.8977365Z",
    },
    "serviceCategoryId": TAG,
    "serviceCategoryName": "Documents",
    "serviceTypeId": RENEWAL,
    "serviceTypeName": "Passport renewal",
    "serviceTypeColorCode": "SteelBlue",
    "statusDate": "2026-02-20T10:24:42.8977365Z",
    "dateOpened": "2026-02-20T10:24:42.8977365Z",
    "dateClosed": None,
    "assignedTo": AGENT,
    "lockedBy": None,
    "customer": {"dataTableId": FIELD, "recordId": CUSTOMER_ID, "displayName": "Ana Quill"},
    "onlineMeeting": {
        "provider": "GoogleMeet",
        "meetingId": "m-1",
        "hostUrl": "https://meetings.example.com/host/1",
        "participantsUrl": "https://meetings.example.com/join/1",
        "dateCreated": "2026-02-20T10:24:43Z",
        "error": None,
    },
    "channel": "Video",
    "rank": 3.7e37,
    "unitId": TAG,
    "unitName": "Main branch",
    "inboxColorCode": "#2a9d8f",
    "caseTimestamp": "2026-02-20T10:24:42.8977365Z",
    "workstationId": None,
    "workstationName": None,
    "printedTicket": False,
    "contactPhoneNumber": "+12225550123",
    "contactEmail": "ana@example.org",
    "entryMode": "WalkIn",
    "fields": {FIELD: "x"},
    "tags": [TAG],
}


def test_a_calendar_reads_field_by_field(vendor):
    vendor.answers(answer([WHOLE_CALENDAR]))
    (found,) = vendor.tell(lambda c: c.collect(c.list("calendars.list", SERVICE, date(2026, 3, 2))), settings())
    plain = {
        "service_id": SERVICE,
        "date": date(2026, 3, 2),
        "cu_index": 2,
        "calendar_timestamp": utc(2026, 2, 20, 10, 24, 42, 897_736),
        "service_name": "Front desk",
        "service_category_id": TAG,
        "service_category_name": "Documents",
        "is_customer_required": False,
        "is_phone_number_required": True,
        "is_email_required": False,
        "customers_data_table_id": FIELD,
        "phone_number_field_type_id": RENEWAL,
        "email_field_type_id": None,
        "working_hours": (WorkingHours(start=480, end=720), WorkingHours(start=780, end=960)),
        "user": User(
            user_id=AGENT["userId"],
            display_name="Agent One",
            initials="AO",
            picture="https://pictures.example.com/1.png",
        ),
        "allow_anonymous_agent_booking": True,
        "inbox_id": CASE_ID,
        "inbox_name": "Front desk",
        "is_in_agents_booking_window": True,
        "agents_booking_active": True,
        "is_in_self_booking_window": False,
        "self_booking_active": False,
        "stats": CalendarStats(
            appointment_count=1,
            capacity_minutes=420,
            minutes_booked=15,
            booking_rate=15 / 420,
            comp_minutes_booked=12.0,
            comp_booking_rate=12 / 420,
            is_fully_booked=False,
        ),
        "is_past_date": False,
        "issues": (),
    }
    check(found, plain, WHOLE_CALENDAR)
    assert str(found.reference) == f"{SERVICE}/2026-03-02/2"
    assert repr(found) == f"<Calendar service_id='{SERVICE}' date=2026-03-02 cu_index=2>"


def test_vacancies_read_field_by_field(vendor):
    vendor.answers(answer(VACANT))

    async def story(c):
        return await c.call("calendars.vacancies", CALENDAR, service_type_id=RENEWAL)

    found = vendor.tell(story, settings(time_zone="Asia/Jerusalem"))
    check(
        found,
        {
            "service_type_id": RENEWAL,
            "service_type_name": "Passport renewal",
            "duration_minutes": 10,
            "minutes": (540, 550, 560),
        },
        VACANT,
    )
    assert found.duration == timedelta(minutes=10)
    assert [slot.isoformat() for slot in found.slots] == [f"2026-03-03T09:{minute}0:00+02:00" for minute in range(3)]


CASE_PLAIN = {
    "case_id": CASE_ID,
    "ticket": Ticket(prefix="B", suffix=None, number=12),
    "service_category_id": TAG,
    "service_category_name": "Documents",
    "service_type_id": RENEWAL,
    "service_type_name": "Passport renewal",
    "service_type_color_code": "SteelBlue",
    "status": CaseStatus.PLANNED,
    "status_date": utc(2026, 2, 20, 10, 24, 42, 897_736),
    "reference_date": utc(2026, 3, 3, 7),
    "date_opened": utc(2026, 2, 20, 10, 24, 42, 897_736),
    "date_closed": None,
    "assigned_to": read(User, AGENT),
    "locked_by": None,
    "customer": CaseCustomer(data_table_id=FIELD, record_id=CUSTOMER_ID, display_name="Ana Quill"),
    "online_meeting": OnlineMeeting(
        provider=MeetingProvider.GOOGLE_MEET,
        meeting_id="m-1",
        host_url="https://meetings.example.com/host/1",
        participants_url="https://meetings.example.com/join/1",
        date_created=utc(2026, 2, 20, 10, 24, 43),
    ),
    "channel": Channel.VIDEO,
    "language": "en-US",
    "rank": 3.7e37,
    "unit_id": TAG,
    "unit_name": "Main branch",
    "inbox_id": OPENED["inboxId"],
    "inbox_name": "Front desk",
    "inbox_color_code": "#2a9d8f",
    "case_timestamp": utc(2026, 2, 20, 10, 24, 42, 897_736),
    "workstation_id": None,
    "workstation_name": None,
    "printed_ticket": False,
    "contact_phone_number": "+12225550123",
    "contact_email": "ana@example.org",
    "entry_mode": EntryMode.WALK_IN,
    "fields": {FIELD: "x"},
    "tags": [TAG],
    "queue_timestamp": None,
    "position": None,
    "calendar_timestamp": utc(2026, 3, 2, 7, 0, 0, 897_736),
    "ticket_url": "https://tickets.example.com/t/12",
    "appointment": Appointment(
        service_id=SERVICE,
        date=date(2026, 3, 2),
        cu_index=0,
        start=700,
        time_local="2026-03-02T11:51:00",
        time_utc=utc(2026, 3, 2, 9, 51),
        time_zone_id="Israel Standard Time",
        duration=15,
        no_show_probability=0.2,
        reservation_token="hold-1",
        reservation_expiry_date=utc(2026, 2, 20, 10, 34, 42, 897_736),
    ),
}


def check(made, plain, sent):
    """Hold an object against what it must hold, field by field; all that was sent must have a field."""
    names = [field.name for field in attrs.fields(type(made)) if not field.name.startswith("_")]
    assert set(names) == set(plain)
    for name in names:
        assert getattr(made, name) == plain[name], name
        assert type(getattr(made, name)) is type(plain[name]), name
        assert made.was_sent(name), name
    assert {made.sent_as[name] for name in names} == set(sent)
    assert made.unknown == {}
    assert made.as_sent() == sent


def test_a_case_reads_field_by_field(vendor):
    vendor.answers(answer([WHOLE_CASE]))
    (found,) = vendor.tell(listed, settings())
    check(found, CASE_PLAIN, WHOLE_CASE)
    assert (found.id, found.created_at) == (CASE_ID, found.date_opened)
    assert found.ticket.label == "B12"
    assert str(found.reference) == f"{SERVICE}/2026-03-02/0/{CASE_ID}"
    assert (
        repr(found)
        == f"<Case case_id='{CASE_ID}' status={CaseStatus.PLANNED!r} starts_at={found.starts_at.isoformat()}>"
    )
    assert found.starts_at == found.appointment.starts_at is not None


QUEUED = {
    "caseId": CASE_ID,
    "status": "Waiting",
    "referenceDate": "2026-03-02T09:41:07.825553Z",
    "inboxId": TAG,
    "inboxName": "Front desk",
    "channel": "FaceToFace",
    "language": "en-US",
    "ticket": {"prefix": "B", "suffix": None, "number": 12},
    "queueTimestamp": "2026-03-02T09:41:10.574716Z",
    "position": 3,
    "calendarTimestamp": None,
    "ticketUrl": "https://tickets.example.com/t/12",
}


def test_a_walk_in_reads_field_by_field(vendor):
    vendor.answers(answer(QUEUED, 201))

    async def story(c):
        return await c.call("queue.join", SERVICE, service_type_id=RENEWAL, channel="FaceToFace")

    found = vendor.tell(story, settings())
    assert type(found) is Case
    assert (found.case_id, found.status, found.position) == (CASE_ID, CaseStatus.WAITING, 3)
    assert found.reference_date == utc(2026, 3, 2, 9, 41, 7, 825_553)
    assert found.queue_timestamp == utc(2026, 3, 2, 9, 41, 10, 574_716)
    assert (found.calendar_timestamp, found.appointment, found.reference) == (None, None, None)
    assert found.was_sent("calendar_timestamp")
    assert not found.was_sent("appointment")
    assert found.ticket.label == "B12"
    assert found.unknown == {}


def test_a_customer_reads_field_by_field(vendor):
    vendor.answers(answer(RECORD))
    found = vendor.tell(lambda c: c.call("customers.get", CUSTOMER_ID), settings())
    assert (found.record_id, found.id, found.display_name) == (CUSTOMER_ID, CUSTOMER_ID, "Adaline Parkinson")
    assert found.date_created == found.created_at == found.date_updated == utc(2026, 3, 2, 7)
    (field,) = found.fields
    assert field == CustomerField(
        field_type_id=FIELD,
        data_type="Text",
        field_name="First name",
        slug="customer-first-name",
        is_key=False,
        is_required=True,
        data=models.FieldData(display_text="Adaline", text="Adaline"),
        value="Adaline",
        hash="a1b2",
        color_code=None,
        position=1,
    )
    for name in (FIELD.upper(), "Customer-First-Name", "first name"):
        assert found.field(name) is field
    assert found.field("Shoe size") is None
    assert (found.unknown, field.unknown, field.data.unknown) == ({}, {}, {})


def test_a_customer_without_fields_has_none():
    assert CustomerRecord(record_id=CUSTOMER_ID).field("x") is None


VALUES_OF_FIELDS = ["a", "", 1, 1.5, True, None, [1, None], {"a": {"b": [1]}}]


@pytest.mark.parametrize("value", VALUES_OF_FIELDS, ids=repr)
def test_a_fields_value_is_kept_as_it_was_sent(value):
    made = read(CustomerField, {"value": value})
    assert made.value == value
    assert type(made.value) is type(value)
    assert hash(made) == hash(read(CustomerField, {"value": "another"}))
    case = read(Case, {"caseId": CASE_ID, "fields": value, "tags": value})
    assert (case.fields, case.tags) == (value, value)
    assert pickle.loads(pickle.dumps(case)) == case


# --- every field of every object -------------------------------------------------------------------------------------

MOMENT = "2026-03-02T09:00:00.1234567+02:00"
VALUES = {
    str: ("text", "text"),
    int: (2**53 + 1, 2**53 + 1),
    bool: (True, True),
    float: (3.7e37, 3.7e37),
    datetime: (MOMENT, datetime.fromisoformat("2026-03-02T09:00:00.123456+02:00")),
    date: ("2026-03-02T00:00:00", date(2026, 3, 2)),
    int | str: (5, 5),
    object: ({"a": [1, None]}, {"a": [1, None]}),
}
WRONG = {
    str: (True, 1.5, [], {}),
    int: ("5", 5.0, 1.2e18, True, [], {}),
    bool: ("true", 1, 0, [], {}),
    float: ("1.5", True, [], {}),
    datetime: ("later", 5, "2026-03-02T09:00:00", "", [], {}),
    date: ("2026-03-02T01:00:00", "2026-03-02T01:00:00Z", "02.03.2026", "2026-02-30", "", 5, [], {}),
    int | str: (5.0, True, [], {}),
    object: (),
}


def inner(kind):
    """The X of `X | None`."""
    parts = [part for part in get_args(kind) if part is not type(None)]
    if type(None) not in get_args(kind) or get_origin(kind) is tuple:
        return kind
    return parts[0] if len(parts) == 1 else int | str


def sample(kind):
    """Give something to send for a field of a kind, and what is read then; None for what is no plain value."""
    if get_origin(kind) is tuple:
        sent, _ = sample(get_args(kind)[0])
        return [sent, sent], None
    if is_model(kind):
        return minimal(kind), None
    if isinstance(kind, type) and issubclass(kind, OpenStr):
        return "never seen", kind("never seen")
    return VALUES[kind]


def minimal(kind):
    """Give the least that decodes."""
    hints = get_type_hints(kind)
    return {
        kind.sent_as[field.name]: sample(hints[field.name])[0]
        for field in attrs.fields(kind)
        if field.init and field.default is attrs.NOTHING
    }


def fields_of(kind):
    """Give the fields that may be left out: their names here and there, and what they are."""
    hints = get_type_hints(kind)
    return [
        (field.name, kind.sent_as[field.name], inner(hints[field.name]))
        for field in attrs.fields(kind)
        if field.init and field.default is not attrs.NOTHING
    ]


@every
def test_a_field_reads_as_sent_as_null_and_as_left_out(kind):
    least = minimal(kind)
    absent = read(kind, least)
    for name, key, field in fields_of(kind):
        sent, expected = sample(field)
        made = read(kind, {**least, key: sent})
        assert made.was_sent(name), name
        assert expected is None or getattr(made, name) == expected, name
        assert getattr(made, name) is not None, name
        assert made.as_sent()[key] == sent
        null = read(kind, {**least, key: None})
        assert getattr(null, name) is getattr(absent, name) is None, name
        assert (null.was_sent(name), absent.was_sent(name)) == (True, False), name
        assert null == absent


@every
def test_a_field_is_spelt_in_camel_case(kind):
    own = {"duration_minutes": "duration", "minutes": "slots"} if kind is Vacancies else {}
    for field in attrs.fields(kind):
        if field.init:
            head, *rest = field.name.split("_")
            assert kind.sent_as[field.name] == own.get(field.name, head + "".join(part.title() for part in rest))


@every
def test_a_wrong_value_is_refused_and_its_path_is_told_and_the_value_is_not(kind):
    least = minimal(kind)
    for name, key, field in fields_of(kind):
        is_enum = isinstance(field, type) and issubclass(field, Enum)
        for value in WRONG.get(field, (5, [], {}) if is_enum else ("text", 5, True)):
            with pytest.raises(Undecodable) as caught:
                read(kind, {**least, key: value})
            (path,) = caught.value.paths
            assert path.startswith((f"{name}: ", f"{key}: ")), path
            assert "text" not in path.partition(": ")[2]


@every
def test_what_must_be_there_is_told_to_be_missing(kind):
    least = minimal(kind)
    for name in least:
        rest = {key: value for key, value in least.items() if key != name}
        with pytest.raises(Undecodable, match="missing"):
            read(kind, rest)
        with pytest.raises(Undecodable):
            read(kind, {**rest, name: None})


@every
def test_unknown_members_are_kept_and_never_an_error(kind):
    more = {"colour": {"a": [1, None]}, "service_id": "snake", "self": 1}
    made = read(kind, {**minimal(kind), **more})
    assert made.unknown == more
    assert made == read(kind, minimal(kind))
    assert pickle.loads(pickle.dumps(made)).unknown == more


@every
@pytest.mark.parametrize("value", [None, [], "x", 5, True])
def test_what_is_no_object_is_refused(kind, value):
    with pytest.raises(Undecodable, match="not an object"):
        read(kind, value)


@every
def test_whatever_is_read_can_be_copied_pickled_hashed_and_compared(kind):
    hints = get_type_hints(kind)
    full = {kind.sent_as[field.name]: sample(inner(hints[field.name]))[0] for field in attrs.fields(kind) if field.init}
    made = read(kind, full)
    for twin in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert twin == made
        assert hash(twin) == hash(made)
        assert twin.as_sent() == full
    assert not made.recovered


@every
def test_no_repr_shows_what_is_a_persons(kind):
    personal = {"display_name", "contact_phone_number", "contact_email", "value", "data", "text", "display_text"}
    personal |= {"fields", "customer", "online_meeting", "hash", "picture", "initials", "ticket_url", "host_url"}
    assert not personal & set(kind.shown)
    assert set(kind.shown) <= {*attrs.fields_dict(kind), "label", "starts_at"}


def test_a_repr_names_nobody():
    made = read(Booking, WHOLE_CASE)
    shown = (
        repr(made) + repr(made.customer) + repr(made.online_meeting) + repr(made.assigned_to) + repr(made.appointment)
    )
    shown += repr(read(CustomerRecord, RECORD)) + repr(read(CustomerRecord, RECORD).fields)
    for personal in ("Quill", "Ana", "Adaline", "example", "5550123", "Agent One", "a1b2"):
        assert personal not in shown


def test_every_model_is_public():
    assert {kind.__name__ for kind in MODELS} >= {"Appointment", "Booking", "Calendar", "Case", "CustomerRecord"}
    assert len(MODELS) >= 14


# --- oddities --------------------------------------------------------------------------------------------------------

NUMBERS = {
    "a number": (12, 12, "B12"),
    "a text": ("12", 12, "B12"),
    "a text with zeros": ("0012", "0012", "B0012"),
    "nothing but zeros": ("00", "00", "B00"),
    "a nought as text": ("0", 0, "B0"),
    "a text below nought": ("-1", "-1", "B-1"),
    "no number": (None, None, "B"),
    "letters": ("12a", "12a", "B12a"),
    "a blank": ("", "", "B"),
    "nought": (0, 0, "B0"),
    "beyond all numbers": ("9" * 19, "9" * 19, "B" + "9" * 19),
}


@pytest.mark.parametrize("what", NUMBERS)
def test_a_tickets_number_is_a_number_though_it_may_come_as_text(what):
    sent, expected, label = NUMBERS[what]
    ticket = read(Ticket, {"prefix": "B", "number": sent})
    assert ticket.number == expected
    assert type(ticket.number) is type(expected)
    assert ticket.label == label
    assert ticket.as_sent()["number"] == sent


def test_a_ticket_has_what_stands_before_and_after_its_number():
    assert read(Ticket, {"prefix": "B", "suffix": "-x", "number": "7"}).label == "B7-x"
    assert read(Ticket, {}).label == ""


@given(st.integers(0, 10**18 - 1))
def test_any_number_of_a_ticket_is_read_from_text(number):
    assert read(Ticket, {"number": str(number)}).number == read(Ticket, {"number": number}).number == number


ENUMS = {
    "status": (CaseStatus, "CheckedOutByRobot"),
    "channel": (Channel, "Hologram"),
    "entryMode": (EntryMode, "Kiosk"),
}


@pytest.mark.parametrize("key", ENUMS)
def test_a_value_nobody_has_seen_yet_is_kept(key):
    kind, text = ENUMS[key]
    made = read(Case, {"caseId": CASE_ID, key: text})
    (value,) = [getattr(made, name) for name, sent in Case.sent_as.items() if sent == key]
    assert value == text
    assert isinstance(value, kind)
    assert not value.is_known
    assert pickle.loads(pickle.dumps(value)) == value


STATUSES = [member.value for member in CaseStatus]


@pytest.mark.parametrize("text", STATUSES)
def test_a_documented_status_is_known(text):
    status = read(Case, {"caseId": CASE_ID, "status": text}).status
    assert (status.is_known, status) == (True, CaseStatus(text))


def test_an_id_may_come_as_a_number():
    assert read(Case, {"caseId": 5, "inboxId": 7}).inbox_id == "7"


NOWHERE = {
    "the case": {"caseId": "A-5"},
    "a case of no text": {"caseId": ""},
    "the service": {"appointment": {**APPOINTMENT, "serviceId": "desk"}},
    "the calendar": {"appointment": {**APPOINTMENT, "cuIndex": -1}},
    "an appointment in part": {"appointment": {"start": 540}},
    "no appointment": {"appointment": None},
}


@pytest.mark.parametrize("what", NOWHERE)
def test_a_case_whose_ids_name_nothing_has_no_reference(what):
    made = read(Case, {**LISTED, **NOWHERE[what]})
    assert made.reference is None
    with pytest.raises(ValueError, match=r"^This case is in no calendar, as far as it says\."):
        case_of(made, None)
    assert read(Case, LISTED).reference is not None


def test_a_day_is_a_midnight_whatever_offset_is_written_behind_it_and_nothing_else():
    for right in ("", "T00:00:00", "T00:00:00.000", "T00:00:00Z", "T00:00:00.0000000Z", "T00:00:00+02:00"):
        assert read(Appointment, {"date": f"2026-03-29{right}"}).date == date(2026, 3, 29)
    for wrong in ("T02:00:00", "T00:00", "T22:00:00Z", "T00:00:00+0200", "T00:00:00 Z", "Z"):
        with pytest.raises(Undecodable, match="date: not a day"):
            read(Appointment, {"date": f"2026-03-29{wrong}"})


def test_a_local_time_is_kept_as_text_because_it_has_no_offset():
    made = read(Appointment, {"timeLocal": "2026-03-02T11:51:00"})
    assert (made.time_local, made.starts_at) == ("2026-03-02T11:51:00", None)


PATHS = {
    "a list that is none": (answer({"items": []}), ("$: not an array",)),
    "null": (raw(b"null"), ("$: not an array",)),
    "a member of the list": (answer([LISTED, 5]), ("$[1]: not an object",)),
    "a case without its id": (answer([LISTED, {"status": "Planned"}]), ("$[1].case_id: missing",)),
    "a field": (answer([{**LISTED, "rank": "Ada"}]), ("$[0].rank: not a number",)),
    "a field of an object": (
        answer([{**LISTED, "appointment": {**LISTED["appointment"], "start": "Ada"}}]),
        ("$[0].appointment.start: not an integer",),
    ),
    "a number of a ticket": (answer([{**LISTED, "ticket": {"number": 1.5}}]), ("$[0].ticket.number: not a number",)),
    "a day": (
        answer([{**LISTED, "appointment": {"date": "Ada"}}]),
        ("$[0].appointment.date: not a day",),
    ),
}


@pytest.mark.parametrize("what", PATHS)
def test_what_does_not_decode_says_where_and_not_what(what, vendor):
    response, paths = PATHS[what]
    vendor.answers(response)
    with pytest.raises(ResponseUnreadableError) as caught:
        vendor.tell(listed, settings())
    assert caught.value.paths == paths
    assert "Ada" not in str(caught.value)
    assert caught.value.response is not None
    assert caught.value.operation == "cubu.appointments.list"


UNREADABLE = {
    "no JSON": b"<html>",
    "half": b'[{"caseId": "7b0e',
    "nothing": b"",
    "bad UTF-8": b'[{"caseId": "\xff"}]',
    "NaN": b'[{"caseId": "x", "rank": NaN}]',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_json_is_our_own_error(what, vendor):
    vendor.answers(raw(UNREADABLE[what]))
    with pytest.raises(ResponseUnreadableError):
        vendor.tell(listed, settings())
    assert len(vendor.feed.requests) == 1


NO_RECORD = {"an empty object": b"{}", "an empty list": b"[]", "a text": b'"x"', "no id": b'{"displayName": "x"}'}


@pytest.mark.parametrize("what", NO_RECORD)
def test_what_is_no_record_is_not_taken_for_nobody(what, vendor):
    vendor.answers(always=raw(NO_RECORD[what]))

    async def story(c):
        for verb, args in (
            ("customers.get", {"record_id": CUSTOMER_ID}),
            ("customers.find", {"record_id": CUSTOMER_ID}),
        ):
            with pytest.raises(ResponseUnreadableError):
                await c.call(verb, **args)

    vendor.tell(story, settings())


def test_an_empty_list_is_empty(vendor):
    vendor.answers(answer([]), answer([]))

    async def story(c):
        assert await listed(c) == []
        assert await c.collect(c.list("calendars.list", SERVICE, CALENDAR.date)) == []

    vendor.tell(story, settings())
    assert len(vendor.feed.requests) == 2


def test_a_calendar_without_its_working_hours_is_a_calendar():
    made = read(Calendar, {name: DESK[name] for name in ("serviceId", "date", "cuIndex")})
    assert (made.working_hours, made.issues, made.stats) == (None, None, None)


@pytest.mark.parametrize("issues", [["x"], [{"code": 5, "text": None}], [None, 1, [2]]], ids=repr)
def test_a_calendars_issues_are_kept_as_they_were_sent(issues):
    made = read(Calendar, {**DESK, "issues": issues})
    assert made.issues == tuple(issues)
    assert hash(made) == hash(read(Calendar, DESK))


# --- at the sandbox --------------------------------------------------------------------------------------------------


def strange(value):
    """Give the members, here and below, that no model knows."""
    if isinstance(value, tuple | list):
        return {name for one in value for name in strange(one)}
    if not isinstance(value, Model):
        return set()
    below = {name for field in attrs.fields(type(value)) for name in strange(getattr(value, field.name))}
    return {f"{type(value).__name__}.{name}" for name in value.unknown} | below


def test_nothing_that_the_sandbox_sends_is_unknown(office):
    async def story(c):
        seen = []
        for service in office.sandbox.cubu.catalogue.services:
            calendars = await c.collect(c.list("calendars.list", service.id, date(2026, 3, 3)))
            seen += calendars
            kind = office.emulation.world.services[service.id].type_ids[0]
            vacancies = await c.call("calendars.vacancies", calendars[0], service_type_id=kind)
            seen.append(vacancies)
            given_ = {
                "service_type_id": kind,
                "channel": "Video",
                "customer_record_id": office.customer,
                "contact_phone_number": "2025550123",
                "contact_email": "ana@example.org",
            }
            seen.append(await c.call("appointments.book", calendars[0], start=vacancies.slots[0], **given_))
            seen += await c.collect(c.list("appointments.list", calendars[0]))
            seen.append(await c.call("queue.join", service.id, **given_))
        seen.append(await c.call("customers.get", office.customer))
        seen.append(await c.call("customers.find", record_id=office.customer))
        return seen

    seen = office.tell(story)
    assert {type(one) for one in seen} == {Calendar, Vacancies, Booking, Case, CustomerRecord}
    assert [strange(one) for one in seen] == [set()] * len(seen)


def test_the_shapes_of_the_tests_are_those_of_the_models():
    for kind, body in ((Calendar, WHOLE_CALENDAR), (Case, WHOLE_CASE), (Booking, OPENED), (CustomerRecord, RECORD)):
        assert strange(read(kind, json.loads(json.dumps(body)))) == set()
