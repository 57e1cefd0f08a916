"""Where the cases are played: for each provider, what its verbs are and how to see what they did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from props import NOW, props

from apptsdk import AsyncCliniko, Cliniko
from apptsdk.providers.cliniko import CancellationReason

if TYPE_CHECKING:
    from harness import SyncTeller

    from apptsdk.sandbox import Sandbox

ADA = {"first_name": "Adaline", "last_name": "Parkinson", "date_of_birth": date(1990, 5, 17)}


@attrs.frozen
class Verb:
    """A verb: its request, as a fault matches it, and its mark in the ledger."""

    method: str
    path: str
    resource: str = ""
    action: str = ""


@attrs.frozen
class ClinikoStage:
    """Cliniko's verbs."""

    sandbox: Sandbox
    name = "cliniko"
    base = "/cliniko/v1"
    clients = (Cliniko, AsyncCliniko)
    verbs = {  # noqa: RUF012 - nobody changes it
        "book": Verb("POST", "/individual_appointments", "individual_appointments", "create"),
        "register": Verb("POST", "/patients", "patients", "create"),
        "read": Verb("GET", "/individual_appointments/*"),
        "browse": Verb("GET", "/patients"),
        "change": Verb("PATCH", "/individual_appointments/*", "individual_appointments", "update"),
        "hide": Verb("POST", "/patients/*/archive", "patients", "archive"),
        "cancel": Verb("PATCH", "/individual_appointments/*/cancel", "individual_appointments", "cancel"),
    }

    @property
    def settings(self) -> Any:
        return self.sandbox.cliniko

    async def play(self, verb: str, teller: SyncTeller) -> Any:  # noqa: PLR0911 - one return a verb
        """Call a verb."""
        ids, standing = props().ids, props().individual_appointments[0]
        match verb:
            case "book":
                starts_at = NOW + timedelta(days=14)
                return await teller.call("individual_appointments.create", **ids, starts_at=starts_at, notes="hush")
            case "register":
                return await teller.call("patients.create", **ADA)
            case "read":
                return await teller.call("individual_appointments.get", standing)
            case "browse":
                return (await teller.pages(teller.list("patients.list", per_page=5), most=1))[0]
            case "change":
                return await teller.call("individual_appointments.update", standing, notes="changed")
            case "hide":
                return await teller.call("patients.archive", ids["patient_id"])
            case "cancel":
                return await teller.call("individual_appointments.cancel", standing, reason=CancellationReason.SICK)
        raise AssertionError(verb)


STAGES = (ClinikoStage,)
