"""Appointments: booked, listed, and cancelled in three forms."""

from http import HTTPStatus
from typing import Final

from attrs import evolve

from apptsdk.sandbox.cubu import refusals, rendering
from apptsdk.sandbox.cubu.ask import Ask, Route, guid
from apptsdk.sandbox.cubu.calendars import CALENDAR
from apptsdk.sandbox.cubu.inputs import REQUIRED, Reader
from apptsdk.sandbox.cubu.knobs import APPOINTMENTS, CancelForm, Knobs
from apptsdk.sandbox.cubu.records import Appointment, Calendar, Case
from apptsdk.sandbox.cubu.slots import vacant, worked
from apptsdk.sandbox.cubu.times import DAY, moment
from apptsdk.sandbox.http import Answer, say

_APPOINTMENTS: Final = f"{CALENDAR}/appointments"
_CANCELLED: Final = "Cancelled"
_DONE: Final = ("Resolved", "Active")


def _list(ask: Ask) -> Answer:
    cases = ask.world.booked(ask.calendar())
    wanted = ask.query.get("customerRecordId")
    if wanted:
        if not guid(wanted):
            raise refusals.invalid({"customerRecordId": ["must be a GUID"]})
        cases = [case for case in cases if case.customer_id == guid(wanted)]
    return say(HTTPStatus.OK, [rendering.case(ask.world, case, ask.knobs) for case in cases])


def _start(reader: Reader) -> int:
    said = reader.body.get("startTime")
    if said is None:
        reader.wrong("startTime", REQUIRED)
    elif not isinstance(said, int) or isinstance(said, bool) or said not in range(DAY):
        reader.wrong("startTime", f"must be a whole number from 0 to {DAY - 1}")
    else:
        return said
    return 0


def _book(ask: Ask) -> Answer:
    calendar = ask.calendar()
    reader = Reader(ask, calendar.service)
    start = _start(reader)
    bypass, prevent = reader.flag("bypassTimeslotCheck"), reader.flag("preventSelfCheckIn")
    matter = reader.matter()
    _admit(ask, calendar, start, matter.service_type.duration, bypass=bypass)
    world, begins = ask.world, moment(calendar.service.zone, calendar.date, start)
    opened = world.stamp()
    asked = Case(
        id=world.guid(),
        service=calendar.service,
        service_type=matter.service_type,
        channel=matter.channel,
        language=matter.language,
        status="Planned",
        status_date=opened,
        opened=opened,
        reference_date=world.stamp(begins),
        ticket=world.ticket(calendar.service),
        entry_mode="Appointment",
        customer_id=matter.customer_id,
        phone=matter.phone,
        email=matter.email,
        fields=matter.fields,
        tag_ids=matter.tag_ids,
        appointment=Appointment(
            calendar=calendar,
            start=start,
            duration=matter.service_type.duration,
            begins=begins,
            prevent_self_check_in=prevent,
        ),
    )
    case = world.before_book(asked)
    world.keep_case("create", case, rendering.case(world, case, ask.knobs))
    world.after_book(case)
    return say(HTTPStatus.CREATED, rendering.opened(ask, case))


def _admit(ask: Ask, calendar: Calendar, start: int, duration: int, *, bypass: bool) -> None:
    if not worked(calendar, start, duration):
        raise refusals.conflict(refusals.OUTSIDE_HOURS, "The time is outside the working hours.")
    if not bypass and start not in vacant(ask.world, calendar, duration, ask.world.now()):
        raise refusals.conflict(refusals.NOT_VACANT, "The time slot is not vacant.", ask.knobs.taken_status)


def _cancel_in_calendar(ask: Ask) -> Answer:
    calendar, wanted = ask.calendar(), ask.guid("caseId")
    for case in ask.world.booked(calendar):
        if case.id == wanted:
            return _cancel(ask, case)
    raise refusals.missing("appointment")


def _cancel_case(ask: Ask) -> Answer:
    case = ask.world.cases.get(ask.guid("caseId"))
    if case is None or case.appointment is None:
        raise refusals.missing("appointment")
    if case.status == _CANCELLED:
        raise refusals.conflict(refusals.CANCELLED_ALREADY, "The appointment is cancelled already.")
    return _cancel(ask, case)


def _cancel(ask: Ask, case: Case) -> Answer:
    if case.status in _DONE:
        raise refusals.conflict(refusals.INVALID_STATUS, f"The case is {case.status}.")
    at = ask.world.stamp()
    cancelled = evolve(case, status=_CANCELLED, status_date=at, closed=at)
    ask.world.keep_case("cancel", cancelled, rendering.case(ask.world, cancelled, ask.knobs))
    return Answer(HTTPStatus.NO_CONTENT)


_CANCELS: Final[dict[CancelForm, Route]] = {
    "delete": Route(f"DELETE {_APPOINTMENTS}/{{caseId}}", APPOINTMENTS, _cancel_in_calendar),
    "action": Route(f"POST {_APPOINTMENTS}/{{caseId}}/actions/cancel", APPOINTMENTS, _cancel_in_calendar),
    "case_action": Route("POST /cases/{caseId}/actions/cancel", APPOINTMENTS, _cancel_case),
}


def routes(knobs: Knobs) -> tuple[Route, ...]:
    """Give the routes.

    Args:
        knobs: say in which forms an appointment can be cancelled.
    """
    return (
        Route(f"GET {_APPOINTMENTS}", APPOINTMENTS, _list),
        Route(f"POST {_APPOINTMENTS}", APPOINTMENTS, _book),
        *(_CANCELS[form] for form in knobs.cancel_forms),
    )
