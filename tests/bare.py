"""Run by `nox -s package` with the wheel alone installed: what must work without any extra."""

import importlib.resources
import sys

sys.path = [entry for entry in sys.path if entry not in {"", sys.path[0]}]  # the wheel, and not the checkout

import apptsdk  # noqa: E402 - see above

THIRD_PARTY = {"httpx", "httpx2", "attr", "attrs", "cattrs", "orjson", "tenacity", "dateutil", "anyio"}
assert not THIRD_PARTY & set(sys.modules), "importing the package loads another one"

settings = apptsdk.ClinikoSettings(api_key="key-au2", app_name="bare", contact_email="dev@example.com")
with apptsdk.Cliniko(settings) as cliniko:
    assert repr(cliniko) == "<Cliniko https://api.au2.cliniko.com/v1>"
loaded = set(sys.modules)
assert not {name for name in loaded if name.startswith(("apptsdk.sandbox", "apptsdk.cli"))}
assert not {"starlette", "uvicorn", "typer", "rich", "httpx2", "tzlocal"} & loaded
assert importlib.resources.files("apptsdk").joinpath("py.typed").is_file()

for name in apptsdk.__all__:
    assert getattr(apptsdk, name) is not None
try:
    importlib.import_module("apptsdk.sandbox").Sandbox  # noqa: B018 - loaded when it is named
except ImportError as error:
    message = str(error)
else:
    message = ""
assert 'pip install "apptsdk[sandbox]"' in message

cubu = dict.fromkeys(("tenant_id", "client_id", "client_secret", "application_id"), "made-up")
assert apptsdk.CubuSettings(time_zone="Asia/Jerusalem", **cubu).time_zone == "Asia/Jerusalem"
try:
    apptsdk.CubuSettings(time_zone="Israel Standard Time", **cubu)
except apptsdk.ConfigurationError as error:
    message = str(error)
else:
    message = ""
assert 'pip install "apptsdk[cubu]"' in message
print("The bare wheel works.")  # noqa: T201 - a script
