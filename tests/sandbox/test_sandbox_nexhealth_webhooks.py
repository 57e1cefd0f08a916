"""Webhooks of the emulated NexHealth: endpoints, subscriptions, signatures, deliveries."""

import hashlib
import hmac
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox_office import HOUR, NOW, SECOND, VERSIONS, Office
from sandbox_receiver import Receiver, receiving

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.nexhealth.deliveries import RETRIES, sign
from apptsdk.sandbox.nexhealth.hooks import EVENTS

PRACTICE = "riverbend-dental"
HOOK = "https://hooks.example.com/nexhealth"
MINUTE = timedelta(minutes=1)
FORBIDDEN = (403, ["You don't have access to perform this action."])
MISSING = (404, ["Resource not found"])


@pytest.fixture
def office() -> Iterator[Office]:
    with Sandbox(now=NOW, rate_limit=None, appointments=0) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        office = Office(sandbox)
        with closing(office.http):
            yield office


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture(params=VERSIONS)
def either(office: Office, request: pytest.FixtureRequest) -> Office:
    """An office that speaks either version."""
    office.speak(request.param)
    return office


def subscriptions(endpoint, id_=None):
    path = f"/webhook_endpoints/{endpoint['id']}/webhook_subscriptions"
    return path if id_ is None else f"{path}/{id_}"


def announced(office: Office, name: str = "document_insertion.complete", **more) -> None:
    office.nexhealth.announce("Document", name, {"document": {"id": 5}}, **more)
    office.sandbox.settle()


def document(office: Office, url: str):
    endpoint = office.endpoint(url)
    office.subscribe(endpoint["id"], "document_insertion", resource="Document")
    return endpoint


# --- endpoints -------------------------------------------------------------------------------------------------------


def test_an_endpoint_is_made_with_a_secret_of_its_own(either):
    made = either.ask("POST", "/webhook_endpoints", {"target_url": HOOK})
    assert made.status_code == 201
    assert made.headers["content-type"] == "application/vnd.Nexhealth+json;version=2"
    row = made.json()["data"]
    assert row == {
        "id": row["id"],
        "target_url": HOOK,
        "secret_key": row["secret_key"],
        "active": True,
        "created_at": "2026-03-02T22:00:00.000Z",
        "updated_at": "2026-03-02T22:00:00.000Z",
    }
    assert re.fullmatch("[0-9a-f]{32}", row["secret_key"])
    other = either.endpoint(HOOK, active=False)
    assert other["secret_key"] != row["secret_key"]
    assert other["active"] is False
    assert either.get("/webhook_endpoints") == [row, other]
    assert either.get("/webhook_endpoints", active="true") == [row]
    assert either.get("/webhook_endpoints", active="false") == [other]
    assert either.ask("GET", "/webhook_endpoints").json()["count"] == 2


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "Missing parameter target_url"),
        ({"target_url": ""}, "Missing parameter target_url"),
        ({"target_url": None}, "Missing parameter target_url"),
        ({"target_url": "hooks.example.com"}, "target_url is invalid"),
        ({"target_url": "ftp://hooks.example.com"}, "target_url is invalid"),
        ({"target_url": "https://"}, "target_url is invalid"),
        ({"target_url": "https://hooks.example.com:0/"}, "target_url is invalid"),
        ({"target_url": "https://hooks.example.com:port/"}, "target_url is invalid"),
        ({"target_url": "https://[::1/"}, "target_url is invalid"),
        ({"target_url": "https://hooks.example.com/a b"}, "target_url is invalid"),
        ({"target_url": "https://hooks.example.com/\u00e4"}, "target_url is invalid"),
        ({"target_url": "https://hooks.example.com/\n"}, "target_url is invalid"),
        ({"target_url": ["https://hooks.example.com/"]}, "target_url is invalid"),
        ({"target_url": 5}, "target_url is invalid"),
        ({"target_url": "http://hooks.example.com/"}, "target_url must use HTTPS"),
        ({"target_url": "HTTP://hooks.example.com/"}, "target_url must use HTTPS"),
        ({"target_url": HOOK, "active": "maybe"}, "active is invalid"),
    ],
)
def test_an_endpoint_needs_a_url_that_is_https_unless_it_is_on_this_machine(either, body, text):
    assert either.refused("POST", "/webhook_endpoints", body) == (400, [text])
    assert either.get("/webhook_endpoints") == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:80/a?b=c", "http://localhost/", "http://[::1]:9/", HOOK])
