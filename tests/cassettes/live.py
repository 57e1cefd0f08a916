"""Somebody who records a real system, and what it could answer: the same for every provider, as data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from system_cliniko import CLINIKO
from system_nexhealth import NEXHEALTH

from apptsdk import ClinikoSettings, NexHealthSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from system import System

    from apptsdk.sandbox import Sandbox

CANARY = "Zebulonia"
SECRET = "MS0xLWNhbmFyeS1zZWNyZXQtOTkzMQ"
TOKEN = "eyJhbGciOiJub25lIn0.eyJpYXQiOjE3MDAwMDAwMDAsImV4cCI6MTcwMDAwNzIwMH0.Y2FuYXJ5"
"""It lives for two hours."""


@attrs.frozen(kw_only=True, repr=False)
class Live:
    """Somebody who records a provider's system.

    Args:
        system: The system.
        settings: With whose credentials.
        theirs: What of these settings works in a sandbox, too.
        private: What must stand in no file, in lower case, beside the canary and the secret.
        path: Something to ask for, which changes nothing.
        answer: What could come back, with the canary in every place; `9931` and `1931` are somebody's, too.
        named: Members of it that stand in the file.
        people: The lists of people.
        said: What of a person must stand in no file.
        token: What is answered where a token is asked for.
        story: A story that writes.
        actions: What it does.
        read: A story that reads, and never asks for the path.
        asks: A story that asks for the path.
    """

    system: System
    settings: Any
    theirs: tuple[str, ...]
    private: tuple[str, ...]
    path: str
    answer: Mapping[str, Any]
    named: tuple[str, ...]
    people: tuple[tuple[str, Mapping[str, Any]], ...]
    said: tuple[str, ...]
    token: str | None = None
    story: str = "patients_write"
    actions: tuple[str, ...]
    read: str = "patients_read"
    asks: str

    @property
    def name(self) -> str:
        """The provider's name."""
        return self.system.name

    @property
    def host(self) -> str:
        """Where all links begin, with the version."""
        return str(self.settings.url)

    def at(self, sandbox: Sandbox) -> Any:
        """Give the settings of somebody who takes a sandbox for the real system, with that one's key."""
        found = getattr(sandbox, self.name)
        kept = {name: getattr(self.settings, name) for name in self.theirs}
        return attrs.evolve(found, **kept)

    def canary(self, sandbox: Sandbox) -> Any:
        """Give the settings with the canary's key; whatever asks for a token gets the canary's."""
        if self.token is not None:
            body = {"code": True, "description": "Authenticated", "error": [], "data": {"token": self.token}}
            sandbox.fault("status", path="/authenticates", status=201, body=body, times=None)
        return attrs.evolve(self.settings, base_url=getattr(sandbox, self.name).base_url)

    @property
    def harmless(self) -> re.Pattern[str]:
        """The texts that stand in answers and in recordings of them."""
        moment = "[0-9-]{10}(?:T[0-9:.]+(?:Z|[+-][0-9:]+))?"
        return re.compile(rf"{self.system.vocabulary.pattern}||[0-9]{{2}}:[0-9]{{2}}|{moment}|made-up-[a-z_]+-[0-9].*")


_CLINIKOS = ClinikoSettings(api_key=f"{SECRET}-au3", app_name="Riverbend Desk", contact_email="dev@riverbend.example")
_HOST = _CLINIKOS.url
_NEXHEALTHS = NexHealthSettings(api_key=SECRET, subdomain="lakeside", location_id=7)

LIVES = {
    "cliniko": Live(
        system=CLINIKO,
        settings=_CLINIKOS,
        theirs=("app_name", "contact_email"),
        private=("riverbend", "1402337715590046"),
        path="/user",
        answer={
            "id": "1402337715590046999",
            "name": CANARY,
            "role": CANARY,
            "time_zone_identifier": CANARY,
            "starts_at": CANARY,
            "business_ids": [CANARY, "1402337715590046998"],
            "email": f"{CANARY}@person.example",
            "date_of_birth": "1931-07-04",
            "medicare": 9931,
            "unheard_of": {"deep": [{"deeper": CANARY}, 9931.5]},
            f"{CANARY} Smythe": 1,
            "account": {"subdomain": CANARY, "id": "77"},
            "url": f"https://{CANARY}.au3.cliniko.com/bookings",
            "links": {
                "self": f"{_HOST}/patients/1402337715590046999/{CANARY}",
                "next": f"{_HOST}/patients?q[]=last_name:={CANARY}&q[]={CANARY}&page={CANARY}&x={CANARY}",
                "other": f"{_HOST}{CANARY}/x",
                "host": f"https://api.au3.cliniko.com.{CANARY}/",
                "fragment": f"{_HOST}/user#{CANARY}",
            },
        },
        named=("unheard_of", "deeper", "medicare", "date_of_birth"),
        people=(("patients", {"include_archived": True}), ("practitioners", {})),
        said=("id", "first_name", "last_name", "email"),
        actions=("create", "update", "archive", "unarchive", "archive"),
        asks="account",
    ),
    "nexhealth": Live(
        system=NEXHEALTH,
        settings=_NEXHEALTHS,
        theirs=("subdomain", "location_id"),
        private=("lakeside", "4120", "8101", TOKEN.lower(), TOKEN.lower().rpartition(".")[2]),
        path="/institutions",
        answer={
            "code": True,
            "description": f"Note that following parameters are ignored: {CANARY}.",
            "error": [f"Missing parameter {CANARY}", CANARY],
            "data": [
                {
                    "id": 412009931,
                    "subdomain": "lakeside",
                    "name": f"{CANARY} Smythe",
                    "note": CANARY,
                    "foreign_id": "412009932",
                    "foreign_id_type": f"msg-{CANARY}-DataSource-1",
                    "chart_id": f"{CANARY}-7",
                    "timezone": CANARY,
                    "start_time": CANARY,
                    "token": SECRET,
                    "secret_key": f"{CANARY}-key",
                    "target_url": f"https://{CANARY}.example/hook",
                    "location_ids": [7, 412009933],
                    "latitude": 9931.25,
                    "specialty": {"id": 8101, "name": CANARY},
                    "bio": {
                        "date_of_birth": "1931-07-04",
                        "phone_number": "2129931000",
                        "ssn": "199319931",
                        "weight": 9931,
                        "new_patient": False,
                        f"{CANARY} Smythe": "1",
                        "verified_mobile": "12129931000",
                    },
                    "fee": {"amount": "9931.00", "currency": "USD"},
                }
            ],
            "page_info": {"has_next_page": True, "end_cursor": CANARY},
        },
        named=("bio", "date_of_birth", "verified_mobile", "secret_key", "target_url", "end_cursor"),
        people=(("patients", {}), ("providers", {"location_id": None})),
        said=("id", "first_name", "last_name", "email", "phone_number", "date_of_birth"),
        token=TOKEN,
        actions=("create",),
        asks="institutions_read",
    ),
}
"""By the provider's name."""
