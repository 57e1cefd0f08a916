"""NexHealth's verbs for the cases, in its third version and, for a few of them, in its second."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
from props import NOW, sandbox_of
from verbs import READ_BACK, Verb

from apptsdk import AsyncNexHealth, NexHealth
from apptsdk.providers.nexhealth import WebhookEventName, WebhookResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness import SyncTeller

    from apptsdk.sandbox import Sandbox

STARTS = NOW + timedelta(days=14)
ADA = {
    "first_name": "Adaline",
    "last_name": "Parkinson",
    "email": "adaline@parkinson.example",
    "date_of_birth": date(1990, 5, 17),
    "phone_number": "+1 (312) 555-0171",
}
INSERTION = {"resource_type": WebhookResource.APPOINTMENT, "event": WebhookEventName.APPOINTMENT_INSERTION}
TARGET = "https://hooks.example/nexhealth"


@attrs.frozen
class Props:
    """Ids of what the sandbox's NexHealth begins with: the same in every sandbox of the same time and seed."""

    patient: int
    alert: int
    provider: int
    operatory: int
    appointment: int
    """One that stands, is ahead, and is written."""
    appointment_type: int
    """One that no working hours have."""
    working_hours: int


@cache
def props() -> Props:
    with sandbox_of("nexhealth", now=NOW, rate_limit=None) as sandbox, NexHealth(sandbox.nexhealth) as nexhealth:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        patient = nexhealth.patients.list().first().id
        ahead = nexhealth.appointments.list(
            start=NOW, end=NOW + timedelta(days=30), cancelled=False, unavailable=False
        ).first()
        return Props(
            patient=patient,
            alert=nexhealth.patient_alerts.list(patient).first().id,
            provider=nexhealth.providers.list().first().id,
            operatory=nexhealth.operatories.list().first().id,
            appointment=ahead.id,
            appointment_type=[kind.id for kind in nexhealth.appointment_types.list()][-1],
            working_hours=nexhealth.working_hours.list().first().id,
        )


PLACES = {
    "patient_alerts": "/patients/*/alerts",
    "webhook_subscriptions": "/webhook_endpoints/*/webhook_subscriptions",
}
"""The paths that are not the resource's name."""
UNLISTED = frozenset({"appointment_types", "patients", "working_hours"})
"""What is not looked for after a lost answer: lists leave new ones out, or do not say when they were made."""
CHANGES: Mapping[str, Mapping[str, Any]] = {
    "appointment_types": {"minutes": 25},
    "patient_alerts": {"disabled": True},
    "webhook_endpoints": {"active": False},
    "webhook_subscriptions": {"active": False},
    "working_hours": {"active": False},
}
LISTED = (
    "appointment_types",
    "institutions",
    "locations",
    "operatories",
    "patient_alerts",
    "patient_recalls",
    "providers",
    "recall_types",
    "sync_status",
    "webhook_endpoints",
    "webhook_subscriptions",
    "working_hour_labels",
    "working_hours",
)
GOT = ("appointment_types", "institutions", "locations", "operatories", "patients", "providers", "working_hours")
DELETED = ("appointment_types", "webhook_endpoints", "webhook_subscriptions")
ALIKE = {
    **{f"{name}.create": "book" for name in CHANGES},
    **{f"{name}.update": "change" for name in CHANGES},
    **{f"{name}.delete": "hide" for name in DELETED},
    **{f"{name}.list": "read" for name in LISTED},
    **{f"{name}.get": "read" for name in GOT},
    "appointments.list": "read",
    "available_slots.groups": "read",
    "available_slots.list": "read",
    "locations.descriptors": "read",
    "patient_alerts.get": "read",
}
"""The further verbs, each with the one that it must be like."""


def verb_of(name: str) -> Verb:
    """Make the request of a verb."""
    resource, _, action = name.partition(".")
    base = PLACES.get(resource, f"/{resource}")
    verbs = {
        "create": Verb("POST", base, resource, "create", listed=resource not in UNLISTED),
        "update": Verb("PATCH", f"{base}/*", resource, "update", once=resource == "patient_alerts"),
        "delete": Verb("DELETE", f"{base}/*", resource, "delete"),
        "descriptors": Verb("GET", f"{base}/*/appointment_descriptors"),
        "get": Verb("GET", f"{base}/*"),
        "groups": Verb("GET", base),
        "list": Verb("GET", base),
    }
    return verbs[action]


