"""All inputs and outputs of the vendor's page, through both facades to both emulations, by settings alone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from imiassist_support import NOW, SHAPES

from apptsdk import ConflictError, NotFoundError, UnsupportedError, ValidationError
from apptsdk.providers.imiassist import Priority
from apptsdk.providers.imiassist.names import INPUTS
from apptsdk.sandbox.imiassist.seed import DR_LEE, FOLLOW_UP, PHYSIOTHERAPY, VIRTUAL_CLINIC

START = NOW + timedelta(days=9, microseconds=7_000)
THERE = {  # by input: what is given, and what the company has then
    "customer_id": ("NHSID_77", lambda made, guest: guest.customer_id),
    "customer_phone": ("+447700900177", lambda made, guest: guest.phone),
    "customer_email": ("ana@example.org", lambda made, guest: guest.email),
    "customer_first_name": ("Ana", lambda made, guest: guest.first_name),
    "customer_last_name": ("Roe", lambda made, guest: guest.last_name),
    "custom_attributes": ({"age": 41, "interpreter": True}, lambda made, guest: dict(guest.custom_attributes)),
    "team_id": (PHYSIOTHERAPY, lambda made, guest: made.team.id),
    "appointment_type": (FOLLOW_UP, lambda made, guest: made.appointment_type),
    "start_time": (START, lambda made, guest: made.start),
    "assignee_email": (DR_LEE, lambda made, guest: made.participants[0].email),
    "description": ("Brings\nher own notes", lambda made, guest: made.description),
    "reference_case_id": ("NS-1", lambda made, guest: made.case_id),
    "priority": (Priority.HIGH, lambda made, guest: made.priority),
    "external_reference_id": ("PAS-7700", lambda made, guest: made.external_reference_id),
    "title": ("Review of the knee", lambda made, guest: made.title),
    "duration": (timedelta(minutes=45), lambda made, guest: timedelta(minutes=made.duration)),
}
GIVEN = {name: value for name, (value, _) in THERE.items()}


def kept(company, made):
    """Give what the company has of an appointment: it, and its guest."""
    record = company.record.appointments[made.appointment_id]
    return record, company.record.contacts[record.contact_id]


def same(made, record):
    """See to it that every output says what the company has."""
    assert (made.appointment_id, made.appointment_uid) == (record.id, record.uid)
    assert made.response_status_code == 201
    assert [
        (one.participant_id, one.role, one.first_name, one.last_name, one.email, one.phone, one.meeting_link)
        for one in made.participants
    ] == [
        (one.id, one.role, one.first_name, one.last_name, one.email, one.phone, one.meeting_link)
        for one in record.participants
    ]
    assert (made.title, made.case_id, made.duration) == (record.title, record.case_id, record.duration)
    assert (made.start_time, made.end_time) == (record.start, record.end)
    assert (made.priority, made.status) == (record.priority, "OPEN")
    assert made.external_reference_id == record.external_reference_id
    assert made.unknown == {}
    assert json.loads(made.response_body)["appointment_id"] == record.id


def test_the_table_has_every_input_of_the_page():
    assert tuple(THERE) == INPUTS


@pytest.mark.parametrize("shape", SHAPES)
def test_every_input_arrives_and_every_output_comes_back(shape, company):
    async def story(c):
        made = await c.call("appointments.schedule", **GIVEN)
        record, guest = kept(company, made)
        assert {name: there(record, guest) for name, (_, there) in THERE.items()} == GIVEN
        same(made, record)
        assert (made.host.email, made.join_url) == (DR_LEE, record.participants[1].meeting_link)
        gone = await c.call("appointments.cancel", made)
        assert (gone.appointment_id, gone.appointment_uid) == (record.id, record.uid)
        assert (gone.response_status_code, gone.unknown, gone.recovered) == (200, {}, False)
        assert json.loads(gone.response_body)["appointment_uid"] == record.uid
        assert kept(company, made)[0].status == "CANCELLED"

    company.tell(story, company.settings(shape))
    assert company.live() == []
    carries = {"api": "x-api-key", "flow": None}.get(shape)
    assert [("x-api-key" in one.headers) for one in company.seen()] == [carries is not None] * 2
    assert [(b'"secret"' in one.body) for one in company.seen()] == [shape == "flow"] * 2
    paths = {one.path for one in company.seen()}
    assert len(paths) == (2 if shape == "api" else 1)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_input_may_be_left_out(shape, company):
    async def story(c):
        made = await c.call("appointments.schedule", start_time=START)
        record, guest = kept(company, made)
        same(made, record)
        assert (record.priority, record.duration, record.team.id) == ("LOW", 15, VIRTUAL_CLINIC)
        assert (record.title, record.description, record.appointment_type) == (
            "Video appointment with guest",
            None,
            None,
        )
        assert (guest.customer_id, guest.phone, guest.email, guest.first_name) == (None,) * 4
        assert (made.host, len(made.guests)) == (None, 1)
        assert made.external_reference_id.startswith("apptsdk-")
        assert company.record.queue(record.team)[-1].id == record.id

    company.tell(story, company.settings(shape))


@pytest.mark.parametrize("shape", SHAPES)
def test_an_appointment_is_cancelled_by_each_of_its_names(shape, company):
    async def story(c):
        for name in ("appointment_id", "appointment_uid", "external_reference_id"):
            made = await c.call("appointments.schedule", start_time=START)
            gone = await c.call("appointments.cancel", **{name: getattr(made, name)})
            assert gone.appointment_uid == made.appointment_uid
            with pytest.raises(ConflictError) as caught:
                await c.call("appointments.cancel", **{name: getattr(made, name)})
            assert (caught.value.code, caught.value.status) == ("already_cancelled", 409)

    company.tell(story, company.settings(shape))
    assert company.live() == []
    assert len(company.seen()) == 9


REFUSALS = {
    "no such host": ({"assignee_email": "nobody@example.org"}, NotFoundError, "assignee_not_found", {}),
    "no such team": ({"team_id": "5d1f0c6be1a9c40f3b7d2aff"}, NotFoundError, "team_not_found", {}),
    "no such case": ({"reference_case_id": "NS-9999"}, NotFoundError, "case_not_found", {}),
    "no such type": (
        {"appointment_type": "Dentist"},
        ValidationError,
        "invalid_request",
        {"appointment_type": "is no appointment type of the company"},
    ),
    "an attribute that is not configured": (
        {"custom_attributes": {"shoe": 38}},
        ValidationError,
        "invalid_request",
        {"custom_attributes": "has an attribute that is not configured for the company"},
    ),
    "too long": ({"duration": 121}, ValidationError, "duration_exceeds_maximum", {"duration": "must be at most 120"}),
    "a reference that is taken": (
        {"external_reference_id": "PAS-0001"},
        ConflictError,
        "duplicate_external_reference",
        {},
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_rule_of_the_company_s_is_heard_of(shape, company):
    async def story(c):
        for given, kind, code, fields in REFUSALS.values():
            with pytest.raises(kind) as caught:
                await c.call("appointments.schedule", start_time=START, **given)
            assert (caught.value.code, caught.value.fields) == (code, fields)
        for name in ("appointment_id", "appointment_uid", "external_reference_id"):
            with pytest.raises(NotFoundError) as caught:
                await c.call("appointments.cancel", **{name: "nothing"})
            assert caught.value.code == "appointment_not_found"

    first = next(iter(company.record.appointments.values()))
    REFUSALS["a reference that is taken"][0]["external_reference_id"] = first.external_reference_id
    company.tell(story, company.settings(shape))
    assert company.live() == []


ANSWERS = [
    (people, place) for people in ("list", "object", "text") for place in (None, "data", "result", "appointment")
]


def test_the_api_may_answer_in_any_shape(company):
    async def story(c):
        for people, place in ANSWERS:
            company.emulation.participants_as, company.emulation.wrapped_in = people, place
            made = await c.call("appointments.schedule", **GIVEN)
            assert (made.host.email, made.join_url) == (DR_LEE, kept(company, made)[0].participants[1].meeting_link)
            keys = ["host1", "guest1"] if people == "object" else [None, None]
            assert [one.key for one in made.participants] == keys
            assert (made.title, made.duration) == ("Review of the knee", 45)
            assert (await c.call("appointments.cancel", made)).appointment_uid == made.appointment_uid

    company.tell(story)
    assert len(company.seen()) == 2 * len(ANSWERS)


def test_a_flow_need_not_pass_on_what_its_node_got(company):
    company.emulation.flow_passes_body = False

    async def story(c):
        made = await c.call("appointments.schedule", **GIVEN)
        record, _ = kept(company, made)
        assert (made.appointment_id, made.appointment_uid) == (record.id, record.uid)
        assert [one.meeting_link for one in made.participants] == [one.meeting_link for one in record.participants]
        assert (made.title, made.start_time, made.duration, made.case_id, made.status) == (None,) * 5
        assert made.external_reference_id == "PAS-7700"
        assert (made.response_status_code, json.loads(made.response_body)) == (201, made.as_sent())
        gone = await c.call("appointments.cancel", made)
        assert gone.appointment_id == record.id
        with pytest.raises(ConflictError, match=r"appointments\.cancel: 409 Conflict$"):
            await c.call("appointments.cancel", made)

    company.tell(story, company.settings("flow"))


def test_an_appointment_is_read_where_the_settings_say_where(company):
    getting = {"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}

    async def story(c):
        made = await c.call("appointments.schedule", **GIVEN)
        found = await c.call("appointments.get", made.appointment_id)
        assert (found.participants, found.title, found.status) == (made.participants, made.title, "OPEN")
        await c.call("appointments.cancel", made)
        assert (await c.call("appointments.get", made.appointment_id)).status == "CANCELLED"
        with pytest.raises(NotFoundError):
            await c.call("appointments.get", "nothing")

    company.tell(story, company.settings(endpoints=getting))
    for shape in SHAPES[:2]:
        with pytest.raises(UnsupportedError, match="'get' is off"):
            company.tell(lambda c: c.call("appointments.get", "x"), company.settings(shape))
