"""What NexHealth's webhooks tell, as objects: one class for each resource that has a model, and one for all others.

https://docs.nexhealth.com/docs/webhooks
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003 - whoever asks a class for its types resolves it at run time
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Final, TypedDict, TypeVar

import attrs
import orjson

from apptsdk.models import Model
from apptsdk.providers.nexhealth.models import Appointment, Patient, SyncStatus
from apptsdk.providers.nexhealth.models.webhook_names import EVENTS, WebhookEventName, WebhookOutcome, WebhookResource
from apptsdk.providers.nexhealth.wire import WIRE, spelt
from apptsdk.shapes import is_array, is_object
from apptsdk.wire import Undecodable, loads

T = TypeVar("T")


@attrs.frozen(kw_only=True, repr=False)
class WebhookEvent(Model):
    """One event that NexHealth sent to a webhook. What arrives is an object of a subclass.

    Nothing is refused here, because the signature is right: what this version does not know or cannot read is in
    `data`, and the whole body in `as_sent()`.

    https://docs.nexhealth.com/docs/webhooks

    Attributes:
        resource_type: What the event is about. Where the body does not say, it is the event's own resource.
        event_name: The event's name as it was sent, such as `appointment_insertion.complete`.
        event: The name without the outcome, as a subscription has it.
        outcome: How a write to the practice's own system ended; None where the name does not say.
        event_time: When it happened, as far as NexHealth says.
        subdomain: The practice's.
        institution_id: The practice's id.
        delivery_errors: What the vendor says about its earlier attempts to deliver. What is in it is not documented.
        data: What happened to what, as it was sent. It holds personal data.
        previous_attributes: What a changed object was like before, where it was sent.
        decoded: Whether everything had the expected shape. If not, the fields that could not be read are None or empty,
            all objects of the event among them when one of them could not, and `data` has what came.
        key: For telling the same event by, when it is delivered again: NexHealth gives its events no id. It is made of
            the name, the object's id and its `updated_at`. Where these were not sent, or where there are several
            objects, it is made of a digest of the body, which differs when a later attempt sends another body.
    """

    shown: ClassVar[tuple[str, ...]] = ("event_name", "subdomain", "key")

    resource_type: WebhookResource | None = None
    event_name: str | None = None
    event: WebhookEventName | None = None
    outcome: WebhookOutcome | None = None
    event_time: datetime | None = None
    subdomain: str | None = None
    institution_id: int | None = None
    delivery_errors: tuple[object, ...] = attrs.field(default=(), hash=False)
    data: Mapping[str, object] = attrs.field(factory=dict[str, object], hash=False)
    previous_attributes: Mapping[str, object] | None = attrs.field(default=None, hash=False)
    decoded: bool = True
    key: str = ""

    @property
    def is_known(self) -> bool:
        """Whether this version of the SDK knows the event, as one of its resource."""
        return self.resource_type is not None and self.event in EVENTS.get(self.resource_type, ())


@attrs.frozen(kw_only=True, repr=False)
class AppointmentEvent(WebhookEvent):
    """An appointment was written, made, changed or asked for; a cancelled one was changed.

    Attributes:
        appointments: The appointments: most often one.
    """

    appointments: tuple[Appointment, ...] = attrs.field(default=(), hash=False)


@attrs.frozen(kw_only=True, repr=False)
class PatientEvent(WebhookEvent):
    """Patients were made or changed.

    Attributes:
        patients: The patients.
    """

    patients: tuple[Patient, ...] = attrs.field(default=(), hash=False)


@attrs.frozen(kw_only=True, repr=False)
class SyncStatusEvent(WebhookEvent):
    """A practice's own system can be read, or written to, again. The other way round there is no event.

    Attributes:
        sync_status: How it is now.
    """

    sync_status: SyncStatus | None = attrs.field(default=None, hash=False)


@attrs.frozen(kw_only=True, repr=False)
class ResourceEvent(WebhookEvent):
    """An event about something that has no model here: ledger, insurance, documents, forms, messages, or anything new.

    Attributes:
        items: The objects, as they were sent.
    """

    items: tuple[Mapping[str, object], ...] = attrs.field(default=(), hash=False)


_RESOURCES: Final = {resource.lower(): resource for resource in WebhookResource}
_RESOURCE_OF: Final = {event: resource for resource, events in EVENTS.items() for event in events}
_WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PREVIOUS: Final = "previous_attributes"
_CHANGING: Final = "delivery_errors"
_PLURALS: Final = {"sync_status": "sync_statuses"}
_OWN: Final = frozenset({"id", "read_status", "write_status"})
_MODELLED: Final = frozenset({WebhookResource.APPOINTMENT, WebhookResource.PATIENT, WebhookResource.SYNC_STATUS})


def read_event(body: bytes) -> WebhookEvent:
    """Read the body of a webhook's request.

    Args:
        body: The raw bytes. Whether they come from NexHealth is for the caller to know.

    Returns:
        The event.

    Raises:
        Undecodable: The body is no JSON object.
    """
    members = loads(body)
    if not is_object(members):
        raise Undecodable("$: not an object")
    event = _event(_Reader(members), members, body)
    object.__setattr__(event, "_sent", members)
    return event


class _Reader:
    """Reads the members of one body, and remembers whether all of them had the expected shape."""

    def __init__(self, members: Mapping[str, object]) -> None:
        self._members = members
        self.decoded = True

    def one(self, value: object, kind: type[T]) -> T | None:
        try:
            return WIRE.structure(value, kind)
        except Undecodable:
            self.decoded = False
            return None

    def member(self, name: str, kind: type[T]) -> T | None:
        value = self._members.get(name)
        return None if value is None else self.one(value, kind)

    def all_of(self, records: list[object] | None, kind: type[T]) -> tuple[T, ...]:
        """Read all or none: half of an event would look like the whole."""
        try:
            return WIRE.all_of(kind, records)
        except Undecodable:
            self.decoded = False
            return ()

    def data(self) -> Mapping[str, object]:
        data = self._members.get("data")
        if is_object(data):
            return data
        self.decoded = False
        return {}


class _Common(TypedDict):
    """What events of all resources have."""

    resource_type: WebhookResource | None
    event_name: str | None
    event: WebhookEventName | None
    outcome: WebhookOutcome | None
    event_time: datetime | None
    subdomain: str | None
    institution_id: int | None
    delivery_errors: tuple[object, ...]
    data: Mapping[str, object]
    previous_attributes: Mapping[str, object] | None
    key: str


def _event(reader: _Reader, members: Mapping[str, object], body: bytes) -> WebhookEvent:
    name = reader.member("event_name", str)
    before_the_dot, _, after_it = (name or "").partition(".")
    event = WebhookEventName(before_the_dot) if before_the_dot else None
    resource = _resource(reader.member("resource_type", str), event)
    data = reader.data()
    records = _records(data, resource)
    errors = members.get(_CHANGING)
    common: _Common = {
        "resource_type": resource,
        "event_name": name,
        "event": event,
        "outcome": WebhookOutcome(after_it) if after_it else None,
        "event_time": reader.member("event_time", datetime),
        "subdomain": reader.member("subdomain", str),
        "institution_id": reader.member("institution_id", int),
        "delivery_errors": tuple(errors) if is_array(errors) else () if errors is None else (errors,),
        "data": data,
        "previous_attributes": _previous(members, data, records or []),
        "key": f"{name}:{_mark(members, records or [], body)}",
    }
    match resource:
        case WebhookResource.APPOINTMENT:
            appointments = reader.all_of(records, Appointment)
            return AppointmentEvent(appointments=appointments, decoded=reader.decoded, **common)
        case WebhookResource.PATIENT:
            patients = reader.all_of(records, Patient)
            return PatientEvent(patients=patients, decoded=reader.decoded, **common)
        case WebhookResource.SYNC_STATUS:
            status = reader.one(records[0] if records and len(records) == 1 else None, SyncStatus)
            return SyncStatusEvent(sync_status=status, decoded=reader.decoded, **common)
        case _:
            items = tuple(item for item in records or () if is_object(item))
            decoded = reader.decoded and records is not None and len(items) == len(records)
            return ResourceEvent(items=items, decoded=decoded, **common)


def _resource(sent: str | None, event: WebhookEventName | None) -> WebhookResource | None:
    """Name the resource: the vendor's guides write it in small letters too."""
    if sent:
        return _RESOURCES.get(sent.lower()) or WebhookResource(sent)
    return None if event is None else _RESOURCE_OF.get(event)


