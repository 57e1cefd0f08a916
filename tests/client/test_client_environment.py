"""A client of whatever the environment speaks of; and what of the package is loaded for it."""

import json
import os
import subprocess
import sys

import pytest
from client_support import CLASSES, NAMES, close, kinds

from apptsdk import Client
from apptsdk.errors import ConfigurationError

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
        "imiassist: IMIASSIST_SUBDOMAIN."
    )


HALVES = {
    "cliniko": ({"CLINIKO_API_KEY": "canary-key-au2"}, "CLINIKO_APP_NAME, CLINIKO_CONTACT_EMAIL"),
    "cubu": (
        {"CUBU_CLIENT_SECRET": "canary-secret", "CUBU_TENANT_ID": "58c9ed2a-b73f-4316-acf6-007b3f51073c"},
        "CUBU_CLIENT_ID, CUBU_APPLICATION_ID",
    ),
    "imiassist": ({"IMIASSIST_SUBDOMAIN": "northside"}, "IMIASSIST_API_KEY"),
}


@pytest.mark.parametrize(("name", "given", "missing"), [(name, *row) for name, row in HALVES.items()], ids=HALVES)
def test_half_of_a_providers_variables_are_an_error_that_names_the_others(environment, name, given, missing):
    environment("nexhealth", **given)
    with pytest.raises(ConfigurationError) as caught:
        Client.from_env()

    assert caught.value.provider == name
    assert all(variable in str(caught.value) for variable in missing.split(", "))
    assert "canary" not in str(caught.value)


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
