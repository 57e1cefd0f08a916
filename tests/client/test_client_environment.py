"""A client of whatever the environment speaks of; and what of the package is loaded for it."""

import json
import os
import subprocess
import sys
from itertools import chain, combinations

import attrs
import pytest
from client_support import CLASSES, NAMES, close, kinds

from apptsdk import Client, IMIassistSettings
from apptsdk.errors import ConfigurationError
from apptsdk.joint import configured, settings_of

VARIABLES = {
    "cliniko": {
        "CLINIKO_API_KEY": "canary-key-au2",
        "CLINIKO_APP_NAME": "tests",
        "CLINIKO_CONTACT_EMAIL": "dev@example.com",
    },
    "nexhealth": {"NEXHEALTH_API_KEY": "canary-key", "NEXHEALTH_SUBDOMAIN": "riverbend-dental"},
    "cubu": {
        "CUBU_TENANT_ID": "58c9ed2a-b73f-4316-acf6-007b3f51073c",
        "CUBU_CLIENT_ID": "client",
        "CUBU_CLIENT_SECRET": "canary-secret",
        "CUBU_APPLICATION_ID": "58c9ed2a-b73f-4316-acf6-007b3f51073d",
        "CUBU_TIME_ZONE": "Asia/Jerusalem",
    },
    "imiassist": {
        "IMIASSIST_SUBDOMAIN": "northside",
        "IMIASSIST_API_KEY": "canary-key",
        "IMIASSIST_TOKEN": "canary-token",
    },
}


EITHER = (
    "either IMIASSIST_API_KEY with IMIASSIST_TOKEN, or IMIASSIST_USER_EMAIL with IMIASSIST_USER_PASSWORD, "
    "or IMIASSIST_WITHOUT_CREDENTIALS with IMIASSIST_BASE_URL"
)
"""What IMIassist needs beside its subdomain."""


@pytest.fixture
def environment(monkeypatch):
    """Set some providers' variables, and no other's."""
    for name in list(os.environ):
        if name.partition("_")[0].lower() in NAMES:
            monkeypatch.delenv(name)

    def put(*names, **more):
        for name, value in [pair for one in names for pair in VARIABLES[one].items()] + list(more.items()):
            monkeypatch.setenv(name, value)

    return put


@pytest.mark.parametrize("names", [NAMES, ("cubu",), ("cliniko", "imiassist"), ("nexhealth",)], ids=" ".join)
def test_it_has_the_providers_of_which_there_are_variables(world, environment, names):
    environment(*names)
    client = kinds(world).from_env(timeout=7)

    assert repr(client) == f"<{kinds(world).__name__} {', '.join(names)}>"
    close(world, client)


def test_without_any_variable_the_message_names_those_of_all(world, environment):
    environment()
    with pytest.raises(ConfigurationError) as caught:
        kinds(world).from_env()

    assert str(caught.value) == (
        "No provider is configured. Set the variables of one: "
        "cliniko: CLINIKO_API_KEY, CLINIKO_APP_NAME, CLINIKO_CONTACT_EMAIL; nexhealth: NEXHEALTH_API_KEY; "
        "cubu: CUBU_TENANT_ID, CUBU_CLIENT_ID, CUBU_CLIENT_SECRET, CUBU_APPLICATION_ID; "
        f"imiassist: IMIASSIST_SUBDOMAIN, and {EITHER}."
    )


HALVES = {
    "some of what is needed": ("cliniko", ("CLINIKO_API_KEY",), "CLINIKO_APP_NAME, CLINIKO_CONTACT_EMAIL"),
    "some of it, in another order": (
        "cubu",
        ("CUBU_TENANT_ID", "CUBU_CLIENT_SECRET"),
        "CUBU_CLIENT_ID, CUBU_APPLICATION_ID",
    ),
    "a subdomain and no credentials": ("imiassist", ("IMIASSIST_SUBDOMAIN",), EITHER),
    "a subdomain and half of each": (
        "imiassist",
        ("IMIASSIST_SUBDOMAIN", "IMIASSIST_TOKEN", "IMIASSIST_USER_EMAIL", "IMIASSIST_BASE_URL"),
        EITHER,
    ),
    "credentials and no subdomain": ("imiassist", ("IMIASSIST_API_KEY", "IMIASSIST_TOKEN"), "IMIASSIST_SUBDOMAIN"),
    "where, and no key": ("nexhealth", ("NEXHEALTH_SUBDOMAIN", "NEXHEALTH_BASE_URL"), "NEXHEALTH_API_KEY"),
}


def in_part(name, given, missing):
    return (
        f"{name} is configured in part. Set: {', '.join(given)}. Missing: {missing}. "
        "Set these too, or none of its variables."
    )


