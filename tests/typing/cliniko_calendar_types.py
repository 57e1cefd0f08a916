"""What type checkers see of Cliniko's calendars, cases and settings. Checked by mypy and pyright, never run.

An `ignore` that is not needed is an error, so that each one proves the error it names.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=error

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import assert_never, assert_type

from apptsdk import UNSET, AsyncCliniko, AsyncPager, Cliniko, Link, Page, Pager
from apptsdk.providers.cliniko import (
    AccountDetails,
    AccountSettings,
    AppointmentType,
    Attendee,
    AvailabilityBlock,
    Booking,
    Business,
    CancellationReason,
    ComplianceSettings,
    Created,
    DailyAvailability,
    DailyHours,
    GroupAppointment,
    IndividualAppointment,
    InvoiceStatus,
    NameFormat,
    OnlineBookingsSettings,
    Patient,
    PatientCase,
    PublicAccountDetails,
    PublicAccountSettings,
    PublicOnlineBookingsSettings,
    ReferralType,
    RepeatRule,
    RepeatRuleInput,
    RepeatType,
    Service,
    UnavailableBlock,
    UnavailableBlockType,
    User,
)

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=1)
RULE = RepeatRuleInput(repeat_type=RepeatType.WEEKLY, number_of_repeats=3)


def sync_calendar(cliniko: Cliniko) -> None:
    groups = cliniko.group_appointments
    assert_type(groups.list(include_archived=True, prefetch=2), Pager[GroupAppointment])
    assert_type(groups.get("1", include_archived=True), GroupAppointment)
    made = groups.create(
        appointment_type_id=1,
        business_id="2",
        practitioner_id=3,
        starts_at=NOW,
        ends_at=LATER,
        max_attendees=6,
        notes=None,
        repeat_rule=RULE,
    )
    assert_type(made, GroupAppointment)
    assert_type(groups.update("1", starts_at=NOW, ends_at=UNSET, notes=None, repeat_rule=None), GroupAppointment)
    assert_type(groups.conflicts(1), bool)
    groups.archive("1")
    attendees = cliniko.attendees
    assert_type(attendees.list(include_cancelled=True), Pager[Attendee])
    assert_type(attendees.get(1, include_cancelled=True, include_archived=True), Attendee)
    assert_type(attendees.create(booking_id="1", patient_id=2, arrived=None, patient_case_id=3), Attendee)
    assert_type(attendees.update("1", arrived=True, notes=None), Attendee)
    attendees.cancel("1", reason=CancellationReason.AWAY, note="holiday", apply_to_repeats=True)
    attendees.archive(1)
    blocks = cliniko.unavailable_blocks
    assert_type(blocks.list(), Pager[UnavailableBlock])
    assert_type(blocks.get("1", include_archived=True), UnavailableBlock)
    assert_type(blocks.create(business_id=1, practitioner_id=2, starts_at=NOW), UnavailableBlock)
    assert_type(blocks.update("1", unavailable_block_type_id="2", notes=None), UnavailableBlock)
    assert_type(blocks.conflicts("1"), bool)
    blocks.archive("1")
    kinds = cliniko.unavailable_block_types
    assert_type(kinds.list(), Pager[UnavailableBlockType])
    assert_type(kinds.get("1"), UnavailableBlockType)
    assert_type(kinds.create(name="Lunch", color="#abc", duration_in_minutes=30), UnavailableBlockType)
    assert_type(kinds.update("1", name="Tea"), UnavailableBlockType)
    kinds.archive("1")
    extra = cliniko.availability_blocks
    assert_type(extra.list(sort=["starts_at"]), Pager[AvailabilityBlock])
    assert_type(extra.get("1"), AvailabilityBlock)
    assert_type(
        extra.create(business_id=1, practitioner_id=2, starts_at=NOW, ends_at=LATER, repeat_rule=None),
        AvailabilityBlock,
    )
    hours = cliniko.daily_availabilities
    assert_type(hours.list(business_id=1, practitioner_id="2"), Pager[DailyAvailability])
    assert_type(hours.get("1"), DailyAvailability)


def sync_rest(cliniko: Cliniko) -> None:
    assert_type(cliniko.services.list(business_id=1), Pager[Service])
    cases = cliniko.patient_cases
    assert_type(cases.list(active=True, include_archived=True), Pager[PatientCase])
    assert_type(cases.get("1"), PatientCase)
    made = cases.create(
        name="Knee",
        patient_id=1,
        expiry_date=date.max,
        max_invoiceable_amount=Decimal(500),
        referral_type=ReferralType.MEDICARE,
        attendee_ids=[1, "2"],
    )
    assert_type(made, PatientCase)
    assert_type(cases.update("1", closed=True, max_sessions=None), PatientCase)
    cases.archive("1")
    assert_type(cliniko.users.list(), Pager[User])
    assert_type(cliniko.users.get("1"), User)
    assert_type(cliniko.settings.get(), AccountSettings)
    assert_type(cliniko.settings.public(), PublicAccountSettings)
    assert_type(cliniko.bookings.list(include_cancelled=True), Pager[Booking])
    assert_type(cliniko.bookings.get("1", include_cancelled=True, include_archived=True), Booking)


async def async_calendar(cliniko: AsyncCliniko) -> None:
    groups = cliniko.group_appointments
    assert_type(groups.list(prefetch=2), AsyncPager[GroupAppointment])
    assert_type(await groups.get("1"), GroupAppointment)
    made = await groups.create(appointment_type_id=1, business_id=2, practitioner_id=3, starts_at=NOW)
    assert_type(made, GroupAppointment)
    assert_type(await groups.update("1", max_attendees=7), GroupAppointment)
    assert_type(await groups.conflicts("1"), bool)
    await groups.archive("1")
    attendees = cliniko.attendees
    assert_type(attendees.list(), AsyncPager[Attendee])
    assert_type(await attendees.get("1"), Attendee)
    assert_type(await attendees.create(booking_id=1, patient_id=2), Attendee)
    assert_type(await attendees.update("1", arrived=None), Attendee)
    await attendees.cancel("1", reason=CancellationReason.WORK)
    await attendees.archive("1")
    blocks = cliniko.unavailable_blocks
    assert_type(blocks.list(), AsyncPager[UnavailableBlock])
    assert_type(await blocks.get("1"), UnavailableBlock)
    assert_type(await blocks.create(business_id=1, practitioner_id=2, starts_at=NOW, ends_at=LATER), UnavailableBlock)
    assert_type(await blocks.update("1", ends_at=LATER), UnavailableBlock)
    assert_type(await blocks.conflicts("1"), bool)
    await blocks.archive("1")
    kinds = cliniko.unavailable_block_types
    assert_type(kinds.list(), AsyncPager[UnavailableBlockType])
    assert_type(await kinds.get("1"), UnavailableBlockType)
    assert_type(await kinds.create(name="Lunch"), UnavailableBlockType)
    assert_type(await kinds.update("1", color="#abcdef"), UnavailableBlockType)
    await kinds.archive("1")
    extra = cliniko.availability_blocks
    assert_type(extra.list(), AsyncPager[AvailabilityBlock])
    assert_type(await extra.get("1"), AvailabilityBlock)
    assert_type(
        await extra.create(business_id=1, practitioner_id=2, starts_at=NOW, ends_at=LATER, repeat_rule=RULE),
        AvailabilityBlock,
    )
    hours = cliniko.daily_availabilities
    assert_type(hours.list(practitioner_id=1), AsyncPager[DailyAvailability])
    assert_type(await hours.get("1"), DailyAvailability)


async def async_rest(cliniko: AsyncCliniko) -> None:
    assert_type(cliniko.services.list(), AsyncPager[Service])
    cases = cliniko.patient_cases
    assert_type(cases.list(active=True), AsyncPager[PatientCase])
    assert_type(await cases.get("1"), PatientCase)
    assert_type(await cases.create(name="Knee", patient_id=1), PatientCase)
    assert_type(await cases.update("1", notes=None), PatientCase)
    await cases.archive("1")
    assert_type(cliniko.users.list(), AsyncPager[User])
    assert_type(await cliniko.users.get("1"), User)
    assert_type(await cliniko.settings.get(), AccountSettings)
    assert_type(await cliniko.settings.public(), PublicAccountSettings)
    assert_type(cliniko.bookings.list(), AsyncPager[Booking])
    assert_type(await cliniko.bookings.get("1"), Booking)
    async for page in cliniko.bookings.list().pages():
        assert_type(page, Page[Booking])
    cliniko.users.get("1")  # type: ignore[unused-coroutine]


def narrowed(booking: Booking) -> str:
    assert_type(booking, GroupAppointment | IndividualAppointment | UnavailableBlock)
    assert_type(booking.starts_at, datetime)
    assert_type(booking.practitioner, Link | None)
    assert_type(booking.conflicts, Link | None)
    _ = booking.patient_name  # type: ignore[union-attr]
    if isinstance(booking, IndividualAppointment):
        assert_type(booking.patient_name, str | None)
        return "one patient"
    assert_type(booking, GroupAppointment | UnavailableBlock)
    if isinstance(booking, GroupAppointment):
        assert_type(booking.patient_ids, tuple[str, ...] | None)
        return "several"
    assert_type(booking, UnavailableBlock)
    assert_type(booking.unavailable_block_type, Link | None)
    return "nobody"


def matched(booking: Booking) -> int:
    match booking:
        case GroupAppointment(max_attendees=int(places)):
            return places
        case GroupAppointment():
            return 0
        case IndividualAppointment() as one:
            assert_type(one, IndividualAppointment)
            return 1
        case UnavailableBlock(starts_at=starts_at, ends_at=ends_at):
            assert_type(ends_at - starts_at, timedelta)
            return 0
        case _:
            assert_never(booking)


def forgotten(booking: Booking) -> int:
    match booking:
        case IndividualAppointment() | GroupAppointment():
            return 1
        case _:
            assert_never(booking)  # type: ignore[arg-type]


def made(created: Created) -> None:
    match created:
        case Attendee() | AvailabilityBlock() | Business() | GroupAppointment() | IndividualAppointment():
            assert_type(created.recovered, bool)
        case AppointmentType() | Patient() | PatientCase() | UnavailableBlock() | UnavailableBlockType():
            assert_type(created.recovered, bool)
        case _:
            assert_never(created)


def of_calendars(group: GroupAppointment, attendee: Attendee, block: UnavailableBlock) -> None:
    assert_type(group.max_attendees, int | None)
    assert_type(group.repeat_rule, RepeatRule | None)
    assert_type(group.ends_at - group.starts_at, timedelta)
    assert_type(attendee.arrived, bool | None)
    assert_type(attendee.invoice_status, InvoiceStatus | None)
    assert_type(attendee.cancellation_reason, CancellationReason | None)
    assert_type(attendee.booking, Link | None)
    assert_type(block.repeats, Link | None)
    _ = group.cancelled_at  # type: ignore[attr-defined]
    group.max_attendees = 5  # type: ignore[misc]


def of_the_rest(hours: DailyAvailability, service: Service, case: PatientCase) -> None:
    assert_type(hours.availabilities, tuple[DailyHours, ...] | None)
    for stretch in hours.availabilities or ():
        assert_type(stretch.starts_at, time)
    assert_type(hours.day_of_week, int | None)
    assert_type(service.appointment_type, Link)
    assert_type(service.practitioners, tuple[Link, ...] | None)
    assert_type(case.max_invoiceable_amount, Decimal | None)
    assert_type(case.expiry_date, date | None)
    assert_type(case.referral_type, ReferralType | None)
    _ = service.id  # type: ignore[attr-defined]


def settings(all_: AccountSettings, public: PublicAccountSettings) -> None:
    assert_type(all_.account, AccountDetails | None)
    assert_type(public.account, PublicAccountDetails | None)
    assert_type(all_.online_bookings, OnlineBookingsSettings | None)
    assert_type(public.online_bookings, PublicOnlineBookingsSettings | None)
    assert_type(public.patient_custom_fields_definition, Mapping[str, object] | None)
    if all_.account and all_.account.compliance:
        assert_type(all_.account.compliance, ComplianceSettings)
        assert_type(all_.account.compliance.hipaa_compliance_conflict_messages, tuple[str, ...] | None)
    if public.patient_privacy:
        assert_type(public.patient_privacy.ical_patient_name_option, NameFormat | None)
        _ = public.patient_privacy.baa_requested  # type: ignore[attr-defined]
    same: PublicAccountSettings = all_
    assert_type(same.sms is None, bool)


def wrong_arguments(cliniko: Cliniko) -> None:
    cliniko.group_appointments.cancel("1")  # type: ignore[attr-defined]
    cliniko.group_appointments.create(appointment_type_id=1, business_id=2, starts_at=NOW)  # type: ignore[call-arg]
    cliniko.group_appointments.update("1", patient_ids=["1"])  # type: ignore[call-arg]
    cliniko.group_appointments.update("1", starts_at=date.max)  # type: ignore[arg-type]
    cliniko.group_appointments.create(
        appointment_type_id=1,
        business_id=2,
        practitioner_id=3,
        starts_at=NOW,
        ends_at=None,  # type: ignore[arg-type]
    )
    cliniko.group_appointments.list(include_cancelled=True)  # type: ignore[call-arg]
    cliniko.attendees.create(booking_id=1)  # type: ignore[call-arg]
    cliniko.attendees.update("1", booking_id="2")  # type: ignore[call-arg]
    cliniko.attendees.update("1", patient_case_id=None)  # type: ignore[arg-type]
    cliniko.attendees.cancel("1")  # type: ignore[call-arg]
    cliniko.attendees.cancel("1", reason=30)  # type: ignore[arg-type]
    cliniko.unavailable_blocks.update("1", ends_at=None)  # type: ignore[arg-type]
    cliniko.unavailable_block_types.create(color="#abc")  # type: ignore[call-arg]
    cliniko.unavailable_block_types.conflicts("1")  # type: ignore[attr-defined]
    cliniko.availability_blocks.update("1", ends_at=LATER)  # type: ignore[attr-defined]
    cliniko.availability_blocks.create(business_id=1, practitioner_id=2, starts_at=NOW)  # type: ignore[call-arg]
    cliniko.daily_availabilities.list(business_id=1.0)  # type: ignore[arg-type]
    cliniko.daily_availabilities.create()  # type: ignore[attr-defined]
    cliniko.services.get("1")  # type: ignore[attr-defined]
    cliniko.services.list(q=["id:=1"])  # type: ignore[call-arg]
    cliniko.patient_cases.create(name="Knee")  # type: ignore[call-arg]
    cliniko.patient_cases.list(active="yes")  # type: ignore[arg-type]
    cliniko.patient_cases.create(name="Knee", patient_id=1, max_invoiceable_amount=1.5)  # type: ignore[arg-type]
    cliniko.patient_cases.update("1", referral_type="medicare")  # type: ignore[arg-type]
    cliniko.users.list(inactive=True)  # type: ignore[call-arg]
    cliniko.users.archive("1")  # type: ignore[attr-defined]
    cliniko.settings.update()  # type: ignore[attr-defined]
    cliniko.bookings.create()  # type: ignore[attr-defined]
    cliniko.bookings.list(prefetch=None)  # type: ignore[arg-type]
    cliniko.bookings.list("id:=1")  # type: ignore[call-arg]
