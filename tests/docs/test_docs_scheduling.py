"""What the page of the portable verbs says in tables is what the code says: APPTSDK_WRITE_DOCS=1 writes them."""

import inspect
import os
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain, permutations
from typing import Any

import attrs
import pytest
import slot_sources
from documents import ROOT
from harness import Watch
from props import NOW, sandbox_of

import apptsdk
from apptsdk import (
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    ApptError,
    AsyncClient,
    AsyncScheduler,
    CancelReason,
    Capability,
    Channel,
    Client,
    Customer,
    Host,
    IMIassistSettings,
    Location,
    Scheduler,
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
from apptsdk.routing import VERBS
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
        "`appointment_type`: the id; `book` says the name, too",
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
    "title": ("", "", "", "`title`, or as given"),
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


def booked(client: Client, name: str, start: datetime) -> tuple[Slot[object], Appointment[object]]:
    """Book something at a provider; give the slot, too."""
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
        return slot, client.book(slot, ada, notes="first visit", reference="crm-881")
    service = {
        "cliniko": lambda: client.cliniko.appointment_types.list().first().id,
        "nexhealth": lambda: client.nexhealth.appointment_types.list().first().id,
        "cubu": lambda: "Advice call",
    }[name]()
    for slot in client.find_slots(service=f"{name}:{service}", start=start, end=start + timedelta(days=7)):
        if name != "cubu":
            ada = attrs.evolve(ada, date_of_birth=date(1990, 5, 17))
            return slot, client.book(slot, ada, notes="first visit")
        if slot.host is not None:
            known = attrs.evolve(ada, attributes={"National id": "AP-1990"})
            return slot, client.book(slot, known, channel=Channel.VIDEO)
    raise AssertionError(name)


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_table_of_fields_names_those_that_a_provider_fills(apptsdk_sandbox: Sandbox, name: str) -> None:
    sandbox = apptsdk_sandbox
    start = datetime.now(UTC) + timedelta(days=1)
    with Client(sandbox.cliniko, sandbox.nexhealth, sandbox.cubu, sandbox.imiassist) as client:
        slot, made = booked(client, name, start)
        filled = {field for field in FIELDS if getattr(made, field) not in {None, Channel.UNKNOWN}}
        client.cancel(made)
        if Capability.LIST_CANCELLED in client.capabilities[name]:
            filled |= {"cancelled_at"} if client.get_appointment(made).cancelled_at else set()
        elif name == "cubu":
            filled.add("cancelled_at")  # no list of the sandbox's has cancelled ones
    column = list(PROVIDERS).index(name)
    assert filled == {field for field, sources in FIELDS.items() if sources[column]}
    assert isinstance(made.native, MAPPINGS[name].native)
    if name in slot_sources.SEARCHES:
        filled = set(slot_sources.values_of(slot))
        assert {"ref", "start", "end", "service.id", "location.id", "location.time_zone"} <= filled
        assert filled <= {field for field, cell in slot_column(name).items() if cell}
    assert isinstance(slot.native, MAPPINGS[name].slot_native)


def native(name: str) -> str:
    return str(MAPPINGS[name].native.__name__)


def test_the_table_of_fields_stands_on_the_page() -> None:
    names = {field.name for field in attrs.fields(Appointment)}
    assert names - set(FIELDS) == {"provider", "ref", "status", "recovered", "native"}
    classes = ("`native`", *(f"`{native(name)}`" for name in PROVIDERS))
    holds("fields", table([*((f"`{name}`", *sources) for name, sources in FIELDS.items()), classes]))


# --- slots -----------------------------------------------------------------------------------------------------------


def named(names: Iterable[str]) -> str:
    """Write names; what was asked for by its argument alone."""
    return ", ".join(dict.fromkeys(f"`{name.partition('=')[0]}=`" if "=" in name else f"`{name}`" for name in names))


def is_id(name: str) -> bool:
    return name.rpartition(".")[2].endswith("id")


@cache
def slot_sources_of(name: str) -> dict[str, list[str]]:
    return slot_sources.sources(slot_sources.SEARCHES[name], MAPPINGS[name])


def slot_column(name: str) -> dict[str, str]:
    """Say where a provider's slots have their fields from. An id that only leads to an object is left out."""
    if name not in slot_sources.SEARCHES:
        scope = IMIassistSettings(subdomain="northside", api_key="canary-key", token="canary-token").scope_of_calls
        sent = slot_sources.sent_as(MAPPINGS[name], scope)
        return {leaf: f"to {named(inputs)}" if inputs else "" for leaf, inputs in sent.items()}
    return {
        leaf: named(one for one in names if leaf == "ref" or is_id(leaf) or not is_id(one))
        for leaf, names in slot_sources_of(name).items()
    }


def only_in_native(name: str) -> list[str]:
    """Name the fields of a provider's own slot that lead to nothing in the shared one."""
    kind: type = MAPPINGS[name].slot_native
    if not attrs.has(kind):
        return []
    named_so = {*chain.from_iterable(slot_sources_of(name).values())} | slot_sources.SEARCHES[name].echoed
    used = {one.split(".")[1] for one in named_so if one.startswith(f"{kind.__name__}.")}
    return [field.name for field in attrs.fields(kind) if not field.name.startswith("_") and field.name not in used]


def test_the_table_of_slots_is_what_the_searches_make_of_their_answers() -> None:
    columns = [slot_column(name) for name in PROVIDERS]
    classes = [MAPPINGS[name].slot_native.__name__.replace("NoneType", "") for name in PROVIDERS]
    refs = [
        [leaf for leaf in slot_sources.SEARCHES[name].ref_holds(MAPPINGS[name]) if leaf != "ref"]
        if name in slot_sources.SEARCHES
        else []
        for name in PROVIDERS
    ]
    rows = [
        *((f"`{leaf}`", *(column[leaf] for column in columns)) for leaf in slot_sources.leaves()),
        ("`native`", *(named([one]) if one else "" for one in classes)),
        ("only in `native`", *(named(only_in_native(name)) for name in PROVIDERS)),
        ("named by a `ref` alone", *map(named, refs)),
    ]
    holds("slots", table(rows))


@pytest.mark.parametrize("name", slot_sources.SEARCHES)
def test_what_the_answers_are_made_of_is_there_in_the_package(name: str) -> None:
    search = slot_sources.SEARCHES[name]
    for one in search.given:
        kind, _, field = one.rpartition(".")
        assert not kind or hasattr(search.kinds[kind], field), one
    for one in search.echoed:
        kind, _, field = one.rpartition(".")
        assert hasattr(search.kinds[kind], field), one
    assert {one for one in PROVIDERS if one not in slot_sources.SEARCHES} == {"imiassist"}


def test_a_provider_that_lists_no_slots_makes_none_of_a_ref() -> None:
    with pytest.raises(ValueError, match="IMIassist lists no slots"):
        MAPPINGS["imiassist"].slot_of(IMIassistSettings(subdomain="n", api_key="k", token="t").scope_of_calls, None)


# --- the verbs -------------------------------------------------------------------------------------------------------

VERB_NAMES = tuple(verb.__name__ for verb in VERBS)
TWINS = (
    AsyncScheduler,
    *(getattr(apptsdk, f"{world}{name}") for name in PROVIDERS.values() for world in ("", "Async")),
)


def arguments(kind: type, verb: str) -> dict[str, inspect.Parameter]:
    return {name: one for name, one in inspect.signature(getattr(kind, verb)).parameters.items() if name != "self"}


def written(parameters: Iterable[inspect.Parameter]) -> str:
    """Write arguments; those that need their names, with an equals sign."""
    return ", ".join(f"`{one.name}=`" if one.kind is one.KEYWORD_ONLY else f"`{one.name}`" for one in parameters)


def gives(kind: type, verb: str) -> str:
    """Say what a verb gives, without the types of the providers' own objects."""
    told: str = inspect.signature(getattr(kind, verb)).return_annotation
    listed, name, maybe = re.findall(r"^(Pager|AsyncPager)?\[?(\w+).*?( \| None)?$", told)[0]
    return f"{'a list of ' * bool(listed)}`{name}`{' or None' * bool(maybe)}"


def test_the_table_of_verbs_is_what_the_signatures_say() -> None:
    rows = []
    for verb in VERB_NAMES:
        shared, joint = arguments(Scheduler, verb), arguments(Client, verb)
        needed = [one for one in shared.values() if one.default is one.empty]
        rest = [one for one in shared.values() if one not in needed]
        more = [one for name, one in joint.items() if name not in shared]
        rows.append((f"`{verb}`", written(needed), written(rest), written(more), gives(Scheduler, verb)))
        assert gives(AsyncScheduler, verb) == gives(Scheduler, verb)
        assert {(*arguments(twin, verb),) for twin in TWINS} == {(*shared,)}
        assert [*arguments(AsyncClient, verb)] == [*joint]
    holds("verbs", table(rows, ("", "Needed", "If you like", "At `Client`, too", "Gives")))


def test_the_table_of_arguments_names_each_once() -> None:
    (part,) = re.findall(r"<!-- arguments -->\n(.*?)<!-- end of arguments -->", PAGE.read_text("utf-8"), re.DOTALL)
    told = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| ([^|]+) \|", part, re.MULTILINE)))
    assert sorted(told) == sorted({name for verb in VERB_NAMES for name in arguments(Client, verb)})


# --- what is gone, and what is past ----------------------------------------------------------------------------------


def outcome(act: Callable[[], object]) -> str:
    """Say what a call leads to: an error, or what it gives."""
    try:
        made = act()
    except ApptError as error:
        return f"`{type(error).__name__}`"
    return f"`{made.status.name}`" if isinstance(made, Appointment) else "done"


def odd_outcomes(name: str) -> dict[str, str]:
    """Ask a provider for what is gone, or past."""
    with sandbox_of(name, now=NOW) as sandbox:
        sandbox.clock.freeze()
        with Client(getattr(sandbox, name), clock=Watch(sandbox)) as client:
            slot, made = booked(client, name, NOW + timedelta(days=1))
            client.cancel(made)
            gone = {
                "`cancel`, a second time": outcome(lambda: client.cancel(made)),
                "`get_appointment` of a cancelled one": outcome(lambda: client.get_appointment(made)),
                "`reschedule` of a cancelled one": outcome(lambda: client.reschedule(made, slot)),
            }
            nobodys = attrs.evolve(made, ref=AppointmentRef(name, re.sub(r"\w{3}$", "000", made.ref.key)))
            never = {
                "`cancel` of one that never was": outcome(lambda: client.cancel(nobodys)),
                "`get_appointment` of one that never was": outcome(lambda: client.get_appointment(nobodys)),
            }
            sandbox.clock.set(slot.start + timedelta(hours=1))
            _, other = booked(client, name, sandbox.clock.now() + timedelta(days=1))
            assert other.customer is not None
            customer = other.customer
            late = slot if name == "imiassist" else slot.ref
            channel = Channel.VIDEO if name == "cubu" else None
            assert late is not None

            def book() -> Appointment[object]:
                made = client.book(late, customer, channel=channel)
                client.cancel(made)
                return made

            return {
                **gone,
                **never,
                "`book` at a time that is past": outcome(book),
                "`reschedule` to a time that is past": outcome(lambda: client.reschedule(other, late)),
            }


@pytest.mark.filterwarnings("ignore::apptsdk.ProviderWarning")
def test_the_table_of_what_is_gone_or_past_is_what_the_clients_raise() -> None:
    columns = {name: odd_outcomes(name) for name in PROVIDERS}
    holds("gone", table((what, *(column[what] for column in columns.values())) for what in columns["cliniko"]))


# --- what a search costs ---------------------------------------------------------------------------------------------

SEARCHED = ("cliniko", "nexhealth", "cubu")
LEFT_OUT = {
    "nothing": ("service", "location", "host"),
    "service": ("location", "host"),
    "service, location": ("host",),
    "service, location, host": (),
}


def asked(name: str, *, days: int, without: Iterable[str]) -> str:
    """Count the requests of a new client's first search, and of its second."""
    with sandbox_of(name, now=NOW) as sandbox:
        sandbox.clock.freeze()
        settings, start = getattr(sandbox, name), NOW + timedelta(days=1)
        with Client(settings, clock=Watch(sandbox)) as client:
            slot, made = booked(client, name, start)
            client.cancel(made)
        wanted: dict[str, Any] = {part: getattr(slot, part) for part in ("service", "location", "host")}
        assert all(wanted.values())
        wanted = {part: one for part, one in wanted.items() if part not in without}
        counts = []
        with Client(settings, clock=Watch(sandbox)) as client:
            for _ in range(2):
                before = len(sandbox.requests)
                assert list(client.find_slots(start=start, end=start + timedelta(days=days), **wanted))
                counts.append(len(sandbox.requests) - before)
        first, second = counts
        return f"{first}" if first == second else f"{first}, then {second}"


def test_the_table_of_costs_is_what_searches_ask_for() -> None:
    rows = [
        (named, *(asked(name, days=1, without=without) for name in SEARCHED)) for named, without in LEFT_OUT.items()
    ]
    week = ("the same, for a week", *(asked(name, days=7, without=()) for name in SEARCHED))
    holds("costs", table([*rows, week], ("Named", *(PROVIDERS[name] for name in SEARCHED))))
