"""Settings: what they refuse, what they say then, and which host a key leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apptsdk import ClinikoSettings, ConfigurationError

KEY = "MS0xLTEyMzQ1LXNlY3JldHNlY3JldA"
GOOD = {"api_key": f"{KEY}-au2", "app_name": "Riverbend Scheduler", "contact_email": "dev@riverbend.example"}


def settings(**other):
    return ClinikoSettings(**{**GOOD, **other})


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ({}, "api.au2"),
        ({"api_key": KEY}, "api.au1"),
        ({"api_key": f"{KEY}-AU4"}, "api.au4"),
        ({"api_key": f"{KEY}-uk12"}, "api.uk12"),
        ({"api_key": f"a-b-{KEY}-ca1"}, "api.ca1"),
        ({"api_key": f"{KEY}-au2", "shard": "eu1"}, "api.eu1"),
        ({"api_key": KEY, "shard": "US1"}, "api.us1"),
    ],
)
def test_the_shard_comes_from_the_key_or_the_setting(given, host):
    assert settings(**given).url == f"https://{host}.cliniko.com/v1"
    assert settings(**given).account().service.base_url == f"https://{host}.cliniko.com/v1"


@pytest.mark.parametrize(
    "shard",
    [
        "",
        "au",
        "au123",
        "a1",
        "1au",
        "au1.evil.example/",
        "au1/",
        "au1@evil",
        "au1#",
        "au1?",
        "au 1",
        "au1\n",
        "\u0430u1",
        "au\uff11",
    ],
    ids=repr,
)
@pytest.mark.parametrize("where", ["key", "setting"])
def test_what_is_no_shard_must_not_choose_the_host(shard, where):
    given = {"api_key": f"{KEY}-{shard}"} if where == "key" else {"shard": shard}
    with pytest.raises(ConfigurationError) as caught:
        settings(**given)
    assert KEY not in str(caught.value)
    assert "CLINIKO_" in str(caught.value)


@given(st.text(alphabet=st.characters(max_codepoint=0x250), max_size=12))
def test_whatever_stands_behind_the_hyphen_the_host_is_clinikos(suffix):
    try:
        url = settings(api_key=f"{KEY}-{suffix}").url
    except ConfigurationError:
        return
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    assert (scheme, path) == ("https", "v1")
    assert host.startswith("api.")
    assert host.endswith(".cliniko.com")
    assert len(host.split(".")) == 4
    assert host.split(".")[1].isalnum()


@pytest.mark.parametrize(
    "bad",
    ["", " ", f"{KEY} -au1", f"{KEY}\n", f"{KEY}\r\nX: y", f"\t{KEY}", f"{KEY}é", f"{KEY}\0", f" {KEY}", 5, None, b"x"],
    ids=repr,
)
def test_a_key_that_cannot_be_one_is_refused_and_not_shown(bad):
    with pytest.raises(ConfigurationError, match="CLINIKO_API_KEY") as caught:
        settings(api_key=bad)
    assert KEY not in str(caught.value)
    assert KEY not in repr(vars(caught.value))
    assert caught.value.__context__ is None or KEY not in repr(caught.value.__context__)


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("app_name", ""),
        ("app_name", "  "),
        ("app_name", "Riverbend (test)"),
        ("app_name", "Riverbend\r\nX: y"),
        ("app_name", "Flußklinik"),
        ("contact_email", ""),
        ("contact_email", "dev"),
        ("contact_email", "dev@riverbend"),
        ("contact_email", "dev@river bend.example"),
        ("contact_email", "dev@riverbend.example\r\nX: y"),
        ("contact_email", "dev@@riverbend.example"),
        ("contact_email", "(dev@riverbend.example)"),
        ("base_url", "http://api.au1.cliniko.com/v1"),
        ("base_url", "api.au1.cliniko.com/v1"),
        ("base_url", "ftp://127.0.0.1/v1"),
        ("base_url", "https://user:word@api.au1.cliniko.com/v1"),
        ("base_url", "https://api.au1.cliniko.com/v1?x=1"),
        ("base_url", "https://api.au1.cliniko.com/v1#x"),
        ("base_url", "https:///v1"),
        ("base_url", "https://api.au1.cliniko.com:port/v1"),
        ("base_url", "http://10.0.0.1/v1"),
        ("base_url", "http://localhost.evil.example/v1"),
        ("base_url", ""),
    ],
)
def test_a_wrong_setting_is_refused_and_its_variable_is_named(field, bad):
    with pytest.raises(ConfigurationError, match=f"CLINIKO_{field.upper()}") as caught:
        settings(**{field: bad})
    assert caught.value.provider in {"cliniko", None}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/cliniko/v1", "http://localhost/v1", "http://[::1]:1/v1", "https://x.example/v1/"]
)
def test_another_base_url_may_be_https_anywhere_or_http_on_this_machine(url):
    assert settings(base_url=url).url == url.rstrip("/")


def test_what_is_missing_in_the_environment_is_all_named_at_once():
    with pytest.raises(ConfigurationError) as caught:
        ClinikoSettings.from_env({"CLINIKO_APP_NAME": "Riverbend"})
    assert str(caught.value) == (
        "Set the environment variables CLINIKO_API_KEY, CLINIKO_CONTACT_EMAIL, or pass a ClinikoSettings."
    )
    assert caught.value.provider == "cliniko"


def test_an_empty_variable_counts_as_missing():
    with pytest.raises(ConfigurationError, match=r"^Set the environment variable CLINIKO_API_KEY, or"):
        ClinikoSettings.from_env(
            {"CLINIKO_API_KEY": "", "CLINIKO_APP_NAME": "R", "CLINIKO_CONTACT_EMAIL": "d@r.example"}
        )


def test_every_setting_has_a_variable():
    variables = {
        "CLINIKO_API_KEY": KEY,
        "CLINIKO_APP_NAME": "Riverbend",
        "CLINIKO_CONTACT_EMAIL": "dev@riverbend.example",
        "CLINIKO_SHARD": "uk1",
        "CLINIKO_BASE_URL": "https://x.example/v1",
        "HOME": "/",
    }
    assert ClinikoSettings.from_env(variables) == ClinikoSettings(
        api_key=KEY,
        app_name="Riverbend",
        contact_email="dev@riverbend.example",
        shard="uk1",
        base_url="https://x.example/v1",
    )


def test_settings_do_not_show_the_key():
    assert KEY not in repr(settings())
    assert KEY not in str(settings())
    assert "Riverbend Scheduler" in repr(settings())
    assert KEY not in repr(settings().account())


@pytest.mark.parametrize("key", [KEY, f"{KEY}-au1"])
def test_the_sandbox_takes_the_key_with_and_without_its_shard(key, clinic):
    bare = clinic.sandbox.cliniko.api_key.removesuffix("-au1")
    import attrs  # noqa: PLC0415 - one test's

    given = attrs.evolve(clinic.sandbox.cliniko, api_key=bare + key.removeprefix(KEY))
    assert clinic.tell(lambda c: c.call("user"), given).id
