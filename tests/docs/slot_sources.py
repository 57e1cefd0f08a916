"""Where the fields of a slot come from: each search is run on made-up answers, and one thing in them is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

import attrs

from apptsdk import Channel, Customer, Host, Location, Service, Slot
from apptsdk.errors import ApptError
from apptsdk.operation import (
    NOW,
    OFFSET,
    AllOf,
    Aside,
    Flow,
    Instant,
    Listing,
    Operation,
    Outcome,
    Page,
    Remembered,
)
from apptsdk.providers.cliniko import models as cliniko
from apptsdk.providers.cubu import Catalogue, CatalogueService, CatalogueServiceType, CubuSettings
from apptsdk.providers.cubu import models as cubu
from apptsdk.providers.nexhealth import NexHealthSettings
from apptsdk.providers.nexhealth import models as nexhealth
from apptsdk.verbs import Booking, Scheduling, SlotQuery

START = datetime(2026, 3, 3, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPAN = {"start": START - 6 * HOUR, "end": START + 6 * HOUR}
SYDNEY, BRISBANE, ADELAIDE = "Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide"
DESK, OTHER_DESK = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10", "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a11"
CALL, OTHER_CALL = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a901", "a4f01c22-77d0-4c3c-9d53-2f0b8e61a902"
AGENT, OTHER_AGENT = "c7a1b6f4-6b5e-4f3b-9a51-5d1f0f6c2d01", "c7a1b6f4-6b5e-4f3b-9a51-5d1f0f6c2d02"

Values = Mapping[str, object]
Leaves = dict[str, str]


class UnlistedError(Exception):
    """Something was read that has no value here."""


# --- the fields ------------------------------------------------------------------------------------------------------

_PARTS = {"service": Service, "host": Host, "location": Location}


def leaves() -> tuple[str, ...]:
    """Name the fields of a slot, and those of what is in it."""
    return tuple(
        chain.from_iterable(
            [f"{field.name}.{part.name}" for part in attrs.fields(_PARTS[field.name]) if part.name != "provider"]
            if field.name in _PARTS
            else [field.name]
            for field in attrs.fields(Slot)
            if field.name not in {"provider", "native"}
        )
    )


def values_of(slot: Slot[object]) -> Leaves:
    """Say what the fields hold, as text: two times of other zones are not the same here."""
    found: Leaves = {}
    for leaf in leaves():
        name, _, part = leaf.partition(".")
        value: Any = getattr(slot, name)
        value = getattr(value, part, None) if part else value
        if value not in {None, ()}:
            found[leaf] = value.isoformat() if isinstance(value, datetime) else str(value)
    return found


# --- the answers -----------------------------------------------------------------------------------------------------


class Native:
    """An object of the provider's of which these fields have values. What else is asked of it is an error."""

    def __init__(self, kind: str, values: Values) -> None:
        self._kind, self._values = kind, values

    def __getattr__(self, name: str) -> object:
        asked = f"{self._kind}.{name}"
        if any(one.startswith(f"{asked}.") for one in self._values):
            return Native(asked, self._values)
        if asked not in self._values:
            raise UnlistedError(f"{asked} is read: give it a value in slot_sources.py")
        return self._values[asked]


def run(work: Any, answers: Callable[[Operation[Any]], object]) -> Any:
    """Run work to its end; requests are answered here."""
    match work:
        case Operation():
            return answers(work)
        case Flow():
            script, sent = work.script(), None
            try:
                while True:
                    sent = run(script.send(sent), answers)
            except StopIteration as done:
                return done.value
        case AllOf():
            return tuple(_outcome(one, answers) for one in work.works)
        case Remembered() | Aside():
            return run(work.work, answers)
        case _ if work is NOW:
            return Instant(0.0, SPAN["start"].timestamp())
        case _ if work is OFFSET:
            return 0.0
        case _:
            raise UnlistedError(f"{work} is yielded")


def _outcome(work: Any, answers: Callable[[Operation[Any]], object]) -> Outcome[Any]:
    try:
        return Outcome(run(work, answers))
    except ApptError as error:
        return Outcome(error=error)


