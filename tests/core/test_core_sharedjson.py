"""The shared classes as JSON: there and back, in their zones, and nothing of a person's in what refuses rubbish."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from scheduling_support import START
from test_core_shared import APPOINTMENT, BARE, CANCELLATION, CUSTOMER, FULL, REFS, SLOT, SYDNEY

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

OBJECTS = [*FULL.values(), *BARE.values()]
ALL = [*OBJECTS, *REFS]
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize("value", ALL, ids=repr)
def test_it_goes_to_json_and_back(value):
    again = type(value).from_json(value.to_json())

    assert again == value
    assert type(again) is type(value)
    assert json.loads(again.to_json()) == json.loads(value.to_json())


@pytest.mark.parametrize("value", OBJECTS, ids=repr)
def test_the_json_says_what_it_is_and_of_which_version(value):
    written = json.loads(value.to_json())

    assert (written["version"], written["type"]) == (1, type(value).__name__)
    assert set(written) == {"version", "type", *(field.name for field in attrs.fields(type(value)))} - {"native"}


@pytest.mark.parametrize("ref", REFS, ids=repr)
def test_the_json_of_a_ref_holds_it_as_text_as_in_every_object(ref):
    assert json.loads(ref.to_json()) == {"version": 1, "type": type(ref).__name__, "ref": str(ref)}


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


def refused(kind, text, why=""):
    """See that something else is refused."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is below
        kind.from_json(text)
    error = caught.value
    assert type(error) is ValueError
    assert str(error) == f"This is not a {kind.__name__} of version 1{why and ': '}{why}."
    assert (error.__cause__, error.__context__) == (None, None)  # another library's message may quote a person's data


