"""NexHealth's stories: every verb in v3, what v2 does otherwise, and every way to say no.

Whatever text stands in this module is made up, and no recording replaces it.
"""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from stories import Stories

from apptsdk import RetryPolicy
from apptsdk.providers.nexhealth import (
    Dependent,
    Gender,
    ParentType,
    RecurrenceInput,
    RecurrenceUnit,
    WebhookEventName,
    WebhookResource,
    Weekday,
    sign,
)
from apptsdk.sandbox.nexhealth import NexHealth

if TYPE_CHECKING:
    from scribe import Scribe

    from apptsdk.sandbox import Sandbox

STORIES = Stories()
story = STORIES.add

NOBODY = "1"
"""No object has this id."""
NOWHERE = "no_such_resource"
MISSPELT = "locatoin_id"
TARGET, ELSEWHERE = "https://example.com/nexhealth", "https://example.com/elsewhere"
PHONE, STORED = "+1 (202) 555-0143", "2025550143"
"""As it is given, and as the vendor needs it."""
PERSON: dict[str, Any] = {
    "first_name": "Zoë",
    "last_name": "Testperson",
    "date_of_birth": date.fromisoformat("1990-05-17"),
    "email": "zoe@testperson.example",
    "phone_number": PHONE,
}
VISIT = {"id": 1612400099, "start_time": "2026-03-04T15:00:00.000Z", "end_time": "2026-03-04T16:00:00.000Z"}
V2 = {"api_version": "v2"}
EMPTY = {"code": True, "description": None, "error": [], "data": []}
WHOLE = ("patient", "guarantor", "descriptors", "booking_details", "procedures", "operatory", "appointment_type")


def weekday(s: Scribe) -> date:
    """Give a day on which somebody works: the next but one, or the Monday after a weekend."""
    day = s.now.date() + timedelta(days=2)
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.isoweekday() > 5 else day


def window(s: Scribe) -> dict[str, Any]:
    """Give a time in which there are appointments: a month back, and two ahead."""
    return {"start": s.now - timedelta(days=30), "end": s.now + timedelta(days=60)}


async def provider(s: Scribe) -> Any:
    """Find somebody who can be booked."""
    (found,) = await s.list("providers.list", requestable=True, per_page=1)
    return found


async def slots(s: Scribe) -> list[dict[str, Any]]:
    """Find times that are free, and say how they are booked."""
    who = await provider(s)
    found = await s.list(
        "available_slots.list", start_date=weekday(s), days=1, provider_ids=[who.id], slot_length=60, slot_interval=60
    )
    return [{"provider_id": who.id, **chair(one), "start_time": one.time, "end_time": one.end_time} for one in found]


def chair(slot: Any) -> dict[str, Any]:
    """Say in which chair a slot is, where it is in one."""
    return {} if slot.operatory_id is None else {"operatory_id": slot.operatory_id}


async def patient(s: Scribe) -> Any:
    """Make a patient, or find the one that an earlier story made: the vendor has no way to take them back."""
    who = await provider(s)
    return await s.call("patients.create", **PERSON, provider_id=who.id, return_existing_if_match=True)


# --- what there is ---------------------------------------------------------------------------------------------------


@story()
async def institutions_read(s: Scribe) -> None:
    one, *_ = await s.list("institutions.list")
    await s.call("institutions.get", one.id)


@story()
async def locations_read(s: Scribe) -> None:
    one, *_ = await s.list("locations.list", inactive=False)
    await s.call("locations.get", one.id)
    await s.list("locations.descriptors", one.id, descriptor_type="Procedure Code")


@story()
async def providers_read(s: Scribe) -> None:
    one, *_ = await s.list("providers.list", per_page=1, include=["locations"], most=2)
    await s.call("providers.get", one.id, include=["locations", "availabilities", "appointment_types"])
    await s.list("providers.list", ids=[one.id], location_id=None, per_page=1)


@story()
async def operatories_read(s: Scribe) -> None:
    one, *_ = await s.list("operatories.list", per_page=1, include=["appointment_types"], most=2)
    await s.call("operatories.get", one.id)


@story()
async def appointment_types_read(s: Scribe) -> None:
    one, *_ = await s.list("appointment_types.list", include=["descriptors"])
    await s.call("appointment_types.get", one.id)
    await s.list("appointment_types.descriptors", one.id)


@story()
async def working_hours_read(s: Scribe) -> None:
    one, *_ = await s.list("working_hours.list", per_page=1, include=["appointment_types"], most=2)
    await s.call("working_hours.get", one.id, include=["appointment_types"])
    await s.list("working_hour_labels.list", per_page=1, most=2)


