"""A plain client for the emulated Cliniko; not in conftest.py, because there may be several of that name."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from apptsdk.sandbox import Sandbox

# Tuesday, nine o'clock in the account's zone, and still Monday in UTC.
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)


NOT_FOUND = {"status": "404", "error": "Not Found"}
BLANK = "can’t be blank"  # noqa: RUF001 - the vendor writes U+2019


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

    def case(self, name: str = "Knee after surgery") -> str:
        return self.find("patient_cases", name=name)

    def kind_of_block(self, name: str = "Meeting") -> str:
        return self.find("unavailable_block_types", name=name)

    def made(self, resource: str, body: dict[str, Any]) -> dict[str, Any]:
        """Make something."""
        answer = self.ask("POST", f"/{resource}", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def errors(self, method: str, path: str, body: dict[str, Any]) -> dict[str, str]:
        """Tell why something is refused."""
        answer = self.ask(method, path, json=body)
        assert answer.status_code == 422, answer.text
        said = answer.json()
        assert (said.keys(), said["message"]) == ({"message", "errors"}, "Validation Failed")
        return said["errors"]

    def ledger(self, resource: str) -> list[tuple[str, str]]:
        """List what was committed."""
        return [(entry.action, entry.id) for entry in self.sandbox.ledger if entry.resource == resource]

    def conflict(self, resource: str, id_: str) -> bool:
        """Tell whether something else is at the same time."""
        said = self.get(f"/{resource}/{id_}/conflicts")
        assert said.keys() == {"conflicts"}
        assert said["conflicts"].keys() == {"exist"}
        return said["conflicts"]["exist"]

    def times(
        self,
        first: str,
        last: str | None = None,
        *,
        zone: str = "Australia/Sydney",
        practitioner: str = "Raman",
        kind: str = "Standard consultation",
        business: str = "Riverbend Clinic",
    ) -> list[str]:
        """List the available times on the wall clock."""
        path = (
            f"/businesses/{self.business(business)}/practitioners/{self.practitioner(practitioner)}"
            f"/appointment_types/{self.kind(kind)}/available_times"
        )
        said = self.get(path, **{"from": first, "to": last or first, "per_page": 100})
        moments = [datetime.fromisoformat(row["appointment_start"]) for row in said["available_times"]]
        assert moments == sorted(set(moments))
        return [moment.astimezone(ZoneInfo(zone)).strftime("%a %H:%M") for moment in moments]

    def span(self, starts_at: str = "2026-03-16T00:00:00Z", **other: Any) -> dict[str, Any]:
        """Write the body of a block."""
        return {
            "business_id": self.business(),
            "practitioner_id": self.practitioner(),
            "starts_at": starts_at,
            **other,
        }

    def group(self, starts_at: str = "2026-03-16T00:00:00Z", **other: Any) -> dict[str, Any]:
        """Make a group appointment."""
        body = self.span(starts_at, appointment_type_id=self.kind("Exercise group"), **other)
        return self.made("group_appointments", body)

    def attend(self, booking: str, first_name: str = "Ada", **other: Any) -> dict[str, Any]:
        """Give a patient a place."""
        return self.made("attendees", {"booking_id": booking, "patient_id": self.patient(first_name), **other})

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
