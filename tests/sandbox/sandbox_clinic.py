"""A plain client for the emulated Cliniko; not in conftest.py, because there may be several of that name."""

from datetime import UTC, datetime
from typing import Any

import httpx

from apptsdk.sandbox import Sandbox

# Tuesday, nine o'clock in the account's zone, and still Monday in UTC.
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)


class Clinic:
    """The emulated account as a plain client sees it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.environment = sandbox.environment()
        self.base = self.environment["CLINIKO_BASE_URL"]
        self.key = self.environment["CLINIKO_API_KEY"]
        self.http = httpx.Client(base_url=self.base, auth=(self.key, ""), timeout=5, trust_env=False, verify=False)

    def get(self, path: str, *filters: str, **query: Any) -> Any:
        """Ask for something that must be there."""
        answer = self.ask("GET", path, *filters, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask(self, method: str, path: str, *filters: str, json: Any = None, **query: Any) -> httpx.Response:
        """Ask for anything."""
        pairs = [("q[]", one) for one in filters] + list(query.items())
        return self.http.request(method, path, params=pairs, json=json)

    def ids(self, path: str, *filters: str, **query: Any) -> list[str]:
        """List the ids of a page."""
        said = self.get(path, *filters, **query)
        return [row["id"] for row in next(value for value in said.values() if isinstance(value, list))]

    def find(self, resource: str, **wanted: str) -> str:
        """Find the id of what the seed made, wherever it is hidden."""
        scopes = [] if resource == "practitioners" else ["archived_at:*"]
        rows = self.get(f"/{resource}", *scopes, per_page=100)[resource]
        if resource == "practitioners":
            rows += self.get("/practitioners/inactive")["practitioners"]
        (found,) = [row["id"] for row in rows if wanted.items() <= row.items()]
        return found

    def business(self, name: str = "Riverbend Clinic") -> str:
        return self.find("businesses", business_name=name)

    def practitioner(self, last_name: str = "Raman") -> str:
        return self.find("practitioners", last_name=last_name)

    def kind(self, name: str = "Standard consultation") -> str:
        return self.find("appointment_types", name=name)

    def patient(self, first_name: str = "Ada") -> str:
        return self.find("patients", first_name=first_name)

    def booking(self, starts_at: str = "2026-03-16T00:00:00Z", **other: Any) -> dict[str, Any]:
        """Write the body of a booking."""
        return {
            "appointment_type_id": self.kind(),
            "business_id": self.business(),
            "patient_id": self.patient(),
            "practitioner_id": self.practitioner(),
            "starts_at": starts_at,
            **other,
        }

    def book(self, starts_at: str = "2026-03-16T00:00:00Z", **other: Any) -> dict[str, Any]:
        """Make a booking."""
        answer = self.ask("POST", "/individual_appointments", json=self.booking(starts_at, **other))
        assert answer.status_code == 201, answer.text
        return answer.json()
