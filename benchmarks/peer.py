"""A server in a process of its own, that answers at once, or a list a little later: what is measured is the client."""

from __future__ import annotations

import asyncio
import multiprocessing
from contextlib import contextmanager
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "1402337715590046001"
HOST = "https://api.au2.cliniko.com/v1"


def appointment() -> dict[str, object]:
    """A full appointment, as the vendor sends it."""
    own = f"{HOST}/individual_appointments/{ID}"
    nulls = (
        "booking_ip_address cancellation_note cancellation_reason notes online_booking_policy_accepted repeats "
        "treatment_note_status archived_at cancelled_at deleted_at invoice_status"
    )
    falses = "did_not_arrive email_reminder_sent patient_arrived has_patient_appointment_notes sms_reminder_sent"
    relations = "appointment_type business practitioner patient"
    return {
        "id": ID,
        "created_at": "2026-02-03T01:20:05Z",
        "updated_at": "2026-02-03T01:20:05Z",
        "starts_at": "2026-02-10T00:00:00Z",
        "ends_at": "2026-02-10T00:45:00Z",
        "patient_name": "Ada Park",
        "cancellation_reason_description": "",
        "repeat_rule": {},
        "telehealth_url": f"https://riverbend.au2.cliniko.com/appointments/{ID}/connect",
        **dict.fromkeys(nulls.split()),
        **dict.fromkeys(falses.split(), False),
        **{name: {"links": {"self": f"{HOST}/{name}s/{ID}"}} for name in relations.split()},
        "attendees": {"links": {"self": f"{own}/attendees"}},
        "conflicts": {"links": {"self": f"{own}/conflicts"}},
        "links": {"self": own},
    }


ONE = orjson.dumps(appointment())
PAGE = orjson.dumps({"individual_appointments": [appointment()] * 100, "total_entries": 100, "links": {"self": HOST}})
LIST = "/individual_appointments"


def nexhealth_appointment() -> dict[str, object]:
    """A full appointment, as NexHealth sends it."""
    nulls = "checkin_at patient_confirmed_at cancelled_at confirmed_at checked_out_at referrer"
    falses = (
        "confirmed patient_missed unavailable cancelled patient_confirmed is_guardian is_new_clients_patient "
        "sooner_if_possible checked_out is_past_patient"
    )
    times = "start_time end_time created_at updated_at last_sync_time"
    numbers = "patient_id provider_id institution_id appointment_type_id location_id created_by_user_id operatory_id"
    return {
        "id": 1612400001,
        "provider_name": "Ada Park",
        "note": "prefers mornings",
        "timezone": "America/Chicago",
        "timezone_offset": "-5:00",
        "foreign_id": "10042",
        "foreign_id_type": "msg-dentrix-DataSource-12",
        "misc": {"is_booked_on_nexhealth": True},
        **dict.fromkeys(times.split(), "2031-04-15T15:00:00.000Z"),
        **dict.fromkeys(nulls.split()),
        **dict.fromkeys(falses.split(), False),
        **dict.fromkeys(numbers.split(), 412009001),
    }


NEXHEALTH_PAGE = orjson.dumps(
    {
        "code": True,
        "description": None,
        "error": [],
        "data": [nexhealth_appointment()] * 100,
        "page_info": {"has_previous_page": False, "has_next_page": False, "start_cursor": "QUFB", "end_cursor": "QkJC"},
    }
)
GUID = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"


def cubu_case() -> dict[str, object]:
    """A full case, as Cubu lists it in a calendar."""
    nulls = "dateClosed lockedBy workstationId workstationName queueTimestamp position"
    times = "statusDate referenceDate dateOpened caseTimestamp"
    ids = "caseId serviceCategoryId serviceTypeId unitId inboxId"
    names = "serviceCategoryName serviceTypeName unitName inboxName"
    return {
        "appointment": {
            "serviceId": GUID,
            "date": "2026-03-02T00:00:00",
            "cuIndex": 0,
            "start": 700,
            "timeLocal": "2026-03-02T11:40:00",
            "timeUtc": "2026-03-02T09:40:00Z",
            "timeZoneId": "Israel Standard Time",
            "duration": 10,
            "noShowProbability": 0.2,
            "reservationToken": None,
            "reservationExpiryDate": None,
        },
        "ticket": {"prefix": "B", "suffix": None, "number": 12},
        "serviceTypeColorCode": "SteelBlue",
        "status": "Planned",
        "assignedTo": {"userId": GUID, "displayName": "Agent 7", "initials": "A7", "picture": "https://cubu.example/7"},
        "customer": {"dataTableId": GUID, "recordId": GUID, "displayName": "Ada Park"},
        "onlineMeeting": {
            "provider": "Teams",
            "meetingId": "19:meeting",
            "hostUrl": "https://meet.example/host",
            "participantsUrl": "https://meet.example/join",
            "dateCreated": "2026-02-20T10:24:42.897736Z",
        },
        "channel": "Video",
        "language": "en-US",
        "rank": 3.7e37,
        "inboxColorCode": "#2a9d8f",
        "printedTicket": False,
        "contactPhoneNumber": "+12025550123",
        "contactEmail": "ada@example.org",
        "entryMode": "Appointment",
        "fields": {GUID: "Passport lost"},
        "tags": [GUID],
        **dict.fromkeys(nulls.split()),
        **dict.fromkeys(times.split(), "2026-02-20T10:24:42.8977361Z"),
        **dict.fromkeys(ids.split(), GUID),
        **dict.fromkeys(names.split(), "Front desk"),
    }


