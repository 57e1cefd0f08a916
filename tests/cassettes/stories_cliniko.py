"""Cliniko's stories: every verb, and every way to say no.

Whatever text stands in this module is made up, and no recording replaces it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from stories import Stories

from apptsdk import RetryPolicy
from apptsdk.providers.cliniko import (
    CancellationReason,
    PhoneNumberInput,
    PhoneType,
    PronounsInput,
    ReferralType,
    ReminderType,
    RepeatRuleInput,
    RepeatType,
)

if TYPE_CHECKING:
    from scribe import Scribe

STORIES = Stories()
story = STORIES.add

NOBODY = "1"
"""No object has this id."""
NOWHERE = "no_such_resource"
PERSON: dict[str, Any] = {
    "first_name": "Zoë",
    "last_name": "Testperson",
    "date_of_birth": date.fromisoformat("1990-05-17"),
    "email": "zoe@testperson.example",
}


def weekday(s: Scribe) -> date:
    """Give a day on which somebody works: the next but one, or the Monday after a weekend."""
    day = s.now.date() + timedelta(days=2)
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.isoweekday() > 5 else day


def night(s: Scribe, hours: int = 0) -> datetime:
    """Give a time in two years, when nobody works and nothing is in the way."""
    return datetime.combine(s.now.date() + timedelta(days=730), time(13), UTC) + timedelta(hours=hours)


async def service(s: Scribe) -> dict[str, str]:
    """Find what an appointment is made of, but for its time and its patient."""
    (found,) = await s.list("services.list", per_page=1)
    return {
        "business_id": found.business.id,
        "practitioner_id": found.practitioners[0].id,
        "appointment_type_id": found.appointment_type.id,
    }


async def place(s: Scribe) -> dict[str, str]:
    """Find where and with whom something can be held."""
    found = await service(s)
    return {name: found[name] for name in ("business_id", "practitioner_id")}


# --- what there is ---------------------------------------------------------------------------------------------------


@story()
async def account(s: Scribe) -> None:
    await s.tried("settings.get")
    await s.call("settings.public")
    me = await s.call("user")
    await s.list("users.list", q=[s.F("users").id == me.id], per_page=1)
    await s.call("users.get", me.id)


@story()
async def businesses_read(s: Scribe) -> None:
    (one,) = await s.list("businesses.list", per_page=1)
    await s.call("businesses.get", one.id, include_archived=True)
    await s.list("services.list", business_id=one.id, per_page=1)


@story()
async def services_read(s: Scribe) -> None:
    await s.list("services.list", per_page=1, most=2)


@story()
async def practitioners_read(s: Scribe) -> None:
    (one,) = await s.list("practitioners.list", per_page=1)
    await s.call("practitioners.get", one.id)
    await s.list("practitioners.list", inactive=True, per_page=1)
    await s.list("practitioners.list", business_id=(await place(s))["business_id"], per_page=1)
    (kind,) = await s.list("appointment_types.list", practitioner_id=one.id, per_page=1)
    await s.list("practitioners.list", appointment_type_id=kind.id, inactive=True, per_page=1)


@story()
async def hours_read(s: Scribe) -> None:
    where = await place(s)
    (one,) = await s.list("daily_availabilities.list", per_page=1)
    await s.call("daily_availabilities.get", one.id)
    for name, id_ in where.items():
        await s.list("daily_availabilities.list", **{name: id_}, per_page=1)
    for block in await s.list("availability_blocks.list", per_page=1):
        await s.call("availability_blocks.get", block.id)


@story()
async def appointment_types_read(s: Scribe) -> None:
    (one,) = await s.list("appointment_types.list", per_page=1)
    await s.call("appointment_types.get", one.id)


@story()
async def available_times_read(s: Scribe) -> None:
    triple, first = await service(s), weekday(s)
    await s.tried("available_times.next", **triple)
    await s.tried("available_times.list", **triple, from_=first, to=first + timedelta(days=8), per_page=2)


@story()
async def patients_read(s: Scribe) -> None:
    one, another = await s.list("patients.list", per_page=1, most=2)
    await s.call("patients.get", one.id)
    await s.list(
        "patients.list", q=[s.F("patients").last_name == another.last_name], sort=["first_name:desc"], per_page=2
    )
    await s.list("patients.list", include_archived=True, q=[s.F("patients").archived_at.is_not_null()], per_page=1)


@story()
async def patient_cases_read(s: Scribe) -> None:
    for one in await s.list("patient_cases.list", per_page=1):
        await s.call("patient_cases.get", one.id)
    await s.list("patient_cases.list", active=True, per_page=1)


@story()
async def individual_appointments_read(s: Scribe) -> None:
    f = s.F("individual_appointments")
    for one in await s.list("individual_appointments.list", q=[f.starts_at >= s.now], sort=["starts_at"], per_page=1):
        await s.call("individual_appointments.get", one.id)
        await s.call("individual_appointments.conflicts", one.id)
    await s.list("individual_appointments.list", q=[f.cancelled_at.is_not_null()], include_archived=True, per_page=1)


@story()
async def group_appointments_read(s: Scribe) -> None:
    for one in await s.list("group_appointments.list", per_page=1):
        await s.call("group_appointments.get", one.id)
        await s.call("group_appointments.conflicts", one.id)


@story()
async def attendees_read(s: Scribe) -> None:
    for one in await s.list("attendees.list", per_page=1, include_cancelled=True):
        await s.call("attendees.get", one.id, include_cancelled=True)


@story()
async def bookings_read(s: Scribe) -> None:
    f = s.F("bookings")
    for one in await s.list("bookings.list", q=[f.starts_at >= s.now], per_page=3):
        await s.call("bookings.get", one.id)


@story()
async def unavailable_blocks_read(s: Scribe) -> None:
    for one in await s.list("unavailable_blocks.list", per_page=1):
        await s.call("unavailable_blocks.get", one.id)
        await s.call("unavailable_blocks.conflicts", one.id)
    for kind in await s.list("unavailable_block_types.list", per_page=1):
        await s.call("unavailable_block_types.get", kind.id)


@story()
async def anything_else(s: Scribe) -> None:
    await s.list("request_pages", "/patients", "patients", query={"per_page": "1"}, most=2)
    await s.call("request", "GET", "/user")


# --- what can be changed ---------------------------------------------------------------------------------------------


@story(writes=True)
async def patients_write(s: Scribe) -> None:
    pronouns = PronounsInput(
        nominative="they",
        accusative="them",
        pronominal_possessive="their",
        predicative_possessive="theirs",
        reflexive="themselves",
    )
    made = await s.call(
        "patients.create",
        **PERSON,
        patient_phone_numbers=[PhoneNumberInput(number="0491 570 006", phone_type=PhoneType.MOBILE)],
        pronouns=pronouns,
        reminder_type=ReminderType.SMS_AND_EMAIL,
        accepted_privacy_policy=None,
    )
    await s.call(
        "patients.update", made.id, email=None, notes="Prefers mornings; “quiet” room 🙂", accepted_privacy_policy=True
    )
    await s.call("patients.archive", made.id)
    await s.call("patients.unarchive", made.id)
    await s.call("patients.archive", made.id)


@story(writes=True)
async def patient_cases_write(s: Scribe) -> None:
    patient = await s.call("patients.create", **PERSON)
    made = await s.call(
        "patient_cases.create",
        name="Left knee",
        patient_id=patient.id,
        issue_date=date.fromisoformat("2026-01-05"),
        max_invoiceable_amount=Decimal("250.50"),
        referral_type=ReferralType.MEDICARE,
    )
    await s.call("patient_cases.update", made.id, closed=True, max_sessions=6)
    await s.call("patient_cases.archive", made.id)
    await s.call("patients.archive", patient.id)


@story(writes=True)
async def individual_appointments_write(s: Scribe) -> None:
    what, patient = await service(s), await s.call("patients.create", **PERSON)
    made = await s.call(
        "individual_appointments.create",
        **what,
        patient_id=patient.id,
        starts_at=night(s),
        notes="First visit",
        repeat_rule=RepeatRuleInput(repeat_type=RepeatType.WEEKLY, number_of_repeats=1),
    )
    await s.call("individual_appointments.update", made.id, starts_at=night(s, 2), ends_at=None)
    await s.call(
        "individual_appointments.cancel",
        made.id,
        reason=CancellationReason.SICK,
        note="Has a cold",
        apply_to_repeats=True,
    )
    await s.refused("individual_appointments.get", made.id)
    await s.call("individual_appointments.get", made.id, include_cancelled=True)
    await s.call("patients.archive", patient.id)


@story(writes=True)
async def individual_appointments_archived(s: Scribe) -> None:
    what, patient = await service(s), await s.call("patients.create", **PERSON)
    made = await s.call("individual_appointments.create", **what, patient_id=patient.id, starts_at=night(s))
    await s.call("individual_appointments.archive", made.id)
    await s.call("patients.archive", patient.id)


@story(writes=True)
async def group_appointments_write(s: Scribe) -> None:
    what, patient = await place(s), await s.call("patients.create", **PERSON)
    kind = await s.call(
        "appointment_types.create",
        name="Test group",
        color="#1E7FBF",
        duration_in_minutes=60,
        max_attendees=4,
        practitioner_ids=[what["practitioner_id"]],
    )
    made = await s.call(
        "group_appointments.create", **what, appointment_type_id=kind.id, starts_at=night(s), notes="Bring a towel"
    )
    await s.call("group_appointments.update", made.id, max_attendees=3)
    attendee = await s.call("attendees.create", booking_id=made.id, patient_id=patient.id)
    await s.call("attendees.update", attendee.id, arrived=True, notes="Came early")
    await s.call("attendees.cancel", attendee.id, reason=CancellationReason.WORK, note="Must go")
    again = await s.call("attendees.create", booking_id=made.id, patient_id=patient.id)
    await s.call("attendees.archive", again.id)
    await s.call("group_appointments.archive", made.id)
    await s.call("appointment_types.archive", kind.id)
    await s.call("patients.archive", patient.id)


@story(writes=True)
async def unavailable_blocks_write(s: Scribe) -> None:
    where = await place(s)
    kind = await s.call("unavailable_block_types.create", name="Test training", color="#AA5500", duration_in_minutes=45)
    await s.call("unavailable_block_types.update", kind.id, name="Test course")
    made = await s.call(
        "unavailable_blocks.create",
        **where,
        starts_at=night(s),
        ends_at=night(s, 1),
        unavailable_block_type_id=kind.id,
        notes="Fire drill",
    )
    await s.call("unavailable_blocks.update", made.id, notes=None, ends_at=night(s, 2))
    await s.call("unavailable_blocks.archive", made.id)
    await s.call("unavailable_block_types.archive", kind.id)


@story(writes=True)
async def availability_blocks_write(s: Scribe) -> None:
    """The vendor has no way to take this back."""
    await s.call("availability_blocks.create", **await place(s), starts_at=night(s), ends_at=night(s, 1))


@story(writes=True)
async def businesses_write(s: Scribe) -> None:
    made = await s.call("businesses.create", business_name="Test rooms", time_zone_identifier="Australia/Darwin")
    await s.call("businesses.update", made.id, city="Darwin", contact_information=None)
    await s.call("businesses.archive", made.id)
    await s.call("businesses.unarchive", made.id)
    await s.call("businesses.archive", made.id)


@story(writes=True)
async def appointment_types_write(s: Scribe) -> None:
    made = await s.call(
        "appointment_types.create",
        name="Test consultation",
        color="#1E7FBF",
        duration_in_minutes=20,
        max_attendees=1,
        deposit_price=Decimal("12.50"),
    )
    await s.call("appointment_types.update", made.id, category="Tests", deposit_price=None)
    await s.call("appointment_types.archive", made.id)


@story(writes=True)
async def resolved(s: Scribe) -> None:
    """Find somebody as if the answer had been lost."""
    await s.call("patients.create", **{**PERSON, "first_name": "Resa"})
    await s.call("resolve", s.attempts[0])


# --- how it says no --------------------------------------------------------------------------------------------------


@story(given={"api_key": "MS0xLXdyb25nLWtleQ-au1"})
async def refused_key(s: Scribe) -> None:
    await s.refused("user")


@story()
async def refused_reads(s: Scribe) -> None:
    await s.refused("patients.get", NOBODY)
    await s.refused("patients.list", q=["no_such_field:=1"], per_page=1)
    await s.refused("individual_appointments.list", q=["id:=word"], per_page=1)
    await s.refused("request", "GET", f"/{NOWHERE}")


@story(writes=True)
async def refused_writes(s: Scribe) -> None:
    """Nothing comes of these."""
    await s.refused("patients.create", first_name="", last_name="Testperson")
    await s.refused("patients.create", **{**PERSON, "email": "no address"})
    await s.refused("patients.update", NOBODY, notes="Nobody")
    await s.refused("request", "POST", "/patients", json=["no object"])


@story(live=False, rate_limit=1)
async def too_many(s: Scribe) -> None:
    await s.call("user")
    await s.refused("user")


@story(live=False, rate_limit=1, retry=RetryPolicy())
async def too_many_waited_for(s: Scribe) -> None:
    await s.call("user")
    await s.call("user")