@story()
async def available_slots_read(s: Scribe) -> None:
    who = await provider(s)
    about = {"provider_ids": [who.id], "slot_length": 120, "slot_interval": 120}
    await s.list("available_slots.groups", start_date=weekday(s), days=1, **about)
    await s.list("available_slots.groups", start_date=weekday(s) - timedelta(days=30), days=1, **about)
    await s.list("available_slots.list", start_date=weekday(s), days=15, **about, most=2)


@story()
async def appointments_read(s: Scribe) -> None:
    one, *_ = await s.list("appointments.list", **window(s), unavailable=False, per_page=1, most=2)
    await s.call("appointments.get", one.id)
    await s.call("appointments.get", one.id, include=WHOLE)
    await s.list("appointments.descriptors", one.id)
    await s.list(
        "appointments.list", **window(s), patient_ids=[one.patient_id], provider_ids=[one.provider_id], per_page=2
    )
    await s.list("appointments.list", **window(s), cancelled=True, sort=["-updated_at"], per_page=1)
    await s.list("appointments.list", **window(s), unavailable=True, per_page=1)


@story()
async def patients_read(s: Scribe) -> None:
    one, another = await s.list("patients.list", per_page=1, most=2)
    await s.call(
        "patients.get",
        one.id,
        include=[
            "upcoming_appts",
            "last_visited_appointment",
            "children",
            "guarantor",
            "procedures",
            "patient_alerts",
            "address",
            "provider",
        ],
    )
    await s.list("patients.list", name=another.name, date_of_birth=another.date_of_birth, inactive=False, per_page=1)
    await s.list("patients.list", phone_number=one.phone_number, email=one.email, sort=["-id"], per_page=1)


@story()
async def patient_alerts_read(s: Scribe) -> None:
    (one,) = await s.list("patients.list", per_page=1)
    for alert in await s.list("patient_alerts.list", one.id, include_disabled=True):
        await s.call("patient_alerts.get", one.id, alert.id)


@story()
async def recalls_read(s: Scribe) -> None:
    for one in await s.list("patient_recalls.list", per_page=1, most=2):
        await s.call("patient_recalls.get", one.id)
    for kind in await s.list("recall_types.list"):
        await s.call("recall_types.get", kind.id)


@story()
async def sync_status_read(s: Scribe) -> None:
    await s.list("sync_status.list")
    await s.list("sync_status.list", read_status="red")


@story(prepare=lambda sandbox: sandbox.emulator(NexHealth).sync(read_status="red", write_status="red"), live=False)
async def sync_status_red(s: Scribe) -> None:
    await s.list("sync_status.list", write_status="red")


@story()
async def another_practice(s: Scribe) -> None:
    """Look at the last practice with a view of the client: the same token does."""
    *_, practice = await s.list("institutions.list")
    view = s.view(subdomain=practice.subdomain, location_id=practice.locations[0].id)
    await view.list("operatories.list", per_page=1)
    await view.list("locations.list")


@story()
async def anything_else(s: Scribe) -> None:
    (place, *_) = await s.list("locations.list")
    query = {"subdomain": s.settings.subdomain, "location_id": str(place.id), "per_page": "1"}
    await s.list("request_pages", "/patients", "data", query=query, most=2)
    await s.call("request", "GET", f"/locations/{place.id}")


@story()
async def ignored_parameter(s: Scribe) -> None:
    """Misspell a filter: the vendor says so beside its answer, and the client warns, once."""
    query = {"subdomain": s.settings.subdomain, MISSPELT: "41", "per_page": "1"}
    await s.call("request", "GET", "/providers", query=query)
    await s.call("request", "GET", "/providers", query=query)


def older(sandbox: Sandbox) -> None:
    """Put the remark where the vendor's older pages have it."""
    note = f"Note that following parameters are ignored: {MISSPELT}."
    sandbox.fault("status", path="/institutions", status=HTTPStatus.OK, body={**EMPTY, "error": [note]})


@story(live=False, prepare=older)
async def remark_among_errors(s: Scribe) -> None:
    """Remark on a success where errors stand otherwise: it is a success."""
    await s.list("institutions.list")


# --- what can be changed ---------------------------------------------------------------------------------------------


