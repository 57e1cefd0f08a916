"""The request of a booking is the one that was written by hand from the vendor's page."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import anyio.lowlevel
import attrs
import pytest

from apptsdk import AsyncCubu, Cubu, CubuSettings
from apptsdk.http import Headers, Response
from apptsdk.providers.cubu.catalogue import (
    Catalogue,
    CatalogueFieldType,
    CatalogueService,
    CatalogueServiceType,
    CatalogueTag,
)
from apptsdk.providers.cubu.models import CalendarRef, Channel

if TYPE_CHECKING:
    from apptsdk.http import Request

GOLDEN = Path(__file__).parents[1] / "golden" / "cubu-book.http"
PAGE = "https://login.microsoftonline.com/made-up-tenant/oauth2/v2.0/token"
APPLICATION = "3f6a1d20-8b7e-4c5d-9e21-7c40b1a2d3e4"
SERVICE = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"
RENEWAL = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a901"
SEAT = "f1b2c3d4-1d8e-4a55-b2c6-6b1f0c9e3303"
VIP = "e7b3c6d1-52f4-4f0b-8f7d-1a2b3c4d5e6f"
CASE = "7b0e1f2a-3c4d-4e5f-8a6b-7c8d9e0f1a2b"
REF = CalendarRef(service_id=SERVICE, date=date(2026, 3, 2), cu_index=0)
NAMED = Catalogue(
    services=(CatalogueService(id=SERVICE, name="Front desk", time_zone="Israel Standard Time"),),
    service_types=(CatalogueServiceType(id=RENEWAL, name="Passport renewal", channels=(Channel.VIDEO,)),),
    field_types=(CatalogueFieldType(id=SEAT, name="Seat"),),
    tags=(CatalogueTag(id=VIP, name="VIP"),),
)
BOOKING: dict[str, Any] = {
    "service_type_id": RENEWAL,
    "start": 540,
    "language": "en-US",
    "customer_record_id": "c9a8b7d6-2b41-4f0c-8d37-5e6f7a8b9c0d",
    "contact_phone_number": "2025550123",
    "contact_email": "ana@example.org",
    "channel": Channel.VIDEO,
    "bypass_timeslot_check": False,
    "prevent_self_check_in": True,
    "fields": {SEAT: "Window seat"},
    "tag_ids": [VIP],
}
WAYS: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    "ids and minutes": (REF, {}, {}),
    "a calendar as text": (str(REF).upper(), {}, {}),
    "the channel as text": (REF, {"channel": "Video"}, {}),
    "a datetime in the service's zone": (
        REF,
        {"start": datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))},
        {"time_zone": "Asia/Jerusalem"},
    ),
    "a datetime in UTC": (
        REF,
        {"start": datetime(2026, 3, 2, 7, 0, tzinfo=UTC)},
        {"time_zone": "Israel Standard Time"},
    ),
    "names of a catalogue": (
        REF,
        {
            "start": datetime(2026, 3, 2, 7, 0, tzinfo=UTC),
            "service_type_id": "passport RENEWAL",
            "fields": {"seat": "Window seat"},
            "tag_ids": ["vip"],
        },
        {"catalogue": NAMED},
    ),
}


@attrs.frozen
class Written:
    """A request, as it goes over the wire."""

    line: str
    headers: dict[str, str]
    body: Any


def golden() -> Written:
    """Read the request that was written by hand."""
    head, _, body = GOLDEN.read_text(encoding="utf-8").partition("\n\n")
    line, *fields = head.split("\n")
    pairs = (field.split(": ", 1) for field in fields)
    return Written(line, {name.lower(): value for name, value in pairs}, json.loads(body))


def written(request: Request) -> Written:
    """Take apart a request that was sent."""
    parts = urlsplit(request.url)
    assert not parts.query
    return Written(
        f"{request.method} {parts.path} HTTP/1.1",
        {"host": parts.netloc, **{name.lower(): value for name, value in request.headers.items()}},
        json.loads(request.content),
    )


class Recorder:
    """An engine that keeps every request, and answers each."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def answer(self, request: Request) -> Response:
        self.requests.append(request)
        said: Any = {"caseId": CASE, "status": "Planned"}
        if request.url == PAGE:
            said = {"token_type": "Bearer", "expires_in": 3599, "access_token": "made-up-access-token"}
        kind = Headers([("Content-Type", "application/json")])
        return Response(200 if request.url == PAGE else 201, kind, json.dumps(said).encode())


class SyncRecorder(Recorder):
    def send(self, request: Request, timeout: float) -> Response:
        return self.answer(request)

    def close(self) -> None:
        raise AssertionError("an engine that was handed in is not ours to close")


class AsyncRecorder(Recorder):
    async def send(self, request: Request, timeout: float) -> Response:  # noqa: ASYNC109 - as the protocol says
        await anyio.lowlevel.checkpoint()
        return self.answer(request)

    async def aclose(self) -> None:
        raise AssertionError("an engine that was handed in is not ours to close")


def sent(world, calendar, given, options):
    """Book in one of the worlds, and give what was sent, and the booking."""
    recorder = SyncRecorder() if world.is_sync else AsyncRecorder()
    settings = CubuSettings(
        tenant_id="made-up-tenant",
        client_id="0d6f5c1e-7a10-4f3a-8a21-5b1c2f709c1d",
        client_secret="made-up-secret",
        application_id=APPLICATION,
        check_bookings=False,
        **options,
    )

    async def story(teller):
        return await teller.call("appointments.book", calendar, **{**BOOKING, **given})

    booking = world.tell(story, world.client((Cubu, AsyncCubu), settings, engine=recorder))
    return recorder.requests, booking


def test_the_page_written_by_hand_has_every_key_of_the_page():
    page = golden()
    assert [*page.body] == [
        *("serviceTypeId", "startTime", "language", "cusotmerRecordId", "contactPhoneNumber", "contactEmail"),
        *("channel", "bypassTimeslotCheck", "preventSelfCheckIn", "fields", "tagIds"),
    ]
    assert [*page.headers] == ["host", "authorization", "content-type"]


@pytest.mark.parametrize("way", WAYS)
def test_a_booking_is_sent_as_it_stands_on_the_page(world, way):
    requests, booking = sent(world, *WAYS[way])
    assert [request.url == PAGE for request in requests] == [True, False]
    page, request = golden(), written(requests[1])
    assert request.line == page.line
    assert {name: request.headers.get(name) for name in page.headers} == page.headers
    # As text, because False == 0 and 540 == 540.0 in Python, and not in JSON.
    assert json.dumps(request.body, sort_keys=True) == json.dumps(page.body, sort_keys=True)
    assert booking.case_id == CASE


@pytest.mark.parametrize(
    "changed",
    [
        {"start": 541},
        {"channel": Channel.PHONE},
        {"bypass_timeslot_check": True},
        {"prevent_self_check_in": False},
        {"contact_email": "ana@example.com"},
        {"fields": {}},
        {"tag_ids": []},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_another_booking_is_another_request(world, changed):
    requests, _ = sent(world, REF, changed, {})
    assert written(requests[1]).body != golden().body
