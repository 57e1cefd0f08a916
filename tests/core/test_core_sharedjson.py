"""The shared classes as JSON: there and back, in their zones, and nothing of a person's in what refuses rubbish."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from scheduling_support import START
from test_core_shared import APPOINTMENT, BARE, CANCELLATION, CUSTOMER, FULL, SLOT, SYDNEY

from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    Cancellation,
    Channel,
    Customer,
    Location,
    Service,
    Slot,
    SlotRef,
)

ALL = [*FULL.values(), *BARE.values()]
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize("value", ALL, ids=repr)
def test_it_goes_to_json_and_back(value):
    again = type(value).from_json(value.to_json())

    assert again == value
    assert type(again) is type(value)
    assert json.loads(again.to_json()) == json.loads(value.to_json())


@pytest.mark.parametrize("value", ALL, ids=repr)
def test_the_json_says_what_it_is_and_of_which_version(value):
    written = json.loads(value.to_json())

    assert (written["version"], written["type"]) == (1, type(value).__name__)
    assert set(written) == {"version", "type", *(field.name for field in attrs.fields(type(value)))} - {"native"}


def test_every_kind_of_value_is_written_so_that_others_can_read_it():
    written = json.loads(APPOINTMENT.to_json())

    assert written["ref"] == "acme:7"
    assert written["start"] == "2026-03-03T20:00:00+11:00"
    assert (written["status"], written["channel"]) == ("confirmed", "video")
    assert written["customer"]["date_of_birth"] == "1990-05-17"
    assert written["customer"]["attributes"] == CUSTOMER.attributes
    assert written["service"]["duration"] == 2700
    assert json.loads(SLOT.to_json())["channels"] == ["video", "in_person"]
    assert json.loads(CANCELLATION.to_json())["appointment"]["reference"] == "crm-881"


def test_what_takes_no_part_in_equality_comes_back_too_but_for_the_native_object():
    again = Appointment.from_json(APPOINTMENT.to_json())

    assert again.recovered is True
    assert again.native is None
    assert again.customer.attributes == CUSTOMER.attributes
    assert Slot.from_json(SLOT.to_json()).native is None
    assert Cancellation.from_json(CANCELLATION.to_json()).appointment.native is None


def test_values_come_back_as_what_they_were():
    again = Appointment.from_json(APPOINTMENT.to_json())

    assert type(again.ref) is AppointmentRef
    assert again.service.duration == timedelta(minutes=45)
    assert again.customer.date_of_birth == CUSTOMER.date_of_birth
    assert again.channel is Channel.VIDEO
    slot = Slot.from_json(SLOT.to_json())
    assert type(slot.ref) is SlotRef
    assert slot.channels == SLOT.channels


# --- zones -----------------------------------------------------------------------------------------------------------


def test_an_appointments_times_are_in_its_zone_again():
    again = Appointment.from_json(APPOINTMENT.to_json())

    assert (again.start.tzinfo, again.end.tzinfo) == (SYDNEY, SYDNEY)


def test_a_slots_times_are_in_its_locations_zone_again():
    again = Slot.from_json(SLOT.to_json())

    assert (again.start.tzinfo, again.end.tzinfo) == (SYDNEY, SYDNEY)


def test_a_cancelled_appointments_times_are_too():
    assert Cancellation.from_json(CANCELLATION.to_json()).appointment.start.tzinfo is SYDNEY


def test_an_appointments_own_zone_goes_before_its_locations():
    moved = attrs.evolve(APPOINTMENT, time_zone="Europe/Paris", start=START.astimezone(PARIS), end=None)

    assert Appointment.from_json(moved.to_json()).start.tzinfo is PARIS


def test_without_a_zone_the_offset_is_kept():
    plain = attrs.evolve(APPOINTMENT, time_zone=None, location=None)
    again = Appointment.from_json(plain.to_json())

    assert again.start.utcoffset() == timedelta(hours=11)
    assert again == plain


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_comes_twice_stays_the_one_it_was(fold):
    start = datetime(2026, 4, 5, 2, 30, tzinfo=SYDNEY, fold=fold)
    again = Slot.from_json(attrs.evolve(SLOT, start=start, end=None).to_json())

    assert again.start.fold == fold
    assert again.start.astimezone(UTC) == start.astimezone(UTC)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../Europe/Paris", "/etc", "Europe", "Eastern Standard Time", "\x00"])
@pytest.mark.parametrize("name", ["Appointment", "Slot", "Cancellation"])
def test_with_a_zone_that_this_machine_does_not_know_the_offset_is_kept(name, zone):
    text = FULL[name].to_json().replace("Australia/Sydney", json.dumps(zone)[1:-1])
    again = type(FULL[name]).from_json(text)
    timed = getattr(again, "appointment", again)

    assert timed.start.utcoffset() == timedelta(hours=11)
    assert timed.location.time_zone == zone


# --- rubbish ---------------------------------------------------------------------------------------------------------


def refused(kind, text):
    """See that something else is refused."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is below
        kind.from_json(text)
    error = caught.value
    assert type(error) is ValueError
    assert str(error) == f"This is not a {kind.__name__} of version 1."
    assert (error.__cause__, error.__context__) == (None, None)  # another library's message may quote a person's data


