"""The emulated IMIassist's credentials: API key and token, ACCESS, and the calls by which they are got."""

import re
from base64 import urlsafe_b64decode
from datetime import timedelta

import orjson
import pytest
from sandbox_ward import NOW

from apptsdk.sandbox.imiassist.seed import HARBOURVIEW, NORTHSIDE

LIST = "/appointments"


def part(token, at):
    said = token.split(".")[at]
    return orjson.loads(urlsafe_b64decode(said + "=" * (-len(said) % 4)))


def test_access_is_a_jwt_that_says_when_it_ends(ward):
    said = ward.login()
    assert said.keys() == {"refresh", "access"}
    assert part(said["access"], 0) == {"typ": "JWT", "alg": "HS256"}
    claims = part(said["access"], 1)
    assert list(claims) == ["type", "exp", "jti"]
    assert (claims["type"], claims["exp"]) == ("access", int(NOW.timestamp()) + 15 * 60)
    assert part(said["refresh"], 1)["type"] == "refresh"


@pytest.mark.parametrize("changes", [{"email": "someone@example.org"}, {"password": "wrong"}])
def test_only_the_integration_user_can_log_in(ward, changes):
    said = {"email": ward.company.user_email, "password": ward.company.user_password, **changes}
    ward.refused("POST", "/auth/login", said, status=401, code="invalid_credentials")


def test_a_login_needs_both_its_members(ward):
    assert ward.refused("POST", "/auth/login", {}) == {"email": "is required", "password": "is required"}


def test_the_existing_token_is_the_one_that_is_in_use(ward):
    said = ward.done("GET", "/auth/token", **ward.bearer())
    assert said == {"api_key": ward.company.api_key, "token": ward.imiassist.token()}
    assert re.fullmatch("[0-9a-f]{64}", said["token"])


def test_a_new_token_replaces_the_old_one(ward):
    old = ward.headers
    said = ward.done("POST", "/auth/token", {}, status=201, **ward.bearer())
    assert said["token"] == ward.imiassist.token() != old["Authorization"].removeprefix("Token ")
    ward.refused("POST", LIST, {}, status=401, code="invalid_token", **old)
    ward.enter(NORTHSIDE)
    ward.schedule()


def test_another_companys_token_stays_as_it_is(ward):
    ward.imiassist.renew(HARBOURVIEW)
    ward.schedule()


@pytest.mark.parametrize("gives_spent", [False, True])
def test_a_revoked_token_is_good_for_nothing_until_there_is_another(ward, gives_spent):
    ward.imiassist.existing_gives_spent, spent = gives_spent, ward.imiassist.token()
    ward.imiassist.revoke()
    ward.denied(401, "invalid_token")
    if gives_spent:
        assert ward.done("GET", "/auth/token", **ward.bearer())["token"] == spent
    else:
        ward.refused("GET", "/auth/token", status=404, code="token_not_found", **ward.bearer())
    assert ward.imiassist.renew() == ward.imiassist.token() != spent
    ward.enter(NORTHSIDE)
    ward.schedule()


def test_a_token_ends_by_the_clock_of_the_sandbox_where_it_has_a_life(ward):
    ward.imiassist.token_life = timedelta(minutes=2)
    ward.sandbox.clock.advance(timedelta(days=400))
    ward.schedule()  # it was made before
    ward.imiassist.renew()
    ward.enter(NORTHSIDE)
    ward.sandbox.clock.advance(timedelta(seconds=119))
    ward.schedule()
    ward.sandbox.clock.advance(timedelta(seconds=1))
    ward.denied(401, "invalid_token")
    ward.refused("GET", "/auth/token", status=404, code="token_not_found", **ward.bearer())


def test_access_ends_by_the_clock_of_the_sandbox(ward):
    ward.imiassist.access_life = timedelta(seconds=60)
    headers = ward.bearer()
    ward.sandbox.clock.advance(timedelta(seconds=59))
    ward.done("GET", "/auth/token", **headers)
    ward.sandbox.clock.advance(timedelta(seconds=1))
    ward.refused("GET", "/auth/token", status=401, code="invalid_token", **headers)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y.z", "Bearer {refresh}", "Token {access}", "{access}"])
def test_without_good_access_there_is_no_token(ward, header):
    headers = {"authorization": header.format(**ward.login()), "x-api-key": ward.company.api_key}
    for method in ("GET", "POST"):
        ward.refused(method, "/auth/token", status=401, code="invalid_token", **headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Token {token}"},
        {"x-api-key": "{key}"},
        {"x-api-key": "{other}", "authorization": "Token {token}"},
        {"x-api-key": "{key}", "authorization": "Bearer {token}"},
        {"x-api-key": "{key}", "authorization": "{token}"},
        {"x-api-key": "{key}", "authorization": "Token {key}"},
    ],
)
def test_api_key_and_token_belong_together(ward, headers):
    token, key = ward.imiassist.token(), ward.company.api_key
    other = ward.world.companies[HARBOURVIEW].api_key
    said = {name: value.format(token=token, key=key, other=other) for name, value in headers.items()}
    ward.refused("POST", LIST, {}, status=401, code="invalid_token", **said)


def test_headers_and_schemes_can_have_other_names(ward):
    emulated = ward.imiassist
    emulated.api_key_header, emulated.token_header, emulated.token_scheme = "Api-Key", "Api-Token", ""
    emulated.access_header, emulated.access_scheme = "X-Access", "JWT"
    ward.denied(401, "invalid_token")
    token = ward.done("GET", "/auth/token", **{"x-access": f"JWT {ward.login()['access']}"})["token"]
    ward.headers = {"Api-Key": ward.company.api_key, "Api-Token": token}
    ward.schedule()


def test_the_environment_leads_to_northside_with_the_token_that_is_in_use(ward):
    ward.imiassist.renew()
    assert ward.sandbox.environment() == {
        "IMIASSIST_SUBDOMAIN": "northside",
        "IMIASSIST_DOMAIN": "eclinic.org.uk",
        "IMIASSIST_API_KEY": ward.company.api_key,
        "IMIASSIST_TOKEN": ward.imiassist.token(),
        "IMIASSIST_BASE_URL": f"{ward.sandbox.url}/imiassist",
    }
    settings = ward.sandbox.imiassist
    assert (settings.api_key, settings.token) == (ward.company.api_key, ward.imiassist.token())
    assert (settings.base_url, settings.endpoints) == (f"{ward.sandbox.url}/imiassist", {})
