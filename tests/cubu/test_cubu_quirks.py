"""The vendor's quirks, one by one: where two of its pages, or its words and its samples, are of two minds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from cubu_shapes import JERUSALEM, KEY_FIELD, LEAST, NAMED
from cubu_support import (
    APPOINTMENT,
    CALENDAR,
    CASE_ID,
    CUSTOMER_ID,
    FIELD,
    LISTED,
    OPENED,
    RECORD,
    RENEWAL,
    SERVICE,
    VACANT,
    answer,
    raw,
    refusal,
    settings,
)

from apptsdk import NoResultError, NotFoundError, OutcomeUnknownError
from apptsdk.providers.cubu import CaseStatus
from apptsdk.sandbox.cubu import seed

TUESDAY = date(2026, 3, 3)
ADA = {"channel": "FaceToFace", "contact_phone_number": "2025550123", "contact_email": "ana@example.org"}
GIVEN = {**ADA, "service_type_id": "Passport renewal"}


def usual(**other):
    return settings(**{"catalogue": NAMED, "time_zone": "Asia/Jerusalem", "check_bookings": False, **other})


async def listed(c):
    return await c.collect(c.list("appointments.list", CALENDAR))


async def calendar_of(c, service="Front desk", index=0):
    return (await c.collect(c.list("calendars.list", service, TUESDAY)))[index]


# --- startTime and start ---------------------------------------------------------------------------------------------


def test_start_time_is_what_a_booking_sends_and_start_is_what_a_calendar_lists(vendor):
    vendor.answers(answer(OPENED, 201), answer([LISTED]))

    async def story(c):
        await c.call("appointments.book", CALENDAR, **LEAST)
        return await listed(c)

    (case,) = vendor.tell(story, usual())
    body = vendor.seen[0].body
    assert body["startTime"] == 540
    assert "start" not in body
    assert case.appointment.start == 540
    assert case.appointment.unknown == {}


def test_start_time_in_an_answer_is_not_taken_for_start(vendor):
    other = {name: value for name, value in APPOINTMENT.items() if name != "start"} | {"startTime": 540}
    vendor.answers(answer([{**LISTED, "appointment": other}]))
    (case,) = vendor.tell(listed, usual())
    assert case.appointment.start is None
    assert case.appointment.unknown == {"startTime": 540}


def test_start_and_time_local_need_not_agree_and_time_utc_counts(vendor):
    """The vendor's own sample has 700, which is 11:40, beside 11:51."""
    odd = {"start": 700, "timeLocal": "2026-03-03T11:51:00", "timeUtc": "2026-03-03T09:51:00Z"}
    vendor.answers(answer([{**LISTED, "appointment": {**APPOINTMENT, **odd}}]))
    (case,) = vendor.tell(listed, usual())
    assert case.appointment.starts_at == datetime(2026, 3, 3, 11, 51, tzinfo=JERUSALEM)
    assert (case.appointment.start, case.appointment.time_local) == (700, odd["timeLocal"])


# --- cusotmerRecordId ------------------------------------------------------------------------------------------------


def test_cusotmer_record_id_is_misspelt_in_both_bodies_and_spelt_in_the_list_and_in_paths(vendor):
    vendor.answers(answer(OPENED, 201), answer({**OPENED, "status": "Waiting"}, 201), answer([]), answer(RECORD))

    async def story(c):
        await c.call("appointments.book", CALENDAR, **LEAST, customer_record_id=CUSTOMER_ID)
        await c.call("queue.join", SERVICE, service_type_id=RENEWAL, channel="Video", customer_record_id=CUSTOMER_ID)
        await c.collect(c.list("appointments.list", CALENDAR, customer_record_id=CUSTOMER_ID))
        await c.call("customers.get", CUSTOMER_ID)

    vendor.tell(story, usual())
    book, join, listing, get = vendor.seen
    for one in (book, join):
        assert one.body["cusotmerRecordId"] == CUSTOMER_ID
        assert "customerRecordId" not in one.body
    assert listing.query == [("customerRecordId", CUSTOMER_ID)]
    assert get.path == f"/customers/{CUSTOMER_ID}"


def test_a_key_that_the_server_ignores_is_seen_after_the_booking(office):
    """A server that binds the other spelling books for nobody, and says nothing."""
    office.emulation.customer_record_key = "customerRecordId"

    async def story(c):
        calendar = await calendar_of(c)
        return await c.call("appointments.book", calendar, **GIVEN, start=540, customer_record_id=office.customer)

    made = office.tell(story)
    assert [(one.field, one.asked, one.got) for one in made.differences] == [
        ("customer_record_id", office.customer, None)
    ]
    for key in ("customerRecordId", "both"):
        office.emulation.world._booked.clear()
        made = office.tell(story, office.settings(customer_record_key=key))
        assert made.differences == ()
        assert made.customer.record_id == office.customer


