"""Cubu's stories: every verb, every form that a guess can take, and every way to say no.

A live system is told only of the first service and the first service type of its catalogue. Whatever text stands in
this module is made up, and no recording replaces it.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from stories import Stories

from apptsdk import RetryPolicy
from apptsdk.providers.cubu import CalendarRef, Channel, WebhookAction, sign
from apptsdk.sandbox.cubu import Cubu

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scribe import Scribe

    from apptsdk.sandbox import Sandbox

STORIES = Stories()
story = STORIES.add

NOBODY = "99999999-9999-4999-8999-999999999999"
"""Nothing has this id."""
NOWHERE = "no_such_resource"
PHONE, SENT = "(202) 555-0143", "2025550143"
"""As it is given, and as the vendor's page wants it."""
EMAIL, ANOTHER_EMAIL = "zoe@testperson.example", "zora@testperson.example"
PERSON = {"First name": "Zoë", "Last name": "Testperson", "National id": "310099993"}
KEY = "310000017"
"""The key of somebody whom the sandbox knows."""
NO_KEY = "319999999"
HOOK_KEY = "made-up-webhook-key"
APPOINTMENTS, QUERY = "*/appointments", "*/customers/query"
CASE_ACTION = "/{applicationId}/cases/{caseId}/actions/cancel"
ACTION = "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}/actions/cancel"
FACE_TO_FACE = {"service_type_id": "Passport renewal", "channel": Channel.FACE_TO_FACE}
PROBLEM = {
    "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
    "title": "One or more validation errors occurred.",
    "status": 400,
    "traceId": "00-1-1-00",
    "errors": {"serviceTypeId": ["The value is not valid."], "$.channel": ["Unknown.", "It is required."]},
}


def weekday(s: Scribe) -> date:
    """Give a day on which somebody works: the next but one, or the Monday after a weekend."""
    day = s.now.date() + timedelta(days=2)
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.isoweekday() > 5 else day


def first(s: Scribe) -> tuple[str, str]:
    """Give the first service and the first service type of the catalogue."""
    return s.settings.catalogue.services[0].id, s.settings.catalogue.service_types[0].id


def knobs(**values: Any) -> Callable[[Sandbox], None]:
    """Turn knobs of the emulation before a story."""

    def prepare(sandbox: Sandbox) -> None:
        vendor = sandbox.emulator(Cubu)
        for name, value in values.items():
            setattr(vendor, name, value)

    return prepare


def fault(kind: str = "status", **options: Any) -> Callable[[Sandbox], object]:
    """Let something go wrong once."""
    return lambda sandbox: sandbox.fault(kind, **options)


def roles(*names: str) -> Callable[[Sandbox], Mapping[str, str]]:
    """Tell a story as an application that may do less."""
    return lambda sandbox: sandbox.emulator(Cubu).register(names)


def desk(s: Scribe, service: str = "Front desk", cu_index: int = 0) -> CalendarRef:
    """Name a calendar without asking for it; what a booking in it needs, the client cannot know then."""
    return CalendarRef(
        service_id=s.settings.catalogue.service_id(service, "service_id"), date=weekday(s), cu_index=cu_index
    )


async def calendar(s: Scribe, service: str = "Front desk") -> Any:
    """Ask for a calendar."""
    one, *_ = await s.list("calendars.list", service, weekday(s))
    return one


async def customer(s: Scribe) -> Any:
    """Find somebody whom the sandbox knows."""
    return await s.call("customers.find", key_value=KEY)


# --- what there is ---------------------------------------------------------------------------------------------------


@story()
async def calendars_read(s: Scribe) -> None:
    """Two calls, and one token for them."""
    service, service_type = first(s)
    one, *_ = await s.list("calendars.list", service, weekday(s))
    await s.call("calendars.vacancies", one, service_type_id=service_type)


@story(live=False)
async def calendars_with_demands(s: Scribe) -> None:
    """Look at what needs a customer, a phone number or an email address; and at a day that nobody works."""
    for service in ("Passport office", "Island line", "Night line"):
        await s.list("calendars.list", service, weekday(s))
    saturday = weekday(s) + timedelta(days=(5 - weekday(s).weekday()) % 7)
    *_, closed = await s.list("calendars.list", "Passport office", saturday)
    await s.call("calendars.vacancies", closed, service_type_id="Passport renewal")


