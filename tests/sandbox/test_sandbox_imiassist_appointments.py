"""The emulated IMIassist's appointments: scheduled, shown, cancelled, and refused."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from props import sandbox_of
from sandbox_ward import GUEST, NOBODY, NOW, PHONE, START, Ward

from apptsdk.sandbox.imiassist import IMIassist
from apptsdk.sandbox.imiassist.appointments import INPUTS
from apptsdk.sandbox.imiassist.seed import (
    DR_LEE,
    FOLLOW_UP,
    HARBOURVIEW,
    NURSE_VALE,
    PHYSIO_REVIEW,
    PHYSIOTHERAPY,
    VIRTUAL_CLINIC,
)

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


def test_an_appointment_is_answered_with_everything_that_was_decided(ward):
    said = ward.schedule(assignee_email=DR_LEE, external_reference_id="PAS-9001", duration=30)
    host, guest = said.pop("participants")
    assert re.fullmatch(r"[0-9a-f]{24}", said.pop("appointment_id"))
    assert said == {
        "appointment_uid": "NS-6-1",
        "title": "Video appointment with Zoe Ash",
        "start_time": START,
        "end_time": "2026-03-03T09:30:00.000Z",
        "duration": 30,
        "priority": "LOW",
        "status": "OPEN",
        "case_id": "NS-6",
        "external_reference_id": "PAS-9001",
    }
    links = {host.pop("meeting_link"), guest.pop("meeting_link")}
    assert len(links) == 2
    assert all(re.fullmatch(r"https://northside\.eclinic\.org\.uk/j/\w{10}", link) for link in links)
    assert host.pop("participant_id") != guest.pop("participant_id")
    assert host == {"role": "host", "first_name": "Li", "last_name": "Lee", "email": DR_LEE, "phone": None}
    assert guest == {"role": "guest", "first_name": "Zoe", "last_name": "Ash", "email": None, "phone": PHONE}


def test_every_input_is_kept(ward):
    said = {
        "customer_id": "NHSID_88",
        "customer_phone": "+447700900188",
        "customer_email": "zoe@example.org",
        "customer_first_name": "Zoe",
        "customer_last_name": "Ash",
        "custom_attributes": {"age": 41, "title": "Dr"},
        "team_id": PHYSIOTHERAPY,
        "appointment_type": FOLLOW_UP,
        "start_time": START,
        "assignee_email": DR_LEE.upper(),
        "description": "Knee",
        "reference_case_id": "NS-2",
        "priority": "HIGH",
        "external_reference_id": "PAS-9002",
        "title": "Review",
        "duration": 45,
    }
    assert said.keys() == INPUTS.keys()
    made = ward.company.appointments[ward.schedule(**said)["appointment_id"]]
    contact = ward.company.contacts[made.contact_id]
    assert (contact.customer_id, contact.phone, contact.email) == ("NHSID_88", "+447700900188", "zoe@example.org")
    assert (contact.first_name, contact.last_name, contact.custom_attributes) == (
        "Zoe",
        "Ash",
        {"age": 41, "title": "Dr"},
    )
    assert (made.team.id, made.appointment_type, made.description) == (PHYSIOTHERAPY, FOLLOW_UP, "Knee")
    assert (made.start, made.duration) == (datetime(2026, 3, 3, 9, tzinfo=UTC), 45)
    assert (made.case_id, made.priority, made.title) == ("NS-2", "HIGH", "Review")
    assert (made.external_reference_id, made.participants[0].email) == ("PAS-9002", DR_LEE)


def test_one_booking_is_one_entry_of_the_ledger_and_a_cancellation_another(ward):
    said = ward.schedule()
    ward.done("POST", f"/appointments/{said['appointment_id']}/cancel", {})
    assert [(one.action, one.resource, one.id) for one in ward.sandbox.ledger] == [
        ("create", "appointments", said["appointment_id"]),
        ("cancel", "appointments", said["appointment_id"]),
    ]
    first, second = ward.sandbox.ledger
    assert (first.record, second.record) == (said, {**said, "status": "CANCELLED"})
    assert ward.sandbox.ledger.live("appointments") == []


@pytest.mark.parametrize(
    ("more", "team", "minutes"),
    [
        ({}, VIRTUAL_CLINIC, 15),
        ({"appointment_type": PHYSIO_REVIEW}, PHYSIOTHERAPY, 20),
        ({"team_id": PHYSIOTHERAPY}, PHYSIOTHERAPY, 20),
        ({"team_id": VIRTUAL_CLINIC, "appointment_type": PHYSIO_REVIEW}, VIRTUAL_CLINIC, 15),
        ({"team_id": PHYSIOTHERAPY, "duration": 60}, PHYSIOTHERAPY, 60),
        ({"duration": 120}, VIRTUAL_CLINIC, 120),
    ],
)
def test_the_team_is_that_of_the_call_else_of_the_type_else_the_default_and_says_how_long(ward, more, team, minutes):
    made = ward.company.appointments[ward.schedule(**more)["appointment_id"]]
    assert (made.team.id, made.duration) == (team, minutes)


@pytest.mark.parametrize(("more", "most"), [({"duration": 121}, 120), ({"duration": 61, "team_id": PHYSIOTHERAPY}, 60)])
def test_no_appointment_is_longer_than_its_department_allows(ward, more, most):
    assert ward.denied(code="duration_exceeds_maximum", **more) == {"duration": f"must be at most {most}"}


def test_without_a_host_there_is_the_guest_alone_and_the_appointment_waits_in_the_teams_queue(ward):
    team = ward.company.teams[VIRTUAL_CLINIC]
    before = ward.company.queue(team)
    said = ward.schedule()
    ward.schedule(assignee_email=DR_LEE)
    assert [one["role"] for one in said["participants"]] == ["guest"]
    assert [one.id for one in ward.company.queue(team)] == [*(one.id for one in before), said["appointment_id"]]


def test_a_case_that_is_named_is_used_again_and_numbers_its_appointments(ward):
    uids = [ward.schedule(reference_case_id=case)["appointment_uid"] for case in (None, "NS-6", "NS-6")]
    assert uids == ["NS-6-1", "NS-6-2", "NS-6-3"]
    assert ward.schedule()["appointment_uid"] == "NS-7-1"
    assert ward.denied(404, "case_not_found", reference_case_id="NS-99") == {}


@pytest.mark.parametrize(
    ("first", "again", "same"),
    [
        (
            {"customer_id": "C1", "customer_phone": PHONE},
            {"customer_id": "C1", "customer_phone": "+447700900999"},
            True,
        ),
        ({"customer_id": "C1", "customer_phone": PHONE}, {"customer_id": "C2", "customer_phone": PHONE}, False),
        ({"customer_id": "C1", "customer_phone": PHONE}, {"customer_phone": PHONE}, True),
        ({"customer_phone": PHONE, "customer_email": "a@example.org"}, {"customer_email": "a@example.org"}, True),
        ({"customer_email": "a@example.org"}, {"customer_email": "b@example.org"}, False),
        ({}, {}, False),
    ],
)
def test_a_guest_is_known_by_the_strongest_key_that_is_sent(ward, first, again, same):
    nobody = dict.fromkeys(GUEST)
    made = [ward.company.appointments[ward.schedule(**nobody | said)["appointment_id"]] for said in (first, again)]
    assert (made[0].contact_id == made[1].contact_id) is same


def test_what_is_new_about_a_guest_is_noted_and_the_rest_is_kept(ward):
    ward.schedule(custom_attributes={"age": 41})
    said = ward.schedule(
        customer_phone=None, customer_first_name=None, customer_last_name="Oak", custom_attributes={"gender": "x"}
    )
    guest = said["participants"][-1]
    assert (guest["first_name"], guest["last_name"], guest["phone"]) == ("Zoe", "Oak", PHONE)
    contact = ward.company.contacts[ward.company.known["customer_id", "NHSID_77"]]
    assert contact.custom_attributes == {"age": 41, "gender": "x"}


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({}, "Video appointment with Zoe Ash"),
        ({"customer_last_name": None}, "Video appointment with Zoe"),
        ({"customer_first_name": None, "customer_last_name": None}, "Video appointment with guest"),
        ({"title": "Review"}, "Review"),
    ],
)
def test_a_title_is_made_of_the_guests_name_where_there_is_none(ward, more, title):
    assert ward.schedule(**more)["title"] == title


WRONG = [
    ({"start_time": None}, {"start_time": "is required"}),
    *(
        ({"start_time": value}, {"start_time": "must be a time in ISO 8601, with Z or an offset"})
        for value in ("2026-03-03T09:00:00", "soon", "", 9, "0001-01-01T00:00:00+12:00")
    ),
    *(
        ({"customer_phone": value}, {"customer_phone": "must be a phone number in E.164 format"})
        for value in ("07700900123", "+44 7700 900123", "+123456", "+1234567890123456", "", 44)
    ),
    ({"customer_email": "zoe"}, {"customer_email": "must be a mail address"}),
    ({"priority": "low"}, {"priority": "must be one of LOW, MEDIUM, HIGH"}),
    *(
        ({"duration": value}, {"duration": "must be a whole number of minutes, from 1 on"})
        for value in (0, -5, 1.5, "30", True)
    ),
    ({"custom_attributes": "x"}, {"custom_attributes": "must be an object"}),
    ({"custom_attributes": {"age": {}}}, {"custom_attributes": "must be flat"}),
    (
        {"custom_attributes": {"shoe": 41}},
        {"custom_attributes": "has an attribute that is not configured for the company"},
    ),
    ({"appointment_type": "follow-up"}, {"appointment_type": "is no appointment type of the company"}),
    ({"title": " "}, {"title": "must be a text that is not empty"}),
    ({"customerPhone": PHONE}, {"customerPhone": "is unknown"}),
    (
        {"priority": "URGENT", "duration": 0},
        {"priority": "must be one of LOW, MEDIUM, HIGH", "duration": "must be a whole number of minutes, from 1 on"},
    ),
]


@pytest.mark.parametrize(("more", "wrong"), WRONG)
def test_everything_that_is_wrong_is_named(ward, more, wrong):
    assert ward.denied(**more) == wrong


def test_null_is_no_way_to_leave_something_out(ward):
    wrong = ward.refused("POST", "/appointments", {"start_time": START, "title": None})
    assert wrong == {"title": "must be a text that is not empty"}


def test_unknown_members_can_be_ignored(ward):
    ward.imiassist.unknown_members = "ignore"
    assert ward.schedule(customerPhone=PHONE)["status"] == "OPEN"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"team_id": NOBODY}, "team_not_found"),
        ({"assignee_email": NURSE_VALE}, "assignee_not_found"),
        ({"reference_case_id": "HV-1"}, "case_not_found"),
    ],
)
def test_what_another_company_has_or_nobody_is_not_found(ward, more, code):
    ward.denied(404, code, **more)


def test_a_company_can_require_a_phone_number_or_a_mail_address(ward):
    ward.enter(HARBOURVIEW)
    assert ward.denied(customer_phone=None) == {"customer_phone": "is required"}
    said = ward.schedule()
    assert (said["appointment_uid"], said["duration"]) == ("HV-1-1", 30)
    assert said["participants"][0]["meeting_link"].startswith("https://harbourview.imiassist.ai/")
    ward.imiassist.register("hillside", require_email=True, attributes=["age"])
    ward.enter("hillside")
    assert ward.denied() == {"customer_email": "is required"}
    said = ward.schedule(customer_email="zoe@example.org", custom_attributes={"age": 3})
    assert (said["appointment_uid"], said["duration"]) == ("HI-1-1", 15)


def test_a_company_is_registered_once_on_a_domain_that_there_is(ward):
    with pytest.raises(ValueError, match="already"):
        ward.imiassist.register("northside")
    with pytest.raises(ValueError, match=r"eclinic\.org\.uk, imiassist\.ai"):
        ward.imiassist.register("elsewhere", domain="example.org")


ROADS = {
    "appointment_id": "/appointments/{}/cancel",
    "appointment_uid": "/appointments/uid/{}/cancel",
    "external_reference_id": "/appointments/external/{}/cancel",
}


@pytest.mark.parametrize("road", ROADS)
def test_an_appointment_is_cancelled_once_by_any_of_its_ids(ward, road):
    said = ward.schedule(external_reference_id="cancel")
    path = ROADS[road].format(said[road])
    both = {name: said[name] for name in ("appointment_id", "appointment_uid")}
    assert ward.done("POST", path, {}) == both
    shown = ward.done("GET", f"/appointments/{said['appointment_id']}")
    assert shown == {**said, "status": "CANCELLED"}
    assert ward.refused("POST", path, {}, status=409, code="already_cancelled") == {}


@pytest.mark.parametrize("road", ROADS.values())
def test_what_is_not_there_or_another_companys_cannot_be_cancelled(ward, road):
    ward.refused("POST", road.format(NOBODY), {}, status=404, code="appointment_not_found")
    said = ward.schedule(external_reference_id="PAS-9003")
    ward.enter(HARBOURVIEW)
    for id_ in (said["appointment_id"], said["appointment_uid"], "PAS-9003"):
        ward.refused("POST", road.format(id_), {}, status=404, code="appointment_not_found")


def test_a_cancellation_says_nothing_in_its_body(ward):
    said = ward.schedule()
    path = f"/appointments/{said['appointment_id']}/cancel"
    assert ward.refused("POST", path, {"reason": "ill"}) == {"reason": "is unknown"}
    ward.done("POST", path)


def test_what_has_ended_cannot_be_cancelled(ward):
    ended = next(one for one in ward.company.appointments.values() if one.status == "CLOSED")
    ward.refused("POST", f"/appointments/{ended.id}/cancel", {}, status=409, code="not_open")


def test_an_external_reference_belongs_to_one_appointment_that_stands(ward):
    path, first = ROADS["external_reference_id"].format("a%2Fb"), ward.schedule(external_reference_id="a/b")
    ward.denied(409, "duplicate_external_reference", external_reference_id="a/b")
    assert ward.done("POST", path, {})["appointment_id"] == first["appointment_id"]
    second = ward.schedule(external_reference_id="a/b")
    assert ward.done("POST", path, {})["appointment_id"] == second["appointment_id"]


def test_the_path_comes_first_then_the_credentials_then_the_body_then_what_it_names(ward):
    bad = {"team_id": NOBODY, "assignee_email": "x@example.org", "reference_case_id": "NS-99", "duration": 999}
    ward.refused("POST", "/nowhere", {}, status=404, code="path_not_found", x="y")
    ward.refused("PUT", "/appointments", {}, status=405, code="method_not_allowed", x="y")
    ward.refused("POST", "/appointments", {}, status=401, code="invalid_token", x="y")
    ward.denied(priority="x", **bad)
    for code in ("team_not_found", "assignee_not_found", "case_not_found"):
        ward.denied(404, code, **bad)
        del bad[next(iter(bad))]
    ward.schedule(external_reference_id="PAS-9004")
    ward.denied(400, "duration_exceeds_maximum", external_reference_id="PAS-9004", **bad)
    ward.denied(409, "duplicate_external_reference", external_reference_id="PAS-9004")


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b"[]", "application/json", 400, "invalid_request"),
        (b"{", "application/json; charset=utf-8", 400, "invalid_request"),
    ],
)
def test_a_body_is_a_json_object_that_calls_itself_so(ward, content, kind, status, code):
    headers = {**ward.headers, "content-type": kind}
    answer = ward.http.post(f"{ward.base}/api/v1/appointments", content=content, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("member", [None, "data", "result", "appointment"])
@pytest.mark.parametrize("shape", ["list", "object", "text"])
def test_participants_and_the_whole_answer_come_in_the_shape_that_is_wanted(ward, shape, member):
    ward.imiassist.participants_as, ward.imiassist.wrapped_in = shape, member
    answer = ward.schedule(assignee_email=DR_LEE)
    said = answer if member is None else answer[member]
    assert member is None or list(answer) == [member]
    people = said["participants"]
    people = orjson.loads(people) if shape == "text" else people
    assert list(people) == ["host1", "guest1"] if shape == "object" else isinstance(people, list)
    rows = list(people.values()) if shape == "object" else people
    assert [one["role"] for one in rows] == ["host", "guest"]
    cancelled = ward.done("POST", f"/appointments/{said['appointment_id']}/cancel", {})
    assert (cancelled if member is None else cancelled[member])["appointment_uid"] == said["appointment_uid"]
    assert ward.refused("GET", f"/appointments/{NOBODY}", status=404, code="appointment_not_found") == {}


def test_the_world_begins_with_as_many_appointments_as_were_asked_for(ward):
    many = ward.company.appointments.values()
    assert len(many) == 12
    assert Counter(one.status == "OPEN" for one in many) == {True: 4, False: 8}
    assert all((one.start > NOW) == (one.status == "OPEN") for one in many)
    assert any(one.queued for one in many)
    assert {one.uid for one in many} == set(ward.company.uids)
    with sandbox_of("imiassist", now=NOW, appointments=0) as empty:
        world = empty.emulator(IMIassist).world
        assert not world.companies["northside"].appointments
        assert len(world.companies["northside"].contacts) == 5


def test_worlds_of_the_same_seed_are_the_same():
    def ids(seed: int) -> list[str]:
        sandbox = sandbox_of("imiassist", now=NOW, seed=seed)
        return list(sandbox.emulator(IMIassist).world.companies["northside"].appointments)

    assert ids(1) == ids(1) != ids(2)


@pytest.fixture(scope="module")
def busy():
    """Companies in which every example books more."""
    with sandbox_of("imiassist", now=NOW) as sandbox, Ward(sandbox) as ward:
        yield ward


@settings(max_examples=30, **SHARED)
@given(
    start=st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1)),  # noqa: DTZ001
    offset=st.integers(-14 * 60, 14 * 60),
    minutes=st.integers(1, 120),
)
def test_an_appointment_ends_when_its_duration_has_passed_whatever_offset_it_was_given_in(busy, start, offset, minutes):
    moment = start.replace(tzinfo=UTC)
    local = (start + timedelta(minutes=offset)).isoformat()
    sign, hours, rest = "-" if offset < 0 else "+", abs(offset) // 60, abs(offset) % 60
    said = busy.schedule(start_time=f"{local}{sign}{hours:02}:{rest:02}", duration=minutes)
    begins, ends = (datetime.fromisoformat(said[name]) for name in ("start_time", "end_time"))
    assert begins == moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert ends - begins == timedelta(minutes=minutes)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", said["start_time"])


@settings(max_examples=30, **SHARED)
@given(reference=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40))
def test_any_external_reference_leads_back_to_its_appointment(busy, reference):
    from urllib.parse import quote  # noqa: PLC0415

    said = busy.schedule(external_reference_id=reference)
    path = f"/appointments/external/{quote(reference, safe='')}/cancel"
    assert busy.done("POST", path, {})["appointment_id"] == said["appointment_id"]
