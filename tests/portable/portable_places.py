"""Where the portable verbs are played, as data: what each provider can do there, and what it needs to be asked."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import attrs
from props import NOW, props, sandbox_of

import apptsdk
from apptsdk import Capability, Channel, Customer, Host, Location, Service, Slot
from apptsdk.providers.nexhealth import NexHealthBooking
from apptsdk.sandbox.cubu import Cubu
from apptsdk.sandbox.cubu import seed as cubu
from apptsdk.sandbox.imiassist import seed as imiassist

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from harness import SyncTeller

    from apptsdk.sandbox import Sandbox

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BORN = date(1990, 5, 17)


@attrs.frozen(kw_only=True)
class Night:
    """A day on which clocks are changed, where somebody works through the night.

    Args:
        day: The day.
        hours: How many hours it has.
        slots: How many slots begin on it.
    """

    day: date
    hours: float
    slots: int


@attrs.frozen(kw_only=True, eq=False)
class Place:
    """A provider as a test meets it.

    Args:
        name: What it is called here.
        provider: The provider's name.
        classes: The names of its clients.
        able: What it can do.
        zone: The zone of the location, an IANA name; "UTC" where nobody says.
        wanted: What `find_slots` is told beside the times.
        nights: Days on which clocks are changed.
        night: What `find_slots` is told for them, and in which zone.
        offices: Several locations with appointments ahead.
        page: How many days are more than a page of slots.
        closed: An hour of the location's day at which there is nothing.
        new: A customer whom the provider does not know.
        known: One whom it knows, without an id.
        known_id: Whose id that is.
        twins: Gives a customer who could be several; None where the provider has no such.
        booking: What `book` is told beside slot and customer.
        by_hand: Makes a slot as a caller would, of one that was found, with what it needs beside.
        appointments: Where the ledger has appointments.
        customers: Where it has customers; None where the provider keeps them by itself.
        books: The method and the path of a booking.
        cancels: The same of a cancellation.
        moves: The same of a move in place.
        registers: The same of a new customer.
        again: What a second cancellation leads to.
        finds_lost: Whether a booking is found whose answer was lost.
        loses_customers: What the lost answer to a new customer leads to; None where it is found.
        only_video: Whether all customers are met by video.
        holds: Whether a time is one appointment's only.
        lets_two: Whether the vendor itself lets two have one time, so that it is looked at first.
        fresh: The status of a new appointment.
        settles: How long it takes until it can be moved in place; None where it never can.
        unmoved: What a move in place leads to that the provider does not take.
        cancelled_moves: What moving a cancelled appointment leads to.
        unsaid: The fields of a new appointment that nobody knows.
        known_of: What is known of the objects in it, beside their ids.
        unsaid_later: What else is not known after another verb than `book`.
        known_later: What is known of the objects in it after another verb than `book`.
        slot_known_of: The same of a slot that was found.
        no_service: What a service leads to that is not there.
        no_customer: What a customer's id leads to that is not there; None where any will do.
        by_name: What a customer becomes of whom nothing is given but the names: "made", "refused", or "nobody".
        settings: Changes to the sandbox's settings.
    """

    name: str
    provider: str
    classes: str
    able: frozenset[Capability]
    zone: str
    wanted: Callable[[], Mapping[str, str]] = dict
    nights: tuple[Night, ...] = ()
    night: tuple[Callable[[], Mapping[str, str]], str] = (dict, "UTC")
    closed: int = 3
    page: int = 9
    offices: tuple[str, ...] = ()
    new: Customer
    known: Customer
    known_id: Callable[[], str]
    twins: Callable[[SyncTeller, str], Awaitable[Customer]] | None = None
    booking: Mapping[str, Any] = attrs.field(factory=dict)
    by_hand: Callable[[Any], tuple[Slot, Mapping[str, Any]]]
    appointments: str = "appointments"
    customers: str | None
    books: tuple[str, str]
    cancels: tuple[str, str]
    moves: tuple[str, str] | None = None
    registers: tuple[str, str] | None
    again: str
    finds_lost: bool = True
    loses_customers: str | None = None
    only_video: bool = False
    holds: bool = True
    lets_two: bool = False
    fresh: apptsdk.AppointmentStatus = apptsdk.AppointmentStatus.BOOKED
    settles: timedelta | None = None
    unmoved: str | None = None
    cancelled_moves: str
    unsaid: frozenset[str]
    known_of: Mapping[str, frozenset[str]]
    unsaid_later: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    known_later: Mapping[str, Mapping[str, frozenset[str]]] = attrs.field(factory=dict)
    slot_known_of: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    no_service: str = "NotFoundError"
    no_customer: str | None = "ValidationError"
    by_name: str = "made"
    settings: Mapping[str, Any] = attrs.field(factory=dict)

    @property
    def clients(self) -> tuple[Any, Any]:
        return getattr(apptsdk, self.classes), getattr(apptsdk, f"Async{self.classes}")

    @property
    def nobody(self) -> str:
        """The id of a customer who is not there."""
        number = self.known_id()
        return number[:-3] + ("111" if number[-3:] != "111" else "222")

    @property
    def tz(self) -> Any:
        return UTC if self.zone == "UTC" else ZoneInfo(self.zone)

    def settings_in(self, sandbox: Sandbox) -> Any:
        return attrs.evolve(getattr(sandbox, self.provider), **self.settings)

    def __str__(self) -> str:
        return self.name


def plain(found: Any) -> tuple[Slot, Mapping[str, Any]]:
    """Make a slot by hand of what everybody can read off a found one."""
    return Slot(
        provider=found.provider,
        start=found.start,
        service=Service(id=found.service.id),
        host=Host(id=found.host.id),
        location=Location(id=found.location.id),
    ), {}


def with_chair(found: Any) -> tuple[Slot, Mapping[str, Any]]:
    """Name the chair, too: the office books by chair."""
    return plain(found)[0], {"options": NexHealthBooking(operatory_id=found.native.operatory_id)}


def video_slot(number: int) -> Slot:
    """Make a slot where none is found: each number is another hour."""
    start = (NOW + 14 * DAY + number * HOUR).astimezone(ZoneInfo("Europe/London"))
    return Slot(
        provider="imiassist",
        start=start,
        end=start + 30 * MINUTE,
        service=Service(id=imiassist.FOLLOW_UP),
        host=Host(id=imiassist.DR_LEE),
        location=Location(id=imiassist.VIRTUAL_CLINIC, time_zone="Europe/London"),
    )


async def same_name_and_mail(tell: SyncTeller, at: str) -> Customer:
    both = {"first_name": "Sam", "last_name": "Twin", "email": "sam.twin@example.com"}
    for born in (date(1990, 1, 1), date(1991, 1, 1)):
        await tell.call(f"{at}patients.create", **both, date_of_birth=born)
    return Customer(**both)


async def same_phone(tell: SyncTeller, at: str) -> Customer:
    return Customer(last_name="Lindqvist", phone="+13125550111")  # a mother's and her child's


@cache
def cliniko(kind: int, business: int) -> Mapping[str, str]:
    return {"service": props().appointment_types[kind], "location": props().businesses[business]}


@cache
def cubu_customer() -> str:
    world = sandbox_of("cubu", now=NOW, rate_limit=None).emulator(Cubu).world
    return next(one.id for one in world.customers.values() if one.values[cubu.NATIONAL_ID] == "310000017")


FIND = {Capability.FIND_SLOTS, Capability.GET, Capability.LIST}
FIND_ALL = {*FIND, Capability.LIST_CANCELLED, Capability.MOVE_IN_PLACE, Capability.NOTES}
CLINIKO = Place(
    name="cliniko",
    provider="cliniko",
    classes="Cliniko",
    able=frozenset({*FIND_ALL, Capability.CANCEL_REASON}),
    zone="Australia/Sydney",
    wanted=lambda: cliniko(0, 0),
    nights=(
        Night(day=date(2026, 4, 5), hours=25, slots=14),
        Night(day=date(2026, 10, 4), hours=23, slots=10),
    ),
    night=(lambda: cliniko(0, 0), "Australia/Sydney"),
    new=Customer(
        first_name="Adaline",
        last_name="Parkinson",
        email="adaline@parkinson.example",
        phone="+61491570171",
        date_of_birth=BORN,
    ),
    known=Customer(first_name="Ada", last_name="Park", email="ADA.PARK@example.com"),
    known_id=lambda: props().patients[0],
    twins=same_name_and_mail,
    by_hand=plain,
    appointments="individual_appointments",
    customers="patients",
    books=("POST", "/individual_appointments"),
    cancels=("PATCH", "/individual_appointments/*/cancel"),
    moves=("PATCH", "/individual_appointments/*"),
    registers=("POST", "/patients"),
    again="NotFoundError",
    cancelled_moves="NotFoundError",
    lets_two=True,
    settles=timedelta(0),
    unsaid=frozenset({"channel", "title", "join_url", "reference", "cancelled_at"}),
    known_of={
        "customer": frozenset(),
        "host": frozenset(),
        "service": frozenset({"name", "duration"}),
        "location": frozenset({"name", "time_zone"}),
    },
    known_later={
        verb: {"service": frozenset[str]()} for verb in ("get_appointment", "list_appointments", "reschedule")
    },
    slot_known_of={
        "host": frozenset({"name"}),
        "service": frozenset({"name", "duration"}),
        "location": frozenset({"name", "time_zone"}),
    },
)
NEXHEALTH = Place(
    name="nexhealth",
    provider="nexhealth",
    classes="NexHealth",
    able=frozenset({*FIND_ALL, Capability.REBOOK, Capability.NOTIFY}),
    zone="America/Chicago",
    page=16,
    offices=("41", "42"),
    wanted=lambda: {"service": "870013", "location": "41"},
    nights=(
        Night(day=date(2026, 3, 8), hours=23, slots=10),
        Night(day=date(2026, 11, 1), hours=25, slots=14),
    ),
    night=(lambda: {"service": "870013", "location": "42"}, "America/Denver"),
    new=Customer(
        first_name="Adaline",
        last_name="Parkinson",
        email="adaline@parkinson.example",
        phone="+13125550171",
        date_of_birth=BORN,
    ),
    known=Customer(first_name="Ada", last_name="Lindqvist", phone="+13125550111"),
    known_id=lambda: "412009001",
    twins=same_phone,
    by_hand=with_chair,
    customers="patients",
    books=("POST", "/appointments"),
    cancels=("PATCH", "/appointments/*"),
    moves=("PATCH", "/appointments/*"),
    registers=("POST", "/patients"),
    again="BadRequestError",
    cancelled_moves="UnsupportedError",
    loses_customers="OutcomeUnknownError",
    no_customer="NotFoundError",
    by_name="refused",
    fresh=apptsdk.AppointmentStatus.PENDING,
    settles=timedelta(minutes=5),
    unsaid=frozenset({"channel", "title", "join_url", "reference", "cancelled_at"}),
    known_of={
        "customer": frozenset({"first_name", "last_name", "email", "phone", "date_of_birth"}),
        "host": frozenset({"name"}),
        "service": frozenset(),
        "location": frozenset({"time_zone"}),
    },
    slot_known_of={
        "host": frozenset(),
        "service": frozenset(),
        "location": frozenset({"name", "time_zone"}),
    },
    known_later={
        "get_appointment": {"service": frozenset({"name", "duration"})},
        "list_appointments": {"customer": frozenset()},
    },
)
LAKESIDE = attrs.evolve(
    NEXHEALTH,
    name="nexhealth whose system moves nothing",
    zone="America/St_Johns",
    wanted=lambda: {"service": "870015", "location": "7"},
    nights=(),
    known=Customer(first_name="Kira", last_name="Novak", phone="+17095550121"),
    known_id=lambda: "412009011",
    twins=None,
    by_hand=plain,
    unmoved="UnsupportedError",
    settings={"subdomain": "lakeside", "location_id": 7},
)
SECOND = attrs.evolve(
    NEXHEALTH,
    name="nexhealth in its second version",
    able=NEXHEALTH.able - {Capability.MOVE_IN_PLACE},
    moves=None,
    settles=None,
    nights=(),
    settings={"api_version": "v2"},
)
CUBU = Place(
    name="cubu",
    provider="cubu",
    classes="Cubu",
    able=frozenset({*FIND, Capability.REBOOK, Capability.CHANNEL}),
    zone="Asia/Jerusalem",
    page=2,
    wanted=lambda: {"service": cubu.QUESTION, "location": cubu.FRONT_DESK},
    nights=(
        # Two calendars by the clock of London: no row of Cubu's says which of two equal hours is meant.
        Night(day=date(2026, 3, 29), hours=23, slots=184),
        Night(day=date(2026, 10, 25), hours=25, slots=192),
    ),
    night=(lambda: {"service": cubu.QUESTION, "location": cubu.NIGHT_LINE}, "Europe/London"),
    new=Customer(
        first_name="Adaline",
        last_name="Parkinson",
        email="adaline@parkinson.example",
        phone="+12025550171",
        attributes={"National id": "310000066"},
    ),
    known=Customer(attributes={"National id": "310000017"}),
    known_id=cubu_customer,
    booking={"channel": Channel.VIDEO},
    by_hand=plain,
    customers="customers",
    books=("POST", "/*/calendars/*/appointments"),
    cancels=("DELETE", "/*/calendars/*/appointments/*"),
    registers=("POST", "/*/customers"),
    again="NotFoundError",
    cancelled_moves="NoResultError",
    unsaid=frozenset({"title", "notes", "reference", "cancelled_at"}),
    known_of={
        "customer": frozenset({"email", "phone"}),
        "host": frozenset({"name"}),
        "service": frozenset({"name", "duration"}),
        "location": frozenset({"name", "time_zone"}),
    },
    slot_known_of={
        "host": frozenset({"name"}),
        "service": frozenset({"name", "duration"}),
        "location": frozenset({"name", "time_zone"}),
    },
    no_service="ValidationError",
    by_name="nobody",
)
IMIASSIST = Place(
    name="imiassist",
    provider="imiassist",
    classes="IMIassist",
    able=frozenset({Capability.REBOOK, Capability.REFERENCE, Capability.NOTES}),
    zone="Europe/London",
    nights=(Night(day=date(2026, 3, 29), hours=23, slots=0),),
    night=(dict, "Europe/London"),
    new=Customer(first_name="Adaline", last_name="Parkinson", phone="+447700900171", email="adaline@parkinson.example"),
    known=Customer(phone="+447700900101"),
    known_id=lambda: "NHSID_1",
    by_hand=lambda found: (found, {}),
    customers=None,
    books=("POST", "/api/v1/appointments"),
    cancels=("POST", "/api/v1/appointments/*/cancel"),
    registers=None,
    again="ConflictError",
    cancelled_moves="ConflictError",
    finds_lost=False,
    only_video=True,
    holds=False,
    no_customer=None,
    unsaid=frozenset({"reference", "created_at", "updated_at", "cancelled_at"}),
    known_of={
        "customer": frozenset({"first_name", "last_name", "email", "phone"}),
        "host": frozenset({"name", "email"}),
        "service": frozenset(),
        "location": frozenset({"time_zone"}),
    },
)
READING = attrs.evolve(
    IMIASSIST,
    name="imiassist that reads",
    able=IMIASSIST.able | {Capability.GET},
    unsaid_later={"get_appointment": frozenset({"location", "notes", "service", "time_zone"})},
    settings={"endpoints": {"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}},
)
PLACES = (CLINIKO, NEXHEALTH, CUBU, IMIASSIST)
FURTHER = (LAKESIDE, SECOND, READING)
"""Played by one facade only."""
