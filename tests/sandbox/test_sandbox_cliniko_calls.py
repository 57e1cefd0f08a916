"""Cliniko: who is let in, which paths there are, how errors look, how often one may ask."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sandbox_clinic import NOW, Clinic

from apptsdk.sandbox import Sandbox

KEY = "MS0xLXNhbmRib3gta2V5LW5vLXNlY3JldA"
NOT_FOUND = {"status": "404", "error": "Not Found"}


@pytest.mark.parametrize(
    ("auth", "status"),
    [
        ((f"{KEY}-au1", ""), 200),
        ((KEY, ""), 200),
        ((KEY, "whatever"), 200),
        ((f"{KEY}-au2", ""), 401),
        ((f"{KEY}x", ""), 401),
        (("", ""), 401),
        (None, 401),
    ],
)
def test_the_key_is_the_user_name_with_or_without_its_shard(seeded, auth, status):
    with httpx.Client(base_url=seeded.base, trust_env=False, verify=False) as http:
        assert http.get("/user", auth=auth).status_code == status


@pytest.mark.parametrize("header", ["Bearer x", "Basic", "Basic !!!", "Basic /w==", "basic " + "x" * 9])
def test_other_authorizations_are_denied_in_plain_text(seeded, header):
    answer = seeded.http.get("/user", headers={"Authorization": header}, auth=lambda request: request)
    assert answer.status_code == 401
    assert answer.text == "HTTP Basic: Access denied.\n"
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["www-authenticate"] == 'Basic realm="Application"'


@pytest.mark.parametrize(("agent", "status"), [("", 403), ("sloppy", 200), ("Name (a@example.com)", 200)])
def test_a_user_agent_is_required_but_not_read(seeded, agent, status):
    answer = seeded.http.get("/user", headers={"User-Agent": agent})
    assert answer.status_code == status
    assert status == 200 or answer.text == "Requires a user agent"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "/"),
        ("GET", "/patients/"),
        ("GET", "/patients/1/appointments"),
        ("GET", "/appointments"),
        ("DELETE", "/patients"),
        ("POST", "/individual_appointments/1/cancel"),
        ("GET", "/individual_appointments/1/archive"),
        ("POST", "/practitioners"),
        ("POST", "/appointment_types/1/unarchive"),
        ("DELETE", "/practitioners/1"),
        ("PATCH", "/group_appointments/1/cancel"),
        ("POST", "/bookings"),
        ("PATCH", "/availability_blocks/1"),
        ("DELETE", "/unavailable_block_types/1"),
        ("GET", "/services/1"),
        ("PATCH", "/settings"),
        ("GET", "/attendees/1/invoices"),
    ],
)
def test_an_unknown_path_or_method_is_a_page(seeded, method, path):
    answer = seeded.ask(method, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    "resource",
    [
        "appointment_types",
        "attendees",
        "availability_blocks",
        "bookings",
        "businesses",
        "daily_availabilities",
        "group_appointments",
        "individual_appointments",
        "patient_cases",
        "patients",
        "practitioners",
        "unavailable_block_types",
        "unavailable_blocks",
        "users",
    ],
)
@pytest.mark.parametrize("id_", ["1", "0", "-1", "abc", "%2e%2e", "1%2F2", "9" * 19, "9" * 40, "1.0", "%D9%A1"])
def test_an_unknown_id_is_json(seeded, resource, id_):
    answer = seeded.ask("GET", f"/{resource}/{id_}")
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/businesses/1/practitioners",
        "/businesses/1/practitioners/inactive",
        "/appointment_types/1/practitioners",
        "/appointment_types/1/practitioners/inactive",
        "/practitioners/1/appointment_types",
        "/practitioners/1/daily_availabilities",
        "/businesses/1/daily_availabilities",
    ],
)
def test_an_unknown_parent_is_json_too(seeded, path):
    assert seeded.ask("GET", path).json() == NOT_FOUND


def test_the_children_of_an_archived_parent_are_not_found(seeded):
    assert seeded.ask("GET", f"/businesses/{seeded.business('Old Wharf Clinic')}/practitioners").json() == NOT_FOUND


@pytest.mark.parametrize("path", ["/user", "/nothing", "/patients/1", "/patients?q[]=x:=1"])
def test_every_answer_has_a_request_id(seeded, path):
    ids = {seeded.ask("GET", path).headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id_) for id_ in ids)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_that_is_not_called_json_is_empty(clinic, kind):
    patient = clinic.patient()
    headers = {"Content-Type": kind} if kind else {}
    made = clinic.http.post("/patients", content=b'{"first_name": "Nia", "last_name": "Ade"}', headers=headers)
    assert made.status_code == 422
    assert made.json()["errors"] == dict.fromkeys(["first_name", "last_name"], "can\u2019t be blank")
    changed = clinic.http.patch(f"/patients/{patient}", content=b'{"first_name": "Nia"}', headers=headers)
    assert changed.status_code == 200
    assert changed.json()["first_name"] == "Ada"


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"1", b""])
def test_a_body_that_is_no_object_is_empty(clinic, body):
    headers = {"Content-Type": "application/vnd.api+json; charset=utf-8"}
    answer = clinic.http.post("/patients", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"].keys() == {"first_name", "last_name"}


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"first_name": NaN}'])
def test_a_body_that_is_called_json_and_is_not_is_a_400(clinic, body):
    answer = clinic.http.post("/patients", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()) == (400, {"status": "400", "error": "Bad Request"})


def limited(limit=3):
    return Sandbox(now=NOW, rate_limit=limit)


def test_the_limit_is_200_a_minute():
    with Sandbox(now=NOW) as sandbox:
        sandbox.clock.freeze()
        clinic = Clinic(sandbox)
        with clinic.http:
            codes = [clinic.ask("GET", "/user").status_code for _ in range(201)]
    assert codes == [200] * 200 + [429]


def test_a_call_above_the_limit_says_when_the_next_minute_begins():
    with limited() as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(datetime(2026, 3, 2, 22, 0, 50, tzinfo=UTC))
        clinic = Clinic(sandbox)
        with clinic.http:
            assert [clinic.ask("GET", path).status_code for path in ("/user", "/patients/1", "/user?x=1")] == [
                200,
                404,
                200,
            ]
            for _ in range(2):
                answer = clinic.ask("POST", "/patients", json={"first_name": "A", "last_name": "B"})
                assert answer.status_code == 429
                assert answer.headers["x-ratelimit-reset"] == str(
                    int(datetime(2026, 3, 2, 22, 1, tzinfo=UTC).timestamp())
                )
                assert "retry-after" not in answer.headers
            assert sandbox.ledger.created("patients") == []
            sandbox.clock.advance(timedelta(seconds=9))
            assert clinic.ask("GET", "/user").status_code == 429
            sandbox.clock.advance(timedelta(seconds=1))
            assert [clinic.ask("GET", "/user").status_code for _ in range(4)] == [200, 200, 200, 429]
            assert "x-ratelimit-reset" not in clinic.ask("GET", "/nothing").headers


def test_calls_that_are_not_let_in_do_not_count():
    with limited(1) as sandbox:
        sandbox.clock.freeze()
        clinic = Clinic(sandbox)
        with clinic.http:
            for _ in range(3):
                assert clinic.http.get("/user", auth=("x", "")).status_code == 401
            sandbox.fault("status", times=2)
            codes = [clinic.ask("GET", "/user").status_code for _ in range(4)]
    assert codes == [503, 503, 200, 429]


def test_two_sandboxes_from_the_same_seed_give_the_same_answers():
    def told(seed):
        with Sandbox(now=NOW, seed=seed) as sandbox:
            sandbox.clock.freeze()
            clinic = Clinic(sandbox)
            with clinic.http:
                answers = [clinic.ask("GET", path) for path in ("/individual_appointments", "/patients")]
                texts = [answer.text.replace(clinic.base, "") for answer in answers]
                return texts, [answer.headers["x-request-id"] for answer in answers]

    assert told(1) == told(1)
    assert told(1) != told(2)