class Search(NamedTuple):
    """One provider's search for slots."""

    given: Mapping[str, tuple[object, object]]
    """What there is, by names such as `Business.id`: its value, and another one. None where it only steers."""
    kinds: Mapping[str, type]
    """What the first words of these names are."""
    ask: Callable[[Values], tuple[object, SlotQuery]]
    """Makes the scope and the question of such values."""
    answers: Mapping[str, Callable[[Values], object]]
    """The answers, by the operation's name."""
    without: tuple[frozenset[str], ...] = (frozenset(),)
    """What is left out, in turn: all that is there is looked at with each of these missing."""
    echoed: frozenset[str] = frozenset()
    """What says only what was asked for: it is not lost where nobody reads it."""

    def slot(self, scheduling: Scheduling[Any, Any, Any, Any], values: Values) -> Slot[object] | None:
        """Search with such values; None where there is no slot then."""
        try:
            scope, query = self.ask(values)
            listing: Listing[Slot[object]] = scheduling.slots(scope, query)
            page = run(listing.page(listing.cursor), lambda operation: self._answered(operation, values))
        except (TypeError, ValueError, AttributeError, AssertionError, ApptError):
            return None
        return next(iter(page.items), None)

    def holds(self, scheduling: Scheduling[Any, Any, Any, Any], values: Values) -> Leaves:
        """Say what the fields of the slot hold then; nothing where there is none."""
        slot = self.slot(scheduling, values)
        return {} if slot is None else values_of(slot)

    def ref_holds(self, scheduling: Scheduling[Any, Any, Any, Any]) -> list[str]:
        """Name the fields that a slot has which was made of a ref alone."""
        values = {name: value for name, (value, _) in self.given.items()}
        slot = self.slot(scheduling, values)
        assert slot is not None
        assert slot.ref is not None
        scope, _ = self.ask(values)
        return [*values_of(scheduling.slot_of(scope, slot.ref))]

    def _answered(self, operation: Operation[Any], values: Values) -> object:
        try:
            answer = self.answers[operation.name]
        except KeyError:
            raise UnlistedError(f"{operation.name} is asked: give its answer in slot_sources.py") from None
        return answer(values)


# --- what leads to what ----------------------------------------------------------------------------------------------


def sources(search: Search, scheduling: Scheduling[Any, Any, Any, Any]) -> dict[str, list[str]]:
    """Find what each field of a slot depends on: first what it is taken from, then what it falls back to."""
    found: dict[str, dict[str, None]] = {leaf: {} for leaf in leaves()}
    everything = {name: value for name, (value, _) in search.given.items()}
    for without in search.without:
        values = {name: None if name in without else value for name, value in everything.items()}
        assert search.holds(scheduling, values), f"without {set(without)} there is no slot: see slot_sources.py"
        here: set[tuple[str, str]] = set()
        _look(search, scheduling, values, here)
        for leaf in leaves():
            found[leaf] |= dict.fromkeys(name for name in everything if (leaf, name) in here)
    return {leaf: [*names] for leaf, names in found.items()}


def _look(
    search: Search, scheduling: Scheduling[Any, Any, Any, Any], values: Values, found: set[tuple[str, str]]
) -> None:
    """Change one thing after the other; then leave out, one after the other, what proved to lead to something."""
    now, fresh = search.holds(scheduling, values), dict[str, None]()
    for name in (one for one, value in values.items() if value is not None):
        other = search.given[name][1]
        changed = now if other is None else search.holds(scheduling, {**values, name: other})
        moved = {(leaf, name) for leaf in now if changed and changed.get(leaf) != now[leaf]}
        if moved - found:
            found |= moved
            fresh[name] = None
    for name in fresh:
        left = {**values, name: None}
        if search.holds(scheduling, left):
            _look(search, scheduling, left, found)


def _part(values: Values, kind: str) -> Native:
    return Native(kind, values)


def _asked(values: Values, kind: str, make: Any) -> tuple[Any, ...]:
    """Make what is asked for of its values; nothing without an id."""
    given = {name.partition(".")[2]: value for name, value in values.items() if name.startswith(f"{kind}.")}
    return (make(**given),) if given["id"] is not None else ()


