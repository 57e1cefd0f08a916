"""Appointments, and blocks on the schedule.

What NexHealth accepts it writes to the practice's own system later: see `wait_until_written`.

https://docs.nexhealth.com/reference/getappointments
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from apptsdk.errors import (
    ApptError,
    AuthenticationError,
    NoAnswerError,
    NotFoundError,
    RateLimitError,
    RequestNotSentError,
    ServerError,
)
from apptsdk.messages import remark
from apptsdk.models import UNSET, Id, Unset
from apptsdk.moments import aware
from apptsdk.operation import NOW, OFFSET, Flow, Instant, Listing, Operation, Pause, Remembered, whole_number
from apptsdk.providers.nexhealth.errors import NotWrittenError
from apptsdk.providers.nexhealth.models import (
    Appointment,
    AppointmentCreate,
    AppointmentUpdate,
    Descriptor,
    Location,
    WriteState,
)
from apptsdk.providers.nexhealth.operations import locations
from apptsdk.providers.nexhealth.queries import (
    MAX_PER_SLOT,
    AppointmentGet,
    AppointmentQuery,
    DescriptorQuery,
    KeysOwn,
)
from apptsdk.providers.nexhealth.recovery import APPOINTMENTS, NOT_ID, text
from apptsdk.providers.nexhealth.resource import Resource, listed
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import identifier
from apptsdk.recovery import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import BookingAttempt
    from apptsdk.operation import Script

resource: Final = Resource(
    "appointments",
    "an appointment",
    Appointment,
    AppointmentCreate,
    AppointmentUpdate,
    AppointmentQuery,
    AppointmentGet,
    keys=("appt", "appointment"),
    finder=APPOINTMENTS,
)
list = resource.list  # noqa: A001 - the verb's name
get = resource.get

T = TypeVar("T")

MAX_NOTE: Final = 128
_WAIT: Final = "nexhealth.appointments.wait_until_written"
_PASSING: Final = (NoAnswerError, RateLimitError, RequestNotSentError, ServerError)
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0


def create(scope: Scope, body: AppointmentCreate) -> Flow[Appointment]:
    """Book an appointment, or block the schedule.

    NexHealth accepts it at once, and refuses a time that is taken; the practice's own system has it only once
    `write_state` says WRITTEN. Before the booking the office's settings are read (once an hour): an office that takes
    no bookings from outside is warned about, and a missing operatory is refused where it is needed.

    Args:
        scope: Within what.
        body: The fields.

    Returns:
        The new appointment.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed or missing; nothing was sent.
        ConfigurationError: The practice or the office is not known.
        SlotUnavailableError: The time is no longer free.
        ValidationError: The vendor refuses a field, for instance a type that the operatory or the hours do not have.
        OutcomeUnknownError: It may have been made; nobody could say.
    """
    return booking_of(scope, body)


def booking_of(scope: Scope, body: AppointmentCreate, old: Id | None = None) -> Flow[Appointment]:
    """Book an appointment, maybe in an old one's place; see `create`.

    Args:
        scope: Within what.
        body: The fields.
        old: The id of what it is booked instead of: a lost answer does not lead to that one.

    Returns:
        The new appointment.
    """
    body = attrs.evolve(
        body,
        end_time=_given(body.end_time),
        operatory_id=_given(body.operatory_id),
        appointment_type_id=_given(body.appointment_type_id),
    )
    _check(body)
    operation = resource.create(scope, body)
    office = scope.location(body.location_id)
    where = "" if body.operatory_id is UNSET else f" in operatory {body.operatory_id}"
    slot = f"provider {body.provider_id} at location {office}{where}, {body.start_time.astimezone(UTC).isoformat()}"
    clues = dict(operation.clues)
    if body.is_guardian is True:
        clues.pop("patient_id", None)  # the guardian's; the appointment may be the dependent's
    if old is not None:
        clues[NOT_ID] = str(old)
    operation = attrs.evolve(operation, slot=slot, clues=clues)

    def script() -> Script[Appointment]:
        yield from look(scope, body)
        return (yield from operation)

    return Flow(operation.name, script)


def look(scope: Scope, body: AppointmentCreate) -> Script[None]:
    """Look at the office's own settings before a booking, as far as the client looks at all.

    Args:
        scope: Within what.
        body: What is to be booked.

    Returns:
        A script.

    Raises:
        ValueError: When it runs: the office books by operatory, and none is given.
    """
    office = scope.location(body.location_id)
    if not scope.check_location or office is None:
        return
    settings = yield from _settings(scope, office)
    if settings is not None and settings.map_by_operatory is True and _given(body.operatory_id) is UNSET:
        settings = yield from _settings(scope, office, fresh=True)  # what is refused is refused for today
    if settings is not None:
        _look_at(settings, body)


def _given(value: T | Unset | None) -> T | Unset:
    """Read None as not given: slots may have no operatory, and are handed on as they are."""
    return UNSET if value is None else value


def _check(body: AppointmentCreate) -> None:
    _check_order(body.start_time, body.end_time)
    if body.patient_id is UNSET and body.unavailable is not True:
        raise ValueError("patient_id is missing: only a block on the schedule (unavailable=True) is nobody's.")
    if body.patient_id is not UNSET and body.unavailable is True:
        raise ValueError("A block on the schedule (unavailable=True) is nobody's: give no patient_id.")
    if (body.is_guardian is True) != (body.patient is not UNSET):
        raise ValueError("is_guardian=True and patient=Dependent(...) go together: patient_id is then the guardian's.")
    _check_note(body.note)
    if not isinstance(body.appointments_per_timeslot, Unset):
        whole_number(body.appointments_per_timeslot, "appointments_per_timeslot", 1, MAX_PER_SLOT)


def _check_order(start: datetime | Unset, end: datetime | Unset | None) -> None:
    if isinstance(start, Unset):
        return
    aware(start, "start_time")
    if isinstance(end, datetime) and aware(end, "end_time") <= start:
        raise ValueError("end_time must be after start_time.")


def _check_note(note: str | Unset) -> None:
    if isinstance(note, str) and len(note) > MAX_NOTE:
        raise ValueError(f"note has {len(note)} characters; {MAX_NOTE} at most are written.")


def _settings(scope: Scope, office: int, *, fresh: bool = False) -> Script[Location | None]:
    """Read an office's settings. Where that fails, the booking itself has the last word."""
    read = locations.get(scope, office, KeysOwn())
    try:
        return (yield from Remembered(f"nexhealth.locations {office}", read, fresh=fresh))
    except AuthenticationError:
        raise  # the booking would fare no better
    except ApptError:
        return None


