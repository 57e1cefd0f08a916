"""Bodies of Cubu's webhooks as the facts have them, and how they are read."""

import json

from apptsdk.providers.cubu.events import WebhookEvent
from apptsdk.providers.cubu.signing import sign, verify

KEY = "canary-key-7391"
CASE = "7b0e1c52-3a9f-4d21-9c41-5f0a77d2e631"
SERVICE = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"
FIELD = "0c9a6b1e-52d7-4b8e-8f4e-1f2d3c4b5a69"
TAG = "d2f4a6c8-1b3d-4f5a-9c7e-0a2b4c6d8e0f"
APPOINTMENT = {
    "date": "2026-03-02T00:00:00",
    "cuIndex": 3,
    "start": 540,
    "timeLocal": "2026-03-02T09:00:00",
    "timeUtc": "2026-03-02T07:00:00Z",
    "timeZoneId": "Israel Standard Time",
    "duration": 10,
    "preventSelfCheckIn": True,
}
BOOKED: dict[str, object] = {
    "caseId": CASE,
    "parentCaseId": None,
    "referenceDate": "2026-03-02T07:00:00.1234567Z",
    "unitId": "11111111-0000-4000-8000-000000000001",
    "serviceId": SERVICE,
    "serviceCategoryId": "11111111-0000-4000-8000-000000000002",
    "serviceTypeId": "11111111-0000-4000-8000-000000000003",
    "status": "Planned",
    "channel": "Video",
    "language": "en-US",
    "ticket": {"prefix": "B", "number": 12, "suffix": None},
    "fields": {FIELD: "canary-note"},
    "tagIds": [TAG],
    "customerRecordId": "11111111-0000-4000-8000-000000000004",
    "triggeredByUserId": "11111111-0000-4000-8000-000000000005",
    "triggeredByUserEmail": "canary@example.org",
    "appointment": APPOINTMENT,
}
OF_WALK_INS: dict[str, object] = {
    "useCustomerContactInfo": True,
    "contactPhoneNumber": "+12025550123",
    "contactEmail": "canary@example.org",
    "lockedByUserId": "11111111-0000-4000-8000-000000000006",
}
"""What afterQueueUp has, beside all that is above but the appointment."""
EVERYTHING = BOOKED | OF_WALK_INS
AFTER_BOOK = "/hooks/service/actions/afterBookAppointment"


def written(value: object) -> bytes:
    return json.dumps(value).encode()


def read(body: object, path: str | None = AFTER_BOOK) -> WebhookEvent:
    content = body if isinstance(body, bytes) else written(body)
    return verify(content, sign(content, key=KEY), key=KEY, path=path)


BODY = written(BOOKED)