async def busy(s: Scribe) -> Any:
    """Find a calendar in which something stands."""
    for days in range(2, 9):
        for one in await s.list("calendars.list", first(s)[0], s.now.date() + timedelta(days=days)):
            if one.stats is not None and one.stats.appointment_count:
                return one
    raise LookupError("nothing is booked in the week to come")


@story()
async def appointments_read(s: Scribe) -> None:
    here = await busy(s)
    one, *_ = await s.list("appointments.list", here)
    await s.call("appointments.get", one)
    await s.list("appointments.list", here, customer_record_id=one.customer.record_id)
    await s.list("appointments.list", here, customer_record_id=NOBODY)
    await s.refused("appointments.get", here, NOBODY)


@story()
async def customers_read(s: Scribe) -> None:
    """Find whoever has an appointment; and that there is nobody else."""
    one, *_ = await s.list("appointments.list", await busy(s))
    whom = await s.call("customers.get", one.customer.record_id)
    await s.call("customers.find", record_id=whom.record_id)
    key = s.settings.catalogue.key_field.slug
    await s.call("customers.find", key_value=whom.field(key).value)
    await s.call("customers.find", key_slug=key, key_value=NO_KEY)
    await s.call("customers.find", record_id=NOBODY)


@story(live=False, prepare=knobs(missing_status=HTTPStatus.NO_CONTENT))
async def customers_not_found_without_content(s: Scribe) -> None:
    await s.call("customers.find", key_value=NO_KEY)
    await s.call("customers.find", record_id=NOBODY)


@story(live=False, prepare=fault(path="*/customers/*", status=HTTPStatus.NO_CONTENT))
async def customer_without_content(s: Scribe) -> None:
    await s.refused("customers.get", NOBODY)


@story(
    live=False,
    given={"customer_path": "/{applicationId}/records/{customerRecordId}"},
    prepare=knobs(customer_path="/records/{customerRecordId}"),
)
async def customers_elsewhere(s: Scribe) -> None:
    whom = await customer(s)
    await s.call("customers.get", whom.record_id)


@story(live=False)
async def anything_else(s: Scribe) -> None:
    whom = await customer(s)
    await s.call("request", "GET", f"/calendars/{desk(s)}/vacancies", query={"serviceTypeId": first(s)[1]})
    await s.list("request_pages", f"/customers/{whom.record_id}", "fields")


# --- what can be changed ---------------------------------------------------------------------------------------------


@story(writes=True)
async def appointments_write(s: Scribe) -> None:
    """Book by the minute, move, and cancel with DELETE."""
    service, service_type = first(s)
    here, *_ = await s.list("calendars.list", service, weekday(s))
    free = await s.call("calendars.vacancies", here, service_type_id=service_type)
    about = {"service_type_id": service_type, "channel": Channel.FACE_TO_FACE, "contact_email": EMAIL}
    made = await s.call("appointments.book", here, start=free.minutes[0], **about)
    moved = await s.call("appointments.rebook", made, here, start=free.minutes[1], **about)
    await s.list("appointments.list", here)
    await s.call("appointments.cancel", here, moved.case_id)
    await s.refused("appointments.get", moved)


@story(writes=True, live=False)
async def booked_with_everything(s: Scribe) -> None:
    """Book a video call with every key that there is, at a time that is off the grid."""
    whom = await customer(s)
    here = await calendar(s)
    free = await s.call("calendars.vacancies", here, service_type_id="General question")
    made = await s.call(
        "appointments.book",
        here,
        service_type_id="General question",
        start=free.slots[1] + timedelta(minutes=4),
        channel=Channel.VIDEO,
        language="he-IL",
        customer_record_id=whom.record_id,
        contact_phone_number=PHONE,
        contact_email=EMAIL,
        bypass_timeslot_check=True,
        prevent_self_check_in=True,
        fields={"Reason of the visit": "Lost “passport” 🙂"},
        tag_ids=["VIP"],
    )
    await s.call("appointments.get", made)
    await s.call("appointments.cancel", made)


async def for_a_customer(s: Scribe) -> None:
    """Book for a customer, where the service demands one."""
    whom, here = await customer(s), await calendar(s, "Passport office")
    await s.call("appointments.book", here, start=600, customer_record_id=whom.record_id, **FACE_TO_FACE)


@story(writes=True, live=False, prepare=knobs(customer_record_key="cusotmerRecordId"))
async def booked_for_a_customer(s: Scribe) -> None:
    """Spell the key as the vendor's page does."""
    await for_a_customer(s)


