"""The classes that all providers share: what the portable verbs take and give.

Every provider's own object is in `native`. A shared field is None where the provider does not have it or did not send
it: which is which, the table in the docs says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence  # noqa: TC003 - attrs and cattrs resolve them at run time
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Final, Generic, Self, TypeAlias

import attrs
from typing_extensions import TypeVar

from apptsdk.moments import aware, instant, is_shown
from apptsdk.urls import plain_id

if TYPE_CHECKING:
    from apptsdk.models import Id

N_co = TypeVar("N_co", covariant=True, default=object)
P = TypeVar("P")

_PROVIDER: Final = re.compile(r"[a-z][a-z0-9]*")


class AppointmentStatus(Enum):
    """What has become of an appointment."""

    PENDING = "pending"
    """Asked for, and not yet accepted."""
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    """Booked, and the customer or the office says that it will take place."""
    ARRIVED = "arrived"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """The provider does not say, or says something that this version does not know: see `native`."""


class Channel(Enum):
    """How a customer is met."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    UNKNOWN = "unknown"


class CancelReason(Enum):
    """Why an appointment is cancelled."""

    SICK = "sick"
    """The customer is ill."""
    BETTER = "better"
    """The condition is better."""
    WORSE = "worse"
    """The condition is worse."""
    AWAY = "away"
    WORK = "work"
    OTHER = "other"


class _Written:
    """What goes to JSON and back."""

    __slots__ = ()

    def to_json(self) -> str:
        """Write the object as JSON, without `native`.

        Returns:
            A JSON object with a version, for `from_json`. It holds what the object holds: a customer's data too.
        """
        from apptsdk.sharedjson import write  # noqa: PLC0415 - only for those who ask

        return write(self)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Args:
            text: The JSON.

        Returns:
            The object; its `native` is None.

        Raises:
            TypeError: It is no str.
            ValueError: The text is something else, or of a later version. The message names the fields that are
                wrong, and quotes nothing.
        """
        from apptsdk.sharedjson import read  # noqa: PLC0415 - only for those who ask

        return read(cls, text)


@attrs.frozen
class _Ref(_Written):
    """What names a thing again in another process, without personal data: `str()` of it is `provider:key`.

    Args:
        provider: The provider's name, such as `"cliniko"`.
        key: The rest: the provider's own ids, in the provider's own form.

    Raises:
        TypeError: One of them is no str.
        ValueError: One of them is malformed.
    """

    form: ClassVar[str] = "provider:key"

    provider: str
    key: str

    def __attrs_post_init__(self) -> None:
        for name in ("provider", "key"):
            value: object = getattr(self, name)
            if not isinstance(value, str):
                raise TypeError(f"{name} must be a str, not {type(value).__name__}.")
        if "@" in self.provider:
            raise ValueError("A ref with an account (name@account:...) is reserved for later versions.")
        if not _PROVIDER.fullmatch(self.provider) or not self.key or not self.key.isprintable():
            raise ValueError(f"This is no ref of the form {self.form}.")

    def __str__(self) -> str:
        return f"{self.provider}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote.

        Args:
            text: `provider:key`.

        Returns:
            The ref.

        Raises:
            TypeError: It is no str.
            ValueError: It is no ref.
        """
        if not isinstance(text, str):
            raise TypeError(f"A ref is a str, not {type(text).__name__}.")
        provider, colon, key = text.partition(":")
        if not colon:
            raise ValueError(f"This is no ref of the form {cls.form}: it names no provider.")
        return cls(provider, key)


@attrs.frozen
class AppointmentRef(_Ref):
    """What names an appointment again, in another process too: `cliniko:1402337715590046001`."""


@attrs.frozen
class SlotRef(_Ref):
    """What names a slot again, in another process too. Nothing is held by it."""


def _moment(_: object, field: attrs.Attribute[datetime], value: object) -> None:
    aware(value, field.name)


def _moment_or_none(_: object, field: attrs.Attribute[datetime | None], value: object) -> None:
    if value is not None:
        aware(value, field.name)


def _time(_: object, field: attrs.Attribute[datetime], value: datetime) -> None:
    _check_time(field.name, value)


