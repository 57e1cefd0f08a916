"""NexHealth: which times can be booked, computed from working hours and what is booked already."""

from datetime import UTC, datetime, timedelta

import pytest
from sandbox_practice import DOWNTOWN, HARBOUR, LAKESIDE, NOT_FOUND, RIVERBEND, WEST, Practice

from apptsdk.sandbox import Sandbox

MORNING = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
AFTERNOON = ["13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"]
TUESDAY, WEDNESDAY, SUNDAY = "2026-04-14", "2026-04-15", "2026-04-19"


@pytest.fixture
def bare():
    """Practices without any appointment."""
    now = datetime(2026, 3, 2, 22, tzinfo=UTC)
    with Sandbox(now=now, appointments=0, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        with Practice(sandbox) as practice:
            yield practice


def hours(practice, begin, end, *, types=(), location=WEST, provider="Castellanos", **when):
    body = {
        "provider_id": practice.provider(provider),
        "begin_time": begin,
        "end_time": end,
        "appointment_type_ids": list(types),
        **when,
    }
    subdomain = LAKESIDE if location == HARBOUR else RIVERBEND
    made = practice.made("/working_hours", {"working_hour": body}, location_id=location, subdomain=subdomain)
    return made["id"]


def test_slots_come_in_groups_with_local_times_and_their_chair(bare):
    said = bare.said(
        "GET",
        "/available_slots",
        start_date=TUESDAY,
        days=1,
        lids=[DOWNTOWN],
        pids=[bare.provider()],
        appointment_type_id=bare.kind("New patient exam"),
    )
    (group,) = said["data"]
    assert said["count"] == 1
    assert group.keys() == {"lid", "pid", "slots", "next_available_date"}
    assert (group["lid"], group["pid"], group["next_available_date"]) == (DOWNTOWN, bare.provider(), None)
    assert group["slots"][0] == {
        "time": "2026-04-14T09:00:00.000-05:00",
        "end_time": "2026-04-14T10:00:00.000-05:00",
        "operatory_id": bare.chair(),
        "provider_id": bare.provider(),
        "working_hour_label_id": None,
    }
    assert [slot["time"][11:16] for slot in group["slots"]] == [
        "09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00",
    ]  # fmt: skip


def test_v2_slots_have_no_label_and_no_chair_where_there_is_none(bare):
    (group,) = bare.groups(version="v2", location=WEST, pids=[bare.provider("Castellanos")])
    assert group["slots"][0] == {
        "time": "2026-04-14T09:00:00.000-06:00",
        "end_time": "2026-04-14T09:15:00.000-06:00",
        "provider_id": bare.provider("Castellanos"),
    }


def test_there_is_a_group_for_every_location_and_provider(bare):
    pids = [bare.provider("Raman"), bare.provider("Okafor"), bare.provider("Castellanos"), bare.provider("Haddad")]
    groups = bare.get("/available_slots", start_date=WEDNESDAY, days=1, lids=[DOWNTOWN, WEST, DOWNTOWN], pids=pids)
    raman, okafor, castellanos, _ = pids
    found = [(group["lid"], group["pid"]) for group in groups]
    assert found == [(DOWNTOWN, raman), (DOWNTOWN, okafor), (WEST, okafor), (WEST, castellanos)]


def test_a_type_alone_asks_every_provider(bare):
    groups = bare.get(
        "/available_slots", start_date=WEDNESDAY, days=1, lids=[WEST], appointment_type_id=bare.kind("Cleaning")
    )
    assert [group["pid"] for group in groups] == [bare.provider("Okafor"), bare.provider("Castellanos")]


def test_v3_needs_providers_or_a_type(bare):
    (error,) = bare.refused("GET", "/available_slots", start_date=TUESDAY, days=1, lids=[DOWNTOWN])
    assert error == "At least one of pids[] or appointment_type_id must be provided"


def test_the_type_sets_the_length_and_keeps_only_its_hours(bare):
    cleaning, exam = bare.kind("Cleaning"), bare.kind("New patient exam")
    assert bare.slots(appointment_type_id=cleaning) == MORNING + AFTERNOON
    assert bare.slots(appointment_type_id=cleaning, slot_length=90) == MORNING + AFTERNOON
    okafor = {"pids": [bare.provider("Okafor")]}
    assert bare.slots(WEDNESDAY, appointment_type_id=exam, **okafor) == ["08:00", "09:00", "10:00", "11:00"]
    assert bare.slots(WEDNESDAY, appointment_type_id=cleaning, **okafor) == []
    # The hours without a type are found only when none is asked for.
    assert "13:00" in bare.slots(WEDNESDAY, **okafor)


def test_a_type_that_no_hours_have_finds_nothing_ever(bare):
    (group,) = bare.groups(appointment_type_id=bare.kind("Emergency"))
    assert (group["slots"], group["next_available_date"]) == ([], None)


def test_an_unknown_type_is_not_found(bare):
    query = {"start_date": TUESDAY, "days": 1, "lids": [DOWNTOWN], "appointment_type_id": 1}
    assert bare.refused("GET", "/available_slots", status=404, **query) == [NOT_FOUND]


def test_slots_are_a_quarter_of_an_hour_unless_said_otherwise(bare):
    friday = "2026-04-17"
    assert bare.slots(friday)[:5] == ["09:00", "09:15", "09:30", "09:45", "10:00"]
    assert bare.slots(friday, slot_length=60) == ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"]


def test_the_interval_is_the_step_between_starts(bare):
    found = bare.slots("2026-04-17", slot_length=60, slot_interval=45)
    assert found == ["09:00", "09:45", "10:30", "13:00", "13:45", "14:30", "15:15", "16:00"]


def test_a_block_leaves_what_fits_behind_it(bare):
    # The vendor's example: from nine to twelve, half an hour each, blocked until eleven.
    at = {"start_time": "2026-04-14T14:00:00Z", "end_time": "2026-04-14T16:00:00Z"}
    bare.book(**at, unavailable=True, patient_id=None, appointment_type_id=None)
    found = bare.slots(appointment_type_id=bare.kind("Cleaning"), operatory_ids=[bare.chair()])
    assert found == ["11:00", "11:30", *AFTERNOON]


def test_an_appointment_takes_every_slot_that_it_touches(bare):
    bare.book("2026-04-14T14:15:00Z", appointment_type_id=None)
    found = bare.slots(slot_length=30, slot_interval=30, operatory_ids=[bare.chair()])
    assert found[:4] == ["09:30", "10:00", "10:30", "11:00"]


def test_starts_stay_on_the_grid_of_the_hours_behind_an_appointment(bare):
    at = {"start_time": "2026-04-14T14:00:00Z", "end_time": "2026-04-14T14:40:00Z"}
    bare.book(**at, appointment_type_id=None)
    assert bare.slots(appointment_type_id=bare.kind("Cleaning"))[:2] == ["10:00", "10:30"]


def test_a_cancellation_frees_the_slot(bare):
    made = bare.book()
    cleaning = {"appointment_type_id": bare.kind("Cleaning")}
    assert bare.slots(**cleaning)[0] == "09:30"
    bare.said("PATCH", f"/appointments/{made['id']}", json={"appt": {"cancelled": True}})
    assert bare.slots(**cleaning)[0] == "09:00"


def test_an_appointment_takes_the_time_of_its_provider_in_every_chair(bare):
    bare.book("2026-04-14T18:00:00Z", operatory_id=bare.chair("OP-1"))
    found = bare.slots(appointment_type_id=bare.kind("Cleaning"), operatory_ids=[bare.chair("OP-2")])
    assert found == AFTERNOON[1:]


def test_an_appointment_takes_the_time_of_its_chair_for_every_provider(bare):
    bare.book("2026-04-15T13:00:00Z", operatory_id=bare.chair("OP-2"), appointment_type_id=None)
    exam = bare.kind("New patient exam")
    found = bare.slots(WEDNESDAY, pids=[bare.provider("Okafor")], appointment_type_id=exam)
    assert found == ["09:00", "10:00", "11:00"]


def test_of_several_free_chairs_one_is_shown_unless_all_are_asked_for(bare):
    cleaning = {"appointment_type_id": bare.kind("Cleaning")}
    (alone,), (every,) = bare.groups(**cleaning), bare.groups(**cleaning, overlapping_operatory_slots=True)
    at_one = [slot["operatory_id"] for slot in alone["slots"] if "T13:00" in slot["time"]]
    assert at_one == [bare.chair("OP-1")]
    at_one = [slot["operatory_id"] for slot in every["slots"] if "T13:00" in slot["time"]]
    assert at_one == [bare.chair("OP-1"), bare.chair("OP-2")]


def test_chairs_can_be_chosen(bare):
    chair = bare.chair("OP-2")
    (group,) = bare.groups(operatory_ids=[chair], appointment_type_id=bare.kind("Cleaning"))
    assert group["operatory_id"] == chair
    assert [slot["time"][11:16] for slot in group["slots"]] == AFTERNOON
    assert {slot["operatory_id"] for slot in group["slots"]} == {chair}


def test_labels_and_sources_narrow_the_hours(bare):
    okafor = {"pids": [bare.provider("Okafor")]}
    label = bare.label()
    (group,) = bare.groups(WEDNESDAY, **okafor, working_hour_label_id=label)
    assert {slot["working_hour_label_id"] for slot in group["slots"]} == {label}
    assert (group["slots"][0]["time"][11:16], group["slots"][-1]["time"][11:16]) == ("08:00", "11:45")
    assert bare.slots(WEDNESDAY, **okafor, working_hour_source="synced")[0] == "08:00"
    assert bare.slots(WEDNESDAY, **okafor, working_hour_source="manual")[0] == "13:00"


def test_an_empty_answer_names_the_next_day_with_slots(bare):
    (group,) = bare.groups("2026-04-18", days=2)
    assert (group["slots"], group["next_available_date"]) == ([], "2026-04-20")


def test_the_next_day_is_looked_for_180_days_ahead(bare):
    hours(bare, "09:00", "10:00", location=HARBOUR, provider="Ito", specific_date="2026-10-12")
    ito = {"location": HARBOUR, "pids": [bare.provider("Ito")]}
    for day, coming in (("2026-04-14", None), ("2026-04-15", "2026-10-12"), ("2026-04-16", "2026-10-12")):
        (group,) = bare.groups(day, **ito)
        assert (group["slots"], group["next_available_date"]) == ([], coming)


def test_hours_of_one_date_and_of_every_other_week(bare):
    okafor = {"pids": [bare.provider("Okafor")], "location": WEST, "appointment_type_id": bare.kind("Cleaning")}
    assert bare.slots("2026-03-14", **okafor)[-1] == "13:30"
    assert bare.slots("2026-03-21", **okafor) == ["10:00", "10:30", "11:00", "11:30"]
    days = ("2026-03-07", "2026-03-28", "2026-04-04", "2026-04-11", "2026-04-12")
    assert [len(bare.slots(day, **okafor)) for day in days] == [0, 8, 0, 8, 0]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ({"num": 3, "unit": "day", "ref": "2026-05-31"}, ["2026-05-31", "2026-06-03", "2026-06-06", "2026-06-09"]),
        ({"num": 2, "unit": "week", "ref": "2026-05-16"}, ["2026-05-16", "2026-05-30"]),
        ({"num": 1, "unit": "month", "ref": "2026-04-07"}, ["2026-05-07", "2026-06-07"]),
        ({"num": 2, "unit": "month", "ref": "2026-04-07"}, ["2026-06-07"]),
        ({"num": 1, "unit": "month", "ref": "2026-03-31"}, ["2026-05-31"]),
    ],
)
def test_custom_recurrences_fall_on_their_days(bare, rule, days):
    hours(bare, "20:00", "20:15", location=HARBOUR, provider="Ito", custom_recurrence=rule)
    (group,) = bare.groups("2026-05-01", days=42, location=HARBOUR, pids=[bare.provider("Ito")])
    assert [slot["time"][:10] for slot in group["slots"]] == days


