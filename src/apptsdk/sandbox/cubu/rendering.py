"""How the vendor shows calendars, cases and customers."""

from typing import Any

from apptsdk.sandbox.cubu.ask import Ask
from apptsdk.sandbox.cubu.knobs import Knobs
from apptsdk.sandbox.cubu.records import Calendar, Case, User
from apptsdk.sandbox.cubu.seed import DATA_TABLE, EMAIL, PHONE
from apptsdk.sandbox.cubu.times import local
from apptsdk.sandbox.cubu.world import World

Shown = dict[str, Any]

_SELF_WINDOW, _AGENTS_WINDOW = 30, 90
_PICTURES = "https://pictures.example.com"
_MEETINGS = "https://meetings.example.com"
_COLOR = "#2a9d8f"
_RANK = 3.7e37


def user(row: User | None) -> Shown | None:
    """Show an agent.

    Args:
        row: the agent; None for nobody.
    """
    if row is None:
        return None
    return {
        "userId": row.id,
        "displayName": row.name,
        "initials": row.initials,
        "picture": f"{_PICTURES}/{row.id}.png",
    }


def calendar(world: World, row: Calendar) -> Shown:
    """Show a calendar.

    Args:
        world: where it is.
        row: the calendar.
    """
    service = row.service
    ahead = (row.date - world.now().astimezone(service.zone).date()).days
    return {
        "serviceId": service.id,
        "date": local(row.date, 0).isoformat(),
        "cuIndex": row.cu_index,
        "calendarTimestamp": world.stamp_of(row),
        "serviceName": service.name,
        "serviceCategoryId": service.category.id,
        "serviceCategoryName": service.category.name,
        "isCustomerRequired": service.customer_required,
        "isPhoneNumberRequired": service.phone_required,
        "isEmailRequired": service.email_required,
        "customersDataTableId": DATA_TABLE,
        "phoneNumberFieldTypeId": PHONE if service.phone_required else None,
        "emailFieldTypeId": EMAIL if service.email_required else None,
        "workingHours": [{"start": start, "end": end} for start, end in row.hours],
        "user": user(row.desk.user),
        "allowAnonymousAgentBooking": row.desk.user is None,
        "inboxId": service.inbox.id,
        "inboxName": service.inbox.name,
        "isInAgentsBookingWindow": 0 <= ahead <= _AGENTS_WINDOW,
        "agentsBookingActive": True,
        "isInSelfBookingWindow": 0 <= ahead <= _SELF_WINDOW,
        "selfBookingActive": True,
        "stats": _stats(world, row),
        "isPastDate": ahead < 0,
        "issues": [],
    }


def _stats(world: World, row: Calendar) -> Shown:
    dues = [due for case in world.booked(row) if (due := case.appointment) is not None]
    capacity = sum(end - start for start, end in row.hours)
    booked = sum(due.duration for due in dues)
    likely = round(sum((due.duration * (1 - due.no_show) for due in dues), 0.0), 6)
    return {
        "appointmentCount": len(dues),
        "capacityMinutes": capacity,
        "minutesBooked": booked,
        "bookingRate": booked / capacity if capacity else 0.0,
        "compMinutesBooked": likely,
        "compBookingRate": likely / capacity if capacity else 0.0,
        "isFullyBooked": booked >= capacity,
    }


def appointment(case: Case) -> Shown | None:
    """Show when and where a case is due.

    Args:
        case: the case; a walk-in is due nowhere.
    """
    due = case.appointment
    if due is None:
        return None
    return {
        "serviceId": case.service.id,
        "date": local(due.calendar.date, 0).isoformat(),
        "cuIndex": due.calendar.cu_index,
        "start": due.start,
        "timeLocal": local(due.calendar.date, due.start).isoformat(),
        "timeUtc": case.reference_date,
        "timeZoneId": case.service.windows,
        "duration": due.duration,
        "noShowProbability": due.no_show,
        "reservationToken": None,
        "reservationExpiryDate": None,
    }


def ticket(case: Case, knobs: Knobs) -> Shown:
    """Show a ticket.

    Args:
        case: whose it is.
        knobs: say whether its number is a string.
    """
    number = str(case.ticket) if knobs.ticket_numbers_as_text else case.ticket
    return {"prefix": case.service.prefix, "suffix": None, "number": number}


def customer(world: World, id_: str | None) -> Shown | None:
    """Show who a customer is.

    Args:
        world: where it is.
        id_: its id; None for nobody.
    """
    if id_ is None:
        return None
    return {"dataTableId": DATA_TABLE, "recordId": id_, "displayName": world.display_name(world.customers[id_])}


def _meeting(case: Case) -> Shown | None:
    if case.channel != "Video":
        return None
    return {
        "provider": "Teams",
        "meetingId": f"meeting-{case.id}",
        "hostUrl": f"{_MEETINGS}/host/{case.id}",
        "participantsUrl": f"{_MEETINGS}/join/{case.id}",
        "dateCreated": case.opened,
    }


def case(world: World, row: Case, knobs: Knobs) -> Shown:
    """Show a case.

    Args:
        world: where it is.
        row: the case.
        knobs: say how a ticket's number is written.
    """
    service, kind = row.service, row.service_type
    return {
        "caseId": row.id,
        "appointment": appointment(row),
        "ticket": ticket(row, knobs),
        "serviceCategoryId": service.category.id,
        "serviceCategoryName": service.category.name,
        "serviceTypeId": kind.id,
        "serviceTypeName": kind.name,
        "serviceTypeColorCode": kind.color,
        "status": row.status,
        "statusDate": row.status_date,
        "referenceDate": row.reference_date,
        "dateOpened": row.opened,
        "dateClosed": row.closed,
        "assignedTo": None,
        "lockedBy": None,
        "customer": customer(world, row.customer_id),
        "onlineMeeting": _meeting(row),
        "channel": row.channel,
        "language": row.language,
        "rank": _RANK + row.ticket * 1e33,
        "unitId": service.unit.id,
        "unitName": service.unit.name,
        "inboxId": service.inbox.id,
        "inboxName": service.inbox.name,
        "inboxColorCode": _COLOR,
        "caseTimestamp": row.status_date,
        "workstationId": None,
        "workstationName": None,
        "printedTicket": False,
        "contactPhoneNumber": row.phone,
        "contactEmail": row.email,
        "entryMode": row.entry_mode,
        "fields": dict(row.fields) or None,
        "tags": list(row.tag_ids) or None,
    }


def opened(ask: Ask, row: Case, position: int | None = None) -> Shown:
    """Show a case that was just booked or queued.

    Args:
        ask: the call.
        row: the case.
        position: its place in the queue; None for an appointment.
    """
    due = row.appointment
    said: Shown = {
        "caseId": row.id,
        "status": row.status,
        "referenceDate": row.reference_date,
        "inboxId": row.service.inbox.id,
        "inboxName": row.service.inbox.name,
        "channel": row.channel,
        "language": row.language,
        "ticket": ticket(row, ask.knobs),
        "queueTimestamp": row.queue_timestamp,
        "position": position,
        "calendarTimestamp": None if due is None else ask.world.stamp_of(due.calendar),
        "ticketUrl": f"{ask.call.base_url}/t/{row.id}",
    }
    return {**said, "appointment": appointment(row)} if due and ask.knobs.answer_has_appointment else said
