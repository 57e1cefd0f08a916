"""What settings say about the environment: what they need, whether it speaks of them, and what may be empty there."""

import attrs
import pytest
from core_support import AcmeSettings

from apptsdk.errors import ConfigurationError
from apptsdk.settings import Settings


@attrs.frozen(kw_only=True)
class BetaSettings(Settings):
    provider = "beta"

    api_key: str = attrs.field(repr=False)
    tenant: str
    prefix: str = attrs.field(default="/api", metadata={"empty": True})
    scheme: str = "Token"
    hidden: str = attrs.field(default="h", metadata={"env": False})
    made: str = attrs.field(init=False, default="made")


@attrs.frozen(kw_only=True)
class EmptySettings(Settings):
    """Settings of which a needed one may be empty."""

    provider = "empty"

    prefix: str = attrs.field(metadata={"empty": True})


@attrs.frozen(kw_only=True)
class FreeSettings(Settings):
    """Settings that need nothing."""

    provider = "free"

    region: str = "eu"


@attrs.frozen(kw_only=True)
class EitherSettings(Settings):
    """Settings with two kinds of credentials."""

    provider = "either"
    alternatives = (("token",), ("user", "password"))

    tenant: str
    token: str | None = None
    user: str | None = None
    password: str | None = attrs.field(default=None, metadata={"empty": True})


@attrs.frozen(kw_only=True)
class LoginSettings(Settings):
    """Settings that need nothing but credentials, of one kind or another."""

    provider = "login"
    alternatives = (("token",), ("user", "password"))

    token: str | None = None
    user: str | None = None
    password: str | None = None


NEEDED = {"BETA_API_KEY": "k", "BETA_TENANT": "t"}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (AcmeSettings, ("api_key", "tenant")),
        (BetaSettings, ("api_key", "tenant")),
        (EmptySettings, ("prefix",)),
        (FreeSettings, ()),
        (Settings, ()),
    ],
)
def test_what_has_no_default_is_required(kind, names):
    assert kind.required() == names


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"BETA_API_KEY": ""}, False),
        ({"BETA_API_KEY": "k"}, True),
        ({"BETA_TENANT": "t"}, True),
        (NEEDED, True),
        ({"BETA_SCHEME": "Key"}, True),
        ({"BETA_PREFIX": "/v2"}, True),
        ({"BETA_PREFIX": "", "BETA_SCHEME": ""}, False),
        ({"BETA_HIDDEN": "h", "BETA_MADE": "m", "BETA_ELSE": "e", "BETA_": "_", "BETA": "b"}, False),
        ({"ACME_API_KEY": "k", "ACME_TENANT": "t"}, False),
        ({"beta_api_key": "k"}, False),
    ],
)
def test_an_environment_speaks_of_a_provider_when_it_has_a_variable_of_any_of_its_fields(environment, expected):
    assert BetaSettings.is_in(environment) is expected


def test_a_provider_that_needs_nothing_is_spoken_of_in_the_same_way():
    assert FreeSettings.is_in({"FREE_REGION": "us"}) is True
    assert FreeSettings.is_in({"FREE_REGION": ""}) is False


def test_what_is_given_is_told_in_the_order_of_the_fields():
    given = {"BETA_SCHEME": "Key", "BETA_API_KEY": "canary", "BETA_TENANT": "", "BETA_ELSE": "e", "ACME_API_KEY": "k"}

    assert BetaSettings.given(given) == ("BETA_API_KEY", "BETA_SCHEME")
    assert BetaSettings.given({}) == ()


EITHER = "either EITHER_TOKEN, or EITHER_USER with EITHER_PASSWORD"


@pytest.mark.parametrize(
    ("kind", "environment", "expected"),
    [
        (BetaSettings, {}, "BETA_API_KEY, BETA_TENANT"),
        (BetaSettings, {"BETA_TENANT": "t", "BETA_SCHEME": "Key"}, "BETA_API_KEY"),
        (BetaSettings, {"BETA_TENANT": "t", "BETA_API_KEY": ""}, "BETA_API_KEY"),
        (BetaSettings, NEEDED, ""),
        (EmptySettings, {"EMPTY_PREFIX": ""}, ""),
        (FreeSettings, {}, ""),
        (EitherSettings, {}, f"EITHER_TENANT, and {EITHER}"),
        (EitherSettings, {"EITHER_TENANT": "t"}, EITHER),
        (EitherSettings, {"EITHER_TENANT": "t", "EITHER_USER": "u"}, EITHER),
        (EitherSettings, {"EITHER_TENANT": "t", "EITHER_USER": "u", "EITHER_PASSWORD": "p"}, ""),
        (EitherSettings, {"EITHER_TENANT": "t", "EITHER_USER": "u", "EITHER_PASSWORD": ""}, ""),
        (EitherSettings, {"EITHER_TENANT": "t", "EITHER_TOKEN": "t"}, ""),
        (EitherSettings, {"EITHER_TOKEN": "t"}, "EITHER_TENANT"),
        (LoginSettings, {}, "either LOGIN_TOKEN, or LOGIN_USER with LOGIN_PASSWORD"),
    ],
)
def test_what_is_missing_is_told_with_its_alternatives_and_is_what_is_asked_for(kind, environment, expected):
    assert kind.missing(environment) == expected
    if not expected:
        assert kind.from_env(environment) is not None
        return
    with pytest.raises(ConfigurationError) as caught:
        kind.from_env(environment)
    many = "s" if " " in expected else ""
    assert str(caught.value) == f"Set the environment variable{many} {expected}, or pass a {kind.__name__}."


def test_the_environment_is_the_processs_own_by_default(monkeypatch):
    monkeypatch.delenv("BETA_API_KEY", raising=False)
    monkeypatch.delenv("BETA_TENANT", raising=False)
    before = BetaSettings.is_in()
    monkeypatch.setenv("BETA_TENANT", "t")

    assert (before, BetaSettings.is_in()) == (False, True)
    assert (BetaSettings.given(), BetaSettings.missing()) == (("BETA_TENANT",), "BETA_API_KEY")


@pytest.mark.parametrize(
    ("given", "prefix", "scheme"),
    [
        ({}, "/api", "Token"),
        ({"BETA_PREFIX": ""}, "", "Token"),
        ({"BETA_PREFIX": "/v2"}, "/v2", "Token"),
        ({"BETA_SCHEME": ""}, "/api", "Token"),
        ({"BETA_PREFIX": "", "BETA_SCHEME": "Key"}, "", "Key"),
    ],
)
def test_an_empty_variable_is_none_but_where_a_field_may_be_empty(given, prefix, scheme):
    made = BetaSettings.from_env({**NEEDED, **given})

    assert (made.prefix, made.scheme) == (prefix, scheme)


def test_what_may_be_empty_and_is_required_has_to_be_there():
    assert EmptySettings.from_env({"EMPTY_PREFIX": ""}).prefix == ""
    with pytest.raises(ConfigurationError, match=r"^Set the environment variable EMPTY_PREFIX, or pass a EmptySett"):
        EmptySettings.from_env({})


def test_what_no_environment_holds_is_not_read_from_one():
    made = BetaSettings.from_env({**NEEDED, "BETA_HIDDEN": "canary", "BETA_MADE": "canary"})

    assert (made.hidden, made.made) == ("h", "made")
