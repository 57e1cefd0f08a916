"""The vendor's other nodes through `request()`: participants, contacts, usage reports and their transactions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from imiassist_support import CUT, HOST, NOW, SHAPES, START, TOKEN, UID, answer, error, passed_on, settings

from apptsdk import (
    BadRequestError,
    ConflictError,
    NotFoundError,
    OutcomeUnknownError,
    PermissionDeniedError,
    UnsupportedError,
    ValidationError,
)
from apptsdk.sandbox.imiassist.seed import DR_LEE, PHYSIOTHERAPY, SAM_OTTER

MORNING = NOW + timedelta(days=9)


def test_hosts_are_added_and_removed(company):
    async def story(c):
        made = await c.call("appointments.schedule", start_time=MORNING, assignee_email=DR_LEE)
        path = f"/appointments/{made.appointment_id}/participants"
        added = await c.call("request", "POST", path, json={"role": "host", "email": SAM_OTTER})
        assert added.status == 201
        sam = added.json()
        assert (sam["role"], sam["first_name"], sam["last_name"]) == ("host", "Sam", "Otter")
        with pytest.raises(ConflictError) as caught:
            await c.call("request", "POST", path, json={"role": "host", "email": SAM_OTTER})
        assert caught.value.code == "already_participant"
        removed = await c.call("request", "DELETE", f"{path}/{sam['participant_id']}")
        assert (removed.status, removed.content) == (204, b"")
        with pytest.raises(NotFoundError):
            await c.call("request", "DELETE", f"{path}/{sam['participant_id']}")
        with pytest.raises(PermissionDeniedError, match="cannot be removed"):
            await c.call("request", "DELETE", f"{path}/{made.guests[0].participant_id}")
        path = f"/appointments/external/{made.external_reference_id}/participants"
        assert (await c.call("request", "POST", path, json={"role": "host", "email": SAM_OTTER})).status == 201
        return made

    made = company.tell(story)
    there = company.record.appointments[made.appointment_id].participants
    assert [one.email for one in there if one.role == "host"] == [SAM_OTTER, DR_LEE]


def test_contacts_are_made_changed_and_deleted(company):
    who = {"first_name": "Ana", "last_name": "Roe", "customer_id": "NHSID_88", "phone": "+447700900188"}

    async def story(c):
        made = await c.call("request", "POST", "/contacts", json={**who, "custom_attributes": {"age": 41}})
        number = made.json()["contact_id"]
        changed = await c.call("request", "PATCH", f"/contacts/{number}", json={"email": "ana@example.org"})
        assert changed.json() == {"contact_id": number}
        kept = company.record.contacts[number]
        assert (kept.first_name, kept.email, dict(kept.custom_attributes)) == ("Ana", "ana@example.org", {"age": 41})
        with pytest.raises(ValidationError) as caught:
            await c.call("request", "PATCH", f"/contacts/{number}", json={"phone": "07700 900188"})
        assert caught.value.fields == {"phone": "must be a phone number in E.164 format"}
        assert (await c.call("request", "DELETE", f"/contacts/{number}")).status == 204
        assert number not in company.record.contacts

    company.tell(story)


def test_a_usage_report_is_asked_for_and_its_transaction_read_until_it_is_done(company):
    async def story(c):
        asked = {"team_id": [PHYSIOTHERAPY], "start_time": "2026-02-01T00:00:00.000Z"}
        report = await c.call("request", "POST", "/reports/usage", json=asked)
        assert report.status == 202
        path = f"/transactions/{report.json()['transaction_id']}"
        first = (await c.call("request", "GET", path)).json()
        assert (first["status"], first["output_log"]) == ("IN_PROGRESS", {"status": "IN_PROGRESS"})
        company.watch.pass_by(60)
        last = (await c.call("request", "GET", path)).json()
        assert last["status"] == last["output_log"]["status"] == "COMPLETED"
        assert last["output_log"]["summary_url"].endswith("summary.csv")

    company.tell(story)


def test_a_read_is_repeated_and_a_write_is_not(company):
    async def story(c):
        company.sandbox.fault("status", status=503, provider="imiassist")
        with pytest.raises(NotFoundError):
            await c.call("request", "GET", "/transactions/nothing")
        company.sandbox.fault("drop_after", provider="imiassist")
        with pytest.raises(OutcomeUnknownError, match="look at the provider before you repeat it"):
            await c.call("request", "POST", "/contacts", json={"first_name": "Ana", "last_name": "Roe"})

    company.tell(story)
    assert [one.method for one in company.seen()] == ["GET", "GET", "POST"]
    assert [one.resource for one in company.sandbox.ledger] == ["contacts"]


def test_a_write_that_is_said_to_be_harmless_is_repeated(one):
    one.answers(CUT, answer({"contact_id": "c1"}))
    ask = {"json": {"email": "ana@example.org"}, "repeatable": True}
    assert one.tell(lambda c: c.call("request", "PATCH", "/contacts/c1", **ask)).status == 200
    assert len(one.seen) == 2


# --- behind a flow ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_a_flow_s_own_node_is_asked_by_post(shape, company):
    ask = {"node": "schedule", "startAt": "2026-03-10T09:00:00.000Z", "guestPhone": "+447700900177"}

    async def story(c):
        made = await c.call("request", "POST", "/bookings", json=ask)
        assert made.status == 201  # the node's
        with pytest.raises(BadRequestError, match="There is no such node"):
            await c.call("request", "POST", "/bookings", json={"node": "add_host"})
        return made.json()["Appointment_ID"]

    made = company.tell(story, company.settings(shape))
    assert company.live() == [made]


def test_credentials_go_into_the_body_of_any_request(vendor):
    given = settings(
        credentials_in_body=True,
        field_names={"token": "secret", "subdomain": "company"},
        endpoints={"get_existing_token": {"method": "POST", "path": "/auth/existing"}},
    )
    vendor.answers(answer({"participant_id": "p1"}), answer({}))

    async def story(c):
        await c.call("request", "POST", "/hosts", json={"email": DR_LEE})
        await c.call("request", "DELETE", "/hosts/p1")

    vendor.tell(story, given)
    signed = {"company": "northside", "domain": "eclinic.org.uk", "api_key": "made-up-key-77d1", "secret": TOKEN}
    assert [seen.body for seen in vendor.seen] == [{"email": DR_LEE, **signed}, signed]
    assert all({"authorization", "x-api-key"}.isdisjoint(seen.headers) for seen in vendor.seen)


@pytest.mark.parametrize(
    ("method", "ask"),
    [("GET", {}), ("POST", {"json": [1]}), ("POST", {"json": "x"})],
    ids=["a GET", "a list", "a text"],
)
def test_what_cannot_carry_credentials_is_refused_before_anything_is_sent(method, ask, vendor):
    given = settings(credentials_in_body=True)
    with pytest.raises(UnsupportedError, match="credentials_in_body"):
        vendor.tell(lambda c: c.call("request", method, "/x", **ask), given)
    assert vendor.feed.requests == []


# --- answers ---------------------------------------------------------------------------------------------------------


def test_a_response_is_given_as_it_came(vendor):
    vendor.answers(answer([{"a": 1}], 207, headers=[("X-Request-Id", "r-1")]))
    got = vendor.tell(lambda c: c.call("request", "GET", "/anything", query={"a": "b c"}))
    assert (got.status, got.json(), got.request_id) == (207, [{"a": 1}], "r-1")
    assert vendor.seen[0].url == f"{HOST}/api/v1/anything?a=b%20c"
    assert vendor.seen[0].headers["authorization"] == f"Token {TOKEN}"


def test_a_status_that_is_passed_on_counts_for_any_request(vendor):
    vendor.answers(passed_on("404", error("contact_not_found", "No such contact.")))
    with pytest.raises(NotFoundError, match=r"imiassist\.request: 404 No such contact\.") as caught:
        vendor.tell(lambda c: c.call("request", "DELETE", "/contacts/c1"))
    assert caught.value.code == "contact_not_found"


def test_appointments_beside_requests_share_one_account(vendor):
    vendor.answers(answer({"contact_id": "c1"}, 201), answer({"appointment_uid": UID}, 201))

    async def story(c):
        await c.call("request", "POST", "/contacts", json={"first_name": "Ana", "last_name": "Roe"})
        return await c.call("appointments.schedule", start_time=START)

    assert vendor.tell(story).appointment_uid == UID
    assert len({seen.headers["authorization"] for seen in vendor.seen}) == 1
