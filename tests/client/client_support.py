"""One client over several providers: settings that lead nowhere, a sandbox of all, and what is asked there."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import attrs
from harness import ENGINE, Watch
from props import NOW, props

import apptsdk
from apptsdk import (
    AsyncClient,
    Channel,
    Client,
    ClinikoSettings,
    CubuSettings,
    Customer,
    Host,
    IMIassistSettings,
    Location,
    NexHealthSettings,
    Service,
    Slot,
)
from apptsdk.sandbox.cubu import seed as cubu
from apptsdk.sandbox.imiassist import seed as imiassist

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from harness import World

    from apptsdk.sandbox import Sandbox

NAMES = ("cliniko", "nexhealth", "cubu", "imiassist")
"""In the order in which they are read from an environment."""
FINDING = ("cliniko", "nexhealth", "cubu")
"""Those that list slots and appointments."""
DAY = timedelta(days=1)
SPAN = {"start": NOW + 2 * DAY, "end": NOW + 4 * DAY}
LONG = {"start": NOW + 2 * DAY, "end": NOW + 23 * DAY}
AROUND = {"start": NOW - 2 * DAY, "end": NOW + 2 * DAY}

SETTINGS: Mapping[str, Any] = {
    "cliniko": ClinikoSettings(api_key="canary-key-au2", app_name="tests", contact_email="dev@example.com"),
    "nexhealth": NexHealthSettings(api_key="canary-key", subdomain="riverbend-dental", location_id=41),
    "cubu": CubuSettings(
        tenant_id="58c9ed2a-b73f-4316-acf6-007b3f51073c",
        client_id="client",
        client_secret="canary-secret",
        application_id="58c9ed2a-b73f-4316-acf6-007b3f51073d",
        time_zone="Asia/Jerusalem",
    ),
    "imiassist": IMIassistSettings(subdomain="northside", api_key="canary-key", token="canary-token"),
}
CLASSES = {"cliniko": "Cliniko", "nexhealth": "NexHealth", "cubu": "Cubu", "imiassist": "IMIassist"}
ADA = Customer(
    first_name="Adaline",
    last_name="Parkinson",
    email="adaline@parkinson.example",
    phone="+13125550171",
    date_of_birth=(NOW - 13000 * DAY).date(),
)
"""Whom nobody knows."""


def kinds(world: World) -> Any:
    return Client if world.is_sync else AsyncClient


def kind_of(world: World, name: str) -> Any:
    """Give a provider's class of that world."""
    return getattr(apptsdk, f"{'' if world.is_sync else 'Async'}{CLASSES[name]}")


def nowhere(world: World, *names: str, **options: Any) -> Any:
    """Make a client of settings that lead nowhere."""
    return kinds(world)(*(SETTINGS[name] for name in names or NAMES), **options)


def close(world: World, client: Any) -> None:
    if world.is_sync:
        client.close()
    else:
        world.run(client.aclose)


def joint(world: World, sandbox: Sandbox, *names: str, **options: Any) -> Any:
    """Make a client over a sandbox, by whose clock it lives."""
    if not {"engine", "http_client"} & set(options):
        options["engine"] = ENGINE
    settings = [getattr(sandbox, name) for name in names or NAMES]
    return kinds(world)(*settings, clock=Watch(sandbox), random=lambda: 1.0, **options)


def wanted(*names: str) -> dict[str, list[str]]:
    """Say for what slots are looked for, at each."""
    made = props()
    ids = {
        "cliniko": (made.appointment_types[0], made.businesses[0]),
        "nexhealth": ("870013", "41"),
        "cubu": (cubu.QUESTION, cubu.FRONT_DESK),
    }
    chosen = names or FINDING
    return {
        "service": [f"{name}:{ids[name][0]}" for name in chosen],
        "location": [f"{name}:{ids[name][1]}" for name in chosen],
    }


def by_hand(number: int = 0) -> Slot[None]:
    """Make a slot at IMIassist, which lists none."""
    start = (NOW + 14 * DAY + timedelta(hours=number)).astimezone(ZoneInfo("Europe/London"))
    return Slot(
        provider="imiassist",
        start=start,
        end=start + timedelta(minutes=30),
        service=Service(id=imiassist.FOLLOW_UP),
        host=Host(id=imiassist.DR_LEE),
        location=Location(id=imiassist.VIRTUAL_CLINIC, time_zone="Europe/London"),
    )


def booking(name: str) -> dict[str, Any]:
    """Say for whom one books there, and what is told beside."""
    if name != "cubu":
        return {"customer": ADA}
    return {"customer": attrs.evolve(ADA, attributes={"National id": "310000066"}), "channel": Channel.VIDEO}


def instants(items: Iterable[Any]) -> list[Any]:
    """Give the starts as moments: two times of one zone compare by what the clock shows."""
    return [one.start.astimezone(UTC) for one in items]


def asked(sandbox: Sandbox) -> dict[str, int]:
    """Count the requests by provider; those that get a token are none."""
    counted: dict[str, int] = {}
    for seen in sandbox.requests:
        if "token" not in seen.path and "authenticate" not in seen.path:
            name = seen.path.split("/")[1]
            counted[name] = counted.get(name, 0) + 1
    return counted
