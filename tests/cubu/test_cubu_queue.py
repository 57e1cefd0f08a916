"""Queue Up: a walk-in gets a ticket; what is written otherwise than in a booking, and what a lost answer means."""

from __future__ import annotations

import json

import pytest
from cubu_support import CASE_ID, CUSTOMER_ID, FIELD, OPENED, RENEWAL, SERVICE, TAG, answer, raw, refusal, settings

from apptsdk import NO_RETRY, ConflictError, NotFoundError, OutcomeUnknownError, UnsupportedError, ValidationError
from apptsdk.http import NoAnswer
from apptsdk.providers.cubu import CaseStatus, Catalogue, Channel
from apptsdk.providers.cubu.catalogue import CatalogueService, CatalogueServiceType
from apptsdk.sandbox.cubu.seed import FRONT_DESK, QUESTION

MATTER = {"service_type_id": RENEWAL, "channel": Channel.FACE_TO_FACE}
WAITING = {
    **OPENED,
    "status": "Waiting",
    "referenceDate": "2026-03-02T09:41:07.825553Z",
    "queueTimestamp": "2026-03-02T09:41:10.574716Z",
    "position": 3,
    "calendarTimestamp": None,
}
EVERYTHING = {
    **MATTER,
    "language": "he-IL",
    "customer_record_id": CUSTOMER_ID.upper(),
    "use_customer_contact_info": False,
    "contact_phone_number": "(202) 555-0123",
    "contact_email": "ana@example.org",
    "fields": {FIELD: "a form"},
    "tag_ids": [TAG.upper()],
}
NAMED = Catalogue(
    services=(CatalogueService(id=SERVICE, name="Front desk"),),
    service_types=(CatalogueServiceType(id=RENEWAL, name="Passport renewal", channels=(Channel.FACE_TO_FACE,)),),
    languages=("en-US", "he-IL"),
)


def join(service=SERVICE, **more):
    return lambda c: c.call("queue.join", service, **{**MATTER, **more})


# --- what is sent ----------------------------------------------------------------------------------------------------


def test_a_walk_in_says_locale_where_a_booking_says_language(vendor):
    vendor.answers(answer(WAITING, 201))
    vendor.tell(join(**EVERYTHING))
    (one,) = vendor.seen
    assert (one.method, one.path, one.query) == ("POST", f"/services/{SERVICE}/cases", [])
    assert json.dumps(one.body, sort_keys=True) == json.dumps(
        {
            "serviceTypeId": RENEWAL,
            "channel": "FaceToFace",
            "locale": "he-IL",
            "cusotmerRecordId": CUSTOMER_ID,
            "useCustomerContactInfo": False,
            "contactPhoneNumber": "2025550123",
            "contactEmail": "ana@example.org",
            "fields": {FIELD: "a form"},
            "tagIds": [TAG],
        },
        sort_keys=True,
    )


def test_what_is_not_given_is_not_sent(vendor):
    vendor.answers(answer(WAITING, 201))
    vendor.tell(join())
    assert vendor.seen[0].body == {"serviceTypeId": RENEWAL, "channel": "FaceToFace"}


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("cusotmerRecordId", ["cusotmerRecordId"]),
        ("customerRecordId", ["customerRecordId"]),
        ("both", ["cusotmerRecordId", "customerRecordId"]),
    ],
)
def test_the_customers_key_is_misspelt_here_too_unless_the_settings_say_otherwise(key, keys, vendor):
    vendor.answers(answer(WAITING, 201))
    vendor.tell(join(customer_record_id=CUSTOMER_ID), settings(customer_record_key=key))
    body = vendor.seen[0].body
    assert {name: body[name] for name in body if "RecordId" in name} == dict.fromkeys(keys, CUSTOMER_ID)


def test_names_of_the_catalogue_stand_for_ids(vendor):
    vendor.answers(answer(WAITING, 201))
    vendor.tell(join("front DESK", service_type_id="passport renewal"), settings(catalogue=NAMED))
    assert vendor.seen[0].path == f"/services/{SERVICE}/cases"
    assert vendor.seen[0].body["serviceTypeId"] == RENEWAL


# --- what comes back -------------------------------------------------------------------------------------------------