@story(writes=True)
async def appointments_write(s: Scribe) -> None:
    who = await patient(s)
    first, second, *_ = await slots(s)
    made = await s.call(
        "appointments.create",
        **first,
        patient_id=who.id,
        note="Prefers “quiet” rooms 🙂",
        notify_patient=False,
    )
    await s.refused("appointments.update", made.id, confirmed=True)
    await s.call("appointments.wait_until_written", made.id)
    await s.call("appointments.update", made.id, confirmed=True)
    moved = {name: second[name] for name in ("start_time", "end_time")}
    await s.tried("appointments.update", made.id, **moved, note="Must bring a card")
    await s.call("appointments.cancel", made.id)
    await s.call("appointments.get", made.id)


@story(writes=True)
async def appointments_for_a_child(s: Scribe) -> None:
    who = await patient(s)
    first, *_ = await slots(s)
    child = Dependent(
        first_name="Zita",
        last_name="Testperson",
        date_of_birth=date.fromisoformat("2019-11-30"),
        gender=Gender.FEMALE,
    )
    made = await s.call("appointments.create", **first, patient_id=who.id, is_guardian=True, patient=child)
    await s.call("appointments.cancel", made.id)


@story(writes=True)
async def blocks_write(s: Scribe) -> None:
    first, *_ = await slots(s)
    made = await s.call("appointments.create", **first, unavailable=True, note="Fire drill")
    await s.call("appointments.cancel", made.id)


@story(writes=True)
async def patients_write(s: Scribe) -> None:
    who = await provider(s)
    await s.call(
        "patients.create",
        **PERSON,
        provider_id=who.id,
        cell_phone_number=PHONE,
        gender=Gender.OTHER,
        city="Springfield",
        return_existing_if_match=True,
    )
    await s.call("patients.create", **PERSON, provider_id=who.id, return_existing_if_match=True)
    await s.refused("patients.create", **PERSON, provider_id=who.id)
    await s.list("patients.list", phone_number=PHONE, per_page=1)


@story(writes=True)
async def patient_alerts_write(s: Scribe) -> None:
    who = await patient(s)
    made = await s.call("patient_alerts.create", who.id, note="Needs a lift")
    await s.call("patient_alerts.update", who.id, made.id, disabled=True)
    await s.list("patient_alerts.list", who.id)


@story(writes=True)
async def appointment_types_write(s: Scribe) -> None:
    (place, *_) = await s.list("locations.list")
    made = await s.call(
        "appointment_types.create",
        name="Test whitening",
        minutes=45,
        bookable_online=False,
        parent_type=ParentType.LOCATION,
        parent_id=place.id,
        location_id=place.id,
    )
    await s.call("appointment_types.update", made.id, name="Test polish", minutes=20, location_id=place.id)
    await s.call("appointment_types.delete", made.id, location_id=place.id)


@story(writes=True)
async def working_hours_write(s: Scribe) -> None:
    who = await provider(s)
    chair, *_ = await s.list("operatories.list", per_page=1)
    kind, *_ = await s.list("appointment_types.list")
    about = {"provider_id": who.id, "operatory_id": chair.id, "begin_time": time(5), "end_time": time(6, 30)}
    made = await s.call(
        "working_hours.create", **about, days=[Weekday.SUNDAY, Weekday.SATURDAY], appointment_type_ids=[kind.id]
    )
    await s.call("working_hours.update", made.id, end_time=time(7), appointment_type_ids=[])
    await s.call("working_hours.delete", made.id)
    rule = RecurrenceInput(num=2, unit=RecurrenceUnit.WEEK, ref=weekday(s))
    made = await s.call("working_hours.create", **about, custom_recurrence=rule)
    await s.call("working_hours.update", made.id, days=[], specific_date=weekday(s) + timedelta(days=1), active=False)
    await s.call("working_hours.delete", made.id)


@story(writes=True)
async def webhooks_write(s: Scribe) -> None:
    made = await s.call("webhook_endpoints.create", target_url=TARGET, active=True)
    await s.list("webhook_endpoints.list", active=True)
    wanted = await s.call(
        "webhook_subscriptions.create",
        made.id,
        resource_type=WebhookResource.APPOINTMENT,
        event=WebhookEventName.APPOINTMENT_INSERTION,
    )
    await s.list("webhook_subscriptions.list", made.id, resource_type=WebhookResource.APPOINTMENT)
    body = json.dumps(
        {
            "resource_type": wanted.resource_type,
            "event_name": f"{wanted.event}.complete",
            "event_time": "2026-03-02T22:00:00.000Z",
            "data": {"appointment": VISIT},
            "delivery_errors": [],
        }
    ).encode()
    headers = sign(body, secret_key=made.secret_key, now=s.now)
    s.said("webhooks.verify", body, headers, secret_key=made.secret_key, now=s.now)
    await s.call("webhook_subscriptions.update", made.id, wanted.id, active=False)
    await s.call("webhook_subscriptions.delete", made.id, wanted.id)
    await s.call("webhook_endpoints.update", made.id, target_url=ELSEWHERE, active=False)
    await s.call("webhook_endpoints.delete", made.id)


