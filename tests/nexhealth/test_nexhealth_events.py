"""Everything in a webhook's signed request is kept, and typed as far as it is known."""

import copy
import pickle
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webhook_bodies import APPOINTMENT, BODY, PATIENT, STATUS, delivered, read, written

from apptsdk.models import Model
from apptsdk.providers.nexhealth.events import (
    AppointmentEvent,
    PatientEvent,
    ResourceEvent,
    SyncStatusEvent,
    WebhookEvent,
)
from apptsdk.providers.nexhealth.models.webhook_names import EVENTS, WebhookEventName, WebhookOutcome, WebhookResource

ROOT = Path(__file__).parents[2]
PAIRS = [(resource, event) for resource, events in EVENTS.items() for event in events]

# --- events ----------------------------------------------------------------------------------------------------------


def snake(resource: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", resource).lower()


RECORDS: dict[str, dict[str, Any]] = {"Appointment": APPOINTMENT, "Patient": PATIENT, "SyncStatus": STATUS}
CLASSES = {
    "Appointment": (AppointmentEvent, "appointments"),
    "Patient": (PatientEvent, "patients"),
    "SyncStatus": (SyncStatusEvent, "sync_status"),
}


def plural(name: str) -> str:
    return "sync_statuses" if name == "sync_status" else f"{name}s"


SHAPES: dict[str, Callable[[str, object], object]] = {
    "one": lambda name, record: {name: record},
    "several": lambda name, record: {plural(name): [record]},
    "directly": lambda _, record: record,
}


@pytest.mark.parametrize(("resource", "event"), PAIRS, ids=str)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("outcome", ["", ".complete", ".failed", ".timed_out", ".incomplete"])
def test_every_documented_pair_is_read_in_every_shape(
    resource: WebhookResource, event: WebhookEventName, shape: Callable[[str, object], object], outcome: str
) -> None:
    record = RECORDS.get(resource, {"id": 5, "amount": "62.00", "updated_at": "2031-02-03T04:05:02.000Z"})
    body = delivered(resource.value, event + outcome, shape(snake(resource), record))
    found = read(body)
    kind, field = CLASSES.get(resource, (ResourceEvent, "items"))
    assert type(found) is kind
    held = getattr(found, field)
    (item,) = held if isinstance(held, tuple) else (held,)
    assert (item.as_sent() if isinstance(item, Model) else item) == record
    assert (found.resource_type, found.event, found.event_name) == (resource, event, event + outcome)
    assert found.outcome == (outcome[1:] or None)
    assert found.outcome is None or found.outcome.is_known
    assert found.is_known
    assert found.decoded
    assert found.as_sent() == body
    assert found.data == body["data"]


def test_the_envelope_is_read() -> None:
    event = read(delivered("Patient", "patient_created", {"patients": [PATIENT]}, delivery_errors=["500"], extra=1))
    assert event.event_time == datetime(2031, 2, 3, 4, 5, 5, tzinfo=UTC)
    assert (event.subdomain, event.institution_id, event.delivery_errors) == ("riverbend-dental", 12, ("500",))
    assert event.unknown == {"extra": 1}
    assert event.was_sent("subdomain")
    assert not event.was_sent("previous_attributes")


def test_appointments_are_typed() -> None:
    event = read(delivered("Appointment", "appointment_created", {"appointments": [APPOINTMENT, APPOINTMENT]}))
    assert isinstance(event, AppointmentEvent)
    assert [one.start_time for one in event.appointments] == [datetime(2031, 4, 15, 15, tzinfo=UTC)] * 2


def test_a_sync_status_is_typed() -> None:
    event = read(delivered("SyncStatus", "sync_status_read_change", STATUS))
    assert isinstance(event, SyncStatusEvent)
    assert event.sync_status is not None
    assert (event.sync_status.read_status, event.sync_status.write_status) == ("green", "red")


def test_a_cancellation_is_seen_in_either_spelling() -> None:
    for spelling in ("cancelled", "canceled"):
        record = {name: value for name, value in APPOINTMENT.items() if name != "cancelled"} | {spelling: True}
        event = read(delivered("Appointment", "appointment_updated", {"appointment": record}))
        assert isinstance(event, AppointmentEvent)
        assert [one.cancelled for one in event.appointments] == [True]
        assert event.data == {"appointment": record}


PREVIOUS = {"start_time": "2031-04-14T15:00:00.000Z"}


@pytest.mark.parametrize(
    "body",
    [
        delivered("Appointment", "appointment_updated", {"appointment": APPOINTMENT}, previous_attributes=PREVIOUS),
        delivered("Appointment", "appointment_updated", {"appointment": APPOINTMENT, "previous_attributes": PREVIOUS}),
        delivered(
            "Appointment", "appointment_updated", {"appointment": {**APPOINTMENT, "previous_attributes": PREVIOUS}}
        ),
    ],
    ids=["body", "data", "object"],
)
def test_what_was_before_is_kept_wherever_it_stands(body: dict[str, object]) -> None:
    event = read(body)
    assert event.previous_attributes == PREVIOUS
    assert event.decoded


def test_the_previous_attributes_of_a_resource_without_a_model_are_none_of_its_items() -> None:
    data = {"claim_record": {"id": 3}, "previous_attributes": PREVIOUS}
    event = read(delivered("Claim", "claim_updated", data))
    assert isinstance(event, ResourceEvent)
    assert (event.items, event.previous_attributes, event.decoded) == (({"id": 3},), PREVIOUS, True)


def test_without_a_resource_type_the_event_says_what_it_is_about() -> None:
    event = read({"event_name": "appointment_insertion.failed", "data": {"appointment": APPOINTMENT}})
    assert isinstance(event, AppointmentEvent)
    assert (event.resource_type, event.outcome) == (WebhookResource.APPOINTMENT, WebhookOutcome.FAILED)


def test_a_resource_type_in_small_letters_is_the_same() -> None:
    event = read(delivered("appointment", "appointment_updated", {"appointment": APPOINTMENT}))
    assert type(event) is AppointmentEvent
    assert event.resource_type is WebhookResource.APPOINTMENT
    assert event.as_sent()["resource_type"] == "appointment"


def test_a_new_event_of_a_known_resource_is_kept() -> None:
    event = read(delivered("Appointment", "appointment_teleported.sideways", {"appointment": APPOINTMENT}))
    assert isinstance(event, AppointmentEvent)
    assert event.event == "appointment_teleported"
    assert event.outcome == "sideways"
    assert len(event.appointments) == 1
    assert not event.is_known
    assert event.decoded


def test_a_new_resource_is_kept() -> None:
    event = read(delivered("Referral", "referral_created", {"referrals": [{"id": 1}, {"id": 2}]}))
    assert isinstance(event, ResourceEvent)
    assert event.resource_type == "Referral"
    assert event.resource_type is not None
    assert not event.resource_type.is_known
    assert not event.is_known
    assert event.items == ({"id": 1}, {"id": 2})


def test_an_event_of_another_resource_is_not_known() -> None:
    assert not read(delivered("Patient", "appointment_created", {"patients": [PATIENT]})).is_known


ODD: dict[str, tuple[dict[str, object], str]] = {
    "no data": (delivered("Appointment", "appointment_updated", None), "appointments"),
    "a list of data": (delivered("Appointment", "appointment_updated", [APPOINTMENT]), "appointments"),
    "nothing in it": (delivered("Appointment", "appointment_updated", {}), "appointments"),
    "null": (delivered("Appointment", "appointment_updated", {"appointment": None}), "appointments"),
    "another object": (delivered("Appointment", "appointment_updated", {"patient": PATIENT}), "appointments"),
    "a text": (delivered("Appointment", "appointment_updated", {"appointment": "1"}), "appointments"),
    "one of two": (
        delivered("Appointment", "appointment_created", {"appointments": [APPOINTMENT, {"id": "x"}]}),
        "appointments",
    ),
    "a number for patients": (delivered("Patient", "patient_updated", {"patients": 3}), "patients"),
    "two statuses": (
        delivered("SyncStatus", "sync_status_read_change", {"sync_statuses": [STATUS] * 2}),
        "sync_status",
    ),
    "a status without a light": (delivered("SyncStatus", "sync_status_read_change", {"emr": {}}), "sync_status"),
    "two unnamed": (delivered("Payment", "payment_created", {"a": {"id": 1}, "b": {"id": 2}}), "items"),
    "no object": (delivered("Payment", "payment_created", {"payments": [1]}), "items"),
}


@pytest.mark.parametrize(("body", "field"), ODD.values(), ids=ODD)
def test_data_of_another_shape_is_kept_raw(body: dict[str, object], field: str) -> None:
    event = read(body)
    assert not event.decoded
    assert not getattr(event, field)
    assert event.as_sent() == body
    assert event.is_known


def test_an_empty_list_is_nothing_unexpected() -> None:
    event = read(delivered("Appointment", "appointment_created", {"appointments": []}))
    assert isinstance(event, AppointmentEvent)
    assert (event.appointments, event.decoded) == ((), True)


@pytest.mark.parametrize(
    ("name", "value"),
    [("event_time", "yesterday"), ("event_time", "2031-02-03T04:05:06"), ("institution_id", "x"), ("subdomain", {})],
)
def test_a_member_of_another_shape_is_none_and_costs_nothing_else(name: str, value: object) -> None:
    event = read(delivered("Patient", "patient_updated", {"patients": [PATIENT]}, **{name: value}))
    assert isinstance(event, PatientEvent)
    assert getattr(event, name) is None
    assert not event.decoded
    assert len(event.patients) == 1
    assert event.as_sent()[name] == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["appointment", "appointments", "patients", "sync_status", "id", "updated_at", "x"])
