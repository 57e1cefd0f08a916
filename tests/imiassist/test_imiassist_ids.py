"""What may go into a URL or a body as an id, of which no grammar is known: one segment, or refused unsent."""

from __future__ import annotations

from datetime import datetime

import attrs
import pytest
from hostile import ANY_ID, BAD, ELSEWHERE, NO_ID, one_path, refuse
from hypothesis import example, given
from imiassist_support import ID, MADE, REFERENCE, START, UID, answer, settings

from apptsdk.providers.imiassist import Appointment
from apptsdk.providers.imiassist.models import AppointmentSchedule
from apptsdk.providers.imiassist.operations import appointments

READ = {"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}
SCOPE = settings(endpoints=READ).scope_of_calls
FLAT = {"method": "POST", "path": "/bookings"}
FLOW = settings(
    endpoints=dict.fromkeys(("cancel_by_id", "cancel_by_uid", "cancel_by_external_reference", "get"), FLAT),
    field_names={"appointment_id": "Ref", "appointment_uid": "Number", "external_reference_id": "Crm"},
).scope_of_calls
NAMES = {"appointment_id": "Ref", "appointment_uid": "Number", "external_reference_id": "Crm"}
WAYS = {
    "appointment_id": "/appointments/{}/cancel",
    "appointment_uid": "/appointments/uid/{}/cancel",
    "external_reference_id": "/appointments/external/{}/cancel",
}
OPAQUE = {"NS-45-1": "NS-45-1", "%2e%2e": "%252e%252e", "a?x#y;": "a%3Fx%23y%3B", "é 1": "%C3%A9%201", -1: "-1"}
"""What may be an id, as far as anybody knows, and the segment that it is."""
FIT_FOR_A_BODY = (".", "..", "a/b", "../../x", "a\\b")
"""What is no id, and yet may be the caller's own reference behind a flow."""
IDS = ("customer_id", "team_id", "reference_case_id", "external_reference_id")


def cancel(name, value, scope=SCOPE):
    return appointments.cancel(scope, **{name: value})


def body(**more):
    return appointments.schedule(SCOPE, AppointmentSchedule(start_time=START, **more)).body


@pytest.mark.parametrize("name", WAYS)
def test_what_is_no_id_is_refused_and_the_argument_is_named(name):
    refuse(lambda value: cancel(name, value), NO_ID, rf"^{name} (must be|is not)")
    # What becomes part of no path may hold what a path may not.
    flat = [value for value in NO_ID if name != "external_reference_id" or value not in FIT_FOR_A_BODY]
    refuse(lambda value: cancel(name, value, FLOW), flat, rf"^{name}\b")
    with pytest.raises(TypeError, match=r"^Give one of appointment, appointment_id, appointment_uid, external"):
        cancel(name, None)


def test_what_is_no_id_cannot_be_read():
    refuse(lambda value: appointments.get(SCOPE, value), (*NO_ID, None), r"^appointment_id (must be|is not)")


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("value", OPAQUE)
def test_whatever_else_is_an_id_is_one_quoted_segment_or_a_member_as_it_is(value, name):
    assert cancel(name, value).path == WAYS[name].format(OPAQUE[value])
    asked = cancel(name, value, FLOW)
    assert (asked.path, asked.body) == ("/bookings", {NAMES[name]: str(value)})


@given(ANY_ID)
@example("../cancel")
@example("%2f")
def test_whatever_the_id_a_path_has_its_number_of_segments(value):
    for name, path in WAYS.items():
        try:
            made = cancel(name, value), cancel(name, value, FLOW)
        except (TypeError, ValueError):
            continue
        one_path(made[0].path.replace("%", "x"), path.count("/"))
        assert made[0].body == {}
        assert (made[1].path, made[1].body) == ("/bookings", {NAMES[name]: str(value)})


@pytest.mark.parametrize("name", IDS)
def test_a_bad_id_in_a_body_is_refused_and_another_one_is_a_text(name):
    refuse(lambda value: body(**{name: value}), NO_ID, rf"^{name} (must be|is not)")
    for value in BAD[len(NO_ID) :]:
        assert body(**{name: value})[name] == str(value)


def test_every_id_that_a_body_takes_is_tried_here():
    """A new parameter of an id's kind must be added above."""
    assert {field.name for field in attrs.fields(AppointmentSchedule) if field.name.endswith("_id")} == {*IDS}


def test_an_id_that_the_other_side_made_leads_nowhere_else_either():
    for wrong in ("../..", "a/b", "a\nb"):
        made = Appointment(response_body="", response_status_code=201, appointment_id=wrong)
        with pytest.raises(ValueError, match=r"^appointment_id is not an id"):
            appointments.cancel(SCOPE, made)
    by_uid = Appointment(response_body="", response_status_code=201, appointment_uid=UID)
    assert appointments.cancel(SCOPE, by_uid).path == f"/appointments/uid/{UID}/cancel"


# --- before anything is sent -----------------------------------------------------------------------------------------

ONE = Appointment(response_body="", response_status_code=201, appointment_id=ID)
SCHEDULE, CANCEL = "appointments.schedule", "appointments.cancel"
BAD_CALLS = {
    "nothing to cancel": (CANCEL, (), {}, "^Give one of appointment, appointment_id"),
    "two names to cancel by": (CANCEL, (), {"appointment_id": ID, "appointment_uid": UID}, "^Give one of"),
    "an appointment and its name": (CANCEL, (ONE,), {"appointment_id": ID}, "^Give one of"),
    "a bare id to cancel": (
        CANCEL,
        (ID,),
        {},
        r"^appointment must be an Appointment, not str\. Give an id by its name",
    ),
    "an appointment for its id": (CANCEL, (), {"appointment_id": ONE}, r"not Appointment\. Pass its \.id\."),
    "a naive start": (SCHEDULE, (), {"start_time": datetime(2026, 3, 2, 9)}, "^start_time is naive"),  # noqa: DTZ001
    **ELSEWHERE,
}


@pytest.mark.parametrize("why", BAD_CALLS)
def test_a_bad_argument_is_refused_before_anything_is_sent(why, vendor):
    verb, args, kwargs, named = BAD_CALLS[why]

    async def story(c):
        with pytest.raises((TypeError, ValueError), match=named):
            await c.call(verb, *args, **kwargs)

    vendor.tell(story)
    assert vendor.seen == []


def test_an_appointment_is_cancelled_by_the_id_that_it_came_with(vendor):
    vendor.answers(answer(MADE, 201), answer({"appointment_id": ID}))

    async def story(c):
        return await c.call(CANCEL, await c.call(SCHEDULE, start_time=START, external_reference_id=REFERENCE))

    assert vendor.tell(story).appointment_id == ID
    assert vendor.seen[1].path == f"/appointments/{ID}/cancel"