def _time_or_none(_: object, field: attrs.Attribute[datetime | None], value: datetime | None) -> None:
    if value is not None:
        _check_time(field.name, value)


def _check_time(name: str, value: datetime) -> None:
    if not is_shown(aware(value, name)):
        raise ValueError(
            f"{name} does not come back from UTC as it was: either the clock of {value.tzinfo} leaps over it on that "
            "day, or the zone was attached in a way that it does not allow (pytz has localize for that)."
        )


def _a(kind: type[P]) -> Callable[[object, attrs.Attribute[P | None], object], None]:
    """Make a validator: an id alone says much less than `Service(id=...)`, of which kind it is."""

    def check(_: object, field: attrs.Attribute[P | None], value: object) -> None:
        if value is not None and not isinstance(value, kind):
            name = kind.__name__
            raise TypeError(f"{field.name} must be a {name}, such as {name}(id=...), not {type(value).__name__}.")

    return check


def _text_id(value: Id) -> str:
    return plain_id(value, "id")


def _text_id_or_none(value: Id | None) -> str | None:
    return None if value is None else plain_id(value, "id")


class _Shown(_Written):
    """A repr of the fields that recognise an object, and nothing about a person."""

    shown: ClassVar[tuple[str, ...]] = ("provider", "id")

    __slots__ = ()

    def __repr__(self) -> str:
        parts = ((name, getattr(self, name)) for name in self.shown)
        told = " ".join(f"{name}={_readable(value)}" for name, value in parts if value is not None)
        return f"<{type(self).__name__} {told}>" if told else f"<{type(self).__name__}>"