def test_on_this_machine_http_will_do(either, url):
    assert either.endpoint(url)["target_url"] == url


def test_an_endpoint_is_changed_and_deleted(either):
    made = either.endpoint(HOOK)
    path = f"/webhook_endpoints/{made['id']}"
    either.sandbox.clock.advance(MINUTE)
    assert either.done("PATCH", path, {}) == made
    changed = either.done("PATCH", path, {"target_url": f"{HOOK}/2", "active": False})
    later = {"target_url": f"{HOOK}/2", "active": False, "updated_at": "2026-03-02T22:01:00.000Z"}
    assert changed == {**made, **later}
    assert either.refused("PATCH", path, {"target_url": "http://example.com"}) == (400, ["target_url must use HTTPS"])
    assert either.refused("PATCH", path, {"target_url": ""}) == (400, ["Missing parameter target_url"])
    assert either.get("/webhook_endpoints") == [changed]
    other = either.endpoint(HOOK)
    either.subscribe(made["id"], "appointment_created")
    kept = either.subscribe(other["id"], "appointment_created")
    gone = either.ask("DELETE", path)
    assert (gone.status_code, gone.content) == (204, b"")
    assert either.get("/webhook_endpoints") == [other]
    assert either.get(subscriptions(other)) == kept
    assert either.sandbox.ledger.live("webhook_subscriptions") == [str(row["id"]) for row in kept]
    for method, what in (("PATCH", path), ("DELETE", path), ("GET", f"{path}/webhook_subscriptions")):
        assert either.refused(method, what, {} if method == "PATCH" else None) == MISSING


def test_an_endpoint_is_the_accounts_so_that_a_subdomain_is_ignored(either):
    answer = either.ask("POST", "/webhook_endpoints", {"target_url": HOOK}, subdomain=PRACTICE)
    assert answer.status_code == 201
    assert answer.json()["description"] == "Note that following parameters are ignored: subdomain."


# --- subscriptions ---------------------------------------------------------------------------------------------------


def test_a_subscription_is_made_for_one_practice(either):
    endpoint = either.endpoint(HOOK)
    body = {"resource_type": "Appointment", "event": "appointment_insertion"}
    answer = either.ask("POST", subscriptions(endpoint), body, subdomain=PRACTICE)
    assert answer.status_code == 201
    row = answer.json()["data"]
    assert row == {
        "id": row["id"],
        "webhook_endpoint_id": endpoint["id"],
        "institution_id": either.nexhealth.world.institution(PRACTICE).id,
        "resource_type": "Appointment",
        "event": "appointment_insertion",
        "active": True,
        "created_at": "2026-03-02T22:00:00.000Z",
        "updated_at": "2026-03-02T22:00:00.000Z",
    }
    lower = {"resource_type": "appointment", "event": "appointment_created", "active": False}
    other = either.done("POST", subscriptions(endpoint), lower, subdomain="lakeside")
    assert (other["resource_type"], other["active"]) == ("Appointment", False)
    assert other["institution_id"] != row["institution_id"]
    assert either.get(subscriptions(endpoint)) == [row, other]


def test_subscriptions_are_listed_by_practice_resource_and_event(either):
    endpoint, another = either.endpoint(HOOK), either.endpoint(HOOK)
    here = either.subscribe(endpoint["id"], "appointment_created", "appointment_updated")
    patients = either.subscribe(endpoint["id"], "patient_created", resource="Patient")
    there = either.subscribe(endpoint["id"], "appointment_created", subdomain="lakeside")
    elsewhere = either.subscribe(another["id"], "appointment_created")
    onboarding = {"resource_type": "Onboarding", "event": "onboarding_created"}
    nobodys = [either.done("POST", subscriptions(endpoint), onboarding)]
    assert nobodys[0]["institution_id"] is None
    path = subscriptions(endpoint)
    assert either.get(path) == here + patients + there + nobodys
    assert either.get(path, subdomain=PRACTICE) == here + patients
    assert either.get(path, subdomain="lakeside") == there
    assert either.get(path, resource_type="Patient") == patients
    assert either.get(path, event="appointment_created") == [here[0], *there]
    assert either.get(path, event="appointment_created", subdomain=PRACTICE) == here[:1]
    assert either.get(subscriptions(another)) == elsewhere
    assert either.refused("GET", path, resource_type="Nonsense")[0] == 400
    assert either.refused("GET", path, subdomain="nowhere") == FORBIDDEN


