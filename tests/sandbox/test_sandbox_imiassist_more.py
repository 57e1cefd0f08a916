"""The emulated IMIassist's other nodes: participants, contacts, usage reports."""

import re
from datetime import timedelta

import pytest
from sandbox_ward import NOBODY, PHONE, START

from apptsdk.sandbox.imiassist.seed import DR_LEE, HARBOURVIEW, NURSE_VALE, PHYSIOTHERAPY, SAM_OTTER, VIRTUAL_CLINIC

HOST = {"role": "host", "email": DR_LEE}
ADA = {"first_name": "Ada", "last_name": "Park", "customer_id": "NHSID_90", "phone": PHONE}


@pytest.fixture(params=["appointment_id", "external_reference_id"])
def people(request, ward):
    """The path of a new appointment's participants, by either of its ids."""
    made = ward.schedule(external_reference_id="APT1001")
    ward.made = made["appointment_id"]
    middle = {"appointment_id": "", "external_reference_id": "external/"}[request.param]
    return f"/appointments/{middle}{made[request.param]}/participants"


def test_a_host_is_added_with_a_link_of_their_own_and_the_appointment_leaves_the_queue(ward, people):
    team = ward.company.teams[VIRTUAL_CLINIC]
    waiting = len(ward.company.queue(team))
    said = ward.done("POST", people, HOST, status=201)
    shown = ward.done("GET", f"/appointments/{ward.made}")["participants"]
    assert {"appointment_id": ward.made, **shown[0]} == said
    assert (said["role"], said["first_name"], said["last_name"]) == ("host", "Li", "Lee")
    assert said["meeting_link"] != shown[1]["meeting_link"]
    assert len(ward.company.queue(team)) == waiting - 1
    ward.refused("POST", people, HOST, status=409, code="already_participant")
    ward.done("POST", people, {**HOST, "email": SAM_OTTER}, status=201)
    ward.imiassist.participants_as = "object"
    assert list(ward.done("GET", f"/appointments/{ward.made}")["participants"]) == ["host1", "host2", "guest1"]


def test_a_host_is_removed_and_the_guest_is_not(ward, people):
    added = ward.done("POST", people, HOST, status=201)
    guest = ward.company.appointments[ward.made].participants[-1]
    ward.refused("DELETE", f"{people}/{guest.id}", status=403, code="not_allowed")
    assert ward.done("DELETE", f"{people}/{added['participant_id']}", status=204) is None
    ward.refused("DELETE", f"{people}/{added['participant_id']}", status=404, code="participant_not_found")
    assert ward.company.appointments[ward.made].queued
    assert [(one.action, one.resource) for one in ward.sandbox.ledger][1:] == [
        ("create", "participants"),
        ("delete", "participants"),
    ]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"role": "is required", "email": "is required"}),
        ({"role": "guest", "email": DR_LEE}, {"role": "must be host"}),
        ({"role": "host", "email": "x"}, {"email": "must be a mail address"}),
    ],
)
def test_only_hosts_can_be_added(ward, people, said, wrong):
    assert ward.refused("POST", people, said) == wrong


def test_hosts_of_nobody_and_cancelled_appointments_are_refused(ward, people):
    ward.refused("POST", people, {**HOST, "email": NURSE_VALE}, status=404, code="assignee_not_found")
    ward.done("POST", people.replace("participants", "cancel"), {})
    ward.refused("POST", people, HOST, status=409, code="already_cancelled")
    ward.refused("DELETE", f"{people}/{NOBODY}", status=409, code="already_cancelled")


def test_a_contact_is_made_changed_and_deleted(ward):
    made = ward.done("POST", "/contacts", {**ADA, "custom_attributes": {"age": 41}}, status=201)
    path = f"/contacts/{made['contact_id']}"
    changed = {"last_name": "Hill", "phone": "+447700900777", "custom_attributes": {"gender": "f"}}
    assert ward.done("PATCH", path, changed) == made
    first, second = ward.sandbox.ledger
    assert (first.action, first.resource, first.id) == ("create", "contacts", made["contact_id"])
    assert second.record == {**made, **ADA, **changed, "email": None, "custom_attributes": {"age": 41, "gender": "f"}}
    booked = ward.schedule(customer_id=None, customer_phone="+447700900777")
    assert ward.company.appointments[booked["appointment_id"]].contact_id == made["contact_id"]
    assert ward.done("DELETE", path, status=204) is None
    assert ward.sandbox.ledger.live("contacts") == []
    for method in ("PATCH", "DELETE"):
        ward.refused(method, path, {}, status=404, code="contact_not_found")
    again = ward.schedule(customer_id=None, customer_phone="+447700900777")
    assert ward.company.appointments[again["appointment_id"]].contact_id != made["contact_id"]


