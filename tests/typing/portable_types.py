"""What type checkers see of the portable verbs, at every client. Checked by mypy and pyright, never run.

An `ignore` that is not needed is an error, so that each one proves the error it names.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=error

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import assert_type

from apptsdk import (
    AmbiguousCustomerError,
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    AsyncClient,
    AsyncCliniko,
    AsyncCubu,
    AsyncIMIassist,
    AsyncNexHealth,
    AsyncPager,
    AsyncScheduler,
    Cancellation,
    CancelReason,
    Capability,
    Channel,
    Client,
    Cliniko,
    ClinikoBooking,
    ClinikoSettings,
    Cubu,
    CubuBooking,
    CubuSettings,
    Customer,
    Host,
    IMIassist,
    IMIassistBooking,
    Location,
    NexHealth,
    NexHealthBooking,
    NotCancelledError,
    Pager,
    Scheduler,
    Service,
    Slot,
    SlotRef,
)
from apptsdk.providers.cliniko import AvailableTime, IndividualAppointment
from apptsdk.providers.cubu import Calendar, Case
from apptsdk.providers.imiassist import Appointment as IMIassistAppointment
from apptsdk.providers.nexhealth import Appointment as NexHealthAppointment
from apptsdk.providers.nexhealth import AvailableSlot

NOW = datetime.now(UTC)
SOON = NOW + timedelta(days=7)
ADA = Customer(first_name="Ada", last_name="Park", email="ada@example.org", phone="+61400000001")
BY_HAND = Slot(provider="cliniko", start=NOW)


def sync_schedulers(
    cliniko: Cliniko, nexhealth: NexHealth, cubu: Cubu, imiassist: IMIassist, client: Client
) -> tuple[Scheduler, ...]:
    _whose: tuple[
        Scheduler[AvailableTime, IndividualAppointment, ClinikoBooking],
        Scheduler[AvailableSlot, NexHealthAppointment, NexHealthBooking],
        Scheduler[Calendar, Case, CubuBooking],
        Scheduler[None, IMIassistAppointment, IMIassistBooking],
    ] = (cliniko, nexhealth, cubu, imiassist)
    return cliniko, nexhealth, cubu, imiassist, client


def async_schedulers(
    cliniko: AsyncCliniko, nexhealth: AsyncNexHealth, cubu: AsyncCubu, imiassist: AsyncIMIassist, client: AsyncClient
) -> tuple[AsyncScheduler, ...]:
    _whose: tuple[
        AsyncScheduler[AvailableTime, IndividualAppointment, ClinikoBooking],
        AsyncScheduler[AvailableSlot, NexHealthAppointment, NexHealthBooking],
        AsyncScheduler[Calendar, Case, CubuBooking],
        AsyncScheduler[None, IMIassistAppointment, IMIassistBooking],
    ] = (cliniko, nexhealth, cubu, imiassist)
    return cliniko, nexhealth, cubu, imiassist, client


def no_schedulers(cliniko: Cliniko, async_cliniko: AsyncCliniko, cubu: Cubu) -> None:
    _one: Scheduler = async_cliniko  # type: ignore[assignment]
    _other: AsyncScheduler = cliniko  # type: ignore[assignment]
    _whose: Scheduler[Calendar, Case, CubuBooking] = cliniko  # type: ignore[assignment]
    _options: Scheduler[AvailableTime, IndividualAppointment, CubuBooking] = cliniko  # type: ignore[assignment]
    _slots: Scheduler[AvailableTime, Case, CubuBooking] = cubu  # type: ignore[assignment]
    _resource: Scheduler = cubu.appointments  # type: ignore[assignment]


def cliniko_verbs(cliniko: Cliniko) -> None:
    found = cliniko.find_slots(start=NOW, end=SOON, service="34", host="5", location=["6", "7"], duration=30)
    assert_type(found, Pager[Slot[AvailableTime]])
    slot = next(iter(found))
    assert_type(slot, Slot[AvailableTime])
    assert_type(slot.native, AvailableTime)
    made = cliniko.book(slot, ADA, notes="first", options=ClinikoBooking(patient_case_id="8"))
    assert_type(made, Appointment[IndividualAppointment])
    assert_type(made.native, IndividualAppointment)
    assert_type(cliniko.get_appointment(made), Appointment[IndividualAppointment])
    listed = cliniko.list_appointments(start=NOW, end=SOON, customer=Customer(id="9"), include_cancelled=True)
    assert_type(listed, Pager[Appointment[IndividualAppointment]])
    assert_type(listed.first(), Appointment[IndividualAppointment])
    assert_type(cliniko.cancel(made, reason=CancelReason.SICK, note="called"), Cancellation)
    moved = cliniko.reschedule(made, slot, options=ClinikoBooking())
    assert_type(moved.native, IndividualAppointment)
    first = cliniko.book_first_available(ADA, start=NOW, end=SOON, service="34", options=ClinikoBooking())
    assert_type(first.native, IndividualAppointment)
    assert_type(cliniko.capabilities, frozenset[Capability])


def nexhealth_verbs(nexhealth: NexHealth) -> None:
    slot = nexhealth.find_slots(start=NOW, end=SOON).first()
    assert_type(slot, Slot[AvailableSlot])
    assert_type(slot.native, AvailableSlot)
    assert_type(
        nexhealth.book(slot, ADA, notify=True, options=NexHealthBooking(rebook=True)).native, NexHealthAppointment
    )
    assert_type(nexhealth.get_appointment("nexhealth:green/5").native, NexHealthAppointment)
    assert_type(nexhealth.list_appointments(start=NOW, end=SOON), Pager[Appointment[NexHealthAppointment]])
    assert_type(nexhealth.cancel("nexhealth:green/5"), Cancellation)
    assert_type(nexhealth.reschedule("nexhealth:green/5", slot, notify=False).native, NexHealthAppointment)
    first = nexhealth.book_first_available(ADA, start=NOW, end=SOON, service="34", options=NexHealthBooking())
    assert_type(first.native, NexHealthAppointment)
    assert_type(nexhealth.capabilities, frozenset[Capability])


def cubu_verbs(cubu: Cubu) -> None:
    slot = cubu.find_slots(start=NOW, end=SOON).first()
    assert_type(slot, Slot[Calendar])
    assert_type(slot.native, Calendar)
    made = cubu.book(slot, ADA, channel=Channel.VIDEO, options=CubuBooking(language="en-US", fields={"age": 41}))
    assert_type(made.native, Case)
    assert_type(cubu.get_appointment(made.ref).native, Case)
    assert_type(cubu.list_appointments(start=NOW, end=SOON), Pager[Appointment[Case]])
    assert_type(cubu.cancel(made.ref), Cancellation)
    assert_type(cubu.reschedule(made, slot.ref or "cubu:...", options=CubuBooking()).native, Case)
    first = cubu.book_first_available(ADA, start=NOW, end=SOON, service="34", options=CubuBooking())
    assert_type(first.native, Case)
    assert_type(cubu.capabilities, frozenset[Capability])


def imiassist_verbs(imiassist: IMIassist) -> None:
    assert_type(imiassist.find_slots(start=NOW, end=SOON), Pager[Slot[None]])
    by_hand = Slot(provider="imiassist", start=NOW, end=NOW + timedelta(minutes=30))
    made = imiassist.book(by_hand, ADA, reference="crm-881", options=IMIassistBooking(priority="HIGH", duration=30))
    assert_type(made, Appointment[IMIassistAppointment])
    assert_type(made.native, IMIassistAppointment)
    assert_type(imiassist.get_appointment(made).native, IMIassistAppointment)
    assert_type(imiassist.list_appointments(start=NOW, end=SOON), Pager[Appointment[IMIassistAppointment]])
    assert_type(imiassist.cancel("imiassist:reference/crm-881"), Cancellation)
    assert_type(imiassist.reschedule(made, by_hand, options=IMIassistBooking()).native, IMIassistAppointment)
    first = imiassist.book_first_available(ADA, start=NOW, end=SOON, service="34", options=IMIassistBooking())
    assert_type(first.native, IMIassistAppointment)
    assert_type(imiassist.capabilities, frozenset[Capability])


def client_verbs(client: Client) -> None:
    services: list[Service | str] = ["cliniko:34", Service(provider="cubu", id="35")]
    found = client.find_slots(start=NOW, end=SOON, service=services, patience=2.5, on_error="warn")
    assert_type(found, Pager[Slot[object]])
    slot = next(iter(found))
    assert_type(slot.native, object)
    made = client.book(slot, ADA, notes="first", reference="crm-881")
    assert_type(made, Appointment[object])
    assert_type(client.book(BY_HAND, ADA, options=ClinikoBooking()), Appointment[object])
    assert_type(client.get_appointment(made.ref), Appointment[object])
    assert_type(client.list_appointments(start=NOW, end=SOON, on_error="raise"), Pager[Appointment[object]])
    assert_type(client.cancel(made.ref, reason=CancelReason.OTHER), Cancellation)
    assert_type(client.reschedule(made.ref, slot), Appointment[object])
    assert_type(client.book_first_available(ADA, start=NOW, end=SOON, service=services), Appointment[object])
    first = client.book_first_available(ADA, start=NOW, end=SOON, service="cliniko:34", options=ClinikoBooking())
    assert_type(first.native, object)
    assert_type(client.capabilities, Mapping[str, frozenset[Capability]])
    assert_type(client.cliniko, Cliniko)
    assert_type(client.nexhealth, NexHealth)
    assert_type(client.cubu, Cubu)
    assert_type(client.imiassist, IMIassist)
    assert_type(client.cliniko.book(BY_HAND, ADA).native, IndividualAppointment)
    assert_type(client.with_options(timeout=5), Client)
    with Client.from_env() as another:
        assert_type(another, Client)


async def async_verbs(
    cliniko: AsyncCliniko, nexhealth: AsyncNexHealth, cubu: AsyncCubu, imiassist: AsyncIMIassist
) -> None:
    assert_type(cliniko.find_slots(start=NOW, end=SOON), AsyncPager[Slot[AvailableTime]])
    assert_type(nexhealth.find_slots(start=NOW, end=SOON), AsyncPager[Slot[AvailableSlot]])
    assert_type(cubu.find_slots(start=NOW, end=SOON), AsyncPager[Slot[Calendar]])
    assert_type(imiassist.find_slots(start=NOW, end=SOON), AsyncPager[Slot[None]])
    async for slot in cliniko.find_slots(start=NOW, end=SOON):
        assert_type(slot.native, AvailableTime)
    assert_type((await cliniko.book(BY_HAND, ADA, options=ClinikoBooking())).native, IndividualAppointment)
    assert_type((await nexhealth.book(BY_HAND, ADA, options=NexHealthBooking())).native, NexHealthAppointment)
    assert_type((await cubu.book(BY_HAND, ADA, options=CubuBooking())).native, Case)
    assert_type((await imiassist.book(BY_HAND, ADA, options=IMIassistBooking())).native, IMIassistAppointment)
    assert_type((await cliniko.get_appointment("cliniko:5")).native, IndividualAppointment)
    assert_type((await cubu.reschedule("cubu:...", BY_HAND)).native, Case)
    assert_type(await imiassist.cancel("imiassist:5"), Cancellation)
    first = await nexhealth.book_first_available(ADA, start=NOW, end=SOON, service="34")
    assert_type(first.native, NexHealthAppointment)
    assert_type(cliniko.list_appointments(start=NOW, end=SOON), AsyncPager[Appointment[IndividualAppointment]])
    assert_type(cubu.capabilities, frozenset[Capability])


async def async_client_verbs(client: AsyncClient) -> None:
    found = client.find_slots(start=NOW, end=SOON, service=["cliniko:34", "cubu:35"], patience=1, on_error="warn")
    assert_type(found, AsyncPager[Slot[object]])
    async for slot in found:
        assert_type(await client.book(slot, ADA), Appointment[object])
    assert_type(await client.get_appointment("cliniko:5"), Appointment[object])
    assert_type(client.list_appointments(start=NOW, end=SOON), AsyncPager[Appointment[object]])
    assert_type(await client.cancel("cliniko:5"), Cancellation)
    assert_type(await client.reschedule("cliniko:5", BY_HAND), Appointment[object])
    assert_type(await client.book_first_available(ADA, start=NOW, end=SOON, service="cubu:35"), Appointment[object])
    assert_type(client.capabilities, Mapping[str, frozenset[Capability]])
    assert_type(client.cliniko, AsyncCliniko)
    assert_type(client.nexhealth, AsyncNexHealth)
    assert_type(client.cubu, AsyncCubu)
    assert_type(client.imiassist, AsyncIMIassist)
    assert_type(client.with_options(timeout=5), AsyncClient)
    async with AsyncClient.from_env() as another:
        assert_type(another, AsyncClient)


def portable_code(scheduler: Scheduler) -> None:
    slot = next(iter(scheduler.find_slots(start=NOW, end=SOON, service="34")))
    assert_type(slot, Slot[object])
    made = scheduler.book(slot, ADA, notes="first", channel=Channel.PHONE, reference="crm-881", notify=True)
    assert_type(made, Appointment[object])
    assert_type(scheduler.book(BY_HAND, ADA, check_conflicts=False), Appointment[object])
    assert_type(scheduler.get_appointment(str(made.ref)), Appointment[object])
    assert_type(scheduler.list_appointments(start=NOW, end=SOON).first(), Appointment[object])
    assert_type(scheduler.reschedule(made, slot, notify=False), Appointment[object])
    assert_type(scheduler.cancel(made), Cancellation)
    assert_type(scheduler.book_first_available(ADA, start=NOW, end=SOON, service="34"), Appointment[object])
    scheduler.book(slot, ADA, options=ClinikoBooking())  # type: ignore[arg-type]
    scheduler.reschedule(made, slot, options=CubuBooking())  # type: ignore[arg-type]
    scheduler.book_first_available(
        ADA,
        start=NOW,
        end=SOON,
        service="34",
        options=NexHealthBooking(),  # type: ignore[arg-type]
    )
    _ = made.native.starts_at  # type: ignore[attr-defined]
    scheduler.find_slots(start=NOW, end=SOON, patience=5)  # type: ignore[call-arg]


async def async_portable_code(scheduler: AsyncScheduler) -> None:
    assert_type(scheduler.find_slots(start=NOW, end=SOON), AsyncPager[Slot[object]])
    made = await scheduler.book(BY_HAND, ADA)
    assert_type(made, Appointment[object])
    assert_type(await scheduler.get_appointment(made), Appointment[object])
    assert_type(scheduler.list_appointments(start=NOW, end=SOON), AsyncPager[Appointment[object]])
    assert_type(await scheduler.reschedule(made, BY_HAND), Appointment[object])
    assert_type(await scheduler.cancel(made), Cancellation)
    assert_type(await scheduler.book_first_available(ADA, start=NOW, end=SOON, service="34"), Appointment[object])
    await scheduler.book(BY_HAND, ADA, options=IMIassistBooking())  # type: ignore[arg-type]
    await scheduler.reschedule(made, BY_HAND, options=ClinikoBooking())  # type: ignore[arg-type]


def code_for_one_provider(scheduler: Scheduler[AvailableTime, IndividualAppointment, ClinikoBooking]) -> None:
    made = scheduler.book(BY_HAND, ADA, options=ClinikoBooking(patient_case_id=8))
    assert_type(made.native, IndividualAppointment)
    assert_type(scheduler.find_slots(start=NOW, end=SOON).first(), Slot[AvailableTime])
    scheduler.book(BY_HAND, ADA, options=CubuBooking())  # type: ignore[arg-type]


def shared_objects(made: Appointment[IndividualAppointment], found: Slot[AvailableTime]) -> None:
    _hand: Slot = Slot(provider="cubu", start=NOW, location=Location(id="6"), host=Host(id=5))
    _bare: Slot = Slot.from_json("{}")
    _plain: Slot = found
    _any: Slot[object] = found
    _anybodys: Appointment[object] = made
    assert_type(found.ref, SlotRef | None)
    assert_type(found.start, datetime)
    assert_type(found.end, datetime | None)
    assert_type(found.channels, tuple[Channel, ...])
    assert_type(made.ref, AppointmentRef)
    assert_type(made.id, str)
    assert_type(made.status, AppointmentStatus)
    assert_type(made.channel, Channel)
    assert_type(made.customer, Customer | None)
    assert_type(made.host, Host | None)
    assert_type(made.service, Service | None)
    assert_type(made.location, Location | None)
    assert_type(made.reference, str | None)
    assert_type(made.recovered, bool)
    assert_type(made.to_json(), str)
    assert_type(ADA.id, str | None)
    assert_type(ADA.date_of_birth, date | None)
    assert_type(Customer.from_json("{}"), Customer)
    assert_type(Customer(id=9).attributes, Mapping[str, str | int | float | bool | None])
    assert_type(AppointmentRef.parse("cliniko:5"), AppointmentRef)
    assert_type(SlotRef.parse("cliniko:..."), SlotRef)
    assert_type(SlotRef.from_json(SlotRef.parse("cliniko:...").to_json()), SlotRef)
    assert_type(AppointmentRef.from_json(made.ref.to_json()), AppointmentRef)
    _narrow: Slot[Calendar] = found  # type: ignore[assignment]
    made.status = AppointmentStatus.BOOKED  # type: ignore[misc]
    _ = made.native.cu_index  # type: ignore[attr-defined]


def errors(ambiguous: AmbiguousCustomerError, half_way: NotCancelledError) -> None:
    assert_type(ambiguous.candidates, tuple[Customer, ...])
    assert_type(half_way.provider, str | None)


def wrong_options(
    cliniko: Cliniko, nexhealth: NexHealth, cubu: Cubu, imiassist: IMIassist, made: Appointment[object]
) -> None:
    cliniko.book(BY_HAND, ADA, options=CubuBooking())  # type: ignore[arg-type]
    nexhealth.book(BY_HAND, ADA, options=ClinikoBooking())  # type: ignore[arg-type]
    cubu.book(BY_HAND, ADA, options=IMIassistBooking())  # type: ignore[arg-type]
    imiassist.book(BY_HAND, ADA, options=NexHealthBooking())  # type: ignore[arg-type]
    cliniko.reschedule(made, BY_HAND, options=NexHealthBooking())  # type: ignore[arg-type]
    cubu.reschedule(made, BY_HAND, options=ClinikoBooking())  # type: ignore[arg-type]
    cliniko.book(BY_HAND, ADA, options={"patient_case_id": 8})  # type: ignore[arg-type]
    ClinikoBooking(rebook=True)  # type: ignore[call-arg]
    NexHealthBooking(rebook="yes")  # type: ignore[arg-type]
    IMIassistBooking(duration=0.5)  # type: ignore[arg-type]


def wrong_arguments(cliniko: Cliniko, client: Client, made: Appointment[object], settings: CubuSettings) -> None:
    cliniko.find_slots()  # type: ignore[call-arg]
    cliniko.find_slots(NOW, SOON)  # type: ignore[call-arg]
    cliniko.find_slots(start="2026-03-02T09:00:00Z", end=SOON)  # type: ignore[arg-type]
    cliniko.find_slots(start=date(2026, 3, 2), end=SOON)  # type: ignore[arg-type]
    cliniko.find_slots(start=NOW, end=SOON, service=34)  # type: ignore[arg-type]
    cliniko.find_slots(start=NOW, end=SOON, service=Host(id="5"))  # type: ignore[arg-type]
    cliniko.find_slots(start=NOW, end=SOON, duration="30")  # type: ignore[arg-type]
    cliniko.find_slots(start=NOW, end=SOON, patience=5)  # type: ignore[call-arg]
    cliniko.book(BY_HAND)  # type: ignore[call-arg]
    cliniko.book(NOW, ADA)  # type: ignore[arg-type]
    cliniko.book(made, ADA)  # type: ignore[arg-type]
    cliniko.book(BY_HAND, "Ada Park")  # type: ignore[arg-type]
    cliniko.book(BY_HAND, ADA, "first")  # type: ignore[call-arg]
    cliniko.book(BY_HAND, ADA, channel="video")  # type: ignore[arg-type]
    cliniko.book(BY_HAND, ADA, starts_at=NOW)  # type: ignore[call-arg]
    cliniko.get_appointment(5)  # type: ignore[arg-type]
    cliniko.get_appointment(made.native)  # type: ignore[arg-type]
    cliniko.cancel(made, reason="sick")  # type: ignore[arg-type]
    cliniko.cancel(BY_HAND)  # type: ignore[arg-type]
    cliniko.reschedule(made)  # type: ignore[call-arg]
    cliniko.reschedule(made, NOW)  # type: ignore[arg-type]
    cliniko.list_appointments(start=NOW, end=SOON, customer="9")  # type: ignore[arg-type]
    cliniko.book_first_available(ADA, start=NOW, end=SOON)  # type: ignore[call-arg]
    cliniko.book_first_available(BY_HAND, start=NOW, end=SOON, service="34")  # type: ignore[arg-type]
    client.find_slots(start=NOW, end=SOON, on_error="ignore")  # type: ignore[arg-type]
    client.cliniko = cliniko  # type: ignore[misc]
    Client("key")  # type: ignore[arg-type]
    Client(settings, ClinikoSettings, max_connections=5)  # type: ignore[arg-type, call-arg]
    Slot(start=NOW)  # type: ignore[call-arg]
    Slot(provider="cliniko", start="2026-03-02T09:00:00Z")  # type: ignore[arg-type]
    Slot("cliniko", start=NOW)  # type: ignore[call-arg]
    Customer(name="Ada Park")  # type: ignore[call-arg]
    Host(id=5.5)  # type: ignore[arg-type]
    AppointmentRef.parse(5)  # type: ignore[arg-type]


async def wrong_async_calls(cliniko: AsyncCliniko, client: AsyncClient) -> None:
    cliniko.book(BY_HAND, ADA)  # type: ignore[unused-coroutine]
    await cliniko.find_slots(start=NOW, end=SOON)  # type: ignore[misc]
    await cliniko.book(BY_HAND, ADA, options=CubuBooking())  # type: ignore[arg-type]
    await client.cancel(BY_HAND)  # type: ignore[arg-type]
    for _ in client.find_slots(start=NOW, end=SOON):  # type: ignore[attr-defined]
        pass


def plain_names(client: Client, cliniko: Cliniko, scheduler: Scheduler, slots: list[Slot]) -> Appointment:
    """What anybody writes first: the classes by their plain names."""
    found: list[Slot] = list(client.find_slots(start=NOW, end=SOON))
    made: Appointment = cliniko.book(slots[0], ADA)
    again: Appointment = client.get_appointment(made)
    return scheduler.book(found[0], ADA) if again.start == made.start else again