def _readable(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else str(value)


@attrs.frozen(kw_only=True, repr=False)
class Customer(_Shown):
    """Whose appointment it is: patient, customer, primary guest.

    With an `id`, the provider's customer of that id is meant; at Cubu and IMIassist, phone and email go with the
    booking all the same. Without one, the customer is found by what is given, or made where there is none: how, the
    docs say for each provider.

    Args:
        provider: The provider, for one that was read; None for one made by hand.
        id: The provider's id.
        first_name: The first name.
        last_name: The last name.
        email: The email address.
        phone: The phone number; E.164 is understood by all.
        date_of_birth: The day of birth.
        attributes: What else a provider takes, by the provider's own names.
    """

    provider: str | None = None
    id: str | None = attrs.field(default=None, converter=_text_id_or_none)
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    date_of_birth: date | None = None
    attributes: Mapping[str, str | int | float | bool | None] = attrs.field(
        factory=dict[str, str | int | float | bool | None], eq=False
    )


@attrs.frozen(kw_only=True, repr=False)
class Host(_Shown):
    """Who sees the customer: practitioner, provider, agent, clinician.

    Args:
        provider: The provider, for one that was read; None for one made by hand.
        id: The provider's id; at IMIassist, the email address.
        name: The name.
        email: The email address.
    """

    provider: str | None = None
    id: str = attrs.field(converter=_text_id)
    name: str | None = None
    email: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Service(_Shown):
    """What is done: appointment type, service type.

    Args:
        provider: The provider, for one that was read; None for one made by hand.
        id: The provider's id.
        name: The name.
        duration: How long it takes.
    """

    shown: ClassVar[tuple[str, ...]] = ("provider", "id", "name", "duration")

    provider: str | None = None
    id: str = attrs.field(converter=_text_id)
    name: str | None = None
    duration: timedelta | None = None


@attrs.frozen(kw_only=True, repr=False)
class Location(_Shown):
    """Where it is done: business, office, Cubu's service, a team.

    Args:
        provider: The provider, for one that was read; None for one made by hand.
        id: The provider's id.
        name: The name.
        time_zone: The zone by whose clock it works, an IANA name.
    """

    shown: ClassVar[tuple[str, ...]] = ("provider", "id", "name", "time_zone")

    provider: str | None = None
    id: str = attrs.field(converter=_text_id)
    name: str | None = None
    time_zone: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Slot(_Shown, Generic[N_co]):
    """A time that can be booked. Nothing is held by it: whoever books first has it.

    It can be made by hand, where the time is known otherwise: what each provider then needs, the docs say.

    Args:
        provider: The provider, such as `"cliniko"`.
        ref: What names it again in another process; None for one made by hand.
        start: When it begins, aware: in the location's zone where that is known, else UTC.
        end: When it ends; None where the provider does not say.
        service: What is done then.
        host: Who sees the customer.
        location: Where.
        channels: How the customer can be met; empty where the provider does not say.
        native: The provider's own object; None for one made by hand, or read from JSON.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: `start` or `end` is naive, or a time that the clock leaps over, or `end` is not after `start`.
    """

    shown: ClassVar[tuple[str, ...]] = ("provider", "start", "end", "service", "host", "location")

    provider: str
    ref: SlotRef | None = None
    start: datetime = attrs.field(validator=_time)
    end: datetime | None = attrs.field(default=None, validator=_time_or_none)
    service: Service | None = attrs.field(default=None, validator=_a(Service))
    host: Host | None = attrs.field(default=None, validator=_a(Host))
    location: Location | None = attrs.field(default=None, validator=_a(Location))
    channels: tuple[Channel, ...] = ()
    native: N_co = attrs.field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        provider: object = self.provider
        if not isinstance(provider, str):
            raise TypeError(f"provider must be a provider's name, not {type(provider).__name__}.")
        if self.end is not None and instant(self.end) <= instant(self.start):
            raise ValueError("end must be after start.")


@attrs.frozen(kw_only=True, repr=False)
class Appointment(_Shown, Generic[N_co]):
    """An appointment.

    Attributes:
        provider: The provider, such as `"cliniko"`.
        ref: What names it again in another process.
        id: The provider's id.
        start: When it begins, aware: in the location's zone where that is known, else UTC.
        end: When it ends.
        status: What has become of it.
        customer: Whose it is. Only the id, where the provider sends no more.
        host: Who sees the customer. Only the id, where the provider sends no more.
        service: What is done. Only the id, where the provider sends no more.
        location: Where. Only the id, where the provider sends no more.
        channel: How the customer is met.
        title: The title.
        notes: The notes.
        join_url: The customer's own link to a video call; never a host's.
        reference: The caller's own reference.
        time_zone: The zone that `start` and `end` are in, an IANA name; None for UTC.
        created_at: When it was made.
        updated_at: When it was last changed.
        cancelled_at: When it was cancelled.
        recovered: Whether the answer to the booking was lost, and this was found at the provider afterwards.
        native: The provider's own object; None for one that was read from JSON.
    """

    shown: ClassVar[tuple[str, ...]] = ("ref", "start", "status")

    provider: str
    ref: AppointmentRef
    id: str
    start: datetime = attrs.field(validator=_moment)
    end: datetime | None = attrs.field(default=None, validator=_moment_or_none)
    status: AppointmentStatus = AppointmentStatus.UNKNOWN
    customer: Customer | None = None
    host: Host | None = None
    service: Service | None = None
    location: Location | None = None
    channel: Channel = Channel.UNKNOWN
    title: str | None = None
    notes: str | None = None
    join_url: str | None = None
    reference: str | None = None
    time_zone: str | None = None
    created_at: datetime | None = attrs.field(default=None, validator=_moment_or_none)
    updated_at: datetime | None = attrs.field(default=None, validator=_moment_or_none)
    cancelled_at: datetime | None = attrs.field(default=None, validator=_moment_or_none)
    recovered: bool = attrs.field(default=False, eq=False)
    native: N_co = attrs.field(default=None, eq=False)


@attrs.frozen(kw_only=True, repr=False)
class Cancellation(_Shown):
    """What a cancellation led to.

    Attributes:
        ref: The appointment.
        cancelled_at: When it was cancelled, where the provider says so.
        appointment: The appointment as it is now, where the provider gives it.
    """

    shown: ClassVar[tuple[str, ...]] = ("ref", "cancelled_at")

    ref: AppointmentRef
    cancelled_at: datetime | None = attrs.field(default=None, validator=_moment_or_none)
    appointment: Appointment[object] | None = None


Services: TypeAlias = "Service | str | Sequence[Service | str]"
"""A service, its id, or several of either."""
Hosts: TypeAlias = "Host | str | Sequence[Host | str]"
"""A host, its id, or several of either."""
Locations: TypeAlias = "Location | str | Sequence[Location | str]"
"""A location, its id, or several of either."""
