"""The emulated Cubu's token endpoint, applications and roles, and which refusal comes first."""

from base64 import urlsafe_b64decode
from datetime import timedelta

import httpx
import orjson
import pytest
from attrs import evolve
from sandbox_hall import DAY, FRONT_DESK, RENEWAL, body, place
from sandbox_lobby import NOBODY

from apptsdk.providers.cubu.catalogue import Catalogue
from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cubu import ROLES
from apptsdk.sandbox.cubu.knobs import AGENTS, APPOINTMENTS, CASES, CUSTOMERS

CALENDARS = f"/calendars/{FRONT_DESK}/{DAY}"
CALLS = [
    (APPOINTMENTS, "GET", CALENDARS, None),
    (APPOINTMENTS, "GET", f"{place()}/vacancies", None),
    (APPOINTMENTS, "GET", f"{place()}/appointments", None),
    (APPOINTMENTS, "POST", f"{place()}/appointments", {}),
    (APPOINTMENTS, "DELETE", f"{place()}/appointments/{NOBODY}", None),
    (APPOINTMENTS, "POST", f"{place()}/appointments/{NOBODY}/actions/cancel", None),
    (APPOINTMENTS, "POST", f"/cases/{NOBODY}/actions/cancel", None),
    (CUSTOMERS, "POST", "/customers", {}),
    (CUSTOMERS, "POST", "/customers/query", {}),
    (CUSTOMERS, "GET", f"/customers/{NOBODY}", None),
    (CUSTOMERS, "PATCH", f"/customers/{NOBODY}", {}),
    (CASES, "POST", f"/services/{FRONT_DESK}/cases", {}),
]


def test_a_token_is_a_jwt_of_the_application_that_ends_after_an_hour(hall):
    answer = hall.mint(hall.settings)
    assert answer.headers["cache-control"] == "no-store"
    said = answer.json()
    token = said.pop("access_token")
    assert said == {"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599}
    head, claims, signature = token.split(".")
    assert signature
    assert orjson.loads(urlsafe_b64decode(head + "==")) == {"alg": "HS256"}
    said = orjson.loads(urlsafe_b64decode(claims + "=="))
    assert (said["appid"], said["tid"]) == (hall.settings["client_id"], hall.settings["tenant_id"])
    assert said["exp"] - said["iat"] == 3600


def test_a_token_is_given_for_multipart_too(hall):
    said = hall.settings
    form = {
        "grant_type": "client_credentials",
        "client_id": said["client_id"],
        "client_secret": said["client_secret"],
        "scope": f"{said['client_id']}/.default",
    }
    parts = {name: (None, value) for name, value in form.items()}
    assert hall.http.post(said["token_url"], files=parts).json()["token_type"] == "Bearer"
    parts["client_secret"] = (None, "wrong")
    assert hall.http.post(said["token_url"], files=parts).json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("changes", "status", "error", "code"),
    [
        ({"grant_type": None}, 400, "invalid_request", 900144),
        ({"client_id": None}, 400, "invalid_request", 900144),
        ({"scope": None}, 400, "invalid_request", 900144),
        ({"client_secret": None}, 401, "invalid_client", 7000218),
        ({"client_secret": "wrong"}, 401, "invalid_client", 7000215),
        ({"client_id": NOBODY}, 400, "unauthorized_client", 700016),
        ({"scope": "openid"}, 400, "invalid_scope", 70011),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
    ],
)
def test_the_token_endpoint_refuses_in_the_words_of_entra(hall, changes, status, error, code):
    answer = hall.mint(hall.settings, **changes)
    said = answer.json()
    assert (answer.status_code, said["error"], said["error_codes"]) == (status, error, [code])
    assert said["error_description"].startswith(f"AADSTS{code}: ")
    assert said["timestamp"] == "2026-03-02 09:41:07Z"
    assert said["trace_id"] != said["correlation_id"]
    assert hall.settings["client_secret"] not in answer.text


