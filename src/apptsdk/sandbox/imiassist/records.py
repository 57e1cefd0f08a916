"""What the emulated companies are made of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from attrs import Factory, define, field, frozen

Role = Literal["host", "guest"]
OPEN: Final = "OPEN"
CANCELLED: Final = "CANCELLED"
PAST_STATUSES: Final = ("CLOSED", "CLOSED", "CLOSED", "ESCALATED", "PATIENT_DNA")
"""How appointments of the past ended; most of them are simply closed."""
PRIORITIES: Final = ("LOW", "MEDIUM", "HIGH")


@frozen(kw_only=True)
class Department:
    """Decides how long the appointments of its teams are."""

    id: str
    name: str
    default_duration: int = 15
    """Minutes, where a call does not say."""
    max_duration: int = 120
    """Minutes."""


@frozen(kw_only=True)
class Team:
    """Hosts who share a queue."""

    id: str
    name: str
    department: Department


@frozen(kw_only=True)
class AppointmentType:
    """Known by its name; leads to a team."""

    name: str
    team: Team


@frozen(kw_only=True)
class Host:
    """A clinician, known by a mail address."""

    email: str
    first_name: str
    last_name: str


@frozen(kw_only=True)
class Contact:
    """A guest whom the company knows."""

    id: str
    customer_id: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    first_name: str | None = field(default=None, repr=False)
    last_name: str | None = field(default=None, repr=False)
    custom_attributes: Mapping[str, object] = field(factory=dict[str, object], repr=False)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """What it can be found by, the strongest first."""
        known = (("customer_id", self.customer_id), ("phone", self.phone), ("email", self.email))
        return [(kind, value) for kind, value in known if value is not None]


@frozen(kw_only=True)
class Participant:
    """Somebody in an appointment, with a link of their own."""

    id: str
    role: Role
    first_name: str | None = field(repr=False)
    last_name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    meeting_link: str = field(repr=False)


@frozen(kw_only=True)
class Appointment:
    """A video appointment."""

    id: str
    uid: str
    """The case and a running number in it."""
    case_id: str
    contact_id: str
    """Of the primary guest."""
    team: Team
    appointment_type: str | None
    title: str = field(repr=False)
    description: str | None = field(repr=False)
    start: datetime
    """UTC."""
    duration: int
    """Minutes."""
    priority: str
    status: str
    external_reference_id: str | None
    participants: tuple[Participant, ...]

    @property
    def end(self) -> datetime:
        """When it is scheduled to end."""
        return self.start + timedelta(minutes=self.duration)

    @property
    def queued(self) -> bool:
        """Whether it waits for a host in its team's queue."""
        return self.status == OPEN and not any(one.role == "host" for one in self.participants)


@frozen(kw_only=True)
class Transaction:
    """A report that is being written."""

    id: str
    done: datetime
    urls: Mapping[str, str]


@define(kw_only=True, eq=False)
class Company:
    """A company, with everything that is its own; its members can be changed."""

    subdomain: str
    domain: str
    prefix: str
    """Of its cases."""
    api_key: str = field(repr=False)
    user_email: str
    """Of the integration user, as is the password."""
    user_password: str = field(repr=False)
    require_phone: bool = False
    require_email: bool = False
    attributes: frozenset[str] = frozenset()
    """The custom attributes that are configured."""
    departments: dict[str, Department] = Factory(dict[str, Department])
    teams: dict[str, Team] = Factory(dict[str, Team])
    default_team: Team
    types: dict[str, AppointmentType] = Factory(dict[str, AppointmentType])
    """By name."""
    hosts: dict[str, Host] = Factory(dict[str, Host])
    """By mail address, in small letters."""
    contacts: dict[str, Contact] = field(factory=dict[str, Contact], repr=False)
    cases: dict[str, int] = field(factory=dict[str, int], repr=False)
    """How many appointments each has."""
    appointments: dict[str, Appointment] = field(factory=dict[str, Appointment], repr=False)
    """All, the cancelled ones too, oldest first."""
    transactions: dict[str, Transaction] = field(factory=dict[str, Transaction], repr=False)
    uids: dict[str, str] = field(factory=dict[str, str], repr=False)
    """The id of each appointment."""
    references: dict[str, str] = field(factory=dict[str, str], repr=False)
    """The id of the last appointment with each external reference."""
    known: dict[tuple[str, str], str] = field(factory=dict[tuple[str, str], str], repr=False)
    """The id of the contact with each customer id, phone number and mail address."""

    @property
    def host(self) -> str:
        """Where the company is reached in the real world."""
        return f"{self.subdomain}.{self.domain}"

    def queue(self, team: Team) -> list[Appointment]:
        """Give what waits for a host of a team, oldest first.

        Args:
            team: the team.
        """
        return [one for one in self.appointments.values() if one.queued and one.team == team]