@story(writes=True)
async def resolved(s: Scribe) -> None:
    """Find an appointment as if the answer had been lost."""
    who = await patient(s)
    first, *_ = await slots(s)
    made = await s.call("appointments.create", **first, patient_id=who.id)
    await s.call("resolve", s.attempts[-1])
    await s.call("appointments.cancel", made.id)


# --- what is written later -------------------------------------------------------------------------------------------


def slow(sandbox: Sandbox) -> None:
    """Let a write take most of a minute, and a token live for one."""
    vendor = sandbox.emulator(NexHealth)
    vendor.write_after, vendor.token_life = timedelta(seconds=50), timedelta(minutes=1)


@story(writes=True, live=False, prepare=slow)
async def written_late(s: Scribe) -> None:
    """Wait in vain, and once more; meanwhile the token ends, and another is asked for ahead of time."""
    who = await patient(s)
    first, *_ = await slots(s)
    made = await s.call("appointments.create", **first, patient_id=who.id)
    await s.refused("appointments.wait_until_written", made.id, timeout=timedelta(seconds=5))
    await s.call("appointments.wait_until_written", made.id)


@story(writes=True, live=False)
async def never_written(s: Scribe) -> None:
    """Book in an office that takes no bookings from outside: the client warns, and nothing is ever written."""
    places = await s.list("locations.list")
    (place,) = (one for one in places if not one.insert_appt_client)
    (who,) = await s.list("providers.list", location_id=place.id, requestable=True, per_page=1)
    (whom,) = await s.list("patients.list", location_id=place.id, per_page=1)
    about = {"provider_id": who.id, "patient_id": whom.id, "location_id": place.id}
    hour = {"start_time": s.now + timedelta(days=2), "end_time": s.now + timedelta(days=2, hours=1)}
    made = await s.call("appointments.create", **about, **hour)
    await s.refused("appointments.wait_until_written", made.id, timeout=timedelta(seconds=5))


# --- version 2 -------------------------------------------------------------------------------------------------------


@story(given=V2)
async def v2_appointments_read(s: Scribe) -> None:
    one, *_ = await s.list(
        "appointments.list", **window(s), unavailable=False, include=["patient", "operatory"], per_page=1, most=2
    )
    await s.call("appointments.get", one.id, include=WHOLE)
    await s.list("appointments.list", **window(s), patient_id=one.patient_id, per_page=2)


@story(given=V2)
async def v2_available_slots_read(s: Scribe) -> None:
    who = await provider(s)
    about = {"provider_ids": [who.id], "slot_length": 120, "overlapping_operatory_slots": True}
    await s.list("available_slots.groups", start_date=weekday(s), days=1, **about)
    await s.list("available_slots.list", start_date=weekday(s), days=1, **about)


@story(given=V2)
async def v2_patients_read(s: Scribe) -> None:
    one, *_ = await s.list("patients.list", include=["upcoming_appts"], per_page=1, most=2)
    await s.call("patients.get", one.id, include=["guarantor"])


@story(given=V2)
async def v2_working_hours_read(s: Scribe) -> None:
    one, *_ = await s.list("working_hours.list", include=["appointment_types"], per_page=1, most=2)
    await s.call("working_hours.get", one.id)
    await s.list("providers.list", include=["availabilities"], per_page=1)


@story(given=V2)
async def v2_anything_else(s: Scribe) -> None:
    (place, *_) = await s.list("locations.list")
    query = {"subdomain": s.settings.subdomain, "location_id": str(place.id)}
    pages = {"page": "1", "per_page": "1"}
    await s.list("request_pages", "/patients", "data.patients", query={**query, **pages}, most=2)


@story(given=V2, writes=True)
async def v2_appointments_write(s: Scribe) -> None:
    first, *_ = await slots(s)
    whom, *_ = await s.list("patients.list", inactive=False, non_patient=False, per_page=1)
    made = await s.call("appointments.create", **first, patient_id=whom.id, notify_patient=False)
    await s.refused("appointments.create", **first, patient_id=whom.id)
    await s.call("appointments.wait_until_written", made.id)
    await s.call("appointments.update", made.id, checkin_at=s.now)
    await s.call("appointments.cancel", made.id)