def test_a_number_that_two_contacts_have_stays_the_latters_when_the_former_goes(ward):
    one, two = (
        ward.done("POST", "/contacts", {**ADA, "customer_id": id_}, status=201)["contact_id"] for id_ in ("C1", "C2")
    )
    ward.done("DELETE", f"/contacts/{one}", status=204)
    assert ward.company.known["phone", PHONE] == two


def test_a_customer_id_belongs_to_one_contact(ward):
    made = ward.done("POST", "/contacts", ADA, status=201)["contact_id"]
    other = ward.done("POST", "/contacts", {**ADA, "customer_id": "NHSID_91"}, status=201)["contact_id"]
    ward.refused("POST", "/contacts", ADA, status=409, code="duplicate_contact")
    ward.refused("PATCH", f"/contacts/{other}", {"customer_id": "NHSID_90"}, status=409, code="duplicate_contact")
    ward.done("PATCH", f"/contacts/{made}", {"customer_id": "NHSID_90"})


def test_a_contact_needs_a_name_and_what_the_company_requires(ward):
    assert ward.refused("POST", "/contacts", {}) == {"first_name": "is required", "last_name": "is required"}
    ward.enter(HARBOURVIEW)
    assert ward.refused("POST", "/contacts", {"first_name": "Ada", "last_name": "Park"}) == {"phone": "is required"}


def test_a_usage_report_is_there_after_a_while_by_the_clock_of_the_sandbox(ward):
    said = {"department_id": list(ward.company.departments), "team_id": PHYSIOTHERAPY, "start_time": START}
    id_ = ward.done("POST", "/reports/usage", said, status=202)["transaction_id"]
    assert re.fullmatch(r"\d{5}[a-z0-9]{12}", id_)
    path = f"/transactions/{id_}"
    ward.sandbox.clock.advance(timedelta(seconds=59))
    waits = {"transaction_id": id_, "status": "IN_PROGRESS", "output_log": {"status": "IN_PROGRESS"}}
    assert ward.done("GET", path) == waits
    ward.sandbox.clock.advance(timedelta(seconds=1))
    done = ward.done("GET", path)
    assert (done["status"], done["output_log"]["status"]) == ("COMPLETED", "COMPLETED")
    urls = {name: url for name, url in done["output_log"].items() if name != "status"}
    assert urls.keys() == {"summary_url", "appointments_url"}
    assert all(url.startswith("https://northside.eclinic.org.uk/") and url.endswith(".csv") for url in urls.values())
    assert ward.sandbox.ledger.created("transactions") == [id_]
    ward.enter(HARBOURVIEW)
    ward.refused("GET", path, status=404, code="transaction_not_found")


def test_a_report_can_be_quicker(ward):
    ward.imiassist.report_after = timedelta(0)
    id_ = ward.done("POST", "/reports/usage", {"start_time": START, "emails": ["a@example.org"]}, status=202)
    assert ward.done("GET", f"/transactions/{id_['transaction_id']}")["status"] == "COMPLETED"


@pytest.mark.parametrize(
    ("said", "status", "code", "wrong"),
    [
        ({}, 400, "invalid_request", {"start_time": "is required"}),
        (
            {"start_time": START, "emails": [1]},
            400,
            "invalid_request",
            {"emails": "must be a text or an array of texts"},
        ),
        ({"start_time": START, "team_id": [NOBODY]}, 404, "team_not_found", {}),
        ({"start_time": START, "department_id": NOBODY}, 404, "department_not_found", {}),
    ],
)
def test_a_report_about_what_is_not_there_is_refused(ward, said, status, code, wrong):
    assert ward.refused("POST", "/reports/usage", said, status=status, code=code) == wrong
