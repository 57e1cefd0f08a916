"""A call that was let in, what every handler does with it, and the route that led it there."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

import orjson
from attrs import field, frozen

from apptsdk.sandbox.cubu import refusals
from apptsdk.sandbox.cubu.knobs import Knobs
from apptsdk.sandbox.cubu.records import Calendar, Service
from apptsdk.sandbox.cubu.world import World
from apptsdk.sandbox.http import Answer, Call

_JSON = "application/json"
_PARAM = re.compile(r"\{(\w+)\}")
_INDEX = re.compile(r"[0-9]{1,4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1970, 2100)


def guid(value: object) -> str:
    """Read a GUID.

    Args:
        value: what may be one.

    Returns:
        It in small letters; nothing if it is none.
    """
    try:
        read = str(UUID(value)) if isinstance(value, str) else ""
    except ValueError:
        return ""
    return read if isinstance(value, str) and read == value.lower() else ""


@frozen(kw_only=True)
class Ask:
    """A call that was let in, on its way to its handler."""

    world: World
    knobs: Knobs
    call: Call
    params: Mapping[str, str] = field(repr=False)
    """From the path, as they came."""

    @property
    def query(self) -> dict[str, str]:
        """The query; of what comes twice, the last."""
        return dict(self.call.query)

    @property
    def body(self) -> dict[str, Any]:
        """What was sent.

        Raises:
            Refusal: 415, it does not call itself JSON; 400, it is no JSON object.
        """
        if self.call.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            raise refusals.unheard()
        try:
            said = orjson.loads(self.call.body)
        except orjson.JSONDecodeError:
            said = None
        if not isinstance(said, dict):
            raise refusals.invalid({"$": ["must be a JSON object"]})
        return cast("dict[str, Any]", said)

    def guid(self, name: str) -> str:
        """Read a GUID of the path.

        Args:
            name: the parameter's.

        Returns:
            It in small letters; nothing if it is none, so that nothing is found under it.
        """
        return guid(self.params[name])

    def service(self) -> Service:
        """Find the service that the path names.

        Raises:
            Refusal: 404.
        """
        found = self.world.services.get(self.guid("serviceId"))
        if found is None:
            raise refusals.missing("service")
        return found

    def day(self) -> date:
        """Read the date of the path.

        Raises:
            Refusal: 404, it is none.
        """
        said = self.params["date"]
        try:
            return date.fromisoformat(said if _DATE.fullmatch(said) else "")
        except ValueError:
            raise refusals.missing("date") from None

    def calendars(self) -> list[Calendar]:
        """Give the calendars of the service and the day that the path names.

        Raises:
            Refusal: 404.
        """
        service, day = self.service(), self.day()
        desks = range(len(service.desks) if day.year in _YEARS else 0)
        return [Calendar(service=service, date=day, cu_index=index) for index in desks]

    def calendar(self) -> Calendar:
        """Find the calendar that the path names.

        Raises:
            Refusal: 404.
        """
        said = self.params["cuIndex"]
        index = int(said) if _INDEX.fullmatch(said) else -1
        for calendar in self.calendars():
            if calendar.cu_index == index:
                return calendar
        raise refusals.missing("calendar")


Handler = Callable[[Ask], Answer]


@frozen
class Route:
    """A method and a path below the application, the role that it needs, and who answers."""

    path: str
    """Such as `GET /calendars/{serviceId}/{date}`."""
    role: str
    handler: Handler

    @property
    def pattern(self) -> str:
        """The path with `#` for every parameter."""
        return _PARAM.sub("#", self.path)

    @property
    def names(self) -> list[str]:
        """The parameters of the path, in order."""
        return _PARAM.findall(self.path)
