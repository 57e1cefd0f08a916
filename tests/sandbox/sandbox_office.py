"""A plain client for what the emulated NexHealth does by itself; not in conftest.py: there may be several of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.nexhealth import NexHealth

# Monday afternoon in Chicago.
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
# Where the system takes new appointments, and where it does not.
TAKING, HOLDING = 41, 42
VERSIONS = {"v2": {}, "v3": {"nex-api-version": "v3.0.0"}}


class Office:
    """The emulated practices as a plain client sees them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.nexhealth = sandbox.emulator(NexHealth)
        self.nexhealth.token_life = timedelta(days=365)
        environment = sandbox.environment()
        base = environment["NEXHEALTH_BASE_URL"]
        self.http = httpx.Client(base_url=base, timeout=5, trust_env=False, verify=False)
        self.speak("v3")
        said = self.http.post("/authenticates", headers={"authorization": environment["NEXHEALTH_API_KEY"]}).json()
        self.http.headers["authorization"] = f"Bearer {said['data']['token']}"

    def speak(self, version: str) -> None:
        """Choose the version of the API."""
        self.version = version
        self.http.headers.pop("nex-api-version", None)
        self.http.headers.update({"accept": "application/vnd.Nexhealth+json;version=2", **VERSIONS[version]})

    def ask(self, method: str, path: str, json: Any = None, **query: Any) -> httpx.Response:
        """Ask for anything."""
        return self.http.request(method, path, params=query, json=json)

    def get(self, path: str, **query: Any) -> Any:
        """Ask for something that must be there."""
        return self.done("GET", path, **query)

    def done(self, method: str, path: str, json: Any = None, **query: Any) -> Any:
        """Ask for something that must succeed."""
        answer = self.ask(method, path, json, **query)
        assert answer.is_success, answer.text
        assert answer.json()["code"] is True
        return answer.json()["data"]

    def refused(self, method: str, path: str, json: Any = None, **query: Any) -> tuple[int, list[str]]:
        """Ask for something that must be refused."""
        answer = self.ask(method, path, json, **query)
        said = answer.json()
        assert (said["code"], said["data"]) == (False, None)
        return answer.status_code, said["error"]

    def provider(self, location: int = TAKING, subdomain: str = "riverbend-dental") -> int:
        """Find somebody who works at a location."""
        said = self.get("/providers", subdomain=subdomain, location_id=location, per_page=50)
        return next(
            row["id"] for row in said if location in {one["location_id"] for one in row["provider_requestables"]}
        )

    def patients(self) -> list[dict[str, Any]]:
        """List the patients."""
        said = self.get("/patients", subdomain="riverbend-dental", location_id=TAKING, per_page=50)
        return said["patients"] if self.version == "v2" else said

    def new_patient(self) -> dict[str, Any]:
        """Make a patient."""
        person = {
            "first_name": "Nora",
            "last_name": "Newcomb",
            "email": "nora@example.com",
            "bio": {"date_of_birth": "1990-05-06", "phone_number": "3125550199"},
        }
        body = {"provider": {"provider_id": self.provider()}, "patient": person}
        return self.done("POST", "/patients", body, subdomain="riverbend-dental", location_id=TAKING)["user"]

    def book(self, start: datetime = NOW + 20 * HOUR, location: int = TAKING, **more: Any) -> dict[str, Any]:
        """Book an appointment."""
        chairs = self.get("/operatories", subdomain="riverbend-dental", location_id=location, per_page=50)
        appt = {
            "patient_id": more.pop("patient_id", None) or self.patients()[0]["id"],
            "provider_id": self.provider(location),
            "operatory_id": chairs[0]["id"],
            "start_time": start.isoformat(),
            "end_time": (start + HOUR / 2).isoformat(),
            **more,
        }
        query = {"subdomain": "riverbend-dental", "location_id": location}
        return self.done("POST", "/appointments", {"appt": appt}, **query)["appt"]

    def patch(self, id_: int, **changes: Any) -> dict[str, Any]:
        """Change an appointment."""
        return self.done("PATCH", f"/appointments/{id_}", {"appt": changes}, subdomain="riverbend-dental")["appt"]

    def appointment(self, id_: int) -> dict[str, Any]:
        """Read an appointment."""
        return self.get(f"/appointments/{id_}", subdomain="riverbend-dental")

    def endpoint(self, url: str, **more: Any) -> dict[str, Any]:
        """Make an endpoint."""
        return self.done("POST", "/webhook_endpoints", {"target_url": url, **more})

    def subscribe(
        self, endpoint: int, *events: str, resource: str = "Appointment", subdomain: str = "riverbend-dental"
    ) -> list[dict[str, Any]]:
        """Subscribe to events."""
        path, query = f"/webhook_endpoints/{endpoint}/webhook_subscriptions", {"subdomain": subdomain}
        return [self.done("POST", path, {"resource_type": resource, "event": one}, **query) for one in events]

    def hear(self, url: str) -> dict[str, Any]:
        """Subscribe to everything that bookings bring about."""
        endpoint = self.endpoint(url)
        self.subscribe(endpoint["id"], "appointment_insertion", "appointment_created", "appointment_updated")
        self.subscribe(endpoint["id"], "patient_created", "patient_updated", resource="Patient")
        self.subscribe(endpoint["id"], "sync_status_read_change", "sync_status_write_change", resource="SyncStatus")
        return endpoint

    def pass_(self, by: timedelta = SECOND) -> Sequence[str]:
        """Let time pass, and everything happen that is due.

        Returns:
            The names of the events so far.
        """
        self.sandbox.clock.advance(by)
        self.sandbox.settle()
        return [one.event_name for one in self.nexhealth.deliveries]
