"""The emulated flow in front of IMIassist: other names, one path, and the same things happen."""

import orjson
import pytest
from sandbox_ward import PHONE, START

from apptsdk.sandbox.imiassist import flow
from apptsdk.sandbox.imiassist.appointments import INPUTS
from apptsdk.sandbox.imiassist.seed import DR_LEE, HARBOURVIEW, PHYSIO_REVIEW, PHYSIOTHERAPY

BOOKING = {"startAt": START, "guestPhone": PHONE, "firstName": "Zoe", "hostMail": DR_LEE}


def test_the_flow_calls_nothing_what_the_api_calls_it():
    ours = {name.lower() for name in flow.NAMES}
    same = {name for name, theirs in flow.NAMES.items() if theirs.lower() in ours}
    assert same == {"appointment_id", "appointment_uid"}
    assert all(name != theirs for name, theirs in flow.NAMES.items())
    assert len(set(flow.NAMES.values())) == len(flow.NAMES)
    assert INPUTS.keys() <= flow.NAMES.keys()


def test_a_booking_through_the_flow_is_one_of_the_api(ward):
    said = ward.outputs("schedule", **ward.credentials, **BOOKING)
    assert list(said) == ["Appointment_ID", "APPOINTMENT_uid", "Participants", "Response_Body", "response_STATUS_code"]
    assert said["response_STATUS_code"] == "201"
    (entry,) = ward.sandbox.ledger
    assert (entry.action, entry.resource, entry.id) == ("create", "appointments", said["Appointment_ID"])
    assert said["APPOINTMENT_uid"] == entry.record["appointment_uid"]
    assert orjson.loads(said["Response_Body"]) == entry.record
    host, guest = orjson.loads(said["Participants"])
    assert guest == {
        "personRef": entry.record["participants"][1]["participant_id"],
        "role": "guest",
        "givenName": "Zoe",
        "familyName": None,
        "inbox": None,
        "dial": PHONE,
        "video_url": entry.record["participants"][1]["meeting_link"],
    }
    assert (host["role"], host["inbox"]) == ("host", DR_LEE)


def test_every_input_has_its_way_through_the_flow(ward):
    values = {
        "customer_id": "NHSID_88",
        "customer_phone": PHONE,
        "customer_email": "zoe@example.org",
        "customer_first_name": "Zoe",
        "customer_last_name": "Ash",
        "custom_attributes": {"title": "Dr"},
        "team_id": PHYSIOTHERAPY,
        "appointment_type": PHYSIO_REVIEW,
        "start_time": START,
        "assignee_email": DR_LEE,
        "description": "Knee",
        "reference_case_id": "NS-2",
        "priority": "HIGH",
        "external_reference_id": "PAS-9001",
        "title": "Review",
        "duration": 45,
    }
    assert values.keys() == INPUTS.keys()
    said = ward.outputs("schedule", **ward.credentials, **{flow.NAMES[name]: value for name, value in values.items()})
    made = ward.company.appointments[said["Appointment_ID"]]
    contact = ward.company.contacts[made.contact_id]
    assert (contact.customer_id, contact.email, contact.custom_attributes) == (
        "NHSID_88",
        "zoe@example.org",
        {"title": "Dr"},
    )
    assert (made.team.id, made.description, made.case_id, made.priority) == (PHYSIOTHERAPY, "Knee", "NS-2", "HIGH")
    assert (made.external_reference_id, made.title, made.duration) == ("PAS-9001", "Review", 45)


@pytest.mark.parametrize("node", ["cancel_id", "cancel_uid", "cancel_reference"])
def test_the_flow_cancels_by_any_id_and_passes_on_what_the_api_says(ward, node):
    made = ward.outputs("schedule", **ward.credentials, **BOOKING, crmRef="a/b?c")
    names = {"cancel_id": "Appointment_Id", "cancel_uid": "Appointment_Uid", "cancel_reference": "crmRef"}
    ids = {"Appointment_Id": made["Appointment_ID"], "Appointment_Uid": made["APPOINTMENT_uid"], "crmRef": "a/b?c"}
    way = {names[node]: ids[names[node]]}
    said = ward.outputs(node, **ward.credentials, **way)
    assert (said["Appointment_ID"], said["APPOINTMENT_uid"]) == (made["Appointment_ID"], made["APPOINTMENT_uid"])
    again = ward.outputs(node, **ward.credentials, **way)
    assert again.keys() == {"Response_Status_Code", "Response_Body"}
    assert again["Response_Status_Code"] == "409"
    assert orjson.loads(again["Response_Body"])["error"]["code"] == "already_cancelled"


def test_an_id_that_is_missing_is_none(ward):
    assert ward.outputs("cancel_id", **ward.credentials)["Response_Status_Code"] == "404"


