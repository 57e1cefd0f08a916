"""Calls, and the requests that each must make, by the vendor's pages. The client is of riverbend-dental, office 41."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import attrs

from apptsdk.providers.nexhealth import (
    Dependent,
    Gender,
    ParentType,
    RecurrenceInput,
    RecurrenceUnit,
    SyncLight,
    WebhookEventName,
    WebhookResource,
    Weekday,
    WorkingHourSource,
)

CHICAGO = ZoneInfo("America/Chicago")
START = datetime(2031, 4, 15, 9, tzinfo=timezone(timedelta(hours=-5)))
END = datetime(2031, 4, 15, 14, 30, 59, 999_999, tzinfo=UTC)
SINCE = datetime(2026, 3, 2, 16, 30, 15, 999_999, tzinfo=CHICAGO)
SENT_SINCE = "2026-03-02T22:30:15+0000"
HERE = (("subdomain", "riverbend-dental"),)
OFFICE = (*HERE, ("location_id", "41"))
PAGE = (("per_page", "200"),)
WINDOW = {"start": START, "end": END}
SENT_WINDOW = (("start", "2031-04-15T14:00:00+0000"), ("end", "2031-04-15T14:30:59+0000"))


@attrs.frozen
class Shape:
    """A call, and the request that it must make."""

    verb: str
    request: str
    query: tuple[tuple[str, str], ...] = HERE
    args: tuple = ()
    kwargs: dict = attrs.field(factory=dict)
    body: dict | None = None

    def __str__(self):
        return " ".join((self.verb, *self.kwargs))


INSTITUTIONS = (
    Shape("institutions.list", "GET /institutions", ()),
    Shape("institutions.get", "GET /institutions/10501", (), (10501,)),
)
LOCATIONS = (
    Shape("locations.list", "GET /locations"),
    Shape(
        "locations.list",
        "GET /locations",
        (
            *HERE,
            ("inactive", "true"),
            ("foreign_id", "a b&c=d"),
            ("filter_by_subscription_feature", "online_booking"),
        ),
        kwargs={"inactive": True, "foreign_id": "a b&c=d", "filter_by_subscription_feature": "online_booking"},
    ),
    Shape("locations.get", "GET /locations/41", (), ("41",)),
    Shape("locations.descriptors", "GET /locations/41/appointment_descriptors", (), (41,)),
    Shape(
        "locations.descriptors",
        "GET /locations/41/appointment_descriptors",
        (("descriptor_type", "Procedure Code"),),
        (41,),
        {"descriptor_type": "Procedure Code"},
    ),
)
PROVIDERS = (
    Shape("providers.list", "GET /providers", (*OFFICE, *PAGE)),
    Shape("providers.list", "GET /providers", (*HERE, *PAGE), kwargs={"location_id": None}),
    Shape(
        "providers.list",
        "GET /providers",
        (
            *HERE,
            ("location_id", "42"),
            ("ids[]", "71"),
            ("ids[]", "72"),
            ("foreign_id", "17"),
            ("requestable", "true"),
            ("inactive", "false"),
            ("updated_since", SENT_SINCE),
            ("include[]", "locations"),
            ("include[]", "availabilities"),
            ("sort", "-updated_at,id"),
            ("per_page", "7"),
        ),
        kwargs={
            "location_id": "42",
            "ids": ["71", 72],
            "foreign_id": "17",
            "requestable": True,
            "inactive": False,
            "updated_since": SINCE,
            "include": ["locations", "availabilities"],
            "sort": ["-updated_at", "id"],
            "per_page": 7,
        },
    ),
    Shape("providers.get", "GET /providers/71", args=("71",)),
    Shape(
        "providers.get",
        "GET /providers/71",
        (*HERE, ("include[]", "availabilities")),
        (71,),
        {"include": ("availabilities",)},
    ),
)
OPERATORIES = (
    Shape("operatories.list", "GET /operatories", (*OFFICE, *PAGE)),
    Shape(
        "operatories.list",
        "GET /operatories",
        (
            *HERE,
            ("location_id", "42"),
            ("search_name", "OP"),
            ("foreign_id", "3"),
            ("updated_since", SENT_SINCE),
            ("include[]", "appointment_types"),
            *PAGE,
        ),
        kwargs={
            "location_id": 42,
            "search_name": "OP",
            "foreign_id": "3",
            "updated_since": SINCE,
            "include": ["appointment_types"],
        },
    ),
    Shape(
        "operatories.get",
        "GET /operatories/4100000305",
        (*HERE, ("include[]", "appointment_types")),
        (4100000305,),
        {"include": ["appointment_types"]},
    ),
)
TYPES = (
    Shape("appointment_types.list", "GET /appointment_types", OFFICE),
    Shape(
        "appointment_types.list",
        "GET /appointment_types",
        (*HERE, ("include[]", "descriptors")),
        kwargs={"location_id": None, "include": ["descriptors"]},
    ),
    Shape("appointment_types.get", "GET /appointment_types/12", OFFICE, (12,)),
    Shape(
        "appointment_types.create",
        "POST /appointment_types",
        kwargs={
            "name": "Review",
            "minutes": 20,
            "parent_type": ParentType.LOCATION,
            "parent_id": "41",
            "bookable_online": False,
            "emr_appt_descriptor_ids": ["4", 5],
            "location_id": "41",
        },
        body={
            "location_id": 41,
            "appointment_type": {
                "name": "Review",
                "minutes": 20,
                "parent_type": "Location",
                "parent_id": 41,
                "bookable_online": False,
                "emr_appt_descriptor_ids": [4, 5],
            },
        },
    ),
    Shape(
        "appointment_types.create",
        "POST /appointment_types",
        kwargs={"name": "Review", "minutes": 20},
        body={"appointment_type": {"name": "Review", "minutes": 20}},
    ),
    Shape(
        "appointment_types.update",
        "PATCH /appointment_types/12",
        args=("12",),
        kwargs={"minutes": 25, "emr_appt_descriptor_ids": []},
        body={"appointment_type": {"minutes": 25, "emr_appt_descriptor_ids": []}},
    ),
    Shape("appointment_types.delete", "DELETE /appointment_types/12", OFFICE, (12,)),
    Shape("appointment_types.delete", "DELETE /appointment_types/12", HERE, (12,), {"location_id": None}),
    Shape(
        "appointment_types.descriptors",
        "GET /appointment_types/12/appointment_descriptors",
        (*OFFICE, ("descriptor_type", "Procedure Code")),
        (12,),
        {"descriptor_type": "Procedure Code"},
    ),
)
BOOKING = {"patient_id": "9001", "provider_id": 71, "start_time": START}
SENT_BOOKING = {"patient_id": 9001, "provider_id": 71, "start_time": "2031-04-15T09:00:00.000-05:00"}
BOOK = "POST /appointments"
SILENT = (*OFFICE, ("notify_patient", "false"))
APPOINTMENTS = (
    Shape("appointments.list", "GET /appointments", (*OFFICE, *SENT_WINDOW, *PAGE), kwargs=WINDOW),
    Shape(
        "appointments.list",
        "GET /appointments",
        (*OFFICE, *SENT_WINDOW, ("foreign_id", "17"), *PAGE),
        kwargs={**WINDOW, "foreign_id": "17"},
    ),
    Shape(
        "appointments.list",
        "GET /appointments",
        (*HERE, *SENT_WINDOW, ("foreign_id", "17"), *PAGE),
        kwargs={**WINDOW, "foreign_id": "17", "location_id": None},
    ),
    Shape(
        "appointments.list",
        "GET /appointments",
        (
            *HERE,
            ("location_id", "42"),
            *SENT_WINDOW,
            ("timezone", "America/Chicago"),
            ("cancelled", "false"),
            ("unavailable", "true"),
            ("nex_only", "false"),
            ("updated_since", SENT_SINCE),
            ("appointment_type_id", "12"),
            ("created_by", "390199001"),
            ("patient_ids[]", "9001"),
            ("patient_ids[]", "9002"),
            ("provider_ids[]", "71"),
            ("operatory_ids[]", "305"),
            ("operatory_ids[]", "306"),
            ("sort", "-updated_at"),
            ("per_page", "1000"),
        ),
        kwargs={
            **WINDOW,
            "location_id": 42,
            "timezone": "America/Chicago",
            "cancelled": False,
            "unavailable": True,
            "nex_only": False,
            "updated_since": SINCE,
            "appointment_type_id": "12",
            "created_by": 390199001,
            "patient_ids": [9001, "9002"],
            "provider_ids": (71,),
            "operatory_ids": [305, 306],
            "sort": ["-updated_at"],
            "per_page": 1000,
        },
    ),
    Shape(
        "appointments.get",
        "GET /appointments/1600000123",
        (*HERE, ("include[]", "patient"), ("include[]", "booking_details")),
        ("1600000123",),
        {"include": ["patient", "booking_details"]},
    ),
    Shape("appointments.get", "GET /appointments/1600000123", args=(1600000123,)),
    Shape("appointments.create", BOOK, SILENT, kwargs=BOOKING, body={"appt": SENT_BOOKING}),
    Shape(
        "appointments.create",
        BOOK,
        (*HERE, ("location_id", "42"), ("notify_patient", "true")),
        kwargs={
            **BOOKING,
            "location_id": "42",
            "notify_patient": True,
            "end_time": END,
            "operatory_id": "305",
            "appointment_type_id": 12,
            "appointments_per_timeslot": 2,
            "descriptor_ids": ["4", 5],
            "is_new_clients_patient": True,
            "note": "prefers mornings",
            "referrer": "https://riverbend.example/book",
        },
        body={
            "appointments_per_timeslot": 2,
            "appt": {
                **SENT_BOOKING,
                "end_time": "2031-04-15T14:30:59.999Z",
                "operatory_id": 305,
                "appointment_type_id": 12,
                "descriptor_ids": [4, 5],
                "is_new_clients_patient": True,
                "note": "prefers mornings",
                "referrer": "https://riverbend.example/book",
            },
        },
    ),
    Shape(
        "appointments.create",
        BOOK,
        SILENT,
        kwargs={
            **BOOKING,
            "is_guardian": True,
            "patient": Dependent(
                first_name="Clara", last_name="Park", date_of_birth=date(2016, 6, 30), gender=Gender.OTHER
            ),
        },
        body={
            "appt": {
                **SENT_BOOKING,
                "is_guardian": True,
                "patient": {
                    "first_name": "Clara",
                    "last_name": "Park",
                    "bio": {"date_of_birth": "2016-06-30", "gender": "Other"},
                },
            }
        },
    ),
    Shape(
        "appointments.create",
        BOOK,
        SILENT,
        kwargs={"provider_id": 71, "start_time": START, "end_time": END, "unavailable": True},
        body={
            "appt": {
                "provider_id": 71,
                "start_time": "2031-04-15T09:00:00.000-05:00",
                "end_time": "2031-04-15T14:30:59.999Z",
                "unavailable": True,
            }
        },
    ),
    Shape(
        "appointments.update",
        "PATCH /appointments/5",
        args=("5",),
        kwargs={
            "confirmed": True,
            "checkin_at": START,
            "start_time": START,
            "end_time": END,
            "operatory_id": "305",
            "note": "",
        },
        body={
            "appt": {
                "confirmed": True,
                "checkin_at": "2031-04-15T09:00:00.000-05:00",
                "start_time": "2031-04-15T09:00:00.000-05:00",
                "end_time": "2031-04-15T14:30:59.999Z",
                "operatory_id": 305,
                "note": "",
            }
        },
    ),
    Shape("appointments.cancel", "PATCH /appointments/5", args=(5,), body={"appt": {"cancelled": True}}),
    Shape(
        "appointments.descriptors",
        "GET /appointments/5/appointment_descriptors",
        (*HERE, ("descriptor_type", "Procedure Code")),
        (5,),
        {"descriptor_type": "Procedure Code"},
    ),
)
DAYS = {"start_date": date(2031, 4, 15), "days": 14, "provider_ids": [71]}
SENT_DAYS = (("start_date", "2031-04-15"), ("days", "14"), ("pids[]", "71"))
SLOTS = (
    Shape("available_slots.list", "GET /available_slots", (*HERE, ("lids[]", "41"), *SENT_DAYS), kwargs=DAYS),
    Shape("available_slots.groups", "GET /available_slots", (*HERE, ("lids[]", "41"), *SENT_DAYS), kwargs=DAYS),
    Shape(
        "available_slots.list",
        "GET /available_slots",
        (
            *HERE,
            ("lids[]", "41"),
            ("lids[]", "42"),
            *SENT_DAYS,
            ("pids[]", "72"),
            ("operatory_ids[]", "305"),
            ("operatory_ids[]", "306"),
            ("appointment_type_id", "12"),
            ("slot_length", "30"),
            ("slot_interval", "10"),
            ("overlapping_operatory_slots", "true"),
            ("working_hour_label_id", "64"),
            ("working_hour_source", "synced"),
            ("appointments_per_timeslot", "5"),
        ),
        kwargs={
            **DAYS,
            "provider_ids": [71, "72"],
            "location_ids": ["41", 42],
            "operatory_ids": [305, 306],
            "appointment_type_id": "12",
            "slot_length": 30,
            "slot_interval": 10,
            "overlapping_operatory_slots": True,
            "working_hour_label_id": "64",
            "working_hour_source": WorkingHourSource.SYNCED,
            "appointments_per_timeslot": 5,
        },
    ),
)
HOURS = (
    Shape(
        "working_hours.list",
        "GET /working_hours",
        (
            *OFFICE,
            ("provider_id", "71"),
            ("operatory_id", "305"),
            ("label_id", "64"),
            ("source", "manual"),
            ("active", "false"),
            ("ignore_past_dates", "true"),
            ("include[]", "appointment_types"),
            *PAGE,
        ),
        kwargs={
            "provider_id": "71",
            "operatory_id": 305,
            "label_id": 64,
            "source": WorkingHourSource.MANUAL,
            "active": False,
            "ignore_past_dates": True,
            "include": ["appointment_types"],
        },
    ),
    Shape(
        "working_hours.get",
        "GET /working_hours/5",
        (*HERE, ("include[]", "appointment_types")),
        (5,),
        {"include": ["appointment_types"]},
    ),
    Shape(
        "working_hours.create",
        "POST /working_hours",
        OFFICE,
        kwargs={
            "provider_id": "71",
            "begin_time": time(9),
            "end_time": time(12, 30),
            "days": [Weekday.MONDAY, Weekday.FRIDAY],
            "operatory_id": 305,
            "appointment_type_ids": [12, "13"],
            "active": True,
        },
        body={
            "working_hour": {
                "provider_id": 71,
                "begin_time": "09:00",
                "end_time": "12:30",
                "days": ["Monday", "Friday"],
                "operatory_id": 305,
                "appointment_type_ids": [12, 13],
                "active": True,
            }
        },
    ),
    Shape(
        "working_hours.create",
        "POST /working_hours",
        (*HERE, ("location_id", "42")),
        kwargs={
            "provider_id": 71,
            "begin_time": time(9),
            "end_time": time(12),
            "location_id": 42,
            "days": [],
            "custom_recurrence": RecurrenceInput(num=2, unit=RecurrenceUnit.WEEK, ref=date(2031, 4, 15)),
        },
        body={
            "working_hour": {
                "provider_id": 71,
                "begin_time": "09:00",
                "end_time": "12:00",
                "days": [],
                "custom_recurrence": {"num": 2, "unit": "week", "ref": "2031-04-15"},
            }
        },
    ),
    Shape(
        "working_hours.update",
        "PATCH /working_hours/5",
        args=(5,),
        kwargs={"specific_date": date(2031, 4, 15), "appointment_type_ids": [], "end_time": time(17)},
        body={"working_hour": {"specific_date": "2031-04-15", "appointment_type_ids": [], "end_time": "17:00"}},
    ),
    Shape("working_hours.delete", "DELETE /working_hours/5", args=("5",)),
    Shape(
        "working_hour_labels.list",
        "GET /working_hour_labels",
        (*OFFICE, ("search_name", "New"), ("active", "true"), *PAGE),
        kwargs={"search_name": "New", "active": True},
    ),
)
PERSON = {
    "provider_id": "71",
    "first_name": "Adaline",
    "last_name": "Park",
    "email": "ada@park.example",
    "date_of_birth": date(1990, 5, 17),
    "phone_number": "+1 (415) 555-0132",
}
SENT_PERSON = {"first_name": "Adaline", "last_name": "Park", "email": "ada@park.example"}
SENT_BIO = {"date_of_birth": "1990-05-17", "phone_number": "4155550132"}
PATIENTS = (
    Shape(
        "patients.list",
        "GET /patients",
        (
            *HERE,
            ("location_id", "42"),
            ("name", "Ada Park"),
            ("email", "ada+x@park.example"),
            ("phone_number", "4155550132"),
            ("date_of_birth", "1990-05-17"),
            ("inactive", "false"),
            ("foreign_id", "17"),
            ("updated_since", SENT_SINCE),
            ("new_patient", "true"),
            ("non_patient", "false"),
            ("forms_syncable", "true"),
            ("location_strict", "false"),
            ("sort", "-updated_at"),
            *PAGE,
        ),
        kwargs={
            "location_id": 42,
            "name": "Ada Park",
            "email": "ada+x@park.example",
            "phone_number": "+1 415.555.0132",
            "date_of_birth": date(1990, 5, 17),
            "inactive": False,
            "foreign_id": "17",
            "updated_since": SINCE,
            "new_patient": True,
            "non_patient": False,
            "forms_syncable": True,
            "location_strict": False,
            "sort": ["-updated_at"],
        },
    ),
    Shape(
        "patients.get",
        "GET /patients/9001",
        (*HERE, ("include[]", "upcoming_appts"), ("include[]", "guarantor")),
        (9001,),
        {"include": ["upcoming_appts", "guarantor"]},
    ),
    Shape(
        "patients.create",
        "POST /patients",
        OFFICE,
        kwargs=PERSON,
        body={
            "provider": {"provider_id": 71},
            "patient": {**SENT_PERSON, "bio": SENT_BIO},
            "return_existing_if_match": False,
        },
    ),
    Shape(
        "patients.create",
        "POST /patients",
        (*HERE, ("location_id", "42")),
        kwargs={
            **PERSON,
            "location_id": 42,
            "return_existing_if_match": True,
            "address_line_1": "12 Mill Street",
            "address_line_2": "Floor 2",
            "cell_phone_number": "1-415-555-0133",
            "city": "Chicago",
            "custom_contact_number": "ask at the desk",
            "gender": Gender.MALE,
            "height": 170,
            "home_phone_number": "415.555.0134",
            "insurance_name": "Example Mutual",
            "race": "unknown",
            "ssn": "000-00-0000",
            "state": "IL",
            "street_address": "12 Mill Street, Floor 2",
            "weight": 70,
            "work_phone_number": "4155550135",
            "zip_code": "60601",
        },
        body={
            "provider": {"provider_id": 71},
            "patient": {
                **SENT_PERSON,
                "bio": {
                    **SENT_BIO,
                    "address_line_1": "12 Mill Street",
                    "address_line_2": "Floor 2",
                    "cell_phone_number": "4155550133",
                    "city": "Chicago",
                    "custom_contact_number": "ask at the desk",
                    "gender": "Male",
                    "height": 170,
                    "home_phone_number": "4155550134",
                    "insurance_name": "Example Mutual",
                    "race": "unknown",
                    "ssn": "000-00-0000",
                    "state": "IL",
                    "street_address": "12 Mill Street, Floor 2",
                    "weight": 70,
                    "work_phone_number": "4155550135",
                    "zip_code": "60601",
                },
            },
            "return_existing_if_match": True,
        },
    ),
)
ALERTS = (
    Shape(
        "patient_alerts.list",
        "GET /patients/9001/alerts",
        (*HERE, ("include_disabled", "true")),
        (9001,),
        {"include_disabled": True},
    ),
    Shape("patient_alerts.get", "GET /patients/9001/alerts/5", args=("9001", "5")),
    Shape(
        "patient_alerts.create",
        "POST /patients/9001/alerts",
        args=(9001,),
        kwargs={"note": "careful"},
        body={"patient_alert": {"note": "careful"}},
    ),
    Shape(
        "patient_alerts.update",
        "PATCH /patients/9001/alerts/5",
        args=(9001, 5),
        kwargs={"disabled": False},
        body={"patient_alert": {"disabled": False}},
    ),
)
RECALLS = (
    Shape(
        "patient_recalls.list",
        "GET /patient_recalls",
        (
            *OFFICE,
            ("recall_id", "33"),
            ("patient_id", "9001"),
            ("foreign_id", "17"),
            ("updated_since", SENT_SINCE),
            ("due_after", "2031-04-15T14:00:00+0000"),
            ("sort", "date_due"),
            *PAGE,
        ),
        kwargs={
            "recall_id": 33,
            "patient_id": "9001",
            "foreign_id": "17",
            "updated_since": SINCE,
            "due_after": START,
            "sort": ["date_due"],
        },
    ),
    Shape("patient_recalls.get", "GET /patient_recalls/5", args=(5,)),
    Shape(
        "recall_types.list",
        "GET /recall_types",
        (*OFFICE, ("foreign_id", "17"), ("updated_since", SENT_SINCE)),
        kwargs={"foreign_id": "17", "updated_since": SINCE},
    ),
    Shape("recall_types.get", "GET /recall_types/5", args=(5,)),
    Shape(
        "sync_status.list",
        "GET /sync_status",
        (*HERE, ("read_status", "green"), ("write_status", "red"), ("location_ids[]", "41"), ("location_ids[]", "42")),
        kwargs={"read_status": SyncLight.GREEN, "write_status": SyncLight.RED, "location_ids": [41, "42"]},
    ),
)
SUBSCRIPTIONS = "/webhook_endpoints/3/webhook_subscriptions"
WEBHOOKS = (
    Shape("webhook_endpoints.list", "GET /webhook_endpoints", (("active", "true"),), kwargs={"active": True}),
    Shape(
        "webhook_endpoints.create",
        "POST /webhook_endpoints",
        (),
        kwargs={"target_url": "https://hooks.riverbend.example/x", "active": True},
        body={"target_url": "https://hooks.riverbend.example/x", "active": True},
    ),
    Shape(
        "webhook_endpoints.update",
        "PATCH /webhook_endpoints/3",
        (),
        ("3",),
        {"active": False},
        {"active": False},
    ),
    Shape("webhook_endpoints.delete", "DELETE /webhook_endpoints/3", (), (3,)),
    Shape(
        "webhook_subscriptions.list",
        f"GET {SUBSCRIPTIONS}",
        (*HERE, ("resource_type", "Appointment"), ("event", "appointment_insertion")),
        (3,),
        {"resource_type": WebhookResource.APPOINTMENT, "event": WebhookEventName.APPOINTMENT_INSERTION},
    ),
    Shape(
        "webhook_subscriptions.create",
        f"POST {SUBSCRIPTIONS}",
        HERE,
        ("3",),
        {
            "resource_type": WebhookResource.APPOINTMENT,
            "event": WebhookEventName.APPOINTMENT_INSERTION,
            "active": True,
        },
        {"resource_type": "Appointment", "event": "appointment_insertion", "active": True},
    ),
    Shape(
        "webhook_subscriptions.create",
        f"POST {SUBSCRIPTIONS}",
        (),
        (3,),
        {"resource_type": WebhookResource.ONBOARDING, "event": WebhookEventName.ONBOARDING_CREATED},
        {"resource_type": "Onboarding", "event": "onboarding_created"},
    ),
    Shape(
        "webhook_subscriptions.update",
        f"PATCH {SUBSCRIPTIONS}/5",
        HERE,
        (3, 5),
        {"new_endpoint_id": "4", "active": False},
        {"new_endpoint_id": 4, "active": False},
    ),
    Shape("webhook_subscriptions.delete", f"DELETE {SUBSCRIPTIONS}/5", (), (3, "5")),
)
ALL = (
    *INSTITUTIONS,
    *LOCATIONS,
    *PROVIDERS,
    *OPERATORIES,
    *TYPES,
    *APPOINTMENTS,
    *SLOTS,
    *HOURS,
    *PATIENTS,
    *ALERTS,
    *RECALLS,
    *WEBHOOKS,
)
