"""Every verb's request, as it arrives: method, path, query, body and header fields, against the vendor's pages."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import attrs
import pytest

from apptsdk.providers.cliniko import (
    CancellationReason,
    OnlinePaymentsMode,
    PhoneNumberInput,
    PhoneType,
    PronounsInput,
    ReminderType,
    RepeatRuleInput,
    RepeatType,
)

ONE = "1402337715590046001"
STARTS = datetime(2026, 3, 16, 11, 0, tzinfo=ZoneInfo("Australia/Sydney"))
ENDS = datetime(2026, 3, 16, 1, 30, 59, 999999, tzinfo=timezone(timedelta(hours=1)))
IDS = {"appointment_type_id": ONE, "business_id": 2, "patient_id": "3", "practitioner_id": 4}
SENT_IDS = {"appointment_type_id": ONE, "business_id": "2", "patient_id": "3", "practitioner_id": "4"}
PAGE = [("per_page", "100")]


@attrs.frozen
class Shape:
    """A call, and the request that it must make."""

    verb: str
    request: str
    args: tuple = ()
    kwargs: dict = attrs.field(factory=dict)
    query: list = attrs.field(factory=list)
    body: dict | None = None

    def __str__(self):
        return f"{self.verb}{self.args}{self.kwargs}"


PRONOUNS = {
    "nominative": "they",
    "accusative": "them",
    "pronominal_possessive": "their",
    "predicative_possessive": "theirs",
    "reflexive": "themselves",
}
PATIENT = {
    "first_name": "Adaline",
    "last_name": "Park",
    "date_of_birth": date(1990, 5, 17),
    "email": None,
    "patient_phone_numbers": [PhoneNumberInput(number="0491 570 006", phone_type=PhoneType.MOBILE)],
    "accepted_privacy_policy": None,
    "concession_type_id": 7,
    "custom_fields": {"sections": []},
    "pronouns": PronounsInput(**PRONOUNS),
    "reminder_type": ReminderType.SMS_AND_EMAIL,
    "unsubscribe_sms_marketing": True,
}
SENT_PATIENT = {
    "first_name": "Adaline",
    "last_name": "Park",
    "date_of_birth": "1990-05-17",
    "email": None,
    "patient_phone_numbers": [{"number": "0491 570 006", "phone_type": "Mobile"}],
    "accepted_privacy_policy": None,
    "concession_type_id": "7",
    "custom_fields": {"sections": []},
    "pronouns": PRONOUNS,
    "reminder_type": "SMS & Email",
    "unsubscribe_sms_marketing": True,
}
TYPE = {
    "name": "Review",
    "duration_in_minutes": 20,
    "business_ids": [1, "2"],
    "deposit_price": Decimal("85.00"),
    "online_payments_mode": OnlinePaymentsMode.REQUIRED,
    "practitioner_ids": [],
    "telehealth_enabled": False,
}
SENT_TYPE = {
    "name": "Review",
    "duration_in_minutes": 20,
    "business_ids": ["1", "2"],
    "deposit_price": "85.00",
    "online_payments_mode": "required",
    "practitioner_ids": [],
    "telehealth_enabled": False,
}
RULE = RepeatRuleInput(repeat_type=RepeatType.WEEKLY, number_of_repeats=3)
SENT_RULE = {"repeat_type": "Weekly", "number_of_repeats": 3, "repeating_interval": 1}
BOOKED, ARCHIVED = ("q[]", "cancelled_at:*"), ("q[]", "archived_at:*")

SHAPES = (
    Shape("individual_appointments.list", "GET /individual_appointments", query=PAGE),
    Shape(
        "individual_appointments.list",
        "GET /individual_appointments",
        kwargs={
            "q": ["starts_at:>=2026-01-01T00:00:00Z", "practitioner_id:=1,2"],
            "sort": ["starts_at:desc", "created_at"],
            "per_page": 7,
            "include_cancelled": True,
            "include_archived": True,
        },
        query=[
            ("q[]", "starts_at:>=2026-01-01T00:00:00Z"),
            ("q[]", "practitioner_id:=1,2"),
            ARCHIVED,
            BOOKED,
            ("sort", "starts_at:desc,created_at"),
            ("per_page", "7"),
        ],
    ),
    Shape("individual_appointments.get", f"GET /individual_appointments/{ONE}", (int(ONE),)),
    Shape(
        "individual_appointments.get",
        f"GET /individual_appointments/{ONE}",
        (ONE,),
        {"include_cancelled": True},
        [BOOKED],
    ),
    Shape(
        "individual_appointments.get",
        f"GET /individual_appointments/{ONE}",
        (ONE,),
        {"include_archived": True},
        [ARCHIVED],
    ),
    Shape(
        "individual_appointments.create",
        "POST /individual_appointments",
        kwargs={**IDS, "starts_at": STARTS},
        body={**SENT_IDS, "starts_at": "2026-03-16T00:00:00Z"},
    ),
    Shape(
        "individual_appointments.create",
        "POST /individual_appointments",
        kwargs={
            **IDS,
            "starts_at": STARTS,
            "ends_at": ENDS,
            "notes": "first “visit” ✓",
            "patient_case_id": 9,
            "repeat_rule": RULE,
        },
        body={
            **SENT_IDS,
            "starts_at": "2026-03-16T00:00:00Z",
            "ends_at": "2026-03-16T00:30:59Z",
            "notes": "first “visit” ✓",
            "patient_case_id": "9",
            "repeat_rule": SENT_RULE,
        },
    ),
    Shape(
        "individual_appointments.update",
        f"PATCH /individual_appointments/{ONE}",
        (ONE,),
        {"ends_at": None, "notes": None, "repeat_rule": None},
        body={"ends_at": None, "notes": None, "repeat_rule": None},
    ),
    Shape(
        "individual_appointments.update",
        f"PATCH /individual_appointments/{ONE}",
        (ONE,),
        {"starts_at": STARTS, "practitioner_id": 4},
        body={"starts_at": "2026-03-16T00:00:00Z", "practitioner_id": "4"},
    ),
    Shape("individual_appointments.archive", f"POST /individual_appointments/{ONE}/archive", (ONE,)),
    Shape(
        "individual_appointments.cancel",
        f"PATCH /individual_appointments/{ONE}/cancel",
        (ONE,),
        {"reason": CancellationReason.SICK, "note": "flu", "apply_to_repeats": True},
        body={"cancellation_reason": 30, "cancellation_note": "flu", "apply_to_repeats": True},
    ),
    Shape(
        "individual_appointments.cancel",
        f"PATCH /individual_appointments/{ONE}/cancel",
        (ONE,),
        {"reason": 60},
        body={"cancellation_reason": 60, "cancellation_note": None, "apply_to_repeats": False},
    ),
    Shape("individual_appointments.conflicts", f"GET /individual_appointments/{ONE}/conflicts", (ONE,)),
    Shape("patients.list", "GET /patients", query=PAGE),
    Shape(
        "patients.list",
        "GET /patients",
        kwargs={"q": ["last_name:~O'Neill & Co"], "include_archived": True, "per_page": 1},
        query=[("q[]", "last_name:~O'Neill & Co"), ARCHIVED, ("per_page", "1")],
    ),
    Shape("patients.get", f"GET /patients/{ONE}", (ONE,)),
    Shape("patients.get", f"GET /patients/{ONE}", (ONE,), {"include_archived": True}, [ARCHIVED]),
    Shape("patients.create", "POST /patients", kwargs=PATIENT, body=SENT_PATIENT),
    Shape(
        "patients.update",
        f"PATCH /patients/{ONE}",
        (ONE,),
        {"email": None, "city": ""},
        body={"email": None, "city": ""},
    ),
    Shape("patients.archive", f"POST /patients/{ONE}/archive", (ONE,)),
    Shape("patients.unarchive", f"POST /patients/{ONE}/unarchive", (ONE,)),
    Shape("businesses.list", "GET /businesses", query=PAGE),
    Shape(
        "businesses.list",
        "GET /businesses",
        kwargs={"include_archived": True, "sort": ["id"]},
        query=[ARCHIVED, ("sort", "id"), *PAGE],
    ),
    Shape("businesses.get", f"GET /businesses/{ONE}", (ONE,)),
    Shape(
        "businesses.create",
        "POST /businesses",
        kwargs={"business_name": "Riverbend", "appointment_type_ids": [1], "remove_logo": True, "logo_height": 40},
        body={"business_name": "Riverbend", "appointment_type_ids": ["1"], "remove_logo": True, "logo_height": 40},
    ),
    Shape(
        "businesses.update",
        f"PATCH /businesses/{ONE}",
        (ONE,),
        {"time_zone_identifier": "Australia/Lord_Howe"},
        body={"time_zone_identifier": "Australia/Lord_Howe"},
    ),
    Shape("businesses.archive", f"POST /businesses/{ONE}/archive", (ONE,)),
    Shape("businesses.unarchive", f"POST /businesses/{ONE}/unarchive", (ONE,)),
    Shape("practitioners.list", "GET /practitioners", query=PAGE),
    Shape("practitioners.list", "GET /practitioners/inactive", kwargs={"inactive": True}, query=PAGE),
    Shape("practitioners.list", "GET /businesses/5/practitioners", kwargs={"business_id": 5}, query=PAGE),
    Shape(
        "practitioners.list",
        "GET /appointment_types/6/practitioners/inactive",
        kwargs={"appointment_type_id": "6", "inactive": True},
        query=PAGE,
    ),
    Shape("practitioners.get", f"GET /practitioners/{ONE}", (ONE,)),
    Shape("appointment_types.list", "GET /appointment_types", query=PAGE),
    Shape(
        "appointment_types.list",
        "GET /practitioners/5/appointment_types",
        kwargs={"practitioner_id": 5, "include_archived": True},
        query=[ARCHIVED, *PAGE],
    ),
    Shape("appointment_types.get", f"GET /appointment_types/{ONE}", (ONE,)),
    Shape("appointment_types.create", "POST /appointment_types", kwargs=TYPE, body=SENT_TYPE),
    Shape(
        "appointment_types.update",
        f"PATCH /appointment_types/{ONE}",
        (ONE,),
        {"deposit_price": None, "max_attendees": 2},
        body={"deposit_price": None, "max_attendees": 2},
    ),
    Shape("appointment_types.archive", f"POST /appointment_types/{ONE}/archive", (ONE,)),
    Shape(
        "available_times.list",
        "GET /businesses/1/practitioners/2/appointment_types/3/available_times",
        (1, "2", 3),
        {"from_": date(2026, 3, 4), "to": date(2026, 3, 6), "per_page": 20},
        [("from", "2026-03-04"), ("to", "2026-03-06"), ("per_page", "20")],
    ),
    Shape(
        "available_times.next", "GET /businesses/1/practitioners/2/appointment_types/3/next_available_time", (1, 2, 3)
    ),
    Shape(
        "available_times.next",
        "GET /businesses/1/practitioners/2/appointment_types/3/next_available_time",
        (1, 2, 3),
        {"from_": date(2026, 3, 4), "to": date(2026, 3, 6)},
        [("from", "2026-03-04"), ("to", "2026-03-06")],
    ),
    Shape("user", "GET /user"),
    Shape(
        "request",
        "PUT /users/1",
        ("put", "/users/1"),
        {"json": {"a": None}, "query": [("x", "1"), ("x", "2")], "headers": {"X-Mine": "1"}},
        [("x", "1"), ("x", "2")],
        {"a": None},
    ),
)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_verb_makes_the_vendors_request(shape, clinic):
    async def story(c):
        if shape.verb.endswith(".list"):
            await c.first(c.list(shape.verb, *shape.args, **shape.kwargs), default=None)
        else:
            await c.call(shape.verb, *shape.args, **shape.kwargs)

    clinic.sandbox.fault("status", status=418, times=None)
    with pytest.raises(Exception, match="418"):
        clinic.tell(story)
    (seen,) = clinic.seen()
    method, path = shape.request.split(" ")
    assert (seen.method, seen.path) == (method, "/cliniko/v1" + path)
    assert seen.query == shape.query
    assert (json.loads(seen.body) if seen.body else None) == shape.body
    settings = clinic.sandbox.cliniko
    login = base64.b64encode(f"{settings.api_key}:".encode()).decode()
    assert seen.headers["authorization"] == f"Basic {login}"
    assert seen.headers["user-agent"] == f"{settings.app_name} ({settings.contact_email})"
    assert seen.headers["accept"] == "application/json"
    assert seen.headers["accept-encoding"] == "gzip, deflate"
    assert seen.headers.get("content-type") == (None if shape.body is None else "application/json")
    assert "cookie" not in seen.headers


def test_the_brackets_and_operators_of_filters_are_percent_encoded(clinic):
    clinic.tell(lambda c: c.first(c.list("patients.list", q=["first_name:~~A%a"]), default=None))
    assert clinic.seen()[0].query[0] == ("q[]", "first_name:~~A%a")


def test_a_next_link_is_followed_to_the_letter(clinic):
    target = "/cliniko/v1/patients?q[]=id:>=1&page=2&x=a%2Fb+c&sort=created_at:desc"
    body = {"patients": [], "links": {"next": clinic.sandbox.url + target}}
    clinic.sandbox.fault("status", path="/patients", status=200, body=body)
    clinic.tell(lambda c: c.collect(c.list("patients.list")))
    assert clinic.seen()[1].query == [
        ("q[]", "id:>=1"),
        ("page", "2"),
        ("x", "a/b c"),
        ("sort", "created_at:desc"),
    ]


def test_the_story_of_the_readme_works_in_every_world(clinic):
    async def story(c):
        business = await c.first(c.list("businesses.list"))
        practitioner = await c.first(c.list("practitioners.list"))
        kind = await c.first(c.list("appointment_types.list"))
        patient = await c.call("patients.create", first_name="Ada", last_name="Park", date_of_birth=date(1990, 5, 17))
        window = {"from_": date(2026, 3, 4), "to": date(2026, 3, 20)}
        time = await c.first(c.list("available_times.list", business.id, practitioner.id, kind.id, **window))
        assert time.appointment_start.utcoffset() == timedelta(0)
        made = await c.call(
            "individual_appointments.create",
            appointment_type_id=kind.id,
            business_id=business.id,
            patient_id=patient.id,
            practitioner_id=practitioner.id,
            starts_at=time.appointment_start,
            notes="first visit",
        )
        assert not made.recovered
        assert made.notes == "first visit"
        assert made.patient.id == patient.id
        assert made.patient_name == "Ada Park"
        assert made.ends_at - made.starts_at == timedelta(minutes=kind.duration_in_minutes)
        assert await c.call("individual_appointments.conflicts", made.id) is False
        query = {"q": ["starts_at:>=2026-01-01T00:00:00Z"], "sort": ["starts_at:desc"]}
        starts = [row.starts_at for row in await c.collect(c.list("individual_appointments.list", **query))]
        assert starts == sorted(starts, reverse=True)
        assert made.starts_at in starts
        moved = await c.call(
            "individual_appointments.update",
            made.id,
            starts_at=made.starts_at + timedelta(hours=1),
            ends_at=made.ends_at + timedelta(hours=1),
        )
        assert moved.starts_at - made.starts_at == timedelta(hours=1)
        reason = CancellationReason.SICK
        assert await c.call("individual_appointments.cancel", made.id, reason=reason, note="flu") is None
        gone = await c.call("individual_appointments.get", made.id, include_cancelled=True)
        assert (gone.cancellation_reason, gone.cancellation_note) == (reason, "flu")
        assert gone.cancelled_at is not None
        assert made.id not in [row.id for row in await c.collect(c.list("individual_appointments.list"))]
        following = await c.call("available_times.next", business.id, practitioner.id, kind.id)
        assert following.appointment_start >= datetime(2026, 3, 2, 22, tzinfo=UTC)
        user = await c.call("user")
        assert user.active
        return made

    made = clinic.tell(story)
    assert clinic.sandbox.ledger.created("individual_appointments") == [made.id]
    assert clinic.sandbox.ledger.live("individual_appointments") == []


def test_archived_rows_come_back(clinic):
    async def story(c):
        for resource, create in (
            ("patients", {"first_name": "A", "last_name": "P"}),
            ("businesses", {"business_name": "X"}),
        ):
            made = await c.call(f"{resource}.create", **create)
            assert await c.call(f"{resource}.archive", made.id) is None
            hidden = await c.call(f"{resource}.get", made.id, include_archived=True)
            assert hidden.archived_at is not None
            everyone = await c.collect(c.list(f"{resource}.list", include_archived=True))
            assert made.id in [row.id for row in everyone]
            back = await c.call(f"{resource}.unarchive", made.id)
            assert back.archived_at is None
            assert back.id == (await c.call(f"{resource}.get", made.id)).id

    clinic.tell(story)


def test_what_cannot_be_booked_online_has_no_next_time(clinic):
    nothing = {"appointment_start": None}
    path = "*next_available_time"
    clinic.sandbox.fault("status", path=path, status=404)
    clinic.sandbox.fault("status", path=path, status=200, body={})
    clinic.sandbox.fault("status", path=path, status=200, body=nothing)
    clinic.sandbox.fault("status", path=path, status=200, body={"appointment_start": "2026-03-16T00:00:00Z"})

    async def story(c):
        return [await c.call("available_times.next", *clinic.triple) for _ in range(4)]

    *none, last = clinic.tell(story)
    assert none == [None, None, None]
    assert last.appointment_start == datetime(2026, 3, 16, tzinfo=UTC)
