"""Bodies of webhooks as the facts have them, and how they are read."""

import json
from datetime import UTC, datetime

from apptsdk.providers.nexhealth.events import WebhookEvent
from apptsdk.providers.nexhealth.operations.webhooks import sign, verify

SECRET = "canary-secret-7391"
NOW = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
APPOINTMENT = {
    "id": 1600000123,
    "patient_id": 9001,
    "start_time": "2031-04-15T15:00:00.000Z",
    "end_time": "2031-04-15T15:30:00.000Z",
    "cancelled": False,
    "note": "canary-note",
    "updated_at": "2031-02-03T04:05:00.000Z",
}
PATIENT = {"id": 9001, "first_name": "Ada", "last_name": "Canary", "updated_at": "2031-02-03T04:05:01.000Z"}
STATUS = {
    "institution_id": 12,
    "sync_source_name": "riverbend",
    "read_status": "green",
    "read_status_at": "2031-02-03T04:00:00.000Z",
    "write_status": "red",
}


def written(value: object) -> bytes:
    return json.dumps(value).encode()


def delivered(resource: str | None, name: str | None, data: object, **members: object) -> dict[str, object]:
    """A body as the facts have it."""
    return {
        "resource_type": resource,
        "event_name": name,
        "event_time": "2031-02-03T04:05:05.000Z",
        "subdomain": "riverbend-dental",
        "institution_id": 12,
        "data": data,
        "delivery_errors": [],
        **members,
    }


def read(body: object) -> WebhookEvent:
    content = body if isinstance(body, bytes) else written(body)
    return verify(content, sign(content, secret_key=SECRET, now=NOW), secret_key=SECRET, now=NOW)


BODY = written(delivered("Appointment", "appointment_updated", {"appointment": APPOINTMENT}))
