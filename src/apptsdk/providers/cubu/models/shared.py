"""What Cubu's objects share: how they are spelt, how a customer is served, and what names things again."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Mapping
from typing import ClassVar, Final, Self

import attrs

from apptsdk.models import Model, OpenStr
from apptsdk.providers.cubu.ids import guid

_CAPITAL: Final = re.compile(r"_([a-z])")
MAX_INDEX: Final = 2**31 - 1


def camel(name: str) -> str:
    """Spell a field as Cubu does: `service_type_id` is `serviceTypeId`."""
    return _CAPITAL.sub(lambda found: found[1].upper(), name)


@attrs.frozen(kw_only=True, repr=False)
class CubuModel(Model):
    """The base of Cubu's objects: fields are in snake case here and in camel case there.

    https://docs.cubu.com/guides/s2s-api-guide
    """

    shown: ClassVar[tuple[str, ...]] = ()
    spelt: ClassVar[Mapping[str, str]] = {}
    """The vendor's names of fields that are called otherwise here."""

    def __init_subclass__(cls) -> None:
        """Write down how the fields are spelt there."""
        names = {name for ancestor in cls.__mro__ for name in inspect.get_annotations(ancestor)}
        cls.sent_as = {name: camel(name) for name in names if not name.startswith("_")} | dict(cls.spelt)


class Channel(OpenStr):
    """How a customer is served.

    https://docs.cubu.com/guides/s2s-api-guide/appointments-management-api/book-appointment
    """

    FACE_TO_FACE = "FaceToFace"
    VIDEO = "Video"
    PHONE = "Phone"


@attrs.frozen(kw_only=True)
class CalendarRef:
    """What names a calendar again, in another process too: `str()` of it is `service/date/cu`.

    Args:
        service_id: The service's GUID.
        date: The day, in the service's zone.
        cu_index: The capacity unit index: one calendar for each agent or counter of a service and day, from 0.

    Raises:
        TypeError: One is of the wrong type.
        ValueError: One is malformed.
    """

    service_id: str
    date: dt.date
    cu_index: int

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "service_id", guid(self.service_id, "service_id"))
        checked_day(self.date, "date")
        if isinstance(self.cu_index, bool) or not isinstance(self.cu_index, int):
            raise TypeError(f"cu_index must be an int, not {type(self.cu_index).__name__}.")
        if not 0 <= self.cu_index <= MAX_INDEX:
            raise ValueError("cu_index must be 0 or above.")

    def __str__(self) -> str:
        return f"{self.service_id}/{self.date.isoformat()}/{self.cu_index}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote.

        Args:
            text: `service/date/cu`.

        Returns:
            The reference.

        Raises:
            ValueError: It is none.
        """
        service_id, date, cu_index = _parts(text, 3, "service/date/cu")
        return cls(service_id=service_id, date=_day(date), cu_index=_index(cu_index))


@attrs.frozen(kw_only=True)
class CaseRef:
    """What names an appointment again, in another process too: `str()` of it is `service/date/cu/case`.

    Cubu knows no appointment by its id alone: the calendar goes with it.

    Args:
        service_id: The service's GUID.
        date: The day, in the service's zone.
        cu_index: The calendar's index.
        case_id: The case's GUID.

    Raises:
        TypeError: One is of the wrong type.
        ValueError: One is malformed.
    """

    service_id: str
    date: dt.date
    cu_index: int
    case_id: str

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "service_id", self.calendar.service_id)
        object.__setattr__(self, "case_id", guid(self.case_id, "case_id"))

    @property
    def calendar(self) -> CalendarRef:
        """The calendar that it is in."""
        return CalendarRef(service_id=self.service_id, date=self.date, cu_index=self.cu_index)

    def __str__(self) -> str:
        return f"{self.calendar}/{self.case_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote.

        Args:
            text: `service/date/cu/case`.

        Returns:
            The reference.

        Raises:
            ValueError: It is none.
        """
        service_id, date, cu_index, case_id = _parts(text, 4, "service/date/cu/case")
        return cls(service_id=service_id, date=_day(date), cu_index=_index(cu_index), case_id=case_id)


def reference_or_none(
    service_id: str | None, date: dt.date | None, cu_index: int | None, case_id: str | None
) -> CaseRef | None:
    """Name an appointment by what the vendor sent of it; None where something is missing, or is no id."""
    if service_id is None or date is None or cu_index is None or case_id is None:
        return None
    try:
        return CaseRef(service_id=service_id, date=date, cu_index=cu_index, case_id=case_id)
    except ValueError:
        return None


def case_in(calendar: CalendarRef, case_id: str) -> CaseRef:
    """Name an appointment by its calendar and its case."""
    return CaseRef(service_id=calendar.service_id, date=calendar.date, cu_index=calendar.cu_index, case_id=case_id)


def checked_day(value: object, argument: str) -> dt.date:
    """Check a day that a caller gave.

    Args:
        value: The day.
        argument: The argument's name, for the message.

    Returns:
        The day.

    Raises:
        TypeError: It is no date; a datetime is none, because its day depends on the zone.
    """
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise TypeError(
            f"{argument} must be a date, such as date(2026, 3, 2): the day in the service's zone; "
            f"not {type(value).__name__}."
        )
    return value


def _parts(text: object, count: int, form: str) -> list[str]:
    if not isinstance(text, str):
        raise TypeError(f"A reference is a str, not {type(text).__name__}.")
    parts = text.split("/")
    if len(parts) != count:
        raise ValueError(f"This is no reference of the form {form}.")
    return parts


def _day(text: str) -> dt.date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError("The reference's second part is no date such as 2026-03-02.")


def _index(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,10}", text):
        return int(text)
    raise ValueError("The reference's third part is no calendar index.")


@attrs.frozen(kw_only=True)
class Input:
    """What is sent to make something."""

    placed: ClassVar[Mapping[str, str]] = {}
    """The vendor's names of fields that are called otherwise here."""


@attrs.frozen(kw_only=True, repr=False)
class User(CubuModel):
    """An agent.

    Attributes:
        user_id: The GUID.
        display_name: The name.
        initials: The initials.
        picture: The URL of a picture.
    """

    shown: ClassVar[tuple[str, ...]] = ("user_id",)

    user_id: str | None = None
    display_name: str | None = None
    initials: str | None = None
    picture: str | None = None
