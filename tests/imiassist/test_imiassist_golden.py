"""The request for an appointment, and its answer, are those that were written by hand from our contract."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from imiassist_support import ASKED, MADE, NOW, START, answer

from apptsdk.providers.imiassist import Priority

GOLDEN = Path(__file__).parents[1] / "golden" / "imiassist-schedule.http"
LEFT_OUT = object()
WAYS = {
    "as it stands": {},
    "minutes": {"duration": 30},
    "another zone": {"start_time": START.astimezone(timezone(timedelta(hours=5, minutes=30)))},
    "less than a millisecond": {"start_time": START + timedelta(microseconds=999)},
    "a member": {"priority": Priority.LOW},
    "the priority by default": {"priority": LEFT_OUT},
}


def golden():
    """Read the request that was written by hand: its line, its fields and its body's bytes."""
    head, _, body = GOLDEN.read_bytes().partition(b"\n\n")
    line, *fields = head.decode().split("\n")
    pairs = (field.split(": ", 1) for field in fields)
    return line, {name.lower(): value for name, value in pairs}, body.removesuffix(b"\n")


def sent(vendor, **changed):
    """Schedule the example in one of the worlds, and give what was sent, and what came of it."""
    vendor.answers(answer(MADE, 201))
    made = vendor.schedule(**{name: one for name, one in {**ASKED, **changed}.items() if one is not LEFT_OUT})
    (request,) = vendor.feed.requests
    return request, made


@pytest.mark.parametrize("way", WAYS)
def test_an_appointment_is_asked_for_as_it_stands_in_the_contract(way, vendor):
    request, made = sent(vendor, **WAYS[way])
    line, headers, body = golden()
    parts = urlsplit(request.url)
    assert f"{request.method} {parts.path} HTTP/1.1" == line
    assert not parts.query
    found = {"host": parts.netloc, **{name.lower(): value for name, value in request.headers.items()}}
    assert {name: found.get(name) for name in headers} == headers
    assert set(found) - set(headers) == {"accept-encoding"}
    assert request.content == body
    assert made.appointment_uid == "NS-45-1"


@pytest.mark.parametrize(
    "changed",
    [
        {"start_time": START + timedelta(milliseconds=1)},
        {"start_time": START.replace(tzinfo=timezone(timedelta(hours=1)))},
        {"duration": 31},
        {"duration": LEFT_OUT},
        {"priority": "HIGH"},
        {"customer_last_name": LEFT_OUT},
        {"title": "Review"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_another_appointment_is_another_request(changed, one):
    assert sent(one, **changed)[0].content != golden()[2]


def test_the_answer_of_the_contract_is_read_whole(vendor):
    _, made = sent(vendor)
    assert (made.appointment_id, made.appointment_uid) == ("65e2f0c4a1b2c3d4e5f60718", "NS-45-1")
    assert (made.title, made.case_id) == ("Video appointment with Ana Roe", "NS-45")
    assert (made.start_time, made.end_time) == (START, START + timedelta(minutes=30))
    assert (made.duration, made.priority, made.status) == (30, "LOW", "OPEN")
    assert (made.priority.is_known, made.status.is_known) == (True, True)
    assert (made.external_reference_id, made.response_status_code) == ("PAS-1001", 201)
    host, guest = made.participants
    assert (host, (guest,)) == (made.host, made.guests)
    assert [one.meeting_link[-4:] for one in (host, guest)] == ["h7Qk", "g2Zp"]
    assert (guest.first_name, guest.last_name, guest.phone, guest.email) == ("Ana", "Roe", "+447700900123", None)
    assert (host.first_name, host.last_name, host.phone, host.email) == ("Li", "Lee", None, "dr.lee@example.org")
    assert (host.participant_id[-2:], guest.participant_id[-2:]) == ("19", "1a")
    assert made.join_url == guest.meeting_link
    assert made.as_sent() == MADE
    assert (made.unknown, host.unknown, made.recovered) == ({}, {}, False)
    assert isinstance(made.start_time, datetime)
    assert made.start_time > NOW
