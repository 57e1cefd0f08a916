"""A booking's body: checked against everything that is known, before anything is sent; and what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from apptsdk import inputs
from apptsdk.operation import whole_number
from apptsdk.providers.cubu.ids import guid
from apptsdk.providers.cubu.models import (
    AppointmentBook,
    Calendar,
    CalendarRef,
    Case,
    CaseRef,
    Channel,
    Difference,
)
from apptsdk.providers.cubu.models.shared import camel, case_in
from apptsdk.providers.cubu.times import DAY, wall_clock
from apptsdk.shapes import is_mapping
from apptsdk.showing import in_zone

if TYPE_CHECKING:
    from collections.abc import Mapping

    R = TypeVar("R", CalendarRef, CaseRef)

    from apptsdk.providers.cubu.models import QueueJoin
    from apptsdk.providers.cubu.scope import Scope

_SEPARATORS: Final = re.compile(r"[\s().-]+")
_TEN: Final = re.compile(r"[0-9]{10}")
_SLASHES: Final = 3
_QUARTER: Final = 15 * 60
"""Seconds by which zones differ at least. Less says nothing: the vendor's own sample is eleven minutes off."""


def reference_of(calendar: Calendar | CalendarRef | str) -> CalendarRef:
    """Read a calendar that a caller gave, in whichever form.

    Args:
        calendar: The calendar.

    Returns:
        What names it.

    Raises:
        TypeError: It is something else.
        ValueError: It is malformed.
    """
    if isinstance(calendar, Calendar):
        return calendar.reference
    if isinstance(calendar, str):
        return _parsed(CalendarRef, calendar, "calendar", "Pass a Calendar of calendars.list(...), or its reference.")
    if not isinstance(calendar, CalendarRef):
        hint = " Pass its .calendar." if isinstance(calendar, CaseRef) else ""
        raise TypeError(f"calendar must be a Calendar, its reference or the text of that, not {_name(calendar)}.{hint}")
    return calendar


def _name(value: object) -> str:
    return type(value).__name__


def _parsed(kind: type[R], text: str, argument: str, hint: str) -> R:
    try:
        return kind.parse(text)
    except ValueError as error:
        why = str(error)
    raise ValueError(f"{argument}: {why} {hint}")


def case_of(appointment: Calendar | CalendarRef | Case | CaseRef | str, case_id: str | None) -> CaseRef:
    """Read an appointment that a caller gave, in whichever form.

    Args:
        appointment: The appointment; or, with `case_id`, its calendar.
        case_id: The case's GUID, where the first is a calendar.

    Returns:
        What names it.

    Raises:
        TypeError: It is something else.
        ValueError: It is malformed, or does not say in which calendar it is.
    """
    if isinstance(appointment, Case):
        found = appointment.reference
        if found is None:
            raise ValueError(
                "This case is in no calendar, as far as it says. A walk-in is in none: Cubu publishes no way to cancel "
                "it. Of an appointment, give the calendar and its case_id."
            )
    elif isinstance(appointment, CaseRef):
        found = appointment
    elif isinstance(appointment, str) and (case_id is None or appointment.count("/") == _SLASHES):
        found = _parsed(
            CaseRef,
            appointment,
            "appointment",
            "A case_id alone names no appointment: pass the Booking or its reference, or the calendar and case_id.",
        )
    else:
        if not isinstance(appointment, Calendar | CalendarRef | str):
            raise TypeError(
                "appointment must be a Booking or another Case, its reference or the text of that, or, with case_id, "
                f"its calendar; not {_name(appointment)}."
            )
        calendar = reference_of(appointment)
        if case_id is None:
            raise ValueError("case_id is missing: a calendar alone names no appointment.")
        return case_in(calendar, case_id)
    if case_id is not None and guid(case_id, "case_id") != found.case_id:
        raise ValueError("case_id is another one than the appointment's.")
    return found


# --- the body --------------------------------------------------------------------------------------------------------


def start_of(scope: Scope, reference: CalendarRef, start: object) -> tuple[int, datetime | None]:
    """Find when a booking begins, by the service's clock.

    Args:
        scope: Within what.
        reference: The calendar.
        start: What the caller gave: an aware datetime, or minutes.

    Returns:
        The minutes since midnight; and the moment, where it is known.

    Raises:
        TypeError: It is something else.
        ValueError: It is not on the calendar's day, no whole minute, or not from 0 to 1439.
        ConfigurationError: It is a datetime, and nobody says in which zone the service is.
    """
    if isinstance(start, int):
        return whole_number(start, "start", 0, DAY - 1, "minutes since midnight"), None
    if not isinstance(start, datetime):
        raise TypeError(
            "start must be an aware datetime, or an int: minutes since midnight by the service's clock; "
            f"not {type(start).__name__}."
        )
    zone = scope.zone(reference.service_id)
    day, minutes = wall_clock(start, zone, "start")
    if day != reference.date:
        raise ValueError(
            f"start is on {day} by the service's clock ({zone.key}), and the calendar is of {reference.date}."
        )
    return minutes, start


