"""What names an appointment and a slot of NexHealth's again, in another process: the grammar of both refs.

And where and when a slot is, by all that it says.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

import attrs

from apptsdk.providers.nexhealth.models import AvailableSlot
from apptsdk.providers.nexhealth.settings import SUBDOMAIN
from apptsdk.providers.nexhealth.wire import identifier

if TYPE_CHECKING:
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.shared import Host, Location, Service, Slot

_NONE: Final = "-"
_ID: Final = r"[1-9][0-9]{0,17}"
_MAYBE: Final = f"(?:{_ID}|{_NONE})"
_MOMENT: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?Z"
_APPOINTMENT: Final = re.compile(rf"(?P<subdomain>{SUBDOMAIN.pattern})/(?P<id>{_ID})")
_SLOT: Final = re.compile(
    rf"(?P<subdomain>{SUBDOMAIN.pattern})/(?P<location_id>{_ID})/(?P<provider_id>{_MAYBE})/(?P<operatory_id>{_MAYBE})/"
    rf"(?P<appointment_type_id>{_MAYBE})/(?P<start>{_MOMENT})/(?P<end>{_MOMENT}|{_NONE})"
)
APPOINTMENT_FORM: Final = "nexhealth:<subdomain>/<id>"
SLOT_FORM: Final = (
    "nexhealth:<subdomain>/<location>/<provider or ->/<operatory or ->/<appointment type or ->/<start>/<end or ->, "
    "the times as 2031-04-15T14:00:00Z"
)


def at_practice(scope: Scope, subdomain: str) -> Scope:
    """Say within what a practice is asked. Another practice has other offices, so the client's own goes with it.

    Args:
        scope: Within what the client asks.
        subdomain: The practice.

    Returns:
        Within what the practice is asked.
    """
    return scope if scope.subdomain == subdomain else attrs.evolve(scope, subdomain=subdomain, location_id=None)


@attrs.frozen
class AppointmentKey:
    """What names an appointment: the practice and the appointment's id.

    Args:
        subdomain: The practice.
        id: The appointment's id.
    """

    subdomain: str
    id: int

    def __str__(self) -> str:
        return f"{self.subdomain}/{self.id}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read what `str()` wrote.

        Args:
            key: The key of a ref.

        Returns:
            What it names.

        Raises:
            ValueError: It is something else.
        """
        found = _APPOINTMENT.fullmatch(key)
        if found is None:
            raise ValueError(f"appointment is no ref of the form {APPOINTMENT_FORM}.")
        return cls(found["subdomain"], int(found["id"]))


@attrs.frozen(kw_only=True)
class SlotKey:
    """What names a slot: all that booking it needs beside the patient.

    Args:
        subdomain: The practice.
        location_id: The office.
        provider_id: The provider; None for a slot that is tied to nobody.
        operatory_id: The chair or room, where it is tied to one.
        appointment_type_id: The type, where it was found for one.
        start: When it begins.
        end: When it ends, where that is known.
    """

    subdomain: str
    location_id: int
    provider_id: int | None
    operatory_id: int | None
    appointment_type_id: int | None
    start: datetime
    end: datetime | None

    def __str__(self) -> str:
        ids = (self.location_id, self.provider_id, self.operatory_id, self.appointment_type_id)
        return "/".join((self.subdomain, *map(_id_text, ids), _moment_text(self.start), _moment_text(self.end)))

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read what `str()` wrote.

        Args:
            key: The key of a ref.

        Returns:
            What it names.

        Raises:
            ValueError: It is something else.
        """
        found = _SLOT.fullmatch(key)
        if found is None:
            raise ValueError(f"slot is no ref of the form {SLOT_FORM}.")
        try:
            start, end = datetime.fromisoformat(found["start"]), _moment(found["end"])
        except ValueError:  # a month that is none, for instance
            raise ValueError(f"slot is no ref of the form {SLOT_FORM}.") from None
        if end is not None and end <= start:
            raise ValueError("slot is no ref of a slot: it ends before it begins.")
        return cls(
            subdomain=found["subdomain"],
            location_id=int(found["location_id"]),
            provider_id=_id(found["provider_id"]),
            operatory_id=_id(found["operatory_id"]),
            appointment_type_id=_id(found["appointment_type_id"]),
            start=start,
            end=end,
        )


def _id_text(value: int | None) -> str:
    return _NONE if value is None else str(value)


def _moment_text(value: datetime | None) -> str:
    return _NONE if value is None else f"{value.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def _id(text: str) -> int | None:
    return None if text == _NONE else int(text)


def _moment(text: str) -> datetime | None:
    return None if text == _NONE else datetime.fromisoformat(text)


@attrs.frozen(kw_only=True)
class Place:
    """Where and when: what a slot says, and what names it.

    Args:
        subdomain: The practice; None for the client's.
        location_id: The office; None for the client's.
        provider_id: The provider, where one is named.
        operatory_id: The chair or room, where one is named.
        appointment_type_id: The type, where one is named.
        start: When it begins.
        end: When it ends, where that is known.
    """

    subdomain: str | None
    location_id: int | None
    provider_id: int | None
    operatory_id: int | None
    appointment_type_id: int | None
    start: datetime
    end: datetime | None


def place_of(slot: Slot[object]) -> Place:
    """Read a slot: its own fields first, then what names it, then the vendor's own object.

    Args:
        slot: The slot.

    Returns:
        Where and when it is.

    Raises:
        ValueError: Its ref or an id is malformed.
    """
    key = None if slot.ref is None else SlotKey.parse(slot.ref.key)
    native = slot.native if isinstance(slot.native, AvailableSlot) else None
    chair = None if native is None else native.operatory_id
    return Place(
        subdomain=None if key is None else key.subdomain,
        location_id=_number(slot.location, "location", None if key is None else key.location_id),
        provider_id=_number(slot.host, "host", None if key is None else key.provider_id),
        operatory_id=chair if key is None else key.operatory_id,
        appointment_type_id=_number(slot.service, "service", None if key is None else key.appointment_type_id),
        # In UTC, because within one zone Python compares what the clock shows, which comes twice when it is put back.
        start=slot.start.astimezone(UTC),
        end=None if slot.end is None else slot.end.astimezone(UTC),
    )


def _number(given: Location | Host | Service | None, name: str, said: int | None) -> int | None:
    return said if given is None else identifier(given.id, f"slot.{name}")
