"""How each provider is read from, written to and asked for what is not there: for what must hold for every client."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
from props import NOW
from stages_imiassist import standing

from apptsdk import (
    AsyncCliniko,
    AsyncCubu,
    AsyncIMIassist,
    AsyncNexHealth,
    Cliniko,
    ClinikoSettings,
    Cubu,
    CubuSettings,
    IMIassist,
    IMIassistSettings,
    NexHealth,
    NexHealthSettings,
)
from apptsdk.sandbox.cubu.seed import FRONT_DESK, QUESTION
from apptsdk.sandbox.imiassist.seed import DR_LEE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from harness import SyncTeller

    from apptsdk.sandbox import Sandbox

NOBODY = "00000000-0000-4000-8000-000000000000"
SOON = date(2026, 3, 10)


@attrs.frozen
class Life:
    """A provider.

    Args:
        name: Its name.
        clients: Its two classes.
        settings_class: The class of their settings.
        read: Reads something with one request.
        pager: A listing, and what it takes.
        written: What is posted to, as a fault matches it.
        write: Makes a number of something; its key tells it from others.
        resource: What was made, in the ledger.
        missing: Asks for what is not there.
        objects: Gives objects of many kinds.
        given: What of the sandbox's settings the environment does not say.
        listed: Whether what was made can be found again when the answer was lost.
    """

    name: str
    clients: tuple[Any, Any]
    settings_class: Any
    read: Callable[[SyncTeller], Awaitable[Any]]
    pager: tuple[Any, ...]
    written: str
    write: Callable[[SyncTeller, int], Awaitable[Any]]
    resource: str
    missing: Callable[[SyncTeller], Awaitable[Any]]
    objects: Callable[[SyncTeller], Awaitable[list[Any]]]
    given: tuple[str, ...] = ()
    listed: bool = True

    def __str__(self) -> str:
        return self.name

    def settings(self, sandbox: Sandbox) -> Any:
        """Give the settings for a sandbox."""
        return getattr(sandbox, self.name)

    def secret(self, sandbox: Sandbox) -> str:
        """Give the secret among them."""
        settings = self.settings(sandbox)
        return str(getattr(settings, "api_key", None) or settings.client_secret)

    def seen(self, sandbox: Sandbox) -> list[Any]:
        """Give the requests that arrived, those for tokens apart."""
        return [one for one in sandbox.requests if not one.path.endswith(("/authenticates", "/oauth2/v2.0/token"))]


async def _rows(verb: str, c: SyncTeller, *args: Any, **kwargs: Any) -> list[Any]:
    found: list[Any] = await c.collect(c.list(verb, *args, **kwargs))
    return found


# --- Cliniko ---------------------------------------------------------------------------------------------------------


async def _patient(c: SyncTeller, number: int) -> Any:
    return await c.call("patients.create", first_name="Adaline", last_name=f"Parkinson {number}")


async def _cliniko_objects(c: SyncTeller) -> list[Any]:
    lists = ("individual_appointments", "patients", "practitioners", "businesses", "group_appointments")
    return [await c.first(c.list(f"{name}.list")) for name in lists]


# --- NexHealth -------------------------------------------------------------------------------------------------------


async def _alert(c: SyncTeller, number: int) -> Any:
    return await c.call("patient_alerts.create", await _first_patient(c), note=f"careful {number}")


async def _first_patient(c: SyncTeller) -> Any:
    return (await c.first(c.list("patients.list"))).id


async def _nexhealth_objects(c: SyncTeller) -> list[Any]:
    provider = await c.first(c.list("providers.list", requestable=True))
    window = {"start": NOW - timedelta(days=90), "end": NOW + timedelta(days=90)}
    return [
        provider,
        await c.first(c.list("appointments.list", **window)),
        await c.first(c.list("patients.list")),
        *await _rows("locations.list", c),
        *await _rows("working_hours.list", c),
        *await _rows("available_slots.groups", c, start_date=SOON, days=2, provider_ids=[provider.id]),
    ]


# --- Cubu ------------------------------------------------------------------------------------------------------------


async def _customer(c: SyncTeller, number: int) -> Any:
    return await c.call("customers.create", fields={"Last name": "Parkinson", "National id": f"{900_000_000 + number}"})


async def _cubu_objects(c: SyncTeller) -> list[Any]:
    (calendar, *_) = calendars = await _rows("calendars.list", c, FRONT_DESK, SOON)
    vacancies = await c.call("calendars.vacancies", calendar, service_type_id=QUESTION)
    matter = {"service_type_id": QUESTION, "channel": "Video", "contact_email": "ada@example.org"}
    booking = await c.call("appointments.book", calendar, start=vacancies.slots[0], **matter)
    return [
        *calendars,
        vacancies,
        booking,
        booking.reference,
        calendar.reference,
        *await _rows("appointments.list", c, calendar),
        await c.call("customers.find", key_value="310000017"),
        await c.call("queue.join", FRONT_DESK, **matter),
    ]


# --- IMIassist -------------------------------------------------------------------------------------------------------


async def _scheduled(c: SyncTeller, number: int) -> Any:
    starts = NOW + timedelta(days=14, minutes=number)
    return await c.call("appointments.schedule", start_time=starts, external_reference_id=f"PAS-9{number:03}")


async def _imiassist_objects(c: SyncTeller) -> list[Any]:
    made = await c.call("appointments.schedule", start_time=NOW + timedelta(days=7), assignee_email=DR_LEE)
    cancelled = await c.call("appointments.cancel", made)
    return [made, *made.participants, made.host.role, made.priority, made.status, cancelled]


LIVES = (
    Life(
        "cliniko",
        (Cliniko, AsyncCliniko),
        ClinikoSettings,
        lambda c: c.call("user"),
        ("patients.list",),
        "/patients",
        _patient,
        "patients",
        lambda c: c.call("patients.get", 1),
        _cliniko_objects,
    ),
    Life(
        "cubu",
        (Cubu, AsyncCubu),
        CubuSettings,
        lambda c: _rows("calendars.list", c, FRONT_DESK, SOON),
        ("calendars.list", FRONT_DESK, SOON),
        "/*/customers",
        _customer,
        "customers",
        lambda c: c.call("customers.get", NOBODY),
        _cubu_objects,
        given=("catalogue",),
    ),
    Life(
        "imiassist",
        (IMIassist, AsyncIMIassist),
        IMIassistSettings,
        lambda c: c.call("request", "GET", f"/appointments/{standing()['appointment_id']}"),
        ("request_pages", "/appointments", "appointments"),
        "/api/v1/appointments",
        _scheduled,
        "appointments",
        lambda c: c.call("appointments.cancel", appointment_id="a" * 24),
        _imiassist_objects,
        listed=False,
    ),
    Life(
        "nexhealth",
        (NexHealth, AsyncNexHealth),
        NexHealthSettings,
        partial(_rows, "locations.list"),
        ("patients.list",),
        "/patients/*/alerts",
        _alert,
        "patient_alerts",
        lambda c: c.call("patients.get", 1),
        _nexhealth_objects,
    ),
)