@pytest.mark.parametrize(
    ("body", "query", "answer"),
    [
        ({"resource_type": "Appointment", "event": "appointment_created"}, {}, (400, ["Missing parameter subdomain"])),
        ({"resource_type": "Appointment", "event": "appointment_created", "subdomain": PRACTICE}, {}, FORBIDDEN),
        ({"resource_type": "Appointment", "event": "appointment_created"}, {"subdomain": "nowhere"}, FORBIDDEN),
        ({"event": "appointment_created"}, {"subdomain": PRACTICE}, (400, ["Missing parameter resource_type"])),
        ({"resource_type": "Appointment"}, {"subdomain": PRACTICE}, (400, ["Missing parameter event"])),
        ({}, {"subdomain": PRACTICE}, (400, ["Missing parameter resource_type", "Missing parameter event"])),
        (
            {"resource_type": "Visit", "event": "appointment_created"},
            {"subdomain": PRACTICE},
            (400, ["resource_type does not have a valid value"]),
        ),
        (
            {"resource_type": ["Appointment"], "event": "appointment_insertion.complete"},
            {"subdomain": PRACTICE},
            (400, ["resource_type does not have a valid value", "event does not have a valid value"]),
        ),
        (
            {"resource_type": "Patient", "event": "appointment_created"},
            {"subdomain": PRACTICE},
            (400, ["event appointment_created is not valid for Patient"]),
        ),
        (
            {"resource_type": "Onboarding", "event": "onboarding_created"},
            {"subdomain": PRACTICE},
            (400, ["subdomain must be omitted for Onboarding"]),
        ),
    ],
)
def test_a_subscription_needs_a_practice_in_the_query_and_a_pair_that_there_is(either, body, query, answer):
    endpoint = either.endpoint(HOOK)
    assert either.refused("POST", subscriptions(endpoint), body, **query) == answer
    assert either.get(subscriptions(endpoint)) == []


def test_every_documented_pair_can_be_subscribed_to(either):
    endpoint = either.endpoint(HOOK)
    pairs = [(resource, event) for resource, events in EVENTS.items() for event in events]
    assert len(pairs) == len(set(pairs)) == 45
    for resource, event in pairs:
        query = {} if resource == "Onboarding" else {"subdomain": PRACTICE}
        body = {"resource_type": resource, "event": event}
        row = either.done("POST", subscriptions(endpoint), body, **query)
        assert (row["resource_type"], row["event"]) == (resource, event)


def test_a_subscription_is_paused_moved_and_deleted(either):
    old, new = either.endpoint(HOOK), either.endpoint(HOOK)
    (row,) = either.subscribe(old["id"], "appointment_created")
    either.sandbox.clock.advance(MINUTE)
    path = subscriptions(old, row["id"])
    assert either.done("PATCH", path, {}, subdomain=PRACTICE) == row
    paused = either.done("PATCH", path, {"active": False}, subdomain=PRACTICE)
    assert paused == {**row, "active": False, "updated_at": "2026-03-02T22:01:00.000Z"}
    moved = either.done("PATCH", path, {"new_endpoint_id": new["id"]}, subdomain=PRACTICE)
    assert moved == {**paused, "webhook_endpoint_id": new["id"]}
    for method, body in (("PATCH", {"active": True}), ("DELETE", None)):
        assert either.refused(method, path, body, subdomain=PRACTICE) == MISSING
    gone = either.ask("DELETE", subscriptions(new, row["id"]))
    assert (gone.status_code, gone.content) == (204, b"")
    assert either.get(subscriptions(new)) == []