def test_the_case_has_its_ticket_and_its_place_in_the_queue(vendor):
    vendor.answers(answer(WAITING, 201))
    case = vendor.tell(join())
    assert (case.case_id, case.id, case.status, case.channel) == (
        CASE_ID,
        CASE_ID,
        CaseStatus.WAITING,
        Channel.FACE_TO_FACE,
    )
    assert (case.position, case.calendar_timestamp, case.ticket_url) == (3, None, WAITING["ticketUrl"])
    assert case.queue_timestamp.isoformat() == "2026-03-02T09:41:10.574716+00:00"
    assert case.reference is None
    assert not case.recovered
    assert case.as_sent() == WAITING


TICKETS = {
    "an int": (12, 12, "B12"),
    "a string": ("12", 12, "B12"),
    "a string with zeros": ("007", "007", "B007"),
    "a string that is no number": ("12a", "12a", "B12a"),
    "null": (None, None, "B"),
}


@pytest.mark.parametrize("way", TICKETS)
def test_a_ticket_number_is_an_int_or_a_string(way, vendor):
    sent, number, label = TICKETS[way]
    body = {**WAITING, "ticket": {"prefix": "B", "suffix": None, "number": sent}}
    vendor.answers(answer(body, 201))
    case = vendor.tell(join())
    assert case.ticket.number == number
    assert type(case.ticket.number) is type(number)
    assert case.ticket.label == label
    assert case.as_sent()["ticket"]["number"] == sent


@pytest.mark.parametrize("odd", [{"ticket": 5}, {"position": "third"}, {"queueTimestamp": "now"}], ids=str)
def test_what_cannot_be_read_beside_the_case_id_does_not_lose_the_case(odd, vendor):
    vendor.answers(answer({**WAITING, **odd}, 201))
    case = vendor.tell(join())
    assert case.case_id == CASE_ID
    assert case.as_sent() == {**WAITING, **odd}
    assert [case.ticket, case.position, case.queue_timestamp].count(None) == 1


# --- refused before anything is sent ---------------------------------------------------------------------------------

