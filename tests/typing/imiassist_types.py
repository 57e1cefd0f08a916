"""What type checkers see of the IMIassist clients. Checked by mypy and pyright, never run.

An `ignore` that is not needed is an error, so that each one proves the error it names.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=error

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import assert_type

from apptsdk import (
    NO_RETRY,
    AsyncIMIassist,
    AsyncPager,
    BookingAttempt,
    FileTokenStore,
    IMIassist,
    IMIassistSettings,
    Pager,
    Quota,
    Response,
    Timeout,
)
from apptsdk.providers.imiassist import (
    Appointment,
    AppointmentStatus,
    CancelledAppointment,
    Endpoint,
    Participant,
    ParticipantRole,
    Priority,
)

NOW = datetime.now(UTC)
SETTINGS = IMIassistSettings(subdomain="northside", api_key="key", token="token")
AGES: Mapping[str, int] = {"age": 41}


def sync_appointments(imiassist: IMIassist) -> None:
    appointments = imiassist.appointments
    assert_type(appointments.schedule(start_time=NOW), Appointment)
    made = appointments.schedule(
        start_time=NOW,
        duration=timedelta(minutes=30),
        customer_id="NHSID_77",
        customer_phone="+447700900123",
        customer_email="ana@example.org",
        customer_first_name="Ana",
        customer_last_name="Roe",
        custom_attributes={"age": 41, "gender": "female", "weight": 61.5, "interpreter": True},
        team_id="5d1f0c6be1a9c40f3b7d2a01",
        appointment_type="Follow-up",
        assignee_email="dr.lee@example.org",
        description="After the operation",
        reference_case_id="fn-6352",
        priority=Priority.HIGH,
        external_reference_id="PAS-1001",
        title="Call",
    )
    assert_type(made, Appointment)
    assert_type(appointments.schedule(start_time=NOW, duration=30, customer_id=77, priority="LOW"), Appointment)
    assert_type(appointments.schedule(start_time=NOW, custom_attributes=AGES, customer_id=None), Appointment)
    assert_type(appointments.cancel(made), CancelledAppointment)
    assert_type(appointments.cancel(appointment=made), CancelledAppointment)
    assert_type(appointments.cancel(appointment_id="65e2f0c4a1b2c3d4e5f60718"), CancelledAppointment)
    assert_type(appointments.cancel(appointment_uid=made.appointment_uid), CancelledAppointment)
    assert_type(appointments.cancel(external_reference_id=1001), CancelledAppointment)
    assert_type(appointments.get("65e2f0c4a1b2c3d4e5f60718"), Appointment)
    assert_type(appointments.get(appointment_id=5), Appointment)
    assert_type(imiassist.request("POST", "/contacts", json={"first_name": "Ana"}), Response)
    assert_type(imiassist.request_pages("/contacts", "items"), Pager[Mapping[str, object]])


async def async_appointments(imiassist: AsyncIMIassist) -> None:
    appointments = imiassist.appointments
    made = await appointments.schedule(start_time=NOW, duration=timedelta(minutes=30), priority=Priority.MEDIUM)
    assert_type(made, Appointment)
    assert_type(await appointments.cancel(made), CancelledAppointment)
    assert_type(await appointments.cancel(appointment_id=made.appointment_id), CancelledAppointment)
    assert_type(await appointments.cancel(appointment_uid="DD-45-1"), CancelledAppointment)
    assert_type(await appointments.cancel(external_reference_id="PAS-1001"), CancelledAppointment)
    assert_type(await appointments.get(made.id), Appointment)
    assert_type(await imiassist.request("GET", "/transactions/5"), Response)
    assert_type(imiassist.request_pages("/contacts", "items"), AsyncPager[Mapping[str, object]])


def appointment_fields(made: Appointment) -> None:
    assert_type(made.id, str)
    assert_type(made.appointment_id, str | None)
    assert_type(made.appointment_uid, str | None)
    assert_type(made.participants, tuple[Participant, ...] | None)
    assert_type(made.response_body, str)
    assert_type(made.response_status_code, int)
    assert_type(made.title, str | None)
    assert_type(made.start_time, datetime | None)
    assert_type(made.end_time, datetime | None)
    assert_type(made.duration, int | None)
    assert_type(made.priority, Priority | None)
    assert_type(made.status, AppointmentStatus | None)
    assert_type(made.case_id, str | None)
    assert_type(made.external_reference_id, str | None)
    assert_type(made.host, Participant | None)
    assert_type(made.guests, tuple[Participant, ...])
    assert_type(made.join_url, str | None)
    assert_type(made.was_sent("title"), bool)
    assert_type(made.as_sent(), dict[str, object])
    assert_type(made.recovered, bool)
    made.title = "Call"  # type: ignore[misc]
    _ = made.starts_at  # type: ignore[attr-defined]
    _ = made.participants[0]  # type: ignore[index]


def other_fields(participant: Participant, cancelled: CancelledAppointment) -> None:
    assert_type(participant.participant_id, str | None)
    assert_type(participant.role, ParticipantRole | None)
    assert_type(participant.first_name, str | None)
    assert_type(participant.last_name, str | None)
    assert_type(participant.email, str | None)
    assert_type(participant.phone, str | None)
    assert_type(participant.meeting_link, str | None)
    assert_type(participant.key, str | None)
    assert_type(cancelled.appointment_id, str | None)
    assert_type(cancelled.appointment_uid, str | None)
    assert_type(cancelled.response_body, str)
    assert_type(cancelled.response_status_code, int)
    assert_type(cancelled.recovered, bool)
    _ = cancelled.participants  # type: ignore[attr-defined]


def views(imiassist: IMIassist, async_imiassist: AsyncIMIassist) -> None:
    assert_type(imiassist.with_options(timeout=5, retry=NO_RETRY, headers={"X-Mine": "1"}), IMIassist)
    assert_type(async_imiassist.with_options(timeout=Timeout(5, 10)), AsyncIMIassist)
    imiassist.with_options(token="other")  # type: ignore[call-arg]


def wrong_arguments(imiassist: IMIassist, made: Appointment) -> None:
    appointments = imiassist.appointments
    appointments.schedule()  # type: ignore[call-arg]
    appointments.schedule(NOW)  # type: ignore[call-arg]
    appointments.schedule(start_time="2026-03-02T09:00:00Z")  # type: ignore[arg-type]
    appointments.schedule(start_time=date(2026, 3, 2))  # type: ignore[arg-type]
    appointments.schedule(start_time=None)  # type: ignore[arg-type]
    appointments.schedule(start_time=NOW, end_time=NOW)  # type: ignore[call-arg]
    appointments.schedule(start_time=NOW, duration="30")  # type: ignore[arg-type]
    appointments.schedule(start_time=NOW, duration=30.5)  # type: ignore[arg-type]
    appointments.schedule(start_time=NOW, customer_phone=447700900123)  # type: ignore[arg-type]
    appointments.schedule(start_time=NOW, customer_id=7.5)  # type: ignore[arg-type]
    appointments.schedule(start_time=NOW, custom_attributes=[])  # type: ignore[arg-type]
    appointments.schedule(start_time=NOW, custom_attributes={"age": None})  # type: ignore[dict-item]
    appointments.schedule(start_time=NOW, custom_attributes={"age": [41]})  # type: ignore[dict-item]
    appointments.schedule(start_time=NOW, priority=None)  # type: ignore[arg-type]
    appointments.schedule(start_time=NOW, priority=1)  # type: ignore[arg-type]
    appointments.schedule(start_time=NOW, scope=1)  # type: ignore[call-arg]
    appointments.cancel("65e2f0c4a1b2c3d4e5f60718")  # type: ignore[arg-type]
    appointments.cancel(made, reason="flu")  # type: ignore[call-arg]
    appointments.cancel(appointment_id=made)  # type: ignore[arg-type]
    appointments.cancel(appointment_id=7.5)  # type: ignore[arg-type]
    appointments.get()  # type: ignore[call-arg]
    appointments.get(made)  # type: ignore[arg-type]
    appointments.list()  # type: ignore[attr-defined]
    appointments.reschedule(made)  # type: ignore[attr-defined]
    IMIassist("key")  # type: ignore[arg-type]
    IMIassist(SETTINGS, timeouts=5)  # type: ignore[call-arg]
    Endpoint("POST")  # type: ignore[call-arg]


def wrong_settings() -> None:
    IMIassistSettings("northside")  # type: ignore[call-arg]
    IMIassistSettings(api_key="key", token="token")  # type: ignore[call-arg]
    IMIassistSettings(subdomain="northside", api_key=5, token="token")  # type: ignore[arg-type]
    IMIassistSettings(subdomain="northside", endpoints=[])  # type: ignore[arg-type]
    IMIassistSettings(subdomain="northside", endpoints={"schedule": "/bookings"})  # type: ignore[dict-item]
    IMIassistSettings(subdomain="northside", field_names={"title": 5})  # type: ignore[dict-item]
    IMIassistSettings(subdomain="northside", max_duration_minutes=7.5)  # type: ignore[arg-type]
    IMIassistSettings(subdomain="northside", credentials_in_body=None)  # type: ignore[arg-type]
    IMIassistSettings(subdomain="northside", password="secret")  # type: ignore[call-arg]


async def unawaited(imiassist: AsyncIMIassist, other: IMIassist) -> None:
    imiassist.appointments.cancel(appointment_uid="DD-45-1")  # type: ignore[unused-coroutine]
    await other.appointments.get("5")  # type: ignore[misc]
    _ = imiassist.appointments.schedule(start_time=NOW).appointment_id  # type: ignore[attr-defined]


def construction() -> None:
    assert_type(IMIassist.from_env(), IMIassist)
    assert_type(AsyncIMIassist.from_env(), AsyncIMIassist)
    assert_type(IMIassistSettings.from_env(), IMIassistSettings)
    assert_type(SETTINGS.endpoints, Mapping[str, Endpoint])
    assert_type(SETTINGS.field_names, Mapping[str, str])
    assert_type(SETTINGS.max_duration_minutes, int | None)
    assert_type(SETTINGS.credentials_in_body, bool)
    assert_type(SETTINGS.url, str)
    flow = IMIassistSettings(
        subdomain="northside",
        domain="imiassist.ai",
        user_email="integration@northside.example",
        user_password="secret",
        base_url="https://hooks.example",
        api_prefix="",
        endpoints={
            "schedule": Endpoint("POST", "/bookings", {"node": "schedule", "version": 2, "live": True}),
            "cancel_by_id": {"method": "POST", "path": "/bookings", "body": {"node": "cancel"}},
        },
        api_key_header="X-Key",
        token_header="X-Token",
        token_scheme="",
        access_header="X-Access",
        access_scheme="",
        field_names={"start_time": "startAt"},
        credentials_in_body=True,
        max_duration_minutes=120,
        token_store=FileTokenStore("tokens.json"),
    )
    IMIassistSettings(
        subdomain="northside",
        base_url="https://flows.example",
        without_credentials=True,
        endpoints="{}",
        field_names="{}",
    )
    IMIassist(flow, timeout=5, pace=[Quota(50, 1)], trust_env=False)
    AsyncIMIassist(flow, engine="httpx2")
    with IMIassist(flow) as imiassist:
        assert_type(imiassist, IMIassist)


async def resolving(attempt: BookingAttempt, imiassist: IMIassist, async_imiassist: AsyncIMIassist) -> None:
    assert_type(imiassist.resolve(attempt), Appointment | None)
    assert_type(attempt.resolve(imiassist), Appointment | None)
    assert_type(await attempt.resolve(async_imiassist), Appointment | None)