@attrs.define
class NexHealthStage:
    """NexHealth's verbs."""

    sandbox: Sandbox
    hooks: list[int] = attrs.field(factory=list)
    """The ids of a webhook endpoint and of a subscription, where a verb needs them."""
    name = "nexhealth"
    base = "/nexhealth"
    clients = (NexHealth, AsyncNexHealth)
    token = Verb("POST", "/authenticates")
    verbs = {  # noqa: RUF012 - nobody changes it
        "book": Verb("POST", "/appointments", "appointments", "create"),
        "register": verb_of("patients.create"),
        "read": Verb("GET", "/appointments/*"),
        "browse": Verb("GET", "/patients"),
        "change": Verb("PATCH", "/appointments/*", "appointments", "update", ends=READ_BACK),
        "hide": Verb("DELETE", "/working_hours/*", "working_hours", "delete"),
        "cancel": Verb("PATCH", "/appointments/*", "appointments", "cancel", gives=True),
        **{name: verb_of(name) for name in ALIKE},
    }
    alike = ALIKE

    @property
    def settings(self) -> Any:
        return self.sandbox.nexhealth

    @property
    def secret(self) -> str:
        return self.settings.api_key

    def prepare(self, verb: str) -> None:
        """Make what a verb needs and the sandbox does not begin with: it begins without webhooks."""
        if verb in {"webhook_endpoints.create", "webhook_endpoints.list"} or not verb.startswith("webhook_"):
            return
        with NexHealth(self.settings) as nexhealth:
            endpoint = nexhealth.webhook_endpoints.create(target_url=TARGET).id
            self.hooks = [endpoint]
            if verb.startswith("webhook_subscriptions") and not verb.endswith("create"):
                self.hooks.append(nexhealth.webhook_subscriptions.create(endpoint, **INSERTION).id)

    async def play(self, verb: str, teller: SyncTeller) -> Any:  # noqa: PLR0911 - one return a verb
        """Call a verb."""
        made = props()
        match verb:
            case "book":
                return await teller.call(
                    "appointments.create",
                    patient_id=made.patient,
                    provider_id=made.provider,
                    operatory_id=made.operatory,
                    start_time=STARTS,
                    end_time=STARTS + timedelta(minutes=30),
                    note="hush",
                )
            case "register":
                return await teller.call("patients.create", provider_id=made.provider, **ADA)
            case "read":
                return await teller.call("appointments.get", made.appointment)
            case "browse":
                return (await teller.pages(teller.list("patients.list", per_page=5), most=1))[0]
            case "change":
                return await teller.call("appointments.update", made.appointment, confirmed=True)
            case "hide":
                return await teller.call("working_hours.delete", made.working_hours)
            case "cancel":
                return await teller.call("appointments.cancel", made.appointment)
        resource, _, action = verb.partition(".")
        if action in {"list", "groups", "descriptors"}:
            arguments = self._target(resource)[:-1] if action == "list" else self._target(resource)
            return (await teller.pages(teller.list(verb, *arguments, **asked_for(resource)), most=1))[0]
        if action == "create":
            return await teller.call(verb, *self._target(resource)[:-1], **making(resource))
        changes = CHANGES[resource] if action == "update" else {}
        return await teller.call(verb, *self._target(resource), **changes)

    def _target(self, resource: str) -> list[Any]:
        """Give the ids in the path of one thing."""
        made = props()
        targets: dict[str, list[Any]] = {
            "appointment_types": [made.appointment_type],
            "institutions": [10501],
            "locations": [41],
            "operatories": [made.operatory],
            "patient_alerts": [made.patient, made.alert],
            "patients": [made.patient],
            "providers": [made.provider],
            "webhook_endpoints": self.hooks,
            "webhook_subscriptions": self.hooks if len(self.hooks) == 2 else [*self.hooks, None],
            "working_hours": [made.working_hours],
        }
        return targets.get(resource, [])


def making(resource: str) -> Mapping[str, Any]:
    """Give what `create` takes."""
    hours = {"begin_time": time(18), "end_time": time(20), "specific_date": (NOW + timedelta(days=60)).date()}
    makings: dict[str, Mapping[str, Any]] = {
        "appointment_types": {"name": "Whitening", "minutes": 45},
        "patient_alerts": {"note": "Afraid of drills"},
        "webhook_endpoints": {"target_url": TARGET},
        "webhook_subscriptions": INSERTION,
        "working_hours": {"provider_id": props().provider, "operatory_id": props().operatory, **hours},
    }
    return makings[resource]


def asked_for(resource: str) -> Mapping[str, Any]:
    """Give what a list cannot do without."""
    asked: dict[str, Mapping[str, Any]] = {
        "appointments": {"start": NOW, "end": NOW + timedelta(days=30)},
        "available_slots": {"start_date": STARTS.date(), "days": 3, "provider_ids": [props().provider]},
    }
    return asked.get(resource, {})


@attrs.define
class SecondNexHealthStage(NexHealthStage):
    """The same in v2, as far as paths, pages and bodies are others there."""

    name = "nexhealth"
    verbs = {  # noqa: RUF012 - nobody changes it
        **NexHealthStage.verbs,
        "hide": Verb("DELETE", "/availabilities/*", "working_hours", "delete"),
        "working_hours.create": Verb("POST", "/availabilities", "working_hours", "create", listed=False),
        "working_hours.update": Verb("PATCH", "/availabilities/*", "working_hours", "update"),
        "working_hours.list": Verb("GET", "/availabilities"),
        "available_slots.list": Verb("GET", "/appointment_slots"),
    }
    alike = {  # noqa: RUF012 - nobody changes it
        "book": "book",
        "register": "book",
        "browse": "read",
        "change": "change",
        "hide": "hide",
        "cancel": "hide",
        "working_hours.create": "book",
        "working_hours.update": "change",
        "working_hours.list": "read",
        "available_slots.list": "read",
    }

    @property
    def settings(self) -> Any:
        return attrs.evolve(self.sandbox.nexhealth, api_version="v2")