@story(given=V2, writes=True)
async def v2_patients_write(s: Scribe) -> None:
    """The vendor has no way to take this back."""
    who = await provider(s)
    await s.call("patients.create", **{**PERSON, "first_name": "Zora"}, provider_id=who.id)


@story(given=V2, writes=True)
async def v2_working_hours_write(s: Scribe) -> None:
    who = await provider(s)
    chair, *_ = await s.list("operatories.list", per_page=1)
    made = await s.call(
        "working_hours.create",
        provider_id=who.id,
        operatory_id=chair.id,
        begin_time=time(5),
        end_time=time(6),
        days=[Weekday.SUNDAY],
    )
    await s.call("working_hours.update", made.id, active=False)
    await s.call("working_hours.delete", made.id)


@story(given=V2, live=False, prepare=lambda sandbox: setattr(sandbox.emulator(NexHealth), "new_account", True))
async def v2_refused(s: Scribe) -> None:
    """A new account has no version 2."""
    await s.refused("institutions.list")


# --- how it says no --------------------------------------------------------------------------------------------------


@story(given={"api_key": "wrong-key-no-secret"})
async def refused_key(s: Scribe) -> None:
    await s.refused("institutions.list")


def expired(sandbox: Sandbox) -> None:
    """Refuse a token that should still do, once."""
    said = {"code": False, "description": None, "data": None, "error": ["Invalid Credentials"]}
    sandbox.fault("status", path="/institutions", status=HTTPStatus.UNAUTHORIZED, body=said)


@story(live=False, prepare=expired)
async def refused_token(s: Scribe) -> None:
    """Ask for another token, and once more for what was asked."""
    await s.list("institutions.list")
    await s.list("sync_status.list")


@story()
async def refused_reads(s: Scribe) -> None:
    await s.refused("patients.get", NOBODY)
    await s.refused("request", "GET", f"/{NOWHERE}")
    await s.refused("request", "GET", "/appointments")
    await s.refused("providers.list", sort=["no_such_field"], per_page=1)
    await s.view(subdomain="no-such-practice").refused("appointment_types.list")


@story(writes=True, live=False)
async def refused_writes(s: Scribe) -> None:
    """Book what is taken, and what does not go together; a phone number that is none is refused, too."""
    who = await patient(s)
    first, second, *_ = await slots(s)
    await s.call("appointments.create", **first, patient_id=who.id)
    await s.refused("appointments.create", **first, patient_id=who.id)
    *_, kind = await s.list("appointment_types.list")
    await s.refused("appointments.create", **second, patient_id=who.id, appointment_type_id=kind.id)
    await s.refused("appointments.create", **second, patient_id=NOBODY)
    await s.refused("appointments.update", NOBODY, cancelled=True)
    query = {"subdomain": s.settings.subdomain, "location_id": "41"}
    person = {"first_name": "Zoë", "last_name": "Testperson", "email": "zoe@testperson.example"}
    bio = {"date_of_birth": "1990-05-17", "phone_number": "0125550143"}
    body = {"provider": {"provider_id": first["provider_id"]}, "patient": {**person, "bio": bio}}
    await s.refused("request", "POST", "/patients", query=query, json=body)
    await s.refused("request", "POST", "/patients", query=query, json={})


def contradictory(sandbox: Sandbox) -> None:
    """Say no with a status that says yes."""
    said = {"code": False, "description": "Something is wrong", "data": None, "error": []}
    sandbox.fault("status", path="/institutions", status=HTTPStatus.OK, body=said)


@story(live=False, prepare=contradictory)
async def refused_with_success(s: Scribe) -> None:
    await s.refused("institutions.list")


@story(live=False, rate_limit=1)
async def too_many(s: Scribe) -> None:
    """Look for appointments ten times in a second, and once more."""
    far = {"start": s.now + timedelta(days=3000), "end": s.now + timedelta(days=3001)}
    for _ in range(10):
        await s.list("appointments.list", **far, per_page=1)
    await s.refused("appointments.list", **far, per_page=1)


@story(live=False, rate_limit=1, retry=RetryPolicy())
async def too_many_waited_for(s: Scribe) -> None:
    far = {"start": s.now + timedelta(days=3000), "end": s.now + timedelta(days=3001)}
    for _ in range(11):
        await s.list("appointments.list", **far, per_page=1)