def _look_at(settings: Location, body: AppointmentCreate) -> None:
    if settings.map_by_operatory is True and _given(body.operatory_id) is UNSET:
        raise ValueError(
            f"Location {settings.id} books by operatory: give operatory_id, as the slot has it. Nothing was sent."
        )
    if settings.insert_appt_client is False:
        remark(
            f"Location {settings.id} takes no bookings from outside (insert_appt_client is false): NexHealth keeps "
            "the appointment, and the practice's own system never gets it."
        )


def update(scope: Scope, id: Id, body: AppointmentUpdate) -> Operation[Appointment]:  # noqa: A002 - the field's name
    """Change an appointment. What is not given stays as it is.

    Any practice's own system takes `cancelled`, most take `confirmed`, few take new times, another operatory or a
    note: Dentrix, Dentrix Enterprise, Eaglesoft and Open Dental. Confirming waits until the appointment is written;
    cancelling does not. The change, too, is written later.

    Args:
        scope: Within what.
        id: Its id.
        body: The fields to change.

    Returns:
        The changed appointment.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed, only one of the times is given, or nothing is to be changed; nothing was
            sent.
        ConfigurationError: The practice is not known.
        UnsupportedError: Times, operatory or note in v2.
        BadRequestError: It is not written yet, or the practice's own system does not take the change.
        NotFoundError: There is none.
    """
    if (body.start_time is UNSET) != (body.end_time is UNSET):
        raise ValueError("start_time and end_time are changed together: give both.")
    _check_order(body.start_time, body.end_time)
    if body.confirmed is False:
        raise ValueError("confirmed cannot be taken back: only True is taken.")
    _check_note(body.note)
    operation = resource.update(scope, id, body)
    given = attrs.asdict(body, recurse=False, filter=lambda _, value: value is not UNSET)
    sent = {name: text(value) for name, value in given.items()}
    look = get(scope, id, AppointmentGet())

    def recover(attempt: BookingAttempt) -> Flow[Sequence[Appointment]]:
        del attempt
        return kept(look, sent, lambda found, name: text(getattr(found, name, None)))

    return attrs.evolve(operation, recover=recover)