BAD = {
    "no service": (("",), {}, "^service_id"),
    "a service in words": (("Front desk",), {}, "^service_id"),
    "no channel": ((SERVICE,), {"channel": None}, "^channel must be a Channel"),
    "an unheard channel": ((SERVICE,), {"channel": "Fax"}, "^channel must be a Channel"),
    "a service type in words": ((SERVICE,), {"service_type_id": "Passport renewal"}, "^service_type_id"),
    "an empty language": ((SERVICE,), {"language": ""}, "^language"),
    "a number for a language": ((SERVICE,), {"language": 5}, "^language must be a str"),
    "a customer that is no GUID": ((SERVICE,), {"customer_record_id": "Ada"}, "^customer_record_id"),
    "a flag in words": ((SERVICE,), {"use_customer_contact_info": "yes"}, "^use_customer_contact_info must be bool"),
    "a long phone number": ((SERVICE,), {"contact_phone_number": "+12025550123"}, "^contact_phone_number"),
    "no email address": ((SERVICE,), {"contact_email": "ana"}, "^contact_email is no email address"),
    "fields in a list": ((SERVICE,), {"fields": ["x"]}, "^fields must be a mapping"),
    "tags in a text": ((SERVICE,), {"tag_ids": TAG}, "^tag_ids must be a list"),
    "a bad tag": ((SERVICE,), {"tag_ids": [TAG, "x"]}, r"^tag_ids\[1\]"),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_argument_is_refused_before_anything_is_sent(why, vendor):
    args, kwargs, told = BAD[why]
    with pytest.raises((TypeError, ValueError), match=told):
        vendor.tell(join(*args, **kwargs))
    assert vendor.feed.requests == vendor.feed.logins == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"channel": "Video"}, "^channel is not one that Passport renewal offers by the catalogue: FaceToFace"),
        ({"language": "en-GB"}, "^language must be one of en-US, he-IL"),
        ({"service_type_id": "Visa"}, "^service_type_id .*Passport renewal"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_what_the_catalogue_does_not_have_is_refused_before_anything_is_sent(wrong, told, vendor):
    with pytest.raises(ValueError, match=told):
        vendor.tell(join(**wrong), settings(catalogue=NAMED))
    assert vendor.feed.requests == []


def test_a_walk_in_takes_no_time():
    from apptsdk import Cubu  # noqa: PLC0415 - one test's

    with Cubu(settings()) as client, pytest.raises(TypeError, match="start"):
        client.queue.join(SERVICE, **MATTER, start=540)


# --- a lost answer ---------------------------------------------------------------------------------------------------

LOST = {
    "a cut": NoAnswer("cut"),
    "a 500": raw(status=500),
    "a 503 with Retry-After": raw(b"", 503, [("retry-after", "1")]),
    "HTML": raw(b"<html>", 201),
    "nothing": raw(status=204),
    "no case id": answer({**WAITING, "caseId": None}, 201),
}


def test_a_walk_in_keeps_an_id_that_is_no_guid_because_nothing_can_be_looked_up(vendor):
    vendor.answers(answer({**WAITING, "caseId": "A-5"}, 201))
    assert vendor.tell(join(**EVERYTHING)).case_id == "A-5"


@pytest.mark.parametrize("retry", [{}, {"retry": NO_RETRY}], ids=["retries", "no retries"])
@pytest.mark.parametrize("way", LOST)
def test_a_walk_in_whose_answer_is_lost_cannot_be_looked_up_and_the_advice_says_so(way, retry, vendor):
    vendor.answers(LOST[way])
    with pytest.raises(OutcomeUnknownError, match="look at the service's inbox before you repeat it") as caught:
        vendor.tell(join(**EVERYTHING), **retry)
    error = caught.value
    assert (error.operation, error.attempt.operation, error.candidates) == ("cubu.queue.join", "cubu.queue.join", ())
    assert len(vendor.feed.requests) == 1
    assert vendor.clock.slept == []
    assert "ana@example.org" not in error.attempt.to_json()
    with pytest.raises(UnsupportedError):
        vendor.tell(lambda c: c.resolve(error.attempt))
    assert len(vendor.feed.requests) == 1


def test_a_429_is_no_lost_answer(vendor):
    vendor.answers(raw(b"", 429, [("retry-after", "2")]), answer(WAITING, 201))
    assert vendor.tell(join()).case_id == CASE_ID
    assert vendor.clock.slept == [2]


def test_a_409_of_the_queue_is_a_conflict(vendor):
    vendor.answers(refusal(409, 1001))
    with pytest.raises(ConflictError, match="errorCode 1001"):
        vendor.tell(join())


# --- the sandbox -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_text", [False, True])
def test_walk_ins_wait_in_their_order(as_text, office):
    office.emulation.ticket_numbers_as_text = as_text

    async def story(c):
        first = await c.call("queue.join", FRONT_DESK, service_type_id=QUESTION, channel="Phone", language="he-IL")
        second = await c.call(
            "queue.join",
            "Front desk",
            service_type_id="General question",
            channel=Channel.VIDEO,
            customer_record_id=office.customer,
            use_customer_contact_info=True,
            tag_ids=["VIP"],
        )
        return first, second

    first, second = office.tell(story)
    assert (first.status, first.language, second.language) == (CaseStatus.WAITING, "he-IL", "en-US")
    assert second.position == first.position + 1
    assert second.ticket.number == first.ticket.number + 1
    assert isinstance(first.as_sent()["ticket"]["number"], str) is as_text
    assert office.sandbox.ledger.created("cases") == [first.case_id, second.case_id]
    entry = [*office.sandbox.ledger][-1].record
    assert entry["customer"]["recordId"] == office.customer
    assert entry["contactPhoneNumber"].startswith("+1")
    assert len(entry["tags"]) == 1


def test_what_the_sandbox_refuses_is_told(office):
    async def story(c):
        with pytest.raises(ValidationError) as caught:
            await c.call(
                "queue.join", FRONT_DESK, service_type_id=QUESTION, channel="Phone", use_customer_contact_info=True
            )
        assert {*caught.value.fields} == {"useCustomerContactInfo"}
        with pytest.raises(NotFoundError):
            await c.call("queue.join", CUSTOMER_ID, service_type_id=QUESTION, channel="Phone")

    office.tell(story)
    assert len(office.sandbox.ledger) == 0


def test_a_walk_in_that_was_lost_after_it_was_made_is_made_once(office):
    office.sandbox.fault("drop_after", method="POST", path="*/cases")
    with pytest.raises(OutcomeUnknownError):
        office.tell(lambda c: c.call("queue.join", FRONT_DESK, service_type_id=QUESTION, channel="Phone"))
    assert len(office.sandbox.ledger.created("cases")) == 1
