"""What type checkers see of the Cubu clients. Checked by mypy and pyright, never run.

An `ignore` that is not needed is an error, so that each one proves the error it names.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=error

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, assert_type

from apptsdk import (
    NO_RETRY,
    ApptError,
    AsyncCubu,
    AsyncPager,
    BookingAttempt,
    Cubu,
    CubuSettings,
    FileTokenStore,
    NotCancelledError,
    Page,
    Pager,
    Quota,
    Response,
    Timeout,
)
from apptsdk.providers.cubu import (
    Appointment,
    Booking,
    Calendar,
    CalendarRef,
    CalendarStats,
    Case,
    CaseCustomer,
    CaseEvent,
    CaseRef,
    CaseStatus,
    Catalogue,
    CatalogueFieldType,
    CatalogueService,
    CatalogueServiceType,
    CatalogueTag,
    Channel,
    CustomerField,
    CustomerRecord,
    Difference,
    EntryMode,
    EventAppointment,
    FieldData,
    MeetingProvider,
    OnlineMeeting,
    Ticket,
    User,
    Vacancies,
    WebhookAction,
    WebhookEvent,
    WorkingHours,
    sign,
    verify,
)

NOW = datetime.now(UTC)
TODAY = NOW.date()
DESK = CalendarRef(service_id="5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10", date=TODAY, cu_index=0)
CASE = CaseRef(service_id=DESK.service_id, date=TODAY, cu_index=0, case_id="7b0e0000-0000-4000-8000-000000000001")
SETTINGS = CubuSettings(tenant_id="tenant", client_id="client", client_secret="secret", application_id="app")


def sync_calendars(cubu: Cubu) -> None:
    assert_type(cubu.calendars.list("Front desk", TODAY), Pager[Calendar])
    assert_type(cubu.calendars.list(service_id="Front desk", date=date(2026, 3, 2)), Pager[Calendar])
    for calendar in cubu.calendars.list("Front desk", TODAY):
        assert_type(cubu.calendars.vacancies(calendar, service_type_id="Renewal"), Vacancies)
        assert_type(cubu.appointments.list(calendar), Pager[Case])
    assert_type(cubu.calendars.vacancies(DESK, service_type_id="Renewal"), Vacancies)
    assert_type(cubu.calendars.vacancies(str(DESK), service_type_id="Renewal"), Vacancies)


def sync_appointments(cubu: Cubu, calendar: Calendar, vacancies: Vacancies) -> None:
    appointments = cubu.appointments
    assert_type(appointments.list(DESK, customer_record_id="guid"), Pager[Case])
    assert_type(appointments.list(str(DESK)), Pager[Case])
    booking = appointments.book(
        calendar,
        start=vacancies.slots[0],
        service_type_id="Renewal",
        channel=Channel.VIDEO,
        bypass_timeslot_check=True,
        prevent_self_check_in=True,
        language="en-US",
        customer_record_id="guid",
        contact_phone_number="2025550123",
        contact_email="ada@example.org",
        fields={"Reason": "renewal", "Number": 5, "Weight": 1.5, "Known": True, "Left": None},
        tag_ids=["VIP"],
    )
    assert_type(booking, Booking)
    assert_type(appointments.book(DESK, start=540, service_type_id="Renewal", channel="Phone"), Booking)
    assert_type(appointments.get(booking), Case)
    assert_type(appointments.get(CASE), Case)
    assert_type(appointments.get(str(CASE)), Case)
    assert_type(appointments.get(calendar, "guid"), Case)
    assert_type(appointments.get(DESK, case_id="guid"), Case)
    moved = appointments.rebook(booking, calendar, start=NOW, service_type_id="Renewal", channel=Channel.PHONE)
    assert_type(moved, Booking)
    assert_type(appointments.rebook(CASE, DESK, start=0, service_type_id="Renewal", channel="Video"), Booking)
    appointments.cancel(booking)
    appointments.cancel(CASE)
    appointments.cancel(str(CASE))
    appointments.cancel(calendar, booking.case_id)


def sync_customers_and_queue(cubu: Cubu) -> None:
    customers = cubu.customers
    record = customers.create(fields={"Last name": "Quill", "National id": "310000017"})
    assert_type(record, CustomerRecord)
    assert_type(customers.get(record.record_id), CustomerRecord)
    customers.update(record.id, fields={"First name": None})
    assert_type(customers.find(key_value="310000017"), CustomerRecord | None)
    assert_type(customers.find(key_value="310000017", key_slug="customer-national-id"), CustomerRecord | None)
    assert_type(customers.find(record_id="guid"), CustomerRecord | None)
    walk_in = cubu.queue.join(
        "Front desk",
        service_type_id="Renewal",
        channel=Channel.FACE_TO_FACE,
        use_customer_contact_info=True,
        language="he-IL",
        fields={"Reason": "renewal"},
        tag_ids=("VIP", "Wheelchair"),
    )
    assert_type(walk_in, Case)
    assert_type(cubu.request("GET", "/agents/guid/cases", query={"a": "b"}), Response)
    assert_type(cubu.request_pages("/agents", "items"), Pager[Mapping[str, object]])


async def async_calendars(cubu: AsyncCubu) -> None:
    assert_type(cubu.calendars.list("Front desk", TODAY), AsyncPager[Calendar])
    assert_type(await cubu.calendars.vacancies(DESK, service_type_id="Renewal"), Vacancies)
    async for calendar in cubu.calendars.list("Front desk", TODAY):
        assert_type(calendar, Calendar)
        assert_type(cubu.appointments.list(calendar), AsyncPager[Case])


async def async_appointments(cubu: AsyncCubu, calendar: Calendar) -> None:
    appointments = cubu.appointments
    assert_type(appointments.list(calendar, customer_record_id="guid"), AsyncPager[Case])
    booking = await appointments.book(calendar, start=NOW, service_type_id="Renewal", channel=Channel.VIDEO)
    assert_type(booking, Booking)
    assert_type(await appointments.get(booking), Case)
    assert_type(await appointments.get(calendar, "guid"), Case)
    moved = await appointments.rebook(str(CASE), calendar, start=540, service_type_id="Renewal", channel="Phone")
    assert_type(moved, Booking)
    await appointments.cancel(CASE)
    await appointments.cancel(calendar, "guid")


async def async_customers_and_queue(cubu: AsyncCubu) -> None:
    assert_type(await cubu.customers.create(fields={"Last name": "Quill"}), CustomerRecord)
    assert_type(await cubu.customers.get("guid"), CustomerRecord)
    await cubu.customers.update("guid", fields={"Last name": "Quill"})
    assert_type(await cubu.customers.find(key_value="310000017"), CustomerRecord | None)
    assert_type(await cubu.queue.join("Front desk", service_type_id="Renewal", channel="FaceToFace"), Case)
    assert_type(await cubu.request("GET", "/agents/guid/cases"), Response)
    assert_type(cubu.request_pages("/agents", "items"), AsyncPager[Mapping[str, object]])


async def pagers(cubu: Cubu, async_cubu: AsyncCubu) -> None:
    pager = cubu.appointments.list(DESK)
    for case in pager:
        assert_type(case, Case)
    for page in pager.pages():
        assert_type(page, Page[Case])
    assert_type(pager.first(), Case)
    assert_type(pager.first(default=None), Case | None)
    later = async_cubu.calendars.list("Front desk", TODAY)
    assert_type(await later.first(default=None), Calendar | None)
    for _ in later:  # type: ignore[attr-defined]
        break


def calendar_fields(calendar: Calendar, vacancies: Vacancies) -> None:
    assert_type(calendar.service_id, str)
    assert_type(calendar.date, date)
    assert_type(calendar.cu_index, int)
    assert_type(calendar.calendar_timestamp, datetime | None)
    assert_type(calendar.is_customer_required, bool | None)
    assert_type(calendar.working_hours, tuple[WorkingHours, ...] | None)
    assert_type(calendar.user, User | None)
    assert_type(calendar.stats, CalendarStats | None)
    assert_type(calendar.issues, tuple[object, ...] | None)
    assert_type(calendar.reference, CalendarRef)
    assert_type(CalendarRef.parse(str(DESK)), CalendarRef)
    assert_type(vacancies.slots, tuple[datetime, ...])
    assert_type(vacancies.minutes, tuple[int, ...])
    assert_type(vacancies.duration, timedelta)
    assert_type(vacancies.duration_minutes, int)
    calendar.cu_index = 1  # type: ignore[misc]
    _ = vacancies.start  # type: ignore[attr-defined]


def case_fields(case: Case, booking: Booking) -> None:
    assert_type(case.case_id, str)
    assert_type(case.id, str)
    assert_type(case.reference, CaseRef | None)
    assert_type(booking.reference, CaseRef)
    assert_type(booking.differences, tuple[Difference, ...])
    assert_type(booking.checked, bool)
    assert_type(booking.recovered, bool)
    assert_type(booking.was_sent("language"), bool)
    assert_type(CASE.calendar, CalendarRef)
    assert_type(CaseRef.parse(str(CASE)), CaseRef)
    assert_type(case.status, CaseStatus | None)
    assert_type(case.channel, Channel | None)
    assert_type(case.entry_mode, EntryMode | None)
    assert_type(case.ticket, Ticket | None)
    assert_type(case.customer, CaseCustomer | None)
    assert_type(case.fields, object)
    assert_type(case.tags, object)
    assert_type(case.rank, float | None)
    assert_type(case.online_meeting, OnlineMeeting | None)
    assert_type(case.appointment, Appointment | None)
    assert_type(case.starts_at, datetime | None)
    assert_type(booking.starts_at, datetime | None)
    for difference in booking.differences:
        assert_type((difference.field, difference.asked, difference.got), tuple[str, str, str | None])
    if case.appointment is not None:
        assert_type(case.appointment.starts_at, datetime | None)
        assert_type(case.appointment.ends_at, datetime | None)
        assert_type(case.appointment.time_zone, str | None)
        assert_type(case.appointment.start, int | None)
    if case.ticket is not None:
        assert_type(case.ticket.label, str)
        assert_type(case.ticket.number, int | str | None)
    if case.online_meeting is not None:
        assert_type(case.online_meeting.provider, MeetingProvider | None)
    case.language = "en-US"  # type: ignore[misc]
    _ = case.differences  # type: ignore[attr-defined]


def customer_fields(record: CustomerRecord) -> None:
    assert_type(record.record_id, str)
    assert_type(record.fields, tuple[CustomerField, ...] | None)
    field = record.field("customer-last-name")
    assert_type(field, CustomerField | None)
    if field is not None:
        assert_type(field.value, object)
        assert_type(field.data, FieldData | None)
        assert_type(field.is_key, bool | None)


def plain_verbs(cubu: Cubu, async_cubu: AsyncCubu, body: bytes) -> None:
    headers = sign(body, key="key", algorithm="sha512", encoding="hex")
    assert_type(headers, dict[str, str])
    assert_type(cubu.webhooks.verify(body, headers, key="key", path="/x/afterResolve"), WebhookEvent)
    assert_type(async_cubu.webhooks.verify(body, [("authorization", "x")], key=["a", "b"]), WebhookEvent)
    assert_type(verify(body, headers, key="key", algorithm="sha512"), WebhookEvent)


def events(event: WebhookEvent) -> None:
    assert_type(event.action, WebhookAction | None)
    assert_type(event.key, str)
    assert_type(event.data, object)
    match event:
        case CaseEvent():
            assert_type(event.case_id, str | None)
            assert_type(event.appointment, EventAppointment | None)
            assert_type(event.fields, Mapping[str, object] | None)
            assert_type(event.tag_ids, tuple[str, ...] | None)
            assert_type(event.reference, CaseRef | None)
        case _:
            assert_type(event.decoded, bool)


def views(cubu: Cubu, async_cubu: AsyncCubu) -> None:
    assert_type(cubu.with_options(timeout=5, retry=NO_RETRY, headers={"X-Mine": "1"}), Cubu)
    assert_type(async_cubu.with_options(timeout=Timeout(5, 10)), AsyncCubu)
    cubu.with_options(application_id="other")  # type: ignore[call-arg]
    cubu.with_options(timeouts=5)  # type: ignore[call-arg]


def wrong_arguments(cubu: Cubu, case: Case) -> None:
    cubu.calendars.list("Front desk")  # type: ignore[call-arg]
    cubu.calendars.list("Front desk", "2026-03-02")  # type: ignore[arg-type]
    cubu.calendars.vacancies(DESK)  # type: ignore[call-arg]
    cubu.calendars.vacancies(DESK, "Renewal")  # type: ignore[call-arg]
    cubu.calendars.vacancies(CASE, service_type_id="Renewal")  # type: ignore[arg-type]
    cubu.appointments.list()  # type: ignore[call-arg]
    cubu.appointments.list(case)  # type: ignore[arg-type]
    cubu.appointments.get(5)  # type: ignore[arg-type]
    cubu.appointments.book(DESK, start=540, service_type_id="Renewal")  # type: ignore[call-arg]
    cubu.appointments.book(DESK, 540, service_type_id="Renewal", channel="Video")  # type: ignore[call-arg]
    cubu.appointments.book(DESK, start="09:00", service_type_id="x", channel="Video")  # type: ignore[arg-type]
    cubu.appointments.book(DESK, start=9.5, service_type_id="x", channel="Video")  # type: ignore[arg-type]
    cubu.appointments.book(DESK, start=TODAY, service_type_id="x", channel="Video")  # type: ignore[arg-type]
    cubu.appointments.book(DESK, start=1, start_time=1, service_type_id="x", channel="Video")  # type: ignore[call-arg]
    cubu.appointments.book(DESK, start=1, service_type_id="x", channel="Video", locale="x")  # type: ignore[call-arg]
    cubu.appointments.book(DESK, start=1, service_type_id="x", channel="Video", tag_ids=[1])  # type: ignore[list-item]
    cubu.appointments.book(DESK, start=1, service_type_id="x", channel="Video", fields={"a": []})  # type: ignore[dict-item]
    cubu.appointments.rebook(DESK, DESK, start=1, service_type_id="x", channel="Video")  # type: ignore[arg-type]
    cubu.appointments.rebook(CASE, start=1, service_type_id="x", channel="Video")  # type: ignore[call-arg]
    cubu.appointments.cancel()  # type: ignore[call-arg]
    cubu.appointments.cancel(CASE, reason="flu")  # type: ignore[call-arg]
    cubu.appointments.create(DESK)  # type: ignore[attr-defined]
    cubu.customers.create()  # type: ignore[call-arg]
    cubu.customers.create({"a": "b"})  # type: ignore[call-arg]
    cubu.customers.find("310000017")  # type: ignore[call-arg]
    cubu.customers.update("guid")  # type: ignore[call-arg]
    cubu.customers.list()  # type: ignore[attr-defined]
    cubu.queue.join("Front desk", channel="Phone")  # type: ignore[call-arg]
    cubu.queue.join("Front desk", service_type_id="x", channel="Phone", start=1)  # type: ignore[call-arg]
    cubu.webhooks.verify("text", {}, key="key")  # type: ignore[arg-type]
    cubu.webhooks.verify(b"", {})  # type: ignore[call-arg]
    sign(b"", key="key", encoding="base32")  # type: ignore[arg-type]
    cubu.appointments.get(scope=1)  # type: ignore[call-arg]
    Cubu("secret")  # type: ignore[arg-type]
    Cubu(SETTINGS, timeouts=5)  # type: ignore[call-arg]
    CubuSettings("tenant")  # type: ignore[call-arg]
    CubuSettings(tenant_id="t", client_id="c", client_secret="s")  # type: ignore[call-arg]


def settings_that_are_guesses() -> None:
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", catalogue="cubu.toml")
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", catalogue=Path("c.toml"))
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", slot_taken_statuses="409, 422")
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", slot_taken_statuses=[409])
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", phone_format="us")  # type: ignore[arg-type]
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", catalogue=5)  # type: ignore[arg-type]
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", scope=5)  # type: ignore[arg-type]
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", check_bookings=None)  # type: ignore[arg-type]
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", locale="en-US")  # type: ignore[call-arg]
    CubuSettings(tenant_id="t", client_id="c", client_secret="s", application_id="a", customer_record_key="x")  # type: ignore[arg-type]


async def unawaited(cubu: AsyncCubu, other: Cubu) -> None:
    cubu.appointments.cancel(CASE)  # type: ignore[unused-coroutine]
    await other.appointments.get(CASE)  # type: ignore[misc]


def construction() -> None:
    assert_type(Cubu.from_env(), Cubu)
    assert_type(AsyncCubu.from_env(), AsyncCubu)
    assert_type(CubuSettings.from_env(), CubuSettings)
    assert_type(SETTINGS.catalogue, Catalogue | None)
    assert_type(SETTINGS.customer_record_key, Literal["cusotmerRecordId", "customerRecordId", "both"])
    assert_type(SETTINGS.slot_taken_statuses, tuple[int, ...])
    assert_type(SETTINGS.check_bookings, bool)
    catalogue = Catalogue(
        services=(CatalogueService(id="guid", name="Front desk", time_zone="Asia/Jerusalem"),),
        service_types=(
            CatalogueServiceType(id="guid", name="x", duration=timedelta(minutes=10), channels=(Channel.VIDEO,)),
        ),
        field_types=(CatalogueFieldType(id="guid", name="National id", slug="customer-national-id"),),
        tags=(CatalogueTag(id="guid", name="VIP"),),
        languages=("en-US",),
        customer_key="National id",
    )
    assert_type(Catalogue.load("cubu.toml"), Catalogue)
    assert_type(Catalogue.load(Path("cubu.toml")), Catalogue)
    assert_type(catalogue.key_field, CatalogueFieldType | None)
    assert_type(catalogue.find_service("guid"), CatalogueService | None)
    settings = CubuSettings(
        tenant_id="tenant",
        client_id="client",
        client_secret="secret",
        application_id="app",
        time_zone="Asia/Jerusalem",
        catalogue=catalogue,
        customer_record_key="both",
        cancel_method="POST",
        phone_format="e164",
        slot_taken_statuses=(409, 422),
        check_bookings=False,
        webhook_algorithm="sha512",
        token_store=FileTokenStore("tokens.json"),
    )
    Cubu(settings, timeout=5, pace=[Quota(50, 1)], trust_env=False)
    AsyncCubu(settings, engine="httpx2")
    with Cubu(settings) as cubu:
        assert_type(cubu, Cubu)


async def resolving(attempt: BookingAttempt, cubu: Cubu, async_cubu: AsyncCubu) -> None:
    assert_type(cubu.resolve(attempt), Booking | CustomerRecord | None)
    assert_type(attempt.resolve(cubu), Booking | CustomerRecord | None)
    assert_type(await attempt.resolve(async_cubu), Booking | CustomerRecord | None)


def errors(half: NotCancelledError) -> ApptError:
    assert_type(half.new, object)
    assert_type(half.old, object)
    return half
