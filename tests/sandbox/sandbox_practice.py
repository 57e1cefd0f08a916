"""A plain client for the emulated NexHealth; not in conftest.py, because there may be several of that name."""

from typing import Any, Self

import httpx

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.nexhealth import NexHealth

V2 = {"Accept": "application/vnd.Nexhealth+json;version=2"}
V3 = {"Nex-Api-Version": "v3.0.0"}
HEADERS = {"v2": V2, "v3": V3}
RIVERBEND, LAKESIDE = "riverbend-dental", "lakeside"
DOWNTOWN, WEST, HARBOUR = 41, 42, 7
NOT_FOUND = "Resource not found"
NO_ACCESS = "You don't have access to perform this action."
TAKEN = "this time is no longer available"
NOT_CONFIGURED = "not configured for the requested slot"
NOT_SYNCED = "Cannot update appointment because it is not synced with the PMS and/or a live client"


class Practice:
    """The emulated practices as a plain client sees them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.emulator = sandbox.emulator(NexHealth)
        self.world = self.emulator.world
        self.environment = sandbox.environment()
        self.base = self.environment["NEXHEALTH_BASE_URL"]
        self.key = self.environment["NEXHEALTH_API_KEY"]
        # As httpx's own Accept is anything, it says nothing about the version.
        self.http = httpx.Client(base_url=self.base, timeout=5, trust_env=False, verify=False)
        self.token = ""

    def __enter__(self) -> Self:
        self.http.__enter__()
        self.token = self.mint()
        return self

    def __exit__(self, *error: object) -> None:
        self.http.close()

    def mint(self) -> str:
        """Trade the key for a token."""
        answer = self.http.post("/authenticates", headers={**V3, "Authorization": self.key})
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]["token"]

    def ask(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        version: str = "v3",
        subdomain: str | None = RIVERBEND,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> httpx.Response:
        """Ask for anything; `lids=[1, 2]` becomes `lids[]=1&lids[]=2`."""
        pairs = [] if subdomain is None else [("subdomain", subdomain)]
        for name, value in query.items():
            many = isinstance(value, list | tuple)
            pairs += [(f"{name}[]" if many else name, _text(one)) for one in (value if many else [value])]
        sent = {**HEADERS[version], "Authorization": f"Bearer {self.token}", **(headers or {})}
        return self.http.request(method, path, params=pairs, json=json, headers=sent)

    def said(self, method: str, path: str, *, status: int = 200, **rest: Any) -> dict[str, Any]:
        """Ask for something that must be granted, and give the envelope."""
        answer = self.ask(method, path, **rest)
        assert answer.status_code == status, answer.text
        said = answer.json()
        assert (said["code"], said["error"]) == (True, [])
        return said

    def get(self, path: str, **rest: Any) -> Any:
        """Give the data of something that must be there."""
        return self.said("GET", path, **rest)["data"]

    def made(self, path: str, json: Any, **rest: Any) -> Any:
        """Make something."""
        return self.said("POST", path, json=json, status=201, **rest)["data"]

    def refused(self, method: str, path: str, *, status: int = 400, **rest: Any) -> list[str]:
        """Ask for something that must be refused, and give the reasons."""
        answer = self.ask(method, path, **rest)
        assert answer.status_code == status, answer.text
        said = answer.json()
        assert (said["code"], said["description"], said["data"]) == (False, None, None)
        return said["error"]

    def find(self, path: str, *, version: str = "v3", subdomain: str = RIVERBEND, location: int = DOWNTOWN) -> Any:
        """List everything of a kind."""
        query = {} if path in {"/institutions", "/locations"} else {"location_id": location}
        paged = {} if path in {"/appointment_types", "/recall_types", "/institutions"} else {"per_page": 200}
        return self.get(path, version=version, subdomain=subdomain, **query, **paged)

    def provider(self, last_name: str = "Raman") -> int:
        return next(row.id for row in self.world.records("providers") if row.values["last_name"] == last_name)

    def patient(self, first_name: str = "Ada") -> int:
        return next(row.id for row in self.world.records("patients") if row.values["first_name"] == first_name)

    def kind(self, name: str = "Cleaning") -> int:
        return next(row.id for row in self.world.records("appointment_types") if row.values["name"] == name)

    def chair(self, name: str = "OP-1") -> int:
        return next(row.id for row in self.world.records("operatories") if row.values["name"] == name)

    def label(self, name: str = "New patients") -> int:
        return next(row.id for row in self.world.records("working_hour_labels") if row.values["name"] == name)

    def booking(self, start_time: str = "2026-04-14T14:00:00Z", **other: Any) -> dict[str, Any]:
        """Write the body of a booking: Dr. Raman, Tuesday at nine in Chicago."""
        appt = {
            "patient_id": self.patient(),
            "provider_id": self.provider(),
            "operatory_id": self.chair(),
            "appointment_type_id": self.kind(),
            "start_time": start_time,
            **other,
        }
        return {"appt": {name: value for name, value in appt.items() if value is not None}}

    def book(
        self, start_time: str = "2026-04-14T14:00:00Z", *, location: int = DOWNTOWN, version: str = "v3", **other: Any
    ) -> dict[str, Any]:
        """Make a booking."""
        body = self.booking(start_time, **other)
        return self.made("/appointments", body, location_id=location, version=version)["appt"]

    def write(self, id_: int) -> None:
        """Let an appointment be in the practice's own system."""
        row = self.world.find("appointments", id_)
        row.foreign_id, row.foreign_id_type, row.last_sync_time = "771", "msg-dentrix-DataSource-100", self.world.now()

    def slots(
        self, day: str = "2026-04-14", *, days: int = 1, location: int = DOWNTOWN, version: str = "v3", **query: Any
    ) -> list[str]:
        """List the wall clock times of the slots."""
        groups = self.groups(day, days=days, location=location, version=version, **query)
        return [slot["time"][11:16] for group in groups for slot in group["slots"]]

    def groups(
        self, day: str = "2026-04-14", *, days: int = 1, location: int = DOWNTOWN, version: str = "v3", **query: Any
    ) -> list[dict[str, Any]]:
        """List the slots as they come."""
        path = "/available_slots" if version == "v3" else "/appointment_slots"
        query = {"pids": [self.provider()], **query}
        subdomain = LAKESIDE if location == HARBOUR else RIVERBEND
        return self.get(path, version=version, start_date=day, days=days, lids=[location], subdomain=subdomain, **query)

    def ledger(self, resource: str) -> list[tuple[str, str]]:
        """List what was committed."""
        return [(entry.action, entry.id) for entry in self.sandbox.ledger if entry.resource == resource]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