def test_another_tenant_is_not_found(hall):
    elsewhere = hall.settings["token_url"].replace(hall.settings["tenant_id"], NOBODY)
    answer = hall.mint({**hall.settings, "token_url": elsewhere})
    assert (answer.status_code, answer.json()["error_codes"]) == (400, [90002])


def test_a_form_of_another_type_is_read_as_none_at_all(hall):
    answer = hall.http.post(hall.settings["token_url"], json={"grant_type": "client_credentials"})
    assert answer.json()["error_codes"] == [900144]


def test_a_token_ends_by_the_clock_of_the_sandbox(hall):
    hall.cubu.token_life = timedelta(minutes=2)
    said = hall.mint(hall.settings).json()
    hall.http.headers["authorization"] = f"Bearer {said['access_token']}"
    assert said["expires_in"] == 119
    hall.sandbox.clock.advance(timedelta(seconds=119))
    assert hall.ask("GET", CALENDARS).status_code == 200
    hall.sandbox.clock.advance(timedelta(seconds=1))
    assert hall.ask("GET", CALENDARS).status_code == 401


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer x.y.z", "Bearer a", "Basic {token}", "{token}", "{bad}"]
)
def test_without_a_good_token_there_is_a_401_with_an_empty_body(hall, header):
    scheme, _, token = hall.http.headers.pop("authorization").partition(" ")
    if header is not None:
        forged = f"{scheme} {token[:-2]}{'AA' if not token.endswith('AA') else 'BB'}"
        hall.http.headers["authorization"] = forged if header == "{bad}" else header.format(token=token)
    answer = hall.ask("GET", CALENDARS)
    assert (answer.status_code, answer.content, answer.headers["www-authenticate"]) == (401, b"", "Bearer")


def test_the_scheme_is_bearer_in_any_case(hall):
    hall.http.headers["authorization"] = hall.http.headers["authorization"].replace("Bearer", "bearer")
    assert hall.ask("GET", CALENDARS).status_code == 200


def test_another_sandboxs_nexhealth_token_is_none_here(hall):
    with Sandbox() as other:
        environment = other.environment()
        headers = {"authorization": environment["NEXHEALTH_API_KEY"], "nex-api-version": "v3.0.0"}
        said = hall.http.post(f"{environment['NEXHEALTH_BASE_URL']}/authenticates", headers=headers).json()
    hall.http.headers["authorization"] = f"Bearer {said['data']['token']}"
    assert hall.ask("GET", CALENDARS).status_code == 401


@pytest.mark.parametrize(("role", "method", "path", "json"), CALLS)
def test_every_call_needs_its_role_and_no_other(hall, role, method, path, json):
    hall.enter(hall.registered(*(one for one in ROLES if one != role)))
    assert hall.refused(method, path, json, status=403, code=99403) == f"The application has not the role {role}."
    hall.enter(hall.registered(role))
    assert hall.ask(method, path, json).status_code not in {401, 403}


def test_an_organization_has_at_most_five_applications(hall):
    ids = {hall.cubu.register(roles=[AGENTS])["application_id"] for _ in range(4)}
    assert len(ids | {hall.settings["application_id"]}) == 5
    with pytest.raises(ValueError, match="at most 5 registered applications"):
        hall.cubu.register()


def test_a_role_that_there_is_not_cannot_be_registered(hall):
    with pytest.raises(ValueError, match="not 'Manager'"):
        hall.cubu.register(roles=["Manager"])


def test_a_token_is_good_for_its_own_application_only(hall):
    other = hall.registered(*ROLES)
    foreign = f"{other['base_url']}/{other['application_id']}{CALENDARS}"
    assert hall.http.get(foreign).json()["errorCode"] == 99403
    hall.enter(other)
    assert hall.http.get(foreign).status_code == 200


@pytest.mark.parametrize("path", ["/", "/calendars", f"/calendars//{DAY}", "/agents", "/customers/%23", f"{place()}/"])
def test_a_path_that_there_is_not_is_a_404(hall, path):
    hall.refused("GET", path, status=404, code=99404)


