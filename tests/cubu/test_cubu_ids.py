"""What may go into a URL or a body as an id: refused before anything is sent, or one GUID in small letters."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import attrs
import pytest
from cubu_shapes import WHOLE_CALENDAR as DESK
from cubu_support import CALENDAR, CASE_ID, CUSTOMER_ID, DAY, FIELD, LISTED, RECORD, RENEWAL, SERVICE, TAG, settings
from hostile import ANY_ID, BAD, ELSEWHERE, NOT_NONE, one_path, refuse
from hypothesis import given
from hypothesis import strategies as st

from apptsdk.operation import Flow, Listing
from apptsdk.providers.cubu import CalendarRef, Case, CaseRef, CustomerRecord
from apptsdk.providers.cubu.models import AppointmentBook, QueueJoin
from apptsdk.providers.cubu.operations import appointments, calendars, customers, queue
from apptsdk.providers.cubu.wire import WIRE

SCOPE = settings(time_zone="Asia/Jerusalem").scope_of_calls
MATTER = {"service_type_id": RENEWAL, "channel": "FaceToFace"}
WHEN = {**MATTER, "start": 540}
NO_GUIDS = (
    SERVICE[:-1],
    f"{SERVICE}0",
    f" {SERVICE}",
    f"{SERVICE}\n",
    SERVICE.replace("-", ""),
    f"{{{SERVICE}}}",
    f"urn:uuid:{SERVICE}",
    SERVICE.replace("5", "g"),
    SERVICE.replace("5", "５"),  # noqa: RUF001 - a digit that is not ASCII
    SERVICE.replace("-", "\u2010"),
    uuid.UUID(SERVICE),
)
NONE_OF_THEM = (*BAD, *NO_GUIDS)
PLACED = f"{SERVICE}/2026-03-03/0"


def operation(work):
    """Give the first request of a verb."""
    if isinstance(work, Listing):
        return work.page(None)
    return next(work.script()) if isinstance(work, Flow) else work


def calendar(**other):
    return CalendarRef(**{"service_id": SERVICE, "date": DAY, "cu_index": 0, **other})


def case(**other):
    return CaseRef(**{"service_id": SERVICE, "date": DAY, "cu_index": 0, "case_id": CASE_ID, **other})


PLACES = {
    "a service's calendars": (lambda id_: calendars.list(SCOPE, id_, DAY), 3),
    "a service's queue": (lambda id_: queue.join(SCOPE, id_, QueueJoin(**MATTER)), 3),
    "a calendar's vacancies": (
        lambda id_: calendars.vacancies(SCOPE, f"{id_}/2026-03-03/0", service_type_id=RENEWAL),
        5,
    ),
    "a calendar's appointments": (lambda id_: appointments.list(SCOPE, calendar(service_id=id_)), 5),
    "a booking": (lambda id_: appointments.book(SCOPE, calendar(service_id=id_), AppointmentBook(**WHEN)), 5),
    "an appointment": (lambda id_: appointments.cancel(SCOPE, case(case_id=id_)), 6),
    "an appointment, its service": (lambda id_: appointments.cancel(SCOPE, case(service_id=id_)), 6),
    "an appointment as text": (lambda id_: appointments.cancel(SCOPE, f"{PLACED}/{id_}"), 6),
    "an appointment of a calendar": (lambda id_: appointments.cancel(SCOPE, CALENDAR, id_), 6),
    "an appointment to read": (lambda id_: appointments.get(SCOPE, CALENDAR, id_), 5),
    "a customer": (lambda id_: customers.get(SCOPE, id_), 2),
    "a customer to change": (lambda id_: customers.update(SCOPE, id_, fields={FIELD: "x"}), 2),
}
WHOSE = r"^(service_id|case_id|record_id)\b|^(calendar|appointment): (service_id|case_id|This is no reference)"
"""How a message begins: an id in a text of several may have broken the text."""


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_guid_is_refused_and_the_argument_is_named(place):
    values = NONE_OF_THEM if "of a calendar" in place or "to read" in place else (*NONE_OF_THEM, None)
    if place == "an appointment as text" or place.endswith("vacancies"):
        values = [value for value in values if not isinstance(value, uuid.UUID)]  # it is text already
    refuse(PLACES[place][0], values, WHOSE)


@pytest.mark.parametrize("place", PLACES)
def test_a_guid_is_one_segment_in_small_letters(place):
    make, count = PLACES[place]
    wanted = "0d6f5c1e-7a10-4f3a-8a21-5b1c2f709c1d"
    path = operation(make(wanted.upper())).path
    one_path(path, count)
    assert wanted in path.split("/") or place == "an appointment to read"


GUIDS = st.one_of(
    ANY_ID, st.uuids().map(str), st.uuids().map(lambda one: str(one).upper()), st.sampled_from(NO_GUIDS[:-1])
)


@given(GUIDS)
def test_whatever_the_id_a_path_has_its_number_of_segments(value):
    for place, (make, count) in PLACES.items():
        try:
            made = operation(make(value))
        except (TypeError, ValueError):
            continue
        one_path(made.path, count)
        assert value.lower() in made.path.split("/") or place == "an appointment to read"


def test_what_has_an_id_is_told_to_give_it():
    listed = WIRE.structure(LISTED, Case)
    with pytest.raises(TypeError, match=r"^record_id must be a str, not Case\.$"):
        customers.get(SCOPE, listed)  # a case's id is no customer's
    with pytest.raises(TypeError, match=r"^record_id must be a str, not CustomerRecord\. Pass its \.record_id\.$"):
        customers.get(SCOPE, WIRE.structure(RECORD, CustomerRecord))
    with pytest.raises(TypeError, match=r"^case_id must be a str, not Case\. Pass its \.case_id\.$"):
        appointments.cancel(SCOPE, CALENDAR, listed)
    with pytest.raises(TypeError, match=r"^case_id must be a str, not UUID\. Pass its str\(\)\.$"):
        appointments.cancel(SCOPE, CALENDAR, uuid.UUID(CASE_ID))


# --- references ------------------------------------------------------------------------------------------------------

TEXTS = (
    "",
    "/",
    "//",
    "///",
    SERVICE,
    f"{SERVICE}/2026-03-03",
    f"{PLACED}/",
    f"/{PLACED}",
    f"{PLACED}/x/y",
    f"{PLACED}\n",
)
NO_DAYS = ("2026-3-3", "20260303", "2026-02-30", "2026-03-03T00:00:00", "２０２６-03-03", "..", "", "2026-W10-2")  # noqa: RUF001
NO_INDICES = ("", "-1", "+1", "1.0", " 1", "x", "..", "１", "9" * 11, str(2**31))  # noqa: RUF001


@pytest.mark.parametrize("kind", [CalendarRef, CaseRef])
def test_a_text_that_is_no_reference_is_refused(kind):
    rest = f"/{CASE_ID}" if kind is CaseRef else ""
    good = f"{PLACED}{rest}"
    assert str(kind.parse(good)) == good
    assert str(kind.parse(good.upper())) == good
    texts = (
        *TEXTS,
        *(f"{SERVICE}/{day}/0{rest}" for day in NO_DAYS),
        *(f"{SERVICE}/2026-03-03/{index}{rest}" for index in NO_INDICES),
        PLACED if rest else f"{PLACED}/{CASE_ID}",
    )
    refuse(kind.parse, texts, r"reference|cu_index|service_id|case_id")
    refuse(kind.parse, (None, 5, b"x", [good], DAY), "^A reference is a str")


@given(st.uuids(), st.dates(), st.integers(0, 2**31 - 1), st.uuids())
def test_a_reference_goes_to_text_and_back(service, day, index, case_id):
    made = CaseRef(service_id=str(service).upper(), date=day, cu_index=index, case_id=str(case_id))
    assert CaseRef.parse(str(made)) == made
    assert CalendarRef.parse(str(made.calendar)) == made.calendar
    one_path(operation(appointments.cancel(SCOPE, made)).path, 6)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"cu_index": -1}, "^cu_index must be 0 or above"),
        ({"cu_index": 2**31}, "^cu_index"),
        ({"cu_index": True}, "^cu_index must be an int, not bool"),
        ({"cu_index": "0"}, "^cu_index must be an int, not str"),
        ({"cu_index": 0.0}, "^cu_index must be an int, not float"),
        ({"date": "2026-03-03"}, "^date must be a date"),
        ({"date": datetime(2026, 3, 3)}, "^date must be a date.*not datetime"),  # noqa: DTZ001 - it is refused
        ({"date": None}, "^date must be a date"),
    ],
    ids=str,
)
def test_what_cannot_name_a_calendar_is_refused(wrong, named):
    for kind, more in ((CalendarRef, {}), (CaseRef, {"case_id": CASE_ID})):
        with pytest.raises((TypeError, ValueError), match=named):
            kind(**{"service_id": SERVICE, "date": DAY, "cu_index": 0, **more, **wrong})


FORMS = {
    "a whole calendar": DESK,
    "a reference": CALENDAR,
    "its text": PLACED,
    "its text in large letters": PLACED.upper(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_calendar_can_be_given_in_any_form(form):
    given_ = FORMS[form]
    made = (
        calendars.vacancies(SCOPE, given_, service_type_id=RENEWAL),
        appointments.list(SCOPE, given_),
        appointments.book(SCOPE, given_, AppointmentBook(**WHEN)),
        appointments.cancel(SCOPE, given_, CASE_ID.upper()),
    )
    place = f"/calendars/{PLACED}"
    assert [operation(one).path for one in made] == [
        f"{place}/vacancies",
        f"{place}/appointments",
        f"{place}/appointments",
        f"{place}/appointments/{CASE_ID}",
    ]


def test_what_is_no_calendar_is_refused():
    wrong = (None, 5, b"x", [PLACED], DAY, case(), uuid.UUID(SERVICE), WIRE.structure(LISTED, Case))
    refuse(
        lambda value: appointments.list(SCOPE, value),
        wrong,
        r"^calendar must be a Calendar, its reference or the text of",
    )
    with pytest.raises(TypeError, match=r"not CaseRef\. Pass its \.calendar\.$"):
        appointments.list(SCOPE, case())


# --- bodies and queries ----------------------------------------------------------------------------------------------

BODIES = {
    "a booking": lambda **more: operation(appointments.book(SCOPE, CALENDAR, AppointmentBook(**{**WHEN, **more}))).body,
    "a walk-in": lambda **more: operation(queue.join(SCOPE, SERVICE, QueueJoin(**{**MATTER, **more}))).body,
}
IDS = {
    "service_type_id": ("serviceTypeId", RENEWAL, NOT_NONE),
    "customer_record_id": ("cusotmerRecordId", CUSTOMER_ID, BAD),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", IDS)
def test_a_bad_id_in_a_body_is_refused_and_a_good_one_is_in_small_letters(name, body):
    key, good, bad = IDS[name]
    assert BODIES[body](**{name: good.upper()})[key] == good
    refuse(lambda value: BODIES[body](**{name: value}), (*bad, *NO_GUIDS), rf"^{name}\b")


@pytest.mark.parametrize("body", BODIES)
def test_a_bad_id_in_a_list_or_among_the_fields_is_refused_by_its_place(body):
    made = BODIES[body](tag_ids=(TAG, TAG.upper()), fields={FIELD.upper(): "x"})
    assert (made["tagIds"], made["fields"]) == ([TAG], {FIELD: "x"})
    refuse(lambda value: BODIES[body](tag_ids=[TAG, value]), (*NOT_NONE, *NO_GUIDS), r"^tag_ids\[1\]")
    refuse(lambda value: BODIES[body](fields={value: "x"}), NO_GUIDS[:-1], r"^fields\[")
    keys = [value for value in (*NOT_NONE, NO_GUIDS[-1]) if value != ["1"]]
    refuse(
        lambda value: BODIES[body](fields={value: "x"}), keys, r"^fields\[|^The keys of fields must be str, not \w+\.$"
    )


def test_a_bad_id_in_a_query_is_refused_and_named():
    refuse(
        lambda value: calendars.vacancies(SCOPE, CALENDAR, service_type_id=value),
        (*NOT_NONE, *NO_GUIDS),
        r"^service_type_id\b",
    )
    refuse(
        lambda value: appointments.list(SCOPE, CALENDAR, customer_record_id=value),
        NONE_OF_THEM,
        r"^customer_record_id\b",
    )
    refuse(lambda value: customers.find(SCOPE, record_id=value), NONE_OF_THEM, r"^record_id\b")
    assert operation(calendars.vacancies(SCOPE, CALENDAR, service_type_id=RENEWAL.upper())).query == (
        ("serviceTypeId", RENEWAL),
    )


def test_every_id_that_a_body_takes_is_tried_here():
    """A new parameter of an id's kind must be added above."""
    every = {field.name for kind in (AppointmentBook, QueueJoin) for field in attrs.fields(kind)}
    assert {name for name in every if name.endswith(("_id", "_ids"))} == {*IDS, "tag_ids"}


