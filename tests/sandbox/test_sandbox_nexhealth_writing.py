"""The way of a booking into the practice's own system, behind the emulated NexHealth."""

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox_office import HOLDING, HOUR, NOW, SECOND, VERSIONS, Office
from sandbox_receiver import Receiver, receiving

from apptsdk.sandbox import Sandbox

SOURCE = "msg-dentrix-DataSource-100"
FOREIGN = ("foreign_id", "foreign_id_type", "last_sync_time")
DAY = 24 * HOUR


@pytest.fixture
def office() -> Iterator[Office]:
    with Sandbox(now=NOW, rate_limit=None, appointments=0) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        office = Office(sandbox)
        with closing(office.http):
            yield office


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def heard(office: Office, receiver: Receiver) -> Office:
    """Somebody who is told everything."""
    office.hear(receiver.url)
    return office


def foreign(row):
    return tuple(row[name] for name in FOREIGN)


def told(receiver: Receiver):
    return [(one.said["event_name"], one.said["data"]) for one in receiver.arrived]


# --- new appointments ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_booking_is_accepted_at_once_and_written_a_second_later(office, version):
    office.speak(version)
    made = office.book()
    assert foreign(made) == (None, "nex", None)
    office.sandbox.clock.advance(SECOND * 0.999)
    assert foreign(office.appointment(made["id"])) == (None, "nex", None)
    office.sandbox.clock.advance(SECOND * 0.001)
    written = office.appointment(made["id"])
    assert foreign(written) == (str(made["id"] % 1_000_000), SOURCE, "2026-03-02T22:00:01.000Z")
    assert written["updated_at"] == "2026-03-02T22:00:01.000Z"
    assert written["created_at"] == made["created_at"] == "2026-03-02T22:00:00.000Z"


def test_a_booking_is_written_when_the_clock_ticks_there_by_itself(heard, receiver):
    heard.nexhealth.write_after = SECOND / 50
    made = heard.book()
    heard.sandbox.clock.resume()
    assert receiver.came.wait(10)
    assert heard.appointment(made["id"])["foreign_id_type"] == SOURCE


def test_how_long_a_write_takes_can_be_changed(office):
    assert office.nexhealth.write_after == SECOND
    office.nexhealth.write_after = HOUR
    made = office.book()
    office.sandbox.clock.advance(HOUR - SECOND)
    assert office.appointment(made["id"])["foreign_id"] is None
    office.sandbox.clock.advance(SECOND)
    assert office.appointment(made["id"])["last_sync_time"] == "2026-03-02T23:00:00.000Z"


def test_a_location_whose_system_takes_no_appointments_holds_them_for_ever(heard, receiver):
    made = heard.book(location=HOLDING)
    heard.patch(made["id"], cancelled=True)
    assert heard.pass_(30 * DAY) == []
    assert foreign(heard.appointment(made["id"])) == (None, "nex", None)
    assert receiver.arrived == []


def test_the_writes_are_no_entries_of_the_ledger(office):
    made = office.book()
    office.pass_()
    entries = [(one.action, one.resource, one.id) for one in office.sandbox.ledger]
    assert entries == [("create", "appointments", str(made["id"]))]


def test_a_new_patient_is_written_with_the_first_appointment_and_not_before(heard, receiver):
    patient = heard.new_patient()
    assert foreign(patient) == (None, "nex", None)
    assert heard.pass_(DAY / 2) == []
    made = heard.book(patient_id=patient["id"])
    events = heard.pass_()
    assert events == ["patient_created", "appointment_insertion.complete", "appointment_created"]
    written = heard.get(f"/patients/{patient['id']}", subdomain="riverbend-dental")
    assert foreign(written) == (str(patient["id"] % 1_000_000), SOURCE, "2026-03-03T10:00:01.000Z")
    assert (patient["bio"]["new_patient"], written["bio"]["new_patient"]) == (True, False)
    created = told(receiver)[0][1]
    assert created.keys() == {"patients"}
    assert [(one["id"], foreign(one)) for one in created["patients"]] == [(patient["id"], foreign(written))]
    heard.patch(made["id"], cancelled=True)
    heard.book(NOW + 22 * HOUR, patient_id=patient["id"])
    assert heard.pass_().count("patient_created") == 1


