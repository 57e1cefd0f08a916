"""What may go into a URL or a body as an id: refused before anything is sent, or one segment."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hostile import ANY_ID, ELSEWHERE, NOT_NONE, one_path
from hypothesis import given

from apptsdk.providers.cliniko.models import (
    AttendeeCreate,
    AttendeeUpdate,
    AvailabilityBlockCreate,
    BookingFilters,
    GroupAppointmentCreate,
    IndividualAppointmentCreate,
    PatientCaseCreate,
    PatientUpdate,
    UnavailableBlockCreate,
    UnavailableBlockUpdate,
)
from apptsdk.providers.cliniko.operations import (
    appointment_types,
    attendees,
    availability_blocks,
    available_times,
    bookings,
    businesses,
    daily_availabilities,
    group_appointments,
    individual_appointments,
    patient_cases,
    patients,
    practitioners,
    services,
    unavailable_block_types,
    unavailable_blocks,
    users,
)
from apptsdk.providers.cliniko.queries import (
    AppointmentTypeQuery,
    DailyAvailabilityQuery,
    PractitionerQuery,
    Query,
    ServiceQuery,
    WithArchived,
    WithCancelled,
)

STARTS = datetime(2026, 3, 16, tzinfo=UTC)
TODAY = date(2026, 3, 4)
PLACES = {
    "get": lambda id_: patients.get(id_, WithArchived()),
    "update": lambda id_: patients.update(id_, PatientUpdate(first_name="Ada")),
    "archive": patients.archive,
    "unarchive": businesses.unarchive,
    "cancel": lambda id_: individual_appointments.cancel(id_, reason=30),
    "conflicts": individual_appointments.conflicts,
    "practitioner": lambda id_: practitioners.get(id_, Query()),
    "type": lambda id_: appointment_types.get(id_, WithArchived()),
    "list by business": lambda id_: practitioners.list(PractitionerQuery(business_id=id_)).page(None),
    "list by type": lambda id_: practitioners.list(PractitionerQuery(appointment_type_id=id_)).page(None),
    "list by practitioner": lambda id_: appointment_types.list(AppointmentTypeQuery(practitioner_id=id_)).page(None),
    "times, first": lambda id_: available_times.list(id_, "2", "3", from_=TODAY, to=TODAY).page(None),
    "times, second": lambda id_: available_times.list("1", id_, "3", from_=TODAY, to=TODAY).page(None),
    "times, third": lambda id_: available_times.next("1", "2", id_),
    "booking": lambda id_: bookings.get(id_, WithCancelled()),
    "group conflicts": group_appointments.conflicts,
    "attendee": lambda id_: attendees.update(id_, AttendeeUpdate(arrived=True)),
    "attendee cancel": lambda id_: attendees.cancel(id_, reason=30),
    "block": unavailable_blocks.archive,
    "block type": lambda id_: unavailable_block_types.get(id_, WithArchived()),
    "extra time": lambda id_: availability_blocks.get(id_, Query()),
    "hours": lambda id_: daily_availabilities.get(id_, Query()),
    "hours by business": lambda id_: daily_availabilities.list(DailyAvailabilityQuery(business_id=id_)).page(None),
    "hours by practitioner": lambda id_: daily_availabilities.list(DailyAvailabilityQuery(practitioner_id=id_)).page(
        None
    ),
    "services by business": lambda id_: services.list(ServiceQuery(business_id=id_)).page(None),
    "case": patient_cases.archive,
    "user": lambda id_: users.get(id_, Query()),
}
SEGMENTS = {
    "get": 2,
    "archive": 3,
    "unarchive": 3,
    "cancel": 3,
    "conflicts": 3,
    "practitioner": 2,
    "type": 2,
    "list by business": 3,
    "list by type": 3,
    "list by practitioner": 3,
    "times, first": 7,
    "times, second": 7,
    "booking": 2,
    "group conflicts": 3,
    "attendee": 2,
    "attendee cancel": 3,
    "block": 3,
    "block type": 2,
    "extra time": 2,
    "hours": 2,
    "hours by business": 3,
    "hours by practitioner": 3,
    "services by business": 3,
    "case": 3,
    "user": 2,
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", NOT_NONE, ids=lambda value: repr(value)[:20])
def test_what_is_no_id_is_refused_and_the_argument_is_named(value, place):
    with pytest.raises((TypeError, ValueError), match=r"\bid\b|_id\b"):
        PLACES[place](value)


@pytest.mark.parametrize("value", ["1402337715590046001", 1402337715590046001, "7", 7, 0, str(2**63 - 1)], ids=repr)
def test_what_is_an_id_is_sent_as_text(value):
    assert patients.get(value, WithArchived()).path == f"/patients/{value}"


def test_a_float_is_told_that_it_rounds():
    with pytest.raises(TypeError, match="A float rounds long ids"):
        patients.archive(1402337715590046001.0)


@given(ANY_ID)
def test_whatever_the_id_a_path_has_its_number_of_segments(value):
    for place, count in SEGMENTS.items():
        try:
            made = PLACES[place](value)
        except (TypeError, ValueError):
            continue
        one_path(made.path, count)
        assert str(value) in made.path.split("/")


PLACE = {"business_id": 2, "practitioner_id": 3}
WHEN = {"starts_at": STARTS, "ends_at": STARTS}
BODIES = {
    "an appointment": (
        lambda **ids: individual_appointments.create(IndividualAppointmentCreate(**ids)),
        {"appointment_type_id": 1, "patient_id": 4, **PLACE, "patient_case_id": 5},
        {"starts_at": STARTS},
    ),
    "a group": (
        lambda **ids: group_appointments.create(GroupAppointmentCreate(**ids)),
        {"appointment_type_id": 1, **PLACE},
        {"starts_at": STARTS},
    ),
    "an attendee": (
        lambda **ids: attendees.create(AttendeeCreate(**ids)),
        {"booking_id": 1, "patient_id": 4, "patient_case_id": 5},
        {},
    ),
    "a block": (
        lambda **ids: unavailable_blocks.create(UnavailableBlockCreate(**ids)),
        {**PLACE, "unavailable_block_type_id": 6},
        {"starts_at": STARTS},
    ),
    "a changed block": (
        lambda **ids: unavailable_blocks.update(1, UnavailableBlockUpdate(**ids)),
        {**PLACE, "unavailable_block_type_id": 6},
        {},
    ),
    "extra time": (lambda **ids: availability_blocks.create(AvailabilityBlockCreate(**ids)), PLACE, WHEN),
    "a case": (
        lambda **ids: patient_cases.create(PatientCaseCreate(**ids)),
        {"patient_id": 4, "contact_id": 7},
        {"name": "Knee"},
    ),
}


@pytest.mark.parametrize("value", NOT_NONE, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize(("body", "name"), [(body, name) for body in BODIES for name in BODIES[body][1]])
def test_a_bad_id_in_a_body_is_refused_before_there_is_a_request(body, name, value):
    make, ids, rest = BODIES[body]
    assert make(**ids, **rest).body[name] == str(ids[name])
    with pytest.raises((TypeError, ValueError), match=name):
        make(**{**ids, name: value}, **rest)


@pytest.mark.parametrize("value", NOT_NONE, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("name", ["attendee_ids", "patient_attachment_ids"])
def test_a_bad_id_in_a_list_is_refused_by_its_place(name, value):
    with pytest.raises((TypeError, ValueError), match=rf"{name}\[1\]"):
        patient_cases.create(PatientCaseCreate(name="Knee", patient_id=1, **{name: [1, value]}))


@pytest.mark.parametrize("value", NOT_NONE, ids=lambda value: repr(value)[:20])
def test_a_bad_id_in_a_filter_is_refused_and_the_field_is_named(value):
    fields = BookingFilters()
    for make in (
        lambda: fields.practitioner_id == value,
        lambda: fields.practitioner_id != value,
        lambda: fields.practitioner_id >= value,
        lambda: fields.practitioner_id.is_in([1, value]),
    ):
        with pytest.raises((TypeError, ValueError), match="practitioner_id"):
            make()
    with pytest.raises((TypeError, ValueError), match="patient_ids"):
        fields.patient_ids.contains(value)


NAIVE = datetime(2026, 3, 16)  # noqa: DTZ001 - that is the point
REFUSED = {
    "a naive start": ("individual_appointments.create", {"starts_at": NAIVE}, "starts_at is naive"),
    "a date for a start": ("individual_appointments.create", {"starts_at": TODAY}, "starts_at must be a datetime"),
    "a text for a start": ("individual_appointments.create", {"starts_at": "2026-03-16"}, "starts_at"),
    "notes that are no text": ("individual_appointments.create", {"starts_at": STARTS, "notes": 5}, "notes"),
    "a rule that is a dict": (
        "individual_appointments.create",
        {"starts_at": STARTS, "repeat_rule": {}},
        "repeat_rule",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_bad_booking_is_refused_before_anything_is_sent(why, clinic):
    verb, wrong, named = REFUSED[why]
    with pytest.raises((TypeError, ValueError), match=named):
        clinic.tell(lambda c: c.call(verb, **clinic.ids, **wrong))
    assert clinic.seen() == []


BAD_CALLS = {
    "nothing to update": ("patients.update", ("1",), {}, "nothing to update"),
    "a datetime for a birth date": ("patients.update", ("1",), {"date_of_birth": STARTS}, "date_of_birth"),
    "a text for a list": ("patients.update", ("1",), {"patient_phone_numbers": "0491"}, "patient_phone_numbers"),
    "a dict for a number": ("patients.update", ("1",), {"patient_phone_numbers": [{}]}, r"patient_phone_numbers\[0\]"),
    "a list of fields": ("patients.update", ("1",), {"custom_fields": []}, "custom_fields"),
    "a text for a truth": ("patients.update", ("1",), {"accepted_privacy_policy": "yes"}, "accepted_privacy_policy"),
    "a number for a text": ("patients.update", ("1",), {"first_name": 5}, "first_name"),
    "an unheard reminder": ("patients.update", ("1",), {"reminder_type": 5}, "reminder_type"),
    "a float price": ("appointment_types.update", ("1",), {"deposit_price": 1.5}, "deposit_price"),
    "a truth for a number": ("appointment_types.update", ("1",), {"max_attendees": True}, "max_attendees"),
    "a text for a number": ("appointment_types.update", ("1",), {"duration_in_minutes": "30"}, "duration_in_minutes"),
    "ids in a text": ("appointment_types.update", ("1",), {"practitioner_ids": "12"}, "practitioner_ids"),
    "a bad id in a list": (
        "appointment_types.update",
        ("1",),
        {"practitioner_ids": [1, 2.0]},
        r"practitioner_ids\[1\]",
    ),
    "no reason": ("individual_appointments.cancel", ("1",), {"reason": None}, "reason|valid"),
    "a reason of old": ("individual_appointments.cancel", ("1",), {"reason": 31}, "reason"),
    "a reason unheard of": ("individual_appointments.cancel", ("1",), {"reason": 11}, "reason"),
    "a note that is no text": ("individual_appointments.cancel", ("1",), {"reason": 30, "note": 5}, "note"),
    "a filter in a text": ("patients.list", (), {"q": "id:=1"}, "q must be a list"),
    "a filter that is no text": ("patients.list", (), {"q": [1]}, "q must be a list"),
    "an empty filter": ("patients.list", (), {"q": [" "]}, "q holds an empty"),
    "an order in a text": ("patients.list", (), {"sort": "id"}, "sort must be a list"),
    "a page of none": ("patients.list", (), {"per_page": 0}, "per_page"),
    "a page of too many": ("patients.list", (), {"per_page": 101}, "per_page"),
    "a page size in a text": ("patients.list", (), {"per_page": "5"}, "per_page"),
    "a truth for a page size": ("patients.list", (), {"per_page": True}, "per_page"),
    "a page for a cursor": ("patients.list", (), {"cursor": 2}, "cursor"),
    "two parents": ("practitioners.list", (), {"business_id": 1, "appointment_type_id": 2}, "not both"),
    "a datetime for a day": ("available_times.list", ("1", "2", "3"), {"from_": STARTS, "to": TODAY}, "from_"),
    "a text for a day": ("available_times.list", ("1", "2", "3"), {"from_": TODAY, "to": "2026-03-05"}, "to must"),
    "days the wrong way": (
        "available_times.list",
        ("1", "2", "3"),
        {"from_": TODAY, "to": TODAY.replace(day=3)},
        "to comes before from_",
    ),
    "a foreign cursor": (
        "available_times.list",
        ("1", "2", "3"),
        {"from_": TODAY, "to": TODAY, "cursor": "/patients?page=2"},
        "cursor",
    ),
    "a text for a flag": ("patient_cases.list", (), {"active": "yes"}, "active must be True or False"),
    "a number for a flag": ("bookings.list", (), {"include_cancelled": 1}, "include_cancelled must be True or False"),
    "a text for hidden ones": ("bookings.get", (1,), {"include_archived": "no"}, "include_archived must be"),
    "pages ahead in a text": ("bookings.list", (), {"prefetch": "2"}, "prefetch must be an int"),
    "too many pages ahead": ("users.list", (), {"prefetch": 21}, "prefetch must be from 0 to 20"),
    "a bad practitioner beside a business": (
        "daily_availabilities.list",
        (),
        {"business_id": 1, "practitioner_id": "x"},
        "practitioner_id",
    ),
    "an attendee who came perhaps": ("attendees.update", (1,), {"arrived": "yes"}, "arrived must be bool"),
    "no place for an attendee": ("attendees.update", (1,), {"patient_case_id": None}, "patient_case_id"),
    "no change to an attendee": ("attendees.update", (1,), {}, "nothing to update"),
    "no reason to stay away": ("attendees.cancel", (1,), {"reason": "flu"}, "reason must be a CancellationReason"),
    "an attendee's reason of old": ("attendees.cancel", (1,), {"reason": 31}, "reason must be one"),
    "a series that may be cancelled": (
        "attendees.cancel",
        (1,),
        {"reason": 30, "apply_to_repeats": None},
        "apply_to_repeats must be True or False",
    ),
    "a group of a float": ("group_appointments.update", (1,), {"max_attendees": 6.0}, "max_attendees must be int"),
    "a group of a naive start": ("group_appointments.update", (1,), {"starts_at": NAIVE}, "starts_at is naive"),
    "a group of a naive end": ("group_appointments.update", (1,), {"ends_at": NAIVE}, "ends_at is naive"),
    "a block of a naive end": ("unavailable_blocks.update", (1,), {"ends_at": NAIVE}, "ends_at is naive"),
    "a block without an end": ("unavailable_blocks.update", (1,), {"ends_at": None}, "ends_at must be a datetime"),
    "a block of days": ("unavailable_blocks.update", (1,), {"starts_at": TODAY}, "starts_at must be a datetime"),
    "a rule for a block in a text": ("unavailable_blocks.update", (1,), {"repeat_rule": "Weekly"}, "repeat_rule must"),
    "a naive block": (
        "unavailable_blocks.create",
        (),
        {"business_id": 1, "practitioner_id": 2, "starts_at": NAIVE},
        r"starts_at is naive.*starts_at\.replace\(tzinfo=",
    ),
    "naive extra time": (
        "availability_blocks.create",
        (),
        {"business_id": 1, "practitioner_id": 2, "starts_at": STARTS, "ends_at": NAIVE},
        "ends_at is naive",
    ),
    "a naive group": (
        "group_appointments.create",
        (),
        {"appointment_type_id": 1, "business_id": 1, "practitioner_id": 2, "starts_at": NAIVE},
        "starts_at is naive",
    ),
    "a type of a text": ("unavailable_block_types.update", (1,), {"duration_in_minutes": "30"}, "duration_in_minutes"),
    "a case until a moment": (
        "patient_cases.update",
        (1,),
        {"expiry_date": STARTS},
        "expiry_date must be a date",
    ),
    "a case of a float": ("patient_cases.update", (1,), {"max_invoiceable_amount": 1.5}, "max_invoiceable_amount"),
    "a case of one booking": ("patient_cases.update", (1,), {"attendee_ids": "12"}, "attendee_ids must be a list"),
    "a case that is paid by number": ("patient_cases.update", (1,), {"referral_type": 5}, "referral_type must be"),
    "a datetime for the next": ("available_times.next", ("1", "2", "3"), {"from_": STARTS}, "from_"),
    **ELSEWHERE,
}


@pytest.mark.parametrize("why", BAD_CALLS)
def test_a_bad_argument_is_refused_before_anything_is_sent(why, clinic):
    verb, args, kwargs, named = BAD_CALLS[why]

    async def story(c):
        with pytest.raises((TypeError, ValueError), match=named):
            c.list(verb, *args, **kwargs) if verb.endswith(".list") else await c.call(verb, *args, **kwargs)

    clinic.tell(story)
    assert clinic.seen() == []