def test_what_is_past_is_not_offered(bare):
    # It is four in the afternoon in Chicago.
    cleaning = {"appointment_type_id": bare.kind("Cleaning")}
    assert bare.slots("2026-03-02", **cleaning) == ["16:30"]
    bare.sandbox.clock.advance(timedelta(minutes=30))
    assert bare.slots("2026-03-02", **cleaning) == []
    assert bare.slots("2026-03-01", **cleaning) == []


def test_days_count_the_first(bare):
    cleaning = {"appointment_type_id": bare.kind("Cleaning")}
    assert len(bare.slots("2026-04-16", days=2, **cleaning)) == 2 * len(bare.slots("2026-04-17", days=1, **cleaning))


@pytest.mark.parametrize("days", [0, -1, 400])
def test_the_number_of_days_has_bounds(bare, days):
    query = {"start_date": TUESDAY, "lids": [DOWNTOWN], "pids": [bare.provider()]}
    assert bare.refused("GET", "/available_slots", days=days, **query) == ["days is invalid"]


def test_a_day_that_cannot_be_read_is_refused(bare):
    query = {"days": 366, "lids": [DOWNTOWN], "pids": [bare.provider()]}
    for day in ("9999-12-31", "someday"):
        assert bare.refused("GET", "/available_slots", start_date=day, **query) == ["start_date is invalid"]


