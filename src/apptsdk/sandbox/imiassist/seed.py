"""What there is in the beginning: two companies, their departments, teams, types and hosts, and some appointments."""

from datetime import timedelta
from itertools import count, islice
from typing import Final
from uuid import UUID

from apptsdk.sandbox.imiassist.records import (
    OPEN,
    PAST_STATUSES,
    PRIORITIES,
    Appointment,
    AppointmentType,
    Company,
    Contact,
    Department,
    Host,
    Team,
)
from apptsdk.sandbox.imiassist.world import World

NORTHSIDE: Final = "northside"
HARBOURVIEW: Final = "harbourview"
"""Requires a phone number."""
VIRTUAL_CLINIC: Final = "5d1f0c6be1a9c40f3b7d2a01"
"""Northside's default team."""
PHYSIOTHERAPY: Final = "5d1f0c6be1a9c40f3b7d2a02"
COMMUNITY_CARE: Final = "5d1f0c6be1a9c40f3b7d2a03"
FOLLOW_UP: Final = "Follow-up"
PHYSIO_REVIEW: Final = "Physio review"
CARE_CALL: Final = "Care call"
DR_LEE: Final = "dr.lee@example.org"
SAM_OTTER: Final = "sam.otter@example.org"
NURSE_VALE: Final = "nurse.vale@example.org"
ATTRIBUTES: Final = frozenset({"age", "gender", "interpreter", "title"})
"""Northside's."""

_OUTPATIENTS = Department(id="5d1f0c6be1a9c40f3b7d1e01", name="Outpatients")
_THERAPIES = Department(id="5d1f0c6be1a9c40f3b7d1e02", name="Therapies", default_duration=20, max_duration=60)
_COMMUNITY = Department(id="5d1f0c6be1a9c40f3b7d1e03", name="Community", default_duration=30, max_duration=90)
_CLINIC = Team(id=VIRTUAL_CLINIC, name="Virtual clinic", department=_OUTPATIENTS)
_PHYSIO = Team(id=PHYSIOTHERAPY, name="Physiotherapy", department=_THERAPIES)
_CARE = Team(id=COMMUNITY_CARE, name="Community care", department=_COMMUNITY)
_PEOPLE = (("Ana", "Roe"), ("Bruno", "Tell"), ("Cora", "Finch"), ("Dele", "Marsh"), ("Ewa", "Stone"))
_DAY = range(16)
_OPENS, _SLOT = timedelta(hours=9), timedelta(minutes=30)


def company(
    world: World,
    subdomain: str,
    *,
    domain: str,
    prefix: str,
    types: tuple[AppointmentType, ...],
    hosts: tuple[Host, ...],
    require_phone: bool = False,
    require_email: bool = False,
    attributes: frozenset[str] = frozenset(),
) -> Company:
    """Found a company.

    Args:
        world: the world.
        subdomain: its own.
        domain: its own.
        prefix: of its cases.
        types: its appointment types; the first one's team is the default.
        hosts: its hosts.
        require_phone: whether a contact needs a phone number.
        require_email: whether a contact needs a mail address.
        attributes: the custom attributes that are configured.
    """
    made = Company(
        subdomain=subdomain,
        domain=domain,
        prefix=prefix,
        api_key=str(UUID(int=world.chance.getrandbits(128))),
        user_email=f"integration@{subdomain}.example",
        user_password=f"sandbox-{subdomain}-no-secret",
        require_phone=require_phone,
        require_email=require_email,
        attributes=attributes,
        departments={one.team.department.id: one.team.department for one in types},
        teams={one.team.id: one.team for one in types},
        default_team=types[0].team,
        types={one.name: one for one in types},
        hosts={one.email: one for one in hosts},
    )
    world.companies[subdomain] = made
    return made


def fill(world: World, appointments: int) -> None:
    """Fill a world.

    Args:
        world: an empty one.
        appointments: how many northside begins with, the smaller half of them ahead.
    """
    northside = company(
        world,
        NORTHSIDE,
        domain="eclinic.org.uk",
        prefix="NS",
        types=(AppointmentType(name=FOLLOW_UP, team=_CLINIC), AppointmentType(name=PHYSIO_REVIEW, team=_PHYSIO)),
        hosts=(
            Host(email=DR_LEE, first_name="Li", last_name="Lee"),
            Host(email=SAM_OTTER, first_name="Sam", last_name="Otter"),
        ),
        attributes=ATTRIBUTES,
    )
    company(
        world,
        HARBOURVIEW,
        domain="imiassist.ai",
        prefix="HV",
        types=(AppointmentType(name=CARE_CALL, team=_CARE),),
        hosts=(Host(email=NURSE_VALE, first_name="Nora", last_name="Vale"),),
        require_phone=True,
    )
    contacts = [
        Contact(
            id=world.id(),
            customer_id=f"NHSID_{number}",
            phone=f"+44770090010{number}",
            email=f"{first}.{last}@example.com".lower(),
            first_name=first,
            last_name=last,
        )
        for number, (first, last) in enumerate(_PEOPLE, 1)
    ]
    for contact in contacts:
        world.place_contact(northside, contact)
    ahead = appointments * 2 // 5
    for many, way in ((ahead, 1), (appointments - ahead, -1)):
        for far, slot in islice(((far, slot) for far in count(1) for slot in _DAY), many):
            _book(world, northside, contacts, far * way, slot)
    world.begin()


def _book(world: World, northside: Company, contacts: list[Contact], day: int, slot: int) -> None:
    number, chance = len(northside.appointments), world.chance
    contact = contacts[number % len(contacts)]
    case = f"{northside.prefix}-{number % len(contacts) + 1}"
    midnight = world.now().replace(hour=0, minute=0, second=0)
    kind = chance.choice(list(northside.types.values()))
    # Each third of those ahead waits for a host.
    hosts = () if day > 0 and number % 3 == 2 else (chance.choice(list(northside.hosts.values())),)  # noqa: PLR2004
    world.place(
        northside,
        Appointment(
            id=world.id(),
            uid=f"{case}-{northside.cases.get(case, 0) + 1}",
            case_id=case,
            contact_id=contact.id,
            team=kind.team,
            appointment_type=kind.name,
            title=f"Video appointment with {contact.first_name} {contact.last_name}",
            description=None,
            start=midnight + timedelta(days=day) + _OPENS + slot * _SLOT,
            duration=kind.team.department.default_duration,
            priority=chance.choice(PRIORITIES),
            status=OPEN if day > 0 else chance.choice(PAST_STATUSES),
            external_reference_id=f"PAS-{number + 1:04}",
            participants=tuple(world.participant(northside, one) for one in (*hosts, contact)),
        ),
    )
