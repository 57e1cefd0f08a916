"""What type checkers see of the Cliniko clients. Checked by mypy and pyright, never run.

An `ignore` that is not needed is an error, so that each one proves the error it names.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=error

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import assert_type

import httpx
import httpx2

from apptsdk import (
    NO_RETRY,
    UNSET,
    APIStatusError,
    AsyncCliniko,
    AsyncPager,
    BookingAttempt,
    Cliniko,
    ClinikoSettings,
    Link,
    OutcomeUnknownError,
    Page,
    Pager,
    Quota,
    Response,
    SlotUnavailableError,
    Timeout,
    attempt_of,
)
from apptsdk.providers.cliniko import (
    AppointmentType,
    AvailableTime,
    Business,
    CancellationReason,
    Created,
    IndividualAppointment,
    Patient,
    PhoneNumber,
    PhoneNumberInput,
    PhoneType,
    Practitioner,
    RepeatRule,
    RepeatRuleInput,
    RepeatType,
    User,
)

NOW = datetime.now(UTC)
SETTINGS = ClinikoSettings(api_key="key-au1", app_name="Riverbend", contact_email="dev@riverbend.example")


def sync_results(cliniko: Cliniko) -> None:
    assert_type(cliniko.user(), User)
    appointments = cliniko.individual_appointments
    assert_type(appointments.list(), Pager[IndividualAppointment])
    assert_type(appointments.get("1"), IndividualAppointment)
    assert_type(appointments.get(1, include_cancelled=True, include_archived=True), IndividualAppointment)
    made = appointments.create(
        appointment_type_id=1, business_id="2", patient_id=3, practitioner_id="4", starts_at=NOW, notes=None
    )
    assert_type(made, IndividualAppointment)
    assert_type(appointments.update("1", ends_at=None, notes=UNSET), IndividualAppointment)
    assert_type(appointments.conflicts("1"), bool)
    appointments.cancel("1", reason=CancellationReason.SICK, note="flu", apply_to_repeats=True)
    appointments.archive("1")
    assert_type(cliniko.patients.list(q=["last_name:=Park"], sort=["id"], per_page=5), Pager[Patient])
    assert_type(cliniko.patients.create(first_name="Ada", last_name="Park", date_of_birth=date(1990, 5, 17)), Patient)
    assert_type(cliniko.patients.update("1", date_of_birth=None), Patient)
    assert_type(cliniko.patients.unarchive("1"), Patient)
    assert_type(cliniko.businesses.get("1"), Business)
    assert_type(cliniko.businesses.create(business_name="Riverbend"), Business)
    assert_type(cliniko.businesses.unarchive("1"), Business)
    assert_type(cliniko.practitioners.list(business_id=1, inactive=True), Pager[Practitioner])
    assert_type(cliniko.practitioners.get("1"), Practitioner)
    kind = cliniko.appointment_types.create(name="Review", duration_in_minutes=20, deposit_price=Decimal(5))
    assert_type(kind, AppointmentType)
    times = cliniko.available_times
    assert_type(times.list("1", "2", "3", from_=date.max, to=date.max), Pager[AvailableTime])
    assert_type(times.next("1", "2", "3"), AvailableTime | None)
    assert_type(cliniko.request("GET", "/users", query={"page": "2"}), Response)
    assert_type(cliniko.request_pages("/users", "users"), Pager[Mapping[str, object]])
    assert_type(cliniko.with_options(timeout=5, retry=NO_RETRY), Cliniko)


def sync_pagers(cliniko: Cliniko) -> None:
    pager = cliniko.patients.list()
    for patient in pager:
        assert_type(patient, Patient)
    for page in pager.pages():
        assert_type(page, Page[Patient])
        assert_type(page.items, tuple[Patient, ...])
        assert_type(page.cursor, str | None)
        assert_type(page.total, int | None)
    assert_type(pager.first(), Patient)
    assert_type(pager.first(default=None), Patient | None)
    assert_type(pager.first(default=0), Patient | int)
    pager.first(None)  # type: ignore[call-overload]


async def async_results(cliniko: AsyncCliniko) -> None:
    assert_type(await cliniko.user(), User)
    appointments = cliniko.individual_appointments
    assert_type(appointments.list(), AsyncPager[IndividualAppointment])
    assert_type(await appointments.get("1"), IndividualAppointment)
    made = await appointments.create(
        appointment_type_id=1, business_id="2", patient_id=3, practitioner_id="4", starts_at=NOW
    )
    assert_type(made, IndividualAppointment)
    assert_type(await appointments.update("1", notes=None), IndividualAppointment)
    assert_type(await appointments.conflicts("1"), bool)
    await appointments.cancel("1", reason=CancellationReason.SICK)
    await appointments.archive("1")
    assert_type(await cliniko.patients.create(first_name="Ada", last_name="Park"), Patient)
    assert_type(await cliniko.businesses.unarchive("1"), Business)
    assert_type(await cliniko.practitioners.get("1"), Practitioner)
    assert_type(await cliniko.appointment_types.update("1", max_attendees=2), AppointmentType)
    assert_type(await cliniko.available_times.next("1", "2", "3", from_=date.max), AvailableTime | None)
    assert_type(await cliniko.request("GET", "/users"), Response)
    assert_type(cliniko.request_pages("/users", "users"), AsyncPager[Mapping[str, object]])
    assert_type(cliniko.with_options(timeout=Timeout(5, 10)), AsyncCliniko)


async def async_pagers(cliniko: AsyncCliniko) -> None:
    pager = cliniko.available_times.list("1", "2", "3", from_=date.max, to=date.max)
    async for time in pager:
        assert_type(time, AvailableTime)
        assert_type(time.appointment_start, datetime)
    async for page in pager.pages():
        assert_type(page, Page[AvailableTime])
    assert_type(await pager.first(), AvailableTime)
    assert_type(await pager.first(default=None), AvailableTime | None)
    for _ in pager:  # type: ignore[attr-defined]
        break


def fields(a: IndividualAppointment, patient: Patient, kind: AppointmentType) -> None:
    assert_type(a.id, str)
    assert_type(a.starts_at, datetime)
    assert_type(a.starts_at - a.ends_at, timedelta)
    assert_type(a.cancellation_reason, CancellationReason | None)
    assert_type(a.patient, Link | None)
    assert_type(a.repeat_rule, RepeatRule | None)
    assert_type(a.recovered, bool)
    assert_type(a.was_sent("notes"), bool)
    assert_type(a.unknown, dict[str, object])
    assert_type(a.as_sent(), dict[str, object])
    assert_type(patient.patient_phone_numbers, tuple[PhoneNumber, ...] | None)
    assert_type(patient.date_of_birth, date | None)
    assert_type(kind.deposit_price, Decimal | None)
    assert_type(kind.duration_in_minutes, int)
    a.notes = "x"  # type: ignore[misc]


def wrong_arguments(cliniko: Cliniko) -> None:
    cliniko.patients.get(1.5)  # type: ignore[arg-type]
    cliniko.patients.create(first_name="Ada")  # type: ignore[call-arg]
    cliniko.patients.create("Ada", "Park")  # type: ignore[call-arg]
    cliniko.patients.update("1", shoe_size=43)  # type: ignore[call-arg]
    cliniko.individual_appointments.cancel("1", reason="flu")  # type: ignore[arg-type]
    cliniko.appointment_types.update("1", deposit_price=1.5)  # type: ignore[arg-type]
    cliniko.practitioners.create()  # type: ignore[attr-defined]
    Cliniko("key-au1")  # type: ignore[arg-type]
    Cliniko(SETTINGS, engine="requests")  # type: ignore[arg-type]
    Cliniko(SETTINGS, timeouts=5)  # type: ignore[call-arg]
    ClinikoSettings("key-au1")  # type: ignore[call-arg]


def right_arguments(cliniko: Cliniko) -> None:
    cliniko.patients.update(
        1,
        patient_phone_numbers=[PhoneNumberInput(number="1", phone_type=PhoneType.HOME)],
        custom_fields={"sections": []},
        concession_type_id="5",
    )
    rule = RepeatRuleInput(repeat_type=RepeatType.DAILY, number_of_repeats=3)
    cliniko.individual_appointments.update("1", repeat_rule=rule, starts_at=NOW, ends_at=NOW)


def keep(attempt: BookingAttempt) -> None:
    assert_type(BookingAttempt.from_json(attempt.to_json()), BookingAttempt)


async def keep_later(attempt: BookingAttempt) -> None:
    keep(attempt)


def construction() -> None:
    assert_type(Cliniko.from_env(), Cliniko)
    assert_type(AsyncCliniko.from_env(), AsyncCliniko)
    assert_type(ClinikoSettings.from_env(), ClinikoSettings)
    Cliniko(SETTINGS, timeout=5, pace=[Quota(100, 60)], on_attempt=keep, trust_env=False)
    AsyncCliniko(SETTINGS, on_attempt=keep_later, engine="httpx2")
    Cliniko(SETTINGS, http_client=httpx.Client())
    Cliniko(SETTINGS, http_client=httpx2.Client())
    AsyncCliniko(SETTINGS, http_client=httpx.AsyncClient())
    AsyncCliniko(SETTINGS, http_client=httpx2.AsyncClient())
    with Cliniko(SETTINGS) as cliniko:
        assert_type(cliniko, Cliniko)


async def async_construction() -> None:
    async with AsyncCliniko(SETTINGS) as cliniko:
        assert_type(cliniko, AsyncCliniko)


def resolving(attempt: BookingAttempt, cliniko: Cliniko) -> None:
    assert_type(attempt.resolve(cliniko), Created | None)


async def resolving_later(attempt: BookingAttempt, cliniko: AsyncCliniko) -> None:
    assert_type(await attempt.resolve(cliniko), Created | None)


def errors(unknown: OutcomeUnknownError, status: APIStatusError, slot: SlotUnavailableError) -> None:
    assert_type(unknown.attempt, BookingAttempt)
    assert_type(unknown.candidates, tuple[object, ...])
    assert_type(attempt_of(unknown), BookingAttempt | None)
    assert_type(status.status, int)
    assert_type(status.fields, dict[str, str])
    assert_type(status.retry_after, float | None)
    assert_type(status.response, Response)
    assert_type(slot.response, Response | None)