@pytest.mark.parametrize("name", ["slot_length", "slot_interval"])
@pytest.mark.parametrize("minutes", [0, -15, 1441])
def test_lengths_have_bounds(bare, name, minutes):
    query = {"start_date": TUESDAY, "days": 1, "lids": [DOWNTOWN], "pids": [bare.provider()], name: minutes}
    assert bare.refused("GET", "/available_slots", **query) == [f"{name} is invalid"]


def test_a_day_of_23_hours_and_one_of_25(bare):
    castellanos = {"location": WEST, "pids": [bare.provider("Castellanos")], "slot_length": 60}
    whole = ["00:00", "01:00", "02:00", "03:00", "04:00", "05:00"]
    assert bare.slots("2026-03-15", **castellanos) == whole
    assert bare.slots("2026-03-08", **castellanos) == ["00:00", "01:00", "03:00", "04:00", "05:00"]
    assert bare.slots("2026-11-01", **castellanos) == ["00:00", "01:00", "01:00", "02:00", "03:00", "04:00", "05:00"]
    (group,) = bare.groups("2026-11-01", **castellanos)
    times = [slot["time"] for slot in group["slots"]]
    assert times[:4] == [
        "2026-11-01T00:00:00.000-06:00",
        "2026-11-01T01:00:00.000-06:00",
        "2026-11-01T01:00:00.000-07:00",
        "2026-11-01T02:00:00.000-07:00",
    ]
    assert len({datetime.fromisoformat(time) for time in times}) == 7