def body_of(scope: Scope, matter: AppointmentBook | QueueJoin, minutes: int | None = None) -> dict[str, object]:
    """Write what a case is made from.

    Args:
        scope: Within what.
        matter: What the caller gave.
        minutes: When it begins, where it is an appointment.

    Returns:
        The JSON body. What was not given is left out.

    Raises:
        TypeError: A value is of the wrong type.
        ValueError: A value is malformed; the message names the argument.
    """
    service_type_id = scope.catalogue.service_type_id(matter.service_type_id, "service_type_id")
    body: dict[str, object] = {
        "service_type_id": service_type_id,
        "start": minutes,
        "channel": _channel(scope, service_type_id, matter.channel),
        "language": _language(scope, matter.language),
        "contact_phone_number": phone_of(scope, matter.contact_phone_number, "contact_phone_number"),
        "contact_email": None if matter.contact_email is None else inputs.email(matter.contact_email, "contact_email"),
        "fields": None if matter.fields is None else fields_of(scope, matter.fields),
        "tag_ids": None if matter.tag_ids is None else _tags(scope, matter.tag_ids),
    }
    for name in ("bypass_timeslot_check", "prevent_self_check_in", "use_customer_contact_info"):
        flag: object = getattr(matter, name, None)
        if flag is not None and not isinstance(flag, bool):
            raise TypeError(f"{name} must be bool, not {type(flag).__name__}.")
        body[name] = flag
    written = {matter.placed.get(name, camel(name)): value for name, value in body.items() if value is not None}
    if matter.customer_record_id is not None:
        record_id = guid(matter.customer_record_id, "customer_record_id")
        written |= dict.fromkeys(scope.customer_keys, record_id)
    return written


