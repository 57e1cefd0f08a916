"""What the tests of NexHealth's portable verbs share: answers by path, and questions that are asked again and again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
from nexhealth_support import OFFICE, answer, refusal, rows

from apptsdk.providers.nexhealth.scheduling import scheduling
from apptsdk.shared import Customer

START = datetime(2031, 4, 15, tzinfo=UTC)
END = START + timedelta(days=2)
CHICAGO = {**OFFICE, "tz": "America/Chicago"}
CLEANING = {"id": 12, "name": "Cleaning", "minutes": 30}
ADA: dict[str, Any] = {
    "id": 9001,
    "first_name": "Adaline",
    "last_name": "Parkinson",
    "email": "ada@park.example",
    "inactive": False,
    "foreign_id": "5",
    "foreign_id_type": "msg-dentrix-DataSource-100",
    "bio": {"phone_number": "4155550132", "date_of_birth": "1990-05-17", "new_patient": False, "non_patient": False},
}


def open_at(*times: str, **other: Any) -> dict[str, Any]:
    """Make a group of slots."""
    slots = [{"time": time, "end_time": end_of(time)} for time in times]
    return {"lid": 41, "pid": 71, "slots": slots, "next_available_date": None, **other}


def end_of(time: str) -> str:
    return (datetime.fromisoformat(time) + timedelta(minutes=30)).isoformat()


def routed(**by_path: Any):
    """Make a feed's `always`: answers by the path's words, joined by underscores; a list is answered in order."""

    def answered(request: Any) -> Any:
        name = urlsplit(request.url).path.strip("/").replace("/", "_")
        names = (f"{request.method}_{name}", name, name.rpartition("_")[0] + "_any")
        found = next((by_path[one] for one in names if one in by_path), None)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        return (
            refusal("Resource not found", status=404) if found is None else found(request) if callable(found) else found
        )

    return answered


def usual(**other: Any):
    """Answer what nearly every verb reads."""
    return routed(
        **{
            "locations_41": answer(CHICAGO),
            "appointment_types_12": answer(CLEANING),
            "available_slots": answer([]),
            "appointment_slots": answer([]),
            "GET_patients": rows(),
            **other,
        }
    )


def query_of(request: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(request.url).query, keep_blank_values=True)


def asked_for(vendor: Any, path: str, method: str = "GET") -> list[dict[str, list[str]]]:
    """Give the queries of what was asked at a path."""
    return [query_of(one) for one in vendor.feed.requests if urlsplit(one.url).path == path and one.method == method]


async def find(c: Any, **other: Any) -> Any:
    return await c.collect(c.list("find_slots", **{"start": START, "end": END, "service": "12", **other}))


def resumed(c: Any, verb: str, cursor: str, **given: Any) -> Any:
    """Give a list of a portable verb from a page's cursor on, as a merged list resumes it."""
    listing = getattr(scheduling, verb)(c.client._settings.scope_of_calls, **given)
    return c.client._transport.pager(attrs.evolve(listing, cursor=cursor))


def customer(**other: Any) -> Customer:
    given = {
        "first_name": "Adaline",
        "last_name": "Parkinson",
        "email": "ada@park.example",
        "phone": "+14155550132",
        "date_of_birth": datetime(1990, 5, 17, tzinfo=UTC).date(),
        **other,
    }
    return Customer(**given)