def test_a_dependent_is_written_with_the_appointment_that_the_guardian_booked(heard):
    child = {"first_name": "Kit", "last_name": "Lindqvist", "bio": {"date_of_birth": "2019-05-06"}}
    heard.book(is_guardian=True, patient=child)
    assert heard.pass_()[0] == "patient_created"
    (body,) = [one.body for one in heard.nexhealth.deliveries if one.event_name == "patient_created"]
    assert b'"first_name":"Kit"' in body


# --- how it can end --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["failed", "incomplete", "timed_out"])
def test_the_next_write_can_be_made_to_end_badly(heard, receiver, outcome):
    heard.nexhealth.next_writes(outcome)
    first = heard.book()
    assert heard.pass_() == [f"appointment_insertion.{outcome}"]
    second = heard.book(NOW + 21 * HOUR)
    assert heard.pass_()[1:] == ["appointment_insertion.complete", "appointment_created"]
    assert foreign(heard.appointment(first["id"])) == (None, "nex", None)
    assert heard.appointment(second["id"])["foreign_id_type"] == SOURCE
    (name, data), *_ = told(receiver)
    assert name == f"appointment_insertion.{outcome}"
    assert (data.keys(), data["appointment"]["id"], data["appointment"]["foreign_id"]) == (
        {"appointment"},
        first["id"],
        None,
    )


def test_outcomes_are_used_in_order(heard):
    heard.nexhealth.next_writes("failed", "complete")
    heard.nexhealth.next_writes("incomplete")
    for hours in (18, 19, 20, 21):
        heard.book(NOW + hours * HOUR)
    names = [name for name in heard.pass_() if name.startswith("appointment_insertion")]
    assert [name.partition(".")[2] for name in names] == ["failed", "complete", "incomplete", "complete"]


def test_an_unknown_outcome_is_refused(office):
    with pytest.raises(ValueError, match=r"^outcomes must be of complete, .*, not 'lost'$"):
        office.nexhealth.next_writes("complete", "lost")
    made = office.book()
    office.sandbox.clock.advance(SECOND)
    assert office.appointment(made["id"])["foreign_id"] is not None


@pytest.mark.parametrize("early", [timedelta(0), HOUR])
def test_an_appointment_whose_start_comes_first_is_given_up_at_its_start(heard, early):
    heard.nexhealth.write_after = 20 * HOUR + early
    made = heard.book(NOW + 20 * HOUR)
    heard.sandbox.clock.advance(20 * HOUR - SECOND)
    heard.sandbox.settle()
    assert heard.nexhealth.deliveries == ()
    assert heard.pass_() == ["appointment_insertion.timed_out"]
    assert heard.nexhealth.deliveries[0].first_at == NOW + 20 * HOUR
    assert heard.pass_(DAY) == ["appointment_insertion.timed_out"]
    assert foreign(heard.appointment(made["id"])) == (None, "nex", None)


