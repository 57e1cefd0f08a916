"""A plain client for the emulated Cubu's calendars and appointments; not in conftest.py: there may be several."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

import httpx
from sandbox_lobby import Lobby

from apptsdk.sandbox.cubu.seed import (
    ADVICE,
    FRONT_DESK,
    INTERVIEW,
    ISLAND_LINE,
    NIGHT_LINE,
    PASSPORT_OFFICE,
    QUESTION,
    RENEWAL,
)

__all__ = ["ADVICE", "FRONT_DESK", "INTERVIEW", "ISLAND_LINE", "NIGHT_LINE", "PASSPORT_OFFICE", "QUESTION", "RENEWAL"]

DAY = "2026-03-03"
PHONE_NUMBER, ADDRESS = "2025550123", "ana@example.org"
# What each service insists on, and a bit more: everything that any of them does, but the customer.
CONTACT = {"contactPhoneNumber": PHONE_NUMBER, "contactEmail": ADDRESS}


def place(service: str = FRONT_DESK, day: str = DAY, index: object = 0) -> str:
    """Write the path of a calendar."""
    return f"/calendars/{service}/{day}/{index}"


def body(start: int = 540, **more: Any) -> dict[str, Any]:
    """Write the body of a booking; None leaves a member out."""
    said = {"serviceTypeId": RENEWAL, "startTime": start, "channel": "FaceToFace", **CONTACT, **more}
    return {name: value for name, value in said.items() if value is not None}


def utc(said: str) -> datetime:
    """Read a moment of the vendor's, to the microsecond."""
    assert said.endswith("Z")
    whole, _, fraction = said.removesuffix("Z").partition(".")
    assert len(fraction) <= 7
    return datetime.fromisoformat(f"{whole}.{fraction[:6].ljust(6, '0')}+00:00")


class Hall(Lobby):
    """The emulated organization as a plain client sees it, with its calendars."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.http.close()

    @property
    def someone(self) -> str:
        """A seeded customer."""
        return next(iter(self.world.customers))

    def calendars(self, service: str = FRONT_DESK, day: str = DAY) -> list[dict[str, Any]]:
        """List the calendars of a day."""
        return self.done("GET", f"/calendars/{service}/{day}")

    def slots(self, where: str, kind: str = RENEWAL) -> list[int]:
        """List the vacancies of a calendar."""
        return self.done("GET", f"{where}/vacancies", serviceTypeId=kind)["slots"]

    def listed(self, where: str, **query: Any) -> list[dict[str, Any]]:
        """List the appointments of a calendar."""
        return self.done("GET", f"{where}/appointments", **query)

    def take(self, where: str, start: int = 540, **more: Any) -> dict[str, Any]:
        """Book."""
        return self.done("POST", f"{where}/appointments", body(start, **more), status=201)

    def denied(self, where: str, start: int = 540, *, status: int = 400, code: int = 99400, **more: Any) -> Any:
        """Ask for a booking that must be refused."""
        return self.refused("POST", f"{where}/appointments", body(start, **more), status=status, code=code)

    def mint(self, settings: Mapping[str, str], **changes: Any) -> httpx.Response:
        """Ask for a token; None leaves a field out."""
        form = {
            "grant_type": "client_credentials",
            "client_id": settings["client_id"],
            "client_secret": settings["client_secret"],
            "scope": f"{settings['client_id']}/.default",
            **changes,
        }
        return self.http.post(settings["token_url"], data={k: v for k, v in form.items() if v is not None})

    @property
    def settings(self) -> dict[str, str]:
        """What the environment says, under the names of the settings."""
        said = self.sandbox.environment().items()
        return {name.removeprefix("CUBU_").lower(): value for name, value in said if name.startswith("CUBU_")}

    def registered(self, *roles: str) -> dict[str, str]:
        """Register another application, and give its settings."""
        return {**self.settings, **self.cubu.register(roles=roles)}