DATA = JSON | st.dictionaries(NAMES, JSON | st.just(APPOINTMENT) | st.just([PATIENT, STATUS]), max_size=4)
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "resource_type": JSON | st.sampled_from([*WebhookResource]).map(str),
        "event_name": JSON | st.sampled_from([*WebhookEventName]).map(str),
        "event_time": JSON,
        "subdomain": JSON,
        "institution_id": JSON,
        "data": DATA,
        "delivery_errors": JSON,
        "previous_attributes": JSON,
        "more": JSON,
    },
)


@settings(deadline=None)
@given(BODIES)
def test_any_signed_json_object_is_an_event(body: dict[str, object]) -> None:
    content = written(body)
    event = read(content)
    assert event.as_sent().keys() == body.keys()
    assert event.key == read(content).key
    assert repr(event)
    assert event == copy.deepcopy(event)
    assert isinstance(hash(event), int)


@pytest.mark.parametrize("depth", [200, 400, 900])
def test_a_deep_body_is_an_event_with_a_key(depth: int) -> None:
    body = b'{"data": ' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
    assert read(body).key == read(body).key


def test_an_event_pickles_with_what_was_sent() -> None:
    event = read(BODY)
    twin = pickle.loads(pickle.dumps(event))
    assert twin == event
    assert twin.as_sent() == event.as_sent()


