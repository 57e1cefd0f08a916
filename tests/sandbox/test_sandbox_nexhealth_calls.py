"""NexHealth: who is let in, which version is spoken, how answers and errors look, how often one may ask."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta

import httpx
import pytest
from sandbox_clinic import NOW
from sandbox_practice import HEADERS, LAKESIDE, NO_ACCESS, NOT_FOUND, RIVERBEND, V2, V3, Practice

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.nexhealth import limits

BELOW = "API version 'v2' is below the minimum allowed"


def read(token):
    head, claims, _ = token.split(".")
    return [json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (head, claims)]


def test_a_key_is_traded_for_a_token_of_one_hour(practice):
    answer = practice.http.post("/authenticates", headers={**V3, "Authorization": practice.key})
    assert answer.status_code == 201
    said = answer.json()
    assert {**said, "data": None} == {"code": True, "description": "Authenticated", "error": [], "data": None}
    head, claims = read(said["data"]["token"])
    assert head == {"alg": "HS256"}
    assert claims["scp"] == "api_user"
    assert claims["sub"].isdigit()
    assert claims["iat"] == int(NOW.timestamp())
    assert claims["exp"] - claims["iat"] == 3600
    assert read(practice.mint())[1]["jti"] != claims["jti"]


def test_a_token_expires_by_the_clock_of_the_sandbox(practice):
    practice.sandbox.clock.advance(timedelta(minutes=59, seconds=59))
    assert practice.ask("GET", "/institutions", subdomain=None).status_code == 200
    practice.sandbox.clock.advance(timedelta(seconds=1))
    assert practice.refused("GET", "/institutions", subdomain=None, status=401) == ["Invalid Credentials"]
    practice.token = practice.mint()
    assert practice.ask("GET", "/institutions", subdomain=None).status_code == 200


def test_the_life_of_new_tokens_can_be_changed(practice):
    practice.emulator.token_life = timedelta(hours=24)
    assert practice.emulator.token_life == timedelta(hours=24)
    claims = read(practice.mint())[1]
    assert claims["exp"] - claims["iat"] == 86_400


@pytest.mark.parametrize("key", ["", "wrong", "Bearer {key}", "{key}x", "é"])
def test_only_the_bare_key_gets_a_token(practice, key):
    headers = [(b"authorization", key.format(key=practice.key).encode()), (b"nex-api-version", b"v3.0.0")]
    answer = practice.http.post("/authenticates", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"] == ["Invalid Credentials"]
    assert practice.http.post("/authenticates", headers=V3).status_code == 401


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer x", "Bearer a.b.c", "Bearer {token}x", "Token {token}", "{token}", "{key}", "Bearer {key}"],
)
def test_a_call_needs_a_good_token(practice, header):
    sent = header.format(token=practice.token, key=practice.key)
    answer = practice.ask("GET", "/providers", headers={"Authorization": sent})
    assert (answer.status_code, answer.json()["error"]) == (401, ["Invalid Credentials"])


def test_a_token_that_somebody_else_signed_is_wrong(practice):
    said, _, signature = practice.token.rpartition(".")
    forged = f"{said}.{signature[::-1]}"
    assert practice.ask("GET", "/providers", headers={"Authorization": f"Bearer {forged}"}).status_code == 401


@pytest.mark.parametrize(
    ("headers", "version"),
    [
        ({"Nex-Api-Version": "v3.0.0"}, "v3"),
        ({"Nex-Api-Version": "v20240412"}, "v3"),
        ({"Nex-Api-Version": "v3.1.0"}, "v3"),
        ({"Nex-Api-Version": "v2"}, "v2"),
        ({"Accept": "application/vnd.Nexhealth+json;version=2"}, "v2"),
        ({"Accept": "application/vnd.Nexhealth+json; version=2"}, "v2"),
        ({"Accept": "text/html, application/vnd.nexhealth+json;version=2"}, "v2"),
        ({**V2, "Nex-Api-Version": "v3.0.0"}, "v3"),
        ({}, None),
        ({"Accept": "application/json"}, None),
        ({"Accept": "application/vnd.Nexhealth+json;version=1"}, None),
        ({"Nex-Api-Version": "v4"}, None),
        ({**V2, "Nex-Api-Version": "v4"}, None),
    ],
)
def test_a_header_selects_the_version(grown, headers, version):
    sent = {"Authorization": f"Bearer {grown.token}", **headers}
    answer = grown.http.get("/providers", params={"subdomain": RIVERBEND}, headers=sent)
    if version is None:
        assert (answer.status_code, answer.json()["error"]) == (404, [NOT_FOUND])
    else:
        assert answer.status_code == 200
        assert ("count" in answer.json(), "page_info" in answer.json()) == (version == "v2", version == "v3")


def test_a_new_account_may_not_speak_v2(practice):
    assert practice.ask("GET", "/providers", version="v2").status_code == 200
    practice.emulator.new_account = True
    assert practice.refused("GET", "/providers", version="v2", status=403) == [BELOW]
    refused = practice.http.post("/authenticates", headers={**V2, "Authorization": practice.key})
    assert (refused.status_code, refused.json()["error"]) == (403, [BELOW])
    assert practice.ask("GET", "/providers", version="v3").status_code == 200
    assert practice.ask("GET", "/providers", headers=V2).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "version"),
    [
        ("GET", "/webhooks", "v3"),
        ("GET", "/recalls", "v3"),
        ("GET", "/", "v3"),
        ("GET", "/providers/", "v3"),
        ("DELETE", "/appointments/1", "v3"),
        ("GET", "/available_slots", "v2"),
        ("GET", "/working_hours", "v2"),
        ("GET", "/working_hour_labels", "v2"),
        ("GET", "/appointment_slots", "v3"),
        ("GET", "/availabilities", "v3"),
    ],
)
def test_a_route_that_the_version_does_not_have_is_not_found(grown, method, path, version):
    assert grown.refused(method, path, version=version, status=404) == [NOT_FOUND]


def test_a_body_for_a_route_that_does_not_exist_is_of_an_unsupported_type(grown):
    (error,) = grown.refused("POST", "/webhooks", json={"a": 1}, status=415)
    assert error.endswith("content-type application/json not supported")


def test_a_body_that_is_not_json_is_of_an_unsupported_type(grown):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    (error,) = grown.refused("POST", "/appointments", headers=form, json={"a": 1}, status=415)
    assert error.endswith("content-type application/x-www-form-urlencoded not supported")


@pytest.mark.parametrize("content", [b"{", b"\xff"])
def test_a_body_that_cannot_be_read_is_a_bad_request(grown, content):
    answer = grown.http.post(
        "/appointment_types",
        params={"subdomain": RIVERBEND},
        content=content,
        headers={**V3, "Authorization": f"Bearer {grown.token}", "Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["error"]) == (400, ["The request body is not valid JSON"])


@pytest.mark.parametrize("body", [None, [], {}, {"appt": None}, {"appt": []}, {"patient_id": 1}])
def test_a_body_without_its_wrapper_lacks_a_parameter(grown, body):
    assert grown.refused("POST", "/appointments", json=body, location_id=41) == ["Missing parameter appt"]


@pytest.mark.parametrize(
    ("method", "path", "lacking"),
    [
        ("GET", "/appointments", ["start", "end"]),
        ("GET", "/patients", ["location_id"]),
        ("GET", "/operatories", ["location_id"]),
        ("POST", "/appointments", ["location_id"]),
        ("POST", "/patients", ["location_id"]),
        ("GET", "/available_slots", ["start_date", "days", "lids"]),
        ("GET", "/working_hours", ["location_id"]),
        ("GET", "/patient_recalls", ["location_id"]),
        ("GET", "/recall_types", ["location_id"]),
    ],
)
def test_every_missing_parameter_is_named(grown, method, path, lacking):
    assert grown.refused(method, path) == [f"Missing parameter {name}" for name in lacking]
    alone = grown.refused(method, path, subdomain=None)
    assert alone == [f"Missing parameter {name}" for name in ("subdomain", *lacking)]


def test_v2_needs_the_providers_of_slots(grown):
    lacking = grown.refused("GET", "/appointment_slots", version="v2", start_date="2026-04-14", days=1, lids=[41])
    assert lacking == ["Missing parameter pids"]


@pytest.mark.parametrize("subdomain", ["somebody-else", "RIVERBEND-DENTAL"])
@pytest.mark.parametrize("path", ["/providers", "/locations", "/sync_status", "/appointments/1"])
def test_a_foreign_subdomain_is_forbidden(grown, path, subdomain):
    assert grown.refused("GET", path, subdomain=subdomain, status=403) == [NO_ACCESS]


@pytest.mark.parametrize(("subdomain", "location"), [(RIVERBEND, 7), (LAKESIDE, 41), (RIVERBEND, 999)])
def test_a_foreign_location_is_forbidden(grown, subdomain, location):
    for path in ("/patients", "/providers", "/operatories"):
        assert grown.refused("GET", path, subdomain=subdomain, location_id=location, status=403) == [NO_ACCESS]
    slots = {"start_date": "2026-04-14", "days": 1, "pids": [1], "lids": [location]}
    assert grown.refused("GET", "/available_slots", subdomain=subdomain, status=403, **slots) == [NO_ACCESS]
    assert grown.refused("GET", "/sync_status", location_ids=[999], status=403) == [NO_ACCESS]


@pytest.mark.parametrize(
    ("path", "query", "ignored"),
    [
        ("/providers", {"colour": "red"}, "colour"),
        ("/providers", {"colour": "red", "size": 3}, "colour, size"),
        ("/providers", {"page": 2}, "page"),
        ("/appointment_types", {"per_page": 5}, "per_page"),
        ("/locations", {"per_page": 5, "location_id": 41}, "per_page, location_id"),
        ("/institutions", {}, "subdomain"),
        ("/locations/41", {}, "subdomain"),
        ("/patients/{patient}", {"location_id": 41}, "location_id"),
    ],
)
def test_unknown_parameters_are_ignored_with_a_note(grown, path, query, ignored):
    said = grown.said("GET", path.format(patient=grown.patient()), **query)
    assert said["description"] == f"Note that following parameters are ignored: {ignored}."


def test_nothing_is_noted_where_everything_was_heard(grown):
    assert grown.said("GET", "/providers", per_page=2, sort="updated_at")["description"] is None


@pytest.mark.parametrize(
    ("path", "query", "error"),
    [
        ("/providers", {"location_id": "here"}, "location_id is invalid"),
        ("/providers", {"inactive": "maybe"}, "inactive is invalid"),
        ("/providers", {"updated_since": "yesterday or so"}, "updated_since is invalid"),
        ("/providers", {"updated_since": "9999-12-31T23:59:59-10:00"}, "updated_since is invalid"),
        ("/providers", {"updated_since": "9" * 40}, "updated_since is invalid"),
        ("/patients", {"location_id": 41, "date_of_birth": "0001-01-01"}, "date_of_birth is invalid"),
        ("/providers", {"include": ["friends"]}, "include is invalid"),
        ("/providers", {"sort": "name"}, "sort does not have a valid value: name"),
        ("/sync_status", {"read_status": "blue"}, "read_status is invalid"),
        ("/appointments", {"location_id": 41, "start": "x", "end": "2026-01-01"}, "start is invalid"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_a_bad_request(grown, path, query, error):
    assert grown.refused("GET", path, **query) == [error]


@pytest.mark.parametrize(
    ("path", "version", "media"),
    [
        ("/providers", "v3", "application/json"),
        ("/providers", "v2", "application/vnd.Nexhealth+json;version=2"),
        ("/appointment_types", "v3", "application/vnd.Nexhealth+json;version=2"),
    ],
)
def test_the_media_type_is_that_of_the_version_which_defines_the_route(grown, path, version, media):
    assert grown.ask("GET", path, version=version).headers["content-type"] == media


@pytest.mark.parametrize(
    "path",
    ["/providers/{id}", "/patients/{id}", "/operatories/{id}", "/appointments/{id}", "/appointment_types/{id}"],
)
@pytest.mark.parametrize("id_", ["1", "0", "-1", "x", "1.5", "%C2%B2", "9" * 30, ".."])
def test_an_id_that_nobody_has_is_not_found(grown, path, id_):
    assert grown.refused("GET", path.format(id=id_.replace("..", "%2e%2e")), status=404) == [NOT_FOUND]


@pytest.mark.parametrize("kind", ["providers", "patients", "operatories", "appointments", "working_hours"])
def test_what_belongs_to_another_practice_is_not_found(grown, kind):
    lakeside = grown.world.institution(LAKESIDE).id
    row = next(grown.world.records(kind, lakeside))
    assert grown.get(f"/{kind}/{row.id}", subdomain=LAKESIDE)["id"] == row.id
    assert grown.refused("GET", f"/{kind}/{row.id}", status=404) == [NOT_FOUND]


SEARCH = {"location_id": 41, "start": "2026-01-01", "end": "2026-01-02"}


@pytest.fixture
def limited():
    with Sandbox(now=NOW) as sandbox:
        sandbox.clock.freeze()
        with Practice(sandbox) as practice:
            sandbox.clock.advance(timedelta(seconds=1))
            yield practice


def test_appointments_may_be_searched_ten_times_a_second(limited):
    for _ in range(10):
        assert limited.ask("GET", "/appointments", **SEARCH).status_code == 200
    assert limited.refused("GET", "/appointments", status=429, **SEARCH) == ["Rate limit exceeded"]
    assert limited.ask("GET", "/providers").status_code == 200
    limited.sandbox.clock.advance(timedelta(seconds=1))
    assert limited.ask("GET", "/appointments", **SEARCH).status_code == 200


def test_anything_may_be_asked_a_hundred_times_a_second(limited):
    for _ in range(100):
        assert limited.ask("GET", "/institutions", subdomain=None).status_code == 200
    assert limited.ask("GET", "/institutions", subdomain=None).status_code == 429
    refused = limited.http.post("/authenticates", headers={**V3, "Authorization": limited.key})
    assert refused.status_code == 429


@pytest.mark.parametrize(
    ("method", "pattern", "tags"),
    [
        ("GET", "/appointments", {limits.ALL, limits.PEOPLE, limits.SEARCH}),
        ("POST", "/appointments", {limits.ALL, limits.PEOPLE}),
        ("GET", "/available_slots", {limits.ALL, limits.OTHER, limits.SEARCH}),
        ("GET", "/appointment_slots", {limits.ALL, limits.OTHER, limits.SEARCH}),
        ("GET", "/patients/#/alerts", {limits.ALL, limits.PEOPLE}),
        ("GET", "/patient_recalls", {limits.ALL, limits.OTHER}),
        ("GET", "/appointment_types", {limits.ALL, limits.OTHER}),
        ("POST", "/authenticates", {limits.ALL, limits.OTHER}),
    ],
)
def test_a_route_counts_in_its_quotas(method, pattern, tags):
    assert limits.tags(method, pattern) == tags


@pytest.mark.parametrize(("tag", "limit"), [(limits.PEOPLE, 1_000), (limits.OTHER, 2_000)])
def test_a_minute_holds_so_many_calls(tag, limit):
    counted, minute = limits.Limits(), NOW.replace(second=0)
    moments = [minute + timedelta(milliseconds=25 * number) for number in range(limit + 1)]
    assert [counted.count(frozenset({tag}), now) for now in moments] == [True] * limit + [False]
    assert counted.count(frozenset({tag}), minute + timedelta(minutes=1))


def test_a_request_id_repeats_itself_for_the_same_seed():
    ids = []
    for _ in range(2):
        with Sandbox(now=NOW) as sandbox, Practice(sandbox) as practice:
            ids.append(practice.ask("GET", "/institutions").headers["x-request-id"])
    assert ids[0] == ids[1]


def test_a_clients_environment_names_the_practice(practice):
    names = ("NEXHEALTH_SUBDOMAIN", "NEXHEALTH_LOCATION_ID", "NEXHEALTH_BASE_URL")
    found = [practice.environment[name] for name in names]
    assert found == [RIVERBEND, "41", f"{practice.sandbox.url}/nexhealth"]


@pytest.mark.parametrize("version", HEADERS)
def test_a_path_beside_the_base_is_nobodys(practice, version):
    answer = httpx.get(f"{practice.sandbox.url}/nexhealthy/x", headers=HEADERS[version], trust_env=False)
    assert answer.status_code == 404


def test_a_clients_settings_lead_to_the_practice(practice):
    settings = practice.sandbox.nexhealth
    assert (settings.subdomain, settings.location_id, settings.base_url) == (RIVERBEND, 41, practice.base)