def test_the_flow_gets_tokens_for_the_integration_user(ward):
    where = {"company": "northside", "companyDomain": "eclinic.org.uk"}
    user = {"mailbox": ward.company.user_email, "passphrase": ward.company.user_password}
    access = ward.outputs("authenticate", **where, **user)["ACCESS"]
    said = ward.outputs("existing_token", **where, passport=access)
    assert (said["KEY"], said["Secret"]) == (ward.company.api_key, ward.imiassist.token())
    new = ward.outputs("new_token", **where, passport=access)
    assert new["Secret"] == ward.imiassist.token() != said["Secret"]
    assert ward.outputs("existing_token", **where, passport="x.y.z")["Response_Status_Code"] == "401"
    wrong = ward.outputs("authenticate", **where, **{**user, "passphrase": "wrong"})
    assert wrong["Response_Status_Code"] == "401"
    elsewhere = {"company": HARBOURVIEW, "companyDomain": "imiassist.ai"}
    assert ward.outputs("authenticate", **elsewhere, **user)["Response_Status_Code"] == "401"
    assert ward.outputs("existing_token", **elsewhere, passport=access)["Response_Status_Code"] == "401"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"secret": "0" * 64}, "401"),
        ({"key": None}, "401"),
        ({"companyDomain": "imiassist.ai"}, "404"),
        ({"company": None}, "404"),
        ({"company": HARBOURVIEW, "companyDomain": "imiassist.ai"}, "401"),
        ({"startAt": "soon"}, "400"),
        ({"minutes": 121}, "400"),
        ({"teamRef": "nobody"}, "404"),
    ],
)
def test_what_the_node_is_refused_is_a_200_with_its_status(ward, changes, status):
    said = {name: value for name, value in {**ward.credentials, **BOOKING, **changes}.items() if value is not None}
    outputs = ward.outputs("schedule", **said)
    assert outputs["Response_Status_Code"] == status
    assert orjson.loads(outputs["Response_Body"])["error"]["code"]
    assert len(ward.sandbox.ledger) == 0


@pytest.mark.parametrize(
    ("node", "said", "status", "why"),
    [
        ("schedule", {"path": "/flows/southside/bookings"}, 404, "No flow listens here."),
        ("reschedule", {}, 400, "There is no such node."),
        ("schedule", {"start_time": START}, 400, "The flow does not know start_time."),
        ("cancel_id", {"crmRef": "x"}, 400, "The flow does not know crmRef."),
        ("authenticate", {"key": "x", "inbox": "y"}, 400, "The flow does not know inbox, key."),
    ],
)
def test_what_the_webhook_itself_does_not_take_is_an_error_of_http(ward, node, said, status, why):
    answer = ward.flow(node, **said)
    assert (answer.status_code, answer.json()) == (status, {"message": why})


@pytest.mark.parametrize(
    ("method", "content", "kind", "status"),
    [
        ("GET", b"", "application/json", 405),
        ("POST", b"{}", "text/plain", 415),
        ("POST", b"[]", "application/json", 400),
        ("POST", b"{", "application/json", 400),
    ],
)
def test_the_webhook_takes_a_json_object_by_post(ward, method, content, kind, status):
    url = f"{ward.base}/flows/northside/bookings"
    answer = ward.http.request(method, url, content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert answer.json()["message"]


def test_the_flow_can_ignore_what_it_does_not_know_and_keep_the_body_to_itself(ward):
    ward.imiassist.unknown_members, ward.imiassist.flow_passes_body = "ignore", False
    said = ward.outputs("schedule", **ward.credentials, **BOOKING, shoe=41)
    assert (said["Response_Body"], said["response_STATUS_code"]) == ("", "201")
    assert said["Participants"]


def test_the_flow_can_have_credentials_of_its_own(ward):
    ward.imiassist.flow_keeps_credentials = True
    assert ward.outputs("schedule", **BOOKING)["response_STATUS_code"] == "201"
    assert ward.flow("schedule", **ward.credentials, **BOOKING).status_code == 400
    ward.imiassist.revoke()
    assert ward.outputs("schedule", **BOOKING)["Response_Status_Code"] == "401"


def test_the_shape_of_the_api_is_not_that_of_the_flow(ward):
    ward.imiassist.participants_as, ward.imiassist.wrapped_in = "object", "data"
    said = ward.outputs("schedule", **ward.credentials, **BOOKING)
    assert isinstance(orjson.loads(said["Participants"]), list)
    assert said["Appointment_ID"] in ward.company.appointments


def test_the_flows_settings_differ_from_the_apis_in_nothing_but_the_wire(ward):
    direct, through = ward.sandbox.imiassist, ward.sandbox.imiassist_flow
    assert (through.api_key, through.token, through.subdomain) == (direct.api_key, direct.token, direct.subdomain)
    assert through.credentials_in_body
    assert through.field_names == flow.NAMES
    assert {endpoint.body["node"] for endpoint in through.endpoints.values()} == flow.NODES.keys()
    assert {endpoint.path for endpoint in through.endpoints.values()} == {"/bookings"}
