"""Settings: what they are read from, what they refuse, what they say then, and which clients share an account."""

from __future__ import annotations

import attrs
import pytest
from cubu_support import (
    APPLICATION,
    CALENDAR,
    CASE_ID,
    CLIENT,
    CLIENTS,
    CUSTOMER_ID,
    GIVEN,
    HOST,
    SECRET,
    TENANT,
    TOKENS,
    answer,
    raw,
    settings,
)
from hypothesis import given
from hypothesis import strategies as st

from apptsdk import ConfigurationError, CubuSettings
from apptsdk.providers.cubu import CaseRef, Catalogue
from apptsdk.tokens import MemoryTokenStore

CANCEL = "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}"
REF = CaseRef(service_id=CALENDAR.service_id, date=CALENDAR.date, cu_index=0, case_id=CASE_ID)
PLACE = f"/calendars/{CALENDAR.service_id}/2026-03-03/0/appointments/{CASE_ID}"
NEEDED = {
    "CUBU_TENANT_ID": TENANT,
    "CUBU_CLIENT_ID": CLIENT,
    "CUBU_CLIENT_SECRET": SECRET,
    "CUBU_APPLICATION_ID": APPLICATION,
}


@pytest.fixture
def toml(tmp_path):
    path = tmp_path / "catalogue.toml"
    path.write_text(f'[[services]]\nid = "{CALENDAR.service_id}"\nname = "Front desk"\n', encoding="utf-8")
    return path


def test_every_setting_but_the_token_store_has_a_variable(toml):
    variables = {
        **NEEDED,
        "CUBU_TIME_ZONE": "Asia/Jerusalem",
        "CUBU_CATALOGUE": str(toml),
        "CUBU_BASE_URL": "https://cubu.example/s2s",
        "CUBU_TOKEN_URL": "https://login.example/token",
        "CUBU_SCOPE": "api://cubu/.default",
        "CUBU_CUSTOMER_RECORD_KEY": "both",
        "CUBU_CANCEL_METHOD": "POST",
        "CUBU_CANCEL_PATH": "/{applicationId}/cases/{caseId}/actions/cancel",
        "CUBU_CUSTOMER_PATH": "/{applicationId}/people/{customerRecordId}",
        "CUBU_PHONE_FORMAT": "e164",
        "CUBU_SLOT_TAKEN_STATUSES": "409, 422",
        "CUBU_CHECK_BOOKINGS": "no",
        "CUBU_WEBHOOK_ALGORITHM": "sha512",
    }
    made = CubuSettings.from_env({**variables, "HOME": "/"})
    assert made == settings(
        time_zone="Asia/Jerusalem",
        catalogue=Catalogue.load(toml),
        base_url="https://cubu.example/s2s",
        token_url="https://login.example/token",
        scope="api://cubu/.default",
        customer_record_key="both",
        cancel_method="POST",
        cancel_path="/{applicationId}/cases/{caseId}/actions/cancel",
        customer_path="/{applicationId}/people/{customerRecordId}",
        phone_format="e164",
        slot_taken_statuses=(409, 422),
        check_bookings=False,
        webhook_algorithm="sha512",
    )
    assert made.catalogue.services[0].name == "Front desk"
    assert made.slot_taken_statuses == (409, 422)
    assert made.check_bookings is False
    assert {CubuSettings.variable(field.name) for field in attrs.fields(CubuSettings)} - {*variables} == {
        "CUBU_TOKEN_STORE"
    }


def test_the_four_of_a_registered_application_are_needed_and_the_rest_is_the_likeliest_guess():
    made = CubuSettings.from_env(NEEDED)
    assert made == settings()
    assert (made.url, made.tokens_url) == (f"{HOST}/{APPLICATION}", TOKENS)
    assert attrs.asdict(made, filter=lambda field, _: field.name not in GIVEN) == {
        "time_zone": None,
        "catalogue": None,
        "base_url": None,
        "token_url": None,
        "scope": None,
        "customer_record_key": "cusotmerRecordId",
        "cancel_method": "DELETE",
        "cancel_path": CANCEL,
        "customer_path": "/{applicationId}/customers/{customerRecordId}",
        "phone_format": "ten_digits",
        "slot_taken_statuses": (409,),
        "check_bookings": True,
        "webhook_algorithm": "sha256",
        "token_store": None,
    }


def test_what_is_missing_is_told_all_at_once():
    with pytest.raises(ConfigurationError) as caught:
        CubuSettings.from_env({"CUBU_CLIENT_ID": CLIENT, "CUBU_CLIENT_SECRET": "", "CUBU_TIME_ZONE": "UTC"})
    assert str(caught.value) == (
        "Set the environment variables CUBU_TENANT_ID, CUBU_CLIENT_SECRET, CUBU_APPLICATION_ID, or pass a CubuSettings."
    )
    assert caught.value.provider == "cubu"


