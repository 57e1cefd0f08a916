"""Every verb's request, as it is sent: method, path, query, body and header fields, against the vendor's pages."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import iter_modules

import pytest
from cubu_shapes import CASE, CASE_ID, FORMS, LEAST, NAMED, SHAPES
from cubu_support import APPLICATION, CALENDAR, HOST, OPENED, SERVICE, answer, raw, settings
from hypothesis import given
from hypothesis import strategies as st

from apptsdk.providers.cubu import CalendarRef, CaseRef, operations
from apptsdk.providers.cubu.operations import appointments

LISTS = {"calendars.list", "appointments.list"}


def usual(**other):
    return settings(catalogue=NAMED, time_zone="Asia/Jerusalem", **other)


SCOPE = usual().scope_of_calls


def compact(value, *, ordered=True):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=ordered)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_verb_makes_the_vendors_request(shape, vendor):
    vendor.answers(always=raw(b"", 418))

    async def story(c):
        if shape.verb in LISTS:
            await c.first(c.list(shape.verb, *shape.args, **shape.kwargs), default=None)
        else:
            await c.call(shape.verb, *shape.args, **shape.kwargs)

    with pytest.raises(Exception, match="418"):
        vendor.tell(story, usual(**shape.given))
    (seen,), (request,) = vendor.seen, vendor.feed.requests
    assert f"{seen.method} {seen.path}" == shape.request
    assert seen.url.startswith(f"{HOST}/{APPLICATION}/")
    assert tuple(seen.query) == shape.query
    assert seen.headers["authorization"] == "Bearer made-up-token-1"
    assert seen.headers["accept"] == "application/json"
    if shape.body is None:
        assert request.content == b""
        assert "content-type" not in seen.headers
    else:
        # To the byte, but for the order of the members: as text, because False == 0 and 540 == 540.0 in Python.
        assert compact(seen.body) == compact(shape.body)
        assert len(request.content) == len(compact(shape.body, ordered=False).encode())
        assert seen.headers["content-type"] == "application/json"


def test_there_is_a_shape_for_every_verb():
    names = [info.name for info in iter_modules(operations.__path__) if info.name not in {"client", "webhooks"}]
    verbs = {
        f"{name}.{verb.__name__}" for name in names for verb in import_module(f"{operations.__name__}.{name}").VERBS
    }
    assert verbs == {shape.verb for shape in SHAPES}
    assert len(verbs) > 10


def test_every_input_of_a_booking_is_in_some_shape():
    given = {name for shape in SHAPES if shape.verb == "appointments.book" for name in shape.kwargs}
    from apptsdk.providers.cubu.models import AppointmentBook  # noqa: PLC0415 - one test's

    assert given == {field.name for field in AppointmentBook.__attrs_attrs__}


# --- what names a calendar or a case ---------------------------------------------------------------------------------

GUIDS = st.uuids().map(str)
DAYS = st.dates()
INDICES = st.integers(0, 2**31 - 1)


@given(GUIDS, DAYS, INDICES, GUIDS)
def test_a_reference_goes_to_text_and_back_and_its_path_has_so_many_segments(service, day, index, case):
    calendar = CalendarRef(service_id=service.upper(), date=day, cu_index=index)
    one = CaseRef(service_id=service, date=day, cu_index=index, case_id=case.upper())
    assert CalendarRef.parse(str(calendar)) == calendar == one.calendar
    assert CaseRef.parse(str(one)) == one
    assert str(one) == f"{calendar}/{case}"
    assert hash(CaseRef.parse(str(one).upper())) == hash(one)
    path = appointments.cancel(SCOPE, one).path
    assert path.split("/") == ["", "calendars", service, day.isoformat(), str(index), "appointments", case]


BAD_REFERENCES = {
    "nothing": "",
    "an id": SERVICE,
    "a case's": str(CASE),
    "a tail": f"{CALENDAR}/",
    "a lead": f"/{CALENDAR}",
    "no GUID": "x/2026-03-03/0",
    "dots": "../2026-03-03/0",
    "braces around the GUID": f"{{{SERVICE}}}/2026-03-03/0",
    "another date": f"{SERVICE}/03.03.2026/0",
    "a date that is none": f"{SERVICE}/2026-02-30/0",
    "a date without hyphens": f"{SERVICE}/20260303/0",
    "a date and a time": f"{SERVICE}/2026-03-03T00:00:00/0",
    "a date in other digits": f"{SERVICE}/2026-03-0\u0663/0",
    "a negative index": f"{SERVICE}/2026-03-03/-1",
    "an index with a sign": f"{SERVICE}/2026-03-03/+1",
    "an index with a point": f"{SERVICE}/2026-03-03/1.0",
    "an index in other digits": f"{SERVICE}/2026-03-03/\u0663",
    "an index above all": f"{SERVICE}/2026-03-03/2147483648",
    "an index beyond reason": f"{SERVICE}/2026-03-03/{'9' * 5000}",
    "a line break": f"{CALENDAR}\n",
}
CALENDAR_VERBS = {
    "calendars.vacancies": {"service_type_id": LEAST["service_type_id"]},
    "appointments.list": {},
    "appointments.book": LEAST,
}


@pytest.mark.parametrize("verb", CALENDAR_VERBS)
def test_a_text_that_names_no_calendar_is_refused_before_anything_is_sent(verb, vendor):
    async def story(c):
        for text in BAD_REFERENCES.values():
            with pytest.raises(ValueError, match=r"reference|GUID|cu_index"):
                await c.call(verb, text, **CALENDAR_VERBS[verb])

    vendor.tell(story, usual())
    assert vendor.feed.requests == vendor.feed.logins == []


BAD_CALENDARS = {
    "None": None,
    "a number": 5,
    "bytes": str(CALENDAR).encode(),
    "a tuple": (SERVICE, date(2026, 3, 3), 0),
    "a date": date(2026, 3, 3),
    "a case's reference": CASE,
}


def test_what_is_no_calendar_is_refused_and_the_message_says_what_would_do(vendor):
    async def story(c):
        for given_ in BAD_CALENDARS.values():
            with pytest.raises(
                TypeError, match=r"^calendar must be a Calendar, its reference or the text of that, not "
            ):
                await c.call("appointments.book", given_, **LEAST)

    vendor.tell(story, usual())
    assert vendor.feed.requests == vendor.feed.logins == []


PARTS = {
    "a service that is none": ({"service_id": "x"}, ValueError, "^service_id is not a GUID"),
    "a service of another type": ({"service_id": 5}, TypeError, "^service_id must be a str, not int"),
    "a datetime": ({"date": datetime(2026, 3, 3, tzinfo=UTC)}, TypeError, "^date must be a date.*not datetime"),
    "a text for a date": ({"date": "2026-03-03"}, TypeError, "^date must be a date.*not str"),
    "a text for an index": ({"cu_index": "0"}, TypeError, "^cu_index must be an int, not str"),
    "a truth for an index": ({"cu_index": True}, TypeError, "^cu_index must be an int, not bool"),
    "an index below zero": ({"cu_index": -1}, ValueError, "^cu_index must be 0 or above"),
    "an index above all": ({"cu_index": 2**31}, ValueError, "^cu_index must be"),
}


@pytest.mark.parametrize("why", PARTS)
def test_a_reference_is_checked_when_it_is_made(why):
    wrong, kind, named = PARTS[why]
    given_ = {"service_id": SERVICE, "date": date(2026, 3, 3), "cu_index": 0, **wrong}
    with pytest.raises(kind, match=named):
        CalendarRef(**given_)
    with pytest.raises(kind, match=named):
        CaseRef(**given_, case_id=CASE_ID)


@pytest.mark.parametrize("kind", [CalendarRef, CaseRef])
@pytest.mark.parametrize("wrong", [None, 5, b"x", CASE], ids=repr)
def test_only_a_text_can_be_read_as_a_reference(kind, wrong):
    with pytest.raises(TypeError, match=r"^A reference is a str, not \w+\.$"):
        kind.parse(wrong)


BAD_CASES = {
    "a calendar alone": ((CALENDAR,), ValueError, "^case_id is missing: a calendar alone names no appointment"),
    "a calendar's text alone": ((str(CALENDAR),), ValueError, "no reference of the form service/date/cu/case"),
    "another id": ((CASE, SERVICE), ValueError, "^case_id is another one than the appointment's"),
    "an id that is none": ((CALENDAR, "x"), ValueError, "^case_id is not a GUID"),
    "an id that is none beside a case": ((CASE, "x"), ValueError, "^case_id is not a GUID"),
    "an id of another type": ((CALENDAR, 5), TypeError, "^case_id must be a str, not int"),
    "another id beside a case's text": ((str(CASE), SERVICE), ValueError, "^case_id is another one than"),
    "a text of five parts and an id": ((f"{CASE}/x", CASE_ID), ValueError, "no reference of the form service/date/cu"),
    "None": ((None,), TypeError, "^appointment must be a Booking or another Case.*; not NoneType"),
    "a number": ((5, CASE_ID), TypeError, "^appointment must be a Booking or another Case.*; not int"),
    "a case id alone": ((CASE_ID,), ValueError, "^appointment: .*case_id alone names no appointment: pass the Booking"),
}


@pytest.mark.parametrize("verb", ["appointments.get", "appointments.cancel"])
def test_what_names_no_appointment_is_refused_before_anything_is_sent(verb, vendor):
    async def story(c):
        for args, kind, named in BAD_CASES.values():
            with pytest.raises(kind, match=named):
                await c.call(verb, *args)

    vendor.tell(story)
    assert vendor.feed.requests == vendor.feed.logins == []


def test_a_case_without_its_calendar_needs_it_beside_it(vendor):
    vendor.answers(answer(OPENED, 201), raw(b"", 204))

    async def story(c):
        walk_in = await c.call("queue.join", SERVICE, service_type_id=LEAST["service_type_id"], channel="Video")
        assert walk_in.reference is None
        with pytest.raises(
            ValueError, match=r"^This case is in no calendar.*A walk-in is in none.*give the calendar and"
        ):
            await c.call("appointments.cancel", walk_in)
        await c.call("appointments.cancel", CALENDAR, walk_in.case_id)

    vendor.tell(story)
    assert [one.method for one in vendor.seen] == ["POST", "DELETE"]


@pytest.mark.parametrize("form", FORMS)
def test_an_appointment_is_found_in_its_calendar_in_whichever_form_it_is_named(form, vendor):
    others = [{"caseId": SERVICE}, {"caseId": CASE_ID.upper(), "rank": 3.7e37}]
    vendor.answers(answer(others))
    found = vendor.tell(lambda c: c.call("appointments.get", *FORMS[form]))
    assert (found.case_id, found.rank) == (CASE_ID.upper(), 3.7e37)
    assert [one.method for one in vendor.seen] == ["GET"]