# --- before anything is sent -----------------------------------------------------------------------------------------

BAD_CALLS = {
    "a datetime for a day": ("calendars.list", (SERVICE, datetime(2026, 3, 3)), {}, "^date must be a date"),  # noqa: DTZ001
    "a text for a day": ("calendars.list", (SERVICE, "2026-03-03"), {}, "^date must be a date"),
    "no service type": (
        "calendars.vacancies",
        (CALENDAR,),
        {"service_type_id": None},
        "^service_type_id must be a str",
    ),
    "no case": ("appointments.get", (CALENDAR,), {}, "^case_id is missing: a calendar alone"),
    "no case to cancel": ("appointments.cancel", (DESK,), {}, "^case_id is missing"),
    "another case": ("appointments.get", (case(), CUSTOMER_ID), {}, "^case_id is another one"),
    "a case that is nowhere": (
        "appointments.cancel",
        (Case(case_id=CASE_ID),),
        {},
        "^This case is in no calendar, as far as",
    ),
    "a case in a list": ("appointments.cancel", ([case()],), {}, "^appointment must be a Booking or another Case"),
    **ELSEWHERE,
}


@pytest.mark.parametrize("why", BAD_CALLS)
def test_a_bad_argument_is_refused_before_anything_is_sent(why, vendor):
    verb, args, kwargs, named = BAD_CALLS[why]

    async def story(c):
        with pytest.raises((TypeError, ValueError), match=named):
            c.list(verb, *args, **kwargs) if verb.endswith(".list") else await c.call(verb, *args, **kwargs)

    vendor.tell(story, settings(time_zone="Asia/Jerusalem"))
    assert vendor.feed.requests == vendor.feed.logins == []


def test_the_sandboxs_rows_are_found_by_ids_in_large_letters(office):
    service = office.sandbox.cubu.catalogue.services[0].id

    async def story(c):
        (found, *_) = await c.collect(c.list("calendars.list", service.upper(), date(2026, 5, 5)))
        large = str(found.reference).upper()
        made = await c.call("appointments.book", large, start=540, **{**MATTER, "service_type_id": RENEWAL.upper()})
        assert (await c.call("appointments.get", large, made.case_id.upper())).case_id == made.case_id
        await c.call("appointments.cancel", str(made.reference).upper())
        return made

    made = office.tell(story)
    assert made.reference.service_id == service
    assert office.live() == []
