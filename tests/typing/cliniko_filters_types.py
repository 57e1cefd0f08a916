"""What type checkers see of the typed filters. Checked by mypy and pyright, never run.

An `ignore` that is not needed is an error, so that each one proves the error it names.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=error

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, assert_type

from apptsdk.providers.cliniko import (
    AppointmentTypeFilters,
    AttendeeFilters,
    AvailabilityBlockFilters,
    BookingFilters,
    BusinessFilters,
    DailyAvailabilityFilters,
    Filter,
    GroupAppointmentFilters,
    IndividualAppointmentFilters,
    InvoiceStatus,
    PatientCaseFilters,
    PatientFilters,
    PractitionerFilters,
    ReferralType,
    UnavailableBlockFilters,
    UnavailableBlockTypeFilters,
    UserFilters,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk import AsyncCliniko, Cliniko

NOW = datetime.now(UTC)


def every_list_has_its_own(cliniko: Cliniko, async_cliniko: AsyncCliniko) -> None:
    assert_type(cliniko.appointment_types.F, AppointmentTypeFilters)
    assert_type(cliniko.attendees.F, AttendeeFilters)
    assert_type(cliniko.availability_blocks.F, AvailabilityBlockFilters)
    assert_type(cliniko.bookings.F, BookingFilters)
    assert_type(cliniko.businesses.F, BusinessFilters)
    assert_type(cliniko.daily_availabilities.F, DailyAvailabilityFilters)
    assert_type(cliniko.group_appointments.F, GroupAppointmentFilters)
    assert_type(cliniko.individual_appointments.F, IndividualAppointmentFilters)
    assert_type(cliniko.patient_cases.F, PatientCaseFilters)
    assert_type(cliniko.patients.F, PatientFilters)
    assert_type(cliniko.practitioners.F, PractitionerFilters)
    assert_type(cliniko.unavailable_block_types.F, UnavailableBlockTypeFilters)
    assert_type(cliniko.unavailable_blocks.F, UnavailableBlockFilters)
    assert_type(cliniko.users.F, UserFilters)
    assert_type(async_cliniko.appointment_types.F, AppointmentTypeFilters)
    assert_type(async_cliniko.attendees.F, AttendeeFilters)
    assert_type(async_cliniko.availability_blocks.F, AvailabilityBlockFilters)
    assert_type(async_cliniko.bookings.F, BookingFilters)
    assert_type(async_cliniko.businesses.F, BusinessFilters)
    assert_type(async_cliniko.daily_availabilities.F, DailyAvailabilityFilters)
    assert_type(async_cliniko.group_appointments.F, GroupAppointmentFilters)
    assert_type(async_cliniko.individual_appointments.F, IndividualAppointmentFilters)
    assert_type(async_cliniko.patient_cases.F, PatientCaseFilters)
    assert_type(async_cliniko.patients.F, PatientFilters)
    assert_type(async_cliniko.practitioners.F, PractitionerFilters)
    assert_type(async_cliniko.unavailable_block_types.F, UnavailableBlockTypeFilters)
    assert_type(async_cliniko.unavailable_blocks.F, UnavailableBlockFilters)
    assert_type(async_cliniko.users.F, UserFilters)
    _ = cliniko.services.F  # type: ignore[attr-defined]
    _ = cliniko.available_times.F  # type: ignore[attr-defined]


def what_fields_can(bookings: BookingFilters, patients: PatientFilters, cases: PatientCaseFilters) -> None:
    assert_type(bookings.starts_at >= NOW, Filter)
    assert_type(bookings.starts_at > NOW, Filter)
    assert_type(bookings.starts_at <= NOW, Filter)
    assert_type(bookings.starts_at < NOW, Filter)
    assert_type(bookings.cancelled_at.any(), Filter)
    assert_type(bookings.cancelled_at.is_null(), Filter)
    assert_type(bookings.cancelled_at.is_not_null(), Filter)
    assert_type(bookings.practitioner_id == 1, Filter)
    assert_type(bookings.practitioner_id == "1", Filter)
    assert_type(bookings.practitioner_id != 1, Filter)
    assert_type(bookings.practitioner_id >= "1", Filter)
    assert_type(bookings.practitioner_id.is_in([1, "2"]), Filter)
    assert_type(bookings.repeated_from_id.is_null(), Filter)
    assert_type(bookings.invoice_status == InvoiceStatus.PAID, Filter)
    assert_type(bookings.invoice_status < 30, Filter)
    assert_type(bookings.invoice_status.is_in((InvoiceStatus.OPEN, 20)), Filter)
    assert_type(bookings.did_not_arrive == True, Filter)  # noqa: E712 - a condition
    assert_type(bookings.did_not_arrive != True, Filter)  # noqa: E712 - likewise
    assert_type(bookings.did_not_arrive.is_(False), Filter)
    assert_type(bookings.patient_ids.contains("1"), Filter)
    assert_type(patients.last_name == "Park", Filter)
    assert_type(patients.last_name != "Park", Filter)
    assert_type(patients.last_name.contains("ar"), Filter)
    assert_type(patients.last_name.like("P%"), Filter)
    assert_type(patients.preferred_first_name.is_not_null(), Filter)
    assert_type(patients.date_of_birth == date.max, Filter)
    assert_type(patients.date_of_birth >= date.max, Filter)
    assert_type(patients.date_of_birth.like("****-05-**"), Filter)
    assert_type(patients.date_of_birth.is_null(), Filter)
    assert_type(cases.referral_type == ReferralType.DVA, Filter)
    assert_type((patients.last_name == "Park").text, str)


def lists_take_them(cliniko: Cliniko, async_cliniko: AsyncCliniko) -> None:
    f = cliniko.individual_appointments.F
    cliniko.individual_appointments.list(q=[f.starts_at >= NOW, f.practitioner_id.is_in([1, 2]), f.cancelled_at.any()])
    cliniko.individual_appointments.list(q=(f.starts_at >= NOW, "practitioner_id:=1"))
    async_cliniko.individual_appointments.list(q=[f.starts_at >= NOW])
    some: list[Filter] = [f.id == 1]
    cliniko.bookings.list(q=some)
    cliniko.individual_appointments.list(q=f.starts_at >= NOW)  # type: ignore[arg-type]
    cliniko.individual_appointments.list(q=[f.starts_at])  # type: ignore[list-item]
    cliniko.individual_appointments.list(q=[f.starts_at == NOW])  # type: ignore[list-item]
    cliniko.individual_appointments.list(q=[f.starts_at != NOW])  # type: ignore[list-item]
    cliniko.individual_appointments.list(q=[True])  # type: ignore[list-item]
    cliniko.individual_appointments.list(q={f.id == 1})  # type: ignore[arg-type]
    cliniko.patients.list(q=[cliniko.patients.F.date_of_birth != date.max])  # type: ignore[list-item]
    cliniko.bookings.list(q=[cliniko.bookings.F.patient_ids == ["1"]])  # type: ignore[list-item]
    cliniko.patients.list(sort=[cliniko.patients.F.id])  # type: ignore[list-item]


def takes(conditions: Sequence[str | Filter]) -> None:
    del conditions


def what_fields_cannot(bookings: BookingFilters, patients: PatientFilters) -> None:
    _ = bookings.starts_at >= "2026-03-05"  # type: ignore[operator]
    _ = bookings.starts_at >= date.max  # type: ignore[operator]
    _ = bookings.starts_at.like("2026%")  # type: ignore[attr-defined]
    _ = bookings.starts_at.is_in([NOW])  # type: ignore[attr-defined]
    takes([bookings.practitioner_id == 1.0])  # type: ignore[list-item]
    takes([bookings.practitioner_id == None])  # type: ignore[list-item]  # noqa: E711 - as somebody would
    _ = bookings.practitioner_id >= 1.0  # type: ignore[operator]
    _ = bookings.practitioner_id.is_in([1.0])  # type: ignore[list-item]
    _ = bookings.practitioner_id.is_in(1)  # type: ignore[arg-type]
    _ = bookings.practitioner_id.contains("1")  # type: ignore[attr-defined]
    _ = bookings.practitioner_id.any()  # type: ignore[attr-defined]
    takes([bookings.invoice_status == "10"])  # type: ignore[list-item]
    _ = bookings.invoice_status.is_in("10")  # type: ignore[arg-type]
    takes([bookings.did_not_arrive == "false"])  # type: ignore[list-item]
    _ = bookings.did_not_arrive > False  # type: ignore[operator]
    _ = bookings.did_not_arrive.is_null()  # type: ignore[attr-defined]
    _ = bookings.did_not_arrive.is_(None)  # type: ignore[arg-type]
    _ = bookings.patient_ids.is_in(["1"])  # type: ignore[attr-defined]
    _ = bookings.patient_ids.contains(1.0)  # type: ignore[arg-type]
    _ = bookings.patient_ids >= 1  # type: ignore[operator]
    _ = patients.last_name > "M"  # type: ignore[operator]
    takes([patients.last_name == 5])  # type: ignore[list-item]
    takes([patients.last_name != None])  # type: ignore[list-item]  # noqa: E711 - as somebody would
    _ = patients.last_name.contains(5)  # type: ignore[arg-type]
    _ = patients.last_name.any()  # type: ignore[attr-defined]
    _ = patients.date_of_birth >= "1990-05-17"  # type: ignore[operator]
    _ = patients.date_of_birth.like(date.max)  # type: ignore[arg-type]
    _ = patients.starts_at  # type: ignore[attr-defined]
    patients.last_name = patients.first_name  # type: ignore[misc]
    takes([not bookings.starts_at <= NOW])  # type: ignore[list-item]