# --- what is refused -------------------------------------------------------------------------------------------------

NO_IDS = (
    *("", " ", "a b", f"{TENANT}/", "a/b", "../x", ".", "..", "-a", "a-", ".a", "a.", "a?x", "a#x", "a%2e", "a;b"),
    *("a@b", "a:b", "a\\b", "a\r\nb", "a\n", "a\0", "é", "a" * 201, 5, None, b"a", True),
)
NO_SECRETS = ("", " ", f"{SECRET} x", f"{SECRET}\n", f"{SECRET}\r\nX: y", f"\t{SECRET}", f"{SECRET}é", f"{SECRET}\0")
NO_URLS = (
    *("", "http://cubu.example", "cubu.example", "ftp://127.0.0.1", "https://user:word@cubu.example", "https:///x"),
    *("https://cubu.example?x=1", "https://cubu.example#x", "https://cubu.example?", "http://10.0.0.1"),
    *("http://localhost.evil.example", "https://cubu.example\\@evil.example", "https://a b", "https://cubu.example\n"),
)
NO_PATHS = (
    "",
    "x",
    "/",
    "//x/{caseId}",
    "/x//{caseId}",
    "/x/{caseId}/",
    "https://evil.example/{caseId}",
    "/x?a={caseId}",
)
MALFORMED = {
    "tenant_id": NO_IDS,
    "client_id": NO_IDS,
    "application_id": NO_IDS,
    "client_secret": (*NO_SECRETS, 5, None, b"x"),
    "time_zone": ("", " ", "Jerusalem", "Asia/Nowhere", "Martian Standard Time", "../UTC", "/etc/localtime", 5, b"UTC"),
    "base_url": (*NO_URLS, 5, b"https://cubu.example"),
    "token_url": (*NO_URLS, 5, b"https://cubu.example"),
    "scope": ("", " ", "a b", "a\n", "a\r\nX: y", "é", 5, b"x"),
    "customer_record_key": ("", "customer_record_id", "CustomerRecordId", "BOTH", 5, None, ["both"]),
    "cancel_method": ("", "delete", "GET", "DELETE ", "DELETE\r\n", "BREW", 5, None, ["DELETE"]),
    "cancel_path": (
        *(*NO_PATHS, "/x", "/x/{caseID}/{caseId}", "/x/{caseId", "/x/caseId}", "/x/{{caseId}}", "/x/{}/{caseId}"),
        *(
            "/../{caseId}",
            "/./{caseId}",
            "/x/{caseId}#y",
            "/x/%2e%2e/{caseId}",
            "/x/{caseId}/\n",
            "/ü/{caseId}",
            5,
            None,
        ),
        "/{customerRecordId}/{caseId}",
        *("/apps/{applicationId}/{caseId}", "/{caseId}/{applicationId}", "/{applicationId}x/{caseId}"),
    ),
    "customer_path": (
        *NO_PATHS,
        "/customers",
        "/customers/{caseId}",
        "/{serviceId}/{customerRecordId}",
        "/apps/{applicationId}/{customerRecordId}",
        "/../x",
        5,
        None,
    ),
    "phone_format": ("", "E164", "ten digits", "10", 5, None),
    "slot_taken_statuses": (
        "x",
        "409;422",
        "4.09",
        "399",
        "500",
        (399,),
        (500,),
        (200, 409),
        409,
        None,
        (4.09,),
        (True,),
        *((status,) for status in (401, 403, 408, 429)),
        (409, 401),
        "409,429",
    ),
    "check_bookings": ("", "perhaps", "on!", None, 2, b"true"),
    "webhook_algorithm": ("", "md5", "sha1", "sha-256", "SHA257", "hmac", "shake_128", "blake2", 5, None),
    "token_store": (MemoryTokenStore, "tokens.json", {}, 5),
}


@pytest.mark.parametrize(("name", "bad"), [(name, bad) for name in MALFORMED for bad in MALFORMED[name]], ids=repr)
def test_what_is_malformed_is_refused_by_field_and_variable_and_the_secret_is_not_shown(name, bad):
    with pytest.raises(ConfigurationError) as caught:
        settings(**{name: bad})
    told = str(caught.value)
    assert told.startswith(name if name == "token_store" else f"{name} ({CubuSettings.variable(name)})")
    assert caught.value.provider in {"cubu", None}  # the core does not know whose setting it is
    for shown in (told, repr(vars(caught.value)), repr(caught.value.__cause__), repr(caught.value.__context__)):
        assert SECRET not in shown


def test_every_setting_has_something_that_it_refuses():
    assert {*MALFORMED} | {"catalogue"} == {field.name for field in attrs.fields(CubuSettings)}


