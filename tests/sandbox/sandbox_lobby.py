"""A plain client for the emulated Cubu's customers, queue and webhooks; not in conftest.py: there may be several."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cubu import Cubu

# Monday, 11:41 in Jerusalem.
NOW = datetime(2026, 3, 2, 9, 41, 7, tzinfo=UTC)
FIRST_NAME, LAST_NAME, NATIONAL_ID = "customer-first-name", "customer-last-name", "customer-national-id"
PHONE, EMAIL, REASON = "customer-phone", "customer-email", "visit-reason"
NOBODY = "00000000-0000-4000-8000-000000000000"


class Lobby:
    """The emulated organization as a plain client sees it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.cubu = sandbox.emulator(Cubu)
        self.world = self.cubu.world
        self.http = httpx.Client(timeout=5, trust_env=False, verify=False)
        self.environment = sandbox.environment()
        names = ("application_id", "client_id", "client_secret")
        self.enter({name: self.environment[f"CUBU_{name.upper()}"] for name in names})

    def enter(self, settings: Mapping[str, str]) -> None:
        """Speak as a registered application from now on."""
        form = {
            "grant_type": "client_credentials",
            "client_id": settings["client_id"],
            "client_secret": settings["client_secret"],
            "scope": f"{settings['client_id']}/.default",
        }
        said = self.http.post(self.environment["CUBU_TOKEN_URL"], data=form).json()
        self.http.headers["authorization"] = f"Bearer {said['access_token']}"
        self.http.base_url = f"{self.environment['CUBU_BASE_URL']}/{settings['application_id']}"

    def ask(self, method: str, path: str, json: Any = None, **query: Any) -> httpx.Response:
        """Ask for anything."""
        return self.http.request(method, path, params=query, json=json)

    def done(self, method: str, path: str, json: Any = None, *, status: int = 200, **query: Any) -> Any:
        """Ask for something that must succeed."""
        answer = self.ask(method, path, json, **query)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def refused(self, method: str, path: str, json: Any = None, *, status: int = 400, code: int = 99400) -> Any:
        """Ask for something that must be refused, and give what is wrong, by member if it is the body."""
        answer = self.ask(method, path, json)
        said = answer.json()
        assert (answer.status_code, said["errorCode"]) == (status, code)
        return said.get("errors", said["message"])

    def field(self, slug: str) -> str:
        """Find a field type."""
        return next(one.id for one in self.world.field_types.values() if one.slug == slug)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Write fields by their slugs as Create and Book take them."""
        return {self.field(slug): value for slug, value in values.items()}

    def entries(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Write fields by their slugs as Update takes them."""
        return [{"fieldTypeId": id_, "value": value} for id_, value in self.fields(values).items()]

    def service(self, name: str = "Front desk") -> Any:
        """Find a service."""
        return next(one for one in self.world.services.values() if one.name == name)

    def customer(self, **changes: Any) -> str:
        """Make a customer."""
        values = {FIRST_NAME: "Mona", LAST_NAME: "Weiss", NATIONAL_ID: "900000017", **changes}
        said = {slug.replace("_", "-"): value for slug, value in values.items() if value is not None}
        return self.done("POST", "/customers", {"fields": self.fields(said)}, status=201)["recordId"]

    def record(self, id_: str) -> dict[str, Any]:
        """Read a customer."""
        return self.done("GET", f"/customers/{id_}")

    def values(self, id_: str) -> dict[str, Any]:
        """Read a customer's fields."""
        return {one["slug"]: one["value"] for one in self.record(id_)["fields"]}

    def matter(self, service: str = "Front desk", **more: Any) -> dict[str, Any]:
        """Write the body of Queue Up."""
        kind = self.world.service_types[self.service(service).type_ids[0]]
        return {"serviceTypeId": kind.id, "channel": kind.channels[0], **more}

    def queue_up(self, service: str = "Front desk", **more: Any) -> dict[str, Any]:
        """Let somebody wait."""
        path = f"/services/{self.service(service).id}/cases"
        return self.done("POST", path, self.matter(service, **more), status=201)

    def book(self, service: str = "Front desk", **more: Any) -> dict[str, Any]:
        """Book the first vacancy of tomorrow."""
        place = f"/calendars/{self.service(service).id}/2026-03-03/0"
        body = self.matter(service, **more)
        slots = self.done("GET", f"{place}/vacancies", serviceTypeId=body["serviceTypeId"])["slots"]
        return self.done("POST", f"{place}/appointments", {"startTime": slots[0], **body}, status=201)