def test_a_zone_of_half_an_hour_keeps_its_offset(bare):
    silva = {"location": HARBOUR, "pids": [bare.provider("Silva")], "slot_length": 60}
    (winter,), (summer,) = bare.groups("2026-03-06", **silva), bare.groups("2026-04-14", **silva)
    assert winter["slots"][0]["time"] == "2026-03-06T08:30:00.000-03:30"
    assert summer["slots"][0]["time"] == "2026-04-14T08:30:00.000-02:30"


def test_inactive_hours_offer_nothing(bare):
    castellanos = {"location": WEST, "pids": [bare.provider("Castellanos")]}
    assert max(bare.slots("2026-04-20", **castellanos)) < "17:00"


def book_at_lakeside(practice, **other):
    kind = practice.kind("Consultation")
    body = practice.booking(
        "2026-04-14T13:00:00Z",
        patient_id=practice.patient("Kira"),
        provider_id=practice.provider("Silva"),
        operatory_id=None,
        appointment_type_id=kind,
    )
    return practice.made("/appointments", {**body, **other}, location_id=HARBOUR, subdomain=LAKESIDE)["appt"]


def test_a_time_may_be_shared_where_the_system_can(bare):
    silva = {"location": HARBOUR, "pids": [bare.provider("Silva")], "appointment_type_id": bare.kind("Consultation")}
    book_at_lakeside(bare)
    assert bare.slots(**silva)[3:5] == ["10:00", "11:00"]
    assert "10:30" not in bare.slots(**silva)
    assert "10:30" in bare.slots(**silva, appointments_per_timeslot=2)
    book_at_lakeside(bare, appointments_per_timeslot=2)
    assert "10:30" not in bare.slots(**silva, appointments_per_timeslot=2)
    assert "10:30" in bare.slots(**silva, appointments_per_timeslot=3)


def test_a_time_is_not_shared_where_the_system_cannot(bare):
    bare.book()
    cleaning = {"appointment_type_id": bare.kind("Cleaning")}
    assert bare.slots(**cleaning, appointments_per_timeslot=5)[0] == "09:30"


@pytest.mark.parametrize("number", [0, 6])
def test_a_time_is_shared_by_at_most_five(bare, number):
    query = {"start_date": TUESDAY, "days": 1, "lids": [DOWNTOWN], "pids": [bare.provider()]}
    (error,) = bare.refused("GET", "/available_slots", **query, appointments_per_timeslot=number)
    assert error == "appointments_per_timeslot does not have a valid value"


def test_every_slot_that_is_offered_can_be_booked_once(practice):
    cleaning = practice.kind("Cleaning")
    (group,) = practice.groups("2026-03-03", days=7, appointment_type_id=cleaning)
    assert len(group["slots"]) > 40
    for slot in group["slots"]:
        made = practice.book(slot["time"], operatory_id=slot["operatory_id"])
        begins, ends = (datetime.fromisoformat(slot[name]) for name in ("time", "end_time"))
        found = (datetime.fromisoformat(made["start_time"]), datetime.fromisoformat(made["end_time"]))
        assert found == (begins, ends)
    assert practice.slots("2026-03-03", days=7, appointment_type_id=cleaning) == []
