"""What the organization begins with: four services in four zones, five customers, and some appointments."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count, islice
from typing import Final, cast
from zoneinfo import ZoneInfo

from apptsdk.sandbox.cubu.records import (
    Appointment,
    Calendar,
    Case,
    Customer,
    Desk,
    FieldType,
    Named,
    Service,
    ServiceType,
    User,
)
from apptsdk.sandbox.cubu.slots import worked
from apptsdk.sandbox.cubu.times import DAY, moment
from apptsdk.sandbox.cubu.world import World, by_id

LANGUAGES: Final = ("en-US", "he-IL", "es-US")
"""What the organization speaks; the first is its default."""
DATA_TABLE: Final = "0f4d7a66-2c1b-4e0e-9a35-51c8e2d40b01"
"""The customers' table."""
FIRST_NAME: Final = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3300"
LAST_NAME: Final = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3301"
NATIONAL_ID: Final = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3302"
EMAIL: Final = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3303"
PHONE: Final = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3304"
REASON: Final = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3310"
FRONT_DESK: Final = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"
PASSPORT_OFFICE: Final = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a11"
ISLAND_LINE: Final = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a12"
NIGHT_LINE: Final = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a13"
RENEWAL: Final = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a901"
QUESTION: Final = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a902"
ADVICE: Final = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a903"
INTERVIEW: Final = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a904"
VIP: Final = "e7b3c6d1-52f4-4f0b-8f7d-1a2b3c4d5e6f"
WHEELCHAIR: Final = "e7b3c6d1-52f4-4f0b-8f7d-1a2b3c4d5e70"

_EMPTIEST, _FULLEST, _MANY = 0.05, 0.35, 20_000
_EVERYWHERE = ("FaceToFace", "Video", "Phone")
_TYPES = (
    ServiceType(id=RENEWAL, name="Passport renewal", duration=10, channels=("FaceToFace", "Video"), color="SteelBlue"),
    ServiceType(id=QUESTION, name="General question", duration=15, channels=_EVERYWHERE, color="#7fb069"),
    ServiceType(id=ADVICE, name="Advice call", duration=20, channels=("Phone", "Video"), color="Goldenrod"),
    ServiceType(id=INTERVIEW, name="Visa interview", duration=45, channels=("FaceToFace",), color="#c1666b"),
)
_FIELDS = (
    FieldType(id=FIRST_NAME, name="First name", slug="customer-first-name", table="customers", position=1),
    FieldType(
        id=LAST_NAME, name="Last name", slug="customer-last-name", table="customers", is_required=True, position=2
    ),
    FieldType(
        id=NATIONAL_ID,
        name="National id",
        slug="customer-national-id",
        table="customers",
        is_key=True,
        is_required=True,
        position=3,
    ),
    FieldType(id=EMAIL, name="Email", slug="customer-email", table="customers", position=4),
    FieldType(id=PHONE, name="Phone", slug="customer-phone", table="customers", position=5),
    FieldType(id=REASON, name="Reason of the visit", slug="visit-reason", table="cases", position=1),
)
_TAGS = (Named(VIP, "VIP"), Named(WHEELCHAIR, "Wheelchair"))
_UNIT = Named("8c2e5d10-64b7-4d0c-a1f3-92b0c7e41d01", "Main branch")
_DOCUMENTS = Named("8c2e5d10-64b7-4d0c-a1f3-92b0c7e41d11", "Documents")
_CALLS = Named("8c2e5d10-64b7-4d0c-a1f3-92b0c7e41d12", "Calls")
_OFFICE_DAY: Final = 480
_OFFICE, _SPLIT, _ROUND = ((480, 960),), ((480, 720), (780, 960)), ((0, DAY),)


def _agent(number: int) -> User:
    return User(id=f"6e9f1b04-3a52-4c8d-8b70-c4d2e1f0a9{number:02}", name=f"Agent {number}", initials=f"A{number}")


def _inbox(number: int, name: str) -> Named:
    return Named(f"9c1d3e58-0b7f-4a96-b5d2-7e8f9a0b1c{number:02}", name)