def test_a_method_that_there_is_not_is_a_405(hall):
    hall.refused("PUT", f"{place()}/appointments/{NOBODY}", status=405, code=99405)


def test_the_first_thing_that_is_wrong_is_the_one_that_is_told(hall):
    """Token, role, calendar, body, hours, vacancy: whatever else is wrong."""
    path, wrong = f"{place(index=9)}/appointments", {"startTime": 0}
    token = hall.http.headers.pop("authorization")
    assert hall.ask("POST", path, wrong).status_code == 401
    hall.enter(hall.registered(CASES))
    hall.refused("POST", path, wrong, status=403, code=99403)
    hall.enter(hall.settings)
    assert hall.http.headers["authorization"] != token
    hall.refused("POST", path, wrong, status=404, code=99404)
    path = f"{place()}/appointments"
    assert set(hall.refused("POST", path, wrong)) == {"serviceTypeId", "channel"}
    hall.refused("POST", path, body(0), status=409, code=99002)
    hall.take(place())
    hall.refused("POST", path, body(), status=409, code=99001)


def test_the_settings_know_everything_that_there_is(hall):
    settings = hall.sandbox.cubu
    assert {"client_id": settings.client_id, "base_url": settings.base_url}.items() <= hall.settings.items()
    assert settings.token_url == hall.settings["token_url"]
    assert settings.time_zone == hall.settings["time_zone"] == "Asia/Jerusalem"
    catalogue = settings.catalogue
    assert isinstance(catalogue, Catalogue)
    assert {one.id: one.name for one in catalogue.services} == {
        one.id: one.name for one in hall.world.services.values()
    }
    found = {one.id: one for one in catalogue.service_types}[RENEWAL]
    assert (found.name, found.duration, found.channels) == (
        "Passport renewal",
        timedelta(minutes=10),
        ("FaceToFace", "Video"),
    )
    assert catalogue.key_field is not None
    assert catalogue.key_field.slug == "customer-national-id"
    other = evolve(settings, **hall.cubu.register(roles=[APPOINTMENTS]))
    assert other.client_id != settings.client_id


def test_the_same_seed_makes_the_same_world(hall):
    with type(hall.sandbox)(now=hall.sandbox.clock.now(), appointments=12) as again:
        names = ("CUBU_CLIENT_ID", "CUBU_APPLICATION_ID")
        assert [again.environment()[name] for name in names] == [hall.sandbox.environment()[name] for name in names]
        world = again.emulator(type(hall.cubu)).world
        assert list(world.cases) == list(hall.world.cases)
        assert len(world.cases) == 12


def test_a_body_has_to_call_itself_json(hall):
    path = f"{place()}/appointments"
    for kind, said, status in [("text/plain", b"{}", 415), ("application/json; charset=utf-8", b"{}", 400)]:
        answer = hall.http.post(path, content=said, headers={"content-type": kind})
        assert (answer.status_code, answer.json()["errorCode"]) == (status, 99000 + status)
    for said in (b"", b"[]", b"{", b"\xff"):
        answer = hall.http.post(path, content=said, headers={"content-type": "application/json"})
        assert answer.json()["errors"] == {"$": ["must be a JSON object"]}


def test_knobs_take_only_what_they_can_be(hall):
    wrong = {
        "customer_record_key": "customer",
        "cancel_forms": {"shred"},
        "customer_path": "/customers",
        "phone_format": "any",
        "taken_status": 500,
        "missing_status": 200,
    }
    for name, value in wrong.items():
        with pytest.raises(ValueError, match=name):
            setattr(hall.cubu, name, value)


def test_nothing_of_the_client_is_needed(hall):
    """The environment leads a plain client of any kind to a booking."""
    with httpx.Client() as http:
        said = hall.settings
        token = hall.mint(said).json()["access_token"]
        url = f"{said['base_url']}/{said['application_id'].upper()}{place().upper().replace('CALENDARS', 'calendars')}"
        answer = http.post(f"{url}/appointments", json=body(), headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 201