@pytest.mark.parametrize(
    ("body", "query", "answer"),
    [
        ({"active": False}, {}, (400, ["Missing parameter subdomain"])),
        ({"active": False}, {"subdomain": "lakeside"}, MISSING),
        ({"new_endpoint_id": 1}, {"subdomain": PRACTICE}, MISSING),
        ({"new_endpoint_id": "x"}, {"subdomain": PRACTICE}, (400, ["new_endpoint_id is invalid"])),
        ({"active": 7}, {"subdomain": PRACTICE}, (400, ["active is invalid"])),
    ],
)
def test_what_a_change_of_a_subscription_may_not_say(either, body, query, answer):
    endpoint = either.endpoint(HOOK)
    (row,) = either.subscribe(endpoint["id"], "appointment_created")
    assert either.refused("PATCH", subscriptions(endpoint, row["id"]), body, **query) == answer
    assert either.get(subscriptions(endpoint)) == [row]


def test_a_subscription_of_nobody_is_changed_with_any_practice_in_the_query(either):
    endpoint = either.endpoint(HOOK)
    row = either.done("POST", subscriptions(endpoint), {"resource_type": "Onboarding", "event": "onboarding_created"})
    path = subscriptions(endpoint, row["id"])
    assert either.done("PATCH", path, {"active": False}, subdomain="lakeside")["active"] is False


def test_what_is_not_there_cannot_be_subscribed_at_or_changed(either):
    endpoint = either.endpoint(HOOK)
    body = {"resource_type": "Appointment", "event": "appointment_created"}
    assert either.refused("POST", subscriptions({"id": 1}), body, subdomain=PRACTICE) == MISSING
    assert either.refused("PATCH", subscriptions(endpoint, 1), {}, subdomain=PRACTICE) == MISSING
    assert either.refused("DELETE", subscriptions({"id": 1}, 1)) == MISSING


# --- signatures ------------------------------------------------------------------------------------------------------


def test_the_known_signature_comes_out():
    body = b'{"resource_type":"Appointment","event_name":"appointment_insertion.complete"}'
    signature = sign("demo-secret-0001", "2031-02-03T04:05:06Z", body)
    assert signature == "c012c0317313da4cb4790378b42aaabc6a5361aaef4117a8bc347214d2e34426"


@given(st.text(min_size=1), st.text(), st.binary(), st.binary(min_size=1))
def test_a_signature_is_of_these_bytes_this_time_and_this_key(secret, timestamp, body, more):
    signature = sign(secret, timestamp, body)
    assert re.fullmatch("[0-9a-f]{64}", signature)
    others = [
        sign(f"{secret}x", timestamp, body),
        sign(secret, f"{timestamp}x", body),
        sign(secret, timestamp, body + more),
    ]
    assert signature not in others


# --- deliveries ------------------------------------------------------------------------------------------------------


def test_a_webhook_arrives_signed_and_with_the_documented_keys(office, receiver):
    endpoint = office.hear(f"{receiver.url}/hook?a=b")
    made = office.book()
    office.pass_()
    first = receiver.arrived[0]
    assert (first.method, first.path) == ("POST", "/hook?a=b")
    assert first.headers["content-type"] == "application/json"
    signed = first.headers["timestamp"].encode() + b"." + b64encode(first.body)
    expected = hmac.new(endpoint["secret_key"].encode(), signed, hashlib.sha256).hexdigest()
    assert first.headers["signature"] == expected
    assert datetime.fromisoformat(first.headers["timestamp"]) == office.sandbox.clock.now()
    said = dict(first.said)
    assert said.pop("data").keys() == {"appointment"}
    assert said == {
        "resource_type": "Appointment",
        "event_name": "appointment_insertion.complete",
        "event_time": "2026-03-02T22:00:01.000Z",
        "subdomain": PRACTICE,
        "institution_id": made["institution_id"],
        "delivery_errors": [],
    }
    created = receiver.arrived[1].said
    assert created["event_name"] == "appointment_created"
    assert [row["id"] for row in created["data"]["appointments"]] == [made["id"]]
    assert receiver.arrived[1].body != first.body