def cancel(scope: Scope, id: Id) -> Operation[Appointment]:  # noqa: A002 - the field's name
    """Cancel an appointment, written or not. There is no way to undo it.

    Args:
        scope: Within what.
        id: Its id.

    Returns:
        The cancelled appointment.

    Raises:
        ValueError: The id is malformed.
        ConfigurationError: The practice is not known.
        BadRequestError: It is cancelled already; the vendor's text may speak of syncing instead.
        NotFoundError: There is none.
    """
    operation = update(scope, id, AppointmentUpdate(cancelled=True))
    look = get(scope, id, AppointmentGet())

    def script() -> Script[Sequence[Appointment]]:
        try:
            found = yield from look
        except NotFoundError:
            return ()
        return (found,) if found.cancelled else ()

    def recover(attempt: BookingAttempt) -> Flow[Sequence[Appointment]]:
        del attempt
        return Flow("nexhealth.appointments.recover", script)

    return attrs.evolve(operation, name="nexhealth.appointments.cancel", recover=recover)


def descriptors(scope: Scope, id: Id, query: DescriptorQuery) -> Listing[Descriptor]:  # noqa: A002 - the field's name
    """List the descriptors of an appointment.

    Args:
        scope: Within what.
        id: Its id.
        query: The filters.

    Returns:
        A lazy list.

    Raises:
        ValueError: An argument is malformed.
        NotFoundError: There is no such appointment; raised when the list is fetched.
    """
    path = scope.path("appointments", str(identifier(id, "id")), "appointment_descriptors")
    return listed(scope, "descriptors", path, Descriptor, query)


def wait_until_written(
    scope: Scope,
    id: Id,  # noqa: A002 - the field's name
    *,
    timeout: timedelta = timedelta(minutes=2),
) -> Flow[Appointment]:
    """Wait until an appointment is written to the practice's own system, or say that it is not.

    It asks at once, after 1, 2, 4, 8, 16 and then every 30 seconds, within the pace; a look that fails is made again.
    Webhooks cost less: see `webhooks`. That it was written shows in its `foreign_id`; that writing failed shows nowhere
    but in a webhook.

    Args:
        scope: Within what.
        id: The appointment's id.
        timeout: How long to wait, beside the client's own timeout.

    Returns:
        The appointment, written.

    Raises:
        TypeError: The timeout is no timedelta.
        ValueError: The id is malformed, or the timeout is not above zero.
        NotWrittenError: It is not written (yet); see its `appointment`. Unless it is `final`, wait again.
        NotFoundError: There is none.
    """
    if not isinstance(timeout, timedelta):
        raise TypeError(f"timeout must be a timedelta, such as timedelta(minutes=2), not {type(timeout).__name__}.")
    if timeout <= timedelta(0):
        raise ValueError("timeout must be above zero.")
    look = get(scope, id, AppointmentGet())

    def script() -> Script[Appointment]:
        deadline = (yield from _now()).monotonic + timeout.total_seconds()
        pause, found, trouble = _FIRST_PAUSE, None, None
        while True:
            try:
                found, trouble = (yield from look), None
            except _PASSING as error:  # the next look may tell
                trouble = error
            if found is not None and found.write_state is WriteState.WRITTEN:
                return found
            now = yield from _now()
            # By the vendor's clock, because it is the vendor that gives up.
            there = datetime.fromtimestamp(now.wall + (yield from OFFSET), UTC)
            why = None if found is None else _hopeless(found, there)
            if found is not None and why is not None:
                raise _not_written(found, why, final=True)
            if now.monotonic >= deadline:
                if found is None and trouble is not None:
                    raise trouble
                assert found is not None  # noqa: S101 - a look without trouble finds something
                why = f"was not written within {timeout.total_seconds():g} s; it may still be"
                raise _not_written(found, why, final=False) from trouble
            yield Pause(min(pause, deadline - now.monotonic))
            pause = min(2 * pause, _LONGEST_PAUSE)

    return Flow(_WAIT, script, within=timeout.total_seconds())


def _not_written(found: Appointment, why: str, *, final: bool) -> NotWrittenError:
    return NotWrittenError(
        f"Appointment {found.id} {why}.", appointment=found, final=final, provider="nexhealth", operation=_WAIT
    )


def _now() -> Script[Instant]:
    now = yield NOW
    assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
    return now


def _hopeless(found: Appointment, now: datetime) -> str | None:
    """Say why waiting leads nowhere."""
    if found.write_state is WriteState.UNKNOWN:
        return "cannot be waited for: the vendor does not say whether it is written"
    if found.cancelled:
        return "was cancelled before it was written"
    if found.start_time <= now:
        return "was not written before it began, and will not be"
    return None


VERBS: Final = (list, get, create, update, cancel, descriptors, wait_until_written)
