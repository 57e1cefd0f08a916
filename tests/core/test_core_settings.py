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
        ({"BETA_PREFIX": "/v2", "BETA_SCHEME": "Key"}, False),
        ({"ACME_API_KEY": "k", "ACME_TENANT": "t"}, False),
        ({"beta_api_key": "k"}, False),
    ],
)
def test_an_environment_speaks_of_a_provider_when_it_has_something_that_is_required(environment, expected):
    assert BetaSettings.is_in(environment) is expected


def test_nothing_required_is_never_there():
    assert FreeSettings.is_in({"FREE_REGION": "us"}) is False


def test_the_environment_is_the_processs_own_by_default(monkeypatch):
    monkeypatch.delenv("BETA_API_KEY", raising=False)
    monkeypatch.delenv("BETA_TENANT", raising=False)
    before = BetaSettings.is_in()
    monkeypatch.setenv("BETA_TENANT", "t")

    assert (before, BetaSettings.is_in()) == (False, True)


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
