"""Where the cases are played: for each provider, what its verbs are and how to see what they did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from makings import making
from props import NOW, props
from stages_cubu import CubuStage, OtherCubuStage
from stages_imiassist import FlowStage, IMIassistStage
from stages_nexhealth import NexHealthStage, SecondNexHealthStage
from verbs import READ_BACK, Verb

from apptsdk import AsyncCliniko, Cliniko
from apptsdk.providers.cliniko import CancellationReason

if TYPE_CHECKING:
    from harness import SyncTeller

    from apptsdk.sandbox import Sandbox

ADA = {"first_name": "Adaline", "last_name": "Parkinson", "date_of_birth": date(1990, 5, 17)}


MADE = (
    "appointment_types",
    "attendees",
    "availability_blocks",
    "businesses",
    "group_appointments",
    "patient_cases",
    "unavailable_block_types",
    "unavailable_blocks",
)
CHANGES = {
    "appointment_types": {"category": "Reviews"},
    "attendees": {"arrived": True},
    "businesses": {"city": "Perth"},
    "group_appointments": {"max_attendees": 9},
    "patient_cases": {"closed": True},
    "unavailable_block_types": {"color": "#abc"},
    "unavailable_blocks": {"notes": "Moved"},
}
LISTED = ("attendees", "bookings", "daily_availabilities", "patient_cases", "services", "unavailable_blocks", "users")
ALIKE = {
    **{f"{name}.create": "book" for name in MADE},
    **{f"{name}.update": "change" for name in CHANGES},
    **{f"{name}.archive": "hide" for name in CHANGES},
    "attendees.cancel": "hide",
    **{f"{name}.list": "read" for name in LISTED},
    "bookings.get": "read",
    "group_appointments.conflicts": "read",
    "settings.get": "read",
    "unavailable_blocks.conflicts": "read",
}
"""The further verbs, each with the one that it must be like."""


def verb_of(name: str) -> Verb:
    """Make the request of a verb."""
    resource, _, action = name.partition(".")
    base = f"/{resource}"
    verbs = {
        "create": Verb("POST", base, resource, "create"),
        # Of a case only `closed_at` is read: that it is closed cannot be compared.
        "update": Verb("PATCH", f"{base}/*", resource, "update", ends={} if resource == "patient_cases" else READ_BACK),
        "archive": Verb("POST", f"{base}/*/archive", resource, "archive"),
        "cancel": Verb("PATCH", f"{base}/*/cancel", resource, "cancel"),
        "conflicts": Verb("GET", f"{base}/*/conflicts"),
        "get": Verb("GET", base if resource == "settings" else f"{base}/*"),
        "list": Verb("GET", base),
    }
    return verbs[action]


def target(resource: str) -> str:
    """Give the id of a row that may be changed and hidden, and that hides nothing else with it."""
    # A group takes its attendees along: this one has none.
    place = 2 if resource == "group_appointments" else 0
    return getattr(props(), "individual_appointments" if resource == "bookings" else resource)[place]


@attrs.frozen
class ClinikoStage:
    """Cliniko's verbs."""

    sandbox: Sandbox
    name = "cliniko"
    base = "/cliniko/v1"
    clients = (Cliniko, AsyncCliniko)
    token = None
    verbs = {  # noqa: RUF012 - nobody changes it
        "book": Verb("POST", "/individual_appointments", "individual_appointments", "create"),
        "register": Verb("POST", "/patients", "patients", "create"),
        "read": Verb("GET", "/individual_appointments/*"),
        "browse": Verb("GET", "/patients"),
        "change": Verb("PATCH", "/individual_appointments/*", "individual_appointments", "update", ends=READ_BACK),
        "hide": Verb("POST", "/patients/*/archive", "patients", "archive"),
        "cancel": Verb("PATCH", "/individual_appointments/*/cancel", "individual_appointments", "cancel"),
        **{name: verb_of(name) for name in ALIKE},
    }
    alike = ALIKE

    @property
    def settings(self) -> Any:
        return self.sandbox.cliniko

    @property
    def secret(self) -> str:
        return self.settings.api_key

    def prepare(self, verb: str) -> None:
        """Make what a verb needs: here nothing, the sandbox begins with all of it."""

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
        return await self._more(verb, teller)

    async def _more(self, verb: str, teller: SyncTeller) -> Any:
        resource, _, action = verb.partition(".")
        match action:
            case "create":
                return await teller.call(verb, **making(resource))
            case "update":
                return await teller.call(verb, target(resource), **CHANGES[resource])
            case "cancel":
                return await teller.call(verb, target(resource), reason=CancellationReason.SICK)
            case "list":
                return (await teller.pages(teller.list(verb), most=1))[0]
            case _:
                return await teller.call(verb, *([] if resource == "settings" else [target(resource)]))


STAGES = (ClinikoStage, CubuStage, NexHealthStage, IMIassistStage)
"""Where every case is played, as far as a provider has the verb, and not only one that is like it."""
VERSIONS = (OtherCubuStage, SecondNexHealthStage, FlowStage)
"""Where a few are: other versions of a provider's API, other guesses at it, and other shapes of it."""