CUBU_CALENDAR = orjson.dumps([cubu_case()] * 100)


def imiassist_appointment() -> dict[str, object]:
    """A full appointment, as our proposal answers it: for this vendor, each is an answer of its own."""
    link = "https://northside.eclinic.org.uk/j/"
    host = {"role": "host", "first_name": "Li", "last_name": "Lee", "email": "dr.lee@example.org", "phone": None}
    guest = {"role": "guest", "first_name": "Ana", "last_name": "Roe", "email": None, "phone": "+447700900123"}
    return {
        "appointment_id": "65e2f0c4a1b2c3d4e5f60718",
        "appointment_uid": "NS-45-1",
        "participants": [
            {"participant_id": "65e2f0c4a1b2c3d4e5f60719", **host, "meeting_link": f"{link}h7Qk"},
            {"participant_id": "65e2f0c4a1b2c3d4e5f6071a", **guest, "meeting_link": f"{link}g2Zp"},
        ],
        "title": "Video appointment with Ana Roe",
        "start_time": "2026-03-02T09:00:00.000Z",
        "end_time": "2026-03-02T09:30:00.000Z",
        "duration": 30,
        "priority": "LOW",
        "status": "OPEN",
        "case_id": "NS-45",
        "external_reference_id": "PAS-1001",
    }


def imiassist_outputs() -> dict[str, object]:
    """The same, as a flow passes it on: other names in mixed case, and texts that hold JSON."""
    made = imiassist_appointment()
    return {
        "Appointment_ID": made["appointment_id"],
        "APPOINTMENT_uid": made["appointment_uid"],
        "Participants": orjson.dumps(made["participants"]).decode(),
        "Response_Body": orjson.dumps(made).decode(),
        "response_STATUS_code": "201",
    }


IMIASSIST_ANSWER = orjson.dumps(imiassist_appointment())
IMIASSIST_FLOW_ANSWER = [
    orjson.dumps(imiassist_outputs()),
    orjson.dumps(imiassist_appointment()["participants"]),
    orjson.dumps(imiassist_appointment()),
]
"""It, and the JSON that is a text in it."""
PAGES, DELAY = 20, 0.02


def _answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


_ONE = _answer(ONE)


def _page(head: bytes) -> bytes:
    """A page of one appointment, and the link to the next."""
    line, *fields = head.decode().splitlines()
    host = next(field for field in fields if field.lower().startswith("host:"))[5:].strip()
    number = int(line.split()[1].partition("&page=")[2] or 1)
    links = {"self": HOST} | ({"next": f"http://{host}{LIST}?q=&page={number + 1}"} if number < PAGES else {})
    return _answer(orjson.dumps({"individual_appointments": [appointment()], "total_entries": PAGES, "links": links}))


class _Peer(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._seen = b""

    def data_received(self, data: bytes) -> None:
        *whole, self._seen = (self._seen + data).split(b"\r\n\r\n")
        write = self._transport.write  # type: ignore[attr-defined]  # a stream's transport writes
        for head in whole:
            if head.startswith(b"GET %b?" % LIST.encode()):
                asyncio.get_running_loop().call_later(DELAY, write, _page(head))
            else:
                write(_ONE)


def _serve(ready: multiprocessing.Queue[int]) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Peer, "127.0.0.1", 0)
        ready.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


@contextmanager
def peer() -> Iterator[str]:
    """Serve for the length of a block.

    Yields:
        The base URL.
    """
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    process = context.Process(target=_serve, args=(ready,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ready.get(timeout=30)}"
    finally:
        process.terminate()
        process.join()