@given(minutes=st.integers(1, 600), starts_in=st.integers(1, 600), steps=st.lists(st.integers(1, 400), max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_booking_is_written_or_given_up_once_whatever_the_clock_does(minutes, starts_in, steps):
    with Sandbox(now=NOW, rate_limit=None, appointments=0) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        office = Office(sandbox)
        with closing(office.http):
            office.nexhealth.write_after = timedelta(minutes=minutes)
            endpoint = office.endpoint("https://hooks.example.com/")
            office.subscribe(endpoint["id"], "appointment_insertion")
            office.book(NOW + timedelta(minutes=starts_in))
            for step in steps:
                office.pass_(timedelta(minutes=step))
            names = [(one.event_name, one.first_at) for one in office.nexhealth.deliveries]
    ends = min(minutes, starts_in)
    outcome = "complete" if minutes < starts_in else "timed_out"
    expected = [(f"appointment_insertion.{outcome}", NOW + timedelta(minutes=ends))] if sum(steps) >= ends else []
    assert names == expected


# --- changes ---------------------------------------------------------------------------------------------------------


def test_a_cancellation_is_told_of_when_it_is_written(heard, receiver):
    made = heard.book()
    heard.pass_()
    heard.patch(made["id"], cancelled=True)
    heard.sandbox.settle()
    assert len(receiver.arrived) == 2
    assert heard.pass_()[2:] == ["appointment_updated"]
    name, data = told(receiver)[-1]
    assert name == "appointment_updated"
    assert data.keys() == {"appointment", "previous_attributes"}
    assert (data["appointment"]["id"], data["appointment"]["cancelled"]) == (made["id"], True)
    assert data["appointment"]["last_sync_time"] == "2026-03-02T22:00:02.000Z"
    assert {"cancelled": False, "cancelled_at": None}.items() <= data["previous_attributes"].items()


def test_a_cancellation_that_comes_before_the_write_is_told_of_and_nothing_is_written(heard):
    made = heard.book()
    heard.patch(made["id"], cancelled=True)
    assert heard.pass_() == ["appointment_updated"]
    row = heard.appointment(made["id"])
    assert (foreign(row), row["cancelled"]) == ((None, "nex", None), True)
    assert heard.pass_(2 * DAY) == ["appointment_updated"]


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"confirmed": True}, {"confirmed": False, "confirmed_at": None}),
        (
            {"start_time": "2026-03-04T19:00:00Z", "end_time": "2026-03-04T19:30:00Z"},
            {"start_time": "2026-03-03T18:00:00.000Z", "end_time": "2026-03-03T18:30:00.000Z"},
        ),
        ({"note": "knee"}, {"note": None}),
    ],
    ids=["confirm", "move", "note"],
)
def test_every_change_is_told_of_with_what_was_there_before(heard, receiver, change, differs):
    made = heard.book()
    heard.pass_()
    heard.patch(made["id"], **change)
    assert heard.pass_()[2:] == ["appointment_updated"]
    data = told(receiver)[-1][1]
    assert differs.items() <= data["previous_attributes"].items()
    assert all(data["appointment"][name] != value for name, value in differs.items())


@pytest.mark.parametrize("outcome", ["failed", "incomplete", "timed_out"])
def test_a_change_can_end_badly_too(heard, outcome):
    made = heard.book()
    heard.pass_()
    heard.nexhealth.next_writes(outcome)
    heard.patch(made["id"], confirmed=True)
    assert heard.pass_()[2:] == [f"appointment_updated.{outcome}"]
    assert heard.appointment(made["id"])["last_sync_time"] == "2026-03-02T22:00:01.000Z"


def test_changes_in_a_row_are_told_of_one_by_one_with_different_times(heard, receiver):
    made = heard.book()
    heard.pass_()
    for change in ({"confirmed": True}, {"cancelled": True}):
        heard.patch(made["id"], **change)
        heard.pass_()
    times = [data["appointment"]["updated_at"] for name, data in told(receiver) if name == "appointment_updated"]
    assert times == ["2026-03-02T22:00:02.000Z", "2026-03-02T22:00:03.000Z"]


def test_a_moved_appointment_that_waits_for_its_system_is_not_given_up_at_its_old_start(heard):
    made = heard.book(NOW + 20 * HOUR)
    row = heard.nexhealth.world.tables["appointments"][made["id"]]
    heard.nexhealth.sync(write_status="red")
    row.starts_at, row.ends_at = row.starts_at + HOUR, row.ends_at + HOUR
    assert heard.pass_(20 * HOUR) == []
    assert heard.pass_(HOUR) == ["appointment_insertion.timed_out"]


def test_a_patient_who_is_changed_in_the_system_is_told_of(heard, receiver):
    world = heard.nexhealth.world
    patient = world.find("patients", heard.patients()[0]["id"])
    patient.values["email"] = "new@example.com"
    world.changed("patients", patient, "update")
    assert heard.pass_() == ["patient_updated"]
    ((name, data),) = told(receiver)
    assert (name, [one["email"] for one in data["patients"]]) == ("patient_updated", ["new@example.com"])
    assert data["patients"][0]["last_sync_time"] == "2026-03-02T22:00:01.000Z"


def test_a_patient_whom_no_system_has_is_changed_in_silence(heard):
    patient = heard.new_patient()
    world = heard.nexhealth.world
    world.changed("patients", world.find("patients", patient["id"]), "update")
    assert heard.pass_() == []