@pytest.mark.parametrize("bad", ["nowhere.toml", 5, b"x", ["x"], {}], ids=repr)
def test_a_catalogue_that_is_none_is_refused_by_its_name(bad):
    with pytest.raises(ConfigurationError, match=r"catalogue|nowhere\.toml") as caught:
        settings(catalogue=bad)
    assert caught.value.provider == "cubu"


GOOD = {
    "tenant_id": ("riverbend.onmicrosoft.com", "7", TENANT.upper(), "a_b-c", "a" * 200),
    "application_id": (APPLICATION.upper(), "front-desk"),
    "time_zone": ("UTC", "Asia/Jerusalem", "Israel Standard Time", "Australia/Lord_Howe"),
    "scope": ("api://cubu/.default", f"{CLIENT}/.default"),
    "cancel_method": ("DELETE", "POST", "PUT", "PATCH"),
    "cancel_path": ("/{caseId}", "/cases/{caseId}/actions/cancel", "/{applicationId}/{caseId}.json", "/v2~1/{caseId}"),
    "slot_taken_statuses": ((), (400,), (499,), (409, 422), "409", "409,422", "409 422", [409], ["409"]),
    "check_bookings": (True, False, "true", "YES", "0", 1),
    "webhook_algorithm": ("sha256", "sha512", "sha3_256"),
}


@pytest.mark.parametrize(("name", "good"), [(name, good) for name in GOOD for good in GOOD[name]], ids=repr)
def test_what_is_well_formed_is_taken(name, good):
    made = settings(**{name: good})
    assert made == attrs.evolve(made)
    assert hash(made) == hash(attrs.evolve(made))


FLAGS = {True: True, False: False, "true": True, "1": True, "YES": True, "False": False, "0": False, "no": False}


@pytest.mark.parametrize("given_", FLAGS, ids=repr)
def test_whether_bookings_are_checked_can_be_said_in_words(given_):
    assert settings(check_bookings=given_).scope_of_calls.check_bookings is FLAGS[given_]


@pytest.mark.parametrize(
    ("given_", "known"), [("409, 422", {409, 422}), ([422], {422}), ("", set()), ((), set())], ids=repr
)
def test_the_statuses_of_a_taken_slot_can_be_said_in_words(given_, known):
    assert settings(slot_taken_statuses=given_).scope_of_calls.slot_taken_statuses == known


def test_settings_do_not_show_the_secret():
    made = settings(token_store=MemoryTokenStore())
    for shown in (made, made.account(), made.account().auth, made.scope_of_calls, made.account().service):
        assert SECRET not in repr(shown)
        assert SECRET not in str(shown)
    assert CLIENT in repr(made)
    assert "token_store" not in repr(made)


# --- where calls go --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (None, f"{HOST}/{APPLICATION}"),
        ("https://cubu.example", f"https://cubu.example/{APPLICATION}"),
        ("https://cubu.example/", f"https://cubu.example/{APPLICATION}"),
        ("https://cubu.example/s2s", f"https://cubu.example/s2s/{APPLICATION}"),
        ("https://cubu.example/s2s//", f"https://cubu.example/s2s/{APPLICATION}"),
        ("http://127.0.0.1:8000/cubu/", f"http://127.0.0.1:8000/cubu/{APPLICATION}"),
    ],
)
def test_base_url_and_application_are_joined_by_one_slash(base, url, vendor):
    made = settings(base_url=base)
    assert made.url == url
    vendor.answers(answer([]))
    vendor.tell(lambda c: c.collect(c.list("appointments.list", CALENDAR)), made)
    assert vendor.seen[0].url == f"{url}/calendars/{CALENDAR.service_id}/2026-03-03/0/appointments"


def test_the_token_endpoint_is_the_tenants_and_the_application_is_not_the_client(vendor):
    vendor.answers(answer([]))
    vendor.tell(lambda c: c.collect(c.list("appointments.list", CALENDAR)))
    assert [one.url for one in vendor.feed.logins] == [TOKENS]
    assert APPLICATION in vendor.seen[0].url
    assert CLIENT not in vendor.seen[0].url
    assert settings(token_url="https://login.example/x/").tokens_url == "https://login.example/x"


CANCELS = {
    "the default": (CANCEL, PLACE),
    "without the application": (CANCEL.removeprefix("/{applicationId}"), PLACE),
    "an action": (f"{CANCEL}/actions/cancel", f"{PLACE}/actions/cancel"),
    "an action of the case": ("/{applicationId}/cases/{caseId}/actions/cancel", f"/cases/{CASE_ID}/actions/cancel"),
    "the case alone": ("/{caseId}", f"/{CASE_ID}"),
    "the case twice": ("/x/{caseId}/y/{caseId}", f"/x/{CASE_ID}/y/{CASE_ID}"),
    "a colon for an action": ("/{applicationId}/cases/{caseId}:cancel", f"/cases/{CASE_ID}:cancel"),
}