# --- fields: an object here, an array there --------------------------------------------------------------------------


def test_fields_are_an_object_on_create_and_an_array_on_update_and_in_the_record(vendor):
    vendor.answers(answer({"recordId": CUSTOMER_ID}, 201), raw(b"", 200), answer(RECORD))

    async def story(c):
        made = await c.call("customers.create", fields={"First name": "Adaline", KEY_FIELD: "310000017"})
        assert (made.record_id, made.fields, made.display_name) == (CUSTOMER_ID, None, None)
        assert await c.call("customers.update", made.record_id, fields={"first name": "Ada"}) is None
        return await c.call("customers.get", made.record_id)

    record = vendor.tell(story, usual())
    create, update, _ = vendor.seen
    assert create.body == {"fields": {FIELD: "Adaline", KEY_FIELD: "310000017"}}
    assert update.body == {"fields": [{"fieldTypeId": FIELD, "value": "Ada"}]}
    assert record.field("first name").value == "Adaline"


def test_fields_that_an_update_does_not_name_stay_as_they_are(office):
    async def story(c):
        made = await c.call(
            "customers.create", fields={"First name": "Zoe", "Last name": "Quarry", "National id": "310000999"}
        )
        await c.call("customers.update", made.record_id, fields={"customer-last-name": "Stone"})
        return await c.call("customers.find", key_value="310000999")

    found = office.tell(story)
    names = {name: found.field(name).value for name in ("First name", "Last name", "customer-national-id")}
    assert names == {"First name": "Zoe", "Last name": "Stone", "customer-national-id": "310000999"}
    assert found.display_name == "Zoe Stone"


FIELDLESS = {
    "create": ("customers.create", {}),
    "update": ("customers.update", {"record_id": CUSTOMER_ID}),
}


@pytest.mark.parametrize("verb", FIELDLESS)
def test_without_fields_nothing_is_sent(verb, vendor):
    name, args = FIELDLESS[verb]

    async def story(c):
        with pytest.raises(ValueError, match=r"^fields is empty: give at least one\.$"):
            await c.call(name, **args, fields={})
        with pytest.raises(TypeError, match=r"^fields must be a mapping of field types to values, not list"):
            await c.call(name, **args, fields=[{"fieldTypeId": FIELD}])

    vendor.tell(story, usual())
    assert vendor.feed.requests == vendor.feed.logins == []


# --- locale and language ---------------------------------------------------------------------------------------------


def test_language_is_called_locale_on_the_way_into_the_queue_and_language_on_the_way_back(vendor):
    vendor.answers(answer(OPENED, 201), answer({**OPENED, "language": "he-IL"}, 201))

    async def story(c):
        await c.call("appointments.book", CALENDAR, **LEAST, language="he-IL")
        return await c.call("queue.join", SERVICE, service_type_id=RENEWAL, channel="Video", language="he-IL")

    walk_in = vendor.tell(story, usual())
    book, join = vendor.seen
    assert (book.body["language"], "locale" in book.body) == ("he-IL", False)
    assert (join.body["locale"], "language" in join.body) == ("he-IL", False)
    assert walk_in.language == "he-IL"


def test_a_walk_in_speaks_the_language_that_was_asked_for(office):
    async def story(c):
        return await c.call("queue.join", "Front desk", **GIVEN, language="he-IL")

    made = office.tell(story)
    assert (made.language, made.status, made.position) == ("he-IL", CaseStatus.WAITING, 1)


# --- ticket numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_text", [False, True])
def test_ticket_numbers_are_ints_also_where_they_come_as_text(as_text, office):
    office.emulation.ticket_numbers_as_text = as_text

    async def story(c):
        calendar = await calendar_of(c)
        made = await c.call("appointments.book", calendar, **GIVEN, start=540)
        (case,) = await c.collect(c.list("appointments.list", calendar))
        return made, case, await c.call("queue.join", "Front desk", **GIVEN)

    made, case, walk_in = office.tell(story)
    assert made.ticket == case.ticket
    assert walk_in.ticket.number == made.ticket.number + 1
    assert made.ticket.label == f"B{made.ticket.number}"
    assert type(made.as_sent()["ticket"]["number"]) is (str if as_text else int)


# --- one object where a list is announced ----------------------------------------------------------------------------