@pytest.mark.parametrize(("version", "deleted"), [("v2", {"deleted": False}), ("v3", {})])
def test_the_version_that_subscribed_decides_how_it_is_told(office, receiver, version, deleted):
    office.speak(version)
    office.hear(receiver.url)
    office.speak("v3")
    made = office.book(patient_id=office.new_patient()["id"])
    office.pass_()
    patients, inserted, created = (one.said["data"] for one in receiver.arrived)
    plain = office.get("/appointments", subdomain=PRACTICE, location_id=41, start="2026-03-01", end="2026-03-09")
    (row,) = [one for one in plain if one["id"] == made["id"]]
    assert inserted == {"appointment": {**row, **deleted}}
    assert created == {"appointments": [{**row, **deleted}]}
    assert ("location_ids" in patients["patients"][0]) is (version == "v2")


def test_only_who_subscribed_is_told(office, receiver):
    with receiving() as other:
        endpoint, elsewhere = office.endpoint(f"{receiver.url}/1"), office.endpoint(other.url)
        office.subscribe(endpoint["id"], "appointment_insertion")
        office.subscribe(elsewhere["id"], "appointment_insertion", subdomain="lakeside")
        office.subscribe(elsewhere["id"], "patient_created", resource="Patient")
        office.book()
        assert office.pass_() == ["appointment_insertion.complete"]
        assert len(receiver.arrived) == 1
        assert other.arrived == []


@pytest.mark.parametrize("which", ["endpoint", "subscription"])
def test_what_is_not_active_is_told_nothing(office, receiver, which):
    endpoint = office.endpoint(receiver.url, active=which != "endpoint")
    (row,) = office.subscribe(endpoint["id"], "appointment_insertion")
    if which == "subscription":
        office.done("PATCH", subscriptions(endpoint, row["id"]), {"active": False}, subdomain=PRACTICE)
    office.book()
    assert office.pass_() == []
    assert receiver.arrived == []


def test_every_endpoint_that_subscribed_is_told(office, receiver):
    for path in "ab":
        office.subscribe(office.endpoint(f"{receiver.url}/{path}")["id"], "appointment_insertion")
    office.book()
    office.pass_()
    assert sorted(one.path for one in receiver.arrived) == ["/a", "/b"]
    assert [one.state for one in office.nexhealth.deliveries] == ["delivered"] * 2


def test_who_subscribed_twice_is_told_twice(office, receiver):
    endpoint = office.endpoint(receiver.url)
    first, second = office.subscribe(endpoint["id"], "appointment_insertion", "appointment_insertion")
    office.book()
    office.pass_()
    assert [one.subscription_id for one in office.nexhealth.deliveries] == [first["id"], second["id"]]
    assert len(receiver.arrived) == 2


def test_a_receiver_may_call_the_sandbox_before_it_answers(office, receiver):
    office.subscribe(office.endpoint(receiver.url)["id"], "appointment_insertion")
    receiver.gate.clear()
    made = office.book()
    office.sandbox.clock.advance(SECOND)
    assert receiver.came.wait(10)
    assert office.appointment(made["id"])["foreign_id"] is not None
    (waiting,) = office.nexhealth.deliveries
    assert (waiting.state, waiting.attempts) == ("waiting", [])
    receiver.gate.set()
    office.sandbox.settle()
    assert waiting.state == "delivered"


def test_a_delivery_shows_what_was_sent_and_hides_who_it_is_about(office, receiver):
    endpoint = office.endpoint(receiver.url)
    (row,) = office.subscribe(endpoint["id"], "patient_created", resource="Patient")
    office.book(patient_id=office.new_patient()["id"])
    office.pass_()
    (delivery,) = office.nexhealth.deliveries
    assert (delivery.endpoint_id, delivery.subscription_id) == (endpoint["id"], row["id"])
    assert (delivery.resource_type, delivery.event_name) == ("Patient", "patient_created")
    assert (delivery.first_at, delivery.target_url) == (NOW + SECOND, receiver.url)
    (attempt,) = delivery.attempts
    assert (attempt.at, attempt.status, attempt.error, attempt.taken) == (NOW + SECOND, 200, "", True)
    assert (attempt.timestamp, attempt.signature) == (
        receiver.arrived[0].headers["timestamp"],
        receiver.arrived[0].headers["signature"],
    )
    assert json.loads(delivery.body) == receiver.arrived[0].said
    assert b"Newcomb" in delivery.body
    assert "Newcomb" not in repr(delivery)
    assert attempt.signature not in repr(delivery)