@story(
    writes=True,
    live=False,
    given={"customer_record_key": "customerRecordId"},
    prepare=knobs(customer_record_key="customerRecordId"),
)
async def booked_for_a_customer_spelt_right(s: Scribe) -> None:
    await for_a_customer(s)


@story(writes=True, live=False, given={"customer_record_key": "both"})
async def booked_for_a_customer_spelt_both_ways(s: Scribe) -> None:
    await for_a_customer(s)


@story(writes=True, live=False, prepare=knobs(customer_record_key="customerRecordId"))
async def booked_for_nobody(s: Scribe) -> None:
    """Spell the key as the server does not: it takes no notice, and the difference is seen."""
    whom = await customer(s)
    await s.call("appointments.book", desk(s), start=600, customer_record_id=whom.record_id, **FACE_TO_FACE)


@story(
    writes=True,
    live=False,
    given={"check_bookings": False, "phone_format": "e164"},
    prepare=knobs(answer_has_appointment=True, ticket_numbers_as_text=True, phone_format="e164"),
)
async def booked_unchecked(s: Scribe) -> None:
    """Take the answer's word for it, where it has an appointment and a ticket whose number is text."""
    here = await calendar(s, "Island line")
    free = await s.call("calendars.vacancies", here, service_type_id="Advice call")
    about = {"service_type_id": "Advice call", "channel": Channel.PHONE, "contact_phone_number": f"+1{SENT}"}
    await s.call("appointments.book", here, start=free.slots[-1], **about)


def changing(booking: Mapping[str, Any]) -> dict[str, Any]:
    """Make another matter of a booking, as an organization's hook may."""
    return {"serviceTypeId": "a4f01c22-77d0-4c3c-9d53-2f0b8e61a902", "channel": "Video"} if booking else {}


@story(writes=True, live=False, prepare=knobs(before_book=changing))
async def booked_otherwise(s: Scribe) -> None:
    await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)


@story(writes=True, live=False, prepare=knobs(before_book=lambda booking: {"cancel": "There is a fire drill."}))
async def refused_by_the_hook(s: Scribe) -> None:
    await s.refused("appointments.book", desk(s), start=600, **FACE_TO_FACE)