@pytest.mark.parametrize("way", CANCELS)
def test_the_path_of_a_cancellation_is_filled_in_below_the_application(way, vendor):
    template, path = CANCELS[way]
    vendor.answers(raw(status=204))
    made = settings(cancel_path=template, cancel_method="PUT")
    assert vendor.tell(lambda c: c.call("appointments.cancel", REF), made) is None
    (one,) = vendor.seen
    assert (one.method, one.url) == ("PUT", f"{HOST}/{APPLICATION}{path}")


def test_the_path_of_a_customer_is_filled_in_below_the_application(vendor):
    vendor.answers(answer({"recordId": CUSTOMER_ID}))
    vendor.tell(
        lambda c: c.call("customers.get", CUSTOMER_ID), settings(customer_path="/people/{customerRecordId}/card")
    )
    assert vendor.seen[0].path == f"/people/{CUSTOMER_ID}/card"


TEMPLATES = st.one_of(st.text(max_size=12), st.text(alphabet="/.{}caseIdx%?#", max_size=20))


@given(st.tuples(TEMPLATES, TEMPLATES).map("{caseId}".join))
def test_whatever_the_template_what_it_makes_is_a_path_of_the_application(template):
    try:
        made = settings(cancel_path=template)
    except ConfigurationError:
        return
    path = made.scope_of_calls.cancelled_at(REF)
    assert path.startswith("/")
    assert not set(path) & set("?#%\\{} \r\n\0")
    assert all(part.strip(".") for part in path.split("/")[1:])
    assert CASE_ID in path


# --- who shares what -------------------------------------------------------------------------------------------------

VIEWS = {
    "catalogue": Catalogue(languages=("en-US",)),
    "time_zone": "Asia/Jerusalem",
    "customer_record_key": "both",
    "cancel_method": "POST",
    "cancel_path": "/cases/{caseId}/actions/cancel",
    "customer_path": "/people/{customerRecordId}",
    "phone_format": "any",
    "slot_taken_statuses": (422,),
    "check_bookings": False,
    "webhook_algorithm": "sha512",
}
ELSEWHERE = {
    "tenant_id": "riverbend.example",
    "client_id": "another-client",
    "client_secret": "another-secret",
    "application_id": "another-application",
    "base_url": "https://x.example",
    "token_url": "https://login.example/token",
    "scope": "api://cubu/.default",
    "token_store": MemoryTokenStore(),
}


def test_every_setting_is_a_matter_of_the_account_or_of_the_view():
    assert {*VIEWS} | {*ELSEWHERE} == {field.name for field in attrs.fields(CubuSettings)}


@pytest.mark.parametrize("kind", CLIENTS)
@pytest.mark.parametrize("name", ELSEWHERE)
def test_another_credential_host_or_store_is_another_account(kind, name):
    first, second = kind(settings()), kind(settings(**{name: ELSEWHERE[name]}))
    assert first._transport.account is not second._transport.account
    same = kind(settings(**{name: ELSEWHERE[name]}, **VIEWS))
    assert same._transport.account is second._transport.account


def test_clients_with_other_guesses_share_the_account_and_its_token(vendor):
    vendor.answers(always=answer([]))
    clients = [vendor.client(settings(**{name: value})) for name, value in VIEWS.items()]
    assert len({id(client._transport.account) for client in clients}) == 1
    for client in clients:
        vendor.world.tell(lambda c: c.collect(c.list("appointments.list", CALENDAR)), client)
    assert len(vendor.feed.logins) == 1
    assert len({one.headers["authorization"] for one in vendor.seen}) == 1


def test_a_view_goes_by_its_clients_settings(vendor):
    vendor.answers(always=raw(status=204))
    made = settings(cancel_method="POST", cancel_path="/cases/{caseId}/actions/cancel")

    async def story(c):
        await c.view(headers={"X-Trace": "1"}).call("appointments.cancel", REF)
        with pytest.raises(TypeError, match="cancel_method"):
            c.view(cancel_method="DELETE")

    vendor.tell(story, made)
    (one,) = vendor.seen
    assert (one.method, one.path) == ("POST", f"/cases/{CASE_ID}/actions/cancel")


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_store_need_not_be_hashable_and_one_that_is_equal_is_another(kind):
    class Store(MemoryTokenStore):
        def __eq__(self, other):
            return isinstance(other, Store)

        __hash__ = None

    first, second = Store(), Store()
    assert first == second
    one, same, other = (kind(settings(token_store=store)) for store in (first, first, second))
    assert one._transport.account is same._transport.account
    assert one._transport.account is not other._transport.account
