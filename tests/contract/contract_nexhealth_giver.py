"""What calls of NexHealth's are given: values by name, times that are free, and rows of the sandbox."""

from __future__ import annotations

import itertools
import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from contract_arguments import Giver
from props import NOW

from apptsdk.providers.nexhealth import models
from apptsdk.sandbox.nexhealth.hooks import EVENTS
from apptsdk.sandbox.nexhealth.seed import LOCATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from contract_calls import Call, Way

TWICE: Mapping[str, Any] = {
    "first_name": "Nora",
    "date_of_birth": date(1990, 4, 1),
    "phone_number": "3125550199",
}
"""A patient who is made more than once."""
ROWS = 12
"""How many rows each `get` gives: each shows fields that others leave empty."""
TODAY = NOW.date()
SPECIAL: Mapping[str, Any] = {
    "active": True,
    "address_line_1": "5 Quarry Lane",
    "address_line_2": "Floor 2",
    "appointments_per_timeslot": 1,
    "bookable_online": True,
    "cancelled": False,
    "cell_phone_number": "3125550130",
    "checkin_at": NOW,
    "city": "Springfield",
    "confirmed": True,
    "custom_contact_number": "3125550131",
    "date_of_birth": date(1984, 3, 2),
    "days": 14,
    "descriptor_type": "Procedure Code",
    "disabled": True,
    "due_after": NOW,
    "email": "ada.lindqvist@example.com",
    "end": NOW + timedelta(days=60),
    "first_name": "Nora",
    "foreign_id": "x1",
    "forms_syncable": True,
    "height": 170,
    "home_phone_number": "3125550132",
    "ignore_past_dates": True,
    "inactive": False,
    "include_disabled": True,
    "insurance_name": "Made up",
    "is_guardian": True,
    "is_new_clients_patient": True,
    "last_name": "Adeyemi",
    "location_strict": True,
    "minutes": 30,
    "name": "Made up",
    "new_patient": False,
    "nex_only": True,
    "non_patient": False,
    "note": "Made up",
    "notify_patient": True,
    "overlapping_operatory_slots": True,
    "per_page": 50,
    "phone_number": "3125550111",
    "race": "Made up",
    "referrer": "https://example.com/book",
    "requestable": True,
    "return_existing_if_match": True,
    "search_name": "Made up",
    "slot_interval": 30,
    "slot_length": 30,
    "sort": ["-updated_at"],
    "specific_date": TODAY + timedelta(days=5),
    "ssn": "Made up",
    "start": NOW - timedelta(days=60),
    "start_date": TODAY + timedelta(days=1),
    "state": "IL",
    "street_address": "5 Quarry Lane",
    "target_url": "https://example.com/hook",
    "timeout": timedelta(minutes=1),
    "timezone": "America/Chicago",
    "unavailable": False,
    "updated_since": NOW - timedelta(days=365),
    "weight": 70,
    "work_phone_number": "3125550133",
    "zip_code": "62701",
}
"""By the argument's name."""
ELSEWHERE = {
    "endpoint_id": "webhook_endpoints",
    "ids": "providers",
    "label_id": "working_hour_labels",
    "new_endpoint_id": "webhook_endpoints",
    "recall_id": "recall_types",
    "working_hour_label_id": "working_hour_labels",
}
"""The resources to which ids lead; the others are called after theirs."""
OF_RESOURCES: Mapping[tuple[str, str], Any] = {("patient_recalls", "sort"): ["-date_due"]}
"""By the resource and the argument, where the argument alone does not say enough."""
KNOWN = {"created_by": 1, "location_id": LOCATION, "location_ids": LOCATION}
"""Ids that need not be looked for."""
TYPE = "Cleaning"
"""What the first provider's working hours are for."""
LABELLED = "New patient exam"
"""What the second provider's hours are for, which have a label."""


