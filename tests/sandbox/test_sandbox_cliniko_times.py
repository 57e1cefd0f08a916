"""Cliniko: available times, and the next one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sandbox_clinic import NOW, Clinic

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cliniko import Cliniko

NOT_FOUND = {"status": "404", "error": "Not Found"}
SYDNEY, ADELAIDE, LORD_HOWE = (ZoneInfo(f"Australia/{name}") for name in ("Sydney", "Adelaide", "Lord_Howe"))


@pytest.fixture
def empty():
    """A clinic without an appointment."""
    with Sandbox(now=NOW, appointments=0, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        clinic = Clinic(sandbox)
        with clinic.http:
            yield clinic


def path(clinic, practitioner="Raman", kind="Standard consultation", business="Riverbend Clinic"):
    return (
        f"/businesses/{clinic.business(business)}/practitioners/{clinic.practitioner(practitioner)}"
        f"/appointment_types/{clinic.kind(kind)}"
    )


def times(clinic, first, last=None, *, zone=SYDNEY, per_page=100, **where):
    query = {"from": first, "to": last or first, "per_page": per_page}
    said = clinic.get(f"{path(clinic, **where)}/available_times", **query)
    assert all(row.keys() == {"appointment_start"} for row in said["available_times"])
    moments = [datetime.fromisoformat(row["appointment_start"]) for row in said["available_times"]]
    assert moments == sorted(set(moments))
    return [moment.astimezone(zone).strftime("%a %H:%M") for moment in moments]


def settings(clinic):
    return clinic.sandbox.emulator(Cliniko).online_bookings


def clocks(begin, end, step, day="Mon"):
    moment, found = datetime.fromisoformat(f"2026-03-02T{begin}"), []
    while moment < datetime.fromisoformat(f"2026-03-02T{end}"):
        found.append(f"{day} {moment:%H:%M}")
        moment += timedelta(minutes=step)
    return found


@pytest.mark.parametrize(
    ("kind", "step", "last"),
    [
        ("Standard consultation", 30, "16:30"),
        ("Extended consultation", 45, "15:45"),
        ("Initial consultation", 60, "16:00"),
    ],
)
def test_the_grid_is_the_types_duration_and_ends_with_the_hours(empty, kind, step, last):
    found = times(empty, "2026-03-16", kind=kind)
    assert found == clocks("09:00", "17:00", step)[: len(found)]
    assert found[-1] == f"Mon {last}"


def test_a_split_day_has_two_stretches(empty):
    found = times(empty, "2026-03-16", practitioner="Okafor")
    assert found == clocks("08:00", "12:00", 30) + clocks("13:30", "18:00", 30)


def test_a_day_without_hours_has_none(empty):
    assert times(empty, "2026-03-21", "2026-03-22") == []
    assert times(empty, "2026-03-16", practitioner="Okafor", business="Hillside Rooms") == []


def test_a_practitioner_is_busy_at_every_business(empty):
    tuesday = {"practitioner": "Okafor", "business": "Hillside Rooms", "zone": ADELAIDE}
    assert times(empty, "2026-03-17", **tuesday) == clocks("09:00", "15:00", 30, "Tue")
    empty.book("2026-03-16T22:30:00Z", practitioner_id=empty.practitioner("Okafor"))
    assert times(empty, "2026-03-17", **tuesday) == clocks("09:30", "15:00", 30, "Tue")


def test_a_live_appointment_takes_every_time_that_it_overlaps(empty):
    booked = empty.book("2026-03-16T00:45:00Z", ends_at="2026-03-16T01:15:00Z")  # 11:45 to 12:15
    day = clocks("09:00", "17:00", 30)
    gone = ["Mon 11:30", "Mon 12:00"]
    assert times(empty, "2026-03-16") == [time for time in day if time not in gone]
    assert times(empty, "2026-03-16", practitioner="Okafor") != []
    empty.ask(
        "PATCH", f"/individual_appointments/{booked['id']}", json={"starts_at": "2026-03-17T00:00:00Z", "ends_at": None}
    )
    assert times(empty, "2026-03-16") == day
    assert "Tue 11:00" not in times(empty, "2026-03-17")
    empty.ask("PATCH", f"/individual_appointments/{booked['id']}/cancel", json={"cancellation_reason": 50})
    assert "Tue 11:00" in times(empty, "2026-03-17")


def test_archiving_frees_the_time_too(empty):
    booked = empty.book("2026-03-15T22:00:00Z")
    assert "Mon 09:00" not in times(empty, "2026-03-16")
    empty.ask("POST", f"/individual_appointments/{booked['id']}/archive")
    assert "Mon 09:00" in times(empty, "2026-03-16")


def test_touching_appointments_leave_the_time_between(empty):
    empty.book("2026-03-15T22:00:00Z")
    empty.book("2026-03-15T23:00:00Z")
    assert times(empty, "2026-03-16")[:2] == ["Mon 09:30", "Mon 10:30"]


@pytest.mark.parametrize(
    ("day", "zone", "where", "count", "first", "last"),
    [
        # Days of 25 and of 23 hours; on Lord Howe the clock moves by half an hour.
        ("2026-04-05", SYDNEY, {"practitioner": "Haddad"}, 14, "Sun 00:00", "Sun 05:30"),
        ("2026-04-12", SYDNEY, {"practitioner": "Haddad"}, 12, "Sun 00:00", "Sun 05:30"),
        ("2026-10-04", SYDNEY, {"practitioner": "Haddad"}, 10, "Sun 00:00", "Sun 05:30"),
        (
            "2026-04-05",
            LORD_HOWE,
            {"practitioner": "Castellanos", "business": "Island Practice"},
            13,
            "Sun 00:00",
            "Sun 05:30",
        ),
        (
            "2026-10-04",
            LORD_HOWE,
            {"practitioner": "Castellanos", "business": "Island Practice"},
            10,
            "Sun 00:30",
            "Sun 05:30",
        ),
    ],
)
def test_days_on_which_the_clocks_change(empty, day, zone, where, count, first, last):  # noqa: PLR0917
    found = times(empty, day, zone=zone, **where)
    assert (len(found), found[0], found[-1]) == (count, first, last)
    assert ("Sun 02:00" in found) is not (day == "2026-10-04")


def test_days_are_the_accounts_not_the_businesss(empty):
    # In winter Lord Howe is half an hour ahead of Sydney: its Sunday begins on the account's Saturday.
    where = {"practitioner": "Castellanos", "business": "Island Practice", "zone": LORD_HOWE}
    saturday, sunday = times(empty, "2026-07-04", **where), times(empty, "2026-07-05", **where)
    assert saturday[-1] == "Sun 00:00"
    assert sunday[0] == "Sun 00:30"
    assert len(saturday) + len(sunday) == len(times(empty, "2026-07-04", "2026-07-05", **where)) == 16 + 12


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2026-03-03", "2026-03-03", 200),
        ("2026-03-03", "2026-03-10", 200),
        ("2026-03-03", "2026-03-11", 400),
        ("2026-03-02", "2026-03-03", 400),  # still Monday in UTC, but Tuesday for the account
        ("2026-03-05", "2026-03-04", 400),
        ("2026-03-03", None, 400),
        (None, "2026-03-03", 400),
        ("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z", 400),
        ("03-03-2026", "04-03-2026", 400),
        ("2026-02-30", "2026-03-04", 400),
        ("tomorrow", "2026-03-04", 400),
        ("9999-12-31", "9999-12-31", 400),
        ("2026-3-3", "2026-3-3", 400),
        ("20260303", "20260303", 400),
    ],
)
def test_from_and_to_are_dates_at_most_seven_days_apart_and_not_past(empty, first, last, status):
    query = {name: value for name, value in (("from", first), ("to", last)) if value}
    answer = empty.ask("GET", f"{path(empty)}/available_times", **query)
    assert answer.status_code == status
    if status == 400:
        assert answer.json() == {"message": "Invalid time frame definition. Please check from/to param limitations."}


FLAGS = [
    ("businesses", {"business_name": "Riverbend Clinic"}),
    ("appointment_types", {"name": "Standard consultation"}),
]


@pytest.mark.parametrize(("resource", "found"), FLAGS)
@pytest.mark.parametrize("last", ["available_times", "next_available_time"])
def test_without_online_bookings_there_is_nothing(empty, resource, found, last):
    where, query = path(empty), {"from": "2026-03-16", "to": "2026-03-16"}
    id_ = empty.find(resource, **found)
    assert empty.ask("GET", f"{where}/{last}", **query).status_code == 200
    empty.ask("PATCH", f"/{resource}/{id_}", json={"show_in_online_bookings": False})
    answer = empty.ask("GET", f"{where}/{last}", **query)
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    "where",
    [
        {"practitioner": "Bergqvist"},
        {"practitioner": "Brandt"},
        {"kind": "Report writing"},
        {"kind": "Assessment 2019"},
        {"business": "Old Wharf Clinic"},
    ],
)
def test_what_is_not_in_online_bookings_inactive_or_archived_is_not_found(empty, where):
    answer = empty.ask("GET", f"{path(empty, **where)}/available_times", **{"from": "2026-03-16", "to": "2026-03-16"})
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


def test_an_unknown_one_of_the_three_is_not_found(empty):
    parts = path(empty).split("/")
    for place in (2, 4, 6):
        wrong = "/".join([*parts[:place], "1", *parts[place + 1 :]])
        assert empty.ask("GET", f"{wrong}/next_available_time").json() == NOT_FOUND


def test_a_type_that_is_not_offered_or_for_groups_has_no_times(empty):
    assert times(empty, "2026-03-16", kind="Exercise group") == []
    empty.ask("PATCH", f"/businesses/{empty.business()}", json={"appointment_type_ids": None})
    assert times(empty, "2026-03-16") == []
    kind = empty.kind()
    empty.ask("PATCH", f"/appointment_types/{kind}", json={"business_ids": [empty.business()]})
    assert times(empty, "2026-03-16") != []
    empty.ask("PATCH", f"/appointment_types/{kind}", json={"practitioner_ids": [empty.practitioner("Okafor")]})
    assert times(empty, "2026-03-16") == []
    assert times(empty, "2026-03-16", practitioner="Okafor") != []


def test_times_before_now_are_not_shown(empty):
    empty.sandbox.clock.advance(timedelta(minutes=45))  # 09:45
    assert times(empty, "2026-03-03")[0] == "Tue 10:00"
    empty.sandbox.clock.advance(timedelta(minutes=15))
    assert times(empty, "2026-03-03")[0] == "Tue 10:00"


@pytest.mark.parametrize(
    ("account", "kind", "first"),
    [
        (0, "Standard consultation", "Tue 09:00"),
        (2, "Standard consultation", "Tue 11:00"),
        (48, "Standard consultation", "Thu 09:00"),
        (2, "Extended consultation", "Wed 09:00"),  # its own 24 hours
        (0, "Extended consultation", "Wed 09:00"),
    ],
)
def test_the_lead_time_is_the_accounts_unless_the_type_has_its_own(empty, account, kind, first):
    settings(empty).lead_time_hours = account
    assert times(empty, "2026-03-03", "2026-03-06", kind=kind)[0] == first


def test_tomorrow_is_24_hours_from_now_and_no_midnight(empty):
    settings(empty).lead_time_hours = 24
    empty.sandbox.clock.advance(timedelta(hours=2))  # Tuesday, 11:00
    assert times(empty, "2026-03-03", "2026-03-06")[0] == "Wed 11:00"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        *(("lead_time_hours", value, "0, 1, 2, 4, 24, 48") for value in (3, -1, 12, None, "2", 2.0, True)),
        *(("days_ahead", value, "28, 84, 182, 365") for value in (0, 27, 366, None, [], 28.0)),
        *(("max_per_day_segment", value, "1, 2, 3, 4, 5, None") for value in (0, 6, -1, "3", True)),
    ],
)
def test_what_cannot_be_chosen_for_online_bookings_cannot_be_set(empty, name, value, told):
    before = getattr(settings(empty), name)
    with pytest.raises(ValueError, match=f"^{name} must be one of {told}, not "):
        setattr(settings(empty), name, value)
    assert getattr(settings(empty), name) == before


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("lead_time_hours", (0, 1, 2, 4, 24, 48)),
        ("days_ahead", (28, 84, 182, 365)),
        ("max_per_day_segment", (1, 2, 3, 4, 5, None)),
    ],
)
def test_all_that_can_be_chosen_for_online_bookings_can_be_set(empty, name, values):
    for value in values:
        setattr(settings(empty), name, value)
        assert getattr(settings(empty), name) == value


def test_a_lead_time_of_the_type_may_be_none_at_all(empty):
    settings(empty).lead_time_hours = 48
    empty.ask("PATCH", f"/appointment_types/{empty.kind()}", json={"online_bookings_lead_time_hours": 0})
    assert times(empty, "2026-03-03")[0] == "Tue 09:00"


def test_times_are_offered_only_so_far_ahead(empty):
    settings(empty).days_ahead = 28
    assert {time[:3] for time in times(empty, "2026-03-27", "2026-04-03")} == {"Fri", "Mon", "Tue"}
    assert times(empty, "2026-04-01", "2026-04-08") == []
    settings(empty).days_ahead = 365
    assert times(empty, "2027-03-01")[0] == "Mon 09:00"
    assert times(empty, "2027-03-04") == []


def test_only_so_many_are_shown_in_each_part_of_the_day(empty):
    settings(empty).max_per_day_segment = 2
    found = times(empty, "2026-03-16", "2026-03-18", practitioner="Okafor")
    shown = ["08:00", "08:30", "13:30", "14:00", "17:00", "17:30"]
    assert found == [f"{day} {time}" for day in ("Mon", "Wed") for time in shown]
    empty.book("2026-03-15T21:00:00Z", practitioner_id=empty.practitioner("Okafor"))
    assert times(empty, "2026-03-16", practitioner="Okafor")[:2] == ["Mon 08:30", "Mon 09:00"]


def test_available_times_come_in_pages(empty):
    query = {"from": "2026-03-16", "to": "2026-03-20", "sort": "appointment_start:desc"}
    said = empty.get(f"{path(empty)}/available_times", **query)
    assert (len(said["available_times"]), said["total_entries"]) == (50, 80)
    assert "from=2026-03-16&page=2&sort=appointment_start%3Adesc&to=2026-03-20" in said["links"]["next"]
    more = empty.http.get(said["links"]["next"]).json()
    assert len(more["available_times"]) == 30
    assert "next" not in more["links"]
    starts = [row["appointment_start"] for row in said["available_times"] + more["available_times"]]
    assert starts == sorted(set(starts))


def following(clinic, where=None, **query):
    return clinic.get(f"{where or path(clinic)}/next_available_time", **query)


def test_the_next_time_is_the_first_that_is_free(empty):
    where = path(empty)
    assert following(empty) == {
        "appointment_start": "2026-03-02T22:00:00Z",
        "links": {"self": f"{empty.base}{where}/next_available_time"},
    }
    empty.book("2026-03-02T22:00:00Z", ends_at="2026-03-03T05:30:00Z")
    assert following(empty)["appointment_start"] == "2026-03-03T05:30:00Z"


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-03-16", "2026-03-18", "2026-03-15T22:00:00Z"),
        ("2026-03-14", "2026-03-15", None),
        ("2026-03-14", "2026-03-27", "2026-03-15T22:00:00Z"),
        ("2027-06-01", "2027-06-08", None),
        ("2026-03-14", "2096-03-27", "2026-03-15T22:00:00Z"),
    ],
)
def test_the_next_time_may_be_asked_for_in_a_frame(empty, first, last, found):
    said = following(empty, **{"from": first, "to": last})
    assert said.get("appointment_start", "none") == (found or "none")
    assert said["links"]


@pytest.mark.parametrize(
    "query", [{"from": "2026-03-01", "to": "2026-03-05"}, {"from": "2026-03-05"}, {"from": "x", "to": "y"}]
)
def test_a_frame_that_makes_no_sense_is_refused_here_too(empty, query):
    assert empty.ask("GET", f"{path(empty)}/next_available_time", **query).status_code == 400


def test_if_there_is_no_next_time_the_key_is_missing(empty):
    empty.book("2026-03-01T00:00:00Z", ends_at="2028-01-01T00:00:00Z")
    assert following(empty).keys() == {"links"}


def test_what_is_available_can_be_booked_and_is_gone_then(empty):
    where = path(empty)
    for _ in range(3):
        start = following(empty, where)["appointment_start"]
        empty.book(start)
        assert following(empty, where)["appointment_start"] > start


def test_a_new_account_zone_does_not_hide_today():
    late = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)  # 23:30 in Sydney
    with Sandbox(now=late, appointments=0) as sandbox:
        sandbox.clock.freeze()
        clinic = Clinic(sandbox)
        with clinic.http:
            assert times(clinic, "2026-03-02", "2026-03-03")[0] == "Tue 09:00"
            sandbox.clock.advance(timedelta(hours=1))
            query = {"from": "2026-03-02", "to": "2026-03-03"}
            assert clinic.ask("GET", f"{path(clinic)}/available_times", **query).status_code == 400