@pytest.mark.parametrize(("name", "given", "missing"), HALVES.values(), ids=HALVES)
def test_half_of_a_providers_variables_are_an_error_that_names_both_halves(world, environment, name, given, missing):
    environment("nexhealth" if name == "cubu" else "cubu", **dict.fromkeys(given, "canary"))
    with pytest.raises(ConfigurationError) as caught:
        kinds(world).from_env()

    assert caught.value.provider == name
    assert str(caught.value) == in_part(name, given, missing)


def required(field):
    return field.default is attrs.NOTHING


NEEDED = {
    name: [f"{name.upper()}_{field.name.upper()}" for field in attrs.fields(settings_of(name)) if required(field)]
    for name in NAMES
}
LONE = [
    (name, f"{name.upper()}_{field.name.upper()}")
    for name in NAMES
    for field in attrs.fields(settings_of(name))
    if field.name != "token_store" and (name, field.name) != ("nexhealth", "api_key")
]


@pytest.mark.parametrize(("name", "variable"), LONE)
def test_no_variable_of_a_providers_is_passed_over_in_silence(name, variable):
    """NexHealth's key alone is enough; every other variable alone is not, merely tuning or not."""
    other = VARIABLES["nexhealth" if name == "cubu" else "cubu"]
    missing = ", ".join(one for one in NEEDED[name] if one != variable)
    if name == "imiassist":
        missing = f"{missing}, and {EITHER}" if missing else EITHER
    with pytest.raises(ConfigurationError) as caught:
        configured({**other, variable: "canary"})

    assert str(caught.value) == in_part(name, [variable], missing)


def test_a_variable_that_is_no_setting_means_nobody():
    found = configured({**VARIABLES["cubu"], "CLINIKO_TOKEN_STORE": "x", "NEXHEALTH_HOME": "x", "IMIASSIST": "x"})

    assert [one.provider for one in found] == ["cubu"]


CREDENTIALS = {
    "api_key": "canary-key",
    "token": "canary-token",
    "user_email": "robot@northside.example",
    "user_password": "canary-password",
    "without_credentials": "true",
    "base_url": "http://127.0.0.1:1",
}


def test_what_is_named_as_alternatives_are_those_that_the_settings_take():
    """Each group alone is enough, and whatever the class itself takes, no message asks for more of."""
    taken = set()
    for chosen in chain.from_iterable(combinations(CREDENTIALS, count) for count in range(len(CREDENTIALS) + 1)):
        given = {"subdomain": "northside", **{name: CREDENTIALS[name] for name in chosen}}
        variables = {f"IMIASSIST_{name.upper()}": value for name, value in given.items()}
        try:
            made = IMIassistSettings(**given)
        except ConfigurationError:
            continue
        taken.add(chosen)
        assert IMIassistSettings.missing(variables) == ""
        assert configured(variables) == (made,)

    assert taken > set(IMIassistSettings.alternatives)
    assert min(map(len, taken)) == 2


def test_empty_variables_are_none(environment):
    environment("nexhealth", **dict.fromkeys(VARIABLES["cliniko"], ""))
    with Client.from_env() as client:
        assert repr(client) == "<Client nexhealth>"


def test_options_are_checked_there_too(environment):
    environment("nexhealth")
    with pytest.raises(TypeError, match=r"^Client takes no pace="):
        Client.from_env(pace=())


def test_a_sandboxs_environment_is_enough(sandbox, environment):
    environment(**sandbox.environment())
    with Client.from_env() as client:
        assert list(client.capabilities) == list(NAMES)
        assert client.cliniko.patients.list().first() is not None


# --- what is loaded --------------------------------------------------------------------------------------------------

LOADED = """
import json, sys
import apptsdk
bare = sorted(sys.modules)
{made}
print(json.dumps([bare, sorted(sys.modules)]))
"""


def loaded(made):
    code = LOADED.format(made=made)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    bare, after = json.loads(done.stdout)
    return set(bare), set(after)


def of_provider(modules):
    return {name.split(".")[2] for name in modules if name.startswith("apptsdk.providers.")}


MAKE = """
client = apptsdk.{kind}(apptsdk.{settings}(**{given!r}))
client.capabilities
client.{name}
client.{name}.capabilities
"""


@pytest.mark.parametrize(("name", "kind"), list(zip(NAMES, ("Client", "AsyncClient") * 2, strict=True)))
def test_a_client_of_one_provider_loads_no_other_and_no_sandbox(name, kind):
    given = {variable.removeprefix(f"{name.upper()}_").lower(): value for variable, value in VARIABLES[name].items()}
    bare, after = loaded(MAKE.format(kind=kind, settings=f"{CLASSES[name]}Settings", given=given, name=name))

    assert {one for one in bare if one.startswith("apptsdk")} <= {"apptsdk", "apptsdk._lazy"}
    assert not {"attr", "attrs", "cattrs", "httpx", "anyio", "orjson"} & bare
    assert of_provider(after) == {name}
    assert not {"apptsdk.sandbox", "apptsdk.cli", "apptsdk.demo"} & after
    assert not {"starlette", "uvicorn", "typer", "httpx2"} & after
