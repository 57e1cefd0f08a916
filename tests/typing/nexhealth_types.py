"""What type checkers see of the NexHealth clients. Checked by mypy and pyright, never run.

An `ignore` that is not needed is an error, so that each one proves the error it names.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=error

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import assert_type

from apptsdk import (
    NO_RETRY,
    ApptError,
    AsyncNexHealth,
    AsyncPager,
    BookingAttempt,
    FileTokenStore,
    NexHealth,
    NexHealthSettings,
    NotWrittenError,
    Page,
    Pager,
    ProviderWarning,
    Quota,
    Response,
    Timeout,
)
from apptsdk.providers.nexhealth import (
    Appointment,
    AppointmentEvent,
    AppointmentType,
    AvailableSlot,
    BookingDetails,
    Created,
    Dependent,
    Descriptor,
    Gender,
    Institution,
    Location,
    Operatory,
    ParentType,
    Patient,
    PatientAlert,
    PatientEvent,
    PatientRecall,
    Person,
    Procedure,
    Provider,
    RecallType,
    RecurrenceInput,
    RecurrenceUnit,
    ResourceEvent,
    SlotGroup,
    SyncLight,
    SyncStatus,
    SyncStatusEvent,
    WebhookEndpoint,
    WebhookEvent,
    WebhookEventName,
    WebhookOutcome,
    WebhookResource,
    WebhookSubscription,
    Weekday,
    WorkingHour,
    WorkingHourLabel,
    WorkingHourSource,
    WriteState,
    sign,
    verify,
)

NOW = datetime.now(UTC)
TODAY = NOW.date()
SETTINGS = NexHealthSettings(api_key="key", subdomain="riverbend-dental", location_id=41)


def sync_lists(nexhealth: NexHealth) -> None:
    assert_type(nexhealth.institutions.list(), Pager[Institution])
    assert_type(nexhealth.locations.list(inactive=False, foreign_id="1"), Pager[Location])
    assert_type(nexhealth.locations.descriptors(41, descriptor_type="Procedure Code"), Pager[Descriptor])
    assert_type(nexhealth.providers.list(location_id=None, ids=[1, "2"], requestable=True), Pager[Provider])
    assert_type(nexhealth.operatories.list(search_name="OP", per_page=5), Pager[Operatory])
    assert_type(nexhealth.appointment_types.list(include=["descriptors"]), Pager[AppointmentType])
    assert_type(nexhealth.appointment_types.descriptors("1"), Pager[Descriptor])
    assert_type(nexhealth.appointments.list(start=NOW, end=NOW, patient_ids=[1, "2"]), Pager[Appointment])
    assert_type(nexhealth.appointments.descriptors(1), Pager[Descriptor])
    slots = nexhealth.available_slots
    assert_type(slots.list(start_date=TODAY, days=7, provider_ids=[71]), Pager[AvailableSlot])
    assert_type(slots.groups(start_date=TODAY, days=7, appointment_type_id=1), Pager[SlotGroup])
    assert_type(nexhealth.working_hours.list(source=WorkingHourSource.MANUAL), Pager[WorkingHour])
    assert_type(nexhealth.working_hour_labels.list(active=True, location_id=None), Pager[WorkingHourLabel])
    assert_type(nexhealth.patients.list(name="Ada", date_of_birth=TODAY, sort=["-updated_at"]), Pager[Patient])
    assert_type(nexhealth.patient_alerts.list(1, include_disabled=True), Pager[PatientAlert])
    assert_type(nexhealth.patient_recalls.list(due_after=NOW), Pager[PatientRecall])
    assert_type(nexhealth.recall_types.list(updated_since=NOW), Pager[RecallType])
    assert_type(nexhealth.sync_status.list(read_status=SyncLight.RED, location_ids=[41]), Pager[SyncStatus])
    assert_type(nexhealth.webhook_endpoints.list(active=True), Pager[WebhookEndpoint])
    hooks = nexhealth.webhook_subscriptions.list(1, event=WebhookEventName.APPOINTMENT_CREATED)
    assert_type(hooks, Pager[WebhookSubscription])
    assert_type(nexhealth.request_pages("/charges", "data"), Pager[Mapping[str, object]])


def sync_reads(nexhealth: NexHealth) -> None:
    assert_type(nexhealth.institutions.get(1), Institution)
    assert_type(nexhealth.locations.get("41"), Location)
    assert_type(nexhealth.providers.get(1, include=["locations"]), Provider)
    assert_type(nexhealth.operatories.get(1), Operatory)
    assert_type(nexhealth.appointment_types.get(1, location_id=None), AppointmentType)
    assert_type(nexhealth.appointments.get(1, include=["patient", "booking_details"]), Appointment)
    assert_type(nexhealth.working_hours.get(1, include=["appointment_types"]), WorkingHour)
    assert_type(nexhealth.patients.get(1, include=["upcoming_appts"]), Patient)
    assert_type(nexhealth.patient_alerts.get(1, "2"), PatientAlert)
    assert_type(nexhealth.patient_recalls.get(1), PatientRecall)
    assert_type(nexhealth.recall_types.get(1), RecallType)
    assert_type(nexhealth.request("GET", "/charges", query={"subdomain": "x"}), Response)


def sync_writes(nexhealth: NexHealth, slot: AvailableSlot) -> None:
    appointments = nexhealth.appointments
    made = appointments.create(
        patient_id=1,
        provider_id="71",
        operatory_id=slot.operatory_id,
        start_time=slot.time,
        end_time=slot.end_time,
        notify_patient=True,
    )
    assert_type(made, Appointment)
    child = Dependent(first_name="Ada", last_name="Park", date_of_birth=TODAY, gender=Gender.FEMALE)
    assert_type(
        appointments.create(patient_id=1, provider_id=71, start_time=NOW, is_guardian=True, patient=child), Appointment
    )
    assert_type(appointments.update(1, confirmed=True), Appointment)
    assert_type(appointments.update("1", start_time=NOW, end_time=NOW, note="x"), Appointment)
    assert_type(appointments.cancel(1), Appointment)
    assert_type(appointments.wait_until_written(1), Appointment)
    assert_type(appointments.wait_until_written(1, timeout=timedelta(minutes=2)), Appointment)
    types = nexhealth.appointment_types
    assert_type(types.create(name="Exam", minutes=30, parent_type=ParentType.LOCATION, parent_id=41), AppointmentType)
    assert_type(types.update(1, bookable_online=False), AppointmentType)
    types.delete(1)
    types.delete(1, location_id=41)
    hours = nexhealth.working_hours
    made_hours = hours.create(provider_id=1, begin_time=time(9), end_time=time(17), days=[Weekday.MONDAY])
    assert_type(made_hours, WorkingHour)
    again = RecurrenceInput(num=2, unit=RecurrenceUnit.WEEK, ref=TODAY)
    assert_type(hours.update(1, custom_recurrence=again, days=[]), WorkingHour)
    hours.delete("1")
    patient = nexhealth.patients.create(
        provider_id=1,
        first_name="Ada",
        last_name="Park",
        email="ada@park.example",
        date_of_birth=date(1990, 5, 17),
        phone_number="+1 (312) 555-0171",
        return_existing_if_match=True,
    )
    assert_type(patient, Patient)
    assert_type(nexhealth.patient_alerts.create(1, note="x"), PatientAlert)
    assert_type(nexhealth.patient_alerts.update(1, 2, disabled=True), PatientAlert)
    endpoints, hooks = nexhealth.webhook_endpoints, nexhealth.webhook_subscriptions
    assert_type(endpoints.create(target_url="https://hooks.example"), WebhookEndpoint)
    assert_type(endpoints.update(1, active=True), WebhookEndpoint)
    endpoints.delete(1)
    hook = hooks.create(1, resource_type=WebhookResource.PATIENT, event=WebhookEventName.PATIENT_CREATED)
    assert_type(hook, WebhookSubscription)
    assert_type(hooks.update(1, 2, new_endpoint_id=3), WebhookSubscription)
    hooks.delete(1, 2)


async def async_lists(nexhealth: AsyncNexHealth) -> None:
    assert_type(nexhealth.institutions.list(), AsyncPager[Institution])
    assert_type(nexhealth.locations.list(), AsyncPager[Location])
    assert_type(nexhealth.locations.descriptors(41), AsyncPager[Descriptor])
    assert_type(nexhealth.providers.list(), AsyncPager[Provider])
    assert_type(nexhealth.operatories.list(), AsyncPager[Operatory])
    assert_type(nexhealth.appointment_types.list(), AsyncPager[AppointmentType])
    assert_type(nexhealth.appointment_types.descriptors("1"), AsyncPager[Descriptor])
    assert_type(nexhealth.appointments.list(start=NOW, end=NOW), AsyncPager[Appointment])
    assert_type(nexhealth.appointments.descriptors(1), AsyncPager[Descriptor])
    assert_type(nexhealth.available_slots.list(start_date=TODAY, days=7), AsyncPager[AvailableSlot])
    assert_type(nexhealth.available_slots.groups(start_date=TODAY, days=7), AsyncPager[SlotGroup])
    assert_type(nexhealth.working_hours.list(), AsyncPager[WorkingHour])
    assert_type(nexhealth.working_hour_labels.list(), AsyncPager[WorkingHourLabel])
    assert_type(nexhealth.patients.list(), AsyncPager[Patient])
    assert_type(nexhealth.patient_alerts.list(1), AsyncPager[PatientAlert])
    assert_type(nexhealth.patient_recalls.list(), AsyncPager[PatientRecall])
    assert_type(nexhealth.recall_types.list(), AsyncPager[RecallType])
    assert_type(nexhealth.sync_status.list(), AsyncPager[SyncStatus])
    assert_type(nexhealth.webhook_endpoints.list(), AsyncPager[WebhookEndpoint])
    assert_type(nexhealth.webhook_subscriptions.list(1), AsyncPager[WebhookSubscription])
    assert_type(nexhealth.request_pages("/charges", "data"), AsyncPager[Mapping[str, object]])


async def async_reads(nexhealth: AsyncNexHealth) -> None:
    assert_type(await nexhealth.institutions.get(1), Institution)
    assert_type(await nexhealth.locations.get(1), Location)
    assert_type(await nexhealth.providers.get(1), Provider)
    assert_type(await nexhealth.operatories.get(1), Operatory)
    assert_type(await nexhealth.appointment_types.get(1), AppointmentType)
    assert_type(await nexhealth.appointments.get(1), Appointment)
    assert_type(await nexhealth.working_hours.get(1), WorkingHour)
    assert_type(await nexhealth.patients.get(1), Patient)
    assert_type(await nexhealth.patient_alerts.get(1, 2), PatientAlert)
    assert_type(await nexhealth.patient_recalls.get(1), PatientRecall)
    assert_type(await nexhealth.recall_types.get(1), RecallType)
    assert_type(await nexhealth.request("GET", "/charges"), Response)


async def async_writes(nexhealth: AsyncNexHealth) -> None:
    appointments = nexhealth.appointments
    assert_type(await appointments.create(patient_id=1, provider_id=2, start_time=NOW), Appointment)
    assert_type(await appointments.create(provider_id=2, start_time=NOW, unavailable=True), Appointment)
    assert_type(await appointments.update(1, checkin_at=NOW), Appointment)
    assert_type(await appointments.cancel(1), Appointment)
    assert_type(await appointments.wait_until_written(1, timeout=timedelta(minutes=2)), Appointment)
    assert_type(await nexhealth.appointment_types.create(name="Exam", minutes=30), AppointmentType)
    assert_type(await nexhealth.appointment_types.update(1, minutes=20), AppointmentType)
    await nexhealth.appointment_types.delete(1, location_id="41")
    hours = nexhealth.working_hours
    assert_type(await hours.create(provider_id=1, begin_time=time(9), end_time=time(17)), WorkingHour)
    assert_type(await hours.update(1, active=False), WorkingHour)
    await hours.delete(1)
    patient = await nexhealth.patients.create(
        provider_id=1,
        first_name="Ada",
        last_name="Park",
        email="ada@park.example",
        date_of_birth=TODAY,
        phone_number="3125550171",
    )
    assert_type(patient, Patient)
    assert_type(await nexhealth.patient_alerts.create(1, note="x"), PatientAlert)
    assert_type(await nexhealth.patient_alerts.update(1, 2, disabled=False), PatientAlert)
    assert_type(await nexhealth.webhook_endpoints.create(target_url="https://hooks.example"), WebhookEndpoint)
    assert_type(await nexhealth.webhook_endpoints.update(1, active=True), WebhookEndpoint)
    await nexhealth.webhook_endpoints.delete(1)
    hooks = nexhealth.webhook_subscriptions
    hook = await hooks.create(1, resource_type=WebhookResource.PATIENT, event=WebhookEventName.PATIENT_CREATED)
    assert_type(hook, WebhookSubscription)
    assert_type(await hooks.update(1, 2, active=False), WebhookSubscription)
    await hooks.delete(1, 2)


async def pagers(nexhealth: NexHealth, async_nexhealth: AsyncNexHealth) -> None:
    pager = nexhealth.available_slots.list(start_date=TODAY, days=7)
    for slot in pager:
        assert_type(slot, AvailableSlot)
    for page in pager.pages():
        assert_type(page, Page[AvailableSlot])
    assert_type(pager.first(), AvailableSlot)
    assert_type(pager.first(default=None), AvailableSlot | None)
    later = async_nexhealth.patients.list()
    async for patient in later:
        assert_type(patient, Patient)
    assert_type(await later.first(default=None), Patient | None)
    for _ in later:  # type: ignore[attr-defined]
        break


def fields(a: Appointment, slot: AvailableSlot, group: SlotGroup, location: Location, hours: WorkingHour) -> None:
    assert_type(a.id, int)
    assert_type(a.start_time, datetime)
    assert_type(a.end_time - a.start_time, timedelta)
    assert_type(a.write_state, WriteState)
    assert_type(a.is_block, bool)
    assert_type(a.patient, Patient | None)
    assert_type(a.guarantor, Person | None)
    assert_type(a.procedures, tuple[Procedure, ...] | None)
    assert_type(a.booking_details, BookingDetails | None)
    assert_type(a.cancelled, bool | None)
    assert_type(a.foreign_id, str | None)
    assert_type(a.was_sent("note"), bool)
    assert_type(a.recovered, bool)
    assert_type(slot.time, datetime)
    assert_type(slot.operatory_id, int | None)
    assert_type(group.next_available_date, date | None)
    assert_type(location.map_by_operatory, bool | None)
    assert_type(hours.begin_time, time)
    a.note = "x"  # type: ignore[misc]
    _ = slot.pid  # type: ignore[attr-defined]


def plain_verbs(nexhealth: NexHealth, async_nexhealth: AsyncNexHealth, body: bytes) -> None:
    headers = sign(body, secret_key="secret")
    assert_type(headers, dict[str, str])
    assert_type(nexhealth.webhooks.verify(body, headers, secret_key="secret"), WebhookEvent)
    assert_type(async_nexhealth.webhooks.verify(body, [("timestamp", "x")], secret_key=["a", "b"]), WebhookEvent)
    assert_type(verify(body, headers, secret_key="secret", tolerance=None, now=NOW), WebhookEvent)


def events(event: WebhookEvent) -> None:
    assert_type(event.event, WebhookEventName | None)
    assert_type(event.outcome, WebhookOutcome | None)
    assert_type(event.key, str)
    match event:
        case AppointmentEvent():
            assert_type(event.appointments, tuple[Appointment, ...])
        case PatientEvent():
            assert_type(event.patients, tuple[Patient, ...])
        case SyncStatusEvent():
            assert_type(event.sync_status, SyncStatus | None)
        case ResourceEvent():
            assert_type(event.items, tuple[Mapping[str, object], ...])
        case _:
            assert_type(event.data, Mapping[str, object])


def views(nexhealth: NexHealth, async_nexhealth: AsyncNexHealth) -> None:
    assert_type(nexhealth.with_options(subdomain="lakeside", location_id=7), NexHealth)
    assert_type(nexhealth.with_options(subdomain=None, location_id=None, timeout=5, retry=NO_RETRY), NexHealth)
    assert_type(async_nexhealth.with_options(location_id=7, timeout=Timeout(5, 10)), AsyncNexHealth)
    nexhealth.with_options(api_key="other")  # type: ignore[call-arg]
    nexhealth.with_options(location_id="7")  # type: ignore[arg-type]
    nexhealth.with_options(timeouts=5)  # type: ignore[call-arg]


def wrong_arguments(nexhealth: NexHealth) -> None:
    nexhealth.patients.get(1.5)  # type: ignore[arg-type]
    nexhealth.patients.update(1)  # type: ignore[attr-defined]
    nexhealth.patients.create(first_name="Ada", last_name="Park")  # type: ignore[call-arg]
    nexhealth.appointments.list()  # type: ignore[call-arg]
    nexhealth.appointments.list(NOW, NOW)  # type: ignore[call-arg]
    nexhealth.appointments.list(start=TODAY, end=NOW)  # type: ignore[arg-type]
    nexhealth.appointments.get(1, include=["patients"])  # type: ignore[list-item]
    nexhealth.appointments.create(1, start_time=NOW)  # type: ignore[call-arg]
    nexhealth.appointments.create(provider_id=2, start_time="2031-04-15T09:00:00Z")  # type: ignore[arg-type]
    nexhealth.appointments.create(provider_id=2, start_time=NOW, note=None)  # type: ignore[arg-type]
    nexhealth.appointments.update(1, provider_id=2)  # type: ignore[call-arg]
    nexhealth.appointments.wait_until_written(1, timeout=120)  # type: ignore[arg-type]
    nexhealth.appointments.cancel(1, reason="flu")  # type: ignore[call-arg]
    nexhealth.available_slots.list(start_date=TODAY)  # type: ignore[call-arg]
    nexhealth.available_slots.list(start_date=TODAY, days=7, location_id=41)  # type: ignore[call-arg]
    nexhealth.working_hours.create(provider_id=1, begin_time="09:00", end_time=time(17))  # type: ignore[arg-type]
    nexhealth.working_hours.list(label=1)  # type: ignore[call-arg]
    nexhealth.sync_status.list(read_status="amber")  # type: ignore[arg-type]
    nexhealth.webhook_subscriptions.create(1)  # type: ignore[call-arg]
    nexhealth.webhooks.verify("text", {}, secret_key="secret")  # type: ignore[arg-type]
    nexhealth.webhooks.verify(b"", {})  # type: ignore[call-arg]
    nexhealth.locations.get(scope=1)  # type: ignore[call-arg]
    NexHealth("key")  # type: ignore[arg-type]
    NexHealth(SETTINGS, timeouts=5)  # type: ignore[call-arg]
    NexHealthSettings("key")  # type: ignore[call-arg]
    NexHealthSettings(api_key="key", location_id=4.5)  # type: ignore[arg-type]
    NexHealthSettings(api_key="key", check_location=None)  # type: ignore[arg-type]


def construction() -> None:
    assert_type(NexHealth.from_env(), NexHealth)
    assert_type(AsyncNexHealth.from_env(), AsyncNexHealth)
    assert_type(NexHealthSettings.from_env(), NexHealthSettings)
    assert_type(SETTINGS.location_id, int | None)
    assert_type(SETTINGS.check_location, bool)
    settings = NexHealthSettings(
        api_key="key", api_version="v2", check_location=False, token_store=FileTokenStore("tokens.json")
    )
    NexHealth(settings, timeout=5, pace=[Quota(50, 1)], trust_env=False)
    AsyncNexHealth(settings, engine="httpx2")
    with NexHealth(settings) as nexhealth:
        assert_type(nexhealth, NexHealth)


async def resolving(attempt: BookingAttempt, nexhealth: NexHealth, async_nexhealth: AsyncNexHealth) -> None:
    assert_type(nexhealth.resolve(attempt), Created | None)
    assert_type(attempt.resolve(nexhealth), Created | None)
    assert_type(await attempt.resolve(async_nexhealth), Created | None)


def errors(late: NotWrittenError, remark: ProviderWarning) -> tuple[ApptError, UserWarning]:
    assert_type(late.appointment, Appointment)
    assert_type(late.final, bool)
    return late, remark
