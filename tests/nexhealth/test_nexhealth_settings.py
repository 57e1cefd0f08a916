"""Settings: what they refuse, what they say then, and which clients share an account."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nexhealth_support import CLIENTS, GIVEN, KEY, V2_TYPE, answer, rows, settings

from apptsdk import ConfigurationError, NexHealth, NexHealthSettings
from apptsdk.tokens import MemoryTokenStore

VARIABLES = {
    "NEXHEALTH_API_KEY": KEY,
    "NEXHEALTH_SUBDOMAIN": "lakeside",
    "NEXHEALTH_LOCATION_ID": "7",
    "NEXHEALTH_API_VERSION": "v2",
    "NEXHEALTH_CHECK_LOCATION": "no",
    "NEXHEALTH_BASE_URL": "https://x.example/nexhealth",
    "HOME": "/",
}


def test_every_setting_but_the_token_store_has_a_variable():
    made = NexHealthSettings.from_env(VARIABLES)
    assert made == NexHealthSettings(
        api_key=KEY,
        subdomain="lakeside",
        location_id=7,
        api_version="v2",
        check_location=False,
        base_url="https://x.example/nexhealth",
    )
    assert made.check_location is False
    assert {NexHealthSettings.variable(field.name) for field in attrs.fields(NexHealthSettings)} - {*VARIABLES} == {
        "NEXHEALTH_TOKEN_STORE"
    }


def test_the_key_alone_is_needed():
    made = NexHealthSettings.from_env({"NEXHEALTH_API_KEY": KEY})
    assert (made.subdomain, made.location_id, made.api_version, made.check_location) == (None, None, "v3.0.0", True)
    assert made.url == "https://nexhealth.info"
    with pytest.raises(ConfigurationError) as caught:
        NexHealthSettings.from_env({"NEXHEALTH_SUBDOMAIN": "lakeside", "NEXHEALTH_API_KEY": ""})
    assert str(caught.value) == "Set the environment variable NEXHEALTH_API_KEY, or pass a NexHealthSettings."
    assert caught.value.provider == "nexhealth"


@pytest.mark.parametrize(
    "bad",
    ["", " ", f"{KEY} x", f"{KEY}\n", f"{KEY}\r\nX: y", f"\t{KEY}", f"{KEY}é", f"{KEY}\0", f" {KEY}", 5, None, b"x"],
    ids=repr,
)
def test_a_key_that_cannot_be_one_is_refused_and_not_shown(bad):
    with pytest.raises(ConfigurationError, match="NEXHEALTH_API_KEY") as caught:
        settings(api_key=bad)
    assert KEY not in str(caught.value)
    assert KEY not in repr(vars(caught.value))
    assert caught.value.__context__ is None or KEY not in repr(caught.value.__context__)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "a b",
        "riverbend.nexhealth.com",
        "https://riverbend",
        "riverbend/",
        "../lakeside",
        "a&location_id=2",
        "a?x",
        "a#x",
        "a%2e",
        "a;b",
        "a\r\nb",
        "a\n",
        "-a",
        "a-",
        "_a",
        "é",
        "a" * 103,
        5,
        b"a",
    ],
    ids=repr,
)
def test_what_is_no_subdomain_is_refused(bad):
    with pytest.raises(ConfigurationError, match="NEXHEALTH_SUBDOMAIN") as caught:
        settings(subdomain=bad)
    assert caught.value.provider == "nexhealth"


@pytest.mark.parametrize("good", ["a", "7", "riverbend-dental", "Riverbend_Dental-2", "a" * 102])
def test_what_is_a_subdomain_is_taken(good):
    assert settings(subdomain=good).scope_of_calls.practice() == (("subdomain", good),)


@given(st.text(max_size=8))
def test_whatever_the_subdomain_it_adds_one_pair_to_a_query(text):
    try:
        made = settings(subdomain=text)
    except ConfigurationError:
        return
    assert not set(text) & set("/?#&=%;: \r\n\0.@\\")
    assert made.scope_of_calls.practice() == (("subdomain", text),)


@pytest.mark.parametrize("number", [41, "41"])
def test_an_office_is_a_number_whether_it_comes_as_text_or_not(number):
    made = settings(location_id=number)
    assert made.location_id == 41
    assert made == settings()
    assert hash(made) == hash(settings())


@pytest.mark.parametrize(
    "bad", ["", "x", "41 ", "4.1", "-1", "1" * 20, str(2**63), 2**63, -1, 4.0, True, b"41"], ids=repr
)
def test_what_is_no_office_is_refused(bad):
    with pytest.raises(ConfigurationError, match="NEXHEALTH_LOCATION_ID") as caught:
        settings(location_id=bad)
    assert caught.value.provider == "nexhealth"


VERSIONS = {
    "v3.0.0": ("v3.0.0", False),
    "v20240412": ("v20240412", False),
    "v3.1.0": ("v3.1.0", False),
    "v2": (None, True),
    "v2.2.2": (None, True),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_a_version_is_selected_by_its_headers(name):
    header, numbered = VERSIONS[name]
    made = settings(api_version=name)
    expected = {"Accept": V2_TYPE} if header is None else {"Accept": V2_TYPE, "Nex-Api-Version": header}
    assert {**made.account().service.headers, **made.headers} == expected
    assert (made.version.name, made.version.numbered) == (name, numbered)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "3",
        "v3",
        "v2.0",
        "v10.2",
        "v3.1.0-beta",
        "v",
        "v1",
        "v0",
        "V3.0.0",
        "v3.",
        "v3.0.0\r\nX: y",
        "v3 ",
        "latest",
        "v3.0.0;x",
        3,
        None,
    ],
    ids=repr,
)
def test_what_is_no_version_is_refused(bad):
    with pytest.raises(ConfigurationError, match=r"NEXHEALTH_API_VERSION.*v3\.0\.0"):
        settings(api_version=bad)


FLAGS = {True: True, False: False, "true": True, "1": True, "YES": True, "False": False, "0": False, "no": False}


@pytest.mark.parametrize("given", FLAGS, ids=repr)
def test_whether_offices_are_looked_at_can_be_said_in_words(given):
    assert settings(check_location=given).scope_of_calls.check_location is FLAGS[given]


@pytest.mark.parametrize("bad", ["", "perhaps", "on!", None, 2], ids=repr)
def test_what_is_neither_yes_nor_no_is_refused(bad):
    with pytest.raises(ConfigurationError, match="NEXHEALTH_CHECK_LOCATION"):
        settings(check_location=bad)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "http://nexhealth.info",
        "nexhealth.info",
        "ftp://127.0.0.1",
        "https://user:word@nexhealth.info",
        "https://nexhealth.info?x=1",
        "https://nexhealth.info#x",
        "https:///x",
        "http://10.0.0.1",
        "http://localhost.evil.example",
    ],
)
def test_a_wrong_base_url_is_refused(bad):
    with pytest.raises(ConfigurationError, match="NEXHEALTH_BASE_URL"):
        settings(base_url=bad)


def test_settings_do_not_show_the_key():
    for shown in (settings(), settings().account(), settings().account().auth, settings().scope_of_calls):
        assert KEY not in repr(shown)
        assert KEY not in str(shown)
    assert "riverbend-dental" in repr(settings())


# --- who shares what -------------------------------------------------------------------------------------------------


def test_clients_of_two_practices_share_the_account_the_token_and_the_pace(vendor):
    vendor.answers(always=rows())
    first, second = vendor.client(), vendor.client(settings(subdomain="lakeside", location_id=7))
    account = first._transport.account
    assert second._transport.account is account

    async def story(c):
        await c.collect(c.list("providers.list"))

    vendor.world.tell(story, first)
    vendor.world.tell(story, second)
    assert len(vendor.feed.logins) == 1
    assert len({one.headers["authorization"] for one in vendor.seen}) == 1
    assert [dict(one.query)["subdomain"] for one in vendor.seen] == ["riverbend-dental", "lakeside"]


@pytest.mark.parametrize(
    "other",
    [
        {"api_key": "another-key"},
        {"base_url": "https://x.example"},
        {"token_store": MemoryTokenStore()},
    ],
    ids=lambda other: next(iter(other)),
)
@pytest.mark.parametrize("kind", CLIENTS)
def test_another_key_host_or_store_is_another_account(kind, other):
    first, second = kind(settings()), kind(settings(**other))
    assert first._transport.account is not second._transport.account
    same = kind(settings(**other, subdomain="lakeside", location_id=7, check_location=False))
    assert same._transport.account is second._transport.account


def test_clients_of_two_versions_share_the_account_and_each_asks_in_its_own(vendor):
    vendor.answers(always=answer({"id": 41}))
    first, second = vendor.client(), vendor.client(settings(api_version="v2"))
    assert first._transport.account is second._transport.account
    for client in (first, second):
        vendor.world.tell(lambda c: c.call("locations.get", 41), client)
    assert [one.headers.get("nex-api-version") for one in vendor.seen] == ["v3.0.0", None]
    assert len(vendor.feed.logins) == 1


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


def test_a_view_on_another_practice_asks_there_with_the_same_token(vendor):
    vendor.answers(always=rows())

    async def story(c):
        other = c.view(subdomain="lakeside", location_id=7)
        await c.collect(other.list("operatories.list"))
        await c.collect(c.list("operatories.list"))
        assert other.client._transport.engine is c.client._transport.engine
        assert repr(other.client) == repr(c.client)

    vendor.tell(story)
    asked = [(dict(one.query)["subdomain"], dict(one.query)["location_id"]) for one in vendor.seen]
    assert asked == [("lakeside", "7"), ("riverbend-dental", "41")]
    assert len(vendor.feed.logins) == 1


def test_a_view_on_another_practice_drops_the_office_and_one_on_the_same_keeps_it():
    with NexHealth(settings()) as client:
        assert client.with_options(subdomain="lakeside")._settings.location_id is None
        assert client.with_options(subdomain="riverbend-dental")._settings.location_id == 41
        assert client.with_options(timeout=5)._settings.location_id == 41
        assert client.with_options(location_id="42")._settings.location_id == 42
        assert client.with_options(location_id=42)._settings.subdomain == "riverbend-dental"
        assert client.with_options(location_id=None)._settings.location_id is None
        assert client.with_options(subdomain=None)._settings.subdomain is None
        assert client._settings == settings()


@pytest.mark.parametrize(
    "wrong",
    [{"subdomain": "a/b"}, {"subdomain": ""}, {"location_id": "x"}, {"location_id": 4.0}],
    ids=str,
)
def test_a_wrong_view_is_refused(wrong):
    with NexHealth(settings()) as client, pytest.raises(ConfigurationError, match="NEXHEALTH_"):
        client.with_options(**wrong)


NEEDS_PRACTICE = {
    "providers.list": (),
    "appointments.get": (1,),
    "appointments.cancel": (1,),
    "patient_alerts.list": (1,),
    "working_hours.delete": (1,),
}


@pytest.mark.parametrize("verb", NEEDS_PRACTICE)
def test_what_belongs_to_a_practice_is_not_asked_without_one(verb, vendor):
    async def story(c):
        with pytest.raises(
            ConfigurationError, match=r"needs the practice's subdomain.*NEXHEALTH_SUBDOMAIN.*with_options"
        ):
            c.list(verb, *NEEDS_PRACTICE[verb]) if verb.endswith(".list") else await c.call(verb, *NEEDS_PRACTICE[verb])

    vendor.tell(story, settings(subdomain=None, location_id=None))
    assert vendor.feed.requests == []
    assert vendor.feed.logins == []


def test_what_needs_an_office_is_not_asked_without_one(vendor):
    async def story(c):
        with pytest.raises(ConfigurationError, match=r"needs location_id.*NEXHEALTH_LOCATION_ID.*with_options"):
            c.list("patients.list")
        await c.collect(c.list("patients.list", location_id="8"))

    vendor.answers(rows())
    vendor.tell(story, settings(location_id=None))
    assert dict(vendor.seen[0].query)["location_id"] == "8"


def test_what_belongs_to_the_key_is_asked_without_a_practice(vendor):
    async def story(c):
        await c.collect(c.list("institutions.list"))
        await c.collect(c.list("locations.list"))
        await c.collect(c.list("webhook_endpoints.list"))
        await c.call("locations.get", 41)

    vendor.answers(answer([]), answer([]), answer([]), answer({"id": 41}))
    vendor.tell(story, settings(subdomain=None, location_id=None))
    assert [one.query for one in vendor.seen] == [[], [], [], []]


def test_given_is_what_settings_take():
    assert {*GIVEN} <= {field.name for field in attrs.fields(NexHealthSettings)}
