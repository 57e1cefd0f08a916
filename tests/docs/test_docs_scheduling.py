"""What the page of the portable verbs says in tables is what the code says: APPTSDK_WRITE_DOCS=1 writes them."""

import os
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import attrs
import pytest
from documents import ROOT

from apptsdk import (
    Appointment,
    AppointmentStatus,
    CancelReason,
    Capability,
    Channel,
    Client,
    Customer,
    Host,
    Location,
    Service,
    Slot,
)
from apptsdk.providers.cliniko import scheduling as cliniko
from apptsdk.providers.cliniko import shown
from apptsdk.providers.cubu import portable as cubu
from apptsdk.providers.cubu import scheduling as cubu_verbs
from apptsdk.providers.imiassist import scheduling as imiassist
from apptsdk.providers.nexhealth import WriteState
from apptsdk.providers.nexhealth import portable as nexhealth
from apptsdk.providers.nexhealth import scheduling as nexhealth_verbs
from apptsdk.registry import PROVIDERS
from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.imiassist.seed import DR_LEE, FOLLOW_UP, VIRTUAL_CLINIC

PAGE = ROOT / "docs" / "scheduling.md"
MAPPINGS = {
    "cliniko": cliniko.scheduling,
    "nexhealth": nexhealth_verbs.scheduling,
    "cubu": cubu_verbs.scheduling,
    "imiassist": imiassist.scheduling,
}
FIELDS = {
    "id": ("`id`", "`id`", "`case_id`", "`id`"),
    "start": ("`starts_at`", "`start_time`", "`starts_at`", "as asked"),
    "end": ("`ends_at`", "`end_time`", "`start` and `appointment.duration`", "as asked"),
    "customer": (
        "`patient`: the id",
        "`patient`",
        "`customer.record_id`, and the booking's contact",
        "as given",
    ),
    "host": (
        "`practitioner`: the id",
        "`provider_id`, `provider_name`",
        "`assigned_to`, or the calendar's agent",
        "the host of `participants`, or as given",
    ),
    "service": (
        "`appointment_type`: the id",
        "`appointment_type`, or the id",
        "`service_type_id`, and the catalogue",
        "as given",
    ),
    "location": (
        "`business`",
        "`location_id`, `timezone`",
        "the service, and the catalogue",
        "as given",
    ),
    "channel": ("", "", "`channel`", "always `VIDEO`"),
    "title": ("", "", "", "`title`"),
    "notes": ("`notes`", "`note`", "", "as given"),
    "join_url": ("", "", "`online_meeting.participants_url`", "the guest's of `participants`"),
    "reference": ("", "", "", "`external_reference_id`"),
    "time_zone": ("the business's", "`timezone`", "the service's", "the slot's location's"),
    "created_at": ("`created_at`", "`created_at`", "`date_opened`", ""),
    "updated_at": ("`updated_at`", "`updated_at`", "`case_timestamp`", ""),
    "cancelled_at": ("`cancelled_at`", "`cancelled_at`", "`status_date`, where it shows one", ""),
}
"""Where each field of a shared appointment comes from at each provider; nothing where it is lost."""


def table(rows: Iterable[Iterable[str]], head: Iterable[str] = ("", *PROVIDERS.values())) -> str:
    """Write a table."""
    head = tuple(head)
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def holds(name: str, wanted: str) -> None:
    """Compare a part of the page with what it should be, or write it."""
    part = re.compile(rf"(<!-- {name} -->\n)(.*?)(<!-- end of {name} -->)", re.DOTALL)
    page = PAGE.read_text("utf-8")
    (found,) = part.findall(page)
    if os.environ.get("APPTSDK_WRITE_DOCS"):
        PAGE.write_text(part.sub(lambda match: match[1] + wanted + match[3], page), "utf-8")
    else:
        assert found[1] == wanted, "APPTSDK_WRITE_DOCS=1 pytest tests/docs writes it"


def test_the_table_of_capabilities_is_what_the_clients_say(apptsdk_sandbox: Sandbox) -> None:
    sandbox = apptsdk_sandbox
    with Client(sandbox.cliniko, sandbox.nexhealth, sandbox.cubu, sandbox.imiassist) as client:
        able = client.capabilities
    holds(
        "capabilities",
        table((f"`{one.name}`", *("yes" if one in able[name] else "" for name in PROVIDERS)) for one in Capability),
    )


class Fields:
    """An object of the provider's of which one field is so; it knows what was looked at."""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        self.seen: list[str] = []

    def __getattr__(self, name: str) -> object:
        self.seen.append(name)
        return self.fields.get(name)


def conditions(status_of: Callable[[Any], AppointmentStatus]) -> dict[AppointmentStatus, list[str]]:
    """Say which field alone leads to which status."""
    nothing = Fields()
    found: dict[AppointmentStatus, list[str]] = {status_of(nothing): ["otherwise"]}
    for name in dict.fromkeys(nothing.seen):
        values: tuple[object, ...] = tuple(WriteState) if name == "write_state" else (True,)
        for value in values:
            status = status_of(Fields(**{name: value}))
            if status is not status_of(nothing):
                told = f"`{name}`" if value is True else f"`{name}` is `{value}`"
                found.setdefault(status, []).append(told)
    return found