RUBBISH = {
    "nothing": "",
    "no JSON": "canary",
    "a number": "7",
    "null": "null",
    "a list": '["canary"]',
    "a text": '"canary"',
    "an empty object": "{}",
    "no version": '{"type": "Customer", "first_name": "canary"}',
    "a later version": '{"version": 2, "type": "Customer", "first_name": "canary"}',
    "a version as text": '{"version": "1", "type": "Customer", "first_name": "canary"}',
    "no type": '{"version": 1, "first_name": "canary"}',
    "another type": '{"version": 1, "type": "Host", "id": "canary"}',
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("text", RUBBISH.values(), ids=RUBBISH)
@pytest.mark.parametrize("kind", [Customer, SlotRef, AppointmentRef])
def test_rubbish_is_refused_in_words_of_our_own(kind, text):
    refused(kind, text)


@pytest.mark.parametrize("kind", [Customer, Appointment, SlotRef])
@pytest.mark.parametrize("text", [None, 7, b"{}", {}])
def test_what_is_no_text_is_no_json(kind, text):
    with pytest.raises(TypeError, match=rf"^text must be a str, not {type(text).__name__}\.$"):
        kind.from_json(text)


TEXT = "must be text"
TIME = "must be a time with its offset from UTC"
REF_FORM = "must be a ref of the form provider:key"
OBJECT = "must be an object"
LIST = "must be a list"
FLAG = "must be true or false"
SCALARS = "must be an object of texts, numbers, true, false and null"
SECONDS = "must be a number of seconds"
MALFORMED = "is malformed"
CHANGED = [
    ("Appointment", "provider", 7, TEXT),
    ("Appointment", "start", "canary", TIME),
    ("Appointment", "start", "2026-03-03T09:00:00", TIME),
    ("Appointment", "start", "0001-01-01T00:00:00+14:00", TIME),
    ("Appointment", "start", None, TIME),
    ("Appointment", "start", 7, TIME),
    ("Appointment", "end", ["canary"], TIME),
    ("Appointment", "created_at", "2026-03-03T09:00:00", TIME),
    ("Appointment", "updated_at", "2026-03-03", TIME),
    ("Appointment", "status", "canary", MALFORMED),
    ("Appointment", "status", None, MALFORMED),
    ("Appointment", "channel", ["video"], MALFORMED),
    ("Appointment", "ref", "canary", REF_FORM),
    ("Appointment", "ref", "acme@home:7", REF_FORM),
    ("Appointment", "ref", {"provider": "acme", "key": "7"}, REF_FORM),
    ("Appointment", "title", 7, TEXT),
    ("Appointment", "notes", ["canary"], TEXT),
    ("Appointment", "recovered", "false", FLAG),
    ("Appointment", "recovered", None, FLAG),
    ("Slot", "ref", 7, REF_FORM),
    ("Slot", "channels", ["canary"], MALFORMED),
    ("Slot", "channels", {"video": 1}, LIST),
    ("Slot", "channels", "", LIST),
    ("Slot", "channels", None, LIST),
    ("Slot", "start", "2026-03-03T09:00:00", TIME),
    ("Slot", "end", "2020-03-03T09:00:00+00:00", MALFORMED),
    ("Customer", "id", "canary/canary", MALFORMED),
    ("Customer", "id", 7, TEXT),
    ("Customer", "date_of_birth", "canary", MALFORMED),
    ("Customer", "date_of_birth", 7, MALFORMED),
    ("Customer", "attributes", "", SCALARS),
    ("Customer", "attributes", [], SCALARS),
    ("Customer", "attributes", [["canary", 1]], SCALARS),
    ("Customer", "attributes", {"canary": ["canary"]}, SCALARS),
    ("Customer", "attributes", None, SCALARS),
    ("Service", "duration", "canary", SECONDS),
    ("Service", "duration", True, SECONDS),
    ("Service", "duration", 1e300, MALFORMED),
    ("Service", "id", None, TEXT),
    ("Cancellation", "ref", None, REF_FORM),
    ("Cancellation", "cancelled_at", "2026-03-03T09:00:00", TIME),
]


@pytest.mark.parametrize(("name", "field", "other", "why"), CHANGED)
def test_a_field_that_is_none_is_named_and_not_quoted(name, field, other, why):
    value = FULL[name]

    refused(type(value), json.dumps({**json.loads(value.to_json()), field: other}), f"{field} {why}")


def objects_within(value, path=()):
    """Find where an object holds others: all of the shared classes are attrs classes, and so are the refs."""
    for field in attrs.fields(type(value)):
        inner = getattr(value, field.name)
        if attrs.has(type(inner)) and field.name not in {"native", "ref"}:
            yield (*path, field.name)
            yield from objects_within(inner, (*path, field.name))


WITHIN = [(name, path) for name, value in FULL.items() for path in objects_within(value)]


def changed(value, path, other):
    """Write an object with something else at a place within it."""
    written = json.loads(value.to_json())
    *before, last = path
    place = written
    for name in before:
        place = place[name]
    place[last] = other
    return json.dumps(written)


def test_objects_stand_at_these_places_within_others():
    assert {name for name, _ in WITHIN} == {"Slot", "Appointment", "Cancellation"}
    assert {path[-1] for _, path in WITHIN} == {"service", "host", "location", "customer", "appointment"}


@pytest.mark.parametrize("other", ["canary", "id", "", 7, True, [], ["id"], [["id", "canary"]]], ids=repr)
@pytest.mark.parametrize(("name", "path"), WITHIN)
def test_where_an_object_belongs_nothing_else_is_read_as_one(name, path, other):
    refused(type(FULL[name]), changed(FULL[name], path, other), f"{'.'.join(path)} {OBJECT}")


@pytest.mark.parametrize(
    ("path", "other", "why"),
    [
        (("customer", "id"), "canary/canary", MALFORMED),
        (("customer", "phone"), 61400000007, TEXT),
        (("location", "id"), None, TEXT),
        (("service", "duration"), "canary", SECONDS),
    ],
)
def test_a_field_within_another_is_named_by_its_path(path, other, why):
    refused(Appointment, changed(APPOINTMENT, path, other), f"{'.'.join(path)} {why}")
    within = ("appointment", *path)
    refused(Cancellation, changed(CANCELLATION, within, other), f"{'.'.join(within)} {why}")


def test_all_that_is_wrong_is_told():
    written = {**json.loads(SLOT.to_json()), "host": {"name": "canary"}, "channels": "canary"}
    del written["provider"]

    refused(Slot, json.dumps(written), "provider is missing; host.id is missing; channels must be a list")


@pytest.mark.parametrize("kind", [AppointmentRef, SlotRef])
@pytest.mark.parametrize("other", [None, 7, "", "canary", "Acme:7", "acme:", "acme@home:7", {"provider": "acme"}, []])
def test_a_ref_that_is_none_is_refused(kind, other):
    refused(kind, json.dumps({"version": 1, "type": kind.__name__, "ref": other}), f"ref {REF_FORM}")


def test_a_ref_that_is_missing_is_refused():
    refused(SlotRef, '{"version": 1, "type": "SlotRef", "key": "canary"}', f"ref {REF_FORM}")


def test_one_kind_of_ref_is_not_read_as_the_other():
    refused(AppointmentRef, SlotRef("acme", "7").to_json())
    refused(SlotRef, AppointmentRef("acme", "7").to_json())


def test_a_time_that_no_clock_of_its_zone_shows_stays_in_utc():
    early = changed(attrs.evolve(SLOT, end=None), ("start",), "0001-01-01T00:00:00+00:00")

    assert Slot.from_json(early.replace("Australia/Sydney", "America/New_York")).start.tzinfo is UTC


@pytest.mark.parametrize("name", FULL)
def test_what_a_later_release_may_add_is_left_alone(name):
    value = FULL[name]

    assert type(value).from_json(json.dumps({**json.loads(value.to_json()), "added_later": [1]})) == value


@pytest.mark.parametrize("name", FULL)
def test_one_kind_is_not_read_as_another(name):
    other = Service if name == "Location" else Location

    refused(other, FULL[name].to_json())
