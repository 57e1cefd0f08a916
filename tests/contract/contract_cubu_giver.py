"""What calls of Cubu's are given: values by name, times that are free, and rows of the sandbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import attrs
import orjson
from contract_arguments import Giver
from props import NOW

from apptsdk.providers.cubu import CalendarRef, Channel, sign
from apptsdk.sandbox.cubu.seed import EMAIL, FIRST_NAME, FRONT_DESK, LAST_NAME, NATIONAL_ID, QUESTION, REASON, VIP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contract_calls import Call, Way

    from apptsdk.sandbox.cubu import Cubu as Emulation

URL = "https://hooks.example.com/cubu"
"""Where webhooks would go; the sandbox lets none leave this machine."""
KEY = "a made-up key"
DAY = NOW.date() + timedelta(days=7)
"""Far enough from what the sandbox begins with, and within the booking windows."""
SLUG = "customer-national-id"
SPECIAL: Mapping[str, Any] = {
    "bypass_timeslot_check": True,
    "channel": Channel.FACE_TO_FACE,
    "contact_email": "nora.adeyemi@example.org",
    "contact_phone_number": "2025550123",
    "fields": {REASON: "Made up"},
    "key_slug": SLUG,
    "language": "he-IL",
    "prevent_self_check_in": True,
    "service_type_id": QUESTION,
    "tag_ids": [VIP],
    "use_customer_contact_info": True,
}
"""By the argument's name."""


@attrs.define
class CubuGiver(Giver):
    """Gives calls their arguments.

    Args:
        emulation: The other side: Cubu lists neither its days with appointments nor what it told.
    """

    emulation: Emulation

    async def ids(self, call: Call, row: int = 0) -> dict[str, Any]:
        """Give what goes into the path."""
        if row and "calendar" in call.ids:
            return {"calendar": self._kept_one(row)}
        if row and "date" in call.ids:
            return {"service_id": [*self.emulation.world.services][row], "date": DAY}
        return {name: await self.related(call, name) for name in call.ids}

    def _kept_one(self, row: int) -> CalendarRef:
        """Find a calendar of the sandbox's with appointments: of the past, or to come."""
        cases = [case for case in self.emulation.world.cases.values() if (case.closed is not None) == (row == 1)]
        calendar = next(case.appointment.calendar for case in cases if case.appointment is not None)
        return CalendarRef(service_id=calendar.service.id, date=calendar.date, cu_index=calendar.cu_index)

    async def value(self, call: Call, name: str, way: Way) -> Any:
        """Give an argument a value."""
        if call.resource == "webhooks":
            return (await self._told(call, way.row))[name]
        if name == "channel":
            return Channel(next(iter(way.chosen.values()), SPECIAL[name]))
        if name == "fields" and call.resource == "customers":
            return self._person() if call.name == "create" else {FIRST_NAME: "Made up", EMAIL: None}
        return SPECIAL[name] if name in SPECIAL else await self.related(call, name)

    def _person(self) -> dict[str, str]:
        number = f"9{len(self.emulation.world.customers):08}"
        return {FIRST_NAME: "Nora", LAST_NAME: "Adeyemi", NATIONAL_ID: number}

    async def own(self, call: Call, row: int) -> Any:
        """Make the appointment that a call is about."""
        del row
        if "appointment" not in self._made:
            calendar = await self.calendar(call)
            self._made["appointment"] = await self._booked(calendar)
        return self._made["appointment"]

    async def _booked(self, calendar: Any, **more: Any) -> Any:
        vacancies = await self.teller.call("calendars.vacancies", calendar, service_type_id=QUESTION)
        given = {"service_type_id": QUESTION, "channel": Channel.VIDEO, "start": vacancies.minutes[-1], **more}
        return await self.teller.call("appointments.book", calendar, **given)

    async def related(self, call: Call, name: str) -> Any:
        """Find or make what a path, a query or a body speaks of."""
        found = {"date": DAY, "service_id": FRONT_DESK}.get(name)
        return found if found is not None else await MAKERS.get(name, CubuGiver.customer)(self, call)

    async def calendar(self, call: Call) -> Any:
        """Find a calendar in which anybody can be booked."""
        del call
        if "calendar" not in self._made:
            self._made["calendar"] = await self.teller.first(self.teller.list("calendars.list", FRONT_DESK, DAY))
        return self._made["calendar"]

    async def reference(self, call: Call) -> Any:
        """Give what names an appointment again."""
        return (await self.own(call, 0)).reference

    async def case_id(self, call: Call) -> Any:
        """Give an appointment's id."""
        return (await self.own(call, 0)).case_id

    async def start(self, call: Call) -> Any:
        """Find a time that is free."""
        vacancies = self.teller.call("calendars.vacancies", await self.calendar(call), service_type_id=QUESTION)
        return (await vacancies).slots[0]

    async def key_value(self, call: Call) -> Any:
        """Give the key of a customer."""
        return (await self.teller.call("customers.get", await self.customer(call))).field(SLUG).value

    async def customer(self, call: Call) -> Any:
        """Make a customer."""
        del call
        if "customer" not in self._made:
            self._made["customer"] = await self.teller.call("customers.create", fields=self._person())
        return self._made["customer"].record_id

    async def _told(self, call: Call, row: int) -> Mapping[str, Any]:
        """Have something told: with all that a case can have, or with what it needs alone."""
        action = call.where.rpartition("/")[2]
        if action not in self._made:
            asked: list[bytes] = []
            self.emulation.before_book = lambda body: asked.append(orjson.dumps(body))
            calendar = await self.calendar(call)
            more = (
                {}
                if row
                else {
                    "fields": SPECIAL["fields"],
                    "tag_ids": SPECIAL["tag_ids"],
                    "customer_record_id": await self.customer(call),
                    "contact_phone_number": SPECIAL["contact_phone_number"],
                    "contact_email": SPECIAL["contact_email"],
                }
            )
            if action == "afterQueueUp":
                given = {"service_type_id": QUESTION, "channel": Channel.PHONE, **more}
                given["use_customer_contact_info"] = not row
                await self.teller.call("queue.join", FRONT_DESK, **given)
            else:
                await self._booked(calendar, **more)
            self.emulation.before_book = None
            told = self.emulation.deliveries[-1]
            body, path, headers = told.body, told.url, {"authorization": told.authorization}
            if action == "beforeBookAppointment":
                body, path = asked[-1], f"{URL}/service/actions/{action}"
                headers = sign(body, key=KEY)
            self._made[action] = {"body": body, "path": path, "headers": headers, "key": KEY}
        found: Mapping[str, Any] = self._made[action]
        return found


MAKERS = {
    "appointment": CubuGiver.reference,
    "calendar": CubuGiver.calendar,
    "case_id": CubuGiver.case_id,
    "key_value": CubuGiver.key_value,
    "start": CubuGiver.start,
}
"""What is found or made, by the argument's name; all else is a customer's record."""
