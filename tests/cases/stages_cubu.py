"""Cubu's verbs for the cases, and once more where the vendor's guesses turn out otherwise."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import attrs
from props import NOW, sandbox_of
from verbs import Verb

from apptsdk import AsyncCubu, Cubu
from apptsdk.providers.cubu import CalendarRef, CaseRef, Channel
from apptsdk.sandbox.cubu import Cubu as Emulation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness import SyncTeller

    from apptsdk.sandbox import Sandbox

DAY = date(2026, 3, 24)
"""No appointment of the sandbox's is so far ahead."""
STARTS = datetime(2026, 3, 24, 9, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))
SERVICE, KIND, KEY = "Front desk", "General question", "National id"
ADA = {"First name": "Adaline", "Last name": "Parkinson", KEY: "310000066"}
MATTER = {"service_type_id": KIND, "channel": Channel.VIDEO, "contact_email": "adaline@example.org"}
BELOW = "/*/calendars/*"
QUERY = ("POST", "/*/customers/query")


@attrs.frozen
class Props:
    """What the sandbox's Cubu begins with: the same in every sandbox of the same time and seed."""

    calendar: CalendarRef
    customer: str


@cache
def props() -> Props:
    with sandbox_of("cubu", now=NOW, rate_limit=None) as sandbox, Cubu(sandbox.cubu) as cubu:
        found = cubu.customers.find(key_value="310000017")
        assert found is not None
        service = sandbox.cubu.catalogue.service_id(SERVICE, "service")
        return Props(CalendarRef(service_id=service, date=DAY, cu_index=0), found.record_id)


CANCEL = Verb("DELETE", f"{BELOW}/appointments/*", "appointments", "cancel")
NOBODY = {"204 where a body is due": "NoResultError"}
ALIKE = {
    "appointments.cancel by its case": "hide",
    "appointments.get": "read",
    "calendars.list": "read",
    "customers.find": "read",
    "customers.get": "read",
    "queue.join": "book",
}
"""The further verbs, each with the one that it must be like."""
FORMS: Mapping[str, str] = {
    "cancel": "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}/actions/cancel",
    "appointments.cancel by its case": "/{applicationId}/cases/{caseId}/actions/cancel",
}
"""The other forms in which an appointment may be cancelled, by the verb that plays them."""