RUBBISH = {
    "nothing": "",
    "no JSON": "canary",
    "no text": None,
    "a number": "7",
    "null": "null",
    "a list": '["canary"]',
    "an empty object": "{}",
    "no version": '{"type": "Customer", "first_name": "canary"}',
    "a later version": '{"version": 2, "type": "Customer", "first_name": "canary"}',
    "a version as text": '{"version": "1", "type": "Customer", "first_name": "canary"}',
    "no type": '{"version": 1, "first_name": "canary"}',
    "another type": '{"version": 1, "type": "Host", "id": "canary"}',
    "a day that is none": '{"version": 1, "type": "Customer", "date_of_birth": "canary"}',
    "an id that is none": '{"version": 1, "type": "Customer", "id": "canary/canary"}',
    "attributes that are none": '{"version": 1, "type": "Customer", "attributes": "canary"}',
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("text", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_is_refused_in_words_of_our_own(text):
    refused(Customer, text)


CHANGED = [
    ("Appointment", "start", "canary"),
    ("Appointment", "start", "2026-03-03T09:00:00"),
    ("Appointment", "start", None),
    ("Appointment", "end", 7),
    ("Appointment", "created_at", "2026-03-03T09:00:00"),
    ("Appointment", "status", "canary"),
    ("Appointment", "channel", "canary"),
    ("Appointment", "ref", "canary"),
    ("Appointment", "ref", "acme@home:7"),
    ("Appointment", "title", 7),
    ("Appointment", "customer", 7),
    ("Appointment", "location", {"name": "canary"}),
    ("Slot", "ref", 7),
    ("Slot", "channels", ["canary"]),
    ("Slot", "start", "2026-03-03T09:00:00"),
    ("Slot", "start", "0001-01-01T00:00:00+14:00"),
    ("Service", "duration", "canary"),
    ("Service", "id", None),
    ("Cancellation", "ref", None),
    ("Cancellation", "appointment", {"id": "canary"}),
]


@pytest.mark.parametrize(("name", "field", "other"), CHANGED)
def test_a_field_that_is_none_is_refused_without_being_quoted(name, field, other):
    value = FULL[name]

    refused(type(value), json.dumps({**json.loads(value.to_json()), field: other}))


@pytest.mark.parametrize("name", FULL)
def test_what_a_later_release_may_add_is_left_alone(name):
    value = FULL[name]

    assert type(value).from_json(json.dumps({**json.loads(value.to_json()), "added_later": [1]})) == value


@pytest.mark.parametrize("name", FULL)
def test_one_kind_is_not_read_as_another(name):
    other = Service if name == "Location" else Location

    refused(other, FULL[name].to_json())