# --- the lights ------------------------------------------------------------------------------------------------------


def test_while_the_system_cannot_be_written_to_writes_wait(heard):
    heard.nexhealth.sync(write_status="red")
    made = heard.book()
    assert heard.pass_(HOUR) == []
    assert heard.appointment(made["id"])["foreign_id"] is None
    heard.nexhealth.sync(write_status="green")
    assert heard.pass_(timedelta(0)) == [
        "sync_status_write_change",
        "appointment_insertion.complete",
        "appointment_created",
    ]
    assert heard.appointment(made["id"])["last_sync_time"] == "2026-03-02T23:00:00.000Z"


def test_changes_wait_too_and_what_waits_longer_than_its_start_is_given_up(heard):
    made = heard.book()
    heard.pass_()
    heard.nexhealth.sync(write_status="red")
    heard.patch(made["id"], confirmed=True)
    world = heard.nexhealth.world
    world.changed("patients", world.find("patients", heard.patients()[0]["id"]), "update")
    heard.book(NOW + HOUR)
    heard.patch(heard.book(NOW + 2 * HOUR)["id"], cancelled=True)
    assert heard.pass_(3 * HOUR)[2:] == ["appointment_insertion.timed_out"]
    heard.nexhealth.sync(write_status="green", read_status="green")
    assert heard.pass_(timedelta(0))[3:] == [
        "sync_status_write_change",
        "appointment_updated",
        "patient_updated",
        "appointment_updated",
    ]


def test_only_the_way_back_to_green_is_told_of(heard, receiver):
    heard.nexhealth.sync(read_status="red", write_status="red")
    assert heard.pass_(HOUR) == []
    (status,) = heard.get("/sync_status", subdomain="riverbend-dental")
    assert (status["read_status"], status["read_status_at"]) == ("red", "2026-03-02T22:00:00.000Z")
    heard.nexhealth.sync(read_status="red")
    heard.nexhealth.sync(read_status="green")
    assert heard.pass_(HOUR) == ["sync_status_read_change"]
    heard.nexhealth.sync(read_status="green", write_status="green")
    assert heard.pass_(HOUR) == ["sync_status_read_change", "sync_status_write_change"]
    (first, data), (second, _) = told(receiver)
    assert (first, second) == ("sync_status_read_change", "sync_status_write_change")
    assert (data["read_status"], data["write_status"]) == ("green", "red")
    assert data["read_status_at"] == "2026-03-02T23:00:00.000Z"
    assert data["write_status_at"] == "2026-03-02T22:00:00.000Z"
    assert data["emr"]["name"] == "dentrix"


def test_the_lights_of_one_practice_are_not_those_of_another(heard):
    heard.nexhealth.sync(write_status="red", subdomain="lakeside")
    made = heard.book()
    heard.pass_()
    assert heard.appointment(made["id"])["foreign_id"] is not None
    heard.nexhealth.sync(write_status="green")
    lights = [row["write_status"] for row in heard.get("/sync_status")]
    assert sorted(lights) == ["green", "red"]


@pytest.mark.parametrize(
    ("said", "told_"),
    [
        ({"read_status": "blue"}, "read_status must be green or red, not 'blue'"),
        ({"write_status": "off"}, "write_status must be green or red, not 'off'"),
        ({"write_status": "red", "subdomain": "nowhere"}, "the sandbox has no practice 'nowhere'"),
    ],
)
def test_a_mistake_about_the_lights_is_refused(office, said, told_):
    with pytest.raises(ValueError, match=f"^{told_}$"):
        office.nexhealth.sync(**said)


def test_the_lights_can_be_turned_while_calls_are_answered(heard):
    done = []

    def blink() -> None:
        for light in ("red", "green") * 20:
            heard.nexhealth.sync(write_status=light)
        done.append(True)

    thread = threading.Thread(target=blink)
    thread.start()
    for minutes in range(0, 300, 30):
        heard.book(NOW + 20 * HOUR + timedelta(minutes=minutes))
    thread.join()
    assert done == [True]
    assert heard.pass_().count("appointment_insertion.complete") == 10