CLINIKO = Search(
    given={
        "AvailableTime.appointment_start": (START, START + HOUR),
        "AppointmentType.id": ("31", "32"),
        "AppointmentType.name": ("Check-up", "Cleaning"),
        "AppointmentType.duration_in_minutes": (30, 45),
        "AppointmentType.max_attendees": (None, None),
        "Practitioner.id": ("21", "22"),
        "Practitioner.display_name": ("Dr Sam Roe", "Dr Lee Poe"),
        "Practitioner.label": ("Sam", "Lee"),
        "Practitioner.first_name": ("Samuel", "Leah"),
        "Practitioner.last_name": ("Roe", "Poe"),
        "Business.id": ("11", "12"),
        "Business.display_name": ("Harbour", "Hill"),
        "Business.business_name": ("Harbour Pty", "Hill Pty"),
        "Business.time_zone_identifier": (SYDNEY, BRISBANE),
        "User.time_zone_identifier": (SYDNEY, BRISBANE),
    },
    kinds={
        "AvailableTime": cliniko.AvailableTime,
        "AppointmentType": cliniko.AppointmentType,
        "Practitioner": cliniko.Practitioner,
        "Business": cliniko.Business,
        "User": cliniko.User,
    },
    ask=lambda _: (
        None,
        SlotQuery(**SPAN, services=(Service(id="31"),), hosts=(Host(id="21"),), locations=(Location(id="11"),)),
    ),
    answers={
        "cliniko.appointment_types.get": lambda values: _part(values, "AppointmentType"),
        "cliniko.practitioners.get": lambda values: _part(values, "Practitioner"),
        "cliniko.businesses.get": lambda values: _part(values, "Business"),
        "cliniko.user": lambda values: _part(values, "User"),
        "cliniko.available_times.list": lambda values: Page((_part(values, "AvailableTime"),)),
    },
)

NEXHEALTH = Search(
    given={
        "AvailableSlot.end_time": (START + 2 * HOUR, START + 3 * HOUR),
        "AvailableSlot.time": (START, START + HOUR),
        "AvailableSlot.location_id": (41, 42),
        "AvailableSlot.operatory_id": (51, 52),
        "AvailableSlot.provider_id": (21, 22),
        "AppointmentType.id": (31, 32),
        "AppointmentType.name": ("Check-up", "Cleaning"),
        "AppointmentType.minutes": (30, 45),
        "Location.id": (41, 42),
        "Location.name": ("Harbour", "Hill"),
        "Location.tz": (SYDNEY, BRISBANE),
        "service=.id": ("31", "32"),
        "service=.name": ("a check-up", "a cleaning"),
        "service=.duration": (timedelta(minutes=30), timedelta(minutes=45)),
        "host=.id": ("21", "22"),
        "host=.name": ("Sam", "Lee"),
        "host=.email": ("sam@acme.example", "lee@acme.example"),
        "duration=": (timedelta(minutes=30), timedelta(minutes=45)),
        "NexHealthSettings.subdomain": ("riverbend", "lakeside"),
    },
    kinds={
        "AvailableSlot": nexhealth.AvailableSlot,
        "AppointmentType": nexhealth.AppointmentType,
        "Location": nexhealth.Location,
        "NexHealthSettings": NexHealthSettings,
        "service=": Service,
        "host=": Host,
    },
    ask=lambda values: (
        NexHealthSettings(
            api_key="canary", subdomain=str(values["NexHealthSettings.subdomain"]), location_id=41
        ).scope_of_calls,
        SlotQuery(
            **SPAN,
            services=_asked(values, "service=", Service),
            hosts=_asked(values, "host=", Host),
            duration=values["duration="],
        ),
    ),
    answers={
        "nexhealth.locations.get": lambda values: _part(values, "Location"),
        "nexhealth.appointment_types.get": lambda values: _part(values, "AppointmentType"),
        "nexhealth.available_slots.list": lambda values: Page((_part(values, "AvailableSlot"),)),
        "nexhealth.providers.list": lambda _: Page(()),
    },
    without=(
        frozenset(),
        frozenset({"duration="}),
        frozenset({"duration=", "AvailableSlot.end_time"}),
        frozenset({"service=.id"}),
    ),
)

