"""Calls of clients, appointments, patients and places, and the requests that each must make, by the vendor's pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import attrs

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
        query=[ARCHIVED, ("sort", "id,created_at"), *PAGE],
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