@attrs.define
class CubuStage:
    """Cubu's verbs. An appointment is cancelled in each of the three forms."""

    sandbox: Sandbox
    form: str | None = None
    standing: CaseRef | None = None
    """An appointment, where a verb needs one."""
    name = "cubu"
    base = "/cubu"
    clients = (Cubu, AsyncCubu)
    phone = "202 555 0171"
    token = Verb("POST", "/*/oauth2/v2.0/token")
    verbs = {  # noqa: RUF012 - nobody changes it
        "book": Verb("POST", f"{BELOW}/appointments", "appointments", "create", ends={"409": "SlotUnavailableError"}),
        "register": Verb("POST", "/*/customers", "customers", "create", look=QUERY),
        "read": Verb("GET", f"{BELOW}/vacancies"),
        # A list is a bare array, and nothing at all is an empty one.
        "browse": Verb(
            "GET", f"{BELOW}/appointments", ends={"204 where a body is due": "plain", "the answer is an array": "plain"}
        ),
        # The vendor says nothing to a change, so that nothing of its answer has to be read.
        "change": Verb("PATCH", "/*/customers/*", "customers", "update", ends={"the answer is garbled": "plain"}),
        "hide": CANCEL,
        "cancel": attrs.evolve(CANCEL, method="POST", path=f"{BELOW}/appointments/*/actions/cancel"),
        "appointments.cancel by its case": attrs.evolve(CANCEL, method="POST", path="/*/cases/*/actions/cancel"),
        "appointments.get": Verb(
            "GET", f"{BELOW}/appointments", ends={**NOBODY, "the answer is an array": "NoResultError"}
        ),
        "calendars.list": Verb(
            "GET", BELOW, ends={"204 where a body is due": "plain", "the answer is an array": "plain"}
        ),
        "customers.find": Verb(*QUERY, ends={"204 where a body is due": "plain", "404": "plain"}),
        "customers.get": Verb("GET", "/*/customers/*", ends=NOBODY),
        "queue.join": Verb("POST", "/*/services/*/cases", "cases", "create", listed=False),
    }
    alike = ALIKE

    @property
    def settings(self) -> Any:
        settings = self.sandbox.cubu
        return settings if self.form is None else attrs.evolve(settings, cancel_method="POST", cancel_path=self.form)

    @property
    def secret(self) -> str:
        return self.settings.client_secret

    @property
    def matter(self) -> Mapping[str, Any]:
        """What a case is made from, but for the start."""
        return {**MATTER, "customer_record_id": props().customer, "contact_phone_number": self.phone}

    def prepare(self, verb: str) -> None:
        """Book what a verb needs, and choose how it is cancelled."""
        self.form = FORMS.get(verb)
        if verb in {"hide", "cancel", "appointments.get", *FORMS}:
            with Cubu(self.settings) as cubu:
                self.standing = cubu.appointments.book(props().calendar, start=STARTS, **self.matter).reference

    async def play(self, verb: str, teller: SyncTeller) -> Any:
        """Call a verb."""
        name, arguments, options = self._call(verb)
        if name.endswith(".list"):
            return (await teller.pages(teller.list(name, *arguments, **options), most=1))[0]
        return await teller.call(name, *arguments, **options)

    def _call(self, verb: str) -> tuple[str, tuple[Any, ...], Mapping[str, Any]]:
        made, matter = props(), self.matter
        cancel = ("appointments.cancel", (self.standing,), {})
        calls: dict[str, tuple[str, tuple[Any, ...], Mapping[str, Any]]] = {
            "book": ("appointments.book", (made.calendar,), {"start": STARTS, **matter}),
            "register": ("customers.create", (), {"fields": ADA}),
            "read": ("calendars.vacancies", (made.calendar,), {"service_type_id": KIND}),
            "browse": ("appointments.list", (made.calendar,), {}),
            "change": ("customers.update", (made.customer,), {"fields": {"First name": "Ada"}}),
            "hide": cancel,
            "cancel": cancel,
            "appointments.cancel by its case": cancel,
            "appointments.get": ("appointments.get", (self.standing,), {}),
            "calendars.list": ("calendars.list", (SERVICE, DAY), {}),
            "customers.find": ("customers.find", (), {"record_id": made.customer}),
            "customers.get": ("customers.get", (made.customer,), {}),
            "queue.join": ("queue.join", (SERVICE,), matter),
        }
        return calls[verb]


@attrs.define
class OtherCubuStage(CubuStage):
    """The same where the vendor's server is otherwise than guessed, and nothing is looked at after a booking."""

    phone = "+12025550171"
    verbs = {  # noqa: RUF012 - nobody changes it
        **CubuStage.verbs,
        "book": attrs.evolve(CubuStage.verbs["book"], ends={"422": "SlotUnavailableError"}),
        "hide": CubuStage.verbs["cancel"],
    }
    alike = {"book": "book", "register": "book", "hide": "hide"}  # noqa: RUF012 - nobody changes it

    @property
    def settings(self) -> Any:
        emulation = self.sandbox.emulator(Emulation)
        emulation.cancel_forms = frozenset({"action"})
        emulation.customer_record_key = "customerRecordId"
        emulation.phone_format = "e164"
        emulation.taken_status, emulation.missing_status = 422, 204
        emulation.ticket_numbers_as_text = emulation.answer_has_appointment = True
        return attrs.evolve(
            self.sandbox.cubu,
            cancel_method="POST",
            cancel_path=FORMS["cancel"],
            customer_record_key="customerRecordId",
            phone_format="e164",
            slot_taken_statuses=(422,),
            check_bookings=False,
        )
