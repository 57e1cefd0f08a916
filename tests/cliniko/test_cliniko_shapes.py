"""Every verb's request, as it arrives: method, path, query, body and header fields, against the vendor's pages."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from cliniko_calendar_shapes import CALENDAR_SHAPES
from cliniko_shapes import SHAPES

from apptsdk.providers.cliniko import CancellationReason


@pytest.mark.parametrize("shape", [*SHAPES, *CALENDAR_SHAPES], ids=str)
def test_a_verb_makes_the_vendors_request(shape, clinic):
    async def story(c):
        if shape.verb.endswith(".list"):
            await c.first(c.list(shape.verb, *shape.args, **shape.kwargs), default=None)
        else:
            await c.call(shape.verb, *shape.args, **shape.kwargs)

    clinic.sandbox.fault("status", status=418, times=None)
    with pytest.raises(Exception, match="418"):
        clinic.tell(story)
    (seen,) = clinic.seen()
    method, path = shape.request.split(" ")
    assert (seen.method, seen.path) == (method, "/cliniko/v1" + path)
    assert seen.query == shape.query
    assert (json.loads(seen.body) if seen.body else None) == shape.body
    settings = clinic.sandbox.cliniko
    login = base64.b64encode(f"{settings.api_key}:".encode()).decode()
    assert seen.headers["authorization"] == f"Basic {login}"
    assert seen.headers["user-agent"] == f"{settings.app_name} ({settings.contact_email})"
    assert seen.headers["accept"] == "application/json"
    assert seen.headers["accept-encoding"] == "gzip, deflate"
    assert seen.headers.get("content-type") == (None if shape.body is None else "application/json")
    assert "cookie" not in seen.headers


def test_the_brackets_and_operators_of_filters_are_percent_encoded(clinic):
    clinic.tell(lambda c: c.first(c.list("patients.list", q=["first_name:~~A%a"]), default=None))
    assert clinic.seen()[0].query[0] == ("q[]", "first_name:~~A%a")


def test_a_next_link_is_followed_to_the_letter(clinic):
    target = "/cliniko/v1/patients?q[]=id:>=1&page=2&x=a%2Fb+c&sort=created_at:desc"
    body = {"patients": [], "links": {"next": clinic.sandbox.url + target}}
    clinic.sandbox.fault("status", path="/patients", status=200, body=body)
    clinic.tell(lambda c: c.collect(c.list("patients.list")))
    assert clinic.seen()[1].query == [
        ("q[]", "id:>=1"),
        ("page", "2"),
        ("x", "a/b c"),
        ("sort", "created_at:desc"),
    ]


def test_the_story_of_the_readme_works_in_every_world(clinic):
    async def story(c):
        business = await c.first(c.list("businesses.list"))
        practitioner = await c.first(c.list("practitioners.list"))
        kind = await c.first(c.list("appointment_types.list"))
        patient = await c.call("patients.create", first_name="Ada", last_name="Park", date_of_birth=date(1990, 5, 17))
        window = {"from_": date(2026, 3, 4), "to": date(2026, 3, 20)}
        time = await c.first(c.list("available_times.list", business.id, practitioner.id, kind.id, **window))
        assert time.appointment_start.utcoffset() == timedelta(0)
        made = await c.call(
            "individual_appointments.create",
            appointment_type_id=kind.id,
            business_id=business.id,
            patient_id=patient.id,
            practitioner_id=practitioner.id,
            starts_at=time.appointment_start,
            notes="first visit",
        )
        assert not made.recovered
        assert made.notes == "first visit"
        assert made.patient.id == patient.id
        assert made.patient_name == "Ada Park"
        assert made.ends_at - made.starts_at == timedelta(minutes=kind.duration_in_minutes)
        assert await c.call("individual_appointments.conflicts", made.id) is False
        query = {"q": ["starts_at:>=2026-01-01T00:00:00Z"], "sort": ["starts_at:desc"]}
        starts = [row.starts_at for row in await c.collect(c.list("individual_appointments.list", **query))]
        assert starts == sorted(starts, reverse=True)
        assert made.starts_at in starts
        moved = await c.call(
            "individual_appointments.update",
            made.id,
            starts_at=made.starts_at + timedelta(hours=1),
            ends_at=made.ends_at + timedelta(hours=1),
        )
        assert moved.starts_at - made.starts_at == timedelta(hours=1)
        reason = CancellationReason.SICK
        assert await c.call("individual_appointments.cancel", made.id, reason=reason, note="flu") is None
        gone = await c.call("individual_appointments.get", made.id, include_cancelled=True)
        assert (gone.cancellation_reason, gone.cancellation_note) == (reason, "flu")
        assert gone.cancelled_at is not None
        assert made.id not in [row.id for row in await c.collect(c.list("individual_appointments.list"))]
        following = await c.call("available_times.next", business.id, practitioner.id, kind.id)
        assert following.appointment_start >= datetime(2026, 3, 2, 22, tzinfo=UTC)
        user = await c.call("user")
        assert user.active
        return made

    made = clinic.tell(story)
    assert clinic.sandbox.ledger.created("individual_appointments") == [made.id]
    assert clinic.sandbox.ledger.live("individual_appointments") == []


def test_archived_rows_come_back(clinic):
    async def story(c):
        for resource, create in (
            ("patients", {"first_name": "A", "last_name": "P"}),
            ("businesses", {"business_name": "X"}),
        ):
            made = await c.call(f"{resource}.create", **create)
            assert await c.call(f"{resource}.archive", made.id) is None
            hidden = await c.call(f"{resource}.get", made.id, include_archived=True)
            assert hidden.archived_at is not None
            everyone = await c.collect(c.list(f"{resource}.list", include_archived=True))
            assert made.id in [row.id for row in everyone]
            back = await c.call(f"{resource}.unarchive", made.id)
            assert back.archived_at is None
            assert back.id == (await c.call(f"{resource}.get", made.id)).id

    clinic.tell(story)


def test_what_cannot_be_booked_online_has_no_next_time(clinic):
    nothing = {"appointment_start": None}
    path = "*next_available_time"
    clinic.sandbox.fault("status", path=path, status=404)
    clinic.sandbox.fault("status", path=path, status=200, body={})
    clinic.sandbox.fault("status", path=path, status=200, body=nothing)
    clinic.sandbox.fault("status", path=path, status=200, body={"appointment_start": "2026-03-16T00:00:00Z"})

    async def story(c):
        return [await c.call("available_times.next", *clinic.triple) for _ in range(4)]

    *none, last = clinic.tell(story)
    assert none == [None, None, None]
    assert last.appointment_start == datetime(2026, 3, 16, tzinfo=UTC)
