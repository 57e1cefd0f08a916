"""Cliniko: unavailable blocks and their types, and availability blocks: time that is taken, and time that is given."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sandbox_clinic import BLANK, NOT_FOUND, NOW, Clinic

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cliniko import Cliniko

TAKEN, GIVEN, TYPES = "unavailable_blocks", "availability_blocks", "unavailable_block_types"
INVALID = "is invalid"


@pytest.fixture
def empty():
    """A clinic whose diary is empty."""
    with Sandbox(now=NOW, appointments=0, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        clinic = Clinic(sandbox)
        with clinic.http:
            yield clinic


def link(clinic, *parts):
    return {"links": {"self": "/".join([clinic.base, *parts])}}


def local(moment, zone="Australia/Sydney"):
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M")


def test_an_unavailable_block_is_answered_whole(clinic):
    kind = clinic.kind_of_block()
    body = clinic.span(unavailable_block_type_id=kind, notes="budget")
    answer = clinic.ask("POST", f"/{TAKEN}", json=body)
    said = answer.json()
    id_ = said["id"]
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{clinic.sandbox.url}/cliniko/{TAKEN}/{id_}"
    assert said == {
        "id": id_,
        "archived_at": None,
        "business": link(clinic, "businesses", clinic.business()),
        "conflicts": link(clinic, TAKEN, id_, "conflicts"),
        "created_at": "2026-03-02T22:00:00Z",
        "deleted_at": None,
        "ends_at": "2026-03-16T00:45:00Z",
        "links": {"self": f"{clinic.base}/{TAKEN}/{id_}"},
        "notes": "budget",
        "practitioner": link(clinic, "practitioners", clinic.practitioner()),
        "repeat_rule": {},
        "repeats": None,
        "starts_at": "2026-03-16T00:00:00Z",
        "unavailable_block_type": link(clinic, TYPES, kind),
        "updated_at": "2026-03-02T22:00:00Z",
    }
    assert clinic.get(f"/{TAKEN}/{id_}") == said
    assert clinic.ids(f"/{TAKEN}")[-1] == id_
    assert clinic.ledger(TAKEN) == [("create", id_)]


def test_an_availability_block_is_answered_whole(clinic):
    answer = clinic.ask("POST", f"/{GIVEN}", json=clinic.span(ends_at="2026-03-16T03:00:00Z", notes="x"))
    said = answer.json()
    assert answer.status_code == 201
    assert said == {
        "id": said["id"],
        "business": link(clinic, "businesses", clinic.business()),
        "created_at": "2026-03-02T22:00:00Z",
        "ends_at": "2026-03-16T03:00:00Z",
        "links": {"self": f"{clinic.base}/{GIVEN}/{said['id']}"},
        "practitioner": link(clinic, "practitioners", clinic.practitioner()),
        "repeat_rule": {},
        "starts_at": "2026-03-16T00:00:00Z",
        "updated_at": "2026-03-02T22:00:00Z",
    }
    assert clinic.get(f"/{GIVEN}/{said['id']}") == said
    assert clinic.ledger(GIVEN) == [("create", said["id"])]
    assert clinic.ask("GET", f"/bookings/{said['id']}").json() == NOT_FOUND


@pytest.mark.parametrize(
    ("kind", "ends_at", "stored"),
    [
        (None, ..., "2026-03-16T00:30:00Z"),
        (None, None, "2026-03-16T00:30:00Z"),
        ("Lunch", ..., "2026-03-16T01:00:00Z"),
        ("Meeting", None, "2026-03-16T00:45:00Z"),
        ("Lunch", "2026-03-18T00:00:00Z", "2026-03-18T00:00:00Z"),
    ],
)
def test_a_block_without_an_end_takes_its_types_duration_or_half_an_hour(clinic, kind, ends_at, stored):
    other = {} if ends_at is ... else {"ends_at": ends_at}
    other["unavailable_block_type_id"] = kind and clinic.kind_of_block(kind)
    said = clinic.made(TAKEN, clinic.span(**other))
    assert said["ends_at"] == stored
    assert ("unavailable_block_type" in said) is (kind is not None)


BLOCK_ERRORS = [
    ({"starts_at": None}, {"starts_at": BLANK}),
    ({"business_id": "1"}, {"business": BLANK}),
    ({"business_id": None}, {"business": BLANK}),
    ({"practitioner_id": None}, {"practitioner": BLANK}),
    ({"practitioner_id": "inactive"}, {"practitioner": BLANK}),
    ({"ends_at": "2026-03-15T00:00:00Z"}, {"ends_at": "must be after starts_at"}),
    ({"ends_at": "late"}, {"ends_at": INVALID}),
    ({"ends_at": "3001-01-01T00:00:00Z"}, {"ends_at": "must be between 1970 and 3000"}),
    ({"repeat_rule": {"repeat_type": "Daily"}}, {"number_of_repeats": BLANK}),
    (
        {"repeat_rule": {"repeat_type": "Yearly", "number_of_repeats": 2}},
        {"repeat_type": "is not included in the list"},
    ),
]
TAKEN_ERRORS = [
    ({"unavailable_block_type_id": "1"}, {"unavailable_block_type": "must exist"}),
    ({"unavailable_block_type_id": "archived"}, {"unavailable_block_type": "must exist"}),
    ({"notes": {}}, {"notes": "is invalid"}),
    (
        {"repeat_rule": {"repeat_type": "Weekly", "number_of_repeats": 52}},
        {"number_of_repeats": "must be less than 52"},
    ),
]
GIVEN_ERRORS = [
    ({"ends_at": None}, {"ends_at": BLANK}),
    ({"ends_at": 17}, {"ends_at": INVALID}),
    (
        {"repeat_rule": {"repeat_type": "Weekly", "number_of_repeats": 101}},
        {"number_of_repeats": "must be less than 101"},
    ),
]
ERRORS = [
    *(("POST", resource, *one) for resource in (TAKEN, GIVEN) for one in BLOCK_ERRORS),
    *(("PATCH", TAKEN, *one) for one in BLOCK_ERRORS),
    *((method, TAKEN, *one) for method in ("POST", "PATCH") for one in TAKEN_ERRORS),
    *(("POST", GIVEN, *one) for one in GIVEN_ERRORS),
]


@pytest.mark.parametrize(("method", "resource", "change", "errors"), ERRORS)
def test_what_is_wrong_with_a_block_is_said_and_nothing_is_done(clinic, method, resource, change, errors):
    named = {
        "archived": lambda: clinic.kind_of_block("Inventory 2019"),
        "inactive": lambda: clinic.practitioner("Brandt"),
    }
    ((name, value),) = change.items()
    body = {name: named[value]() if isinstance(value, str) and value in named else value}
    path = f"/{resource}"
    if method == "POST":
        body = clinic.span(ends_at="2026-03-16T00:30:00Z") | body
    else:
        path += f"/{clinic.made(resource, clinic.span())['id']}"
        clinic.sandbox.ledger.clear()
    assert clinic.errors(method, path, body) == errors
    assert len(clinic.sandbox.ledger) == 0


def test_an_empty_block_lacks_everything(clinic):
    needed = {"business", "practitioner", "starts_at"}
    assert clinic.errors("POST", f"/{TAKEN}", {}) == dict.fromkeys(needed, BLANK)
    assert clinic.errors("POST", f"/{GIVEN}", {}) == dict.fromkeys(needed | {"ends_at"}, BLANK)


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_an_unavailable_block_can_be_changed(clinic, method):
    kind = clinic.kind_of_block("Lunch")
    said = clinic.made(TAKEN, clinic.span(notes="x"))
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    body = {"starts_at": "2026-03-17T00:00:00Z", "ends_at": None, "unavailable_block_type_id": kind}
    answer = clinic.ask(method, f"/{TAKEN}/{said['id']}", json=body)
    assert answer.status_code == 200
    assert answer.json() == {
        **said,
        "starts_at": "2026-03-17T00:00:00Z",
        "ends_at": "2026-03-17T01:00:00Z",
        "unavailable_block_type": link(clinic, TYPES, kind),
        "updated_at": "2026-03-02T22:01:00Z",
    }
    bare = clinic.ask(method, f"/{TAKEN}/{said['id']}", json={"unavailable_block_type_id": None}).json()
    assert "unavailable_block_type" not in bare
    assert [action for action, _ in clinic.ledger(TAKEN)] == ["create", "update", "update"]


@pytest.mark.parametrize(("method", "suffix"), [("POST", "/archive"), ("DELETE", "")])
def test_archiving_an_unavailable_block_frees_its_time(empty, method, suffix):
    id_ = empty.made(TAKEN, empty.span())["id"]
    assert "Mon 11:00" not in empty.times("2026-03-16")
    assert empty.ask(method, f"/{TAKEN}/{id_}{suffix}").status_code == 204
    assert "Mon 11:00" in empty.times("2026-03-16")
    assert empty.ask(method, f"/{TAKEN}/{id_}{suffix}").json() == NOT_FOUND
    said = empty.get(f"/{TAKEN}/{id_}", "archived_at:*")
    assert said["archived_at"] == said["deleted_at"] == said["updated_at"] == "2026-03-02T22:00:00Z"
    assert empty.ids(f"/{TAKEN}") == []
    assert empty.ids(f"/{TAKEN}", "archived_at:?") == [id_]
    assert empty.ledger(TAKEN) == [("create", id_), ("archive", id_)]


def test_availability_blocks_have_neither_changes_nor_an_archive(clinic):
    id_ = clinic.made(GIVEN, clinic.span(ends_at="2026-03-16T03:00:00Z"))["id"]
    for method, suffix in [("PATCH", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/archive"), ("GET", "/conflicts")]:
        answer = clinic.ask(method, f"/{GIVEN}/{id_}{suffix}", json={})
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    answer = clinic.ask("GET", f"/{GIVEN}", "archived_at:*")
    assert (answer.status_code, answer.json()) == (400, {"message": "archived_at is not filterable"})


# --- time


def test_an_unavailable_block_takes_every_time_that_it_overlaps(empty):
    day = empty.times("2026-03-16")
    empty.made(TAKEN, empty.span("2026-03-16T00:45:00Z"))  # 11:45 to 12:15
    assert [time for time in day if time not in empty.times("2026-03-16")] == ["Mon 11:30", "Mon 12:00"]
    # Wherever the block is, the practitioner is away; and nobody else is.
    empty.made(TAKEN, empty.span("2026-03-15T22:00:00Z", business_id=empty.business("Hillside Rooms")))
    assert "Mon 09:00" not in empty.times("2026-03-16")
    assert "Mon 12:00" not in empty.times("2026-03-16")
    assert "Mon 11:30" in empty.times("2026-03-16", practitioner="Okafor")


def test_a_block_that_moves_takes_its_new_time_only(empty):
    id_ = empty.made(TAKEN, empty.span())["id"]
    empty.ask("PATCH", f"/{TAKEN}/{id_}", json={"starts_at": "2026-03-17T00:00:00Z", "ends_at": None})
    assert "Mon 11:00" in empty.times("2026-03-16")
    assert "Tue 11:00" not in empty.times("2026-03-17")
    empty.ask("PATCH", f"/{TAKEN}/{id_}", json={"practitioner_id": empty.practitioner("Okafor")})
    assert "Tue 11:00" in empty.times("2026-03-17")


def test_a_block_of_weeks_takes_all_of_them(empty):
    empty.made(TAKEN, empty.span("2026-03-15T00:00:00Z", ends_at="2026-04-15T00:00:00Z"))
    assert empty.times("2026-03-16", "2026-03-20") == []
    assert empty.times("2026-04-10", "2026-04-15")[0] == "Wed 10:00"


def test_blocks_and_appointments_conflict(clinic):
    block = clinic.made(TAKEN, clinic.span(ends_at="2026-03-16T02:00:00Z"))["id"]
    assert clinic.conflict(TAKEN, block) is False
    other = clinic.made(TAKEN, clinic.span("2026-03-16T02:00:00Z"))["id"]
    assert not any(clinic.conflict(TAKEN, one) for one in (block, other))
    booked = clinic.book("2026-03-16T01:00:00Z")["id"]
    assert clinic.conflict(TAKEN, block)
    assert clinic.conflict("individual_appointments", booked)
    clinic.ask("PATCH", f"/individual_appointments/{booked}/cancel", json={"cancellation_reason": 50})
    assert not clinic.conflict(TAKEN, block)
    clinic.ask("PATCH", f"/{TAKEN}/{other}", json={"starts_at": "2026-03-16T01:30:00Z"})
    assert clinic.conflict(TAKEN, block)
    assert clinic.conflict(TAKEN, other)
    assert clinic.ask("GET", f"/{TAKEN}/1/conflicts").json() == NOT_FOUND


def test_time_in_a_block_can_be_booked_all_the_same(clinic):
    clinic.made(TAKEN, clinic.span())
    assert clinic.conflict("individual_appointments", clinic.book()["id"])


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "day", "more"),
    [
        ("2026-03-20T22:00:00Z", "2026-03-20T23:00:00Z", "2026-03-21", ["Sat 09:00", "Sat 09:30"]),
        # Before, after and across the weekly hours: what was there stays there.
        ("2026-03-15T21:20:00Z", "2026-03-15T22:05:00Z", "2026-03-16", ["Mon 08:20"]),
        ("2026-03-16T05:45:00Z", "2026-03-16T07:00:00Z", "2026-03-16", ["Mon 16:45", "Mon 17:15"]),
        ("2026-03-16T00:00:00Z", "2026-03-16T02:00:00Z", "2026-03-16", []),
        ("2026-03-20T22:00:00Z", "2026-03-20T22:29:00Z", "2026-03-21", []),
    ],
)  # fmt: skip
def test_an_availability_block_gives_times_besides_the_weekly_hours(empty, starts_at, ends_at, day, more):
    before, others = empty.times(day), empty.times(day, practitioner="Okafor")
    empty.made(GIVEN, empty.span(starts_at, ends_at=ends_at))
    after = empty.times(day)
    assert [time for time in after if time not in before] == more
    assert set(before) <= set(after)
    assert empty.times(day, practitioner="Okafor") == others


def test_what_is_given_can_be_taken(empty):
    empty.made(GIVEN, empty.span("2026-03-20T22:00:00Z", ends_at="2026-03-21T00:00:00Z"))
    empty.book("2026-03-20T22:00:00Z")
    empty.made(TAKEN, empty.span("2026-03-20T22:45:00Z", ends_at="2026-03-20T23:15:00Z"))
    assert empty.times("2026-03-21") == ["Sat 10:30"]


def test_an_availability_block_is_at_one_business_only(empty):
    adelaide = empty.business("Hillside Rooms")
    empty.made(GIVEN, empty.span("2026-03-20T22:30:00Z", ends_at="2026-03-20T23:30:00Z", business_id=adelaide))
    assert empty.times("2026-03-21") == []
    assert empty.times("2026-03-21", business="Hillside Rooms", zone="Australia/Adelaide") == ["Sat 09:00", "Sat 09:30"]


def test_a_block_across_midnight_is_on_both_days(empty):
    empty.made(GIVEN, empty.span("2026-03-21T11:50:00Z", ends_at="2026-03-21T14:00:00Z"))  # Saturday, 22:50
    assert empty.times("2026-03-21") == ["Sat 22:50", "Sat 23:20", "Sat 23:50"]
    assert empty.times("2026-03-22") == ["Sun 00:20"]
    assert empty.times("2026-03-21", "2026-03-22") == ["Sat 22:50", "Sat 23:20", "Sat 23:50", "Sun 00:20"]


def test_what_is_given_counts_among_the_times_of_a_part_of_the_day(empty):
    empty.sandbox.emulator(Cliniko).online_bookings.max_per_day_segment = 2
    assert empty.times("2026-03-16") == ["Mon 09:00", "Mon 09:30", "Mon 12:00", "Mon 12:30"]
    empty.made(GIVEN, empty.span("2026-03-15T21:00:00Z", ends_at="2026-03-15T21:30:00Z"))
    empty.made(GIVEN, empty.span("2026-03-16T06:00:00Z", ends_at="2026-03-16T07:00:00Z"))
    found = empty.times("2026-03-16")
    assert found == ["Mon 08:00", "Mon 09:00", "Mon 12:00", "Mon 12:30", "Mon 17:00", "Mon 17:30"]


def test_the_lead_time_and_the_horizon_hold_for_what_is_given(empty):
    bookings = empty.sandbox.emulator(Cliniko).online_bookings
    empty.made(GIVEN, empty.span("2026-03-02T09:00:00Z", ends_at="2026-03-03T23:00:00Z"))
    assert empty.times("2026-03-03")[0] == "Tue 09:00"
    bookings.lead_time_hours = 4
    assert empty.times("2026-03-03")[0] == "Tue 13:00"
    bookings.days_ahead = 28
    empty.made(GIVEN, empty.span("2026-03-31T09:00:00Z", ends_at="2026-03-31T23:00:00Z"))
    assert empty.times("2026-03-31", "2026-04-01")[-1] == "Tue 23:30"
    where = f"/businesses/{empty.business()}/practitioners/{empty.practitioner()}/appointment_types/{empty.kind()}"
    assert empty.get(f"{where}/next_available_time")["appointment_start"] == "2026-03-03T02:00:00Z"


def test_a_very_long_availability_block_is_looked_at_only_where_somebody_asks(empty):
    empty.made(GIVEN, empty.span("1970-01-01T00:00:00Z", ends_at="2990-01-01T00:00:00Z"))
    assert empty.times("2026-03-21")[:2] == ["Sat 00:00", "Sat 00:30"]


# --- repeats, and clocks that change


@pytest.mark.parametrize("resource", [TAKEN, GIVEN])
@pytest.mark.parametrize(
    ("rule", "starts_at", "zone", "expected"),
    [
        (("Daily", 2, None), "2026-04-03T23:00:00Z", "Sydney", ["04-04 10:00", "04-05 10:00", "04-06 10:00"]),
        (("Weekly", 2, 2), "2026-09-21T00:00:00Z", "Sydney", ["09-21 10:00", "10-05 10:00", "10-19 10:00"]),
        (("Monthly", 2, 1), "2026-01-31T00:00:00Z", "Sydney", ["01-31 11:00", "03-31 11:00", "05-31 11:00"]),
        # What comes twice in autumn: the hour from 02:00 in Sydney, half an hour from 01:30 on Lord Howe.
        (("Daily", 1, 1), "2026-04-03T15:30:00Z", "Sydney", ["04-04 02:30", "04-05 02:30"]),
        (("Daily", 1, 1), "2026-04-03T14:40:00Z", "Lord_Howe", ["04-04 01:40", "04-05 01:40"]),
        # Inside the gaps of spring.
        (("Daily", 1, 1), "2026-10-02T16:30:00Z", "Sydney", ["10-03 02:30", "10-04 03:30"]),
        (("Daily", 1, 1), "2026-10-02T15:40:00Z", "Lord_Howe", ["10-03 02:10", "10-04 02:40"]),
    ],
)
def test_blocks_repeat_at_the_local_time_of_the_business(  # noqa: PLR0917
    empty, resource, rule, starts_at, zone, expected
):
    zone, business = f"Australia/{zone}", {"Sydney": "Riverbend Clinic", "Lord_Howe": "Island Practice"}[zone]
    body = dict(zip(("repeat_type", "number_of_repeats", "repeating_interval"), rule, strict=True))
    ends_at = (datetime.fromisoformat(starts_at) + timedelta(minutes=40)).isoformat()
    said = empty.made(
        resource, empty.span(starts_at, ends_at=ends_at, business_id=empty.business(business), repeat_rule=body)
    )
    assert said["repeat_rule"] == {**body, "repeating_interval": rule[2] or 1}
    found = empty.get(f"/{resource}", sort="starts_at")[resource]
    assert [local(one["starts_at"], zone) for one in found] == expected
    assert empty.ledger(resource) == [("create", one["id"]) for one in found]
    assert [one["repeat_rule"] for one in found[1:]] == [{}] * (len(found) - 1)
    for one in found:
        length = datetime.fromisoformat(one["ends_at"]) - datetime.fromisoformat(one["starts_at"])
        assert length == timedelta(minutes=40)


def test_the_first_of_two_equal_wall_times_is_meant(empty):
    rule = {"repeat_type": "Daily", "number_of_repeats": 1}
    empty.made(TAKEN, empty.span("2026-04-03T15:30:00Z", repeat_rule=rule))
    starts = [one["starts_at"] for one in empty.get(f"/{TAKEN}")[TAKEN]]
    assert starts == ["2026-04-03T15:30:00Z", "2026-04-04T15:30:00Z"]


def test_the_repeats_of_an_unavailable_block_are_linked(clinic):
    said = clinic.made(TAKEN, clinic.span(repeat_rule={"repeat_type": "Weekly", "number_of_repeats": 51}))
    url = said["repeats"]["links"]["self"]
    assert url == f"{clinic.base}/{TAKEN}?q[]=repeated_from_id:={said['id']}"
    found = clinic.http.get(f"{url}&per_page=100").json()[TAKEN]
    assert len(found) == 51
    for one in found:
        assert (one["repeated_from"], one["repeats"]) == (link(clinic, TAKEN, said["id"]), None)


def test_an_availability_block_may_repeat_a_hundred_times(clinic):
    rule = {"repeat_type": "Daily", "number_of_repeats": 100}
    said = clinic.made(GIVEN, clinic.span(ends_at="2026-03-16T01:00:00Z", repeat_rule=rule))
    assert len(clinic.ledger(GIVEN)) == 101
    assert said.keys() & {"repeats", "repeated_from"} == set()


@pytest.mark.parametrize(
    ("day", "practitioner", "business", "zone", "starts_at", "gone"),
    [
        # 5 April: the hour from 02:00 comes twice, and the block of the second takes that one only.
        ("2026-04-05", "Haddad", "Riverbend Clinic", "Sydney", "2026-04-04T16:00:00Z", ["Sun 02:00"]),
        ("2026-04-05", "Haddad", "Riverbend Clinic", "Sydney", "2026-04-04T15:00:00Z", ["Sun 02:00"]),
        ("2026-10-04", "Haddad", "Riverbend Clinic", "Sydney", "2026-10-03T16:00:00Z", ["Sun 03:00"]),
        ("2026-04-05", "Castellanos", "Island Practice", "Lord_Howe", "2026-04-04T15:00:00Z", ["Sun 01:30"]),
    ],
)  # fmt: skip
def test_a_block_takes_its_moment_also_where_the_clock_shows_it_twice(  # noqa: PLR0917
    empty, day, practitioner, business, zone, starts_at, gone
):
    where = {"practitioner": practitioner, "business": business, "zone": f"Australia/{zone}"}
    path = (
        f"/businesses/{empty.business(business)}/practitioners/{empty.practitioner(practitioner)}"
        f"/appointment_types/{empty.kind()}/available_times?from={day}&to={day}"
    )

    def moments():
        return {row["appointment_start"] for row in empty.http.get(path).json()["available_times"]}

    before = moments()
    ids = {"practitioner_id": empty.practitioner(practitioner), "business_id": empty.business(business)}
    empty.made(TAKEN, empty.span(starts_at, **ids))
    lost = before - moments()
    assert lost == {starts_at}
    assert [
        datetime.fromisoformat(one).astimezone(ZoneInfo(where["zone"])).strftime("%a %H:%M") for one in lost
    ] == gone


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "day", "shown"),
    [
        # A Sunday of 25 hours: three hours between 01:00 and 03:00.
        ("2026-04-04T14:00:00Z", "2026-04-04T17:00:00Z", "2026-04-05", ["01:00", "02:00", "02:00"]),
        # A Sunday of 23 hours: one hour between 01:00 and 03:00.
        ("2026-10-03T15:00:00Z", "2026-10-03T17:00:00Z", "2026-10-04", ["01:00", "03:00"]),
    ],
)
def test_an_availability_block_lasts_as_long_as_it_lasts_when_the_clocks_change(empty, starts_at, ends_at, day, shown):
    empty.made(GIVEN, empty.span(starts_at, ends_at=ends_at))
    path = (
        f"/businesses/{empty.business()}/practitioners/{empty.practitioner()}"
        f"/appointment_types/{empty.kind('Initial consultation')}/available_times?from={day}&to={day}"
    )
    found = empty.http.get(path).json()["available_times"]
    assert [local(row["appointment_start"])[-5:] for row in found] == shown


# --- filters


@pytest.mark.parametrize(
    ("resource", "name", "value"),
    [
        (TAKEN, "business_id", lambda clinic, _: clinic.business("Hillside Rooms")),
        (TAKEN, "practitioner_id", lambda clinic, _: clinic.practitioner("Okafor")),
        (TAKEN, "unavailable_block_type_id", lambda clinic, _: clinic.kind_of_block()),
        (TAKEN, "id", lambda _, said: said["id"]),
        (GIVEN, "business_id", lambda clinic, _: clinic.business("Hillside Rooms")),
        (GIVEN, "practitioner_id", lambda clinic, _: clinic.practitioner("Okafor")),
        (GIVEN, "id", lambda _, said: said["id"]),
    ],
)
def test_blocks_can_be_filtered_by_id(empty, resource, name, value):
    ends_at = "2026-03-16T01:00:00Z"
    other = empty.made(resource, empty.span(ends_at=ends_at))
    where = {"practitioner_id": empty.practitioner("Okafor"), "business_id": empty.business("Hillside Rooms")}
    kind = {"unavailable_block_type_id": empty.kind_of_block()}
    said = empty.made(resource, empty.span(ends_at=ends_at, **where, **kind))
    wanted = value(empty, said)
    assert empty.ids(f"/{resource}", f"{name}:={wanted}") == [said["id"]]
    null = name == "unavailable_block_type_id"
    assert empty.ids(f"/{resource}", f"{name}:!={wanted}") == ([] if null else [other["id"]])
    assert empty.ids(f"/{resource}", f"{name}:!?") == ([other["id"]] if null else [])


@pytest.mark.parametrize(
    ("resource", "names"),
    [
        (TAKEN, ["archived_at", "created_at", "deleted_at", "ends_at", "starts_at", "updated_at"]),
        (GIVEN, ["created_at", "starts_at", "updated_at"]),
        (TYPES, ["archived_at", "created_at", "updated_at"]),
    ],
)
def test_blocks_can_be_filtered_by_time(clinic, resource, names):
    if resource == GIVEN:
        clinic.made(GIVEN, clinic.span(ends_at="2026-03-16T01:00:00Z"))
    elif resource == TYPES:
        clinic.made(TYPES, {"name": "Travel"})
    scopes = ["archived_at:*"] if "archived_at" in names else []
    rows = clinic.get(f"/{resource}", *scopes)[resource]
    for name in names:
        moment = max(row[name] for row in rows if row[name])
        expected = [row["id"] for row in rows if row[name] == moment]
        assert clinic.ids(f"/{resource}", *scopes, f"{name}:>={moment}") == expected
        assert len(expected) < len(rows)
        assert clinic.ids(f"/{resource}", *scopes, f"{name}:>{moment}") == []


def test_an_availability_block_cannot_be_filtered_by_its_end(clinic):
    answer = clinic.ask("GET", f"/{GIVEN}", "ends_at:>2026-03-16T01:00:00Z")
    assert (answer.status_code, answer.json()) == (400, {"message": "ends_at is not filterable"})


# --- types


def test_a_type_of_blocks_needs_a_name_only(clinic):
    answer = clinic.ask("POST", f"/{TYPES}", json={"name": "Travel", "system_controlled": True})
    said = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{clinic.sandbox.url}/cliniko/{TYPES}/{said['id']}"
    assert said == {
        "id": said["id"],
        "archived_at": None,
        "color": said["color"],
        "created_at": "2026-03-02T22:00:00Z",
        "duration_in_minutes": 30,
        "links": {"self": f"{clinic.base}/{TYPES}/{said['id']}"},
        "name": "Travel",
        "system_controlled": False,
        "updated_at": "2026-03-02T22:00:00Z",
    }
    assert clinic.get(f"/{TYPES}/{said['id']}") == said
    assert clinic.ledger(TYPES) == [("create", said["id"])]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": None}, {"name": BLANK}),
        ({"name": "x" * 256}, {"name": "is too long (maximum is 255 characters)"}),
        ({"color": "green"}, {"color": "is invalid"}),
        ({"color": "#12345g"}, {"color": "is invalid"}),
        ({"duration_in_minutes": 0}, {"duration_in_minutes": "must be greater than 0"}),
        ({"duration_in_minutes": 1440}, {"duration_in_minutes": "must be less than 1440"}),
        ({"duration_in_minutes": None}, {"duration_in_minutes": BLANK}),
        ({"duration_in_minutes": True}, {"duration_in_minutes": "is not a number"}),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_is_wrong_with_a_type_of_blocks_is_said(clinic, method, change, errors):
    path = f"/{TYPES}" if method == "POST" else f"/{TYPES}/{clinic.kind_of_block()}"
    assert clinic.errors(method, path, {"name": "Travel", **change}) == errors
    assert clinic.ledger(TYPES) == []


def test_a_change_of_the_type_changes_no_block_that_is_there(clinic):
    kind = clinic.kind_of_block()
    before = clinic.made(TAKEN, clinic.span(unavailable_block_type_id=kind))
    answer = clinic.ask("PATCH", f"/{TYPES}/{kind}", json={"duration_in_minutes": 10, "color": "#abc"})
    assert (answer.status_code, answer.json()["color"]) == (200, "#abc")
    assert clinic.get(f"/{TAKEN}/{before['id']}") == before
    after = clinic.made(TAKEN, clinic.span(unavailable_block_type_id=kind))
    assert after["ends_at"] == "2026-03-16T00:10:00Z"


def test_a_type_of_blocks_can_be_archived_but_not_deleted(clinic):
    kind = clinic.kind_of_block()
    assert clinic.ask("DELETE", f"/{TYPES}/{kind}").headers["content-type"] == "text/html; charset=utf-8"
    assert clinic.ask("POST", f"/{TYPES}/{kind}/archive").status_code == 204
    assert clinic.ask("GET", f"/{TYPES}/{kind}").json() == NOT_FOUND
    assert clinic.get(f"/{TYPES}/{kind}", "archived_at:*")["archived_at"] == "2026-03-02T22:00:00Z"
    assert clinic.ledger(TYPES) == [("archive", kind)]


@pytest.mark.parametrize(("method", "suffix"), [("PATCH", ""), ("PUT", ""), ("POST", "/archive")])
def test_what_the_system_controls_cannot_be_changed(clinic, method, suffix):
    (kind,) = [row for row in clinic.get(f"/{TYPES}")[TYPES] if row["system_controlled"]]
    errors = clinic.errors(method, f"/{TYPES}/{kind['id']}{suffix}", {"name": "Mine"})
    assert errors == {"base": "This record is controlled by the system."}
    assert clinic.get(f"/{TYPES}/{kind['id']}") == kind
    assert clinic.made(TAKEN, clinic.span(unavailable_block_type_id=kind["id"]))["ends_at"] == "2026-03-16T23:59:00Z"


def test_the_seed_has_blocks_that_take_no_time_and_one_that_gives_some(clinic):
    found = clinic.get(f"/{TAKEN}", "archived_at:*")[TAKEN]
    assert [bool(row["repeats"]) for row in found] == [True, False, False, False, False]
    assert [bool(row["archived_at"]) for row in found] == [False] * 4 + [True]
    (given,) = clinic.get(f"/{GIVEN}")[GIVEN]
    assert local(given["starts_at"], "Australia/Adelaide") == "03-07 09:00"
    more = clinic.times("2026-03-07", practitioner="Okafor", business="Hillside Rooms", zone="Australia/Adelaide")
    assert more == [f"Sat {hour:02}:{minute:02}" for hour in (9, 10, 11) for minute in (0, 30)]
    assert [clinic.conflict(TAKEN, row["id"]) for row in found[:4]] == [False] * 4
