"""NexHealth: appointments are booked, refused, confirmed, moved, cancelled and read."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sandbox_clinic import NOW
from sandbox_practice import (
    DOWNTOWN,
    HARBOUR,
    HEADERS,
    LAKESIDE,
    NO_ACCESS,
    NOT_CONFIGURED,
    NOT_FOUND,
    NOT_SYNCED,
    RIVERBEND,
    TAKEN,
    WEST,
    Practice,
)

FLAT = {
    "id", "patient_id", "provider_id", "provider_name", "start_time", "confirmed", "patient_missed", "created_at",
    "updated_at", "note", "end_time", "unavailable", "cancelled", "timezone", "institution_id", "appointment_type_id",
    "checkin_at", "location_id", "foreign_id", "foreign_id_type", "misc", "last_sync_time", "patient_confirmed",
    "created_by_user_id", "is_guardian", "patient_confirmed_at", "cancelled_at", "is_new_clients_patient",
    "confirmed_at", "sooner_if_possible", "operatory_id", "checked_out", "checked_out_at", "referrer",
    "is_past_patient", "timezone_offset",
}  # fmt: skip
INCLUDES = ["patient", "guarantor", "descriptors", "booking_details", "procedures", "operatory", "appointment_type"]
NO_MOVES = "EMR does not support appointment update"


def refuse(practice, *, location=DOWNTOWN, status=400, subdomain=RIVERBEND, **fields):
    body = practice.booking(**fields)
    return practice.refused(
        "POST", "/appointments", json=body, location_id=location, status=status, subdomain=subdomain
    )


def patch(practice, id_, *, status=200, version="v3", subdomain=RIVERBEND, **fields):
    ask = practice.said if status == 200 else practice.refused
    return ask(
        "PATCH", f"/appointments/{id_}", json={"appt": fields}, status=status, version=version, subdomain=subdomain
    )


def test_a_new_appointment_is_in_nexhealth_only(practice):
    data = practice.made("/appointments", practice.booking(note="prefers mornings"), location_id=DOWNTOWN)
    assert data.keys() == {"appt", "stripe_client_secret"}
    made = data["appt"]
    assert made.keys() == FLAT
    assert made["id"] > 1_600_000_000
    wanted = {
        "patient_id": practice.patient(),
        "provider_id": practice.provider(),
        "provider_name": "Dr. Priya Raman",
        "operatory_id": practice.chair(),
        "appointment_type_id": practice.kind(),
        "location_id": DOWNTOWN,
        "institution_id": practice.world.institution(RIVERBEND).id,
        "start_time": "2026-04-14T14:00:00.000Z",
        "end_time": "2026-04-14T14:30:00.000Z",
        "timezone": "America/Chicago",
        "timezone_offset": "-5:00",
        "note": "prefers mornings",
        "created_at": "2026-03-02T22:00:00.000Z",
        "updated_at": "2026-03-02T22:00:00.000Z",
        "foreign_id": None,
        "foreign_id_type": "nex",
        "last_sync_time": None,
        "misc": {"is_booked_on_nexhealth": True},
        "cancelled": False,
        "confirmed": False,
        "unavailable": False,
        "cancelled_at": None,
        "referrer": None,
    }
    assert {name: made[name] for name in wanted} == wanted


def test_what_was_booked_can_be_read_and_stands_in_the_ledger(practice):
    made = practice.book()
    shown = practice.get(f"/appointments/{made['id']}")
    assert shown.pop("patient")["id"] == practice.patient()
    assert shown == made
    assert practice.ledger("appointments") == [("create", str(made["id"]))]
    (entry,) = practice.sandbox.ledger
    assert (entry.provider, entry.record) == ("nexhealth", made)
    assert practice.sandbox.ledger.live("appointments") == [str(made["id"])]


def test_v2_answers_a_booking_as_the_page_does(practice):
    body = practice.booking(descriptor_ids=[practice.world.find("appointment_types", practice.kind()).values[
        "descriptor_ids"][0]])  # fmt: skip
    said = practice.said(
        "POST", "/appointments", json=body, status=201, version="v2", location_id=DOWNTOWN, notify_patient=False
    )
    assert said["description"] is None
    assert said["data"].keys() == {"appt"}
    appt = said["data"]["appt"]
    assert appt.keys() == FLAT | {"deleted", "patient", "procedures", "descriptors", "booking_details"}
    assert (appt["deleted"], appt["procedures"], appt["booking_details"]) == (False, [], None)
    assert appt["patient"]["name"] == "Ada Lindqvist"
    assert [one["code"] for one in appt["descriptors"]] == ["D1110"]


def test_a_slots_time_may_be_handed_back_unchanged(practice):
    made = practice.book("2026-04-14T09:30:00.000-05:00")
    assert (made["start_time"], made["end_time"]) == ("2026-04-14T14:30:00.000Z", "2026-04-14T15:00:00.000Z")


@pytest.mark.parametrize(
    ("start_time", "utc"),
    [
        ("2026-04-14T14:00:00Z", "2026-04-14T14:00:00.000Z"),
        ("2026-04-14T14:00:00.123456+00:00", "2026-04-14T14:00:00.123Z"),
        ("2026-04-14T09:00:00", "2026-04-14T14:00:00.000Z"),
        ("2026-03-08T12:00:00", "2026-03-08T17:00:00.000Z"),
        ("2026-03-07T12:00:00", "2026-03-07T18:00:00.000Z"),
    ],
)
def test_a_time_without_an_offset_is_the_locations(practice, start_time, utc):
    assert practice.book(start_time, appointment_type_id=None)["start_time"] == utc


def test_the_end_follows_from_the_type_or_is_a_quarter_of_an_hour_later(practice):
    exam = practice.book("2026-04-14T14:00:00Z", appointment_type_id=practice.kind("New patient exam"))
    assert exam["end_time"] == "2026-04-14T15:00:00.000Z"
    typeless = practice.book("2026-04-14T15:00:00Z", appointment_type_id=None)
    assert (typeless["end_time"], typeless["appointment_type_id"]) == ("2026-04-14T15:15:00.000Z", 0)
    said = practice.book("2026-04-14T15:15:00Z", end_time="2026-04-14T16:35:00Z")
    assert said["end_time"] == "2026-04-14T16:35:00.000Z"


@pytest.mark.parametrize("start_time", ["2026-03-02T22:00:00Z", "2026-03-02T21:59:59Z", "2020-01-01"])
def test_only_the_future_can_be_booked(practice, start_time):
    fields = {"start_time": start_time, "appointment_type_id": None}
    assert refuse(practice, **fields) == ["start_time must be in the future"]


@pytest.mark.parametrize("end_time", ["2026-04-14T14:00:00Z", "2026-04-14T13:00:00Z"])
def test_the_end_must_be_behind_the_start(practice, end_time):
    assert refuse(practice, end_time=end_time) == ["end_time must be after start_time"]


@pytest.mark.parametrize("field", ["patient_id", "provider_id", "start_time"])
def test_what_a_booking_needs_is_named(practice, field):
    assert refuse(practice, **{field: None}) == [f"Missing parameter {field}"]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("start_time", "tomorrow-ish", "start_time is invalid"),
        ("start_time", 5, "start_time is invalid"),
        ("start_time", "9999-12-31T23:59:59Z", "start_time is invalid"),
        ("patient_id", "Ada", "patient_id is invalid"),
        ("patient_id", True, "patient_id is invalid"),
        ("patient_id", 1.5, "patient_id is invalid"),
        ("unavailable", "perhaps", "unavailable is invalid"),
        ("descriptor_ids", 4, "descriptor_ids is invalid"),
        ("descriptor_ids", ["x"], "descriptor_ids is invalid"),
        ("note", {"a": 1}, "note is invalid"),
        ("note", "x" * 129, "note is too long (maximum is 128 characters)"),
    ],
)
def test_a_field_that_cannot_be_read_is_refused(practice, field, value, error):
    assert refuse(practice, **{field: value}) == [error]
    assert practice.ledger("appointments") == []


def test_a_note_has_at_most_128_characters(practice):
    assert practice.book(note="x" * 128)["note"] == "x" * 128


def test_ids_may_be_sent_as_text(practice):
    assert practice.book(patient_id=str(practice.patient()))["patient_id"] == practice.patient()


@pytest.mark.parametrize("field", ["patient_id", "provider_id", "operatory_id", "appointment_type_id"])
def test_who_or_what_is_unknown_is_not_found(practice, field):
    assert refuse(practice, status=404, **{field: 5}) == [NOT_FOUND]
    assert refuse(practice, status=404, descriptor_ids=[5]) == [NOT_FOUND]


def test_another_practices_patient_or_chair_is_not_found(practice):
    assert refuse(practice, status=404, patient_id=practice.patient("Kira")) == [NOT_FOUND]
    assert refuse(practice, status=404, operatory_id=practice.chair("WEST-A")) == [NOT_FOUND]


def test_a_location_that_books_by_chair_needs_one(practice):
    assert refuse(practice, operatory_id=None) == ["Missing parameter operatory_id"]
    fields = {"provider_id": practice.provider("Castellanos"), "operatory_id": None, "location": WEST}
    assert practice.book("2026-04-14T16:00:00Z", **fields)["operatory_id"] is None


def test_a_closed_chair_and_an_inactive_provider_cannot_be_booked(practice):
    closed = practice.chair("OP-3")
    assert refuse(practice, operatory_id=closed) == ["The operatory cannot be booked"]
    error = "The provider cannot be booked at the location"
    assert refuse(practice, provider_id=practice.provider("Haddad")) == [error]
    assert refuse(practice, provider_id=practice.provider("Castellanos")) == [error]


@pytest.mark.parametrize(
    ("start_time", "minutes", "taken"),
    [
        ("2026-04-14T14:00:00Z", 30, True),
        ("2026-04-14T13:45:00Z", 30, True),
        ("2026-04-14T14:29:00Z", 30, True),
        ("2026-04-14T13:00:00Z", 120, True),
        ("2026-04-14T13:30:00Z", 30, False),
        ("2026-04-14T14:30:00Z", 30, False),
    ],
)
@pytest.mark.parametrize("version", HEADERS)
def test_a_time_that_is_taken_is_refused(practice, start_time, minutes, taken, version):
    practice.book()
    end_time = (datetime.fromisoformat(start_time) + timedelta(minutes=minutes)).isoformat()
    body = practice.booking(start_time, end_time=end_time, appointment_type_id=None)
    query = {"json": body, "version": version, "location_id": DOWNTOWN}
    if taken:
        (error,) = practice.refused("POST", "/appointments", **query)
        assert TAKEN in error
    else:
        assert practice.said("POST", "/appointments", status=201, **query)["data"]["appt"]["cancelled"] is False
    assert len(practice.sandbox.ledger.live("appointments")) == 2 - taken


def test_a_chair_that_another_provider_has_is_taken(practice):
    practice.book(appointment_type_id=None)
    (error,) = refuse(practice, provider_id=practice.provider("Okafor"), appointment_type_id=None)
    assert TAKEN in error


def test_a_provider_who_is_in_another_chair_is_taken(practice):
    practice.book(appointment_type_id=None)
    (error,) = refuse(practice, operatory_id=practice.chair("OP-2"), appointment_type_id=None)
    assert TAKEN in error


@pytest.mark.parametrize(
    "fields",
    [
        {"appointment_type_id": "Emergency"},
        {"operatory_id": "OP-2"},
        {"start_time": "2026-04-14T17:00:00Z"},
        {"start_time": "2026-04-14T16:45:00Z"},
        {"start_time": "2026-04-18T14:00:00Z"},
        {"provider_id": "Okafor"},
        {"appointment_type_id": "New patient exam", "operatory_id": "OP-2", "start_time": "2026-04-14T18:00:00Z"},
    ],
)
def test_a_type_must_be_configured_for_the_slot(practice, fields):
    finders = {"appointment_type_id": practice.kind, "operatory_id": practice.chair, "provider_id": practice.provider}
    found = {name: finders[name](value) if name in finders else value for name, value in fields.items()}
    (error,) = refuse(practice, **found)
    assert NOT_CONFIGURED in error
    # Without a type the same is taken.
    end_time = "2026-04-19T14:30:00Z" if "start_time" not in fields else None
    assert end_time or practice.book(**{**found, "appointment_type_id": None})["id"]


def test_a_block_needs_no_patient_and_takes_the_time(practice):
    at = {"start_time": "2026-04-14T14:00:00Z", "end_time": "2026-04-14T16:00:00Z"}
    made = practice.book(**at, unavailable=True, patient_id=None, appointment_type_id=None)
    assert (made["unavailable"], made["patient_id"]) == (True, None)
    (error,) = refuse(practice, start_time="2026-04-14T15:30:00Z")
    assert TAKEN in error


def test_a_block_may_lie_over_appointments(practice):
    practice.book()
    assert practice.book(unavailable=True, patient_id=None, appointment_type_id=None)["unavailable"] is True


def dependent(**bio):
    return {"first_name": "Nils", "last_name": "Lindqvist", "bio": {"date_of_birth": "2018-02-01", **bio}}


def test_a_guardian_books_for_a_dependent(practice):
    made = practice.book(is_guardian=True, patient=dependent())
    assert (made["is_guardian"], made["patient_id"]) == (True, practice.patient())
    (child,) = [
        one
        for one in practice.get(f"/patients/{practice.patient()}", include=["children"])["children"]
        if one["first_name"] == "Nils"
    ]
    assert child["bio"] == {
        "date_of_birth": "2018-02-01",
        "gender": "Female",
        "new_patient": True,
        "non_patient": False,
    }
    assert practice.ledger("patients") == [("create", str(child["id"]))]


@pytest.mark.parametrize(
    ("patient", "errors"),
    [
        (None, ["Missing parameter patient"]),
        ({}, ["Missing parameter first_name", "Missing parameter last_name", "Missing parameter bio"]),
        (dependent(gender="Unknown"), ["gender does not have a valid value"]),
        (dependent(date_of_birth="2027-01-01"), ["User date of birth is invalid"]),
        ({**dependent(), "bio": {}}, ["Missing parameter date_of_birth"]),
        ("Nils", ["patient is invalid"]),
    ],
)
def test_a_dependent_must_be_described(practice, patient, errors):
    assert refuse(practice, is_guardian=True, patient=patient) == errors
    assert len(practice.sandbox.ledger) == 0


def at_lakeside(practice, **fields):
    return {
        "patient_id": practice.patient("Kira"),
        "provider_id": practice.provider("Silva"),
        "operatory_id": None,
        "appointment_type_id": practice.kind("Consultation"),
        "start_time": "2026-04-14T13:00:00Z",
        **fields,
    }


def share(practice, number, **fields):
    body = {**practice.booking(**at_lakeside(practice, **fields)), "appointments_per_timeslot": number}
    return practice.ask("POST", "/appointments", json=body, location_id=HARBOUR, subdomain=LAKESIDE)


def test_one_time_may_hold_as_many_as_are_asked_for_where_the_system_can(practice):
    assert [share(practice, 2).status_code for _ in range(3)] == [201, 201, 400]
    assert [share(practice, 3).status_code for _ in range(2)] == [201, 400]
    assert TAKEN in share(practice, 1).json()["error"][0]


def test_appointments_one_behind_the_other_do_not_add_up(practice):
    for start_time in ("2026-04-14T13:00:00Z", "2026-04-14T13:30:00Z"):
        assert share(practice, 2, start_time=start_time).status_code == 201
    long = {"end_time": "2026-04-14T14:00:00Z"}
    assert [share(practice, 2, **long).status_code for _ in range(2)] == [201, 400]


@pytest.mark.parametrize("number", [0, 6, "many"])
def test_a_time_holds_between_one_and_five(practice, number):
    assert share(practice, number).status_code == 400


def test_a_patient_with_earlier_appointments_is_a_past_one(practice):
    practice.book("2026-03-02T22:30:00Z", appointment_type_id=None, patient_id=practice.patient("Greta"))
    practice.sandbox.clock.advance(timedelta(days=1))
    practice.token = practice.mint()
    greta = practice.book("2026-05-12T14:00:00Z", patient_id=practice.patient("Greta"))
    nobody = practice.book("2026-05-12T14:30:00Z", patient_id=practice.patient("Elin"))
    assert (greta["is_past_patient"], nobody["is_past_patient"]) == (True, False)


def test_a_foreign_location_cannot_be_booked(practice):
    assert refuse(practice, location=HARBOUR, status=403) == [NO_ACCESS]


@pytest.mark.parametrize("version", HEADERS)
def test_a_cancellation_works_before_the_appointment_is_written(practice, version):
    made = practice.book()
    practice.sandbox.clock.advance(timedelta(milliseconds=500))
    appt = patch(practice, made["id"], version=version, cancelled=True)["data"]["appt"]
    moment = "2026-03-02T22:00:00.500Z"
    assert (appt["cancelled"], appt["cancelled_at"], appt["updated_at"]) == (True, moment, moment)
    assert practice.ledger("appointments") == [("create", str(made["id"])), ("cancel", str(made["id"]))]
    assert practice.sandbox.ledger.live("appointments") == []


@pytest.mark.parametrize("cancelled", [True, False])
def test_a_cancellation_is_one_way(practice, cancelled):
    made = practice.book()
    patch(practice, made["id"], cancelled=True)
    assert patch(practice, made["id"], status=400, cancelled=cancelled) == [NOT_SYNCED]


def test_a_confirmation_waits_until_the_appointment_is_written(practice):
    made = practice.book()
    assert patch(practice, made["id"], status=400, confirmed=True) == [NOT_SYNCED]
    assert patch(practice, made["id"], status=400, checkin_at="2026-04-14T14:00:00Z") == [NOT_SYNCED]
    practice.write(made["id"])
    appt = patch(practice, made["id"], confirmed=True)["data"]["appt"]
    assert (appt["confirmed"], appt["confirmed_at"]) == (True, "2026-03-02T22:00:00.000Z")
    assert patch(practice, made["id"], confirmed=True)["data"]["appt"]["confirmed"] is True
    error = "confirmed can only be changed from false to true"
    assert patch(practice, made["id"], status=400, confirmed=False) == [error]


def test_a_patient_checks_in_once(practice):
    made = practice.book()
    practice.write(made["id"])
    appt = patch(practice, made["id"], checkin_at="2026-04-14T13:55:00Z")["data"]["appt"]
    assert appt["checkin_at"] == "2026-04-14T13:55:00.000Z"
    again = patch(practice, made["id"], status=400, checkin_at="2026-04-14T14:00:00Z")
    assert again == ["checkin_at can only be set once"]


def test_an_appointment_moves_where_the_system_can(practice):
    made = practice.book()
    practice.write(made["id"])
    at = {"start_time": "2026-04-14T13:00:00.000-05:00", "end_time": "2026-04-14T13:30:00.000-05:00"}
    appt = patch(practice, made["id"], **at, operatory_id=practice.chair("OP-2"), note="later")["data"]["appt"]
    assert (appt["start_time"], appt["end_time"]) == ("2026-04-14T18:00:00.000Z", "2026-04-14T18:30:00.000Z")
    assert (appt["operatory_id"], appt["note"]) == (practice.chair("OP-2"), "later")
    assert practice.slots(appointment_type_id=practice.kind())[0] == "09:00"
    assert "13:00" not in practice.slots(appointment_type_id=practice.kind())
    assert practice.ledger("appointments")[-1] == ("update", str(made["id"]))


def test_an_appointment_may_overlap_itself_when_it_moves(practice):
    made = practice.book()
    practice.write(made["id"])
    at = {"start_time": "2026-04-14T14:15:00Z", "end_time": "2026-04-14T14:45:00Z"}
    assert patch(practice, made["id"], **at)["data"]["appt"]["start_time"] == "2026-04-14T14:15:00.000Z"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"start_time": "2026-04-14T15:00:00Z"}, "start_time and end_time must be provided together"),
        ({"end_time": "2026-04-14T15:00:00Z"}, "start_time and end_time must be provided together"),
        (
            {"start_time": "2026-03-01T15:00:00Z", "end_time": "2026-03-01T16:00:00Z"},
            "start_time must be in the future",
        ),
        (
            {"start_time": "2026-04-14T15:00:00Z", "end_time": "2026-04-14T15:00:00Z"},
            "end_time must be after start_time",
        ),
        ({"note": "x" * 129}, "note is too long (maximum is 128 characters)"),
        (
            {"start_time": "2026-04-14T15:00:00Z", "end_time": "2026-04-14T16:00:00Z"},
            "Sorry, this time is no longer available. Please choose another time.",
        ),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_changes_nothing(practice, fields, error):
    made = practice.book()
    practice.book("2026-04-14T15:30:00Z")
    practice.write(made["id"])
    before = practice.get(f"/appointments/{made['id']}")
    assert patch(practice, made["id"], status=400, **fields) == [error]
    assert practice.get(f"/appointments/{made['id']}") == before


def test_a_move_waits_until_the_appointment_is_written(practice):
    made = practice.book()
    at = {"start_time": "2026-04-14T15:00:00Z", "end_time": "2026-04-14T15:30:00Z"}
    assert patch(practice, made["id"], status=400, **at) == [NOT_SYNCED]


def test_nothing_moves_where_the_system_cannot(practice):
    made = share(practice, 1).json()["data"]["appt"]
    practice.write(made["id"])
    at = {"start_time": "2026-04-14T15:00:00Z", "end_time": "2026-04-14T15:30:00Z"}
    for fields in (at, {"note": "x"}):
        assert patch(practice, made["id"], status=400, subdomain=LAKESIDE, **fields) == [NO_MOVES]
    appt = patch(practice, made["id"], subdomain=LAKESIDE, confirmed=True)["data"]["appt"]
    assert appt["confirmed"] is True


def test_v2_moves_nothing(practice):
    made = practice.book()
    practice.write(made["id"])
    assert patch(practice, made["id"], status=400, version="v2", note="x") == [NO_MOVES]


def test_a_move_to_a_foreign_chair_is_not_found(practice):
    made = practice.book()
    practice.write(made["id"])
    assert patch(practice, made["id"], status=404, operatory_id=practice.chair("WEST-A")) == [NOT_FOUND]


def test_a_change_of_nothing_changes_nothing(practice):
    made = practice.book()
    practice.sandbox.clock.advance(timedelta(milliseconds=500))
    assert patch(practice, made["id"])["data"]["appt"] == made
    assert patch(practice, made["id"], cancelled=False, colour="red")["data"]["appt"] == made
    assert practice.ledger("appointments") == [("create", str(made["id"]))]


def test_one_appointment_includes_what_is_asked_for(practice):
    child = practice.patient("Clara")
    made = practice.book(patient_id=child)
    path = f"/appointments/{made['id']}"
    assert practice.get(path).keys() == FLAT | {"patient"}
    assert practice.get(path, include=["operatory"]).keys() == FLAT | {"operatory"}
    shown = practice.get(path, include=INCLUDES)
    assert shown.keys() == FLAT | set(INCLUDES) - {"guarantor"}
    assert (shown["patient"]["id"], shown["patient"]["guarantor"]["id"]) == (child, practice.patient("Ada"))
    assert shown["operatory"]["name"] == "OP-1"
    assert shown["appointment_type"]["minutes"] == 30
    assert shown["booking_details"] is None
    assert practice.get(path, version="v2")["deleted"] is False


def test_past_appointments_have_procedures_and_some_were_booked_online(grown):
    procedures, online = [], []
    for row in grown.world.records("appointments", grown.world.institution(RIVERBEND).id):
        shown = grown.get(f"/appointments/{row.id}", include=["procedures", "booking_details"])
        procedures += shown["procedures"]
        online += [shown["booking_details"]] if shown["booking_details"] else []
    assert procedures[0]["fee"] == {"amount": "180.00", "currency": "USD"}
    assert online[0]["campaign_medium"] == "sms"


def test_the_descriptors_of_an_appointment_are_those_that_were_sent(practice):
    ids = [row.id for row in practice.world.records("descriptors") if row.values["location_id"] == DOWNTOWN]
    made = practice.book(descriptor_ids=ids)
    path = f"/appointments/{made['id']}/appointment_descriptors"
    said = practice.said("GET", path)
    assert ([one["id"] for one in said["data"]], said["count"]) == (ids, 3)
    assert [one["code"] for one in practice.get(path, descriptor_type="Appointment Type")] == ["NP"]
    assert practice.get(path, descriptor_type="Other") == []


ALL = {"start": "2024-01-01", "end": "2028-01-01", "per_page": 300}


def ids(practice, *, version="v3", location=DOWNTOWN, **query):
    rows = practice.get("/appointments", version=version, location_id=location, **{**ALL, **query})
    return [row["id"] for row in rows]


def rows(practice, location=DOWNTOWN):
    return [row for row in practice.world.records("appointments") if row.location == location]


def test_a_list_is_in_order_of_time_and_has_nothing_included(grown):
    found = grown.get("/appointments", location_id=DOWNTOWN, **ALL)
    wanted = sorted(rows(grown), key=lambda row: (row.starts_at, row.id))
    assert [row["id"] for row in found] == [row.id for row in wanted]
    assert len(found) > 30
    assert all(row.keys() == FLAT for row in found)
    assert all(row.keys() == FLAT | {"deleted"} for row in grown.get(
        "/appointments", location_id=DOWNTOWN, version="v2", **ALL))  # fmt: skip


@pytest.mark.parametrize(
    ("query", "test"),
    [
        ({"cancelled": False}, lambda row: not row.cancelled),
        ({"cancelled": True}, lambda row: row.cancelled),
        ({"unavailable": True}, lambda row: row.unavailable),
        ({"unavailable": False}, lambda row: not row.unavailable),
        ({"timezone": "America/Chicago"}, lambda row: True),
        ({"timezone": "America/Denver"}, lambda row: False),
        ({"created_by": 390199001}, lambda row: False),
        ({"nex_only": True}, lambda row: False),
        ({"nex_only": False}, lambda row: True),
        ({"updated_since": "2026-02-15"}, lambda row: row.updated_at >= datetime(2026, 2, 15, 6, tzinfo=UTC)),
        ({"start": "2026-03-05"}, lambda row: row.starts_at >= datetime(2026, 3, 5, 6, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("version", HEADERS)
def test_a_list_can_be_narrowed(grown, query, test, version):
    assert sorted(ids(grown, version=version, **query)) == sorted(row.id for row in rows(grown) if test(row))


@pytest.mark.parametrize("field", ["provider", "operatory", "patient"])
def test_a_list_can_be_narrowed_to_several_at_once(grown, field):
    values = sorted({getattr(row, field) for row in rows(grown)} - {None})[:2]
    wanted = sorted(row.id for row in rows(grown) if getattr(row, field) in values)
    assert sorted(ids(grown, **{f"{field}_ids": values})) == wanted
    assert len(wanted) > 0
    # The document writes them with commas.
    assert sorted(ids(grown, **{f"{field}_ids[]": ",".join(map(str, values))})) == wanted


def test_a_list_can_be_narrowed_to_one_type_or_system_id(grown):
    cleaning = grown.kind()
    assert sorted(ids(grown, appointment_type_id=cleaning)) == [
        row.id for row in rows(grown) if row.appointment_type == cleaning
    ]
    row = rows(grown)[0]
    found = grown.get("/appointments", **ALL, foreign_id=row.foreign_id)
    assert [one["id"] for one in found] == [row.id]


def test_v2_narrows_to_one_patient_and_includes(grown):
    patient = grown.patient()
    found = grown.get(
        "/appointments",
        version="v2",
        location_id=DOWNTOWN,
        patient_id=patient,
        include=["patient", "procedures"],
        **ALL,
    )
    assert {row["patient"]["id"] for row in found} == {patient}
    assert all("procedures" in row for row in found)
    said = grown.said("GET", "/appointments", location_id=DOWNTOWN, patient_id=patient, **ALL)
    assert said["description"] == "Note that following parameters are ignored: patient_id."


def test_the_window_is_of_starts_with_both_ends(practice):
    made = practice.book()
    at = "2026-04-14T14:00:00Z"
    assert ids(practice, start=at, end=at) == [made["id"]]
    assert ids(practice, start="2026-04-14T14:00:01Z") == []
    assert ids(practice, start="2026-04-14T00:00:00Z", end="2026-04-14T13:59:59Z") == []
    assert ids(practice, start="2026-04-14T09:00:00-05:00", end="2026-04-14T09:00:00") == [made["id"]]


def test_what_is_new_was_booked_through_nexhealth(practice):
    made = practice.book()
    assert ids(practice, nex_only=True) == [made["id"]]
    assert ids(practice, created_by=made["created_by_user_id"]) == [made["id"]]


@pytest.mark.parametrize("sort", ["updated_at", "-updated_at"])
def test_a_list_is_sorted_by_its_changes(grown, sort):
    found = grown.get("/appointments", location_id=DOWNTOWN, sort=sort, **ALL)
    moments = [row["updated_at"] for row in found]
    assert moments == sorted(moments, reverse=sort.startswith("-"))


def test_a_list_needs_a_location_or_a_system_id(grown):
    assert grown.refused("GET", "/appointments", **ALL) == [
        "At least one of location_id or foreign_id must be provided"
    ]


def test_a_list_is_of_at_most_25_patients(grown):
    many = list(range(1, 27))
    (error,) = grown.refused("GET", "/appointments", location_id=DOWNTOWN, patient_ids=many, **ALL)
    assert error == "patient_ids may have at most 25 ids"
    assert ids(grown, patient_ids=many[:25]) == []


def test_the_seed_books_as_many_as_asked_for_and_never_two_at_one_time(grown):
    found = list(grown.world.records("appointments"))
    assert len([row for row in found if not row.unavailable]) == 140
    assert {row.location for row in found if row.unavailable} == {DOWNTOWN, WEST, HARBOUR}
    live = [row for row in found if row.live]
    for field in ("provider", "operatory"):
        spans = sorted((getattr(row, field), row.starts_at, row.ends_at) for row in live if getattr(row, field))
        for one, other in pairwise(spans):
            assert one[0] != other[0] or one[2] <= other[1]
    assert {row.starts_at < NOW for row in found} == {True, False}


def test_the_same_seed_makes_the_same_practices(sandbox):
    def book(seed):
        from apptsdk.sandbox import Sandbox  # noqa: PLC0415

        with Sandbox(now=NOW, seed=seed, appointments=30) as other:
            other.clock.freeze()
            with Practice(other) as practice:
                return practice.get("/appointments", location_id=DOWNTOWN, **ALL)

    assert book(1) == book(1) != book(2)


def test_nulls_in_a_booking_are_as_if_left_out(practice):
    nothing = dict.fromkeys(
        ("end_time", "note", "unavailable", "is_guardian", "patient", "referrer", "is_new_clients_patient")
    )
    body = practice.booking()
    sent = {"appointments_per_timeslot": None, "appt": {**body["appt"], **nothing}}
    made = practice.made("/appointments", sent, location_id=DOWNTOWN)["appt"]
    assert (made["end_time"], made["note"], made["unavailable"]) == ("2026-04-14T14:30:00.000Z", None, False)
    appt = patch(practice, made["id"], confirmed=None, start_time=None, checkin_at=None)["data"]["appt"]
    assert appt["updated_at"] == made["updated_at"]


def test_a_block_of_several_weeks_takes_all_of_them_and_includes_nobody(practice):
    at = {"start_time": "2026-04-13T05:00:00Z", "end_time": "2026-05-04T05:00:00Z"}
    made = practice.book(**at, unavailable=True, patient_id=None, appointment_type_id=None)
    assert practice.get(f"/appointments/{made['id']}")["patient"] is None
    (group,) = practice.groups("2026-04-13", days=14, appointment_type_id=practice.kind())
    assert (group["slots"], group["next_available_date"]) == ([], "2026-05-04")