@pytest.mark.parametrize("status_of", [shown._status, nexhealth.status_of], ids=["cliniko", "nexhealth"])
def test_of_several_statuses_the_later_row_counts(status_of: Callable[[Any], AppointmentStatus]) -> None:
    order = list(AppointmentStatus)
    nothing = Fields()
    status_of(nothing)
    single = {name: status_of(Fields(**{name: True})) for name in dict.fromkeys(nothing.seen) if name != "write_state"}
    assert len(single) > 2
    for name, other in permutations(single, 2):
        both = status_of(Fields(**{name: True, other: True}, write_state=WriteState.PENDING))
        assert both is max(single[name], single[other], key=order.index)


def test_the_table_of_statuses_is_what_the_mappings_say() -> None:
    told = {
        "cliniko": conditions(shown._status),
        "nexhealth": conditions(nexhealth.status_of),
        "cubu": {status: [] for status in AppointmentStatus},
        "imiassist": {status: [] for status in AppointmentStatus},
    }
    for theirs, status in cubu.STATUSES.items():
        told["cubu"][status].append(f"`{theirs}`")
    assert cubu.status_of("CancelledByCustomer") is AppointmentStatus.CANCELLED
    told["cubu"][AppointmentStatus.CANCELLED].append("any with `cancel` in it")
    told["cubu"][cubu.status_of("Else")].append("any other")
    for one, status in imiassist._STATUSES.items():
        told["imiassist"][status].append("not said" if one is None else f"`{one.value}`")
    told["imiassist"][AppointmentStatus.UNKNOWN].append("any other")
    holds(
        "statuses",
        table(
            (f"`{status.name}`", *(", ".join(told[name].get(status, ())) for name in PROVIDERS))
            for status in AppointmentStatus
        ),
    )


def test_the_table_of_reasons_is_what_the_mapping_says() -> None:
    able = [
        name for name, one in MAPPINGS.items() if "_REASONS" in vars(__import__(type(one).__module__, fromlist=["_"]))
    ]
    assert able == ["cliniko"], "another provider keeps reasons: the table needs a column"
    holds(
        "reasons",
        table(
            (
                ("none" if reason is None else f"`{reason.name}`", f"`{cliniko._REASONS[reason].name}`")
                for reason in (*CancelReason, None)
            ),
            ("", "Cliniko"),
        ),
    )


def booked(client: Client, name: str, start: datetime) -> Appointment[object]:
    """Book something at a provider."""
    ada = Customer(first_name="Ada", last_name="Park", email="ada@example.com", phone="+14155550123")
    if name == "imiassist":
        slot: Slot[object] = Slot(
            provider=name,
            start=start,
            end=start + timedelta(minutes=30),
            service=Service(id=FOLLOW_UP),
            host=Host(id=DR_LEE),
            location=Location(id=VIRTUAL_CLINIC, time_zone="Europe/London"),
        )
        return client.book(slot, ada, notes="first visit", reference="crm-881")
    service = {
        "cliniko": lambda: client.cliniko.appointment_types.list().first().id,
        "nexhealth": lambda: client.nexhealth.appointment_types.list().first().id,
        "cubu": lambda: "Advice call",
    }[name]()
    for slot in client.find_slots(service=f"{name}:{service}", start=start, end=start + timedelta(days=7)):
        if name != "cubu":
            ada = attrs.evolve(ada, date_of_birth=date(1990, 5, 17))
            return client.book(slot, ada, notes="first visit")
        if slot.host is not None:
            known = attrs.evolve(ada, attributes={"National id": "AP-1990"})
            return client.book(slot, known, channel=Channel.VIDEO)
    raise AssertionError(name)


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_table_of_fields_names_those_that_a_provider_fills(apptsdk_sandbox: Sandbox, name: str) -> None:
    sandbox = apptsdk_sandbox
    start = datetime.now(UTC) + timedelta(days=1)
    with Client(sandbox.cliniko, sandbox.nexhealth, sandbox.cubu, sandbox.imiassist) as client:
        made = booked(client, name, start)
        filled = {field for field in FIELDS if getattr(made, field) not in {None, Channel.UNKNOWN}}
        client.cancel(made)
        if Capability.LIST_CANCELLED in client.capabilities[name]:
            filled |= {"cancelled_at"} if client.get_appointment(made).cancelled_at else set()
        elif name == "cubu":
            filled.add("cancelled_at")  # no list of the sandbox's has cancelled ones
    column = list(PROVIDERS).index(name)
    assert filled == {field for field, sources in FIELDS.items() if sources[column]}
    assert isinstance(made.native, MAPPINGS[name].native)


def native(name: str) -> str:
    return str(MAPPINGS[name].native.__name__)


def test_the_table_of_fields_stands_on_the_page() -> None:
    names = {field.name for field in attrs.fields(Appointment)}
    assert names - set(FIELDS) == {"provider", "ref", "status", "recovered", "native"}
    classes = ("`native`", *(f"`{native(name)}`" for name in PROVIDERS))
    slots = (
        "`Slot.native`",
        *(f"`{MAPPINGS[name].slot_native.__name__}`".replace("`NoneType`", "") for name in PROVIDERS),
    )
    holds("fields", table([*((f"`{name}`", *sources) for name, sources in FIELDS.items()), classes, slots]))
