"""The sandbox's own routes, as another language sees them."""

from base64 import b64encode
from datetime import UTC, datetime

import httpx
import pytest


@pytest.fixture
def control(sandbox):
    with httpx.Client(base_url=f"{sandbox.url}/_sandbox", trust_env=False, verify=False) as http:
        yield http


def test_it_is_healthy(control):
    assert control.get("/health").json() == {"status": "ok", "providers": ["cliniko", "cubu", "imiassist", "nexhealth"]}


def test_a_fault_can_be_asked_for_seen_and_taken_back(control, clinic):
    said = {"kind": "status", "path": "/user", "times": None, "status": 418, "headers": {"X-A": "b"}, "body": {"a": 1}}
    made = control.post("/faults", json=said)
    assert made.status_code == 201
    assert made.json() | {"hits": 0, "kind": "status", "times": None, "commit": False} == made.json()
    answer = clinic.ask("GET", "/user")
    assert (answer.status_code, answer.headers["x-a"], answer.json()) == (418, "b", {"a": 1})
    assert [fault["hits"] for fault in control.get("/faults").json()["faults"]] == [1]
    assert control.delete("/faults").status_code == 204
    assert control.get("/faults").json() == {"faults": []}
    assert clinic.ask("GET", "/user").status_code == 200


def test_a_fault_may_carry_raw_bytes_and_a_header_twice(control, clinic):
    said = {"kind": "status", "body_base64": b64encode(b"\xff\x00").decode(), "headers": [["X-A", "1"], ["X-A", "2"]]}
    assert control.post("/faults", json=said).status_code == 201
    answer = clinic.ask("GET", "/user")
    assert (answer.content, answer.headers.get_list("x-a")) == (b"\xff\x00", ["1", "2"])


@pytest.mark.parametrize(
    ("method", "path", "content", "told"),
    [
        ("POST", "/faults", b'{"kind": "explode"}', "kind must be one of"),
        ("POST", "/faults", b"{}", "kind"),
        ("POST", "/faults", b'{"kind": "status", "colour": "red"}', "colour"),
        ("POST", "/faults", b'{"kind": "status", "body_base64": "?"}', ""),
        ("POST", "/faults", b"[]", "JSON object"),
        ("POST", "/faults", b"{", ""),
        ("PUT", "/clock", b'{"then": 1}', "unknown key 'then'"),
        ("PUT", "/clock", b'{"now": "yesterday"}', "yesterday"),
        ("PUT", "/clock", b'{"now": "2026-03-02T09:00:00"}', "aware"),
        ("PUT", "/clock", b'{"advance_seconds": "1"}', "seconds"),
        ("PUT", "/clock", b'{"advance_seconds": 1e300}', "too large"),
        ("POST", "/faults", b'{"kind": "status", "times": "twice"}', "times"),
        ("POST", "/faults", b'{"kind": "status", "path": "user"}', "path must begin with / or *"),
        ("POST", "/faults", b'{"kind": "status", "headers": {"X-A": 1}}', "headers"),
        ("POST", "/faults", b'{"kind": "status", "commit": "yes"}', "commit"),
        ("POST", "/faults", b'{"kind": "delay", "seconds": "1"}', "seconds"),
        ("POST", "/faults", b'{"kind": "status", "headers": [["X-A"]]}', "headers"),
    ],
)
def test_a_mistake_is_a_400_that_says_which(control, method, path, content, told):
    answer = control.request(method, path, content=content)
    assert answer.status_code == 400
    assert told in answer.json()["error"]


@pytest.mark.parametrize(("method", "path"), [("GET", "/nothing"), ("PATCH", "/clock"), ("GET", "")])
def test_what_is_not_there_is_not_there(control, method, path):
    assert control.request(method, path).status_code in {404, 405}


def test_the_ledger_can_be_read_and_cleared(control, clinic):
    booked = clinic.book(notes="knee")
    (entry,) = control.get("/ledger").json()["entries"]
    assert entry == {
        "at": "2026-03-02T22:00:00" + entry["at"][19:],
        "provider": "cliniko",
        "action": "create",
        "resource": "individual_appointments",
        "id": booked["id"],
        "record": booked,
    }
    assert control.delete("/ledger").status_code == 204
    assert control.get("/ledger").json() == {"entries": []}


def test_the_clock_can_be_read_and_set(control, sandbox):
    assert control.get("/clock").json()["frozen"] is True
    said = control.put("/clock", json={"now": "2027-01-01T10:00:00+10:00"}).json()
    assert datetime.fromisoformat(said["now"]) == datetime(2027, 1, 1, tzinfo=UTC) == sandbox.clock.now()
    said = control.put("/clock", json={"advance_seconds": 90}).json()
    assert datetime.fromisoformat(said["now"]) == datetime(2027, 1, 1, 0, 1, 30, tzinfo=UTC)
    assert control.put("/clock", json={"frozen": False}).json()["frozen"] is False
    assert control.put("/clock", json={"frozen": True}).json()["frozen"] is True


def test_the_requests_can_be_read_without_bodies_and_cleared(control, clinic):
    clinic.ask("POST", "/patients", json={"first_name": "Nia"}, page=2)
    assert control.get("/requests").json() == {
        "requests": [{"method": "POST", "path": "/cliniko/v1/patients", "query": [["page", "2"]]}]
    }
    assert control.delete("/requests").status_code == 204
    assert clinic.sandbox.requests == []