def test_a_repr_shows_no_person() -> None:
    for resource, event, data in (
        ("Appointment", "appointment_updated", {"appointment": APPOINTMENT}),
        ("Patient", "patient_updated", {"patients": [PATIENT]}),
        ("Claim", "claim_updated", {"claim": PATIENT}),
        ("Appointment", "appointment_updated", {"appointment": PATIENT}),
    ):
        text = repr(read(delivered(resource, event, data, previous_attributes=PATIENT, delivery_errors=[PATIENT])))
        assert event in text
        assert "riverbend-dental" in text
        assert not re.search("ada|canary", text, re.IGNORECASE)


# --- the key ---------------------------------------------------------------------------------------------------------


def test_the_key_is_made_of_event_object_and_change() -> None:
    event = read(delivered("Appointment", "appointment_updated.failed", {"appointment": APPOINTMENT}))
    assert event.key == "appointment_updated.failed:1600000123:2031-02-03T04:05:00.000Z"


def key(name: str = "appointment_updated", record: object = APPOINTMENT, **members: object) -> str:
    return read(delivered("Appointment", name, {"appointment": record}, **members)).key


BARE = {"id": 1600000123}


@pytest.mark.parametrize("record", [APPOINTMENT, BARE, [APPOINTMENT, BARE], None], ids=["whole", "bare", "two", "none"])
def test_an_event_that_is_delivered_again_has_the_same_key(record: object) -> None:
    assert key(record=record) == key(record=record, delivery_errors=["500 at first"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (key(), key("appointment_created")),
        (key("appointment_insertion.failed"), key("appointment_insertion.complete")),
        (key(), key(record={**APPOINTMENT, "id": 1600000124})),
        (key(), key(record={**APPOINTMENT, "updated_at": "2031-02-03T04:05:00.001Z"})),
        (key(record=BARE), key(record={**BARE, "cancelled": True})),
        (key(record=BARE), key(record=BARE, event_time="2031-02-03T04:05:05.001Z")),
        (key(record=[APPOINTMENT, BARE]), key(record=[APPOINTMENT, APPOINTMENT])),
    ],
    ids=["event", "outcome", "object", "change", "content", "time", "batch"],
)
def test_different_events_have_different_keys(one: str, other: str) -> None:
    assert one != other


# --- names and documents ---------------------------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "webhooks.md").read_text("utf-8")


def test_every_event_belongs_to_one_resource_as_far_as_is_documented() -> None:
    events = [event for _, event in PAIRS]
    assert len(events) == len(set(events))
    assert set(WebhookEventName) - set(events) == {"medical_history_patient_items_updated"}
    assert set(WebhookResource) - set(EVENTS) == {"Conversation", "LocationDataReadiness"}


def test_the_page_lists_every_pair() -> None:
    rows = re.findall(r"^\| \(?`(\w+)`\)? \| ((?:`[a-z_]+`(?:, )?)+) \|$", PAGE, re.MULTILINE)
    listed = {resource: tuple(re.findall(r"`(\w+)`", events)) for resource, events in rows if resource in EVENTS}
    assert listed == {resource.value: tuple(map(str, events)) for resource, events in EVENTS.items()}


def test_the_page_says_which_class_holds_what() -> None:
    rows = re.findall(r"^\| `(\w+Event)` \| `(\w+)`", PAGE, re.MULTILINE)
    assert dict(rows) == {
        **{kind.__name__: field for kind, field in CLASSES.values()},
        "ResourceEvent": "items",
    }


def test_the_page_names_every_field_of_an_event() -> None:
    text = PAGE.partition("All have ")[2].partition("\n\n")[0]
    fields = {name for name in WebhookEvent.__slots__ if not name.startswith("_")}
    assert set(re.findall(r"`(\w+)(?:\(\))?`", text)) == fields | {"is_known", "as_sent"}