# --- again -----------------------------------------------------------------------------------------------------------


def test_a_webhook_that_is_refused_comes_again_by_the_vendors_schedule(office, receiver):
    document(office, receiver.url)
    receiver.statuses = [500] * 11
    announced(office)
    seconds = [30, 90, 210, 600, 1800, 7200, 18_000, 36_000, 86_400, 172_800]
    for number, later in enumerate(seconds, start=1):
        office.sandbox.clock.set(NOW + later * SECOND - SECOND)
        office.sandbox.settle()
        assert len(receiver.arrived) == number
        assert office.get("/webhook_endpoints")[0]["active"] is True
        office.pass_()
        assert len(receiver.arrived) == number + 1
    (delivery,) = office.nexhealth.deliveries
    assert [attempt.at - NOW for attempt in delivery.attempts] == [timedelta(0), *RETRIES]
    assert [later.total_seconds() for later in RETRIES] == seconds
    assert {attempt.status for attempt in delivery.attempts} == {500}
    assert delivery.state == "failed"
    (endpoint,) = office.get("/webhook_endpoints")
    assert (endpoint["active"], endpoint["updated_at"]) == (False, "2026-03-04T22:00:00.000Z")
    office.pass_(1000 * HOUR)
    announced(office)
    assert len(receiver.arrived) == 11
    assert len({one.body for one in receiver.arrived}) == 1
    assert len({one.headers["signature"] for one in receiver.arrived}) == 11


def test_when_the_clock_leaps_all_attempts_are_made(office, receiver):
    document(office, receiver.url)
    receiver.statuses = [503] * 20
    announced(office)
    office.pass_(48 * HOUR)
    (delivery,) = office.nexhealth.deliveries
    assert [attempt.at - NOW for attempt in delivery.attempts] == [timedelta(0), *RETRIES]
    assert delivery.state == "failed"


@pytest.mark.parametrize("status", [300, 301, 400, 404, 410, 500])
def test_anything_but_a_2xx_is_a_refusal_and_after_a_2xx_there_is_nothing_more(office, receiver, status):
    document(office, receiver.url)
    receiver.statuses = [status, 299]
    announced(office)
    (delivery,) = office.nexhealth.deliveries
    assert delivery.state == "waiting"
    office.pass_(30 * SECOND)
    assert (delivery.state, [attempt.taken for attempt in delivery.attempts]) == ("delivered", [False, True])
    office.pass_(48 * HOUR)
    assert len(receiver.arrived) == 2
    assert office.get("/webhook_endpoints")[0]["active"] is True


def test_nobody_listening_is_a_refusal_too(office):
    with receiving() as gone:
        url = gone.url
    document(office, url)
    announced(office)
    (delivery,) = office.nexhealth.deliveries
    (attempt,) = delivery.attempts
    assert (attempt.status, attempt.taken, delivery.state) == (None, False, "waiting")
    assert attempt.error.startswith("ConnectionRefusedError")


