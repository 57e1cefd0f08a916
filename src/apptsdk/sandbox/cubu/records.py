"""What the emulated organization is made of."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal
from zoneinfo import ZoneInfo

from attrs import field, frozen


@frozen
class Named:
    """A thing of which the vendor shows an id and a name: a category, a unit, an inbox, a tag."""

    id: str
    name: str


@frozen(kw_only=True)
class User:
    """An agent."""

    id: str
    name: str
    initials: str


@frozen(kw_only=True)
class ServiceType:
    """What an appointment is about."""

    id: str
    name: str
    duration: int
    """Minutes."""
    channels: tuple[str, ...]
    color: str


@frozen(kw_only=True)
class FieldType:
    """A field of customers or of cases."""

    id: str
    name: str
    slug: str
    table: Literal["customers", "cases"]
    is_key: bool = False
    is_required: bool = False
    position: int


@frozen(kw_only=True)
class Desk:
    """What a service's calendars of one index have in common, day for day."""

    user: User | None = None
    """The agent; None for an anonymous calendar."""
    hours: tuple[tuple[int, int], ...]
    """Minutes since midnight."""
    closed: tuple[int, ...] = ()
    """The days of the week without hours; Monday is 0."""


@frozen(kw_only=True)
class Service:
    """A service: what has calendars."""

    id: str
    name: str
    zone: ZoneInfo
    windows: str
    """What Windows calls the zone."""
    category: Named
    unit: Named
    inbox: Named
    prefix: str
    """Of its tickets."""
    type_ids: tuple[str, ...]
    desks: tuple[Desk, ...]
    customer_required: bool = False
    phone_required: bool = False
    email_required: bool = False


@frozen(kw_only=True)
class Calendar:
    """A day of a service at one desk."""

    service: Service
    date: dt.date
    cu_index: int

    @property
    def key(self) -> tuple[str, dt.date, int]:
        """What tells it from every other."""
        return self.service.id, self.date, self.cu_index

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self.service.desks[self.cu_index]

    @property
    def hours(self) -> tuple[tuple[int, int], ...]:
        """The working hours of that day, in minutes since midnight."""
        return () if self.date.weekday() in self.desk.closed else self.desk.hours


@frozen(kw_only=True)
class Customer:
    """A customer record."""

    id: str
    values: Mapping[str, Any] = field(repr=False)
    """By id of the field type."""
    created: str
    updated: str


@frozen(kw_only=True)
class Appointment:
    """When and where a case has been promised its turn."""

    calendar: Calendar
    start: int
    """Minutes since midnight, wall clock."""
    duration: int
    """Minutes."""
    begins: dt.datetime
    """UTC."""
    prevent_self_check_in: bool = False
    no_show: float = 0.2
    """How likely it is that nobody comes."""

    @property
    def ends(self) -> dt.datetime:
        """The end in UTC."""
        return self.begins + dt.timedelta(minutes=self.duration)


@frozen(kw_only=True)
class Case:
    """One matter of a customer's."""

    id: str
    service: Service
    service_type: ServiceType
    channel: str
    language: str
    status: str
    status_date: str
    opened: str
    reference_date: str
    closed: str | None = None
    ticket: int
    entry_mode: str
    customer_id: str | None = None
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    fields: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)
    tag_ids: tuple[str, ...] = ()
    appointment: Appointment | None = None
    """None for a walk-in."""
    queue_timestamp: str | None = None
    uses_customer_contact: bool = False
    """Whether a walk-in is reached as the customer's record says."""