_SERVICES = (
    Service(
        id=FRONT_DESK,
        name="Front desk",
        zone=ZoneInfo("Asia/Jerusalem"),
        windows="Israel Standard Time",
        category=_DOCUMENTS,
        unit=_UNIT,
        inbox=_inbox(1, "Front desk"),
        prefix="B",
        type_ids=(RENEWAL, QUESTION, ADVICE),
        desks=(Desk(user=_agent(1), hours=_OFFICE), Desk(user=_agent(2), hours=_SPLIT), Desk(hours=_OFFICE)),
    ),
    Service(
        id=PASSPORT_OFFICE,
        name="Passport office",
        zone=ZoneInfo("America/New_York"),
        windows="Eastern Standard Time",
        category=_DOCUMENTS,
        unit=_UNIT,
        inbox=_inbox(2, "Passports"),
        prefix="P",
        type_ids=(RENEWAL, QUESTION, INTERVIEW),
        desks=(Desk(user=_agent(3), hours=((540, 1020),)), Desk(hours=_SPLIT, closed=(5, 6))),
        customer_required=True,
    ),
    Service(
        id=ISLAND_LINE,
        name="Island line",
        zone=ZoneInfo("Australia/Lord_Howe"),
        windows="Lord Howe Standard Time",
        category=_CALLS,
        unit=_UNIT,
        inbox=_inbox(3, "Island line"),
        prefix="I",
        type_ids=(RENEWAL, QUESTION, ADVICE),
        desks=(Desk(user=_agent(4), hours=_ROUND), Desk(hours=_ROUND)),
        phone_required=True,
    ),
    Service(
        id=NIGHT_LINE,
        name="Night line",
        zone=ZoneInfo("Europe/London"),
        windows="GMT Standard Time",
        category=_CALLS,
        unit=_UNIT,
        inbox=_inbox(4, "Night line"),
        prefix="N",
        type_ids=(RENEWAL, QUESTION, ADVICE),
        desks=(Desk(user=_agent(5), hours=_ROUND), Desk(hours=_ROUND)),
        email_required=True,
    ),
)
_CUSTOMERS = (
    ("Ana", "Quill", "310000017"),
    ("Boaz", "Marrow", "310000025"),
    ("Cleo", "Tannery", "310000033"),
    ("Dov", "Pebblestone", "310000041"),
    ("Edda", "Larkspur", "310000058"),
)


def fill(world: World, appointments: int) -> None:
    """Fill a world.

    Args:
        world: an empty one.
        appointments: how many it begins with, the smaller half of them ahead.
    """
    world.services.update(by_id(_SERVICES))
    world.service_types.update(by_id(_TYPES))
    world.field_types.update(by_id(_FIELDS))
    world.tags.update(by_id(_TAGS))
    made = world.stamp(world.now() - timedelta(days=90))
    for number, (first, last, national) in enumerate(_CUSTOMERS, 1):
        values = {
            FIRST_NAME: first,
            LAST_NAME: last,
            NATIONAL_ID: national,
            EMAIL: f"{first}.{last}@example.org".lower(),
            PHONE: f"+1202555010{number}",
        }
        row = Customer(id=world.guid(), values=values, created=made, updated=made)
        world.customers[row.id] = row
    ahead, full = appointments * 2 // 5, min(_FULLEST, max(_EMPTIEST, appointments / _MANY))
    for many, way in ((ahead, 1), (appointments - ahead, -1)):
        for calendar, kind, start in islice(_starts(world, way, full), many):
            world.place(_case(world, calendar, kind, start, past=way < 0))
    world.begin()


def _starts(world: World, way: int, full: float) -> Iterator[tuple[Calendar, ServiceType, int]]:
    """Walk the working hours, from tomorrow on or from yesterday back, and take that part of them."""
    chance, now = world.chance, world.now()
    for far in count(1):
        for service in _SERVICES:
            kinds = [world.service_types[id_] for id_ in service.type_ids]
            day = now.astimezone(service.zone).date() + timedelta(days=far * way)
            for index in range(len(service.desks)):
                calendar = Calendar(service=service, date=day, cu_index=index)
                part = full * _OFFICE_DAY / max(sum(end - start for start, end in calendar.hours), _OFFICE_DAY)
                for start, end in calendar.hours:
                    begin = start
                    while begin < end:
                        kind = kinds[int(chance.random() * len(kinds))]
                        if chance.random() < part and worked(calendar, begin, kind.duration):
                            yield calendar, kind, begin
                        begin += kind.duration


def _case(world: World, calendar: Calendar, kind: ServiceType, start: int, *, past: bool) -> Case:
    service, chance = calendar.service, world.chance
    begins = moment(service.zone, calendar.date, start)
    due = Appointment(calendar=calendar, start=start, duration=kind.duration, begins=begins)
    customer = chance.choice(list(world.customers.values()))
    made = world.stamp(min(begins, world.now()) - timedelta(days=chance.randrange(2, 60)))
    left = world.stamp(due.ends) if past else None
    return Case(
        id=world.guid(),
        service=service,
        service_type=kind,
        channel=chance.choice(kind.channels),
        language=chance.choice(LANGUAGES),
        status="Resolved" if past else "Planned",
        status_date=left or made,
        opened=made,
        reference_date=world.stamp(begins),
        closed=left,
        ticket=world.ticket(service),
        entry_mode="Appointment",
        customer_id=customer.id,
        phone=cast("str", customer.values[PHONE]),
        email=cast("str", customer.values[EMAIL]),
        appointment=due,
    )
