"""What Cubu's webhooks tell, as objects: one class for what is about a case, and one for all else.

https://docs.cubu.com/guides/technical-guide/webhooks
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - read_event resolves it at run time
import re
from collections.abc import Mapping  # noqa: TC003 - likewise
from contextlib import suppress
from hashlib import sha256
from typing import Any, ClassVar, Final

import attrs
import orjson

from apptsdk.models import OpenStr
from apptsdk.providers.cubu.ids import is_guid
from apptsdk.providers.cubu.models.case import CaseStatus, Ticket  # noqa: TC001 - likewise
from apptsdk.providers.cubu.models.shared import CaseRef, Channel, CubuModel, reference_or_none
from apptsdk.providers.cubu.wire import WIRE
from apptsdk.shapes import is_array, is_object
from apptsdk.wire import Undecodable, loads


class WebhookAction(OpenStr):
    """What happened, or is about to: the last segment of the path that Cubu calls.

    A `before...` asks: Cubu waits for the answer, and does with the case what it says. An `after...` tells.
    No webhook is documented for an appointment that is cancelled.

    https://docs.cubu.com/guides/technical-guide/webhooks/webhooks-reference
    """

    BEFORE_BOOK_APPOINTMENT = "beforeBookAppointment"
    AFTER_BOOK_APPOINTMENT = "afterBookAppointment"
    BEFORE_CHECK_IN = "beforeCheckIn"
    AFTER_CHECK_IN = "afterCheckIn"
    BEFORE_QUEUE_UP = "beforeQueueUp"
    AFTER_QUEUE_UP = "afterQueueUp"
    AFTER_START_WORK = "afterStartWork"
    BEFORE_RESOLVE = "beforeResolve"
    AFTER_RESOLVE = "afterResolve"
    AFTER_CLOSE = "afterClose"
    BEFORE_QUERY_APPOINTMENTS = "beforeQueryAppointments"
    QUERY = "query"
    FIND = "find"
    FETCH = "fetch"
    SEND_SMS = "sendSms"


@attrs.frozen(kw_only=True, repr=False)
class WebhookEvent(CubuModel):
    """One event that Cubu sent to a webhook. What is about a case arrives as a `CaseEvent`.

    Nothing is refused here, because the signature is right: what this version does not know or cannot read is in
    `data`.

    https://docs.cubu.com/guides/technical-guide/webhooks/webhooks-reference

    Attributes:
        action: What happened, from the request's path; None where no path was given. The path is not signed.
        data: The whole body as it was sent: most often a JSON object, which `as_sent()` gives too. A body that is no
            JSON is here as bytes. It holds personal data.
        decoded: Whether everything had the expected shape. If not, what could not be read is None.
        key: For telling the same event by, when it is delivered again: Cubu gives its events no id and no time. It is
            made of the action, the case's id and a digest of the body. Two events whose bodies are the same have the
            same key: where something happens to a case twice, that may be so. A question (`before...`) is to be
            answered each time.
    """

    shown: ClassVar[tuple[str, ...]] = ("action", "key")
    spelt: ClassVar[Mapping[str, str]] = dict.fromkeys(("action", "data", "decoded", "key"), "")

    action: WebhookAction | None = None
    data: object = attrs.field(default=None, hash=False)
    decoded: bool = True
    key: str = ""


@attrs.frozen(kw_only=True, repr=False)
class EventAppointment(CubuModel):
    """When and where the case of an event is due.

    Attributes:
        date: The day, in the service's zone.
        cu_index: The calendar's index.
        start: When it begins, in minutes since midnight by the service's clock.
        time_local: When it begins by the service's clock, as it was sent: without an offset.
        time_utc: When it begins. This is what counts.
        time_zone_id: The service's zone by its Windows name.
        duration: How long it is, in minutes.
        prevent_self_check_in: Whether the customer is kept from checking in at a kiosk.
    """

    shown: ClassVar[tuple[str, ...]] = ("date", "cu_index", "start")

    date: dt.date | None = None
    cu_index: int | None = None
    start: int | None = None
    time_local: str | None = None
    time_utc: dt.datetime | None = None
    time_zone_id: str | None = None
    duration: int | None = None
    prevent_self_check_in: bool | None = None


@attrs.frozen(kw_only=True, repr=False)
class CaseEvent(WebhookEvent):
    """Something happened to a case, or is about to: it is booked, joins the queue, checks in, is resolved.

    Attributes:
        case_id: The case's GUID. In a `before...` the case may not exist yet.
        parent_case_id: The GUID of the case that it belongs to.
        reference_date: The appointment's time, UTC.
        unit_id: The unit's GUID.
        service_id: The service's GUID.
        service_category_id: The category's GUID.
        service_type_id: The service type's GUID.
        status: How far the case is, or will be.
        channel: How the customer is served.
        language: The customer's language, such as `en-US`.
        ticket: The printed number.
        fields: Values of the organization's own fields, by the GUIDs of their types.
        tag_ids: The tags' GUIDs.
        customer_record_id: The GUID of the customer's record.
        use_customer_contact_info: Whether the customer is reached as the customer's record says. This and the next two
            are told of walk-ins.
        contact_phone_number: The customer's phone number.
        contact_email: The customer's email address.
        triggered_by_user_id: Whose doing it is; None where it was a kiosk, or the API.
        triggered_by_user_email: That user's email address.
        locked_by_user_id: The GUID of the agent who works on the case now.
        appointment: When and where the case is due; None for a walk-in.
    """

    case_id: str | None = None
    parent_case_id: str | None = None
    reference_date: dt.datetime | None = None
    unit_id: str | None = None
    service_id: str | None = None
    service_category_id: str | None = None
    service_type_id: str | None = None
    status: CaseStatus | None = None
    channel: Channel | None = None
    language: str | None = None
    ticket: Ticket | None = None
    fields: Mapping[str, object] | None = attrs.field(default=None, hash=False)
    tag_ids: tuple[str, ...] | None = None
    customer_record_id: str | None = None
    use_customer_contact_info: bool | None = None
    contact_phone_number: str | None = None
    contact_email: str | None = None
    triggered_by_user_id: str | None = None
    triggered_by_user_email: str | None = None
    locked_by_user_id: str | None = None
    appointment: EventAppointment | None = None

    @property
    def reference(self) -> CaseRef | None:
        """What names the appointment at Cubu, for `appointments.get` and `cancel`; None where the event does not say.

        In a `beforeBookAppointment` it is not there yet.
        """
        due = self.appointment
        return None if due is None else reference_or_none(self.service_id, due.date, due.cu_index, self.case_id)


_ACTIONS: Final = {action.lower(): action for action in WebhookAction}
_ORIGIN: Final = re.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_REST: Final = re.compile(r"[?#].*", re.DOTALL)
_BOOKING: Final = frozenset({WebhookAction.BEFORE_BOOK_APPOINTMENT, WebhookAction.AFTER_BOOK_APPOINTMENT})


def action_of(path: object) -> WebhookAction | None:
    """Tell what happened from the path that was called.

    Args:
        path: The request's path or URL; its query does not matter. Or None.

    Returns:
        What its last segment names; None where there is none.

    Raises:
        TypeError: It is no str.
    """
    if path is None:
        return None
    if not isinstance(path, str):
        raise TypeError(f"path must be a str, the request's path or URL, not {type(path).__name__}. Pass its str().")
    segment = _REST.sub("", _ORIGIN.sub("", path, count=1)).rstrip("/").rpartition("/")[2]
    return (_ACTIONS.get(segment.lower()) or WebhookAction(segment)) if segment else None


def read_event(body: bytes, action: WebhookAction | None) -> WebhookEvent:
    """Read the body of a webhook's request.

    Args:
        body: The raw bytes. Whether they come from Cubu is for the caller to know.
        action: What the request's path says.

    Returns:
        The event.
    """
    try:
        data = loads(body)
    except Undecodable:
        data = body
    if not is_object(data):
        return WebhookEvent(action=action, data=data, decoded=False, key=_key(action, None, data, body))
    event: WebhookEvent
    if "caseId" in data:
        values, decoded = _read(CaseEvent, data)
        key = _key(action, data["caseId"], data, body)
        event = CaseEvent(action=action, data=data, decoded=decoded, key=key, **values)
    else:
        key = _key(action, None, data, body)
        event = WebhookEvent(action=action, data=data, decoded=action not in _BOOKING, key=key)
    object.__setattr__(event, "_sent", data)
    return event


def _read(kind: type[CubuModel], members: Mapping[str, object]) -> tuple[dict[str, Any], bool]:  # Any: as declared
    """Read the fields that were sent and are not null, one by one, and tell whether all of them could be read."""
    attrs.resolve_types(kind)
    found: dict[str, Any] = {}
    decoded = True
    for field in attrs.fields(kind):
        value = members.get(kind.sent_as[field.name]) if field.init else None
        if field.type == EventAppointment | None and is_object(value):
            inner, readable = _read(EventAppointment, value)
            found[field.name] = appointment = EventAppointment(**inner)
            object.__setattr__(appointment, "_sent", value)
            decoded = decoded and readable
        elif value is not None:
            try:
                found[field.name] = WIRE.structure(value, field.type)
            except Undecodable:
                decoded = False
    return found, decoded


def _key(action: WebhookAction | None, case_id: object, data: object, body: bytes) -> str:
    """Tell this event from others. What is no GUID could be anything, and the key stands in logs."""
    content = body
    if is_object(data) or is_array(data):
        with suppress(TypeError):  # nested more deeply than the library writes
            content = orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    named = case_id.lower() if isinstance(case_id, str) and is_guid(case_id) else None
    return ":".join(part for part in (action, named, sha256(content).hexdigest()) if part)
