"""What makes one of each thing that can be made at NexHealth, how the vendor shows it, and where it is looked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
from nexhealth_support import APPOINTMENT

from apptsdk.providers.nexhealth import WebhookEventName, WebhookResource

MADE_AT = "2026-03-02T22:00:00.500Z"
START = datetime(2031, 4, 15, 14, tzinfo=UTC)
PRACTICE = ("subdomain", "riverbend-dental")


@attrs.frozen
class Making:
    """A `create`.

    Args:
        args: What comes before its fields.
        fields: Its fields, all of those by which it is found again among them.
        row: It, as the vendor shows it afterwards.
        altered: What the row of another one differs in, one field at a time.
        path: Where it is posted and looked for.
        query: What is asked for in the look.
    """

    fields: dict[str, Any]
    row: dict[str, Any]
    altered: tuple[dict[str, Any], ...]
    path: str
    query: tuple[tuple[str, str], ...] = (PRACTICE,)
    args: tuple[int, ...] = ()


PERSON = {
    "provider_id": 71,
    "first_name": "Adaline",
    "last_name": "Parkinson",
    "email": "ada@park.example",
    "date_of_birth": date(1990, 5, 17),
    "phone_number": "+1 (415) 555-0132",
}
"""Nobody can be found who is new: the vendor lists no patient without an appointment."""
MAKINGS = {
    "appointments": Making(
        {
            "patient_id": "9001",
            "provider_id": 71,
            "operatory_id": 305,
            "appointment_type_id": 12,
            "start_time": START,
            "end_time": START + timedelta(minutes=30),
        },
        {**APPOINTMENT, "created_at": MADE_AT},
        (
            {"patient_id": 9002},
            {"patient_id": None},
            {"provider_id": 72},
            {"operatory_id": 306},
            {"operatory_id": None},
            {"appointment_type_id": 13},
            {"location_id": 42},
            {"start_time": "2031-04-15T14:00:01.000Z"},
            {"end_time": "2031-04-15T14:45:00.000Z"},
        ),
        "/appointments",
        (
            PRACTICE,
            ("location_id", "41"),
            ("start", "2031-04-15T14:00:00+0000"),
            ("end", "2031-04-15T14:01:00+0000"),
            ("provider_ids[]", "71"),
            ("per_page", "1000"),
        ),
    ),
    "patient_alerts": Making(
        {"note": "careful"},
        {"id": 5, "note": "careful", "patient_id": 9001, "created_at": MADE_AT, "disabled_at": None},
        ({"note": "Careful"}, {"note": None}),
        "/patients/9001/alerts",
        (PRACTICE, ("include_disabled", "true")),
        (9001,),
    ),
    "webhook_endpoints": Making(
        {"target_url": "https://hooks.riverbend.example/x"},
        {"id": 3, "target_url": "https://hooks.riverbend.example/x", "active": True, "created_at": MADE_AT},
        ({"target_url": "https://hooks.riverbend.example/X"},),
        "/webhook_endpoints",
        (),
    ),
    "webhook_subscriptions": Making(
        {"resource_type": WebhookResource.APPOINTMENT, "event": WebhookEventName.APPOINTMENT_INSERTION},
        {
            "id": 5,
            "webhook_endpoint_id": 3,
            "resource_type": "Appointment",
            "event": "appointment_insertion",
            "created_at": MADE_AT,
        },
        ({"event": "appointment_created"}, {"resource_type": "Patient"}, {"webhook_endpoint_id": 4}),
        "/webhook_endpoints/3/webhook_subscriptions",
        args=(3,),
    ),
}