@pytest.mark.parametrize("how", ["endpoint", "subscription"])
def test_an_endpoint_that_was_given_up_is_activated_again_with_a_patch(office, receiver, how):
    endpoint = document(office, receiver.url)
    receiver.statuses = [500] * 11
    announced(office)
    office.pass_(48 * HOUR)
    (row,) = office.get(subscriptions(endpoint))
    assert row["active"] is True
    path = f"/webhook_endpoints/{endpoint['id']}" if how == "endpoint" else subscriptions(endpoint, row["id"])
    query = {} if how == "endpoint" else {"subdomain": PRACTICE}
    office.done("PATCH", path, {"active": True}, **query)
    assert office.get("/webhook_endpoints")[0]["active"] is True
    announced(office)
    assert len(receiver.arrived) == 12
    assert office.nexhealth.deliveries[1].state == "delivered"


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (lambda office, path: office.ask("DELETE", path), "stopped"),
        (lambda office, path: office.done("PATCH", path, {"active": False}), "stopped"),
        (lambda office, path: office.ask("DELETE", f"{path}/webhook_subscriptions/450601"), "stopped"),
        (
            lambda office, path: office.done(
                "PATCH", f"{path}/webhook_subscriptions/450601", {"active": False}, subdomain=PRACTICE
            ),
            "stopped",
        ),
        (lambda office, path: office.done("PATCH", path, {"target_url": HOOK}), "withheld"),
    ],
    ids=["endpoint deleted", "endpoint paused", "subscription deleted", "subscription paused", "endpoint moved away"],
)
def test_what_waits_to_be_sent_again_is_dropped_with_its_subscription(office, receiver, act, state):
    endpoint = document(office, receiver.url)
    receiver.statuses = [500]
    announced(office)
    assert act(office, f"/webhook_endpoints/{endpoint['id']}")
    office.pass_(48 * HOUR)
    assert len(receiver.arrived) == 1
    assert office.nexhealth.deliveries[0].state == state


def test_an_endpoint_may_be_deleted_while_the_last_attempt_is_on_its_way(office, receiver):
    endpoint = document(office, receiver.url)
    receiver.statuses = [500] * 11
    announced(office)
    office.pass_(47 * HOUR)
    receiver.came.clear()
    receiver.gate.clear()
    office.sandbox.clock.advance(HOUR)
    assert receiver.came.wait(10)
    assert office.ask("DELETE", f"/webhook_endpoints/{endpoint['id']}").status_code == 204
    receiver.gate.set()
    office.sandbox.settle()
    assert (len(receiver.arrived), office.nexhealth.deliveries[0].state) == (11, "failed")


def test_an_endpoint_that_has_moved_gets_what_failed_at_its_old_place(office, receiver):
    endpoint = document(office, f"{receiver.url}/old")
    receiver.statuses = [404]
    announced(office)
    office.done("PATCH", f"/webhook_endpoints/{endpoint['id']}", {"target_url": f"{receiver.url}/new"})
    office.pass_(30 * SECOND)
    assert [one.path for one in receiver.arrived] == ["/old", "/new"]


# --- nothing leaves the machine --------------------------------------------------------------------------------------


def test_nothing_leaves_the_machine_unless_it_is_told_to(office, monkeypatch):
    posted = []

    async def post(message):
        posted.append(message.url)
        return 200

    monkeypatch.setattr("apptsdk.sandbox.background._post", post)
    document(office, HOOK)
    announced(office)
    (delivery,) = office.nexhealth.deliveries
    assert (delivery.state, delivery.attempts, posted) == ("withheld", [], [])
    assert office.get("/webhook_endpoints")[0]["active"] is True
    assert office.nexhealth.deliver_anywhere is False
    office.nexhealth.deliver_anywhere = True
    announced(office)
    assert posted == [HOOK]
    assert office.nexhealth.deliveries[1].state == "delivered"


# --- events that are not emulated ------------------------------------------------------------------------------------


def test_any_documented_event_can_be_announced(office, receiver):
    document(office, receiver.url)
    announced(office, "document_insertion.failed")
    (one,) = receiver.arrived
    assert one.said["event_name"] == "document_insertion.failed"
    assert one.said["data"] == {"document": {"id": 5}}
    announced(office, subdomain="lakeside")
    assert len(receiver.arrived) == 1


@pytest.mark.parametrize(
    ("resource", "event", "subdomain", "told"),
    [
        ("Visit", "visit_created", PRACTICE, "resource_type must be one of .*, not 'Visit'"),
        ("Document", "document_created", PRACTICE, "event_name must be one of document_insertion, not 'document_cr"),
        ("Document", "document_insertion", "nowhere", "the sandbox has no practice 'nowhere'"),
    ],
)
def test_a_mistake_in_an_announcement_is_refused(office, resource, event, subdomain, told):
    with pytest.raises(ValueError, match=f"^{told}"):
        office.nexhealth.announce(resource, event, {}, subdomain=subdomain)