@attrs.define
class NexHealthGiver(Giver):
    """Gives calls their arguments."""

    _count: Iterator[int] = attrs.field(factory=itertools.count, init=False)
    _minutes: Iterator[int] = attrs.field(factory=itertools.count, init=False)

    async def value(self, call: Call, name: str, way: Way) -> Any:
        """Give an argument a value."""
        listed = self._listed(call, name, way.chosen)
        if listed is not None:
            return listed
        kind = "of_slots" if call.resource == "available_slots" and way.row else call.resource
        maker = MAKERS.get((kind, name)) if call.name in {"create", "update"} or way.row else None
        if maker is not None:
            return await maker(self, call, name, way)
        if name in SPECIAL:
            return OF_RESOURCES.get((call.resource, name), SPECIAL[name])
        related = await self.related(call, name)
        return [related] if name == "ids" or name.endswith("_ids") else related

    def _listed(self, call: Call, name: str, chosen: Mapping[str, str]) -> Any:
        """Give one value of a list of the vendor's, or several where several are taken."""
        before = f"{call.where}."
        places = [place for place in self.contract.table.lists if place.startswith(before)]
        for place in places:
            path, values, one = place.removeprefix(before), self.contract.table.lists[place], chosen.get(place)
            # Of some an object is made.
            if name in {"custom_recurrence", "patient"} or self.contract.argument(call, path) != name:
                continue
            if one is None and name == "event":
                one = EVENTS.get(chosen.get(f"{before}resource_type", ""), EVENTS["Appointment"])[0]
            elif one is None and name == "resource_type":
                event = chosen.get(f"{before}event", "appointment_created")
                one = next((resource for resource, events in EVENTS.items() if event in events), "Appointment")
            if path.endswith("[]") or name == "days":
                return [one] if one else [*values]
            return _typed(call, name, one or values[0])
        return None

    async def own(self, call: Call, row: int) -> Any:
        """Find or make the row that a call is about."""
        if call.name in {"update", "delete", "cancel", "wait_until_written"} or call.resource == "patient_alerts":
            return await self.new(call.resource)
        if call.resource != "appointments":
            return await self.nth(row, call.resource)
        if row != 1 and call.name == "get":
            return await self.nth(row, "appointments", start=SPECIAL["start"], end=SPECIAL["end"])
        return await self.new(
            "appointments",
            descriptor_ids=[await self.related(call, "descriptor_ids")],
            note=SPECIAL["note"],
            patient_id=await self.first("patients", lambda one: one.guarantor_id is not None),
            referrer=SPECIAL["referrer"],
        )

    async def related(self, call: Call, name: str) -> Any:
        """Find or make what a path, a query or a body speaks of."""
        if name in KNOWN:
            return KNOWN[name]
        if name.startswith("appointment_type_id"):
            return await self.first("appointment_types", lambda row: row.name == TYPE)
        if name in {"descriptor_ids", "emr_appt_descriptor_ids"}:
            return (await self.teller.first(self.teller.list("locations.descriptors", LOCATION))).id
        if name == "endpoint_id":
            return await self.new("webhook_endpoints")
        if name == "new_endpoint_id":
            return (await self.teller.call("webhook_endpoints.create", target_url=SPECIAL["target_url"])).id
        usual = re.sub("ys$", "ies", re.sub(r"_ids?$", "s", name))
        return await self.first(ELSEWHERE.get(name, usual))

    async def of_slot(self, call: Call, name: str, way: Way) -> Any:
        """Give what a free time has; each call gets one of its own."""
        del way
        key = f"slot {call.verb}"
        if key not in self._made:
            pager = self.teller.list(
                "available_slots.list",
                start_date=SPECIAL["start_date"],
                days=SPECIAL["days"],
                provider_ids=[await self.related(call, "provider_id")],
                appointment_type_id=await self.related(call, "appointment_type_id"),
            )
            self._made[key] = await self.teller.first(pager)
        return getattr(self._made[key], {"start_time": "time"}.get(name, name))

    async def minute(self, call: Call, name: str, way: Way) -> time:
        """Give the beginning or the end of a minute at night that nothing else takes."""
        del way
        key = f"minute {call.verb}"
        if key not in self._made:
            self._made[key] = 2 * next(self._minutes)
        return time(*divmod(self._made[key] + (name == "end_time"), 60))

    async def dependent(self, call: Call, name: str, way: Way) -> models.Dependent:
        """Give somebody for whom a guardian books."""
        gender = models.Gender(way.chosen.get(f"{call.where}.appt.{name}.bio.gender", "Other"))
        born = date(2018, 5, 6)
        return models.Dependent(first_name="Olu", last_name="Adeyemi", date_of_birth=born, gender=gender)

    async def recurrence(self, call: Call, name: str, way: Way) -> models.RecurrenceInput:
        """Give a rule."""
        del call, name
        return models.RecurrenceInput(
            num=2, ref=TODAY, unit=models.RecurrenceUnit(next(iter(way.chosen.values()), "week"))
        )

    async def new_name(self, call: Call, name: str, way: Way) -> str:
        """Give a name that nothing else has."""
        del call, name, way
        return f"Made up {next(self._count)}"

    async def new_number(self, call: Call, name: str, way: Way) -> str:
        """Give a phone number that nobody else has."""
        del call, name, way
        return f"(312) 555-{2000 + next(self._count)}"

    async def parent(self, call: Call, name: str, way: Way) -> Any:
        """Give what an appointment type belongs to."""
        del call, name
        return LOCATION if "Location" in way.chosen.values() else await self.first("institutions")

    async def labelled(self, call: Call, name: str, way: Way) -> Any:
        """Give a provider some of whose hours have a label, or what is booked in them."""
        del call
        if name == "provider_ids":
            return [await self.nth(way.row, "providers")]
        return await self.first("appointment_types", lambda row: row.name == LABELLED)


def _typed(call: Call, name: str, text: str) -> Any:
    """Give a text as the enum that the argument is."""
    words = re.findall(r"\w+", str(call.takes[name].annotation))
    kinds = [kind for word in words if isinstance(kind := getattr(models, word, None), type)]
    return kinds[0](text) if kinds else text


MAKERS = {
    ("appointment_types", "name"): NexHealthGiver.new_name,
    ("appointment_types", "parent_id"): NexHealthGiver.parent,
    ("appointments", "end_time"): NexHealthGiver.of_slot,
    ("appointments", "operatory_id"): NexHealthGiver.of_slot,
    ("appointments", "patient"): NexHealthGiver.dependent,
    ("appointments", "start_time"): NexHealthGiver.of_slot,
    ("of_slots", "appointment_type_id"): NexHealthGiver.labelled,
    ("of_slots", "provider_ids"): NexHealthGiver.labelled,
    ("patients", "phone_number"): NexHealthGiver.new_number,
    ("working_hours", "begin_time"): NexHealthGiver.minute,
    ("working_hours", "custom_recurrence"): NexHealthGiver.recurrence,
    ("working_hours", "end_time"): NexHealthGiver.minute,
}
"""What is made anew, by the resource and the argument."""