@story(writes=True, live=False)
async def refused_as_taken(s: Scribe) -> None:
    """Book a time twice; move onto oneself; book when nobody works."""
    made = await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.refused("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.refused("appointments.rebook", made, desk(s), start=600, **FACE_TO_FACE)
    await s.refused("appointments.book", desk(s), start=1200, bypass_timeslot_check=True, **FACE_TO_FACE)


@story(
    writes=True,
    live=False,
    given={"slot_taken_statuses": (409, 422)},
    prepare=knobs(taken_status=HTTPStatus.UNPROCESSABLE_ENTITY),
)
async def refused_as_taken_otherwise(s: Scribe) -> None:
    await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.refused("appointments.book", desk(s), start=600, **FACE_TO_FACE)


@story(writes=True, live=False, prepare=knobs(cancel_forms={"delete"}))
async def cancelled_twice(s: Scribe) -> None:
    made = await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.call("appointments.cancel", made)
    await s.refused("appointments.cancel", str(made.reference))


@story(
    writes=True,
    live=False,
    given={"cancel_method": "POST", "cancel_path": ACTION},
    prepare=knobs(cancel_forms={"action"}),
)
async def cancelled_by_action(s: Scribe) -> None:
    made = await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.call("appointments.cancel", made)


@story(
    writes=True,
    live=False,
    given={"cancel_method": "POST", "cancel_path": CASE_ACTION},
    prepare=knobs(cancel_forms={"case_action"}),
)
async def cancelled_by_case_action(s: Scribe) -> None:
    made = await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.call("appointments.cancel", made)
    await s.refused("appointments.cancel", made)


@story(writes=True, live=False, prepare=knobs(cancel_forms={"action"}))
async def cancelled_in_the_wrong_form(s: Scribe) -> None:
    await s.refused("appointments.cancel", desk(s), NOBODY)


@story(
    writes=True,
    live=False,
    prepare=fault(method="DELETE", status=HTTPStatus.CONFLICT, body={"errorCode": 1002}),
)
async def moved_and_not_cancelled(s: Scribe) -> None:
    """Move what another user has locked: both appointments stand, and both are named."""
    made = await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.refused("appointments.rebook", made, desk(s), start=630, **FACE_TO_FACE)


@story(writes=True, live=False)
async def customers_write(s: Scribe) -> None:
    made = await s.call("customers.create", fields=PERSON)
    await s.call("customers.get", made.record_id)
    await s.call("customers.update", made.record_id, fields={"Email": EMAIL, "customer-first-name": None})
    await s.call("customers.find", key_value=PERSON["National id"])
    await s.refused("customers.create", fields=PERSON)
    await s.refused("customers.create", fields={"Email": EMAIL})
    await s.refused("customers.update", made.record_id, fields={"Last name": ""})


@story(writes=True, live=False)
async def queue_write(s: Scribe) -> None:
    whom = await customer(s)
    await s.call(
        "queue.join",
        "Front desk",
        service_type_id="General question",
        channel=Channel.FACE_TO_FACE,
        language="es-US",
        contact_phone_number=PHONE,
        contact_email=ANOTHER_EMAIL,
        fields={"Reason of the visit": "A question"},
        tag_ids=["VIP"],
    )
    await s.call(
        "queue.join", "Front desk", customer_record_id=whom.record_id, use_customer_contact_info=True, **FACE_TO_FACE
    )
    await s.refused("queue.join", "Passport office", **FACE_TO_FACE)


@story(writes=True, live=False)
async def told_of_a_booking(s: Scribe) -> None:
    """Read what the vendor's webhook would say."""
    made = await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    body = json.dumps(
        {
            "caseId": made.case_id,
            "serviceId": made.reference.service_id,
            "status": "Planned",
            "ticket": {"prefix": "B", "number": "12", "suffix": None},
            "appointment": {"date": f"{weekday(s)}T00:00:00", "cuIndex": 0, "start": 600},
        }
    ).encode()
    path = f"/cubu/service/actions/{WebhookAction.AFTER_BOOK_APPOINTMENT.value}"
    s.said("webhooks.verify", body, sign(body, key=HOOK_KEY), key=HOOK_KEY, path=path)


# --- when an answer is lost ------------------------------------------------------------------------------------------


@story(writes=True, live=False)
async def resolved(s: Scribe) -> None:
    """Find an appointment as if the answer had been lost."""
    made = await s.call("appointments.book", desk(s), start=600, contact_email=EMAIL, **FACE_TO_FACE)
    await s.call("resolve", s.attempts[-1])
    await s.call("appointments.cancel", made)


@story(writes=True, live=False, prepare=fault(method="POST", path=APPOINTMENTS, commit=True))
async def lost_and_booked(s: Scribe) -> None:
    await s.call("appointments.book", desk(s), start=600, contact_phone_number=PHONE, **FACE_TO_FACE)


@story(writes=True, live=False, prepare=fault(method="POST", path=APPOINTMENTS))
async def lost_and_not_booked(s: Scribe) -> None:
    await s.refused("appointments.book", desk(s), start=600, contact_phone_number=PHONE, **FACE_TO_FACE)


@story(writes=True, live=False, prepare=fault(method="DELETE", commit=True))
async def lost_and_cancelled(s: Scribe) -> None:
    made = await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.call("appointments.cancel", made)


@story(writes=True, live=False, prepare=fault(method="POST", path="*/customers", commit=True))
async def lost_and_created(s: Scribe) -> None:
    await s.call("customers.create", fields=PERSON)


@story(writes=True, live=False, prepare=fault(method="POST", path="*/cases", commit=True))
async def lost_and_queued(s: Scribe) -> None:
    """Nobody can look this up."""
    await s.refused("queue.join", "Front desk", **FACE_TO_FACE)


@story(writes=True, live=False, prepare=fault(method="GET", path=APPOINTMENTS))
async def booked_and_not_looked_up(s: Scribe) -> None:
    """The look at the calendar fails; the booking stands."""
    await s.call("appointments.book", desk(s), start=600, **FACE_TO_FACE)


# --- how it says no --------------------------------------------------------------------------------------------------


@story(given={"client_secret": "wrong-secret-no-secret"})
async def refused_secret(s: Scribe) -> None:
    await s.refused("calendars.list", first(s)[0], weekday(s))


@story(live=False, given={"client_id": "client-of-nobody"})
async def refused_client(s: Scribe) -> None:
    await s.refused("calendars.list", first(s)[0], weekday(s))


@story(live=False, given={"scope": "something/else"})
async def refused_scope(s: Scribe) -> None:
    await s.refused("calendars.list", first(s)[0], weekday(s))


@story(live=False, given={"scope": "api://something/.default"}, prepare=knobs(scope="api://something/.default"))
async def another_scope(s: Scribe) -> None:
    await s.list("calendars.list", first(s)[0], weekday(s))


@story(
    live=False,
    prepare=fault(
        path="*/calendars/*", status=HTTPStatus.UNAUTHORIZED, headers={"www-authenticate": "Bearer"}, body=b""
    ),
)
async def refused_token(s: Scribe) -> None:
    """Ask for another token, and once more for what was asked."""
    await s.list("calendars.list", first(s)[0], weekday(s))
    await s.call("customers.find", key_value=NO_KEY)


@story(live=False, prepare=roles("Customers Manager"))
async def refused_role_for_appointments(s: Scribe) -> None:
    await s.refused("calendars.list", "Front desk", weekday(s))
    await s.refused("appointments.book", desk(s), start=600, **FACE_TO_FACE)
    await s.refused("queue.join", "Front desk", **FACE_TO_FACE)


@story(live=False, prepare=roles("Appointments Manager", "Case Manager"))
async def refused_role_for_customers(s: Scribe) -> None:
    await s.refused("customers.find", key_value=KEY)
    await s.refused("customers.create", fields=PERSON)


@story()
async def refused_reads(s: Scribe) -> None:
    service, service_type = first(s)
    await s.refused("calendars.list", NOBODY, weekday(s))
    await s.refused("calendars.vacancies", f"{NOBODY}/{weekday(s)}/0", service_type_id=service_type)
    await s.refused("calendars.vacancies", f"{service}/{weekday(s)}/0", service_type_id=NOBODY)
    await s.refused("appointments.list", f"{NOBODY}/{weekday(s)}/0")
    await s.refused("customers.get", NOBODY)
    await s.refused("request", "GET", f"/{NOWHERE}")


@story(writes=True, live=False)
async def refused_writes(s: Scribe) -> None:
    """Leave out what a service demands, and send what no server takes: every field is named."""
    await s.refused("appointments.book", desk(s, "Passport office"), start=600, **FACE_TO_FACE)
    await s.refused("appointments.book", desk(s, "Island line"), start=600, **FACE_TO_FACE)
    await s.refused("appointments.book", desk(s, "Night line"), start=600, **FACE_TO_FACE)
    await s.refused("appointments.book", desk(s), start=600, customer_record_id=NOBODY, **FACE_TO_FACE)
    await s.refused("appointments.cancel", desk(s), NOBODY)
    await s.refused("customers.update", NOBODY, fields={"Email": EMAIL})
    await s.refused("queue.join", NOBODY, **FACE_TO_FACE)
    body = {"startTime": "10:00", "channel": "Telepathy", "tagIds": [NOBODY]}
    await s.refused("request", "POST", f"/calendars/{desk(s)}/appointments", json=body)


@story(
    live=False,
    prepare=fault(
        path="*/vacancies",
        status=HTTPStatus.BAD_REQUEST,
        headers={"content-type": "application/problem+json"},
        body=PROBLEM,
    ),
)
async def refused_with_problem_details(s: Scribe) -> None:
    await s.refused("calendars.vacancies", desk(s), service_type_id="Passport renewal")


@story(
    live=False,
    prepare=fault(method="DELETE", status=HTTPStatus.CONFLICT, body={"errorCode": 1001, "message": "Invalid status"}),
)
async def refused_with_a_published_code(s: Scribe) -> None:
    await s.refused("appointments.cancel", desk(s), NOBODY)


@story(
    live=False,
    prepare=fault(path=APPOINTMENTS, status=500, headers={"content-type": "text/plain"}, body="Something is wrong"),
)
async def refused_in_plain_text(s: Scribe) -> None:
    await s.refused("appointments.list", desk(s))


TOO_MANY = fault(path=QUERY, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"retry-after": "9"}, body=b"")


@story(live=False, prepare=TOO_MANY)
async def too_many(s: Scribe) -> None:
    await s.refused("customers.find", key_value=NO_KEY)


@story(live=False, prepare=TOO_MANY, retry=RetryPolicy())
async def too_many_waited_for(s: Scribe) -> None:
    await s.call("customers.find", key_value=NO_KEY)