def test_vacancies_are_one_object_though_the_page_speaks_of_a_list(vendor):
    vendor.answers(answer(VACANT), answer([VACANT]))

    async def story(c):
        one = await c.call("calendars.vacancies", CALENDAR, service_type_id=RENEWAL)
        with pytest.raises(Exception, match="not an object"):
            await c.call("calendars.vacancies", CALENDAR, service_type_id=RENEWAL)
        return one

    assert vendor.tell(story, usual()).minutes == (540, 550, 560)


# --- no appointment by its id alone ----------------------------------------------------------------------------------


def test_to_get_an_appointment_its_calendar_is_listed_and_what_is_not_in_it_is_no_result(vendor):
    vendor.answers(answer([LISTED]), answer([{**LISTED, "caseId": SERVICE}]), refusal(404))
    reference = f"{CALENDAR}/{CASE_ID}"

    async def story(c):
        assert (await c.call("appointments.get", reference)).case_id == CASE_ID
        with pytest.raises(
            NoResultError, match=r"^The calendar does not hold this appointment \(any more\)\."
        ) as caught:
            await c.call("appointments.get", reference)
        assert (caught.value.provider, caught.value.operation) == ("cubu", "cubu.appointments.get")
        with pytest.raises(NotFoundError):
            await c.call("appointments.get", reference)

    vendor.tell(story, usual())
    assert {(one.method, one.path) for one in vendor.seen} == {("GET", f"/calendars/{CALENDAR}/appointments")}


def test_a_cancelled_appointment_is_no_result(office):
    async def story(c):
        made = await c.call("appointments.book", await calendar_of(c), **GIVEN, start=540)
        assert (await c.call("appointments.get", made)).case_id == made.case_id
        await c.call("appointments.cancel", made)
        with pytest.raises(NoResultError):
            await c.call("appointments.get", made)

    office.tell(story)
    assert office.live() == []


# --- nobody found ----------------------------------------------------------------------------------------------------

NOBODY = {"404": refusal(404, 99404, "No such customer."), "204": raw(b"", 204), "null": raw(b"null")}


@pytest.mark.parametrize("how", NOBODY)
def test_a_customer_who_is_not_there_is_none_to_find_and_an_error_to_get(how, vendor):
    vendor.answers(always=NOBODY[how])

    async def story(c):
        assert await c.call("customers.find", key_value="310000017") is None
        assert await c.call("customers.find", record_id=CUSTOMER_ID) is None
        with pytest.raises(NotFoundError if how == "404" else NoResultError):
            await c.call("customers.get", CUSTOMER_ID)

    vendor.tell(story, usual())
    assert [one.body and one.body["queryType"] for one in vendor.seen] == ["KeyField", "RecordId", None]


@pytest.mark.parametrize("status", [404, 204])
def test_the_sandboxs_nobody_is_none_whatever_its_status(status, office):
    office.emulation.missing_status = status

    async def story(c):
        assert await c.call("customers.find", key_value="1") is None
        assert await c.call("customers.find", record_id=CASE_ID) is None
        found = await c.call("customers.find", record_id=office.customer)
        key = found.field("National id").value
        assert (await c.call("customers.find", key_value=key)).record_id == office.customer
        assert (await c.call("customers.find", key_value=key, key_slug="customer-national-id")) == found

    office.tell(story)


FINDS = {
    "neither": ({}, ValueError, r"^Give key_value \(with key_slug\), or record_id\.$"),
    "both": ({"key_value": "x", "record_id": CUSTOMER_ID}, ValueError, r"^Give key_value \(with key_slug\), or"),
    "a slug alone": ({"key_slug": "x"}, ValueError, "^Give key_value"),
    "a slug and an id": (
        {"key_slug": "x", "record_id": CUSTOMER_ID},
        ValueError,
        "^key_slug goes with key_value, not with record_id",
    ),
    "an empty key": ({"key_value": " "}, ValueError, "^key_value is empty"),
    "an empty slug": ({"key_value": "x", "key_slug": ""}, ValueError, "^key_slug is empty"),
    "a number for a key": ({"key_value": 310000017}, TypeError, "^key_value must be a str, not int"),
    "no GUID": ({"record_id": "x"}, ValueError, "^record_id is not a GUID"),
}


@pytest.mark.parametrize("why", FINDS)
def test_a_search_that_names_nobody_is_refused_before_anything_is_sent(why, vendor):
    wrong, kind, named = FINDS[why]
    with pytest.raises(kind, match=named):
        vendor.tell(lambda c: c.call("customers.find", **wrong), usual())
    assert vendor.feed.requests == vendor.feed.logins == []


