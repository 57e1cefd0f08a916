"""The verbs of what has a time, and of who attends it."""

from functools import partial
from http import HTTPStatus
from typing import Any

from apptsdk.sandbox.cliniko import attendance, forms, handlers
from apptsdk.sandbox.cliniko.ask import NOTHING, Ask, Handler
from apptsdk.sandbox.cliniko.forms import Form
from apptsdk.sandbox.cliniko.records import Appointment, Attendee, GroupAppointment, Span
from apptsdk.sandbox.cliniko.repeats import later
from apptsdk.sandbox.cliniko.resources import (
    ATTENDEES,
    AVAILABILITY_BLOCKS,
    BOOKINGS,
    GROUP_APPOINTMENTS,
    INDIVIDUAL_APPOINTMENTS,
    UNAVAILABLE_BLOCKS,
    Resource,
)
from apptsdk.sandbox.http import Answer, say


def _book(ask: Ask, *, resource: Resource, form: Form[Any]) -> Answer:
    rows = form.create(ask.world, ask.body, ask.now)
    ask.world.book(rows)
    if isinstance(rows[0], Appointment):
        _latest(ask, rows[0].patient, rows[0].id)
    ask.commit("create", resource, rows)
    return ask.created(resource, rows[0])


def _latest(ask: Ask, patient: int, booking: int) -> None:
    ask.world.patients[patient].values["latest_booking_id"] = booking


def _move(ask: Ask, *, resource: Resource, form: Form[Any]) -> Answer:
    row = ask.one(resource)
    form.update(ask.world, row, ask.body, ask.now)
    ask.world.book([row])
    ask.commit("update", resource, [row])
    return ask.changed(resource, row)


def _conflicts(ask: Ask, *, resource: Resource) -> Answer:
    row: Span = ask.one(resource)
    others = ask.world.busy(row.practitioner, row.starts_at, row.ends_at)
    return say(HTTPStatus.OK, {"conflicts": {"exist": any(other is not row for other in others)}})


def _cancel(ask: Ask) -> Answer:
    row: Appointment = ask.one(INDIVIDUAL_APPOINTMENTS)
    said = attendance.read_cancellation(ask.body)
    series = ask.world.individual_appointments.values()
    rows = [row, *(later(series, row) if said.repeats else ())]
    said.apply(rows, ask.now)
    ask.commit("cancel", INDIVIDUAL_APPOINTMENTS, rows)
    return NOTHING


def _archive_group(ask: Ask) -> Answer:
    row: GroupAppointment = ask.one(GROUP_APPOINTMENTS)
    attendees = [one for one in row.attendees if one.archived_at is None]
    for one in (row, *attendees):
        one.archived_at = one.updated_at = ask.now
    ask.commit("archive", GROUP_APPOINTMENTS, [row], along=[(ATTENDEES, one) for one in attendees])
    return NOTHING


def _attend(ask: Ask) -> Answer:
    row = attendance.create(ask.world, ask.body, ask.now)
    ask.world.attend(row)
    _latest(ask, row.patient, row.booking)
    ask.commit("create", ATTENDEES, [row])
    return ask.created(ATTENDEES, row)


def _mark(ask: Ask) -> Answer:
    row = ask.one(ATTENDEES)
    attendance.update(ask.world, row, ask.body, ask.now)
    ask.commit("update", ATTENDEES, [row])
    return ask.changed(ATTENDEES, row)


def _cancel_attendee(ask: Ask) -> Answer:
    row = attendance.of_group(ask.one(ATTENDEES), "cancelled")
    said = attendance.read_cancellation(ask.body)
    rows = [row, *(attendance.places_later(ask.world, row) if said.repeats else ())]
    said.apply(rows, ask.now)
    ask.commit("cancel", ATTENDEES, rows)
    return NOTHING


def _archive_attendee(ask: Ask) -> Answer:
    row: Attendee = attendance.of_group(ask.one(ATTENDEES), "archived")
    row.archived_at = row.updated_at = ask.now
    ask.commit("archive", ATTENDEES, [row])
    return NOTHING


def _diary(resource: Resource, form: Form[Any], archive: Handler | None = None) -> dict[str, Handler]:
    base = f"/{resource.name}"
    archive = archive or partial(handlers.archive, resource=resource)
    return {
        **handlers.routes(resource, "list", "get"),
        f"POST {base}": partial(_book, resource=resource, form=form),
        f"PATCH {base}/#": partial(_move, resource=resource, form=form),
        f"PUT {base}/#": partial(_move, resource=resource, form=form),
        f"POST {base}/#/archive": archive,
        f"DELETE {base}/#": archive,
        f"GET {base}/#/conflicts": partial(_conflicts, resource=resource),
    }


ROUTES: dict[str, Handler] = {
    **_diary(INDIVIDUAL_APPOINTMENTS, forms.INDIVIDUAL),
    "PATCH /individual_appointments/#/cancel": _cancel,
    **_diary(GROUP_APPOINTMENTS, forms.GROUP, _archive_group),
    **_diary(UNAVAILABLE_BLOCKS, forms.UNAVAILABLE),
    **handlers.routes(AVAILABILITY_BLOCKS, "list", "get"),
    "POST /availability_blocks": partial(_book, resource=AVAILABILITY_BLOCKS, form=forms.AVAILABLE),
    **handlers.routes(BOOKINGS, "list", "get"),
    **handlers.routes(ATTENDEES, "list", "get"),
    "POST /attendees": _attend,
    "PATCH /attendees/#": _mark,
    "PUT /attendees/#": _mark,
    "PATCH /attendees/#/cancel": _cancel_attendee,
    "POST /attendees/#/archive": _archive_attendee,
    "DELETE /attendees/#": _archive_attendee,
}
