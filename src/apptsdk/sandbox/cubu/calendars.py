"""The calendars of a service, and when they are free."""

from http import HTTPStatus

from apptsdk.sandbox.cubu import refusals, rendering
from apptsdk.sandbox.cubu.ask import Ask, Route
from apptsdk.sandbox.cubu.inputs import REQUIRED, find_type
from apptsdk.sandbox.cubu.knobs import APPOINTMENTS, Knobs
from apptsdk.sandbox.cubu.slots import vacant
from apptsdk.sandbox.http import Answer, say

CALENDARS = "/calendars/{serviceId}/{date}"
CALENDAR = CALENDARS + "/{cuIndex}"


def _list(ask: Ask) -> Answer:
    return say(HTTPStatus.OK, [rendering.calendar(ask.world, one) for one in ask.calendars()])


def _vacancies(ask: Ask) -> Answer:
    calendar, said = ask.calendar(), ask.query.get("serviceTypeId", "")
    kind = find_type(ask, calendar.service, said)
    if kind is None:
        raise refusals.invalid({"serviceTypeId": ["is no service type of this service" if said else REQUIRED]})
    slots = vacant(ask.world, calendar, kind.duration, ask.world.now())
    shown = {"serviceTypeId": kind.id, "serviceTypeName": kind.name, "duration": kind.duration, "slots": slots}
    return say(HTTPStatus.OK, shown)


def routes(_: Knobs) -> tuple[Route, ...]:
    """Give the routes."""
    return (
        Route(f"GET {CALENDARS}", APPOINTMENTS, _list),
        Route(f"GET {CALENDAR}/vacancies", APPOINTMENTS, _vacancies),
    )