def _records(data: Mapping[str, object], resource: WebhookResource | None) -> list[object] | None:
    """Find the objects in an event's data, under whichever name; None where they are not to be found."""
    one = _WORD.sub("_", resource or "").lower()
    named = [data[name] for name in (one, _PLURALS.get(one, f"{one}s")) if data.get(name) is not None]
    if not named and not _OWN.isdisjoint(data):
        named = [data]  # the fields stand in it directly
    if not named and resource not in _MODELLED:
        named = [value for name, value in data.items() if name != _PREVIOUS and (is_object(value) or is_array(value))]
        named = named if len(named) == 1 else []
    found: list[object] = []
    for value in named:
        found += value if is_array(value) else [value]
    return [spelt(record) for record in found] if named else None


def _previous(
    members: Mapping[str, object], data: Mapping[str, object], records: list[object]
) -> Mapping[str, object] | None:
    """Find what the object was like before. Where in the body it stands is not documented."""
    for place in (members, data, *(records if len(records) == 1 else ())):
        previous = place.get(_PREVIOUS) if is_object(place) else None
        if is_object(previous):
            return previous
    return None


def _mark(members: Mapping[str, object], records: list[object], body: bytes) -> str:
    """Tell this event from others of its name."""
    match records:
        case [{"id": int() | str() as identifier, "updated_at": str() as updated_at}]:
            return f"{identifier}:{updated_at}"
        case _:
            pass
    lasting = {name: value for name, value in members.items() if name != _CHANGING}
    try:
        return sha256(orjson.dumps(lasting, option=orjson.OPT_SORT_KEYS)).hexdigest()
    except TypeError:  # nested more deeply than the library writes
        return sha256(body).hexdigest()
