"""Calls, and the requests that each must make, by the vendor's pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from cubu_support import APPOINTMENT, CALENDAR, CASE_ID, CUSTOMER_ID, FIELD, RENEWAL, SERVICE, TAG

from apptsdk.providers.cubu import CaseRef, Channel
from apptsdk.providers.cubu.catalogue import (
    Catalogue,
    CatalogueFieldType,
    CatalogueService,
    CatalogueServiceType,
    CatalogueTag,
)
from apptsdk.providers.cubu.models import Calendar, Case
from apptsdk.providers.cubu.wire import WIRE

JERUSALEM = ZoneInfo("Asia/Jerusalem")
QUESTION = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a902"
NIGHT = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a13"
KEY_FIELD = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3302"
NAMED = Catalogue(
    services=(
        CatalogueService(id=SERVICE, name="Front desk", time_zone="Asia/Jerusalem"),
        CatalogueService(id=NIGHT, name="Night line", time_zone="Europe/London"),
    ),
    service_types=(
        CatalogueServiceType(
            id=RENEWAL,
            name="Passport renewal",
            duration=timedelta(minutes=10),
            channels=(Channel.FACE_TO_FACE, Channel.VIDEO),
        ),
        CatalogueServiceType(id=QUESTION, name="General question"),
    ),
    field_types=(
        CatalogueFieldType(id=FIELD, name="First name", slug="customer-first-name"),
        CatalogueFieldType(id=KEY_FIELD, name="National id", slug="customer-national-id"),
    ),
    tags=(CatalogueTag(id=TAG, name="VIP"),),
    customer_key="National id",
)
DESK = f"/calendars/{SERVICE}/2026-03-03/0"
CASE = CaseRef(service_id=SERVICE, date=CALENDAR.date, cu_index=0, case_id=CASE_ID)
WHOLE_CASE = WIRE.structure({"caseId": CASE_ID, "appointment": APPOINTMENT}, Case)
WHOLE_CALENDAR = Calendar(service_id=SERVICE.upper(), date=CALENDAR.date, cu_index=0)
LEAST: dict[str, Any] = {"service_type_id": RENEWAL, "start": 540, "channel": Channel.VIDEO}
SENT_LEAST: dict[str, Any] = {
    "serviceTypeId": RENEWAL,
    "startTime": 540,
    "channel": "Video",
    "bypassTimeslotCheck": False,
    "preventSelfCheckIn": False,
}
JOIN: dict[str, Any] = {"service_type_id": RENEWAL, "channel": Channel.VIDEO}
SENT_JOIN: dict[str, Any] = {"serviceTypeId": RENEWAL, "channel": "Video"}
ALL: dict[str, Any] = {
    "language": "en-US",
    "customer_record_id": CUSTOMER_ID.upper(),
    "contact_phone_number": "(202) 555-0123",
    "contact_email": "ana@example.org",
    "fields": {FIELD.upper(): "Añä", KEY_FIELD: None},
    "tag_ids": (TAG.upper(),),
}
SENT_ALL: dict[str, Any] = {
    "cusotmerRecordId": CUSTOMER_ID,
    "contactPhoneNumber": "2025550123",
    "contactEmail": "ana@example.org",
    "fields": {FIELD: "Añä", KEY_FIELD: None},
    "tagIds": [TAG],
}


@attrs.frozen
class Shape:
    """A call, and the request that it must make.

    Args:
        verb: The verb.
        request: Method and path, below the application.
        args: What is given by position.
        kwargs: What is given by name.
        body: The body.
        query: The query.
        given: Settings that are other than usual.
        what: What is told by it.
    """

    verb: str
    request: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = attrs.field(factory=dict)
    body: Any = None
    query: tuple[tuple[str, str], ...] = ()
    given: dict[str, Any] = attrs.field(factory=dict)
    what: str = ""

    def __str__(self) -> str:
        return f"{self.verb} {self.what}".strip()


CALENDARS = (
    Shape("calendars.list", f"GET /calendars/{SERVICE}/2026-03-03", (SERVICE, date(2026, 3, 3)), what="by GUID"),
    Shape("calendars.list", f"GET /calendars/{SERVICE}/0001-01-01", (SERVICE.upper(), date.min), what="in capitals"),
    Shape("calendars.list", f"GET /calendars/{NIGHT}/2026-12-31", ("night LINE", date(2026, 12, 31)), what="by name"),
    *(
        Shape(
            "calendars.vacancies",
            f"GET {DESK}/vacancies",
            (calendar,),
            {"service_type_id": kind},
            query=(("serviceTypeId", RENEWAL),),
            what=f"of {what}",
        )
        for what, calendar, kind in (
            ("a reference", CALENDAR, RENEWAL),
            ("a text", str(CALENDAR).upper(), RENEWAL.upper()),
            ("a calendar", WHOLE_CALENDAR, "passport RENEWAL"),
        )
    ),
)
LISTS = (
    Shape("appointments.list", f"GET {DESK}/appointments", (CALENDAR,), what="of all"),
    Shape(
        "appointments.list",
        f"GET {DESK}/appointments",
        (str(CALENDAR),),
        {"customer_record_id": CUSTOMER_ID.upper()},
        query=(("customerRecordId", CUSTOMER_ID),),
        what="of a customer's",
    ),
)
FORMS: dict[str, tuple[Any, ...]] = {
    "a reference": (CASE,),
    "a text": (str(CASE),),
    "a text in capitals": (str(CASE).upper(),),
    "a case": (WHOLE_CASE,),
    "a case and its id": (WHOLE_CASE, CASE_ID.upper()),
    "a reference and its id": (CASE, CASE_ID),
    "a calendar and an id": (WHOLE_CALENDAR, CASE_ID),
    "a calendar's reference and an id": (CALENDAR, CASE_ID.upper()),
    "a calendar's text and an id": (str(CALENDAR), CASE_ID),
}
"""The ways to name an appointment."""
NAMES = tuple(
    shape
    for what, form in FORMS.items()
    for shape in (
        Shape("appointments.get", f"GET {DESK}/appointments", form, what=f"of {what}"),
        Shape("appointments.cancel", f"DELETE {DESK}/appointments/{CASE_ID}", form, what=f"of {what}"),
    )
)
CANCELS = (
    Shape(
        "appointments.cancel",
        f"POST {DESK}/appointments/{CASE_ID}/actions/cancel",
        (CASE,),
        given={
            "cancel_method": "POST",
            "cancel_path": "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}"
            "/actions/cancel",
        },
        what="by an action",
    ),
    Shape(
        "appointments.cancel",
        f"POST /cases/{CASE_ID}/actions/cancel",
        (CASE,),
        given={"cancel_method": "POST", "cancel_path": "/{applicationId}/cases/{caseId}/actions/cancel"},
        what="by an action of the case",
    ),
    Shape(
        "appointments.cancel",
        f"PUT /{CASE_ID}/2026-03-03",
        (CASE,),
        given={"cancel_method": "PUT", "cancel_path": "/{caseId}/{date}"},
        what="below the application in any case",
    ),
)
STARTS: dict[str, tuple[Any, int]] = {
    "midnight": (0, 0),
    "the last minute": (1439, 1439),
    "a datetime of the service": (datetime(2026, 3, 3, 9, tzinfo=JERUSALEM), 540),
    "a datetime in UTC": (datetime(2026, 3, 3, 7, 1, tzinfo=UTC), 541),
    "a datetime of yesterday's in UTC": (datetime(2026, 3, 2, 22, 0, tzinfo=UTC), 0),
    "a datetime from afar": (datetime.fromisoformat("2026-03-03T20:30:00+13:45"), 525),
}
ONE_BY_ONE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing else": ({}, {}),
    "a language": ({"language": "he-IL"}, {"language": "he-IL"}),
    "a customer": ({"customer_record_id": CUSTOMER_ID.upper()}, {"cusotmerRecordId": CUSTOMER_ID}),
    "a phone number": ({"contact_phone_number": "2025550123"}, {"contactPhoneNumber": "2025550123"}),
    "an email": ({"contact_email": "ána@example.org"}, {"contactEmail": "ána@example.org"}),
    "another channel": ({"channel": "FaceToFace"}, {"channel": "FaceToFace"}),
    "a bypass": ({"bypass_timeslot_check": True}, {"bypassTimeslotCheck": True}),
    "no kiosk": ({"prevent_self_check_in": True}, {"preventSelfCheckIn": True}),
    "no fields": ({"fields": {}}, {"fields": {}}),
    "fields of every kind": (
        {"fields": {FIELD: 'a "b" \\ \u2028', KEY_FIELD.upper(): 1.5, RENEWAL: True, SERVICE: 0, TAG: None}},
        {"fields": {FIELD: 'a "b" \\ \u2028', KEY_FIELD: 1.5, RENEWAL: True, SERVICE: 0, TAG: None}},
    ),
    "fields by name and by slug": (
        {"fields": {"first NAME": "Ana", "customer-national-id": "310000017"}},
        {"fields": {FIELD: "Ana", KEY_FIELD: "310000017"}},
    ),
    "no tags": ({"tag_ids": []}, {"tagIds": []}),
    "tags by id and by name": ({"tag_ids": ["vip", CASE_ID.upper()]}, {"tagIds": [TAG, CASE_ID]}),
    "a type by name": ({"service_type_id": "PASSPORT renewal"}, {}),
    "a type that the catalogue does not know": (
        {"service_type_id": CASE_ID, "channel": Channel.PHONE},
        {"serviceTypeId": CASE_ID, "channel": "Phone"},
    ),
    "a type without channels": (
        {"service_type_id": "General question", "channel": Channel.PHONE},
        {"serviceTypeId": QUESTION, "channel": "Phone"},
    ),
    "everything": (ALL, {**SENT_ALL, "language": "en-US"}),
}
BOOKS = (
    *(
        Shape(
            "appointments.book",
            f"POST {DESK}/appointments",
            (CALENDAR,),
            {**LEAST, **given},
            {**SENT_LEAST, **sent},
            what=f"with {what}",
        )
        for what, (given, sent) in {
            **ONE_BY_ONE,
            **{what: ({"start": start}, {"startTime": minutes}) for what, (start, minutes) in STARTS.items()},
        }.items()
    ),
    *(
        Shape("appointments.book", f"POST {DESK}/appointments", (calendar,), LEAST, SENT_LEAST, what=f"into {what}")
        for what, calendar in {"a text": str(CALENDAR).upper(), "a whole calendar": WHOLE_CALENDAR}.items()
    ),
    *(
        Shape(
            "appointments.book",
            f"POST {DESK}/appointments",
            (CALENDAR,),
            {**LEAST, "contact_phone_number": number},
            {**SENT_LEAST, "contactPhoneNumber": sent},
            given={"phone_format": form},
            what=f"with {number} as {form}",
        )
        for form, number, sent in (
            ("ten_digits", "(202) 555-0123", "2025550123"),
            ("ten_digits", "202.555.0123", "2025550123"),
            ("e164", "+1 (202) 555-0123", "+12025550123"),
            ("e164", "+972501234567", "+972501234567"),
            ("any", "0-50 ext. 7", "0-50 ext. 7"),
        )
    ),
    Shape(
        "appointments.rebook",
        f"POST {DESK}/appointments",
        (CASE, CALENDAR),
        {**LEAST, **ALL},
        {**SENT_LEAST, **SENT_ALL, "language": "en-US"},
        what="first books",
    ),
)
KEYS: dict[str, dict[str, str]] = {
    "cusotmerRecordId": {"cusotmerRecordId": CUSTOMER_ID},
    "customerRecordId": {"customerRecordId": CUSTOMER_ID},
    "both": {"cusotmerRecordId": CUSTOMER_ID, "customerRecordId": CUSTOMER_ID},
}
"""How the settings spell the customer's key, and what is sent then."""
SPELT = tuple(
    shape
    for key, sent in KEYS.items()
    for shape in (
        Shape(
            "appointments.book",
            f"POST {DESK}/appointments",
            (CALENDAR,),
            {**LEAST, "customer_record_id": CUSTOMER_ID},
            {**SENT_LEAST, **sent},
            given={"customer_record_key": key},
            what=f"with {key}",
        ),
        Shape(
            "queue.join",
            f"POST /services/{SERVICE}/cases",
            (SERVICE,),
            {**JOIN, "customer_record_id": CUSTOMER_ID},
            {**SENT_JOIN, **sent},
            given={"customer_record_key": key},
            what=f"with {key}",
        ),
    )
)
QUEUE = (
    Shape("queue.join", f"POST /services/{SERVICE}/cases", (SERVICE,), JOIN, SENT_JOIN, what="with the least"),
    Shape(
        "queue.join",
        f"POST /services/{SERVICE}/cases",
        ("front desk",),
        {**JOIN, **ALL, "use_customer_contact_info": True},
        {**SENT_JOIN, **SENT_ALL, "locale": "en-US", "useCustomerContactInfo": True},
        what="with everything",
    ),
    Shape(
        "queue.join",
        f"POST /services/{SERVICE}/cases",
        (SERVICE.upper(),),
        {**JOIN, "use_customer_contact_info": False},
        {**SENT_JOIN, "useCustomerContactInfo": False},
        what="with a flag that is off",
    ),
)
CUSTOMERS = (
    Shape(
        "customers.create",
        "POST /customers",
        (),
        {"fields": {"First name": "Ana", KEY_FIELD.upper(): "310000017", TAG: None}},
        {"fields": {FIELD: "Ana", KEY_FIELD: "310000017", TAG: None}},
    ),
    Shape("customers.get", f"GET /customers/{CUSTOMER_ID}", (CUSTOMER_ID.upper(),)),
    Shape(
        "customers.get",
        f"GET /people/{CUSTOMER_ID}/card",
        (CUSTOMER_ID,),
        given={"customer_path": "/{applicationId}/people/{customerRecordId}/card"},
        what="elsewhere",
    ),
    Shape(
        "customers.update",
        f"PATCH /customers/{CUSTOMER_ID}",
        (CUSTOMER_ID.upper(),),
        {"fields": {"first name": "Ana", KEY_FIELD: None}},
        {"fields": [{"fieldTypeId": FIELD, "value": "Ana"}, {"fieldTypeId": KEY_FIELD, "value": None}]},
    ),
    Shape(
        "customers.find",
        "POST /customers/query",
        (),
        {"key_value": "310000017"},
        {"queryType": "KeyField", "fieldSlug": "customer-national-id", "fieldValue": "310000017"},
        what="by the catalogue's key",
    ),
    Shape(
        "customers.find",
        "POST /customers/query",
        (),
        {"key_value": "x", "key_slug": "passport"},
        {"queryType": "KeyField", "fieldSlug": "passport", "fieldValue": "x"},
        what="by another key",
    ),
    Shape(
        "customers.find",
        "POST /customers/query",
        (),
        {"record_id": CUSTOMER_ID.upper()},
        {"queryType": "RecordId", "recordId": CUSTOMER_ID},
        what="by its id",
    ),
)
SHAPES = (*CALENDARS, *LISTS, *NAMES, *CANCELS, *BOOKS, *SPELT, *QUEUE, *CUSTOMERS)