CUBU = Search(
    given={
        "Vacancies.minutes": ((1200,), (1260,)),
        "Vacancies.duration": (timedelta(minutes=10), timedelta(minutes=20)),
        "Vacancies.service_type_name": ("A call", "Another call"),
        "Calendar.cu_index": (0, 1),
        "Calendar.service_name": ("The desk", "Another desk"),
        "Calendar.user.user_id": (AGENT, OTHER_AGENT),
        "Calendar.user.display_name": ("Sam", "Lee"),
        "Calendar.is_past_date": (None, None),
        "CatalogueServiceType.name": ("Call", "Other call"),
        "CatalogueServiceType.duration": (timedelta(minutes=15), timedelta(minutes=25)),
        "CatalogueServiceType.channels": (("Video",), ("Phone",)),
        "CatalogueService.name": ("Desk", "Other desk"),
        "CatalogueService.time_zone": (SYDNEY, BRISBANE),
        "CubuSettings.time_zone": (ADELAIDE, BRISBANE),
        "service=.id": (CALL, OTHER_CALL),
        "location=.id": (DESK, OTHER_DESK),
    },
    kinds={
        "Vacancies": cubu.Vacancies,
        "Calendar": cubu.Calendar,
        "Calendar.user": cubu.User,
        "CatalogueServiceType": CatalogueServiceType,
        "CatalogueService": CatalogueService,
        "CubuSettings": CubuSettings,
        "service=": Service,
        "location=": Location,
    },
    ask=lambda values: (
        CubuSettings(
            tenant_id="tenant",
            client_id="client",
            client_secret="canary",
            application_id="application",
            time_zone=values["CubuSettings.time_zone"],
            catalogue=Catalogue(
                services=(_entry(values, "CatalogueService", CatalogueService, DESK),),
                service_types=(_entry(values, "CatalogueServiceType", CatalogueServiceType, CALL),),
            ),
        ).scope_of_calls,
        SlotQuery(
            **SPAN, services=_asked(values, "service=", Service), locations=_asked(values, "location=", Location)
        ),
    ),
    answers={
        "cubu.calendars.list": lambda values: Page((_part(values, "Calendar"),)),
        "cubu.calendars.vacancies": lambda values: _part(values, "Vacancies"),
    },
    echoed=frozenset({"Calendar.service_id", "Calendar.date"}),
)


def _entry(values: Values, kind: str, make: Any, number: str) -> Any:
    given = {name.rpartition(".")[2]: value for name, value in values.items() if name.startswith(f"{kind}.")}
    return make(id=number, **{name: value for name, value in given.items() if value is not None})


SEARCHES = {"cliniko": CLINIKO, "nexhealth": NEXHEALTH, "cubu": CUBU}


# --- the provider that lists no slots --------------------------------------------------------------------------------


class SentError(Exception):
    """A booking was sent; nothing is answered."""


BY_HAND: Slot[None] = Slot(
    provider="imiassist",
    start=START,
    end=START + HOUR,
    service=Service(id="31", name="Check-up", duration=HOUR),
    host=Host(id="sam@acme.example", name="Sam", email="sam.roe@acme.example"),
    location=Location(id="11", name="Harbour", time_zone=SYDNEY),
    channels=(Channel.VIDEO,),
)
OTHERS: Mapping[str, object] = {
    "start": START - HOUR,
    "end": START + 2 * HOUR,
    "service.id": "32",
    "service.name": "Cleaning",
    "service.duration": 2 * HOUR,
    "host.id": "lee@acme.example",
    "host.name": "Lee",
    "host.email": "lee.poe@acme.example",
    "location.id": "12",
    "location.name": "Hill",
    "location.time_zone": BRISBANE,
    "channels": (),
}
"""Other values of the fields that a slot made by hand has: it has no ref."""


def sent_as(scheduling: Scheduling[Any, Any, Any, Any], scope: object) -> dict[str, list[str]]:
    """Find as which inputs of a booking the fields of a slot made by hand are sent."""
    plain = attrs.evolve(BY_HAND, host=attrs.evolve(BY_HAND.host, email=None))
    found: dict[str, list[str]] = {}
    for leaf in leaves():
        names: dict[str, None] = {}
        for slot in (BY_HAND, plain) if leaf != "ref" else ():
            before, after = _body(scheduling, scope, slot), _body(scheduling, scope, _changed(slot, leaf))
            names |= dict.fromkeys(name for name, value in after.items() if before.get(name) != value)
        found[leaf] = [*names]
    return found


def _changed(slot: Slot[None], leaf: str) -> Slot[None]:
    name, _, part = leaf.partition(".")
    value = OTHERS[leaf]
    return attrs.evolve(slot, **{name: attrs.evolve(getattr(slot, name), **{part: value}) if part else value})


def _body(scheduling: Scheduling[Any, Any, Any, Any], scope: object, slot: Slot[None]) -> Mapping[str, object]:
    sent: list[Any] = []

    def answer(operation: Operation[Any]) -> object:
        sent.append(operation.body)
        raise SentError

    booking: Booking[Any] = Booking(customer=Customer(email="ada@acme.example"), reference="crm-881")
    try:
        run(scheduling.booked(scope, slot, booking), answer)
    except SentError:
        (body,) = sent
        found: Mapping[str, object] = body
        return found
    raise UnlistedError("nothing is sent")