def check_calendar(scope: Scope, calendar: object, matter: AppointmentBook, minutes: int) -> None:
    """Hold a booking against what its calendar says of itself, where the caller gave the whole calendar.

    Args:
        scope: Within what.
        calendar: What the caller gave.
        matter: The booking.
        minutes: When it begins.

    Raises:
        ValueError: The calendar requires something that is missing, or is not worked then.
    """
    if not isinstance(calendar, Calendar):
        return
    required = {
        "customer_record_id": calendar.is_customer_required,
        "contact_phone_number": calendar.is_phone_number_required,
        "contact_email": calendar.is_email_required,
    }
    if missing := [name for name, needed in required.items() if needed and getattr(matter, name) is None]:
        raise ValueError(f"The service requires {' and '.join(missing)} for a booking. Nothing was sent.")
    if matter.bypass_timeslot_check and calendar.working_hours is not None:
        service_type = scope.catalogue.find_service_type(
            scope.catalogue.service_type_id(matter.service_type_id, "service_type_id")
        )
        duration = None if service_type is None else service_type.duration
        end = minutes + (1 if duration is None else int(duration.total_seconds()) // 60)
        if not any(hours.start <= minutes and end <= hours.end for hours in calendar.working_hours):
            worked = ", ".join(f"{_clock(hours.start)}-{_clock(hours.end)}" for hours in calendar.working_hours)
            raise ValueError(
                f"start is outside the working hours ({worked or 'none'}), which bypass_timeslot_check does not bypass."
            )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _channel(scope: Scope, service_type_id: str, value: object) -> Channel:
    if not isinstance(value, str):
        raise TypeError(f"channel must be a Channel, not {type(value).__name__}.")
    if value not in {member.value for member in Channel}:
        raise ValueError(f"channel must be a Channel: one of {', '.join(repr(member.value) for member in Channel)}.")
    service_type = scope.catalogue.find_service_type(service_type_id)
    if service_type is not None and service_type.channels and value not in service_type.channels:
        offered = ", ".join(channel.value for channel in service_type.channels)
        raise ValueError(f"channel is not one that {service_type.name} offers by the catalogue: {offered}.")
    return Channel(value)  # not its value: a message may speak of it


def _language(scope: Scope, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"language must be a str such as 'en-US', not {type(value).__name__}.")
    known = {one.lower(): one for one in scope.catalogue.languages}
    if known and value.lower() not in known:
        raise ValueError(f"language must be one of {', '.join(known.values())}.")
    return known.get(value.lower()) or inputs.line(value, "language")


def phone_of(scope: Scope, value: object, argument: str) -> str | None:
    """Check a phone number, and write it as `phone_format` in the settings has it.

    Args:
        scope: Within what.
        value: What the caller gave.
        argument: The argument's name, for the message.

    Returns:
        The number; None for none.

    Raises:
        TypeError: It is no str.
        ValueError: It cannot be written so.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.")
    digits = _SEPARATORS.sub("", value)
    if scope.phone_format == "ten_digits" and not _TEN.fullmatch(digits):
        raise ValueError(
            f'{argument} must have ten digits, such as "2025550123", as the vendor\'s page says. If your Cubu '
            "takes international numbers, set phone_format in CubuSettings (CUBU_PHONE_FORMAT)."
        )
    if scope.phone_format == "e164" and not inputs.is_e164(digits):
        raise ValueError(f'{argument} must be an E.164 number, such as "+12025550123".')
    return digits if scope.phone_format != "any" else inputs.line(value, argument)


def fields_of(scope: Scope, fields: object) -> dict[str, object]:
    """Write values of the organization's own fields, by their field types' GUIDs.

    Args:
        scope: Within what.
        fields: What the caller gave.

    Returns:
        A dict for the JSON library.

    Raises:
        TypeError: It is no mapping, or a value is neither a str, a number, a bool nor None.
        ValueError: A field is not known, or given twice; or a number is not finite.
    """
    if not is_mapping(fields):
        raise TypeError(f"fields must be a mapping of field types to values, not {type(fields).__name__}.")
    written: dict[str, object] = {}
    for name, value in fields.items():
        if not isinstance(name, str):
            raise TypeError(f"The keys of fields must be str, not {type(name).__name__}.")
        field_type_id = scope.catalogue.field_type_id(name, f"fields[{name!r}]")
        plain = inputs.scalar(value, f"fields[{name!r}]")
        if field_type_id in written:
            raise ValueError(f"fields names {field_type_id} twice.")
        written[field_type_id] = plain
    return written


def _tags(scope: Scope, values: Sequence[str]) -> list[str]:
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise TypeError(f"tag_ids must be a list or a tuple, not {type(values).__name__}.")
    tags = [scope.catalogue.tag_id(value, f"tag_ids[{index}]") for index, value in enumerate(values)]
    return [*dict.fromkeys(tags)]


# --- what came of it -------------------------------------------------------------------------------------------------


def clues_of(
    reference: CalendarRef, matter: AppointmentBook, body: Mapping[str, object], moment: datetime | None
) -> dict[str, str]:
    """Keep of a booking what is needed to find it again, and to see what became of it.

    Args:
        reference: The calendar.
        matter: The booking.
        body: Its body.
        moment: When it begins, where it is known.

    Returns:
        The clues.
    """
    clues = {
        "service_id": reference.service_id,
        "date": reference.date.isoformat(),
        "cu_index": str(reference.cu_index),
        "start": str(body["startTime"]),
        "starts_at": None if moment is None else moment.astimezone(UTC).isoformat(),
        "service_type_id": body["serviceTypeId"],
        "channel": body["channel"],
        "language": body.get("language"),
        "customer_record_id": None if matter.customer_record_id is None else matter.customer_record_id.lower(),
        "contact_phone_number": body.get("contactPhoneNumber"),
        "contact_email": body.get("contactEmail"),
    }
    return {name: value if isinstance(value, str) else str(value) for name, value in clues.items() if value is not None}


def differences(clues: Mapping[str, str], case: Case) -> tuple[Difference, ...]:
    """Say where a booking is otherwise than it was asked for, as far as the vendor says.

    Args:
        clues: What was asked for.
        case: What there is.

    Returns:
        The differences.
    """
    due = case.appointment
    got: dict[str, tuple[bool, object]] = {
        "service_type_id": (case.was_sent("service_type_id"), case.service_type_id),
        "channel": (case.was_sent("channel"), case.channel),
        "language": (case.was_sent("language"), case.language),
        "customer_record_id": (case.was_sent("customer"), case.customer and case.customer.record_id),
        "start": (due is not None and due.was_sent("start"), due and due.start),
    }
    found = [
        Difference(field=name, asked=str(clues[name]), got=None if value is None else str(value))
        for name, (sent, value) in got.items()
        if name in clues and sent and str(value).lower() != clues[name].lower()
    ]
    moment = (due.time_utc if due is not None else None) or case.reference_date
    asked = clues.get("starts_at")
    if asked is not None and moment is not None:
        away = abs((moment - datetime.fromisoformat(asked)).total_seconds())
        if away >= _QUARTER:
            found.append(Difference(field="starts_at", asked=asked, got=in_zone(moment, UTC).isoformat()))
    return tuple(found)