def test_a_search_by_key_needs_a_slug_where_the_catalogue_names_none(vendor):
    vendor.answers(answer(RECORD))

    async def story(c):
        with pytest.raises(ValueError, match=r"^key_slug is missing: give it, or customer_key in the catalogue\.$"):
            await c.call("customers.find", key_value="x")
        return await c.call("customers.find", key_value="x", key_slug="passport")

    assert vendor.tell(story, settings()).record_id == CUSTOMER_ID
    assert [one.body["fieldSlug"] for one in vendor.seen] == ["passport"]


# --- the queue -------------------------------------------------------------------------------------------------------


def test_a_walk_in_has_a_place_in_the_queue_and_no_calendar(office):
    async def story(c):
        return [await c.call("queue.join", "Front desk", **GIVEN) for _ in range(2)]

    first, second = office.tell(story)
    assert (first.position, second.position) == (1, 2)
    assert (first.calendar_timestamp, first.appointment, first.reference) == (None, None, None)
    assert first.queue_timestamp <= second.queue_timestamp
    assert len(office.sandbox.ledger.created("cases")) == 2


def test_a_walk_in_may_be_reached_as_the_customers_record_says(office):
    async def story(c):
        given = {"service_type_id": "General question", "channel": "Phone", "customer_record_id": office.customer}
        with pytest.raises(Exception, match="contactPhoneNumber"):
            await c.call("queue.join", "Island line", **given)
        return await c.call("queue.join", "Island line", **given, use_customer_contact_info=True)

    made = office.tell(story)
    assert office.sandbox.ledger.created("cases") == [made.case_id]


def test_a_walk_in_whose_answer_is_lost_may_be_in_the_queue(office):
    office.sandbox.fault("drop_after", method="POST", path="*/cases")
    with pytest.raises(OutcomeUnknownError, match="look at the service's inbox before you repeat it"):
        office.tell(lambda c: c.call("queue.join", "Front desk", **GIVEN))
    assert len(office.sandbox.ledger.created("cases")) == 1
    assert [one.method for one in office.seen()] == ["POST"]


# --- calendars -------------------------------------------------------------------------------------------------------


def test_a_calendars_index_is_unique_only_with_its_service_and_day(office):
    async def story(c):
        found = []
        for service in ("Front desk", "Night line"):
            for day in (TUESDAY, date(2026, 3, 4)):
                found += await c.collect(c.list("calendars.list", service, day))
        return found

    calendars = office.tell(story)
    assert len({calendar.reference for calendar in calendars}) == len(calendars) == 10
    assert {calendar.cu_index for calendar in calendars} == {0, 1, 2}


def test_nobodys_calendar_is_anonymous(office):
    async def story(c):
        return await c.collect(c.list("calendars.list", seed.FRONT_DESK, TUESDAY))

    named, other, anonymous = office.tell(story)
    assert (anonymous.user, anonymous.allow_anonymous_agent_booking) == (None, True)
    assert named.user.user_id != other.user.user_id
    assert [calendar.date for calendar in (named, other, anonymous)] == [TUESDAY] * 3


def test_a_calendars_stamp_changes_with_each_booking_in_it(office):
    async def story(c):
        before = await calendar_of(c)
        office.watch.pass_by(1)
        made = await c.call("appointments.book", before, **GIVEN, start=540)
        after, other = await calendar_of(c), await calendar_of(c, index=1)
        assert before.calendar_timestamp < after.calendar_timestamp == made.calendar_timestamp
        assert other.calendar_timestamp == before.calendar_timestamp
        assert (before.stats.appointment_count, after.stats.appointment_count) == (0, 1)
        assert after.stats.minutes_booked == 10

    office.tell(story)


def test_a_day_without_calendars_is_an_empty_list(office):
    async def story(c):
        return await c.collect(c.list("calendars.list", "Front desk", date(1900, 1, 1)))

    assert office.tell(story) == []


DAYS = {
    "a datetime": (
        datetime(2026, 3, 3, tzinfo=UTC),
        r"^date must be a date.*the day in the service's zone; not datetime",
    ),
    "a text": ("2026-03-03", r"^date must be a date.*not str"),
    "nothing": (None, r"^date must be a date.*not NoneType"),
}


@pytest.mark.parametrize("what", DAYS)
def test_a_day_is_a_date_because_the_day_of_a_datetime_depends_on_the_zone(what, vendor):
    wrong, named = DAYS[what]

    async def story(c):
        await c.collect(c.list("calendars.list", SERVICE, wrong))

    with pytest.raises(TypeError, match=named):
        vendor.tell(story, usual())
    assert vendor.feed.requests == vendor.feed.logins == []
